//! Splits a [`Guide`] into question-and-answer documents.
//!
//! First the furniture is set aside ([`furniture`]), then [`decide`] says how the questions are
//! marked: the shape that does so is found region by region ([`regions`], by the [`evidence`]); here
//! the answers are cut and what is left becomes passages, one for each section. Every line of the
//! guide ends in one document or is furniture.

mod answer_key;
mod columns;
mod evidence;
mod explain;
mod furniture;
mod gift;
mod lexicon;
mod metadata;
mod opener;
mod own_lines;
mod question_text;
mod regions;
mod sections;
mod speakers;
mod starred;
pub(crate) mod tags;
mod translations;
mod unmarked;
mod words;

use std::{borrow::Cow, collections::HashMap, ops::Range};

use foldhash::fast::RandomState;

pub use self::explain::{
    DecisionExplanation, Explanation, FurnitureExplanation, RegionExplanation, ShapeExplanation,
    explain_split,
};
use self::{
    furniture::Furniture,
    metadata::Metadata,
    opener::{Form, Opener, Page, is_plain_title},
    regions::{Elsewhere, Question, Regions, Topic, Weighed},
    speakers::Speakers,
    words::{Asking, Label},
};
use crate::{
    document::{DocId, DocumentKind, QaDocument},
    facet::{Facet, FacetName},
    guide::{Block, BlockKind, Guide},
    text::markup::TextFormat,
};

/// Splits `guide` into its documents, in reading order. [`Split`] gives them one by one.
///
/// ```
/// let guide = hotseat::Guide::parse("git.md", "## What is a commit?\n\nA snapshot.\n\n## What is a branch?\n\nA name.\n");
/// let documents = hotseat::split(&guide);
/// assert_eq!(documents[0].question, "What is a commit?");
/// assert_eq!(documents[1].answer, "A name.");
/// ```
pub fn split(guide: &Guide) -> Vec<QaDocument> {
    let mut documents = Vec::new();
    Split::of(guide).each(|document| documents.push(document));
    documents
}

/// A guide of which it is known where its questions stand.
///
/// ```
/// let guide = hotseat::Guide::parse("git.md", "## What is a commit?\n\nA snapshot.\n");
/// let split = hotseat::Split::of(&guide);
/// assert!(split.asks());
/// split.each(|document| println!("{}", document.question));
/// ```
#[derive(Debug)]
pub struct Split<'g> {
    survey: Survey<'g>,
    questions: Vec<Question>,
}

impl<'g> Split<'g> {
    /// Finds the questions of `guide`.
    pub fn of(guide: &'g Guide) -> Split<'g> {
        let survey = Survey::of(guide);
        let questions = decide(guide, survey.page()).into_questions();
        Split { survey, questions }
    }

    /// Returns whether one of the documents is a question.
    pub fn asks(&self) -> bool {
        !self.questions.is_empty()
    }

    /// Gives each document to `take`, in reading order, before the next one is cut: together, those of a long
    /// list would take more memory than its text and all its blocks.
    pub fn each(self, mut take: impl FnMut(QaDocument)) {
        let Split { survey, questions } = self;
        let Survey {
            guide,
            blocks,
            furniture,
            speakers,
        } = survey;
        let blocks = &*blocks;
        let mut cutter = Cutter {
            guide,
            blocks,
            speakers: &speakers,
            private: private(guide, blocks),
            furniture,
            title: guide.title(),
            language: guide.language().code_unless_english(),
            // A heading below questions is the title of what follows.
            title_block: guide.title_block().filter(|title| {
                let first = questions.first();
                first.is_none_or(|first| first.opener.blocks.start >= *title)
            }),
            inferred_tags: match guide.front_matter.tags[..] {
                [] => tags::of_path(&guide.path),
                _ => Vec::new(),
            },
            tag_facets: guide
                .front_matter
                .tags
                .iter()
                .map(|tag| Facet::new(FacetName::Tag, tag))
                .collect(),
            path_level: metadata::level_of_path(&guide.path),
            carried: 0,
            asked: HashMap::default(),
            take: &mut take,
            sections: Vec::new(),
        };
        let elsewhere: Vec<Range<usize>> = questions
            .iter()
            .filter_map(|question| question.elsewhere.as_ref())
            .map(Elsewhere::blocks)
            .collect();
        let mut at = 0;
        for question in questions {
            cutter.passages(at..question.opener.blocks.start);
            at = question.end;
            cutter.question(question);
        }
        for answer in elsewhere {
            cutter.passages(at..answer.start.max(at));
            at = answer.end.max(at);
        }
        cutter.passages(at..blocks.len());
        cutter.leave(0);
    }
}

/// A guide and what is known of its blocks before its questions are looked for.
#[derive(Debug)]
struct Survey<'g> {
    guide: &'g Guide,
    blocks: Cow<'g, [Block]>,
    furniture: Vec<Option<Furniture>>,
    speakers: Speakers,
}

