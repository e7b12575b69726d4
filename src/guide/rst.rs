//! reStructuredText -> Markdown, line by line.
//!
//! Only the structure of blocks is read: sections, lists, definitions, code, tables, and what
//! directives say. Whatever is not understood is text.

use std::ops::Range;

use super::converted::{Converted, Inline, Line, Lines, Lists, between};

/// Directives of which nothing is read.
const UNSEEN: &[&str] = &[
    "autoclass",
    "autofunction",
    "automodule",
    "bibliography",
    "contents",
    "csv-filter",
    "currentmodule",
    "default-role",
    "figure",
    "graphviz",
    "highlight",
    "image",
    "include",
    "index",
    "literalinclude",
    "meta",
    "raw",
    "role",
    "sectnum",
    "tabularcolumns",
    "tags",
    "target-notes",
    "title",
    "toctree",
    "youtube",
];

/// Directives that hold code.
const CODE: &[&str] = &[
    "code",
    "code-block",
    "code-cell",
    "doctest",
    "ipython",
    "math",
    "parsed-literal",
    "productionlist",
    "prompt",
    "sourcecode",
    "testcode",
    "testoutput",
];

/// Reads reStructuredText from the byte `body` on.
pub(super) fn convert(text: &str, body: usize) -> Converted {
    let mut reader = Reader {
        lines: Lines::new(text, body),
        styles: Vec::new(),
        lists: Lists::default(),
        body_end: usize::MAX,
        attached: 0..0,
        attached_indent: 0,
        out: Converted::default(),
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at += reader.read(at).max(1);
    }
    reader.out
}

/// The most columns of a table that is drawn by its borders.
const MAX_COLUMNS: usize = 50;

struct Reader<'t> {
    lines: Lines<'t>,
    /// The marks of section titles, outermost first, and whether they stand above the title, too.
    styles: Vec<(u8, bool)>,
    lists: Lists,
    /// The line behind the body of the last definition.
    body_end: usize,
    /// The lines right below the last item that belong to it, and how far they are indented then.
    attached: Range<usize>,
    attached_indent: usize,
    out: Converted,
}

impl<'t> Reader<'t> {
    /// Reads what starts on the line `at`; returns how many lines it has.
    fn read(&mut self, at: usize) -> usize {
        let line = self.lines.get(at);
        if line.written.is_empty() {
            self.out.blank();
            return 1;
        }
        if let Some(length) = self.title(at) {
            return length;
        }
        if is_mark_line(line.written, 4) && self.lines.get(at + 1).is_blank() {
            return 1;
        }
        if line.written == ".." || line.written.starts_with(".. ") {
            return self.explicit(at);
        }
        if let Some(length) = self.table(at) {
            return length;
        }
        let indent = self.lists.leave(line.indent);
        if line.written.starts_with(">>> ") {
            let code = self.lines.range(at..self.lines.len());
            let length = code.take_while(|line| !line.is_blank()).count();
            self.code(at..at + length, line.indent, "python", line.number);
            return length;
        }
        if line.written.starts_with("__ ") {
            return 1;
        }
        if let Some((name, value)) = field(line.written) {
            self.out.line(
                indent,
                &format!("**{}:** {}", inline(name), inline(value)),
                line.number,
            );
            return 1;
        }
        if let Some(block) = line.written.strip_prefix("| ") {
            self.out.line(indent, &inline(block), line.number);
            return 1;
        }
        self.text(at, indent)
    }

    /// Reads a section's title with the marks below it, and above it if there are some.
    fn title(&mut self, at: usize) -> Option<usize> {
        let line = self.lines.get(at);
        if line.indent > 0 && !is_mark_line(line.written, 3) {
            return None;
        }
        let has_over = is_mark_line(line.written, 3) && !self.lines.get(at + 1).is_blank();
        let title = self.lines.get(at + usize::from(has_over));
        let under = self.lines.get(at + 1 + usize::from(has_over));
        let width = title.written.chars().count();
        let is_under = is_mark_line(under.written, 3.min(width.max(2)))
            && (under.indent == 0 || has_over)
            // A shorter line below a paragraph is a rule or a list, not a title.
            && under.written.len() + 3 >= width.min(20);
        let is_title = is_under
            && !title.written.is_empty()
            && (!has_over || line.written.as_bytes()[0] == under.written.as_bytes()[0])
            && !is_mark_line(title.written, 3)
            && !title.written.starts_with(".. ");
        if !is_title {
            return None;
        }
        let style = (under.written.as_bytes()[0], has_over);
        let level = self.styles.iter().position(|known| *known == style);
        let level = level.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let (title, number) = (inline(title.written), title.number);
        self.lists.clear();
        self.out.heading(level + 1, &title, number);
        Some(2 + usize::from(has_over))
    }

