//! Questions that no mark sets apart: the lines of a guide that says it holds questions and has nothing
//! else, those of a quiz in which every so many lines is one, and those of records that each end with the
//! right option's letter or number.

use std::{collections::HashSet, ops::RangeInclusive};

use super::{
    evidence::{ASKING_IN_PART, MOSTLY, NEARLY_ALL, SELDOM},
    opener::{Opener, Page},
    regions::{Question, Topic},
    sections::GROUP_LEVEL,
    words::{self, Asking, Label},
};
use crate::{
    guide::{Block, BlockKind},
    text::{markup::TextFormat, punctuation::QUESTION_MARKS},
};

/// The fewest lines that are a list of questions, and the fewest questions that show how far apart they
/// stand.
const MIN_LINES: usize = 4;
pub(super) const MIN_ROUNDS: usize = 4;

/// The fewest lines, in the fewest sections, that are a list of questions in a guide that does not say that it
/// holds any: in fewer, a few that ask may stand among anything.
const MIN_UNTOLD_LINES: usize = 16;
const MIN_UNTOLD_SECTIONS: usize = 3;

/// The longest line of a list of topics, in columns, and the longest of most of them: what is longer
/// is prose.
const MAX_TOPIC: usize = 240;
const MAX_USUAL_TOPIC: usize = 160;

/// The longest first line, in bytes, that is a title and no sentence of an introduction.
const MAX_TITLE: usize = 200;

/// The least and the most lines from one question of a quiz to the next.
const ROUNDS: RangeInclusive<usize> = 2..=8;

/// The most lines above the first question of a quiz.
const MAX_ABOVE_QUIZ: usize = 2;

/// The share of a quiz's questions that have to ask; the others are sentences to complete.
pub(super) const MIN_ASKING: f64 = 0.4;

/// Returns the questions of a guide that says it holds questions, in its title or in its first line, and is
/// nothing but short lines: each of them is one. The first line of a manual does not speak for the rest. If the
/// guide does not say so, many lines in several sections do, of which some ask and none is a sentence; where most
/// ask, they mark themselves.
pub(super) fn lines(page: Page<'_>, topic: Topic) -> Vec<Question> {
    let blocks = page.blocks;
    let is_text =
        |at: &usize| page.furniture[*at].is_none() && blocks[*at].kind != BlockKind::Markup;
    let mut lines: Vec<usize> = (0..blocks.len()).filter(is_text).collect();
    let is_told =
        topic.is_named_questions || lines.first().is_some_and(|&first| is_title(&blocks[first]));
    // "Question 1" is the label of one.
    let is_label = |&at: &usize| words::label(&blocks[at].text).label == Label::Question;
    if topic.is_manual || lines.first().is_some_and(is_label) {
        return Vec::new();
    }
    let is_heading = |at: &usize| is_section(page, *at);
    // Headings that ask are the questions, and the lines below their answers.
    let asks = |at: &usize| words::asking(&blocks[*at].text) == Asking::Yes;
    let titles: Vec<usize> = lines.iter().copied().filter(is_heading).collect();
    lines.retain(|at| !is_heading(at));
    if lines.first().is_some_and(|&first| is_title(&blocks[first])) {
        lines.remove(0);
    }
    let are_told_by_some = || {
        let asking = lines.iter().filter(|at| asks(at)).count();
        let is_sentence = |&at: &usize| blocks[at].text.trim_end().ends_with(SENTENCE_ENDS);
        titles.len() >= MIN_UNTOLD_SECTIONS
            && lines.len() >= MIN_UNTOLD_LINES
            && (SELDOM..MOSTLY).contains(&(asking as f64 / lines.len() as f64))
            && !lines.iter().any(is_sentence)
    };
    if !is_told && !are_told_by_some() {
        return Vec::new();
    }
    let line_asks = || {
        lines
            .iter()
            .any(|&at| words::has_question_mark(&blocks[at].text))
    };
    let are_answers = || {
        let asking = titles.iter().filter(|at| asks(at)).count();
        asking > 0 && (asking * 2 >= titles.len() || !line_asks())
    };
    let is_list = lines.len() >= MIN_LINES.max(2 * titles.len())
        && lines.iter().all(|&at| is_bare(&blocks[at]))
        && are_topics(blocks, &lines)
        && !are_answers();
    match is_list {
        true => questions(page, &lines, |at| is_section(page, at)),
        false => Vec::new(),
    }
}

