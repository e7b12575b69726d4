//! The order of the questions of one session.

use std::collections::{HashMap, VecDeque};

use super::{Card, Clock, Grade, History};
use crate::{DocId, QaDocument, random::Random};

/// The number of questions of a session, and the order of the new ones.
///
/// ```
/// use hotseat::practice::{Clock, History, Session, Timestamp};
/// use hotseat::QaDocument;
///
/// let tea = [QaDocument::new("tea.md", "What is matcha?", "Tea, ground.")];
/// let clock = Clock { now: Timestamp::from_unix_ms(0), offset: 0 };
/// let mut questions = Session::new().new_questions(5).queue(&tea, &History::default(), &clock);
/// assert_eq!(questions.next(), Some(tea[0].id));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "it does nothing until the queue is made"]
pub struct Session {
    new: usize,
    limit: usize,
    retention: f64,
    shuffle: Option<u64>,
}

impl Default for Session {
    fn default() -> Session {
        Session {
            new: 10,
            limit: 30,
            retention: RETENTION,
            shuffle: None,
        }
    }
}

/// The probability of recall at which a question is asked again, unless told otherwise.
const RETENTION: f64 = 0.9;

/// The questions that come before one that was not recalled is asked again.
const BETWEEN: usize = 5;

/// The most places that a question is brought forward, to keep those of a section apart.
const AHEAD: usize = 40;

impl Session {
    /// Returns a session of up to 30 questions, 10 of them new, at a retention of 0.9.
    pub fn new() -> Session {
        Session::default()
    }

    /// Sets the greatest number of questions that were never asked before.
    pub fn new_questions(mut self, most: usize) -> Session {
        self.new = most;
        self
    }

    /// Sets the greatest number of questions.
    pub fn limit(mut self, most: usize) -> Session {
        self.limit = most;
        self
    }

    /// Sets the probability of recall at which a question is due, clamped to 0.7 to 0.99.
    pub fn retention(mut self, retention: f64) -> Session {
        self.retention = if retention.is_nan() {
            RETENTION
        } else {
            retention.clamp(0.7, 0.99)
        };
        self
    }

    /// Puts new questions in an order made from a seed, rather than in that of the guides.
    pub fn shuffle(mut self, seed: u64) -> Session {
        self.shuffle = Some(seed);
        self
    }

    /// Returns the questions of `documents` that are due, the most likely forgotten first, and then
    /// new ones. Where it can be helped, no two of one section come in a row.
    pub fn queue(&self, documents: &[QaDocument], history: &History, clock: &Clock) -> Queue {
        let today = clock.today();
        let mut due: Vec<(f64, &QaDocument)> = Vec::new();
        let mut new: Vec<&QaDocument> = Vec::new();
        for document in documents {
            let card = history.card(document.id);
            if card.is_some_and(|card| card.is_buried(today)) {
                continue;
            }
            match card.and_then(|card| Some((card, card.due(self.retention)?))) {
                Some((card, day)) if day <= today => {
                    due.push((card.retrievability(today), document))
                }
                Some(_) => {}
                None => new.push(document),
            }
        }
        due.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total_due = due.len();
        if let Some(seed) = self.shuffle {
            new.sort_by_key(|document| Random::of(seed, document.id));
        }
        let due = due.into_iter().map(|(_, document)| document);
        let questions: Vec<&QaDocument> = due
            .take(self.limit)
            .chain(new.into_iter().take(self.new))
            .take(self.limit)
            .collect();
        let questions = apart(questions);
        Queue {
            due: total_due,
            questions: questions.iter().map(|document| document.id).collect(),
        }
    }

    /// Returns the days until the question is asked again after each grade; 0 is the same day.
    pub fn intervals(&self, card: Option<&Card>, clock: &Clock) -> [u32; 4] {
        let new = Card::default();
        let card = card.unwrap_or(&new);
        Grade::ALL.map(|grade| match grade {
            Grade::Again => 0,
            _ => super::days(
                card.graded(grade, clock.today().max(card.day)),
                self.retention,
            ),
        })
    }
}