impl<'g> Survey<'g> {
    fn of(guide: &'g Guide) -> Survey<'g> {
        let blocks = sections::with_groups(guide);
        let speakers = Speakers::find(&blocks);
        let blocks = sections::with_titles_of_talks(guide, blocks, &speakers);
        Survey {
            guide,
            furniture: furniture::classify(&blocks),
            speakers,
            blocks,
        }
    }

    fn page(&self) -> Page<'_> {
        Page {
            text: &self.guide.text,
            blocks: &self.blocks,
            furniture: &self.furniture,
            speakers: &self.speakers,
            format: self.guide.format,
        }
    }
}

/// The marks by which the questions of a guide are recognized.
#[derive(Debug)]
enum Decision {
    /// The whole guide is one question.
    Whole(Question),
    /// The format says what the questions are.
    Listed(Vec<Question>),
    /// The guide says that it holds questions, and is a list of bare lines.
    Lines(Vec<Question>),
    /// Every so many lines is a question.
    Rounds(Vec<Question>),
    /// The questions stand first, and their answers below, by number.
    AnswerKey {
        questions: Vec<Question>,
        /// The blocks of the answers, and the regions around them.
        answers: Range<usize>,
        regions: Vec<Weighed>,
    },
    /// Shapes mark the questions, region by region; there may be none.
    Regions(Regions),
    /// The guide's only heading is a bare topic.
    SingleTopic {
        question: Question,
        regions: Vec<Weighed>,
    },
}

impl Decision {
    fn into_questions(self) -> Vec<Question> {
        match self {
            Decision::Whole(question) | Decision::SingleTopic { question, .. } => vec![question],
            Decision::AnswerKey { questions, .. }
            | Decision::Listed(questions)
            | Decision::Lines(questions)
            | Decision::Rounds(questions) => questions,
            Decision::Regions(regions) => regions.questions,
        }
    }
}

