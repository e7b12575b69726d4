//! The folder of an index, as tantivy reads and writes it: each byte under a checksum, and locks
//! that need no permission to write.
//!
//! tantivy keeps a checksum in its segment files, though not of the whole of them, and none in
//! `meta.json`, which says what segments there are. Here `meta.json` begins with two keys more,
//! which tantivy passes over: a checksum of all that follows it, and one for each file of its
//! segments. So it is the list of all that the index depends on, and replacing it replaces the
//! index. tantivy's own list, `.managed.json`, would be a second one, and is not kept.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use fs4::fs_std::FileExt;
use serde::Deserialize;
use tantivy::{
    Directory,
    directory::{
        AntiCallToken, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK,
        MmapDirectory, OwnedBytes, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
    },
    index::SegmentId,
};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// The file that says what the index is made of.
pub(crate) const META: &str = "meta.json";

/// Where tantivy would list the files it made.
const MANAGED: &str = ".managed.json";

/// What each commit carries, with the checksum of the dictionary that the index has, if it has one:
/// an index without it was never built to the end.
const COMPLETE: &str = "complete";

/// What the files of dictionaries end with; before it stands the checksum.
const DICTIONARY: &str = ".dict";

/// What replaces `meta.json` in one step. Only the holder of the writer's lock writes it.
const NEXT_META: &str = ".tmp-meta.json";

/// How long a writer's lock is tried for. A process that starts another one shares its open files
/// with it for a moment, and its lock with them, even if it lets go of it meanwhile.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// A folder with a tantivy index.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    files: MmapDirectory,
    written: Arc<Mutex<Written>>,
}

/// What this process wrote.
#[derive(Debug, Default)]
struct Written {
    /// The checksum of each file.
    checksums: BTreeMap<String, u64>,
    /// Why writing failed. tantivy keeps the causes of what fails in its threads to itself.
    failure: Option<io::Error>,
}

/// A file that is not what it was when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The file's name.
    pub(crate) file: String,
    /// What is wrong with it.
    pub(crate) what: String,
}

/// What a check read, and found.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) flaws: Vec<Flaw>,
    /// What the last commit says of the index, if it was ever built to the end.
    pub(crate) built: Option<Built>,
}

/// What is said of an index that was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Built {
    /// The checksum of the dictionary that its documents are packed with, if it is its own.
    pub(crate) dictionary: Option<u64>,
}

impl Built {
    /// Returns what a commit carries.
    pub(crate) fn payload(self) -> String {
        match self.dictionary {
            Some(checksum) => format!("{COMPLETE} {}", hex(checksum)),
            None => COMPLETE.to_owned(),
        }
    }

    pub(crate) fn read(payload: &str) -> Option<Built> {
        let checksum = payload.strip_prefix(COMPLETE)?.trim();
        Some(Built {
            dictionary: u64::from_str_radix(checksum, 16).ok(),
        })
    }

    /// Returns whether `name` is the file of its dictionary.
    fn has(self, name: &str) -> bool {
        let own = self.dictionary.map(dictionary_file);
        own.as_deref() == Some(name)
    }
}

fn dictionary_file(checksum: u64) -> String {
    format!("{}{DICTIONARY}", hex(checksum))
}

/// What an index is made of.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    /// The checksum of each file, in hexadecimal digits.
    files: BTreeMap<String, String>,
    payload: Option<String>,
}

/// A segment as `meta.json` has it.
#[derive(Debug, Deserialize)]
struct Segment {
    segment_id: String,
    deletes: Option<Deletes>,
}

/// The state of a segment's deletions, by which their file is named.
#[derive(Debug, Deserialize)]
struct Deletes {
    opstamp: u64,
}

impl Folder {
    /// Opens the folder at `path`, which exists.
    pub(crate) fn open(path: &Path) -> io::Result<Folder> {
        let files = MmapDirectory::open(path).map_err(|error| match error {
            OpenDirectoryError::IoError { io_error, .. } => copy(&io_error),
            error => io::Error::other(error),
        })?;
        Ok(Folder {
            path: path.to_owned(),
            files,
            written: Arc::default(),
        })
    }

