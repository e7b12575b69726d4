//! What a terminal is given: text that cannot steer it, in its width, with or without color.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use log::LevelFilter;
use textwrap::{Options, WordSeparator, WordSplitter, core::display_width};

/// A question, a title.
pub(super) const TITLE: Style = Style::new().bold();
/// What matches the query.
pub(super) const MATCH: Style = AnsiColor::Red.on_default().bold();
/// Where something is.
pub(super) const PLACE: Style = AnsiColor::Magenta.on_default();
/// What is beside the point.
pub(super) const FAINT: Style = Style::new().dimmed();
/// Running text.
pub(super) const PLAIN: Style = Style::new();

/// The width of what is no terminal.
const UNKNOWN_WIDTH: usize = 80;
/// Lines longer than this are hard to read, however wide the terminal is.
const MAX_WIDTH: usize = 100;
/// Below this, wrapping does more harm than the terminal's own line breaks.
const MIN_WIDTH: usize = 20;

/// What is known of the terminal, or of the file or pipe in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    /// Whether it is one.
    pub(super) interactive: bool,
    width: usize,
    color: bool,
}

impl Terminal {
    /// Looks at standard output.
    pub(super) fn stdout() -> Terminal {
        let stdout = io::stdout();
        let interactive = stdout.is_terminal();
        let size = terminal_size::terminal_size_of(&stdout);
        let width = size.map_or(UNKNOWN_WIDTH, |(width, _)| usize::from(width.0));
        Terminal {
            interactive,
            width: width.clamp(MIN_WIDTH, MAX_WIDTH),
            color: AutoStream::choice(&stdout) != ColorChoice::Never,
        }
    }

    /// Returns one line of text, made harmless, in `style`.
    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        let text = sanitize(text);
        if self.color && style != PLAIN {
            format!("{style}{text}{style:#}")
        } else {
            text.into_owned()
        }
    }

    /// Writes painted text: `first` before it, and below that its further lines.
    pub(super) fn write(&self, out: &mut impl Write, first: &str, text: &str) -> io::Result<()> {
        let indent = " ".repeat(display_width(first));
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(&indent)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&text.replace('\t', "    "), options) {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Writes a line for the person at the terminal to standard error.
pub(crate) fn tell(line: &str) {
    // There is nowhere left to say that this failed.
    let _ = writeln!(io::stderr(), "{}", sanitize(line));
}

/// Writes a line that can be missed, such as a note, a warning or a hint, unless it is not wanted.
pub(crate) fn remark(line: &str) {
    if log::max_level() >= LevelFilter::Warn {
        tell(line);
    }
}

/// Escapes what would steer a terminal, line ends included: control characters and what turns the
/// direction of the text. Tabs stay.
pub(super) fn sanitize(line: &str) -> Cow<'_, str> {
    if !line.contains(steers) {
        return Cow::Borrowed(line);
    }
    let mut safe = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        if steers(c) {
            safe.extend(c.escape_default());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Returns whether a terminal acts on `c` rather than showing it.
pub(super) fn steers(c: char) -> bool {
    let is_line_end = matches!(c, '\u{2028}' | '\u{2029}');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && c != '\t') || is_line_end || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        let cases = [
            ("\u{1b}[31mred\u{1b}[0m", r"\u{1b}[31mred\u{1b}[0m"),
            (
                "\u{1b}]8;;http://x\u{7}link",
                r"\u{1b}]8;;http://x\u{7}link",
            ),
            ("\u{9b}2J\u{90}\u{9d}", r"\u{9b}2J\u{90}\u{9d}"),
            ("safe\rmalice\u{8}\u{7f}", r"safe\rmalice\u{8}\u{7f}"),
            ("a\nb\u{2028}c\u{0}", r"a\nb\u{2028}c\u{0}"),
            ("\u{202e}txt.exe\u{202c}", r"\u{202e}txt.exe\u{202c}"),
            ("\u{2066}x\u{2069}", r"\u{2066}x\u{2069}"),
        ];
        for (text, safe) in cases {
            assert_eq!(sanitize(text), safe);
        }
    }

    #[test]
    fn text_of_any_language_stays_as_it_is() {
        for text in [
            "tab\tstop",
            "naïve café",
            "日本語",
            "שלום",
            "👩\u{200d}💻 e\u{301}",
        ] {
            assert_eq!(sanitize(text), text);
        }
    }

    fn terminal(width: usize, color: bool) -> Terminal {
        Terminal {
            interactive: false,
            width,
            color,
        }
    }

    fn written(terminal: Terminal, first: &str, text: &str) -> String {
        let mut out = Vec::new();
        terminal.write(&mut out, first, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_are_wrapped_below_the_text_by_the_width_they_are_shown_in() {
        let narrow = terminal(12, false);
        assert_eq!(
            written(narrow, "1. ", "one two three"),
            "1. one two\n   three\n"
        );
        assert_eq!(
            written(narrow, "- ", "索引を検索する"),
            "- 索引を検索\n  する\n"
        );
    }

    #[test]
    fn color_has_no_width_and_is_left_out_where_it_is_not_wanted() {
        let colored = terminal(12, true).paint(MATCH, "one");
        assert_eq!(colored, "\u{1b}[1m\u{1b}[31mone\u{1b}[0m");
        let text = format!("{colored} two three");
        assert_eq!(written(terminal(12, true), "", &text).lines().count(), 2);
        assert_eq!(terminal(12, false).paint(MATCH, "one"), "one");
    }
}