/// Finds the questions of a guide that has one layout throughout; returns none if it has another.
type Finder = fn(Page<'_>, Topic) -> Vec<Question>;

/// A layout of whole guides: how its questions are found, and what they decide.
type Layout = (Finder, fn(Vec<Question>) -> Decision);

/// The layouts without a shape that marks questions, in the order in which they are looked for: the more a
/// layout asks of a guide, the sooner.
const LAYOUTS: [Layout; 8] = [
    (|page, _| listed(page), Decision::Listed),
    (|page, _| unmarked::records(page), Decision::Rounds),
    (|page, _| starred::questions(page), Decision::Rounds),
    (|page, _| gift::questions(page), Decision::Listed),
    (unmarked::rounds, Decision::Rounds),
    (|page, _| columns::questions(page), Decision::Rounds),
    (unmarked::parted, Decision::Lines),
    (unmarked::lines, Decision::Lines),
];

/// Decides how the questions of a guide are marked.
fn decide(guide: &Guide, page: Page<'_>) -> Decision {
    let topic = topic(guide);
    for (find, decision) in LAYOUTS {
        let questions = find(page, topic);
        if !questions.is_empty() {
            return decision(questions);
        }
    }
    if let Some(question) = single_question(guide, page) {
        return Decision::Whole(question);
    }
    if let Some(key) = answer_key::find(page) {
        let answers = key.blocks.clone();
        let Regions { questions, regions } = regions::detect(page, answers.clone(), topic);
        if let Some(questions) = key.answer(page, questions) {
            return Decision::AnswerKey {
                questions,
                answers,
                regions,
            };
        }
    }
    let detected = regions::detect(page, 0..0, topic);
    match single_topic(guide, page) {
        Some(question) if detected.questions.is_empty() => Decision::SingleTopic {
            question,
            regions: detected.regions,
        },
        _ => Decision::Regions(detected),
    }
}

/// Returns the questions that the guide's format says are questions: each goes on up to the next, or to
/// the heading of a section.
fn listed(page: Page<'_>) -> Vec<Question> {
    let blocks = page.blocks;
    let mut questions: Vec<Question> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, block) in blocks.iter().enumerate() {
        let ends = block.is_question
            || matches!((block.kind, open), (BlockKind::Heading(level), Some(question))
                if matches!(blocks[question].kind, BlockKind::Heading(above) if level < above));
        if let (true, Some(question), Some(last)) =
            (ends, open.take_if(|_| ends), questions.last_mut())
        {
            debug_assert!(question < at);
            last.end = at;
        }
        if block.is_question {
            open = Some(at);
            questions.push(Question {
                opener: Opener::of_guide(page, at..at + 1, &block.text),
                end: blocks.len(),
                elsewhere: None,
            });
        }
    }
    questions
}

/// Returns the bare topic that a guide without questions is: its only heading, if that is of a
/// level below the title's.
fn single_topic(guide: &Guide, page: Page<'_>) -> Option<Question> {
    let blocks = page.blocks;
    let mut headings =
        (0..blocks.len()).filter(|&at| matches!(blocks[at].kind, BlockKind::Heading(_)));
    let (only, None) = (headings.next()?, headings.next()) else {
        return None;
    };
    let is_markup =
        |at: usize| page.furniture[at].is_some() || blocks[at].kind == BlockKind::Markup;
    let is_topic =
        blocks[only].kind != BlockKind::Heading(1) && !is_plain_title(&blocks[only].text);
    let is_all = (0..only).all(is_markup) && !(only + 1..blocks.len()).all(is_markup);
    (is_topic && is_all && guide.front_matter.title.is_some()).then(|| Question {
        opener: Opener::of_guide(page, only..only + 1, &blocks[only].text),
        end: blocks.len(),
        elsewhere: None,
    })
}

/// The most headings below the title of a guide that is a single question; an article has more.
const MAX_INNER_HEADINGS: usize = 2;

