//! A word that is in no document -> the closest word that is.
//!
//! The dictionary is walked with an automaton that carries one row of the edit distance, so that
//! only words that can still be close are visited, and nothing is built beforehand.

use tantivy_fst::Automaton;

/// The longest word that is repaired, in bytes.
const MAX_LENGTH: usize = 40;

/// A row entry that is over every limit.
const FAR: u8 = u8::MAX / 2;

/// Returns how many edits a word of `length` bytes may be off.
pub(crate) fn tolerance(length: usize) -> u8 {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        8..=MAX_LENGTH => 2,
        _ => 0,
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
