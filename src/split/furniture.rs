//! Furniture: lines of a guide that belong to no document, such as a table of contents or a share
//! button, each in a named class.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::{lexicon, metadata, words};
use crate::{
    guide::{Block, BlockKind},
    text::html_tokens::html_tag,
};

/// The kind of a line that belongs to no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Furniture {
    /// An entry of a contents list, or the list's title.
    Contents,
    /// "Back to top" and its like.
    Navigation,
    /// The parts of a page besides its text: share buttons, teasers, "5 min read".
    Litter,
    /// A label that says what follows: "Answer:", "Difficulty: Mid".
    Label,
    /// Rules, tags, comments, imports.
    Markup,
}

impl Furniture {
    /// Returns the class's name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Furniture::Contents => "contents",
            Furniture::Navigation => "navigation",
            Furniture::Litter => "litter",
            Furniture::Label => "label",
            Furniture::Markup => "markup",
        }
    }
}

/// The fewest bytes of an answer that a preview repeats.
const MIN_PREVIEW: usize = 20;

/// The most lines of a teaser between its announcement and its "read more".
const MAX_TEASER: usize = 5;

/// Says for every block whether it is furniture, and of which class.
pub(crate) fn classify(blocks: &[Block]) -> Vec<Option<Furniture>> {
    let mut classifier = Classifier {
        blocks,
        lines: blocks
            .iter()
            .map(|block| words::normalized(line(block, MAX_LABEL)))
            .collect(),
        classes: vec![None; blocks.len()],
    };
    classifier.mark_lines();
    classifier.mark_ways_back();
    classifier.mark_anchor_lists();
    classifier.mark_titled_contents();
    classifier.mark_repeated_lists();
    classifier.mark_teasers();
    classifier.mark_previews();
    classifier.mark_column_names();
    classifier.mark_slides();
    classifier.mark_turns();
    classifier.classes
}

/// The longest text, in bytes, that may be a title or a label.
const MAX_LINE: usize = 300;

/// Returns the text of a block that may be a title by its kind and its length of at most `longest`
/// bytes, else none.
fn line(block: &Block, longest: usize) -> &str {
    match block.kind {
        BlockKind::Code | BlockKind::Markup => "",
        _ if block.text.len() > longest => "",
        _ => &block.text,
    }
}

struct Classifier<'b> {
    blocks: &'b [Block],
    /// The blocks' words, normalized; empty for code, markup and what is too long for a label.
    lines: Vec<String>,
    classes: Vec<Option<Furniture>>,
}

