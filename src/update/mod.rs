//! The guides of a content folder, read where they changed, as what an index is to hold of them.
//!
//! Reading, splitting and finding the terms takes about as long as what the index does with the
//! result, in its one thread. So guides are read by a few threads, and handed on in their order:
//! whatever the number of threads, the same index is written.

pub(crate) mod queue;

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::mpsc::sync_channel,
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::Serialize;
use tantivy::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Error, Guide, QaDocument, Result, Warning,
    guide::walk::GuideFile,
    split::split,
    split::tags::Vocabulary,
    store::packed::Dictionary,
    store::schema::{EntryMaker, Fields, Record},
};

/// A file written this shortly before it was read may change again without a change of its time,
/// where files have times in whole seconds, and where they have finer ones.
const RACY: Duration = Duration::from_secs(2);
const FINELY_RACY: Duration = Duration::from_millis(100);

/// The most threads that read guides: the one that writes the index keeps no more of them busy.
const MAX_READERS: usize = 4;

/// How many guides each of them may be ahead; each may have 16 MiB.
const AHEAD: usize = 4;

/// What an update did. Each guide is counted once, a renamed one as removed and added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateSummary {
    /// How many guides are new in the index.
    pub added: usize,
    /// How many guides have another text than before.
    pub changed: usize,
    /// How many guides are no longer in the index.
    pub removed: usize,
    /// How many guides are as they were.
    pub unchanged: usize,
    /// How many guides could not be read; a warning says why.
    pub skipped: usize,
    /// How many guides call themselves drafts, and are left out.
    pub drafts: usize,
    /// The number of files that are no guides, by their ending.
    pub unread: BTreeMap<String, usize>,
    /// How many documents the index holds now.
    pub documents: usize,
    /// What the guides were found wanting in, changed or not, by guide and line.
    pub warnings: Vec<Warning>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// How far an update is, of the guides that are in the content folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many guides are done, changed or not.
    pub guides: usize,
    /// How many there are.
    pub of_guides: usize,
    /// How many bytes the guides have that are done.
    pub bytes: u64,
    /// How many bytes all of them have.
    pub of_bytes: u64,
}

/// A guide's file, and what an index knows of it.
pub(crate) struct Candidate<'a> {
    pub(crate) file: &'a GuideFile,
    pub(crate) before: Option<Record>,
    /// Whether what is known is out of date though the guide is the same.
    pub(crate) is_stale: bool,
}

/// What was found out about a guide.
pub(crate) enum Finding {
    /// It is as it was.
    Same,
    /// What the index holds of it is to be replaced by this.
    New {
        record: Record,
        entries: Vec<TantivyDocument>,
    },
    /// It cannot be read.
    Unreadable(Error),
}

