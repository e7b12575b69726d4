//! Questions of a quiz in which a mark at the end of its line shows the right option: "Rye*". Each starts
//! behind a blank line, or is set in, and has as many options as it likes.

use super::{
    evidence::NEARLY_ALL,
    opener::Page,
    regions::Question,
    unmarked,
    words::{self, Label},
};
use crate::{guide::BlockKind, text::markup::TextFormat};

/// The fewest questions of such a quiz.
const MIN_QUESTIONS: usize = 4;

/// The marks of a right option.
const MARKS: &[&str] = &["*", "✓", "✔", "✅", "√", "(correct)", "(x)"];

/// Returns the questions of a quiz in plain text whose right options have a mark at the end.
pub(super) fn questions(page: Page<'_>) -> Vec<Question> {
    if page.format != TextFormat::Plain {
        return Vec::new();
    }
    let blocks = page.blocks;
    let is_line = |at: &usize| blocks[*at].kind != BlockKind::Markup;
    let ends_with = |at: usize, mark: &str| {
        page.text[blocks[at].span.clone()]
            .trim_end()
            .ends_with(mark)
    };
    let count = |mark: &str| (0..blocks.len()).filter(|&at| ends_with(at, mark)).count();
    let mark = MARKS.iter().find(|mark| count(mark) >= MIN_QUESTIONS);
    let Some(mark) = mark else {
        return Vec::new();
    };
    let marked = count(mark) as f64;
    let is_apart = |at: usize| {
        let above = page.text[..blocks[at].span.start].trim_end_matches([' ', '\t']);
        above.is_empty() || above.ends_with("\n\n")
    };
    let is_set_in = |at: usize| blocks[at].depth > 0;
    let starts_of = |is_start: &dyn Fn(usize) -> bool| {
        let starts: Vec<usize> = (0..blocks.len())
            .filter(|&at| is_line(&at) && is_start(at))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        let options = |start: usize, end: usize| (start + 1..end).filter(is_line);
        // The title of a part has no options.
        let rounds: Vec<(usize, usize)> = starts
            .iter()
            .copied()
            .zip(ends)
            .filter(|&(start, end)| options(start, end).count() > 1)
            .collect();
        let has_one_right = |&&(start, end): &&(usize, usize)| {
            !ends_with(start, mark)
                && words::label(&blocks[start].text).label == Label::None
                && options(start, end)
                    .filter(|&at| ends_with(at, mark))
                    .count()
                    == 1
        };
        let right = rounds.iter().filter(has_one_right).count() as f64;
        let is_quiz = rounds.len() >= MIN_QUESTIONS
            && right >= NEARLY_ALL * rounds.len() as f64
            && right >= NEARLY_ALL * marked;
        is_quiz.then(|| rounds.iter().map(|round| round.0).collect())
    };
    let starts: Vec<usize> = starts_of(&is_set_in)
        .or_else(|| starts_of(&is_apart))
        .unwrap_or_default();
    match starts.is_empty() {
        true => Vec::new(),
        false => unmarked::questions(page, &starts, is_apart),
    }
}