/// Brings forward the next question of another section wherever two of one would come in a row.
fn apart(questions: Vec<&QaDocument>) -> Vec<&QaDocument> {
    let mut left: VecDeque<&QaDocument> = questions.into();
    let mut apart: Vec<&QaDocument> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let section = |document: &QaDocument| (document.guide.clone(), document.sections.clone());
        let last = apart.last().map(|document| section(document));
        let mut ahead = left.iter().take(AHEAD);
        let other = ahead.position(|document| Some(section(document)) != last);
        apart.extend(left.remove(other.unwrap_or(0)));
    }
    apart
}

/// The questions that are still to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    due: usize,
    questions: VecDeque<DocId>,
}

impl Queue {
    /// Returns how many questions were due, in the session or beyond its limit.
    pub fn due(&self) -> usize {
        self.due
    }

    /// Returns how many are left.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Returns whether none is left.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Puts a question that was not recalled back, behind five others if there are as many.
    pub fn again(&mut self, id: DocId) {
        let at = self.questions.len().min(BETWEEN);
        self.questions.insert(at, id);
    }

    /// Puts a question in front of all others, as after an undo, and removes it from further back.
    pub fn back(&mut self, id: DocId) {
        self.questions.retain(|other| *other != id);
        self.questions.push_front(id);
    }
}

impl Iterator for Queue {
    type Item = DocId;

    fn next(&mut self) -> Option<DocId> {
        self.questions.pop_front()
    }
}

/// Statistics of a collection: what is due, and what is remembered.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Stats {
    /// The number of questions in the collection.
    pub questions: usize,
    /// The number of those that were graded.
    pub learned: usize,
    /// The number of questions due today, and on each of the days after it.
    pub due: Vec<usize>,
    /// The number of reviews that were on a later day than the review before.
    pub tests: u32,
    /// The number of [`tests`](Stats::tests) in which the question was recalled.
    pub recalled: u32,
    /// The share recalled by tag, the weakest first.
    pub tags: Vec<Share>,
    /// The share recalled by section, the weakest first.
    pub sections: Vec<Share>,
    /// The questions that are marked.
    pub flagged: Vec<DocId>,
}

/// The share of reviews in which questions of one tag or section were recalled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Share {
    /// The tag or section.
    pub name: String,
    /// The number of reviews.
    pub tests: u32,
    /// The number of those in which the question was recalled.
    pub recalled: u32,
}

impl Stats {
    /// Returns the statistics of `documents`, with what is due on each of `days` days from today.
    pub fn of(
        documents: &[QaDocument],
        history: &History,
        clock: &Clock,
        retention: f64,
        days: usize,
    ) -> Stats {
        let mut stats = Stats {
            questions: documents.len(),
            due: vec![0; days],
            ..Stats::default()
        };
        let mut tags: HashMap<&str, Share> = HashMap::new();
        let mut sections: HashMap<String, Share> = HashMap::new();
        for document in documents {
            let Some(card) = history.card(document.id) else {
                continue;
            };
            if card.flagged {
                stats.flagged.push(document.id);
            }
            if let Some(due) = card.due(retention) {
                stats.learned += 1;
                let ahead = usize::try_from(due - clock.today()).unwrap_or(0);
                if let Some(count) = stats.due.get_mut(ahead) {
                    *count += 1;
                }
            }
            stats.tests += card.tests;
            stats.recalled += card.recalled;
            for tag in document.all_tags() {
                tags.entry(tag).or_default().add(card);
            }
            let section = document.sections.last().unwrap_or(&document.guide_title);
            sections.entry(section.clone()).or_default().add(card);
        }
        stats.tags = weakest_first(tags.into_iter().map(|(tag, share)| (tag.to_owned(), share)));
        stats.sections = weakest_first(sections.into_iter());
        stats
    }
}

impl Share {
    fn add(&mut self, card: &Card) {
        self.tests += card.tests;
        self.recalled += card.recalled;
    }
}

