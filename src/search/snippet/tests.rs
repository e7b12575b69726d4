//! Snippets of small answers, and properties of the snippets of any text.

use proptest::prelude::*;

use super::*;
use crate::{TextFormat, text::stem};

/// Returns marks for the words of `query`; `a+b` is a sequence, `a*` a prefix.
fn marks(query: &str) -> Highlights {
    let mut marks = Highlights::default();
    for word in query.split_whitespace() {
        let unit = marks.add_unit(1.0);
        match word.strip_suffix('*') {
            Some(prefix) if !prefix.is_empty() => marks.add_prefix(unit, prefix),
            _ if word.len() > 3 && word.contains('+') && !word.ends_with('+') => {
                let stems: Vec<String> = word.split('+').map(|w| stem(w).into_owned()).collect();
                marks.add(unit, &stems);
            }
            _ => marks.add(unit, &[stem(word).into_owned()]),
        }
    }
    marks
}

#[test]
fn words_are_drawn_with_single_spaces_and_their_matches() {
    check(&[
        ("lock", "A lock, two locks.", "A [lock], two [locks]."),
        ("lock", "Of  two\tlocks  é one", "Of two [locks] é one"),
        (
            "lock",
            "A deadLock is \u{a0}no lock",
            "A dead[Lock] is no [lock]",
        ),
        ("foo+bar", "is foo bar or c", "is [foo bar] or c"),
    ]);
}

#[test]
fn a_word_is_marked_though_it_starts_only_nearly_as_its_stem() {
    for (asked, word) in [
        ("try", "tries"),
        ("use", "using"),
        ("die", "dying"),
        ("sky", "skies"),
        ("pod", "pods"),
        ("meter", "metre"),
        ("theater", "theatres"),
        ("diversify", "diversification"),
        ("concurrency", "concurrencies"),
        ("hold", "held"),
    ] {
        assert_eq!(stem(asked), stem(word));
        check(&[(asked, word, &format!("[{word}]"))]);
    }
}

fn markdown(question: &str, answer: &str) -> QaDocument {
    QaDocument::new("a.md", question, answer)
}

fn part(query: &str, document: &QaDocument, length: usize, fragments: usize) -> Snippet {
    let marks = marks(query);
    let sentences = sentences(&document.answer, document.format);
    let mut highlighter = Highlighter::new(&marks);
    snippet(document, &sentences, &mut highlighter, length, fragments)
}

fn drawn(snippet: &Snippet) -> String {
    let draw = |piece: &Piece| match piece.matches {
        true => format!("[{}]", piece.text),
        false => piece.text.clone(),
    };
    snippet.pieces.iter().map(draw).collect()
}

fn check(cases: &[(&str, &str, &str)]) {
    for (query, answer, expected) in cases {
        let shown = part(query, &markdown("", answer), 60, 1);
        assert_eq!(drawn(&shown), *expected, "{query:?} in {answer:?}");
    }
}

#[test]
fn forms_of_a_word_are_marked() {
    check(&[
        (
            "hook",
            "Hooks hook into state.",
            "[Hooks] [hook] into state.",
        ),
        (
            "promises",
            "A promise is pending.",
            "A [promise] is pending.",
        ),
        ("cafe", "The café opens.", "The [café] opens."),
        ("gil", "The GIL's cost.", "The [GIL's] cost."),
        (
            "global+interpreter+lock",
            "A Global Interpreter Lock.",
            "A [Global Interpreter Lock].",
        ),
        (
            "global+interpreter+lock",
            "A global lock.",
            "A global lock.",
        ),
        (
            "global+interpreter+lock",
            "The **Global Interpreter\nLock**",
            "The [Global Interpreter Lock]",
        ),
        (
            "immut*",
            "Immutable and immutability, mutable.",
            "[Immutable] and [immutability], mutable.",
        ),
        ("c++", "C and C++ differ.", "C and [C++] differ."),
        ("c", "C and C++ differ.", "[C] and [C]++ differ."),
        (".net", "On .NET and net.", "On [.NET] and net."),
        ("===", "Use === over ==.", "Use [===] over ==."),
        ("nodejs", "Run node.js here.", "Run [node.js] here."),
        ("effect", "Call useEffect once.", "Call use[Effect] once."),
        (
            "o(nlogn)",
            "It is O(n log n) at worst.",
            "It is [O(n log n)] at worst.",
        ),
        ("profiler", "Use memory_profiler.", "Use memory_[profiler]."),
        (
            "__init__",
            "Define `__init__` first.",
            "Define [__init__] first.",
        ),
        ("全局", "这是全局解释器锁。", "这是[全局]解释器锁。"),
        ("lock 锁", "A lock 锁 🔒 here.", "A [lock] [锁] 🔒 here."),
    ]);
}

