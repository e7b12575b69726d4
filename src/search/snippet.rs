//! An answer and the words that were asked for -> a [`Snippet`]: the passage that answers best.
//!
//! An answer is cut where its reader would pause: at the ends of sentences, list items, table rows
//! and lines of code. Of these *segments*, the run that fits the length and shows most of what was
//! asked for is the snippet; its markup is taken away, and code stays as it is.

use std::ops::Range;

use serde::Serialize;

use crate::text::{
    StemCache, Terms,
    markup::{self, TextFormat, list_marker},
};

/// The mark of a cut inside a segment, and between fragments.
const GAP: &str = "…";

/// The longest snippet in characters: above, the whole answer is wanted.
const MAX_LENGTH: usize = 4000;

/// The weight of a further occurrence of a word beside the first, so that among passages with the
/// same words the densest wins.
const AGAIN: f32 = 0.05;

/// The weight of a word in the title of a link that stands alone, which only points to an answer.
const LINKED: f32 = 0.5;

/// A part of an answer, cut in pieces that match the query and pieces that do not.
///
/// There is no markup in it: a terminal and a page each draw the matches in their own way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
#[non_exhaustive]
pub struct Snippet {
    /// The pieces, in order; put together they are the snippet's text.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Snippet`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matches the query.
    #[serde(rename = "match", skip_serializing_if = "std::ops::Not::not")]
    pub matches: bool,
}

impl Snippet {
    /// Returns the text without its marks.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }

    /// Returns the text as HTML, escaped, with matches in `<mark>`.
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let less = QaDocument::new("html", "What is bold?", "Bold: 2 < 3 in bold.");
    /// let results = Index::in_memory([less])?.search(&Query::new("bold"))?;
    /// let hit = &results.hits[0];
    /// assert_eq!(hit.snippet.to_html(), "<mark>Bold</mark>: 2 &lt; 3 in <mark>bold</mark>.");
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        for piece in &self.pieces {
            if piece.matches {
                html.push_str("<mark>");
            }
            for c in piece.text.chars() {
                match c {
                    '&' => html.push_str("&amp;"),
                    '<' => html.push_str("&lt;"),
                    '>' => html.push_str("&gt;"),
                    '"' => html.push_str("&quot;"),
                    '\'' => html.push_str("&#39;"),
                    c => html.push(c),
                }
            }
            if piece.matches {
                html.push_str("</mark>");
            }
        }
        html
    }

    /// Appends `text`, to the last piece if it is of the same sort.
    fn push(&mut self, text: &str, matches: bool) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.matches == matches => last.text.push_str(text),
            _ => self.pieces.push(Piece {
                text: text.to_owned(),
                matches,
            }),
        }
    }
}

/// The words to mark, with their weights for choosing a passage.
#[derive(Debug, Clone, Default)]
pub(crate) struct Highlights {
    marks: Vec<Mark>,
    prefixes: Vec<(String, usize)>,
    /// The first letters of the words that may be marked: most words of a text start otherwise.
    starts: Vec<String>,
    /// Whether something marked has signs, and so may start anywhere.
    signs: bool,
    /// The weight of each unit of the query.
    weights: Vec<f32>,
}

/// Stems that are marked where they stand side by side.
#[derive(Debug, Clone)]
struct Mark {
    stems: Vec<String>,
    unit: usize,
}

impl Highlights {
    /// Adds a unit that counts `weight`; returns its number.
    pub(crate) fn add_unit(&mut self, weight: f32) -> usize {
        self.weights.push(weight);
        self.weights.len() - 1
    }

    /// Highlights `stems`, side by side, as a form of `unit`.
    pub(crate) fn add(&mut self, unit: usize, stems: &[String]) {
        for stem in stems {
            // Words start as their stem, but for the end of a short one: *tries* has the stem
            // *tri*, *using* has *use* and *dying* has *die*.
            let common = match stem.len() {
                3 if stem.ends_with("ie") => 1,
                length => length.min(2).max(length.min(4) - 1),
            };
            self.add_start(stem, common);
        }
        self.marks.push(Mark {
            stems: stems.to_vec(),
            unit,
        });
    }

    /// Highlights words that start with `prefix` as a form of `unit`.
    pub(crate) fn add_prefix(&mut self, unit: usize, prefix: &str) {
        self.add_start(prefix, prefix.len().min(3));
        self.prefixes.push((prefix.to_owned(), unit));
    }

