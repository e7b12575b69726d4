//! The state of an export: the keys of all documents, each with a hash of what was exported of it, and one of
//! what the index has stored.
//!
//! It is JSON, a document a line, so that it is written as documents go by. What is cut short is no JSON.

use std::{
    collections::HashMap,
    fmt,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
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
    #[serde(deserialize_with = "documents")]
    documents: Vec<Known>,
    /// The places of the documents by their hashes in the index.
    #[serde(skip)]
    places: HashMap<u64, u32>,
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
        let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut state: State = serde_json::from_slice(&text)
            .with_context(|| format!("{} is no state of a finished export", path.display()))?;
        state.documents.sort_unstable_by_key(|known| known.key);
        let stored = state.documents.iter().map(|known| known.stored);
        state.places = stored.zip(0..).collect();
        state.met = vec![false; state.documents.len()];
        Ok(state)
    }

    /// Returns the document that the index had stored with this hash, and remembers that it is there.
    pub(super) fn meet_stored(&mut self, stored: u64) -> Option<Known> {
        let place = *self.places.get(&stored)? as usize;
        self.met[place] = true;
        Some(self.documents[place])
    }

    /// Returns how a document has changed, and remembers that it is there.
    pub(super) fn meet(&mut self, key: EngineKey, hash: u64) -> Change {
        match self.documents.binary_search_by_key(&key, |known| known.key) {
            Ok(place) => {
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
            while let Some((key, hashes)) = map.next_entry::<&str, &str>()? {
                let key = key.parse().map_err(A::Error::custom)?;
                let hash = |text| u64::from_str_radix(text, 16).map_err(A::Error::custom);
                let (exported, stored) = hashes
                    .split_at_checked(HASH_LENGTH)
                    .ok_or_else(|| A::Error::custom("a hash is cut short"))?;
                documents.push(Known {
                    key,
                    hash: hash(exported)?,
                    stored: hash(stored)?,
                });
            }
            Ok(documents)
        }
    }
    deserializer.deserialize_map(Documents)
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
