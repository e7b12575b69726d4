//! Scores the documents found, by all terms of a [`Plan`].
//!
//! Finding looks at single words, so that the index can skip most documents. The best of what it
//! finds are scored here once more: each term of the query by the best way in which the document
//! meets it, then words that stand near each other as they do in the query.

use std::collections::HashMap;

use tantivy::{
    DocAddress, Score, SegmentReader, Term, columnar::Column, postings::Postings,
    schema::IndexRecordOption,
};

use crate::{
    ScorePart,
    search::plan::{Plan, QueryTerm, Role},
    search::position_filter::advance,
    search::weights::*,
    store::schema::{AnswerClass, Fields, column},
    store::snapshot::Snapshot,
    text::fold,
};

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
    /// The match of each stem.
    met: Vec<Met>,
    /// The bonus for words as they were typed.
    typed: Score,
}

/// The match of one stem in a document.
#[derive(Debug, Clone, Default)]
struct Met {
    /// The positions in the text, which starts with the question.
    positions: Vec<u32>,
    /// Whether it is in a section, a tag or a title.
    context: bool,
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
    word: Term,
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
    for candidate in scorer.read(snapshot, found)? {
        let mut parts = Vec::new();
        let mut score = scorer.score(&candidate, |what, score| {
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
        Ok(scorer)
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
                    let word = Term::from_field_text(field, &word);
                    let score = TYPED * rarer;
                    typed.push(Typed { word, score });
                }
            }
        }
        Ok(typed)
    }

    /// Reads how each of `found` meets the stems.
    fn read(
        &self,
        snapshot: &Snapshot<'_>,
        found: &[DocAddress],
    ) -> tantivy::Result<Vec<Candidate>> {
        let mut candidates = vec![Candidate::default(); found.len()];
        for (ord, segment) in snapshot.segments().iter().enumerate() {
            // Postings are read forward, so in the order of the documents.
            let mut here: Vec<(u32, usize)> = (0..found.len())
                .filter(|i| found[*i].segment_ord as usize == ord)
                .map(|i| (found[i].doc_id, i))
                .collect();
            here.sort_unstable();
            if !here.is_empty() {
                self.read_segment(segment, snapshot.fields, &here, &mut candidates)?;
            }
        }
        Ok(candidates)
    }

    /// Reads the documents `here` of a segment, each into the candidate with the number beside it.
    fn read_segment(
        &self,
        segment: &SegmentReader,
        fields: &Fields,
        here: &[(u32, usize)],
        candidates: &mut [Candidate],
    ) -> tantivy::Result<()> {
        let lengths = segment.get_fieldnorms_reader(fields.text)?;
        let question_words = segment.fast_fields().u64(column::QUESTION_WORDS)?;
        let classes = segment.fast_fields().u64(column::ANSWER_CLASS)?;
        let value = |column: &Column<u64>, doc| column.first(doc).unwrap_or(0);
        for (doc, i) in here {
            let words = value(&question_words, *doc) as u32;
            let weighted = lengths.fieldnorm(*doc) + (QUESTION_WEIGHT as u32 - 1) * words;
            candidates[*i] = Candidate {
                text_length: weighted as f32 / self.mean_text,
                question_words: words,
                question_length: words as f32 / self.mean_question,
                answer_class: AnswerClass::from_column(value(&classes, *doc)),
                met: vec![Met::default(); self.stems.len()],
                typed: 0.0,
            };
        }
        let words = segment.inverted_index(fields.surface_forms)?;
        for typed in &self.typed {
            let postings = words.read_postings(&typed.word, IndexRecordOption::Basic)?;
            if let Some(mut postings) = postings {
                for (doc, i) in here {
                    if advance(&mut postings, *doc) {
                        candidates[*i].typed += typed.score;
                    }
                }
            }
        }
        let text = segment.inverted_index(fields.text)?;
        let context = segment.inverted_index(fields.headings_and_tags)?;
        for (number, stem) in self.stems.iter().enumerate() {
            let term = Term::from_field_text(fields.text, stem);
            let option = IndexRecordOption::WithFreqsAndPositions;
            if let Some(mut postings) = text.read_postings(&term, option)? {
                for (doc, i) in here {
                    if advance(&mut postings, *doc) {
                        postings.positions(&mut candidates[*i].met[number].positions);
                    }
                }
            }
            let term = Term::from_field_text(fields.headings_and_tags, stem);
            if let Some(mut postings) = context.read_postings(&term, IndexRecordOption::Basic)? {
                for (doc, i) in here {
                    candidates[*i].met[number].context = advance(&mut postings, *doc);
                }
            }
        }
        Ok(())
    }

    /// Returns the score of `candidate`, having told `part` what it is made of.
    fn score(&self, candidate: &Candidate, mut part: impl FnMut(&str, Score)) -> Scored {
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
                let occurrences = occurrences(form, candidate);
                let question = match term.role {
                    Role::Stop => STOP_QUESTION_BOOST,
                    _ => QUESTION_BOOST,
                };
                let score = form_score(form, occurrences, question, candidate);
                (best, second) = (best.max(score), second.max(best.min(score)));
                in_question |= occurrences.1 > 0;
                above |= in_context(form, candidate);
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
        let side_by_side = self.near(candidate);
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
    fn near(&self, candidate: &Candidate) -> Score {
        let mut sum = 0.0;
        let mut before: Option<(usize, usize)> = None;
        for (term, forms) in self.terms.iter().zip(&self.forms) {
            let [stem] = forms[0].stems.as_slice() else {
                before = None;
                continue;
            };
            // What stands around a word that the document lacks is side by side all the same.
            if term.role != Role::Word || candidate.met[*stem].positions.is_empty() {
                continue;
            }
            if let Some((first, position)) = before {
                let apart = term.position.saturating_sub(position) as u32;
                sum += self.pair(first, *stem, apart, candidate);
            }
            before = Some((*stem, term.position));
        }
        sum
    }

    /// Returns what two stems count that stand `apart` words from each other in the query.
    fn pair(&self, first: usize, second: usize, apart: u32, candidate: &Candidate) -> Score {
        let others = &candidate.met[second].positions;
        let (mut ordered, mut near) = (0, 0);
        for position in &candidate.met[first].positions {
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
/// gets for it.
fn form_score(
    form: &Form,
    (text, question): (usize, usize),
    question_boost: f32,
    candidate: &Candidate,
) -> Score {
    let context = match question {
        0 => CONTEXT_UNASKED,
        _ => CONTEXT_BOOST,
    };
    let context = context * f32::from(in_context(form, candidate));
    form.weight * (saturated(text, candidate.text_length, B) + context)
        + form.asked * question_boost * saturated(question, candidate.question_length, QUESTION_B)
}

/// Returns whether the form is in a section, a tag or a title.
fn in_context(form: &Form, candidate: &Candidate) -> bool {
    let mut stems = form.stems.iter();
    !form.stems.is_empty() && stems.all(|stem| candidate.met[*stem].context)
}

/// Returns how often the form is in the text, weighted, and how often in the question.
fn occurrences(form: &Form, candidate: &Candidate) -> (usize, usize) {
    let positions = |stem: usize| candidate.met[stem].positions.as_slice();
    let in_question = |position: &u32| *position < candidate.question_words;
    match form.stems.as_slice() {
        [] => (0, 0),
        [stem] => {
            let all = positions(*stem);
            let question = all.partition_point(in_question);
            (all.len() + (QUESTION_WEIGHT - 1) * question, question)
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

    fn candidate(positions: &[&[u32]]) -> Candidate {
        Candidate {
            text_length: 1.0,
            question_words: 2,
            question_length: 1.0,
            answer_class: AnswerClass::Answered,
            typed: 0.0,
            met: positions
                .iter()
                .map(|positions| Met {
                    positions: positions.to_vec(),
                    context: false,
                })
                .collect(),
        }
    }

    #[test]
    fn a_sequence_is_met_only_in_order_and_side_by_side() {
        let form = |stems: &[usize]| Form {
            stems: stems.to_vec(),
            weight: 1.0,
            asked: 1.0,
        };
        let text = candidate(&[&[0, 5, 9], &[1, 6, 8], &[2, 20]]);
        assert_eq!(occurrences(&form(&[0, 1]), &text), (4, 1));
        assert_eq!(occurrences(&form(&[0, 1, 2]), &text), (3, 1));
        assert_eq!(occurrences(&form(&[2, 0]), &text), (0, 0));
        assert_eq!(occurrences(&form(&[2]), &text), (2, 0));
    }

    #[test]
    fn a_word_above_a_question_counts_more_where_the_question_lacks_it() {
        let form = Form {
            stems: vec![0],
            weight: 1.0,
            asked: 1.0,
        };
        let gain = |occurrences| {
            let mut candidate = candidate(&[&[]]);
            let without = form_score(&form, occurrences, QUESTION_BOOST, &candidate);
            candidate.met[0].context = true;
            form_score(&form, occurrences, QUESTION_BOOST, &candidate) - without
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