fn weakest_first(shares: impl Iterator<Item = (String, Share)>) -> Vec<Share> {
    let named = shares.map(|(name, share)| Share { name, ..share });
    let mut shares: Vec<Share> = named.filter(|share| share.tests > 0).collect();
    shares.sort_by(|a, b| {
        // As fractions, without rounding.
        let (left, right) = (a.recalled * b.tests, b.recalled * a.tests);
        left.cmp(&right)
            .then_with(|| b.tests.cmp(&a.tests))
            .then_with(|| a.name.cmp(&b.name))
    });
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Action, Entry, Timestamp};

    const DAY: i64 = 86_400_000;

    fn clock(day: i64) -> Clock {
        Clock {
            now: Timestamp::from_unix_ms((day * 24 + 12) * 3_600_000),
            offset: 0,
        }
    }

    fn documents(count: usize) -> Vec<QaDocument> {
        let document = |n: usize| {
            QaDocument::new("a.md", format!("Question {n}?"), "Answer.")
                .with_sections([format!("Section {}", n / 2)])
                .with_tags(["Tag"])
        };
        (0..count).map(document).collect()
    }

    fn graded(history: &mut History, id: DocId, grade: Grade, day: i64) {
        let at = Timestamp::from_unix_ms(day * DAY + DAY / 2);
        let entry = Entry::new(at, "a1", id, Action::Graded { grade, ms: 0 });
        history.add(&entry, &clock(day));
    }

    #[test]
    fn what_is_due_comes_first_and_sections_are_apart() {
        let documents = documents(8);
        let mut history = History::default();
        graded(&mut history, documents[6].id, Grade::Good, 0);
        graded(&mut history, documents[7].id, Grade::Hard, 0);
        graded(&mut history, documents[5].id, Grade::Easy, 0);
        let queue = Session::new()
            .new_questions(3)
            .queue(&documents, &history, &clock(3));
        assert_eq!(queue.due(), 2);
        let order: Vec<usize> = queue
            .map(|id| documents.iter().position(|d| d.id == id).unwrap())
            .collect();
        // 7 is more likely forgotten than 6, which is of the same section; 5 is not due.
        assert_eq!(order, [7, 0, 6, 1, 2]);
    }

    #[test]
    fn what_was_not_recalled_comes_again_after_five_others() {
        let documents = documents(8);
        let mut queue = Session::new().queue(&documents, &History::default(), &clock(0));
        let first = queue.next().unwrap();
        queue.again(first);
        assert_eq!(queue.clone().position(|id| id == first), Some(5));
        queue.back(first);
        assert_eq!((queue.next(), queue.len()), (Some(first), 7));
    }

    #[test]
    fn a_limit_holds_and_a_seed_gives_one_order() {
        let documents = documents(20);
        let queue = |seed| {
            let session = Session::new().new_questions(9).limit(7).shuffle(seed);
            session.queue(&documents, &History::default(), &clock(0))
        };
        assert_eq!((queue(1).len(), queue(1) == queue(1)), (7, true));
        assert_ne!(queue(1), queue(2));
    }

    #[test]
    fn the_numbers_of_a_collection() {
        let documents = documents(4);
        let mut history = History::default();
        for (n, day, grade) in [
            (0, 0, Grade::Good),
            (0, 2, Grade::Again),
            (1, 0, Grade::Good),
            (1, 2, Grade::Good),
            (2, 2, Grade::Easy),
        ] {
            graded(&mut history, documents[n].id, grade, day);
        }
        let stats = Stats::of(&documents, &history, &clock(2), 0.9, 14);
        assert_eq!((stats.questions, stats.learned), (4, 3));
        assert_eq!((stats.tests, stats.recalled), (2, 1));
        assert_eq!((stats.due[0], stats.due.iter().sum::<usize>()), (1, 3));
        let weak = |shares: &[Share]| (shares[0].name.clone(), shares[0].recalled, shares[0].tests);
        assert_eq!(weak(&stats.sections), ("Section 0".to_owned(), 1, 2));
        assert_eq!(weak(&stats.tags), ("Tag".to_owned(), 1, 2));
    }
}