    /// Notes that what starts as `text` does, in as many letters as are `common`, may be marked.
    fn add_start(&mut self, text: &str, common: usize) {
        self.signs |= !text.bytes().all(|b| b.is_ascii_alphanumeric());
        let letters = text.chars().take_while(char::is_ascii_alphanumeric);
        let start: String = letters.take(common).collect();
        if !start.is_empty() && !self.starts.contains(&start) {
            self.starts.push(start);
        }
    }

    /// Returns, by its value, whether something marked may start with a byte.
    fn first_bytes(&self) -> [bool; 256] {
        let mut first = [false; 256];
        for byte in 0..=u8::MAX {
            let starts = |start: &String| start.as_bytes()[0] == byte.to_ascii_lowercase();
            first[usize::from(byte)] = !byte.is_ascii()
                || (self.signs && byte.is_ascii_punctuation())
                || self.starts.iter().any(starts);
        }
        first
    }

    /// Returns whether something marked may start at `at`, which has one of the
    /// [`first_bytes`](Highlights::first_bytes).
    fn may_start(&self, text: &[u8], at: usize) -> bool {
        let byte = text[at];
        if !byte.is_ascii_alphanumeric() {
            return true;
        }
        let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
        let starts_word = !before.is_ascii_alphanumeric()
            || (byte.is_ascii_uppercase() && before.is_ascii_lowercase());
        // What is written together, as `CI/CD`, has its signs taken away.
        let starts = |start: &String| {
            let mut written = text[at..].iter().filter(|b| !b.is_ascii_punctuation());
            start.bytes().all(|letter| {
                let written = written.next();
                written.is_some_and(|b| !b.is_ascii() || b.to_ascii_lowercase() == letter)
            })
        };
        starts_word && self.starts.iter().any(starts)
    }
}

/// Something marked in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Occurrence {
    span: Range<usize>,
    unit: usize,
}

/// Finds what is to be marked in one text after the other.
pub(crate) struct Highlighter<'a> {
    marks: &'a Highlights,
    /// By the value of a byte: whether something marked may start with it.
    first_bytes: [bool; 256],
    terms: Terms,
    stems: StemCache,
}

impl<'a> Highlighter<'a> {
    pub(crate) fn new(marks: &'a Highlights) -> Highlighter<'a> {
        Highlighter {
            marks,
            first_bytes: marks.first_bytes(),
            terms: Terms::default(),
            stems: StemCache::default(),
        }
    }

    /// Returns what is to be marked in `text`, in order.
    fn occurrences(&mut self, text: &str) -> Vec<Occurrence> {
        let marks = self.marks;
        let mut found = Vec::new();
        // Stems of sequences that were met so far: the mark, how many of its stems, where.
        let mut begun: Vec<(usize, usize, Range<usize>)> = Vec::new();
        let bytes = text.as_bytes();
        // Where the last chunk ended that was looked at, and where the next one may start.
        let (mut end, mut at) = (0, 0);
        while let Some(next) = bytes[at..]
            .iter()
            .position(|b| self.first_bytes[usize::from(*b)])
        {
            at += next;
            if !marks.may_start(bytes, at) {
                at += 1;
                continue;
            }
            let chunk = chunk(text, end, at, marks.signs);
            if !begun.is_empty() && !text[end..chunk.start].trim().is_empty() {
                begun.clear();
            }
            (end, at) = (chunk.end, chunk.end);
            self.terms.analyze(without_address(&text[chunk.clone()]));
            for term in self.terms.iter() {
                let span = chunk.start + term.span.start..chunk.start + term.span.end;
                let stem = self.stems.stem(&term).unwrap_or(term.text);
                let mut going_on = Vec::new();
                for (i, mark) in marks.marks.iter().enumerate() {
                    if mark.stems.len() == 1 {
                        if mark.stems[0] == stem {
                            found.push(Occurrence {
                                span: span.clone(),
                                unit: mark.unit,
                            });
                        }
                        continue;
                    }
                    if mark.stems[0] == stem {
                        going_on.push((i, 1, span.clone()));
                    }
                    for (_, count, start) in begun.iter().filter(|(other, ..)| *other == i) {
                        if mark.stems[*count] != stem {
                            continue;
                        }
                        let whole = start.start..span.end;
                        if count + 1 == mark.stems.len() {
                            let unit = mark.unit;
                            found.push(Occurrence { span: whole, unit });
                        } else {
                            going_on.push((i, count + 1, whole));
                        }
                    }
                }
                for (prefix, unit) in &marks.prefixes {
                    if term.text.starts_with(prefix.as_str()) {
                        found.push(Occurrence {
                            span: span.clone(),
                            unit: *unit,
                        });
                    }
                }
                begun = going_on;
            }
        }
        found.sort_by_key(|occurrence| (occurrence.span.start, occurrence.span.end));
        found
    }
}

/// Returns `chunk` up to an address in it, which no one reads for its words.
fn without_address(chunk: &str) -> &str {
    let Some((before, _)) = chunk.split_once("://") else {
        return chunk;
    };
    before.trim_end_matches(|c: char| c.is_ascii_alphanumeric())
}

/// Returns the run of `text` between spaces, from `start` on, in which `at` is. If `signs` count,
/// what is written with spaces but is one term, such as `O(n log n)`, is one run.
fn chunk(text: &str, start: usize, at: usize, signs: bool) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes[start..at].iter().rev();
    let start = at - before.take_while(|b| !b.is_ascii_whitespace()).count();
    let after = bytes[at..].iter();
    let mut end = at + after.take_while(|b| !b.is_ascii_whitespace()).count();
    if signs
        && let Some(open) = text[start..end].find("O(")
        && !text[start + open..end].contains(')')
        && let Some(close) = bytes[end..].iter().take(24).position(|b| *b == b')')
    {
        end += close + 1;
    }
    start..end
}

