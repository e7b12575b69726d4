//! The state of an export: the keys of all documents, each with a hash of what was exported of it.
//!
//! It is JSON, a document a line, so that it is written as documents go by. What is cut short is no JSON.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, BufWriter, Write},
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
    #[serde(deserialize_with = "hashes")]
    documents: Vec<(EngineKey, u64)>,
    /// Which of the documents were met.
    #[serde(skip)]
    met: Vec<bool>,
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
        state.documents.sort_unstable();
        state.met = vec![false; state.documents.len()];
        Ok(state)
    }

    /// Returns how a document has changed, and remembers that it is there.
    pub(super) fn meet(&mut self, key: EngineKey, hash: u64) -> Change {
        match self.documents.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => {
                self.met[at] = true;
                match self.documents[at].1 == hash {
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
            .map(|((key, _), _)| *key)
    }
}

/// Reads the hashes in the order in which they were written.
fn hashes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(EngineKey, u64)>, D::Error> {
    struct Hashes;
    impl<'de> Visitor<'de> for Hashes {
        type Value = Vec<(EngineKey, u64)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("keys of documents with their hashes")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut hashes = Vec::new();
            while let Some((key, hash)) = map.next_entry::<String, String>()? {
                let key = key.parse().map_err(A::Error::custom)?;
                let hash = u64::from_str_radix(&hash, 16).map_err(A::Error::custom)?;
                hashes.push((key, hash));
            }
            Ok(hashes)
        }
    }
    deserializer.deserialize_map(Hashes)
}

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

    pub(super) fn add(&mut self, key: EngineKey, hash: u64) -> io::Result<()> {
        let comma = if self.is_first { "" } else { "," };
        self.is_first = false;
        write!(self.file, "{comma}\n\"{key}\":\"{hash:016x}\"")
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.write_all(b"\n}}\n")?;
        self.file.flush()
    }
}
