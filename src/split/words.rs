//! Tells by its words whether a line asks, is numbered, or is a label or a level.
//!
//! The words themselves are in [`lexicon`].

use super::lexicon::{self, LabelSet};
use crate::text::punctuation::{QUESTION_MARKS, ends_sentence};

/// The label that a line starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Label {
    /// No label.
    None,
    /// A letter: `a)`, `b.`, as options have too.
    Letter,
    /// A number: `3.`, `3)`, `#3`, `3.1`, `③`, `IV.`.
    Number,
    /// A word for question, with or without a number: `Q:`, `Q3.`, `Question #3)`.
    Question,
    /// A mark between a question and its answer: `›`, `::`, `=>`.
    Opens,
}

/// A label, its number, and the byte of the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) label: Label,
    pub(super) number: Option<u32>,
    pub(super) rest: usize,
}

/// Reads the label at the start of `text`.
pub(super) fn label(text: &str) -> Labelled {
    // A number may itself be an ornament: ③, 3️⃣.
    let blank = text.len() - text.trim_start().len();
    if let Some(labelled) = ornate_number(&text[blank..]) {
        return labelled.moved(blank);
    }
    let start = text.len() - trim_ornaments(text).len();
    let text = &text[start..];
    let none = Labelled {
        label: Label::None,
        number: None,
        rest: 0,
    };
    chinese_label(text)
        .or_else(|| question_label(text))
        .or_else(|| counted_label(text))
        .or_else(|| number(text))
        .or_else(|| foreign_number(text))
        .or_else(|| roman_number(text))
        .or_else(|| letter(text))
        .unwrap_or(none)
        .moved(start)
}

impl Labelled {
    /// Returns the label of a text that is longer by `bytes` in front.
    fn moved(self, bytes: usize) -> Labelled {
        Labelled {
            rest: self.rest + bytes,
            ..self
        }
    }
}

/// Reads `第 3 题：` and `第三题`, in which the number stands inside the word.
fn chinese_label(text: &str) -> Option<Labelled> {
    let rest = text.strip_prefix('第')?.trim_start();
    let (length, number) = match leading_number(rest) {
        (0, _) => chinese_number(rest)?,
        (length, number) => (length, number?),
    };
    let behind = rest[length..]
        .trim_start()
        .strip_prefix(['题', '題', '问', '問'])?;
    let rest = text.len() - trim_label_marks(behind).len();
    Some(Labelled {
        label: Label::Question,
        number: Some(number),
        rest,
    })
}

/// Returns the length of a number below a hundred in Chinese, in bytes, and the number: 三, 十二, 二十一.
fn chinese_number(text: &str) -> Option<(usize, u32)> {
    const DIGITS: &str = "一二三四五六七八九";
    let mut length = 0;
    let mut number = 0;
    for c in text.chars() {
        let place = DIGITS.chars().position(|digit| digit == c);
        number = match (c, place.and_then(|place| u32::try_from(place).ok())) {
            ('十', _) if number < 10 => number.max(1) * 10,
            (_, Some(place)) if number % 10 == 0 && number < 100 => number + place + 1,
            _ => break,
        };
        length += c.len_utf8();
    }
    (number > 0).then_some((length, number))
}

/// Reads a word for question; "Exercise: …", without a number, is what much else begins with.
fn question_label(text: &str) -> Option<Labelled> {
    let labelled = worded_label(text, &lexicon::QUESTION_LABELS)?;
    let is_label =
        labelled.number.is_some() || worded_label(text, &lexicon::NUMBERED_LABELS).is_none();
    is_label.then_some(Labelled {
        label: Label::Question,
        ..labelled
    })
}

/// Reads a word for question behind its number, as many languages have it: "3. Frage:", "3-savol".
fn counted_label(text: &str) -> Option<Labelled> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let behind = text[digits..].trim_start_matches(['.', ')', '-', ' ']);
    // What has no mark behind it is the first word of a title.
    if behind.len() == text.len() - digits || behind.starts_with(char::is_numeric) {
        return None;
    }
    let labelled = question_label(behind).filter(|labelled| labelled.number.is_none())?;
    Some(Labelled {
        number: text[..digits].parse().ok(),
        ..labelled.moved(text.len() - behind.len())
    })
}

/// Returns where a mark that opens the answer on the same line stands in `text`, and the byte behind
/// it: `›` anywhere, `::` and `=>` behind a question or between spaces, `|` and `;` behind a question.
pub(super) fn opening_mark(text: &str, is_labelled: bool) -> Option<(usize, usize)> {
    // Next to no text has a byte of one, and all bytes are looked at in one pass.
    let is_of_mark = |b: u8| matches!(b, b'|' | b';' | b':' | b'=' | 0xba);
    if !text.bytes().fold(false, |found, b| found | is_of_mark(b)) {
        return None;
    }
    if let Some(at) = text.find('›') {
        return Some((at, at + '›'.len_utf8()));
    }
    // Looking for one byte is quickest, and next to no text has one of these.
    let bar = text.find('|').filter(|&at| has_question_mark(&text[..at]));
    let semicolon = || text.find(';').filter(|&at| text[..at].ends_with('?'));
    if let Some(at) = bar.or_else(semicolon) {
        let has_answer = text[at + 1..].contains(char::is_alphanumeric);
        return has_answer.then_some((at, at + 1));
    }
    // Next to no text has one, which this shows soonest.
    if !text.contains("::") && !text.contains("=>") {
        return None;
    }
    let mut pairs = text.as_bytes().windows(2);
    let at = pairs.position(|pair| matches!(pair, b"::" | b"=>"))?;
    let mark = &text[at..at + 2];
    let (before, behind) = (&text[..at], &text[at + mark.len()..]);
    let is_spaced = before.ends_with(' ') && behind.starts_with(' ');
    // `std::vec` is a path, and `x => y` a function; few questions have code before the mark.
    let is_words = !before.contains(['(', ')', '`', '=', ';', '{']) || has_question_mark(before);
    let is_mark = has_question_mark(before) || is_spaced || is_labelled && mark == "=>";
    let has_answer = behind.chars().any(char::is_alphanumeric);
    (is_mark && is_words && has_answer && !before.trim().is_empty())
        .then_some((at, at + mark.len()))
}

