//! The traffic with a distributed engine: the files of an export with their state, sending, searching.

#[cfg(feature = "engine")]
mod client;
pub(super) mod files;
#[cfg(feature = "engine")]
pub(super) mod push;
#[cfg(feature = "engine")]
pub(super) mod search;
mod state;
