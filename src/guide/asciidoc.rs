//! AsciiDoc -> Markdown, line by line.
//!
//! Only the structure of blocks is read: sections, lists, descriptions, code, tables and titles.
//! Attributes, macros without text and conditions are passed over.

use super::converted::{Converted, Inline, Lines, Lists, between, start_of};

/// Reads AsciiDoc from the byte `body` on.
pub(super) fn convert(text: &str, body: usize) -> Converted {
    let mut reader = Reader {
        lines: Lines::new(text, body),
        lists: Lists::default(),
        marks: Vec::new(),
        style: "",
        columns: 0,
        open: Vec::new(),
        in_header: false,
        out: Converted::default(),
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at += reader.read(at).max(1);
    }
    reader.out
}

struct Reader<'t> {
    lines: Lines<'t>,
    lists: Lists,
    /// The marks of the list items around, outermost first.
    marks: Vec<&'t str>,
    /// The attributes in brackets above a block, and the number of columns that they name.
    style: &'t str,
    columns: usize,
    /// The delimiters of blocks around that are open.
    open: Vec<&'t str>,
    /// Whether this is right below the title of the document.
    in_header: bool,
    out: Converted,
}

impl<'t> Reader<'t> {
    /// Reads what starts on the line `at`; returns how many lines it has.
    fn read(&mut self, at: usize) -> usize {
        let line = self.lines.get(at);
        let written = line.written;
        if written.is_empty() {
            self.out.blank();
            self.in_header = false;
            return 1;
        }
        if let Some(length) = self.delimited(at) {
            self.style = "";
            return length;
        }
        if is_unseen(written) || std::mem::take(&mut self.in_header) {
            self.in_header = self.in_header || written.starts_with(':');
            return 1;
        }
        if let Some((level, title)) = self.title(at) {
            self.leave();
            self.in_header = level == 1;
            self.out.heading(level, &inline(title), line.number);
            return if written.starts_with(['=', '#']) {
                1
            } else {
                2
            };
        }
        if let Some(style) = written
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            // Of several, the one that says how the block is read counts.
            if self.style.is_empty() || style.starts_with("source") {
                self.style = style;
            }
            self.columns = columns(style).unwrap_or(self.columns);
            return 1;
        }
        if written == "+" {
            self.out.blank();
            return 1;
        }
        let is_title = written.starts_with('.') && !written.starts_with("..");
        if let Some(title) = written.strip_prefix('.').filter(|_| is_title)
            && !title.starts_with(' ')
        {
            self.out.blank();
            let title = inline(title).replace("**", "");
            self.out
                .line(self.lists.indent(), &format!("**{title}**"), line.number);
            self.out.blank();
            return 1;
        }
        if self.marker(at) {
            return 1;
        }
        if let Some(length) = self.description(at) {
            return length;
        }
        self.style = "";
        let is_first = at == 0 || self.lines.get(at - 1).is_blank();
        if is_first && line.indent > 0 && self.lists.is_empty() {
            // An indented paragraph is literal.
            let literal = self.lines.range(at..self.lines.len());
            let length = literal.take_while(|line| !line.is_blank()).count();
            let code = self.lines.range(at..at + length);
            let code = code.map(|line| (line.number, line.after_column(0)));
            self.out.code(0, "", code, line.number);
            return length;
        }
        if is_first && line.indent == 0 && self.lines.get(at.saturating_sub(1)).is_blank() {
            self.leave();
        }
        let text = written.strip_suffix(" +").unwrap_or(written);
        self.out
            .line(self.lists.indent(), &inline(text), line.number);
        1
    }

    fn leave(&mut self) {
        self.lists.clear();
        self.marks.clear();
    }

    /// Returns the level and the text of a section's title.
    fn title(&self, at: usize) -> Option<(usize, &'t str)> {
        let line = self.lines.get(at).written;
        let rest = line.trim_start_matches(['=', '#']);
        let level = line.len() - rest.len();
        let marks = &line[..level];
        if (1..=6).contains(&level)
            && rest.starts_with(' ')
            && !(marks.contains('=') && marks.contains('#'))
        {
            return Some((level, rest.trim().trim_end_matches(marks).trim_end()));
        }
        // A title may be underlined, at its own width.
        let under = self.lines.get(at + 1).written;
        let mark = under.bytes().next()?;
        let level = b"=-~^+".iter().position(|known| *known == mark)?;
        let width = line.chars().count();
        let is_under =
            under.len() > 2 && !self.open.contains(&under) && under.bytes().all(|b| b == mark);
        let is_title =
            is_under && under.len().abs_diff(width) <= 2 && line.starts_with(char::is_alphanumeric);
        is_title.then_some((level + 1, line))
    }

    /// Reads a block between delimiters: code, a comment, a table. What other delimiters stand
    /// around is read as if they were not there.
    fn delimited(&mut self, at: usize) -> Option<usize> {
        let line = self.lines.get(at);
        let mark = line.written;
        if mark.starts_with("|===") || mark.starts_with(",===") {
            return Some(self.table(at));
        }
        let first = mark.chars().next()?;
        let is_fence = mark.starts_with("```");
        let is_delimiter =
            is_fence || mark == "--" || mark.len() >= 4 && mark.chars().all(|c| c == first);
        if !is_delimiter || !"-.=*_/+`".contains(first) {
            return None;
        }
        let is_verbatim = matches!(first, '-' | '.' | '/' | '+' | '`') && mark != "--";
        if !is_verbatim {
            match self.open.iter().rposition(|open| *open == mark) {
                Some(opened) => self.open.truncate(opened),
                None if self.open.len() < MAX_DEPTH => self.open.push(mark),
                None => {}
            }
            self.out.blank();
            return Some(1);
        }
        let close = if is_fence { "```" } else { mark };
        let inside = self.lines.range(at + 1..self.lines.len());
        let length = inside.take_while(|line| line.written != close).count();
        let body = at + 1..at + 1 + length;
        if first != '/' && first != '+' {
            let language = match is_fence {
                true => mark.trim_start_matches('`'),
                false => {
                    let mut parts = self.style.split(',');
                    let kind = parts.next().unwrap_or_default();
                    parts
                        .next()
                        .filter(|_| kind.starts_with("source") || kind.is_empty())
                        .unwrap_or_default()
                }
            };
            let lines = self.lines.range(body.clone());
            let code = lines.map(|line| (line.number, without_callout(line.after_column(0))));
            self.out
                .code(self.lists.indent(), language, code, line.number);
        }
        Some(length + 2)
    }

    fn table(&mut self, at: usize) -> usize {
        let first = self.lines.get(at);
        let separator = &first.written[..1];
        let inside = self.lines.range(at + 1..self.lines.len());
        let length = inside
            .take_while(|line| line.written != first.written)
            .count();
        let body = self.lines.range(at + 1..at + 1 + length);
        let mut columns = std::mem::take(&mut self.columns);
        let mut cells: Vec<(usize, String)> = Vec::new();
        for line in body {
            if line.is_blank() {
                continue;
            }
            let separator = if separator == "|" { '|' } else { ',' };
            let mut parts = line.written.split(separator);
            let before = if separator == '|' {
                parts.next().unwrap_or_default()
            } else {
                ""
            };
            let starts_row = line.written.starts_with(separator) || separator == ',';
            match cells.last_mut() {
                // Before the first bar stands the rest of a cell, or how the next one is set.
                Some((_, cell)) if before.len() > 3 || !line.written.contains(separator) => {
                    cell.push(' ');
                    cell.push_str(before);
                }
                _ => {}
            }
            let new: Vec<_> = parts
                .map(|cell| (line.number, cell.trim().to_owned()))
                .collect();
            if columns == 0 && starts_row {
                columns = new.len();
            }
            cells.extend(new);
        }
        self.leave();
        let rows = cells.chunks(columns.clamp(1, MAX_COLUMNS));
        for (place, row) in rows.enumerate() {
            let cells: Vec<String> = row.iter().map(|(_, cell)| inline(cell)).collect();
            self.out.row(&cells, place == 0, row[0].0);
        }
        self.out.blank();
        length + 2
    }

    /// Reads an item of a list; returns whether the line is one.
    fn marker(&mut self, at: usize) -> bool {
        let line = self.lines.get(at);
        let Some((mark, text)) = line.written.split_once(' ') else {
            return false;
        };
        let is_run = |c: char| mark.len() <= MAX_DEPTH && mark.chars().all(|m| m == c);
        let digits = mark.trim_end_matches('.');
        let is_number = mark.ends_with('.')
            && !digits.is_empty()
            && digits.len() <= 4
            && digits.bytes().all(|b| b.is_ascii_digit());
        let is_callout = mark.starts_with('<') && mark.ends_with('>') && mark.len() < 5;
        let text = text.trim_start();
        if text.is_empty()
            || !(is_run('*') || is_run('-') || is_run('.') || is_number || is_callout)
        {
            return false;
        }
        let kind = if is_number {
            "1."
        } else if is_callout {
            "<>"
        } else {
            mark
        };
        let depth = match self.marks.iter().position(|known| *known == kind) {
            Some(depth) => depth,
            None => {
                self.marks.push(kind);
                self.marks.len() - 1
            }
        };
        self.marks.truncate(depth + 1);
        self.lists.leave_to(depth);
        let marker = if is_run('.') || is_callout {
            format!("{}.", self.lists.next_number())
        } else if is_number {
            mark.to_owned()
        } else {
            "-".to_owned()
        };
        let indent = self.lists.item(&marker, 0);
        self.out
            .line(indent, &format!("{marker} {}", inline(text)), line.number);
        true
    }

    /// Reads the term of a description, as in `term:: text`.
    fn description(&mut self, at: usize) -> Option<usize> {
        let line = self.lines.get(at);
        let marks = [";;", "::::", ":::", "::"];
        let (term, text) = marks.iter().find_map(|mark| {
            let (term, text) = line.written.split_once(mark)?;
            let is_apart = text.is_empty() || text.starts_with(' ');
            (is_apart && !term.is_empty() && term.len() < 300).then_some((term, text.trim()))
        })?;
        self.leave();
        self.out.blank();
        let term = inline(term).replace("**", "");
        self.out.line(0, &format!("**{term}**"), line.number);
        self.out.blank();
        if !text.is_empty() {
            self.out.line(0, &inline(text), line.number);
            return Some(1);
        }
        // The text below is indented as one likes.
        let mut next = at + 1;
        while next < self.lines.len() && self.lines.get(next).is_blank() && next < at + 3 {
            next += 1;
        }
        let below = self.lines.range(next..self.lines.len());
        let length = below
            .take_while(|line| !line.is_blank() && line.indent > 0)
            .count();
        self.lines.dedent(next..next + length, 0);
        Some(next - at)
    }
}

