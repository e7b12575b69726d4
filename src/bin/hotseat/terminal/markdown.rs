//! Answers, in Markdown, as a terminal shows them.
//!
//! Headings, emphasis, lists, quotes, tables and code are drawn to the terminal's width. Where
//! there is no color, the marks that tell them apart stay. What is no terminal gets the answer as
//! it was written, which is what other programs read.

use std::{
    io::{self, Write},
    mem,
};

use anstyle::{AnsiColor, Style};
use hotseat::TextFormat;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use textwrap::core::display_width;

use super::{FAINT, PLAIN, TITLE, Terminal, highlight::Highlighter, wrap};

const CODE: Style = AnsiColor::Cyan.on_default();

/// Writes the answer `text` of a document, which is in `format`, below `indent`.
pub(crate) fn answer(
    format: TextFormat,
    text: &str,
    indent: &str,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    if !terminal.interactive || format == TextFormat::Plain {
        return as_written(text, indent, terminal, out);
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut renderer = Renderer {
        terminal,
        out,
        margin: Margin::new(indent),
        text: String::new(),
        styles: Vec::new(),
        html_styles: Vec::new(),
        in_comment: false,
        in_pre: false,
        lists: Vec::new(),
        link: None,
        in_image: false,
        code: None,
        table: None,
        has_lines: false,
        gap: false,
    };
    for event in Parser::new_ext(text, options) {
        renderer.event(event)?;
    }
    renderer.flush()
}

/// Writes each line as it is; on a terminal wrapped, unless it is code by its indentation.
fn as_written(
    text: &str,
    indent: &str,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    for line in text.lines() {
        let painted = terminal.paint(PLAIN, line);
        if line.trim().is_empty() {
            writeln!(out)?;
        } else if terminal.interactive && !line.starts_with("    ") && !line.starts_with('\t') {
            terminal.prose(out, indent, &painted)?;
        } else {
            writeln!(out, "{indent}{painted}")?;
        }
    }
    Ok(())
}

/// Draws Markdown, event by event. It never recurs, since events nest as deep as the text does.
struct Renderer<'w, W> {
    terminal: Terminal,
    out: &'w mut W,
    margin: Margin,
    /// The painted text of the open paragraph, heading or cell.
    text: String,
    /// The styles of the spans that are open, and those that HTML opened.
    styles: Vec<Style>,
    html_styles: Vec<(String, Style)>,
    in_comment: bool,
    in_pre: bool,
    lists: Vec<List>,
    link: Option<Link>,
    /// Whether that is an image.
    in_image: bool,
    code: Option<Code>,
    table: Option<Table>,
    /// Whether anything was written, and whether a blank line is due before what comes next.
    has_lines: bool,
    gap: bool,
}

/// A list that is open.
struct List {
    /// The number of its next item, if it has numbers.
    number: Option<u64>,
    /// Whether blank lines are between its items.
    is_loose: bool,
}

struct Link {
    url: String,
    /// Where its text starts in the painted text, and the text itself.
    start: usize,
    text: String,
}

#[derive(Default)]
struct Code {
    language: String,
    text: String,
}

