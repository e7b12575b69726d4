//! Answers, in Markdown, as a terminal shows them.
//!
//! Headings, emphasis, lists, quotes, tables and code are drawn to the terminal's width. Where
//! there is no color, the marks that tell them apart stay. What is no terminal gets the answer as
//! it was written, which is what other programs read.

use std::{
    io::{self, Write},
    mem,
};

use anstyle::Style;
use hotseat::{Element, Markup, TextFormat, read_markup};
use textwrap::core::display_width;

use super::{
    CODE, FAINT, LEAST_RULE, PLAIN, TITLE, Terminal, highlight::SyntaxHighlighter, margin::Margin,
    table::Table, wrap,
};

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
    let mut renderer = Renderer {
        terminal,
        out,
        margin: Margin::new(indent),
        text: String::new(),
        styles: Vec::new(),
        lists: Vec::new(),
        link: None,
        in_image: false,
        code: None,
        table: None,
        has_lines: false,
        gap: false,
    };
    for (piece, _) in read_markup(text) {
        renderer.piece(piece)?;
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

/// Draws Markdown, piece by piece. It never recurs, since elements nest as deep as the text does.
struct Renderer<'w, W> {
    terminal: Terminal,
    out: &'w mut W,
    margin: Margin,
    /// The painted text of the open paragraph, heading or cell.
    text: String,
    /// The styles of the spans that are open.
    styles: Vec<Style>,
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
    /// The start of its text in the painted text, and the text itself.
    start: usize,
    text: String,
}

#[derive(Default)]
struct Code {
    language: String,
    text: String,
}

impl<W: Write> Renderer<'_, W> {
    fn piece(&mut self, piece: Markup<'_>) -> io::Result<()> {
        match piece {
            Markup::Start(element) => self.start(element)?,
            Markup::End(element) => self.end(element)?,
            Markup::Text(text) => match &mut self.code {
                Some(code) => code.text.push_str(&text),
                None => self.push(&text, self.style()),
            },
            Markup::SoftBreak => self.text.push(' '),
            Markup::HardBreak => self.text.push('\n'),
            Markup::Boundary => self.flush()?,
            Markup::Gap => {
                self.flush()?;
                self.gap = self.has_lines;
            }
            Markup::Rule => self.rule()?,
            Markup::Checkbox(is_done) => {
                self.text.push_str(if is_done { "[x] " } else { "[ ] " });
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, element: Element<'_>) -> io::Result<()> {
        if self.is_block_in_cell(&element) {
            self.flush()?;
            let bullet = if element == Element::Item { "• " } else { "" };
            self.text.push_str(bullet);
            return Ok(());
        }
        match element {
            Element::Paragraph => {
                self.flush()?;
                // The text of other items is in no paragraph.
                self.lists
                    .last_mut()
                    .iter_mut()
                    .for_each(|list| list.is_loose = true);
            }
            Element::Heading(level) => {
                self.flush()?;
                self.styles.push(TITLE);
                if !self.terminal.color {
                    self.text = "#".repeat(usize::from(level)) + " ";
                }
            }
            Element::Quote => {
                self.flush()?;
                self.blank_line()?;
                let bar = self.terminal.paint(FAINT, "▌ ");
                self.margin.push(self.terminal.width, &bar, &bar);
            }
            Element::CodeBlock(language) => {
                self.flush()?;
                self.code = Some(Code {
                    language: language.into_owned(),
                    text: String::new(),
                });
            }
            Element::List(number) => {
                self.flush()?;
                self.lists.push(List {
                    number,
                    is_loose: false,
                });
            }
            Element::Item => self.item()?,
            Element::Table(alignments) => {
                self.flush()?;
                self.table = Some(Table::new(alignments));
            }
            Element::Head => {
                self.styles.push(TITLE);
                self.table.iter_mut().for_each(Table::start_row);
            }
            Element::Row => self.table.iter_mut().for_each(Table::start_row),
            Element::Emphasis => self.open("*", Style::new().italic()),
            Element::Strong => self.open("**", Style::new().bold()),
            Element::Strikethrough => self.open("~~", Style::new().strikethrough()),
            Element::Code => self.open("`", CODE),
            Element::Link(url) => {
                self.start_link(&url);
                self.styles.push(Style::new().underline());
            }
            // One in a link leads where the link does.
            Element::Image(url) if self.link.is_none() => {
                self.start_link(&url);
                self.in_image = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, element: Element<'_>) -> io::Result<()> {
        if self.is_block_in_cell(&element) {
            return self.flush();
        }
        match element {
            Element::Paragraph => {
                self.flush()?;
                self.gap = self.has_lines;
            }
            Element::Heading(_) => {
                self.flush()?;
                self.styles.pop();
                self.gap = self.has_lines;
            }
            Element::Quote => {
                self.flush()?;
                self.margin.pop();
                self.gap = self.has_lines;
            }
            Element::CodeBlock(_) => self.end_code()?,
            Element::List(_) => {
                self.flush()?;
                self.lists.pop();
                self.gap |= self.lists.is_empty() && self.has_lines;
            }
            Element::Item => {
                self.flush()?;
                self.margin.pop();
                let is_loose = self.lists.last().is_some_and(|list| list.is_loose);
                self.gap |= is_loose && self.has_lines;
            }
            Element::Cell => {
                let cell = mem::take(&mut self.text).trim_end().to_owned();
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            Element::Head => drop(self.styles.pop()),
            Element::Table(_) => self.end_table()?,
            Element::Emphasis => self.close("*"),
            Element::Strong => self.close("**"),
            Element::Strikethrough => self.close("~~"),
            Element::Code => self.close("`"),
            Element::Link(_) => {
                self.styles.pop();
                self.end_link();
            }
            Element::Image(_) if mem::take(&mut self.in_image) => self.end_link(),
            _ => {}
        }
        Ok(())
    }

    /// Returns whether an element stands in a cell of a table, whose lines are drawn with it.
    fn is_block_in_cell(&self, element: &Element<'_>) -> bool {
        let is_block = matches!(
            element,
            Element::Paragraph
                | Element::Heading(_)
                | Element::Quote
                | Element::CodeBlock(_)
                | Element::List(_)
                | Element::Item
        );
        is_block && self.table.is_some()
    }

    /// Returns the style of text in all the spans that are open.
    fn style(&self) -> Style {
        self.styles
            .iter()
            .fold(PLAIN, |style, span| on(style, *span))
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
        if !self.terminal.color && self.code.is_none() {
            self.text.push_str(mark);
        }
    }

    fn close(&mut self, mark: &str) {
        self.styles.pop();
        if !self.terminal.color && self.code.is_none() {
            self.text.push_str(mark);
        }
    }

    /// Writes the open paragraph or heading.
    fn flush(&mut self) -> io::Result<()> {
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
        let mut highlighter = SyntaxHighlighter::new(&language).filter(|_| terminal.color);
        for line in &lines {
            let painted = match &mut highlighter {
                Some(highlighter) => {
                    let pieces = highlighter.line(line);
                    let painted = pieces
                        .iter()
                        .map(|(token, piece)| terminal.paint(token.style(), piece));
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
}

/// Returns `style` with what `span` adds to it.
fn on(style: Style, span: Style) -> Style {
    style
        .fg_color(span.get_fg_color().or(style.get_fg_color()))
        .effects(style.get_effects() | span.get_effects())
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

        A **bold** x2,
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
        let unclosed = "<a".repeat(200_000);
        assert!(plainly(&format!("<div>\n{unclosed}")).ends_with("<a\n"));
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
