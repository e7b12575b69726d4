//! Guides that may have changed -> their records and entries.
//!
//! Reading, splitting and finding the terms takes about as long as what the index does with the
//! result, in its one thread. So guides are read by a few threads, and handed on in their order:
//! whatever the number of threads, the same index is written.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    num::NonZero,
    sync::{Arc, Mutex, PoisonError, mpsc::channel},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tantivy::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Error, Guide, QaDocument, Result,
    guide::{format, walk::GuideFile},
    panics,
    split::{Split, split, tags::Vocabulary},
    store::{Store, dictionary::Dictionary, records::Record},
    update::{
        entry::{EntryBuilder, MAX_WORDS, Origin},
        in_flight::{InFlight, Permit},
    },
};

/// A file written this shortly before it was read may change again without a change of its time,
/// where files have times in whole seconds, and where they have finer ones.
const RACY: Duration = Duration::from_secs(2);
const FINELY_RACY: Duration = Duration::from_millis(100);

/// The most threads that read guides: the one that writes the index keeps no more of them busy.
const MAX_READERS: usize = 4;

/// The most [weight](GuideFile::weight) of a guide that one of them reads; a larger one is read by the thread
/// that takes them. Memory that a thread frees is not at once another's: four of them would hold four times
/// what the largest guide takes.
const MAX_READ: u64 = 1 << 20;

/// The entries of a larger guide that are taken at once: all of them may take as much as its blocks.
const PART: usize = 1000;

/// A guide's file, and its record in the index.
pub(super) struct Candidate<'a> {
    pub(super) file: &'a GuideFile,
    pub(super) before: Option<Record>,
    /// Whether the record is out of date though the guide is the same.
    pub(super) is_stale: bool,
}

/// The outcome of reading a guide.
pub(super) enum Finding {
    /// Its text is as it was; its file may be another.
    Same { record: Record },
    /// This is to replace all that the index holds of it.
    New { record: Record, entries: Entries },
    /// These are to replace it; more will come.
    Part(Entries),
    /// It cannot be read, so it is no guide any more.
    Unreadable(String),
    /// It cannot be read at this moment, for a reason that may pass.
    Unread(String),
}

/// Entries of a guide.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) entries: Vec<TantivyDocument>,
    /// The number of the guide's entries that came before.
    pub(super) before: usize,
}

/// Takes the first entries of a guide before the rest is made.
type TakePart<'a> = &'a mut dyn FnMut(Entries);

/// Reads `candidates`, and gives the outcome of each to `take`, in their order, with the permit that
/// is to be held until it is indexed.
///
/// # Errors
///
/// Also fails as `take` does, after which nothing more is read, and with [`Error::Index`] if no thread
/// can be started.
pub(super) fn read_guides(
    candidates: &[Candidate<'_>],
    vocabulary: &Vocabulary,
    store: &Store,
    dictionary: &Dictionary,
    in_flight: &Arc<InFlight>,
    mut take: impl FnMut(&Candidate<'_>, Finding, Arc<Permit>) -> Result<()>,
) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let readers = cores.min(MAX_READERS).min(candidates.len());
    // They are admitted in their order, so that the one that is taken next never waits for another.
    let queue = Mutex::new(candidates.iter().enumerate());
    let next = || {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, candidate) = queue.next()?;
        let permit = in_flight.admit(candidate.file.weight())?;
        Some((number, candidate, permit))
    };
    let new_entries = || EntryBuilder::new(store.fields(), dictionary, Origin::Guides);
    let new_reader = || Reader {
        vocabulary,
        new_entries: &new_entries,
        entries: new_entries(),
    };
    let (sender, receiver) = channel();
    thread::scope(|scope| {
        for number in 0..readers {
            let (sender, next, new_reader) = (sender.clone(), &next, &new_reader);
            let run = move || {
                let mut reader = new_reader();
                while let Some((number, candidate, permit)) = next() {
                    let is_read = candidate.file.weight() <= MAX_READ;
                    let finding = is_read.then(|| reader.read(candidate, None));
                    if sender.send((number, finding, permit)).is_err() {
                        break;
                    }
                }
            };
            match thread::Builder::new().spawn_scoped(scope, run) {
                Ok(_) => {}
                // Fewer read as well.
                Err(_) if number > 0 => break,
                Err(error) => return Err(store.failed()(error.into())),
            }
        }
        drop(sender);
        let _no_reader_waits = EndOnDrop(in_flight);
        let mut ahead = BTreeMap::new();
        let mut own_reader = None;
        for (number, candidate) in candidates.iter().enumerate() {
            let (finding, permit) = loop {
                if let Some(next) = ahead.remove(&number) {
                    break next;
                }
                match receiver.recv() {
                    Ok((read, finding, permit)) => ahead.insert(read, (finding, permit)),
                    // No reader ends before the last candidate.
                    Err(_) => return Ok(()),
                };
            };
            let permit = Arc::new(permit);
            let finding = match finding {
                Some(finding) => finding,
                None => {
                    let mut taken = Ok(());
                    let mut take_part = |part| {
                        if taken.is_ok() {
                            taken = take(candidate, Finding::Part(part), Arc::clone(&permit));
                        }
                    };
                    let reader = own_reader.get_or_insert_with(new_reader);
                    let finding = reader.read(candidate, Some(&mut take_part));
                    taken?;
                    finding
                }
            };
            take(candidate, finding, permit)?;
        }
        Ok(())
    })
}

