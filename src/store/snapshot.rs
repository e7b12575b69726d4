//! A [`Snapshot`]: one state of an index, with its documents and their columns.

use std::{
    collections::BTreeSet,
    ops::{Deref, Range},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use tantivy::{
    DocAddress, DocId as EntryId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument,
    TantivyError, Term,
    collector::{Count, DocSetCollector},
    columnar::{Column, StrColumn},
    error::DataCorruption,
    fastfield::FastFieldReaders,
    index::SegmentId,
    postings::{SegmentPostings, TermInfo},
    query::{Bm25StatisticsProvider, BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Value},
};
use tantivy_fst::Automaton;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::{
    DocId, Facet, FacetName, QaDocument,
    store::cache::Cache,
    store::dictionary::Dictionaries,
    store::packed::{path_of, unpack},
    store::schema::{AnswerClass, Fields, LANGUAGE, column, language_term},
    store::vocabulary::{self, Vocabulary},
    text::{
        language::Language,
        meaning,
        sentences::{Sentence, sentences},
    },
};

/// One committed state of an index, as searches read it: its documents, terms and columns.
///
/// It stays as it is while the index is written, and is what everything in `search` is handed.
pub(crate) struct Snapshot<'i> {
    pub(crate) searcher: Searcher,
    pub(crate) fields: &'i Fields,
    dictionaries: &'i Dictionaries,
    /// The words of the collection that the documents were taken from, if they are not all of it.
    pub(crate) vocabulary: Option<&'i Vocabulary>,
    shared: Arc<Shared>,
}

/// The most terms whose lists are kept: at 200 bytes each, 1 MB.
const MAX_TERMS: usize = 5_000;

/// The most lookups whose words are kept: at 200 bytes each, 1 MB.
const MAX_LOOKUPS: usize = 5_000;

/// The most documents that are kept, and the longest answer of one: mostly half a megabyte, 4 MB at most.
const MAX_DOCUMENTS: usize = 256;
const MAX_KEPT_ANSWER: usize = 8 << 10;

/// A document that is kept, and the sentences of its answer, once they were asked for.
pub(crate) struct KeptDocument {
    document: QaDocument,
    sentences: OnceLock<Vec<Sentence>>,
}

impl KeptDocument {
    /// Returns the sentences of its answer.
    pub(crate) fn sentences(&self) -> &[Sentence] {
        let read = || sentences(&self.answer, self.format);
        self.sentences.get_or_init(read)
    }
}

impl Deref for KeptDocument {
    type Target = QaDocument;

    fn deref(&self) -> &QaDocument {
        &self.document
    }
}

/// The part of a state that is read once and kept for all its searches: they would each open the same columns,
/// and count the same documents.
pub(crate) struct Shared {
    /// The number of the state.
    generation: u64,
    /// By segment.
    columns: Vec<Columns>,
    /// The lists of the terms that were looked up.
    lists: Cache<Term, TermLists>,
    /// The numbers of documents that took reading lists.
    counted: Cache<Term, u64>,
    /// The deleted entries, by segment.
    deleted: OnceLock<Vec<Vec<Range<EntryId>>>>,
    /// The words that were looked for.
    words: Cache<Lookup, Arc<[String]>>,
    /// The documents that were read: pages of one query share them, and queries of one user.
    read: Cache<DocAddress, Arc<KeptDocument>>,
    documents: OnceLock<u64>,
    languages: OnceLock<Vec<Language>>,
    /// By the number of the field.
    mean_lengths: Vec<OnceLock<f32>>,
}

impl Shared {
    /// Returns the part of the state that `searcher` sees.
    pub(crate) fn new(searcher: &Searcher) -> Shared {
        let columns = searcher.segment_readers().iter().map(Columns::new);
        Shared {
            generation: searcher.generation().generation_id(),
            columns: columns.collect(),
            lists: Cache::new(MAX_TERMS),
            counted: Cache::new(MAX_TERMS),
            deleted: OnceLock::new(),
            words: Cache::new(MAX_LOOKUPS),
            read: Cache::new(MAX_DOCUMENTS),
            documents: OnceLock::new(),
            languages: OnceLock::new(),
            mean_lengths: vec![OnceLock::new(); searcher.schema().num_fields()],
        }
    }

