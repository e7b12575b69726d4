//! Finds the best documents of a query by single words, which lets the index pass over most.

use std::{cell::OnceCell, cmp::Reverse};

use tantivy::{
    DocAddress, DocId as EntryId, Score, SegmentOrdinal, SegmentReader,
    collector::Count,
    query::{EnableScoring, Weight},
};

use crate::{
    ScorePart,
    search::min_should_match::{Clauses, MinShouldMatchWeight},
    store::snapshot::{Columns, Place, Snapshot},
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
    // Their numbers are put in order, which are smaller than they are; the best is the last, to be taken off.
    let mut of_segments = vec![Vec::new(); columns.len()];
    for (number, found) in found.iter().enumerate() {
        of_segments[found.address.segment_ord as usize].push(number);
    }
    for (numbers, columns) in of_segments.iter_mut().zip(columns) {
        let by_score = |a: &usize, b: &usize| found[*a].score.total_cmp(&found[*b].score);
        numbers.sort_unstable_by(by_score);
        for equals in numbers.chunk_by_mut(|a, b| by_score(a, b).is_eq()) {
            if equals.len() > 1 {
                equals.sort_by_cached_key(|number| {
                    Reverse(columns.place(found[*number].address.doc_id))
                });
            }
        }
    }
    let compare = |a: &Found, b: &Found| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| a.place(snapshot).cmp(b.place(snapshot)))
    };
    let last = |numbers: &Vec<usize>| &found[numbers[numbers.len() - 1]];
    let mut order = Vec::with_capacity(limit.min(found.len()));
    while order.len() < limit {
        let heads = of_segments.iter_mut().filter(|numbers| !numbers.is_empty());
        let next = heads.min_by(|a, b| compare(last(a), last(b)));
        match next.and_then(Vec::pop) {
            Some(number) => order.push(number),
            None => break,
        }
    }
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let order = order.into_iter();
    order.filter_map(|number| found[number].take()).collect()
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

/// The words of a query, as they find documents in each segment.
pub(crate) struct WordsBySegment<'a>(Vec<Clauses<'a>>);

impl<'a> WordsBySegment<'a> {
    pub(crate) fn new(
        snapshot: &'a Snapshot<'_>,
        words: &'a MinShouldMatchWeight,
    ) -> tantivy::Result<WordsBySegment<'a>> {
        let segments = snapshot.segments().iter();
        let clauses = segments.map(|segment| words.clauses(segment));
        Ok(WordsBySegment(clauses.collect::<tantivy::Result<_>>()?))
    }

    /// Returns the entries that have at least as many of the words as `least`, as bits by segment.
    pub(crate) fn find(&self, least: usize) -> tantivy::Result<Vec<Vec<u64>>> {
        self.0.iter().map(|clauses| clauses.find(least)).collect()
    }

    /// Returns the best of the entries that were `found`.
    pub(crate) fn best(
        &self,
        snapshot: &Snapshot<'_>,
        found: &[Vec<u64>],
        limit: usize,
    ) -> tantivy::Result<Vec<Found>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let mut floor = Score::MIN;
        let mut segments = self.0.iter().zip(found);
        best_of_segments(snapshot, limit, |_, best| {
            if let Some((clauses, found)) = segments.next() {
                for (entry, score) in clauses.best(found, limit, floor)? {
                    best.collect(entry, score);
                }
                best.shrink();
                // What is less than the last of these is not among the best of all segments.
                floor = floor.max(best.threshold);
            }
            Ok(())
        })
    }
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
    if limit == 0 {
        return Ok(Vec::new());
    }
    let weight = query.weight(scoring(snapshot))?;
    best_of_segments(snapshot, limit, |reader, best| {
        collect(&*weight, reader, best)
    })
}

fn best_of_segments(
    snapshot: &Snapshot<'_>,
    limit: usize,
    mut collect: impl FnMut(&SegmentReader, &mut SegmentBest<'_>) -> tantivy::Result<()>,
) -> tantivy::Result<Vec<Found>> {
    let mut all = Vec::new();
    let segments = snapshot.segments().iter().zip(snapshot.columns());
    for (ord, (reader, columns)) in segments.enumerate() {
        let mut best = SegmentBest::new(columns, limit);
        collect(reader, &mut best)?;
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

pub(crate) fn scoring<'a>(snapshot: &'a Snapshot<'_>) -> EnableScoring<'a> {
    EnableScoring::enabled_from_statistics_provider(snapshot, &snapshot.searcher)
}

/// The best entries of one segment, and up to as many that may turn out not to be.
struct SegmentBest<'a> {
    limit: usize,
    columns: &'a Columns,
    entries: Vec<(Score, EntryId)>,
    /// The score that an entry must exceed to be of interest.
    threshold: Score,
    /// The last of those that were kept as the best: of equal scores, no later entry is of interest.
    worst: Option<(Score, Place)>,
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
        let is_later = |(least, worst)| score == least && worst < self.columns.place(entry);
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
        let by_score = |a: &(Score, EntryId), b: &(Score, EntryId)| b.0.total_cmp(&a.0);
        let last = self
            .entries
            .select_nth_unstable_by(self.limit - 1, by_score);
        let least = last.1.0;
        // Only of those with the last score, the places decide.
        let is_equal = |(score, _): &&(Score, EntryId)| score.total_cmp(&least).is_eq();
        let equals = self.entries.iter().filter(is_equal);
        let equals = equals.map(|(_, entry)| self.columns.place(*entry));
        let mut equals: Vec<Place> = equals.collect();
        self.entries
            .retain(|(score, _)| score.total_cmp(&least).is_gt());
        let room = self.limit - self.entries.len();
        let worst = *equals.select_nth_unstable(room - 1).1;
        let kept = equals[..room].iter();
        self.entries.extend(kept.map(|(.., entry)| (least, *entry)));
        self.threshold = least.next_down();
        self.worst = Some((least, worst));
    }
}
