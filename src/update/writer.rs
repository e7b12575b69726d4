//! A program's own documents -> an index, one by one, in one [`Transaction`].

use std::{fmt, sync::Arc};

use crate::{
    DocId, QaDocument, Result,
    store::{Store, dictionary::Dictionary},
    update::{
        entry::{EntryBuilder, Origin},
        transaction::{Extent, Transaction},
    },
};

/// Adds, replaces and deletes single documents of an index, all in one step.
///
/// Only one exists at a time, across all processes. Searches see none of its changes before
/// [`commit`](IndexWriter::commit); if it is dropped without one, nothing changes.
///
/// A document replaces the one with the same [`id`](QaDocument::id), of this writer or from before:
/// an id is a name that the program chooses by [`QaDocument::with_key`], or that is made of the
/// guide and the question. [`Index::update`](crate::Index::update) leaves these documents as they
/// are, except those whose `guide` is also a file that it reads.
/// [`Index::rebuild`](crate::Index::rebuild) removes them.
///
/// ```
/// use hotseat::{DocId, Index, QaDocument, Query};
///
/// let tea = |answer| QaDocument::new("drinks", "How is tea made?", answer).with_key("tea");
/// let index = Index::in_memory([tea("Cold.")])?;
///
/// let mut writer = index.writer()?;
/// writer.add(tea("From leaves."))?;
/// writer.add(QaDocument::new("drinks", "What is espresso?", "Coffee."))?;
/// writer.delete(DocId::of_key("coffee"));
/// writer.commit()?;
///
/// assert_eq!(index.documents()?, 2);
/// assert_eq!(index.search(&Query::new("cold"))?.total, 0);
/// # hotseat::Result::Ok(())
/// ```
#[must_use = "nothing is written before the commit"]
pub struct IndexWriter<'i> {
    transaction: Transaction<'i>,
    entries: EntryBuilder,
}

impl fmt::Debug for IndexWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexWriter").finish_non_exhaustive()
    }
}

impl<'i> IndexWriter<'i> {
    pub(crate) fn begin(store: &'i Store) -> Result<IndexWriter<'i>> {
        IndexWriter::of_extent(store, Extent::Update)
    }

    /// Returns a writer for an index that will have a few documents.
    pub(crate) fn of_few(store: &'i Store) -> Result<IndexWriter<'i>> {
        IndexWriter::of_extent(store, Extent::Few)
    }

    fn of_extent(store: &'i Store, extent: Extent) -> Result<IndexWriter<'i>> {
        let transaction = Transaction::begin(store, extent)?;
        let dictionary = match &transaction.before {
            Some(commit) => store.dictionary(commit)?,
            None => Dictionary::for_all(),
        };
        Ok(IndexWriter {
            entries: EntryBuilder::new(store.fields(), &dictionary, Origin::Program),
            transaction,
        })
    }

    /// Adds a document, in place of the one with its id.
    ///
    /// # Errors
    ///
    /// [`Error::Index`](crate::Error::Index) if the index cannot be written.
    pub fn add(&mut self, document: QaDocument) -> Result<()> {
        self.delete(document.id);
        let bytes = document.question.len() + document.answer.len();
        let Some(permit) = self.transaction.in_flight.admit(bytes as u64) else {
            return Ok(());
        };
        self.transaction
            .add(self.entries.entry(&document), &Arc::new(permit))
    }

    /// Deletes the document with this id, if there is one.
    pub fn delete(&mut self, id: DocId) {
        self.transaction.delete_document(id);
    }

    /// Deletes all documents of `guide`, as in [`QaDocument::guide`].
    pub fn delete_guide(&mut self, guide: &str) {
        self.transaction.delete_guide(guide);
    }

    /// Writes all that was added and deleted. The [`Index`](crate::Index) that returned this writer
    /// sees it at once, and others when they [`reload`](crate::Index::reload).
    ///
    /// # Errors
    ///
    /// [`Error::Index`](crate::Error::Index) if the index cannot be written, in which case it is as
    /// it was; [`Error::Damaged`](crate::Error::Damaged) if it is damaged.
    pub fn commit(self) -> Result<()> {
        let commit = self.transaction.before.clone().unwrap_or_default();
        self.transaction.commit(&commit)
    }
}