    /// Reads what starts with two dots: a directive, a target, a footnote or a comment.
    fn explicit(&mut self, at: usize) -> usize {
        let line = self.lines.get(at);
        let length = 1 + self.lines.indented(at + 1, line.indent).len();
        let rest = line.written[2..].trim_start();
        if let Some((label, text)) = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "))
        {
            let indent = self.lists.leave(line.indent);
            self.out
                .line(indent, &inline(&format!("[{label}] {text}")), line.number);
            return 1;
        }
        let Some((name, argument)) = rest.split_once("::").filter(|(name, _)| is_name(name)) else {
            // A target or a comment.
            return length;
        };
        let name = name.rsplit(':').next().unwrap_or_default().to_lowercase();
        let argument = argument.trim();
        if UNSEEN.contains(&name.as_str()) {
            return length;
        }
        let indent = self.lists.leave(line.indent);
        // Options stand at the start of the body.
        let inside = self.lines.range(at + 1..at + length);
        let mut options = inside
            .take_while(|line| field(line.written).is_some())
            .count();
        let has_text_at_once = options == 0 && length > 1 && !self.lines.get(at + 1).is_blank();
        options += 1;
        let body = at + options..at + length;
        if CODE.contains(&name.as_str()) {
            let language = if name == "math" { "" } else { argument };
            self.code(body, line.indent + 1, language, line.number);
            return length;
        }
        let table = match name.as_str() {
            "list-table" => Some(self.list_table(body.clone())),
            "csv-table" => Some(self.csv_table(body.clone())),
            _ => None,
        };
        if let Some(rows) = table {
            for (place, (number, cells)) in rows.iter().enumerate() {
                self.out.row(cells, place == 0, *number);
            }
            self.out.blank();
            return length;
        }
        let title = match name.as_str() {
            "rubric" | "dropdown" | "topic" | "sidebar" | "admonition" | "details" | "collapse"
            | "tab-item" | "card" | "grid-item-card" => {
                Some(format!("**{}**", inline(argument))).filter(|_| !argument.is_empty())
            }
            "note" | "tip" | "hint" | "warning" | "important" | "caution" | "danger" | "error"
            | "attention" | "seealso" => {
                let mut name = name.clone();
                name[..1].make_ascii_uppercase();
                Some(
                    format!("**{name}:** {}", inline(argument))
                        .trim_end()
                        .to_owned(),
                )
            }
            _ => Some(inline(argument)).filter(|_| !argument.is_empty()),
        };
        if let Some(title) = title {
            self.out.blank();
            self.out.line(indent, &title, line.number);
            if !has_text_at_once {
                self.out.blank();
            }
        }
        self.lines.dedent(body, line.indent);
        options
    }

    fn code(&mut self, body: Range<usize>, least: usize, language: &str, number: usize) {
        let column = self.lines.column(body.clone()).unwrap_or(least);
        let lines = self.lines.range(body).skip_while(|line| line.is_blank());
        let code = lines.map(|line| (line.number, line.after_column(column)));
        if code.clone().next().is_some() {
            self.out.code(self.lists.indent(), language, code, number);
        }
    }