/// Returns the byte of `text` behind a label of an answer at its start, if there is one.
pub(super) fn answer_label(text: &str) -> Option<usize> {
    let start = text.len() - trim_ornaments(text).len();
    worded_label(&text[start..], &lexicon::ANSWER_LABELS).map(|found| start + found.rest)
}

/// Returns the number of a label such as "Answer 3:", and the byte of `text` behind it.
pub(super) fn numbered_answer(text: &str) -> Option<(u32, usize)> {
    let start = text.len() - trim_ornaments(text).len();
    let found = worded_label(&text[start..], &lexicon::ANSWER_LABELS)?;
    Some((found.number?, start + found.rest))
}

/// Reads one of `words`, a number if there is one, and the punctuation that makes it a label.
fn worded_label(text: &str, words: &LabelSet) -> Option<Labelled> {
    let mut words = words.starting(text).iter();
    words.find_map(|word| label_of_word(text, word))
}

fn label_of_word(text: &str, word: &str) -> Option<Labelled> {
    if !starts_with_word(text, word) {
        return None;
    }
    let after_word = text
        .char_indices()
        .nth(word.chars().count())
        .map_or(text.len(), |(at, _)| at);
    let rest = text[after_word..].trim_start_matches([' ', '\u{a0}', '.', '#', '№', '(']);
    let mut words = lexicon::NUMBER_WORDS.iter();
    let rest = words
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest)
        .trim_start();
    // "Q-001".
    let is_digit = |c: char| c.is_ascii_digit();
    let joined = rest
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(is_digit));
    let rest = joined.unwrap_or(rest);
    let (digits, number) = leading_number(rest);
    let code = match number {
        None if word.chars().count() > 1 => code(rest),
        _ => None,
    };
    let number = number.or(code.and_then(|(_, number)| number));
    let (behind, is_label) = if let Some((length, _)) = code {
        (&rest[length..], true)
    } else if number.is_some() {
        let behind = strip_parts(strip_suffix_letter(&rest[digits..]), &['.', '-']).0;
        let behind = behind
            .strip_prefix(['/', ',', ';', '~', '_'])
            .unwrap_or(behind);
        let glued = behind.starts_with(char::is_alphanumeric);
        // "A 10-year-old boy" and "A 5 % rise" start sentences.
        let is_apart =
            joined.is_some() || word.chars().count() == 1 && text[after_word..].starts_with(' ');
        let is_marked = || {
            let marks = behind.trim_start();
            marks.is_empty() || marks.starts_with([':', '.', ')', '：'])
        };
        (behind, !glued && (!is_apart || is_marked()))
    } else {
        let behind = &text[after_word..];
        // "Front-end" is no label, "Front - what" is.
        let is_joined = behind.starts_with('-') && !behind.starts_with("- ");
        // Without a number only punctuation makes it a label: "Q:", "Q." but not "Question the".
        let marked = behind
            .trim_start()
            .starts_with([':', '.', ')', ']', '：', '-', '–', '—', '、', '>', '।'])
            || behind.is_empty();
        // "A - b" and "A. b" are options or initials; only long words take any mark.
        let is_letter = word.chars().count() == 1;
        let stands_alone = behind.trim_end().len() == 1;
        let plain_mark = behind.trim_start().starts_with([':', '：'])
            || behind.starts_with(['.', ')', '、']) && !stands_alone;
        (behind, marked && !is_joined && (!is_letter || plain_mark))
    };
    let rest = trim_label_marks(behind);
    is_label.then(|| Labelled {
        label: Label::None,
        number,
        rest: text.len() - rest.len(),
    })
}

/// The longest code of a question, in bytes.
const MAX_CODE: usize = 16;

/// Returns the length of a code that names a question, and the number at its end: `AB-012`, `C3`. Nothing stands
/// behind it, or a mark does.
fn code(text: &str) -> Option<(usize, Option<u32>)> {
    let is_part = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-_./".contains(b);
    let length = text.bytes().take(MAX_CODE + 1).take_while(is_part).count();
    let code = text[..length].trim_end_matches(['-', '_', '.', '/']);
    let behind = &text[code.len()..];
    let is_code = (2..=MAX_CODE).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.contains(|c: char| c.is_ascii_digit());
    let is_apart = behind.trim_start().is_empty()
        || behind.starts_with([':', ')', ']', '：'])
        || behind.starts_with(". ");
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = code[letters.len()..].parse().ok();
    (is_code && is_apart).then_some((code.len(), number))
}

/// Reads `3.`, `3)`, `3]`, `3:`, `#3`, `3a.`, `3.1`, `(3)`, `3-`, `3 .`, `T3)`, `(T3)` at the start of `text`.
fn number(text: &str) -> Option<Labelled> {
    let after_hash = text.strip_prefix(['#', '№']).map(str::trim_start);
    let after_paren = text.strip_prefix(['(', '[']);
    let open = after_paren.unwrap_or(text);
    let after_letter = open.strip_prefix(|c: char| c.is_ascii_uppercase());
    let after_letter = after_letter.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let body = after_hash.or(after_letter).unwrap_or(open);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let number = body[..digits].parse().ok();
    // 3.1 and 3.1.2 number the parts of a section.
    let (behind, parts) = strip_parts(strip_suffix_letter(&body[digits..]), &['.']);
    let marked = behind.starts_with(['.', ')', ']', ':', '、', '．', '：', '。'])
        || behind.starts_with("/ ");
    let is_apart = [" . ", " ) ", " : "]
        .iter()
        .any(|mark| behind.starts_with(mark));
    let after_dash = behind.trim_start().strip_prefix(['-', '–', '—']);
    let is_dashed = after_letter.is_none()
        && after_dash.is_some_and(|rest| {
            rest.starts_with(' ')
                || !behind.starts_with(' ') && rest.starts_with(char::is_uppercase)
        });
    let rest = trim_label_marks(behind.strip_prefix("/ ").unwrap_or(behind));
    let spaced = behind.starts_with(' ') && after_letter.is_none();
    // A number alone on its line, as cards have it.
    let is_all = text.len() == digits;
    let is_label =
        is_all || marked || is_apart || is_dashed || after_hash.is_some() || parts > 0 && spaced;
    let number = if parts > 0 { None } else { number };
    is_label.then(|| Labelled {
        label: Label::Number,
        number,
        rest: text.len() - rest.len(),
    })
}

