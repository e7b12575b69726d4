//! A distributed engine as the command speaks to it, in place of which a loopback server answers.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

#[path = "engine/stub.rs"]
mod stub;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use serde_json::Value;
use stub::Engine;
use tempfile::TempDir;

const ENGINES: [&str; 2] = ["opensearch", "quickwit"];

/// A fault of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// An answer with this status, before anything is done.
    Status(u16),
    /// The engine does what it is told, and an answer with this status comes from what is in front of it.
    Lost(u16),
    /// It is done, and the answer is kept back until the client is gone.
    SilentAfter,
    /// Nothing is done until the client is gone, nor then.
    SilentBefore,
}

/// A server on a loopback address.
struct Server {
    url: String,
    engine: Arc<Mutex<Engine>>,
    requests: Arc<Mutex<Vec<String>>>,
    /// Says that a request is kept back, and is told that its client is gone.
    silent: mpsc::Receiver<mpsc::Sender<()>>,
}

/// Starts a server whose request number n, counted from 0, goes wrong as `fault` says.
fn server(fault: impl Fn(usize, &str) -> Fault + Send + 'static) -> Server {
    let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
    let url = format!("http://{}", server.server_addr());
    let engine = Arc::new(Mutex::new(Engine::default()));
    let requests = Arc::new(Mutex::new(Vec::new()));
    let (kept, silent) = mpsc::channel();
    let (inside, log) = (Arc::clone(&engine), Arc::clone(&requests));
    thread::spawn(move || {
        for mut request in server.incoming_requests() {
            let body = stub::body(&mut request);
            let (method, path) = (request.method().to_string(), request.url().to_owned());
            let fault = {
                let mut log = log.lock().unwrap();
                log.push(format!("{method} {path} {body}"));
                fault(log.len() - 1, &path)
            };
            let answer = || inside.lock().unwrap().answer(&method, &path, &body);
            let nothing = serde_json::json!({"error": "busy"});
            match fault {
                Fault::None => stub::respond(request, answer()),
                Fault::Status(status) => stub::respond(request, (status, nothing)),
                Fault::Lost(status) => {
                    answer();
                    stub::respond(request, (status, nothing));
                }
                Fault::SilentAfter | Fault::SilentBefore => {
                    if fault == Fault::SilentAfter {
                        answer();
                    }
                    let (gone, is_gone) = mpsc::channel();
                    if kept.send(gone).is_ok() {
                        let _ = is_gone.recv();
                    }
                }
            }
        }
    });
    Server {
        url,
        engine,
        requests,
        silent,
    }
}

/// A folder with guides.
struct Guides {
    folder: TempDir,
}

