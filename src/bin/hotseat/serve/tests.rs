//! A server on a port of its own, asked over sockets as a browser or an attacker would.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use hotseat::{Index, QaDocument};
use serde_json::Value;
use tokio::sync::oneshot;

use super::{Guard, Limits, Site, assets, listen};
use crate::content_path::ContentPath;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    address: SocketAddr,
    index: Arc<Index>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// An answer as it came: its status, its headers in lower case, its body.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

fn documents() -> Vec<QaDocument> {
    let lock = "Python's *global* lock.\n\n```python\nif a: pass\n```\n\nIt is released by input.";
    vec![
        QaDocument::new("python.md", "What is the `GIL`?", lock)
            .with_tags(["Python"])
            .with_level("mid"),
        QaDocument::new("folder/a b.md", "What is a lock?", "Something held.")
            .with_tags(["Threads", "C++"])
            .with_sections(["Basics"]),
        QaDocument::new("folder/a b.md", "Why a second lock?", ""),
    ]
}

impl Server {
    fn start() -> Server {
        Server::with(documents(), Guard::default(), Limits::default())
    }

    fn with(documents: Vec<QaDocument>, guard: Guard, limits: Limits) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let index = Arc::new(Index::in_memory(documents).unwrap());
        let content = ContentPath::new(Path::new("content"));
        let mut site = Site::new(index.clone(), content, 10, None, guard);
        site.guard.port = address.port();
        let (end, ended) = oneshot::channel();
        let thread = thread::spawn(move || {
            let ended = async move || {
                let _ = ended.await;
                Ok(())
            };
            listen::serve(Arc::new(site), listener, limits, ended).unwrap();
        });
        Server {
            address,
            index,
            end: Some(end),
            thread: Some(thread),
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and reads the answer until the server closes the connection.
    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        // The server may refuse a request before it is there as a whole.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let (line, headers) = head.split_once("\r\n").unwrap_or((head, ""));
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Answer {
            status: status.unwrap_or(0),
            headers: headers.to_owned(),
            body: body.to_owned(),
        }
    }

