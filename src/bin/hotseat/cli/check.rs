//! `hotseat check`: whether the index is whole, and what the guides are found wanting in.

use std::io::Write;

use anyhow::Result;
use hotseat::{CheckReport, Index};
use serde::Serialize;

use super::{Config, HELP, IndexFolder, Outcome, REPAIR, output};
use crate::terminal;

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat check                             read every byte of ./index
  hotseat check --json | jq .damage",
    after_help = "\
The exit code is 0 if the index is whole, and 2 if it is damaged or there is none."
)]
pub(super) struct Args {
    /// Print what was found as JSON
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
        let report = Report {
            whole: is_whole,
            check: &check,
            repair,
        };
        output::json(&report, out)?;
    } else {
        output::warnings(&check.warnings);
        let index = folder.to_string_lossy();
        for damage in &check.damage {
            terminal::tell(&format!("error: {index}/{damage}"));
        }
        if is_whole {
            let checked = output::checked(&index, &check);
            writeln!(out, "{}", terminal::sanitize(&checked))?;
        } else {
            terminal::tell(&format!("help: {REPAIR}"));
        }
    }
    Ok(match is_whole {
        true => Outcome::Found,
        false => Outcome::Failed,
    })
}

/// What was found, and what to do about it.
#[derive(Serialize)]
struct Report<'a> {
    whole: bool,
    #[serde(flatten)]
    check: &'a CheckReport,
    repair: Option<&'a str>,
}