impl<W: Write> Renderer<'_, W> {
    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => match &mut self.code {
                Some(code) => code.text.push_str(&text),
                None => self.push(&text, self.style()),
            },
            Event::Code(code) if self.terminal.color => self.push(&code, on(self.style(), CODE)),
            Event::Code(code) => self.push(&format!("`{code}`"), PLAIN),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.rule()?,
            Event::TaskListMarker(is_done) => {
                self.text.push_str(if is_done { "[x] " } else { "[ ] " });
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html)?,
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) -> io::Result<()> {
        match tag {
            Tag::Paragraph => {
                self.flush()?;
                // The text of other items is in no paragraph.
                self.lists
                    .last_mut()
                    .iter_mut()
                    .for_each(|list| list.is_loose = true);
            }
            Tag::HtmlBlock => self.flush()?,
            Tag::Heading { level, .. } => {
                self.flush()?;
                self.styles.push(TITLE);
                if !self.terminal.color {
                    self.text = "#".repeat(level as usize) + " ";
                }
            }
            Tag::BlockQuote(_) => {
                self.flush()?;
                self.blank_line()?;
                let bar = self.terminal.paint(FAINT, "▌ ");
                self.margin.push(self.terminal.width, &bar, &bar);
            }
            Tag::CodeBlock(kind) => {
                self.flush()?;
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => language(info),
                    CodeBlockKind::Indented => "",
                };
                self.code = Some(Code {
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
            Tag::List(first) => {
                self.flush()?;
                self.lists.push(List {
                    number: first,
                    is_loose: false,
                });
            }
            Tag::Item => self.item()?,
            Tag::Table(alignments) => {
                self.flush()?;
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead => {
                self.styles.push(TITLE);
                self.table.iter_mut().for_each(Table::start_row);
            }
            Tag::TableRow => self.table.iter_mut().for_each(Table::start_row),
            Tag::Emphasis => self.open("*", Style::new().italic()),
            Tag::Strong => self.open("**", Style::new().bold()),
            Tag::Strikethrough => self.open("~~", Style::new().strikethrough()),
            Tag::Link { dest_url, .. } => {
                self.start_link(&dest_url);
                self.styles.push(Style::new().underline());
            }
            // One in a link leads where the link does.
            Tag::Image { dest_url, .. } if self.link.is_none() => {
                self.start_link(&dest_url);
                self.in_image = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> io::Result<()> {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.flush()?;
                self.gap = self.has_lines;
            }
            TagEnd::Heading(_) => {
                self.flush()?;
                self.styles.pop();
                self.gap = self.has_lines;
            }
            TagEnd::BlockQuote(_) => {
                self.flush()?;
                self.margin.pop();
                self.gap = self.has_lines;
            }
            TagEnd::CodeBlock => self.end_code()?,
            TagEnd::List(_) => {
                self.flush()?;
                self.lists.pop();
                self.gap |= self.lists.is_empty() && self.has_lines;
            }
            TagEnd::Item => {
                self.flush()?;
                self.margin.pop();
                let is_loose = self.lists.last().is_some_and(|list| list.is_loose);
                self.gap |= is_loose && self.has_lines;
            }
            TagEnd::TableCell => {
                let cell = mem::take(&mut self.text).trim_end().to_owned();
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::TableHead => drop(self.styles.pop()),
            TagEnd::Table => self.end_table()?,
            TagEnd::Emphasis => self.close("*"),
            TagEnd::Strong => self.close("**"),
            TagEnd::Strikethrough => self.close("~~"),
            TagEnd::Link => {
                self.styles.pop();
                self.end_link();
            }
            TagEnd::Image if mem::take(&mut self.in_image) => self.end_link(),
            _ => {}
        }
        Ok(())
    }

    /// Returns the style of text in all the spans that are open.
    fn style(&self) -> Style {
        let html_styles = self.html_styles.iter().map(|(_, style)| style);
        let styles = self.styles.iter().chain(html_styles);
        styles.fold(PLAIN, |style, span| on(style, *span))
    }

    fn push(&mut self, text: &str, style: Style) {
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
        self.text += &self.terminal.paint(style, text);
    }

    /// Opens a span in `style`, or its mark where there are no styles.
    fn open(&mut self, mark: &str, style: Style) {
        self.styles.push(style);
        if !self.terminal.color {
            self.text.push_str(mark);
        }
    }

    fn close(&mut self, mark: &str) {
        self.styles.pop();
        if !self.terminal.color {
            self.text.push_str(mark);
        }
    }

    /// Writes the open paragraph or heading.
    fn flush(&mut self) -> io::Result<()> {
        self.html_styles.clear();
        if self.table.is_some() {
            // The cells of a table are written with it.
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            return Ok(());
        }
        if let Some(link) = &mut self.link {
            // What is left of its text is in what comes next.
            link.start = 0;
        }
        let text = mem::take(&mut self.text);
        if text.trim().is_empty() {
            return Ok(());
        }
        self.blank_line()?;
        let width = self.margin.left(self.terminal.width);
        for line in wrap(text.trim_end(), width) {
            self.line(&line)?;
        }
        Ok(())
    }

    /// Writes the blank line that is due.
    fn blank_line(&mut self) -> io::Result<()> {
        if mem::take(&mut self.gap) {
            writeln!(self.out, "{}", self.margin.rest().trim_end())?;
        }
        Ok(())
    }

    /// Writes a painted line in the margin.
    fn line(&mut self, line: &str) -> io::Result<()> {
        self.has_lines = true;
        let line = self.margin.next() + line;
        writeln!(self.out, "{}", line.trim_end())
    }

    fn item(&mut self) -> io::Result<()> {
        self.flush()?;
        self.blank_line()?;
        let marker = match self.lists.last_mut().and_then(|list| list.number.as_mut()) {
            Some(number) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            _ => "• ".to_owned(),
        };
        let below = " ".repeat(display_width(&marker));
        if !self.margin.push(self.terminal.width, &marker, &below) {
            self.text = marker;
        }
        Ok(())
    }

    fn rule(&mut self) -> io::Result<()> {
        self.flush()?;
        self.blank_line()?;
        let width = self.margin.left(self.terminal.width);
        let rule = self.terminal.paint(FAINT, &"─".repeat(width));
        self.line(&rule)?;
        self.gap = self.has_lines;
        Ok(())
    }

    fn start_link(&mut self, url: &str) {
        self.link = Some(Link {
            url: url.to_owned(),
            start: self.text.len(),
            text: String::new(),
        });
    }

    /// Makes the text of the link one that can be followed, or says where it leads.
    fn end_link(&mut self) {
        let Some(Link { url, start, text }) = self.link.take() else {
            return;
        };
        let painted = self.text.split_off(start.min(self.text.len()));
        let leads_out = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        let says_so = url.ends_with(&text) && !text.is_empty();
        if leads_out && self.terminal.links {
            self.text += &self.terminal.link(|| Some(url), painted);
        } else {
            self.text += &painted;
            if !says_so && !url.starts_with('#') && !url.is_empty() {
                self.text += &self.terminal.paint(FAINT, &format!(" ({url})"));
            }
        }
    }

    /// Writes a block of code between two rules, so that it can be copied as it is.
    fn end_code(&mut self) -> io::Result<()> {
        let Code { language, text } = self.code.take().unwrap_or_default();
        self.blank_line()?;
        let terminal = self.terminal;
        let lines: Vec<String> = text
            .lines()
            .map(|line| line.replace('\t', "    "))
            .collect();
        let longest = lines.iter().map(|line| display_width(line)).max();
        let width = longest
            .unwrap_or(0)
            .clamp(LEAST_RULE, LEAST_RULE.max(self.margin.left(terminal.width)));
        let label = match language.as_str() {
            "" => String::new(),
            language => format!("── {language} "),
        };
        let rest = "─".repeat(width.saturating_sub(display_width(&label)));
        self.line(&terminal.paint(FAINT, &(label + &rest)))?;
        // Most of the work, which is for nothing where there are no colors.
        let mut highlighter = Highlighter::new(&language).filter(|_| terminal.color);
        for line in &lines {
            let painted = match &mut highlighter {
                Some(highlighter) => {
                    let pieces = highlighter.line(line);
                    let painted = pieces
                        .iter()
                        .map(|(style, piece)| terminal.paint(*style, piece));
                    painted.collect()
                }
                None => terminal.paint(PLAIN, line),
            };
            self.line(&painted)?;
        }
        self.line(&terminal.paint(FAINT, &"─".repeat(width)))?;
        self.gap = self.has_lines;
        Ok(())
    }

    fn end_table(&mut self) -> io::Result<()> {
        let Some(table) = self.table.take() else {
            return Ok(());
        };
        self.blank_line()?;
        let width = self.margin.left(self.terminal.width);
        for line in table.lines(width, self.terminal) {
            self.line(&line)?;
        }
        self.gap = self.has_lines;
        Ok(())
    }

    /// Reads a piece of raw HTML: what its tags set, and the text between them.
    fn html(&mut self, html: &str) -> io::Result<()> {
        // Behind the last end of a tag, none is looked for at each sign that could begin one.
        let untagged = html.len() - html.rfind('>').map_or(0, |at| at + 1);
        let mut rest = html;
        while !rest.is_empty() {
            let tag = || (rest.len() > untagged).then(|| tag_length(rest)).flatten();
            if self.in_comment {
                let Some((_, after)) = rest.split_once("-->") else {
                    return Ok(());
                };
                self.in_comment = false;
                rest = after;
            } else if let Some(comment) = rest.strip_prefix("<!--") {
                self.in_comment = true;
                rest = comment;
            } else if let Some(length) = tag() {
                self.html_tag(&rest[..length])?;
                rest = &rest[length..];
            } else {
                let mut next = rest.char_indices().skip(1);
                let next = next.find(|(_, c)| matches!(c, '<' | '\n'));
                let length = next.map_or(rest.len(), |(at, _)| at);
                self.html_text(&rest[..length])?;
                rest = &rest[length..];
            }
        }
        Ok(())
    }

    /// Adds text between tags, of which each line is one.
    fn html_text(&mut self, text: &str) -> io::Result<()> {
        if let Some(text) = text.strip_prefix('\n') {
            self.flush()?;
            let text = if self.in_pre { text } else { text.trim_start() };
            self.push(text, self.style());
        } else {
            self.push(text, self.style());
        }
        Ok(())
    }

    /// Does what a tag of HTML asks for, as far as a terminal can. What is no tag that sets text
    /// is a word of it: "the <fieldset> element".
    fn html_tag(&mut self, tag: &str) -> io::Result<()> {
        let inner = tag.trim_matches(['<', '>']);
        let is_closing = inner.starts_with('/');
        let inner = inner.trim_matches('/');
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric());
        let name = inner[..end.unwrap_or(inner.len())].to_ascii_lowercase();
        self.in_pre = (self.in_pre || name == "pre") && !(name == "pre" && is_closing);
        match name.as_str() {
            "br" => self.text.push('\n'),
            "hr" => self.rule()?,
            "b" | "strong" | "summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if name.len() > 1 && name != "strong" {
                    self.flush()?;
                }
                self.html_style(name, is_closing, TITLE);
            }
            "i" | "em" | "cite" | "var" | "dfn" => {
                self.html_style(name, is_closing, Style::new().italic());
            }
            "code" | "kbd" | "samp" | "tt" => self.html_style(name, is_closing, CODE),
            "li" => {
                self.flush()?;
                if !is_closing {
                    self.text.push_str("• ");
                }
            }
            "td" | "th" if !self.text.is_empty() => self.text.push_str("  "),
            name if BLOCK_TAGS.contains(&name) => self.flush()?,
            name if INLINE_TAGS.contains(&name) => {}
            _ => self.push(tag, self.style()),
        }
        Ok(())
    }

    fn html_style(&mut self, name: String, is_closing: bool, style: Style) {
        if is_closing {
            let open = self.html_styles.iter().rposition(|(open, _)| *open == name);
            if let Some(open) = open {
                self.html_styles.truncate(open);
            }
        } else if self.html_styles.len() < MOST_STYLES {
            self.html_styles.push((name, style));
        }
    }
}

/// How short the rules around code may be.
const LEAST_RULE: usize = 24;

/// How many tags that are not closed are heeded in a paragraph.
const MOST_STYLES: usize = 16;

/// Tags that begin and end lines.
const BLOCK_TAGS: &[&str] = &[
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Tags that set text in a way that a terminal can't, or need not.
const INLINE_TAGS: &[&str] = &[
    "a", "abbr", "big", "del", "font", "img", "ins", "mark", "picture", "q", "s", "small",
    "source", "span", "strike", "sub", "sup", "u", "wbr",
];

/// Returns the length of the tag at the start of `text`, if there is one.
fn tag_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    is_tag.then(|| text.find('>')).flatten().map(|end| end + 1)
}

/// Returns the language that a fence names, as in `js {1,3}` and `{.python}`.
fn language(info: &str) -> &str {
    let is_name = |c: char| c.is_alphanumeric() || "+#-_".contains(c);
    let mut words = info.split(|c| !is_name(c));
    words.find(|word| !word.is_empty()).unwrap_or("")
}

/// Returns `style` with what `span` adds to it.
fn on(style: Style, span: Style) -> Style {
    style
        .fg_color(span.get_fg_color().or(style.get_fg_color()))
        .effects(style.get_effects() | span.get_effects())
}

/// What stands before each line: the indentation, and a part for each quote and list item.
struct Margin {
    parts: Vec<Part>,
    /// How many parts there was no room for.
    beyond: usize,
}

struct Part {
    /// What stands before its first line, until that is written.
    first: Option<String>,
    rest: String,
    width: usize,
}

impl Margin {
    fn new(indent: &str) -> Margin {
        let base = Part {
            first: None,
            rest: indent.to_owned(),
            width: display_width(indent),
        };
        Margin {
            parts: vec![base],
            beyond: 0,
        }
    }

    /// Adds `first`, and `rest` below it, if at least half of a line of `line_width` is left for
    /// text; returns whether it is.
    fn push(&mut self, line_width: usize, first: &str, rest: &str) -> bool {
        let width = display_width(rest);
        let has_room = self.beyond == 0 && 2 * (self.width() + width) <= line_width;
        if has_room {
            self.parts.push(Part {
                first: Some(first.to_owned()),
                rest: rest.to_owned(),
                width,
            });
        } else {
            self.beyond += 1;
        }
        has_room
    }

    fn pop(&mut self) {
        match self.beyond.checked_sub(1) {
            Some(beyond) => self.beyond = beyond,
            None => drop(self.parts.pop()),
        }
    }

    fn width(&self) -> usize {
        self.parts.iter().map(|part| part.width).sum()
    }

    /// Returns how much of a line of `width` it leaves.
    fn left(&self, width: usize) -> usize {
        width.saturating_sub(self.width())
    }

    /// Returns what stands before the next line.
    fn next(&mut self) -> String {
        let parts = self.parts.iter_mut();
        parts
            .map(|part| part.first.take().unwrap_or_else(|| part.rest.clone()))
            .collect()
    }

    /// Returns what stands before a line that starts nothing.
    fn rest(&self) -> String {
        self.parts.iter().map(|part| part.rest.as_str()).collect()
    }
}

/// A table, its rows gathered before it can be drawn; the first is its head.
struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

/// Between two columns, and where a rule crosses that.
const COLUMN_END: &str = " │ ";
const CROSSING: &str = "─┼─";

/// A column that has to be wrapped breaks too many words if it is narrower.
const LEAST_COLUMN: usize = 12;

impl Table {
    fn new(alignments: Vec<Alignment>) -> Table {
        Table {
            alignments,
            rows: Vec::new(),
        }
    }

    fn start_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Returns the table drawn in at most `width` columns of the terminal.
    fn lines(&self, width: usize, terminal: Terminal) -> Vec<String> {
        let between = display_width(COLUMN_END) * self.alignments.len().saturating_sub(1);
        let natural = self.natural_widths();
        let widths = fitted(&natural, width.saturating_sub(between));
        let mut columns = widths.iter().zip(&natural);
        if columns.any(|(width, natural)| width < natural && *width < LEAST_COLUMN) {
            return self.records(width, terminal);
        }
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| self.row(row, &widths, terminal))
            .collect();
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        let rule = terminal.paint(FAINT, &rule.join(CROSSING));
        // Rows of several lines need more to be told apart.
        let is_ruled = rows.iter().skip(1).any(|lines| lines.len() > 1);
        let mut drawn = Vec::new();
        for (i, lines) in rows.into_iter().enumerate() {
            if i == 1 || (i > 1 && is_ruled) {
                drawn.push(rule.clone());
            }
            drawn.extend(lines);
        }
        drawn
    }

    /// Returns how wide each column is if nothing in it is wrapped.
    fn natural_widths(&self) -> Vec<usize> {
        let width = |cell: &String| cell.split('\n').map(display_width).max().unwrap_or(0);
        let of_column = |i| {
            self.rows
                .iter()
                .filter_map(move |row| row.get(i))
                .map(width)
                .max()
        };
        (0..self.alignments.len())
            .map(|i| of_column(i).unwrap_or(0))
            .collect()
    }

    /// Returns the lines of a row.
    fn row(&self, cells: &[String], widths: &[usize], terminal: Terminal) -> Vec<String> {
        let cells: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| wrap(cell, *width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let end = terminal.paint(FAINT, COLUMN_END);
        let line = |n: usize| {
            let parts = cells.iter().zip(widths).zip(&self.alignments);
            let parts = parts.map(|((lines, width), alignment)| {
                aligned(lines.get(n).map_or("", String::as_str), *width, *alignment)
            });
            parts.collect::<Vec<_>>().join(&end)
        };
        (0..height).map(line).collect()
    }

    /// Returns each row as a list of its columns, for which there is no room beside each other.
    fn records(&self, width: usize, terminal: Terminal) -> Vec<String> {
        let Some((head, rows)) = self.rows.split_first() else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            if i > 0 {
                lines.push(terminal.paint(FAINT, &"─".repeat(LEAST_RULE)));
            }
            for (title, cell) in head.iter().zip(row) {
                lines.extend(wrap(&format!("{title}: {cell}"), width));
            }
        }
        lines
    }
}

