//! Finds the recurring shape that marks the questions of a guide, region by region.
//!
//! Every block that could open a question is an [`Opener`] of some [`Shape`]: a heading of one
//! level, a numbered line, a bold paragraph, a `<summary>`. In a region of the guide the shape
//! wins whose openers ask most, count up, are labelled and have answers between them. What the
//! winner leaves over (an introduction, a section laid out in another way) is a region again.

use std::{collections::BTreeMap, ops::Range};

use super::{
    furniture::Furniture,
    words::{self, Label},
};
use crate::guide::{Block, BlockKind};

/// What openers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shape {
    pub(crate) form: Form,
    pub(crate) label: Label,
}

/// The form of a line, its label left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// A heading of this level.
    Heading(u8),
    /// A `<summary>`.
    Summary,
    /// A paragraph that starts bold.
    Bold,
    /// A list item of this depth that starts bold.
    BoldItem(usize),
    /// A list item of this depth.
    Item(usize),
    /// A line of prose.
    Line,
    /// A row of a table.
    Row,
}

/// A block that may open a question.
#[derive(Debug, Clone)]
pub(crate) struct Opener {
    /// The first and the last block of the question's text.
    pub(crate) blocks: Range<usize>,
    pub(crate) shape: Shape,
    pub(crate) number: Option<u32>,
    /// The question's own text.
    pub(crate) question: String,
    /// The byte of the guide's text where the answer starts.
    pub(crate) answer: usize,
    pub(crate) asks: bool,
}

/// A question that was found, and the blocks of its answer.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) opener: Opener,
    /// The block behind the answer's last.
    pub(crate) end: usize,
}

/// Returns the questions of a guide in reading order.
///
/// `is_about_questions` is whether the guide's title or path says that it holds questions.
pub(crate) fn questions(
    blocks: &[Block],
    furniture: &[Option<Furniture>],
    is_about_questions: bool,
) -> Vec<Found> {
    let openers: Vec<Opener> = (0..blocks.len())
        .filter_map(|at| opener(blocks, furniture, at))
        .collect();
    let mut detector = Detector {
        blocks,
        furniture,
        openers,
        is_about_questions,
        found: Vec::new(),
    };
    let mut regions = vec![(0..blocks.len(), Strictness::Guide)];
    // A worklist, since sections may nest as deep as the text likes.
    while let Some((region, strictness)) = regions.pop() {
        regions.extend(detector.solve(region, strictness));
    }
    detector
        .found
        .sort_by_key(|found| found.opener.blocks.start);
    detector.found
}

/// How much evidence a region must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// The whole guide.
    Guide,
    /// A part that the guide's main shape left over.
    Part,
}

/// The least strength of a shape that marks questions; see [`Evidence::strength`].
const MIN_STRENGTH: f64 = 0.5;

struct Detector<'g> {
    blocks: &'g [Block],
    furniture: &'g [Option<Furniture>],
    openers: Vec<Opener>,
    is_about_questions: bool,
    found: Vec<Found>,
}

/// What the openers of one shape in one region show.
#[derive(Debug, Default)]
struct Evidence {
    /// The openers, by their place in [`Detector::openers`].
    members: Vec<usize>,
    asking: f64,
    counting: f64,
    answered: f64,
}

impl Evidence {
    /// How strongly the shape marks questions: labels and numbers that count up, the share that
    /// asks, and the share with something between it and the next. A label or asking openers with
    /// answers are enough by themselves; numbers or bare topics are not.
    fn strength(&self, shape: Shape, is_about_questions: bool) -> f64 {
        let label = match shape.label {
            Label::Question => 0.6,
            Label::Opens => 0.4,
            Label::Number => 0.25 * self.counting,
            Label::None => 0.0,
        };
        let context = if is_about_questions { 0.15 } else { 0.0 };
        label + 0.5 * self.asking + 0.15 * self.answered + context
    }
}

