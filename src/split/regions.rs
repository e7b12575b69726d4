//! Finds the recurring shape that marks the questions of a guide, region by region.
//!
//! Every block that could open a question is an [`Opener`] of some [`Shape`]: a heading of one
//! level, a numbered line, a bold paragraph, a `<summary>`. In a region of the guide the shape
//! wins whose openers ask most, count up, are labelled and have answers between them. What the
//! winner leaves over (an introduction, a section laid out in another way) is a region again.

use std::{collections::BTreeMap, ops::Range};

use super::{
    opener::{Form, Opener, Page, Shape},
    words::{self, Label},
};
use crate::guide::{Block, BlockKind};

/// A question that was found, and where its answer ends.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) opener: Opener,
    /// The block behind the question's last, its answer's if that follows it.
    pub(crate) end: usize,
    /// The answer, if it stands elsewhere.
    pub(crate) elsewhere: Option<Elsewhere>,
}

/// An answer that does not follow its question.
#[derive(Debug, Clone)]
pub(crate) struct Elsewhere {
    /// The block that the answer starts in, and the byte of the guide's text.
    pub(crate) first: usize,
    pub(crate) start: usize,
    /// The block behind the answer's last.
    pub(crate) end: usize,
}

impl Elsewhere {
    /// Returns the blocks of the answer.
    pub(crate) fn blocks(&self) -> Range<usize> {
        self.first..self.end
    }
}

/// The questions of a guide, and why they were taken for questions.
#[derive(Debug)]
pub(crate) struct Detected {
    /// In reading order.
    pub(crate) questions: Vec<Found>,
    /// What was decided for each region, in reading order.
    pub(crate) decisions: Vec<Decision>,
}

/// What was decided for one region.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(crate) blocks: Range<usize>,
    /// The shapes that were seen, the most likely first.
    pub(crate) candidates: Vec<Candidate>,
}

/// A shape that was weighed in a region.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) evidence: Evidence,
    pub(crate) strength: f64,
    /// Whether it is strong and frequent enough to mark questions.
    pub(crate) is_enough: bool,
}

impl Candidate {
    /// Returns what candidates are compared by: many siblings are more evidence than few, but
    /// strong evidence counts for more than many siblings.
    fn weight(&self) -> f64 {
        let siblings = (self.evidence.members.len().min(MANY) as f64).sqrt();
        // Prose asks; whatever is set apart from it is the likelier shape.
        let is_prose = self.evidence.shape
            == Shape {
                form: Form::Line,
                label: Label::None,
            };
        self.strength.powi(2) * siblings * if is_prose { 0.2 } else { 1.0 }
    }
}

/// Finds the questions of a guide.
///
/// `is_about_questions` is whether the guide's title or path says that it holds questions.
pub(crate) fn detect(page: Page<'_>, is_about_questions: bool) -> Detected {
    detect_around(page, 0..0, is_about_questions)
}

/// Finds the questions of a guide above and below the blocks of `gap`, each part on its own.
pub(crate) fn detect_around(
    page: Page<'_>,
    gap: Range<usize>,
    is_about_questions: bool,
) -> Detected {
    let openers: Vec<Opener> = (0..page.blocks.len())
        .filter_map(|at| page.opener(at))
        .collect();
    let mut detector = Detector {
        page,
        announced: announced(page, &openers),
        openers,
        is_about_questions,
        questions: Vec::new(),
        decisions: Vec::new(),
    };
    let whole = |blocks: Range<usize>| Region {
        blocks,
        is_whole: true,
    };
    let mut regions = vec![whole(gap.end..page.blocks.len()), whole(0..gap.start)];
    regions.retain(|region| !region.blocks.is_empty());
    // A worklist, since sections may nest as deep as the text likes.
    while let Some(region) = regions.pop() {
        regions.extend(detector.solve(&region));
    }
    let Detector {
        mut questions,
        mut decisions,
        ..
    } = detector;
    questions.sort_by_key(|found| found.opener.blocks.start);
    decisions.sort_by_key(|decision| (decision.blocks.start, usize::MAX - decision.blocks.end));
    Detected {
        questions,
        decisions,
    }
}

