//! A saved page -> its text in Markdown, and the blocks of that.
//!
//! No tree is built: pages are read in one pass, whatever is left open or nested. What a page has
//! around its text, such as navigation, scripts and cookie banners, is left out.

use std::borrow::Cow;

use super::{
    Block, BlockKind, Bound, asks,
    classes::{self, Marked},
    format, list,
};
use crate::text::{
    html_tokens::{HtmlTag, HtmlToken, HtmlTokens, decode_entities},
    markup::list_marker,
};

/// The parts of a page that were read.
#[derive(Default)]
pub(super) struct Page {
    /// The page's text in Markdown; the blocks' spans are bytes of it.
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    bound: Bound,
    /// The text of `<title>`.
    pub(super) title: String,
}

impl Page {
    /// Returns the text, its blocks, and the line from which on lines were gathered, if any were.
    pub(super) fn into_parts(self) -> (String, Vec<Block>, Option<usize>) {
        (self.text, self.blocks, self.bound.line)
    }
}

/// Elements that hold no text of the page.
const SKIPPED: &[&str] = &[
    "nav", "footer", "aside", "noscript", "iframe", "svg", "template", "select", "dialog",
    "object", "canvas", "audio", "video", "math",
];

/// First words of the classes and ids of what stands around a page's text.
const SKIPPED_CLASSES: &[&str] = &[
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "social",
    "share",
    "sharing",
    "newsletter",
    "subscribe",
    "comments",
    "related",
    "advert",
    "advertisement",
    "ads",
    "promo",
    "popup",
    "modal",
    "navbar",
    "navigation",
    "menu",
    "toc",
    // The numbers of lines beside code.
    "gutter",
    "lineno",
    "linenos",
    "linenumber",
    "linenumbers",
    // Advertisements and what else to read.
    "adsbygoogle",
    "sponsored",
    "taboola",
    "outbrain",
    "recommended",
    "recommendations",
    "commentlist",
    "disqus",
    "pagination",
];

/// Roles of what stands around a page's text.
const SKIPPED_ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alert",
];

/// The deepest list that is indented as deep as it is; pages nest without end by mistake.
const MAX_INDENT: usize = 10;

/// Returns whether a text is a page of HTML.
pub(super) fn is_html(path: &str, text: &str) -> bool {
    let start = text
        .trim_start()
        .get(..14)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let hints = format::PAGES.contains(&&*format::extension(path));
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || hints && text.contains("</")
        || start.starts_with('<') && is_fragment(text)
}

/// The elements that a part of a page starts with, whatever its extension.
const PARTS: [&str; 6] = ["article", "div", "main", "nav", "section", "style"];

/// Returns whether a text is a part of a page, from the tag that opens it to the one that closes it, and no
/// line of it is marked as Markdown.
fn is_fragment(text: &str) -> bool {
    let text = text.trim();
    let is_part = |name: &str| {
        let behind = text[1..].strip_prefix(name);
        behind.is_some_and(|behind| behind.starts_with(['>', ' ', '\n']))
    };
    let is_marked = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['#', '|', '`']) || list_marker(line).is_some()
    };
    let ends = |name: &str| text.ends_with(&format!("</{name}>"));
    PARTS.into_iter().any(is_part)
        && (PARTS.into_iter().any(ends) || ends("script"))
        && !text.lines().any(is_marked)
}