impl Detector<'_> {
    /// Finds the questions of `region` by its best shape; returns the regions that are left.
    fn solve(
        &mut self,
        region: Range<usize>,
        strictness: Strictness,
    ) -> Vec<(Range<usize>, Strictness)> {
        let Some((shape, evidence)) = self.best_shape(&region, strictness) else {
            return self.subsections(&region);
        };
        let members = self.members(shape, &evidence);
        let ends = self.ends(&members, &region);
        let mut left = Vec::new();
        let mut at = region.start;
        for (&member, &end) in members.iter().zip(&ends) {
            let opener = &self.openers[member];
            if opener.blocks.start > at {
                left.push((at..opener.blocks.start, Strictness::Part));
            }
            at = end;
            self.found.push(Found {
                opener: opener.clone(),
                end,
            });
        }
        if at < region.end {
            left.push((at..region.end, Strictness::Part));
        }
        left
    }

    /// Returns the shape that marks the questions of `region`, if there is one.
    fn best_shape(
        &self,
        region: &Range<usize>,
        strictness: Strictness,
    ) -> Option<(Shape, Evidence)> {
        let mut shapes: BTreeMap<Shape, Vec<usize>> = BTreeMap::new();
        for at in self.openers_in(region) {
            shapes.entry(self.openers[at].shape).or_default().push(at);
        }
        let mut best: Option<(f64, Shape, Evidence)> = None;
        for (shape, members) in shapes {
            let evidence = self.evidence(members, region);
            let strength = evidence.strength(shape, self.is_about_questions);
            if strength < MIN_STRENGTH || !is_enough(shape, &evidence, strictness) {
                continue;
            }
            // Many siblings are more evidence than few, up to a point.
            let weight = strength * (evidence.members.len().min(16) as f64).sqrt();
            if best.as_ref().is_none_or(|(other, ..)| weight > *other) {
                best = Some((weight, shape, evidence));
            }
        }
        best.map(|(_, shape, evidence)| (shape, evidence))
    }

    fn openers_in(&self, region: &Range<usize>) -> Range<usize> {
        let start = self
            .openers
            .partition_point(|opener| opener.blocks.start < region.start);
        let end = self
            .openers
            .partition_point(|opener| opener.blocks.start < region.end);
        start..end
    }

    fn evidence(&self, members: Vec<usize>, region: &Range<usize>) -> Evidence {
        let count = members.len() as f64;
        let share = |n: usize| n as f64 / count;
        let asking = share(members.iter().filter(|&&at| self.openers[at].asks).count());
        let mut expected = None;
        let mut counting = 0;
        for &at in &members {
            let number = self.openers[at].number;
            // All `1.`, as some editors write, or starting anew in each section is counting too.
            counting += usize::from(
                number.is_some() && (number == expected || number == Some(1) || expected.is_none()),
            );
            expected = number.map(|number| number + 1);
        }
        let mut answered = 0;
        for (place, &at) in members.iter().enumerate() {
            let next = members
                .get(place + 1)
                .map_or(region.end, |&next| self.openers[next].blocks.start);
            answered += usize::from(self.has_answer(at, next));
        }
        Evidence {
            asking,
            counting: share(counting),
            answered: share(answered),
            members,
        }
    }

    /// Returns whether there is text between an opener and the block `next`.
    fn has_answer(&self, opener: usize, next: usize) -> bool {
        let opener = &self.openers[opener];
        let on_its_line = opener.answer < self.blocks[opener.blocks.end - 1].span.end;
        let is_text = |at: usize| {
            self.furniture[at].is_none()
                && !matches!(
                    self.blocks[at].kind,
                    BlockKind::Heading(_) | BlockKind::Markup
                )
        };
        on_its_line || (opener.blocks.end..next).any(is_text)
    }

    /// Returns the openers that belong to a winning shape: its own, and those of the same form
    /// that ask, for a number or a label is easily forgotten.
    fn members(&self, shape: Shape, evidence: &Evidence) -> Vec<usize> {
        let (Some(&first), Some(&last)) = (evidence.members.first(), evidence.members.last())
        else {
            return Vec::new();
        };
        let only_asking = shape.label == Label::None && evidence.asking < 0.7;
        let belongs = |opener: &Opener| {
            let is_labelled = opener.shape.label == shape.label && shape.label != Label::None;
            opener.shape.form == shape.form
                && (is_labelled
                    || opener.asks
                    || shape.label == Label::None && !only_asking && !is_closing(&opener.question))
        };
        let mut members: Vec<usize> = (first..=last)
            .filter(|&at| belongs(&self.openers[at]))
            .collect();
        if shape.form == Form::Summary {
            self.drop_nested(&mut members);
        }
        members
    }

    /// Drops the openers that stand inside the answer of another.
    fn drop_nested(&self, members: &mut Vec<usize>) {
        let depth = |at: usize| self.blocks[self.openers[at].blocks.start].depth;
        let mut outer: Option<usize> = None;
        members.retain(|&at| {
            let inside = outer.is_some_and(|outer| {
                let between = self.openers[outer].blocks.end..self.openers[at].blocks.start;
                let stays_inside = self.blocks[between]
                    .iter()
                    .all(|block| block.depth >= depth(outer) || block.kind == BlockKind::Markup);
                depth(at) > depth(outer) && stays_inside
            });
            if !inside {
                outer = Some(at);
            }
            !inside
        });
    }

    /// Returns for every member the block behind its answer.
    fn ends(&self, members: &[usize], region: &Range<usize>) -> Vec<usize> {
        let break_level = self.break_level(members, region);
        let mut ends = Vec::with_capacity(members.len());
        for (place, &at) in members.iter().enumerate() {
            let opener = &self.openers[at];
            let next = members
                .get(place + 1)
                .map_or(region.end, |&next| self.openers[next].blocks.start);
            let is_break = |block: usize| match self.blocks[block].kind {
                BlockKind::Heading(level) => {
                    level <= break_level
                        || opener.shape.form == Form::Line && is_closing(&self.blocks[block].text)
                }
                _ => {
                    opener.shape.form == Form::Summary
                        && self.blocks[block].kind != BlockKind::Markup
                        && self.blocks[block].depth < self.blocks[opener.blocks.start].depth
                }
            };
            ends.push(
                (opener.blocks.end..next)
                    .find(|&block| is_break(block))
                    .unwrap_or(next),
            );
        }
        ends
    }

    /// Returns the deepest level of heading that ends an answer.
    fn break_level(&self, members: &[usize], region: &Range<usize>) -> u8 {
        if let Some(Form::Heading(level)) = members.first().map(|&at| self.openers[at].shape.form) {
            return level;
        }
        // A level is one of sections if such headings stand right above questions.
        let mut level = 0;
        for &at in members {
            let mut above = self.openers[at].blocks.start;
            while above > region.start {
                above -= 1;
                match self.blocks[above].kind {
                    BlockKind::Heading(heading) => {
                        level = level.max(heading);
                        break;
                    }
                    BlockKind::Markup => {}
                    _ if self.furniture[above].is_some() => {}
                    _ => break,
                }
            }
        }
        if level == 0 { 2 } else { level }
    }

    /// Returns the parts of a region in which no shape won: its sections, one by one.
    fn subsections(&self, region: &Range<usize>) -> Vec<(Range<usize>, Strictness)> {
        let level_of = |at: &usize| match self.blocks[*at].kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        // A region's own title, at its start, does not split it.
        let inside = region.start + 1..region.end;
        let Some(top) = inside.clone().filter_map(|at| level_of(&at)).min() else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        let mut start = region.start;
        for at in inside.filter(|at| level_of(at) == Some(top)) {
            parts.push((start..at, Strictness::Part));
            start = at;
        }
        parts.push((start..region.end, Strictness::Part));
        parts
    }
}

