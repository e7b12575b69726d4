//! The one reader of markup in a text: Markdown with the HTML that stands in it.
//!
//! pulldown-cmark says where each mark is; the tags of HTML, which it passes on as they are, are read
//! here, so that `<b>` and `**` are one [`Element`] to whoever draws them. What is no tag that sets
//! text is a word of it: "the `<fieldset>` element".

use std::{borrow::Cow, collections::VecDeque, ops::Range};

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, OffsetIter, Options, Parser, Tag as MarkdownTag, TagEnd,
};
use serde::{Deserialize, Serialize};

use crate::text::html_tokens::{
    HtmlTag, HtmlToken, HtmlTokens, PRE, TagKind, decode_entities, html_tag,
};

/// The format of a text: whether its signs mean something or are just signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TextFormat {
    /// Markdown: `**kwargs**` is a bold word.
    #[default]
    Markdown,
    /// Plain text: `**kwargs**` has four stars.
    Plain,
}

/// A piece of a text in Markdown, from [`read_markup`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Markup<'t> {
    /// The text that follows is in an element.
    Start(Element<'t>),
    /// The innermost element that is open ends.
    End(Element<'t>),
    /// Text without its markup, such as `&` of `&amp;`.
    Text(Cow<'t, str>),
    /// The end of a line of the source, which is a space to a reader.
    SoftBreak,
    /// The end of a line.
    HardBreak,
    /// A tag that begins or ends lines, such as `<div>`.
    Boundary,
    /// The space below a block of HTML.
    Gap,
    /// A line across.
    Rule,
    /// The box of a task, and whether it is done.
    Checkbox(bool),
}

/// An element that text stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Element<'t> {
    /// A paragraph.
    Paragraph,
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// A quote.
    Quote,
    /// A code block and the name of its language, empty if there is none.
    CodeBlock(Cow<'t, str>),
    /// A list, and the number of its first item if it is numbered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table and how its columns are aligned.
    Table(Vec<Alignment>),
    /// The first row of a table.
    Head,
    /// A further row.
    Row,
    /// A cell of a row.
    Cell,
    /// Emphasized text.
    Emphasis,
    /// Bold text.
    Strong,
    /// Text that is struck out.
    Strikethrough,
    /// Code in a line.
    Code,
    /// A link and where it leads.
    Link(Cow<'t, str>),
    /// An image, with its description, and where it is.
    Image(Cow<'t, str>),
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alignment {
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// The Markdown that guides are written in.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH);

/// The most elements of HTML that are open in one another: a text may open them without end.
const MAX_HTML_DEPTH: usize = 16;

/// Reads `text`, in Markdown, as pieces with the bytes that each was read from.
///
/// ```
/// use hotseat::{Element, Markup, read_markup};
///
/// let pieces: Vec<Markup> = read_markup("<b>x</b>").map(|(piece, _)| piece).collect();
/// assert_eq!(pieces, read_markup("**x**").map(|(piece, _)| piece).collect::<Vec<_>>());
/// assert_eq!(pieces[1], Markup::Start(Element::Strong));
/// ```
pub fn read_markup(text: &str) -> impl Iterator<Item = (Markup<'_>, Range<usize>)> {
    Reader {
        text,
        events: Parser::new_ext(text, OPTIONS).into_offset_iter(),
        pieces: VecDeque::new(),
        open: Vec::new(),
        html_depth: 0,
        in_comment: false,
        done: 0,
    }
}

struct Reader<'t> {
    text: &'t str,
    events: OffsetIter<'t>,
    /// The pieces that were read of the last event.
    pieces: VecDeque<(Markup<'t>, Range<usize>)>,
    open: Vec<Open<'t>>,
    /// The number of those that are elements of HTML.
    html_depth: usize,
    in_comment: bool,
    /// The byte up to which a link of a wiki was read.
    done: usize,
}

/// An element that is open, and the name of its tag if it is one of HTML.
struct Open<'t> {
    element: Element<'t>,
    tag: Option<&'static str>,
}

impl<'t> Iterator for Reader<'t> {
    type Item = (Markup<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.pieces.is_empty() {
            match self.events.next() {
                Some((Event::Text(_), range)) if range.end <= self.done => {}
                Some((event, range)) => self.event(event, range),
                None if self.open.is_empty() => return None,
                None => self.close_to(0, self.text.len()..self.text.len()),
            }
        }
        self.pieces.pop_front()
    }
}

impl<'t> Reader<'t> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                if let Some(element) = element(tag) {
                    self.start(element, None, range);
                } else {
                    self.boundary(range);
                }
            }
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match wiki_link(self.text, range.clone()) {
                Some((label, end)) => {
                    self.done = end;
                    let text = &self.text[label.clone()];
                    self.pieces.push_back((Markup::Text(text.into()), label));
                }
                None => self.push(Markup::Text(text.into()), range),
            },
            Event::Code(code) => {
                let inner = code_range(self.text, &code, range.clone());
                self.start(Element::Code, None, range.clone());
                self.push(Markup::Text(code.into()), inner);
                self.end_innermost(range);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                let math = &self.text[range.clone()];
                self.push(Markup::Text(math.into()), range);
            }
            Event::SoftBreak | Event::HardBreak if self.is_in_pre() => {
                self.push(Markup::Text("\n".into()), range);
            }
            Event::SoftBreak => self.push(Markup::SoftBreak, range),
            Event::HardBreak => self.push(Markup::HardBreak, range),
            Event::Rule => self.push(Markup::Rule, range),
            Event::TaskListMarker(is_done) => self.push(Markup::Checkbox(is_done), range),
            Event::InlineHtml(html) if html_tag(&html).is_some_and(|(tag, _)| tag.is_word()) => {
                self.push(Markup::Text(html.into()), range);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, range),
            Event::FootnoteReference(_) => {}
        }
    }

    fn push(&mut self, piece: Markup<'t>, range: Range<usize>) {
        self.pieces.push_back((piece, range));
    }

    fn start(&mut self, element: Element<'t>, tag: Option<&'static str>, range: Range<usize>) {
        if !is_inline(&element) {
            self.close_inline_tags(&range);
        }
        self.html_depth += usize::from(tag.is_some());
        self.push(Markup::Start(element.clone()), range);
        self.open.push(Open { element, tag });
    }

    /// Ends an element of Markdown, with what HTML opened in it.
    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if matches!(tag, TagEnd::HtmlBlock) {
            self.close_inline_tags(&range);
            return self.push(Markup::Gap, range);
        }
        let Some(at) = self.open.iter().rposition(|open| open.tag.is_none()) else {
            return;
        };
        self.close_to(at, range);
    }

    fn end_innermost(&mut self, range: Range<usize>) {
        if let Some(open) = self.open.pop() {
            self.html_depth -= usize::from(open.tag.is_some());
            self.push(Markup::End(open.element), range);
        }
    }

    /// Ends elements until `depth` of them are open.
    fn close_to(&mut self, depth: usize, range: Range<usize>) {
        while self.open.len() > depth {
            self.end_innermost(range.clone());
        }
    }

    /// Ends what tags set in a line, which no block goes on with.
    fn close_inline_tags(&mut self, range: &Range<usize>) {
        let is_inline_tag = |open: &Open<'_>| open.tag.is_some() && is_inline(&open.element);
        while self.open.last().is_some_and(is_inline_tag) {
            self.end_innermost(range.clone());
        }
    }

    fn boundary(&mut self, range: Range<usize>) {
        self.close_inline_tags(&range);
        self.push(Markup::Boundary, range);
    }

    fn html(&mut self, html: CowStr<'t>, range: Range<usize>) {
        let is_verbatim = self.text[range.clone()] == *html;
        let mut tokens = HtmlTokens::new(&html, self.in_comment);
        for (token, piece) in tokens.by_ref() {
            let source = match is_verbatim {
                true => range.start + piece.start..range.start + piece.end,
                false => range.clone(),
            };
            let text = match is_verbatim {
                true => Cow::Borrowed(&self.text[source.clone()]),
                false => Cow::Owned(html[piece].to_owned()),
            };
            let kind = match token {
                HtmlToken::Tag(tag) => tag.kind().map(|(name, kind)| (name, kind, tag)),
                HtmlToken::Comment => continue,
                HtmlToken::Text(_) => None,
            };
            match kind {
                Some((_, TagKind::Pre, tag)) if tag.is_closing => self.end_pre(source),
                Some(_) if self.is_in_pre() => {}
                Some((name, kind, tag)) => self.tag(name, kind, &tag, source),
                None if self.is_in_pre() => {
                    self.push(Markup::Text(decode_entities(text)), source);
                }
                None => self.html_text(text, source),
            }
        }
        self.in_comment = tokens.is_in_comment();
    }

    /// Adds text between tags, of which each line is one.
    fn html_text(&mut self, text: Cow<'t, str>, range: Range<usize>) {
        if !text.contains('\n') {
            return self.push(Markup::Text(decode_entities(text)), range);
        }
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.boundary(range.clone());
            }
            let line = if place > 0 { line.trim_start() } else { line };
            if !line.is_empty() {
                let line = decode_entities(Cow::Owned(line.to_owned()));
                self.push(Markup::Text(line), range.clone());
            }
        }
    }

    fn is_in_pre(&self) -> bool {
        self.open.iter().rev().any(|open| open.tag == Some(PRE))
    }

    fn end_pre(&mut self, range: Range<usize>) {
        if let Some(at) = self.open.iter().rposition(|open| open.tag == Some(PRE)) {
            self.close_to(at, range);
        }
    }

    fn tag(&mut self, name: &'static str, kind: TagKind, tag: &HtmlTag<'_>, range: Range<usize>) {
        let element = match kind {
            TagKind::Break => return self.push(Markup::HardBreak, range),
            TagKind::Rule => return self.push(Markup::Rule, range),
            TagKind::Unset | TagKind::Anchor => return,
            TagKind::Heading(level) => Element::Heading(level),
            TagKind::Bold => Element::Strong,
            TagKind::Italic => Element::Emphasis,
            TagKind::Struck => Element::Strikethrough,
            TagKind::Code => Element::Code,
            TagKind::Quote => Element::Quote,
            TagKind::List => Element::List((name == "ol").then_some(1)),
            TagKind::Item => Element::Item,
            TagKind::Pre => Element::CodeBlock("".into()),
            TagKind::Line | TagKind::Cell | TagKind::Group | TagKind::Section => {
                return self.boundary(range);
            }
        };
        let same = |open: &Open<'_>| open.tag == Some(name);
        let of_markdown = self.open.iter().rposition(|open| open.tag.is_none());
        let inner = of_markdown.map_or(0, |at| at + 1);
        let opened = self.open[inner..]
            .iter()
            .rposition(same)
            .map(|at| inner + at);
        if tag.is_closing {
            if let Some(at) = opened {
                self.close_to(at, range);
            } else if !is_inline(&element) {
                self.boundary(range);
            }
            return;
        }
        if element == Element::Item {
            let is_list = |open: &Open<'_>| matches!(open.element, Element::List(_));
            let list = self.open[inner..].iter().rposition(is_list);
            match list {
                // An item ends the one before it.
                Some(list) => self.close_to(inner + list + 1, range.clone()),
                None => self.tag("ul", TagKind::List, tag, range.clone()),
            }
        }
        if self.html_depth < MAX_HTML_DEPTH {
            self.start(element, Some(name), range);
        } else if !is_inline(&element) {
            self.boundary(range);
        }
    }
}