/// Reads a page.
pub(super) fn read(html: &str) -> Page {
    let has_main = html.contains("<main") || html.contains("<MAIN");
    let mut reader = Reader {
        is_outside: has_main,
        has_main,
        ..Reader::default()
    };
    let mut scripts = Vec::new();
    reader.read(html, &mut scripts);
    reader.flush();
    classes::settle(&mut reader.page.blocks, reader.answers);
    let says = |block: &Block| block.is_question || asks(&block.text);
    if !reader.page.blocks.iter().any(says) {
        // They are in order, and each line is counted once.
        let (mut line, mut counted) = (1, 0);
        let mut line_of = |script: &str| {
            let at = script.as_ptr().addr() - html.as_ptr().addr();
            line += html[counted..at].matches('\n').count();
            counted = at;
            line
        };
        let listed = scripts
            .iter()
            .flat_map(|script| list::for_search_engines(script, line_of(script)));
        for (question, answer, line) in listed {
            reader.line = line;
            reader.is_outside = false;
            reader.skipped = None;
            reader.open(BlockKind::Heading(2), "## ");
            if let Some(block) = &mut reader.open {
                block.is_question = true;
            }
            reader.text(&question);
            reader.flush();
            reader.read(&answer, &mut Vec::new());
            reader.flush();
        }
    }
    let page = &mut reader.page;
    page.title = without_site(&page.title, &page.blocks).to_owned();
    reader.page
}

/// Returns the title of a page without the name of its site, as in `Title | Site`; after a dash only if
/// what is left is a heading of the page.
fn without_site<'t>(title: &'t str, blocks: &[Block]) -> &'t str {
    if let Some((before, _)) = title.rsplit_once(" | ") {
        return before;
    }
    let dashed = [" - ", " – ", " — "];
    let before = dashed
        .iter()
        .find_map(|dash| Some(title.rsplit_once(dash)?.0));
    let is_heading = |before: &&str| {
        let same = |block: &Block| {
            matches!(block.kind, BlockKind::Heading(_)) && block.text.trim() == before.trim()
        };
        blocks.iter().any(same)
    };
    before.filter(is_heading).unwrap_or(title)
}

/// The state while tags are read.
#[derive(Default)]
struct Reader {
    page: Page,
    /// The line of the page that is being read.
    line: usize,
    open: Option<Block>,
    /// The element that is skipped, and how many of its name are open.
    skipped: Option<(String, usize)>,
    /// Whether only `<main>` counts, and whether this is outside of it.
    has_main: bool,
    is_outside: bool,
    in_pre: bool,
    in_row: bool,
    in_summary: bool,
    /// The element that its class marks as a question: its name, and how many of that name are open. And the
    /// number of answers that are marked so.
    question: Option<(String, usize)>,
    answers: usize,
    /// The lists around: of an ordered one the number of its next item.
    lists: Vec<Option<usize>>,
    quotes: usize,
    marker: Option<String>,
    bold: usize,
    /// The number of open elements of code in a line, and the start of the text of that code.
    code: usize,
    code_start: usize,
    /// Marks that wait for the text that they stand before.
    pending: String,
    link: Option<String>,
    /// The number of cells in the rows of the table so far, 0 before its first row.
    columns: usize,
}

