//! Output and exit status of the command: the transcripts in `tests/cmd` and in the README, and checks
//! that a transcript cannot make.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{
    env,
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// The guides that the transcripts are about.
const CONTENT: &str = "tests/cmd/content";

#[test]
fn transcripts() {
    run_transcripts("tests/cmd/*.md", CONTENT);
}

#[test]
fn readme() {
    run_transcripts("README.md", "content");
}

/// Runs the commands in the Markdown files `cases` on the guides in `content`.
fn run_transcripts(cases: &str, content: &str) {
    let index = built_index(content);
    trycmd::TestCases::new()
        .case(cases)
        .env("HOTSEAT_CONTENT", content)
        .env("HOTSEAT_INDEX", index.path().to_str().unwrap())
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .env(
            "XDG_CONFIG_HOME",
            index.path().join("none").to_str().unwrap(),
        )
        .run();
}

/// Returns a folder with an index of `content`.
///
/// It is built by another process: one that starts others meanwhile, as these tests do, hands them
/// its open files for a moment, and with them the index's lock.
fn built_index(content: &str) -> TempDir {
    let index = tempfile::tempdir().unwrap();
    let mut build = hotseat(&["index", "--content", content], index.path());
    let built = build.output().unwrap();
    assert!(built.status.success(), "{}", text(&built.stderr));
    index
}

fn hotseat(args: &[&str], index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hotseat"));
    command.args(args);
    command.env("HOTSEAT_CONTENT", CONTENT);
    command.env("HOTSEAT_INDEX", index);
    command.env("XDG_CONFIG_HOME", index.join("none"));
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_HYPERLINK"] {
        command.env_remove(variable);
    }
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn output(args: &[&str]) -> Output {
    let index = tempfile::tempdir().unwrap();
    hotseat(args, index.path()).output().unwrap()
}

#[test]
fn a_search_without_an_index_builds_it_first() {
    let index = tempfile::tempdir().unwrap();
    let search = || {
        hotseat(&["search", "closure"], index.path())
            .output()
            .unwrap()
    };
    let first = search();
    assert!(text(&first.stdout).starts_with("1. What is a closure?\n"));
    assert!(text(&first.stderr).contains("; building it from tests/cmd/content\n"));
    let second = search();
    assert_eq!(second.stdout, first.stdout);
    assert_eq!(text(&second.stderr), "");
}

#[test]
fn an_update_is_seen_by_the_search_that_asks_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let (content, index) = (dir.path().join("content"), dir.path().join("index"));
    fs::create_dir(&content).unwrap();
    fs::write(content.join("a.md"), "## What is an apple?\n\nA fruit.\n").unwrap();
    let search = |flag| {
        let mut command = hotseat(&["search", flag, "fruit"], &index);
        let ran = command.arg("--content").arg(&content).output().unwrap();
        text(&ran.stdout).matches("A fruit.").count()
    };
    assert_eq!(search("-n9"), 1);
    fs::write(content.join("b.md"), "## What is a pear?\n\nA fruit.\n").unwrap();
    assert_eq!([search("-n9"), search("-u"), search("-n9")], [1, 2, 2]);
}