    /// Returns whether it is of the state that `searcher` sees.
    pub(crate) fn is_of(&self, searcher: &Searcher) -> bool {
        self.generation == searcher.generation().generation_id()
    }
}

/// A word or words of a query for which others are looked for in the content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Lookup {
    /// The long or short forms that the content pairs with it.
    Paired(String),
    /// The two words that it is written together of, none of which is a stop word of the language.
    Split(String, Option<Language>),
    /// The word in so many documents or more that it may be a misspelling of.
    Closest(String, u32, Option<Language>),
}

/// A term, and its list in each segment that has it.
#[derive(Debug, Clone)]
pub(crate) struct TermLists {
    pub(crate) term: Term,
    by_segment: Arc<[SegmentList]>,
}

#[derive(Debug)]
struct SegmentList {
    segment: SegmentId,
    info: TermInfo,
    /// Whether its bits were asked for before: a program that searches once does not make them.
    is_asked: AtomicBool,
    bits: OnceLock<Vec<u64>>,
}

/// The share of the entries of a segment that have a term whose list is long: its bits, an eighth of a byte for each
/// entry, take no more than four bytes for each that has the term.
const LONG_LIST: u32 = 32;

impl TermLists {
    /// Looks `term` up in each of `segments`.
    pub(crate) fn find(segments: &[SegmentReader], term: Term) -> tantivy::Result<TermLists> {
        let mut by_segment = Vec::with_capacity(segments.len());
        for segment in segments {
            let index = segment.inverted_index(term.field())?;
            let list = index.get_term_info(&term)?;
            by_segment.extend(list.map(|info| SegmentList {
                segment: segment.segment_id(),
                info,
                is_asked: AtomicBool::new(false),
                bits: OnceLock::new(),
            }));
        }
        let by_segment = by_segment.into();
        Ok(TermLists { term, by_segment })
    }

    fn in_segment(&self, segment: &SegmentReader) -> Option<&SegmentList> {
        let id = segment.segment_id();
        self.by_segment.iter().find(|list| list.segment == id)
    }

    /// Returns the number of entries of `segment` that have the term, deleted ones among them.
    pub(crate) fn entries(&self, segment: &SegmentReader) -> u32 {
        self.in_segment(segment)
            .map_or(0, |list| list.info.doc_freq)
    }

    /// Opens the list of `segment`; `None` if that lacks the term.
    pub(crate) fn open(
        &self,
        segment: &SegmentReader,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let Some(list) = self.in_segment(segment) else {
            return Ok(None);
        };
        let index = segment.inverted_index(self.term.field())?;
        Ok(Some(index.read_postings_from_terminfo(&list.info, option)?))
    }

    /// Returns a bit for each entry of `segment`, set for those that have the term; `None` if they are not kept: the
    /// list is short, or they were not asked for before.
    pub(crate) fn bits(&self, segment: &SegmentReader) -> tantivy::Result<Option<&[u64]>> {
        let Some(list) = self.in_segment(segment) else {
            return Ok(None);
        };
        if let Some(bits) = list.bits.get() {
            return Ok(Some(bits));
        }
        let is_long = list.info.doc_freq >= segment.max_doc() / LONG_LIST;
        if !is_long || !list.is_asked.swap(true, Ordering::Relaxed) {
            return Ok(None);
        }
        let mut bits = no_entries(segment.max_doc());
        self.read_to(&mut bits, segment, list)?;
        Ok(Some(list.bits.get_or_init(|| bits)))
    }

