//! The files of the page: a style sheet, a script, an icon. Their names carry their hash, so a browser
//! keeps them for good and asks for others as soon as they change.

use std::{
    sync::LazyLock,
    time::{SystemTime, UNIX_EPOCH},
};

use hyper::body::Bytes;
use xxhash_rust::xxh3::xxh3_64;

/// A file, its URL and its type.
pub(super) struct Asset {
    pub(super) path: String,
    pub(super) content_type: &'static str,
    pub(super) bytes: Bytes,
}

/// The description of the API.
pub(super) const OPENAPI: &str = include_str!("assets/openapi.json");

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let style = include_str!("assets/page.css");
    Asset::new("css", "text/css; charset=utf-8", style)
});

pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let script = include_str!("assets/page.js");
    Asset::new("js", "text/javascript; charset=utf-8", script)
});

pub(super) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    let icon = include_str!("assets/icon.svg");
    Asset::new("svg", "image/svg+xml", icon)
});

/// A number for the process: pages that another one drew may differ.
pub(super) static BUILD: LazyLock<u64> = LazyLock::new(|| {
    let started = SystemTime::now().duration_since(UNIX_EPOCH);
    started.map_or(0, |time| time.as_nanos() as u64)
});

impl Asset {
    fn new(extension: &str, content_type: &'static str, text: &'static str) -> Asset {
        let text = match extension {
            "css" => compact_style(&compact(text)),
            _ => compact(text),
        };
        Asset {
            path: format!("/assets/page.{:016x}.{extension}", xxh3_64(text.as_bytes())),
            content_type,
            bytes: text.into(),
        }
    }
}

/// Returns a file without comments that have lines of their own, and without indentation.
fn compact(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    let is_code =
        |line: &&str| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*");
    let mut compact = String::with_capacity(text.len());
    for line in lines.filter(is_code) {
        compact.push_str(line);
        compact.push('\n');
    }
    compact
}

/// Returns a style sheet without the spaces that mean nothing in it.
fn compact_style(text: &str) -> String {
    const SPACES: [(&str, &str); 8] = [
        (": ", ":"),
        ("; ", ";"),
        (", ", ","),
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
        (" > ", ">"),
        (";}", "}"),
    ];
    let mut compact = text.replace('\n', " ");
    for (long, short) in SPACES {
        compact = compact.replace(long, short);
    }
    compact
}

/// Returns the file at a URL.
pub(super) fn find(path: &str) -> Option<&'static Asset> {
    [&*STYLE, &*SCRIPT, &*ICON]
        .into_iter()
        .find(|asset| asset.path == path)
}
