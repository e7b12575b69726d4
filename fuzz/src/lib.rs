//! The functions that the fuzzer calls: each one reads a text that is put together from `data`, and panics if
//! what must hold for any text does not.
//!
//! `cargo fuzz run markdown` looks for such a text; `cargo test` replays those in `corpus/`.

use std::sync::LazyLock;

use hotseat::{
    Guide, Html, Index, Markup, QaDocument, Query, TextFormat, Warning, escape_html, read_markup,
    split, steers,
};

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

/// Pieces of the formats that are read line by line: reStructuredText, AsciiDoc and Org.
const LINES: &[&str] = &[
    "\n",
    "\n\n",
    "\n    ",
    "\n  ",
    " ",
    "  ",
    "    ",
    "\t",
    "What is it?",
    "a",
    "b ",
    "é",
    "分",
    "🔒",
    "* ",
    "** ",
    "- ",
    ". ",
    ".. ",
    "#. ",
    "1. ",
    "a) ",
    "====",
    "----",
    "~~~~",
    "****",
    "____",
    "++++",
    "....",
    "|===",
    "|",
    "| a | b |",
    "+---+---+",
    "|---+---|",
    "=== ===",
    "= ",
    "== ",
    "=== ",
    ".What?",
    "[qanda]",
    "[source,rust]",
    "[cols=\"1,2a\",options=header]",
    "[%collapsible]",
    "[[a]]",
    "a:: ",
    "a:::",
    "::",
    "::\n\n",
    ":a: b",
    "+",
    "//",
    "////",
    "ifdef::a[]",
    "endif::[]",
    "include::a[]",
    "image::a[b]",
    "link:a[b]",
    "http://x.y[a]",
    "<<a,b>>",
    "xref:a[b]",
    "kbd:[a]",
    "{a}",
    "+++",
    "``",
    "`",
    "`a <b>`_",
    ":ref:`a`",
    "|a|",
    "_",
    "__ ",
    "*",
    "**",
    "=",
    "~",
    "/",
    "^",
    "\\",
    ".. code-block:: rust\n\n",
    ".. note::\n",
    ".. dropdown:: What?\n",
    ".. list-table::\n",
    ".. csv-table::\n",
    ".. image:: a",
    ".. [1] ",
    ".. |a| replace:: b",
    ":header-rows: 1\n",
    ">>> ",
    "#+TITLE: ",
    "#+FILETAGS: :a:b:",
    "#+BEGIN_SRC rust",
    "#+END_SRC",
    "#+begin_quote",
    "#+end_quote",
    "#+begin_example",
    "#+RESULTS:",
    ":PROPERTIES:",
    ":END:",
    "TODO ",
    "[#A] ",
    ":a:b:",
    "[[a][b]]",
    "[fn:1]",
    "<2020-01-01>",
    "- a :: b",
    "[ ] ",
    "#",
    ": ",
    "---\n",
    "tags: a\n",
    "\u{202e}",
];

/// Pieces of lists of questions as data.
const DATA: &[&str] = &[
    "\n",
    "\n\n",
    "\n  ",
    "\n    ",
    " ",
    "  ",
    "\t",
    ",",
    ";",
    ":",
    ": ",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"\"",
    "'",
    "\\",
    "\\n",
    "\\u00e9",
    "\\ud83d",
    "\\\"",
    "|",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "!!a ",
    "<<: ",
    "---\n",
    "...",
    "%",
    "#",
    "#separator:tab\n",
    "#html:true\n",
    "#tags column:3\n",
    "#notetype column:1\n",
    "question",
    "answer",
    "question: ",
    "answer: ",
    "\"question\":",
    "\"answer\":",
    "\"options\":",
    "\"tags\":",
    "\"level\":",
    "\"category\":",
    "\"questions\":",
    "\"cells\":[",
    "\"cell_type\":\"code\"",
    "\"cell_type\":\"markdown\"",
    "\"source\":",
    "{\"question\":\"What?\",\"answer\":\"That.\"}",
    "What is it?",
    "What?\tThat.\ta b\n",
    "What?,That.\n",
    "question,answer\n",
    "A) x",
    "true",
    "1e9",
    "-0",
    "null",
    "[[",
    "<b>",
    "<br>",
    "</div>",
    "{{c1::a}}",
    "# ",
    "```",
    "===",
    "a",
    "b ",
    "é",
    "分",
    "\r",
    "\u{feff}",
];

