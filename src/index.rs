//! The [`Index`]: built from a content folder, kept up to date with it, and searched.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{DocId, FacetCount, FacetName, QaDocument, Query, Result, Results, Warning};

/// The documents of a content folder, ready to be searched.
///
/// One value serves many threads. It answers from the state that it last saw; see
/// [`reload`](Index::reload).
pub struct Index {
    path: Option<PathBuf>,
}

/// What an update did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Update {
    /// How many guides are new.
    pub added: usize,
    /// How many guides have another text than before.
    pub changed: usize,
    /// How many guides are gone.
    pub removed: usize,
    /// How many guides are as they were.
    pub unchanged: usize,
    /// How many guides could not be read; a warning says why.
    pub skipped: usize,
    /// How many guides call themselves drafts, and are left out.
    pub drafts: usize,
    /// How many documents the index holds now.
    pub documents: usize,
    /// What the guides were found wanting in, changed or not, by guide and line.
    pub warnings: Vec<Warning>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

impl Update {
    /// Returns whether anything was written.
    pub fn changed_anything(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

impl Index {
    /// Opens the index in the folder `index`.
    pub fn open(index: impl AsRef<Path>) -> Result<Index> {
        todo!("{:?}", index.as_ref())
    }

    /// Opens the index in the folder `index`, or makes an empty one there to be updated.
    pub fn open_or_create(index: impl AsRef<Path>) -> Result<Index> {
        todo!("{:?}", index.as_ref())
    }

    /// Opens the index in the folder `index`; if there is none, builds it from `content`.
    pub fn open_or_build(content: impl AsRef<Path>, index: impl AsRef<Path>) -> Result<Index> {
        todo!("{:?} {:?}", content.as_ref(), index.as_ref())
    }

    /// Returns an index of `documents` that lives in memory.
    pub fn in_memory(documents: impl IntoIterator<Item = QaDocument>) -> Result<Index> {
        todo!("{}", documents.into_iter().count())
    }

    /// Brings the index up to date with the content folder, reading only what changed.
    pub fn update(&self, content: impl AsRef<Path>) -> Result<Update> {
        todo!("{:?} {:?}", self.path, content.as_ref())
    }

    /// Reads every guide anew, and replaces all that the index holds.
    pub fn rebuild(&self, content: impl AsRef<Path>) -> Result<Update> {
        todo!("{:?}", content.as_ref())
    }

    /// Sees what was written since the index was opened, by this process or by another.
    pub fn reload(&self) -> Result<()> {
        todo!()
    }

    /// Searches.
    pub fn search(&self, query: &Query) -> Result<Results> {
        todo!("{query:?}")
    }

    /// Counts the values of a facet over all that `query` finds, most frequent first.
    pub fn facets(&self, name: FacetName, query: &Query) -> Result<Vec<FacetCount>> {
        todo!("{name} {query:?}")
    }

    /// Returns the document that `id` names.
    pub fn get(&self, id: &DocId) -> Result<Option<QaDocument>> {
        todo!("{id}")
    }

    /// Returns the document of `guide` that stands at the 1-based `line`.
    pub fn at(&self, guide: &str, line: usize) -> Result<Option<QaDocument>> {
        todo!("{guide} {line}")
    }

    /// Returns the document that `name` names: an id, or `GUIDE:LINE`.
    pub fn find(&self, name: &str) -> Result<Option<QaDocument>> {
        todo!("{name}")
    }

    /// Finds documents related to the one that `id` names, best first.
    pub fn similar(&self, id: &DocId, limit: usize) -> Result<Results> {
        todo!("{id} {limit}")
    }

    /// Returns words of the content that begin as the last word of `text` does, most frequent
    /// first, each put in its place.
    pub fn complete(&self, text: &str, limit: usize) -> Result<Vec<String>> {
        todo!("{text} {limit}")
    }

    /// Returns how many documents there are.
    pub fn documents(&self) -> usize {
        todo!()
    }

    /// Returns what the guides were found wanting in, by guide and line.
    pub fn warnings(&self) -> Result<Vec<Warning>> {
        todo!()
    }
}