/// Returns the length of the number at the start of `text`, in bytes, and the number, if it has four digits at
/// most.
fn leading_number(text: &str) -> (usize, Option<u32>) {
    let mut number = 0_u32;
    let mut length = 0;
    let mut count = 0;
    for c in text.chars() {
        let Some(digit) = digit(c) else { break };
        number = number.saturating_mul(10).saturating_add(digit);
        length += c.len_utf8();
        count += 1;
    }
    (length, Some(number).filter(|_| (1..=4).contains(&count)))
}

/// Returns the value of a digit in a script that numbers its lists with its own.
fn digit(c: char) -> Option<u32> {
    let zero = match u32::from(c) {
        0x0030..=0x0039 => 0x0030,
        // Arabic, and Persian.
        0x0660..=0x0669 => 0x0660,
        0x06f0..=0x06f9 => 0x06f0,
        // Devanagari, Bengali, Thai, and those as wide as Chinese.
        0x0966..=0x096f => 0x0966,
        0x09e6..=0x09ef => 0x09e6,
        0x0e50..=0x0e59 => 0x0e50,
        0xff10..=0xff19 => 0xff10,
        _ => return None,
    };
    Some(u32::from(c) - zero)
}

/// Reads `۳.`, `३)`, `３．` at the start of `text`.
fn foreign_number(text: &str) -> Option<Labelled> {
    let text_open = text.trim_start_matches(['(', '（']);
    if text_open.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    let (length, number) = leading_number(text_open);
    let number = number?;
    let behind = &text_open[length..];
    let is_marked = behind.is_empty()
        || behind.starts_with([
            '.', ')', ']', ':', '-', '–', '、', '．', '：', '）', '،', '۔', '।',
        ]);
    is_marked.then(|| Labelled {
        label: Label::Number,
        number: Some(number),
        rest: text.len() - trim_label_marks(behind.trim_start_matches(['）', '،', '۔'])).len(),
    })
}

/// Takes the parts off a number, `.1.2` of `3.1.2`; returns what is behind them and their count.
fn strip_parts<'t>(behind: &'t str, joints: &[char]) -> (&'t str, usize) {
    let mut behind = behind;
    let mut parts = 0;
    while let Some(rest) = behind
        .strip_prefix(joints)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        parts += 1;
    }
    (behind, parts)
}

/// Reads a number in a circle or on a key: `③`, `3️⃣`.
fn ornate_number(text: &str) -> Option<Labelled> {
    let first = text.chars().next().filter(|c| !c.is_alphabetic())?;
    let circled = match u32::from(first) {
        c @ 0x2460..=0x2473 => Some(c - 0x2460 + 1),
        c @ 0x2474..=0x2487 => Some(c - 0x2474 + 1),
        c @ 0x2776..=0x277f => Some(c - 0x2776 + 1),
        c @ 0x2780..=0x2789 => Some(c - 0x2780 + 1),
        c @ 0x278a..=0x2793 => Some(c - 0x278a + 1),
        c @ 0x3251..=0x325f => Some(c - 0x3251 + 21),
        0x1f51f => Some(10),
        _ => None,
    };
    let mut behind = text;
    let number = if circled.is_some() {
        behind = &text[first.len_utf8()..];
        circled
    } else {
        let mut number: Option<u32> = None;
        while let Some(key) = behind.chars().next().and_then(|c| c.to_digit(10)) {
            let rest = behind[1..].trim_start_matches('\u{fe0f}');
            let Some(rest) = rest.strip_prefix('\u{20e3}') else {
                break;
            };
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(key));
            behind = rest;
        }
        number
    };
    let number = number?;
    let rest = trim_label_marks(trim_ornaments(behind));
    Some(Labelled {
        label: Label::Number,
        number: Some(number),
        rest: text.len() - rest.len(),
    })
}

/// Reads a number in Roman digits: `IV.`, `II)`.
fn roman_number(text: &str) -> Option<Labelled> {
    let digits = text
        .bytes()
        .take_while(|b| matches!(b, b'I' | b'V' | b'X'))
        .count();
    if !(1..=5).contains(&digits) {
        return None;
    }
    let behind = text[digits..].strip_prefix(['.', ')'])?;
    let value = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    };
    let mut number: u32 = 0;
    let mut largest = 0;
    for b in text[..digits].bytes().rev() {
        let value = value(b);
        number = if value < largest {
            number.saturating_sub(value)
        } else {
            number + value
        };
        largest = largest.max(value);
    }
    behind.starts_with(' ').then(|| Labelled {
        label: Label::Number,
        number: Some(number),
        rest: text.len() - trim_label_marks(behind).len(),
    })
}

/// Reads a letter that counts: `a)`, `b.`, `(c)`.
fn letter(text: &str) -> Option<Labelled> {
    let body = text.strip_prefix('(').unwrap_or(text);
    let letter = body.bytes().next().filter(u8::is_ascii_lowercase)?;
    let behind = body[1..].strip_prefix(['.', ')'])?;
    behind.starts_with(' ').then(|| Labelled {
        label: Label::Letter,
        number: Some(u32::from(letter - b'a') + 1),
        rest: text.len() - behind.trim_start().len(),
    })
}

/// Drops the letter of `17a`.
fn strip_suffix_letter(text: &str) -> &str {
    let Some(rest) = text.strip_prefix(|c: char| c.is_ascii_lowercase()) else {
        return text;
    };
    let ends = rest.is_empty() || rest.starts_with(['.', ')', ':', ' ', ']']);
    if ends { rest } else { text }
}

fn trim_label_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ')'
                    | ']'
                    | ':'
                    | '：'
                    | '-'
                    | '–'
                    | '—'
                    | '›'
                    | '>'
                    | '、'
                    | '．'
                    | '。'
                    | '#'
                    | '*'
                    | '·'
                    | '|'
                    | '।'
            )
    })
}

