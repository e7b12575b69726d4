//! FSRS-6: how well a question is remembered, from the grades of its reviews.
//!
//! The model has two numbers for a question. *Stability* is the time in days after which it is
//! recalled with a probability of 90 %; *difficulty* is a number from 1 to 10. The weights are the
//! published defaults, which fit the average of many learners.

use serde::{Deserialize, Serialize};

/// The learner's own grade of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Grade {
    /// Not recalled.
    Again = 1,
    /// Recalled with difficulty.
    Hard = 2,
    /// Recalled.
    Good = 3,
    /// Recalled at once.
    Easy = 4,
}

impl Grade {
    /// Every grade, from the worst.
    pub const ALL: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    /// Returns the name, such as `good`.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Again => "again",
            Grade::Hard => "hard",
            Grade::Good => "good",
            Grade::Easy => "easy",
        }
    }
}

/// The error for a number or a name that is not that of a grade.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("grades are 1 (again), 2 (hard), 3 (good) and 4 (easy)")]
pub struct ParseGradeError;

impl TryFrom<u8> for Grade {
    type Error = ParseGradeError;

    fn try_from(number: u8) -> Result<Grade, ParseGradeError> {
        let found = Grade::ALL.into_iter().find(|grade| *grade as u8 == number);
        found.ok_or(ParseGradeError)
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> u8 {
        grade as u8
    }
}

impl std::str::FromStr for Grade {
    type Err = ParseGradeError;

    fn from_str(text: &str) -> Result<Grade, ParseGradeError> {
        let named = Grade::ALL
            .into_iter()
            .find(|grade| text.eq_ignore_ascii_case(grade.as_str()));
        match named {
            Some(grade) => Ok(grade),
            None => text.parse::<u8>().map_err(|_| ParseGradeError)?.try_into(),
        }
    }
}

/// The state of the memory of one question, after a review.
///
/// ```
/// use hotseat::practice::{Grade, Memory};
///
/// let memory = Memory::first(Grade::Good).after(Grade::Good, 2);
/// assert_eq!(memory.interval(0.9).round(), 11.0);
/// assert!(memory.retrievability(11.0) > 0.89);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// The days after which it is recalled with a probability of 90 %.
    pub stability: f64,
    /// The difficulty of remembering, from 1 to 10.
    pub difficulty: f64,
}

/// The default weights of FSRS-6.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

const STABILITY: (f64, f64) = (0.001, 36_500.0);
const DIFFICULTY: (f64, f64) = (1.0, 10.0);

impl Memory {
    /// Returns the state after the first review.
    pub fn first(grade: Grade) -> Memory {
        Memory {
            stability: W[grade as usize - 1],
            difficulty: first_difficulty(grade),
        }
        .bounded()
    }

    /// Returns the state after a further review, `days` after the last one; 0 on the same day.
    #[must_use]
    pub fn after(self, grade: Grade, days: u32) -> Memory {
        let number = f64::from(grade as u8);
        let stability = match (days, grade) {
            (0, _) => self.same_day(grade),
            (_, Grade::Again) => self.forgotten(self.retrievability(f64::from(days))),
            _ => self.recalled(grade, self.retrievability(f64::from(days))),
        };
        let change = -W[6] * (number - 3.0) * (10.0 - self.difficulty) / 9.0;
        let difficulty = self.difficulty + change;
        Memory {
            stability,
            difficulty: difficulty + W[7] * (EASY_DIFFICULTY - difficulty),
        }
        .bounded()
    }

    /// Returns the probability of recall `days` after the last review.
    pub fn retrievability(self, days: f64) -> f64 {
        (1.0 + FACTOR * days.max(0.0) / self.stability).powf(-W[20])
    }

    /// Returns the days until the probability of recall falls to `retention`, between 0 and 1.
    pub fn interval(self, retention: f64) -> f64 {
        self.stability / FACTOR * (retention.powf(-1.0 / W[20]) - 1.0)
    }

    fn same_day(self, grade: Grade) -> f64 {
        let number = f64::from(grade as u8);
        let growth = (W[17] * (number - 3.0 + W[18])).exp() * self.stability.powf(-W[19]);
        match grade {
            Grade::Again => self.stability * growth,
            _ => self.stability * growth.max(1.0),
        }
    }

    fn recalled(self, grade: Grade, retrievability: f64) -> f64 {
        let by_grade = match grade {
            Grade::Hard => W[15],
            Grade::Easy => W[16],
            _ => 1.0,
        };
        let growth = GROWTH
            * (11.0 - self.difficulty)
            * self.stability.powf(-W[9])
            * (((1.0 - retrievability) * W[10]).exp() - 1.0)
            * by_grade;
        self.stability * (1.0 + growth)
    }

