//! The library on small indexes, a module for each area.

mod helper;
mod search;
mod update;