/// Says for every opener whether the heading of the section it stands in announces questions.
fn announced(page: Page<'_>, openers: &[Opener]) -> Vec<bool> {
    let mut sections: Vec<(u8, bool)> = Vec::new();
    let mut announced = Vec::with_capacity(openers.len());
    let mut openers = openers.iter().peekable();
    for (at, block) in page.blocks.iter().enumerate() {
        let heading = match block.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        if let Some(level) = heading {
            sections.retain(|(open, _)| *open < level);
        }
        while openers
            .next_if(|opener| opener.blocks.start == at)
            .is_some()
        {
            announced.push(sections.iter().any(|(_, announces)| *announces));
        }
        if let Some(level) = heading {
            // The guide's own title says nothing of one section.
            sections.push((level, level > 1 && words::announces_questions(&block.text)));
        }
    }
    announced
}

/// A part of a guide in which one shape marks the questions.
#[derive(Debug)]
struct Region {
    blocks: Range<usize>,
    /// Whether it is the whole guide; what is left over of one must show more.
    is_whole: bool,
}

impl Region {
    fn part(blocks: Range<usize>) -> Region {
        Region {
            blocks,
            is_whole: false,
        }
    }
}

struct Detector<'g> {
    page: Page<'g>,
    openers: Vec<Opener>,
    is_about_questions: bool,
    /// For every opener whether the heading of the section it stands in announces questions.
    announced: Vec<bool>,
    questions: Vec<Found>,
    decisions: Vec<Decision>,
}

/// What the openers of one shape in one region show.
#[derive(Debug)]
pub(crate) struct Evidence {
    pub(crate) shape: Shape,
    /// The openers, by their place in [`Detector::openers`].
    pub(crate) members: Vec<usize>,
    /// The shares of the members that ask, that have a number which follows from the one before,
    /// and that have something between them and the next.
    pub(crate) asking: f64,
    pub(crate) counting: f64,
    pub(crate) answered: f64,
    /// The share of members, headings or list items, in a section that announces questions.
    pub(crate) announced: f64,
}

/// The least strength of a shape that marks questions; see [`Evidence::strength`].
pub(crate) const MIN_STRENGTH: f64 = 0.5;

/// The number of siblings beyond which more of them are no more evidence.
const MANY: usize = 16;

/// How many numbered steps of an answer are passed over to find where the count goes on.
const MAX_STEPS: usize = 50;

/// The share of asking openers from which the others of the shape are bare topics, and below
/// which they are something else.
const MOSTLY: f64 = 0.7;

/// How many blocks may stand between a question and the heading "Answer" beside it.
const MAX_ABOVE_ANSWER: usize = 10;

/// The share of asking openers below which numbers are those of steps or sections.
const SOMETIMES: f64 = 0.4;

/// How many openers are so few that they must be what the text begins with, and how many blocks
/// may stand before them all the same.
const FEW: usize = 4;
const MAX_BEFORE_FEW: usize = 10;

/// The share of asking openers below which they say nothing, and the share of a region's
/// paragraphs that must ask for them to be questions.
const SELDOM: f64 = 0.2;

/// The share of asking openers from which one that does not ask is an exception.
const NEARLY_ALL: f64 = 0.9;

impl Evidence {
    /// How strongly the shape marks questions: labels and numbers that count up, the share that
    /// asks, and the share with something between it and the next. A label, or asking openers
    /// with answers, are enough by themselves; numbers or bare topics are not.
    fn strength(&self, is_about_questions: bool) -> f64 {
        let label = match self.shape.label {
            Label::Question => 1.0 + 0.5 * self.counting,
            Label::Opens => 0.5,
            // Steps count up too; they neither ask nor have anything between them.
            Label::Number => 0.25 * self.counting * self.asking.max(self.answered),
            Label::None => 0.0,
        };
        let context = if is_about_questions { 0.15 } else { 0.0 };
        let consistency = if self.asking >= NEARLY_ALL { 0.1 } else { 0.0 };
        let evidence = 0.5 * self.asking + 0.15 * self.answered + 0.25 * self.announced;
        label + evidence + consistency + context
    }
}

