//! `hotseat show`: one whole document.

use std::io::Write;

use anyhow::Result;

use super::{Config, Document, HELP, Outcome, output};
use crate::{
    json,
    terminal::{FAINT, Terminal, markdown},
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat show content/python/python-developer.md:363
  hotseat show 3k9v2q7ma"
)]
pub(super) struct Args {
    #[command(flatten)]
    document: Document,
    /// Print the document as JSON
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let (_, content, document) = args.document.open(config)?;
    let Some(document) = document else {
        return Ok(Outcome::Nothing);
    };
    if args.json {
        json::write(&json::document(&document, &content), out)?;
        return Ok(Outcome::Found);
    }
    let terminal = Terminal::stdout();
    output::question(&document, &content, terminal, out)?;
    writeln!(out)?;
    if document.has_answer() {
        markdown::answer(document.format, &document.answer, "", terminal, out)?;
    } else {
        writeln!(out, "{}", terminal.paint(FAINT, output::NO_ANSWER))?;
    }
    Ok(Outcome::Found)
}
