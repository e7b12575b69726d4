//! A distributed engine as the command speaks to it, in place of which a loopback server answers.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

#[path = "engine/stub.rs"]
mod stub;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
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
        for query in [
            &["deadlock"][..],
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
        ] {
            let mut local = vec!["search", "--json"];
            local.extend(query);
            let output = guides.run(&local).stdout;
            let mut local: Value = serde_json::from_slice(&output).unwrap();
            let mut remote = guides.search(&server.url, "all", query);
            for results in [&mut local, &mut remote] {
                results["took_us"] = Value::Null;
            }
            for (name, expected) in local.as_object().unwrap() {
                assert_eq!(remote[name], *expected, "{engine} {query:?} {name}");
            }
        }
    }
}

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
        guides.must(&["push", "--to", engine, &url, "all"]);
        guides.write(2, " for long");
        fs::remove_file(guides.path("content/guide1.md")).unwrap();
        guides.must(&["index"]);
        guides.export_changes(engine);
        guides.must(&["push", "--to", engine, &url, "changes"]);
        for query in [
            "which caches are quick",
            "\"for long\"",
            "dedlock -slowly",
            "C++",
        ] {
            let local = guides.run(&["search", "--paths", query]).stdout;
            let arguments = [
                "search",
                "--paths",
                "--engine",
                &url,
                "--exported",
                "changes",
                query,
            ];
            let remote = guides.run(&arguments).stdout;
            assert_eq!(
                String::from_utf8(remote),
                String::from_utf8(local),
                "{engine} {query}"
            );
        }
    }
}
