//! Markdown -> blocks.
//!
//! pulldown-cmark says what each line is; raw HTML, which it passes on as it is, is looked into
//! for the tags that structure guides: `<details>`, `<summary>`, headings, lists, bold. The
//! reader is one loop over events, never recursive, since events nest as deep as the text does.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use super::{
    Block, BlockKind, Blocks, asks,
    classes::{self, Marked},
};
use crate::text::{
    html_tokens::{HtmlTag, HtmlToken, HtmlTokens, html_tag},
    markup::{self, code_range, fence_mark, list_marker, wiki_link},
    punctuation::QUESTION_MARKS,
};

/// Reads the Markdown of `text` from the byte `body` on; see [`Blocks::finish`].
pub(super) fn blocks(text: &str, body: usize) -> (Vec<Block>, Option<usize>) {
    let parts: Vec<Part> = guide_parts(text, body)
        .into_iter()
        .flat_map(|part| parts(&text[..part.end], part.start))
        .collect();
    let references = match parts.len() {
        1 => HashMap::new(),
        _ => references(&text[body..]),
    };
    let mut reader = Reader::new(text, body);
    for part in parts {
        match part {
            Part::Markdown(part) => {
                let resolve = |link: BrokenLink<'_>| {
                    let target = references.get(&*link.reference.to_lowercase())?;
                    Some((CowStr::Borrowed(target), CowStr::Borrowed("")))
                };
                let source = &text[part.clone()];
                let parser =
                    Parser::new_with_broken_link_callback(source, markup::OPTIONS, Some(resolve));
                for (event, range) in parser.into_offset_iter() {
                    reader.event(event, part.start + range.start..part.start + range.end);
                }
                reader.flush();
                reader.in_pre = false;
                reader.in_comment = false;
            }
            Part::Code(part) => {
                reader.open(BlockKind::Code, part.clone());
                let code = text[part.clone()]
                    .split_once('\n')
                    .map_or("", |(_, code)| code);
                reader.push_code(code);
                if let Some(block) = &mut reader.open {
                    block.span.end = part.end;
                }
                reader.flush();
            }
            Part::Line(part) => {
                let line = text[part.clone()].trim();
                let start = part.start + text[part.clone()].find(line).unwrap_or(0);
                reader.push(line, start..start + line.len());
                reader.flush();
            }
        }
    }
    let answers = reader.answers;
    let (mut blocks, gathered) = reader.blocks.finish();
    classes::settle(&mut blocks, answers);
    (blocks, gathered)
}