#[test]
fn the_best_passage_is_shown_to_the_end_of_a_sentence() {
    check(&[
        ("", "First one. Second one.", "First one. Second one."),
        ("absent", "First one. Second one.", "First one. Second one."),
        (
            "absent",
            "The first sentence is this one here. The second one does not fit any more.",
            "The first sentence is this one here. The second one does…",
        ),
        (
            "lock",
            "Nothing is said of it in this long first sentence here. Nor here. The lock is.",
            "Nor here. The [lock] is.",
        ),
        (
            "lock thread",
            "A lock is taken by somebody else before that. It is late. A thread takes the lock.",
            "It is late. A [thread] takes the [lock].",
        ),
        (
            "one",
            "Use e.g. one of these. Or version 3.10 of it.",
            "Use e.g. [one] of these. Or version 3.10 of it.",
        ),
        (
            "late",
            "A sentence with no end that goes on and on for much longer than fits until late in it there is more",
            "…on for much longer than fits until [late] in it there is more",
        ),
        (
            "early",
            "An early match in a sentence with no end that goes on and on for much longer than fits",
            "An [early] match in a sentence with no end that goes on and…",
        ),
        (
            "b",
            "第一句很长很长。第二句 b 在这里。",
            "第一句很长很长。 第二句 [b] 在这里。",
        ),
        (
            "lock",
            "A long sentence that is not shown as there is no space for it. One. Two. The lock.",
            "One. Two. The [lock].",
        ),
        (
            "lock thread",
            "A lock is held by one alone: the lock keeps others waiting.\n\n- [Lock, thread](http://a.b)",
            "A [lock] is held by one alone: the [lock] keeps others waiting.",
        ),
        (
            "wrapped",
            "A line that is\nwrapped by hand.",
            "A line that is [wrapped] by hand.",
        ),
    ]);
}

