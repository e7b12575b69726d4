//! The terminal, taken over for a screen and given back however the program ends.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    str::FromStr,
};

use anyhow::{Context, Result};
use ratatui::{
    Frame, Terminal, TerminalOptions, Viewport,
    crossterm::{
        event::{
            DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
        },
        execute, queue,
        terminal::{
            self, BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen,
            LeaveAlternateScreen,
        },
    },
};

use super::paint::Painter;

/// The rows of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Height {
    /// A number of rows.
    Rows(u16),
    /// A share of the terminal's rows.
    Percent(u16),
}

impl FromStr for Height {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Height, Self::Err> {
        const WRONG: &str = "give a number of rows, 5 or more, or a share such as 40%";
        let (number, height): (&str, fn(u16) -> Height) = match text.strip_suffix('%') {
            Some(number) => (number, Height::Percent),
            None => (text, Height::Rows),
        };
        match (number.parse().map_err(|_| WRONG)?, text.ends_with('%')) {
            (share @ 1..=100, true) => Ok(height(share)),
            (rows @ 5.., false) => Ok(height(rows)),
            _ => Err(WRONG),
        }
    }
}

type Backend = Painter<BufWriter<File>>;

/// A terminal that shows frames. Dropped, it is as it was before.
#[derive(Debug)]
pub(crate) struct Screen {
    terminal: Terminal<Backend>,
    height: Option<Height>,
    mouse: bool,
}

impl Screen {
    /// Takes over the terminal of the process, all of it or some rows below the prompt.
    ///
    /// # Errors
    ///
    /// There is no terminal, or it fails.
    pub(crate) fn enter(height: Option<Height>, mouse: bool) -> Result<Screen> {
        let terminal = take(height, mouse).context("cannot use the terminal")?;
        Ok(Screen {
            terminal,
            height,
            mouse,
        })
    }

    /// Returns the rows of the terminal.
    pub(crate) fn rows(&self) -> io::Result<u16> {
        Ok(self.terminal.size()?.height)
    }

    /// Shows a frame at once: terminals that know the mode draw none half done.
    pub(crate) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(draw)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Gives the terminal back while `run` runs.
    pub(crate) fn outside<T>(&mut self, run: impl FnOnce() -> Result<T>) -> Result<T> {
        self.give_back();
        let ran = run();
        self.terminal = take(self.height, self.mouse).context("cannot use the terminal")?;
        ran
    }

    /// Suspends the process, as Ctrl-Z does in a shell, until it is continued.
    pub(crate) fn suspend(&mut self) -> Result<()> {
        self.outside(|| {
            #[cfg(unix)]
            {
                use rustix::process::{Signal, getpid, kill_process};
                kill_process(getpid(), Signal::TSTP)?;
            }
            Ok(())
        })
    }

    /// Copies text to the clipboard of the terminal, by OSC 52.
    pub(crate) fn copy(&mut self, text: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        write!(out, "\u{1b}]52;c;{}\u{7}", base64(text.as_bytes()))?;
        Write::flush(out)
    }

    fn give_back(&mut self) {
        // The rows of a screen below the prompt are given back empty.
        if self.height.is_some() {
            let _ = self.terminal.clear();
            let _ = write!(self.terminal.backend_mut(), "\r");
        }
        let _ = self.terminal.show_cursor();
        restore(self.terminal.backend_mut(), self.height, self.mouse);
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.give_back();
    }
}

fn take(height: Option<Height>, mouse: bool) -> io::Result<Terminal<Backend>> {
    let mut out = BufWriter::new(tty()?);
    terminal::enable_raw_mode()?;
    let rows = match height {
        None => None,
        Some(Height::Rows(rows)) => Some(rows),
        Some(Height::Percent(share)) => {
            let (_, rows) = terminal::size()?;
            Some((u32::from(rows) * u32::from(share) / 100).max(5) as u16)
        }
    };
    let taken = (|| {
        if rows.is_none() {
            execute!(out, EnterAlternateScreen)?;
        }
        execute!(out, EnableBracketedPaste)?;
        if mouse {
            execute!(out, EnableMouseCapture)?;
        }
        let viewport = rows.map_or(Viewport::Fullscreen, Viewport::Inline);
        Terminal::with_options(Painter::new(out), TerminalOptions { viewport })
    })();
    if taken.is_err() {
        let _ = terminal::disable_raw_mode();
    }
    taken
}

/// Sets the terminal back; a failure leaves nothing to be done.
fn restore(out: &mut impl Write, height: Option<Height>, mouse: bool) {
    if mouse {
        let _ = execute!(out, DisableMouseCapture);
    }
    let _ = execute!(out, DisableBracketedPaste);
    if height.is_none() {
        let _ = execute!(out, LeaveAlternateScreen);
    }
    let _ = terminal::disable_raw_mode();
}

/// Restores the terminal and ends the process when it is told to end from outside.
#[cfg(unix)]
pub(crate) fn restore_on_signals(height: Option<Height>, mouse: bool) -> io::Result<()> {
    use std::{io::Read, os::unix::net::UnixStream, process, thread};

    use ratatui::crossterm::cursor::Show;
    use signal_hook::{
        consts::{SIGHUP, SIGTERM},
        low_level::pipe,
    };

    for signal in [SIGTERM, SIGHUP] {
        let (mut read, write) = UnixStream::pair()?;
        pipe::register(signal, write)?;
        thread::spawn(move || {
            if matches!(read.read(&mut [0]), Ok(1)) {
                if let Ok(out) = tty() {
                    let mut out = BufWriter::new(out);
                    let _ = execute!(out, Show);
                    restore(&mut out, height, mouse);
                }
                process::exit(128 + signal);
            }
        });
    }
    Ok(())
}

#[cfg(unix)]
fn tty() -> io::Result<File> {
    File::options().read(true).write(true).open("/dev/tty")
}

#[cfg(windows)]
fn tty() -> io::Result<File> {
    File::options().write(true).open("CONOUT$")
}

/// Returns bytes in base64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 4];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(group);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_rows_or_a_share() {
        assert_eq!("12".parse(), Ok(Height::Rows(12)));
        assert_eq!("40%".parse(), Ok(Height::Percent(40)));
        for wrong in ["", "%", "4", "0%", "101%", "x", "-3"] {
            assert!(wrong.parse::<Height>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ];
        for (text, expected) in pairs {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
