//! Ranks by meaning, beside words: by how near the vectors of documents are to that of the query.
//!
//! Words find, and meaning puts what they found in order, so that its cost doesn't grow with the index.
//! Only where a word of the query is in no document, and the others find little, are the nearest looked
//! for among all.

use tantivy::{
    DocAddress,
    query::{BooleanQuery, Occur, Query},
};

use crate::{
    ScorePart,
    search::find::{Found, best_by},
    search::plan::Plan,
    search::query::Parsed,
    search::score::{Scored, idf},
    search::weights::*,
    store::snapshot::Snapshot,
    text::{
        Terms,
        meaning::{Stems, Vector},
    },
};

/// Returns the vector of the words that `parsed` looks for; `None` if the table has none of them. The words
/// of `long_form` stand for one that the table lacks.
pub(crate) fn meaning(
    parsed: &Parsed,
    long_form: impl Fn(&str) -> tantivy::Result<Option<String>>,
) -> tantivy::Result<Option<Vector>> {
    let mut stems = Stems::default();
    for atom in parsed
        .clauses
        .iter()
        .flat_map(|clause| &clause.alternatives)
    {
        for term in Terms::of(&atom.text).iter() {
            match long_form(term.text)? {
                Some(long) => Terms::of(&long)
                    .iter()
                    .for_each(|term| stems.push(&term.stem())),
                None => stems.push(&term.stem()),
            }
        }
    }
    Ok(stems.vector())
}

/// Adds to the score of each of `found` how near it is to what `plan` means: as a part, if `explain`.
///
/// The words of the query come first: what they prove of a document's nearness counts nearly as if it were
/// the nearest, so that a question in the query's own words is passed by no other. Of one word, or two, the
/// form says more than the meaning, and of words that the table lacks, the form alone.
pub(crate) fn add(
    snapshot: &Snapshot<'_>,
    plan: &Plan,
    found: &[DocAddress],
    scored: &mut [Scored],
    explain: bool,
) -> tantivy::Result<()> {
    let Some(meaning) = &plan.meaning else {
        return Ok(());
    };
    let words = plan.words;
    let share = (words.meant as f32 / MEANT_WORDS.max(words.all as f32)).min(1.0);
    let in_content = words.found as f32 / words.all.max(1) as f32;
    let near = near(snapshot, meaning, found);
    let rarest = idf(1, snapshot.documents()? as f32);
    let weight = MEANING * share * share * (rarest / RAREST).min(1.0);
    let nearest = near.iter().copied().fold(0.0, f32::max);
    for (scored, near) in scored.iter_mut().zip(near) {
        let near = near.max(nearest * scored.proven * in_content);
        let score = weight * scored.meaning_factor * near * near;
        if score > 0.0 {
            scored.score += score;
            if explain {
                let what = "meaning".to_owned();
                scored.parts.push(ScorePart { what, score });
            }
        }
    }
    Ok(())
}

/// Adds to the score of each of `found` how near it is to the document at `address`.
pub(crate) fn relate(snapshot: &Snapshot<'_>, address: DocAddress, found: &mut [Found]) {
    let Some(stored) = snapshot.meaning(address) else {
        return;
    };
    let addresses: Vec<DocAddress> = found.iter().map(|found| found.address).collect();
    let near = near(snapshot, &Vector::unpack(&stored), &addresses);
    let best = found.iter().map(|found| found.score).fold(0.0, f32::max);
    for (found, near) in found.iter_mut().zip(near) {
        found.score += RELATED * best * near;
    }
}

/// Returns how near each of `found` is to `meaning`, from 0 to 1.
fn near(snapshot: &Snapshot<'_>, meaning: &Vector, found: &[DocAddress]) -> Vec<f32> {
    let comparison = meaning.compare();
    let near = |address: &DocAddress| {
        let stored = snapshot.meaning(*address);
        stored.map_or(0.0, |stored| comparison.with(&stored).max(0.0))
    };
    found.iter().map(near).collect()
}

/// Finds the documents nearest to `meaning`, at most `limit` of them, among those that `scope` finds
/// and `others` does not.
pub(crate) fn nearest(
    snapshot: &Snapshot<'_>,
    meaning: &Vector,
    scope: &dyn Query,
    others: Option<&dyn Query>,
    limit: usize,
) -> tantivy::Result<Vec<Found>> {
    let mut clauses = vec![(Occur::Must, scope.box_clone())];
    clauses.extend(others.map(|others| (Occur::MustNot, others.box_clone())));
    let comparison = meaning.compare();
    let near = BooleanQuery::new(clauses);
    let mut found = best_by(snapshot, &near, limit, NEAR, |columns, entry| {
        let stored = columns.meaning(entry)?;
        Some(comparison.with(&stored))
    })?;
    for found in &mut found {
        let what = "meaning".to_owned();
        let score = found.score;
        found.parts.push(ScorePart { what, score });
    }
    Ok(found)
}
