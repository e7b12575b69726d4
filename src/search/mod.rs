//! A [`Query`](crate::Query) run against the index -> [`Results`].

mod facets;
mod find;
pub(crate) mod lexicon;
mod min_should_match;
pub(crate) mod note;
pub(crate) mod plan;
mod position_filter;
pub(crate) mod query;
mod score;
mod similar;
pub(crate) mod snippet;
pub(crate) mod suggest;
mod weights;

pub(crate) use similar::similar;

use std::{collections::BTreeMap, time::Instant};

use serde::Serialize;
use tantivy::{DocAddress, collector::Count, query::EmptyQuery};

use crate::{
    DocId, DocumentKind, FacetName, Note, NoteCode, QaDocument, Query, Snippet, TextFormat,
    search::facets::count_facets,
    search::find::{Found, best_first, best_of_union, count_and_best},
    search::plan::Plan,
    search::query::Parsed,
    search::snippet::{Highlighter, marked, snippet},
    search::weights::*,
    store::snapshot::Snapshot,
    text::abbreviation::Table,
};

/// What a query found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Results {
    /// The text that was asked for.
    pub query: String,
    /// How many documents match, of which `hits` are the ones asked for.
    pub total: usize,
    /// How long the search took, in microseconds.
    pub took_us: u64,
    /// Remarks on how the query was read, where that differs from what was typed.
    pub notes: Vec<Note>,
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
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Hit {
    /// The place among all that was found; the best has 1.
    pub rank: usize,
    /// How well it matches, comparable within each fifty hits of one result only.
    pub score: f32,
    /// Names the document.
    pub id: DocId,
    /// Whether it is a question or a passage.
    pub kind: DocumentKind,
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
    /// The tags that the guide declares, as written.
    pub tags: Vec<String>,
    /// Tags of a document whose guide declares none; see [`QaDocument::inferred_tags`].
    pub inferred_tags: Vec<String>,
    /// The guide's category.
    pub category: Option<String>,
    /// How senior the question is.
    pub level: Option<String>,
    /// The format of the answer.
    pub format: TextFormat,
    /// The part of the answer that covers the query best.
    pub snippet: Snippet,
    /// The question with its matches marked.
    pub marked_question: Snippet,
    /// What the program that added the document keeps with it; see [`QaDocument::payload`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// The whole answer, if the query asked for it in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What the score is made of, if the query asked to explain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ScorePart>>,
}

/// A part of a hit's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScorePart {
    /// What is scored, such as a word in a field.
    pub what: String,
    /// How much it adds to the score.
    pub score: f32,
}

/// How many documents have a value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FacetCount {
    /// The value, as it is most often written.
    pub value: String,
    /// How many documents have it.
    pub count: usize,
}

/// Runs `parsed`, which is the text of `query`.
pub(crate) fn search(
    snapshot: &Snapshot<'_>,
    own: &Table,
    query: &Query,
    parsed: Parsed,
    began: Instant,
) -> tantivy::Result<Results> {
    let plan = plan::plan(&parsed, &query.text, snapshot, own)?;
    let end = query.offset.saturating_add(query.limit);
    let most = match query.limit {
        0 => 0,
        _ => end.div_ceil(BLOCK).saturating_mul(BLOCK),
    };
    let asked = ask(snapshot, &plan, most)?;
    let page = page(snapshot, &plan, asked.best, query)?;
    let mut hits = Vec::with_capacity(page.len());
    let mut highlighter = Highlighter::new(&plan.marks);
    for (rank, found) in page
        .iter()
        .enumerate()
        .map(|(i, found)| (query.offset + i, found))
    {
        let document = snapshot.document(found.address)?;
        hits.push(hit(query, &mut highlighter, document, rank + 1, found));
    }
    let parsed_text = query.explain.then(|| parsed.to_string());
    let notes = parsed.notes.into_iter().chain(plan.notes.iter().cloned());
    Ok(Results {
        query: query.text.clone(),
        total: asked.total,
        took_us: began.elapsed().as_micros() as u64,
        notes: notes.chain(asked.note).collect(),
        did_you_mean: plan.did_you_mean.clone(),
        hits,
        facets: count_facets(snapshot, asked.query, &query.facets)?,
        parsed: parsed_text,
    })
}

