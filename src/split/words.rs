//! What a line's words say of it: does it ask, is it numbered, is it a label or a level.

/// The label that a line starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Label {
    /// No label.
    None,
    /// A number: `3.`, `3)`, `#3`, `3.1`.
    Number,
    /// A word for question, with or without a number: `Q:`, `Q3.`, `Question #3)`.
    Question,
    /// A mark that pages put behind a question that opens its answer: `›`.
    Opens,
}

/// A label, its number, and the byte of the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) label: Label,
    pub(super) number: Option<u32>,
    pub(super) rest: usize,
}

/// The words that label a question, longest first.
const QUESTION_WORDS: &[&str] = &[
    "interview question",
    "sample question",
    "interviewer",
    "front",
    "question",
    "pregunta",
    "pergunta",
    "frage",
    "вопрос",
    "问题",
    "問題",
    "ques",
    "que",
    "问",
    "q",
    "面试题",
    "题目",
    "題目",
    "질문",
    "câu hỏi",
    "質問",
];

/// The words that label an answer, longest first.
const ANSWER_WORDS: &[&str] = &[
    "answer to question",
    "sample answer",
    "candidate",
    "back",
    "example answer",
    "suggested answer",
    "short answer",
    "possible answer",
    "model answer",
    "answer",
    "respuesta",
    "resposta",
    "réponse",
    "antwort",
    "solution",
    "ответ",
    "答案",
    "ans",
    "答",
    "a",
    "solución",
];

/// Reads the label at the start of `text`.
pub(super) fn label(text: &str) -> Labelled {
    let start = text.len() - trim_ornaments(text).len();
    let none = Labelled {
        label: Label::None,
        number: None,
        rest: start,
    };
    if let Some(found) = chinese_label(&text[start..]) {
        return Labelled {
            rest: start + found.rest,
            ..found
        };
    }
    if let Some(found) = worded_label(&text[start..], QUESTION_WORDS) {
        return Labelled {
            label: Label::Question,
            rest: start + found.rest,
            ..found
        };
    }
    match number(&text[start..]) {
        Some(found) => Labelled {
            rest: start + found.rest,
            ..found
        },
        None => none,
    }
}

/// Reads `第 3 题：`, in which the number stands inside the word.
fn chinese_label(text: &str) -> Option<Labelled> {
    let rest = text.strip_prefix('第')?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok()?;
    let behind = rest[digits..]
        .trim_start()
        .strip_prefix(['题', '題', '问', '問'])?;
    let rest = text.len() - trim_label_marks(behind).len();
    Some(Labelled {
        label: Label::Question,
        number: Some(number),
        rest,
    })
}

/// Returns the byte of `text` behind a label of an answer at its start, if there is one.
pub(super) fn answer_label(text: &str) -> Option<usize> {
    let start = text.len() - trim_ornaments(text).len();
    worded_label(&text[start..], ANSWER_WORDS).map(|found| start + found.rest)
}

/// Returns the number of a label such as "Answer 3:", and the byte of `text` behind it.
pub(super) fn numbered_answer(text: &str) -> Option<(u32, usize)> {
    let start = text.len() - trim_ornaments(text).len();
    let found = worded_label(&text[start..], ANSWER_WORDS)?;
    Some((found.number?, start + found.rest))
}

