//! `hotseat similar`: documents related to one.

use std::io::Write;

use anyhow::Result;

use super::{Config, Document, HELP, Outcome, count, output};
use crate::terminal;

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat similar python/python-developer.md:363
  hotseat similar --limit 3 --json 3k9v2q7ma"
)]
pub(super) struct Args {
    #[command(flatten)]
    document: Document,
    /// Show at most this many hits [default: 10]
    #[arg(short = 'n', long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Print the results as JSON
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let index = args.document.place.open(config)?;
    let Some(document) = args.document.find(&index, config)? else {
        return Ok(Outcome::Nothing);
    };
    let results = index.similar(&document.id, args.limit.unwrap_or(config.limit))?;
    if args.json {
        output::json(&results, out)?;
    } else {
        let content = args.document.place.content.path(config);
        output::results(&results, content, output::more_similar, out)?;
        if results.total == 0 {
            terminal::remark(&format!("nothing is similar to {:?}", document.question));
        }
    }
    Ok(Outcome::found(results.total > 0))
}
