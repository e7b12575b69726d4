//! The [`Index`]: built from a content folder, kept up to date with it, and searched.
//!
//! An index folder holds one folder for each format of hotseat, `v3`, which is a plain tantivy
//! index. What an update must know of each guide is kept in it as well, so that there is no second
//! file to disagree with it. An update is one commit: readers see the state before or after it.
//!
//! Reading a damaged index can fail anywhere in tantivy, by an error or a panic. Whatever fails is
//! followed by a look at the checksums of all files. Opening reads them only where they are small,
//! since with large ones it would take longer than the search.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use log::debug;
use serde::Serialize;
use tantivy::{
    Directory, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError,
    columnar::{ColumnIndex, StrColumn},
    directory::{
        INDEX_WRITER_LOCK, RamDirectory,
        error::{LockError, OpenReadError, OpenWriteError},
    },
    error::DataCorruption,
    index::{SegmentId, SegmentMeta},
    indexer::{IndexWriterOptions, NoMergePolicy},
    store::Compressor,
};

use crate::{
    Abbreviation, DocId, Error, FacetCount, FacetName, QaDocument, Query, Result, Results, Warning,
    guide::walk::{GuideFile, Source, walk},
    search,
    search::lexicon,
    search::query,
    split::tags::Vocabulary,
    store::directory::{self, Built, Flaw, Folder},
    store::packed::{self, Dictionaries, Dictionary},
    store::schema::{self, EntryMaker, FORMAT, Fields, Record, column},
    store::snapshot::Snapshot,
    text::abbreviation::Table,
    update::queue::{Queue, Queued},
    update::{
        Candidate, Finding, Progress, UpdateSummary, declared_tags, is_same_file, read_all, sample,
        warnings,
    },
};

/// The memory in which a segment grows before it is written, in bytes: enough for 110,000 documents.
const WRITER_MEMORY: usize = 100 << 20;

/// The same for an update, most of which write a few guides: the more, the larger the table that it
/// begins with.
const UPDATE_MEMORY: usize = 16 << 20;

/// The bytes of a block of stored documents: a search copies one for each hit.
const STORE_BLOCK: usize = 4096;

/// The largest index, in bytes, that is compared with its checksums whenever it is opened: it takes
/// a tenth of the time of the command `hotseat search`. In a larger one a search tells two fifths of
/// all damage, does not meet the rest, and five times in 700 finds something else.
const CHECKED_WHEN_OPENED: u64 = 2 << 20;

/// The most segments that an update leaves, as each costs every search; of large ones, there may be
/// more.
const MAX_SEGMENTS: usize = 4;

/// An index of up to so many documents is one segment, without deleted ones. They would count in how
/// rare words are, and in few documents rank them in another order than an index that is built anew.
const ONE_SEGMENT: u32 = 5_000;

/// The most documents, deleted ones among them, that are merged into one segment: more would take
/// seconds, and map more memory than the build needs otherwise.
const MAX_MERGED: u32 = 100_000;

/// The smallest content, in bytes, for which a dictionary is worth having: smaller ones would not
/// make up for its size.
const MIN_TRAINED: u64 = 4 << 20;

type Writer = IndexWriter<Queued>;

/// The documents of a content folder, ready to be searched.
///
/// One value serves many threads, by reference or in an [`Arc`](std::sync::Arc): everything takes
/// `&self`. It answers from the state that it last saw; see [`reload`](Index::reload).
pub struct Index {
    /// Where it is; none in memory.
    folder: Option<Folder>,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    dictionaries: Dictionaries,
    abbreviations: Table,
    /// Is told how far an update is.
    progress: Box<dyn Fn(&Progress) + Send + Sync>,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.as_ref().map(Folder::index);
        f.debug_struct("Index")
            .field("folder", &folder)
            .finish_non_exhaustive()
    }
}

/// The texts of a column, and which entry has which.
///
/// All are read at once: looked up one by one, those of 5,000 guides took three quarters of
/// an update that changes nothing.
#[derive(Default)]
struct Texts {
    column: Option<StrColumn>,
    texts: Vec<String>,
}

impl Texts {
    fn read(column: Option<StrColumn>) -> tantivy::Result<Texts> {
        let Some(column) = column else {
            return Ok(Texts::default());
        };
        let mut texts = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            texts.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        Ok(Texts {
            column: Some(column),
            texts,
        })
    }

    /// Returns the text of an entry, empty if it has none.
    fn of(&self, entry: tantivy::DocId) -> &str {
        let number = |column: &StrColumn| column.ords().first(entry);
        let number = self.column.as_ref().and_then(number);
        let text = number.and_then(|number| self.texts.get(number as usize));
        text.map_or("", String::as_str)
    }
}

/// What a check of an index found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckReport {
    /// How many files the index depends on.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// What is not as it was written; nothing, if the index is whole.
    pub damage: Vec<Damage>,
    /// How many documents the index holds; 0 if it is damaged.
    pub documents: usize,
    /// What the guides were found wanting in, by guide and line; nothing if the index is damaged.
    pub warnings: Vec<Warning>,
}

