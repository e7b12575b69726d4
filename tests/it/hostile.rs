//! Content that means harm, or looks like it: it is read within bounds, and a warning names the parts
//! that are not read.

use std::{
    fs::{self, File},
    path::Path,
    sync::{
        LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use hotseat::{Error, Guide, Index, QaDocument, Query, UpdateSummary, split};
use proptest::prelude::*;

use crate::helper::{Dir, questions};

/// The most processor time that reading one guide may take, and the size of large ones. Most take a
/// hundredth of it; what is quadratic takes minutes.
const LONGEST: Duration = Duration::from_secs(20);
const LARGE: usize = if cfg!(debug_assertions) {
    1 << 15
} else {
    1 << 20
};

/// Returns the processor time of this thread, which does not depend on what else the machine does;
/// where it is not told, the time of day.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Reads and splits a guide on a small stack, as threads of other programs have.
fn read(path: &str, bytes: &[u8]) -> (Guide, Vec<QaDocument>) {
    let read = || {
        let began = processor_time();
        let guide = Guide::from_bytes(path, bytes);
        let documents = split(&guide);
        (guide, documents, processor_time() - began)
    };
    let (guide, documents, took) = thread::scope(|scope| {
        let small = thread::Builder::new().stack_size(2 << 20);
        small.spawn_scoped(scope, read).unwrap().join().unwrap()
    });
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
    println!("{took:?} for {} bytes {start:?}", bytes.len());
    assert!(took < LONGEST, "{took:?} for {start:?}");
    (guide, documents)
}

fn update(dir: &Dir) -> UpdateSummary {
    Index::open_or_create(dir.index())
        .unwrap()
        .update(dir.content())
        .unwrap()
}

fn warnings(update: &UpdateSummary) -> Vec<String> {
    update.warnings.iter().map(ToString::to_string).collect()
}

const GOOD: &str = "## What is good?\n\nThe opposite of evil.\n";

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_passed_over() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let dir = Dir::new(&[("good.md", GOOD), ("folder/good.md", GOOD)]);
    let content = dir.content();
    symlink(&content, content.join("folder/loop")).unwrap();
    symlink("loop2.md", content.join("loop2.md")).unwrap();
    symlink("/etc/hostname", content.join("out.md")).unwrap();
    symlink("/dev/zero", content.join("zero.md")).unwrap();
    symlink("/", content.join("root")).unwrap();
    let _socket = UnixListener::bind(content.join("socket.md")).unwrap();
    let fifo = std::process::Command::new("mkfifo")
        .arg(content.join("fifo.md"))
        .status();
    assert!(fifo.unwrap().success());
    fs::create_dir(content.join("folder.md")).unwrap();
    let update = update(&dir);
    assert_eq!((update.added, update.documents, update.skipped), (2, 2, 7));
    let named: Vec<&str> = update.warnings.iter().map(|w| w.guide.as_str()).collect();
    let expected = [
        "fifo.md",
        "folder/loop",
        "loop2.md",
        "out.md",
        "root",
        "socket.md",
        "zero.md",
    ];
    assert_eq!(named, expected);
}

#[cfg(unix)]
#[test]
fn a_file_or_folder_that_may_not_be_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Dir::new(&[
        ("good.md", GOOD),
        ("secret.md", GOOD),
        ("closed/x.md", GOOD),
    ]);
    let forbid = |name: &str, mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(dir.content().join(name), permissions).unwrap();
    };
    forbid("secret.md", 0o000);
    forbid("closed", 0o000);
    // To the administrator nothing is forbidden.
    let is_forbidden = File::open(dir.content().join("secret.md")).is_err();
    let update = update(&dir);
    forbid("closed", 0o755);
    if is_forbidden {
        assert_eq!((update.added, update.skipped), (1, 2));
        let denied = [
            "closed: cannot be read: Permission denied",
            "secret.md: cannot be read: Permission denied",
        ];
        for (warning, denied) in warnings(&update).iter().zip(denied) {
            assert!(warning.starts_with(denied), "{warning}");
        }
    }
}

#[cfg(unix)]
#[test]
fn folders_of_any_depth_are_walked_as_far_as_the_system_can_name_them() {
    let dir = Dir::new(&[("good.md", GOOD)]);
    let deep = "d/".repeat(1_500);
    dir.write(&format!("{deep}deep.md"), GOOD);
    // Deeper than the longest path: made, and removed, step by step.
    let made = std::process::Command::new("sh")
        .args(["-c", "i=0; while [ $i -lt 300 ]; do mkdir long-folder-name && cd -P long-folder-name || exit 1; i=$((i+1)); done; echo > x.md"])
        .current_dir(dir.content())
        .status();
    let is_too_deep = made.unwrap().success();
    let update = update(&dir);
    assert_eq!(update.documents, 2);
    assert_eq!(
        update.skipped,
        usize::from(is_too_deep && cfg!(target_os = "linux")),
        "{:?}",
        warnings(&update)
    );
}

