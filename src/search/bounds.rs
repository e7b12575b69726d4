//! A parsed query -> one that a search has the time for: phrases, prefixes and alternatives that would
//! read too much of the index are read as words.
//!
//! The cost of a search is the length of the lists that it reads. How long they are is known before,
//! so that the same query on the same index is always read the same way. What these leave of the work is
//! for the plain words, of which [`plan`](super::plan) has the rarest find documents.

use tantivy::schema::Field;
use tantivy_fst::automaton::AlwaysMatch;

use crate::{
    Note, NoteCode,
    search::{
        lexicon::prefix_range,
        plan::phrase_stems,
        query::{Atom, AtomForm, Clause, Parsed, Scope},
        weights::*,
    },
    store::snapshot::Snapshot,
    text::{fold, language::Language},
};

/// Returns `parsed` within [`MAX_WORK`], with a note about what it leaves out, and the work that is left.
pub(crate) fn bounded(parsed: Parsed, snapshot: &Snapshot<'_>) -> tantivy::Result<(Parsed, u64)> {
    within(parsed, snapshot, MAX_WORK)
}

fn within(parsed: Parsed, snapshot: &Snapshot<'_>, most: u64) -> tantivy::Result<(Parsed, u64)> {
    if parsed.clauses.iter().all(Clause::is_words) && parsed.excluded.is_empty() {
        return Ok((parsed, most));
    }
    let mut left = Left {
        snapshot,
        work: most,
        read: 0,
    };
    let mut bounded = Parsed {
        clauses: Vec::new(),
        excluded: Vec::new(),
        ..parsed
    };
    let (mut as_words, mut ignored) = (Vec::new(), Vec::new());
    for mut clause in parsed.clauses {
        if clause.is_words() {
            bounded.add_words(&clause.alternatives[0].text);
            continue;
        }
        let mut surplus = Vec::new();
        for atom in std::mem::take(&mut clause.alternatives) {
            match left.takes(&atom, 1)? {
                true => clause.alternatives.push(atom),
                false => surplus.push(atom),
            }
        }
        if !clause.alternatives.is_empty() {
            bounded.clauses.push(clause);
        }
        for atom in surplus {
            bounded.add_words(&atom.text);
            as_words.push(atom.to_string());
        }
    }
    for atom in parsed.excluded {
        // A sequence is read twice; see `Planner::excluded`.
        let times = if atom.is_one_word() { 1 } else { 2 };
        match left.takes(&atom, times)? {
            true => bounded.excluded.push(atom),
            false => ignored.push(format!("-{atom}")),
        }
    }
    for (atoms, code, what) in [
        (as_words, NoteCode::ReadAsWords, "read as words"),
        (ignored, NoteCode::Ignored, "ignored"),
    ] {
        if !atoms.is_empty() {
            let text = format!("{what}, as it stands for too much: {}", atoms.join(" "));
            bounded.notes.push(Note::new(code, text));
        }
    }
    Ok((bounded, left.work))
}

/// The work that a search has left.
struct Left<'a> {
    snapshot: &'a Snapshot<'a>,
    work: u64,
    /// The terms of a dictionary that were read to find the work of an atom.
    read: u64,
}

