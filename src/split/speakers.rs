//! Transcripts: who asks in a conversation, and who answers; and the labels that a guide has of its own,
//! `P:` above `R:`, which are found in the same way.

use std::collections::HashMap;

use super::words::{self, Asking, Label};
use crate::{
    guide::{Block, BlockKind},
    text::punctuation::QUESTION_MARKS,
};

/// The longest name of a speaker, in bytes, and the most words it has.
const MAX_NAME: usize = 40;
const MAX_NAME_WORDS: usize = 4;

/// The words behind a time on a clock of twelve hours.
const HALVES_OF_DAY: [&str; 4] = ["AM", "PM", "am", "pm"];

/// The fewest turns of a conversation, and the least share of its paragraphs that they are.
const MIN_TURNS: usize = 4;
const MOST_PARAGRAPHS: f64 = 0.6;

/// The share of turns that ask of who asks, and of who answers.
const ASKS: f64 = 0.6;
const ANSWERS: f64 = 0.4;

/// The fewest pairs of labels of a guide's own, and the least share of its paragraphs that their lines are.
const MIN_PAIRS: usize = 3;
const SOME_PARAGRAPHS: f64 = 0.3;

/// The fewest lines of a label that asks without another that answers.
const MIN_ALONE: usize = 5;

/// The longest label, in bytes, and the most words it has.
const MAX_LABEL: usize = 24;
const MAX_LABEL_WORDS: usize = 2;

/// The speakers of a transcript.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    /// For each name whether it asks.
    asks: HashMap<String, bool>,
    /// Whether they are labels, and nobody's names.
    are_labels: bool,
}

/// The consecutive blocks of one speaker.
struct Turn<'t> {
    name: &'t str,
    /// The byte of the block's text behind the name.
    rest: usize,
}

impl Speakers {
    /// Finds the speakers of a guide; none, if it is no transcript.
    pub(super) fn find(blocks: &[Block]) -> Speakers {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut paragraphs = 0;
        for block in blocks {
            paragraphs += usize::from(block.kind == BlockKind::Paragraph && !block.continues);
            let Some(turn) = turn(block) else { continue };
            let (turns, asking) = counts.entry(turn.name).or_default();
            *turns += 1;
            *asking += usize::from(asks(&block.text[turn.rest..]));
        }
        counts.retain(|_, (turns, _)| *turns > 1);
        let all: usize = counts.values().map(|(turns, _)| turns).sum();
        let share = |name: &str| counts[name].1 as f64 / counts[name].0 as f64;
        let asking = counts.keys().any(|name| share(name) >= ASKS);
        let answering = counts.keys().any(|name| share(name) <= ANSWERS);
        let is_transcript = all >= MIN_TURNS
            && asking
            && answering
            && all as f64 >= MOST_PARAGRAPHS * paragraphs as f64;
        if !is_transcript {
            return Speakers::labels(blocks, paragraphs).unwrap_or_default();
        }
        let asks = counts
            .keys()
            .map(|name| ((*name).to_owned(), share(name) > 0.5));
        Speakers {
            asks: asks.collect(),
            are_labels: false,
        }
    }

    /// Finds the pair of labels of a guide of which one asks and the other stands right below it again
    /// and again, if the splitter does not know both.
    fn labels(blocks: &[Block], paragraphs: usize) -> Option<Speakers> {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut pairs: HashMap<(&str, &str), usize> = HashMap::new();
        let mut above = None;
        // Below headings that ask, such lines are parts of their answers: "Follow-up: …".
        let mut asking_headings = 0;
        for block in blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Markup)
        {
            let is_heading = matches!(block.kind, BlockKind::Heading(_));
            asking_headings += usize::from(is_heading && words::asking(&block.text) == Asking::Yes);
            let turn = label(block);
            if let Some(turn) = &turn {
                let (lines, asking) = counts.entry(turn.name).or_default();
                *lines += 1;
                *asking += usize::from(is_question(&block.text[turn.rest..]));
                if let Some(above) = above {
                    *pairs.entry((above, turn.name)).or_default() += 1;
                }
            }
            above = turn.map(|turn| turn.name);
        }
        let share = |name: &str| counts[name].1 as f64 / counts[name].0 as f64;
        let is_pair = |((question, answer), count): &(&(&str, &str), &usize)| {
            let lines = counts[question].0;
            **count >= MIN_PAIRS
                && asking_headings < MIN_PAIRS
                && **count as f64 >= ASKS * lines as f64
                && share(question) >= ASKS
                && share(answer) <= ANSWERS
                && (lines + counts[answer].0) as f64 >= SOME_PARAGRAPHS * paragraphs as f64
        };
        let pair = pairs
            .iter()
            .filter(is_pair)
            .max_by_key(|(names, count)| (**count, std::cmp::Reverse(**names)));
        let Some((&(question, answer), _)) = pair else {
            // Who asks may be alone, in the plan of an interview.
            let is_alone = |(name, (lines, _)): &(&&str, &(usize, usize))| {
                *lines >= MIN_ALONE
                    && asking_headings < MIN_PAIRS
                    && share(name) >= ASKS
                    && *lines as f64 >= SOME_PARAGRAPHS * paragraphs as f64
                    && words::label(&format!("{name}: a")).label == Label::None
                    && words::answer_label(&format!("{name}: a")).is_none()
            };
            let (name, _) = counts
                .iter()
                .filter(is_alone)
                .max_by_key(|(name, (lines, _))| (*lines, std::cmp::Reverse(**name)))?;
            return Some(Speakers {
                asks: HashMap::from([((*name).to_owned(), true)]),
                are_labels: true,
            });
        };
        let is_question = words::label(&format!("{question}: a")).label == Label::Question;
        let is_answer = words::answer_label(&format!("{answer}: a")).is_some();
        let own = [(question, true, is_question), (answer, false, is_answer)];
        let asks: HashMap<String, bool> = own
            .into_iter()
            .filter(|(_, _, is_known)| !is_known)
            .map(|(name, asks, _)| (name.to_owned(), asks))
            .collect();
        (!asks.is_empty()).then_some(Speakers {
            asks,
            are_labels: true,
        })
    }

    /// Returns whether the guide is no transcript and has no labels of its own.
    pub(super) fn is_empty(&self) -> bool {
        self.asks.is_empty()
    }

    /// Returns whether a block is a turn of who asks, whatever is said in it.
    pub(super) fn asker(&self, block: &Block) -> bool {
        self.turn(block).is_some_and(|turn| self.asks[turn.name])
    }

    /// Returns the byte of a block's text behind the name of a speaker who asks there.
    pub(super) fn question(&self, block: &Block) -> Option<usize> {
        let turn = self.turn(block)?;
        let is_question = self.are_labels || asks(&block.text[turn.rest..]);
        (self.asks[turn.name] && is_question).then_some(turn.rest)
    }

    /// Returns the byte of a block's text behind the name of a speaker who answers.
    pub(super) fn answer(&self, block: &Block) -> Option<usize> {
        let turn = self.turn(block)?;
        (!self.asks[turn.name]).then_some(turn.rest)
    }

    /// Returns whether a block is a turn of a speaker.
    pub(super) fn speaks(&self, block: &Block) -> bool {
        self.turn(block).is_some()
    }

    fn turn<'b>(&self, block: &'b Block) -> Option<Turn<'b>> {
        if self.asks.is_empty() {
            return None;
        }
        let turn = match self.are_labels {
            true => label(block),
            false => turn(block),
        };
        turn.filter(|turn| self.asks.contains_key(turn.name))
    }
}

