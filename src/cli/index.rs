//! `hotseat index`: builds the index of a content folder, or brings it up to date.

use std::{fs, io::Write};

use anyhow::Result;
use hotseat::{Error, Index, Update};

use super::{HELP, Outcome, Place, output, terminal};

/// Build the index, or bring it up to date with the guides that changed
#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat index                             ./content into ./index
  hotseat index --content guides --index /tmp/guides
  hotseat index --rebuild                   read every guide again"
)]
pub(super) struct Args {
    /// Read every guide again, changed or not
    #[arg(long)]
    rebuild: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(args: &Args, out: &mut impl Write) -> Result<Outcome> {
    let (_, update) = write(&args.place, args.rebuild)?;
    if args.json {
        output::json(&update, out)?;
    } else {
        output::warnings(&update.warnings);
        writeln!(out, "{}", output::summary(&update))?;
    }
    if update.documents == 0 {
        let folder = args.place.content.folder.display();
        terminal::tell(&format!(
            "warning: {folder} holds no guides: files with text that end in .md, .txt or .html"
        ));
    }
    Ok(Outcome::found(update.documents > 0))
}

/// Brings the index up to date before a search, and says what that did, if anything.
pub(super) fn update(place: &Place) -> Result<Index> {
    let (index, update) = write(place, false)?;
    if update.changed_anything() {
        terminal::tell(&output::summary(&update));
        if !update.warnings.is_empty() {
            terminal::tell("help: `hotseat index` shows the warnings");
        }
    }
    Ok(index)
}

fn write(place: &Place, rebuild: bool) -> Result<(Index, Update)> {
    let content = &place.content.folder;
    // Looked at first, so that a misspelt name leaves no empty index behind.
    fs::read_dir(content).map_err(|source| Error::ReadContent {
        path: content.clone(),
        source,
    })?;
    let index = Index::open_or_create(&place.index)?;
    let update = if rebuild {
        index.rebuild(content)?
    } else {
        index.update(content)?
    };
    Ok((index, update))
}
