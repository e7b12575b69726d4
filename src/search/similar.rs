//! Documents related to one: by the rarest terms that it has, by meaning, and by how well they answer its
//! question.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Instant,
};

use tantivy::{
    DocSet, TERMINATED, collector::Count, postings::Postings, query::BoostQuery,
    schema::IndexRecordOption,
};

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
    text::{Form, Term, Terms, abbreviation::Table, is_stop_word, stem_in},
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
        let frame = frame(document, snapshot)?;
        let terms = terms_of(document, &frame, snapshot)?;
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
        add_answers(snapshot, own, &query, &frame, &mut related)?;
        let related = best_first(snapshot, related, shown);
        let mut highlighter = Highlighter::new(&terms.marks);
        for found in related {
            let document = snapshot.document(found.address)?;
            hits.push(hit(
                &query,
                &mut highlighter,
                document,
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
    frame: &[String],
    related: &mut [Found],
) -> tantivy::Result<()> {
    let mut plan = plan(&parse(query), query, snapshot, own, MAX_WORK)?;
    // Of a short question, most that another has of it may be *what is*.
    plan.terms.retain(|term| {
        let is_frame = |stem: &String| frame.contains(stem);
        term.role != Role::Stop && !term.expansions[0].stems.iter().all(is_frame)
    });
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

/// Returns the stems of `text`, a part of `document`, that are no stop words, with their positions.
fn stems(document: &QaDocument, text: &str) -> Vec<(usize, String)> {
    let language = document.rules();
    let is_stop = |word: &str| is_stop_word(word) || language.is_stop_word(word);
    let terms = Terms::of(text);
    let terms = terms.iter().filter(|term| !is_stop(term.text));
    let stem = |term: Term<'_>| match term.form {
        Form::Name => (term.position, term.text.to_owned()),
        _ => (term.position, stem_in(term.text, language).into_owned()),
    };
    terms.map(stem).collect()
}

/// Returns the stems of the question of `document` that only say how an answer is wanted, such as *describe
/// shortly*: those of its first words with which most questions that have them begin, and which hardly any of
/// their answers have. A question of nothing else has none.
fn frame(document: &QaDocument, snapshot: &Snapshot<'_>) -> tantivy::Result<Vec<String>> {
    let stems = stems(document, &document.question);
    let mut frame = Vec::new();
    for (_, stem) in stems.iter().filter(|(position, _)| *position < FRAME_WORDS) {
        let asked = snapshot.doc_freq(snapshot.fields.question, stem)?;
        if asked >= LEAST_FRAMED && is_frame(stem, asked as f32, snapshot)? {
            frame.push(stem.clone());
        }
    }
    if stems.iter().all(|(_, stem)| frame.contains(stem)) {
        frame.clear();
    }
    Ok(frame)
}

/// Returns whether a stem that `asked` questions have is one of the frame of most.
fn is_frame(stem: &str, asked: f32, snapshot: &Snapshot<'_>) -> tantivy::Result<bool> {
    let (mut leading, mut again) = (0, 0);
    let mut positions = Vec::new();
    let term = tantivy::Term::from_field_text(snapshot.fields.text, stem);
    for segment in snapshot.segments() {
        let text = segment.inverted_index(snapshot.fields.text)?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(mut postings) = text.read_postings(&term, option)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            positions.clear();
            postings.positions(&mut positions);
            if positions[0] < FRAME_WORDS as u32 {
                leading += 1;
                again += u32::from(positions.len() > 1);
            }
            postings.advance();
        }
    }
    let leading = leading as f32;
    Ok(leading >= FRAME_LEADS * asked && again as f32 <= FRAME_AGAIN * leading)
}

/// Returns how documents related to `document` are found: by the rarest terms that it has, in texts, and those of
/// its question besides `frame` also in questions and above them.
fn terms_of(
    document: &QaDocument,
    frame: &[String],
    snapshot: &Snapshot<'_>,
) -> tantivy::Result<Plan> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    let question = stems(document, &document.question);
    for (_, stem) in &question {
        *counts.entry(stem.clone()).or_default() += QUESTION_SHARE;
    }
    for (_, stem) in stems(document, &document.answer) {
        *counts.entry(stem).or_default() += ANSWER_SHARE;
    }
    counts.retain(|stem, _| !frame.contains(stem));
    let asked: HashSet<String> = question.into_iter().map(|(_, stem)| stem).collect();
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
        let fields = snapshot.fields;
        let mut add = |field, weight| {
            let query = term_query(field, &stem);
            queries.push(Box::new(BoostQuery::new(query, weight)));
        };
        add(fields.text, weight);
        if asked.contains(&stem) {
            add(fields.question, RELATED_QUESTION * weight);
            add(fields.headings_and_tags, RELATED_CONTEXT * weight);
        }
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
