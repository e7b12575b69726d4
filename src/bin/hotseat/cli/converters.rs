//! The programs that read files which hotseat does not read itself.

use std::{collections::BTreeMap, env, io::Write, path::Path};

use anyhow::Result;

use super::{Outcome, config};
use crate::terminal;

/// Extensions, the programs that read such files, and their commands. Of several for one extension the first
/// that is installed is named.
const CONVERTERS: &[(&str, &str, &str)] = &[
    ("pdf", "pdftohtml", "pdftohtml -q -i -xml -stdout {}"),
    ("pdf", "pdftotext", "pdftotext -enc UTF-8 {} -"),
    ("pdf", "mutool", "mutool draw -q -F txt {}"),
    ("doc", "antiword", "antiword -m UTF-8.txt {}"),
    ("doc", "catdoc", "catdoc -d utf-8 {}"),
    ("djvu", "djvutxt", "djvutxt {}"),
    ("fb2", "pandoc", "pandoc -f fb2 -t gfm --wrap=none {}"),
    ("man", "pandoc", "pandoc -f man -t gfm --wrap=none {}"),
    ("rtf", "pandoc", "pandoc -f rtf -t gfm --wrap=none {}"),
    ("tex", "pandoc", "pandoc -f latex -t gfm --wrap=none {}"),
    (
        "textile",
        "pandoc",
        "pandoc -f textile -t gfm --wrap=none {}",
    ),
    (
        "wiki",
        "pandoc",
        "pandoc -f mediawiki -t gfm --wrap=none {}",
    ),
];

/// Extensions of files that other programs save in a format that is read, and how.
const SAVED_AS: &[(&str, &str)] = &[
    ("apkg", APKG),
    ("colpkg", APKG),
    ("doc", "save .doc as .docx"),
    ("key", "save .key as .docx, or as text"),
    ("numbers", "save .numbers as .csv"),
    ("ods", "save .ods as .csv"),
    ("pages", "save .pages as .docx"),
    ("ppt", "save .ppt as text"),
    ("pptx", "save .pptx as text"),
    ("rtf", "save .rtf as .docx"),
    ("xls", "save .xls as .csv"),
    ("xlsx", "save .xlsx as .csv"),
];

const APKG: &str =
    "of .apkg and .colpkg, save the notes by File > Export > Notes in Plain Text of Anki";

/// Prints the lines of the settings for the programs that are installed.
pub(super) fn print(out: &mut impl Write) -> Result<Outcome> {
    let mut lines: BTreeMap<&str, &str> = BTreeMap::new();
    for (extension, program, command) in CONVERTERS {
        if is_installed(program) {
            lines.entry(extension).or_insert(command);
        }
    }
    if lines.is_empty() {
        terminal::eprint_note(
            "none of the programs that read other files is installed; pdftohtml, which reads .pdf, \
             is in poppler-utils, and pandoc reads .rtf, .tex and others",
        );
        return Ok(Outcome::found(false));
    }
    if let Some(file) = config::own_file() {
        writeln!(out, "# for {}", terminal::sanitize(&file.to_string_lossy()))?;
    }
    writeln!(out, "[convert]")?;
    for (extension, command) in lines {
        writeln!(out, "{extension} = {command:?}")?;
    }
    Ok(Outcome::found(true))
}

/// Returns whether a program is in one of the folders of `PATH`.
fn is_installed(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| is_program(&folder.join(program)))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let metadata = file.metadata();
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.with_extension("exe").is_file()
}

/// Returns how files that were not read can be, the most numerous first, if one knows.
pub(super) fn help(unread: &BTreeMap<String, usize>) -> Option<String> {
    let mut extensions: Vec<(&String, &usize)> = unread.iter().collect();
    extensions.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut converted: Vec<String> = Vec::new();
    let mut saved: Vec<&str> = Vec::new();
    for (extension, _) in extensions {
        let remedy = SAVED_AS.iter().find(|(known, _)| known == extension);
        if let Some((_, remedy)) = remedy {
            if !saved.contains(remedy) {
                saved.push(remedy);
            }
        } else if CONVERTERS.iter().any(|(known, ..)| known == extension) {
            converted.push(format!(".{extension}"));
        }
    }
    saved.truncate(MAX_REMEDIES);
    let mut parts = Vec::new();
    if !converted.is_empty() {
        let files = converted.join(", ");
        parts.push(format!(
            "a program can read {files}: `hotseat index --converters` shows how"
        ));
    }
    parts.extend(saved.iter().map(ToString::to_string));
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The most remedies in one line.
const MAX_REMEDIES: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_what_can_be_read_otherwise() {
        let unread = |extensions: &[(&str, usize)]| {
            let extensions = extensions
                .iter()
                .map(|(extension, count)| ((*extension).to_owned(), *count));
            help(&extensions.collect())
        };
        assert_eq!(unread(&[("png", 3), ("", 1)]), None);
        assert_eq!(
            unread(&[("pdf", 2), ("xlsx", 9), ("png", 3)]).unwrap(),
            "a program can read .pdf: `hotseat index --converters` shows how; save .xlsx as .csv"
        );
        assert_eq!(
            unread(&[("apkg", 2), ("colpkg", 1)]).unwrap(),
            "of .apkg and .colpkg, save the notes by File > Export > Notes in Plain Text of Anki"
        );
    }
}
