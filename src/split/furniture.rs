//! Furniture: lines of a guide that are no document's text, each in a named class.

use std::collections::HashMap;

use super::words;
use crate::guide::{Block, BlockKind};

/// What a line is, that is no document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Furniture {
    /// An entry of a contents list, or the list's title.
    Contents,
    /// "Back to top" and its like.
    Navigation,
    /// What a page holds besides its text: share buttons, teasers, "5 min read".
    Litter,
    /// A label that says what follows: "Answer:", "Difficulty: Mid".
    Label,
    /// Rules, tags, comments, imports.
    Markup,
}

/// Titles of contents lists.
const CONTENTS_TITLES: &[&str] = &[
    "table of contents",
    "contents",
    "toc",
    "content",
    "index",
    "on this page",
    "in this article",
    "list of contents",
    "table of content",
    "jump to",
    "目录",
    "目錄",
    "содержание",
    "índice",
    "sommaire",
    "inhaltsverzeichnis",
];

/// Lines that lead elsewhere in the page.
const NAVIGATION: &[&str] = &[
    "back to top",
    "back to the top",
    "back to contents",
    "back to table of contents",
    "go to top",
    "top",
    "return to top",
    "scroll to top",
    "back to index",
    "to top",
    "move to top",
    "table of contents",
    "back",
];

/// Lines that pages have around their text.
const LITTER: &[&str] = &[
    "read more",
    "read full story",
    "read the full story",
    "read the full article",
    "continue reading",
    "share",
    "share this",
    "share this article",
    "share this post",
    "share on twitter",
    "tweet",
    "share on facebook",
    "share on linkedin",
    "copy link",
    "subscribe",
    "sign up",
    "sign in",
    "log in",
    "login",
    "skip to content",
    "skip to main content",
    "advertisement",
    "sponsored",
    "loading",
    "menu",
    "search",
    "related posts",
    "related articles",
    "accept cookies",
    "accept all cookies",
    "follow us",
    "print",
    "edit this page",
];

/// Lines in whose place a page shows the answer on a click.
const ANSWER_BUTTONS: &[&str] = &[
    "view answer",
    "view answers",
    "view contents",
    "show contents",
    "show answer",
    "show answers",
    "hide answer",
    "see answer",
    "answer",
    "answers",
    "answer below",
    "solution",
    "show solution",
    "view solution",
    "click to expand",
    "click to reveal",
    "reveal answer",
    "show",
    "expand",
];

/// First words of the line that announces a teaser for another page.
const TEASERS: &[&str] = &[
    "more about",
    "related",
    "see also",
    "also read",
    "read also",
    "you may also like",
    "recommended",
];

/// Names of the columns of a table of questions.
const COLUMNS: &[&str] = &[
    "",
    "no",
    "s no",
    "sno",
    "id",
    "nr",
    "q",
    "a",
    "question",
    "questions",
    "answer",
    "answers",
    "interview question",
    "explanation",
];

/// How many lines a teaser has between its announcement and its "read more".
const MAX_TEASER: usize = 5;

/// Says for every block whether it is furniture, and of which class.
pub(crate) fn classify(blocks: &[Block]) -> Vec<Option<Furniture>> {
    let mut classes: Vec<Option<Furniture>> = blocks.iter().map(of_line).collect();
    mark_anchor_lists(blocks, &mut classes);
    mark_titled_contents(blocks, &mut classes);
    mark_repeated_lists(blocks, &mut classes);
    mark_teasers(blocks, &mut classes);
    mark_column_names(blocks, &mut classes);
    classes
}

/// Returns the class of a line that shows it by itself.
fn of_line(block: &Block) -> Option<Furniture> {
    match block.kind {
        BlockKind::Markup => return is_droppable(&block.text).then_some(Furniture::Markup),
        BlockKind::Code => return None,
        _ => {}
    }
    if block.text.len() > 60 && block.linked == 0 {
        return is_import(block).then_some(Furniture::Markup);
    }
    let line = words::normalized(&block.text);
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    let is_top_link = block.anchored > 0 && NAVIGATION.contains(&line.as_str());
    let has_arrow = block.text.starts_with(words::is_ornament);
    if is_top_link
        || NAVIGATION.contains(&line.as_str())
            && !is_heading
            && (line != "top" || has_arrow)
            && line != "table of contents"
    {
        Some(Furniture::Navigation)
    } else if LITTER.contains(&line.as_str()) && !is_heading || is_reading_time(&line) {
        Some(Furniture::Litter)
    } else if labelled_level(block).is_some() {
        Some(Furniture::Label)
    } else if ANSWER_BUTTONS.contains(&line.as_str())
        && (block.summary.is_some() || line != "show" && line != "expand")
    {
        Some(Furniture::Label)
    } else if is_import(block) {
        Some(Furniture::Markup)
    } else {
        None
    }
}

