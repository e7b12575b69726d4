//! Finds what some of several clauses find, a given number of them at least.
//!
//! A document that `least` of `n` clauses match is matched by one of the `n - least + 1` rarest; so
//! only those are gone through, and the others are asked about single documents. tantivy's own
//! queries gather all that a union finds, 4,096 documents at a time, even where another clause
//! leaves few of them: for a question of three frequent words that took twice as long.
//!
//! If all are needed, the rarest leads. Otherwise the documents of the rarest are counted, [some at a
//! time](Window): so each entry of their lists is read once, however many lists there are.

use tantivy::{
    DocId as EntryId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError,
    Term,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::{
        Bm25Weight, BooleanQuery, BoostQuery, EmptyScorer, EnableScoring, Explanation, Occur,
        Query, Scorer, TermQuery, Weight,
    },
    schema::IndexRecordOption,
};

use crate::search::{position_filter::advance, weights::MAX_ASKED};

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
}

/// Finds what any of its terms and queries finds.
#[derive(Debug, Default)]
pub(crate) struct AnyOf {
    /// These find documents and score them, each times what stands beside it.
    terms: Vec<(Term, Score)>,
    /// These only score them: what has one of these has one of the others.
    scoring: Vec<(Term, Score)>,
    queries: Vec<Box<dyn Query>>,
}

impl AnyOf {
    /// Adds a term that counts `boost` times.
    pub(crate) fn add_term(&mut self, term: Term, boost: Score) {
        self.terms.push((term, boost));
    }

    /// Adds a term that is only where one of the others is as well.
    pub(crate) fn add_scoring_term(&mut self, term: Term, boost: Score) {
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
            let query = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
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
        let weight = |(term, boost): &(Term, Score)| TermWeight::new(term, *boost, scoring);
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
        let clauses = self.clauses.iter().map(|clause| clause.weight(scoring));
        Ok(Box::new(MinShouldMatchWeight {
            least: self.least,
            clauses: clauses.collect::<tantivy::Result<_>>()?,
        }))
    }
}

struct MinShouldMatchWeight {
    least: usize,
    clauses: Vec<AnyOfWeight>,
}

