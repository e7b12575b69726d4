//! Lists of questions that a page of Markdown holds as data -> headings with their answers.
//!
//! Components of web sites take their questions as objects, `<Accordion items={[{ title: "Why?", … }]} />`,
//! or from a constant that the page exports. Whatever the component and the fields are called, what is found
//! is decided as for any other list of questions ([`list`]). So it is in fences of YAML and JSON that are most of
//! a guide; in others they are examples.

use std::ops::Range;

use super::{
    converted::{Converted, Fence},
    list,
};
use crate::text::markup::fence_mark;

/// The fewest questions that make a list of them.
const MIN_QUESTIONS: usize = 2;

/// The longest part of a component's tag around its list, in bytes.
const MAX_TAG: usize = 1_000;

/// Parts of the names of components and constants that show questions, in lower case.
const NAMES: [&str; 6] = [
    "faq",
    "question",
    "quiz",
    "accordion",
    "flashcard",
    "collaps",
];

/// A list of questions, and the part of the text that it replaces.
struct Embedded {
    span: Range<usize>,
    root: list::Node,
    /// Whether it stands in a script, of which nothing else is seen.
    is_script: bool,
}

/// Returns the text from the byte `body` on with such lists written out as Markdown; `None` if there are none.
pub(super) fn in_markdown(text: &str, body: usize) -> Option<Converted> {
    let mut lists = fenced(text, body);
    if lists.is_empty() {
        lists = self::lists(text, body);
    }
    if lists.is_empty() {
        return None;
    }
    let mut out = Converted::default();
    let mut level = 1;
    let mut at = body;
    let mut line = 1 + text[..body].matches('\n').count();
    let mut fence = Fence::default();
    let mut pass =
        |range: Range<usize>, line: &mut usize, level: &mut usize, out: &mut Converted| {
            for written in text[range].split_inclusive('\n') {
                let hashes = written.bytes().take_while(|b| *b == b'#').count();
                if !fence.passes(written) && (1..=6).contains(&hashes) {
                    *level = hashes;
                }
                out.line(0, written.trim_end_matches('\n'), *line);
                *line += 1;
            }
        };
    for embedded in lists {
        pass(at..embedded.span.start, &mut line, &mut level, &mut out);
        if embedded.is_script {
            out.line(0, "</script>", line);
        }
        out.blank();
        list::write_below(&embedded.root, level, &mut out);
        out.blank();
        if embedded.is_script {
            out.line(0, "<script>", line);
        }
        line += text[embedded.span.clone()].matches('\n').count();
        at = embedded.span.end;
    }
    pass(at..text.len(), &mut line, &mut level, &mut out);
    Some(out)
}

/// Returns the lists of questions of a page, in order.
fn lists(text: &str, body: usize) -> Vec<Embedded> {
    let mut lists = Vec::new();
    // Of most guides this is seen without looking at their lines.
    let mut equals = text[body..].match_indices('=').map(|(at, _)| body + at);
    if !equals.any(|equals| value(text, equals, true).is_some()) {
        return lists;
    }
    let mut fence = Fence::default();
    let mut start = body;
    let mut number = 1 + text[..body].matches('\n').count();
    // The byte up to which the text was read as a list, whether it was one or not.
    let mut read = body;
    let mut is_script = false;
    for line in text[body..].split_inclusive('\n') {
        let is_code = start >= read && fence.passes(line);
        match (line.contains("<script"), line.contains("</script>")) {
            (opens, false) => is_script |= opens,
            (_, true) => is_script = false,
        }
        for (at, _) in line.match_indices('=').filter(|_| !is_code) {
            let equals = start + at;
            let value = value(text, equals, is_constant(line));
            let Some(value) = value.filter(|_| equals >= read) else {
                continue;
            };
            let first = number + text[start..value].matches('\n').count();
            let parsed = list::script::parse(text, value, u32::try_from(first).unwrap_or(u32::MAX));
            let (mut root, end) = match parsed {
                Ok(parsed) => parsed,
                Err(end) => {
                    read = end.max(equals + 1);
                    continue;
                }
            };
            read = end;
            let (opens, tag) = opening(text, start..equals);
            let opens = opens.max(lists.last().map_or(body, |list: &Embedded| list.span.end));
            let names = text[opens..equals].to_lowercase();
            let is_named = NAMES.iter().any(|name| names.contains(name));
            if list::name_fields(&mut root, is_named) < MIN_QUESTIONS {
                continue;
            }
            let end = closing(text, end, tag);
            read = end;
            lists.push(Embedded {
                span: opens..end,
                root,
                is_script,
            });
        }
        start += line.len();
        number += 1;
    }
    lists
}

