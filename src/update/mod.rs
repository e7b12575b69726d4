//! A content folder -> an index that holds its guides, in one [`Transaction`].
//!
//! The state of each guide that an update compares with is kept in the index as well, so there is no
//! second file to disagree with it. An update is one commit: readers see the state before or after
//! it.

pub(crate) mod entry;
pub(crate) mod in_flight;
mod merge;
mod read_guides;
pub(crate) mod transaction;
pub(crate) mod writer;

use std::{
    collections::BTreeMap,
    io,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use log::debug;
use serde::Serialize;

use crate::{
    Error, Result, Warning,
    guide::{
        format,
        source::Source,
        walk::{self, Content, GuideFile},
    },
    split::tags::Vocabulary,
    store::{
        Store,
        dictionary::{self, Dictionary},
        layout::{self, ContentFolder},
        manifest::CommitInfo,
        packed,
        records::{self, Record},
    },
    update::{
        in_flight::Permit,
        read_guides::{
            Candidate, Entries, Finding, declared_tags, is_same_file, read_guides, sample,
        },
        transaction::{Extent, Transaction},
    },
};

/// The smallest content, in bytes, for which a dictionary is worth having: smaller ones would not
/// make up for its size.
const MIN_TRAINED: u64 = 4 << 20;

/// The text that a dictionary is trained on, in bytes, and the share of the content that it is in
/// between: it is read before all else, and more makes the index hardly smaller. Of 8 MB, twice as much
/// takes 6 % of a build more, and makes the index 1 % smaller.
const SAMPLE: RangeInclusive<u64> = 256 << 10..=2 << 20;
const SHARE: u64 = 32;

/// The outcome of an update. Each guide is counted once, a renamed one as removed and added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UpdateSummary {
    /// The number of guides that are new in the index.
    pub added: usize,
    /// The number of guides whose text changed.
    pub changed: usize,
    /// The number of guides that are no longer in the index.
    pub removed: usize,
    /// The number of guides that did not change.
    pub unchanged: usize,
    /// The number of guides that could not be read; a warning gives the reason.
    pub skipped: usize,
    /// The number of skipped guides, and of folders, that could not be read for a reason that may
    /// pass, such as a failing disk or network. The index keeps what it held of them before.
    pub postponed: usize,
    /// The number of guides that are marked as drafts, and left out.
    pub drafts: usize,
    /// The number of files that are not guides, by their extension.
    pub unread: BTreeMap<String, usize>,
    /// The number of documents in the index now.
    pub documents: usize,
    /// The warnings about the guides, changed or not, by guide and line.
    pub warnings: Vec<Warning>,
    /// Files in the folders of older formats that are not hotseat's and were left there, relative to
    /// the index folder.
    pub left: Vec<String>,
    /// The time it took, in milliseconds.
    pub took_ms: u64,
}

/// The progress of an update through the guides of the content folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The number of guides that are done, changed or not.
    pub guides: usize,
    /// The number of all guides.
    pub guides_total: usize,
    /// The size of the guides that are done, in bytes.
    pub bytes: u64,
    /// The size of all guides, in bytes.
    pub bytes_total: u64,
}

/// Brings the index in `store` up to date with the folder `content`; reads all guides anew, in place
/// of whatever the index holds, if its extent is a rebuild.
pub(crate) fn update(
    store: &Store,
    content: &Source,
    extent: Extent,
    progress: &dyn Fn(&Progress),
) -> Result<UpdateSummary> {
    let began = Instant::now();
    let before = store.last_commit()?;
    let ignores = content
        .respects_ignore_files()
        .or(before.map(|commit| !commit.reads_ignored));
    let ignores = ignores.unwrap_or(true);
    let found = walk::walk(content.clone().ignore_files(ignores))?;
    let converters = content.converters_hash();
    let content = &*content.folder();
    debug!(
        "walked {}: guides: {}",
        content.display(),
        found.guides.len()
    );
    let folder = ContentFolder::find(content, store.path());
    let folder = folder.map_err(|source| Error::ReadContent {
        path: content.to_owned(),
        source,
    })?;
    let transaction = Transaction::begin(store, extent)?;
    let mut summary = write(
        transaction,
        content,
        found,
        Reading {
            folder,
            reads_ignored: !ignores,
            converters,
        },
        extent,
        progress,
    )?;
    summary.documents = store.read(|snapshot| snapshot.count())?;
    summary
        .warnings
        .sort_by(|a, b| (&a.guide, a.line).cmp(&(&b.guide, b.line)));
    summary.took_ms = began.elapsed().as_millis() as u64;
    Ok(summary)
}

