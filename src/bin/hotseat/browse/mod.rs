//! A screen that answers while one types: events of a terminal -> [`App`] -> frames.

mod ansi;
mod app;
mod keys;
mod line;
mod paint;
mod preview;
mod screen;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod tests;
mod view;

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use anyhow::Result;
use ratatui::{
    crossterm::event,
    style::{Color, Modifier, Style},
};

#[cfg(unix)]
pub(crate) use self::screen::restore_on_signals;
pub(crate) use self::{
    app::{App, Effect},
    keys::Keys,
    screen::{Height, Screen},
};

/// The shortest time between two frames: half of the 16 ms in which a key is to be answered.
const FRAME: Duration = Duration::from_millis(8);

/// The time without a key after which the index is looked at for another commit.
const IDLE: Duration = Duration::from_secs(2);

/// The settings in `[browse]`, and those of the process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) keys: Keys,
    pub(crate) theme: Theme,
    /// Whether the mouse scrolls, selects and opens; selecting text then needs Shift.
    pub(crate) mouse: bool,
    /// Whether colors are used.
    pub(crate) color: bool,
    /// Whether Enter chooses a document, to be printed.
    pub(crate) chooses: bool,
}

/// The styles that can be set, in the colors of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Theme {
    pub(crate) matched: Style,
    pub(crate) place: Style,
}

impl Default for Theme {
    fn default() -> Theme {
        Theme {
            matched: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            place: Style::new().fg(Color::Magenta),
        }
    }
}

impl Theme {
    /// Returns the theme without color.
    pub(crate) fn plain() -> Theme {
        Theme {
            matched: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            place: Style::new(),
        }
    }

    /// Sets the style called `name`: `matched` or `place`.
    ///
    /// # Errors
    ///
    /// A message that lists the names, or shows how styles are written.
    pub(crate) fn set(&mut self, name: &str, style: &str) -> Result<(), String> {
        let set = match name {
            "matched" => &mut self.matched,
            "place" => &mut self.place,
            _ => return Err("the styles are matched and place".to_owned()),
        };
        *set = read_style(style)
            .ok_or("give a style such as \"bold red\", \"bright-blue\" or \"reverse\"")?;
        Ok(())
    }
}

/// Reads a style: a color by its name, and any of bold, dim, italic, underline and reverse.
fn read_style(text: &str) -> Option<Style> {
    let mut style = Style::new();
    for word in text.split_whitespace() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            color => style.fg(Color::from_str(color).ok()?),
        };
    }
    Some(style)
}

/// The way the screen was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing was chosen.
    Alone,
    /// Ctrl-C was pressed.
    Interrupted,
    /// With a document.
    With(hotseat::DocId),
}

/// Shows `app` on `screen` until it is left; `edit` opens a guide at a line in an editor.
///
/// # Errors
///
/// Errors of the terminal, of the editor and of the index.
pub(crate) fn run(
    app: &mut App<'_>,
    screen: &mut Screen,
    edit: &mut dyn FnMut(&str, usize) -> Result<()>,
) -> Result<Left> {
    app.resize(screen.rows()?);
    let mut drawn = Instant::now();
    let mut is_new = true;
    loop {
        if is_new {
            app.settle()?;
            screen.draw(|frame| view::draw(app, frame))?;
            drawn = Instant::now();
        }
        if !event::poll(IDLE)? {
            is_new = app.reload()?;
            continue;
        }
        is_new = true;
        // Of keys that come faster than frames, the last one decides.
        loop {
            match app.on(&event::read()?) {
                None => {}
                Some(Effect::Leave) => return Ok(Left::Alone),
                Some(Effect::Interrupt) => return Ok(Left::Interrupted),
                Some(Effect::Choose(id)) => return Ok(Left::With(id)),
                Some(Effect::Suspend) => screen.suspend()?,
                Some(Effect::Copy { guide, line }) => {
                    let path = (app.path)(&guide);
                    screen.copy(&format!("{}:{line}", path.display()))?;
                }
                Some(Effect::Edit { guide, line }) => {
                    screen.outside(|| edit(&guide, line))?;
                    app.reload()?;
                }
            }
            app.settle()?;
            if !event::poll(FRAME.saturating_sub(drawn.elapsed()))? {
                break;
            }
        }
    }
}
