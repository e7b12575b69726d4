//! `hotseat browse`: a screen that searches as one types.

use std::{env, io::Write};

use anyhow::Result;
use hotseat::{Index, Query};

use super::{Collection, Config, Filters, HELP, Outcome, editor};
use crate::{
    browse::{self, App, Height, Left, Screen},
    json,
    terminal::Terminal,
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat browse                      type, and read the answer beside the hits
  hotseat browse --tag python
  hotseat browse --height 40%         below the prompt
  vim $(hotseat browse --print place | sed 's/\\(.*\\):/+\"\\1\" /')",
    after_help = "\
F1 shows all keys. Keys, colors and the mouse are set in your settings:

  [browse]
  mouse = true
  [browse.keys]
  similar = [\"ctrl-g\", \"f2\"]
  [browse.theme]
  matched = \"bold yellow\"
  place = \"cyan\""
)]
pub(super) struct Args {
    /// The query to begin with
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Use this many rows below the prompt, or a share such as 40%
    #[arg(long, value_name = "ROWS")]
    height: Option<Height>,
    /// Let Enter choose a document, and print its id, place or JSON
    #[arg(long, value_name = "WHAT", value_parser = ["id", "place", "json"])]
    print: Option<String>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    collection: Collection,
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let (index, content) = args.collection.open(false, config)?;
    let text = content.in_query(&args.words.join(" "));
    let query = args.filters.apply(Query::new(text), &content);
    let mut settings = config.browse.clone();
    settings.color = Terminal::stdout().color || args.print.is_some() && !refuses_color();
    settings.chooses = args.print.is_some();
    if !settings.color {
        settings.theme = browse::Theme::plain();
    }
    let path = |guide: &str| content.file(guide);
    let mut app = App::new(&index, query, &path, settings.clone())?;
    let mut edit = |guide: &str, line: usize| {
        editor::open(&content.file(guide), line)?;
        index.update(args.collection.source(config))?;
        Ok(())
    };
    #[cfg(unix)]
    browse::restore_on_signals(args.height, settings.mouse)?;
    let left = {
        let mut screen = Screen::enter(args.height, settings.mouse)?;
        browse::run(&mut app, &mut screen, &mut edit)?
    };
    let id = match left {
        Left::Alone => return Ok(Outcome::found(args.print.is_none())),
        Left::Interrupted => return Ok(Outcome::Interrupted),
        Left::With(id) => id,
    };
    let Some(document) = index.get(id)? else {
        return Ok(Outcome::Nothing);
    };
    match args.print.as_deref() {
        Some("json") => json::write(&json::document(&document, &content), out)?,
        Some("place") => writeln!(out, "{}:{}", content.shown(&document.guide), document.line)?,
        _ => writeln!(out, "{id}")?,
    }
    Ok(Outcome::Found)
}

/// Returns whether there is something to browse: guides, or an index of them.
pub(super) fn is_possible() -> bool {
    Config::find().is_ok_and(|config| {
        let content = config.source(&[]).folder();
        content.is_dir() || Index::open(&config.index).is_ok()
    })
}

/// Returns whether the user asked for no color, when standard output is no terminal and cannot tell.
fn refuses_color() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
