//! Reading and splitting: bytes a second on ordinary guides, and on texts made to be slow.

use std::{hint::black_box, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hotseat::{Guide, split};

mod corpus;

use corpus::Layout;

/// The questions in an ordinary guide.
const QUESTIONS: usize = 1_000;

/// Measures reading alone, and splitting alone.
fn ordinary_guides(criterion: &mut Criterion) {
    let guides = [
        ("headings", "a.md", Layout::Headings),
        ("numbered lines", "a.txt", Layout::NumberedLines),
        ("details", "a.md", Layout::Details),
        ("html", "a.html", Layout::Html),
    ];
    let mut group = criterion.benchmark_group("ordinary");
    for (name, path, layout) in guides {
        let text = corpus::guide(layout, 1, QUESTIONS);
        let guide = Guide::parse(path, &text);
        assert_eq!(split(&guide).len(), QUESTIONS, "{name}");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("read", name), |bencher| {
            bencher.iter(|| Guide::parse(path, black_box(&text)));
        });
        group.bench_function(BenchmarkId::new("split", name), |bencher| {
            bencher.iter(|| split(black_box(&guide)));
        });
    }
    group.finish();
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
    let mut group = criterion.benchmark_group("hostile");
    for (name, path, text) in &inputs {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("read and split", name), |bencher| {
            bencher.iter(|| split(&Guide::parse(path, black_box(text))));
        });
    }
    group.finish();
}

fn quick() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! {
    name = benches;
    config = quick();
    targets = ordinary_guides, hostile_texts
}
criterion_main!(benches);
