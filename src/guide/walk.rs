//! Content folder -> the files of its guides, sorted.
//!
//! A guide is a regular file with an extension that a guide can have. Hidden files and folders are
//! left out, and so are those that `.gitignore` and `.ignore` name. Links are not followed: what a
//! link names inside the folder is read at its own place, and what it names elsewhere is not
//! content.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{File, Metadata},
    io,
    path::{self, MAIN_SEPARATOR, Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use walkdir::{DirEntry, WalkDir};

use super::{format, program::Converter, rules::Rules, source::Source};
use crate::{
    Error, Guide, Result, Warning,
    files::{LINK, may_pass, open_below, open_named},
};

/// A guide's file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuideFile {
    /// The file itself.
    pub absolute: PathBuf,
    /// The path relative to the content folder, with `/` between its parts.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
    /// The time of the last change, in nanoseconds since 1970.
    pub modified: u64,
    /// The depth below the folder that was given; 0 if it was given itself.
    pub(crate) depth: usize,
    /// The program that it is read by.
    pub(crate) converter: Option<Arc<Converter>>,
}

/// The files of a content folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The guides' files, by path.
    pub guides: Vec<GuideFile>,
    /// The number of files that are not guides, by their extension in lower case; empty if they have
    /// none. Files left out by a rule are not counted.
    pub unread: BTreeMap<String, usize>,
    /// The reasons why files that look like guides are left out.
    pub warnings: Vec<Warning>,
    /// The paths of folders and files that could not be looked at for a reason that may pass, and
    /// why: there may be guides that are not listed here.
    pub unlisted: Vec<(String, String)>,
}

impl GuideFile {
    /// Reads the guide.
    ///
    /// # Errors
    ///
    /// The errors of [`Guide::read`], and [`Error::ReadGuide`] if the program that the source names for
    /// such files fails.
    pub fn guide(&self) -> Result<Guide> {
        let bytes = self.read()?;
        let Some(converter) = &self.converter else {
            return Ok(Guide::from_bytes(&self.path, &bytes));
        };
        match converter.convert(&self.absolute) {
            Ok(output) => Ok(Guide::from_program(&self.path, &output)),
            Err(message) => Err(Error::ReadGuide {
                path: self.absolute.clone(),
                source: io::Error::other(message),
            }),
        }
    }

    /// Returns whether the file itself is text: no archive, and read by no program.
    pub fn is_text(&self) -> bool {
        self.converter.is_none() && !format::is_archive(&self.path)
    }

    /// Returns the bytes of text that the file takes as much memory as, while it is read.
    pub(crate) fn weight(&self) -> u64 {
        format::weight(&self.path, self.size)
    }

    /// Reads the guide's bytes, if it still is a regular file in the content folder.
    pub(crate) fn read(&self) -> Result<Vec<u8>> {
        Guide::read_bytes(&self.absolute, self.open())
    }

    /// Reads the tags that the guide declares, and no more of it than its beginning.
    pub(crate) fn read_tags(&self) -> io::Result<Vec<String>> {
        if self.converter.is_some() {
            return Ok(Vec::new());
        }
        Guide::read_tags(&self.path, self.open()?)
    }

    /// Opens the file. What was a folder or a file when the content was walked may be a link by now,
    /// which is not followed.
    fn open(&self) -> io::Result<File> {
        if self.depth == 0 {
            return open_named(&self.absolute);
        }
        let given = self.absolute.ancestors().nth(self.depth);
        let given = given.unwrap_or(Path::new(""));
        open_below(
            given,
            self.absolute.strip_prefix(given).unwrap_or(&self.absolute),
        )
    }
}

/// Returns whether `path` is `folder` or below it.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    let below = path.strip_prefix(folder);
    folder.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Finds the guides of a folder, at any depth.
