//! What `--json` prints, as JSON Schema: the files in `tests/schema`, made from the types.
//!
//! With `HOTSEAT_SCHEMA=overwrite` the test writes them. That the command prints what they say is
//! tested where it is run, in `tests/cmd.rs`.

use std::{env, fs, path::Path};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;

use crate::{
    CheckReport, DocId, DocumentKind, Explanation, QaDocument, Results, TextFormat, UpdateSummary,
};

/// One line of `hotseat split --json`: a document of a guide.
#[derive(JsonSchema, Serialize)]
struct SplitLine {
    /// The guide's file as it was given.
    source: String,
    /// The 1-based line at which the question stands.
    line: usize,
    kind: DocumentKind,
    /// The question; of a passage, the title of its section.
    question: String,
    /// The answer as it was written; empty if there is none yet.
    answer: String,
    format: TextFormat,
    /// The titles of the headings above, outermost first.
    section: Vec<String>,
    /// The tags that the guide declares.
    tags: Vec<String>,
    /// The tags that stand in for declared ones.
    inferred_tags: Vec<String>,
    /// How senior the question is.
    level: Option<String>,
    /// What names the document in an index, too.
    id: DocId,
}

/// One line of `hotseat split --explain --json`: why a guide is split as it is.
#[derive(JsonSchema, Serialize)]
struct ExplainLine {
    /// The guide's file as it was given.
    source: String,
    #[serde(flatten)]
    explanation: Explanation,
}

/// What `hotseat check --json` prints.
#[derive(JsonSchema, Serialize)]
struct CheckOutput {
    /// Whether every byte of the index is as it was written.
    whole: bool,
    #[serde(flatten)]
    check: CheckReport,
    /// The command that repairs the index, if it is damaged.
    repair: Option<String>,
}

#[test]
fn the_schema_files_are_those_of_the_types() {
    check::<Results>("search");
    check::<Results>("facets");
    check::<Results>("similar");
    check::<QaDocument>("show");
    check::<UpdateSummary>("index");
    check::<SplitLine>("split");
    check::<ExplainLine>("split-explain");
    check::<CheckOutput>("check");
}

/// Compares the schema of what a command prints with its file.
fn check<T: JsonSchema>(command: &str) {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert(
        "title".to_owned(),
        format!("hotseat {command} --json").into(),
    );
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema");
    let file = folder.join(format!("{command}.schema.json"));
    if env::var_os("HOTSEAT_SCHEMA").is_some_and(|value| value == "overwrite") {
        fs::create_dir_all(folder).unwrap();
        fs::write(&file, &text).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == text,
        "{} is out of date; HOTSEAT_SCHEMA=overwrite cargo test json_schema writes it",
        file.display()
    );
}
