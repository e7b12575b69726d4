//! A text of a guide -> HTML that is safe in any page.
//!
//! Every character of the text is escaped, and no tag, attribute or style of its author is passed
//! on: the elements are those of [`read_markup`], written anew. Links lead to `http:`, `https:`,
//! `mailto:` and to places of the same page; others are text. Images are links to where they are,
//! so that showing an answer fetches nothing.

use std::{borrow::Cow, collections::BTreeSet, fmt, mem, ops::Range};

use crate::text::markup::{Alignment, Element, Markup, TextFormat, read_markup};

/// A writer of HTML, for [`QaDocument::answer`](crate::QaDocument::answer) and other texts in
/// Markdown or plain text.
///
/// ```
/// use hotseat::{Html, TextFormat};
///
/// let html = Html::new().render(TextFormat::Markdown, "A **lock** <script>x</script>");
/// assert_eq!(html, "<p>A <strong>lock</strong> &lt;script&gt;x&lt;/script&gt;</p>\n");
/// ```
#[derive(Clone, Copy, Default)]
pub struct Html<'h> {
    code: Option<&'h Highlight>,
    headings: Option<u8>,
    matches: &'h [Range<usize>],
    passage: Option<&'h Range<usize>>,
}

/// Returns the HTML of code in a language, by its name and text; none for `<code>` without more.
type Highlight = dyn Fn(&str, &str) -> Option<String>;

impl fmt::Debug for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Html")
            .field("headings", &self.headings)
            .finish_non_exhaustive()
    }
}

impl<'h> Html<'h> {
    /// Returns a writer with the headings of the text and code in one color.
    pub fn new() -> Html<'h> {
        Html::default()
    }

    /// Sets a function that returns the HTML inside a code block, from the language, which may be
    /// empty, and the code; none if it does not know the language.
    ///
    /// The HTML is written as it is: [`escape_html`] makes text safe.
    #[must_use]
    pub fn code(mut self, html: &'h Highlight) -> Html<'h> {
        self.code = Some(html);
        self
    }

    /// Sets the level of the outermost headings of a text, 1 to 6; the levels below it follow without
    /// gaps, as in an outline.
    #[must_use]
    pub fn headings(mut self, outermost: u8) -> Html<'h> {
        self.headings = Some(outermost.clamp(1, 6));
        self
    }

    /// Sets the bytes of the text that are written in `<mark>`, in order and without overlap, as
    /// [`Highlight::matches`](crate::Highlight::matches) has them.
    ///
    /// ```
    /// use hotseat::{Html, TextFormat};
    ///
    /// let html = Html::new().matches(std::slice::from_ref(&(2..6)));
    /// assert_eq!(html.render(TextFormat::Markdown, "A lock."), "<p>A <mark>lock</mark>.</p>\n");
    /// ```
    #[must_use]
    pub fn matches(mut self, matches: &'h [Range<usize>]) -> Html<'h> {
        self.matches = matches;
        self
    }

    /// Sets the bytes of the text that are written in `<span class="passage">`, of which the first is
    /// the target of `#passage`.
    #[must_use]
    pub fn passage(mut self, passage: &'h Range<usize>) -> Html<'h> {
        self.passage = Some(passage);
        self
    }

    /// Returns `text` as HTML blocks.
    pub fn render(&self, format: TextFormat, text: &str) -> String {
        if format == TextFormat::Plain {
            return self.plain(text);
        }
        let mut writer = Writer {
            html: *self,
            out: String::with_capacity(text.len() + text.len() / 4),
            levels: self.headings.map_or_else(BTreeSet::new, |_| levels(text)),
            open: Vec::new(),
            code: None,
            alignments: Vec::new(),
            column: 0,
            in_link: false,
            in_line: false,
            break_due: false,
            passage_begun: false,
        };
        for (piece, range) in read_markup(text) {
            writer.piece(piece, range);
        }
        writer.end_implied();
        writer.out
    }

    /// Returns plain text as paragraphs, its lines and indentation kept.
    fn plain(&self, text: &str) -> String {
        let mut out = String::new();
        let mut passage_begun = false;
        let lines: Vec<&str> = text.lines().collect();
        // Lines are parts of the text, so their places tell the bytes.
        let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        let mut write = |out: &mut String, line: &str| {
            let cuts = self.cuts(start(line)..start(line) + line.len());
            write_cut(out, line, &cuts, &mut passage_begun);
        };
        for paragraph in lines.split(|line| line.trim().is_empty()) {
            let is_code = |line: &&str| line.starts_with("    ") || line.starts_with('\t');
            if paragraph.is_empty() {
                continue;
            } else if paragraph.iter().all(is_code) {
                out += &format!("{PRE}<code>");
                for line in paragraph {
                    write(&mut out, line);
                    out.push('\n');
                }
                out.push_str("</code></pre>\n");
                continue;
            }
            out.push_str("<p>");
            for (place, line) in paragraph.iter().enumerate() {
                if place > 0 {
                    out.push_str("<br>\n");
                }
                let text = line.trim_start();
                let blanks = line[..line.len() - text.len()].chars().count();
                out += &"&nbsp;".repeat(blanks.min(MAX_INDENT));
                write(&mut out, text);
            }
            out.push_str("</p>\n");
        }
        out
    }

    /// Returns the parts of the bytes `range` of a text that match or are in the passage, counted from
    /// its start.
    fn cuts(&self, range: Range<usize>) -> Vec<Cut> {
        let passage = self.passage.cloned().unwrap_or(0..0);
        let first = self.matches.partition_point(|span| span.end <= range.start);
        let matches = self.matches[first..].iter();
        let matches: Vec<_> = matches.take_while(|span| span.start < range.end).collect();
        let mut ends = vec![range.start, range.end, passage.start, passage.end];
        ends.extend(matches.iter().flat_map(|span| [span.start, span.end]));
        ends.retain(|end| (range.start..=range.end).contains(end));
        ends.sort_unstable();
        ends.dedup();
        let cuts = ends.windows(2).map(|ends| Cut {
            span: ends[0] - range.start..ends[1] - range.start,
            matches: matches.iter().any(|span| span.contains(&ends[0])),
            in_passage: passage.contains(&ends[0]),
        });
        cuts.filter(|cut| cut.matches || cut.in_passage).collect()
    }
}

/// A part of a text that is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    span: Range<usize>,
    matches: bool,
    in_passage: bool,
}

