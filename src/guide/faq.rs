//! A FAQ in front matter -> the same in Markdown, so that it is read as any other guide.
//!
//! Themes of web sites keep their questions there, as a list of maps: `question: …`, `answer: …`.
//! Which keys these are shows by their names, or by their values: those of the one end with a
//! question mark. Every line of the metadata stays a line.

use std::collections::HashMap;

use super::{asks, front_matter::key_and_value};

/// The fewest questions that make a FAQ. A single one may be the question of the guide.
const MIN_QUESTIONS: usize = 2;

/// Keys of a question, whatever its value.
const QUESTION_KEYS: [&str; 8] = [
    "question",
    "pregunta",
    "pergunta",
    "frage",
    "domanda",
    "vraag",
    "вопрос",
    "q",
];

/// The content of a key in a list of questions.
const LIST_KEYS: [&str; 2] = ["faq", "question"];

/// The share of a key's values that end with a question mark, in tenths, if they are questions.
const MOSTLY_ASKING: usize = 7;

/// A key of the metadata with its value.
#[derive(Debug)]
struct Entry<'m> {
    /// The column of the key.
    column: usize,
    key: &'m str,
    /// Whether it is the first of a list's item.
    is_first: bool,
    /// The lines of its value, without quotation marks and indent.
    value: Vec<String>,
    /// The line of the metadata on which it starts.
    line: usize,
}

impl Entry<'_> {
    fn asks(&self) -> bool {
        asks(&self.text())
    }

    fn text(&self) -> String {
        let lines = self.value.iter().map(|line| line.trim());
        lines.collect::<Vec<_>>().join(" ").trim().to_owned()
    }
}

/// An entry, written as Markdown.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Section,
    Question,
    Answer,
}

/// Returns the FAQ that `metadata` holds in Markdown, if there is one, in as many lines.
pub(super) fn in_markdown(metadata: &str) -> Option<String> {
    let lines: Vec<&str> = metadata.lines().collect();
    let entries = entries(&lines);
    let roles = roles(&entries)?;
    let marks = match roles.contains(&Some(Role::Section)) {
        true => "###",
        false => "##",
    };
    let mut out = vec![String::new(); lines.len()];
    for (entry, role) in entries.iter().zip(roles) {
        match role {
            Some(Role::Section) => out[entry.line] = format!("## {}", entry.text()),
            Some(Role::Question) => out[entry.line] = format!("{marks} Q: {}", entry.text()),
            Some(Role::Answer) => {
                for (line, text) in out[entry.line..].iter_mut().zip(&entry.value) {
                    line.clone_from(text);
                }
            }
            None => {}
        }
    }
    Some(out.join("\n") + "\n")
}

/// Says what each entry is; `None` if they are no FAQ.
fn roles(entries: &[Entry<'_>]) -> Option<Vec<Option<Role>>> {
    // A key of the page itself may be named as those of its questions are: `title`.
    let mut counts: HashMap<(&str, usize), (usize, usize)> = HashMap::new();
    for entry in entries {
        let (count, asking) = counts.entry((entry.key, entry.column)).or_default();
        *count += 1;
        *asking += usize::from(entry.asks());
    }
    let named = |entry: &&Entry<'_>| QUESTION_KEYS.contains(&entry.key.to_lowercase().as_str());
    let are_named = entries.iter().filter(named).count() >= MIN_QUESTIONS;
    let is_question = |entry: &Entry<'_>| {
        let (count, asking) = counts[&(entry.key, entry.column)];
        let is_asking = count >= MIN_QUESTIONS && asking * 10 >= count * MOSTLY_ASKING;
        (are_named && named(&entry) || is_asking) && !entry.value.is_empty()
    };
    let mut roles = vec![None; entries.len()];
    let mut questions = 0;
    // The column of a list that is named for questions, and the key that its items start with.
    let mut list = None;
    let mut first_key = "";
    for (at, pair) in entries.windows(2).enumerate() {
        let (entry, next) = (&pair[0], &pair[1]);
        let is_beside = entry.column == next.column && !next.is_first;
        let names_questions = LIST_KEYS
            .iter()
            .any(|name| entry.key.to_lowercase().contains(name));
        if entry.value.is_empty() && names_questions {
            list = Some(entry.column);
            first_key = next.key;
        } else if list.is_some_and(|list| entry.column <= list) {
            list = None;
        }
        let is_listed = list.is_some() && entry.is_first && entry.key == first_key;
        if (is_question(entry) || is_listed && !entry.value.is_empty())
            && is_beside
            && !next.value.is_empty()
            && !is_question(next)
        {
            roles[at] = Some(Role::Question);
            roles[at + 1] = Some(Role::Answer);
            questions += 1;
        }
    }
    // The name of an item above a list of questions is that of their section.
    for at in 2..entries.len() {
        let [name, list, question] = &entries[at - 2..=at] else {
            continue;
        };
        let is_group = name.is_first
            && !name.value.is_empty()
            && list.value.is_empty()
            && name.column == list.column
            && name.column < question.column;
        if is_group && roles[at] == Some(Role::Question) {
            roles[at - 2] = Some(Role::Section);
        }
    }
    (questions >= MIN_QUESTIONS).then_some(roles)
}

