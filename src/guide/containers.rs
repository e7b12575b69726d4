//! Containers of other programs -> those of Markdown, line by line.
//!
//! The parser knows no admonitions, `!!! note` and `??? question "Why?"`, and takes the body that is
//! indented below them for code: they become quotes. Shortcodes of a web site's theme that hold a
//! question, `{{< faq title="Why?" >}}`, become tags. The first line of a `<quiz>` becomes a question, as
//! nothing else sets it apart from its options.

use std::borrow::Cow;

use super::asks;

/// The indentation of the body.
const INDENT: usize = 4;

/// The opening of a container.
const MARKS: [&str; 6] = ["!!! ", "??? ", "???+ ", "{{<", "{{%", QUIZ];

/// The lines around a question with its options.
const QUIZ: &str = "<quiz>";
const QUIZ_END: &str = "</quiz>";

/// Returns `text` with a quote for every admonition from the byte `body` on, and with a tag for every
/// shortcode, and a label for every question of a quiz.
pub(super) fn in_markdown(text: &str, body: usize) -> Cow<'_, str> {
    if !MARKS.iter().any(|mark| text[body..].contains(mark)) {
        return Cow::Borrowed(text);
    }
    let mut out = text[..body].to_owned();
    let mut fence: Option<&str> = None;
    // The column of the admonition around, and the blank lines that may be its last.
    let mut open: Option<usize> = None;
    let mut blank = 0;
    let mut opens_quiz = false;
    let mut lines = text[body..].split_inclusive('\n');
    while let Some(line) = lines.next() {
        let words = line.trim();
        if words.is_empty() && open.is_some() {
            blank += 1;
            continue;
        }
        let column = indent(line);
        let is_inside = open.is_some_and(|column_of| column >= column_of + INDENT);
        for _ in 0..std::mem::take(&mut blank) {
            out.push_str(if is_inside { ">\n" } else { "\n" });
        }
        if let Some(column_of) = open.filter(|_| is_inside) {
            out.push_str(&" ".repeat(column_of));
            out.push_str("> ");
            out.push_str(&unindented(line, column_of + INDENT));
            continue;
        }
        open = None;
        let fences = ["```", "~~~"];
        match (fence, fences.iter().find(|mark| words.starts_with(**mark))) {
            (Some(open), _) if words.starts_with(open) => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
        let next = || lines.clone().find(|next| !next.trim().is_empty());
        let has_body = || next().is_some_and(|next| indent(next) >= column + INDENT);
        if fence.is_none() && is_title(words) && column < INDENT && has_body() {
            open = Some(column);
            out.push_str(&line[..line.len() - line.trim_start().len()]);
            out.push_str("> ");
            out.push_str(line.trim_start());
        } else if fence.is_none() && [QUIZ, QUIZ_END].contains(&words) {
            opens_quiz = words == QUIZ;
            out.push('\n');
        } else if opens_quiz && fence.is_none() && !words.is_empty() {
            opens_quiz = false;
            out.push_str("Q: ");
            out.push_str(line.trim_start());
        } else if let Some(tag) = shortcode(words).filter(|_| fence.is_none()) {
            out.push_str(&tag);
            out.push('\n');
        } else {
            out.push_str(line);
        }
    }
    out.extend(std::iter::repeat_n('\n', blank));
    Cow::Owned(out)
}

/// Returns whether a line opens an admonition.
fn is_title(words: &str) -> bool {
    let name = ["!!! ", "???+ ", "??? "]
        .iter()
        .find_map(|mark| words.strip_prefix(mark));
    name.is_some_and(|name| name.trim_start().starts_with(char::is_alphabetic))
}

/// Returns the tag for a line that is a shortcode, if that has a title which asks, or ends one.
fn shortcode(words: &str) -> Option<String> {
    let marks = [("{{<", ">}}"), ("{{%", "%}}")];
    let inner = marks
        .iter()
        .find_map(|(open, close)| words.strip_prefix(open)?.strip_suffix(close));
    let inner = inner?.trim();
    let is_closing = inner.starts_with('/');
    let inner = inner.trim_start_matches(['/', ' ']);
    let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let name = name.replace('_', "-");
    if is_closing {
        return Some(format!("</Shortcode-{name}>"));
    }
    let start = rest.find('"')? + 1;
    let titles = rest[start..].split('"').step_by(2);
    let title = titles.into_iter().find(|title| asks(title))?;
    Some(format!("<Shortcode-{name} title=\"{title}\">"))
}

/// Returns how far a line is indented, in columns.
fn indent(line: &str) -> usize {
    line.bytes()
        .map_while(|b| match b {
            b' ' => Some(1),
            b'\t' => Some(INDENT),
            _ => None,
        })
        .sum()
}

/// Takes `columns` of indent off a line; of a tab that goes further, spaces are left.
fn unindented(line: &str, columns: usize) -> String {
    let written = line.trim_start_matches([' ', '\t']);
    " ".repeat(indent(line) - columns) + written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_become_those_of_markdown() {
        for (text, expected) in [
            (
                "!!! question \"Why?\"\n\n    It is.\n\n        code\n\nText.\n",
                "> !!! question \"Why?\"\n>\n> It is.\n>\n>     code\n\nText.\n",
            ),
            (
                "??? note\n    It is.\n\n    - a\n        - b\n\nText.\n",
                "> ??? note\n> It is.\n>\n> - a\n>     - b\n\nText.\n",
            ),
            ("!!! note\n\tIt is.\n", "> !!! note\n> It is.\n"),
            (
                "```\n!!! note\n    It is.\n```\n",
                "```\n!!! note\n    It is.\n```\n",
            ),
            (
                "{{< faq >}}\n{{< item q=\"Why?\" >}}\nSo.\n{{< /item >}}\n",
                "{{< faq >}}\n<Shortcode-item title=\"Why?\">\nSo.\n</Shortcode-item>\n",
            ),
            (
                "<quiz>\nRye is\n- [x] a grass\n</quiz>\n",
                "\nQ: Rye is\n- [x] a grass\n\n",
            ),
            ("Wow !!! Really\n    so.\n", "Wow !!! Really\n    so.\n"),
        ] {
            assert_eq!(in_markdown(text, 0), expected);
        }
    }
}