///
/// # Errors
///
/// [`Error::ReadContent`] if `content` is neither a folder that can be listed nor a guide. Files
/// and folders inside that cannot be read are warnings.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::create_dir(folder.path().join("tea"))?;
/// # std::fs::write(folder.path().join("tea/matcha.md"), "## What is matcha?\n")?;
/// # let content = folder.path();
/// for found in hotseat::walk(content)?.guides {
///     let guide = hotseat::Guide::read(&found.absolute, &found.path)?;
///     assert_eq!((guide.path.as_str(), guide.title().as_str()), ("tea/matcha.md", "matcha"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn walk(content: impl Into<Source>) -> Result<Content> {
    let source = content.into();
    source.check()?;
    let folder = source.folder();
    let mut found = Content::default();
    for path in &source.paths {
        let path = match path::absolute(path) {
            Ok(absolute) if folder.is_absolute() => absolute,
            _ => path.clone(),
        };
        let Some(mut rules) = Rules::new(&source, &folder, &path, &mut found) else {
            continue;
        };
        let mut entries = WalkDir::new(&path).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.depth() > 0 && rules.leave_out(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    let has_rules =
                        source.ignore_files != Some(false) && entry.file_type().is_dir();
                    if has_rules && !rules.enter(&folder, entry.path(), entry.depth(), &mut found) {
                        entries.skip_current_dir();
                    }
                    found.add(&folder, &entry, &source);
                }
                Err(error) => found.warn_of(&folder, error),
            }
        }
    }
    found.guides.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    // One of the paths may be inside another.
    found.guides.dedup_by(|a, b| a.path == b.path);
    found.warnings.sort_by(|a, b| a.guide.cmp(&b.guide));
    found.warnings.dedup();
    Ok(found)
}