/// The signs at the end of a sentence, or of a part of one, that does not ask.
const SENTENCE_ENDS: [char; 8] = ['.', ',', ';', ':', '!', '。', '，', '：'];

/// Returns the questions of a quiz: each is followed by as many lines as the others. In a guide that says it
/// holds questions they need not ask, if each stands below a blank line and nothing else does.
pub(super) fn rounds(page: Page<'_>, topic: Topic) -> Vec<Question> {
    let says = topic.is_named_questions;
    let blocks = page.blocks;
    let is_text = |at: &usize| blocks[*at].kind != BlockKind::Markup;
    let lines: Vec<usize> = (0..blocks.len()).filter(is_text).collect();
    let asks = |place: usize| words::has_question_mark(&blocks[lines[place]].text);
    let is_open = |place: usize| {
        let text = blocks[lines[place]].text.as_str();
        text.ends_with([':', '：', '…', '_']) || text.ends_with("..") || text.contains("__")
    };
    let is_plain = |&at: &usize| {
        let is_written = page.format == TextFormat::Markdown;
        let is_line = match blocks[at].kind {
            BlockKind::Heading(_) => !is_written,
            BlockKind::Code | BlockKind::Row => false,
            _ => true,
        };
        is_line && blocks[at].summary.is_none() && blocks[at].bold.is_empty()
    };
    let first =
        (0..lines.len().min(MAX_ABOVE_QUIZ + 1)).find(|&place| asks(place) || is_open(place));
    let Some(first) = first.or(says.then_some(0)) else {
        return Vec::new();
    };
    let is_apart = |place: usize| {
        let between =
            &page.text[blocks[lines[place - 1]].span.end..blocks[lines[place]].span.start];
        between.matches('\n').count() > 1
    };
    if lines.len() < MIN_ROUNDS * ROUNDS.start() || !lines.iter().all(is_plain) {
        return Vec::new();
    }
    // As many lines stand above each question as above the first, or all of them above the first alone.
    let lines_above = |first: usize, length: usize| {
        (0..=first).find(|above| (lines.len() - first + above).is_multiple_of(length))
    };
    let asking = (0..lines.len()).filter(|&place| asks(place)).count();
    let is_round = |length: &usize| {
        let starts: Vec<usize> = (first..lines.len()).step_by(*length).collect();
        let of_starts = starts.iter().filter(|&&place| asks(place)).count();
        let marked = starts
            .iter()
            .filter(|&&place| asks(place) || is_open(place))
            .count();
        let is_labelled = |place: &&usize| {
            words::label(&blocks[lines[**place]].text).label != Label::None
                || !blocks[lines[**place]].marker.is_empty()
        };
        let share = |count: usize, of: usize, least: f64| count as f64 >= least * of as f64;
        let are_apart = || {
            let is_start = |place: usize| (place - first).is_multiple_of(*length);
            says && (first..lines.len())
                .all(|place| is_start(place) == (place == 0 || is_apart(place)))
        };
        lines_above(first, *length).is_some()
            && starts.len() >= MIN_ROUNDS
            && (are_apart()
                || share(of_starts, asking, NEARLY_ALL)
                    && share(of_starts, starts.len(), MIN_ASKING)
                    && share(marked, starts.len(), NEARLY_ALL))
            && starts.iter().filter(is_labelled).count() == 0
    };
    match ROUNDS.clone().find(is_round) {
        Some(length) => {
            let starts: Vec<usize> = lines[first..].iter().step_by(length).copied().collect();
            let above = lines_above(first, length).unwrap_or(0);
            let is_above = |at: usize| {
                let place = lines.partition_point(|line| *line < at);
                place > first && (place - first + above).is_multiple_of(length) && above > 0
            };
            questions(page, &starts, is_above)
        }
        None => Vec::new(),
    }
}

/// The signs that part a question from its answer on each line of a file.
const SIGNS: &[&str] = &[
    "\t", "   ", "|", ";", "::", "=>", "->", "//", " = ", "~", "#", "@", "^", "*", "\\", " - ",
    " – ", " — ", ": ",
];

/// Those that hardly stand anywhere else: in a file that says it holds questions, what stands before them need
/// not ask.
const PLAIN_SIGNS: &[&str] = &["\t", "   ", "|", "::", "=>", " = "];

