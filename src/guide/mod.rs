//! Reads a guide: its front matter, and its text as [`Block`]s.
//!
//! Whatever the format, a guide's text becomes one flat list of blocks, the smallest pieces that
//! can start a question: a heading, a line of prose, a code block, a table row. Nothing after
//! this module knows the format.

mod asciidoc;
mod classes;
mod containers;
mod converted;
mod embedded;
mod faq;
pub(crate) mod format;
mod front_matter;
mod html;
mod list;
mod markdown;
mod office;
mod org;
mod plain;
mod printed;
mod program;
mod rst;
mod rules;
pub(crate) mod source;
mod unseen;
pub(crate) mod walk;

use std::{
    borrow::Cow,
    fmt, fs,
    io::{self, Read},
    ops::Range,
    path::Path,
};

use serde::{Deserialize, Serialize};

pub use self::front_matter::FrontMatter;
use crate::{
    document::Place,
    error::{Error, Result},
    files::open_named,
    text::{
        language::Language,
        markup::{TextFormat, fence_mark},
        punctuation::QUESTION_MARKS,
    },
};

/// One file of content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Guide {
    /// The path relative to the content folder, with `/` between its parts.
    pub path: String,
    /// The metadata of the guide.
    pub front_matter: FrontMatter,
    /// The whole text, its lines ended by `\n`. Saved pages, and formats other than Markdown and
    /// plain text, are converted to Markdown.
    pub text: String,
    /// The format of the text.
    pub format: TextFormat,
    /// The text below the front matter, without markup, in reading order. Every line that is not
    /// blank is in the span of exactly one block.
    pub blocks: Vec<Block>,
    /// Warnings about text that could not be read as its author meant it.
    pub warnings: Vec<Warning>,
    /// The bytes of the text from which on it stands in another place of the file.
    pub(crate) places: Vec<(usize, Place)>,
    /// Whether it is a data file without questions, and no guide.
    pub(crate) is_none: bool,
}

/// The smallest piece of a guide that can start a question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// The number of lists, quotes and `<details>` around it.
    pub depth: usize,
    /// Its list marker as written, such as `-` or `12.`, where it starts a list item.
    pub marker: String,
    /// Its text without markup; the cells of a table's row are separated by tabs.
    pub text: String,
    /// The bytes of `text` that are set in bold.
    pub bold: Vec<Range<usize>>,
    /// The bytes of `text` that are a `<summary>`.
    pub summary: Option<Range<usize>>,
    /// The number of bytes of `text` that are links.
    pub linked: usize,
    /// The number of those that lead to a place in the guide itself.
    pub anchored: usize,
    /// Whether it goes on with the sentence of the line above.
    pub continues: bool,
    /// Its bytes in the guide's text: whole lines, without the end of the last.
    pub span: Range<usize>,
    /// The 1-based line of the guide on which it starts.
    pub line: usize,
    /// The places of the pieces of `text` in the guide's text.
    pub(crate) runs: Vec<Run>,
    /// Whether it is the heading of a question because the format says so, as a list of questions does.
    pub(crate) is_question: bool,
}

/// A piece of a block's text, and the piece of the guide's text that it was read from.
///
/// Lengths of the one say nothing about the other: `` `` é `` `` is read as `` `é` `` and `&amp;` as
/// `&`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// The byte of the block's text at which the piece starts.
    text: u32,
    /// Its bytes in the guide's text.
    source: Range<u32>,
    /// Whether it stands there character by character.
    is_verbatim: bool,
}

impl Run {
    /// Returns the byte of the guide's text at which the byte `at` of the block's text stands: the
    /// start of a piece that is not verbatim.
    fn source_of(&self, at: usize) -> usize {
        match self.is_verbatim {
            true => (self.start() + (at - self.text as usize)).min(self.end()),
            false => self.start(),
        }
    }

    /// Returns the byte of the guide's text behind what stands before the byte `at` of the block's
    /// text.
    fn source_behind(&self, at: usize) -> usize {
        match self.is_verbatim {
            true => self.source_of(at),
            false => self.end(),
        }
    }

