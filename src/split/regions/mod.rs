//! Finds the recurring shape that marks the questions of a guide, region by region.
//!
//! Every block that could open a question is an [`Opener`] of some [`Shape`]: a heading of one
//! level, a numbered line, a bold paragraph, a `<summary>`. In a region of the guide the shape
//! wins for which most speaks ([`evidence`](super::evidence)). What the winner leaves over (an
//! introduction, a section laid out in another way) is a region again.

mod ends;
mod members;

use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
};

use self::{
    ends::inner_titles,
    members::{announced_or_asking, drop_sections},
};
use super::{
    evidence::{
        ANSWERED_IN_COUNT, Evidence, FEW, MAX_GAP, MIN_ALONE, MIN_ALONE_AND_TOLD, MOSTLY,
        NEARLY_ALL, Obstacle, SELDOM, SOMETIMES, Surroundings, USUAL_REST,
    },
    furniture::Furniture,
    lexicon,
    opener::{Form, Opener, Page, Shape, is_plain_title, starts_options},
    sections, translations,
    words::{self, Asking, Label},
};
use crate::{
    guide::{Block, BlockKind},
    text::markup::TextFormat,
};

/// A question that was found, and where its answer ends.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) opener: Box<Opener>,
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
#[expect(
    clippy::vec_box,
    reason = "those that are questions are moved to them, and the memory of the others goes one by one"
)]
pub(crate) fn openers(page: Page<'_>) -> Vec<Box<Opener>> {
    let mut openers = Vec::new();
    // The headings around, by level, and whether they announce questions.
    let mut sections: Vec<(u8, bool)> = Vec::new();
    // The guide's own title says nothing of one section; of several titles most have to.
    let titles = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Heading(1));
    let announcing = titles
        .clone()
        .filter(|block| words::announces_questions(&block.text))
        .count();
    let are_parts = announcing > 1 && announcing as f64 >= MOSTLY * titles.count() as f64;
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
            openers.push(Box::new(opener));
        }
        if let Some(level) = level {
            let announces = (level > 1 || are_parts) && sections::announces_questions(block);
            sections.push((level, announces));
        }
    }
    openers
}

/// Finds the questions of a guide above and below the blocks of `gap`, each part on its own.
///
/// `topic` is what the guide says of itself.
pub(crate) fn detect(page: Page<'_>, gap: Range<usize>, topic: Topic) -> Regions {
    let openers = openers(page);
    let mut titles =
        (0..page.blocks.len()).filter(|&at| page.blocks[at].kind == BlockKind::Heading(1));
    let title = titles.next().filter(|_| titles.next().is_none());
    let mut detector = Detector {
        page,
        title,
        openers: &openers,
        inner_titles: inner_titles(page.blocks),
        topic,
        taken: Vec::new(),
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
        mut taken,
        mut regions,
        ..
    } = detector;
    taken.sort_unstable_by_key(|taken| taken.start);
    let mut questions = Vec::with_capacity(taken.len());
    let mut taken = taken.into_iter().peekable();
    // Each is moved: copies of those of a long list would be as large as its blocks.
    for opener in openers {
        if let Some(taken) = taken.next_if(|taken| taken.start == opener.blocks.start) {
            questions.push(taken.question(page, opener));
        }
    }
    translations::join(page, &mut questions);
    regions.sort_by_key(|region| (region.blocks.start, usize::MAX - region.blocks.end));
    Regions { questions, regions }
}

/// An opener that was taken for a question.
#[derive(Debug)]
struct Taken {
    /// The block that it starts with.
    start: usize,
    /// The block behind the question's last.
    end: usize,
    /// Whether the words behind it on its line are its answer.
    is_rest_answer: bool,
}

impl Taken {
    fn question(self, page: Page<'_>, mut opener: Box<Opener>) -> Question {
        let rest = opener.with_rest.take();
        if let Some(question) = rest.filter(|_| !self.is_rest_answer) {
            opener.question = question;
            opener.answer = page.blocks[opener.blocks.end - 1].span.end;
        }
        Question {
            opener,
            end: self.end,
            elsewhere: None,
        }
    }
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
    /// Whether its title says so by a word that stands for nothing else: "trivia" are facts, too, and notes
    /// are taken for an exam.
    pub(crate) promises_questions: bool,
    /// Whether its title or the name of its file says so.
    pub(crate) is_named_questions: bool,
    /// Whether its title is that of questions, and does not only name them: "Exam questions".
    pub(crate) announces_questions: bool,
    /// Whether it is a manual or gives advice.
    pub(crate) is_manual: bool,
}

