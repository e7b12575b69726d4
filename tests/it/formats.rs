//! The same guide in every format: its questions, their answers, and where they stand in the file.

use std::{fs, path::Path};

use hotseat::{DocumentKind, Guide, Index, Place, QaDocument, Source, split};

use crate::helper::Dir;

/// The folder of the guides.
const FOLDER: &str = "tests/it/formats";

/// The start of each question's answer, without markup.
const ANSWERS: [(&str, &str); 4] = [
    ("gluten", "It holds the gas that yeast makes."),
    ("hydration", "The weight of water by the weight of flour"),
    ("steam", "It keeps the crust from setting too early."),
    ("loaf", "It sounds hollow."),
];

/// Returns the questions of a guide in the folder.
fn read(name: &str) -> (Guide, Vec<QaDocument>) {
    let guide = Guide::read(Path::new(FOLDER).join(name), name).unwrap();
    let mut documents = split(&guide);
    documents.retain(|document| document.kind == DocumentKind::Question);
    (guide, documents)
}

/// Returns text without the marks of Markdown.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(['*', '`', '"'], "")
}

#[test]
fn each_format_gives_its_questions_with_their_answers_and_places() {
    use Place::{Cell, Chapter, Page, Row};
    let none = [None; 4];
    type Lines = [usize; 4];
    let cases: &[(&str, Lines, [Option<Place>; 4])] = &[
        ("bakery.rst", [16, 24, 38, 51], none),
        ("bakery.adoc", [9, 16, 29, 40], none),
        ("bakery.org", [8, 17, 27, 35], none),
        ("bakery.qmd", [5, 9, 17, 21], none),
        ("bakery.xhtml", [6, 8, 10, 12], none),
        ("FAQ", [1, 4, 7, 10], none),
        ("bakery.json", [10, 17, 27, 34], none),
        ("bakery.jsonl", [1, 2, 3, 4], none),
        ("bakery.yaml", [4, 9, 16, 18], none),
        ("front-matter.mdx", [6, 8, 12, 14], none),
        ("page.html", [7, 8, 9, 10], none),
        (
            "bakery.csv",
            [2, 4, 5, 6],
            [2, 3, 4, 5].map(|row| Some(Row(row))),
        ),
        (
            "bakery.tsv",
            [1, 2, 3, 4],
            [1, 2, 3, 4].map(|row| Some(Row(row))),
        ),
        ("anki.txt", [6, 7, 8, 9], none),
        (
            "bakery.ipynb",
            [9, 18, 44, 44],
            [1, 2, 4, 4].map(|cell| Some(Cell(cell))),
        ),
        (
            "pages.txt",
            [3, 6, 9, 12],
            [1, 1, 2, 2].map(|page| Some(Page(page))),
        ),
        ("bakery.docx", [5, 9, 13, 21], none),
        ("bakery.odt", [5, 9, 13, 21], none),
        (
            "bakery.epub",
            [25, 33, 41, 63],
            [2; 4].map(|chapter| Some(Chapter(chapter))),
        ),
    ];
    for (name, lines, places) in cases {
        let (guide, questions) = read(name);
        assert_eq!(guide.warnings, [], "{name}");
        let found: Vec<_> = questions
            .iter()
            .map(|found| (found.line, found.place))
            .collect();
        let expected: Vec<_> = lines.iter().copied().zip(places.iter().copied()).collect();
        assert_eq!(found, expected, "{name}");
        for (question, (word, answer)) in questions.iter().zip(ANSWERS) {
            assert!(
                question.question.contains(word),
                "{name}: {}",
                question.question
            );
            let is_right = plain(&question.answer).contains(&answer[..16])
                || question.question.ends_with("hollow.");
            assert!(is_right, "{name}: {}", question.answer);
        }
    }
}