/// Returns the widths of columns that would be `natural` wide, in no more than `left` together:
/// the narrow ones as they are, and the wide ones sharing the rest.
fn fitted(natural: &[usize], mut left: usize) -> Vec<usize> {
    let mut by_width: Vec<usize> = (0..natural.len()).collect();
    by_width.sort_by_key(|i| natural[*i]);
    let mut widths = vec![0; natural.len()];
    for (done, i) in by_width.into_iter().enumerate() {
        widths[i] = natural[i].min(left / (natural.len() - done));
        left -= widths[i];
    }
    widths
}

/// Returns `text` in a column of `width`.
fn aligned(text: &str, width: usize, alignment: Alignment) -> String {
    let blanks = width.saturating_sub(display_width(text));
    let before = match alignment {
        Alignment::Right => blanks,
        Alignment::Center => blanks / 2,
        Alignment::None | Alignment::Left => 0,
    };
    let after = blanks - before;
    format!("{:before$}{text}{:after$}", "", "")
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::{super::tests::terminal, *};

    fn drawn(text: &str, width: usize, color: bool) -> String {
        drawn_in(TextFormat::Markdown, text, width, color)
    }

    fn drawn_in(format: TextFormat, text: &str, width: usize, color: bool) -> String {
        let mut out = Vec::new();
        answer(format, text, "", terminal(width, color), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn plainly(text: &str) -> String {
        drawn(text, 40, false)
    }

    #[test]
    fn text_is_filled_and_its_marks_stay_without_color() {
        let text = "Some *soft* and **bold**\ntext with `code`, all of it\nin one paragraph.\n\n\
                    #### And a heading";
        assert_snapshot!(plainly(text), @r#"
        Some *soft* and **bold** text with
        `code`, all of it in one paragraph.

        #### And a heading
        "#);
    }

    #[test]
    fn color_takes_the_place_of_marks() {
        let text = "Some *soft*, **bold `code`** and ~~struck~~.";
        assert_snapshot!(drawn(text, 40, true).escape_debug(), @r"Some \u{1b}[3msoft\u{1b}[0m, \u{1b}[1mbold \u{1b}[0m\u{1b}[1m\u{1b}[36mcode\u{1b}[0m and \u{1b}[9mstruck\u{1b}[0m.\n");
    }

    #[test]
    fn lists_hang_below_their_markers() {
        let text = "- one that is long enough to be wrapped\n- two\n  1. three\n\n\
                    9. loose\n\n   - tight\n\n10. loose\n- [x] done";
        assert_snapshot!(plainly(text), @r#"
        • one that is long enough to be wrapped
        • two
          1. three

        9. loose

           • tight

        10. loose

        • [x] done
        "#);
    }

    #[test]
    fn quotes_have_a_bar() {
        assert_snapshot!(plainly("> one\n>\n> - two\n> > three\n\nfour"), @r#"
        ▌ one
        ▌
        ▌ • two
        ▌
        ▌ ▌ three

        four
        "#);
    }

    #[test]
    fn code_stands_between_rules_as_it_is() {
        let text = "So:\n```js {1,3}\nif (a)  {\n\n\tb\n```\nand\n\n    indented";
        assert_snapshot!(plainly(text), @r#"
        So:

        ── js ──────────────────
        if (a)  {

            b
        ────────────────────────

        and

        ────────────────────────
        indented
        ────────────────────────
        "#);
    }

    #[test]
    fn tables_are_drawn_by_the_width_of_their_signs() {
        let table = "| a | 木 |\n|--:|:-:|\n| 1,000 | x |\n| 1 | 検索 |";
        assert_snapshot!(plainly(table), @r#"
            a │  木
        ──────┼─────
        1,000 │  x
            1 │ 検索
        "#);
    }

    #[test]
    fn wide_tables_are_wrapped_and_wider_ones_listed() {
        let wide = "| a | b |\n|--|--|\n| one two three four five six | seven eight nine ten |";
        assert_snapshot!(plainly(wide), @r#"
        a                   │ b
        ────────────────────┼───────────────────
        one two three four  │ seven eight nine
        five six            │ ten
        "#);
        let wider =
            "|a|b|c|d|e|\n|-|-|-|-|-|\n|one two three|four five|six|seven|eight nine|\n|1||2|||";
        assert_snapshot!(plainly(wider), @r#"
        a: one two three
        b: four five
        c: six
        d: seven
        e: eight nine
        ────────────────────────
        a: 1
        b:
        c: 2
        d:
        e:
        "#);
    }

    #[test]
    fn a_link_is_followed_or_says_where_it_leads() {
        let text = "[docs](https://a.b/c), <https://a.b>, [up](#top), ![a tree](tree.png)";
        assert_snapshot!(plainly(text), @r#"
        docs (https://a.b/c), https://a.b, up, a
        tree (tree.png)
        "#);
        assert_snapshot!(drawn(text, 80, true).escape_debug(), @r"\u{1b}]8;;https://a.b/c\u{1b}\\\u{1b}[4mdocs\u{1b}[0m\u{1b}]8;;\u{1b}\\, \u{1b}]8;;https://a.b\u{1b}\\\u{1b}[4mhttps://a.b\u{1b}[0m\u{1b}]8;;\u{1b}\\, \u{1b}[4mup\u{1b}[0m, a tree\u{1b}[2m (tree.png)\u{1b}[0m\n");
    }

    #[test]
    fn html_is_read_as_far_as_it_sets_text() {
        let text = "<details>\n<summary>More</summary>\n\nA <b>bold</b> x<sup>2</sup>,<br>a List<T> \
                    and a <fieldset>.\n\n</details>\n<!-- not\nthis -->\n<ul><li>é</li><li>two</li></ul>";
        assert_snapshot!(plainly(text), @r#"
        More

        A bold x2,
        a List<T> and a <fieldset>.

        • é
        • two
        "#);
    }

    #[test]
    fn html_ends_lines_inside_links_and_cells() {
        let text = "abcdef [one <p>éééé two](http://a)\n\n|a|b|\n|-|-|\n|1<ul><li>2</li><li>3</li></ul>|4|";
        assert_snapshot!(plainly(text), @r#"
        abcdef one
        éééé two (http://a)

        a   │ b
        ────┼──
        1   │ 4
        • 2 │
        • 3 │
        "#);
    }

    #[test]
    fn plain_text_keeps_its_lines_and_signs() {
        let text = "COUNT(*) and COUNT(*)\nin C:\\*dir, __init__\n\n    code   as long as it is, never wrapped";
        let plainly = |text| drawn_in(TextFormat::Plain, text, 40, false);
        assert_eq!(plainly(text), format!("{text}\n"));
        let marked = "**One**\ntwo";
        assert_eq!(plainly(marked), "**One**\ntwo\n");
        assert_eq!(drawn(marked, 40, false), "**One** two\n");
    }

    #[test]
    fn what_is_nested_deeply_is_drawn_in_time() {
        for text in ["> ", "- ", "1. ", "*a ", "<b>", "[", "- > "] {
            let text = text.repeat(20_000) + "end";
            let drawn = plainly(&text);
            assert!(drawn.contains("end"), "{text:.9}");
        }
        let began = std::time::Instant::now();
        plainly(&("<div>\n".to_owned() + &"<a".repeat(200_000)));
        assert!(began.elapsed().as_secs() < 10);
    }

    proptest! {
        #[test]
        fn nothing_steers_and_prose_stays_in_its_width(
            text in r"([ a-z]{0,9}|[\n>|*_`#<&;é木\x1b\x07\u{9b}\u{202e}-]|\n\n|- |&#27;|\|-\||<b>|\]\(http:x\)){0,30}",
        ) {
            for color in [false, true] {
                let drawn = drawn(&text, 40, color);
                for line in drawn.lines() {
                    let shown: String = unpainted(line);
                    prop_assert!(!shown.contains(super::super::steers), "{shown:?}");
                    let is_code = text.contains('`') || text.contains("    ");
                    prop_assert!(is_code || display_width(&shown) <= 40, "{shown:?}");
                }
            }
        }
    }

    /// Returns `line` without its styles and links, which are all that is let through.
    fn unpainted(line: &str) -> String {
        let mut parts = line.split('\u{1b}');
        let first = parts.next().unwrap_or("").to_owned();
        parts.fold(first, |text, part| {
            let style = part.strip_prefix('[').and_then(|part| part.split_once('m'));
            let after = style.map(|(_, after)| after);
            let link_end = || part.strip_prefix('\\');
            let is_link = part.starts_with("]8;;");
            let after = after.or_else(link_end).or(is_link.then_some(""));
            text + after.unwrap_or("\u{1b}")
        })
    }
}