/// Lets the readers end, however the scope of their threads is left.
struct EndOnDrop<'a>(&'a InFlight);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Reads guides, one after the other.
struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    new_entries: &'a dyn Fn() -> EntryBuilder,
    entries: EntryBuilder,
}

impl Reader<'_> {
    /// Returns the outcome of reading a guide, whatever happens meanwhile.
    fn read(&mut self, candidate: &Candidate<'_>, take_part: Option<TakePart<'_>>) -> Finding {
        let read = panics::catch(|| read(candidate, self.vocabulary, &mut self.entries, take_part));
        read.unwrap_or_else(|panic| {
            self.entries = (self.new_entries)();
            Finding::Unreadable(format!("is left out, for an error of hotseat: {panic}"))
        })
    }
}

/// Reads one guide, if it may be another than before.
fn read(
    candidate: &Candidate<'_>,
    vocabulary: &Vocabulary,
    builder: &mut EntryBuilder,
    mut take_part: Option<TakePart<'_>>,
) -> Finding {
    let file = candidate.file;
    // What is written while the guide is split must not be taken for what was read.
    let is_racy = is_racy(file, SystemTime::now());
    let bytes = match file.read() {
        Ok(bytes) => bytes,
        Err(error) if may_pass(&error) => return Finding::Unread(cannot_be_read(&error)),
        Err(error) => return Finding::Unreadable(cannot_be_read(&error)),
    };
    #[cfg(test)]
    assert!(!bytes.starts_with(b"Panic!"), "asked for");
    // Another command may read another text.
    let by = file
        .converter
        .as_ref()
        .map_or(0, |converter| converter.hash());
    let hash = xxh3_64(&bytes) ^ by;
    let modified = if is_racy { 0 } else { file.modified };
    if let Some(before) = &candidate.before
        && !candidate.is_stale
        && before.hash == hash
    {
        let size = file.size;
        let record = Record {
            size,
            modified,
            ..before.clone()
        };
        return Finding::Same { record };
    }
    let guide = match &file.converter {
        None => Guide::from_bytes(&file.path, &bytes),
        Some(converter) => match converter.convert(&file.absolute) {
            Ok(output) => Guide::from_program(&file.path, &output),
            Err(message) => return not_converted(candidate, hash, modified, message),
        },
    };
    drop(bytes);
    let is_draft = guide.front_matter.draft;
    let split = (!is_draft).then(|| Split::of(&guide));
    // A file whose name says little of it is a guide if it asks something.
    let asks = split.as_ref().is_some_and(Split::asks);
    let is_none = guide.is_none || format::is_doubtful(&file.path) && !asks;
    let warnings = guide.warnings.iter();
    let mut warnings: Vec<_> = warnings.map(|w| (w.line, w.message.clone())).collect();
    let mut entries = Entries::default();
    if let Some(split) = split.filter(|_| !is_none) {
        split.each(|mut document| {
            vocabulary.infer(&mut document);
            entries.entries.push(match asks {
                true => builder.entry_of_questions(&document),
                false => builder.entry(&document),
            });
            if builder.lacks_words() {
                let message =
                    format!("is found by the first {MAX_WORDS} different words of an answer");
                warnings.push((Some(document.line), message));
            }
            if let Some(take) = take_part.as_mut().filter(|_| entries.entries.len() == PART) {
                let before = entries.before + PART;
                let rest = Entries {
                    before,
                    ..Entries::default()
                };
                take(std::mem::replace(&mut entries, rest));
            }
        });
    }
    let record = Record {
        path: file.path.clone(),
        size: file.size,
        modified,
        hash,
        documents: match is_draft {
            true => Record::DRAFT,
            false if is_none => Record::NO_GUIDE,
            false => (entries.before + entries.entries.len()) as u64,
        },
        warnings,
        tags: match is_draft {
            true => Vec::new(),
            false => guide.front_matter.tags,
        },
    };
    Finding::New { record, entries }
}

