//! The command line: the arguments that subcommands share, and their dispatch.
//!
//! A subcommand is a file with its `Args` and a `run` that writes results to `out`. Messages go to
//! standard error, by [`terminal::eprint_message`] and [`terminal::eprint_note`]. The library is used
//! as any other program would use it.

mod arguments;
#[cfg(feature = "tui")]
mod browse;
mod check;
pub(crate) mod completions;
mod config;
mod converters;
mod draw;
mod editor;
mod engine;
mod export;
mod facets;
mod index;
mod man;
mod mcp;
mod output;
mod page;
mod practice;
mod questions;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod similar;
mod split;
mod suggest;
mod verbosity;
mod watch;

use std::{
    env,
    ffi::OsString,
    fs,
    io::{self, BufRead, ErrorKind, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
    error::{ContextKind, ContextValue},
};
use hotseat::{DocumentKind, Error, Facet, FacetName, Index, QaDocument, Query, Source};

use self::{
    arguments::Arguments,
    config::{Config, Conversion, Mistake},
    verbosity::Verbosity,
};
use crate::{
    content_path::{self, ContentPath},
    terminal::{self, Display, pager::Paging},
};

/// Full-text search over interview guides
#[derive(Debug, clap::Parser)]
#[command(
    name = "hotseat",
    version,
    help_template = HELP,
    before_help = "\
Examples:
  hotseat search GIL multiprocessing    the best questions and answers
  hotseat search --tag javascript closure
  hotseat show content/tools/git.md:60  one question with its whole answer
  hotseat facets tag                    tags to filter by
  hotseat serve --open                  the guides in a browser",
    after_long_help = "\
Exit status:
  0  something was found
  1  nothing was found
  2  an error occurred

Environment:
  HOTSEAT_CONTENT  folder of the guides
  HOTSEAT_INDEX    folder of the index
  HOTSEAT_PAGER    pager for long output; otherwise PAGER, then less
  COLUMNS          columns of text where output is no terminal
  NO_COLOR         no colors, marks or links
  CLICOLOR_FORCE   colors in a pipe, too
  FORCE_HYPERLINK  links in a pipe, too; 0: no links

Links:
  --hyperlink-format takes a URL with {path}, {line}, {column}, {host} and
  {wslprefix}, or one of default, none, file, cursor, grep+, idea, kitty,
  macvim, textmate, vscode, vscode-insiders, vscodium, windsurf and zed.

Files:
  hotseat.toml  settings of a collection of guides, in the working folder or one
                above it
  $XDG_CONFIG_HOME/hotseat/config.toml
                your own settings; without the variable in ~/.config

  Both may have any of these settings. Flags override variables, which override
  hotseat.toml, which overrides your own settings.

    content = \"guides\"         # relative to the file; or [\"a\", \"b/c.md\"]
    exclude = [\"drafts/\"]      # patterns as in .gitignore
    index = \".cache/hotseat\"
    limit = 5                  # hits to show
    hyperlink-format = \"vscode\"
    practice = \"~/reviews.jsonl\"    # log of reviews; only in your own settings
    [browse]                   # see `hotseat browse --help`
    [synonyms]                 # further abbreviations
    k8s = \"kubernetes\"
    [convert]                  # programs for other files, in your own only
    pdf = \"pdftohtml -q -i -xml -stdout {}\""
)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    verbosity: Verbosity,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    display: Display,
    /// Hints on words of the query that could have been options.
    #[arg(skip)]
    hints: Vec<String>,
}

/// The layout of help, which opens with examples: people look for them first.
const HELP: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// The subcommands. clap builds only the arguments of the one given.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Search the guides
    Search(search::Args),
    /// Search as you type, on a screen
    #[cfg(feature = "tui")]
    Browse(browse::Args),
    /// Show a question with its whole answer
    Show(show::Args),
    /// Find related questions
    Similar(similar::Args),
    /// Draw a set of questions for an interview
    Draw(draw::Args),
    /// Write questions as cards for Anki, CSV, Markdown or HTML
    Export(export::Args),
    /// Count tags, categories, levels, sections and guides
    Facets(facets::Args),
    /// Build the index, or update it from changed guides
    Index(index::Args),
    /// Let an assistant search the guides and ask their questions (MCP)
    Mcp(mcp::Args),
    /// Practice questions, each when it is about to be forgotten
    Practice(practice::Args),
    /// Search and read the guides in a browser
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Send what `hotseat export` wrote to a distributed engine
    #[cfg(feature = "engine")]
    Push(engine::push::Args),
    /// Split guides into questions and passages, without an index
    Split(split::Args),
    /// Verify the checksums of the index; list the warnings about guides
    Check(check::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print a manual page
    Man(man::Args),
}

