//! The guides that come with hotseat are as `content/README.md` has them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use hotseat::{DocumentKind, FrontMatter, Guide, Index, QaDocument, split, walk};

use crate::helper::Dir;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content");

/// The number of questions in each guide.
const QUESTIONS: &[(&str, usize)] = &[
    ("ai/language-models.md", 48),
    ("algorithms/coding-exercises.md", 64),
    ("algorithms/data-structures-algorithms.md", 50),
    ("behavioural/behavioural.md", 52),
    ("behavioural/questions-to-ask.md", 43),
    ("behavioural/situational-problem-solving.md", 46),
    ("career/agile.md", 43),
    ("career/hiring-process.md", 31),
    ("cloud/aws.md", 54),
    ("cpp/cpp.md", 49),
    ("data/data-engineering.md", 51),
    ("data/machine-learning.md", 62),
    ("data/statistics.md", 39),
    ("databases/nosql.md", 49),
    ("databases/redis-messaging.md", 55),
    ("databases/sql-faq.txt", 50),
    ("design/design-patterns.md", 33),
    ("design/object-oriented-design.md", 30),
    ("devops/ci-cd-sre.md", 60),
    ("devops/docker-kubernetes.md", 54),
    ("devops/observability.md", 38),
    ("devops/terraform-ansible.md", 38),
    ("go/go.md", 48),
    ("java/java.md", 53),
    ("javascript/javascript.md", 48),
    ("javascript/react.md", 35),
    ("javascript/typescript.md", 34),
    ("networking/networking-http.md", 52),
    ("operating-systems/linux-commands.md", 55),
    ("operating-systems/operating-systems-linux.txt", 53),
    ("python/python-developer.md", 47),
    ("rust/rust.md", 47),
    ("security/security.md", 54),
    ("system-design/system-design-cases.md", 20),
    ("system-design/system-design.md", 44),
    ("testing/testing.md", 49),
    ("tools/git.md", 46),
    ("web/accessibility.md", 23),
    ("web/apis.md", 42),
    ("web/css.md", 33),
    ("web/html.md", 35),
];

/// Returns the guides that are no drafts, each with its questions.
fn guides() -> Vec<(Guide, Vec<QaDocument>)> {
    let files = walk(Path::new(CONTENT)).unwrap().guides;
    let guides = files
        .iter()
        .map(|file| Guide::read(&file.absolute, &file.path).unwrap());
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
fn faults(front_matter: &FrontMatter) -> Vec<String> {
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
        ("one or two tags", (1..=2).contains(&tags.len())),
    ];
    let missing = must_be_there.iter().filter(|(_, is_there)| !is_there);
    missing
        .map(|(what, _)| format!("{what} is missing"))
        .collect()
}

/// Words that point to something outside the sentence they begin, or answer without saying what.
const DANGLING: &[&str] = &[
    "almost",
    "and",
    "because",
    "but",
    "by",
    "depends",
    "either",
    "generally",
    "he",
    "here",
    "his",
    "i",
    "it",
    "its",
    "mostly",
    "neither",
    "never",
    "no",
    "nobody",
    "none",
    "normally",
    "not",
    "nothing",
    "often",
    "rarely",
    "she",
    "so",
    "sometimes",
    "such",
    "that",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "usually",
    "we",
    "yes",
    "you",
    "your",
];

/// Returns whether an answer begins with a sentence that needs the question to be understood.
fn opens_dangling(answer: &str) -> bool {
    let opening = answer.trim_start_matches(|c: char| !c.is_alphanumeric());
    // "By default" says when something holds; "By having the methods" needs the question.
    if opening.starts_with("By default") {
        return false;
    }
    let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '/' | '.');
    let word: String = opening.chars().take_while(|c| is_in_word(*c)).collect();
    let is_code = answer.starts_with('`');
    let word = word.trim_end_matches('.').split(['\'', '’']).next();
    !is_code && word.is_some_and(|word| DANGLING.contains(&word.to_lowercase().as_str()))
}

