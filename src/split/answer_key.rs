//! An answer key: the questions of a guide stand first, and below them, under a title such as
//! "Answers", their answers by number.

use std::{collections::HashMap, ops::Range};

use super::{
    evidence::{MAX_GAP, MOSTLY, SELDOM},
    lexicon,
    opener::Page,
    regions::{Elsewhere, Question},
    words::{self, Asking, Label},
};
use crate::guide::{Block, BlockKind};

/// The bytes of a line among which its number starts, behind a label such as "Suggested answer".
const MAX_BEFORE_NUMBER: usize = 32;

/// The bytes of a Roman number with its mark: "XVIII.".
const MAX_ROMAN: usize = 6;

/// The answers of a sheet.
pub(crate) struct AnswerKey {
    /// The blocks of the sheet, its title among them.
    pub(crate) blocks: Range<usize>,
    /// The answers by their numbers, in reading order.
    answers: Vec<(u32, Elsewhere)>,
    /// Whether the numbers are only places in a list.
    are_places: bool,
}

/// The fewest answers that make a sheet.
const MIN_ANSWERS: usize = 3;

/// The fewest answers that make one without a title.
const MIN_UNTITLED: usize = 5;

/// Finds the answer key of a guide, if it has one.
pub(crate) fn find(page: Page<'_>) -> Option<AnswerKey> {
    let blocks = titled(page)
        .or_else(|| untitled(page))
        .or_else(|| second_list(page))?;
    let numbered = answers(page, blocks.clone());
    let are_places = numbered.len() < MIN_ANSWERS;
    let answers = match are_places {
        true => items(page, blocks.clone()),
        false => numbered,
    };
    (answers.len() >= MIN_ANSWERS).then_some(AnswerKey {
        blocks,
        answers,
        are_places,
    })
}

/// Returns the blocks of the second of two lists that are all of a guide, each below a heading: the items of the
/// first ask, and as many of the second do not.
fn second_list(page: Page<'_>) -> Option<Range<usize>> {
    let blocks = page.blocks;
    let is_heading = |at: &usize| matches!(blocks[*at].kind, BlockKind::Heading(_));
    let mut headings = (0..blocks.len()).rev().filter(is_heading);
    let (second, first) = (headings.next()?, headings.next()?);
    // Above them there is no more than the title.
    let is_title = headings.all(|at| blocks[at].kind == BlockKind::Heading(1));
    let is_part = |at: usize| match blocks[at].kind {
        BlockKind::Item | BlockKind::Markup => true,
        _ => blocks[at].depth > 0,
    };
    let are_lists = (first + 1..second).all(is_part) && (second + 1..blocks.len()).all(is_part);
    let is_above = (0..first).all(|at| is_heading(&at) || blocks[at].kind == BlockKind::Markup);
    if !is_title || !are_lists || !is_above || blocks[first].kind != blocks[second].kind {
        return None;
    }
    let asking = |items: &[(u32, Elsewhere)]| {
        let asks =
            |(_, item): &&(u32, Elsewhere)| words::asking(&blocks[item.first].text) != Asking::No;
        items.iter().filter(asks).count() as f64 / items.len().max(1) as f64
    };
    let questions = items(page, first..second);
    let answers = items(page, second..blocks.len());
    let is_key = questions.len() == answers.len()
        && asking(&questions) >= MOSTLY
        && asking(&answers) < SELDOM;
    is_key.then_some(second..blocks.len())
}

/// Returns the items of the outermost list in `range` by their places.
fn items(page: Page<'_>, range: Range<usize>) -> Vec<(u32, Elsewhere)> {
    let is_item = |at: &usize| page.blocks[*at].kind == BlockKind::Item;
    let depth = |at: usize| page.blocks[at].depth;
    let Some(top) = range.clone().filter(is_item).map(depth).min() else {
        return Vec::new();
    };
    let starts: Vec<usize> = range
        .clone()
        .filter(is_item)
        .filter(|&at| depth(at) == top)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    let items = starts.iter().zip(ends).map(|(&first, end)| Elsewhere {
        first,
        start: page.blocks[first].source_with_markup(0, page.text),
        end,
    });
    (1..).zip(items).collect()
}

/// Returns the blocks below a title such as "Answers", with the title.
fn titled(page: Page<'_>) -> Option<Range<usize>> {
    let is_title = |block: &Block| {
        let is_line = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph);
        is_line
            && block.text.len() < 40
            && lexicon::ANSWER_TITLES.contains(words::normalized(&block.text).as_str())
    };
    let start = page.blocks.iter().rposition(is_title)?;
    let ends = |block: &Block| match (page.blocks[start].kind, block.kind) {
        (BlockKind::Heading(title), BlockKind::Heading(level)) => level <= title,
        _ => false,
    };
    let behind = page.blocks[start + 1..].iter().position(ends);
    Some(start..behind.map_or(page.blocks.len(), |length| start + 1 + length))
}