/// Reads one of `words`, a number if there is one, and the punctuation that makes it a label.
fn worded_label(text: &str, words: &[&str]) -> Option<Labelled> {
    let word = words.iter().find(|word| starts_with_word(text, word))?;
    let after_word = text[..]
        .char_indices()
        .nth(word.chars().count())
        .map_or(text.len(), |(at, _)| at);
    let rest = text[after_word..].trim_start_matches([' ', '\u{a0}', '.', '#', '№']);
    let rest = rest
        .strip_prefix("No.")
        .or_else(|| rest.strip_prefix("no."))
        .unwrap_or(rest)
        .trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|_| digits <= 4);
    let (behind, is_label) = if number.is_some() {
        let behind = strip_suffix_letter(&rest[digits..]);
        let glued = behind.starts_with(char::is_alphanumeric);
        (behind, !glued)
    } else {
        let behind = &text[after_word..];
        // "Front-end" is no label, "Front - what" is.
        let is_joined = behind.starts_with('-') && !behind.starts_with("- ");
        // Without a number only punctuation makes it a label: "Q:", "Q." but not "Question the".
        let marked = behind
            .trim_start()
            .starts_with([':', '.', ')', ']', '：', '-', '–', '—', '、', '>'])
            || behind.is_empty();
        // "A - b" and "A. b" are options or initials; only long words take any mark.
        let is_letter = word.chars().count() == 1 && word.is_ascii();
        let stands_alone = behind.trim_end().len() == 1;
        let plain_mark =
            behind.starts_with([':', '：']) || behind.starts_with(['.', ')']) && !stands_alone;
        (behind, marked && !is_joined && (!is_letter || plain_mark))
    };
    let rest = trim_label_marks(behind);
    is_label.then(|| Labelled {
        label: Label::None,
        number,
        rest: text.len() - rest.len(),
    })
}

/// Reads `3.`, `3)`, `3]`, `3:`, `#3`, `3a.`, `3.1`, `(3)`, `T3)` at the start of `text`.
fn number(text: &str) -> Option<Labelled> {
    let after_hash = text.strip_prefix(['#', '№']).map(str::trim_start);
    let after_paren = text.strip_prefix(['(', '[']);
    let after_letter = text.strip_prefix(|c: char| c.is_ascii_uppercase());
    let after_letter = after_letter.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let body = after_hash.or(after_paren).or(after_letter).unwrap_or(text);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let number = body[..digits].parse().ok();
    let mut behind = strip_suffix_letter(&body[digits..]);
    let mut parts = 1;
    // 3.1 and 3.1.2 number the parts of a section.
    while let Some(rest) = behind
        .strip_prefix('.')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        parts += 1;
    }
    let marked = behind.starts_with(['.', ')', ']', ':', '、', '．']);
    let is_dashed =
        after_letter.is_none() && (behind.starts_with(" - ") || behind.starts_with(" – "));
    let rest = trim_label_marks(behind);
    let spaced = behind.starts_with(' ') && after_letter.is_none();
    let is_label = marked || is_dashed || after_hash.is_some() || parts > 1 && spaced;
    let number = if parts > 1 { None } else { number };
    is_label.then(|| Labelled {
        label: Label::Number,
        number,
        rest: text.len() - rest.len(),
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
                    | '#'
                    | '*'
            )
    })
}

/// Drops what decorates the start of a line: emoji, arrows, quotes of markup.
pub(super) fn trim_ornaments(text: &str) -> &str {
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
    let mut chars = text.chars();
    let is_same = |c: char, expected: char| c == expected || c.to_lowercase().eq([expected]);
    let matches = word
        .chars()
        .all(|expected| chars.next().is_some_and(|c| is_same(c, expected)));
    // The letter after "q" in "queue" makes it no label.
    matches && !(word.is_ascii() && chars.next().is_some_and(char::is_alphabetic))
}

