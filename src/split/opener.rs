//! Which blocks may open a question, and what of them is the question's own text.

use std::{fmt, ops::Range};

use super::{
    furniture::Furniture,
    metadata,
    words::{self, Asking, Label},
};
use crate::guide::{Block, BlockKind};

/// A guide's text, its blocks, and what of them is furniture.
#[derive(Clone, Copy)]
pub(crate) struct Page<'g> {
    pub(crate) text: &'g str,
    pub(crate) blocks: &'g [Block],
    pub(crate) furniture: &'g [Option<Furniture>],
}

/// What openers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shape {
    pub(crate) form: Form,
    pub(crate) label: Label,
}

/// The form of a line, its label left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// A heading of this level.
    Heading(u8),
    /// A `<summary>`.
    Summary,
    /// A paragraph that starts bold.
    Bold,
    /// A list item of this depth that starts bold.
    BoldItem(usize),
    /// A list item of this depth.
    Item(usize),
    /// A line of prose.
    Line,
    /// A row of a table.
    Row,
}

/// A block that may open a question.
#[derive(Debug, Clone)]
pub(crate) struct Opener {
    /// The first and the last block of the question's text.
    pub(crate) blocks: Range<usize>,
    pub(crate) shape: Shape,
    pub(crate) number: Option<u32>,
    /// The level that an emoji beside the question stands for.
    pub(crate) level: Option<&'static str>,
    /// The `#tag`s at the question's end.
    pub(crate) tags: Vec<String>,
    /// The question's own text.
    pub(crate) question: String,
    /// The byte of the guide's text where the answer starts.
    pub(crate) answer: usize,
    pub(crate) asking: Asking,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, behind) = match self.label {
            Label::None => ("", ""),
            Label::Number => ("numbered ", ""),
            Label::Question => ("", " labelled as questions"),
            Label::Opens => ("", " before ›"),
        };
        f.write_str(before)?;
        match self.form {
            Form::Heading(level) => write!(f, "headings of level {level}"),
            Form::Summary => f.write_str("summaries"),
            Form::Bold => f.write_str("bold paragraphs"),
            Form::BoldItem(depth) if depth > 1 => write!(f, "bold list items of depth {depth}"),
            Form::BoldItem(_) => f.write_str("bold list items"),
            Form::Item(depth) if depth > 1 => write!(f, "list items of depth {depth}"),
            Form::Item(_) => f.write_str("list items"),
            Form::Line => f.write_str("lines"),
            Form::Row => f.write_str("table rows"),
        }?;
        f.write_str(behind)
    }
}

impl Opener {
    /// Returns the opener of a guide that is one question, which `blocks` hold.
    pub(crate) fn of_guide(page: Page<'_>, blocks: Range<usize>, question: &str) -> Opener {
        let first = &page.blocks[blocks.start];
        let answer = if blocks.is_empty() {
            first.span.start
        } else {
            first.span.end
        };
        let label = words::label(question);
        let (text, tags) = metadata::trailing_tags(&question[label.rest..]);
        Opener {
            blocks,
            shape: Shape {
                form: Form::Heading(1),
                label: label.label,
            },
            number: label.number,
            level: words::level_mark(question),
            question: clean(text),
            tags,
            answer,
            asking: Asking::Yes,
        }
    }

    /// Returns whether the question asks or sets a task.
    pub(crate) fn asks(&self) -> bool {
        self.asking != Asking::No
    }
}

/// The longest text, in characters, that is taken to ask.
const MAX_QUESTION: usize = 600;

/// How many lines the text of a question may have.
const MAX_QUESTION_LINES: usize = 6;

