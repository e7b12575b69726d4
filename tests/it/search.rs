//! Queries and their results: hits, snippets, facets, notes.

use hotseat::{DocId, DocumentKind, Facet, FacetName, Guide, Index, QaDocument, Query, split};

use crate::helper::{asked, documents, index, questions};

const GIL: &str = "## What is the GIL?\nThe lock that lets one thread run.\n";
const LISTS: &str = "## What is a list?\nA mutable sequence.\n";

#[test]
fn a_question_is_found_by_its_words_and_by_its_answer() {
    let index = index(&[GIL, LISTS]);
    assert_eq!(questions(&index, "GIL"), ["What is the GIL?"]);
    assert_eq!(questions(&index, "mutable sequences"), ["What is a list?"]);
    assert_eq!(questions(&index, "closures"), Vec::<String>::new());
}

#[test]
fn equal_scores_are_ordered_by_guide_and_line() {
    let twice = "## What is the same?\nText.\n## What is the same?\nText.\n";
    let index = index(&[twice, twice]);
    let results = index.search(&Query::new("same")).unwrap();
    let places: Vec<(&str, usize)> = results
        .hits
        .iter()
        .map(|hit| (hit.guide.as_str(), hit.line))
        .collect();
    assert_eq!(places, [("0.md", 1), ("0.md", 3), ("1.md", 1), ("1.md", 3)]);
    let one = index
        .search(&Query::new("same").limit(1).offset(2))
        .unwrap();
    assert_eq!(one.total, 4);
    assert_eq!((one.hits[0].rank, one.hits[0].guide.as_str()), (3, "1.md"));
}

#[test]
fn an_empty_query_lists_every_document_by_guide_and_line() {
    let index = Index::in_memory([]).unwrap();
    // Two commits, the later guides first, of questions with and without answers, and passages.
    for guides in [60..120, 0..60] {
        let mut writer = index.writer().unwrap();
        for number in guides {
            let text = "Prose.\n\n## What is it?\n\nThat.\n\n## Why?\n";
            let guide = Guide::parse(&format!("{number:03}.md"), text);
            for document in split(&guide) {
                writer.add(document).unwrap();
            }
        }
        writer.commit().unwrap();
    }
    let places = |query: Query| -> Vec<(String, usize)> {
        let hits = index.search(&query).unwrap().hits;
        hits.into_iter().map(|hit| (hit.guide, hit.line)).collect()
    };
    let expected: Vec<(String, usize)> = (0..120)
        .flat_map(|guide| [1, 3, 7].map(|line| (format!("{guide:03}.md"), line)))
        .collect();
    for empty in ["", " ", "\"\" OR ;"] {
        let query = || Query::new(empty);
        assert_eq!(index.search(&query()).unwrap().total, 360);
        assert_eq!(places(query()), expected[..10]);
        assert_eq!(places(query().limit(500)), expected);
        assert_eq!(places(query().offset(250).limit(20)), expected[250..270]);
        let listed = index.list(&query()).unwrap().into_iter();
        let listed: Vec<_> = listed
            .map(|document| (document.guide, document.line))
            .collect();
        assert_eq!(listed, expected);
    }
}

