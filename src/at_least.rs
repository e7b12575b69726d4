//! Finds what some of several queries find, a given number of them at least.
//!
//! tantivy's own way looks at all that any of them finds, in a heap. But what `least` of `n` queries
//! find is found by one of the `n - least + 1` that find least; so only those are gone through, and
//! the others are asked about single documents. In a question of four words, of which two are in
//! every third document, that is a tenth of the work.

use tantivy::{
    DocId as EntryId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term,
    query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight},
};

use crate::scope::advance;

/// Finds what at least so many of `queries` find.
#[derive(Debug)]
pub(crate) struct AtLeast {
    least: usize,
    queries: Vec<Box<dyn Query>>,
}

impl AtLeast {
    pub(crate) fn new(least: usize, queries: Vec<Box<dyn Query>>) -> AtLeast {
        AtLeast { least, queries }
    }
}

impl Clone for AtLeast {
    fn clone(&self) -> AtLeast {
        let queries = self.queries.iter().map(|query| query.box_clone());
        AtLeast::new(self.least, queries.collect())
    }
}

impl Query for AtLeast {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.queries.iter().map(|query| query.weight(scoring));
        Ok(Box::new(AtLeastWeight {
            least: self.least,
            weights: weights.collect::<tantivy::Result<_>>()?,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for query in &self.queries {
            query.query_terms(visitor);
        }
    }
}

struct AtLeastWeight {
    least: usize,
    weights: Vec<Box<dyn Weight>>,
}

impl Weight for AtLeastWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorers = Vec::with_capacity(self.weights.len());
        for weight in &self.weights {
            scorers.push(weight.scorer(segment, boost)?);
        }
        scorers.retain(|scorer| scorer.doc() != TERMINATED);
        let Some(spare) = scorers.len().checked_sub(self.least) else {
            return Ok(Box::new(EmptyScorer));
        };
        scorers.sort_by_key(|scorer| scorer.cost());
        let others = scorers.split_off(spare + 1);
        let mut found = AtLeastScorer {
            least: self.least,
            leading: scorers,
            others,
            entry: 0,
        };
        found.find(0);
        Ok(Box::new(found))
    }

    fn explain(&self, segment: &SegmentReader, entry: EntryId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if advance(&mut scorer, entry) {
            return Ok(Explanation::new("several of", scorer.score()));
        }
        let text = format!("{entry} is found by fewer");
        Err(TantivyError::InvalidArgument(text))
    }
}

struct AtLeastScorer {
    least: usize,
    /// One of these finds every document that is found.
    leading: Vec<Box<dyn Scorer>>,
    /// These are moved to documents that the leading ones find.
    others: Vec<Box<dyn Scorer>>,
    entry: EntryId,
}

impl AtLeastScorer {
    /// Goes to the first document from `start` on that enough find.
    fn find(&mut self, start: EntryId) -> EntryId {
        let mut start = start;
        loop {
            for scorer in &mut self.leading {
                if scorer.doc() < start {
                    scorer.seek(start);
                }
            }
            let next = self.leading.iter().map(|scorer| scorer.doc()).min();
            self.entry = next.unwrap_or(TERMINATED);
            if self.entry == TERMINATED || self.is_found() {
                return self.entry;
            }
            start = self.entry + 1;
        }
    }

    /// Returns whether enough find the entry.
    fn is_found(&mut self) -> bool {
        let leading = self.leading.iter();
        let finding = leading.filter(|scorer| scorer.doc() == self.entry);
        let mut missing = self.least.saturating_sub(finding.count());
        let mut left = self.others.len();
        for scorer in &mut self.others {
            if missing == 0 || missing > left {
                break;
            }
            left -= 1;
            missing -= usize::from(advance(scorer, self.entry));
        }
        missing == 0
    }
}

impl DocSet for AtLeastScorer {
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

    fn doc(&self) -> EntryId {
        self.entry
    }

    fn size_hint(&self) -> u32 {
        let hints = self.leading.iter().map(|scorer| scorer.size_hint());
        hints.max().unwrap_or(0)
    }
}

impl Scorer for AtLeastScorer {
    fn score(&mut self) -> Score {
        let entry = self.entry;
        let all = self.leading.iter_mut().chain(&mut self.others);
        let scores = all.map(|scorer| match advance(scorer, entry) {
            true => scorer.score(),
            false => 0.0,
        });
        scores.sum()
    }
}
