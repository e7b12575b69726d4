//! Scores the documents found, by all terms of a [`Plan`].
//!
//! Finding looks at single words, so that the index can skip most documents. The best of what it
//! finds are scored here once more: each term of the query by the best way in which the document
//! meets it, then words that stand near each other as they do in the query.

use std::collections::HashMap;

use tantivy::{DocAddress, Score, SegmentReader, postings::Postings, schema::IndexRecordOption};

use crate::{
    ScorePart,
    search::plan::{Plan, QueryTerm, Role},
    search::position_filter::advance,
    search::weights::*,
    store::schema::AnswerClass,
    store::snapshot::{ScoreColumns, Snapshot, TermLists},
    text::fold,
};

/// The documents to be scored.
struct Candidates {
    all: Vec<Candidate>,
    /// The match of each stem in each document, those of a document side by side.
    met: Vec<Met>,
    /// The positions of all stems that are asked for theirs.
    positions: Vec<u32>,
}

/// A document to be scored.
#[derive(Debug, Clone, Default)]
struct Candidate {
    /// The length of its text, as a share of the mean; the question in it counts
    /// [`QUESTION_WEIGHT`] times.
    text_length: f32,
    /// The length of its question, in words and as a share of the mean.
    question_words: u32,
    question_length: f32,
    answer_class: AnswerClass,
    /// The bonus for words as they were typed.
    typed: Score,
}

/// The match of one stem in a document.
#[derive(Debug, Clone, Copy, Default)]
struct Met {
    /// How often it is in the text, which starts with the question, and how often in the question.
    text: u32,
    question: u32,
    /// The first of its positions in the text, among those of all.
    start: usize,
    /// Whether it is in a section, a tag or a title.
    context: bool,
}

/// The match of all stems in a document.
#[derive(Clone, Copy)]
struct Matches<'a> {
    met: &'a [Met],
    positions: &'a [u32],
}

impl<'a> Matches<'a> {
    /// Returns the positions of a stem in the text.
    fn positions(&self, stem: usize) -> &'a [u32] {
        let met = self.met[stem];
        &self.positions[met.start..met.start + met.text as usize]
    }
}

/// One way to meet a term, by the numbers of its stems.
struct Form {
    stems: Vec<usize>,
    /// Its weight times its inverse document frequency.
    weight: f32,
    /// The same in a question.
    asked: f32,
}

/// The words of a query that are no stop words, as one document has them.
struct Words {
    count: usize,
    /// Whether it has them all, and whether its question has.
    are_met: bool,
    are_asked: bool,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            count: 0,
            are_met: true,
            are_asked: true,
        }
    }
}

/// A word as it was typed, which is rarer than its stem.
struct Typed {
    word: TermLists,
    score: Score,
}

/// The score of a document, and what it is made of.
pub(crate) struct Scored {
    pub(crate) score: Score,
    pub(crate) parts: Vec<ScorePart>,
    /// The share of the query that the document has, by how rare its words are.
    pub(crate) covered: f32,
    /// The part of its nearness in meaning that words of the query prove: all if its question has them all,
    /// side by side, [`PROVEN`] if its answer completes them, or else none.
    pub(crate) proven: f32,
    /// The share of its nearness in meaning that counts: that of its score, but none without an answer,
    /// whose question alone may be nearer than any text.
    pub(crate) meaning_factor: f32,
}

/// Returns the score of each of `found`; its parts, if `explain`.
pub(crate) fn score(
    snapshot: &Snapshot<'_>,
    plan: &Plan,
    found: &[DocAddress],
    explain: bool,
) -> tantivy::Result<Vec<Scored>> {
    let scorer = Scorer::new(snapshot, plan)?;
    let mut scored = Vec::with_capacity(found.len());
    let candidates = scorer.read(snapshot, found)?;
    for (i, candidate) in candidates.all.iter().enumerate() {
        let stems = scorer.stems.len();
        let matches = Matches {
            met: &candidates.met[i * stems..(i + 1) * stems],
            positions: &candidates.positions,
        };
        let mut parts = Vec::new();
        let mut score = scorer.score(candidate, matches, |what, score| {
            if explain {
                parts.push(ScorePart {
                    what: what.to_owned(),
                    score,
                });
            }
        });
        score.parts = parts;
        scored.push(score);
    }
    Ok(scored)
}

/// The terms of a query, and what is known of their stems.
struct Scorer<'a> {
    terms: &'a [QueryTerm],
    /// The ways to meet each term.
    forms: Vec<Vec<Form>>,
    stems: Vec<&'a str>,
    /// Whether the positions of each stem are asked for; of the others, it is enough how often they come.
    are_placed: Vec<bool>,
    /// The inverse document frequency of each stem, and that in questions.
    idf: Vec<f32>,
    asked_idf: Vec<f32>,
    typed: Vec<Typed>,
    mean_text: f32,
    mean_question: f32,
}