/// Returns the element that a tag of Markdown stands for; none for a block of HTML.
fn element(tag: MarkdownTag<'_>) -> Option<Element<'_>> {
    Some(match tag {
        MarkdownTag::HtmlBlock => return None,
        MarkdownTag::Heading { level, .. } => Element::Heading(level as u8),
        MarkdownTag::BlockQuote(_) => Element::Quote,
        MarkdownTag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            let name = language(&info);
            let start = name.as_ptr().addr() - info.as_ptr().addr();
            let name = start..start + name.len();
            Element::CodeBlock(match info {
                CowStr::Borrowed(info) => Cow::Borrowed(&info[name]),
                info => Cow::Owned(info[name].to_owned()),
            })
        }
        MarkdownTag::CodeBlock(CodeBlockKind::Indented) => Element::CodeBlock("".into()),
        MarkdownTag::List(first) => Element::List(first),
        MarkdownTag::Item => Element::Item,
        MarkdownTag::Table(alignments) => {
            Element::Table(alignments.into_iter().map(Into::into).collect())
        }
        MarkdownTag::TableHead => Element::Head,
        MarkdownTag::TableRow => Element::Row,
        MarkdownTag::TableCell => Element::Cell,
        MarkdownTag::Emphasis => Element::Emphasis,
        MarkdownTag::Strong => Element::Strong,
        MarkdownTag::Strikethrough => Element::Strikethrough,
        MarkdownTag::Link { dest_url, .. } => Element::Link(dest_url.into()),
        MarkdownTag::Image { dest_url, .. } => Element::Image(dest_url.into()),
        // What is not among the options.
        _ => Element::Paragraph,
    })
}

