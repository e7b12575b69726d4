//! The fields of the index; [`QaDocument`] <-> a tantivy document.
//!
//! A document's terms are found here, before it is indexed, so that many threads can do so, each
//! text is analyzed once for all its fields, and stems are remembered from one to the next.
//!
//! Two sorts of entry share the index. A *document* is stored whole, packed, and indexed in the
//! fields that queries need. A *guide's record* says what an update must know of one guide (see
//! [`Record`]) in columns that are read without touching the documents.

use tantivy::{
    TantivyDocument, Term,
    schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions},
    tokenizer::TokenizerManager,
};

use crate::{
    DocumentKind, Facet, FacetName, QaDocument,
    store::packed::{self, Dictionary, Packer},
    text::abbreviation::{Pair, mine, stems},
    text::{StemCache, TermList, TermListReader, Terms},
};

/// Changes with anything that an older index would answer wrongly: fields, analyzer, meaning.
pub(crate) const FORMAT: u32 = 3;

/// The name under which the index knows how lists of terms are read.
const TERM_LIST: &str = "term_list";

/// Stands among the abbreviations of each record: for a field without any term tantivy builds an
/// empty dictionary at each start, in 1 MB of memory, which is a tenth of a first search.
const NO_PAIR: &str = "";

/// The longest value in bytes that can be filtered by; what is longer is no name.
const MAX_FACET: usize = 1000;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The document itself, packed, without what the next two columns say.
    pub(crate) document: Field,
    /// What all documents of a guide share, its path first: a column, in which each text is only
    /// once. Of records, the path alone.
    pub(crate) guide: Field,
    /// The line on which the document starts.
    pub(crate) line: Field,
    /// The document's id, as bits.
    pub(crate) id: Field,
    /// The guide's path, of documents and of records.
    pub(crate) path: Field,
    /// What documents are filtered by: see [`facet_term`](Fields::facet_term).
    pub(crate) facet: Field,
    /// What they are counted by, a column: `name NUL key NUL value as written`.
    pub(crate) facet_values: Field,
    /// Stems of the question, then of the answer.
    pub(crate) text: Field,
    /// Stems of the question.
    pub(crate) question: Field,
    /// Stems of the section headings, tags and guide title.
    pub(crate) headings_and_tags: Field,
    /// Words of question and answer as they are spelled, where that is not the stem.
    pub(crate) surface_forms: Field,
    /// Abbreviations that the document spells out: see [`pair_keys`].
    pub(crate) abbreviations: Field,
    /// The document's [`AnswerClass`].
    pub(crate) answer_class: Field,
    /// The question's word count; it occupies the first positions of `text`.
    pub(crate) question_words: Field,
    /// Of a record: size, modification time and hash of the guide's file.
    pub(crate) size: Field,
    pub(crate) modified: Field,
    pub(crate) hash: Field,
    /// Of a record: how many documents it gave.
    pub(crate) documents: Field,
    /// Of a record: its warnings, as JSON.
    pub(crate) warnings: Field,
    /// Of a record: the tags that the guide declares, as JSON.
    pub(crate) declared_tags: Field,
}

/// Names of the columns, which tantivy opens by name.
pub(crate) mod column {
    pub(crate) const ID: &str = "id";
    pub(crate) const GUIDE: &str = "guide";
    pub(crate) const LINE: &str = "line";
    pub(crate) const FACET_VALUES: &str = "facet_values";
    pub(crate) const ANSWER_CLASS: &str = "worth";
    pub(crate) const QUESTION_WORDS: &str = "question_words";
    pub(crate) const SIZE: &str = "size";
    pub(crate) const MODIFIED: &str = "modified";
    pub(crate) const HASH: &str = "hash";
    pub(crate) const DOCUMENTS: &str = "documents";
    pub(crate) const WARNINGS: &str = "warnings";
    pub(crate) const DECLARED_TAGS: &str = "declared_tags";
}