    fn start(&self) -> usize {
        self.source.start as usize
    }

    fn end(&self) -> usize {
        self.source.end as usize
    }
}

/// The kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// A line of prose.
    Paragraph,
    /// The first line of a list item.
    Item,
    /// A row of a table.
    Row,
    /// A whole code block.
    Code,
    /// Lines that hold no text: a rule, tags, a comment.
    Markup,
}

/// Something in a guide that could not be read as its author meant it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Warning {
    /// The guide's path relative to the content folder.
    pub guide: String,
    /// The 1-based line, where it is about one.
    pub line: Option<usize>,
    /// The fault and what was done about it, in lower case without a full stop.
    pub message: String,
}

impl Warning {
    /// Returns a warning about `guide`, at `line` if it is about one.
    pub fn new(guide: &str, line: Option<usize>, message: impl Into<String>) -> Warning {
        Warning {
            guide: guide.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.guide, self.message),
            None => write!(f, "{}: {}", self.guide, self.message),
        }
    }
}

/// Stands at the end of each page of what is printed on pages.
const FORM_FEED: char = '\x0c';

/// The longest title or other name, in bytes: each document of a guide has a copy.
const MAX_TITLE: usize = 1_000;

/// The most pieces of a block whose places are kept: what is looked up is a question's end.
const MAX_RUNS: usize = 128;

/// The most bytes that front matter takes, but for few guides.
const USUAL_FRONT_MATTER: usize = 4096;

impl Guide {
    /// Returns the language that the front matter names; of a guide that names none that is known,
    /// the one that its prose is written in.
    pub(crate) fn language(&self) -> Language {
        let named = self.front_matter.language.as_deref();
        named.and_then(Language::named).unwrap_or_else(|| {
            let prose = self.blocks.iter();
            let prose =
                prose.filter(|block| !matches!(block.kind, BlockKind::Code | BlockKind::Markup));
            Language::of(prose.map(|block| block.text.as_str()))
        })
    }

    /// The largest file that is read, in bytes: 16 MiB.
    pub const MAX_FILE: u64 = 16 << 20;

    /// Reads the guide in `file`, known as `path`.
    ///
    /// # Errors
    ///
    /// [`Error::ReadGuide`] if the file cannot be read or is not a regular file, and
    /// [`Error::GuideTooLarge`] if it is larger than [`MAX_FILE`](Guide::MAX_FILE). Whatever is in
    /// it is read leniently.
    pub fn read(file: impl AsRef<Path>, path: &str) -> Result<Guide> {
        let file = file.as_ref();
        Ok(Guide::from_bytes(
            path,
            &Guide::read_bytes(file, open_named(file))?,
        ))
    }