/// Drops what decorates the start of a line: emoji, arrows, quotes of markup.
pub(super) fn trim_ornaments(text: &str) -> &str {
    // Most lines start with a letter.
    if text.starts_with(|c: char| c.is_ascii_graphic()) {
        return text;
    }
    text.trim_start_matches(|c: char| c.is_whitespace() || is_ornament(c))
}

/// Returns whether `c` is an emoji, an arrow, a dingbat, or what joins them.
pub(super) fn is_ornament(c: char) -> bool {
    matches!(u32::from(c),
        0x200b..=0x200f | 0xfe00..=0xfe0f | 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2460..=0x27bf
        | 0x2900..=0x297f | 0x2b00..=0x2bff | 0x1f000..=0x1faff | 0xe0020..=0xe007f)
}

/// Returns whether `text` starts with the whole word `word`, in any case.
fn starts_with_word(text: &str, word: &str) -> bool {
    // Most words are of ASCII, and bytes are quicker.
    if word.is_ascii() {
        let start = text.as_bytes().get(..word.len());
        return start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
            && !text[word.len()..].starts_with(char::is_alphabetic);
    }
    let mut chars = text.chars();
    let is_same = |c: char, expected: char| c == expected || c.to_lowercase().eq([expected]);
    let matches = word
        .chars()
        .all(|expected| chars.next().is_some_and(|c| is_same(c, expected)));
    // The letter after "q" in "queue" makes it no label; Chinese, Japanese and Thai have no spaces.
    matches && (has_no_spaces(word) || !chars.next().is_some_and(char::is_alphabetic))
}

/// Returns whether `word` is in a script that sets no spaces between words.
fn has_no_spaces(word: &str) -> bool {
    let first = word.chars().next().map_or(0, u32::from);
    matches!(first, 0x0e00..=0x0e7f | 0x2e80..=0x9fff | 0xf900..=0xfaff)
}

/// Whether a line asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// It does not.
    No,
    /// It sets a task, as steps and advice do too: "Write …", "List …".
    Task,
    /// It asks.
    Yes,
}

impl Asking {
    /// The weight of a line of this kind as evidence for a question.
    pub(super) fn weight(self) -> f64 {
        match self {
            Asking::No => 0.0,
            Asking::Task => 0.5,
            Asking::Yes => 1.0,
        }
    }
}

/// The longest text, in bytes, of which a question mark inside makes a question.
const MAX_MARKED: usize = 300;

/// Returns whether a line asks: by its mark, its first word, or what it holds.
pub(super) fn asking(text: &str) -> Asking {
    let written = text;
    let text = without_tail(text);
    if text.ends_with(QUESTION_MARKS) || text.starts_with('¿') {
        return if is_about_itself(text) {
            Asking::No
        } else {
            Asking::Yes
        };
    }
    let mut words = text
        .split_whitespace()
        .map(|word| word.trim_matches(['"', '\'', '“', '”', '`', ',', '(', ':', '.']));
    let mut first = words.next().unwrap_or_default().to_lowercase();
    // "Please explain": with a verb behind it that is in no list it is a request all the same.
    let is_polite = lexicon::POLITE.contains(&first.as_str());
    if is_polite {
        first = words.next().unwrap_or_default().to_lowercase();
    }
    // What a dash explains is a term: "State — what a component knows of itself".
    let second = words.next().unwrap_or_default();
    let second = if matches!(second, "—" | "–") {
        ""
    } else {
        second
    };
    let has_third = words.next().is_some();
    let first = first.as_str();
    let has_mark = || {
        text.len() < MAX_MARKED
            && (text.contains("? ") || !text.is_ascii() && text.contains(&QUESTION_MARKS[1..]))
    };
    let is_title = second.eq_ignore_ascii_case("to") || !has_third;
    if (is_polite || lexicon::REQUESTS.contains(first)) && !second.is_empty()
        || lexicon::STRONG_INTERROGATIVES.contains(first) && !is_title
        || has_mark()
        || !text.is_ascii() && has_inner_mark(text)
        || !text.is_ascii() && lexicon::INTERROGATIVES.contains(first) && !is_title
        || is_to_complete(text)
        || asks_whether_true(written)
    {
        Asking::Yes
    } else if lexicon::TASKS.contains(first) && !second.is_empty() {
        Asking::Task
    } else {
        Asking::No
    }
}

/// The fewest small words of a sentence to complete; fewer are a field of a form, "Name: ____".
const MIN_TO_COMPLETE: usize = 3;

/// Returns whether a sentence has a blank to fill in: "Bread is made of ____ and water."
fn is_to_complete(text: &str) -> bool {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let has_blank = || text.as_bytes().contains(&b'_') && text.contains("___");
    // A space in brackets of full width.
    let has_gap = || {
        !text.is_ascii()
            && ["（ ", "（\u{3000}", "（）"]
                .iter()
                .any(|gap| text.contains(gap))
    };
    has_blank() && text.split_whitespace().filter(is_small).count() >= MIN_TO_COMPLETE || has_gap()
}

/// Returns whether a statement ends by asking whether it is true: "The heart is a muscle. (T/F)".
fn asks_whether_true(text: &str) -> bool {
    // Most lines end otherwise, as their last byte shows.
    if !matches!(text.as_bytes().last(), Some(b')' | b']' | 0x89)) {
        return false;
    }
    let remark = text
        .ends_with([')', ']', '）'])
        .then(|| text.rfind(['(', '[', '（']))
        .flatten();
    remark.is_some_and(|at| {
        at > 0 && lexicon::TRUE_OR_FALSE.contains(&normalized(&text[at..]).as_str())
    })
}

/// The fewest words of a statement that is true or false, and its characters where no spaces part them.
const MIN_STATEMENT: usize = 3;
const MIN_STATEMENT_CHARS: usize = 5;

/// The longest remark that says whether a statement is true, in bytes with its brackets.
const MAX_VERDICT: usize = 20;