/// Reads the keys of the metadata with their values.
fn entries<'m>(lines: &[&'m str]) -> Vec<Entry<'m>> {
    let mut entries: Vec<Entry<'m>> = Vec::new();
    // The mark that ends a value over several lines.
    let mut open: Option<&str> = None;
    let mut is_block = false;
    for (number, line) in lines.iter().enumerate() {
        if let (Some(close), Some(entry)) = (open, entries.last_mut()) {
            let text = line.trim();
            let inner = text.strip_suffix(close);
            entry.value.push(unescaped(inner.unwrap_or(text), close));
            if inner.is_some() {
                open = None;
            }
            continue;
        }
        let words = line.trim_start();
        let item = words.strip_prefix("- ").map(str::trim_start);
        let column = line.len() - item.unwrap_or(words).len();
        let goes_on = entries.last().is_some_and(|entry| {
            let is_deeper = item.is_none() && column > entry.column;
            is_deeper || is_block && (line.trim().is_empty() || column > entry.column)
        });
        if goes_on && (is_block || key_and_value(words).is_none() && !words.is_empty()) {
            if let Some(entry) = entries
                .last_mut()
                .filter(|entry| is_block || !entry.value.is_empty())
            {
                entry.value.push(dedented(line, entry.column));
            }
            continue;
        }
        is_block = false;
        let Some((key, value)) = key_and_value(item.unwrap_or(words)) else {
            continue;
        };
        is_block = matches!(value.trim_end_matches(['-', '+']), "|" | ">");
        let quote = ["\"\"\"", "'''", "\"", "'"]
            .into_iter()
            .find(|quote| value.starts_with(quote));
        let value = match quote {
            _ if is_block => vec![String::new()],
            Some(quote) => {
                let inner = &value[quote.len()..];
                let whole = inner.strip_suffix(quote);
                open = whole.is_none().then_some(quote);
                vec![unescaped(whole.unwrap_or(inner), quote)]
            }
            None if value.is_empty() => Vec::new(),
            None => vec![value.to_owned()],
        };
        entries.push(Entry {
            column,
            key,
            is_first: item.is_some(),
            value,
            line: number,
        });
    }
    entries
}

/// Takes the indent off a line of a value whose key stands at `column`; deeper lines stay deeper.
fn dedented(line: &str, column: usize) -> String {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    line[indent.min(column + 2)..].trim_end().to_owned()
}

/// Returns what was written between quotation marks.
fn unescaped(text: &str, quote: &str) -> String {
    match quote {
        "'" => text.replace("''", "'"),
        "\"" => text
            .replace("\\\"", "\"")
            .replace("\\n", " ")
            .replace("\\\\", "\\"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_questions_is_written_out() {
        for (metadata, expected) in [
            (
                "title: FAQ\nfaq:\n  - question: \"What is \\\"rye\\\"?\"\n    answer: 'It''s a cereal.'\n  - question: Why salt?\n    answer: >-\n      For taste\n\n      and more.\nlayout: faq\n",
                "\n\n## Q: What is \"rye\"?\nIt's a cereal.\n## Q: Why salt?\n\nFor taste\n\nand more.\n\n",
            ),
            (
                "[[faq]]\n  question = \"Rye\"\n  answer = \"A cereal.\"\n\n[[faq]]\n  question = \"Salt\"\n  answer = \"\"\"For\ntaste.\"\"\"\n",
                "\n## Q: Rye\nA cereal.\n\n\n## Q: Salt\nFor\ntaste.\n",
            ),
            (
                "faqs:\n  - title: Rye\n    text: A cereal.\n  - title: Malt\n    text: Barley.\nlinks:\n  - title: Home\n    url: /\n",
                "\n## Q: Rye\nA cereal.\n## Q: Malt\nBarley.\n\n\n\n",
            ),
            (
                "themes:\n- name: Flour\n  list:\n  - titre: Rye ?\n    texte: A cereal.\n  - titre: Malt ?\n    texte: Barley.\n",
                "\n## Flour\n\n### Q: Rye ?\nA cereal.\n### Q: Malt ?\nBarley.\n",
            ),
            (
                "title: Bread\ndescription: All about it\nfaq:\n  - title: Rye?\n    text: A cereal.\n  - title: Malt?\n    text: Barley.\n  - title: Salt?\n    text: For taste.\n",
                "\n\n\n## Q: Rye?\nA cereal.\n## Q: Malt?\nBarley.\n## Q: Salt?\nFor taste.\n",
            ),
        ] {
            assert_eq!(in_markdown(metadata).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_metadata_stays() {
        for metadata in [
            "title: What is rye?\ndescription: A cereal.\n",
            "question: What is rye?\nlevel: easy\n",
            "links:\n  - name: Home\n    url: /\n  - name: About\n    url: /about\n",
            "- \n-\n: a\n\"",
            "q: \"\nq: '",
        ] {
            assert_eq!(in_markdown(metadata), None, "{metadata}");
        }
    }
}
