//! Questions that a guide has in two languages: the translation right below each is part of the question.
//!
//! Languages are told apart by their scripts, which one look at the letters shows.

use super::{
    evidence::{MIN_RUN, MOSTLY},
    opener::Page,
    regions::Question,
    words::{self, Asking},
};
use crate::guide::{Block, BlockKind};

/// The most bytes of the name of a language before a question: "English: …".
const MAX_NAME: usize = 16;

/// Joins the questions of a guide with the translations below them, where most have one.
pub(super) fn join(page: Page<'_>, questions: &mut Vec<Question>) {
    let translated: Vec<Option<usize>> = questions
        .iter()
        .map(|question| translation(page, question))
        .collect();
    let count = translated.iter().flatten().count();
    if count >= MIN_RUN && count as f64 >= MOSTLY * questions.len() as f64 {
        for (question, below) in questions.iter_mut().zip(translated) {
            if let Some(below) = below {
                add(page, question, below);
            }
        }
        return;
    }
    join_pairs(page, questions);
}

/// Returns the block of the first line below a question, if that is the same question in another script.
fn translation(page: Page<'_>, question: &Question) -> Option<usize> {
    let opener = &question.opener;
    let start = opener.end();
    let is_text = |at: &usize| page.blocks[*at].kind != BlockKind::Markup;
    let below = (start..question.end).find(is_text)?;
    let block = &page.blocks[below];
    let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
    let is_whole = start > 0 && opener.answer >= page.blocks[start - 1].span.end;
    let asks = || {
        words::asking(&block.text) == Asking::Yes
            || named(&block.text).is_some() && named(&opener.question).is_some()
    };
    let is_translation = question.elsewhere.is_none()
        && is_prose
        && is_whole
        && page.furniture[below].is_none()
        && words::answer_label(&block.text).is_none()
        && are_apart(&opener.question, &block.text)
        && asks();
    is_translation.then_some(below)
}

/// Adds the paragraph that starts at the block `below` to a question's text.
fn add(page: Page<'_>, question: &mut Question, below: usize) {
    let end = question.end;
    let goes_on = |block: &&Block| block.continues && block.kind == BlockKind::Paragraph;
    let more = page.blocks[below + 1..end].iter().take_while(goes_on);
    let last = below + more.count();
    let lines = page.blocks[below..=last].iter();
    let text: Vec<&str> = lines.map(|block| block.text.trim()).collect();
    let text = text.join(" ");
    let opener = &mut question.opener;
    opener.question = match (named(&opener.question), named(&text)) {
        (Some(first), Some(second)) => {
            format!(
                "{} {}",
                opener.question[first..].trim(),
                text[second..].trim()
            )
        }
        _ => format!("{} {text}", opener.question),
    };
    if opener.text_end > opener.blocks.end {
        let lines = page.blocks[below..=last].iter();
        opener.dropped.extend(lines.map(|block| block.span.clone()));
        opener.text_end = last + 1;
    } else {
        opener.blocks.end = last + 1;
        opener.answer = page.blocks[last].span.end;
    }
}

/// Joins every two questions of which the first has no answer and the second is the same in another script,
/// where that is most of the guide.
fn join_pairs(page: Page<'_>, questions: &mut Vec<Question>) {
    let is_pair = |first: &Question, second: &Question| {
        let mut between = page.blocks[first.opener.end()..second.opener.blocks.start].iter();
        first.end == second.opener.blocks.start
            && first.elsewhere.is_none()
            && second.elsewhere.is_none()
            && second.opener.dropped.is_empty()
            && first.opener.shape.form == second.opener.shape.form
            && first.opener.answer >= page.blocks[first.opener.end() - 1].span.end
            && between.all(|block| block.kind == BlockKind::Markup)
            && are_apart(&first.opener.question, &second.opener.question)
    };
    let mut starts: Vec<usize> = Vec::new();
    for at in 1..questions.len() {
        let is_free = starts.last().is_none_or(|last| *last + 1 < at);
        if is_free
            && questions[at - 1].opener.end() > 0
            && is_pair(&questions[at - 1], &questions[at])
        {
            starts.push(at - 1);
        }
    }
    // A list in one language below the same list in another has one such pair.
    if starts.len() < MIN_RUN || ((starts.len() * 2) as f64) < MOSTLY * questions.len() as f64 {
        return;
    }
    let mut starts = starts.into_iter().peekable();
    let mut joined: Vec<Question> = Vec::with_capacity(questions.len());
    let mut rest = questions.drain(..).enumerate();
    while let Some((at, mut question)) = rest.next() {
        if starts.next_if_eq(&at).is_some()
            && let Some((_, second)) = rest.next()
        {
            let own = &mut question.opener;
            own.question = format!("{} {}", own.question, second.opener.question);
            own.blocks.end = second.opener.blocks.end;
            own.text_end = second.opener.text_end;
            own.answer = second.opener.answer;
            question.end = second.end;
        }
        joined.push(question);
    }
    drop(rest);
    *questions = joined;
}

/// Returns the byte of a text behind the name of a language at its start, or what else stands before a colon.
fn named(text: &str) -> Option<usize> {
    let (at, mark) = text.match_indices([':', '：']).next()?;
    let is_name = at <= MAX_NAME && text[..at].chars().all(|c| c.is_alphabetic() || c == ' ');
    (is_name && at > 0).then_some(at + mark.len())
}

/// Returns whether one of two texts is mostly in Latin letters, and the other is mostly not.
fn are_apart(text: &str, other: &str) -> bool {
    is_latin(text).is_some_and(|first| is_latin(other) == Some(!first))
}

/// Returns whether most words of a text are in Latin letters; a letter of a script without spaces is a word.
/// `None` if it has no words.
fn is_latin(text: &str) -> Option<bool> {
    let (mut latin, mut others) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let foreign = word.chars().filter(|c| u32::from(*c) > LAST_LATIN).count();
        let is_dense =
            |c: char| matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff);
        others += match word.starts_with(is_dense) {
            true => foreign,
            false => usize::from(foreign > 0),
        };
        latin += usize::from(!word.is_empty() && foreign == 0);
    }
    (latin + others > 0).then_some(latin > others)
}

/// The last letter of the Latin script, but for few.
const LAST_LATIN: u32 = 0x024f;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_tell_languages_apart() {
        assert!(are_apart("什么是 HTTP 协议?", "What is HTTP?"));
        assert!(are_apart("Ce este pâinea?", "Что такое хлеб?"));
        assert!(!are_apart("¿Qué es?", "What is it?"));
        assert!(!are_apart("1.", "What is it?"));
        assert_eq!(named("English: What is it?"), Some(8));
        assert_eq!(named("What is 1: 2?"), None);
    }
}