impl Classifier<'_> {
    /// Marks the lines that show by themselves what they are.
    fn mark_lines(&mut self) {
        for at in 0..self.blocks.len() {
            self.classes[at] = of_line(&self.blocks[at], &self.lines[at]);
        }
    }

    /// A short line that is only a link into the guide, and stands there again and again, leads
    /// back to the top, in whatever language.
    fn mark_ways_back(&mut self) {
        let is_link = |block: &Block| {
            is_anchor(block) && block.kind == BlockKind::Paragraph && block.text.len() <= MAX_LABEL
        };
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let lines = self.blocks.iter().zip(&self.lines);
        for (_, line) in lines.filter(|(block, _)| is_link(block)) {
            *counts.entry(line).or_default() += 1;
        }
        for at in 0..self.blocks.len() {
            if is_link(&self.blocks[at]) && counts[self.lines[at].as_str()] >= MIN_REPEATED {
                self.classes[at] = Some(Furniture::Navigation);
            }
        }
    }

    /// Lists, tables and lines whose entries are links into the guide are contents.
    fn mark_anchor_lists(&mut self) {
        let mut run: Vec<usize> = Vec::new();
        // Whether nothing but titles stands between contents and here: one entry is enough in a part of them.
        let mut is_below_contents = false;
        for (at, block) in self.blocks.iter().enumerate() {
            let is_heading = matches!(block.kind, BlockKind::Heading(_));
            let is_furniture = self.classes[at].is_some();
            if is_anchor(block) && !is_heading && !is_furniture {
                run.push(at);
            } else if block.kind != BlockKind::Markup {
                let entries = std::mem::take(&mut run);
                match entries[..] {
                    [] => {}
                    [only] if is_below_contents && self.blocks[only].kind == BlockKind::Item => {
                        self.classes[only] = Some(Furniture::Contents);
                    }
                    _ => {
                        self.mark_contents(&entries);
                        is_below_contents = entries.len() > 1;
                    }
                }
                is_below_contents &= is_heading;
            }
        }
        self.mark_contents(&run);
    }

    /// Marks the entries of a contents list, if there are several, and what heads them: its title
    /// and the names of a table's columns.
    fn mark_contents(&mut self, entries: &[usize]) {
        let [mut above, _, ..] = *entries else { return };
        for &at in entries {
            self.classes[at] = Some(Furniture::Contents);
        }
        while let Some(before) = above.checked_sub(1) {
            let block = &self.blocks[before];
            let is_head =
                block.kind == BlockKind::Row && self.blocks[above].kind != BlockKind::Paragraph;
            self.classes[before] = match block.kind {
                BlockKind::Markup => Some(Furniture::Markup),
                _ if is_head || self.is_contents_title(before) => Some(Furniture::Contents),
                _ => break,
            };
            above = before;
        }
    }

    fn is_contents_title(&self, at: usize) -> bool {
        lexicon::CONTENTS_TITLES.contains(self.lines[at].as_str())
    }

    /// The text below a title such as "Table of contents" is contents: a list or table whether
    /// its entries are links or not, and a whole section whose entries are links into the guide.
    fn mark_titled_contents(&mut self) {
        for at in 0..self.blocks.len() {
            let is_heading = matches!(self.blocks[at].kind, BlockKind::Heading(_));
            let is_marked = self.classes[at] == Some(Furniture::Contents);
            if !self.is_contents_title(at) || is_marked && !is_heading {
                continue;
            }
            let is_entry = |block: &Block| {
                matches!(
                    block.kind,
                    BlockKind::Item | BlockKind::Row | BlockKind::Markup
                )
            };
            let list = self.blocks[at + 1..]
                .iter()
                .take_while(|block| is_entry(block))
                .count();
            let length = list.max(self.linked_section(at));
            if length > 0 {
                self.classes[at..=at + length].fill(Some(Furniture::Contents));
            }
        }
    }

    /// Returns the length of what stands below the heading `at` if it is links into the guide and
    /// headings of their own.
    fn linked_section(&self, at: usize) -> usize {
        let BlockKind::Heading(level) = self.blocks[at].kind else {
            return 0;
        };
        let is_contents = |block: &&Block| match block.kind {
            BlockKind::Heading(other) => other > level,
            BlockKind::Markup => true,
            _ => block.summary.is_some() || is_anchor(block),
        };
        let section = self.blocks[at + 1..]
            .iter()
            .take_while(is_contents)
            .enumerate();
        let entries = section.filter(|(_, block)| is_anchor(block));
        let length = entries.clone().last().map_or(0, |(last, _)| last + 1);
        if entries.count() > 1 { length } else { 0 }
    }

    /// Lines in a row that stand again further down, one by one, are contents: the bare list of
    /// the questions that are answered below.
    fn mark_repeated_lists(&mut self) {
        let titles: Vec<&str> = self.blocks.iter().map(title).collect();
        let words = words_of_repeated(&titles);
        let mut last: HashMap<&str, usize, RandomState> = HashMap::default();
        for (at, words) in words.iter().enumerate() {
            if let Some(words) = words {
                last.insert(words, at);
            }
        }
        let copy = |at: usize| words[at].as_deref().map(|words| last[words]);
        let mut lists: Vec<Vec<usize>> = Vec::new();
        let mut run: Vec<usize> = Vec::new();
        let mut end = |run: &mut Vec<usize>| match run.len() {
            0..MIN_REPEATED => run.clear(),
            _ => lists.push(std::mem::take(run)),
        };
        let mut strangers = 0;
        for (at, block) in self.blocks.iter().enumerate() {
            let is_heading = matches!(block.kind, BlockKind::Heading(_));
            // The copy must stand below the whole list, not just on the next lines.
            let is_below = copy(at).is_some_and(|copy| copy > at + MIN_REPEATED);
            if is_below && !is_heading {
                run.push(at);
                strangers = 0;
            } else if block.kind != BlockKind::Markup {
                strangers += 1;
                // One entry may have been worded otherwise below.
                if strangers > 1 || titles[at].is_empty() || is_heading {
                    end(&mut run);
                }
            }
        }
        end(&mut run);
        lists.retain(|run| {
            let (first, end) = (run[0], run[run.len() - 1]);
            let is_dense = run.len() * 10 >= (end - first + 1) * 7;
            let copies = || run.iter().filter_map(|&at| copy(at));
            let answered = copies().filter(|&copy| !self.is_in_list(copy)).count();
            let is_below = copies().all(|copy| copy > end);
            // Below, something stands between one and the next.
            let apart = copies()
                .zip(copies().skip(1))
                .filter(|(a, b)| *b > a + 1)
                .count();
            let is_spread = apart * 10 >= (run.len() - 1) * 7;
            // What stands again and again is no list of what follows.
            let distinct: HashSet<usize> = copies().collect();
            let is_distinct = distinct.len() * 10 >= run.len() * 8;
            is_dense && is_below && is_spread && is_distinct && answered * 2 >= run.len()
        });
        for run in lists {
            let entries: Vec<usize> = (run[0]..=run[run.len() - 1])
                .filter(|&at| self.blocks[at].kind != BlockKind::Markup)
                .collect();
            self.mark_contents(&entries);
        }
    }

    /// Returns whether the next block is another item of the same list: nothing answers this one.
    fn is_in_list(&self, at: usize) -> bool {
        let number = |block: &Block| block.marker.starts_with(|c: char| c.is_ascii_digit());
        let block = &self.blocks[at];
        self.blocks.get(at + 1).is_some_and(|next| {
            let is_item = block.kind == BlockKind::Item && next.kind == BlockKind::Item;
            is_item && next.depth == block.depth && number(next) == number(block)
        })
    }

    /// A teaser for another page goes from its announcement to its "read more".
    fn mark_teasers(&mut self) {
        for at in 0..self.blocks.len() {
            if self.classes[at] != Some(Furniture::Litter) {
                continue;
            }
            let words_of = |at: usize| words::normalized(line(&self.blocks[at], MAX_LINE));
            let announces = |&before: &usize| {
                self.blocks[before].text.ends_with(':')
                    && lexicon::TEASERS
                        .iter()
                        .any(|teaser| words_of(before).starts_with(teaser))
            };
            if let Some(start) = (at.saturating_sub(MAX_TEASER)..at).find(announces) {
                self.classes[start..at].fill(Some(Furniture::Litter));
            }
        }
    }

    /// The beginning of an answer, cut off above it, is a teaser.
    fn mark_previews(&mut self) {
        for at in 0..self.blocks.len() {
            let block = &self.blocks[at];
            let is_text = !matches!(block.kind, BlockKind::Code | BlockKind::Markup);
            let Some(start) = block
                .text
                .strip_suffix("...")
                .or(block.text.strip_suffix('…'))
            else {
                continue;
            };
            let beginning = words::normalized(start);
            let beginning = beginning.get(..MIN_PREVIEW).filter(|_| is_text);
            let below = self.blocks[at + 1..].iter().take(MAX_TEASER);
            let mut below = below.map(|block| block.text.get(..MAX_LINE).unwrap_or(&block.text));
            if beginning.is_some_and(|beginning| {
                below.any(|text| words::normalized(text).starts_with(beginning))
            }) {
                self.classes[at] = Some(Furniture::Litter);
            }
        }
    }

    /// The lines right below the rule that parts one slide from the next, which say how it looks.
    fn mark_slides(&mut self) {
        let blocks = self.blocks;
        let is_property = |at: &usize| {
            let block = &blocks[*at];
            let is_named = SLIDE_PROPERTIES
                .iter()
                .any(|name| block.text.starts_with(name));
            let above = blocks[..*at].last();
            let is_below_rule = above.is_none_or(|above| {
                above.kind == BlockKind::Markup && above.text.bytes().all(|b| b == b'-')
            });
            block.kind == BlockKind::Paragraph && is_named && is_below_rule
        };
        let first: Vec<usize> = (0..blocks.len()).filter(is_property).collect();
        if first.len() < MIN_REPEATED {
            return;
        }
        for start in first {
            let others = blocks[start..].iter().take_while(|block| {
                SLIDE_PROPERTIES
                    .iter()
                    .any(|name| block.text.starts_with(name))
            });
            let end = start + others.count();
            self.classes[start..end].fill(Some(Furniture::Markup));
        }
    }

    /// Lines with a name and a time, above what is said, in transcripts and messages: "Ann Lee  10:15 AM".
    fn mark_turns(&mut self) {
        let heads: Vec<(usize, &str)> = (0..self.blocks.len())
            .filter_map(|at| Some((at, name_of_turn(&self.blocks[at])?)))
            .collect();
        if heads.len() < MIN_TURNS {
            return;
        }
        let mut counts: HashMap<&str, usize, RandomState> = HashMap::default();
        for (_, name) in &heads {
            *counts.entry(name).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        if counts.len() > 1 {
            let of_talk = heads.iter().filter(|(_, name)| counts.contains_key(name));
            for (at, _) in of_talk {
                self.classes[*at] = Some(Furniture::Label);
            }
        }
    }

    /// The names of a question table's columns, and the rule below them, are labels.
    fn mark_column_names(&mut self) {
        for at in 0..self.blocks.len().saturating_sub(1) {
            let is_name = |cell: &str| {
                let name = words::normalized(cell);
                lexicon::COLUMNS.contains(&name.as_str()) || words::names_question_column(&name)
            };
            // The cells of the first row may be empty.
            let block = &self.blocks[at];
            let is_empty = || {
                block.kind == BlockKind::Markup
                    && block.text.starts_with('|')
                    && block.text.bytes().all(|b| matches!(b, b'|' | b' '))
            };
            let is_head = self.blocks[at + 1].kind == BlockKind::Markup
                && (block.kind == BlockKind::Row || is_empty());
            // "Field" and "Value" above the rows of a card.
            let is_card = || {
                let rows = self.blocks[at + 2..].iter().take(MAX_CARD_ROWS);
                let mut rows = rows.take_while(|block| block.kind == BlockKind::Row);
                rows.any(|row| words::card_question(&row.text).is_some())
            };
            let are_names = || block.kind == BlockKind::Row && block.text.split('\t').all(is_name);
            if is_head && words::card_question_in_head(&block.text).is_some() {
                self.classes[at + 1] = Some(Furniture::Label);
            } else if is_head && (are_names() || is_card()) {
                self.classes[at..=at + 1].fill(Some(Furniture::Label));
            }
        }
    }
}

