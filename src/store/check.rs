//! The files of an index compared with their checksums.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3Default;

use crate::{
    Warning,
    error::Damage,
    files::open_named,
    store::manifest::{CommitInfo, Manifest, hex},
};

use super::{directory::META, layout};

/// The result of comparing an index with its checksums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckReport {
    /// The number of files that the index depends on.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
    /// The files that are damaged; none, if the index is whole.
    pub damage: Vec<Damage>,
    /// The number of documents in the index; 0 if it is damaged.
    pub documents: usize,
    /// The warnings about the guides, by guide and line; none if the index is damaged.
    pub warnings: Vec<Warning>,
}

pub(crate) const WRONG_CHECKSUM: &str = "does not match its checksum";

/// The files that were read, and their damage.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) damage: Vec<Damage>,
    /// The description of the last commit, if the index was ever built to the end.
    pub(crate) commit: Option<CommitInfo>,
}

/// Compares files of the index in `folder`, whose manifest is `meta`, with their checksums: those
/// that `is_asked` for, unless all together are larger than `most`.
pub(super) fn check(
    folder: &Path,
    meta: &[u8],
    most: u64,
    is_asked: impl Fn(&str) -> bool,
) -> Checked {
    let mut checked = Checked {
        files: 1,
        bytes: meta.len() as u64,
        ..Checked::default()
    };
    let Some(manifest) = Manifest::parse(meta) else {
        checked.add(META, WRONG_CHECKSUM);
        return checked;
    };
    checked.commit = manifest.commit();
    if most < u64::MAX {
        let mut left = most;
        for file in manifest.files.keys() {
            let length = fs::metadata(folder.join(file)).map_or(0, |file| file.len());
            match left.checked_sub(length) {
                Some(rest) => left = rest,
                None => return checked,
            }
        }
    }
    let mut buffer = vec![0; 32 << 10];
    for (file, checksum) in manifest.files.iter().filter(|(file, _)| is_asked(file)) {
        checked.files += 1;
        match checksum_of(&folder.join(file), &mut buffer) {
            Ok((found, length)) => {
                checked.bytes += length;
                if hex(found) != *checksum {
                    checked.add(file, WRONG_CHECKSUM);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                checked.add(file, "is missing");
            }
            Err(error) => checked.add(file, &format!("cannot be read: {error}")),
        }
    }
    checked
}

impl Checked {
    fn add(&mut self, file: &str, what: &str) {
        self.damage.push(Damage {
            file: format!("{}/{file}", layout::format_name()),
            what: what.to_owned(),
        });
    }
}

/// Returns the checksum of a file, and its length.
fn checksum_of(file: &Path, buffer: &mut [u8]) -> io::Result<(u64, u64)> {
    let mut file = open_named(file)?;
    let mut checksum = Xxh3Default::new();
    let mut length = 0;
    loop {
        match file.read(buffer) {
            Ok(0) => return Ok((checksum.digest(), length)),
            Ok(read) => {
                checksum.update(&buffer[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
