//! Runs the code in guides, and compares what it prints with what its comments say:
//! `cargo run --example run_code -- content`.
//!
//! A guide's code is a [`Block`] of its own, whose span in the guide's text begins with the fence.
//! A block is run if its fence says `python`, `javascript` (or `js`), `typescript`, `java`, `go`,
//! `rust`, `cpp`, `sql` or `sh`, and nothing more: `python,ignore` and `rust,compile_fail` are for
//! reading. Each block is a whole program, except that Rust may leave out `fn main` and Go `package main`. It runs
//! in an empty folder, without input. A language that the machine lacks, or has in too old a version,
//! is named and left out.
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
    process::{Child, Command, ExitCode, ExitStatus, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use hotseat::{Block, BlockKind, Guide, walk};

/// The longest time that a program may run.
const RUNNING: Duration = Duration::from_secs(120);

/// The longest time to compile one: Go compiles its standard library first, once on a machine.
const COMPILING: Duration = Duration::from_secs(300);

/// A language: its comments, and the commands that run its programs.
struct Language {
    /// The word behind the fence.
    name: &'static str,
    /// The start of a comment.
    comment: &'static str,
    /// The calls that print; none where any line may.
    prints: &'static [&'static str],
    /// The name of the program's file.
    file: &'static str,
    /// The command that prints the version, and the oldest one that the guides are written for.
    version: (&'static [&'static str], [u32; 2]),
    /// The command that compiles the program, if one has to; `@` is the folder of the file.
    compile: Option<&'static [&'static str]>,
    /// The command that runs it.
    run: &'static [&'static str],
}

const LANGUAGES: [Language; 9] = [
    Language {
        name: "python",
        comment: "#",
        prints: &["print("],
        file: "main.py",
        version: (&["python3", "--version"], [3, 11]),
        compile: None,
        run: &["python3", "@/main.py"],
    },
    Language {
        name: "javascript",
        comment: "//",
        prints: &["console.log(", "process.stdout.write("],
        file: "main.mjs",
        version: (&["node", "--version"], [20, 0]),
        compile: None,
        run: &["node", "@/main.mjs"],
    },
    Language {
        name: "typescript",
        comment: "//",
        prints: &["console.log("],
        file: "main.mts",
        version: (&["tsc", "--version"], [5, 5]),
        compile: Some(&[
            "tsc",
            "--strict",
            "--target",
            "es2023",
            "--lib",
            "esnext,dom,dom.iterable",
            "--module",
            "nodenext",
            "--outDir",
            "@",
            "@/main.mts",
        ]),
        run: &["node", "@/main.mjs"],
    },
    Language {
        name: "java",
        comment: "//",
        prints: &["System.out."],
        file: "Main.java",
        version: (&["javac", "-version"], [17, 0]),
        compile: Some(&["javac", "-d", "@", "@/Main.java"]),
        run: &["java", "-cp", "@", "Main"],
    },
    Language {
        name: "go",
        comment: "//",
        prints: &["fmt.Print", "os.Stdout"],
        file: "main.go",
        version: (&["go", "version"], [1, 25]),
        compile: Some(&["go", "build", "-o", "@/main", "@/main.go"]),
        run: &["@/main"],
    },
    Language {
        name: "rust",
        comment: "//",
        prints: &["print!(", "println!("],
        file: "main.rs",
        version: (&["rustc", "--version"], [1, 88]),
        compile: Some(&["rustc", "--edition=2024", "-o", "@/main", "@/main.rs"]),
        run: &["@/main"],
    },
    Language {
        name: "cpp",
        comment: "//",
        prints: &["cout", "print", "puts("],
        file: "main.cpp",
        version: (&["g++", "--version"], [12, 0]),
        compile: Some(&[
            "g++",
            "-std=c++20",
            "-pthread",
            "-o",
            "@/main",
            "@/main.cpp",
        ]),
        run: &["@/main"],
    },
    Language {
        name: "sql",
        comment: "--",
        prints: &[],
        file: "main.sql",
        version: (&["sqlite3", "--version"], [3, 40]),
        compile: None,
        run: &["sqlite3", "-batch", "-bail", ":memory:", ".read @/main.sql"],
    },
    Language {
        name: "sh",
        comment: "#",
        prints: &[],
        file: "main.sh",
        // Most of what is run is Git's; any bash will do.
        version: (&["git", "--version"], [2, 39]),
        compile: None,
        run: &["bash", "@/main.sh"],
    },
];

