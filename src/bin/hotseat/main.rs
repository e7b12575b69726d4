//! The `hotseat` command: parses the arguments, runs one subcommand, ends with its exit code.
//!
//! As with grep: 0 if something was found, 1 if nothing was, 2 after an error. A reader that
//! closes the pipe early has seen enough, which is no error.

mod backend;
#[cfg(feature = "tui")]
mod browse;
mod cli;
mod content_path;
mod json;
mod mcp;
#[cfg(feature = "serve")]
mod serve;
mod terminal;

use std::{
    io::{self, BufWriter, Write},
    panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook},
    process::ExitCode,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use anyhow::anyhow;
use signal_hook::{consts::SIGABRT, flag};

use crate::cli::{Outcome, completions};

/// The message and the place of the last panic.
static PANIC: Mutex<String> = Mutex::new(String::new());

fn main() -> ExitCode {
    if completions::answer() {
        return ExitCode::SUCCESS;
    }
    // Without memory the standard library says so and aborts, which would leave a core dump and the
    // exit status of a crash. If the handler cannot be set, it still does.
    let _ = flag::register_conditional_shutdown(SIGABRT, 2, Arc::new(AtomicBool::new(true)));
    let args = match cli::parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    // The library catches panics on a damaged index and reports them as errors; any other panic is
    // reported below.
    set_hook(Box::new(note_panic));
    let mut out = BufWriter::new(io::stdout().lock());
    let run = || {
        let outcome = cli::run(&args, &mut out)?;
        out.flush()?;
        Ok(outcome)
    };
    let ran = catch_unwind(AssertUnwindSafe(run));
    match ran.unwrap_or_else(|_| Err(internal_error())) {
        Ok(outcome) => outcome.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Results come before the error; if they can't be written, the error says so.
            let _ = out.flush();
            cli::eprint_error(&error);
            Outcome::Failed.into()
        }
    }
}

/// Keeps the message and the place of a panic.
fn note_panic(panic: &PanicHookInfo<'_>) {
    let text = panic.payload().downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.payload().downcast_ref::<&str>().copied());
    let message = text.unwrap_or("unknown");
    let place = panic
        .location()
        .map_or_else(String::new, |place| format!(" ({place})"));
    if let Ok(mut last) = PANIC.lock() {
        *last = format!("{message}{place}");
    }
}

fn internal_error() -> anyhow::Error {
    match PANIC.lock() {
        Ok(panic) => anyhow!("internal error: {panic}"),
        Err(_) => anyhow!("internal error"),
    }
}

/// Prints help, the version, or an error in the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // It quotes arguments, so it is sanitized, which excludes clap's own colors.
        error.to_string().lines().for_each(terminal::eprint_message);
        return Outcome::Failed.into();
    }
    match error.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            terminal::eprint_message(&format!("error: cannot print the help: {error}"));
            Outcome::Failed.into()
        }
        _ => ExitCode::SUCCESS,
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
