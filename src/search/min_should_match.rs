//! Finds what some of several clauses find, a given number of them at least.
//!
//! A document that `least` of `n` clauses match is matched by one of the `n - least + 1` rarest; so
//! only those are gone through, and the others are asked about single documents. tantivy's own
//! queries gather all that a union finds, 4,096 documents at a time, even where another clause
//! leaves few of them: for a question of three frequent words that took twice as long.
//!
//! If all are needed, the rarest leads. Otherwise the documents of the rarest are [counted](Counts): so each
//! entry of their lists is read once, however many lists there are.
//!
//! Where nothing else is asked for, one list after the other is read, for all documents at once: first to find
//! them, once for all numbers of clauses that are asked for, then to score them, by the lists that may give most
//! first. What cannot be among the best any more is left out of the others.

use std::cell::OnceCell;

use tantivy::{
    DocId as EntryId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::{
        Bm25Weight, BooleanQuery, BoostQuery, EmptyScorer, EnableScoring, Explanation, Occur,
        Query, Scorer, TermQuery, Weight,
    },
    schema::IndexRecordOption,
};

use crate::{
    search::{position_filter::advance, weights::MAX_ASKED},
    store::snapshot::{TermLists, is_set, no_entries, set},
};

/// Matches documents that at least `least` of `clauses` match.
#[derive(Debug, Clone)]
pub(crate) struct MinShouldMatch {
    least: usize,
    clauses: Vec<AnyOf>,
}

impl MinShouldMatch {
    pub(crate) fn new(least: usize, clauses: Vec<AnyOf>) -> MinShouldMatch {
        MinShouldMatch { least, clauses }
    }

    /// Returns the number of clauses that a document must match.
    pub(crate) fn least(&self) -> usize {
        self.least
    }

    pub(crate) fn new_weight(
        &self,
        scoring: EnableScoring<'_>,
    ) -> tantivy::Result<MinShouldMatchWeight> {
        let clauses = self.clauses.iter().map(|clause| clause.weight(scoring));
        Ok(MinShouldMatchWeight {
            least: self.least,
            clauses: clauses.collect::<tantivy::Result<_>>()?,
        })
    }
}

/// Finds what any of its terms and queries finds.
#[derive(Debug, Default)]
pub(crate) struct AnyOf {
    /// These find documents and score them, each times what stands beside it.
    terms: Vec<(TermLists, Score)>,
    /// These only score them: what has one of these has one of the others.
    scoring: Vec<(TermLists, Score)>,
    queries: Vec<Box<dyn Query>>,
}

impl AnyOf {
    /// Adds a term that counts `boost` times.
    pub(crate) fn add_term(&mut self, term: TermLists, boost: Score) {
        self.terms.push((term, boost));
    }

    /// Adds a term that is only where one of the others is as well.
    pub(crate) fn add_scoring_term(&mut self, term: TermLists, boost: Score) {
        self.scoring.push((term, boost));
    }

    pub(crate) fn add_query(&mut self, query: Box<dyn Query>) {
        self.queries.push(query);
    }

    /// Returns the number of lists that it reads.
    pub(crate) fn lists(&self) -> usize {
        self.terms.len() + self.scoring.len() + self.queries.len()
    }

    /// Returns what finds as much together.
    pub(crate) fn queries(&self) -> impl Iterator<Item = Box<dyn Query>> {
        let terms = self.terms.iter().chain(&self.scoring);
        let terms = terms.map(|(term, boost)| -> Box<dyn Query> {
            let query = TermQuery::new(term.term.clone(), IndexRecordOption::WithFreqs);
            Box::new(BoostQuery::new(Box::new(query), *boost))
        });
        terms.chain(self.queries.iter().map(|query| query.box_clone()))
    }

    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<AnyOfWeight> {
        if self.lists() > MAX_ASKED {
            let lists = self.queries().map(|query| (Occur::Should, query));
            let union = BooleanQuery::new(lists.collect());
            return Ok(AnyOfWeight {
                terms: Vec::new(),
                scoring: Vec::new(),
                queries: vec![union.weight(scoring)?],
            });
        }
        let weight = |(term, boost): &(TermLists, Score)| TermWeight::new(term, *boost, scoring);
        let queries = self.queries.iter().map(|query| query.weight(scoring));
        Ok(AnyOfWeight {
            terms: self
                .terms
                .iter()
                .map(weight)
                .collect::<tantivy::Result<_>>()?,
            scoring: match scoring.is_scoring_enabled() {
                true => self
                    .scoring
                    .iter()
                    .map(weight)
                    .collect::<tantivy::Result<_>>()?,
                false => Vec::new(),
            },
            queries: queries.collect::<tantivy::Result<_>>()?,
        })
    }
}

impl Clone for AnyOf {
    fn clone(&self) -> AnyOf {
        AnyOf {
            terms: self.terms.clone(),
            scoring: self.scoring.clone(),
            queries: self.queries.iter().map(|query| query.box_clone()).collect(),
        }
    }
}