    fn get_with(&self, url: &str, headers: &str) -> Answer {
        let host = self.address;
        self.send(&format!(
            "GET {url} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    fn get(&self, url: &str) -> Answer {
        self.get_with(url, "")
    }

    /// Adds a document, as an update by this process would.
    fn add(&self, document: QaDocument) {
        let mut writer = self.index.writer().unwrap();
        writer.add(document).unwrap();
        writer.commit().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.end.take());
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(thread::panicking() || ended.is_none_or(|ended| ended.is_ok()));
    }
}

#[test]
fn each_route_answers_and_nothing_else_does() {
    let server = Server::start();
    let id = documents()[0].id;
    for url in [
        "/",
        "/?q=lock",
        "/search",
        "/search?q=lock&tag=threads&n=1&offset=1",
        "/search?q=nothing+of+this",
        "/search?q=%22&offset=99999&level=x",
        &format!("/q/{id}"),
        &format!("/q/{id}?q=global+lock"),
        "/g/python.md",
        "/g/folder/a%20b.md",
        "/g/folder%2Fa%20b.md",
        "/g/folder",
        "/g/folder/",
        "/facets/tag",
        "/facets/tag?q=lock",
    ] {
        let answer = server.get(url);
        assert_eq!(answer.status, 200, "{url}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert!(answer.body.starts_with("<!doctype html>") && answer.body.ends_with("</html>\n"));
    }
    for url in [
        "/x",
        "/q/",
        "/q/nobody",
        "/q/zzzzzzzzz",
        "/g/",
        "/g/other.md",
        "/g/../Cargo.toml",
        "/g/%2e%2e/%2e%2e/etc/passwd",
        "/g/%2Fetc%2Fpasswd",
        "/g/%ff",
        "/g/%00",
        "/g/python.md/x",
        "/facets/x",
        "/assets/page.css",
        "/assets/../page.css",
        "//evil.example/",
    ] {
        let answer = server.get(url);
        assert_eq!(answer.status, 404, "{url}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
    }
    for url in [
        "/api/v1/",
        "/api/v1/search/x",
        "/api/v1/documents/zzzzzzzzz",
        "/api/v1/documents/",
        "/api/v1/similar/no",
        "/api/v1/facets/x",
        "/api/v2/search",
    ] {
        let answer = server.get(url);
        assert_eq!(answer.status, 404, "{url}");
        assert!(answer.json()["error"].is_string());
    }
}

#[test]
fn the_api_answers_as_the_command_does() {
    let server = Server::start();
    let found = server.get("/api/v1/search?q=lock&tag=threads&facets=1");
    assert_eq!(found.header("content-type"), Some("application/json"));
    let found = found.json();
    assert_eq!(
        (&found["total"], &found["hits"][0]["path"]),
        (&1.into(), &"content/folder/a b.md".into())
    );
    assert_eq!(found["facets"]["tag"][0]["value"], "C++");
    let id = documents()[0].id;
    for name in [
        id.to_string(),
        "python.md:1".to_owned(),
        "python.md%3A1".to_owned(),
    ] {
        let document = server.get(&format!("/api/v1/documents/{name}")).json();
        assert_eq!(document["id"], id.to_string());
    }
    let similar = server.get(&format!("/api/v1/similar/{id}?n=1")).json();
    assert_eq!(similar["hits"].as_array().map(Vec::len), Some(1));
    let tags = server.get("/api/v1/facets/tag").json();
    assert_eq!(tags["facets"]["tag"].as_array().map(Vec::len), Some(3));
    let completed = server.get("/api/v1/complete?q=what+glo").json();
    assert_eq!(completed["completions"][0], "what global");
    assert_eq!(server.get("/healthz").json()["status"], "ok");
    // Typing finds by the beginning of a word.
    assert_eq!(
        server.get("/api/v1/search?q=releas&typing=1").json()["total"],
        1
    );
}

#[test]
fn the_description_of_the_api_is_that_of_its_routes() {
    let server = Server::start();
    let described = server.get("/openapi.json").json();
    let mut paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "/api/v1/complete",
            "/api/v1/documents/{id}",
            "/api/v1/events",
            "/api/v1/facets/{name}",
            "/api/v1/search",
            "/api/v1/similar/{id}",
            "/healthz"
        ]
    );
    for path in paths.into_iter().filter(|path| !path.ends_with("events")) {
        let url = path
            .replace("{id}", "python.md:1")
            .replace("{name}", "level");
        let answer = server.get(&url);
        let schema = &described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let name = schema["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let mut schema = described["components"]["schemas"][name].clone();
        schema["components"] = described["components"].clone();
        let answer = answer.json();
        let valid = jsonschema::validate(&schema, &answer);
        valid.unwrap_or_else(|error| panic!("{url}: {error}"));
    }
}

#[test]
fn programs_are_told_which_value_is_wrong_and_pages_lead_somewhere() {
    let server = Server::start();
    let answer = server.get("/api/v1/search?q=lock&n=101");
    assert_eq!(answer.status, 400);
    let error = &answer.json()["error"];
    assert_eq!(*error, "n must be a whole number, 0 to 100");
    assert_eq!(server.get("/api/v1/complete?q=l&n=x").status, 400);
    assert_eq!(server.get("/search?q=lock&n=101").status, 200);
}

#[test]
fn only_requests_of_this_machine_are_answered() {
    let server = Server::start();
    let port = server.address.port();
    let host = |host: &str, line: &str| {
        server
            .send(&format!("{line}\r\n{host}Connection: close\r\n\r\n"))
            .status
    };
    let good = format!("Host: localhost:{port}\r\n");
    let evil = format!("Host: evil.example:{port}\r\n");
    assert_eq!(host(&good, "GET /api/v1/search HTTP/1.1"), 200);
    assert_eq!(host(&evil, "GET /api/v1/search HTTP/1.1"), 403);
    assert_eq!(
        host(&evil, &format!("GET {} HTTP/1.1", assets::STYLE.path)),
        403
    );
    assert_eq!(
        host(&format!("Host: 0.0.0.0:{port}\r\n"), "GET / HTTP/1.1"),
        403
    );
    assert_eq!(host("", "GET / HTTP/1.1"), 400);
    assert_eq!(host("", "GET / HTTP/1.0"), 400);
    assert_eq!(host(&(good.clone() + &evil), "GET / HTTP/1.1"), 400);
    assert_eq!(
        host(&good, &format!("GET http://evil.example:{port}/ HTTP/1.1")),
        403
    );
    let own = format!("Origin: http://{}\r\n", server.address);
    assert_eq!(server.get_with("/api/v1/search", &own).status, 200);
    for foreign in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
    ] {
        assert_eq!(
            server.get_with("/api/v1/search", foreign).status,
            403,
            "{foreign}"
        );
    }
}

#[test]
fn requests_have_limits() {
    let server = Server::start();
    let host = server.address;
    assert_eq!(
        server
            .get(&format!("/search?q={}", "x".repeat(8 << 10)))
            .status,
        414
    );
    assert_eq!(
        server
            .get(&format!("/search?q={}", "x".repeat(20 << 10)))
            .status,
        431
    );
    assert_eq!(
        server
            .get_with("/", &format!("X: {}\r\n", "x".repeat(20 << 10)))
            .status,
        431
    );
    assert_eq!(server.get_with("/", &"X: y\r\n".repeat(70)).status, 431);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "X"] {
        let refused = server.send(&format!(
            "{method} / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(
            (refused.status, refused.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
    for body in [
        "Content-Length: 1\r\n\r\nx",
        "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "Content-Length: 999999999999\r\n\r\n",
    ] {
        let refused = server.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n{body}"));
        assert_eq!(refused.status, 413, "{body}");
    }
    let head = server.send(&format!(
        "HEAD /search?q=lock HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(
        head.header("content-length")
            .is_some_and(|length| length != "0")
    );
    for nonsense in ["GET\r\n\r\n", "\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        assert_eq!(server.send(nonsense).status, 400, "{nonsense:?}");
    }
}

#[test]
fn every_answer_has_the_headers_that_keep_others_out() {
    let server = Server::start();
    for url in [
        "/",
        "/search?q=lock",
        "/api/v1/search",
        "/x",
        &assets::SCRIPT.path,
        "/openapi.json",
        "/healthz",
    ] {
        let answer = server.get(url);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';")
                && !policy.contains("unsafe")
        );
        assert!(
            policy.contains("base-uri 'none'; frame-ancestors 'none'"),
            "{url}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{url}"
        );
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "{url}"
        );
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            Some("same-origin"),
            "{url}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), None, "{url}");
    }
    let script = server.get(&assets::SCRIPT.path);
    assert!(
        script
            .header("cache-control")
            .unwrap()
            .contains("immutable")
    );
    assert!(script.body.len() <= 12 << 10, "the script is to stay small");
}

#[test]
fn an_answer_is_kept_until_the_index_changes() {
    let server = Server::start();
    let tag = |answer: &Answer| answer.header("etag").unwrap().to_owned();
    let first = tag(&server.get("/search?q=lock"));
    let again = server.get_with(
        "/search?q=lock",
        &format!("If-None-Match: \"x\", {first}\r\n"),
    );
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_ne!(tag(&server.get("/search?q=lock&n=1")), first);
    server.add(QaDocument::new("new.md", "Which lock is new?", "This one."));
    let changed = server.get_with("/search?q=lock", &format!("If-None-Match: {first}\r\n"));
    assert_eq!(changed.status, 200);
    assert!(changed.body.contains("is new?"));
    assert!(server.get("/").body.contains("4 questions in 3 guides"));
}

#[test]
fn a_stream_tells_new_states_and_ends_with_the_server() {
    let mut server = Server::start();
    let mut stream = server.connect();
    let host = server.address;
    write!(
        stream,
        "GET /api/v1/events HTTP/1.1\r\nHost: {host}\r\n\r\n"
    )
    .unwrap();
    let mut read = String::new();
    let mut read_until = |text: &str| {
        let mut buffer = [0; 1024];
        while !read.contains(text) {
            let length = stream.read(&mut buffer).unwrap();
            assert!(length > 0, "it ended: {read}");
            read += std::str::from_utf8(&buffer[..length]).unwrap();
        }
        read.clone()
    };
    assert!(read_until("event: state").contains("content-type: text/event-stream"));
    server.add(QaDocument::new("new.md", "What is new?", "This."));
    let state = format!("{:016x}", server.index.state());
    let read = read_until(&state);
    assert_eq!(read.matches("event: state").count(), 2, "{read}");
    drop(server.end.take());
    server.thread.take().unwrap().join().unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
}

#[test]
fn slow_clients_lose_their_connection_and_delay_nobody() {
    let limits = Limits {
        connections: 40,
        headers_within: Duration::from_millis(500),
        read_within: Duration::from_millis(500),
        ..Limits::default()
    };
    let many =
        (0..2000).map(|n| QaDocument::new(format!("{n}.md"), "What is a lock?", "x ".repeat(500)));
    let server = Server::with(many.collect(), Guard::default(), limits);
    let host = server.address;
    // On a busy machine this client is slow at times, too, and asks again.
    let is_answered = || {
        let began = Instant::now();
        while server.get("/healthz").status != 200 {
            assert!(began.elapsed() < PATIENCE, "nobody is answered");
        }
    };
    // These send a byte at a time, and those read nothing of large answers.
    let mut slow: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    let mut deaf: Vec<TcpStream> = (0..10).map(|_| server.connect()).collect();
    let request =
        format!("GET /api/v1/search?q=lock&n=100&full=1 HTTP/1.1\r\nHost: {host}\r\n\r\n");
    for stream in &mut deaf {
        let _ = stream.write_all(request.repeat(60).as_bytes());
    }
    let began = Instant::now();
    let mut letters = "GET / HTTP/1.1\r\nHost: "
        .bytes()
        .chain(std::iter::repeat(b'x'));
    while began.elapsed() < Duration::from_secs(1) {
        let letter = letters.next().unwrap();
        slow.iter_mut()
            .for_each(|stream| _ = stream.write_all(&[letter]));
        is_answered();
        thread::sleep(Duration::from_millis(50));
    }
    for stream in &mut slow {
        // What is left to read is at most a refusal; then the connection is closed.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    // More clients than places are served, so all places are free again.
    let fresh: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    drop(fresh);
    is_answered();
}

#[test]
fn a_token_opens_the_page_once_it_was_in_the_url() {
    let guard = Guard {
        token: Some("0123456789abcdef".to_owned()),
        ..Guard::default()
    };
    let server = Server::with(documents(), guard, Limits::default());
    for url in [
        "/",
        "/api/v1/search",
        &assets::STYLE.path,
        "/api/v1/events",
        "/?token=0123456789abcdeX",
    ] {
        assert_eq!(server.get(url).status, 401, "{url}");
    }
    let admitted = server.get("//evil.example/search?q=a+b&token=0123456789abcdef&tag=c");
    assert_eq!(admitted.status, 303);
    assert_eq!(
        admitted.header("location"),
        Some("/evil.example/search?q=a+b&tag=c")
    );
    let cookie = admitted
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        server
            .get_with("/", &format!("Cookie: {cookie}\r\n"))
            .status,
        200
    );
    let bearer = "Authorization: Bearer 0123456789abcdef\r\n";
    assert_eq!(server.get_with("/api/v1/search", bearer).status, 200);
    // With the token, a name of another server is still none of this one.
    let host =
        "GET /?token=0123456789abcdef HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(server.send(host).status, 403);
}

/// Texts that would run something in a page that passes them on.
const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "`<script>alert(1)</script>`",
    "```\"><script>alert(1)</script>\nx\n```",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<style>*{background:url(//evil.example)}</style>",
    "<base href=//evil.example><form action=//evil.example><input name=q>",
    "\u{202e}\u{0}\u{1b}[31m<!--<title></title><textarea>",
];

#[test]
fn nothing_of_a_guide_or_a_query_runs_in_a_page() {
    let mut documents = Vec::new();
    for (n, hostile) in HOSTILE.into_iter().enumerate() {
        let guide = format!("{n}/{}.md", hostile.replace('/', "_"));
        let mut document =
            QaDocument::new(guide, format!("Why {hostile}?"), format!("lock {hostile}"))
                .with_tags([hostile])
                .with_sections([hostile])
                .with_category(hostile)
                .with_level(hostile);
        document.guide_title = hostile.to_owned();
        documents.push(document);
    }
    let ids: Vec<String> = documents
        .iter()
        .map(|document| document.id.to_string())
        .collect();
    let server = Server::with(documents, Guard::default(), Limits::default());
    let mut urls = vec!["/".to_owned(), "/search?q=lock&n=100".to_owned()];
    for (n, hostile) in HOSTILE.into_iter().enumerate() {
        let encoded: String = form_urlencoded::byte_serialize(hostile.as_bytes()).collect();
        urls.push(format!("/search?q={encoded}"));
        urls.push(format!(
            "/search?q=lock&tag={encoded}&guide={encoded}&level={encoded}"
        ));
        urls.push(format!("/facets/tag?q={encoded}&section={encoded}"));
        urls.push(format!("/q/{}?q={encoded}&tag={encoded}", ids[n]));
        urls.push(format!("/g/{n}"));
        urls.push(format!("/g/{encoded}"));
        urls.push(format!("/{encoded}"));
    }
    for url in urls {
        let answer = server.get(&url);
        assert!(matches!(answer.status, 200 | 404), "{url}");
        if let Some(tag) = foreign_tag(&answer.body) {
            panic!("{url}: {tag}");
        }
    }
}

/// Returns a tag that the pages do not write themselves.
fn foreign_tag(page: &str) -> Option<&str> {
    const NAMES: &str = "html head meta title link script body a header span form label input button p main \
        footer div section article aside nav ul ol li h1 h2 h3 h4 h5 h6 q kbd code pre em strong del \
        mark i table thead tbody tr th td blockquote hr br";
    const ATTRIBUTES: &str = "lang charset name content rel href src defer class id role action for type value \
        placeholder autocomplete autocapitalize spellcheck maxlength aria-label aria-labelledby \
        aria-current aria-hidden tabindex dir data-state data-total \
        start align";
    let is_in = |words: &str, word: &str| words.split_ascii_whitespace().any(|known| known == word);
    let mut rest = page;
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        rest = after;
        if tag == "!doctype html" {
            continue;
        }
        let name_end = tag.find([' ', '\n']).unwrap_or(tag.len());
        let (name, mut attributes) = tag.split_at(name_end);
        if !is_in(NAMES, name.trim_start_matches('/')) {
            return Some(tag);
        }
        while let Some((attribute, value)) = attributes.split_once("=\"") {
            let (value, after) = value.split_once('"').unwrap_or((value, ""));
            let is_link = |start: &&str| value.starts_with(*start);
            let leads_on = ["/", "#", "http://", "https://", "mailto:"];
            let attribute = attribute.trim();
            let is_safe = match attribute {
                "href" => leads_on.iter().any(is_link) && !value.starts_with("//"),
                "src" => value == assets::SCRIPT.path,
                name => is_in(ATTRIBUTES, name),
            };
            if !is_safe {
                return Some(tag);
            }
            attributes = after;
        }
        if !attributes.trim().is_empty() {
            return Some(tag);
        }
    }
    None
}

#[test]
fn too_many_searches_at_a_time_are_told_to_come_back() {
    let limits = Limits {
        searches: 0,
        streams: 0,
        ..Limits::default()
    };
    let server = Server::with(documents(), Guard::default(), limits);
    for url in ["/search?q=a", "/api/v1/search", "/api/v1/events"] {
        let busy = server.get(url);
        assert_eq!(
            (busy.status, busy.header("retry-after")),
            (503, Some("1")),
            "{url}"
        );
    }
    assert_eq!(server.get(&assets::STYLE.path).status, 200);
}
