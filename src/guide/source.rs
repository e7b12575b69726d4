//! The folders and files of a content folder, the rules for what is left out of it, and the programs
//! that read its other files.

use std::{
    ffi::OsStr,
    fs, io,
    path::{self, Path, PathBuf},
    sync::Arc,
};

use super::{program::Converter, walk::has_extension};
use crate::{Error, Result};

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
    pub(super) paths: Vec<PathBuf>,
    pub(super) exclude: Vec<String>,
    pub(super) ignore_files: Option<bool>,
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
    /// folder. They override those of files. One that cannot be read leaves out nothing, and is a warning.
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
    pub(super) fn converter(&self, path: &Path) -> Option<Arc<Converter>> {
        if self.converters.is_empty() {
            return None;
        }
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