impl Guides {
    /// Writes `count` guides of four questions.
    fn new(count: usize) -> Guides {
        let guides = Guides {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(guides.path("content")).unwrap();
        for number in 0..count {
            guides.write(number, "");
        }
        guides
    }

    fn write(&self, number: usize, more: &str) {
        let subject = ["locks", "threads", "caches", "queues"][number % 4];
        let text = format!(
            "---\ntags: [{subject}, Part {number}]\nlevel: senior\n---\n# Guide {number}\n\n\
             ## What is number{number} of {subject}?\n\nA thing that waits{more}.\n\n\
             ## How do {subject} fail?\n\nBy a deadlock, or slowly, in C++ and Node.js.\n\n\
             ## Which {subject} are quick?\n\nThose of kind{number}, with \"signs\" and \\ too.\n\n\
             ## Are {subject} used in databases?\n\nYes, for rows.\n"
        );
        fs::write(self.path(&format!("content/guide{number}.md")), text).unwrap();
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hotseat"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path())
            .env_remove("HOTSEAT_CONTENT")
            .env_remove("HOTSEAT_INDEX");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed, and returns what it prints.
    fn must(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn export(&self, engine: &str, folder: &str) {
        self.must(&["export", "--to", engine, "-o", folder]);
    }

    /// Exports into `changes` what differs from the export in `all`.
    fn export_changes(&self, engine: &str) {
        let (state, changes) = ("all/state.json", "changes");
        self.must(&["export", "--to", engine, "--since", state, "-o", changes]);
    }

    /// Runs what sends an export, in small batches and without pauses.
    fn push(&self, engine: &str, url: &str, folder: &str) -> Output {
        self.run(&push(engine, url, folder))
    }

    fn search(&self, url: &str, folder: &str, query: &[&str]) -> Value {
        let mut arguments = vec!["search", "--json", "--engine", url, "--exported", folder];
        arguments.extend(query);
        serde_json::from_slice(&self.run(&arguments).stdout).unwrap()
    }

    /// Returns the documents of an export by key, without what tells exports apart.
    fn documents(&self, folder: &str) -> BTreeMap<String, Value> {
        let mut documents = BTreeMap::new();
        for line in self.lines(folder, "docs-") {
            if let Some(key) = line["key"].as_str() {
                documents.insert(key.to_owned(), bare(&line));
            }
        }
        documents
    }

    fn lines(&self, folder: &str, start: &str) -> Vec<Value> {
        let mut lines = Vec::new();
        for entry in fs::read_dir(self.path(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(start)
            {
                let text = fs::read_to_string(path).unwrap();
                lines.extend(text.lines().map(|line| serde_json::from_str(line).unwrap()));
            }
        }
        lines
    }
}

/// A `hotseat serve` that ends with the value.
struct Pages {
    child: Child,
    address: String,
}

impl Pages {
    fn serve(guides: &Guides, arguments: &[&str]) -> Pages {
        let mut command = guides.command(&["serve", "--port", "0"]);
        let mut child = command
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let address = line
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/');
        Pages {
            address: address.to_owned(),
            child,
        }
    }

    /// Returns the status of an answer and its text, without the state of the documents.
    fn get(&self, url: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        let head = format!("GET {url} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut text = body.to_owned();
        for name in ["data-state=\"", "\"state\":\"", "\"took_us\":"] {
            if let Some((before, after)) = text.split_once(name) {
                let after = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
                text = format!("{before}{name}0{after}");
            }
        }
        (status, text)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn push<'a>(engine: &'a str, url: &'a str, folder: &'a str) -> [&'a str; 11] {
    [
        "push", "--to", engine, url, folder, "--batch", "3000", "--settle", "0", "--pause", "1",
    ]
}

fn bare(document: &Value) -> Value {
    let mut document = document.clone();
    document.as_object_mut().unwrap().remove("commit");
    document
}

/// Fails unless an index has just these documents, each once.
fn assert_holds(server: &Server, index: &str, expected: &BTreeMap<String, Value>) {
    let engine = server.engine.lock().unwrap();
    let documents = &engine.indexes[index].documents;
    let keys: Vec<&str> = documents
        .iter()
        .map(|document| document["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        keys.len(),
        keys.iter().collect::<BTreeSet<_>>().len(),
        "a document is there twice"
    );
    let found: BTreeMap<String, Value> = documents
        .iter()
        .map(|document| (document["key"].as_str().unwrap().to_owned(), bare(document)))
        .collect();
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    assert_eq!(found, *expected);
}

#[test]
fn what_is_searched_by_an_engine_is_found_as_in_an_index() {
    for engine in ENGINES {
        let server = server(|_, _| Fault::None);
        let guides = Guides::new(12);
        guides.export(engine, "all");
        assert!(guides.push(engine, &server.url, "all").status.success());
        assert_finds_the_same(&guides, engine, &server.url, "all");
    }
}

/// Fails unless an engine finds what an index finds, and says the same of it.
fn assert_finds_the_same(guides: &Guides, engine: &str, url: &str, exported: &str) {
    for query in QUERIES {
        let mut local = vec!["search", "--json"];
        local.extend(*query);
        let output = guides.run(&local).stdout;
        let mut local: Value = serde_json::from_slice(&output).unwrap();
        let mut remote = guides.search(url, exported, query);
        for results in [&mut local, &mut remote] {
            results["took_us"] = Value::Null;
        }
        for (name, expected) in local.as_object().unwrap() {
            assert_eq!(remote[name], *expected, "{engine} {query:?} {name}");
        }
    }
}

/// Queries of every kind.
const QUERIES: &[&[&str]] = &[
    &["deadlock"],
    &["which caches are quick"],
    &["dedlock in quees"],
    &["\"waits\" number3"],
    &["\"rows yes\""],
    &["question:databases"],
    &["C++"],
    &["threads -slowly -number1"],
    &["dead*"],
    &["--tag", "locks", "databases"],
    &["-l", "senior", "-k", "question", "node.js"],
    &["tag:\"part 3\""],
    &["threads", "-n", "3", "--offset", "2"],
    &["nothinglikeit"],
    &["threads", "--facets"],
];

#[test]
fn changes_are_sent_alone_and_what_went_is_deleted() {
    for engine in ENGINES {
        let server = server(|_, _| Fault::None);
        let guides = Guides::new(6);
        guides.export(engine, "all");
        assert!(guides.push(engine, &server.url, "all").status.success());
        guides.write(2, " for long");
        guides.write(7, "");
        fs::remove_file(guides.path("content/guide1.md")).unwrap();
        guides.must(&["index"]);
        guides.export_changes(engine);
        // A question of guide 2, and the four of guide 7.
        assert_eq!(guides.documents("changes").len(), 5, "{engine}");
        let output = guides.push(engine, &server.url, "changes");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        guides.export(engine, "again");
        assert_holds(&server, "hotseat-000001", &guides.documents("again"));
        let hits = guides.search(&server.url, "changes", &["number7"]);
        assert_eq!(hits["hits"][0]["guide"], "guide7.md", "{engine}");
        // Sent once more, nothing changes.
        assert!(guides.push(engine, &server.url, "changes").status.success());
        assert_holds(&server, "hotseat-000001", &guides.documents("again"));
    }
}

#[test]
fn a_document_that_is_stored_otherwise_has_not_changed() {
    let guides = Guides::new(2);
    guides.export("opensearch", "all");
    let state = fs::read_to_string(guides.path("all/state.json")).unwrap();
    let mut lines: Vec<String> = state.lines().map(str::to_owned).collect();
    // The last sixteen digits are a hash of what the index has stored.
    for line in lines.iter_mut().filter(|line| line.starts_with('"')) {
        let end = line.rfind('"').unwrap();
        line.replace_range(end - 16..end, "0000000000000000");
    }
    assert_ne!(lines.join("\n"), state.trim_end());
    fs::write(guides.path("all/state.json"), lines.join("\n")).unwrap();
    guides.write(1, " for long");
    guides.must(&["index"]);
    guides.export_changes("opensearch");
    assert_eq!(guides.documents("changes").len(), 1);
    assert_eq!(guides.lines("changes", "deletes").len(), 0);
}

#[test]
fn fifty_kills_lose_and_double_nothing() {
    for engine in ENGINES {
        // Every other request is kept back, before or after it is done; later fewer, so that what is done in
        // several requests comes to its end.
        let server = server(|number, _| match number {
            number if number < 100 && number % 4 == 0 => Fault::SilentBefore,
            number if number < 100 && number % 4 == 2 => Fault::SilentAfter,
            number if number % 7 == 0 => Fault::SilentBefore,
            number if number % 11 == 0 => Fault::SilentAfter,
            _ => Fault::None,
        });
        // Of Quickwit, each batch is asked for before it is sent again.
        let guides = Guides::new(if engine == "quickwit" { 15 } else { 40 });
        guides.export(engine, "all");
        let mut arguments = push(engine, &server.url, "all");
        arguments[6] = "1500";
        let mut kills = 0;
        loop {
            let mut command = guides.command(&arguments);
            let mut child = command
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            match wait(&mut child, &server) {
                Some(gone) => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    kills += 1;
                    let _ = gone.send(());
                }
                None => break,
            }
        }
        assert!(kills >= 50, "{engine}: {kills} kills");
        assert_holds(&server, "hotseat-000001", &guides.documents("all"));
    }
}

/// Waits until a request of `child` is kept back; returns `None` once it has ended, with success.
fn wait(child: &mut Child, server: &Server) -> Option<mpsc::Sender<()>> {
    loop {
        if let Ok(gone) = server.silent.recv_timeout(Duration::from_millis(5)) {
            return Some(gone);
        }
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return None;
        }
    }
}

#[test]
fn an_engine_that_is_busy_or_fails_is_tried_again() {
    for engine in ENGINES {
        let server = server(|number, _| match number % 5 {
            0 => Fault::Status(429),
            1 => Fault::Status(503),
            2 => Fault::Lost(502),
            _ => Fault::None,
        });
        let guides = Guides::new(12);
        guides.export(engine, "all");
        let output = guides.push(engine, &server.url, "all");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_holds(&server, "hotseat-000001", &guides.documents("all"));
    }
}

#[test]
fn an_engine_that_refuses_is_told_of() {
    let cases = [
        (413, "the engine takes no document as large as"),
        (401, "the engine answers 401 Unauthorized"),
        (500, "the engine answers 500"),
    ];
    for (status, expected) in cases {
        for engine in ENGINES {
            let server =
                server(
                    move |_, path| match path.contains("_bulk") || path.contains("ingest") {
                        true => Fault::Status(status),
                        false => Fault::None,
                    },
                );
            let guides = Guides::new(1);
            guides.export(engine, "all");
            let output = guides.push(engine, &server.url, "all");
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{errors}");
            assert!(errors.contains(expected), "{errors}");
        }
    }
}

#[test]
fn a_new_generation_is_searched_in_place_of_the_one_before() {
    let server = server(|_, _| Fault::None);
    let guides = Guides::new(2);
    guides.export("opensearch", "all");
    assert!(
        guides
            .push("opensearch", &server.url, "all")
            .status
            .success()
    );
    // The same number again is of another export.
    guides.export("opensearch", "other");
    let output = guides.push("opensearch", &server.url, "other");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("export with --generation 2"), "{errors}");

    guides.export("opensearch", "all");
    let mut arguments = push("opensearch", &server.url, "all").to_vec();
    arguments.push("--drop-before");
    guides.must(&arguments);
    let engine = server.engine.lock().unwrap();
    assert_eq!(engine.aliases["hotseat"], "hotseat-000002");
    assert_eq!(
        engine.indexes.keys().collect::<Vec<_>>(),
        ["hotseat-000002"]
    );
}

#[test]
fn changes_are_not_taken_before_those_before_them() {
    let server = server(|_, _| Fault::None);
    let guides = Guides::new(2);
    guides.export("opensearch", "all");
    assert!(
        guides
            .push("opensearch", &server.url, "all")
            .status
            .success()
    );
    guides.must(&[
        "export",
        "--to",
        "opensearch",
        "--since",
        "all/state.json",
        "-o",
        "one",
    ]);
    guides.must(&[
        "export",
        "--to",
        "opensearch",
        "--since",
        "one/state.json",
        "-o",
        "two",
    ]);
    let output = guides.push("opensearch", &server.url, "two");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("has the documents of export 1"), "{errors}");
    assert!(
        guides
            .push("opensearch", &server.url, "one")
            .status
            .success()
    );
    assert!(
        guides
            .push("opensearch", &server.url, "two")
            .status
            .success()
    );
}

#[test]
fn pages_and_tools_are_those_of_an_index() {
    for engine in ENGINES {
        let server = server(|_, _| Fault::None);
        let guides = Guides::new(6);
        guides.export(engine, "all");
        assert!(guides.push(engine, &server.url, "all").status.success());
        let of_engine = ["--engine", &server.url, "--exported", "all"];
        let (local, remote) = (
            Pages::serve(&guides, &[]),
            Pages::serve(&guides, &of_engine),
        );
        let found = guides.search(&server.url, "all", &["number3"]);
        let id = found["hits"][0]["id"].as_str().unwrap();
        for url in [
            "/search?q=dedlock",
            "/search?q=quick&tag=locks",
            "/search?q=nothinglikeit",
            "/facets/tag",
            "/g/guide3.md",
            "/g/missing.md",
            "/q/aaaaaaaaa",
            &format!("/q/{id}?q=waits"),
            "/api/v1/search?q=quick&full=1",
            &format!("/api/v1/documents/{id}"),
            "/api/v1/documents/guide3.md:12",
            "/api/v1/complete?q=dead",
            "/healthz",
        ] {
            assert_eq!(remote.get(url), local.get(url), "{engine} {url}");
        }
        let (status, start) = remote.get("/");
        assert!(
            status == 200 && start.contains("24 questions in 6 guides"),
            "{start}"
        );
        let similar = |pages: &Pages| -> BTreeSet<String> {
            let (_, similar) = pages.get(&format!("/api/v1/similar/{id}?limit=30"));
            let similar: Value = serde_json::from_str(&similar).unwrap();
            let hits = similar["hits"].as_array().unwrap().iter();
            hits.map(|hit| hit["id"].to_string()).collect()
        };
        let related = similar(&remote);
        assert!(
            related.len() > 5 && related.is_subset(&similar(&local)),
            "{related:?}"
        );

        let call = |name: &str, arguments: Value| {
            let params = serde_json::json!({"name": name, "arguments": arguments});
            serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
        };
        let calls = [
            call(
                "search",
                serde_json::json!({"query": "deadlock", "tag": ["locks"]}),
            ),
            call(
                "get",
                serde_json::json!({"ids": [id, "guide3.md:12", "nothing"]}),
            ),
            call("facets", serde_json::json!({"name": "tag"})),
            call("draw", serde_json::json!({"count": 3, "seed": 7})),
        ];
        let calls: String = calls.iter().map(|call| format!("{call}\n")).collect();
        let tools = |arguments: &[&str]| {
            let mut command = guides.command(&["mcp"]);
            command.args(arguments);
            let mut child = command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut stdin = child.stdin.take().unwrap();
            stdin.write_all(calls.as_bytes()).unwrap();
            drop(stdin);
            String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
        };
        assert_eq!(tools(&of_engine), tools(&[]), "{engine}");
    }
}

#[test]
fn an_engine_that_fails_is_no_reason_to_end() {
    let server = server(|_, path| match path.ends_with("_search") {
        true => Fault::Status(500),
        false => Fault::None,
    });
    let guides = Guides::new(1);
    guides.export("opensearch", "all");
    assert!(
        guides
            .push("opensearch", &server.url, "all")
            .status
            .success()
    );
    let of_engine = ["--engine", &server.url, "--exported", "all", "--tries", "1"];
    let pages = Pages::serve(&guides, &of_engine);
    for _ in 0..2 {
        let (status, page) = pages.get("/search?q=locks");
        assert_eq!(status, 500);
        assert!(page.contains("The engine cannot be searched"), "{page}");
    }
}

/// A server that speaks TLS, with a certificate of its own for `localhost`, before another one.
struct Tls {
    child: Child,
    url: String,
}

impl Tls {
    /// Starts `openssl` before the server at `url`; returns nothing where it is not installed.
    fn before(url: &str, folder: &Path) -> Option<Tls> {
        let make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
                    -keyout key.pem -out cert.pem -subj /CN=localhost \
                    -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE";
        let openssl = |arguments: &str| {
            let mut command = Command::new("openssl");
            command
                .args(arguments.split_whitespace())
                .current_dir(folder)
                .stderr(Stdio::null());
            command
        };
        assert!(openssl(make).stdout(Stdio::null()).status().ok()?.success());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
        let port = port.unwrap().port();
        let serve = format!("s_server -quiet -accept 127.0.0.1:{port} -cert cert.pem -key key.pem");
        let mut command = openssl(&serve);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // What it decrypts goes to the server, and the answers come back.
        let mut plain = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
        let mut answers = plain.try_clone().unwrap();
        let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        thread::spawn(move || io::copy(&mut output, &mut plain));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = answers.read(&mut bytes) {
                if input.write_all(&bytes[..read]).is_err() || input.flush().is_err() {
                    break;
                }
            }
        });
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(child.try_wait().unwrap().is_none(), "openssl has ended");
            thread::sleep(Duration::from_millis(10));
        }
        Some(Tls {
            child,
            url: format!("https://localhost:{port}"),
        })
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_engine_behind_tls_must_have_a_certificate_that_is_trusted() {
    let server = server(|_, _| Fault::None);
    let guides = Guides::new(2);
    guides.export("opensearch", "all");
    let Some(tls) = Tls::before(&server.url, guides.folder.path()) else {
        eprintln!("openssl is not installed, so TLS is not tried");
        return;
    };
    let push = |url: &str, trusted: Option<&str>| {
        let mut command = guides.command(&push("opensearch", url, "all"));
        command.args(["--tries", "1"]);
        if let Some(trusted) = trusted {
            command.env("SSL_CERT_FILE", guides.path(trusted));
        }
        command.output().unwrap()
    };
    let output = push(&tls.url, None);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.contains("certificate"), "{errors}");
    assert!(server.requests.lock().unwrap().is_empty());
    // It is for another name.
    let other = tls.url.replace("localhost", "127.0.0.1");
    let output = push(&other, Some("cert.pem"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("certificate"), "{errors}");
    assert!(server.requests.lock().unwrap().is_empty());

    let output = push(&tls.url, Some("cert.pem"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    assert_holds(&server, "hotseat-000001", &guides.documents("all"));
}

/// The requests of a search, as they are recorded in a file.
#[test]
fn requests_are_those_of_the_files() {
    let mut written = String::new();
    for engine in ENGINES {
        let server = server(|_, _| Fault::None);
        let guides = Guides::new(1);
        guides.export(engine, "all");
        assert!(guides.push(engine, &server.url, "all").status.success());
        guides.search(
            &server.url,
            "all",
            &["quick locks", "\"waits\"", "-slowly", "tag:locks"],
        );
        guides.search(&server.url, "all", &["--facets", "--limit", "0", "locks"]);
        for request in server.requests.lock().unwrap().iter() {
            written += request;
            written.push_str("\n\n");
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine/requests.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == written,
        "UPDATE=1 cargo test --test engine writes {}",
        path.display()
    );
}

/// A real engine, where one is at hand: its URL is in `HOTSEAT_OPENSEARCH` or `HOTSEAT_QUICKWIT`.
#[test]
fn a_real_engine_finds_what_an_index_finds() {
    for engine in ENGINES {
        let variable = format!("HOTSEAT_{}", engine.to_uppercase());
        let Ok(url) = std::env::var(&variable) else {
            eprintln!("{variable} is not set, so {engine} is not tried");
            continue;
        };
        let guides = Guides::new(12);
        let name = format!("hotseat-test-{}", std::process::id());
        guides.must(&["export", "--to", engine, "--name", &name, "-o", "all"]);
        // It is killed where it happens to be, and goes on there.
        for pause in 0..5 {
            let mut command = guides.command(&push(engine, &url, "all"));
            let command = command.stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            thread::sleep(Duration::from_millis(20 + 30 * pause));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        guides.must(&["push", "--to", engine, &url, "all"]);
        assert_finds_the_same(&guides, engine, &url, "all");
        guides.write(2, " for long");
        guides.write(12, "");
        fs::remove_file(guides.path("content/guide1.md")).unwrap();
        guides.must(&["index"]);
        guides.export_changes(engine);
        guides.must(&["push", "--to", engine, &url, "changes"]);
        assert_finds_the_same(&guides, engine, &url, "changes");
    }
}