    /// Reads the bytes of a guide's file, which was `opened` at `path`.
    pub(crate) fn read_bytes(path: &Path, opened: io::Result<fs::File>) -> Result<Vec<u8>> {
        let failed = |source| Error::ReadGuide {
            path: path.to_owned(),
            source,
        };
        let file = opened.map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let mut bytes = Vec::with_capacity(length.min(Guide::MAX_FILE) as usize + 1);
        file.take(Guide::MAX_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if bytes.len() as u64 > Guide::MAX_FILE {
            return Err(Error::GuideTooLarge {
                path: path.to_owned(),
                limit: Guide::MAX_FILE,
            });
        }
        Ok(bytes)
    }

    /// Returns the tags that the guide in `file`, known as `path`, declares, reading no more than its
    /// beginning.
    pub(crate) fn read_tags(path: &str, mut file: fs::File) -> io::Result<Vec<String>> {
        if !format::has_front_matter(path) {
            return Ok(Vec::new());
        }
        let mut bytes = Vec::with_capacity(USUAL_FRONT_MATTER);
        let mut text = String::new();
        for most in [USUAL_FRONT_MATTER, front_matter::MAX_LENGTH + 1] {
            let more = most - bytes.len();
            file.by_ref().take(more as u64).read_to_end(&mut bytes)?;
            // What is cut must not cut a character, which would look like another encoding.
            let end = bytes.iter().rposition(|b| *b == b'\n');
            let lines = end
                .filter(|_| bytes.len() == most)
                .map_or(&*bytes, |end| &bytes[..=end]);
            text = normalize_line_ends(&decode(lines).0).into_owned();
            // What follows may show that other signs than ASCII's are in another encoding.
            let is_enough = text.is_ascii() && !front_matter::is_unfinished(&text);
            if bytes.len() < most || is_enough {
                break;
            }
        }
        let front_matter::Parsed {
            front_matter, body, ..
        } = front_matter::parse(&text);
        if let ("org", 0) = (&*format::extension(path), body) {
            return Ok(org::convert(&text, 0).1.tags);
        }
        Ok(if front_matter.draft {
            Vec::new()
        } else {
            front_matter.tags
        })
    }

    /// Reads a guide from the bytes of a file, known as `path`.
    ///
    /// The encoding is that of the byte order mark, else UTF-8, else guessed, with a warning.
    pub fn from_bytes(path: &str, bytes: &[u8]) -> Guide {
        if let Some(guide) = format::read_bytes(path, bytes) {
            return guide;
        }
        let (text, guessed) = decode(bytes);
        let mut guide = Guide::parse(path, &text);
        if let Some(encoding) = guessed {
            let message = format!("not UTF-8; read as {encoding}, save it as UTF-8 to be sure");
            guide.warnings.push(Warning::new(path, None, message));
        }
        guide
    }

    /// Reads a guide from what a program printed for the file known as `path`.
    pub(crate) fn from_program(path: &str, output: &[u8]) -> Guide {
        let (text, _) = decode(output);
        // The file's own extension says nothing of the output.
        let mut guide = Guide::parse_text("output.txt", normalize_line_ends(&text));
        guide.path = path.to_owned();
        for warning in &mut guide.warnings {
            warning.guide = path.to_owned();
        }
        guide
    }

    /// Reads a guide from its text, known as `path`.
    ///
    /// ```
    /// let guide = hotseat::Guide::parse("rust.md", "---\ntags: rust\n---\n# Rust\n");
    /// assert_eq!(guide.front_matter.tags, ["rust"]);
    /// assert_eq!(guide.blocks[0].text, "Rust");
    /// ```
    pub fn parse(path: &str, text: &str) -> Guide {
        let text = normalize_line_ends(text);
        if html::is_html(path, &text) {
            let html::Page {
                text,
                mut blocks,
                title,
                ..
            } = html::read(&text);
            lower_long_headings(&mut blocks);
            let title = Some(title.split_whitespace().collect::<Vec<_>>().join(" "));
            let is_title = |title: &String| (1..=MAX_TITLE).contains(&title.len());
            let front_matter = FrontMatter {
                title: title.filter(is_title),
                ..FrontMatter::default()
            };
            return Guide {
                path: path.to_owned(),
                front_matter,
                text,
                blocks,
                ..Guide::default()
            };
        }
        match format::read_data(path, &text) {
            Some(guide) => guide,
            None => Guide::parse_text(path, text),
        }
    }

    /// Reads a guide from text with line ends of `\n`, in one of the formats of text.
    fn parse_text(path: &str, text: Cow<'_, str>) -> Guide {
        if text.contains(FORM_FEED) {
            return Guide::parse_pages(path, &text);
        }
        if printed::is_printed(&text) {
            return printed::convert(&text).into_guide(path, FrontMatter::default(), None);
        }
        Guide::parse_unpaged(path, text, true)
    }

    /// Reads a guide from text without form feeds, which may be Markdown if `may_be_marked` is set.
    fn parse_unpaged(path: &str, text: Cow<'_, str>, may_be_marked: bool) -> Guide {
        let front_matter::Parsed {
            front_matter,
            metadata,
            body,
            warning,
        } = front_matter::parse(&text);
        if let Some((converted, own)) = format::convert(path, &text, body) {
            let front_matter = if body > 0 { front_matter } else { own };
            return converted.into_guide(path, front_matter, warning);
        }
        let (text, body) = match faq::in_markdown(&text[metadata.clone()]) {
            // The line that ends the metadata stays, too, but blank.
            Some(faq) => {
                let text = format!("{}{faq}\n{}", &text[..metadata.start], &text[body..]);
                (Cow::Owned(text), metadata.start)
            }
            None => (text, body),
        };
        let format = if may_be_marked && is_markdown(path, &text[body..]) {
            TextFormat::Markdown
        } else {
            TextFormat::Plain
        };
        let embedded = match format {
            TextFormat::Markdown => embedded::in_markdown(&text, body),
            TextFormat::Plain => None,
        };
        if let Some(mut converted) = embedded {
            let seen = containers::in_markdown(&converted.text, 0);
            converted.text = unseen::blanked(&seen, 0).into_owned();
            return converted.into_guide(path, front_matter, warning);
        }
        let text = match format {
            TextFormat::Markdown => {
                let text = containers::in_markdown(&text, body);
                Cow::Owned(unseen::blanked(&text, body).into_owned())
            }
            TextFormat::Plain => text,
        };
        let (mut blocks, gathered) = match format {
            TextFormat::Markdown => markdown::blocks(&text, body),
            TextFormat::Plain => plain::blocks(&text, body),
        };
        lower_long_headings(&mut blocks);
        let warnings = warning
            .into_iter()
            .chain(gathered.map(gathered_from))
            .map(|(line, what)| Warning::new(path, Some(line), what))
            .collect();
        Guide {
            path: path.to_owned(),
            front_matter,
            text: text.into_owned(),
            format,
            blocks,
            warnings,
            ..Guide::default()
        }
    }

    /// Reads a guide from the text of pages, at whose ends are form feeds.
    fn parse_pages(path: &str, text: &str) -> Guide {
        // What is printed has no marks left; those that it shows are examples of code.
        let may_be_marked = format::MARKDOWN.contains(&&*format::extension(path));
        let mut guide =
            Guide::parse_unpaged(path, text.replace(FORM_FEED, " ").into(), may_be_marked);
        if guide.text.len() == text.len() {
            let ends = text.match_indices(FORM_FEED).map(|(at, _)| at);
            let starts = std::iter::once(0).chain(ends);
            guide.places = (1..)
                .zip(starts)
                .map(|(number, start)| (start, Place::Page(number)))
                .collect();
        }
        guide
    }

    /// Returns the place in the file of what stands at the byte `at` of the text, if it has one besides its
    /// line.
    pub(crate) fn place_of(&self, at: usize) -> Option<Place> {
        let before = self.places.partition_point(|(start, _)| *start <= at);
        self.places[..before].last().map(|(_, place)| *place)
    }

    /// Returns the title: that of the front matter, else the only heading of level 1, else the
    /// file's name in words.
    pub fn title(&self) -> String {
        let heading = || self.title_block().map(|at| self.blocks[at].text.clone());
        self.front_matter
            .title
            .clone()
            .or_else(heading)
            .unwrap_or_else(|| {
                let name = self.path.rsplit('/').next().unwrap_or_default();
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                stem.replace(['-', '_'], " ").trim().to_owned()
            })
    }

    /// Returns where in `blocks` the only heading of level 1 stands, if there is just one.
    pub(crate) fn title_block(&self) -> Option<usize> {
        let mut titles =
            (0..self.blocks.len()).filter(|&at| self.blocks[at].kind == BlockKind::Heading(1));
        titles.next().filter(|_| titles.next().is_none())
    }
}

impl Block {
    /// Returns the byte of the guide's text at which the byte `at` of the block's text stands;
    /// the end of the block for the end of its text.
    pub(crate) fn source_of(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.span.end;
        }
        self.run_at(at)
            .map_or(self.span.start, |run| run.source_of(at))
            .min(self.span.end)
    }

