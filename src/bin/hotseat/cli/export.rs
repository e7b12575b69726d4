//! `hotseat export`: questions with their answers, in a form that other programs read.

use std::{fmt::Write as _, io::Write, path::PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use hotseat::{ExportFormat, Index, QaDocument, TextFormat, escape_html};

use super::{
    Config, HELP, Outcome,
    engine::files::{self, Order},
    output, page,
    questions::Questions,
};
use crate::{content_path::ContentPath, terminal};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat export -o cards.txt              all of it, for File > Import in Anki
  hotseat export --tag sql --deck 'Interview::SQL' -o sql.txt
  hotseat export --level senior -o senior.html
  hotseat export --to csv deadlock > deadlock.csv
  hotseat export --guide python -o python.md
  hotseat export --to opensearch -o all
  hotseat export --to opensearch --since all/state.json -o changes",
    after_help = "\
anki is the text format of Anki's own import. Each card has a name of its own, so that importing \
again adds new questions and updates changed answers, and what you learned of a card stays; tags, \
levels and categories become tags. csv has one question a line, its answer as written, and the \
names of the columns first; an apostrophe before =, +, - and @ keeps spreadsheets from computing. \
Questions without an answer are left out unless --unanswered. \
ndjson, quickwit and opensearch write every document, passages among them, as files of a folder, for an \
engine that holds more than one machine does; with --since, only documents that changed. A folder that \
has other files is left alone."
)]
pub(super) struct Args {
    /// Format: anki, csv, md or html [default: that of the file's name; .txt is for Anki]; ndjson,
    /// quickwit or opensearch
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    to: Option<Format>,
    /// Write to this file rather than to standard output; for an engine, to this folder
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Name of the deck in Anki [default: the name of the content folder]
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// For an engine: only what changed since the export with this state
    #[arg(long, value_name = "STATE")]
    since: Option<PathBuf>,
    /// For an engine: the name of the index [default: hotseat]
    #[arg(long, value_name = "NAME", conflicts_with = "since", value_parser = index_name)]
    name: Option<String>,
    /// For an engine: the number of the index, which grows when all is exported again [default: one more
    /// than that of the folder]
    #[arg(long, value_name = "N", conflicts_with = "since")]
    generation: Option<u32>,
    #[command(flatten)]
    questions: Questions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    #[value(alias = "txt")]
    Anki,
    Csv,
    #[value(alias = "markdown")]
    Md,
    #[value(alias = "htm")]
    Html,
    Ndjson,
    Quickwit,
    Opensearch,
}

/// Reads the name of an index, as engines allow it.
fn index_name(text: &str) -> Result<String, &'static str> {
    let is_name = text.len() >= 3
        && text.len() <= 100
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    match is_name {
        true => Ok(text.to_owned()),
        false => Err("give 3 to 100 lower-case letters, digits, - and _, a letter first"),
    }
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let named = || page::format(args.output.as_deref());
    let format = args.to.or_else(named).context(match args.output {
        Some(_) => "the name of the file tells no format; give one with --to anki, csv, md or html",
        None => {
            "there is no format; give one with --to anki, csv, md or html, or a file that tells it \
             with -o FILE.txt, .csv, .md or .html"
        }
    })?;
    let (index, content) = args.questions.open(config)?;
    let to = match format {
        Format::Ndjson => ExportFormat::Ndjson,
        Format::Quickwit => ExportFormat::Quickwit,
        Format::Opensearch => ExportFormat::OpenSearch,
        _ => return write(args, format, &index, &content, out),
    };
    let folder = args.output.as_deref();
    let folder = folder.context("give the folder for the files with -o")?;
    ensure!(
        args.questions.are_all(&content),
        "an engine is given all documents; leave out the words and filters"
    );
    let order = Order {
        to,
        folder,
        since: args.since.as_deref(),
        name: args.name.as_deref(),
        generation: args.generation,
    };
    let info = files::export(&index, &order, &content)?;
    let count = output::counted(info.written as usize, "document");
    let gone = match info.deleted {
        0 => String::new(),
        gone => format!(", {} to delete", output::counted(gone as usize, "document")),
    };
    terminal::eprint_note(&format!("{count} in {}{gone}", folder.display()));
    Ok(Outcome::found(info.documents > 0))
}

/// Writes questions in a format that people use.
fn write(
    args: &Args,
    format: Format,
    index: &Index,
    content: &ContentPath,
    out: &mut impl Write,
) -> Result<Outcome> {
    let documents = args.questions.list(index, content)?;
    if documents.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let name = content.name();
    let text = match format {
        Format::Anki => anki(&documents, args.deck.as_deref().unwrap_or(&name)),
        Format::Csv => csv(&documents, content),
        Format::Md => markdown(&documents, &name),
        _ => html(&documents, &name),
    };
    page::write(args.output.as_ref(), &text, content, out)?;
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
        "#separator:tab\n#html:true\n#notetype:Basic\n#deck:{deck}\n#columns:guid\tFront\tBack\tTags\n\
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
        text += &metadata(document);
    }
    text
}

