//! The documents of an index, and what of them is read from its columns.

use std::{cell::OnceCell, cmp::Ordering};

use tantivy::{
    DocAddress, DocId as EntryId, Searcher, SegmentReader, TantivyDocument, TantivyError,
    columnar::{Column, StrColumn},
    error::DataCorruption,
    schema::{Field, Value},
};

use crate::{
    QaDocument,
    store::packed::{Dictionaries, path_of},
    store::schema::{Fields, column},
};

/// What a searcher sees of the documents.
pub(crate) struct Documents<'a> {
    searcher: &'a Searcher,
    document: Field,
    dictionaries: &'a Dictionaries,
    /// By segment.
    columns: Vec<Columns<'a>>,
}

impl<'a> Documents<'a> {
    pub(crate) fn new(
        searcher: &'a Searcher,
        fields: &Fields,
        dictionaries: &'a Dictionaries,
    ) -> Documents<'a> {
        Documents {
            searcher,
            document: fields.document,
            dictionaries,
            columns: searcher
                .segment_readers()
                .iter()
                .map(Columns::new)
                .collect(),
        }
    }

    /// Reads a document. That there is none is damage, as only documents have what is looked for.
    pub(crate) fn get(&self, address: DocAddress) -> tantivy::Result<QaDocument> {
        let entry: TantivyDocument = self.searcher.doc(address)?;
        let packed = entry.get_first(self.document);
        let packed = packed.and_then(|packed| packed.as_bytes());
        let columns = self.columns_of(address);
        let unpack = || {
            let guide = columns.guide(address.doc_id)?;
            let line = columns.line(address.doc_id)?;
            self.dictionaries.unpack(packed?, &guide, line)
        };
        unpack().ok_or_else(|| {
            let what = DataCorruption::comment_only("an entry holds no document");
            TantivyError::DataCorruption(what)
        })
    }

    /// Returns the columns of each segment.
    pub(crate) fn columns(&self) -> &[Columns<'a>] {
        &self.columns
    }

    /// Returns the guide's path and the line of a document.
    pub(crate) fn place(&self, address: DocAddress) -> (Option<String>, Option<u64>) {
        let columns = self.columns_of(address);
        let guide = columns.guide(address.doc_id);
        let path = guide.map(|guide| path_of(&guide).to_owned());
        (path, columns.line(address.doc_id))
    }

    fn columns_of(&self, address: DocAddress) -> &Columns<'a> {
        &self.columns[address.segment_ord as usize]
    }
}

/// The columns of a segment, opened when they are needed, which costs as much as a small search.
pub(crate) struct Columns<'a> {
    reader: &'a SegmentReader,
    guides: OnceCell<Option<StrColumn>>,
    lines: OnceCell<Option<Column<u64>>>,
}

// A column that cannot be read has no values, and then the order of documents is that of the index:
// no reason to fail before one of them is read.
impl<'a> Columns<'a> {
    fn new(reader: &'a SegmentReader) -> Columns<'a> {
        Columns {
            reader,
            guides: OnceCell::new(),
            lines: OnceCell::new(),
        }
    }

    /// Orders two documents by guide and line. The guides of a segment are numbered by their paths.
    pub(crate) fn compare(&self, a: EntryId, b: EntryId) -> Ordering {
        let place = |entry| (self.guide_number(entry), self.line(entry), entry);
        place(a).cmp(&place(b))
    }

    fn guides(&self) -> Option<&StrColumn> {
        let open = || self.reader.fast_fields().str(column::GUIDE).ok().flatten();
        self.guides.get_or_init(open).as_ref()
    }

    fn guide_number(&self, entry: EntryId) -> Option<u64> {
        self.guides()?.ords().first(entry)
    }

    /// Returns what is known of the guide of a document.
    fn guide(&self, entry: EntryId) -> Option<String> {
        let mut guide = String::new();
        let number = self.guide_number(entry)?;
        let is_found = self.guides()?.ord_to_str(number, &mut guide).ok()?;
        is_found.then_some(guide)
    }

    fn line(&self, entry: EntryId) -> Option<u64> {
        let open = || {
            let columns = self.reader.fast_fields();
            columns.column_opt(column::LINE).ok().flatten()
        };
        self.lines.get_or_init(open).as_ref()?.first(entry)
    }
}
