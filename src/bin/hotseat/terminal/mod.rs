//! Output to a terminal: text that cannot steer it, in its width, with or without color.

pub(crate) mod highlight;
pub(crate) mod hyperlink;
mod languages;
mod margin;
pub(crate) mod markdown;
pub(crate) mod pager;
pub(crate) mod progress;
mod table;

use std::{
    borrow::Cow,
    env,
    io::{self, IsTerminal, Write},
    path::Path,
    sync::OnceLock,
};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use anstyle_hyperlink::Hyperlink;
use hotseat::{Place, list_marker};
use log::LevelFilter;
use supports_hyperlinks::supports_hyperlinks;
use textwrap::{
    Options, WordSeparator, WordSplitter,
    core::{Word, display_width},
};

use self::hyperlink::HyperlinkFormat;

/// The style of questions and titles.
pub(super) const TITLE: Style = Style::new().bold();
/// The style of matches of the query.
pub(super) const MATCH: Style = AnsiColor::Red.on_default().bold();
/// The style of paths and lines.
pub(super) const PLACE: Style = AnsiColor::Magenta.on_default();
/// The style of bars.
pub(super) const BAR: Style = AnsiColor::Cyan.on_default();
/// The style of code in a line.
pub(super) const CODE: Style = AnsiColor::Cyan.on_default();
/// The style of secondary text.
pub(super) const FAINT: Style = Style::new().dimmed();
/// The style of running text.
pub(super) const PLAIN: Style = Style::new();

/// The width of a pipe or a file: lines are not wrapped.
const UNLIMITED: usize = usize::MAX / 2;
/// Lines longer than this are hard to read, however wide the terminal is.
const MAX_WIDTH: usize = 100;
/// Below this, wrapping does more harm than the terminal's own line breaks.
const MIN_WIDTH: usize = 20;

/// The least length of the rules around code.
const LEAST_RULE: usize = 24;

// The options of every command for its output. No doc comment: clap would print it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Display")]
pub(crate) struct Display {
    /// Use colors: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        value_parser = ["auto", "always", "never"],
        hide_possible_values = true,
        hide_default_value = true
    )]
    color: String,
    /// Wrap text at this column
    #[arg(long, value_name = "N", global = true, value_parser = columns)]
    width: Option<usize>,
    /// Link guides to an editor, or to a URL
    #[arg(
        long,
        value_name = "URL",
        global = true,
        value_parser = str::parse::<HyperlinkFormat>,
        hide_possible_values = true
    )]
    hyperlink_format: Option<HyperlinkFormat>,
}

/// Reads a number of columns.
fn columns(text: &str) -> Result<usize, String> {
    let columns = text.parse().ok().filter(|width| *width >= MIN_WIDTH);
    columns.ok_or_else(|| format!("give a number of columns, {MIN_WIDTH} or more"))
}

/// The width that `--width` sets for the whole process.
static WIDTH: OnceLock<usize> = OnceLock::new();

/// The form of links for the whole process; the first one set counts.
static HYPERLINK_FORMAT: OnceLock<HyperlinkFormat> = OnceLock::new();

impl Display {
    /// Applies the options to all output that follows.
    pub(crate) fn set(&self) {
        match self.color.as_str() {
            "always" => ColorChoice::AlwaysAnsi.write_global(),
            "never" => ColorChoice::Never.write_global(),
            _ => {}
        }
        if let Some(width) = self.width {
            WIDTH.get_or_init(|| width);
        }
        if let Some(format) = &self.hyperlink_format {
            set_hyperlink_format(format);
        }
    }
}

/// Sets the form of links, unless a flag has set it.
pub(crate) fn set_hyperlink_format(format: &HyperlinkFormat) {
    HYPERLINK_FORMAT.get_or_init(|| format.clone());
}

/// Returns the form of links, if one was set.
#[cfg(feature = "serve")]
pub(crate) fn hyperlink_format() -> Option<HyperlinkFormat> {
    HYPERLINK_FORMAT.get().cloned()
}

/// Returns the columns that text may take on a stream: those of `--width`, else of the terminal, else
/// of `COLUMNS`, which describes the terminal at the end of a pipe.
fn width(size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    if let Some(width) = WIDTH.get() {
        return *width;
    }
    let columns = || env::var("COLUMNS").ok()?.parse().ok();
    size.map(|(width, _)| usize::from(width.0))
        .or_else(columns)
        .map_or(UNLIMITED, |width| width.clamp(MIN_WIDTH, MAX_WIDTH))
}

/// The properties of standard output: a terminal, a file or a pipe.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    /// Whether it is a terminal.
    pub(super) interactive: bool,
    /// The columns that text may take.
    pub(super) width: usize,
    /// Whether text may be painted.
    pub(super) color: bool,
    /// Whether links are written, as specified by OSC 8.
    pub(super) links: bool,
}