impl MinShouldMatchWeight {
    fn scorer(
        &self,
        segment: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<MinShouldMatchScorer>> {
        let mut clauses = Vec::with_capacity(self.clauses.len());
        for weight in &self.clauses {
            let clause = weight.scorer(segment, boost)?;
            if clause.entry != TERMINATED {
                clauses.push((clause, weight));
            }
        }
        let Some(spare) = clauses.len().checked_sub(self.least) else {
            return Ok(None);
        };
        clauses.sort_by_key(|(clause, _)| clause.cost());
        let mut window = None;
        if spare > 0 {
            // A list that is not longer than those before it together is gathered sooner than asked.
            let (mut gathered, mut cost) = (Vec::new(), 0);
            for (clause, weight) in &clauses {
                if gathered.len() > spare && u64::from(clause.cost()) > cost {
                    break;
                }
                cost += u64::from(clause.cost());
                gathered.push(clause.lists(weight, segment)?);
            }
            window = Some(Window::new(gathered));
        }
        let mut found = MinShouldMatchScorer {
            least: self.least,
            clauses: clauses.into_iter().map(|(clause, _)| clause).collect(),
            window,
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

struct MinShouldMatchScorer {
    least: usize,
    /// The rarest first. They are moved to documents that may be found.
    clauses: Vec<AnyOfScorer>,
    /// Counts what the first clauses find; none if all clauses are needed.
    window: Option<Window>,
    entry: EntryId,
}

impl MinShouldMatchScorer {
    /// Goes to the first document from `start` on that enough find.
    fn find(&mut self, mut start: EntryId) -> EntryId {
        loop {
            let (entry, finding, asked) = match &mut self.window {
                Some(window) => {
                    let (entry, finding) = window.next(start);
                    (entry, finding, window.clauses.len())
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

/// The number of documents that are counted at a time.
const WINDOW: u32 = 64 * 64;

/// Documents side by side, each with the number of clauses that find it.
struct Window {
    clauses: Vec<Vec<Box<dyn DocSet>>>,
    /// The first document, and the one after the last.
    start: EntryId,
    end: EntryId,
    /// A bit for each document that any clause finds.
    found: [u64; 64],
    /// The number of clauses that find a document, and the number of the last one of them.
    counts: Box<[(u16, u16)]>,
}

impl Window {
    fn new(clauses: Vec<Vec<Box<dyn DocSet>>>) -> Window {
        Window {
            clauses,
            start: 0,
            end: 0,
            found: [0; 64],
            counts: vec![(0, 0); WINDOW as usize].into(),
        }
    }

    /// Returns the first document from `entry` on that is found, and how many clauses find it.
    fn next(&mut self, entry: EntryId) -> (EntryId, usize) {
        let mut place = entry.saturating_sub(self.start);
        loop {
            while place < WINDOW {
                let bits = self.found[(place / 64) as usize] >> (place % 64);
                if bits != 0 {
                    place += bits.trailing_zeros();
                    let (count, _) = self.counts[place as usize];
                    return (self.start + place, usize::from(count));
                }
                place = (place / 64 + 1) * 64;
            }
            if !self.gather(entry.max(self.end)) {
                return (TERMINATED, 0);
            }
            place = 0;
        }
    }

    /// Moves to the first document from `from` on that is found; returns whether there is one.
    fn gather(&mut self, from: EntryId) -> bool {
        self.start = TERMINATED;
        for list in self.clauses.iter_mut().flatten() {
            if list.doc() < from {
                list.seek(from);
            }
            self.start = self.start.min(list.doc());
        }
        self.end = self.start.saturating_add(WINDOW).min(TERMINATED);
        self.found.fill(0);
        self.counts.fill((0, 0));
        for (number, lists) in (1..).zip(&mut self.clauses) {
            for list in lists {
                let mut entry = list.doc();
                while entry < self.end {
                    let place = (entry - self.start) as usize;
                    let (count, last) = &mut self.counts[place];
                    if *last != number {
                        (*count, *last) = (*count + 1, number);
                        self.found[place / 64] |= 1 << (place % 64);
                    }
                    entry = list.advance();
                }
            }
        }
        self.start != TERMINATED
    }
}

struct AnyOfWeight {
    terms: Vec<TermWeight>,
    scoring: Vec<TermWeight>,
    queries: Vec<Box<dyn Weight>>,
}

impl AnyOfWeight {
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

    /// Returns what finds its documents once more, from the start, given its `weight`.
    fn lists(
        &self,
        weight: &AnyOfWeight,
        segment: &SegmentReader,
    ) -> tantivy::Result<Vec<Box<dyn DocSet>>> {
        let terms = self.terms.iter();
        let terms = terms.map(|term| -> Box<dyn DocSet> { Box::new(term.postings.clone()) });
        let mut lists: Vec<_> = terms.collect();
        for query in &weight.queries {
            lists.push(Box::new(query.scorer(segment, 1.0)?));
        }
        Ok(lists)
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
    term: Term,
    /// None where nothing is scored.
    bm25: Option<Bm25Weight>,
}

impl TermWeight {
    fn new(term: &Term, boost: Score, scoring: EnableScoring<'_>) -> tantivy::Result<TermWeight> {
        let bm25 = match scoring {
            EnableScoring::Enabled {
                statistics_provider,
                ..
            } => {
                let bm25 = Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(term))?;
                Some(bm25.boost_by(boost))
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(TermWeight {
            term: term.clone(),
            bm25,
        })
    }

    /// Returns nothing if no document of the segment has the term.
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<TermScorer>> {
        let field = self.term.field();
        let index = segment.inverted_index(field)?;
        let Some(postings) = index.read_postings(&self.term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let bm25 = match &self.bm25 {
            Some(bm25) => Some((bm25.boost_by(boost), segment.get_fieldnorms_reader(field)?)),
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
        Index, Searcher, TantivyDocument,
        collector::{DocSetCollector, TopDocs},
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

    #[test]
    fn many_documents_are_found_window_by_window() {
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
                clause.add_term(term(word), 1.0);
                clause
            });
            let ours = MinShouldMatch::new(least, clauses.collect());
            let clauses = (0..5).map(|word| (Occur::Should, query(word)));
            let theirs = BooleanQuery::with_minimum_required_clauses(clauses.collect(), least);
            let among = |found: Box<dyn Query>, word| {
                BooleanQuery::new(vec![(Occur::Must, found), (Occur::Must, query(word))])
            };
            assert_eq!(
                count(&searcher, &ours),
                count(&searcher, &theirs),
                "{least}"
            );
            for word in 3..6 {
                let ours = among(Box::new(ours.clone()), word);
                let theirs = among(Box::new(theirs.clone()), word);
                let counts = [&ours, &theirs].map(|query| count(&searcher, query));
                assert_eq!(counts[0], counts[1], "{least} {word}");
            }
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
                    clause.add_term(term(*word), f32::from(*boost));
                }
                clause
            });
            let ours = MinShouldMatch::new(least, any_of.collect());
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
            let (ours, theirs) = (found(&searcher, &ours), found(&searcher, &theirs));
            prop_assert_eq!(ours.len(), theirs.len());
            for (our, their) in ours.iter().zip(&theirs) {
                prop_assert_eq!(our.0, their.0);
                let most = 1e-5 * their.1.max(1.0);
                prop_assert!((our.1 - their.1).abs() < most, "{} {}", our.1, their.1);
            }
        }
    }
}