/// A file of an index that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Damage {
    /// The file, relative to the index folder.
    pub file: String,
    /// What is wrong with it, such as `is missing`.
    pub what: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.file, self.what)
    }
}

impl Index {
    /// Opens the index in the folder `index`.
    ///
    /// It need not be writable. An index of up to 2 MiB is compared with its checksums first. A
    /// larger one is read as it is needed, and damage in it is an [`Error::Damaged`] where it is
    /// met; [`check`](Index::check) reads it all.
    ///
    /// # Errors
    ///
    /// [`Error::NoIndex`] if there is none, or its first build was not finished;
    /// [`Error::ForeignIndex`], [`Error::Damaged`] and [`Error::Index`] if what is there cannot be
    /// used.
    pub fn open(index: impl AsRef<Path>) -> Result<Index> {
        let index = index.as_ref();
        let no_index = || Error::NoIndex {
            path: index.to_owned(),
        };
        let path = format_folder(index);
        if !Folder::has_index(&path) {
            return Err(no_index());
        }
        let folder = open_folder(index, &path)?;
        let checked = folder.check(CHECKED_WHEN_OPENED).map_err(unusable(index))?;
        if let Some(flaw) = checked.flaws.into_iter().next() {
            return Err(damaged(&folder, flaw));
        }
        let Some(built) = checked.built else {
            return Err(no_index());
        };
        let opened = reading(Some(&folder), || tantivy::Index::open(folder.clone()))?;
        let opened = Index::new(opened, Some(folder))?;
        // Later builds may remove its file before the first search, and may have done so by now.
        if opened.dictionary(built).is_err() {
            opened.load_dictionary()?;
        }
        let segments = opened.reader.searcher().segment_readers().len();
        debug!(
            "opened the index at {}: segments: {segments}",
            index.display()
        );
        Ok(opened)
    }

    /// Opens the index in the folder `index`, or makes an empty one there, to be filled by
    /// [`update`](Index::update).
    ///
    /// # Errors
    ///
    /// Those of [`open`](Index::open), but for [`Error::NoIndex`]. A folder that holds other things
    /// is left alone: [`Error::ForeignIndex`]. [`Error::Locked`] if another process makes an index
    /// there at this moment.
    pub fn open_or_create(index: impl AsRef<Path>) -> Result<Index> {
        let index = index.as_ref();
        match Index::open(index) {
            Err(Error::NoIndex { .. }) => Index::create(index, false),
            opened => opened,
        }
    }

    /// Opens the index in the folder `index`, or makes an empty one there, in place of one that is
    /// damaged as well, to be filled by [`rebuild`](Index::rebuild).
    ///
    /// # Errors
    ///
    /// Those of [`open_or_create`](Index::open_or_create), but for [`Error::Damaged`].
    pub fn open_or_replace(index: impl AsRef<Path>) -> Result<Index> {
        let index = index.as_ref();
        match Index::open(index) {
            Err(Error::NoIndex { .. }) => Index::create(index, false),
            Err(Error::Damaged { .. } | Error::ForeignIndex { .. }) => Index::create(index, true),
            opened => opened,
        }
    }

    /// Opens the index in the folder `index`; if there is none, builds it from the folder `content`.
    ///
    /// An index that is there is taken as it is; [`update`](Index::update) brings it up to date.
    ///
    /// # Errors
    ///
    /// Those of [`open_or_create`](Index::open_or_create) and [`update`](Index::update). A missing
    /// content folder leaves no empty index behind.
    pub fn open_or_build(content: impl Into<Source>, index: impl AsRef<Path>) -> Result<Index> {
        let content = content.into();
        match Index::open(index.as_ref()) {
            Err(Error::NoIndex { .. }) => {
                // A missing content folder must not leave an empty index behind.
                content.check()?;
                let index = Index::create(index.as_ref(), false)?;
                index.update(content)?;
                Ok(index)
            }
            opened => opened,
        }
    }

    /// Compares every byte of the index in the folder `index` with its checksums.
    ///
    /// # Errors
    ///
    /// Damage is no error, but what is to be found out. [`Error::NoIndex`] if there is nothing to
    /// be checked, and [`Error::Index`] if the folder cannot be listed.
    pub fn check(index: impl AsRef<Path>) -> Result<CheckReport> {
        let index = index.as_ref();
        let path = format_folder(index);
        if !Folder::has_index(&path) {
            return Err(Error::NoIndex {
                path: index.to_owned(),
            });
        }
        let folder = open_folder(index, &path)?;
        let checked = folder.check(u64::MAX).map_err(unusable(index))?;
        let mut check = CheckReport {
            files: checked.files,
            bytes: checked.bytes,
            damage: checked.flaws.into_iter().map(damage).collect(),
            ..CheckReport::default()
        };
        if check.damage.is_empty() {
            let index = Index::open(index)?;
            check.documents = index.documents()?;
            check.warnings = index.warnings()?;
        }
        Ok(check)
    }

