//! The [`Index`]: built from a content folder, kept up to date with it, and searched.
//!
//! It is a thin facade: `store` is the index on disk or in memory, `update` writes it, and `search`
//! reads it.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Instant,
};

use log::debug;

use crate::{
    Abbreviation, CheckReport, DocId, Error, Facet, FacetCount, FacetName, Highlight, IndexWriter,
    Progress, QaDocument, Query, Result, Results, Suggestion, UpdateSummary, Warning,
    guide::source::Source,
    search::{self, complete::complete, highlight, lexicon, query, suggest},
    store::{
        Existing, Store,
        records::{self, Record},
        snapshot::{Packed, Snapshot},
    },
    text::abbreviation::Table,
    update::{check_content, transaction::Extent, update},
};

/// The documents of a content folder, ready to be searched.
///
/// One value serves many threads, by reference or in an [`Arc`](std::sync::Arc): everything takes
/// `&self`. It answers from the state that it last saw; see [`reload`](Index::reload).
pub struct Index {
    store: Store,
    abbreviations: Table,
    /// Called with the progress of an update.
    progress: Box<dyn Fn(&Progress) + Send + Sync>,
}

/// A document as an index has stored it, which takes less time than to read it.
pub struct StoredDocument<'i> {
    store: &'i Store,
    packed: &'i Packed<'i>,
}

impl fmt::Debug for StoredDocument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredDocument")
            .field("hash", &self.hash())
            .finish_non_exhaustive()
    }
}

