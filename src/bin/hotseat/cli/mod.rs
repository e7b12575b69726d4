//! The command line: the arguments that subcommands share, and their dispatch.
//!
//! A subcommand is a file with its `Args` and a `run` that writes results to `out`; all else goes
//! to standard error: errors by [`terminal::tell`], the rest by [`terminal::remark`]. The library is
//! used as any other program would use it.

mod check;
pub(crate) mod completions;
mod config;
mod facets;
mod index;
mod man;
pub(crate) mod output;
mod search;
mod show;
mod similar;
mod split;
mod suggest;
mod verbosity;
mod watch;

use std::{
    env,
    ffi::OsString,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
    error::{ContextKind, ContextValue},
};
use hotseat::{DocumentKind, Error, FacetName, Index, QaDocument, Query};

use self::{
    config::{Config, Mistake},
    verbosity::Verbosity,
};
use crate::terminal::{self, pager::Paging};

/// Full-text search over interview guides
#[derive(Debug, clap::Parser)]
#[command(
    name = "hotseat",
    version,
    help_template = HELP,
    before_help = "\
Examples:
  hotseat search GIL multiprocessing        the best answers, with what matches in them
  hotseat search --tag javascript closure
  hotseat show tools/git.md:60              one question with its whole answer
  hotseat facets tag                        what there is to filter by",
    after_long_help = "\
Exit codes:
  0  something was found
  1  nothing was found
  2  there was an error

Environment:
  HOTSEAT_CONTENT  the folder of the guides
  HOTSEAT_INDEX    the folder of the index
  HOTSEAT_PAGER    what shows long output; without it PAGER, then less
  NO_COLOR         no colors
  CLICOLOR_FORCE   colors where there is no terminal, too

Settings:
  A file hotseat.toml in the working folder, or in one above it, such as
    content = \"guides\"        # folders, seen from that of the file
    index = \".cache/hotseat\"
    limit = 5                 # hits to show
    [synonyms]                # further abbreviations
    k8s = \"kubernetes\"
  The environment comes before it, and flags before both."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    verbosity: Verbosity,
    #[command(flatten)]
    paging: Paging,
}

/// Help opens with examples, which is what people look for in it.
const HELP: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// What to do. Only the arguments of the one that is asked for are made.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Find questions, and the part of each answer that matches
    Search(search::Args),
    /// Show one question with its whole answer
    Show(show::Args),
    /// Find questions related to one
    Similar(similar::Args),
    /// Count what there is to filter by: tags, categories, levels, sections, guides
    Facets(facets::Args),
    /// Build the index, or bring it up to date with the guides that changed
    Index(index::Args),
    /// Show which questions and passages are found in guides, without an index
    Split(split::Args),
    /// Check that the index is as it was written, and list the warnings of the guides
    Check(check::Args),
    /// Print the script with which a shell completes commands, tags, guides and words
    Completions(completions::Args),
    /// Print the manual page of hotseat, or of one command
    Man(man::Args),
}

impl Command {
    /// Returns whether people read what it prints, rather than programs.
    fn is_for_people(&self) -> bool {
        !match self {
            Command::Search(args) => args.json,
            Command::Show(args) => args.json,
            Command::Similar(args) => args.json,
            Command::Facets(args) => args.json,
            // There is no end of it to wait for, and Ctrl-C is that of this program.
            Command::Index(args) => args.json || args.watch,
            Command::Split(args) => args.json,
            Command::Check(args) => args.json,
            Command::Completions(_) | Command::Man(_) => true,
        }
    }
}

/// How a subcommand ended, if it was not cut short by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something was found.
    Found,
    /// Nothing was found.
    Nothing,
    /// There were errors; they have been told.
    Failed,
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
        })
    }
}

/// Reads the command line. What is no command, but could be searched for, is said to be.
pub(crate) fn parse() -> Result<Args, clap::Error> {
    Args::try_parse().map_err(|mut error| {
        if let Some(search) = as_search(&error) {
            let tip = ContextValue::StyledStrs(vec![format!("to search for it: {search}").into()]);
            error.insert(ContextKind::Suggested, tip);
        }
        error
    })
}

/// Returns the command that searches for what was taken for a command or for its options.
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

/// Runs the subcommand that `args` name.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    args.verbosity.set();
    let mut out = args.paging.page(out, args.command.is_for_people());
    let ran = dispatch(args, &mut out);
    // What was found before an error comes before it.
    let shown = out.flush();
    let outcome = ran?;
    shown?;
    Ok(outcome)
}

fn dispatch(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    let config = Config::find;
    match &args.command {
        Command::Search(args) => search::run(args, &config()?, out),
        Command::Show(args) => show::run(args, &config()?, out),
        Command::Similar(args) => similar::run(args, &config()?, out),
        Command::Facets(args) => facets::run(args, &config()?, out),
        Command::Index(args) => index::run(args, &config()?, out),
        Command::Split(args) => split::run(args, &config()?, out),
        Command::Check(args) => check::run(args, &config()?, out),
        Command::Completions(args) => completions::run(args, out),
        Command::Man(args) => man::run(args, out),
    }
}