/// First words of a question, in the languages that guides are seen in.
const INTERROGATIVES: &[&str] = &[
    "what",
    "what's",
    "what’s",
    "whats",
    "why",
    "how",
    "how's",
    "when",
    "which",
    "who",
    "whom",
    "whose",
    "where",
    "is",
    "are",
    "am",
    "was",
    "were",
    "can",
    "could",
    "do",
    "does",
    "did",
    "will",
    "would",
    "should",
    "shall",
    "may",
    "might",
    "must",
    "have",
    "has",
    "had",
    "isn't",
    "aren't",
    "can't",
    "don't",
    "qué",
    "que",
    "cómo",
    "cuál",
    "cuáles",
    "cuándo",
    "dónde",
    "quién",
    "por",
    "como",
    "qual",
    "quais",
    "quando",
    "onde",
    "o",
    "quel",
    "quelle",
    "quels",
    "quelles",
    "comment",
    "pourquoi",
    "qu'est-ce",
    "was",
    "wie",
    "warum",
    "wieso",
    "welche",
    "welcher",
    "welches",
    "wann",
    "wo",
    "wer",
    "worin",
    "что",
    "как",
    "какие",
    "какой",
    "какая",
    "какое",
    "почему",
    "зачем",
    "чем",
    "когда",
    "где",
    "кто",
    "для",
    "cosa",
    "come",
    "perché",
    "quali",
    "czym",
    "co",
    "jak",
    "jakie",
    "dlaczego",
    "apa",
    "bagaimana",
    "mengapa",
];

/// First words of a question that has no question mark in English: those that rarely start a
/// title. "How to …" and "Is …" do.
const STRONG_INTERROGATIVES: &[&str] = &[
    "what", "what's", "what’s", "whats", "why", "which", "who", "when", "how",
];

/// First words of a request to speak.
const PROMPTS: &[&str] = &[
    "explain",
    "describe",
    "define",
    "compare",
    "contrast",
    "discuss",
    "differentiate",
    "distinguish",
    "tell",
    "elaborate",
    "difference",
    "differences",
    "explica",
    "explique",
    "describa",
    "defina",
    "descreva",
    "expliquez",
    "décrivez",
    "erkläre",
    "erklären",
    "beschreibe",
    "beschreiben",
    "nenne",
    "nennen",
    "объясните",
    "опишите",
    "расскажите",
    "перечислите",
    "назовите",
    "spiega",
    "descrivi",
    "wyjaśnij",
    "opisz",
    "jelaskan",
    "sebutkan",
];

/// First words of a task; steps and advice start with them as well.
const TASKS: &[&str] = &[
    "list",
    "name",
    "give",
    "write",
    "implement",
    "design",
    "walk",
    "mention",
    "provide",
    "show",
    "state",
    "find",
    "solve",
    "outline",
    "illustrate",
    "enumerate",
    "summarize",
    "summarise",
    "identify",
    "suggest",
    "imagine",
    "suppose",
    "consider",
    "talk",
    "demonstrate",
    "calculate",
    "determine",
    "reverse",
    "print",
    "detect",
    "convert",
    "evaluate",
    "justify",
    "prove",
    "sketch",
    "given",
    "create",
    "build",
];

/// What a question holds in scripts without spaces, and in languages that ask at the end.
const INNER_MARKS: &[&str] = &[
    "什么",
    "什麼",
    "如何",
    "怎么",
    "怎麼",
    "怎样",
    "为什么",
    "為什麼",
    "为何",
    "哪些",
    "哪个",
    "哪种",
    "区别",
    "區別",
    "吗",
    "介绍",
    "简述",
    "谈谈",
    "说说",
    "解释",
    "说一下",
    "讲一下",
    "とは",
    "ですか",
    "なぜ",
    "どう",
    "違い",
    "何",
    "무엇",
    "어떻게",
    "왜",
    "차이",
    "설명",
    "nedir",
    "nasıl",
    "là gì",
    "như thế nào",
    "tại sao",
    "क्या",
];

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
    /// How much a line of this kind is worth as evidence for a question.
    pub(super) fn weight(self) -> f64 {
        match self {
            Asking::No => 0.0,
            Asking::Task => 0.5,
            Asking::Yes => 1.0,
        }
    }
}