/// Returns the parts of `text` from the byte `body` on that are the guide, without the fences in which it
/// stands: as a whole, or piece by piece.
fn guide_parts(text: &str, body: usize) -> Vec<Range<usize>> {
    let whole = inside_fence(text, body);
    if whole != (body..text.len()) {
        return vec![whole];
    }
    let fences = prose_fences(text, body);
    let mut parts = Vec::new();
    let mut at = body;
    for fence in fences {
        let line_start = text[..fence.start - 1].rfind('\n').map_or(0, |end| end + 1);
        parts.push(at..line_start.max(at));
        at = text[fence.end..]
            .find('\n')
            .map_or(text.len(), |end| fence.end + end + 1);
        parts.push(fence);
    }
    parts.push(at..text.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The least share of a guide's lines that stand in fences, if these hold its questions.
const FENCED_SHARE: f64 = 0.7;

/// The fewest lines in them that end with a question mark.
const MIN_ASKING: usize = 2;

/// Returns the insides of the fences of a guide that has all its questions in them, as they are pasted
/// so that no line is joined to the next: fences of no language, with nearly all lines and questions below
/// one title.
fn prose_fences(text: &str, body: usize) -> Vec<Range<usize>> {
    const PROSE: [&str; 6] = ["", "text", "txt", "plaintext", "md", "markdown"];
    let mut fences = Vec::new();
    if !text[body..].contains("```") {
        return fences;
    }
    let mut open: Option<(usize, bool)> = None;
    let (mut inside, mut outside, mut titles, mut asking) = (0, 0, 0, 0);
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        let words = line.trim();
        let is_fence = line.starts_with("```");
        match open {
            Some((start, is_prose)) if is_fence => {
                if is_prose {
                    fences.push(start..at);
                }
                open = None;
            }
            None if is_fence => {
                let language = words.trim_start_matches('`');
                open = Some((at + line.len(), PROSE.contains(&language)));
            }
            _ if words.is_empty() => {}
            Some((_, true)) => {
                inside += 1;
                asking += usize::from(asks(words));
            }
            _ if asks(words) => return Vec::new(),
            _ if words.starts_with('#') => titles += 1,
            _ => outside += 1,
        }
        at += line.len();
    }
    let are_guide = asking >= MIN_ASKING
        && titles <= 1
        && inside as f64 >= FENCED_SHARE * (inside + outside) as f64;
    match open.is_none() && are_guide {
        true => fences,
        false => Vec::new(),
    }
}

/// Returns what of `text` from the byte `body` on is the guide: the inside of the code fence in which
/// all of it stands, as it is copied from an assistant with a sentence above it, else all of it.
fn inside_fence(text: &str, body: usize) -> Range<usize> {
    let mut start = body;
    let mut lines = text[body..].split_inclusive('\n');
    let opening = lines.by_ref().find_map(|line| {
        start += line.len();
        let words = line.trim_end();
        let is_above = words.is_empty() || !words.starts_with(['#', '-', '*', '>', '`', ' ']);
        (!is_above || words.starts_with("```")).then_some(words)
    });
    let opening = opening.unwrap_or_default();
    let above = text[body..start]
        .lines()
        .filter(|line| !line.trim().is_empty());
    let ticks = opening.bytes().take_while(|b| *b == b'`').count();
    let is_markdown = ticks >= 3
        && matches!(opening[ticks..].trim(), "markdown" | "md")
        && above.count() <= 1 + MAX_ABOVE_FENCE;
    let inner = text[start..].trim_end().strip_suffix(&opening[..ticks]);
    match inner.filter(|inner| is_markdown && inner.ends_with('\n')) {
        Some(inner) => start..start + inner.len(),
        None => body..text.len(),
    }
}

/// The most lines above the fence in which a guide stands as a whole.
const MAX_ABOVE_FENCE: usize = 2;

/// A part of a guide that is read by itself: pulldown-cmark needs a hundred bytes for some signs, and
/// what is never closed goes on to the end of what it is given.
#[derive(Debug, PartialEq)]
enum Part {
    Markdown(Range<usize>),
    /// A code block with its fence, longer than a part.
    Code(Range<usize>),
    /// A line longer than a part.
    Line(Range<usize>),
}

/// The length in bytes from which on a part ends at the next heading; at twice that it ends at the next
/// paragraph, at four times that at the next line.
const PART: usize = 16 << 10;

/// The starts of HTML blocks that end only at their own end tag.
const RAW_HTML: [(&str, &str); 5] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// Cuts `text` from the byte `body` on into parts.
///
/// Besides its length, a part ends before the heading in the code of a fence that was left open: the
/// fence that would close it opens another, or none follows. A tag of raw HTML that is never closed
/// is a part of its own.
fn parts(text: &str, body: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = body;
    let end_part = |parts: &mut Vec<Part>, start: &mut usize, end: usize| {
        if *start < end {
            parts.push(Part::Markdown(*start..end));
            *start = end;
        }
    };
    // The mark of the open fence, where it starts, and the first heading in its code.
    let mut fence: Option<(&str, usize, Option<usize>)> = None;
    // Up to where raw HTML goes, and which of it is not closed in the rest of the text.
    let mut raw_end = 0;
    let mut unclosed = [false; RAW_HTML.len()];
    let mut at = body;
    let mut is_apart = true;
    for line in text[body..].split_inclusive('\n') {
        let line_end = at + line.len();
        let words = line.trim();
        let own_mark = fence_mark(words);
        if fence.is_none() && !is_apart && line.starts_with("---") && is_between_dashes(&text[at..])
        {
            // Below a paragraph the dashes would make that a heading.
            end_part(&mut parts, &mut start, at);
        }
        match (&mut fence, own_mark) {
            (None, _) if at < raw_end => {}
            (None, Some(own)) => fence = Some((own, at, None)),
            (None, None) => {
                let is_long = line.len() > 4 * PART;
                let is_raw = |(open, _): &(&str, &str)| starts_with(words, open);
                let is_tag = words.starts_with('<') && !is_long;
                let raw = is_tag.then(|| RAW_HTML.iter().position(is_raw)).flatten();
                if is_long || is_end(text, start, at, is_apart) {
                    end_part(&mut parts, &mut start, at);
                }
                if is_long {
                    parts.push(Part::Line(at..line_end));
                    start = line_end;
                }
                if let Some(raw) = raw {
                    let close = RAW_HTML[raw].1;
                    let end = (!unclosed[raw]).then(|| find(&text[at..], close)).flatten();
                    match end {
                        Some(end) => raw_end = at + end + close.len(),
                        None => {
                            unclosed[raw] = true;
                            end_part(&mut parts, &mut start, at);
                            end_part(&mut parts, &mut start, line_end);
                        }
                    }
                }
            }
            (Some((mark, opened, heading)), Some(own)) if own.starts_with(&**mark) => {
                let opens_another = words.len() > own.len();
                let is_long = line_end - *opened > 4 * PART;
                match heading.take().filter(|_| opens_another) {
                    Some(heading) => {
                        end_part(&mut parts, &mut start, heading);
                        fence = Some((own, at, None));
                    }
                    None if is_long => {
                        end_part(&mut parts, &mut start, *opened);
                        parts.push(Part::Code(start..line_end));
                        start = line_end;
                        fence = None;
                    }
                    None => fence = None,
                }
            }
            (Some((_, _, heading)), _)
                if heading.is_none() && is_apart && line.starts_with("##") =>
            {
                let title = line.trim_start_matches('#');
                *heading = (title.len() + 6 >= line.len() && title.starts_with(' ')).then_some(at);
            }
            _ => {}
        }
        is_apart = words.is_empty();
        at = line_end;
    }
    match fence {
        Some((_, _, Some(heading))) => end_part(&mut parts, &mut start, heading),
        Some((_, opened, None)) if at - opened > 4 * PART => {
            end_part(&mut parts, &mut start, opened);
            parts.push(Part::Code(start..at));
            start = at;
        }
        _ => {}
    }
    end_part(&mut parts, &mut start, at);
    parts
}

/// Returns whether `text` starts with a title between two lines of dashes.
fn is_between_dashes(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let is_dashes = |line: &str| line.len() >= 3 && line.bytes().all(|b| b == b'-');
    let (above, title, below) = (lines.next(), lines.next(), lines.next());
    let has_title =
        title.is_some_and(|title| (1..=MAX_DASHED).contains(&title.len()) && !is_dashes(title));
    above.is_some_and(is_dashes) && has_title && below.is_some_and(is_dashes)
}

/// The longest title between dashes, in bytes.
const MAX_DASHED: usize = 80;

/// Returns whether a part from `start` on ends before the line at the byte `at`, which stands below a
/// blank line if it `is_apart`.
fn is_end(text: &str, start: usize, at: usize, is_apart: bool) -> bool {
    let length = at - start;
    let line = &text[at..];
    // Of a list, a quote or a table that goes on, the rest would be none.
    let goes_on = line.starts_with([' ', '\t', '-', '*', '+', '>', '|', '<'])
        || line.starts_with(|c: char| c.is_ascii_digit());
    length >= 4 * PART
        || is_apart && length >= 2 * PART && !goes_on
        || is_apart && length >= PART && line.starts_with('#')
}

/// Returns whether `text` starts with `start`, which is in lower case.
fn starts_with(text: &str, start: &str) -> bool {
    let beginning = text.as_bytes().get(..start.len());
    beginning.is_some_and(|bytes| bytes.eq_ignore_ascii_case(start.as_bytes()))
}

/// Returns where `text` holds `part`, which is in lower case.
fn find(text: &str, part: &str) -> Option<usize> {
    let mut starts = text.match_indices(&part[..1]).map(|(at, _)| at);
    starts.find(|at| starts_with(&text[*at..], part))
}

/// The most definitions of links that are kept for the parts of a guide that are read by themselves.
const MAX_REFERENCES: usize = 10_000;

/// Returns the targets of the links that are defined in `text`, as in `[label]: target`.
fn references(text: &str) -> HashMap<String, &str> {
    let definition = |line: &'_ str| -> Option<(String, usize, usize)> {
        let inner = line.trim_start().strip_prefix('[')?;
        let (label, target) = inner.split_once("]:")?;
        let target = target.split_whitespace().next()?;
        let start = target.as_ptr().addr() - line.as_ptr().addr();
        (label.len() < 100).then(|| (label.to_lowercase(), start, start + target.len()))
    };
    let definitions = text.lines().filter_map(|line| {
        let (label, start, end) = definition(line)?;
        Some((label, &line[start..end]))
    });
    let mut references = HashMap::new();
    for (label, target) in definitions.take(MAX_REFERENCES) {
        references.entry(label).or_insert(target);
    }
    references
}