/// Returns where the first colon stands in the first bytes of a text, and the byte behind it.
fn colon(text: &str, most: usize) -> Option<(usize, usize)> {
    const WIDE: &[u8] = "：".as_bytes();
    let bytes = text.as_bytes();
    let mut start = bytes.iter().take(most);
    let at = start.position(|&b| b == b':' || b == WIDE[0])?;
    match bytes[at] {
        b':' => Some((at, at + 1)),
        _ if bytes[at..].starts_with(WIDE) => Some((at, at + WIDE.len())),
        // Another character that starts with the same byte.
        _ => {
            let behind = at + text[at..].chars().next()?.len_utf8();
            let (next, rest) = colon(&text[behind..], most.saturating_sub(behind))?;
            Some((behind + next, behind + rest))
        }
    }
}

/// Reads the label at the start of a line: "P:", "My answer:".
fn label(block: &Block) -> Option<Turn<'_>> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return None;
    }
    let text = block.text.as_str();
    let (colon, rest) = colon(text, MAX_LABEL)?;
    let name = text[..colon].trim();
    let is_named = name
        .starts_with(|c: char| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic())
        && name.split_whitespace().count() <= MAX_LABEL_WORDS;
    let behind = text[rest..].trim_start();
    // A path is none: `C:\`, "https://".
    let is_text = behind.starts_with(|c: char| !matches!(c, '/' | '\\'));
    (is_named && is_text).then(|| Turn {
        name,
        rest: text.len() - behind.len(),
    })
}

/// Returns whether a text is a question or a request as a whole.
fn is_question(text: &str) -> bool {
    words::has_question_mark(text) || words::is_request(text)
}

fn asks(text: &str) -> bool {
    text.contains(QUESTION_MARKS) || words::is_request(text)
}

/// Reads the name at the start of a paragraph: "Ann:", "Bob Smith (student):".
fn turn(block: &Block) -> Option<Turn<'_>> {
    // What goes on with a paragraph is one of several fields, such as "Category: Conduct".
    if block.kind != BlockKind::Paragraph || block.continues {
        return None;
    }
    // A time may stand before the name: "[10:15] Ann:", "12/03/24, 9:30 PM - Ann:".
    let is_time = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, ':' | '.' | '[' | ']' | '(' | ')' | '-' | '–' | ',' | '/')
    };
    let mut text = block.text.trim_start_matches(is_time);
    for half in HALVES_OF_DAY {
        if let Some(behind) = text.strip_prefix(half)
            && behind.starts_with(is_time)
            && text.len() < block.text.len()
        {
            text = behind.trim_start_matches(is_time);
        }
    }
    let (colon, rest) = colon(text, MAX_NAME)?;
    // A remark in brackets is no part of a name.
    let name = text[..colon].split(['(', '[']).next()?.trim();
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
    let words = name.split_whitespace();
    let is_named =
        !name.is_empty() && words.clone().count() <= MAX_NAME_WORDS && words.clone().all(is_name);
    let behind = text[rest..].trim_start();
    // Few lines have a name, and whether it is a label takes longer to say.
    if !is_named || name.chars().count() < 2 || behind.is_empty() {
        return None;
    }
    // "Q:" and "Answer:" are labels whoever speaks; these two are roles as well.
    let is_label = words::label(text).label != Label::None || words::answer_label(text).is_some();
    let is_role = !is_label || matches!(name, "Interviewer" | "Candidate");
    is_role.then(|| Turn {
        name,
        rest: block.text.len() - behind.len(),
    })
}