/// Returns whether there are enough openers of `shape` to speak of a pattern.
fn is_enough(shape: Shape, evidence: &Evidence, strictness: Strictness) -> bool {
    let count = evidence.members.len();
    let is_labelled = matches!(shape.label, Label::Question | Label::Opens);
    match (strictness, is_labelled) {
        (Strictness::Guide, true) => count >= 1,
        (Strictness::Part, true) => count >= 2,
        (Strictness::Guide, false) => count >= 2,
        (Strictness::Part, false) => count >= 3 && evidence.asking >= 0.75,
    }
}

/// Titles of what stands behind the questions of a guide.
const CLOSING: [&str; 27] = [
    "conclusion",
    "conclusions",
    "summary",
    "final thoughts",
    "wrapping up",
    "wrap up",
    "further reading",
    "references",
    "resources",
    "more resources",
    "useful links",
    "additional resources",
    "about the author",
    "license",
    "licence",
    "contributing",
    "contributors",
    "credits",
    "acknowledgements",
    "related articles",
    "next steps",
    "key takeaways",
    "other answers",
    "contribution",
    "support",
    "copyright and license",
    "see also",
];

fn is_closing(title: &str) -> bool {
    CLOSING.contains(&words::normalized(title).as_str())
}

/// Returns the opener that the block `at` is, if it may open a question.
fn opener(blocks: &[Block], furniture: &[Option<Furniture>], at: usize) -> Option<Opener> {
    let block = &blocks[at];
    if furniture[at].is_some() || matches!(block.kind, BlockKind::Code | BlockKind::Markup) {
        return None;
    }
    if block.kind == BlockKind::Row {
        return row_opener(block, at);
    }
    let labelled = labelled(block);
    let text = &block.text;
    if let Some(question) = text
        .find('›')
        .map(|mark| text[labelled.rest.min(mark)..mark].trim())
    {
        let behind = text.find('›')? + '›'.len_utf8();
        let shape = Shape {
            form: form(block, &labelled),
            label: Label::Opens,
        };
        let answer =
            block.source_of(behind + (text[behind..].len() - text[behind..].trim_start().len()));
        return finish(blocks, at..at + 1, shape, labelled.number, question, answer);
    }
    let form = form(block, &labelled);
    let shape = Shape {
        form,
        label: labelled.label,
    };
    let (end, answer) = question_end(block, form, labelled.rest);
    let question = text.get(labelled.rest..end).unwrap_or_default();
    if question.trim().is_empty() && labelled.label == Label::Question {
        return question_below(blocks, furniture, at, shape, labelled.number);
    }
    // A soft-wrapped line cannot start a question unless it is labelled.
    if block.continues && matches!(labelled.label, Label::None) {
        return None;
    }
    if end == text.len() {
        return wrapped_opener(blocks, furniture, at, shape, labelled);
    }
    finish(blocks, at..at + 1, shape, labelled.number, question, answer)
}

