//! Documents related to one: by the rarest terms that it has, by meaning, and by how well they answer its
//! question.

use std::{
    collections::{BTreeMap, HashMap},
    time::Instant,
};

use tantivy::{collector::Count, query::BoostQuery};

use crate::{
    Note, NoteCode, QaDocument, Query,
    search::find::{Found, best_first, best_of_union},
    search::meaning,
    search::plan::{Plan, Role, Tier, WordCounts, any_of, plan, term_query},
    search::query::parse,
    search::score::score,
    search::snippet::{Highlighter, Highlights},
    search::weights::*,
    search::{Results, hit},
    store::snapshot::Snapshot,
    text::{Form, Terms, abbreviation::Table, is_stop_word, stem_in},
};

/// Finds the documents related to `document`, the best `limit` of them; `own` are abbreviations besides those
/// of the field.
pub(crate) fn similar(
    snapshot: &Snapshot<'_>,
    own: &Table,
    document: Option<&QaDocument>,
    limit: usize,
    began: Instant,
) -> tantivy::Result<Results> {
    let mut hits = Vec::new();
    let mut notes = Vec::new();
    let mut total = 0;
    let shown = limit.min(MAX_LIMIT);
    if let Some(document) = document {
        let query = Query::new(document.question.clone()).plain(true);
        let terms = terms_of(document, snapshot)?;
        // It is itself among what has its terms.
        let itself = snapshot.find(document.id)?;
        let query_of_terms = &*terms.tiers[0].query;
        total = snapshot
            .searcher
            .search(query_of_terms, &Count)?
            .saturating_sub(1);
        let most = shown.max(BLOCK).saturating_add(1);
        let mut related = best_of_union(snapshot, query_of_terms, most)?;
        related.retain(|found| Some(found.address) != itself);
        if let Some(itself) = itself {
            meaning::relate(snapshot, itself, &mut related);
        }
        add_answers(snapshot, own, &query, &mut related)?;
        let related = best_first(snapshot, related, shown);
        let mut highlighter = Highlighter::new(&terms.marks);
        for found in related {
            let document = snapshot.kept_document(found.address)?;
            hits.push(hit(
                &query,
                &mut highlighter,
                &document,
                hits.len() + 1,
                &found,
            ));
        }
    }
    if limit.min(total) > shown {
        let text = format!("only the nearest {MAX_LIMIT} documents can be shown");
        notes.push(Note::new(NoteCode::Shortened, text));
    }
    Ok(Results {
        query: document.map_or_else(String::new, |document| document.question.clone()),
        total,
        took_us: began.elapsed().as_micros() as u64,
        notes,
        did_you_mean: None,
        hits,
        facets: BTreeMap::new(),
        parsed: None,
        requests: Vec::new(),
    })
}

/// Adds to the score of each of `related` how well it answers `query`, the question of the document, with as
/// much weight as all else: of 143 questions with others that answer the same query, the first five have .77 of
/// those that they could have, and without it .72.
fn add_answers(
    snapshot: &Snapshot<'_>,
    own: &Table,
    query: &Query,
    related: &mut [Found],
) -> tantivy::Result<()> {
    let mut plan = plan(&parse(query), query, snapshot, own, MAX_WORK)?;
    // Of a short question, most that another has of it may be *what is*.
    plan.terms.retain(|term| term.role != Role::Stop);
    let addresses: Vec<_> = related.iter().map(|found| found.address).collect();
    let mut scored = score(snapshot, &plan, &addresses, false)?;
    meaning::add(snapshot, &plan, &addresses, &mut scored, false)?;
    let best_related = related.iter().map(|found| found.score).fold(0.0, f32::max);
    let best_answer = scored.iter().map(|scored| scored.score).fold(0.0, f32::max);
    if best_answer > 0.0 {
        for (found, scored) in related.iter_mut().zip(scored) {
            found.score += best_related * scored.score / best_answer;
        }
    }
    Ok(())
}

/// Returns how documents related to `document` are found: by the rarest terms that it has.
fn terms_of(document: &QaDocument, snapshot: &Snapshot<'_>) -> tantivy::Result<Plan> {
    let language = document.rules();
    let is_stop = |word: &str| is_stop_word(word) || language.is_stop_word(word);
    let mut counts: HashMap<String, f32> = HashMap::new();
    for (text, weight) in [
        (&document.question, QUESTION_SHARE),
        (&document.answer, 1.0),
    ] {
        let terms = Terms::of(text);
        for term in terms.iter().filter(|term| !is_stop(term.text)) {
            let stem = match term.form {
                Form::Name => term.text.into(),
                _ => stem_in(term.text, language),
            };
            *counts.entry(stem.into_owned()).or_default() += weight;
        }
    }
    let all = snapshot.documents()? as f32;
    let mut weighted: Vec<(f32, String)> = Vec::new();
    for (stem, count) in counts {
        let found = snapshot.doc_freq(snapshot.fields.text, &stem)?;
        // A term of this document alone finds nothing else.
        if found > 1 {
            weighted.push((count.ln_1p() * (all / found as f32).ln_1p(), stem));
        }
    }
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    weighted.truncate(SIMILAR_TERMS);
    let mut marks = Highlights::in_languages(&snapshot.languages()?);
    let mut queries: Vec<Box<dyn tantivy::query::Query>> = Vec::new();
    for (weight, stem) in weighted {
        let query = term_query(snapshot.fields.text, &stem);
        queries.push(Box::new(BoostQuery::new(query, weight)));
        let term = marks.add_unit(weight);
        marks.add(term, &[stem]);
    }
    Ok(Plan {
        tiers: vec![Tier {
            query: any_of(queries),
            words: None,
            is_pruned: true,
        }],
        filler: None,
        meaning: None,
        words: WordCounts::default(),
        work: MAX_WORK,
        without_words: None,
        is_possible: true,
        asked_in: None,
        terms: Vec::new(),
        demands: Vec::new(),
        marks,
        notes: Vec::new(),
        did_you_mean: None,
    })
}
