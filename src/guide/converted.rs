//! A guide of another format as Markdown, with the line of the file that each line was read from.
//!
//! A reader of a format takes the file as [`Lines`], and writes a [`Converted`] line by line. Indents make
//! lists as in Markdown; [`Lists`] keeps them. Text goes through [`Inline`], which escapes it, so that
//! nothing in it becomes markup.

use std::{collections::HashMap, ops::Range};

use super::{
    Block, BlockKind, FrontMatter, Guide, Warning, gathered_from, html, lower_long_headings,
    markdown,
};
use crate::{Place, text::markup::fence_mark};

/// The most white space before a line, in bytes: lists nest without end by mistake.
const MAX_INDENT: usize = 24;

/// The longest text in which the end of inline markup is looked for, in bytes.
const MAX_INLINE: usize = 500;

/// A text in Markdown that was made of a file.
#[derive(Debug, Default)]
pub(super) struct Converted {
    /// The Markdown; its lines end with `\n`.
    pub(super) text: String,
    /// The 1-based line of the file for each line of the text.
    lines: Vec<u32>,
    /// The lines of the text, from 0, whose headings are questions because the format says so.
    questions: Vec<u32>,
    /// The bytes of the text from which on it stands in another place of the file.
    places: Vec<(usize, Place)>,
    /// The parts that could not be read, by line of the file.
    pub(super) warnings: Vec<(Option<usize>, String)>,
}

impl Converted {
    /// Adds a line of Markdown, indented by `indent`, that was read from `line` of the file.
    pub(super) fn line(&mut self, indent: usize, markdown: &str, line: usize) {
        let indent = indent.min(MAX_INDENT);
        for part in markdown.split('\n') {
            self.text.extend(std::iter::repeat_n(' ', indent));
            self.text.push_str(part);
            self.end_line(line);
        }
    }

    /// Adds a blank line, unless there is one.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            let line = self.lines.last().map_or(1, |line| *line as usize);
            self.end_line(line);
        }
    }

    /// Says where in the file what follows stands.
    pub(super) fn place(&mut self, place: Place) {
        self.blank();
        self.places.push((self.text.len(), place));
    }

    fn end_line(&mut self, line: usize) {
        self.text.push('\n');
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// Adds a heading with a title in Markdown.
    pub(super) fn heading(&mut self, level: usize, title: &str, line: usize) {
        self.blank();
        let title = without_addresses(title);
        let title: Vec<&str> = title.split_whitespace().collect();
        let marks = "#".repeat(level.clamp(1, 6));
        self.line(0, &format!("{marks} {}", title.join(" ")), line);
        self.blank();
    }

    /// Adds a heading that is a question, because the format says so.
    pub(super) fn question(&mut self, level: usize, title: &str, line: usize) {
        self.blank();
        self.questions
            .push(u32::try_from(self.lines.len()).unwrap_or(u32::MAX));
        self.heading(level, title, line);
    }

    /// Adds a block of code: its lines, and the number of the first.
    pub(super) fn code<'t>(
        &mut self,
        indent: usize,
        language: &str,
        code: impl Iterator<Item = (usize, &'t str)> + Clone,
        line: usize,
    ) {
        let ticks = |line: &str| line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let longest = code.clone().map(|(_, line)| ticks(line)).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        let is_word = |c: char| c.is_alphanumeric() || "+#-_.".contains(c);
        let language = language.trim();
        let language = if language.chars().all(is_word) {
            language
        } else {
            ""
        };
        self.blank();
        self.line(indent, &format!("{fence}{language}"), line);
        let mut last = line;
        for (line, code) in code {
            self.line(indent, code, line);
            last = line;
        }
        self.line(indent, &fence, last);
        self.blank();
    }

    /// Adds a row of a table, whose cells are in Markdown; the first one is its head.
    pub(super) fn row(&mut self, cells: &[String], is_head: bool, line: usize) {
        if is_head {
            self.blank();
        }
        let mut row = String::from("|");
        for cell in cells {
            let words: Vec<&str> = cell.split_whitespace().collect();
            row.push(' ');
            row.push_str(&words.join(" ").replace('|', "\\|"));
            row.push_str(" |");
        }
        self.line(0, &row, line);
        if is_head {
            let delimiters = format!("|{}", " --- |".repeat(cells.len()));
            self.line(0, &delimiters, line);
        }
    }

    /// Returns the guide known as `path`; `warning` is about its front matter.
    pub(super) fn into_guide(
        self,
        path: &str,
        front_matter: FrontMatter,
        warning: Option<(usize, String)>,
    ) -> Guide {
        let (mut blocks, gathered) = self.blocks();
        lower_long_headings(&mut blocks);
        let lines = warning.into_iter().chain(gathered.map(gathered_from));
        let warnings = lines.map(|(line, what)| (Some(line), what));
        let warnings = warnings.chain(self.warnings);
        Guide {
            path: path.to_owned(),
            front_matter,
            text: self.text,
            blocks,
            places: self.places,
            warnings: warnings
                .map(|(line, what)| Warning::new(path, line, what))
                .collect(),
            ..Guide::default()
        }
    }

    /// Returns the blocks of the text, each with its line in the file.
    fn blocks(&self) -> (Vec<Block>, Option<usize>) {
        let (mut blocks, gathered) = markdown::blocks(&self.text, 0);
        let mut questions = self.questions.iter().peekable();
        for block in &mut blocks {
            let at = (block.line - 1) as u32;
            while questions.next_if(|question| **question < at).is_some() {}
            let is_heading = matches!(block.kind, BlockKind::Heading(_));
            block.is_question = is_heading && questions.next_if(|line| **line == at).is_some();
            block.line = self.line_of(block.line);
        }
        (blocks, gathered.map(|line| self.line_of(line)))
    }

    /// Returns the line of the file that a line of the text was read from.
    fn line_of(&self, line: usize) -> usize {
        self.lines
            .get(line - 1)
            .or(self.lines.last())
            .map_or(1, |line| *line as usize)
    }
}