/// The share of the lines of such a file before whose sign a question stands.
const MIN_ASKING_BEFORE: f64 = 0.6;

/// Returns the questions of a file in which the same sign parts each line: a question, and its answer.
pub(super) fn parted(page: Page<'_>, topic: Topic) -> Vec<Question> {
    let blocks = page.blocks;
    let is_line = |at: &usize| {
        page.furniture[*at].is_none()
            && blocks[*at].kind != BlockKind::Markup
            && !is_section(page, *at)
    };
    let lines: Vec<usize> = (0..blocks.len()).filter(is_line).collect();
    let is_plain =
        |&at: &usize| !matches!(blocks[at].kind, BlockKind::Code) && blocks[at].bold.is_empty();
    let Some(&last) = lines.last().filter(|_| lines.iter().all(is_plain)) else {
        return Vec::new();
    };
    // The last line has the sign, and the first may be a title.
    let mut signs = SIGNS
        .iter()
        .filter(|sign| blocks[last].text.contains(**sign));
    // Below a heading that asks they are its answer, and the cells of a table have columns of their own.
    let is_answer = |block: &Block| match block.kind {
        BlockKind::Heading(_) => words::has_question_mark(&block.text),
        kind => kind == BlockKind::Row,
    };
    let is_named = topic.is_named_questions && !blocks.iter().any(is_answer);
    signs
        .find_map(|sign| {
            let is_told = is_named && PLAIN_SIGNS.contains(sign);
            parted_by(page, &lines, sign, is_told)
        })
        .unwrap_or_default()
}

fn parted_by(page: Page<'_>, lines: &[usize], sign: &str, is_told: bool) -> Option<Vec<Question>> {
    let parts = |at: usize| {
        let (before, behind) = page.blocks[at].text.split_once(sign)?;
        let has_words = |part: &str| part.contains(char::is_alphanumeric);
        (has_words(before) && has_words(behind)).then_some((before, behind))
    };
    let names = |(before, _)| words::names_question_column(&words::normalized(before));
    let is_head = |&at: &usize| parts(at).is_none_or(names);
    let lines = match lines.first().is_some_and(is_head) {
        true => &lines[1..],
        false => lines,
    };
    let parted: Vec<(&str, &str)> = lines.iter().map_while(|&at| parts(at)).collect();
    let asking = parted
        .iter()
        .filter(|(before, _)| words::has_question_mark(before))
        .count();
    let is_file = parted.len() == lines.len()
        && lines.len() >= MIN_LINES
        && (is_told || asking as f64 >= MIN_ASKING_BEFORE * lines.len() as f64);
    if !is_file {
        return None;
    }
    let mut questions = questions(page, lines, |at| is_section(page, at));
    for (question, (before, behind)) in questions.iter_mut().zip(parted) {
        let at = question.opener.blocks.start;
        let block = &page.blocks[at];
        let answer = block.text.len() - behind.trim_start().len();
        question.opener = Opener::of_guide(page, at..at + 1, before);
        question.opener.answer = block.source_with_markup(answer, page.text);
    }
    Some(questions)
}

/// Returns whether a line has a gap to fill.
pub(super) fn has_gap(text: &str) -> bool {
    ["__", "…", "..."].iter().any(|gap| text.contains(gap))
}

/// The least and the most lines of a record.
const RECORDS: RangeInclusive<usize> = 4..=12;

/// The fewest options of a record's question.
pub(super) const MIN_OPTIONS: usize = 2;

/// Returns the questions of a file of records, as programs for quizzes keep them: of the same number of
/// lines each, with what the record is called, the question, its options and the right one's letter or
/// number always on the same.
pub(super) fn records(page: Page<'_>) -> Vec<Question> {
    let blocks = page.blocks;
    let lines: Vec<usize> = (0..blocks.len())
        .filter(|&at| blocks[at].kind != BlockKind::Markup)
        .collect();
    // Next to no guide has such lines, which this shows soonest.
    let keys = lines.iter().filter(|&&at| is_key(&blocks[at].text)).count();
    let is_line = |&at: &usize| match blocks[at].kind {
        BlockKind::Heading(_) => page.format == TextFormat::Plain,
        BlockKind::Code | BlockKind::Row => false,
        _ => true,
    };
    if keys < MIN_ROUNDS || keys * RECORDS.end() + MAX_ABOVE_QUIZ < lines.len() {
        return Vec::new();
    }
    if !lines.iter().all(is_line) {
        return Vec::new();
    }
    let lengths = RECORDS.clone();
    let layouts = lengths.flat_map(|length| (0..=MAX_ABOVE_QUIZ).map(move |above| (length, above)));
    let mut records = layouts.filter_map(|(length, above)| {
        let lines = lines.get(above..)?;
        let records = Records {
            blocks,
            lines,
            length,
        };
        Some((records.question()?, records))
    });
    match records.next() {
        Some((question, records)) => records.questions(page, question),
        None => Vec::new(),
    }
}