/// Returns the question that a whole guide is: the one its front matter names, or its first
/// heading or its title if that asks and nothing else stands beside it.
fn single_question(guide: &Guide, page: Page<'_>) -> Option<Question> {
    let blocks = page.blocks;
    let level = |at: usize| match blocks[at].kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let is_text =
        |at: &usize| page.furniture[*at].is_none() && blocks[*at].kind != BlockKind::Markup;
    let first = (0..blocks.len()).find(is_text)?;
    let found = |from: Range<usize>, question: &str| {
        Some(Question {
            opener: Opener::of_guide(page, from, question),
            end: blocks.len(),
            elsewhere: None,
        })
    };
    let heading = first..first + usize::from(level(first).is_some());
    if let Some(question) = &guide.front_matter.question {
        return found(heading, question);
    }
    let inner: Vec<usize> = (first + 1..blocks.len())
        .filter(|&at| level(at).is_some())
        .collect();
    let is_answered = |at: &usize| words::answer_label(&blocks[*at].text).is_some();
    let asks = |at: usize| words::asking(&blocks[at].text) == Asking::Yes;
    // An article asks itself one thing after the other.
    let is_article = inner.len() > MAX_INNER_HEADINGS
        && !inner.iter().any(is_answered)
        && inner.iter().any(|&at| asks(at));
    // The title of plain text is a guess: where several lines below ask, these are the questions.
    let asking_below = |at: &usize| words::has_question_mark(&blocks[*at].text);
    if guide.format == TextFormat::Plain
        && (first + 1..blocks.len()).filter(asking_below).count() >= evidence::MIN_RUN
    {
        return None;
    }
    if let Some(top) = level(first) {
        let is_only = inner.iter().all(|&at| level(at) > Some(top));
        // A guide that starts below level 1 has its title in the front matter or in its name.
        let is_question = match words::asking(&blocks[first].text) {
            Asking::Yes => !(top == 1 && is_article),
            Asking::Task => inner.is_empty(),
            Asking::No => false,
        };
        return (is_only && is_question).then(|| found(heading, &blocks[first].text))?;
    }
    let title = guide.front_matter.title.as_deref()?;
    (!is_article && words::has_question_mark(title)).then(|| found(first..first, title))?
}

/// Reads what a guide says of itself by its titles.
fn topic(guide: &Guide) -> Topic {
    let title = guide.title();
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
    let headings = || guide.blocks.iter().filter(is_heading);
    let of_manuals = headings()
        .filter(|block| lexicon::MANUAL_TITLES.contains(words::normalized(&block.text).as_str()))
        .count();
    let leading = leading_title(guide).or_else(|| first_line_as_title(guide));
    let titles = || [Some(&*title), leading].into_iter().flatten();
    let is_titled = titles().any(words::names_questions);
    let name = guide.path.rsplit('/').next().unwrap_or_default();
    let promises_questions = titles().any(words::promises_questions);
    Topic {
        promises_questions,
        is_named_questions: is_titled || words::names_questions(name),
        is_about_questions: promises_questions
            || words::promises_questions(&guide.path)
            || headings().any(|block| words::opens_interview(&block.text)),
        is_titled_questions: is_titled,
        announces_questions: is_titled && words::announces_questions(&title),
        is_manual: of_manuals >= MIN_MANUAL_TITLES || words::gives_advice(&title),
    }
}

/// Returns the first line of a guide if that reads as the title of questions: "Questions I was asked".
fn first_line_as_title(guide: &Guide) -> Option<&str> {
    let is_text = |block: &&Block| block.kind != BlockKind::Markup;
    let first = guide.blocks.iter().find(is_text)?;
    unmarked::is_title(first).then_some(&*first.text)
}

/// Returns the text of a guide's first block if that is a heading above all others, of whatever level.
fn leading_title(guide: &Guide) -> Option<&str> {
    let level = |block: &Block| match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let mut blocks = guide
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Markup);
    let first = blocks.next()?;
    let top = level(first)?;
    let is_below = |block: &Block| level(block).is_none_or(|other| other > top);
    (guide.format == TextFormat::Markdown && blocks.all(is_below)).then_some(&*first.text)
}

/// The number of headings such as "Installation" that make a manual.
const MIN_MANUAL_TITLES: usize = 2;

/// Returns the bytes of a guide's text that its author keeps private, outside code.
fn private(guide: &Guide, blocks: &[Block]) -> Vec<Range<usize>> {
    let is_code = |span: &Range<usize>| {
        let block = blocks.partition_point(|block| block.span.end <= span.start);
        blocks
            .get(block)
            .is_some_and(|block| block.kind == BlockKind::Code)
    };
    let mut spans = match guide.format {
        TextFormat::Markdown => question_text::private_spans(&guide.text),
        TextFormat::Plain => Vec::new(),
    };
    spans.retain(|span| !is_code(span));
    spans
}