/// The fence of the code that is open in Markdown of others.
#[derive(Debug, Default)]
pub(super) struct Fence {
    mark: String,
}

impl Fence {
    /// Passes over a line; returns whether it is code, or opens or closes it.
    pub(super) fn passes(&mut self, line: &str) -> bool {
        let mark = fence_mark(line);
        if self.mark.is_empty() {
            self.mark = mark.unwrap_or_default().to_owned();
            return mark.is_some();
        }
        if mark.is_some_and(|mark| mark == line.trim() && mark.starts_with(&self.mark)) {
            self.mark.clear();
        }
        true
    }

    /// Returns the line that closes the code that is still open.
    pub(super) fn close(self) -> Option<String> {
        Some(self.mark).filter(|mark| !mark.is_empty())
    }
}

/// A line of a file: how far it is indented, what is written on it, and its number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line<'t> {
    pub(super) indent: usize,
    pub(super) written: &'t str,
    pub(super) number: usize,
    /// The line without its end.
    whole: &'t str,
}

impl<'t> Line<'t> {
    /// Returns the line from the byte `column` on, or from its first word if that stands left of it.
    pub(super) fn after_column(&self, column: usize) -> &'t str {
        let blank = self.whole.len() - self.whole.trim_start().len();
        self.whole.get(column.min(blank)..).unwrap_or_default()
    }

    /// Returns whether nothing is written on it.
    pub(super) fn is_blank(&self) -> bool {
        self.written.is_empty()
    }
}

/// The lines of a file.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The bytes at which they start, and how far each was moved to the left.
    starts: Vec<(u32, u32)>,
    /// The number of the first.
    first: usize,
}

