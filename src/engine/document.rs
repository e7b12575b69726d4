//! A [`QaDocument`] <-> the JSON object that an engine has of it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::{
    DocId, DocumentKind, Place, QaDocument, TextFormat,
    engine::facet,
    text::{Form, StemCache, Terms, language::Language},
    update::entry::{context_texts, facet_terms_of},
};

/// Identifies a document among any number of documents: 128 bits, written as 26 characters of `0`-`9` and
/// `a`-`z` without `i`, `l`, `o` and `u`.
///
/// It is made of what a [`DocId`] is made of, and stays as long. Two of ten million ids are likely to be
/// equal, since they have 45 bits; two keys are not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EngineKey(u128);

/// The length of a key in characters.
const KEY_LENGTH: usize = 26;

const KEY_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The value of each byte as a digit of a key; a state has many.
const KEY_VALUES: [Option<u8>; 256] = {
    let mut values = [None; 256];
    let mut value = 0;
    while value < KEY_ALPHABET.len() {
        values[KEY_ALPHABET[value] as usize] = Some(value as u8);
        value += 1;
    }
    values
};

/// The most questions of one text in a guide whose places among them are looked for.
const MOST_EQUAL: usize = 10_000;

impl EngineKey {
    /// Returns the key of `document`.
    ///
    /// ```
    /// use hotseat::{EngineKey, QaDocument};
    ///
    /// let key = EngineKey::of(&QaDocument::new("python.md", "What is the GIL?", "A lock."));
    /// assert_eq!(key.to_string(), "3cfzskhhkg5c1x0q7982h6zp9f");
    /// assert_eq!("3cfzskhhkg5c1x0q7982h6zp9f".parse(), Ok(key));
    /// ```
    pub fn of(document: &QaDocument) -> EngineKey {
        let (guide, question) = (&document.guide, &document.question);
        // The place among equal questions is not kept, but it is in the id.
        let mut places = 0..MOST_EQUAL;
        let place = places.find(|place| DocId::new(guide, question, *place) == document.id);
        let text = match place {
            Some(place) => format!("{guide}\0{question}\0{place}"),
            None => format!("\0{}", document.id),
        };
        EngineKey(xxh3_128(text.as_bytes()))
    }
}

impl fmt::Display for EngineKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |i: usize| KEY_ALPHABET[(self.0 >> (5 * i)) as usize & 31];
        let digits: [u8; KEY_LENGTH] = std::array::from_fn(|i| digit(KEY_LENGTH - 1 - i));
        f.pad(&String::from_utf8_lossy(&digits))
    }
}

impl fmt::Debug for EngineKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EngineKey({self})")
    }
}

/// The error for a text that is not the key of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key of a document: {0:?}")]
pub struct ParseEngineKeyError(String);

impl FromStr for EngineKey {
    type Err = ParseEngineKeyError;

    fn from_str(text: &str) -> Result<EngineKey, ParseEngineKeyError> {
        let digit = |byte: u8| KEY_VALUES[usize::from(byte)];
        let mut bits: Option<u128> = (text.len() == KEY_LENGTH).then_some(0);
        for byte in text.bytes() {
            let digit = digit(byte).map(u128::from);
            // The first digit has three bits.
            let shifted = bits.filter(|bits| bits.leading_zeros() >= 5);
            bits = shifted.zip(digit).map(|(bits, digit)| bits << 5 | digit);
        }
        let key = bits.map(EngineKey);
        key.ok_or_else(|| ParseEngineKeyError(text.to_owned()))
    }
}

/// Writes documents as an engine takes them.
///
/// A document is described first, which tells whether it is known; the terms of one that is not are found
/// when its JSON is asked for.
///
/// ```
/// use hotseat::{Exporter, QaDocument};
///
/// let tea = QaDocument::new("tea.md", "What is matcha?", "Green tea. It is ground.");
/// let mut exporter = Exporter::new(1);
/// let (key, _) = exporter.describe(&tea);
/// let json = exporter.json(&tea);
/// assert!(json.contains(&format!("\"key\":\"{key}\"")));
/// assert!(json.contains("\"stems\":\"what is matcha green tea it is ground\""));
/// ```
pub struct Exporter {
    commit: u64,
    terms: Terms,
    stems: StemCache,
    /// The JSON of a document; once it is described, up to its terms.
    json: Vec<u8>,
}

impl fmt::Debug for Exporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exporter")
            .field("commit", &self.commit)
            .finish_non_exhaustive()
    }
}