impl StoredDocument<'_> {
    /// Returns a hash of all that is stored. Another document has another one; the same document may have
    /// another one in an index that was built anew.
    pub fn hash(&self) -> u64 {
        self.packed.hash()
    }

    /// Reads the document.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if it cannot be read.
    pub fn read(&self) -> Result<QaDocument> {
        self.store.reading(|| self.packed.unpack())
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("folder", &self.store.path())
            .finish_non_exhaustive()
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
        Store::open(index.as_ref()).map(Index::of)
    }

    /// Opens the index in the folder `index`, or makes an empty one there, to be filled by
    /// [`update`](Index::update).
    ///
    /// # Errors
    ///
    /// As for [`open`](Index::open), except [`Error::NoIndex`]. A folder that holds other things
    /// is left alone: [`Error::ForeignIndex`]. [`Error::Locked`] if another process makes an index
    /// there at this moment.
    pub fn open_or_create(index: impl AsRef<Path>) -> Result<Index> {
        Store::open_or_create(index.as_ref(), Existing::Keep).map(Index::of)
    }

    /// Opens the index in the folder `index`, or makes an empty one there, also in place of a
    /// damaged one, to be filled by [`rebuild`](Index::rebuild).
    ///
    /// # Errors
    ///
    /// As for [`open_or_create`](Index::open_or_create), except [`Error::Damaged`].
    pub fn open_or_replace(index: impl AsRef<Path>) -> Result<Index> {
        Store::open_or_create(index.as_ref(), Existing::Replace).map(Index::of)
    }

    /// Opens the index in the folder `index`; if there is none, builds it from the folder `content`.
    ///
    /// An index that is there is taken as it is; [`update`](Index::update) brings it up to date.
    ///
    /// # Errors
    ///
    /// As for [`open_or_create`](Index::open_or_create) and [`update`](Index::update). A missing
    /// content folder leaves no empty index behind.
    pub fn open_or_build(content: impl Into<Source>, index: impl AsRef<Path>) -> Result<Index> {
        let content = content.into();
        match Index::open(index.as_ref()) {
            Err(Error::NoIndex { .. }) => {
                // A missing content folder must not leave an empty index behind.
                content.check()?;
                let index = Store::create(index.as_ref(), Existing::Keep).map(Index::of)?;
                index.update(content)?;
                Ok(index)
            }
            opened => {
                let index = opened?;
                index.check_content(content.folder())?;
                Ok(index)
            }
        }
    }

    /// Compares every byte of the index in the folder `index` with its checksums.
    ///
    /// # Errors
    ///
    /// Damage is part of the result, not an error. [`Error::NoIndex`] if there is nothing to check,
    /// and [`Error::Index`] if the folder cannot be listed.
    pub fn check(index: impl AsRef<Path>) -> Result<CheckReport> {
        let index = index.as_ref();
        let mut report = Store::check(index)?;
        if report.damage.is_empty() {
            let index = Index::open(index)?;
            report.documents = index.documents()?;
            report.warnings = index.warnings()?;
        }
        Ok(report)
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
        let index = Index::of(Store::in_memory()?);
        let mut writer = index.writer()?;
        for document in documents {
            writer.add(document)?;
        }
        writer.commit()?;
        Ok(index)
    }

    /// Brings the index up to date with `content`, reading only guides that changed.
    ///
    /// All changes are seen at once, by this value directly and by others when they
    /// [`reload`](Index::reload). If nothing changed, nothing is written. An index in memory takes
    /// in guides like any other; documents that come from no file stay in it.
    ///
    /// # Errors
    ///
    /// [`Error::ReadContent`] if `content` is neither a folder that can be listed nor a guide,
    /// [`Error::OtherContent`] if the index is of another folder, [`Error::Locked`] if
    /// another process, or another thread, is writing the index, [`Error::Damaged`] and
    /// [`Error::Index`]. A guide that cannot be read is a warning in what is returned. The index
    /// is never left half written.
    pub fn update(&self, content: impl Into<Source>) -> Result<UpdateSummary> {
        let progress = &*self.progress;
        update(&self.store, &content.into(), Extent::Update, progress)
    }

    /// Reads every guide again and replaces the whole index, damaged parts included, in one step.
    ///
    /// # Errors
    ///
    /// As for [`update`](Index::update).
    pub fn rebuild(&self, content: impl Into<Source>) -> Result<UpdateSummary> {
        let progress = &*self.progress;
        update(&self.store, &content.into(), Extent::Rebuild, progress)
    }

    /// Returns a writer for documents of the program itself, beside those of guides.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] if another process, or another thread, is writing the index,
    /// [`Error::Damaged`] and [`Error::Index`].
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// let index = Index::open_or_create(folder)?;
    /// let mut writer = index.writer()?;
    /// let tea = QaDocument::new("drinks", "How is green tea made?", "From leaves.");
    /// writer.add(tea.with_key("tea/7").with_payload("https://example.org/tea/7"))?;
    /// writer.commit()?;
    ///
    /// let hits = index.search(&Query::new("leaves"))?.hits;
    /// assert_eq!(hits[0].payload.as_deref(), Some("https://example.org/tea/7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn writer(&self) -> Result<IndexWriter<'_>> {
        IndexWriter::begin(&self.store)
    }

    /// Fails if the index holds the guides of another folder than `content`, if that is a folder.
    ///
    /// # Errors
    ///
    /// [`Error::OtherContent`] if it does; [`Error::Damaged`] and [`Error::Index`] if the index
    /// cannot be read.
    pub fn check_content(&self, content: impl AsRef<Path>) -> Result<()> {
        check_content(&self.store, content.as_ref())
    }

    /// Returns the content folder that the index was built from; none if it holds no guides of a
    /// folder.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn content(&self) -> Result<Option<PathBuf>> {
        let commit = self.store.last_commit()?;
        let content = commit.and_then(|commit| commit.content);
        Ok(content.map(|content| content.locate(self.store.path())))
    }

    /// Makes changes visible that this or another process committed since the index was opened.
    ///
    /// Searches that run meanwhile in other threads finish on the state they began with. Without
    /// changes, it costs little more than reading one small file.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`]; searches go on with the state they had before.
    pub fn reload(&self) -> Result<()> {
        self.store.reload()
    }

    /// Returns a number for the state of the index that searches see; every change gives another
    /// number.
    ///
    /// Answers from a state may be kept as long as the number stays. It is the same in all
    /// processes.
    ///
    /// ```
    /// # use hotseat::{Index, QaDocument};
    /// let index = Index::in_memory([])?;
    /// let before = index.state();
    /// let mut writer = index.writer()?;
    /// writer.add(QaDocument::new("tea", "What is matcha?", "Tea, ground."))?;
    /// writer.commit()?;
    /// assert_ne!(index.state(), before);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn state(&self) -> u64 {
        self.store.state()
    }

    /// Finds the documents that match `query`, best first.
    ///
    /// The same content and query give the same results, except for the time they took.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read. Finding nothing is not an
    /// error, and parts of a query that are over a bound are left out with a note.
    pub fn search(&self, query: &Query) -> Result<Results> {
        let began = Instant::now();
        let parsed = query::parse(query);
        debug!("understood the query as {parsed}");
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| search::search(snapshot, own, query, parsed, began))
    }

    /// Returns the document that `id` names with all that `query` matches in it, for showing the whole
    /// answer of a hit.
    ///
    /// # Errors
    ///
    /// As for [`search`](Index::search).
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let tea = QaDocument::new("tea", "What is matcha?", "Green tea. It is ground.");
    /// let index = Index::in_memory([tea.clone()])?;
    /// let found = index.highlight(&Query::new("ground tea"), tea.id)?.expect("the document is there");
    /// let matches: Vec<&str> = found.matches.iter().map(|bytes| &tea.answer[bytes.clone()]).collect();
    /// assert_eq!(matches, ["tea", "ground"]);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn highlight(&self, query: &Query, id: DocId) -> Result<Option<Highlight>> {
        let parsed = query::parse(query);
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| highlight::highlight(snapshot, own, query, &parsed, id))
    }

    #[cfg(test)]
    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        self.store.snapshot()
    }

    /// Returns suggestions for a `query` that finds nothing.
    ///
    /// # Errors
    ///
    /// As for [`search`](Index::search).
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query, Suggestion};
    ///
    /// let tea = QaDocument::new("tea", "What is matcha?", "Tea, ground.").with_tags(["Tea"]);
    /// let index = Index::in_memory([tea])?;
    /// let suggestions = index.suggest(&Query::new("matcha").tag("tee"))?;
    /// let Some(Suggestion::UnknownValue { closest, .. }) = suggestions.first() else {
    ///     panic!("there is no such tag");
    /// };
    /// assert_eq!(closest.as_deref(), Some("Tea"));
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>> {
        let parsed = query::parse(query);
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| suggest::suggest(snapshot, own, query, &parsed))
    }

    /// Returns the value of the facet `name` that is spelled most like `value`, if any is.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn closest_value(&self, name: FacetName, value: &str) -> Result<Option<String>> {
        let facet = Facet::new(name, value);
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| suggest::closest_value(snapshot, own, &facet))
    }

    /// Counts the values of the facet `name` over all that `query` finds, most frequent first.
    ///
    /// # Errors
    ///
    /// As for [`search`](Index::search).
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
    pub fn get(&self, id: DocId) -> Result<Option<QaDocument>> {
        self.store.read(|snapshot| snapshot.get(id))
    }

    /// Returns the document of `guide`, as in [`QaDocument::guide`], that the 1-based `line`
    /// belongs to; none for lines before its first document.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn at(&self, guide: &str, line: usize) -> Result<Option<QaDocument>> {
        self.store
            .read(|snapshot| snapshot.get_at(guide, line as u64))
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
    /// assert_eq!(index.find(&document.id.to_string())?, Some(document));
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn find(&self, name: &str) -> Result<Option<QaDocument>> {
        if let Ok(id) = name.parse()
            && let Some(document) = self.get(id)?
        {
            return Ok(Some(document));
        }
        let place = name.rsplit_once(':');
        match place.and_then(|(guide, line)| Some((guide, line.parse().ok()?))) {
            Some((guide, line)) => self.at(guide, line),
            None => Ok(None),
        }
    }

    /// Returns every document that `query` finds, by guide and line, whatever its limit and offset.
    ///
    /// # Errors
    ///
    /// As for [`search`](Index::search).
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let index = Index::in_memory([
    ///     QaDocument::new("tea", "What is sencha?", "Tea, steamed.").with_tags(["Japan"]),
    ///     QaDocument::new("coffee", "What is espresso?", "Coffee, under pressure."),
    /// ])?;
    /// let documents = index.list(&Query::new(""))?;
    /// assert_eq!(documents[0].question, "What is espresso?");
    /// assert_eq!(index.list(&Query::new("").tag("japan"))?.len(), 1);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn list(&self, query: &Query) -> Result<Vec<QaDocument>> {
        let parsed = query::parse(query);
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| search::list(snapshot, own, query, &parsed))
    }

    /// Finds documents related to the one that `id` names, best first, a thousand at most; none if it names
    /// none.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn similar(&self, id: DocId, limit: usize) -> Result<Results> {
        let began = Instant::now();
        let document = self.get(id)?;
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| search::similar(snapshot, own, document.as_ref(), limit, began))
    }

    /// Returns up to `limit` texts that `text` may become: its last word completed to words of the
    /// content, the most frequent first.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn complete(&self, text: &str, limit: usize) -> Result<Vec<String>> {
        let own = &self.abbreviations;
        self.store
            .read(|snapshot| complete(snapshot, own, text, limit))
    }

    /// Adds abbreviations to those of the field and of the content.
    ///
    /// `table` has one a line, such as `k8s = kubernetes`; `#` starts a comment. Short forms find
    /// their long forms, and the reverse. A line that is not a pair is ignored.
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
    ///     eprint!("\r{} of {} guides", done.guides, done.guides_total);
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
        self.store.read(lexicon::mined)
    }

    /// Calls `visit` with each document, in no certain order, as long as it returns no error.
    ///
    /// Unlike [`list`](Index::list), it keeps none of them.
    ///
    /// # Errors
    ///
    /// The error of `visit`; [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    ///
    /// ```
    /// use hotseat::{Error, Index, QaDocument};
    ///
    /// let index = Index::in_memory([QaDocument::new("tea", "What is matcha?", "Tea, ground.")])?;
    /// let mut letters = 0;
    /// index.each(&mut |document| {
    ///     letters += document.answer.len();
    ///     Ok::<(), Error>(())
    /// })?;
    /// assert_eq!(letters, 12);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn each<E: From<Error>>(
        &self,
        visit: &mut dyn FnMut(QaDocument) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each_stored(&mut |stored| visit(stored.read()?))
    }

    /// Calls `visit` with each document as it is stored, in no certain order, as long as it returns no error.
    ///
    /// It need not be read to know whether it changed, by [`StoredDocument::hash`].
    ///
    /// # Errors
    ///
    /// As for [`each`](Index::each).
    ///
    /// ```
    /// use hotseat::{Error, Index, QaDocument};
    ///
    /// let index = Index::in_memory([QaDocument::new("tea", "What is matcha?", "Tea, ground.")])?;
    /// let mut hashes = Vec::new();
    /// index.each_stored(&mut |stored| {
    ///     assert_eq!(stored.read()?.question, "What is matcha?");
    ///     hashes.push(stored.hash());
    ///     Ok::<(), Error>(())
    /// })?;
    /// assert_eq!(hashes.len(), 1);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn each_stored<E: From<Error>>(
        &self,
        visit: &mut dyn FnMut(&StoredDocument<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut ended = Ok(());
        self.reading(|snapshot| {
            snapshot.each(&mut |packed| {
                let store = &self.store;
                ended = visit(&StoredDocument { store, packed });
                ended.is_ok()
            })
        })?;
        ended
    }

    /// Reads the index by `read`.
    pub(crate) fn reading<T>(
        &self,
        read: impl FnOnce(&Snapshot<'_>) -> tantivy::Result<T>,
    ) -> Result<T> {
        self.store.reading(|| read(&self.store.snapshot()))
    }

    /// Returns how many documents there are.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn documents(&self) -> Result<usize> {
        self.store.read(|snapshot| snapshot.count())
    }

    /// Returns the warnings about the guides, by guide and line.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] and [`Error::Index`] if the index cannot be read.
    pub fn warnings(&self) -> Result<Vec<Warning>> {
        let records = self.store.read(records::read)?;
        Ok(records.values().flat_map(Record::warnings).collect())
    }

    fn of(store: Store) -> Index {
        Index {
            store,
            abbreviations: Table::default(),
            progress: Box::new(|_| {}),
        }
    }
}