impl Query for MinShouldMatch {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.new_weight(scoring)?))
    }
}

/// Finds and scores documents of a segment.
pub(crate) struct MinShouldMatchWeight {
    least: usize,
    clauses: Vec<AnyOfWeight>,
}

/// The most times as long as those before it that a list is and is read as a whole; a longer one is asked about
/// the documents that those find. Reading an entry takes an eighteenth of the time of asking about one, but fewer
/// and fewer are asked.
const COUNTED: u64 = 16;

/// The clauses that find anything in a segment, the rarest first.
pub(crate) struct Clauses<'a> {
    segment: &'a SegmentReader,
    all: Vec<SegmentClause<'a>>,
}

struct SegmentClause<'a> {
    weight: &'a AnyOfWeight,
    /// The number of documents that it finds, at most.
    cost: u32,
    /// A bit for each document of the segment, set for those that it finds, once they were read.
    found: OnceCell<Vec<u64>>,
}

impl MinShouldMatchWeight {
    /// Returns the clauses by which documents of `segment` are found.
    pub(crate) fn clauses<'a>(
        &'a self,
        segment: &'a SegmentReader,
    ) -> tantivy::Result<Clauses<'a>> {
        let mut all = Vec::with_capacity(self.clauses.len());
        for weight in &self.clauses {
            let cost = weight.cost(segment)?;
            if cost > 0 {
                let found = OnceCell::new();
                all.push(SegmentClause {
                    weight,
                    cost,
                    found,
                });
            }
        }
        all.sort_by_key(|clause| clause.cost);
        Ok(Clauses { segment, all })
    }

    fn scorer(
        &self,
        segment: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<MinShouldMatchScorer>> {
        let clauses = self.clauses(segment)?;
        let Some(counted) = clauses.counted(self.least, 1) else {
            return Ok(None);
        };
        let scorers = clauses.all.iter();
        let scorers = scorers.map(|clause| clause.weight.scorer(segment, boost));
        let mut found = MinShouldMatchScorer {
            least: self.least,
            clauses: scorers.collect::<tantivy::Result<_>>()?,
            counts: match clauses.all.len() > self.least {
                true => Some((clauses.count(counted, self.least)?, counted)),
                false => None,
            },
            entry: 0,
        };
        found.find(0);
        Ok(Some(found))
    }
}

impl Weight for MinShouldMatchWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.scorer(segment, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        Ok(count(&self.clauses(segment)?.find(self.least)?))
    }

    fn explain(&self, segment: &SegmentReader, entry: EntryId) -> tantivy::Result<Explanation> {
        if let Some(mut scorer) = self.scorer(segment, 1.0)?
            && advance(&mut scorer, entry)
        {
            return Ok(Explanation::new("several of", scorer.score()));
        }
        let text = format!("{entry} is found by fewer");
        Err(TantivyError::InvalidArgument(text))
    }
}

impl Clauses<'_> {
    /// Returns the number of the first clauses whose documents are counted, to find those that `least` clauses
    /// find; the others are asked about these. `None` if too few find anything. Counted are those that find up to
    /// `share` times as many as those before them.
    fn counted(&self, least: usize, share: u64) -> Option<usize> {
        let spare = self.all.len().checked_sub(least)?;
        let (mut counted, mut before) = (0, 0);
        for clause in &self.all {
            let cost = u64::from(clause.cost);
            // Entries of a query are not read as they are.
            let has_queries = !clause.weight.queries.is_empty();
            let share = if has_queries { 1 } else { share };
            if counted > spare && cost > share * before {
                break;
            }
            // Of several that are all needed, what the rarest finds is asked for.
            if counted <= spare || spare > 0 {
                before += cost;
            }
            counted += 1;
        }
        Some(counted)
    }

    /// Counts by how many of the first `counted` clauses each document is found, up to `most`.
    fn count(&self, counted: usize, most: usize) -> tantivy::Result<Counts> {
        let mut counts = Counts::new(self.segment.max_doc(), most.min(counted));
        for clause in &self.all[..counted] {
            counts.add(clause.found(self.segment)?);
        }
        Ok(counts)
    }

    /// Returns a bit for each document, set for those that `least` clauses find.
    pub(crate) fn find(&self, least: usize) -> tantivy::Result<Vec<u64>> {
        let Some(counted) = self.counted(least, COUNTED) else {
            return Ok(Vec::new());
        };
        let mut counts = self.count(counted, least)?;
        let asked = &self.all[counted..];
        let mut found = match asked.len() {
            0 => counts.at_least.swap_remove(least - 1),
            _ => {
                let mut candidates = counts.at_least(least - asked.len());
                for (i, clause) in asked.iter().enumerate() {
                    clause.weight.ask(self.segment, &mut candidates)?;
                    let left = asked.len() - i - 1;
                    candidates.retain(|candidate| candidate.finding + left >= least);
                }
                let mut found = no_entries(self.segment.max_doc());
                for candidate in &candidates {
                    set(&mut found, &[candidate.entry]);
                }
                found
            }
        };
        if let Some(alive) = self.segment.alive_bitset() {
            for entry in entries(&found) {
                if !alive.is_alive(entry) {
                    found[entry as usize / 64] &= !(1 << (entry % 64));
                }
            }
        }
        Ok(found)
    }

    /// Returns the best `limit` of the documents whose bits are set in `found`, and others: all that score `floor`
    /// or more.
    pub(crate) fn best(
        &self,
        found: &[u64],
        limit: usize,
        floor: Score,
    ) -> tantivy::Result<Vec<(EntryId, Score)>> {
        // No score is negative.
        let mut floor = floor.max(0.0);
        let entries = entries(found);
        let mut best = Vec::new();
        if entries.is_empty() {
            return Ok(best);
        }
        let mut lists = ScoredLists::open(self, &entries)?;
        for (part, entries) in entries.chunks(PART).enumerate() {
            lists.add_best(part * PART, entries, limit, floor, &mut best);
            floor = last_of_best(best.iter().map(|(_, score)| *score), limit, floor);
        }
        Ok(best)
    }
}

