//! The fields of the index; [`QaDocument`] <-> a tantivy document.
//!
//! Two sorts of entry share the index. A *document* is stored whole, as JSON, and indexed in the
//! fields that queries need. A *guide's record* says what an update must know of one guide (see
//! [`Record`]) in columns that are read without touching the documents.

use tantivy::{
    TantivyDocument, Term,
    schema::{
        FAST, Facet as Path, FacetOptions, Field, IndexRecordOption, STORED, STRING, Schema,
        TextFieldIndexing, TextOptions, Value,
    },
    tokenizer::TokenizerManager,
};

use crate::{
    DocId, Facet, FacetName, Kind, QaDocument,
    abbreviation::{Pair, mine, stems},
    analyzer::{Analyzer, Terms},
};

/// Changes with anything that an older index would answer wrongly: fields, analyzer, meaning.
pub(crate) const FORMAT: u32 = 1;

/// The names under which the two analyzers are known to the index.
const STEMS: &str = "stems";
const WORDS: &str = "words";

/// How often the question stands in the text field beside its answer: measured, three times is
/// worth more than any boost of a field of its own.
const QUESTION_WEIGHT: usize = 3;

/// The longest value in bytes that can be filtered by; what is longer is no name.
const MAX_FACET: usize = 1000;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The document itself, as JSON.
    pub(crate) document: Field,
    /// The document's id.
    pub(crate) id: Field,
    /// The guide's path, of documents and of records.
    pub(crate) path: Field,
    /// The line on which the document starts.
    pub(crate) line: Field,
    /// Facets: `/name/key…/value as written`.
    pub(crate) facet: Field,
    /// Stems of the question, several times, and of the answer.
    pub(crate) text: Field,
    /// Stems of the question.
    pub(crate) question: Field,
    /// Stems of the answer, without positions: what must stand there.
    pub(crate) answer: Field,
    /// Stems of the sections, tags and titles.
    pub(crate) context: Field,
    /// Words of question and answer, unstemmed.
    pub(crate) words: Field,
    /// Pairs that the document spells out: see [`pair_keys`].
    pub(crate) abbreviations: Field,
    /// What kind of hit it makes: see [`worth`].
    pub(crate) worth: Field,
    /// How many words the question has: so many positions of the text are its.
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
    pub(crate) const PATH: &str = "path";
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
    let indexed = |analyzer: &str, option| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analyzer)
            .set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stems = || indexed(STEMS, IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let fields = Fields {
        document: schema.add_bytes_field("document", STORED),
        id: schema.add_text_field("id", STRING),
        path: schema.add_text_field(column::PATH, STRING | FAST),
        line: schema.add_u64_field(column::LINE, FAST),
        facet: schema.add_facet_field(column::FACET, FacetOptions::default()),
        text: schema.add_text_field("text", stems()),
        question: schema.add_text_field("question", stems()),
        answer: schema.add_text_field("answer", indexed(STEMS, IndexRecordOption::Basic)),
        context: schema.add_text_field("context", stems()),
        words: schema.add_text_field("words", indexed(WORDS, IndexRecordOption::Basic)),
        abbreviations: schema.add_text_field("abbreviations", STRING),
        worth: schema.add_u64_field(column::WORTH, FAST),
        question_words: schema.add_u64_field(column::QUESTION_WORDS, FAST),
        size: schema.add_u64_field(column::SIZE, FAST),
        modified: schema.add_u64_field(column::MODIFIED, FAST),
        hash: schema.add_u64_field(column::HASH, FAST),
        documents: schema.add_u64_field(column::DOCUMENTS, FAST),
        warnings: schema.add_text_field(column::WARNINGS, TextOptions::default().set_fast("raw")),
        declared_tags: schema.add_text_field(
            column::DECLARED_TAGS,
            TextOptions::default().set_fast("raw"),
        ),
    };
    (schema.build(), fields)
}

/// Returns the analyzers that the schema names.
pub(crate) fn analyzers() -> TokenizerManager {
    let analyzers = TokenizerManager::default();
    analyzers.register(STEMS, Analyzer::new(true));
    analyzers.register(WORDS, Analyzer::new(false));
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

impl Fields {
    /// Returns `document` as it is indexed.
    pub(crate) fn document(&self, document: &QaDocument) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        // A struct of strings and numbers always has a JSON form.
        let json = serde_json::to_vec(document).unwrap_or_default();
        entry.add_bytes(self.document, &json);
        entry.add_text(self.id, document.id.as_str());
        entry.add_text(self.path, &document.guide);
        entry.add_u64(self.line, document.line as u64);
        for path in facet_paths(document) {
            entry.add_facet(self.facet, path);
        }
        for _ in 0..QUESTION_WEIGHT {
            entry.add_text(self.text, &document.question);
        }
        entry.add_text(self.text, &document.answer);
        entry.add_text(self.question, &document.question);
        entry.add_text(self.answer, &document.answer);
        for text in document.sections.iter().chain(document.all_tags()) {
            entry.add_text(self.context, text);
        }
        entry.add_text(self.context, &document.guide_title);
        entry.add_text(self.words, &document.question);
        entry.add_text(self.words, &document.answer);
        for pair in mine(&document.question)
            .iter()
            .chain(&mine(&document.answer))
        {
            for key in pair_keys(pair) {
                entry.add_text(self.abbreviations, key);
            }
        }
        entry.add_u64(self.worth, worth(document));
        entry.add_u64(self.question_words, words(&document.question));
        entry
    }

    /// Returns the document that was indexed as `entry`; `None` if the entry holds none.
    pub(crate) fn read_document(&self, entry: &TantivyDocument) -> Option<QaDocument> {
        let json = entry.get_first(self.document)?.as_bytes()?;
        serde_json::from_slice(json).ok()
    }

    /// Returns `record` as it is indexed.
    pub(crate) fn record(&self, record: &Record) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        entry.add_text(self.path, &record.path);
        entry.add_u64(self.size, record.size);
        entry.add_u64(self.modified, record.modified);
        entry.add_u64(self.hash, record.hash);
        entry.add_u64(self.documents, record.documents);
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

    /// Returns the term that the document `id` has.
    pub(crate) fn id_term(&self, id: &DocId) -> Term {
        Term::from_field_text(self.id, id.as_str())
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

/// Returns how many words `text` has.
fn words(text: &str) -> u64 {
    let terms = Terms::of(text);
    let last = terms.iter().last();
    last.map_or(0, |term| term.position as u64 + 1)
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
