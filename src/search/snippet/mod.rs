//! A document and the words that were asked for -> a [`Snippet`]: the passage that answers best.
//!
//! An answer is cut where its reader would pause: [`sentences`] are sentences, list items, table
//! rows and lines of code. [`pick`] weighs the runs of them that fit the length, of which [`pieces`]
//! draws the best: its markup is taken away, what [`highlight`] finds is marked, and code stays as
//! it is.

mod highlight;
mod pick;
mod pieces;
#[cfg(test)]
mod tests;

pub(crate) use highlight::{Highlighter, Highlights};

use std::ops::Range;

use serde::Serialize;

use crate::{
    QaDocument,
    search::snippet::{
        highlight::Occurrence,
        pick::Picker,
        pieces::{GAP, draw, draw_marked, draw_rest},
    },
    text::{
        html::escape_html,
        sentences::{Sentence, sentences},
    },
};

/// The longest snippet in characters: above, the whole answer is wanted.
const MAX_LENGTH: usize = 4000;

/// A part of an answer, cut in pieces that match the query and pieces that do not.
///
/// There is no markup in it: a terminal and a page each draw the matches in their own way.
///
/// ```
/// use hotseat::{Index, QaDocument, Query};
///
/// let tea = QaDocument::new("tea", "What is matcha?", "**Tea**, ground to a powder.");
/// let index = Index::in_memory([tea])?;
/// let snippet = &index.search(&Query::new("powder"))?.hits[0].snippet;
/// assert_eq!(snippet.text(), "Tea, ground to a powder.");
/// let mut drawn = String::new();
/// for piece in &snippet.pieces {
///     match piece.matches {
///         true => drawn += &format!("[{}]", piece.text),
///         false => drawn += &piece.text,
///     }
/// }
/// assert_eq!(drawn, "Tea, ground to a [powder].");
/// # hotseat::Result::Ok(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
// Without the example, which is for programs in Rust.
#[cfg_attr(
    feature = "schema",
    schemars(
        description = "A part of an answer, cut in pieces that match the query and pieces that do not.\n\nThere is no markup in it: a terminal and a page each draw the matches in their own way."
    )
)]
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

    /// Returns the text as HTML, by [`escape_html`], with matches in `<mark>`.
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
            html.push_str(&escape_html(&piece.text));
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

/// Returns `text`, which has no markup, with what `highlighter` finds marked.
pub(crate) fn marked(text: &str, highlighter: &mut Highlighter<'_>) -> Snippet {
    let mut snippet = Snippet::default();
    let found = highlighter.occurrences(text);
    draw_marked(&mut snippet, text, 0..text.len(), &found);
    snippet
}

/// Returns the text that is shown above the answer of `document`, or says what it is about.
fn above(document: &QaDocument) -> String {
    let titles = document.sections.iter().map(String::as_str);
    let titles = titles.chain([document.guide_title.as_str()]);
    let mut above = document.question.clone();
    for text in titles.chain(document.all_tags()) {
        above.push('\n');
        above.push_str(text);
    }
    above
}

/// Returns the part of the answer of `document`, which has these `sentences`, that answers best what `highlighter`
/// finds, in about `length` characters at most; where one part can't show all of it, in up to `fragments` parts.
pub(crate) fn snippet(
    document: &QaDocument,
    sentences: &[Sentence],
    highlighter: &mut Highlighter<'_>,
    length: usize,
    fragments: usize,
) -> Snippet {
    let length = length.clamp(1, MAX_LENGTH);
    let answer = &document.answer;
    let above = highlighter.reasons(&above(document));
    let mut found = highlighter.reasons(answer);
    let remedy = remedy(document, highlighter, &above);
    let weights = highlighter.weights();
    let picker = Picker::new(answer, sentences, &found, &above, weights, remedy);
    let mut runs = vec![picker.best(length)];
    let mut share = length;
    let in_question = above.partition_point(|found| found.span.start < document.question.len());
    let (in_question, in_titles) = above.split_at(in_question);
    let titles: Vec<usize> = in_titles
        .iter()
        .map(|found| found.unit)
        .filter(|unit| in_question.iter().all(|found| found.unit != *unit))
        .collect();
    if fragments == 1
        && let Some(both) = picker.first_and_rest(&runs[0], &titles, length)
    {
        runs = both.into();
    } else if fragments > 1 && !picker.shows_all(&runs) {
        share = (length / fragments).max(1);
        runs = picker.best_few(share, fragments);
    }
    found.retain(|occurrence| occurrence.is_drawn);
    let mut snippet = Snippet::default();
    for run in &runs {
        if !snippet.pieces.is_empty() {
            snippet.push(&format!(" {GAP} "), false);
        }
        draw(
            &mut snippet,
            document,
            &sentences[run.clone()],
            &found,
            share,
        );
    }
    if let [run] = runs.as_slice()
        && let Some(next) = sentences.get(run.end)
    {
        let run = &sentences[run.clone()];
        draw_rest(&mut snippet, document, (run, next), &found, share);
    }
    // What is markup alone shows nothing; then what comes first and says something is shown.
    let mut next = 0;
    while is_blank(&snippet) && next < sentences.len() {
        snippet = Snippet::default();
        let run = &sentences[next..=next];
        draw(&mut snippet, document, run, &found, share);
        next += 1;
    }
    if is_blank(&snippet) {
        let all = [Sentence::of_all(answer)];
        draw(&mut snippet, document, &all, &found, share);
    }
    snippet
}