/// The state while events are read.
struct Reader<'t> {
    text: &'t str,
    blocks: Blocks<'t>,
    /// The block whose text is being gathered.
    open: Option<Block>,
    /// The containers around: those of Markdown and those of HTML.
    depth: usize,
    html_depth: usize,
    /// The lists around, innermost last.
    lists: Vec<List>,
    /// The marker of a list item that has no text yet.
    marker: Option<String>,
    /// The number of open bold spans and links, and whether the link leads into the guide.
    bold: usize,
    link: Option<Link>,
    /// Whether emphasis is open that started a block, and its length if it has ended.
    is_emphasized: bool,
    emphasis: usize,
    in_summary: bool,
    /// The element that its class marks as a question: its name, and how many of that name are open. And the
    /// number of answers that are marked so.
    question: Option<(String, usize)>,
    answers: usize,
    /// Whether a heading of HTML is open, which may go over several lines.
    in_heading: bool,
    /// The components of MDX that are open and have a question.
    components: Vec<String>,
    in_pre: bool,
    in_comment: bool,
    /// The byte up to which a link of a wiki was read.
    done: usize,
    /// Whether the last line was the title of a container.
    opens_container: bool,
    /// Whether the next line may be the question of a container that has no title.
    awaits_question: bool,
}

/// The most columns before the marker of an item that are looked at: of lists inside each other on one line
/// each would look at all before it.
const MAX_COLUMN: usize = 64;

/// A list that is open.
#[derive(Default)]
struct List {
    /// The column of its first item's marker, in bytes.
    column: Option<usize>,
    /// Whether the open item is set in further than the first.
    is_inside: bool,
    /// The number of its items so far, and the number that they start with.
    items: u32,
    start: Option<u32>,
}

impl List {
    /// Counts an item, and returns the marker that readers see if the author left counting to Markdown: all
    /// items of a list may be `1.`.
    fn count(&mut self, marker: &str) -> Option<String> {
        let digits = marker.trim_end_matches(['.', ')']);
        let number: u32 = digits.parse().ok()?;
        self.items += 1;
        let start = *self.start.get_or_insert(number);
        let is_left = self.items > 1 && number == start;
        is_left.then(|| {
            format!(
                "{}{}",
                start.saturating_add(self.items - 1),
                &marker[digits.len()..]
            )
        })
    }
}

/// Returns whether a heading is a paragraph of several lines right above a rule: Markdown takes the rule
/// for their underline, but hardly anybody who wrote it did.
fn is_above_rule(heading: &str) -> bool {
    let mut lines = heading.trim_end().lines().rev();
    let is_rule = |line: &str| {
        let line = line.trim_matches([' ', '\t', '>']);
        line.len() > 2 && line.bytes().all(|b| b == b'-')
    };
    lines.next().is_some_and(is_rule) && lines.next().is_some() && lines.next().is_some()
}