/// Returns whether a line is the letter or the number of an option, alone or before the option itself.
pub(super) fn is_key(text: &str) -> bool {
    matches!(
        text.trim().as_bytes(),
        [b'A'..=b'H' | b'a'..=b'h' | b'0'..=b'9'] | [b'A'..=b'H', b'.' | b')' | b':', ..]
    )
}

/// The lines of a guide, taken for records of `length` lines.
struct Records<'g> {
    blocks: &'g [Block],
    lines: &'g [usize],
    length: usize,
}

impl<'g> Records<'g> {
    /// The texts that stand in one place of all records.
    fn column(&self, place: usize) -> impl Iterator<Item = &'g str> {
        let lines = self.lines[place..].iter().step_by(self.length);
        lines.map(|&at| self.blocks[at].text.trim())
    }

    /// Returns the place of the question in each record, if these are records.
    fn question(&self) -> Option<usize> {
        let count = self.lines.len() / self.length;
        let are_whole = self.lines.len().is_multiple_of(self.length) && count >= MIN_ROUNDS;
        if !are_whole {
            return None;
        }
        // Where options have letters, each column of them has its own.
        let varies = |place: usize| {
            let letters: HashSet<Option<&u8>> = self
                .column(place)
                .map(|text| text.as_bytes().first())
                .collect();
            letters.len() > 1
        };
        let key = (0..self.length)
            .rev()
            .find(|&place| self.column(place).all(is_key) && varies(place))?;
        let asking = |place: usize| {
            self.column(place)
                .filter(|text| words::has_question_mark(text))
        };
        let asking = |place: usize| asking(place).count();
        let question = (0..key).max_by_key(|&place| (asking(place), self.length - place))?;
        let all: usize = (0..self.length).map(asking).sum();
        let share = |of: usize, least: f64| asking(question) as f64 >= least * of as f64;
        let is_question = share(count, MIN_ASKING) && share(all, NEARLY_ALL);
        (is_question && key > question + MIN_OPTIONS).then_some(question)
    }

    /// Returns the questions: what stands above one in its record is its number, a tag or its title.
    fn questions(&self, page: Page<'_>, place: usize) -> Vec<Question> {
        let above: Vec<Above> = (0..place).map(|place| self.above(place)).collect();
        let record = |record: &[usize]| {
            let at = record[place];
            let first = record[0];
            let text = |at: usize| page.blocks[at].text.trim();
            let titles = record.iter().zip(&above);
            let titles = titles.filter(|(_, above)| **above == Above::Title);
            let mut question: Vec<&str> = titles.map(|(&at, _)| text(at)).collect();
            question.push(text(at));
            let mut opener = Opener::of_guide(page, first..at + 1, &question.join(": "));
            opener.answer = page.blocks[at].span.end;
            for (&at, above) in record.iter().zip(&above) {
                match above {
                    Above::Number => opener.number = text(at).parse().ok(),
                    Above::Tag => opener.tags.push(text(at).to_owned()),
                    Above::Title => {}
                }
            }
            Question {
                opener,
                end: record[self.length - 1] + 1,
                elsewhere: None,
            }
        };
        self.lines.chunks(self.length).map(record).collect()
    }

    fn above(&self, place: usize) -> Above {
        let texts: Vec<&str> = self.column(place).collect();
        let distinct: HashSet<&str> = texts.iter().copied().collect();
        let is_number = |text: &&str| text.parse::<u32>().is_ok();
        // A category stands in many records, and a code is a single word.
        let is_tag =
            distinct.len() * 2 <= texts.len() || !texts.iter().any(|text| text.contains(' '));
        match texts.iter().all(is_number) {
            true => Above::Number,
            false if is_tag => Above::Tag,
            false => Above::Title,
        }
    }
}

