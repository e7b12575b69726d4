//! `hotseat split`: the documents of guides, without an index.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    slice,
};

use anyhow::Result;
use hotseat::{
    DocumentKind, Guide, GuideFile, QaDocument, Source, Split, Warning, explain_split, split, walk,
};

use super::{Config, Content, Converting, HELP, Ignoring, Outcome, kind, output};
use crate::{
    content_path::{ContentPath, shown_path},
    json,
    terminal::{self, FAINT, PLAIN, TITLE, Terminal},
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat split content/tools/git.md    lines, questions, lengths of answers
  hotseat split --kind question content the questions of all guides in a folder
  hotseat split --explain guide.md      why a question was missed
  hotseat split --json guide.md | jq .answer"
)]
pub(super) struct Args {
    /// Guides, or folders of guides
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Only questions, or only passages
    #[arg(short, long, value_name = "KIND", value_parser = kind())]
    kind: Option<DocumentKind>,
    /// Say what marks the questions in each part of a guide, and which lines are furniture
    #[arg(long, conflicts_with = "kind")]
    explain: bool,
    /// Print a line of JSON for each document
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    ignoring: Ignoring,
    #[command(flatten)]
    converting: Converting,
    #[command(flatten)]
    content: Content,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let terminal = Terminal::stdout();
    let content = args.content.path(config);
    let mut found = false;
    let mut failed = false;
    for path in &args.paths {
        let source = config.source(slice::from_ref(path));
        let source = source.ignore_files(!args.ignoring.no_ignore);
        let source = args.converting.add_to(source);
        let files = match guide_files(path, source) {
            Ok(files) => files,
            Err(error) => {
                tell_error(error);
                failed = true;
                continue;
            }
        };
        for file in files {
            if file.is_text && is_binary(&file.path).unwrap_or(false) {
                let name = shown_path(&file.path);
                terminal::eprint_message(&format!("error: {} is not text", name.display()));
                failed = true;
                continue;
            }
            let path = content.guide(&file.path.to_string_lossy());
            let read = match &file.guide {
                Some(guide) => guide.guide(),
                None => Guide::read(&file.path, &path),
            };
            let (file, read) = (file.path, read);
            match read {
                Ok(mut guide) => {
                    guide.path = path;
                    found |= print(&file, &guide, args, terminal, out)?;
                }
                Err(error) => {
                    tell_error(error);
                    failed = true;
                }
            }
        }
    }
    if failed {
        Ok(Outcome::Failed)
    } else {
        Ok(Outcome::found(found))
    }
}

/// A file to split.
struct File {
    path: PathBuf,
    /// Whether it must be text, which no program makes of it.
    is_text: bool,
    /// The guide that it is, if its name is one of a guide's.
    guide: Option<GuideFile>,
}

/// Returns the guides of a folder, or the file that `path` is, which may have any name.
fn guide_files(path: &Path, source: Source) -> hotseat::Result<Vec<File>> {
    let content = match walk(source) {
        Ok(content) if path.is_dir() => {
            output::warnings(&content.warnings, &ContentPath::new(path));
            content
        }
        Ok(content) if content.guides.len() == 1 => content,
        Err(error) if path.is_dir() => return Err(error),
        // It may be a pipe, or too large; reading it tells.
        _ => {
            return Ok(vec![File {
                path: path.to_owned(),
                is_text: true,
                guide: None,
            }]);
        }
    };
    let is_folder = path.is_dir();
    let file = |guide: GuideFile| File {
        path: match is_folder {
            true => guide.absolute.clone(),
            false => path.to_owned(),
        },
        is_text: guide.is_text(),
        guide: Some(guide),
    };
    Ok(content.guides.into_iter().map(file).collect())
}

