//! What goes to a distributed engine: the files of an export, and their state.

pub(super) mod files;
mod state;
