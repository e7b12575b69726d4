//! The unit that is indexed and found: a question with its whole answer, or a passage.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// A question with its answer, or the prose of one section that belongs to no question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QaDocument {
    /// The guide's path relative to the content folder, with `/` between its parts.
    pub guide: String,
    /// The 1-based line of the guide on which the document starts.
    pub line: usize,
    /// Whether this is a question or a passage.
    pub kind: Kind,
    /// The question's own text, without number, label or markup; for a passage the title of its
    /// section, or of its guide where it stands in none.
    pub question: String,
    /// The answer, or the passage's text, in Markdown as written; empty if there is none.
    pub answer: String,
    /// The titles of the headings above, outermost first, without the guide's own title.
    pub sections: Vec<String>,
    /// The tags that the guide declares, as written.
    pub tags: Vec<String>,
    /// Tags of a document whose guide declares none: from the names of its file and folders, and
    /// those of other guides that its question or section names.
    pub inferred_tags: Vec<String>,
    /// What sort of guide it is from, such as `Technical`.
    pub category: Option<String>,
    /// How senior the question is, such as `senior`.
    pub level: Option<String>,
    /// The title of the guide.
    pub guide_title: String,
    /// Names the document; stays when its answer is edited or it is moved within its guide.
    pub id: DocId,
}

impl QaDocument {
    /// Returns the tags, declared and inferred.
    pub fn all_tags(&self) -> impl Iterator<Item = &String> {
        self.tags.iter().chain(&self.inferred_tags)
    }

    /// Returns whether there is an answer. A passage always has its text.
    pub fn answered(&self) -> bool {
        !self.answer.is_empty()
    }
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A question, with or without an answer.
    Question,
    /// Prose that belongs to no question.
    Passage,
}

impl Kind {
    /// Returns the kind's name, as in JSON and in the `kind` facet.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Question => "question",
            Kind::Passage => "passage",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Names a document: nine characters of `0`-`9` and `a`-`z` without `i`, `l`, `o` and `u`.
///
/// It is a hash of the guide's path, the question's text and its count among equal questions of
/// the guide, so editing an answer or moving a question keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct DocId(String);

/// The length of an id in characters: 45 bits, so among a million documents two agree with a
/// probability of about 1.4 %.
const ID_LENGTH: usize = 9;

/// Crockford's base 32: no letter that reads like a digit or like another letter.
const ID_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl DocId {
    /// Returns the id of the `nth` (0-based) document of `guide` with this `question`.
    pub fn new(guide: &str, question: &str, nth: usize) -> DocId {
        // xxh3 is specified for good, which the standard library's hasher is not.
        let bits = xxh3_64(format!("{guide}\0{question}\0{nth}").as_bytes());
        let digit = |i: usize| char::from(ID_ALPHABET[(bits >> (5 * i)) as usize & 31]);
        DocId((0..ID_LENGTH).map(digit).collect())
    }

    /// Returns the bits that the id is written from.
    pub(crate) fn bits(&self) -> u64 {
        let digits = self.0.bytes().rev();
        digits.fold(0, |bits, digit| {
            let value = ID_ALPHABET.iter().position(|known| *known == digit);
            bits << 5 | value.unwrap_or(0) as u64
        })
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a document id: {0:?}")]
pub struct ParseDocIdError(String);

impl FromStr for DocId {
    type Err = ParseDocIdError;

    fn from_str(text: &str) -> std::result::Result<DocId, ParseDocIdError> {
        let id = text.to_ascii_lowercase();
        let valid = id.len() == ID_LENGTH && id.bytes().all(|b| ID_ALPHABET.contains(&b));
        if valid {
            Ok(DocId(id))
        } else {
            Err(ParseDocIdError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for DocId {
    type Error = ParseDocIdError;

    fn try_from(text: String) -> std::result::Result<DocId, ParseDocIdError> {
        text.parse()
    }
}

impl From<DocId> for String {
    fn from(id: DocId) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_changes() {
        let id = DocId::new("python.md", "What is the GIL?", 0);
        assert_eq!(id.as_str(), "fy10dth2y");
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