/// The bytes of tags and titles that the documents of any guide may have; a guide may have as many more
/// as its text is long. Each document has a copy, of which there are a hundred thousand in a guide that
/// is made to be large in memory.
const FREE_CARRIED: usize = 1 << 20;

/// The tags that a document behind that bound has, and the bytes of its titles.
const FEW_TAGS: usize = 2;
const SHORT_TITLE: usize = 40;

fn shorten(title: &mut String) {
    let mut end = SHORT_TITLE.min(title.len());
    while !title.is_char_boundary(end) {
        end -= 1;
    }
    title.truncate(end);
    title.shrink_to_fit();
}

/// The state while a guide is cut into documents.
struct Cutter<'g> {
    guide: &'g Guide,
    blocks: &'g [Block],
    speakers: &'g Speakers,
    /// The bytes of the text that are nobody's to read: `%%to do%%`.
    private: Vec<Range<usize>>,
    furniture: Vec<Option<Furniture>>,
    title: String,
    /// The code of its language, unless that is English.
    language: Option<&'static str>,
    title_block: Option<usize>,
    inferred_tags: Vec<String>,
    /// The bytes of tags and titles that the documents have.
    carried: usize,
    /// The tags that the guide declares, to compare those of a question with.
    tag_facets: Vec<Facet>,
    /// The level that a folder or the file is named for.
    path_level: Option<&'static str>,
    /// The number of documents of each question, by the id of the first.
    asked: HashMap<DocId, usize, RandomState>,
    take: &'g mut dyn FnMut(QaDocument),
    /// The sections around, outermost first.
    sections: Vec<Section>,
}

/// A section that is open while a guide is cut.
struct Section {
    level: u8,
    title: String,
    /// The block of its heading.
    block: usize,
    /// The level of the questions in it, if its title is one: "Senior".
    level_of_questions: Option<&'static str>,
    /// Whether a document names it, which keeps its title from being lost.
    is_named: bool,
}