impl Page<'_> {
    /// Returns the opener that the block `at` is, if it may open a question.
    pub(crate) fn opener(self, at: usize) -> Option<Opener> {
        let block = &self.blocks[at];
        if self.furniture[at].is_some() {
            return None;
        }
        match block.kind {
            BlockKind::Code | BlockKind::Markup => None,
            BlockKind::Row => self.row_opener(at),
            _ => self.line_opener(at),
        }
    }

    fn line_opener(self, at: usize) -> Option<Opener> {
        let block = &self.blocks[at];
        let text = &block.text;
        let labelled = labelled(block);
        let form = form(block, &labelled);
        let shape = Shape {
            form,
            label: labelled.label,
        };
        if let Some(mark) = text.find('›') {
            let question = text.get(labelled.rest..mark)?;
            let shape = Shape {
                form,
                label: Label::Opens,
            };
            let answer = self.behind(block, mark + '›'.len_utf8());
            return self.finish(at..at + 1, shape, labelled.number, question, answer.1);
        }
        // A soft-wrapped line cannot start a question unless it is labelled.
        if block.continues && labelled.label == Label::None {
            return None;
        }
        let (mut end, answer) = self.question_end(block, form, labelled.rest);
        // What follows the first question mark may be another question, wrapped.
        let goes_on = self.blocks.get(at + 1).is_some_and(|next| next.continues);
        let is_open = matches!(form, Form::Item(_) | Form::Line) && end < text.len();
        if goes_on && is_open && words::starts_as_question(text[end..].trim_start()) {
            end = text.len();
        }
        let question = text.get(labelled.rest..end)?;
        let is_label = labelled.label == Label::Question
            && (question.trim().is_empty() || self.names_a_heading(at, question));
        if is_label {
            self.question_below(at, shape, labelled.number)
        } else if end == text.len() {
            self.wrapped_opener(at, shape, labelled)
        } else {
            self.finish(at..at + 1, shape, labelled.number, question, answer)
        }
    }

    /// Returns where in the block's text the question ends, and at which byte of the guide what
    /// follows on the same line starts.
    fn question_end(self, block: &Block, form: Form, start: usize) -> (usize, usize) {
        let whole = (block.text.len(), block.span.end);
        let end = match form {
            Form::Heading(_) | Form::Row => return whole,
            Form::Summary => block
                .summary
                .as_ref()
                .map_or(whole.0, |summary| summary.end),
            Form::Bold | Form::BoldItem(_) => block
                .bold
                .iter()
                .find(|bold| bold.end > start)
                .map_or(whole.0, |bold| bold.end),
            Form::Item(_) | Form::Line => match words::question_and_rest(&block.text[start..]) {
                Some((end, _)) => start + end,
                None => return whole,
            },
        };
        match self.behind(block, end) {
            (text, _) if text == block.text.len() && form != Form::Summary => whole,
            (_, answer) => (end, answer),
        }
    }

    /// Returns where the words behind the byte `end` of the block's text start, in that text and
    /// in the guide's; the end of both if there are none.
    fn behind(self, block: &Block, end: usize) -> (usize, usize) {
        let is_joint = |c: char| {
            c.is_whitespace()
                || words::is_ornament(c)
                || matches!(c, '-' | '–' | '—' | ':' | '*' | '_')
        };
        let rest = &block.text[end..];
        // A list item glued to the mark keeps its bullet.
        let rest = if rest.starts_with("- ") {
            rest
        } else {
            rest.trim_start_matches(is_joint)
        };
        if rest.chars().any(char::is_alphanumeric) || rest.starts_with("..") {
            let start = block.text.len() - rest.len();
            (start, block.source_with_markup(start, self.text))
        } else {
            (block.text.len(), block.span.end)
        }
    }

    /// Returns whether a labelled heading says only where the question below it belongs:
    /// "Question 3 - Classes" above a deeper heading that asks.
    fn names_a_heading(self, at: usize, question: &str) -> bool {
        let next =
            (at + 1..self.blocks.len()).find(|&at| self.blocks[at].kind != BlockKind::Markup);
        let (BlockKind::Heading(level), Some(next)) = (self.blocks[at].kind, next) else {
            return false;
        };
        let next = &self.blocks[next];
        let is_deeper = matches!(next.kind, BlockKind::Heading(other) if other > level);
        is_deeper
            && words::asking(question) == Asking::No
            && words::asking(&next.text) == Asking::Yes
            && words::answer_label(&next.text).is_none()
    }

    /// The opener of a label that stands alone: its question is the line below.
    fn question_below(self, at: usize, shape: Shape, number: Option<u32>) -> Option<Opener> {
        let is_text = |below: &usize| {
            self.furniture[*below].is_none() && self.blocks[*below].kind != BlockKind::Markup
        };
        let below = (at + 1..self.blocks.len().min(at + 4)).find(is_text)?;
        if matches!(self.blocks[below].kind, BlockKind::Code | BlockKind::Row) {
            return None;
        }
        let labelled = words::label(&self.blocks[below].text);
        let opener = self.wrapped_opener(below, shape, labelled)?;
        Some(Opener {
            blocks: at..opener.blocks.end,
            number,
            ..opener
        })
    }

    /// The opener of a question that fills its line, and goes on in the next lines if these end it.
    fn wrapped_opener(self, at: usize, shape: Shape, labelled: words::Labelled) -> Option<Opener> {
        let mut question = self.blocks[at].text[labelled.rest..].to_owned();
        let mut end = at + 1;
        let is_bold = matches!(shape.form, Form::Bold | Form::BoldItem(_));
        let mut longer = question.clone();
        let mut next = at + 1;
        while !words::has_question_mark(&longer) && self.continues_question(next, at, is_bold) {
            longer.push(' ');
            longer.push_str(&self.blocks[next].text);
            next += 1;
            if is_bold || shape.label == Label::Question || words::has_question_mark(&longer) {
                question.clone_from(&longer);
                end = next;
            }
        }
        self.finish(
            at..end,
            shape,
            labelled.number,
            &question,
            self.blocks[end - 1].span.end,
        )
    }

    /// Returns whether the block `next` may go on with the question that starts at `at`.
    fn continues_question(self, next: usize, at: usize, is_bold: bool) -> bool {
        let Some(block) = self
            .blocks
            .get(next)
            .filter(|_| next < at + MAX_QUESTION_LINES)
        else {
            return false;
        };
        let before = &self.blocks[next - 1];
        let ends_bold = before
            .bold
            .last()
            .is_some_and(|bold| bold.end == before.text.len());
        let starts_bold = block.bold.first().is_some_and(|bold| bold.start == 0);
        block.continues
            && self.furniture[next].is_none()
            && (!is_bold || ends_bold && starts_bold)
            && words::answer_label(&block.text).is_none()
            && words::label(&block.text).label == Label::None
    }

    /// A row of a table: its question is the first cell that is no number, its answer the others.
    fn row_opener(self, at: usize) -> Option<Opener> {
        let block = &self.blocks[at];
        // The row above the delimiter row holds the columns' names.
        let is_delimiter =
            |next: &Block| next.kind == BlockKind::Markup && next.text.contains("--");
        if self.blocks.get(at + 1).is_some_and(is_delimiter) {
            return None;
        }
        let mut number = None;
        let mut start = 0;
        let mut question = "";
        for cell in block.text.split('\t') {
            let digits = cell.trim().trim_end_matches('.');
            // A number, or an emoji that says how hard the question is.
            let is_number = !digits.chars().any(char::is_alphabetic);
            question = if is_number { "" } else { cell };
            if !is_number {
                break;
            }
            number = digits.parse().ok().or(number);
            start += cell.len() + 1;
        }
        let answer = self.behind(block, block.text.len().min(start + question.len()));
        let shape = Shape {
            form: Form::Row,
            label: Label::None,
        };
        self.finish(at..at + 1, shape, number, question, answer.1)
    }

    /// Returns the opener with its question cleaned, if that can be one.
    fn finish(
        self,
        blocks: Range<usize>,
        shape: Shape,
        number: Option<u32>,
        question: &str,
        answer: usize,
    ) -> Option<Opener> {
        let level = words::level_mark(question);
        let (question, tags) = metadata::trailing_tags(question);
        let question = clean(question);
        let is_bare_line = shape
            == (Shape {
                form: Form::Line,
                label: Label::None,
            });
        // Prose asks too; a line of it counts only if all of it is a question.
        let is_question =
            || words::has_question_mark(&question) && words::starts_as_question(&question);
        if is_bare_line && !is_question() {
            return None;
        }
        let is_short = question.chars().count() <= MAX_QUESTION;
        let asking = if is_short {
            words::asking(&question)
        } else {
            Asking::No
        };
        let asks = asking != Asking::No;
        let is_bold = matches!(shape.form, Form::Bold | Form::BoldItem(_));
        let has_words = question.chars().any(char::is_alphanumeric);
        let is_closing = shape.label == Label::None && is_closing(&question);
        // A bold term that ends with a colon introduces what follows.
        let is_term = is_bold && question.ends_with(':') && !asks;
        let is_answer = words::answer_label(&question).is_some();
        (has_words && !is_closing && !is_term && !is_answer).then_some(Opener {
            blocks,
            shape,
            number,
            level,
            tags,
            question,
            answer,
            asking,
        })
    }
}