#[test]
fn markup_is_taken_away_and_code_is_not() {
    check(&[
        (
            "bold",
            "A **bold** and *slanted* word.",
            "A [bold] and slanted word.",
        ),
        (
            "link",
            "See [the link](http://a.b/c) now.",
            "See the [link] now.",
        ),
        (
            "image",
            "See ![an image](x.png) now.",
            "See an [image] now.",
        ),
        ("product", "A product 2 * 3 * 4.", "A [product] 2 * 3 * 4."),
        (
            "kwargs",
            "Takes `*args` and `**kwargs`.",
            "Takes *args and **[kwargs].",
        ),
        (
            "list",
            "Write `list[int]` (or a list).",
            "Write [list][int] (or a [list]).",
        ),
        ("array", "An array[0] is first.", "An [array][0] is first."),
        (
            "tag",
            "A <b>tag</b><br/> and List<T> too.",
            "A [tag] and List<T> too.",
        ),
        (
            "details",
            "Use `<details>` there.",
            "Use <[details]> there.",
        ),
        ("star", "A \\* star.", "A * [star]."),
        (
            "pointer",
            "A pointer: `p`; int *p = &x, *q = p.",
            "A [pointer]: p; int *p = &x, *q = p.",
        ),
        (
            "packed",
            "f(*args, **kwargs): *args and **kwargs are packed.",
            "f(*args, **kwargs): *args and **kwargs are [packed].",
        ),
        (
            "power",
            "A power: 2**8, 2 ** 8.",
            "A [power]: 2**8, 2 ** 8.",
        ),
        (
            "key",
            "Press <kbd>Ctrl</kbd>, a key.",
            "Press Ctrl, a [key].",
        ),
        ("tag", "A &lt;tag&gt; &amp; more.", "A <[tag]> & more."),
        (
            "alias",
            "See [[Wiki Page|alias text]] and ![[embed.png]], x[[1]].",
            "See [alias] text and embed.png, x[[1]].",
        ),
        (
            "two",
            "**Over one. And two sentences.** Then.",
            "Over one. And [two] sentences. Then.",
        ),
        ("code", "Of `` a`b `` code.", "Of a`b [code]."),
        ("math", "Of $a_i * b_i$ math.", "Of $a_i * b_i$ [math]."),
        (
            "item",
            "- first\n- second item\n- third",
            "first\nsecond [item]\nthird",
        ),
        ("step", "1. one\n2. step two", "one\n[step] two"),
        ("quoted", "> quoted text", "[quoted] text"),
        ("head", "## The head\nIts text.", "The [head]\nIts text."),
        ("y", "| x | y |\n|---|---|\n| 1 | 2 |", "x | [y]\n1 | 2"),
        (
            "print",
            "Run:\n\n```python\nif x:\n    print(*a)\n```\n",
            "Run:\nif x:\n    [print](*a)",
        ),
        (
            "sum",
            "Text.\n\n    sum = a*b*c\n",
            "Text.\n    [sum] = a*b*c",
        ),
        ("", "```\n```", "```\n```"),
        ("", "", ""),
        ("rule", "a\n\n---\n\nrule", "a\n[rule]"),
        (
            "dom",
            "<img src=\"a.png\" alt=\"\" />\n\nThe dom.",
            "The [dom].",
        ),
    ]);
}

/// A kind of question, and the parts of the answer that must be shown, or must not.
struct Asked {
    kind: &'static str,
    query: &'static str,
    question: &'static str,
    answer: &'static str,
    shown: &'static [&'static str],
    hidden: &'static [&'static str],
}

