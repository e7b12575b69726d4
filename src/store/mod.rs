//! The index on disk: its fields, its files, and what is stored of each document.

pub(crate) mod directory;
pub(crate) mod packed;
pub(crate) mod schema;
pub(crate) mod snapshot;
