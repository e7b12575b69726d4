//! The least that a program on plain tantivy can do for hotseat's work, to compare processes with:
//!
//! ```sh
//! cargo run --release --example raw -- index /tmp/guides /tmp/raw
//! cargo run --release --example raw -- search /tmp/raw "thread pool"
//! ```
//!
//! It indexes the guides that the tool `corpus` writes.

use std::{
    env,
    error::Error,
    fs,
    io::{self, Write},
    path::Path,
};

#[path = "../benches/raw/mod.rs"]
mod raw;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["index", content, index] => {
            fs::create_dir_all(index)?;
            raw::build(Path::new(content), Path::new(index))
        }
        ["search", index, query] => search(Path::new(index), query),
        _ => Err("index GUIDES INDEX, or search INDEX QUERY?".into()),
    }
}

fn search(index: &Path, query: &str) -> Result<(), Box<dyn Error>> {
    let (total, hits) = raw::Raw::open(index)?.search(query)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{total}")?;
    for (question, snippet) in hits {
        writeln!(out, "{question}\n  {snippet}")?;
    }
    Ok(())
}
