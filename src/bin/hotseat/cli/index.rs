//! `hotseat index`: builds the index of a content folder, or updates it.

use std::{fs, io::Write, path::Path, thread, time::Duration};

use anyhow::Result;
use hotseat::{Error, Index, UpdateSummary, Warning};
use time::{OffsetDateTime, UtcOffset};

use super::{Config, HELP, Outcome, Place, output, tell, watch::Watch};
use crate::terminal::{self, progress};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat index                         ./content into ./index
  hotseat index --content guides --index /tmp/guides
  hotseat index --rebuild               read every guide; repair a damaged index
  hotseat index --watch                 update the index as guides change",
    after_help = "\
Guides are files whose name ends in .md, .markdown, .mdx, .txt, .text, .html or .htm, at any depth. \
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
    /// Print the summary as JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    if args.watch {
        return watch(args, config, out);
    }
    let (_, update) = write(&args.place, config, args.rebuild, args.wait)?;
    if args.json {
        output::json(&update, out)?;
    } else {
        output::warnings(&update.warnings, &args.place.content_path(config));
        writeln!(out, "{}", output::summary(&update))?;
    }
    if update.documents == 0 {
        let folder = args.place.content.path(config).display();
        terminal::remark(&format!(
            "warning: {folder} holds no guides: files with text that end in .md, .txt or .html"
        ));
    }
    Ok(Outcome::found(update.documents > 0))
}

/// Builds the index or brings it up to date, again and again.
///
/// It ends with the process, which may be killed at any time: an update is done or was not begun.
fn watch(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    // Threads of their own, which are started later, would make this unsafe to ask.
    let offset = UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC);
    let content = args.place.content.path(config);
    let (_, mut last) = write(&args.place, config, args.rebuild, true)?;
    print_update(args, config, &last, &last.warnings, offset, out)?;
    let mut watch = Watch::new(content, args.place.index.path(config))?;
    let watched = content.display();
    terminal::remark(&format!("watching {watched}; Ctrl-C ends it"));
    loop {
        // What changed until it was watched is found by the first round.
        match write(&args.place, config, false, true) {
            Ok((_, update)) => {
                if update.changed_anything() || update.warnings != last.warnings {
                    let is_new = |warning: &&Warning| !last.warnings.contains(warning);
                    let new: Vec<_> = update.warnings.iter().filter(is_new).cloned().collect();
                    print_update(args, config, &update, &new, offset, out)?;
                }
                last = update;
            }
            // The next change may be what mends it.
            Err(error) => tell(&error),
        }
        watch.wait()?;
    }
}

/// Writes what an update did, and when, at once.
fn print_update(
    args: &Args,
    config: &Config,
    update: &UpdateSummary,
    warnings: &[Warning],
    offset: UtcOffset,
    out: &mut impl Write,
) -> Result<()> {
    if args.json {
        output::json(update, out)?;
    } else {
        output::warnings(warnings, &args.place.content_path(config));
        let now = OffsetDateTime::now_utc().to_offset(offset);
        let (hour, minute, second) = now.to_hms();
        let summary = output::summary(update);
        writeln!(out, "{hour:02}:{minute:02}:{second:02} {summary}")?;
    }
    Ok(out.flush()?)
}

/// Brings the index up to date before a search, and says what that did, if anything. A search has
/// nothing better to do than to wait for another writer.
pub(super) fn update(place: &Place, config: &Config) -> Result<Index> {
    let (index, update) = write(place, config, false, true)?;
    if update.changed_anything() {
        terminal::remark(&output::summary(&update));
        if !update.warnings.is_empty() {
            terminal::remark("help: `hotseat index` shows the warnings");
        }
    }
    Ok(config.prepare(index))
}

/// Builds the index or brings it up to date; `wait`: when no other process writes to it.
fn write(
    place: &Place,
    config: &Config,
    rebuild: bool,
    wait: bool,
) -> Result<(Index, UpdateSummary)> {
    let mut is_waiting = false;
    loop {
        match write_now(
            place.content.path(config),
            place.index.path(config),
            rebuild,
        ) {
            Err(locked @ Error::Locked { .. }) if wait => {
                if !is_waiting {
                    terminal::remark(&format!("{locked}; waiting for it"));
                }
                is_waiting = true;
                thread::sleep(WAIT);
            }
            written => return Ok(written?),
        }
    }
}

/// How long to wait between two looks at whether another process still writes.
const WAIT: Duration = Duration::from_millis(100);

fn write_now(
    content: &Path,
    index: &Path,
    rebuild: bool,
) -> hotseat::Result<(Index, UpdateSummary)> {
    // Looked at first, so that a misspelt name leaves no empty index behind.
    fs::read_dir(content).map_err(|source| Error::ReadContent {
        path: content.to_owned(),
        source,
    })?;
    if rebuild {
        let (index, _bar) = progress::shown(Index::open_or_replace(index)?);
        let update = index.rebuild(content)?;
        Ok((index, update))
    } else {
        let (index, _bar) = progress::shown(Index::open_or_create(index)?);
        let update = index.update(content)?;
        Ok((index, update))
    }
}
