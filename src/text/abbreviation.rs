//! Short forms and what they stand for: those that everybody in the field knows, and those that
//! the content spells out, such as "Global Interpreter Lock (GIL)".

use std::{borrow::Cow, sync::OnceLock};

use serde::Serialize;

use crate::text::{Form, Terms, fold, stem};

/// The table that comes with hotseat.
const KNOWN: &str = include_str!("abbreviations.txt");

/// The most words that a short form stands for.
pub(crate) const MAX_WORDS: usize = 6;

/// The length of short forms, in characters.
const SHORT: std::ops::RangeInclusive<usize> = 2..=7;

/// The greatest distance from the parenthesis to the start of the long form, in bytes.
const REACH: usize = 100;

/// A short form and what it stands for, folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pair {
    pub(crate) short: String,
    pub(crate) long: String,
}

/// A short form that the content spells out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Abbreviation {
    /// The short form, in lower case.
    pub short: String,
    /// The long form, in lower case.
    pub long: String,
    /// In how many documents it is spelled out.
    pub count: usize,
}

/// Pairs to be looked up by either side.
///
/// Stemming all long forms would take a third of a first search, so each is stemmed when a query has
/// words that start as it does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Sorted by the long form.
    entries: Vec<Entry>,
}

/// A pair of a table.
#[derive(Debug, Clone)]
struct Entry {
    short: Cow<'static, str>,
    long: Cow<'static, str>,
    /// The stems of the long form, once they were needed.
    stems: OnceLock<String>,
}

impl Table {
    /// Returns the table that comes with hotseat. It is read when it is first needed.
    pub(crate) fn known() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Table::new(pairs(KNOWN), Cow::Borrowed))
    }

    /// Reads a table: a pair a line, `short = long form`; `#` starts a comment.
    pub(crate) fn parse(text: &str) -> Table {
        Table::new(pairs(text), |text| Cow::Owned(fold(text)))
    }

    fn new<'t>(
        pairs: impl Iterator<Item = (&'t str, &'t str)>,
        folded: fn(&'t str) -> Cow<'static, str>,
    ) -> Table {
        let mut entries: Vec<Entry> = pairs
            .map(|(short, long)| Entry {
                short: folded(short),
                long: folded(long),
                stems: OnceLock::new(),
            })
            .collect();
        entries.sort_by(|a, b| a.long.cmp(&b.long));
        Table { entries }
    }

    /// Returns what the folded word `short` stands for.
    pub(crate) fn long_forms(&self, short: &str) -> impl Iterator<Item = &str> {
        let entries = self
            .entries
            .iter()
            .filter(move |entry| entry.short == short);
        entries.map(|entry| &*entry.long)
    }

    /// Returns the short forms of what has these stems, joined by spaces.
    pub(crate) fn short_forms(&self, key: &str) -> impl Iterator<Item = &str> {
        // No stem has other first letters than its word.
        let start = key
            .char_indices()
            .nth(2)
            .map_or(key, |(end, _)| &key[..end]);
        let first = self.entries.partition_point(|entry| &*entry.long < start);
        let similar = self.entries[first..].iter();
        let similar = similar.take_while(move |entry| entry.long.starts_with(start));
        let found = similar.filter(move |entry| {
            let stems = entry.stems.get_or_init(|| stems(&entry.long));
            stems == key
        });
        found.map(|entry| &*entry.short)
    }
}

/// Returns the pairs of a table, as they are written.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('='));
    pairs.map(|(short, long)| (short.trim(), long.trim()))
}

/// Returns the stems of the words of `text`, joined by spaces.
pub(crate) fn stems(text: &str) -> String {
    let terms = Terms::of(text);
    let words = terms
        .iter()
        .filter(|term| matches!(term.form, Form::Word | Form::Part));
    let stems: Vec<String> = words.map(|term| stem(term.text).into_owned()).collect();
    stems.join(" ")
}

