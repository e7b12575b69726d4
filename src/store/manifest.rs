//! `meta.json` -> what an index is made of; and what each commit says of it.
//!
//! tantivy's `meta.json` says what segments there are. Here it begins with two keys more, which
//! tantivy passes over: a checksum of all that follows it, and one for each file. So it is the list
//! of all that the index depends on, and replacing it replaces the index. Its payload is the
//! [`CommitInfo`].

use std::{collections::BTreeMap, io};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::store::layout::ContentFolder;

/// Describes a commit. An index that has none was never built to the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitInfo {
    /// Files that the index depends on besides its segments, by what they are, such as `dict`. It is
    /// also the extension of the file's name.
    #[serde(default)]
    pub(crate) side_files: BTreeMap<String, SideFile>,
    /// The folder whose guides the index holds, if it holds any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<ContentFolder>,
    /// Whether guides that `.gitignore` and `.ignore` name are among them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) reads_ignored: bool,
    /// A number for the programs that files were converted by.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) converters: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A file beside the segments. Its name is its checksum and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SideFile {
    pub(crate) length: u64,
    pub(crate) checksum: u64,
}

impl SideFile {
    pub(crate) fn of(bytes: &[u8]) -> SideFile {
        SideFile {
            length: bytes.len() as u64,
            checksum: xxh3_64(bytes),
        }
    }

    pub(crate) fn file_name(&self, name: &str) -> String {
        format!("{}.{name}", hex(self.checksum))
    }
}

impl CommitInfo {
    /// Returns the payload of the commit.
    pub(crate) fn payload(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers have a JSON form")
    }

    pub(crate) fn parse(payload: &str) -> Option<CommitInfo> {
        serde_json::from_str(payload).ok()
    }

    fn has(&self, file: &str) -> bool {
        let mut side_files = self.side_files.iter();
        side_files.any(|(name, side_file)| side_file.file_name(name) == file)
    }
}

/// The parts of an index.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Manifest {
    /// The checksum of each file, in hexadecimal digits.
    pub(crate) files: BTreeMap<String, String>,
    payload: Option<String>,
}

/// A `meta.json` as tantivy writes it.
#[derive(Deserialize)]
struct Unsealed {
    segments: Vec<Segment>,
    payload: Option<String>,
}

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

/// The first bytes of `meta.json`; 16 digits and all that the checksum is of follow.
const CHECKSUM_KEY: &[u8] = b"{\"checksum\":\"";

/// Follows the checksum.
const FILES_KEY: &[u8] = b"\",\"files\":{";

impl Manifest {
    /// Reads `meta.json`; `None` if it does not match its seal.
    pub(crate) fn parse(meta: &[u8]) -> Option<Manifest> {
        if !is_sealed(meta) {
            return None;
        }
        serde_json::from_slice(meta).ok()
    }

    /// Returns the description of the commit, if the index was ever built to the end.
    pub(crate) fn commit(&self) -> Option<CommitInfo> {
        CommitInfo::parse(self.payload.as_deref()?)
    }
}

/// Returns whether `meta.json` is as hotseat wrote it.
pub(crate) fn is_sealed(meta: &[u8]) -> bool {
    let sealed = meta.strip_prefix(CHECKSUM_KEY);
    sealed
        .and_then(|sealed| sealed.split_at_checked(16))
        .is_some_and(|(checksum, rest)| hex(xxh3_64(rest)).as_bytes() == checksum)
}

/// Returns whether `meta.json` is hotseat's, though it may be damaged: it is cut short, or has two of
/// the three marks of one. An empty one holds nothing of anybody's.
pub(crate) fn is_ours(meta: &[u8]) -> bool {
    let has = |part: &[u8]| meta.windows(part.len()).any(|window| window == part);
    let checksum = meta.strip_prefix(CHECKSUM_KEY);
    let is_cut = checksum.is_some_and(|checksum| {
        let digits = checksum.iter().take_while(|b| b.is_ascii_hexdigit());
        let (digits, rest) = checksum.split_at(digits.count());
        rest.is_empty() || (digits.len() == 16 && FILES_KEY.starts_with(rest))
    });
    let marks = [
        checksum.is_some(),
        has(FILES_KEY),
        has(b"\"index_settings\"") && has(b"\"segments\""),
    ];
    meta.is_empty() || is_cut || marks.into_iter().filter(|mark| *mark).count() >= 2
}

