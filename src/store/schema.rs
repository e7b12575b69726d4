//! The fields of the index, and how values are written as terms and in columns.
//!
//! Two sorts of entry share the index. A *document* is stored whole, packed, and indexed in the
//! fields that queries need. A *guide's record* says what an update must know of one guide (see
//! [`Record`](super::records::Record)) in columns that are read without touching the documents.

use tantivy::{
    Term,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
    },
    tokenizer::TokenizerManager,
};

use crate::{
    DocId, DocumentKind, Facet, FacetName, QaDocument,
    store::term_list::TermListReader,
    text::abbreviation::{Pair, stems},
};

/// Changes with anything that an older index would answer wrongly: fields, analyzer, meaning.
pub(crate) const FORMAT: u32 = 7;

/// The name under which the index knows how lists of terms are read.
const TERM_LIST: &str = "term_list";

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The document itself, packed, without what the next two columns say.
    pub(crate) document: Field,
    /// The text that all documents of a guide share, its path first: a column, in which each text
    /// is only once. Of records, the path alone.
    pub(crate) guide: Field,
    /// The line on which the document starts.
    pub(crate) line: Field,
    /// The document's id, as bits.
    pub(crate) id: Field,
    /// The guide's path, of documents and of records.
    pub(crate) path: Field,
    /// Documents are filtered by it: see [`facet_term`](Fields::facet_term).
    pub(crate) facet: Field,
    /// Documents are counted by it, a column: see [`FacetValue`].
    pub(crate) facet_values: Field,
    /// Stems of the question, then of the answer.
    pub(crate) text: Field,
    /// Stems of the question.
    pub(crate) question: Field,
    /// Stems of the section headings, tags and guide title.
    pub(crate) headings_and_tags: Field,
    /// Words of question and answer as they are spelled, where that is not the stem.
    pub(crate) surface_forms: Field,
    /// Long stems of a language that writes nouns together, [reversed], so that those with one end stand
    /// side by side.
    pub(crate) compounds: Field,
    /// Abbreviations that the document spells out: see [`pair_keys`].
    pub(crate) abbreviations: Field,
    /// The document's [`AnswerClass`].
    pub(crate) answer_class: Field,
    /// The question's word count; it occupies the first positions of `text`.
    pub(crate) question_words: Field,
    /// The document's [`Vector`](crate::text::meaning::Vector), a column of some values; none, if no
    /// word of it is known.
    pub(crate) meaning: Field,
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
    pub(crate) const GUIDE: &str = "guide";
    pub(crate) const LINE: &str = "line";
    pub(crate) const FACET_VALUES: &str = "facet_values";
    pub(crate) const ANSWER_CLASS: &str = "answer_class";
    pub(crate) const QUESTION_WORDS: &str = "question_words";
    pub(crate) const MEANING: &str = "meaning";
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
        id: schema.add_u64_field("id", INDEXED),
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
        headings_and_tags: schema.add_text_field("headings_and_tags", frequent()),
        surface_forms: schema
            .add_text_field("surface_forms", terms(TERM_LIST, IndexRecordOption::Basic)),
        compounds: schema.add_text_field("compounds", terms(TERM_LIST, IndexRecordOption::Basic)),
        abbreviations: schema.add_text_field("abbreviations", whole()),
        answer_class: schema.add_u64_field(column::ANSWER_CLASS, FAST),
        question_words: schema.add_u64_field(column::QUESTION_WORDS, FAST),
        meaning: schema.add_u64_field(column::MEANING, FAST),
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

impl Fields {
    /// Returns the term that all entries of the guide at `path` have.
    pub(crate) fn guide_term(&self, path: &str) -> Term {
        Term::from_field_text(self.path, path)
    }

    /// Returns the term that the record of the guide at `path` has, and none of its documents.
    pub(crate) fn record_term(&self, path: &str) -> Term {
        Term::from_field_text(self.path, &record_path(path))
    }

    /// Returns the term that the document with this id has.
    pub(crate) fn id_term(&self, id: DocId) -> Term {
        Term::from_field_u64(self.id, id.bits())
    }