#[test]
fn sections_tags_and_levels_of_lists_are_those_of_their_questions() {
    for name in [
        "bakery.json",
        "bakery.yaml",
        "bakery.csv",
        "front-matter.mdx",
        "anki.txt",
    ] {
        let (_, questions) = read(name);
        let sections: Vec<String> = questions
            .iter()
            .map(|found| found.sections.join(" "))
            .collect();
        for (section, expected) in sections.iter().zip(["Dough", "Dough", "Oven", "Oven"]) {
            assert!(section.ends_with(expected), "{name}: {sections:?}");
        }
        let tags: &[&str] = if name.starts_with("front") {
            &[]
        } else {
            &["basics", "flour"]
        };
        assert_eq!(questions[0].tags, tags, "{name}");
    }
    assert_eq!(read("bakery.json").1[0].level.as_deref(), Some("junior"));
    assert_eq!(read("bakery.csv").1[2].level.as_deref(), Some("senior"));
    assert_eq!(read("bakery.org").0.front_matter.tags, ["baking"]);
}

#[test]
fn answers_keep_their_lists_code_and_tables() {
    for name in [
        "bakery.rst",
        "bakery.adoc",
        "bakery.org",
        "bakery.docx",
        "bakery.odt",
        "bakery.epub",
    ] {
        let (_, questions) = read(name);
        let answer = |at: usize| questions[at].answer.as_str();
        assert!(
            answer(0).contains("\n- Fat makes it weaker."),
            "{name}: {}",
            answer(0)
        );
        assert!(
            answer(0).contains("https://bread.example/gluten"),
            "{name}: {}",
            answer(0)
        );
        assert!(
            answer(1).contains("\nhydration = water / flour\n```"),
            "{name}: {}",
            answer(1)
        );
        assert!(
            answer(2).contains("| 0-10 | much |"),
            "{name}: {}",
            answer(2)
        );
        assert!(
            answer(3).contains("96 degrees inside"),
            "{name}: {}",
            answer(3)
        );
    }
    let (_, questions) = read("bakery.json");
    assert!(
        questions[2]
            .answer
            .contains("It heats the oven\n\nIt keeps the crust soft")
    );
    assert!(questions[3].answer.contains("- 96 degrees inside"));
}

#[test]
fn files_that_are_no_text_are_no_guides_whatever_their_names() {
    let dir = Dir::new(&[
        ("tea.md", "## What is tea?\n\nLeaves.\n"),
        ("nul.md", "## What is \0NUL?\n\nA sign of no width.\n"),
        ("page.md", "%PDF-1.7\n## What is this?\n\nNo text.\n"),
    ]);
    fs::write(dir.content().join("ls.txt"), b"\x7fELF\x02\0\0\xb0\xff\n").unwrap();
    fs::write(
        dir.content().join("han.txt"),
        b"\xff\xfe\x60\x4f\x7d\x59\x1f\xff\n\0",
    )
    .unwrap();
    let index = Index::open_or_create(dir.index()).unwrap();
    let update = index.update(dir.content()).unwrap();
    let warnings: Vec<String> = update.warnings.iter().map(|w| w.to_string()).collect();
    assert_eq!(
        warnings,
        [
            "ls.txt: is not read: it is not text",
            "page.md: is not read: it is not text"
        ]
    );
    assert_eq!((update.added, update.unread.len()), (3, 2));
}

#[test]
fn files_that_list_no_questions_are_no_guides() {
    let dir = Dir::new(&[
        ("a.md", "## What is good?\n\nThe opposite of evil.\n"),
        ("package.json", "{\"name\": \"a\", \"version\": \"1\"}"),
        ("tsconfig.json", "{\n// a comment\n\"a\": 1}"),
        ("mkdocs.yml", "site_name: A\nnav:\n  - a.md\n"),
        ("numbers.csv", "a,b\n1,2\n"),
        ("LICENSE", "Permission is hereby granted to any person.\n"),
        ("program", "\u{7f}ELF\0\0\0"),
        (
            "QUESTIONS",
            "Q: What is evil?\nA: The opposite of good.\n\nQ: What is neither?\nA: A stone.\n",
        ),
    ]);
    let index = Index::open_or_create(dir.index()).unwrap();
    let update = index.update(dir.content()).unwrap();
    assert_eq!(update.warnings, []);
    assert_eq!((update.added, update.documents), (2, 3));
    let unread: Vec<(&str, usize)> = update
        .unread
        .iter()
        .map(|(e, n)| (e.as_str(), *n))
        .collect();
    let expected = [("", 2), ("csv", 1), ("json", 2), ("yml", 1)];
    assert_eq!(unread, expected);
    // Looked at once, they are known.
    let again = index.update(dir.content()).unwrap();
    assert_eq!((again.unchanged, again.removed), (2, 0));
    assert_eq!(again.unread, update.unread);
    // One that becomes a list becomes a guide.
    dir.write(
        "package.json",
        "[{\"question\": \"Why?\", \"answer\": \"So.\"}]",
    );
    let update = index.update(dir.content()).unwrap();
    assert_eq!((update.added, update.changed, update.documents), (1, 0, 4));
}

