//! Text -> [`Term`]s: what is indexed of a text, looked for in it and marked in it.
//!
//! A *word* is a run of letters and digits, its case and accents folded. Words that are written
//! together (`node.js`, `memory_profiler`, `CI/CD`, `useEffect`) also give one *joined* term, and
//! what programmers tell apart by signs (`C++`, `.NET`, `@property`, `===`) a *sign* term; both
//! stand at the position of the first word that they are made of. Text of scripts that put no
//! spaces between words gives overlapping pairs of characters, of which traditional Chinese ones
//! are simplified and half-width ones are widened. The articles that French and Italian elide
//! (`l'usine`) are not terms.
//!
//! Nothing here knows which field a term is for: stems are found by those who want them.

pub(crate) mod abbreviation;
mod han;
pub(crate) mod html;
pub(crate) mod html_tokens;
mod korean;
pub(crate) mod language;
pub(crate) mod markup;
pub(crate) mod meaning;
pub(crate) mod punctuation;
pub(crate) mod sentences;
pub(crate) mod spelling;
mod stem;
mod stop_words;

pub(crate) use stem::{StemCache, irregular_forms, stem, stem_in};
pub(crate) use stop_words::is_stop_word;

use std::{borrow::Cow, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest term in bytes; what is longer is no word that anybody types.
const MAX_TERM: usize = 100;

/// The most words that are joined to one term: above are paths and addresses.
const MAX_JOINED: usize = 4;

/// The most bytes of a long text whose terms are found at a time: they take up to fifty times as many.
const PART: usize = 64 << 10;

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term<'a> {
    /// The folded text.
    pub(crate) text: &'a str,
    /// The bytes of the analyzed text that it is made of.
    pub(crate) span: Range<usize>,
    /// Counts the words before it.
    pub(crate) position: usize,
    /// Its kind of text.
    pub(crate) form: Form,
}

impl Term<'_> {
    /// Returns the stem of the term.
    pub(crate) fn stem(&self) -> Cow<'_, str> {
        match self.form {
            Form::Name => Cow::Borrowed(self.text),
            _ => stem(self.text),
        }
    }
}

/// The kind of text that a term is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word that stands alone.
    Word,
    /// A word that is written together with others.
    Part,
    /// Several words that are written together.
    Joined,
    /// The same in the way of code, such as `useEffect`, `snake_case` and `std::mem`: a name, which
    /// has no other forms.
    Name,
    /// A word with its signs, or signs alone.
    Sign,
}

/// The terms of a text, and the memory to be used again for the next one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    texts: String,
    terms: Vec<Entry>,
    /// The number of positions, of words that are too long as well.
    positions: usize,
    /// The words that are written together, while they are looked at.
    together: Vec<Range<usize>>,
}

/// A term whose text stands in the shared buffer.
#[derive(Debug, Clone)]
struct Entry {
    text: Range<usize>,
    span: Range<usize>,
    position: usize,
    form: Form,
}

impl Terms {
    /// Returns the terms of `text`.
    pub(crate) fn of(text: &str) -> Terms {
        let mut terms = Terms::default();
        terms.analyze(text);
        terms
    }

    /// Replaces the terms by those of `text`.
    pub(crate) fn analyze(&mut self, text: &str) {
        self.texts.clear();
        self.terms.clear();
        self.positions = Analysis {
            text,
            position: 0,
            terms: self,
        }
        .run();
    }

    /// Returns the number of positions of the text, from which on those of a text behind it count.
    pub(crate) fn positions(&self) -> usize {
        self.positions
    }

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// Returns the term at `index`, in reading order.
    pub(crate) fn get(&self, index: usize) -> Option<Term<'_>> {
        self.terms.get(index).map(|entry| Term {
            text: &self.texts[entry.text.clone()],
            span: entry.span.clone(),
            position: entry.position,
            form: entry.form,
        })
    }

    /// Returns the terms in reading order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Term<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    fn push(&mut self, text: Range<usize>, span: Range<usize>, position: usize, form: Form) {
        if text.len() <= MAX_TERM && !text.is_empty() {
            self.terms.push(Entry {
                text,
                span,
                position,
                form,
            });
        }
    }
}

