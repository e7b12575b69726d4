//! Finds the recurring shape that marks the questions of a guide, region by region.
//!
//! Every block that could open a question is an [`Opener`] of some [`Shape`]: a heading of one
//! level, a numbered line, a bold paragraph, a `<summary>`. In a region of the guide the shape
//! wins for which most speaks ([`evidence`](super::evidence)). What the winner leaves over (an
//! introduction, a section laid out in another way) is a region again.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use super::{
    evidence::{
        Evidence, FEW, MAX_ABOVE_ANSWER, MAX_STEPS, MIN_ALONE, MIN_ALONE_AND_TOLD, MIN_RUN, MOSTLY,
        NEARLY_ALL, Obstacle, SELDOM, Surroundings, USUAL_REST,
    },
    lexicon,
    opener::{Form, Opener, Page, Shape, is_plain_title},
    sections::GROUP_LEVEL,
    words::{self, Asking, Label},
};
use crate::{
    guide::{Block, BlockKind},
    text::markup::TextFormat,
};

/// A question that was found, and where its answer ends.
#[derive(Debug, Clone)]
pub(crate) struct Question {
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
pub(crate) struct Regions {
    /// In reading order.
    pub(crate) questions: Vec<Question>,
    /// The regions and what was weighed in them, in reading order.
    pub(crate) regions: Vec<Weighed>,
}

/// A region, and the shapes that were weighed in it, the most likely first.
#[derive(Debug)]
pub(crate) struct Weighed {
    pub(crate) blocks: Range<usize>,
    pub(crate) candidates: Vec<Candidate>,
}

/// A shape that was weighed in a region.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) evidence: Evidence,
    pub(crate) strength: f64,
    /// Why it does not mark questions; `None` if it may.
    pub(crate) obstacle: Option<Obstacle>,
}

/// Returns the openers of a guide, in reading order.
pub(crate) fn openers(page: Page<'_>) -> Vec<Opener> {
    let mut openers: Vec<Opener> = Vec::new();
    // The headings around, by level, and whether they announce questions.
    let mut sections: Vec<(u8, bool)> = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let level = match block.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        if let Some(level) = level {
            sections.retain(|(open, _)| *open < level);
        }
        if let Some(mut opener) = page.opener(at) {
            opener.announced = sections.iter().any(|(_, announces)| *announces);
            openers.push(opener);
        }
        if let Some(level) = level {
            // The guide's own title says nothing of one section.
            sections.push((level, level > 1 && words::announces_questions(&block.text)));
        }
    }
    openers
}

/// Finds the questions of a guide above and below the blocks of `gap`, each part on its own.
///
/// `topic` is what the guide says of itself.
pub(crate) fn detect(page: Page<'_>, gap: Range<usize>, topic: Topic) -> Regions {
    let openers = openers(page);
    let mut detector = Detector {
        page,
        openers: &openers,
        inner_titles: inner_titles(page.blocks),
        topic,
        questions: Vec::new(),
        regions: Vec::new(),
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
        mut regions,
        ..
    } = detector;
    questions.sort_by_key(|question| question.opener.blocks.start);
    regions.sort_by_key(|region| (region.blocks.start, usize::MAX - region.blocks.end));
    Regions { questions, regions }
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

/// The openers of one shape in one region.
#[derive(Debug)]
struct Group<'o> {
    /// In reading order; never empty.
    members: Vec<&'o Opener>,
    evidence: Evidence,
    obstacle: Option<Obstacle>,
}

/// The claims that a guide makes in its titles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Topic {
    /// Whether it holds questions.
    pub(crate) is_about_questions: bool,
    /// Whether its title says so, not only a folder.
    pub(crate) is_titled_questions: bool,
    /// Whether it is a manual or gives advice.
    pub(crate) is_manual: bool,
}

struct Detector<'g> {
    page: Page<'g>,
    openers: &'g [Opener],
    /// The titles of headings that stand in answers again and again: "Explanation".
    inner_titles: HashSet<String>,
    topic: Topic,
    questions: Vec<Question>,
    regions: Vec<Weighed>,
}