impl Reader {
    /// Reads a piece of HTML; `scripts` gets what it says for search engines.
    fn read<'t>(&mut self, html: &'t str, scripts: &mut Vec<&'t str>) {
        let mut tokens = HtmlTokens::new(html, false);
        // The line on which the token at `counted` starts.
        let (mut line, mut counted) = (self.line.max(1), 0);
        while let Some((token, range)) = tokens.next() {
            line += html[counted..range.start].matches('\n').count();
            counted = range.start;
            self.line = line;
            match token {
                HtmlToken::Comment => {}
                HtmlToken::Text(text) => {
                    let blank = text.len() - text.trim_start().len();
                    self.line += text[..blank].matches('\n').count();
                    self.text(&decode_entities(Cow::Borrowed(text)));
                }
                HtmlToken::Tag(tag) => {
                    let name = tag.name.to_ascii_lowercase();
                    let is_raw = matches!(&*name, "script" | "style" | "title" | "textarea");
                    if !is_raw || tag.is_closing {
                        self.tag(&name, &tag);
                        continue;
                    }
                    let text = tokens.raw_text(&name);
                    if name == "title" && self.page.title.is_empty() {
                        self.page.title = decode_entities(Cow::Borrowed(text)).into_owned();
                    } else if tag.attribute("type") == Some("application/ld+json") {
                        scripts.push(text);
                    }
                }
            }
        }
    }

    fn tag(&mut self, name: &str, tag: &HtmlTag<'_>) {
        if name == "main" && self.has_main {
            self.is_outside = tag.is_closing;
        }
        if self.is_skipped(name, tag) || self.marked(name, tag) {
        } else if tag.is_closing {
            self.end(name, tag);
        } else {
            self.start(name, tag);
        }
    }

    /// Returns whether a tag stands in what is left out, and starts and ends leaving out.
    fn is_skipped(&mut self, name: &str, tag: &HtmlTag<'_>) -> bool {
        let opens = !tag.is_closing;
        if let Some((skipped, depth)) = &mut self.skipped {
            if opens && matches!(name, "main" | "article" | "h1") {
                // Whatever was left out was never closed.
                self.skipped = None;
                return false;
            }
            if name == skipped {
                *depth = if opens { *depth + 1 } else { *depth - 1 };
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return true;
        }
        if opens && !tag.attributes.ends_with('/') && is_around_text(name, tag) {
            self.flush();
            self.skipped = Some((name.to_owned(), 1));
            return true;
        }
        false
    }

    /// Reads a tag of an element that its class marks as a question; returns whether it opens or ends one, or is a
    /// heading or a button inside.
    fn marked(&mut self, name: &str, tag: &HtmlTag<'_>) -> bool {
        if let Some((open, depth)) = &mut self.question {
            match tag.is_closing {
                true if open == name => *depth -= 1,
                false if open == name => *depth += 1,
                _ => {}
            }
            if *depth == 0 {
                self.end_question();
                return true;
            }
        }
        let marked = (!tag.is_closing && !self.in_row && !self.is_outside)
            .then(|| classes::marked(name, tag));
        match marked.flatten() {
            Some(Marked::Question) if self.question.is_some() || !self.in_summary => {
                // The one around was more than a question.
                self.question = None;
                self.open(BlockKind::Paragraph, "");
                self.question = Some((name.to_owned(), 1));
                self.in_summary = true;
                self.mark_bold(1);
                true
            }
            Some(Marked::Answer) => {
                self.end_question();
                self.answers += 1;
                false
            }
            _ => {
                let is_title = matches!(
                    name,
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt" | "button"
                );
                is_title && self.question.is_some()
            }
        }
    }

    fn end_question(&mut self) {
        if self.question.take().is_none() {
            return;
        }
        if let (true, Some(block)) = (self.in_summary, &mut self.open) {
            block.summary = Some(0..block.text.len());
            block.is_question = true;
        }
        self.in_summary = false;
        self.flush();
    }

    fn start(&mut self, name: &str, tag: &HtmlTag<'_>) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_row => {
                let level = name.as_bytes()[1] - b'0';
                self.open(
                    BlockKind::Heading(level),
                    &format!("{} ", "#".repeat(level.into())),
                );
            }
            "ul" | "ol" => {
                self.flush();
                self.lists.push((name == "ol").then(|| {
                    tag.attribute("start")
                        .and_then(|start| start.parse().ok())
                        .unwrap_or(1)
                }));
            }
            "li" if !self.in_row => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                };
                self.marker = Some(marker);
            }
            "blockquote" | "details" => {
                self.flush();
                self.quotes += 1;
            }
            "summary" | "dt" | "button" if !self.in_row && !self.is_in_heading() => {
                self.open(BlockKind::Paragraph, "");
                self.in_summary = name == "summary";
                self.mark_bold(1);
            }
            "pre" => {
                self.open(BlockKind::Code, "```\n");
                self.in_pre = true;
            }
            "table" => {
                self.flush();
                self.columns = 0;
            }
            "tr" => {
                self.open(BlockKind::Row, "| ");
                self.in_row = true;
            }
            "td" | "th" => self.cell(),
            "b" | "strong" => self.mark_bold(1),
            "code" | "kbd" | "samp" if !self.in_pre => self.start_code(),
            "a" => {
                let target = decode_entities(tag.attribute("href").unwrap_or_default().into());
                if !target.is_empty() && !self.in_pre && !self.is_outside {
                    self.pending.push('[');
                    self.link = Some(target.into_owned());
                }
            }
            _ if self.in_pre && name == "br" => self.text("\n"),
            _ if tag.is_line() => self.line_break(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, tag: &HtmlTag<'_>) {
        match name {
            "ul" | "ol" => {
                self.flush();
                self.lists.pop();
            }
            "blockquote" | "details" => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "summary" | "dt" | "button" if !self.in_row && !self.is_in_heading() => {
                self.mark_bold(-1);
                if let (true, Some(block)) = (self.in_summary, &mut self.open) {
                    block.summary = Some(0..block.text.len());
                }
                self.in_summary = false;
                self.flush();
            }
            "pre" => {
                self.in_pre = false;
                self.flush();
            }
            "tr" => {
                self.in_row = false;
                self.flush();
            }
            "b" | "strong" => self.mark_bold(-1),
            "code" | "kbd" | "samp" if !self.in_pre => self.end_code(),
            "a" => {
                if let Some(target) = self.link.take() {
                    self.close("[", &format!("]({target})"));
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" if !self.in_row => {
                self.flush();
                self.marker = None;
            }
            _ if tag.is_line() && name != "br" => self.line_break(),
            _ => {}
        }
    }

    fn is_in_heading(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
    }

    /// Ends a line; in a table's row and in a heading there is just a space.
    fn line_break(&mut self) {
        if self.in_row || self.is_in_heading() || self.in_summary {
            self.text(" ");
        } else {
            self.flush();
        }
    }

    /// Opens a block that starts with `markup`, and closes the one before it.
    fn open(&mut self, kind: BlockKind, markup: &str) {
        self.flush();
        let depth = self.lists.len() + self.quotes;
        let marker = self.marker.take().unwrap_or_default();
        let kind = match kind {
            BlockKind::Paragraph if !marker.is_empty() => BlockKind::Item,
            kind => kind,
        };
        let out = &mut self.page.text;
        let before = self.page.blocks.last().map(|before| before.kind);
        let is_tight = match kind {
            BlockKind::Item => before == Some(BlockKind::Item),
            BlockKind::Row => self.columns > 0,
            _ => false,
        };
        if !out.is_empty() && !is_tight {
            out.push('\n');
        }
        let start = out.len();
        let inner = self
            .lists
            .len()
            .saturating_sub(usize::from(!marker.is_empty()));
        out.push_str(&"  ".repeat(inner.min(MAX_INDENT)));
        if !marker.is_empty() {
            out.push_str(&marker);
            out.push(' ');
        }
        out.push_str(markup);
        self.open = Some(Block {
            marker,
            line: self.line,
            ..Block::new(kind, depth, start..start)
        });
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() || self.is_outside {
            return;
        }
        if self.in_pre {
            self.push(text);
            return;
        }
        for (place, word) in text.split(char::is_whitespace).enumerate() {
            if place > 0 {
                self.push_space();
            }
            if !word.is_empty() {
                self.push(word);
            }
        }
    }

    fn push_space(&mut self) {
        let Some(block) = &mut self.open else { return };
        if !block.text.is_empty() && !block.text.ends_with([' ', '\t']) {
            block.text.push(' ');
            self.page.text.push(' ');
        }
    }

    fn push(&mut self, text: &str) {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph, "");
        }
        let Some(block) = &mut self.open else { return };
        let start = block.text.len();
        let out = &mut self.page.text;
        out.push_str(&self.pending);
        self.pending.clear();
        let is_text = self.code == 0 && block.kind != BlockKind::Code;
        let mut rest = text;
        while !rest.is_empty() {
            let before = out[block.span.start..].chars().next_back();
            let plain = match is_text {
                true => plain_length(rest, before, block.text.is_empty(), block.kind),
                false => rest.len(),
            };
            if plain == 0 {
                out.push('\\');
            }
            let (piece, after) = rest.split_at(match plain {
                0 => rest.chars().next().map_or(0, char::len_utf8),
                plain => plain,
            });
            let source = out.len();
            out.push_str(piece);
            block.push(piece, source..out.len(), true);
            rest = after;
        }
        if self.bold > 0 {
            block.add_bold(start);
        }
        if let Some(target) = &self.link {
            block.linked += text.len();
            block.anchored += if target.starts_with('#') {
                text.len()
            } else {
                0
            };
        }
    }

    /// Adds the mark `close` behind the text that the mark `open` stands before, or takes that back if
    /// there is none.
    fn close(&mut self, open: &str, close: &str) {
        if let Some(at) = self.pending.rfind(open) {
            self.pending.truncate(at);
        } else if self.open.is_some() && self.skipped.is_none() && !self.is_outside {
            // A mark that closes stands right behind a word.
            let out = &mut self.page.text;
            let end = out.trim_end_matches(' ').len();
            out.insert_str(end, close);
        }
    }

    fn start_code(&mut self) {
        if self.skipped.is_none() && !self.is_outside {
            self.code += 1;
            if self.code == 1 {
                self.pending.push('`');
                self.code_start = self.page.text.len() + self.pending.len();
            }
        }
    }

    fn end_code(&mut self) {
        if self.code == 1 {
            self.close_code();
        }
        self.code = self.code.saturating_sub(1);
    }

    /// Ends the code of a line: between more backticks than there are in it.
    fn close_code(&mut self) {
        let out = &mut self.page.text;
        let code = out.get(self.code_start..).unwrap_or_default();
        if !code.contains('`') {
            return self.close("`", "`");
        }
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest);
        let start = self.code_start;
        out.insert_str(start, &format!("{fence} "));
        let shift = fence.len() + 1;
        if let Some(block) = &mut self.open {
            block.shift_source(start, shift);
        }
        self.close("`", &format!(" `{fence}"));
    }

    fn mark_bold(&mut self, by: isize) {
        self.bold = self.bold.saturating_add_signed(by);
        let changes = if by > 0 {
            self.bold == 1
        } else {
            self.bold == 0
        };
        let is_plain = self.open.as_ref().is_none_or(|block| {
            matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::Item | BlockKind::Row
            )
        });
        if changes && is_plain && by > 0 {
            self.pending.push_str("**");
        } else if changes && is_plain {
            self.close("**", "**");
        }
    }

    /// Starts a cell of a table's row, behind the one before it.
    fn cell(&mut self) {
        let Some(block) = self
            .open
            .as_mut()
            .filter(|block| block.kind == BlockKind::Row)
        else {
            return;
        };
        if self.page.text.len() > block.span.start + 2 {
            let end = self.page.text.trim_end().len();
            self.page.text.truncate(end);
            self.page.text.push_str(" | ");
            block.text.push('\t');
        }
    }

    /// Closes the open block; one without text is taken back.
    fn flush(&mut self) {
        let Some(mut block) = self.open.take() else {
            return;
        };
        if self.code > 0 {
            // It goes on in the next line without its mark.
            self.open = Some(block);
            self.close_code();
            self.code = 0;
            let Some(closed) = self.open.take() else {
                return;
            };
            block = closed;
        }
        let bold = std::mem::take(&mut self.bold) > 0;
        let link = self.link.take();
        let is_marked = self.pending.is_empty();
        self.pending.clear();
        if block.text.trim().is_empty() {
            self.page.text.truncate(block.span.start);
            // What was a blank line before it is still one line's end.
            let end = self.page.text.trim_end_matches('\n').len();
            self.page.text.truncate(end);
            if end > 0 {
                self.page.text.push('\n');
            }
            self.marker = Some(block.marker).filter(|marker| !marker.is_empty());
            return;
        }
        let out = &mut self.page.text;
        out.truncate(out.trim_end().len());
        block.trim();
        if let Some(target) = link.filter(|_| is_marked) {
            out.push_str(&format!("]({target})"));
        }
        match block.kind {
            BlockKind::Paragraph | BlockKind::Item if bold && is_marked => out.push_str("**"),
            BlockKind::Code => out.push_str("\n```"),
            BlockKind::Row => out.push_str(" |"),
            _ => {}
        }
        block.span.end = out.len();
        out.push('\n');
        let cells = block.text.matches('\t').count() + 1;
        let (is_head, line) = (
            block.kind == BlockKind::Row && self.columns == 0,
            block.line,
        );
        self.page.bound.add(&mut self.page.blocks, block);
        if is_head {
            self.columns = cells;
            self.delimiter_row(cells, line);
        }
    }

    /// Writes the row of dashes below the first row of a table.
    fn delimiter_row(&mut self, cells: usize, line: usize) {
        let start = self.page.text.len();
        let row = format!("|{}", " --- |".repeat(cells));
        self.page.text.push_str(&row);
        let mut block = Block::new(BlockKind::Markup, 0, start..self.page.text.len());
        self.page.text.push('\n');
        block.text = row;
        block.line = line;
        self.page.bound.add(&mut self.page.blocks, block);
    }
}

