//! Sentences of an answer -> text without markup, in which what was found is marked.

use std::ops::Range;

use crate::{
    QaDocument, TextFormat,
    search::snippet::{MAX_LENGTH, Snippet, highlight::Occurrence},
    text::{markup, sentences::Sentence},
};

/// The mark of a cut inside a sentence, and between fragments.
pub(super) const GAP: &str = "…";

/// The part of the length, as a divisor, that is worth to be filled with half a sentence.
const MUCH: usize = 3;

/// The part of the length, as a divisor, that a snippet may be longer than it to end with its sentence: a
/// reader who is a few words from the end wants them, and the length is about so much.
const OVER: usize = 10;

/// Appends `run`, sentences of the answer of `document`. One that alone is longer than `length` is
/// cut.
pub(super) fn draw(
    snippet: &mut Snippet,
    document: &QaDocument,
    run: &[Sentence],
    found: &[Occurrence],
    length: usize,
) {
    let mut page = Page::new(snippet, document, found);
    if let [sentence] = run {
        let span = page.cut(sentence, length);
        if span.start > sentence.span.start {
            page.snippet.push(GAP, false);
        }
        page.sentence(sentence, span.clone());
        if span.end < sentence.span.end {
            page.snippet.push(GAP, false);
        }
        return;
    }
    let before = page.length();
    for sentence in run {
        // Of an image without a text nothing is drawn.
        if page.length() > before {
            let space = if sentence.own_line { "\n" } else { " " };
            page.snippet.push(space, false);
        }
        page.sentence(sentence, sentence.span.clone());
    }
}

/// Appends the beginning of `next`, the sentence after `run`, where that leaves much of `length` free
/// and both are of one paragraph.
pub(super) fn draw_rest(
    snippet: &mut Snippet,
    document: &QaDocument,
    (run, next): (&[Sentence], &Sentence),
    found: &[Occurrence],
    length: usize,
) {
    let mut page = Page::new(snippet, document, found);
    let Some(last) = run.last() else {
        return;
    };
    let pieces = page.snippet.pieces.iter();
    let used: usize = pieces.map(|piece| piece.text.chars().count()).sum();
    let room = length.saturating_sub(used + 1);
    if next.code || next.block != last.block || room * MUCH < length {
        return;
    }
    let text = &page.answer[next.span.clone()];
    let most = (length + length / OVER).min(MAX_LENGTH);
    if text.chars().nth(room + (most - length)).is_none() {
        page.snippet.push(" ", false);
        page.sentence(next, next.span.clone());
    } else if let Some((over, _)) = text.char_indices().nth(room) {
        let end = next.span.start + word_end(text, over);
        page.snippet.push(" ", false);
        page.sentence(next, next.span.start..end);
        page.snippet.push(GAP, false);
    }
}

/// A snippet that is drawn, and what it is drawn from.
struct Page<'a> {
    answer: &'a str,
    format: TextFormat,
    found: &'a [Occurrence],
    snippet: &'a mut Snippet,
    /// The part of the answer whose markup was read last, and what it says.
    read: (Range<usize>, Vec<markup::Piece<'static>>),
}