/// Returns `text`, which has no markup, with what `marker` finds marked.
pub(crate) fn marked(text: &str, marker: &mut Highlighter<'_>) -> Snippet {
    let mut snippet = Snippet::default();
    push_marked(&mut snippet, text, 0..text.len(), &marker.occurrences(text));
    snippet
}

/// Returns the part of `answer` that shows most of what `marker` finds, in about `length` characters
/// at most; where one part can't show all of it, in up to `fragments` parts.
pub(crate) fn snippet(
    answer: &str,
    format: TextFormat,
    marker: &mut Highlighter<'_>,
    length: usize,
    fragments: usize,
) -> Snippet {
    let length = length.clamp(1, MAX_LENGTH);
    let segments = segments(answer, format);
    let found = marker.occurrences(answer);
    let scene = FragmentPicker {
        answer,
        format,
        segments: &segments,
        found: &found,
        marks: marker.marks,
    };
    let mut windows = vec![scene.best(length, &[])];
    let mut share = length;
    if fragments > 1 && !scene.shows_all(&windows) {
        share = (length / fragments).max(1);
        windows = scene.best_few(share, fragments);
    }
    let mut snippet = Snippet::default();
    for window in windows {
        if !snippet.pieces.is_empty() {
            snippet.push(&format!(" {GAP} "), false);
        }
        scene.draw(&mut snippet, window, share);
    }
    snippet
}

/// The smallest part of an answer that is shown whole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sentence {
    span: Range<usize>,
    /// The paragraph that it is a part of, whose markup may go over several segments.
    paragraph: Range<usize>,
    /// Whether it is code, which is shown as written.
    code: bool,
    /// Whether it starts a line of its own.
    own_line: bool,
}

/// An answer, and what was found in it.
struct FragmentPicker<'a> {
    answer: &'a str,
    format: TextFormat,
    segments: &'a [Sentence],
    found: &'a [Occurrence],
    marks: &'a Highlights,
}