/// Reads the label of a block, of which a list marker is one.
fn labelled(block: &Block) -> words::Labelled {
    let mut labelled = words::label(&block.text);
    let digits = block.marker.trim_end_matches(['.', ')']);
    if labelled.label == Label::None
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        labelled.label = Label::Number;
        labelled.number = digits.parse().ok();
    }
    labelled
}

fn form(block: &Block, labelled: &words::Labelled) -> Form {
    // Bold from the label, or from just behind it, on.
    let starts_bold = block
        .bold
        .iter()
        .any(|bold| bold.start <= labelled.rest && bold.end > labelled.rest);
    match block.kind {
        BlockKind::Heading(level) => Form::Heading(level),
        _ if block.summary.is_some() => Form::Summary,
        BlockKind::Item if starts_bold => Form::BoldItem(block.depth),
        BlockKind::Item => Form::Item(block.depth),
        _ if starts_bold => Form::Bold,
        _ => Form::Line,
    }
}

/// Returns where in the block's text the question ends, and at which byte of the guide what
/// follows on the same line starts.
fn question_end(block: &Block, form: Form, start: usize) -> (usize, usize) {
    let text = &block.text;
    let whole = (text.len(), block.span.end);
    let end = match form {
        Form::Heading(_) | Form::Row => return whole,
        Form::Summary => block
            .summary
            .as_ref()
            .map_or(text.len(), |summary| summary.end),
        Form::Bold | Form::BoldItem(_) => block
            .bold
            .iter()
            .find(|bold| bold.end > start)
            .map_or(text.len(), |bold| bold.end),
        Form::Item(_) | Form::Line => match words::question_and_rest(&text[start..]) {
            Some((end, _)) => start + end,
            None => return whole,
        },
    };
    let rest = text[end..].trim_start_matches(|c: char| {
        c.is_whitespace() || words::is_ornament(c) || matches!(c, '-' | '–' | '—' | ':' | '*' | '_')
    });
    if rest.chars().any(char::is_alphanumeric) {
        (end, block.source_of(text.len() - rest.len()))
    } else {
        (
            if form == Form::Summary {
                end
            } else {
                text.len()
            },
            block.span.end,
        )
    }
}

/// The opener of a label that stands alone: its question is the line below.
fn question_below(
    blocks: &[Block],
    furniture: &[Option<Furniture>],
    at: usize,
    shape: Shape,
    number: Option<u32>,
) -> Option<Opener> {
    let below = (at + 1..blocks.len().min(at + 4))
        .find(|&below| furniture[below].is_none() && blocks[below].kind != BlockKind::Markup)?;
    if !matches!(
        blocks[below].kind,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading(_)
    ) {
        return None;
    }
    let wrapped = wrapped_opener(
        blocks,
        furniture,
        below,
        shape,
        words::label(&blocks[below].text),
    )?;
    Some(Opener {
        blocks: at..wrapped.blocks.end,
        number,
        ..wrapped
    })
}