impl Exporter {
    /// Returns an exporter of documents that have the number `commit`, which grows with each export.
    pub fn new(commit: u64) -> Exporter {
        Exporter {
            commit,
            terms: Terms::default(),
            stems: StemCache::of(Language::English),
            json: Vec::new(),
        }
    }

    /// Returns the key of `document`, and a hash of all that is exported of it.
    ///
    /// # Panics
    ///
    /// Never: strings and numbers always have a JSON form.
    pub fn describe(&mut self, document: &QaDocument) -> (EngineKey, u64) {
        let key = EngineKey::of(document);
        self.json.clear();
        let written = serde_json::to_writer(&mut self.json, &Described::of(document, key));
        written.expect("strings and numbers have a JSON form");
        (key, xxh3_64(&self.json))
    }

    /// Returns the JSON of `document`, which was [described](Exporter::describe) last, in one line.
    ///
    /// # Panics
    ///
    /// Never: strings and numbers always have a JSON form.
    pub fn json(&mut self, document: &QaDocument) -> &str {
        let language = document.rules();
        if language != self.stems.language() {
            self.stems = StemCache::of(language);
        }
        let mut others = String::new();
        let mut question_stems = self.words(&document.question, &mut others);
        let mut stems = question_stems.clone();
        push(&mut question_stems, &others);
        push(&mut stems, &self.words(&document.answer, &mut others));
        push(&mut stems, &others);
        let mut context_stems = String::new();
        for text in context_texts(document) {
            self.terms.analyze(text);
            for term in self.terms.iter() {
                let stem = self.stems.stem(&term).unwrap_or(term.text);
                push(&mut context_stems, stem);
            }
        }
        let facets = facet_terms_of(document);
        let terms = FoundIn {
            facets: facets.iter().map(|term| facet(term)).collect(),
            stems: &stems,
            question_stems: &question_stems,
            context_stems: &context_stems,
            commit: self.commit,
        };
        // Both parts are one object.
        self.json.pop();
        let start = self.json.len();
        let written = serde_json::to_writer(&mut self.json, &terms);
        written.expect("strings and numbers have a JSON form");
        self.json[start] = b',';
        std::str::from_utf8(&self.json).expect("JSON is written as UTF-8")
    }

    /// Returns the stems of the words of `text`, one a word, so that phrases are found; adds the other
    /// forms, of words that are written together or with signs, to `others`.
    fn words(&mut self, text: &str, others: &mut String) -> String {
        let mut words = String::with_capacity(text.len());
        self.terms.analyze(text);
        for term in self.terms.iter() {
            let stem = self.stems.stem(&term).unwrap_or(term.text);
            match term.form {
                Form::Word | Form::Part => push(&mut words, stem),
                _ => push(others, stem),
            }
        }
        words
    }
}

/// Adds `stem` to a list of stems that are joined by spaces.
fn push(stems: &mut String, stem: &str) {
    if !stems.is_empty() && !stem.is_empty() {
        stems.push(' ');
    }
    stems.push_str(stem);
}

/// The part of a document that people see.
#[derive(Serialize)]
struct Described<'a> {
    key: String,
    id: DocId,
    guide: &'a str,
    line: usize,
    kind: DocumentKind,
    question: &'a str,
    answer: &'a str,
    #[serde(skip_serializing_if = "is_markdown")]
    format: TextFormat,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    sections: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    inferred_tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    answered: bool,
    guide_title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    /// As text, such as `page 3`: engines map no objects with a key of several names.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<&'a str>,
}

fn is_markdown(format: &TextFormat) -> bool {
    *format == TextFormat::Markdown
}

impl Described<'_> {
    fn of(document: &QaDocument, key: EngineKey) -> Described<'_> {
        Described {
            key: key.to_string(),
            id: document.id,
            guide: &document.guide,
            line: document.line,
            kind: document.kind,
            question: &document.question,
            answer: &document.answer,
            format: document.format,
            sections: &document.sections,
            tags: &document.tags,
            inferred_tags: &document.inferred_tags,
            category: document.category.as_deref(),
            level: document.level.as_deref(),
            answered: document.has_answer(),
            guide_title: &document.guide_title,
            language: document.language.as_deref(),
            place: document.place.map(|place| place.to_string()),
            payload: document.payload.as_deref(),
        }
    }
}

