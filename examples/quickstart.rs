//! Searches a folder of guides: `cargo run --example quickstart -- closure`.
//!
//! The first run builds the index; later ones read only the guides that changed.

use hotseat::{Index, Query};

fn main() -> Result<(), hotseat::Error> {
    let words: Vec<String> = std::env::args().skip(1).collect();

    // Opening costs little. Updating does too, as long as nothing changed.
    let index = Index::open_or_build("content", "index")?;
    index.update("content")?;

    let results = index.search(&Query::new(words.join(" ")).limit(5))?;
    println!("{} found", results.total);
    for hit in &results.hits {
        println!("\n{}. {}", hit.rank, hit.question);
        println!("{}:{}", hit.guide, hit.line);
        // A snippet comes in pieces, so that each program marks matches in its own way.
        for piece in &hit.snippet.pieces {
            if piece.matches {
                print!("[{}]", piece.text);
            } else {
                print!("{}", piece.text);
            }
        }
        println!();
    }
    Ok(())
}
