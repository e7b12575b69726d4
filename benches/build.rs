//! Building an index of a folder, by hotseat and by plain tantivy, and updating it.

use std::{fs, path::Path, time::Duration};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use hotseat::Index;
use tempfile::TempDir;

mod corpus;
mod raw;

/// The questions of an index that is built.
const BUILT: usize = 1_000;

/// The questions of an index of which one guide changes, or none.
const KEPT: usize = 10_000;

fn folder() -> TempDir {
    tempfile::tempdir().expect("the folder of temporary files can be written")
}

fn folder_of_guides(questions: usize) -> TempDir {
    let content = folder();
    corpus::write(content.path(), questions).expect("the disk has room for the guides");
    content
}

/// Reads all guides into a new index.
fn build(content: &Path, index: &Path) -> hotseat::Result<Index> {
    let index = Index::open_or_create(index)?;
    index.update(content)?;
    Ok(index)
}

fn building(criterion: &mut Criterion) {
    let (content, tried) = (folder_of_guides(BUILT), folder());
    let index = build(content.path(), tried.path()).expect("the guides can be indexed");
    assert_eq!(index.documents().ok(), Some(BUILT));
    let mut group = criterion.benchmark_group("build");
    group.throughput(Throughput::Elements(BUILT as u64));
    group.bench_function("hotseat", |bencher| {
        bencher.iter_batched(
            folder,
            |index| {
                build(content.path(), index.path()).expect("the guides can be indexed");
                index
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("raw tantivy", |bencher| {
        bencher.iter_batched(
            folder,
            |index| {
                raw::build(content.path(), index.path()).expect("the guides can be indexed");
                index
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn updating(criterion: &mut Criterion) {
    let (content, index) = (folder_of_guides(KEPT), folder());
    let index = build(content.path(), index.path()).expect("the guides can be indexed");
    let update = || {
        index
            .update(content.path())
            .expect("the index can be updated")
    };
    let mut group = criterion.benchmark_group("update");
    group.bench_function("nothing changed", |bencher| {
        bencher.iter(|| assert!(!update().changed_anything()));
    });
    let (path, text) = corpus::collection(KEPT).next().expect("there are guides");
    let mut edits = 0;
    let mut edit = || {
        edits += 1;
        fs::write(content.path().join(&path), format!("{text}Edit {edits}.\n"))
            .expect("the guide can be written");
    };
    group.bench_function("one guide changed", |bencher| {
        bencher.iter_batched(
            &mut edit,
            |()| assert_eq!(update().changed, 1),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn quick() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
}

criterion_group! {
    name = benches;
    config = quick();
    targets = building, updating
}
criterion_main!(benches);
