//! `hotseat completions`: the script by which a shell completes commands.
//!
//! The script asks the command itself, with [`ASKED_BY`] in the environment. The definition that
//! reads the arguments says what may come next, and the index knows values of facets, guides and
//! words. Errors are swallowed: there is nowhere to show them.

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
use crate::{content_path::ContentPath, terminal};

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

/// The variable with the name of the shell that asks what may come next.
const ASKED_BY: &str = "HOTSEAT_COMPLETE";

/// The command, as shells find it.
const NAME: &str = "hotseat";

/// The most candidates that are offered.
const MOST: usize = 1000;

pub(super) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    if args.shell == "bash" {
        out.write_all(BASH.as_bytes())?;
        return Ok(Outcome::Found);
    }
    let shells = Shells::builtins();
    let shell = shells.completer(&args.shell).context("no such shell")?;
    shell.write_registration(ASKED_BY, NAME, NAME, NAME, out)?;
    Ok(Outcome::Found)
}

/// The script for bash. bash splits words at `:` and `=` as well, which are part of `GUIDE:LINE` and
/// `tag:python`; the script joins them again, and takes what bash regards as done off each candidate.
const BASH: &str = r#"_hotseat() {
    local IFS=$'\013' rest=$COMP_LINE words=() last=-1 word blanks i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        blanks=${rest%%[![:space:]]*}
        rest=${rest#"$blanks"}
        rest=${rest#"$word"}
        if ((i == COMP_CWORD)); then word=$2; fi
        if ((last < 0)) || [[ -n $blanks ]]; then
            words[++last]=$word
        else
            words[last]+=$word
        fi
    done
    local done=${words[last]%"$2"}
    COMPREPLY=($(_CLAP_IFS="$IFS" _CLAP_COMPLETE_INDEX=$last _CLAP_COMPLETE_SPACE=false \
        _CLAP_COMPLETE_COMP_TYPE=$COMP_TYPE HOTSEAT_COMPLETE=bash \
        hotseat -- "${words[@]}" 2>/dev/null))
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]#"$done"}
    done
    if ((${#COMPREPLY[@]} != 1)) || [[ ${COMPREPLY[0]} != *[=/:] ]]; then
        compopt +o nospace 2>/dev/null
    fi
}
complete -o nospace -o bashdefault -o nosort -F _hotseat hotseat 2>/dev/null ||
    complete -o nospace -o bashdefault -F _hotseat hotseat
"#;

/// Answers a shell that asks what may come next, and returns whether one did.
pub(crate) fn answer() -> bool {
    let Some(shell) = env::var_os(ASKED_BY) else {
        return false;
    };
    // The message of a panic on a damaged index would appear in the command line.
    panic::set_hook(Box::new(|_| {}));
    // These two insert a candidate as it is, where it could be a command.
    let quotes = shell != "bash" && shell != "powershell";
    let command = || with_values(super::Args::command(), quotes);
    CompleteEnv::with_factory(command)
        .var(ASKED_BY)
        .try_complete(env::args_os(), env::current_dir().ok().as_deref())
        .unwrap_or_else(|error| error.exit())
}

/// Returns `command` with completions of the values of its arguments; `quotes`: whether the shell
/// quotes them.
fn with_values(mut command: Command, quotes: bool) -> Command {
    // A deferred subcommand has arguments only once it is built.
    command.build();
    command.mut_subcommands(|subcommand| {
        subcommand.mut_args(|arg| match candidates(&arg) {
            Some(candidates) => arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let found = typed.to_str().and_then(candidates).unwrap_or_default();
                let is_safe = |text: &str| quotes || text.chars().all(is_plain);
                found
                    .into_iter()
                    .filter(|(text, _)| is_shown(text) && is_safe(text))
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

/// Returns the candidates for a typed text, each with a description.
type Candidates = fn(&str) -> Option<Vec<(String, String)>>;

/// Returns the function that completes `arg`, if its values are in the index.
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

/// Returns the values of a facet that begin with the text typed, regardless of case, as one word
/// each. They keep the letters typed: zsh offers nothing else.
fn values(name: FacetName, typed: &str) -> Option<Vec<(String, String)>> {
    let wanted = Facet::new(name, typed);
    let counts = index()?.facets(name, &Query::new("")).ok()?;
    let found = counts.into_iter().filter_map(|counted| {
        let key = Facet::new(name, &counted.value).key().to_owned();
        let rest = key.strip_prefix(wanted.key())?;
        let value = if wanted.key().len() == typed.len() {
            format!("{typed}{rest}")
        } else {
            key
        };
        Some((value, output::counted(counted.count, "document")))
    });
    Some(found.take(MOST).collect())
}

/// Returns the paths of guides that begin with the text typed, each with `end`: as they are shown,
/// or as they are in the index where those are typed.
fn guides(typed: &str, end: &str) -> Option<Vec<(String, String)>> {
    let content = content()?;
    let wanted = typed.to_lowercase();
    let counts = index()?.facets(FacetName::Guide, &Query::new("")).ok()?;
    let mut found = Vec::new();
    for counted in counts {
        let forms = [shown(&counted.value, &content), counted.value];
        let form = forms
            .into_iter()
            .find(|form| form.to_lowercase().starts_with(&wanted));
        if let Some(form) = form {
            found.push((form + end, output::counted(counted.count, "document")));
        }
    }
    found.sort_unstable();
    found.truncate(MOST);
    Some(found)
}

/// Returns a guide's path as it is shown; one that looks like an option comes after `./`.
fn shown(guide: &str, content: &ContentPath) -> String {
    let shown = content.shown(guide);
    if shown.starts_with('-') {
        format!("./{shown}")
    } else {
        shown
    }
}

/// Returns guides, or the lines of the questions in a guide.
fn documents(typed: &str) -> Option<Vec<(String, String)>> {
    let Some((guide, _)) = typed.rsplit_once(':') else {
        return guides(typed, ":");
    };
    let query = Query::new("").guide(&content()?.guide(guide)).limit(MOST);
    let hits = index()?.search(&query).ok()?.hits.into_iter();
    let found = hits.map(|hit| (format!("{guide}:{}", hit.line), hit.question));
    Some(found.filter(|(name, _)| name.starts_with(typed)).collect())
}

/// Returns words of the content that begin with the text typed, or values of the facet that it names.
fn words(typed: &str) -> Option<Vec<(String, String)>> {
    if typed.starts_with("--") {
        return None;
    }
    let Some((field, value)) = typed.split_once(':') else {
        return completed("", typed);
    };
    let before = format!("{field}:");
    let name = field.strip_prefix('-').unwrap_or(field);
    let found = match name.parse() {
        Ok(FacetName::Guide) => guides(value, "")?,
        Ok(name) => values(name, value)?,
        Err(_) if matches!(name, "question" | "answer") => return completed(&before, value),
        Err(_) => return None,
    };
    let with_field = |(value, about)| (format!("{before}{value}"), about);
    Some(found.into_iter().map(with_field).collect())
}

fn completed(before: &str, typed: &str) -> Option<Vec<(String, String)>> {
    let found = index()?.complete(typed, 20).ok()?.into_iter();
    Some(
        found
            .map(|word| (format!("{before}{word}"), String::new()))
            .collect(),
    )
}

/// Opens the index that the command line names, as far as it is typed.
fn index() -> Option<Index> {
    let folder = match typed_option("--index").or_else(|| env::var_os(INDEX)?.into_string().ok()) {
        Some(folder) => PathBuf::from(folder),
        None => Config::find().ok()?.index,
    };
    Index::open(folder).ok()
}

/// Returns the content folder of the index.
fn content() -> Option<ContentPath> {
    let typed = typed_option("--content").or_else(|| env::var("HOTSEAT_CONTENT").ok());
    let paths: Vec<PathBuf> = typed.map(PathBuf::from).into_iter().collect();
    let source = Config::find().ok()?.source(&paths);
    ContentPath::of_index(&index()?, &source.folder()).ok()
}

/// Returns the value of a long option in the command line that is being completed.
fn typed_option(name: &str) -> Option<String> {
    let mut typed = env::args();
    loop {
        let arg = typed.next()?;
        if arg == name {
            return typed.next();
        }
        if let Some(value) = arg
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('='))
        {
            return Some(value.to_owned());
        }
    }
}

/// Returns whether `text` is shown as it is, so that it could be typed.
fn is_shown(text: &str) -> bool {
    !text.contains(terminal::steers)
}

/// Returns whether `c` has no special meaning in any shell.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "-_.,+#/:@%=".contains(c)
}
