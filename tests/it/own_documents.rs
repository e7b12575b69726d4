//! Documents that a program adds one by one, on disk or in memory.

use std::fs;

use hotseat::{DocId, Error, Index, QaDocument, Query};

use crate::helper::{Dir, questions};

fn tea(question: &str, answer: &str, key: &str) -> QaDocument {
    QaDocument::new("drinks", question, answer).with_key(key)
}

/// Returns the payloads and answers of all documents, in the order of their questions.
fn payloads(index: &Index) -> Vec<(String, Option<String>)> {
    let hits = index.search(&Query::new("").full(true)).unwrap().hits;
    let mut all: Vec<_> = hits
        .into_iter()
        .map(|hit| (hit.answer.unwrap_or_default(), hit.payload))
        .collect();
    all.sort();
    all
}

#[test]
fn the_later_of_two_with_one_key_replaces_the_earlier() {
    let dir = Dir::new(&[]);
    let on_disk = Index::open_or_create(dir.index()).unwrap();
    for index in [Index::in_memory([]).unwrap(), on_disk] {
        let mut writer = index.writer().unwrap();
        writer
            .add(tea("What is matcha?", "Ground.", "matcha"))
            .unwrap();
        writer
            .add(tea("What is sencha?", "Steamed.", "sencha"))
            .unwrap();
        let ground = tea("What is matcha?", "Stone-ground.", "matcha");
        writer
            .add(ground.with_payload("https://example.org/1"))
            .unwrap();
        writer.commit().unwrap();
        let url = Some("https://example.org/1".to_owned());
        let expected = [
            ("Steamed.".to_owned(), None),
            ("Stone-ground.".to_owned(), url),
        ];
        assert_eq!(payloads(&index), expected);

        // In a later transaction, under another question and another guide.
        let mut writer = index.writer().unwrap();
        let other = QaDocument::new("powders", "How is matcha made?", "By hand.");
        writer.add(other.with_key("matcha")).unwrap();
        writer.delete(DocId::of_key("sencha"));
        writer.delete(DocId::of_key("coffee"));
        writer.commit().unwrap();
        assert_eq!(questions(&index, ""), ["How is matcha made?"]);
        let found = index.get(DocId::of_key("matcha")).unwrap().unwrap();
        assert_eq!((&*found.guide, &*found.answer), ("powders", "By hand."));
        assert_eq!(index.get(DocId::of_key("sencha")).unwrap(), None);
    }
}

#[test]
fn a_writer_turns_other_writers_away_and_no_reader() {
    let dir = Dir::new(&[]);
    let first = Index::open_or_build(dir.content(), dir.index()).unwrap();
    let writer = first.writer().unwrap();
    let second = Index::open(dir.index()).unwrap();
    assert!(matches!(
        second.update(dir.content()),
        Err(Error::Locked { .. })
    ));
    assert_eq!(second.documents().unwrap(), 0);
    drop(writer);
    second.update(dir.content()).unwrap();
}

#[test]
fn nothing_is_seen_of_a_writer_before_its_commit() {
    let dir = Dir::new(&[]);
    let index = Index::open_or_create(dir.index()).unwrap();
    let mut writer = index.writer().unwrap();
    writer
        .add(tea("What is matcha?", "Ground.", "matcha"))
        .unwrap();
    assert_eq!(index.documents().unwrap(), 0);
    assert!(matches!(index.writer(), Err(Error::Locked { .. })));
    drop(writer);
    assert_eq!(index.documents().unwrap(), 0);
    assert!(matches!(
        Index::open(dir.index()),
        Err(Error::NoIndex { .. })
    ));

    let mut writer = index.writer().unwrap();
    writer
        .add(tea("What is matcha?", "Ground.", "matcha"))
        .unwrap();
    writer.commit().unwrap();
    assert_eq!(Index::open(dir.index()).unwrap().documents().unwrap(), 1);
    let mut writer = index.writer().unwrap();
    writer.delete_guide("drinks");
    writer.commit().unwrap();
    assert_eq!(index.documents().unwrap(), 0);
}

#[test]
fn documents_of_a_program_stay_beside_guides() {
    let dir = Dir::new(&[("a.md", "## One\nA.\n")]);
    let index = dir.build();
    let mut writer = index.writer().unwrap();
    writer
        .add(tea("What is matcha?", "Ground.", "matcha"))
        .unwrap();
    // A document of a guide is replaced as well, until the guide changes.
    writer
        .add(QaDocument::new("a.md", "One", "Another."))
        .unwrap();
    writer.commit().unwrap();
    assert_eq!(questions(&index, ""), ["One", "What is matcha?"]);
    assert_eq!(
        index
            .search(&Query::new("another").lexical(true))
            .unwrap()
            .total,
        1
    );

    dir.write("a.md", "## One\nA thing.\n");
    dir.write("b.md", "## Two\nB.\n");
    index.update(dir.content()).unwrap();
    assert_eq!(questions(&index, ""), ["One", "Two", "What is matcha?"]);
    assert_eq!(
        index
            .search(&Query::new("another").lexical(true))
            .unwrap()
            .total,
        0
    );

    fs::remove_file(dir.content().join("a.md")).unwrap();
    index.update(dir.content()).unwrap();
    assert_eq!(questions(&index, ""), ["Two", "What is matcha?"]);
    index.rebuild(dir.content()).unwrap();
    assert_eq!(questions(&index, ""), ["Two"]);
}
