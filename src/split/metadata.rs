//! The metadata of one question: a `Level:` or `Tags:` line at either end of its answer, and the
//! `#tag`s and difficulty marks that the question itself carries.

use std::ops::Range;

use super::{opener::Page, words};
use crate::{
    guide::{Block, BlockKind},
    text::punctuation::ends_sentence,
};

/// The level and the tags of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) level: Option<String>,
    pub(super) tags: Vec<String>,
    /// The blocks that hold nothing but metadata, which are no part of the answer.
    pub(super) blocks: Vec<usize>,
}

/// The content of a line of metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    Level(&'static str),
    Tags(Vec<String>),
}

/// The names of a level in a line such as `Difficulty: easy`.
const LEVEL_NAMES: &[&str] = &[
    "difficulty",
    "level",
    "seniority",
    "complexity",
    "difficulty level",
    "seniority level",
];

/// The names of a list of tags in a line such as `Tags: SQL, Joins`.
const TAG_NAMES: &[&str] = &["tags", "tag", "keywords", "topics"];

/// The longest line, in bytes, that names a level, and the longest that lists tags.
const MAX_LEVEL_LINE: usize = 60;
const MAX_TAG_LINE: usize = 400;

/// The longest name of a list of tags with what decorates it, in bytes.
const MAX_NAME: usize = 60;

/// The most tags that one question has, and the longest of them in bytes; a longer one is prose.
const MAX_TAGS: usize = 20;
const MAX_TAG: usize = 50;

/// Reads the metadata of a question from the blocks of its answer: from the lines at its start and
/// at its end, and the level from any line of it.
pub(super) fn of_answer(page: Page<'_>, answer: Range<usize>) -> Metadata {
    let mut metadata = Metadata::default();
    // All of them are furniture, unless they are markup.
    let may_name_level =
        |at: &usize| page.furniture[*at].is_some() || page.blocks[*at].kind == BlockKind::Markup;
    for at in answer.clone().filter(may_name_level) {
        if let Some(level) = labelled_level(&page.blocks[at]) {
            metadata.level.get_or_insert_with(|| level.to_owned());
        }
    }
    // A line between the paragraphs of an answer may be an example of such a line.
    let is_passed = |at: usize| {
        let is_furniture = page.furniture[at].is_some();
        is_furniture || page.blocks[at].kind == BlockKind::Markup
    };
    let mut seen = answer.clone();
    let mut read = |at: usize| match field(&page.blocks[at]) {
        Some(Field::Tags(tags)) => {
            metadata.tags.extend(tags);
            metadata.blocks.push(at);
            true
        }
        Some(Field::Level(level)) => {
            metadata.level.get_or_insert_with(|| level.to_owned());
            metadata.blocks.push(at);
            true
        }
        None => is_passed(at),
    };
    while let Some(at) = seen.next_back() {
        if !read(at) {
            break;
        }
    }
    for at in answer {
        if at >= seen.end || !read(at) {
            break;
        }
    }
    metadata.blocks.sort_unstable();
    metadata.tags.truncate(MAX_TAGS);
    metadata
}

fn field(block: &Block) -> Option<Field> {
    // A level's name may stand alone.
    let is_word = block.kind == BlockKind::Paragraph && !block.text.contains(char::is_whitespace);
    let named = || is_word.then(|| words::level(&block.text))?;
    let level = labelled_level(block).or_else(named);
    if let Some(level) = level {
        return Some(Field::Level(level));
    }
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
    if !is_line || block.text.len() > MAX_TAG_LINE {
        return None;
    }
    let (name, value) = block.text.split_once(':')?;
    if name.len() > MAX_NAME || !TAG_NAMES.contains(&words::normalized(name).as_str()) {
        return None;
    }
    let tags: Vec<String> = tags_of(value);
    let is_list = tags.iter().all(|tag| tag.len() <= MAX_TAG);
    (is_list && !tags.is_empty()).then_some(Field::Tags(tags))
}

/// Returns the tags of a list: between commas, or each after a `#`.
fn tags_of(list: &str) -> Vec<String> {
    let are_hashed = !list.contains(',') && list.split_whitespace().all(|tag| tag.starts_with('#'));
    let separators: &[char] = if are_hashed {
        &[' ', '\t']
    } else {
        &[',', ';']
    };
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '`' | '*' | '_' | '"');
    list.split(separators)
        .map(|tag| {
            tag.trim_matches(is_mark)
                .trim_start_matches('#')
                .trim_end_matches('.')
        })
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the level that a line such as "Difficulty: Mid" names, if that is all it says.
pub(super) fn labelled_level(block: &Block) -> Option<&'static str> {
    if block.text.len() > MAX_LEVEL_LINE || block.kind == BlockKind::Code {
        return None;
    }
    let (name, value) = block.text.split_once([':', '-', '–'])?;
    let is_short = value.split_whitespace().count() <= 3;
    let is_level = is_short && LEVEL_NAMES.contains(&words::normalized(name).as_str());
    is_level.then(|| words::level(value.trim()))?
}