impl SegmentClause<'_> {
    /// Returns a bit for each document of `segment`, set for those that it finds.
    fn found(&self, segment: &SegmentReader) -> tantivy::Result<&[u64]> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let found = self.weight.found(segment)?;
        Ok(self.found.get_or_init(|| found))
    }
}

/// The number of documents that are scored at a time: their scores by each list are kept.
const PART: usize = 4096;

/// Returns the score of the last of the best `limit`, or `floor` if that is more or there are fewer.
fn last_of_best(scores: impl Iterator<Item = Score>, limit: usize, floor: Score) -> Score {
    let mut scores: Vec<Score> = scores.filter(|score| *score > floor).collect();
    if scores.len() < limit {
        return floor;
    }
    let by_score = |a: &Score, b: &Score| b.total_cmp(a);
    *scores.select_nth_unstable_by(limit - 1, by_score).1
}

/// The lists that score the documents of a segment.
struct ScoredLists {
    /// In the order of their clauses.
    all: Vec<ScoredList>,
    /// Their numbers, those that may give most first: which documents are still of interest is known soonest so.
    /// Beside each is the most that those after it give.
    order: Vec<(usize, Score)>,
    /// What the queries of each clause give to each document; nothing, if it has none.
    of_queries: Vec<Vec<Score>>,
}

impl ScoredLists {
    fn open(clauses: &Clauses<'_>, entries: &[EntryId]) -> tantivy::Result<ScoredLists> {
        let segment = clauses.segment;
        let (mut all, mut of_queries) = (Vec::new(), Vec::new());
        let weights = clauses.all.iter().map(|clause| clause.weight);
        for (number, clause) in weights.enumerate() {
            of_queries.push(clause.scores_of_queries(segment, entries)?);
            for term in clause.terms.iter().chain(&clause.scoring) {
                if let Some(scorer) = term.scorer(segment, 1.0)? {
                    all.push(ScoredList {
                        clause: number,
                        most: scorer.most(),
                        scorer,
                        scores: Vec::new(),
                    });
                }
            }
        }
        let mut numbers: Vec<usize> = (0..all.len()).collect();
        numbers.sort_by(|a, b| all[*a].most.total_cmp(&all[*b].most));
        // Summed from the least on: what is left of a sum of large ones is not exact.
        let mut left = 0.0;
        let order = numbers.into_iter().map(|number| {
            let after = left;
            left += all[number].most;
            (number, after)
        });
        let mut order: Vec<(usize, Score)> = order.collect();
        order.reverse();
        Ok(ScoredLists {
            all,
            order,
            of_queries,
        })
    }

    /// Adds the best `limit` of `entries`, of which the first has the number `start`, and others to `best`: all that
    /// score `floor` or more.
    fn add_best(
        &mut self,
        start: usize,
        entries: &[EntryId],
        limit: usize,
        mut floor: Score,
        best: &mut Vec<(EntryId, Score)>,
    ) {
        let score_at = |scores: &Vec<Score>, number: usize| {
            let score = scores.get(start + number);
            score.copied().unwrap_or(0.0)
        };
        let of_queries = self.of_queries.iter().filter(|scores| !scores.is_empty());
        let of_queries: Vec<&Vec<Score>> = of_queries.collect();
        let kept = entries.iter().enumerate().map(|(number, entry)| {
            let of_queries = of_queries.iter();
            Kept {
                number,
                entry: *entry,
                so_far: of_queries.map(|scores| score_at(scores, number)).sum(),
            }
        });
        let mut kept: Vec<Kept> = kept.collect();
        for list in &mut self.all {
            list.scores.clear();
            list.scores.resize(entries.len(), 0.0);
        }
        let mut left_before = Score::MAX;
        for (number, left) in &self.order {
            self.all[*number].score(&mut kept);
            let left = *left;
            // To look takes a quarter of the time to read a list.
            if left > left_before / 2.0 {
                continue;
            }
            left_before = left;
            let scores = kept.iter().map(|kept| kept.so_far);
            floor = last_of_best(scores, limit, floor);
            // Sums in another order may differ in their last digits.
            let least = floor - ROUNDING * floor.abs();
            kept.retain(|kept| kept.so_far + left >= least);
        }
        for kept in kept {
            let clauses = self.of_queries.iter().enumerate();
            let clauses = clauses.map(|(clause, of_queries)| {
                let lists = self.all.iter().filter(|list| list.clause == clause);
                let of_terms: Score = lists.map(|list| list.scores[kept.number]).sum();
                of_terms + score_at(of_queries, kept.number)
            });
            best.push((kept.entry, clauses.sum()));
        }
    }
}

