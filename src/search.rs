//! A [`Query`](crate::Query) run against the index -> [`Results`].

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{DocId, FacetName, Kind, Snippet};

/// What a query found.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Results {
    /// The text that was asked for.
    pub query: String,
    /// How many documents match, of which `hits` are the ones asked for.
    pub total: usize,
    /// How long the search took, in microseconds.
    pub took_us: u64,
    /// What was understood in another way than it was typed, one sentence each.
    pub notes: Vec<String>,
    /// The text with its misspelt words repaired, if it has any.
    pub did_you_mean: Option<String>,
    /// The best documents, best first.
    pub hits: Vec<Hit>,
    /// The values of the facets that the query asked to count, most frequent first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facets: BTreeMap<FacetName, Vec<FacetCount>>,
    /// How the text was understood, if the query asked to explain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parsed: Option<String>,
}

/// A document that was found.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The place among all that was found; the best has 1.
    pub rank: usize,
    /// How well it matches, comparable within one result only.
    pub score: f32,
    /// Names the document.
    pub id: DocId,
    /// Whether it is a question or a passage.
    pub kind: Kind,
    /// The question, or a passage's title.
    pub question: String,
    /// Whether there is an answer.
    pub answered: bool,
    /// The guide's path relative to the content folder.
    pub guide: String,
    /// The 1-based line of the guide on which the document starts.
    pub line: usize,
    /// The guide's title.
    pub guide_title: String,
    /// The titles of the headings above, outermost first.
    pub sections: Vec<String>,
    /// The tags as written.
    pub tags: Vec<String>,
    /// The guide's category.
    pub category: Option<String>,
    /// How senior the question is.
    pub level: Option<String>,
    /// The part of the answer that covers the query best.
    pub snippet: Snippet,
    /// The question with its matches marked.
    #[serde(skip)]
    pub marked_question: Snippet,
    /// The whole answer, if the query asked for it in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What the score is made of, if the query asked to explain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ScorePart>>,
}

/// A part of a hit's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScorePart {
    /// What is scored, such as a word in a field.
    pub what: String,
    /// How much it adds to the score.
    pub score: f32,
}

/// How many documents have a value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCount {
    /// The value, as it is most often written.
    pub value: String,
    /// How many documents have it.
    pub count: usize,
}
