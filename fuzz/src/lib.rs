//! The functions that the fuzzer calls: each one reads a text that is put together from `data`, and panics if
//! what must hold for any text does not.
//!
//! `cargo fuzz run markdown` looks for such a text; `cargo test` replays those in `corpus/`.

use std::sync::LazyLock;

use hotseat::{Guide, Index, Markup, QaDocument, Query, TextFormat, read_markup, split};

/// Pieces of Markdown.
const MARKDOWN: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "# ",
    "## ",
    "### ",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "> ",
    "> [!question] ",
    "```",
    "~~~",
    "```markdown\n",
    "`",
    "``",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "](#a)",
    "](http://x.y)",
    "[[",
    "]]",
    "![",
    "|",
    "|---|",
    "---",
    "===",
    "+++",
    "<",
    ">",
    "<b>",
    "</b>",
    "<p>",
    "<pre>",
    "</pre>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<h2>",
    "</h2>",
    "<ul><li>",
    "</li></ul>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<ins>",
    "</ins>",
    "%%",
    " ^a1",
    ":::details ",
    ":::",
    "??? question \"",
    "!!! note",
    "{#id}",
    "{: .a }",
    "&amp;",
    "&#27;",
    "&lt",
    "\\",
    "$",
    "Q: ",
    "A: ",
    "**Answer:** ",
    "What is it?",
    "é",
    "分",
    "🔒",
    "\u{1b}[2J",
    "\u{202e}",
    "\r",
    "\0",
    "a",
    "b ",
    "title: x\n",
    "tags: [a, b]\n",
    "{%",
    "%}",
    "<Accordion title=\"Why?\">",
    "</Accordion>",
    "\u{feff}",
];

/// Pieces of pages.
const HTML: &[&str] = &[
    "<html>",
    "<body>",
    "<main>",
    "</main>",
    "<title>",
    "</title>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<p>",
    "</p>",
    "<div class='toc'>",
    "<div>",
    "</div>",
    "<br>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<b>",
    "</b>",
    "<a href='#x'>",
    "<a href=\"http://x.y\">",
    "</a>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<dl><dt>",
    "<dd>",
    "<nav>",
    "</nav>",
    "<!--",
    "-->",
    "<!doctype html>",
    "<script>",
    "<script type=\"application/ld+json\">",
    "</script>",
    "{\"name\":\"Why?\",\"acceptedAnswer\":{\"text\":\"<b>So\"}}",
    "&lt;",
    "&amp;",
    "&nbsp",
    "&#x1F512;",
    "<",
    ">",
    "</",
    "'",
    "\"",
    "=",
    "`",
    "``",
    "*",
    "_",
    "[",
    "](x)",
    "\\",
    "|",
    "~",
    "$a$",
    "#",
    ">",
    "---",
    "What is it?",
    " ",
    "\n",
    "\t",
    "a",
    "b ",
    "é",
    "分",
    "\u{1b}",
];

/// Pieces of plain text.
const TEXT: &[&str] = &[
    "\n",
    "\n\n",
    "\t",
    " ",
    "    ",
    "1. ",
    "2)",
    "- ",
    "• ",
    "===",
    "---",
    "Q: ",
    "A: ",
    "What is it?",
    "It is.",
    "›",
    "FAQ",
    "Answer",
    "Level: mid",
    "é",
    "分。",
    "？",
    "A line that is long enough to be wrapped by hand at some width,",
    "TITLE",
    ":",
];

/// The parts of queries.
const QUERY: &[&str] = &[
    "a",
    "b",
    "lock",
    "thread",
    "what ",
    "\"",
    "-",
    " ",
    " OR ",
    "AND ",
    "*",
    "tag:",
    "tag:\"a b\"",
    "question:",
    "(",
    ")",
    "C++",
    "O(n log n)",
    "é",
    "分",
    "lokc",
    "__init__",
    "x:y",
    "/",
    "\\",
    "🔒",
    "\u{202e}",
    "NOT ",
    "==",
];

/// Puts a text together: each byte stands for a piece, or, from `128` on, for a sign.
fn text(data: &[u8], pieces: &[&str]) -> String {
    let mut text = String::new();
    for byte in data {
        match pieces.get(usize::from(*byte)) {
            Some(piece) => text.push_str(piece),
            None => text.push(char::from(*byte)),
        }
    }
    text
}