    /// Reads a table that is drawn by its borders.
    fn table(&mut self, at: usize) -> Option<usize> {
        let Line {
            written: first,
            number,
            ..
        } = self.lines.get(at);
        let is_grid = first.starts_with("+-") && first.ends_with("-+");
        let is_border = |line: &str| {
            line.contains(' ') && line.bytes().all(|b| matches!(b, b'=' | b' ')) && line.len() > 4
        };
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        let mut is_new = true;
        let mut add = |number: usize, cells: Vec<&str>, goes_on: bool| match rows.last_mut() {
            Some((_, last)) if goes_on => {
                for (cell, more) in last.iter_mut().zip(cells) {
                    cell.push(' ');
                    cell.push_str(more.trim());
                }
            }
            _ => rows.push((
                number,
                cells.iter().map(|cell| cell.trim().to_owned()).collect(),
            )),
        };
        let mut length = 1;
        if is_grid {
            for line in self.lines.range(at + 1..self.lines.len()) {
                let inner = line
                    .written
                    .strip_prefix('|')
                    .and_then(|line| line.strip_suffix('|'));
                match inner {
                    Some(inner) => add(line.number, inner.split('|').collect(), !is_new),
                    None if line.written.starts_with('+') => {}
                    None => break,
                }
                is_new = inner.is_none();
                length += 1;
            }
        } else if is_border(first) {
            let starts = |(at, _): &(usize, char)| *at == 0 || first.as_bytes()[at - 1] == b' ';
            let columns = first
                .char_indices()
                .filter(|(_, c)| *c == '=')
                .filter(starts);
            let columns: Vec<usize> = columns.map(|(at, _)| at).take(MAX_COLUMNS).collect();
            let mut borders = 1;
            for line in self.lines.range(at + 1..self.lines.len()) {
                length += 1;
                if is_border(line.written) {
                    borders += 1;
                    if borders == 3 || self.lines.get(at + length).is_blank() {
                        break;
                    }
                    continue;
                }
                let row = line.after_column(self.lines.get(at).indent);
                let cells = columns.iter().enumerate().map(|(place, start)| {
                    let end = columns.get(place + 1).copied().unwrap_or(row.len());
                    char_slice(row, *start, end)
                });
                let cells: Vec<&str> = cells.collect();
                if !line.written.is_empty() {
                    let goes_on = cells[0].trim().is_empty();
                    add(line.number, cells, goes_on);
                }
            }
            if borders < 2 {
                return None;
            }
        } else {
            return None;
        }
        self.lists.clear();
        for (place, (line, cells)) in rows.iter().enumerate() {
            let cells: Vec<String> = cells.iter().map(|cell| inline(cell)).collect();
            self.out.row(
                &cells,
                place == 0,
                if place == 0 { number.max(*line) } else { *line },
            );
        }
        self.out.blank();
        Some(length)
    }

    /// Reads a table that is written as a list of lists.
    fn list_table(&self, body: Range<usize>) -> Vec<(usize, Vec<String>)> {
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        for line in self.lines.range(body) {
            let (starts_row, inner) = match line.written.strip_prefix("* ") {
                Some(inner) => (true, inner.trim_start()),
                None => (false, line.written),
            };
            if starts_row {
                rows.push((line.number, Vec::new()));
            }
            let Some((_, cells)) = rows.last_mut() else {
                continue;
            };
            match (inner.strip_prefix('-'), cells.last_mut()) {
                (Some(cell), _) => cells.push(inline(cell.trim())),
                (None, Some(cell)) => {
                    cell.push(' ');
                    cell.push_str(&inline(inner));
                }
                (None, None) => cells.push(inline(inner)),
            }
        }
        rows
    }

    fn csv_table(&self, body: Range<usize>) -> Vec<(usize, Vec<String>)> {
        let lines = self.lines.range(body).filter(|line| !line.is_blank());
        let cells = |line: &str| -> Vec<String> {
            let cells = line.split(',');
            cells
                .map(|cell| inline(cell.trim().trim_matches('"')))
                .collect()
        };
        lines
            .map(|line| (line.number, cells(line.written)))
            .collect()
    }

