//! Sections that no format marks: a line such as "FINANCE:" above a list of questions becomes a
//! heading, and a short answer that the reader of plain text took for a heading a line again.

use std::borrow::Cow;

use super::{
    evidence::{MIN_RUN, MOSTLY},
    lexicon, own_lines,
    speakers::Speakers,
    words::{self, Asking, Label},
};
use crate::{
    guide::{Block, BlockKind, Guide},
    text::{markup::TextFormat, punctuation::ends_sentence},
};

/// The level of the headings that this module makes: deeper than any that is written.
pub(super) const GROUP_LEVEL: u8 = 7;

/// The longest label of a group, in characters; what is longer is a sentence.
const MAX_LABEL: usize = 80;

/// The most words of a label that nothing else marks than that a list of questions stands below.
const MAX_BARE_WORDS: usize = 4;

/// The fewest labels that make a pattern. One alone may introduce a list inside an answer.
const MIN_LABELS: usize = 2;

/// Returns the blocks of a guide, with the sections that show by what stands around them.
pub(super) fn with_groups(guide: &Guide) -> Cow<'_, [Block]> {
    let blocks = &guide.blocks[..];
    let is_plain = guide.format == TextFormat::Plain;
    let first = blocks
        .iter()
        .position(|block| block.kind != BlockKind::Markup);
    let title = guide.title_block().or(first.filter(|_| is_plain));
    let mut labels = group_labels(blocks, title);
    // A first line that introduces questions as the labels do is one of them, and no title.
    let is_label = |title: &usize| {
        is_plain && introduces_questions(&blocks[*title].text) && !labels.contains(title)
    };
    if let Some(title) = title.filter(|title| !labels.is_empty() && is_label(title)) {
        labels.insert(0, title);
    }
    let mut lines = short_answers(guide);
    lines.extend(asking_titles(guide));
    let numbers = bare_numbers(guide);
    let own_lines = own_lines::asking(blocks);
    if labels.is_empty() && lines.is_empty() && numbers.is_empty() && own_lines.is_empty() {
        return Cow::Borrowed(blocks);
    }
    let mut blocks = blocks.to_vec();
    for at in own_lines {
        blocks[at].continues = false;
    }
    for at in labels {
        // A numbered title is no part of the list that its number makes.
        if blocks[at].kind == BlockKind::Item {
            blocks[at].depth = blocks[at].depth.saturating_sub(1);
        }
        blocks[at].kind = BlockKind::Heading(GROUP_LEVEL);
        blocks[at].continues = false;
        // The line below a title goes on with nothing.
        if let Some(next) = blocks.get_mut(at + 1) {
            next.continues = false;
        }
    }
    for at in lines {
        blocks[at].kind = BlockKind::Paragraph;
    }
    for (at, length) in numbers {
        let block = &mut blocks[at];
        block.kind = BlockKind::Paragraph;
        block.continues = false;
        block.marker = format!("{}.", block.text[..length].trim_end());
        block.cut(length);
    }
    Cow::Owned(blocks)
}

/// Returns the blocks of a guide of which a title stands above each of several talks: a short line behind a
/// blank one, right above a turn of who asks.
pub(super) fn with_titles_of_talks<'g>(
    guide: &Guide,
    blocks: Cow<'g, [Block]>,
    speakers: &Speakers,
) -> Cow<'g, [Block]> {
    if speakers.is_empty() {
        return blocks;
    }
    let is_title = |&at: &usize| {
        let (block, next) = (&blocks[at], &blocks[at + 1]);
        let above = at.checked_sub(1).map_or(0, |at| blocks[at].span.end);
        let below = &guide.text[block.span.end..next.span.start];
        block.kind == BlockKind::Paragraph
            && !block.continues
            && !speakers.speaks(block)
            && block.text.chars().count() <= MAX_LABEL
            && !ends_sentence(&block.text)
            && guide.text[above..block.span.start].matches('\n').count() > 1
            && below.matches('\n').count() == 1
            && speakers.asker(next)
    };
    let titles: Vec<usize> = (0..blocks.len().saturating_sub(1))
        .filter(is_title)
        .collect();
    if titles.len() < MIN_LABELS {
        return blocks;
    }
    let mut blocks = blocks.into_owned();
    for at in titles {
        blocks[at].kind = BlockKind::Heading(GROUP_LEVEL);
        blocks[at + 1].continues = false;
    }
    Cow::Owned(blocks)
}

/// The fewest lines whose bare numbers count up; fewer may be amounts.
const MIN_BARE_NUMBERS: usize = 4;

