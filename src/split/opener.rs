//! Finds the blocks that may open a question, and the part of each that is the question's own text.

use std::{borrow::Cow, fmt, ops::Range};

use super::{
    furniture::Furniture,
    lexicon, metadata, question_text, sections,
    speakers::Speakers,
    words::{self, Asking, Label},
};
use crate::{
    guide::{Block, BlockKind},
    text::{
        markup::TextFormat,
        punctuation::{QUESTION_MARKS, ends_sentence},
    },
};

/// A guide's text, its blocks, and what of them is furniture.
#[derive(Clone, Copy)]
pub(crate) struct Page<'g> {
    pub(crate) text: &'g str,
    pub(crate) blocks: &'g [Block],
    pub(crate) furniture: &'g [Option<Furniture>],
    pub(crate) speakers: &'g Speakers,
    pub(crate) format: TextFormat,
}

/// The properties that openers of one shape share.
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
    /// The block behind the last of the question's text, if that stands among the answer's blocks.
    pub(crate) text_end: usize,
    /// The bytes of the guide's text that stand in the answer and are none of it: the question's
    /// own text, the cell of its level.
    pub(crate) dropped: Vec<Range<usize>>,
    /// The `#tag`s at the question's end.
    pub(crate) tags: Vec<String>,
    /// The question's own text.
    pub(crate) question: String,
    /// The question with the words behind it on its line, if these are few: they are its answer only
    /// where that is usual.
    pub(crate) with_rest: Option<String>,
    /// Whether these words ask and the question, a bold topic, does not.
    pub(crate) asks_behind: bool,
    /// The byte of the guide's text where the answer starts.
    pub(crate) answer: usize,
    pub(crate) asking: Asking,
    /// Whether the heading of the section it stands in announces questions.
    pub(crate) announced: bool,
}

impl Shape {
    /// A line of prose without a label.
    pub(crate) const LINE: Shape = Shape {
        form: Form::Line,
        label: Label::None,
    };
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, behind) = match self.label {
            Label::None => ("", ""),
            Label::Letter => ("lettered ", ""),
            Label::Number => ("numbered ", ""),
            Label::Question => ("", " labelled as questions"),
            Label::Opens => ("", " before a mark such as › or ::"),
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
    pub(crate) fn of_guide(page: Page<'_>, blocks: Range<usize>, question: &str) -> Box<Opener> {
        let first = &page.blocks[blocks.start];
        let answer = if blocks.is_empty() {
            first.span.start
        } else {
            first.span.end
        };
        let label = words::label(question);
        let (text, tags) = metadata::trailing_tags(&question[label.rest..]);
        let (text, level) = metadata::without_level(text);
        // A label, or marks, may be all that there is.
        let texts = [text, question].map(question_text::clean);
        let mut texts = texts.into_iter().chain([question.trim().into()]);
        let cleaned = texts.find(|text| !text.is_empty());
        Box::new(Opener {
            blocks,
            shape: Shape {
                form: Form::Heading(1),
                label: label.label,
            },
            number: label.number,
            level,
            question: cleaned.unwrap_or_default().into_owned(),
            tags,
            text_end: 0,
            dropped: Vec::new(),
            with_rest: None,
            asks_behind: false,
            answer,
            asking: Asking::Yes,
            announced: false,
        })
    }

    /// Returns the block behind the last of the question's text, wherever that stands.
    pub(crate) fn end(&self) -> usize {
        self.blocks.end.max(self.text_end)
    }

    /// Returns whether the question asks or sets a task.
    pub(crate) fn asks(&self) -> bool {
        self.asking != Asking::No
    }
}

/// The longest text, in characters, that is taken to ask.
const MAX_QUESTION: usize = 600;

/// The longest remark behind a question that may belong to it, in characters.
const MAX_REST: usize = 120;

/// The most lines between a label and its question among the lines below it.
const MAX_FIELDS: usize = 6;

/// The number of rows above a row in which the names of its columns are looked for.
const MAX_ROWS: usize = 200;

/// The most lines of an item of plain text.
const MAX_ITEM_LINES: usize = 10;

/// The least characters of a line that was broken because it was full.
const MIN_WRAPPED: usize = 60;

