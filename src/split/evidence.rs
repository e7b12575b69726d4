//! The evidence for a shape, with every threshold and weight that decides about it.
//!
//! A shape marks the questions of a region if its [`Evidence`] is strong enough and no
//! [`Obstacle`] stands in its way; of several such shapes the one of the greatest weight wins. All
//! figures were set on some hundred labelled guides; each constant says what goes wrong without it.

use std::fmt;

use super::{
    opener::{Form, Shape},
    words::Label,
};

/// The least strength of a shape that marks questions; see [`Evidence::strength`]. At 0.4 tutorials
/// become questions, at 0.6 short guides with one bare heading are lost.
pub(crate) const MIN_STRENGTH: f64 = 0.5;

/// The weights of openers that ask, that are all answered, and that a title announces. Asking
/// alone is enough, whatever else is missing; no other evidence is enough without it.
const ASKING: f64 = 0.5;
const ANSWERED: f64 = 0.15;
const ANNOUNCED: f64 = 0.25;

/// The weight of a word for question as a label, and the further weight where its numbers count
/// up. It is enough by itself: "Q: Closures" is a question.
const QUESTION_LABEL: f64 = 1.0;
const COUNTED_LABEL: f64 = 0.5;

/// The weight of a mark that opens an answer.
const OPENING_MARK: f64 = 0.5;

/// The weight of labelled answers: "Answer:" below each question.
const LABELLED_ANSWERS: f64 = 0.35;

/// The weight of a guide that is nothing but these: has no other headings besides its title, or no
/// other lines. They are what it is a list of; a few sections of an article are no list, unless it
/// says that it holds questions.
const ALONE: f64 = 0.15;

/// The weight of summaries that hold all text of a guide: what is folded away are answers, whether the
/// summaries ask or not.
const FOLDED_ALONE: f64 = 0.35;

pub(crate) const MIN_ALONE: usize = 5;
const ALONE_AND_TOLD: f64 = 0.2;
pub(crate) const MIN_ALONE_AND_TOLD: usize = 3;

/// The weight of numbers that count up. Steps count up too, so it is scaled by the
/// share that asks or is answered.
const NUMBER: f64 = 0.25;

/// The weights of nearly all asking, or most of many, and of a guide that announces questions.
const CONSISTENT: f64 = 0.1;
const ABOUT_QUESTIONS: f64 = 0.15;

/// The number of siblings from which most of them are as good as nearly all of fewer.
const SOME: usize = 8;

/// The number of siblings beyond which more of them are no more evidence.
const MANY: usize = 16;

/// The factor by which prose that asks is less likely a question than a line set apart.
const PROSE: f64 = 0.2;

/// The least that it counts how much of a region a shape covers. What starts in its last part may
/// stand in the last answer of another.
const MIN_COVERAGE: f64 = 0.1;

/// The share of asking openers from which one that does not ask is an exception.
pub(crate) const NEARLY_ALL: f64 = 0.9;

/// The share of asking openers from which the others of the shape are bare topics, and below
/// which they are something else.
pub(crate) const MOSTLY: f64 = 0.7;

/// The share of asking items from which a list whose items hold their answers is one of questions.
const MOSTLY_WHERE_HELD: f64 = 0.6;

/// The share of asking openers below which numbers are those of steps or sections.
pub(crate) const SOMETIMES: f64 = 0.4;

/// The share of asking openers below which not even a guide about questions has them in its lists.
const LEAST_ASKING: f64 = 0.05;

/// The share of asking openers below which they say nothing, and the share of a region's
/// paragraphs that must ask for them to be questions.
pub(crate) const SELDOM: f64 = 0.2;

/// Fewer openers than this must stand at the start of the text; no more blocks than the other may stand
/// before them.
pub(crate) const FEW: usize = 4;
const MAX_BEFORE_FEW: usize = 10;

/// The share of asking openers that is needed in what is left over of a guide, and in a part of it
/// that says that it holds questions.
pub(crate) const ASKING_IN_PART: f64 = 0.75;
pub(crate) const ASKING_WHERE_TOLD: f64 = 0.5;