    /// Returns an index of `documents` that lives in memory, for as long as the value does.
    ///
    /// Documents are those of guides, by [`split`](crate::split), or of anything else that is
    /// questions and answers, by [`QaDocument::new`].
    ///
    /// # Errors
    ///
    /// [`Error::Index`] if the search engine fails, which no document should make it do.
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let index = Index::in_memory([
    ///     QaDocument::new("drinks", "How is green tea made?", "From leaves that are not fermented."),
    ///     QaDocument::new("drinks", "What is espresso?", "Coffee, under pressure."),
    /// ])?;
    /// let results = index.search(&Query::new("leaves"))?;
    /// assert_eq!(results.hits[0].question, "How is green tea made?");
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn in_memory(documents: impl IntoIterator<Item = QaDocument>) -> Result<Index> {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create(RamDirectory::create(), schema, settings());
        let index = Index::new(index.map_err(index_error(None))?, None)?;
        let mut writer = index.writer(WRITER_MEMORY)?;
        let queue = Arc::new(Queue::default());
        let mut entries = EntryMaker::new(index.fields, &Dictionary::for_all(), false);
        for document in documents {
            queue.wait();
            let entry = queue.count(entries.entry(&document));
            writer.add_document(entry).map_err(index.failed())?;
        }
        index.commit(&mut writer, Built { dictionary: None })?;
        Ok(index)
    }

    /// Brings the index up to date with `content`, reading only guides that changed.
    ///
    /// All changes are seen at once, by this value directly and by others when they
    /// [`reload`](Index::reload). If nothing changed, nothing is written. An index in memory takes
    /// in guides like any other; documents that are of no guide stay in it.
    ///
    /// # Errors
    ///
    /// [`Error::ReadContent`] if `content` is neither a folder that can be listed nor a guide, [`Error::Locked`] if
    /// another process, or another thread, is writing the index, [`Error::Damaged`] and
    /// [`Error::Index`]. A guide that cannot be read is a warning in what is returned. The index
    /// is never left half written.
    pub fn update(&self, content: impl Into<Source>) -> Result<UpdateSummary> {
        self.write(&content.into(), false)
    }

    /// Reads every guide anew, and replaces all that the index holds, in one step; damage, too.
    ///
    /// # Errors
    ///
    /// Those of [`update`](Index::update).
    pub fn rebuild(&self, content: impl Into<Source>) -> Result<UpdateSummary> {
        self.write(&content.into(), true)
    }

    /// Sees what was written since the index was opened, by this process or by another.
    ///
    /// Searches that run meanwhile, in other threads, go on with what they began on. When nothing
    /// was written, it costs little more than reading one small file.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`]; searches go on with the state of before.
    pub fn reload(&self) -> Result<()> {
        self.load_dictionary()?;
        self.reading(|| self.reader.reload())?;
        // The reader may have seen a later state.
        self.load_dictionary()
    }

    /// Finds what `query` asks for, best first.
    ///
    /// The same content and query give the same results, but for the time that they took.
    ///
    /// # Errors
    ///
    /// [`Error::QueryTooLarge`] if the query is over a limit; else only an index that cannot be read
    /// fails: [`Error::Damaged`] and [`Error::Index`]. Finding nothing is no error.
    pub fn search(&self, query: &Query) -> Result<Results> {
        let began = Instant::now();
        let parsed = query::parse(query)?;
        debug!("understood the query as {parsed}");
        self.reading(|| search::search(&self.snapshot(), &self.abbreviations, query, parsed, began))
    }

    /// Counts the values of the facet `name` over all that `query` finds, most frequent first.
    ///
    /// # Errors
    ///
    /// Those of [`search`](Index::search).
    ///
    /// ```
    /// use hotseat::{FacetName, Index, QaDocument, Query};
    ///
    /// let index = Index::in_memory([
    ///     QaDocument::new("tea", "What is matcha?", "Tea, ground.").with_tags(["Tea", "Japan"]),
    ///     QaDocument::new("tea", "What is sencha?", "Tea, steamed.").with_tags(["Tea"]),
    /// ])?;
    /// let tags = index.facets(FacetName::Tag, &Query::new(""))?;
    /// assert_eq!((tags[0].value.as_str(), tags[0].count), ("Tea", 2));
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn facets(&self, name: FacetName, query: &Query) -> Result<Vec<FacetCount>> {
        let query = query.clone().facets(&[name]).limit(0);
        let mut results = self.search(&query)?;
        Ok(results.facets.remove(&name).unwrap_or_default())
    }

    /// Returns the document that `id` names.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn get(&self, id: &DocId) -> Result<Option<QaDocument>> {
        self.reading(|| {
            let snapshot = self.snapshot();
            let address = snapshot.find(id)?;
            address
                .map(|address| snapshot.document(address))
                .transpose()
        })
    }

    /// Returns the document of `guide`, as in [`QaDocument::guide`], in which the 1-based `line`
    /// stands; none before its first.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn at(&self, guide: &str, line: usize) -> Result<Option<QaDocument>> {
        self.reading(|| {
            let snapshot = self.snapshot();
            let address = snapshot.find_line(guide, line as u64)?;
            address
                .map(|address| snapshot.document(address))
                .transpose()
        })
    }

