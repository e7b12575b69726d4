//! The fuzzer's targets on its corpus, and on some thousand texts put together at random, the same ones
//! each time.

use std::{fs, path::Path};

#[allow(
    dead_code,
    unreachable_pub,
    reason = "the fuzzer calls these from other crates"
)]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// Runs `target` on the files of its corpus and on `count` texts.
fn replay(name: &str, count: u64, target: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut replayed = 0;
    for file in fs::read_dir(corpus).unwrap() {
        target(&fs::read(file.unwrap().path()).unwrap());
        replayed += 1;
    }
    assert!(replayed > 0, "no corpus of {name}");
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    for length in 0..count {
        let data: Vec<u8> = (0..length % 48).map(|_| next()).collect();
        target(&data);
    }
}

#[test]
fn markdown_is_read() {
    replay("markdown", 1500, targets::markdown);
}

#[test]
fn pages_are_read() {
    replay("html", 1500, targets::html);
}

#[test]
fn plain_text_is_read() {
    replay("text", 1500, targets::text_guide);
}

#[test]
fn other_formats_of_text_are_read() {
    replay("lines", 1500, targets::lines);
}

#[test]
fn data_is_read() {
    replay("data", 1500, targets::data);
}

#[test]
fn front_matter_is_read() {
    replay("front_matter", 1500, targets::front_matter);
}

#[test]
fn documents_and_books_are_read() {
    replay("office", 1500, targets::office);
}

#[test]
fn any_text_is_safe_on_a_page() {
    replay("page", 3000, targets::page);
}

#[test]
fn markup_is_balanced() {
    replay("markup", 3000, targets::markup);
}

#[test]
fn any_query_is_answered() {
    replay("query", 20, targets::query);
}

#[test]
fn any_answer_is_shown() {
    replay("snippet", 20, targets::snippet);
}
