//! `hotseat similar`: documents related to one.

use std::io::Write;

use anyhow::Result;

use super::{Config, Document, HELP, Outcome, count, output};
use crate::{json, terminal};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat similar content/python/python-developer.md:363
  hotseat similar --limit 3 --json 3k9v2q7ma"
)]
pub(super) struct Args {
    #[command(flatten)]
    document: Document,
    /// Show at most this many hits [default: 10]
    #[arg(short = 'n', long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Skip the first hits
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        value_parser = count,
        allow_negative_numbers = true
    )]
    offset: usize,
    /// Print the results as JSON
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let index = args.document.place.open(config)?;
    let content = args.document.place.content_path(&index, config)?;
    let Some(document) = args.document.find(&index, &content)? else {
        return Ok(Outcome::Nothing);
    };
    let limit = args.limit.unwrap_or(config.limit);
    let mut results = index.similar(document.id, limit.saturating_add(args.offset))?;
    results.hits.drain(..args.offset.min(results.hits.len()));
    if args.json {
        json::write(&json::results(&results, &content), out)?;
    } else {
        output::results(&results, &content, out)?;
        if results.total == 0 {
            terminal::eprint_note(&format!("nothing is similar to {:?}", document.question));
        }
    }
    Ok(Outcome::found(results.total > 0))
}