/// How many lines the text of a question may have.
const MAX_QUESTION_LINES: usize = 6;

/// The opener of a question that fills its line, and goes on in the next lines if these end it.
fn wrapped_opener(
    blocks: &[Block],
    furniture: &[Option<Furniture>],
    at: usize,
    shape: Shape,
    labelled: words::Labelled,
) -> Option<Opener> {
    let mut end = at + 1;
    let mut question = blocks[at].text[labelled.rest..].to_owned();
    let bold_ends = |block: &Block| {
        block
            .bold
            .last()
            .is_some_and(|bold| bold.end == block.text.len())
    };
    let is_bold = matches!(shape.form, Form::Bold | Form::BoldItem(_));
    if !words::has_question_mark(&question) && !matches!(blocks[at].kind, BlockKind::Heading(_)) {
        let mut longer = question.clone();
        for next in at + 1..blocks.len().min(at + MAX_QUESTION_LINES) {
            let block = &blocks[next];
            let is_answer = words::answer_label(&block.text).is_some();
            let is_same_style = !is_bold
                || bold_ends(&blocks[next - 1])
                    && block.bold.first().is_some_and(|bold| bold.start == 0);
            if !block.continues
                || furniture[next].is_some()
                || is_answer
                || !is_same_style
                || words::label(&block.text).label == Label::Question
            {
                break;
            }
            longer.push(' ');
            longer.push_str(&block.text);
            if words::has_question_mark(&block.text) || is_bold || shape.label == Label::Question {
                question.clone_from(&longer);
                end = next + 1;
            }
            if words::has_question_mark(&block.text) {
                break;
            }
        }
    }
    let answer = blocks[end - 1].span.end;
    finish(blocks, at..end, shape, labelled.number, &question, answer)
}

/// A row of a table: its question is the first cell that is no number, its answer the others.
fn row_opener(block: &Block, at: usize) -> Option<Opener> {
    let mut cells = block.text.split('\t');
    let mut start = 0;
    let mut number = None;
    let question = loop {
        let cell = cells.next()?;
        let digits = cell.trim().trim_end_matches('.');
        if digits.bytes().all(|b| b.is_ascii_digit()) {
            number = digits.parse().ok().or(number);
            start += cell.len() + 1;
        } else {
            break cell;
        }
    };
    let rest = cells.next().map(|_| start + question.len() + 1);
    let answer = rest
        .filter(|&at| block.text[at..].chars().any(char::is_alphanumeric))
        .map_or(block.span.end, |at| block.source_of(at));
    let shape = Shape {
        form: Form::Row,
        label: Label::None,
    };
    finish(
        std::slice::from_ref(block),
        0..1,
        shape,
        number,
        question,
        answer,
    )
    .map(|opener| Opener {
        blocks: at..at + 1,
        ..opener
    })
}

/// Returns the opener with its question cleaned, if that can be one.
fn finish(
    blocks: &[Block],
    range: Range<usize>,
    shape: Shape,
    number: Option<u32>,
    question: &str,
    answer: usize,
) -> Option<Opener> {
    let question = clean(question);
    let asks = words::asks(&question) && question.chars().count() <= MAX_QUESTION;
    let is_bare_line = shape
        == (Shape {
            form: Form::Line,
            label: Label::None,
        });
    let has_words = question.chars().any(char::is_alphanumeric);
    // A bold term that ends with a colon introduces what follows.
    let is_term =
        matches!(shape.form, Form::Bold | Form::BoldItem(_)) && question.ends_with(':') && !asks;
    let is_answer = words::answer_label(&question).is_some_and(|rest| rest == question.len());
    let block = &blocks[range.start];
    // Prose asks too; only a line that is all question and stands at a paragraph's start counts.
    let is_prose =
        is_bare_line && !(asks && words::has_question_mark(&question) && block.depth == 0);
    (has_words && !is_term && !is_answer && !is_prose).then_some(Opener {
        blocks: range,
        shape,
        number,
        question,
        answer,
        asks,
    })
}

/// The longest text, in characters, that is taken to ask.
const MAX_QUESTION: usize = 600;

/// Returns a question's text without what decorates it, its white space folded.
fn clean(question: &str) -> String {
    let trimmed = question.trim_matches(|c: char| {
        c.is_whitespace() || words::is_ornament(c) || matches!(c, '*' | '_' | '›' | '»')
    });
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}
