//! A phrase in one part of a document's text: in its question, or in its answer.
//!
//! Both stand in one field, the question first, so that what is found in either needs no field of
//! its own; where the question ends, a column says.

use tantivy::{
    BitSet, DocId as EntryId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term,
    postings::{Postings, SegmentPostings},
    query::{
        BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
    },
    schema::IndexRecordOption,
};

use crate::store::schema::column;

/// A part of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Question,
    Answer,
}

/// Matches documents that have `terms` in `part`, at the given offsets from the first.
#[derive(Debug, Clone)]
pub(crate) struct PositionFilter {
    part: Part,
    terms: Vec<(u32, Term)>,
}

impl PositionFilter {
    /// Returns what finds `terms`, which have their positions in the query beside them.
    pub(crate) fn new(part: Part, terms: Vec<(usize, Term)>) -> PositionFilter {
        let first = terms.first().map_or(0, |(position, _)| *position);
        let terms = terms.into_iter();
        PositionFilter {
            part,
            terms: terms
                .map(|(position, term)| ((position - first) as u32, term))
                .collect(),
        }
    }

    /// Returns the postings of the terms; none, if not all of them are in the segment.
    fn postings(&self, segment: &SegmentReader) -> tantivy::Result<Option<Vec<SegmentPostings>>> {
        let mut all = Vec::with_capacity(self.terms.len());
        for (_, term) in &self.terms {
            let index = segment.inverted_index(term.field())?;
            match index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => all.push(postings),
                None => return Ok(None),
            }
        }
        Ok(Some(all))
    }

    /// Returns whether the terms, whose `positions` in a document these are, stand as they should,
    /// in a text of which the first `question_words` are the question's.
    fn stand(&self, positions: &[Vec<u32>], question_words: u32) -> bool {
        let has = |start: u32| {
            let mut terms = self.terms.iter().zip(positions);
            terms.all(|((offset, _), positions)| positions.binary_search(&(start + offset)).is_ok())
        };
        let is_inside = |start: &&u32| (**start < question_words) == (self.part == Part::Question);
        positions[0]
            .iter()
            .filter(is_inside)
            .any(|start| has(*start))
    }
}

impl Query for PositionFilter {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for (_, term) in &self.terms {
            visitor(term, true);
        }
    }
}

impl Weight for PositionFilter {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(mut postings) = self.postings(segment)? else {
            return Ok(Box::new(EmptyScorer));
        };
        let question_words = segment.fast_fields().u64(column::QUESTION_WORDS)?;
        let mut found = BitSet::with_max_value(segment.max_doc());
        let mut positions = vec![Vec::new(); postings.len()];
        while postings[0].doc() != TERMINATED {
            let entry = postings[0].doc();
            if postings.iter_mut().all(|postings| advance(postings, entry)) {
                for (postings, positions) in postings.iter_mut().zip(&mut positions) {
                    postings.positions(positions);
                }
                let words = question_words.first(entry).unwrap_or(0) as u32;
                if self.stand(&positions, words) {
                    found.insert(entry);
                }
            }
            postings[0].advance();
        }
        let found = BitSetDocSet::from(found);
        Ok(Box::new(ConstScorer::new(found, boost)))
    }

    fn explain(&self, segment: &SegmentReader, entry: EntryId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if advance(&mut scorer, entry) {
            return Ok(Explanation::new("stands there", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!(
            "{entry} has it not there"
        )))
    }
}

/// Moves `postings` to `entry`; returns whether it has it.
pub(crate) fn advance(postings: &mut impl DocSet, entry: EntryId) -> bool {
    if postings.doc() < entry {
        postings.seek(entry);
    }
    postings.doc() == entry
}