/// The meaning of a line above the question in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Number,
    Tag,
    Title,
}

/// Returns the question of each of these lines, which goes on up to the next or to a block that ends it.
pub(super) fn questions(
    page: Page<'_>,
    lines: &[usize],
    is_end: impl Fn(usize) -> bool,
) -> Vec<Question> {
    let ends = lines[1..].iter().copied().chain([page.blocks.len()]);
    let question = |(&at, end): (&usize, usize)| Question {
        opener: Opener::of_guide(page, at..at + 1, &page.blocks[at].text),
        end: (at + 1..end).find(|&at| is_end(at)).unwrap_or(end),
        elsewhere: None,
    };
    lines.iter().zip(ends).map(question).collect()
}

/// Returns whether a block is the title of a section; the headings of plain text are guessed from lines
/// that stand alone, as topics do.
fn is_section(page: Page<'_>, at: usize) -> bool {
    let block = &page.blocks[at];
    let is_underlined = || {
        let next = page.blocks.get(at + 1);
        next.is_some_and(|next| next.kind == BlockKind::Markup)
    };
    match block.kind {
        BlockKind::Heading(GROUP_LEVEL) => true,
        BlockKind::Heading(_) => page.format == TextFormat::Markdown || is_underlined(),
        _ => false,
    }
}

/// Returns whether the first line of a guide says that questions follow: "Questions for the exam:".
pub(super) fn is_title(block: &Block) -> bool {
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    is_line
        && block.text.len() <= MAX_TITLE
        && !block.text.starts_with('\\')
        && words::names_questions(&block.text)
        && !words::has_question_mark(&block.text)
        && !block.text.contains("://")
}

/// Returns whether a block is a line of words without any mark.
fn is_bare(block: &Block) -> bool {
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    is_line
        && block.summary.is_none()
        && block.bold.is_empty()
        && block.linked * 2 <= block.text.len()
        && !block.text.contains("://")
        && block.text.contains(char::is_alphabetic)
        && !block.text.contains(|c: char| c.is_ascii_control())
        // A command of LaTeX.
        && !block.text.starts_with('\\')
        && words::label(&block.text).label == Label::None
        && words::answer_label(&block.text).is_none()
        && words::opening_mark(&block.text, false).is_none()
}

/// Returns whether lines are questions or topics: short, nearly all or hardly ever marked as questions,
/// most of them unlike the others, and broken where they end and not where they were full.
fn are_topics(blocks: &[Block], lines: &[usize]) -> bool {
    let share = |count: usize, least: f64| count as f64 >= least * lines.len() as f64;
    let text = |at: usize| blocks[at].text.trim();
    let widths: Vec<usize> = lines.iter().map(|&at| columns(text(at))).collect();
    let widest = widths.iter().max().copied().unwrap_or(0);
    let usual = widths.iter().filter(|width| **width <= MAX_USUAL_TOPIC);
    // Where about half are marked, the others are answers.
    let marked = lines
        .iter()
        .filter(|&&at| blocks[at].text.contains(QUESTION_MARKS));
    let marked = marked.count();
    let distinct: HashSet<&str> = lines.iter().map(|&at| text(at)).collect();
    // The first word of the next line would not have fit on a line that was full.
    let is_broken_early = |pair: &[usize], width: usize| {
        let first = text(pair[1]).split_whitespace().next().unwrap_or_default();
        !blocks[pair[1]].continues || width + 1 + columns(first).min(MAX_WORD) <= widest
    };
    let pairs = lines.windows(2).zip(&widths);
    let early = pairs
        .filter(|(pair, width)| is_broken_early(pair, **width))
        .count();
    widest <= MAX_TOPIC
        && share(usual.count(), NEARLY_ALL)
        && (share(marked, ASKING_IN_PART) || marked as f64 <= SELDOM * lines.len() as f64)
        && share(distinct.len(), MOSTLY)
        && share(early + 1, MOSTLY)
}

/// The most columns that a word takes; what has no spaces is broken anywhere.
const MAX_WORD: usize = 20;

/// Returns how many columns a text takes: characters of East Asia take two.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if u32::from(c) >= 0x1100 { 2 } else { 1 })
        .sum()
}
