//! The rules for leaving files out of a content folder, as git has them: patterns that are given, and
//! those of `.gitignore` and `.ignore`.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read},
    path::{self, Path, PathBuf},
};

use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
};
use walkdir::DirEntry;

use super::{
    source::Source,
    walk::{Content, relative},
};
use crate::{
    Warning,
    files::{may_pass, open_regular},
};

/// The names of files that say what to leave out; the later one overrides the earlier.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// The largest of them that is read, in bytes.
const MAX_IGNORE_FILE: u64 = 64 << 10;

/// The rules for leaving files out: those given, and those of the folders above a file.
pub(super) struct Rules {
    given: Gitignore,
    /// The path that is walked, as given and from the root.
    walked: (PathBuf, PathBuf),
    /// The rules of the repository above that, outermost first.
    above: Vec<Gitignore>,
    /// The rules of each folder, outermost first, with its depth below the path that is walked.
    folders: Vec<(usize, Gitignore)>,
}

impl Rules {
    /// Reads the rules that hold for the folder or file `path`; `None` if not all can be read, so that
    /// what they exclude would be found.
    pub(super) fn new(
        source: &Source,
        folder: &Path,
        path: &Path,
        found: &mut Content,
    ) -> Option<Rules> {
        let mut given = GitignoreBuilder::new(folder);
        // As a mistake; in an ignore file, `[` without `]` stands for itself.
        given.allow_unclosed_class(false);
        for pattern in &source.exclude {
            if let Err(error) = given.add_line(None, pattern) {
                let message = format!("exclude: {error}");
                found.warnings.push(Warning::new("", None, message));
            }
        }
        let mut rules = Rules {
            given: given.build().unwrap_or_else(|_| Gitignore::empty()),
            walked: (path.to_owned(), path::absolute(path).unwrap_or_default()),
            above: Vec::new(),
            folders: Vec::new(),
        };
        if source.ignore_files != Some(false) {
            for above in repository_above(&rules.walked.1).unwrap_or_default() {
                match read_rules(folder, &above, &mut found.warnings) {
                    Ok(above) => rules.above.extend(above),
                    Err(message) => {
                        found.unlisted.push((relative(folder, path), message));
                        return None;
                    }
                }
            }
        }
        Some(rules)
    }

    /// Reads the rules of a folder, `depth` below the path that is walked; returns whether they could
    /// be read. Without them, what they exclude would be found.
    pub(super) fn enter(
        &mut self,
        content: &Path,
        folder: &Path,
        depth: usize,
        found: &mut Content,
    ) -> bool {
        match read_rules(content, folder, &mut found.warnings) {
            Ok(rules) => {
                let rules = rules.into_iter().map(|rules| (depth, rules));
                self.folders.extend(rules);
                true
            }
            Err(message) => {
                found.unlisted.push((relative(content, folder), message));
                false
            }
        }
    }

    /// Returns whether a file or folder is left out.
    pub(super) fn leave_out(&mut self, entry: &DirEntry) -> bool {
        if is_hidden(entry.file_name()) {
            return true;
        }
        let is_dir = entry.file_type().is_dir();
        // The rules of folders that the walk has left.
        while self
            .folders
            .last()
            .is_some_and(|(depth, _)| *depth >= entry.depth())
        {
            self.folders.pop();
        }
        let folders = self.folders.iter().rev().map(|(_, rules)| rules);
        let from_root = match self.above.is_empty() {
            true => PathBuf::new(),
            false => {
                let below = entry.path().strip_prefix(&self.walked.0);
                below.map_or_else(|_| PathBuf::new(), |below| self.walked.1.join(below))
            }
        };
        let rules = std::iter::once(&self.given).chain(folders);
        let rules = rules.map(|rules| (rules, entry.path()));
        let above = self.above.iter().rev().map(|rules| (rules, &*from_root));
        for (rules, path) in rules.chain(above) {
            match rules.matched(path, is_dir) {
                Match::None => {}
                decided => return decided.is_ignore(),
            }
        }
        false
    }
}

/// Reads the rules in the ignore files of a folder, the later overriding the earlier.
///
/// Fails with a message if one cannot be read for a reason that may pass.
fn read_rules(
    content: &Path,
    folder: &Path,
    warnings: &mut Vec<Warning>,
) -> std::result::Result<Vec<Gitignore>, String> {
    let mut all = Vec::new();
    for name in IGNORE_FILES {
        let file = folder.join(name);
        match read_small(&file) {
            Ok(None) => {}
            // Below a path that the system cannot name there is no such file; the walk says so itself.
            Err(error) if error.kind() == io::ErrorKind::InvalidFilename => {}
            Ok(Some(text)) => {
                let mut rules = GitignoreBuilder::new(folder);
                for line in text.trim_start_matches('\u{feff}').lines() {
                    // git passes over patterns that it cannot read, too.
                    let _ = rules.add_line(None, line);
                }
                all.extend(rules.build().ok().filter(|rules| !rules.is_empty()));
            }
            Err(error) if may_pass(&error) => {
                return Err(format!("{name} cannot be read: {error}"));
            }
            Err(error) => {
                let message = format!("cannot be read, so it leaves out nothing: {error}");
                warnings.push(Warning::new(&relative(content, &file), None, message));
            }
        }
    }
    Ok(all)
}

/// Returns the folders above `path` in its git repository, outermost first; none outside of one.
fn repository_above(path: &Path) -> Option<Vec<PathBuf>> {
    let mut above = Vec::new();
    if path.join(".git").exists() {
        return None;
    }
    for folder in path.ancestors().skip(1) {
        above.push(folder.to_owned());
        if folder.join(".git").exists() {
            above.reverse();
            return Some(above);
        }
    }
    None
}

/// Reads a file of rules, if there is one.
fn read_small(file: &Path) -> io::Result<Option<String>> {
    match fs::symlink_metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // The folder cannot be entered. The walk says so once, and reads nothing in it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_dir() => Ok(None),
        Ok(metadata) if !metadata.is_file() => Err(io::Error::other("it is not a regular file")),
        Ok(metadata) if metadata.len() > MAX_IGNORE_FILE => {
            Err(io::Error::other("it is larger than 64 KiB"))
        }
        Ok(_) => {
            let mut bytes = Vec::new();
            let file = open_regular(File::options().read(true), file)?;
            file.take(MAX_IGNORE_FILE).read_to_end(&mut bytes)?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use walkdir::WalkDir;

    use super::*;

    #[test]
    fn the_rules_of_a_repository_hold_in_a_folder_as_seen_from_the_working_folder() {
        let rules = Source::new("src/docs");
        let mut rules = Rules::new(
            &rules,
            Path::new("src"),
            Path::new("src/docs"),
            &mut Content::default(),
        )
        .unwrap();
        let repository = std::env::current_dir().unwrap();
        let mut above = GitignoreBuilder::new(&repository);
        above.add_line(None, "/src/docs/ranking.md").unwrap();
        rules.above = vec![above.build().unwrap()];
        let entries = WalkDir::new("src/docs").min_depth(1).into_iter();
        let left_out = entries
            .flatten()
            .filter(|entry| rules.leave_out(entry))
            .count();
        assert_eq!(left_out, 1);
    }
}
