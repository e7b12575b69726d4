//! An answer -> its [`Sentence`]s: the parts between which its reader would pause.

use std::ops::Range;

use crate::text::markup::{TextFormat, fence_mark, list_marker};

/// The smallest part of an answer that is shown whole: a sentence, or a line that is an item, a row
/// or code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) span: Range<usize>,
    /// The paragraph, or the lines of code, that it is a part of.
    pub(crate) block: Range<usize>,
    /// Whether it is code, which is shown as written.
    pub(crate) code: bool,
    /// Whether it starts a line of its own.
    pub(crate) own_line: bool,
    /// Its characters, as far as they are drawn.
    pub(crate) length: usize,
}

impl Sentence {
    /// Returns all of `answer`, of which there is nothing but marks: better shown than nothing.
    pub(crate) fn of_all(answer: &str) -> Sentence {
        Sentence::of_code(0..answer.trim_end().len())
    }

    fn of_code(span: Range<usize>) -> Sentence {
        Sentence {
            block: span.clone(),
            span,
            code: true,
            own_line: true,
            length: 0,
        }
    }
}

/// Returns the sentences of `answer`, which is written in `format`.
pub(crate) fn sentences(answer: &str, format: TextFormat) -> Vec<Sentence> {
    let mut reader = Reader {
        answer,
        is_markdown: format == TextFormat::Markdown,
        sentences: Vec::new(),
        prose: None,
        fence: None,
        code: None,
        after_blank: true,
        in_list: false,
    };
    let mut at = 0;
    for line in answer.split_inclusive('\n') {
        reader.line(at, line.trim_end());
        at += line.len();
    }
    reader.end_paragraph();
    if reader.sentences.is_empty() && !answer.trim().is_empty() {
        reader.sentences.push(Sentence::of_all(answer));
    }
    for sentence in &mut reader.sentences {
        sentence.length = length(&answer[sentence.span.clone()], sentence.code);
    }
    reader.sentences
}

/// The state while an answer is read line by line.
struct Reader<'a> {
    answer: &'a str,
    is_markdown: bool,
    sentences: Vec<Sentence>,
    /// Lines of prose that belong together.
    prose: Option<Range<usize>>,
    /// The fence whose code is read.
    fence: Option<&'a str>,
    /// The start of the code whose lines are read.
    code: Option<usize>,
    after_blank: bool,
    /// Text indented below a list item is more of it, not code.
    in_list: bool,
}

impl<'a> Reader<'a> {
    /// Reads `line`, which starts at `start`.
    fn line(&mut self, start: usize, line: &'a str) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let span = start + indent..start + line.len();
        let after_blank = std::mem::replace(&mut self.after_blank, text.is_empty());
        let mark = fence_mark(text).filter(|_| self.is_markdown);
        let ends =
            |fence| mark.is_some_and(|mark| mark == text.trim_end() && mark.starts_with(fence));
        match self.fence {
            Some(fence) if ends(fence) => {
                self.fence = None;
                self.code = None;
            }
            Some(_) if text.is_empty() => {}
            Some(_) => self.code_line(start..span.end),
            None if mark.is_some() => {
                self.end_paragraph();
                self.fence = mark;
            }
            None if text.is_empty() || is_rule(text) => self.end_paragraph(),
            None => {
                let (marker, goes_on) = marker(text);
                let is_code = indent >= 4 && (after_blank || self.code.is_some()) && marker == 0;
                if is_code && self.prose.is_none() && !self.in_list {
                    self.code_line(start..span.end);
                } else {
                    self.prose_line(text, span, marker, goes_on);
                    self.in_list = marker > 0 || (self.in_list && indent > 0);
                }
            }
        }
    }

    fn code_line(&mut self, span: Range<usize>) {
        let start = *self.code.get_or_insert(span.start);
        self.sentences.push(Sentence {
            block: start..span.end,
            ..Sentence::of_code(span)
        });
    }

    /// Reads a line of prose, which starts with a `marker` of that length, or `goes_on` with the one
    /// before.
    fn prose_line(&mut self, text: &str, span: Range<usize>, marker: usize, goes_on: bool) {
        self.code = None;
        if let Some(prose) = self.prose.as_mut().filter(|_| goes_on) {
            prose.end = span.end;
            return;
        }
        self.end_paragraph();
        let marker = if self.is_markdown { marker } else { 0 };
        let is_row = self.is_markdown && text.starts_with('|');
        let end = match is_row {
            true => text.trim_end_matches(['|', ' ']).len(),
            false => text.len(),
        };
        self.prose = Some(span.start + marker..span.start + end.max(marker));
        if text.starts_with(['#', '|']) {
            self.end_paragraph();
        }
    }

