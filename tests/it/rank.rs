//! The order of hits, and the reading of a query's words.

use hotseat::{Index, Query};
use proptest::prelude::*;

use crate::helper::{Dir, asked, index, questions};

fn small() -> Index {
    index(&[
        "## What is the Global Interpreter Lock (GIL)?\nIt lets one thread run Python code.\n",
        "## How do threads share memory?\nBy locks: a lock is taken, then released. Not by the GIL alone.\n",
        "## What is JavaScript?\nA language of the web with an event loop. See `this`.\n",
        "## What does rm -rf do?\nIt removes folders. It is not undone.\n",
        "## How does C++ differ from C?\nIt has classes, destructors and inline-block nothing.\n",
        "## What is normalization?\nSplitting tables so that facts stand once.\n",
        "## What is an event loop?\n",
    ])
}

/// Asserts what each query finds first.
fn first(index: &Index, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let found = questions(index, text);
        let found = found.first().map_or("", String::as_str);
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn every_form_of_words_finds_its_document() {
    first(
        &small(),
        &[
            ("gil", "What is the Global Interpreter Lock (GIL)?"),
            (
                "global interpreter lock",
                "What is the Global Interpreter Lock (GIL)?",
            ),
            ("js", "What is JavaScript?"),
            ("normalizing tables", "What is normalization?"),
            ("normalizaton", "What is normalization?"),
            ("javscript", "What is JavaScript?"),
            ("eventloop web", "What is JavaScript?"),
            ("this keyword", "What is JavaScript?"),
            ("rm -rf", "What does rm -rf do?"),
            ("C++", "How does C++ differ from C?"),
            ("inline block", "How does C++ differ from C?"),
            ("\"lock is taken\"", "How do threads share memory?"),
            ("lock -gil", ""),
            ("answer:gil", "How do threads share memory?"),
            ("question:gil", "What is the Global Interpreter Lock (GIL)?"),
            ("destruct*", "How does C++ differ from C?"),
            ("tables OR undone", "What is normalization?"),
            ("what is", "What is normalization?"),
            ("the", "What is the Global Interpreter Lock (GIL)?"),
            ("zzzzzz", ""),
            ("zzzzzz kind:question", ""),
        ],
    );
}

#[test]
fn a_word_of_grammar_is_a_name_where_a_query_is_about_one() {
    let index = index(&[
        "## How do `is` and `==` differ?\nOne operator compares objects.\n",
        "## How does the `with` statement work?\nIt ends what it began.\n",
        "## What is Python?\nA language.\n",
        "## What is an inode?\nAn entry with the place of a file.\n",
        "## What is a list?\nA row with an order.\n",
        "## What is a set?\nThings with no order.\n",
        "## What is a queue?\nA row with two ends.\n",
        "## What is a stack?\nA pile with a top.\n",
        "## What is a file?\nBytes with a name.\n",
        "## What is a link?\nA name with a target.\n",
        "## What is a tree?\nNodes with a root.\n",
        "## What is a heap?\nA tree with an order.\n",
        "## What is a graph?\nNodes with edges.\n",
        "## What is a hash?\nA number for a value.\n",
        "## What is a key?\nA name with a value.\n",
        "## What is a row?\nValues with a key.\n",
        "## What is a page?\nA piece with a number.\n",
        "## What is a frame?\nA place with a page.\n",
    ]);
    let is = "How do `is` and `==` differ?";
    let with = "How does the `with` statement work?";
    first(
        &index,
        &[("is vs ==", is), ("is", is), ("with statement", with)],
    );
    let explained = |text| {
        let results = index
            .search(&Query::new(text).explain(true).limit(50))
            .unwrap();
        let parts = results
            .hits
            .into_iter()
            .flat_map(|hit| hit.explanation.unwrap());
        parts
            .map(|part| part.what)
            .any(|what| what.starts_with('`'))
    };
    for (text, is_name) in [
        ("what is an inode", false),
        ("what is an inode operator", false),
        ("what is is", true),
        ("how to use with in python", true),
        ("the is operator", true),
        ("difference between is and ==", true),
        ("list with statement", true),
        ("order or is", true),
    ] {
        assert_eq!(explained(text), is_name, "{text}");
    }
}

#[test]
fn a_question_without_an_answer_comes_last() {
    let found = questions(&small(), "event loop");
    assert_eq!(found, ["What is JavaScript?", "What is an event loop?"]);
}

#[test]
fn a_word_as_typed_counts_more_than_others_of_its_stem() {
    let index = index(&[
        "## What is a private field?\nOne that others cannot access.\n",
        "## What is a label?\nWhat makes a field accessible.\n",
        "## What is an array?\nValues to access by number.\n",
    ]);
    let found = questions(&index, "accessible");
    assert_eq!(found[0], "What is a label?");
}

#[test]
fn words_count_as_near_around_one_that_the_document_lacks() {
    let filler = "Columns and rows take names. ".repeat(3);
    let index = index(&[
        &format!("## What is a float?\nIt centers. {filler}{filler} It aligns vertically.\n"),
        &format!("## What is a grid?\nIt centers vertically. {filler}{filler} It aligns.\n"),
        "## What is padding?\nSpace in boxes.\n",
    ]);
    let found = questions(&index, "center boxes vertically");
    let place = |question| found.iter().position(|found| found == question);
    assert!(place("What is a grid?") < place("What is a float?"));
}

#[test]
fn what_is_understood_otherwise_is_said() {
    let index = small();
    let cases: [(&str, &[&str], Option<&str>); 8] = [
        ("threads", &[], None),
        (
            "javscript web",
            &["\"javscript\" is in no document; searched for \"javascript\""],
            Some("javascript web"),
        ),
        ("threads threa", &["\"threa\" is in no document"], None),
        (
            "\"evnt loop\"",
            &[
                "no document has \"evnt loop\" as typed; searched for the words",
                "\"evnt\" is in no document; searched for \"event\"",
            ],
            Some("\"event loop\""),
        ),
        ("zzzzzz threads", &["\"zzzzzz\" is in no document"], None),
        ("threads tables", &[], None),
        (
            "xylo zylo threads",
            &["\"xylo\" and \"zylo\" are in no document"],
            None,
        ),
        (
            "rm -rf",
            &["searched for \"-rf\", which occurs in the guides"],
            None,
        ),
    ];
    for (text, notes, did_you_mean) in cases {
        let results = index.search(&Query::new(text)).unwrap();
        let texts: Vec<&str> = results
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .collect();
        assert_eq!(texts, notes, "{text}");
        assert_eq!(results.did_you_mean.as_deref(), did_you_mean, "{text}");
    }
}

#[test]
fn a_word_of_some_document_is_never_repaired() {
    let index = index(&[
        "## Latch or match?\nBoth.\n",
        "## Match\nMatch.\n",
        "## Match\nMatch.\n",
    ]);
    assert_eq!(questions(&index, "latch"), ["Latch or match?"]);
}

#[test]
fn abbreviations_of_the_content_can_be_seen_and_more_can_be_added() {
    let index = small();
    let mined = index.abbreviations().unwrap();
    let shown: Vec<String> = mined
        .iter()
        .map(|pair| format!("{} = {} ({})", pair.short, pair.long, pair.count))
        .collect();
    assert_eq!(shown, ["gil = global interpreter lock (1)"]);
    assert_eq!(questions(&index, "tnf"), Vec::<String>::new());
    let index = index.with_abbreviations("# ours\ntnf = normalization\n");
    assert_eq!(questions(&index, "tnf"), ["What is normalization?"]);
}

#[test]
fn a_score_is_the_sum_of_its_parts() {
    let query = Query::new("event loop web").explain(true);
    let results = small().search(&query).unwrap();
    assert_eq!(results.parsed.as_deref(), Some("[event loop web]"));
    for hit in &results.hits {
        let parts = hit.explanation.as_ref().unwrap();
        let sum: f32 = parts.iter().map(|part| part.score).sum();
        assert!((sum - hit.score).abs() < 1e-4, "{parts:?}");
    }
}

#[test]
fn what_finds_nothing_as_syntax_is_searched_as_words() {
    let index = small();
    for text in [
        "\"event and loop\"",
        "\"event loop",
        "answer:normalization",
        "\u{201c}tables split\u{201d}",
    ] {
        let results = index.search(&Query::new(text)).unwrap();
        assert!(results.total > 0, "{text}");
        assert_eq!(results.notes.len(), 1, "{text}: {:?}", results.notes);
    }
    // A word counts once, however often it is typed.
    let again = format!("{} gil {}", "the lock ".repeat(60), "of it ".repeat(60));
    let results = index.search(&Query::new(again)).unwrap();
    assert!(results.total > 0 && results.notes.is_empty(), "{results:?}");
    let many: String = (0..80).map(|n| format!("item{n} ")).collect();
    let index = self::index(&[&format!("## Items\n{many}\n")]);
    let results = index.search(&Query::new(many)).unwrap();
    assert!(results.total > 0 && results.notes[0].text.contains("rarest"));
}

#[test]
fn a_list_that_is_short_is_filled_up_with_what_has_any_word() {
    let index = index(&[
        "## Where did the virus come from?\nFrom bats.\n",
        "## Where do I go?\nHome.\n",
        "## Masks\nWear them.\n",
    ]);
    let found = questions(&index, "where did the pathogen start");
    assert_eq!(
        found[..2],
        ["Where did the virus come from?", "Where do I go?"]
    );
    let found = questions(&index, "where are bats");
    assert_eq!(found, ["Where did the virus come from?", "Where do I go?"]);
}

#[test]
fn words_above_a_document_find_it() {
    let guide = "---\ntitle: Rails\ntags: [Ruby]\n---\n## Foundations\n### What is a migration?\nA change of tables.\n";
    let index = index(&[guide, "## What fails?\nA migration.\n"]);
    for text in ["foundations", "rails migration", "ruby migration", "rails"] {
        let results = index.search(&Query::new(text)).unwrap();
        assert_eq!(results.hits[0].question, "What is a migration?", "{text}");
        assert_eq!(results.notes, [], "{text}");
    }
}

#[test]
fn words_of_a_guides_path_find_its_documents() {
    let dir = Dir::new(&[
        ("web/http-caching.md", "## What is an ETag?\nA version.\n"),
        ("tea/green.md", "## What is matcha?\nGreen tea, ground.\n"),
    ]);
    let index = dir.build();
    for text in ["caching", "http caching", "web version", "http-caching"] {
        assert_eq!(questions(&index, text)[0], "What is an ETag?", "{text}");
    }
    // The extension of a file's name is no word.
    assert_eq!(questions(&index, "md"), [""; 0]);
}

/// Words alone rank the list first, since its title has all of them.
#[cfg(feature = "meaning")]
#[test]
fn a_list_of_links_comes_after_what_it_leads_to() {
    let index = index(&[
        "# Memory model\n\n## Threads\n\nA memory model orders what threads read and write, \
         in a text of some length.\n\n## Memory model links\n\n- [Memory model](https://a.example/model)\n- \
         [Memory](https://b.example/memory): a book\n",
    ]);
    let found = questions(&index, "memory model");
    assert_eq!(found.last().unwrap(), "Memory model links", "{found:?}");
    assert!(found.len() > 1, "{found:?}");
}

#[test]
fn an_introduction_comes_after_the_questions_that_it_introduces() {
    let intro = "# Rivers and Tides\n\nTwenty questions about water, with their answers.\n\n";
    let questions_of_it = "## How does a tide run up a river?\n\nThe sea rises, and the water turns for \
        hours, from the mouth of it to where the land is higher than the flood.\n\n\
        ## What is a delta?\n\nLand that was carried there.\n";
    let guide = format!("{intro}{questions_of_it}");
    let dir = Dir::new(&[("water.md", &guide)]);
    let lexical = Query::new("rivers tides").lexical(true);
    assert_eq!(
        asked(&dir.build().search(&lexical).unwrap())[..2],
        ["How does a tide run up a river?", "Rivers and Tides"]
    );
    // What asks nothing is about its title.
    let prose = format!("{intro}## The mouth\n\nRivers meet tides there, and both are slow.\n");
    let dir = Dir::new(&[("water.md", &prose)]);
    let found = asked(&dir.build().search(&lexical).unwrap());
    assert_eq!(found[0], "Rivers and Tides");
}

#[test]
fn stop_words_beside_a_missing_word_find_nothing() {
    let index = small();
    for query in [
        "what is a zqxjk",
        "zqxjk in the",
        "how does zqxjk differ from qqvvw",
    ] {
        let lexical = Query::new(query).lexical(true);
        let results = index.search(&lexical).unwrap();
        let found = asked(&results);
        assert!(
            !found.contains(&"What is JavaScript?".to_owned()),
            "{query}: {found:?}"
        );
        assert_eq!(
            results.notes[0].code,
            hotseat::NoteCode::UnknownWord,
            "{query}"
        );
    }
    assert_eq!(questions(&index, "what is a zqxjk"), [""; 0]);
}

#[test]
fn a_question_of_several_guides_is_a_hit_once_if_the_query_says_so() {
    let index = index(&[
        "## What is a lock?\nA thing.\n",
        "## What is a *LOCK*?\nA thing for doors, in some more words.\n## What is a key?\nFor a lock.\n",
    ]);
    let query = Query::new("lock");
    assert_eq!(index.search(&query).unwrap().hits.len(), 3);
    let query = query.once(true);
    let results = index.search(&query).unwrap();
    assert_eq!(
        asked(&results),
        ["What is a lock?", "What is a key?"],
        "{results:?}"
    );
    let also: Vec<&str> = results.hits[0]
        .also_in
        .iter()
        .map(|twin| &*twin.guide)
        .collect();
    assert_eq!(also, ["1.md"]);
    assert_eq!((results.hits[1].also_in.len(), results.total), (0, 3));
    let second = index.search(&query.offset(1)).unwrap();
    assert_eq!(second.hits[0].question, "What is a key?");
}

#[test]
fn a_repaired_word_is_found_as_if_it_were_typed_right() {
    let index = index(&[
        "## What is serialization?\nA serial form of objects.\n",
        "## Which collector is serial?\nThe serial collector.\n",
        "## What is a closure?\nA function of JavaScript with its scope.\n",
        "## How do you close a file?\nBy closing it, or by a context.\n",
    ]);
    for (typed, right) in [
        ("serilization", "serialization"),
        ("closre javascript", "closure javascript"),
    ] {
        assert_eq!(
            questions(&index, typed),
            questions(&index, right),
            "{typed}"
        );
    }
}

#[test]
fn a_right_word_that_no_document_has_is_missing() {
    let index = index(&[
        "## Worker\nGold per site, done in case of cisa; have a close look at worker gold.\n",
        "## Hash table\nA hash table is hashable. She had a loop.\n",
    ]);
    for text in [
        "golf", "hive", "perl", "drone", "vite", "visa", "cafe", "clos", "coworker", "hadoop",
    ] {
        let results = index.search(&Query::new(text)).unwrap();
        assert_eq!(results.total, 0, "{text}");
        assert_eq!(
            results.notes[0].text,
            format!("\"{text}\" is in no document")
        );
    }
    assert_eq!(questions(&index, "hashtable")[0], "Hash table");
}

#[test]
fn a_frequent_word_is_found_beside_a_misspelling_that_exists() {
    let mut guides = vec!["## Odd\nIt is syncronized.\n".to_owned()];
    guides.extend((0..30).map(|i| format!("## Lock {i}\nIt is synchronized.\n")));
    let guides: Vec<&str> = guides.iter().map(String::as_str).collect();
    let results = index(&guides).search(&Query::new("syncronized")).unwrap();
    assert_eq!(results.total, 31);
}

#[test]
fn compounds_find_each_other() {
    let index = index(&[
        "## One\nMulti-threading.\n",
        "## Two\nMultithreading.\n",
        "## Three\nMulti threading.\n",
        "## Four\nNothing.\n",
    ]);
    for text in ["multithreading", "multi-threading", "multi threading"] {
        let mut found = questions(&index, text);
        found.sort();
        assert_eq!(found, ["One", "Three", "Two"], "{text}");
    }
}

#[test]
fn signs_are_found_or_said_to_be_missing() {
    let index = index(&[
        "## Signs\nThe `?` operator, `!!`, a?.b, `**`, `::`, `...`, `--`, a % b, `@`, `$?`.\n",
        "## What is an operator?\nA sign.\n",
    ]);
    for text in [
        "?",
        "!!",
        "?.",
        "**",
        "::",
        "...",
        "--",
        "%",
        "@",
        "$?",
        "!! operator",
    ] {
        assert_eq!(
            questions(&index, text).first().map(String::as_str),
            Some("Signs"),
            "{text}"
        );
    }
    let results = index.search(&Query::new("=>>")).unwrap();
    assert_eq!((results.total, results.notes.len()), (0, 1));
    assert_eq!(
        questions(&index, "what is an operator ?")[0],
        "What is an operator?"
    );
}

#[test]
fn a_whole_name_comes_before_its_parts() {
    let index = index(&[
        "## How are passwords kept?\nAs a hash code of a hash, by code that equals a hash code.\n",
        "## What do both methods promise?\nEqual objects have the same `hashCode()`; see `equals()`.\n",
    ]);
    let found = questions(&index, "hashCode() equals()");
    assert_eq!(found[0], "What do both methods promise?");
}

#[test]
fn a_name_finds_itself_in_small_letters() {
    let index = index(&[
        "## What does a set keep?\nA key by its hashcode.\n",
        "## What must equal objects have?\nThe same `hashCode()`.\n",
    ]);
    let found = questions(&index, "hashCode");
    let both = ["What must equal objects have?", "What does a set keep?"];
    assert_eq!(found, both);
}

#[test]
fn what_most_answers_mention_counts_where_it_is_asked() {
    let index = index(&[
        "## Why is it called a rhinovirus?\nFrom the Greek word for nose, where a cold begins.\n",
        "## What are the symptoms of a cold?\nA cough, and a nose that runs.\n",
        "## Who should stay at home?\nWhoever has symptoms of a cold.\n",
        "## When may one return to work?\nA day after the last symptoms are gone.\n",
        "## Is a cold passed on by hands?\nYes, also without symptoms. Wash them.\n",
        "## How is a cold treated?\nOnly its symptoms are, by rest.\n",
        "## What is a fever?\nOne of the symptoms, above 38 degrees.\n",
    ]);
    let lexical = Query::new("symptoms of the rhinovirus").lexical(true);
    let found = asked(&index.search(&lexical).unwrap());
    assert_eq!(found[0], "What are the symptoms of a cold?", "{found:?}");
}

#[test]
fn both_sides_of_a_comparison_are_met() {
    let index = index(&[
        "## Tabs vs spaces\nTabs vs spaces: overloading of editors.\n",
        "## What is the difference between overloading and overriding?\nOne has other parameters.\n",
        "## What is overriding?\nA method in place of another.\n",
    ]);
    let results = index
        .search(&Query::new("overloading vs overriding"))
        .unwrap();
    assert!(results.hits[0].question.contains("difference"));
    assert_eq!(results.notes, []);
}

#[test]
fn capitals_tell_an_acronym_from_a_pronoun() {
    let index = index(&[
        "## How does it help us?\nIt helps us.\n",
        "## Where is it sold?\nIn the US alone.\n",
    ]);
    assert_eq!(questions(&index, "US")[0], "Where is it sold?");
    assert_eq!(questions(&index, "help us")[0], "How does it help us?");
}

#[test]
fn operators_know_abbreviations_and_titles() {
    let index = index(&[
        "---\ntags: [Cluster]\n---\n## What is Kubernetes?\nA system.\n",
        "## What is Docker?\nA cluster of tools.\n",
    ]);
    let mut found = questions(&index, "k8s OR docker");
    found.sort();
    assert_eq!(found, ["What is Docker?", "What is Kubernetes?"]);
    assert_eq!(questions(&index, "cluster -k8s"), ["What is Docker?"]);
    assert_eq!(questions(&index, "question:k8s"), ["What is Kubernetes?"]);
    assert_eq!(questions(&index, "docker -cluster"), Vec::<String>::new());
}

#[test]
fn a_prefix_finds_all_that_begin_so() {
    let texts: Vec<String> = (0..300)
        .map(|i| format!("## Q{i}\nThe word preab{i}x.\n"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let results = index(&texts).search(&Query::new("preab*")).unwrap();
    assert_eq!(results.total, 300);
}

#[test]
fn scores_fall_steadily_over_all_pages() {
    let texts: Vec<String> = (0..350)
        .map(|i| {
            format!(
                "## Lock {}\nA lock {}of thread {}.\n",
                i % 7,
                "and key ".repeat(i % 13),
                i % 5
            )
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let results = index(&texts)
        .search(&Query::new("thread lock").limit(350))
        .unwrap();
    assert_eq!(results.hits.len(), 350);
    assert!(results.hits.is_sorted_by(|a, b| a.score >= b.score));
}

#[test]
fn the_last_word_of_a_text_that_is_typed_may_be_unfinished() {
    let index = index(&[
        "## What is Docker?\nContainers. See the doc.\n",
        "## What is a deadlock?\nTwo that wait. One is dead.\n",
        "## What is a linked list?\nNodes.\n",
        "## What does Kubernetes do?\nIt runs pods by kube-proxy.\n",
    ]);
    let cases = [
        ("dock", "What is Docker?"),
        ("deadl", "What is a deadlock?"),
        ("kuber", "What does Kubernetes do?"),
        ("linked li", "What is a linked list?"),
        ("nodes of a linke", "What is a linked list?"),
    ];
    for (typed, question) in cases {
        let results = index.search(&Query::new(typed).typing(true)).unwrap();
        assert_eq!(results.hits[0].question, question, "{typed}");
        assert_eq!(results.did_you_mean, None, "{typed}");
    }
    let whole = index
        .search(&Query::new("dock ").typing(true).lexical(true))
        .unwrap();
    assert_eq!(whole.total, 0);
}

/// The second phrase is in documents, the first in none, so that its scorer is none.
#[test]
fn of_phrases_to_leave_out_some_may_be_in_no_document() {
    let index = small();
    let all = index.search(&Query::new("gil")).unwrap().total;
    for text in ["gil -\"-\" -\"gil gil\"", "gil -\"no such\" -\"gil gil\""] {
        assert_eq!(
            index.search(&Query::new(text)).unwrap().total,
            all,
            "{text}"
        );
    }
    index.search(&Query::new("-\"-\"-gil-gil")).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn any_text_is_answered_and_always_alike(
        text in "(?s)([a-z]{0,6}|gil|lock|[-*\":. ]|OR |tag:|-\"|.){0,12}",
    ) {
        thread_local! {
            static INDEX: Index = small();
        }
        INDEX.with(|index| {
            let found = || {
                let results = index.search(&Query::new(text.clone())).unwrap();
                let hits = results.hits.into_iter().map(|hit| (hit.id, hit.score));
                (results.total, hits.collect::<Vec<_>>())
            };
            let (total, hits) = found();
            prop_assert_eq!(found(), (total, hits.clone()));
            prop_assert_eq!(hits.len(), total.min(10));
            Ok(())
        })?;
    }
}
