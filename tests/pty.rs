//! The screen of a terminal: the command runs in a pseudo-terminal, whose screen is read.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{
    fs,
    io::{Read, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, ExitStatus},
};

use insta::assert_snapshot;
use pty_process::{
    Size,
    blocking::{Command, Pty, open},
};
use tempfile::TempDir;
use vt100::{Cell, Color, Parser};

/// A folder with guides and their index, and the terminal in which it is searched.
struct Desk {
    folder: TempDir,
    columns: u16,
    rows: u16,
    variables: Vec<(String, String)>,
}

/// The text that the terminal got, and the end of the command.
struct Shown {
    /// Every byte of it.
    written: String,
    status: ExitStatus,
    screen: Parser,
}

const GUIDE: &str = "\
---
title: Locks
tags: [Concurrency, Operating Systems, Threads]
level: mid
---

## Waiting

### What is a deadlock?

Threads that wait for each other, for ever. All of these have to hold:

| Condition | 条件 |
|---|--:|
| Each resource has **one** owner at a time | 1 |
| Owners *wait* while they hold others | 2 |

1. Take locks in one order:

   ```python
   with a, b:  # never b, a
       work(\"both\", 2)
   ```

2. See [the docs](https://example.org/locks).

### What is a livelock?

Threads that give way to each other, for ever, as people in a corridor do: a lock is never held.
";

impl Desk {
    fn new() -> Desk {
        Desk::with_guides(&[("locks.md", GUIDE)])
    }

    fn with_guides(guides: &[(&str, &str)]) -> Desk {
        let desk = Desk::without_index(guides);
        let indexed = desk.show(&["index"]);
        assert!(indexed.status.success(), "{}", indexed.written);
        desk
    }

    fn without_index(guides: &[(&str, &str)]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in guides {
            let file = folder.path().join("content").join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Desk {
            folder,
            columns: 80,
            rows: 40,
            variables: Vec::new(),
        }
        .with("TERM", "xterm-256color")
        .with("PATH", &std::env::var("PATH").unwrap())
        .with("PAGER", "")
    }

    /// The guides of this repository, indexed.
    fn of_this_repository() -> Desk {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let desk = Desk::without_index(&[]).with("FORCE_HYPERLINK", "0");
        std::os::unix::fs::symlink(content, desk.folder.path().join("content")).unwrap();
        assert!(desk.show(&["index"]).status.success());
        desk
    }

    fn with(mut self, name: &str, value: &str) -> Desk {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn sized(mut self, columns: u16, rows: u16) -> Desk {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Runs the command until it ends.
    fn show(&self, args: &[&str]) -> Shown {
        self.show_while(args, |_| {})
    }

    /// Runs the command until it ends, with someone at the keys.
    fn show_while(&self, args: &[&str], at_keys: impl FnOnce(&mut Pty)) -> Shown {
        let (mut pty, mut child) = self.start(args);
        at_keys(&mut pty);
        let written = read_to_end(&mut pty);
        let mut screen = self.screen();
        screen.process(written.as_bytes());
        Shown {
            written,
            status: child.wait().unwrap(),
            screen,
        }
    }

    fn start(&self, args: &[&str]) -> (Pty, Child) {
        let (pty, terminal) = open().unwrap();
        pty.resize(Size::new(self.rows, self.columns)).unwrap();
        let command = Command::new(env!("CARGO_BIN_EXE_hotseat"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.variables.iter().cloned());
        let child = command.spawn(terminal).unwrap();
        (pty, child)
    }

    fn screen(&self) -> Parser {
        Parser::new(
            self.rows.try_into().unwrap(),
            self.columns.try_into().unwrap(),
            0,
        )
    }

    /// Makes a pager of a shell script; `$1` is a file to leave word in.
    fn with_pager(self, script: &str) -> Desk {
        let pager = self.folder.path().join("pager");
        fs::write(&pager, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&pager, fs::Permissions::from_mode(0o755)).unwrap();
        let command = format!("'{}' {}", pager.display(), self.paged_file().display());
        self.with("HOTSEAT_PAGER", &command)
    }

    fn paged_file(&self) -> PathBuf {
        self.folder.path().join("paged")
    }

    /// Returns what the pager left.
    fn paged(&self) -> Option<String> {
        fs::read_to_string(self.paged_file()).ok()
    }
}

impl Shown {
    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Returns the first place of `text` on the screen.
    fn cell(&self, text: &str) -> &Cell {
        let lines = self.text();
        let found = lines.lines().enumerate().find_map(|(row, line)| {
            let at = line.find(text)?;
            Some((row, line[..at].chars().count()))
        });
        let (row, column) = found.unwrap_or_else(|| panic!("no {text:?} in {lines}"));
        let cell = self.screen.screen().cell(row as u16, column as u16);
        cell.unwrap()
    }

    /// Returns what is left of the output without text, styles and links.
    fn steering(&self) -> String {
        let mut left = String::new();
        let mut rest = self.written.as_str();
        while let Some(c) = rest.chars().next() {
            let escape = [("\u{1b}[", "m"), ("\u{1b}]8;;", "\u{1b}\\")]
                .iter()
                .find_map(|(start, end)| {
                    let inner = rest.strip_prefix(start)?;
                    let (inner, after) = inner.split_once(end)?;
                    let is_harmless = inner.chars().all(|c| c.is_ascii_graphic());
                    is_harmless.then_some(after)
                });
            if let Some(after) = escape {
                rest = after;
                continue;
            }
            let turns = ('\u{202a}'..='\u{202e}').contains(&c);
            if (c.is_control() && !matches!(c, '\r' | '\n')) || turns {
                left.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
        left
    }
}

const RED: Color = Color::Idx(1);
const GREEN: Color = Color::Idx(2);
const MAGENTA: Color = Color::Idx(5);
const CYAN: Color = Color::Idx(6);

#[test]
fn results_take_the_width_of_the_terminal_but_no_more_than_can_be_read() {
    let mut desk = Desk::new();
    let args = ["search", "lock", "corridor", "-n", "1"];
    desk = desk.sized(60, 40);
    assert_snapshot!(desk.show(&args).text(), @r#"
    1. What is a livelock?
       content/locks.md:27 · Waiting · Concurrency +2 · mid
       Threads that give way to each other, for ever, as people
       in a corridor do: a lock is never held.
    1 of 2 shown; more: hotseat search lock corridor -n 1 --offset 1
    "#);
    desk = desk.sized(80, 40);
    assert_snapshot!(desk.show(&args).text(), @r#"
    1. What is a livelock?
       content/locks.md:27 · Waiting · Concurrency, Operating Systems, Threads · mid
       Threads that give way to each other, for ever, as people in a corridor do: a
       lock is never held.
    1 of 2 shown; more: hotseat search lock corridor -n 1 --offset 1
    "#);
    desk = desk.sized(200, 40);
    assert_snapshot!(desk.show(&args).text(), @r#"
    1. What is a livelock?
       content/locks.md:27 · Waiting · Concurrency, Operating Systems, Threads · mid
       Threads that give way to each other, for ever, as people in a corridor do: a lock is never held.
    1 of 2 shown; more: hotseat search lock corridor -n 1 --offset 1
    "#);
}

#[test]
fn what_counts_is_seen_by_its_color() {
    let shown = Desk::new().show(&["search", "corridor"]);
    assert!(shown.cell("What is a livelock?").bold());
    assert_eq!(shown.cell("corridor").fgcolor(), RED);
    assert_eq!(shown.cell("content/locks.md:27").fgcolor(), MAGENTA);
    assert!(shown.cell("Concurrency").dim());
    assert_eq!(shown.cell("Threads that").fgcolor(), Color::Default);
    let shown = Desk::new().show(&["search"]);
    assert_eq!(shown.cell("error:").fgcolor(), RED);
    assert_eq!(shown.cell("there is").fgcolor(), Color::Default);
}

#[test]
fn who_wants_no_color_gets_text_alone() {
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
        let desk = Desk::new().with(name, value).with("FORCE_HYPERLINK", "1");
        for args in [
            &["search", "lock"][..],
            &["show", "locks.md:9"],
            &["facets"],
        ] {
            let shown = desk.show(args);
            assert!(!shown.written.contains('\u{1b}'), "{name} {args:?}");
            assert!(shown.status.success());
        }
    }
}

#[test]
fn an_answer_is_drawn() {
    let shown = Desk::new().sized(60, 40).show(&["show", "locks.md:9"]);
    assert_snapshot!(shown.text(), @r#"
    What is a deadlock?
    content/locks.md:9 · Waiting · Concurrency +2 · mid

    Threads that wait for each other, for ever. All of these
    have to hold:

    Condition                             │ 条件
    ──────────────────────────────────────┼─────
    Each resource has one owner at a time │    1
    Owners wait while they hold others    │    2

    1. Take locks in one order:

       ── python ──────────────
       with a, b:  # never b, a
           work("both", 2)
       ────────────────────────

    2. See the docs (https://example.org/locks).
    "#);
    assert!(shown.cell("one owner").bold());
    assert!(shown.cell("wait while").italic());
    assert!(shown.cell("the docs").underline());
    assert_eq!(shown.cell("with a, b").fgcolor(), MAGENTA);
    assert!(shown.cell("# never").dim());
    assert_eq!(shown.cell("\"both\"").fgcolor(), GREEN);
    assert_eq!(shown.cell("2)").fgcolor(), CYAN);
}

#[test]
fn facets_have_bars() {
    let shown = Desk::new().sized(60, 40).show(&["facets"]);
    assert_snapshot!(shown.text(), @r#"
    tag
      2  ███████████████  Concurrency
      2  ███████████████  Operating Systems
      2  ███████████████  Threads

    level
      2  ███████████████  mid

    section
      2  ███████████████  Waiting

    guide
      2  ███████████████  content/locks.md

    kind
      2  ███████████████  question
    "#);
    assert_eq!(shown.cell("█").fgcolor(), CYAN);
}

#[test]
fn a_place_is_a_link_where_the_terminal_knows_links() {
    let desk = Desk::new().with("FORCE_HYPERLINK", "1");
    let file = desk.folder.path().join("content/locks.md");
    for (args, place) in [
        (&["search", "corridor"][..], "content/locks.md:27"),
        (&["show", "locks.md:27"], "content/locks.md:27"),
        (&["split", "content"], "content/locks.md"),
    ] {
        let shown = desk.show(args);
        let (_, link) = shown.written.split_once("\u{1b}]8;;file://").unwrap();
        let (url, text) = link.split_once("\u{1b}\\").unwrap();
        let line = place.rsplit_once(':').map_or("1", |(_, line)| line);
        let end = format!("{}#{line}", file.display());
        assert!(url.ends_with(&end), "{url}");
        let place = format!("\u{1b}[35m{place}\u{1b}[0m\u{1b}]8;;\u{1b}\\");
        assert!(text.starts_with(&place), "{text}");
    }
    let shown = desk.show(&["show", "locks.md:9"]);
    let link = "\u{1b}]8;;https://example.org/locks\u{1b}\\\u{1b}[4mthe docs";
    assert!(shown.written.contains(link), "{}", shown.written);
    // A guide that is not there cannot be opened.
    fs::remove_file(file).unwrap();
    assert!(!desk.show(&["search", "corridor"]).written.contains("]8;;"));
    let desk = Desk::new().with("FORCE_HYPERLINK", "0");
    assert!(!desk.show(&["show", "locks.md:9"]).written.contains("]8;;"));
}

#[test]
fn long_output_is_paged_and_short_output_is_not() {
    let desk = Desk::new().with_pager("cat > $1; echo $LESS >> $1");
    let shown = desk.show(&["show", "locks.md:9"]);
    assert_eq!(desk.paged(), None);
    assert!(shown.text().starts_with("What is a deadlock?"));
    let desk = desk.sized(80, 10);
    let shown = desk.show(&["show", "locks.md:9"]);
    let paged = desk.paged().unwrap();
    assert!(paged.starts_with("\u{1b}[1mWhat is a deadlock?\u{1b}[0m\n"));
    assert!(paged.ends_with("\nFRX\n"), "{paged}");
    assert_eq!((shown.written.as_str(), shown.status.code()), ("", Some(0)));
}

#[test]
fn there_is_no_pager_if_none_is_wanted_or_none_is_there() {
    let desk = Desk::new().sized(80, 10).with("PAGER", "no-such-pager");
    let show = ["show", "locks.md:9"];
    assert!(desk.show(&show).written.contains("What is a deadlock?"));
    let desk = desk.with_pager("cat > $1");
    let shown = desk.show(&["show", "locks.md:9", "--no-pager"]);
    assert!(shown.written.contains("What is a deadlock?"));
    assert_eq!(desk.paged(), None);
    let shown = desk.show(&["show", "locks.md:9", "--json"]);
    assert!(shown.written.starts_with("{\"path\""));
    for pager in ["", "'not closed"] {
        let desk = Desk::new().sized(80, 10).with("PAGER", "false");
        let shown = desk.with("HOTSEAT_PAGER", pager).show(&show);
        assert!(shown.written.contains("What is a deadlock?"), "{pager}");
    }
}

#[test]
fn a_pager_may_end_as_it_likes() {
    // More than a pipe holds, so that it is still being written.
    let long = format!("{GUIDE}\n{}", "word ".repeat(50_000));
    for script in ["head -n 1 > $1", "kill -9 $$", "exit 3"] {
        let desk = Desk::with_guides(&[("locks.md", &long)]).with_pager(script);
        let shown = desk.show(&["show", "locks.md:27"]);
        assert_eq!(
            (shown.written.as_str(), shown.status.code()),
            ("", Some(0)),
            "{script}"
        );
    }
}

#[test]
fn the_exit_code_is_that_of_the_search_and_what_is_said_of_it_comes_after_it() {
    let desk = Desk::new().sized(80, 10).with_pager("cat > $1");
    let shown = desk.show(&["split", "missing.md", "content", "content", "content"]);
    assert_eq!(shown.status.code(), Some(2));
    assert!(
        shown
            .text()
            .starts_with("error: cannot read guide missing.md")
    );
    assert!(desk.paged().unwrap().contains("What is a livelock?"));
    let desk = desk.with_pager("cat > $1; echo END");
    let shown = desk.show(&["search", "lock", "-n", "1", "--facets"]);
    assert_eq!(
        shown.text(),
        "END\n1 of 2 shown; more: hotseat search lock -n 1 --facets --offset 1"
    );
}

#[test]
fn an_interrupt_in_the_pager_is_the_pagers() {
    let script = "trap 'echo interrupted >> $1' INT; cat > $1; echo READY; read line < /dev/tty; read line < /dev/tty; echo $line >> $1";
    let desk = Desk::new().sized(80, 10).with_pager(script);
    let shown = desk.show_while(&["show", "locks.md:9"], |keys| {
        let mut said = String::new();
        let mut buffer = [0; 64];
        while !said.contains("READY") {
            let length = keys.read(&mut buffer).unwrap();
            said += &String::from_utf8_lossy(&buffer[..length]);
        }
        keys.write_all(b"\x03go\ngo\n").unwrap();
    });
    assert_eq!(shown.status.code(), Some(0), "{}", shown.written);
    let paged = desk.paged().unwrap();
    assert!(paged.ends_with("interrupted\ngo\n"), "{paged}");
}

#[test]
fn nothing_steers_the_terminal() {
    let evil = "\u{1b}]0;x\u{7}\u{9b}2J\u{8}\u{202e}&#27;[2J";
    let guide = format!(
        "---\ntitle: \"T\"\ntags: [\"tag{evil}\"]\n---\n\n## Part {evil}\n\n### What is evil{evil}?\n\n\
         The evil `answer{evil}` **is{evil}**.\n\n```evil{evil}\nevil{evil}\n```\n\n\
         | evil{evil} |\n|--|\n| evil{evil} |\n\n- [evil{evil}](http://x/{evil}) [x](<http://y/ {evil}>)\n\n\
         <b>evil{evil}</b> <evil{evil}>\n\n    evil{evil}\n\n### What is good?\n\nThe opposite.\n"
    );
    let name = "evil\u{1b}[31m.md";
    let desk = Desk::with_guides(&[(name, &guide)])
        .sized(80, 100)
        .with("FORCE_HYPERLINK", "1");
    let cases: [&[&str]; 5] = [
        &["search", "evil"],
        &[
            "search",
            "evil\u{1b}[31m",
            "--full",
            "--facets",
            "--explain",
        ],
        &["show", "evil\u{1b}[31m.md:8"],
        &["facets"],
        &["search", "evil", "--tag", "missing\u{1b}[31m"],
    ];
    for args in cases {
        let shown = desk.show(args);
        assert!(shown.written.contains("evil"), "{args:?} {}", shown.written);
        assert_eq!(shown.steering(), "", "{args:?} {}", shown.text());
    }
}

#[test]
fn a_long_build_shows_how_far_it_is() {
    // So much that it takes far longer than a bar waits, however fast the machine.
    let guides = if cfg!(debug_assertions) { 100 } else { 4_000 };
    let desk = Desk::without_index(&[("0.md", &GUIDE.repeat(50))]);
    let guide = |n: usize| desk.folder.path().join(format!("content/{n}.md"));
    for n in 1..guides {
        fs::hard_link(guide(0), guide(n)).unwrap();
    }
    let (mut pty, mut child) = desk.start(&["search", "lock"]);
    let mut screen = desk.screen();
    let mut buffer = [0; 4096];
    let bar = loop {
        let length = pty.read(&mut buffer).unwrap_or(0);
        let text = screen.screen().contents();
        assert!(length > 0, "it ended without a bar: {text}");
        screen.process(&buffer[..length]);
        // On a slow machine the first bars are empty.
        if text.contains(" left") && text.contains(|c| "█▉▊▋▌▍▎▏".contains(c)) {
            break text;
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(bar.contains(&format!(" of {guides} guides, ")), "{bar}");
    assert!(bar.contains("B/s, "), "{bar}");
}

#[test]
fn a_short_build_shows_nothing_but_its_summary() {
    let shown = Desk::without_index(&[("locks.md", GUIDE)]).show(&["index"]);
    assert_eq!(shown.steering(), "");
    assert!(shown.text().starts_with("2 documents from 1 guide"));
    assert_eq!(shown.text().lines().count(), 1);
}

/// The guides of this repository on a terminal, as the README shows it. `TRYCMD=overwrite` draws it
/// again.
#[test]
fn the_picture_is_what_the_terminal_shows() {
    let desk = Desk::of_this_repository();
    let query = ["mutable", "default", "argument"];
    let best = [&["search", "--json"], &query[..]].concat();
    let best: serde_json::Value = serde_json::from_str(&desk.show(&best).written).unwrap();
    let best = &best["hits"][0];
    let place = format!("{}:{}", best["path"].as_str().unwrap(), best["line"]);
    let search = [&["search", "-n", "2"], &query[..]].concat();
    let mut session = String::new();
    for args in [&search[..], &["show", &place], &["facets", "level"]] {
        let shown = desk.show(args).written.replace('\r', "");
        session += &format!("$ hotseat {}\n{shown}\n", args.join(" "));
    }
    check_picture("search.svg", session.trim_end());
}

/// The screen of `hotseat browse` over the guides of this repository, as the README shows it.
#[cfg(feature = "tui")]
#[test]
fn the_picture_of_the_screen_is_what_it_shows() {
    let desk = Desk::of_this_repository().sized(110, 26);
    let (mut pty, mut child) = desk.start(&["browse", "mutable", "default", "argument"]);
    let mut screen = desk.screen();
    read_until(&mut pty, &mut screen, "Esc leave");
    child.kill().unwrap();
    child.wait().unwrap();
    let screen = screen.screen();
    let (rows, columns) = (desk.rows, desk.columns);
    let mut text = String::new();
    for row in 0..rows {
        let mut style = String::new();
        for column in 0..columns {
            let cell = screen.cell(row, column).unwrap();
            if cell.is_wide_continuation() {
                continue;
            }
            let of_cell = codes(cell);
            if style != of_cell {
                text += &of_cell;
                style = of_cell;
            }
            text += if cell.has_contents() {
                cell.contents()
            } else {
                " "
            };
        }
        text += "\x1b[0m\n";
    }
    check_picture("browse.svg", text.trim_end());
}

/// Returns the codes for the style of a cell.
#[cfg(feature = "tui")]
fn codes(cell: &Cell) -> String {
    let mut codes = "\x1b[0".to_owned();
    let effects = [
        (cell.bold(), ";1"),
        (cell.dim(), ";2"),
        (cell.italic(), ";3"),
    ];
    for (_, code) in effects.iter().filter(|(is_on, _)| *is_on) {
        codes += code;
    }
    if cell.inverse() {
        codes += ";30;47";
    } else if let Color::Idx(color @ 0..8) = cell.fgcolor() {
        codes += &format!(";3{color}");
    }
    codes + "m"
}

/// Compares a picture in the documentation with what a terminal shows.
fn check_picture(name: &str, session: &str) {
    let terminal = anstyle_svg::Term::new().palette(anstyle_svg::WIN10_CONSOLE);
    let drawn = terminal.render_svg(session);
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/docs")
        .join(name);
    if std::env::var_os("TRYCMD").is_some_and(|value| value == "overwrite") {
        fs::write(&file, &drawn).unwrap();
    }
    let is_same = fs::read_to_string(&file).is_ok_and(|kept| kept == drawn);
    assert!(
        is_same,
        "TRYCMD=overwrite cargo test --test pty draws it again"
    );
}

/// Reads what is written until the command has ended.
fn read_to_end(pty: &mut Pty) -> String {
    let (mut written, mut buffer) = (Vec::new(), [0; 4096]);
    // The end is an error on Linux.
    while let Ok(length @ 1..) = pty.read(&mut buffer) {
        written.extend_from_slice(&buffer[..length]);
    }
    String::from_utf8(written).unwrap()
}

/// Reads from `pty` until the `screen` shows `text`; returns the number of bytes.
#[cfg(feature = "tui")]
fn read_until(pty: &mut Pty, screen: &mut Parser, text: &str) -> usize {
    let (mut bytes, mut buffer) = (0, [0; 4096]);
    while !screen.screen().contents().contains(text) {
        let length = pty.read(&mut buffer).unwrap();
        screen.process(&buffer[..length]);
        bytes += length;
    }
    bytes
}

#[cfg(feature = "tui")]
#[test]
fn a_screen_searches_at_each_key_and_gives_the_terminal_back() {
    use rustix::termios::{Termios, tcgetattr};

    let modes = |termios: &Termios| {
        let flags = (
            termios.input_modes,
            termios.output_modes,
            termios.local_modes,
        );
        format!("{flags:?} {:?}", termios.special_codes)
    };
    let desk = Desk::new().sized(110, 24);
    let (mut pty, mut child) = desk.start(&["browse"]);
    let before = modes(&tcgetattr(&pty).unwrap());
    let mut screen = desk.screen();
    read_until(&mut pty, &mut screen, "What is a livelock?");
    assert_ne!(modes(&tcgetattr(&pty).unwrap()), before);
    pty.write_all(b"deadl").unwrap();
    let bytes = read_until(&mut pty, &mut screen, "> deadl");
    assert!(bytes < 8 << 10, "{bytes} bytes for five keys");
    pty.write_all(b"\x1b").unwrap();
    let mut rest = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = pty.read(&mut buffer) {
        rest.extend_from_slice(&buffer[..length]);
    }
    assert!(child.wait().unwrap().success());
    let rest = String::from_utf8(rest).unwrap();
    assert!(
        rest.contains("\x1b[?1049l") && rest.contains("\x1b[?25h"),
        "{rest:?}"
    );
    assert_eq!(modes(&tcgetattr(&pty).unwrap()), before);
}

#[cfg(feature = "tui")]
#[test]
fn the_chosen_question_is_printed_once_the_screen_is_left() {
    let desk = Desk::new().sized(80, 24);
    let (mut pty, mut child) = desk.start(&["browse", "--print", "place", "livelock"]);
    read_until(&mut pty, &mut desk.screen(), "Enter choose");
    pty.write_all(b"\r").unwrap();
    let rest = read_to_end(&mut pty);
    assert!(child.wait().unwrap().success());
    let (_, printed) = rest.rsplit_once("\x1b[?1049l").unwrap();
    assert!(printed.contains("content/locks.md:27"), "{printed:?}");
}

#[cfg(feature = "tui")]
#[test]
fn a_signal_to_end_restores_the_terminal() {
    use rustix::process::{Pid, Signal, kill_process};
    use rustix::termios::tcgetattr;

    let desk = Desk::new();
    let (mut pty, mut child) = desk.start(&[]);
    let before = tcgetattr(&pty).unwrap().local_modes;
    read_until(&mut pty, &mut desk.screen(), "Esc leave");
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let rest = read_to_end(&mut pty);
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    assert!(rest.contains("\x1b[?1049l"), "{rest:?}");
    assert_eq!(tcgetattr(&pty).unwrap().local_modes, before);
}