impl From<pulldown_cmark::Alignment> for Alignment {
    fn from(alignment: pulldown_cmark::Alignment) -> Alignment {
        match alignment {
            pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Left,
            pulldown_cmark::Alignment::Center => Alignment::Center,
            pulldown_cmark::Alignment::Right => Alignment::Right,
        }
    }
}

/// Returns the mark of a fence, three or more backticks or tildes, if `line` starts or ends one. Backticks with
/// others behind them are code in a line.
pub(crate) fn fence_mark(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let mark = words.bytes().next().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = words.bytes().take_while(|b| *b == mark).count();
    let is_code = mark == b'`' && words[length..].contains('`');
    (length >= 3 && !is_code).then_some(&words[..length])
}

/// Returns the language that a fence names, as in `js {1,3}` and `{.python}`.
fn language(info: &str) -> &str {
    let is_name = |c: char| c.is_alphanumeric() || "+#-_".contains(c);
    let mut words = info.split(|c| !is_name(c));
    words.find(|word| !word.is_empty()).unwrap_or(&info[..0])
}

fn is_inline(element: &Element<'_>) -> bool {
    matches!(
        element,
        Element::Emphasis
            | Element::Strong
            | Element::Strikethrough
            | Element::Code
            | Element::Link(_)
            | Element::Image(_)
    )
}

