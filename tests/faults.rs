//! Faults that an index survives: killed writers, damaged files, a full disk, many readers.
//!
//! `cargo test` runs a short form. The long one takes minutes, and prints its figures:
//!
//! ```sh
//! HOTSEAT_FAULTS=long cargo test --release --test faults -- --nocapture
//! ```

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{
    collections::BTreeMap,
    env, fs,
    io::{Read, Write},
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

use hotseat::{Error, Index, Query, practice::LogFile};
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
        found(&Index::open(self.index()).unwrap(), generation)
    }
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
    let entries = fs::read_dir(place.index().join("v7")).unwrap();
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

/// Kills a practice session at any moment: each grade that it showed as saved is in the log, once, and
/// nothing else is but at most one torn line a kill.
#[test]
fn a_killed_practice_keeps_every_grade_that_it_showed() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 1);
    place.build();
    let log = place.0.path().join("reviews.jsonl");
    let log_file = log.to_str().unwrap();
    let mut random = Random(20);
    let began = Instant::now();
    let mut shown = 0;
    let kills = times(15, 200);
    for _ in 0..kills {
        let mut practice = place.hotseat(&["practice", "--log", log_file, "--new=9999", "-n9999"]);
        practice.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut practice = practice.spawn().unwrap();
        let mut input = practice.stdin.take().unwrap();
        let typing = thread::spawn(move || {
            // Each question: see the answer, then a grade. It ends when nobody reads any more.
            while input.write_all(b"\n3\n\n1\n\n4\n").is_ok() {}
        });
        // Killed once some grades were shown, however fast the machine is.
        let mut output = practice.stdout.take().unwrap();
        let wanted = random.below(40);
        let mut text = Vec::new();
        let mut chunk = [0; 256];
        loop {
            let read = output.read(&mut chunk).unwrap();
            if read == 0 {
                break;
            }
            text.extend(&chunk[..read]);
            if saved(&text) >= wanted {
                practice.kill().unwrap();
            }
        }
        practice.wait().unwrap();
        shown += saved(&text);
        typing.join().unwrap();
    }
    let (_, read) = LogFile::open(&log).unwrap();
    let graded = read.entries.len();
    assert!(shown > kills, "{shown} grades of {kills} sessions");
    assert!(graded >= shown, "{graded} of {shown}");
    // Of a session that was killed, at most one grade was on the disk and not yet shown.
    assert!(graded <= shown + kills && read.unread.len() <= kills);
    eprintln!(
        "{kills} kills of practice: {shown} grades shown, {graded} kept, {:?}",
        began.elapsed()
    );
}