    /// Returns the document that `name` names: an id, or `GUIDE:LINE`.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    ///
    /// ```
    /// # use hotseat::{Guide, Index, split};
    /// let guide = Guide::parse("tea.md", "## What is matcha?\n\nTea,\nground.\n");
    /// let index = Index::in_memory(split(&guide))?;
    /// let document = index.find("tea.md:4")?.expect("line 4 is in the answer");
    /// assert_eq!(document.question, "What is matcha?");
    /// assert_eq!(index.find(document.id.as_str())?, Some(document));
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn find(&self, name: &str) -> Result<Option<QaDocument>> {
        if let Ok(id) = name.parse()
            && let Some(document) = self.get(&id)?
        {
            return Ok(Some(document));
        }
        match name.rsplit_once(':') {
            Some((guide, line)) => match line.parse() {
                Ok(line) => self.at(guide, line),
                Err(_) => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// Finds documents related to the one that `id` names, best first; none if it names none.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn similar(&self, id: &DocId, limit: usize) -> Result<Results> {
        let began = Instant::now();
        let document = self.get(id)?;
        self.reading(|| search::similar(&self.snapshot(), document.as_ref(), limit, began))
    }

    /// Returns up to `limit` texts that `text` may become: its last word completed to words of the
    /// content, the most frequent first.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn complete(&self, text: &str, limit: usize) -> Result<Vec<String>> {
        let start = text.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| {
            i + text[i..].chars().next().map_or(0, char::len_utf8)
        });
        let prefix = crate::text::fold(&text[start..]);
        if prefix.is_empty() {
            return Ok(Vec::new());
        }
        let words = self.reading(|| lexicon::complete(&self.snapshot(), &prefix, limit))?;
        let completed = |word: &String| format!("{}{word}", &text[..start]);
        Ok(words.iter().map(completed).collect())
    }

    /// Lets searches know more abbreviations than those of the field and of the content.
    ///
    /// `table` has one a line, such as `k8s = kubernetes`; `#` starts a comment. Short forms find
    /// what they stand for, and the reverse. A line that is no pair is passed over.
    ///
    /// ```
    /// # use hotseat::{Index, QaDocument, Query};
    /// # let tea = QaDocument::new("tea", "What is matcha?", "Japanese green tea, ground.");
    /// let index = Index::in_memory([tea])?.with_abbreviations("jgt = japanese green tea");
    /// assert_eq!(index.search(&Query::new("jgt"))?.total, 1);
    /// # hotseat::Result::Ok(())
    /// ```
    #[must_use]
    pub fn with_abbreviations(mut self, table: &str) -> Index {
        self.abbreviations = Table::parse(table);
        self
    }

    /// Has `tell` told how far each update is, after each guide, in the thread that updates.
    ///
    /// ```
    /// # let index = hotseat::Index::in_memory([])?;
    /// let index = index.with_progress(|done| {
    ///     eprint!("\r{} of {} guides", done.guides, done.of_guides);
    /// });
    /// # hotseat::Result::Ok(())
    /// ```
    #[must_use]
    pub fn with_progress(mut self, tell: impl Fn(&Progress) + Send + Sync + 'static) -> Index {
        self.progress = Box::new(tell);
        self
    }

