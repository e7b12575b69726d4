//! The user's editor, opened at a line of a guide.

use std::{env, path::Path, process::Command};

use anyhow::{Context, Result, bail};

/// Opens a file at a line in the user's editor, and waits until it is closed.
pub(super) fn open(file: &Path, line: usize) -> Result<()> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR"));
    let editor = editor.unwrap_or_else(|| "vi".to_owned());
    let words = shell_words::split(&editor).context("cannot read $EDITOR")?;
    let Some((program, arguments)) = words.split_first() else {
        bail!("$EDITOR names no program");
    };
    let mut command = Command::new(program);
    command.args(arguments).args(at_line(program, file, line));
    let status = command
        .status()
        .with_context(|| format!("cannot run {program:?}; set $VISUAL or $EDITOR"))?;
    if !status.success() {
        bail!("{program} ended with {status}");
    }
    Ok(())
}

/// Returns the arguments by which an editor opens a file at a line.
fn at_line(program: &str, file: &Path, line: usize) -> Vec<String> {
    let file = file.to_string_lossy().into_owned();
    let name = Path::new(program).file_stem().unwrap_or_default();
    match name.to_string_lossy().as_ref() {
        "code" | "codium" | "cursor" | "windsurf" => {
            vec![
                "--wait".to_owned(),
                "--goto".to_owned(),
                format!("{file}:{line}"),
            ]
        }
        "hx" | "helix" | "zed" | "subl" => vec![format!("{file}:{line}")],
        _ => vec![format!("+{line}"), file],
    }
}
