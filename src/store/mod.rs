//! The [`Store`]: an index on disk or in memory. What is written and what is read of it meet here.
//!
//! This is the only room that knows the name of a field or the encoding of a value: `schema` has the
//! fields, `packed` a stored document, `records` what an update must know of each guide, and
//! `manifest` what a commit depends on. `vocabulary` is a file of its own with the words of an index.
//! `directory` keeps each byte under a checksum, and `layout`
//! tells the folders of hotseat from those of others.

mod cache;
pub(crate) mod check;
pub(crate) mod dictionary;
pub(crate) mod directory;
mod failure;
pub(crate) mod layout;
pub(crate) mod manifest;
pub(crate) mod packed;
pub(crate) mod records;
pub(crate) mod schema;
pub(crate) mod snapshot;
pub(crate) mod term_list;
pub(crate) mod vocabulary;

use std::{
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use log::debug;
use tantivy::{
    IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError,
    directory::{Directory, INDEX_WRITER_LOCK, RamDirectory},
    error::DataCorruption,
    index::{SegmentId, SegmentMeta},
    indexer::{IndexWriterOptions, NoMergePolicy},
    schema::document::Document,
    store::Compressor,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    CheckReport, Error, Result,
    store::{
        dictionary::{Dictionaries, Dictionary},
        directory::ChecksummedDirectory,
        manifest::{CommitInfo, Manifest},
        schema::Fields,
        snapshot::{Shared, Snapshot},
        vocabulary::Vocabulary,
    },
};

/// The bytes of a block of stored documents: a search copies one for each hit.
const STORE_BLOCK: usize = 4096;

/// The largest index, in bytes, that is compared with its checksums whenever it is opened: that takes
/// a tenth of the time of the command `hotseat search`. In a larger one a search reports two fifths
/// of all damage, never reads the rest, and five times in 700 finds something else.
const CHECKED_WHEN_OPENED: u64 = 2 << 20;

/// An index: where it is, and how it is read and written.
pub(crate) struct Store {
    /// `None` in memory.
    directory: Option<ChecksummedDirectory>,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    dictionaries: Dictionaries,
    /// The part of the last state that its searches share, once there was one.
    shared: Mutex<Option<Arc<Shared>>>,
    /// The words of all documents, if those here were taken from a larger collection.
    vocabulary: Option<Arc<Vocabulary>>,
}

/// The treatment of an existing index when one is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    Keep,
    Replace,
}

impl Store {
    /// Opens the index in the folder `index`.
    pub(crate) fn open(index: &Path) -> Result<Store> {
        let directory = Store::directory_of(index)?;
        let checked = directory.check(CHECKED_WHEN_OPENED);
        let checked = checked.map_err(failure::unusable(index))?;
        if let Some(damage) = checked.damage.into_iter().next() {
            return Err(failure::damaged(&directory, damage));
        }
        if checked.commit.is_none() {
            return Err(no_index(index));
        }
        let opened = directory.while_replaced(|| {
            failure::reading(Some(&directory), || tantivy::Index::open(directory.clone()))
        })?;
        let store = Store::new(opened, Some(directory))?;
        let segments = store.reader.searcher().segment_readers().len();
        debug!(
            "opened the index at {}: segments: {segments}",
            index.display()
        );
        Ok(store)
    }

    /// Opens the index in the folder `index`, or makes an empty one there: also in place of one that
    /// cannot be used, if an `existing` one may be replaced.
    pub(crate) fn open_or_create(index: &Path, existing: Existing) -> Result<Store> {
        match (Store::open(index), existing) {
            (Err(Error::NoIndex { .. }), _) => Store::create(index, Existing::Keep),
            (Err(Error::Damaged { .. } | Error::ForeignIndex { .. }), Existing::Replace) => {
                Store::create(index, Existing::Replace)
            }
            (opened, _) => opened,
        }
    }

    /// Makes an empty index in the folder `index`, unless that holds something else.
    pub(crate) fn create(index: &Path, existing: Existing) -> Result<Store> {
        let path = layout::prepare(index)?;
        let directory = open_directory(index, &path)?;
        let create = || {
            // Of two processes that find no index here, one makes it.
            let _lock = directory.acquire_lock(&INDEX_WRITER_LOCK)?;
            if existing == Existing::Replace {
                directory.remove_index()?;
            }
            let (schema, _) = schema::schema();
            tantivy::Index::builder()
                .schema(schema)
                .settings(settings())
                .open_or_create(directory.clone())
        };
        let created = create().map_err(failure::index_error(Some(&directory)))?;
        Store::new(created, Some(directory))
    }

