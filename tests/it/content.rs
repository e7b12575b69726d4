//! The guides that come with hotseat are as `content/README.md` has them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use hotseat::{DocumentKind, FrontMatter, Guide, Index, QaDocument, split, walk};

use crate::helper::Dir;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content");

/// How many questions are found in each guide.
const QUESTIONS: &[(&str, usize)] = &[
    ("algorithms/data-structures-algorithms.md", 38),
    ("behavioural/behavioural.md", 33),
    ("behavioural/questions-to-ask.md", 33),
    ("behavioural/situational-problem-solving.md", 36),
    ("cpp/cpp.md", 39),
    ("data/data-engineering.md", 39),
    ("data/machine-learning.md", 45),
    ("databases/sql-faq.txt", 40),
    ("devops/ci-cd-sre.md", 49),
    ("devops/docker-kubernetes.md", 39),
    ("go/go.md", 38),
    ("java/java.md", 37),
    ("javascript/javascript.md", 32),
    ("javascript/typescript-react.md", 37),
    ("networking/networking-http.md", 40),
    ("operating-systems/operating-systems-linux.txt", 41),
    ("python/python-developer.md", 32),
    ("rust/rust.md", 37),
    ("security/security.md", 43),
    ("system-design/system-design.md", 40),
    ("testing/testing.md", 39),
    ("tools/git.md", 36),
];

/// Returns the guides that are no drafts, each with its questions.
fn guides() -> Vec<(Guide, Vec<QaDocument>)> {
    let files = walk(Path::new(CONTENT)).unwrap().guides;
    let guides = files
        .iter()
        .map(|file| Guide::read(&file.file, &file.path).unwrap());
    let finished = guides.filter(|guide| !guide.front_matter.draft);
    let with_questions = finished.map(|guide| {
        let mut documents = split(&guide);
        documents.retain(|document| document.kind == DocumentKind::Question);
        (guide, documents)
    });
    with_questions.collect()
}

/// Returns the lines of a section of `content/README.md`.
fn readme(section: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(Path::new(CONTENT).join("README.md")).unwrap();
    let (_, below) = readme.split_once(&format!("\n## {section}\n")).unwrap();
    let lines = below.lines().take_while(|line| !line.starts_with("## "));
    lines.map(str::to_owned).collect()
}

/// Returns the tags that `content/README.md` lists, as `- **Fields:** Databases, Web`.
fn vocabulary() -> BTreeSet<String> {
    let lines = readme("Tags");
    let lists = lines.iter().filter(|line| line.starts_with("- **"));
    let tags = lists.flat_map(|line| line.split_once(":** ").unwrap().1.split(", "));
    tags.map(str::to_owned).collect()
}

/// Returns what the front matter of a guide lacks, or has but should not.
fn faults(front_matter: &FrontMatter, vocabulary: &BTreeSet<String>) -> Vec<String> {
    let FrontMatter { category, tags, .. } = front_matter;
    let categories = ["Technical", "Behavioural"];
    let has_category = category
        .as_deref()
        .is_some_and(|it| categories.contains(&it));
    let must_be_there = [
        ("a title", front_matter.title.is_some()),
        ("a description", front_matter.description.is_some()),
        ("an author", front_matter.author.is_some()),
        ("a modDate", front_matter.updated.is_some()),
        ("one of the categories", has_category),
        ("two to six tags", (2..=6).contains(&tags.len())),
    ];
    let missing = must_be_there.iter().filter(|(_, is_there)| !is_there);
    let missing = missing.map(|(what, _)| format!("{what} is missing"));
    let unlisted = tags.iter().filter(|tag| !vocabulary.contains(*tag));
    let unlisted = unlisted.map(|tag| format!("the tag {tag} is not in the list"));
    missing.chain(unlisted).collect()
}

#[test]
fn every_question_of_every_guide_is_found() {
    let found: BTreeMap<String, usize> = guides()
        .into_iter()
        .map(|(guide, questions)| (guide.path, questions.len()))
        .collect();
    let expected = QUESTIONS
        .iter()
        .map(|(path, count)| ((*path).to_owned(), *count));
    assert_eq!(found, expected.collect());
}

#[test]
fn the_readme_lists_every_guide() {
    let lines = readme("What is here");
    let rows = lines.iter().filter_map(|line| line.strip_prefix("| `"));
    let listed = rows.map(|row| row.split_once('`').unwrap().0);
    let expected = QUESTIONS.iter().map(|(path, _)| *path);
    assert_eq!(listed.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[test]
fn there_is_enough_to_prepare_with() {
    let counts: Vec<usize> = guides()
        .iter()
        .map(|(_, questions)| questions.len())
        .collect();
    assert!(counts.len() >= 20, "{} guides", counts.len());
    assert!(counts.iter().all(|&count| count >= 25), "{counts:?}");
    assert!(counts.iter().sum::<usize>() >= 600, "{counts:?}");
}

#[test]
fn guides_say_what_they_are() {
    let vocabulary = vocabulary();
    assert!(vocabulary.contains("Python"), "{vocabulary:?}");
    let mut wrong = String::new();
    for (guide, _) in guides() {
        for fault in faults(&guide.front_matter, &vocabulary) {
            wrong += &format!("\n{}: {fault}", guide.path);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn questions_are_answered_and_have_a_level() {
    let mut wrong = String::new();
    for question in guides().into_iter().flat_map(|(_, questions)| questions) {
        let place = format!("\n{}:{}", question.guide, question.line);
        if !question.has_answer() {
            wrong += &format!("{place}: no answer");
        }
        if !matches!(question.level.as_deref(), Some("junior" | "mid" | "senior")) {
            wrong += &format!("{place}: the level {:?}", question.level);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_question_is_asked_twice() {
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = String::new();
    for question in guides().into_iter().flat_map(|(_, questions)| questions) {
        let place = format!("{}:{}", question.guide, question.line);
        if let Some(earlier) = places.insert(question.question.to_lowercase(), place.clone()) {
            twice += &format!("\n{place} and {earlier}: {}", question.question);
        }
    }
    assert!(twice.is_empty(), "{twice}");
}

#[test]
fn indexing_the_guides_warns_of_nothing() {
    let dir = Dir::new(&[]);
    let index = Index::open_or_build(CONTENT, dir.index()).unwrap();
    assert_eq!(index.warnings().unwrap(), []);
}
