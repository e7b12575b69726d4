//! Which documents come first, and how the words of a query are understood.

use hotseat::{Index, Query};
use proptest::prelude::*;

use crate::helper::{index, questions};

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
    let cases: [(&str, &[&str], Option<&str>); 7] = [
        ("threads", &[], None),
        (
            "javscript web",
            &["\"javscript\" is in no document; searched for \"javascript\""],
            Some("javascript web"),
        ),
        (
            "threads threa",
            &["\"threa\" is in no document; searched for \"thread\""],
            Some("threads thread"),
        ),
        (
            "\"evnt loop\"",
            &["\"evnt\" is in no document"],
            Some("\"event loop\""),
        ),
        ("zzzzzz threads", &["\"zzzzzz\" is in no document"], None),
        (
            "threads tables",
            &["no document has all words; these have some of them"],
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