/// Returns the number of grades that `output` of a practice shows as saved.
fn saved(output: &[u8]) -> usize {
    String::from_utf8_lossy(output).matches("Saved: ").count()
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

/// Results of searches in a damaged index.
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
    let files = files(&place.index().join("v7"));
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

/// Sends a signal to a process that this one started.
fn signal(process: &Child, name: &str) {
    let id = process.id().to_string();
    assert!(
        Command::new("kill")
            .args([name, &id])
            .status()
            .unwrap()
            .success()
    );
}

/// Starts a writer, and stops it while it holds the lock; it goes on after `-CONT`.
fn stopped_writer(place: &Place) -> Child {
    let lock = place.index().join("v7/.tantivy-writer.lock");
    loop {
        let mut writer = place.start(&["index", "--rebuild"]);
        let holds = || {
            let holder = fs::read_to_string(&lock).unwrap_or_default();
            holder.trim() == format!("hotseat {}", writer.id())
        };
        while !holds() && is_running(&writer) {
            thread::sleep(Duration::from_millis(1));
        }
        signal(&writer, "-STOP");
        // It may have let go of it meanwhile.
        if holds() && is_stopped(&writer) {
            return writer;
        }
        signal(&writer, "-CONT");
        writer.wait().unwrap();
    }
}

/// Returns the state of a process, as the system has it in one letter.
fn state(process: &Child) -> Option<char> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

fn is_running(process: &Child) -> bool {
    !matches!(state(process), None | Some('Z'))
}

/// Waits until a process is stopped; returns whether it is.
fn is_stopped(process: &Child) -> bool {
    while is_running(process) {
        if state(process) == Some('T') {
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
    false
}

#[cfg(target_os = "linux")]
#[test]
fn one_of_two_writers_wins_and_the_other_names_it() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    let rounds = times(2, 20);
    for _ in 0..rounds {
        let mut first = stopped_writer(&place);
        let second = place.run(&["index"]);
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

#[cfg(target_os = "linux")]
#[test]
fn a_signal_ends_a_build_as_it_ends_other_programs() {
    let _alone = alone();
    let place = Place::new();
    place.write(GUIDES, QUESTIONS, 0);
    place.build();
    place.write(GUIDES, QUESTIONS, 1);
    // A shell shows these as 130 and 143.
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        // As in what a script starts in the background.
        if is_ignored(number) {
            println!("not run: signal {number} is ignored here");
            continue;
        }
        let mut writer = stopped_writer(&place);
        signal(&writer, name);
        signal(&writer, "-CONT");
        assert_eq!(writer.wait().unwrap().signal(), Some(number));
        assert_eq!(place.found(0), (DOCUMENTS, DOCUMENTS));
    }
    assert_eq!(Index::check(place.index()).unwrap().damage, []);
}

/// The library that makes one call of the command fail; see `tests/preload/fault.c`.
struct Faults {
    folder: TempDir,
}

impl Faults {
    /// Builds it, where there is a C compiler.
    fn new() -> Option<Faults> {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/preload/fault.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-w", "-o"]);
        compiler
            .arg(folder.path().join("fault.so"))
            .arg(source)
            .arg("-ldl");
        let is_built = compiler.output().is_ok_and(|built| built.status.success());
        if !is_built {
            println!("not run: there is no C compiler here that builds a library to preload");
        }
        is_built.then_some(Faults { folder })
    }

    /// Lets the call with the number `at`, on a file below `folder`, fail with `errno`.
    fn set(&self, command: &mut Command, folder: &Path, at: usize, errno: i32) {
        command
            .env("LD_PRELOAD", self.folder.path().join("fault.so"))
            .env("FAULT_BELOW", folder)
            .env("FAULT_AT", at.to_string())
            .env("FAULT_ERRNO", errno.to_string())
            .env("FAULT_COUNT", self.folder.path().join("count"));
    }

    /// Returns the number of calls of a command on files below `folder`.
    fn count(&self, mut command: Command, folder: &Path) -> usize {
        self.set(&mut command, folder, 0, 0);
        assert!(command.output().unwrap().status.success());
        let count = fs::read_to_string(self.folder.path().join("count")).unwrap();
        count.trim().parse().unwrap()
    }
}

/// Returns each question of an index with the generation of its answer.
fn content(place: &Place) -> BTreeMap<String, String> {
    let index = Index::open(place.index()).unwrap();
    let hits = index
        .search(&Query::new("").full(true).limit(10_000))
        .unwrap()
        .hits;
    let generation = |answer: &str| answer.split(' ').next().unwrap().to_owned();
    let all = hits.into_iter().map(|hit| {
        let answer = hit.answer.unwrap();
        (
            format!("{} {}", hit.guide, hit.question),
            generation(&answer),
        )
    });
    all.collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn whichever_call_of_an_update_fails_the_index_is_of_one_generation() {
    const EIO: i32 = 5;
    const EMFILE: i32 = 24;
    const ENOSPC: i32 = 28;
    let _alone = alone();
    let Some(faults) = Faults::new() else { return };
    let (guides, questions) = (3, 2);
    let source = Place::new();
    source.write(guides, questions, 0);
    source.build();
    let before = content(&source);
    source.write(guides, questions, 1);
    fs::remove_file(source.content().join("2.md")).unwrap();
    let of_others = "## What is new?\n\ngen1 x.\n";
    fs::write(source.content().join("new.md"), of_others).unwrap();
    let copy = || {
        let place = Place::new();
        copy_folder(source.0.path(), place.0.path());
        place
    };
    let done = copy();
    let calls = faults.count(done.hotseat(&["index"]), done.0.path());
    let after = content(&done);
    assert_ne!(before, after);
    let (mut as_before, mut as_after, mut postponed) = (0, 0, 0);
    for errno in [EIO, EMFILE, ENOSPC] {
        for at in (1 + errno as usize % 7..=calls).step_by(times(23, 1)) {
            let place = copy();
            let mut update = place.hotseat(&["index"]);
            faults.set(&mut update, place.0.path(), at, errno);
            let ran = update.output().unwrap();
            let said = format!("call {at} fails with {errno}: {}", stderr(&ran));
            assert!(
                !said.contains("panicked") && !said.contains("internal error"),
                "{said}"
            );
            let found = content(&place);
            match ran.status.code() {
                Some(0) => assert_eq!(found, after, "{said}"),
                Some(2) if said.contains("not all guides could be read") => {
                    // Each guide is as it was or as it is.
                    for (question, generation) in &found {
                        let known = [before.get(question), after.get(question)];
                        assert!(known.contains(&Some(generation)), "{question} {said}");
                    }
                    postponed += 1;
                }
                Some(2) if found == before => as_before += 1,
                Some(2) => {
                    assert_eq!(found, after, "{said}");
                    as_after += 1;
                }
                code => panic!("{code:?} {said}"),
            }
            // Nothing of it is left.
            let again = place.run(&["index"]);
            assert!(again.status.success(), "{said} {}", stderr(&again));
            assert_eq!(content(&place), after, "{said}");
            let check = Index::check(place.index()).unwrap();
            assert_eq!(check.damage, [], "{said}");
            let names = fs::read_dir(place.index().join("v7")).unwrap();
            let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let names: Vec<String> = names.filter(|name| !name.ends_with(".lock")).collect();
            assert_eq!(names.len(), check.files, "{said} {names:?}");
        }
    }
    println!(
        "{calls} calls of an update: failing, {as_before} left the old index, {as_after} the new, \
         {postponed} single guides"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_stopped_reader_stops_nobody() {
    let _alone = alone();
    let Some(faults) = Faults::new() else { return };
    let place = Place::new();
    place.write(3, 2, 0);
    place.build();
    let calls = faults.count(place.hotseat(&["search", "word1"]), &place.index());
    for at in (1..=calls).step_by(times(9, 1)) {
        place.write(3, 2, at);
        let mut reader = place.hotseat(&["search", "word1"]);
        faults.set(&mut reader, &place.index(), at, 0);
        reader.stdout(Stdio::null()).stderr(Stdio::null());
        let mut reader = reader.spawn().unwrap();
        let is_stopped = is_stopped(&reader);
        // Each waits for ever, if it waits for the reader.
        assert!(place.run(&["index"]).status.success());
        assert_eq!(place.found(at), (6, 6));
        if is_stopped {
            signal(&reader, "-CONT");
        }
        // The old index that it read is gone, so it may have to read the new one.
        let ended = reader.wait().unwrap();
        assert!(matches!(ended.code(), Some(0 | 1)), "{at}: {ended:?}");
    }
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
fn processes_that_begin_at_once_make_one_index() {
    let _alone = alone();
    for _ in 0..times(20, 400) {
        let place = Place::new();
        place.write(1, 1, 0);
        let search = ["search", "gen0"];
        let begun = [&["index", "--wait"][..], &search, &search].map(|args| place.start(args));
        for process in begun {
            let ended = process.wait_with_output().unwrap();
            assert!(ended.status.success(), "{}", stderr(&ended));
        }
        assert_eq!(place.found(0), (1, 1));
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
    let before = files(&place.index().join("v7")).len();
    place.write(20 * GUIDES, QUESTIONS, 1);
    for args in [&["index"][..], &["index", "--rebuild"]] {
        let failed = place.run(args);
        assert_eq!(failed.status.code(), Some(2));
        let said = stderr(&failed);
        assert!(
            said.contains("No space left on device") && said.contains("free some space"),
            "{said}"
        );
        assert_eq!(place.found(0), (DOCUMENTS, DOCUMENTS));
        assert_eq!(
            files(&place.index().join("v7")).len(),
            before,
            "litter is left"
        );
    }
    fs::remove_dir_all(place.index().join("v7")).unwrap();
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
            fs::remove_file(place.index().join("v7/.tantivy-writer.lock")).unwrap();
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
