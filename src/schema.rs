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
    schema::{
        FAST, Facet as Path, FacetOptions, Field, IndexRecordOption, STORED, Schema,
        TextFieldIndexing, TextOptions,
    },
    tokenizer::TokenizerManager,
};

use crate::{
    Facet, FacetName, Kind, QaDocument,
    abbreviation::{Pair, mine, stems},
    analyzer::{StemCache, TermList, TermListReader, Terms},
    packed::{self, Dictionary, Packer},
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
    /// The document itself, packed, without what all of its guide share.
    pub(crate) document: Field,
    /// What all documents of a guide share, its path first: a column, in which each text is only
    /// once. Of records, the path alone.
    pub(crate) guide: Field,
    /// The document's id, as bits.
    pub(crate) id: Field,
    /// The guide's path, of documents and of records.
    pub(crate) path: Field,
    /// The line on which the document starts.
    pub(crate) line: Field,
    /// Facets: `/name/key…/value as written`.
    pub(crate) facet: Field,
    /// Stems of the question, then of the answer.
    pub(crate) text: Field,
    /// Stems of the question.
    pub(crate) question: Field,
    /// Stems of the sections, tags and titles.
    pub(crate) context: Field,
    /// Words of question and answer that are not their own stems.
    pub(crate) words: Field,
    /// Pairs that the document spells out: see [`pair_keys`].
    pub(crate) abbreviations: Field,
    /// What kind of hit it makes: see [`worth`].
    pub(crate) worth: Field,
    /// How many words the question has: so many positions of the text are its, the first ones.
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
    pub(crate) const FACET: &str = "facet";
    pub(crate) const WORTH: &str = "worth";
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
        facet: schema.add_facet_field(column::FACET, FacetOptions::default()),
        text: schema.add_text_field(
            "text",
            terms(TERM_LIST, IndexRecordOption::WithFreqsAndPositions),
        ),
        question: schema.add_text_field("question", frequent()),
        context: schema.add_text_field("context", frequent()),
        words: schema.add_text_field("words", terms(TERM_LIST, IndexRecordOption::Basic)),
        abbreviations: schema.add_text_field("abbreviations", whole()),
        worth: schema.add_u64_field(column::WORTH, FAST),
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
}

impl EntryMaker {
    pub(crate) fn new(fields: Fields, dictionary: &Dictionary) -> EntryMaker {
        EntryMaker {
            fields,
            terms: Terms::default(),
            stems: StemCache::default(),
            packer: Packer::new(dictionary),
        }
    }

    /// Returns `document` as it is indexed.
    pub(crate) fn entry(&mut self, document: &QaDocument) -> TantivyDocument {
        let fields = self.fields;
        let mut entry = TantivyDocument::default();
        entry.add_bytes(fields.document, &self.packer.pack(document));
        entry.add_text(fields.guide, packed::guide(document));
        entry.add_u64(fields.id, document.id.bits());
        entry.add_text(fields.path, &document.guide);
        entry.add_u64(fields.line, document.line as u64);
        for path in facet_paths(document) {
            entry.add_facet(fields.facet, path);
        }
        self.add_text(document, &mut entry);
        let mut context = TermList::default();
        let titles = document.sections.iter().chain([&document.guide_title]);
        for title in titles.map(String::as_str).chain(document.all_tags()) {
            self.terms.analyze(title);
            for term in self.terms.iter() {
                context.push(self.stems.stem(term.text).unwrap_or(term.text), 0);
            }
        }
        entry.add_text(fields.context, context.as_str());
        for pair in mine(&document.question)
            .iter()
            .chain(&mine(&document.answer))
        {
            for key in pair_keys(pair) {
                entry.add_text(fields.abbreviations, key);
            }
        }
        entry.add_u64(fields.worth, worth(document));
        // Thousands may wait for the thread that writes the index.
        entry.shrink_to_fit();
        entry
    }

    /// Adds the terms of question and answer.
    fn add_text(&mut self, document: &QaDocument, entry: &mut TantivyDocument) {
        let (mut text, mut question) = (TermList::default(), TermList::default());
        let mut words = TermList::default();
        let mut end = 0;
        self.terms.analyze(&document.question);
        for term in self.terms.iter() {
            let stem = self.stems.stem(term.text);
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
            let stem = self.stems.stem(term.text);
            text.push(stem.unwrap_or(term.text), start + term.position);
            if stem.is_some() {
                words.push(term.text, 0);
            }
        }
        entry.add_text(self.fields.text, text.as_str());
        entry.add_text(self.fields.question, question.as_str());
        entry.add_text(self.fields.words, words.as_str());
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

    /// Returns the term that documents with `facet` have, also below it in a hierarchy.
    pub(crate) fn facet_term(&self, facet: &Facet) -> Term {
        let path = Path::from_path(key_path(facet));
        Term::from_facet(self.facet, &path)
    }

    /// Returns the term that every document has, and no record.
    pub(crate) fn any_document_term(&self) -> Term {
        let path = Path::from_path([FacetName::Kind.as_str()]);
        Term::from_facet(self.facet, &path)
    }
}

/// The answered question is worth most, then prose, then a question that has no answer.
pub(crate) const UNANSWERED: u64 = 0;
pub(crate) const PASSAGE: u64 = 1;
pub(crate) const ANSWERED: u64 = 2;

fn worth(document: &QaDocument) -> u64 {
    match document.kind {
        Kind::Passage => PASSAGE,
        Kind::Question if document.answered() => ANSWERED,
        Kind::Question => UNANSWERED,
    }
}

/// Returns the terms under which a pair is found from its short form and from its long form.
fn pair_keys(pair: &Pair) -> [String; 2] {
    [
        format!("{}\t{}", pair.short, pair.long),
        format!("{}\t{}", stems(&pair.long), pair.short),
    ]
}

/// Returns the facets of `document`, each value once, as they are indexed.
fn facet_paths(document: &QaDocument) -> Vec<Path> {
    let mut facets: Vec<(Facet, &str)> = Vec::new();
    let mut add = |name, value| {
        let facet = Facet::new(name, value);
        let usable = !facet.key().is_empty() && value.len() <= MAX_FACET;
        if usable && !facets.iter().any(|(other, _)| *other == facet) {
            facets.push((facet, value));
        }
    };
    for tag in document.all_tags() {
        add(FacetName::Tag, tag);
    }
    for section in &document.sections {
        add(FacetName::Section, section);
    }
    if let Some(category) = &document.category {
        add(FacetName::Category, category);
    }
    if let Some(level) = &document.level {
        add(FacetName::Level, level);
    }
    add(FacetName::Guide, &document.guide);
    add(FacetName::Kind, document.kind.as_str());
    facets
        .iter()
        .map(|(facet, value)| {
            // NUL is what tantivy puts between the steps of a path.
            let written = value.replace('\0', " ");
            let mut path = key_path(facet);
            path.push(&written);
            Path::from_path(path)
        })
        .collect()
}

/// Returns the path under which documents with `facet` are indexed: a guide's folders are levels.
fn key_path(facet: &Facet) -> Vec<&str> {
    let mut path = vec![facet.name().as_str()];
    match facet.name() {
        FacetName::Guide => path.extend(facet.key().split('/').filter(|part| !part.is_empty())),
        _ => path.push(facet.key()),
    }
    path
}
