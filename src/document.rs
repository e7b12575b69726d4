//! The unit that is indexed and found: a question with its whole answer, or a passage.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::text::{language::Language, markup::TextFormat};

/// A question with its answer, or the prose of one section that belongs to no question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QaDocument {
    /// The guide's path relative to the content folder, with `/` between its parts.
    pub guide: String,
    /// The 1-based line of the guide on which the document starts.
    pub line: usize,
    /// Whether this is a question or a passage.
    pub kind: DocumentKind,
    /// The question's own text, without number, label or markup; for a passage the title of its
    /// section, or of its guide where it stands in none.
    pub question: String,
    /// The answer, or the passage's text, as written; empty if there is none.
    pub answer: String,
    /// The format of the answer.
    #[serde(default)]
    pub format: TextFormat,
    /// The titles of the headings above, outermost first, without the guide's own title.
    pub sections: Vec<String>,
    /// The tags that the guide declares and then those of the question itself, as written.
    pub tags: Vec<String>,
    /// Tags of a document whose guide declares none: the names of its folders, and the tags of other
    /// guides that its question or section names.
    pub inferred_tags: Vec<String>,
    /// The sort of guide it is from, such as `Technical`.
    pub category: Option<String>,
    /// The seniority that the question is for, such as `senior`.
    pub level: Option<String>,
    /// The title of the guide.
    pub guide_title: String,
    /// The language whose rules say which forms of a word are the same word: the code of Danish,
    /// Dutch, French, German, Italian, Norwegian, Portuguese, Russian, Spanish or Swedish, such as
    /// `de`. Without one, the rules are those of English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Identifies the document; stays the same when its answer is edited or it is moved within its
    /// guide.
    pub id: DocId,
    /// The place in the guide at which it starts, if its readers count something other than lines,
    /// such as pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Whatever the program that added the document keeps with it, such as a URL. It comes back with
    /// each hit, and is not searched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

/// A place in a file that is not one of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// A page of a document that has pages, counted from 1.
    Page(u32),
    /// A cell of a notebook, counted from 1.
    Cell(u32),
    /// A row of a table, counted from 1; the row with the names of the columns counts.
    Row(u32),
    /// A chapter of a book, counted from 1; the document's line is a line of the chapter's file.
    Chapter(u32),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Page(number) => write!(f, "page {number}"),
            Place::Cell(number) => write!(f, "cell {number}"),
            Place::Row(number) => write!(f, "row {number}"),
            Place::Chapter(number) => write!(f, "chapter {number}"),
        }
    }
}

impl QaDocument {
    /// Returns a document that is in no guide's file: a question of `guide`, which may be any name,
    /// with its answer in Markdown, or with none yet if that is empty.
    ///
    /// It starts on line 1, and is titled as the guide. Everything else is set by `with_…`, or in
    /// its fields. A question that is asked twice in one guide needs an id of its own each time;
    /// see [`with_id`](QaDocument::with_id).
    ///
    /// ```
    /// use hotseat::QaDocument;
    ///
    /// let document = QaDocument::new("quiz/7", "What is a closure?", "A function and its variables.")
    ///     .with_sections(["Functions"])
    ///     .with_tags(["JavaScript"])
    ///     .with_level("mid");
    /// assert!(document.has_answer());
    /// ```
    pub fn new(
        guide: impl Into<String>,
        question: impl Into<String>,
        answer: impl Into<String>,
    ) -> QaDocument {
        let (guide, question) = (guide.into(), question.into());
        QaDocument {
            line: 1,
            kind: DocumentKind::Question,
            answer: answer.into(),
            format: TextFormat::Markdown,
            sections: Vec::new(),
            tags: Vec::new(),
            inferred_tags: Vec::new(),
            category: None,
            level: None,
            guide_title: guide.clone(),
            language: None,
            id: DocId::new(&guide, &question, 0),
            guide,
            question,
            place: None,
            payload: None,
        }
    }

    /// Sets the id, in place of the one made of the guide and the question.
    #[must_use]
    pub fn with_id(mut self, id: DocId) -> QaDocument {
        self.id = id;
        self
    }

    /// Sets the id to a hash of `key`, a name that the program chooses.
    #[must_use]
    pub fn with_key(self, key: &str) -> QaDocument {
        self.with_id(DocId::of_key(key))
    }

    /// Sets what comes back with each hit, such as a URL.
    #[must_use]
    pub fn with_payload(mut self, payload: impl Into<String>) -> QaDocument {
        self.payload = Some(payload.into());
        self
    }

    /// Sets the format of the answer, in place of Markdown.
    #[must_use]
    pub fn with_format(mut self, format: TextFormat) -> QaDocument {
        self.format = format;
        self
    }