/// Pieces of the XML of documents and books; the first one ends a part of the archive.
const XML: &[&str] = &[
    "\0",
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:t/>",
    "<w:b/>",
    "<w:b w:val=\"0\"/>",
    "<w:br/>",
    "<w:br w:type=\"page\"/>",
    "<w:tab/>",
    "<w:pStyle w:val=\"a\"/>",
    "<w:numId w:val=\"1\"/>",
    "<w:ilvl w:val=\"9\"/>",
    "<w:ilvl w:val=\"18446744073709551615\"/>",
    "<w:outlineLvl w:val=\"0\"/>",
    "<w:outlineLvl w:val=\"18446744073709551615\"/>",
    "<w:hyperlink r:id=\"r\">",
    "</w:hyperlink>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<mc:Fallback>",
    "</mc:Fallback>",
    "<w:style w:styleId=\"a\">",
    "<w:name w:val=\"heading 1\"/>",
    "</w:style>",
    "<w:num w:numId=\"1\">",
    "<w:abstractNum w:abstractNumId=\"1\">",
    "<w:abstractNumId w:val=\"1\"/>",
    "<w:lvl w:ilvl=\"0\">",
    "<w:numFmt w:val=\"decimal\"/>",
    "<w:start w:val=\"99\"/>",
    "<Relationship Id=\"r\" Target=\"http://x.y\"/>",
    "<office:body>",
    "</office:body>",
    "<text:p>",
    "</text:p>",
    "<text:p text:style-name=\"a\">",
    "<text:h text:outline-level=\"2\">",
    "<text:h text:outline-level=\"18446744073709551615\">",
    "</text:h>",
    "<text:span text:style-name=\"a\">",
    "</text:span>",
    "<text:s text:c=\"4000000000\"/>",
    "<text:s/>",
    "<text:line-break/>",
    "<text:list>",
    "<text:list text:style-name=\"a\">",
    "</text:list>",
    "<text:list-item>",
    "<text:list-item text:start-value=\"18446744073709551615\">",
    "</text:list-item>",
    "<text:a xlink:href=\"http://x.y\">",
    "</text:a>",
    "<text:tracked-changes>",
    "</text:tracked-changes>",
    "<office:annotation>",
    "</office:annotation>",
    "<table:table>",
    "</table:table>",
    "<table:table-row>",
    "<table:table-cell>",
    "<style:style style:name=\"a\">",
    "<style:text-properties fo:font-weight=\"bold\"/>",
    "<text:list-style style:name=\"a\">",
    "<text:list-level-style-number text:level=\"1\">",
    "<dc:title>",
    "</dc:title>",
    "<item id=\"a\" href=\"a.html\" media-type=\"html\"/>",
    "<item id=\"b\" href=\"../%61.html#b\" media-type=\"html\"/>",
    "<itemref idref=\"a\"/>",
    "<itemref idref=\"b\"/>",
    "<body>",
    "</body>",
    "<h2>",
    "</h2>",
    "<p>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#x1b;",
    "\"",
    "<",
    ">",
    "/",
    "What is it?",
    " ",
    "\n",
    "a",
    "b ",
    "é",
    "分",
];

/// Pieces of front matter.
const METADATA: &[&str] = &[
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "- ",
    "title: ",
    "tags: ",
    "level: ",
    "category: ",
    "draft: ",
    "faq:\n",
    "  - question: ",
    "    answer: ",
    "- question: What?\n  answer: That.\n",
    "- titre: What?\n  texte: |\n    That.\n",
    "[[faq]]\n",
    "question = ",
    "answer = ",
    "title = ",
    "---\n",
    "+++\n",
    "\"",
    "\"\"\"",
    "'",
    "'''",
    "\\",
    "|",
    "|+\n",
    ">",
    ">-\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ": ",
    "=",
    "#",
    "&a ",
    "*a",
    "<<: *a",
    "!!set ",
    "? ",
    "~",
    "true",
    "2020-01-01",
    "1e999",
    "What is it?",
    "a",
    "b ",
    "é",
    "分",
    "？",
    "\r",
    "\u{202e}",
    "## What?\n",
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
    check(&Guide::parse(path, text))
}