    /// Sets the bits of the entries of `segment` that have the term.
    pub(crate) fn add_to(&self, bits: &mut [u64], segment: &SegmentReader) -> tantivy::Result<()> {
        if let Some(kept) = self.bits(segment)? {
            bits.iter_mut()
                .zip(kept)
                .for_each(|(bits, kept)| *bits |= kept);
        } else if let Some(list) = self.in_segment(segment) {
            self.read_to(bits, segment, list)?;
        }
        Ok(())
    }

    fn read_to(
        &self,
        bits: &mut [u64],
        segment: &SegmentReader,
        list: &SegmentList,
    ) -> tantivy::Result<()> {
        let index = segment.inverted_index(self.term.field())?;
        let option = IndexRecordOption::Basic;
        let mut blocks = index.read_block_postings_from_terminfo(&list.info, option)?;
        while !blocks.docs().is_empty() {
            set(bits, blocks.docs());
            blocks.advance();
        }
        Ok(())
    }
}

/// Returns a bit for each of as many entries; none is set.
pub(crate) fn no_entries(entries: u32) -> Vec<u64> {
    vec![0; entries.div_ceil(64) as usize]
}

pub(crate) fn set(bits: &mut [u64], entries: &[EntryId]) {
    for entry in entries {
        if let Some(word) = bits.get_mut(*entry as usize / 64) {
            *word |= 1 << (entry % 64);
        }
    }
}

pub(crate) fn is_set(bits: &[u64], entry: EntryId) -> bool {
    let word = bits.get(entry as usize / 64);
    word.is_some_and(|word| word >> (entry % 64) & 1 == 1)
}

impl Bm25StatisticsProvider for Snapshot<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok((self.mean_length(field)? * self.documents()? as f32) as u64)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.documents()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.term_freq(term)
    }
}

