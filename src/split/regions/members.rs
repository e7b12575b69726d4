//! Which openers of a shape are questions: not the steps of an answer, nor the lists in one.

use std::{collections::HashSet, ops::Range};

use super::{Detector, Group, is_heading, list_depth};
use crate::{
    guide::{Block, BlockKind},
    split::{
        evidence::{
            ASKING_WHERE_TOLD, Evidence, FEW, MAX_STEPS, MIN_RUN, MOSTLY, NEARLY_ALL, Obstacle,
            SELDOM, SOMETIMES,
        },
        opener::{Form, Opener, Shape},
        words::{self, Label},
    },
    text::punctuation::QUESTION_MARKS,
};

/// The fewest words of a deeper heading that is a question of its own; "Why?" is part of an answer.
const MIN_WORDS: usize = 4;

impl<'g> Detector<'g> {
    /// Returns the openers that belong to a winning shape: its own, and those of the same form
    /// that ask, for a number or a label is easily forgotten.
    pub(super) fn members(&self, best: &Group<'g>, region: &Range<usize>) -> Vec<&'g Opener> {
        let (Some(first), Some(last)) = (best.members.first(), best.members.last()) else {
            return Vec::new();
        };
        let evidence = &best.evidence;
        let shape = evidence.shape;
        let further = self.further_level(best, region);
        let is_sibling = |opener: &&Opener| {
            if further.is_some_and(|level| opener.shape.form == Form::Heading(level))
                || fills_gap(opener, best)
            {
                true
            } else if opener.shape == shape {
                let start = |member: &&Opener| member.blocks.start;
                best.members
                    .binary_search_by_key(&opener.blocks.start, start)
                    .is_ok()
                    && is_topic_or_asks(opener, evidence)
                    && !(evidence.asking >= ASKING_WHERE_TOLD && self.is_term(opener))
            } else {
                // In a list without answers some items are bold and some are not.
                let is_mixed = evidence.answered < 0.5
                    && opener.shape.label == shape.label
                    && is_list_item(opener.shape.form, shape.form);
                let is_looser = match shape.form {
                    // A line that asks may be prose, and a bullet is no number.
                    Form::Line | Form::Item(_) => false,
                    _ => shape.label == Label::None || opener.shape.label == Label::None,
                };
                // Among answers with labels a line with such an answer has lost its number.
                let is_unnumbered = matches!(shape.form, Form::Line | Form::Item(_))
                    && opener.shape == Shape::LINE
                    && self.has_labelled_answer(opener);
                let is_beside = opener.shape.form == shape.form && is_looser;
                opener.asks() && (is_beside || is_mixed || is_unnumbered)
            }
        };
        // Headings that ask behind numbered or labelled ones are theirs.
        let is_open = matches!(shape.form, Form::Heading(_)) && shape.label != Label::None;
        let end = if is_open || further.is_some() {
            region.end
        } else {
            last.blocks.start + 1
        };
        let range = first.blocks.start..end;
        let is_inside = |opener: &&Opener| opener.end() <= region.end;
        let siblings = self.openers_in(&range).filter(is_sibling);
        let mut members: Vec<&Opener> = siblings.filter(is_inside).collect();
        // The line below a label that stands alone is the label's question, and none of its own.
        let mut end = 0;
        members.retain(|opener| {
            let is_apart = opener.blocks.start >= end;
            end = end.max(opener.end());
            is_apart
        });
        if shape == Shape::LINE {
            self.drop_sentences(&mut members);
        }
        // Where nearly all ask, what does not and stands last is closing matter.
        let is_closing = |opener: &Opener| {
            evidence.asking >= NEARLY_ALL
                && opener.shape.label == Label::None
                && opener.level.is_none()
                && !opener.asks()
        };
        while members.len() > 1 && members.last().is_some_and(|last| is_closing(last)) {
            members.pop();
        }
        if shape.form == Form::Summary {
            self.drop_nested(&mut members);
        }
        members
    }

    /// Returns whether an opener is a bold term that a colon parts from what is said of it.
    fn is_term(&self, opener: &Opener) -> bool {
        let block = &self.page.blocks[opener.blocks.start];
        let end = block
            .bold
            .first()
            .filter(|bold| bold.start == 0)
            .map(|bold| bold.end);
        let has_colon = |end: usize| block.text[end..].trim_start().starts_with([':', '：']);
        opener.shape.label == Label::None && !opener.asks() && end.is_some_and(has_colon)
    }

    /// Drops the numbers with another mark than the first's, `1.` below `1)`, if hardly any of them asks and
    /// the others do.
    pub(super) fn with_first_mark(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let mark = |opener: &Opener| {
            self.page.blocks[opener.blocks.start]
                .marker
                .chars()
                .next_back()
        };
        let first = mark(members[0]);
        let (same, others): (Vec<&Opener>, Vec<&Opener>) =
            members.iter().partition(|opener| mark(opener) == first);
        let asking = |openers: &[&Opener]| {
            let asking = openers.iter().filter(|opener| opener.asks()).count();
            asking as f64 / openers.len().max(1) as f64
        };
        let are_steps = first.is_some()
            && same.len() >= MIN_RUN
            && others.iter().all(|opener| mark(opener).is_some())
            && asking(&others) < SELDOM
            && asking(&same) >= SELDOM;
        if are_steps { same } else { members }
    }

    /// Returns the level below that of headings which ask if all headings of that ask as well, each something of
    /// its own: further questions, and no parts of an answer.
    fn further_level(&self, best: &Group<'g>, region: &Range<usize>) -> Option<u8> {
        let Shape {
            form: Form::Heading(level),
            label: Label::None,
        } = best.evidence.shape
        else {
            return None;
        };
        let level = level + 1;
        if best.evidence.asking < NEARLY_ALL {
            return None;
        }
        let first = best.members[0].blocks.start;
        let below = self.page.blocks[first..region.end].iter();
        let headings: Vec<&Block> = below
            .filter(|block| block.kind == BlockKind::Heading(level))
            .collect();
        let asks = |block: &&Block| {
            words::has_question_mark(&block.text)
                && words::starts_as_question(&block.text)
                && block.text.split_whitespace().count() >= MIN_WORDS
        };
        let distinct: HashSet<&str> = headings.iter().map(|block| block.text.as_str()).collect();
        (headings.len() >= MIN_RUN && distinct.len() == headings.len() && headings.iter().all(asks))
            .then_some(level)
    }

    /// Drops the numbered steps that stand inside an answer: they start anew below a question,
    /// and the count of the questions goes on behind them.
    pub(super) fn outer_count(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let mut outer: Vec<&Opener> = Vec::with_capacity(members.len());
        let mut place = 0;
        while place < members.len() {
            place = self
                .behind_steps(&members, place, outer.last().copied())
                .unwrap_or(place);
            outer.push(members[place]);
            place += 1;
        }
        outer
    }

    /// Returns where the count that `before` is in goes on, if steps start at `place`.
    fn behind_steps(
        &self,
        members: &[&Opener],
        place: usize,
        before: Option<&Opener>,
    ) -> Option<usize> {
        let number = |place: usize| members[place].number;
        let expected = before?.number?.saturating_add(1);
        if number(place) != Some(1) || expected == 1 {
            return None;
        }
        let run = (place + 1..members.len())
            .find(|&at| number(at) != number(at - 1).map(|number| number.saturating_add(1)))
            .unwrap_or(members.len());
        let goes_on =
            (run..members.len().min(run + MAX_STEPS)).find(|&at| number(at) == Some(expected))?;
        // Several runs of steps in one answer are steps only if they do not ask.
        let asking = members[place..goes_on]
            .iter()
            .filter(|opener| opener.asks())
            .count();
        let are_steps = goes_on == run || asking * 2 < goes_on - place;
        (are_steps && !self.heading_between(members[place], members[goes_on])).then_some(goes_on)
    }

    /// Drops the items in a row that do not ask and have nothing between them, where those that ask
    /// have: they are a list in an answer.
    pub(super) fn without_inner_lists(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let asking = members.windows(2).filter(|pair| pair[0].asks());
        let is_answered = |pair: &&[&Opener]| {
            pair[0].with_rest.is_none() && self.has_answer(pair[0], pair[1].blocks.start)
        };
        if asking.clone().filter(is_answered).count() * 2 < asking.count().max(1) {
            return members;
        }
        let is_in_list = |before: &&Opener, after: &&Opener| {
            !before.asks() && !after.asks() && before.blocks.end == after.blocks.start
        };
        let lists = members.chunk_by(is_in_list);
        let kept = lists.filter(|list| list.len() < MIN_RUN || list[0].asks());
        kept.flatten().copied().collect()
    }

    /// Drops the lists of which no item asks, if they are the lesser part.
    pub(super) fn asking_lists(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let asking: Vec<&Opener> = members
            .chunk_by(|before, after| !self.heading_between(before, after))
            .filter(|list| list.iter().any(|opener| opener.asks()))
            .flatten()
            .copied()
            .collect();
        if asking.len() * 2 > members.len() {
            asking
        } else {
            members
        }
    }

    /// Drops the numbered lists of which hardly any item asks, if these are the lesser part and nearly all items
    /// of the others do.
    pub(super) fn asking_counts(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let asking_in = |list: &[&Opener]| {
            let asking = list.iter().filter(|opener| opener.asks()).count();
            asking as f64 / list.len().max(1) as f64
        };
        let asking: Vec<&Opener> = members
            .chunk_by(|before, after| {
                after.number != Some(1) && !self.heading_between(before, after)
            })
            .filter(|list| asking_in(list) >= SOMETIMES)
            .flatten()
            .copied()
            .collect();
        match asking.len() * 2 > members.len() && asking_in(&asking) >= NEARLY_ALL {
            true => asking,
            false => members,
        }
    }

    /// Drops the one or two headings of a section of their own that do not ask, where nearly all others do: it is
    /// an introduction, or says what to prepare.
    pub(super) fn asking_sections(&self, members: Vec<&'g Opener>, level: u8) -> Vec<&'g Opener> {
        let is_higher =
            |block: &Block| matches!(block.kind, BlockKind::Heading(other) if other < level);
        let asking: Vec<&Opener> = members
            .chunk_by(|before, after| {
                !self.page.blocks[before.blocks.start..after.blocks.start]
                    .iter()
                    .any(is_higher)
            })
            .filter(|section| {
                section.len() >= MIN_RUN || section.iter().any(|opener| opener.asks())
            })
            .flatten()
            .copied()
            .collect();
        let count = asking.iter().filter(|opener| opener.asks()).count();
        match asking.len() * 2 > members.len() && count as f64 >= NEARLY_ALL * asking.len() as f64 {
            true => asking,
            false => members,
        }
    }

    /// Drops the items with check boxes among more that have none: they are to be done, unless they say by
    /// their marks that they ask.
    pub(super) fn without_check_list(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let is_boxed = |opener: &Opener| {
            let block = &self.page.blocks[opener.blocks.start];
            let written = self.page.text[block.span.clone()].trim_start();
            let text = written
                .strip_prefix(block.marker.as_str())
                .unwrap_or(written)
                .trim_start();
            ["[ ]", "[x]", "[X]"]
                .iter()
                .any(|check_box| text.starts_with(check_box))
        };
        let (boxed, others): (Vec<&Opener>, Vec<&Opener>) =
            members.iter().partition(|opener| is_boxed(opener));
        let marked = boxed
            .iter()
            .filter(|opener| words::has_question_mark(&opener.question));
        let are_done =
            boxed.len() < others.len() && (marked.count() as f64) < SOMETIMES * boxed.len() as f64;
        if are_done { others } else { members }
    }

    fn heading_between(&self, first: &Opener, second: &Opener) -> bool {
        let between = first.blocks.start..second.blocks.start;
        self.page.blocks[between].iter().any(is_heading)
    }

    /// Drops the summaries that only group others: they do not ask, and those inside do.
    pub(super) fn without_groups(&self, members: Vec<&'g Opener>) -> Vec<&'g Opener> {
        let depths: Vec<usize> = members
            .iter()
            .map(|opener| self.page.blocks[opener.blocks.start].depth)
            .collect();
        let ends = ends_of_deeper(&depths);
        // How many of the first members ask.
        let mut asking = vec![0];
        for opener in &members {
            asking.push(asking[asking.len() - 1] + usize::from(opener.asks()));
        }
        let is_group = |place: usize| {
            let outer = members[place];
            let inner = &members[place + 1..ends[place]];
            let asking = asking[ends[place]] - asking[place + 1];
            let is_first = || {
                inner.first().is_some_and(|inner| {
                    let between = &self.page.blocks[outer.blocks.end..inner.blocks.start];
                    between.iter().all(|block| block.kind == BlockKind::Markup)
                })
            };
            let is_enough = asking > 1 || asking == 1 && is_first();
            !outer.asks() && is_enough && asking * 2 >= inner.len()
        };
        let kept = (0..members.len()).filter(|&place| !is_group(place));
        kept.map(|place| members[place]).collect()
    }

    /// Drops the sentences right below lines with a question mark that start as those do: "When does it rise?"
    /// above "When it is warm."
    fn drop_sentences(&self, members: &mut Vec<&Opener>) {
        let is_marked = |opener: &Opener| words::has_question_mark(&opener.question);
        let marked = members.iter().filter(|opener| is_marked(opener)).count();
        if (marked as f64) < MOSTLY * members.len() as f64 {
            return;
        }
        let mut above: Option<&Opener> = None;
        members.retain(|opener| {
            let is_below = above.is_some_and(|above| {
                is_marked(above) && self.page.blocks[above.end()..opener.blocks.start].is_empty()
            });
            let is_sentence = opener.question.ends_with(['.', '。'])
                && !opener.question.contains(QUESTION_MARKS)
                && !words::is_request(&opener.question);
            above = Some(opener);
            !(is_below && is_sentence)
        });
    }

    /// Drops the openers that stand inside the answer of another: deeper, and with nothing less
    /// deep between the two.
    fn drop_nested(&self, members: &mut Vec<&Opener>) {
        let blocks = self.page.blocks;
        let mut outer_depth = usize::MAX;
        let mut seen = 0;
        members.retain(|opener| {
            let opener = &opener.blocks;
            let leaves =
                |block: &Block| block.depth < outer_depth && block.kind != BlockKind::Markup;
            let has_left = blocks[seen..opener.start].iter().any(leaves);
            let is_inside = blocks[opener.start].depth > outer_depth && !has_left;
            seen = opener.end;
            if !is_inside {
                outer_depth = blocks[opener.start].depth;
            }
            !is_inside
        });
    }
}

/// Drops the openers that stand outside the sections that announce questions, if most stand inside
/// and few of the others ask.
pub(super) fn announced_or_asking(members: Vec<&Opener>) -> Vec<&Opener> {
    let (inside, outside): (Vec<&Opener>, Vec<&Opener>) =
        members.iter().partition(|opener| opener.announced);
    let asking: f64 = outside.iter().map(|opener| opener.asking.weight()).sum();
    let is_other = asking == 0.0 || outside.len() >= FEW && asking < MOSTLY * outside.len() as f64;
    if inside.len() > outside.len() && is_other {
        inside
    } else {
        members
    }
}

/// Drops the headings that do not ask, where as many of another shape do: they are their sections.
pub(super) fn drop_sections(groups: &mut [Group<'_>]) {
    let asking = groups.iter().filter(|group| {
        let evidence = &group.evidence;
        group.obstacle.is_none() && evidence.asking >= MOSTLY && evidence.count >= FEW
    });
    let most = asking.map(|group| group.evidence.count).max().unwrap_or(0);
    // Of twice as many, half are enough.
    let half = groups.iter().filter(|group| {
        let evidence = &group.evidence;
        group.obstacle.is_none() && evidence.asking >= ASKING_WHERE_TOLD
    });
    let half = half
        .map(|group| group.evidence.count / 2)
        .max()
        .unwrap_or(0);
    let most = most.max(half);
    for group in groups.iter_mut().filter(|group| group.obstacle.is_none()) {
        let evidence = &group.evidence;
        let is_heading = matches!(evidence.shape.form, Form::Heading(_));
        let is_bare = evidence.shape.label != Label::Question && evidence.asking < SELDOM;
        if is_heading && is_bare && evidence.count <= most {
            group.obstacle = Some(Obstacle::Sections);
        }
    }
}

/// Returns whether an opener of the winning shape is a question: if it asks, is labelled, or is a
/// bare topic among questions.
fn is_topic_or_asks(opener: &Opener, evidence: &Evidence) -> bool {
    // Bold text is used for much else, so where nearly all ask, what doesn't is a term.
    let is_term = opener.shape.form == Form::Bold && evidence.asking >= NEARLY_ALL;
    opener.asks()
        || opener.shape.label != Label::None
        || opener.level.is_some()
        || evidence.has_topics() && !is_term
}

/// Returns whether an opener is a heading of another level than the `best`, or an item that is bold where they
/// are not, whose number is the one that these leave out where it stands: a sign too many before it, and no part
/// of the answer above.
fn fills_gap(opener: &Opener, best: &Group<'_>) -> bool {
    let shape = best.evidence.shape;
    let are_headings = [opener.shape.form, shape.form]
        .iter()
        .all(|form| matches!(form, Form::Heading(_)));
    let is_numbered = opener.shape.label == shape.label && opener.number.is_some();
    let are_items = is_list_item(opener.shape.form, shape.form);
    if !(are_headings || are_items) || !is_numbered || opener.shape == shape {
        return false;
    }
    let next = best
        .members
        .partition_point(|member| member.blocks.start < opener.blocks.start);
    let number = |place: Option<usize>| best.members.get(place?)?.number;
    let before = number(next.checked_sub(1)).map(|number| number.saturating_add(1));
    let behind = number(Some(next)).and_then(|number| number.checked_sub(1));
    before == opener.number && behind == opener.number
}

/// Returns whether both forms are list items of the same depth.
fn is_list_item(form: Form, other: Form) -> bool {
    list_depth(form).is_some() && list_depth(form) == list_depth(other)
}

/// Returns for each of these `depths` the place behind the run of deeper ones that follows it.
fn ends_of_deeper(depths: &[usize]) -> Vec<usize> {
    let mut ends = vec![depths.len(); depths.len()];
    let mut open: Vec<usize> = Vec::new();
    for (place, depth) in depths.iter().enumerate() {
        while let Some(ended) = open.pop_if(|place| depths[*place] >= *depth) {
            ends[ended] = place;
        }
        open.push(place);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeper_ones_end_before_the_next_that_is_not() {
        assert_eq!(ends_of_deeper(&[0, 1, 2, 1, 0, 3]), [4, 3, 3, 4, 6, 6]);
        assert_eq!(ends_of_deeper(&[]), [0; 0]);
    }
}