/// Returns the level that a line such as "Difficulty: Mid" names, if that is all it says.
pub(crate) fn labelled_level(block: &Block) -> Option<&'static str> {
    const NAMES: &[&str] = &[
        "difficulty",
        "level",
        "seniority",
        "complexity",
        "difficulty level",
        "seniority level",
    ];
    let (name, value) = block.text.split_once([':', '-', '–'])?;
    let is_short = value.split_whitespace().count() <= 3;
    let is_level = is_short && NAMES.contains(&words::normalized(name).as_str());
    is_level.then(|| words::level(value.trim()))?
}

/// Returns whether a line of markup means nothing in an answer: a rule, a comment, tags that only
/// group. The delimiter row of a table and the definition of a link do.
fn is_droppable(line: &str) -> bool {
    let is_rule = line.len() >= 3
        && line
            .bytes()
            .all(|b| matches!(b, b'-' | b'*' | b'_' | b' ' | b'='));
    let mut rest = line;
    while let Some(tag) = rest.strip_prefix('<') {
        let Some(end) = tag.find('>') else {
            return tag.starts_with('!');
        };
        let name = tag.trim_start_matches('/').to_ascii_lowercase();
        let name = &name[..name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len())];
        let groups = matches!(name, "details" | "summary" | "p" | "br" | "hr" | "div" | "center" | "a" | "b" | "span" | "section" | "article" | "strong")
            || tag.starts_with('!')
            // A component of MDX.
            || tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_uppercase());
        if !groups {
            return false;
        }
        rest = tag[end + 1..].trim_start();
    }
    is_rule || rest.is_empty() || rest.ends_with("-->")
}

/// Returns whether a line is an `import` or `export` of MDX.
fn is_import(block: &Block) -> bool {
    let text = block.text.as_str();
    block.kind == BlockKind::Paragraph
        && block.depth == 0
        && (text.starts_with("import ")
            && text.contains(" from ")
            && text.ends_with([';', '\'', '"'])
            || text.starts_with("export const ")
            || text.starts_with("export default "))
}

fn is_reading_time(line: &str) -> bool {
    let mut words = line.split(' ');
    let number = words
        .next()
        .is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty());
    number
        && matches!(
            (words.next(), words.next(), words.next()),
            (
                Some("min" | "mins" | "minute" | "minutes"),
                Some("read"),
                None
            )
        )
}

/// Returns whether most of the block is a link into the guide.
fn is_anchor(block: &Block) -> bool {
    block.anchored > 0 && block.anchored * 10 >= block.text.len() * 7
        || block.kind == BlockKind::Row && block.anchored * 2 >= block.text.len()
}

/// Lists, tables and lines whose entries are links into the guide are contents.
fn mark_anchor_lists(blocks: &[Block], classes: &mut [Option<Furniture>]) {
    let mut run: Vec<usize> = Vec::new();
    for at in 0..=blocks.len() {
        let block = blocks.get(at);
        let goes_on = block
            .is_some_and(|block| is_anchor(block) && !matches!(block.kind, BlockKind::Heading(_)));
        let is_between = block.is_some_and(|block| block.kind == BlockKind::Markup);
        if goes_on {
            run.push(at);
        } else if !is_between {
            if run.len() > 1 {
                mark_contents(blocks, classes, &run);
            }
            run.clear();
        }
    }
}

fn mark_contents(blocks: &[Block], classes: &mut [Option<Furniture>], entries: &[usize]) {
    for &at in entries {
        classes[at] = Some(Furniture::Contents);
    }
    // The head of a contents table, and the title above the list.
    let Some(mut above) = entries.first().copied() else {
        return;
    };
    while let Some(before) = above.checked_sub(1) {
        let is_head =
            blocks[before].kind == BlockKind::Row && blocks[above].kind != BlockKind::Paragraph;
        if blocks[before].kind != BlockKind::Markup
            && !is_head
            && !is_contents_title(&blocks[before])
        {
            break;
        }
        classes[before] = Some(if blocks[before].kind == BlockKind::Markup {
            Furniture::Markup
        } else {
            Furniture::Contents
        });
        above = before;
    }
}

fn is_contents_title(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Code | BlockKind::Markup)
        && CONTENTS_TITLES.contains(&words::normalized(&block.text).as_str())
}

/// What stands below a title such as "Table of contents" is contents: a list or table whether its
/// entries are links or not, and a whole section whose entries are links into the guide.
fn mark_titled_contents(blocks: &[Block], classes: &mut [Option<Furniture>]) {
    for at in 0..blocks.len() {
        if !is_contents_title(&blocks[at]) {
            continue;
        }
        let is_entry = |block: &Block| {
            matches!(
                block.kind,
                BlockKind::Item | BlockKind::Row | BlockKind::Markup
            )
        };
        let list = blocks[at + 1..]
            .iter()
            .take_while(|block| is_entry(block))
            .count();
        let length = list.max(linked_section(blocks, at));
        if length > 0 {
            classes[at..=at + length].fill(Some(Furniture::Contents));
        }
    }
}

