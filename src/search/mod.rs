//! A [`Query`](crate::Query) run against the index -> [`Results`].

pub(crate) mod bounds;
pub(crate) mod complete;
pub(crate) mod facets;
mod find;
pub(crate) mod highlight;
pub(crate) mod lexicon;
mod list;
mod meaning;
mod min_should_match;
pub(crate) mod note;
pub(crate) mod plan;
mod position_filter;
pub(crate) mod query;
mod score;
mod similar;
pub(crate) mod snippet;
pub(crate) mod suggest;
pub(crate) mod weights;

pub(crate) use list::list;
pub(crate) use similar::similar;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet, hash_map::Entry},
    time::Instant,
};

use serde::Serialize;
use tantivy::{DocAddress, Score, query::EmptyQuery};

use crate::{
    DocId, DocumentKind, FacetName, Note, NoteCode, Place, QaDocument, Query, Snippet, TextFormat,
    search::facets::count_facets,
    search::find::{Found, WordsBySegment, best_first, best_of_union, count_and_best, scoring},
    search::min_should_match::count,
    search::plan::Plan,
    search::query::Parsed,
    search::snippet::{Highlighter, marked, snippet},
    search::weights::*,
    store::snapshot::{KeptDocument, Snapshot},
    text::{Terms, abbreviation::Table},
};

/// The results of a query.
///
/// ```
/// use hotseat::{FacetName, Index, QaDocument, Query};
///
/// let index = Index::in_memory([
///     QaDocument::new("locks", "What is a deadlock?", "Threads that wait.").with_level("junior"),
///     QaDocument::new("locks", "How is a deadlock avoided?", "By an order.").with_level("mid"),
/// ])?;
/// let query = Query::new("dedlock").limit(1).facets(&[FacetName::Level]);
/// let results = index.search(&query)?;
/// assert_eq!((results.total, results.hits.len()), (2, 1));
/// assert_eq!(results.did_you_mean.as_deref(), Some("deadlock"));
/// let levels: Vec<&str> = results.facets[&FacetName::Level].iter().map(|level| &*level.value).collect();
/// assert_eq!(levels, ["junior", "mid"]);
/// # hotseat::Result::Ok(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
// Without the example, which is for programs in Rust.
#[cfg_attr(feature = "schema", schemars(description = "The results of a query."))]
#[non_exhaustive]
pub struct Results {
    /// The text that was asked for.
    pub query: String,
    /// The number of documents that match, of which `hits` are the ones asked for.
    pub total: usize,
    /// The time the search took, in microseconds.
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
    /// The query as it was understood, if the query asked for an explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parsed: Option<String>,
    /// The requests to the engine that has the documents, if there is one and the query asked for an
    /// explanation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<String>,
}

/// A document that was found.
///
/// It has all that a list of results shows. The whole answer is in it if the query asked for it by
/// [`Query::full`]; otherwise [`Index::get`](crate::Index::get) returns it, by the id.
///
/// ```
/// use hotseat::{Guide, Index, Query, split};
///
/// let guide = Guide::parse("tea.md", "## Kinds\n\n### What is matcha?\n\nGreen tea, ground.\n\n### What is sencha?\n\nGreen tea, steamed.\n");
/// let index = Index::in_memory(split(&guide))?;
/// let hit = &index.search(&Query::new("matcha"))?.hits[0];
/// assert_eq!(format!("{}. {}", hit.rank, hit.question), "1. What is matcha?");
/// assert_eq!(format!("{}:{}", hit.guide, hit.line), "tea.md:3");
/// assert_eq!(hit.sections, ["Kinds"]);
/// assert_eq!(hit.marked_question.to_html(), "What is <mark>matcha</mark>?");
///
/// let document = index.get(hit.id)?.expect("the document is there");
/// assert_eq!(document.answer, "Green tea, ground.");
/// # hotseat::Result::Ok(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
// Without the example, which is for programs in Rust.
#[cfg_attr(
    feature = "schema",
    schemars(description = "A document that was found.")
)]
#[non_exhaustive]
pub struct Hit {
    /// The rank among all documents found; the best has 1.
    pub rank: usize,
    /// The score, comparable within one result.
    pub score: f32,
    /// Identifies the document.
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
    /// The other places of the same question, if the query asked for each question once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<Twin>,
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
    /// The seniority that the question is for.
    pub level: Option<String>,
    /// The format of the answer.
    pub format: TextFormat,
    /// The part of the answer that covers the query best.
    pub snippet: Snippet,
    /// The question with its matches marked.
    pub marked_question: Snippet,
    /// The place in the guide at which it starts, if its readers count something other than lines,
    /// such as pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The payload that the program added the document with; see [`QaDocument::payload`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// The whole answer, if the query asked for it in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The parts of the score, if the query asked for an explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ScorePart>>,
}

