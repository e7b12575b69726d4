//! The end of each question's answer: the next question, unless a heading, the end of a list or a rule
//! ends it before.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{Detector, is_heading};
use crate::{
    guide::{Block, BlockKind},
    split::{
        evidence::{MAX_ABOVE_ANSWER, MIN_RUN, NEARLY_ALL},
        opener::{Form, Opener, is_plain_title},
        sections::GROUP_LEVEL,
        words::{self, Asking, Label},
    },
    text::markup::TextFormat,
};

impl Detector<'_> {
    /// Returns for every member the block behind its answer.
    pub(super) fn ends(&self, members: &[&Opener], region: &Range<usize>) -> Vec<usize> {
        let break_level = self.break_level(members, region);
        let mut ends: Vec<usize> = Vec::with_capacity(members.len());
        let mut is_last = Vec::with_capacity(members.len());
        // Whether answers so far hold titles that only plain text's reader took for headings.
        let mut holds_titles = false;
        for (place, opener) in members.iter().enumerate() {
            let next = members.get(place + 1).map(|next| next.blocks.start);
            let start = opener.end();
            let is_heading = matches!(opener.shape.form, Form::Heading(_));
            let is_inner = |at: usize| match next {
                _ if is_heading || !self.is_guessed_title(at) => false,
                Some(next) => !self.is_right_above(at, next),
                None => holds_titles,
            };
            let next_start = next.unwrap_or(region.end);
            let is_end = |&at: &usize| self.is_break(opener, at, break_level) && !is_inner(at);
            let end = (start..next_start).find(is_end);
            holds_titles |= (start..end.unwrap_or(next_start)).any(|at| self.is_guessed_title(at));
            let next = next_start;
            let end = end.or_else(|| self.labelled_run(opener, start..next));
            is_last.push(end.is_some() || place + 1 == members.len());
            ends.push(end.unwrap_or(next));
        }
        // What only the last answers of lists hold, and none of their siblings, is closing matter;
        // so is what stands behind a rule at the very end.
        self.cut_unusual(members, &mut ends, &is_last, Self::outside_item);
        is_last.fill(false);
        if let Some(last) = is_last.last_mut() {
            *last = true;
        }
        self.cut_unusual(members, &mut ends, &is_last, Self::behind_rule);
        for (end, opener) in ends.iter_mut().zip(members) {
            *end = (*end).max(opener.text_end);
        }
        ends
    }

    /// Returns whether a block is a line of plain text that was taken for a heading since it stands
    /// alone, and is none of the titles that such pages have.
    fn is_guessed_title(&self, at: usize) -> bool {
        let block = &self.page.blocks[at];
        let written = self.page.text[block.span.clone()].trim();
        let is_underlined = self
            .page
            .blocks
            .get(at + 1)
            .is_some_and(|next| next.kind == BlockKind::Markup);
        self.page.format == TextFormat::Plain
            && block.kind == BlockKind::Heading(2)
            && written == block.text
            && !is_underlined
            && !is_plain_title(written)
    }

    /// Returns whether nothing but headings stands between the block `at` and the block `next`.
    fn is_right_above(&self, at: usize, next: usize) -> bool {
        let between = &self.page.blocks[at + 1..next];
        between
            .iter()
            .all(|block| is_heading(block) || block.kind == BlockKind::Markup)
    }

    /// Returns the first of several openers in an answer that are labelled as questions in another
    /// way than its own: a list of further questions.
    fn labelled_run(&self, opener: &Opener, answer: Range<usize>) -> Option<usize> {
        let is_question =
            |other: &&Opener| other.shape.label == Label::Question && other.shape != opener.shape;
        let mut run = self.openers_in(&answer).filter(is_question);
        let first = run.next()?;
        (run.count() + 1 >= MIN_RUN).then_some(first.blocks.start)
    }

    /// Cuts the last answers off at a block that is foreign to them, unless answers that are not
    /// last hold such blocks too.
    fn cut_unusual(
        &self,
        members: &[&Opener],
        ends: &mut [usize],
        is_last: &[bool],
        first_foreign: fn(&Self, &Opener, Range<usize>) -> Option<usize>,
    ) {
        let first_foreign = |place: usize| {
            let opener = members[place];
            first_foreign(self, opener, opener.blocks.end..ends[place])
        };
        let foreign: Vec<Option<usize>> = (0..members.len()).map(first_foreign).collect();
        let is_usual = foreign
            .iter()
            .zip(is_last)
            .any(|(at, is_last)| at.is_some() && !is_last);
        let has_siblings = is_last.contains(&false);
        if has_siblings && !is_usual {
            for (end, foreign) in ends.iter_mut().zip(foreign) {
                *end = foreign.unwrap_or(*end);
            }
        }
    }

    /// Returns whether a block ends the answer of `opener` by what it is.
    fn is_break(&self, opener: &Opener, at: usize, break_level: u8) -> bool {
        let block = &self.page.blocks[at];
        let depth = self.page.blocks[opener.blocks.start].depth;
        match block.kind {
            BlockKind::Heading(level) => {
                // A heading inside the list item that the question is, or inside its <details>.
                let is_item = matches!(opener.shape.form, Form::Heading(_))
                    && !self.page.blocks[opener.blocks.start].marker.is_empty();
                let is_inside = block.depth > depth
                    || is_item && block.depth == depth && block.marker.is_empty();
                let is_part = || self.inner_titles.contains(&words::normalized(&block.text));
                let is_beside = opener.shape.form == Form::Heading(level) && is_part();
                let is_inner = is_inside || is_beside || words::answer_label(&block.text).is_some();
                (level <= break_level || level == GROUP_LEVEL) && !is_inner
            }
            BlockKind::Markup => false,
            _ => opener.shape.form == Form::Summary && block.depth < depth,
        }
    }

    /// Returns the first block of an answer that stands outside the list item of its question.
    fn outside_item(&self, opener: &Opener, answer: Range<usize>) -> Option<usize> {
        let depth = self.page.blocks[opener.blocks.start].depth;
        let is_outside = |at: &usize| {
            let block = &self.page.blocks[*at];
            let is_text = !matches!(block.kind, BlockKind::Markup | BlockKind::Item);
            is_text && (block.depth < depth || depth == 0 && block.depth == 0)
        };
        let is_item = matches!(opener.shape.form, Form::Item(_) | Form::BoldItem(_));
        answer.filter(|_| is_item).find(is_outside)
    }

    /// Returns the first block of text in an answer that stands behind a rule.
    fn behind_rule(&self, _: &Opener, answer: Range<usize>) -> Option<usize> {
        let is_markup = |at: usize| self.page.blocks[at].kind == BlockKind::Markup;
        let is_mark = |b| matches!(b, b'-' | b'*' | b'_');
        let is_rule = |at: usize| {
            let text = &self.page.blocks[at].text;
            is_markup(at) && text.len() >= 3 && text.bytes().all(is_mark)
        };
        answer
            .skip_while(|&at| !is_rule(at))
            .find(|&at| !is_markup(at))
    }

    /// Returns the level of the headings of which one stands above each of nearly all members, whatever
    /// stands between, and above the first: a section has some text, and one question at its end.
    fn level_between(&self, members: &[&Opener], region: &Range<usize>) -> Option<u8> {
        let starts = [region.start]
            .into_iter()
            .chain(members.iter().map(|opener| opener.end()));
        let level_above = |(start, opener): (usize, &&Opener)| {
            let above = &self.page.blocks[start..opener.blocks.start];
            above.iter().rev().find_map(|block| match block.kind {
                BlockKind::Heading(level) => Some((level, words::normalized(&block.text))),
                _ => None,
            })
        };
        let above: Vec<Option<(u8, String)>> = starts.zip(members).map(level_above).collect();
        let (level, _) = above.first()?.clone()?;
        let titles: HashSet<&str> = above
            .iter()
            .flatten()
            .filter(|(other, _)| *other == level)
            .map(|(_, title)| title.as_str())
            .collect();
        let is_section =
            members.len() >= MIN_RUN && titles.len() as f64 >= NEARLY_ALL * members.len() as f64;
        is_section.then_some(level)
    }

    /// Returns the deepest level of heading that ends an answer.
    fn break_level(&self, members: &[&Opener], region: &Range<usize>) -> u8 {
        if let Some(Form::Heading(level)) = members.first().map(|opener| opener.shape.form) {
            // Where "Answer" is a heading beside the question's, others beside it are the answer's.
            let is_answered_beside = |opener: &Opener| {
                let below = self.page.blocks[opener.blocks.end..region.end].iter();
                let heading = below.take(MAX_ABOVE_ANSWER).find(|block| is_heading(block));
                heading.is_some_and(|heading| {
                    heading.kind == BlockKind::Heading(level)
                        && words::answer_label(&heading.text).is_some()
                })
            };
            // What follows the only question of a guide is its answer.
            let above = &self.page.blocks[..members[0].blocks.start];
            let is_whole =
                members.len() == 1 && above.iter().all(|block| block.kind == BlockKind::Markup);
            let answered_beside = members
                .iter()
                .filter(|opener| is_answered_beside(opener))
                .count();
            let is_inner = is_whole || answered_beside * 2 > members.len();
            return if is_inner { level - 1 } else { level };
        }
        // A level is one of sections if such headings stand right above questions.
        let heading_above = |opener: &Opener| {
            let above = (region.start..opener.blocks.start).rev();
            let mut kinds = above
                .filter(|&at| self.page.furniture[at].is_none())
                .map(|at| self.page.blocks[at].kind);
            match kinds.find(|kind| *kind != BlockKind::Markup) {
                Some(BlockKind::Heading(level)) if level != GROUP_LEVEL => level,
                _ => 0,
            }
        };
        match members.iter().map(|opener| heading_above(opener)).max() {
            Some(level) if level > 0 => level,
            _ => self.level_between(members, region).unwrap_or(2),
        }
    }
}

/// Returns the titles, normalized, of the headings that stand in a guide again and again and do not
/// ask: parts that each answer has.
pub(super) fn inner_titles(blocks: &[Block]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for block in blocks.iter().filter(|block| is_heading(block)) {
        let is_bare = words::label(&block.text).label == Label::None;
        if is_bare && words::asking(&block.text) == Asking::No {
            *counts.entry(words::normalized(&block.text)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= MIN_RUN);
    counts.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Guide;

    #[test]
    fn a_title_that_recurs_is_part_of_each_answer() {
        let blocks = |text: &str| Guide::parse("guide.md", text).blocks;
        let titles = inner_titles(&blocks(
            &"## 1. Name a map\n\n## Example\n\nText.\n\n".repeat(3),
        ));
        assert_eq!(titles, HashSet::from(["example".to_owned()]));
        assert!(inner_titles(&blocks("## Example\n\nText.\n")).is_empty());
    }
}
