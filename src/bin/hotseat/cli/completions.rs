//! `hotseat completions`: the script by which a shell completes commands.
//!
//! The script asks the command itself, with [`ASKED_BY`] in the environment, so that what may stand
//! next is told by the same definition that reads the arguments, and values of facets, guides and
//! words by the index. What goes wrong while it answers is no candidate, and not said.

use std::{env, ffi::OsStr, io::Write, panic, path::PathBuf};

use anyhow::{Context, Result};
use clap::{Arg, Command, CommandFactory, builder::PossibleValuesParser};
use clap_complete::{
    CompleteEnv,
    engine::{ArgValueCompleter, CompletionCandidate},
    env::Shells,
};
use hotseat::{Facet, FacetName, Index, Query};

use super::{Config, HELP, INDEX, Outcome, output};
use crate::terminal;

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  source <(hotseat completions bash)    in ~/.bashrc
  source <(hotseat completions zsh)     in ~/.zshrc, after compinit
  hotseat completions fish | source     in ~/.config/fish/config.fish
  eval (hotseat completions elvish | slurp)    in ~/.elvish/rc.elv
  hotseat completions powershell | Out-String | Invoke-Expression
                                        in $PROFILE",
    after_help = "\
The script belongs to this version of hotseat, so each shell should generate it when it starts. It \
completes options, and values from the index: tags, sections, guides, questions and words."
)]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL", value_parser = PossibleValuesParser::new(SHELLS))]
    shell: String,
}

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// Holds the name of the shell that asks what may stand next.
const ASKED_BY: &str = "HOTSEAT_COMPLETE";

/// The command, as it is found by shells.
const NAME: &str = "hotseat";

/// The most candidates that are offered.
const MOST: usize = 1000;

pub(super) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    let shells = Shells::builtins();
    let shell = shells.completer(&args.shell).context("no such shell")?;
    shell.write_registration(ASKED_BY, NAME, NAME, NAME, out)?;
    Ok(Outcome::Found)
}

/// Answers a shell that asks what may stand next, and returns whether one did.
pub(crate) fn answer() -> bool {
    let Some(shell) = env::var_os(ASKED_BY) else {
        return false;
    };
    // The library panics inside on a damaged index, which would be told between what was typed.
    panic::set_hook(Box::new(|_| {}));
    // These two put a candidate into the command line as it is, where it could be a command.
    let quotes = shell != "bash" && shell != "powershell";
    let command = || with_values(super::Args::command(), quotes);
    CompleteEnv::with_factory(command)
        .var(ASKED_BY)
        .try_complete(env::args_os(), env::current_dir().ok().as_deref())
        .unwrap_or_else(|error| error.exit())
}

/// Returns `command` with what completes the values of its arguments; `quotes`: whether the shell
/// quotes them.
fn with_values(mut command: Command, quotes: bool) -> Command {
    // Only what is built has arguments.
    command.build();
    command.mut_subcommands(|subcommand| {
        subcommand.mut_args(|arg| match candidates(&arg) {
            Some(candidates) => arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let found = typed.to_str().and_then(candidates).unwrap_or_default();
                let is_safe = |text: &str| quotes || text.chars().all(is_plain);
                found
                    .into_iter()
                    .filter(|(text, _)| is_safe(text))
                    .map(|(text, about)| {
                        let about = terminal::sanitize(&about).into_owned();
                        CompletionCandidate::new(text).help(Some(about.into()))
                    })
                    .collect::<Vec<_>>()
            })),
            None => arg,
        })
    })
}

/// What may stand in place of what was typed, and what to say about each.
type Candidates = fn(&str) -> Option<Vec<(String, String)>>;

/// Returns what finds the values of `arg`, if they are in the index.
fn candidates(arg: &Arg) -> Option<Candidates> {
    Some(match arg.get_id().as_str() {
        "tag" => |typed| values(FacetName::Tag, typed),
        "category" => |typed| values(FacetName::Category, typed),
        "level" => |typed| values(FacetName::Level, typed),
        "section" => |typed| values(FacetName::Section, typed),
        "guide" => |typed| guides(typed, ""),
        "document" => documents,
        "words" => words,
        _ => return None,
    })
}

/// Returns the values of a facet that begin with what was typed, as one word each.
fn values(name: FacetName, typed: &str) -> Option<Vec<(String, String)>> {
    let typed = Facet::new(name, typed);
    let counts = index()?.facets(name, &Query::new("")).ok()?;
    let found = counts.into_iter().filter_map(|counted| {
        let key = Facet::new(name, &counted.value).key().to_owned();
        (is_shown(&key) && key.starts_with(typed.key()))
            .then(|| (key, output::counted(counted.count, "document")))
    });
    Some(found.take(MOST).collect())
}

/// Returns the paths of guides that begin with what was typed, each with `end`.
fn guides(typed: &str, end: &str) -> Option<Vec<(String, String)>> {
    let counts = index()?.facets(FacetName::Guide, &Query::new("")).ok()?;
    let mut found: Vec<_> = counts
        .into_iter()
        .filter(|counted| is_shown(&counted.value) && counted.value.starts_with(typed))
        .map(|counted| {
            let about = output::counted(counted.count, "document");
            (counted.value + end, about)
        })
        .collect();
    found.sort();
    found.truncate(MOST);
    Some(found)
}

/// Returns the guides, or where in a guide its questions stand.
fn documents(typed: &str) -> Option<Vec<(String, String)>> {
    let Some((guide, _)) = typed.rsplit_once(':') else {
        return guides(typed, ":");
    };
    let query = Query::new("").guide(guide).limit(MOST);
    let hits = index()?.search(&query).ok()?.hits.into_iter();
    let found = hits.map(|hit| (format!("{}:{}", hit.guide, hit.line), hit.question));
    Some(found.filter(|(name, _)| name.starts_with(typed)).collect())
}

/// Returns the words of the content that begin with what was typed.
fn words(typed: &str) -> Option<Vec<(String, String)>> {
    let found = index()?.complete(typed, 20).ok()?.into_iter();
    Some(found.map(|word| (word, String::new())).collect())
}

/// Opens the index that the command line names, as far as it is typed.
fn index() -> Option<Index> {
    let mut typed = env::args_os();
    let named = loop {
        let Some(arg) = typed.next() else {
            break None;
        };
        if arg == "--index" {
            break typed.next();
        }
        if let Some(folder) = arg.to_str().and_then(|arg| arg.strip_prefix("--index=")) {
            break Some(folder.into());
        }
    };
    let folder = match named.or_else(|| env::var_os(INDEX)) {
        Some(folder) => PathBuf::from(folder),
        None => Config::find().ok()?.index,
    };
    Index::open(folder).ok()
}

/// Returns whether `text` is shown as it is, so that it could be typed.
fn is_shown(text: &str) -> bool {
    !text.contains(terminal::steers)
}

/// Returns whether `c` means nothing to any shell.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "-_.,+#/:@%=".contains(c)
}
