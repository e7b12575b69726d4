//! A [`Query`](crate::Query) run against the index -> [`Results`].

mod min_should_match;
pub(crate) mod plan;
mod position_filter;
pub(crate) mod query;
mod score;
pub(crate) mod snippet;

use std::{cell::OnceCell, collections::BTreeMap, time::Instant};

use serde::Serialize;
use tantivy::{
    DocAddress, DocId as EntryId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, Count, SegmentCollector},
    columnar::StrColumn,
    query::{EmptyQuery, EnableScoring, Weight},
};

use crate::{
    DocId, DocumentKind, FacetName, QaDocument, Query, Snippet, TextFormat,
    search::plan::Plan,
    search::query::Parsed,
    search::snippet::{Marker, marked, snippet},
    store::schema::column,
    store::snapshot::{Columns, Snapshot},
    text::abbreviation::Table,
};

/// How many of the documents that are found are put in order together, by their full scores. More
/// do not rank better. Fixed blocks keep the order the same on whatever page a document is shown.
const BLOCK: usize = 50;

/// How many documents with all words are enough to leave out those with fewer: less than a block
/// ranks worse.
const ENOUGH: usize = BLOCK;

/// What a query found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScorePart {
    /// What is scored, such as a word in a field.
    pub what: String,
    /// How much it adds to the score.
    pub score: f32,
}

/// How many documents have a value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    let mut marker = Marker::new(&plan.marks);
    for (rank, found) in page
        .iter()
        .enumerate()
        .map(|(i, found)| (query.offset + i, found))
    {
        let document = snapshot.document(found.address)?;
        hits.push(hit(query, &mut marker, document, rank + 1, found));
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
    note: Option<String>,
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
fn fewer_words(with_all: usize) -> String {
    match with_all {
        0 => "no document has all words; these have some of them".to_owned(),
        1 => "1 document has all words; the others have some of them".to_owned(),
        _ => format!("{with_all} documents have all words; the others have some of them"),
    }
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
    let scored = score::score(snapshot, &plan.units, &addresses, explain)?;
    for (found, scored) in block.iter_mut().zip(scored) {
        found.score = scored.score;
        found.parts = scored.parts;
    }
    let count = block.len();
    Ok(best_first(snapshot, block, count))
}

/// Finds the documents related to `document`, the best `limit` of them.
pub(crate) fn similar(
    snapshot: &Snapshot<'_>,
    document: Option<&QaDocument>,
    limit: usize,
    began: Instant,
) -> tantivy::Result<Results> {
    let mut hits = Vec::new();
    let mut total = 0;
    if let Some(document) = document {
        let query = Query::new(document.question.clone());
        let plan = plan::similar(document, snapshot)?;
        // It is itself among what has its terms.
        let itself = snapshot.find(&document.id)?;
        let query_of_terms = &*plan.tiers[0].query;
        total = snapshot
            .searcher
            .search(query_of_terms, &Count)?
            .saturating_sub(1);
        let mut related = best_of_union(snapshot, query_of_terms, limit.saturating_add(1))?;
        related.retain(|found| Some(found.address) != itself);
        related.truncate(limit);
        let mut marker = Marker::new(&plan.marks);
        for found in related {
            let document = snapshot.document(found.address)?;
            hits.push(hit(&query, &mut marker, document, hits.len() + 1, &found));
        }
    }
    Ok(Results {
        query: document.map_or_else(String::new, |document| document.question.clone()),
        total,
        took_us: began.elapsed().as_micros() as u64,
        notes: Vec::new(),
        did_you_mean: None,
        hits,
        facets: BTreeMap::new(),
        parsed: None,
    })
}

fn hit(
    query: &Query,
    marker: &mut Marker<'_>,
    document: QaDocument,
    rank: usize,
    found: &Found,
) -> Hit {
    let length = query.snippet_length;
    Hit {
        rank,
        score: found.score,
        snippet: snippet(&document.answer, marker, length, query.fragments),
        marked_question: marked(&document.question, marker),
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
        format: document.format,
        answer: query.full.then_some(document.answer),
        explanation: query.explain.then(|| found.parts.clone()),
    }
}

/// A document that a query found.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    score: Score,
    address: DocAddress,
    parts: Vec<ScorePart>,
    /// Guide and line, once they were looked up.
    place: OnceCell<(Option<String>, Option<u64>)>,
}