impl<'a> Page<'a> {
    fn new(
        snippet: &'a mut Snippet,
        document: &'a QaDocument,
        found: &'a [Occurrence],
    ) -> Page<'a> {
        Page {
            answer: &document.answer,
            format: document.format,
            found,
            snippet,
            read: (0..0, Vec::new()),
        }
    }

    /// Returns the length of what is drawn, in bytes.
    fn length(&self) -> usize {
        let pieces = self.snippet.pieces.iter();
        pieces.map(|piece| piece.text.len()).sum()
    }

    /// Appends `span` of `sentence`.
    fn sentence(&mut self, sentence: &Sentence, span: Range<usize>) {
        if sentence.code {
            draw_marked(self.snippet, self.answer, span, self.found);
            return;
        }
        if self.format == TextFormat::Plain {
            self.words(span);
            return;
        }
        // Markup may go over several sentences. Of a paragraph without end only the part that is
        // shown is read.
        let read = match sentence.block.len() <= MAX_LENGTH {
            true => sentence.block.clone(),
            false => span.clone(),
        };
        if self.read.0 != read {
            self.read = (read.clone(), markup::inline(self.answer, read));
        }
        let (read, pieces) = std::mem::take(&mut self.read);
        for piece in &pieces {
            let is_shown = span.contains(&piece.range.start);
            let matches = is_marked(self.found, piece.range.start);
            match &piece.text {
                None => {
                    let start = piece.range.start.max(span.start);
                    let end = piece.range.end.min(span.end);
                    if start < end {
                        self.words(start..end);
                    }
                }
                Some(text) if is_shown && text.trim().is_empty() => {
                    draw_space(self.snippet, matches);
                }
                Some(text) if is_shown => self.snippet.push(text, matches),
                Some(_) => {}
            }
        }
        self.read = (read, pieces);
    }

    /// Appends `span` with single spaces between its words.
    fn words(&mut self, span: Range<usize>) {
        let mut at = span.start;
        while at <= span.end {
            let text = &self.answer[at..span.end];
            if at > span.start {
                draw_space(self.snippet, is_marked(self.found, at - 1));
            }
            // Words without matches are drawn together, as far as there are single spaces between them.
            let plain = plain_words(text, self.next_match(at..span.end) - at);
            let end = match plain {
                0 => text.find(char::is_whitespace).unwrap_or(text.len()),
                _ => plain,
            };
            match plain {
                0 => draw_marked(self.snippet, self.answer, at..at + end, self.found),
                _ => self.snippet.push(&text[..plain], false),
            }
            let space = text[end..].chars().next();
            at += end + space.map_or(1, char::len_utf8);
        }
    }

    /// Returns the start of the first match in `span`; its end, if there is none.
    fn next_match(&self, span: Range<usize>) -> usize {
        let found = self.found.iter().map(|found| &found.span);
        let found = found.filter(|found| found.end > span.start);
        let starts = found.map(|found| found.start.clamp(span.start, span.end));
        starts.min().unwrap_or(span.end)
    }

    /// Returns the part of a long `sentence` to show: `length` characters around the first match.
    fn cut(&self, sentence: &Sentence, length: usize) -> Range<usize> {
        let text = &self.answer[sentence.span.clone()];
        let most = (length + length / OVER).min(MAX_LENGTH);
        if text.chars().nth(most).is_none() {
            return sentence.span.clone();
        }
        let over = text
            .char_indices()
            .nth(length)
            .map_or(text.len(), |(over, _)| over);
        let first = self
            .found
            .iter()
            .find(|o| sentence.span.contains(&o.span.start));
        let first = first.map_or(0, |found| found.span.start - sentence.span.start);
        if first < over * 2 / 3 {
            return sentence.span.start..sentence.span.start + word_end(text, over);
        }
        // A third of the length leads up to the match.
        let lead = text[..first].char_indices().rev().nth(length / 3);
        let tail = text.char_indices().rev().nth(length - 1);
        let start = |found: Option<(usize, char)>| found.map_or(0, |(i, _)| i);
        let start = word_start(text, start(lead).min(start(tail)));
        let end = text[start..].char_indices().nth(length);
        let end = end.map_or(text.len(), |(i, _)| word_end(text, start + i));
        sentence.span.start + start..sentence.span.start + end.max(start)
    }
}

/// Returns the length of the words at the start of `text` that end before `limit`, have no other letters than those of
/// ASCII, and single spaces between them.
fn plain_words(text: &str, limit: usize) -> usize {
    let bytes = &text.as_bytes()[..limit];
    let (mut end, mut start) = (0, 0);
    loop {
        let rest = &bytes[start..];
        let length = rest.iter().take_while(|b| b.is_ascii_graphic()).count();
        match rest.get(length) {
            _ if length == 0 => return end,
            None if limit == text.len() => return limit,
            Some(b' ') => end = start + length,
            _ => return end,
        }
        start = end + 1;
    }
}

/// Appends a space, unless there is one.
fn draw_space(snippet: &mut Snippet, matches: bool) {
    let last = snippet.pieces.last();
    if last.is_some_and(|piece| !piece.text.ends_with([' ', '\n'])) {
        snippet.push(" ", matches);
    }
}

/// Returns the end of the last whole word of `text` before `at`, or `at` if there is none near.
fn word_end(text: &str, at: usize) -> usize {
    let space = text[..at].rfind(char::is_whitespace);
    space.filter(|space| space * 2 > at).unwrap_or(at)
}

/// Returns the start of the first whole word of `text` from `at` on, or `at` if there is none near.
fn word_start(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let mut near = text[at..].char_indices().take(30);
    let space = near
        .find(|(_, c)| c.is_whitespace())
        .map(|(i, c)| at + i + c.len_utf8());
    space.unwrap_or(at)
}

/// Returns whether something that is `found` goes on over `at`.
fn is_marked(found: &[Occurrence], at: usize) -> bool {
    let before = found.partition_point(|o| o.span.start <= at);
    found[..before].last().is_some_and(|o| o.span.end > at)
}

/// Appends `span` of `text`, marking what is `found` in it.
pub(super) fn draw_marked(
    snippet: &mut Snippet,
    text: &str,
    span: Range<usize>,
    found: &[Occurrence],
) {
    let mut at = span.start;
    let first = found.partition_point(|o| o.span.end <= span.start);
    for occurrence in &found[first..] {
        let start = occurrence.span.start.max(at);
        let end = occurrence.span.end.min(span.end);
        if occurrence.span.start >= span.end {
            break;
        }
        if start < end {
            snippet.push(&text[at..start], false);
            snippet.push(&text[start..end], true);
            at = end;
        }
    }
    snippet.push(&text[at..span.end], false);
}
