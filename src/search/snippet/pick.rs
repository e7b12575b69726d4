//! The sentences of an answer -> the run of them that answers best.
//!
//! Who asks what a question asks wants the beginning of its answer, where authors say what a thing
//! is, how two of them differ, or what to do. Who asks for more than the question, and the titles and
//! tags above it, have wants the passage that has the rest.

use std::ops::Range;

use crate::{search::snippet::highlight::Occurrence, text::sentences::Sentence};

/// The weight of the beginning of an answer beside all that was asked for, times the share of it that
/// the question and what is above it have, cubed: a query for more than the question is answered further below.
const BEGINNING: f32 = 0.6;

/// The weight of a word that is shown above the snippet.
const ABOVE: f32 = 0.3;

/// The weight of a further occurrence of a word beside the best, so that among passages with the same
/// words the densest wins.
const AGAIN: f32 = 0.05;

/// The weight of a word in the title of a link that stands alone, which only points to an answer.
const LINKED: f32 = 0.5;

/// The weight of a word in code, which shows a thing but does not say what it is.
const IN_CODE: f32 = 0.5;

/// The weight of a word as a part of a name, such as `wal` in `max_slot_wal_keep_size`.
const IN_NAME: f32 = 0.3;

/// The weight of a word in another question, such as a follow-up.
const ASKED: f32 = 0.5;

/// The words at the beginning of a sentence among which a word such as *prevent* says what it is about.
const REMEDY_WITHIN: usize = 6;

/// The characters between two parts that are shown.
const BETWEEN: usize = 3;

/// An answer whose runs of sentences are weighed.
pub(super) struct Picker<'a> {
    answer: &'a str,
    sentences: &'a [Sentence],
    /// The occurrences, in order.
    found: Vec<Seen>,
    /// The weight of the beginning of the answer.
    beginning: f32,
    /// The sentence that says something first: no link, and not only signs.
    first: usize,
    /// The number of units of the query.
    units: usize,
}

/// Something that was found in a sentence.
struct Seen {
    sentence: usize,
    unit: usize,
    /// Its weight.
    value: f32,
    /// Whether it is a word of a sentence of prose that says something.
    is_plain: bool,
}