    /// Makes an empty index in memory.
    pub(crate) fn in_memory() -> Result<Store> {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create(RamDirectory::create(), schema, settings());
        Store::new(index.map_err(failure::index_error(None))?, None)
    }

    /// Makes an empty index in memory, for some documents of a collection with the words of `vocabulary`.
    pub(crate) fn of_collection(vocabulary: Arc<Vocabulary>) -> Result<Store> {
        let store = Store::in_memory()?;
        Ok(Store {
            vocabulary: Some(vocabulary),
            ..store
        })
    }

    fn new(mut index: tantivy::Index, directory: Option<ChecksummedDirectory>) -> Result<Store> {
        let (schema, fields) = schema::schema();
        if index.schema() != schema
            && let Some(directory) = &directory
        {
            return Err(Error::ForeignIndex {
                path: directory.index().to_owned(),
            });
        }
        index.set_tokenizers(schema::analyzers());
        let open = || {
            failure::reading(directory.as_ref(), || {
                let reader = index.reader_builder();
                reader.reload_policy(ReloadPolicy::Manual).try_into()
            })
        };
        let reader = match &directory {
            Some(directory) => directory.while_replaced(open)?,
            None => open()?,
        };
        let store = Store {
            dictionaries: Dictionaries::new(directory.clone()),
            directory,
            reader,
            index,
            fields,
            shared: Mutex::default(),
            vocabulary: None,
        };
        store.load_dictionary()?;
        Ok(store)
    }

    /// Compares every byte of the index in the folder `index` with its checksums.
    pub(crate) fn check(index: &Path) -> Result<CheckReport> {
        let checked = Store::directory_of(index)?.check(u64::MAX);
        let checked = checked.map_err(failure::unusable(index))?;
        Ok(CheckReport {
            files: checked.files,
            bytes: checked.bytes,
            damage: checked.damage,
            ..CheckReport::default()
        })
    }

    /// Returns the directory of the index in the folder `index`.
    fn directory_of(index: &Path) -> Result<ChecksummedDirectory> {
        let path = layout::format_folder(index);
        if !ChecksummedDirectory::has_index(&path) {
            return Err(no_index(index));
        }
        open_directory(index, &path)
    }

