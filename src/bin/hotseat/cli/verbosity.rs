//! `--quiet` and `--verbose`: the messages printed beside the results.
//!
//! The level of the `log` crate decides: errors are printed at every level, messages of
//! [`terminal::eprint_note`] from [`LevelFilter::Warn`] on, which is the default, and the library's log
//! from [`LevelFilter::Debug`] on.

use std::{sync::OnceLock, time::Instant};

use log::{Level, LevelFilter, Log, Metadata, Record};

use crate::terminal;

/// The options that decide which messages are printed.
#[derive(Debug, clap::Args)]
pub(super) struct Verbosity {
    /// Print only results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print each step, with the milliseconds since the start
    #[arg(short, long, global = true)]
    verbose: bool,
}

impl Verbosity {
    /// Applies the options to all messages that follow.
    pub(super) fn set(&self) {
        if self.verbose {
            BEGAN.get_or_init(Instant::now);
            // It is set here only, once.
            let _ = log::set_logger(&Stderr);
            log::set_max_level(LevelFilter::Debug);
        } else if !self.quiet {
            log::set_max_level(LevelFilter::Warn);
        }
    }
}

/// The time of the first message.
static BEGAN: OnceLock<Instant> = OnceLock::new();

/// Logs to standard error.
struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The steps inside the search engine are not those of hotseat.
        metadata.level() <= Level::Warn || metadata.target().starts_with("hotseat")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let ms = BEGAN
                .get()
                .map_or(0.0, |began| began.elapsed().as_secs_f64() * 1e3);
            terminal::eprint_message(&format!("{ms:8.2} ms  {}", record.args()));
        }
    }

    fn flush(&self) {}
}
