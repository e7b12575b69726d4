//! The `hotseat` command: parses the arguments, runs one subcommand, ends with its exit code.
//!
//! As with grep: 0 if something was found, 1 if nothing was, 2 after an error. A reader that
//! closes the pipe early has seen enough, which is no error.

mod cli;
mod terminal;

use std::{
    any::Any,
    io::{self, BufWriter, Write},
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    process::ExitCode,
};

use anyhow::anyhow;

use crate::cli::{Outcome, completions};

fn main() -> ExitCode {
    if completions::answer() {
        return ExitCode::SUCCESS;
    }
    let args = match cli::parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    // The library catches panics on a damaged index and reports them as errors; any other panic is
    // reported below.
    set_hook(Box::new(|_| {}));
    let mut out = BufWriter::new(io::stdout().lock());
    let run = || {
        let outcome = cli::run(&args, &mut out)?;
        out.flush()?;
        Ok(outcome)
    };
    let ran = catch_unwind(AssertUnwindSafe(run));
    match ran.unwrap_or_else(|panic| Err(anyhow!("internal error: {}", message(&panic)))) {
        Ok(outcome) => outcome.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Results come before the error; if they can't be written, the error says so.
            let _ = out.flush();
            cli::tell(&error);
            Outcome::Failed.into()
        }
    }
}

/// Returns the message of a panic.
fn message(panic: &Box<dyn Any + Send>) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("unknown")
}

/// Prints help, the version, or an error in the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // It quotes arguments, so it is sanitized, which excludes clap's own colors.
        error.to_string().lines().for_each(terminal::tell);
        return Outcome::Failed.into();
    }
    match error.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            terminal::tell(&format!("error: cannot print the help: {error}"));
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