    /// Returns the term that documents with `facet` have: its name and its key. A guide has those of
    /// its folders as well.
    pub(crate) fn facet_term(&self, facet: &Facet) -> Term {
        match facet_terms(facet).pop() {
            Some(term) => Term::from_field_text(self.facet, &term),
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
pub(crate) const ANY_DOCUMENT: &str = "document";

/// Returns the term that documents in a language with this code have among their facets, unless it is
/// English.
pub(crate) fn language_term(code: &str) -> String {
    format!("{LANGUAGE}{code}")
}

/// The beginning of the [`language_term`]s.
pub(crate) const LANGUAGE: &str = "language\0";

/// Returns `stem` from its end to its start.
pub(crate) fn reversed(stem: &str) -> String {
    stem.chars().rev().collect()
}

/// The class of a document by its answer. Answered questions rank highest, then prose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AnswerClass {
    #[default]
    Unanswered = 0,
    Passage = 1,
    Answered = 2,
    /// A passage most lines of which lead elsewhere, such as a list of sources.
    References = 3,
}

impl AnswerClass {
    pub(crate) fn of(document: &QaDocument) -> AnswerClass {
        match document.kind {
            DocumentKind::Passage if leads_elsewhere(&document.answer) => AnswerClass::References,
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
            3 => AnswerClass::References,
            _ => AnswerClass::Unanswered,
        }
    }
}

/// Returns whether most lines of `text` have an address.
fn leads_elsewhere(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (mut all, mut addresses) = (0, 0);
    for line in lines {
        all += 1;
        addresses += usize::from(line.contains("://"));
    }
    addresses * 2 > all
}

/// Returns the path of a guide as only its record has it; no path begins with NUL.
pub(crate) fn record_path(path: &str) -> String {
    format!("\0{path}")
}

/// Returns the terms under which a pair is found: from its short form and from its long form.
pub(crate) fn pair_terms(pair: &Pair) -> [String; 2] {
    [
        format!("{}{}", pair_prefix(&pair.short), pair.long),
        format!("{}{}", pair_prefix(&stems(&pair.long)), pair.short),
    ]
}

/// Returns the beginning of the terms of all pairs with `key`, a short form or the stems of a long one.
pub(crate) fn pair_prefix(key: &str) -> String {
    format!("{key}\t")
}

/// Returns the key in the term of a pair, and the form that it is paired with.
pub(crate) fn split_pair(term: &str) -> Option<(&str, &str)> {
    term.split_once('\t')
}

/// Returns the terms that documents with `facet` have: of a guide, those of its folders first.
pub(crate) fn facet_terms(facet: &Facet) -> Vec<String> {
    let name = facet.name();
    if name != FacetName::Guide {
        return vec![[name.as_str(), "\0", facet.key()].concat()];
    }
    let parts = facet.key().split('/').filter(|part| !part.is_empty());
    let folders = parts.scan(format!("{name}\0"), |folder, part| {
        if !folder.ends_with('\0') {
            folder.push('/');
        }
        folder.push_str(part);
        Some(folder.clone())
    });
    folders.collect()
}

/// A facet of a document as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FacetValue<'a> {
    pub(crate) name: FacetName,
    /// The key that values counted as one share.
    pub(crate) key: &'a str,
    /// The value as the guide has it.
    pub(crate) written: &'a str,
}

impl FacetValue<'_> {
    /// Returns the key by which `facet` is counted: of a guide, its very name.
    pub(crate) fn key(facet: &Facet) -> &str {
        if facet.name() == FacetName::Guide {
            facet.written()
        } else {
            facet.key()
        }
    }

    /// Returns what the column has of it.
    pub(crate) fn encode(&self) -> String {
        // NUL is what stands between the parts.
        let written = self.written.replace('\0', " ");
        [self.name.as_str(), "\0", self.key, "\0", &written].concat()
    }

    /// Reads what [`encode`](FacetValue::encode) wrote.
    pub(crate) fn decode(column: &str) -> Option<FacetValue<'_>> {
        let (name, rest) = column.split_once('\0')?;
        let (key, written) = rest.split_once('\0')?;
        let name = name.parse().ok()?;
        Some(FacetValue { name, key, written })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_value_is_read_as_it_was_written() {
        for (name, written) in [
            (FacetName::Tag, "Data Structures"),
            (FacetName::Guide, "a/B.md"),
        ] {
            let facet = Facet::new(name, written);
            let key = FacetValue::key(&facet);
            let value = FacetValue { name, key, written };
            assert_eq!(FacetValue::decode(&value.encode()), Some(value));
        }
        assert_eq!(FacetValue::decode("tag"), None);
    }

    #[test]
    fn a_pair_is_found_from_both_sides() {
        let pair = Pair {
            short: "gil".to_owned(),
            long: "global interpreter lock".to_owned(),
        };
        let [from_short, from_long] = pair_terms(&pair);
        assert_eq!(split_pair(&from_short), Some(("gil", &*pair.long)));
        assert!(from_short.starts_with(&pair_prefix("gil")));
        let (key, short) = split_pair(&from_long).unwrap();
        assert_eq!((key, short), (&*stems(&pair.long), "gil"));
    }

    #[test]
    fn an_answer_class_is_read_as_it_was_written() {
        use AnswerClass::{Answered, Passage, References, Unanswered};
        for class in [Unanswered, Passage, Answered, References] {
            assert_eq!(AnswerClass::from_column(class as u64), class);
        }
    }

    #[test]
    fn a_guide_has_the_terms_of_its_folders() {
        let terms = facet_terms(&Facet::new(FacetName::Guide, "a/b/c.md"));
        assert_eq!(terms, ["guide\0a", "guide\0a/b", "guide\0a/b/c.md"]);
    }
}
