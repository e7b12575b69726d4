//! A set of questions for an interview, drawn from many: balanced, within a time, and the same for
//! the same seed.
//!
//! Sections take turns: none has a second question before every other had one. Among those whose
//! turn it is, tags and guides that were drawn least come first, and chance decides the rest. A
//! question that is worded or answered much like one in the set is left out.
//!
//! ```
//! use hotseat::draw::Draw;
//! use hotseat::{Index, QaDocument, Query};
//!
//! let topics = ["closures", "threads", "sockets", "indexes", "caches", "locks", "queues"];
//! let question = |topic: &str| {
//!     QaDocument::new("quiz.md", format!("How would you explain {topic}?"), format!("By {topic}."))
//! };
//! let index = Index::in_memory(topics.map(question))?;
//! let questions = index.list(&Query::new(""))?;
//! let sheet = Draw::new().minutes(20).seed(7).from(&questions);
//! assert_eq!(sheet.questions.len(), 3);
//! assert_eq!(Draw::new().minutes(20).seed(7).from(&questions), sheet);
//! # hotseat::Result::Ok(())
//! ```

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
};

use serde::Serialize;

use crate::{
    DocId, DocumentKind, Facet, FacetName, QaDocument,
    random::Random,
    text::{Terms, is_stop_word},
};

/// The size of a set, and its balance.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "it does nothing until it draws from questions"]
pub struct Draw {
    minutes: u32,
    count: Option<usize>,
    seed: u64,
    mix: Vec<(String, u32)>,
    level_minutes: BTreeMap<String, u32>,
    tags: Vec<String>,
    excluded: HashSet<DocId>,
    unanswered: bool,
}

impl Default for Draw {
    fn default() -> Draw {
        Draw {
            minutes: 45,
            count: None,
            seed: 0,
            mix: Vec::new(),
            level_minutes: BTreeMap::new(),
            tags: Vec::new(),
            excluded: HashSet::new(),
            unanswered: false,
        }
    }
}

/// The minutes for a question of a level, by its usual names; any other takes as long as `mid`.
const LEVEL_MINUTES: [(&str, u32); 12] = [
    ("junior", JUNIOR),
    ("beginner", JUNIOR),
    ("basic", JUNIOR),
    ("easy", JUNIOR),
    ("entry", JUNIOR),
    ("entry-level", JUNIOR),
    ("senior", SENIOR),
    ("advanced", SENIOR),
    ("expert", SENIOR),
    ("hard", SENIOR),
    ("lead", SENIOR),
    ("principal", SENIOR),
];
const JUNIOR: u32 = 4;
const MID: u32 = 6;
const SENIOR: u32 = 9;

/// The share of the time that is kept for the start, the end and what takes longer: a tenth.
const RESERVE: f64 = 0.1;

/// The greatest difference of a set's time from the time asked for, as a share of it.
const TOLERANCE: f64 = 0.05;

/// The longest interview, in minutes: a day.
const MAX_MINUTES: u32 = 24 * 60;

/// The share of equal words from which two questions, or their answers, are alike.
const ALIKE: f64 = 0.5;

impl Draw {
    /// Returns a draw for 45 minutes.
    pub fn new() -> Draw {
        Draw::default()
    }

    /// Sets the length of the interview in minutes, at most a day.
    pub fn minutes(mut self, minutes: u32) -> Draw {
        self.minutes = minutes.clamp(1, MAX_MINUTES);
        self
    }

    /// Sets the number of questions, whatever time they take.
    pub fn count(mut self, count: usize) -> Draw {
        self.count = Some(count);
        self
    }

    /// Sets the seed by which chance decides; the same seed gives the same set.
    pub fn seed(mut self, seed: u64) -> Draw {
        self.seed = seed;
        self
    }

    /// Gives questions of a level `share` parts of the set; those of levels without a share are
    /// left out.
    pub fn mix(mut self, level: &str, share: u32) -> Draw {
        self.mix.push((key(level), share));
        self
    }

