//! Rules of splitting that belong to no one file, and properties of any guide.

mod kinds;
mod layouts;

use proptest::prelude::*;

use super::*;

/// Returns the documents as a line each: `Q question / answer`, `P title / text`, with ` | ` for
/// the answer's line ends and the sections in front.
fn outline(text: &str) -> String {
    let guide = Guide::parse("guide.md", text);
    let mut out = String::new();
    for document in split(&guide) {
        let kind = if document.kind == DocumentKind::Question {
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

/// Returns the word of a line that stands nowhere else.
fn word(line: usize) -> String {
    format!("zq{line}qz")
}

/// A guide of lines with a word each that stands nowhere else, and how many there are.
fn numbered_text() -> impl Strategy<Value = (String, usize)> {
    const LINES: &[&str] = &[
        "# {}",
        "## {}",
        "## What is {}?",
        "### {}",
        "### Q: {}",
        "1. What is {}?",
        "2. {}",
        "Q: What is {}?",
        "Question 3 {}",
        "A: It is {}.",
        "- **What is it?** It is {}.",
        "- What is {}?",
        "  - {}",
        "<details><summary>What is {}?</summary>",
        "</details>",
        "```",
        "| {} | a |",
        "|---|---|",
        "    {}",
        "---",
        "",
        "",
        "Tags: {}",
        "Level: junior",
        "**{}**",
        "{}:",
        "Ann: What is {}?",
        "Bob: It is {}.",
        "{} :: it",
        "It is {} that is meant.",
        "What is {}?",
        "Explain {}.",
        "?",
        ": {}",
        "> {}",
        "[{}](#there)",
        "Answers",
    ];
    prop::collection::vec(0..LINES.len(), 0..40).prop_map(|lines| {
        let count = lines.len();
        let lines = lines.iter().enumerate();
        let text: Vec<String> = lines
            .map(|(at, &line)| LINES[line].replace("{}", &word(at)))
            .collect();
        (format!("Text.\n{}", text.join("\n")), count)
    })
}

/// A page of tags, most of them never closed.
fn html_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z?<>&;/ \n]{0,8}",
        "</?(p|h2|li|ul|ol|b|a href='#x'|code|pre|table|tr|td|br|details|summary|dt|nav|main|div)>",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| format!("<html>{}", pieces.concat()))
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
    fn nothing_is_lost((text, count) in numbered_text()) {
        let guide = Guide::parse("a.md", &text);
        let blocks = sections::with_groups(&guide);
        let furniture = furniture::classify(&blocks);
        let documents = split(&guide);
        for word in (0..count).map(word) {
            let of = |text: &str| text.matches(&word).count();
            let own = |document: &QaDocument| {
                let question = if document.kind == DocumentKind::Question { of(&document.question) } else { 0 };
                question + of(&document.answer)
            };
            let named = |document: &QaDocument| {
                let names = document.sections.iter().chain(&document.tags);
                names.chain([&document.question, &document.guide_title]).any(|name| of(name) > 0)
            };
            let owned: usize = documents.iter().map(own).sum();
            prop_assert!(owned <= 1, "{} stands {} times in the documents of {:?}", word, owned, text);
            // A label may be gone, and what is furniture is in no document.
            let at = blocks.iter().position(|block| guide.text[block.span.clone()].contains(&word));
            let is_dropped = at.is_none_or(|at| {
                let text = &blocks[at].text;
                furniture[at].is_some()
                    || words::answer_label(text).is_some()
                    || words::label(text).label != Label::None
            });
            prop_assert!(owned == 1 || documents.iter().any(named) || is_dropped, "lost {} of {:?}", word, text);
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
    fn every_line_of_a_page_is_in_one_block(html in html_text()) {
        let guide = Guide::parse("a.html", &html);
        let mut end = 0;
        for block in &guide.blocks {
            prop_assert!(guide.text[end..block.span.start].trim().is_empty(), "{:?}", guide.text);
            prop_assert!(block.line <= 1 + html.matches('\n').count());
            end = block.span.end;
        }
        prop_assert!(guide.text[end..].trim().is_empty(), "{:?}", guide.text);
        split(&guide);
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

#[test]
fn a_level_stands_at_the_question() {
    let levels = |text: &str| -> Vec<Option<String>> {
        split(&Guide::parse("a.md", text))
            .into_iter()
            .map(|document| document.level)
            .collect()
    };
    let junior = Some("junior".to_owned());
    assert_eq!(
        levels("**What is a map? 👶**\n\nA.\n\n**What is a set? 🚀**\n\nB.\n"),
        [junior.clone(), Some("senior".to_owned())]
    );
    assert_eq!(
        levels("## Q1: A map?\n\n**Difficulty:** Easy\n\nA.\n\n## Q2: A set?\n\nB.\n"),
        [junior.clone(), None]
    );
    assert_eq!(
        levels("1. What is a map?\nA.\n\nLevel: junior\n\n2. What is a set?\nB.\n"),
        [junior, None]
    );
}

#[test]
fn tags_stand_at_the_question() {
    let read = |text: &str| -> Vec<(String, String, Vec<String>, Option<String>)> {
        split(&Guide::parse("a.md", text))
            .into_iter()
            .map(|document| {
                (
                    document.question,
                    document.answer,
                    document.tags,
                    document.level,
                )
            })
            .collect()
    };
    let expected = |tags: &[&str], level: Option<&str>| {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        (
            "What is a bond?".to_owned(),
            "A loan.".to_owned(),
            tags,
            level.map(str::to_owned),
        )
    };
    let other = "\n## What is a share?\n\nA part.\n";
    for metadata in [
        "Level: junior\nTags: Finance, Loans",
        "Tags: Finance, Loans\nLevel: junior",
        "Tags: Finance, Loans\n\nLevel: junior",
        "**Level:** Easy\n\n**Tags:** `Finance`, `Loans`",
        "- Level: junior\n- Tags: #Finance #Loans",
    ] {
        let below = read(&format!(
            "## What is a bond?\n\nA loan.\n\n{metadata}\n{other}"
        ));
        assert_eq!(
            below[0],
            expected(&["Finance", "Loans"], Some("junior")),
            "{metadata}"
        );
        let above = read(&format!(
            "## What is a bond?\n\n{metadata}\n\nA loan.\n{other}"
        ));
        assert_eq!(
            above[0],
            expected(&["Finance", "Loans"], Some("junior")),
            "{metadata}"
        );
        assert!(above[1].2.is_empty());
    }
    let guide = format!(
        "---\ntags: [finance]\n---\n## What is a bond? #Finance #loans\n\nA loan.\n{other}"
    );
    assert_eq!(read(&guide)[0], expected(&["finance", "loans"], None));
    // Between the paragraphs of an answer it is an example, in a passage a line of text.
    let inside = read(&format!(
        "## What is a bond?\n\nWrite:\n\nTags: a, b\n\nDone.\n{other}"
    ));
    assert_eq!(inside[0].1, "Write:\n\nTags: a, b\n\nDone.");
    assert_eq!(
        read("# Loans\n\nText.\n\nTags: a, b\n")[0].1,
        "Text.\n\nTags: a, b"
    );
}

#[test]
fn an_id_stays_when_other_questions_change() {
    let ids = |text: &str| -> Vec<DocId> {
        split(&Guide::parse("a.md", text))
            .into_iter()
            .map(|document| document.id)
            .collect()
    };
    let (map, set) = (
        "## What is a map?\n\nA table.\n\n",
        "## What is a set?\n\nA bag.\n\n",
    );
    let before = ids(&format!("{map}{set}"));
    assert_eq!(ids(&format!("{map}More.\n\n{set}")), before);
    assert_eq!(ids(&format!("{set}{map}")), [before[1], before[0]]);
    assert_eq!(
        ids(&format!("## What is a bag?\n\nA set.\n\n{map}{set}"))[1..],
        before
    );
}

#[test]
fn a_title_of_nothing_but_signs_is_kept() {
    assert_eq!(outline("# `\n# *\n"), "P ` / `\nP * / *\n");
}