/// Returns where in `text` the inside of the inline code of `range` stands; `range` if it stands
/// there otherwise, over two lines.
pub(crate) fn code_range(text: &str, code: &str, range: Range<usize>) -> Range<usize> {
    match text[range.clone()].find(code) {
        Some(at) if !code.is_empty() => range.start + at..range.start + at + code.len(),
        _ => range,
    }
}

/// Returns the label and the end of the link of a wiki, as `[[Page|label]]`, that starts with the text
/// of `range`.
pub(crate) fn wiki_link(text: &str, range: Range<usize>) -> Option<(Range<usize>, usize)> {
    let written = text.get(range.start..)?;
    let inner = written
        .strip_prefix('!')
        .unwrap_or(written)
        .strip_prefix("[[")?;
    let start = text.len() - inner.len();
    // `x[[1]]` is code.
    let before = text[..range.start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || c == ']') {
        return None;
    }
    let mut bytes = inner.bytes().take(MAX_WIKI_LINK);
    let end = start + bytes.position(|b| is_mark(b) || matches!(b, b']' | b'\n'))?;
    let is_link = text[end..].starts_with("]]") && !text[end + 2..].starts_with(['(', '[', ']']);
    let has_words = text[start..end].contains(char::is_alphabetic);
    let label = text[start..end]
        .rfind('|')
        .map_or(start, |bar| start + bar + 1);
    (is_link && has_words).then_some((label..end, end + 2))
}

/// The longest link of a wiki, in bytes.
const MAX_WIKI_LINK: usize = 300;

/// Returns whether markup may start with `b`, within a line.
fn is_mark(b: u8) -> bool {
    matches!(
        b,
        b'*' | b'_' | b'`' | b'[' | b'<' | b'&' | b'\\' | b'~' | b'$'
    )
}

/// A piece of a line without its markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    /// The text, if it is not that of the range.
    pub(crate) text: Option<Cow<'t, str>>,
    pub(crate) range: Range<usize>,
}