    /// Returns the abbreviations that the content spells out, such as "Global Interpreter Lock
    /// (GIL)", by their short forms.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn abbreviations(&self) -> Result<Vec<Abbreviation>> {
        self.reading(|| lexicon::mined(&self.snapshot()))
    }

    /// Returns how many documents there are.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn documents(&self) -> Result<usize> {
        self.reading(|| self.snapshot().count())
    }

    /// Returns what the guides were found wanting in, by guide and line.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn warnings(&self) -> Result<Vec<Warning>> {
        let records = self.reading(|| self.records())?;
        Ok(records.values().flat_map(warnings).collect())
    }

    fn new(mut index: tantivy::Index, folder: Option<Folder>) -> Result<Index> {
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            let path = folder.as_ref().map(Folder::index).unwrap_or(Path::new(""));
            return Err(Error::ForeignIndex {
                path: path.to_owned(),
            });
        }
        index.set_tokenizers(schema::analyzers());
        let reader = reading(folder.as_ref(), || {
            let reader = index.reader_builder();
            reader.reload_policy(ReloadPolicy::Manual).try_into()
        })?;
        Ok(Index {
            dictionaries: Dictionaries::new(folder.clone()),
            folder,
            reader,
            index,
            fields,
            abbreviations: Table::default(),
            progress: Box::new(|_| {}),
        })
    }

    /// Makes an empty index in the folder `index`, unless it holds something else; `anew`: in place
    /// of the one that is there.
    fn create(index: &Path, anew: bool) -> Result<Index> {
        let path = format_folder(index);
        if !is_ours(index, is_format_folder).map_err(unusable(index))?
            || !is_ours(&path, is_index_file).map_err(unusable(index))?
            || Folder::is_foreign(&path)
        {
            return Err(Error::ForeignIndex {
                path: index.to_owned(),
            });
        }
        fs::create_dir_all(&path).map_err(unusable(index))?;
        let folder = open_folder(index, &path)?;
        let create = || {
            // Of two processes that find no index here, one makes it.
            let _lock = folder.acquire_lock(&INDEX_WRITER_LOCK)?;
            if anew {
                folder.remove_index()?;
            }
            let (schema, _) = schema::schema();
            tantivy::Index::builder()
                .schema(schema)
                .settings(settings())
                .open_or_create(folder.clone())
        };
        let created = create().map_err(index_error(Some(&folder)))?;
        Index::new(created, Some(folder))
    }

    fn failed(&self) -> impl Fn(TantivyError) -> Error {
        index_error(self.folder.as_ref())
    }

    fn reading<T>(&self, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        reading(self.folder.as_ref(), read)
    }

    /// Returns the state that was last seen, to be read.
    fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::new(self.reader.searcher(), &self.fields, &self.dictionaries)
    }

    /// Returns what the last commit says of the index, if it was ever built to the end.
    fn built(&self) -> Result<Option<Built>> {
        let meta = self.reading(|| self.index.load_metas())?;
        Ok(meta.payload.as_deref().and_then(Built::read))
    }

    /// Returns the dictionary that `guides` are to be packed with, in an index that holds nothing
    /// else.
    fn new_dictionary(&self, guides: &[GuideFile]) -> Result<(Built, Arc<Dictionary>)> {
        let is_large = guides.iter().map(|guide| guide.size).sum::<u64>() >= MIN_TRAINED;
        if let Some(folder) = self.folder.as_ref().filter(|_| is_large)
            && let Some(own) = Dictionary::train(&sample(guides, packed::SAMPLE))
        {
            let write = folder.write_dictionary(own.checksum(), own.bytes());
            write.map_err(unusable(folder.index()))?;
            let dictionary = Some(own.checksum());
            return Ok((Built { dictionary }, Arc::new(own)));
        }
        let built = Built { dictionary: None };
        Ok((built, Dictionary::for_all()))
    }

    /// Reads the dictionary of the index as it is now.
    fn load_dictionary(&self) -> Result<()> {
        let mut built = self.built()?;
        while let Some(Err(error)) = built.map(|built| self.dictionary(built)) {
            // It may be gone with the state that it belonged to.
            let now = self.built()?;
            if now == built {
                return Err(error);
            }
            built = now;
        }
        Ok(())
    }

    /// Returns the dictionary that the documents of `built` are packed with.
    fn dictionary(&self, built: Built) -> Result<Arc<Dictionary>> {
        let Some(checksum) = built.dictionary else {
            return Ok(Dictionary::for_all());
        };
        self.dictionaries.get(checksum).ok_or_else(|| {
            let damage = self.folder.as_ref().and_then(damage_in);
            let missing = DataCorruption::comment_only("its dictionary cannot be read");
            let missing = TantivyError::DataCorruption(missing);
            damage.unwrap_or_else(|| self.failed()(missing))
        })
    }

    /// Brings the index up to date; `anew`: as if it held nothing.
    fn write(&self, content: &Source, anew: bool) -> Result<UpdateSummary> {
        let began = Instant::now();
        let is_update = !anew && self.built()?.is_some();
        let memory = if is_update {
            UPDATE_MEMORY
        } else {
            WRITER_MEMORY
        };
        let mut writer = self.writer(memory)?;
        let written = self.write_by(&mut writer, content, anew);
        if written.is_err() {
            // What its threads have written so far may fill the disk.
            drop(writer);
            self.sweep_if_idle();
        } else {
            writer.wait_merging_threads().map_err(self.failed())?;
        }
        let mut update = written?;
        update.documents = self.documents()?;
        update.took_ms = began.elapsed().as_millis() as u64;
        Ok(update)
    }

    fn write_by(&self, writer: &mut Writer, content: &Source, anew: bool) -> Result<UpdateSummary> {
        let found = walk(content.clone())?;
        debug!(
            "walked {}: guides: {}",
            content.folder().display(),
            found.guides.len()
        );
        self.sweep();
        let mut known = match self.known() {
            // It is replaced, so nothing need be known of it.
            Err(_) if anew => BTreeMap::new(),
            known => known?,
        };
        if anew {
            writer.delete_all_documents().map_err(self.failed())?;
        }
        let mut update = UpdateSummary {
            skipped: found.warnings.len(),
            unread: found.unread,
            warnings: found.warnings,
            ..UpdateSummary::default()
        };
        let mut progress = Progress {
            of_guides: found.guides.len(),
            of_bytes: found.guides.iter().map(|guide| guide.size).sum(),
            ..Progress::default()
        };
        let mut done = |file: &GuideFile| {
            progress.guides += 1;
            progress.bytes += file.size;
            (self.progress)(&progress);
        };
        let before = self.built()?;
        let is_first = before.is_none();
        let mut is_written = anew || is_first;
        let tags_before = Vocabulary::new(known.values().flat_map(|record| &record.tags));
        let tags = declared_tags(&found.guides, &known);
        let vocabulary = Vocabulary::new(tags.iter().flatten());
        let is_same_vocabulary = vocabulary == tags_before;
        let mut candidates = Vec::new();
        for file in &found.guides {
            let before = known.remove(&file.path);
            // What a guide without tags names may be a tag by now.
            let is_untagged = before.as_ref().is_some_and(|before| before.tags.is_empty());
            let is_stale = anew || (is_untagged && !is_same_vocabulary);
            match &before {
                Some(before) if !is_stale && is_same_file(file, before) => {
                    update.leave(before);
                    done(file);
                }
                _ => candidates.push(Candidate {
                    file,
                    before,
                    is_stale,
                }),
            }
        }
        let (built, dictionary) = match before.filter(|_| !anew) {
            Some(built) => (built, self.dictionary(built)?),
            None => self.new_dictionary(&found.guides)?,
        };
        let queue = Arc::new(Queue::default());
        read_all(
            &candidates,
            &vocabulary,
            self.fields,
            &dictionary,
            |candidate, finding| {
                is_written |=
                    self.write_guide(candidate, finding, anew, writer, &queue, &mut update)?;
                done(candidate.file);
                Ok(())
            },
        )?;
        is_written |= !known.is_empty();
        for (path, record) in &known {
            debug!("{path} is gone");
            update.removed += usize::from(!record.is_draft());
            writer.delete_term(self.fields.guide_term(path));
        }
        if is_written {
            self.commit(writer, built)?;
            self.merge(writer)?;
            self.sweep();
        }
        if is_first && let Some(folder) = &self.folder {
            remove_older_formats(folder.index());
        }
        update
            .warnings
            .sort_by(|a, b| (&a.guide, a.line).cmp(&(&b.guide, b.line)));
        Ok(update)
    }

    /// Writes what was found out about a guide; returns whether there was anything to write.
    fn write_guide(
        &self,
        candidate: &Candidate<'_>,
        finding: Finding,
        anew: bool,
        writer: &Writer,
        queue: &Arc<Queue>,
        update: &mut UpdateSummary,
    ) -> Result<bool> {
        let path = &candidate.file.path;
        let before = candidate.before.as_ref();
        let delete = || {
            if before.is_some() && !anew {
                writer.delete_term(self.fields.guide_term(path));
            }
        };
        match finding {
            Finding::Same => {
                debug!("read {path}: the same text as before");
                before.into_iter().for_each(|before| update.leave(before));
                Ok(false)
            }
            Finding::New { record, entries } => {
                debug!("read {path}: documents: {}", entries.len());
                delete();
                queue.wait();
                for entry in entries.into_iter().chain([self.fields.record(&record)]) {
                    let entry = queue.count(entry);
                    writer.add_document(entry).map_err(self.failed())?;
                }
                update.replace(before, &record);
                Ok(true)
            }
            Finding::Unreadable(error) => {
                delete();
                update.skip(path, before, &error);
                Ok(before.is_some())
            }
        }
    }

    /// Returns what is known of each guide by now: another process may have written since, and had
    /// the lock until now.
    fn known(&self) -> Result<BTreeMap<String, Record>> {
        self.reload()?;
        self.reading(|| self.records())
    }

    /// Returns what is known of each guide, by path.
    fn records(&self) -> tantivy::Result<BTreeMap<String, Record>> {
        let mut records = BTreeMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let columns = segment.fast_fields();
            let (Some(paths), Some(hashes)) = (
                columns.str(column::GUIDE)?,
                columns.column_opt::<u64>(column::HASH)?,
            ) else {
                continue;
            };
            let paths = Texts::read(Some(paths))?;
            let warnings = Texts::read(columns.str(column::WARNINGS)?)?;
            let tags = Texts::read(columns.str(column::DECLARED_TAGS)?)?;
            let sizes = columns.u64(column::SIZE)?;
            let times = columns.u64(column::MODIFIED)?;
            let documents = columns.u64(column::DOCUMENTS)?;
            // Few entries are records.
            let is_alive = |entry: &u32| {
                segment
                    .alive_bitset()
                    .is_none_or(|alive| alive.is_alive(*entry))
            };
            let entries: Box<dyn Iterator<Item = u32>> = match &hashes.index {
                ColumnIndex::Optional(records) => Box::new(records.iter_non_null_docs()),
                _ => Box::new(0..segment.max_doc()),
            };
            for entry in entries.filter(is_alive) {
                let Some(hash) = hashes.first(entry) else {
                    continue;
                };
                let path = paths.of(entry).to_owned();
                let record = Record {
                    path: path.clone(),
                    size: sizes.first(entry).unwrap_or(0),
                    modified: times.first(entry).unwrap_or(0),
                    hash,
                    documents: documents.first(entry).unwrap_or(0),
                    warnings: serde_json::from_str(warnings.of(entry)).unwrap_or_default(),
                    tags: serde_json::from_str(tags.of(entry)).unwrap_or_default(),
                };
                records.insert(path, record);
            }
        }
        Ok(records)
    }

    /// Returns the one writer that there can be.
    fn writer(&self, memory: usize) -> Result<Writer> {
        // One thread gives one segment, and the same one each time.
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(memory)
            .build();
        let writer: Writer = self
            .index
            .writer_with_options(options)
            .map_err(self.failed())?;
        // Segments are merged by `merge`, once all is written.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    fn commit(&self, writer: &mut Writer, built: Built) -> Result<()> {
        self.reading(|| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&built.payload());
            prepared.commit()
        })?;
        debug!("committed");
        self.reload()
    }

    /// Makes one segment of the small ones, where searches would be slow or rank otherwise.
    fn merge(&self, writer: &mut Writer) -> Result<()> {
        let metas = self.index.searchable_segment_metas();
        let mut metas = metas.map_err(self.failed())?;
        metas.sort_by_key(|meta| (meta.max_doc(), meta.id()));
        let sizes: Vec<u32> = metas.iter().map(SegmentMeta::max_doc).collect();
        let is_small = sizes.iter().sum::<u32>() <= ONE_SEGMENT;
        let is_one = metas.len() <= 1 && metas.iter().all(|meta| !meta.has_deletes());
        let count = match (is_small, is_one) {
            (true, true) => 0,
            (true, false) => metas.len(),
            (false, _) => merged(&sizes),
        };
        let merged = metas[..count].iter();
        let segments: Vec<SegmentId> = merged.map(SegmentMeta::id).collect();
        if segments.is_empty() {
            return Ok(());
        }
        // Merged, what is damaged would have a checksum as if it were not.
        if let Some(folder) = &self.folder {
            let checked = folder.check_segments(&segments);
            let checked = checked.map_err(unusable(folder.index()))?;
            if let Some(flaw) = checked.flaws.into_iter().next() {
                return Err(damaged(folder, flaw));
            }
        }
        self.reading(|| writer.merge(&segments).wait())?;
        debug!("merged segments: {}", segments.len());
        self.reload()
    }

    /// Removes what killed writers and commits past left behind. The caller holds the lock.
    fn sweep(&self) {
        if let Some(folder) = &self.folder {
            folder.sweep();
        }
    }

    /// The same for a caller that doesn't hold the lock, if nobody does.
    fn sweep_if_idle(&self) {
        if let Some(folder) = &self.folder
            && let Ok(_lock) = folder.acquire_lock(&INDEX_WRITER_LOCK)
        {
            folder.sweep();
        }
    }
}