/// The most columns of a table, and the deepest list.
const MAX_COLUMNS: usize = 50;
const MAX_DEPTH: usize = 5;

/// Returns the number of columns that the attributes of a table name.
fn columns(style: &str) -> Option<usize> {
    let list = style.split_once("cols=")?.1;
    let list = match list.strip_prefix('"') {
        Some(list) => list.split('"').next()?,
        None => list.split(',').next()?,
    };
    let count = |part: &str| {
        part.split_once('*')
            .and_then(|(count, _)| count.trim().parse().ok())
            .unwrap_or(1)
    };
    let columns: usize = list
        .split([',', ';'])
        .map(count)
        .map(|count: usize| count.min(MAX_COLUMNS))
        .sum();
    Some(columns.min(MAX_COLUMNS))
}

/// Returns whether a line is none of the text: an attribute, a comment, a macro that shows no text.
fn is_unseen(line: &str) -> bool {
    const MACROS: [&str; 10] = [
        "include::",
        "image::",
        "toc::",
        "ifdef::",
        "ifndef::",
        "ifeval::",
        "endif::",
        "video::",
        "audio::",
        "anchor:",
    ];
    let is_attribute = line.starts_with(':')
        && line[1..].split_once(':').is_some_and(|(name, value)| {
            let is_name = |c: char| c.is_alphanumeric() || "-_!".contains(c);
            !name.is_empty()
                && name.chars().all(is_name)
                && (value.is_empty() || value.starts_with(' '))
        });
    let is_comment = line.starts_with("//") && !line.starts_with("///");
    let is_anchor = line.starts_with("[[") && line.ends_with("]]");
    is_attribute
        || is_comment
        || is_anchor
        || matches!(line, "'''" | "<<<")
        || MACROS
            .iter()
            .any(|name| line.starts_with(name) && line.ends_with(']'))
}