impl Command {
    /// Returns whether long output goes through a pager.
    fn is_paged(&self) -> bool {
        !match self {
            Command::Search(args) => args.json,
            // It has the terminal to itself.
            #[cfg(feature = "tui")]
            Command::Browse(_) => true,
            Command::Show(args) => args.json,
            Command::Similar(args) => args.json,
            Command::Draw(args) => !args.is_paged(),
            Command::Export(_) => true,
            Command::Facets(args) => args.json,
            // What never ends: Ctrl-C must reach this program, not a pager.
            Command::Index(args) => args.json || args.watch,
            // They ask and answer at once, which a pager would keep back.
            Command::Mcp(_) | Command::Practice(_) => true,
            #[cfg(feature = "serve")]
            Command::Serve(_) => false,
            #[cfg(feature = "engine")]
            Command::Push(_) => false,
            Command::Split(args) => args.json,
            Command::Check(args) => args.json,
            Command::Completions(_) | Command::Man(_) => true,
        }
    }
}

/// The end of a subcommand that did not return an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something was found.
    Found,
    /// Nothing was found.
    Nothing,
    /// Errors occurred, and were printed.
    Failed,
    /// The user ended it, by Ctrl-C.
    Interrupted,
}

impl Outcome {
    fn found(something: bool) -> Outcome {
        if something {
            Outcome::Found
        } else {
            Outcome::Nothing
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Found => 0,
            Outcome::Nothing => 1,
            Outcome::Failed => 2,
            Outcome::Interrupted => 130,
        })
    }
}

/// Reads the command line. If the first word is not a command, the error suggests `hotseat search`.
pub(crate) fn parse() -> Result<Args, clap::Error> {
    let mut typed = env::args_os();
    let program = typed.next().unwrap_or_default();
    let mut typed: Vec<OsString> = typed.collect();
    // By itself on a terminal, the command shows its screen.
    #[cfg(feature = "tui")]
    if typed.is_empty()
        && std::io::IsTerminal::is_terminal(&io::stdin())
        && std::io::IsTerminal::is_terminal(&io::stdout())
        && browse::is_possible()
    {
        typed.push("browse".into());
    }
    let (for_clap, hints) = Arguments::for_clap(typed);
    let parsed = Args::try_parse_from([program].into_iter().chain(for_clap));
    parsed
        .map(|args| Args { hints, ..args })
        .map_err(|mut error| {
            if let Some(search) = as_search(&error) {
                let tip =
                    ContextValue::StyledStrs(vec![format!("to search for it: {search}").into()]);
                error.insert(ContextKind::Suggested, tip);
            }
            error
        })
}

/// Returns the search for words that were read as a command or its options.
fn as_search(error: &clap::Error) -> Option<String> {
    let words: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let words = words.ok()?;
    let is_no_command = match error.kind() {
        clap::error::ErrorKind::InvalidSubcommand => true,
        clap::error::ErrorKind::UnknownArgument => words.first()?.starts_with('-'),
        _ => false,
    };
    let is_misspelt = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    if !is_no_command || is_misspelt.iter().any(|kind| error.get(*kind).is_some()) {
        return None;
    }
    let search = ["hotseat", "search"].into_iter();
    Args::try_parse_from(search.chain(words.iter().map(String::as_str))).ok()?;
    Some(format!("hotseat search {}", shell_words::join(&words)))
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    args.verbosity.set();
    args.display.set();
    for hint in &args.hints {
        terminal::eprint_note(&format!("note: {hint}"));
    }
    let mut out = args.paging.page(out, args.command.is_paged());
    let ran = dispatch(args, &mut out);
    // Results come before an error that ended them.
    let shown = out.flush();
    let outcome = ran?;
    shown?;
    Ok(outcome)
}

fn dispatch(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    let config = || {
        let config = Config::find()?;
        if let Some(format) = &config.hyperlink_format {
            terminal::set_hyperlink_format(format);
        }
        anyhow::Ok(config)
    };
    match &args.command {
        Command::Search(args) => search::run(args, &config()?, out),
        #[cfg(feature = "tui")]
        Command::Browse(args) => browse::run(args, &config()?, out),
        Command::Show(args) => show::run(args, &config()?, out),
        Command::Similar(args) => similar::run(args, &config()?, out),
        Command::Draw(args) => draw::run(args, &config()?, out),
        Command::Export(args) => export::run(args, &config()?, out),
        Command::Facets(args) => facets::run(args, &config()?, out),
        Command::Index(args) => index::run(args, &config()?, out),
        Command::Mcp(args) => mcp::run(args, &config()?, out),
        Command::Practice(args) => practice::run(args, &config()?, out),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, &config()?, out),
        #[cfg(feature = "engine")]
        Command::Push(args) => engine::push::run(args),
        Command::Split(args) => split::run(args, &config()?, out),
        Command::Check(args) => check::run(args, &config()?, out),
        Command::Completions(args) => completions::run(args, out),
        Command::Man(args) => man::run(args, out),
    }
}

