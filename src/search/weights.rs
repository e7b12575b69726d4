//! The weights of ranking and the bounds of a search, each with its reason.

/// How soon more of a word adds nothing, and what length costs, as BM25 has them. Answers that tell
/// everything are long, so length costs a little less than is usual.
pub(crate) const K1: f32 = 1.2;
pub(crate) const B: f32 = 0.65;

/// The weight of the question beside the answer, as if it stood in the text so many times:
/// measured, three times is worth more than any boost of a field of its own.
pub(crate) const QUESTION_WEIGHT: usize = 3;

/// The question's own field, beside the text that holds it as well.
pub(crate) const QUESTION_BOOST: f32 = 0.35;

/// The same while documents are looked for: there the question stands in the text only once.
pub(crate) const FOUND_BY_QUESTION: f32 = QUESTION_BOOST + (QUESTION_WEIGHT - 1) as f32;

/// Sections, tags and titles say what a document is about, though not what it says.
pub(crate) const CONTEXT_BOOST: f32 = 0.1;

/// A short form that stands for words of the query, and the reverse.
pub(crate) const ABBREVIATION_WEIGHT: f32 = 0.9;

/// Two neighbours of the query, beside themselves, where they stand as in the query.
pub(crate) const ORDERED: f32 = 0.2;

/// Two neighbours of the query that are at most [`WINDOW`] words apart, in any order.
pub(crate) const WINDOWED: f32 = 0.3;
pub(crate) const WINDOW: u32 = 8;

/// The second best way in which a document meets a term, beside the best: one that spells out an
/// abbreviation that it uses is about it.
pub(crate) const SECOND_FORM: f32 = 0.4;

/// A question that has words of the query, times the share of the query that they are: a question
/// with all of them asks the same.
pub(crate) const COVERED: f32 = 0.4;

/// A word that is there as it was typed, times how much rarer it is than its stem: most of what has
/// the stem of *accessible* is about access.
pub(crate) const TYPED: f32 = 2.0;

/// The share left to a passage, which no one asked as a question.
pub(crate) const PASSAGE_FACTOR: f32 = 0.9;

/// The share left to a question without an answer.
pub(crate) const UNANSWERED_FACTOR: f32 = 0.4;

/// Documents ranked together by their full scores. Fixed blocks keep the order the same on whatever
/// page a document is shown.
pub(crate) const BLOCK: usize = 50;

/// How many documents with all words are enough to leave out those with fewer: less than a block
/// ranks worse.
pub(crate) const ENOUGH: usize = BLOCK;

/// The fewest letters of a word that is written together with another.
pub(crate) const SHORTEST_PART: usize = 3;

/// The most words that a prefix stands for.
pub(crate) const MAX_EXPANSIONS: usize = 64;

/// The most long forms of one word that the content is asked for.
pub(crate) const MAX_LONG_FORMS: usize = 2;

/// The number of a document's terms by which its relatives are found.
pub(crate) const SIMILAR_TERMS: usize = 16;

/// A term of the question beside one of the answer, in finding relatives.
pub(crate) const QUESTION_SHARE: f32 = 4.0;
