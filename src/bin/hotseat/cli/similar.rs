//! `hotseat similar`: documents related to one.

use std::io::Write;

use anyhow::Result;

use super::{Config, Document, HELP, Hits, Outcome, output};
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
    #[command(flatten)]
    hits: Hits,
    /// Print the results as JSON
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let (index, content, document) = args.document.open(config)?;
    let Some(document) = document else {
        return Ok(Outcome::Nothing);
    };
    let limit = args.hits.limit.unwrap_or(config.limit);
    let mut results = index.similar(document.id, limit.saturating_add(args.hits.offset))?;
    results
        .hits
        .drain(..args.hits.offset.min(results.hits.len()));
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
