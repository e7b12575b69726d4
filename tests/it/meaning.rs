//! Questions that are found in other words.

use hotseat::{Index, NoteCode, Query};

use crate::helper::{asked, index, questions};

fn guides() -> Index {
    index(&[
        "## How do you speed up a database?\nAdd an index, so that a select reads fewer rows. Measure \
         the query plan, and cache what is asked often.\n",
        "## What is the temporal dead zone?\nThe part of a block in which a variable must not be read, as \
         it is not declared yet.\n",
        "## What is hoisting?\nDeclarations move to the top of their scope, so that a variable is known \
         before its line; reading it in the dead zone of a block fails. A temporal order matters.\n",
        "## == vs ===\nThe first converts types, the second does not.\n",
        "## How are values compared in JavaScript?\nBy == or by ===, loose or strict equality, with and \
         without conversion: == vs === decides what equal values are.\n",
        "## What does useEffect do?\nIt runs side effects after a component was drawn.\n",
        "## When does a component render again?\nWhen its state changes, unless useEffect or memo \
         prevents effects of rendering; useEffect itself runs afterwards.\n",
        "## How do you resolve a conflict between colleagues?\nListen to both sides in private, and look \
         for what they agree on.\n",
        "## How is memory freed?\nThe garbage collector finds objects that nobody refers to any more.\n",
    ])
}

#[test]
fn what_is_meant_comes_first_among_what_has_the_words() {
    let index = index(&[
        "## Why is the river slow?\nThe land is flat there.\n",
        "## Why is the database slow?\nIt has no good index.\n",
    ]);
    let meant = "Why is the database slow?";
    assert_eq!(questions(&index, "slow sql select")[0], meant);
    let lexical = Query::new("slow sql select").lexical(true);
    assert_eq!(
        asked(&index.search(&lexical).unwrap()),
        ["Why is the river slow?", meant]
    );
}

#[test]
fn a_question_in_its_own_words_stays_first() {
    let index = guides();
    for query in [
        "temporal dead zone",
        "What is the temporal dead zone?",
        "== vs ===",
        "===",
        "useEffect",
        "hoisting",
        "how is memory freed",
        "When does a component render again?",
        "How are values compared in JavaScript?",
    ] {
        let lexical = index.search(&Query::new(query).lexical(true)).unwrap();
        assert_eq!(questions(&index, query)[0], asked(&lexical)[0], "{query}");
    }
}

#[test]
fn a_query_whose_words_are_in_no_document_finds_what_is_near() {
    let index = guides();
    let results = index.search(&Query::new("coworker quarrel")).unwrap();
    let nearest = "How do you resolve a conflict between colleagues?";
    assert_eq!(asked(&results)[0], nearest);
    assert_eq!(results.total, results.hits.len());
    let codes: Vec<NoteCode> = results.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, [NoteCode::UnknownWord, NoteCode::ByMeaning]);
    let lexical = Query::new("coworker quarrel").lexical(true);
    assert_eq!(index.search(&lexical).unwrap().total, 0);
    let mixed = index
        .search(&Query::new("coworker quarrel memory"))
        .unwrap();
    assert_eq!(asked(&mixed)[0], "How is memory freed?");
    assert!(asked(&mixed).contains(&nearest.to_owned()));
    assert!(mixed.hits.is_sorted_by(|a, b| a.score >= b.score));
    let narrowed = Query::new("coworker quarrel guide:0.md");
    assert_eq!(index.search(&narrowed).unwrap().total, 0);
    let next = Query::new("coworker quarrel").offset(results.total);
    assert!(index.search(&next).unwrap().hits.is_empty());
}

#[test]
fn an_abbreviation_that_the_table_lacks_means_what_it_stands_for() {
    // The table has neither; no document has all words that they stand for.
    let cases = [
        ("RBAC", "Who may access what, by roles?"),
        ("LRU", "How is the least recent entry of a cache found?"),
    ];
    let index = index(&[
        "## How is the least recent entry of a cache found?\nIt was used longest ago.\n",
        "## Who may access what, by roles?\nPermissions control that.\n",
        "## What is a grid?\nA layout of rows, based on columns; frequently recently used.\n",
    ]);
    for (query, nearest) in cases {
        let results = index.search(&Query::new(query)).unwrap();
        assert_eq!(asked(&results)[0], nearest, "{query}");
    }
}

#[test]
fn nonsense_finds_nothing() {
    let index = guides();
    for query in [
        "zqxjk",
        "asdf qwer",
        "xkcdxkcd blorptag",
        "内存泄漏",
        "-hoisting zzzz",
    ] {
        assert_eq!(questions(&index, query), [""; 0], "{query}");
    }
}

#[test]
fn meaning_is_a_part_of_the_score() {
    let index = guides();
    let query = Query::new("database rows").explain(true);
    let results = index.search(&query).unwrap();
    for hit in &results.hits {
        let parts = hit.explanation.as_ref().unwrap();
        let sum: f32 = parts.iter().map(|part| part.score).sum();
        assert!((sum - hit.score).abs() < 1e-3, "{parts:?} {}", hit.score);
    }
    let has_meaning = |results: &hotseat::Results| {
        let parts = results.hits[0].explanation.as_ref().unwrap();
        parts.iter().any(|part| part.what == "meaning")
    };
    assert!(has_meaning(&results));
    assert!(!has_meaning(&index.search(&query.lexical(true)).unwrap()));
}

#[test]
fn related_questions_are_near_in_meaning() {
    let index = index(&[
        "## How do you make SQL queries faster?\nAdd an index.\n",
        "## How is any book understood?\nBy an index of words.\n",
        "## How is database performance improved?\nBy an index of rows.\n",
    ]);
    let faster = index.search(&Query::new("faster queries")).unwrap();
    let related = index.similar(faster.hits[0].id, 2).unwrap();
    assert_eq!(asked(&related)[0], "How is database performance improved?");
}