/// The share by which sums of the same scores may differ.
const ROUNDING: Score = 1e-5;

/// A document that may be among the best.
struct Kept {
    number: usize,
    entry: EntryId,
    /// Its score by the lists that were read.
    so_far: Score,
}

/// A list that scores documents.
struct ScoredList {
    /// The number of its clause.
    clause: usize,
    scorer: TermScorer,
    /// No document gets more.
    most: Score,
    /// By the number of the document among those that are scored.
    scores: Vec<Score>,
}

impl ScoredList {
    /// Scores those of `kept` that the list has: of most lists, they are few.
    fn score(&mut self, kept: &mut [Kept]) {
        let mut at = 0;
        while let Some(next) = kept.get(at) {
            let entry = self.scorer.seek(next.entry);
            at += number_before(entry, &kept[at..]);
            if let Some(kept) = kept.get_mut(at)
                && kept.entry == entry
            {
                let score = self.scorer.score(entry);
                self.scores[kept.number] = score;
                kept.so_far += score;
                at += 1;
            }
        }
    }
}

/// Returns the number of those of `kept` before `entry`, which is most likely one of the first.
fn number_before(entry: EntryId, kept: &[Kept]) -> usize {
    let (mut before, mut step) = (0, 1);
    while kept
        .get(before + step - 1)
        .is_some_and(|kept| kept.entry < entry)
    {
        before += step;
        step *= 2;
    }
    let rest = &kept[before..kept.len().min(before + step)];
    before + rest.partition_point(|kept| kept.entry < entry)
}

struct MinShouldMatchScorer {
    least: usize,
    /// The rarest first. They are moved to documents that may be found.
    clauses: Vec<AnyOfScorer>,
    /// By how many of the first clauses a document is found, and the number of these; none if all clauses are
    /// needed.
    counts: Option<(Counts, usize)>,
    entry: EntryId,
}

impl MinShouldMatchScorer {
    /// Goes to the first document from `start` on that enough find.
    fn find(&mut self, mut start: EntryId) -> EntryId {
        loop {
            let (entry, finding, asked) = match &self.counts {
                Some((counts, counted)) => {
                    let least = self.least + counted - self.clauses.len();
                    let entry = counts.next(start, least);
                    (entry, counts.of(entry), *counted)
                }
                None => (self.clauses[0].seek(start), 1, 1),
            };
            self.entry = entry;
            if entry == TERMINATED {
                return entry;
            }
            match self.ask(entry, finding, asked) {
                None => return entry,
                Some(next) => start = next,
            }
        }
    }

    /// Asks the clauses from the one with the number `from` on about `entry`, which `finding` of those
    /// before find. Returns where to look next if too few find it.
    fn ask(&mut self, entry: EntryId, finding: usize, from: usize) -> Option<EntryId> {
        let mut missing = self.least.saturating_sub(finding);
        let mut left = self.clauses.len() - from;
        let are_all_needed = self.least == self.clauses.len();
        for clause in &mut self.clauses[from..] {
            if missing == 0 || missing > left {
                break;
            }
            let found = clause.seek(entry);
            if found == entry {
                missing -= 1;
            } else if are_all_needed {
                return Some(found);
            }
            left -= 1;
        }
        (missing > 0).then_some(entry + 1)
    }
}

impl DocSet for MinShouldMatchScorer {
    fn advance(&mut self) -> EntryId {
        match self.entry {
            TERMINATED => TERMINATED,
            entry => self.find(entry + 1),
        }
    }

    fn seek(&mut self, target: EntryId) -> EntryId {
        match self.entry < target {
            true => self.find(target),
            false => self.entry,
        }
    }