/// Returns what is left of `span` of `text`, a part of a paragraph, without its markup.
pub(crate) fn inline(text: &str, span: Range<usize>) -> Vec<Piece<'static>> {
    let line = &text[span.clone()];
    if !line.bytes().any(is_mark) {
        return vec![Piece {
            text: None,
            range: span,
        }];
    }
    // In one line, behind a sign that starts nothing, there is no markup of blocks.
    let mut alone = String::with_capacity(line.len() + 1);
    alone.push(':');
    alone.extend(line.chars().map(|c| if c == '\n' { ' ' } else { c }));
    let mut pieces = Vec::new();
    for (piece, range) in read_markup(&alone) {
        let place = |at: usize| span.start + at.saturating_sub(1);
        let range = place(range.start)..place(range.end);
        match piece {
            Markup::Text(written) => {
                let written = match pieces.is_empty() {
                    true => written
                        .strip_prefix(':')
                        .map_or(written.clone(), |rest| rest.to_owned().into()),
                    false => written,
                };
                let source = text[range.clone()].bytes();
                let is_verbatim = source
                    .map(|b| if b == b'\n' { b' ' } else { b })
                    .eq(written.bytes());
                pieces.push(Piece {
                    text: (!is_verbatim).then(|| Cow::Owned(written.into_owned())),
                    range,
                });
            }
            Markup::HardBreak | Markup::Boundary => pieces.push(Piece {
                text: Some(" ".into()),
                range,
            }),
            _ => {}
        }
    }
    pieces
}

/// Returns the marker of a list item at the start of a line, a bullet or a number with `.` or `)`,
/// and the byte at which its text starts. White space is between them.
pub fn list_marker(line: &str) -> Option<(&str, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line[digits..].chars().next()?;
    let is_marker = match digits {
        0 => matches!(
            mark,
            '-' | '*'
                | '+'
                | '•'
                | '▪'
                | '◦'
                | '·'
                | '●'
                | '‣'
                | '○'
                | '■'
                // Bullets of the fonts of word processors, as they are pasted.
                | '\u{f000}'..='\u{f0ff}'
        ),
        1..=9 => matches!(mark, '.' | ')'),
        _ => false,
    };
    let length = digits + mark.len_utf8();
    let text = line[length..].trim_start();
    let is_apart = text.len() < line.len() - length;
    (is_marker && is_apart).then_some((&line[..length], line.len() - text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marker_of_a_list_item_is_told_from_text() {
        for (line, marker) in [
            ("- a", Some(("-", 2))),
            ("12.  a", Some(("12.", 5))),
            ("3) a", Some(("3)", 3))),
            ("• a", Some(("•", 4))),
            ("\u{f0a7}\ta", Some(("\u{f0a7}", 4))),
            ("-a", None),
            ("1.5 a", None),
            ("", None),
            ("日本", None),
        ] {
            assert_eq!(list_marker(line), marker, "{line}");
        }
    }

    /// Returns the pieces of a text: `b[…]` for bold, and so on, `|` for what ends lines.
    fn pieces(text: &str) -> String {
        let mut out = String::new();
        for (piece, _) in read_markup(text) {
            match piece {
                Markup::Start(element) => {
                    let name = format!("{element:?}").to_lowercase();
                    out.push_str(name.split('(').next().unwrap_or_default());
                    out.push('[');
                }
                Markup::End(_) => out.push(']'),
                Markup::Text(text) => out.push_str(&text),
                Markup::SoftBreak => out.push(' '),
                _ => out.push('|'),
            }
        }
        out
    }

    #[test]
    fn tags_are_the_elements_they_stand_for() {
        for (text, expected) in [
            ("a <b>b</b> c", "paragraph[a strong[b] c]"),
            ("<b>b **c** d", "paragraph[strong[b strong[c] d]]"),
            ("a </b> <T> <fieldset>", "paragraph[a  <T> <fieldset>]"),
            ("<KBD>x</kbd><br/>", "paragraph[code[x]|]"),
            ("a <!-- b --> c", "paragraph[a  c]"),
            ("<ul>\n<li>a<li>b</ul>", "|list[|item[a]item[b]]|"),
            ("- <li>a\n- b", "list[item[|list[item[a||]]]item[b]]"),
            (
                "<pre>\na &lt; <b>b</b>\n\n  c</pre>",
                "|codeblock[\na < b\n\n  c]|",
            ),
            (
                "a <pre>b *c*\nd</pre>",
                "paragraph[a codeblock[b emphasis[c]\nd]]",
            ),
            (
                "<p>&eacute;&nbsp;&#x3c; &bogus; & &amp;amp",
                "||é\u{a0}< &bogus; & &amp|",
            ),
            ("<b>a\n\nb", "paragraph[strong[a]]paragraph[b]"),
            ("<p title='a>b'>c</p>", "||c||"),
            ("&lt;b&gt; \\* &amp;", "paragraph[<b> * &]"),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
