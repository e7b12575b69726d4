//! Plain text -> blocks: every line is one.
//!
//! A page scraped to text keeps no mark of what its lines were, so little is claimed here:
//! bullets and numbers, a table's tabs, the lines that a hard wrap continues, and as headings
//! only lines that stand alone between blank lines or are underlined.

use std::{collections::HashSet, ops::Range};

use super::{Block, BlockKind, Blocks};
use crate::text::{
    markup::list_marker,
    punctuation::{QUESTION_MARKS, ends_sentence},
};

/// The longest line, in characters, that is taken for a heading.
const MAX_HEADING: usize = 100;

/// The longest line, in characters, of a text that is wrapped by hand.
const MAX_WRAP: usize = 100;

/// Reads the plain text of `text` from the byte `body` on; see [`Blocks::finish`].
pub(super) fn blocks(text: &str, body: usize) -> (Vec<Block>, Option<usize>) {
    let lines = Lines::new(text, body);
    let is_wrapped = is_hard_wrapped(&lines);
    let width = narrow_width(&lines);
    let mut blocks = Blocks::new(text, body);
    let is_org = (0..lines.len()).any(|at| {
        let line = lines.get(at);
        line.depth == 0 && line.written.starts_with("** ")
    });
    for at in 0..lines.len() {
        let line = lines.get(at);
        if line.written.is_empty() || is_underline(line.written) {
            continue;
        }
        let before = at.checked_sub(1).map_or("", |at| lines.get(at).written);
        let after = lines.get(at + 1).written;
        let marked = marked_heading(line.written, is_org);
        let (marker, words) = match (marked, is_underline(after)) {
            (Some((_, title)), _) => ("", title),
            (None, true) => ("", line.written),
            (None, false) => split_marker(line.written),
        };
        let next = || (at + 1..lines.len()).map(|at| lines.get(at).written);
        let next = || next().find(|next| !next.is_empty());
        let kind = if let Some((level, _)) = marked {
            BlockKind::Heading(level)
        } else if is_underline(after) {
            BlockKind::Heading(if after.starts_with('=') { 1 } else { 2 })
        } else if !marker.is_empty() {
            BlockKind::Item
        } else if is_title(line.written)
            || is_heading(line.written, before, after) && next().is_some()
        {
            let is_first = blocks.blocks.is_empty() && !is_title(line.written);
            let is_page_title = is_first && !next().is_some_and(starts_questions);
            BlockKind::Heading(if is_page_title { 1 } else { 2 })
        } else if line.written.matches('\t').count() > 1 {
            BlockKind::Row
        } else {
            BlockKind::Paragraph
        };
        let source = line.start + (line.written.len() - words.len());
        let mut block = Block::new(kind, line.depth, line.span.clone());
        let is_open =
            || goes_on(before) || width.is_some_and(|width| is_full(before, words, width));
        block.continues = is_wrapped && kind == BlockKind::Paragraph && is_open();
        block.marker = marker.to_owned();
        block.push(words, source..source + words.len(), true);
        block.read_attributes();
        blocks.push(block);
    }
    let (mut blocks, bound) = blocks.finish();
    level_count(&mut blocks);
    (blocks, bound)
}

/// The fewest numbered lines of a text that are one list however far each is set in.
const MIN_COUNT: u32 = 3;

/// Sets the numbered lines of a text to one depth if they count through it from 1: what a word processor saved
/// as text is set in now here, now there.
fn level_count(blocks: &mut [Block]) {
    let mut count = 0;
    let mut depths = HashSet::new();
    for block in blocks.iter() {
        let Ok(number) = block.marker.trim_end_matches(['.', ')']).parse::<u32>() else {
            continue;
        };
        if number != count + 1 {
            return;
        }
        count = number;
        depths.insert(block.depth);
    }
    if depths.len() < 2 || count < MIN_COUNT {
        return;
    }
    for block in blocks {
        if block.marker.starts_with(|c: char| c.is_ascii_digit()) {
            block.depth = 0;
        }
    }
}

/// Reads a heading as AsciiDoc marks it, `== Title`, or Org, `** Title`, or Jira, `h2. Title`; returns its level
/// and title.
fn marked_heading(line: &str, is_org: bool) -> Option<(u8, &str)> {
    if let Some((level @ b'1'..=b'6', title)) = jira_heading(line) {
        return Some((level - b'0', title));
    }
    let mark = if is_org && line.starts_with('*') {
        '*'
    } else {
        '='
    };
    let title = line.trim_start_matches(mark);
    let level = line.len() - title.len();
    // "== Maps ==", as wikis have it.
    let closed = title.trim_end_matches('=');
    let is_closed = level > 1 && title.len() - closed.len() == level && closed.ends_with(' ');
    let title = if is_closed { closed.trim_end() } else { title };
    let is_heading = (1..=6).contains(&level) && title.starts_with(' ') && !title.ends_with('=');
    is_heading.then(|| (level as u8, title.trim_start()))
}

/// Returns the character behind the `h` of `h2. Title`, and the title.
fn jira_heading(line: &str) -> Option<(u8, &str)> {
    let level = *line.strip_prefix('h')?.as_bytes().first()?;
    let title = line.get(2..)?.strip_prefix(". ")?.trim_start();
    (!title.is_empty()).then_some((level, title))
}

/// A line without the white space around it.
struct Line<'t> {
    written: &'t str,
    /// The byte of the text at which `written` starts.
    start: usize,
    /// The bytes of the whole line without its end.
    span: Range<usize>,
    /// The depth of indentation: 1 for two to five spaces or a tab, and so on.
    depth: usize,
}