/// What is asked of the index: all words, or most.
struct Asked<'a> {
    query: &'a dyn tantivy::query::Query,
    total: usize,
    /// The best of what is found, by what they were found by.
    best: Vec<Found>,
    note: Option<Note>,
}

/// Asks for all words, and for fewer as long as too few documents have them; gets the best, at most
/// `most`, of what is found.
fn ask<'a>(snapshot: &Snapshot<'_>, plan: &'a Plan, most: usize) -> tantivy::Result<Asked<'a>> {
    let mut with_all = None;
    let mut asked = Asked {
        query: &EmptyQuery,
        total: 0,
        best: Vec::new(),
        note: None,
    };
    for tier in &plan.tiers {
        let query = &*tier.query;
        let (total, best) = match tier.is_union {
            true => (snapshot.searcher.search(query, &Count)?, None),
            false => {
                count_and_best(snapshot, query, most).map(|(count, best)| (count, Some(best)))?
            }
        };
        let with_all = *with_all.get_or_insert(total);
        if total > asked.total {
            asked = Asked {
                query,
                total,
                best: match best {
                    Some(best) => best,
                    None => best_of_union(snapshot, query, most)?,
                },
                note: (total > with_all).then(|| fewer_words(with_all)),
            };
        }
        if total >= ENOUGH {
            break;
        }
    }
    Ok(asked)
}

/// Says that not all that was found has all words.
fn fewer_words(with_all: usize) -> Note {
    let text = match with_all {
        0 => "no document has all words; these have some of them".to_owned(),
        1 => "1 document has all words; the others have some of them".to_owned(),
        _ => format!("{with_all} documents have all words; the others have some of them"),
    };
    Note::new(NoteCode::FewerWords, text)
}

/// Returns what `query` is to show of `found`, best first.
fn page(
    snapshot: &Snapshot<'_>,
    plan: &Plan,
    mut found: Vec<Found>,
    query: &Query,
) -> tantivy::Result<Vec<Found>> {
    let before = found.len().min(query.offset / BLOCK * BLOCK);
    let mut found = found.split_off(before);
    let mut page = Vec::new();
    while !found.is_empty() {
        let next = found.split_off(BLOCK.min(found.len()));
        page.extend(order(snapshot, plan, found, query.explain)?);
        found = next;
    }
    let start = page.len().min(query.offset - before);
    page.truncate(start.saturating_add(query.limit));
    Ok(page.split_off(start))
}

/// Scores a block of what was found by all that `plan` asks for, and puts the best first.
fn order(
    snapshot: &Snapshot<'_>,
    plan: &Plan,
    mut block: Vec<Found>,
    explain: bool,
) -> tantivy::Result<Vec<Found>> {
    let addresses: Vec<DocAddress> = block.iter().map(|found| found.address).collect();
    let scored = score::score(snapshot, &plan.terms, &addresses, explain)?;
    for (found, scored) in block.iter_mut().zip(scored) {
        found.score = scored.score;
        found.parts = scored.parts;
    }
    let count = block.len();
    Ok(best_first(snapshot, block, count))
}

fn hit(
    query: &Query,
    highlighter: &mut Highlighter<'_>,
    document: QaDocument,
    rank: usize,
    found: &Found,
) -> Hit {
    let length = query.snippet_length;
    Hit {
        rank,
        score: found.score,
        snippet: snippet(
            &document.answer,
            document.format,
            highlighter,
            length,
            query.fragments,
        ),
        marked_question: marked(&document.question, highlighter),
        answered: document.has_answer(),
        id: document.id,
        kind: document.kind,
        question: document.question,
        guide: document.guide,
        line: document.line,
        guide_title: document.guide_title,
        sections: document.sections,
        tags: document.tags,
        inferred_tags: document.inferred_tags,
        category: document.category,
        level: document.level,
        payload: document.payload,
        format: document.format,
        answer: query.full.then_some(document.answer),
        explanation: query.explain.then(|| found.parts.clone()),
    }
}
