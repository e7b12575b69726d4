//! A text whose last word is unfinished -> texts with the word finished, from the content.

use std::time::Instant;

use crate::{
    Query,
    search::{lexicon::Lexicon, query, search},
    store::snapshot::Snapshot,
    text::{abbreviation::Table, fold},
};

/// Returns up to `limit` texts that `text` may become, the most frequent last word first.
pub(crate) fn complete(
    snapshot: &Snapshot<'_>,
    own: &Table,
    text: &str,
    limit: usize,
) -> tantivy::Result<Vec<String>> {
    let rest = text.trim_end_matches(char::is_alphanumeric);
    let prefix = fold(&text[rest.len()..]);
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let mut completed = Vec::new();
    // Some terms are not words that somebody wrote.
    for word in Lexicon::new(snapshot, text)?.complete(&prefix, 2 * limit)? {
        if completed.len() < limit && is_written(snapshot, own, &word)? {
            completed.push(format!("{rest}{word}"));
        }
    }
    Ok(completed)
}

/// Returns whether the best documents for `word` contain it in one piece, unlike the term
/// *closeonexec* of `close-on-exec`.
fn is_written(snapshot: &Snapshot<'_>, own: &Table, word: &str) -> tantivy::Result<bool> {
    let query = Query::new(word).limit(3).full(true);
    let results = search(snapshot, own, &query, query::parse(&query), Instant::now())?;
    let has_word = |text: &str| fold(text).contains(word);
    Ok(results
        .hits
        .iter()
        .any(|hit| has_word(&hit.question) || hit.answer.as_deref().is_some_and(has_word)))
}