/// Returns the schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let terms = |tokenizer, option| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            // The lengths of what is scored by them.
            .set_fieldnorms(option != IndexRecordOption::Basic);
        TextOptions::default().set_indexing_options(indexing)
    };
    let frequent = || terms(TERM_LIST, IndexRecordOption::WithFreqs);
    let whole = || terms("raw", IndexRecordOption::Basic);
    let text_column = || TextOptions::default().set_fast("raw");
    let mut schema = Schema::builder();
    let fields = Fields {
        document: schema.add_bytes_field("document", STORED),
        id: schema.add_u64_field(column::ID, FAST),
        guide: schema.add_text_field(column::GUIDE, text_column()),
        path: schema.add_text_field("path", whole()),
        line: schema.add_u64_field(column::LINE, FAST),
        facet: schema.add_text_field("facet", terms(TERM_LIST, IndexRecordOption::Basic)),
        facet_values: schema.add_text_field(column::FACET_VALUES, text_column()),
        text: schema.add_text_field(
            "text",
            terms(TERM_LIST, IndexRecordOption::WithFreqsAndPositions),
        ),
        question: schema.add_text_field("question", frequent()),
        headings_and_tags: schema.add_text_field("context", frequent()),
        surface_forms: schema.add_text_field("words", terms(TERM_LIST, IndexRecordOption::Basic)),
        abbreviations: schema.add_text_field("abbreviations", whole()),
        answer_class: schema.add_u64_field(column::ANSWER_CLASS, FAST),
        question_words: schema.add_u64_field(column::QUESTION_WORDS, FAST),
        size: schema.add_u64_field(column::SIZE, FAST),
        modified: schema.add_u64_field(column::MODIFIED, FAST),
        hash: schema.add_u64_field(column::HASH, FAST),
        documents: schema.add_u64_field(column::DOCUMENTS, FAST),
        warnings: schema.add_text_field(column::WARNINGS, text_column()),
        declared_tags: schema.add_text_field(column::DECLARED_TAGS, text_column()),
    };
    (schema.build(), fields)
}

/// Returns the analyzers that the schema names.
pub(crate) fn analyzers() -> TokenizerManager {
    let analyzers = TokenizerManager::default();
    analyzers.register(TERM_LIST, TermListReader::default());
    analyzers
}

/// What an update must know of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The path relative to the content folder.
    pub(crate) path: String,
    /// Size, modification time and hash of the file; the time is 0 where it proves nothing.
    pub(crate) size: u64,
    pub(crate) modified: u64,
    pub(crate) hash: u64,
    /// How many documents it gave; [`Record::DRAFT`] of a draft.
    pub(crate) documents: u64,
    /// Line and message of each warning.
    pub(crate) warnings: Vec<(Option<usize>, String)>,
    /// The tags that it declares.
    pub(crate) tags: Vec<String>,
}

impl Record {
    /// Stands for the number of documents of a guide that is left out as a draft.
    pub(crate) const DRAFT: u64 = u64::MAX;

    /// Returns whether the guide is left out as a draft.
    pub(crate) fn is_draft(&self) -> bool {
        self.documents == Record::DRAFT
    }
}

/// Makes of documents what is indexed of them.
pub(crate) struct EntryMaker {
    fields: Fields,
    terms: Terms,
    stems: StemCache,
    packer: Packer,
    of_guides: bool,
    /// Of the last document, which most often are the next one's as well.
    shared: Option<Shared>,
    lists: Lists,
}

/// The terms of a document. The memory is used again for the next one.
#[derive(Default)]
struct Lists {
    text: TermList,
    question: TermList,
    words: TermList,
    context: TermList,
    facets: TermList,
}

/// What is indexed of a document for its guide's sake.
struct Shared {
    guide: packed::Guide,
    facets: Facets,
    /// Stems of the tags and the guide's title.
    context: TermList,
}

/// The facets of a document, each value once, as they are indexed.
#[derive(Default)]
struct Facets {
    terms: Vec<String>,
    values: Vec<String>,
    known: Vec<Facet>,
}

impl Facets {
    /// Adds a value, unless it is there or among `others`.
    fn add(&mut self, name: FacetName, value: &str, others: &[Facet]) {
        let facet = Facet::new(name, value);
        let is_known = self.known.contains(&facet) || others.contains(&facet);
        if facet.key().is_empty() || value.len() > MAX_FACET || is_known {
            return;
        }
        for key in keys(&facet) {
            self.terms.push(facet_text(name, &key));
        }
        // NUL is what stands between the parts.
        let written = value.replace('\0', " ");
        self.values
            .push(format!("{name}\0{}\0{written}", facet.key()));
        self.known.push(facet);
    }
}