/// The fewest questions that make a list in a fence, and the least share of a guide that its fences are.
const MIN_FENCED: usize = 3;
const FENCED_SHARE: f64 = 0.5;

/// Returns the lists of questions in fences of data, if these are most of the guide.
fn fenced(text: &str, body: usize) -> Vec<Embedded> {
    let mut fences: Vec<Range<usize>> = Vec::new();
    let mut length = 0;
    let mut open: Option<(usize, &str)> = None;
    let mut start = body;
    for line in text[body..].split_inclusive('\n') {
        let mark = fence_mark(line);
        match (open, mark) {
            (None, Some(mark)) => open = Some((start, mark)),
            (Some((opened, own)), Some(mark)) if mark == line.trim() && mark.starts_with(own) => {
                let language = text[opened..].lines().next().unwrap_or_default();
                let language = language.trim_matches(['`', '~', ' ']).to_lowercase();
                if ["yaml", "yml", "json"].contains(&&*language) {
                    fences.push(opened..start + line.len());
                    length += start - opened;
                }
                open = None;
            }
            _ => {}
        }
        start += line.len();
    }
    if (length as f64) < FENCED_SHARE * (text.len() - body) as f64 {
        return Vec::new();
    }
    let mut lists = Vec::new();
    let mut counted = 0;
    let mut number = 1;
    for span in fences {
        number += text[counted..span.start].matches('\n').count();
        counted = span.start;
        let inner = text[span.clone()]
            .find('\n')
            .map_or(span.end, |end| span.start + end + 1);
        let end = inner
            + text[inner..span.end]
                .trim_end()
                .rfind('\n')
                .map_or(0, |end| end + 1);
        let first = text[inner..end].trim_start();
        let line = number + 1;
        let root = match first.starts_with(['[', '{']) {
            true => {
                let start = end - first.len();
                let line = line + text[inner..start].matches('\n').count();
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                list::script::parse(&text[..end], start, line)
                    .ok()
                    .map(|(root, _)| root)
            }
            false => list::yaml::parse(&text[inner..end], line).ok(),
        };
        if let Some(mut root) = root
            && list::name_fields(&mut root, false) >= MIN_FENCED
        {
            lists.push(Embedded {
                span,
                root,
                is_script: false,
            });
        }
    }
    lists
}

/// Returns whether `line` names a constant.
fn is_constant(line: &str) -> bool {
    let words = line.trim_start();
    ["export ", "const ", "let ", "var "]
        .iter()
        .any(|word| words.starts_with(word))
}

/// Returns the byte at which the list or object stands that is set behind the sign `=` at the byte `equals`; of
/// a constant, any object.
fn value(text: &str, equals: usize, is_constant: bool) -> Option<usize> {
    let behind = |at: usize| text.len() - text[at..].trim_start().len();
    let opens = |at: usize, of: &[char]| text[at..].starts_with(of);
    let first = behind(equals + 1);
    let second = match opens(first, &['{', '"', '\'', '(']) {
        true => behind(first + 1),
        false => first,
    };
    let is_list = |at: usize| opens(at, &['[']) && opens(behind(at + 1), &['{', '/']);
    if is_list(second) || second > first && opens(first, &['{']) && opens(second, &['{']) {
        Some(second)
    } else {
        Some(first).filter(|&first| is_constant && opens(first, &['{']))
    }
}

/// Returns the byte at which the tag or the line starts whose value stands behind `line`, and whether it is a tag.
fn opening(text: &str, line: Range<usize>) -> (usize, bool) {
    let mut from = line.end.saturating_sub(MAX_TAG);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tag = text[from..line.end].rfind('<').map(|at| from + at);
    let is_tag = |tag: &usize| {
        let inner = &text[tag + 1..line.end];
        let before = &text[text[..*tag].rfind('\n').map_or(0, |end| end + 1)..*tag];
        inner.starts_with(|c: char| c.is_ascii_alphabetic())
            && !inner.contains('>')
            && before.trim().is_empty()
    };
    match tag.filter(is_tag) {
        Some(tag) => (tag, true),
        None => (line.start, false),
    }
}

