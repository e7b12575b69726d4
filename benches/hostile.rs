//! Time and memory of reading and splitting texts that are made to be slow, at one, two, four and eight
//! times a length: a bench of its own, as it measures growth rather than speed.
//!
//! ```sh
//! cargo bench --bench hostile              # up to 2 MB
//! HOTSEAT_BENCH_MB=16 cargo bench --bench hostile
//! ```
//!
//! Prints the shapes that grow faster than their length, take longer than others, or more memory than
//! they should, and how many there are in all.

use std::{env, fs, sync::LazyLock, time::Duration, time::Instant};

use allocation_counter::measure;
use hotseat::{Guide, split};

mod shapes;

/// The growth of time from one length to eight times as much that is worth a look; linear is 8.
const GROWTH: f64 = 14.0;
/// Times that say nothing, for they are those of a few pages of memory.
const SHORT: Duration = Duration::from_millis(40);
/// The time for each byte that is worth a look.
const SLOW: f64 = 0.5;
/// The bytes of memory for each byte of a text that are worth a look.
const MUCH: f64 = 12.0;

/// Returns the processor time of this thread; where it is not told, the time of day.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Reads and splits a text; returns the time and the most memory that it took.
fn read(path: &str, text: &str) -> (Duration, u64) {
    let began = processor_time();
    let memory = measure(|| drop(split(&Guide::parse(path, text))));
    (processor_time() - began, memory.bytes_max)
}

fn main() {
    let most = env::var("HOTSEAT_BENCH_MB").ok();
    let most = most.and_then(|most| most.parse().ok()).unwrap_or(2) << 20;
    let (mut count, mut worst) = (0, 0.0_f64);
    for (path, pieces) in shapes::SHAPES {
        for piece in *pieces {
            let lengths = [most / 8, most / 4, most / 2, most];
            let read = lengths.map(|length| read(path, &shapes::text(path, piece, length)));
            let [(first, _), .., (last, memory)] = read;
            let growth = last.as_secs_f64() / first.as_secs_f64().max(1e-6);
            let speed = last.as_secs_f64() * 1e6 / most as f64;
            let share = memory as f64 / most as f64;
            count += 1;
            worst = worst.max(share);
            let is_slow = last > SHORT && growth > GROWTH;
            if is_slow || speed > SLOW || share > MUCH {
                let times = read.map(|(time, _)| format!("{time:.0?}"));
                println!(
                    "{path} {piece:?}: {}, {share:.1} bytes of memory a byte",
                    times.join(" ")
                );
            }
        }
    }
    println!("{count} shapes of {most} bytes, at most {worst:.1} bytes of memory a byte");
}