/// Returns the lines of a guide about questions that start with numbers without a mark which count up,
/// "1 Explain bonds", and the length of each number with the blanks behind it.
fn bare_numbers(guide: &Guide) -> Vec<(usize, usize)> {
    let is_told = words::names_questions(&guide.path)
        || words::names_questions(&guide.title())
        || super::first_line_as_title(guide).is_some();
    if !is_told {
        return Vec::new();
    }
    let mut numbers = Vec::new();
    let mut expected = 1;
    for (at, block) in guide.blocks.iter().enumerate() {
        let is_line = match block.kind {
            BlockKind::Paragraph => true,
            BlockKind::Heading(_) => guide.format == TextFormat::Plain,
            _ => false,
        };
        let digits = block.text.bytes().take_while(u8::is_ascii_digit).count();
        let behind = block.text[digits..].trim_start_matches([' ', '\t']);
        let length = block.text.len() - behind.len();
        let starts = behind.starts_with(|c: char| c.is_alphabetic() || c == '¿');
        let number = block.text[..digits].parse().ok();
        if is_line && length > digits && starts && number == Some(expected) {
            numbers.push((at, length));
            expected += 1;
        }
    }
    match numbers.len() >= MIN_BARE_NUMBERS {
        true => numbers,
        false => Vec::new(),
    }
}

/// Returns the lines that label a group of questions, in a guide whose title is the block `title`.
fn group_labels(blocks: &[Block], title: Option<usize>) -> Vec<usize> {
    let is_candidate = |at| group_label(blocks, at).is_some();
    // Few guides have any, and asking of each line whether it asks takes time.
    if !(0..blocks.len()).any(is_candidate) {
        return Vec::new();
    }
    let mut labels = Vec::new();
    let mut announces = false;
    // How plainly a question is marked that stands above in the section: its answer may hold lists
    // that ask.
    let mut above = Mark::Plain;
    let question_levels = question_levels(blocks);
    // The level of the heading above that asks, or whose siblings do.
    let mut question_level = u8::MAX;
    for (at, block) in blocks.iter().enumerate() {
        if let BlockKind::Heading(level) = block.kind {
            if level <= question_level {
                above = Mark::Plain;
                question_level = u8::MAX;
            }
            if question_levels.contains(&level) {
                above = Mark::Heading;
                question_level = level;
            }
        } else if let Some(next) = group_label(blocks, at).filter(|next| mark(next) >= above) {
            labels.push(at);
            announces |= introduces_questions(&block.text) || announces_questions(block);
            above = above.max(mark(next));
            continue;
        }
        // The title of a guide may ask what it answers.
        if !(title == Some(at) && matches!(block.kind, BlockKind::Heading(_))) && asks(block) {
            above = above.max(mark(block));
        }
    }
    if labels.len() < MIN_LABELS && !announces {
        labels.clear();
    }
    labels
}

/// Returns whether a title says that questions follow; a line that ends with a colon need only name them, and a
/// number behind the word for question is that of a part.
pub(super) fn announces_questions(title: &Block) -> bool {
    let is_introduction =
        || title.kind == BlockKind::Heading(GROUP_LEVEL) && introduces_questions(&title.text);
    let is_part = || {
        let labelled = words::label(&title.text);
        labelled.label == Label::Question
            && labelled.number.is_some()
            && labelled.rest == title.text.len()
    };
    words::announces_questions(&title.text) || is_introduction() || is_part()
}

/// Returns whether a line above a list names the questions in it: "Here are the questions that I got:".
fn introduces_questions(text: &str) -> bool {
    ends_with_colon(text) && words::names_questions(text)
}

/// Returns whether a line ends with a colon, behind which a dash may stand: "Questions:-".
fn ends_with_colon(text: &str) -> bool {
    text.trim_end_matches(['-', '–', ' '])
        .ends_with([':', '：'])
}

/// Returns the levels of headings most of which ask.
fn question_levels(blocks: &[Block]) -> Vec<u8> {
    let is_level = |level: u8| {
        let headings = blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Heading(level));
        let count = headings.clone().count();
        let asking = headings.filter(|block| asks(block)).count();
        count >= MIN_RUN && asking as f64 >= MOSTLY * count as f64
    };
    (1..=6).filter(|&level| is_level(level)).collect()
}

/// The plainness of a line's mark as a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// An item of a list, a line of prose.
    Plain,
    /// A label, bold text, a `<summary>`.
    SetApart,
    Heading,
}

fn mark(block: &Block) -> Mark {
    let is_bold = block.bold.first().is_some_and(|bold| bold.start == 0);
    let is_labelled = words::label(&block.text).label == Label::Question;
    match block.kind {
        BlockKind::Heading(_) => Mark::Heading,
        _ if is_bold || is_labelled || block.summary.is_some() => Mark::SetApart,
        _ => Mark::Plain,
    }
}

