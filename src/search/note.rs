//! A [`Note`]: a difference between a query as typed and as read.

use std::fmt;

use serde::Serialize;

/// A remark on how a query was read: a code for programs, and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Note {
    /// The kind of remark.
    pub code: NoteCode,
    /// The remark as a sentence.
    pub text: String,
}

/// The kinds of [`Note`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteCode {
    /// An operator or a filter that lacks its operand was ignored.
    Ignored,
    /// A quote that is never closed was ignored.
    UnclosedQuote,
    /// Quotes or operators were read as words.
    ReadAsWords,
    /// A part of the query that is over a bound was left out.
    Shortened,
    /// A word occurs in no document.
    UnknownWord,
    /// A word that occurs in no document was replaced by the closest word that does.
    Corrected,
    /// A word with a dash in front occurs in the content, so it was searched for, not excluded.
    DashWord,
    /// Even the best document found has few of the query's words.
    WeakMatch,
    /// Some hits have no word of the query, but are near to it in meaning.
    ByMeaning,
    /// A part of the documents could not be searched.
    Incomplete,
}

impl Note {
    pub(crate) fn new(code: NoteCode, text: impl Into<String>) -> Note {
        Note {
            code,
            text: text.into(),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