    /// Looks at no document but `target`.
    fn seek_danger(&mut self, target: EntryId) -> SeekDangerResult {
        if target == TERMINATED {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        match self.ask(target, 0, 0) {
            None => {
                self.entry = target;
                SeekDangerResult::Found
            }
            Some(next) => SeekDangerResult::SeekLowerBound(next),
        }
    }

    fn doc(&self) -> EntryId {
        self.entry
    }

    fn size_hint(&self) -> u32 {
        let leading = &self.clauses[..=self.clauses.len() - self.least];
        leading.iter().map(AnyOfScorer::cost).max().unwrap_or(0)
    }
}

impl Scorer for MinShouldMatchScorer {
    fn score(&mut self) -> Score {
        let entry = self.entry;
        self.clauses
            .iter_mut()
            .map(|clause| clause.score(entry))
            .sum()
    }
}

/// Documents of a segment, by the number of clauses that find each.
struct Counts {
    /// For each number, from one on, a bit for each document that as many clauses find, or more.
    at_least: Vec<Vec<u64>>,
}

/// A document that may be found.
struct Candidate {
    entry: EntryId,
    /// The number of clauses that find it, of those that were asked.
    finding: usize,
}

impl Counts {
    /// Returns those of a segment with as many `entries`; numbers above `most` count as `most`.
    fn new(entries: u32, most: usize) -> Counts {
        Counts {
            at_least: vec![no_entries(entries); most],
        }
    }

    /// Adds a clause that finds the documents whose bits are set.
    fn add(&mut self, found: &[u64]) {
        for number in (0..self.at_least.len()).rev() {
            let (fewer, more) = self.at_least.split_at_mut(number);
            let more = more[0].iter_mut();
            match fewer.last() {
                Some(fewer) => {
                    for ((more, fewer), found) in more.zip(fewer).zip(found) {
                        *more |= fewer & found;
                    }
                }
                None => more.zip(found).for_each(|(more, found)| *more |= found),
            }
        }
    }

    /// Returns the first document from `entry` on that as many clauses as `least` find.
    fn next(&self, entry: EntryId, least: usize) -> EntryId {
        let words = &self.at_least[least - 1];
        let place = entry as usize / 64;
        let Some(first) = words.get(place) else {
            return TERMINATED;
        };
        let mut bits = first & (u64::MAX << (entry % 64));
        let mut rest = words.iter().enumerate().skip(place + 1);
        let mut place = place;
        while bits == 0 {
            let Some((next, word)) = rest.next() else {
                return TERMINATED;
            };
            (place, bits) = (next, *word);
        }
        place as EntryId * 64 + bits.trailing_zeros()
    }

    /// Returns how many clauses find `entry`.
    fn of(&self, entry: EntryId) -> usize {
        let finding = self.at_least.iter();
        finding.take_while(|words| is_set(words, entry)).count()
    }

    /// Returns the documents that as many clauses as `least` find.
    fn at_least(&self, least: usize) -> Vec<Candidate> {
        let entries = entries(&self.at_least[least - 1]).into_iter();
        let candidates = entries.map(|entry| {
            let finding = match self.at_least.len() > least {
                true => self.of(entry),
                false => least,
            };
            Candidate { entry, finding }
        });
        candidates.collect()
    }
}

/// Returns the number of documents whose bits are set in `found`.
pub(crate) fn count(found: &[u64]) -> u32 {
    found.iter().map(|word| word.count_ones()).sum()
}

/// Returns the documents whose bits are set in `found`, in order.
fn entries(found: &[u64]) -> Vec<EntryId> {
    let mut entries = Vec::new();
    for (place, word) in found.iter().enumerate() {
        let mut bits = *word;
        while bits != 0 {
            entries.push(place as EntryId * 64 + bits.trailing_zeros());
            bits &= bits - 1;
        }
    }
    entries
}

struct AnyOfWeight {
    terms: Vec<TermWeight>,
    scoring: Vec<TermWeight>,
    queries: Vec<Box<dyn Weight>>,
}

impl AnyOfWeight {
    /// Returns how many documents of `segment` it finds, at most.
    fn cost(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        let terms = self.terms.iter().map(|term| term.lists.entries(segment));
        let mut cost = terms.sum();
        for query in &self.queries {
            let scorer = query.scorer(segment, 1.0)?;
            if scorer.doc() != TERMINATED {
                cost += scorer.size_hint().max(1);
            }
        }
        Ok(cost)
    }

    /// Returns a bit for each document of `segment`, set for those that it finds.
    fn found(&self, segment: &SegmentReader) -> tantivy::Result<Vec<u64>> {
        let mut found = no_entries(segment.max_doc());
        for term in &self.terms {
            term.lists.add_to(&mut found, segment)?;
        }
        for query in &self.queries {
            let mut scorer = query.scorer(segment, 1.0)?;
            while scorer.doc() != TERMINATED {
                set(&mut found, &[scorer.doc()]);
                scorer.advance();
            }
        }
        Ok(found)
    }