/// Returns a line of code without the number at its end that names a remark below.
fn without_callout(line: &str) -> &str {
    let cut = line
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once(" <"));
    match cut {
        Some((code, number))
            if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            code.trim_end().trim_end_matches(['/', '#']).trim_end()
        }
        _ => line,
    }
}

/// Returns a line of text in Markdown.
fn inline(text: &str) -> String {
    let starts = |c: char, before: char| {
        matches!(c, '`' | '*' | '_' | '+' | '<' | '#')
            || !before.is_alphanumeric()
                && matches!(c, 'h' | 'l' | 'x' | 'm' | 'k' | 'b' | 'i' | 'f' | 'p' | 's')
    };
    Inline::line(text, starts, marked)
}

/// Adds the markup that `rest` starts with, behind the text that stands before it; returns its length.
fn marked(out: &mut Inline, rest: &str, before: char, plain: &str) -> Option<usize> {
    for mark in ["``", "`", "+++", "+"] {
        if let Some((code, length)) = between(rest, mark, before) {
            out.text(plain);
            // Passed through inside of code, it is still code.
            let code = code
                .strip_prefix("+")
                .and_then(|code| code.strip_suffix("+"))
                .unwrap_or(code);
            match mark.starts_with('`') {
                true => out.code(code.trim_matches('+')),
                false => out.text(code),
            }
            return Some(length);
        }
    }
    for (mark, markdown) in [
        ("**", "**"),
        ("*", "**"),
        ("__", "*"),
        ("_", "*"),
        ("##", ""),
        ("#", ""),
    ] {
        let Some((inner, length)) = between(rest, mark, before) else {
            continue;
        };
        out.text(plain);
        out.marked(markdown, inner);
        return Some(length);
    }
    if let Some((target, length)) = reference(rest) {
        out.text(plain);
        let label = target.split_once(',').map_or(target, |(_, label)| label);
        out.text(label.trim());
        return Some(length);
    }
    let window = start_of(rest);
    let end = window.find(|c: char| c.is_whitespace() || c == '[')?;
    let (target, label) = (&window[..end], window[end..].strip_prefix('['));
    let is_address = target.starts_with("http://")
        || target.starts_with("https://")
        || target.starts_with("mailto:");
    let is_macro = [
        "link:",
        "xref:",
        "kbd:",
        "btn:",
        "image:",
        "footnote:",
        "pass:",
        "stem:",
        "menu:",
    ]
    .iter()
    .any(|name| target.starts_with(name));
    let label = label.and_then(|label| label.split_once(']').map(|(label, _)| label));
    let label = label.filter(|_| is_address || is_macro)?;
    out.text(plain);
    let (kind, address) = target.split_once(':').unwrap_or_default();
    let text = label.trim_matches('"').trim_end_matches('^');
    match kind {
        "image" => {}
        "kbd" | "btn" | "stem" => out.code(text),
        "pass" => out.text(text),
        "footnote" => out.text(&format!(" ({text})")),
        "link" | "xref" | "menu" => out.link(if text.is_empty() { address } else { text }, address),
        _ => out.link(text, target),
    }
    Some(end + label.len() + 2)
}

