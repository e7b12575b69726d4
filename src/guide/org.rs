//! Org -> Markdown, line by line.
//!
//! Headings, lists, tables, code and links are read; properties, dates and settings are passed over.

use super::{
    FrontMatter,
    converted::{Converted, Inline, Lines, Lists, between, start_of},
};

/// Reads Org from the byte `body` on, and what it says of itself.
pub(super) fn convert(text: &str, body: usize) -> (Converted, FrontMatter) {
    let mut reader = Reader {
        lines: Lines::new(text, body),
        lists: Lists::default(),
        front_matter: FrontMatter::default(),
        out: Converted::default(),
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at += reader.read(at).max(1);
    }
    (reader.out, reader.front_matter)
}

struct Reader<'t> {
    lines: Lines<'t>,
    lists: Lists,
    front_matter: FrontMatter,
    out: Converted,
}

/// States of a task, which a heading may start with.
const STATES: [&str; 8] = [
    "TODO",
    "DONE",
    "NEXT",
    "WAIT",
    "WAITING",
    "HOLD",
    "CANCELLED",
    "STARTED",
];

impl Reader<'_> {
    /// Reads what starts on the line `at`; returns how many lines it has.
    fn read(&mut self, at: usize) -> usize {
        let line = self.lines.get(at);
        let written = line.written;
        if written.is_empty() {
            self.out.blank();
            return 1;
        }
        if line.indent == 0
            && let Some((level, title)) = heading(written)
        {
            self.lists.clear();
            self.out.heading(level + 1, &title, line.number);
            return 1;
        }
        if let Some(name) = written.strip_prefix("#+") {
            return self.keyword(at, name);
        }
        let is_drawer = written.len() > 2
            && written.starts_with(':')
            && written.ends_with(':')
            && !written.contains(' ');
        if is_drawer && !written.eq_ignore_ascii_case(":end:") {
            let inside = self
                .lines
                .range(at + 1..self.lines.len().min(at + MAX_DRAWER));
            let end = inside
                .clone()
                .position(|line| line.written.eq_ignore_ascii_case(":end:"));
            return end.map_or(1, |end| end + 2);
        }
        let is_date = ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"]
            .iter()
            .any(|name| written.starts_with(name));
        let is_rule = written.len() >= 5 && written.bytes().all(|b| b == b'-');
        let is_comment = written == "#" || written.starts_with("# ");
        if is_date || is_rule || is_comment || is_drawer {
            return 1;
        }
        if written.starts_with('|') {
            return self.table(at);
        }
        let is_literal = |written: &str| written == ":" || written.starts_with(": ");
        if is_literal(written) {
            let lines = self.lines.range(at..self.lines.len());
            let length = lines.take_while(|line| is_literal(line.written)).count();
            let lines = self.lines.range(at..at + length);
            let code = lines.map(|line| (line.number, line.written.get(2..).unwrap_or_default()));
            self.out.code(self.lists.indent(), "", code, line.number);
            return length;
        }
        self.text(at);
        1
    }

    /// Reads a line that starts with `#+`.
    fn keyword(&mut self, at: usize, written: &str) -> usize {
        let line = self.lines.get(at);
        let (name, value) = written.split_once([':', ' ']).unwrap_or((written, ""));
        let (name, value) = (name.to_lowercase(), value.trim());
        if let Some(block) = name.strip_prefix("begin_") {
            let end = format!("#+end_{block}");
            let inside = self.lines.range(at + 1..self.lines.len());
            let length = inside
                .clone()
                .take_while(|line| !line.written.eq_ignore_ascii_case(&end))
                .count();
            let body = at + 1..at + 1 + length;
            let is_closed = body.end < self.lines.len();
            match block {
                "src" | "example" => {
                    let language = value.split_whitespace().next().filter(|_| block == "src");
                    let column = self.lines.column(body.clone()).unwrap_or(0);
                    let lines = self.lines.range(body.clone());
                    let code = lines.map(|line| {
                        let code = line.after_column(column);
                        // A star or a keyword that starts a line has a comma before it.
                        let code = code
                            .strip_prefix(',')
                            .filter(|code| code.starts_with(['*', '#', ',']))
                            .unwrap_or(code);
                        (line.number, code)
                    });
                    self.out.code(
                        self.lists.indent(),
                        language.unwrap_or_default(),
                        code,
                        line.number,
                    );
                    return body.len() + 2;
                }
                "comment" | "export" if is_closed => return body.len() + 2,
                _ => {
                    self.out.blank();
                    return 1;
                }
            }
        }
        let front_matter = &mut self.front_matter;
        let text = (!value.is_empty() && value.len() <= super::MAX_TITLE).then(|| value.to_owned());
        match name.as_str() {
            "title" => front_matter.title = front_matter.title.take().or(text),
            "author" => front_matter.author = text,
            "date" => front_matter.published = text,
            "description" => front_matter.description = text,
            "category" => front_matter.category = text,
            "filetags" | "keywords" | "tags" if front_matter.tags.is_empty() => {
                let tags = value.split([':', ',', ' ']).filter(|tag| !tag.is_empty());
                let tags = tags.filter(|tag| tag.len() <= MAX_TAG).take(MAX_TAGS);
                front_matter.tags = tags.map(str::to_owned).collect();
            }
            _ => {}
        }
        1
    }

    fn table(&mut self, at: usize) -> usize {
        let lines = self.lines.range(at..self.lines.len());
        let length = lines
            .take_while(|line| line.written.starts_with('|'))
            .count();
        self.lists.clear();
        let mut is_head = true;
        for line in self.lines.range(at..at + length) {
            if line.written.starts_with("|-") {
                continue;
            }
            let inner = line.written[1..]
                .strip_suffix('|')
                .unwrap_or(&line.written[1..]);
            let cells: Vec<String> = inner.split('|').map(|cell| inline(cell.trim())).collect();
            self.out.row(&cells, is_head, line.number);
            is_head = false;
        }
        self.out.blank();
        length
    }

    /// Reads a line of a paragraph, or an item of a list.
    fn text(&mut self, at: usize) {
        let line = self.lines.get(at);
        let item = crate::text::markup::list_marker(line.written);
        // A star at the start of a line is a heading's.
        let item = item.filter(|(marker, start)| {
            *start < line.written.len() && (*marker != "*" || line.indent > 0)
        });
        // A paragraph left of an item's text is below it only if it goes on at once.
        let is_first = at == 0 || self.lines.get(at - 1).is_blank();
        let Some((marker, start)) = item else {
            let indent = match is_first {
                true => self.lists.leave(line.indent),
                false => self.lists.indent(),
            };
            self.out.line(indent, &inline(line.written), line.number);
            return;
        };
        self.lists.leave(line.indent);
        let words = &line.written[start..];
        let boxes = ["[ ] ", "[X] ", "[x] ", "[-] "];
        let words = boxes
            .iter()
            .find_map(|mark| words.strip_prefix(mark))
            .unwrap_or(words);
        let text = match words
            .split_once(" :: ")
            .or_else(|| Some((words.strip_suffix(" ::")?, "")))
        {
            Some((term, text)) => format!(
                "**{}** {}",
                inline(term).replace("**", ""),
                inline(text.trim())
            ),
            None => inline(words),
        };
        let marker = if marker.len() == 1 { "-" } else { marker };
        let indent = self.lists.item(marker, line.indent + start);
        self.out
            .line(indent, format!("{marker} {text}").trim_end(), line.number);
    }
}

