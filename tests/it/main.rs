//! The library on small indexes, a module for each area.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod helper;
mod search;
mod update;