impl Cut {
    /// Writes the tags before the part; the first one of a passage is a target.
    fn open(&self, out: &mut String, passage_begun: &mut bool) {
        if self.in_passage {
            out.push_str(match mem::replace(passage_begun, true) {
                false => "<span class=\"passage\" id=\"passage\">",
                true => "<span class=\"passage\">",
            });
        }
        if self.matches {
            out.push_str("<mark>");
        }
    }

    fn close(&self, out: &mut String) {
        if self.matches {
            out.push_str("</mark>");
        }
        if self.in_passage {
            out.push_str("</span>");
        }
    }
}

/// Writes `text`, escaped, with its `cuts` marked.
fn write_cut(out: &mut String, text: &str, cuts: &[Cut], passage_begun: &mut bool) {
    let mut at = 0;
    for cut in cuts {
        // Nothing that a caller gives may split a character.
        let (Some(before), Some(inside)) =
            (text.get(at..cut.span.start), text.get(cut.span.clone()))
        else {
            continue;
        };
        out.push_str(&escape_html(before));
        cut.open(out, passage_begun);
        out.push_str(&escape_html(inside));
        cut.close(out);
        at = cut.span.end;
    }
    out.push_str(&escape_html(&text[at..]));
}

/// Writes `html`, which has tags and escaped text, with `cuts` of its text marked, whose spans count
/// characters.
fn write_cut_html(out: &mut String, html: &str, cuts: &[Cut], passage_begun: &mut bool) {
    let mut cuts = cuts.iter().peekable();
    let mut open: Option<&Cut> = None;
    let mut at = 0;
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        let is_tag = first == '<';
        let end = match first {
            '<' => rest.find('>').map(|end| end + 1),
            '&' => rest.find(';').map(|end| end + 1),
            _ => None,
        };
        let (unit, after) = rest.split_at(end.unwrap_or(first.len_utf8()));
        rest = after;
        if let Some(cut) = open.filter(|cut| is_tag || cut.span.end <= at) {
            cut.close(out);
            open = None;
        }
        if is_tag {
            out.push_str(unit);
            continue;
        }
        while cuts.peek().is_some_and(|cut| cut.span.end <= at) {
            cuts.next();
        }
        if open.is_none()
            && let Some(cut) = cuts.peek().filter(|cut| cut.span.start <= at)
        {
            cut.open(out, passage_begun);
            open = Some(cut);
        }
        out.push_str(unit);
        at += 1;
    }
    if let Some(cut) = open {
        cut.close(out);
    }
}

