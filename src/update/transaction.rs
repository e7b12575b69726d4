//! A [`Transaction`]: entries added and deleted, seen by readers all at once or never.

use std::sync::Arc;

use log::{debug, warn};
use tantivy::{IndexWriter, TantivyDocument, Term};

use crate::{
    DocId, Error, Result,
    store::{Store, manifest::CommitInfo, records::Record},
    update::{
        in_flight::{InFlight, Pending, Permit},
        merge::merge,
    },
};

/// The memory in which a segment grows before it is written, in bytes: enough for 110,000 documents. A
/// segment more costs every search, and 100 MiB would leave 200,000 in three.
const WRITER_MEMORY: usize = 112 << 20;

/// The same for an update, most of which write a few guides: the more, the larger the table that it
/// begins with.
const UPDATE_MEMORY: usize = 16 << 20;

/// Writes to an index. There is one at a time; dropped before its commit, it has done nothing.
pub(crate) struct Transaction<'s> {
    pub(crate) store: &'s Store,
    /// `None` once it has ended.
    writer: Option<IndexWriter<Pending>>,
    /// The last commit, when the transaction began.
    pub(crate) before: Option<CommitInfo>,
    pub(crate) in_flight: Arc<InFlight>,
}

/// The expected size of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The whole index, if that holds nothing; else a few guides.
    Update,
    /// The whole index.
    Rebuild,
    /// A few documents, all that the index will have.
    Few,
}

impl<'s> Transaction<'s> {
    /// Takes the writer's lock.
    pub(crate) fn begin(store: &'s Store, extent: Extent) -> Result<Transaction<'s>> {
        let is_large = match extent {
            Extent::Update => store.last_commit()?.is_none(),
            Extent::Rebuild => true,
            Extent::Few => false,
        };
        let writer = store.writer(if is_large {
            WRITER_MEMORY
        } else {
            UPDATE_MEMORY
        })?;
        store.sweep();
        Ok(Transaction {
            before: store.last_commit()?,
            store,
            writer: Some(writer),
            in_flight: Arc::default(),
        })
    }

    fn writer(&mut self) -> &mut IndexWriter<Pending> {
        self.writer.as_mut().expect("it is there until the commit")
    }

    /// Adds an entry of what `permit` was given for.
    pub(crate) fn add(&mut self, entry: TantivyDocument, permit: &Arc<Permit>) -> Result<()> {
        let failed = self.store.failed();
        let entry = Pending {
            entry,
            _permit: Arc::clone(permit),
        };
        self.writer().add_document(entry).map(drop).map_err(failed)
    }

    /// Deletes the documents of the guide at `path`, and its record.
    pub(crate) fn delete_guide(&mut self, path: &str) {
        self.delete(self.store.fields().guide_term(path));
    }

    /// Replaces the record of a guide, and leaves its documents.
    pub(crate) fn replace_record(&mut self, record: &Record, permit: &Arc<Permit>) -> Result<()> {
        let fields = self.store.fields();
        self.delete(fields.record_term(&record.path));
        self.add(record.entry(&fields), permit)
    }

    /// Deletes the document with this id.
    pub(crate) fn delete_document(&mut self, id: DocId) {
        self.delete(self.store.fields().id_term(id));
    }

    fn delete(&mut self, term: Term) {
        self.writer().delete_term(term);
    }

    pub(crate) fn delete_all(&mut self) -> Result<()> {
        let failed = self.store.failed();
        self.writer()
            .delete_all_documents()
            .map(drop)
            .map_err(failed)
    }

    /// Commits, and lets the store see it.
    ///
    /// Once the commit is done, only damage is an error: all else that could fail is left for the next
    /// transaction to do, so that an error always means that the index is as it was.
    pub(crate) fn commit(mut self, commit: &CommitInfo) -> Result<()> {
        let store = self.store;
        store.commit(self.writer(), commit)?;
        let merged = merge(store, self.writer());
        let ended = self.writer.take().map(IndexWriter::wait_merging_threads);
        store.sweep();
        let merged = merged.and(ended.unwrap_or(Ok(())).map_err(store.failed()));
        match merged {
            Err(damage @ Error::Damaged { .. }) => return Err(damage),
            Err(error) => warn!("the index is committed, with more segments than usual: {error}"),
            Ok(()) => debug!("committed and merged"),
        }
        store.reload()
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        self.in_flight.end();
        if let Some(writer) = self.writer.take() {
            // What its threads have written so far may fill the disk.
            drop(writer);
            self.store.sweep_if_idle();
        }
    }
}
