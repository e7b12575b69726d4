//! Errors of files and of the index. Guides and queries are read leniently and yield warnings.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use serde::Serialize;

/// The result of every function here that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error, with the file it concerns; the cause is its [`source`](std::error::Error::source).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The content folder is missing, or is no folder that can be listed.
    #[error("cannot read the content folder {}", .path.display())]
    ReadContent {
        /// The folder, as given.
        path: PathBuf,
        /// Why it could not be listed.
        source: io::Error,
    },
    /// A guide could not be read.
    #[error("cannot read guide {}", .path.display())]
    ReadGuide {
        /// The guide's path.
        path: PathBuf,
        /// Why it could not be read.
        source: io::Error,
    },
    /// A guide is larger than any guide should be.
    #[error("guide {} is larger than {} MiB", .path.display(), .limit >> 20)]
    GuideTooLarge {
        /// The guide's path.
        path: PathBuf,
        /// The size of the largest guide that is read, in bytes.
        limit: u64,
    },
    /// There is no index in the folder.
    #[error("there is no index at {}", .path.display())]
    NoIndex {
        /// The folder in which an index was expected.
        path: PathBuf,
    },
    /// The folder holds something that hotseat did not make, so it is left alone.
    #[error("{} is not a hotseat index", .path.display())]
    ForeignIndex {
        /// The folder that was to hold the index.
        path: PathBuf,
    },
    /// Another writer is at work on the index.
    #[error("the index at {} is being written by {}", .path.display(), process(*.holder))]
    Locked {
        /// The index folder.
        path: PathBuf,
        /// The id of the process that is writing, if it is known.
        holder: Option<u32>,
    },
    /// Files of the index do not match their checksums.
    #[error("the index at {} is damaged: {damage}", .path.display())]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// The first file that is damaged, and how.
        damage: Damage,
    },
    /// The index holds the guides of another content folder.
    #[error("the index {}holds the guides of {}, not of {}", at(.path.as_deref()), .content.display(), .other.display())]
    OtherContent {
        /// The index folder; none if the index is in memory.
        path: Option<PathBuf>,
        /// The content folder of the index.
        content: PathBuf,
        /// The folder that was given.
        other: PathBuf,
    },
    /// The index could not be read or written.
    #[error("{}", unusable(.path.as_deref()))]
    Index {
        /// The index folder; none if the index is in memory.
        path: Option<PathBuf>,
        /// The message of the search engine or the file system.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The files of an export could not be read or written.
    #[error("cannot use the export at {}", .path.display())]
    Export {
        /// The folder of the export.
        path: PathBuf,
        /// Why not.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A distributed engine gave no answer that can be used.
    #[error("cannot search the index {index} of the engine")]
    Engine {
        /// The name of the index that was asked.
        index: String,
        /// The message of the engine, or of the program that asks it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A damaged file of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Damage {
    /// The file, relative to the index folder.
    pub file: String,
    /// The fault, such as `is missing`.
    pub what: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.file, self.what)
    }
}

/// The kinds of [`Error`], for programs that answer with a code, such as an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A folder, a guide or an index is not there, or cannot be read.
    NotFound,
    /// The request is over a limit, or meant for another index.
    InvalidInput,
    /// Another writer is at work; the same call can succeed when it is done.
    Busy,
    /// The index is damaged, and must be rebuilt.
    Damaged,
    /// The file system or the search engine failed.
    Internal,
}

impl Error {
    /// Returns the kind of error.
    ///
    /// ```
    /// use hotseat::{ErrorKind, Index};
    ///
    /// let error = Index::open("no/such/folder").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NotFound);
    /// ```
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::ReadContent { .. }
            | Error::ReadGuide { .. }
            | Error::NoIndex { .. }
            | Error::Export { .. } => ErrorKind::NotFound,
            Error::GuideTooLarge { .. }
            | Error::ForeignIndex { .. }
            | Error::OtherContent { .. } => ErrorKind::InvalidInput,
            Error::Locked { .. } => ErrorKind::Busy,
            Error::Damaged { .. } => ErrorKind::Damaged,
            Error::Index { .. } | Error::Engine { .. } => ErrorKind::Internal,
        }
    }
}

fn unusable(path: Option<&Path>) -> String {
    match path {
        Some(path) => format!("cannot use the index at {}", path.display()),
        None => "cannot use the index in memory".to_owned(),
    }
}

fn at(path: Option<&Path>) -> String {
    path.map_or_else(String::new, |path| format!("at {} ", path.display()))
}

fn process(holder: Option<u32>) -> String {
    holder.map_or_else(
        || "another process".to_owned(),
        |id| format!("process {id}"),
    )
}