/// The most lines that the text of a question may have.
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
        let form = form(block, &labelled, self.format);
        if let Some(rest) = self.speakers.question(block) {
            let shape = Shape {
                form: Form::Line,
                label: Label::Question,
            };
            return self.finish(at..at + 1, shape, None, &text[rest..], block.span.end);
        } else if self.speakers.speaks(block) {
            return None;
        }
        let shape = Shape {
            form,
            label: labelled.label,
        };
        if let Some(opener) = self.card(at, form, labelled) {
            return Some(opener);
        }
        // A soft-wrapped line cannot start a question unless it is labelled or set apart.
        // In Spanish its first sign sets it apart.
        let is_marked = || text.starts_with('¿') && words::has_question_mark(text);
        if block.continues
            && labelled.label == Label::None
            && !self.is_bold_line(at)
            && !is_marked()
        {
            return None;
        }
        let (mut end, answer) = self.question_end(block, form, labelled.rest);
        // What follows the first question mark may be another question, or a remark, and wrapped.
        let goes_on = self.goes_on(at);
        let is_open = matches!(form, Form::Item(_) | Form::Line) && end < text.len();
        let rest = text[end..].trim_start();
        let is_open_remark = rest.starts_with('(') && !rest.contains(')');
        let is_open_question = goes_on && words::starts_as_question(rest) && !words::is_task(rest);
        let is_wrapped = goes_on && is_open && self.ends_with_question(at);
        if is_open && (goes_on && is_open_remark || is_open_question || is_wrapped) {
            end = text.len();
        }
        let question = text.get(labelled.rest..end)?;
        if labelled.label == Label::Question {
            let is_remark = question.starts_with('(') && question.trim_end().ends_with(')');
            if question.trim().is_empty() && labelled.number.is_none() && self.names_headings(at)
                || question.trim().is_empty() && self.heads_list(at)
            {
                return None;
            }
            if question.trim().is_empty() || is_remark || self.names_a_heading(at, question) {
                return self.question_below(at, shape, labelled.number);
            }
            if let Some(below) = self.question_field(at, shape, question) {
                return Some(below);
            }
            if let Some(below) = self.question_below_title(at, shape, &labelled) {
                return Some(below);
            }
        }
        let is_counted = matches!(labelled.label, Label::Number | Label::Question);
        if labelled.label == Label::Number && question.trim().is_empty() && block.marker.is_empty()
        {
            return self.question_below(at, shape, labelled.number);
        }
        // "3. [one answer]" above what is asked.
        let is_placeholder =
            labelled.label == Label::Question && question_text::is_placeholder(question);
        if is_counted && block.marker.is_empty() && is_remark(question) && !is_placeholder {
            let below = self.question_below(at, shape, labelled.number);
            let is_question = |below: &Opener| {
                below.asks() || self.blocks[below.blocks.end - 1].kind == BlockKind::Code
            };
            if let Some(below) = below.filter(is_question) {
                return Some(below);
            }
        }
        if end == text.len() {
            return self.wrapped_opener(at, shape, labelled);
        }
        let opener = self.finish(at..at + 1, shape, labelled.number, question, answer)?;
        let is_set_apart = matches!(form, Form::Bold | Form::BoldItem(_));
        // A bold topic before the question: "**Maps.** What is a map?"
        let asks_behind = is_set_apart
            && !opener.asks()
            && !rest.starts_with(char::is_lowercase)
            && words::asking(rest) == Asking::Yes;
        let is_remark = matches!(form, Form::Item(_) | Form::Line)
            && (rest.chars().count() <= MAX_REST
                || words::opens_question(rest) && text.chars().count() <= MAX_QUESTION)
            && words::answer_label(rest).is_none();
        // "**What is a map?** What is it for?"
        let goes_on_asking = is_set_apart && opener.asks() && words::is_all_questions(rest);
        let is_part = is_remark
            || is_set_apart && !opener.asks() && text.len() <= MAX_QUESTION
            || goes_on_asking && rest.len() <= MAX_REST;
        Some(Opener {
            with_rest: is_part.then(|| question_text::clean(&text[labelled.rest..]).into_owned()),
            asking: match asks_behind {
                true => Asking::Yes,
                false => opener.asking,
            },
            asks_behind,
            ..opener
        })
    }

    /// The opener of a question that a mark parts from its answer: `›`, `::` or `=>` on the same
    /// line, or a line with nothing but `?` below it, as programs for cards have it.
    fn card(self, at: usize, form: Form, labelled: words::Labelled) -> Option<Opener> {
        let block = &self.blocks[at];
        let text = &block.text;
        let shape = Shape {
            form,
            label: Label::Opens,
        };
        let next = self.blocks.get(at + 1);
        let is_right_below = |next: &&Block| next.span.start <= block.span.end + 1;
        let is_card_mark = |next: &Block| matches!(next.text.as_str(), "?" | "??");
        if let Some(next) = next
            .filter(is_right_below)
            .filter(|next| is_card_mark(next))
        {
            let question = text.get(labelled.rest..)?;
            return self.finish(at..at + 2, shape, labelled.number, question, next.span.end);
        }
        // "term" above ": definition".
        let is_definition = |next: &&Block| {
            let written = self.text[next.span.clone()].trim_start();
            next.kind == BlockKind::Paragraph
                && (next.text.starts_with(": ") && written.starts_with(": ")
                    || text.starts_with(';') && next.text.starts_with(':'))
        };
        if let Some(next) = next
            .filter(is_definition)
            .filter(|_| !text.starts_with(':'))
        {
            let question = text.get(labelled.rest..)?.trim_start_matches(';');
            let definition = next.text.len() - next.text[1..].trim_start().len();
            let answer = next.source_with_markup(definition, self.text);
            return self.finish(at..at + 1, shape, labelled.number, question, answer);
        }
        let (mark, behind) =
            words::opening_mark(&text[labelled.rest..], labelled.label != Label::None)?;
        let question = text.get(labelled.rest..labelled.rest + mark)?;
        let answer = self.behind(block, labelled.rest + behind);
        self.finish(at..at + 1, shape, labelled.number, question, answer.1)
    }

    /// The opener of a labelled heading below which the question stands in a line of its own that is
    /// labelled "Question:", behind other such lines.
    fn question_field(self, at: usize, shape: Shape, title: &str) -> Option<Opener> {
        let is_heading = matches!(self.blocks[at].kind, BlockKind::Heading(_));
        if !is_heading || words::asking(title) != Asking::No {
            return None;
        }
        let end = self.blocks.len().min(at + 1 + MAX_FIELDS);
        let mut below =
            (at + 1..end).take_while(|&at| !matches!(self.blocks[at].kind, BlockKind::Heading(_)));
        let field = below.find(|&at| {
            let labelled = words::label(&self.blocks[at].text);
            labelled.label == Label::Question
                && labelled.number.is_none()
                && self.furniture[at].is_none()
        })?;
        let number = words::label(&self.blocks[at].text).number;
        let labelled = words::label(&self.blocks[field].text);
        let opener = self.wrapped_opener(field, shape, labelled)?;
        Some(self.below_fields(at, number, opener))
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
        let rest = &block.text[end..];
        // A list item glued to the mark keeps its bullet.
        let rest = if rest.starts_with("- ") {
            rest
        } else {
            words::behind_joint(rest)
        };
        // "What is a map? A: A table."
        let labelled = words::answer_label(rest).map(|label| rest.split_at(label));
        let rest = match labelled {
            Some((label, answer)) if label.contains([':', '：']) && !answer.is_empty() => answer,
            _ => rest,
        };
        if rest.chars().any(char::is_alphanumeric) || rest.starts_with("..") {
            let start = block.text.len() - rest.len();
            (start, block.source_with_markup(start, self.text))
        } else {
            (block.text.len(), block.span.end)
        }
    }

    /// Returns whether the item of a list that a line stands in asks itself.
    fn is_below_asking_item(self, at: usize) -> bool {
        let mut above = self.blocks[..at].iter().rev().take(MAX_ITEM_LINES);
        let item = above.find(|block| block.kind == BlockKind::Item);
        item.is_some_and(|item| words::asking(&item.text) == Asking::Yes)
    }

    /// Returns whether a line stands in the item of a list, or below one in plain text and further in.
    fn is_in_item(self, at: usize) -> bool {
        let depth = self.blocks[at].depth;
        let mut above = self.blocks[..at].iter().rev().take(MAX_ITEM_LINES);
        let item = above.find(|block| block.kind == BlockKind::Item);
        match self.format {
            TextFormat::Markdown => depth > 0,
            TextFormat::Plain => item.is_some_and(|item| item.depth < depth),
        }
    }

    /// Returns whether a line of a paragraph is bold to its end, or to its question mark, and goes on with
    /// no bold line above.
    fn is_bold_line(self, at: usize) -> bool {
        let block = &self.blocks[at];
        let is_whole =
            |end: usize| end == block.text.len() || block.text[..end].ends_with(QUESTION_MARKS);
        let is_bold = block.bold.first();
        let is_bold = is_bold.is_some_and(|bold| bold.start == 0 && is_whole(bold.end));
        let goes_on = || {
            let before = at.checked_sub(1).map(|before| &self.blocks[before]);
            before.is_some_and(|before| {
                let ends_bold = before.bold.last();
                ends_bold.is_some_and(|bold| bold.end == before.text.len())
                    && !words::has_question_mark(&before.text)
            })
        };
        is_bold && block.kind == BlockKind::Paragraph && !goes_on()
    }

    /// Returns whether the line below goes on with the paragraph of the block `at`.
    fn goes_on(self, at: usize) -> bool {
        self.blocks.get(at + 1).is_some_and(|next| next.continues)
    }

    /// Returns whether the paragraph that starts at the block `at` ends with a question, in a few lines.
    fn ends_with_question(self, at: usize) -> bool {
        let below = self.blocks[at + 1..].iter();
        let below = below
            .take_while(|block| block.continues)
            .take(MAX_QUESTION_LINES);
        below.last().is_some_and(|last| {
            last.kind == BlockKind::Paragraph
                && words::has_question_mark(&last.text)
                && self.blocks[at].text.chars().count() >= MIN_WRAPPED
        })
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

    /// Returns whether a heading that is nothing but the word for question is the title of a section:
    /// "Questions" above several deeper headings.
    fn names_headings(self, at: usize) -> bool {
        let BlockKind::Heading(level) = self.blocks[at].kind else {
            return false;
        };
        let levels = self.blocks[at + 1..]
            .iter()
            .filter_map(|block| match block.kind {
                BlockKind::Heading(level) => Some(level),
                _ => None,
            });
        let mut inside = levels.take_while(|inner| *inner > level).take(MAX_FIELDS);
        let is_right_below = self.blocks[at + 1..]
            .iter()
            .find(|block| block.kind != BlockKind::Markup)
            .is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
        let first = inside.next();
        is_right_below && first.is_some() && inside.any(|inner| Some(inner) == first)
    }

    /// Returns whether the questions of the part that a label names stand in a list right below it.
    fn heads_list(self, at: usize) -> bool {
        let mut below = at + 1..self.blocks.len();
        let first = below.find(|&at| self.blocks[at].kind != BlockKind::Markup);
        first.is_some_and(|first| sections::is_part_with_list(self.blocks, at, first))
    }

    /// The opener of a label that stands alone: its question is the line below, behind fields such as
    /// "**Category:** Conduct" if what follows these asks, or stands above options.
    fn question_below(self, at: usize, shape: Shape, number: Option<u32>) -> Option<Opener> {
        let is_text = |below: &usize| {
            self.furniture[*below].is_none() && self.blocks[*below].kind != BlockKind::Markup
        };
        let end = self.blocks.len().min(at + 1 + MAX_FIELDS);
        let first = (at + 1..self.blocks.len().min(at + 4)).find(is_text)?;
        // "Question 3" above "Statement:", which stands alone as well.
        let is_label = |below: usize| {
            let text = &self.blocks[below].text;
            let labelled = words::label(text);
            labelled.label == Label::Question && text[labelled.rest..].trim().is_empty()
        };
        let first = match is_label(first) {
            true => (first + 1..self.blocks.len().min(first + 4)).find(is_text)?,
            false => first,
        };
        let behind_fields = (first..end)
            .filter(is_text)
            .find(|&below| !is_field(&self.blocks[below]))
            .filter(|&below| {
                words::asking(&self.blocks[below].text) == Asking::Yes
                    || is_field(&self.blocks[first]) && starts_options(self.blocks, below + 1)
            })
            .filter(|_| words::asking(&self.blocks[first].text) != Asking::Yes);
        let below = behind_fields.unwrap_or(first);
        if self.blocks[below].kind == BlockKind::Code && is_prose(&self.blocks[below].text) {
            let block = &self.blocks[below];
            return self.finish(at..below + 1, shape, number, &block.text, block.span.end);
        }
        if matches!(self.blocks[below].kind, BlockKind::Code | BlockKind::Row) {
            return None;
        }
        let labelled = words::label(&self.blocks[below].text);
        let opener = self.wrapped_opener(below, shape, labelled)?;
        if below > first {
            // The fields stay in the answer.
            return Some(self.below_fields(at, number, opener));
        }
        Some(Opener {
            blocks: at..opener.blocks.end,
            number,
            ..opener
        })
    }

    /// The opener of a label with a few words that do not ask, whose question is the next line of the
    /// paragraph: "Question 3 - Fractions" above "What is a half of a third?". The words stay in the answer.
    fn question_below_title(
        self,
        at: usize,
        shape: Shape,
        labelled: &words::Labelled,
    ) -> Option<Opener> {
        let block = &self.blocks[at];
        let title = block.text[labelled.rest..].trim_end();
        let next = self.blocks.get(at + 1).filter(|next| {
            next.kind == BlockKind::Paragraph && next.span.start <= block.span.end + 1
        })?;
        let is_title = title.chars().count() < MIN_WRAPPED
            && !title.ends_with([',', ';'])
            && words::asking(title) == Asking::No;
        let is_question = next.text.starts_with(char::is_uppercase)
            && words::starts_as_question(&next.text)
            && words::label(&next.text).label == Label::None;
        if !is_title || !is_question {
            return None;
        }
        let opener = self.wrapped_opener(at + 1, shape, words::label(&next.text))?;
        Some(Opener {
            answer: block.source_with_markup(labelled.rest, self.text),
            ..self.below_fields(at, labelled.number, opener)
        })
    }

    /// The opener of the label `at`, whose question stands among the lines below it.
    fn below_fields(self, at: usize, number: Option<u32>, question: Opener) -> Opener {
        let spans = self.blocks[question.blocks.clone()].iter();
        Opener {
            dropped: spans.map(|block| block.span.clone()).collect(),
            text_end: question.blocks.end,
            blocks: at..at + 1,
            number,
            answer: self.blocks[at].span.end,
            ..question
        }
    }

    /// The opener of a question that fills its line, and goes on in the next lines if these end it.
    fn wrapped_opener(self, at: usize, shape: Shape, labelled: words::Labelled) -> Option<Opener> {
        let mut question = Cow::Borrowed(&self.blocks[at].text[labelled.rest..]);
        let mut end = at + 1;
        let is_bold = matches!(shape.form, Form::Bold | Form::BoldItem(_));
        let is_item = matches!(shape.form, Form::Item(_));
        let mut longer = question.clone();
        let mut next = at + 1;
        let is_counted = matches!(shape.label, Label::Question | Label::Number);
        let is_open = is_counted && !words::has_question_mark(&question);
        if let Some(stem) = is_open.then(|| self.stem_end(at)).flatten() {
            let lines = self.blocks[next..stem].iter();
            for block in lines.filter(|block| block.kind != BlockKind::Markup) {
                let text = question.to_mut();
                text.push(' ');
                text.push_str(&block.text);
            }
            end = stem;
            next = self.blocks.len();
        }
        let is_closed = |text: &str| {
            text.starts_with('(')
                && question_text::closing_bracket(text.trim_end())
                    == Some(text.trim_end().len() - 1)
        };
        while !words::has_question_mark(&longer)
            && !is_closed(&longer)
            && self.continues_question(next, at, is_bold)
        {
            let is_wrapped = is_item && end == next && self.is_wrapped(next);
            // A sentence that has ended goes on only to a question.
            let is_open = !longer.trim_end().ends_with(['.', '!', ':', '。', '：']);
            let text = longer.to_mut();
            text.push(' ');
            text.push_str(&self.blocks[next].text);
            next += 1;
            let is_whole = is_bold || is_wrapped || shape.label == Label::Question && is_open;
            if is_whole || words::has_question_mark(&longer) {
                question.clone_from(&longer);
                end = next;
            }
        }
        let last = &self.blocks[end - 1];
        if is_counted && let Some(behind) = answer_at_end(&question, &last.text) {
            let answer = last.source_with_markup(last.text.len() - behind.1, self.text);
            let question = &question[..question.len() - behind.0];
            let opener = self.finish(at..end, shape, labelled.number, question, answer)?;
            return Some(Opener {
                asking: Asking::Yes,
                ..opener
            });
        }
        let answer = last.span.end;
        self.finish(at..end, shape, labelled.number, &question, answer)
    }

    /// Returns the block behind the question that starts at `at` and goes on, over several lines of
    /// prose, to the options of a choice.
    fn stem_end(self, at: usize) -> Option<usize> {
        let end = self.blocks.len().min(at + 1 + MAX_QUESTION_LINES);
        for next in at + 1..end {
            let block = &self.blocks[next];
            if starts_options(self.blocks, next) {
                return Some(next);
            }
            let is_prose = block.kind == BlockKind::Paragraph
                && self.furniture[next].is_none()
                && !is_field(block)
                && words::answer_label(&block.text).is_none()
                && words::label(&block.text).label == Label::None;
            if !is_prose && block.kind != BlockKind::Markup {
                return None;
            }
        }
        None
    }

    /// Returns whether the block `next` goes on with a sentence that the line above broke off.
    fn is_wrapped(self, next: usize) -> bool {
        let before = self.blocks[next - 1].text.trim_end();
        let is_full = before.chars().count() >= MIN_WRAPPED;
        let is_open = !ends_sentence(before) && !before.ends_with([':', ';']);
        let text = &self.blocks[next].text;
        is_open
            && (text.starts_with(char::is_lowercase)
                || is_full && text.starts_with(char::is_alphanumeric))
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
        // "-salt" is an option though no space parts the dash from it.
        let is_bullet = block.text.starts_with(['-', '–', '•', '*', '+']);
        block.continues
            && !is_bullet
            && self.furniture[next].is_none()
            && !starts_options(self.blocks, next)
            && (!is_bold || ends_bold && starts_bold)
            && !is_field(block)
            && words::answer_label(&block.text).is_none()
            && words::label(&block.text).label == Label::None
    }

    /// A row of a table: its question is the first cell that is no number, its answer the others.
    fn row_opener(self, at: usize) -> Option<Opener> {
        let block = &self.blocks[at];
        if let Some(opener) = self.card_row(at) {
            return Some(opener);
        }
        // The row above the delimiter row holds the columns' names.
        if self.blocks.get(at + 1).is_some_and(is_delimiter) {
            return None;
        }
        let columns = self.columns(at);
        let mut number = None;
        let mut start = 0;
        let mut question = "";
        let mut question_start = None;
        let mut kept = None;
        let mut level = None;
        let mut dropped = Vec::new();
        // The column that is called so holds the questions, whatever stands before it.
        let named = columns
            .iter()
            .position(|name| words::names_question_column(name));
        for (place, cell) in block.text.split('\t').enumerate() {
            let name = columns.get(place).map_or("", String::as_str);
            let digits = cell.trim().trim_end_matches('.');
            // A number, or an emoji that says how hard the question is.
            let is_number = !digits.chars().any(char::is_alphabetic);
            if metadata::names_level(name) {
                level = words::level(cell);
                if level.is_some() && !question.is_empty() {
                    let end = start + cell.len();
                    dropped.push(block.source_of(start)..block.source_of(end).min(block.span.end));
                }
            } else if question.is_empty() && !is_number && named.is_some_and(|named| place < named)
            {
                kept.get_or_insert(start);
            } else if question.is_empty() && !is_number {
                question = cell;
                question_start = Some(start);
            } else if question.is_empty() {
                number = digits.parse().ok().or(number);
            }
            start += cell.len() + 1;
        }
        let question_start = question_start.unwrap_or(0);
        let question_end = block.text.len().min(question_start + question.len());
        let mut answer = self.behind(block, question_end).1;
        // What stands before the question belongs to the answer.
        if let Some(kept) = kept {
            answer = block.source_of(kept);
            let end = block.source_of(question_end);
            let bar = self.text[end..block.span.end]
                .find('|')
                .map_or(end, |bar| end + bar + 1);
            dropped.push(block.source_of(question_start)..bar);
        }
        let shape = Shape {
            form: Form::Row,
            label: match named {
                Some(_) => Label::Question,
                None => Label::None,
            },
        };
        let opener = self.finish(at..at + 1, shape, number, question, answer)?;
        Some(Opener {
            level: level.or(opener.level),
            dropped,
            ..opener
        })
    }

    /// A row of a table that is one card: its first cell says that the question stands in the second.
    fn card_row(self, at: usize) -> Option<Opener> {
        let block = &self.blocks[at];
        let question = match self.blocks.get(at + 1).is_some_and(is_delimiter) {
            true => words::card_question_in_head(&block.text)?,
            false => words::card_question(&block.text)?,
        };
        let shape = Shape {
            form: Form::Row,
            label: Label::Question,
        };
        let labelled = words::label(question);
        let rest = match labelled.label {
            Label::Number => labelled.rest,
            _ => 0,
        };
        let question = &question[rest..];
        self.finish(at..at + 1, shape, labelled.number, question, block.span.end)
    }

    /// Returns the names of the columns of the table that the row `at` stands in, normalized.
    fn columns(self, at: usize) -> Vec<String> {
        let is_row = |block: &&Block| matches!(block.kind, BlockKind::Row | BlockKind::Markup);
        let above = self.blocks[..at]
            .iter()
            .rev()
            .take(MAX_ROWS)
            .take_while(is_row);
        let mut above = above.skip_while(|block| block.kind == BlockKind::Row);
        match (above.next(), above.next()) {
            (Some(rule), Some(names)) if rule.text.contains("--") => {
                names.text.split('\t').map(words::normalized).collect()
            }
            _ => Vec::new(),
        }
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
        let is_placeholder =
            || shape.label == Label::Question && question_text::is_placeholder(question);
        let is_unfilled = question_text::is_unfilled(question) || is_placeholder();
        // "❓ Closures", but not "❓ FAQ".
        let first = self.blocks[blocks.start].text.trim_start();
        let is_marked = first.starts_with(['❓', '❔']) && !words::names_questions(question);
        let (question, tags) = metadata::trailing_tags(question);
        let (question, level) = metadata::without_level(question);
        let cleaned = question_text::clean(question);
        // "**What is a map?:** A table."
        let before_colon = cleaned.trim_end_matches([':', '：']);
        let cleaned = match before_colon.ends_with(QUESTION_MARKS) {
            true => before_colon,
            false => &*cleaned,
        };
        let question = match shape.label {
            Label::Question => {
                question_text::without_brackets(question_text::without_quotes(cleaned))
            }
            _ => cleaned,
        };
        // What stands above the options of a choice asks, whatever its words.
        let has_options = starts_options(self.blocks, blocks.end);
        // Prose asks too; a line of it counts only if all of it is a question or a request.
        let is_question = || {
            let asks = words::has_question_mark(question);
            let is_alone = blocks.len() == 1 && !self.goes_on(blocks.start);
            if !asks && !is_alone {
                return false;
            }
            let starts = words::starts_as_question(question);
            let is_request = || words::is_request(question) && question.ends_with(['.', '!', '。']);
            asks && starts
                || is_alone
                    && (asks || starts)
                    && (is_request() || words::asking(question) == Asking::Yes)
        };
        let is_stem = has_options && !question.ends_with([':', '：']);
        // A line in the item of a list is part of that, unless it says by its mark that it asks.
        let is_part = || match self.format {
            TextFormat::Markdown => self.is_below_asking_item(blocks.start),
            TextFormat::Plain => false,
        };
        // A field of a form, or a line of code in plain text.
        if shape == Shape::LINE
            && !is_stem
            && !words::has_question_mark(question)
            && (words::starts_with_field(question) || question.ends_with([';', '{', '}']))
        {
            return None;
        }
        if shape == Shape::LINE
            && !is_stem
            && self.is_in_item(blocks.start)
            && (!words::has_question_mark(question) || is_part())
        {
            return None;
        }
        if shape == Shape::LINE && !is_stem && !is_question() {
            return None;
        }
        let is_short = question.chars().count() <= MAX_QUESTION;
        let asking = match has_options || is_marked {
            true => Asking::Yes,
            false if is_short => words::asking(question),
            false => Asking::No,
        };
        let asks = asking != Asking::No;
        let is_bold = matches!(shape.form, Form::Bold | Form::BoldItem(_));
        let has_words = question.chars().any(char::is_alphanumeric);
        // "Interview questions" is the title of questions, and none of them.
        let is_heading = matches!(shape.form, Form::Heading(_));
        let is_plain = shape.label == Label::None
            && (is_plain_title(question)
                || is_heading && !asks && words::announces_questions(question));
        // A bold term that ends with a colon introduces what follows; one with a number and nothing behind it
        // on its line heads that.
        let is_head = shape.label != Label::None && answer >= self.blocks[blocks.end - 1].span.end;
        let is_term = is_bold && !has_options && !is_head && question.ends_with([':', '：']);
        let is_answer = words::answer_label(question).is_some() || is_unfilled;
        (has_words && !is_plain && !is_term && !is_answer).then(|| Opener {
            blocks,
            shape,
            number,
            level,
            tags,
            text_end: 0,
            dropped: Vec::new(),
            with_rest: None,
            asks_behind: false,
            question: question.to_owned(),
            answer,
            asking,
            announced: false,
        })
    }
}

