//! A [`Snapshot`]: one state of an index, with its documents and their columns.

use std::{
    cell::{Cell, OnceCell, RefCell},
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
};

use tantivy::{
    DocAddress, DocId as EntryId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument,
    TantivyError, Term,
    collector::{Count, DocSetCollector},
    columnar::{Column, StrColumn},
    error::DataCorruption,
    fastfield::FastFieldReaders,
    query::{Bm25StatisticsProvider, BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Value},
};
use tantivy_fst::Automaton;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::{
    DocId, Facet, FacetName, QaDocument,
    store::dictionary::Dictionaries,
    store::packed::{path_of, unpack},
    store::schema::{Fields, LANGUAGE, column, language_term},
    store::vocabulary::Vocabulary,
    text::{language::Language, meaning},
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
    /// By segment.
    columns: Vec<Columns>,
    /// The number of documents, once it was counted.
    documents: Cell<Option<u64>>,
    /// The numbers of documents that took reading postings.
    counted: RefCell<HashMap<Term, u64>>,
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
        fields: &'i Fields,
        dictionaries: &'i Dictionaries,
        vocabulary: Option<&'i Vocabulary>,
    ) -> Snapshot<'i> {
        let columns = searcher.segment_readers().iter().map(Columns::new);
        Snapshot {
            columns: columns.collect(),
            documents: Cell::new(None),
            counted: RefCell::default(),
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
        if let Some(count) = self.counted.borrow().get(term) {
            return Ok(*count);
        }
        let mut count = 0;
        let mut is_cheap = true;
        for segment in self.segments() {
            let index = segment.inverted_index(term.field())?;
            let Some(alive) = segment.alive_bitset() else {
                count += u64::from(index.doc_freq(term)?);
                continue;
            };
            is_cheap = false;
            if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    count += u64::from(alive.is_alive(postings.doc()));
                    postings.advance();
                }
            }
        }
        if !is_cheap {
            self.counted.borrow_mut().insert(term.clone(), count);
        }
        Ok(count)
    }

    /// Returns the languages of documents, besides English, in the order of their codes.
    pub(crate) fn languages(&self) -> tantivy::Result<Vec<Language>> {
        if let Some(words) = self.vocabulary {
            return Ok(words.languages.clone());
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
        Ok(languages.collect())
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
        if let Some(count) = self.documents.get() {
            return Ok(count);
        }
        let count = self.term_freq(&self.fields.any_document_term())?;
        self.documents.set(Some(count));
        Ok(count)
    }

    /// Returns the mean number of terms that a document has in `field`, rounded to steps of a tenth:
    /// what deleted documents had cannot be told from the rest, and must not change an order.
    pub(crate) fn mean_length(&self, field: Field) -> tantivy::Result<f32> {
        let of_all = |words: &Vocabulary| words.mean_length(self.fields, field);
        if let Some(mean) = self.vocabulary.and_then(of_all) {
            return Ok(mean);
        }
        let (mut terms, mut entries) = (0, 0);
        for segment in self.segments() {
            terms += segment.inverted_index(field)?.total_num_tokens();
            entries += u64::from(segment.num_deleted_docs());
        }
        // Records of guides have no terms, and most of what is deleted are documents.
        let mean = terms as f32 / (self.documents()? + entries).max(1) as f32;
        Ok(1.1_f32.powf(mean.max(1.0).log(1.1).round()))
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
            let columns = &self.columns[ord];
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
        &self.columns
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
        &self.columns[address.segment_ord as usize]
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

/// The columns of a segment, opened when they are needed, which costs as much as a small search.
pub(crate) struct Columns {
    columns: FastFieldReaders,
    guides: OnceCell<Option<StrColumn>>,
    lines: OnceCell<Option<Column<u64>>>,
    meanings: OnceCell<Option<Column<u64>>>,
}

// A column that cannot be read has no values, and then the order of documents is that of the index:
// no reason to fail before one of them is read.
impl Columns {
    fn new(segment: &SegmentReader) -> Columns {
        Columns {
            columns: segment.fast_fields().clone(),
            guides: OnceCell::new(),
            lines: OnceCell::new(),
            meanings: OnceCell::new(),
        }
    }

    /// Orders two documents by guide and line. The guides of a segment are numbered by their paths.
    pub(crate) fn compare(&self, a: EntryId, b: EntryId) -> Ordering {
        let place = |entry| (self.guide_number(entry), self.line(entry), entry);
        place(a).cmp(&place(b))
    }

    fn guides(&self) -> Option<&StrColumn> {
        let open = || self.columns.str(column::GUIDE).ok().flatten();
        self.guides.get_or_init(open).as_ref()
    }

    fn guide_number(&self, entry: EntryId) -> Option<u64> {
        self.guides()?.ords().first(entry)
    }

    /// Returns what is known of the guide of a document.
    fn guide(&self, entry: EntryId) -> Option<String> {
        let mut guide = String::new();
        let number = self.guide_number(entry)?;
        let is_found = self.guides()?.ord_to_str(number, &mut guide).ok()?;
        is_found.then_some(guide)
    }

    fn line(&self, entry: EntryId) -> Option<u64> {
        let open = || self.columns.column_opt(column::LINE).ok().flatten();
        self.lines.get_or_init(open).as_ref()?.first(entry)
    }

    /// Returns the vector of a document; `None` if it has none.
    pub(crate) fn meaning(&self, entry: EntryId) -> Option<[u64; meaning::WORDS]> {
        let open = || self.columns.column_opt(column::MEANING).ok().flatten();
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
