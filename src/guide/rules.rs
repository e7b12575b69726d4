//! The rules for leaving files out of a content folder, as git has them: patterns that are given, and
//! those of `.gitignore` and `.ignore`.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read},
    path::{self, Path, PathBuf},
};

use fast_glob::{glob_match, validate};
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
    given: Patterns,
    /// The path that is walked, as given and from the root.
    walked: (PathBuf, PathBuf),
    /// The rules of the repository above that, outermost first.
    above: Vec<Patterns>,
    /// The rules of each folder, outermost first, with its depth below the path that is walked.
    folders: Vec<(usize, Patterns)>,
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
        let mut given = Patterns::new(folder);
        for pattern in &source.exclude {
            match validate(pattern) {
                Ok(()) => given.add(pattern),
                Err(error) => {
                    let message = format!("exclude: {pattern}: {error}");
                    found.warnings.push(Warning::new("", None, message));
                }
            }
        }
        let mut rules = Rules {
            given,
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
            if let Some(is_left_out) = rules.leave_out(path, is_dir) {
                return is_left_out;
            }
        }
        false
    }
}

/// Patterns as git has them, of one folder.
#[derive(Debug)]
struct Patterns {
    folder: PathBuf,
    patterns: Vec<Pattern>,
}

/// A line of a `.gitignore`, as [gitignore(5)](https://git-scm.com/docs/gitignore) has it.
#[derive(Debug)]
struct Pattern {
    glob: String,
    /// Whether it keeps files that a pattern before it leaves out: `!notes.md`.
    keeps: bool,
    /// Whether it matches nothing but folders: `drafts/`.
    is_of_folders: bool,
    /// Whether it matches names, wherever they stand, rather than paths below the folder: `*.txt`.
    is_of_names: bool,
}

impl Patterns {
    fn new(folder: &Path) -> Patterns {
        Patterns {
            folder: folder.to_owned(),
            patterns: Vec::new(),
        }
    }

    /// Adds a line, unless it is empty or a comment.
    fn add(&mut self, line: &str) {
        let line = match line.ends_with("\\ ") {
            true => line,
            false => line.trim_end(),
        };
        let pattern = line.strip_prefix('!').unwrap_or(line);
        let path = pattern.strip_suffix('/').unwrap_or(pattern);
        let glob = path.strip_prefix('/').unwrap_or(path);
        if glob.is_empty() || line.starts_with('#') {
            return;
        }
        // What is in a folder is not the folder itself.
        let inside = if glob.ends_with("/**") { "/*" } else { "" };
        // To the matcher, it would turn the pattern round.
        let escape = if glob.starts_with('!') { "\\" } else { "" };
        self.patterns.push(Pattern {
            glob: format!("{escape}{glob}{inside}"),
            keeps: pattern.len() < line.len(),
            is_of_folders: path.len() < pattern.len(),
            is_of_names: !path.contains('/'),
        });
    }

    /// Returns whether the file or folder at `path` is left out; `None` if no pattern matches it. The last
    /// one that does decides.
    fn leave_out(&self, path: &Path, is_dir: bool) -> Option<bool> {
        // To take a path apart takes longer than all else here.
        if self.patterns.is_empty() {
            return None;
        }
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        let name = below.file_name()?.as_encoded_bytes();
        let below = below.as_os_str().as_encoded_bytes();
        let matches = |pattern: &&Pattern| {
            let text = if pattern.is_of_names { name } else { below };
            (is_dir || !pattern.is_of_folders) && glob_match(&pattern.glob, text)
        };
        let decides = self.patterns.iter().rev().find(matches);
        decides.map(|pattern| !pattern.keeps)
    }
}

/// Returns the pattern of `line` with braces that stand for themselves, as they do in a `.gitignore`; the
/// matcher reads `{a,b}` as either.
fn literal_braces(line: &str) -> String {
    let mut pattern = String::with_capacity(line.len());
    let mut is_escaped = false;
    for c in line.chars() {
        if matches!(c, '{' | '}') && !is_escaped {
            pattern.push('\\');
        }
        pattern.push(c);
        is_escaped = c == '\\' && !is_escaped;
    }
    pattern
}

/// Reads the rules in the ignore files of a folder, the later overriding the earlier.
///
/// Fails with a message if one cannot be read for a reason that may pass.
fn read_rules(
    content: &Path,
    folder: &Path,
    warnings: &mut Vec<Warning>,
) -> std::result::Result<Vec<Patterns>, String> {
    let mut all = Vec::new();
    for name in IGNORE_FILES {
        let file = folder.join(name);
        match read_small(&file) {
            Ok(None) => {}
            // Below a path that the system cannot name there is no such file; the walk says so itself.
            Err(error) if error.kind() == io::ErrorKind::InvalidFilename => {}
            Ok(Some(text)) => {
                let mut rules = Patterns::new(folder);
                for line in text.trim_start_matches('\u{feff}').lines() {
                    let pattern = literal_braces(line);
                    // git passes over patterns that it cannot read, too.
                    if validate(&pattern).is_ok() {
                        rules.add(&pattern);
                    }
                }
                all.push(rules);
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
        let mut above = Patterns::new(&repository);
        above.add("/src/docs/ranking.md");
        rules.above = vec![above];
        let entries = WalkDir::new("src/docs").min_depth(1).into_iter();
        let left_out = entries
            .flatten()
            .filter(|entry| rules.leave_out(entry))
            .count();
        assert_eq!(left_out, 1);
    }

    #[test]
    fn patterns_match_as_those_of_git() {
        // A pattern, a path with a slash behind it for a folder, and whether it is left out.
        let cases = [
            ("a", "a", true),
            ("a", "b/a", true),
            ("a", "ab", false),
            ("/a", "b/a", false),
            ("a/", "a", false),
            ("a/", "a/", true),
            ("b/a/", "b/a/", true),
            ("b/a", "c/b/a", false),
            ("**/b/a", "c/b/a", true),
            ("a/**", "a/", false),
            ("a/**", "a/b/", true),
            ("a/**/c", "a/c", true),
            ("a/**/c", "a/b/b/c", true),
            ("a/*/c", "a/b/b/c", false),
            ("*.md", "b/a.md", true),
            ("a*c", "a/c", false),
            ("?.md", "a.md", true),
            ("[a-c].md", "b.md", true),
            ("[!a-c].md", "b.md", false),
            ("a  ", "a", true),
            ("a\\ ", "a ", true),
            ("# a", "# a", false),
            ("\\# a", "# a", true),
            ("\\!a", "!a", true),
            ("!!a", "!a", false),
            ("{a,b}", "a", false),
            ("{a,b}", "{a,b}", true),
            ("[a", "[a", false),
            ("/", "a/", false),
        ];
        for (line, path, expected) in cases {
            let mut patterns = Patterns::new(Path::new("x"));
            let line = literal_braces(line);
            if validate(&line).is_ok() {
                patterns.add(&line);
            }
            let is_dir = path.ends_with('/');
            let left_out = patterns.leave_out(&Path::new("x").join(path), is_dir);
            assert_eq!(left_out == Some(true), expected, "{line} {path}");
        }
        let mut patterns = Patterns::new(Path::new("x"));
        patterns.add("*.md");
        patterns.add("!a.md");
        assert_eq!(patterns.leave_out(Path::new("x/a.md"), false), Some(false));
        assert_eq!(patterns.leave_out(Path::new("x"), true), None);
    }
}