/// The longest topic, in characters, that is a question by its place in a list alone.
const MAX_TOPIC: usize = 100;

/// The most blocks above a list that is all of a guide: a title, and what a sentence says of it.
const MAX_ABOVE_COUNT: usize = 3;

/// The most blocks between the title of a section and what stands in it, as far as that tells what they are.
const MAX_BELOW_TITLE: usize = 200;

struct Detector<'g> {
    page: Page<'g>,
    /// The only heading of level 1.
    title: Option<usize>,
    openers: &'g [Box<Opener>],
    /// The titles of headings that stand in answers again and again: "Explanation".
    inner_titles: HashSet<String>,
    topic: Topic,
    taken: Vec<Taken>,
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
        let is_most = |count: usize, least: f64| count as f64 >= least * members.len() as f64;
        let with_rest = members.iter().filter(|opener| opener.with_rest.is_some());
        let with_rest = with_rest.count();
        let asking_behind = members.iter().filter(|opener| opener.asks_behind);
        let is_bold = matches!(best.evidence.shape.form, Form::Bold | Form::BoldItem(_));
        let is_topic_answered = !is_most(asking_behind.count(), 0.5);
        // Where answers stand on the line of bold questions, what asks there is one, too.
        let is_answered_beside = |opener: &&&Opener| {
            let end = self.page.blocks[opener.blocks.end - 1].span.end;
            opener.with_rest.is_none() && opener.answer < end
        };
        let beside = members.iter().filter(is_answered_beside).count();
        let is_rest_answer = |opener: &Opener| match (is_bold, opener.asks_behind) {
            (true, false) if opener.asks() => is_most(beside, USUAL_REST),
            (true, _) => is_topic_answered,
            (false, _) => is_most(with_rest, USUAL_REST),
        };
        let mut left = Vec::new();
        let mut at = region.start;
        for (&opener, &end) in members.iter().zip(&ends) {
            left.push(Region::part(at..opener.blocks.start));
            at = end;
            self.taken.push(Taken {
                start: opener.blocks.start,
                end,
                is_rest_answer: is_rest_answer(opener),
            });
        }
        left.push(Region::part(at..region.end));
        left.retain(|region| !region.blocks.is_empty());
        left
    }

    /// Returns the openers of each shape in a region, those that mark its questions first.
    fn groups(&self, region: &Region) -> Vec<Group<'g>> {
        let mut shapes: BTreeMap<Shape, Vec<&Opener>> = BTreeMap::new();
        // One that goes on behind the region's end is another region's text.
        let is_inside = |opener: &&Opener| opener.end() <= region.blocks.end;
        // Beside questions the title of a guide is none, though it may ask what they are about.
        let is_title =
            |opener: &&Opener| !self.taken.is_empty() && self.title == Some(opener.blocks.start);
        let openers = self.openers_in(&region.blocks);
        for opener in openers
            .filter(is_inside)
            .filter(|opener| !is_title(opener) && !self.heads_contents(opener))
        {
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

    /// Returns whether there is nothing below a heading but the contents of the guide.
    fn heads_contents(&self, opener: &Opener) -> bool {
        let furniture = |at: usize| self.page.furniture[at];
        let is_empty =
            |at: usize| furniture(at).is_some() || self.page.blocks[at].kind == BlockKind::Markup;
        let is_contents = |at: usize| furniture(at) == Some(Furniture::Contents);
        let mut below = (opener.blocks.end..self.page.blocks.len())
            .take_while(|&at| !is_heading(&self.page.blocks[at]));
        matches!(opener.shape.form, Form::Heading(_))
            && below.clone().all(is_empty)
            && below.any(is_contents)
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
        let members = match shape.form {
            Form::Item(_) => self.without_check_list(members),
            _ => members,
        };
        let members = match shape {
            Shape {
                form: Form::Item(_) | Form::Line,
                label: Label::Number,
            } => self.asking_counts(self.outer_count(self.with_first_mark(members))),
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
                form: Form::Heading(level),
                label: Label::None,
            } => self.asking_sections(members, level),
            Shape {
                form: Form::Summary,
                ..
            } => self.without_groups(members),
            Shape::LINE => self.first_of_stanzas(members),
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
        let paragraphs = match shape {
            // What has options below is no prose, whatever else stands there.
            Shape::LINE if self.have_options(&members) => members.len(),
            Shape::LINE => self.count_stanzas(&members, region).unwrap_or(paragraphs),
            _ => paragraphs,
        };
        let above = region.blocks.start..members[0].blocks.start;
        let before = match members.len() {
            // A contents list is no distance.
            ..FEW => {
                let furniture = self.page.furniture[above].iter();
                furniture.filter(|class| class.is_none()).count()
            }
            _ => above.len(),
        };
        let obstacle = evidence.obstacle(Surroundings {
            is_about_questions: self.topic.is_about_questions,
            is_manual: self.topic.is_manual,
            has_questions: !self.taken.is_empty() && !self.is_opening(region),
            is_whole: region.is_whole,
            blocks: region.blocks.len(),
            paragraphs,
            before,
            is_last: region.blocks.end == self.page.blocks.len(),
            is_right_below: self
                .next_title(members[0])
                .is_some_and(sections::announces_questions),
        });
        let obstacle =
            obstacle.or_else(|| self.are_links(shape, &members).then_some(Obstacle::Links));
        let obstacle = obstacle.or_else(|| {
            self.are_advice(&members, region)
                .then_some(Obstacle::Manual)
        });
        Group {
            members,
            evidence,
            obstacle,
        }
    }

    /// Returns the next heading above an opener.
    fn next_title(&self, opener: &Opener) -> Option<&'g Block> {
        let above = self.page.blocks[..opener.blocks.start].iter().rev();
        above.take(MAX_BELOW_TITLE).find(|block| is_heading(block))
    }

    /// Returns whether members in a part of a guide below a title such as "Tips" are requests that advise:
    /// "Explain your approach".
    fn are_advice(&self, members: &[&Opener], region: &Region) -> bool {
        let is_marked = |opener: &&&Opener| words::has_question_mark(&opener.question);
        let marked = members.iter().filter(is_marked).count() as f64;
        let is_labelled = members[0].shape.label == Label::Question;
        if region.is_whole || is_labelled || marked >= MOSTLY * members.len() as f64 {
            return false;
        }
        let first = members[0].blocks.start;
        let above = self.page.blocks[..first].iter().rev().take(MAX_BELOW_TITLE);
        let mut level = u8::MAX;
        for block in above {
            match block.kind {
                BlockKind::Heading(other) if other < level => level = other,
                _ => continue,
            }
            // The guide's own title may promise tips besides its questions.
            if level > 1 && words::gives_advice(&block.text) {
                return true;
            }
        }
        false
    }

    /// Returns whether most of a list are links that do not ask.
    fn are_links(&self, shape: Shape, members: &[&Opener]) -> bool {
        let is_link = |opener: &&&Opener| {
            let block = &self.page.blocks[opener.blocks.start];
            block.linked > 0 && block.linked * 2 > block.text.len() && !opener.asks()
        };
        list_depth(shape.form).is_some()
            && members.iter().filter(is_link).count() * 2 > members.len()
    }

    fn evidence(&self, shape: Shape, members: &[&Opener], region: &Region) -> Evidence {
        let end = region.blocks.end;
        let share = |n: usize| n as f64 / members.len() as f64;
        let asking: f64 = members.iter().map(|opener| opener.asking.weight()).sum();
        let mut expected: Option<u32> = None;
        let mut counting = 0;
        for opener in members {
            let number = opener.number;
            // Numbers that start anew, or are all `1.` as some editors write them, count too; a few may be
            // missing.
            let follows = match (number, expected) {
                (Some(number), Some(expected)) => {
                    number == 1 || (expected..=expected + MAX_GAP).contains(&number)
                }
                _ => true,
            };
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
        let are_announced = || members.iter().all(|opener| opener.announced);
        let is_set_apart = match shape.form {
            Form::Heading(_) => true,
            Form::Bold => shape.label == Label::Number,
            // In a section that announces them, what is numbered are questions even if none asks.
            Form::Item(_) | Form::BoldItem(_)
                if shape.label == Label::Number && (!region.is_whole || are_announced()) =>
            {
                true
            }
            // In a part of a guide what is bold and numbered may be kinds of interviews.
            Form::BoldItem(_) => shape.label == Label::Number && region.is_whole && are_announced(),
            // Answers hold lists; only one that asks is a list of questions.
            Form::Item(_) => asking * 2.0 >= members.len() as f64,
            _ => false,
        };
        let alone = self.are_alone(shape, members, answered, region);
        // All that a guide has that is called "Questions".
        let is_bare_heading = matches!(shape.form, Form::Heading(_)) && shape.label == Label::None;
        let is_told = alone
            && self.topic.promises_questions
            && (!is_bare_heading || answered * 2 >= members.len());
        // What is said of the questions below their title may be a list, too.
        let is_text = |opener: &Opener| {
            matches!(shape.form, Form::Item(_))
                && !opener.asks()
                && opener.question.chars().count() > MAX_TOPIC
        };
        let announced = members
            .iter()
            .filter(|opener| is_told || is_set_apart && opener.announced && !is_text(opener));
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

    /// Returns whether nearly all headings or lines of a guide, besides its title, are `members`, of which
    /// so many are answered.
    fn are_alone(
        &self,
        shape: Shape,
        members: &[&Opener],
        answered: usize,
        region: &Region,
    ) -> bool {
        // The only heading of a guide that says it holds questions may ask the only one.
        let all_ask = || members.iter().all(|opener| opener.asking == Asking::Yes);
        let needed = match self.topic.is_about_questions {
            _ if self.topic.is_titled_questions && answered == members.len() && all_ask() => 1,
            true => MIN_ALONE_AND_TOLD,
            // Items that hold their answers are set apart already.
            false if list_depth(shape.form).is_some() && answered == members.len() => {
                MIN_ALONE_AND_TOLD
            }
            false => MIN_ALONE,
        };
        if !region.is_whole || members.len() < needed {
            return false;
        }
        if shape.label == Label::Number {
            // "1. Introduction" is the first section of an article.
            let is_title = |opener: &&Opener| is_plain_title(&opener.question);
            if !self.topic.is_about_questions && members.iter().any(is_title) {
                return false;
            }
            if self.count_through(members, answered, region) {
                return true;
            }
        }
        if matches!(shape.form, Form::Item(_) | Form::BoldItem(_)) {
            // What stands inside items that all hold something is theirs.
            let is_answered = answered as f64 >= NEARLY_ALL * members.len() as f64;
            let depth = match is_answered {
                true => list_depth(shape.form).unwrap_or(usize::MAX),
                false => usize::MAX,
            };
            let is_inside = |block: &Block| {
                block.depth > depth || block.depth == depth && block.kind != BlockKind::Item
            };
            let is_text = |block: &&Block| {
                !matches!(block.kind, BlockKind::Markup | BlockKind::Heading(_))
                    && !is_inside(block)
            };
            let lines = self.page.blocks[region.blocks.clone()]
                .iter()
                .filter(is_text);
            let lines = lines.filter(|block| !block.continues).count();
            return members.len() as f64 >= MOSTLY * lines as f64;
        }
        if shape.form == Form::Summary {
            return self.hold_all(members, region) && self.are_titles(members, region);
        }
        // The headings of plain text are guessed.
        let is_title = match shape.form {
            Form::Heading(_) => true,
            // Lines that are bold as a whole are titles, too, where no heading below a section is.
            Form::Bold => {
                self.topic.is_titled_questions
                    && answered == members.len()
                    && (self.are_bold(members) || self.lead_all(members, region))
            }
            _ => false,
        };
        if !is_title || self.page.format == TextFormat::Plain {
            return false;
        }
        let blocks = self.page.blocks;
        let first = region.blocks.clone().find(|&at| is_heading(&blocks[at]));
        let level_of = |at: usize| match blocks[at].kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        // A heading right above a deeper one, or above a bold line of these, is the title of a section.
        let starts_member = |at: usize| {
            members
                .binary_search_by_key(&at, |member| member.blocks.start)
                .is_ok()
        };
        let is_group = |at: usize| {
            let mut below =
                (at + 1..region.blocks.end).filter(|&at| blocks[at].kind != BlockKind::Markup);
            let is_above = |next: usize| match shape.form {
                Form::Bold => starts_member(next),
                _ => level_of(next) > level_of(at),
            };
            self.topic.is_about_questions && below.next().is_some_and(is_above)
        };
        let headings = |deepest: u8| {
            let is_counted = |&at: &usize| {
                level_of(at).is_some_and(|level| level <= deepest) && Some(at) != first
            };
            region
                .blocks
                .clone()
                .filter(is_counted)
                .filter(|&at| !is_group(at))
                .count()
        };
        let all = headings(u8::MAX);
        // Below numbered headings, and below any of a guide about questions, a few deeper ones are parts of
        // their answers.
        let few = match shape.label {
            Label::Number => members.len(),
            _ if self.topic.is_about_questions => members.len() / 2,
            _ => 0,
        };
        let headings = match shape.form {
            Form::Heading(level) if all - headings(level) <= few => headings(level),
            _ => all,
        };
        match shape.form {
            Form::Bold => headings == 0,
            _ => members.len() as f64 >= NEARLY_ALL * headings as f64,
        }
    }

    /// Returns whether members are bold, each with its answer behind a dash or a colon, and at least half of the
    /// paragraphs of a region.
    fn lead_all(&self, members: &[&Opener], region: &Region) -> bool {
        let leads = |opener: &&&Opener| {
            let block = &self.page.blocks[opener.blocks.start];
            let rest = block
                .bold
                .first()
                .map(|bold| block.text[bold.end..].trim_start());
            rest.is_some_and(|rest| rest.starts_with(['-', '–', '—', ':', '：']))
        };
        let leading = members.iter().filter(leads).count();
        leading as f64 >= NEARLY_ALL * members.len() as f64
            && members.len() * 2 >= self.count_paragraphs(&region.blocks)
    }

    /// Returns whether nearly all members are bold as a whole.
    fn are_bold(&self, members: &[&Opener]) -> bool {
        let is_bold = |opener: &&&Opener| {
            let block = &self.page.blocks[opener.blocks.start];
            block
                .bold
                .first()
                .is_some_and(|bold| bold.end == block.text.len())
        };
        members.iter().filter(is_bold).count() as f64 >= NEARLY_ALL * members.len() as f64
    }

    /// Returns whether summaries are titles of their own, and no "Hint" below one heading each. In a guide that
    /// says it holds questions they are.
    fn are_titles(&self, members: &[&Opener], region: &Region) -> bool {
        let blocks = self.page.blocks[region.blocks.clone()].iter();
        let headings = blocks.filter(|block| is_heading(block)).count();
        let distinct: HashSet<&str> = members.iter().map(|opener| &*opener.question).collect();
        self.topic.is_titled_questions
            || headings * 2 <= members.len()
                && distinct.len() as f64 >= MOSTLY * members.len() as f64
    }

    /// Returns whether nearly all text of a region stands inside what `members` open: the summaries of
    /// `<details>`.
    fn hold_all(&self, members: &[&Opener], region: &Region) -> bool {
        let depth = |opener: &&Opener| self.page.blocks[opener.blocks.start].depth;
        let Some(depth) = members.iter().map(depth).min() else {
            return false;
        };
        let is_outside = |block: &&Block| {
            block.depth < depth
                && !block.continues
                && !matches!(block.kind, BlockKind::Markup | BlockKind::Heading(_))
        };
        let outside = self.page.blocks[region.blocks.clone()]
            .iter()
            .filter(is_outside);
        members.len() as f64 >= NEARLY_ALL * (members.len() + outside.count()) as f64
    }

    /// Returns whether the numbers of `members` count through a region from its beginning, and most
    /// of them are answered, if the guide does not say that it holds questions.
    fn count_through(&self, members: &[&Opener], answered: usize, region: &Region) -> bool {
        let share = |count: usize| count as f64 / members.len() as f64;
        let follows = |pair: &&[&Opener]| {
            let next = pair[0].number.map(|number| number.saturating_add(1));
            pair[1].number.is_some() && pair[1].number >= next
        };
        let following = 1 + members.windows(2).filter(follows).count();
        let first = members[0].blocks.start;
        let above = &self.page.blocks[region.blocks.start..first];
        let is_first = members[0].number == Some(1)
            && above.len() <= MAX_ABOVE_COUNT
            && !above
                .iter()
                .any(|block| words::asking(&block.text) == Asking::Yes);
        let asks = |opener: &&&Opener| opener.asking == Asking::Yes;
        let asking = members.iter().filter(asks).count();
        let least_answered = match self.topic.is_titled_questions {
            true if self.topic.announces_questions || share(asking) >= SELDOM => 0.0,
            _ => ANSWERED_IN_COUNT,
        };
        is_first && share(following) >= MOSTLY && share(answered) >= least_answered
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

    /// Returns whether most of `members` stand above the options of a choice.
    fn have_options(&self, members: &[&Opener]) -> bool {
        let has_options = |opener: &&&Opener| starts_options(self.page.blocks, opener.end());
        members.iter().filter(has_options).count() as f64 >= MOSTLY * members.len() as f64
    }

    /// Returns whether a blank line stands above a block, or nothing.
    fn starts_stanza(&self, at: usize) -> bool {
        let blocks = self.page.blocks;
        let above = at.checked_sub(1).map_or(0, |above| blocks[above].span.end);
        let between = &self.page.text[above..blocks[at].span.start];
        at == 0 || between.matches('\n').count() > 1
    }

    /// Drops the lines of plain text that stand right below one which does not ask, where most stand behind a
    /// blank one.
    fn first_of_stanzas(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let starts = |opener: &Opener| self.starts_stanza(opener.blocks.start);
        let starting = members.iter().filter(|opener| starts(opener)).count();
        let are_most = starting as f64 >= MOSTLY * members.len() as f64;
        let mut end = 0;
        let is_first = |opener: &&&'g Opener| {
            let is_below_one = std::mem::replace(&mut end, opener.end()) == opener.blocks.start;
            is_below_one || starts(opener)
        };
        let first: Vec<&Opener> = members.iter().filter(is_first).copied().collect();
        match self.page.format == TextFormat::Plain && are_most {
            true => first,
            false => members,
        }
    }

    /// Returns how many groups of lines between blank lines a region of plain text has, if nearly all of
    /// `members` start one: the lines below are options or answers, however many.
    fn count_stanzas(&self, members: &[&Opener], region: &Region) -> Option<usize> {
        let blocks = self.page.blocks;
        let starts = |at: usize| self.starts_stanza(at);
        let starting = members.iter().filter(|opener| starts(opener.blocks.start));
        let are_first = starting.count() as f64 >= NEARLY_ALL * members.len() as f64;
        let is_stanza = |at: &usize| blocks[*at].kind == BlockKind::Paragraph && starts(*at);
        (are_first && self.page.format == TextFormat::Plain)
            .then(|| region.blocks.clone().filter(is_stanza).count())
    }

    /// Drops what stands inside what marks questions: lists in the items of a longer list, and
    /// lists and lines below headings that ask.
    fn drop_inner(&self, groups: &mut [Group<'_>]) {
        let lists: Vec<(usize, Evidence)> = groups
            .iter()
            .filter(|group| group.obstacle.is_none())
            .filter_map(|group| Some((list_depth(group.evidence.shape.form)?, group.evidence)))
            .collect();
        let asking_headings = groups.iter().filter(|group| {
            let evidence = &group.evidence;
            let is_heading = matches!(evidence.shape.form, Form::Heading(_));
            let is_pattern = evidence.count >= FEW && evidence.asking >= MOSTLY;
            group.obstacle.is_none() && is_heading && is_pattern
        });
        let counts = asking_headings.map(|group| group.evidence.count);
        let asking_headings = counts.max().unwrap_or(0);
        let has_asking_headings = asking_headings > 0;
        // Lines that ask, each above a list of options.
        let asking_lines = groups.iter().find_map(|group| {
            let evidence = &group.evidence;
            let is_pattern =
                evidence.count >= FEW && evidence.asking.min(evidence.answered) >= MOSTLY;
            let is_lines = group.obstacle.is_none() && evidence.shape.form == Form::Line;
            (is_lines && is_pattern).then(|| group.members[0].blocks.start)
        });
        self.drop_parts(groups);
        self.drop_folded(groups);
        for group in groups.iter_mut().filter(|group| group.obstacle.is_none()) {
            let evidence = &group.evidence;
            let is_inner = list_depth(evidence.shape.form).is_some_and(|depth| {
                // Where they ask and those around do not, these are options that are set in less.
                let is_around = |(outer, around): &(usize, Evidence)| {
                    *outer < depth
                        && around.count > evidence.count
                        && !(evidence.asking >= NEARLY_ALL && around.asking < SELDOM)
                };
                lists.iter().any(is_around)
            });
            let is_loose = !matches!(evidence.shape.form, Form::Heading(_) | Form::Summary)
                && matches!(evidence.shape.label, Label::None | Label::Number);
            let is_below_lines = asking_lines.is_some_and(|first| {
                is_loose && evidence.asking < SELDOM && group.members[0].blocks.start > first
            });
            // A remark on what a heading asks may be labelled as a question too.
            let is_remark = evidence.shape.label == Label::Question
                && !matches!(evidence.shape.form, Form::Heading(_))
                && evidence.asking < SOMETIMES
                && evidence.count <= asking_headings;
            if is_inner || is_below_lines || is_remark || is_loose && has_asking_headings {
                group.obstacle = Some(Obstacle::Inner);
            }
        }
    }

    /// Marks what stands inside the summaries that hold all of a guide.
    fn drop_folded(&self, groups: &mut [Group<'_>]) {
        let depth = |opener: &&Opener| self.page.blocks[opener.blocks.start].depth;
        let folds = groups.iter().find(|group| {
            let evidence = &group.evidence;
            evidence.shape.form == Form::Summary && evidence.alone && group.obstacle.is_none()
        });
        let Some(outer) = folds.and_then(|group| group.members.iter().map(depth).max()) else {
            return;
        };
        for group in groups.iter_mut().filter(|group| group.obstacle.is_none()) {
            let is_folded = group.members.iter().map(depth).all(|inner| inner >= outer);
            if is_folded && group.evidence.shape.form != Form::Summary {
                group.obstacle = Some(Obstacle::Inner);
            }
        }
    }

    /// Marks headings that do not ask below headings that all do: they are parts of their answers. In a
    /// guide that says it holds questions there may be only one that asks.
    fn drop_parts(&self, groups: &mut [Group<'_>]) {
        let asking = groups.iter().position(|group| {
            let may = match group.obstacle {
                None => true,
                Some(Obstacle::Few { .. }) => self.topic.is_titled_questions,
                Some(_) => false,
            };
            let is_heading = matches!(group.evidence.shape.form, Form::Heading(_));
            may && is_heading && group.evidence.asking >= 1.0
        });
        let Some(asking) = asking else {
            return;
        };
        let (form, first) = (
            groups[asking].evidence.shape.form,
            groups[asking].members[0].blocks.start,
        );
        let is_part = |group: &&mut Group<'_>| {
            let Evidence { shape, asking, .. } = group.evidence;
            matches!(shape.form, Form::Heading(_))
                && shape.form > form
                && shape.label != Label::Question
                && asking == 0.0
                && first < group.members[0].blocks.start
                && group.obstacle.is_none()
        };
        let mut has_parts = false;
        for group in groups.iter_mut().filter(is_part) {
            group.obstacle = Some(Obstacle::Inner);
            has_parts = true;
        }
        if has_parts {
            groups[asking].obstacle = None;
        }
    }

    fn openers_in(&self, blocks: &Range<usize>) -> impl Iterator<Item = &'g Opener> + use<'g> {
        let place = |block| {
            self.openers
                .partition_point(|opener| opener.blocks.start < block)
        };
        let start = place(blocks.start);
        let openers = &self.openers[start..place(blocks.end).max(start)];
        openers.iter().map(Box::as_ref)
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

/// Returns the depth of a list item.
fn list_depth(form: Form) -> Option<usize> {
    match form {
        Form::Item(depth) | Form::BoldItem(depth) => Some(depth),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{guide::Guide, split::Survey};

    const PLAIN: Topic = Topic {
        is_about_questions: false,
        is_titled_questions: false,
        promises_questions: false,
        is_named_questions: false,
        announces_questions: false,
        is_manual: false,
    };

    /// Returns the regions of a guide: their first lines, the most likely shape, and its obstacle.
    fn regions(text: &str) -> Vec<(usize, String, Option<Obstacle>)> {
        let guide = Guide::parse("guide.md", text);
        let detected = detect(Survey::of(&guide).page(), 0..0, PLAIN);
        let region = |region: &Weighed| {
            let best = &region.candidates[0];
            let line = guide.blocks[region.blocks.start].line;
            (line, best.evidence.shape.to_string(), best.obstacle)
        };
        detected.regions.iter().map(region).collect()
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
}
