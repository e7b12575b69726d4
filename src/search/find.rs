//! Finds the best documents of a query by single words, which lets the index pass over most.

use std::{cell::OnceCell, cmp::Ordering};

use tantivy::{
    DocAddress, DocId as EntryId, Score, SegmentOrdinal, SegmentReader,
    collector::Count,
    query::{EnableScoring, Weight},
};

use crate::{
    ScorePart,
    store::snapshot::{Columns, Snapshot},
};

/// A document that a query found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) score: Score,
    pub(crate) address: DocAddress,
    pub(crate) parts: Vec<ScorePart>,
    /// The share of the query that it has, once it was scored.
    pub(crate) coverage: f32,
    /// The documents after it that ask the same question.
    pub(crate) twins: Vec<DocAddress>,
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
pub(crate) fn best_first(snapshot: &Snapshot<'_>, found: Vec<Found>, limit: usize) -> Vec<Found> {
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
pub(crate) fn best_of_union(
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

/// Finds the entries of `query` with the highest scores by `score`, of those above `floor`.
pub(crate) fn best_by(
    snapshot: &Snapshot<'_>,
    query: &dyn tantivy::query::Query,
    limit: usize,
    floor: Score,
    score: impl Fn(&Columns, EntryId) -> Option<Score>,
) -> tantivy::Result<Vec<Found>> {
    best(snapshot, query, limit, |weight, reader, best| {
        best.threshold = floor;
        weight.for_each_no_score(reader, &mut |entries| {
            for entry in entries.iter().filter(|entry| is_alive(reader, **entry)) {
                if let Some(score) = score(best.columns, *entry) {
                    best.collect(*entry, score);
                }
            }
        })
    })
}

/// Counts the entries, and finds the best of them on the way.
pub(crate) fn count_and_best(
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
    let weight = query.weight(EnableScoring::enabled_from_statistics_provider(
        snapshot,
        &snapshot.searcher,
    ))?;
    let segments = snapshot.segments().iter().zip(snapshot.columns());
    for (ord, (reader, columns)) in segments.enumerate() {
        let mut best = SegmentBest::new(columns, limit);
        collect(&*weight, reader, &mut best)?;
        best.shrink();
        all.extend(best.entries.iter().map(|(score, entry)| Found {
            score: *score,
            address: DocAddress::new(ord as SegmentOrdinal, *entry),
            parts: Vec::new(),
            coverage: 1.0,
            twins: Vec::new(),
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
    /// The last of those that were kept as the best: of equal scores, no later entry is of interest.
    worst: Option<(Score, EntryId)>,
}

impl<'a> SegmentBest<'a> {
    fn new(columns: &'a Columns, limit: usize) -> SegmentBest<'a> {
        SegmentBest {
            limit,
            columns,
            entries: Vec::new(),
            threshold: Score::MIN,
            worst: None,
        }
    }

    fn collect(&mut self, entry: EntryId, score: Score) {
        let is_later =
            |(least, worst)| score == least && self.columns.compare(worst, entry) == Ordering::Less;
        if score <= self.threshold || self.worst.is_some_and(is_later) {
            return;
        }
        self.entries.push((score, entry));
        if self.entries.len() >= self.limit.saturating_mul(2) {
            self.shrink();
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
        self.worst = Some(*worst);
        self.entries.truncate(self.limit);
    }
}
