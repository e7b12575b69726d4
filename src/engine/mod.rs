//! Documents of an index -> what a distributed engine takes; a query -> its requests, and their answers
//! -> [`Results`](crate::Results).
//!
//! One machine holds some million questions. An engine that is made for more, OpenSearch or Quickwit, is
//! given the documents with the stems that are found here, so that it needs no rules of language. Queries
//! are still read, repaired and expanded here, by the words of all documents, which are kept in a file
//! beside. The engine finds; the best of what it finds are put in order here, as if they had been found in
//! an index.

mod answer;
mod document;
mod index;
mod mapping;
mod request;

pub use document::{EngineKey, Exporter, ParseEngineKeyError};
pub use index::{EngineIndex, EngineRequest, ExportFormat, ExportInfo};

/// The names of the fields that an engine has.
pub(crate) mod field {
    pub(crate) const KEY: &str = "key";
    pub(crate) const ID: &str = "id";
    pub(crate) const COMMIT: &str = "commit";
    /// See [`facet`](super::facet).
    pub(crate) const FACETS: &str = "facets";
    /// Stems of question and answer, joined by spaces.
    pub(crate) const STEMS: &str = "stems";
    pub(crate) const QUESTION_STEMS: &str = "question_stems";
    /// Stems of sections, tags, the guide's title and its path.
    pub(crate) const CONTEXT_STEMS: &str = "context_stems";
}

/// Returns what stands among the facets of a document: the name of a facet with a key of its value, as
/// the `term` of an index has them.
pub(crate) fn facet(term: &str) -> String {
    term.replacen('\0', ":", 1)
}
