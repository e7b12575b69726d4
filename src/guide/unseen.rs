//! The text of a guide in Markdown without what its readers never see: comments, scripts, private
//! notes and the names of blocks, as note-taking programs have them.

use std::{borrow::Cow, ops::Range};

/// Returns `text` with spaces in place of what is not seen from the byte `body` on. Its lines and bytes
/// stay where they are. Code is left as it is.
pub(super) fn blanked(text: &str, body: usize) -> Cow<'_, str> {
    // Few guides have any of it, and looking for a byte is quicker than for several.
    let rest = &text[body..];
    let has = |sign: char, is_mark: &dyn Fn(usize) -> bool| {
        rest.match_indices(sign).any(|(at, _)| is_mark(at))
    };
    let is_tag = |at| BLOCKS.iter().any(|(open, _)| rest[at..].starts_with(open));
    if !has('%', &|at| rest[at..].starts_with("%%"))
        && !has('^', &|at| rest[..at].ends_with(' '))
        && !has('<', &is_tag)
    {
        return Cow::Borrowed(text);
    }
    let hidden = hidden(text, body);
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in hidden {
        out.push_str(&text[at..range.start]);
        let bytes = text[range.clone()].bytes();
        out.extend(bytes.map(|b| if b == b'\n' { '\n' } else { ' ' }));
        at = range.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Marks between which nothing is seen, where the first starts a line.
const BLOCKS: [(&str, &str); 4] = [
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    // An advertisement has attributes; "<ins>new</ins>" is underlined.
    ("<ins ", "</ins>"),
];

/// Returns the bytes that are not seen, in order.
fn hidden(text: &str, body: usize) -> Vec<Range<usize>> {
    let mut hidden: Vec<Range<usize>> = Vec::new();
    // Marks that nothing closes in the rest of the text.
    let mut unclosed = [false; BLOCKS.len() + 1];
    let mut fence: Option<&str> = None;
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if hidden.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let words = line.trim();
        let mark = words.bytes().next().filter(|b| matches!(b, b'`' | b'~'));
        let length = words.bytes().take_while(|&b| Some(b) == mark).count();
        match fence {
            Some(open) if words.starts_with(open) && words.len() == length => fence = None,
            Some(_) => continue,
            None if length >= 3 && !(mark == Some(b'`') && words[length..].contains('`')) => {
                fence = Some(&words[..length]);
            }
            None => {}
        }
        if fence.is_some() || line.starts_with("    ") || line.starts_with('\t') {
            continue;
        }
        let mut close = |place: usize, inside: usize, mark: &str| {
            let end = (!unclosed[place])
                .then(|| text[inside..].find(mark))
                .flatten();
            unclosed[place] = end.is_none();
            end.map(|end| inside + end)
        };
        let opens = |(open, _): &(&str, &str)| {
            let rest = words.strip_prefix(open);
            let is_whole = |rest: &str| {
                open.ends_with(' ') || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            };
            rest.is_some_and(is_whole)
        };
        if words == "%%" {
            if let Some(end) = close(BLOCKS.len(), at, "\n%%") {
                hidden.push(start..end + "\n%%".len());
            }
        } else if let Some(place) = BLOCKS.iter().position(opens) {
            let (_, mark) = BLOCKS[place];
            if let Some(end) = close(place, start, mark) {
                hidden.push(start..end + mark.len());
            }
        } else if words.contains('%') || words.contains('^') {
            let (notes, open) = notes(words);
            let shift = start + line.len() - line.trim_start().len();
            let notes = notes.into_iter();
            hidden.extend(notes.map(|note| shift + note.start..shift + note.end));
            // It goes on in the next lines of its paragraph.
            if let Some(open) = open.map(|open| shift + open) {
                let rest = &text[open + "%%".len()..];
                let paragraph = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
                let close = paragraph.find("%%");
                hidden.extend(close.map(|close| open..open + close + 2 * "%%".len()));
            }
        }
    }
    hidden
}

/// Returns where notes between `%%`, and the name of a block at the end, as in `text ^name`, stand in
/// a line. Also returns where a note starts that does not end in it.
fn notes(line: &str) -> (Vec<Range<usize>>, Option<usize>) {
    let mut notes = Vec::new();
    let is_code = |at: usize| line[..at].matches('`').count() % 2 == 1;
    let mut at = 0;
    let mut unclosed = None;
    while let Some(open) = line[at..].find("%%").map(|open| at + open) {
        let starts_word = open == 0 || line[..open].ends_with(char::is_whitespace);
        let close = line[open + 2..]
            .find("%%")
            .map(|close| open + 2 + close + 2);
        match close.filter(|_| starts_word && notes.len() < MAX_NOTES && !is_code(open)) {
            Some(close) => {
                notes.push(open..close);
                at = close;
            }
            None => {
                unclosed = Some(open).filter(|_| close.is_none() && starts_word && !is_code(open));
                break;
            }
        }
    }
    let name = line.rfind(" ^").filter(|name| *name >= at);
    let name = name.filter(|name| unclosed.is_none_or(|open| open > *name));
    let is_name = |name: &&str| {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-';
        name.len() > 1 && name.chars().all(is_sign) && name.contains(|c: char| c.is_alphabetic())
    };
    if let Some(start) = name.filter(|start| line.get(start + 2..).as_ref().is_some_and(is_name)) {
        notes.push(start..line.len());
    }
    (notes, unclosed)
}

/// The most notes of a line.
const MAX_NOTES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_blank_and_all_else_stays_where_it_is() {
        for (text, seen) in [
            ("a %%b é%% c\n", "a          c\n"),
            ("%%\nprivate\n%%\nb\n", "  \n       \n  \nb\n"),
            ("a %%b\nc%% d\n", "a    \n    d\n"),
            ("a %%b\n\nc%% d\n", "a %%b\n\nc%% d\n"),
            ("50%% or 60%%", "50%% or 60%%"),
            ("`a %% b` %%c%%", "`a %% b` %%c%%"),
            ("text ^block-1\nx ^2\n2 ^n\n", "text         \nx ^2\n2 ^n\n"),
            ("<!-- a\nb -->\nc", "      \n     \nc"),
            (
                "<script>\na\n</script>\nc <ins>d</ins>",
                "        \n \n         \nc <ins>d</ins>",
            ),
            ("<ins>a</ins>", "<ins>a</ins>"),
            (
                "<ins class=x></ins>\n<insert>",
                "                   \n<insert>",
            ),
            (
                "```\n%%a%%\n<!-- b -->\n```\n    <!-- c -->",
                "```\n%%a%%\n<!-- b -->\n```\n    <!-- c -->",
            ),
            ("<!-- open\n%%\nb", "<!-- open\n%%\nb"),
        ] {
            assert_eq!(blanked(text, 0), seen, "{text:?}");
        }
    }
}