/// Reads and splits a guide, and looks at what must hold of it.
fn read(path: &str, text: &str) -> Vec<QaDocument> {
    let guide = Guide::parse(path, text);
    let mut end = 0;
    for block in &guide.blocks {
        assert!(block.span.start >= end, "two blocks on one line");
        assert!(guide.text.get(block.span.clone()).is_some(), "no place");
        end = block.span.end;
        for bold in &block.bold {
            assert!(block.text.get(bold.clone()).is_some(), "no bold text");
        }
    }
    let documents = split(&guide);
    for document in &documents {
        let is_empty = document.question.is_empty() && document.answer.is_empty();
        assert!(!is_empty, "a document without text");
        if document.format == TextFormat::Markdown {
            draw(&document.answer);
        }
    }
    documents
}

/// Reads the markup of a text, whose elements must be closed in the order in which they were opened.
fn draw(text: &str) {
    let mut open = Vec::new();
    for (piece, range) in read_markup(text) {
        assert!(text.get(range).is_some(), "no place");
        match piece {
            Markup::Start(element) => open.push(element),
            Markup::End(element) => assert_eq!(open.pop(), Some(element)),
            _ => {}
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
}

/// Reads and splits Markdown.
pub fn markdown(data: &[u8]) {
    read("a.md", &text(data, MARKDOWN));
}

/// Reads and splits a page.
pub fn html(data: &[u8]) {
    read("a.html", &text(data, HTML));
}

/// Reads and splits plain text.
pub fn text_guide(data: &[u8]) {
    read("a.txt", &text(data, TEXT));
}

/// Returns Markdown to be drawn on a terminal.
pub fn markdown_text(data: &[u8]) -> String {
    text(data, MARKDOWN)
}

/// Reads the markup of any text.
pub fn markup(data: &[u8]) {
    draw(&text(data, MARKDOWN));
}

/// An index to be asked much.
static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let documents = [
        QaDocument::new(
            "a",
            "What is a lock?",
            "A **lock** is held by one `thread` at a time.",
        ),
        QaDocument::new(
            "a",
            "What is C++?",
            "A language; `__init__` is none of it, O(n log n) is no word.",
        )
        .with_tags(["a b"]),
        QaDocument::new("b", "这是什么？", "全局解释器锁 🔒"),
        QaDocument::new("b", "What is a global interpreter lock (GIL)?", ""),
    ];
    Index::in_memory(documents).expect("an index in memory")
});

/// Searches a small index.
pub fn query(data: &[u8]) {
    let text = text(data, QUERY);
    let length = data.len();
    let query = Query::new(text).snippet_length(length);
    for query in [
        query.clone().typing(true).limit(length % 4),
        query.clone().plain(true).offset(length % 3),
        query,
    ] {
        let results = INDEX.search(&query).expect("any text is a query");
        assert!(results.hits.len() <= results.total);
        for hit in &results.hits {
            assert_eq!(hit.marked_question.text(), hit.question);
        }
        INDEX.suggest(&query).expect("any text is completed");
    }
}

/// Shows a part of an answer in which words are looked for.
pub fn snippet(data: &[u8]) {
    let answer = text(data, MARKDOWN);
    let length = data.len() % 90;
    let stems = ["lock", "a", "what", "分", "é", "b"];
    let stems: Vec<String> = stems[..data.len() % 7]
        .iter()
        .map(|stem| (*stem).to_owned())
        .collect();
    for format in [TextFormat::Markdown, TextFormat::Plain] {
        let document = QaDocument::new("a", "What is a lock?", answer.trim()).with_format(format);
        let has_text = match format {
            TextFormat::Markdown => says_something(&document.answer),
            _ => !document.answer.is_empty(),
        };
        let shown = show(document, &stems, length);
        assert!(!has_text || !shown.is_empty(), "nothing is shown");
    }
}

/// Returns whether there is a letter in `answer` that is no markup, and not in a heading, which is not
/// shown below a question.
fn says_something(answer: &str) -> bool {
    let has_letter = |(piece, _): (Markup<'_>, _)| match piece {
        Markup::Text(text) => text.contains(char::is_alphanumeric),
        _ => false,
    };
    !answer.contains('#') && read_markup(answer).any(has_letter)
}

/// Returns the text of a snippet.
#[cfg(fuzzing)]
fn show(document: QaDocument, stems: &[String], length: usize) -> String {
    hotseat::fuzz_snippet(&document, stems, length).text()
}

/// Returns the text of a snippet, found by a search, which takes a thousand times as long.
#[cfg(not(fuzzing))]
fn show(document: QaDocument, stems: &[String], length: usize) -> String {
    let index = Index::in_memory([document]).expect("an index in memory");
    let query = Query::new(format!("lock {}", stems.join(" "))).snippet_length(length);
    let results = index.search(&query).expect("any text is a query");
    results.hits[0].snippet.text()
}