const ASKED: &[Asked] = &[
    Asked {
        kind: "a definition before code that has the word more often",
        query: "closure",
        question: "What is a closure?",
        answer: "A function together with the variables around it. It keeps them after those scopes \
                 have ended, and sees their current values, not copies of them.\n\n\
                 ```js\nconst closure = makeClosure();\nclosure();\nconsole.log(closure.name);\n\
                 // prints: closure\n```\n",
        shown: &["A function together with"],
        hidden: &[],
    },
    Asked {
        kind: "a definition that lacks the words of the query",
        query: "what+is index database",
        question: "What is an index of a database?",
        answer: "An additional sorted structure that finds rows without reading the whole table.\n\
                 The database will not use it when\n\
                 - the query reads a large part of the table, so that a scan is cheaper,\n\
                 - a condition on an index is wrapped in a function that the database does not know.\n",
        shown: &["An additional sorted structure"],
        hidden: &[],
    },
    Asked {
        kind: "a definition before what repeats its abbreviation",
        query: "iife",
        question: "What is an IIFE?",
        answer: "It is a function that runs as soon as it is defined:\n\n\
                 ```js\n(function () {\n  // logic\n})();\n```\n\n\
                 The reason to use an IIFE is privacy: what an IIFE declares is not seen outside of \
                 the IIFE, and an IIFE can be given names of its own, as every IIFE is a function.\n",
        shown: &["runs as soon as it is defined"],
        hidden: &[],
    },
    Asked {
        kind: "both sides of a comparison",
        query: "pointer reference",
        question: "What is the difference between a pointer and a reference?",
        answer: "A reference is another name for an object: it must be initialised, cannot be made \
                 to refer to something else, and cannot be null. A pointer is an object of its own \
                 that holds an address, can be null, can be reassigned, and supports arithmetic.\n\n\
                 Follow-up: Is a reference a pointer? A reference need not be a pointer, and a pointer \
                 to a reference does not exist.\n",
        shown: &["A reference is another name", "A pointer is an object"],
        hidden: &["Follow-up"],
    },
    Asked {
        kind: "the rows of a comparison",
        query: "inner join outer",
        question: "What is the difference between an inner join and an outer join?",
        answer: "| | inner join | outer join |\n|---|---|---|\n| rows | that match | all |\n\n\
                 ```sql\nSELECT a FROM b INNER JOIN c;\nSELECT a FROM b LEFT OUTER JOIN c;\n```\n",
        shown: &["rows | that match | all"],
        hidden: &[],
    },
    Asked {
        kind: "rows of a table whose columns are filled with spaces",
        query: "canal river",
        question: "What is the difference between a canal and a river?",
        answer: "|                                  | canal                            | river      |\n\
                 |----------------------------------|----------------------------------|------------|\n\
                 | made by                          | people                           | water      |\n\
                 | its depth                        | the same everywhere              | changes    |\n\
                 | its course                       | straight                         | winding    |\n",
        shown: &[
            "made by | people | water",
            "its course | straight | winding",
        ],
        hidden: &[],
    },
    Asked {
        kind: "as much as there is room for, whatever the target of a link",
        query: "lock",
        question: "What is a lock?",
        answer: "A chamber with gates, see \
                 [the page of the ship canals](https://canals.example/pages/of/all/the/locks/that/there/are/on/\
                 the/way/from/one/sea/to/the/other/with/their/sizes/and/the/times/at/which/they/open).\n\n\
                 It lifts ships.\n",
        shown: &["the page of the ship canals.", "It lifts ships."],
        hidden: &[],
    },
    Asked {
        kind: "both sides of a comparison whose headings are numbered",
        query: "canal vs river",
        question: "What is a canal, and what a river?",
        answer: "**1. Canal**:\n\n* It is dug by people, who also see to its water, and to the locks.\n\n\
                 **2. River**:\n\n* It is made by water.\n",
        shown: &["1. Canal:", "dug by people", "2. River:", "made by water"],
        hidden: &["…"],
    },
    Asked {
        kind: "how something is done, with the command",
        query: "undo commit",
        question: "How do you undo the last commit?",
        answer: "Move the branch back by one, and keep what was changed:\n\n\
                 ```sh\ngit reset --soft HEAD~1\n```\n\n\
                 A commit that others have is undone by a commit more, since to undo a commit that was \
                 pushed would change the history that they have. Every undo of such a commit is seen.\n",
        shown: &["Move the branch back by one", "git reset --soft"],
        hidden: &[],
    },
    Asked {
        kind: "code, where a sign of it is asked for",
        query: "?.",
        question: "How are missing values handled in JavaScript?",
        answer: "Every access to a property of what is not there throws an error, so a value has to be \
                 tested before. Long chains of tests are hard to read. Therefore there is a shorter way \
                 to write such a test, which stops at what is missing.\n\n\
                 ```js\nconst street = user?.address?.street;\n```\n",
        shown: &["user?.address"],
        hidden: &[],
    },
    Asked {
        kind: "a detail that the question does not name",
        query: "uuid key version",
        question: "Should a key be a number or a UUID?",
        answer: "A key should be a number from a sequence, which is small, fast and in the order of \
                 insertion. A UUID can be made anywhere without asking the database, and does not tell \
                 how many rows there are. Both can be guessed at in some way or other by strangers.\n\n\
                 Of a UUID, version 7 begins with the time.\n",
        shown: &["version 7 begins with the time"],
        hidden: &[],
    },
    Asked {
        kind: "a word, rather than a name that has it as a part",
        query: "wal",
        question: "What is change data capture?",
        answer: "Set max_wal_size, wal_keep_size and max_slot_wal_keep_size with care, as the disk of \
                 the source fills up when a consumer stops, and monitor how far each of them is behind, \
                 with an alert that comes early enough for somebody to do something about it.\n\n\
                 Changes are read from the WAL.\n",
        shown: &["read from the WAL"],
        hidden: &["max_wal_size"],
    },
    Asked {
        kind: "no end of code in front of prose",
        query: "destructor virtual",
        question: "How are objects destroyed?",
        answer: "By code that the compiler adds where a scope ends, in the opposite order of creation, \
                 unless something else was said by whoever wrote the class of which the objects are, \
                 or of which their parts are, or what they are derived from, if they are.\n\n\
                 ```cpp\nint main() {\n    f();\n}\n```\n\n\
                 The destructor of a base is virtual.\n",
        shown: &["The destructor of a base is virtual"],
        hidden: &["}"],
    },
];