impl EntryMaker {
    /// Returns what makes entries that are packed with `dictionary`; `of_guides`: of documents that
    /// were split from guides, so that those of one path share what they say of it.
    pub(crate) fn new(fields: Fields, dictionary: &Dictionary, of_guides: bool) -> EntryMaker {
        EntryMaker {
            fields,
            terms: Terms::default(),
            stems: StemCache::default(),
            packer: Packer::new(dictionary),
            of_guides,
            shared: None,
            lists: Lists::default(),
        }
    }

    /// Returns `document` as it is indexed.
    pub(crate) fn entry(&mut self, document: &QaDocument) -> TantivyDocument {
        let fields = self.fields;
        let mut entry = TantivyDocument::default();
        let shared = match self.shared.take() {
            Some(shared) if shared.guide.is_of(document) => shared,
            _ => self.share(document),
        };
        let packed = self.packer.pack(document, &shared.guide);
        entry.add_bytes(fields.document, packed);
        entry.add_text(fields.guide, shared.guide.column());
        entry.add_u64(fields.id, document.id.bits());
        entry.add_text(fields.path, &document.guide);
        entry.add_u64(fields.line, document.line as u64);
        let mut lists = std::mem::take(&mut self.lists);
        self.add_text(document, &mut entry, &mut lists);
        lists.context.copy(&shared.context);
        let mut facets = Facets::default();
        let others = &shared.facets.known;
        for section in &document.sections {
            facets.add(FacetName::Section, section, others);
            self.add_stems(section, &mut lists.context);
        }
        for tag in &document.inferred_tags {
            facets.add(FacetName::Tag, tag, others);
            self.add_stems(tag, &mut lists.context);
        }
        if let Some(level) = &document.level {
            facets.add(FacetName::Level, level, others);
        }
        facets.add(FacetName::Kind, document.kind.as_str(), others);
        lists.facets.clear();
        lists.facets.push(ANY_DOCUMENT, 0);
        for facets in [&shared.facets, &facets] {
            for term in &facets.terms {
                lists.facets.push(term, 0);
            }
            for value in &facets.values {
                entry.add_text(fields.facet_values, value);
            }
        }
        entry.add_text(fields.facet, lists.facets.as_str());
        entry.add_text(fields.headings_and_tags, lists.context.as_str());
        self.lists = lists;
        for pair in mine(&document.question)
            .iter()
            .chain(&mine(&document.answer))
        {
            for key in pair_keys(pair) {
                entry.add_text(fields.abbreviations, key);
            }
        }
        entry.add_u64(fields.answer_class, AnswerClass::of(document) as u64);
        self.shared = Some(shared);
        // Thousands may wait for the thread that writes the index.
        entry.shrink_to_fit();
        entry
    }

    /// Returns what `document` shares with others of its guide.
    fn share(&mut self, document: &QaDocument) -> Shared {
        let mut facets = Facets::default();
        let mut context = TermList::default();
        self.add_stems(&document.guide_title, &mut context);
        for tag in &document.tags {
            facets.add(FacetName::Tag, tag, &[]);
            self.add_stems(tag, &mut context);
        }
        if let Some(category) = &document.category {
            facets.add(FacetName::Category, category, &[]);
        }
        facets.add(FacetName::Guide, &document.guide, &[]);
        Shared {
            guide: packed::Guide::of(document, self.of_guides),
            facets,
            context,
        }
    }

    fn add_stems(&mut self, text: &str, stems: &mut TermList) {
        self.terms.analyze(text);
        for term in self.terms.iter() {
            stems.push(self.stems.stem(&term).unwrap_or(term.text), 0);
        }
    }