/// The most lines of a drawer, such as that of the properties, and the most tags and bytes of one.
const MAX_DRAWER: usize = 500;
const MAX_TAGS: usize = 20;
const MAX_TAG: usize = 50;

/// Returns the level and the title of a heading, with its tags as Markdown has them.
fn heading(line: &str) -> Option<(usize, String)> {
    let rest = line.trim_start_matches('*');
    let level = line.len() - rest.len();
    if level == 0 || !rest.starts_with(' ') {
        return None;
    }
    let mut title = rest.trim();
    if let Some((state, rest)) = title.split_once(' ')
        && STATES.contains(&state)
    {
        title = rest.trim_start();
    }
    if title.starts_with("[#") {
        title = title.get(4..).map_or(title, str::trim_start);
    }
    let tags = title.rsplit_once(char::is_whitespace).filter(|(_, tags)| {
        tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':') && !tags.contains("::")
    });
    let (title, tags) = tags.unwrap_or((title, ""));
    let tags = tags
        .split(':')
        .filter(|tag| !tag.is_empty() && tag.len() <= MAX_TAG);
    let tags: Vec<String> = tags.take(MAX_TAGS).map(|tag| format!(" #{tag}")).collect();
    Some((
        level,
        format!("{}{}", inline(title.trim_end()), tags.concat()),
    ))
}

