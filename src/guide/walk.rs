//! Content folder -> the files of its guides, sorted.
//!
//! A guide is a regular file with an ending that a guide can have. Hidden files and folders are
//! left out, and links are not followed: what a link names inside the folder is read at its own
//! place, and what it names elsewhere is not content.

use std::{
    ffi::OsStr,
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use walkdir::{DirEntry, WalkDir};

use crate::{Error, Guide, Result, Warning};

/// The endings of guides, in lower case.
const ENDINGS: [&str; 7] = ["md", "markdown", "mdx", "txt", "text", "html", "htm"];

/// A guide's file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuideFile {
    /// Where it is.
    pub file: PathBuf,
    /// The path relative to the content folder, with `/` between its parts.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was written, in nanoseconds since 1970.
    pub modified: u64,
}

/// What a content folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The guides' files, by path.
    pub guides: Vec<GuideFile>,
    /// Why others that look like guides are left out.
    pub warnings: Vec<Warning>,
}

/// Finds the guides of the folder `content`, at any depth.
///
/// # Errors
///
/// [`Error::ReadContent`] if `content` is no folder that can be listed. What cannot be read inside
/// it is a warning.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::create_dir(folder.path().join("tea"))?;
/// # std::fs::write(folder.path().join("tea/matcha.md"), "## What is matcha?\n")?;
/// # let content = folder.path();
/// for found in hotseat::walk(content)?.guides {
///     let guide = hotseat::Guide::read(&found.file, &found.path)?;
///     assert_eq!((guide.path.as_str(), guide.title().as_str()), ("tea/matcha.md", "matcha"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn walk(content: impl AsRef<Path>) -> Result<Content> {
    let content = content.as_ref();
    let unlisted = |source: io::Error| Error::ReadContent {
        path: content.to_owned(),
        source,
    };
    // A file given as the folder would be walked as the one entry of it.
    std::fs::read_dir(content).map_err(unlisted)?;
    let mut found = Content::default();
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    for entry in WalkDir::new(content).into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) => found.add(content, &entry),
            Err(error) => found.warn_of(content, error),
        }
    }
    found.guides.sort_by(|a, b| a.path.cmp(&b.path));
    found.warnings.sort_by(|a, b| a.guide.cmp(&b.guide));
    Ok(found)
}

impl Content {
    fn add(&mut self, content: &Path, entry: &DirEntry) {
        let path = relative(content, entry.path());
        if entry.file_type().is_symlink() {
            self.warn(path, "is a link, and links are not followed");
        } else if entry.file_type().is_dir() || !has_ending(entry.path()) {
        } else if !entry.file_type().is_file() {
            self.warn(path, "is no regular file, so it was skipped");
        } else if entry.path().to_str().is_none() {
            self.warn(path, "has a name that is not UTF-8, so it was skipped");
        } else {
            match entry.metadata() {
                Ok(metadata) if metadata.len() > Guide::MAX_FILE => {
                    self.warn(path, "is larger than 16 MiB, so it was skipped");
                }
                Ok(metadata) => self.guides.push(GuideFile {
                    file: entry.path().to_owned(),
                    path,
                    size: metadata.len(),
                    modified: modified(&metadata),
                }),
                Err(error) => self.warn_of(content, error),
            }
        }
    }

    fn warn(&mut self, guide: String, message: &str) {
        self.warnings.push(Warning {
            guide,
            line: None,
            message: message.to_owned(),
        });
    }

    fn warn_of(&mut self, content: &Path, error: walkdir::Error) {
        let guide = error
            .path()
            .map_or_else(String::new, |path| relative(content, path));
        let cause = match error.io_error() {
            Some(error) => error.to_string(),
            None => error.to_string(),
        };
        self.warn(guide, &format!("cannot be read: {cause}"));
    }
}

/// Returns the path of `file` below `content`, with `/` between its parts.
fn relative(content: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(content).unwrap_or(file);
    let parts: Vec<_> = inside.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn has_ending(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|ending| {
            ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
}

/// Returns when the file was written; 0, which no file has, where the system does not say.
fn modified(metadata: &Metadata) -> u64 {
    metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos() as u64)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn paths(found: &Content) -> Vec<&str> {
        found
            .guides
            .iter()
            .map(|guide| guide.path.as_str())
            .collect()
    }

    #[test]
    fn guides_are_found_by_ending_and_sorted_by_path() {
        let content = tempfile::tempdir().unwrap();
        for path in [
            "b.md",
            "a/z.MD",
            "a.txt",
            "a/b/page.html",
            ".git/x.md",
            ".x.md",
            "a/logo.png",
        ] {
            let file = content.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "text").unwrap();
        }
        let found = walk(content.path()).unwrap();
        assert_eq!(paths(&found), ["a.txt", "a/b/page.html", "a/z.MD", "b.md"]);
        assert_eq!(found.warnings, []);
        assert_eq!(found.guides[0].size, 4);
    }

    #[test]
    fn a_missing_folder_is_an_error_and_so_is_a_file() {
        let content = tempfile::tempdir().unwrap();
        fs::write(content.path().join("a.md"), "").unwrap();
        for name in ["missing", "a.md"] {
            let walked = walk(content.path().join(name));
            assert!(matches!(walked, Err(Error::ReadContent { .. })), "{name}");
        }
    }

    #[test]
    fn a_large_file_is_skipped_with_a_warning() {
        let content = tempfile::tempdir().unwrap();
        let file = fs::File::create(content.path().join("a.md")).unwrap();
        file.set_len(Guide::MAX_FILE + 1).unwrap();
        let found = walk(content.path()).unwrap();
        assert_eq!(paths(&found), Vec::<&str>::new());
        assert_eq!(
            found.warnings[0].to_string(),
            "a.md: is larger than 16 MiB, so it was skipped"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let content = tempfile::tempdir().unwrap();
        fs::write(content.path().join("a.md"), "").unwrap();
        std::os::unix::fs::symlink("..", content.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", content.path().join("b.md")).unwrap();
        let found = walk(content.path()).unwrap();
        assert_eq!(paths(&found), ["a.md"]);
        let warned: Vec<&str> = found.warnings.iter().map(|w| w.guide.as_str()).collect();
        assert_eq!(warned, ["b.md", "loop"]);
    }
}