/// Cuts a text into parts that are short enough to be analyzed, behind a line end if possible: no term
/// goes on from one line to the next.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let most = &rest.as_bytes()[..rest.len().min(PART)];
        let behind = |byte| Some(most.iter().rposition(|b| *b == byte)? + 1);
        let mut end = match most.len() < rest.len() {
            true => behind(b'\n').or_else(|| behind(b' ')).unwrap_or(PART),
            false => rest.len(),
        };
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// Returns whether `c` is of a script that puts no spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{0e00}'
        && matches!(c,
            '\u{0e00}'..='\u{0eff}'     // Thai, Lao
            | '\u{1000}'..='\u{109f}'   // Burmese
            | '\u{1780}'..='\u{17ff}'   // Khmer
            | '\u{3005}'..='\u{3007}'   // iteration marks
            | '\u{3040}'..='\u{30ff}'   // Hiragana, Katakana
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{323af}' // Han
            | '\u{ff66}'..='\u{ff9f}'   // half-width Katakana
        )
}

/// The progress of the analysis of a text.
struct Analysis<'a, 't> {
    text: &'a str,
    position: usize,
    terms: &'t mut Terms,
}

impl Analysis<'_, '_> {
    /// Adds the terms; returns the number of their positions.
    fn run(mut self) -> usize {
        let mut at = 0;
        while let Some(c) = self.char_at(at) {
            at = if c == ' ' || c == '\n' {
                at + 1
            } else if let Some(end) = self.plain_word_end(at) {
                self.add_plain(at..end);
                self.position += 1;
                end
            } else if is_unspaced(c) {
                self.pairs(at)
            } else if c.is_alphanumeric() {
                self.words(at)
            } else if is_operator(c) || (is_small_sign(c) && !self.starts_name(at)) {
                self.operator(at)
            } else {
                at + c.len_utf8()
            };
        }
        self.position
    }

    /// Returns the end of the word at `start`, if it is one of English prose: nothing is joined to
    /// it, and no sign belongs to it. Nine of ten words are, and need not be looked at any further,
    /// which takes a third off the time of the analysis.
    fn plain_word_end(&self, start: usize) -> Option<usize> {
        let (before, rest) = self.text.as_bytes().split_at(start);
        if !before.last().is_none_or(u8::is_ascii_whitespace) || !rest[0].is_ascii_alphabetic() {
            return None;
        }
        let letters = rest[1..].iter();
        let end = 1 + letters.take_while(|b| b.is_ascii_lowercase()).count();
        let after = match rest[end..] {
            [
                b',' | b'.' | b';' | b':' | b'!' | b'?' | b')',
                ref after @ ..,
            ] => after,
            ref after => after,
        };
        let is_apart = after.first().is_none_or(u8::is_ascii_whitespace);
        is_apart.then_some(start + end)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// Adds each two neighbours of the run of unspaced characters at `start`; returns its end.
    fn pairs(&mut self, start: usize) -> usize {
        // The marks of half-width Katakana are no combining ones, and do the same.
        let is_mark = |c| is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}');
        let end = self.run_end(start, |c| is_unspaced(c) || is_combining_mark(c));
        let starts: Vec<usize> = self.text[start..end]
            .char_indices()
            .filter(|(i, c)| *i == 0 || !is_mark(*c))
            .map(|(i, _)| start + i)
            .collect();
        // A pair ends where the character after next starts; one alone stands for itself.
        let pairs = starts.len().saturating_sub(1).max(1);
        for (i, pair) in starts.iter().take(pairs).enumerate() {
            let span = *pair..starts.get(i + 2).copied().unwrap_or(end);
            self.add(span.clone(), span, Form::Word);
            self.position += 1;
        }
        end
    }