/// Prints an error, and what to do about it.
pub(crate) fn eprint_error(error: &anyhow::Error) {
    terminal::eprint_message(&format!("error: {error:#}"));
    if let Some(step) = next_step(error) {
        terminal::eprint_message(&format!("help: {step}"));
    }
}

/// Returns what to do about `error`. The library does not know that it is used by a command.
fn next_step(error: &anyhow::Error) -> Option<&'static str> {
    if error.is::<Mistake>() {
        return Some(Mistake::NEXT_STEP);
    }
    if error.is::<notify::Error>() {
        return Some("`hotseat index` brings the index up to date without watching");
    }
    #[cfg(feature = "serve")]
    if let Some(step) = serve::next_step(error) {
        return Some(step);
    }
    if error.is::<index::Postponed>() {
        return Some("run it again, or ignore them with --keep-going");
    }
    Some(match error.downcast_ref()? {
        Error::OtherContent { .. } => {
            "give the index of that folder, or a new one, with --index; or delete that index"
        }
        Error::ReadContent { .. } => {
            "give a folder of guides with --content, or in your settings: see `hotseat --help`"
        }
        Error::NoIndex { .. } => {
            "build one with `hotseat index`, or give another folder with --index"
        }
        Error::ForeignIndex { .. } => "leaving it untouched; choose another folder with --index",
        Error::Locked { .. } => "try again later, or wait for it with `hotseat index --wait`",
        Error::Damaged { .. } => REPAIR,
        Error::Index { source, .. } => match source.downcast_ref::<io::Error>()?.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "free some space on the disk; the index is intact, as before or after the update"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "an existing index can be searched, but not updated; choose another folder with \
                 --index"
            }
            ErrorKind::NotADirectory => {
                "give another folder with --index; it is created if nothing is there"
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// The remedy for a damaged index.
const REPAIR: &str = "rebuild it from the guides with `hotseat index --rebuild`";

// Arguments that commands share. A doc comment on them would become the command's own help.

// The folders of the guides and of their index.
#[derive(Debug, clap::Args)]
struct Place {
    #[command(flatten)]
    content: Content,
    #[command(flatten)]
    index: IndexFolder,
}

// The folder of the index.
#[derive(Debug, clap::Args)]
struct IndexFolder {
    /// Folder of the index [default: index]
    #[arg(
        id = "index",
        long,
        value_name = "DIR",
        env = INDEX,
        hide_env_values = true,
        help_heading = "Folders"
    )]
    folder: Option<PathBuf>,
}

/// The variable that names the folder of the index.
const INDEX: &str = "HOTSEAT_INDEX";

impl IndexFolder {
    fn path<'a>(&'a self, config: &'a Config) -> &'a Path {
        self.folder.as_deref().unwrap_or(&config.index)
    }
}

// The folders and files of the guides.
#[derive(Debug, clap::Args)]
struct Content {
    /// Folder or file of guides; may be repeated [default: content]
    #[arg(
        id = "content",
        long,
        value_name = "PATH",
        env = "HOTSEAT_CONTENT",
        hide_env_values = true,
        help_heading = "Folders"
    )]
    paths: Vec<PathBuf>,
}

// The rules for guides that are left out.
#[derive(Debug, clap::Args)]
struct Ignoring {
    /// Read guides that .gitignore or .ignore exclude, too
    // Beside filters, it would be listed as one.
    #[arg(long, help_heading = None::<&str>)]
    no_ignore: bool,
}

// The programs that read other files.
#[derive(Debug, clap::Args)]
struct Converting {
    /// Read files with this extension through a program that prints text; {} is the file
    #[arg(long, value_name = "EXT=CMD", value_parser = conversion)]
    convert: Vec<Conversion>,
}

fn conversion(written: &str) -> Result<Conversion, String> {
    let (extension, command) = written.split_once('=').ok_or_else(|| {
        "give an extension and a command, such as 'pdf=pdftotext {} -'".to_owned()
    })?;
    config::conversion(extension.trim(), command)
}