/// Returns whether a text is nothing but a remark in brackets: "(Source: an exam)", "[one answer]".
fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let pairs = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】')];
    let is_between = |(open, close): &(char, char)| {
        let inner = text
            .strip_prefix(*open)
            .and_then(|inner| inner.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]))
    };
    pairs.iter().any(is_between)
}

/// The most lines of a question that is set as code.
const MAX_PROSE_LINES: usize = 3;

/// Returns whether what is set as code is a sentence in words.
fn is_prose(code: &str) -> bool {
    let code = code.trim();
    let is_sign = |c: char| {
        matches!(
            c,
            '{' | '}' | ';' | '=' | '<' | '>' | '|' | '$' | '\\' | '#'
        )
    };
    code.lines().count() <= MAX_PROSE_LINES && !code.contains(is_sign) && words::is_statement(code)
}

/// Returns how long the end of a question is that is its answer, with what parts them, and the answer alone:
/// "(F)" of a statement, "yeast" of "A ____ raises dough. # yeast". `last` is the question's last line.
fn answer_at_end(question: &str, last: &str) -> Option<(usize, usize)> {
    if let Some(at) = words::verdict(question) {
        let answer = question.len() - at;
        return (last.ends_with(&question[at..]) && words::is_statement(&question[..at]))
            .then_some((answer, answer));
    }
    let (end, start) = words::filled_in(question)?;
    let answer = question.len() - start;
    last.ends_with(&question[start..])
        .then_some((question.len() - end, answer))
}