impl<'a> Scorer<'a> {
    fn new(snapshot: &Snapshot<'_>, plan: &'a Plan) -> tantivy::Result<Scorer<'a>> {
        let fields = snapshot.fields;
        let terms = &plan.terms;
        let all = snapshot.documents()?.max(1) as f32;
        // The small words of a language are rare where most documents are in another, but say no more.
        let of_language = match plan.asked_in {
            Some(language) => snapshot.documents_in(language)?.max(1) as f32,
            None => all,
        };
        let mean_question = snapshot.mean_length(fields.question)?;
        let mean_text =
            snapshot.mean_length(fields.text)? + (QUESTION_WEIGHT - 1) as f32 * mean_question;
        let mut scorer = Scorer {
            terms,
            forms: Vec::with_capacity(terms.len()),
            stems: Vec::new(),
            are_placed: Vec::new(),
            idf: Vec::new(),
            asked_idf: Vec::new(),
            typed: Vec::new(),
            mean_text: mean_text.max(1.0),
            mean_question: mean_question.max(1.0),
        };
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for term in terms {
            let documents = match term.role {
                Role::Stop => of_language,
                _ => all,
            };
            let mut forms = Vec::with_capacity(term.expansions.len());
            for expansion in &term.expansions {
                let mut form = Form {
                    stems: Vec::with_capacity(expansion.stems.len()),
                    weight: 0.0,
                    asked: 0.0,
                };
                for stem in &expansion.stems {
                    let number = *numbers.entry(stem).or_insert(scorer.stems.len());
                    if number == scorer.stems.len() {
                        scorer.stems.push(stem);
                        let found = snapshot
                            .doc_freq(fields.text, stem)?
                            .max(snapshot.doc_freq(fields.headings_and_tags, stem)?);
                        let idf_in_text = idf(found, documents);
                        let found = snapshot.doc_freq(fields.question, stem)?;
                        let idf_asked = idf(found, documents).min(RARE_IN_QUESTIONS);
                        scorer.idf.push(idf_in_text);
                        scorer.asked_idf.push(idf_in_text.max(idf_asked));
                    }
                    form.stems.push(number);
                    // A sequence is as rare as its rarest word, at least.
                    form.weight = form.weight.max(scorer.idf[number] * expansion.weight);
                    form.asked = form.asked.max(scorer.asked_idf[number] * expansion.weight);
                }
                forms.push(form);
            }
            scorer.forms.push(forms);
        }
        scorer.typed = scorer.typed(snapshot, all)?;
        scorer.are_placed = vec![false; scorer.stems.len()];
        let neighbours = scorer.neighbours().filter_map(|(_, stem)| stem);
        let neighbours: Vec<usize> = neighbours.collect();
        let sequences = scorer.forms.iter().flatten();
        let sequences = sequences.filter(|form| form.stems.len() > 1);
        let in_sequences = sequences.flat_map(|form| &form.stems);
        // A word alone has no neighbour.
        let alone = neighbours.len() < 2;
        let neighbours = neighbours.iter().filter(|_| !alone);
        for stem in neighbours.chain(in_sequences) {
            scorer.are_placed[*stem] = true;
        }
        Ok(scorer)
    }

    /// Returns the words of the query that may stand side by side in a text, each with its position in the query
    /// and its stem; `None` for a sequence, which ends what is side by side.
    fn neighbours(&self) -> impl Iterator<Item = (usize, Option<usize>)> {
        let terms = self.terms.iter().zip(&self.forms);
        terms.filter_map(|(term, forms)| match forms[0].stems.as_slice() {
            [stem] if term.role == Role::Word => Some((term.position, Some(*stem))),
            [_] => None,
            _ => Some((term.position, None)),
        })
    }

    /// Returns the words that were typed, as far as they are rarer than their stems and say more.
    fn typed(&self, snapshot: &Snapshot<'_>, documents: f32) -> tantivy::Result<Vec<Typed>> {
        let mut typed = Vec::new();
        for (term, forms) in self.terms.iter().zip(&self.forms) {
            let word = fold(&term.written);
            let [number] = forms[0].stems.as_slice() else {
                continue;
            };
            if term.role == Role::Word && is_derived(&word, self.stems[*number]) {
                let field = snapshot.fields.surface_forms;
                let found = snapshot.doc_freq(field, &word)?;
                let rarer = idf(found, documents) - forms[0].weight;
                if found > 0 && rarer > 0.0 {
                    let word = snapshot.lists(field, &word)?;
                    let score = TYPED * rarer;
                    typed.push(Typed { word, score });
                }
            }
        }
        Ok(typed)
    }

    /// Reads how each of `found` meets the stems.
    fn read(&self, snapshot: &Snapshot<'_>, found: &[DocAddress]) -> tantivy::Result<Candidates> {
        let mut candidates = Candidates {
            all: vec![Candidate::default(); found.len()],
            met: vec![Met::default(); found.len() * self.stems.len()],
            positions: Vec::new(),
        };
        let segments = snapshot.segments().iter().zip(snapshot.columns());
        for (ord, (segment, columns)) in segments.enumerate() {
            // Postings are read forward, so in the order of the documents.
            let mut here: Vec<(u32, usize)> = (0..found.len())
                .filter(|i| found[*i].segment_ord as usize == ord)
                .map(|i| (found[i].doc_id, i))
                .collect();
            here.sort_unstable();
            if !here.is_empty() {
                let columns = columns.of_scores()?;
                self.read_segment(snapshot, segment, columns, &here, &mut candidates)?;
            }
        }
        Ok(candidates)
    }

    /// Reads the documents `here` of a segment, each into the candidate with the number beside it.
    fn read_segment(
        &self,
        snapshot: &Snapshot<'_>,
        segment: &SegmentReader,
        columns: &ScoreColumns,
        here: &[(u32, usize)],
        candidates: &mut Candidates,
    ) -> tantivy::Result<()> {
        let fields = snapshot.fields;
        let lengths = segment.get_fieldnorms_reader(fields.text)?;
        for (doc, i) in here {
            let words = columns.question_words(*doc);
            let weighted = lengths.fieldnorm(*doc) + (QUESTION_WEIGHT as u32 - 1) * words;
            candidates.all[*i] = Candidate {
                text_length: weighted as f32 / self.mean_text,
                question_words: words,
                question_length: words as f32 / self.mean_question,
                answer_class: columns.answer_class(*doc),
                typed: 0.0,
            };
        }
        for typed in &self.typed {
            let postings = typed.word.open(segment, IndexRecordOption::Basic)?;
            if let Some(mut postings) = postings {
                for (doc, i) in here {
                    if advance(&mut postings, *doc) {
                        candidates.all[*i].typed += typed.score;
                    }
                }
            }
        }
        for (number, stem) in self.stems.iter().enumerate() {
            let met = |i: usize| i * self.stems.len() + number;
            let open = |field, option| snapshot.lists(field, stem)?.open(segment, option);
            let option = match self.are_placed[number] {
                true => IndexRecordOption::WithFreqsAndPositions,
                false => IndexRecordOption::WithFreqs,
            };
            if let Some(mut postings) = open(fields.text, option)? {
                for (doc, i) in here {
                    if advance(&mut postings, *doc) {
                        let met = &mut candidates.met[met(*i)];
                        met.text = postings.term_freq();
                        if self.are_placed[number] {
                            met.start = candidates.positions.len();
                            postings.append_positions_with_offset(0, &mut candidates.positions);
                            let positions = &candidates.positions[met.start..];
                            let end = candidates.all[*i].question_words;
                            met.question = positions.partition_point(|at| *at < end) as u32;
                        }
                    }
                }
            }
            if !self.are_placed[number]
                && let Some(mut postings) = open(fields.question, IndexRecordOption::WithFreqs)?
            {
                for (doc, i) in here {
                    let met = &mut candidates.met[met(*i)];
                    // The text has the question as well.
                    if met.text > 0 && advance(&mut postings, *doc) {
                        met.question = postings.term_freq();
                    }
                }
            }
            let context = open(fields.headings_and_tags, IndexRecordOption::Basic)?;
            if let Some(mut postings) = context {
                for (doc, i) in here {
                    candidates.met[met(*i)].context = advance(&mut postings, *doc);
                }
            }
        }
        Ok(())
    }

    /// Returns the score of `candidate`, having told `part` what it is made of.
    fn score(
        &self,
        candidate: &Candidate,
        matches: Matches<'_>,
        mut part: impl FnMut(&str, Score),
    ) -> Scored {
        let mut total = 0.0;
        let mut add = |what: &str, score: Score| {
            if score != 0.0 {
                total += score;
                part(what, score);
            }
            total
        };
        // How rare the words of the query are, together, and those of them in the question.
        let (mut asked, mut covered, mut had) = (0.0, 0.0, 0.0);
        let mut words = Words::default();
        for (term, forms) in self.terms.iter().zip(&self.forms) {
            let (mut best, mut second) = (0.0_f32, 0.0_f32);
            let (mut in_question, mut above) = (false, false);
            for form in forms {
                let occurrences = occurrences(form, candidate, matches);
                let is_above = in_context(form, matches);
                let question = match term.role {
                    Role::Stop => STOP_QUESTION_BOOST,
                    _ => QUESTION_BOOST,
                };
                let score = form_score(form, occurrences, question, candidate, is_above);
                (best, second) = (best.max(score), second.max(best.min(score)));
                in_question |= occurrences.1 > 0;
                above |= is_above;
            }
            add(
                &term.written,
                term.role.weight() * (best + SECOND_FORM * second),
            );
            if matches!(term.role, Role::Word | Role::Stop) {
                let rarity = term.role.weight() * forms[0].weight;
                asked += rarity;
                had += if best > 0.0 { rarity } else { 0.0 };
                let is_covered = in_question || (above && term.role == Role::Word);
                covered += if is_covered { rarity } else { 0.0 };
                if term.role == Role::Word {
                    words.count += 1;
                    words.are_met &= best > 0.0;
                    words.are_asked &= in_question;
                }
            }
        }
        if covered > 0.0 {
            add("question covered", COVERED * covered * covered / asked);
        }
        add("words as typed", candidate.typed);
        let side_by_side = self.near(candidate, matches);
        let sum = add("words side by side", side_by_side);
        let (factor, meaning_factor, what) = match candidate.answer_class {
            AnswerClass::Answered => (1.0, 1.0, ""),
            AnswerClass::Passage => (PASSAGE_FACTOR, PASSAGE_FACTOR, "is a passage"),
            AnswerClass::References => (REFERENCES_FACTOR, REFERENCES_FACTOR, "is a list of links"),
            AnswerClass::Unanswered => (UNANSWERED_FACTOR, 0.0, "has no answer"),
        };
        Scored {
            score: add(what, sum * (factor - 1.0)),
            parts: Vec::new(),
            covered: if asked > 0.0 { had / asked } else { 1.0 },
            proven: {
                let are_together = words.are_met && (words.count < 2 || side_by_side > 0.0);
                match (are_together, words.are_asked) {
                    (true, true) => 1.0,
                    (true, false) => PROVEN,
                    (false, _) => 0.0,
                }
            },
            meaning_factor,
        }
    }

    /// Returns what neighbours of the query count that are neighbours in the text.
    fn near(&self, candidate: &Candidate, matches: Matches<'_>) -> Score {
        let mut sum = 0.0;
        let mut before: Option<(usize, usize)> = None;
        for (position, stem) in self.neighbours() {
            let Some(stem) = stem else {
                before = None;
                continue;
            };
            // What stands around a word that the document lacks is side by side all the same.
            if matches.met[stem].text == 0 {
                continue;
            }
            if let Some((first, first_position)) = before {
                let apart = position.saturating_sub(first_position) as u32;
                sum += self.pair(first, stem, apart, candidate, matches);
            }
            before = Some((stem, position));
        }
        sum
    }

    /// Returns what two stems count that stand `apart` words from each other in the query.
    fn pair(
        &self,
        first: usize,
        second: usize,
        apart: u32,
        candidate: &Candidate,
        matches: Matches<'_>,
    ) -> Score {
        let others = matches.positions(second);
        let (mut ordered, mut near) = (0, 0);
        for position in matches.positions(first) {
            let start = others.partition_point(|other| other + WINDOW < *position);
            let window = others[start..]
                .iter()
                .take_while(|other| **other <= position + WINDOW);
            let mut found = false;
            for other in window.filter(|other| *other != position) {
                found = true;
                ordered += usize::from(*other == position + apart);
            }
            near += usize::from(found);
        }
        let rarity = (self.idf[first] + self.idf[second]) / 2.0;
        rarity
            * (ORDERED * saturated(ordered, candidate.text_length, B)
                + WINDOWED * saturated(near, candidate.text_length, B))
    }
}

