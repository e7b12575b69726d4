//! A document <-> the bytes that are stored of it: its JSON, compressed with a dictionary.
//!
//! Documents are about 1 KB, too short to be compressed well each by itself, and blocks of many take
//! longer to read for a search, which needs ten documents from ten places. With a dictionary that
//! was trained on such documents, each by itself takes 0.41 of its length, against 0.61 without it,
//! and is read in 2 microseconds, against 25 for a block of 16 KiB (0.34).
//!
//! `packed.dict` was made from the guides in `content/`, each document printed by `hotseat show
//! --json` into a file of its own, by `zstd --train --maxdict=32768`. What it says of the text hardly
//! matters, and it cannot be changed without a new format of the index.

use std::{cell::RefCell, sync::OnceLock};

use zstd::{
    bulk::{Compressor, Decompressor},
    dict::DecoderDictionary,
    zstd_safe::get_frame_content_size,
};

use crate::QaDocument;

const DICTIONARY: &[u8] = include_bytes!("packed.dict");

/// How hard is tried: more takes longer than all else that a document needs.
const LEVEL: i32 = 3;

/// The largest document, in bytes: a guide has at most 16 MiB, of which JSON makes no more than six
/// times as much.
const MAX_SIZE: u64 = 128 << 20;

/// Why compressing fails, as any allocation may.
const NO_MEMORY: &str = "compressing fails only for want of memory";

/// Packs documents.
pub(crate) struct Packer(Compressor<'static>);

impl Packer {
    pub(crate) fn new() -> Packer {
        Packer(Compressor::with_dictionary(LEVEL, DICTIONARY).expect(NO_MEMORY))
    }

    /// Returns what is stored of `document`.
    pub(crate) fn pack(&mut self, document: &QaDocument) -> Vec<u8> {
        let json = serde_json::to_vec(document).expect("strings and numbers have a JSON form");
        self.0.compress(&json).expect(NO_MEMORY)
    }
}

/// Returns the document that `packed` was made of; `None`, if of none.
pub(crate) fn unpack(packed: &[u8]) -> Option<QaDocument> {
    static PREPARED: OnceLock<DecoderDictionary<'static>> = OnceLock::new();
    thread_local! {
        static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    DECOMPRESSOR.with_borrow_mut(|decompressor| {
        if decompressor.is_none() {
            let prepared = PREPARED.get_or_init(|| DecoderDictionary::copy(DICTIONARY));
            *decompressor = Decompressor::with_prepared_dictionary(prepared).ok();
        }
        let size = get_frame_content_size(packed).ok()??.min(MAX_SIZE);
        let json = decompressor
            .as_mut()?
            .decompress(packed, size as usize)
            .ok()?;
        serde_json::from_slice(&json).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Guide, split};

    #[test]
    fn a_document_is_unpacked_as_it_was_packed() {
        let guide = Guide::parse("a.md", "## What is a lock?\nA thing that waits.\n");
        let document = split(&guide).remove(0);
        let packed = Packer::new().pack(&document);
        assert!(packed.len() < serde_json::to_vec(&document).unwrap().len() / 2);
        assert_eq!(unpack(&packed), Some(document));
        assert_eq!(unpack(&packed[1..]), None);
        assert_eq!(unpack(b""), None);
    }
}
