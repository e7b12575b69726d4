//! Questions of a quiz with one on each line, whose columns a sign parts: what it is about, the question,
//! its options and the right one's letter or number.

use std::collections::HashSet;

use super::{
    opener::{Opener, Page},
    regions::Question,
    unmarked::{self, MIN_ASKING, MIN_OPTIONS, MIN_ROUNDS},
    words,
};
use crate::guide::BlockKind;

/// The signs that part the columns.
const SIGNS: &[char] = &['|', ';', '\t'];

/// The most columns.
const MAX_COLUMNS: usize = 12;

/// Returns the questions of such a quiz.
pub(super) fn questions(page: Page<'_>) -> Vec<Question> {
    let lines: Vec<usize> = (0..page.blocks.len())
        .filter(|&at| page.blocks[at].kind != BlockKind::Markup)
        .collect();
    let text = |at: usize| page.blocks[at].text.as_str();
    let is_in_columns = |sign: &char| {
        let width = |&at: &usize| text(at).matches(*sign).count() + 1;
        let first = lines.first().map_or(0, width);
        let is_row = |at: &usize| {
            let last = text(*at).rsplit(*sign).next();
            width(at) == first && last.is_some_and(unmarked::is_key)
        };
        (MIN_OPTIONS + 2..=MAX_COLUMNS).contains(&first) && lines.iter().all(is_row)
    };
    let sign = SIGNS.iter().find(|sign| is_in_columns(sign));
    let Some(&sign) = sign.filter(|_| lines.len() >= MIN_ROUNDS) else {
        return Vec::new();
    };
    let column = |place: usize| {
        lines
            .iter()
            .map(move |&at| text(at).split(sign).nth(place).unwrap_or_default().trim())
    };
    let asks = |cell: &&str| words::has_question_mark(cell) || unmarked::has_gap(cell);
    let asking = |place: usize| column(place).filter(asks).count();
    let width = text(lines[0]).split(sign).count();
    let varies = column(width - 1).collect::<HashSet<_>>().len() > 1;
    // The last columns are options and the key.
    let places = 0..width - MIN_OPTIONS - 1;
    let Some(place) = places.max_by_key(|&place| (asking(place), width - place)) else {
        return Vec::new();
    };
    let has_words = column(place).all(|cell| cell.contains(char::is_alphabetic));
    if !varies || !has_words || (asking(place) as f64) < MIN_ASKING * lines.len() as f64 {
        return Vec::new();
    }
    // What a question is about is kept, be it of each another; its number is not.
    let repeats = |place: usize| column(place).collect::<HashSet<_>>().len() * 2 <= lines.len();
    let above: Vec<usize> = (0..place)
        .filter(|&place| {
            repeats(place) || column(place).any(|cell| cell.contains(char::is_alphabetic))
        })
        .collect();
    let mut questions = unmarked::questions(page, &lines, |_| false);
    for question in &mut questions {
        let at = question.opener.blocks.start;
        let block = &page.blocks[at];
        let cells: Vec<&str> = block.text.split(sign).collect();
        let options: usize = cells[..=place]
            .iter()
            .map(|cell| cell.len() + sign.len_utf8())
            .sum();
        let space = block.text[options..].len() - block.text[options..].trim_start().len();
        question.opener = Opener::of_guide(page, at..at + 1, cells[place].trim());
        question.opener.answer = block.source_with_markup(options + space, page.text);
        let tags = above.iter().map(|&place| cells[place].trim());
        let tags = tags.filter(|tag| !tag.is_empty()).map(str::to_owned);
        question.opener.tags.extend(tags);
    }
    questions
}

#[cfg(test)]
mod tests {
    use crate::{Guide, split::split};

    #[test]
    fn what_stands_before_a_question_tags_it_and_its_number_does_not() {
        let rows = [
            "1|Rye|baking|What is it?|A grass|A tree|1",
            "2|Yeast|baking|What does it raise?|Dough|Doubts|1",
            "3|An oven|baking|How hot is it?|90|230|2",
            "4|Steam|baking|What is it for?|Crust|Taste|1",
        ];
        let documents = split(&Guide::parse("quiz.txt", &rows.join("\n")));
        let tags = documents
            .iter()
            .map(|document| document.all_tags().collect::<Vec<_>>().join(", "));
        let tags: Vec<String> = tags.collect();
        assert_eq!(
            tags,
            [
                "Rye, baking",
                "Yeast, baking",
                "An oven, baking",
                "Steam, baking"
            ]
        );
    }
}