impl Converting {
    /// Returns the source with the programs, which override those of the settings.
    fn add_to(&self, source: Source) -> Source {
        let conversions = self.convert.iter();
        conversions.fold(source, |source, (extension, command)| {
            source.convert(extension, command)
        })
    }
}

impl Ignoring {
    /// Applies the flag to a source. Without it, an index is updated as it was built.
    fn apply(&self, source: Source) -> Source {
        match self.no_ignore {
            true => source.ignore_files(false),
            false => source,
        }
    }
}

impl Content {
    fn source(&self, config: &Config) -> Source {
        config.source(&self.paths)
    }

    fn path(&self, config: &Config) -> ContentPath {
        ContentPath::new(&self.source(config).folder())
    }

    /// Returns the files and folders that were given, as the index names them; none if one is the content
    /// folder itself, or is not there.
    fn parts(&self, content: &ContentPath) -> Vec<String> {
        let part = |path: &PathBuf| {
            let part = content.inside(path).filter(|_| path.exists());
            part.filter(|part| !part.is_empty())
        };
        let parts: Option<Vec<String>> = self.paths.iter().map(part).collect();
        parts.unwrap_or_default()
    }
}

/// Returns the query for all documents of some guides and folders.
fn within(parts: &[String]) -> Query {
    let all = Query::new("").limit(0);
    parts.iter().fold(all, |query, part| query.guide(part))
}

impl Place {
    /// Returns the index as it is searched, if it is of the content folder that was given. The one in the
    /// settings is that of the index there.
    fn prepare(&self, index: Index, config: &Config) -> Result<Index> {
        let is_set = config.names_content && self.index.folder.is_none();
        if is_set || !self.content.paths.is_empty() {
            let source = self.content.source(config);
            index.check_content(source.folder())?;
            // The index answers without its guides, too.
            if let (Err(missing), Some(content)) = (source.check(), index.content()?) {
                let missing = anyhow::Error::from(missing);
                let content = content_path::shown_path(&content);
                let content = content.display();
                terminal::eprint_note(&format!(
                    "warning: {missing:#}; this is what the index holds of {content}"
                ));
            }
        }
        Ok(config.prepare(index))
    }

    /// Returns the content folder of the index, which may be another than the settings name.
    fn content_path(&self, index: &Index, config: &Config) -> Result<ContentPath> {
        let folder = self.content.source(config).folder();
        let mut content = ContentPath::of_index(index, &folder)?;
        let parts = self.content.parts(&content);
        // An index of these parts alone needs no filter.
        if !parts.is_empty() && index.search(&within(&parts))?.total < index.documents()? {
            content.parts = parts;
        }
        Ok(content)
    }
}

// Guides and their index, which is built if there is none.
#[derive(Debug, clap::Args)]
struct Collection {
    #[command(flatten)]
    ignoring: Ignoring,
    #[command(flatten)]
    place: Place,
}

impl Collection {
    fn source(&self, config: &Config) -> Source {
        self.ignoring.apply(self.place.content.source(config))
    }

    /// Opens the index, which is updated first with `update`, and built if there is none.
    fn open(&self, update: bool, config: &Config) -> Result<(Index, ContentPath)> {
        let index = if update {
            index::update(&self.place, &self.source(config), config)?
        } else {
            self.open_or_build(config)?
        };
        let content = self.place.content_path(&index, config)?;
        Ok((index, content))
    }

    fn open_or_build(&self, config: &Config) -> Result<Index> {
        match Index::open(self.place.index.path(config)) {
            Err(none @ Error::NoIndex { .. }) => {
                let source = self.source(config);
                let content = output::paths(source.paths());
                terminal::eprint_note(&format!("{none}; building it from {content}"));
                index::update(&self.place, &source, config).context("cannot build the index")
            }
            opened => self.place.prepare(opened?, config),
        }
    }
}

// The part of the hits that is shown.
#[derive(Debug, clap::Args)]
struct Hits {
    /// Show at most this many hits [default: 10]
    #[arg(short = 'n', long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Skip the first hits
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        value_parser = count,
        allow_negative_numbers = true
    )]
    offset: usize,
}

// The facets to filter by.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters (several values of one are alternatives)")]
struct Filters {
    /// Only documents with this tag
    #[arg(short, long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only guides of this category
    #[arg(short, long, value_name = "CATEGORY")]
    category: Vec<String>,
    /// Only this level, such as senior
    #[arg(short, long, value_name = "LEVEL")]
    level: Vec<String>,
    /// Only documents below a heading with this title
    #[arg(short, long, value_name = "TITLE")]
    section: Vec<String>,
    /// Only this guide, or the guides in this folder
    #[arg(short, long, value_name = "PATH")]
    guide: Vec<String>,
    /// Only questions, or only passages
    #[arg(short, long, value_name = "KIND", value_parser = kind())]
    kind: Vec<DocumentKind>,
}