impl<'i> Snapshot<'i> {
    pub(crate) fn new(
        searcher: Searcher,
        shared: Arc<Shared>,
        fields: &'i Fields,
        dictionaries: &'i Dictionaries,
        vocabulary: Option<&'i Vocabulary>,
    ) -> Snapshot<'i> {
        Snapshot {
            shared,
            searcher,
            fields,
            dictionaries,
            vocabulary,
        }
    }

    /// Returns the segments, in the order of their numbers.
    pub(crate) fn segments(&self) -> &[SegmentReader] {
        self.searcher.segment_readers()
    }

    /// Returns the number of documents that have `text` as a term of `field`. Deleted ones do not
    /// count, so that ranking is the same whatever the index has been through.
    pub(crate) fn doc_freq(&self, field: Field, text: &str) -> tantivy::Result<u64> {
        self.term_freq(&Term::from_field_text(field, text))
    }

    fn term_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let of_all = |words: &Vocabulary| {
            words.count(self.fields, term.field(), term.serialized_value_bytes())
        };
        if let Some(count) = self.vocabulary.and_then(of_all) {
            return Ok(count);
        }
        if let Some(count) = self.shared.counted.get(term) {
            return Ok(count);
        }
        let lists = self.lists_of(term)?;
        let segments = self.segments();
        let deleted = self
            .shared
            .deleted
            .get_or_init(|| segments.iter().map(vocabulary::deleted).collect());
        let mut count = 0;
        for (segment, deleted) in segments.iter().zip(deleted) {
            count += u64::from(lists.entries(segment));
            if !deleted.is_empty()
                && let Some(postings) = lists.open(segment, IndexRecordOption::Basic)?
            {
                count -= vocabulary::count_in(deleted, postings);
            }
        }
        if deleted.iter().any(|deleted| !deleted.is_empty()) {
            self.shared.counted.insert(term.clone(), count);
        }
        Ok(count)
    }

    /// Returns the lists of `text` as a term of `field`.
    pub(crate) fn lists(&self, field: Field, text: &str) -> tantivy::Result<TermLists> {
        self.lists_of(&Term::from_field_text(field, text))
    }

    fn lists_of(&self, term: &Term) -> tantivy::Result<TermLists> {
        if let Some(lists) = self.shared.lists.get(term) {
            return Ok(lists);
        }
        let lists = TermLists::find(self.segments(), term.clone())?;
        self.shared.lists.insert(term.clone(), lists.clone());
        Ok(lists)
    }

    /// Returns the words that `find` finds by `lookup`, which may have been found before.
    pub(crate) fn kept_words(
        &self,
        lookup: Lookup,
        find: impl FnOnce() -> tantivy::Result<Vec<String>>,
    ) -> tantivy::Result<Arc<[String]>> {
        if let Some(words) = self.shared.words.get(&lookup) {
            return Ok(words);
        }
        let words: Arc<[String]> = find()?.into();
        self.shared.words.insert(lookup, Arc::clone(&words));
        Ok(words)
    }

    /// Returns the languages of documents, besides English, in the order of their codes.
    pub(crate) fn languages(&self) -> tantivy::Result<Vec<Language>> {
        if let Some(words) = self.vocabulary {
            return Ok(words.languages.clone());
        }
        if let Some(languages) = self.shared.languages.get() {
            return Ok(languages.clone());
        }
        let mut codes = BTreeSet::new();
        for segment in self.segments() {
            let index = segment.inverted_index(self.fields.facet)?;
            let mut terms = index.terms().range().ge(LANGUAGE).into_stream()?;
            while terms.advance() {
                let Some(code) = terms.key().strip_prefix(LANGUAGE.as_bytes()) else {
                    break;
                };
                codes.extend(std::str::from_utf8(code).map(str::to_owned));
            }
        }
        let languages = codes.iter().filter_map(|code| Language::named(code));
        let languages: Vec<Language> = languages.collect();
        Ok(self.shared.languages.get_or_init(|| languages).clone())
    }

    /// Returns the number of documents in `language`, which is not English.
    pub(crate) fn documents_in(&self, language: Language) -> tantivy::Result<u64> {
        match self.vocabulary {
            Some(words) => Ok(words.documents_in(language)),
            None => self.doc_freq(self.fields.facet, &language_term(language.code())),
        }
    }

    /// Returns the document that `id` names.
    pub(crate) fn get(&self, id: DocId) -> tantivy::Result<Option<QaDocument>> {
        let address = self.find(id)?;
        address.map(|address| self.document(address)).transpose()
    }

    /// Returns the document of a guide that the 1-based `line` belongs to.
    pub(crate) fn get_at(&self, guide: &str, line: u64) -> tantivy::Result<Option<QaDocument>> {
        let address = self.find_line(guide, line)?;
        address.map(|address| self.document(address)).transpose()
    }

    /// Returns the number of documents.
    pub(crate) fn documents(&self) -> tantivy::Result<u64> {
        if let Some(words) = self.vocabulary {
            return Ok(words.documents);
        }
        if let Some(count) = self.shared.documents.get() {
            return Ok(*count);
        }
        let count = self.term_freq(&self.fields.any_document_term())?;
        Ok(*self.shared.documents.get_or_init(|| count))
    }

    /// Returns the mean number of terms that a document has in `field`, rounded to steps of a tenth:
    /// what deleted documents had cannot be told from the rest, and must not change an order.
    pub(crate) fn mean_length(&self, field: Field) -> tantivy::Result<f32> {
        let of_all = |words: &Vocabulary| words.mean_length(self.fields, field);
        if let Some(mean) = self.vocabulary.and_then(of_all) {
            return Ok(mean);
        }
        let known = &self.shared.mean_lengths[field.field_id() as usize];
        if let Some(mean) = known.get() {
            return Ok(*mean);
        }
        let (mut terms, mut entries) = (0, 0);
        for segment in self.segments() {
            terms += segment.inverted_index(field)?.total_num_tokens();
            entries += u64::from(segment.num_deleted_docs());
        }
        // Records of guides have no terms, and most of what is deleted are documents.
        let mean = terms as f32 / (self.documents()? + entries).max(1) as f32;
        let mean = 1.1_f32.powf(mean.max(1.0).log(1.1).round());
        Ok(*known.get_or_init(|| mean))
    }

    /// Calls `visit` with the terms of `field` from `from` on, and before `to`, that `automaton` accepts,
    /// as long as it returns true, in each segment anew. It is told how many there were before in the
    /// segment, the term, and how many documents have it.
    pub(crate) fn visit_terms<A>(
        &self,
        field: Field,
        automaton: impl Fn() -> A,
        (from, to): (&[u8], Option<&[u8]>),
        mut visit: impl FnMut(usize, &[u8], u32) -> bool,
    ) -> tantivy::Result<()>
    where
        A: Automaton,
        A::State: Clone,
    {
        if let Some(words) = self.vocabulary {
            words.visit(self.fields, field, automaton(), (from, to), &mut visit);
            return Ok(());
        }
        for segment in self.segments() {
            let index = segment.inverted_index(field)?;
            let terms = index.terms().search(automaton()).ge(from);
            let mut terms = match to {
                Some(to) => terms.lt(to).into_stream()?,
                None => terms.into_stream()?,
            };
            let mut read = 0;
            while terms.advance() && visit(read, terms.key(), terms.value().doc_freq) {
                read += 1;
            }
        }
        Ok(())
    }

    /// Returns the document at `address`, which may have been read before.
    pub(crate) fn kept_document(&self, address: DocAddress) -> tantivy::Result<Arc<KeptDocument>> {
        if let Some(document) = self.shared.read.get(&address) {
            return Ok(document);
        }
        let document = Arc::new(KeptDocument {
            document: self.document(address)?,
            sentences: OnceLock::new(),
        });
        if document.answer.len() <= MAX_KEPT_ANSWER {
            self.shared.read.insert(address, Arc::clone(&document));
        }
        Ok(document)
    }

    /// Reads the document at `address`; an entry that is not one is damage.
    pub(crate) fn document(&self, address: DocAddress) -> tantivy::Result<QaDocument> {
        let guide = self.columns_of(address).guide(address.doc_id);
        self.packed(address, guide.as_deref(), |packed| packed.unpack())?
    }

    /// Calls `visit` with each document, still packed, as long as it returns true.
    pub(crate) fn each(&self, visit: &mut dyn FnMut(&Packed<'_>) -> bool) -> tantivy::Result<()> {
        let any = self.fields.any_document_term();
        for (ord, segment) in self.segments().iter().enumerate() {
            let index = segment.inverted_index(any.field())?;
            let Some(mut entries) = index.read_postings(&any, IndexRecordOption::Basic)? else {
                continue;
            };
            let columns = &self.shared.columns[ord];
            // Those of one guide follow each other, and finding its name takes as long as the rest.
            let (mut number, mut guide) = (None, None);
            while entries.doc() != TERMINATED {
                let entry = entries.doc();
                entries.advance();
                if segment.is_deleted(entry) {
                    continue;
                }
                let next = columns.guide_number(entry);
                if next != number {
                    number = next;
                    guide = columns.guide(entry);
                }
                let address = DocAddress::new(ord as u32, entry);
                if !self.packed(address, guide.as_deref(), &mut *visit)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Calls `read` with the document at `address`, still packed; `guide` is the name in its column.
    fn packed<T>(
        &self,
        address: DocAddress,
        guide: Option<&str>,
        read: impl FnOnce(&Packed<'_>) -> T,
    ) -> tantivy::Result<T> {
        let entry: TantivyDocument = self.searcher.doc(address)?;
        let bytes = entry.get_first(self.fields.document);
        let bytes = bytes.and_then(|bytes| bytes.as_bytes());
        let line = self.columns_of(address).line(address.doc_id);
        let packed = bytes
            .zip(guide)
            .zip(line)
            .map(|((bytes, guide), line)| Packed {
                dictionaries: self.dictionaries,
                bytes,
                guide,
                line,
            });
        packed.map(|packed| read(&packed)).ok_or_else(no_document)
    }

    /// Finds the document with this id.
    pub(crate) fn find(&self, id: DocId) -> tantivy::Result<Option<DocAddress>> {
        let query = TermQuery::new(self.fields.id_term(id), IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector)?;
        Ok(found.into_iter().min())
    }

    /// Finds the document of `guide` in which `line` stands: the last that starts on it or before.
    pub(crate) fn find_line(&self, guide: &str, line: u64) -> tantivy::Result<Option<DocAddress>> {
        let query = TermQuery::new(self.fields.guide_term(guide), IndexRecordOption::Basic);
        let mut last: Option<(u64, DocAddress)> = None;
        for address in self.searcher.search(&query, &DocSetCollector)? {
            let (_, start) = self.place(address);
            if let Some(start) = start.filter(|start| *start <= line) {
                last = last.max(Some((start, address)));
            }
        }
        Ok(last.map(|(_, address)| address))
    }

    /// Returns the query for the documents with `facet`. The very name of a guide is of no other one
    /// whose name differs in case.
    pub(crate) fn with_facet(&self, facet: &Facet) -> tantivy::Result<Box<dyn Query>> {
        let having =
            |term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
        let is_guide = facet.name() == FacetName::Guide
            && self.doc_freq(self.fields.path, facet.written())? > 0;
        if !is_guide {
            return Ok(having(self.fields.facet_term(facet)));
        }
        let guide = having(self.fields.guide_term(facet.written()));
        let document = having(self.fields.any_document_term());
        let both = vec![(Occur::Must, guide), (Occur::Must, document)];
        Ok(Box::new(BooleanQuery::new(both)))
    }

    /// Counts the documents.
    pub(crate) fn count(&self) -> tantivy::Result<usize> {
        let any = self.fields.any_document_term();
        let query = TermQuery::new(any, IndexRecordOption::Basic);
        self.searcher.search(&query, &Count)
    }

    /// Returns the columns of each segment.
    pub(crate) fn columns(&self) -> &[Columns] {
        &self.shared.columns
    }

    /// Returns the guide's path and the line of a document.
    pub(crate) fn place(&self, address: DocAddress) -> (Option<String>, Option<u64>) {
        let columns = self.columns_of(address);
        let guide = columns.guide(address.doc_id);
        let path = guide.map(|guide| path_of(&guide).to_owned());
        (path, columns.line(address.doc_id))
    }

    /// Returns the vector of a document; `None` if it has none.
    pub(crate) fn meaning(&self, address: DocAddress) -> Option<[u64; meaning::WORDS]> {
        self.columns_of(address).meaning(address.doc_id)
    }

    fn columns_of(&self, address: DocAddress) -> &Columns {
        &self.shared.columns[address.segment_ord as usize]
    }
}

/// A document as it is stored.
pub(crate) struct Packed<'s> {
    dictionaries: &'s Dictionaries,
    bytes: &'s [u8],
    /// The name of its guide, from the column.
    guide: &'s str,
    line: u64,
}

impl Packed<'_> {
    /// Returns a hash of all that is stored of the document.
    pub(crate) fn hash(&self) -> u64 {
        let place = xxh3_64_with_seed(self.guide.as_bytes(), self.line);
        xxh3_64_with_seed(self.bytes, place)
    }

    pub(crate) fn unpack(&self) -> tantivy::Result<QaDocument> {
        let document = unpack(self.dictionaries, self.bytes, self.guide, self.line);
        document.ok_or_else(no_document)
    }
}

/// Returns the error for an entry that holds no document.
fn no_document() -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only("an entry holds no document"))
}