/// The share of numbered lines with answers from which they are all that a guide has, though it does not say
/// that it holds questions; in notes for oneself many are left open.
pub(crate) const ANSWERED_IN_COUNT: f64 = 0.5;

/// The most numbers that may be missing between two that count up.
pub(crate) const MAX_GAP: u32 = 2;

/// The most numbered steps of an answer that are passed over to find where the count goes on.
pub(crate) const MAX_STEPS: usize = 50;

/// The share of questions with words behind them on their line from which these are answers; else
/// they are remarks.
pub(crate) const USUAL_REST: f64 = 0.3;

/// The fewest questions with another label that are a list of their own inside an answer; one or two
/// are follow-ups.
pub(crate) const MIN_RUN: usize = 3;

/// The most blocks between a question and the heading "Answer" beside it.
pub(crate) const MAX_ABOVE_ANSWER: usize = 10;

/// The observations about the openers of one shape in one region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) shape: Shape,
    /// The number of openers.
    pub(crate) count: usize,
    /// The shares of the members that ask, that have a number which follows from the one before,
    /// and that have something between them and the next.
    pub(crate) asking: f64,
    pub(crate) counting: f64,
    pub(crate) answered: f64,
    /// The share of them with a label of an answer right below.
    pub(crate) labelled: f64,
    /// Whether they are nearly all headings or lines of the guide.
    pub(crate) alone: bool,
    /// The share of members, headings or list items, in a section that announces questions.
    pub(crate) announced: f64,
    /// The share of the region from the first on.
    pub(crate) coverage: f64,
    /// Whether the first stands in such a section.
    pub(crate) first_is_announced: bool,
}

/// The region that a shape is weighed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings {
    /// Whether the guide says of itself that it holds questions.
    pub(crate) is_about_questions: bool,
    /// Whether it is a manual or gives advice, by its titles: what is numbered there are steps.
    pub(crate) is_manual: bool,
    /// Whether questions were found in another part of the guide.
    pub(crate) has_questions: bool,
    /// Whether the region is the whole guide; what is left over of one must show more.
    pub(crate) is_whole: bool,
    /// The region's blocks, and how many of them are lines of prose that start a paragraph.
    pub(crate) blocks: usize,
    pub(crate) paragraphs: usize,
    /// The number of blocks before the first member.
    pub(crate) before: usize,
    /// Whether the region ends where the guide does.
    pub(crate) is_last: bool,
    /// Whether the next title above the first member says that questions follow.
    pub(crate) is_right_below: bool,
}

/// Why a shape does not mark the questions of a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Obstacle {
    /// All evidence together is too weak.
    Weak,
    /// There are too few of them to be a pattern.
    Few { needed: usize },
    /// There are few, and they stand far from the beginning.
    Late,
    /// Too small a share asks.
    Seldom { needed: f64 },
    /// They are lost in prose that does not ask.
    Scattered,
    /// They are a list without answers in a guide that says nothing of questions.
    Unannounced,
    /// They are links to what stands elsewhere.
    Links,
    /// They stand inside what marks the questions.
    Inner,
    /// They are the titles of sections that hold questions.
    Sections,
    /// They are the sections of a manual or the steps of some advice.
    Manual,
}

