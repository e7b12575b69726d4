//! A word that is in no document -> the closest word that is.
//!
//! The dictionary is walked with an automaton that carries one row of the edit distance, so that
//! only words that can still be close are visited, and nothing is built beforehand.

use tantivy_fst::Automaton;

/// The longest word that is repaired, in bytes.
const MAX_LENGTH: usize = 40;

/// A row entry that is over every limit.
const FAR: u8 = u8::MAX / 2;

/// Returns how many edits `word` may be off.
pub(crate) fn tolerance(word: &str) -> u8 {
    if word.len() > MAX_LENGTH {
        return 0;
    }
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The way in which a typed word differs from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Two neighbours are swapped, or a letter is there once in place of twice, or the reverse.
    Slip,
    /// A letter inside is missing.
    Missing,
    /// A vowel inside stands for another.
    Vowel,
    /// The last letter is missing.
    Cut,
    /// A letter stands for another, or is too many.
    Wrong,
    /// Two of these.
    Two,
    /// More than a misspelling.
    Other,
}

impl Edit {
    /// The cost from which on an edit is no usual slip.
    pub(crate) const UNLIKELY: u8 = 2;

    /// Returns how `typed` differs from `word`, which is `distance` edits away.
    pub(crate) fn between(typed: &str, word: &str, distance: u8) -> Edit {
        if typed.chars().next() != word.chars().next() {
            return Edit::Other;
        }
        match distance {
            1 => {}
            2 => return Edit::Two,
            _ => return Edit::Other,
        }
        let (typed, word): (Vec<char>, Vec<char>) =
            (typed.chars().collect(), word.chars().collect());
        let same = typed.iter().zip(&word).take_while(|(a, b)| a == b).count();
        let is_vowel = |c: Option<&char>| c.is_some_and(|c| "aeiouy".contains(*c));
        let (longer, shorter) = match typed.len() > word.len() {
            true => (&typed, &word),
            false => (&word, &typed),
        };
        if longer.len() > shorter.len() {
            // What differs is the last of a row of equal letters, or stands alone.
            let extra = longer.get(same);
            let is_doubled = same > 0 && extra == longer.get(same - 1);
            return match (is_doubled, word.len() > typed.len()) {
                (true, _) => Edit::Slip,
                (false, true) if same == typed.len() => Edit::Cut,
                (false, true) => Edit::Missing,
                (false, false) => Edit::Wrong,
            };
        }
        let is_swapped =
            typed.get(same) == word.get(same + 1) && typed.get(same + 1) == word.get(same);
        match (
            is_swapped,
            is_vowel(typed.get(same)) && is_vowel(word.get(same)),
        ) {
            (true, _) => Edit::Slip,
            (false, true) if same + 1 < typed.len() => Edit::Vowel,
            _ => Edit::Wrong,
        }
    }

    /// Returns how unlikely the edit is in `typed`; `None` if it is a word of its own rather than a
    /// misspelling. The shorter a word, the more words are close to it.
    pub(crate) fn cost(self, typed: &str) -> Option<u8> {
        let length = typed.chars().count();
        match (self, length) {
            (Edit::Slip, 4..) => Some(0),
            (Edit::Missing, 4..) => Some(1),
            (Edit::Vowel, 5..) => Some(1),
            (Edit::Cut, 6..) => Some(1),
            (Edit::Wrong, 6..=7) => Some(Edit::UNLIKELY),
            (Edit::Wrong, 8..) => Some(1),
            (Edit::Two, 8..) => Some(3),
            _ => None,
        }
    }
}

/// Accepts the words within a distance of one word: letters added, left out, replaced, or swapped
/// with their neighbour.
pub(crate) struct Close<'a> {
    word: &'a [u8],
    limit: u8,
}

/// The last two rows of the table of distances, and the letter that led to the last.
#[derive(Clone)]
pub(crate) struct Rows {
    before: Row,
    last: Row,
    letter: u8,
}

/// A row of the table, of which as many entries count as the word has letters, and one. It is of
/// fixed size, as one is made for each step in the dictionary.
type Row = [u8; MAX_LENGTH + 1];

impl<'a> Close<'a> {
    /// Returns the automaton of the words that are at most `limit` edits from `word`.
    ///
    /// Of a word that is too long to be repaired, only the beginning is looked at.
    pub(crate) fn new(word: &'a str, limit: u8) -> Close<'a> {
        Close {
            word: &word.as_bytes()[..word.len().min(MAX_LENGTH)],
            limit,
        }
    }

    /// Returns how many edits `other` is from the word.
    pub(crate) fn distance(&self, other: &str) -> u8 {
        let rows = other
            .bytes()
            .fold(self.start(), |rows, byte| self.accept(&rows, byte));
        rows.last[self.word.len()]
    }
}

impl Automaton for Close<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        let mut last = [FAR; MAX_LENGTH + 1];
        for (i, distance) in last.iter_mut().enumerate().take(self.word.len() + 1) {
            *distance = i as u8;
        }
        Rows {
            before: [FAR; MAX_LENGTH + 1],
            last,
            letter: 0,
        }
    }

    fn is_match(&self, rows: &Rows) -> bool {
        rows.last[self.word.len()] <= self.limit
    }

    fn can_match(&self, rows: &Rows) -> bool {
        let used = &rows.last[..=self.word.len()];
        used.iter().any(|distance| *distance <= self.limit)
    }

    fn accept(&self, rows: &Rows, letter: u8) -> Rows {
        let mut next = [FAR; MAX_LENGTH + 1];
        next[0] = (rows.last[0] + 1).min(FAR);
        for (i, expected) in self.word.iter().enumerate() {
            let replaced = rows.last[i] + u8::from(*expected != letter);
            let mut distance = replaced.min(rows.last[i + 1] + 1).min(next[i] + 1);
            let swapped = i > 0 && rows.letter == *expected && self.word[i - 1] == letter;
            if swapped {
                distance = distance.min(rows.before[i - 1] + 1);
            }
            next[i + 1] = distance.min(FAR);
        }
        Rows {
            before: rows.last,
            last: next,
            letter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_is_repaired_only_where_it_is_a_slip() {
        let cases = [
            ("raect", "react", Some(0)),
            ("clas", "class", Some(0)),
            ("linx", "linux", Some(1)),
            ("quary", "query", Some(1)),
            ("clos", "close", None),
            ("golf", "gold", None),
            ("hive", "have", None),
            ("perl", "per", None),
            ("drone", "done", None),
            ("vite", "site", None),
            ("visa", "cisa", None),
            ("cafe", "case", None),
            ("coworker", "worker", None),
            ("leetcode", "reencode", None),
            ("functoin", "function", Some(0)),
            ("algoritm", "algorithm", Some(1)),
            ("dictonairy", "dictionary", Some(3)),
        ];
        for (typed, word, cost) in cases {
            let distance = Close::new(typed, 2).distance(word);
            assert_eq!(
                Edit::between(typed, word, distance).cost(typed),
                cost,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_swap_is_one_edit() {
        let cases = [
            ("prototpye", "prototype", 1),
            ("bubling", "bubbling", 1),
            ("regresion", "regression", 1),
            ("same", "same", 0),
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
        ];
        for (typed, word, distance) in cases {
            assert_eq!(Close::new(typed, 2).distance(word), distance, "{typed}");
        }
    }
}
