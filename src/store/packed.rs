//! A document <-> the bytes that are stored of it: its fields, compressed with a dictionary.
//!
//! Documents are about 1 KB, too short to be compressed well each by itself, and blocks of many
//! take longer to read for a search, which needs ten documents from ten places. With a
//! [`Dictionary`] that was trained on documents of the same guides, each by itself takes 0.37 of
//! its length, against 0.48 with one for all guides and 0.61 without, and is read in 2
//! microseconds.
//!
//! A frame of zstd says which dictionary it needs; an index has its own in a file beside its
//! segments, unless it is small. Not in here are the line, and what all documents of a guide share:
//! both stand in columns (see [`Fields`](crate::store::schema::Fields)).

use std::{
    cell::RefCell,
    num::NonZero,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use self_cell::self_cell;
use serde::{Deserialize, Serialize};
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;
use zstd::{
    bulk::Compressor,
    dict,
    zstd_safe::{
        DCtx, DDict, compress_bound, get_dict_id_from_dict, get_dict_id_from_frame,
        get_frame_content_size,
    },
};

use crate::{DocId, DocumentKind, QaDocument, TextFormat, store::directory::Folder};

/// For guides that are too few to have a dictionary of their own. It was trained on the ones in
/// `content/`, by `cargo test -- --ignored train_on_content`. What it says of the text hardly
/// matters, and it cannot be changed without a new format of the index.
const FOR_ALL: &[u8] = include_bytes!("packed.dict");

/// How large a dictionary of one index is, in bytes: with more, the index is hardly smaller.
const SIZE: usize = 256 << 10;

/// How much text it is trained on, in bytes: more makes it no better, and takes longer.
pub(crate) const SAMPLE: u64 = 2 << 20;

/// How hard is tried: the next level takes a third longer, and saves a fiftieth.
const LEVEL: i32 = 4;

/// The largest document, in bytes: a guide has at most 16 MiB.
const MAX_SIZE: u64 = 128 << 20;

/// The longest description of a guide, in bytes, that is stored once for it.
const MAX_ABOUT: usize = 4096;

/// Why compressing fails, as any allocation may.
const NO_MEMORY: &str = "compressing fails only for want of memory";

/// What is stored of a document.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    /// The guide's title, tags and category, where they are too long to be in the column.
    #[serde(borrow)]
    about: Option<&'a str>,
    kind: DocumentKind,
    format: TextFormat,
    #[serde(borrow)]
    level: Option<&'a str>,
    #[serde(borrow)]
    sections: Vec<&'a str>,
    #[serde(borrow)]
    inferred_tags: Vec<&'a str>,
    /// None, if it is what the guide and the question make it.
    id: Option<DocId>,
    question: &'a str,
    answer: &'a str,
}

/// The guide's title, tags and category.
#[derive(Default, Serialize, Deserialize)]
struct About(String, Vec<String>, Option<String>);

fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn strings(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// What all documents of a guide share.
#[derive(Default)]
pub(crate) struct Guide {
    path: String,
    about: About,
    /// The path, then the rest, so that the order of these is that of the paths.
    column: String,
    /// The rest, where it is too long for the column.
    stored: Option<String>,
}

impl Guide {
    /// Returns the guide of `document`.
    ///
    /// In an index of guides, all documents of one path are of one guide. Elsewhere what they say of
    /// it may differ, and then `is_one` is false: the column has the path alone, by which they are
    /// in order.
    pub(crate) fn of(document: &QaDocument, is_one: bool) -> Guide {
        let about = About(
            document.guide_title.clone(),
            document.tags.clone(),
            document.category.clone(),
        );
        let json = serde_json::to_string(&about).expect("strings have a JSON form");
        let path = document.guide.clone();
        let (column, stored) = match json.len() > MAX_ABOUT || !is_one {
            true => (format!("{path}\0"), Some(json)),
            false => (format!("{path}\0{json}"), None),
        };
        Guide {
            path,
            about,
            column,
            stored,
        }
    }

    /// Returns whether it is the guide of `document`.
    pub(crate) fn is_of(&self, document: &QaDocument) -> bool {
        let About(title, tags, category) = &self.about;
        (&self.path, title, tags, category)
            == (
                &document.guide,
                &document.guide_title,
                &document.tags,
                &document.category,
            )
    }

    /// Returns what the column has of it.
    pub(crate) fn column(&self) -> &str {
        &self.column
    }
}

/// Returns the path in the `column` of a guide.
pub(crate) fn path_of(column: &str) -> &str {
    column.rsplit_once('\0').map_or(column, |(path, _)| path)
}

/// Returns the fields of `document`, without those that are in columns.
fn encode(document: &QaDocument, guide: &Guide) -> Vec<u8> {
    let usual = DocId::new(&document.guide, &document.question, 0);
    let stored = Stored {
        about: guide.stored.as_deref(),
        kind: document.kind,
        format: document.format,
        level: document.level.as_deref(),
        sections: strs(&document.sections),
        inferred_tags: strs(&document.inferred_tags),
        id: (document.id != usual).then(|| document.id.clone()),
        question: &document.question,
        answer: &document.answer,
    };
    postcard::to_allocvec(&stored).expect("strings and numbers can be written")
}

fn decode(fields: &[u8], guide: &str, line: u64) -> Option<QaDocument> {
    let stored: Stored = postcard::from_bytes(fields).ok()?;
    let path = path_of(guide).to_owned();
    let about = stored.about.or(guide.get(path.len() + 1..));
    let About(guide_title, tags, category) = serde_json::from_str(about?).ok()?;
    Some(QaDocument {
        line: line as usize,
        kind: stored.kind,
        answer: stored.answer.to_owned(),
        format: stored.format,
        sections: strings(stored.sections),
        tags,
        inferred_tags: strings(stored.inferred_tags),
        category,
        level: stored.level.map(str::to_owned),
        guide_title,
        id: match stored.id {
            Some(id) => id,
            None => DocId::new(&path, stored.question, 0),
        },
        guide: path,
        question: stored.question.to_owned(),
    })
}

self_cell! {
    /// What zstd makes of a dictionary's bytes, which stay where they are.
    struct Prepared {
        owner: OwnedBytes,
        #[covariant]
        dependent: DDict,
    }
}

/// What documents are compressed with.
pub(crate) struct Dictionary {
    /// What frames name it by.
    id: NonZero<u32>,
    checksum: u64,
    bytes: OwnedBytes,
    /// To be read with; none, if it is no dictionary.
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

    /// Returns a dictionary for documents like `samples`; `None`, if they are too few.
    pub(crate) fn train(samples: &[QaDocument]) -> Option<Dictionary> {
        train(samples, SIZE).and_then(|bytes| Dictionary::new(OwnedBytes::new(bytes)))
    }

    pub(crate) fn checksum(&self) -> u64 {
        self.checksum
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn prepared(&self) -> Option<&DDict<'_>> {
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

/// Returns the bytes of a dictionary for documents like `samples`.
fn train(samples: &[QaDocument], size: usize) -> Option<Vec<u8>> {
    // None of them is of such a guide that its description would be stored with it.
    let encode = |document| encode(document, &Guide::default());
    let samples: Vec<Vec<u8>> = samples.iter().map(encode).collect();
    let mut bytes = dict::from_samples(&samples, size).ok()?;
    // zstd gives it an id of four bytes, of which each document would have a copy. 1 is the one for
    // all.
    let id = 2 + (xxh3_64(&bytes) % u64::from(u16::MAX - 1)) as u32;
    bytes.get_mut(4..8)?.copy_from_slice(&id.to_le_bytes());
    Some(bytes)
}

/// Packs documents.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
    /// What was packed last.
    packed: Vec<u8>,
}

impl Packer {
    pub(crate) fn new(dictionary: &Dictionary) -> Packer {
        let compressor = Compressor::with_dictionary(LEVEL, dictionary.bytes());
        Packer {
            compressor: compressor.expect(NO_MEMORY),
            packed: Vec::new(),
        }
    }

    /// Returns what is stored of `document`, which is of `guide`.
    pub(crate) fn pack(&mut self, document: &QaDocument, guide: &Guide) -> &[u8] {
        let fields = encode(document, guide);
        self.packed.clear();
        self.packed.reserve(compress_bound(fields.len()));
        let packed = self
            .compressor
            .compress_to_buffer(&fields, &mut self.packed);
        packed.expect(NO_MEMORY);
        &self.packed
    }
}

/// The dictionaries that the documents of one index may need.
pub(crate) struct Dictionaries {
    /// Where the index is; none in memory.
    folder: Option<Folder>,
    /// Those that were needed; the first is the one for all.
    known: RwLock<Vec<Arc<Dictionary>>>,
}

impl Dictionaries {
    /// How many are kept: those of an index before and after it was built anew, besides the one
    /// for all.
    const MOST: usize = 3;

    pub(crate) fn new(folder: Option<Folder>) -> Dictionaries {
        Dictionaries {
            folder,
            known: RwLock::new(vec![Dictionary::for_all()]),
        }
    }

    /// Returns the dictionary with that `checksum`; `None`, if it cannot be read.
    pub(crate) fn get(&self, checksum: u64) -> Option<Arc<Dictionary>> {
        let is_it = |known: &&Arc<Dictionary>| known.checksum == checksum;
        // They are whole at any moment.
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(is_it) {
            return Some(Arc::clone(known));
        }
        drop(known);
        let read = Arc::new(Dictionary::new(
            self.folder.as_ref()?.dictionary(checksum)?,
        )?);
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
    fn named(&self, id: NonZero<u32>) -> Option<Arc<Dictionary>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().rfind(|known| known.id == id).cloned()
    }

    /// Returns the document that `packed` was made of, in whose columns stand `guide` and `line`;
    /// `None`, if of none.
    pub(crate) fn unpack(&self, packed: &[u8], guide: &str, line: u64) -> Option<QaDocument> {
        thread_local! {
            static CONTEXT: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
        }
        let dictionary = self.named(get_dict_id_from_frame(packed)?)?;
        let size = get_frame_content_size(packed).ok()??.min(MAX_SIZE);
        let mut fields = Vec::with_capacity(size as usize);
        CONTEXT.with_borrow_mut(|context| {
            let context = match context {
                Some(context) => context,
                None => context.insert(DCtx::try_create()?),
            };
            let prepared = dictionary.prepared()?;
            context
                .decompress_using_ddict(&mut fields, packed, prepared)
                .ok()
        })?;
        decode(&fields, guide, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split;

    fn documents() -> Vec<QaDocument> {
        let text = "---\ntags: [Locks]\n---\n# Threads\n## What is a lock?\nA thing that waits.\n";
        let mut documents = split(&crate::Guide::parse("a.md", text));
        documents.push(documents[0].clone().with_id(DocId::new("a.md", "b", 1)));
        documents.push(documents[0].clone().with_tags(["x".repeat(2 * MAX_ABOUT)]));
        documents.push(QaDocument::new("a\0b", "\0", "").with_category(""));
        documents
    }

    #[test]
    fn a_document_is_unpacked_as_it_was_packed() {
        let dictionaries = Dictionaries::new(None);
        let dictionary = Dictionary::for_all();
        for document in documents() {
            let mut packer = Packer::new(&dictionary);
            let line = document.line as u64;
            let alone = Guide::of(&document, false);
            let packed = packer.pack(&document, &alone);
            assert_eq!(path_of(alone.column()), document.guide);
            let unpacked = dictionaries.unpack(packed, alone.column(), line);
            assert_eq!(unpacked.as_ref(), Some(&document));
            let guide = Guide::of(&document, true);
            let packed = packer.pack(&document, &guide);
            let guide = guide.column();
            assert_eq!(path_of(guide), document.guide);
            assert_eq!(dictionaries.unpack(packed, guide, line), Some(document));
            assert_eq!(dictionaries.unpack(&packed[1..], guide, line), None);
            assert_eq!(
                dictionaries.unpack(&packed[..packed.len() - 1], guide, line),
                None
            );
        }
        assert_eq!(dictionaries.unpack(b"", "", 1), None);
    }

    #[test]
    #[ignore = "writes the dictionary for all anew"]
    fn train_on_content() {
        let guides = crate::guide::walk::walk(std::path::Path::new("content"))
            .unwrap()
            .guides;
        let samples = crate::update::sample(&guides, SAMPLE);
        let mut bytes = train(&samples, 32 << 10).unwrap();
        bytes[4..8].copy_from_slice(&1_u32.to_le_bytes());
        std::fs::write("src/packed.dict", bytes).unwrap();
    }

    #[test]
    fn what_no_document_needs_is_asked_for_in_vain() {
        assert!(Dictionaries::new(None).get(12).is_none());
        assert!(Dictionary::new(OwnedBytes::new(&b"no dictionary"[..])).is_none());
        assert!(Dictionary::train(&documents()).is_none());
    }
}
