//! `hotseat man`: the manual, made of what `--help` says.

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::{Command, CommandFactory};
use clap_mangen::{
    Man,
    roff::{Roff, roman},
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

/// Writes the page of `command`, with the examples where those who look for them look first.
fn page(command: &Command, out: &mut impl Write) -> io::Result<()> {
    let man = Man::new(command.clone()).source(concat!("hotseat ", env!("CARGO_PKG_VERSION")));
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    let mut examples = Roff::new();
    sections(command.get_before_help(), &mut examples);
    examples.to_writer(out)?;
    if command.get_subcommands().next().is_some() {
        man.render_subcommands_section(out)?;
    }
    man.render_options_section(out)?;
    let mut rest = Roff::new();
    let after = command.get_after_long_help();
    sections(after.or_else(|| command.get_after_help()), &mut rest);
    rest.to_writer(out)
}

/// Adds the paragraphs of a help text, those with a title as sections of their own.
fn sections(help: Option<&clap::builder::StyledStr>, roff: &mut Roff) {
    let text = help.map(ToString::to_string).unwrap_or_default();
    for paragraph in text.split("\n\n").filter(|text| !text.is_empty()) {
        match paragraph.split_once(":\n") {
            Some((title, lines)) if !title.contains('\n') => {
                roff.control("SH", [title.to_uppercase().as_str()]);
                roff.control("nf", []);
                for line in lines.lines() {
                    roff.text([roman(line)]);
                }
                roff.control("fi", []);
            }
            _ => {
                roff.control("SH", ["NOTES"]);
                roff.text([roman(paragraph)]);
            }
        }
    }
}
