//! What an index goes through: killed writers, damaged files, a full disk, many readers.
//!
//! `cargo test` runs a short form. The long one takes minutes, and prints its figures:
//!
//! ```sh
//! HOTSEAT_FAULTS=long cargo test --release --test faults -- --nocapture
//! ```

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{
    env, fs,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use hotseat::{Error, Index, Query};
use tempfile::TempDir;

/// The guides of most tests, and the questions of each.
const GUIDES: usize = 30;
const QUESTIONS: usize = 20;
const DOCUMENTS: usize = GUIDES * QUESTIONS;

/// Returns how often to try: seldom, unless the long form is asked for.
fn times(short: usize, long: usize) -> usize {
    match env::var("HOTSEAT_FAULTS").as_deref() {
        Ok("long") => long,
        _ => short,
    }
}

/// Lets one test run at a time: they measure time and memory.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Numbers that look random, and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// A content folder and its index.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir(place.content()).unwrap();
        place
    }

    fn content(&self) -> PathBuf {
        self.0.path().join("content")
    }

    fn index(&self) -> PathBuf {
        self.0.path().join("index")
    }

    /// Writes guides whose answers all have the word of `generation`.
    fn write(&self, guides: usize, questions: usize, generation: usize) {
        let mut random = Random(generation as u64);
        for guide in 0..guides {
            let mut text = format!("# Guide {guide}\n");
            for question in 0..questions {
                text +=
                    &format!("\n## What is subject{question} of guide{guide}?\n\ngen{generation}");
                for _ in 0..60 {
                    text += &format!(" word{}", random.below(5_000).min(random.below(5_000)));
                }
                text += ".\n";
            }
            fs::write(self.content().join(format!("{guide}.md")), text).unwrap();
        }
    }

    fn hotseat(&self, args: &[&str]) -> Command {
        hotseat(args, &self.content(), &self.index())
    }

    fn run(&self, args: &[&str]) -> Output {
        self.hotseat(args).output().unwrap()
    }

    fn build(&self) -> Duration {
        let began = Instant::now();
        let built = self.run(&["index", "--rebuild"]);
        assert!(built.status.success(), "{}", stderr(&built));
        began.elapsed()
    }

    fn start(&self, args: &[&str]) -> Child {
        let mut command = self.hotseat(args);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Starts a writer, and kills it at any moment of the time `of` a whole build, or just after.
    fn kill_writer(&self, args: &[&str], of: Duration, random: &mut Random) {
        let mut writer = self.start(args);
        thread::sleep(of * random.below(1200) as u32 / 1000);
        writer.kill().unwrap();
        writer.wait().unwrap();
    }

    /// Returns how many documents a newly opened index has of a generation, and in all.
    fn found(&self, generation: usize) -> (usize, usize) {
        at_once(|| found(&Index::open(self.index()).unwrap(), generation))
    }
}

/// Does what must take less than a second, and asserts that one of three tries did: other programs
/// may have had the processor in the others.
fn at_once<T>(act: impl Fn() -> T) -> T {
    let timed = || {
        let began = Instant::now();
        let done = act();
        (began.elapsed(), done)
    };
    let (mut took, mut done) = timed();
    for _ in 1..3 {
        if took >= Duration::from_secs(1) {
            (took, done) = timed();
        }
    }
    assert!(took < Duration::from_secs(1), "it took {took:?}");
    done
}

fn found(index: &Index, generation: usize) -> (usize, usize) {
    let query = format!("\"gen{generation}\"");
    let of_generation = index.search(&Query::new(query)).unwrap().total;
    (of_generation, index.documents().unwrap())
}

fn hotseat(args: &[&str], content: &Path, index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hotseat"));
    command.args(args);
    command
        .env("HOTSEAT_CONTENT", content)
        .env("HOTSEAT_INDEX", index);
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_killed_rebuild_leaves_the_index_as_it_was_or_as_it_will_be() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    let whole = place.build();
    let mut random = Random(1);
    let (mut old, mut new) = (0, 0);
    for generation in 1..=times(5, 200) {
        place.write(GUIDES, QUESTIONS, generation);
        place.kill_writer(&["index", "--rebuild"], whole, &mut random);
        match place.found(generation) {
            (0, DOCUMENTS) => old += 1,
            (DOCUMENTS, DOCUMENTS) => new += 1,
            mixed => panic!("a mixture: {mixed:?}"),
        }
    }
    println!("kills in rebuilds: {old} left the old index, {new} the new");
    assert_whole(&place);
}

