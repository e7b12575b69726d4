//! The folders of an index: which are hotseat's, and which content folder it is of.
//!
//! An index folder holds one folder for each format of hotseat, such as `v7`. Whatever else stands in
//! them is somebody else's and is never touched: a file is hotseat's if a sealed `meta.json` or the
//! journal of a writer lists it. Files are deleted one by one and never through a link.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    files::make_folder,
    store::{
        directory::{self, JOURNAL, LOCK, META, META_LOCK, NEXT_META},
        failure::unusable,
        manifest::{self, Manifest},
        schema::FORMAT,
    },
};

/// Returns the name of the folder of this format.
pub(crate) fn format_name() -> String {
    format!("v{FORMAT}")
}

/// Returns the folder of this format in the folder `index`.
pub(crate) fn format_folder(index: &Path) -> PathBuf {
    index.join(format_name())
}

/// Makes the folder of this format in the folder `index`, unless that holds something else.
pub(super) fn prepare(index: &Path) -> Result<PathBuf> {
    let path = format_folder(index);
    let is_ours = is_ours(index, is_format_folder).map_err(unusable(index))?
        && is_folder_of_this_format(&path).map_err(unusable(index))?;
    if !is_ours {
        return Err(Error::ForeignIndex {
            path: index.to_owned(),
        });
    }
    make_folder(&path).map_err(unusable(index))?;
    Ok(path)
}