/// The most guides of a segment whose texts are kept: at 200 bytes each, 1 MB.
const MAX_GUIDES: usize = 5_000;

/// The columns of a segment, opened when they are needed, which costs as much as a small search.
pub(crate) struct Columns {
    columns: FastFieldReaders,
    guides: OnceLock<Option<StrColumn>>,
    /// The texts of that column that were read, by their numbers: to read one takes as long as to unpack a document.
    guide_texts: Cache<u64, Arc<str>>,
    lines: OnceLock<Option<Column<u64>>>,
    meanings: OnceLock<Option<Column<u64>>>,
    of_scores: OnceLock<ScoreColumns>,
}

/// The place of a document of a segment: the number of its guide, its line, and its own number.
pub(crate) type Place = (Option<u64>, Option<u64>, EntryId);

/// The columns that documents are scored by.
pub(crate) struct ScoreColumns {
    question_words: Column<u64>,
    answer_classes: Column<u64>,
}

impl ScoreColumns {
    /// Returns the number of words in the question of a document.
    pub(crate) fn question_words(&self, entry: EntryId) -> u32 {
        self.question_words.first(entry).unwrap_or(0) as u32
    }

    /// Returns the class of a document by its answer.
    pub(crate) fn answer_class(&self, entry: EntryId) -> AnswerClass {
        AnswerClass::from_column(self.answer_classes.first(entry).unwrap_or(0))
    }
}