/// A document that asks the same question as a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Twin {
    /// Identifies the document.
    pub id: DocId,
    /// The guide's path relative to the content folder.
    pub guide: String,
    /// The 1-based line of the guide on which the document starts.
    pub line: usize,
}

/// A part of a hit's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScorePart {
    /// The name of the part, such as a word in a field.
    pub what: String,
    /// The share of the score.
    pub score: f32,
}

/// A value of a facet with the number of documents that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FacetCount {
    /// The value, as it is most often written.
    pub value: String,
    /// The number of documents that have it.
    pub count: usize,
}

/// Runs `parsed`, which is the text of `query`.
pub(crate) fn search(
    snapshot: &Snapshot<'_>,
    own: &Table,
    query: &Query,
    mut parsed: Parsed,
    began: Instant,
) -> tantivy::Result<Results> {
    let mut query = Cow::Borrowed(query);
    let work;
    (parsed, work) = bounds::bounded(parsed, snapshot)?;
    let mut plan = plan::plan(&parsed, &query, snapshot, own, work)?;
    if let Some(note) = limit(&mut query, &plan) {
        parsed.notes.push(note);
    }
    let most = most_found(&query);
    let mut found = find(snapshot, &plan, most)?;
    // Quotes and operators may be no syntax but what a sentence has.
    if found.total == 0
        && let Some(words) = parsed.as_words()
    {
        let as_words = plan::plan(&words, &query, snapshot, own, work)?;
        found = find(snapshot, &as_words, most)?;
        (parsed, plan) = (words, as_words);
    }
    let mut page = page(snapshot, &plan, found.best, &query)?;
    // Without a word in no document, nothing is found of an abbreviation alone that no document spells out.
    let lacks_words = plan.words.found < plan.words.all;
    if let (Some(scope), Some(meaning)) = (&plan.without_words, &plan.meaning)
        && found.total < if lacks_words { MOST_NEAR } else { 1 }
        && plan.words.meant > 0
    {
        let with_words = found.tier.map(|tier| &*plan.tiers[tier].query);
        let most = MOST_NEAR - found.total;
        let nearest = meaning::nearest(snapshot, meaning, &**scope, with_words, most)?;
        if !nearest.is_empty() {
            let text = near_note(found.total, nearest.len());
            plan.notes.push(Note::new(NoteCode::ByMeaning, text));
        }
        let before = query.offset.saturating_sub(found.total);
        found.total += nearest.len();
        let room = query.limit - page.len();
        page.extend(nearest.into_iter().skip(before).take(room));
    }
    let weak = page
        .first()
        .is_some_and(|best| best.coverage < WEAK && query.offset == 0);
    let mut hits = Vec::with_capacity(page.len());
    let mut highlighter = Highlighter::new(&plan.marks);
    for (i, found) in page.iter().enumerate() {
        let document = snapshot.kept_document(found.address)?;
        let rank = query.offset + i + 1;
        let mut hit = hit(&query, &mut highlighter, &document, rank, found);
        for twin in &found.twins {
            let twin = snapshot.kept_document(*twin)?;
            hit.also_in.push(Twin::of(&twin));
        }
        hits.push(hit);
    }
    let parsed_text = query.explain.then(|| parsed.to_string());
    let mut notes = parsed.notes;
    notes.extend(plan.notes);
    if weak {
        let text = "no document has more than a small part of this";
        notes.push(Note::new(NoteCode::WeakMatch, text));
    }
    let facets = match found.tier {
        Some(tier) => count_facets(snapshot, &*plan.tiers[tier].query, &query.facets)?,
        None => count_facets(snapshot, &EmptyQuery, &query.facets)?,
    };
    Ok(Results {
        query: query.text.clone(),
        total: found.total,
        took_us: began.elapsed().as_micros() as u64,
        notes,
        did_you_mean: plan.did_you_mean,
        hits,
        facets,
        parsed: parsed_text,
        requests: Vec::new(),
    })
}

/// Returns the number of documents that are found to show what `query` asks for.
pub(crate) fn most_found(query: &Query) -> usize {
    let end = query.offset.saturating_add(query.limit);
    match query.limit {
        0 => 0,
        // Questions that are asked again make room.
        _ => (end.div_ceil(BLOCK) + usize::from(query.once)).saturating_mul(BLOCK),
    }
}

