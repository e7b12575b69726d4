//! `hotseat similar`: documents related to one.

use std::io::Write;

use anyhow::Result;

use super::{Document, HELP, Outcome, output, terminal};

/// Find questions related to one
#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat similar python/python-developer.md:20
  hotseat similar --limit 3 --json 3k9v2q7ma"
)]
pub(super) struct Args {
    #[command(flatten)]
    document: Document,
    /// Show at most this many hits
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print the results as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    let index = args.document.place.open()?;
    let Some(document) = args.document.find(&index)? else {
        return Ok(Outcome::Nothing);
    };
    let results = index.similar(&document.id, args.limit)?;
    if args.json {
        output::json(&results, out)?;
    } else {
        output::results(&results, out)?;
        if results.total == 0 {
            terminal::tell(&format!("nothing is similar to {:?}", document.question));
        }
    }
    Ok(Outcome::found(results.total > 0))
}