/// Returns how many of the segments of these `sizes`, smallest first, are to be merged.
///
/// So many that few enough are left, and then each further one that is no larger than those before
/// it together: so a document is merged again only when the segment that it is in has doubled. Large
/// ones, of which no two would become one, are not counted: each update would copy the smallest.
fn merged(sizes: &[u32]) -> usize {
    let sizes = &sizes[..sizes.partition_point(|size| *size <= MAX_MERGED / 2)];
    let fewest = (sizes.len() + 1).saturating_sub(MAX_SEGMENTS);
    if fewest < 2 {
        return 0;
    }
    let mut sum = 0;
    let mut count = 0;
    for size in sizes {
        let is_due = count < fewest || *size <= sum;
        if !is_due || sum + size > MAX_MERGED {
            break;
        }
        sum += size;
        count += 1;
    }
    if count < 2 { 0 } else { count }
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

/// Returns where in the index folder this program's format is.
fn format_folder(index: &Path) -> PathBuf {
    index.join(format!("v{FORMAT}"))
}

/// Returns whether `folder` holds nothing but what `ours` says hotseat puts there, or is missing.
fn is_ours(folder: &Path, ours: fn(&str) -> bool) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    for entry in entries {
        if !entry?.file_name().to_str().is_some_and(ours) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns whether `name` may stand in an index folder: a format, or what keeps the folder in git.
fn is_format_folder(name: &str) -> bool {
    let format = name.strip_prefix('v');
    format.is_some_and(|number| number.parse::<u32>().is_ok())
        || matches!(name, ".gitkeep" | ".gitignore")
}

/// Returns whether `name` is what a file of an index is called.
fn is_index_file(name: &str) -> bool {
    name.starts_with(".tmp")
        || name.starts_with(".tantivy-")
        || matches!(name, "meta.json" | ".managed.json")
        || directory::is_index_file(name)
}

/// Removes the indexes of formats before this one, which their programs can build again.
fn remove_older_formats(index: &Path) {
    for format in 0..FORMAT {
        let folder = index.join(format!("v{format}"));
        if is_ours(&folder, is_index_file).unwrap_or(false) {
            // One that cannot be removed does no harm, and most often there is none.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn open_folder(index: &Path, path: &Path) -> Result<Folder> {
    Folder::open(path).map_err(unusable(index))
}

/// Reads from the index in `folder`; if that fails, finds out whether it is damaged.
fn reading<T>(folder: Option<&Folder>, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
    // Searchers are never changed, so there is nothing that a panic leaves half done.
    let failure = match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => return Ok(value),
        failure => failure,
    };
    if let Some(damaged) = folder.and_then(damage_in) {
        return Err(damaged);
    }
    match failure {
        Ok(read) => read.map_err(index_error(folder)),
        Err(panic) => resume_unwind(panic),
    }
}

/// Returns the error that the index in `folder` is damaged, if it is.
fn damage_in(folder: &Folder) -> Option<Error> {
    let flaw = folder.check(u64::MAX).ok()?.flaws.into_iter().next()?;
    Some(damaged(folder, flaw))
}

fn damaged(folder: &Folder, flaw: Flaw) -> Error {
    Error::Damaged {
        path: folder.index().to_owned(),
        damage: damage(flaw),
    }
}

fn damage(flaw: Flaw) -> Damage {
    Damage {
        file: format!("v{FORMAT}/{}", flaw.file),
        what: flaw.what,
    }
}

/// Returns how a failure on the index folder is told.
fn unusable(index: &Path) -> impl Fn(io::Error) -> Error {
    let path = index.to_owned();
    move |source| Error::Index {
        path: path.clone(),
        source: Box::new(source),
    }
}

/// Returns how a failure of the search engine is told.
fn index_error(folder: Option<&Folder>) -> impl Fn(TantivyError) -> Error {
    let folder = folder.cloned();
    move |error| {
        let path = folder.as_ref().map_or(Path::new("memory"), Folder::index);
        let path = path.to_owned();
        match (error, &folder) {
            (TantivyError::LockFailure(LockError::LockBusy, _), Some(folder)) => Error::Locked {
                path,
                holder: folder.holder(),
            },
            (error, folder) => Error::Index {
                path,
                source: match folder.as_ref().and_then(Folder::take_failure) {
                    Some(failure) => Box::new(failure),
                    None => cause(error),
                },
            },
        }
    }
}

/// Returns what the system said, where that is behind `error`.
fn cause(error: TantivyError) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        TantivyError::IoError(cause)
        | TantivyError::LockFailure(LockError::IoError(cause), _)
        | TantivyError::OpenReadError(OpenReadError::IoError {
            io_error: cause, ..
        })
        | TantivyError::OpenWriteError(OpenWriteError::IoError {
            io_error: cause, ..
        }) => Box::new(directory::copy(&cause)),
        error => Box::new(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_turned_away_and_a_reader_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (content, path) = (dir.path().join("content"), dir.path().join("index"));
        fs::create_dir(&content).unwrap();
        let first = Index::open_or_build(&content, &path).unwrap();
        let writer = first.writer(UPDATE_MEMORY).unwrap();
        let second = Index::open(&path).unwrap();
        assert!(matches!(second.update(&content), Err(Error::Locked { .. })));
        assert_eq!(second.documents().unwrap(), 0);
        drop(writer);
        second.update(&content).unwrap();
    }

    #[test]
    fn small_segments_are_merged_and_large_ones_left() {
        let cases = [
            (&[][..], 0),
            (&[1, 1, 1, 900], 0),
            (&[1, 1, 1, 1, 900], 4),
            (&[1, 1, 2, 5, 900], 3),
            (&[1, 1, 100, 500, 900], 2),
            (&[60_000, 60_000, 60_000, 60_000, 60_000], 0),
            (&[1, 60_000, 60_000, 60_000, 60_000, 60_000], 0),
            (&[1, 1, 1, 1, 1, 60_000, 60_000, 60_000], 5),
        ];
        for (sizes, expected) in cases {
            assert_eq!(merged(sizes), expected, "{sizes:?}");
        }
    }

    #[test]
    fn only_names_of_an_index_are_its_own() {
        let ours = [
            "meta.json",
            ".tmpA1",
            ".tantivy-writer.lock",
            &format!("{:032x}.idx", 7),
        ];
        assert!(ours.into_iter().all(is_index_file));
        assert!(
            ["notes.md", "meta.json.bak", "idx"]
                .into_iter()
                .all(|name| !is_index_file(name))
        );
        assert!(["v3", "v12", ".gitkeep"].into_iter().all(is_format_folder));
        assert!(
            ["v", "vim", "src"]
                .into_iter()
                .all(|name| !is_format_folder(name))
        );
    }
}