    /// Counts itself for each of `candidates`, in order, that it finds.
    fn ask(&self, segment: &SegmentReader, candidates: &mut [Candidate]) -> tantivy::Result<()> {
        let mut is_found = vec![false; candidates.len()];
        for term in &self.terms {
            if let Some(has_term) = term.lists.bits(segment)? {
                for (candidate, is_found) in candidates.iter().zip(&mut is_found) {
                    *is_found |= is_set(has_term, candidate.entry);
                }
            } else if let Some(mut postings) = term.lists.open(segment, IndexRecordOption::Basic)? {
                for (candidate, is_found) in candidates.iter().zip(&mut is_found) {
                    *is_found |= !*is_found && advance(&mut postings, candidate.entry);
                }
            }
        }
        for query in &self.queries {
            let mut scorer = query.scorer(segment, 1.0)?;
            for (candidate, is_found) in candidates.iter().zip(&mut is_found) {
                *is_found |= !*is_found && advance(&mut scorer, candidate.entry);
            }
        }
        for (candidate, is_found) in candidates.iter_mut().zip(is_found) {
            candidate.finding += usize::from(is_found);
        }
        Ok(())
    }

    /// Returns what its queries give to each of `entries`, which are in order; nothing if it has none.
    fn scores_of_queries(
        &self,
        segment: &SegmentReader,
        entries: &[EntryId],
    ) -> tantivy::Result<Vec<Score>> {
        let mut scores = Vec::new();
        for query in &self.queries {
            scores.resize(entries.len(), 0.0);
            let mut scorer = query.scorer(segment, 1.0)?;
            for (entry, score) in entries.iter().zip(&mut scores) {
                if advance(&mut scorer, *entry) {
                    *score += scorer.score();
                }
            }
        }
        Ok(scores)
    }

    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<AnyOfScorer> {
        let terms = |weights: &[TermWeight]| -> tantivy::Result<Vec<TermScorer>> {
            let mut scorers = Vec::with_capacity(weights.len());
            for weight in weights {
                scorers.extend(weight.scorer(segment, boost)?);
            }
            Ok(scorers)
        };
        let mut scorer = AnyOfScorer {
            terms: terms(&self.terms)?,
            scoring: terms(&self.scoring)?,
            queries: Vec::with_capacity(self.queries.len()),
            entry: 0,
        };
        for query in &self.queries {
            scorer.queries.push(query.scorer(segment, boost)?);
        }
        scorer.seek(0);
        Ok(scorer)
    }
}

struct AnyOfScorer {
    terms: Vec<TermScorer>,
    scoring: Vec<TermScorer>,
    queries: Vec<Box<dyn Scorer>>,
    entry: EntryId,
}

impl AnyOfScorer {
    /// Goes to the first document from `target` on that any finds.
    fn seek(&mut self, target: EntryId) -> EntryId {
        if self.entry > target {
            return self.entry;
        }
        self.entry = TERMINATED;
        for term in &mut self.terms {
            self.entry = self.entry.min(term.seek(target));
            if self.entry == target {
                // The others can wait.
                return target;
            }
        }
        for query in &mut self.queries {
            advance(query, target);
            self.entry = self.entry.min(query.doc());
        }
        self.entry
    }

    fn score(&mut self, entry: EntryId) -> Score {
        let terms = self.terms.iter_mut().chain(&mut self.scoring);
        let terms: Score = terms.map(|term| term.score(entry)).sum();
        let queries = self.queries.iter_mut();
        let queries = queries.map(|query| match advance(query, entry) {
            true => query.score(),
            false => 0.0,
        });
        terms + queries.sum::<Score>()
    }