/// Returns the byte of a line at which a remark starts that says whether what stands before is true, at the
/// line's end: "(F)", "[True]", "（√）".
pub(super) fn verdict(text: &str) -> Option<usize> {
    // Most lines end otherwise, as their last byte shows.
    if !matches!(text.trim_end().as_bytes().last(), Some(b')' | b']' | 0x89)) {
        return None;
    }
    let text = text.trim_end();
    text.ends_with([')', ']', '）']).then_some(())?;
    let at = text.rfind(['(', '[', '（'])?;
    let inside = text[at..].trim_matches(|c: char| c.is_whitespace() || "()[]（）.".contains(c));
    let is_verdict = text.len() - at <= MAX_VERDICT
        && lexicon::VERDICTS.contains(&inside.to_lowercase().as_str());
    is_verdict.then_some(at)
}

/// Returns whether a text is long enough for a statement, and none that is to be put into words.
pub(super) fn is_statement(text: &str) -> bool {
    let has_chars = || !text.is_ascii() && text.chars().count() >= MIN_STATEMENT_CHARS;
    text.split_whitespace().count() >= MIN_STATEMENT || has_chars()
}

/// Returns where a sentence with a blank to fill in ends, and where the words for it start behind a sign:
/// "A ____ raises dough. # yeast", "A ____ raises dough → yeast".
pub(super) fn filled_in(text: &str) -> Option<(usize, usize)> {
    let blank = text.find("___")?;
    let mark = [" # ", " → ", " -> ", " => ", " ⇒ "]
        .iter()
        .filter_map(|mark| Some((text.rfind(mark)?, mark.len())))
        .max()?;
    let (end, start) = (mark.0, mark.0 + mark.1);
    let has_words = text[start..].contains(char::is_alphanumeric);
    (end > blank && has_words && !text[start..].contains("___")).then_some((end, start))
}

/// Returns whether a text holds a word that only questions hold.
fn has_inner_mark(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let marks = lexicon::INNER_MARKS.get(&c);
        marks.is_some_and(|marks| marks.iter().any(|mark| text[at..].starts_with(mark)))
    })
}

/// The longest such question, in bytes; longer ones ask of another book or page.
const MAX_ABOUT_ITSELF: usize = 45;

/// Returns whether a question is one that a page asks about itself: "Who is this for?".
fn is_about_itself(text: &str) -> bool {
    let mut parts = text.as_bytes().windows(lexicon::THIS.len());
    if text.len() > MAX_ABOUT_ITSELF {
        return false;
    }
    if !parts.any(|part| part.eq_ignore_ascii_case(lexicon::THIS.as_bytes())) {
        return false;
    }
    let text = text.to_lowercase();
    lexicon::ABOUT_ITSELF
        .iter()
        .any(|itself| text.contains(itself))
}

fn first_word(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    first
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .to_lowercase()
}

/// Returns whether a line starts as a question does, so that its question mark is not prose's.
pub(super) fn starts_as_question(text: &str) -> bool {
    !text.is_ascii() || opens_question(text) || is_task(text)
}

/// Returns whether the first word of a line is one of those that open questions, in any language.
pub(super) fn opens_question(text: &str) -> bool {
    let first = first_word(text);
    let first = first.as_str();
    lexicon::INTERROGATIVES.contains(first)
        || lexicon::OPENINGS.contains(first)
        || lexicon::REQUESTS.contains(first)
}

/// Returns whether a line asks to speak or sets a task, without a question mark.
pub(super) fn is_request(text: &str) -> bool {
    let first = first_word(text);
    let is_term = text
        .split_whitespace()
        .nth(1)
        .is_some_and(|second| matches!(second, "—" | "–"));
    !is_term
        && (lexicon::REQUESTS.contains(first.as_str()) || lexicon::TASKS.contains(first.as_str()))
}

/// The longest name of a field, in bytes.
const MAX_FIELD: usize = 24;

/// Returns whether a line starts with the name of a field: "Goal: learn what yeast is".
pub(super) fn starts_with_field(text: &str) -> bool {
    let mut start = text.char_indices().take_while(|(at, _)| *at < MAX_FIELD);
    let colon = start.find(|(_, c)| matches!(c, ':' | '：'));
    colon.is_some_and(|(at, _)| !opens_question(text) && !is_task(text) && at + 1 < text.len())
}

/// Returns whether a line starts as a task does.
pub(super) fn is_task(text: &str) -> bool {
    lexicon::TASKS.contains(first_word(text).as_str())
}

/// Returns whether a line ends with a question mark, whatever decorates its end.
pub(super) fn has_question_mark(text: &str) -> bool {
    without_tail(text).ends_with(QUESTION_MARKS)
}

/// Drops what stands behind a question: emoji, marks of difficulty, a remark in brackets.
pub(super) fn without_tail(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_end_matches(|c: char| {
            c.is_whitespace()
                || is_ornament(c)
                || matches!(
                    c,
                    '*' | '_'
                        | '"'
                        | '“'
                        | '”'
                        | '\''
                        | '’'
                        | '`'
                        | '›'
                        | '»'
                        | '「'
                        | '」'
                        | '…'
                        | '★'
                        | '☆'
                )
        });
        let remark = trimmed
            .ends_with([')', ']', '）'])
            .then(|| trimmed.rfind(['(', '[', '（']))
            .flatten();
        let before_remark = remark.map(|at| trimmed[..at].trim_end());
        match before_remark {
            Some(before) if ends_quoted_sentence(before) => text = before,
            _ => return trimmed,
        }
    }
}

/// Returns whether a text ends a sentence, of which a quotation mark may be the last.
fn ends_quoted_sentence(text: &str) -> bool {
    ends_sentence(text.trim_end_matches(['"', '”', '»', '」', '\'']))
}

/// The longest further question, in bytes, that need not start as questions do: "And now?".
const MAX_FURTHER: usize = 40;

/// The longest request behind a question, in bytes: "What is a bond? Explain in your own words."
const MAX_REQUEST: usize = 100;