impl Evidence {
    /// The strength of the shape as a mark of questions: labels and numbers that count up, the
    /// share that asks, and the share with something between it and the next. A label, or asking
    /// openers with answers, are enough by themselves; numbers or bare topics are not.
    pub(crate) fn strength(&self, is_about_questions: bool) -> f64 {
        let label = match self.shape.label {
            // One number does not count up.
            Label::Question if self.count == 1 => QUESTION_LABEL,
            Label::Question => QUESTION_LABEL + COUNTED_LABEL * self.counting,
            Label::Opens => OPENING_MARK,
            Label::Letter | Label::Number => {
                NUMBER * self.counting * self.asking.max(self.answered).max(self.announced)
            }
            Label::None => 0.0,
        };
        let context = if is_about_questions {
            ABOUT_QUESTIONS
        } else {
            0.0
        };
        let needed = match self.count {
            SOME.. => MOSTLY,
            _ => NEARLY_ALL,
        };
        // Among items of a list that hold their answers, what does not ask is a topic.
        let is_held = matches!(self.shape.form, Form::Item(_) | Form::BoldItem(_))
            && self.count >= FEW
            && self.answered >= MOSTLY
            && self.asking >= MOSTLY_WHERE_HELD;
        let consistency = if self.asking >= needed || is_held {
            CONSISTENT
        } else {
            0.0
        };
        let alone = match (self.alone, is_about_questions) {
            (true, _) if self.shape.form == Form::Summary => FOLDED_ALONE,
            (true, true) => ALONE_AND_TOLD,
            (true, false) => ALONE,
            (false, _) => 0.0,
        };
        let evidence = ASKING * self.asking
            + ANSWERED * self.answered
            + ANNOUNCED * self.announced
            + LABELLED_ANSWERS * self.labelled
            + alone;
        label + evidence + consistency + context
    }

    /// Returns what shapes are compared by: many siblings are more evidence than few, but strong
    /// evidence counts for more than many siblings, and what covers the region for more than what
    /// stands at its end.
    pub(crate) fn weight(&self, is_about_questions: bool) -> f64 {
        let siblings = (self.count.min(MANY) as f64).sqrt();
        let prose = if self.shape == Shape::LINE {
            PROSE
        } else {
            1.0
        };
        let coverage = self.coverage.max(MIN_COVERAGE);
        self.strength(is_about_questions).powi(2) * siblings * prose * coverage
    }

    /// Returns the share that has to ask of what is numbered.
    fn least_numbered(&self, around: Surroundings) -> f64 {
        let is_heading = matches!(self.shape.form, Form::Heading(_) | Form::Bold);
        match (around.is_manual, around.is_about_questions) {
            (true, _) => MOSTLY,
            _ if self.alone && self.announced >= NEARLY_ALL => 0.0,
            // Few other texts have as many numbered parts, all with text, and nothing else.
            _ if self.alone
                && self.count >= MANY
                && self.counting.min(self.answered) >= NEARLY_ALL =>
            {
                0.0
            }
            (false, true) if is_heading => 0.0,
            (false, true) => LEAST_ASKING,
            (false, false) if self.alone => SELDOM,
            (false, false) => SOMETIMES,
        }
    }

    /// Returns whether bare topics of the shape are questions, too.
    pub(crate) fn has_topics(&self) -> bool {
        self.asking.max(self.announced) >= MOSTLY || self.alone
    }