/// Returns whether a block asks, or says that it is a question.
fn asks(block: &Block) -> bool {
    if matches!(block.kind, BlockKind::Code | BlockKind::Markup) {
        return false;
    }
    let label = words::label(&block.text);
    label.label == Label::Question || words::asking(&block.text[label.rest..]) == Asking::Yes
}

/// Returns the first question of the group that the block `at` labels, if it does.
fn group_label(blocks: &[Block], at: usize) -> Option<&Block> {
    let next = next_text(blocks, at)?;
    is_group_label(blocks, at, next).then(|| &blocks[next])
}

fn is_group_label(blocks: &[Block], at: usize, first: usize) -> bool {
    let (block, next) = (&blocks[at], &blocks[first]);
    let text = block.text.as_str();
    let is_line = |block: &Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
    let is_long = || text.len() > MAX_LABEL && text.chars().count() > MAX_LABEL;
    if !is_line(block) || !is_line(next) || block.summary.is_some() || is_long() {
        return false;
    }
    // The names of columns.
    if text.contains("   ") {
        return false;
    }
    // The item of a list labels those inside it.
    let is_outer =
        block.kind == BlockKind::Item && next.kind == BlockKind::Item && next.depth > block.depth;
    if is_part_with_list(blocks, at, first) {
        return !block.continues && block.kind == BlockKind::Paragraph;
    }
    let is_numbered = is_numbered_title(block, next);
    // What is inside something else, such as an answer in `<details>`, labels no group.
    let is_inside = block.depth > 0 && !is_outer;
    if !is_numbered && (is_inside || block.kind == BlockKind::Item && !is_outer) {
        return false;
    }
    let is_bold = block
        .bold
        .first()
        .is_some_and(|bold| bold.start == 0 && bold.end == text.len());
    let has_colon = ends_with_colon(text);
    let is_ruled = text.starts_with('-') && text.ends_with('-')
        || text.starts_with("==") && text.ends_with("==")
        || text.starts_with("**") && text.ends_with("**");
    let is_upper = text.chars().any(char::is_alphabetic)
        && text
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase);
    let ends_open = !text.ends_with(['.', '!', '?', ',', ';']);
    let announces = || words::names_questions(text) && ends_open;
    let is_decorated = text.starts_with(words::is_ornament) && ends_open;
    let is_bare = !block.continues
        && ends_open
        && block.kind == BlockKind::Paragraph
        && !next.marker.is_empty()
        && text.split_whitespace().count() <= MAX_BARE_WORDS;
    let is_label = is_bare
        || is_decorated
        || has_colon
        || is_bold
        || is_ruled
        || is_upper
        || is_outer
        || is_numbered
        || announces();
    // A line that goes on with the one above is a label only if it says so.
    if !is_label || block.continues && !announces() {
        return false;
    }
    let name = text.trim_end_matches([':', '：', '-', '–', ' ']);
    let is_question =
        || words::label(text).label != Label::None || words::asking(name) != Asking::No;
    let says_nothing = !is_numbered && is_question()
        || words::answer_label(text).is_some()
        || lexicon::OPENING_TITLES.contains(words::normalized(text).as_str());
    !says_nothing && (starts_questions(blocks, first) || is_bold && asks(next))
}

/// Returns whether a line is nothing but a numbered label right above a list that counts from 1: the ticket of an
/// exam, or the sheet of an exercise, with several questions each.
pub(super) fn is_part_with_list(blocks: &[Block], at: usize, first: usize) -> bool {
    let number = |block: &Block| match block.marker.trim_end_matches(['.', ')']).parse() {
        Ok(number) => Some(number),
        Err(_) => words::label(&block.text).number,
    };
    // Few lines stand above a 1, which this shows soonest.
    let (block, next) = (&blocks[at], &blocks[first]);
    if next.kind != BlockKind::Item && !next.text.starts_with('1') || number(next) != Some(1) {
        return false;
    }
    let labelled = words::label(&block.text);
    let is_label = labelled.label == Label::Question
        && labelled.number.is_some()
        && block.text[labelled.rest..].trim().is_empty();
    let is_beside = |other: &&Block| {
        other.kind == next.kind
            && other.depth <= next.depth
            && (next.kind == BlockKind::Item || number(other).is_some())
    };
    is_label && {
        let sibling = blocks[first + 1..].iter().take(MAX_ITEM).find(is_beside);
        sibling.is_some_and(|sibling| number(sibling) == Some(2))
    }
}

/// The most blocks of a list's first item besides its first line.
const MAX_ITEM: usize = 20;

