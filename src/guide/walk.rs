//! Content folder -> the files of its guides, sorted.
//!
//! A guide is a regular file with an extension that a guide can have. Hidden files and folders are
//! left out, and so are those that `.gitignore` and `.ignore` name. Links are not followed: what a
//! link names inside the folder is read at its own place, and what it names elsewhere is not
//! content.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read},
    path::{self, Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
};
use walkdir::{DirEntry, WalkDir};

use super::{format, program::Converter};
use crate::{Error, Guide, Result, Warning};

/// The names of files that say what to leave out; the later one overrides the earlier.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// The largest of them that is read, in bytes.
const MAX_IGNORE_FILE: u64 = 64 << 10;

/// A content folder, and what of it is left out.
///
/// Several folders and files can be given. Then guides are named by their paths below the deepest
/// folder that holds all of them.
///
/// ```
/// use hotseat::Source;
///
/// let source = Source::new("guides").and("notes/faq.md").exclude(["drafts/", "*.txt"]);
/// # let _ = source;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a source does nothing until it is walked or indexed"]
pub struct Source {
    paths: Vec<PathBuf>,
    exclude: Vec<String>,
    ignore_files: Option<bool>,
    converters: Vec<Arc<Converter>>,
}

impl Source {
    /// Returns the source that is one folder, or one file.
    pub fn new(path: impl AsRef<Path>) -> Source {
        Source {
            paths: vec![path.as_ref().to_owned()],
            exclude: Vec::new(),
            ignore_files: None,
            converters: Vec::new(),
        }
    }

    /// Adds a folder or a file.
    pub fn and(mut self, path: impl AsRef<Path>) -> Source {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// Leaves out what the patterns match, written as the lines of a `.gitignore` in the content
    /// folder. They override those of files.
    pub fn exclude(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Source {
        self.exclude.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Sets whether `.gitignore` and `.ignore` are respected. By default they are, unless the index
    /// that is updated was last written from a source that did not.
    pub fn ignore_files(mut self, respected: bool) -> Source {
        self.ignore_files = Some(respected);
        self
    }

    /// Returns whether `.gitignore` and `.ignore` are respected, if that is set.
    pub(crate) fn respects_ignore_files(&self) -> Option<bool> {
        self.ignore_files
    }

    /// Reads files with this extension through a program that prints them as plain text or Markdown.
    /// `command` is its name and its arguments, in which `{}` stands for the path of the file.
    ///
    /// It runs without a shell, for 30 seconds at most, and prints 16 MiB at most. A file is converted
    /// again when it changes, or the command does. What such a program does is up to whoever names it:
    /// never take a command from the content itself.
    ///
    /// ```
    /// let source = hotseat::Source::new("guides").convert("pdf", ["pdftotext", "-enc", "UTF-8", "{}", "-"]);
    /// # let _ = source;
    /// ```
    pub fn convert(
        mut self,
        extension: &str,
        command: impl IntoIterator<Item = impl Into<String>>,
    ) -> Source {
        let command = command.into_iter().map(Into::into).collect();
        let converter = Converter::new(extension, command);
        self.converters
            .retain(|other| !other.is_same_extension(&converter));
        self.converters.push(Arc::new(converter));
        self
    }

    /// Returns a number for the commands of the converters.
    pub(crate) fn converters_hash(&self) -> u64 {
        self.converters
            .iter()
            .fold(0, |hash, converter| hash ^ converter.hash())
    }

    /// Returns the converter of a file, if it has one.
    fn converter(&self, path: &Path) -> Option<Arc<Converter>> {
        let extension = path.extension().and_then(OsStr::to_str)?;
        self.converters
            .iter()
            .find(|converter| converter.is_of(extension))
            .cloned()
    }

    /// Returns the folders and files.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Returns the content folder, below which guides have their paths: the folder given, or the
    /// deepest one that holds everything given.
    pub fn folder(&self) -> PathBuf {
        let folder = |path: &PathBuf| match path.parent() {
            Some(parent) if path.is_file() => parent.to_owned(),
            _ => path.clone(),
        };
        let mut folders: Vec<PathBuf> = self.paths.iter().map(folder).collect();
        if folders.len() == 1 {
            return folders.remove(0);
        }
        let is_plain = |path: &PathBuf| {
            let mut parts = path.components();
            path.is_relative() && parts.all(|part| part != path::Component::ParentDir)
        };
        if !folders.iter().all(is_plain) {
            for folder in &mut folders {
                *folder = path::absolute(&*folder).unwrap_or_else(|_| folder.clone());
            }
        }
        let mut shared: Vec<_> = folders[0].components().collect();
        for folder in &folders {
            let same = shared.iter().zip(folder.components());
            let same = same.take_while(|(a, b)| **a == *b).count();
            shared.truncate(same);
        }
        shared.iter().collect()
    }

    /// Returns [`Error::ReadContent`] for the first path that cannot be read.
    ///
    /// # Errors
    ///
    /// This one, and no other.
    pub fn check(&self) -> Result<()> {
        for path in &self.paths {
            let is_file = fs::metadata(path).map(|metadata| metadata.is_file());
            let checked = match is_file {
                Ok(true) if !has_extension(path) && self.converter(path).is_none() => {
                    Err(io::Error::other(
                        "no format that is read has names with this extension; `hotseat index --help` lists them",
                    ))
                }
                Ok(true) => Ok(()),
                _ => fs::read_dir(path).map(drop),
            };
            checked.map_err(|source| Error::ReadContent {
                path: path.clone(),
                source,
            })?;
        }
        Ok(())
    }
}

impl<P: AsRef<Path>> From<P> for Source {
    fn from(path: P) -> Source {
        Source::new(path)
    }
}

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
    /// Those of [`Guide::read`], and [`Error::ReadGuide`] if the program that the source names for
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

/// Opens the regular file at `path` below `folder`, through no link.
#[cfg(unix)]
fn open_below(folder: &Path, path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let is_folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut above = openat(CWD, folder, is_folder, Mode::empty())?;
    let name = path.file_name().unwrap_or_default();
    for folder in path.parent().into_iter().flatten() {
        let opened = openat(&above, folder, is_folder | OFlags::NOFOLLOW, Mode::empty());
        above = opened.map_err(no_link)?;
    }
    // Opening a pipe would wait for somebody to write to it.
    let is_file = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = openat(&above, name, is_file, Mode::empty()).map_err(no_link)?;
    regular(File::from(file))
}

#[cfg(not(unix))]
fn open_below(folder: &Path, path: &Path) -> io::Result<File> {
    open_regular(File::options().read(true), &folder.join(path))
}

/// Opens a regular file by `options`: not one that a link names, and nothing that is waited for.
pub(crate) fn open_regular(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
        regular(options.open(path).map_err(|error| {
            let code = error
                .raw_os_error()
                .map(rustix::io::Errno::from_raw_os_error);
            code.map_or(error, no_link)
        })?)
    }
    #[cfg(not(unix))]
    {
        if std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
            return Err(io::Error::other(LINK));
        }
        regular(options.open(path)?)
    }
}

/// Opens the regular file that `path` names, by itself or by a link.
pub(crate) fn open_named(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits() as i32,
    );
    regular(options.read(true).open(path)?)
}

