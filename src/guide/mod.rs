//! Reads a guide: its front matter, and its text as [`Block`]s.
//!
//! Whatever the format, a guide's text becomes one flat list of blocks, the smallest pieces that
//! can start a question: a heading, a line of prose, a code block, a table row. Nothing after
//! this module knows the format.

mod front_matter;

use std::{fmt, ops::Range};

use serde::Serialize;

pub use front_matter::FrontMatter;

/// One file of content.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Guide {
    /// The path relative to the content folder, with `/` between its parts.
    pub path: String,
    /// What the guide says of itself.
    pub front_matter: FrontMatter,
    /// The text below the front matter, lines ended by `\n`; the blocks' spans are bytes of it.
    pub text: String,
    /// The text, format taken away, in reading order; together they cover every non-blank line.
    pub blocks: Vec<Block>,
    /// What could not be read as its author meant it.
    pub warnings: Vec<Warning>,
}

/// The smallest piece of a guide that can start a question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// How many lists, quotes and `<details>` it stands in.
    pub depth: usize,
    /// Its text without markup; code as written.
    pub text: String,
    /// The leading part of `text`, in bytes, that is set in bold; 0 if it starts plain.
    pub bold: usize,
    /// Its bytes in the guide's text: whole lines, without the last line's end.
    pub span: Range<usize>,
    /// The 1-based line of the file on which it starts.
    pub line: usize,
}

/// Something in a guide that could not be read as its author meant it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Warning {
    /// The guide's path as it was given.
    pub guide: String,
    /// The 1-based line, where it is of a line.
    pub line: Option<usize>,
    /// What is wrong and what was done, in lower case without a full stop.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.guide, self.message),
            None => write!(f, "{}: {}", self.guide, self.message),
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockKind {
    /// A line of prose.
    Paragraph,
}

impl Guide {
    /// Reads the guide at `file`, known as `path` relative to the content folder.
    pub fn read(file: &std::path::Path, path: &str) -> crate::Result<Guide> {
        let bytes = std::fs::read(file).map_err(|source| crate::Error::ReadGuide {
            path: file.to_owned(),
            source,
        })?;
        Ok(Guide::parse(path, &String::from_utf8_lossy(&bytes)))
    }

    /// Reads a guide from its text.
    pub fn parse(path: &str, text: &str) -> Guide {
        Guide {
            path: path.to_owned(),
            text: text.to_owned(),
            ..Guide::default()
        }
    }
}