/// Returns whether a block is the row of a table below the names of its columns.
fn is_delimiter(block: &Block) -> bool {
    block.kind == BlockKind::Markup && block.text.contains("--")
}

/// Returns whether the options of a choice start at the block `at`: a line marked with A, and one with
/// B below it or on the same line.
pub(super) fn starts_options(blocks: &[Block], at: usize) -> bool {
    let mut below = blocks[at.min(blocks.len())..]
        .iter()
        .filter(|block| block.kind != BlockKind::Markup);
    let Some(rest) = below.next().and_then(|block| behind_letter(block, b'a')) else {
        return false;
    };
    // "(a) Define …" above "(b) Explain …" are tasks.
    let own = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    if words::is_request(own) && words::asking(own) != Asking::No {
        return false;
    }
    let mark = rest.chars().next().unwrap_or(' ');
    let is_beside = !mark.is_whitespace()
        && [format!(" B{mark}"), format!(" b{mark}")]
            .iter()
            .any(|next| rest.contains(next));
    is_beside
        || below
            .next()
            .is_some_and(|block| behind_letter(block, b'b').is_some())
}

/// Returns what follows the letter of an option at the start of a line, from its mark on: "A)", "(a)",
/// "-A ", "- a.".
fn behind_letter(block: &Block, letter: u8) -> Option<&str> {
    if matches!(block.kind, BlockKind::Code | BlockKind::Row) {
        return None;
    }
    let open = block
        .text
        .trim_start_matches(['-', '*', '(', '[', '•', ' ']);
    let is_letter = open.as_bytes().first()?.eq_ignore_ascii_case(&letter);
    let behind = open.get(1..).filter(|_| is_letter)?;
    let is_mark = |c| matches!(c, ')' | '.' | ']' | ':' | '、' | '．' | '）');
    // "a.b" is a name, and "a)b" an option.
    let is_marked = behind.strip_prefix(is_mark).is_some_and(|rest| {
        behind.starts_with(')') || !rest.starts_with(|c: char| c.is_ascii_lowercase())
    });
    let is_listed = open.len() < block.text.len() && behind.starts_with(' ');
    (is_marked || is_listed).then_some(behind)
}

