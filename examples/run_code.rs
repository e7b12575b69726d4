//! Runs the code in guides, and compares what it prints with what its comments say:
//! `cargo run --example run_code -- content`.
//!
//! A guide's code is a [`Block`] of its own, whose span in the guide's text begins with the fence.
//! Run is what is fenced as `python`, `javascript` (or `js`), `java`, `go`, `rust`, `cpp`, `sql` or
//! `sh`, and as nothing more: `python,ignore` and `rust,compile_fail` are for reading. Each block is
//! a whole program, except that Rust may leave out `fn main` and Go `package main`. It runs in an
//! empty folder, without input. A language that the machine lacks is named, and left out.
//!
//! The comments of a program, read from top to bottom, say what it prints, white space aside:
//!
//! - behind a call that prints, or right below one that has no comment: `print(1 + 1)  # 2`;
//! - anywhere, as `# prints: 1 2 3`, where things are printed in another order than written;
//! - elsewhere, if the output goes on with them: `main()  # 2`. Otherwise they are explanations.
//!
//! A comma may stand for the end of a line, and after `: `, `, `, `; ` or ` (` an explanation may
//! follow.

use std::{
    env, error, fs, io, panic,
    path::Path,
    process::{Command, ExitCode, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use hotseat::{Block, BlockKind, Guide, walk};

/// How long a program may run.
const RUNNING: Duration = Duration::from_secs(10);

/// How long it may take to compile.
const COMPILING: Duration = Duration::from_secs(60);

/// How programs of a language are read and run.
struct Language {
    /// What the fence says.
    name: &'static str,
    /// What a comment starts with.
    comment: &'static str,
    /// The calls that print; none where any line may.
    prints: &'static [&'static str],
    /// The name of the program's file.
    file: &'static str,
    /// What prints the version, and the oldest that the guides are written for.
    version: (&'static [&'static str], [u32; 2]),
    /// The commands to compile and run it, `@` being the folder of the file.
    commands: &'static [&'static [&'static str]],
}

const LANGUAGES: [Language; 8] = [
    Language {
        name: "python",
        comment: "#",
        prints: &["print("],
        file: "main.py",
        version: (&["python3", "--version"], [3, 11]),
        commands: &[&["python3", "@/main.py"]],
    },
    Language {
        name: "javascript",
        comment: "//",
        prints: &["console.log(", "process.stdout.write("],
        file: "main.mjs",
        version: (&["node", "--version"], [20, 0]),
        commands: &[&["node", "@/main.mjs"]],
    },
    Language {
        name: "java",
        comment: "//",
        prints: &["System.out."],
        file: "Main.java",
        version: (&["javac", "-version"], [17, 0]),
        commands: &[
            &["javac", "-d", "@", "@/Main.java"],
            &["java", "-cp", "@", "Main"],
        ],
    },
    Language {
        name: "go",
        comment: "//",
        prints: &["fmt.Print", "os.Stdout"],
        file: "main.go",
        version: (&["go", "version"], [1, 25]),
        commands: &[&["go", "build", "-o", "@/main", "@/main.go"], &["@/main"]],
    },
    Language {
        name: "rust",
        comment: "//",
        prints: &["print!(", "println!("],
        file: "main.rs",
        version: (&["rustc", "--version"], [1, 88]),
        commands: &[
            &["rustc", "--edition=2024", "-o", "@/main", "@/main.rs"],
            &["@/main"],
        ],
    },
    Language {
        name: "cpp",
        comment: "//",
        prints: &["cout", "print", "puts("],
        file: "main.cpp",
        version: (&["g++", "--version"], [12, 0]),
        commands: &[
            &[
                "g++",
                "-std=c++20",
                "-pthread",
                "-o",
                "@/main",
                "@/main.cpp",
            ],
            &["@/main"],
        ],
    },
    Language {
        name: "sql",
        comment: "--",
        prints: &[],
        file: "main.sql",
        version: (&["sqlite3", "--version"], [3, 40]),
        commands: &[&["sqlite3", "-batch", "-bail", ":memory:", ".read @/main.sql"]],
    },
    Language {
        name: "sh",
        comment: "#",
        prints: &[],
        file: "main.sh",
        // Most of what is run is Git; bash is as old as one likes.
        version: (&["git", "--version"], [2, 39]),
        commands: &[&["bash", "@/main.sh"]],
    },
];

/// A block of code to be run.
struct Program {
    language: &'static Language,
    /// The guide and the line of the fence.
    place: String,
    code: String,
}

fn main() -> Result<ExitCode, Box<dyn error::Error>> {
    let content = env::args().nth(1).unwrap_or_else(|| "content".to_owned());
    let mut programs = Vec::new();
    for file in walk(Path::new(&content))?.guides {
        let guide = Guide::read(&file.file, &file.path)?;
        let blocks = guide.blocks.iter();
        programs.extend(blocks.filter_map(|block| program(&guide, block)));
    }

    let mut any_failed = false;
    for language in &LANGUAGES {
        let name = language.name;
        let programs: Vec<&Program> = programs
            .iter()
            .filter(|program| program.language.name == name)
            .collect();
        let count = programs.len();
        if count == 0 {
            continue;
        }
        if let Some(why) = language.lack() {
            println!("{name}: {count} not run, as {why}");
            continue;
        }
        let mut failed = 0;
        for (program, failure) in programs.iter().zip(run_all(&programs)?) {
            if let Some(why) = failure {
                failed += 1;
                println!("{}: {why}\n", program.place);
            }
        }
        println!("{name}: {} passed, {failed} failed", count - failed);
        any_failed |= failed > 0;
    }
    Ok(ExitCode::from(u8::from(any_failed)))
}

/// Returns the program in a block of `guide`, if it is one to be run.
fn program(guide: &Guide, block: &Block) -> Option<Program> {
    if block.kind != BlockKind::Code {
        return None;
    }
    let fence = guide.text[block.span.clone()].lines().next()?;
    let name = match fence.trim().trim_start_matches(['`', '~']) {
        "js" => "javascript",
        name => name,
    };
    let language = LANGUAGES.iter().find(|language| language.name == name)?;
    Some(Program {
        language,
        place: format!("{}:{}", guide.path, block.line),
        code: block.text.clone(),
    })
}

/// Runs all programs, as many at a time as there are cores, and returns what is wrong with each.
fn run_all(programs: &[&Program]) -> io::Result<Vec<Option<String>>> {
    let waiting = Mutex::new(programs.iter().enumerate());
    let next = || waiting.lock().ok()?.next();
    let work = || {
        let mut done = Vec::new();
        while let Some((at, program)) = next() {
            done.push((at, program.run()));
        }
        done
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut all = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join());
        done.flat_map(|done| done.unwrap_or_else(|panic| panic::resume_unwind(panic)))
            .collect::<Vec<_>>()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, failure)| failure).collect()
}

