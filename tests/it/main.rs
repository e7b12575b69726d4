//! The library on small indexes, a module for each area.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod content;
mod damage;
mod formats;
mod fuzz;
mod helper;
mod hostile;
mod languages;
#[cfg(feature = "meaning")]
mod meaning;
mod own_documents;
mod pages;
mod rank;
#[cfg(feature = "meaning")]
mod relevance;
mod search;
mod update;