impl Found {
    /// Returns its guide and line. In one segment guides are numbered by their paths; those of two
    /// are looked up, which takes a microsecond each.
    fn place(&self, snapshot: &Snapshot<'_>) -> &(Option<String>, Option<u64>) {
        self.place.get_or_init(|| snapshot.place(self.address))
    }
}

/// Returns the best of what was `found`, up to `limit` of them: of equal scores, by guide and line.
fn best_first(snapshot: &Snapshot<'_>, found: Vec<Found>, limit: usize) -> Vec<Found> {
    let columns = snapshot.columns();
    let mut of_segments = vec![Vec::new(); columns.len()];
    for found in found {
        of_segments[found.address.segment_ord as usize].push(found);
    }
    for (found, columns) in of_segments.iter_mut().zip(columns) {
        // The best is the last, to be taken off.
        found.sort_by(|a, b| {
            let by_score = a.score.total_cmp(&b.score);
            by_score.then_with(|| columns.compare(b.address.doc_id, a.address.doc_id))
        });
    }
    let compare = |a: &Found, b: &Found| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| a.place(snapshot).cmp(b.place(snapshot)))
    };
    let mut best = Vec::new();
    while best.len() < limit {
        let heads = of_segments.iter_mut().filter(|found| !found.is_empty());
        let next = heads.min_by(|a, b| compare(&a[a.len() - 1], &b[b.len() - 1]));
        match next.and_then(Vec::pop) {
            Some(found) => best.push(found),
            None => break,
        }
    }
    best
}

/// Finds the best entries: the highest scores, of equal ones by guide and line. Most of what cannot
/// be among them is passed over.
fn best_of_union(
    snapshot: &Snapshot<'_>,
    query: &dyn tantivy::query::Query,
    limit: usize,
) -> tantivy::Result<Vec<Found>> {
    best(snapshot, query, limit, |weight, reader, best| {
        // Below the threshold no entry can be among the best. Equal scores go on: the guide decides.
        weight.for_each_pruning(Score::MIN, reader, &mut |entry, score| {
            if is_alive(reader, entry) {
                best.collect(entry, score);
            }
            best.threshold
        })
    })
}

/// Counts the entries, and finds the best of them on the way.
fn count_and_best(
    snapshot: &Snapshot<'_>,
    query: &dyn tantivy::query::Query,
    limit: usize,
) -> tantivy::Result<(usize, Vec<Found>)> {
    if limit == 0 {
        return Ok((snapshot.searcher.search(query, &Count)?, Vec::new()));
    }
    let mut count = 0;
    let found = best(snapshot, query, limit, |weight, reader, best| {
        weight.for_each(reader, &mut |entry, score| {
            if is_alive(reader, entry) {
                count += 1;
                best.collect(entry, score);
            }
        })
    })?;
    Ok((count, found))
}

fn is_alive(reader: &SegmentReader, entry: EntryId) -> bool {
    let alive = reader.alive_bitset();
    alive.is_none_or(|alive| alive.is_alive(entry))
}

/// Has `collect` go through each segment, and returns the best that it collects.
fn best(
    snapshot: &Snapshot<'_>,
    query: &dyn tantivy::query::Query,
    limit: usize,
    mut collect: impl FnMut(&dyn Weight, &SegmentReader, &mut SegmentBest<'_>) -> tantivy::Result<()>,
) -> tantivy::Result<Vec<Found>> {
    let mut all = Vec::new();
    if limit == 0 {
        return Ok(all);
    }
    let weight = query.weight(EnableScoring::enabled_from_searcher(&snapshot.searcher))?;
    let segments = snapshot.segments().iter().zip(snapshot.columns());
    for (ord, (reader, columns)) in segments.enumerate() {
        let mut best = SegmentBest::new(columns, limit);
        collect(&*weight, reader, &mut best)?;
        best.shrink();
        all.extend(best.entries.iter().map(|(score, entry)| Found {
            score: *score,
            address: DocAddress::new(ord as SegmentOrdinal, *entry),
            parts: Vec::new(),
            place: OnceCell::new(),
        }));
    }
    Ok(best_first(snapshot, all, limit))
}

/// The best entries of one segment, and up to as many that may turn out not to be.
struct SegmentBest<'a> {
    limit: usize,
    columns: &'a Columns,
    entries: Vec<(Score, EntryId)>,
    /// The score that an entry must exceed to be of interest.
    threshold: Score,
}