/// Returns what a reference, as in `<<id,label>>`, names, and its length.
fn reference(rest: &str) -> Option<(&str, usize)> {
    let inner = rest.strip_prefix("<<")?;
    let end = start_of(inner).find(">>")?;
    (!inner[..end].contains('<')).then_some((&inner[..end], end + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_becomes_markdown() {
        for (adoc, expected) in [
            (
                "= Maps\nJane Doe\n:toc:\n\n== Keys\n\ntext +\nmore\n",
                "# Maps\n\n## Keys\n\ntext\nmore\n",
            ),
            (
                "Maps\n====\n\nKeys\n----\n\ntext\n",
                "# Maps\n\n## Keys\n\ntext\n",
            ),
            ("* a\n** b\n* c\n\ntext\n", "- a\n  - b\n- c\n\ntext\n"),
            (". a\n. b\n.. c\n", "1. a\n2. b\n   1. c\n"),
            ("* a\n+\n----\nb\n----\n", "- a\n\n  ```\n  b\n  ```\n\n"),
            (
                "What is it?::\n  A thing.\nAnd that?:: Another.\n",
                "**What is it?**\n\nA thing.\n\n**And that?**\n\nAnother.\n",
            ),
            (
                "[source,rust]\n----\nlet a; // <1>\n----\n<1> A name.\n",
                "```rust\nlet a;\n```\n\n1. A name.\n",
            ),
            (
                ".Why?\n[%collapsible]\n====\nSo.\n====\n",
                "**Why?**\n\nSo.\n\n",
            ),
            (
                "|===\n|Q |A\n\n|a\n|b\n|===\n",
                "| Q | A |\n| --- | --- |\n| a | b |\n\n",
            ),
            (
                "// no\ninclude::x.adoc[]\n////\nno\n////\nNOTE: yes\n",
                "NOTE: yes\n",
            ),
        ] {
            assert_eq!(convert(adoc, 0).text, expected, "{adoc}");
        }
    }

    #[test]
    fn inline_markup_becomes_markdown() {
        for (adoc, expected) in [
            ("*a* _b_ `c` a*b*c", "**a** *b* `c` a\\*b\\*c"),
            (
                "see https://a.example/x[this] or https://b.example",
                "see this (<https://a.example/x>) or https://b.example",
            ),
            ("<<maps,Maps>> and xref:a.adoc[A]", "Maps and A"),
            ("`+++x+++` and +++<b>+++", "`x` and \\<b>"),
        ] {
            assert_eq!(inline(adoc), expected, "{adoc}");
        }
    }
}
