//! What people type finds what they mean, in the guides that come with hotseat.

use hotseat::{Index, Query, Results};
use serde::Deserialize;

use crate::helper::Dir;

/// How far down documents may stand that are named together.
const NEAR_THE_TOP: usize = 3;

/// What is typed, and the documents to be found: `guide: question`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    #[serde(default)]
    first: Vec<String>,
    #[serde(default)]
    three: Vec<String>,
    #[serde(default)]
    missed: Vec<String>,
    #[serde(default)]
    absent: Option<String>,
}

#[derive(Deserialize)]
struct Cases {
    query: Vec<Case>,
}

impl Case {
    /// Whether `name` is about what the case says no question is about.
    fn is_answered_by(&self, name: &str) -> bool {
        let word = self.absent.as_ref();
        word.is_some_and(|word| name.to_lowercase().contains(word.as_str()))
    }

    /// Returns which documents are not where the case has them in `found`, best first.
    fn wrong<'a>(&'a self, found: &'a [String]) -> impl Iterator<Item = &'a String> {
        let expected = |names: &'a [String], count, expected| {
            let is_there = move |name: &String| found.iter().take(count).any(|found| found == name);
            let wrong = move |name: &&String| is_there(name) != expected;
            names.iter().filter(wrong)
        };
        expected(&self.first, 1, true)
            .chain(expected(&self.three, NEAR_THE_TOP, true))
            .chain(expected(&self.missed, NEAR_THE_TOP, false))
            .chain(
                found
                    .iter()
                    .take(NEAR_THE_TOP)
                    .filter(|name| self.is_answered_by(name)),
            )
    }
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let cases: Cases = toml::from_str(include_str!("../relevance.toml")).unwrap();
    let dir = Dir::new(&[]);
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let index = Index::open_or_build(content, dir.index()).unwrap();
    let mut failures = String::new();
    for case in &cases.query {
        let query = Query::new(&case.text).limit(NEAR_THE_TOP);
        let found = names(&index.search(&query).unwrap());
        for name in case.wrong(&found) {
            failures += &format!("\n[{}] {name}\n  {}", case.text, found.join("\n  "));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Returns the names of what was found, best first.
fn names(results: &Results) -> Vec<String> {
    let hits = results.hits.iter();
    hits.map(|hit| format!("{}: {}", hit.guide, hit.question))
        .collect()
}