#[test]
fn pages_put_together_are_the_whole() {
    let texts: Vec<String> = (0..130)
        .map(|i| {
            format!(
                "## Lock {}\nA lock of a thread. {}\n",
                i % 9,
                "And more. ".repeat(i % 7)
            )
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let index = index(&texts);
    let ids = |query: Query| -> Vec<String> {
        let hits = index.search(&query).unwrap().hits;
        hits.iter().map(|hit| hit.id.to_string()).collect()
    };
    let query = || Query::new("thread lock 3");
    let whole = ids(query().limit(1000));
    assert_eq!(whole.len(), 130);
    let pages = (0..19).flat_map(|page| ids(query().offset(page * 7).limit(7)));
    assert_eq!(pages.collect::<Vec<_>>(), whole);
}

#[test]
fn a_hit_in_json_has_the_keys_that_are_promised() {
    let index = index(&[GIL]);
    let mut results = index.search(&Query::new("thread")).unwrap();
    results.took_us = 412;
    results.hits[0].score = 1.5;
    let json = serde_json::to_string(&results).unwrap();
    insta::assert_snapshot!(json.replace(",\"", ",\n\""), @r#"
    {"query":"thread",
    "total":1,
    "took_us":412,
    "notes":[],
    "did_you_mean":null,
    "hits":[{"rank":1,
    "score":1.5,
    "id":"xb2hmhkhy",
    "kind":"question",
    "question":"What is the GIL?",
    "answered":true,
    "guide":"0.md",
    "line":1,
    "guide_title":"0",
    "sections":[],
    "tags":[],
    "inferred_tags":[],
    "category":null,
    "level":null,
    "format":"markdown",
    "snippet":[{"text":"The lock that lets one "},{"text":"thread",
    "match":true},{"text":" run."}],
    "marked_question":[{"text":"What is the GIL?"}]}]}
    "#);
}

#[test]
fn the_answer_comes_only_when_it_is_asked_for() {
    let index = index(&[GIL]);
    let plain = index.search(&Query::new("gil")).unwrap();
    assert_eq!(plain.hits[0].answer, None);
    let full = index.search(&Query::new("gil").full(true)).unwrap();
    assert_eq!(
        full.hits[0].answer.as_deref(),
        Some("The lock that lets one thread run.")
    );
}

fn tagged(question: &str, guide: &str, tags: &[&str]) -> QaDocument {
    let mut document = documents(guide, "## What is it?\nAn answer.\n").remove(0);
    document.question = question.to_owned();
    document.id = DocId::new(guide, question, 0);
    document.tags = tags.iter().map(ToString::to_string).collect();
    document
}

fn library() -> Index {
    Index::in_memory([
        tagged("one", "web/js.md", &["JavaScript", "Data Structures"]),
        tagged("two", "web/css.md", &["CSS"]),
        tagged("three", "py.md", &["python", "data-structures"]),
        tagged("four", "py.md", &["Python", "Data Structures"]),
    ])
    .unwrap()
}

#[test]
fn values_of_a_facet_are_alternatives_and_facets_narrow() {
    let index = library();
    let cases: [(&str, &[&str]); 8] = [
        ("", &["four", "three", "two", "one"]),
        ("tag:python", &["four", "three"]),
        ("tag:PYTHON tag:css", &["four", "three", "two"]),
        ("tag:\"data structures\" guide:web", &["one"]),
        ("-tag:python", &["two", "one"]),
        ("answer -tag:python", &["two", "one"]),
        ("guide:py.md kind:question", &["four", "three"]),
        ("kind:passage", &[]),
    ];
    for (text, expected) in cases {
        let mut found = questions(&index, text);
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{text}");
    }
    let query = Query::new("").tag("CSS").kind(DocumentKind::Question);
    assert_eq!(asked(&index.search(&query).unwrap()), ["two"]);
    let query = Query::new("").exclude(Facet::new(FacetName::Guide, "py.md"));
    assert_eq!(index.search(&query).unwrap().total, 2);
}

#[test]
fn facets_count_all_that_is_found_under_the_usual_spelling() {
    let index = library();
    let query = Query::new("")
        .limit(1)
        .facets(&[FacetName::Tag, FacetName::Guide]);
    let results = index.search(&query).unwrap();
    let shown = |name| {
        let counts = results.facets[&name].iter();
        let shown: Vec<String> = counts.map(|c| format!("{} {}", c.value, c.count)).collect();
        shown.join(", ")
    };
    assert_eq!(
        shown(FacetName::Tag),
        "Data Structures 3, Python 2, web 2, CSS 1, JavaScript 1"
    );
    assert_eq!(
        shown(FacetName::Guide),
        "py.md 2, web/css.md 1, web/js.md 1"
    );
    let counts = index
        .facets(FacetName::Kind, &Query::new("tag:css"))
        .unwrap();
    assert_eq!((counts[0].value.as_str(), counts[0].count), ("question", 1));
}

#[test]
fn a_document_is_named_by_id_or_by_line() {
    let index = index(&["\n## What is one?\nFirst.\n\n## What is two?\nSecond.\n"]);
    let two = index.at("0.md", 6).unwrap().unwrap();
    assert_eq!(two.question, "What is two?");
    for name in [&*two.id.to_string(), "0.md:5", "0.md:99"] {
        assert_eq!(index.find(name).unwrap().as_ref(), Some(&two), "{name}");
    }
    for name in ["0.md:1", "1.md:5", "0.md", "000000000", ""] {
        assert_eq!(index.find(name).unwrap(), None, "{name}");
    }
}

#[test]
fn documents_with_rare_words_in_common_are_similar() {
    let index = index(&[
        "## What is the GIL?\nThe interpreter lock of threads.\n",
        "## Are threads parallel?\nThe interpreter lock says no.\n",
        "## What is CSS?\nA style language.\n",
    ]);
    let gil = index.at("0.md", 1).unwrap().unwrap();
    let related = index.similar(gil.id, 1).unwrap();
    assert_eq!(asked(&related), ["Are threads parallel?"]);
}

#[test]
fn what_answers_a_question_is_related_to_it_before_what_shares_other_words() {
    let index = index(&[
        "## How do threads share memory?\nBy a mutex, a latch, a barrier, a semaphore, a futex, a monitor or a \
         spinlock of the kernel.\n",
        "## What is a kernel?\nIt has a mutex, a latch, a barrier, a semaphore, a futex, a monitor and a \
         spinlock.\n",
        "## Is memory shared by threads?\nYes: the heap, code, globals and open files; each has a stack and \
         registers of its own. What is on the heap lives as long as it is referred to.\n",
        "## What is CSS?\nA style language.\n",
        "## What is a shared library?\nCode in memory once.\n",
    ]);
    let share = index.at("0.md", 1).unwrap().unwrap();
    let related = index.similar(share.id, 1).unwrap();
    assert_eq!(asked(&related), ["Is memory shared by threads?"]);
}

#[test]
fn a_snippet_says_what_to_do_where_that_is_asked() {
    let index = index(&[
        "## What is a stampede, and how is it avoided?\nA stampede is a rush of requests that miss a cache at the same \
         moment, so that all of them compute what only one would have to, and the database behind the cache is asked for \
         the same rows again and again until it fails. Stampedes follow when a key expires.\n\n\
         It is prevented by a lock around the computation.\n\nCommon mistake: avoiding it by a longer time.\n",
        "## How do you avoid a herd?\nLet each wait for a random time, which is chosen anew at each try, up to a bound \
         that doubles, so that no two of them come at the same moment even if all of them failed at once, and no herd \
         comes. A herd is avoided by nothing else.\n",
    ]);
    let snippet = |text: &str| {
        index.search(&Query::new(text)).unwrap().hits[0]
            .snippet
            .text()
    };
    assert!(snippet("how to avoid a stampede").contains("It is prevented by"));
    assert!(!snippet("what is a stampede").contains("It is prevented by"));
    assert!(snippet("how to avoid a herd").starts_with("Let each wait"));
    // Another word for it chooses the passage, and is not marked.
    let hits = index.search(&Query::new("avoid stampede")).unwrap().hits;
    let marked = hits[0].snippet.pieces.iter().filter(|piece| piece.matches);
    assert!(
        marked
            .map(|piece| &*piece.text)
            .all(|text| text != "prevented")
    );
}

#[test]
fn a_snippet_ends_with_its_sentence_if_that_is_near() {
    let index = index(&[
        "## What is matcha?\nGreen tea. It is ground to a powder and whisked.\n",
        "## What is sencha?\nGreen tea that is steamed and rolled and dried.\n",
    ]);
    let snippet = |text: &str, length| {
        let query = Query::new(text).snippet_length(length);
        index.search(&query).unwrap().hits[0].snippet.text()
    };
    assert_eq!(
        snippet("matcha", 44),
        "Green tea. It is ground to a powder and whisked."
    );
    assert_eq!(
        snippet("matcha", 40),
        "Green tea. It is ground to a powder and…"
    );
    assert_eq!(
        snippet("sencha", 44),
        "Green tea that is steamed and rolled and dried."
    );
    assert_eq!(
        snippet("sencha", 40),
        "Green tea that is steamed and rolled…"
    );
}

#[test]
fn related_documents_are_bounded_and_the_bound_is_told() {
    let lock = |number| QaDocument::new("a", format!("Lock {number}?"), "A latch of threads.");
    let index = Index::in_memory((0..1_100).map(lock)).unwrap();
    let first = index.search(&Query::new("lock 7")).unwrap().hits[0].id;
    for (limit, shown, notes) in [(5, 5, 0), (1_000, 1_000, 0), (usize::MAX, 1_000, 1)] {
        let related = index.similar(first, limit).unwrap();
        assert_eq!((related.hits.len(), related.total), (shown, 1_099));
        assert_eq!(related.notes.len(), notes, "{limit}");
    }
}

#[test]
fn the_last_word_is_completed() {
    let index = index(&["## Closures\nA closure closes over clover.\n"]);
    let completed = index.complete("what is a clos", 9).unwrap();
    assert_eq!(
        completed,
        [
            "what is a closes",
            "what is a closure",
            "what is a closures"
        ]
    );
}

#[test]
fn a_name_in_code_is_found_as_a_whole_and_by_its_parts() {
    let index = index(&[
        "## What waits for a click?\nA call of `addEventListener`.\n",
        "## What profiles memory?\nThe module `memory_profiler`.\n",
        "## Who listens?\nWhoever is added as the listener of an event.\n",
    ]);
    let cases: [(&str, &[&str]); 10] = [
        (
            "addEventListener",
            &["What waits for a click?", "Who listens?"],
        ),
        ("addeventlistener", &["What waits for a click?"]),
        ("addeventl*", &["What waits for a click?"]),
        ("\"addeventlistener\"", &["What waits for a click?"]),
        (
            "addeventlistener OR memory",
            &["What profiles memory?", "What waits for a click?"],
        ),
        ("call -addeventlistener", &[]),
        (
            "event listener",
            &["What waits for a click?", "Who listens?"],
        ),
        ("memory_profiler", &["What profiles memory?"]),
        ("memoryprofiler", &["What profiles memory?"]),
        ("memory profilers", &["What profiles memory?"]),
    ];
    for (text, expected) in cases {
        let mut found = questions(&index, text);
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
    let found = index.search(&Query::new("addeventlistener")).unwrap();
    let pieces = &found.hits[0].snippet.pieces;
    let marked: Vec<&str> = pieces
        .iter()
        .filter(|piece| piece.matches)
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(marked, ["addEventListener"]);
}

#[test]
fn guides_whose_names_differ_in_case_are_two() {
    let index = Index::in_memory([
        tagged("one", "CASE.md", &[]),
        tagged("two", "case.md", &[]),
        tagged("three", "a/my_case.md", &[]),
        tagged("four", "a/my-case.md", &[]),
    ])
    .unwrap();
    let counted = index.facets(FacetName::Guide, &Query::new("")).unwrap();
    let counted: Vec<_> = counted.iter().map(|c| (&*c.value, c.count)).collect();
    let expected = ["CASE.md", "a/my-case.md", "a/my_case.md", "case.md"];
    assert_eq!(counted, expected.map(|guide| (guide, 1)));
    let cases: [(&str, &[&str]); 5] = [
        ("guide:CASE.md", &["one"]),
        ("guide:case.md", &["two"]),
        ("guide:Case.md", &["one", "two"]),
        ("guide:a/my_case.md", &["three"]),
        ("-guide:case.md guide:CASE.md", &["one"]),
    ];
    for (text, expected) in cases {
        assert_eq!(questions(&index, text), expected, "{text}");
    }
}