/// The bytes of a line among which its number starts: ornaments may stand before it.
const MAX_BEFORE_NUMBER: usize = 16;

/// Returns whether a numbered line stands above the first of the questions that are labelled and counted
/// in another way: "2. Loans" above "Q1: What is a bond?".
fn is_numbered_title(block: &Block, next: &Block) -> bool {
    let is_counted = block.marker.starts_with(|c: char| c.is_ascii_digit());
    // Reading labels takes time, and few lines have a number.
    let has_number = || {
        block
            .text
            .bytes()
            .take(MAX_BEFORE_NUMBER)
            .any(|b| b.is_ascii_digit())
    };
    if !is_counted && !has_number() {
        return false;
    }
    let own = words::label(&block.text);
    let below = words::label(&next.text);
    let is_numbered = own.label == Label::Number || own.label == Label::None && is_counted;
    // "3. Fill in the blanks" is a task, but no question.
    is_numbered
        && below.label == Label::Question
        && below.number == Some(1)
        && !words::has_question_mark(&block.text)
}

/// Returns the next block with text.
fn next_text(blocks: &[Block], at: usize) -> Option<usize> {
    (at + 1..blocks.len()).find(|&at| blocks[at].kind != BlockKind::Markup)
}

/// Returns whether the line `at` is the first of a list of questions: it asks, or it sets a task and the
/// next one asks.
fn starts_questions(blocks: &[Block], at: usize) -> bool {
    let block = &blocks[at];
    let label = words::label(&block.text);
    // A number alone on its line.
    if label.number == Some(1) && label.rest == block.text.len() {
        return next_text(blocks, at).is_some_and(|next| asks(&blocks[next]));
    }
    let marker = block.marker.trim_end_matches(['.', ')']).parse().ok();
    let is_first = marker
        .or(label.number)
        .is_none_or(|number: u32| number <= 1);
    let sets_task = || {
        let next = next_text(blocks, at).map(|next| &blocks[next]);
        let is_sibling =
            |next: &Block| next.kind == block.kind && next.depth == block.depth && asks(next);
        words::asking(&block.text[label.rest..]) == Asking::Task && next.is_some_and(is_sibling)
    };
    // The first number may stand alone above its question.
    let is_number = label.number == Some(1) && block.text[label.rest..].trim().is_empty();
    let asks_below = || next_text(blocks, at).is_some_and(|next| asks(&blocks[next]));
    is_first && (asks(block) || sets_task() || is_number && asks_below())
        || label.label == Label::Question
}

/// Returns the headings of plain text that ask without a question mark, among as many lines that ask
/// with one: they stand alone as all questions do.
fn asking_titles(guide: &Guide) -> Vec<usize> {
    let blocks = &guide.blocks[..];
    if guide.format != TextFormat::Plain {
        return Vec::new();
    }
    let asks = |block: &Block| words::asking(&block.text) == Asking::Yes;
    let titles: Vec<usize> = (0..blocks.len())
        .filter(|&at| blocks[at].kind == BlockKind::Heading(2) && asks(&blocks[at]))
        .collect();
    let is_asking_line = |block: &&Block| {
        block.kind == BlockKind::Paragraph && words::has_question_mark(&block.text)
    };
    let lines = blocks.iter().filter(is_asking_line).take(titles.len());
    match lines.count() == titles.len() {
        true => titles,
        false => Vec::new(),
    }
}

/// Returns the headings of plain text that are the only line of an answer: right below a question,
/// in a guide whose questions are answered.
fn short_answers(guide: &Guide) -> Vec<usize> {
    let blocks = &guide.blocks[..];
    if guide.format != TextFormat::Plain {
        return Vec::new();
    }
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    let is_question = |block: &Block| {
        block.kind != BlockKind::Code
            && (words::has_question_mark(&block.text)
                || block.marker.starts_with(|c: char| c.is_ascii_digit())
                || words::label(&block.text).label == Label::Question)
    };
    let texts: Vec<usize> = (0..blocks.len())
        .filter(|&at| blocks[at].kind != BlockKind::Markup)
        .collect();
    let mut below: Vec<usize> = Vec::new();
    let mut answered = 0;
    let mut unanswered = 0;
    for pair in texts.windows(2) {
        let (above, at) = (&blocks[pair[0]], pair[1]);
        if is_heading(above) || !is_question(above) {
            continue;
        }
        if words::question_and_rest(&above.text).is_some() {
            // Its answer is on its own line.
            answered += 1;
        } else if is_heading(&blocks[at]) {
            below.push(at);
        } else if is_question(&blocks[at]) {
            unanswered += 1;
        } else {
            answered += 1;
        }
    }
    if answered > unanswered {
        below
    } else {
        Vec::new()
    }
}