    /// Returns the index folder, in which this is the folder of one format.
    pub(crate) fn index(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// Returns whether an index was begun here.
    pub(crate) fn has_index(path: &Path) -> bool {
        path.join(META).is_file()
    }

    /// Returns whether there is an index of tantivy here that hotseat did not make.
    pub(crate) fn is_foreign(path: &Path) -> bool {
        let meta = fs::read(path.join(META)).unwrap_or_default();
        let meta: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(&meta).unwrap_or_default();
        // One key alone may be damaged.
        !meta.is_empty() && !meta.contains_key("checksum") && !meta.contains_key("files")
    }

    /// Removes the index, so that there is none. The caller holds the writer's lock.
    pub(crate) fn remove_index(&self) -> io::Result<()> {
        fs::remove_file(self.path.join(META))
    }

    /// Returns why writing failed, if it did since this was last asked.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        self.written().failure.take()
    }

    /// Returns the process that holds the writer's lock, as it noted itself.
    pub(crate) fn holder(&self) -> Option<u32> {
        let noted = fs::read_to_string(self.path.join(&INDEX_WRITER_LOCK.filepath));
        noted.ok()?.trim().parse().ok()
    }

    /// Compares every byte that the index depends on with its checksum, unless its files are
    /// larger than `most` together.
    pub(crate) fn check(&self, most: u64) -> io::Result<Checked> {
        self.check_files(most, |_| true)
    }

    /// Compares every byte of some segments with its checksum.
    pub(crate) fn check_segments(&self, segments: &[SegmentId]) -> io::Result<Checked> {
        let ids: Vec<String> = segments.iter().map(SegmentId::uuid_string).collect();
        let is_theirs = |file: &str| ids.iter().any(|id| file.starts_with(id));
        self.check_files(u64::MAX, is_theirs)
    }

    fn check_files(&self, most: u64, is_asked: impl Fn(&str) -> bool) -> io::Result<Checked> {
        loop {
            let meta = fs::read(self.path.join(META))?;
            let checked = self.check_against(&meta, most, &is_asked);
            // Files that a writer replaced meanwhile are gone, and nothing is wrong with that.
            if checked.flaws.is_empty() || fs::read(self.path.join(META))? == meta {
                return Ok(checked);
            }
        }
    }