/// Splits a guide, and looks at what must hold of it.
fn check(guide: &Guide) -> Vec<QaDocument> {
    let mut end = 0;
    for block in &guide.blocks {
        assert!(block.span.start >= end, "two blocks on one line");
        assert!(guide.text.get(block.span.clone()).is_some(), "no place");
        end = block.span.end;
        for bold in &block.bold {
            assert!(block.text.get(bold.clone()).is_some(), "no bold text");
        }
    }
    let documents = split(guide);
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

/// Reads and splits what is read line by line.
pub fn lines(data: &[u8]) {
    if let Some((which, data)) = data.split_first() {
        let paths = ["a.rst", "a.adoc", "a.org"];
        read(paths[usize::from(*which) % paths.len()], &text(data, LINES));
    }
}

/// Reads and splits a list of questions, or a notebook.
pub fn data(data: &[u8]) {
    if let Some((which, data)) = data.split_first() {
        let paths = [
            "a.json", "a.jsonl", "a.yaml", "a.csv", "a.tsv", "a.txt", "a.ipynb",
        ];
        read(paths[usize::from(*which) % paths.len()], &text(data, DATA));
    }
}

/// Reads and splits a guide with front matter.
pub fn front_matter(data: &[u8]) {
    if let Some((which, data)) = data.split_first() {
        let fence = ["---", "+++"][usize::from(*which) % 2];
        let metadata = text(data, METADATA);
        let guide = format!("{fence}\n{metadata}\n{fence}\n\n## Why?\n\nSo.\n");
        read("a.md", &guide);
    }
}

/// Reads and splits a document or a book: one whose parts are put together of the pieces, or one in whose
/// archive some bytes are others.
pub fn office(data: &[u8]) {
    let Some((which, data)) = data.split_first() else {
        return;
    };
    let (ending, names): (&str, &[&str]) = match which % 3 {
        0 => ("docx", &DOCX),
        1 => ("odt", &["content.xml", "styles.xml"]),
        _ => ("epub", &["a.opf", "a.html", "META-INF/encryption.xml"]),
    };
    let container = ("META-INF/container.xml", "<rootfile full-path=\"a.opf\"/>");
    let mut parts = vec![container];
    let bytes = if *which < 192 {
        let text = text(data, XML);
        parts.extend(names.iter().copied().zip(text.split('\0')));
        archive(&parts)
    } else {
        parts.extend(names.iter().map(|name| (*name, "<p>a</p>")));
        let mut bytes = archive(&parts);
        for change in data.chunks_exact(3) {
            let place = usize::from(change[0]) << 8 | usize::from(change[1]);
            let length = bytes.len();
            bytes[place % length] = change[2];
        }
        bytes
    };
    let guide = Guide::from_bytes(&format!("a.{ending}"), &bytes);
    let is_damaged = |warning: &Warning| warning.message.contains("damaged");
    let is_read = !guide.warnings.iter().any(is_damaged);
    assert!(*which >= 192 || is_read, "{:?}", guide.warnings);
    check(&guide);
}

/// The parts of a document of Word.
const DOCX: [&str; 4] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/_rels/document.xml.rels",
];

/// Returns an archive of parts that are not compressed.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let long = |number: usize| (number as u32).to_le_bytes();
    let short = |number: usize| (number as u16).to_le_bytes();
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let mut sizes = long(text.len()).repeat(2);
        sizes.extend(short(name.len()));
        sizes.extend([0; 2]);
        list.extend(b"PK\x01\x02");
        list.extend([0; 16]);
        list.extend(&sizes);
        list.extend([0; 10]);
        list.extend(long(bytes.len()));
        list.extend(name.as_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend([0; 14]);
        bytes.extend(&sizes);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
    }
    let start = bytes.len();
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0; 4]);
    bytes.extend(short(parts.len()).repeat(2));
    bytes.extend(long(list.len()));
    bytes.extend(long(start));
    bytes.extend([0; 2]);
    bytes
}

/// Writes any text for a page, which nothing in it may steer.
pub fn page(data: &[u8]) {
    let Some((options, data)) = data.split_first() else {
        return;
    };
    let text = text(data, MARKDOWN);
    // Places of a text may be wrong.
    let place = |nth: usize| {
        data.iter()
            .take(nth)
            .map(|b| usize::from(*b))
            .sum::<usize>()
    };
    let matches = [place(1)..place(2), place(3)..place(4)];
    let passage = place(2)..place(5);
    let code = |_: &str, code: &str| Some(format!("<i>{}</i>", escape_html(code)));
    let mut html = Html::new();
    if options & 1 != 0 {
        html = html.matches(&matches);
    }
    if options & 2 != 0 {
        html = html.passage(&passage);
    }
    if options & 4 != 0 {
        html = html.headings(options >> 5);
    }
    if options & 8 != 0 {
        html = html.code(&code);
    }
    for format in [TextFormat::Markdown, TextFormat::Plain] {
        assert_safe(&html.render(format, &text));
    }
}

/// Asserts that HTML has only tags that are closed in their order, and no character that steers.
fn assert_safe(html: &str) {
    assert!(!html.contains(steers), "{html:?}");
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        assert!(!before.contains(['>', '"']), "{html:?}");
        let (tag, after) = tag.split_once('>').expect("a tag ends");
        rest = after;
        let name = tag.split(' ').next().unwrap_or_default();
        assert!(!tag.contains(" on") && name != "script", "{html:?}");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{html:?}"),
            None if matches!(name, "br" | "hr" | "input") => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty() && !rest.contains(['>', '"']), "{html:?}");
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
        assert!(
            !has_text || !shown.is_empty(),
            "nothing is shown of {answer:?} as {format:?}"
        );
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
