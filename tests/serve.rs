//! `hotseat serve` as a process: its answers beside those of the other commands, and its end.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn hotseat(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hotseat"));
    command.args(args).current_dir(folder);
    command.env("XDG_CONFIG_HOME", folder.join("none"));
    for variable in ["HOTSEAT_CONTENT", "HOTSEAT_INDEX", "NO_COLOR", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// Returns a folder with guides in `content`, and no index yet.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    fs::create_dir(&content).unwrap();
    let guide = "---\ntags: [Tea]\nlevel: mid\n---\n\n## What is matcha?\n\nGreen tea, ground.\n\n\
                 ## What is sencha?\n\nGreen tea, steamed.\n";
    fs::write(content.join("tea.md"), guide).unwrap();
    folder
}

struct Server {
    child: Child,
    /// The host and port, from the line that the server prints.
    address: String,
}

impl Server {
    fn start(args: &[&str], folder: &Path) -> Server {
        let mut command = hotseat(&["serve", "--port", "0"], folder);
        let mut child = command.args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let address = line
            .strip_prefix("http://")
            .and_then(|line| line.strip_suffix("/\n"));
        let address = address
            .unwrap_or_else(|| panic!("no address: {line:?}"))
            .to_owned();
        Server { child, address }
    }

    /// Returns the head and the body of an answer.
    fn get(&self, url: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = &self.address;
        write!(
            stream,
            "GET {url} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// Asks until the answer has `part`.
    fn wait_for(&self, url: &str, part: &str) {
        let began = Instant::now();
        while !self.get(url).1.contains(part) {
            assert!(began.elapsed() < PATIENCE, "{url} never had {part:?}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends the server by `signal`, and returns its exit status.
    fn end(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn programs_get_what_the_commands_print() {
    let folder = folder();
    let server = Server::start(&[], folder.path());
    let without_time = |text: &str| {
        let mut value: Value = serde_json::from_str(text).unwrap();
        let time = value.as_object_mut().unwrap().remove("took_us");
        (
            text.len() - time.map_or(0, |time| time.to_string().len()),
            value,
        )
    };
    let id = "content/tea.md:6";
    let index = hotseat(&["show", "--json", id], folder.path())
        .output()
        .unwrap();
    let id = without_time(std::str::from_utf8(&index.stdout).unwrap()).1["id"].clone();
    let id = id.as_str().unwrap();
    for (args, url) in [
        (
            &["search", "--json", "tea"][..],
            "/api/v1/search?q=tea".to_owned(),
        ),
        (
            &[
                "search",
                "--json",
                "green",
                "tea",
                "--level",
                "mid",
                "--facets",
                "-n",
                "1",
                "--offset",
                "1",
                "--full",
                "--explain",
            ],
            "/api/v1/search?q=green+tea&level=mid&facets=1&n=1&offset=1&full=1&explain=1"
                .to_owned(),
        ),
        (
            &["search", "--json", "nothing"],
            "/api/v1/search?q=nothing".to_owned(),
        ),
        (&["show", "--json", id], format!("/api/v1/documents/{id}")),
        (
            &["show", "--json", "content/tea.md:6"],
            "/api/v1/documents/tea.md:6".to_owned(),
        ),
        (&["similar", "--json", id], format!("/api/v1/similar/{id}")),
        (
            &["facets", "--json", "tag"],
            "/api/v1/facets/tag".to_owned(),
        ),
        (
            &["facets", "--json", "level", "matcha"],
            "/api/v1/facets/level?q=matcha".to_owned(),
        ),
    ] {
        let printed = hotseat(args, folder.path()).output().unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        // The same bytes, but for the time that it took.
        assert_eq!(
            without_time(&server.get(&url).1),
            without_time(&printed),
            "{url}"
        );
    }
    assert_eq!(server.end(Signal::TERM), Some(0));
}

#[test]
fn changes_are_seen_whoever_writes_them() {
    let folder = folder();
    let content = folder.path().join("content");
    let watching = Server::start(&["--watch"], folder.path());
    let other = Server::start(&[], folder.path());
    fs::write(
        content.join("more.md"),
        "## What is hojicha?\n\nRoasted tea.\n",
    )
    .unwrap();
    for server in [&watching, &other] {
        server.wait_for("/api/v1/search?q=hojicha", "\"total\":1");
    }
    // Without the index, the last state is served, and said to be that.
    fs::rename(folder.path().join("index"), folder.path().join("away")).unwrap();
    other.wait_for("/healthz", "stale");
    other.wait_for("/search?q=hojicha", "its last state");
    fs::rename(folder.path().join("away"), folder.path().join("index")).unwrap();
    other.wait_for("/healthz", "\"ok\"");
    assert_eq!(watching.end(Signal::INT), Some(0));
    assert_eq!(other.end(Signal::TERM), Some(0));
}

#[test]
fn what_cannot_be_served_is_an_error_with_a_remedy() {
    let folder = folder();
    let server = Server::start(&[], folder.path());
    let port = server.address.rsplit_once(':').unwrap().1;
    fs::write(folder.path().join("short"), "secret\n").unwrap();
    fs::write(folder.path().join("long"), "0123456789abcdef\n").unwrap();
    for (args, message) in [
        (&["--port", port][..], "--port; 0 takes any"),
        (
            &["--bind", "0.0.0.0"],
            "--allow-host NAME and --token-file FILE",
        ),
        (
            &["--bind", "0.0.0.0", "--allow-host", "a.example"],
            "--token-file",
        ),
        (
            &["--bind", "0.0.0.0", "--token-file", "long"],
            "--allow-host",
        ),
        (&["--token-file", "short"], "16 to 512"),
        (
            &["--token-file", "missing"],
            "cannot read the token in missing",
        ),
        (
            &["--allow-host", "http://a.example"],
            "without scheme and port",
        ),
        (&["--allow-host", ""], "without scheme and port"),
        (&["--index", "none", "--content", "nowhere"], "error:"),
    ] {
        let mut command = hotseat(&["serve"], folder.path());
        if !args.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let output = command.args(args).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(message), "{args:?}: {text}");
    }
}

#[test]
fn a_request_under_way_is_answered_before_the_end() {
    let folder = folder();
    let server = Server::start(&["--token-file", "token"], {
        fs::write(folder.path().join("token"), "0123456789abcdef\n").unwrap();
        folder.path()
    });
    assert!(server.get("/").0.starts_with("HTTP/1.1 401"));
    assert!(
        server
            .get("/?token=0123456789abcdef")
            .0
            .starts_with("HTTP/1.1 303")
    );
    // An idle connection does not hold up the end.
    let idle = TcpStream::connect(&server.address).unwrap();
    let began = Instant::now();
    assert_eq!(server.end(Signal::TERM), Some(0));
    assert!(began.elapsed() < PATIENCE);
    drop(idle);
}
