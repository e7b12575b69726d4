//! `hotseat export`: questions with their answers, in a form that other programs read.

use std::{fmt::Write as _, io::Write, path::PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use hotseat::{QaDocument, TextFormat, escape_html};

use super::{Config, HELP, Outcome, output, page, questions::Questions};
use crate::{content_path::ContentPath, terminal};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat export --to anki -o cards.txt        all of it, for File > Import in Anki
  hotseat export --to anki --tag sql --deck 'Interview::SQL' -o sql.txt
  hotseat export --to html --level senior -o senior.html
  hotseat export --to csv deadlock > deadlock.csv
  hotseat export --to md --guide python -o python.md",
    after_help = "\
anki is the text format of Anki's own import. Each card has a name of its own, so that importing \
again adds new questions and updates changed answers, and what you learned of a card stays; tags, \
levels and categories become tags. csv has one question a line, its answer as written, and the \
names of the columns first; an apostrophe before =, +, - and @ keeps spreadsheets from computing. \
Questions without an answer are left out unless --unanswered."
)]
pub(super) struct Args {
    /// Format: anki, csv, md or html
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    to: Format,
    /// Write to this file rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Name of the deck in Anki [default: the name of the content folder]
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    #[command(flatten)]
    questions: Questions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Anki,
    Csv,
    Md,
    Html,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let (index, content) = args.questions.open(config)?;
    let documents = args.questions.list(&index, &content)?;
    if documents.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let name = content.name();
    let text = match args.to {
        Format::Anki => anki(&documents, args.deck.as_deref().unwrap_or(&name)),
        Format::Csv => csv(&documents, &content),
        Format::Md => markdown(&documents, &name),
        Format::Html => html(&documents, &name),
    };
    page::write(args.output.as_ref(), &text, &content, out)?;
    if let Some(file) = &args.output {
        let count = output::counted(documents.len(), "question");
        terminal::eprint_note(&format!("{count} in {}", file.display()));
    }
    Ok(Outcome::Found)
}

/// Returns the text that Anki imports. Every field is quoted, since it may have tabs and lines.
fn anki(documents: &[QaDocument], deck: &str) -> String {
    let deck: String = deck.chars().filter(|c| !c.is_control()).collect();
    // The first field of a line is never a comment, since it starts with a quote.
    let mut text = format!(
        "#separator:tab\n#html:true\n#deck:{deck}\n#columns:guid\tFront\tBack\tTags\n\
         #guid column:1\n#tags column:4\n"
    );
    for document in documents {
        let id = format!("hs:{}", document.id);
        let front = page::question(&document.question);
        let back = page::answer(document, 3);
        let fields = [&id, &front, &back, &anki_tags(document)];
        let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        text += &fields.join("\t");
        text.push('\n');
    }
    text
}

/// Returns the tags of a card: those of the question, its level and its category. Anki's tags have no
/// spaces, and are nested by `::`.
fn anki_tags(document: &QaDocument) -> String {
    let word = |text: &str| -> String {
        let is_apart = |c: char| c.is_whitespace() || c.is_control();
        text.chars()
            .map(|c| if is_apart(c) { '_' } else { c })
            .collect()
    };
    let mut tags: Vec<String> = document.all_tags().map(word).collect();
    let level = document
        .level
        .iter()
        .map(|level| format!("level::{}", word(level)));
    let category = document.category.iter();
    tags.extend(level);
    tags.extend(category.map(|category| format!("category::{}", word(category))));
    tags.join(" ")
}

/// Returns a field in double quotes, as in CSV.
fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

fn csv(documents: &[QaDocument], content: &ContentPath) -> String {
    let mut text = "id,question,answer,level,category,tags,sections,path,line\r\n".to_owned();
    for document in documents {
        let tags: Vec<&str> = document.all_tags().collect();
        let fields = [
            document.id.to_string(),
            document.question.clone(),
            document.answer.clone(),
            document.level.clone().unwrap_or_default(),
            document.category.clone().unwrap_or_default(),
            tags.join(", "),
            document.sections.join(" > "),
            content.shown(&document.guide),
            document.line.to_string(),
        ];
        let fields: Vec<String> = fields.iter().map(|field| cell(field)).collect();
        text += &fields.join(",");
        text += "\r\n";
    }
    text
}

