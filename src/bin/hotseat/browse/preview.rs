//! A document as the screen shows it: its whole answer, with the passage that matches.

use std::ops::Range;

use hotseat::{Hit, QaDocument};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::ansi;
use crate::terminal::{Terminal, markdown, wrap};

/// The words before and after a match that find its place in the answer.
const LANDMARK: usize = 4;

/// A document drawn for a width.
#[derive(Debug)]
pub(crate) struct Preview {
    pub(crate) lines: Vec<Line<'static>>,
    /// The row with the first match.
    pub(crate) focus: usize,
    /// The columns that it was drawn for.
    pub(crate) width: usize,
}

impl Preview {
    /// Draws `document`, which `hit` found, in `width` columns; `matched` is the style of matches.
    pub(crate) fn new(
        document: &QaDocument,
        hit: &Hit,
        width: usize,
        color: bool,
        matched: Style,
    ) -> Preview {
        let terminal = Terminal {
            interactive: true,
            width,
            color,
            links: false,
        };
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = markdown::answer(document.format, &document.answer, "", terminal, &mut text);
        let mut lines = ansi::lines(&String::from_utf8_lossy(&text));
        if !document.has_answer() {
            lines = vec![Line::from("(no answer yet)")];
        }
        let focus = row_of(&lines, hit);
        let words = matched_words(hit);
        for line in &mut lines {
            mark(line, &words, matched);
        }
        Preview {
            lines,
            focus,
            width,
        }
    }
}

/// Returns a question, wrapped to `width`, with its matches in the style `matched`.
pub(crate) fn question(
    hit: &Hit,
    width: usize,
    title: Style,
    matched: Style,
) -> Vec<Line<'static>> {
    let words = matched_words(hit);
    let text = crate::terminal::sanitize(&hit.question).into_owned();
    let lines = wrap(&text, width).into_iter();
    lines
        .map(|text| {
            let mut line = Line::from(Span::styled(text, title));
            mark(&mut line, &words, matched);
            line
        })
        .collect()
}

/// Returns the words that match, in lower case.
fn matched_words(hit: &Hit) -> Vec<String> {
    let pieces = hit.snippet.pieces.iter().chain(&hit.marked_question.pieces);
    let mut words = Vec::new();
    for piece in pieces.filter(|piece| piece.matches) {
        let text = piece.text.to_lowercase();
        words.extend(self::words(&text).map(|word| text[word].to_owned()));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns the ranges of the words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let length = text[start..].find(|c: char| !c.is_alphanumeric());
        let end = length.map_or(text.len(), |length| start + length);
        rest = end;
        Some(start..end)
    })
}

/// Gives the words of a line that match the style `matched`.
fn mark(line: &mut Line<'static>, matching: &[String], matched: Style) {
    let mut spans = Vec::new();
    for span in line.spans.drain(..) {
        let mut done = 0;
        for word in words(&span.content) {
            let folded = span.content[word.clone()].to_lowercase();
            if matching.binary_search(&folded).is_ok() {
                let before = span.content[done..word.start].to_owned();
                spans.push(Span::styled(before, span.style));
                let marked = span.content[word.clone()].to_owned();
                spans.push(Span::styled(marked, span.style.patch(matched)));
                done = word.end;
            }
        }
        spans.push(Span::styled(span.content[done..].to_owned(), span.style));
    }
    spans.retain(|span| !span.content.is_empty());
    line.spans = spans;
}

/// Returns the row of an answer with the first match in the snippet of `hit`, found by the words
/// around it.
fn row_of(lines: &[Line<'static>], hit: &Hit) -> usize {
    let mut landmark = Vec::new();
    let mut first_match = None;
    for piece in &hit.snippet.pieces {
        if piece.matches && first_match.is_none() {
            first_match = Some(landmark.len());
        }
        let text = piece.text.to_lowercase();
        landmark.extend(words(&text).map(|word| text[word].to_owned()));
    }
    let place = first_match.unwrap_or(0);
    let start = place.saturating_sub(LANDMARK);
    let end = landmark.len().min(place + LANDMARK);
    let mut rows = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let text = line.to_string().to_lowercase();
        rows.extend(words(&text).map(|word| (text[word].to_owned(), row)));
    }
    let landmark = &landmark[start..end];
    let is_found = |window: &&[(String, usize)]| {
        let mut pairs = window.iter().zip(landmark);
        pairs.all(|((word, _), mark)| word == mark)
    };
    let found = rows.windows(landmark.len().max(1)).find(is_found);
    found.map_or(0, |window| window[(place - start).min(window.len() - 1)].1)
}
