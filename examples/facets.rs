//! Narrows a search step by step, as the filters beside a list of results do:
//! `cargo run --example facets`.
//!
//! It needs no files: the guides are texts, and the index is in memory.

use hotseat::{FacetName, Guide, Index, Query, split};

const GUIDES: [(&str, &str); 2] = [
    (
        "python.md",
        "---\ntags: [Python, Concurrency]\nlevel: senior\n---\n\
         ## What is the GIL?\n\nA lock that lets one thread at a time run bytecode.\n\n\
         ## What is a thread pool?\n\nThreads that are kept to run one task after another.\n",
    ),
    (
        "go.md",
        "---\ntags: [Go, Concurrency]\nlevel: junior\n---\n\
         ## What is a goroutine?\n\nA function that runs beside others, cheaper than a thread.\n",
    ),
];

fn main() -> Result<(), hotseat::Error> {
    let documents = GUIDES.map(|(path, text)| split(&Guide::parse(path, text)));
    let index = Index::in_memory(documents.into_iter().flatten())?;

    // Counts are over all that is found, not only over the hits that are returned.
    let threads = Query::new("thread").limit(10);
    show(&index, "thread", &threads)?;

    // A value is found in any spelling; several of one facet are alternatives.
    show(
        &index,
        "of these, tag Python",
        &threads.clone().tag("python"),
    )?;
    show(
        &index,
        "of these, tag Python or Go",
        &threads.tag("python").tag("go"),
    )
}

/// Prints the questions that `query` finds, and the tags and levels that they have.
fn show(index: &Index, title: &str, query: &Query) -> Result<(), hotseat::Error> {
    let names = [FacetName::Tag, FacetName::Level];
    let results = index.search(&query.clone().facets(&names))?;
    println!("{title}: {} found", results.total);
    for hit in &results.hits {
        println!("  {}", hit.question);
    }
    for (name, values) in &results.facets {
        for value in values {
            println!("  {name} {}: {}", value.value, value.count);
        }
    }
    Ok(())
}
