//! `hotseat facets`: the values of facets, with the number of documents that have each.

use std::io::Write;

use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use hotseat::{FacetName, Query};

use super::{Collection, Config, Filters, HELP, Outcome, count, output, suggest};
use crate::json;

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat facets                        the commonest values of every facet
  hotseat facets tag                    all tags
  hotseat facets level caching          the levels of what a search finds"
)]
pub(super) struct Args {
    /// Only this facet, with all its values
    #[arg(value_name = "NAME", value_parser = facet_name())]
    name: Option<FacetName>,
    /// Count only documents that this query finds
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Show at most this many values of a facet [default: 10; all of NAME]
    #[arg(short = 'n', long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Print the counts as JSON, like the results of a search
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    collection: Collection,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let names = match &args.name {
        Some(name) => std::slice::from_ref(name),
        None => &FacetName::ALL,
    };
    let (index, content) = args.collection.open(false, config)?;
    let text = content.in_query(&args.words.join(" "));
    let query = Query::new(text).facets(names).limit(0);
    let query = args.filters.apply(query, &content);
    let results = index.search(&query)?;
    if args.json {
        json::write(&json::results(&results, &content), out)?;
        return Ok(Outcome::found(results.total > 0));
    }
    let limit = match args.name {
        Some(_) => usize::MAX,
        None => output::OVERVIEW,
    };
    output::notes(&results);
    output::facets(&results, args.limit.unwrap_or(limit), &content, out)?;
    if results.total == 0 {
        suggest::nothing_found(&index, &query, &results.query, &args.filters)?;
    }
    Ok(Outcome::found(results.total > 0))
}

/// Reads a facet by its name.
fn facet_name() -> impl TypedValueParser<Value = FacetName> {
    PossibleValuesParser::new(FacetName::ALL.map(FacetName::as_str)).try_map(|name| name.parse())
}
