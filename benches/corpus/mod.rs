//! Guides made up by a fixed rule, so that every run measures the same text, at any size.
//!
//! They have all that matters to a search: few words are most of the text, and most words are rare; a
//! question and its answer share a topic; guides have tags, a level, sections, lists and code. The
//! words mean nothing. A guide depends on its number only, so the first 250 guides of 5,000 are those
//! of a collection of 250.

#![allow(
    dead_code,
    reason = "each bench is compiled with its own copy, and uses a part of it"
)]

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

/// The questions in a guide of a collection.
pub(crate) const IN_A_GUIDE: usize = 40;

/// The most frequent words, most frequent first; all others are made up by [`made_up`].
const WORDS: [&str; 127] = [
    "the", "a", "of", "is", "to", "and", "in", "it", "that", "for", "with", "are", "not", "by",
    "which", "when", "be", "on", "one", "as", "can", "an", "at", "than", "from", "only", "each",
    "all", "other", "because", "before", "thread", "value", "memory", "table", "request",
    "process", "function", "server", "data", "time", "lock", "query", "object", "client", "index",
    "cache", "type", "state", "key", "list", "call", "read", "write", "queue", "page", "error",
    "service", "node", "event", "string", "test", "message", "file", "branch", "commit", "stack",
    "pool", "schema", "socket", "packet", "buffer", "kernel", "module", "package", "compiler",
    "pointer", "closure", "iterator", "producer", "handler", "session", "token", "cluster",
    "replica", "leader", "shard", "rollback", "snapshot", "deadlock", "timeout", "retry",
    "latency", "traffic", "sandbox", "image", "volume", "network", "address", "route", "proxy",
    "header", "cookie", "secret", "checksum", "hash", "tree", "graph", "vertex", "edge", "sort",
    "search", "depth", "subclass", "protocol", "trait", "lifetime", "garbage", "sweeper",
    "planner", "fiber", "promise", "callback", "template", "overload", "fault", "logging",
];

/// The number of words, as a power of two.
const OCTAVES: usize = 16;

/// The first words of topics; the second is one of [`THINGS`].
const SORTS: [&str; 32] = [
    "thread", "hash", "query", "message", "shared", "binary", "linked", "virtual", "static",
    "dynamic", "abstract", "lazy", "eager", "atomic", "nested", "sorted", "sparse", "remote",
    "local", "global", "circular", "weak", "strong", "ordered", "pending", "primary", "foreign",
    "compound", "partial", "frozen", "parallel", "sharded",
];

const THINGS: [&str; 32] = [
    "pool", "table", "planner", "queue", "memory", "search", "list", "machine", "method", "typing",
    "class", "loading", "matching", "counter", "loop", "index", "array", "call", "variable",
    "state", "buffer", "pointer", "snapshot", "lock", "key", "join", "order", "view", "stream",
    "cache", "tree", "barrier",
];

const LEVELS: [&str; 3] = ["junior", "mid", "senior"];

/// A source of numbers that repeats itself from the same seed: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 32) as usize % limit
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// Returns a word by Zipf's law, which has the n-th most frequent word n times as seldom as the
    /// first: the first, the next two, the next four and so on are equally frequent together.
    fn word(&mut self) -> String {
        let octave = self.below(OCTAVES);
        let rank = (1 << octave) - 1 + self.below(1 << octave);
        WORDS
            .get(rank)
            .map_or_else(|| made_up(rank), |word| (*word).to_owned())
    }

    fn words(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| self.word())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn topic(&mut self) -> String {
        format!("{} {}", self.one_of(&SORTS), self.one_of(&THINGS))
    }
}

/// Returns the word of that rank: three syllables, and an `s` for every other one.
fn made_up(rank: usize) -> String {
    const SYLLABLES: [&str; 32] = [
        "ba", "co", "de", "fi", "ga", "hu", "jo", "ke", "la", "mo", "ne", "pi", "qua", "ro", "su",
        "ta", "ul", "ve", "wi", "xe", "yo", "zi", "ar", "el", "in", "os", "un", "bo", "ce", "di",
        "fu", "go",
    ];
    // Neighbours shall not share their beginning: an odd factor only reorders the words.
    let mixed = rank * 40_503 % (1 << OCTAVES);
    let syllable = |place: usize| SYLLABLES[mixed >> (5 * place) & 31];
    let end = if mixed >> 15 == 1 { "s" } else { "" };
    format!("{}{}{}{end}", syllable(0), syllable(1), syllable(2))
}

/// The layout of the questions in a guide.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Layout {
    /// A heading for each, below headings of sections.
    Headings,
    /// Numbered lines of plain text.
    NumberedLines,
    /// `<details>` whose summary asks.
    Details,
    /// A saved page of headings.
    Html,
}

/// A part of an answer.
enum Part {
    Prose(String),
    List(Vec<String>),
    Code(String),
}

/// Returns the guides of a collection with so many questions: their paths, and their texts.
pub(crate) fn collection(questions: usize) -> impl Iterator<Item = (String, String)> {
    (0..questions.div_ceil(IN_A_GUIDE)).map(move |number| {
        let path = format!("part-{:03}/guide-{number:05}.md", number / 100);
        let asked = IN_A_GUIDE.min(questions - number * IN_A_GUIDE);
        (path, guide(Layout::Headings, number as u64, asked))
    })
}