    /// Returns how many documents it finds, at most.
    fn cost(&self) -> u32 {
        let terms = self.terms.iter().map(|term| term.postings.size_hint());
        let queries = self.queries.iter().map(|query| query.size_hint());
        terms.chain(queries).sum()
    }
}

/// Finds and scores what has a term.
struct TermWeight {
    lists: TermLists,
    /// None where nothing is scored.
    bm25: Option<Bm25Weight>,
}

impl TermWeight {
    fn new(
        lists: &TermLists,
        boost: Score,
        scoring: EnableScoring<'_>,
    ) -> tantivy::Result<TermWeight> {
        let bm25 = match scoring {
            EnableScoring::Enabled {
                statistics_provider: statistics,
                ..
            } => {
                let documents = statistics.total_num_docs()?;
                let words = statistics.total_num_tokens(lists.term.field())?;
                let bm25 = Bm25Weight::for_one_term_without_explain(
                    statistics.doc_freq(&lists.term)?,
                    documents,
                    words as Score / documents as Score,
                );
                Some(bm25.boost_by(boost))
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(TermWeight {
            lists: lists.clone(),
            bm25,
        })
    }

    /// Returns nothing if no document of the segment has the term.
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<TermScorer>> {
        let option = IndexRecordOption::WithFreqs;
        let Some(postings) = self.lists.open(segment, option)? else {
            return Ok(None);
        };
        let bm25 = match &self.bm25 {
            Some(bm25) => {
                let lengths = segment.get_fieldnorms_reader(self.lists.term.field())?;
                Some((bm25.boost_by(boost), lengths))
            }
            None => None,
        };
        Ok(Some(TermScorer { postings, bm25 }))
    }
}

struct TermScorer {
    postings: SegmentPostings,
    /// With the lengths of the documents.
    bm25: Option<(Bm25Weight, FieldNormReader)>,
}

impl TermScorer {
    /// Goes to the first document from `target` on.
    fn seek(&mut self, target: EntryId) -> EntryId {
        match self.postings.doc() {
            entry if entry < target => self.postings.seek(target),
            entry => entry,
        }
    }

    /// Returns a score that no document exceeds.
    fn most(&self) -> Score {
        // In a text of no length; tantivy's own bound is exceeded by a text of one word alone.
        let bm25 = self.bm25.as_ref();
        bm25.map_or(0.0, |(bm25, _)| bm25.score(0, u32::MAX))
    }

    fn score(&mut self, entry: EntryId) -> Score {
        if self.seek(entry) != entry {
            return 0.0;
        }
        self.bm25.as_ref().map_or(0.0, |(bm25, lengths)| {
            bm25.score(lengths.fieldnorm_id(entry), self.postings.term_freq())
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::{
        Index, Searcher, TantivyDocument, Term,
        collector::{Count, DocSetCollector, TopDocs},
        schema::{Field, Schema, TEXT},
    };

    use super::*;

    const WORDS: [&str; 6] = ["ash", "birch", "cedar", "elm", "fir", "oak"];

    /// Returns an index of documents, each of some of the [`WORDS`], in two segments; every fifth
    /// document of the first is deleted.
    fn searcher(documents: &[Vec<usize>]) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let half = documents.len() / 2;
        for (number, words) in documents.iter().enumerate() {
            let mut document = TantivyDocument::default();
            let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
            let deleted = if number % 5 == 0 { " rot" } else { "" };
            document.add_text(text, words.join(" ") + deleted);
            writer.add_document(document).unwrap();
            if number == half {
                writer.commit().unwrap();
            }
        }
        writer.delete_term(Term::from_field_text(text, "rot"));
        writer.commit().unwrap();
        (index.reader().unwrap().searcher(), text)
    }

    fn lists(searcher: &Searcher, term: Term) -> TermLists {
        TermLists::find(searcher.segment_readers(), term).unwrap()
    }

    fn found(searcher: &Searcher, query: &dyn Query) -> Vec<(tantivy::DocAddress, Score)> {
        let all = TopDocs::with_limit(1000).order_by_score();
        let mut found: Vec<(tantivy::DocAddress, Score)> = searcher
            .search(query, &all)
            .unwrap()
            .into_iter()
            .map(|(score, address)| (address, score))
            .collect();
        found.sort_by_key(|(address, _)| *address);
        found
    }

    /// Returns the number of documents that `query` finds, and the best `limit` of them with others.
    fn count_and_best(
        searcher: &Searcher,
        query: &MinShouldMatch,
        limit: usize,
    ) -> (usize, Vec<(tantivy::DocAddress, Score)>) {
        let scoring = EnableScoring::enabled_from_searcher(searcher);
        let weight = query.new_weight(scoring).unwrap();
        let (mut count, mut best) = (0, Vec::new());
        for (ord, segment) in (0..).zip(searcher.segment_readers()) {
            let clauses = weight.clauses(segment).unwrap();
            let found = clauses.find(query.least).unwrap();
            let entries = clauses.best(&found, limit, Score::MIN).unwrap();
            count += super::count(&found) as usize;
            let address = |entry| tantivy::DocAddress::new(ord, entry);
            best.extend(
                entries
                    .into_iter()
                    .map(|(entry, score)| (address(entry), score)),
            );
        }
        (count, best)
    }

    #[test]
    fn of_many_documents_those_are_found_that_enough_clauses_find() {
        // Two segments of five thousand each; the last word is rare.
        let words =
            |number: usize| (0..6).filter(move |word| number.is_multiple_of(word * word + 1));
        let documents: Vec<Vec<usize>> = (0..10_000)
            .map(|number| {
                words(number)
                    .filter(|word| *word < 5 || number.is_multiple_of(17))
                    .collect()
            })
            .collect();
        let (searcher, text) = searcher(&documents);
        let term = |word: usize| Term::from_field_text(text, WORDS[word]);
        let query = |word: usize| -> Box<dyn Query> {
            Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
        };
        for least in 1..=5 {
            let clauses = (0..5).map(|word| {
                let mut clause = AnyOf::default();
                clause.add_term(lists(&searcher, term(word)), 1.0);
                clause
            });
            let ours = MinShouldMatch::new(least, clauses.collect());
            let clauses = (0..5).map(|word| (Occur::Should, query(word)));
            let theirs = BooleanQuery::with_minimum_required_clauses(clauses.collect(), least);
            let among = |found: Box<dyn Query>, word| {
                BooleanQuery::new(vec![(Occur::Must, found), (Occur::Must, query(word))])
            };
            let all = count(&searcher, &theirs);
            assert_eq!(count(&searcher, &ours), all, "{least}");
            assert_eq!(searcher.search(&ours, &Count).unwrap(), all, "{least}");
            let (counted, best) = count_and_best(&searcher, &ours, 10);
            assert_eq!(counted, all, "{least}");
            let scores = best.iter().map(|(_, score)| *score);
            let mut scores: Vec<Score> = scores.collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            scores.truncate(10);
            let top = TopDocs::with_limit(10).order_by_score();
            let top = searcher.search(&ours, &top).unwrap();
            let top: Vec<Score> = top.into_iter().map(|(score, _)| score).collect();
            assert_eq!(scores, top, "{least}");
            for word in 3..6 {
                let ours = among(Box::new(ours.clone()), word);
                let theirs = among(Box::new(theirs.clone()), word);
                let counts = [&ours, &theirs].map(|query| count(&searcher, query));
                assert_eq!(counts[0], counts[1], "{least} {word}");
            }
        }
    }

    #[test]
    fn the_bits_of_a_long_list_are_kept_from_the_second_time_on() {
        let words = |number: usize| vec![number % 2, 2 + usize::from(number == 7)];
        let documents: Vec<Vec<usize>> = (0..200).map(words).collect();
        let (searcher, text) = searcher(&documents);
        let segment = searcher.segment_reader(0);
        for (word, is_long) in [(0, true), (3, false)] {
            let lists = lists(&searcher, Term::from_field_text(text, WORDS[word]));
            let mut read = no_entries(segment.max_doc());
            assert_eq!(lists.bits(segment).unwrap(), None);
            lists.add_to(&mut read, segment).unwrap();
            assert_eq!(super::count(&read), lists.entries(segment));
            let kept = lists.bits(segment).unwrap();
            assert_eq!(kept, is_long.then_some(&*read), "{word}");
            let mut again = no_entries(segment.max_doc());
            lists.add_to(&mut again, segment).unwrap();
            assert_eq!(again, read);
        }
    }

    fn count(searcher: &Searcher, query: &dyn Query) -> usize {
        searcher.search(query, &DocSetCollector).unwrap().len()
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_boolean_query_finds(
            documents in prop::collection::vec(prop::collection::vec(0..6_usize, 0..9), 1..60),
            clauses in prop::collection::vec(
                prop_oneof![
                    3 => prop::collection::vec((0..6_usize, 1..4_u8), 1..4),
                    1 => prop::collection::vec((0..6_usize, 1..4_u8), MAX_ASKED..MAX_ASKED + 3),
                ],
                1..5,
            ),
            least in 1..5_usize,
        ) {
            let (searcher, text) = searcher(&documents);
            let term = |word: usize| Term::from_field_text(text, WORDS[word]);
            let any_of = clauses.iter().map(|words| {
                let mut clause = AnyOf::default();
                for (word, boost) in words {
                    clause.add_term(lists(&searcher, term(*word)), f32::from(*boost));
                }
                clause
            });
            let least_of = MinShouldMatch::new(least, any_of.collect());
            let boolean = clauses.iter().map(|words| {
                let words = words.iter().map(|(word, boost)| {
                    let query = TermQuery::new(term(*word), IndexRecordOption::WithFreqs);
                    let query: Box<dyn Query> =
                        Box::new(BoostQuery::new(Box::new(query), f32::from(*boost)));
                    (Occur::Should, query)
                });
                let clause: Box<dyn Query> = Box::new(BooleanQuery::new(words.collect()));
                (Occur::Should, clause)
            });
            let theirs = BooleanQuery::with_minimum_required_clauses(boolean.collect(), least);
            let (ours, theirs) = (found(&searcher, &least_of), found(&searcher, &theirs));
            prop_assert_eq!(ours.len(), theirs.len());
            for (our, their) in ours.iter().zip(&theirs) {
                prop_assert_eq!(our.0, their.0);
                let most = 1e-5 * their.1.max(1.0);
                prop_assert!((our.1 - their.1).abs() < most, "{} {}", our.1, their.1);
            }
            prop_assert_eq!(searcher.search(&least_of, &Count).unwrap(), theirs.len());
            let scores = ours.iter().map(|(_, score)| *score);
            let mut scores: Vec<Score> = scores.collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            for limit in [1, 3, 1000] {
                let (counted, best) = count_and_best(&searcher, &least_of, limit);
                prop_assert_eq!(counted, theirs.len());
                // They have the scores that they have alone, and none that is better is missing.
                for of_best in &best {
                    prop_assert!(ours.contains(of_best));
                }
                let last = scores.get(limit - 1).copied().unwrap_or(Score::MIN);
                let all = ours.iter().filter(|(_, score)| *score >= last);
                prop_assert!(all.clone().all(|found| best.contains(found)));
            }
        }
    }
}
