//! A document <-> the bytes that are stored of it: its fields, compressed with a dictionary.
//!
//! Documents are about 1 KB, too short to be compressed well each by itself, and blocks of many
//! take longer to read for a search, which needs ten documents from ten places. With a
//! [`Dictionary`] that was trained on documents of the same guides, each by itself takes 0.38 of
//! its length, against 0.48 with one for all guides and 0.61 without, and is read in 2
//! microseconds.
//!
//! The line, and what all documents of a guide share, are not in here: both stand in columns (see
//! [`Fields`](crate::store::schema::Fields)).

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use zstd::{
    bulk::Compressor,
    zstd_safe::{CParameter, DCtx, compress_bound, get_dict_id_from_frame, get_frame_content_size},
};

use crate::{
    DocId, DocumentKind, Place, QaDocument, TextFormat,
    store::dictionary::{Dictionaries, Dictionary},
};

/// The compression level. With the dictionary for all, level 3 packs guides 4 to 5 % smaller than level 4,
/// with one of an index 5 to 6 %, and sooner. `tools/dist` leaves out of zstd what only levels above 4 need.
const LEVEL: i32 = 3;

/// The tables of the dictionary that zstd looks texts up in, by the logarithms of their numbers of entries. They
/// take 192 KiB; those of the level take twice as much of a core's cache, and pack 1 % smaller.
const TABLES: [CParameter; 2] = [CParameter::HashLog(15), CParameter::ChainLog(14)];

/// The largest document, in bytes: a guide has at most 16 MiB.
const MAX_SIZE: u64 = 128 << 20;

/// The longest description of a guide, in bytes, that is stored once for it.
const MAX_ABOUT: usize = 4096;

/// Why compressing fails, as any allocation may.
const NO_MEMORY: &str = "compressing fails only for want of memory";

/// The stored part of a document.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    /// The guide's title, tags, category and language, where they are too long to be in the column.
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
    /// `None`, if it is what the guide and the question make it.
    id: Option<u64>,
    question: &'a str,
    answer: &'a str,
    place: Option<Place>,
    #[serde(borrow)]
    payload: Option<&'a str>,
}

/// The guide's title, tags and category; and its language, if it has one.
#[derive(Default, Serialize, Deserialize)]
struct About(
    String,
    Vec<String>,
    Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<String>,
);

fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn strings(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// The part that all documents of a guide share.
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
            document.language.clone(),
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
        let About(title, tags, category, language) = &self.about;
        (&self.path, title, tags, category, language)
            == (
                &document.guide,
                &document.guide_title,
                &document.tags,
                &document.category,
                &document.language,
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
        id: (document.id != usual).then(|| document.id.bits()),
        question: &document.question,
        answer: &document.answer,
        place: document.place,
        payload: document.payload.as_deref(),
    };
    postcard::to_allocvec(&stored).expect("strings and numbers can be written")
}

fn decode(fields: &[u8], guide: &str, line: u64) -> Option<QaDocument> {
    let stored: Stored = postcard::from_bytes(fields).ok()?;
    let path = path_of(guide).to_owned();
    let about = stored.about.or(guide.get(path.len() + 1..));
    let About(guide_title, tags, category, language) = serde_json::from_str(about?).ok()?;
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
        language,
        id: match stored.id {
            Some(bits) => DocId::from_bits(bits),
            None => DocId::new(&path, stored.question, 0),
        },
        guide: path,
        question: stored.question.to_owned(),
        place: stored.place,
        payload: stored.payload.map(str::to_owned),
    })
}

/// Returns a dictionary for documents like these; `None`, if they are too few.
pub(crate) fn train(documents: &[QaDocument]) -> Option<Dictionary> {
    // None of them is of such a guide that its description would be stored with it.
    let encode = |document| encode(document, &Guide::default());
    let samples: Vec<Vec<u8>> = documents.iter().map(encode).collect();
    Dictionary::train(&samples)
}

/// Packs documents.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
    /// The output, reused by each call.
    packed: Vec<u8>,
}

impl Packer {
    pub(crate) fn new(dictionary: &Dictionary) -> Packer {
        let compressor = Compressor::with_dictionary(LEVEL, dictionary.bytes());
        let mut compressor = compressor.expect(NO_MEMORY);
        for table in TABLES {
            compressor.set_parameter(table).expect(NO_MEMORY);
        }
        Packer {
            compressor,
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

/// Returns the document that `packed` was made of, in whose columns stand `guide` and `line`;
/// `None`, if of none.
pub(crate) fn unpack(
    dictionaries: &Dictionaries,
    packed: &[u8],
    guide: &str,
    line: u64,
) -> Option<QaDocument> {
    thread_local! {
        static CONTEXT: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
    }
    let dictionary = dictionaries.named(get_dict_id_from_frame(packed)?)?;
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
        documents.push(documents[0].clone().with_language("de"));
        documents.push(documents[0].clone().with_payload("https://example.org/a"));
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
            let unpacked = unpack(&dictionaries, packed, alone.column(), line);
            assert_eq!(unpacked.as_ref(), Some(&document));
            let guide = Guide::of(&document, true);
            let packed = packer.pack(&document, &guide);
            let guide = guide.column();
            assert_eq!(path_of(guide), document.guide);
            assert_eq!(unpack(&dictionaries, packed, guide, line), Some(document));
            assert_eq!(unpack(&dictionaries, &packed[1..], guide, line), None);
            assert_eq!(
                unpack(&dictionaries, &packed[..packed.len() - 1], guide, line),
                None
            );
        }
        assert_eq!(unpack(&dictionaries, b"", "", 1), None);
    }
}