#[test]
fn a_closed_pipe_is_a_normal_end() {
    let index = tempfile::tempdir().unwrap();
    // Longer than what a pipe holds, so that the program is still writing when it is closed.
    let guides = vec!["content"; 20];
    let args = [&["split", "--json"], guides.as_slice()].concat();
    let mut child = hotseat(&args, index.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(
        (ended.status.code(), text(&ended.stderr)),
        (Some(0), String::new())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    for args in [&["split", "content"][..], &["--help"], &["facets"]] {
        let index = built_index(CONTENT);
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ended = hotseat(args, index.path()).stdout(full).output().unwrap();
        assert_eq!(ended.status.code(), Some(2), "{args:?}");
        assert!(text(&ended.stderr).contains("No space left"), "{args:?}");
    }
}

/// Returns a folder with a guide that tries to steer the terminal from everywhere it can.
fn hostile_content() -> TempDir {
    let content = tempfile::tempdir().unwrap();
    let evil = "\u{1b}]0;x\u{7}\u{9b}2J\u{8}\u{202e}";
    let guide = format!(
        "---\ntitle: \"T\"\ntags: [\"tag{evil}\"]\n---\n\n## Part {evil}\n\n\
         ### What is evil{evil}?\n\nThe evil answer{evil}.\n\n```\nevil{evil}\n```\n\n\
         ### What is good?\n\nThe opposite.\n"
    );
    fs::write(content.path().join("evil\u{1b}[31m.md"), guide).unwrap();
    fs::write(
        content.path().join("bad\u{1b}[32m.md"),
        "---\n[\n---\n\n## Evil?\n\nNo.\n",
    )
    .unwrap();
    content
}

#[test]
fn nothing_steers_the_terminal() {
    let content = hostile_content();
    let folder = content.path().to_str().unwrap();
    let query = "evil \u{1b}[31m \u{202e}";
    let cases: [&[&str]; 21] = [
        &["index"],
        &["search", query],
        &["search", query, "--full", "--facets", "--explain"],
        &["search", query, "--json", "--full", "--facets"],
        &["search", "nothing\u{1b}[31m"],
        &["facets"],
        &["show", "evil\u{1b}[31m.md:8"],
        &["show", "missing\u{1b}[31m"],
        &["similar", "evil\u{1b}[31m.md:8"],
        &["split", folder],
        &["split", folder, "--json"],
        &["split", "missing\u{1b}[31m\u{9b}2J.md", "--bad\u{1b}[31m"],
        &["split", folder, "--explain"],
        &["check"],
        &["check", "--json"],
        &["check", "--index", "missing\u{1b}[31m\u{202e}"],
        &["search", "evil", "--tag", "missing\u{1b}[31m"],
        &["export", "--to", "anki"],
        &["export", "--to", "csv"],
        &["export", "--to", "html"],
        &["export", "--to", "md"],
    ];
    let index = tempfile::tempdir().unwrap();
    for args in cases {
        let mut command = hotseat(args, index.path());
        let ran = command.env("HOTSEAT_CONTENT", folder).output().unwrap();
        // Those of CSV.
        let printed = text(&ran.stdout).replace("\r\n", "\n") + &text(&ran.stderr);
        assert!(!printed.is_empty(), "{args:?}");
        let steers = |c: char| {
            (c.is_control() && !matches!(c, '\t' | '\n')) || ('\u{202a}'..='\u{202e}').contains(&c)
        };
        let steering: Vec<char> = printed.chars().filter(|c| steers(*c)).collect();
        assert_eq!(steering, [], "{args:?} {printed}");
    }
}

#[test]
fn damage_is_named_with_what_repairs_it() {
    let index = built_index(CONTENT);
    let run = |args: &[&str]| hotseat(args, index.path()).output().unwrap();
    let meta = index.path().join("v7/meta.json");
    let mut bytes = fs::read(&meta).unwrap();
    bytes[100] ^= 1;
    fs::write(&meta, bytes).unwrap();
    let repair = "help: rebuild it from the guides with `hotseat index --rebuild`\n";
    for command in ["search", "show", "similar", "index"] {
        let args = [command, "closure"];
        let ran = run(if command == "index" {
            &args[..1]
        } else {
            &args
        });
        let said = text(&ran.stderr);
        assert_eq!(
            (ran.status.code(), text(&ran.stdout)),
            (Some(2), String::new())
        );
        assert!(
            said.contains("is damaged: v7/meta.json does not match its checksum\n")
                && said.ends_with(repair),
            "{command}: {said}"
        );
    }
    let checked = run(&["check"]);
    let said = text(&checked.stderr);
    assert_eq!(checked.status.code(), Some(2));
    assert!(
        said.contains("v7/meta.json does not match its checksum\n") && said.ends_with(repair),
        "{said}"
    );
    let checked = run(&["check", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(2));
    assert_eq!(report["whole"], false);
    assert_eq!(report["damage"][0]["file"], "v7/meta.json");
    assert_eq!(report["repair"], "hotseat index --rebuild");
    assert!(run(&["index", "--rebuild"]).status.success());
    assert!(run(&["check"]).status.success());
}

#[test]
fn color_is_for_terminals_and_for_who_insists() {
    let index = tempfile::tempdir().unwrap();
    let search = |variables: &[(&str, &str)]| {
        let mut command = hotseat(&["search", "closure"], index.path());
        command.envs(variables.iter().copied());
        text(&command.output().unwrap().stdout)
    };
    assert!(!search(&[]).contains('\u{1b}'));
    let colored = search(&[("CLICOLOR_FORCE", "1")]);
    assert!(
        colored.contains("\u{1b}[1m\u{1b}[31mclosure\u{1b}[0m"),
        "{colored:?}"
    );
    assert!(!search(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn flags_decide_over_color_width_and_links_before_variables_do() {
    let index = built_index(CONTENT);
    let search = |flags: &[&str], variables: &[(&str, &str)]| {
        let mut command = hotseat(&["search", "lock", "-n1"], index.path());
        command.args(flags).envs(variables.iter().copied());
        let ran = command.output().unwrap();
        (text(&ran.stdout), text(&ran.stderr))
    };
    let is_colored = |flags: &[&str], variables: &[(&str, &str)]| {
        search(flags, variables).0.contains("\u{1b}[1m")
    };
    assert!(is_colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!is_colored(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&["--color=auto"], &[]));

    let longest = |flags: &[&str], variables: &[(&str, &str)]| {
        let (out, _) = search(flags, variables);
        let mut show = hotseat(&["show", "missing.md:1"], index.path());
        let shown = show.args(flags).envs(variables.iter().copied()).output();
        let err = text(&shown.unwrap().stderr);
        [out, err].map(|text| text.lines().map(str::len).max().unwrap())
    };
    let [out, err] = longest(&["--width", "40"], &[("COLUMNS", "90")]);
    assert!(out <= 44 && err <= 40, "{out} {err}");
    let [out, err] = longest(&[], &[("COLUMNS", "50")]);
    assert!(out <= 54 && err <= 50, "{out} {err}");
    let [out, err] = longest(&[], &[]);
    assert!(
        out > 64 && err > 50,
        "text is not wrapped in a pipe: {out} {err}"
    );

    let file = fs::canonicalize(CONTENT).unwrap().join("python.md");
    let file = file.to_str().unwrap();
    let forced = [("FORCE_HYPERLINK", "1")];
    let (linked, _) = search(&[], &forced);
    assert!(linked.contains("\u{1b}]8;;file://") && linked.contains(&format!("{file}#19")));
    let (linked, _) = search(&["--hyperlink-format=vscode"], &forced);
    assert!(linked.contains(&format!("\u{1b}]8;;vscode://file{file}:19:1\u{1b}\\")));
    for flags in [["--hyperlink-format", "none"], ["--color", "never"]] {
        assert!(!search(&flags, &forced).0.contains('\u{1b}'), "{flags:?}");
    }
    assert!(
        !search(&[], &[("FORCE_HYPERLINK", "0")])
            .0
            .contains('\u{1b}')
    );
}

#[test]
fn ids_of_split_are_those_of_the_index() {
    let found = output(&["search", "closure", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    let file = format!("{CONTENT}/python.md");
    let split = output(&["split", "--json", &file]);
    let id = found["hits"][0]["id"].to_string();
    assert!(text(&split.stdout).contains(&id), "{id}");
}

/// Returns what a shell is offered in place of the last of `words`.
fn offered(shell: &str, words: &[&str], index: &Path) -> String {
    let mut command = hotseat(&["--", "hotseat"], index);
    command.args(words).env("HOTSEAT_COMPLETE", shell);
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    text(&command.output().unwrap().stdout)
}

#[test]
fn shells_are_offered_what_is_in_the_index() {
    let index = built_index(CONTENT);
    let cases: [(&[&str], &str); 14] = [
        (&["search", "--tag", "py"], "python\t5 documents\n"),
        (&["search", "--tag", "PY"], "PYthon\t5 documents\n"),
        (
            &["facets", "-s", ""],
            "functions\t2 documents\nthreads\t2 documents\n",
        ),
        (&["search", "-g", "w"], "web/http.txt\t2 documents\n"),
        (
            &["search", "-g", "tests/cmd/content/W"],
            "tests/cmd/content/web/http.txt\t2 documents\n",
        ),
        (&["search", "multip"], "multiprocessing\t\n"),
        (&["search", "lock", "tag:py"], "tag:python\t5 documents\n"),
        (&["search", "-tag:py"], "-tag:python\t5 documents\n"),
        (&["search", "question:dead"], "question:deadlock\t\n"),
        (&["search", "guide:py"], "guide:python.md\t5 documents\n"),
        (&["show", "py"], "python.md:\t5 documents\n"),
        (
            &["similar", "python.md:3"],
            "python.md:30\tWhat is a closure?\npython.md:34\tWhat is a descriptor?\n",
        ),
        (&["search", "--index", "missing", "--tag", ""], ""),
        (
            &["search", "--lim"],
            "--limit\tShow at most this many hits [default: 10]\n",
        ),
    ];
    for (words, expected) in cases {
        assert_eq!(offered("fish", words, index.path()), expected, "{words:?}");
    }
}

#[test]
fn words_that_nobody_wrote_are_not_offered() {
    let dir = tempfile::tempdir().unwrap();
    let guide =
        "## What does close-on-exec do?\n\nIt closes `closefrom` files of python:3.14-slim.\n";
    fs::write(dir.path().join("-n.md"), guide).unwrap();
    let index = tempfile::tempdir().unwrap();
    let mut build = hotseat(&["index", "--content", "."], index.path());
    assert!(build.current_dir(dir.path()).status().unwrap().success());
    let words = offered("fish", &["search", "close"], index.path());
    assert_eq!(words, "closefrom\t\ncloses\t\n");
    assert_eq!(offered("fish", &["search", "python3"], index.path()), "");
}

/// Completes `line` as bash does: with words split at `:` and `=` as well.
#[cfg(target_os = "linux")]
fn completed_by_bash(line: &str, folder: &Path, index: &Path) -> String {
    let script = text(&output(&["completions", "bash"]).stdout);
    let mut words: Vec<String> = vec![String::new()];
    for c in line.chars() {
        match c {
            ' ' => words.push(String::new()),
            ':' | '=' => words.extend([c.to_string(), String::new()]),
            c => words.last_mut().unwrap().push(c),
        }
    }
    // A blank, or a start of the line, leaves an empty word only at the end.
    let last = words.len() - 1;
    let mut kept = 0..;
    words.retain(|word| kept.next() == Some(last) || !word.is_empty());
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let run = format!(
        "{script}\nCOMP_LINE='{line}' COMP_TYPE=9 COMP_WORDS=({}) COMP_CWORD={}\n\
         _hotseat hotseat {} ''\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        quoted.len() - 1,
        quoted.last().unwrap(),
    );
    let program = Path::new(env!("CARGO_BIN_EXE_hotseat"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut bash = Command::new("bash");
    bash.args(["-c", &run])
        .current_dir(folder)
        .env("PATH", path);
    bash.env("HOTSEAT_INDEX", index).env("HOTSEAT_CONTENT", ".");
    text(&bash.output().unwrap().stdout)
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_words_with_colons() {
    let dir = tempfile::tempdir().unwrap();
    let guide =
        "---\ntags: [Tea]\n---\n## What is tea?\n\nLeaves.\n\n## What is mate?\n\nLeaves.\n";
    fs::write(dir.path().join("tea.md"), guide).unwrap();
    fs::write(dir.path().join("-n.md"), "## What is n?\n\nA letter.\n").unwrap();
    let index = tempfile::tempdir().unwrap();
    let mut build = hotseat(&["index", "--content", "."], index.path());
    assert!(build.current_dir(dir.path()).status().unwrap().success());
    let cases = [
        ("hotseat show t", "tea.md:\n"),
        ("hotseat show tea.md:", "4\n8\n"),
        ("hotseat show tea.md:8", "8\n"),
        ("hotseat search tag:t", "tea\n"),
        ("hotseat search --tag=t", "tea\n"),
        ("hotseat search --guide ", "./-n.md\ntea.md\n"),
        ("hotseat sea", "search\n"),
    ];
    for (line, expected) in cases {
        assert_eq!(
            completed_by_bash(line, dir.path(), index.path()),
            expected,
            "{line}"
        );
    }
}

#[test]
fn a_shell_is_offered_nothing_that_it_would_run() {
    let dir = tempfile::tempdir().unwrap();
    let guide = "---\ntags: [\"$(reboot)\", \"a`b`\", \"x;y\", \"\\e[31m\", fine]\n---\n\
                 ## A & B\n\n### Why?\n\nSo.\n";
    fs::write(dir.path().join("a b.md"), guide).unwrap();
    let index = tempfile::tempdir().unwrap();
    let mut build = hotseat(&["index", "--content"], index.path());
    assert!(build.arg(dir.path()).status().unwrap().success());
    for (option, expected) in [("--tag", "fine"), ("--section", ""), ("--guide", "")] {
        let found = offered("bash", &["search", option, ""], index.path());
        assert_eq!(found, expected, "{option}");
    }
}

#[test]
fn nothing_is_said_to_a_shell_of_a_damaged_index() {
    let (content, index) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A smaller index would be looked at before it is read.
    let word = |i: u64| format!("{:x}", i.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let question = |i| {
        format!(
            "## What is {}?\n\n{} {}.\n\n",
            word(i),
            word(i * i),
            word(!i)
        )
    };
    let guide: String = (1..12_000).map(question).collect();
    fs::write(content.path().join("a.md"), guide).unwrap();
    let mut build = hotseat(&["index", "--content"], index.path());
    assert!(build.arg(content.path()).status().unwrap().success());
    let files = fs::read_dir(index.path().join("v7")).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    let size: u64 = files
        .iter()
        .map(|file| file.metadata().unwrap().len())
        .sum();
    assert!(size > 2 << 20, "{size}");
    let columns = files
        .iter()
        .find(|file| file.extension().is_some_and(|e| e == "fast"));
    let columns = columns.unwrap();
    let mut bytes = fs::read(columns).unwrap();
    let end = bytes.len() - 300;
    bytes[..end].fill(0xff);
    fs::write(columns, bytes).unwrap();
    let mut command = hotseat(&["--", "hotseat", "search", "--tag", ""], index.path());
    command
        .env("HOTSEAT_COMPLETE", "fish")
        .env("_CLAP_COMPLETE_INDEX", "3");
    let answer = command.output().unwrap();
    assert_eq!(
        (text(&answer.stdout), text(&answer.stderr)),
        (String::new(), String::new())
    );
}

#[test]
fn every_shell_has_a_script_and_every_command_a_page() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = text(&output(&["completions", shell]).stdout);
        assert!(script.contains("HOTSEAT_COMPLETE"), "{shell}");
    }
    for command in [
        "search", "show", "similar", "facets", "index", "split", "check",
    ] {
        let page = text(&output(&["man", command]).stdout);
        let title = format!(".TH hotseat-{command} 1");
        assert!(page.contains(&title), "{page}");
        let sections: Vec<&str> = page
            .lines()
            .filter_map(|l| l.strip_prefix(".SH "))
            .collect();
        let sections: Vec<&str> = sections.iter().map(|s| s.trim_matches('"')).collect();
        let expected = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"];
        assert_eq!(sections[..4], expected, "{command}");
        assert!(
            sections.ends_with(&["EXIT STATUS", "EXAMPLES", "SEE ALSO"]),
            "{command}"
        );
        let (_, synopsis) = page.split_once("SYNOPSIS").unwrap();
        assert!(
            synopsis.contains("[\\fB\\-\\-color\\fR \\fIWHEN\\fR]"),
            "{synopsis}"
        );
    }
    let page = text(&output(&["man"]).stdout);
    for section in ["COMMANDS", "ENVIRONMENT", "FILES"] {
        assert!(page.contains(&format!("\n.SH {section}\n")), "{page}");
    }
}

#[test]
fn settings_come_before_defaults_variables_before_settings_and_flags_before_all() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = dir.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write(
        "hotseat.toml",
        "content = \"ours\"\nindex = \"indexes/ours\"\n",
    );
    for folder in ["ours", "env", "flag"] {
        write(
            &format!("{folder}/below/a.md"),
            &format!("## Whose is it?\n\nOf {folder}.\n"),
        );
    }
    let search = |variable: Option<&str>, flag: Option<&str>| {
        let mut command = hotseat(&["search", "--update", "--json", "whose"], dir.path());
        command.current_dir(dir.path().join("ours/below"));
        // An index is of one content folder.
        let _ = fs::remove_dir_all(dir.path().join("indexes"));
        command
            .env_remove("HOTSEAT_CONTENT")
            .env_remove("HOTSEAT_INDEX");
        command.envs(variable.map(|folder| ("HOTSEAT_CONTENT", folder)));
        command.args(flag.into_iter().flat_map(|folder| ["--content", folder]));
        let ran = command.output().unwrap();
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        let found: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
        found["hits"][0]["snippet"].to_string()
    };
    assert!(search(None, None).contains("Of ours"));
    assert!(search(Some("../../env"), None).contains("Of env"));
    assert!(search(Some("../../env"), Some("../../flag")).contains("Of flag"));
    assert!(dir.path().join("indexes/ours").is_dir());
}

/// Runs `hotseat` in `folder`, with no variables but those given.
fn run_in(folder: &Path, args: &[&str], variables: &[(&str, &Path)]) -> Output {
    let mut command = hotseat(args, folder);
    command.current_dir(folder);
    for variable in ["HOTSEAT_CONTENT", "HOTSEAT_INDEX"] {
        command.env_remove(variable);
    }
    command.envs(variables.iter().copied()).output().unwrap()
}

#[test]
fn own_settings_count_where_a_collection_has_none() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = dir.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("guides/a.md", "## What is mine?\n\nAn answer.\n");
    write("guides/b.md", "## What else is mine?\n\nAn answer.\n");
    write(
        "config/hotseat/config.toml",
        "content = \"../../guides\"\nlimit = 1\nhyperlink-format = \"vscode\"\n",
    );
    write("project/hotseat.toml", "content = \"texts\"\n");
    write("project/texts/c.md", "## What is theirs?\n\nAn answer.\n");
    fs::create_dir(dir.path().join("anywhere")).unwrap();
    let (config, cache) = (dir.path().join("config"), dir.path().join("cache"));
    let variables = [
        ("XDG_CONFIG_HOME", config.as_path()),
        ("XDG_CACHE_HOME", &cache),
        ("FORCE_HYPERLINK", Path::new("1")),
    ];
    let run = |folder: &str| {
        let folder = dir.path().join(folder);
        let ran = run_in(&folder, &["search", "answer"], &variables);
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        text(&ran.stdout)
    };
    let mine = run("anywhere");
    assert!(
        mine.contains("What is mine?") && !mine.contains("What else"),
        "{mine}"
    );
    assert!(
        mine.contains("]8;;vscode://file/") && mine.contains("guides/a.md:1"),
        "{mine}"
    );
    assert!(cache.join("hotseat/index").is_dir());
    let theirs = run("project");
    assert!(theirs.contains("What is theirs?"), "{theirs}");
    assert!(dir.path().join("project/index").is_dir());
}

#[test]
fn an_index_of_other_guides_than_the_settings_name_does_not_answer() {
    let dir = tempfile::tempdir().unwrap();
    let set = |content: &str| {
        let file = dir.path().join("config/hotseat/config.toml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, format!("content = {content}\n")).unwrap();
    };
    for (folder, word) in [("tea", "leaves"), ("coffee", "beans")] {
        let folder = dir.path().join(folder);
        fs::create_dir(&folder).unwrap();
        fs::write(
            folder.join("a.md"),
            format!("## What is it?\n\nOf {word}.\n"),
        )
        .unwrap();
    }
    fs::create_dir(dir.path().join("empty")).unwrap();
    let (config, cache) = (dir.path().join("config"), dir.path().join("cache"));
    let variables = [
        ("XDG_CONFIG_HOME", config.as_path()),
        ("XDG_CACHE_HOME", &cache),
    ];
    let search = |arguments: &[&str]| {
        let arguments = [&["search", "leaves"], arguments].concat();
        let ran = run_in(dir.path(), &arguments, &variables);
        (ran.status.code(), text(&ran.stdout), text(&ran.stderr))
    };
    set("'../../tea'");
    assert_eq!(search(&[]).0, Some(0));
    for other in ["'../../coffee'", "['../../tea', '../../coffee']"] {
        set(other);
        let (code, found, said) = search(&[]);
        assert_eq!((code, found.as_str()), (Some(2), ""), "{said}");
        assert!(said.contains("holds the guides of"), "{said}");
    }
    // Who names the index means that one.
    let index = cache.join("hotseat/index");
    assert_eq!(search(&["--index", index.to_str().unwrap()]).0, Some(0));
    set("'../../gone'");
    let (code, _, said) = search(&[]);
    assert!(
        code == Some(0) && said.contains("cannot read the content folder"),
        "{said}"
    );
    let (code, _, said) = search(&["--content", "empty", "--index", "new"]);
    assert!(
        code == Some(1) && said.contains("there are no guides in empty"),
        "{said}"
    );
}

#[test]
fn paths_are_those_of_the_content_that_the_index_was_built_from() {
    let dir = tempfile::tempdir().unwrap();
    let guides = dir.path().join("guides/below");
    fs::create_dir_all(&guides).unwrap();
    fs::write(guides.join("a.md"), "## What is mine?\n\nAn answer.\n").unwrap();
    let index = dir.path().join("index");
    let build = ["index", "--content", "guides", "--index", "index"];
    assert!(run_in(dir.path(), &build, &[]).status.success());
    let variables = [("HOTSEAT_INDEX", index.as_path())];
    let cases = [
        ("", "guides/below/a.md:1"),
        ("guides", "below/a.md:1"),
        ("guides/below", "a.md:1"),
        ("index", &format!("{}:1", guides.join("a.md").display())),
    ];
    for (folder, place) in cases {
        let folder = dir.path().join(folder);
        let found = run_in(&folder, &["search", "--paths", "answer"], &variables);
        assert_eq!(
            text(&found.stdout).trim_end(),
            place,
            "{}",
            text(&found.stderr)
        );
        for name in [place, "below/a.md:1"] {
            let shown = run_in(&folder, &["show", name], &variables);
            assert!(
                text(&shown.stdout).contains(place),
                "{name} in {}",
                folder.display()
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn settings_are_read_from_small_regular_files_only() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("hotseat.toml");
    let error = || {
        let ran = run_in(dir.path(), &["facets"], &[]);
        assert_eq!(ran.status.code(), Some(2));
        text(&ran.stderr)
    };
    let made = Command::new("mkfifo").arg(&file).status().unwrap();
    assert!(made.success());
    assert!(error().contains("it is not a regular file"));
    fs::remove_file(&file).unwrap();
    fs::write(&file, "#".repeat(64 << 10) + "\n").unwrap();
    assert!(error().contains("it is larger than 64 KiB"));
    fs::write(&file, b"limit = 3\nindex = \"\xff\"\n").unwrap();
    assert!(error().contains("line 2 is not UTF-8"));
    // One of that size is read.
    fs::write(&file, "#".repeat((64 << 10) - 1) + "\n").unwrap();
    assert!(error().contains("there is no index at index"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_guide() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe.md");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let ran = run_in(dir.path(), &["split", "pipe.md"], &[]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("not a regular file"));
    // Nor is one that replaced a guide waited for when that is shown.
    let guide = "## What is tea?\n\nLeaves.\n";
    fs::create_dir(dir.path().join("content")).unwrap();
    fs::write(dir.path().join("content/a.md"), guide).unwrap();
    assert!(run_in(dir.path(), &["index"], &[]).status.success());
    fs::rename(&pipe, dir.path().join("content/a.md")).unwrap();
    let ran = run_in(dir.path(), &["show", "a.md:99"], &[]);
    assert!(text(&ran.stdout).contains("Leaves."));
}

#[cfg(unix)]
#[test]
fn settings_of_another_user_in_a_folder_above_are_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let below = dir.path().join("below");
    fs::create_dir(&below).unwrap();
    let file = dir.path().join("hotseat.toml");
    fs::write(&file, "index = \"theirs\"\n").unwrap();
    if std::os::unix::fs::chown(&file, Some(12_345), None).is_err() {
        // Only root can give files away.
        return;
    }
    let said = text(&run_in(&below, &["facets"], &[]).stderr);
    assert!(
        said.contains("belongs to another user") && said.contains("no index at index"),
        "{said}"
    );
    let said = text(&run_in(dir.path(), &["facets"], &[]).stderr);
    assert!(said.contains("there is no index at theirs"), "{said}");
}

#[test]
fn quiet_is_results_and_errors_alone_and_verbose_tells_each_step() {
    let content = tempfile::tempdir().unwrap();
    fs::write(
        content.path().join("a.md"),
        "---\ntags: [a\n---\n## What is a?\n\nThe first letter.\n",
    )
    .unwrap();
    let index = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = hotseat(args, index.path());
        command
            .env("HOTSEAT_CONTENT", content.path())
            .output()
            .unwrap()
    };
    assert!(text(&run(&["index"]).stderr).contains("/a.md:"));
    assert_eq!(text(&run(&["index", "--quiet"]).stderr), "");
    let nothing = run(&["-q", "search", "xylophone"]);
    assert_eq!(
        (nothing.status.code(), text(&nothing.stderr)),
        (Some(1), String::new())
    );
    let failed = run(&["-q", "search", "--index", "Cargo.toml", "a"]);
    assert!(text(&failed.stderr).starts_with("error: "));
    let verbose = run(&["search", "-v", "letter"]);
    assert!(
        text(&verbose.stderr).contains(" ms  "),
        "{}",
        text(&verbose.stderr)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn too_little_memory_is_an_error_and_no_crash() {
    let index = tempfile::tempdir().unwrap();
    let mut failed = 0;
    for kilobytes in [60_000, 90_000, 120_000, 200_000] {
        let run = format!(
            "ulimit -v {kilobytes}; exec {} index --rebuild --content content --index {}",
            env!("CARGO_BIN_EXE_hotseat"),
            index.path().display()
        );
        let ran = Command::new("sh").args(["-c", &run]).output().unwrap();
        let said = text(&ran.stderr);
        match ran.status.code() {
            Some(0) => {}
            Some(2) => failed += usize::from(!said.is_empty()),
            code => panic!("{code:?} with {kilobytes} KB: {said}"),
        }
    }
    assert!(failed > 0, "there was always enough memory");
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Waits until `is_so`, for as long as a slow machine may take.
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(60), "not so: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn watching_keeps_the_index_fresh() {
    let dir = tempfile::tempdir().unwrap();
    let content = dir.path().join("content");
    let index = dir.path().join("index");
    fs::create_dir(&content).unwrap();
    fs::write(content.join("a.md"), "## What is apple?\n\nA fruit.\n").unwrap();
    let args = ["index", "--watch", "--content", content.to_str().unwrap()];
    let mut command = hotseat(&args, &index);
    let running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let _running = Running(running.unwrap());
    let found = |word: &str| {
        let args = ["show", word, "--content", content.to_str().unwrap()];
        let ran = hotseat(&args, &index).output().unwrap();
        ran.status.success()
    };
    // By what builds no index itself.
    let is_whole = || {
        let ran = hotseat(&["check"], &index).output().unwrap();
        ran.status.success()
    };
    wait_until("built", is_whole);
    assert!(found("a.md:1"));

    fs::write(content.join("new.md"), "## What is new?\n\nThis.\n").unwrap();
    wait_until("a new guide is found", || found("new.md:1"));

    fs::create_dir(content.join("b")).unwrap();
    fs::write(
        content.join("b/.c.md"),
        "## What is in a folder?\n\nA guide.\n",
    )
    .unwrap();
    fs::rename(content.join("b/.c.md"), content.join("b/c.md")).unwrap();
    wait_until("a renamed guide is found", || found("b/c.md:1"));

    fs::remove_dir_all(content.join("b")).unwrap();
    wait_until("a removed folder is gone", || !found("b/c.md:1"));

    fs::rename(&content, dir.path().join("away")).unwrap();
    fs::create_dir(&content).unwrap();
    fs::write(content.join("z.md"), "## What is last?\n\nThis.\n").unwrap();
    wait_until("what is in the folder that is new is found", || {
        found("z.md:1")
    });
    wait_until("what was in the old one is gone", || !found("a.md:1"));

    let check = hotseat(&["check"], &index).output().unwrap();
    assert!(check.status.success(), "{}", text(&check.stderr));
}

#[test]
fn paths_are_ended_by_nul_bytes_for_xargs() {
    let index = built_index(CONTENT);
    let ran = hotseat(&["search", "-0", "lock"], index.path())
        .output()
        .unwrap();
    let file = format!("{CONTENT}/python.md");
    assert_eq!(text(&ran.stdout), format!("{file}:19\0{file}:12\0"));
    for path in text(&ran.stdout).split_terminator('\0') {
        let shown = hotseat(&["show", path], index.path()).output().unwrap();
        assert!(shown.status.success(), "{path}");
    }
}

/// Returns what the documented schema of a command finds wrong in what it printed, key by key.
fn faults(command: &str, printed: &str) -> Vec<String> {
    let file = format!("tests/schema/{command}.schema.json");
    let mut schema = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    close(&mut schema);
    let schema = jsonschema::validator_for(&schema).unwrap();
    assert!(!printed.is_empty(), "{command} printed nothing");
    let lines = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines
        .flat_map(|line: serde_json::Value| {
            let errors = schema.iter_errors(&line);
            let told = errors.map(|error| format!("{}: {error}", error.instance_path()));
            told.collect::<Vec<_>>()
        })
        .collect()
}

/// Lets a schema allow no keys but those that it names.
fn close(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(object) => {
            if object
                .get("properties")
                .is_some_and(|keys| keys.is_object())
            {
                object.insert("additionalProperties".to_owned(), false.into());
            }
            object.values_mut().for_each(close);
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn json_is_what_its_schema_says() {
    let index = built_index(CONTENT);
    let cases: [(&str, &[&str]); 14] = [
        ("draw", &["draw", "--seed", "1", "--minutes", "20"]),
        ("practice", &["practice", "--log", "/none/reviews.jsonl"]),
        ("search", &["search", "lock threads"]),
        (
            "search",
            &["search", "deadlok", "--full", "--facets", "--explain"],
        ),
        ("facets", &["facets"]),
        ("facets", &["facets", "level", "lock"]),
        ("similar", &["similar", "python.md:14"]),
        ("show", &["show", "web/http.txt:3"]),
        ("split", &["split", CONTENT]),
        ("split-explain", &["split", "--explain", CONTENT]),
        (
            "index",
            &["index", "--content", "tests/cmd/ignore.in/content"],
        ),
        ("index", &["index"]),
        ("check", &["check"]),
        (
            "index",
            &["index", "--content", "tests/cmd/index.in/content"],
        ),
    ];
    for (schema, args) in cases {
        if schema == "index" {
            // An index is of one content folder.
            fs::remove_dir_all(index.path().join("v7")).unwrap();
        }
        let mut command = hotseat(args, index.path());
        let ran = command.arg("--json").output().unwrap();
        assert_eq!(faults(schema, &text(&ran.stdout)), [""; 0], "{args:?}");
    }
}

/// Messages of an assistant, `>`, and their answers, `<`. `TRYCMD=overwrite` writes the answers.
#[test]
fn mcp_transcripts() {
    let index = built_index(CONTENT);
    for name in ["legacy", "modern"] {
        let file = Path::new("tests/mcp").join(format!("{name}.txt"));
        let written = fs::read_to_string(&file).unwrap();
        let mut server = hotseat(&["mcp"], index.path());
        server.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = server.spawn().unwrap();
        let mut input = server.stdin.take().unwrap();
        let mut answers = BufReader::new(server.stdout.take().unwrap()).lines();
        let mut transcript = String::new();
        for request in written.lines().filter_map(|line| line.strip_prefix("> ")) {
            writeln!(input, "{request}").unwrap();
            transcript += &format!("> {request}\n");
            let message: Result<Value, _> = serde_json::from_str(request);
            // A notification has no answer.
            if message.is_ok_and(|message| message.is_object() && message.get("id").is_none()) {
                continue;
            }
            loop {
                let answer = answers.next().unwrap().unwrap();
                let version = concat!("\"version\":\"", env!("CARGO_PKG_VERSION"), "\"");
                let shown = answer.replace(version, "\"version\":\"[VERSION]\"");
                transcript += &format!("< {shown}\n");
                let answer: Value = serde_json::from_str(&answer).unwrap();
                if answer.get("method").is_none() {
                    break;
                }
            }
        }
        drop(input);
        assert!(
            answers.next().is_none(),
            "the server says more than is asked"
        );
        assert!(server.wait().unwrap().success());
        if env::var_os("TRYCMD").is_some_and(|value| value == "overwrite") {
            fs::write(&file, &transcript).unwrap();
        } else {
            assert_eq!(transcript, written, "{}", file.display());
        }
    }
}

/// Whatever is sent, every line of the output is one JSON object, and the server ends with its input.
#[test]
fn mcp_answers_any_lines_in_json() {
    let index = built_index(CONTENT);
    let mut lines = String::new();
    let mut state = 7u64;
    let parts = [
        "{",
        "}",
        "[",
        "]",
        "\"id\":",
        "1",
        "\"method\":",
        "\"tools/call\"",
        ",",
        "\"params\":",
        "null",
        "\"name\"",
        ":",
        "\"search\"",
        "\"\\u0000\"",
        "é",
        " ",
        "\u{202e}",
        "\"arguments\":",
        "-1e999",
        "\"jsonrpc\":\"2.0\"",
    ];
    for _ in 0..1000 {
        for _ in 0..state % 23 {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            lines += parts[(state >> 33) as usize % parts.len()];
        }
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        lines.push('\n');
    }
    lines += "{\"id\":\"last\",\"method\":\"ping\"}";
    let mut server = hotseat(&["mcp"], index.path());
    server.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut server = server.spawn().unwrap();
    let mut input = server.stdin.take().unwrap();
    let writing = thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let mut output = String::new();
    server
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut output)
        .unwrap();
    writing.join().unwrap();
    assert!(server.wait().unwrap().success());
    for line in output.lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        assert_eq!(answer["jsonrpc"], "2.0");
    }
    assert!(output.ends_with("\"id\":\"last\",\"jsonrpc\":\"2.0\",\"result\":{}}\n"));
}

#[test]
fn programs_are_named_by_the_user_and_by_no_project() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    fs::create_dir_all(path("content")).unwrap();
    fs::write(path("content/a.pdf"), "Q: What is tea?\nA: Leaves.\n").unwrap();
    let run = |args: &[&str]| {
        let mut command = hotseat(args, &path("index"));
        command
            .current_dir(dir.path())
            .env_remove("HOTSEAT_CONTENT");
        let output = command
            .env("XDG_CONFIG_HOME", path("own"))
            .output()
            .unwrap();
        (
            output.status.code(),
            text(&output.stdout) + &text(&output.stderr),
        )
    };
    let command = "[convert]\npdf = \"cat {}\"\n";
    fs::write(path("hotseat.toml"), format!("limit = 3\n{command}")).unwrap();
    let (status, said) = run(&["search", "tea"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(
        said.contains("hotseat.toml:2: [convert] names programs"),
        "{said}"
    );
    fs::remove_file(path("hotseat.toml")).unwrap();
    fs::create_dir_all(path("own/hotseat")).unwrap();
    fs::write(path("own/hotseat/config.toml"), command).unwrap();
    let (status, said) = run(&["search", "tea"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("content/a.pdf:1"), "{said}");
    fs::write(
        path("own/hotseat/config.toml"),
        "[convert]\npdf = \"cat\"\n",
    )
    .unwrap();
    let (status, said) = run(&["search", "tea"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(
        said.contains("config.toml:2: pdf = \"cat\": give a command"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn the_settings_for_installed_programs_are_printed() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let program = dir.path().join("pdftotext");
    let converters = || {
        let output = hotseat(&["index", "--converters"], dir.path())
            .env("PATH", dir.path())
            .output()
            .unwrap();
        (output.status.code(), text(&output.stdout))
    };
    assert_eq!(converters(), (Some(1), String::new()));
    fs::write(&program, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let (status, printed) = converters();
    assert_eq!(status, Some(0));
    let expected = "[convert]\npdf = \"pdftotext -enc UTF-8 {} -\"\n";
    assert!(printed.ends_with(expected), "{printed}");
}

#[test]
fn cards_and_sheets_never_replace_a_guide() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    fs::create_dir_all(path("content")).unwrap();
    let guide = "## What is tea?\n\nLeaves, and hot water.\n";
    fs::write(path("content/tea.md"), guide).unwrap();
    let run = |args: &[&str]| {
        let mut command = hotseat(args, &path("index"));
        command
            .current_dir(dir.path())
            .env_remove("HOTSEAT_CONTENT");
        let output = command.output().unwrap();
        (output.status.code(), text(&output.stderr))
    };
    for args in [
        &["export", "--to", "md", "-o", "content/tea.md"][..],
        &["draw", "-o", "./content/../content/tea.md"],
    ] {
        let (status, said) = run(args);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("is among the guides"), "{said}");
        assert_eq!(fs::read_to_string(path("content/tea.md")).unwrap(), guide);
    }
    let (status, said) = run(&["export", "--to", "md", "-o", "content/cards.md"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("may be read as one"), "{said}");
    let (status, said) = run(&["export", "--to", "md", "-o", "cards.md"]);
    assert_eq!((status, said.contains("note")), (Some(0), false), "{said}");
    assert!(path("cards.md").exists());
}

#[test]
fn the_name_of_a_file_tells_the_format() {
    let dir = tempfile::tempdir().unwrap();
    let index = built_index(CONTENT);
    let written = |args: &[&str], name: &str| {
        let file = dir.path().join(name);
        let args = [args, &["-o", file.to_str().unwrap()]].concat();
        let output = hotseat(&args, index.path()).output().unwrap();
        (
            fs::read_to_string(file).unwrap_or_default(),
            text(&output.stderr),
        )
    };
    for (command, name, start) in [
        ("export", "a.txt", "#separator:tab\n"),
        ("export", "a.CSV", "id,question,"),
        ("export", "a.md", "# content\n"),
        ("export", "a.html", "<!doctype html>"),
        ("draw", "b.htm", "<!doctype html>"),
        ("draw", "b.json", "{\"seed\":"),
        ("draw", "b.txt", "# Interview"),
    ] {
        let (text, said) = written(&[command], name);
        assert!(text.starts_with(start), "{name}: {text}{said}");
    }
    assert!(
        written(&["export", "--to", "csv"], "c.md")
            .0
            .starts_with("id,")
    );
    let (text, said) = written(&["export"], "c.xlsx");
    assert!(
        text.is_empty() && said.contains("tells no format; give one with --to"),
        "{said}"
    );
    let (_, said) = written(&["draw", "-n", "99"], "d.md");
    assert!(
        said.contains("questions differ, ") && said.contains(" questions in "),
        "{said}"
    );
}

#[test]
fn few_of_many_copies_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let content = dir.path().join("content");
    fs::create_dir(&content).unwrap();
    for number in 1..=6 {
        let guide = content.join(format!("{number}.md"));
        fs::write(
            guide,
            "# Tea\n\n## What is tea?\n\nLeaves.\n\n## Why is it green?\n\nBy heat.\n",
        )
        .unwrap();
    }
    let folder = content.to_str().unwrap();
    let index = built_index(folder);
    let mut search = hotseat(
        &["search", "tea", "-n", "1", "--content", folder],
        index.path(),
    );
    let printed = text(&search.output().unwrap().stdout);
    // The line may be wrapped.
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        printed.contains("also in ") && printed.contains(":3 and 2 more "),
        "{printed}"
    );
    assert_eq!(printed.matches(".md:3").count(), 4, "{printed}");
}

#[test]
fn undoing_takes_back_the_last_thing_done() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    fs::create_dir_all(path("content")).unwrap();
    let guide =
        "## What is tea?\n\nLeaves.\n\n## What is rye?\n\nGrain.\n\n## What is malt?\n\nSprouts.\n";
    fs::write(path("content/food.md"), guide).unwrap();
    let practice = |keys: &str| {
        let mut command = hotseat(&["practice", "--log", "reviews.jsonl"], &path("index"));
        command
            .current_dir(dir.path())
            .env_remove("HOTSEAT_CONTENT");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.spawn().unwrap();
        running
            .stdin
            .take()
            .unwrap()
            .write_all(keys.as_bytes())
            .unwrap();
        text(&running.wait_with_output().unwrap().stdout)
    };
    // The first is graded, the second buried; that is undone, and then the grade.
    let shown = practice("\n3\nb\nu\nu\nu\nq\n");
    assert_eq!(shown.matches("Undone.").count(), 2, "{shown}");
    assert!(shown.contains("There is nothing to undo."), "{shown}");
    assert!(shown.contains("Nothing was graded."), "{shown}");
    let log = fs::read_to_string(path("reviews.jsonl")).unwrap();
    assert_eq!(
        log.lines().count(),
        4,
        "a grade, a burial, and both undone: {log}"
    );
}

#[test]
fn a_level_that_no_question_has_is_an_error_of_the_mix() {
    let index = built_index(CONTENT);
    let output = hotseat(&["draw", "--mix", "grandmaster:1"], index.path()).output();
    let said = text(&output.unwrap().stderr);
    assert!(
        said.contains("no level is called \"grandmaster\"; there are "),
        "{said}"
    );
}

/// The programs in Python on the page about embedding, as they stand there.
#[cfg(all(unix, feature = "serve"))]
#[test]
fn the_programs_on_the_page_run() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("not run: there is no python3");
        return;
    }
    let index = built_index(CONTENT);
    let bin = Path::new(env!("CARGO_BIN_EXE_hotseat")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
    let page = include_str!("../src/docs/embedding.md");
    let programs = page.split("\n```python\n").skip(1);
    let programs: Vec<&str> = programs
        .map(|text| text.split("\n```").next().unwrap())
        .collect();
    assert_eq!(programs.len(), 2);
    for program in programs {
        let ran = Command::new("python3")
            .args(["-c", program])
            .env("PATH", &path)
            .env("HOTSEAT_CONTENT", CONTENT)
            .env("HOTSEAT_INDEX", index.path())
            .output()
            .unwrap();
        let out = text(&ran.stdout);
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        assert!(out.contains("What is a closure?"), "{out}");
    }
}