    fn check_against(&self, meta: &[u8], most: u64, is_asked: impl Fn(&str) -> bool) -> Checked {
        let mut checked = Checked {
            files: 1,
            bytes: meta.len() as u64,
            flaws: Vec::new(),
            built: None,
        };
        let Some(manifest) = Manifest::read(meta) else {
            checked.flaws.push(Flaw {
                file: META.to_owned(),
                what: OTHER_CONTENT.to_owned(),
            });
            return checked;
        };
        checked.built = manifest.built();
        if most < u64::MAX {
            let mut left = most;
            for file in manifest.files.keys() {
                let length = fs::metadata(self.path.join(file)).map_or(0, |file| file.len());
                match left.checked_sub(length) {
                    Some(rest) => left = rest,
                    None => return checked,
                }
            }
        }
        let mut buffer = vec![0; 32 << 10];
        let asked = manifest
            .files
            .into_iter()
            .filter(|(file, _)| is_asked(file));
        for (file, checksum) in asked {
            checked.files += 1;
            let what = match checksum_of(&self.path.join(&file), &mut buffer) {
                Ok((found, length)) => {
                    checked.bytes += length;
                    if hex(found) == checksum {
                        continue;
                    }
                    OTHER_CONTENT.to_owned()
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => "is missing".to_owned(),
                Err(error) => format!("cannot be read: {error}"),
            };
            checked.flaws.push(Flaw { file, what });
        }
        checked
    }

    /// Removes the files that belong to no index of now: of commits past, and of writers that were
    /// killed. The caller holds the writer's lock.
    pub(crate) fn sweep(&self) {
        // Readers that have just read the `meta.json` of before open their files under this lock.
        drop(self.acquire_lock(&META_LOCK));
        let Some(manifest) = self.manifest() else {
            return;
        };
        let Ok(entries) = fs::read_dir(&self.path) else {
            return;
        };
        let is_litter = |name: &str| {
            name.starts_with(".tmp")
                || name == MANAGED
                || (is_index_file(name) && !manifest.files.contains_key(name))
        };
        let mut litter = entries
            .flatten()
            .filter(|entry| entry.file_name().to_str().is_some_and(is_litter))
            .peekable();
        // Should the machine fail now, it must not be that what replaces the files is lost.
        if litter.peek().is_some() && self.sync_directory().is_ok() {
            for entry in litter {
                // Litter that cannot be removed does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Returns what the index is made of; `None` if there is none, or it is damaged.
    fn manifest(&self) -> Option<Manifest> {
        Manifest::read(&fs::read(self.path.join(META)).ok()?)
    }

    /// Returns the bytes of the dictionary with that `checksum`; `None`, if they cannot be read, or
    /// are not as they were written.
    pub(crate) fn dictionary(&self, checksum: u64) -> Option<OwnedBytes> {
        let file = self.files.open_read(dictionary_file(checksum).as_ref());
        let bytes = file.ok()?.read_bytes().ok()?;
        (xxh3_64(&bytes) == checksum).then_some(bytes)
    }

    /// Writes the dictionary with that `checksum`, to be part of the index by the commit that names
    /// it.
    pub(crate) fn write_dictionary(&self, checksum: u64, bytes: &[u8]) -> io::Result<()> {
        let file = dictionary_file(checksum);
        // The one that is there may be in use.
        if fs::read(self.path.join(&file)).ok().as_deref() != Some(bytes) {
            self.replace(&file, bytes)?;
        }
        self.written().checksums.insert(file, checksum);
        Ok(())
    }

    /// Returns the checksums of the files of `segments` and of what was `built`, by name.
    fn checksums(&self, segments: &[Segment], built: Option<Built>) -> BTreeMap<String, String> {
        let before = self.manifest().unwrap_or_default();
        let written = self.written();
        let new = written.checksums.iter();
        let new = new.map(|(name, checksum)| (name.clone(), hex(*checksum)));
        let is_needed = |name: &str| {
            let of_index = built.is_some_and(|built| built.has(name));
            of_index || segments.iter().any(|segment| segment.has(name))
        };
        let all = before.files.into_iter().chain(new);
        all.filter(|(name, _)| is_needed(name)).collect()
    }

    fn replace(&self, file: &str, content: &[u8]) -> io::Result<()> {
        let next = self.path.join(NEXT_META);
        let mut writing = File::create(&next)?;
        writing.write_all(content)?;
        writing.sync_data()?;
        fs::rename(next, self.path.join(file))
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        // It holds whole values at any moment.
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const OTHER_CONTENT: &str = "is not as it was written";

impl Manifest {
    /// Reads `meta.json`, unless it is not what was written.
    fn read(meta: &[u8]) -> Option<Manifest> {
        is_sealed(meta).then(|| serde_json::from_slice(meta).ok())?
    }

    fn built(&self) -> Option<Built> {
        Built::read(self.payload.as_deref()?)
    }
}

/// Returns whether `meta.json` is as it was written.
fn is_sealed(meta: &[u8]) -> bool {
    let sealed = meta.strip_prefix(CHECKSUM_KEY);
    sealed
        .and_then(|sealed| sealed.split_at_checked(16))
        .is_some_and(|(checksum, rest)| hex(xxh3_64(rest)).as_bytes() == checksum)
}

/// How `meta.json` begins: 16 digits and all that the checksum is of follow.
const CHECKSUM_KEY: &[u8] = b"{\"checksum\":\"";

/// Returns tantivy's `meta.json` with the checksums `files`, and its own.
fn seal(meta: &[u8], files: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let fields = meta.strip_prefix(b"{").ok_or(io::ErrorKind::InvalidData)?;
    let files = serde_json::to_vec(files)?;
    let rest = [b"\",\"files\":", files.as_slice(), b",", fields].concat();
    let checksum = hex(xxh3_64(&rest));
    Ok([CHECKSUM_KEY, checksum.as_bytes(), rest.as_slice()].concat())
}

impl Segment {
    /// Returns whether `name` is one of the segment's files as it is now.
    fn has(&self, name: &str) -> bool {
        let mut parts = name.split('.');
        let id = self.segment_id.replace('-', "");
        if parts.next() != Some(&id) {
            return false;
        }
        match (name.ends_with(".del"), &self.deletes) {
            (false, _) => !name.ends_with(".temp"),
            (true, Some(now)) => parts.next() == Some(&now.opstamp.to_string()),
            (true, None) => false,
        }
    }
}

/// Returns whether `name` is what the files of an index are called: those of tantivy's segments, and
/// dictionaries.
pub(crate) fn is_index_file(name: &str) -> bool {
    let start = name.split('.').next().unwrap_or_default();
    let is_dictionary = name.strip_suffix(DICTIONARY) == Some(start) && start.len() == 16;
    (start.len() == 32 || is_dictionary) && start.bytes().all(|b| b.is_ascii_hexdigit())
}

fn hex(checksum: u64) -> String {
    format!("{checksum:016x}")
}

/// Returns the checksum of a file, and its length.
fn checksum_of(file: &Path, buffer: &mut [u8]) -> io::Result<(u64, u64)> {
    let mut file = File::open(file)?;
    let mut checksum = Xxh3Default::new();
    let mut length = 0;
    loop {
        match file.read(buffer) {
            Ok(0) => return Ok((checksum.digest(), length)),
            Ok(read) => {
                checksum.update(&buffer[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.written().checksums.remove(&*path.to_string_lossy());
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self.files.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.written().failure = Some(copy(io_error));
            }
        })?;
        Ok(BufWriter::new(Box::new(Summed {
            name: path.to_string_lossy().into_owned(),
            file,
            checksum: Xxh3Default::new(),
            written: Arc::clone(&self.written),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        let read = self.files.atomic_read(path)?;
        if path == Path::new(META) && !is_sealed(&read) {
            let damaged = io::Error::new(io::ErrorKind::InvalidData, OTHER_CONTENT);
            return Err(OpenReadError::wrap_io_error(damaged, path.to_owned()));
        }
        Ok(read)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path == Path::new(MANAGED) {
            return Ok(());
        }
        let new: Meta = serde_json::from_slice(data)?;
        let built = new.payload.as_deref().and_then(Built::read);
        let sealed = seal(data, &self.checksums(&new.segments, built))?;
        self.replace(META, &sealed)
            .inspect_err(|error| self.written().failure = Some(copy(error)))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    /// Takes a lock that ends with the process, if not before.
    ///
    /// The one that readers wait for is only read where it cannot be written; where it cannot be
    /// read either, there is nobody who could take it.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let path = self.path.join(&lock.filepath);
        let mut writable = File::options();
        let opened = writable.write(true).create(true).truncate(false);
        if lock.is_blocking {
            let opened = opened.open(&path).or_else(|error| {
                if is_read_only(&error) {
                    File::open(&path).map_err(|_| error)
                } else {
                    Err(error)
                }
            });
            return Ok(match opened {
                Ok(file) => {
                    file.lock_exclusive().map_err(LockError::wrap_io_error)?;
                    DirectoryLock::from(Box::new(file))
                }
                Err(error) if is_read_only(&error) => DirectoryLock::from(Box::new(())),
                Err(error) => return Err(LockError::wrap_io_error(error)),
            });
        }
        let file = opened.open(&path).map_err(LockError::wrap_io_error)?;
        for _ in 0..LOCK_TRIES {
            if file
                .try_lock_exclusive()
                .map_err(LockError::wrap_io_error)?
            {
                return Ok(DirectoryLock::from(Box::new(Held::note(file))));
            }
            thread::sleep(LOCK_PAUSE);
        }
        Err(LockError::LockBusy)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// A `meta.json` that has no checksums yet.
#[derive(Deserialize)]
struct Meta {
    segments: Vec<Segment>,
    payload: Option<String>,
}

/// The writer's lock, with a note of who holds it.
struct Held(File);

impl Held {
    fn note(mut file: File) -> Held {
        // Without the note, others are told that somebody writes, but not who.
        let _ = file
            .set_len(0)
            .and_then(|()| writeln!(file, "{}", process::id()));
        Held(file)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // The next holder notes itself in any case.
        let _ = self.0.set_len(0);
    }
}

/// Returns whether nothing can be written where `error` was met.
pub(crate) fn is_read_only(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
    )
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
    written: Arc<Mutex<Written>>,
}

impl Summed {
    fn note<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.failure = Some(copy(error));
        })
    }
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes);
        let count = self.note(count)?;
        self.checksum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.note(flushed)
    }
}

impl TerminatingWrite for Summed {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let ended = self.file.terminate_ref(token);
        self.note(ended)?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written
            .checksums
            .insert(self.name.clone(), self.checksum.digest());
        Ok(())
    }
}