    /// Adds the sentences of the lines of prose that were read.
    fn end_paragraph(&mut self) {
        if let Some(prose) = self.prose.take() {
            add_sentences(self.answer, prose, &mut self.sentences);
        }
    }
}

/// Returns whether a line is a rule or the line under a table's head: marks and nothing else.
fn is_rule(text: &str) -> bool {
    text.bytes()
        .all(|b| matches!(b, b'-' | b'=' | b'*' | b'_' | b'|' | b':' | b' '))
}

/// Returns the length of the mark that starts a line, and whether the line goes on with the one
/// before: list items, quotes, headings and table rows do not.
fn marker(text: &str) -> (usize, bool) {
    let rest = text.trim_start_matches(['#', '>']);
    if rest.len() < text.len() && (rest.starts_with(' ') || text.starts_with('>')) {
        return (text.len() - rest.trim_start().len(), false);
    }
    if let Some(row) = text.strip_prefix('|') {
        return (text.len() - row.trim_start().len(), false);
    }
    // A longer number is more likely a year.
    match list_marker(text) {
        Some((marker, start)) if marker.len() <= 4 => (start, false),
        _ => (0, true),
    }
}

/// By its value, whether a sentence may end with a byte, or a mark of code is one: a look here is quicker than one at
/// each of them.
const MAY_PAUSE: [bool; 256] = {
    let mut may_pause = [false; 256];
    let bytes = [b'.', b'!', b'?', b'`', 0xe3, 0xef];
    let mut i = 0;
    while i < bytes.len() {
        may_pause[bytes[i] as usize] = true;
        i += 1;
    }
    may_pause
};

/// Adds the sentences of `prose`, lines that belong together.
fn add_sentences(answer: &str, prose: Range<usize>, sentences: &mut Vec<Sentence>) {
    let text = &answer[prose.clone()];
    let mut start = 0;
    let mut add = |span: Range<usize>, own_line| {
        let written = &text[span.clone()];
        let left = span.start + written.len() - written.trim_start().len();
        let span = left..span.end.max(left);
        if !text[span.clone()].trim().is_empty() {
            sentences.push(Sentence {
                span: prose.start + span.start..prose.start + span.end,
                block: prose.clone(),
                code: false,
                own_line,
                length: 0,
            });
        }
    };
    let mut code = false;
    let is_pause = |b: &u8| MAY_PAUSE[usize::from(*b)];
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(is_pause) {
        let i = at + next;
        at = i + 1;
        let end = match text.as_bytes()[i] {
            b'.' | b'!' | b'?' if !code && ends_sentence(&text[start..i], &text[i + 1..]) => i + 1,
            b'`' => {
                code = !code;
                continue;
            }
            // The first byte of the stops of Chinese and Japanese.
            0xe3 | 0xef if text[i..].starts_with(['。', '！', '？']) => i + '。'.len_utf8(),
            _ => continue,
        };
        add(start..end, start == 0);
        start = end;
    }
    add(start..text.len(), start == 0);
}

/// The longest number of an item, with its markup, in bytes.
const LONGEST_NUMBER: usize = 8;

/// Returns whether the stop between `before` and `rest` ends a sentence; the number of an item does not.
fn ends_sentence(before: &str, rest: &str) -> bool {
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let Some(next) = rest.trim_start().chars().next() else {
        return true;
    };
    if before.len() <= LONGEST_NUMBER && !before.contains(char::is_alphabetic) {
        return false;
    }
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let abbreviation = matches!(
        word.trim_start_matches('('),
        "e.g" | "i.e" | "etc" | "vs" | "cf" | "Mr" | "Mrs" | "Dr" | "No" | "approx"
    );
    !next.is_lowercase() && !abbreviation
}

/// Returns about how many characters are drawn of `text`: of prose neither the spaces that fill the column
/// of a table, nor the targets of links. Other markup takes little room.
fn length(text: &str, code: bool) -> usize {
    if code {
        return text.chars().count();
    }
    let bytes = text.as_bytes();
    let is_space = u8::is_ascii_whitespace;
    let mut pairs = bytes.iter().zip(bytes.iter().skip(1));
    let has_gap = pairs.any(|(a, b)| is_space(a) && is_space(b));
    if !has_gap && !bytes.first().is_some_and(is_space) && !text.contains("](") {
        return text.chars().count();
    }
    let mut length = 0;
    let mut before = b' ';
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if (before, byte) == (b']', b'(') {
            bytes.find(|byte| *byte == b')');
        } else if !(before.is_ascii_whitespace() && byte.is_ascii_whitespace()) {
            let is_start = byte & 0xc0 != 0x80;
            length += usize::from(is_start);
        }
        before = byte;
    }
    length
}