impl Terminal {
    /// Looks at standard output.
    pub(super) fn stdout() -> Terminal {
        let stdout = io::stdout();
        let interactive = stdout.is_terminal();
        let color = AutoStream::choice(&stdout) != ColorChoice::Never;
        let is_forced = || env::var_os("FORCE_HYPERLINK").is_some();
        Terminal {
            interactive,
            width: width(terminal_size::terminal_size_of(&stdout)),
            color,
            links: (interactive || is_forced()) && supports_hyperlinks() && !refuses_escapes(),
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

    /// Returns painted text as a link to `url`, if there is one and links are written.
    pub(super) fn link(&self, url: impl FnOnce() -> Option<String>, text: String) -> String {
        match self.links.then(url).flatten() {
            Some(url) => {
                let link = Hyperlink::with_url(harmless_url(&url));
                format!("{link}{text}{link:#}")
            }
            None => text,
        }
    }

    /// Returns painted text as a link to a line of `file`, or to a place in it, if that exists.
    pub(super) fn link_to_file(
        &self,
        file: &Path,
        line: usize,
        place: Option<Place>,
        text: String,
    ) -> String {
        let url = || {
            let file = std::path::absolute(file).ok()?;
            let format = HYPERLINK_FORMAT.get_or_init(HyperlinkFormat::default);
            let url = || format.url(&file, line, place);
            file.is_file().then(url)?
        };
        self.link(url, text)
    }

    /// Writes painted text: `first` before it, and its further lines indented by as much.
    pub(super) fn write(&self, out: &mut impl Write, first: &str, text: &str) -> io::Result<()> {
        write_wrapped(self.width, out, first, text)
    }

    /// Writes a painted line of prose, wrapped below its own start: an item's text below its text.
    pub(super) fn prose(&self, out: &mut impl Write, indent: &str, line: &str) -> io::Result<()> {
        let blanks = leading_blanks(line);
        let marker = list_marker(&line[blanks..]).map_or(0, |(_, text)| text);
        let (start, text) = line.split_at(blanks + marker);
        self.write(out, &format!("{indent}{start}"), text)
    }
}

fn write_wrapped(width: usize, out: &mut impl Write, first: &str, text: &str) -> io::Result<()> {
    let indent = " ".repeat(display_width(first));
    let mut start = first;
    for line in wrap(text, width.saturating_sub(indent.len())) {
        writeln!(out, "{}", format!("{start}{line}").trim_end())?;
        start = &indent;
    }
    Ok(())
}

/// Returns whether the user asked for text alone. Otherwise a pipe lacks colors only because it is
/// no terminal, and may still have links.
fn refuses_escapes() -> bool {
    let is = |name: &str, value: &str| env::var_os(name).is_some_and(|given| given == value);
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match ColorChoice::global() {
        ColorChoice::Never => true,
        ColorChoice::Auto => no_color || is("CLICOLOR", "0") || is("TERM", "dumb"),
        _ => false,
    }
}

pub(super) fn leading_blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Returns `text` in lines of at most `width` columns, each of which is painted by itself: a pager
/// that scrolls back, and the margin, know nothing of the line above.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = Options::new(width.max(1))
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation);
    let text = text.replace('\t', "    ");
    let mut open = Open::default();
    let lines = textwrap::wrap(&text, options);
    lines.iter().map(|line| open.complete(line)).collect()
}

/// The style and the link that are open where a line ends.
#[derive(Default)]
struct Open {
    style: String,
    link: String,
}

impl Open {
    /// Returns `line` with the open style and link opened again before it and closed behind it.
    fn complete(&mut self, line: &str) -> String {
        let mut complete = format!("{}{}{line}", self.link, self.style);
        let mut rest = line;
        while let Some(at) = rest.find('\u{1b}') {
            let end = escape_end(&rest[at..]);
            let escape = &rest[at..at + end];
            match escape {
                RESET => self.style.clear(),
                LINK_END => self.link.clear(),
                _ if escape.starts_with(LINK_START) => self.link = escape.to_owned(),
                _ => self.style.push_str(escape),
            }
            rest = &rest[at + end..];
        }
        if !self.style.is_empty() {
            complete.push_str(RESET);
        }
        if !self.link.is_empty() {
            complete.push_str(LINK_END);
        }
        complete
    }
}

/// The escapes that end the styles and links of `anstyle`.
const RESET: &str = "\u{1b}[0m";
const LINK_START: &str = "\u{1b}]8;;";
const LINK_END: &str = "\u{1b}]8;;\u{1b}\\";

