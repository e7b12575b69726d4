//! Splits a [`Guide`] into question-and-answer documents.
//!
//! First the furniture is set aside ([`furniture`]), then the shape that marks the questions is
//! found region by region ([`shape`]); here the answers are cut and what is left becomes passages,
//! one for each section. Every line of the guide ends in one document or is furniture.

mod furniture;
mod opener;
mod shape;
mod words;

use std::{collections::HashMap, ops::Range};

use self::{furniture::Furniture, opener::Page, shape::Found};
use crate::{
    document::{DocId, Kind, QaDocument},
    guide::{Block, BlockKind, Guide},
};

/// Splits `guide` into its documents, in reading order.
///
/// ```
/// let guide = hotseat::Guide::parse("git.md", "## What is a commit?\n\nA snapshot.\n\n## What is a branch?\n\nA name.\n");
/// let documents = hotseat::split(&guide);
/// assert_eq!(documents[0].question, "What is a commit?");
/// assert_eq!(documents[1].answer, "A name.");
/// ```
pub fn split(guide: &Guide) -> Vec<QaDocument> {
    let furniture = furniture::classify(&guide.blocks);
    let page = Page {
        text: &guide.text,
        blocks: &guide.blocks,
        furniture: &furniture,
    };
    let found = shape::questions(page, is_about_questions(guide));
    let mut cutter = Cutter {
        guide,
        furniture,
        title: guide.title(),
        documents: Vec::new(),
        headings: Vec::new(),
    };
    let mut at = 0;
    for found in &found {
        cutter.passages(at..found.opener.blocks.start);
        cutter.question(found);
        at = found.end;
    }
    cutter.passages(at..guide.blocks.len());
    with_ids(cutter.documents)
}

/// Returns whether a guide says of itself that it holds questions.
fn is_about_questions(guide: &Guide) -> bool {
    const WORDS: [&str; 14] = [
        "question",
        "faq",
        "q&a",
        "quiz",
        "q & a",
        "preguntas",
        "perguntas",
        "вопрос",
        "面试题",
        "面试",
        "fragen",
        "interview",
        "domande",
        "pytania",
    ];
    let named = format!("{}\n{}", guide.title(), guide.path).to_lowercase();
    WORDS.iter().any(|word| named.contains(word))
}

/// What is known while a guide is cut into documents.
struct Cutter<'g> {
    guide: &'g Guide,
    furniture: Vec<Option<Furniture>>,
    title: String,
    documents: Vec<QaDocument>,
    /// The headings above, with their levels.
    headings: Vec<(u8, String)>,
}

impl Cutter<'_> {
    fn question(&mut self, found: &Found) {
        let opener = &found.opener;
        let first = &self.guide.blocks[opener.blocks.start];
        if let BlockKind::Heading(level) = first.kind {
            self.leave(level);
        }
        let blocks = opener.blocks.end..found.end;
        let labelled = self.guide.blocks[blocks.clone()]
            .iter()
            .find_map(furniture::labelled_level);
        let answer = self.answer(blocks, opener.answer);
        let mut document = self.document(Kind::Question, &opener.question, answer, first.line);
        document.level = labelled
            .or(opener.level)
            .map(str::to_owned)
            .or(document.level);
        self.documents.push(document);
    }

    /// Makes the blocks of `range` passages, one for each section.
    fn passages(&mut self, range: Range<usize>) {
        let mut start = range.start;
        let mut heading: Option<usize> = None;
        for at in range.clone() {
            let BlockKind::Heading(level) = self.guide.blocks[at].kind else {
                continue;
            };
            if self.furniture[at].is_some() {
                continue;
            }
            self.passage(heading, start..at);
            self.leave(level);
            let is_title = self.guide.title_block() == Some(at);
            if !is_title {
                let title = section_title(&self.guide.blocks[at].text);
                self.headings.push((level, title));
            }
            heading = Some(at);
            start = at + 1;
        }
        self.passage(heading, start..range.end);
    }

    /// Makes the blocks of `range`, below the block `heading`, a passage if they hold text.
    fn passage(&mut self, heading: Option<usize>, range: Range<usize>) {
        let start = self
            .guide
            .blocks
            .get(range.start)
            .map_or(0, |block| block.span.start);
        let line_of = |at: usize| self.guide.blocks[at].line;
        let line = heading
            .or(Some(range.start).filter(|_| !range.is_empty()))
            .map(line_of);
        let text = self.answer(range.clone(), start);
        let Some(line) = line.filter(|_| !text.is_empty()) else {
            return;
        };
        let title = self
            .headings
            .last()
            .map_or(self.title.clone(), |(_, title)| title.clone());
        let document = self.document(Kind::Passage, &title, text, line);
        self.documents.push(document);
    }

    /// Leaves the sections that a heading of `level` ends.
    fn leave(&mut self, level: u8) {
        while self.headings.last().is_some_and(|(open, _)| *open >= level) {
            self.headings.pop();
        }
    }

    fn document(&self, kind: Kind, question: &str, answer: String, line: usize) -> QaDocument {
        let front_matter = &self.guide.front_matter;
        let sections = front_matter
            .section
            .iter()
            .chain(self.headings.iter().map(|(_, title)| title));
        QaDocument {
            guide: self.guide.path.clone(),
            line,
            kind,
            question: question.to_owned(),
            answer,
            sections: sections.cloned().collect(),
            tags: front_matter.tags.clone(),
            category: front_matter.category.clone(),
            level: front_matter.level.clone(),
            guide_title: self.title.clone(),
            id: DocId::new(&self.guide.path, question, 0),
        }
    }

    /// Returns the text of the blocks of `range` from the byte `start` on, without furniture and
    /// without the label at its start.
    fn answer(&self, range: Range<usize>, start: usize) -> String {
        let blocks = &self.guide.blocks;
        let mut start = start;
        let mut end = range
            .start
            .checked_sub(1)
            .map_or(start, |before| blocks[before].span.end)
            .max(start);
        let mut dropped: Vec<Range<usize>> = Vec::new();
        // What follows the question on its own line comes before any label.
        let mut is_at_start = start >= end;
        for at in range {
            let block = &blocks[at];
            end = block.span.end;
            if self.furniture[at].is_some() {
                dropped.push(block.span.clone());
            } else if let (true, Some(rest)) = (is_at_start, answer_label(block)) {
                start = start.max(block.source_of(rest));
                is_at_start = rest == block.text.len();
            } else {
                is_at_start = false;
            }
        }
        cut(&self.guide.text, start..end, &dropped)
    }
}