    /// Reads a line of text: of a paragraph, an item, or the term of a definition.
    fn text(&mut self, at: usize, indent: usize) -> usize {
        let line = self.lines.get(at);
        // Behind the body of a definition there may be another.
        let is_first = at == 0 || at == self.body_end || self.lines.get(at - 1).is_blank();
        let (marker, words) = marker(line.written);
        let marker = marker.map(|marker| match marker {
            "#." => format!("{}.", self.lists.next_number()),
            marker => marker.to_owned(),
        });
        let mut column = line.indent;
        let mut indent = indent;
        if let Some(marker) = &marker {
            column += line.written.len() - words.len();
            indent = self.lists.item(marker, column);
        }
        let prefix = marker.map_or_else(String::new, |marker| format!("{marker} "));
        let next = self.lines.get(at + 1);
        let is_deeper = !next.is_blank() && next.indent > column;
        if let Some(text) = words.strip_suffix("::") {
            let body = self.lines.indented(at + 1, line.indent);
            if !text.is_empty() || !prefix.is_empty() {
                let text = if text.is_empty() {
                    String::new()
                } else {
                    format!("{text}:")
                };
                self.out
                    .line(indent, &format!("{prefix}{}", inline(&text)), line.number);
            }
            let length = 1 + body.len();
            self.code(body, column + 1, "", line.number);
            return length;
        }
        let is_term = is_deeper && is_first && !words.ends_with([':', '.', ',']);
        if is_term && prefix.is_empty() {
            let term = inline(words.split(" : ").next().unwrap_or(words));
            self.out.line(
                indent,
                &format!("**{}**", term.replace("**", "")),
                line.number,
            );
            self.out.blank();
            let body = self.lines.indented(at + 1, line.indent);
            self.body_end = body.end;
            self.lines.dedent(body, line.indent);
            return 1;
        }
        if prefix.is_empty() && self.attached.contains(&at) {
            indent = self.attached_indent;
        }
        self.out
            .line(indent, &format!("{prefix}{}", inline(words)), line.number);
        // What stands right below an item is a paragraph of it, though it is not indented.
        let is_attached = |next: &Line<'_>| {
            !next.is_blank() && next.indent < column && self::marker(next.written).0.is_none()
        };
        if !prefix.is_empty() && is_attached(&next) {
            let below = self.lines.range(at + 1..self.lines.len());
            self.attached = at + 1..at + 1 + below.take_while(is_attached).count();
            self.attached_indent = self.lists.indent();
            self.out.blank();
        }
        1
    }
}

/// Returns the marker of an item, and the words behind it.
fn marker(line: &str) -> (Option<&str>, &str) {
    if let Some(rest) = line.strip_prefix("#. ") {
        return (Some("#."), rest.trim_start());
    }
    match crate::text::markup::list_marker(line) {
        Some((marker, start)) => (Some(marker), &line[start..]),
        None => (None, line),
    }
}

/// Returns the characters of `row` from one column to another.
fn char_slice(row: &str, start: usize, end: usize) -> &str {
    let byte = |column: usize| {
        row.char_indices()
            .nth(column)
            .map_or(row.len(), |(at, _)| at)
    };
    &row[byte(start)..byte(end.max(start))]
}

/// Returns whether a line repeats one mark, at least `least` times.
fn is_mark_line(line: &str, least: usize) -> bool {
    let first = line.bytes().next();
    line.len() >= least
        && first.is_some_and(|first| first.is_ascii_punctuation() && first != b'|')
        && line.bytes().all(|b| Some(b) == first)
}

/// Returns the name and the value of a field, as in `:name: value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_field = !name.is_empty()
        && !name.starts_with(' ')
        && !value.starts_with('`')
        && (value.is_empty() || value.starts_with(' '));
    is_field.then_some((name, value.trim()))
}

/// Returns whether `name` is that of a directive.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "-_:+.".contains(c))
}

/// Returns a line of text in Markdown.
fn inline(text: &str) -> String {
    Inline::line(text, |c, _| matches!(c, '`' | '*' | ':' | '\\'), marked)
}