impl Cutter<'_> {
    fn question(&mut self, question: Question) {
        let opener = question.opener;
        let first = &self.blocks[opener.blocks.start];
        if let (BlockKind::Heading(level), false) = (first.kind, opener.blocks.is_empty()) {
            // Where questions are labelled, a heading of their level without a label is a section.
            self.leave(if opener.shape.label == Label::None {
                level
            } else {
                level + 1
            });
        }
        let (blocks, start) = match &question.elsewhere {
            Some(answer) => (answer.first + 1..answer.end, answer.start),
            None => (opener.blocks.end..question.end, opener.answer),
        };
        // A label may stand behind the end of the list item that the answer is.
        let is_label = |at: &usize| self.furniture[*at] == Some(Furniture::Label);
        let behind = (blocks.end..self.blocks.len()).take_while(is_label);
        let behind = behind.count();
        let page = Page {
            text: &self.guide.text,
            blocks: self.blocks,
            furniture: &self.furniture,
            speakers: self.speakers,
            format: self.guide.format,
        };
        let mut metadata = metadata::of_answer(page, blocks.start..blocks.end + behind);
        for &at in &metadata.blocks {
            self.furniture[at] = Some(Furniture::Label);
        }
        let mut answer = self.answer(blocks, start, &opener.dropped);
        if opener.shape.form == Form::Row {
            answer.truncate(answer.trim_end_matches(['|', ' ']).len());
        }
        metadata.level = metadata.level.or_else(|| opener.level.map(str::to_owned));
        metadata.tags.splice(0..0, opener.tags);
        self.add(
            DocumentKind::Question,
            opener.question,
            answer,
            opener.blocks.start,
            metadata,
        );
    }

    /// Makes the blocks of `range` passages, one for each section.
    fn passages(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for at in range.clone() {
            let Some(level) = self.section_level(at, range.end) else {
                continue;
            };
            let block = &self.blocks[at];
            self.passage(start..at);
            self.leave(level);
            let title = section_title(&block.text);
            // Of a heading of attributes alone, "{#id}", no words are left.
            if self.title_block != Some(at) && !title.is_empty() {
                self.sections.push(Section {
                    level,
                    level_of_questions: metadata::level_of_title(&title),
                    title,
                    block: at,
                    is_named: false,
                });
            }
            start = at + 1;
        }
        self.passage(start..range.end);
    }

    /// Returns the level of the section that the block `at` starts, if it starts one: a heading, or
    /// a summary right above a deeper one, that of the question at `next`.
    fn section_level(&self, at: usize, next: usize) -> Option<u8> {
        let block = &self.blocks[at];
        let is_group = |next: &Block| {
            let mut between = self.blocks[at + 1..].iter();
            let first = between.find(|block| block.kind != BlockKind::Markup);
            block.summary.is_some()
                && next.summary.is_some()
                && next.depth > block.depth
                && first.is_some_and(|first| first.line == next.line)
        };
        match block.kind {
            _ if self.furniture[at].is_some() => None,
            BlockKind::Heading(level) => Some(level),
            // Deeper than any heading.
            _ if self.blocks.get(next).is_some_and(is_group) => {
                Some(7 + block.depth.min(100) as u8)
            }
            _ => None,
        }
    }

    /// Makes the blocks of `range` a passage of the section they stand in, if they hold text.
    fn passage(&mut self, range: Range<usize>) {
        let is_text = |at: &usize| self.furniture[*at].is_none();
        let Some(first) = range.clone().find(is_text) else {
            return;
        };
        let text = self.answer(first..range.end, self.blocks[first].span.start, &[]);
        if text.is_empty() {
            return;
        }
        let title = self
            .sections
            .last()
            .map_or(self.title.clone(), |section| section.title.clone());
        self.add(
            DocumentKind::Passage,
            title,
            text,
            first,
            Metadata::default(),
        );
    }

    /// Leaves the sections that a heading of `level` ends. A title below which nothing stood
    /// becomes a passage of its own.
    fn leave(&mut self, level: u8) {
        while self
            .sections
            .last()
            .is_some_and(|section| section.level >= level)
        {
            let Some(section) = self.sections.pop() else {
                return;
            };
            if !section.is_named {
                self.add(
                    DocumentKind::Passage,
                    section.title.clone(),
                    section.title,
                    section.block,
                    Metadata::default(),
                );
            }
        }
    }

    fn add(
        &mut self,
        kind: DocumentKind,
        question: String,
        answer: String,
        first: usize,
        metadata: Metadata,
    ) {
        let first = &self.blocks[first];
        let front_matter = &self.guide.front_matter;
        let mut tags = front_matter.tags.clone();
        let mut added: Vec<Facet> = Vec::new();
        for tag in metadata.tags {
            let facet = Facet::new(FacetName::Tag, &tag);
            if !self.tag_facets.contains(&facet) && !added.contains(&facet) {
                added.push(facet);
                tags.push(tag);
            }
        }
        let of_sections = self
            .sections
            .iter()
            .rev()
            .find_map(|section| section.level_of_questions);
        let of_sections = of_sections.map(str::to_owned);
        let titles = self.sections.iter_mut().map(|section| {
            section.is_named = true;
            &section.title
        });
        let mut sections: Vec<String> =
            front_matter.section.iter().chain(titles).cloned().collect();
        let mut guide_title = self.title.clone();
        let texts = tags.iter().chain(&sections).chain([&guide_title]);
        self.carried += texts
            .map(|text| text.len() + size_of::<String>())
            .sum::<usize>();
        if self.carried > FREE_CARRIED + self.guide.text.len() {
            tags.truncate(FEW_TAGS);
            tags.shrink_to_fit();
            let titles = sections.iter_mut().chain([&mut guide_title]);
            titles.for_each(shorten);
        }
        let id = DocId::new(&self.guide.path, &question, 0);
        let equal = self.asked.entry(id).or_default();
        let id = match *equal {
            0 => id,
            nth => DocId::new(&self.guide.path, &question, nth),
        };
        *equal += 1;
        (self.take)(QaDocument {
            payload: None,
            id,
            guide: self.guide.path.clone(),
            line: first.line,
            place: self.guide.place_of(first.span.start),
            kind,
            question,
            answer,
            format: self.guide.format,
            sections,
            tags,
            inferred_tags: self.inferred_tags.clone(),
            category: front_matter.category.clone(),
            level: metadata
                .level
                .or(of_sections)
                .or_else(|| front_matter.level.clone())
                .or_else(|| self.path_level.map(str::to_owned)),
            guide_title,
            language: self.language.map(str::to_owned),
        });
    }

    /// Returns the byte of the text of the block `at` behind a label of an answer.
    fn answer_label(&self, at: usize) -> Option<usize> {
        let block = &self.blocks[at];
        if let Some(rest) = self.speakers.answer(block) {
            return Some(rest);
        }
        // "A)" above "B)" is an option.
        let is_option = opener::starts_options(self.blocks, at);
        let is_prose = !matches!(
            block.kind,
            BlockKind::Code | BlockKind::Markup | BlockKind::Row
        );
        (is_prose && !is_option).then(|| words::answer_label(&block.text))?
    }

    /// Returns the text of the blocks of `range` from the byte `start` on, without furniture, the
    /// bytes of `others` and the label at its start.
    fn answer(&self, range: Range<usize>, start: usize, others: &[Range<usize>]) -> String {
        let blocks = &self.blocks;
        let mut start = start;
        let mut end = range
            .start
            .checked_sub(1)
            .map_or(start, |before| blocks[before].span.end)
            .max(start);
        let mut dropped: Vec<Range<usize>> = others.to_vec();
        // What follows the question on its own line comes before any label.
        let mut is_at_start = start >= end;
        for at in range {
            let block = &blocks[at];
            end = block.span.end;
            if self.furniture[at].is_some() {
                dropped.push(block.span.clone());
            } else if let (true, Some(rest)) = (is_at_start, self.answer_label(at)) {
                start = start.max(block.source_of(rest));
                is_at_start = rest == block.text.len();
            } else {
                is_at_start = false;
            }
        }
        let private = self.private.partition_point(|span| span.end <= start);
        let private = self.private[private..].iter();
        dropped.extend(private.take_while(|span| span.start < end).cloned());
        dropped.sort_by_key(|drop| drop.start);
        let text = cut(&self.guide.text, start..end, &dropped);
        let line_start = self.guide.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let is_open = self.guide.text[line_start..start]
            .trim_start()
            .starts_with('>');
        match self.guide.format {
            TextFormat::Markdown => unquote(&text, is_open).unwrap_or(text),
            // A prompt starts with the same mark.
            TextFormat::Plain => text,
        }
    }
}