/// Returns the byte of a block's text behind a label of an answer.
fn answer_label(block: &Block) -> Option<usize> {
    let is_prose = !matches!(
        block.kind,
        BlockKind::Code | BlockKind::Markup | BlockKind::Row
    );
    is_prose.then(|| words::answer_label(&block.text))?
}

/// Cuts `range` out of `text` without the `dropped` spans, and takes off the common indent.
fn cut(text: &str, range: Range<usize>, dropped: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for drop in dropped
        .iter()
        .filter(|drop| drop.end > range.start && drop.start < range.end)
    {
        out.push_str(text[at..drop.start.max(at)].trim_end_matches(' '));
        at = drop.end.max(at);
        // The blank lines around what was dropped become one.
        if out.ends_with('\n') {
            let blank =
                text[at..range.end].len() - text[at..range.end].trim_start_matches('\n').len();
            at += blank;
        }
    }
    out.push_str(&text[at..range.end.max(at)]);
    dedent(out.trim_matches('\n').trim_end())
}

/// Takes the indent that all lines share off them. The first line may have lost its indent with
/// its label, and then says nothing of the others'.
fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let indents = || {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(indent)
    };
    let first = indents().next().unwrap_or(0);
    let shared = indents().skip(1).min().unwrap_or(first);
    let starts_list = text.starts_with(['-', '*', '+', '•']);
    let (of_first, of_rest) = match first {
        // Lines below a list's first item are indented because they belong to it.
        0 if starts_list => (0, 0),
        0 => (0, shared),
        _ => (first.min(shared), first.min(shared)),
    };
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        let take = if number == 0 {
            of_first
        } else {
            of_rest.min(indent(line))
        };
        if number > 0 {
            out.push('\n');
        }
        out.push_str(line[take..].trim_end());
    }
    out
}

/// Returns a section's title without counts, emoji codes and ornaments: "Networks", of
/// ":star: Networks (23)".
fn section_title(heading: &str) -> String {
    let is_code = |word: &&str| word.len() > 2 && word.starts_with(':') && word.ends_with(':');
    let title = heading
        .split_whitespace()
        .filter(|word| !is_code(word))
        .collect::<Vec<_>>()
        .join(" ");
    let count = title.rfind('(').filter(|&at| {
        title.ends_with(')')
            && title[at + 1..title.len() - 1]
                .bytes()
                .all(|b| b.is_ascii_digit())
    });
    let title = title[..count.unwrap_or(title.len())].trim();
    title
        .trim_matches(|c: char| c.is_whitespace() || words::is_ornament(c))
        .to_owned()
}

/// Gives the documents their ids, by question and by count among equals.
fn with_ids(mut documents: Vec<QaDocument>) -> Vec<QaDocument> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for document in &mut documents {
        let nth = seen.entry(document.question.clone()).or_insert(0);
        document.id = DocId::new(&document.guide, &document.question, *nth);
        *nth += 1;
    }
    documents
}