/// Adds the markup that `rest` starts with, behind the text that stands before it; returns its length.
fn marked(out: &mut Inline, rest: &str, before: char, plain: &str) -> Option<usize> {
    if let Some(escaped) = rest.strip_prefix('\\') {
        out.text(plain);
        let next = escaped.chars().next().filter(|next| !next.is_whitespace());
        out.text(next.map_or("", |next| &escaped[..next.len_utf8()]));
        return Some(1 + escaped.chars().next().map_or(0, char::len_utf8));
    }
    if let Some((code, length)) = between(rest, "``", before) {
        out.text(plain);
        out.code(code);
        return Some(length);
    }
    for mark in ["**", "*"] {
        if let Some((inner, length)) = between(rest, mark, before) {
            out.text(plain);
            out.marked(mark, inner);
            return Some(length);
        }
    }
    // A role stands before or behind what it is of.
    let role = rest.strip_prefix(':').and_then(|rest| {
        let end = rest
            .find(":`")
            .filter(|end| *end < 40 && is_name(&rest[..*end]))?;
        Some(&rest[..end])
    });
    let skipped = role.map_or(0, |role| role.len() + 2);
    let (inner, length) = between(
        &rest[skipped..],
        "`",
        if role.is_some() { ' ' } else { before },
    )?;
    out.text(plain);
    let length = skipped + length;
    let after = &rest[length..];
    let underscores = after.len() - after.trim_start_matches('_').len();
    let is_link = (1..=2).contains(&underscores);
    let (label, target) = match inner
        .strip_suffix('>')
        .and_then(|inner| inner.rsplit_once('<'))
    {
        Some((label, target)) if is_link || role.is_some() => (label.trim_end(), target),
        _ => (inner, ""),
    };
    match role {
        None if is_link => out.link(label, target),
        Some("ref" | "doc" | "term" | "abbr" | "numref" | "title") => out.text(label),
        _ => out.code(label),
    }
    Some(length + if is_link { underscores } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(text: &str) -> String {
        convert(text, 0).text
    }

    #[test]
    fn structure_becomes_markdown() {
        for (rst, expected) in [
            (
                "Maps\n====\n\nAb\n--\n\nB\n--\ntext\n",
                "# Maps\n\n## Ab\n\n## B\n\ntext\n",
            ),
            ("====\nMaps\n====\n\nKeys\n====\n", "# Maps\n\n## Keys\n\n"),
            (
                "- One\n\n  more\n- Two\nbelow\n",
                "- One\n\n  more\n- Two\n\n  below\n",
            ),
            ("#. One\n#. Two\n", "1. One\n2. Two\n"),
            (
                "What is it?\n    A thing.\n",
                "**What is it?**\n\nA thing.\n",
            ),
            (
                "Code::\n\n    a\n      b\n\nend\n",
                "Code:\n\n```\na\n  b\n```\n\nend\n",
            ),
            (
                ".. code-block:: rust\n   :linenos:\n\n   let a;\n",
                "\n```rust\nlet a;\n```\n\n".trim_start(),
            ),
            (
                ".. note:: Take care.\n   And more.\n",
                "**Note:** Take care.\nAnd more.\n",
            ),
            (".. dropdown:: Why?\n\n   So.\n", "**Why?**\n\nSo.\n"),
            (
                ".. _label:\n.. a comment\n   of two lines\n\ntext\n",
                "text\n",
            ),
            (
                "+---+---+\n| Q | A |\n+===+===+\n| a | b |\n|   | c |\n+---+---+\n",
                "| Q | A |\n| --- | --- |\n| a | b c |\n\n",
            ),
            (
                "==  ==\nQ   A\n==  ==\na   b\n==  ==\n",
                "| Q | A |\n| --- | --- |\n| a | b |\n\n",
            ),
        ] {
            assert_eq!(markdown(rst), expected, "{rst}");
        }
    }

    #[test]
    fn inline_markup_becomes_markdown() {
        for (rst, expected) in [
            ("``a`` and *b* **c**", "`a` and *b* **c**"),
            ("see :ref:`maps <m>` and :func:`len`", "see maps and `len`"),
            (
                "`text <https://a.example/>`_ and `more`_",
                "text (<https://a.example/>) and more",
            ),
            ("<b> 2*3*4 a\\ b", "\\<b> 2\\*3\\*4 ab"),
            ("*open and ``open", "\\*open and \\`\\`open"),
        ] {
            assert_eq!(inline(rst), expected, "{rst}");
        }
    }
}
