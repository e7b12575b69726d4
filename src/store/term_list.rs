//! The terms of a text, found before it is indexed, and handed to tantivy as one string.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The most bytes that an empty list holds.
const KEPT: usize = 64 << 10;

/// Terms and their positions, written as one string, which is how the index is given them.
///
/// Before each term stands one line feed per position since the previous term, or a tab at the same
/// position. No term has either in it.
#[derive(Debug, Default, Clone)]
pub(crate) struct TermList {
    text: String,
    /// The position that the next line feed leads to.
    next: usize,
}

impl TermList {
    /// Adds `term`, at a `position` that is not before that of the last one.
    pub(crate) fn push(&mut self, term: &str, position: usize) {
        if position < self.next {
            self.text.push('\t');
        }
        while self.next <= position {
            self.text.push('\n');
            self.next += 1;
        }
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
            list,
            at: 0,
            next: 0,
            token: &mut self.token,
        }
    }
}

/// The terms of a list, one after the other.
pub(crate) struct ListedTerms<'a> {
    list: &'a str,
    /// The byte at which the next one starts.
    at: usize,
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for ListedTerms<'_> {
    fn advance(&mut self) -> bool {
        let bytes = self.list.as_bytes();
        while bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
            self.next += 1;
        }
        let Some(position) = self.next.checked_sub(1) else {
            return false;
        };
        self.at += usize::from(bytes.get(self.at) == Some(&b'\t'));
        let start = self.at;
        let is_end = |b: &u8| matches!(b, b'\n' | b'\t');
        let length = bytes[start..].iter().position(is_end);
        self.at = length.map_or(bytes.len(), |length| start + length);
        self.token.position = position;
        self.token.text.clear();
        self.token.text.push_str(&self.list[start..self.at]);
        self.at > start
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
        let terms = [("async", 0), ("asyncawait", 0), ("await", 1), ("x", 4)];
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