impl FragmentPicker<'_> {
    /// Returns the run of segments of up to `length` characters that shows most, without the units
    /// `shown` already; of equals the first.
    fn best(&self, length: usize, shown: &[usize]) -> Range<usize> {
        let mut best = (0.0, self.run(0, length));
        let mut last = None;
        for occurrence in self.found {
            let at = self.segment_of(occurrence);
            // A sentence before the first match tells what it is about.
            for start in at.saturating_sub(1)..=at {
                if last.is_some_and(|last| start <= last) {
                    continue;
                }
                last = Some(start);
                let run = self.run(start, length);
                let worth = self.worth(&run, shown);
                if worth > best.0 {
                    best = (worth, run);
                }
            }
        }
        let first = self.run(0, length);
        if self.worth(&first, shown) >= best.0 {
            return first;
        }
        self.filled(best.1, length)
    }

    /// Returns up to `count` runs that show as many units as they can, in reading order.
    fn best_few(&self, length: usize, count: usize) -> Vec<Range<usize>> {
        let mut windows: Vec<Range<usize>> = Vec::new();
        while windows.len() < count {
            let shown: Vec<usize> = windows.iter().flat_map(|run| self.units(run)).collect();
            let next = self.best(length, &shown);
            let new = self.units(&next).iter().any(|unit| !shown.contains(unit));
            if !windows.is_empty() && !new {
                break;
            }
            windows.push(next);
        }
        windows.sort_by_key(|run| run.start);
        windows
    }

    fn shows_all(&self, windows: &[Range<usize>]) -> bool {
        let shown: Vec<usize> = windows.iter().flat_map(|run| self.units(run)).collect();
        self.found
            .iter()
            .all(|occurrence| shown.contains(&occurrence.unit))
    }

    /// Returns the run from `start` on that fits `length`, of one segment at least.
    fn run(&self, start: usize, length: usize) -> Range<usize> {
        let mut end = start;
        let mut total = 0;
        for segment in &self.segments[start.min(self.segments.len())..] {
            total += self.answer[segment.span.clone()].chars().count() + 1;
            if end > start && total > length + 1 {
                break;
            }
            end += 1;
        }
        start..end
    }

    fn segment_of(&self, occurrence: &Occurrence) -> usize {
        let after = self
            .segments
            .partition_point(|segment| segment.span.end <= occurrence.span.start);
        after.min(self.segments.len().saturating_sub(1))
    }

    /// Returns what is found in the segments `run`.
    fn inside(&self, run: &Range<usize>) -> &[Occurrence] {
        let (Some(first), Some(last)) = (
            self.segments.get(run.start),
            self.segments.get(run.end.saturating_sub(1)),
        ) else {
            return &[];
        };
        let start = self
            .found
            .partition_point(|o| o.span.start < first.span.start);
        let end = self.found.partition_point(|o| o.span.start < last.span.end);
        &self.found[start..end.max(start)]
    }

    fn units(&self, run: &Range<usize>) -> Vec<usize> {
        self.inside(run)
            .iter()
            .map(|occurrence| occurrence.unit)
            .collect()
    }

    fn worth(&self, run: &Range<usize>, shown: &[usize]) -> f32 {
        let mut seen = vec![false; self.marks.weights.len()];
        for unit in shown {
            seen[*unit] = true;
        }
        let mut worth = 0.0;
        for occurrence in self.inside(run) {
            let again = std::mem::replace(&mut seen[occurrence.unit], true);
            let segment = &self.segments[self.segment_of(occurrence)];
            let linked = is_link(&self.answer[segment.span.clone()]);
            worth += self.marks.weights[occurrence.unit]
                * if again { AGAIN } else { 1.0 }
                * if linked { LINKED } else { 1.0 };
        }
        worth
    }

    /// Returns `run` with what fits in front of it, where the answer ends before `length`.
    fn filled(&self, run: Range<usize>, length: usize) -> Range<usize> {
        let mut start = run.start;
        while run.end == self.segments.len()
            && start > 0
            && self.run(start - 1, length).end == run.end
        {
            start -= 1;
        }
        start..run.end
    }

    /// Appends the segments `run`, with a segment that alone is longer than `length` cut.
    fn draw(&self, snippet: &mut Snippet, run: Range<usize>, length: usize) {
        let run = &self.segments[run];
        if let [segment] = run {
            let span = self.cut(segment, length);
            if span.start > segment.span.start {
                snippet.push(GAP, false);
            }
            self.draw_segment(snippet, segment, span.clone());
            if span.end < segment.span.end {
                snippet.push(GAP, false);
            }
            return;
        }
        for (i, segment) in run.iter().enumerate() {
            if i > 0 {
                snippet.push(if segment.own_line { "\n" } else { " " }, false);
            }
            self.draw_segment(snippet, segment, segment.span.clone());
        }
    }

    fn draw_segment(&self, snippet: &mut Snippet, segment: &Sentence, span: Range<usize>) {
        if segment.code {
            push_marked(snippet, self.answer, span, self.found);
            return;
        }
        if self.format == TextFormat::Plain {
            self.draw_words(snippet, span);
            return;
        }
        // Of a paragraph without end only the part that is shown is read.
        let read = match segment.paragraph.len() <= MAX_LENGTH {
            true => segment.paragraph.clone(),
            false => span.clone(),
        };
        for piece in markup::inline(self.answer, read) {
            let is_shown = span.contains(&piece.range.start);
            let matches = is_marked(self.found, piece.range.start);
            match piece.text {
                None => {
                    let start = piece.range.start.max(span.start);
                    let end = piece.range.end.min(span.end);
                    if start < end {
                        self.draw_words(snippet, start..end);
                    }
                }
                Some(text) if is_shown && text.trim().is_empty() => draw_space(snippet, matches),
                Some(text) if is_shown => snippet.push(&text, matches),
                Some(_) => {}
            }
        }
    }

    /// Appends `span` with single spaces between its words.
    fn draw_words(&self, snippet: &mut Snippet, span: Range<usize>) {
        let mut at = span.start;
        for word in self.answer[span.clone()].split(char::is_whitespace) {
            if at > span.start {
                draw_space(snippet, is_marked(self.found, at - 1));
            }
            if !word.is_empty() {
                push_marked(snippet, self.answer, at..at + word.len(), self.found);
            }
            let after = self.answer[at + word.len()..].chars().next();
            at += word.len() + after.map_or(1, char::len_utf8);
        }
    }

    /// Returns the part of a long `segment` to show: `length` characters around the first match.
    fn cut(&self, segment: &Sentence, length: usize) -> Range<usize> {
        let text = &self.answer[segment.span.clone()];
        let Some((over, _)) = text.char_indices().nth(length) else {
            return segment.span.clone();
        };
        let first = self
            .found
            .iter()
            .find(|o| segment.span.contains(&o.span.start));
        let first = first.map_or(0, |occurrence| occurrence.span.start - segment.span.start);
        if first < over * 2 / 3 {
            return segment.span.start..segment.span.start + word_end(text, over);
        }
        // A third of the length leads up to the match.
        let lead = text[..first].char_indices().rev().nth(length / 3);
        let tail = text.char_indices().rev().nth(length - 1);
        let start = |found: Option<(usize, char)>| found.map_or(0, |(i, _)| i);
        let start = word_start(text, start(lead).min(start(tail)));
        let end = text[start..].char_indices().nth(length);
        let end = end.map_or(text.len(), |(i, _)| word_end(text, start + i));
        segment.span.start + start..segment.span.start + end.max(start)
    }
}