    /// Sets the minutes for a question of a level.
    pub fn level_minutes(mut self, level: &str, minutes: u32) -> Draw {
        let minutes = minutes.clamp(1, MAX_MINUTES);
        self.level_minutes.insert(key(level), minutes);
        self
    }

    /// Adds a tag whose questions take turns with those of the other tags added.
    pub fn tag(mut self, tag: &str) -> Draw {
        self.tags
            .push(Facet::new(FacetName::Tag, tag).key().to_owned());
        self
    }

    /// Leaves questions out, such as those of an earlier interview.
    pub fn exclude(mut self, ids: impl IntoIterator<Item = DocId>) -> Draw {
        self.excluded.extend(ids);
        self
    }

    /// Sets whether questions without an answer are drawn, too.
    pub fn unanswered(mut self, unanswered: bool) -> Draw {
        self.unanswered = unanswered;
        self
    }

    /// Draws from `documents`; passages are left out. The questions are in the order of the time that
    /// they take, the easier ones first.
    pub fn from(&self, documents: &[QaDocument]) -> Sheet {
        let mut pool = self.pool(documents);
        let mut drawn = Drawn::default();
        while !self.is_full(&drawn)
            && let Some(next) = self.next(&pool, &drawn)
        {
            let candidate = pool.swap_remove(next);
            let words = Words::of(candidate.document);
            if !drawn.words.iter().any(|other| words.are_like(other)) {
                drawn.add(candidate, words);
            }
        }
        self.sheet(drawn, pool.is_empty())
    }

