//! `hotseat check`: the checksums of the index, and the warnings about the guides.

use std::io::Write;

use anyhow::Result;
use hotseat::Index;

use super::{Config, HELP, IndexFolder, Outcome, REPAIR, output};
use crate::{
    content_path::ContentPath,
    json::{self, JsonCheck},
    terminal,
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat check                         read every byte of ./index
  hotseat check --json | jq .damage",
    after_help = "\
The exit status is 0 if the index is whole, and 2 if it is damaged or missing."
)]
pub(super) struct Args {
    /// Print the report as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let folder = args.index.path(config);
    let check = Index::check(folder)?;
    let is_whole = check.damage.is_empty();
    if args.json {
        let repair = (!is_whole).then_some("hotseat index --rebuild");
        let report = JsonCheck {
            whole: is_whole,
            check: &check,
            repair,
        };
        json::write(&report, out)?;
    } else {
        if is_whole {
            let set = config.source(&[]).folder();
            let content = ContentPath::of_index(&Index::open(folder)?, &set)?;
            output::warnings(&check.warnings, &content);
        }
        let index = folder.to_string_lossy();
        for damage in &check.damage {
            terminal::eprint_message(&format!("error: {index}/{damage}"));
        }
        if is_whole {
            let checked = output::checked(&index, &check);
            writeln!(out, "{}", terminal::sanitize(&checked))?;
        } else {
            terminal::eprint_message(&format!("help: {REPAIR}"));
        }
    }
    Ok(if is_whole {
        Outcome::Found
    } else {
        Outcome::Failed
    })
}