    /// Adds the words that are written together from `start` on; returns their end.
    fn words(&mut self, start: usize) -> usize {
        let start = start + elided(&self.text[start..]);
        let first_position = self.position;
        let first_term = self.terms.terms.len();
        let mut words = std::mem::take(&mut self.terms.together);
        words.clear();
        let mut at = start;
        let mut is_name = true;
        let end = loop {
            let end = self.word_end(at);
            add_humps(self.text, at..end, &mut words);
            match self.joint(end) {
                Some(next) => {
                    is_name &= matches!(&self.text[end..next], "_" | "__" | "::");
                    at = next;
                }
                None => break end,
            }
        };
        let form = if words.len() == 1 {
            Form::Word
        } else {
            Form::Part
        };
        // Capitals tell `US` from "us", and `NOT IN` from "not in".
        let is_acronym = (2..=5).contains(&(end - start))
            && self.text[start..end]
                .bytes()
                .all(|b| b.is_ascii_uppercase());
        for word in &words {
            self.add(word.clone(), word.clone(), form);
            self.position += 1;
        }
        if (2..=MAX_JOINED).contains(&words.len()) {
            let form = if is_name { Form::Name } else { Form::Joined };
            self.joined(&words, first_position, form);
        }
        let last_position = std::mem::replace(&mut self.position, first_position);
        if is_acronym && is_stop_word(&fold(&self.text[start..end])) {
            let text = self.terms.texts.len();
            self.terms.texts.push_str(&self.text[start..end]);
            let text = text..self.terms.texts.len();
            self.terms
                .push(text, start..end, first_position, Form::Sign);
        }
        let signs_end = self.signs(start..end, words.len());
        self.terms.together = words;
        self.position = last_position;
        // Terms at one position stand together, so that positions never decrease.
        self.terms.terms[first_term..].sort_by_key(|entry| entry.position);
        signs_end
    }

