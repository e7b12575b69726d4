//! `hotseat search`: the best documents for a query.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
    mem::ManuallyDrop,
    path::Path,
};

use anyhow::{Context, Result, bail};
use hotseat::{Error, FacetName, Index, Query, Results};
use log::debug;

use super::{Config, Filters, HELP, Outcome, Place, count, index, output, suggest};
use crate::terminal;

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat search GIL multiprocessing
  hotseat search '\"list comprehension\" -generator tag:python'
  hotseat search --level senior --limit 3 caching
  hotseat search --json deadlock | jq -r '.hits[].question'
  hotseat search --paths --tag sql join | fzf --preview 'hotseat show {}'
  hotseat search -- -flask web              a query that begins with a dash",
    after_help = "\
The query is words, \"exact phrases\", -words to leave out, OR, prefix*, words in one field
(question:word, answer:word), and facets (tag:python, section:\"technical questions\",
-tag:flask). Everything else in it is text. If there is no index yet, it is built first."
)]
pub(super) struct Args {
    /// What to search for; may be left out beside a filter
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Show at most this many hits [default: 10]
    #[arg(short = 'n', long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Leave out the first hits
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        value_parser = count,
        allow_negative_numbers = true
    )]
    offset: usize,
    /// Count the tags, categories, levels … of all that is found
    #[arg(long)]
    facets: bool,
    /// Show whole answers
    #[arg(long)]
    full: bool,
    /// Show how the query was understood, and what each score is made of
    #[arg(long)]
    explain: bool,
    /// Bring the index up to date with the guides first
    #[arg(short, long)]
    update: bool,
    /// Print only where the hits are, FILE:LINE
    #[arg(short, long, conflicts_with_all = ["json", "facets", "full", "explain"])]
    paths: bool,
    /// The same, each ended by a NUL byte, for xargs -0
    #[arg(short = '0', long, conflicts_with_all = ["json", "facets", "full", "explain"])]
    null: bool,
    /// Print the results as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let query = query(args, config)?;
    // Left to the end of the process: taking the index apart file by file is a twentieth of a search.
    let index = ManuallyDrop::new(open(args, config)?);
    let results = index.search(&query)?;
    debug!("found {} in {} µs", results.total, results.took_us);
    if args.json {
        output::json(&results, out)?;
        return Ok(Outcome::found(results.total > 0));
    }
    let content = args.place.content.path(config);
    if args.paths || args.null {
        output::notes(&results);
        paths(&results, content, args.null, out)?;
    } else {
        output::results(&results, content, output::more_found, out)?;
    }
    if results.total == 0 {
        suggest::nothing_found(&index, &results.query, &args.filters)?;
    }
    Ok(Outcome::found(results.total > 0))
}

/// Writes where the hits are, as seen from the working folder, which `hotseat show` takes as well.
fn paths(results: &Results, content: &Path, null: bool, out: &mut impl Write) -> io::Result<()> {
    let is_terminal = io::stdout().is_terminal();
    for hit in &results.hits {
        let path = format!("{}:{}", content.join(&hit.guide).display(), hit.line);
        // A program needs the name as it is.
        let shown = match null && !is_terminal {
            true => Cow::Borrowed(path.as_str()),
            false => terminal::sanitize(&path),
        };
        write!(out, "{shown}{}", if null { '\0' } else { '\n' })?;
    }
    Ok(())
}

fn query(args: &Args, config: &Config) -> Result<Query> {
    let text = args.words.join(" ");
    if text.trim().is_empty() && args.filters.is_empty() {
        bail!("there is nothing to search for; give words, or a filter such as --tag python");
    }
    let facets: &[FacetName] = if args.facets { &FacetName::ALL } else { &[] };
    let query = Query::new(text)
        .limit(args.limit.unwrap_or(config.limit))
        .offset(args.offset)
        .facets(facets)
        .full(args.full)
        .explain(args.explain);
    Ok(args.filters.apply(query))
}

/// Opens the index, after an update if one is asked for or there is none yet.
fn open(args: &Args, config: &Config) -> Result<Index> {
    if args.update {
        return index::update(&args.place, config);
    }
    match Index::open(args.place.index.path(config)) {
        Err(none @ Error::NoIndex { .. }) => {
            let content = args.place.content.path(config).display();
            terminal::remark(&format!("{none}; building it from {content}"));
            index::update(&args.place, config).context("cannot build the index")
        }
        opened => Ok(config.prepare(opened?)),
    }
}
