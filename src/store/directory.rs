//! The [`ChecksummedDirectory`]: the folder of an index as tantivy reads and writes it, with each byte
//! under a checksum.
//!
//! tantivy keeps a checksum in its segment files, though not of the whole of them, and none in
//! `meta.json`. Here `meta.json` is sealed and lists the checksum of each file (see
//! [`manifest`](super::manifest)), so replacing it replaces the index.
//!
//! Files that belong to no commit, of writers that were killed and of commits past, are listed in the
//! writer's journal before they are made, or before they are needed no longer. What neither lists is
//! not hotseat's. tantivy's own list, `.managed.json`, is not kept.
//!
//! Readers take no lock. Should a file be gone that the `meta.json` that they read lists, there is
//! another `meta.json` by then, and they read again: see
//! [`while_replaced`](ChecksummedDirectory::while_replaced).

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use fs4::fs_std::FileExt;
use tantivy::{
    Directory,
    directory::{
        AntiCallToken, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, MmapDirectory,
        OwnedBytes, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
    },
    index::SegmentId,
};
use xxhash_rust::xxh3::Xxh3Default;

use crate::store::{
    check::{self, Checked, WRONG_CHECKSUM},
    layout::{self, is_index_file, open_file, read_file, read_named, remove_file},
    manifest::{self, Manifest, SideFile, hex},
};

/// The file that says what the index is made of.
pub(super) const META: &str = "meta.json";

/// The file in which tantivy would list the files it made.
const MANAGED: &str = ".managed.json";

/// The lock of the one writer, and the one that readers of formats before this one took.
pub(super) const LOCK: &str = ".tantivy-writer.lock";
pub(super) const META_LOCK: &str = ".tantivy-meta.lock";

/// Lists the files of a writer, one on each line after the first, that may belong to no commit.
pub(super) const JOURNAL: &str = ".hotseat-journal";
const JOURNAL_BEGIN: &str = "Files that hotseat may delete if meta.json does not list them:\n";

/// The file that replaces `meta.json` in one step. Only the holder of the writer's lock writes it.
pub(super) const NEXT_META: &str = ".next-meta.json";

/// The time that a writer's lock is tried for. A process that starts another one shares its open
/// files with it for a moment, and its lock with them, even if it lets go of it meanwhile.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The folder of an index of this format.
#[derive(Debug, Clone)]
pub(crate) struct ChecksummedDirectory {
    path: PathBuf,
    files: MmapDirectory,
    writes: Arc<Mutex<Writes>>,
}

/// The files that this process wrote.
#[derive(Debug, Default)]
struct Writes {
    /// The checksum of each file.
    checksums: BTreeMap<String, u64>,
    /// Why writing failed. tantivy keeps the causes of what fails in its threads to itself.
    failure: Option<io::Error>,
}

impl ChecksummedDirectory {
    /// Opens the folder at `path`, which exists.
    pub(super) fn open(path: &Path) -> io::Result<ChecksummedDirectory> {
        let files = MmapDirectory::open(path).map_err(|error| match error {
            OpenDirectoryError::IoError { io_error, .. } => copy(&io_error),
            error => io::Error::other(error),
        })?;
        Ok(ChecksummedDirectory {
            path: path.to_owned(),
            files,
            writes: Arc::default(),
        })
    }

