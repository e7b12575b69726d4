//! `hotseat search`: the best documents for a query.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
    mem::ManuallyDrop,
};

use anyhow::{Result, bail};
use hotseat::{FacetName, Query, Results};
use log::debug;

use super::{Collection, Config, Filters, HELP, Hits, Outcome, output, suggest};
#[cfg(feature = "engine")]
use crate::backend::Backend as _;
use crate::{content_path::ContentPath, json, terminal};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat search GIL multiprocessing
  hotseat search '\"list comprehension\" -generator tag:python'
  hotseat search --level senior --limit 3 caching
  hotseat search --json deadlock | jq -r '.hits[].question'
  hotseat search --paths join | fzf --preview 'hotseat show {}'
  hotseat search web -flask             without a word",
    after_help = "\
A query may contain words, \"exact phrases\", -words to leave out, OR, prefix*, words in one field \
(question:word, answer:word), and facets (tag:python, section:\"technical questions\", -tag:flask). \
Everything else is text. After the first word, an argument such as -flask leaves out a word unless \
an option is spelled so; after --, every argument is part of the query. If there is no index yet, \
it is built first."
)]
pub(super) struct Args {
    /// Words and filters; may be left out beside a filter option
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    #[command(flatten)]
    hits: Hits,
    /// Count tags, categories, levels and more over all documents found
    #[arg(long)]
    facets: bool,
    /// Rank by words alone, not by meaning
    #[arg(long)]
    lexical: bool,
    /// Show a question again where another guide asks it, too
    #[arg(long)]
    repeats: bool,
    /// Show whole answers
    #[arg(long)]
    full: bool,
    /// Show how the query was read, and the parts of each score
    #[arg(long)]
    explain: bool,
    /// Update the index first
    #[arg(short, long)]
    update: bool,
    /// Print only FILE:LINE of each hit
    #[arg(short, long, conflicts_with_all = ["json", "facets", "full", "explain"])]
    paths: bool,
    /// The same, each terminated by a NUL byte, for xargs -0
    #[arg(short = '0', long, conflicts_with_all = ["json", "facets", "full", "explain"])]
    null: bool,
    /// Print the results as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    collection: Collection,
    #[cfg(feature = "engine")]
    #[command(flatten)]
    engine: super::engine::search::Engine,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let text = args.words.join(" ");
    if args.filters.is_empty() && Query::new(&text).is_empty() {
        bail!("there is nothing to search for; give words, or a filter such as --tag python");
    }
    #[cfg(feature = "engine")]
    if let Some(remote) = args.engine.open(config)? {
        let content = args.collection.place.content.path(config);
        let query = query(args, &text, config, &content);
        let results = or_begun(&query, |query| remote.search(query))?;
        return show(args, &results, &content, out);
    }
    // The end of the process frees it: unmapping file by file takes a twentieth of a search.
    let (index, content) = args.collection.open(args.update, config)?;
    let index = ManuallyDrop::new(index);
    let query = query(args, &text, config, &content);
    let results = or_begun(&query, |query| index.search(query))?;
    let outcome = show(args, &results, &content, out)?;
    if results.total == 0 && !args.json {
        suggest::nothing_found(&index, &query, &results.query, &args.filters)?;
    }
    Ok(outcome)
}

/// Returns the results of `query`; if there are none, those of the query whose last word is unfinished.
fn or_begun(
    query: &Query,
    search: impl Fn(&Query) -> hotseat::Result<Results>,
) -> hotseat::Result<Results> {
    let mut results = search(query)?;
    if results.total == 0 {
        // The end of the last word may be missing.
        let begun = search(&query.clone().typing(true))?;
        if begun.total > 0 {
            terminal::eprint_note(&format!(
                "no document has {:?}; searched with its last word unfinished",
                query.text
            ));
            results = begun;
        }
    }
    debug!("found {} in {} µs", results.total, results.took_us);
    Ok(results)
}

/// Writes the results as they were asked for.
fn show(
    args: &Args,
    results: &Results,
    content: &ContentPath,
    out: &mut impl Write,
) -> Result<Outcome> {
    if args.json {
        json::write(&json::results(results, content), out)?;
    } else if args.paths || args.null {
        output::notes(results);
        paths(results, content, args.null, out)?;
    } else {
        output::results(results, content, out)?;
    }
    Ok(Outcome::found(results.total > 0))
}

/// Writes the places of the hits, which `hotseat show` takes as well.
fn paths(
    results: &Results,
    content: &ContentPath,
    null: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let is_terminal = io::stdout().is_terminal();
    for hit in &results.hits {
        let path = format!("{}:{}", content.shown(&hit.guide), hit.line);
        // A program needs the name as it is.
        let shown = if null && !is_terminal {
            Cow::Borrowed(path.as_str())
        } else {
            terminal::sanitize(&path)
        };
        write!(out, "{shown}{}", if null { '\0' } else { '\n' })?;
    }
    Ok(())
}

fn query(args: &Args, text: &str, config: &Config, content: &ContentPath) -> Query {
    let text = content.in_query(text);
    let facets: &[FacetName] = if args.facets { &FacetName::ALL } else { &[] };
    let query = Query::new(text)
        .limit(args.hits.limit.unwrap_or(config.limit))
        .offset(args.hits.offset)
        .facets(facets)
        .lexical(args.lexical)
        // Programs get every document.
        .once(!(args.repeats || args.json || args.paths || args.null))
        .full(args.full)
        .explain(args.explain);
    args.filters.apply(query, content)
}