// A column that cannot be read has no values, and then the order of documents is that of the index:
// no reason to fail before one of them is read.
impl Columns {
    fn new(segment: &SegmentReader) -> Columns {
        Columns {
            columns: segment.fast_fields().clone(),
            guides: OnceLock::new(),
            guide_texts: Cache::new(MAX_GUIDES),
            lines: OnceLock::new(),
            meanings: OnceLock::new(),
            of_scores: OnceLock::new(),
        }
    }

    /// Returns what orders documents by guide and line. The guides of a segment are numbered by their paths.
    pub(crate) fn place(&self, entry: EntryId) -> Place {
        (self.guide_number(entry), self.line(entry), entry)
    }

    fn open(&self, name: &str) -> Option<Column<u64>> {
        self.columns.column_opt(name).ok().flatten()
    }

    fn guides(&self) -> Option<&StrColumn> {
        let open = || self.columns.str(column::GUIDE).ok().flatten();
        self.guides.get_or_init(open).as_ref()
    }

    fn guide_number(&self, entry: EntryId) -> Option<u64> {
        self.guides()?.ords().first(entry)
    }

    /// Returns what is known of the guide of a document.
    fn guide(&self, entry: EntryId) -> Option<Arc<str>> {
        let number = self.guide_number(entry)?;
        if let Some(guide) = self.guide_texts.get(&number) {
            return Some(guide);
        }
        let mut guide = String::new();
        let is_found = self.guides()?.ord_to_str(number, &mut guide).ok()?;
        let guide: Arc<str> = is_found.then_some(guide)?.into();
        self.guide_texts.insert(number, Arc::clone(&guide));
        Some(guide)
    }

    fn line(&self, entry: EntryId) -> Option<u64> {
        let open = || self.open(column::LINE);
        self.lines.get_or_init(open).as_ref()?.first(entry)
    }

    /// Returns the columns that documents are scored by.
    pub(crate) fn of_scores(&self) -> tantivy::Result<&ScoreColumns> {
        if let Some(columns) = self.of_scores.get() {
            return Ok(columns);
        }
        let columns = ScoreColumns {
            question_words: self.columns.u64(column::QUESTION_WORDS)?,
            answer_classes: self.columns.u64(column::ANSWER_CLASS)?,
        };
        Ok(self.of_scores.get_or_init(|| columns))
    }

    /// Returns the vector of a document; `None` if it has none.
    pub(crate) fn meaning(&self, entry: EntryId) -> Option<[u64; meaning::WORDS]> {
        let open = || self.open(column::MEANING);
        let mut words = self
            .meanings
            .get_or_init(open)
            .as_ref()?
            .values_for_doc(entry);
        let mut vector = [0; meaning::WORDS];
        for word in &mut vector {
            *word = words.next()?;
        }
        Some(vector)
    }
}