/// Returns the length of the leading sentences of `text` that are questions, in bytes, and where
/// what follows them starts; `None` if nothing follows.
pub(super) fn question_and_rest(text: &str) -> Option<(usize, usize)> {
    if text.is_ascii() && !text.contains('?') {
        return None;
    }
    let mut end = 0;
    for (at, mark) in text.match_indices(QUESTION_MARKS) {
        let behind = &text[at + mark.len()..];
        let is_sentence_end = behind.is_empty()
            || behind.starts_with(|c: char| {
                c.is_whitespace() || matches!(c, ')' | '"' | '”' | '›' | '*')
            })
            || mark == "？"
            || behind.starts_with([';', '|', '~'])
            || starts_with_break(behind);
        if !is_sentence_end {
            continue;
        }
        // A full stop inside means that a statement came before this question, and a question mark
        // in code ends no sentence.
        let sentence = text[end..at].trim_start();
        let is_short = sentence.len() <= MAX_FURTHER && !sentence.ends_with(' ');
        if end > 0 && (sentence.contains(". ") || !is_short && !starts_as_question(sentence)) {
            break;
        }
        let closing = behind.len() - behind.trim_start_matches([')', '"', '”', '*']).len();
        end = at + mark.len() + closing;
    }
    if end == 0 {
        return None;
    }
    let mut rest = behind_joint(&text[end..]);
    // Requests to go on are the question's, and so is a remark in brackets.
    while let Some(behind) = behind_request(rest) {
        rest = behind_joint(behind);
        end = text.len() - behind.len();
    }
    let is_remark = rest.starts_with('(')
        && rest.trim_end().ends_with(')')
        && answer_label(&rest[1..]).is_none();
    let is_statement = lexicon::TRUE_OR_FALSE.contains(&normalized(&text[..end]).as_str());
    let has_words = rest.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    (!is_remark && !is_statement && has_words).then(|| (end, text.len() - rest.len()))
}

/// Returns whether a text is nothing but questions.
pub(super) fn is_all_questions(text: &str) -> bool {
    has_question_mark(text)
        && question_and_rest(text).is_none()
        && text
            .split_inclusive(QUESTION_MARKS)
            .all(|sentence| !sentence.contains(". "))
}

/// Returns a text without the sign at its start that parts an answer from its question: a dash, a colon,
/// a line break, a sign such as `=` or `;` before a space.
pub(super) fn behind_joint(text: &str) -> &str {
    let is_joint = |c: char| {
        c.is_whitespace() || is_ornament(c) || matches!(c, '-' | '–' | '—' | ':' | '›' | '*' | '_')
    };
    let rest = text.trim_start_matches(is_joint);
    // "*Salt*" is emphasized.
    let before = &text[..text.len() - rest.len()];
    let marks = before.len() - before.trim_end_matches(['*', '_']).len();
    let is_emphasized = before[..before.len() - marks].ends_with(char::is_whitespace);
    let rest = match is_emphasized {
        true => &text[before.len() - marks..],
        false => rest,
    };
    let is_sign = |c: char| matches!(c, ';' | '|' | '~' | '=' | '>' | '/');
    let behind = rest.trim_start_matches(is_sign);
    let is_parted = behind.starts_with(char::is_whitespace) || rest.starts_with([';', '|', '~']);
    if behind.len() < rest.len() && is_parted {
        behind.trim_start_matches(is_joint)
    } else if starts_with_break(rest) {
        let end = rest.find('>').map_or(0, |at| at + 1);
        rest[end..].trim_start_matches(is_joint)
    } else {
        rest
    }
}

/// Returns whether a text starts with a line break of HTML.
fn starts_with_break(text: &str) -> bool {
    ["<br>", "<br/>", "<br />"]
        .iter()
        .any(|tag| text.starts_with(tag))
}

/// Returns what follows a request at the start of `text`, if there is one: "Explain.", "If so, how?".
fn behind_request(text: &str) -> Option<&str> {
    let stop = text.find(". ").map_or(text.len(), |at| at + 1);
    let sentence = &text[..stop];
    let lower = sentence.to_lowercase();
    let is_condition = lexicon::CONDITIONS
        .iter()
        .any(|start| lower.starts_with(start));
    let asks = is_request(sentence)
        || is_condition
        || has_question_mark(sentence) && starts_as_question(sentence);
    (!sentence.is_empty() && sentence.len() < MAX_REQUEST && asks).then(|| &text[stop..])
}

/// Returns whether a title or a path says that questions follow.
pub(super) fn names_questions(title: &str) -> bool {
    names(title, |_| true)
}

/// Returns whether a title says so by a word that stands for nothing else.
pub(super) fn promises_questions(title: &str) -> bool {
    names(title, |name| !lexicon::WEAK_QUESTION_NAMES.contains(&name))
}

fn names(title: &str, counts: impl Fn(&str) -> bool) -> bool {
    let title = title.to_lowercase();
    let mut before = ' ';
    for (at, c) in title.char_indices() {
        // "viva" in "survival" names nothing.
        let starts = !before.is_ascii_alphanumeric();
        let names = starts.then(|| lexicon::QUESTION_NAMES.get(&c)).flatten();
        let is_name = |name: &&&str| {
            counts(name)
                && title[at..].strip_prefix(**name).is_some_and(|behind| {
                    let behind = behind.strip_prefix('s').unwrap_or(behind);
                    name.len() > MAX_SHORT_NAME
                        || !behind.starts_with(|c: char| c.is_ascii_alphabetic())
                })
        };
        if names.is_some_and(|names| names.iter().any(|name| is_name(&name))) {
            return true;
        }
        before = c;
    }
    false
}

/// Returns whether the name of a column, normalized, is that of questions: "question", "Frage (vorn)".
pub(super) fn names_question_column(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    let is_word = |word: &&&str| word.chars().count() > MAX_SHORT_LABEL || !word.is_ascii();
    let mut words = lexicon::QUESTION_LABELS
        .starting(first)
        .iter()
        .filter(is_word);
    lexicon::QUESTION_COLUMNS.contains(&name) || words.any(|word| *word == first)
}

/// The longest name of a field that is a row of a table, in bytes: "Interview question".
const MAX_FIELD_NAME: usize = 40;

/// Returns the question in a row of two cells, its `text`, of which the first says that the other is one, as in
/// a table that is a card.
pub(super) fn card_question(text: &str) -> Option<&str> {
    let (name, question) = text.split_once('\t')?;
    // Most cells are longer than any such name, or stand in tables with more columns.
    let is_field = name.len() <= MAX_FIELD_NAME && !question.contains('\t');
    (is_field
        && names_question_column(&normalized(name))
        && !names_question_column(&normalized(question)))
    .then_some(question)
}

