//! Why the splitter took what for a question: for authors who miss one.

use std::{fmt, ops::Range};

use serde::Serialize;

use super::{
    Decision, Survey, decide,
    evidence::MIN_STRENGTH,
    furniture::Furniture,
    regions::{Candidate, Weighed},
};
use crate::guide::{Block, Guide};

/// The way a guide was split, with reasons; its [`Display`](fmt::Display) is for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The marks of the questions.
    pub decision: DecisionExplanation,
    /// The number of questions found.
    pub questions: usize,
    /// The parts of the guide in which a shape was looked for, in reading order.
    pub regions: Vec<RegionExplanation>,
    /// The lines that were taken for furniture and are no document's text.
    pub furniture: Vec<FurnitureExplanation>,
}

/// The marks by which the questions of a guide are recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DecisionExplanation {
    /// The whole guide is one question.
    Whole,
    /// The format says what the questions are, as a list of them in JSON does.
    Listed,
    /// The guide is nothing but short lines, and says that it holds questions, or some of them ask.
    Lines,
    /// A quiz: from each question to the next it is as many lines.
    Rounds,
    /// The questions stand first, and their answers below, by number.
    AnswerKey {
        /// The 1-based lines of the answers, the first and the last.
        lines: (usize, usize),
    },
    /// Shapes mark the questions, region by region.
    Regions,
    /// The guide's only heading is a bare topic.
    Topic,
}

/// The decision for one part of a guide.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RegionExplanation {
    /// The 1-based lines of the part, the first and the last.
    pub lines: (usize, usize),
    /// The shapes that were seen there, the most likely first. The first marks the questions if
    /// it [`won`](ShapeExplanation::won).
    pub shapes: Vec<ShapeExplanation>,
}

/// The evidence for one shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ShapeExplanation {
    /// The shape, such as `numbered headings of level 2`.
    pub shape: String,
    /// Whether it marks the questions.
    pub won: bool,
    /// The number of lines of this shape.
    pub count: usize,
    /// The share of them that ask; a task ("Write …") counts half.
    pub asking: f64,
    /// The share of them whose number follows from the one before.
    pub counting: f64,
    /// The share of them with text between them and the next.
    pub answered: f64,
    /// The sum of the evidence for questions.
    pub strength: f64,
    /// The strength that is needed.
    pub needed: f64,
    /// Why it does not mark the questions, and what would change that; null if nothing is against
    /// it except that another shape is more likely.
    pub obstacle: Option<String>,
}

/// Lines in a row that are furniture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FurnitureExplanation {
    /// Their kind: `contents`, `navigation`, `litter`, `label` or `markup`.
    pub class: &'static str,
    /// The 1-based lines, the first and the last.
    pub lines: (usize, usize),
}

/// Explains how [`split`](super::split) splits `guide`.
///
/// ```
/// let text = "## What is a map?\n\nA table.\n\n## What is a set?\n\nA bag.\n";
/// let explanation = hotseat::explain_split(&hotseat::Guide::parse("maps.md", text));
/// assert_eq!(explanation.regions[0].shapes[0].shape, "headings of level 2");
/// ```
pub fn explain_split(guide: &Guide) -> Explanation {
    let survey = Survey::of(guide);
    let blocks = &*survey.blocks;
    let decision = decide(guide, survey.page());
    let (kind, regions) = match &decision {
        Decision::Whole(_) => (DecisionExplanation::Whole, &[][..]),
        Decision::Listed(_) => (DecisionExplanation::Listed, &[][..]),
        Decision::Lines(_) => (DecisionExplanation::Lines, &[][..]),
        Decision::Rounds(_) => (DecisionExplanation::Rounds, &[][..]),
        Decision::AnswerKey {
            answers, regions, ..
        } => {
            let lines = lines(blocks, answers);
            (DecisionExplanation::AnswerKey { lines }, &regions[..])
        }
        Decision::Regions(detected) => (DecisionExplanation::Regions, &detected.regions[..]),
        Decision::SingleTopic { regions, .. } => (DecisionExplanation::Topic, &regions[..]),
    };
    let regions = regions
        .iter()
        .map(|region| explain_region(blocks, region))
        .collect();
    Explanation {
        decision: kind,
        regions,
        questions: decision.into_questions().len(),
        furniture: explain_furniture(blocks, &survey.furniture),
    }
}

/// Returns the first and the last line of a part of a guide, which is not empty.
fn lines(blocks: &[Block], part: &Range<usize>) -> (usize, usize) {
    (blocks[part.start].line, blocks[part.end - 1].line)
}

