//! The memory that a guide takes, and the work that it is, whatever it holds.
//!
//! A test binary of its own, whose allocator counts.

use allocation_counter::{AllocationInfo, measure};
use hotseat::{Guide, Index, QaDocument, split};

#[path = "../benches/shapes/mod.rs"]
mod shapes;

/// The most bytes of memory for each byte of a guide, and those that any guide may take besides, for
/// the blocks that it may have however short they are.
const BYTES_FOR_BYTE: usize = 12;
const FREE_BYTES: usize = 32 << 20;

/// Texts that take much.
const LARGE: &[(&str, &str)] = &[
    ("a.md", "a\n"),
    ("a.md", "# a\n## b\n"),
    ("a.md", "**a?** b\n\n"),
    ("a.md", "*a*b"),
    ("a.md", "["),
    ("a.md", "```\na\n```\n"),
    ("a.md", "<details><summary>a?</summary>b</details>\n"),
    ("a.html", "<p>a"),
    ("a.html", "<li>a<b>b</b>"),
    ("a.rst", "a\n"),
    ("a.rst", "- a\n"),
    ("a.adoc", "a\n"),
    ("a.adoc", "* a\n"),
    ("a.org", "a\n"),
    ("a.org", "* a\n"),
];

/// Without bounds, lines of one letter of this length took 110 MB.
const LENGTH: usize = 1 << 19;

/// Reads and splits a text.
fn read(path: &str, text: &str) -> AllocationInfo {
    measure(|| drop(split(&Guide::parse(path, text))))
}

#[test]
fn a_guide_takes_a_few_bytes_for_each_byte() {
    for (path, piece) in LARGE {
        let text = format!("# T\n\n**x**\n\n{}", piece.repeat(LENGTH / piece.len()));
        let most = BYTES_FOR_BYTE * text.len() + FREE_BYTES;
        let peak = read(path, &text).bytes_max;
        assert!(peak <= most as u64, "{path} {piece:?}: {peak} bytes");
    }
    // Each document has the tags and titles of its guide: a hundred megabytes without a bound.
    let tags: Vec<String> = (0..100).map(|tag| format!("t{tag}")).collect();
    let title = "t".repeat(900);
    let matter = format!("---\ntitle: {title}\ntags: [{}]\n---\n", tags.join(", "));
    let questions = "## What?\n\nx\n\n".repeat(LENGTH / 14);
    let text = format!("{matter}# {title}\n\n{questions}");
    let peak = read("a.md", &text).bytes_max;
    let most = BYTES_FOR_BYTE * text.len() + FREE_BYTES;
    assert!(peak <= most as u64, "{peak} bytes for tags and titles");
}

#[test]
fn a_document_takes_a_few_bytes_for_each_byte_while_it_is_indexed() {
    let answer = "a\n".repeat(4 * LENGTH);
    let most = BYTES_FOR_BYTE * answer.len();
    let index = Index::in_memory([]).unwrap();
    let mut writer = index.writer().unwrap();
    let document = QaDocument::new("a.md", "What?", answer);
    let peak = measure(|| writer.add(document).unwrap()).bytes_max;
    assert!(peak <= most as u64, "{peak} bytes");
}

/// A text, and one of four times as much of the same.
const SHORT: usize = 1 << 13;
const LONG: usize = 4 * SHORT;

/// The most work for the longer one, as a multiple: quadratic work would be sixteen times as much.
const GROWTH: u64 = 7;

/// Work that says nothing: tables that are filled once, and the first bytes of many lists.
const FREE_WORK: u64 = 500;
const FREE_WORK_BYTES: u64 = 128 << 10;

#[test]
fn four_times_as_much_of_anything_is_four_times_the_work() {
    for (path, pieces) in shapes::SHAPES {
        for piece in *pieces {
            let [short, long] =
                [SHORT, LONG].map(|length| read(path, &shapes::text(path, piece, length)));
            let works = [
                (
                    "allocations",
                    short.count_total,
                    long.count_total,
                    FREE_WORK,
                ),
                (
                    "bytes",
                    short.bytes_total,
                    long.bytes_total,
                    FREE_WORK_BYTES,
                ),
            ];
            for (what, short, long, free) in works {
                assert!(
                    long <= GROWTH * short + free,
                    "{path} {piece:?}: {short} {what}, then {long}"
                );
            }
        }
    }
}
