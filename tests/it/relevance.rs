//! Queries as people type them, and the documents that they must find in the guides of `content/`.

use std::sync::LazyLock;

use hotseat::{Index, NoteCode, Query, Results};
use serde::Deserialize;

/// The lowest rank of documents that are named together.
const NEAR_THE_TOP: usize = 3;

/// A query, and the documents to be found: `guide: question`.
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
    /// Returns whether `name` is about the word that the case says no question is about.
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
    let mut failures = String::new();
    for case in &cases().query {
        let query = Query::new(&case.text).limit(NEAR_THE_TOP);
        let found = names(&shipped().search(&query).unwrap());
        for name in case.wrong(&found) {
            failures += &format!("\n[{}] {name}\n  {}", case.text, found.join("\n  "));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn cases() -> Cases {
    toml::from_str(include_str!("../relevance.toml")).unwrap()
}

/// Returns the names of what was found, best first.
fn names(results: &Results) -> Vec<String> {
    let hits = results.hits.iter();
    hits.map(|hit| format!("{}: {}", hit.guide, hit.question))
        .collect()
}

/// The guides that come with hotseat, indexed once.
fn shipped() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        // A temporary folder of a static would never be removed.
        let index = concat!(env!("CARGO_TARGET_TMPDIR"), "/relevance");
        let index = Index::open_or_replace(index).unwrap();
        let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
        index.rebuild(content).unwrap();
        index
    });
    &INDEX
}

/// Right words of everyday life and of other fields, most of which no guide has.
const RIGHT_WORDS: &str = "ballet banana bassoon blizzard bronze bulldozer butter cancer canteen capacitor cardigan \
    carpenter cathedral cello cheese chimney cinnamon clarinet clojure coconut comet cricket curtain dentist diabetes \
    divorce dolphin donkey eclipse erlang falcon fiddle fountain fridge fungus gallery garlic giraffe glacier grunt \
    hamster harvest hedgehog hockey honey inductor insulin jigsaw kidney lantern lemon lobster magnet maternity meadow \
    mortgage mushroom neutron nurse opera orchid oyster pancake parrot pastry pelican pepper perfume piano pigeon \
    pillow pirate plumber pollen quark rabbit recipe salmon sausage sculptor sonnet sparrow squirrel surgeon tennis \
    tornado tractor trumpet turnip umbrella vaccine violin volcano walnut wedding whale wizard zebra";

/// Misspelt words, and the stems that are meant.
const MISSPELT: &[(&str, &str)] = &[
    ("algoritm", "algorithm"),
    ("arguement", "argument"),
    ("asyncronous", "asynchronous"),
    ("authentcation", "authentication"),
    ("autorization", "authorization"),
    ("certficate", "certificate"),
    ("colection", "collection"),
    ("conatiner", "container"),
    ("concurency", "concurrency"),
    ("datbase", "database"),
    ("deadlok", "deadlock"),
    ("decorater", "decorator"),
    ("dockr", "docker"),
    ("encrypton", "encryption"),
    ("exeption", "exception"),
    ("fucntion", "function"),
    ("garbge", "garbage"),
    ("hierachy", "hierarchy"),
    ("indxes", "indexes"),
    ("iterater", "iterator"),
    ("javasript", "javascript"),
    ("kuberntes", "kubernetes"),
    ("latencey", "latency"),
    ("microservces", "microservices"),
    ("paralell", "parallel"),
    ("pointr", "pointer"),
    ("polymorphysm", "polymorphism"),
    ("protocal", "protocol"),
    ("pyhton", "python"),
    ("recursoin", "recursion"),
    ("refernce", "reference"),
    ("seperation", "separation"),
    ("thoughput", "throughput"),
    ("transacton", "transaction"),
    ("typscript", "typescript"),
    ("varible", "variable"),
    ("vunerability", "vulnerability"),
];

#[test]
fn right_words_that_no_guide_has_are_not_replaced() {
    let (mut missing, mut replaced) = (0, Vec::new());
    for word in RIGHT_WORDS.split_whitespace() {
        let results = shipped().search(&Query::new(word).limit(1)).unwrap();
        let has = |code| results.notes.iter().any(|note| note.code == code);
        missing += usize::from(has(NoteCode::UnknownWord));
        replaced.extend(results.did_you_mean.map(|other| format!("{word} {other}")));
    }
    assert!(missing >= 60, "{missing}");
    assert!(replaced.len() <= 3, "{replaced:?}");
}

#[test]
fn misspelt_words_are_replaced_by_the_right_ones() {
    let mut wrong = Vec::new();
    for (typed, right) in MISSPELT {
        let results = shipped().search(&Query::new(*typed).limit(1)).unwrap();
        if results.did_you_mean.as_deref() != Some(right) {
            wrong.push((typed, results.did_you_mean));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// The share of a query from which on the document that it finds is among the first five.
const TYPED: f64 = 0.7;

#[test]
fn each_key_of_a_query_leads_to_its_document() {
    let (mut queries, mut keys) = (0, 0);
    let (mut late, mut emptied) = (Vec::new(), Vec::new());
    let cases = cases().query;
    // What one case expects must not decide which others are typed.
    let sample = cases.iter().step_by(7);
    for case in sample.filter(|case| !case.first.is_empty()) {
        queries += 1;
        let (mut was_filled, mut empty) = (false, None);
        let ends = case.text.char_indices().map(|(i, c)| i + c.len_utf8());
        for end in ends.filter(|end| *end > 2) {
            let typed = &case.text[..end];
            let found = names(
                &shipped()
                    .search(&Query::new(typed).typing(true).limit(5))
                    .unwrap(),
            );
            match found.is_empty() {
                true if was_filled => empty = empty.or(Some(typed)),
                true => {}
                false => emptied.extend(empty.take()),
            }
            was_filled |= !found.is_empty();
            if end as f64 >= TYPED * case.text.len() as f64 {
                keys += 1;
                if !found.contains(&case.first[0]) {
                    late.push(typed);
                }
            }
        }
    }
    // A query's last words may be what tells it from others: "where vs ha".
    assert!(late.len() * 33 <= keys, "{late:?} of {keys}");
    // "RSC" is in no guide, before "RSC server", and a misspelt word may be too far from the right one
    // until its last letter.
    assert!(emptied.len() * 20 <= queries, "{emptied:?}");
}
