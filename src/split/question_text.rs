//! The text of a question, without what stands around it: marks, ids, sources, private notes.

use std::{borrow::Cow, ops::Range};

use super::words::{self, Asking};
use crate::text::punctuation::QUESTION_MARKS;

/// Returns a question's text without what decorates it and without the link to its source that
/// may follow it, its white space folded.
pub(super) fn clean(question: &str) -> Cow<'_, str> {
    match without_private(question) {
        Cow::Borrowed(question) => fold_white_space(undecorated(question)),
        Cow::Owned(question) => Cow::Owned(fold_white_space(undecorated(&question)).into_owned()),
    }
}

fn undecorated(question: &str) -> &str {
    // "»" closes a quotation as well.
    let is_quoted = question.contains('«');
    let is_decoration = |c: char| {
        c.is_whitespace()
            || words::is_ornament(c)
            || matches!(c, '*' | '_' | '›')
            || c == '»' && !is_quoted
    };
    let written = question.trim();
    let mut question = question.trim_matches(is_decoration);
    // A sentence may start with the blank that is to be filled in.
    let blank = written.bytes().take_while(|b| *b == b'_').count();
    if blank >= MIN_BLANK && written[blank..].starts_with(' ') {
        question = written.trim_end_matches(is_decoration);
    }
    // The sign that unfolds the answer on a page: "What is a map? +".
    if let Some(before) = question.strip_suffix('+').map(str::trim_end)
        && before.ends_with(QUESTION_MARKS)
    {
        question = before;
    }
    for check_box in ["[ ]", "[x]", "[X]"] {
        question = question
            .strip_prefix(check_box)
            .map_or(question, str::trim_start);
    }
    // The id of a block: " ^map".
    let is_id =
        |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if let Some((before, id)) = question.rsplit_once('^')
        && let Some(before) = before.strip_suffix(' ').filter(|_| is_id(id))
    {
        question = before;
    }
    while question.ends_with(']')
        && let Some(at) = question.rfind(" [")
        && question.len() - at <= MAX_SOURCE
    {
        question = question[..at].trim_end_matches(is_decoration);
    }
    question.trim_end_matches(['★', '☆', ' '])
}

/// The fewest signs `_` that are a blank; fewer are markup.
const MIN_BLANK: usize = 3;

/// The longest mark of a source behind a question, in bytes: " [src]", " [[source]]".
const MAX_SOURCE: usize = 14;

/// Returns a text with one space between its words and none around them.
fn fold_white_space(text: &str) -> Cow<'_, str> {
    // Most texts are; searches that pass many bytes at a time are quicker than a look at each word.
    let is_folded = text.is_ascii()
        && !text.contains("  ")
        && !text.bytes().fold(false, |found, b| found | (b < b' '))
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    if is_folded {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    Cow::Owned(folded)
}

/// Returns a text without what its author keeps private: `%%to do%%`.
fn without_private(text: &str) -> Cow<'_, str> {
    let spans = private_spans(text);
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        rest.push_str(&text[at..span.start]);
        at = span.end;
    }
    rest.push_str(&text[at..]);
    Cow::Owned(rest)
}

/// Returns the bytes of a text that stand between two `%%`, with these.
pub(super) fn private_spans(text: &str) -> Vec<Range<usize>> {
    let mut end = 0;
    let mut is_mark = |at: &usize| {
        let is_mark = *at >= end && text[at + 1..].starts_with('%');
        if is_mark {
            end = at + 2;
        }
        is_mark
    };
    // Looking for a byte is quicker than for two.
    let signs = text.match_indices('%').map(|(at, _)| at);
    let marks: Vec<usize> = signs.filter(|at| is_mark(at)).collect();
    let pairs = marks.as_chunks::<2>().0.iter();
    pairs.map(|[start, end]| *start..*end + 2).collect()
}

/// Takes the quotation marks off a question that stands between them.
pub(super) fn without_quotes(question: &str) -> &str {
    const QUOTES: [(char, char); 5] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];
    let inside = QUOTES.iter().find_map(|&(open, close)| {
        let inside = question.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains([open, close])).then_some(inside)
    });
    inside.unwrap_or(question)
}

/// Takes the brackets off a question that stands between them.
pub(super) fn without_brackets(question: &str) -> &str {
    let is_bracketed =
        question.starts_with('(') && closing_bracket(question) == Some(question.len() - 1);
    match is_bracketed {
        true => question[1..question.len() - 1].trim(),
        false => question,
    }
}

/// Returns where the bracket closes that a text starts with.
pub(super) fn closing_bracket(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'(' => open += 1,
            b')' => open = open.checked_sub(1)?,
            _ => {}
        }
        if open == 0 {
            return (b == b')').then_some(at);
        }
    }
    None
}

/// Returns whether a question is a form that nobody has filled: blanks alone, or one after the other.
pub(super) fn is_unfilled(question: &str) -> bool {
    const BLANK: &str = "____";
    let question = question.trim_start_matches(['"', '“', '\'', ' ']);
    let rest = question
        .strip_prefix(BLANK)
        .map(|rest| rest.trim_start_matches('_'));
    rest.is_some_and(|rest| rest.contains(BLANK) || !rest.contains(char::is_alphanumeric))
}

/// Returns whether the question of a template is to be put in the place of a text: "[Question title]".
pub(super) fn is_placeholder(question: &str) -> bool {
    const BRACKETS: [(char, char); 4] = [('[', ']'), ('{', '}'), ('<', '>'), ('【', '】')];
    let text = question.trim_matches(['*', '_', '"', '`', ' ']);
    let inner = BRACKETS.iter().find_map(|&(open, close)| {
        let inner = text.trim_start_matches(open).trim_end_matches(close);
        let is_inside = text.starts_with(open) && text.ends_with(close);
        (is_inside && !inner.contains([open, close])).then_some(inner)
    });
    inner.is_some_and(|inner| words::asking(inner) == Asking::No)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_cleaned_of_what_is_no_text() {
        for (question, expected) in [
            ("  What is **a map**? 👶", "What is **a map**?"),
            ("[x] What is a map?", "What is a map?"),
            ("What is a map? ^map-1", "What is a map?"),
            ("What is a map? [src]", "What is a map?"),
            ("What is a map? ★★☆", "What is a map?"),
            ("What is x ^ y?", "What is x ^ y?"),
            ("» What is a map?", "What is a map?"),
            ("Ce este «harta»", "Ce este «harta»"),
        ] {
            assert_eq!(clean(question), expected);
        }
    }
}
