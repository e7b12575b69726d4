//! The terms of a text, found before it is indexed, and handed to tantivy as one string.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The most bytes that an empty list holds.
const KEPT: usize = 64 << 10;

/// Terms and their positions, written as one string, which is how the index is given them.
///
/// Before each term stands a character, its number twice the length of the term in bytes, and one more if
/// the term is at the next position. A position without terms has one of no length.
#[derive(Debug, Default, Clone)]
pub(crate) struct TermList {
    text: String,
    /// The next position.
    next: usize,
}

impl TermList {
    /// Adds `term`, at a `position` that is not before that of the last one.
    pub(crate) fn push(&mut self, term: &str, position: usize) {
        while self.next < position {
            self.push_at("", true);
        }
        self.push_at(term, position == self.next);
    }

    fn push_at(&mut self, term: &str, is_next: bool) {
        // All numbers up to those of terms of 27 KB are characters, and no term is half as long.
        let Some(head) = char::from_u32(2 * term.len() as u32 + u32::from(is_next)) else {
            return;
        };
        self.next += usize::from(is_next);
        self.text.push(head);
        self.text.push_str(term);
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Makes it the list that `other` is.
    pub(crate) fn copy(&mut self, other: &TermList) {
        self.text.clone_from(&other.text);
        self.next = other.next;
    }

    pub(crate) fn clear(&mut self) {
        self.copy(&TermList::default());
        // What one long document took is not held for all others.
        self.text.shrink_to(KEPT);
    }
}

/// Reads a [`TermList`], as tantivy calls it.
#[derive(Clone, Default)]
pub(crate) struct TermListReader {
    token: Token,
}

impl Tokenizer for TermListReader {
    type TokenStream<'a> = ListedTerms<'a>;

    fn token_stream<'a>(&'a mut self, list: &'a str) -> ListedTerms<'a> {
        ListedTerms {
            rest: list,
            next: 0,
            token: &mut self.token,
        }
    }
}

/// The terms of a list, one after the other.
pub(crate) struct ListedTerms<'a> {
    rest: &'a str,
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for ListedTerms<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let mut chars = self.rest.chars();
            let Some(head) = chars.next() else {
                return false;
            };
            let head = head as usize;
            let Some((term, rest)) = chars.as_str().split_at_checked(head / 2) else {
                return false;
            };
            self.rest = rest;
            self.next += head % 2;
            if !term.is_empty() {
                self.token.position = self.next.saturating_sub(1);
                self.token.text.clear();
                self.token.text.push_str(term);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_terms_is_read_as_it_was_written() {
        let long = "y".repeat(1000);
        let terms = [
            ("async", 0),
            ("asyncawait", 0),
            ("await", 1),
            ("x", 4),
            (long.as_str(), 5),
            ("ß", 5),
        ];
        let mut list = TermList::default();
        for (term, position) in terms {
            list.push(term, position);
        }
        let mut reader = TermListReader::default();
        let mut stream = reader.token_stream(list.as_str());
        let mut read = Vec::new();
        while stream.advance() {
            read.push((stream.token().text.clone(), stream.token().position));
        }
        assert_eq!(
            read,
            terms.map(|(term, position)| (term.to_owned(), position))
        );
        assert!(!reader.token_stream("").advance());
    }
}