impl<'g> Detector<'g> {
    /// Finds the questions of a region by its best shape; returns the regions that are left.
    fn solve(&mut self, region: &Region) -> Vec<Region> {
        let groups = self.groups(region);
        let left = match groups.first() {
            Some(best) if best.obstacle.is_none() => self.take(best, &region.blocks),
            _ => self.subsections(&region.blocks),
        };
        if !groups.is_empty() {
            let candidate = |group: &Group<'_>| Candidate {
                evidence: group.evidence,
                strength: group.evidence.strength(self.topic.is_about_questions),
                obstacle: group.obstacle,
            };
            self.regions.push(Weighed {
                blocks: region.blocks.clone(),
                candidates: groups.iter().map(candidate).collect(),
            });
        }
        left
    }

    /// Takes the questions of a region that `best` marks; returns the regions between.
    fn take(&mut self, best: &Group<'g>, region: &Range<usize>) -> Vec<Region> {
        let members = self.members(best, region);
        let ends = self.ends(&members, region);
        let with_rest = members.iter().filter(|opener| opener.with_rest.is_some());
        let is_rest_usual = with_rest.count() as f64 >= USUAL_REST * members.len() as f64;
        let mut left = Vec::new();
        let mut at = region.start;
        for (&opener, &end) in members.iter().zip(&ends) {
            left.push(Region::part(at..opener.blocks.start));
            at = end;
            let mut opener = opener.clone();
            if let Some(question) = opener.with_rest.take().filter(|_| !is_rest_usual) {
                opener.question = question;
                opener.answer = self.page.blocks[opener.blocks.end - 1].span.end;
            }
            self.questions.push(Question {
                opener,
                end,
                elsewhere: None,
            });
        }
        left.push(Region::part(at..region.end));
        left.retain(|region| !region.blocks.is_empty());
        left
    }

    /// Returns the openers of each shape in a region, those that mark its questions first.
    fn groups(&self, region: &Region) -> Vec<Group<'g>> {
        let mut shapes: BTreeMap<Shape, Vec<&Opener>> = BTreeMap::new();
        let openers = self.openers_in(&region.blocks);
        // One that goes on behind the region's end is another region's text.
        let is_inside = |opener: &&Opener| opener.end() <= region.blocks.end;
        for opener in openers.iter().filter(is_inside) {
            shapes.entry(opener.shape).or_default().push(opener);
        }
        let paragraphs = self.count_paragraphs(&region.blocks);
        let mut groups: Vec<Group<'_>> = shapes
            .into_iter()
            .map(|(shape, members)| self.group(shape, members, region, paragraphs))
            .collect();
        self.drop_inner(&mut groups);
        drop_sections(&mut groups);
        let weight = |group: &Group<'_>| group.evidence.weight(self.topic.is_about_questions);
        groups.sort_by(|a, b| {
            let may = |group: &Group<'_>| group.obstacle.is_none();
            may(b).cmp(&may(a)).then(weight(b).total_cmp(&weight(a)))
        });
        groups
    }

    /// Weighs the openers of one shape in a region.
    fn group(
        &self,
        shape: Shape,
        members: Vec<&'g Opener>,
        region: &Region,
        paragraphs: usize,
    ) -> Group<'g> {
        let members = announced_or_asking(members);
        let members = match shape {
            Shape {
                label: Label::Number,
                ..
            } => self.outer_count(members),
            Shape {
                form: Form::Item(_),
                label: Label::None,
            } if self.topic.is_titled_questions => self.without_inner_lists(members),
            Shape {
                form: Form::Item(_),
                label: Label::None,
            } => self.asking_lists(self.without_inner_lists(members)),
            Shape {
                form: Form::Summary,
                ..
            } => self.without_groups(members),
            _ => members,
        };
        let whole = self.weigh(shape, members, region, paragraphs);
        // Among few headings those that ask are questions, and the bare ones sections.
        let is_weak = matches!(
            whole.obstacle,
            Some(Obstacle::Weak | Obstacle::Seldom { .. })
        );
        let is_heading = matches!(shape.form, Form::Heading(_)) && shape.label == Label::None;
        let asking: Vec<&Opener> = whole
            .members
            .iter()
            .filter(|opener| opener.asking == Asking::Yes)
            .copied()
            .collect();
        if is_weak && is_heading && !self.topic.is_manual && asking.len() * 2 >= whole.members.len()
        {
            let asking = self.weigh(shape, asking, region, paragraphs);
            if asking.obstacle.is_none() {
                return asking;
            }
        }
        whole
    }

    fn weigh(
        &self,
        shape: Shape,
        members: Vec<&'g Opener>,
        region: &Region,
        paragraphs: usize,
    ) -> Group<'g> {
        let evidence = self.evidence(shape, &members, region);
        let obstacle = evidence.obstacle(Surroundings {
            is_about_questions: self.topic.is_about_questions,
            is_manual: self.topic.is_manual,
            has_questions: !self.questions.is_empty() && !self.is_opening(region),
            is_whole: region.is_whole,
            blocks: region.blocks.len(),
            paragraphs,
            before: members[0].blocks.start - region.blocks.start,
        });
        Group {
            members,
            evidence,
            obstacle,
        }
    }

    fn evidence(&self, shape: Shape, members: &[&Opener], region: &Region) -> Evidence {
        let end = region.blocks.end;
        let share = |n: usize| n as f64 / members.len() as f64;
        let asking: f64 = members.iter().map(|opener| opener.asking.weight()).sum();
        let mut expected = None;
        let mut counting = 0;
        for opener in members {
            let number = opener.number;
            // Numbers that start anew, or are all `1.` as some editors write them, count too.
            let follows = number == expected || number == Some(1) || expected.is_none();
            counting += usize::from(number.is_some() && follows);
            expected = number.map(|number| number.saturating_add(1));
        }
        let next = |place: usize| members.get(place + 1).map_or(end, |next| next.blocks.start);
        let answered = (0..members.len())
            .filter(|&place| self.has_answer(members[place], next(place)))
            .count();
        let labelled = members
            .iter()
            .filter(|opener| self.has_labelled_answer(opener))
            .count();
        let is_set_apart = match shape.form {
            Form::Heading(_) => true,
            // In a section that announces them, what is numbered are questions even if none asks.
            Form::Item(_) if shape.label == Label::Number && !region.is_whole => true,
            // Answers hold lists; only one that asks is a list of questions.
            Form::Item(_) => asking * 2.0 >= members.len() as f64,
            _ => false,
        };
        let alone = self.are_alone(shape, members, region);
        // All that a guide has that is called "Questions".
        let is_bare_heading = matches!(shape.form, Form::Heading(_)) && shape.label == Label::None;
        let is_told = alone
            && self.topic.is_titled_questions
            && (!is_bare_heading || answered * 2 >= members.len());
        let announced = members
            .iter()
            .filter(|opener| is_told || is_set_apart && opener.announced);
        Evidence {
            shape,
            count: members.len(),
            asking: asking / members.len() as f64,
            counting: share(counting),
            answered: share(answered),
            labelled: share(labelled),
            alone,
            announced: share(announced.count()),
            coverage: (end - members[0].blocks.start) as f64 / region.blocks.len() as f64,
            first_is_announced: members[0].announced,
        }
    }

    /// Returns whether a label of an answer stands right below an opener.
    fn has_labelled_answer(&self, opener: &Opener) -> bool {
        let mut below = opener.blocks.end..self.page.blocks.len().min(opener.blocks.end + 2);
        let text = below.find(|&at| self.page.blocks[at].kind != BlockKind::Markup);
        text.is_some_and(|at| words::answer_label(&self.page.blocks[at].text).is_some())
    }

    /// Returns whether nearly all headings of a guide, besides its title, are `members`.
    fn are_alone(&self, shape: Shape, members: &[&Opener], region: &Region) -> bool {
        let needed = match self.topic.is_about_questions {
            true => MIN_ALONE_AND_TOLD,
            false => MIN_ALONE,
        };
        if !region.is_whole || members.len() < needed {
            return false;
        }
        if matches!(shape.form, Form::Item(_) | Form::BoldItem(_)) {
            let is_text =
                |block: &&Block| !matches!(block.kind, BlockKind::Markup | BlockKind::Heading(_));
            let lines = self.page.blocks[region.blocks.clone()]
                .iter()
                .filter(is_text);
            let lines = lines.filter(|block| !block.continues).count();
            return members.len() as f64 >= MOSTLY * lines as f64;
        }
        // The headings of plain text are guessed.
        let is_title = matches!(shape.form, Form::Heading(_));
        if !is_title || self.page.format == TextFormat::Plain {
            return false;
        }
        // Below numbered headings, deeper ones are parts of their answers.
        let deepest = match shape {
            Shape {
                form: Form::Heading(level),
                label: Label::Number,
            } => level,
            _ => u8::MAX,
        };
        let headings = self.page.blocks[region.blocks.clone()]
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Heading(level) if level <= deepest));
        let headings = headings.count().saturating_sub(1);
        members.len() as f64 >= NEARLY_ALL * headings as f64
    }

    /// Returns whether a region is a section such as "Instructions", whose lists are no questions.
    fn is_opening(&self, region: &Region) -> bool {
        let first = &self.page.blocks[region.blocks.start];
        let is_title = |text| lexicon::OPENING_TITLES.contains(words::normalized(text).as_str());
        is_heading(first) && is_title(&first.text)
    }

    fn count_paragraphs(&self, region: &Range<usize>) -> usize {
        let blocks = self.page.blocks[region.clone()].iter();
        blocks
            .filter(|block| block.kind == BlockKind::Paragraph && !block.continues)
            .count()
    }

    /// Drops what stands inside what marks questions: lists in the items of a longer list, and
    /// lists and lines below headings that ask.
    fn drop_inner(&self, groups: &mut [Group<'_>]) {
        let lists: Vec<(usize, usize)> = groups
            .iter()
            .filter(|group| group.obstacle.is_none())
            .filter_map(|group| {
                Some((list_depth(group.evidence.shape.form)?, group.evidence.count))
            })
            .collect();
        let has_asking_headings = groups.iter().any(|group| {
            let evidence = &group.evidence;
            let is_heading = matches!(evidence.shape.form, Form::Heading(_));
            let is_pattern = evidence.count >= FEW && evidence.asking >= MOSTLY;
            group.obstacle.is_none() && is_heading && is_pattern
        });
        for group in groups.iter_mut().filter(|group| group.obstacle.is_none()) {
            let evidence = &group.evidence;
            let is_inner = list_depth(evidence.shape.form).is_some_and(|depth| {
                let is_around = |&(outer, siblings): &(usize, usize)| {
                    outer < depth && siblings > evidence.count
                };
                lists.iter().any(is_around)
            });
            let is_loose = !matches!(evidence.shape.form, Form::Heading(_) | Form::Summary)
                && matches!(evidence.shape.label, Label::None | Label::Number);
            if is_inner || is_loose && has_asking_headings {
                group.obstacle = Some(Obstacle::Inner);
            }
        }
    }

    fn openers_in(&self, blocks: &Range<usize>) -> &'g [Opener] {
        let place = |block| {
            self.openers
                .partition_point(|opener| opener.blocks.start < block)
        };
        let start = place(blocks.start);
        &self.openers[start..place(blocks.end).max(start)]
    }

    /// Drops the numbered steps that stand inside an answer: they start anew below a question,
    /// and the count of the questions goes on behind them.
    fn outer_count(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let mut outer: Vec<&Opener> = Vec::with_capacity(members.len());
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
        members: &[&Opener],
        place: usize,
        before: Option<&Opener>,
    ) -> Option<usize> {
        let number = |place: usize| members[place].number;
        let expected = before?.number?.saturating_add(1);
        if number(place) != Some(1) || expected == 1 {
            return None;
        }
        let run = (place + 1..members.len())
            .find(|&at| number(at) != number(at - 1).map(|number| number.saturating_add(1)))
            .unwrap_or(members.len());
        let goes_on =
            (run..members.len().min(run + MAX_STEPS)).find(|&at| number(at) == Some(expected))?;
        // Several runs of steps in one answer are steps only if they do not ask.
        let asking = members[place..goes_on]
            .iter()
            .filter(|opener| opener.asks())
            .count();
        let are_steps = goes_on == run || asking * 2 < goes_on - place;
        (are_steps && !self.heading_between(members[place], members[goes_on])).then_some(goes_on)
    }

    /// Drops the items in a row that do not ask and have nothing between them, where those that ask
    /// have: they are a list in an answer.
    fn without_inner_lists(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let asking = members.windows(2).filter(|pair| pair[0].asks());
        let is_answered = |pair: &&[&Opener]| {
            pair[0].with_rest.is_none() && self.has_answer(pair[0], pair[1].blocks.start)
        };
        if asking.clone().filter(is_answered).count() * 2 < asking.count().max(1) {
            return members;
        }
        let is_in_list = |before: &&Opener, after: &&Opener| {
            !before.asks() && !after.asks() && before.blocks.end == after.blocks.start
        };
        let lists = members.chunk_by(is_in_list);
        let kept = lists.filter(|list| list.len() < MIN_RUN || list[0].asks());
        kept.flatten().copied().collect()
    }

    /// Drops the lists of which no item asks, if they are the lesser part.
    fn asking_lists(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let asking: Vec<&Opener> = members
            .chunk_by(|before, after| !self.heading_between(before, after))
            .filter(|list| list.iter().any(|opener| opener.asks()))
            .flatten()
            .copied()
            .collect();
        if asking.len() * 2 > members.len() {
            asking
        } else {
            members
        }
    }

    fn heading_between(&self, first: &Opener, second: &Opener) -> bool {
        let between = first.blocks.start..second.blocks.start;
        self.page.blocks[between].iter().any(is_heading)
    }

    /// Returns whether there is text between an opener and the block `next`.
    fn has_answer(&self, opener: &Opener, next: usize) -> bool {
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
    fn members(&self, best: &Group<'g>, region: &Range<usize>) -> Vec<&'g Opener> {
        let (Some(first), Some(last)) = (best.members.first(), best.members.last()) else {
            return Vec::new();
        };
        let evidence = &best.evidence;
        let shape = evidence.shape;
        let is_sibling = |opener: &&Opener| {
            if opener.shape == shape {
                let start = |member: &&Opener| member.blocks.start;
                best.members
                    .binary_search_by_key(&opener.blocks.start, start)
                    .is_ok()
                    && is_topic_or_asks(opener, evidence)
            } else {
                // In a list without answers some items are bold and some are not.
                let is_mixed =
                    evidence.answered < 0.5 && is_list_item(opener.shape.form, shape.form);
                let is_looser = match shape.form {
                    // A line that asks may be prose, and a bullet is no number.
                    Form::Line | Form::Item(_) => false,
                    _ => shape.label == Label::None || opener.shape.label == Label::None,
                };
                // Among answers with labels a line with such an answer has lost its number.
                let is_unnumbered = matches!(shape.form, Form::Line | Form::Item(_))
                    && opener.shape == Shape::LINE
                    && self.has_labelled_answer(opener);
                let is_beside = opener.shape.form == shape.form && is_looser;
                opener.asks() && (is_beside || is_mixed || is_unnumbered)
            }
        };
        // Headings that ask behind numbered or labelled ones are theirs.
        let is_open = matches!(shape.form, Form::Heading(_)) && shape.label != Label::None;
        let end = if is_open {
            region.end
        } else {
            last.blocks.start + 1
        };
        let range = first.blocks.start..end;
        let is_inside = |opener: &&Opener| opener.end() <= region.end;
        let siblings = self.openers_in(&range).iter().filter(is_sibling);
        let mut members: Vec<&Opener> = siblings.filter(is_inside).collect();
        // The line below a label that stands alone is the label's question, and none of its own.
        let mut end = 0;
        members.retain(|opener| {
            let is_apart = opener.blocks.start >= end;
            end = end.max(opener.end());
            is_apart
        });
        // Where nearly all ask, what does not and stands last is closing matter.
        let is_closing = |opener: &Opener| {
            evidence.asking >= NEARLY_ALL
                && opener.shape.label == Label::None
                && opener.level.is_none()
                && !opener.asks()
        };
        while members.len() > 1 && members.last().is_some_and(|last| is_closing(last)) {
            members.pop();
        }
        if shape.form == Form::Summary {
            self.drop_nested(&mut members);
        }
        members
    }

    /// Drops the summaries that only group others: they do not ask, and those inside do.
    fn without_groups(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let depths: Vec<usize> = members
            .iter()
            .map(|opener| self.page.blocks[opener.blocks.start].depth)
            .collect();
        let ends = ends_of_deeper(&depths);
        // How many of the first members ask.
        let mut asking = vec![0];
        for opener in &members {
            asking.push(asking[asking.len() - 1] + usize::from(opener.asks()));
        }
        let is_group = |place: usize| {
            let outer = members[place];
            let inner = &members[place + 1..ends[place]];
            let asking = asking[ends[place]] - asking[place + 1];
            let is_first = || {
                inner.first().is_some_and(|inner| {
                    let between = &self.page.blocks[outer.blocks.end..inner.blocks.start];
                    between.iter().all(|block| block.kind == BlockKind::Markup)
                })
            };
            let is_enough = asking > 1 || asking == 1 && is_first();
            !outer.asks() && is_enough && asking * 2 >= inner.len()
        };
        let kept = (0..members.len()).filter(|&place| !is_group(place));
        kept.map(|place| members[place]).collect()
    }

    /// Drops the openers that stand inside the answer of another: deeper, and with nothing less
    /// deep between the two.
    fn drop_nested(&self, members: &mut Vec<&Opener>) {
        let blocks = self.page.blocks;
        let mut outer_depth = usize::MAX;
        let mut seen = 0;
        members.retain(|opener| {
            let opener = &opener.blocks;
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
    fn ends(&self, members: &[&Opener], region: &Range<usize>) -> Vec<usize> {
        let break_level = self.break_level(members, region);
        let mut ends: Vec<usize> = Vec::with_capacity(members.len());
        let mut is_last = Vec::with_capacity(members.len());
        // Whether answers so far hold titles that only plain text's reader took for headings.
        let mut holds_titles = false;
        for (place, opener) in members.iter().enumerate() {
            let next = members.get(place + 1).map(|next| next.blocks.start);
            let start = opener.end();
            let is_heading = matches!(opener.shape.form, Form::Heading(_));
            let is_inner = |at: usize| match next {
                _ if is_heading || !self.is_guessed_title(at) => false,
                Some(next) => !self.is_right_above(at, next),
                None => holds_titles,
            };
            let next_start = next.unwrap_or(region.end);
            let is_end = |&at: &usize| self.is_break(opener, at, break_level) && !is_inner(at);
            let end = (start..next_start).find(is_end);
            holds_titles |= (start..end.unwrap_or(next_start)).any(|at| self.is_guessed_title(at));
            let next = next_start;
            let end = end.or_else(|| self.labelled_run(opener, start..next));
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
        for (end, opener) in ends.iter_mut().zip(members) {
            *end = (*end).max(opener.text_end);
        }
        ends
    }

    /// Returns whether a block is a line of plain text that was taken for a heading since it stands
    /// alone, and is none of the titles that such pages have.
    fn is_guessed_title(&self, at: usize) -> bool {
        let block = &self.page.blocks[at];
        let written = self.page.text[block.span.clone()].trim();
        let is_underlined = self
            .page
            .blocks
            .get(at + 1)
            .is_some_and(|next| next.kind == BlockKind::Markup);
        self.page.format == TextFormat::Plain
            && block.kind == BlockKind::Heading(2)
            && written == block.text
            && !is_underlined
            && !is_plain_title(written)
    }

    /// Returns whether nothing but headings stands between the block `at` and the block `next`.
    fn is_right_above(&self, at: usize, next: usize) -> bool {
        let between = &self.page.blocks[at + 1..next];
        between
            .iter()
            .all(|block| is_heading(block) || block.kind == BlockKind::Markup)
    }

    /// Returns the first of several openers in an answer that are labelled as questions in another
    /// way than its own: a list of further questions.
    fn labelled_run(&self, opener: &Opener, answer: Range<usize>) -> Option<usize> {
        let is_question =
            |other: &&Opener| other.shape.label == Label::Question && other.shape != opener.shape;
        let mut run = self.openers_in(&answer).iter().filter(is_question);
        let first = run.next()?;
        (run.count() + 1 >= MIN_RUN).then_some(first.blocks.start)
    }

    /// Cuts the last answers off at a block that is foreign to them, unless answers that are not
    /// last hold such blocks too.
    fn cut_unusual(
        &self,
        members: &[&Opener],
        ends: &mut [usize],
        is_last: &[bool],
        first_foreign: fn(&Self, &Opener, Range<usize>) -> Option<usize>,
    ) {
        let first_foreign = |place: usize| {
            let opener = members[place];
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
                let is_part = || self.inner_titles.contains(&words::normalized(&block.text));
                let is_beside = opener.shape.form == Form::Heading(level) && is_part();
                let is_inner = is_inside || is_beside || words::answer_label(&block.text).is_some();
                (level <= break_level || level == GROUP_LEVEL) && !is_inner
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
    fn break_level(&self, members: &[&Opener], region: &Range<usize>) -> u8 {
        if let Some(Form::Heading(level)) = members.first().map(|opener| opener.shape.form) {
            // Where "Answer" is a heading beside the question's, others beside it are the answer's.
            let is_answered_beside = |opener: &Opener| {
                let below = self.page.blocks[opener.blocks.end..region.end].iter();
                let heading = below.take(MAX_ABOVE_ANSWER).find(|block| is_heading(block));
                heading.is_some_and(|heading| {
                    heading.kind == BlockKind::Heading(level)
                        && words::answer_label(&heading.text).is_some()
                })
            };
            // What follows the only question of a guide is its answer.
            let above = &self.page.blocks[..members[0].blocks.start];
            let is_whole =
                members.len() == 1 && above.iter().all(|block| block.kind == BlockKind::Markup);
            let answered_beside = members
                .iter()
                .filter(|opener| is_answered_beside(opener))
                .count();
            let is_inner = is_whole || answered_beside * 2 > members.len();
            return if is_inner { level - 1 } else { level };
        }
        // A level is one of sections if such headings stand right above questions.
        let heading_above = |opener: &Opener| {
            let above = (region.start..opener.blocks.start).rev();
            let mut kinds = above
                .filter(|&at| self.page.furniture[at].is_none())
                .map(|at| self.page.blocks[at].kind);
            match kinds.find(|kind| *kind != BlockKind::Markup) {
                Some(BlockKind::Heading(level)) if level != GROUP_LEVEL => level,
                _ => 0,
            }
        };
        match members.iter().map(|opener| heading_above(opener)).max() {
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

/// Returns the titles, normalized, of the headings that stand in a guide again and again and do not
/// ask: parts that each answer has.
fn inner_titles(blocks: &[Block]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for block in blocks.iter().filter(|block| is_heading(block)) {
        let is_bare = words::label(&block.text).label == Label::None;
        if is_bare && words::asking(&block.text) == Asking::No {
            *counts.entry(words::normalized(&block.text)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= MIN_RUN);
    counts.into_keys().collect()
}

/// Drops the openers that stand outside the sections that announce questions, if most stand inside
/// and few of the others ask.
fn announced_or_asking(members: Vec<&Opener>) -> Vec<&Opener> {
    let (inside, outside): (Vec<&Opener>, Vec<&Opener>) =
        members.iter().partition(|opener| opener.announced);
    let asking: f64 = outside.iter().map(|opener| opener.asking.weight()).sum();
    let is_other = asking == 0.0 || outside.len() >= FEW && asking < MOSTLY * outside.len() as f64;
    if inside.len() > outside.len() && is_other {
        inside
    } else {
        members
    }
}

/// Drops the headings that do not ask, where as many of another shape do: they are their sections.
fn drop_sections(groups: &mut [Group<'_>]) {
    let asking = groups.iter().filter(|group| {
        let evidence = &group.evidence;
        group.obstacle.is_none() && evidence.asking >= MOSTLY && evidence.count >= FEW
    });
    let most = asking.map(|group| group.evidence.count).max().unwrap_or(0);
    for group in groups.iter_mut().filter(|group| group.obstacle.is_none()) {
        let evidence = &group.evidence;
        let is_heading = matches!(evidence.shape.form, Form::Heading(_));
        let is_bare = evidence.shape.label != Label::Question && evidence.asking < SELDOM;
        if is_heading && is_bare && evidence.count <= most {
            group.obstacle = Some(Obstacle::Sections);
        }
    }
}

/// Returns whether an opener of the winning shape is a question: if it asks, is labelled, or is a
/// bare topic among questions.
fn is_topic_or_asks(opener: &Opener, evidence: &Evidence) -> bool {
    // Bold text is used for much else, so where nearly all ask, what doesn't is a term.
    let is_term = opener.shape.form == Form::Bold && evidence.asking >= NEARLY_ALL;
    opener.asks()
        || opener.shape.label != Label::None
        || opener.level.is_some()
        || evidence.has_topics() && !is_term
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

/// Returns for each of these `depths` the place behind the run of deeper ones that follows it.
fn ends_of_deeper(depths: &[usize]) -> Vec<usize> {
    let mut ends = vec![depths.len(); depths.len()];
    let mut open: Vec<usize> = Vec::new();
    for (place, depth) in depths.iter().enumerate() {
        while let Some(ended) = open.pop_if(|place| depths[*place] >= *depth) {
            ends[ended] = place;
        }
        open.push(place);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        guide::Guide,
        split::{furniture, speakers::Speakers},
    };

    const PLAIN: Topic = Topic {
        is_about_questions: false,
        is_titled_questions: false,
        is_manual: false,
    };

    /// Returns the regions of a guide: their first lines, the most likely shape, and its obstacle.
    fn regions(text: &str) -> Vec<(usize, String, Option<Obstacle>)> {
        let guide = Guide::parse("guide.md", text);
        let page = Page {
            text: &guide.text,
            blocks: &guide.blocks,
            furniture: &furniture::classify(&guide.blocks),
            speakers: &Speakers::default(),
            format: guide.format,
        };
        let detected = detect(page, 0..0, PLAIN);
        let region = |region: &Weighed| {
            let best = &region.candidates[0];
            let line = guide.blocks[region.blocks.start].line;
            (line, best.evidence.shape.to_string(), best.obstacle)
        };
        detected.regions.iter().map(region).collect()
    }

    #[test]
    fn deeper_ones_end_before_the_next_that_is_not() {
        assert_eq!(ends_of_deeper(&[0, 1, 2, 1, 0, 3]), [4, 3, 3, 4, 6, 6]);
        assert_eq!(ends_of_deeper(&[]), [0; 0]);
    }

    #[test]
    fn what_a_shape_leaves_over_is_a_region_again() {
        let text = "## What is a map?\n\nA table.\n\n## What is a set?\n\nA bag.\n\n## Lists\n\n- What is a list?\n- What is a row?\n- What is a queue?\n";
        assert_eq!(
            regions(text)[..2],
            [
                (1, "headings of level 2".to_owned(), None),
                (9, "list items".to_owned(), None)
            ]
        );
    }

    #[test]
    fn the_condition_that_failed_is_known() {
        let text = "Text.\n\nWhat is a map?\n\nText.\n";
        let few = Some(Obstacle::Few { needed: 3 });
        assert_eq!(regions(text), [(1, "lines".to_owned(), few)]);
    }

    #[test]
    fn steps_in_an_answer_do_not_break_the_count() {
        let text =
            "1. What is a map?\n\nBuild it:\n\n1. Hash\n2. Store\n\n2. What is a set?\n\nA bag.\n";
        assert_eq!(
            regions(text)[0],
            (1, "numbered list items".to_owned(), None)
        );
    }

    #[test]
    fn a_title_that_recurs_is_part_of_each_answer() {
        let blocks = |text: &str| Guide::parse("guide.md", text).blocks;
        let titles = inner_titles(&blocks(
            &"## 1. Name a map\n\n## Example\n\nText.\n\n".repeat(3),
        ));
        assert_eq!(titles, HashSet::from(["example".to_owned()]));
        assert!(inner_titles(&blocks("## Example\n\nText.\n")).is_empty());
    }
}
