//! `hotseat man`: the manual pages, made from the definition that `--help` prints.

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::{Arg, ArgAction, Command, CommandFactory};
use clap_mangen::{
    Man,
    roff::{Inline, Roff, bold, italic, roman},
};

use super::{HELP, Outcome};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat man | man -l -                    read it
  hotseat man search > ~/.local/share/man/man1/hotseat-search.1"
)]
pub(super) struct Args {
    /// The command, such as search
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    let mut hotseat = super::Args::command();
    hotseat.build();
    let command = match &args.command {
        None => &hotseat,
        Some(name) => match hotseat.find_subcommand(name) {
            Some(command) => command,
            None => bail!("no command is called {name:?}; {}", commands(&hotseat)),
        },
    };
    page(command, out)?;
    Ok(Outcome::Found)
}

fn commands(hotseat: &Command) -> String {
    let names: Vec<&str> = hotseat.get_subcommands().map(Command::get_name).collect();
    format!("there are {}", names.join(", "))
}

/// Writes the page of `command`, with the sections of help in the order of man-pages(7).
fn page(command: &Command, out: &mut impl Write) -> io::Result<()> {
    let man = Man::new(command.clone())
        .source(concat!("hotseat ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands");
    man.render_title(out)?;
    man.render_name_section(out)?;
    let mut page = Roff::new();
    synopsis(command, &mut page);
    description(command, &mut page);
    if command.has_subcommands() {
        subcommands(command, &mut page);
    }
    options(command, &mut page);
    let after = command.get_after_long_help();
    sections(after.or_else(|| command.get_after_help()), &mut page);
    if !command.has_subcommands() {
        page.control("SH", ["EXIT STATUS"]);
        page.text([roman(
            "0 if something was found, 1 if nothing was, 2 after an error.",
        )]);
    }
    sections(command.get_before_help(), &mut page);
    see_also(command, &mut page);
    page.to_writer(out)
}

/// Adds the usage: each option with its value, and the arguments.
fn synopsis(command: &Command, page: &mut Roff) {
    page.control("SH", ["SYNOPSIS"]);
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut line = vec![bold(name)];
    if command.has_subcommands() {
        line.extend([
            roman(" ["),
            italic("OPTIONS"),
            roman("] "),
            italic("COMMAND"),
        ]);
        page.text(line);
        return;
    }
    for option in visible(command).filter(|arg| !arg.is_positional()) {
        line.push(roman(" ["));
        line.extend(spelling(option, "|"));
        line.push(roman("]"));
        if matches!(option.get_action(), ArgAction::Append) {
            line.push(roman(" ..."));
        }
    }
    for positional in command.get_positionals() {
        let (before, after) = if positional.is_required_set() {
            (" ", "")
        } else {
            (" [", "]")
        };
        line.push(roman(before));
        line.push(italic(value_name(positional)));
        line.push(roman(after));
        if positional
            .get_num_args()
            .is_some_and(|count| count.max_values() > 1)
        {
            line.push(roman(" ..."));
        }
    }
    page.text(line);
}

/// Adds the one sentence of the command, and the arguments that it takes.
fn description(command: &Command, page: &mut Roff) {
    page.control("SH", ["DESCRIPTION"]);
    let about = command.get_about().map(ToString::to_string);
    page.text([roman(about.unwrap_or_default() + ".")]);
    for positional in command.get_positionals() {
        page.control("TP", []);
        page.text([italic(value_name(positional))]);
        page.text([roman(help(positional))]);
    }
}

fn subcommands(command: &Command, page: &mut Roff) {
    page.control("SH", ["COMMANDS"]);
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_name();
        if name == "help" {
            continue;
        }
        page.control("TP", []);
        page.text([bold(format!("hotseat-{name}")), roman("(1)")]);
        let about = subcommand.get_about().map(ToString::to_string);
        page.text([roman(about.unwrap_or_default())]);
    }
}

/// Adds the options below the headings that help has.
fn options(command: &Command, page: &mut Roff) {
    let mut headings: Vec<Option<&str>> = Vec::new();
    for option in visible(command).filter(|arg| !arg.is_positional()) {
        if !headings.contains(&option.get_help_heading()) {
            headings.push(option.get_help_heading());
        }
    }
    page.control("SH", ["OPTIONS"]);
    for heading in headings {
        if let Some(heading) = heading {
            page.control("SS", [heading]);
        }
        let options = visible(command).filter(|arg| !arg.is_positional());
        for option in options.filter(|option| option.get_help_heading() == heading) {
            page.control("TP", []);
            page.text(spelling(option, ", "));
            page.text([roman(help(option))]);
        }
    }
}

fn see_also(command: &Command, page: &mut Roff) {
    page.control("SH", ["SEE ALSO"]);
    let pages = if command.has_subcommands() {
        "rg(1), less(1), fzf(1)"
    } else {
        "hotseat(1)"
    };
    page.text([roman(pages)]);
}

fn visible(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !arg.is_hide_set())
}

/// Returns the names of an option, `between` them, and its value.
fn spelling(option: &Arg, between: &str) -> Vec<Inline> {
    let mut spelling = Vec::new();
    if let Some(short) = option.get_short() {
        spelling.push(bold(format!("-{short}")));
    }
    if let Some(long) = option.get_long() {
        if !spelling.is_empty() {
            spelling.push(roman(between));
        }
        spelling.push(bold(format!("--{long}")));
    }
    if matches!(option.get_action(), ArgAction::Set | ArgAction::Append) {
        spelling.extend([roman(" "), italic(value_name(option))]);
    }
    spelling
}

fn value_name(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    names
        .first()
        .map_or_else(|| arg.get_id().to_string(), ToString::to_string)
}

/// Returns the help of an argument with its values, default and variable.
fn help(arg: &Arg) -> String {
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values = arg.get_possible_values();
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    if takes_value && !values.is_empty() && !arg.is_hide_possible_values_set() {
        let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
        help += &format!(" ({})", names.join(", "));
    }
    if let [default] = arg.get_default_values()
        && takes_value
        && !arg.is_hide_default_value_set()
    {
        help += &format!(" [default: {}]", default.to_string_lossy());
    }
    if let Some(variable) = arg.get_env() {
        help += &format!(" [env: {}]", variable.to_string_lossy());
    }
    help + "."
}

/// Adds the paragraphs of a help text. A paragraph with a title is a section, with the indented
/// paragraphs that follow it.
fn sections(help: Option<&clap::builder::StyledStr>, page: &mut Roff) {
    let text = help.map(ToString::to_string).unwrap_or_default();
    let mut has_title = false;
    for paragraph in text.split("\n\n").filter(|text| !text.is_empty()) {
        let (title, lines) = match paragraph.split_once(":\n") {
            Some((title, lines)) if !title.contains('\n') => (Some(title), lines),
            _ => (None, paragraph),
        };
        if let Some(title) = title {
            page.control("SH", [title.to_uppercase().as_str()]);
            has_title = true;
        } else if has_title && lines.starts_with(' ') {
            page.control("PP", []);
        } else {
            page.control("SH", ["NOTES"]);
            page.text([roman(lines)]);
            continue;
        }
        page.control("nf", []);
        for line in lines.lines() {
            page.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
        }
        page.control("fi", []);
    }
}
