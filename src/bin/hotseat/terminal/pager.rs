//! The pager for output longer than the screen, as git uses one.
//!
//! On a terminal, output is held back until it is flushed, since only then is its length known. It
//! takes no more memory than the results themselves.

use std::{
    env,
    io::{self, Write},
    mem,
    process::{Command, Stdio},
    sync::{Arc, atomic::AtomicBool},
};

use signal_hook::{consts::SIGINT, flag};
use terminal_size::{Height, Width};
use textwrap::core::display_width;

/// The option for the pager.
#[derive(Debug, clap::Args)]
pub(crate) struct Paging {
    /// Do not use a pager for long output
    #[arg(long, global = true)]
    no_pager: bool,
}

impl Paging {
    /// Returns a writer to `out`, which is standard output. If `is_paged`, long output to a terminal goes
    /// through the pager.
    pub(crate) fn page<'w, W: Write>(&self, out: &'w mut W, is_paged: bool) -> Page<'w, W> {
        let screen = if is_paged && !self.no_pager {
            let is_able = || env::var_os("TERM").is_none_or(|term| term != "dumb");
            terminal_size::terminal_size_of(io::stdout()).filter(|_| is_able())
        } else {
            None
        };
        Page {
            out,
            screen,
            held: Vec::new(),
        }
    }
}

/// Standard output. On a terminal, text appears when it is flushed, in a pager if it is long.
pub(crate) struct Page<'w, W> {
    out: &'w mut W,
    /// The size of the terminal, if a pager can be used.
    screen: Option<(Width, Height)>,
    held: Vec<u8>,
}

impl<W: Write> Write for Page<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.screen.is_some() {
            self.held.extend_from_slice(bytes);
            return Ok(());
        }
        self.out.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        let held = mem::take(&mut self.held);
        let is_long = self.screen.is_some_and(|screen| !fits(&held, screen));
        if !(is_long && page(&held)) {
            self.out.write_all(&held)?;
        }
        self.out.flush()
    }
}

/// Returns whether the screen has room for `text` and the prompt below it.
fn fits(text: &[u8], (Width(columns), Height(rows)): (Width, Height)) -> bool {
    let columns = usize::from(columns).max(1);
    let text = String::from_utf8_lossy(text);
    let mut left = usize::from(rows);
    for line in text.lines() {
        let taken = display_width(line).div_ceil(columns).max(1);
        left = left.saturating_sub(taken);
        if left == 0 {
            return false;
        }
    }
    true
}

/// Shows `text` in the pager until that is quit. Returns whether the pager could be started.
fn page(text: &[u8]) -> bool {
    let Some((program, arguments)) = pager() else {
        return false;
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    // The options that git uses: quit if the text fits, keep colors, keep the text on the screen.
    for (name, options) in [("LESS", "FRX"), ("LV", "-c")] {
        if env::var_os(name).is_none() {
            command.env(name, options);
        }
    }
    // In a pager Ctrl-C ends a search. It must not end this program, which would leave both the pager
    // and the shell reading from one terminal. A registered flag is not inherited by the pager.
    let _ = flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
    let Ok(mut pager) = command.spawn() else {
        return false;
    };
    if let Some(mut input) = pager.stdin.take() {
        // Quitting before the end is no error.
        let _ = input.write_all(text);
    }
    // The exit status of a pager says nothing about the results.
    let _ = pager.wait();
    true
}

/// Returns the pager and its arguments; none if the variable is empty.
fn pager() -> Option<(String, Vec<String>)> {
    let wanted = ["HOTSEAT_PAGER", "PAGER"]
        .iter()
        .find_map(|name| env::var(name).ok());
    let command = wanted.as_deref().unwrap_or("less -R");
    let mut words = shell_words::split(command).ok()?.into_iter();
    Some((words.next()?, words.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_takes_several_rows() {
        let screen = (Width(10), Height(4));
        let cases = [
            ("", true),
            ("1\n2\n3\n", true),
            ("1\n2\n3\n4\n", false),
            ("1234567890\n2\n3\n", true),
            ("12345678901\n2\n3\n", false),
            ("\u{1b}[1m1234567890\u{1b}[0m\n2\n3\n", true),
            ("検索検索検\n\n3\n", true),
            ("検索検索検索\n\n3\n", false),
        ];
        for (text, is_all_shown) in cases {
            assert_eq!(fits(text.as_bytes(), screen), is_all_shown, "{text:?}");
        }
    }
}