    fn pool<'d>(&self, documents: &'d [QaDocument]) -> Vec<Candidate<'d>> {
        let mut levels = Numbers::default();
        let mut guides = Numbers::default();
        let mut sections = Numbers::default();
        let mut tags = Numbers::default();
        let mut pool = Vec::new();
        for document in documents {
            let level = level_of(document);
            let share = self.share(&level);
            let is_question = document.kind == DocumentKind::Question;
            let is_answered = self.unanswered || document.has_answer();
            let is_excluded = share == 0 || self.excluded.contains(&document.id);
            if !is_question || !is_answered || is_excluded {
                continue;
            }
            let section = document.sections.first().map_or("", String::as_str);
            pool.push(Candidate {
                document,
                minutes: self.minutes_of(&level),
                share,
                level: levels.of(level),
                guide: guides.of(document.guide.as_str()),
                section: sections.of((document.guide.as_str(), section)),
                tags: document.all_tags().map(|tag| tags.of(tag)).collect(),
                turns: self.turns(document),
                chance: Random::of(self.seed, document.id),
            });
        }
        pool
    }

    /// Returns the places of the tags that take turns, of those that a document has.
    fn turns(&self, document: &QaDocument) -> Vec<usize> {
        let keys = document
            .all_tags()
            .map(|tag| Facet::new(FacetName::Tag, tag));
        let place = |facet: Facet| self.tags.iter().position(|tag| tag == facet.key());
        if self.tags.is_empty() {
            return Vec::new();
        }
        keys.filter_map(place).collect()
    }

    /// Returns the share of a level; all have the same if none is set.
    fn share(&self, level: &str) -> u32 {
        if self.mix.is_empty() {
            return 1;
        }
        let shares = self.mix.iter().filter(|(name, _)| name == level);
        shares.map(|(_, share)| share).sum()
    }

    fn minutes_of(&self, level: &str) -> u32 {
        let set = |level| self.level_minutes.get(level).copied();
        let usual = LEVEL_MINUTES.iter().find(|(name, _)| *name == level);
        // Without a level, or of one that is not known, it is in the middle.
        set(level)
            .or(usual.map(|(_, minutes)| *minutes))
            .or_else(|| set("mid"))
            .unwrap_or(MID)
    }

    /// Returns the minutes for questions.
    fn budget(&self) -> u32 {
        (f64::from(self.minutes) * (1.0 - RESERVE)).round().max(1.0) as u32
    }

    fn is_full(&self, drawn: &Drawn<'_>) -> bool {
        match self.count {
            Some(count) => drawn.chosen.len() >= count,
            None => drawn.minutes >= self.budget(),
        }
    }

    /// Returns the place of the question that is drawn next; none if none fits.
    fn next(&self, pool: &[Candidate<'_>], drawn: &Drawn<'_>) -> Option<usize> {
        let left = self.budget().saturating_sub(drawn.minutes);
        // The last question may go over the time by less than it would leave free.
        let fits = |minutes| self.count.is_some() || drawn.chosen.is_empty() || minutes < 2 * left;
        let rank = |candidate: &Candidate<'_>| {
            // The level that is furthest behind its share is next; without shares, all are one.
            let level = match self.mix.is_empty() {
                true => 0,
                false => (2 * count(&drawn.levels, candidate.level) + 1) * 1000 / candidate.share,
            };
            let turns = candidate.turns.iter().map(|tag| count(&drawn.turns, *tag));
            let tags = candidate.tags.iter().map(|tag| count(&drawn.tags, *tag));
            (
                level,
                count(&drawn.sections, candidate.section),
                turns.min(),
                count(&drawn.guides, candidate.guide),
                tags.sum::<u32>() * 12 / candidate.tags.len().max(1) as u32,
                candidate.chance,
                candidate.document.id,
            )
        };
        let fitting = pool.iter().enumerate();
        let fitting = fitting.filter(|(_, candidate)| fits(candidate.minutes));
        let next = fitting.min_by_key(|(_, candidate)| rank(candidate));
        next.map(|(place, _)| place)
    }

    fn sheet(&self, mut drawn: Drawn<'_>, is_exhausted: bool) -> Sheet {
        drawn.chosen.sort_by_key(|candidate| candidate.minutes);
        let chosen = drawn.chosen.iter();
        let mut minutes: Vec<u32> = chosen.clone().map(|candidate| candidate.minutes).collect();
        let (budget, taken) = (self.budget(), drawn.minutes);
        let is_far = f64::from(taken.abs_diff(budget)) > TOLERANCE * f64::from(self.minutes);
        let missing = match self.count {
            None if is_exhausted && is_far => budget.saturating_sub(taken),
            _ => 0,
        };
        // The minutes of a level are only usual ones: they give way to those of the interview.
        if self.count.is_none() && is_far && missing == 0 {
            stretch(&mut minutes, budget);
        }
        let taken: u32 = minutes.iter().sum();
        let questions = chosen
            .zip(minutes)
            .map(|(candidate, minutes)| SheetQuestion {
                minutes,
                document: candidate.document.clone(),
            });
        let whole = match self.count {
            Some(_) => (f64::from(taken) / (1.0 - RESERVE)).round() as u32,
            None => self.minutes,
        };
        Sheet {
            seed: self.seed,
            minutes: whole,
            reserve: whole.saturating_sub(taken + missing),
            missing,
            questions: questions.collect(),
        }
    }
}

/// The questions of an interview.
///
/// The minutes of the questions, the reserve and what is missing add up to those of the interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sheet {
    /// The seed that gives the same set again.
    pub seed: u64,
    /// The length of the interview in minutes.
    pub minutes: u32,
    /// The minutes that are kept for the start, the end and what takes longer.
    pub reserve: u32,
    /// The minutes for which there were too few questions.
    pub missing: u32,
    /// The questions, easier ones first.
    pub questions: Vec<SheetQuestion>,
}

/// A question of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SheetQuestion {
    /// The minutes for it.
    pub minutes: u32,
    /// The question and its answer.
    #[serde(flatten)]
    pub document: QaDocument,
}

/// Spreads `whole` minutes over questions by the minutes that they have, at least one each.
fn stretch(minutes: &mut [u32], whole: u32) {
    let (mut left, mut weight) = (whole, minutes.iter().sum::<u32>());
    for minutes in minutes {
        let share = f64::from(left) * f64::from(*minutes) / f64::from(weight);
        weight -= *minutes;
        *minutes = (share.round() as u32).max(1);
        left = left.saturating_sub(*minutes);
    }
}

fn level_of(document: &QaDocument) -> String {
    document.level.as_deref().map(key).unwrap_or_default()
}