#[test]
fn files_that_come_and_go_meanwhile_do_no_harm() {
    let dir = Dir::new(&[("good.md", GOOD)]);
    let index = Index::open_or_create(dir.index()).unwrap();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for i in 0.. {
                let name = format!("folder{}/{}.md", i % 3, i % 10);
                dir.write(&name, &GOOD.repeat(i % 50));
                if i % 2 == 0 {
                    dir.remove(&name);
                }
                if i % 7 == 0 {
                    fs::remove_dir_all(dir.content().join(format!("folder{}", i % 3)))
                        .unwrap_or_default();
                }
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        for _ in 0..10 {
            let update = index.update(dir.content());
            assert!(update.is_ok(), "{update:?}");
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert!(questions(&index, "good").contains(&"What is good?".to_owned()));
}

#[test]
fn a_huge_file_is_not_read() {
    let dir = Dir::new(&[("good.md", GOOD)]);
    let huge = File::create(dir.content().join("huge.md")).unwrap();
    huge.set_len(1 << 30).unwrap();
    let update = update(&dir);
    assert_eq!(
        warnings(&update),
        ["huge.md: is larger than 16 MiB, so it was skipped"]
    );
    assert_eq!(update.documents, 1);
    let read = Guide::read(dir.content().join("huge.md"), "huge.md");
    assert!(matches!(read, Err(Error::GuideTooLarge { .. })));
}

#[test]
fn a_guide_may_be_in_any_encoding() {
    let text = "## What is naïve?\r\n\r\nCafé — “quoted”.\r\n";
    let utf16 =
        |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(unit).collect() };
    let (little, big) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
    let latin: Vec<u8> = "## What is naïve?\n\nCafé.\n"
        .chars()
        .map(|c| c as u8)
        .collect();
    let cases: [(&str, Vec<u8>, bool); 7] = [
        ("UTF-8", text.into(), false),
        (
            "UTF-8 with a mark",
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            false,
        ),
        (
            "UTF-16LE with a mark",
            [b"\xff\xfe", little.as_slice()].concat(),
            false,
        ),
        (
            "UTF-16BE with a mark",
            [b"\xfe\xff", big.as_slice()].concat(),
            false,
        ),
        ("UTF-16LE", little, true),
        ("UTF-16BE", big, true),
        ("Latin-1", latin, true),
    ];
    for (encoding, bytes, is_guessed) in cases {
        let (guide, documents) = read("a.md", &bytes);
        assert_eq!(documents[0].question, "What is naïve?", "{encoding}");
        assert!(documents[0].answer.starts_with("Café"), "{encoding}");
        let warned = guide
            .warnings
            .iter()
            .any(|w| w.guide == "a.md" && w.message.contains("not UTF-8"));
        assert_eq!(warned, is_guessed, "{encoding}");
    }
}

#[test]
fn odd_characters_and_line_ends_are_read() {
    let (_, documents) = read("a.md", b"## What is \0NUL?\n\nA char\0acter.\n");
    assert_eq!(documents.len(), 1);
    let (_, documents) = read(
        "a.md",
        b"# A\r\r## What is CR?\r\rAn old line end.\r\r## What is LF?\r\rA new one.\r",
    );
    let lines: Vec<usize> = documents.iter().map(|document| document.line).collect();
    assert_eq!(lines, [3, 7]);
}

/// Text of `size` bytes.
fn repeated(text: &str, size: usize) -> String {
    text.repeat(size / text.len())
}

#[test]
fn front_matter_bombs_are_defused() {
    let laughs: String = (1..30)
        .map(|i| {
            format!(
                "a{i}: &a{i} [{}]\n",
                vec![format!("*a{}", i - 1); 9].join(",")
            )
        })
        .collect();
    let blocks: String = (0..300).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    let keys: String = (0..20_000).map(|i| format!("k{i}: {i}\n")).collect();
    let many_tags: Vec<String> = (0..LARGE).map(|i| format!("t{i}")).collect();
    let few_tags: Vec<String> = (0..9_000).map(|i| format!("t{i}")).collect();
    let cases = [
        format!("a0: &a0 [lol]\n{laughs}tags: *a29\n"),
        format!("tags: {}\n", "[".repeat(100_000)),
        format!("tags: {}\n", "[".repeat(999)),
        format!("tags: {}\n", "{a: ".repeat(999)),
        blocks,
        format!("tags: a\n{}\n", repeated("- ", 60_000)),
        format!("tags:\n  {}\n", repeated("- ", 60_000)),
        format!("tags:\n  {}x\n", repeated("? ", 60_000)),
        format!("tags: {}x\n", repeated("!a ", 60_000)),
        format!("tags: {}x\n", repeated("&a ", 60_000)),
        format!("tags: \"{}\n", repeated("\\", 60_000)),
        format!("tags: |\n{}", repeated("\n", 60_000)),
        format!("title: {}\n", repeated("x", 60_000)),
        "title: a\ntitle: b\ntags: [x]\ntags: [y]\n".to_owned(),
        "title: 2024-01-01\ntags: {a: 1, b: [2, {c: 3}]}\nlevel: ~\ndraft: maybe\ncategory: 1e999\n".to_owned(),
        "title: !!binary aGk=\ntags: !!set {a, b}\n? [a, b]\n: c\n<<: {x: y}\n1: 2\n~: 3\n".to_owned(),
        "tags: 99999999999999999999999999999999\ntitle: .nan\n".to_owned(),
        keys,
        format!("tags: [{}]\n", few_tags.join(",")),
        format!("tags: [{}]\n", many_tags.join(",")),
        format!("tags: {}\n", many_tags.join(", ")),
        format!("tags:\n{}", many_tags.iter().map(|tag| format!("- {tag}\n")).collect::<String>()),
        format!("title: {}\n", repeated("x", 10 * LARGE)),
        repeated("x: y\n", 10 * LARGE),
    ];
    for metadata in &cases {
        let text = format!("---\n{metadata}---\n\n{}", GOOD.repeat(1_000));
        let (_, documents) = read("a.md", text.as_bytes());
        assert_eq!(documents.len(), 1_000, "{:.40}", metadata);
        let carried: usize = documents.iter().map(carried).sum();
        assert!(carried < 200 * LARGE, "{carried} {metadata:.40}");
    }
    let tables = [
        format!("title = \"a\"\n[{}a]", repeated("a.", 60_000)),
        format!("title = \"a\"\n{}a = 1", repeated("a.", 60_000)),
        format!("a = {}", "[".repeat(999)),
        format!("a = {}", "{a=".repeat(999)),
    ];
    for metadata in &tables {
        let (guide, documents) = read("a.md", format!("+++\n{metadata}\n+++\n\n{GOOD}").as_bytes());
        assert_eq!(
            (documents.len(), guide.warnings.len()),
            (1, 1),
            "{metadata:.40}"
        );
    }
}

/// Returns how many bytes a document has beside its question and answer.
fn carried(document: &QaDocument) -> usize {
    let texts = document
        .tags
        .iter()
        .chain(&document.sections)
        .chain([&document.guide_title]);
    texts.map(|text| text.len() + size_of::<String>()).sum()
}

#[test]
fn bombs_of_markup_are_defused() {
    let backticks: String = (1..1_500)
        .map(|i| format!("{} a ", "`".repeat(i)))
        .collect();
    let columns = format!(
        "{}\n{}\n{}",
        repeated("|a", 20_000),
        repeated("|-", 20_000),
        repeated("|\n", 20_000)
    );
    let lists: String = (0..1_000)
        .map(|i| format!("{}- a\n", "  ".repeat(i)))
        .collect();
    let references: String = (0..20_000)
        .map(|i| format!("[a{i}]: http://x/{i} \"t\"\n"))
        .collect();
    let uses: String = (0..20_000).map(|i| format!("[a{i}] ")).collect();
    let long_section = format!("# {}\n\n", repeated("long ", LARGE));
    let cases = [
        repeated(">", LARGE),
        repeated("> ", LARGE),
        format!("{}a", repeated("- ", 100_000)),
        format!("{}a", repeated("1. ", 100_000)),
        repeated("[", LARGE),
        repeated("![", LARGE),
        repeated("[a](", LARGE),
        repeated("](", LARGE),
        repeated("*a ", LARGE),
        repeated("**a *", LARGE),
        repeated("_", LARGE),
        repeated("a**b", LARGE),
        repeated("~~", LARGE),
        repeated("<", LARGE),
        repeated("<!--", LARGE),
        repeated("<a b='", LARGE),
        repeated("<?", LARGE),
        repeated("<![CDATA[", LARGE),
        repeated("<div>", LARGE),
        repeated("<details><summary>What?</summary>\n", LARGE),
        repeated("<details>\n\n", LARGE),
        repeated("&", LARGE),
        repeated("&#x", LARGE),
        repeated("[^a]", LARGE),
        repeated("[^a]: b\n", LARGE),
        repeated("# What?\n", LARGE),
        repeated("- What?\n", LARGE),
        repeated("1. What is it?\n", LARGE),
        repeated("Q: what?\nA: that\n", LARGE),
        repeated("**What?**\n\n", LARGE),
        repeated("```\n", LARGE),
        repeated("~~~", LARGE),
        repeated("\t", LARGE),
        repeated(" \n", LARGE),
        repeated("\\", LARGE),
        repeated("---\n", LARGE),
        repeated("a\n===\n", LARGE),
        repeated("$$", LARGE),
        repeated("| a | b |\n", LARGE),
        repeated("e\u{301}", LARGE),
        backticks,
        columns,
        lists,
        references.clone() + &uses,
        repeated("word ", 10 * LARGE),
        repeated("w", 10 * LARGE),
        format!("## {}\n\nAn answer.\n", repeated("w ", 10 * LARGE)),
        format!("{long_section}{}", "## What?\n\nThat.\n\n".repeat(10_000)),
        format!("<html><body>{}", repeated("<div>", LARGE)),
        format!("<html><body>{}", repeated("<b><p>", 200_000)),
        format!("<html><body>{}", repeated("<table><td>", LARGE)),
        format!("<html><body>{}", repeated("<ul><li>What?", LARGE)),
        format!("<html><body>{}", repeated("<a href='x'>", LARGE)),
        format!("<html><body><p {}>", repeated("a=b ", LARGE)),
    ];
    for text in &cases {
        for path in ["a.md", "a.txt", "a.html", "a.rst", "a.adoc", "a.org"] {
            let (_, documents) = read(path, text.as_bytes());
            let carried: usize = documents.iter().map(carried).sum();
            assert!(carried < 200 * LARGE, "{carried} {:.40}", text);
        }
    }
}

/// An index of one question, to be asked much.
static INDEX: LazyLock<Index> =
    LazyLock::new(|| Index::in_memory(split(&Guide::parse("a.md", GOOD))).unwrap());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_a_guide(bytes in prop::collection::vec(any::<u8>(), 0..2_000), extension in "md|mdx|qmd|txt|html|xhtml|rst|adoc|org|json|jsonl|yaml|csv|tsv|ipynb|docx|odt|epub") {
        let path = format!("a.{extension}");
        let documents = split(&Guide::from_bytes(&path, &bytes));
        let index = Index::in_memory(documents.clone()).unwrap();
        prop_assert_eq!(index.documents().unwrap(), documents.len());
    }

    #[test]
    fn any_text_is_a_query(text in ".{0,200}", syntax in r#"[-"*:() a-zOR\[\]^~+\\/]{0,60}"#) {
        for query in [text, syntax] {
            let searched = INDEX.search(&Query::new(query));
            prop_assert!(searched.is_ok(), "{searched:?}");
        }
    }
}

