//! Guides and questions as resources, by URIs of their own: no path is opened.

use std::fmt::Write as _;

use hotseat::{FacetName, Query};
use serde_json::{Map, Value, json};

use super::{Answer, Failure, Library, cut, tools};

const QUESTION: &str = "hotseat://question/";
const GUIDE: &str = "hotseat://guide/";

/// Guides in one page of the list.
const PAGE: usize = 100;

pub(super) fn templates() -> Value {
    json!([
        {
            "uriTemplate": "hotseat://question/{id}",
            "name": "question",
            "title": "Question with its answer",
            "mimeType": "text/markdown",
        },
        {
            "uriTemplate": "hotseat://guide/{+path}",
            "name": "guide",
            "title": "Questions of a guide",
            "mimeType": "text/markdown",
        },
    ])
}

pub(super) fn list(library: &mut impl Library, params: &Map<String, Value>) -> Answer {
    let start = match params.get("cursor") {
        None | Some(Value::Null) => 0,
        Some(cursor) => cursor
            .as_str()
            .and_then(|cursor| cursor.parse::<usize>().ok())
            .ok_or_else(|| Failure::params("the cursor is none that resources/list gave"))?,
    };
    let guides = library
        .index(true)
        .facets(FacetName::Guide, &Query::new(""))?;
    let mut paths: Vec<(String, usize)> = guides
        .into_iter()
        .map(|guide| (guide.value, guide.count))
        .collect();
    paths.sort_unstable();
    let page: Vec<Value> = paths
        .iter()
        .skip(start)
        .take(PAGE)
        .map(|(path, count)| {
            json!({
                "uri": format!("{GUIDE}{}", encoded(path)),
                "name": path,
                "description": format!("{count} questions and passages"),
                "mimeType": "text/markdown",
            })
        })
        .collect();
    let mut result = json!({"resources": page});
    if paths.len() > start.saturating_add(PAGE) {
        result["nextCursor"] = json!((start + PAGE).to_string());
    }
    Ok(result)
}

pub(super) fn read(library: &mut impl Library, params: &Map<String, Value>) -> Answer {
    let uri = params.get("uri").and_then(Value::as_str).unwrap_or("");
    let text = match (uri.strip_prefix(QUESTION), uri.strip_prefix(GUIDE)) {
        (Some(id), _) => question(library, id)?,
        (_, Some(path)) => guide(library, path)?,
        _ => None,
    };
    let text = text.ok_or_else(|| Failure {
        data: Some(json!({"uri": uri})),
        ..Failure::params("there is no such resource; resources/list has the guides")
    })?;
    Ok(json!({"contents": [{"uri": uri, "mimeType": "text/markdown", "text": text}]}))
}

fn question(library: &mut impl Library, id: &str) -> Result<Option<String>, Failure> {
    let document = tools::find(library, &decoded(id))?;
    let whole = document.map(|document| {
        cut(tools::whole(&document, 0), tools::MAX_GET, |left| {
            format!("{left} characters more: the tool `get` with an offset")
        })
    });
    Ok(whole)
}

/// Returns the questions of a guide, each with its id and line.
fn guide(library: &mut impl Library, path: &str) -> Result<Option<String>, Failure> {
    let path = library.guide(&decoded(path));
    let documents = library.index(true).list(&Query::new("").guide(&path))?;
    let Some(first) = documents.first().filter(|first| first.guide == path) else {
        return Ok(None);
    };
    let mut text = format!("# {}\n\n", tools::one_line(&first.guide_title));
    for document in documents.iter().filter(|document| document.guide == path) {
        let question = tools::shortened(&tools::one_line(&document.question), 300);
        let _ = writeln!(
            text,
            "- {question} ({}, line {})",
            document.id, document.line
        );
    }
    Ok(Some(cut(text, tools::MAX_GET, |left| {
        format!("{left} characters more: the tool `search` with this guide and an offset")
    })))
}

/// Returns a path with the bytes escaped that a URI cannot have.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Returns a text of a URI without its escapes; one that is none stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