    /// Returns what stands in the way of the shape in a region, if anything does.
    pub(crate) fn obstacle(&self, around: Surroundings) -> Option<Obstacle> {
        let count = self.count;
        let is_inner =
            matches!(self.shape.form, Form::Item(depth) | Form::BoldItem(depth) if depth > 1);
        let is_told = around.is_about_questions
            || self.first_is_announced
            || around.has_questions && !is_inner && self.asking >= ASKING_IN_PART;
        if self.strength(around.is_about_questions) < MIN_STRENGTH {
            return Some(Obstacle::Weak);
        }
        // Further down bold terms are kinds of questions, or steps.
        let are_terms = matches!(self.shape.form, Form::BoldItem(_))
            && self.asking == 0.0
            && !around.is_right_below;
        // What is numbered right below "Questions" is that, even if none of it asks.
        let is_announced_list = self.shape.label == Label::Number
            && !around.is_whole
            && !around.is_manual
            && self.announced >= NEARLY_ALL
            && self.count >= FEW
            && !are_terms;
        match self.shape.label {
            Label::Number if is_announced_list => return None,
            // A table at the end of a guide sums it up.
            Label::Question
                if self.shape.form == Form::Row
                    && around.has_questions
                    && self.asking < SOMETIMES =>
            {
                return Some(Obstacle::Seldom { needed: SOMETIMES });
            }
            Label::Question => {
                // One that neither asks nor has an answer with a label is a name: "Q1 - 1.5 IQR".
                let is_plain = self.asking.max(self.labelled) == 0.0;
                let needed = if around.is_whole && !is_plain { 1 } else { 2 };
                return (count < needed).then_some(Obstacle::Few { needed });
            }
            Label::Opens => {
                if count < 2 {
                    return Some(Obstacle::Few { needed: 2 });
                }
                // Terms stand before such marks too, and arrows in a few items of an outline, which has no
                // paragraphs.
                let is_most = count * 2 >= around.paragraphs
                    && count as f64 >= SELDOM / 2.0 * around.blocks as f64;
                let is_list = around.is_about_questions || is_most;
                return (self.asking < SOMETIMES && !is_list).then_some(Obstacle::Scattered);
            }
            // Steps and sections are numbered too.
            Label::Number if self.asking < self.least_numbered(around) => {
                let needed = self.least_numbered(around);
                return Some(Obstacle::Seldom { needed });
            }
            _ if around.is_manual && self.asking < MOSTLY => return Some(Obstacle::Manual),
            // Options are lettered too.
            Label::Letter if self.asking < MOSTLY => {
                return Some(Obstacle::Seldom { needed: MOSTLY });
            }
            _ => {}
        }
        // A heading that asks beside the questions of a guide about them, and is answered, is one of another level.
        // The last one of all offers further help: "More questions?".
        let is_stray = around.has_questions
            && around.is_about_questions
            && !around.is_last
            && matches!(self.shape.form, Form::Heading(_))
            && self.asking.min(self.answered) >= NEARLY_ALL;
        let needed = match around.is_whole && self.shape != Shape::LINE {
            _ if is_stray || self.alone => 1,
            true => 2,
            false => 3,
        };
        if count < needed {
            return Some(Obstacle::Few { needed });
        }
        // Two or three headings that ask at the end of a text are its trouble shooting.
        let is_late = around.before * 3 > around.blocks && around.before > MAX_BEFORE_FEW;
        if count < FEW && is_late {
            return Some(Obstacle::Late);
        }
        let needed = if is_told {
            ASKING_WHERE_TOLD
        } else {
            ASKING_IN_PART
        };
        // Many numbered headings, all answered, are topics of such a guide.
        let are_topics = around.is_about_questions
            && matches!(self.shape.form, Form::Heading(_))
            && self.shape.label == Label::Number
            && self.count >= MANY
            && self.counting.min(self.answered) >= NEARLY_ALL;
        if !around.is_whole && self.asking < needed && !are_topics {
            return Some(Obstacle::Seldom { needed });
        }
        // Prose asks now and then, and articles have lists of what to ask oneself.
        let share = |of: usize, least: f64| count as f64 >= least * of as f64;
        match self.shape.form {
            Form::Line if !share(around.paragraphs, SELDOM) => Some(Obstacle::Scattered),
            Form::Item(_) if !around.is_whole && self.answered < 0.5 => {
                (!is_told).then_some(Obstacle::Unannounced)
            }
            Form::Item(_)
                if self.shape.label == Label::None
                    && !around.is_about_questions
                    && self.answered < MOSTLY
                    && !share(around.blocks, SELDOM / 2.0) =>
            {
                Some(Obstacle::Scattered)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::Weak => f.write_str(
                "no clear pattern: end more of them with a question mark, or label them Q1:, Q2: …",
            ),
            Obstacle::Few { needed } => write!(f, "too few: {needed} are needed here"),
            Obstacle::Late => f.write_str("too few so far from the beginning"),
            Obstacle::Seldom { needed } => {
                let percent = needed * 100.0;
                write!(f, "seldom questions: {percent:.0} % have to ask here")
            }
            Obstacle::Scattered => {
                f.write_str("lost in text that does not ask: set them apart as headings")
            }
            Obstacle::Unannounced => f.write_str(
                "a list without answers: put it below a heading such as \"Questions\"",
            ),
            Obstacle::Manual => f.write_str(
                "sections of a manual or advice by its titles: end more of them with a question mark",
            ),
            Obstacle::Links => f.write_str("links to what stands elsewhere"),
            Obstacle::Inner => f.write_str("inside what marks the questions"),
            Obstacle::Sections => f.write_str("titles of sections that hold questions"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: Shape = Shape {
        form: Form::Heading(2),
        label: Label::None,
    };

    fn evidence(shape: Shape, count: usize, asking: f64) -> Evidence {
        Evidence {
            shape,
            count,
            asking,
            counting: f64::from(u8::from(shape.label == Label::Number)),
            answered: 1.0,
            labelled: 0.0,
            alone: false,
            announced: 0.0,
            coverage: 1.0,
            first_is_announced: false,
        }
    }

    const GUIDE: Surroundings = Surroundings {
        is_about_questions: false,
        is_manual: false,
        has_questions: false,
        is_whole: true,
        blocks: 20,
        paragraphs: 10,
        before: 0,
        is_last: true,
        is_right_below: false,
    };

    #[test]
    fn asking_is_enough_and_answers_alone_are_not() {
        assert_eq!(evidence(HEADINGS, 2, 1.0).obstacle(GUIDE), None);
        assert_eq!(
            evidence(HEADINGS, 2, 0.0).obstacle(GUIDE),
            Some(Obstacle::Weak)
        );
        let few = evidence(HEADINGS, 1, 1.0).obstacle(GUIDE);
        assert_eq!(few, Some(Obstacle::Few { needed: 2 }));
    }

    #[test]
    fn a_label_is_enough_and_numbers_are_not() {
        let labelled = Shape {
            label: Label::Question,
            ..HEADINGS
        };
        let numbered = Shape {
            label: Label::Number,
            ..HEADINGS
        };
        assert_eq!(evidence(labelled, 2, 0.0).obstacle(GUIDE), None);
        assert_eq!(evidence(labelled, 1, 1.0).obstacle(GUIDE), None);
        let few = evidence(labelled, 1, 0.0).obstacle(GUIDE);
        assert_eq!(few, Some(Obstacle::Few { needed: 2 }));
        assert_eq!(
            evidence(numbered, 9, 0.0).obstacle(GUIDE),
            Some(Obstacle::Weak)
        );
        let seldom = evidence(numbered, 9, 0.3).obstacle(GUIDE);
        assert_eq!(seldom, Some(Obstacle::Seldom { needed: SOMETIMES }));
    }

    #[test]
    fn prose_that_asks_now_and_then_is_scattered() {
        let article = Surroundings {
            paragraphs: 100,
            ..GUIDE
        };
        assert_eq!(evidence(Shape::LINE, 3, 1.0).obstacle(GUIDE), None);
        let scattered = evidence(Shape::LINE, 3, 1.0).obstacle(article);
        assert_eq!(scattered, Some(Obstacle::Scattered));
    }

    #[test]
    fn topics_are_questions_where_a_guide_holds_nothing_else() {
        let topics = |count, asking, is_about_questions| {
            let topics = Evidence {
                alone: true,
                ..evidence(HEADINGS, count, asking)
            };
            topics.obstacle(Surroundings {
                is_about_questions,
                ..GUIDE
            })
        };
        assert_eq!(topics(9, 0.5, false), None);
        assert_eq!(topics(9, 0.0, true), None);
        assert_eq!(topics(9, 0.0, false), Some(Obstacle::Weak));
    }

    #[test]
    fn a_shape_of_many_weighs_more_than_a_few_labels_at_the_end() {
        let labelled = Evidence {
            coverage: 0.1,
            ..evidence(
                Shape {
                    form: Form::Item(1),
                    label: Label::Question,
                },
                5,
                0.5,
            )
        };
        let numbered = Shape {
            form: Form::Bold,
            label: Label::Number,
        };
        assert!(evidence(numbered, 100, 0.2).weight(true) > labelled.weight(true));
    }
}