    /// Adds the terms of question and answer.
    fn add_text(&mut self, document: &QaDocument, entry: &mut TantivyDocument, lists: &mut Lists) {
        let Lists {
            text,
            question,
            words,
            ..
        } = lists;
        text.clear();
        question.clear();
        words.clear();
        let mut end = 0;
        self.terms.analyze(&document.question);
        for term in self.terms.iter() {
            let stem = self.stems.stem(&term);
            text.push(stem.unwrap_or(term.text), term.position);
            question.push(stem.unwrap_or(term.text), term.position);
            if stem.is_some() {
                words.push(term.text, 0);
            }
            end = term.position + 1;
        }
        entry.add_u64(self.fields.question_words, end as u64);
        // One position stays free, so that no phrase goes from the question into the answer.
        let start = end + 1;
        self.terms.analyze(&document.answer);
        for term in self.terms.iter() {
            let stem = self.stems.stem(&term);
            text.push(stem.unwrap_or(term.text), start + term.position);
            if stem.is_some() {
                words.push(term.text, 0);
            }
        }
        entry.add_text(self.fields.text, text.as_str());
        entry.add_text(self.fields.question, question.as_str());
        entry.add_text(self.fields.surface_forms, words.as_str());
    }
}

impl Fields {
    /// Returns `record` as it is indexed.
    pub(crate) fn record(&self, record: &Record) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        entry.add_text(self.guide, &record.path);
        entry.add_text(self.path, &record.path);
        entry.add_u64(self.size, record.size);
        entry.add_u64(self.modified, record.modified);
        entry.add_u64(self.hash, record.hash);
        entry.add_u64(self.documents, record.documents);
        entry.add_text(self.abbreviations, NO_PAIR);
        if !record.warnings.is_empty() {
            // Pairs of a number and a string always have a JSON form.
            let json = serde_json::to_string(&record.warnings).unwrap_or_default();
            entry.add_text(self.warnings, json);
        }
        if !record.tags.is_empty() {
            let json = serde_json::to_string(&record.tags).unwrap_or_default();
            entry.add_text(self.declared_tags, json);
        }
        entry
    }

    /// Returns the term that all entries of the guide at `path` have.
    pub(crate) fn guide_term(&self, path: &str) -> Term {
        Term::from_field_text(self.path, path)
    }

    /// Returns the term that documents with `facet` have: its name and its key. A guide has those of
    /// its folders as well.
    pub(crate) fn facet_term(&self, facet: &Facet) -> Term {
        match keys(facet).pop() {
            Some(key) => Term::from_field_text(self.facet, &facet_text(facet.name(), &key)),
            // The folder of all guides.
            None => self.any_document_term(),
        }
    }

    /// Returns the term that every document has, and no record.
    pub(crate) fn any_document_term(&self) -> Term {
        Term::from_field_text(self.facet, ANY_DOCUMENT)
    }
}

/// Stands among the facets of each document.
const ANY_DOCUMENT: &str = "document";

/// What a document offers to whoever asks. Answered questions rank highest, then prose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AnswerClass {
    #[default]
    Unanswered = 0,
    Passage = 1,
    Answered = 2,
}

impl AnswerClass {
    fn of(document: &QaDocument) -> AnswerClass {
        match document.kind {
            DocumentKind::Passage => AnswerClass::Passage,
            DocumentKind::Question if document.has_answer() => AnswerClass::Answered,
            DocumentKind::Question => AnswerClass::Unanswered,
        }
    }

    /// Returns the class with this number in the column.
    pub(crate) fn from_column(number: u64) -> AnswerClass {
        match number {
            1 => AnswerClass::Passage,
            2 => AnswerClass::Answered,
            _ => AnswerClass::Unanswered,
        }
    }
}

/// Returns the terms under which a pair is found from its short form and from its long form.
fn pair_keys(pair: &Pair) -> [String; 2] {
    [
        format!("{}\t{}", pair.short, pair.long),
        format!("{}\t{}", stems(&pair.long), pair.short),
    ]
}

/// Returns the keys under which documents with `facet` are found: of a guide, its folders' as well.
fn keys(facet: &Facet) -> Vec<String> {
    if facet.name() != FacetName::Guide {
        return vec![facet.key().to_owned()];
    }
    let parts = facet.key().split('/').filter(|part| !part.is_empty());
    let folders = parts.scan(String::new(), |folder, part| {
        if !folder.is_empty() {
            folder.push('/');
        }
        folder.push_str(part);
        Some(folder.clone())
    });
    folders.collect()
}

fn facet_text(name: FacetName, key: &str) -> String {
    format!("{name}\0{key}")
}