#[derive(Clone, Copy, PartialEq)]
enum Link {
    Outward,
    Anchor,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, body: usize) -> Reader<'t> {
        Reader {
            text,
            blocks: Blocks::new(text, body),
            open: None,
            depth: 0,
            html_depth: 0,
            lists: Vec::new(),
            marker: None,
            bold: 0,
            link: None,
            is_emphasized: false,
            emphasis: 0,
            in_summary: false,
            question: None,
            answers: 0,
            in_heading: false,
            components: Vec::new(),
            in_pre: false,
            in_comment: false,
            done: 0,
            opens_container: false,
            awaits_question: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code() => self.push_code(&text),
            Event::Text(_) if range.end <= self.done => {}
            Event::Text(text) => match wiki_link(self.text, range.clone()) {
                Some((label, end)) => {
                    self.done = end;
                    let text = self.text;
                    let outer = self.link.replace(Link::Outward);
                    self.push(&text[label.clone()], label);
                    self.link = outer;
                }
                None => self.push(&text, range),
            },
            // Inline code keeps its backticks: `this` is another word than this.
            Event::Code(code) => self.code(&code, range),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                let text = self.text;
                self.push(&text[range.clone()], range);
            }
            Event::SoftBreak | Event::HardBreak => self.line_break(range.end),
            // A tag that sets nothing is a word of the text: "the <fieldset> element".
            Event::InlineHtml(tag) if self.is_word(&tag) => self.push(&tag, range),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } if is_above_rule(&self.text[range.clone()]) => self.flush(),
            Tag::Heading { level, .. } => {
                self.open(BlockKind::Heading(level as u8), range);
            }
            Tag::CodeBlock(_) => self.open(BlockKind::Code, range),
            Tag::TableHead | Tag::TableRow => self.open(BlockKind::Row, range),
            Tag::TableCell => self.next_cell(),
            Tag::List(_) | Tag::BlockQuote(_) => {
                self.flush();
                self.depth += 1;
                if matches!(tag, Tag::List(_)) {
                    self.lists.push(List::default());
                }
            }
            Tag::Item => {
                self.flush();
                self.indent_item(range.start);
                // An item without text has no white space behind its marker.
                let item = self.text[range.start..].trim_start();
                let end = item.find(char::is_whitespace).unwrap_or(item.len());
                let marker = list_marker(item).map_or(&item[..end], |(marker, _)| marker);
                let counted = self.lists.last_mut().and_then(|list| list.count(marker));
                self.marker = Some(counted.unwrap_or_else(|| marker.to_owned()));
            }
            Tag::Paragraph | Tag::HtmlBlock => self.flush(),
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => {
                let is_at_start = |block: &Block| block.text.is_empty();
                self.is_emphasized = self.open.as_ref().is_none_or(is_at_start);
            }
            Tag::Link { dest_url, .. } => {
                // A link that leads nowhere was to lead to a place in the guide.
                let anchor = dest_url.starts_with('#') || dest_url.is_empty();
                self.link = Some(if anchor { Link::Anchor } else { Link::Outward });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) | TagEnd::BlockQuote(_) => {
                self.flush();
                let list = match tag {
                    TagEnd::List(_) => self.lists.pop().unwrap_or_default(),
                    _ => List::default(),
                };
                self.depth = self.depth.saturating_sub(1 + usize::from(list.is_inside));
            }
            TagEnd::Item => {
                self.flush();
                self.marker = None;
            }
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Paragraph
            | TagEnd::HtmlBlock
                if !self.in_summary =>
            {
                self.flush();
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis if std::mem::take(&mut self.is_emphasized) => {
                self.emphasis = self.open.as_ref().map_or(0, |block| block.text.len());
            }
            TagEnd::Link => self.link = None,
            _ => {}
        }
    }

    /// Notes how far the bullet of the item at the byte `start` is set in. One space is too few for Markdown, whose list
    /// goes on there; who wrote it meant a list inside the item.
    fn indent_item(&mut self, start: usize) {
        // An item may start with the spaces before its marker.
        let written = self.text[start..].trim_start_matches(' ');
        let marker = self.text.len() - written.len();
        let before = self.text.as_bytes()[..marker].iter().rev().take(MAX_COLUMN);
        let before: Vec<u8> = before.take_while(|b| **b != b'\n').copied().collect();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let is_bullet = written.starts_with(['-', '*', '+']);
        let is_inside = match list.column {
            Some(column) => is_bullet && before.len() > column && before.iter().all(|b| *b == b' '),
            None => {
                list.column = Some(before.len());
                false
            }
        };
        self.depth -= usize::from(list.is_inside);
        self.depth += usize::from(is_inside);
        list.is_inside = is_inside;
    }

    /// Opens a block of `kind` that stands at `range`, and closes the one before it.
    fn open(&mut self, kind: BlockKind, range: Range<usize>) {
        self.flush();
        let marker = self.marker.take().unwrap_or_default();
        let kind = match kind {
            BlockKind::Paragraph if !marker.is_empty() => BlockKind::Item,
            kind => kind,
        };
        self.open = Some(Block {
            marker,
            ..Block::new(kind, self.depth + self.html_depth, range)
        });
    }

    fn is_code(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|block| block.kind == BlockKind::Code)
    }

    /// Adds text that was read from the bytes `source` of the guide.
    fn push(&mut self, text: &str, source: Range<usize>) {
        if self.open.is_none() {
            if text.trim().is_empty() {
                return;
            }
            let kind = if self.in_pre {
                BlockKind::Code
            } else {
                BlockKind::Paragraph
            };
            self.open(kind, source.start..source.start);
        }
        let Some(block) = &mut self.open else { return };
        let start = block.text.len();
        let is_verbatim = self.text[source.clone()] == *text;
        // A tab parts the cells of a row.
        match block.kind {
            BlockKind::Row if text.contains('\t') => {
                block.push(&text.replace('\t', " "), source, is_verbatim);
            }
            _ => block.push(text, source, is_verbatim),
        }
        if self.bold > 0 {
            block.add_bold(start);
        }
        match self.link {
            Some(Link::Anchor) => {
                block.linked += text.len();
                block.anchored += text.len();
            }
            Some(Link::Outward) => block.linked += text.len(),
            None => {}
        }
    }

    /// Adds inline code between backticks.
    fn code(&mut self, code: &str, range: Range<usize>) {
        let inner = code_range(self.text, code, range.clone());
        if inner == range {
            self.push(&format!("`{code}`"), range);
            return;
        }
        self.push("`", range.start..inner.start);
        self.push(code, inner.clone());
        self.push("`", inner.end..range.end);
    }

    fn push_code(&mut self, text: &str) {
        if let Some(block) = &mut self.open {
            block.text.push_str(text);
        }
    }

    fn next_cell(&mut self) {
        if let Some(block) = self.open.as_mut().filter(|block| !block.text.is_empty()) {
            block.text.push('\t');
        }
    }

    /// A line of prose is a block of its own; headings and summaries go over several lines.
    /// Ends a line, behind which the next one starts at the byte `next` of the guide.
    fn line_break(&mut self, next: usize) {
        let Some(block) = &mut self.open else { return };
        if self.in_summary || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            block.text.push(' ');
            return;
        }
        self.flush();
        self.open(BlockKind::Paragraph, next..next);
        let is_below_title = std::mem::take(&mut self.opens_container);
        if let Some(block) = &mut self.open {
            block.continues = !is_below_title;
        }
    }

    /// Reads a piece of raw HTML from the bytes `source` of the guide.
    fn html(&mut self, html: &str, source: Range<usize>) {
        let is_verbatim = self.text[source.clone()] == *html;
        // A piece that stands otherwise in the guide is somewhere in `source`.
        let place = |piece: Range<usize>| match is_verbatim {
            true => source.start + piece.start..source.start + piece.end,
            false => source.clone(),
        };
        let mut tokens = HtmlTokens::new(html, self.in_comment);
        for (token, piece) in tokens.by_ref() {
            match token {
                HtmlToken::Comment => {}
                HtmlToken::Text(text) => self.html_text(text, place(piece)),
                HtmlToken::Tag(tag) => self.tag(&tag, &html[piece.clone()], place(piece)),
            }
        }
        self.in_comment = tokens.is_in_comment();
        if html.ends_with('\n') && self.in_heading && !self.in_summary {
            self.line_break(source.end);
        } else if html.ends_with('\n') && !self.in_summary {
            self.flush();
        }
    }

    fn html_text(&mut self, text: &str, source: Range<usize>) {
        let words = text.trim();
        if words.is_empty() {
            return;
        }
        let blank = text.len() - text.trim_start().len();
        let words_source = match self.text[source.clone()] == *text {
            true => source.start + blank..source.start + blank + words.len(),
            false => source,
        };
        let gap = blank > 0
            && self
                .open
                .as_ref()
                .is_some_and(|block| !block.text.ends_with(' '));
        if let (true, Some(block)) = (gap, &mut self.open) {
            block.text.push(' ');
        }
        self.push(words, words_source);
        if let (true, Some(block)) = (text.ends_with(char::is_whitespace), &mut self.open) {
            block.text.push(' ');
        }
    }

    /// Reads a tag, `written` with its brackets, from the bytes `source` of the guide.
    fn tag(&mut self, tag: &HtmlTag<'_>, written: &str, source: Range<usize>) {
        let closing = tag.is_closing;
        let name = tag.name.to_ascii_lowercase();
        if self.marked(&name, tag, source.clone()) {
            return;
        }
        if tag.kind().is_none() && self.component(&name, written, closing, source.clone()) {
            return;
        }
        match (name.as_str(), closing) {
            ("details" | "ul" | "ol" | "blockquote", false) => {
                self.flush();
                self.html_depth += 1;
            }
            ("details" | "ul" | "ol" | "blockquote", true) => {
                self.flush();
                self.html_depth = self.html_depth.saturating_sub(1);
                self.in_summary = false;
            }
            // The question of a component of MDX is written like a summary.
            ("summary" | "question", false) => {
                self.in_summary = true;
                self.open(BlockKind::Paragraph, source);
            }
            ("summary" | "question", true) if self.in_summary => {
                self.end_summary();
                self.bold = 0;
                if let Some(block) = &mut self.open {
                    block.span.end = block.span.end.max(source.end);
                }
            }
            ("dt", false) => {
                self.open(BlockKind::Paragraph, source);
                self.bold += 1;
            }
            ("dt", true) => {
                self.bold = self.bold.saturating_sub(1);
                self.flush();
            }
            ("dd", _) => self.flush(),
            ("b" | "strong", false) => self.bold += 1,
            ("b" | "strong", true) => self.bold = self.bold.saturating_sub(1),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) if !self.in_summary => {
                self.in_heading = true;
                self.open(BlockKind::Heading(name.as_bytes()[1] - b'0'), source);
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div", true) if !self.in_summary => {
                self.in_heading = false;
                self.flush();
            }
            ("li", false) => {
                self.flush();
                self.marker = Some("-".to_owned());
            }
            ("li", true) => self.flush(),
            ("pre", _) => {
                self.flush();
                self.in_pre = !closing;
            }
            ("a", false) => {
                // <a name="…"> is a place, not a link.
                self.link = tag
                    .attribute("href")
                    .map(|target| match target.starts_with('#') {
                        true => Link::Anchor,
                        false => Link::Outward,
                    });
            }
            ("a", true) => self.link = None,
            ("br", false) if !self.text[source.end..].starts_with(['\n', '\r']) => {
                if let Some(block) = &mut self.open {
                    block.text.push(' ');
                }
            }
            _ => {}
        }
    }

    /// Reads a tag of an element that its class marks as a question; returns whether it opens or ends one.
    fn marked(&mut self, name: &str, tag: &HtmlTag<'_>, source: Range<usize>) -> bool {
        if let Some((_, depth)) = self.question.as_mut().filter(|(open, _)| open == name) {
            match tag.is_closing {
                true => *depth -= 1,
                false => *depth += 1,
            }
            if *depth == 0 {
                if let Some(block) = self.open.as_mut().filter(|_| self.in_summary) {
                    block.span.end = block.span.end.max(source.end);
                }
                self.end_question();
                return true;
            }
        }
        let marked = (!tag.is_closing).then(|| classes::marked(name, tag));
        match marked.flatten() {
            Some(Marked::Question) if self.question.is_some() || !self.in_summary => {
                // The one around was more than a question.
                self.question = None;
                self.in_summary = false;
                self.flush();
                self.question = Some((name.to_owned(), 1));
                self.in_summary = true;
                self.open(BlockKind::Paragraph, source);
                true
            }
            Some(Marked::Answer) => {
                self.end_question();
                self.answers += 1;
                false
            }
            _ => false,
        }
    }

    fn end_question(&mut self) {
        if self.question.is_some() && self.in_summary {
            self.flush();
            self.in_summary = false;
        }
        self.question = None;
    }

    /// Reads a tag of an MDX component whose question stands in an attribute, as in
    /// `<Accordion title="What is a map?">`; returns whether it is one.
    fn component(&mut self, name: &str, tag: &str, closing: bool, source: Range<usize>) -> bool {
        if closing {
            let is_open = self.components.last().is_some_and(|open| open == name);
            if is_open {
                self.flush();
                self.components.pop();
                self.html_depth = self.html_depth.saturating_sub(1);
            }
            return is_open;
        }
        let Some((start, question)) = question_attribute(tag) else {
            return false;
        };
        self.flush();
        self.html_depth += 1;
        self.components.push(name.to_owned());
        let question_source = match self.text[source.clone()] == *tag {
            true => source.start + start..source.start + start + question.len(),
            false => source,
        };
        self.open(BlockKind::Paragraph, question_source.clone());
        self.push(question, question_source);
        self.end_summary();
        self.flush();
        true
    }

    /// Returns whether a piece of inline HTML is a word: a tag that sets nothing, as in "the
    /// `<fieldset>` element", without attributes.
    fn is_word(&self, html: &str) -> bool {
        let Some((tag, _)) = html_tag(html) else {
            return false;
        };
        let open = self.components.last();
        let closes_component = open.is_some_and(|open| tag.name.eq_ignore_ascii_case(open));
        let is_bare = tag.attributes.trim_matches(['/', ' ']).is_empty();
        is_bare && tag.is_word() && !closes_component
    }

    /// Takes what was read of a summary for the whole of it.
    fn end_summary(&mut self) {
        self.in_summary = false;
        if let Some(block) = &mut self.open {
            block.summary = Some(0..block.text.len());
            block.is_question = self.question.is_some();
        }
    }

    /// Reads the line that opens or closes a container: a callout (`> [!question] Why?`), an
    /// admonition (`??? question "Why?"`) or a fenced one (`:::details Why?`). The title of one that
    /// asks is written like a summary.
    fn read_container(&mut self, block: &mut Block) {
        let is_first = std::mem::take(&mut self.awaits_question);
        if block.kind != BlockKind::Paragraph {
            return;
        }
        let text = block.text.as_str();
        if is_first && block.summary.is_none() && asks(text) {
            block.summary = Some(0..text.len());
            self.opens_container = true;
            return;
        }
        let is_fenced = text.starts_with(":::");
        let (name, rest) = if is_fenced {
            split_name(text.trim_start_matches(':').trim_start())
        } else if let Some(inner) = text.strip_prefix("[!").filter(|_| block.depth > 0) {
            let Some((name, rest)) = inner.split_once(']') else {
                return;
            };
            (name, rest.trim_start_matches(['+', '-']))
        } else if let Some(inner) = ["!!! ", "???+ ", "??? "]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
        {
            split_name(inner)
        } else {
            return;
        };
        let title = rest.trim().trim_matches(['"', '\'', '[', ']', '{', '}']);
        let asks = QUESTION_CONTAINERS.contains(&name.to_ascii_lowercase().as_str());
        if is_fenced && name.is_empty() {
            self.html_depth = self.html_depth.saturating_sub(1);
        } else if is_fenced {
            self.html_depth += 1;
        }
        if title.is_empty() {
            // Nobody reads the name.
            block.kind = BlockKind::Markup;
            self.opens_container = asks;
            self.awaits_question = asks;
            return;
        }
        let start = title.as_ptr().addr() - text.as_ptr().addr();
        let end = start + title.len();
        block.text.truncate(end);
        block.cut(start);
        block.trim();
        if asks {
            block.summary = Some(0..block.text.len());
        }
        self.opens_container = true;
    }

    /// Closes the open block; one without text is left to be covered as markup.
    fn flush(&mut self) {
        // Code or another paragraph inside a summary is for what it hides, not for its line.
        if self.in_summary
            && self
                .open
                .as_ref()
                .is_some_and(|block| !block.text.trim().is_empty())
        {
            self.end_summary();
        }
        let emphasis = std::mem::take(&mut self.emphasis);
        let Some(mut block) = self.open.take() else {
            return;
        };
        // The brackets of a shortcode are no text: "{{</details>}}".
        let is_bracket = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '%' | '<' | '>');
        let has_text = block.kind == BlockKind::Code || !block.text.chars().all(is_bracket);
        if !has_text {
            // An empty item keeps its marker for the block that follows on its line.
            return;
        }
        block.trim();
        // A question in italics is set apart as one in bold is.
        if emphasis > 0
            && emphasis >= block.text.len()
            && block.bold.is_empty()
            && asks(&block.text)
        {
            block.add_bold(0);
        }
        block.read_loosely();
        self.read_container(&mut block);
        let line_start = self.text[..block.span.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let last = block.span.start + self.text[block.span.clone()].trim_end().len();
        let line_end = self.text[last..]
            .find('\n')
            .map_or(self.text.len(), |at| last + at);
        block.span = line_start..line_end;
        self.blocks.push(block);
    }
}