/// Returns whether a file is an image, a PDF or the like. Text has NUL bytes only in UTF-16, where a
/// mark at its start says so.
fn is_binary(file: &Path) -> io::Result<bool> {
    // Opening a pipe would wait for somebody to write to it; reading it as a guide is an error.
    if !fs::metadata(file)?.is_file() {
        return Ok(false);
    }
    let mut start = Vec::new();
    fs::File::open(file)?
        .take(8 << 10)
        .read_to_end(&mut start)?;
    let is_utf16 = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    Ok(!is_utf16 && (start.contains(&0) || start.starts_with(b"%PDF-")))
}

fn tell_error(error: hotseat::Error) {
    terminal::eprint_message(&format!("error: {:#}", anyhow::Error::from(error)));
}

/// Prints the documents of `guide`, and returns whether there are any.
fn print(
    file: &Path,
    guide: &Guide,
    args: &Args,
    terminal: Terminal,
    out: &mut impl Write,
) -> Result<bool> {
    let path = shown_path(file).to_string_lossy().into_owned();
    for warning in &guide.warnings {
        let warning = Warning::new(&path, warning.line, warning.message.as_str());
        terminal::eprint_note(&format!("warning: {warning}"));
    }
    if args.explain {
        explain_guide(&path, file, guide, args.json, terminal, out)?;
        return Ok(true);
    }
    let is_wanted = |document: &QaDocument| args.kind.is_none_or(|kind| document.kind == kind);
    if args.json {
        let mut written = Ok(());
        let mut found = false;
        Split::of(guide).each(|document| {
            if is_wanted(&document) && written.is_ok() {
                found = true;
                written = json::write(&json::split(&path, file, &document), out);
            }
        });
        written?;
        return Ok(found);
    }
    let mut documents = split(guide);
    documents.retain(is_wanted);
    outline(&path, &documents, terminal, out)?;
    Ok(!documents.is_empty())
}

/// Prints why the guide is split as it is.
fn explain_guide(
    path: &str,
    file: &Path,
    guide: &Guide,
    json: bool,
    terminal: Terminal,
    out: &mut impl Write,
) -> Result<()> {
    let explanation = explain_split(guide);
    if json {
        let line = json::explanation(path, file, &guide.path, &explanation);
        json::write(&line, out)?;
        return Ok(());
    }
    terminal.write(out, "", &output::file(path, terminal))?;
    for line in explanation.to_string().lines() {
        let text = line.trim_start();
        terminal.write(
            out,
            &line[..line.len() - text.len()],
            &terminal.paint(PLAIN, text),
        )?;
    }
    Ok(())
}

/// Prints documents below their sections: the line, what it is, and how long the answer.
fn outline(
    source: &str,
    documents: &[QaDocument],
    terminal: Terminal,
    out: &mut impl Write,
) -> Result<()> {
    let of_kind = |kind| documents.iter().filter(|found| found.kind == kind).count();
    let (questions, passages) = (
        of_kind(DocumentKind::Question),
        of_kind(DocumentKind::Passage),
    );
    let counts = format!(
        ": {}, {}",
        output::counted(questions, "question"),
        output::counted(passages, "passage")
    );
    terminal.write(out, "", &(output::file(source, terminal) + &counts))?;
    let last_line = documents.last().map_or(0, |document| document.line);
    let width = last_line.to_string().len();
    let mut above: &[String] = &[];
    for document in documents {
        if document.sections != above {
            let section = document.sections.join(" › ");
            terminal.write(out, "  ", &terminal.paint(TITLE, &section))?;
            above = &document.sections;
        }
        let mark = match document.kind {
            DocumentKind::Question => "Q",
            DocumentKind::Passage => "P",
        };
        let first = format!("  {:>width$} {mark} ", document.line);
        let length = terminal.paint(FAINT, &format!(" ({})", length(document)));
        let question = terminal.paint(PLAIN, &document.question);
        terminal.write(out, &first, &(question + &length))?;
    }
    Ok(())
}

fn length(document: &QaDocument) -> String {
    match document.answer.lines().count() {
        0 => "no answer".to_owned(),
        lines => output::counted(lines, "line"),
    }
}