/// Returns the byte behind what closes a list that ends at the byte `end`: its tag, or its statement.
fn closing(text: &str, end: usize, is_tag: bool) -> usize {
    let mut to = text.len().min(end + MAX_TAG);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let rest = &text[end..to];
    let closes = match is_tag {
        // The arrow of a function ends no tag.
        true => rest
            .match_indices('>')
            .find(|(at, _)| !rest[..*at].ends_with('='))
            .map(|(at, _)| at + 1),
        false => rest.find('\n'),
    };
    let mut end = end + closes.unwrap_or(0);
    // "<Faq items={[…]}></Faq>".
    if let Some(inner) = text[end..]
        .trim_start()
        .strip_prefix("</")
        .filter(|_| is_tag)
    {
        let name = inner.len()
            - inner
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
                .len();
        if inner[name..].starts_with('>') {
            end = text.len() - inner.len() + name + 1;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_objects_are_written_out() {
        for (text, expected) in [
            (
                "# Bread\n\n<Faq items={[\n  { id: 1, title: 'What is rye?', content: \"A \\\"cereal\\\".\" },\n  {\n    id: 2, title: `Why salt?`, content: 'For taste.',\n  },\n]} />\n\nText.\n",
                "# Bread\n\n## Q: What is rye?\n\nA \"cereal\".\n\n## Q: Why salt?\n\nFor taste.\n\n\n\nText.\n",
            ),
            (
                "export const list = [\n { question: 'Rye', answer: (<p>A <b>cereal</b>.</p>) },\n { question: 'Salt', answer: <>For taste.</> },\n];\n\n## Bread\n",
                "## Q: Rye\n\nA **cereal**.\n\n## Q: Salt\n\nFor taste.\n\n\n\n## Bread\n",
            ),
            (
                "## Bread\n\n<CollapsibleGroup\n  wide\n  entries={[\n {header: 'Rye', body: 'A cereal.'},\n {header: 'Malt', body: 'Barley.'} ]}\n  open={() => 1}\n></CollapsibleGroup>\nText.\n",
                "## Bread\n\n### Q: Rye\n\nA cereal.\n\n### Q: Malt\n\nBarley.\n\n\nText.\n",
            ),
            (
                "<script setup>\nconst a = 1\nconst fragen = [\n {frage: 'Roggen', antwort: 'Korn.'},\n {frage: 'Salz', antwort: 'Wurze.'}]\n</script>\n",
                "<script setup>\nconst a = 1\n</script>\n\n## Q: Roggen\n\nKorn.\n\n## Q: Salz\n\nWurze.\n\n<script>\n\n</script>\n",
            ),
            (
                "# Bread\n\n```yaml\n- question: What is rye?\n  answer: A cereal.\n- question: Why salt?\n  answer: For taste.\n- question: What is malt?\n  answer: Barley.\n```\n",
                "# Bread\n\n## Q: What is rye?\n\nA cereal.\n\n## Q: Why salt?\n\nFor taste.\n\n## Q: What is malt?\n\nBarley.\n\n",
            ),
            (
                "# Bread\n\n```json\n{\"faq\": [{\"q\": \"Rye?\", \"a\": \"A cereal.\"}, {\"q\": \"Salt?\", \"a\": \"Taste.\"}, {\"q\": \"Malt?\", \"a\": \"Barley.\"}]}\n```\n",
                "# Bread\n\n## Q: Rye?\n\nA cereal.\n\n## Q: Salt?\n\nTaste.\n\n## Q: Malt?\n\nBarley.\n\n",
            ),
            (
                "export const bread = {\n  rye: [{q: 'What is rye?', a: 'A cereal.'}],\n  salt: [{q: 'Why salt?', a: 'For taste.'}],\n}\n",
                "## rye\n\n### Q: What is rye?\n\nA cereal.\n\n## salt\n\n### Q: Why salt?\n\nFor taste.\n\n\n",
            ),
        ] {
            let converted = in_markdown(text, 0).unwrap();
            assert_eq!(converted.text, expected, "{text}");
        }
    }

    #[test]
    fn other_objects_and_code_are_left() {
        for text in [
            "<Cards items={[{title: 'Rye', text: 'A cereal.'}, {title: 'Salt', text: 'For taste.'}]} />\n",
            "```js\nconst faq = [{q: 'What?', a: 'That.'}, {q: 'Why?', a: 'So.'}]\n```\n",
            "Text that is longer than the example below it, by far, and says what that is for.\n\n```yaml\n- q: A\n  a: b\n- q: C\n  a: d\n- q: E\n  a: f\n```\n",
            "```yaml\n",
            "```json\n[{\n```\n",
            "```yaml\n```",
            "x = [1](y) = [{",
            "<Faq items={faqs} /> a={[{",
            "={[{a:<".repeat(10_000).as_str(),
            "={[{'".repeat(10_000).as_str(),
        ] {
            assert!(in_markdown(text, 0).is_none(), "{text}");
        }
    }
}