/// Returns whether a level would mean nothing: for what to ask an interviewer, and for puzzles.
fn is_beyond_levels(question: &QaDocument) -> bool {
    question.guide == "behavioural/questions-to-ask.md"
        || question.sections.iter().any(|it| it.contains("puzzles"))
}

/// Returns how many lines of a guide hold nothing but the metadata `name`.
fn metadata_lines(guide: &Guide, name: &str) -> usize {
    let lines = guide.text.lines().map(|line| line.replace("**", ""));
    let labelled = lines.filter(|line| {
        let line = line.trim_start_matches([' ', '-']);
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(": "))
    });
    labelled.count()
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
    assert!(counts.len() >= 34, "{} guides", counts.len());
    assert!(counts.iter().all(|&count| count >= 20), "{counts:?}");
    assert!(counts.iter().sum::<usize>() >= 1400, "{counts:?}");
}

#[test]
fn guides_say_what_they_are() {
    let mut wrong = String::new();
    for (guide, _) in guides() {
        for fault in faults(&guide.front_matter) {
            wrong += &format!("\n{}: {fault}", guide.path);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_readme_lists_every_tag() {
    let questions = guides().into_iter().flat_map(|(_, questions)| questions);
    let used: BTreeSet<String> = questions.flat_map(|question| question.tags).collect();
    let listed = vocabulary();
    let unlisted: Vec<_> = used.difference(&listed).collect();
    let unused: Vec<_> = listed.difference(&used).collect();
    assert!(unlisted.is_empty(), "not in the README: {unlisted:?}");
    assert!(unused.is_empty(), "of no question: {unused:?}");
}

#[test]
fn each_question_is_answered_with_a_level_and_tags_of_its_own() {
    let mut wrong = String::new();
    for (guide, questions) in guides() {
        let [mut levels, mut tags] = [0, 0];
        for question in &questions {
            let place = format!("\n{}:{}", question.guide, question.line);
            if !question.has_answer() {
                wrong += &format!("{place}: no answer");
            }
            let expects_level = !is_beyond_levels(question);
            let level = question.level.as_deref();
            if expects_level != matches!(level, Some("junior" | "mid" | "senior")) {
                wrong += &format!("{place}: the level {level:?}");
            }
            levels += usize::from(expects_level);
            tags += 1;
        }
        for (name, expected) in [("Level", levels), ("Tags", tags)] {
            let found = metadata_lines(&guide, name);
            if found != expected {
                let path = &guide.path;
                wrong += &format!("\n{path}: {found} lines of {name} for {expected} questions");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_first_sentence_of_an_answer_stands_alone() {
    let mut wrong = String::new();
    for question in guides().into_iter().flat_map(|(_, questions)| questions) {
        if opens_dangling(&question.answer) {
            let opening: String = question.answer.chars().take(60).collect();
            wrong += &format!("\n{}:{}: {opening}", question.guide, question.line);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn openings_that_need_the_question_are_told_from_others() {
    for opening in [
        "Yes, it is.",
        "- They differ.",
        "**No.** Keep it.",
        "It's a lock.",
        "By locks.",
    ] {
        assert!(opens_dangling(opening), "{opening}");
    }
    for opening in [
        "A lock is",
        "`this` is",
        "By default all pods may",
        "No-code tools",
        "Yesterday",
    ] {
        assert!(!opens_dangling(opening), "{opening}");
    }
}

#[test]
fn a_third_of_the_answers_go_on_to_a_follow_up() {
    let mut wrong = String::new();
    for (guide, questions) in guides() {
        let goes_on = |question: &&QaDocument| question.answer.contains("Follow-up:");
        let follow_ups = questions.iter().filter(goes_on).count();
        if follow_ups * 3 < questions.len() {
            wrong += &format!("\n{}: {follow_ups} of {}", guide.path, questions.len());
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