    /// Returns where the index is; `None` in memory.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.directory.as_ref().map(ChecksummedDirectory::index)
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    /// Returns the state that was last loaded, to be read.
    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        let searcher = self.reader.searcher();
        let mut shared = self.shared();
        let shared = match &*shared {
            Some(shared) if shared.is_of(&searcher) => Arc::clone(shared),
            _ => Arc::clone(shared.insert(Arc::new(Shared::new(&searcher)))),
        };
        Snapshot::new(
            searcher,
            shared,
            &self.fields,
            &self.dictionaries,
            self.vocabulary.as_deref(),
        )
    }

    fn shared(&self) -> MutexGuard<'_, Option<Arc<Shared>>> {
        // It holds whole values at any moment.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a number for the state that was last loaded: a hash of its segments and their deletions.
    pub(crate) fn state(&self) -> u64 {
        let searcher = self.reader.searcher();
        let segments = searcher.generation().segments().iter();
        let names = segments.map(|(id, deletes)| {
            let deletes = deletes.map_or_else(String::new, |opstamp| opstamp.to_string());
            format!("{} {deletes}\n", id.uuid_string())
        });
        xxh3_64(names.collect::<String>().as_bytes())
    }

    /// Reads the index by `read`; if that fails or panics, finds out whether the index is damaged.
    pub(crate) fn reading<T>(&self, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        failure::reading(self.directory.as_ref(), read)
    }

    /// Reads the state that was last loaded, as by [`reading`](Store::reading).
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Snapshot<'_>) -> tantivy::Result<T>,
    ) -> Result<T> {
        self.reading(|| read(&self.snapshot()))
    }

    /// Returns the translation of a failure of the search engine.
    pub(crate) fn failed(&self) -> impl Fn(TantivyError) -> Error {
        failure::index_error(self.directory.as_ref())
    }

    /// Loads the last committed state. Searches that are under way go on with theirs.
    pub(crate) fn reload(&self) -> Result<()> {
        let reload = || {
            self.load_dictionary()?;
            // It keeps the files of the state before.
            self.shared().take();
            self.reading(|| self.reader.reload())
        };
        let Some(directory) = &self.directory else {
            return reload();
        };
        // The dictionary must be that of the segments: both of one state, which was there before and
        // after they were read.
        loop {
            let before = directory.meta();
            let reloaded = reload();
            if directory.meta() == before {
                return reloaded;
            }
        }
    }

    /// Returns the description of the last commit; `None` if the index was never built to the end.
    pub(crate) fn last_commit(&self) -> Result<Option<CommitInfo>> {
        let manifest = self.directory.as_ref().and_then(|directory| {
            let meta = directory.meta()?;
            Manifest::parse(&meta)
        });
        if let Some(manifest) = manifest {
            return Ok(manifest.commit());
        }
        // In memory, or damaged.
        let meta = self.reading(|| self.index.load_metas())?;
        Ok(meta.payload.as_deref().and_then(CommitInfo::parse))
    }

    fn load_dictionary(&self) -> Result<()> {
        let commit = self.last_commit()?.unwrap_or_default();
        self.dictionary(&commit).map(drop)
    }

    /// Returns the dictionary that the documents of `commit` are packed with.
    pub(crate) fn dictionary(&self, commit: &CommitInfo) -> Result<Arc<Dictionary>> {
        let Some(file) = commit.side_files.get(dictionary::SIDE_FILE) else {
            return Ok(Dictionary::for_all());
        };
        self.dictionaries.get(file).ok_or_else(|| {
            let damage = self.directory.as_ref().and_then(failure::damage_in);
            let missing = DataCorruption::comment_only("its dictionary cannot be read");
            damage.unwrap_or_else(|| self.failed()(TantivyError::DataCorruption(missing)))
        })
    }

    /// Writes a side file of the kind `name`, to be part of the index by the commit that lists it.
    /// An index in memory has none.
    pub(crate) fn add_side_file(
        &self,
        commit: &mut CommitInfo,
        name: &str,
        bytes: &[u8],
    ) -> Result<()> {
        if let Some(directory) = &self.directory {
            let written = directory.write_side_file(name, bytes);
            let file = written.map_err(failure::unusable(directory.index()))?;
            commit.side_files.insert(name.to_owned(), file);
        }
        Ok(())
    }

    /// Returns the one writer that there can be, which holds the lock.
    pub(crate) fn writer<D: Document>(&self, memory: usize) -> Result<IndexWriter<D>> {
        // One thread gives one segment, and the same one each time.
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(memory)
            .build();
        let writer = self.index.writer_with_options(options);
        let writer = writer.map_err(self.failed())?;
        // Segments are merged by `update`, once all is written.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Commits what `writer` was given, as `commit` describes it.
    pub(crate) fn commit<D: Document>(
        &self,
        writer: &mut IndexWriter<D>,
        commit: &CommitInfo,
    ) -> Result<()> {
        self.reading(|| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&commit.payload());
            prepared.commit()
        })?;
        debug!("committed");
        Ok(())
    }

    /// Returns the segments of the last commit.
    pub(crate) fn segments(&self) -> Result<Vec<SegmentMeta>> {
        self.index.searchable_segment_metas().map_err(self.failed())
    }

    /// Fails if a file of `segments` is damaged: merged, it would have a checksum as if it were not.
    pub(crate) fn check_segments(&self, segments: &[SegmentId]) -> Result<()> {
        let Some(directory) = &self.directory else {
            return Ok(());
        };
        let checked = directory.check_segments(segments);
        let checked = checked.map_err(failure::unusable(directory.index()))?;
        match checked.damage.into_iter().next() {
            Some(damage) => Err(failure::damaged(directory, damage)),
            None => Ok(()),
        }
    }

    /// Removes the files that killed writers and past commits left. The caller holds the lock.
    pub(crate) fn sweep(&self) {
        if let Some(directory) = &self.directory {
            directory.sweep();
        }
    }

    /// The same for a caller that doesn't hold the lock, if nobody does.
    pub(crate) fn sweep_if_idle(&self) {
        if let Some(directory) = &self.directory
            && let Ok(_lock) = directory.acquire_lock(&INDEX_WRITER_LOCK)
        {
            directory.sweep();
        }
    }
}

fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: STORE_BLOCK,
        // Documents are compressed already, so there is nothing to be done in another thread.
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

fn no_index(index: &Path) -> Error {
    Error::NoIndex {
        path: index.to_owned(),
    }
}

fn open_directory(index: &Path, path: &Path) -> Result<ChecksummedDirectory> {
    let opened: io::Result<_> = ChecksummedDirectory::open(path);
    opened.map_err(failure::unusable(index))
}
