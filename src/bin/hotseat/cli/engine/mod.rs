//! What goes to a distributed engine, and what comes from it: the files of an export, and their state.

#[cfg(feature = "engine")]
mod client;
pub(super) mod files;
#[cfg(feature = "engine")]
pub(super) mod push;
#[cfg(feature = "engine")]
pub(super) mod search;
mod state;