#[test]
fn a_killed_update_leaves_the_index_as_it_was_or_as_it_will_be() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    let some = GUIDES / 3;
    place.write(some, QUESTIONS, 1);
    let began = Instant::now();
    assert!(place.run(&["index"]).status.success());
    let whole = began.elapsed();
    let mut random = Random(2);
    let (mut old, mut new) = (0, 0);
    for generation in 2..2 + times(5, 100) {
        place.write(some, QUESTIONS, generation);
        place.kill_writer(&["index"], whole, &mut random);
        match place.found(generation) {
            (0, DOCUMENTS) => old += 1,
            (found, DOCUMENTS) if found == some * QUESTIONS => new += 1,
            mixed => panic!("a mixture: {mixed:?}"),
        }
    }
    println!("kills in updates: {old} left the old index, {new} the new");
    assert_whole(&place);
}

#[test]
fn a_killed_first_build_leaves_no_index_or_the_whole() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    let whole = place.build();
    let mut random = Random(3);
    let (mut none, mut new) = (0, 0);
    for _ in 0..times(5, 100) {
        fs::remove_dir_all(place.index()).unwrap();
        place.kill_writer(&["index"], whole, &mut random);
        match Index::open(place.index()) {
            Err(Error::NoIndex { .. }) => none += 1,
            opened => {
                assert_eq!(found(&opened.unwrap(), 0), (DOCUMENTS, DOCUMENTS));
                new += 1;
            }
        }
        let built = place.run(&["index"]);
        assert!(built.status.success(), "{}", stderr(&built));
    }
    println!("kills in first builds: {none} left none, {new} the whole");
    assert_whole(&place);
}

/// Builds once more, and makes sure that the index is whole and holds no litter.
fn assert_whole(place: &Place) {
    place.build();
    let check = Index::check(place.index()).unwrap();
    assert_eq!(check.damage, []);
    let entries = fs::read_dir(place.index().join("v4")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    let kept = names.filter(|name| !name.as_encoded_bytes().ends_with(b".lock"));
    assert_eq!(kept.count(), check.files);
}

#[test]
fn readers_see_one_generation_while_others_are_written() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    let is_over = AtomicBool::new(false);
    let reads = AtomicUsize::new(0);
    let read = || {
        let long_lived = Index::open(place.index()).unwrap();
        while !is_over.load(Ordering::Relaxed) {
            let opened = Index::open(place.index()).unwrap();
            long_lived.reload().unwrap();
            for index in [&opened, &long_lived] {
                let results = index.search(&Query::new("guide1").limit(100)).unwrap();
                let generations = results.hits.iter().map(|hit| {
                    let text = hit.snippet.text();
                    text.split_whitespace()
                        .find(|word| word.starts_with("gen"))
                        .map(str::to_owned)
                });
                let mut generations: Vec<_> = generations.flatten().collect();
                generations.sort();
                generations.dedup();
                assert!(generations.len() <= 1, "a mixture: {generations:?}");
                assert_eq!(index.documents().unwrap(), DOCUMENTS);
            }
            reads.fetch_add(2, Ordering::Relaxed);
        }
    };
    let rebuilds = times(3, 100);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(read);
        }
        for generation in 1..=rebuilds {
            place.write(GUIDES, QUESTIONS, generation);
            place.build();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    println!("4 readers over {rebuilds} rebuilds: {reads:?} searches, no error");
}

/// Returns the files that the index depends on, with their bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_none_or(|e| e != "lock"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// What searches made of damage.
#[derive(Debug, Default)]
struct Searched {
    told: usize,
    same: usize,
    other: usize,
}