/// The most processor time that a search of a query at the limits may take: it takes a hundredth.
const LONGEST_SEARCH: Duration = Duration::from_secs(2);

/// Searches, and asserts that it takes no longer than it may.
fn searched_in_time(query: &str) -> hotseat::Result<hotseat::Results> {
    let began = processor_time();
    let searched = INDEX.search(&Query::new(query));
    let took = processor_time() - began;
    assert!(took < LONGEST_SEARCH, "{took:?} for {query:.20}");
    searched
}

#[test]
fn a_query_over_a_bound_is_searched_in_part() {
    INDEX.search(&Query::new("good")).unwrap();
    let many: String = (0..65).map(|i| format!("w{i} ")).collect();
    let phrase = format!("\"{}\"", "w ".repeat(33));
    let queries = [
        "x".repeat(4097),
        "(".repeat(1_000_000),
        "a ".repeat(1_000_000),
        "\"".repeat(1_000_001),
        "-".repeat(1_000_000),
        "a OR ".repeat(100_000),
        "tag:".repeat(100_000),
        many,
        phrase,
    ];
    for query in queries {
        let results = searched_in_time(&query).unwrap();
        assert!(!results.notes.is_empty(), "{query:.20}");
    }
    for query in [
        "(".repeat(4_000),
        "-".repeat(4_000),
        "\"".repeat(4_000),
        "*".repeat(4_000),
        "a:".repeat(60),
    ] {
        searched_in_time(&query).unwrap();
    }
}

#[test]
fn a_missing_or_foreign_path_is_no_guide() {
    assert!(matches!(
        Guide::read(Path::new("/dev/zero"), "zero.md"),
        Err(Error::ReadGuide { .. })
    ));
    assert!(matches!(
        Guide::read(Path::new("/"), "root.md"),
        Err(Error::ReadGuide { .. })
    ));
}