/// Returns the length of the escape at the start of `text`: of a style or a link, as there are no
/// others in painted text.
fn escape_end(text: &str) -> usize {
    let end = if text.starts_with(LINK_START) {
        text.find("\u{1b}\\").map(|at| at + 2)
    } else {
        text.find('m').map(|at| at + 1)
    };
    end.unwrap_or(text.len())
}

/// Returns the pieces between which a line may end: at blanks, and beside the signs of the
/// scripts that are written without any.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let words = WordSeparator::AsciiSpace.find_words(line);
    Box::new(words.flat_map(|word| {
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut before = ' ';
        for (at, c) in word.word.char_indices() {
            let is_beside_sign = at > 0 && (is_sign(before) || is_sign(c));
            if is_beside_sign && !OPENING.contains(before) && !CLOSING.contains(c) {
                pieces.push(Word::from(&word.word[start..at]));
                start = at;
            }
            before = c;
        }
        let mut last = Word::from(&word.word[start..]);
        last.whitespace = word.whitespace;
        pieces.push(last);
        pieces
    }))
}

/// Returns whether `c` is of Chinese or Japanese, where lines may end at any sign.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that do not end a line.
const OPENING: &str = "([{「『（【〈《〔［｛";
/// Signs that do not start a line; an escape among them ends the style of the text before it.
const CLOSING: &str = "\u{1b})]},.;:!?、。，．：；！？・」』）】〉》〕］｝ーっゃゅょッャュョ々";

/// Returns `url` without bytes that could end it early.
fn harmless_url(url: &str) -> String {
    let mut harmless = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' => harmless.push(char::from(byte)),
            _ => harmless += &format!("%{byte:02X}"),
        }
    }
    harmless
}

/// Writes a message to standard error, wrapped as results are.
pub(crate) fn eprint_message(message: &str) {
    let message = sanitize(message);
    let stderr = io::stderr();
    let label = LABELS.iter().find(|(label, _)| message.starts_with(label));
    let (first, text) = match label {
        Some((label, style)) => {
            let text = message[label.len()..].trim_start();
            match AutoStream::choice(&stderr) {
                ColorChoice::Never => (format!("{label} "), text),
                _ => (format!("{style}{label}{style:#} "), text),
            }
        }
        None => (String::new(), &*message),
    };
    let width = width(terminal_size::terminal_size_of(&stderr));
    let mut lines = Vec::new();
    // Writing to memory does not fail, and if standard error does, there is nowhere to say so. One
    // write keeps the lines of several processes apart.
    let _ = write_wrapped(width, &mut lines, &first, text);
    let _ = stderr.lock().write_all(&lines);
}

/// The labels of messages, and their styles.
const LABELS: [(&str, Style); 4] = [
    ("error:", AnsiColor::Red.on_default().bold()),
    ("warning:", TITLE),
    ("note:", TITLE),
    ("help:", TITLE),
];

/// Writes a hint that ends in a command, unless `--quiet` leaves it out. It is not wrapped: a command
/// in two lines could not be copied.
pub(crate) fn eprint_hint(message: &str) {
    if log::max_level() >= LevelFilter::Warn {
        let _ = writeln!(io::stderr(), "{}", sanitize(message));
    }
}

/// Writes a message that `--quiet` leaves out: a note, a warning or a hint.
pub(crate) fn eprint_note(message: &str) {
    if log::max_level() >= LevelFilter::Warn {
        eprint_message(message);
    }
}

/// Escapes characters that would steer a terminal, line ends included: control characters, and those
/// that turn the direction of text. Tabs stay.
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

/// Returns whether a terminal acts on `c` rather than showing it in its line.
pub(super) fn steers(c: char) -> bool {
    hotseat::steers(c) || c == '\n'
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns a terminal of `width`.
    pub(crate) fn terminal(width: usize, color: bool) -> Terminal {
        Terminal {
            interactive: true,
            width,
            color,
            links: color,
        }
    }

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

    #[test]
    fn each_line_is_painted_by_itself() {
        let text = terminal(80, true).paint(TITLE, "one two");
        let link = terminal(80, true).link(|| Some("https://x.y/é\u{7}".to_owned()), text);
        let opened = "\u{1b}]8;;https://x.y/%C3%A9%07\u{1b}\\\u{1b}[1m";
        let closed = "\u{1b}[0m\u{1b}]8;;\u{1b}\\";
        assert_eq!(
            wrap(&link, 4),
            ["one", "two"].map(|word| format!("{opened}{word}{closed}"))
        );
    }

    #[test]
    fn lines_end_beside_signs_but_not_before_their_full_stop() {
        assert_eq!(
            wrap("see 索引を検索する。", 9),
            ["see 索引", "を検索す", "る。"]
        );
        assert_eq!(wrap("a (索引) b", 6), ["a (索", "引) b"]);
    }
}