/// Damages an index of `guides` again and again; a check finds it, and a search does not panic.
fn damage(guides: usize, flips: usize, truncations: usize) -> Searched {
    let place = Place::new();
    place.write(guides, QUESTIONS, 0);
    place.build();
    place.write(2, QUESTIONS, 1);
    assert!(place.run(&["index"]).status.success());
    let files = files(&place.index().join("v4"));
    let search = || {
        let args = [
            "search",
            "--json",
            "--facets",
            "--full",
            "word7 subject3 guide1",
        ];
        place.run(&args)
    };
    let answer = |output: &Output| {
        let mut results: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        results["took_us"] = 0.into();
        results
    };
    let whole = answer(&search());
    let mut random = Random(4);
    let mut searched = Searched::default();
    for round in 0..flips + truncations {
        let (path, bytes) = &files[random.below(files.len())];
        let at = random.below(bytes.len());
        let mut damaged = bytes.clone();
        if round < flips {
            damaged[at] ^= 1 << random.below(8);
        } else {
            damaged.truncate(at);
        }
        fs::write(path, &damaged).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let check = place.run(&["check"]);
        assert_eq!(check.status.code(), Some(2), "{name}:{at}");
        assert!(stderr(&check).contains(name) && stderr(&check).contains("--rebuild"));
        let ran = search();
        let said = stderr(&ran);
        for word in ["panicked", "internal error", "memory allocation"] {
            assert!(!said.contains(word), "{name}:{at} {said}");
        }
        match ran.status.code() {
            Some(2) => {
                assert!(
                    said.contains("is damaged") && said.contains("--rebuild"),
                    "{said}"
                );
                searched.told += 1;
            }
            Some(_) if answer(&ran) == whole => searched.same += 1,
            Some(_) => searched.other += 1,
            None => panic!("{name}:{at} {:?} {said}", ran.status),
        }
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(answer(&search()), whole);
    searched
}

#[test]
fn damage_is_found_and_told_as_damage() {
    let _alone = alone();
    let (flips, truncations) = (times(8, 500), times(4, 200));
    let small = damage(6, flips, truncations);
    assert_eq!(small.told, flips + truncations, "it is checked when opened");
    let large = damage(times(100, 200), flips, truncations);
    println!(
        "{flips} bit flips and {truncations} truncations, all found by check: {small:?} in a small index, {large:?} in a large one"
    );
}

#[test]
fn one_of_two_writers_wins_and_the_other_names_it() {
    let _alone = alone();
    let place = Place::new();
    place.write(times(10, 100) * GUIDES, QUESTIONS, 0);
    let rounds = times(2, 20);
    for _ in 0..rounds {
        let mut first = place.start(&["index", "--rebuild"]);
        let lock = place.index().join("v4/.tantivy-writer.lock");
        let holder = || fs::read_to_string(&lock).unwrap_or_default();
        while holder().trim() != first.id().to_string() {
            assert!(first.try_wait().unwrap().is_none(), "it ended too soon");
            thread::sleep(Duration::from_millis(1));
        }
        let second = at_once(|| place.run(&["index"]));
        assert_eq!(second.status.code(), Some(2));
        let name = format!("is being written by process {}\n", first.id());
        assert!(stderr(&second).contains(&name), "{}", stderr(&second));
        let waiting = place.start(&["index", "--wait"]);
        first.kill().unwrap();
        first.wait().unwrap();
        let waited = waiting.wait_with_output().unwrap();
        assert!(waited.status.success(), "{}", stderr(&waited));
    }
    println!("two writers, {rounds} rounds: one each time, and a killed one leaves no lock");
}

#[test]
fn a_signal_ends_a_build_as_it_ends_other_programs() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    place.write(times(10, 100) * GUIDES, QUESTIONS, 1);
    // What a shell tells as 130 and 143.
    for (name, signal) in [("-INT", 2), ("-TERM", 15)] {
        // As in what a script starts in the background.
        if is_ignored(signal) {
            println!("not run: signal {signal} is ignored here");
            continue;
        }
        let mut writer = place.start(&["index", "--rebuild"]);
        thread::sleep(Duration::from_millis(100));
        let killed = Command::new("kill")
            .args([name, &writer.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        assert_eq!(writer.wait().unwrap().signal(), Some(signal));
        assert_eq!(place.found(0), (DOCUMENTS, DOCUMENTS));
    }
    assert_eq!(Index::check(place.index()).unwrap().damage, []);
}

/// Returns whether this process, and so those that it starts, ignores a signal.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap());
    ignored & (1 << (signal - 1)) != 0
}

/// A mounted folder.
struct Mount(PathBuf);

impl Mount {
    /// Mounts, where that is allowed.
    fn new(folder: &Path, args: &[&str]) -> Option<Mount> {
        let mut mount = Command::new("mount");
        let mounted = mount.args(args).arg(folder).stderr(Stdio::null()).status();
        let is_mounted = mounted.is_ok_and(|status| status.success());
        if !is_mounted {
            println!("not run: mount {args:?} is not allowed here");
        }
        is_mounted.then(|| Mount(folder.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_index() {
    let _alone = alone();
    let place = Place::new();
    fs::create_dir(place.index()).unwrap();
    let Some(_mount) = Mount::new(&place.index(), &["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
    else {
        return;
    };
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    let before = files(&place.index().join("v4")).len();
    place.write(20 * GUIDES, QUESTIONS, 1);
    for args in [&["index"][..], &["index", "--rebuild"]] {
        let failed = place.run(args);
        assert_eq!(failed.status.code(), Some(2));
        let said = stderr(&failed);
        assert!(
            said.contains("No space left on device") && said.contains("make room"),
            "{said}"
        );
        assert_eq!(place.found(0), (DOCUMENTS, DOCUMENTS));
        assert_eq!(
            files(&place.index().join("v4")).len(),
            before,
            "litter is left"
        );
    }
    fs::remove_dir_all(place.index().join("v4")).unwrap();
    let failed = place.run(&["search", "gen1"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(matches!(
        Index::open(place.index()),
        Err(Error::NoIndex { .. })
    ));
    println!("disk full: the old index answers, and nothing is left over");
}

#[test]
fn a_read_only_index_can_be_searched_and_not_written() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    for locks_are_there in [true, false] {
        if !locks_are_there {
            fs::remove_file(place.index().join("v4/.tantivy-writer.lock")).unwrap();
        }
        let index = place.index();
        let source = index.to_str().unwrap();
        let Some(_mount) = Mount::new(&index, &["-o", "bind,ro", source]) else {
            return;
        };
        assert_eq!(place.found(0), (DOCUMENTS, DOCUMENTS));
        for args in [&["search", "gen0"][..], &["check"], &["facets"]] {
            let ran = place.run(args);
            assert_eq!(
                (ran.status.code(), stderr(&ran).contains("error")),
                (Some(0), false)
            );
        }
        for args in [
            &["index"][..],
            &["index", "--rebuild"],
            &["search", "-u", "gen0"],
        ] {
            let ran = place.run(args);
            let said = stderr(&ran);
            assert_eq!(ran.status.code(), Some(2));
            assert!(
                said.contains("Read-only file system") && said.contains("help: "),
                "{said}"
            );
        }
    }
}

/// Returns the resident memory in KiB, and the number of open files, of this process.
fn used() -> (usize, usize) {
    let files = fs::read_dir("/proc/self/fd").unwrap().count();
    (memory("self", "VmRSS"), files)
}

/// Returns a figure of a process's memory in KiB; 0 once it has ended.
fn memory(process: &str, figure: &str) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(figure));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.map_or(0, |number| number.parse().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn searches_and_reloads_leave_nothing_behind() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    let index = Index::open(place.index()).unwrap();
    let search = |rounds: usize| {
        for i in 0..rounds {
            let query = Query::new(format!("word{} subject{} -word1", i % 900, i % QUESTIONS));
            index.search(&query.limit(10)).unwrap();
        }
    };
    let reload = |rounds: usize| {
        for i in 0..rounds {
            if i % 20 == 0 {
                place.write(1, QUESTIONS, i);
                assert!(place.run(&["index"]).status.success());
            }
            index.reload().unwrap();
        }
    };
    search(times(100, 1_000));
    reload(21);
    let before = used();
    search(times(900, 10_000));
    reload(times(40, 200));
    let after = used();
    println!("{before:?} KiB and files before, {after:?} after the searches and reloads");
    assert!(after.0 < before.0 + 4 * 1024, "{before:?} {after:?}");
    // An update may leave another number of segments, of eight files each.
    assert!(after.1 <= before.1 + 4, "{before:?} {after:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_build_takes_as_much_memory_for_many_guides_as_for_few() {
    let _alone = alone();
    for guides in [50, times(100, 10_000)] {
        let place = Place::new();
        place.write(guides, QUESTIONS, 0);
        let mut build = place.start(&["index"]);
        let mut peak = 0;
        while build.try_wait().unwrap().is_none() {
            peak = peak.max(memory(&build.id().to_string(), "VmHWM"));
            thread::sleep(Duration::from_millis(2));
        }
        println!("{} documents: at most {peak} KiB", guides * QUESTIONS);
        assert!(peak < 200 << 10, "{peak} KiB");
    }
}
