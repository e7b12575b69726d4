//! The pages in `src/docs` are true: guides are split as shown, and messages are printed.

use std::{fs, path::Path};

use hotseat::{DocumentKind, QaDocument};

use crate::helper::documents;

/// A code block of a page.
struct Shown<'p> {
    /// The word behind the opening fence, such as `markdown`.
    language: &'p str,
    text: &'p str,
}

/// Returns the code blocks of `page` between lines of `fence`.
fn shown<'p>(page: &'p str, fence: &str) -> Vec<Shown<'p>> {
    let fence = format!("\n{fence}");
    let parts = page.split(fence.as_str()).skip(1).step_by(2);
    let shown = parts.filter_map(|part| part.split_once('\n'));
    shown
        .map(|(language, text)| Shown { language, text })
        .collect()
}

/// Returns a document as the pages show it: sections, question and answer in one line.
fn outline(document: &QaDocument) -> String {
    let kind = match document.kind {
        DocumentKind::Question => "Q",
        DocumentKind::Passage => "P",
    };
    let titles = document.sections.iter().chain([&document.question]);
    let titles: Vec<&str> = titles.map(String::as_str).collect();
    let lines: Vec<&str> = document.answer.lines().filter(|l| !l.is_empty()).collect();
    let line = format!("{kind} {}: {}", titles.join(" > "), lines.join(" / "));
    line.trim_end().to_owned()
}

#[test]
fn guides_are_split_as_the_page_says() {
    let page = include_str!("../../src/docs/writing_guides.md");
    let shown = shown(page, "````");
    assert!(shown.len() > 20, "a layout is missing");
    for pair in shown.chunks(2) {
        let [guide, found] = pair else {
            panic!("a guide without what is found in it: {}", pair[0].text);
        };
        let extension = if guide.language == "plain" {
            "txt"
        } else {
            "md"
        };
        let split = documents(&format!("guide.{extension}"), guide.text);
        let lines: Vec<String> = split.iter().map(outline).collect();
        assert_eq!(lines.join("\n"), found.text.trim_end(), "{}", guide.text);
    }
}

#[test]
fn every_message_on_the_page_is_one_that_is_printed() {
    let source = source(Path::new("src"));
    let page = include_str!("../../src/docs/troubleshooting.md");
    let messages = shown(page, "```")
        .into_iter()
        .filter(|shown| shown.language == "text");
    let mut count = 0;
    for line in messages.flat_map(|shown| shown.text.lines()) {
        let kinds = ["error: ", "warning: ", "note: ", "help: "];
        let kind = kinds.iter().find_map(|kind| line.strip_prefix(kind));
        for part in kind.unwrap_or(line).split('…') {
            let part = part.trim_matches([' ', ':', ';', '"']);
            assert!(source.contains(part), "nothing says {part:?}");
            count += 1;
        }
    }
    assert!(count > 30, "the messages are not found on the page");
}

/// Returns the source below `folder`, strings in one piece. `serde` says what a field may not be.
fn source(folder: &Path) -> String {
    let mut text = "unknown field ".to_owned();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&source(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let lines = text.split("\\\n").map(str::trim_start);
    lines.collect::<String>().replace("\\\"", "\"")
}
