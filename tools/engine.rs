//! An engine to try `hotseat push` and `hotseat search --engine` with, that speaks some of OpenSearch and
//! Quickwit, on plain tantivy, in memory:
//!
//! ```sh
//! cargo run --release --example engine -- 127.0.0.1:9200
//! ```

use std::{env, error::Error};

#[path = "../tests/engine/stub.rs"]
mod stub;

fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:9200".to_owned());
    let server = tiny_http::Server::http(&address).map_err(|error| error.to_string())?;
    let mut engine = stub::Engine::default();
    for mut request in server.incoming_requests() {
        let body = stub::body(&mut request);
        let (method, url) = (request.method().to_string(), request.url().to_owned());
        stub::respond(request, engine.answer(&method, &url, &body));
    }
    Ok(())
}