/// Returns whether `word` says more than its stem, as *accessible*, and not *image* or *locking*.
fn is_derived(word: &str, stem: &str) -> bool {
    let inflected = ["s", "ed", "ing"]
        .iter()
        .any(|ending| word.ends_with(ending));
    word.len() > stem.len() + 1 && !inflected
}

/// Returns how rare a term is that `found` documents have.
pub(crate) fn idf(found: u64, documents: f32) -> f32 {
    let found = found as f32;
    (1.0 + ((documents - found).max(0.0) + 0.5) / (found + 0.5)).ln()
}

/// Returns what a document that meets a term in this way, so often in the text and in the question,
/// gets for it; `is_above`, if it has it in a section, a tag or a title.
fn form_score(
    form: &Form,
    (text, question): (usize, usize),
    question_boost: f32,
    candidate: &Candidate,
    is_above: bool,
) -> Score {
    let context = match question {
        0 => CONTEXT_UNASKED,
        _ => CONTEXT_BOOST,
    };
    let context = context * f32::from(is_above);
    form.weight * (saturated(text, candidate.text_length, B) + context)
        + form.asked * question_boost * saturated(question, candidate.question_length, QUESTION_B)
}

/// Returns whether the form is in a section, a tag or a title.
fn in_context(form: &Form, matches: Matches<'_>) -> bool {
    let mut stems = form.stems.iter();
    !form.stems.is_empty() && stems.all(|stem| matches.met[*stem].context)
}

