//! Errors and panics of tantivy and the file system -> an [`Error`] that names the index.
//!
//! Reading a damaged index can fail anywhere in tantivy, by an error or a panic. Each failure is
//! followed by a look at the checksums of all files.

use std::{io, path::Path};

use tantivy::{
    TantivyError,
    directory::error::{LockError, OpenReadError, OpenWriteError},
};

use crate::{
    Damage, Error, Result, panics,
    store::directory::{self, ChecksummedDirectory},
};

/// Reads from the index in `directory`; if that fails, finds out whether it is damaged.
pub(super) fn reading<T>(
    directory: Option<&ChecksummedDirectory>,
    read: impl FnOnce() -> tantivy::Result<T>,
) -> Result<T> {
    // Searchers are never changed, so there is nothing that a panic leaves half done.
    let failure = match panics::catch(read) {
        Ok(Ok(value)) => return Ok(value),
        failure => failure,
    };
    if let Some(damaged) = directory.and_then(damage_in) {
        return Err(damaged);
    }
    match failure {
        Ok(read) => read.map_err(index_error(directory)),
        Err(panic) => panic!("{panic}"),
    }
}

/// Returns the error that the index in `directory` is damaged, if it is.
pub(super) fn damage_in(directory: &ChecksummedDirectory) -> Option<Error> {
    let damage = directory.check(u64::MAX).ok()?.damage.into_iter().next()?;
    Some(damaged(directory, damage))
}

/// Returns the error that the index in `directory` is damaged, or is none.
pub(super) fn damaged(directory: &ChecksummedDirectory, damage: Damage) -> Error {
    let path = directory.index().to_owned();
    match directory.is_foreign() {
        true => Error::ForeignIndex { path },
        false => Error::Damaged { path, damage },
    }
}

/// Returns the translation of a failure on the index folder.
pub(super) fn unusable(index: &Path) -> impl Fn(io::Error) -> Error {
    let path = index.to_owned();
    move |source| Error::Index {
        path: Some(path.clone()),
        source: Box::new(source),
    }
}

/// Returns the translation of a failure of the search engine, on the index in `directory` or in
/// memory.
pub(super) fn index_error(
    directory: Option<&ChecksummedDirectory>,
) -> impl Fn(TantivyError) -> Error {
    let directory = directory.cloned();
    move |error| match (error, &directory) {
        (TantivyError::LockFailure(LockError::LockBusy, _), Some(directory)) => Error::Locked {
            path: directory.index().to_owned(),
            holder: directory.holder(),
        },
        (error, directory) => Error::Index {
            path: directory
                .as_ref()
                .map(|directory| directory.index().to_owned()),
            // tantivy keeps the causes of what fails in its threads to itself.
            source: match directory
                .as_ref()
                .and_then(ChecksummedDirectory::take_failure)
            {
                Some(failure) => Box::new(failure),
                None => cause(error),
            },
        },
    }
}

/// Returns the system's error, where one is behind `error`.
fn cause(error: TantivyError) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        TantivyError::IoError(cause) if cause.kind() == io::ErrorKind::WouldBlock => {
            format!("no thread can be started: {cause}").into()
        }
        TantivyError::SystemError(cause) if cause.contains("thread") => {
            "no thread can be started".into()
        }
        TantivyError::IoError(cause)
        | TantivyError::LockFailure(LockError::IoError(cause), _)
        | TantivyError::OpenReadError(OpenReadError::IoError {
            io_error: cause, ..
        })
        | TantivyError::OpenWriteError(OpenWriteError::IoError {
            io_error: cause, ..
        }) => Box::new(directory::copy(&cause)),
        error => Box::new(error),
    }
}
