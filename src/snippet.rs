//! An answer and the words that were asked for -> a [`Snippet`]: the passage that answers best.

use serde::Serialize;

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
