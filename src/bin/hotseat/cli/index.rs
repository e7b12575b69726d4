//! `hotseat index`: builds the index of a content folder, or updates it.

use std::{io::Write, path::Path, thread, time::Duration};

use anyhow::Result;
use hotseat::{Error, Index, Source, UpdateSummary, Warning};
use time::{OffsetDateTime, UtcOffset};

use super::{
    Config, Converting, HELP, Ignoring, Outcome, Place, converters, eprint_error, output,
    watch::Watch,
};
use crate::{
    content_path::ContentPath,
    json,
    terminal::{self, progress},
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat index                         ./content into ./index
  hotseat index --content guides --index /tmp/guides
  hotseat index --rebuild               read every guide; repair a damaged index
  hotseat index --watch                 update the index as guides change
  hotseat index --convert 'pdf=pdftohtml -q -i -xml -stdout {}'",
    after_help = "\
Guides are files of Markdown (.md, .markdown, .mdx, .mkd, .mdown, .qmd, .rmd), text (.txt, .text), \
reStructuredText (.rst), AsciiDoc (.adoc, .asciidoc), Org (.org) and HTML (.html, .htm, .xhtml), \
documents (.docx, .odt, .epub) and notebooks (.ipynb), at any depth; and, if they list questions, \
files of data (.json, .jsonl, .ndjson, .yaml, .yml, .csv, .tsv) and those without an extension. \
--convert reads others by a program, and --converters shows how. \
Hidden files, links, and files that .gitignore or .ignore exclude are left out. If there are no \
guides, the exit status is 1. The index can be searched during an update, and keeps its old state \
if the update is interrupted."
)]
pub(super) struct Args {
    /// Read every guide again, changed or not
    #[arg(long)]
    rebuild: bool,
    /// Wait for another process that is writing the index
    #[arg(long)]
    wait: bool,
    /// Update the index whenever guides change, until Ctrl-C
    #[arg(short, long)]
    pub(super) watch: bool,
    /// Do not fail if a guide cannot be read for a reason that may pass
    #[arg(long)]
    keep_going: bool,
    /// Print settings that read other files with the programs that are installed
    #[arg(long, conflicts_with_all = ["rebuild", "wait", "watch", "keep_going", "json"])]
    converters: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    ignoring: Ignoring,
    #[command(flatten)]
    converting: Converting,
    #[command(flatten)]
    place: Place,
}

impl Args {
    fn source(&self, config: &Config) -> Source {
        let source = self.place.content.source(config);
        let source = source.ignore_files(!self.ignoring.no_ignore);
        self.converting.add_to(source)
    }
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    if args.converters {
        return converters::print(out);
    }
    if args.watch {
        return watch(args, config, out);
    }
    let source = args.source(config);
    let if_locked = if args.wait {
        IfLocked::Wait
    } else {
        IfLocked::Fail
    };
    let index = args.place.index.path(config);
    let (_, update) = write(index, &source, args.rebuild, if_locked)?;
    if args.json {
        json::write(&update, out)?;
    } else {
        output::warnings(&update.warnings, &args.place.content.path(config));
        writeln!(out, "{}", output::summary(&update))?;
    }
    if !args.json {
        help_with_unread(&update);
    }
    for file in &update.left {
        terminal::eprint_note(&format!(
            "note: {file} was not made by hotseat, so it was left in place"
        ));
    }
    warn_if_empty(&update, &source);
    if update.postponed > 0 && !args.keep_going {
        return Err(Postponed.into());
    }
    Ok(Outcome::found(update.documents > 0))
}

fn warn_if_empty(update: &UpdateSummary, source: &Source) {
    if update.documents == 0 {
        let content = output::paths(source.paths());
        terminal::eprint_note(&format!(
            "warning: there are no guides in {content}: text such as .md, or .docx; `hotseat index --help` lists all"
        ));
    }
}

/// Names the programs that would read more files.
fn help_with_unread(update: &UpdateSummary) {
    if let Some(help) = converters::help(&update.unread) {
        terminal::eprint_note(&format!("help: {help}"));
    }
}

/// Guides could not be read for a reason that may pass; the warnings say which.
#[derive(Debug, thiserror::Error)]
#[error("not all guides could be read; the index holds them as they were")]
pub(super) struct Postponed;