/// Returns whether an index may be made in `folder`, or replaced.
fn is_folder_of_this_format(folder: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(folder) {
        Ok(found) if !found.is_dir() => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        found => {
            found?;
        }
    }
    let meta = || match read_file(&folder.join(META)) {
        Ok(meta) => Some(manifest::is_ours(&meta)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => Some(false),
    };
    if let Some(is_ours) = meta() {
        return Ok(is_ours);
    }
    // A writer was killed before there was an index, or makes it just now: then files come and go, and what
    // is in them is looked at after their names.
    let are_ours = is_ours(folder, |name| {
        is_left_over(name) || [META, NEXT_META].contains(&name)
    })?;
    Ok(are_ours && directory::is_next_meta_ours(folder) && meta().unwrap_or(true))
}

/// Returns whether `folder` holds nothing but what `ours` names, or is missing.
fn is_ours(folder: &Path, ours: impl Fn(&str) -> bool) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    for entry in entries {
        if !entry?.file_name().to_str().is_some_and(&ours) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns whether `name` may stand in an index folder: a format, or what keeps the folder in git.
fn is_format_folder(name: &str) -> bool {
    let format = name.strip_prefix('v');
    format.is_some_and(|number| number.parse::<u32>().is_ok())
        || matches!(name, ".gitkeep" | ".gitignore")
}

/// The extensions of the files of tantivy's segments.
const SEGMENT_EXTENSIONS: [&str; 8] = [
    "idx",
    "pos",
    "term",
    "store",
    "fast",
    "fieldnorm",
    "del",
    "temp",
];

/// Returns whether `name` may stand where an index is to be made: a damaged one may have left it.
fn is_left_over(name: &str) -> bool {
    is_index_file(name) || [LOCK, META_LOCK, JOURNAL].contains(&name)
}

/// Returns whether `name` is like that of a file of a segment, or of a side file. None is deleted for
/// its name alone.
pub(super) fn is_index_file(name: &str) -> bool {
    let (start, extension) = name.split_once('.').unwrap_or((name, ""));
    let extension = extension.rsplit('.').next().unwrap_or_default();
    let is_segment = start.len() == 32 && SEGMENT_EXTENSIONS.contains(&extension);
    let is_side_file = start.len() == 16 && !extension.is_empty();
    let is_hex = start.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex && (is_segment || is_side_file)
}

/// Removes the indexes of the formats before this one, which their programs can build again. Returns
/// the files and folders that are not theirs, relative to the index folder.
pub(crate) fn remove_older_formats(index: &Path) -> Vec<String> {
    let mut left = Vec::new();
    for format in 0..FORMAT {
        let name = format!("v{format}");
        let folder = index.join(&name);
        if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
            continue;
        }
        let meta = read_file(&folder.join(META)).unwrap_or_default();
        if let Some(manifest) = Manifest::parse(&meta) {
            for file in manifest.files.keys().filter(|file| is_index_file(file)) {
                remove_file(&folder.join(file));
            }
            for lock in [LOCK, META_LOCK] {
                if is_lock(&folder.join(lock)) {
                    remove_file(&folder.join(lock));
                }
            }
            remove_file(&folder.join(META));
        }
        // Fails unless it is empty.
        if fs::remove_dir(&folder).is_err() {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            left.extend(entries.map(|entry| format!("{name}/{}", entry.file_name().display())));
        }
    }
    left.sort_unstable();
    left
}

/// Begins the note in a lock, which the number of the process follows.
pub(super) const HOLDER: &str = "hotseat ";

/// Returns whether `file` is a lock: empty, or with the number of the process that holds it, which is
/// all that the locks of older formats have.
pub(super) fn is_lock(file: &Path) -> bool {
    is_note(file) || read_file(file).is_ok_and(|note| is_number(&note))
}

/// Returns whether `file` is empty, or with the note of a process that holds the lock.
pub(super) fn is_note(file: &Path) -> bool {
    read_file(file).is_ok_and(|note| {
        let number = note.strip_prefix(HOLDER.as_bytes());
        note.is_empty() || number.is_some_and(is_number)
    })
}

fn is_number(line: &[u8]) -> bool {
    let number = line.strip_suffix(b"\n").unwrap_or(line);
    number.len() <= LONGEST_NUMBER && number.iter().all(u8::is_ascii_digit)
}

/// The digits of the largest number of a process.
const LONGEST_NUMBER: usize = 10;

/// Removes a regular file; returns whether there is none any more. One that cannot be removed does no
/// harm.
pub(super) fn remove_file(file: &Path) -> bool {
    match fs::symlink_metadata(file) {
        Ok(found) if found.is_file() => fs::remove_file(file).is_ok(),
        Ok(_) => true,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Opens a regular file of an index: not what a link names, and nothing that is waited for.
pub(super) fn open_file(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    crate::files::open_regular(options, path).map_err(|error| name_cause(path, error))
}

/// Returns an error that names the file, where the error is not the system's and tells what it is.
fn name_cause(path: &Path, error: io::Error) -> io::Error {
    match (error.raw_os_error(), path.file_name()) {
        (None, Some(name)) => io::Error::other(format!("{}: {error}", name.display())),
        _ => error,
    }
}

/// Reads a regular file; see [`open_file`].
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(File::options().read(true), path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads the regular file that `path` names, by itself or by a link.
pub(super) fn read_named(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    crate::files::open_named(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The folder whose guides an index holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ContentFolder {
    /// The path that it had, without links.
    pub(crate) path: PathBuf,
    /// The numbers of its device and file, where the system has them.
    pub(crate) file: Option<(u64, u64)>,
    /// The way to it from the index folder, which stays when both are moved or copied together.
    pub(crate) from_index: PathBuf,
}

impl ContentFolder {
    /// Returns the folder at `content`, as an index in the folder `index` remembers it.
    pub(crate) fn find(content: &Path, index: Option<&Path>) -> io::Result<ContentFolder> {
        let is_here = content.as_os_str().is_empty();
        let path = fs::canonicalize(if is_here { Path::new(".") } else { content })?;
        let index = match index {
            Some(index) => fs::canonicalize(index)?,
            None => PathBuf::new(),
        };
        Ok(ContentFolder {
            file: identity(&fs::metadata(&path)?),
            from_index: way(&index, &path),
            path,
        })
    }

    /// Returns the folder's path, if it is there, as seen from the index folder that remembers it.
    pub(crate) fn locate(&self, index: Option<&Path>) -> PathBuf {
        let moved = index.map(|index| index.join(&self.from_index));
        let moved = moved.and_then(|moved| fs::canonicalize(moved).ok());
        moved.unwrap_or_else(|| self.path.clone())
    }

    /// Returns whether `other` is the same folder: by its path, by what it is, or as it stands to
    /// the index.
    pub(crate) fn is(&self, other: &ContentFolder) -> bool {
        self.path == other.path
            || (self.file.is_some() && self.file == other.file)
            || (self.from_index.is_relative() && self.from_index == other.from_index)
    }
}

/// Returns the way from the folder `from` to the folder `to`; `to` itself, if they have nothing in
/// common.
fn way(from: &Path, to: &Path) -> PathBuf {
    let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    // The root alone says nothing: it is common to whatever is copied elsewhere.
    if common <= 1 {
        return to.to_owned();
    }
    let up = from.iter().skip(common).map(|_| "..".as_ref());
    up.chain(to.iter().skip(common)).collect()
}

#[cfg(unix)]
fn identity(folder: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((folder.dev(), folder.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_may_stand_beside_an_index() {
        let ours = [
            ".tantivy-writer.lock",
            &format!("{:032x}.idx", 7),
            &format!("{:032x}.12.del", 7),
            &format!("{:016x}.dict", 7),
        ];
        assert!(ours.into_iter().all(is_left_over));
        let others = ["notes.md", "meta.json.bak", "idx", ".tmpA1"];
        let photo = format!("{:032x}.jpg", 7);
        let mut others = others.into_iter().chain([&*photo]);
        assert!(others.all(|name| !is_left_over(name)));
        assert!(["v3", "v12", ".gitkeep"].into_iter().all(is_format_folder));
        let mut others = ["v", "vim", "src"].into_iter();
        assert!(others.all(|name| !is_format_folder(name)));
    }

    #[test]
    fn a_way_leads_from_one_folder_to_another() {
        let cases = [
            ("/a/index", "/a/content", "../content"),
            ("/a/index", "/a/b/c", "../b/c"),
            ("/a/index", "/a", ".."),
            ("/a/index", "/b/c", "/b/c"),
        ];
        for (from, to, expected) in cases {
            assert_eq!(way(from.as_ref(), to.as_ref()), Path::new(expected));
        }
    }
}