    fn forgotten(self, retrievability: f64) -> f64 {
        let left = W[11]
            * self.difficulty.powf(-W[12])
            * ((self.stability + 1.0).powf(W[13]) - 1.0)
            * ((1.0 - retrievability) * W[14]).exp();
        left.min(self.stability / (W[17] * W[18]).exp())
    }

    fn bounded(self) -> Memory {
        Memory {
            stability: self.stability.clamp(STABILITY.0, STABILITY.1),
            difficulty: self.difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1),
        }
    }
}

fn first_difficulty(grade: Grade) -> f64 {
    W[4] - (W[5] * (f64::from(grade as u8) - 1.0)).exp() + 1.0
}

// What follows from the weights alone, written out: a log has a hundred thousand reviews.

/// The factor of time at which 90 % are left after one stability.
const FACTOR: f64 = 0.980_346_494_413_479_7;

/// The growth of stability, before all else: the exponential of a weight.
const GROWTH: f64 = 6.502_586_364_563_328;

/// The difficulty after a first review that was easy, without its bounds.
const EASY_DIFFICULTY: f64 = -4.771_630_703_161_737;

#[cfg(test)]
mod tests {
    use super::*;

    /// Histories with the states that the reference implementation gives, in single precision.
    const GOLDEN: &str = include_str!("fsrs.golden");

    fn is_close(ours: f64, theirs: &str) -> bool {
        let theirs: f64 = theirs.parse().unwrap();
        (ours - theirs).abs() <= 1e-3 * theirs.abs().max(1.0)
    }

    #[test]
    fn states_and_intervals_are_those_of_the_reference() {
        let (mut histories, mut intervals) = (0, 0);
        for line in GOLDEN.lines() {
            let (given, expected) = line.split_once(" = ").unwrap();
            if let Some(given) = given.strip_prefix("interval ") {
                let (stability, retention) = given.split_once(' ').unwrap();
                let memory = Memory {
                    stability: stability.parse().unwrap(),
                    difficulty: 5.0,
                };
                let ours = memory.interval(retention.parse().unwrap());
                assert!(is_close(ours, expected), "{line}: {ours}");
                intervals += 1;
                continue;
            }
            let mut memory: Option<Memory> = None;
            for review in given.split(' ') {
                let (grade, days) = review.split_once(':').unwrap();
                let grade: Grade = grade.parse().unwrap();
                memory = Some(match memory {
                    None => Memory::first(grade),
                    Some(memory) => memory.after(grade, days.parse().unwrap()),
                });
            }
            let memory = memory.unwrap();
            let (stability, difficulty) = expected.split_once(' ').unwrap();
            assert!(is_close(memory.stability, stability), "{line}: {memory:?}");
            assert!(
                is_close(memory.difficulty, difficulty),
                "{line}: {memory:?}"
            );
            histories += 1;
        }
        assert_eq!((histories, intervals), (200, 20));
    }

    #[test]
    fn constants_follow_from_the_weights() {
        assert!((FACTOR - (0.9_f64.powf(-1.0 / W[20]) - 1.0)).abs() < 1e-12);
        assert!((GROWTH - W[8].exp()).abs() < 1e-12);
        assert!((EASY_DIFFICULTY - first_difficulty(Grade::Easy)).abs() < 1e-12);
    }

    #[test]
    fn a_grade_is_a_number_or_a_name() {
        assert_eq!(
            ("3".parse(), "Again".parse()),
            (Ok(Grade::Good), Ok(Grade::Again))
        );
        for text in ["0", "5", "", "fine", "33"] {
            assert_eq!(text.parse::<Grade>(), Err(ParseGradeError), "{text}");
        }
    }

    proptest::proptest! {
        /// Whatever the grades and the times: numbers in their bounds, and recall that falls.
        #[test]
        fn any_history_has_a_state(reviews in proptest::collection::vec((1u8..=4, 0u32..20_000), 1..30)) {
            let mut memory = Memory::first(Grade::Good);
            for (grade, days) in reviews {
                memory = memory.after(grade.try_into().unwrap(), days);
                proptest::prop_assert!((0.001..=36_500.0).contains(&memory.stability));
                proptest::prop_assert!((1.0..=10.0).contains(&memory.difficulty));
                proptest::prop_assert!((memory.retrievability(memory.stability) - 0.9).abs() < 1e-9);
                proptest::prop_assert!(memory.interval(0.8) > memory.interval(0.9));
            }
        }
    }
}