/// Returns `text` with the characters escaped that mean something in HTML, inside elements and
/// inside attributes in double quotes.
///
/// Characters that [steer](steers) a page become U+FFFD.
///
/// ```
/// assert_eq!(hotseat::escape_html("a < b"), "a &lt; b");
/// ```
pub fn escape_html(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| escaped(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match escaped(c) {
            Some(escaped) => out.push_str(escaped),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn escaped(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        c if steers(c) => "\u{fffd}",
        _ => return None,
    })
}

/// Returns whether a terminal, a page or an editor may act on `c` rather than show it: control
/// characters, separators of lines and paragraphs, and characters that turn the direction of text. Tabs
/// and line feeds do not count.
///
/// ```
/// assert!("\u{1b}[2J\u{202e}".chars().any(hotseat::steers));
/// assert!(!"a\tשלום\n".chars().any(hotseat::steers));
/// ```
#[inline]
pub fn steers(c: char) -> bool {
    let is_line_end = matches!(c, '\u{2028}' | '\u{2029}');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() && !matches!(c, '\t' | '\n') || is_line_end || turns
}

/// The deepest indentation of a line of plain text that is kept.
const MAX_INDENT: usize = 40;

/// Starts a block of code. It takes the focus, so that it can be scrolled by keys.
const PRE: &str = "<pre tabindex=\"0\">";

/// The most elements in one another that are written; a text may open them without end.
const MAX_DEPTH: usize = 100;

/// Returns the levels of the headings of `text`.
fn levels(text: &str) -> BTreeSet<u8> {
    let level = |piece| match piece {
        Markup::Start(Element::Heading(level)) => Some(level),
        _ => None,
    };
    read_markup(text)
        .filter_map(|(piece, _)| level(piece))
        .collect()
}

/// Returns whether a link may lead to `url`.
fn is_safe(url: &str) -> bool {
    let has_scheme = |scheme: &&str| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    url.starts_with('#') || ["https://", "http://", "mailto:"].iter().any(has_scheme)
}

struct Writer<'h> {
    html: Html<'h>,
    out: String,
    /// The levels of the headings, if they are written on others.
    levels: BTreeSet<u8>,
    open: Vec<Open>,
    /// The block of code that is open.
    code: Option<Code>,
    /// The columns of the open table, and the one that is written.
    alignments: Vec<Alignment>,
    column: usize,
    in_link: bool,
    /// Whether a line of text is open, and whether it ends before what comes next.
    in_line: bool,
    break_due: bool,
    /// Whether the target of the passage is written.
    passage_begun: bool,
}

/// A block of code: its language, its text, and what of that is marked, in characters.
#[derive(Default)]
struct Code {
    language: String,
    text: String,
    cuts: Vec<Cut>,
}

impl Code {
    /// Appends text, whose `cuts` count bytes.
    fn push(&mut self, text: &str, cuts: Vec<Cut>) {
        if !cuts.is_empty() {
            let before = self.text.chars().count();
            let count = |end: usize| before + text.get(..end).unwrap_or(text).chars().count();
            self.cuts.extend(cuts.into_iter().map(|cut| Cut {
                span: count(cut.span.start)..count(cut.span.end),
                ..cut
            }));
        }
        self.text.push_str(text);
    }
}

/// An element that is open.
struct Open {
    /// The tag that ends it; empty if none is due.
    end: Cow<'static, str>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Stands in a line.
    Inline,
    Link,
    /// Holds lines and no blocks.
    Lines,
    /// A paragraph around text that stands in none.
    Implied,
    /// Holds blocks.
    Blocks,
    /// Holds blocks, or text without a paragraph.
    Item,
    Code,
    /// An element that is not written, such as emphasis in a block of code.
    Nothing,
}

