//! The weights of ranking and the bounds of a search, each with its reason.

/// Saturation of term frequency and normalization by length: k1 and b of BM25. Answers differ in length
/// because some say more; a question that is longer than another asks about something else as well.
pub(crate) const K1: f32 = 1.5;
pub(crate) const B: f32 = 0.5;
pub(crate) const QUESTION_B: f32 = 0.75;

/// The weight of the question beside the answer, as if the text contained it this many times:
/// measured, three times is worth more than any boost of a field of its own.
pub(crate) const QUESTION_WEIGHT: usize = 3;

/// The question's own field, beside the text that holds it as well.
pub(crate) const QUESTION_BOOST: f32 = 0.6;

/// The same of a stop word: *where* and *how long* say what is asked, in a question.
pub(crate) const STOP_QUESTION_BOOST: f32 = 1.0;

/// The rarity of a word in questions up to which it counts there, rather than its rarity in texts: few
/// questions may ask about a word that most answers mention. Beyond it, rarity is chance: titles of papers
/// lack *what*.
pub(crate) const RARE_IN_QUESTIONS: f32 = 2.5;

/// The same while documents are looked for: there the question stands in the text only once.
pub(crate) const FOUND_BY_QUESTION: f32 = QUESTION_BOOST + (QUESTION_WEIGHT - 1) as f32;

/// Sections, tags and titles say what a document is about, though not what it says.
pub(crate) const CONTEXT_BOOST: f32 = 0.1;

/// The same while documents are looked for, where a word in the text counts besides: below .2, a question
/// with a word of the query in its section alone is not among those that are ranked.
pub(crate) const FOUND_BY_CONTEXT: f32 = 0.4;

/// The same of a word that the question lacks, since it stands above it: of *generics in TypeScript*, the
/// questions of a guide about TypeScript say only the first.
pub(crate) const CONTEXT_UNASKED: f32 = 0.6;

/// A stop word. Without them natural questions lose; at full weight they decide too much.
pub(crate) const STOP_WEIGHT: f32 = 0.7;

/// A stop word as the content has it in code, such as `this`; `nodejs`, in a query for `node.js`.
pub(crate) const JOINED_WEIGHT: f32 = 0.5;

/// `c`, in a query for `C++`; `hash`, in a query for `hashCode`.
pub(crate) const BASE_WEIGHT: f32 = 0.2;

/// A word that compares, such as *difference*, in a query with *vs*: it must not count more than the
/// sides that are compared.
pub(crate) const COMPARED: f32 = 0.3;

/// A short form that stands for words of the query, and the reverse.
pub(crate) const ABBREVIATION_WEIGHT: f32 = 0.7;

/// Two neighbours of the query, beside themselves, where they stand as in the query.
pub(crate) const ORDERED: f32 = 0.4;

/// Two neighbours of the query that are at most [`WINDOW`] words apart, in any order.
pub(crate) const WINDOWED: f32 = 0.4;
pub(crate) const WINDOW: u32 = 8;

/// The second best way in which a document meets a term, beside the best: one that spells out an
/// abbreviation that it uses is about it.
pub(crate) const SECOND_FORM: f32 = 0.2;

/// A question that has words of the query, or has them above it, times the share of the query that they
/// are: a question with all of them asks the same.
pub(crate) const COVERED: f32 = 0.4;

/// A word that is there as it was typed, times how much rarer it is than its stem: most of what has
/// the stem of *accessible* is about access.
pub(crate) const TYPED: f32 = 2.0;

/// The share left to a passage, which no one asked as a question.
pub(crate) const PASSAGE_FACTOR: f32 = 0.9;

/// The share left to a passage that only leads elsewhere.
pub(crate) const REFERENCES_FACTOR: f32 = 0.5;

/// The share left to a question without an answer.
pub(crate) const UNANSWERED_FACTOR: f32 = 0.4;

/// The square of the nearness in meaning. It adds to what words count, rather than being a share of it:
/// what rare words find is sure, and has a high score by them alone. Fitted with [`PROVEN`] on all but one
/// of five collections, it is 49 unless questions of chat are the one that is left out, then 21.
pub(crate) const MEANING: f32 = 45.0;

