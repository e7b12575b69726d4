//! A file of any format -> its text, by a program of the user's choice.
//!
//! The program is run without a shell, in a process group of its own, with bounds on its time and on
//! its output. Whatever it leaves running is killed with it.

use std::{
    io::{self, Read},
    path::{self, Path},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use xxhash_rust::xxh3::xxh3_64;

use crate::Guide;

/// The longest that a program may run.
const LONGEST: Duration = Duration::from_secs(30);

/// The interval at which the end of a program is looked for, once it has closed its output.
const POLL: Duration = Duration::from_millis(5);

/// The longest message of a program that is passed on, in bytes.
const MAX_MESSAGE: u64 = 300;

/// The placeholder for the path of the file among the words of a command.
const FILE: &str = "{}";

/// A program that converts the files of one extension to text or Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Converter {
    /// The extension, in lower case.
    extension: String,
    /// The program and its arguments.
    words: Vec<String>,
}

impl Converter {
    pub(crate) fn new(extension: &str, words: Vec<String>) -> Converter {
        Converter {
            extension: extension.trim_start_matches('.').to_lowercase(),
            words,
        }
    }

    /// Returns whether files with this extension are converted.
    pub(crate) fn is_of(&self, extension: &str) -> bool {
        self.extension.eq_ignore_ascii_case(extension)
    }

    /// Returns whether it is for the same files as another.
    pub(crate) fn is_same_extension(&self, other: &Converter) -> bool {
        self.extension == other.extension
    }

    /// Returns a number for the command: another one for another command.
    pub(crate) fn hash(&self) -> u64 {
        xxh3_64(format!("{}\0{}", self.extension, self.words.join("\0")).as_bytes())
    }

    /// Returns what the program prints for the file at `path`, or a message that says why it prints
    /// nothing.
    pub(crate) fn convert(&self, path: &Path) -> Result<Vec<u8>, String> {
        self.convert_within(LONGEST, path)
    }

    fn convert_within(&self, limit: Duration, path: &Path) -> Result<Vec<u8>, String> {
        let failed = |what: &str| format!("cannot be converted: {what}");
        let Some((program, arguments)) = self.words.split_first() else {
            return Err(failed("no program is named"));
        };
        // A path that starts with a dash would be an option.
        let path = path::absolute(path).map_err(|error| failed(&error.to_string()))?;
        let mut command = Command::new(program);
        for argument in arguments {
            match argument.as_str() {
                FILE => command.arg(&path),
                argument => command.arg(argument),
            };
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed(&format!(
                "there is no program {program}; install it, or name another"
            )),
            _ => failed(&format!("{program} cannot be run: {error}")),
        })?;
        read_output(&mut child, program, limit).map_err(|what| failed(&what))
    }
}

/// Returns the output of a program, and ends it, after `limit` at the latest.
fn read_output(child: &mut Child, program: &str, limit: Duration) -> Result<Vec<u8>, String> {
    let deadline = Instant::now() + limit;
    let too_long = || format!("{program} took longer than {} seconds", limit.as_secs_f32());
    let (sender, printed) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        // A process that left the group could keep the pipe open, so that nobody waits for this.
        thread::spawn(move || {
            let mut output = Vec::new();
            let read = stdout.take(Guide::MAX_FILE + 1).read_to_end(&mut output);
            let _nobody_waits = sender.send(read.map(|_| output));
        });
    }
    let (sender, messages) = mpsc::channel();
    if let Some(mut stderr) = child.stderr.take() {
        thread::spawn(move || {
            let mut start = Vec::new();
            let _as_far_as_it_went = stderr.by_ref().take(MAX_MESSAGE).read_to_end(&mut start);
            let _nobody_waits = sender.send(start);
            // A program that cannot print its messages would not go on.
            let _as_far_as_it_went = io::copy(&mut stderr, &mut io::sink());
        });
    }
    let output = printed.recv_timeout(limit);
    let is_whole = matches!(&output, Ok(Ok(output)) if output.len() as u64 <= Guide::MAX_FILE);
    let ended = is_whole.then(|| wait(child, deadline)).flatten();
    kill(child);
    // It is dead by now, so that this does not wait.
    let status = child.wait().ok().filter(|_| ended.is_some());
    match output {
        Err(_) => Err(too_long()),
        Ok(Err(error)) => Err(format!("the output of {program} cannot be read: {error}")),
        Ok(Ok(_)) if !is_whole => Err(format!("{program} printed more than 16 MiB")),
        Ok(Ok(output)) => {
            let Some(status) = status else {
                return Err(too_long());
            };
            if status.success() {
                return Ok(output);
            }
            let message = messages
                .recv_timeout(Duration::from_secs(1))
                .unwrap_or_default();
            let message = String::from_utf8_lossy(&message);
            let message = message.lines().map(str::trim).find(|line| !line.is_empty());
            let message = message.unwrap_or("it failed, and does not say why");
            Err(format!("{program}: {message}"))
        }
    }
}

/// Waits until a program has ended, without forgetting its number, by which its group is killed; `None`
/// if it does not end in time.
#[cfg(unix)]
fn wait(child: &Child, deadline: Instant) -> Option<()> {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let pid = Pid::from_child(child);
    while Instant::now() < deadline {
        match waitid(WaitId::Pid(pid), options) {
            Ok(None) | Err(rustix::io::Errno::INTR) => thread::sleep(POLL),
            _ => return Some(()),
        }
    }
    None
}

#[cfg(not(unix))]
fn wait(child: &mut Child, deadline: Instant) -> Option<()> {
    while Instant::now() < deadline {
        if !matches!(child.try_wait(), Ok(None)) {
            return Some(());
        }
        thread::sleep(POLL);
    }
    None
}

/// Kills a program and what it started.
#[cfg(unix)]
fn kill(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // Of a group that is empty there is nothing left to kill.
    let _all_are_gone = kill_process_group(Pid::from_child(child), Signal::KILL);
}

#[cfg(not(unix))]
fn kill(child: &mut Child) {
    let _it_is_gone = child.kill();
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use rustix::process::{Pid, Signal, kill_process};

    use super::*;

    const SHORT: Duration = Duration::from_millis(200);

    /// Runs a script of the shell for the file at `path`.
    fn convert(script: &str, path: &Path) -> Result<Vec<u8>, String> {
        let words = ["sh", "-c", script, "sh", FILE];
        Converter::new("x", words.map(str::to_owned).to_vec()).convert_within(SHORT, path)
    }

    #[test]
    fn a_program_ends_in_time_whatever_it_leaves_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.x");
        let too_long = Err("cannot be converted: sh took longer than 0.2 seconds".to_owned());
        assert_eq!(convert("sleep 600", &file), too_long);
        assert_eq!(
            convert("exec >&-; trap '' TERM; sleep 600", &file),
            too_long
        );
        // Another group keeps the pipe open, and is not killed.
        let script = "set -m; sleep 600 & echo $! > \"$1.part\"; mv \"$1.part\" \"$1\"; echo text";
        assert_eq!(convert(script, &file), too_long);
        // On a slow machine the shell is killed before it starts anything.
        if let Ok(left) = fs::read_to_string(&file) {
            let left = left.trim().parse().ok().and_then(Pid::from_raw);
            kill_process(left.unwrap(), Signal::KILL).unwrap();
        }
    }
}