impl<'t> Lines<'t> {
    /// Returns the lines of `text` from the byte `body` on.
    pub(super) fn new(text: &'t str, body: usize) -> Lines<'t> {
        let inner = &text[body..];
        let mut starts = Vec::with_capacity(inner.matches('\n').count() + 1);
        let ends = inner.match_indices('\n').map(|(at, _)| body + at + 1);
        for start in std::iter::once(body).chain(ends) {
            let start = u32::try_from(start)
                .ok()
                .filter(|start| (*start as usize) < text.len());
            starts.extend(start.map(|start| (start, 0)));
        }
        Lines {
            text,
            starts,
            first: 1 + text[..body].matches('\n').count(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line `at`; behind the last a blank one.
    pub(super) fn get(&self, at: usize) -> Line<'t> {
        let Some((start, moved)) = self.starts.get(at).copied() else {
            return Line {
                number: self.first + self.len().saturating_sub(1),
                ..Line::default()
            };
        };
        let end = self
            .starts
            .get(at + 1)
            .map_or(self.text.len(), |next| next.0 as usize);
        let whole = self.text[start as usize..end].trim_end();
        let written = whole.trim_start();
        let blank = &whole[..whole.len() - written.len()];
        let width = blank.len() + blank.matches('\t').count() * 7;
        Line {
            indent: width.saturating_sub(moved as usize),
            written,
            number: self.first + at,
            whole,
        }
    }

    /// Returns the lines of a range.
    pub(super) fn range(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = Line<'t>> + Clone {
        (range.start..range.end.min(self.len())).map(|at| self.get(at))
    }

    /// Returns the range of the lines from `start` on that are blank or indented by more than `indent`,
    /// without the blank ones at its end.
    pub(super) fn indented(&self, start: usize, indent: usize) -> Range<usize> {
        let mut end = start;
        for at in start..self.len() {
            let line = self.get(at);
            if !line.is_blank() && line.indent <= indent {
                break;
            }
            if !line.is_blank() {
                end = at + 1;
            }
        }
        start..end
    }

    /// Returns the column of the line of `range` that is indented least.
    pub(super) fn column(&self, range: Range<usize>) -> Option<usize> {
        let written = self.range(range).filter(|line| !line.is_blank());
        written.map(|line| line.indent).min()
    }

    /// Moves the lines of a range to the left, so that the first column of them is `column`.
    pub(super) fn dedent(&mut self, range: Range<usize>, column: usize) {
        let least = self.column(range.clone()).unwrap_or(column);
        let by = u32::try_from(least.saturating_sub(column)).unwrap_or(0);
        for (_, moved) in &mut self.starts[range] {
            *moved += by;
        }
    }
}

/// Text in Markdown while it is made of another inline markup.
#[derive(Debug, Default)]
pub(super) struct Inline {
    out: String,
}

impl Inline {
    /// Returns a line of text in Markdown. Markup may start at a character that `starts` takes, which
    /// has the one before as well. `marked` adds the markup that the rest of the line starts with,
    /// behind the plain text before it, and returns its length.
    pub(super) fn line(
        text: &str,
        starts: impl Fn(char, char) -> bool,
        marked: impl Fn(&mut Inline, &str, char, &str) -> Option<usize>,
    ) -> String {
        let mut out = Inline::default();
        let (mut at, mut plain) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let length = match starts(c, before) {
                true => marked(&mut out, &text[at..], before, &text[plain..at]),
                false => None,
            };
            match length {
                Some(length) => {
                    at += length;
                    plain = at;
                }
                None => at += c.len_utf8(),
            }
        }
        out.text(&text[plain..]);
        out.finish()
    }

    /// Adds text, in which nothing is markup.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let before = self.out.chars().next_back();
            let is_first = self.out.is_empty();
            let plain = html::plain_length(rest, before, is_first, BlockKind::Paragraph);
            if plain == 0 {
                self.out.push('\\');
            }
            let length = match plain {
                0 => rest.chars().next().map_or(0, char::len_utf8),
                plain => plain,
            };
            self.out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }

    /// Adds code.
    pub(super) fn code(&mut self, code: &str) {
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let space = if longest > 0 { " " } else { "" };
        self.out
            .push_str(&format!("{fence}{space}{code}{space}{fence}"));
    }

    /// Adds text between marks of Markdown, such as `**`.
    pub(super) fn marked(&mut self, mark: &str, text: &str) {
        self.out.push_str(mark);
        self.text(text);
        self.out.push_str(mark);
    }

    /// Adds a link by its text, with its address behind it, which is nowhere else in a terminal.
    pub(super) fn link(&mut self, text: &str, address: &str) {
        let is_web = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        let is_plain =
            !address.contains(['<', '>', '\\']) && !address.contains(char::is_whitespace);
        let label = text.trim();
        if !label.is_empty() && label != address {
            self.text(label);
            if is_web && is_plain {
                self.out.push_str(&format!(" (<{address}>)"));
            }
        } else if is_web && is_plain {
            self.out.push_str(&format!("<{address}>"));
        } else {
            self.text(address);
        }
    }

    /// Returns the Markdown.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Returns a title without the addresses behind its links, which no title of Markdown shows either.
fn without_addresses(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, behind)) = rest.split_once(" (<") {
        let Some((address, after)) = behind.split_once(">)") else {
            break;
        };
        out.push_str(before);
        // What holds a space was written so.
        if address.contains(' ') {
            out.push_str(&format!(" (<{address}>)"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Returns the start of a text, in which the end of inline markup is looked for.
pub(super) fn start_of(text: &str) -> &str {
    let end = text.len().min(MAX_INLINE);
    let end = (0..=end).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// Returns the text between two `mark`s at the start of `text`, and its whole length. The marks hug
/// the text, and no letter stands before the first one, behind `before`, or after the last.
pub(super) fn between<'t>(text: &'t str, mark: &str, before: char) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(mark)?;
    let opens = inner.starts_with(|c: char| !c.is_whitespace()) && !inner.starts_with(mark);
    if before.is_alphanumeric() || !opens {
        return None;
    }
    let window = start_of(inner);
    let closes = |(at, _): &(usize, &str)| {
        let hugs = !inner[..*at].ends_with(char::is_whitespace) && *at > 0;
        let after = inner[at + mark.len()..].chars().next();
        hugs && !after.is_some_and(char::is_alphanumeric)
    };
    let (at, _) = window.match_indices(mark).find(closes)?;
    Some((&inner[..at], at + 2 * mark.len()))
}

/// The markers of the list items around a line, and how far the text of each is indented in the file
/// and in Markdown.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Item>,
    /// The last number of the ordered list at each depth.
    numbers: HashMap<usize, usize>,
}

#[derive(Debug)]
struct Item {
    column: usize,
    indent: usize,
}

impl Lists {
    /// Leaves the items whose text starts right of `column`; returns the indent of what stands there.
    pub(super) fn leave(&mut self, column: usize) -> usize {
        while self.open.last().is_some_and(|item| item.column > column) {
            self.open.pop();
        }
        self.indent()
    }

    /// Leaves all items.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.numbers.clear();
    }

    /// Returns whether no item is open.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Returns the indent in Markdown of what the innermost item holds.
    pub(super) fn indent(&self) -> usize {
        self.open.last().map_or(0, |item| item.indent)
    }

    /// Leaves items down to `depth`, for formats that count their marks.
    pub(super) fn leave_to(&mut self, depth: usize) {
        self.open.truncate(depth);
        self.numbers.retain(|at, _| *at <= depth);
    }

    /// Opens an item with a marker of Markdown, whose text starts in `column` of the file; returns the
    /// indent of the marker.
    pub(super) fn item(&mut self, marker: &str, column: usize) -> usize {
        let indent = self.indent();
        let inner = (indent + marker.len() + 1).min(MAX_INDENT);
        self.open.push(Item {
            column,
            indent: inner,
        });
        indent
    }

    /// Returns the number of the next item of an ordered list at this depth.
    pub(super) fn next_number(&mut self) -> usize {
        let number = self.numbers.entry(self.open.len()).or_default();
        *number += 1;
        *number
    }
}
