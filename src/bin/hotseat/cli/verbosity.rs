//! How much is said beside the results: `--quiet` and `--verbose`.
//!
//! There is one place that knows it, the level of the `log` crate: errors are said at every level,
//! what [`terminal::remark`] has to say from [`LevelFilter::Warn`] on, which is where nothing is
//! asked for, and what the library logs from [`LevelFilter::Debug`] on.

use std::{sync::OnceLock, time::Instant};

use log::{Level, LevelFilter, Log, Metadata, Record};

use crate::terminal;

/// How much to say beside the results.
#[derive(Debug, clap::Args)]
pub(super) struct Verbosity {
    /// Say nothing but results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what is done, and after how many milliseconds
    #[arg(short, long, global = true)]
    verbose: bool,
}

impl Verbosity {
    /// Lets all that follows be as verbose.
    pub(super) fn set(&self) {
        if self.verbose {
            BEGAN.get_or_init(Instant::now);
            // It is only set here, and once.
            let _ = log::set_logger(&Stderr);
            log::set_max_level(LevelFilter::Debug);
        } else if !self.quiet {
            log::set_max_level(LevelFilter::Warn);
        }
    }
}

/// When the log began.
static BEGAN: OnceLock<Instant> = OnceLock::new();

/// Logs to standard error.
struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // What the search engine does inside is not what hotseat does.
        metadata.level() <= Level::Warn || metadata.target().starts_with("hotseat")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let ms = BEGAN
                .get()
                .map_or(0.0, |began| began.elapsed().as_secs_f64() * 1e3);
            terminal::tell(&format!("{ms:8.2} ms  {}", record.args()));
        }
    }

    fn flush(&self) {}
}