/// The most rows of a table that is a card, in which the question is looked for.
const MAX_CARD_ROWS: usize = 8;

/// The fewest turns of a talk, and the longest line with a speaker's name and a time.
const MIN_TURNS: usize = 4;
const MAX_TURN: usize = 60;

/// Returns the name on a line that holds nothing else but a time: "Ann Lee  10:15 AM", "ann — Today at 10:15".
fn name_of_turn(block: &Block) -> Option<&str> {
    let text = block.text.trim_end();
    let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    // Next to no line ends so.
    let ends = |b: &u8| b.is_ascii_digit() || matches!(b, b'M' | b'm' | b')' | b']');
    if !is_line || text.len() > MAX_TURN || !text.as_bytes().last().is_some_and(ends) {
        return None;
    }
    let clock = text
        .trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | ')' | ']'))
        .trim_end();
    let start = clock.rfind([' ', '\t', '[', '('])? + 1;
    let is_time = clock[start..].contains(':')
        && clock[start..]
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let name = text[..start]
        .split(['—', '–', '-', '[', '(', ',', '|'])
        .next()?;
    let name = name.trim();
    let words = name.split_whitespace();
    let is_name =
        words.clone().count() <= 4 && words.flat_map(str::chars).all(char::is_alphanumeric);
    (is_time && !name.is_empty() && is_name).then_some(name)
}

