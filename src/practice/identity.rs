//! Questions that were moved to another guide, or worded differently -> the ids that they have now.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use xxhash_rust::xxh3::xxh3_64;

use super::{Card, History, TextSeen};
use crate::{DocId, QaDocument, text::Terms};

/// The least likeness of two wordings of a question, as the share of words that they have in common.
const ALIKE: f64 = 0.8;

/// Finds questions of `history` whose id none of `documents` has any more: returns that id, and the
/// document that the question is now. Questions that cannot be found again are left out.
///
/// A question is the same if its text is, in another guide; else if its answer is, in the same
/// guide; else if four fifths of its words are, in the same guide. If that is true of several
/// documents or several questions, or only of a document that has been practiced under its own id,
/// the question is not found.
pub fn moved<'d>(history: &History, documents: &'d [QaDocument]) -> Vec<(DocId, &'d QaDocument)> {
    let known: HashSet<DocId> = documents.iter().map(|document| document.id).collect();
    let mut lost: Vec<(DocId, Question)> = history
        .cards()
        .filter(|(id, _)| !known.contains(id))
        .filter_map(|(id, card)| Some((id, Question::new(card.text.clone()?))))
        .collect();
    if lost.is_empty() {
        return Vec::new();
    }
    lost.sort_by_key(|(id, _)| *id);
    let is_new = |document: &&QaDocument| {
        let card = history.card(document.id);
        card.is_none_or(|card| *card == Card::default())
    };
    let mut free: Vec<(&QaDocument, Question)> = documents
        .iter()
        .filter(is_new)
        .map(|document| (document, Question::new(TextSeen::of(document, true))))
        .collect();
    let mut found = Vec::new();
    for is_same in [
        Question::has_text_of,
        Question::has_answer_of,
        Question::is_like,
    ] {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (l, (_, then)) in lost.iter().enumerate() {
            let all = free.iter().enumerate();
            let same = all.filter(|(_, (_, now))| is_same(then, now));
            pairs.extend(same.map(|(f, _)| (l, f)));
        }
        let mut matches: HashMap<(bool, usize), usize> = HashMap::new();
        for (l, f) in &pairs {
            *matches.entry((true, *l)).or_default() += 1;
            *matches.entry((false, *f)).or_default() += 1;
        }
        pairs.retain(|(l, f)| matches[&(true, *l)] == 1 && matches[&(false, *f)] == 1);
        found.extend(pairs.iter().map(|(l, f)| (lost[*l].0, free[*f].0)));
        let ids: HashSet<DocId> = found
            .iter()
            .flat_map(|(old, document)| [*old, document.id])
            .collect();
        lost.retain(|(id, _)| !ids.contains(id));
        free.retain(|(document, _)| !ids.contains(&document.id));
    }
    found
}

/// A question as it is, or was.
struct Question {
    text: TextSeen,
    /// The words of its wording.
    words: OnceCell<HashSet<String>>,
}

impl Question {
    fn new(text: TextSeen) -> Question {
        Question {
            text,
            words: OnceCell::new(),
        }
    }

    fn has_text_of(&self, other: &Question) -> bool {
        self.text.question == other.text.question
    }

    fn has_answer_of(&self, other: &Question) -> bool {
        let has_answer = self.text.answer != xxh3_64(b"");
        has_answer && self.text.answer == other.text.answer && self.text.guide == other.text.guide
    }

    fn is_like(&self, other: &Question) -> bool {
        if self.text.guide != other.text.guide {
            return false;
        }
        let (words, others) = (self.words(), other.words());
        let common = words.intersection(others).count();
        common > 0 && 2.0 * common as f64 >= ALIKE * (words.len() + others.len()) as f64
    }

    fn words(&self) -> &HashSet<String> {
        self.words.get_or_init(|| {
            let terms = Terms::of(self.text.wording.as_deref().unwrap_or(""));
            terms.iter().map(|term| term.text.to_owned()).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Action, Clock, Entry, Grade, Timestamp};

    fn history(documents: &[QaDocument]) -> History {
        let now = Timestamp::from_unix_ms(0);
        let clock = Clock { now, offset: 0 };
        let mut history = History::default();
        for document in documents {
            let grade = Grade::Good;
            let graded = Action::Graded { grade, ms: 0 };
            let entry = Entry::new(now, "a1", document.id, graded);
            history.add(&entry.with_text(TextSeen::of(document, true)), &clock);
        }
        history
    }

    fn question(guide: &str, question: &str, answer: &str) -> QaDocument {
        QaDocument::new(guide, question, answer)
    }

    #[test]
    fn a_question_is_recognized_after_a_move_or_an_edit() {
        let old = [
            question("a.md", "What is a map?", "A table."),
            question("a.md", "What's a set?", "Values, each once."),
            question(
                "a.md",
                "How does one remove an item from a list?",
                "By its index.",
            ),
            question("a.md", "What is a tree?", "Nodes."),
        ];
        let new = [
            question("b.md", "What is a map?", "A table of keys."),
            question(
                "a.md",
                "What is a set, and what is it for?",
                "Values, each once.",
            ),
            question(
                "a.md",
                "How does one remove an item from a linked list?",
                "By its node.",
            ),
            question("a.md", "What is a graph?", "Nodes and edges."),
        ];
        let moved = moved(&history(&old), &new);
        let ids: Vec<_> = moved.iter().map(|(id, new)| (*id, new.id)).collect();
        let expected: Vec<_> = (0..3).map(|n| (old[n].id, new[n].id)).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn an_unclear_match_is_none() {
        let old = [question("a.md", "What is a map?", "A table.")];
        let twice = ["b.md", "c.md"].map(|guide| question(guide, "What is a map?", "A table."));
        assert!(moved(&history(&old), &twice).is_empty());
        // A question that is practiced itself is no other one.
        let both = [&old[..], &twice[..1]].concat();
        assert!(moved(&history(&both), &twice[..1]).is_empty());
    }
}