/// Returns the blocks of a numbered list that does not ask, right behind one as long that does.
fn untitled(page: Page<'_>) -> Option<Range<usize>> {
    let blocks = page.blocks;
    let numbered = (0..blocks.len()).filter_map(|at| Some((at, number(&blocks[at])?)));
    let numbered: Vec<(usize, (u32, usize))> = numbered.collect();
    let depth = |at: usize| blocks[at].depth;
    let top = numbered.iter().map(|(at, _)| depth(*at)).min()?;
    let numbered: Vec<(usize, u32, bool)> = numbered
        .into_iter()
        .filter(|(at, _)| depth(*at) == top)
        .filter_map(|(at, (number, rest))| {
            let asks = words::asking(blocks[at].text.get(rest..)?) != Asking::No;
            Some((at, number, asks))
        })
        .collect();
    let second = numbered.iter().rposition(|(_, number, _)| *number == 1)?;
    let (first, second) = numbered.split_at(second);
    let counts_up = |list: &[(usize, u32, bool)]| {
        list.iter()
            .zip(1..)
            .all(|((_, number, _), expected)| *number == expected)
    };
    let asking = |list: &[(usize, u32, bool)]| {
        list.iter().filter(|(_, _, asks)| *asks).count() as f64 / list.len().max(1) as f64
    };
    let is_pair = first.len() == second.len() && first.len() >= MIN_UNTITLED;
    let is_key = is_pair
        && counts_up(first)
        && counts_up(second)
        && asking(first) >= MOSTLY
        && asking(second) < SELDOM;
    is_key.then(|| second[0].0..blocks.len())
}

/// Returns the answers in `range` by their numbers. They count up; what starts anew inside one is
/// its own list.
fn answers(page: Page<'_>, range: Range<usize>) -> Vec<(u32, Elsewhere)> {
    let end = range.end;
    let mut answers: Vec<(u32, Elsewhere)> = Vec::new();
    let mut depth = None;
    for first in range {
        let block = &page.blocks[first];
        let is_deep = depth.is_some_and(|depth| block.depth != depth);
        if is_deep && block.kind != BlockKind::Markup {
            continue;
        }
        let expected = answers.last().map_or(1, |(before, _)| before + 1);
        // A number may be missing.
        let is_next = |(number, _): &(u32, usize)| (expected..=expected + MAX_GAP).contains(number);
        let Some((number, rest)) = number(block).filter(is_next) else {
            continue;
        };
        if block.kind != BlockKind::Markup {
            depth = Some(block.depth);
        }
        if let Some((_, before)) = answers.last_mut() {
            before.end = first;
        }
        let start = block.source_with_markup(rest, page.text);
        answers.push((number, Elsewhere { first, start, end }));
    }
    answers
}

/// Returns the number of an answer and the byte of the block's text where its own text starts.
fn number(block: &Block) -> Option<(u32, usize)> {
    if block.kind == BlockKind::Markup {
        // An item whose text starts on the next line.
        let digits = block.text.strip_suffix(['.', ')'])?;
        return Some((digits.parse().ok()?, block.text.len()));
    }
    if matches!(block.kind, BlockKind::Code | BlockKind::Row) {
        return None;
    }
    // Few lines have a number, which their first bytes show soonest; a letter or a Roman number has its mark
    // in the first of them.
    let start = &block.text.as_bytes()[..block.text.len().min(MAX_BEFORE_NUMBER)];
    let first = &start[..start.len().min(MAX_ROMAN)];
    // Without an early end all bytes are looked at in one pass.
    let is_numbered = start
        .iter()
        .fold(false, |found, b| found | b.is_ascii_digit() | !b.is_ascii())
        || first.iter().any(|b| matches!(b, b'.' | b')'));
    if block.marker.is_empty() && !is_numbered {
        return None;
    }
    let marker = || block.marker.trim_end_matches(['.', ')']).parse().ok();
    let labelled = || {
        let label = words::label(&block.text);
        let number = label.number.filter(|_| label.label != Label::None)?;
        Some((number, label.rest))
    };
    words::numbered_answer(&block.text)
        .or_else(|| Some((marker()?, 0)))
        .or_else(labelled)
}

impl AnswerKey {
    /// Returns the questions with the answers of the sheet, if their numbers agree.
    pub(crate) fn answer(
        self,
        page: Page<'_>,
        mut questions: Vec<Question>,
    ) -> Option<Vec<Question>> {
        let is_above = |question: &&Question| question.opener.blocks.start < self.blocks.start;
        let above = questions.iter().filter(is_above).count();
        // By their places only as many answers as questions go together.
        if self.are_places && above != self.answers.len() {
            return None;
        }
        let needed = self.answers.len() * 6 / 10;
        let mut answers: HashMap<u32, Elsewhere> = self.answers.into_iter().collect();
        let is_text =
            |at: usize| page.furniture[at].is_none() && page.blocks[at].kind != BlockKind::Markup;
        let mut answered = 0;
        for (question, place) in questions.iter_mut().zip(1..) {
            let opener = &question.opener;
            let on_its_line = opener.answer < page.blocks[opener.blocks.end - 1].span.end;
            // A title may stand between the last question and the sheet.
            let is_answered = on_its_line || (opener.blocks.end..question.end).any(is_text);
            let is_above = opener.blocks.start < self.blocks.start;
            let number = match self.are_places {
                true => Some(place),
                false => opener.number,
            };
            let number = number.filter(|_| is_above && !is_answered);
            question.elsewhere = number.and_then(|number| answers.remove(&number));
            answered += usize::from(question.elsewhere.is_some());
        }
        (answered > needed).then_some(questions)
    }
}