/// Takes the blank lines off both ends of a text, and the common indent off its lines.
fn trimmed(text: &str) -> String {
    let mut text = text.trim_end();
    // A line of what nobody sees has blanks.
    while let Some((first, rest)) = text.split_once('\n')
        && first.trim().is_empty()
    {
        text = rest;
    }
    dedent(text)
}

/// Cuts `range` out of `text` without the `dropped` spans, and takes off the common indent.
fn cut(text: &str, range: Range<usize>, dropped: &[Range<usize>]) -> String {
    let is_inside = |drop: &&Range<usize>| drop.end > range.start && drop.start < range.end;
    let mut dropped = dropped.iter().filter(is_inside).peekable();
    if dropped.peek().is_none() {
        return trimmed(&text[range.clone()]);
    }
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for drop in dropped {
        out.push_str(text[at..drop.start.max(at)].trim_end_matches(' '));
        // Private notes may go on behind the answer.
        at = drop.end.clamp(at, range.end);
        // The blank lines around what was dropped become one.
        if out.ends_with('\n') {
            let blank =
                text[at..range.end].len() - text[at..range.end].trim_start_matches('\n').len();
            at += blank;
        }
    }
    out.push_str(&text[at..range.end]);
    trimmed(&out)
}

/// Takes the marks of a quote off a text of which all stands in one; `is_open` if the first line has
/// lost its mark with the question or a label.
fn unquote(text: &str, is_open: bool) -> Option<String> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let rest = lines().skip(usize::from(is_open));
    let is_quote = text.contains('>') && rest.clone().all(|line| line.starts_with('>'));
    is_quote.then(|| {
        let inner = text.lines().map(|line| match line.strip_prefix('>') {
            Some(inner) => inner.strip_prefix(' ').unwrap_or(inner).trim_end(),
            None => line,
        });
        inner
            .collect::<Vec<_>>()
            .join("\n")
            .trim_matches('\n')
            .to_owned()
    })
}

