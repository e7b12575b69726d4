//! Lines of a paragraph that are sentences each: nobody wrapped them, so that one which asks starts a
//! question.

use super::words::{self, Asking};
use crate::{
    guide::{Block, BlockKind},
    text::punctuation::{QUESTION_MARKS, ends_sentence},
};

/// The fewest lines of a guide that ask below another line of their paragraph, and the share of a
/// paragraph's lines that end a sentence.
const MIN_LINES: usize = 3;
const MOST_LINES: f64 = 0.8;

/// Returns the lines below others of their paragraphs that ask, where nearly every line is a sentence.
pub(super) fn asking(blocks: &[Block]) -> Vec<usize> {
    let mut asking = Vec::new();
    let mut start = 0;
    while start < blocks.len() {
        let lines = blocks[start + 1..]
            .iter()
            .take_while(|block| block.continues && block.kind == BlockKind::Paragraph);
        let end = start + 1 + lines.count();
        if end - start > 1 && are_sentences(&blocks[start..end]) {
            let starts = |at: &usize| {
                ends(&blocks[at - 1]) && starts_sentence(&blocks[*at]) && asks(&blocks[*at])
            };
            asking.extend((start + 1..end).filter(starts));
        }
        start = end;
    }
    if asking.len() < MIN_LINES {
        asking.clear();
    }
    asking
}

fn are_sentences(lines: &[Block]) -> bool {
    let ends = lines.iter().filter(|line| ends(line)).count();
    ends as f64 >= MOST_LINES * lines.len() as f64
}

fn starts_sentence(line: &Block) -> bool {
    line.text
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii())
}

fn ends(line: &Block) -> bool {
    let text = line.text.trim_end_matches([')', '"', '”', '*', ' ']);
    ends_sentence(text) || text.ends_with('…')
}

fn asks(line: &Block) -> bool {
    let text = line.text.as_str();
    // "How is it made? Explain the steps."
    let is_followed =
        || words::asking(text) == Asking::Yes && words::question_and_rest(text).is_none();
    words::has_question_mark(text)
        || words::is_request(text)
        || text.contains(QUESTION_MARKS) && is_followed()
}