/// Returns the level and the tags of a question as a guide gives them.
fn metadata(document: &QaDocument) -> String {
    let mut lines = String::new();
    if let Some(level) = &document.level {
        let _ = writeln!(lines, "Level: {}", one_line(level));
    }
    let tags: Vec<String> = document.all_tags().map(one_line).collect();
    if !tags.is_empty() {
        let _ = writeln!(lines, "Tags: {}", tags.join(", "));
    }
    match lines.is_empty() {
        true => lines,
        false => format!("\n{lines}"),
    }
}

/// Returns an answer as Markdown. Plain text keeps its lines and its lists; other signs in it are only
/// signs.
pub(super) fn answer_in_markdown(document: &QaDocument) -> String {
    let answer = document.answer.trim_end();
    if document.format != TextFormat::Plain {
        return answer.to_owned();
    }
    let lines: Vec<&str> = answer.lines().collect();
    let paragraphs = lines.split(|line| line.trim().is_empty());
    let paragraphs = paragraphs.filter(|paragraph| !paragraph.is_empty());
    let paragraphs: Vec<String> = paragraphs.map(paragraph_in_markdown).collect();
    paragraphs.join("\n\n")
}

fn paragraph_in_markdown(lines: &[&str]) -> String {
    let is_code = |line: &&str| line.starts_with("    ") || line.starts_with('\t');
    if lines.iter().all(is_code) {
        let runs = lines.iter().flat_map(|line| line.split(|c| c != '`'));
        let fence = "`".repeat(runs.map(str::len).max().unwrap_or(0).max(2) + 1);
        return format!("{fence}text\n{}\n{fence}", lines.join("\n"));
    }
    let lines: Vec<String> = lines.iter().map(|line| line_in_markdown(line)).collect();
    // Two spaces end a line.
    lines.join("  \n")
}

/// Returns a line of plain text as Markdown that shows it as it is, but for the bullet of a list.
fn line_in_markdown(line: &str) -> String {
    let line = line.trim();
    let mut out = String::with_capacity(line.len() + 8);
    // A row of signs would be a rule, or make a heading or a table of the line above.
    let is_rule = line.chars().all(|c| "-=_*+|:~ ".contains(c));
    let bullet = ["- ", "* ", "+ "]
        .iter()
        .find(|bullet| line.starts_with(**bullet));
    let rest = match bullet.filter(|_| !is_rule) {
        Some(bullet) => {
            out += bullet;
            line[bullet.len()..].trim_start()
        }
        None => line,
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut before = None;
    for (at, c) in rest.char_indices() {
        let after = rest[at + c.len_utf8()..].chars().next();
        let is_sign = match c {
            '\\' | '`' | '*' | '<' | '[' | '~' => true,
            '&' => is_word(after) || after == Some('#'),
            // Words such as `snake_case` keep theirs.
            '_' => !is_word(before) || !is_word(after),
            _ => at == 0 && (is_rule || "#>|-+".contains(c)),
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
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
        #notetype:Basic
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

    fn plain(answer: &str) -> QaDocument {
        QaDocument::new("a.txt", "Why?", answer).with_format(TextFormat::Plain)
    }

    #[test]
    fn signs_in_plain_text_are_only_signs() {
        let cases = [
            ("a *b* `c`\n<d>", "a \\*b\\* \\`c\\`  \n\\<d>"),
            ("# a\n\n\n> b", "\\# a\n\n\\> b"),
            ("a\n===\n---\nb", "a  \n\\===  \n\\---  \nb"),
            ("a:\n- b_c\n* _d_", "a:  \n- b_c  \n* \\_d\\_"),
            ("a && b &lt; [c](d)", "a && b \\&lt; \\[c](d)"),
            (
                "a\n\n    if b:\n      `c`",
                "a\n\n```text\n    if b:\n      `c`\n```",
            ),
        ];
        for (answer, expected) in cases {
            assert_eq!(answer_in_markdown(&plain(answer)), expected);
        }
        assert_eq!(
            answer_in_markdown(&document()),
            document().answer.trim_end()
        );
    }

    proptest::proptest! {
        #[test]
        fn plain_text_reads_the_same_in_markdown(answer in "[a-c *_`<>#|~&;.:=+\\[\\]()!\\\\\n-]{0,40}") {
            let words = |format, text: &str| -> Vec<String> {
                let html = hotseat::Html::new().render(format, text).replace("&nbsp;", " ");
                let mut is_tag = false;
                let text: String = html
                    .chars()
                    .filter(|c| {
                        let was_tag = is_tag;
                        is_tag = *c == '<' || is_tag && *c != '>';
                        !is_tag && !was_tag
                    })
                    .collect();
                let words = text.split_whitespace();
                // Bullets are no text of a list.
                words.filter(|word| !["-", "*", "+"].contains(word)).map(str::to_owned).collect()
            };
            let markdown = answer_in_markdown(&plain(&answer));
            let shown = words(TextFormat::Markdown, &markdown);
            proptest::prop_assert_eq!(shown, words(TextFormat::Plain, &answer), "{}", markdown);
        }
    }
}
