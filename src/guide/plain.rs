//! Plain text -> blocks: every line is one.
//!
//! A page scraped to text keeps no mark of what its lines were, so little is claimed here:
//! bullets and numbers, a table's tabs, the lines that a hard wrap continues, and as headings
//! only lines that stand alone between blank lines or are underlined.

use std::ops::Range;

use super::{Block, BlockKind};
use crate::text::markup::list_marker;

/// The longest line, in characters, that is taken for a heading.
const MAX_HEADING: usize = 100;

/// The longest line, in characters, of a text that is wrapped by hand.
const MAX_WRAP: usize = 100;

/// Reads the plain text of `text` from the byte `body` on.
pub(super) fn blocks(text: &str, body: usize) -> Vec<Block> {
    let lines = lines(text, body);
    let is_wrapped = is_hard_wrapped(&lines);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        if line.written.is_empty() || is_underline(line.written) {
            continue;
        }
        let before = at.checked_sub(1).map_or("", |before| lines[before].written);
        let after = lines.get(at + 1).map_or("", |after| after.written);
        let (marker, words) = match is_underline(after) {
            true => ("", line.written),
            false => split_marker(line.written),
        };
        let kind = if is_underline(after) {
            BlockKind::Heading(if after.starts_with('=') { 1 } else { 2 })
        } else if !marker.is_empty() {
            BlockKind::Item
        } else if is_heading(line.written, before, after, &lines[at + 1..]) {
            let is_first = blocks.is_empty() && !is_title(line.written);
            let is_page_title = is_first && !starts_questions(&lines[at + 1..]);
            BlockKind::Heading(if is_page_title { 1 } else { 2 })
        } else if line.written.matches('\t').count() > 1 {
            BlockKind::Row
        } else {
            BlockKind::Paragraph
        };
        let source = line.start + (line.written.len() - words.len());
        let mut block = Block::new(kind, line.depth, line.span.clone());
        block.continues = is_wrapped && kind == BlockKind::Paragraph && goes_on(before);
        block.marker = marker.to_owned();
        block.push(words, source..source + words.len(), true);
        blocks.push(block);
    }
    super::cover(text, body, blocks)
}

/// A line without the white space around it.
struct Line<'t> {
    written: &'t str,
    /// The byte of the text at which `written` starts.
    start: usize,
    /// The bytes of the whole line without its end.
    span: Range<usize>,
    /// How far it is indented: 1 for two to five spaces or a tab, and so on.
    depth: usize,
}

fn lines(text: &str, body: usize) -> Vec<Line<'_>> {
    let mut at = body;
    let mut lines = Vec::new();
    for line in text[body..].split_inclusive('\n') {
        let written = line.trim();
        let indent = line.len() - line.trim_start().len();
        let width: usize = line[..indent]
            .chars()
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        lines.push(Line {
            written,
            start: at + indent,
            span: at..at + line.trim_end_matches('\n').len(),
            depth: (width + 2) / 4,
        });
        at += line.len();
    }
    lines
}

/// The most digits of a number that counts items.
const MAX_DIGITS: usize = 4;

/// Splits a line into its list marker, a bullet or a number with `.` or `)`, and the words after.
pub(super) fn split_marker(line: &str) -> (&str, &str) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > MAX_DIGITS {
        return ("", line);
    }
    if let Some((marker, start)) = list_marker(line).filter(|(_, start)| *start < line.len()) {
        return (marker, &line[start..]);
    }
    // A number glued to its words is still one ("3)What is a mutex?"), unless digits follow: 3.14.
    let words = line[digits..].strip_prefix(['.', ')']).unwrap_or_default();
    let is_glued = digits > 0 && words.starts_with(char::is_alphabetic) && words.contains(' ');
    match is_glued {
        true => line.split_at(digits + 1),
        false => ("", line),
    }
}

/// Titles that stand in a page between its paragraphs, with no blank line around them.
const TITLES: &[&str] = &[
    "faq",
    "faqs",
    "frequently asked questions",
    "conclusion",
    "conclusions",
    "final thoughts",
    "wrapping up",
    "key takeaways",
    "related posts",
    "related articles",
    "about the author",
    "further reading",
    "table of contents",
];

/// Returns whether a line is a title by its words, or stands alone, is short, and ends like one.
fn is_heading(line: &str, before: &str, after: &str, rest: &[Line<'_>]) -> bool {
    if is_title(line) {
        return true;
    }
    let stands_alone = before.is_empty() && after.is_empty();
    let starts_high = line.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    // A line that asks is no title: its longer siblings are wrapped, and would be none.
    let ends_open = !line.ends_with(['?', '？', '›', '.', '!', ';', ',', ':', '…', '”', '"', ')']);
    let has_letters = line.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let is_short = line.chars().count() <= MAX_HEADING;
    let is_followed = rest.iter().any(|line| !line.written.is_empty());
    stands_alone && starts_high && ends_open && has_letters && is_short && is_followed
}

/// Returns whether questions follow at once: the first line of such a page is the title of their
/// section, not the page's.
fn starts_questions(rest: &[Line<'_>]) -> bool {
    let next = rest.iter().find(|line| !line.written.is_empty());
    next.is_some_and(|next| {
        !split_marker(next.written).0.is_empty() || next.written.ends_with(['?', '？', '›'])
    })
}

fn is_title(line: &str) -> bool {
    TITLES.contains(&line.to_lowercase().trim_end_matches(':'))
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

/// Returns whether the lines were broken at a width rather than at the ends of paragraphs.
fn is_hard_wrapped(lines: &[Line<'_>]) -> bool {
    let is_long = |line: &&Line<'_>| line.written.chars().count() > MAX_WRAP;
    let long = lines.iter().filter(is_long).count();
    long * 50 <= lines.len()
}

/// Returns whether a line reads as if it went on in the next.
fn goes_on(line: &str) -> bool {
    line.chars().count() >= 50 && !line.ends_with(['.', '?', '!', ':', ';', '？', '。'])
}