#[test]
fn a_list_that_is_damaged_is_a_warning_of_its_own() {
    let dir = Dir::new(&[
        (
            "a.json",
            "[{\"question\": \"Why?\",\n \"answer\": \"So.\"},",
        ),
        ("b.yaml", "- question: Why?\n  answer: [So\n- x\n"),
        ("c.md", "## Why?\n\nSo.\n"),
    ]);
    fs::write(dir.content().join("d.docx"), "PK\u{3}\u{4}").unwrap();
    let update = Index::open_or_create(dir.index())
        .unwrap()
        .update(dir.content())
        .unwrap();
    assert_eq!(update.documents, 1);
    let warned: Vec<(&str, Option<usize>)> = update
        .warnings
        .iter()
        .map(|w| (w.guide.as_str(), w.line))
        .collect();
    assert_eq!(
        warned,
        [("a.json", Some(2)), ("b.yaml", Some(4)), ("d.docx", None)]
    );
}

/// Writes a program that converts files, and returns the source that uses it for `.pdf`.
#[cfg(unix)]
fn with_program(dir: &Dir, script: &str) -> Source {
    use std::os::unix::fs::PermissionsExt;
    let program = dir.content().with_file_name("convert");
    // Replaced rather than rewritten: the one before may still run.
    let new = program.with_extension("new");
    fs::write(&new, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(&new, &program).unwrap();
    Source::new(dir.content()).convert("pdf", [program.to_str().unwrap(), "{}", "$x;y"])
}

#[cfg(unix)]
#[test]
fn a_program_reads_what_hotseat_does_not_and_only_when_it_changed() {
    let dir = Dir::new(&[]);
    for name in ["a.pdf", "b c.PDF"] {
        dir.write(name, &format!("file {name}"));
    }
    let log = dir.content().with_file_name("log");
    let script = format!(
        "[ \"$2\" = '$x;y' ] || exit 3\necho \"$1\" >> {}\nprintf '1. What is '; cat \"$1\"; printf '?\\nAn answer.\\n\\n\\0142. What is page two?\\nAnother answer.\\n'",
        log.display()
    );
    let source = with_program(&dir, &script);
    let index = Index::open_or_create(dir.index()).unwrap();
    let conversions = || fs::read_to_string(&log).unwrap().lines().count();
    let update = index.update(source.clone()).unwrap();
    assert_eq!((update.added, update.documents), (2, 4), "{update:?}");
    assert_eq!(conversions(), 2);
    let hits = index.search(&hotseat::Query::new("page two")).unwrap().hits;
    assert_eq!((hits[0].line, hits[0].place), (4, Some(Place::Page(2))));
    assert_eq!(index.update(source.clone()).unwrap().unchanged, 2);
    assert_eq!(conversions(), 2);
    dir.write("a.pdf", "file d");
    assert_eq!(index.update(source.clone()).unwrap().changed, 1);
    assert_eq!(conversions(), 3);
    // Another command reads all anew, and without one they are no guides.
    let other = source.convert("pdf", ["cat", "{}"]);
    assert_eq!(index.update(other).unwrap().changed, 2);
    let update = index.update(dir.content()).unwrap();
    assert_eq!((update.removed, update.documents), (2, 0));
    assert_eq!(update.unread["pdf"], 2);
}

#[cfg(unix)]
#[test]
fn a_program_that_fails_is_a_warning_and_what_it_read_last_stays() {
    let dir = Dir::new(&[("a.pdf", "1")]);
    let index = Index::open_or_create(dir.index()).unwrap();
    let good = with_program(&dir, "printf 'What is it?\\n\\nA thing.\\n'");
    assert_eq!(index.update(good).unwrap().documents, 1);
    dir.write("a.pdf", "22");
    let bad = with_program(&dir, "echo; echo 'no PDF' >&2; exit 1");
    let update = index.update(bad.clone()).unwrap();
    assert_eq!(update.documents, 1);
    let message = &update.warnings[0].message;
    assert!(
        message.starts_with("cannot be converted: ") && message.ends_with(": no PDF"),
        "{message}"
    );
    assert_eq!(index.update(bad.clone()).unwrap().warnings.len(), 1);
    // A new file that cannot be converted is no guide.
    dir.write("b.pdf", "3");
    let update = index.update(bad).unwrap();
    assert_eq!((update.documents, update.warnings.len()), (1, 2));
    let missing = Source::new(dir.content()).convert("pdf", ["/no/such/program", "{}"]);
    let update = index.update(missing).unwrap();
    assert!(
        update.warnings[0]
            .message
            .contains("there is no program /no/such/program"),
        "{update:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_program_that_prints_without_end_is_killed_with_its_children() {
    let dir = Dir::new(&[("a.pdf", "1")]);
    let pids = dir.content().with_file_name("pids");
    let script = format!(
        "trap '' TERM\nsleep 1000 & echo $! $$ > {}\nexec yes",
        pids.display()
    );
    let source = with_program(&dir, &script);
    let update = Index::open_or_create(dir.index())
        .unwrap()
        .update(source)
        .unwrap();
    assert!(
        update.warnings[0]
            .message
            .ends_with("printed more than 16 MiB"),
        "{update:?}"
    );
    for pid in fs::read_to_string(&pids).unwrap().split_whitespace() {
        // A zombie of another parent is not running.
        let status = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        assert!(status.is_empty() || status.contains(") Z "), "{status}");
    }
}

/// Reads a guide on a small stack, as threads of other programs have; whatever it is, nothing panics.
fn read_safely(path: &'static str, bytes: Vec<u8>) -> (usize, Vec<String>) {
    let read = move || {
        let guide = Guide::from_bytes(path, &bytes);
        let warnings = guide.warnings.iter().map(ToString::to_string).collect();
        (split(&guide).len(), warnings)
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(read).unwrap().join().unwrap()
}

#[test]
fn damage_at_any_byte_of_a_file_does_no_harm() {
    let files = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        // Each byte of small files, and of archives those of their lists and some of what is packed.
        let is_packed = [".docx", ".odt", ".epub"]
            .iter()
            .any(|extension| name.ends_with(extension));
        let step = if is_packed { 97 } else { 7 };
        for at in (0..bytes.len()).step_by(step) {
            for damage in [0x00, b'"', 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] = damage;
                split(&Guide::from_bytes(name, &damaged));
            }
            split(&Guide::from_bytes(name, &bytes[..at]));
        }
    }
}

/// Returns an archive of parts: the name of each, how it is packed, its length as listed, its bytes.
fn archive(parts: &[(&str, u16, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, method, packed) in parts {
        let header = bytes.len() as u32;
        let length = packed.len() as u32;
        bytes.extend(b"PK\x03\x04\x14\0\0\0");
        bytes.extend(method.to_le_bytes());
        bytes.extend([0; 8]);
        bytes.extend(length.to_le_bytes());
        bytes.extend(length.to_le_bytes());
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0; 2]);
        bytes.extend(name.as_bytes());
        bytes.extend(*packed);
        list.extend(b"PK\x01\x02\x14\0\x14\0\0\0");
        list.extend(method.to_le_bytes());
        list.extend([0; 8]);
        list.extend(length.to_le_bytes());
        list.extend(length.to_le_bytes());
        list.extend((name.len() as u16).to_le_bytes());
        list.extend([0; 12]);
        list.extend(header.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let start = bytes.len() as u32;
    let count = parts.len().min(0xffff) as u16;
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// Returns zeros, packed: blocks of "the last byte again", each of which has 65 KiB in 70 bytes or so.
fn bomb(length: usize) -> Vec<u8> {
    // One block of fixed codes: a literal, and then runs of 258 bytes at distance 1.
    let mut bits: Vec<bool> = vec![true, true, false];
    let push = |bits: &mut Vec<bool>, code: u32, length: u32| {
        bits.extend((0..length).rev().map(|bit| code >> bit & 1 == 1));
    };
    push(&mut bits, 0x30 + u32::from(b' '), 8);
    for _ in 0..length / 258 {
        push(&mut bits, 0b1100_0101, 8);
        push(&mut bits, 0, 5);
    }
    push(&mut bits, 0, 7);
    let byte = |bits: &[bool]| (0..).zip(bits).map(|(at, bit)| u8::from(*bit) << at).sum();
    bits.chunks(8).map(byte).collect()
}

#[test]
fn archives_that_mean_harm_are_warnings() {
    let document =
        b"<w:document><w:body><w:p><w:r><w:t>What is it?</w:t></w:r></w:p></w:body></w:document>";
    let warned = |path, bytes| read_safely(path, bytes).1.join(" ");
    let huge = bomb(40 << 20);
    assert!(huge.len() < 1 << 20);
    let bomb_of = archive(&[("word/document.xml", 8, &huge)]);
    assert_eq!(
        warned("a.docx", bomb_of),
        "a.docx: is not read: it has more than 16 MiB of text"
    );
    let many: Vec<(&str, u16, &[u8])> = vec![("x", 0, b""); 10_001];
    let message = "a.epub: is not read: it has more than 10000 parts";
    assert_eq!(warned("a.epub", archive(&many)), message);
    let mut encrypted = archive(&[("word/document.xml", 0, document)]);
    let list = encrypted
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    encrypted[list + 8] |= 1;
    assert!(warned("a.docx", encrypted).contains("it is encrypted"));
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert!(warned("a.docx", old).contains("it is encrypted, or in a format from before 2007"));
    let method = archive(&[("content.xml", 99, document)]);
    assert!(warned("a.odt", method).contains("packed by method 99"));
    // Names are looked up, and nothing is written; a chapter is read once.
    let container = b"<rootfile full-path='a/../../etc/passwd'/>";
    let outside = archive(&[("META-INF/container.xml", 0, container)]);
    assert!(warned("a.epub", outside).contains("it has no a/../../etc/passwd"));
    let container = b"<rootfile full-path='o/p'/>";
    let package = format!(
        "<item id='a' href='../../x%2ehtml' media-type='application/xhtml+xml'/>{}",
        "<itemref idref='a'/>".repeat(10_000)
    );
    let chapter = b"<body><h2>Why is it so?</h2><p>It is.</p></body>";
    let book = archive(&[
        ("META-INF/container.xml", 0, container),
        ("o/p", 0, package.as_bytes()),
        ("x.html", 0, chapter),
    ]);
    assert_eq!(read_safely("a.epub", book), (1, Vec::new()));
    // Chapters are bounded together.
    let text = bomb(9 << 20);
    let package = "<item id='a' href='a' media-type='text/html'/><itemref idref='a'/>\
                   <item id='b' href='b' media-type='text/html'/><itemref idref='b'/>";
    let book = |encryption: &[u8]| {
        archive(&[
            ("META-INF/container.xml", 0, b"<rootfile full-path='p'/>"),
            ("META-INF/encryption.xml", 0, encryption),
            ("p", 0, package.as_bytes()),
            ("a", 8, &text),
            ("b", 8, &text),
        ])
    };
    assert!(warned("a.epub", book(b"")).contains("more than 16 MiB of text"));
    let encryption = b"<enc:CipherReference URI='b'/>";
    let read = warned("a.epub", book(encryption));
    assert!(read.contains("it is encrypted"), "{read}");
    let manifest = b"<manifest:file-entry><manifest:encryption-data/>";
    let encrypted = [
        ("META-INF/manifest.xml", 0, &manifest[..]),
        ("content.xml", 0, b"\xff\0"),
    ];
    assert!(warned("a.odt", archive(&encrypted)).contains("it is encrypted"));
    assert!(warned("a.odt", archive(&[("content.xml", 8, &huge)])).contains("16 MiB"));
    // A part that lies beyond the end, and one that names itself.
    let mut lies = archive(&[("word/document.xml", 0, document)]);
    let list = lies
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    lies[list + 42..list + 46].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(warned("a.docx", lies).contains("cannot be unpacked"));
    let itself = archive(&[(
        "META-INF/container.xml",
        0,
        b"<rootfile full-path='META-INF/container.xml'/>",
    )]);
    assert_eq!(read_safely("a.epub", itself), (0, Vec::new()));
    // Entities are not expanded, and depth is no harm.
    let deep = format!(
        "{}<w:p><w:t>&a;</w:t></w:p>",
        "<w:tbl><w:tr><w:tc>".repeat(20_000)
    );
    let laughs = format!("<!DOCTYPE x [<!ENTITY a '{}'>]>{deep}", "ha".repeat(1_000));
    let deep = archive(&[("word/document.xml", 0, laughs.as_bytes())]);
    assert_eq!(read_safely("a.docx", deep).1, Vec::<String>::new());
}

#[test]
fn data_that_means_harm_is_bounded() {
    let deep = |open: &str| open.repeat(100_000);
    for (path, text) in [
        ("a.json", deep("[")),
        ("a.json", deep("{\"question\":")),
        ("a.json", format!("[{}1]", "1,".repeat(500_000))),
        ("a.yaml", deep("- ")),
        ("a.yaml", deep("[")),
        ("a.yaml", deep("? ")),
        ("a.yaml", "&a [*a, *a]\n".repeat(1_000)),
        ("a.yaml", "question: ".to_owned() + &deep("x ")),
        ("a.csv", deep("a,")),
        ("a.csv", deep("\"a?\n")),
        ("a.csv", "question,answer\n".to_owned() + &deep("a,b\n")),
        ("a.ipynb", deep("{\"cells\":[")),
        ("a.rst", deep(".. note::\n ")),
        ("a.rst", deep("= ")),
        ("a.adoc", deep("|===\n")),
        ("a.org", deep("#+begin_src\n")),
        ("a.jsonl", deep("{\"question\":\n")),
        ("a.json", format!("{{\"question\": {}}}", deep("9"))),
        ("a.json", format!("[\"{}\"]", deep("\\ud800"))),
        (
            "a.json",
            format!("{{{}}}", "\"question\":\"a?\",".repeat(100_000)),
        ),
        ("a.tsv", deep("a?\t")),
        (
            "a.txt",
            "#separator:tab\n#columns:".to_owned() + &deep("Front\t"),
        ),
        ("a.txt", "#separator:\"\n".to_owned() + &deep("\"a?\"\"")),
        (
            "a.ipynb",
            format!(
                "{{\"cells\":[{{\"cell_type\":\"markdown\",\"source\":[{}\"\"]}}]}}",
                deep("\"> \",")
            ),
        ),
        ("a.qmd", deep("::: {.callout-note}\n")),
        ("a.rmd", deep("```{r}\n")),
        (
            "a.mdx",
            "---\nquestions:\n".to_owned() + &deep("  - question: a?\n"),
        ),
        (
            "a.xhtml",
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'>]>".to_owned() + &deep("&a;<p>"),
        ),
        (
            "a.html",
            "<script type='application/ld+json'>".to_owned()
                + &deep("{\"@type\":\"FAQPage\",\"mainEntity\":["),
        ),
        (
            "a.html",
            deep("<script type='application/ld+json'>[]</script>"),
        ),
        ("FAQ", deep("Q: a?\n")),
        (
            "a.txt",
            printed(&deep(
                "<text top=\"1\" left=\"1\" width=\"1\" height=\"1\" font=\"0\">a</text>",
            )),
        ),
        (
            "a.txt",
            printed(&deep(
                "<page number=\"1e9\" height=\"nan\"><text top=\"inf\"><b>",
            )),
        ),
        (
            "a.txt",
            printed(&deep(
                "<fontspec id=\"0\" size=\"99999999999\"/><text font=\"0\">a?</text>",
            )),
        ),
    ] {
        read_safely(path, text.into_bytes());
    }
}

/// Returns what `pdftohtml -xml` prints of pages.
fn printed(pages: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<pdf2xml producer=\"x\">\n{pages}\n</pdf2xml>\n")
}

#[test]
fn damage_at_each_byte_of_a_small_file_does_no_harm() {
    let container = b"<rootfile full-path='p'/>";
    let package = b"<item id='a' href='a' media-type='text/html'/><itemref idref='a'/>";
    let docx = b"<w:body><w:p><w:r><w:t>1. Why is it?</w:t></w:r></w:p><w:p><w:r><w:t>So.</w:t></w:r></w:p>\
                 <w:p><w:r><w:t>2. Why not?</w:t></w:r></w:p></w:body>";
    let odt = b"<office:body><office:text><text:h text:outline-level='1'>Why?</text:h><text:p>So.</text:p>\
                </office:text></office:body>";
    let text = printed(
        "<page number=\"1\" height=\"90\"><fontspec id=\"0\" size=\"9\"/><fontspec id=\"1\" size=\"19\"/>\
         <text top=\"20\" left=\"1\" width=\"9\" height=\"2\" font=\"1\">Why?</text>\
         <text top=\"40\" left=\"1\" width=\"9\" height=\"2\" font=\"0\">So it is.</text></page>",
    );
    for (path, bytes) in [
        ("a.md", b"---\ntags: [a]\n---\n## Why?\n\n- `b` **c** [d](e)\n".to_vec()),
        ("a.txt", b"1. Why?\nSo.\n\x0c2. How?\nThus.\n".to_vec()),
        ("a.txt", text.into_bytes()),
        ("a.txt", b"#separator:tab\n#html:true\nWhy?\t\"So.\"\ta\n".to_vec()),
        ("a.html", b"<html><body><h2>Why?</h2><p>So&amp;.</p><script type='application/ld+json'>{\"@type\":\"FAQPage\"}</script>".to_vec()),
        ("a.rst", b"Why?\n====\n\n.. note:: So.\n\n``a`` |b|_\n".to_vec()),
        ("a.adoc", b"= T\n\n== Why?\n\n----\na\n----\n\n|===\n|a\n|===\n".to_vec()),
        ("a.org", b"* Why?\n#+begin_src c\na\n#+end_src\n| a | b |\n".to_vec()),
        ("a.qmd", b"## Why?\n\n::: {.callout-tip}\nSo.\n:::\n".to_vec()),
        ("a.json", br#"[{"question":"Wh\u00e9?","answer":["a",1e3,null],"tags":"b"}]"#.to_vec()),
        ("a.jsonl", b"{\"q\":\"Why?\",\"a\":\"So.\"}\n{}\n".to_vec()),
        ("a.yaml", b"- question: &a Why?\n  answer: |\n    So.\n  tags: [*a]\n".to_vec()),
        ("a.csv", b"question,answer\n\"Why, \"\"so\"\"?\",So.\n".to_vec()),
        ("a.tsv", b"question\tanswer\nWhy?\tSo.\n".to_vec()),
        ("a.ipynb", br###"{"cells":[{"cell_type":"markdown","source":["## Why?\n","So."]}]}"###.to_vec()),
        ("a.docx", archive(&[("word/document.xml", 0, docx)])),
        ("a.odt", archive(&[("content.xml", 0, odt)])),
        ("a.epub", archive(&[("META-INF/container.xml", 0, container), ("p", 0, package), ("a", 0, b"<h2>Why?</h2>")])),
    ] {
        let whole = split(&Guide::from_bytes(path, &bytes));
        assert!(whole.iter().any(|document| document.question.starts_with("Wh")), "{path}");
        for at in 0..bytes.len() {
            for damage in [0x00, b'\n', b'"', b'9', 0xff, bytes[at] ^ 0x20] {
                let mut damaged = bytes.clone();
                damaged[at] = damage;
                split(&Guide::from_bytes(path, &damaged));
            }
            split(&Guide::from_bytes(path, &bytes[..at]));
        }
    }
}
