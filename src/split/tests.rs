use proptest::prelude::*;

use super::*;

/// Returns the documents as a line each: `Q question / answer`, `P title / text`, with ` | ` for
/// the answer's line ends and the sections in front.
fn outline(text: &str) -> String {
    let guide = Guide::parse("guide.md", text);
    let mut out = String::new();
    for document in split(&guide) {
        let kind = if document.kind == Kind::Question {
            "Q"
        } else {
            "P"
        };
        let sections: String = document
            .sections
            .iter()
            .map(|title| format!("{title} > "))
            .collect();
        let answer = document.answer.replace('\n', " | ");
        out.push_str(&format!(
            "{kind} {sections}{} / {answer}\n",
            document.question
        ));
    }
    out
}

/// Text that is likely to mean something to the readers and the splitter.
fn guide_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[ a-zA-Z?.:*`_<>#\\[\\]()|›é分-]{0,30}",
        Just("## What is it?".to_owned()),
        Just("1. What is it?".to_owned()),
        Just("Q: What is it?".to_owned()),
        Just("A: It is.".to_owned()),
        Just("- **What is it?** It is.".to_owned()),
        Just("<details><summary>What is it?</summary>".to_owned()),
        Just("</details>".to_owned()),
        Just("```".to_owned()),
        Just("| a | b |".to_owned()),
        Just("|---|---|".to_owned()),
        Just("    indented".to_owned()),
        Just("---".to_owned()),
        Just(String::new()),
    ];
    prop::collection::vec(line, 0..30).prop_map(|lines| format!("Text.\n{}", lines.join("\n")))
}

/// Returns the letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn every_line_is_in_one_block(text in guide_text()) {
        let guide = Guide::parse("a.md", &text);
        let mut covered = vec![0; guide.text.len() + 1];
        for block in &guide.blocks {
            prop_assert!(guide.text.get(block.span.clone()).is_some());
            covered[block.span.clone()].iter_mut().for_each(|count| *count += 1);
            prop_assert_eq!(1 + guide.text[..block.span.start].matches('\n').count(), block.line);
        }
        for (at, c) in guide.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            prop_assert_eq!(covered[at], 1, "{:?} at {}", c, at);
        }
    }

    #[test]
    fn nothing_is_lost(text in guide_text()) {
        let guide = Guide::parse("a.md", &text);
        let furniture = furniture::classify(&guide.blocks);
        let documents = split(&guide);
        let all: String = documents
            .iter()
            .map(|document| letters(&format!("{}{}{}", document.question, document.answer, document.sections.concat())))
            .collect();
        let title = letters(&guide.title());
        for (block, furniture) in guide.blocks.iter().zip(furniture) {
            let words = letters(&block.text);
            let is_label = words::answer_label(&block.text).is_some() || words::label(&block.text).label != words::Label::None;
            let is_kept = furniture.is_some() || is_label || all.contains(&words) || all.contains(&letters(&guide.text[block.span.clone()])) || title == words
                || block.text.split([' ', '?', '›', '\t']).all(|word| all.contains(&letters(word)));
            prop_assert!(is_kept, "lost {:?} of {:?}", block, text);
        }
    }

    #[test]
    fn documents_are_in_order_with_ids_of_their_own(text in guide_text()) {
        let documents = split(&Guide::parse("a.md", &text));
        prop_assert!(documents.is_sorted_by_key(|document| document.line));
        let ids: std::collections::HashSet<_> = documents.iter().map(|document| &document.id).collect();
        prop_assert_eq!(ids.len(), documents.len());
    }

    #[test]
    fn line_ends_make_no_difference(text in guide_text()) {
        let unix = split(&Guide::parse("a.md", &text));
        let windows = split(&Guide::parse("a.md", &text.replace('\n', "\r\n")));
        prop_assert_eq!(unix, windows);
    }

    #[test]
    fn any_bytes_can_be_split(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        split(&Guide::from_bytes("a.md", &bytes));
    }

    #[test]
    fn any_text_can_be_split(text in "(?s).{0,300}") {
        split(&Guide::parse("a.txt", &text));
    }
}