/// Properties of a slide, as programs for slides in Markdown have them.
const SLIDE_PROPERTIES: [&str; 7] = [
    "class: ",
    "name: ",
    "layout: ",
    "template: ",
    "background-image: ",
    "count: ",
    "exclude: ",
];

/// The fewest entries of a list of contents that has no title.
const MIN_REPEATED: usize = 3;

/// Returns the text of a title without its number or label and what decorates its end; empty if the
/// block is none, or without words.
fn title(block: &Block) -> &str {
    let line = line(block, MAX_LINE);
    let title = words::without_tail(&line[words::label(line).rest..]);
    if title.contains(char::is_alphanumeric) {
        title
    } else {
        ""
    }
}

/// Returns the words, normalized, of the titles that stand in a guide more than once; at least of
/// these. Nearly all stand there once, which their sums show soonest.
fn words_of_repeated(titles: &[&str]) -> Vec<Option<String>> {
    // Whatever stands between the words, and in whichever case, the sum is the same.
    let sum = |title: &str| -> u32 {
        let letters = title.bytes().map(|b| match b.is_ascii_alphanumeric() {
            true => u32::from(b.to_ascii_lowercase()),
            false => 0,
        });
        letters.map(|letter| letter * letter * letter).sum()
    };
    let sums: Vec<u32> = titles.iter().map(|title| sum(title)).collect();
    let mut counts: HashMap<u32, usize, RandomState> =
        HashMap::with_capacity_and_hasher(sums.len(), RandomState::default());
    for sum in &sums {
        *counts.entry(*sum).or_default() += 1;
    }
    let titles = titles.iter().zip(&sums);
    let repeated = titles.map(|(title, sum)| {
        (!title.is_empty() && counts[sum] > 1).then(|| words::normalized(title))
    });
    repeated.collect()
}