    /// Sets the titles of the sections that it stands in, outermost first.
    #[must_use]
    pub fn with_sections(
        mut self,
        titles: impl IntoIterator<Item = impl Into<String>>,
    ) -> QaDocument {
        self.sections = titles.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the tags, as they are to be shown.
    #[must_use]
    pub fn with_tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> QaDocument {
        self.tags = tags.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the category, such as `Technical`.
    #[must_use]
    pub fn with_category(mut self, category: impl Into<String>) -> QaDocument {
        self.category = Some(category.into());
        self
    }

    /// Sets how senior the question is, such as `senior`.
    #[must_use]
    pub fn with_level(mut self, level: impl Into<String>) -> QaDocument {
        self.level = Some(level.into());
        self
    }

    /// Sets the language by its code, such as `de`; see [`language`](QaDocument::language).
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let lock = QaDocument::new("faden", "Was sind Sperren?", "Ein Faden hält sie.").with_language("de");
    /// let results = Index::in_memory([lock])?.search(&Query::new("Sperre"))?;
    /// assert_eq!(results.total, 1);
    /// # hotseat::Result::Ok(())
    /// ```
    #[must_use]
    pub fn with_language(mut self, code: impl Into<String>) -> QaDocument {
        self.language = Some(code.into());
        self
    }

    /// Returns the rules by which its words have other forms.
    pub(crate) fn rules(&self) -> Language {
        let named = self.language.as_deref().and_then(Language::named);
        named.unwrap_or(Language::English)
    }

    /// Returns the tags, declared and inferred.
    pub fn all_tags(&self) -> impl Iterator<Item = &str> {
        let tags = self.tags.iter().chain(&self.inferred_tags);
        tags.map(String::as_str)
    }

    /// Returns whether there is an answer. A passage always has its text.
    pub fn has_answer(&self) -> bool {
        !self.answer.is_empty()
    }
}

/// The kind of a document. Text of a guide that is not a question with its answer is prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// A question, with or without an answer.
    Question,
    /// Prose that belongs to no question.
    Passage,
}

impl DocumentKind {
    /// Returns the kind's name, as in JSON and in the `kind` facet.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::Question => "question",
            DocumentKind::Passage => "passage",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Identifies a document: a number, written as nine characters of `0`-`9` and `a`-`z` without `i`,
/// `l`, `o` and `u`.
///
/// It is a hash of the guide's path, the question's text and its count among equal questions of the
/// guide, so editing an answer or moving a question keeps it; or it is a hash of a key that the
/// program chooses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String")
)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub struct DocId(u64);

/// The length of an id in characters: 45 bits, so among a million documents two agree with a
/// probability of about 1.4 %.
const ID_LENGTH: usize = 9;
const ID_BITS: u64 = (1 << (5 * ID_LENGTH)) - 1;

/// Crockford's base 32: no letter that reads like a digit or like another letter.
const ID_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The value of each byte as a digit, in both cases: a log of reviews has many ids.
const ID_VALUES: [Option<u8>; 256] = {
    let mut values = [None; 256];
    let mut value = 0;
    while value < ID_ALPHABET.len() {
        let digit = ID_ALPHABET[value];
        values[digit as usize] = Some(value as u8);
        values[digit.to_ascii_uppercase() as usize] = Some(value as u8);
        value += 1;
    }
    values
};

impl DocId {
    /// Returns the id of the `nth` (0-based) document of `guide` with this `question`.
    ///
    /// ```
    /// use hotseat::DocId;
    ///
    /// let id = DocId::new("python.md", "What is the GIL?", 0);
    /// assert_eq!(id.to_string(), "fy10dth2y");
    /// assert_eq!("FY10DTH2Y".parse(), Ok(id));
    /// ```
    pub fn new(guide: &str, question: &str, nth: usize) -> DocId {
        DocId::hash(&[guide, "\0", question, "\0", &nth.to_string()].concat())
    }

    /// Returns the id of the document that a program calls `key`, whatever its guide and question.
    pub fn of_key(key: &str) -> DocId {
        // No id of a guide's document begins so, as no path of a guide is empty.
        DocId::hash(&format!("\0{key}"))
    }

    fn hash(text: &str) -> DocId {
        // xxh3 is specified for good, which the standard library's hasher is not.
        DocId::from_bits(xxh3_64(text.as_bytes()))
    }

    /// Returns the number that the id is.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    pub(crate) fn from_bits(bits: u64) -> DocId {
        DocId(bits & ID_BITS)
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |i: usize| char::from(ID_ALPHABET[(self.0 >> (5 * i)) as usize & 31]);
        f.pad(&(0..ID_LENGTH).map(digit).collect::<String>())
    }
}

impl fmt::Debug for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocId({self})")
    }
}

/// The error for a text that is not a document id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a document id: {0:?}")]
pub struct ParseDocIdError(String);

impl FromStr for DocId {
    type Err = ParseDocIdError;

    fn from_str(text: &str) -> std::result::Result<DocId, ParseDocIdError> {
        let error = || ParseDocIdError(text.to_owned());
        if text.len() != ID_LENGTH {
            return Err(error());
        }
        let mut bits = 0;
        for digit in text.bytes().rev() {
            let value = ID_VALUES[usize::from(digit)];
            bits = bits << 5 | u64::from(value.ok_or_else(error)?);
        }
        Ok(DocId(bits))
    }
}

impl TryFrom<Cow<'_, str>> for DocId {
    type Error = ParseDocIdError;

    fn try_from(text: Cow<'_, str>) -> std::result::Result<DocId, ParseDocIdError> {
        text.parse()
    }
}

impl From<DocId> for String {
    fn from(id: DocId) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_no_file_has_the_id_of_one_in_a_guide() {
        let guide = crate::Guide::parse("a.md", "## What is a map?\n\nA table.\n");
        let [split] = &crate::split(&guide)[..] else {
            panic!("one question is one document");
        };
        let made = QaDocument::new("a.md", "What is a map?", "A table.");
        assert_eq!(made.id, split.id);
    }

    #[test]
    fn an_id_never_changes() {
        let id = DocId::new("python.md", "What is the GIL?", 0);
        assert_eq!(id.to_string(), "fy10dth2y");
        assert_eq!(DocId::of_key("tea").to_string(), "qpdw88vp6");
    }

    #[test]
    fn equal_questions_of_a_guide_have_their_own_ids() {
        let ids = [0, 1].map(|nth| DocId::new("quiz.md", "What's the output?", nth));
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let id = DocId::new("a.md", "b", 0);
        assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        assert!("none".parse::<DocId>().is_err());
    }
}
