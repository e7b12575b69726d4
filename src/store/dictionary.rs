//! The [`Dictionary`] that the documents of an index are compressed with, and the life of those that
//! its searches may need.
//!
//! A frame of zstd says which dictionary it needs. A large index has its own, in a side file; all
//! others use the one that is compiled in.

use std::{
    num::NonZero,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use self_cell::self_cell;
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;
use zstd::{
    dict,
    zstd_safe::{DDict, get_dict_id_from_dict},
};

use crate::store::{directory::ChecksummedDirectory, manifest::SideFile};

/// The name of the side file that holds the dictionary of an index.
pub(crate) const SIDE_FILE: &str = "dict";

/// For guides that are too few to have a dictionary of their own. It was trained on the ones in
/// `content/`, to 32 KiB, and given the number 1. Its text hardly matters, and it cannot be changed
/// without a new format of the index.
const FOR_ALL: &[u8] = include_bytes!("packed.dict");

/// The size of a dictionary of one index, in bytes. On questions of 136 guides that it was not trained on,
/// 64 KiB pack as small as 128, and 32 KiB 2 % larger. 128 KiB with the next compression level pack 3.5 %
/// smaller, in more than twice the time: a large dictionary and its tables don't fit in a core's cache.
const SIZE: usize = 64 << 10;

self_cell! {
    /// A dictionary as zstd decompresses with it; the bytes stay where they are.
    struct Prepared {
        owner: OwnedBytes,
        #[covariant]
        dependent: DDict,
    }
}

/// A dictionary that documents are compressed with.
pub(crate) struct Dictionary {
    /// The number by which frames name it.
    id: NonZero<u32>,
    checksum: u64,
    bytes: OwnedBytes,
    /// Prepared for decompression; `None` if the bytes are not a dictionary.
    prepared: OnceLock<Option<Prepared>>,
}

impl Dictionary {
    /// Returns the one that every index may use.
    pub(crate) fn for_all() -> Arc<Dictionary> {
        static SHARED: OnceLock<Arc<Dictionary>> = OnceLock::new();
        let new = || Dictionary::new(OwnedBytes::new(FOR_ALL)).map(Arc::new);
        Arc::clone(SHARED.get_or_init(|| new().expect("it is a dictionary")))
    }

    /// Returns the dictionary that was written as `bytes`; `None`, if none was.
    pub(crate) fn new(bytes: OwnedBytes) -> Option<Dictionary> {
        Some(Dictionary {
            id: get_dict_id_from_dict(&bytes)?,
            checksum: xxh3_64(&bytes),
            bytes,
            prepared: OnceLock::new(),
        })
    }

    /// Returns a dictionary for texts like `samples`; `None`, if they are too few.
    pub(super) fn train(samples: &[Vec<u8>]) -> Option<Dictionary> {
        let mut bytes = dict::from_samples(samples, SIZE).ok()?;
        // zstd gives it an id of four bytes, of which each document would have a copy. 1 is the one
        // for all.
        let id = 2 + (xxh3_64(&bytes) % u64::from(u16::MAX - 1)) as u32;
        bytes.get_mut(4..8)?.copy_from_slice(&id.to_le_bytes());
        Dictionary::new(OwnedBytes::new(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn prepared(&self) -> Option<&DDict<'_>> {
        let prepare = || {
            let bytes = self.bytes.clone();
            Prepared::try_new(bytes, |bytes| {
                DDict::try_create_by_reference(bytes).ok_or(())
            })
            .ok()
        };
        let prepared = self.prepared.get_or_init(prepare).as_ref();
        prepared.map(Prepared::borrow_dependent)
    }
}

/// The dictionaries that the documents of one index may need.
pub(crate) struct Dictionaries {
    /// The folder of the index; `None` in memory.
    directory: Option<ChecksummedDirectory>,
    /// The dictionaries loaded so far; the first is the one for all.
    known: RwLock<Vec<Arc<Dictionary>>>,
}

impl Dictionaries {
    /// The number kept: those of an index before and after it was rebuilt, besides the one
    /// for all.
    const MOST: usize = 3;

    pub(crate) fn new(directory: Option<ChecksummedDirectory>) -> Dictionaries {
        Dictionaries {
            directory,
            known: RwLock::new(vec![Dictionary::for_all()]),
        }
    }

    /// Returns the dictionary in the side file `file`; `None`, if it cannot be read.
    pub(crate) fn get(&self, file: &SideFile) -> Option<Arc<Dictionary>> {
        let is_it = |known: &&Arc<Dictionary>| known.checksum == file.checksum;
        // They are whole at any moment.
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(is_it) {
            return Some(Arc::clone(known));
        }
        drop(known);
        let bytes = self.directory.as_ref()?.side_file(SIDE_FILE, file)?;
        let read = Arc::new(Dictionary::new(bytes)?);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if !known.iter().any(|known| is_it(&known)) {
            if known.len() == Self::MOST {
                known.remove(1);
            }
            known.push(Arc::clone(&read));
        }
        Some(read)
    }

    /// Returns the dictionary that a frame names; `None`, if it was not read.
    pub(super) fn named(&self, id: NonZero<u32>) -> Option<Arc<Dictionary>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().rfind(|known| known.id == id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_dictionary_is_none() {
        let missing = SideFile::of(b"missing");
        assert!(Dictionaries::new(None).get(&missing).is_none());
        assert!(Dictionary::new(OwnedBytes::new(&b"no dictionary"[..])).is_none());
        assert!(Dictionary::train(&[b"a few words".to_vec()]).is_none());
    }
}
