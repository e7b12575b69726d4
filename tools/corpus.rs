//! Writes made-up guides to a folder, the ones that the benches measure, to try other tools with:
//!
//! ```sh
//! cargo run --release --example corpus -- /tmp/guides 10000
//! ```
//!
//! writes 10,000 questions in 250 guides, 8 MB. The same guides come out each time.

use std::{env, error::Error, path::Path};

#[path = "../benches/corpus/mod.rs"]
mod corpus;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, questions] = &arguments[..] else {
        return Err("which folder, and how many questions?".into());
    };
    Ok(corpus::write(Path::new(folder), questions.parse()?)?)
}