impl Detector<'_> {
    /// Finds the questions of a region by its best shape; returns the regions that are left.
    fn solve(&mut self, region: &Region) -> Vec<Region> {
        let candidates = self.candidates(region);
        let left = match candidates.first() {
            Some(best) if best.is_enough => self.take(&best.evidence, &region.blocks),
            _ => self.subsections(&region.blocks),
        };
        if !candidates.is_empty() {
            self.decisions.push(Decision {
                blocks: region.blocks.clone(),
                candidates,
            });
        }
        left
    }

    /// Takes the questions of a region that `evidence` speaks for; returns the regions between.
    fn take(&mut self, evidence: &Evidence, region: &Range<usize>) -> Vec<Region> {
        let members = self.members(evidence);
        let ends = self.ends(&members, region);
        let mut left = Vec::new();
        let mut at = region.start;
        for (&member, &end) in members.iter().zip(&ends) {
            let opener = &self.openers[member];
            left.push(Region::part(at..opener.blocks.start));
            at = end;
            self.questions.push(Found {
                opener: opener.clone(),
                end,
                elsewhere: None,
            });
        }
        left.push(Region::part(at..region.end));
        left.retain(|region| !region.blocks.is_empty());
        left
    }

    /// Returns the shapes that are seen in a region, those that mark its questions first.
    fn candidates(&self, region: &Region) -> Vec<Candidate> {
        let mut shapes: BTreeMap<Shape, Vec<usize>> = BTreeMap::new();
        for at in self.openers_in(&region.blocks) {
            shapes.entry(self.openers[at].shape).or_default().push(at);
        }
        let weigh = |(shape, members)| {
            let evidence = self.evidence(shape, members, region.blocks.end);
            let strength = evidence.strength(self.is_about_questions);
            let is_enough = strength >= MIN_STRENGTH && self.is_enough(&evidence, region);
            Candidate {
                evidence,
                strength,
                is_enough,
            }
        };
        let mut candidates: Vec<Candidate> = shapes.into_iter().map(weigh).collect();
        self.drop_inner(&mut candidates);
        candidates.sort_by(|a, b| {
            b.is_enough
                .cmp(&a.is_enough)
                .then(b.weight().total_cmp(&a.weight()))
        });
        candidates
    }

    /// Returns whether a shape is frequent enough in a region to speak of a pattern.
    fn is_enough(&self, evidence: &Evidence, region: &Region) -> bool {
        let shape = evidence.shape;
        let count = evidence.members.len();
        match shape.label {
            Label::Question | Label::Opens => return region.is_whole || count >= 2,
            // Steps and sections are numbered too.
            Label::Number if evidence.asking < SOMETIMES && !self.is_about_questions => {
                return false;
            }
            _ => {}
        }
        let is_line = shape
            == (Shape {
                form: Form::Line,
                label: Label::None,
            });
        let is_frequent = count >= if region.is_whole && !is_line { 2 } else { 3 };
        // Two or three headings that ask at the end of a text are its trouble shooting.
        let first = self.openers[evidence.members[0]].blocks.start - region.blocks.start;
        let starts_late = count < FEW && first * 3 > region.blocks.len() && first > MAX_BEFORE_FEW;
        let is_told = self.is_about_questions || self.announced[evidence.members[0]];
        let asks = region.is_whole || evidence.asking >= if is_told { 0.5 } else { 0.75 };
        // Prose asks now and then, and articles have lists of what to ask oneself.
        let stands_out = match shape.form {
            Form::Line => count as f64 >= SELDOM * self.count_paragraphs(&region.blocks) as f64,
            Form::Item(_) if !region.is_whole && evidence.answered < 0.5 => is_told,
            Form::Item(_) if shape.label == Label::None && !self.is_about_questions => {
                count as f64 >= SELDOM / 2.0 * region.blocks.len() as f64
            }
            _ => true,
        };
        is_frequent && !starts_late && asks && stands_out
    }

    fn count_paragraphs(&self, region: &Range<usize>) -> usize {
        let blocks = self.page.blocks[region.clone()].iter();
        blocks
            .filter(|block| block.kind == BlockKind::Paragraph && !block.continues)
            .count()
    }

    /// Drops what stands inside what marks questions: lists in the items of a longer list, and
    /// lists and lines below headings that ask.
    fn drop_inner(&self, candidates: &mut [Candidate]) {
        let lists: Vec<(usize, usize)> = candidates
            .iter()
            .filter(|candidate| candidate.is_enough)
            .filter_map(|candidate| {
                let depth = list_depth(candidate.evidence.shape.form)?;
                Some((depth, candidate.evidence.members.len()))
            })
            .collect();
        let has_asking_headings = candidates.iter().any(|candidate| {
            let evidence = &candidate.evidence;
            let is_heading = matches!(evidence.shape.form, Form::Heading(_));
            let count = evidence.members.len();
            candidate.is_enough && is_heading && count >= FEW && evidence.asking >= MOSTLY
        });
        for candidate in candidates {
            let count = candidate.evidence.members.len();
            let is_inner = list_depth(candidate.evidence.shape.form).is_some_and(|depth| {
                lists
                    .iter()
                    .any(|&(outer, siblings)| outer < depth && siblings > count)
            });
            let evidence = &candidate.evidence;
            let is_loose = !matches!(evidence.shape.form, Form::Heading(_) | Form::Summary)
                && matches!(evidence.shape.label, Label::None | Label::Number);
            candidate.is_enough &= !(is_inner || is_loose && has_asking_headings);
        }
    }

    fn openers_in(&self, blocks: &Range<usize>) -> Range<usize> {
        let place = |block| {
            self.openers
                .partition_point(|opener| opener.blocks.start < block)
        };
        place(blocks.start)..place(blocks.end)
    }

    fn evidence(&self, shape: Shape, members: Vec<usize>, end: usize) -> Evidence {
        let members = match shape {
            Shape {
                label: Label::Number,
                ..
            } => self.outer_count(members),
            Shape {
                form: Form::Item(_),
                label: Label::None,
            } => self.asking_lists(members),
            Shape {
                form: Form::Summary,
                ..
            } => self.without_groups(members),
            _ => members,
        };
        let share = |n: usize| n as f64 / members.len() as f64;
        let asking: f64 = members
            .iter()
            .map(|&at| self.openers[at].asking.weight())
            .sum();
        let mut expected = None;
        let mut counting = 0;
        for &at in &members {
            let number = self.openers[at].number;
            // Numbers that start anew, or are all `1.` as some editors write them, count too.
            let follows = number == expected || number == Some(1) || expected.is_none();
            counting += usize::from(number.is_some() && follows);
            expected = number.map(|number| number + 1);
        }
        let next = |place: usize| {
            members
                .get(place + 1)
                .map_or(end, |&next| self.openers[next].blocks.start)
        };
        let answered = (0..members.len())
            .filter(|&place| self.has_answer(members[place], next(place)))
            .count();
        let is_set_apart = match shape.form {
            Form::Heading(_) => true,
            // Answers hold lists; only one that asks is a list of questions.
            Form::Item(_) => asking * 2.0 >= members.len() as f64,
            _ => false,
        };
        let announced = members
            .iter()
            .filter(|&&at| is_set_apart && self.announced[at])
            .count();
        Evidence {
            shape,
            asking: asking / members.len() as f64,
            counting: share(counting),
            answered: share(answered),
            announced: share(announced),
            members,
        }
    }

    /// Drops the numbered steps that stand inside an answer: they start anew below a question,
    /// and the count of the questions goes on behind them.
    fn outer_count(&self, members: Vec<usize>) -> Vec<usize> {
        let mut outer: Vec<usize> = Vec::with_capacity(members.len());
        let mut place = 0;
        while place < members.len() {
            place = self
                .behind_steps(&members, place, outer.last().copied())
                .unwrap_or(place);
            outer.push(members[place]);
            place += 1;
        }
        outer
    }

    /// Returns where the count that `before` is in goes on, if steps start at `place`.
    fn behind_steps(
        &self,
        members: &[usize],
        place: usize,
        before: Option<usize>,
    ) -> Option<usize> {
        let number = |place: usize| self.openers[members[place]].number;
        let expected = self.openers[before?].number? + 1;
        if number(place) != Some(1) || expected == 1 {
            return None;
        }
        let run = (place + 1..members.len())
            .find(|&at| number(at) != number(at - 1).map(|number| number + 1))
            .unwrap_or(members.len());
        let goes_on =
            (run..members.len().min(run + MAX_STEPS)).find(|&at| number(at) == Some(expected))?;
        // Several runs of steps in one answer are steps only if they do not ask.
        let asking = members[place..goes_on]
            .iter()
            .filter(|&&at| self.openers[at].asks())
            .count();
        let are_steps = goes_on == run || asking * 2 < goes_on - place;
        (are_steps && !self.heading_between(members[place], members[goes_on])).then_some(goes_on)
    }

    /// Drops the lists of which no item asks, if they are the lesser part.
    fn asking_lists(&self, members: Vec<usize>) -> Vec<usize> {
        let is_in_one_list = |&before: &usize, &after: &usize| !self.heading_between(before, after);
        let asks = |list: &&[usize]| list.iter().any(|&at| self.openers[at].asks());
        let asking: Vec<usize> = members
            .chunk_by(is_in_one_list)
            .filter(asks)
            .flatten()
            .copied()
            .collect();
        if asking.len() * 2 > members.len() {
            asking
        } else {
            members
        }
    }

    fn heading_between(&self, first: usize, second: usize) -> bool {
        let between = self.openers[first].blocks.start..self.openers[second].blocks.start;
        self.page.blocks[between]
            .iter()
            .any(|block| matches!(block.kind, BlockKind::Heading(_)))
    }

    /// Returns whether there is text between an opener and the block `next`.
    fn has_answer(&self, opener: usize, next: usize) -> bool {
        let opener = &self.openers[opener];
        let on_its_line = opener.answer < self.page.blocks[opener.blocks.end - 1].span.end;
        let is_text = |at: usize| {
            let kind = self.page.blocks[at].kind;
            self.page.furniture[at].is_none()
                && !matches!(kind, BlockKind::Heading(_) | BlockKind::Markup)
        };
        on_its_line || (opener.blocks.end..next).any(is_text)
    }

    /// Returns the openers that belong to a winning shape: its own, and those of the same form
    /// that ask, for a number or a label is easily forgotten.
    fn members(&self, evidence: &Evidence) -> Vec<usize> {
        let (Some(&first), Some(&last)) = (evidence.members.first(), evidence.members.last())
        else {
            return Vec::new();
        };
        let shape = evidence.shape;
        let is_sibling = |at: usize| {
            let opener = &self.openers[at];
            if opener.shape == shape {
                evidence.members.binary_search(&at).is_ok()
                    && self.is_topic_or_asks(opener, evidence)
            } else {
                // In a list without answers some items are bold and some are not.
                let is_mixed =
                    evidence.answered < 0.5 && is_list_item(opener.shape.form, shape.form);
                let is_looser = match shape.form {
                    // A line that asks may be prose, and a bullet is no number.
                    Form::Line | Form::Item(_) => false,
                    _ => shape.label == Label::None || opener.shape.label == Label::None,
                };
                opener.asks() && (opener.shape.form == shape.form && is_looser || is_mixed)
            }
        };
        let mut members: Vec<usize> = (first..=last).filter(|&at| is_sibling(at)).collect();
        // Where nearly all ask, what does not and stands last is closing matter.
        let is_closing = |at: usize| {
            let opener = &self.openers[at];
            evidence.asking >= NEARLY_ALL
                && opener.shape.label == Label::None
                && opener.level.is_none()
                && !opener.asks()
        };
        while members.len() > 1 && members.last().is_some_and(|&last| is_closing(last)) {
            members.pop();
        }
        if shape.form == Form::Summary {
            self.drop_nested(&mut members);
        }
        members
    }

    /// Returns whether an opener of the winning shape is a question: if it asks, is labelled, or
    /// is a bare topic among questions.
    fn is_topic_or_asks(&self, opener: &Opener, evidence: &Evidence) -> bool {
        // Bold text is used for much else, so where nearly all ask, what doesn't is a term.
        let is_term = opener.shape.form == Form::Bold && evidence.asking >= NEARLY_ALL;
        opener.asks()
            || opener.shape.label != Label::None
            || opener.level.is_some()
            || evidence.asking.max(evidence.announced) >= MOSTLY && !is_term
    }

    /// Drops the summaries that only group others: they do not ask, and one that does stands
    /// right below.
    fn without_groups(&self, members: Vec<usize>) -> Vec<usize> {
        let depth = |at: usize| self.page.blocks[self.openers[at].blocks.start].depth;
        let groups = |pair: &[usize]| {
            let [outer, inner] = *pair else { return false };
            let between = self.openers[outer].blocks.end..self.openers[inner].blocks.start;
            let is_first = self.page.blocks[between]
                .iter()
                .all(|block| block.kind == BlockKind::Markup);
            let asks = |at: usize| self.openers[at].asks();
            depth(inner) > depth(outer) && is_first && !asks(outer) && asks(inner)
        };
        let kept =
            (0..members.len()).filter(|&place| !members.get(place..place + 2).is_some_and(groups));
        kept.map(|place| members[place]).collect()
    }

    /// Drops the openers that stand inside the answer of another: deeper, and with nothing less
    /// deep between the two.
    fn drop_nested(&self, members: &mut Vec<usize>) {
        let blocks = self.page.blocks;
        let mut outer_depth = usize::MAX;
        let mut seen = 0;
        members.retain(|&at| {
            let opener = &self.openers[at].blocks;
            let leaves =
                |block: &Block| block.depth < outer_depth && block.kind != BlockKind::Markup;
            let has_left = blocks[seen..opener.start].iter().any(leaves);
            let is_inside = blocks[opener.start].depth > outer_depth && !has_left;
            seen = opener.end;
            if !is_inside {
                outer_depth = blocks[opener.start].depth;
            }
            !is_inside
        });
    }

    /// Returns for every member the block behind its answer.
    fn ends(&self, members: &[usize], region: &Range<usize>) -> Vec<usize> {
        let break_level = self.break_level(members, region);
        let mut ends: Vec<usize> = Vec::with_capacity(members.len());
        let mut is_last = Vec::with_capacity(members.len());
        for (place, &at) in members.iter().enumerate() {
            let opener = &self.openers[at];
            let next = members
                .get(place + 1)
                .map_or(region.end, |&next| self.openers[next].blocks.start);
            let end =
                (opener.blocks.end..next).find(|&block| self.is_break(opener, block, break_level));
            is_last.push(end.is_some() || place + 1 == members.len());
            ends.push(end.unwrap_or(next));
        }
        // What only the last answers of lists hold, and none of their siblings, is closing matter;
        // so is what stands behind a rule at the very end.
        self.cut_unusual(members, &mut ends, &is_last, Self::outside_item);
        is_last.fill(false);
        if let Some(last) = is_last.last_mut() {
            *last = true;
        }
        self.cut_unusual(members, &mut ends, &is_last, Self::behind_rule);
        ends
    }

    /// Cuts the last answers off at a block that is foreign to them, unless answers that are not
    /// last hold such blocks too.
    fn cut_unusual(
        &self,
        members: &[usize],
        ends: &mut [usize],
        is_last: &[bool],
        first_foreign: fn(&Self, &Opener, Range<usize>) -> Option<usize>,
    ) {
        let first_foreign = |place: usize| {
            let opener = &self.openers[members[place]];
            first_foreign(self, opener, opener.blocks.end..ends[place])
        };
        let foreign: Vec<Option<usize>> = (0..members.len()).map(first_foreign).collect();
        let is_usual = foreign
            .iter()
            .zip(is_last)
            .any(|(at, is_last)| at.is_some() && !is_last);
        let has_siblings = is_last.contains(&false);
        if has_siblings && !is_usual {
            for (end, foreign) in ends.iter_mut().zip(foreign) {
                *end = foreign.unwrap_or(*end);
            }
        }
    }

    /// Returns whether a block ends the answer of `opener` by what it is.
    fn is_break(&self, opener: &Opener, at: usize, break_level: u8) -> bool {
        let block = &self.page.blocks[at];
        let depth = self.page.blocks[opener.blocks.start].depth;
        match block.kind {
            BlockKind::Heading(level) => {
                // A heading inside the list item that the question is, or inside its <details>.
                let is_item = matches!(opener.shape.form, Form::Heading(_))
                    && !self.page.blocks[opener.blocks.start].marker.is_empty();
                let is_inside = block.depth > depth
                    || is_item && block.depth == depth && block.marker.is_empty();
                let is_inner = is_inside || words::answer_label(&block.text).is_some();
                level <= break_level && !is_inner
            }
            BlockKind::Markup => false,
            _ => opener.shape.form == Form::Summary && block.depth < depth,
        }
    }

    /// Returns the first block of an answer that stands outside the list item of its question.
    fn outside_item(&self, opener: &Opener, answer: Range<usize>) -> Option<usize> {
        let depth = self.page.blocks[opener.blocks.start].depth;
        let is_outside = |at: &usize| {
            let block = &self.page.blocks[*at];
            let is_text = !matches!(block.kind, BlockKind::Markup | BlockKind::Item);
            is_text && (block.depth < depth || depth == 0 && block.depth == 0)
        };
        let is_item = matches!(opener.shape.form, Form::Item(_) | Form::BoldItem(_));
        answer.filter(|_| is_item).find(is_outside)
    }

    /// Returns the first block of text in an answer that stands behind a rule.
    fn behind_rule(&self, _: &Opener, answer: Range<usize>) -> Option<usize> {
        let is_markup = |at: usize| self.page.blocks[at].kind == BlockKind::Markup;
        let is_mark = |b| matches!(b, b'-' | b'*' | b'_');
        let is_rule = |at: usize| {
            let text = &self.page.blocks[at].text;
            is_markup(at) && text.len() >= 3 && text.bytes().all(is_mark)
        };
        answer
            .skip_while(|&at| !is_rule(at))
            .find(|&at| !is_markup(at))
    }

    /// Returns the deepest level of heading that ends an answer.
    fn break_level(&self, members: &[usize], region: &Range<usize>) -> u8 {
        if let Some(Form::Heading(level)) = members.first().map(|&at| self.openers[at].shape.form) {
            // Where "Answer" is a heading beside the question's, others beside it are the answer's.
            let is_answered_beside = |at: usize| {
                let below = self.page.blocks[self.openers[at].blocks.end..region.end].iter();
                let heading = below.take(MAX_ABOVE_ANSWER).find(|block| is_heading(block));
                heading.is_some_and(|heading| {
                    heading.kind == BlockKind::Heading(level)
                        && words::answer_label(&heading.text).is_some()
                })
            };
            // What follows the only question of a guide is its answer.
            let above = &self.page.blocks[..self.openers[members[0]].blocks.start];
            let is_whole =
                members.len() == 1 && above.iter().all(|block| block.kind == BlockKind::Markup);
            let answered_beside = members.iter().filter(|&&at| is_answered_beside(at)).count();
            let is_inner = is_whole || answered_beside * 2 > members.len();
            return if is_inner { level - 1 } else { level };
        }
        // A level is one of sections if such headings stand right above questions.
        let heading_above = |at: usize| {
            let above = (region.start..self.openers[at].blocks.start).rev();
            let mut kinds = above
                .filter(|&at| self.page.furniture[at].is_none())
                .map(|at| self.page.blocks[at].kind);
            match kinds.find(|kind| *kind != BlockKind::Markup) {
                Some(BlockKind::Heading(level)) => level,
                _ => 0,
            }
        };
        match members.iter().map(|&at| heading_above(at)).max() {
            Some(level) if level > 0 => level,
            _ => 2,
        }
    }

    /// Returns the parts of a region in which no shape won: its sections, one by one.
    fn subsections(&self, region: &Range<usize>) -> Vec<Region> {
        let level_of = |at: usize| match self.page.blocks[at].kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        // A region's own title, at its start, does not split it.
        let inside = region.start + 1..region.end;
        let Some(top) = inside.clone().filter_map(level_of).min() else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        let mut start = region.start;
        for at in inside.filter(|&at| level_of(at) == Some(top)) {
            parts.push(Region::part(start..at));
            start = at;
        }
        parts.push(Region::part(start..region.end));
        parts
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}

/// Returns whether both forms are list items of the same depth.
fn is_list_item(form: Form, other: Form) -> bool {
    list_depth(form).is_some() && list_depth(form) == list_depth(other)
}

/// Returns the depth of a list item.
fn list_depth(form: Form) -> Option<usize> {
    match form {
        Form::Item(depth) | Form::BoldItem(depth) => Some(depth),
        _ => None,
    }
}