/// Returns the outcome for a file that its program does not read: what it read last stays. It is tried
/// again when the file or the command changes, or all guides are read again.
fn not_converted(candidate: &Candidate<'_>, hash: u64, modified: u64, message: String) -> Finding {
    let file = candidate.file;
    let before = candidate.before.clone().filter(|_| !candidate.is_stale);
    let is_kept = before.is_some();
    let record = Record {
        size: file.size,
        modified,
        hash,
        warnings: vec![(None, message)],
        ..before.unwrap_or_else(|| Record {
            path: file.path.clone(),
            size: 0,
            modified: 0,
            hash: 0,
            documents: Record::NO_GUIDE,
            warnings: Vec::new(),
            tags: Vec::new(),
        })
    };
    match is_kept {
        true => Finding::Same { record },
        false => Finding::New {
            record,
            entries: Entries::default(),
        },
    }
}

/// Returns the warning about a guide that `error` kept from being read.
fn cannot_be_read(error: &Error) -> String {
    let cause = std::error::Error::source(error);
    let cause = cause.map_or_else(|| error.to_string(), ToString::to_string);
    format!("cannot be read: {cause}")
}

/// Returns whether a guide may be read another time that `error` kept from being read: the disk, the
/// network or this process failed, and not the guide.
pub(super) fn may_pass(error: &Error) -> bool {
    match error {
        Error::ReadGuide { source, .. } => crate::files::may_pass(source),
        _ => false,
    }
}

/// Returns documents of about `bytes` of guides, taken evenly from the whole content folder.
pub(super) fn sample(guides: &[GuideFile], bytes: u64) -> Vec<QaDocument> {
    let all: u64 = guides.iter().map(|guide| guide.size).sum();
    let every = (all / bytes).max(1) as usize;
    let mut left = bytes;
    // What a program reads is not worth running it twice.
    let guides = guides.iter().filter(|guide| guide.converter.is_none());
    let guides = guides.step_by(every).filter(|guide| {
        let rest = left.checked_sub(guide.weight());
        left = rest.unwrap_or(left);
        rest.is_some()
    });
    // Whatever cannot be read is reported when it is indexed.
    let read = guides.filter_map(|file| {
        let text = file.read().ok()?;
        panics::catch(|| split(&Guide::from_bytes(&file.path, &text))).ok()
    });
    read.flatten().collect()
}

/// Returns whether `file` is the one that `record` is of, by its size and time.
pub(super) fn is_same_file(file: &GuideFile, record: &Record) -> bool {
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

/// Returns the tags that each guide declares: of one that is as it was those in its `known` record.
pub(super) fn declared_tags<'k>(
    guides: &[GuideFile],
    known: &'k BTreeMap<String, Record>,
) -> Vec<Cow<'k, [String]>> {
    let tags = |guide: &GuideFile| {
        let record = known.get(&guide.path);
        if let Some(record) = record.filter(|record| is_same_file(guide, record)) {
            return Cow::Borrowed(&*record.tags);
        }
        match panics::catch(|| guide.read_tags()) {
            Ok(Ok(tags)) => Cow::Owned(tags),
            Ok(Err(error)) if crate::files::may_pass(&error) => {
                Cow::Borrowed(record.map_or(&[][..], |record| &record.tags))
            }
            // A guide that cannot be read declares nothing; the warning comes when it is indexed.
            _ => Cow::Owned(Vec::new()),
        }
    };
    guides.iter().map(tags).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{Index, Query};

    #[test]
    fn a_panic_costs_the_guide_that_it_is_in() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir(&content).unwrap();
        for number in 0..9 {
            let text = format!("## What is tea {number}?\n\nLeaves.\n");
            fs::write(content.join(format!("{number}.md")), text).unwrap();
        }
        let index = Index::open_or_build(&content, folder.path().join("index")).unwrap();
        fs::write(content.join("4.md"), "Panic!\n").unwrap();
        fs::write(content.join("5.md"), "## What is coffee?\n\nBeans.\n").unwrap();
        for updated in [index.update(&content), index.rebuild(&content)] {
            let summary = updated.unwrap();
            assert_eq!((summary.documents, summary.skipped), (8, 1));
            let warnings: Vec<String> = summary.warnings.iter().map(|w| w.to_string()).collect();
            let expected = "4.md: is left out, for an error of hotseat: asked for, at ";
            assert!(
                warnings.len() == 1 && warnings[0].starts_with(expected),
                "{warnings:?}"
            );
            let found = index.search(&Query::new("coffee")).unwrap();
            assert_eq!(found.hits[0].guide, "5.md");
        }
        fs::write(content.join("4.md"), "## What is tea?\n\nLeaves.\n").unwrap();
        assert_eq!(index.update(&content).unwrap().added, 1);
    }

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
                absolute: "a.md".into(),
                depth: 1,
                path: "a.md".to_owned(),
                size: 0,
                modified: (second + written).as_nanos() as u64,
                converter: None,
            };
            let read = UNIX_EPOCH + second + Duration::from_millis(read);
            assert_eq!(is_racy(&file, read), is_so, "{written:?} {read:?}");
        }
    }
}