/// The way the guides of a folder are read, as the index remembers it.
struct Reading {
    folder: ContentFolder,
    reads_ignored: bool,
    /// A number for the programs that convert files.
    converters: u64,
}

fn write(
    mut transaction: Transaction<'_>,
    content: &Path,
    found: Content,
    reading: Reading,
    extent: Extent,
    progress: &dyn Fn(&Progress),
) -> Result<UpdateSummary> {
    let Reading {
        folder,
        reads_ignored,
        converters,
    } = reading;
    let store = transaction.store;
    let is_rebuild = extent == Extent::Rebuild;
    let mut known = match known(store) {
        // It is replaced, so nothing need be known of it.
        Err(_) if is_rebuild => BTreeMap::new(),
        known => known?,
    };
    let before = transaction.before.clone();
    let is_first = before.is_none();
    let remembered = before.as_ref().and_then(|before| before.content.as_ref());
    if let Some(remembered) = remembered
        && !remembered.is(&folder)
        && !known.is_empty()
    {
        return Err(other_content(store, remembered.path.clone(), folder.path));
    }
    let (mut commit, dictionary) = match before.filter(|_| !is_rebuild) {
        Some(before) => {
            let dictionary = store.dictionary(&before)?;
            (before, dictionary)
        }
        None => new_dictionary(store, &found.guides)?,
    };
    let mut is_written = is_rebuild
        || is_first
        || commit.content.as_ref() != Some(&folder)
        || commit.reads_ignored != reads_ignored;
    commit.content = Some(folder);
    commit.reads_ignored = reads_ignored;
    // Then all that is converted is looked at again; what the same command reads stays.
    let are_other_converters = commit.converters != converters;
    is_written |= are_other_converters;
    commit.converters = converters;
    if is_rebuild {
        transaction.delete_all()?;
    }
    let mut summary = UpdateSummary {
        skipped: found.warnings.len(),
        unread: found.unread,
        warnings: found.warnings,
        ..UpdateSummary::default()
    };
    let mut done = Progress {
        guides_total: found.guides.len(),
        bytes_total: found.guides.iter().map(|guide| guide.size).sum(),
        ..Progress::default()
    };
    let mut tell = |file: &GuideFile| {
        done.guides += 1;
        done.bytes += file.size;
        progress(&done);
    };
    let tags_before = Vocabulary::new(known.values().flat_map(|record| &record.tags));
    let mut kept = BTreeMap::new();
    for (path, message) in found.unlisted {
        // The guides below it may be there as they were.
        let all = std::mem::take(&mut known).into_iter();
        let (mut below, others): (BTreeMap<_, _>, _) =
            all.partition(|(guide, _)| walk::is_below(guide, &path));
        if is_rebuild && !below.is_empty() {
            return Err(unread(&content.join(&path), message));
        }
        known = others;
        kept.append(&mut below);
        summary.postpone(&path, message);
    }
    kept.values().for_each(|record| summary.leave(record));
    let tags = declared_tags(&found.guides, &known);
    let tags_kept = kept.values().flat_map(|record| &record.tags);
    let tags_found = tags.iter().flat_map(|tags| tags.iter());
    let vocabulary = Vocabulary::new(tags_found.chain(tags_kept));
    drop(tags);
    let is_same_vocabulary = vocabulary == tags_before;
    let mut candidates = Vec::new();
    // Both are in the order of their paths.
    let mut known = known.into_iter().peekable();
    let mut gone = Vec::new();
    for file in &found.guides {
        gone.extend(std::iter::from_fn(|| {
            known.next_if(|(path, _)| *path < file.path)
        }));
        let before = known.next_if(|(path, _)| *path == file.path);
        let before = before.map(|(_, record)| record);
        // What a guide without tags names may be a tag by now.
        let is_untagged = before.as_ref().is_some_and(|before| before.tags.is_empty());
        // A program is not run again for tags that others declare.
        let is_own = file.converter.is_none();
        let is_stale = is_rebuild || (is_untagged && is_own && !is_same_vocabulary);
        let is_looked_at = is_stale || (!is_own && are_other_converters);
        match &before {
            Some(before) if !is_looked_at && is_same_file(file, before) => {
                summary.leave(before);
                tell(file);
            }
            _ => candidates.push(Candidate {
                file,
                before,
                is_stale,
            }),
        }
    }
    gone.extend(known);
    // A deletion takes more than a kilobyte until the commit, so there is none where nothing is replaced.
    let replaces = !is_rebuild && !store.segments()?.is_empty();
    let in_flight = Arc::clone(&transaction.in_flight);
    read_guides(
        &candidates,
        &vocabulary,
        store,
        &dictionary,
        &in_flight,
        |candidate, finding, permit| {
            let is_last = !matches!(finding, Finding::Part(_));
            is_written |= write_guide(
                &mut transaction,
                candidate,
                finding,
                &permit,
                is_rebuild,
                replaces,
                &mut summary,
            )?;
            if is_last {
                tell(candidate.file);
            }
            Ok(())
        },
    )?;
    is_written |= !gone.is_empty();
    for (path, record) in &gone {
        debug!("{path} is gone");
        summary.removed += usize::from(record.is_guide());
        transaction.delete_guide(path);
    }
    if is_written {
        transaction.commit(&commit)?;
    }
    if is_first && let Some(index) = store.path() {
        summary.left = layout::remove_older_formats(index);
    }
    Ok(summary)
}

