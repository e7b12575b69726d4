//! Reading and splitting: bytes a second on ordinary guides, and on texts made to be slow.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hotseat::{Guide, split};

mod corpus;

use corpus::Layout;

fn bench(criterion: &mut Criterion, group: &str, inputs: &[(&str, &str, String)]) {
    let mut group = criterion.benchmark_group(group);
    group.sample_size(20);
    for (name, path, text) in inputs {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("read and split", name),
            text,
            |bencher, text| {
                bencher.iter(|| split(&Guide::parse(path, black_box(text))));
            },
        );
    }
    group.finish();
}

fn ordinary_guides(criterion: &mut Criterion) {
    let inputs = [
        ("headings", "a.md", corpus::guide(Layout::Headings, 1_000)),
        (
            "numbered lines",
            "a.txt",
            corpus::guide(Layout::NumberedLines, 1_000),
        ),
        ("details", "a.md", corpus::guide(Layout::Details, 1_000)),
        ("html", "a.html", corpus::guide(Layout::Html, 1_000)),
    ];
    bench(criterion, "ordinary", &inputs);
}

/// Texts that cost a reader that looks back, nests or searches too much; each grows the time with
/// its length and no faster.
fn hostile_texts(criterion: &mut Criterion) {
    let inputs = [
        (
            "100,000 headings",
            "a.md",
            "## What is it?\n\n".repeat(100_000),
        ),
        (
            "one line of 10 MB",
            "a.md",
            format!("# A\n{}", "what is it? ".repeat(870_000)),
        ),
        ("all bullets", "a.md", "- What is it?\n".repeat(100_000)),
        (
            "deep lists",
            "a.md",
            format!("{}what?\n", "- ".repeat(50_000)),
        ),
        (
            "deep lists of html",
            "a.html",
            format!("<html>{}", "<ul><li>what?".repeat(50_000)),
        ),
        (
            "nothing closed",
            "a.md",
            "```\n<details>\n**a [b](\n- x\n".repeat(20_000),
        ),
        (
            "steps in answers",
            "a.txt",
            "1. What is it?\n1. a\n2. b\n".repeat(30_000),
        ),
        (
            "repeated lines",
            "a.txt",
            "What is a?\nWhat is b?\n".repeat(50_000),
        ),
    ];
    bench(criterion, "hostile", &inputs);
}

criterion_group!(benches, ordinary_guides, hostile_texts);
criterion_main!(benches);