    /// Returns the end of the word at `start`: letters, digits, and apostrophes between letters.
    fn word_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut chars = self.text[start..].chars().peekable();
        while let Some(c) = chars.next() {
            let inside = (c.is_alphanumeric() && !is_unspaced(c))
                || (is_combining_mark(c) && end > start)
                || (is_apostrophe(c) && chars.peek().is_some_and(|next| next.is_alphabetic()));
            if !inside {
                break;
            }
            end += c.len_utf8();
        }
        end
    }

    /// Returns where the next word starts that one sign joins to the word that ends at `end`.
    fn joint(&self, end: usize) -> Option<usize> {
        let sign = self.char_at(end)?;
        let joins = matches!(
            sign,
            '_' | '-' | '.' | '/' | '&' | ':' | '@' | '+' | '\u{2010}' | '\u{2011}'
        );
        let mut next = end + sign.len_utf8();
        // `snake__case` and `std::mem` have their sign twice.
        if matches!(sign, '_' | ':') && self.char_at(next) == Some(sign) {
            next += sign.len_utf8();
        }
        let word = self
            .char_at(next)
            .is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
        (joins && word).then_some(next)
    }

    /// Adds `words` as one term. The dot between numbers stays: 3.10 is not 310.
    fn joined(&mut self, words: &[Range<usize>], position: usize, form: Form) {
        let start = self.terms.texts.len();
        for (i, word) in words.iter().enumerate() {
            let numbers = i > 0
                && self.text.as_bytes()[words[i - 1].end - 1].is_ascii_digit()
                && self.text.as_bytes()[word.start].is_ascii_digit();
            if numbers {
                self.terms.texts.push('.');
            }
            fold_into(&self.text[word.clone()], &mut self.terms.texts);
        }
        let text = start..self.terms.texts.len();
        let span = words[0].start..words[words.len() - 1].end;
        self.terms.push(text, span, position, form);
    }

    /// Adds what the signs around `words` make of them, such as `c++`; returns where they end.
    fn signs(&mut self, words: Range<usize>, count: usize) -> usize {
        let before = self.char_before(words.start);
        let apart = |c: Option<char>| {
            !c.is_some_and(|c| c.is_alphanumeric() || is_operator(c) || is_small_sign(c))
        };
        let two_before = before.and_then(|c| self.char_before(words.start - c.len_utf8()));
        let rest = &self.text[words.end..];
        if rest.starts_with("++") || rest.starts_with('#') {
            let end = words.end + if rest.starts_with('#') { 1 } else { 2 };
            if apart(self.char_at(end)) {
                self.add(words.start..end, words.start..end, Form::Sign);
                return end;
            }
        }
        let dunder = self.text[..words.start].ends_with("__") && rest.starts_with("__");
        if dunder {
            let span = words.start - 2..words.end + 2;
            self.add(span.clone(), span, Form::Sign);
        } else if count == 1
            && (matches!(before, Some('@' | '.' | '$')) && apart(two_before) || before == Some('<'))
        {
            let span = words.start - 1..words.end;
            self.add(span.clone(), span, Form::Sign);
        }
        if before == Some('-') && self.starts_flag(words.start - 1) {
            let dashes = 1 + usize::from(two_before == Some('-'));
            let span = words.start - dashes..words.end;
            self.add(span.clone(), span, Form::Sign);
        }
        if before == Some('`') && rest.starts_with('`') && is_stop_word(&self.text[words.clone()]) {
            // `this` and `for` in code are no stop words.
            let start = self.terms.texts.len();
            self.terms.texts.push('`');
            fold_into(&self.text[words.clone()], &mut self.terms.texts);
            let text = start..self.terms.texts.len();
            self.terms
                .push(text, words.clone(), self.position, Form::Sign);
        }
        if &self.text[words.clone()] == "O" && rest.starts_with('(') {
            self.complexity(words.clone());
        }
        words.end
    }

    /// Returns whether the sign at `start` belongs to the word after it, as in `@property`.
    fn starts_name(&self, start: usize) -> bool {
        self.char_at(start + 1)
            .is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Returns whether the dash at `at`, or the two that end there, start a word such as `-rf`.
    fn starts_flag(&self, at: usize) -> bool {
        let rest = self.text[..at]
            .strip_suffix('-')
            .unwrap_or(&self.text[..at]);
        let before = rest.chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '`' | '(' | '"' | '\'' | '['))
    }

    /// Adds `O(n log n)` as one term, however it is spaced.
    fn complexity(&mut self, letter: Range<usize>) {
        const MAX_LENGTH: usize = 24;
        let rest = self.text[letter.end..].char_indices().take(MAX_LENGTH);
        let mut depth = 0;
        for (i, c) in rest {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                '\n' => return,
                _ => {}
            }
            if depth == 0 {
                let span = letter.start..letter.end + i + 1;
                let start = self.terms.texts.len();
                let text = self.text[span.clone()].chars();
                let folded = text.filter(|c| !c.is_whitespace() && !matches!(c, '*' | '\\'));
                self.terms.texts.extend(folded.flat_map(char::to_lowercase));
                let text = start..self.terms.texts.len();
                self.terms.push(text, span, self.position, Form::Sign);
                return;
            }
        }
    }

    /// Adds the operator at `start`, such as `===`, unless it is a mark of Markdown or of a sentence;
    /// returns its end.
    fn operator(&mut self, start: usize) -> usize {
        let end = self.run_end(start, |c| is_operator(c) || is_small_sign(c));
        let text = &self.text[start..end];
        let (before, after) = (self.char_before(start), self.char_at(end));
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let opens = matches!(before, Some('`' | '"' | '\'' | '('));
        let closes = matches!(after, Some('`' | '"' | '\'' | ')' | ','));
        let alone = is_space(before) && is_space(after);
        let quoted = opens && (closes || is_space(after));
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let first = text.as_bytes()[0];
        let one_sign = text.bytes().all(|b| b == first);
        let is_term = match text.len() {
            1 => {
                // A star that begins a line is a bullet.
                let before = self.text[..start].trim_end_matches(' ');
                let is_bullet = before.is_empty() || before.ends_with(['\n', '\r']);
                let is_sign = matches!(first, b'%' | b'?' | b'!' | b'^' | b'&' | b'@' | b'$');
                quoted || (alone && (is_sign || (first == b'*' && !is_bullet)))
            }

            2 | 3 if quoted => true,
            2 | 3 if one_sign => match first {
                // Emphasis, rules, table edges, quotes, ends of sentences.
                b'*' | b'|' | b'~' | b':' | b'.' => {
                    alone || (first != b'.' && joins(before) && joins(after))
                }
                b'=' | b'&' | b'<' | b'>' | b'+' => true,
                b'?' | b'!' => !joins(before) || joins(after),
                b'-' => text.len() == 2 && (alone || !self.starts_flag(end - 1)),
                _ => alone,
            },
            // `?.` between names, and no end of a sentence in brackets.
            2 | 3 => alone || !text.bytes().any(|b| is_small_sign(b as char)) || joins(after),
            _ => false,
        };
        if is_term && !is_tag_end(text) {
            self.add(start..end, start..end, Form::Sign);
            self.position += 1;
        }
        end
    }

    fn run_end(&self, start: usize, inside: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[start..];
        start + rest.find(|c| !inside(c)).unwrap_or(rest.len())
    }

    /// Adds a word that is all lower case, but for its first letter.
    fn add_plain(&mut self, span: Range<usize>) {
        let start = self.terms.texts.len();
        self.terms.texts.push_str(&self.text[span.clone()]);
        self.terms.texts[start..=start].make_ascii_lowercase();
        let text = start..self.terms.texts.len();
        self.terms.push(text, span, self.position, Form::Word);
    }

    fn add(&mut self, written: Range<usize>, span: Range<usize>, form: Form) {
        let start = self.terms.texts.len();
        fold_into(&self.text[written], &mut self.terms.texts);
        let text = start..self.terms.texts.len();
        self.terms.push(text, span, self.position, form);
    }
}