/// Appends a space, unless there is one.
fn draw_space(snippet: &mut Snippet, matches: bool) {
    let last = snippet.pieces.last();
    if last.is_some_and(|piece| !piece.text.ends_with([' ', '\n'])) {
        snippet.push(" ", matches);
    }
}

/// Returns whether `text` is one link in Markdown, and nothing else.
fn is_link(text: &str) -> bool {
    let target = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]("))
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    target.is_some_and(|target| !target.contains(['(', ' ']))
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
fn push_marked(snippet: &mut Snippet, text: &str, span: Range<usize>, found: &[Occurrence]) {
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

/// Returns where a reader of `answer`, in `format`, would pause.
fn segments(answer: &str, format: TextFormat) -> Vec<Sentence> {
    let is_markdown = format == TextFormat::Markdown;
    let mut segments: Vec<Sentence> = Vec::new();
    // Lines of prose that belong together.
    let mut prose: Option<Range<usize>> = None;
    let mut fence: Option<&str> = None;
    let mut blank = true;
    // What is indented below a list item is more of it, not code.
    let mut in_list = false;
    let mut at = 0;
    for line in answer.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let text = line.trim_start();
        let span = start + line.len() - text.len()..start + line.len();
        let is_fence = is_markdown && (text.starts_with("```") || text.starts_with("~~~"));
        let was_blank = std::mem::replace(&mut blank, text.is_empty());
        if fence.is_none() && !is_fence && !text.is_empty() && !is_rule(text) {
            let (mut marker, goes_on) = marker(text);
            let indented = line.len() - text.len() >= 4 && was_blank && marker == 0;
            if indented && prose.is_none() && !in_list {
                segments.push(Sentence {
                    span: start..span.end,
                    paragraph: start..span.end,
                    code: true,
                    own_line: true,
                });
                blank = true;
            } else if let Some(prose) = prose.as_mut().filter(|_| goes_on) {
                prose.end = span.end;
            } else {
                sentences(answer, prose.take(), &mut segments);
                let is_item = marker > 0;
                if !is_markdown {
                    marker = 0;
                }
                let row = if is_markdown && text.starts_with('|') {
                    text.trim_end_matches(['|', ' '])
                } else {
                    text
                };
                prose = Some(span.start + marker..span.start + row.len().max(marker));
                if text.starts_with(['#', '|']) {
                    sentences(answer, prose.take(), &mut segments);
                }
                in_list = is_item || (in_list && line.len() > text.len());
            }
            continue;
        }
        sentences(answer, prose.take(), &mut segments);
        match fence {
            Some(mark)
                if text.starts_with(mark) && text.trim_end_matches(['`', '~']).is_empty() =>
            {
                fence = None;
            }
            Some(_) if !text.is_empty() => segments.push(Sentence {
                span: start..span.end,
                paragraph: start..span.end,
                code: true,
                own_line: true,
            }),
            None if is_fence => fence = Some(&text[..3]),
            _ => {}
        }
    }
    sentences(answer, prose.take(), &mut segments);
    if segments.is_empty() && !answer.trim().is_empty() {
        // Nothing but marks: better shown than nothing.
        segments.push(Sentence {
            span: 0..answer.trim_end().len(),
            paragraph: 0..answer.trim_end().len(),
            code: true,
            own_line: true,
        });
    }
    segments
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

/// Adds the sentences of `prose`, lines that belong together.
fn sentences(answer: &str, prose: Option<Range<usize>>, segments: &mut Vec<Sentence>) {
    let Some(prose) = prose else {
        return;
    };
    let text = &answer[prose.clone()];
    let mut start = 0;
    let mut add = |span: Range<usize>, own_line| {
        let written = &text[span.clone()];
        let left = span.start + written.len() - written.trim_start().len();
        let span = left..span.end.max(left);
        if !text[span.clone()].trim().is_empty() {
            segments.push(Sentence {
                span: prose.start + span.start..prose.start + span.end,
                paragraph: prose.clone(),
                code: false,
                own_line,
            });
        }
    };
    let mut code = false;
    let is_pause = |b: &u8| matches!(b, b'.' | b'!' | b'?' | b'`' | 0xe3 | 0xef);
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(is_pause) {
        let i = at + next;
        at = i + 1;
        let end = match text.as_bytes()[i] {
            b'.' | b'!' | b'?' if !code && ends_sentence(&text[..i], &text[i + 1..]) => i + 1,
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

/// Returns whether the stop between `before` and `rest` ends a sentence.
fn ends_sentence(before: &str, rest: &str) -> bool {
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let Some(next) = rest.trim_start().chars().next() else {
        return true;
    };
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let abbreviation = matches!(
        word.trim_start_matches('('),
        "e.g" | "i.e" | "etc" | "vs" | "cf" | "Mr" | "Mrs" | "Dr" | "No" | "approx"
    );
    !next.is_lowercase() && !abbreviation
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::stem;

    /// Returns marks for the words of `query`; `a+b` is a sequence, `a*` a prefix.
    fn marks(query: &str) -> Highlights {
        let mut marks = Highlights::default();
        for word in query.split_whitespace() {
            let unit = marks.add_unit(1.0);
            match word.strip_suffix('*') {
                Some(prefix) if !prefix.is_empty() => marks.add_prefix(unit, prefix),
                _ if word.len() > 3 && word.contains('+') && !word.ends_with('+') => {
                    let stems: Vec<String> =
                        word.split('+').map(|w| stem(w).into_owned()).collect();
                    marks.add(unit, &stems);
                }
                _ => marks.add(unit, &[stem(word).into_owned()]),
            }
        }
        marks
    }

    fn drawn(snippet: &Snippet) -> String {
        let draw = |piece: &Piece| match piece.matches {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        snippet.pieces.iter().map(draw).collect()
    }

    fn check(cases: &[(&str, &str, &str)]) {
        for (query, answer, expected) in cases {
            let shown = snippet(
                answer,
                TextFormat::Markdown,
                &mut Highlighter::new(&marks(query)),
                60,
                1,
            );
            assert_eq!(drawn(&shown), *expected, "{query:?} in {answer:?}");
        }
    }

    #[test]
    fn forms_of_a_word_are_marked() {
        check(&[
            (
                "hook",
                "Hooks hook into state.",
                "[Hooks] [hook] into state.",
            ),
            (
                "promises",
                "A promise is pending.",
                "A [promise] is pending.",
            ),
            ("cafe", "The café opens.", "The [café] opens."),
            ("gil", "The GIL's cost.", "The [GIL's] cost."),
            (
                "global+interpreter+lock",
                "A Global Interpreter Lock.",
                "A [Global Interpreter Lock].",
            ),
            (
                "global+interpreter+lock",
                "A global lock.",
                "A global lock.",
            ),
            (
                "global+interpreter+lock",
                "The **Global Interpreter\nLock**",
                "The [Global Interpreter Lock]",
            ),
            (
                "immut*",
                "Immutable and immutability, mutable.",
                "[Immutable] and [immutability], mutable.",
            ),
            ("c++", "C and C++ differ.", "C and [C++] differ."),
            ("c", "C and C++ differ.", "[C] and [C]++ differ."),
            (".net", "On .NET and net.", "On [.NET] and net."),
            ("===", "Use === over ==.", "Use [===] over ==."),
            ("nodejs", "Run node.js here.", "Run [node.js] here."),
            ("effect", "Call useEffect once.", "Call use[Effect] once."),
            (
                "o(nlogn)",
                "It is O(n log n) at worst.",
                "It is [O(n log n)] at worst.",
            ),
            ("profiler", "Use memory_profiler.", "Use memory_[profiler]."),
            (
                "__init__",
                "Define `__init__` first.",
                "Define [__init__] first.",
            ),
            ("全局", "这是全局解释器锁。", "这是[全局]解释器锁。"),
            ("lock 锁", "A lock 锁 🔒 here.", "A [lock] [锁] 🔒 here."),
        ]);
    }

    #[test]
    fn the_best_passage_is_shown_to_the_end_of_a_sentence() {
        check(&[
            ("", "First one. Second one.", "First one. Second one."),
            ("absent", "First one. Second one.", "First one. Second one."),
            (
                "absent",
                "The first sentence is this one here. The second one does not fit any more.",
                "The first sentence is this one here.",
            ),
            (
                "lock",
                "Nothing is said of it in this long first sentence here. Nor here. The lock is.",
                "Nor here. The [lock] is.",
            ),
            (
                "lock thread",
                "A lock is taken by somebody else before that. It is late. A thread takes the lock.",
                "It is late. A [thread] takes the [lock].",
            ),
            (
                "one",
                "Use e.g. one of these. Or version 3.10 of it.",
                "Use e.g. [one] of these. Or version 3.10 of it.",
            ),
            (
                "late",
                "A sentence with no end that goes on and on for much longer than fits until late in it there is more",
                "…on for much longer than fits until [late] in it there is more",
            ),
            (
                "early",
                "An early match in a sentence with no end that goes on and on for much longer than fits",
                "An [early] match in a sentence with no end that goes on and…",
            ),
            (
                "b",
                "第一句很长很长。第二句 b 在这里。",
                "第一句很长很长。 第二句 [b] 在这里。",
            ),
            (
                "lock",
                "A long sentence that is not shown as there is no space for it. One. Two. The lock.",
                "One. Two. The [lock].",
            ),
            (
                "lock thread",
                "A lock is held by one alone: the lock keeps others waiting.\n\n- [Lock, thread](http://a.b)",
                "A [lock] is held by one alone: the [lock] keeps others waiting.",
            ),
            (
                "wrapped",
                "A line that is\nwrapped by hand.",
                "A line that is [wrapped] by hand.",
            ),
        ]);
    }

    #[test]
    fn markup_is_taken_away_and_code_is_not() {
        check(&[
            (
                "bold",
                "A **bold** and *slanted* word.",
                "A [bold] and slanted word.",
            ),
            (
                "link",
                "See [the link](http://a.b/c) now.",
                "See the [link] now.",
            ),
            (
                "image",
                "See ![an image](x.png) now.",
                "See an [image] now.",
            ),
            ("product", "A product 2 * 3 * 4.", "A [product] 2 * 3 * 4."),
            (
                "kwargs",
                "Takes `*args` and `**kwargs`.",
                "Takes *args and **[kwargs].",
            ),
            (
                "list",
                "Write `list[int]` (or a list).",
                "Write [list][int] (or a [list]).",
            ),
            ("array", "An array[0] is first.", "An [array][0] is first."),
            (
                "tag",
                "A <b>tag</b><br/> and List<T> too.",
                "A [tag] and List<T> too.",
            ),
            (
                "details",
                "Use `<details>` there.",
                "Use <[details]> there.",
            ),
            ("star", "A \\* star.", "A * [star]."),
            (
                "pointer",
                "A pointer: `p`; int *p = &x, *q = p.",
                "A [pointer]: p; int *p = &x, *q = p.",
            ),
            (
                "packed",
                "f(*args, **kwargs): *args and **kwargs are packed.",
                "f(*args, **kwargs): *args and **kwargs are [packed].",
            ),
            (
                "power",
                "A power: 2**8, 2 ** 8.",
                "A [power]: 2**8, 2 ** 8.",
            ),
            (
                "key",
                "Press <kbd>Ctrl</kbd>, a key.",
                "Press Ctrl, a [key].",
            ),
            ("tag", "A &lt;tag&gt; &amp; more.", "A <[tag]> & more."),
            (
                "alias",
                "See [[Wiki Page|alias text]] and ![[embed.png]], x[[1]].",
                "See [alias] text and embed.png, x[[1]].",
            ),
            (
                "two",
                "**Over one. And two sentences.** Then.",
                "Over one. And [two] sentences. Then.",
            ),
            ("code", "Of `` a`b `` code.", "Of a`b [code]."),
            ("math", "Of $a_i * b_i$ math.", "Of $a_i * b_i$ [math]."),
            (
                "item",
                "- first\n- second item\n- third",
                "first\nsecond [item]\nthird",
            ),
            ("step", "1. one\n2. step two", "one\n[step] two"),
            ("quoted", "> quoted text", "[quoted] text"),
            ("head", "## The head\nIts text.", "The [head]\nIts text."),
            ("y", "| x | y |\n|---|---|\n| 1 | 2 |", "x | [y]\n1 | 2"),
            (
                "print",
                "Run:\n\n```python\nif x:\n    print(*a)\n```\n",
                "Run:\nif x:\n    [print](*a)",
            ),
            (
                "sum",
                "Text.\n\n    sum = a*b*c\n",
                "Text.\n    [sum] = a*b*c",
            ),
            ("", "```\n```", "```\n```"),
            ("", "", ""),
            ("rule", "a\n\n---\n\nrule", "a\n[rule]"),
        ]);
    }

    #[test]
    fn plain_text_has_no_markup() {
        for text in [
            "See [see](here) <b>x</b>, `y` **kwargs &amp; \\* [[z]].",
            "- first\n2) second",
            "| a | b |",
            "```\n# so\n> it\n```",
        ] {
            let shown = snippet(
                text,
                TextFormat::Plain,
                &mut Highlighter::new(&marks("absent")),
                60,
                1,
            );
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&shown.text()), words(text));
        }
    }

    #[test]
    fn several_fragments_show_what_one_cannot() {
        let answer = "The lock is here at the start. Then comes a sentence that says nothing. \
                      And one more of that sort. At last the thread.";
        let shown = snippet(
            answer,
            TextFormat::Markdown,
            &mut Highlighter::new(&marks("lock thread")),
            80,
            2,
        );
        assert_eq!(
            drawn(&shown),
            "The [lock] is here at the start. … At last the [thread]."
        );
        let near = snippet(
            "A lock and a thread.",
            TextFormat::Markdown,
            &mut Highlighter::new(&marks("lock thread")),
            80,
            2,
        );
        assert_eq!(drawn(&near), "A [lock] and a [thread].");
    }

    proptest! {
        #[test]
        fn any_answer_has_a_snippet(
            answer in "(?s)([a-z`*\\[\\]()<>.#|\n -]|.){0,120}",
            query in "[a-z+*.]{0,3}( [a-z]{1,2}){0,2}",
            length in 0usize..50,
        ) {
            let text = snippet(&answer, TextFormat::Markdown, &mut Highlighter::new(&marks(&query)), length, 2).text();
            prop_assert_eq!(text.is_empty(), answer.trim().is_empty(), "{:?}", text);
        }

        #[test]
        fn a_marked_question_is_the_question(text in "(?s).{0,80}") {
            prop_assert_eq!(marked(&text, &mut Highlighter::new(&marks("a b o"))).text(), text);
        }
    }
}
