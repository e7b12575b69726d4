//! What can fail: files and the index. What people write is read leniently and yields warnings.

use std::{io, path::PathBuf};

use crate::Damage;

/// The result of everything here that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, on which file; the cause is its [`source`](std::error::Error::source).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The content folder is missing, or is no folder that can be listed.
    #[error("cannot read the content folder {}", .path.display())]
    ReadContent {
        /// The folder as it was given.
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
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// There is no index in the folder.
    #[error("there is no index at {}", .path.display())]
    NoIndex {
        /// The folder that was looked in.
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
        /// The id of the process that writes, as far as it is known.
        holder: Option<u32>,
    },
    /// Files of the index are not as they were written.
    #[error("the index at {} is damaged: {damage}", .path.display())]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// The first file that is damaged, and how.
        damage: Damage,
    },
    /// The index could not be read or written.
    #[error("cannot use the index at {}", .path.display())]
    Index {
        /// The index folder.
        path: PathBuf,
        /// What the search engine or the file system said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The query is over a limit, and was not run.
    #[error("the query is too large: {found} {what}, at most {limit}")]
    QueryTooLarge {
        /// What there is too much of, such as `bytes` or `terms`.
        what: &'static str,
        /// How many the query has.
        found: usize,
        /// How many are allowed.
        limit: usize,
    },
}

fn process(holder: Option<u32>) -> String {
    holder.map_or_else(
        || "another process".to_owned(),
        |id| format!("process {id}"),
    )
}
