//! Helpers of the tests: content folders and documents in few words.

use std::{fs, path::Path};

use hotseat::{Guide, Index, QaDocument, Query, Results, split};
use tempfile::TempDir;

/// A content folder and the place of its index.
pub(crate) struct Dir(TempDir);

impl Dir {
    /// Returns a folder that holds `guides`: path and text of each.
    pub(crate) fn new(guides: &[(&str, &str)]) -> Dir {
        let dir = Dir(tempfile::tempdir().unwrap());
        fs::create_dir(dir.content()).unwrap();
        for (path, text) in guides {
            dir.write(path, text);
        }
        dir
    }

    pub(crate) fn content(&self) -> std::path::PathBuf {
        self.0.path().join("content")
    }

    pub(crate) fn index(&self) -> std::path::PathBuf {
        self.0.path().join("index")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.content().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.content().join(path)).unwrap();
    }

    pub(crate) fn build(&self) -> Index {
        Index::open_or_build(self.content(), self.index()).unwrap()
    }
}

/// Returns the documents of a guide.
pub(crate) fn documents(path: &str, text: &str) -> Vec<QaDocument> {
    split(&Guide::parse(path, text))
}

/// Returns an index of one guide for each text, named `0.md`, `1.md` …
pub(crate) fn index(texts: &[&str]) -> Index {
    let guides = texts.iter().enumerate();
    let all = guides.flat_map(|(i, text)| documents(&format!("{i}.md"), text));
    Index::in_memory(all).unwrap()
}

/// Returns the questions that `text` finds, best first.
pub(crate) fn questions(index: &Index, text: &str) -> Vec<String> {
    asked(&index.search(&Query::new(text)).unwrap())
}

/// Returns the questions of `results`, best first.
pub(crate) fn asked(results: &Results) -> Vec<String> {
    results
        .hits
        .iter()
        .map(|hit| hit.question.clone())
        .collect()
}

/// Returns the names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