/// Returns the length of the section below the heading `at` if its entries are links into the
/// guide, under headings of their own or not.
fn linked_section(blocks: &[Block], at: usize) -> usize {
    let BlockKind::Heading(level) = blocks[at].kind else {
        return 0;
    };
    let ends = |block: &Block| matches!(block.kind, BlockKind::Heading(other) if other <= level);
    let length = blocks[at + 1..]
        .iter()
        .take_while(|block| !ends(block))
        .count();
    let section = &blocks[at + 1..=at + length];
    let entries = section.iter().filter(|block| {
        matches!(
            block.kind,
            BlockKind::Item | BlockKind::Row | BlockKind::Paragraph
        )
    });
    let anchors = entries.clone().filter(|block| is_anchor(block)).count();
    let entries = entries.filter(|block| block.summary.is_none()).count();
    if anchors > 1 && anchors * 10 >= entries * 8 {
        length
    } else {
        0
    }
}

/// How many entries a bare list of what follows has at least.
const MIN_REPEATED: usize = 3;

/// Lines in a row that stand again further down, one by one, are contents: the bare list of the
/// questions that are answered below.
fn mark_repeated_lists(blocks: &[Block], classes: &mut [Option<Furniture>]) {
    let lines: Vec<String> = blocks
        .iter()
        .map(|block| match block.kind {
            BlockKind::Code | BlockKind::Markup => String::new(),
            _ => title_words(&block.text),
        })
        .collect();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        last.insert(line, at);
    }
    let mut run: Vec<usize> = Vec::new();
    let mut strangers = 0;
    for at in 0..=blocks.len() {
        let line = lines.get(at).map_or("", String::as_str);
        let is_heading = at < blocks.len() && matches!(blocks[at].kind, BlockKind::Heading(_));
        // The copy must stand below the whole list, not just on the next line.
        let is_repeated = !line.is_empty() && !is_heading && last[line] > at + MIN_REPEATED;
        if is_repeated {
            run.push(at);
            strangers = 0;
            continue;
        }
        let is_markup = at < blocks.len() && blocks[at].kind == BlockKind::Markup;
        strangers += usize::from(!is_markup);
        // One entry in a row may have been worded otherwise below.
        let is_tolerable = at < blocks.len() && strangers <= 1 && line.len() < 200 && !is_heading;
        if run.is_empty() || is_markup || is_tolerable {
            continue;
        }
        mark_if_repeated(blocks, classes, &run, &last, &lines);
        run.clear();
        strangers = 0;
    }
}

/// Marks a run of repeated lines, unless what is between them says that they are answered here.
fn mark_if_repeated(
    blocks: &[Block],
    classes: &mut [Option<Furniture>],
    run: &[usize],
    last: &HashMap<&str, usize>,
    lines: &[String],
) {
    let (Some(&first), Some(&end)) = (run.first(), run.last()) else {
        return;
    };
    let is_dense = run.len() * 10 >= (end - first + 1) * 7;
    let is_below = run.iter().all(|&at| last[lines[at].as_str()] > end);
    if run.len() < MIN_REPEATED || !is_dense || !is_below {
        return;
    }
    let entries: Vec<usize> = (first..=end)
        .filter(|&at| blocks[at].kind != BlockKind::Markup)
        .collect();
    mark_contents(blocks, classes, &entries);
}

/// Returns a line's words without its number or label.
fn title_words(text: &str) -> String {
    if text.len() > 300 {
        return String::new();
    }
    words::normalized(words::without_tail(&text[words::label(text).rest..]))
}

/// A teaser for another page goes from its announcement to its "read more".
fn mark_teasers(blocks: &[Block], classes: &mut [Option<Furniture>]) {
    for at in 0..blocks.len() {
        if classes[at] != Some(Furniture::Litter) {
            continue;
        }
        let from = at.saturating_sub(MAX_TEASER);
        let announces = |block: &Block| {
            let line = words::normalized(&block.text);
            TEASERS.iter().any(|teaser| line.starts_with(teaser))
        };
        if let Some(start) = (from..at)
            .find(|&before| blocks[before].text.ends_with(':') && announces(&blocks[before]))
        {
            classes[start..at].fill(Some(Furniture::Litter));
        }
    }
}

/// The names of a question table's columns, and the rule below them, are labels.
fn mark_column_names(blocks: &[Block], classes: &mut [Option<Furniture>]) {
    for at in 0..blocks.len().saturating_sub(1) {
        let is_name = |cell: &str| COLUMNS.contains(&words::normalized(cell).as_str());
        let is_head = blocks[at].kind == BlockKind::Row && blocks[at + 1].kind == BlockKind::Markup;
        if is_head && blocks[at].text.split('\t').all(is_name) {
            classes[at..=at + 1].fill(Some(Furniture::Label));
        }
    }
}