/// Reads the label of a block, of which a list marker is one.
fn labelled(block: &Block) -> words::Labelled {
    let start = block.summary.as_ref().map_or(0, |summary| summary.start);
    let mut labelled = words::label(&block.text[start..]);
    labelled.rest += start;
    let digits = block.marker.trim_end_matches(['.', ')']);
    match digits.parse() {
        Ok(number) if labelled.label == Label::None => words::Labelled {
            label: Label::Number,
            number: Some(number),
            ..labelled
        },
        _ => labelled,
    }
}

fn form(block: &Block, labelled: &words::Labelled) -> Form {
    // Bold from the label, or from just behind it, on.
    let starts_bold = block
        .bold
        .iter()
        .any(|bold| bold.start <= labelled.rest && bold.end > labelled.rest);
    match block.kind {
        BlockKind::Heading(level) => Form::Heading(level),
        _ if block.summary.is_some() => Form::Summary,
        BlockKind::Item if starts_bold => Form::BoldItem(block.depth),
        BlockKind::Item => Form::Item(block.depth),
        _ if starts_bold => Form::Bold,
        _ => Form::Line,
    }
}

/// Returns a question's text without what decorates it and without the link to its source that
/// may follow it, its white space folded.
fn clean(question: &str) -> String {
    let is_decoration =
        |c: char| c.is_whitespace() || words::is_ornament(c) || matches!(c, '*' | '_' | '›' | '»');
    let mut question = question.trim_matches(is_decoration);
    while let Some(at) = question.rfind(" [").filter(|_| question.ends_with(']')) {
        if question.len() - at > MAX_SOURCE {
            break;
        }
        question = question[..at].trim_end_matches(is_decoration);
    }
    question.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest mark of a source behind a question, in bytes: " [src]", " [[source]]".
const MAX_SOURCE: usize = 14;

/// Titles of what stands behind the questions of a guide.
const CLOSING: &[&str] = &[
    "conclusion",
    "conclusions",
    "summary",
    "final thoughts",
    "wrapping up",
    "wrap up",
    "further reading",
    "references",
    "resources",
    "more resources",
    "useful links",
    "additional resources",
    "about the author",
    "license",
    "licence",
    "contributing",
    "contributors",
    "credits",
    "acknowledgements",
    "related articles",
    "next steps",
    "key takeaways",
    "contribution",
    "support",
    "copyright and license",
    "see also",
];

pub(crate) fn is_closing(title: &str) -> bool {
    CLOSING.contains(&words::normalized(title).as_str())
}