/// Bounds the hits that are shown, and those before them that must be ranked as well, by the number of
/// words that each is ranked by, and by the work of finding them; returns a note if there are fewer than asked
/// for.
fn limit(query: &mut Cow<'_, Query>, plan: &Plan) -> Option<Note> {
    let words: usize = plan.terms.iter().map(|term| term.expansions.len()).sum();
    let left = |most: usize| {
        let least = most / LEAST_SHARE;
        least + (most - least) * plan.work.min(MAX_WORK) as usize / MAX_WORK as usize
    };
    let most = MAX_LIMIT.min(left(MAX_MARKED) / (HIT_WORK + words));
    let most = most.max(BLOCK);
    let unpacked = if query.once { UNPACK_WORK } else { 0 };
    let last = LEAST_RANKED.max(left(MAX_RANKED) / (RANK_WORK + unpacked + words));
    let mut note = None;
    if query.limit > most {
        query.to_mut().limit = most;
        note = Some(format!(
            "at most {most} hits at a time; the offset leads to the others"
        ));
    }
    let shown = last.saturating_sub(query.offset);
    if query.limit > shown {
        query.to_mut().limit = shown;
        note = Some(format!(
            "only the best {last} hits can be shown; narrow the query for others"
        ));
    }
    note.map(|text| Note::new(NoteCode::Shortened, text))
}

/// Says that documents follow those `with_words` that are only near in meaning.
fn near_note(with_words: usize, near: usize) -> String {
    match (with_words, near) {
        (0, _) => "no document has these words; what follows is near in meaning".to_owned(),
        (_, 1) => "the last hit has none of these words, but is near in meaning".to_owned(),
        _ => format!("the last {near} hits have none of these words, but are near in meaning"),
    }
}

/// The documents that a plan finds.
struct Asked {
    /// The tier that finds them; none if there are none.
    tier: Option<usize>,
    total: usize,
    /// The best of them, by what they were found by.
    best: Vec<Found>,
}

/// Finds the documents with all words, and with fewer as long as there are too few; gets the best,
/// at most `most`, of them.
fn find(snapshot: &Snapshot<'_>, plan: &Plan, most: usize) -> tantivy::Result<Asked> {
    let mut asked = Asked {
        tier: None,
        total: 0,
        best: Vec::new(),
    };
    // All tiers that words alone decide have the same words.
    let words = plan.tiers.iter().find_map(|tier| tier.words.as_ref());
    let weight = words.map(|words| words.new_weight(scoring(snapshot)));
    let weight = weight.transpose()?;
    let words = weight
        .as_ref()
        .map(|weight| WordsBySegment::new(snapshot, weight));
    let words = words.transpose()?;
    let mut found = None;
    for (number, tier) in plan.tiers.iter().enumerate() {
        let (total, best, entries) = match (&words, &tier.words) {
            (Some(words), Some(some_of)) => {
                let entries = words.find(some_of.least())?;
                let total = entries.iter().map(|entries| count(entries) as usize).sum();
                (total, Vec::new(), Some(entries))
            }
            _ => {
                let (total, best) = count_and_best(snapshot, &*tier.query, most)?;
                (total, best, None)
            }
        };
        if total > asked.total {
            asked = Asked {
                tier: Some(number),
                total,
                best,
            };
            found = entries;
        }
        if total >= ENOUGH {
            break;
        }
    }
    // Words score what one tier finds, and nothing else.
    if let (Some(words), Some(found), Some(tier)) = (words, found, asked.tier) {
        let tier = &plan.tiers[tier];
        asked.best = match tier.is_pruned && asked.total > PRUNED {
            true => best_of_union(snapshot, &*tier.query, most)?,
            false => words.best(snapshot, &found, most)?,
        };
    }
    if asked.total >= ENOUGH {
        return Ok(asked);
    }
    // What has no more than stop words of the query fills the list up.
    if let (Some(filler), true) = (&plan.filler, asked.total > 0) {
        let fill = most.min(ENOUGH);
        let all = match filler.is_pruned {
            true => best_of_union(snapshot, &*filler.query, ENOUGH)?,
            false => count_and_best(snapshot, &*filler.query, ENOUGH)?.1,
        };
        let known: HashSet<DocAddress> = asked.best.iter().map(|found| found.address).collect();
        asked.total = asked.total.max(all.len());
        let more = all
            .into_iter()
            .filter(|found| !known.contains(&found.address));
        let room = fill.saturating_sub(asked.best.len());
        asked.best.extend(more.take(room));
    }
    Ok(asked)
}