/// Returns how often the form is in the text, weighted, and how often in the question.
fn occurrences(form: &Form, candidate: &Candidate, matches: Matches<'_>) -> (usize, usize) {
    let positions = |stem: usize| matches.positions(stem);
    let in_question = |position: &u32| *position < candidate.question_words;
    match form.stems.as_slice() {
        [] => (0, 0),
        [stem] => {
            let Met { text, question, .. } = matches.met[*stem];
            let (text, question) = (text as usize, question as usize);
            (text + (QUESTION_WEIGHT - 1) * question, question)
        }
        [first, rest @ ..] => {
            let follow = |start: u32| {
                let mut expected = rest.iter().zip(start + 1..);
                expected.all(|(stem, position)| positions(*stem).binary_search(&position).is_ok())
            };
            let starts = positions(*first).iter().filter(|start| follow(**start));
            starts.fold((0, 0), |(text, question), start| match in_question(start) {
                true => (text + QUESTION_WEIGHT, question + 1),
                false => (text + 1, question),
            })
        }
    }
}

/// Returns the worth of `count` occurrences in a text of `length` times the mean; `b` is the share of the
/// length that counts.
fn saturated(count: usize, length: f32, b: f32) -> f32 {
    let count = count as f32;
    count * (1.0 + K1) / (count + K1 * (1.0 - b + b * length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANDIDATE: Candidate = Candidate {
        text_length: 1.0,
        question_words: 2,
        question_length: 1.0,
        answer_class: AnswerClass::Answered,
        typed: 0.0,
    };

    /// Returns the matches of stems with these `positions`, and these positions one behind the other.
    fn matches(positions: &[&[u32]]) -> (Vec<Met>, Vec<u32>) {
        let mut all = Vec::new();
        let met = positions.iter().map(|positions| {
            let start = all.len();
            all.extend_from_slice(positions);
            let question = positions.partition_point(|at| *at < CANDIDATE.question_words);
            Met {
                text: positions.len() as u32,
                question: question as u32,
                start,
                context: false,
            }
        });
        (met.collect(), all)
    }

    #[test]
    fn a_sequence_is_met_only_in_order_and_side_by_side() {
        let form = |stems: &[usize]| Form {
            stems: stems.to_vec(),
            weight: 1.0,
            asked: 1.0,
        };
        let (met, positions) = matches(&[&[0, 5, 9], &[1, 6, 8], &[2, 20]]);
        let (met, positions) = (&*met, &*positions);
        let occurrences = |stems| occurrences(&form(stems), &CANDIDATE, Matches { met, positions });
        assert_eq!(occurrences(&[0, 1]), (4, 1));
        assert_eq!(occurrences(&[0, 1, 2]), (3, 1));
        assert_eq!(occurrences(&[2, 0]), (0, 0));
        assert_eq!(occurrences(&[2]), (2, 0));
    }

    #[test]
    fn a_word_above_a_question_counts_more_where_the_question_lacks_it() {
        let form = Form {
            stems: vec![0],
            weight: 1.0,
            asked: 1.0,
        };
        let gain = |occurrences| {
            let score =
                |is_above| form_score(&form, occurrences, QUESTION_BOOST, &CANDIDATE, is_above);
            score(true) - score(false)
        };
        assert!(gain((1, 0)) > gain((4, 1)) && gain((4, 1)) > 0.0);
    }

    #[test]
    fn more_of_a_word_counts_less_and_less() {
        let counts = [0, 1, 2, 9].map(|count| saturated(count, 1.0, B));
        assert!(counts.is_sorted() && counts[0] == 0.0 && counts[3] < 1.0 + K1);
        assert!(saturated(1, 0.5, B) > saturated(1, 2.0, B));
    }
}