/// Returns the question in the first row of a table, in which "Question" is mostly the name of a column.
pub(super) fn card_question_in_head(text: &str) -> Option<&str> {
    card_question(text).filter(|question| has_question_mark(question) || is_request(question))
}

/// The longest line, in bytes, that is one of [`lexicon::OPENING_QUESTIONS`] with its label.
const MAX_OPENING_QUESTION: usize = 60;

/// Returns whether a line is one that interviews begin with and little else holds: "Tell me about
/// yourself."
pub(super) fn opens_interview(text: &str) -> bool {
    if text.len() > MAX_OPENING_QUESTION {
        return false;
    }
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = text.chars().next_back().unwrap_or_default();
    let is_end = |question: &&str| {
        let start = text
            .len()
            .checked_sub(question.len())
            .filter(|&at| text.is_char_boundary(at));
        start.is_some_and(|at| text[at..].to_lowercase() == **question)
    };
    lexicon::OPENING_QUESTIONS
        .get(&last)
        .is_some_and(|questions| questions.iter().any(is_end))
}

/// Returns whether a title promises advice or instruction rather than questions: "How to pass".
pub(super) fn gives_advice(title: &str) -> bool {
    let title = normalized(title);
    let mut before = ' ';
    title.char_indices().any(|(at, c)| {
        let is_start = std::mem::replace(&mut before, c) == ' ';
        let is_phrase = |phrase: &&str| {
            let behind = title[at..].strip_prefix(*phrase);
            behind.is_some_and(|behind| {
                !phrase.is_ascii() || is_start && (behind.is_empty() || behind.starts_with(' '))
            })
        };
        let phrases = lexicon::ADVICE.get(&c);
        phrases.is_some_and(|phrases| phrases.iter().any(is_phrase))
    })
}

/// The longest name of questions, in bytes, that may be the beginning of another word: "quiz", "exam".
const MAX_SHORT_NAME: usize = 4;

/// Returns whether the title of a section announces its questions: "Top interview questions", but
/// not "Have questions for the interviewer".
pub(super) fn announces_questions(title: &str) -> bool {
    let title = title.to_lowercase();
    let title = without_tail(&title);
    // "Interview questions (web)".
    let remark = title
        .ends_with([')', '）'])
        .then(|| title.rfind(['(', '（']))
        .flatten();
    let title = title[..remark
        .filter(|at| *at > 0 && !counts_questions(title))
        .unwrap_or(title.len())]
        .trim_end()
        .trim_end_matches([':', '.', '!', '：'])
        .trim_end_matches('s');
    let last = title.chars().next_back().unwrap_or_default();
    let names = lexicon::ENDS_OF_QUESTION_NAMES.get(&last);
    let first = title.chars().next().unwrap_or_default();
    let leading = lexicon::LEADING_QUESTION_NAMES.get(&first);
    let mut leading = leading.into_iter().flatten();
    let is_about = |rest: &str| {
        let words = ["about ", "on ", "regarding "];
        words.iter().any(|word| rest.starts_with(word))
    };
    names.is_some_and(|names| names.iter().any(|name| title.ends_with(name)))
        || title.ends_with("answer") && (title == "answer" || names_questions(title))
        || leading.any(|name| starts_with_word(title, name))
        || counts_questions(title)
        || names_before_colon(title)
        || title.split("questions ").skip(1).any(is_about)
}

/// Returns whether a title names questions before the colon in it: "Frequently asked questions: bees".
fn names_before_colon(title: &str) -> bool {
    title.split_once([':', '：']).is_some_and(|(name, rest)| {
        let is_name = name.ends_with('s') || !name.is_ascii();
        is_name && rest.len() > 1 && asking(rest) == Asking::No && announces_questions(name)
    })
}

/// Returns whether a title says how many questions follow: "SQL (35 questions)", "35道题", "質問10選".
fn counts_questions(title: &str) -> bool {
    // Behind the word only what is chosen is counted: a number may be that of a year.
    let is_selection = |at: usize| {
        let count = title[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let last = count.chars().next_back().filter(|_| count.len() < at);
        let names = last.and_then(|last| lexicon::ENDS_OF_QUESTION_NAMES.get(&last));
        names.is_some_and(|names| names.iter().any(|name| count.ends_with(name)))
    };
    if !title.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut selections = title.match_indices(['選', '选', '题', '題', '道']);
    if !title.is_ascii() && selections.any(|(at, _)| is_selection(at)) {
        return true;
    }
    let mut digits = title.match_indices(|c: char| c.is_ascii_digit());
    digits.any(|(at, _)| {
        let behind = title[at + 1..].trim_start_matches(['+', ' ', '道', '個', '个']);
        let labels = lexicon::QUESTION_LABELS.starting(behind).iter();
        let mut names =
            labels.filter(|label| label.chars().count() > MAX_SHORT_LABEL || !label.is_ascii());
        behind.starts_with(['题', '題']) || names.any(|label| behind.starts_with(label))
    })
}

/// The longest label, in characters, that is short for a word: "q", "que", "ques".
const MAX_SHORT_LABEL: usize = 3;

/// The level that a difficulty word or mark stands for.
pub(super) fn level(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let word = lower
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty());
    let named = word.and_then(|word| lexicon::LEVELS.iter().find(|(name, _)| word == *name));
    named.map(|(_, level)| *level).or_else(|| level_mark(text))
}

/// The level that emoji or stars stand for, where guides use them for difficulty.
pub(super) fn level_mark(text: &str) -> Option<&'static str> {
    // Most lines have nothing to look through for each mark.
    if text.is_ascii() {
        return None;
    }
    let filled = text.matches(['★', '⭐']).count();
    let stars = filled + text.matches('☆').count();
    // A single star is a mark of its own: what is good, or of middling difficulty.
    if filled > 0 && stars > 1 {
        let most = stars.max(MOST_STARS);
        return Some(match (filled * 3).div_ceil(most) {
            0 | 1 => "junior",
            2 => "mid",
            _ => "senior",
        });
    }
    let mut marks = lexicon::LEVEL_MARKS.iter();
    marks
        .find(|(mark, _)| text.contains(*mark))
        .map(|(_, level)| *level)
}

