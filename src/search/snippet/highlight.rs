//! The words of a query -> [`Occurrence`]s: where they stand in a text.

use std::ops::Range;

use crate::text::{Form, StemCache, Terms, irregular_forms, language::Language};

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
    /// The unit of the query that asks for a remedy, the first.
    remedy: Option<usize>,
    /// The languages, besides English, that texts may be in.
    languages: Vec<Language>,
}

/// The stems of words that say what to do against something: who asks by one of them is answered by any.
const REMEDIES: [&str; 7] = [
    "avoid", "fix", "mitig", "prevent", "protect", "resolv", "solv",
];

/// Stems that are marked where they stand side by side.
#[derive(Debug, Clone)]
struct Mark {
    stems: Vec<String>,
    unit: usize,
    /// Whether it is marked, rather than only looked for to choose a passage.
    is_drawn: bool,
}

impl Highlights {
    /// Returns none yet, for texts in English or one of `languages`.
    pub(crate) fn in_languages(languages: &[Language]) -> Highlights {
        Highlights {
            languages: languages.to_vec(),
            ..Highlights::default()
        }
    }

    /// Adds a unit that counts `weight`; returns its number.
    pub(crate) fn add_unit(&mut self, weight: f32) -> usize {
        self.weights.push(weight);
        self.weights.len() - 1
    }

    /// Highlights `stems`, side by side, as a form of `unit`.
    pub(crate) fn add(&mut self, unit: usize, stems: &[String]) {
        self.add_mark(unit, stems, true);
    }

    /// Looks for other remedies as well, to choose a passage, if `unit` asks for one by `stem`.
    pub(crate) fn add_remedies(&mut self, unit: usize, stem: &str) {
        if REMEDIES.contains(&stem) && self.remedy.is_none() {
            self.remedy = Some(unit);
            for other in REMEDIES.into_iter().filter(|other| *other != stem) {
                self.add_mark(unit, &[other.to_owned()], false);
            }
        }
    }

    fn add_mark(&mut self, unit: usize, stems: &[String], is_drawn: bool) {
        for stem in stems {
            let common = self.common(stem);
            self.add_start(stem, common);
            for form in irregular_forms(stem) {
                self.add_start(form, 3);
            }
        }
        self.marks.push(Mark {
            stems: stems.to_vec(),
            unit,
            is_drawn,
        });
    }

    /// Returns in how many letters a word starts as its `stem`, at least. The end of a short one may differ: *tries*
    /// has the stem *tri*, *using* has *use* and *dying* has *die*; and that of a word as in Britain: *metre* has
    /// *meter*.
    fn common(&self, stem: &str) -> usize {
        match stem.len() {
            3 if stem.ends_with("ie") => 1,
            3 if self.languages.is_empty() && !stem.ends_with(['e', 'i', 'y']) => 3,
            6.. if self.languages.is_empty() => 4,
            length => length.min(2).max(length.min(4) - 1),
        }
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
pub(super) struct Occurrence {
    pub(super) span: Range<usize>,
    pub(super) unit: usize,
    /// Whether it is a plain word, rather than a name or signs, as code has them.
    pub(super) is_word: bool,
    /// Whether it is a part of a name, as `wal` is of `max_wal_size`.
    pub(super) in_name: bool,
    /// Whether it is marked, rather than only a reason to choose its passage.
    pub(super) is_drawn: bool,
}

/// Finds what is to be marked in one text after the other.
pub(crate) struct Highlighter<'a> {
    marks: &'a Highlights,
    /// By the value of a byte: whether something marked may start with it.
    first_bytes: [bool; 256],
    terms: Terms,
    stems: StemCache,
    /// The stems of the other languages: whatever one a text is in, those of the query are of all.
    others: Vec<StemCache>,
}

impl<'a> Highlighter<'a> {
    pub(crate) fn new(marks: &'a Highlights) -> Highlighter<'a> {
        Highlighter {
            marks,
            first_bytes: marks.first_bytes(),
            terms: Terms::default(),
            stems: StemCache::of(Language::English),
            others: marks.languages.iter().map(|l| StemCache::of(*l)).collect(),
        }
    }

    /// Returns the weight of each unit.
    pub(super) fn weights(&self) -> &'a [f32] {
        &self.marks.weights
    }

    /// Returns the unit that asks for a remedy, if the query does.
    pub(super) fn remedy(&self) -> Option<usize> {
        self.marks.remedy
    }

    /// Returns what is to be marked in `text`, in order.
    pub(super) fn occurrences(&mut self, text: &str) -> Vec<Occurrence> {
        let mut found = self.reasons(text);
        found.retain(|occurrence| occurrence.is_drawn);
        found
    }

    /// Returns what is to be marked in `text`, and what else is a reason to choose a passage, in order.
    pub(super) fn reasons(&mut self, text: &str) -> Vec<Occurrence> {
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
                let others = self.others.iter_mut();
                let others = others.map(|stems| stems.stem(&term).unwrap_or(term.text));
                let others: Vec<&str> = others.collect();
                let is_stem = |of: &String| of == stem || others.contains(&of.as_str());
                let is_word = matches!(term.form, Form::Word | Form::Part);
                let in_name = term.form == Form::Part && is_in_name(text, &span);
                let mut add = |span: Range<usize>, unit, is_drawn| {
                    found.push(Occurrence {
                        span,
                        unit,
                        is_drawn,
                        is_word,
                        in_name,
                    });
                };
                let mut going_on = Vec::new();
                for (i, mark) in marks.marks.iter().enumerate() {
                    let [first, rest @ ..] = mark.stems.as_slice() else {
                        continue;
                    };
                    if is_stem(first) {
                        match rest {
                            [] => add(span.clone(), mark.unit, mark.is_drawn),
                            _ => going_on.push((i, 1, span.clone())),
                        }
                    }
                    for (_, count, start) in begun.iter().filter(|(other, ..)| *other == i) {
                        if !is_stem(&mark.stems[*count]) {
                            continue;
                        }
                        let whole = start.start..span.end;
                        if count + 1 == mark.stems.len() {
                            add(whole, mark.unit, mark.is_drawn);
                        } else {
                            going_on.push((i, count + 1, whole));
                        }
                    }
                }
                for (prefix, unit) in &marks.prefixes {
                    if term.text.starts_with(prefix.as_str()) {
                        add(span.clone(), *unit, true);
                    }
                }
                begun = going_on;
            }
        }
        found.sort_by_key(|occurrence| (occurrence.span.start, occurrence.span.end));
        found
    }
}

/// Returns whether `span` is a part of a name in code: `snake_case` or `camelCase` goes on around it.
fn is_in_name(text: &str, span: &Range<usize>) -> bool {
    let joins = |b: Option<&u8>| b.is_some_and(|b| *b == b'_' || b.is_ascii_alphanumeric());
    let bytes = text.as_bytes();
    joins(bytes[..span.start].last()) || joins(bytes.get(span.end))
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
