//! Searches one index again and again, and prints the time: the cost of a search in a program that keeps
//! its index open, rather than in one that starts anew for each.
//!
//! ```sh
//! cargo run --release --example hot -- hot --index index --queries queries.txt --n 1000 --threads 1
//! ```
//!
//! `queries.txt` has a query a line. Printed is one line of JSON: the median and the 99th percentile
//! of a search with ten snippets, in microseconds, searches a second of all threads together, and
//! the median for each query.

use std::{
    collections::HashMap,
    env,
    error::Error,
    fs,
    time::{Duration, Instant},
};

use hotseat::{Index, Query};

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let option = |name: &str| options.get(name).ok_or(format!("--{name} is missing"));
    let index = Index::open(option("index")?)?;
    let text = fs::read_to_string(option("queries")?)?;
    let queries: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let (count, threads): (usize, usize) = (option("n")?.parse()?, option("threads")?.parse()?);

    // The first searches read the files; they are not counted.
    for query in &queries {
        index.search(&Query::new(*query))?;
    }
    let began = Instant::now();
    let times = searches(&index, &queries, count, threads)?;
    let took = began.elapsed();

    let mut all: Vec<Duration> = times.iter().map(|(_, time)| *time).collect();
    let by_query = (0..queries.len()).map(|asked| {
        let own = times.iter().filter(|(query, _)| *query == asked);
        let mut own: Vec<Duration> = own.map(|(_, time)| *time).collect();
        micros(percentile(&mut own, 50))
    });
    let report = serde_json::json!({
        "p50_us": micros(percentile(&mut all, 50)),
        "p99_us": micros(percentile(&mut all, 99)),
        "qps": all.len() as f64 / took.as_secs_f64(),
        "threads": threads,
        "per_query_us": by_query.collect::<Vec<f64>>(),
    });
    println!("{report}");
    Ok(())
}

/// Runs `count` searches on each of the threads, which take the queries in turn; returns the number
/// of the query of each, and its time.
fn searches(
    index: &Index,
    queries: &[&str],
    count: usize,
    threads: usize,
) -> hotseat::Result<Vec<(usize, Duration)>> {
    let run = |thread: usize| {
        let turns = (0..count).map(|i| (i + thread * queries.len() / threads) % queries.len());
        let search = |asked: usize| {
            let began = Instant::now();
            let results = index.search(&Query::new(queries[asked]).limit(10))?;
            // Otherwise the compiler may leave the search out.
            std::hint::black_box(&results.hits);
            Ok((asked, began.elapsed()))
        };
        turns.map(search).collect::<hotseat::Result<Vec<_>>>()
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|i| scope.spawn(move || run(i))).collect();
        let mut all = Vec::new();
        for thread in running {
            all.extend(thread.join().expect("a search doesn't panic")?);
        }
        Ok(all)
    })
}

/// Returns the options of the command line, `--name value`, by name.
fn options() -> Result<HashMap<String, String>, String> {
    let mut options = HashMap::new();
    let mut arguments = env::args().skip(1).filter(|argument| argument != "hot");
    while let Some(argument) = arguments.next() {
        let name = argument.strip_prefix("--");
        let name = name.ok_or(format!("{argument} is no option"))?;
        let value = arguments.next().ok_or(format!("--{name} needs a value"))?;
        options.insert(name.to_owned(), value);
    }
    Ok(options)
}

/// Returns the time within which so many per cent of the searches were done; none took none.
fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).copied().unwrap_or_default()
}

fn micros(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1e3
}