/// The nearness of a document whose answer has the query's own words, beside that of the nearest. At 1, an
/// answer that has them somewhere passed the question that means them. A question that has them all counts as
/// the nearest, so that of two questions of the same words the one that was typed comes first.
pub(crate) const PROVEN: f32 = 0.85;

/// The weight of a word of a single document in the smallest collection by which [`MEANING`] was fitted,
/// of 68 documents. Among fewer no word is as rare, so that meaning counts as much less as words do.
pub(crate) const RAREST: f32 = 3.8;

/// The words of a query from which on meaning counts in full, if it has that of them all.
pub(crate) const MEANT_WORDS: f32 = 3.0;

/// The nearness in meaning of related documents, times the score of the best. Of 59 questions with others
/// that answer the same query, the first five have .70 of those that they could have; at 1 it was .65, and at
/// 2 fewer of 60 questions found themselves in other words.
pub(crate) const RELATED: f32 = 1.5;

/// The least nearness of what is shown without any word of the query: two texts of nothing in common
/// reach .3.
pub(crate) const NEAR: f32 = 0.4;

/// The most documents that are found if some of them are so by meaning alone.
pub(crate) const MOST_NEAR: usize = 10;

/// Documents ranked together by their full scores. Fixed blocks keep the order the same on whatever
/// page a document is shown.
pub(crate) const BLOCK: usize = 100;

/// The most lists of which those documents that are the best are found by passing over most others: of eight
/// words, each in three fields. With more, deciding what to pass over takes longer than looking at it: at
/// 200,000 documents 12 ms beside 10 for ten words, 270 beside 28 for 48 frequent ones, and 90 beside 18 for
/// those that begin with one letter.
pub(crate) const MAX_PRUNED: usize = 24;

/// The most documents of such lists that are all scored, rather than passing over most: of one word in 7,400 of
/// 200,000 documents, 2.5 million instructions of a search beside 3.0; in 15,700, 3.7 beside 3.1.
pub(crate) const PRUNED: usize = 8192;

/// The most lists of one word that are asked about single documents. More are read as one union: of
/// *difference* and the words that begin with one letter, 21 ms beside 64 at 200,000 documents.
pub(crate) const MAX_ASKED: usize = 24;

/// The number of documents with all words above which those with fewer are left out: less than a
/// block ranks worse.
pub(crate) const ENOUGH: usize = BLOCK;

/// The fewest letters of a word that is written together with another.
pub(crate) const SHORTEST_PART: usize = 3;

/// The most words that a prefix stands for.
pub(crate) const MAX_EXPANSIONS: usize = 64;

/// The most long forms of one word that the content is asked for.
pub(crate) const MAX_LONG_FORMS: usize = 2;

/// The number of a document's terms by which its relatives are found.
pub(crate) const SIMILAR_TERMS: usize = 24;

/// A term of the question beside one of the answer, in finding relatives.
pub(crate) const QUESTION_SHARE: f32 = 4.0;

/// The longest text that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 4096;

/// The most words and signs of a text that are looked for, the rarest.
pub(crate) const MAX_TERMS: usize = 64;

/// The most occurrences of one word that are looked for in a text.
pub(crate) const MAX_REPEATS: usize = 2;

/// The most words in a phrase.
pub(crate) const MAX_PHRASE: usize = 32;

/// The most phrases, alternatives and exclusions. Each reads the positions of its words.
pub(crate) const MAX_OPERATORS: usize = 32;

// The costs that the bounds of a search follow from, in nanoseconds on a processor of 2026: finding may take
// 21 ms, whatever the query, and ranking and showing the more, up to 21 ms each, the less finding took. They
// were measured at 200,000 documents, by queries of the most frequent words.
const MAX_COST: u64 = 21_000_000;

/// An entry of a list, read in a union of a few lists.
const ENTRY_COST: u64 = 7;

/// A word by which a hit is ranked.
const RANKED_COST: u64 = 140;

/// A word that is marked in a hit, which is unpacked for that.
const MARKED_COST: u64 = 1_500;

/// The most work of the phrases, prefixes, alternatives and exclusions of a query, in entries of lists
/// that are read.
pub(crate) const MAX_WORK: u64 = MAX_COST / ENTRY_COST;

/// The work to open the list of one of a prefix's words.
pub(crate) const TERM_WORK: u64 = 64;

/// The work to read the name of one of them: 8 ms for 47,000.
pub(crate) const READ_WORK: u64 = 24;