    /// Returns the piece in which the byte `at` of the text stands.
    fn run_at(&self, at: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.text as usize <= at);
        self.runs[..after].last()
    }

    /// Returns the byte of the guide's `source` at which the text from the byte `at` on starts,
    /// with the markup that opens there: `[` of a link, `**` of bold text.
    pub(crate) fn source_with_markup(&self, at: usize, source: &str) -> usize {
        let start = self.source_of(at);
        let end = self.text[..at].trim_end().len();
        let last = end.checked_sub(1).and_then(|last| self.run_at(last));
        let behind = last.map_or(self.span.start, |run| run.source_behind(end));
        let between = source.get(behind..start).unwrap_or_default();
        // A line break of HTML sets apart as a space does.
        let behind_break = between
            .rfind("<br")
            .and_then(|tag| between[tag..].split_once('>'))
            .map(|(_, behind)| behind);
        let is_apart = behind_break.is_some() || between.contains(char::is_whitespace);
        let between = behind_break.unwrap_or(between);
        let markup = between
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        if is_apart {
            start - markup.len()
        } else {
            start
        }
    }
}

/// Decodes a file, and names the encoding if it had to be guessed.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0, None);
    }
    if let Some(encoding) = utf_16(bytes) {
        let text = encoding.decode_without_bom_handling(bytes).0;
        return (text, Some(encoding.name()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    (
        encoding.decode_without_bom_handling(bytes).0,
        Some(encoding.name()),
    )
}

/// Returns which UTF-16 the bytes are, if every second one is mostly NUL, as in Latin text. They
/// would be UTF-8 as well, of twice as many characters.
fn utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(1024)].as_chunks::<2>();
    let nuls = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    match (nuls(0), nuls(1)) {
        (0, low) if low * 2 > pairs.len() => Some(encoding_rs::UTF_16LE),
        (high, 0) if high * 2 > pairs.len() => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Returns the warning that lines were gathered from `line` on.
fn gathered_from(line: usize) -> (usize, String) {
    let what =
        "lines are shorter than any text's, so that the rest is read without looking for questions";
    (line, what.to_owned())
}

/// Makes lines of prose of headings that are longer than any title. Every document carries those
/// that it stands below.
fn lower_long_headings(blocks: &mut [Block]) {
    for block in blocks {
        if matches!(block.kind, BlockKind::Heading(_)) && block.text.len() > MAX_TITLE {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// Ends every line with `\n`, where the text has `\r\n` or `\r`.
fn normalize_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns whether the text is Markdown rather than plain text.
///
/// The file's name is only a hint: guides with headings and bold text are saved as `.txt`, and
/// bare lists of questions as `.md`. Elsewhere two marks of Markdown are needed, so that a
/// `# comment` in scraped code or a stray `**` does not make a plain page Markdown.
fn is_markdown(path: &str, text: &str) -> bool {
    let hints = format::MARKDOWN.contains(&&*format::extension(path));
    let needed = if hints { 1 } else { 2 };
    let mut marks = 0;
    text.lines().any(|line| {
        marks += markdown_marks(line, hints);
        marks >= needed
    })
}

/// Returns whether a title follows these `hashes` at the start of a line without a space: `##Title`. One alone may
/// be that of a tag or a number.
fn is_glued_title(text: &str, hashes: usize) -> bool {
    let is_first =
        |c: char| c.is_uppercase() || hashes > 1 && c.is_alphanumeric() && !c.is_lowercase();
    text[hashes..].starts_with(is_first)
}

/// Counts the signs of Markdown in a line of a file whose name `hints` at it.
fn markdown_marks(line: &str, hints: bool) -> usize {
    let start = line.trim_start();
    // Outlines have headings in their items: "- ## Title".
    let item = start.strip_prefix("- ").filter(|_| hints);
    let written = item.filter(|item| item.starts_with('#')).unwrap_or(start);
    let hashes = written.len() - written.trim_start_matches('#').len();
    let is_title = written[hashes..].starts_with(' ') || is_glued_title(written, hashes);
    let is_heading = (1..=6).contains(&hashes) && is_title;
    let is_fence = fence_mark(start).is_some();
    let is_details = start.starts_with("<details") || start.starts_with("<summary");
    let is_delimiter_row = start.starts_with('|') && start.contains("---");
    // A tag in a plain page is code of it.
    let is_tag = hints
        && start.starts_with('<')
        && start[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let is_quote = hints && start.starts_with("> ");
    let is_container = hints
        && [":::", "!!! ", "??? ", "???+ ", "{{<", "{{%"]
            .iter()
            .any(|mark| start.starts_with(mark));
    // "*****" is a mark of its own, as for what is important.
    let is_bold = start.matches("**").count() >= 2 && !start.contains("*****");
    let end = start.trim_end();
    let is_between = |mark| {
        start.starts_with(mark) && end.ends_with(mark) && start.contains(char::is_alphabetic)
    };
    // "*Q:* What is a map?"
    let label = start
        .strip_prefix('*')
        .and_then(|inner| inner.split_once('*'));
    let is_labelled = label
        .is_some_and(|(label, _)| label.ends_with(':') && label.starts_with(char::is_alphabetic));
    let asks_in_emphasis =
        || end.contains('?') && (is_between("__") || is_between("*") || is_between("_"));
    let is_emphasized = hints && (is_labelled || asks_in_emphasis());
    let is_link = start.contains("](");
    // A page that is all headings of level 1 is more likely a script with comments.
    usize::from(is_heading && hashes > 1) * 2
        + usize::from(is_heading && hashes == 1)
        + usize::from(
            is_fence
                || is_details
                || is_delimiter_row
                || is_tag
                || is_quote
                || is_container
                || is_bold
                || is_emphasized
                || is_link,
        )
}

impl Block {
    /// Returns a block without text.
    fn new(kind: BlockKind, depth: usize, span: Range<usize>) -> Block {
        Block {
            kind,
            depth,
            marker: String::new(),
            text: String::new(),
            bold: Vec::new(),
            summary: None,
            linked: 0,
            anchored: 0,
            continues: false,
            span,
            line: 0,
            runs: Vec::new(),
            is_question: false,
        }
    }

    /// Adds text that was read from the bytes `source` of the guide's text; `is_verbatim` if it stands
    /// there as it is.
    fn push(&mut self, text: &str, source: Range<usize>, is_verbatim: bool) {
        self.span.end = self.span.end.max(source.end);
        let number = |at: usize| u32::try_from(at).ok();
        if let (Some(text), Some(start), Some(end)) = (
            number(self.text.len()).filter(|_| self.runs.len() < MAX_RUNS),
            number(source.start),
            number(source.end),
        ) {
            if self.runs.is_empty() {
                // Most blocks have no other.
                self.runs.reserve_exact(1);
            }
            self.runs.push(Run {
                text,
                source: start..end,
                is_verbatim,
            });
        }
        self.text.push_str(text);
    }

    /// Moves what was read from behind the byte `start` of the guide's text by `shift` bytes.
    fn shift_source(&mut self, start: usize, shift: usize) {
        let behind = |run: &&mut Run| run.start() >= start;
        let shift = u32::try_from(shift).unwrap_or(0);
        for run in self.runs.iter_mut().filter(behind) {
            run.source =
                run.source.start.saturating_add(shift)..run.source.end.saturating_add(shift);
        }
    }

    /// Marks the text from the byte `start` on as bold, joined to the bold text just before it.
    fn add_bold(&mut self, start: usize) {
        let end = self.text.len();
        let is_full = self.bold.len() >= MAX_RUNS;
        match self.bold.last_mut() {
            Some(last) if self.text[last.end..start].trim().is_empty() => last.end = end,
            Some(_) if is_full => {}
            _ => self.bold.push(start..end),
        }
    }

    /// Takes the white space off the end of the text.
    fn trim(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.bold.retain_mut(|bold| {
            bold.end = bold.end.min(end);
            bold.start < bold.end
        });
        if let Some(summary) = &mut self.summary {
            summary.end = summary.end.min(end);
        }
    }

    /// Takes a line of prose for what its author meant, where Markdown is stricter: `##Title` is
    /// a heading, and an item below a line of prose an item, however far it is indented.
    fn read_loosely(&mut self) {
        self.read_attributes();
        if self.kind != BlockKind::Paragraph || self.summary.is_some() {
            return;
        }
        let hashes = self.text.len() - self.text.trim_start_matches('#').len();
        let is_title = is_glued_title(&self.text, hashes);
        let is_tag = hashes == 1 && !self.text.contains(' ');
        if (1..=6).contains(&hashes) && is_title && !is_tag {
            self.kind = BlockKind::Heading(hashes as u8);
            self.continues = false;
            self.cut(hashes);
            return;
        }
        let (marker, words) = plain::split_marker(&self.text);
        if self.continues && !marker.is_empty() && !marker.starts_with('*') {
            self.kind = BlockKind::Item;
            self.continues = false;
            let start = self.text.len() - words.len();
            self.marker = marker.to_owned();
            self.cut(start);
        }
    }

    /// Takes off a heading the attributes at its end, as in `Title {#id}`, and off a heading or an item
    /// the box of a task.
    fn read_attributes(&mut self) {
        let is_heading = matches!(self.kind, BlockKind::Heading(_));
        if is_heading && let Some(at) = self.text.rfind('{') {
            let inner = self.text[at + 1..].strip_suffix('}').unwrap_or_default();
            let is_attributes = inner.starts_with(['#', '.', ':']) && !inner.contains(['{', '}']);
            if is_attributes && at > 0 {
                self.text.truncate(at);
                self.trim();
            }
        }
        let has_box = ["[ ] ", "[x] ", "[X] "];
        let has_box = has_box.iter().any(|mark| self.text.starts_with(mark));
        if has_box && (is_heading || self.kind == BlockKind::Item) {
            self.cut("[ ] ".len());
        }
    }

    /// Cuts the first `length` bytes off the text.
    pub(crate) fn cut(&mut self, length: usize) {
        let back = |at: usize| at.saturating_sub(length);
        self.text.drain(..length);
        self.bold
            .iter_mut()
            .for_each(|bold| *bold = back(bold.start)..back(bold.end));
        self.bold.retain(|bold| !bold.is_empty());
        let before = self.runs.partition_point(|run| run.text as usize <= length);
        self.runs.drain(..before.saturating_sub(1));
        for run in &mut self.runs {
            let start = run.source_of(length.max(run.text as usize));
            // Both were in the run before.
            run.source.start = start as u32;
            run.text = back(run.text as usize) as u32;
        }
    }

    /// Takes a block that stands on the same line.
    fn absorb(&mut self, other: Block) {
        let shift = self.text.len() + 1;
        self.text.push(' ');
        self.text.push_str(&other.text);
        self.bold.extend(
            other
                .bold
                .iter()
                .map(|bold| bold.start + shift..bold.end + shift),
        );
        let runs = other
            .runs
            .into_iter()
            .take(MAX_RUNS.saturating_sub(self.runs.len()));
        self.runs.extend(runs.map(|run| Run {
            text: run.text.saturating_add(shift as u32),
            ..run
        }));
        if let Some(summary) = other.summary {
            self.summary = Some(summary.start + shift..summary.end + shift);
        }
        self.linked += other.linked;
        self.anchored += other.anchored;
        self.span.end = self.span.end.max(other.span.end);
    }
}

/// The blocks that a guide of any length may have, and the number of bytes that allow one more:
/// a file of a line feed every other byte would need a hundred times its own memory. Guides that
/// people write have more than 40 bytes a block; what comes beyond is read as if it were one
/// paragraph.
const FREE_BLOCKS: usize = 20_000;
const BYTES_PER_BLOCK: usize = 64;

/// The most blocks of any guide: each may be a question, which takes 600 bytes while its guide is split, and as
/// much while it is indexed. Guides of less than 9 MB do not reach it.
const MAX_BLOCKS: usize = 160_000;

/// The blocks of a guide while they are read, in order, with every line that is not blank in one.
#[derive(Debug)]
struct Blocks<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    /// The bytes and lines of the text that are covered so far.
    end: usize,
    line: usize,
    bound: Bound,
}

impl<'t> Blocks<'t> {
    /// Starts at the byte `body` of `text`.
    fn new(text: &'t str, body: usize) -> Blocks<'t> {
        Blocks {
            text,
            blocks: Vec::new(),
            end: body,
            line: 1 + count_lines(&text[..body]),
            bound: Bound::default(),
        }
    }

    /// Adds a block, behind blocks of markup for the lines before it that are in none. What stands on
    /// the line of the block before is a part of that.
    fn push(&mut self, mut block: Block) {
        if let Some(last) = self.blocks.last_mut()
            && last.span.end > block.span.start
        {
            let end = last.span.end;
            match self.bound.gathering {
                Some(_) => last.span.end = end.max(block.span.end),
                None => last.absorb(block),
            }
            self.line += count_lines(&self.text[end..last.span.end]);
            self.end = self.text.len().min(last.span.end + 1);
            return;
        }
        // Whatever the reader made of the text, no line is in two blocks.
        block.span = block.span.start.max(self.end)..block.span.end.max(self.end);
        self.cover(block.span.start);
        block.line = self.line;
        self.line += 1 + count_lines(&self.text[block.span.clone()]);
        self.end = self.text.len().min(block.span.end + 1);
        self.bound.add(&mut self.blocks, block);
    }

    /// Adds a block of markup for every line up to the byte `end` that is not blank.
    fn cover(&mut self, end: usize) {
        let mut at = self.end.min(end);
        for written in self.text[at..end].split_inclusive('\n') {
            let length = written.trim_end_matches('\n').len();
            if !written.trim().is_empty() {
                let mut block = Block::new(BlockKind::Markup, 0, at..at + length);
                block.text = written.trim().to_owned();
                block.line = self.line;
                self.bound.add(&mut self.blocks, block);
            }
            at += written.len();
            self.line += 1;
        }
    }

    /// Returns all blocks, and the line from which on lines were gathered, if any were.
    fn finish(mut self) -> (Vec<Block>, Option<usize>) {
        self.cover(self.text.len());
        (self.blocks, self.bound.line)
    }
}

/// Returns whether a text ends with a question mark.
fn asks(text: &str) -> bool {
    text.trim_end().ends_with(QUESTION_MARKS)
}

/// Returns how many lines end in `text`.
fn count_lines(text: &str) -> usize {
    text.bytes().filter(|b| *b == b'\n').count()
}

/// Keeps the number of blocks within their bound.
#[derive(Debug, Default)]
struct Bound {
    /// The block that gathers what comes beyond the bound, if it is the last.
    gathering: Option<usize>,
    /// The line from which on blocks were gathered.
    line: Option<usize>,
}

impl Bound {
    /// Adds `block` to `blocks`.
    fn add(&mut self, blocks: &mut Vec<Block>, mut block: Block) {
        block.text.shrink_to_fit();
        block.runs.shrink_to_fit();
        if blocks.len() < (FREE_BLOCKS + block.span.start / BYTES_PER_BLOCK).min(MAX_BLOCKS) {
            self.gathering = None;
            // Doubled, those of a large guide would take as much as the rest of it.
            if blocks.len() == blocks.capacity() {
                blocks.reserve_exact(blocks.len() / 4 + 64);
            }
            blocks.push(block);
            return;
        }
        self.line.get_or_insert(block.line);
        match self.gathering {
            Some(at) => blocks[at].span.end = block.span.end,
            None => {
                self.gathering = Some(blocks.len());
                block.kind = BlockKind::Paragraph;
                block.marker = String::new();
                block.bold = Vec::new();
                block.summary = None;
                blocks.push(block);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_from_front_matter_of_any_length() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        for length in [0, 10, USUAL_FRONT_MATTER, 3 * USUAL_FRONT_MATTER] {
            let long = "é".repeat(length / 2);
            let body = "ü\n".repeat(5000);
            let text = format!("---\ntags: [Ça]\ntitle: {long}\n---\n{body}");
            fs::write(&file, text).unwrap();
            assert_eq!(
                Guide::read_tags("a.md", fs::File::open(&file).unwrap()).unwrap(),
                ["Ça"],
                "{length}"
            );
        }
        fs::write(&file, "# No tags\n".repeat(1000)).unwrap();
        assert!(
            Guide::read_tags("a.md", fs::File::open(&file).unwrap())
                .unwrap()
                .is_empty()
        );
    }
}