/// Returns the length of the start of `text` that means itself in Markdown, behind the character
/// `before`: 0 if its first sign has to be escaped. `is_first` text starts a block of `kind`.
pub(super) fn plain_length(
    text: &str,
    before: Option<char>,
    is_first: bool,
    kind: BlockKind,
) -> usize {
    let mut before = before.unwrap_or(' ');
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let after = rest.chars().next().unwrap_or(' ');
        let is_word = |c: char| c.is_alphanumeric();
        let is_escaped = match c {
            '`' | '\\' => true,
            '*' => !(before.is_whitespace() && after.is_whitespace()),
            // Inside a word it is a part of the name.
            '_' => after != ' ' && !is_word(before) && before != '_',
            '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
            '&' => is_word(after) || after == '#',
            ']' => matches!(after, '(' | '[' | ':'),
            '~' => before == '~' || after == '~',
            '$' => !after.is_whitespace() && rest.contains('$'),
            '|' => kind == BlockKind::Row,
            '#' | '>' | '=' => is_first && at == 0 && kind == BlockKind::Paragraph,
            '-' => is_first && at == 0 && kind == BlockKind::Paragraph && after == '-',
            _ => false,
        };
        if is_escaped {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Returns whether an element stands around a page's text: by its name, role, class or id.
fn is_around_text(name: &str, tag: &HtmlTag<'_>) -> bool {
    let role = tag.attribute("role").unwrap_or_default();
    if SKIPPED.contains(&name) || SKIPPED_ROLES.contains(&role) {
        return true;
    }
    let may_be_whole = matches!(
        name,
        "html" | "body" | "main" | "article" | "a" | "h1" | "h2" | "h3"
    );
    let is_void = matches!(
        name,
        "img" | "br" | "hr" | "input" | "meta" | "link" | "source" | "wbr"
    );
    let mut names = ["class", "id"]
        .into_iter()
        .filter_map(|name| tag.attribute(name))
        .flat_map(str::split_whitespace);
    let is_skipped_class = |class: &str| {
        let first = class.split(['-', '_']).next().unwrap_or_default();
        SKIPPED_CLASSES.contains(&first.to_ascii_lowercase().as_str())
    };
    !may_be_whole && !is_void && names.any(is_skipped_class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        read(html).text
    }

    #[test]
    fn structure_becomes_markdown() {
        for (html, markdown) in [
            (
                "<h2>Maps</h2><p>A <b>table</b>\n of <code>keys</code>.",
                "## Maps\n\nA **table** of `keys`.\n",
            ),
            (
                "<ul><li>One<li>Two<ol><li>Inner</ol></ul>",
                "- One\n- Two\n  1. Inner\n",
            ),
            ("<pre><code>a\n  b\n</code></pre>", "```\na\n  b\n```\n"),
            (
                "<table><tr><th>Q<th>A<tr><td><p>One</p><td>Two</table>",
                "| Q | A |\n| --- | --- |\n| One | Two |\n",
            ),
            ("<p>See <a href='#x'>here</a></p>", "See [here](#x)\n"),
            ("<dl><dt>What?<dd>That.</dl>", "**What?**\n\nThat.\n"),
            (
                "<details><summary>What?</summary>That.</details>",
                "**What?**\n\nThat.\n",
            ),
            ("a<br>b &amp; &lt;c&gt;", "a\n\nb & \\<c>\n"),
            (
                "<p>Use &lt;b&gt;, &amp;amp; or 1 &lt; 2; int *p, 2 * 3, __x__, a_b.",
                "Use \\<b>, \\&amp; or 1 < 2; int \\*p, 2 * 3, \\__x__, a_b.\n",
            ),
            (
                "<p><code>let</code> makes a <kbd>bind`ing</kbd>.",
                "`let` makes a `` bind`ing ``.\n",
            ),
            (
                "<p>[see](here) a[0] ~~x~~ \\*",
                "[see\\](here) a[0] \\~\\~x\\~\\~ \\\\\\*\n",
            ),
            (
                "<p># no<p>&gt; no<p>---<p>#1",
                "\\# no\n\n\\> no\n\n\\---\n\n\\#1\n",
            ),
            ("<p><b>What </b>is <b> </b>it", "**What** is it\n"),
            (
                "<p><code>a<p>b</code> c<p><a href=x></a>d",
                "`a`\n\nb c\n\nd\n",
            ),
            ("<table><tr><td>a|b<td>c", "| a\\|b | c |\n| --- | --- |\n"),
        ] {
            assert_eq!(text(html), markdown, "{html}");
        }
    }

    #[test]
    fn what_stands_around_the_text_is_left_out() {
        let html = "<head><title>T</title><style>p{}</style></head><nav>Home</nav>\
            <div class='cookie-banner'><div>Accept</div></div><script>'</p>'</script>\
            <div class='with-sidebar'><p>Text</p></div><footer>End</footer>";
        let page = read(html);
        assert_eq!((page.text.as_str(), page.title.as_str()), ("Text\n", "T"));
        assert_eq!(text("<p>Out</p><main><p>In</p></main><p>Out</p>"), "In\n");
        assert_eq!(
            text("<nav><ul><h1>Never closed</h1><p>Text"),
            "# Never closed\n\nText\n"
        );
    }

    #[test]
    fn questions_for_search_engines_are_read_where_none_are_seen() {
        let json = r#"<script type="application/ld+json">{"@graph":[{"@type":"FAQPage","mainEntity":
            [{"@type":"Question","name":"What is it?","acceptedAnswer":{"text":"<p>A <b>thing</b>"}}]}]}</script>"#;
        let read = |seen: &str| text(&format!("<html><main>{seen}</main>{json}"));
        assert_eq!(read(""), "## What is it?\n\nA **thing**\n");
        assert_eq!(read("<h2>Why?</h2>"), "## Why?\n");
    }

    #[test]
    fn the_name_of_a_site_is_no_part_of_a_title() {
        let title = |page: &str| read(page).title;
        assert_eq!(title("<title>Maps | Site</title>"), "Maps");
        assert_eq!(title("<title>Maps - Site</title><h1>Maps</h1>"), "Maps");
        assert_eq!(title("<title>A - B</title><h1>C</h1>"), "A - B");
    }

    #[test]
    fn a_block_knows_its_line() {
        let lines: Vec<usize> = read("<p>a\n</p>\n\n<p>b</p>")
            .blocks
            .iter()
            .map(|block| block.line)
            .collect();
        assert_eq!(lines, [1, 4]);
    }
}