impl Program {
    /// Compiles and runs the program, and returns what is wrong with it: it fails, or prints
    /// something else than its comments say.
    fn run(&self) -> io::Result<Option<String>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join(self.language.file), self.whole())?;
        let commands = self.language.commands;
        for (at, command) in commands.iter().enumerate() {
            let is_last = at + 1 == commands.len();
            let limit = if is_last { RUNNING } else { COMPILING };
            let failure = run(command, folder.path(), limit)?;
            if failure.is_some() {
                return Ok(failure);
            }
        }
        let printed = fs::read(folder.path().join("stdout"))?;
        let printed = String::from_utf8_lossy(&printed);
        let comments = self.comments();
        if agree(&comments, &printed) {
            return Ok(None);
        }
        let said = comments.iter().map(|(comment, _)| *comment);
        let said = indented("the comments", &said.collect::<Vec<_>>().join("\n"));
        Ok(Some(
            said + &indented("\nare not what is printed", &printed),
        ))
    }

    /// Returns the code with what may be left out of it.
    fn whole(&self) -> String {
        let code = &self.code;
        match self.language.name {
            "rust" if !code.contains("fn main()") => format!("fn main() {{\n{code}\n}}\n"),
            "go" if !code.contains("package main") => format!("package main\n{code}\n"),
            _ => format!("{code}\n"),
        }
    }

    /// Returns the comments, and of each whether it must be printed.
    fn comments(&self) -> Vec<(&str, bool)> {
        let mut comments = Vec::new();
        let mut is_below = false;
        for line in self.code.lines() {
            let (code, comment) = self.language.comment_of(line);
            let prints = self.language.prints.iter().any(|call| code.contains(call));
            let goes_on = code.is_empty() && is_below;
            if let Some(comment) = comment {
                match comment.strip_prefix("prints:") {
                    Some(printed) => comments.push((printed.trim(), true)),
                    None => comments.push((comment, prints || goes_on)),
                }
            }
            is_below = if comment.is_some() { goes_on } else { prints };
        }
        comments
    }
}

