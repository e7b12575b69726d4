//! An answer and the words that were asked for -> a [`Snippet`]: the passage that answers best.

use std::ops::Range;

use serde::Serialize;

use crate::{analyzer::Terms, rank::Marks};

/// A part of an answer, cut in pieces that match the query and pieces that do not.
///
/// There is no markup in it: a terminal and a page each draw the matches in their own way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Snippet {
    /// The pieces, in order; put together they are the snippet's text.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Snippet`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matches the query.
    #[serde(rename = "match", skip_serializing_if = "std::ops::Not::not")]
    pub matches: bool,
}

impl Snippet {
    /// Returns the text without its marks.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

/// Returns `text` with what `marks` name marked.
pub(crate) fn marked(text: &str, marks: &Marks) -> Snippet {
    pieces(text, &spans(text, marks))
}

/// Returns the part of `answer` that shows most of what `marks` name, in up to `length` characters.
pub(crate) fn snippet(answer: &str, marks: &Marks, length: usize, _fragments: usize) -> Snippet {
    let spans = spans(answer, marks);
    let start = spans
        .first()
        .map_or(0, |span| line_start(answer, span.start));
    let end = answer[start..]
        .char_indices()
        .nth(length)
        .map_or(answer.len(), |(i, _)| start + i);
    let end = start + answer[start..end].trim_end().len();
    let inside: Vec<Range<usize>> = spans
        .into_iter()
        .filter(|span| span.start >= start && span.end <= end)
        .map(|span| span.start - start..span.end - start)
        .collect();
    pieces(&answer[start..end], &inside)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Returns what is to be marked in `text`, in order, without overlaps.
fn spans(text: &str, marks: &Marks) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for term in Terms::of(text).iter() {
        if marks.find(term.text).is_none() {
            continue;
        }
        match spans.last_mut() {
            Some(last) if term.span.start < last.end => last.end = last.end.max(term.span.end),
            _ => spans.push(term.span),
        }
    }
    spans
}

fn pieces(text: &str, spans: &[Range<usize>]) -> Snippet {
    let mut pieces = Vec::new();
    let mut push = |text: &str, matches| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                matches,
            });
        }
    };
    let mut at = 0;
    for span in spans {
        push(&text[at..span.start], false);
        push(&text[span.clone()], true);
        at = span.end;
    }
    push(&text[at..], false);
    Snippet { pieces }
}