/// Builds the index, and updates it whenever guides change.
///
/// The process may be killed at any time: an update is done as a whole or not at all.
fn watch(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    // The offset can be read safely only while there is one thread.
    let offset = UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC);
    let source = args.source(config);
    let index = args.place.index.path(config);
    let (_, mut last) = write(index, &source, args.rebuild, IfLocked::Wait)?;
    print_update(args, config, &last, &last.warnings, offset, out)?;
    let mut watch = Watch::new(source.paths(), index)?;
    let watched = output::paths(source.paths());
    terminal::eprint_note(&format!("watching {watched}; Ctrl-C ends it"));
    loop {
        // The first round finds changes made before watching began.
        match write(index, &source, false, IfLocked::Wait) {
            Ok((_, update)) => {
                if update.changed_anything() || update.warnings != last.warnings {
                    let is_new = |warning: &&Warning| !last.warnings.contains(warning);
                    let new: Vec<_> = update.warnings.iter().filter(is_new).cloned().collect();
                    print_update(args, config, &update, &new, offset, out)?;
                }
                last = update;
            }
            // The next change may remedy it.
            Err(error) => eprint_error(&error),
        }
        watch.wait()?;
    }
}

/// Prints the result of an update with the time of day, at once.
fn print_update(
    args: &Args,
    config: &Config,
    update: &UpdateSummary,
    warnings: &[Warning],
    offset: UtcOffset,
    out: &mut impl Write,
) -> Result<()> {
    if args.json {
        json::write(update, out)?;
    } else {
        output::warnings(warnings, &args.place.content.path(config));
        let now = OffsetDateTime::now_utc().to_offset(offset);
        let (hour, minute, second) = now.to_hms();
        let summary = output::summary(update);
        writeln!(out, "{hour:02}:{minute:02}:{second:02} {summary}")?;
    }
    Ok(out.flush()?)
}

/// Updates the index before a search, and prints what changed. A search waits for another writer.
pub(super) fn update(place: &Place, source: &Source, config: &Config) -> Result<Index> {
    Ok(config.prepare(update_at(place.index.path(config), source)?))
}

/// Updates the index in a folder, and prints what changed.
pub(super) fn update_at(index: &Path, source: &Source) -> Result<Index> {
    let (index, update) = write(index, source, false, IfLocked::Wait)?;
    if update.documents == 0 {
        terminal::eprint_note(&output::summary(&update));
        help_with_unread(&update);
        warn_if_empty(&update, source);
    } else if update.changed_anything() {
        terminal::eprint_note(&output::summary(&update));
        if !update.warnings.is_empty() {
            terminal::eprint_note("help: `hotseat index` shows the warnings");
        }
    }
    Ok(index)
}

/// The reaction to another process that is writing the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IfLocked {
    Fail,
    Wait,
}

/// Builds or updates the index.
fn write(
    index: &Path,
    source: &Source,
    rebuild: bool,
    if_locked: IfLocked,
) -> Result<(Index, UpdateSummary)> {
    let source = without_index(source, index);
    let mut is_waiting = false;
    loop {
        match write_now(&source, index, rebuild) {
            Err(locked @ Error::Locked { .. }) if if_locked == IfLocked::Wait => {
                if !is_waiting {
                    terminal::eprint_note(&format!("{locked}; waiting for it"));
                }
                is_waiting = true;
                thread::sleep(WAIT);
            }
            written => return Ok(written?),
        }
    }
}

/// Returns `source` without the files of an index inside it, which are not worth counting.
pub(super) fn without_index(source: &Source, index: &Path) -> Source {
    let source = source.clone();
    let inside = ContentPath::new(&source.folder()).inside(index);
    let Some(inside) = inside.filter(|inside| !inside.is_empty()) else {
        return source;
    };
    let is_special = |c| "\\*?[]{}!#".contains(c);
    let escape = |c| [is_special(c).then_some('\\'), Some(c)];
    let inside: String = inside.chars().flat_map(escape).flatten().collect();
    source.exclude([format!("/{inside}/")])
}

/// The interval at which a locked index is tried again.
const WAIT: Duration = Duration::from_millis(100);

fn write_now(
    source: &Source,
    index: &Path,
    rebuild: bool,
) -> hotseat::Result<(Index, UpdateSummary)> {
    // A misspelt name must not leave an empty index behind.
    source.check()?;
    if rebuild {
        let (index, _bar) = progress::shown(Index::open_or_replace(index)?);
        let update = index.rebuild(source.clone())?;
        Ok((index, update))
    } else {
        let (index, _bar) = progress::shown(Index::open_or_create(index)?);
        let update = index.update(source.clone())?;
        Ok((index, update))
    }
}