/// Returns what `query` is to show of `found`, best first.
///
/// Blocks are ranked by their full scores one after the other. A later one has no higher scores than
/// what is before it, so that they fall steadily over all pages.
fn page(
    snapshot: &Snapshot<'_>,
    plan: &Plan,
    mut found: Vec<Found>,
    query: &Query,
) -> tantivy::Result<Vec<Found>> {
    let mut page: Vec<Found> = Vec::new();
    let mut asked: HashMap<String, usize> = HashMap::new();
    let mut ceiling = Score::MAX;
    let end = query.offset.saturating_add(query.limit);
    while !found.is_empty() && page.len() < end {
        let next = found.split_off(BLOCK.min(found.len()));
        let mut block = order(snapshot, plan, found, query.explain)?;
        for found in &mut block {
            if found.score > ceiling {
                found.parts.push(ScorePart {
                    what: "comes after the hits before".to_owned(),
                    score: ceiling - found.score,
                });
                found.score = ceiling;
            }
        }
        ceiling = block.last().map_or(ceiling, |found| found.score);
        match query.once {
            true => add_once(snapshot, block, end, &mut page, &mut asked)?,
            false => page.extend(block),
        }
        found = next;
    }
    page.truncate(end);
    Ok(page.split_off(page.len().min(query.offset)))
}

/// Adds a `block` to a page of at most `end` hits: what asks a question again, which `asked` has with its
/// place, as a twin of the hit there.
fn add_once(
    snapshot: &Snapshot<'_>,
    block: Vec<Found>,
    end: usize,
    page: &mut Vec<Found>,
    asked: &mut HashMap<String, usize>,
) -> tantivy::Result<()> {
    for found in block {
        let document = snapshot.kept_document(found.address)?;
        if document.kind == DocumentKind::Question {
            let terms = Terms::of(&document.question);
            let words: Vec<&str> = terms.iter().map(|term| term.text).collect();
            match asked.entry(words.join(" ")) {
                Entry::Occupied(first) => {
                    page[*first.get()].twins.push(found.address);
                    continue;
                }
                Entry::Vacant(new) => {
                    new.insert(page.len());
                }
            }
        }
        if page.len() == end {
            break;
        }
        page.push(found);
    }
    Ok(())
}

impl Twin {
    fn of(document: &QaDocument) -> Twin {
        Twin {
            id: document.id,
            guide: document.guide.clone(),
            line: document.line,
        }
    }
}

/// Scores a block of what was found by all that `plan` asks for, and puts the best first.
fn order(
    snapshot: &Snapshot<'_>,
    plan: &Plan,
    mut block: Vec<Found>,
    explain: bool,
) -> tantivy::Result<Vec<Found>> {
    let addresses: Vec<DocAddress> = block.iter().map(|found| found.address).collect();
    let mut scored = score::score(snapshot, plan, &addresses, explain)?;
    meaning::add(snapshot, plan, &addresses, &mut scored, explain)?;
    for (found, scored) in block.iter_mut().zip(scored) {
        found.score = scored.score;
        found.coverage = scored.covered;
        found.parts = scored.parts;
    }
    let count = block.len();
    Ok(best_first(snapshot, block, count))
}

fn hit(
    query: &Query,
    highlighter: &mut Highlighter<'_>,
    document: &KeptDocument,
    rank: usize,
    found: &Found,
) -> Hit {
    let (sentences, length) = (document.sentences(), query.snippet_length);
    Hit {
        rank,
        score: found.score,
        snippet: snippet(document, sentences, highlighter, length, query.fragments),
        marked_question: marked(&document.question, highlighter),
        answered: document.has_answer(),
        id: document.id,
        kind: document.kind,
        question: document.question.clone(),
        guide: document.guide.clone(),
        line: document.line,
        also_in: Vec::new(),
        guide_title: document.guide_title.clone(),
        sections: document.sections.clone(),
        tags: document.tags.clone(),
        inferred_tags: document.inferred_tags.clone(),
        category: document.category.clone(),
        level: document.level.clone(),
        place: document.place,
        payload: document.payload.clone(),
        format: document.format,
        answer: query.full.then(|| document.answer.clone()),
        explanation: query.explain.then(|| found.parts.clone()),
    }
}