/// Returns `file`, if it is a regular one.
fn regular(file: File) -> io::Result<File> {
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok(file)
}

const LINK: &str = "is a link, and links are not followed";

/// Returns the error of opening what must be no link.
#[cfg(unix)]
fn no_link(error: rustix::io::Errno) -> io::Error {
    use rustix::io::Errno;
    match error {
        // A link where a folder should be is no folder.
        Errno::LOOP | Errno::MLINK | Errno::NOTDIR => io::Error::other(LINK),
        error => error.into(),
    }
}

/// Returns whether what failed with `error` may work another time: the disk, the network or this
/// process is at fault, and not the file.
pub(crate) fn may_pass(error: &io::Error) -> bool {
    use io::ErrorKind::{
        FileTooLarge, InvalidFilename, IsADirectory, NotADirectory, NotFound, PermissionDenied,
    };
    // Errors that are hotseat's own tell what the file is.
    error.raw_os_error().is_some()
        && !matches!(
            error.kind(),
            NotFound
                | PermissionDenied
                | IsADirectory
                | NotADirectory
                | InvalidFilename
                | FileTooLarge
        )
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
    found.guides.sort_by(|a, b| a.path.cmp(&b.path));
    // One of the paths may be inside another.
    found.guides.dedup_by(|a, b| a.path == b.path);
    found.warnings.sort_by(|a, b| a.guide.cmp(&b.guide));
    found.warnings.dedup();
    Ok(found)
}

/// The rules for leaving files out: those given, and those of the folders above a file.
struct Rules {
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
    fn new(source: &Source, folder: &Path, path: &Path, found: &mut Content) -> Option<Rules> {
        let mut given = GitignoreBuilder::new(folder);
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
    fn enter(&mut self, content: &Path, folder: &Path, depth: usize, found: &mut Content) -> bool {
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
    fn leave_out(&mut self, entry: &DirEntry) -> bool {
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
        let from_root = match entry.path().strip_prefix(&self.walked.0) {
            Ok(below) if !self.above.is_empty() => self.walked.1.join(below),
            _ => PathBuf::new(),
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

impl Content {
    fn add(&mut self, content: &Path, entry: &DirEntry, source: &Source) {
        let converter = source.converter(entry.path());
        let path = relative(content, entry.path());
        if entry.path_is_symlink() && entry.depth() > 0 {
            self.warn(path, LINK);
        } else if entry.file_type().is_dir() {
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
fn relative(content: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(content).unwrap_or(file);
    let parts: Vec<_> = inside.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn has_extension(path: &Path) -> bool {
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
        // As seen from the working folder, too.
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

    #[test]
    fn errors_of_the_system_may_pass_unless_they_tell_what_the_file_is() {
        let system = |code| io::Error::from_raw_os_error(code);
        #[cfg(target_os = "linux")]
        for (name, code) in [("EIO", 5), ("ENOMEM", 12), ("EMFILE", 24), ("ESTALE", 116)] {
            assert!(may_pass(&system(code)), "{name}");
        }
        for (name, code) in [("ENOENT", 2), ("EACCES", 13)] {
            assert!(!may_pass(&system(code)), "{name}");
        }
        assert!(!may_pass(&io::Error::other(LINK)));
    }
}
