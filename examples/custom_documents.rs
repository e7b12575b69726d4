//! Searches questions that are in no file, such as the rows of a table:
//! `cargo run --example custom_documents`.
//!
//! Nothing is written: the index is in memory. Made anew, it takes a moment for some thousand
//! documents; for more, or to keep them, write guides and use `Index::open_or_build`.

use hotseat::{DocId, Index, QaDocument, Query};

/// A row as another program has it.
struct Row {
    key: u32,
    asked: &'static str,
    answer: &'static str,
    topics: &'static [&'static str],
    grade: &'static str,
}

const ROWS: [Row; 3] = [
    Row {
        key: 17,
        asked: "What is an index in a database?",
        answer: "A sorted copy of columns, by which rows are **found** without reading all.",
        topics: &["SQL", "Performance"],
        grade: "junior",
    },
    Row {
        key: 18,
        asked: "When does an index make queries slower?",
        answer: "When rows are written more than read, as each write must keep it sorted.",
        topics: &["SQL", "Performance"],
        grade: "senior",
    },
    // Not answered yet: it is found, but below the others.
    Row {
        key: 23,
        asked: "What does a covering index save?",
        answer: "",
        topics: &["SQL"],
        grade: "senior",
    },
];

fn main() -> Result<(), hotseat::Error> {
    let index = Index::in_memory(ROWS.iter().map(document))?;

    let results = index.search(&Query::new("index writes"))?;
    for hit in &results.hits {
        println!(
            "row {}: {}\n  {}",
            hit.guide,
            hit.question,
            hit.snippet.text()
        );
    }
    let found: Vec<&str> = results.hits.iter().map(|hit| hit.guide.as_str()).collect();
    assert_eq!(found, ["18", "17", "23"]);

    // The whole document can be had by its id, which any program can work out again.
    let id = DocId::new("17", "What is an index in a database?", 0);
    let answer = index.get(id)?.map(|document| document.answer);
    assert_eq!(answer.as_deref(), Some(ROWS[0].answer));

    // What is near it, for "see also".
    for hit in index.similar(id, 3)?.hits {
        println!("see also: {}", hit.question);
    }
    Ok(())
}

/// Returns a row as hotseat takes it: its key stands where a guide's path does.
fn document(row: &Row) -> QaDocument {
    QaDocument::new(row.key.to_string(), row.asked, row.answer)
        .with_tags(row.topics.iter().copied())
        .with_level(row.grade)
}