/// Returns the level that a title names, if that is all it says: "Senior", "Easy questions", "Level: mid".
pub(super) fn level_of_title(title: &str) -> Option<&'static str> {
    let title = words::normalized(title);
    let is_beside = |word: &str| {
        LEVEL_NAMES.contains(&word) || word == "interview" || words::names_questions(word)
    };
    let mut named = title.split(' ').filter(|word| !is_beside(word));
    let (word, None) = (named.next()?, named.next()) else {
        return None;
    };
    words::level(word)
}

/// Returns the level that the file or a folder is named for, the innermost: `senior/sql.md`.
pub(super) fn level_of_path(path: &str) -> Option<&'static str> {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folders = path.rsplit('/').skip(1);
    std::iter::once(stem)
        .chain(folders)
        .find_map(level_of_title)
}

/// Returns whether the name of a column, normalized, is that of levels.
pub(super) fn names_level(name: &str) -> bool {
    LEVEL_NAMES.contains(&name)
}

/// Splits the `#tag`s off the end of a question: behind the end of a sentence, or several in a row.
/// A single one behind a word is a word, as in "What is #define".
pub(super) fn trailing_tags(question: &str) -> (&str, Vec<String>) {
    let is_tag = |word: &str| {
        word.strip_prefix('#').is_some_and(|tag| {
            tag.starts_with(char::is_alphabetic)
                && tag
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'))
        })
    };
    let mut rest = question.trim_end();
    let mut tags = Vec::new();
    while let Some((before, word)) = rest.rsplit_once(char::is_whitespace) {
        if !is_tag(word) {
            break;
        }
        tags.push(word[1..].to_owned());
        rest = before.trim_end();
    }
    tags.reverse();
    let ends_sentence = || ends_sentence(words::without_tail(rest));
    match tags.len() {
        2.. => (rest, tags),
        1 if ends_sentence() => (rest, tags),
        _ => (question, Vec::new()),
    }
}

/// Takes a level in brackets off either end of a question, "(Easy)", and returns it, or the level
/// that its emoji or stars stand for.
pub(super) fn without_level(question: &str) -> (&str, Option<&'static str>) {
    let trimmed = question.trim();
    let behind = trimmed
        .strip_suffix([')', ']'])
        .and_then(|text| text.rsplit_once(['(', '[']));
    let before = trimmed
        .strip_prefix(['(', '['])
        .and_then(|text| text.split_once([')', ']']))
        .map(|(level, text)| (text, level));
    for (text, level) in behind.into_iter().chain(before) {
        let is_word = level.split_whitespace().count() == 1 && !text.trim().is_empty();
        if let Some(level) = words::level(level).filter(|_| is_word) {
            return (text, Some(level));
        }
    }
    (question, words::level_mark(question))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_at_the_end_of_a_question() {
        for (question, expected) in [
            (
                "What is a bond? #finance",
                ("What is a bond?", vec!["finance"]),
            ),
            (
                "Explain a share #finance #stock-market",
                ("Explain a share", vec!["finance", "stock-market"]),
            ),
            ("What is #define", ("What is #define", vec![])),
            ("What is C#?", ("What is C#?", vec![])),
            ("What is a bond? #1", ("What is a bond? #1", vec![])),
        ] {
            let (text, tags) = trailing_tags(question);
            assert_eq!((text, tags.iter().map(String::as_str).collect()), expected);
        }
    }

    #[test]
    fn a_title_may_be_a_level() {
        for (title, expected) in [
            ("Senior", Some("senior")),
            ("Easy Questions", Some("junior")),
            ("Level: Hard", Some("senior")),
            ("Hard skills", None),
            ("Questions", None),
            ("", None),
        ] {
            assert_eq!(level_of_title(title), expected, "{title}");
        }
        assert_eq!(level_of_path("sql/junior/joins.md"), Some("junior"));
        assert_eq!(level_of_path("sql/senior-questions.md"), Some("senior"));
        assert_eq!(level_of_path("easy-pickings.md"), None);
    }

    #[test]
    fn tags_are_listed_between_commas_or_after_hashes() {
        assert_eq!(
            tags_of(" SQL, Joins , .NET, C#, CI/CD."),
            ["SQL", "Joins", ".NET", "C#", "CI/CD"]
        );
        assert_eq!(tags_of(" #sql #query-plans"), ["sql", "query-plans"]);
    }
}