/// Returns the class of a line that shows it by itself.
fn of_line(block: &Block, line: &str) -> Option<Furniture> {
    match block.kind {
        BlockKind::Markup => return is_droppable(&block.text).then_some(Furniture::Markup),
        BlockKind::Code => return None,
        _ if is_import(block) || is_attributes(&block.text) || is_drawn_rule(block) => {
            return Some(Furniture::Markup);
        }
        _ if block.text.len() > MAX_LABEL && block.linked == 0 => return None,
        _ => {}
    }
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    // "Top" may be a word of a list; with an arrow or as a link it leads there.
    let leads = block.anchored > 0 || block.text.starts_with(words::is_ornament);
    let is_plain_navigation = !matches!(line, "top" | "back" | "table of contents") && !is_heading;
    // A link called "Answer" leads to the answer, and is all there is of it.
    let is_outward = block.linked > 0 && block.anchored == 0;
    let is_button = block.summary.is_some() || !matches!(line, "show" | "expand") && !is_outward;
    if lexicon::NAVIGATION.contains(&line) && (leads || is_plain_navigation) {
        Some(Furniture::Navigation)
    } else if lexicon::LITTER.contains(&line) && !is_heading || is_reading_time(line) {
        Some(Furniture::Litter)
    } else if metadata::labelled_level(block).is_some()
        || lexicon::ANSWER_BUTTONS.contains(&line) && is_button
    {
        Some(Furniture::Label)
    } else {
        None
    }
}

/// Returns whether a heading is a rule of one sign above or below another heading: "# ═════".
fn is_drawn_rule(block: &Block) -> bool {
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    let mut signs = block.text.chars();
    let first = signs.next().unwrap_or(' ');
    is_heading
        && !first.is_alphanumeric()
        && block.text.len() >= MIN_RULE
        && signs.all(|sign| sign == first)
}

/// The fewest bytes of a rule that is drawn.
const MIN_RULE: usize = 5;

/// The longest line, in bytes, that is a label, a button or a way back to the top.
const MAX_LABEL: usize = 60;

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
        let groups = html_tag(rest).is_some_and(|(tag, _)| tag.groups())
            || tag.starts_with('!')
            // A component of MDX.
            || tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_uppercase());
        if !groups {
            return false;
        }
        rest = tag[end + 1..].trim_start();
    }
    // What opens and closes containers, a guide in a fence, and attributes.
    let is_container = [":::", "```", "!!!", "???", "[!"]
        .iter()
        .any(|mark| line.trim_start_matches(['>', ' ']).starts_with(mark))
        || is_attributes(line);
    is_rule || is_container || rest.is_empty() || rest.ends_with("-->")
}

/// Returns whether a line gives what stands above it attributes: "{: .tip }".
fn is_attributes(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}')
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Guide;

    fn classes(text: &str) -> Vec<&'static str> {
        let blocks = Guide::parse("guide.md", text).blocks;
        let classes = classify(&blocks).into_iter();
        classes
            .map(|class| class.map_or("text", Furniture::as_str))
            .collect()
    }

    #[test]
    fn lines_show_by_themselves_what_they_are() {
        for (line, class) in [
            ("[⬆ Back to Top](#top)", "navigation"),
            ("Read more", "litter"),
            ("5 min read", "litter"),
            ("**Answer**", "label"),
            ("**Difficulty:** Mid", "label"),
            ("import {A} from 'a';", "markup"),
            ("Top", "text"),
            ("The answer is 42.", "text"),
        ] {
            assert_eq!(
                classes(&format!("# Maps\n\n{line}\n")),
                ["text", class],
                "{line}"
            );
        }
    }

    #[test]
    fn a_list_of_what_follows_is_contents() {
        let text = "# Maps\n\n- [Keys](#keys)\n- [Values](#values)\n\n## Keys\n\nNames.\n";
        assert_eq!(
            classes(text),
            ["text", "contents", "contents", "text", "text"]
        );
    }

    #[test]
    fn the_cut_off_beginning_of_an_answer_is_litter() {
        let text = "# Maps\n\nA table that is built by...\n\nA table that is built by hash.\n";
        assert_eq!(classes(text), ["text", "litter", "text"]);
    }
}
