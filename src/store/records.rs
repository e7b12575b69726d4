//! A guide's [`Record`] <-> its entry in the index, whose columns are read all at once.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use tantivy::{
    TantivyDocument,
    columnar::{ColumnIndex, StrColumn},
};

use crate::{
    Warning,
    store::{
        schema::{self, Fields, column},
        snapshot::Snapshot,
    },
};

/// Stands among the abbreviations of each record: for a field without any term tantivy builds an
/// empty dictionary at each start, in 1 MB of memory, which is a tenth of a first search.
const NO_PAIR: &str = "";

/// The state of a guide that an update compares with, and its warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The path relative to the content folder.
    pub(crate) path: String,
    /// Size, modification time and hash of the file; the time is 0 where it proves nothing.
    pub(crate) size: u64,
    pub(crate) modified: u64,
    pub(crate) hash: u64,
    /// The number of its documents; [`Record::DRAFT`] of a draft, and
    /// [`Record::NO_GUIDE`] of what is no guide.
    pub(crate) documents: u64,
    /// Line and message of each warning.
    pub(crate) warnings: Vec<(Option<usize>, String)>,
    /// The tags that it declares.
    pub(crate) tags: Vec<String>,
}

impl Record {
    /// Stands for the number of documents of a guide that is left out as a draft.
    pub(crate) const DRAFT: u64 = u64::MAX;

    /// Stands for the number of documents of a file that turned out to be no guide.
    pub(crate) const NO_GUIDE: u64 = u64::MAX - 1;

    /// Returns whether it is of a guide that is in the index.
    pub(crate) fn is_guide(&self) -> bool {
        !matches!(self.documents, Record::DRAFT | Record::NO_GUIDE)
    }

    /// Returns whether the guide is left out as a draft.
    pub(crate) fn is_draft(&self) -> bool {
        self.documents == Record::DRAFT
    }

    /// Returns the entry that is indexed of it.
    pub(crate) fn entry(&self, fields: &Fields) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        entry.add_text(fields.guide, &self.path);
        entry.add_text(fields.path, &self.path);
        entry.add_text(fields.path, schema::record_path(&self.path));
        entry.add_u64(fields.size, self.size);
        entry.add_u64(fields.modified, self.modified);
        entry.add_u64(fields.hash, self.hash);
        entry.add_u64(fields.documents, self.documents);
        entry.add_text(fields.abbreviations, NO_PAIR);
        if !self.warnings.is_empty() {
            entry.add_text(fields.warnings, json(&self.warnings));
        }
        if !self.tags.is_empty() {
            entry.add_text(fields.declared_tags, json(&self.tags));
        }
        entry
    }

    /// Returns the warnings about the guide.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.warnings.iter().map(|(line, message)| Warning {
            guide: self.path.clone(),
            line: *line,
            message: message.clone(),
        })
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("numbers and strings have a JSON form")
}

/// Reads what [`json`] wrote; nothing of an empty text.
fn read_json<T: DeserializeOwned + Default>(text: &str) -> T {
    match text {
        "" => T::default(),
        text => serde_json::from_str(text).unwrap_or_default(),
    }
}

/// Returns the record of each guide, by path.
pub(crate) fn read(snapshot: &Snapshot<'_>) -> tantivy::Result<BTreeMap<String, Record>> {
    let mut records = Vec::new();
    for segment in snapshot.segments() {
        let columns = segment.fast_fields();
        let (Some(paths), Some(hashes)) = (
            columns.str(column::GUIDE)?,
            columns.column_opt::<u64>(column::HASH)?,
        ) else {
            continue;
        };
        let paths = Texts::read(Some(paths))?;
        let warnings = Texts::read(columns.str(column::WARNINGS)?)?;
        let tags = Texts::read(columns.str(column::DECLARED_TAGS)?)?;
        let sizes = columns.u64(column::SIZE)?;
        let times = columns.u64(column::MODIFIED)?;
        let documents = columns.u64(column::DOCUMENTS)?;
        // Few entries are records.
        let is_alive = |entry: &u32| {
            segment
                .alive_bitset()
                .is_none_or(|alive| alive.is_alive(*entry))
        };
        let entries: Box<dyn Iterator<Item = u32>> = match &hashes.index {
            ColumnIndex::Optional(records) => Box::new(records.iter_non_null_docs()),
            _ => Box::new(0..segment.max_doc()),
        };
        for entry in entries.filter(is_alive) {
            let Some(hash) = hashes.first(entry) else {
                continue;
            };
            let path = paths.of(entry);
            let record = Record {
                path: path.to_owned(),
                size: sizes.first(entry).unwrap_or(0),
                modified: times.first(entry).unwrap_or(0),
                hash,
                documents: documents.first(entry).unwrap_or(0),
                warnings: read_json(warnings.of(entry)),
                tags: read_json(tags.of(entry)),
            };
            records.push((record.path.clone(), record));
        }
    }
    // All at once, in order, is quicker than one by one.
    Ok(records.into_iter().collect())
}

/// The texts of a column, and which entry has which.
///
/// All are read at once: looked up one by one, those of 5,000 guides took three quarters of
/// an update that changes nothing.
#[derive(Default)]
struct Texts {
    column: Option<StrColumn>,
    /// The texts one behind the other, and the end of each.
    texts: String,
    ends: Vec<usize>,
}

impl Texts {
    fn read(column: Option<StrColumn>) -> tantivy::Result<Texts> {
        let Some(column) = column else {
            return Ok(Texts::default());
        };
        let mut texts = String::new();
        let mut ends = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            // Documents have more than the path of their guide, and that is not asked for.
            if !stream.key().contains(&0) {
                texts.push_str(&String::from_utf8_lossy(stream.key()));
            }
            ends.push(texts.len());
        }
        Ok(Texts {
            column: Some(column),
            texts,
            ends,
        })
    }

    /// Returns the text of an entry, empty if it has none.
    fn of(&self, entry: tantivy::DocId) -> &str {
        let number = |column: &StrColumn| column.ords().first(entry);
        let text = self.column.as_ref().and_then(number).and_then(|number| {
            let end = *self.ends.get(number as usize)?;
            let before = (number as usize).checked_sub(1);
            let start = before.map_or(0, |before| self.ends[before]);
            self.texts.get(start..end)
        });
        text.unwrap_or("")
    }
}
