//! Questions that no mark sets apart: the lines of a guide that says it holds questions and has nothing
//! else, and those of a quiz in which every so many lines is one.

use std::{collections::HashSet, ops::RangeInclusive};

use super::{
    evidence::{ASKING_IN_PART, MOSTLY, NEARLY_ALL, SELDOM},
    opener::{Opener, Page},
    regions::Question,
    sections::GROUP_LEVEL,
    words::{self, Asking, Label},
};
use crate::{
    guide::{Block, BlockKind},
    text::markup::TextFormat,
};

/// The fewest lines that are a list of questions, and the fewest questions that show how far apart they
/// stand.
const MIN_LINES: usize = 4;
const MIN_ROUNDS: usize = 4;

/// The longest line of a list of topics, in columns, and the longest of most of them: what is longer
/// is prose.
const MAX_TOPIC: usize = 240;
const MAX_USUAL_TOPIC: usize = 160;

/// The least and the most lines from one question of a quiz to the next.
const ROUNDS: RangeInclusive<usize> = 2..=8;

/// The most lines above the first question of a quiz.
const MAX_ABOVE_QUIZ: usize = 2;

/// The share of a quiz's questions that have to ask; the others are sentences to complete.
const MIN_ASKING: f64 = 0.4;

/// Returns the questions of a guide that `says` it holds questions, in its title or in its first line,
/// and is nothing but short lines: each of them is one.
pub(super) fn lines(page: Page<'_>, says: bool) -> Vec<Question> {
    let blocks = page.blocks;
    let is_text =
        |at: &usize| page.furniture[*at].is_none() && blocks[*at].kind != BlockKind::Markup;
    let mut lines: Vec<usize> = (0..blocks.len()).filter(is_text).collect();
    let is_told = says || lines.first().is_some_and(|&first| is_title(&blocks[first]));
    if !is_told {
        return Vec::new();
    }
    let is_heading = |at: &usize| is_section(page, *at);
    // Headings that ask are the questions, and the lines below their answers.
    let asks = |at: &usize| words::asking(&blocks[*at].text) == Asking::Yes;
    let titles: Vec<usize> = lines.iter().copied().filter(is_heading).collect();
    let are_answers = || {
        let asking = titles.iter().filter(|at| asks(at)).count();
        asking > 0 && asking * 2 >= titles.len()
    };
    lines.retain(|at| !is_heading(at));
    if lines.first().is_some_and(|&first| is_title(&blocks[first])) {
        lines.remove(0);
    }
    let is_list = lines.len() >= MIN_LINES.max(2 * titles.len())
        && lines.iter().all(|&at| is_bare(&blocks[at]))
        && are_topics(blocks, &lines)
        && !are_answers();
    match is_list {
        true => questions(page, &lines, |at| is_section(page, at)),
        false => Vec::new(),
    }
}

/// Returns the questions of a quiz: each is followed by as many lines as the others. In a guide that
/// `says` it holds questions they need not ask, if each stands below a blank line and nothing else does.
pub(super) fn rounds(page: Page<'_>, says: bool) -> Vec<Question> {
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
        // One line of each round is the letter or the number of the right option.
        let is_key = |place: usize| {
            let text = blocks[lines[place]].text.as_bytes();
            text.len() == 1 && text[0].is_ascii_alphanumeric()
        };
        let are_records = || {
            (first + 1..first + length).any(|key| (key..lines.len()).step_by(*length).all(is_key))
        };
        lines_above(first, *length).is_some()
            && starts.len() >= MIN_ROUNDS
            && (are_apart()
                || share(of_starts, asking, NEARLY_ALL)
                    && share(of_starts, starts.len(), MIN_ASKING)
                    && (share(marked, starts.len(), NEARLY_ALL) || are_records()))
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

/// Returns the question of each of these lines, which goes on up to the next or to a block that ends it.
fn questions(page: Page<'_>, lines: &[usize], is_end: impl Fn(usize) -> bool) -> Vec<Question> {
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
fn is_title(block: &Block) -> bool {
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    is_line
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
        .filter(|&&at| blocks[at].text.contains(words::QUESTION_MARKS));
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