fn key(level: &str) -> String {
    Facet::new(FacetName::Level, level).key().to_owned()
}

/// A question that may be drawn; its level, guide, section and tags by numbers.
struct Candidate<'d> {
    document: &'d QaDocument,
    minutes: u32,
    share: u32,
    level: usize,
    guide: usize,
    section: usize,
    tags: Vec<usize>,
    turns: Vec<usize>,
    chance: Random,
}

/// Numbers for values, in the order in which they come.
struct Numbers<T>(HashMap<T, usize>);

impl<T> Default for Numbers<T> {
    fn default() -> Numbers<T> {
        Numbers(HashMap::new())
    }
}

impl<T: Eq + Hash> Numbers<T> {
    fn of(&mut self, value: T) -> usize {
        let next = self.0.len();
        *self.0.entry(value).or_insert(next)
    }
}

/// The questions that were drawn, and how often each level, guide, section and tag was.
#[derive(Default)]
struct Drawn<'d> {
    chosen: Vec<Candidate<'d>>,
    words: Vec<Words>,
    minutes: u32,
    levels: Vec<u32>,
    guides: Vec<u32>,
    sections: Vec<u32>,
    tags: Vec<u32>,
    turns: Vec<u32>,
}

impl<'d> Drawn<'d> {
    fn add(&mut self, candidate: Candidate<'d>, words: Words) {
        self.minutes += candidate.minutes;
        add(&mut self.levels, candidate.level);
        add(&mut self.guides, candidate.guide);
        add(&mut self.sections, candidate.section);
        for tag in &candidate.tags {
            add(&mut self.tags, *tag);
        }
        for tag in &candidate.turns {
            add(&mut self.turns, *tag);
        }
        self.chosen.push(candidate);
        self.words.push(words);
    }
}

fn count(counts: &[u32], number: usize) -> u32 {
    counts.get(number).copied().unwrap_or(0)
}

fn add(counts: &mut Vec<u32>, number: usize) {
    if counts.len() <= number {
        counts.resize(number + 1, 0);
    }
    counts[number] += 1;
}

/// The stems of a question and of its answer, without stop words.
struct Words {
    question: HashSet<String>,
    answer: HashSet<String>,
}

/// The fewest stems of an answer that are compared: short answers are alike by chance.
const LEAST_WORDS: usize = 5;

impl Words {
    fn of(document: &QaDocument) -> Words {
        let stems = |text: &str| {
            let terms = Terms::of(text);
            let terms = terms.iter().filter(|term| !is_stop_word(term.text));
            terms.map(|term| term.stem().into_owned()).collect()
        };
        Words {
            question: stems(&document.question),
            answer: stems(&document.answer),
        }
    }

    fn are_like(&self, other: &Words) -> bool {
        let is_long = self.answer.len().min(other.answer.len()) >= LEAST_WORDS;
        likeness(&self.question, &other.question) >= ALIKE
            || is_long && likeness(&self.answer, &other.answer) >= ALIKE
    }
}

