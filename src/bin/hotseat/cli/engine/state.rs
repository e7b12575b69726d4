//! The state of an export: the keys of all documents, each with a hash of what was exported of it, and one of
//! what the index has stored.
//!
//! It is JSON, a document a line, so that it is written as documents go by. What is cut short is no JSON.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    marker::PhantomData,
    path::Path,
    str::FromStr,
};

use anyhow::{Context, Result};
use hotseat::{EngineKey, ExportInfo};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};

/// The state of an export.
#[derive(Debug, Deserialize)]
pub(super) struct State {
    pub(super) export: ExportInfo,
    /// In the order of the index at that time.
    #[serde(deserialize_with = "documents")]
    documents: Vec<Known>,
    /// The place after that of the document that was met last.
    #[serde(skip)]
    next: usize,
    /// The places of the documents in the order of their keys, and of their hashes in the index.
    #[serde(skip)]
    by_key: Vec<u32>,
    #[serde(skip)]
    by_stored: Vec<u32>,
    /// Which of the documents were met.
    #[serde(skip)]
    met: Vec<bool>,
}

/// A document of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) key: EngineKey,
    /// The hash of what was exported.
    pub(super) hash: u64,
    /// The hash of what the index had stored. While that is the same, the document need not be read.
    pub(super) stored: u64,
}

/// The change of a document since a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    New,
    Changed,
    None,
}

impl State {
    /// Reads the state in a file.
    pub(super) fn read(path: &Path) -> Result<State> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut state: State = serde_json::from_reader(BufReader::new(file))
            .with_context(|| format!("{} is no state of a finished export", path.display()))?;
        let documents = &state.documents;
        let count = u32::try_from(documents.len())?;
        state.by_key = (0..count).collect();
        let key = |place: &u32| documents[*place as usize].key;
        state.by_key.sort_unstable_by_key(key);
        state.by_stored = (0..count).collect();
        let stored = |place: &u32| documents[*place as usize].stored;
        state.by_stored.sort_unstable_by_key(stored);
        state.met = vec![false; documents.len()];
        Ok(state)
    }

    /// Returns the document that the index had stored with this hash, and remembers that it is there.
    pub(super) fn meet_stored(&mut self, stored: u64) -> Option<Known> {
        let of = |place: &u32| self.documents[*place as usize].stored;
        // Most documents follow the one that they followed before.
        let is_next = self.documents.get(self.next).map(|known| known.stored) == Some(stored);
        let place = match is_next {
            true => self.next,
            false => {
                let found = self.by_stored.binary_search_by_key(&stored, of).ok()?;
                self.by_stored[found] as usize
            }
        };
        self.next = place + 1;
        self.met[place] = true;
        Some(self.documents[place])
    }

    /// Returns how a document has changed, and remembers that it is there.
    pub(super) fn meet(&mut self, key: EngineKey, hash: u64) -> Change {
        let of = |place: &u32| self.documents[*place as usize].key;
        match self.by_key.binary_search_by_key(&key, of) {
            Ok(found) => {
                let place = self.by_key[found] as usize;
                self.met[place] = true;
                match self.documents[place].hash == hash {
                    true => Change::None,
                    false => Change::Changed,
                }
            }
            Err(_) => Change::New,
        }
    }

    /// Returns the documents that were not met.
    pub(super) fn gone(&self) -> impl Iterator<Item = EngineKey> {
        let documents = self.documents.iter().zip(&self.met);
        documents
            .filter(|(_, met)| !**met)
            .map(|(known, _)| known.key)
    }
}

/// Reads the documents in the order in which they were written.
fn documents<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Known>, D::Error> {
    struct Documents;
    impl<'de> Visitor<'de> for Documents {
        type Value = Vec<Known>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("keys of documents with their hashes")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut documents = Vec::new();
            while let Some((Text(key), Text(hashes))) = map.next_entry()? {
                let Hashes { hash, stored } = hashes;
                documents.push(Known { key, hash, stored });
            }
            Ok(documents)
        }
    }
    deserializer.deserialize_map(Documents)
}

/// A text that is read as it goes by: a state has two for each document.
struct Text<T>(T);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text<T>, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Read<T> {
            type Value = Text<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<T>, E> {
                text.parse().map(Text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Read(PhantomData))
    }
}

/// The hashes of a document, as they are written one after the other.
struct Hashes {
    hash: u64,
    stored: u64,
}

impl FromStr for Hashes {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Hashes, &'static str> {
        let hashes = text
            .split_at_checked(HASH_LENGTH)
            .and_then(|(hash, stored)| {
                Some(Hashes {
                    hash: u64::from_str_radix(hash, 16).ok()?,
                    stored: u64::from_str_radix(stored, 16).ok()?,
                })
            });
        hashes.ok_or("not two hashes")
    }
}

/// The length of a hash as it is written, in hexadecimal digits.
const HASH_LENGTH: usize = 16;

/// Writes a state as documents go by.
pub(super) struct StateWriter {
    file: BufWriter<File>,
    is_first: bool,
}

impl StateWriter {
    pub(super) fn create(path: &Path, export: &ExportInfo) -> io::Result<StateWriter> {
        let mut file = BufWriter::new(File::create(path)?);
        let export = serde_json::to_string(export)?;
        write!(file, "{{\"export\":{export},\"documents\":{{")?;
        Ok(StateWriter {
            file,
            is_first: true,
        })
    }

    pub(super) fn add(&mut self, known: Known) -> io::Result<()> {
        let comma = if self.is_first { "" } else { "," };
        self.is_first = false;
        let Known { key, hash, stored } = known;
        write!(self.file, "{comma}\n\"{key}\":\"{hash:016x}{stored:016x}\"")
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.write_all(b"\n}}\n")?;
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use hotseat::{ExportFormat, QaDocument};

    use super::*;

    fn known(n: u64) -> Known {
        let document = QaDocument::new("tea.md", format!("What is tea {n}?"), "");
        Known {
            key: EngineKey::of(&document),
            hash: n,
            stored: 100 - n,
        }
    }

    #[test]
    fn documents_are_met_in_any_order_and_the_rest_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let info = ExportInfo::new(ExportFormat::OpenSearch, "hotseat", 1);
        let mut writer = StateWriter::create(&path, &info).unwrap();
        for n in 0..9 {
            writer.add(known(n)).unwrap();
        }
        writer.finish().unwrap();
        let mut state = State::read(&path).unwrap();
        for n in [4, 5, 6, 0, 2, 8] {
            assert_eq!(state.meet_stored(known(n).stored), Some(known(n)));
        }
        assert_eq!(state.meet_stored(200), None);
        assert_eq!(state.meet(known(1).key, 1), Change::None);
        assert_eq!(state.meet(known(3).key, 30), Change::Changed);
        assert_eq!(state.meet(known(10).key, 10), Change::New);
        assert_eq!(state.gone().collect::<Vec<_>>(), [known(7).key]);
    }
}