/// The lines of a text.
struct Lines<'t> {
    text: &'t str,
    /// The bytes at which they start.
    starts: Vec<u32>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, body: usize) -> Lines<'t> {
        let ends = text[body..]
            .match_indices('\n')
            .map(|(at, _)| body + at + 1);
        let starts = std::iter::once(body).chain(ends);
        Lines {
            text,
            starts: starts.map_while(|at| u32::try_from(at).ok()).collect(),
        }
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line `at`; behind the last an empty one.
    fn get(&self, at: usize) -> Line<'t> {
        let start_of = |at: usize| self.starts.get(at).map(|start| *start as usize);
        let start = start_of(at).unwrap_or(self.text.len());
        let end = start_of(at + 1).unwrap_or(self.text.len());
        let line = &self.text[start..end];
        let written = line.trim();
        let indent = line.len() - line.trim_start().len();
        let width: usize = line[..indent]
            .chars()
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        Line {
            written,
            start: start + indent,
            span: start..start + line.trim_end_matches('\n').len(),
            depth: (width + 2) / 4,
        }
    }
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
    // "3.5" and "2.x" are versions.
    let is_word = || words.len() >= MIN_GLUED && words.chars().all(char::is_alphabetic);
    let is_glued =
        digits > 0 && words.starts_with(char::is_alphabetic) && (words.contains(' ') || is_word());
    match is_glued {
        true => line.split_at(digits + 1),
        false => ("", line),
    }
}

/// The fewest bytes of a single word that a number may be glued to.
const MIN_GLUED: usize = 4;

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

/// Returns whether a line stands alone, is short, and ends like a title.
fn is_heading(line: &str, before: &str, after: &str) -> bool {
    let stands_alone = before.is_empty() && after.is_empty();
    let starts_high = line.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    // A line that asks is no title: its longer siblings are wrapped, and would be none.
    let ends_open =
        !ends_sentence(line) && !line.ends_with(['›', ';', ',', ':', '…', '”', '"', ')']);
    let has_letters = line.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let is_short = line.chars().count() <= MAX_HEADING;
    // A question and its answer.
    let is_card = line.contains("::");
    stands_alone && starts_high && ends_open && has_letters && is_short && !is_card
}

/// Returns whether the line `next` below the first one is a question: the first line of such a page
/// is the title of a section, not the page's.
fn starts_questions(next: &str) -> bool {
    !split_marker(next).0.is_empty() || next.ends_with(QUESTION_MARKS) || next.ends_with('›')
}

fn is_title(line: &str) -> bool {
    TITLES.contains(&line.to_lowercase().trim_end_matches(':'))
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

/// Returns whether the lines were broken at a width rather than at the ends of paragraphs.
fn is_hard_wrapped(lines: &Lines<'_>) -> bool {
    let is_long = |at: &usize| lines.get(*at).written.chars().count() > MAX_WRAP;
    let long = (0..lines.len()).filter(is_long).count();
    long * 50 <= lines.len()
}

/// The length of a line, in characters, that is long enough to have been broken at a width.
const LONG: usize = 50;

/// Returns whether a line reads as if it went on in the next.
fn goes_on(line: &str) -> bool {
    line.chars().count() >= LONG && is_unfinished(line)
}

fn is_unfinished(line: &str) -> bool {
    !ends_sentence(line) && !line.ends_with([':', ';'])
}

/// The fewest lines that end within a sentence in a narrow column, and one part in how many of all they are.
const MIN_BROKEN: usize = 8;
const BROKEN_PART: usize = 4;

/// Returns the width of the columns that the lines were broken at, if they are narrow, as on pages with two:
/// the usual length of lines whose sentence goes on in the next, in a small letter.
fn narrow_width(lines: &Lines<'_>) -> Option<usize> {
    let mut broken: Vec<usize> = Vec::new();
    for at in 1..lines.len() {
        let (line, next) = (lines.get(at - 1).written, lines.get(at).written);
        if is_unfinished(line) && next.starts_with(char::is_lowercase) {
            broken.push(line.chars().count());
        }
    }
    if broken.len() < MIN_BROKEN.max(lines.len() / BROKEN_PART) {
        return None;
    }
    broken.sort_unstable();
    Some(broken[broken.len() / 2]).filter(|width| *width < LONG)
}

/// Returns whether a line that goes on was broken as the first word of the next had no place in the `width`.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let length = line.chars().count();
    let first = next.split(' ').next().unwrap_or_default();
    let is_small = next.starts_with(char::is_lowercase) && length * 2 > width;
    // Behind a blank line nothing goes on.
    !line.is_empty()
        && is_unfinished(line)
        && (is_small || length + 1 + first.chars().count() > width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_narrow_column_go_on_in_the_next() {
        let answer = "It tells of harm to users that\ngoes on now, and there is some-\nthing that a person can do\nabout it.\n";
        let text = format!("What makes an alert worth\nwaking somebody?\n{answer}How do you choose the\nThreshold?\n").repeat(3);
        let (blocks, _) = blocks(&text, 0);
        let starts: Vec<&str> = blocks
            .iter()
            .filter(|block| !block.continues)
            .map(|block| block.text.as_str())
            .collect();
        let round = [
            "What makes an alert worth",
            "It tells of harm to users that",
            "How do you choose the",
        ];
        assert_eq!(starts, [round, round, round].concat());
        // Nothing says that lists of short lines were broken.
        let list = "Apples\nPears\nPlums and cherries\nQuinces\n".repeat(5);
        let (blocks, _) = super::blocks(&list, 0);
        assert!(blocks.iter().all(|block| !block.continues));
    }
}