/// Returns a cell that no spreadsheet takes for a formula.
fn cell(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let apostrophe = if is_formula { "'" } else { "" };
    match field.contains(['"', ',', '\n', '\r']) || is_formula {
        true => quoted(&format!("{apostrophe}{field}")),
        false => field.to_owned(),
    }
}

/// Returns one guide of all questions, each below the title of its own guide.
fn markdown(documents: &[QaDocument], name: &str) -> String {
    let mut text = format!("# {}\n", one_line(name));
    let mut guide = None;
    for document in documents {
        if guide.replace(&document.guide) != Some(&document.guide) {
            let _ = write!(text, "\n## {}\n", one_line(&document.guide_title));
        }
        let _ = write!(text, "\n### {}\n", one_line(&document.question));
        if document.has_answer() {
            let _ = write!(text, "\n{}\n", answer_in_markdown(document));
        }
    }
    text
}

/// Returns an answer as Markdown; plain text in a fence, where its signs are only signs.
pub(super) fn answer_in_markdown(document: &QaDocument) -> String {
    let answer = document.answer.trim_end();
    if document.format != TextFormat::Plain {
        return answer.to_owned();
    }
    let runs = answer.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    format!("{fence}text\n{answer}\n{fence}")
}

/// Returns text as one line, which stays in its heading.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html(documents: &[QaDocument], name: &str) -> String {
    let mut body = format!("<h1>{}</h1>\n", escape_html(name));
    let mut guide = None;
    for document in documents {
        if guide.replace(&document.guide) != Some(&document.guide) {
            let _ = writeln!(body, "<h2>{}</h2>", escape_html(&document.guide_title));
        }
        let id = document.id;
        let question = page::question(&document.question);
        let answer = page::answer(document, 4);
        let about = about(document);
        let _ = write!(
            body,
            "<article id=\"{id}\">\n<h3>{question}</h3>\n<p class=\"about\">{about}</p>\n{answer}</article>\n"
        );
    }
    page::page(name, &body)
}

/// Returns the sections, level and tags of a question as HTML.
pub(super) fn about(document: &QaDocument) -> String {
    let tags: Vec<&str> = document.all_tags().collect();
    let parts = [
        document.sections.join(" › "),
        document.level.clone().unwrap_or_default(),
        tags.join(", "),
    ];
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).collect();
    let parts: Vec<_> = parts.iter().map(|part| escape_html(part)).collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> QaDocument {
        let answer = "A \"table\":\n\n```rust\nlet\tx = 1 < 2; // no\n```\n";
        QaDocument::new("maps.md", "What is a `HashMap<K, V>`?", answer)
            .with_tags(["Data Structures", "C++"])
            .with_level("mid")
            .with_category("Technical")
    }

    #[test]
    fn a_card_keeps_its_quotes_tabs_and_lines() {
        insta::assert_snapshot!(anki(&[document()], "A\nb"), @r#"
        #separator:tab
        #html:true
        #deck:Ab
        #columns:guid	Front	Back	Tags
        #guid column:1
        #tags column:4
        "hs:ayzc7z4sq"	"What is a <code>HashMap&lt;K, V&gt;</code>?"	"<p>A &quot;table&quot;:</p>
        <pre tabindex=""0""><code class=""language-rust""><span style=""color:#a45ad1"">let</span>	x = <span style=""color:#1f8a9c"">1</span> &lt; <span style=""color:#1f8a9c"">2</span>; <span style=""color:#808080"">// no</span>
        </code></pre>
        "	"Data_Structures C++ level::mid category::Technical"
        "#);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (field, expected) in [
            ("a", "a"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("- a\n- b", "\"'- a\n- b\""),
            ("@x", "\"'@x\""),
            ("", ""),
        ] {
            assert_eq!(cell(field), expected);
        }
    }

    #[test]
    fn plain_text_is_fenced() {
        let plain = document().with_format(TextFormat::Plain);
        assert!(answer_in_markdown(&plain).starts_with("````text\nA \"table\""));
        assert_eq!(
            answer_in_markdown(&document()),
            document().answer.trim_end()
        );
    }
}