/// Adds the words of `useEffect`. What starts with a capital, such as `JavaScript`, is a name:
/// its parts are no words of their own.
fn add_humps(text: &str, word: Range<usize>, words: &mut Vec<Range<usize>>) {
    let bytes = &text.as_bytes()[word.clone()];
    let camel = bytes.is_ascii() && bytes[0].is_ascii_lowercase();
    let mut start = 0;
    if camel {
        for i in 1..bytes.len() {
            if bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase() {
                words.push(word.start + start..word.start + i);
                start = i;
            }
        }
    }
    words.push(word.start + start..word.end);
}

/// Appends `text` in lower case, without accents, apostrophes and a final `'s`.
fn fold_into(text: &str, folded: &mut String) {
    if text.bytes().all(|b| b.is_ascii() && b != b'\'') {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    let text = text
        .strip_suffix(['s', 'S'])
        .and_then(|rest| rest.strip_suffix(is_apostrophe))
        .unwrap_or(text);
    let mut before = ' ';
    let plain = text.nfkd().filter(|c| {
        // A letter of its own with its mark: \u{439} in Cyrillic, the voiced ones of Kana.
        let is_letter = matches!(c, '\u{3099}' | '\u{309a}')
            || (*c == '\u{306}' && matches!(before, '\u{418}' | '\u{438}'));
        before = *c;
        is_letter || !(is_combining_mark(*c) || is_apostrophe(*c))
    });
    for c in plain.nfc().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            c => folded.push(han::simplified(c)),
        }
    }
}

/// Elided words that French and Italian join to a word that begins with a vowel.
const ELIDED: &[&str] = &[
    "all", "c", "d", "dall", "dell", "j", "jusqu", "l", "lorsqu", "m", "n", "nell", "puisqu", "qu",
    "quell", "quest", "quoiqu", "s", "sull", "t", "un",
];

/// Returns the length of what is elided at the start of `text`, and of its apostrophe.
fn elided(text: &str) -> usize {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (article, rest) = text.split_at(letters);
    let mut after = rest.chars();
    if letters > 6 || !after.next().is_some_and(is_apostrophe) {
        return 0;
    }
    let length = rest.len() - after.as_str().len();
    let is_vowel = |c: char| {
        let letter = c.nfd().next().unwrap_or(c).to_ascii_lowercase();
        matches!(letter, 'a' | 'e' | 'h' | 'i' | 'o' | 'u' | 'y' | 'œ' | 'æ')
    };
    let begins_so = after.next().is_some_and(is_vowel);
    // In "d'oh" nothing is elided.
    let goes_on = after.take_while(|c| c.is_alphabetic()).count() > 1;
    let is_article = ELIDED
        .binary_search(&&*article.to_ascii_lowercase())
        .is_ok();
    match begins_so && goes_on && is_article {
        true => letters + length,
        false => 0,
    }
}

/// Returns `text` as terms are folded.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

fn is_operator(c: char) -> bool {
    matches!(
        c,
        '=' | '!' | '<' | '>' | '&' | '|' | '+' | '-' | '*' | '/' | '%' | '^' | '~' | '?' | ':'
    )
}

/// Returns whether `c` is part of operators, and of much besides.
fn is_small_sign(c: char) -> bool {
    matches!(c, '.' | '@' | '$')
}