impl Language {
    /// Returns what keeps its programs from being run on this machine, if anything does.
    fn lack(&self) -> Option<String> {
        let (command, needed) = self.version;
        let Ok(output) = Command::new(command[0]).args(&command[1..]).output() else {
            return Some(format!("there is no {} here", command[0]));
        };
        let text = String::from_utf8_lossy(&output.stdout);
        let mut words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        let version = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
        let found = [numbers.next()?, numbers.next().unwrap_or(0)];
        let [major, minor] = needed;
        let is_old = found < needed;
        is_old.then(|| format!("they need {} {major}.{minor}, not {version}", command[0]))
    }

    /// Splits a line into code and comment. What is quoted is no comment.
    fn comment_of<'l>(&self, line: &'l str) -> (&'l str, Option<&'l str>) {
        let starts = line.match_indices(self.comment).map(|(start, _)| start);
        let mut comments = starts.filter(|&start| {
            let (code, comment) = (&line[..start], &line[start + self.comment.len()..]);
            let is_quoted = code.matches('"').count() % 2 == 1;
            let is_apart = code.is_empty() || code.ends_with(char::is_whitespace);
            is_apart && !is_quoted && (comment.is_empty() || comment.starts_with(' '))
        });
        match comments.next() {
            Some(start) => {
                let comment = &line[start + self.comment.len()..];
                (line[..start].trim(), Some(comment.trim()))
            }
            None => (line.trim(), None),
        }
    }
}

/// Runs a command in an empty folder inside `folder`, its output going to files beside it. Returns
/// what went wrong, if anything did.
fn run(command: &[&str], folder: &Path, limit: Duration) -> io::Result<Option<String>> {
    let empty = folder.join("empty");
    fs::create_dir_all(&empty)?;
    let words = command
        .iter()
        .map(|word| word.replace('@', &folder.to_string_lossy()));
    let words: Vec<String> = words.collect();
    let mut child = Command::new(&words[0])
        .args(&words[1..])
        .current_dir(&empty)
        // In a hook of Git's, the folder's `git` would be that of the hook.
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .stdout(fs::File::create(folder.join("stdout"))?)
        .stderr(fs::File::create(folder.join("stderr"))?)
        .spawn()?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(Some(format!("not done in {} s", limit.as_secs())));
        }
        thread::sleep(Duration::from_millis(5));
    };
    let errors = fs::read(folder.join("stderr"))?;
    let errors = String::from_utf8_lossy(&errors);
    let failed = || indented(&format!("{} ended with {status}", command[0]), &errors);
    Ok((!status.success()).then(failed))
}

/// Returns whether a program `printed` what its `comments` say, one after the other.
fn agree(comments: &[(&str, bool)], printed: &str) -> bool {
    let mut rest = printed;
    for (comment, is_needed) in comments {
        let marks = [": ", ", ", "; ", " ("];
        let ends = marks.iter().flat_map(|mark| comment.match_indices(mark));
        let mut ends: Vec<usize> = ends.map(|(at, _)| at).chain([comment.len()]).collect();
        ends.sort_unstable();
        // As much of the comment as can be, without its explanation.
        let after = |&end: &usize| without(rest, &comment[..end]);
        match ends.iter().rev().find_map(after) {
            Some(after) => rest = after,
            None if *is_needed => return false,
            None => {}
        }
    }
    rest.trim().is_empty()
}

/// Returns what comes in `printed` after what a comment `said`.
fn without<'p>(printed: &'p str, said: &str) -> Option<&'p str> {
    let mut rest = printed;
    for c in said.chars().filter(|c| !c.is_whitespace()) {
        let next = rest.trim_start();
        let is_new_line = rest[..rest.len() - next.len()].contains('\n');
        match next.strip_prefix(c) {
            Some(after) => rest = after,
            None if c == ',' && is_new_line => {}
            None => return None,
        }
    }
    Some(rest)
}

/// Returns `text` below a line that says what it is.
fn indented(title: &str, text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| format!("\n    {line}"));
    format!("{title}:{}", lines.collect::<String>())
}