impl<'a> SegmentBest<'a> {
    fn new(columns: &'a Columns, limit: usize) -> SegmentBest<'a> {
        SegmentBest {
            limit,
            columns,
            entries: Vec::new(),
            threshold: Score::MIN,
        }
    }

    fn collect(&mut self, entry: EntryId, score: Score) {
        if score > self.threshold {
            self.entries.push((score, entry));
            if self.entries.len() >= self.limit.saturating_mul(2) {
                self.shrink();
            }
        }
    }

    /// Keeps the best alone.
    fn shrink(&mut self) {
        if self.entries.len() < self.limit {
            return;
        }
        let columns = self.columns;
        let (_, worst, _) = self.entries.select_nth_unstable_by(self.limit - 1, |a, b| {
            b.0.total_cmp(&a.0).then_with(|| columns.compare(a.1, b.1))
        });
        self.threshold = worst.0.next_down();
        self.entries.truncate(self.limit);
    }
}

/// Counts the values of the facets `names` over all that `query` finds.
fn count_facets(
    snapshot: &Snapshot<'_>,
    query: &dyn tantivy::query::Query,
    names: &[FacetName],
) -> tantivy::Result<BTreeMap<FacetName, Vec<FacetCount>>> {
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let spellings = snapshot.searcher.search(query, &Spellings)?;
    let mut counts: BTreeMap<FacetName, Vec<FacetCount>> =
        names.iter().map(|name| (*name, Vec::new())).collect();
    for ((name, _), spellings) in merge_spellings(spellings) {
        if let Some(values) = counts.get_mut(&name) {
            values.push(facet_count(spellings));
        }
    }
    for values in counts.values_mut() {
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    Ok(counts)
}

/// The ways in which a value is written, and how often each.
type Written = Vec<(String, usize)>;

/// Groups what is written in several ways: `Data Structures` and `data-structures`.
fn merge_spellings(spellings: BTreeMap<String, usize>) -> BTreeMap<(FacetName, String), Written> {
    let mut merged: BTreeMap<(FacetName, String), Written> = BTreeMap::new();
    for (path, count) in spellings {
        // The encoded path of a facet: its name, the steps of its key, the value as written.
        let Some((key, value)) = path.rsplit_once('\0') else {
            continue;
        };
        let Some((name, key)) = key.split_once('\0') else {
            continue;
        };
        if let Ok(name) = name.parse() {
            let written = merged.entry((name, key.to_owned())).or_default();
            written.push((value.to_owned(), count));
        }
    }
    merged
}

/// Returns the count of a value, under the spelling that is most frequent.
fn facet_count(written: Written) -> FacetCount {
    let count = written.iter().map(|(_, count)| count).sum();
    let most = written
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    FacetCount {
        value: most.map(|(value, _)| value).unwrap_or_default(),
        count,
    }
}

/// Counts the facets of the entries that are found, each by its path.
struct Spellings;

struct SegmentSpellings {
    facets: Option<StrColumn>,
    /// The number of entries with each of the segment's facets.
    counts: Vec<usize>,
}

impl Collector for Spellings {
    type Fruit = BTreeMap<String, usize>;
    type Child = SegmentSpellings;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentSpellings> {
        let facets = reader.fast_fields().str(column::FACET_VALUES)?;
        let counts = vec![0; facets.as_ref().map_or(0, |facets| facets.num_terms())];
        Ok(SegmentSpellings { facets, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<Vec<(String, usize)>>>,
    ) -> tantivy::Result<BTreeMap<String, usize>> {
        let mut counts = BTreeMap::new();
        for segment in segments {
            for (path, count) in segment? {
                *counts.entry(path).or_default() += count;
            }
        }
        Ok(counts)
    }
}

impl SegmentCollector for SegmentSpellings {
    type Fruit = tantivy::Result<Vec<(String, usize)>>;

    fn collect(&mut self, entry: EntryId, _: Score) {
        if let Some(facets) = &self.facets {
            for ord in facets.ords().values_for_doc(entry) {
                self.counts[ord as usize] += 1;
            }
        }
    }

    fn harvest(self) -> tantivy::Result<Vec<(String, usize)>> {
        let mut paths = Vec::new();
        for (ord, count) in self.counts.iter().enumerate() {
            if let (Some(facets), true) = (&self.facets, *count > 0) {
                let mut path = String::new();
                facets.ord_to_str(ord as u64, &mut path)?;
                paths.push((path, *count));
            }
        }
        Ok(paths)
    }
}