/// Takes the indent that all lines share off them. The first line may have lost its indent with
/// its label, and then says nothing of the others'.
fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut indents = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(indent);
    let first = indents.next().unwrap_or(0);
    let mut shared = None;
    for indent in indents {
        shared = Some(shared.map_or(indent, |shared: usize| shared.min(indent)));
        if indent == 0 {
            break;
        }
    }
    let shared = shared.unwrap_or(first);
    let starts_list = text.starts_with(['-', '*', '+', '•']);
    let (of_first, of_rest) = match first {
        // Lines below a list's first item are indented because they belong to it.
        0 if starts_list => (0, 0),
        0 => (0, shared),
        _ => (first.min(shared), first.min(shared)),
    };
    // Most answers are as they are to be.
    let is_bare = |b: u8| b >= b' ' && b.is_ascii() || b == b'\n';
    if (of_first, of_rest) == (0, 0)
        && text.bytes().fold(true, |all, b| all & is_bare(b))
        && !text.contains(" \n")
        && !text.ends_with(['\n', ' '])
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        let shared = if number == 0 { of_first } else { of_rest };
        let take = shared.min(indent(line));
        if number > 0 {
            out.push('\n');
        }
        out.push_str(line[take..].trim_end());
    }
    out
}

/// Returns a section's title without counts, emoji codes, ornaments and backticks: "Networks", of
/// ":star: Networks (23)".
fn section_title(heading: &str) -> String {
    let is_code = |word: &&str| {
        let name = word
            .strip_prefix(':')
            .and_then(|rest| rest.strip_suffix(':'));
        name.is_some_and(|name| {
            name.bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'+'))
        })
    };
    let title = heading
        .split_whitespace()
        .filter(|word| !is_code(word))
        .collect::<Vec<_>>()
        .join(" ");
    // "(23)", "(Questions 1-10)".
    let is_count = |word: &str| {
        let is_number = word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        is_number || word == "–" || words::announces_questions(word)
    };
    let count = title.rfind('(').filter(|&at| {
        let inside = title[at + 1..].strip_suffix(')');
        inside.is_some_and(|inside| inside.split_whitespace().all(is_count))
    });
    // "[2/5]", "[40%]": how many of its tasks are done.
    let is_done = |b: u8| b.is_ascii_digit() || matches!(b, b'/' | b'%');
    let count = count.or_else(|| {
        let at = title.rfind('[')?;
        let inside = title[at + 1..].strip_suffix(']')?;
        (inside.contains(['/', '%']) && inside.bytes().all(is_done)).then_some(at)
    });
    let title = title[..count.unwrap_or(title.len())]
        .trim()
        .replace('`', "");
    let is_sign =
        |c: char| c.is_whitespace() || words::is_ornament(c) || matches!(c, '-' | '=' | '*' | '_');
    let bare = title
        .trim_matches(is_sign)
        .trim_end_matches([':', '：', ' ']);
    // A heading that is nothing but signs is its own title.
    let title = if bare.is_empty() {
        heading.trim()
    } else {
        bare
    };
    title.to_owned()
}

#[cfg(test)]
mod tests;