impl Writer<'_> {
    fn piece(&mut self, piece: Markup<'_>, range: Range<usize>) {
        let cuts = match &piece {
            // Other text stands for its source, as `&` for `&amp;`.
            Markup::Text(text) if text.len() == range.len() => self.html.cuts(range),
            _ => Vec::new(),
        };
        if let Some(code) = &mut self.code {
            match piece {
                Markup::Text(text) => return code.push(&text, cuts),
                Markup::Start(_) => return self.open.push(Open::nothing()),
                Markup::End(_) => {}
                _ => return code.text.push('\n'),
            }
        }
        match piece {
            Markup::Start(element) => self.start(element),
            Markup::End(_) => self.end(),
            Markup::Text(text) => self.text(&text, &cuts),
            Markup::SoftBreak if self.in_line => self.out.push('\n'),
            Markup::HardBreak | Markup::Boundary => self.break_due = self.in_line,
            Markup::Gap => self.end_implied(),
            Markup::Rule => {
                self.start_block();
                self.out.push_str("<hr>\n");
            }
            Markup::Checkbox(is_done) => self.text(if is_done { "☑ " } else { "☐ " }, &[]),
            _ => {}
        }
    }

    fn start(&mut self, element: Element<'_>) {
        if self.open.len() >= MAX_DEPTH {
            return self.open.push(Open::nothing());
        }
        match element {
            Element::Emphasis => self.inline("em"),
            Element::Strong => self.inline("strong"),
            Element::Strikethrough => self.inline("del"),
            Element::Code => self.inline("code"),
            Element::Link(url) | Element::Image(url) => self.link(&url),
            Element::Paragraph => self.block("<p>", "</p>\n", Kind::Lines),
            Element::Heading(level) => self.heading(level),
            Element::Quote => self.block("<blockquote>\n", "</blockquote>\n", Kind::Blocks),
            Element::CodeBlock(language) => {
                self.start_block();
                self.code = Some(Code {
                    language: language.into_owned(),
                    ..Code::default()
                });
                self.push("", Kind::Code);
            }
            Element::List(None) => self.block("<ul>\n", "</ul>\n", Kind::Blocks),
            Element::List(Some(1)) => self.block("<ol>\n", "</ol>\n", Kind::Blocks),
            Element::List(Some(first)) => {
                self.block(
                    &format!("<ol start=\"{first}\">\n"),
                    "</ol>\n",
                    Kind::Blocks,
                );
            }
            Element::Item => self.block("<li>", "</li>\n", Kind::Item),
            Element::Table(alignments) => {
                self.alignments = alignments;
                self.block("<table>\n", "</tbody></table>\n", Kind::Blocks);
            }
            Element::Head => self.row("<thead><tr>", "</tr></thead>\n<tbody>\n"),
            Element::Row => self.row("<tr>", "</tr>\n"),
            Element::Cell => self.cell(),
        }
    }

    fn push(&mut self, end: impl Into<Cow<'static, str>>, kind: Kind) {
        let end = end.into();
        self.open.push(Open { end, kind });
    }

    /// Ends the innermost element.
    fn end(&mut self) {
        self.end_implied();
        let Some(Open { end, kind }) = self.open.pop() else {
            return;
        };
        match kind {
            Kind::Code => self.end_code(),
            Kind::Link => self.in_link = false,
            Kind::Inline | Kind::Nothing => {}
            Kind::Lines | Kind::Implied | Kind::Blocks | Kind::Item => self.end_line(),
        }
        self.out.push_str(&end);
    }

    fn end_line(&mut self) {
        (self.in_line, self.break_due) = (false, false);
    }

    fn end_implied(&mut self) {
        if self
            .open
            .last()
            .is_some_and(|open| open.kind == Kind::Implied)
        {
            self.open.pop();
            self.out.push_str("</p>\n");
            self.end_line();
        }
    }

    /// Ends the line that is open, with all elements that can hold no block. Their ends come later,
    /// and write nothing then.
    fn start_block(&mut self) {
        self.end_implied();
        for open in self.open.iter_mut().rev() {
            match open.kind {
                Kind::Inline | Kind::Link | Kind::Lines => {
                    self.in_link &= open.kind != Kind::Link;
                    self.out.push_str(&mem::take(&mut open.end));
                    open.kind = Kind::Nothing;
                }
                Kind::Nothing => {}
                _ => break,
            }
        }
        self.end_line();
    }

    fn block(&mut self, start: &str, end: &'static str, kind: Kind) {
        self.start_block();
        self.out.push_str(start);
        self.push(end, kind);
    }

    /// Starts a line of text, or goes on with it.
    fn start_line(&mut self) {
        let holder = self
            .open
            .iter()
            .rev()
            .find(|open| open.kind != Kind::Nothing);
        if holder.is_none_or(|open| open.kind == Kind::Blocks) {
            self.out.push_str("<p>");
            self.push("</p>\n", Kind::Implied);
            self.end_line();
        }
        if mem::take(&mut self.break_due) {
            self.out.push_str("<br>\n");
        }
        self.in_line = true;
    }

    fn text(&mut self, text: &str, cuts: &[Cut]) {
        if self.in_line || !text.trim().is_empty() {
            self.start_line();
            write_cut(&mut self.out, text, cuts, &mut self.passage_begun);
        }
    }

    fn inline(&mut self, name: &'static str) {
        self.start_line();
        self.out += &format!("<{name}>");
        self.push(format!("</{name}>"), Kind::Inline);
    }

    /// Starts a link, unless it is in another, as an image may be, or leads where none may.
    fn link(&mut self, url: &str) {
        if self.in_link || !is_safe(url) {
            return self.open.push(Open::nothing());
        }
        self.start_line();
        self.in_link = true;
        let url = escape_html(url);
        self.out += &format!("<a href=\"{url}\" rel=\"noopener noreferrer\">");
        self.push("</a>", Kind::Link);
    }

    fn heading(&mut self, level: u8) {
        let level = match self.html.headings {
            Some(outermost) => outermost + self.levels.range(..level).count() as u8,
            None => level,
        };
        let level = level.clamp(1, 6);
        self.start_block();
        self.out += &format!("<h{level}>");
        self.push(format!("</h{level}>\n"), Kind::Lines);
    }

    fn row(&mut self, start: &str, end: &'static str) {
        self.column = 0;
        self.block(start, end, Kind::Blocks);
    }

    fn cell(&mut self) {
        let is_head = self
            .open
            .last()
            .is_some_and(|row| row.end.contains("thead"));
        let (name, end) = if is_head {
            ("th", "</th>")
        } else {
            ("td", "</td>")
        };
        // A style would need a policy that allows it; this attribute needs no style sheet either.
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " align=\"center\"",
            Some(Alignment::Right) => " align=\"right\"",
            _ => "",
        };
        self.column += 1;
        self.block(&format!("<{name}{align}>"), end, Kind::Item);
    }

    fn end_code(&mut self) {
        let Code {
            language,
            text,
            cuts,
        } = self.code.take().unwrap_or_default();
        let class = match language.as_str() {
            "" => String::new(),
            name => format!(" class=\"language-{}\"", escape_html(name)),
        };
        let highlighted = self.html.code.and_then(|html| html(&language, &text));
        let inner = highlighted.unwrap_or_else(|| escape_html(&text).into_owned());
        self.out += &format!("{PRE}<code{class}>");
        match &cuts[..] {
            [] => self.out.push_str(&inner),
            cuts => write_cut_html(&mut self.out, &inner, cuts, &mut self.passage_begun),
        }
        self.out.push_str("</code></pre>\n");
        self.end_line();
    }
}