/// Returns whether `text` is what stands between two tags of markup.
fn is_tag_end(text: &str) -> bool {
    matches!(text, "</" | "/>" | "><" | "-->" | "<!-" | "://")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outline(text: &str) -> String {
        let terms = Terms::of(text);
        let shown: Vec<String> = terms
            .iter()
            .map(|term| format!("{}{}", term.text, term.position))
            .collect();
        shown.join(" ")
    }

    #[test]
    fn the_parts_of_a_long_text_have_its_terms() {
        let line = "The `this` of a-b, C++ and 分是 in O(n\tlog n): -rf.\n";
        let text = line.repeat(3 * PART / line.len());
        let mut found = Vec::new();
        let mut start = 0;
        for part in parts(&text) {
            let terms = Terms::of(part);
            let texts = terms.iter();
            found.extend(texts.map(|term| (term.text.to_owned(), start + term.position)));
            start += terms.positions();
        }
        let whole = Terms::of(&text);
        let whole = whole.iter();
        let whole: Vec<_> = whole
            .map(|term| (term.text.to_owned(), term.position))
            .collect();
        assert_eq!(found, whole);
        for text in ["é".repeat(PART), "a b".repeat(PART), "a".repeat(3 * PART)] {
            let parts: Vec<&str> = parts(&text).collect();
            assert!(parts.iter().all(|part| part.len() <= PART));
            assert_eq!(parts.concat(), text);
        }
    }

    #[test]
    fn programming_words_are_terms_as_written_and_by_their_parts() {
        let cases = [
            ("What's a C++ vector?", "what0 a1 c2 c++2 vector3"),
            ("C# and F#", "c0 c#0 and1 f2 f#2"),
            (".NET core", "net0 .net0 core1"),
            ("__init__", "init0 __init__0"),
            ("@property", "property0 @property0"),
            ("a == b === c", "a0 ==1 b2 ===3 c4"),
            ("x := 1 && y", "x0 :=1 12 &&3 y4"),
            ("async/await", "async0 asyncawait0 await1"),
            ("useEffect", "use0 useeffect0 effect1"),
            ("memory_profiler", "memory0 memoryprofiler0 profiler1"),
            ("CI/CD", "ci0 cicd0 cd1"),
            ("k8s node.js", "k8s0 node1 nodejs1 js2"),
            ("JavaScript", "javascript0"),
            ("Python 3.10.", "python0 31 3.101 102"),
            ("O(n log n)", "o0 o(nlogn)0 n1 log2 n3"),
            ("<details>", "details0 <details0"),
            ("**bold** --- | a | ## b", "bold0 a1 b2"),
            ("a -> b => c", "a0 ->1 b2 =>3 c4"),
            (
                "rm -rf --force a-b",
                "rm0 rf1 -rf1 force2 --force2 a3 ab3 b4",
            ),
            ("the US and us", "the0 us1 US1 and2 us3"),
            ("`?` a ? b: c?", "?0 a1 ?2 b3 c4"),
            ("!!x, `!!` Wow!!", "!!0 x1 !!2 wow3"),
            ("a?.b ?. (done?).", "a0 ?.1 b2 ?.3 done4"),
            ("2**8 `**` **bold**", "20 **1 82 **3 bold4"),
            ("`::` std::mem a % b", "::0 std1 stdmem1 mem2 a3 %4 b5"),
            ("`...` (...args) and so on...", "...0 args1 and2 so3 on4"),
            ("-- a $? @ b", "--0 a1 $?2 @3 b4"),
            ("the `this` word", "the0 this1 `this1 word2"),
            ("don't naïve Ünïcode", "dont0 naive1 unicode2"),
            ("全局解释器", "全局0 局解1 解释2 释器3"),
            ("\u{e31} a", "a1"),
            ("锁 GIL锁", "锁0 gil1 锁2"),
            ("Straße in Łódź", "strasse0 in1 lodz2"),
            (
                "l'héritage, qu’une; dell'eredità",
                "heritage0 une1 eredita2",
            ),
            ("d'oh, I'd, don't, O'Reilly's", "doh0 id1 dont2 oreilly3"),
            ("ﾒﾓﾘ ｶﾞ 記憶體", "メモ0 モリ1 ガ2 记忆3 忆体4"),
            ("메모리 новый ещё", "메모리0 новый1 еще2"),
        ];
        for (text, expected) in cases {
            assert_eq!(outline(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn terms_stay_inside_the_text_and_in_order(text in "(?s).{0,200}") {
            let terms = Terms::of(&text);
            let mut position = 0;
            for term in terms.iter() {
                prop_assert!(text.get(term.span).is_some());
                prop_assert!(term.position >= position);
                position = term.position;
            }
        }
    }
}
