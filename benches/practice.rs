//! The time to read and replay a log of 100,000 reviews, to queue what is due, and to draw a set.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hotseat::{
    QaDocument,
    draw::Draw,
    practice::{Action, Clock, Entry, Grade, History, Log, Session, TextSeen, Timestamp},
};

/// Questions of forty guides, and the reviews of a learner who did fifty a day.
const QUESTIONS: usize = 2_000;
const REVIEWS: usize = 100_000;
const BETWEEN_MS: i64 = 86_400_000 / 50;

fn questions() -> Vec<QaDocument> {
    let question = |n: usize| {
        let text = format!(
            "How does part{n} of system{} work with part{}?",
            n % 97,
            n * 7 % 1999
        );
        QaDocument::new(
            format!("guide{}.md", n % 40),
            text,
            format!("Part{n} works by part{}.", n + 1),
        )
        .with_sections([format!("Section {}", n / 40 % 8)])
        .with_tags([format!("Tag {}", n % 40), format!("Tag {}", n % 53)])
        .with_level(["junior", "mid", "senior"][n % 3])
    };
    (0..QUESTIONS).map(question).collect()
}

fn log(questions: &[QaDocument]) -> String {
    let mut lines = String::new();
    for n in 0..REVIEWS {
        let document = &questions[n * 7919 % questions.len()];
        let grade = Grade::ALL[n * 31 % 7 % 4];
        let action = Action::Graded { grade, ms: 20_000 };
        let at = Timestamp::from_unix_ms(1_600_000_000_000 + n as i64 * BETWEEN_MS);
        let entry = Entry::new(at, "a1b2", document.id, action);
        lines += &entry
            .with_text(TextSeen::of(document, n < questions.len()))
            .to_line();
        lines.push('\n');
    }
    lines
}

fn practice(c: &mut Criterion) {
    let questions = questions();
    let text = log(&questions);
    let read = Log::read(&text);
    assert_eq!((read.entries.len(), read.unread.len()), (REVIEWS, 0));
    let now = Timestamp::from_unix_ms(1_600_000_000_000 + REVIEWS as i64 * BETWEEN_MS);
    let clock = Clock { now, offset: 3600 };
    let history = History::replay(&read.entries, &clock);
    let mut group = c.benchmark_group("practice");
    group.sample_size(20);
    group.bench_function("read 100,000 reviews", |b| {
        b.iter(|| Log::read(black_box(&text)))
    });
    group.bench_function("replay 100,000 reviews", |b| {
        b.iter(|| History::replay(black_box(&read.entries), &clock));
    });
    group.bench_function("queue of 2,000 questions", |b| {
        b.iter(|| Session::new().queue(black_box(&questions), &history, &clock));
    });
    group.bench_function("draw 45 minutes of 2,000 questions", |b| {
        let mut seed = 0;
        b.iter(|| {
            seed += 1;
            Draw::new().seed(seed).from(black_box(&questions))
        });
    });
    group.finish();
}

criterion_group!(benches, practice);
criterion_main!(benches);