/// Writes the outcome of reading a guide, in place of the entries of that guide if it `replaces` any;
/// returns whether there was anything to write.
fn write_guide(
    transaction: &mut Transaction<'_>,
    candidate: &Candidate<'_>,
    finding: Finding,
    permit: &Arc<Permit>,
    is_rebuild: bool,
    replaces: bool,
    summary: &mut UpdateSummary,
) -> Result<bool> {
    let path = &candidate.file.path;
    let before = candidate.before.as_ref();
    match finding {
        Finding::Same { record } => {
            debug!("read {path}: the same text as before");
            summary.leave(&record);
            // The next update need not read it again.
            let is_changed = before != Some(&record);
            if is_changed {
                transaction.replace_record(&record, permit)?;
            }
            Ok(is_changed)
        }
        Finding::Part(entries) => {
            add_entries(transaction, path, entries, replaces, permit)?;
            Ok(true)
        }
        Finding::New { record, entries } => {
            debug!("read {path}: documents: {}", record.documents);
            add_entries(transaction, path, entries, replaces, permit)?;
            let record_entry = record.entry(&transaction.store.fields());
            transaction.add(record_entry, permit)?;
            summary.replace(before, &record);
            Ok(true)
        }
        Finding::Unreadable(message) => {
            transaction.delete_guide(path);
            summary.skip(path, before, message);
            Ok(before.is_some())
        }
        Finding::Unread(message) if is_rebuild && before.is_some() => {
            Err(unread(&candidate.file.absolute, message))
        }
        Finding::Unread(message) => {
            summary.postpone(path, message);
            if let Some(before) = before {
                summary.count(before);
            }
            Ok(false)
        }
    }
}

/// Adds entries of a guide, the first of which replace all that the index holds of it, if it may hold any.
fn add_entries(
    transaction: &mut Transaction<'_>,
    path: &str,
    entries: Entries,
    replaces: bool,
    permit: &Arc<Permit>,
) -> Result<()> {
    if replaces && entries.before == 0 {
        // A program's own documents of this guide's name are replaced as well.
        transaction.delete_guide(path);
    }
    for entry in entries.entries {
        transaction.add(entry, permit)?;
    }
    Ok(())
}