impl Open {
    fn nothing() -> Open {
        Open {
            end: Cow::Borrowed(""),
            kind: Kind::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use proptest::prelude::*;

    use super::*;
    use crate::text::html_tokens::{HtmlToken, HtmlTokens};

    fn html(text: &str) -> String {
        Html::new().render(TextFormat::Markdown, text)
    }

    #[test]
    fn each_element_has_its_tag() {
        for (text, expected) in [
            ("a\nb", "<p>a\nb</p>\n"),
            ("a  \nb", "<p>a<br>\nb</p>\n"),
            ("# a *b*", "<h1>a <em>b</em></h1>\n"),
            ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
            ("- [x] a", "<ul>\n<li>☑ a</li>\n</ul>\n"),
            ("- a\n\n  b", "<ul>\n<li><p>a</p>\n<p>b</p>\n</li>\n</ul>\n"),
            (
                "**a** ~~b~~ `<c>`",
                "<p><strong>a</strong> <del>b</del> <code>&lt;c&gt;</code></p>\n",
            ),
            ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
            (
                "```rust\na < b;\n```",
                "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b;\n</code></pre>\n",
            ),
            (
                "|a|b|\n|-|-:|\n|1|2|",
                "<table>\n<thead><tr><th>a</th><th align=\"right\">b</th></tr></thead>\n<tbody>\n\
                 <tr><td>1</td><td align=\"right\">2</td></tr>\n</tbody></table>\n",
            ),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    #[test]
    fn blocks_of_html_are_lines_and_paragraphs() {
        for (text, expected) in [
            ("<div>\na\nb\n</div>\n\nc", "<p>a<br>\nb</p>\n<p>c</p>\n"),
            (
                "a <pre>b *c*\nd</pre>",
                "<p>a </p>\n<pre tabindex=\"0\"><code>b c\nd</code></pre>\n",
            ),
            (
                "*a <ul><li>b</ul> c*",
                "<p><em>a </em></p>\n<ul>\n<li>b</li>\n</ul>\n<p> c</p>\n",
            ),
            (
                "<pre>\n</style>\n\n# a",
                "<pre tabindex=\"0\"><code>\n&lt;/style&gt;\n\n# a\n</code></pre>\n",
            ),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    #[test]
    fn a_link_leads_out_or_is_text() {
        let rel = "rel=\"noopener noreferrer\"";
        assert_eq!(
            html("[a](https://b)"),
            format!("<p><a href=\"https://b\" {rel}>a</a></p>\n")
        );
        assert_eq!(
            html("[a](#b)"),
            format!("<p><a href=\"#b\" {rel}>a</a></p>\n")
        );
        assert_eq!(
            html("![a](HTTP://b)"),
            format!("<p><a href=\"HTTP://b\" {rel}>a</a></p>\n")
        );
        assert_eq!(
            html("[![a](https://b)](https://c)"),
            format!("<p><a href=\"https://c\" {rel}>a</a></p>\n")
        );
        for url in [
            "javascript:alert(1)",
            "//b",
            "data:text/html,x",
            "b.md",
            "file:///b",
            " http://b",
        ] {
            assert_eq!(html(&format!("[a](<{url}>)")), "<p>a</p>\n", "{url}");
        }
    }

    #[test]
    fn headings_are_an_outline() {
        let html = Html::new().headings(3);
        assert_eq!(
            html.render(TextFormat::Markdown, "## a\n#### b\n###### c"),
            "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>\n"
        );
    }

    #[test]
    fn code_is_written_by_its_function() {
        let code = |language: &str, code: &str| {
            (language == "c").then(|| format!("<i>{}</i>", escape_html(code.trim())))
        };
        let html = Html::new().code(&code);
        let render = |text| html.render(TextFormat::Markdown, text);
        assert!(render("```c\n<\n```").contains("<code class=\"language-c\"><i>&lt;</i></code>"));
        assert!(render("```d\n<\n```").contains("<code class=\"language-d\">&lt;\n</code>"));
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        let html = Html::new().render(TextFormat::Plain, "**a**\n  <b>\n\n\tc\n    d\n");
        assert_eq!(
            html,
            "<p>**a**<br>\n&nbsp;&nbsp;&lt;b&gt;</p>\n<pre tabindex=\"0\"><code>\tc\n    d\n</code></pre>\n"
        );
    }

    #[test]
    fn matches_and_the_passage_are_marked() {
        let text = "A **lock** &lt; lock.\n\n```c\nif lock\n```\n";
        let matches: Vec<_> = text
            .match_indices("lock")
            .map(|(at, lock)| at..at + lock.len())
            .collect();
        let passage = 16..29;
        let code = |_: &str, code: &str| Some(escape_html(code).replace("if", "<i>if</i>"));
        let html = Html::new().code(&code).matches(&matches).passage(&passage);
        assert_eq!(
            html.render(TextFormat::Markdown, text),
            "<p>A <strong><mark>lock</mark></strong> &lt; \
             <span class=\"passage\" id=\"passage\"><mark>lock</mark></span>\
             <span class=\"passage\">.</span></p>\n\
             <pre tabindex=\"0\"><code class=\"language-c\"><i><span class=\"passage\">i</span>f</i> \
             <mark>lock</mark>\n</code></pre>\n"
        );
        let plain = Html::new().matches(&[3..4, 6..7]).passage(&passage);
        assert_eq!(
            plain.render(TextFormat::Plain, "  <b>\n<é"),
            "<p>&nbsp;&nbsp;&lt;<mark>b</mark>&gt;<br>\n<mark>&lt;</mark>é</p>\n"
        );
        // What is no character is not marked.
        assert_eq!(
            Html::new()
                .matches(slice::from_ref(&(1..2)))
                .render(TextFormat::Plain, "é"),
            "<p>é</p>\n"
        );
    }

    #[test]
    fn nothing_of_an_author_acts() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<a href=\"javascript:alert(1)\">a</a>",
            "[a](java\nscript:alert(1))",
            "[a](&#106;avascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](\u{1}javascript:alert(1))",
            "[a](vbscript:x)",
            "[a](https://b/\"onmouseover=alert(1)//)",
            "<https://b/'onmouseover=alert(1)>",
            "![\"><script>x</script>](https://b)",
            "```\"><script>\nx\n```",
            "```x\" onclick=\"alert(1)\nx\n```",
            "<b onclick=alert(1)>a</b>",
            "<p style=\"background:url(javascript:x)\">a",
            "<iframe srcdoc=\"<script>x</script>\">",
            "<math><mtext><table><mglyph><style><img src onerror=x>",
            "<!--><script>x</script>-->",
            "<style>*{}</style><base href=//b><meta http-equiv=refresh content=0>",
            "&lt;script&gt;x&lt;/script&gt;",
            "`<script>`",
            "|<script>|\n|-|\n|<img onerror=x>|",
            "<details open ontoggle=alert(1)>a</details>",
            "<ul><li onclick=x>a",
            "<h1 id=x onclick=y>a</h1>",
            "[a]: javascript:x\n\n[a]",
            "<javascript:alert(1)>",
        ] {
            let html = html(text);
            assert_eq!(unsafe_part(&html), None, "{text}\n{html}");
        }
    }

    /// Returns a tag that the writer cannot have written.
    fn unsafe_part(html: &str) -> Option<String> {
        const NAMES: [&str; 25] = [
            "p",
            "br",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "a",
            "ul",
            "ol",
            "li",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "hr",
        ];
        let mut open: Vec<String> = Vec::new();
        for (token, range) in HtmlTokens::new(html, false) {
            let is_safe = match token {
                HtmlToken::Text(text) => !text.contains(['<', '>', '"']),
                HtmlToken::Comment => false,
                HtmlToken::Tag(tag) => {
                    let has_known = tag.attributes().all(|(name, value)| match name {
                        "href" => super::is_safe(value),
                        "start" => value.parse::<u64>().is_ok(),
                        "class" | "align" | "tabindex" | "rel" => !value.contains(['"', '<', '>']),
                        _ => false,
                    });
                    let is_closed = match (tag.name, tag.is_closing) {
                        ("br" | "hr", _) => true,
                        (name, true) => open.pop().as_deref() == Some(name),
                        (name, false) => {
                            open.push(name.to_owned());
                            true
                        }
                    };
                    NAMES.contains(&tag.name) && has_known && is_closed
                }
            };
            if !is_safe {
                return Some(html[range].to_owned());
            }
        }
        open.pop()
    }

    proptest! {
        /// Of any text: only the tags of the writer, each closed in the order in which it was opened.
        #[test]
        fn the_html_of_any_text_is_whole(pieces in prop::collection::vec(prop::sample::select(vec![
            "a", " ", "\n", "\n\n", "*", "**", "`", "```", "# ", "> ", "- ", "1. ", "    ", "|", "|-|\n",
            "[", "](", ")", "![", "javascript:", "https://b", "<b>", "</b>", "<ul>", "<li>", "</ul>",
            "<pre>", "</pre>", "<div>", "</div>", "<script>", "<!--", "-->", "\"", "'", "<", "&lt;",
            "</style>", "<code>", "~~", "- [x] ", "<h2>", "<blockquote>", "$", "\t", "\u{202e}", "\0",
        ]), 0..40)) {
            let text = pieces.concat();
            for format in [TextFormat::Markdown, TextFormat::Plain] {
                let html = Html::new().headings(2).render(format, &text);
                prop_assert_eq!(unsafe_part(&html), None, "{}", html);
            }
        }
    }

    #[test]
    fn elements_without_end_are_bounded() {
        let html = html(&"> ".repeat(5000));
        assert!(html.matches("<blockquote>").count() <= MAX_DEPTH);
        let nested = format!("{}x", "*_".repeat(3000));
        assert_eq!(unsafe_part(&self::html(&nested)), None);
    }
}
