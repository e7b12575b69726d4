//! Stop words: they say little about the subject of a query.

use crate::text::korean;

/// The stop words, folded.
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "between", "but", "by", "can", "could", "did", "do", "does", "each", "explain", "for", "from",
    "get", "give", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is",
    "it", "its", "made", "make", "me", "mean", "meaning", "means", "might", "more", "most", "must",
    "my", "no", "not", "of", "on", "one", "or", "other", "our", "she", "should", "so", "some",
    "such", "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "to", "us", "use", "used", "versus", "vs", "was", "we", "were", "what",
    "whats", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would",
    "you", "your",
];

/// Returns whether `word` is a stop word.
pub(crate) fn is_stop_word(word: &str) -> bool {
    match word.is_ascii() {
        true => STOP_WORDS.binary_search(&word).is_ok(),
        false => korean::is_stop_word(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(is_stop_word("the") && !is_stop_word("lock"));
    }
}