/// Returns tantivy's `meta.json` with the checksums that `known` has of its files, and its own.
pub(crate) fn seal(meta: &[u8], known: BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let new: Unsealed = serde_json::from_slice(meta)?;
    let commit = new.payload.as_deref().and_then(CommitInfo::parse);
    let is_needed = |name: &str| {
        let is_side_file = commit.as_ref().is_some_and(|commit| commit.has(name));
        is_side_file || new.segments.iter().any(|segment| segment.has(name))
    };
    let known = known.into_iter();
    let files: BTreeMap<String, String> = known.filter(|(name, _)| is_needed(name)).collect();
    let fields = meta.strip_prefix(b"{").ok_or(io::ErrorKind::InvalidData)?;
    let files = serde_json::to_vec(&files)?;
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

pub(crate) fn hex(checksum: u64) -> String {
    format!("{checksum:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_read_as_it_was_written() {
        let mut commit = CommitInfo {
            side_files: BTreeMap::new(),
            content: Some(ContentFolder {
                path: "/guides".into(),
                file: Some((1, 2)),
                from_index: "../guides".into(),
            }),
            reads_ignored: true,
            converters: 7,
        };
        assert_eq!(CommitInfo::parse(&commit.payload()), Some(commit.clone()));
        let file = SideFile::of(b"words");
        commit.side_files.insert("dict".to_owned(), file);
        assert_eq!(CommitInfo::parse(&commit.payload()), Some(commit.clone()));
        assert!(commit.has(&file.file_name("dict")) && !commit.has(&file.file_name("words")));
        assert_eq!(CommitInfo::parse("complete"), None);
    }

    #[test]
    fn a_seal_lists_the_files_of_the_commit_and_no_others() {
        let id = "0123456789abcdef0123456789abcdef";
        let meta = format!(
            r#"{{"segments":[{{"segment_id":"{id}","deletes":{{"opstamp":7}}}}],"index_settings":{{}}}}"#
        );
        let known =
            ["store", "7.del", "5.del", "temp"].map(|extension| format!("{id}.{extension}"));
        let others = [format!("{:032x}.store", 1), format!("{:016x}.dict", 1)];
        let known = known.iter().chain(&others);
        let known = known.map(|name| (name.clone(), hex(1))).collect();
        let sealed = seal(meta.as_bytes(), known).unwrap();
        let files = Manifest::parse(&sealed).unwrap().files;
        let files: Vec<&String> = files.keys().collect();
        assert_eq!(files, [&format!("{id}.7.del"), &format!("{id}.store")]);
    }

    #[test]
    fn damage_breaks_the_seal_and_leaves_the_file_ours() {
        let meta = br#"{"index_settings":{},"segments":[],"schema":[],"opstamp":0}"#;
        let sealed = seal(meta, BTreeMap::new()).unwrap();
        assert!(is_sealed(&sealed) && is_ours(&sealed));
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut flipped = sealed.clone();
                flipped[at] ^= 1 << bit;
                assert!(!is_sealed(&flipped) && is_ours(&flipped), "{at} {bit}");
            }
        }
        for length in (0..sealed.len()).filter(|length| !(1..13).contains(length)) {
            assert!(is_ours(&sealed[..length]), "{length}");
        }
        for others in [
            &meta[..],
            b"my notes",
            br#"{"files":["a"],"title":"mine"}"#,
            br#"{"checksum":"ab"}"#,
        ] {
            assert!(!is_ours(others));
        }
    }
}
