//! Quizzes in GIFT, as Moodle exports them: `::title:: question {=right ~wrong}`, with the options in the
//! braces or on lines below.

use std::ops::Range;

use super::{
    opener::{Opener, Page},
    regions::Question,
    words,
};
use crate::{guide::BlockKind, text::markup::TextFormat};

/// The fewest questions with options of such a quiz, and the most lines above its first.
const MIN_QUESTIONS: usize = 2;
const MAX_ABOVE: usize = 4;

/// The mark around a question's title.
const TITLE: &str = "::";

/// Returns the questions of a quiz in GIFT.
pub(super) fn questions(page: Page<'_>) -> Vec<Question> {
    // Next to no text has these.
    let has_marks = |text: &str| text.contains(TITLE) || text.contains('{');
    if page.format != TextFormat::Plain || !has_marks(page.text) {
        return Vec::new();
    }
    let lines: Vec<usize> = (0..page.blocks.len())
        .filter(|&at| page.blocks[at].kind != BlockKind::Markup)
        .collect();
    let quiz = Quiz { page, lines };
    let mut cards: Vec<Card> = Vec::new();
    let mut place = 0;
    while place < quiz.lines.len() {
        let card = quiz.card(place);
        place = card.as_ref().map_or(place + 1, |card| card.end);
        cards.extend(card);
    }
    let with_options = cards.iter().filter(|card| card.has_options).count();
    let is_quiz = with_options >= MIN_QUESTIONS
        && with_options * 2 >= cards.len()
        && cards[0].start <= MAX_ABOVE;
    match is_quiz {
        true => cards.into_iter().map(|card| quiz.question(card)).collect(),
        false => Vec::new(),
    }
}

/// A question and its options, by the places of its lines among those of the quiz.
struct Card {
    start: usize,
    end: usize,
    question: String,
    /// The byte of the guide's text behind the question, and that of the brace at the end.
    answer: usize,
    closing: Option<Range<usize>>,
    /// The bytes of the comments behind it.
    comments: Vec<Range<usize>>,
    has_options: bool,
}

/// The lines of a guide, taken for those of a quiz.
struct Quiz<'g> {
    page: Page<'g>,
    lines: Vec<usize>,
}

impl<'g> Quiz<'g> {
    /// Returns the bytes of a line without the blanks around it.
    fn span(&self, place: usize) -> Range<usize> {
        let span = self.page.blocks[self.lines[place]].span.clone();
        let text = &self.page.text[span.clone()];
        let start = span.end - text.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        start..start.max(span.start + text.trim_end().len())
    }

    fn line(&self, place: usize) -> &'g str {
        &self.page.text[self.span(place)]
    }

    fn is_option(&self, place: usize) -> bool {
        place < self.lines.len() && self.line(place).starts_with(['=', '~'])
    }

    /// Returns the card that starts on the line at `place`, if one does.
    fn card(&self, place: usize) -> Option<Card> {
        let span = self.span(place);
        let line = self.line(place);
        if line.starts_with("//") || line.starts_with('$') || self.is_option(place) {
            return None;
        }
        let title = line.strip_prefix(TITLE);
        // The mark behind a title that is the question itself may be missing.
        let (title, behind) = match title {
            Some(title) => title.split_once(TITLE).unwrap_or((title, "")),
            None => ("", line),
        };
        let start = span.end - behind.len();
        let brace = behind
            .match_indices('{')
            .find(|(at, _)| !behind[..*at].ends_with('\\'));
        let stem = brace.map_or(behind, |(at, _)| &behind[..at]);
        let is_titled = words::has_question_mark(title) || stem.trim().is_empty();
        let mut card = Card {
            start: place,
            end: place + 1,
            question: match is_titled {
                true => unescaped(title),
                false => unescaped(stem),
            },
            answer: if is_titled { start } else { span.end },
            closing: None,
            comments: Vec::new(),
            has_options: false,
        };
        if let Some((at, _)) = brace {
            card.answer = start + at + 1;
            self.close(&mut card, &behind[at + 1..])?;
            card.has_options = true;
        } else if line.starts_with(TITLE) {
            while self.is_option(card.end) {
                card.end += 1;
            }
            card.has_options = card.end > place + 1;
        } else {
            return None;
        }
        while card.end < self.lines.len() && self.line(card.end).starts_with("//") {
            card.comments.push(self.span(card.end));
            card.end += 1;
        }
        card.question.contains(char::is_alphabetic).then_some(card)
    }

    /// Finds the brace that closes the answers of `card`, of which `inside` stand on its first line.
    fn close(&self, card: &mut Card, inside: &str) -> Option<()> {
        let mut rest = inside;
        let is_answer = |text: &str| {
            let word = text.split(['}', '#', ' ']).next().unwrap_or_default();
            text.starts_with(['=', '~', '#', '}']) || matches!(word, "T" | "F" | "TRUE" | "FALSE")
        };
        if rest.trim().is_empty() {
            rest = (card.end < self.lines.len()).then(|| self.line(card.end))?;
            card.end += 1;
        }
        if !is_answer(rest.trim_start()) {
            return None;
        }
        loop {
            let close = rest
                .match_indices('}')
                .find(|(at, _)| !rest[..*at].ends_with('\\'));
            if let Some((at, _)) = close {
                let end = self.span(card.end - 1).end;
                let at = end - rest.len() + at;
                card.closing = Some(at..at + 1);
                // The gap may stand within the sentence.
                let behind = &self.page.text[at + 1..end];
                if behind.contains(char::is_alphabetic) {
                    card.question = format!("{} _____ {}", card.question, unescaped(behind));
                    card.closing = Some(at..end);
                }
                return Some(());
            }
            let is_inside = |place: usize| {
                place < self.lines.len()
                    && !self.line(place).starts_with(TITLE)
                    && !self.line(place).contains('{')
            };
            rest = is_inside(card.end).then(|| self.line(card.end))?;
            card.end += 1;
        }
    }

    fn question(&self, card: Card) -> Question {
        let (first, last) = (self.lines[card.start], self.lines[card.end - 1]);
        let mut opener = Opener::of_guide(self.page, first..first + 1, &card.question);
        opener.answer = card.answer;
        opener.dropped.extend(card.closing);
        opener.dropped.extend(card.comments);
        Question {
            opener,
            end: last + 1,
            elsewhere: None,
        }
    }
}

/// Returns a text of GIFT without its escapes, its format and the blanks around it.
fn unescaped(text: &str) -> String {
    let text = text.trim();
    let formats = ["[html]", "[markdown]", "[plain]", "[moodle]"];
    let mut rest = formats
        .iter()
        .filter_map(|format| text.strip_prefix(format));
    let text = rest.next().unwrap_or(text).trim_start();
    let mut out = String::with_capacity(text.len());
    let text = text.strip_prefix("<p>").unwrap_or(text);
    let text = text.strip_suffix("</p>").unwrap_or(text);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_escape = c == '\\' && chars.peek().is_some_and(|next| "~=#{}:".contains(*next));
        if !is_escape {
            out.push(c);
        }
    }
    out
}
