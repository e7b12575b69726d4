//! The JSON that commands print, beyond what the library's types serialize to.
//!
//! One idea has one name in all commands: `guide` is a guide's path in the index, `path` its file,
//! relative to the working folder if it is below that.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};

use hotseat::{
    CheckReport, DocId, DocumentKind, Explanation, FacetCount, FacetName, Hit, Note, Place,
    QaDocument, Results, TextFormat,
    draw::{Sheet, SheetQuestion},
    practice::Card,
};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::{content_path::ContentPath, terminal::steers};

/// Writes `value` as one line of JSON.
pub(crate) fn write(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, SafeJson);
    value.serialize(&mut serializer)?;
    writeln!(out)
}

/// JSON in which characters that would steer a terminal are escaped, beside those that must be.
struct SafeJson;

impl Formatter for SafeJson {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| steers(*c)) {
            CompactFormatter.write_string_fragment(writer, &rest[..at])?;
            // All of these are in the first plane, where one escape is one character.
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// The results of a search, or of counting facets.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonResults<'a> {
    /// The text of the query.
    query: &'a str,
    /// The number of documents that match, of which `hits` are the ones asked for.
    total: usize,
    /// The time that the search took, in microseconds.
    took_us: u64,
    /// Remarks on how the query was read, where that differs from what was typed.
    notes: &'a [Note],
    /// The query with its misspelt words corrected, if it has any.
    did_you_mean: Option<&'a str>,
    /// The best documents, best first.
    hits: Vec<JsonHit<'a>>,
    /// The values of the facets that were asked for, most frequent first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facets: &'a BTreeMap<FacetName, Vec<FacetCount>>,
    /// The query as it was understood, with `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    parsed: Option<&'a str>,
    /// The requests to the engine that has the documents, with `--engine` and `--explain`.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    requests: &'a [String],
}

/// A document found, and its file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct JsonHit<'a> {
    /// The guide's file, relative to the working folder if it is below that.
    path: String,
    #[serde(flatten)]
    hit: &'a Hit,
}

/// A document, and its file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonDocument<'a> {
    /// The guide's file, relative to the working folder if it is below that.
    path: String,
    #[serde(flatten)]
    document: &'a QaDocument,
}

/// The questions of an interview.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonSheet<'a> {
    /// The number that gives the same set again.
    seed: u64,
    /// The length of the interview in minutes.
    minutes: u32,
    /// The minutes that are kept for the start, the end and what takes longer.
    reserve: u32,
    /// The minutes for which there were too few questions.
    missing: u32,
    /// The questions, easier ones first.
    questions: Vec<JsonSheetQuestion<'a>>,
}

/// A question of an interview, and its file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct JsonSheetQuestion<'a> {
    /// The guide's file, relative to the working folder if it is below that.
    path: String,
    /// The minutes for it.
    minutes: u32,
    /// The guide's path relative to the content folder.
    guide: &'a str,
    /// The 1-based line of the guide on which the question starts.
    line: usize,
    /// The place at which it starts, if readers of the guide count something other than lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// Always a question.
    kind: DocumentKind,
    /// The question.
    question: &'a str,
    /// The answer as written, with `--answers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a str>,
    /// The format of the answer, with `--answers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<TextFormat>,
    /// The titles of the headings above, outermost first.
    sections: &'a [String],
    /// The tags of the guide and of the question.
    tags: &'a [String],
    /// Tags of a document whose guide declares none.
    inferred_tags: &'a [String],
    /// The sort of guide it is from.
    category: Option<&'a str>,
    /// The seniority that the question is for.
    level: Option<&'a str>,
    /// The title of the guide.
    guide_title: &'a str,
    /// The document's id.
    id: DocId,
}

/// The questions that are asked next.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonPractice<'a> {
    /// The number of questions that are due, within the limit or beyond.
    pub(crate) due: usize,
    /// The questions, in the order in which they are asked.
    pub(crate) questions: Vec<JsonPracticeQuestion<'a>>,
}

/// A question that is asked next.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonPracticeQuestion<'a> {
    /// The document's id.
    id: DocId,
    /// The question.
    question: &'a str,
    /// The guide's path in the index.
    guide: &'a str,
    /// The guide's file, relative to the working folder if it is below that.
    path: String,
    /// The 1-based line of the guide on which the question starts.
    line: usize,
    /// The seniority that the question is for.
    level: Option<&'a str>,
    /// Whether it was never graded, or was reset.
    new: bool,
    /// The number of its reviews.
    reviews: u32,
    /// Whether it is flagged.
    flagged: bool,
    /// The days after which it is recalled with a probability of 90 %; null if it is new.
    stability: Option<f64>,
    /// The difficulty of remembering, from 1 to 10; null if it is new.
    difficulty: Option<f64>,
}

/// A document as `split` finds it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonSplit<'a> {
    /// The guide's file, relative to the working folder if it is below that.
    path: &'a str,
    #[serde(flatten)]
    document: &'a QaDocument,
    /// The guide's file as given, until 1.0.
    source: Cow<'a, str>,
    /// The same as `sections`, until 1.0.
    section: &'a [String],
}