/// Returns whether a line asks: by its mark, its first word, or what it holds.
pub(super) fn asking(text: &str) -> Asking {
    let text = without_tail(text);
    if text.ends_with(['?', '？', '؟']) || text.starts_with('¿') {
        return if is_about_itself(text) {
            Asking::No
        } else {
            Asking::Yes
        };
    }
    let mut words = text
        .split_whitespace()
        .map(|word| word.trim_matches(['"', '\'', '“', '”', '`', ',', '(', ':']));
    let first = words.next().unwrap_or_default().to_lowercase();
    let second = words.next().unwrap_or_default().to_lowercase();
    let has_third = words.next().is_some();
    let first = first.as_str();
    let has_mark = text.contains("? ") || text.contains('？');
    let is_foreign = !text.is_ascii();
    let is_title = second == "to" || !has_third;
    if PROMPTS.contains(&first) && !second.is_empty()
        || STRONG_INTERROGATIVES.contains(&first) && !is_title
        || has_mark && text.len() < 300
        || is_foreign && INNER_MARKS.iter().any(|mark| text.contains(mark))
        || is_foreign && INTERROGATIVES.contains(&first) && !is_title
    {
        Asking::Yes
    } else if TASKS.contains(&first) && !second.is_empty() {
        Asking::Task
    } else {
        Asking::No
    }
}

/// Returns whether a question is one that a page asks about itself: "Who is this for?".
fn is_about_itself(text: &str) -> bool {
    const ITSELF: &[&str] = &[
        "what is this?",
        "who is this for?",
        "why this?",
        "how is this different?",
        "this repo",
        "this project",
        "this handbook",
        "this guide",
        "this book",
        "this course",
        "this site",
        "this page",
        "this list",
        "read this?",
        "use this?",
    ];
    let text = text.to_lowercase();
    ITSELF.iter().any(|itself| text.contains(itself))
}

/// Returns whether a line starts as a question does, so that its question mark is not prose's.
pub(super) fn starts_as_question(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let first = first
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .to_lowercase();
    let first = first.as_str();
    !text.is_ascii()
        || INTERROGATIVES.contains(&first)
        || PROMPTS.contains(&first)
        || TASKS.contains(&first)
}

/// Returns whether a line ends with a question mark, whatever decorates its end.
pub(super) fn has_question_mark(text: &str) -> bool {
    without_tail(text).ends_with(['?', '？', '؟'])
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
                    '*' | '_' | '"' | '”' | '\'' | '`' | '›' | '»' | '…' | '⭐'
                )
        });
        let remark = trimmed
            .ends_with([')', ']'])
            .then(|| trimmed.rfind(['(', '[']))
            .flatten();
        let before_remark = remark.map(|at| trimmed[..at].trim_end());
        match before_remark {
            Some(before) if before.ends_with(['?', '？', '.']) => text = before,
            _ => return trimmed,
        }
    }
}

/// Returns the length of the leading sentences of `text` that are questions, in bytes, and where
/// what follows them starts; `None` if nothing follows.
pub(super) fn question_and_rest(text: &str) -> Option<(usize, usize)> {
    let mut end = 0;
    for (at, mark) in text.match_indices(['?', '？']) {
        let behind = &text[at + mark.len()..];
        let is_sentence_end = behind.is_empty()
            || behind.starts_with(|c: char| {
                c.is_whitespace() || matches!(c, ')' | '"' | '”' | '›' | '*')
            })
            || mark == "？";
        if !is_sentence_end {
            continue;
        }
        // A full stop inside means that a statement came before this question.
        if end > 0 && text[end..at].contains(". ") {
            break;
        }
        let closing = behind.len() - behind.trim_start_matches([')', '"', '”', '*']).len();
        end = at + mark.len() + closing;
    }
    let rest = text[end..].trim_start_matches(|c: char| {
        c.is_whitespace() || is_ornament(c) || matches!(c, '-' | '–' | '—' | ':' | '›' | '*' | '_')
    });
    // A remark in brackets is the question's, not its answer, and so is a request to go on.
    let is_single = !rest.trim_end_matches('.').contains(". ");
    let is_remark = rest.starts_with('(') && rest.trim_end().ends_with(')')
        || is_single && rest.len() < 100 && asking(rest) != Asking::No;
    (end > 0 && !is_remark && rest.chars().filter(|c| c.is_alphanumeric()).count() > 1)
        .then(|| (end, text.len() - rest.len()))
}