/// The work of an entry of the list of a plain word: to be gone to in each document that has enough of the
/// others, and scored there.
pub(crate) const WORD_WORK: u64 = 3;

/// The fewest words that find documents, however long their lists are.
pub(crate) const LEAST_FINDING: usize = 8;

/// The work of an entry of a list in a union of some lists.
pub(crate) const UNION_WORK: u64 = 2;

/// The work of an entry of a list whose positions are read. Beside words it is read twice: for documents with
/// all of them, and for those with half.
pub(crate) const PLACE_WORK: u64 = 12;

/// The most words that end in `*`.
pub(crate) const MAX_PREFIXES: usize = 8;

/// The number of words besides quotes and operators that make a text prose, and these its punctuation.
pub(crate) const PROSE: usize = 10;

/// The words that a misspelt one is compared with by the rest of the query, the closest.
pub(crate) const MAX_CANDIDATES: usize = 12;

/// The documents of a word that are compared with those of the rest of the query.
pub(crate) const MAX_COMPARED: u32 = 4096;

/// The least documents of a word that others are repaired to by an edit that is no usual slip.
pub(crate) const KNOWN_WORD: u32 = 3;

/// Ten times as many documents weigh as much as an edit that is a little more usual.
pub(crate) const FREQUENT: f32 = 0.2;

/// The most words of a query that are repaired, and the most for which that is tried: at 200,000 documents
/// each takes up to two milliseconds.
pub(crate) const MAX_REPAIRS: usize = 8;
pub(crate) const MAX_UNKNOWN: usize = 16;

/// The most terms of a dictionary that a prefix is looked for in.
pub(crate) const MAX_READ: usize = 16_384;

/// A word that begins as the last one of an unfinished query does, beside that word itself.
pub(crate) const UNFINISHED: f32 = 0.6;

/// A frequent word beside a rare one that is likely a misspelling of it.
pub(crate) const MEANT: f32 = 0.8;

/// The most documents of a word that may be misspelt, and how many times as many the right one has.
pub(crate) const MISSPELT: u64 = 2;
pub(crate) const MUCH_MORE: u32 = 10;

/// The fewest letters of a word that is taken for a misspelling of one beside it, or a compound.
pub(crate) const LONG_WORD: usize = 8;

/// The fewest letters of a word that is looked for in compounds of a language that has them.
pub(crate) const SHORTEST_WORD: usize = 4;

/// The most terms that begin or end as a word does and are looked at as its compounds, the most
/// frequent.
pub(crate) const MAX_COMPOUNDS: usize = 256;

/// A compound in which a word is a part, beside the word itself; and the last part of a compound.
pub(crate) const COMPOUND: f32 = 0.5;

/// The most documents of a compound that is looked for in its parts as well.
pub(crate) const RARE_COMPOUND: u64 = 100;

/// The most hits of one search; each is read and has its snippet made.
pub(crate) const MAX_LIMIT: usize = 1000;

/// The most hits of a search for much, times the words that it marks in each.
pub(crate) const MAX_MARKED: usize = (MAX_COST / MARKED_COST) as usize;

/// The share of that which is left where finding took all its time, and the same of the hits that are ranked.
pub(crate) const LEAST_SHARE: usize = 3;

/// The words that a hit takes as long as, besides those that are marked in it.
pub(crate) const HIT_WORK: usize = 12;

/// The most hits that are ranked, those before the offset among them, times the words that each is
/// ranked by.
pub(crate) const MAX_RANKED: usize = (MAX_COST / RANKED_COST) as usize;

/// The words that ranking a hit takes as long as, besides those that it is ranked by.
pub(crate) const RANK_WORK: usize = 6;

/// The words that it takes as long as to see whether a hit asks a question again: it is unpacked.
pub(crate) const UNPACK_WORK: usize = 70;

/// The fewest hits that are ranked, whatever is asked for.
pub(crate) const LEAST_RANKED: usize = 200;

/// A best hit that has less of the query than this share is worth a warning.
pub(crate) const WEAK: f32 = 0.3;

/// A misspelling that is one step less usual, beside going with the rest of the query in all
/// documents: *closre* is *closure* beside *javascript*, though letters are swapped in *closer*.
pub(crate) const UNUSUAL: f32 = 0.5;