/// Returns the record of each guide by now: another process may have written since, and had the lock
/// until now.
fn known(store: &Store) -> Result<BTreeMap<String, Record>> {
    store.reload()?;
    store.read(records::read)
}

/// Returns the error that a rebuild would lose the guide or the folder at `path`.
fn unread(path: &Path, message: String) -> Error {
    Error::ReadGuide {
        path: path.to_owned(),
        source: io::Error::other(message),
    }
}

/// Returns the error that the index is of another folder than `content`.
fn other_content(store: &Store, content: PathBuf, other: PathBuf) -> Error {
    Error::OtherContent {
        path: store.path().map(Path::to_owned),
        content,
        other,
    }
}

/// Fails if the index in `store` holds guides of another folder than `content`. A folder that is not
/// there is none.
pub(crate) fn check_content(store: &Store, content: &Path) -> Result<()> {
    let commit = store.last_commit()?;
    if let Some(remembered) = commit.and_then(|commit| commit.content)
        && let Ok(folder) = ContentFolder::find(content, store.path())
        && !remembered.is(&folder)
        && !store.read(records::read)?.is_empty()
    {
        return Err(other_content(store, remembered.path, folder.path));
    }
    Ok(())
}

/// Returns the dictionary that `guides` are to be packed with, in an index that holds nothing else,
/// and the commit that lists it.
fn new_dictionary(store: &Store, guides: &[GuideFile]) -> Result<(CommitInfo, Arc<Dictionary>)> {
    let mut commit = CommitInfo::default();
    let all = guides.iter().map(|guide| guide.size).sum::<u64>();
    let trained_on = (all / SHARE).clamp(*SAMPLE.start(), *SAMPLE.end());
    if all >= MIN_TRAINED
        && store.path().is_some()
        && let Some(own) = packed::train(&sample(guides, trained_on))
    {
        store.add_side_file(&mut commit, dictionary::SIDE_FILE, own.bytes())?;
        return Ok((commit, Arc::new(own)));
    }
    Ok((commit, Dictionary::for_all()))
}

impl UpdateSummary {
    /// Returns whether the index holds anything other than before.
    pub fn changed_anything(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }

    /// Counts a guide that stays as it is.
    fn leave(&mut self, record: &Record) {
        self.unchanged += usize::from(record.is_guide());
        self.count(record);
    }

    /// Counts a guide by its records of `before` and `now`.
    fn replace(&mut self, before: Option<&Record>, now: &Record) {
        let there = |record: &&Record| record.is_guide();
        match (before.filter(there), Some(now).filter(there)) {
            (Some(before), Some(now)) if before.hash == now.hash => self.unchanged += 1,
            (Some(_), Some(_)) => self.changed += 1,
            (Some(_), None) => self.removed += 1,
            (None, Some(_)) => self.added += 1,
            (None, None) => {}
        }
        self.count(now);
    }

    /// Counts a guide that cannot be read any more, and removes it.
    fn skip(&mut self, guide: &str, before: Option<&Record>, message: String) {
        self.removed += usize::from(before.is_some_and(Record::is_guide));
        self.skipped += 1;
        self.warn(guide, message);
    }

    /// Counts a guide, or a folder, that cannot be read at this moment.
    fn postpone(&mut self, guide: &str, message: String) {
        self.skipped += 1;
        self.postponed += 1;
        self.warn(guide, message);
    }

    fn warn(&mut self, guide: &str, message: String) {
        self.warnings.push(Warning {
            guide: guide.to_owned(),
            line: None,
            message,
        });
    }

    /// Counts a guide's record, changed or not.
    fn count(&mut self, record: &Record) {
        self.drafts += usize::from(record.is_draft());
        if record.documents == Record::NO_GUIDE {
            *self
                .unread
                .entry(format::extension(&record.path))
                .or_default() += 1;
        }
        self.warnings.extend(record.warnings());
    }
}