/// Words for what holds questions; "interview" alone names much else.
const QUESTION_NAMES: &[&str] = &[
    "question",
    "faq",
    "q&a",
    "q & a",
    "qna",
    "quiz",
    "frequently asked",
    "preguntas",
    "perguntas",
    "fragen",
    "domande",
    "pytania",
    "вопрос",
    "面试题",
    "面試題",
    "问题",
    "常见问题",
    "質問",
    "질문",
    "soru",
    "câu hỏi",
    "питання",
    "pertanyaan",
    "întrebări",
    "vragen",
    "otázky",
    "spørgsmål",
    "frågor",
    "問題",
    "題目",
    "ερωτήσεις",
    "أسئلة",
    "שאלות",
    "प्रश्न",
    "kysymy",
];

/// Returns whether a title or a path says that questions follow.
pub(super) fn names_questions(title: &str) -> bool {
    let title = title.to_lowercase();
    QUESTION_NAMES.iter().any(|name| title.contains(name))
}

/// Returns whether the title of a section announces its questions: "Top interview questions", but
/// not "Have questions for the interviewer".
pub(super) fn announces_questions(title: &str) -> bool {
    let title = title.to_lowercase();
    let title = without_tail(&title)
        .trim_end_matches([':', '.', '!'])
        .trim_end_matches('s');
    QUESTION_NAMES
        .iter()
        .any(|name| title.ends_with(name.trim_end_matches('s')))
        || title.ends_with("answer")
        || ["questions about ", "questions on ", "questions regarding "]
            .iter()
            .any(|phrase| title.contains(phrase))
}

/// The level that a difficulty word or mark stands for.
pub(super) fn level(text: &str) -> Option<&'static str> {
    const LEVELS: [(&str, &str); 17] = [
        ("junior", "junior"),
        ("beginner", "junior"),
        ("basic", "junior"),
        ("easy", "junior"),
        ("entry", "junior"),
        ("fresher", "junior"),
        ("novice", "junior"),
        ("mid", "mid"),
        ("intermediate", "mid"),
        ("medium", "mid"),
        ("moderate", "mid"),
        ("regular", "mid"),
        ("senior", "senior"),
        ("advanced", "senior"),
        ("hard", "senior"),
        ("expert", "senior"),
        ("difficult", "senior"),
    ];
    let lower = text.to_lowercase();
    let word = lower
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty());
    word.and_then(|word| {
        LEVELS
            .iter()
            .find(|(name, _)| word == *name || word.strip_suffix("-level") == Some(name))
    })
    .map(|(_, level)| *level)
    .or_else(|| level_mark(text))
}

/// The level that an emoji stands for, where guides use one for difficulty.
pub(super) fn level_mark(text: &str) -> Option<&'static str> {
    const MARKS: [(char, &str); 8] = [
        ('👶', "junior"),
        ('🟢', "junior"),
        ('⭐', "mid"),
        ('🟡', "mid"),
        ('🟠', "mid"),
        ('🚀', "senior"),
        ('🔴', "senior"),
        ('🔥', "senior"),
    ];
    // Most lines have nothing to look through for each mark.
    let marks = if text.is_ascii() { &[][..] } else { &MARKS };
    marks
        .iter()
        .find(|(mark, _)| text.contains(*mark))
        .map(|(_, level)| *level)
}

/// Returns the words of `text` in lower case, joined by spaces: equal for equal questions.
pub(super) fn normalized(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() && !words.is_empty() {
            words.push(' ');
        }
        if word.is_ascii() {
            words.push_str(word);
        } else {
            words.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    words.make_ascii_lowercase();
    words
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
            ("T1) What is X?", (Label::Number, Some(1), "What is X?")),
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