/// Returns the share of the words of both that are in both.
fn likeness(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let common = a.intersection(b).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Questions of three levels, four guides and twelve sections, none like another.
    fn questions(count: usize) -> Vec<QaDocument> {
        let word = |n: usize| format!("w{}x", n * 7919);
        let question = |n: usize| {
            let text = format!("{} {} {}?", word(3 * n), word(3 * n + 1), word(3 * n + 2));
            QaDocument::new(
                format!("guide{}.md", n % 4),
                text,
                format!("Because {}.", word(n)),
            )
            .with_sections([format!("Section {}", n % 12 / 4)])
            .with_tags([format!("tag{}", n % 5)])
            .with_level(["junior", "mid", "Senior"][n / 12 % 3])
        };
        (0..count).map(question).collect()
    }

    #[test]
    fn the_time_is_kept_whatever_the_number() {
        let questions = questions(400);
        for seed in 0..1000 {
            let minutes = 20 + (seed % 101) as u32;
            let draw = Draw::new().minutes(minutes).seed(seed);
            let sheet = draw.from(&questions);
            let taken: u32 = sheet.questions.iter().map(|drawn| drawn.minutes).sum();
            assert_eq!((taken + sheet.reserve, sheet.missing), (minutes, 0));
            let off = (f64::from(taken) - 0.9 * f64::from(minutes)).abs() - 0.5;
            assert!(off <= 0.05 * f64::from(minutes), "{minutes}: {taken}");
            let ids: HashSet<DocId> = sheet.questions.iter().map(|q| q.document.id).collect();
            assert_eq!(ids.len(), sheet.questions.len());
            if seed % 50 == 0 {
                assert_eq!(draw.from(&questions), sheet);
            }
        }
        assert_ne!(
            Draw::new().seed(1).from(&questions),
            Draw::new().seed(2).from(&questions)
        );
    }

    #[test]
    fn sections_take_turns() {
        let questions = questions(400);
        for seed in 0..50 {
            let sheet = Draw::new().count(12).seed(seed).from(&questions);
            let sections: HashSet<(&str, &str)> = sheet
                .questions
                .iter()
                .map(|q| (q.document.guide.as_str(), q.document.sections[0].as_str()))
                .collect();
            assert_eq!(sections.len(), 12);
        }
    }

    #[test]
    fn tags_take_turns() {
        let mut questions = questions(40);
        // One tag is of few questions in one guide, the other of many in three.
        for (n, question) in questions.iter_mut().enumerate() {
            let tag = if n % 4 == 0 { "Rare" } else { "Frequent" };
            question.tags = vec![tag.to_owned()];
            question.sections = vec![question.question.clone()];
        }
        let draw = Draw::new().count(8).tag("rare").tag("frequent");
        let sheet = draw.from(&questions);
        let rare = sheet
            .questions
            .iter()
            .filter(|q| q.document.tags[0] == "Rare");
        assert_eq!(rare.count(), 4);
    }

    #[test]
    fn levels_have_their_shares_and_minutes() {
        let questions = questions(400);
        let draw = Draw::new()
            .count(12)
            .mix("Junior", 2)
            .mix("mid", 3)
            .mix("senior", 1);
        let sheet = draw.level_minutes("mid", 5).from(&questions);
        let minutes: Vec<u32> = sheet.questions.iter().map(|drawn| drawn.minutes).collect();
        assert_eq!(minutes, [4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 9, 9]);
        assert_eq!(sheet.minutes, 71);
    }

    #[test]
    fn questions_that_are_alike_are_asked_once() {
        let question = |text: &str, answer: &str| QaDocument::new("a.md", text, answer);
        let questions = [
            question("What is a deadlock?", "Two threads wait for each other."),
            question("How is a deadlock prevented?", "By an order of the locks."),
            question(
                "What's a livelock?",
                "Busy threads step aside politely: nobody progresses through the corridor.",
            ),
            question(
                "Explain starvation.",
                "Nobody progresses: busy threads step aside politely in the corridor.",
            ),
        ];
        let sheet = Draw::new().count(4).from(&questions);
        assert_eq!(sheet.questions.len(), 2);
    }

    #[test]
    fn too_few_questions_are_a_shorter_interview() {
        let mut questions = questions(3);
        questions[0].answer.clear();
        let first = questions[1].id;
        let sheet = Draw::new().exclude([first]).from(&questions);
        assert_eq!((sheet.questions.len(), sheet.missing), (1, 37));
        assert_eq!(
            Draw::new()
                .unanswered(true)
                .from(&questions)
                .questions
                .len(),
            3
        );
        assert_eq!(Draw::new().from(&[]).missing, 41);
    }

    #[test]
    fn one_level_alone_gives_way_to_the_time() {
        let mut questions = questions(400);
        questions.retain(|question| question.level.as_deref() == Some("Senior"));
        let sheet = Draw::new().from(&questions);
        let minutes: Vec<u32> = sheet.questions.iter().map(|drawn| drawn.minutes).collect();
        assert_eq!((minutes.iter().sum::<u32>(), minutes.len()), (41, 5));
    }
}
