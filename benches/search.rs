//! Searching an open index with ten snippets, by hotseat and by plain tantivy.
//!
//! `HOTSEAT_BENCH_QUESTIONS=200000 cargo bench --bench search` has so many questions instead of
//! 10,000.

use std::{env, hint::black_box, thread, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hotseat::{Index, Query};

mod corpus;
mod raw;

use raw::Raw;

/// The kinds of query, and one of each.
const QUERIES: [(&str, &str); 5] = [
    ("one word", "replica"),
    ("two words", "deadlock timeout"),
    ("phrase", "\"thread pool\""),
    (
        "question",
        "how does a thread pool work with a message queue",
    ),
    ("misspelt", "deadlcok timeuot"),
];

fn questions() -> usize {
    let asked = env::var("HOTSEAT_BENCH_QUESTIONS");
    asked.map_or(10_000, |asked| {
        asked.parse().expect("HOTSEAT_BENCH_QUESTIONS is a number")
    })
}

fn searching(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("the folder of temporary files can be written");
    let [content, ours, raws] = ["content", "index", "raw"].map(|name| folder.path().join(name));
    corpus::write(&content, questions()).expect("the disk has room for the guides");
    let index = Index::open_or_build(&content, &ours).expect("the guides can be indexed");
    std::fs::create_dir(&raws).expect("the folder can be written");
    raw::build(&content, &raws).expect("the guides can be indexed");
    let raw = Raw::open(&raws).expect("the index was built");

    kinds_of_query(criterion, &index, &raw);
    two_threads(criterion, &index, &raw);
    snippets(criterion, &index);
}

fn kinds_of_query(criterion: &mut Criterion, index: &Index, raw: &Raw) {
    let mut group = criterion.benchmark_group("search");
    for (kind, text) in QUERIES {
        let query = Query::new(text);
        let search = || index.search(black_box(&query)).expect("the index is whole");
        assert_eq!(search().hits.len(), 10, "{kind}");
        group.bench_function(BenchmarkId::new("hotseat", kind), |bencher| {
            bencher.iter(search);
        });
        let search = || raw.search(black_box(text)).expect("the index is whole");
        // It finds nothing where a word is misspelt, which takes no time.
        if search().1.len() == 10 {
            group.bench_function(BenchmarkId::new("raw tantivy", kind), |bencher| {
                bencher.iter(search);
            });
        }
    }
    group.finish();
}

/// Measures how many searches a second two threads do that share an index.
fn two_threads(criterion: &mut Criterion, index: &Index, raw: &Raw) {
    const ROUNDS: usize = 20;
    // Those that both find something for.
    let queries = &QUERIES[..4];
    let in_both = |search: &(dyn Fn(&str) -> bool + Sync)| {
        let rounds = || (0..ROUNDS).all(|_| queries.iter().all(|(_, text)| search(text)));
        thread::scope(|scope| {
            scope.spawn(rounds);
            rounds()
        })
    };
    let mut group = criterion.benchmark_group("two threads");
    group.throughput(Throughput::Elements((2 * ROUNDS * queries.len()) as u64));
    group.bench_function("hotseat", |bencher| {
        bencher.iter(|| in_both(&|query| index.search(&Query::new(query)).is_ok()));
    });
    group.bench_function("raw tantivy", |bencher| {
        bencher.iter(|| in_both(&|query| raw.search(query).is_ok()));
    });
    group.finish();
}

/// Measures the same search with snippets of more and more text.
fn snippets(criterion: &mut Criterion, index: &Index) {
    let mut group = criterion.benchmark_group("snippets");
    for (name, length, fragments) in [
        ("80 characters", 80, 1),
        ("240 characters", 240, 1),
        ("three fragments", 240, 3),
    ] {
        let query = Query::new("deadlock timeout")
            .snippet_length(length)
            .fragments(fragments);
        group.bench_function(name, |bencher| {
            bencher.iter(|| index.search(black_box(&query)));
        });
    }
    group.finish();
}

fn quick() -> Criterion {
    Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
}

criterion_group! {
    name = benches;
    config = quick();
    targets = searching
}
criterion_main!(benches);