/// The part of a document that it is found by.
#[derive(Serialize)]
struct FoundIn<'a> {
    facets: Vec<String>,
    stems: &'a str,
    question_stems: &'a str,
    context_stems: &'a str,
    commit: u64,
}

/// A document as an engine returns it.
#[derive(Debug, Deserialize)]
pub(crate) struct Returned {
    pub(crate) key: String,
    #[serde(default)]
    pub(crate) commit: u64,
    id: DocId,
    guide: String,
    line: usize,
    kind: DocumentKind,
    question: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    format: TextFormat,
    #[serde(default)]
    sections: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    inferred_tags: Vec<String>,
    category: Option<String>,
    level: Option<String>,
    #[serde(default)]
    guide_title: String,
    language: Option<String>,
    place: Option<String>,
    payload: Option<String>,
}

impl Returned {
    /// Returns the document that it is of.
    pub(crate) fn document(self) -> QaDocument {
        let mut document = QaDocument::new(self.guide, self.question, self.answer)
            .with_id(self.id)
            .with_format(self.format)
            .with_sections(self.sections)
            .with_tags(self.tags);
        document.line = self.line;
        document.kind = self.kind;
        document.inferred_tags = self.inferred_tags;
        document.category = self.category;
        document.level = self.level;
        document.guide_title = self.guide_title;
        document.language = self.language;
        document.place = self.place.as_deref().and_then(read_place);
        document.payload = self.payload;
        document
    }
}

/// Reads a place as it is shown.
fn read_place(text: &str) -> Option<Place> {
    let (unit, number) = text.split_once(' ')?;
    let number = number.parse().ok()?;
    Some(match unit {
        "page" => Place::Page(number),
        "cell" => Place::Cell(number),
        "row" => Place::Row(number),
        "chapter" => Place::Chapter(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn document() -> QaDocument {
        let mut document =
            QaDocument::new("web/js.md", "What is `Node.js`?", "Not C++, \"but\"\nJS.")
                .with_tags(["JavaScript"])
                .with_sections(["Run times"])
                .with_level("mid")
                .with_language("de")
                .with_payload("x");
        document.place = Some(Place::Page(3));
        document.line = 7;
        document
    }

    fn json(document: &QaDocument) -> String {
        let mut exporter = Exporter::new(3);
        exporter.describe(document);
        exporter.json(document).to_owned()
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        for document in [document(), QaDocument::new("a", "b", "")] {
            let returned: Returned = serde_json::from_str(&json(&document)).unwrap();
            assert_eq!(returned.commit, 3);
            assert_eq!(returned.key, EngineKey::of(&document).to_string());
            assert_eq!(returned.document(), document);
        }
    }

    #[test]
    fn words_stand_in_their_order_and_other_forms_after_them() {
        let json: serde_json::Value =
            serde_json::from_str(&json(&document().with_language("en"))).unwrap();
        assert_eq!(json["stems"], "what is node js not c but js nodej ? c++");
        assert_eq!(json["question_stems"], "what is node js nodej ?");
        let facets = [
            "tag:javascript",
            "guide:web",
            "guide:web/js.md",
            "section:run-times",
        ];
        assert_eq!(json["facets"].as_array().unwrap()[..4], facets);
        assert_eq!(
            json["context_stems"],
            "web webjsmd js md web webj js javascript run time"
        );
    }

    #[test]
    fn a_key_is_told_by_the_place_among_equal_questions_or_the_id() {
        let first = document();
        let id = |nth| DocId::new(&first.guide, &first.question, nth);
        let documents = [
            first.clone(),
            first.clone().with_id(id(2)),
            first.clone().with_key("x"),
        ];
        let keys: HashSet<EngineKey> = documents.iter().map(EngineKey::of).collect();
        assert_eq!(keys.len(), 3);
        for key in keys {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        let most = EngineKey(u128::MAX);
        assert_eq!(most.to_string().parse(), Ok(most));
        for other in [
            "",
            "7zzzzzzzzzzzzzzzzzzzzzzzzu",
            "8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "é",
        ] {
            assert!(other.parse::<EngineKey>().is_err(), "{other}");
        }
    }

    #[test]
    fn a_hash_is_of_all_that_is_shown() {
        let mut exporter = Exporter::new(1);
        let (_, before) = exporter.describe(&document());
        let mut moved = document();
        moved.line += 1;
        assert_ne!(exporter.describe(&moved).1, before);
        assert_eq!(Exporter::new(2).describe(&document()).1, before);
    }
}