/// Writes the guides of [`collection`] to a folder, as if long ago: an update looks closer at files
/// that were written just before it.
pub(crate) fn write(folder: &Path, questions: usize) -> io::Result<()> {
    for (path, text) in collection(questions) {
        let path = folder.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut file = File::create(path)?;
        file.write_all(text.as_bytes())?;
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1_000_000_000))?;
    }
    Ok(())
}

/// Returns the text of the guide of that number, with so many questions of about 800 bytes.
pub(crate) fn guide(layout: Layout, number: u64, questions: usize) -> String {
    let mut numbers = Numbers(number);
    let mut text = beginning(layout, &mut numbers);
    for count in 1..=questions {
        if matches!(layout, Layout::Headings) && count % 10 == 1 {
            text.push_str(&format!(
                "## Part {}: {}\n\n",
                count / 10 + 1,
                numbers.topic()
            ));
        }
        let topic = numbers.topic();
        let question = question(&topic, &mut numbers);
        let parts = answer(&topic, &mut numbers);
        let answer: String = parts.iter().map(|part| laid_out(layout, part)).collect();
        text.push_str(&match layout {
            Layout::Headings => format!("### {question}\n\n{answer}"),
            Layout::NumberedLines => format!("{count}. {question}\n{answer}"),
            Layout::Details => {
                format!("<details>\n<summary><b>{question}</b></summary>\n\n{answer}</details>\n\n")
            }
            Layout::Html => format!("<h2>{question}</h2>\n{answer}"),
        });
    }
    text
}

/// Returns what stands before the questions: where the layout has it, front matter.
fn beginning(layout: Layout, numbers: &mut Numbers) -> String {
    let title = format!("Questions about {}", numbers.topic());
    let tags = [numbers.one_of(&THINGS), numbers.one_of(&THINGS)].join(", ");
    let level = numbers.one_of(&LEVELS);
    match layout {
        Layout::Headings | Layout::Details => {
            format!("---\ntitle: {title}\ntags: [{tags}]\nlevel: {level}\n---\n\n# {title}\n\n")
        }
        Layout::NumberedLines => String::new(),
        Layout::Html => format!("<html><head><title>{title}</title></head><body>\n"),
    }
}

fn question(topic: &str, numbers: &mut Numbers) -> String {
    let words = numbers.words(2);
    match numbers.below(4) {
        0 => format!("What is a {topic}, and how does it differ from {words}?"),
        1 => format!("How does a {topic} work with {words}?"),
        2 => format!("When would you use a {topic} for {words}?"),
        _ => format!("Why is a {topic} better than {words}?"),
    }
}

/// Returns an answer: prose that names the topic, then for some a list, for some code.
fn answer(topic: &str, numbers: &mut Numbers) -> Vec<Part> {
    let mut parts = vec![Part::Prose(format!(
        "A {topic} is {}. {}.",
        numbers.words(24),
        sentence(numbers, 18),
    ))];
    if numbers.below(2) == 0 {
        let item = |_| format!("{}: {}", numbers.word(), numbers.words(9));
        parts.push(Part::List((0..3).map(item).collect()));
    }
    if numbers.below(3) == 0 {
        let (called, name) = (numbers.one_of(&SORTS), numbers.one_of(&THINGS));
        parts.push(Part::Code(format!(
            "{name} = {called}_{name}({})\nreturn {name}.get(0)\n",
            numbers.words(2).replace(' ', ", "),
        )));
    }
    parts.push(Part::Prose(format!(
        "{}. {}, as the {topic} does.",
        sentence(numbers, 30),
        sentence(numbers, 20),
    )));
    parts
}

fn sentence(numbers: &mut Numbers, words: usize) -> String {
    format!("Its {}", numbers.words(words))
}

fn laid_out(layout: Layout, part: &Part) -> String {
    let lines = |items: &[String], before: &str, after: &str| -> String {
        items
            .iter()
            .map(|item| format!("{before}{item}{after}\n"))
            .collect()
    };
    match (layout, part) {
        (Layout::Html, Part::Prose(text)) => format!("<p>{text}</p>\n"),
        (Layout::Html, Part::List(items)) => {
            format!("<ul>\n{}</ul>\n", lines(items, "<li>", "</li>"))
        }
        (Layout::Html, Part::Code(code)) => format!("<pre><code>{code}</code></pre>\n"),
        (Layout::NumberedLines, Part::Prose(text)) => format!("{text}\n"),
        (Layout::NumberedLines, Part::List(items)) => lines(items, "- ", ""),
        (Layout::NumberedLines, Part::Code(code)) => {
            code.lines().map(|line| format!("    {line}\n")).collect()
        }
        (_, Part::Prose(text)) => format!("{text}\n\n"),
        (_, Part::List(items)) => format!("{}\n", lines(items, "- ", "")),
        (_, Part::Code(code)) => format!("```python\n{code}```\n\n"),
    }
}