fn explain_region(blocks: &[Block], region: &Weighed) -> RegionExplanation {
    let shapes = region.candidates.iter().enumerate();
    RegionExplanation {
        lines: lines(blocks, &region.blocks),
        shapes: shapes
            .map(|(place, candidate)| explain_shape(candidate, place == 0))
            .collect(),
    }
}

fn explain_shape(candidate: &Candidate, is_best: bool) -> ShapeExplanation {
    let evidence = &candidate.evidence;
    ShapeExplanation {
        shape: evidence.shape.to_string(),
        won: is_best && candidate.obstacle.is_none(),
        count: evidence.count,
        asking: evidence.asking,
        counting: evidence.counting,
        answered: evidence.answered,
        strength: candidate.strength,
        needed: MIN_STRENGTH,
        obstacle: candidate.obstacle.map(|obstacle| obstacle.to_string()),
    }
}

fn explain_furniture(blocks: &[Block], classes: &[Option<Furniture>]) -> Vec<FurnitureExplanation> {
    let mut furniture: Vec<FurnitureExplanation> = Vec::new();
    let mut before = None;
    for (block, class) in blocks.iter().zip(classes) {
        match (class, furniture.last_mut()) {
            (Some(_), Some(last)) if before == *class => last.lines.1 = block.line,
            (Some(class), _) => {
                let lines = (block.line, block.line);
                furniture.push(FurnitureExplanation {
                    class: class.as_str(),
                    lines,
                });
            }
            (None, _) => {}
        }
        before = *class;
    }
    furniture
}

/// The most shapes listed in a region besides the one that won.
const MAX_OTHERS: usize = 3;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decision {
            DecisionExplanation::Whole => writeln!(f, "the whole guide is one question")?,
            DecisionExplanation::Listed => writeln!(f, "the file is a list of questions")?,
            DecisionExplanation::Lines => {
                writeln!(
                    f,
                    "a guide of questions, and nothing but short lines: each is one"
                )?;
            }
            DecisionExplanation::Rounds => {
                writeln!(
                    f,
                    "a quiz: each question stands as many lines below the last"
                )?;
            }
            DecisionExplanation::AnswerKey { lines } => {
                writeln!(f, "the answers stand apart, by number: {}", Lines(lines))?;
            }
            DecisionExplanation::Topic => writeln!(f, "the only heading is the question")?,
            DecisionExplanation::Regions => {}
        }
        // A part with a single line of each shape has nothing to tell.
        let is_telling =
            |region: &&RegionExplanation| region.shapes.iter().any(|shape| shape.count > 1);
        let are_silent = !self.regions.iter().any(|region| is_telling(&region));
        if self.questions == 0 && are_silent {
            let mut shapes = self.regions.iter().flat_map(|region| &region.shapes);
            let advice = match shapes.any(|shape| shape.asking > 0.5) {
                true => "only one line asks: label it Q:, or make it the first heading",
                false => "end each question with a question mark, or label them Q1:, Q2: …",
            };
            writeln!(f, "nothing marks questions: {advice}")?;
        }
        for region in self.regions.iter().filter(is_telling) {
            write!(f, "{}: ", Lines(region.lines))?;
            // What stands in the way of the most likely shape is what its author can change.
            let best = region.shapes.first();
            match best.map(|best| (best, &best.obstacle)) {
                Some((best, None)) => writeln!(f, "{} mark the questions", best.shape)?,
                Some((best, Some(obstacle))) => {
                    writeln!(f, "nothing marks questions; {} are {obstacle}", best.shape)?;
                }
                None => writeln!(f, "nothing marks questions")?,
            }
            for shape in region.shapes.iter().take(1 + MAX_OTHERS) {
                writeln!(f, "    {shape}")?;
            }
        }
        // Rules and tags are of no interest.
        for class in ["contents", "navigation", "litter", "label"] {
            let of_class = self
                .furniture
                .iter()
                .filter(|furniture| furniture.class == class);
            let lines: Vec<String> = of_class
                .map(|furniture| Lines(furniture.lines).numbers())
                .collect();
            if !lines.is_empty() {
                writeln!(f, "{class}: lines {}", lines.join(", "))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ShapeExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| (share * 100.0).round();
        write!(
            f,
            "{} {}: {} % ask",
            self.count,
            self.shape,
            percent(self.asking)
        )?;
        if self.counting > 0.0 {
            write!(f, ", {} % count up", percent(self.counting))?;
        }
        write!(f, ", {} % are answered; ", percent(self.answered))?;
        write!(
            f,
            "strength {:.2} of {:.2} needed",
            self.strength, self.needed
        )
    }
}

struct Lines((usize, usize));

impl Lines {
    fn numbers(&self) -> String {
        match self.0 {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        }
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.0.0 == self.0.1 {
            "line"
        } else {
            "lines"
        };
        write!(f, "{word} {}", self.numbers())
    }
}
