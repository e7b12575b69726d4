//! Tags for the documents of guides that declare none: from the guide's place in the folder, and
//! from the tags that other guides declare, where a document's question or section names them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::{
    document::QaDocument,
    facet::{Facet, FacetName},
};

/// Words in names of folders that do not name a subject.
const GENERIC: &[&str] = &[
    "a",
    "all",
    "and",
    "answer",
    "answers",
    "common",
    "content",
    "contents",
    "cheatsheet",
    "doc",
    "docs",
    "en",
    "faq",
    "faqs",
    "for",
    "guide",
    "guides",
    "index",
    "interview",
    "interviews",
    "list",
    "main",
    "master",
    "most",
    "notes",
    "of",
    "on",
    "part",
    "prep",
    "preparation",
    "qa",
    "question",
    "questions",
    "quiz",
    "readme",
    "src",
    "the",
    "to",
    "top",
    "with",
];

/// The most words that a tag taken from a name has; a longer name is a title.
const MAX_WORDS: usize = 3;

/// Returns the tags that the path of a guide holds: the names of its folders, without words such as
/// "questions" and without numbers. The name of the file is the guide's title rather than its subject.
pub(crate) fn of_path(path: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    // The folders of a path that leads from elsewhere are not those of a collection.
    let is_inside = !path.starts_with('/') && !path.contains("..") && !path.contains(':');
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    for name in folders.split('/').filter(|_| is_inside) {
        let is_telling = |word: &&str| {
            let is_number = word.bytes().all(|b| b.is_ascii_digit());
            !is_number && !GENERIC.contains(&word.to_lowercase().as_str())
        };
        let words: Vec<&str> = name
            .split(['-', '_', ' ', '.'])
            .filter(is_telling)
            .collect();
        let tag = words.join(" ");
        let is_new = tags.iter().all(|other| !other.eq_ignore_ascii_case(&tag));
        if !tag.is_empty() && words.len() <= MAX_WORDS && is_new {
            tags.push(tag);
        }
    }
    tags
}

/// The tags that the guides of a collection declare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    /// The tags as first written, by their words in lower case.
    tags: HashMap<Vec<String>, String>,
}

impl Vocabulary {
    /// Returns the vocabulary of `tags`.
    pub(crate) fn new<'t, T: AsRef<str> + 't + ?Sized>(
        tags: impl IntoIterator<Item = &'t T>,
    ) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        // Guides share their tags, of which there are few.
        let mut seen: HashSet<&str, RandomState> = HashSet::default();
        for tag in tags {
            let tag = tag.as_ref();
            if !seen.insert(tag) {
                continue;
            }
            let words: Vec<String> = words(tag).map(str::to_lowercase).collect();
            if !words.is_empty() {
                vocabulary
                    .tags
                    .entry(words)
                    .or_insert_with(|| tag.to_owned());
            }
        }
        vocabulary
    }

    /// Adds the tags that the question or a section of `document` names, unless it has tags of
    /// its guide.
    pub(crate) fn infer(&self, document: &mut QaDocument) {
        if !document.tags.is_empty() {
            return;
        }
        let texts = std::iter::once(&document.question).chain(&document.sections);
        let mut named: Vec<String> = texts.flat_map(|text| self.named_in(text)).collect();
        named.retain(|tag| {
            let is_new = |other: &String| {
                Facet::new(FacetName::Tag, other) != Facet::new(FacetName::Tag, tag)
            };
            document.inferred_tags.iter().all(is_new)
        });
        for tag in named {
            if !document.inferred_tags.contains(&tag) {
                document.inferred_tags.push(tag);
            }
        }
    }

    /// Returns the tags that `text` names, in its order, the longest at each place.
    fn named_in(&self, text: &str) -> Vec<String> {
        let written: Vec<&str> = words(text).collect();
        let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
        let longest = self.tags.keys().map(Vec::len).max().unwrap_or(0);
        let mut named = Vec::new();
        let mut at = 0;
        while at < lower.len() {
            let lengths = (1..=longest.min(lower.len() - at)).rev();
            let found = lengths.filter_map(|length| {
                let tag = self.tags.get(&lower[at..at + length])?;
                // "Go" and "R" are words and letters besides; they count only as written.
                let is_short = length == 1 && tag.chars().count() <= 2;
                (!is_short || written[at] == tag).then_some((length, tag))
            });
            match found.into_iter().next() {
                Some((length, tag)) => {
                    named.push(tag.clone());
                    at += length;
                }
                None => at += 1,
            }
        }
        named
    }
}

/// Returns the words of a text or a tag: `C++`, `.NET`, `CI/CD` and `3.10` are words.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';'
                    | ':'
                    | '?'
                    | '!'
                    | '('
                    | ')'
                    | '"'
                    | '`'
                    | '-'
                    | '_'
                    | '“'
                    | '”'
                    | '['
                    | ']'
            )
    };
    let trim = |word: &'_ str| -> usize { word.trim_end_matches(['.', '\'', '’']).len() };
    text.split(is_between)
        .map(move |word| &word[..trim(word)])
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_holds_tags() {
        for (path, tags) in [
            ("databases/sql-faq.txt", &["databases"][..]),
            ("python/Python-interview-questions.md", &["python"]),
            ("01_java/02 Spring Boot/beans.md", &["java", "Spring Boot"]),
            ("saved/numbered de.md", &["saved"]),
            ("interview-questions/README.md", &[]),
            ("how-i-got-a-job-at-a-bank/1.md", &[]),
            ("/tmp/guides/git.md", &[]),
        ] {
            assert_eq!(of_path(path), tags, "{path}");
        }
    }

    #[test]
    fn a_question_names_tags_of_other_guides() {
        let vocabulary = Vocabulary::new(["Data Structures", "C++", "Go", "Git", ".NET", "SQL"]);
        for (text, tags) in [
            (
                "Which data structures does Git use?",
                &["Data Structures", "Git"][..],
            ),
            ("How does C++ differ from .NET?", &["C++", ".NET"]),
            ("Where do you go?", &[]),
            ("Why use Go?", &["Go"]),
            ("What is digital?", &[]),
            ("What is SQL?", &["SQL"]),
        ] {
            assert_eq!(vocabulary.named_in(text), tags, "{text}");
        }
    }
}