impl Left<'_> {
    /// Returns whether there is time to read `atom` so many `times`, and takes it.
    fn takes(&mut self, atom: &Atom, times: u64) -> tantivy::Result<bool> {
        let fields = self.snapshot.fields;
        self.read = 0;
        let once = match (atom.form, atom.scope) {
            (AtomForm::Prefix, Scope::Anywhere) => {
                let prefix = fold(&atom.text);
                let mut work = 0;
                for field in [fields.text, fields.surface_forms, fields.headings_and_tags] {
                    work += self.prefix_work(field, &prefix, self.work.saturating_sub(work))?;
                }
                work
            }
            (AtomForm::Prefix, _) => {
                let most = self.work / PLACE_WORK;
                self.prefix_work(fields.text, &fold(&atom.text), most)? * PLACE_WORK
            }
            (_, scope) => {
                let mut work = 0;
                for language in self
                    .snapshot
                    .languages()?
                    .into_iter()
                    .chain([Language::English])
                {
                    let stems = phrase_stems(&atom.text, language);
                    let mut fewest = u64::MAX;
                    for (_, stem) in &stems {
                        fewest = fewest.min(self.snapshot.doc_freq(fields.text, stem)?);
                    }
                    let lists = stems.len() as u64 + u64::from(scope != Scope::Anywhere);
                    work += match lists {
                        _ if stems.is_empty() => 0,
                        1 => fewest * UNION_WORK,
                        _ => fewest * lists * PLACE_WORK,
                    };
                }
                work
            }
        };
        let work = times * once;
        let takes = work <= self.work;
        // To see that it is too much has taken time as well.
        let taken = if takes { work } else { self.read * READ_WORK };
        self.work = self.work.saturating_sub(taken);
        Ok(takes)
    }

    /// Returns the work of the union of the terms of `field` that start with `prefix`; no more is
    /// counted once it is more than `most`.
    fn prefix_work(&mut self, field: Field, prefix: &str, most: u64) -> tantivy::Result<u64> {
        let (mut work, mut read) = (0, 0);
        let (from, to) = prefix_range(prefix);
        let range = (&*from, to.as_deref());
        let add = |_, _: &[u8], count: u32| {
            let takes = work <= most;
            if takes {
                work += TERM_WORK + u64::from(count);
                read += 1;
            }
            takes
        };
        self.snapshot
            .visit_terms(field, || AlwaysMatch, range, add)?;
        self.read += read;
        Ok(work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Index, QaDocument, Query, search::query::parse};

    #[test]
    fn what_is_left_out_takes_the_time_to_see_that() {
        let tea = |number| QaDocument::new("tea", format!("What is number{number}?"), "Tea.");
        let index = Index::in_memory((0..100).map(tea)).unwrap();
        let snapshot = index.snapshot();
        let left = |text, most| within(parse(&Query::new(text)), &snapshot, most).unwrap().1;
        assert_eq!(left("tea", 1000), 1000);
        // Ten terms are read before that is seen.
        let too_much = 10 * (TERM_WORK + 1) - 1;
        assert_eq!(left("number*", too_much), too_much - 10 * READ_WORK);
    }

    #[test]
    fn what_is_too_much_is_read_as_words_or_ignored_and_told() {
        let tea = |number| {
            let question = format!("What is tea number{number}?");
            QaDocument::new("tea", question, "Leaves of tea and water.")
        };
        let index = Index::in_memory((0..100).map(tea)).unwrap();
        let snapshot = index.snapshot();
        let cases = [
            // Of two words, the positions of a hundred documents.
            ("\"tea and\"", 2400, "[\"tea and\"]", ""),
            (
                "\"tea and\"",
                2399,
                "[tea and]",
                "read as words, as it stands for too much: \"tea and\"",
            ),
            (
                "leaves -\"tea and\"",
                2399,
                "[leaves]",
                "ignored, as it stands for too much: -\"tea and\"",
            ),
            ("number4*", 2400, "[number4*]", ""),
            (
                "number* OR question:water",
                4000,
                "[question:water] [number]",
                "read as words, as it stands for too much: number*",
            ),
            ("tea and water", 0, "[tea and water]", ""),
        ];
        for (text, most, expected, note) in cases {
            let (bounded, _) = within(parse(&Query::new(text)), &snapshot, most).unwrap();
            let parsed = bounded.to_string();
            assert!(parsed.starts_with(expected), "{text} {most}: {parsed}");
            let notes: Vec<&str> = bounded
                .notes
                .iter()
                .map(|note| note.text.as_str())
                .collect();
            assert_eq!(notes.join(" "), note, "{text} {most}");
        }
    }
}
