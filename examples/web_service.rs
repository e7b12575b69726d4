//! Serves searches as JSON: `cargo run --example web_service`, then
//! `curl 'localhost:7878/search?q=closure&tag=javascript'`.
//!
//! One index is shared by all threads. Another thread keeps it up to date, so that an edit of a
//! guide is found half a minute later, while requests go on.

use std::{sync::Arc, thread, time::Duration};

use hotseat::{Index, Query};
use tiny_http::{Header, Request, Response, Server};

/// So many requests are answered at a time.
const THREADS: usize = 4;

/// The interval between two looks at the guides. Where nothing changed, one takes milliseconds.
const UPDATE_EVERY: Duration = Duration::from_secs(30);

/// A caller from anywhere gets no more hits than this, whatever it asks for.
const MAX_HITS: usize = 50;

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let index = Arc::new(Index::open_or_build("content", "index")?);

    // One thread writes. If another process does, as a nightly job may, call `reload` here instead
    // of `update`: it sees what was written, and costs even less.
    let fresh = Arc::clone(&index);
    thread::spawn(move || {
        loop {
            match fresh.update("content") {
                Ok(update) if update.changed_anything() => eprintln!("now {}", update.documents),
                Ok(_) => {}
                // Searches go on with what there was, so this is no reason to end.
                Err(error) => eprintln!("the index was not updated: {error}"),
            }
            thread::sleep(UPDATE_EVERY);
        }
    });

    let server = Server::http("127.0.0.1:7878")?;
    println!("listening on http://{}", server.server_addr());
    serve(&server, &index);
    Ok(())
}

/// Answers requests until the server is unblocked.
fn serve(server: &Server, index: &Index) {
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                // A search takes less than a millisecond, so no thread waits long for another.
                for request in server.incoming_requests() {
                    answer(request, index);
                }
            });
        }
    });
}

/// Answers one request: `/search?q=WORDS&tag=TAG&n=HITS`.
fn answer(request: Request, index: &Index) {
    let (path, parameters) = match request.url().split_once('?') {
        Some((path, parameters)) => (path, parameters),
        None => (request.url(), ""),
    };
    let (status, body) = match path {
        "/search" => search(parameters, index),
        _ => (404, error("there is only /search")),
    };
    let json = Header::from_bytes("Content-Type", "application/json");
    let response = Response::from_string(body).with_status_code(status);
    let response = json.into_iter().fold(response, Response::with_header);
    // A caller that is gone needs no answer.
    let _ = request.respond(response);
}

/// Returns what `parameters` find, as status and JSON.
fn search(parameters: &str, index: &Index) -> (u16, String) {
    let parameters: Vec<_> = form_urlencoded::parse(parameters.as_bytes()).collect();
    let values = |wanted: &'static str| {
        let named = parameters.iter().filter(move |(name, _)| name == wanted);
        named.map(|(_, value)| &**value)
    };
    let hits = values("n").next().and_then(|n| n.parse().ok());
    let query = Query::new(values("q").next().unwrap_or_default());
    let query = values("tag").fold(query, Query::tag);
    match index.search(&query.limit(hits.unwrap_or(10).min(MAX_HITS))) {
        // Snippets are text in pieces: the page that shows them must escape it, as any text.
        Ok(results) => match serde_json::to_string(&results) {
            Ok(json) => (200, json),
            Err(failed) => (500, error(&failed.to_string())),
        },
        Err(failed) => (500, error(&failed.to_string())),
    }
}

fn error(message: &str) -> String {
    serde_json::json!({ "error": message }).to_string()
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    use hotseat::QaDocument;

    use super::*;

    #[test]
    fn requests_are_answered_with_json() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let index = Index::in_memory([
            QaDocument::new("js", "What is a closure?", "A function.").with_tags(["JavaScript"]),
            QaDocument::new("rust", "What is a closure?", "A value.").with_tags(["Rust"]),
        ])?;
        let server = Server::http("127.0.0.1:0")?;
        thread::scope(|scope| {
            scope.spawn(|| serve(&server, &index));
            let found = get(&server, "/search?q=closure&tag=rust&n=5");
            let long = get(&server, &format!("/search?q={}", "x+".repeat(65)));
            let elsewhere = get(&server, "/");
            (0..THREADS).for_each(|_| server.unblock());
            let (status, body) = found?;
            let results: serde_json::Value = serde_json::from_str(&body)?;
            assert_eq!((status.as_str(), &results["total"]), ("200", &1.into()));
            assert_eq!(results["hits"][0]["guide"], "rust");
            // Surplus words are dropped, with a note.
            assert_eq!(long?.0, "200");
            assert_eq!(elsewhere?.0, "404");
            Ok(())
        })
    }

    /// Returns the status and the body of the answer to a request.
    fn get(server: &Server, url: &str) -> std::io::Result<(String, String)> {
        let mut stream = TcpStream::connect(server.server_addr().to_string())?;
        write!(stream, "GET {url} HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        let status = head.split(' ').nth(1).unwrap_or_default();
        Ok((status.to_owned(), body.to_owned()))
    }
}