/// Returns the pairs that `text` spells out, as `long form (SHORT)` or `SHORT (long form)`.
pub(crate) fn mine(text: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (open, _) in text.match_indices('(') {
        let rest = &text[open + 1..];
        let Some(close) = rest
            .bytes()
            .take(REACH)
            .position(|b| b == b')' || b == b'\n')
        else {
            continue;
        };
        let inner = words(&rest[..close]);
        let before = words_before(&text[..open]);
        let pair = match (inner.as_slice(), before.last()) {
            ([short], _) if is_short(short) => long_form(short, &before),
            ([_, _, ..], Some(short)) if is_short(short) => {
                long_form(short, &inner).filter(|pair| pair.long == fold(&inner.join(" ")))
            }
            _ => None,
        };
        if let Some(pair) = pair
            && !pairs.contains(&pair)
        {
            pairs.push(pair);
        }
    }
    pairs
}

/// Returns the last words of `text`, on its last line.
fn words_before(text: &str) -> Vec<&str> {
    let mut start = text.len().saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let line = &text[start..];
    words(
        line.rsplit(['\n', '.', ';', '(', ')'])
            .next()
            .unwrap_or(line),
    )
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns whether `word` looks like a short form: `GIL`, `HOCs`, `IPv4`, not `Cluster`.
fn is_short(word: &str) -> bool {
    SHORT.contains(&word.chars().count())
        && word.is_ascii()
        && word.bytes().filter(u8::is_ascii_uppercase).count() >= 2
}

/// Returns `short` with the last of `words` that it is made of: each letter starts a word, from the
/// last to the first, and small words may have none.
fn long_form(short: &str, words: &[&str]) -> Option<Pair> {
    let letters = match short.strip_suffix('s') {
        Some(singular) if is_short(singular) => singular,
        _ => short,
    };
    let mut letters = letters
        .bytes()
        .rev()
        .map(|b| b.to_ascii_lowercase())
        .peekable();
    let mut first = words.len();
    while let Some(letter) = letters.peek() {
        let word = words.get(first.checked_sub(1)?)?;
        first -= 1;
        if starts_with_letter(word, *letter) {
            letters.next();
        } else if !is_small(word) || first + 1 == words.len() {
            return None;
        }
    }
    let long = &words[first..];
    ((2..=MAX_WORDS).contains(&long.len()) && !is_small(long[0])).then(|| Pair {
        short: fold(short),
        long: fold(&long.join(" ")),
    })
}

/// Returns whether `letter` may stand for `word`: its first, or the X of cross and extensible.
fn starts_with_letter(word: &str, letter: u8) -> bool {
    let word = word.to_lowercase();
    word.as_bytes()[0] == letter
        || (letter == b'x' && (word.starts_with("cross") || word.starts_with("ex")))
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "as"
            | "by"
            | "for"
            | "in"
            | "is"
            | "of"
            | "on"
            | "or"
            | "the"
            | "to"
            | "with"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_mined_from_parentheses() {
        let cases = [
            (
                "the **Global Interpreter Lock** (GIL) is",
                "gil = global interpreter lock",
            ),
            (
                "GIL (Global Interpreter Lock)",
                "gil = global interpreter lock",
            ),
            (
                "Higher-Order Components (HOCs)",
                "hocs = higher order components",
            ),
            (
                "prevent cross-site scripting (XSS)",
                "xss = cross site scripting",
            ),
            ("a denial of service (DoS)", "dos = denial of service"),
            (
                "Software as a Service (SaaS)",
                "saas = software as a service",
            ),
            ("the deploy stage (QA)", ""),
            ("see this list (of many)", ""),
            ("in Spain (ES) and", ""),
        ];
        for (text, expected) in cases {
            let mined: Vec<String> = mine(text)
                .iter()
                .map(|pair| format!("{} = {}", pair.short, pair.long))
                .collect();
            assert_eq!(mined.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_read_from_both_sides() {
        let lines: Vec<&str> = KNOWN
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.iter().all(|line| line.contains(" = ")));
        assert!(lines.is_sorted());
        let is_folded = |(short, long): (&str, &str)| fold(short) == short && fold(long) == long;
        assert!(pairs(KNOWN).all(is_folded));
        let known = Table::known();
        let long = |short| known.long_forms(short).collect::<Vec<_>>();
        assert_eq!(long("k8s"), ["kubernetes"]);
        assert_eq!(long("cd").len(), 2);
        let key = stems("Objects oriented programs");
        let short: Vec<&str> = known.short_forms(&key).collect();
        assert_eq!(short, ["oop"]);
    }
}