/// Returns the bytes of the answer of `document` that `highlighter` finds, in order and apart, and those
/// of the part that [`snippet`] shows, if anything is found.
pub(crate) fn spans(
    document: &QaDocument,
    highlighter: &mut Highlighter<'_>,
    length: usize,
) -> (Vec<Range<usize>>, Option<Range<usize>>) {
    let answer = &document.answer;
    let mut found = highlighter.reasons(answer);
    if !found.iter().any(|occurrence| occurrence.is_drawn) {
        return (Vec::new(), None);
    }
    let sentences = sentences(answer, document.format);
    let in_question = highlighter.reasons(&document.question);
    let remedy = remedy(document, highlighter, &in_question);
    let weights = highlighter.weights();
    let picker = Picker::new(answer, &sentences, &found, &in_question, weights, remedy);
    let run = &sentences[picker.best(length.clamp(1, MAX_LENGTH))];
    let ends = run.first().zip(run.last());
    let passage = ends.map(|(first, last)| first.span.start..last.span.end);
    found.retain(|occurrence| occurrence.is_drawn);
    let mut matches: Vec<Range<usize>> = Vec::new();
    for occurrence in found {
        let span = occurrence.span;
        match matches.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => matches.push(span),
        }
    }
    (matches, passage)
}

/// Returns the unit that asks what to do against something, unless the question of `document`, with which what
/// is `above` starts, asks that first: of *What is X, and how is it prevented?*, the answer begins with what X
/// is.
fn remedy(
    document: &QaDocument,
    highlighter: &Highlighter<'_>,
    above: &[Occurrence],
) -> Option<usize> {
    let remedy = highlighter.remedy()?;
    let question = document.question.as_str();
    let mut in_question = above
        .iter()
        .filter(|occurrence| occurrence.span.start < question.len());
    let asks_first = in_question
        .find(|occurrence| occurrence.unit == remedy)
        .is_some_and(|occurrence| {
            let before = &question[..occurrence.span.start];
            !before.contains([',', ';', '?', '.']) && !before.contains(" and ")
        });
    (!asks_first).then_some(remedy)
}

fn is_blank(snippet: &Snippet) -> bool {
    snippet
        .pieces
        .iter()
        .all(|piece| piece.text.trim().is_empty())
}

/// Returns the snippet of `document` in which each of `stems` is looked for, the last as a prefix, too:
/// for the fuzzer, to which a search would take too long.
#[cfg(fuzzing)]
pub fn fuzz_snippet(document: &QaDocument, stems: &[String], length: usize) -> Snippet {
    let mut marks = Highlights::default();
    for stem in stems {
        let unit = marks.add_unit(1.0);
        marks.add(unit, std::slice::from_ref(stem));
    }
    if let Some(stem) = stems.last() {
        let unit = marks.add_unit(1.0);
        marks.add_prefix(unit, stem);
        marks.add(unit, stems);
    }
    let mut highlighter = Highlighter::new(&marks);
    marked(&document.answer, &mut highlighter);
    let sentences = sentences(&document.answer, document.format);
    let fragments = 1 + length % 3;
    snippet(document, &sentences, &mut highlighter, length, fragments)
}
