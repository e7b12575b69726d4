//! The state of each question by the log: replayed from its entries, and kept nowhere else.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::{Action, Clock, Entry, Grade, Memory, TextSeen, Timestamp};
use crate::DocId;

/// The questions that were practiced, as the entries of a log leave them.
///
/// ```
/// use hotseat::practice::{Action, Clock, Entry, Grade, History, Timestamp};
/// use hotseat::DocId;
///
/// let now = Timestamp::from_unix_ms(1_795_932_723_000);
/// let id = DocId::new("tea.md", "What is matcha?", 0);
/// let graded = Action::Graded { grade: Grade::Good, ms: 4_000 };
/// let clock = Clock { now, offset: 0 };
/// let history = History::replay(&[Entry::new(now, "a1", id, graded)], &clock);
/// let card = history.card(id).expect("it was graded");
/// assert_eq!(card.due(0.9), Some(clock.today() + 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    cards: HashMap<DocId, Card, RandomState>,
}

/// The state of one question.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Card {
    /// The state of memory; none before the first grade, and after a reset.
    pub memory: Option<Memory>,
    /// The last grade.
    pub grade: Option<Grade>,
    /// The day of the last grade.
    pub day: i64,
    /// The number of grades.
    pub reviews: u32,
    /// The number of reviews that were on a later day than the review before.
    pub tests: u32,
    /// The number of [`tests`](Card::tests) in which it was recalled.
    pub recalled: u32,
    /// Whether the question is marked.
    pub flagged: bool,
    /// The last day on which it is not to be asked.
    pub buried: Option<i64>,
    /// The question and answer as they were last seen, with the last wording that the log has.
    pub text: Option<TextSeen>,
}

impl Card {
    /// Returns the day on which it is to be asked again, at a `retention` between 0 and 1; none if it
    /// is new. What was not recalled is due on the same day.
    pub fn due(&self, retention: f64) -> Option<i64> {
        let memory = self.memory?;
        if self.grade == Some(Grade::Again) {
            return Some(self.day);
        }
        Some(self.day + i64::from(days(memory, retention)))
    }

    /// Returns the probability that it is recalled on a day; 0 if it is new.
    pub fn retrievability(&self, day: i64) -> f64 {
        let since = (day - self.day).max(0) as f64;
        self.memory
            .map_or(0.0, |memory| memory.retrievability(since))
    }

    /// Returns the state after a grade on a day.
    pub fn graded(&self, grade: Grade, day: i64) -> Memory {
        let since = u32::try_from(day - self.day).unwrap_or(0);
        match self.memory {
            Some(memory) => memory.after(grade, since),
            None => Memory::first(grade),
        }
    }

    /// Returns whether it is not to be asked on `day`.
    pub fn is_buried(&self, day: i64) -> bool {
        self.buried.is_some_and(|buried| day <= buried)
    }
}

/// Returns the interval in whole days, at least one.
pub fn days(memory: Memory, retention: f64) -> u32 {
    memory.interval(retention).round().clamp(1.0, 36_500.0) as u32
}

impl History {
    /// Returns the state after `entries`, which are in the order of [`Log::entries`](super::Log).
    pub fn replay(entries: &[Entry], clock: &Clock) -> History {
        let undone: HashSet<(DocId, &str, Timestamp)> = entries
            .iter()
            .filter_map(|entry| match entry.action {
                Action::Undone { of } => Some((entry.id, &*entry.machine, of)),
                _ => None,
            })
            .collect();
        let ids = Ids::of(entries);
        let mut history = History::default();
        for entry in entries {
            let is_undone =
                !undone.is_empty() && undone.contains(&(entry.id, &*entry.machine, entry.at));
            if !is_undone {
                history.apply(ids.newest(entry.id), entry, clock);
            }
        }
        history
    }

    /// Takes in one entry that is later than all before it.
    pub fn add(&mut self, entry: &Entry, clock: &Clock) {
        self.apply(entry.id, entry, clock);
    }

    fn apply(&mut self, id: DocId, entry: &Entry, clock: &Clock) {
        let day = clock.day(entry.at);
        let card = match entry.action {
            // It only says which question an undone entry is of.
            Action::Undone { .. } => return,
            _ => self.cards.entry(id).or_default(),
        };
        match entry.action {
            Action::Graded { grade, .. } => {
                if card.memory.is_some() && day > card.day {
                    card.tests += 1;
                    card.recalled += u32::from(grade != Grade::Again);
                }
                card.memory = Some(card.graded(grade, day));
                card.grade = Some(grade);
                card.reviews += 1;
                // A clock that was set back does not bring the next review forward.
                card.day = card.day.max(day);
            }
            Action::Flagged(flagged) => card.flagged = flagged,
            Action::Buried => card.buried = Some(day),
            Action::Reset => (card.memory, card.grade) = (None, None),
            Action::Moved { .. } | Action::Undone { .. } => {}
        }
        if let Some(text) = &entry.text {
            match &mut card.text {
                Some(seen) => seen.update(text),
                None => card.text = Some(text.clone()),
            }
        }
    }

    /// Returns what is known of the question `id`.
    pub fn card(&self, id: DocId) -> Option<&Card> {
        self.cards.get(&id)
    }

    /// Returns all that is known, in no order.
    pub fn cards(&self) -> impl Iterator<Item = (DocId, &Card)> {
        self.cards.iter().map(|(id, card)| (*id, card))
    }
}