impl Filters {
    fn is_empty(&self) -> bool {
        self.values().is_empty() && self.kind.is_empty()
    }

    /// Returns the values given, except kinds, which are always known.
    fn values(&self) -> Vec<(FacetName, &str)> {
        let named = [
            (FacetName::Tag, &self.tag),
            (FacetName::Category, &self.category),
            (FacetName::Level, &self.level),
            (FacetName::Section, &self.section),
            (FacetName::Guide, &self.guide),
        ];
        let mut all = Vec::new();
        for (name, values) in named {
            all.extend(values.iter().map(|value| (name, value.as_str())));
        }
        all
    }

    fn apply(&self, mut query: Query, content: &ContentPath) -> Query {
        for (name, value) in self.values() {
            query = match name {
                FacetName::Guide => match content.guide(value).as_str() {
                    // The content folder itself holds every guide.
                    "" => query,
                    guide => query.guide(guide),
                },
                name => query.filter(Facet::new(name, value)),
            };
        }
        if self.guide.is_empty() {
            let parts = content.parts.iter();
            query = parts.fold(query, |query, part| query.guide(part));
        }
        self.kind.iter().copied().fold(query, Query::kind)
    }
}

/// Reads a count.
fn count(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "give a number, 0 or more")
}

/// Reads a kind by its name.
fn kind() -> impl TypedValueParser<Value = DocumentKind> {
    const KINDS: [DocumentKind; 2] = [DocumentKind::Question, DocumentKind::Passage];
    PossibleValuesParser::new(KINDS.map(DocumentKind::as_str)).map(|name| {
        let named = KINDS.into_iter().find(|kind| kind.as_str() == name);
        named.expect("only names of kinds are possible values")
    })
}

// Names one document of the index.
#[derive(Debug, clap::Args)]
struct Document {
    /// The document's id, or a guide and a line in it
    #[arg(value_name = "ID|GUIDE:LINE")]
    document: String,
    #[command(flatten)]
    collection: Collection,
}

impl Document {
    /// Opens the index, and finds the document in it. If there is none, a message says what to type
    /// instead.
    fn open(&self, config: &Config) -> Result<(Index, ContentPath, Option<QaDocument>)> {
        let (index, content) = self.collection.open(false, config)?;
        let document = self.find(&index, &content)?;
        Ok((index, content, document))
    }

    fn find(&self, index: &Index, content: &ContentPath) -> Result<Option<QaDocument>> {
        let name = &self.document;
        let Some((guide, line)) = name.rsplit_once(':') else {
            let document = index.find(name)?;
            return self.found(document, index, content);
        };
        let guide = content.guide(guide);
        let document = index.find(&format!("{guide}:{line}"))?;
        if document.is_some()
            && let Ok(line) = line.parse::<usize>()
            && let file = content.file(&guide)
            && file.is_file()
            && let Ok(text) = fs::read(file)
            && let lines = text.lines().count()
            && line > lines
        {
            let shown = content.shown(&guide);
            let lines = output::counted(lines, "line");
            terminal::eprint_note(&format!(
                "note: {shown} has {lines}; this is its last document"
            ));
        }
        self.found(document, index, content)
    }

    fn found(
        &self,
        document: Option<QaDocument>,
        index: &Index,
        content: &ContentPath,
    ) -> Result<Option<QaDocument>> {
        if document.is_none() {
            let name = &self.document;
            terminal::eprint_note(&format!("no document is called {name:?}"));
            let advice = suggest::document(index, name, content)?;
            terminal::eprint_note(&format!("help: {advice}"));
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use textwrap::core::display_width;

    use super::*;

    /// clap wraps what is longer, in the middle of a command.
    #[test]
    fn examples_of_help_fit_80_columns() {
        let mut command = Args::command();
        command.build();
        let mut long = Vec::new();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            let help = [
                command.get_before_help(),
                command.get_after_help(),
                command.get_after_long_help(),
            ];
            let help = help.into_iter().flatten().map(|help| help.to_string());
            let help: String = help.map(|help| help + "\n").collect();
            // Other lines are paragraphs.
            let examples = help.lines().filter(|line| line.starts_with("  "));
            let examples = examples.filter(|line| display_width(line) > 80);
            long.extend(examples.map(str::to_owned));
        }
        assert_eq!(long, Vec::<String>::new());
    }
}