/// Reads `candidates`, and gives what was found out about each to `take`, in their order.
///
/// # Errors
///
/// Those of `take`, after which no more is read.
pub(crate) fn read_all(
    candidates: &[Candidate<'_>],
    vocabulary: &Vocabulary,
    fields: Fields,
    dictionary: &Dictionary,
    mut take: impl FnMut(&Candidate<'_>, Finding) -> Result<()>,
) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let readers = cores.min(MAX_READERS).min(candidates.len());
    thread::scope(|scope| {
        // Reader i has every so-manieth guide from the i-th on, so that what it finds out comes in
        // the order in which it is taken.
        let findings: Vec<_> = (0..readers)
            .map(|reader| {
                let (sender, receiver) = sync_channel(AHEAD);
                scope.spawn(move || {
                    let mut entries = EntryMaker::new(fields, dictionary, true);
                    for candidate in candidates.iter().skip(reader).step_by(readers) {
                        let finding = read(candidate, vocabulary, &mut entries);
                        if sender.send(finding).is_err() {
                            break;
                        }
                    }
                });
                receiver
            })
            .collect();
        for (i, candidate) in candidates.iter().enumerate() {
            match findings[i % readers].recv() {
                Ok(finding) => take(candidate, finding)?,
                // The reader panicked, which is told when the scope ends.
                Err(_) => break,
            }
        }
        Ok(())
    })
}

/// Reads one guide, if it may be another than before.
fn read(candidate: &Candidate<'_>, vocabulary: &Vocabulary, entries: &mut EntryMaker) -> Finding {
    let file = candidate.file;
    // What is written while the guide is split must not be taken for what was read.
    let is_racy = is_racy(file, SystemTime::now());
    let bytes = match Guide::read_bytes(&file.file) {
        Ok(bytes) => bytes,
        Err(error) => return Finding::Unreadable(error),
    };
    let hash = xxh3_64(&bytes);
    let before = candidate.before.as_ref();
    if !candidate.is_stale && before.is_some_and(|before| before.hash == hash) {
        return Finding::Same;
    }
    let guide = Guide::from_bytes(&file.path, &bytes);
    let is_draft = guide.front_matter.draft;
    let mut documents = match is_draft {
        true => Vec::new(),
        false => split(&guide),
    };
    for document in &mut documents {
        vocabulary.infer(document);
    }
    let warnings = guide.warnings.into_iter();
    let record = Record {
        path: file.path.clone(),
        size: file.size,
        modified: if is_racy { 0 } else { file.modified },
        hash,
        documents: match is_draft {
            true => Record::DRAFT,
            false => documents.len() as u64,
        },
        warnings: warnings.map(|w| (w.line, w.message)).collect(),
        tags: match is_draft {
            true => Vec::new(),
            false => guide.front_matter.tags,
        },
    };
    Finding::New {
        record,
        entries: documents
            .iter()
            .map(|document| entries.entry(document))
            .collect(),
    }
}

/// Returns documents of guides from all over the content folder, about so many `bytes` of it.
pub(crate) fn sample(guides: &[GuideFile], bytes: u64) -> Vec<QaDocument> {
    let all: u64 = guides.iter().map(|guide| guide.size).sum();
    let every = (all / bytes).max(1) as usize;
    let mut left = bytes;
    let guides = guides.iter().step_by(every).filter(|guide| {
        let rest = left.checked_sub(guide.size);
        left = rest.unwrap_or(left);
        rest.is_some()
    });
    // What cannot be read is told when it is indexed.
    let read = guides.filter_map(|file| {
        let text = Guide::read_bytes(&file.file).ok()?;
        Some(split(&Guide::from_bytes(&file.path, &text)))
    });
    read.flatten().collect()
}

/// Returns whether `file` is the one that `record` is of, by its size and time.
pub(crate) fn is_same_file(file: &GuideFile, record: &Record) -> bool {
    record.modified != 0 && (record.size, record.modified) == (file.size, file.modified)
}

/// Returns whether `file` was written so shortly before `now`, when it is read, that its time proves
/// nothing.
fn is_racy(file: &GuideFile, now: SystemTime) -> bool {
    let since = Duration::from_nanos(file.modified);
    let racy = match since.subsec_nanos() {
        0 => RACY,
        _ => FINELY_RACY,
    };
    let written = UNIX_EPOCH + since;
    // A time in the future has no age.
    now.duration_since(written).map_or(true, |age| age < racy)
}

/// Returns the tags that each guide declares: of one that is as it was those that are `known`.
pub(crate) fn declared_tags(
    guides: &[GuideFile],
    known: &BTreeMap<String, Record>,
) -> Vec<Vec<String>> {
    let tags = |guide: &GuideFile| match known.get(&guide.path) {
        Some(record) if is_same_file(guide, record) => record.tags.clone(),
        // What cannot be read declares nothing; that it cannot is said when it is indexed.
        _ => Guide::read_tags(&guide.file).unwrap_or_default(),
    };
    guides.iter().map(tags).collect()
}

impl UpdateSummary {
    /// Returns whether the index holds anything else than before.
    pub fn changed_anything(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }

    /// Counts a guide that stays as it is.
    pub(crate) fn leave(&mut self, record: &Record) {
        self.unchanged += usize::from(!record.is_draft());
        self.count(record);
    }

    /// Counts a guide that was `before` what is known of it, and is `now`.
    pub(crate) fn replace(&mut self, before: Option<&Record>, now: &Record) {
        let there = |record: &&Record| !record.is_draft();
        match (before.filter(there), Some(now).filter(there)) {
            (Some(before), Some(now)) if before.hash == now.hash => self.unchanged += 1,
            (Some(_), Some(_)) => self.changed += 1,
            (Some(_), None) => self.removed += 1,
            (None, Some(_)) => self.added += 1,
            (None, None) => {}
        }
        self.count(now);
    }

    /// Counts a guide that could not be read, and was `before` what is known of it.
    pub(crate) fn skip(&mut self, guide: &str, before: Option<&Record>, error: &Error) {
        self.removed += usize::from(before.is_some_and(|before| !before.is_draft()));
        self.skipped += 1;
        let cause = std::error::Error::source(error);
        let cause = cause.map_or_else(|| error.to_string(), ToString::to_string);
        self.warnings.push(Warning {
            guide: guide.to_owned(),
            line: None,
            message: format!("cannot be read: {cause}"),
        });
    }

    /// Counts what is known of a guide, changed or not.
    fn count(&mut self, record: &Record) {
        self.drafts += usize::from(record.is_draft());
        self.warnings.extend(warnings(record));
    }
}

/// Returns the warnings that `record` holds.
pub(crate) fn warnings(record: &Record) -> Vec<Warning> {
    let warning = |(line, message): &(Option<usize>, String)| Warning {
        guide: record.path.clone(),
        line: *line,
        message: message.clone(),
    };
    record.warnings.iter().map(warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_proves_something_once_it_has_an_age() {
        let second = Duration::from_secs(1_000);
        let cases = [
            (Duration::ZERO, 1_999, true),
            (Duration::ZERO, 2_000, false),
            (Duration::from_millis(1), 100, true),
            (Duration::from_millis(1), 101, false),
            (Duration::from_millis(500), 0, true),
        ];
        for (written, read, is_so) in cases {
            let file = GuideFile {
                file: "a.md".into(),
                path: "a.md".to_owned(),
                size: 0,
                modified: (second + written).as_nanos() as u64,
            };
            let read = UNIX_EPOCH + second + Duration::from_millis(read);
            assert_eq!(is_racy(&file, read), is_so, "{written:?} {read:?}");
        }
    }
}