/// Containers whose title is a question.
const QUESTION_CONTAINERS: [&str; 6] = ["details", "question", "faq", "help", "q", "collapse"];

/// Splits the name of a container from what follows it.
fn split_name(text: &str) -> (&str, &str) {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split_at(text.find(|c| !is_name(c)).unwrap_or(text.len()))
}

/// Returns the value of the attribute of a tag that asks, and the byte of the tag's text at which
/// it starts.
fn question_attribute(tag: &str) -> Option<(usize, &str)> {
    const NAMES: [&str; 6] = ["question=", "title=", "summary=", "header=", "label=", "q="];
    // What is called so needs no question mark.
    let name = tag[1..]
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let holds_questions = name.contains("faq") || name.contains("accordion");
    NAMES.iter().find_map(|name| {
        let start = tag.find(&format!(" {name}"))? + 1 + name.len();
        let quote = tag[start..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))?;
        let value = tag[start + 1..].split(quote).next()?;
        let asks = value.contains(QUESTION_MARKS)
            || (holds_questions || matches!(*name, "question=" | "q="))
                && value.contains(char::is_alphabetic);
        asks.then_some((start + 1, value))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::guide::Guide;

    #[test]
    fn text_that_is_not_in_the_guide_as_it_is_read_has_a_place_all_the_same() {
        for (text, word, place) in [
            (
                "## What is an accent?\n\nUse `` é ``\nor not.",
                "not",
                "not.",
            ),
            ("`` é `` then é", "then", "then é"),
            ("`` ` é ` `` then", "then", "then"),
            ("a &amp; b &eacute; c", "c", "c"),
            ("a \\* b", "b", "b"),
            ("> `a\n> é` b", "b", "b"),
            ("<b>é &amp;</b> é `` é ``", "é", "é &amp;"),
            ("- a\n\t> <i>é\n\t> b</i> c", "c", "c"),
        ] {
            let blocks = blocks(text, 0).0;
            let found = blocks
                .iter()
                .find_map(|block| Some(block.source_of(block.text.find(word)?)));
            let found = found.and_then(|at| text.get(at..)).unwrap();
            assert!(found.starts_with(place), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn what_holds_no_text_is_no_part_of_the_front_matter() {
        let text =
            "---\ntitle: Guide\n---\n\n{%\n  include head.html\n%}\n\n## What is safe?\n\nThis.\n";
        let guide = Guide::parse("a.md", text);
        let lines: Vec<(usize, &str)> = guide
            .blocks
            .iter()
            .map(|block| (block.line, block.text.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                (5, "{%"),
                (6, "include head.html"),
                (7, "%}"),
                (9, "What is safe?"),
                (11, "This.")
            ]
        );
    }

    #[test]
    fn a_long_guide_is_read_in_parts_as_a_whole() {
        let section = "## What is a map?\n\nA [table][t] of `keys`.\n\n```sh\n## no heading\n```\n\n\
                       - one\n\n  two\n\n<details>\n<summary>More?</summary>\n\nIt is.\n\n</details>\n\n\
                       <!--\n# No\n-->\n\n";
        let definition = "[t]: #tables\n";
        let read = |count: usize| blocks(&(section.repeat(count) + definition), 0).0;
        let one = read(1);
        let many = read(600);
        assert!(parts(&section.repeat(600), 0).len() > 3);
        let texts = |blocks: &[Block]| -> Vec<(BlockKind, String, usize, usize)> {
            let told = blocks.iter().take(one.len() - 1);
            told.map(|block| (block.kind, block.text.clone(), block.depth, block.anchored))
                .collect()
        };
        let expected = texts(&one);
        for section in many.chunks(one.len() - 1).take(600) {
            assert_eq!(texts(section), expected);
        }
    }

    #[test]
    fn what_is_longer_than_a_part_is_cut_where_it_means_the_same() {
        let fence = format!("Text.\n\n```\n{}```\n\nEnd.\n", "# code\n\n".repeat(20_000));
        let kinds = |text: &str| -> Vec<BlockKind> {
            blocks(text, 0).0.iter().map(|block| block.kind).collect()
        };
        let text_code_text = [BlockKind::Paragraph, BlockKind::Code, BlockKind::Paragraph];
        assert_eq!(kinds(&fence), text_code_text);
        let line = format!("# One\n\n{}\n\nEnd.\n", "**a** ".repeat(50_000));
        assert_eq!(
            kinds(&line),
            [
                BlockKind::Heading(1),
                BlockKind::Paragraph,
                BlockKind::Paragraph
            ]
        );
    }

    /// Returns the kind of each block with its depth, a summary marked, and its text.
    fn outline(text: &str) -> String {
        let read = blocks(text, 0).0;
        let lines = read.iter().map(|block| {
            let kind = match block.kind {
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::Paragraph if block.summary.is_some() => "s".to_owned(),
                kind => format!("{kind:?}")[..1].to_lowercase(),
            };
            format!("{kind}{} {}", block.depth, block.text)
        });
        lines.collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn containers_have_a_title() {
        for (text, expected) in [
            (
                ":::details What is a box?\n\nA frame.\n\n:::\n\nText.\n",
                "s0 What is a box? / p1 A frame. / m1 ::: / p0 Text.",
            ),
            (":::tip\nText.\n:::\n", "m0 :::tip / p1 Text. / m1 :::"),
            (
                "> [!question]- Why `so`?\n> It is.\n",
                "s1 Why `so`? / p1 It is.",
            ),
            ("> [!note]\n> It is.\n", "m1 [!note] / p1 It is."),
            ("??? question \"Why?\"\n    It is.\n", "s0 Why? / p0 It is."),
            ("## Why? {#why}\n\n## [x] How {: .a }", "h20 Why? / h20 How"),
            ("## Set {1, 2}", "h20 Set {1, 2}"),
            ("- [ ] Why?", "i1 Why?"),
        ] {
            assert_eq!(outline(text), expected, "{text}");
        }
    }

    #[test]
    fn a_guide_may_stand_in_a_fence_as_a_whole() {
        assert_eq!(
            outline("```markdown\n# One\n\n```sh\nls\n```\n\n## Two\n```\n"),
            "m0 ```markdown / h10 One / c0 ls / h20 Two / m0 ```"
        );
        assert_eq!(
            outline("Here it is:\n\n```md\n# One\n```\n"),
            "m0 Here it is: / m0 ```md / h10 One / m0 ```"
        );
        assert_eq!(
            outline("# One\n\n```md\n# Two\n```\n"),
            "h10 One / c0 # Two"
        );
    }

    #[test]
    fn a_title_between_dashes_ends_what_is_above() {
        assert_eq!(
            outline("1. What is a share?\n-----\nPEOPLE\n-----\n2. How do you hire?\n"),
            "i1 What is a share? / m0 ----- / h20 PEOPLE / i1 How do you hire?"
        );
    }

    #[test]
    fn a_tag_that_is_never_closed_swallows_nothing() {
        for tag in ["<pre>", "<!--", "<script>", "<STYLE>", "<p>"] {
            let text = format!("# One\n\n{tag}\n\n## Two?\n\nText.\n");
            let read = blocks(&text, 0).0;
            let heading = read.iter().find(|block| block.text == "Two?").unwrap();
            assert_eq!(heading.kind, BlockKind::Heading(2), "{tag}");
        }
    }

    proptest! {
        #[test]
        fn every_place_is_one_of_the_block(
            text in r"([a-zé分?]{0,4}|[\n>|*_`#<&;{}%()\\\[\] -]|\n\n|``|```|- |&#27;|&amp;|\|-\||<b>|</b>|<summary>|</summary>|<q title='é?'>|<h1>|\]\(#x\)|\t){0,40}",
        ) {
            let mut end = 0;
            for block in blocks(&text, 0).0 {
                prop_assert!(block.span.start >= end && text.get(block.span.clone()).is_some());
                end = block.span.end;
                for at in (0..=block.text.len()).filter(|at| block.text.is_char_boundary(*at)) {
                    for place in [block.source_of(at), block.source_with_markup(at, &text)] {
                        prop_assert!(text.get(place..block.span.end).is_some(), "{at} {block:?}");
                        prop_assert!(place >= block.span.start, "{at} {block:?}");
                    }
                }
            }
        }
    }
}