    /// Returns the index folder, in which this is the folder of one format.
    pub(super) fn index(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// Returns whether an index was begun here.
    pub(super) fn has_index(path: &Path) -> bool {
        path.join(META).is_file()
    }

    /// Removes the index, so that there is none. The caller holds the writer's lock.
    pub(super) fn remove_index(&self) -> io::Result<()> {
        let before = self.manifest()?;
        self.journal(before.files.keys().map(String::as_str))?;
        match fs::remove_file(self.path.join(META)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Returns why writing failed, if it did since this was last asked.
    pub(super) fn take_failure(&self) -> Option<io::Error> {
        self.writes().failure.take()
    }

    /// Returns the process that holds the writer's lock, as it noted itself.
    pub(super) fn holder(&self) -> Option<u32> {
        let note = read_file(&self.path.join(LOCK)).ok()?;
        let note = String::from_utf8(note).ok()?;
        note.strip_prefix(layout::HOLDER)?.trim().parse().ok()
    }

    /// Returns `meta.json` as it is now.
    pub(super) fn meta(&self) -> Option<Vec<u8>> {
        read_named(&self.path.join(META)).ok()
    }

    /// Returns whether `meta.json` is somebody else's, and not a damaged one.
    pub(super) fn is_foreign(&self) -> bool {
        self.meta().is_some_and(|meta| !manifest::is_ours(&meta))
    }

    /// Reads by `read`, again as long as that fails and a writer has replaced the index meanwhile: its
    /// files of before are gone then, and nothing is wrong with that.
    pub(super) fn while_replaced<T, E>(&self, read: impl Fn() -> Result<T, E>) -> Result<T, E> {
        loop {
            let before = self.meta();
            let done = read();
            if done.is_ok() || self.meta() == before {
                return done;
            }
        }
    }

    /// Compares every byte that the index depends on with its checksum, unless its files are
    /// larger than `most` together.
    pub(crate) fn check(&self, most: u64) -> io::Result<Checked> {
        self.check_files(most, |_| true)
    }

    /// Compares every byte of some segments with its checksum.
    pub(super) fn check_segments(&self, segments: &[SegmentId]) -> io::Result<Checked> {
        let ids: Vec<String> = segments.iter().map(SegmentId::uuid_string).collect();
        let is_theirs = |file: &str| ids.iter().any(|id| file.starts_with(id));
        self.check_files(u64::MAX, is_theirs)
    }

    fn check_files(&self, most: u64, is_asked: impl Fn(&str) -> bool) -> io::Result<Checked> {
        loop {
            let meta = read_named(&self.path.join(META))?;
            let checked = check::check(&self.path, &meta, most, &is_asked);
            // Files that a writer replaced meanwhile are gone, and nothing is wrong with that.
            if checked.damage.is_empty() || read_named(&self.path.join(META))? == meta {
                return Ok(checked);
            }
        }
    }

    /// Removes the files that the journal lists and the index does not need. The caller holds the
    /// writer's lock.
    pub(super) fn sweep(&self) {
        let Some(journal) = self.read_journal() else {
            return;
        };
        let needed = match read_file(&self.path.join(META)) {
            Ok(meta) => match Manifest::parse(&meta) {
                Some(manifest) => manifest.files,
                None => return,
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(_) => return,
        };
        // Should the machine fail now, it must not be that what replaces the files is lost.
        if self.files.sync_directory().is_ok() {
            let is_litter = |file: &&str| {
                (is_index_file(file) || *file == NEXT_META) && !needed.contains_key(*file)
            };
            let mut is_clean = true;
            for file in journal.lines().filter(is_litter) {
                is_clean &= remove_file(&self.path.join(file));
            }
            // What could not be removed is tried again next time.
            if is_clean {
                remove_file(&self.path.join(JOURNAL));
            }
        }
    }

    fn read_journal(&self) -> Option<String> {
        read_journal(&self.path)
    }

    /// Adds `files` to the journal: from now on they may belong to no commit.
    fn journal<'a>(&self, files: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        let mut lines = String::new();
        for file in files {
            lines += file;
            lines.push('\n');
        }
        if lines.is_empty() {
            return Ok(());
        }
        let path = self.path.join(JOURNAL);
        // Whole lines of earlier writers are kept.
        let lines = match (self.read_journal(), read_file(&path)) {
            (Some(before), _) => format!("{JOURNAL_BEGIN}{before}{lines}"),
            (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                format!("{JOURNAL_BEGIN}{lines}")
            }
            (None, Ok(other)) if JOURNAL_BEGIN.as_bytes().starts_with(&other) => {
                format!("{JOURNAL_BEGIN}{lines}")
            }
            (None, Ok(_)) => return Err(foreign(JOURNAL)),
            (None, Err(error)) => return Err(error),
        };
        let mut file = open_file(File::options().write(true).create(true), &path)?;
        file.write_all(lines.as_bytes())?;
        file.set_len(lines.len() as u64)
    }

    /// Returns what the index is made of: of nothing if there is none, or it is damaged.
    fn manifest(&self) -> io::Result<Manifest> {
        match read_file(&self.path.join(META)) {
            Ok(meta) => Ok(Manifest::parse(&meta).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
            Err(error) => Err(error),
        }
    }

    /// Returns the bytes of a side file of the kind `name`; `None`, if they cannot be read, or do not
    /// match their checksum.
    pub(super) fn side_file(&self, name: &str, file: &SideFile) -> Option<OwnedBytes> {
        let read = self.files.open_read(file.file_name(name).as_ref());
        let bytes = read.ok()?.read_bytes().ok()?;
        (SideFile::of(&bytes) == *file).then_some(bytes)
    }

    /// Writes a side file of the kind `name`, to be part of the index by the commit that lists it.
    pub(super) fn write_side_file(&self, name: &str, bytes: &[u8]) -> io::Result<SideFile> {
        let file = SideFile::of(bytes);
        let file_name = file.file_name(name);
        // The one that is there may be in use.
        if read_file(&self.path.join(&file_name)).ok().as_deref() != Some(bytes) {
            self.journal([&*file_name])?;
            self.replace(&file_name, bytes)?;
        }
        self.writes().checksums.insert(file_name, file.checksum);
        Ok(file)
    }

    /// Replaces `meta.json`, with the checksums that are known of the files it needs.
    fn replace_meta(&self, meta: &[u8]) -> io::Result<()> {
        let before = self.manifest()?.files;
        let mut known = before.clone();
        let new = self.writes().checksums.clone();
        known.extend(
            new.into_iter()
                .map(|(name, checksum)| (name, hex(checksum))),
        );
        let sealed = manifest::seal(meta, known)?;
        let after = Manifest::parse(&sealed).unwrap_or_default().files;
        let outdated = before.keys().filter(|file| !after.contains_key(*file));
        self.journal(outdated.map(String::as_str))?;
        self.replace(META, &sealed)
    }

    fn replace(&self, file: &str, content: &[u8]) -> io::Result<()> {
        let next = self.path.join(NEXT_META);
        if fs::symlink_metadata(&next).is_ok() {
            // One that a killed writer left.
            if !is_next_meta_ours(&self.path) {
                return Err(foreign(NEXT_META));
            }
            remove_file(&next);
        }
        if !lists(self.read_journal(), NEXT_META) {
            self.journal([NEXT_META])?;
        }
        let mut writing = File::options().write(true).create_new(true).open(&next)?;
        let written = writing
            .write_all(content)
            .and_then(|()| writing.sync_data())
            .and_then(|()| fs::rename(&next, self.path.join(file)));
        if written.is_err() {
            remove_file(&next);
        }
        written
    }

    /// Keeps a failure, to be told as the cause of what fails by it.
    fn keep_failure<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| self.writes().failure = Some(copy(error)))
    }

    fn writes(&self) -> MutexGuard<'_, Writes> {
        // It holds whole values at any moment.
        self.writes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the names that the journal in `folder` lists, one on each line; `None` if there is none.
fn read_journal(folder: &Path) -> Option<String> {
    let journal = read_file(&folder.join(JOURNAL)).ok()?;
    let names = String::from_utf8(journal).ok()?;
    let names = names.strip_prefix(JOURNAL_BEGIN)?;
    // The last line may be cut, as the writer was killed or the disk is full.
    let end = names.rfind('\n').map_or(0, |end| end + 1);
    Some(names[..end].to_owned())
}

fn lists(journal: Option<String>, file: &str) -> bool {
    journal.is_some_and(|journal| journal.lines().any(|name| name == file))
}

/// Returns whether what would have replaced `meta.json` in `folder`, if there is any, is of a writer
/// that was killed: the journal lists it, or it holds nothing but what hotseat writes.
pub(super) fn is_next_meta_ours(folder: &Path) -> bool {
    match read_file(&folder.join(NEXT_META)) {
        Ok(next) => lists(read_journal(folder), NEXT_META) || manifest::is_ours(&next),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Returns the error that a file of somebody else stands where one of hotseat's belongs.
fn foreign(file: &str) -> io::Error {
    io::Error::other(format!("{file} was not made by hotseat; move it elsewhere"))
}

impl Directory for ChecksummedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        // Opening a pipe would wait for somebody to write to it.
        if fs::metadata(self.path.join(path)).is_ok_and(|found| !found.is_file()) {
            let error = io::Error::other("is not a regular file");
            return Err(OpenReadError::wrap_io_error(error, path.to_owned()));
        }
        self.files.get_file_handle(path).inspect_err(|error| {
            if let OpenReadError::IoError { io_error, .. } = error {
                self.writes().failure = Some(copy(io_error));
            }
        })
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.writes().checksums.remove(&*path.to_string_lossy());
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let name = path.to_string_lossy().into_owned();
        let journaled = self.keep_failure(self.journal([&*name]));
        journaled.map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file = self.files.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.writes().failure = Some(copy(io_error));
            }
        })?;
        Ok(BufWriter::new(Box::new(Summed {
            name,
            file,
            checksum: Xxh3Default::new(),
            directory: self.clone(),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        let read = self.files.atomic_read(path)?;
        if path == Path::new(META) && !manifest::is_sealed(&read) {
            let damaged = io::Error::new(io::ErrorKind::InvalidData, WRONG_CHECKSUM);
            return Err(OpenReadError::wrap_io_error(damaged, path.to_owned()));
        }
        Ok(read)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path == Path::new(MANAGED) {
            return Ok(());
        }
        self.keep_failure(self.replace_meta(data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.keep_failure(self.files.sync_directory())
    }

    /// Takes the writer's lock, which ends with the process, if not before. Readers need none, so the
    /// other one is taken in name only.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath != INDEX_WRITER_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(())));
        }
        let path = self.path.join(LOCK);
        let file = open_file(File::options().read(true).write(true).create(true), &path);
        let file = self.keep_failure(file).map_err(LockError::wrap_io_error)?;
        for _ in 0..LOCK_TRIES {
            let locked = self.keep_failure(file.try_lock_exclusive());
            if locked.map_err(LockError::wrap_io_error)? {
                if !layout::is_lock(&path) {
                    return Err(LockError::wrap_io_error(foreign(LOCK)));
                }
                let may_note = layout::is_note(&path);
                return Ok(DirectoryLock::from(Box::new(Held::note(file, may_note))));
            }
            thread::sleep(LOCK_PAUSE);
        }
        Err(LockError::LockBusy)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// The writer's lock, with a note of who holds it.
struct Held {
    file: File,
    /// Whether the note is there. A number alone is left as it is: it may be of somebody else.
    is_noted: bool,
}

impl Held {
    fn note(mut file: File, may_note: bool) -> Held {
        // Without the note, others are told that somebody writes, but not who.
        let is_noted = may_note
            && file
                .set_len(0)
                .and_then(|()| writeln!(file, "{}{}", layout::HOLDER, process::id()))
                .is_ok();
        Held { file, is_noted }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.is_noted {
            // The next holder notes itself in any case.
            let _ = self.file.set_len(0);
        }
    }
}

/// Returns an error that says the same.
pub(crate) fn copy(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// A file that is being written, and its checksum so far.
struct Summed {
    name: String,
    file: WritePtr,
    checksum: Xxh3Default,
    directory: ChecksummedDirectory,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes);
        let count = self.directory.keep_failure(count)?;
        self.checksum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.directory.keep_failure(flushed)
    }
}

impl TerminatingWrite for Summed {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let ended = self.file.terminate_ref(token);
        self.directory.keep_failure(ended)?;
        let checksum = self.checksum.digest();
        self.directory
            .writes()
            .checksums
            .insert(self.name.clone(), checksum);
        Ok(())
    }
}