/// The length of a scale of stars on which unfilled ones are not shown.
const MOST_STARS: usize = 3;

/// Returns the words of `text` in lower case, joined by spaces: equal for equal questions.
pub(super) fn normalized(text: &str) -> String {
    if text.is_ascii() {
        return normalized_ascii(text);
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

/// Does the same for ASCII, of which every line is normalized, without a branch at each word's end.
fn normalized_ascii(text: &str) -> String {
    let mut words = text.to_ascii_lowercase().into_bytes();
    let mut end = 0;
    let mut is_in_word = false;
    for at in 0..words.len() {
        let b = words[at];
        let is_word = b.is_ascii_alphanumeric();
        words[end] = if is_word { b } else { b' ' };
        // Of what stands between two words one byte is left.
        end += usize::from(is_word || is_in_word);
        is_in_word = is_word;
    }
    words.truncate(end - usize::from(end > 0 && !is_in_word));
    String::from_utf8(words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_many_forms() {
        for (text, expected) in [
            ("What is X?", (Label::None, None, "What is X?")),
            ("1. What is X?", (Label::Number, Some(1), "What is X?")),
            ("17a) What is X?", (Label::Number, Some(17), "What is X?")),
            ("#3: What is X?", (Label::Number, Some(3), "What is X?")),
            ("(4) What is X?", (Label::Number, Some(4), "What is X?")),
            ("2.1 What is X?", (Label::Number, None, "What is X?")),
            ("Q: What is X?", (Label::Question, None, "What is X?")),
            ("Q. What is X?", (Label::Question, None, "What is X?")),
            ("Q1. What is X?", (Label::Question, Some(1), "What is X?")),
            ("Q1-2: What is X?", (Label::Question, Some(1), "What is X?")),
            ("Q1/ What is X?", (Label::Question, Some(1), "What is X?")),
            (
                "Ques 1. What is X?",
                (Label::Question, Some(1), "What is X?"),
            ),
            (
                "Question #1) What is X?",
                (Label::Question, Some(1), "What is X?"),
            ),
            (
                "Question 17a. What is X?",
                (Label::Question, Some(17), "What is X?"),
            ),
            (
                "Question No. 3 - What is X?",
                (Label::Question, Some(3), "What is X?"),
            ),
            ("Exercise 2: Name X", (Label::Question, Some(2), "Name X")),
            ("Exercise: Name X", (Label::None, None, "Exercise: Name X")),
            ("T1) What is X?", (Label::Number, Some(1), "What is X?")),
            ("(T1) What is X?", (Label::Number, Some(1), "What is X?")),
            ("Otazka 3: Co je X?", (Label::Question, Some(3), "Co je X?")),
            ("Front: What is X?", (Label::Question, None, "What is X?")),
            ("Front-end basics", (Label::None, None, "Front-end basics")),
            ("V8 engine", (Label::None, None, "V8 engine")),
            ("❓ Q2 What is X?", (Label::Question, Some(2), "What is X?")),
            (
                "第 10 题：什么是闭包",
                (Label::Question, Some(10), "什么是闭包"),
            ),
            ("Queue or stack?", (Label::None, None, "Queue or stack?")),
            (
                "Question the design",
                (Label::None, None, "Question the design"),
            ),
            ("3.14 is a number", (Label::Number, None, "is a number")),
            ("3 ways to fail", (Label::None, None, "3 ways to fail")),
            ("1000 requests", (Label::None, None, "1000 requests")),
        ] {
            let found = label(text);
            assert_eq!(
                (found.label, found.number, &text[found.rest..]),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn words_are_normalized_alike_in_any_script() {
        for (text, expected) in [
            ("", ""),
            ("...", ""),
            ("What's a \"Map\"?", "what s a map"),
            (" (3) B-Trees: ", "3 b trees"),
            ("— Что такое Map?", "что такое map"),
        ] {
            assert_eq!(normalized(text), expected, "{text}");
        }
    }

    #[test]
    fn answers_have_labels_too() {
        for (text, expected) in [
            ("A: It is.", Some("It is.")),
            ("Answer: It is.", Some("It is.")),
            ("Answer", Some("")),
            ("Ans. It is.", Some("It is.")),
            ("**Answer**".trim_matches('*'), Some("")),
            ("A:", Some("")),
            ("A.", None),
            ("A mutex is a lock.", None),
            ("Answer the question.", None),
        ] {
            assert_eq!(answer_label(text).map(|at| &text[at..]), expected, "{text}");
        }
    }

    #[test]
    fn a_question_needs_no_question_mark() {
        for text in [
            "What is it?",
            "What is it? 👶",
            "Explain closures.",
            "What is it? (Java 8)",
            "¿Qué es esto?",
            "什么是闭包",
            "How would you test a login page",
        ] {
            assert_eq!(asking(text), Asking::Yes, "{text}");
        }
        for text in [
            "Closures",
            "How to use this guide",
            "Conclusion",
            "Is",
            "List",
        ] {
            assert_eq!(asking(text), Asking::No, "{text}");
        }
    }

    #[test]
    fn titles_announce_questions() {
        for title in [
            "Top interview questions",
            "SQL (35 questions)",
            "Questions about SQL",
            "Fragen zu SQL",
            "Otazky",
            "50道题",
            "Interview questions (web)",
        ] {
            assert!(announces_questions(title), "{title}");
        }
        for title in ["Questions to ask", "A questionable idea", "35 lines", "SQL"] {
            assert!(!announces_questions(title), "{title}");
        }
    }

    #[test]
    fn the_answer_may_stand_behind_the_question() {
        let split = |text: &'static str| {
            question_and_rest(text).map(|(end, rest)| (&text[..end], &text[rest..]))
        };
        assert_eq!(
            split("What is X? It is Y."),
            Some(("What is X?", "It is Y."))
        );
        assert_eq!(
            split("What is X? Why? It is. Is it?"),
            Some(("What is X? Why?", "It is. Is it?"))
        );
        assert_eq!(split("What is X?"), None);
        assert_eq!(split("What is X? (in short)"), None);
        assert_eq!(split("What is X? Explain it in detail."), None);
        assert_eq!(split("What does a?.b do?"), None);
    }
}
