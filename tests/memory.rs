//! The memory that a guide takes, whatever it holds.
//!
//! A test binary of its own with one test, since all threads of it share the allocator that counts.

use hotseat::{Guide, split};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The most bytes of memory for each byte of a guide, and those that any guide may take besides, for
/// the blocks that it may have however short they are.
const BYTES_FOR_BYTE: usize = 12;
const FREE_BYTES: usize = 32 << 20;

/// Texts that are made of one piece again and again, in files of this name.
const SHAPES: &[(&str, &str)] = &[
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

/// Returns the most bytes that reading and splitting took at once.
fn peak(path: &str, text: &str) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let guide = Guide::parse(path, text);
    drop(split(&guide));
    ALLOCATOR.peak_usage() - before
}

#[test]
fn a_guide_takes_a_few_bytes_for_each_byte() {
    for (path, piece) in SHAPES {
        let text = format!("# T\n\n**x**\n\n{}", piece.repeat(LENGTH / piece.len()));
        let most = BYTES_FOR_BYTE * text.len() + FREE_BYTES;
        let peak = peak(path, &text);
        assert!(peak <= most, "{path} {piece:?}: {peak} bytes");
    }
}