impl Content {
    fn add(&mut self, content: &Path, entry: &DirEntry, source: &Source) {
        let converter = source.converter(entry.path());
        let path = relative(content, entry.path());
        // What was named may be a link to a folder.
        let is_folder = match entry.depth() {
            0 => entry.path().is_dir(),
            _ => entry.file_type().is_dir(),
        };
        if entry.path_is_symlink() && entry.depth() > 0 {
            self.warn(path, LINK);
        } else if is_folder {
        } else if !has_extension(entry.path()) && converter.is_none() {
            let extension = entry.path().extension().map(OsStr::to_string_lossy);
            let extension =
                extension.map_or_else(String::new, |extension| extension.to_lowercase());
            *self.unread.entry(extension).or_default() += 1;
        } else if !entry.file_type().is_file() {
            self.warn(path, "is not a regular file, so it was skipped");
        } else if entry.path().to_str().is_none() {
            self.warn(path, "has a name that is not UTF-8, so it was skipped");
        } else {
            match entry.metadata() {
                // Most likely it is none, as its name says nothing.
                Ok(metadata) if metadata.len() > Guide::MAX_FILE && format::is_doubtful(&path) => {
                    *self.unread.entry(format::extension(&path)).or_default() += 1;
                }
                Ok(metadata) if metadata.len() > Guide::MAX_FILE => {
                    self.warn(path, "is larger than 16 MiB, so it was skipped");
                }
                Ok(metadata) => self.guides.push(GuideFile {
                    absolute: entry.path().to_owned(),
                    depth: entry.depth(),
                    path,
                    size: metadata.len(),
                    modified: modified(&metadata),
                    converter,
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
        let (cause, may_pass) = match error.io_error() {
            Some(error) => (error.to_string(), may_pass(error)),
            None => (error.to_string(), false),
        };
        let message = format!("cannot be read: {cause}");
        if may_pass {
            self.unlisted.push((guide, message));
        } else {
            self.warn(guide, &message);
        }
    }
}

/// Returns the path of `file` below `content`, with `/` between its parts.
pub(super) fn relative(content: &Path, file: &Path) -> String {
    // To take a path apart takes ten times as long.
    let below = file.to_str().zip(content.to_str());
    let below = below.and_then(|(file, content)| file.strip_prefix(content)?.strip_prefix('/'));
    let is_plain = |path: &&str| {
        let needs_care = path.starts_with('/') || path.contains("./") || path.contains("//");
        MAIN_SEPARATOR == '/' && !needs_care
    };
    if let Some(path) = below.filter(is_plain) {
        return path.to_owned();
    }
    let inside = file.strip_prefix(content).unwrap_or(file);
    // As `./a.md` is `a.md`.
    let parts = inside.iter().filter(|part| *part != ".");
    let parts: Vec<_> = parts.map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

/// Returns whether the name of a file is one that a guide can have.
pub(super) fn has_extension(path: &Path) -> bool {
    match path.extension() {
        Some(extension) => extension.to_str().is_some_and(format::is_known),
        // Whether it is text is seen when it is read.
        None => true,
    }
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
    fn the_path_of_a_guide_is_that_below_the_content() {
        for (content, file, expected) in [
            ("/a", "/a/b/c.md", "b/c.md"),
            ("/a/", "/a/b/c.md", "b/c.md"),
            (".", "./b/./c.md", "b/c.md"),
            ("/a", "/ab/c.md", "//ab/c.md"),
            ("/a", "/a//b..md", "b..md"),
        ] {
            assert_eq!(relative(Path::new(content), Path::new(file)), expected);
        }
    }

    #[test]
    fn guides_are_found_by_extension_and_sorted_by_path() {
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
        assert_eq!(found.unread, BTreeMap::from([("png".to_owned(), 1)]));
    }

    #[test]
    fn a_folder_that_is_named_twice_has_each_guide_once() {
        let content = tempfile::tempdir().unwrap();
        let folder = |path: &str| content.path().join(path);
        fs::create_dir(folder("a")).unwrap();
        fs::write(folder("a/b.md"), "text").unwrap();
        let written = relative(Path::new(""), Path::new("./a/b.md"));
        assert_eq!(written, "a/b.md");
        assert_eq!(relative(Path::new("."), Path::new("./a/b.md")), "a/b.md");
        let found = walk(
            Source::new(content.path())
                .and(folder("a"))
                .and(folder("./a")),
        )
        .unwrap();
        assert_eq!(paths(&found), ["a/b.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_content_folder_that_is_a_link_is_no_file() {
        let content = tempfile::tempdir().unwrap();
        let folder = |path: &str| content.path().join(path);
        fs::create_dir(folder("a")).unwrap();
        fs::write(folder("a/b.md"), "text").unwrap();
        std::os::unix::fs::symlink(folder("a"), folder("link")).unwrap();
        let found = walk(folder("link")).unwrap();
        assert_eq!((paths(&found), &*found.warnings), (vec!["b.md"], &[][..]));
    }

    #[test]
    fn a_missing_folder_is_an_error_and_so_is_a_file_that_is_no_guide() {
        let content = tempfile::tempdir().unwrap();
        fs::write(content.path().join("a.png"), "").unwrap();
        for name in ["missing", "a.png"] {
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

    /// Returns a folder with files of the given text.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        folder
    }

    #[test]
    fn what_ignore_files_name_is_left_out() {
        let content = folder(&[
            (
                ".gitignore",
                "drafts/\n*.txt\n!keep.txt\n/root.md\n# a comment\n",
            ),
            ("drafts/a.md", ""),
            ("a.txt", ""),
            ("b/keep.txt", ""),
            ("root.md", ""),
            ("b/root.md", ""),
            // A later rule and a deeper one override; `.ignore` overrides `.gitignore`.
            ("b/.gitignore", "*.md\n!root.md\n"),
            ("b/c.md", ""),
            ("c/.gitignore", "x.md\n"),
            ("c/.ignore", "!x.md\n!a.txt\n"),
            ("c/x.md", ""),
            ("c/a.txt", ""),
            ("d/c.md", ""),
        ]);
        let found = walk(content.path()).unwrap();
        let expected = ["b/keep.txt", "b/root.md", "c/a.txt", "c/x.md", "d/c.md"];
        assert_eq!(paths(&found), expected);
        let all = walk(Source::new(content.path()).ignore_files(false)).unwrap();
        assert_eq!(all.guides.len(), 9);
        let source = Source::new(content.path()).exclude(["d/", "/b/root.md", "!a.txt"]);
        let found = walk(source).unwrap();
        assert_eq!(paths(&found), ["a.txt", "b/keep.txt", "c/a.txt", "c/x.md"]);
    }

    #[test]
    fn a_pattern_that_cannot_be_read_is_a_warning_and_passed_over_in_an_ignore_file() {
        let content = folder(&[
            (".gitignore", "[[\n{a\n/b.md\n"),
            ("a.md", ""),
            ("b.md", ""),
        ]);
        assert_eq!(walk(content.path()).unwrap().warnings, []);
        let found = walk(Source::new(content.path()).exclude(["[[", "/a.md"])).unwrap();
        assert_eq!(paths(&found), [""; 0]);
        let messages: Vec<&str> = found.warnings.iter().map(|w| w.message.as_str()).collect();
        let expected = "exclude: [[: unclosed character class at byte 0; missing ']'";
        assert!(
            messages.len() == 1 && messages[0].starts_with(expected),
            "{messages:?}"
        );
    }

    #[test]
    fn the_ignore_files_of_the_repository_above_are_respected() {
        let top = folder(&[
            (".gitignore", "b.md\n"),
            ("repository/.git/HEAD", ""),
            ("repository/.gitignore", "/guides/a.md\n"),
            ("repository/guides/a.md", ""),
            ("repository/guides/b.md", ""),
            ("repository/guides/c.md", ""),
        ]);
        let found = walk(top.path().join("repository/guides")).unwrap();
        assert_eq!(paths(&found), ["b.md", "c.md"]);
    }

    #[test]
    fn an_ignore_file_that_cannot_be_read_is_a_warning() {
        let long = "x\n".repeat(40_000);
        let content = folder(&[("a.md", ""), ("b/.ignore", &long), ("b/x.md", "")]);
        let found = walk(content.path()).unwrap();
        assert_eq!(paths(&found), ["a.md", "b/x.md"]);
        let expected =
            "b/.ignore: cannot be read, so it leaves out nothing: it is larger than 64 KiB";
        assert_eq!(found.warnings[0].to_string(), expected);
    }

    #[test]
    fn several_folders_and_files_are_one_collection() {
        let content = folder(&[
            ("a/x.md", ""),
            ("a/.gitignore", "y.md"),
            ("a/y.md", ""),
            ("b/c/x.md", ""),
            ("b/d.md", ""),
        ]);
        let below = |path: &str| content.path().join(path);
        let source = Source::new(below("a"))
            .and(below("b/c"))
            .and(below("b/c/x.md"));
        assert_eq!(source.folder(), content.path());
        assert_eq!(paths(&walk(source).unwrap()), ["a/x.md", "b/c/x.md"]);
        // A file that is named is read though a rule leaves it out.
        let source = Source::new(below("a/y.md"));
        assert_eq!(source.folder(), below("a"));
        assert_eq!(paths(&walk(source).unwrap()), ["y.md"]);
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

    #[cfg(unix)]
    #[test]
    fn a_link_that_replaces_a_file_or_folder_after_the_walk_is_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (content, away) = (folder.path().join("content"), folder.path().join("away"));
        for path in [
            "content/a.md",
            "content/b/c.md",
            "content/d.md",
            "away/c.md",
        ] {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, path).unwrap();
        }
        let walked = walk(&content).unwrap().guides;
        for (guide, text) in walked
            .iter()
            .zip(["content/a.md", "content/b/c.md", "content/d.md"])
        {
            assert_eq!(guide.read().unwrap(), text.as_bytes());
        }
        fs::remove_file(content.join("a.md")).unwrap();
        symlink(away.join("c.md"), content.join("a.md")).unwrap();
        fs::remove_dir_all(content.join("b")).unwrap();
        symlink(&away, content.join("b")).unwrap();
        fs::remove_file(content.join("d.md")).unwrap();
        fs::create_dir(content.join("d.md")).unwrap();
        for guide in &walked {
            assert!(
                guide.read().is_err() && guide.read_tags().is_err(),
                "{}",
                guide.path
            );
        }
        // A folder that was given may be a link.
        let link = folder.path().join("link");
        symlink(&away, &link).unwrap();
        let walked = walk(Source::new(&link).and(folder.path().join("content"))).unwrap();
        assert_eq!(walked.guides[0].path, "link/c.md");
        assert_eq!(walked.guides[0].read().unwrap(), b"away/c.md");
    }
}
