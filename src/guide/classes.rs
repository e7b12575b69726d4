//! Elements of HTML whose class says that they are a question or its answer.
//!
//! A FAQ written for a style sheet has no other marks: `<div class="faq-question">Rye</div>` above
//! `<div class="faq-answer">A cereal.</div>`. The readers set the questions apart as they set apart summaries;
//! [`settle`] decides whether they are questions whatever they say.

use super::{Block, BlockKind, asks};
use crate::text::html_tokens::HtmlTag;

/// The part of a FAQ that an element holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Marked {
    Question,
    Answer,
}

/// The elements that are looked at; others hold more than a question, as items do, or no text.
const ELEMENTS: [&str; 11] = [
    "div", "p", "span", "dt", "button", "h2", "h3", "h4", "h5", "h6", "section",
];

/// The words of a class that may stand beside the one that says what the element is. Any other means
/// something around it, or a part of it: `question-list`, `question-number`.
const BESIDE: [&str; 11] = [
    "faq",
    "faqs",
    "qa",
    "quiz",
    "accordion",
    "card",
    "text",
    "title",
    "body",
    "content",
    "heading",
];

/// The fewest questions that classes mark.
const MIN_QUESTIONS: usize = 2;

/// Returns what the element holds that a tag opens, if its classes say so.
pub(super) fn marked(name: &str, tag: &HtmlTag<'_>) -> Option<Marked> {
    if !ELEMENTS.contains(&name) {
        return None;
    }
    tag.attribute("class")?
        .split_whitespace()
        .find_map(of_class)
}

fn of_class(class: &str) -> Option<Marked> {
    let mut marked = None;
    for word in class.split(['-', '_']).filter(|word| !word.is_empty()) {
        // "faqQuestion".
        let inner = word.char_indices().skip(1);
        let capital = inner.filter(|(_, c)| c.is_ascii_uppercase()).last();
        let (first, last) = word.split_at(capital.map_or(0, |(at, _)| at));
        for word in [first, last].into_iter().filter(|word| !word.is_empty()) {
            match word.to_ascii_lowercase().as_str() {
                "question" | "q" => marked = marked.or(Some(Marked::Question)),
                "answer" | "a" => marked = marked.or(Some(Marked::Answer)),
                word if BESIDE.contains(&word) => {}
                _ => return None,
            }
        }
    }
    marked
}

/// Makes the blocks that classes mark headings of questions, if as many answers are marked and no other
/// heading asks; else other marks decide.
pub(super) fn settle(blocks: &mut [Block], answers: usize) {
    let questions = blocks.iter().filter(|block| block.is_question).count();
    let is_other = |block: &Block| {
        let is_heading = matches!(block.kind, BlockKind::Heading(_)) || block.summary.is_some();
        is_heading && !block.is_question && asks(&block.text)
    };
    let are_all =
        questions >= MIN_QUESTIONS && answers >= questions && !blocks.iter().any(is_other);
    let mut above = 1;
    for block in blocks {
        match block.kind {
            _ if block.is_question && are_all => {
                block.kind = BlockKind::Heading((above + 1).min(6));
                block.summary = None;
            }
            _ if block.is_question => block.is_question = false,
            BlockKind::Heading(level) => above = level,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_say_what_an_element_holds() {
        for (class, expected) in [
            ("question", Some(Marked::Question)),
            ("faq__question", Some(Marked::Question)),
            ("faqQuestion", Some(Marked::Question)),
            ("question-text", Some(Marked::Question)),
            ("faq-answer", Some(Marked::Answer)),
            ("answer-body", Some(Marked::Answer)),
            ("question-list", None),
            ("question-answer-pair", None),
            ("faq", None),
            ("é-Ü", None),
        ] {
            assert_eq!(of_class(class), expected, "{class}");
        }
    }
}