/// Returns a line of text in Markdown.
fn inline(text: &str) -> String {
    let starts = |c: char, _: char| matches!(c, '=' | '~' | '*' | '/' | '+' | '_' | '[');
    Inline::line(text, starts, marked)
}

/// Adds the markup that `rest` starts with, behind the text that stands before it; returns its length.
fn marked(out: &mut Inline, rest: &str, before: char, plain: &str) -> Option<usize> {
    for mark in ["=", "~"] {
        if let Some((code, length)) = between(rest, mark, before) {
            out.text(plain);
            out.code(code);
            return Some(length);
        }
    }
    for (mark, markdown) in [("*", "**"), ("/", "*"), ("_", "*"), ("+", "~~")] {
        // A slash in a path is one, too, so that it takes a space before it.
        let is_path = mark == "/" && !(before.is_whitespace() || before == '(');
        let Some((inner, length)) = between(rest, mark, before).filter(|_| !is_path) else {
            continue;
        };
        out.text(plain);
        out.marked(markdown, inner);
        return Some(length);
    }
    let inner = rest.strip_prefix("[[")?;
    let end = start_of(inner).find("]]")?;
    let (target, label) = inner[..end].split_once("][").unwrap_or((&inner[..end], ""));
    out.text(plain);
    let target = target.strip_prefix("file:").unwrap_or(target);
    out.link(label, target);
    Some(end + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_becomes_markdown() {
        for (org, expected) in [
            (
                "* Maps\n** TODO [#A] What is it? :easy:data:\nA /table/.\n",
                "## Maps\n\n### What is it? #easy #data\n\nA *table*.\n",
            ),
            (
                ":PROPERTIES:\n:ID: 1\n:END:\nSCHEDULED: <2020>\n# no\ntext\n",
                "text\n",
            ),
            (
                "#+BEGIN_SRC rust :x\n  let a;\n  ,* b\n#+END_SRC\n",
                "```rust\nlet a;\n* b\n```\n\n",
            ),
            ("#+begin_quote\na\n#+end_quote\n", "a\n"),
            (": a\n:  b\nc\n", "```\na\n b\n```\n\nc\n"),
            (
                "- a\n  - [ ] b\n- What? :: That.\n\ntext\n",
                "- a\n  - b\n- **What?** That.\n\ntext\n",
            ),
            (
                "| Q | A |\n|---+---|\n| a | =b= |\n",
                "| Q | A |\n| --- | --- |\n| a | `b` |\n\n",
            ),
            (
                "see [[https://a.example][A]], [[#x][B]] and a/b/c",
                "see A (<https://a.example>), B and a/b/c\n",
            ),
        ] {
            assert_eq!(convert(org, 0).0.text, expected, "{org}");
        }
    }

    #[test]
    fn settings_are_front_matter() {
        let (_, front_matter) = convert("#+TITLE: Maps\n#+FILETAGS: :a:b:\n", 0);
        assert_eq!(front_matter.title.as_deref(), Some("Maps"));
        assert_eq!(front_matter.tags, ["a", "b"]);
    }
}