/// A block of code to be run.
struct Program {
    language: &'static Language,
    /// The guide and the line of the fence.
    place: String,
    code: String,
}

/// A comment in a program that shows its output.
struct Comment<'p> {
    text: &'p str,
    /// Whether it is wrong if that is not printed; otherwise it may be an explanation.
    must_be_printed: bool,
}

fn main() -> Result<ExitCode, Box<dyn error::Error>> {
    let content = env::args_os().nth(1).unwrap_or_else(|| "content".into());
    let programs = programs(Path::new(&content))?;
    let mut code = ExitCode::SUCCESS;
    for language in &LANGUAGES {
        let is_in_language = |program: &&Program| program.language.name == language.name;
        let programs: Vec<&Program> = programs.iter().filter(is_in_language).collect();
        if !programs.is_empty() && !all_pass(language, &programs)? {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// Returns the programs in all guides of the folder `content`.
fn programs(content: &Path) -> hotseat::Result<Vec<Program>> {
    let mut programs = Vec::new();
    for file in walk(content)?.guides {
        let guide = Guide::read(&file.absolute, &file.path)?;
        let blocks = guide.blocks.iter();
        programs.extend(blocks.filter_map(|block| program(&guide, block)));
    }
    Ok(programs)
}

/// Runs the programs of one language, prints what is wrong with them, and returns whether nothing
/// is. A language that this machine lacks is no failure.
fn all_pass(language: &Language, programs: &[&Program]) -> io::Result<bool> {
    let (name, count) = (language.name, programs.len());
    if let Some(why) = language.lack() {
        println!("{name}: {count} not run, as {why}");
        return Ok(true);
    }
    let mut failed = 0;
    for (program, failure) in programs.iter().zip(run_all(programs)?) {
        if let Some(why) = failure {
            failed += 1;
            println!("{}: {why}\n", program.place);
        }
    }
    println!("{name}: {} passed, {failed} failed", count - failed);
    Ok(failed == 0)
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
        let compile = self.language.compile.map(|command| (command, COMPILING));
        for (command, limit) in compile.into_iter().chain([(self.language.run, RUNNING)]) {
            let failure = run(command, folder.path(), limit)?;
            if failure.is_some() {
                return Ok(failure);
            }
        }
        let printed = fs::read(folder.path().join("stdout"))?;
        Ok(self.contradiction(&String::from_utf8_lossy(&printed)))
    }

    /// Returns the comments beside what is `printed`, unless they agree.
    fn contradiction(&self, printed: &str) -> Option<String> {
        let comments = self.comments();
        if agree(&comments, printed) {
            return None;
        }
        let said: Vec<&str> = comments.iter().map(|comment| comment.text).collect();
        let said = indented("the comments", &said.join("\n"));
        let printed = indented("are not what is printed", printed);
        Some(format!("{said}\n{printed}"))
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

    /// Returns the comments, from top to bottom.
    fn comments(&self) -> Vec<Comment<'_>> {
        let mut comments = Vec::new();
        // The lines before may be a call that prints, and comments that go on below it.
        let mut is_below = false;
        for line in self.code.lines() {
            let (code, comment) = self.language.comment_of(line);
            let prints = self.language.prints.iter().any(|call| code.contains(call));
            let goes_on = code.is_empty() && is_below;
            if let Some(comment) = comment {
                let printed = comment.strip_prefix("prints:");
                comments.push(Comment {
                    text: printed.unwrap_or(comment).trim(),
                    must_be_printed: printed.is_some() || prints || goes_on,
                });
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
        let program = command[0];
        let Ok(output) = Command::new(program).args(&command[1..]).output() else {
            return Some(format!("there is no {program} here"));
        };
        let Some(found) = version(&String::from_utf8_lossy(&output.stdout)) else {
            return Some(format!("{program} does not say which version it is"));
        };
        let text = |[major, minor]: [u32; 2]| format!("{major}.{minor}");
        let why = || format!("they need {program} {}, not {}", text(needed), text(found));
        (found < needed).then(why)
    }

    /// Splits a line into code and comment. A comment stands apart from both the code before it and
    /// its text, and does not begin inside double quotes.
    fn comment_of<'l>(&self, line: &'l str) -> (&'l str, Option<&'l str>) {
        for (start, mark) in line.match_indices(self.comment) {
            let (code, comment) = (&line[..start], &line[start + mark.len()..]);
            let is_apart = code.is_empty() || code.ends_with(char::is_whitespace);
            let is_text = comment.is_empty() || comment.starts_with(' ');
            let is_quoted = code.matches('"').count() % 2 == 1;
            if is_apart && is_text && !is_quoted {
                return (code.trim(), Some(comment.trim()));
            }
        }
        (line.trim(), None)
    }
}

/// Returns the first two numbers of the version in `text`, such as `git version 2.39.5`.
fn version(text: &str) -> Option<[u32; 2]> {
    let mut words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let version = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut numbers = version.split('.').map_while(|number| number.parse().ok());
    Some([numbers.next()?, numbers.next().unwrap_or(0)])
}

/// Runs a command in an empty folder inside `folder`, its output going to files beside it. Returns
/// what went wrong, if anything did.
fn run(command: &[&str], folder: &Path, limit: Duration) -> io::Result<Option<String>> {
    let empty = folder.join("empty");
    fs::create_dir_all(&empty)?;
    let folder_name = folder.to_string_lossy();
    let words = command.iter().map(|word| word.replace('@', &folder_name));
    let words: Vec<String> = words.collect();
    let child = Command::new(&words[0])
        .args(&words[1..])
        .current_dir(&empty)
        // Git sets these for its hooks. A program's `git` would then change the hook's repository.
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        // Output must not depend on whose machine it is.
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .stdout(fs::File::create(folder.join("stdout"))?)
        .stderr(fs::File::create(folder.join("stderr"))?)
        .spawn()?;
    let Some(status) = wait(child, limit)? else {
        return Ok(Some(format!("not done in {} s", limit.as_secs())));
    };
    if status.success() {
        return Ok(None);
    }
    let errors = fs::read(folder.join("stderr"))?;
    let title = format!("{} ended with {status}", command[0]);
    Ok(Some(indented(&title, &String::from_utf8_lossy(&errors))))
}

/// Waits until `child` ends, and returns how; or ends it after the time `limit`.
fn wait(mut child: Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Returns whether a program `printed` what its `comments` say, one after the other.
fn agree(comments: &[Comment], printed: &str) -> bool {
    let mut rest = printed;
    for comment in comments {
        let mut readings = readings(comment.text).into_iter();
        match readings.find_map(|said| without(rest, said)) {
            Some(after) => rest = after,
            None if comment.must_be_printed => return false,
            None => {}
        }
    }
    rest.trim().is_empty()
}

/// Returns what a comment may say is printed, longest first: all of it, or what stands before an
/// explanation.
fn readings(comment: &str) -> Vec<&str> {
    let marks = [": ", ", ", "; ", " ("];
    let ends = marks.iter().flat_map(|mark| comment.match_indices(mark));
    let mut ends: Vec<usize> = ends.map(|(at, _)| at).chain([comment.len()]).collect();
    ends.sort_unstable_by(|a, b| b.cmp(a));
    ends.into_iter().map(|end| &comment[..end]).collect()
}

/// Returns what comes in `printed` after what a comment `said`, or nothing if it begins otherwise.
/// White space does not count, and a comma may stand for the end of a line.
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

/// Returns `text`, indented, below a `title`.
fn indented(title: &str, text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| format!("\n    {line}"));
    format!("{title}:{}", lines.collect::<String>())
}