#[test]
fn of_two_things_that_are_asked_for_both_are_shown() {
    let answer = "A canal is a river that people dug. It is as deep as its ships need, and no deeper, \
                  since each yard of it was paid for. Water stands in it for most of the year, and \
                  what is lost is pumped.\n\n\
                  A lock lifts ships. It has two gates.\n";
    let document = markdown("What is a canal, and when does it need a lock?", answer);
    let text = |query: &str| part(query, &document, 160, 1).text();
    let both = text("canal lock");
    assert!(
        both.starts_with("A canal is a river that people dug. …"),
        "{both}"
    );
    assert!(both.contains("A lock lifts ships."), "{both}");
    assert!(!text("canal").contains("lock"));
    // What is the subject of the whole guide is no second thing.
    let tagged = markdown("What is a canal?", answer).with_tags(["Lock"]);
    let shown = part("canal lock", &tagged, 160, 1).text();
    assert!(!shown.contains("lifts"), "{shown}");
}

#[test]
fn a_word_of_a_tag_is_no_detail() {
    let answer = "A function without a name.\n\nIt is used where it is written, with what is around it, \
                  and hardly ever longer than a line or two of the text in which it stands.\n\n\
                  A function of Python is defined by `def`. In Python, a lambda is an expression.\n";
    let document = markdown("What is a lambda function?", answer);
    let text = |document: &QaDocument| part("lambda function python", document, 160, 1).text();
    assert!(text(&document).contains("of Python"));
    let tagged = document.with_tags(["Python"]);
    assert!(text(&tagged).starts_with("A function without a name."));
}

#[test]
fn what_answers_is_shown_for_each_kind_of_question() {
    for asked in ASKED {
        let document = markdown(asked.question, asked.answer);
        let text = part(asked.query, &document, 240, 1).text();
        for shown in asked.shown {
            assert!(
                text.contains(shown),
                "{}: {text:?} lacks {shown:?}",
                asked.kind
            );
        }
        for hidden in asked.hidden {
            assert!(
                !text.contains(hidden),
                "{}: {text:?} has {hidden:?}",
                asked.kind
            );
        }
    }
}

#[test]
fn plain_text_has_no_markup() {
    for text in [
        "See [see](here) <b>x</b>, `y` **kwargs &amp; \\* [[z]].",
        "- first\n2) second",
        "| a | b |",
        "```\n# so\n> it\n```",
    ] {
        let document = markdown("", text).with_format(TextFormat::Plain);
        let shown = part("absent", &document, 60, 1);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&shown.text()), words(text));
    }
}

#[test]
fn several_fragments_show_what_one_cannot() {
    let answer = "The lock is here at the start. Then comes a sentence that says nothing. \
                  And one more of that sort. At last the thread.";
    let shown = part("lock thread", &markdown("", answer), 80, 2);
    assert_eq!(
        drawn(&shown),
        "The [lock] is here at the start. … At last the [thread]."
    );
    let near = part("lock thread", &markdown("", "A lock and a thread."), 80, 2);
    assert_eq!(drawn(&near), "A [lock] and a [thread].");
}

proptest! {
    #[test]
    fn any_answer_has_a_snippet(
        answer in "(?s)([a-z`*\\[\\]()<>.#|\n -]|.){0,120}",
        query in "[a-z+*.]{0,3}( [a-z]{1,2}){0,2}",
        length in 0usize..50,
    ) {
        let text = part(&query, &markdown("", &answer), length, 2).text();
        prop_assert_eq!(text.is_empty(), answer.trim().is_empty(), "{:?}", text);
    }

    #[test]
    fn a_marked_question_is_the_question(text in "(?s).{0,80}") {
        prop_assert_eq!(marked(&text, &mut Highlighter::new(&marks("a b o"))).text(), text);
    }
}