impl<'a> Picker<'a> {
    /// Returns the picker among `sentences` of `answer`, in which all is `found` that was asked for;
    /// `weights` are what its units count, some of which are in the text `above` as well. A sentence that tells the
    /// `remedy`, a unit, is wanted rather than the beginning: the unit counts as much as any there.
    pub(super) fn new(
        answer: &'a str,
        sentences: &'a [Sentence],
        found: &[Occurrence],
        above: &[Occurrence],
        weights: &[f32],
        remedy: Option<usize>,
    ) -> Picker<'a> {
        let text = |sentence: &Sentence| &answer[sentence.span.clone()];
        let mut weights = weights.to_vec();
        let asked: f32 = weights.iter().sum();
        let heaviest = weights.iter().copied().fold(0.0, f32::max);
        let mut covered = 0.0;
        for unit in units_of(above.iter().map(|found| found.unit)) {
            covered += weights[unit];
            weights[unit] *= ABOVE;
        }
        let share = if asked > 0.0 { covered / asked } else { 0.0 };
        let says_something =
            |sentence: &Sentence| has_words(text(sentence)) && !is_link(text(sentence));
        let mut picker = Picker {
            answer,
            sentences,
            found: Vec::with_capacity(found.len()),
            beginning: BEGINNING * asked * share.powi(3),
            first: sentences.iter().position(says_something).unwrap_or(0),
            units: weights.len(),
        };
        let tells = |occurrence: &Occurrence| {
            remedy == Some(occurrence.unit) && picker.tells_remedy(occurrence)
        };
        let told: Vec<bool> = found.iter().map(tells).collect();
        if told.contains(&true) {
            picker.beginning = 0.0;
        }
        for (occurrence, tells) in found.iter().zip(told) {
            let sentence = picker.sentence_of(occurrence);
            let share = picker.share(occurrence, sentence);
            let value = match (tells, occurrence.is_drawn) {
                (true, _) => heaviest,
                (false, true) => weights[occurrence.unit] * share,
                (false, false) => continue,
            };
            picker.found.push(Seen {
                sentence,
                unit: occurrence.unit,
                value,
                is_plain: share == 1.0,
            });
        }
        picker
    }

    /// Returns whether the sentence of `occurrence`, a word such as *prevent*, says what to do: *It is prevented
    /// by*, *The habit that prevents it*. Further behind in a sentence, or after a label, the word is by the way.
    fn tells_remedy(&self, occurrence: &Occurrence) -> bool {
        let Some(sentence) = self.sentences.get(self.sentence_of(occurrence)) else {
            return false;
        };
        let before =
            &self.answer[sentence.span.start..occurrence.span.start.max(sentence.span.start)];
        !sentence.code
            && !self.answer[sentence.span.clone()].ends_with('?')
            && !before.contains(':')
            && before.split_whitespace().count() < REMEDY_WITHIN
    }

    /// Returns what an occurrence in `sentence` counts beside one in plain prose.
    fn share(&self, occurrence: &Occurrence, sentence: usize) -> f32 {
        let Some(sentence) = self.sentences.get(sentence) else {
            return 1.0;
        };
        let text = &self.answer[sentence.span.clone()];
        let mut share = 1.0;
        if occurrence.in_name {
            share *= IN_NAME;
        } else if sentence.code && occurrence.is_word {
            share *= IN_CODE;
        }
        if is_link(text) {
            share *= LINKED;
        }
        if !sentence.code && text.ends_with('?') {
            share *= ASKED;
        }
        share
    }

    /// Returns the run of up to `length` characters that answers best; of equals the first.
    pub(super) fn best(&self, length: usize) -> Range<usize> {
        self.best_besides(&[], length)
    }

    /// Returns up to `count` runs that show as many units as they can, in reading order.
    pub(super) fn best_few(&self, length: usize, count: usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        while runs.len() < count {
            let shown = self.units(&runs);
            let next = self.best_besides(&runs, length);
            let new = self.units(std::slice::from_ref(&next));
            if !runs.is_empty() && new.iter().all(|unit| shown.contains(unit)) {
                break;
            }
            runs.push(next);
        }
        runs.sort_by_key(|run| run.start);
        runs
    }

    /// Returns the first sentence of the answer and a later one of prose, if both fit `length` and show
    /// more of what was asked for than the beginning that `run` is: who asks about two things of which the
    /// answer first says what one is wants to read of the other, too. What `titles` have is the subject of
    /// all the answers below them, and no reason to leave the beginning.
    pub(super) fn first_and_rest(
        &self,
        run: &Range<usize>,
        titles: &[usize],
        length: usize,
    ) -> Option<[Range<usize>; 2]> {
        let runs = std::slice::from_ref(run);
        if !run.contains(&self.first) || self.shows_all(runs) {
            return None;
        }
        let first = self.first..self.first + 1;
        let room = length.checked_sub(self.sentences.get(self.first)?.length + BETWEEN)?;
        let shown = self.units(runs);
        let is_new = |seen: &&Seen| {
            let sentence = &self.sentences[seen.sentence];
            !shown.contains(&seen.unit)
                && !titles.contains(&seen.unit)
                && !sentence.code
                && seen.sentence >= run.end
                && seen.is_plain
        };
        let next = self.found.iter().find(is_new)?.sentence;
        // The beginning is followed by what fits of the sentence after it anyway.
        if next == run.end || self.sentences[next].length > room {
            return None;
        }
        let both = [first, self.run(next, room)];
        let units = self.units(&both);
        shown
            .iter()
            .all(|unit| units.contains(unit))
            .then_some(both)
    }

    /// Returns whether `runs` show each unit that is in the answer.
    pub(super) fn shows_all(&self, runs: &[Range<usize>]) -> bool {
        let shown = self.units(runs);
        self.found.iter().all(|seen| shown.contains(&seen.unit))
    }

    /// Returns the run that shows most that `others` do not.
    fn best_besides(&self, others: &[Range<usize>], length: usize) -> Range<usize> {
        let all = self.run(0, length);
        let first = match all.contains(&self.first) {
            true => all,
            false => self.run(self.first, length),
        };
        let mut most = self.worth(&first, others);
        if others.is_empty() {
            most += self.beginning;
        }
        let mut best = None;
        for start in self.starts(length) {
            let run = self.run(start, length);
            let worth = self.worth(&run, others);
            if worth > most {
                most = worth;
                best = Some(run);
            }
        }
        best.map_or(first, |run| self.filled(run, length))
    }

    /// Returns where runs may start, in order: with a sentence that matches, with the one before,
    /// which tells what it is about, or with the paragraph or the code in which it stands.
    fn starts(&self, length: usize) -> Vec<usize> {
        let mut starts = Vec::with_capacity(3 * self.found.len());
        let mut last = None;
        for seen in &self.found {
            let at = seen.sentence;
            if last.replace(at) == Some(at) {
                continue;
            }
            let block = self.block_start(at);
            if self.run(block, length).contains(&at) {
                starts.push(block);
            }
            if self.leads_to(at) {
                starts.push(at - 1);
            }
            starts.push(at);
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Returns whether the sentence before `at` may be shown in front of it: code says nothing of
    /// the prose after it, and signs say nothing at all.
    fn leads_to(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &self.sentences[before]) else {
            return false;
        };
        has_words(&self.answer[before.span.clone()]) && (!before.code || self.sentences[at].code)
    }

    /// Returns the first sentence of the paragraph, or of the code, of sentence `at`.
    fn block_start(&self, at: usize) -> usize {
        let Some(sentence) = self.sentences.get(at) else {
            return at;
        };
        let before = self.sentences[..at].iter().rev();
        let inside = before.take_while(|other| other.block.start == sentence.block.start);
        at - inside.count()
    }

    /// Returns the run from `start` on that fits `length`, of one sentence at least.
    fn run(&self, start: usize, length: usize) -> Range<usize> {
        let mut end = start;
        let mut total = 0;
        for sentence in &self.sentences[start.min(self.sentences.len())..] {
            total += sentence.length + 1;
            if end > start && total > length + 1 {
                break;
            }
            end += 1;
        }
        start..end
    }

    fn sentence_of(&self, occurrence: &Occurrence) -> usize {
        let after = self
            .sentences
            .partition_point(|sentence| sentence.span.end <= occurrence.span.start);
        after.min(self.sentences.len().saturating_sub(1))
    }

    /// Returns what is found in `run`.
    fn inside(&self, run: &Range<usize>) -> &[Seen] {
        let start = self.found.partition_point(|seen| seen.sentence < run.start);
        let end = self.found.partition_point(|seen| seen.sentence < run.end);
        &self.found[start..end]
    }

    /// Returns the units that `runs` show.
    fn units(&self, runs: &[Range<usize>]) -> Vec<usize> {
        let seen = runs.iter().flat_map(|run| self.inside(run));
        units_of(seen.map(|seen| seen.unit))
    }

    /// Returns what `run` shows that `others` do not.
    fn worth(&self, run: &Range<usize>, others: &[Range<usize>]) -> f32 {
        let mut best = vec![0.0_f32; self.units];
        for seen in others.iter().flat_map(|run| self.inside(run)) {
            best[seen.unit] = f32::INFINITY;
        }
        let mut worth = 0.0;
        for seen in self.inside(run) {
            let before = best[seen.unit];
            let better = seen.value.max(before);
            best[seen.unit] = better;
            worth += if before == 0.0 {
                0.0
            } else {
                AGAIN * seen.value
            };
            worth += if better > before {
                better - before
            } else {
                0.0
            };
        }
        worth
    }

    /// Returns `run` with what fits in front of it, where there is room left.
    fn filled(&self, run: Range<usize>, length: usize) -> Range<usize> {
        let mut start = run.start;
        while self.leads_to(start) && self.run(start - 1, length).end == run.end {
            start -= 1;
        }
        start..run.end
    }
}

/// Returns `units`, each once.
fn units_of(units: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut units: Vec<usize> = units.collect();
    units.sort_unstable();
    units.dedup();
    units
}

fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Returns whether `text` is one link in Markdown, and nothing else.
fn is_link(text: &str) -> bool {
    let target = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]("))
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    target.is_some_and(|target| !target.contains(['(', ' ']))
}