/// The result of a check, and what to do about it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonCheck<'a> {
    /// Whether every checksum matches.
    pub(crate) whole: bool,
    #[serde(flatten)]
    pub(crate) check: &'a CheckReport,
    /// The command that repairs the index, if it is damaged.
    pub(crate) repair: Option<&'a str>,
}

/// Why a guide is split as it is.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct JsonExplanation<'a> {
    /// The guide's path in the index.
    guide: &'a str,
    /// The guide's file, relative to the working folder if it is below that.
    path: &'a str,
    #[serde(flatten)]
    explanation: &'a Explanation,
    /// The guide's file as given, until 1.0.
    source: Cow<'a, str>,
}

pub(crate) fn results<'a>(results: &'a Results, content: &ContentPath) -> JsonResults<'a> {
    let hit = |hit: &'a Hit| JsonHit {
        path: content.shown(&hit.guide),
        hit,
    };
    JsonResults {
        query: &results.query,
        total: results.total,
        took_us: results.took_us,
        notes: &results.notes,
        did_you_mean: results.did_you_mean.as_deref(),
        hits: results.hits.iter().map(hit).collect(),
        facets: &results.facets,
        parsed: results.parsed.as_deref(),
        requests: &results.requests,
    }
}

pub(crate) fn document<'a>(document: &'a QaDocument, content: &ContentPath) -> JsonDocument<'a> {
    JsonDocument {
        path: content.shown(&document.guide),
        document,
    }
}

/// The questions of a sheet, with their answers if `answers`.
pub(crate) fn sheet<'a>(sheet: &'a Sheet, answers: bool, content: &ContentPath) -> JsonSheet<'a> {
    let question = |SheetQuestion {
                        minutes, document, ..
                    }: &'a SheetQuestion| JsonSheetQuestion {
        path: content.shown(&document.guide),
        minutes: *minutes,
        guide: &document.guide,
        line: document.line,
        place: document.place,
        kind: document.kind,
        question: &document.question,
        answer: answers.then_some(&document.answer),
        format: answers.then_some(document.format),
        sections: &document.sections,
        tags: &document.tags,
        inferred_tags: &document.inferred_tags,
        category: document.category.as_deref(),
        level: document.level.as_deref(),
        guide_title: &document.guide_title,
        id: document.id,
    };
    JsonSheet {
        seed: sheet.seed,
        minutes: sheet.minutes,
        reserve: sheet.reserve,
        missing: sheet.missing,
        questions: sheet.questions.iter().map(question).collect(),
    }
}

pub(crate) fn practice_question<'a>(
    document: &'a QaDocument,
    card: Option<&Card>,
    content: &ContentPath,
) -> JsonPracticeQuestion<'a> {
    let memory = card.and_then(|card| card.memory);
    JsonPracticeQuestion {
        id: document.id,
        question: &document.question,
        guide: &document.guide,
        path: content.shown(&document.guide),
        line: document.line,
        level: document.level.as_deref(),
        new: memory.is_none(),
        reviews: card.map_or(0, |card| card.reviews),
        flagged: card.is_some_and(|card| card.flagged),
        stability: memory.map(|memory| memory.stability),
        difficulty: memory.map(|memory| memory.difficulty),
    }
}

pub(crate) fn split<'a>(path: &'a str, file: &'a Path, document: &'a QaDocument) -> JsonSplit<'a> {
    JsonSplit {
        path,
        document,
        source: file.to_string_lossy(),
        section: &document.sections,
    }
}

pub(crate) fn explanation<'a>(
    path: &'a str,
    file: &'a Path,
    guide: &'a str,
    explanation: &'a Explanation,
) -> JsonExplanation<'a> {
    JsonExplanation {
        guide,
        path,
        explanation,
        source: file.to_string_lossy(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_escapes_what_steers_a_terminal_and_stays_the_same_text() {
        let text = "\u{1b}[1m \u{9b}2J \u{7f} \u{202e}x\u{2069} \u{2028} \"é\\日本\"\t\n";
        let mut out = Vec::new();
        write(&text, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(
            line,
            "\"\\u001b[1m \\u009b2J \\u007f \\u202ex\\u2069 \\u2028 \\\"é\\\\日本\\\"\\t\\n\"\n"
        );
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}

#[cfg(feature = "schema")]
#[cfg(test)]
mod schema_tests {
    use std::{env, fs, path::Path};

    use hotseat::UpdateSummary;
    use schemars::{JsonSchema, generate::SchemaSettings};

    use super::*;

    /// With `HOTSEAT_SCHEMA=overwrite` the files are written. That commands print what they say is
    /// tested in `tests/cmd.rs`.
    #[test]
    fn the_schema_files_are_those_of_the_types() {
        check::<JsonResults<'_>>("search");
        check::<JsonResults<'_>>("facets");
        check::<JsonResults<'_>>("similar");
        check::<JsonDocument<'_>>("show");
        check::<JsonSheet<'_>>("draw");
        check::<JsonPractice<'_>>("practice");
        check::<JsonSplit<'_>>("split");
        check::<JsonExplanation<'_>>("split-explain");
        check::<JsonCheck<'_>>("check");
        check::<UpdateSummary>("index");
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
            "{} is out of date; HOTSEAT_SCHEMA=overwrite cargo test schema writes it",
            file.display()
        );
    }
}
