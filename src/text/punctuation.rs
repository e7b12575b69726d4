//! The marks that end sentences, in the scripts of the languages whose words are known.

/// The marks that end a question: of Latin, Chinese and Japanese, Arabic, doubled, Ethiopic and Greek text.
pub(crate) const QUESTION_MARKS: [char; 6] = ['?', '？', '؟', '⁇', '፧', '\u{37e}'];

/// The marks that end other sentences.
const STOPS: [char; 5] = ['.', '!', '。', '！', '।'];

/// Returns whether a text ends with a mark that ends a sentence.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.ends_with(QUESTION_MARKS) || text.ends_with(STOPS)
}