/// The newest id of each question that moved.
struct Ids(HashMap<DocId, DocId>);

impl Ids {
    fn of(entries: &[Entry]) -> Ids {
        let mut newer = HashMap::new();
        for entry in entries {
            if let Action::Moved { from } = entry.action
                && from != entry.id
            {
                newer.insert(from, entry.id);
                // It may have moved back; and so no chain ever comes back to where it began.
                newer.remove(&entry.id);
            }
        }
        Ids(newer)
    }

    fn newest(&self, mut id: DocId) -> DocId {
        while let Some(newer) = self.0.get(&id) {
            id = *newer;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::practice::Log;

    fn id(n: u8) -> DocId {
        DocId::of_key(&n.to_string())
    }

    fn entry(at: i64, id: DocId, action: Action) -> Entry {
        Entry::new(Timestamp::from_unix_ms(at * 3_600_000), "a1", id, action)
    }

    fn good() -> Action {
        let grade = Grade::Good;
        Action::Graded { grade, ms: 0 }
    }

    fn clock() -> Clock {
        Clock {
            now: Timestamp::from_unix_ms(0),
            offset: 0,
        }
    }

    #[test]
    fn what_is_undone_did_not_happen() {
        let grade = entry(10, id(1), good());
        let undo = Action::Undone { of: grade.at };
        let entries = [entry(1, id(1), good()), grade, entry(11, id(1), undo)];
        let history = History::replay(&entries, &clock());
        assert_eq!(history, History::replay(&entries[..1], &clock()));
    }

    #[test]
    fn a_question_that_moves_keeps_what_was_learned_of_it() {
        let (a, b) = (id(1), id(2));
        let moved = |at, from, to| entry(at, to, Action::Moved { from });
        let entries = [entry(1, a, good()), moved(2, a, b), entry(30, a, good())];
        let history = History::replay(&entries, &clock());
        assert_eq!(history.card(b).unwrap().reviews, 2);
        assert_eq!(history.card(a), None);
        // And back, and forth again.
        let more = [moved(31, b, a), moved(32, a, b)];
        let history = History::replay(&[&entries[..], &more].concat(), &clock());
        assert_eq!(history.card(b).unwrap().reviews, 2);
    }

    #[test]
    fn a_clock_that_is_set_back_gives_no_negative_time() {
        let later = entry(1000, id(1), good());
        let mut history = History::replay(&[later], &clock());
        history.add(&entry(10, id(1), good()), &clock());
        let card = history.card(id(1)).unwrap();
        assert_eq!((card.day, card.tests), (41, 0));
        assert!(card.retrievability(0) == 1.0);
    }

    #[test]
    fn flags_burials_and_resets() {
        let mut history = History::default();
        for (at, action) in [
            (10, good()),
            (11, Action::Flagged(true)),
            (12, Action::Buried),
        ] {
            history.add(&entry(at, id(1), action), &clock());
        }
        let card = history.card(id(1)).unwrap();
        assert!(card.flagged && card.is_buried(0) && !card.is_buried(1));
        assert_eq!(card.due(0.9), Some(2));
        history.add(&entry(13, id(1), Action::Reset), &clock());
        assert_eq!(history.card(id(1)).unwrap().due(0.9), None);
    }

    prop_compose! {
        fn any_entry()(
            at in 0i64..60, machine in "[ab]", of in 0i64..60, n in 0u8..4, m in 0u8..4,
            kind in 0u8..7, grade in 1u8..=4,
        ) -> Entry {
            let action = match kind {
                0 => Action::Undone { of: Timestamp::from_unix_ms(of * 20_000_000) },
                1 => Action::Flagged(grade > 2),
                2 => Action::Buried,
                3 => Action::Reset,
                4 => Action::Moved { from: id(m) },
                _ => Action::Graded { grade: grade.try_into().unwrap(), ms: 5 },
            };
            Entry::new(Timestamp::from_unix_ms(at * 20_000_000), machine, id(n), action)
        }
    }

    proptest! {
        /// Two logs with lines in common, merged in any order, once or twice: one state.
        #[test]
        fn logs_merge_in_any_order(
            entries in prop::collection::vec(any_entry(), 0..40),
            sides in prop::collection::vec((any::<bool>(), any::<bool>()), 40),
            order in any::<prop::sample::Index>(),
        ) {
            let lines = |keep: &dyn Fn(&(bool, bool)) -> bool| -> String {
                let kept = entries.iter().zip(&sides).filter(|(_, side)| keep(side));
                kept.map(|(entry, _)| entry.to_line() + "\n").collect()
            };
            let first = lines(&|(first, both)| *first || *both);
            let second = lines(&|(first, both)| !*first || *both);
            let whole = Log::read(&lines(&|_| true));
            let state = History::replay(&whole.entries, &clock());
            let mut shuffled: Vec<&str> = first.lines().chain(second.lines()).collect();
            let cut = order.index(shuffled.len() + 1);
            shuffled.rotate_left(cut);
            for merged in [first.clone() + &second, second.clone() + &first + &first, shuffled.join("\n")] {
                let log = Log::read(&merged);
                prop_assert_eq!(&log.entries, &whole.entries);
                prop_assert_eq!(&History::replay(&log.entries, &clock()), &state);
            }
        }
    }
}