/// Says what went wrong, and what to do about it.
pub(crate) fn tell(error: &anyhow::Error) {
    terminal::tell(&format!("error: {error:#}"));
    if let Some(step) = next_step(error) {
        terminal::tell(&format!("help: {step}"));
    }
}

/// Returns what to do about `error`, which the library, being no command, does not say.
fn next_step(error: &anyhow::Error) -> Option<&'static str> {
    if error.is::<Mistake>() {
        return Some(Mistake::NEXT_STEP);
    }
    if error.is::<notify::Error>() {
        return Some("`hotseat index` brings the index up to date without watching");
    }
    Some(match error.downcast_ref()? {
        Error::ReadContent { .. } => "name the folder of the guides with --content",
        Error::NoIndex { .. } => "build one with `hotseat index`, or name another with --index",
        Error::ForeignIndex { .. } => "it is left as it is; name another folder with --index",
        Error::Locked { .. } => "try again when that is done, or let `hotseat index --wait` do so",
        Error::Damaged { .. } => REPAIR,
        Error::QueryTooLarge { .. } => "ask with fewer words",
        Error::Index { source, .. } => match source.downcast_ref::<io::Error>()?.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "make room on the disk; an index that was there is as it was"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "an index that is there can be searched, but not written; name another folder with \
                 --index"
            }
            ErrorKind::NotADirectory => "name a folder, or a new one, with --index",
            _ => return None,
        },
        _ => return None,
    })
}

/// What to do about a damaged index.
const REPAIR: &str = "`hotseat index --rebuild` builds it again from the guides";

// What arguments are shared. These have no doc comments, since clap would take one for what the
// command does that has them.

// Where the guides and their index are.
#[derive(Debug, clap::Args)]
struct Place {
    #[command(flatten)]
    content: Content,
    #[command(flatten)]
    index: IndexFolder,
}

// Where the index is.
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

// Where the guides are.
#[derive(Debug, clap::Args)]
struct Content {
    /// Folder of the guides [default: content]
    #[arg(
        long = "content",
        value_name = "DIR",
        env = "HOTSEAT_CONTENT",
        hide_env_values = true,
        help_heading = "Folders"
    )]
    folder: Option<PathBuf>,
}

impl Content {
    fn path<'a>(&'a self, config: &'a Config) -> &'a Path {
        self.folder.as_deref().unwrap_or(&config.content)
    }
}

impl Place {
    fn open(&self, config: &Config) -> Result<Index> {
        Ok(config.prepare(Index::open(self.index.path(config))?))
    }
}

// The facets to filter by; several values of one are alternatives.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters (each may be given several times)")]
struct Filters {
    /// Only what has this tag
    #[arg(short, long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only guides of this category
    #[arg(short, long, value_name = "CATEGORY")]
    category: Vec<String>,
    /// Only this level, such as senior
    #[arg(short, long, value_name = "LEVEL")]
    level: Vec<String>,
    /// Only what stands below a heading with this title
    #[arg(short, long, value_name = "TITLE")]
    section: Vec<String>,
    /// Only this guide, or the guides of this folder
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

    /// Returns the values that were named, but for kinds, which are always known.
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

    fn apply(&self, mut query: Query) -> Query {
        let each = |query: Query, values: &[String], filter: fn(Query, &str) -> Query| {
            values
                .iter()
                .fold(query, |query, value| filter(query, value))
        };
        query = each(query, &self.tag, Query::tag);
        query = each(query, &self.category, Query::category);
        query = each(query, &self.level, Query::level);
        query = each(query, &self.section, Query::section);
        query = each(query, &self.guide, Query::guide);
        self.kind.iter().copied().fold(query, Query::kind)
    }
}

/// Reads how many of something.
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
    place: Place,
}

impl Document {
    /// Finds the document; says so if there is none.
    fn find(&self, index: &Index, config: &Config) -> Result<Option<QaDocument>> {
        let name = &self.document;
        let mut found = index.find(name)?;
        if found.is_none()
            && let Some(inside) = self.below(self.place.content.path(config))
        {
            found = index.find(inside)?;
        }
        if found.is_none() {
            terminal::remark(&format!("no document is called {name:?}"));
            terminal::remark(&format!("help: {}", suggest::document(index, name)?));
        }
        Ok(found)
    }

    /// Returns the name as seen from the content folder, where it was completed by a shell.
    fn below(&self, content: &Path) -> Option<&str> {
        self.document
            .strip_prefix(content.to_str()?)?
            .strip_prefix('/')
    }
}