/// Returns whether a line is one of several of the form "**Category:** Conduct".
fn is_field(block: &Block) -> bool {
    let Some(name) = block.bold.first().filter(|bold| bold.start == 0) else {
        return false;
    };
    block.text[..name.end].ends_with(':') || block.text[name.end..].trim_start().starts_with(':')
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

fn form(block: &Block, labelled: &words::Labelled, format: TextFormat) -> Form {
    // An item that Markdown takes for prose, right below a line of it, is one of the outermost list.
    let depth = match format {
        TextFormat::Markdown => block.depth.max(1),
        TextFormat::Plain => block.depth,
    };
    // Bold from the label, or from just behind it, on.
    let starts_bold = block
        .bold
        .iter()
        .any(|bold| bold.start <= labelled.rest && bold.end > labelled.rest);
    // Or the number alone: "**1)** What is a map?".
    let is_number_bold =
        labelled.label == Label::Number && block.bold.first().is_some_and(|bold| bold.start == 0);
    let starts_bold = starts_bold || is_number_bold;
    match block.kind {
        BlockKind::Heading(level) => Form::Heading(level),
        _ if block.summary.is_some() => Form::Summary,
        BlockKind::Item if starts_bold => Form::BoldItem(depth),
        BlockKind::Item => Form::Item(depth),
        _ if starts_bold => Form::Bold,
        _ => Form::Line,
    }
}

/// The longest title, in bytes, of the matter before or behind the questions of a guide.
const MAX_PLAIN_TITLE: usize = 100;

/// Returns whether a title is one of the matter before or behind the questions of a guide.
pub(crate) fn is_plain_title(title: &str) -> bool {
    if title.len() > MAX_PLAIN_TITLE {
        return false;
    }
    let title = words::normalized(title);
    lexicon::CLOSING_TITLES.contains(title.as_str())
        || lexicon::OPENING_TITLES.contains(title.as_str())
}

#[cfg(test)]
mod tests {
    use crate::{guide::Guide, split::Survey};

    /// Returns the openers of a guide: their shape, their number and the question.
    fn openers(text: &str) -> Vec<(String, Option<u32>, String)> {
        let guide = Guide::parse("guide.md", text);
        let survey = Survey::of(&guide);
        let page = survey.page();
        (0..guide.blocks.len())
            .filter_map(|at| page.opener(at))
            .map(|opener| (opener.shape.to_string(), opener.number, opener.question))
            .collect()
    }

    #[test]
    fn blocks_open_questions_in_many_forms() {
        for (text, shape, number, question) in [
            (
                "## What is a map?",
                "headings of level 2",
                None,
                "What is a map?",
            ),
            (
                "**2) Maps**\n\nA table.",
                "numbered bold paragraphs",
                Some(2),
                "Maps",
            ),
            (
                "- **What is a map?** A table.",
                "bold list items",
                None,
                "What is a map?",
            ),
            (
                "## Q3: Maps",
                "headings of level 2 labelled as questions",
                Some(3),
                "Maps",
            ),
            ("**A** What is a map?", "bold paragraphs", None, "A"),
            (
                "<details><summary>Maps</summary>\n</details>",
                "summaries",
                None,
                "Maps",
            ),
            (
                "# Maps\n\n1. Name what holds\n   keys and values",
                "numbered list items",
                Some(1),
                "Name what holds keys and values",
            ),
            (
                "# Maps\n\nmap :: table",
                "lines before a mark such as › or ::",
                None,
                "map",
            ),
        ] {
            let found = openers(text);
            let expected = (shape.to_owned(), number, question.to_owned());
            assert!(found.contains(&expected), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn other_blocks_open_none() {
        for text in [
            "## Overview",
            "## References",
            "**Note:**\n\nText.",
            "```\nWhat is a map?\n```",
            "A table. It is built by hash.",
            "[Back to top](#top)",
            "A: It is a table.",
        ] {
            assert_eq!(openers(text), [], "{text:?}");
        }
    }
}
