//! Searches questions that are in no file, such as the rows of a table:
//! `cargo run --example custom_documents`.
//!
//! Nothing is written: the index is in memory. `Index::open_or_create` has one on disk, which is
//! written in the same way.

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
    let index = Index::in_memory([])?;
    let mut writer = index.writer()?;
    for row in &ROWS {
        writer.add(document(row))?;
    }
    writer.commit()?;

    let results = index.search(&Query::new("index writes"))?;
    for hit in &results.hits {
        println!(
            "{}: {}\n  {}",
            hit.payload.as_deref().unwrap_or_default(),
            hit.question,
            hit.snippet.text()
        );
    }
    let found = results.hits.iter().filter_map(|hit| hit.payload.as_deref());
    let found: Vec<&str> = found.collect();
    let row = |key| format!("https://example.org/rows/{key}");
    assert_eq!(found, [row(18), row(17), row(23)]);

    // The whole document can be had by its key.
    let id = DocId::of_key("17");
    let answer = index.get(id)?.map(|document| document.answer);
    assert_eq!(answer.as_deref(), Some(ROWS[0].answer));

    // Related questions, for "see also".
    for hit in index.similar(id, 3)?.hits {
        println!("see also: {}", hit.question);
    }

    // A row that was changed replaces the one with its key, and a row that is gone is deleted.
    let mut writer = index.writer()?;
    let changed = Row {
        answer: "The rows of the table.",
        ..ROWS[2]
    };
    writer.add(document(&changed))?;
    writer.delete(DocId::of_key("18"));
    writer.commit()?;
    assert_eq!(index.documents()?, 2);
    Ok(())
}

/// Returns a row as hotseat takes it. Its table stands where a guide's path does.
fn document(row: &Row) -> QaDocument {
    QaDocument::new("rows", row.asked, row.answer)
        .with_key(&row.key.to_string())
        .with_payload(format!("https://example.org/rows/{}", row.key))
        .with_tags(row.topics.iter().copied())
        .with_level(row.grade)
}
