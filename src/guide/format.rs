//! The name of a file -> the reader of its format.

use super::{FrontMatter, Guide, Warning, asciidoc, converted::Converted, list, office, org, rst};

/// The extensions of Markdown, of saved pages, and of text in any other format that is read.
pub(super) const MARKDOWN: [&str; 7] = ["md", "markdown", "mdx", "mkd", "mdown", "qmd", "rmd"];
pub(super) const PAGES: [&str; 3] = ["html", "htm", "xhtml"];
const TEXTS: [&str; 6] = ["txt", "text", "rst", "adoc", "asciidoc", "org"];

/// The extensions of data, of which lists of questions are read, and notebooks.
const DATA: [&str; 8] = [
    "json", "jsonl", "ndjson", "yaml", "yml", "csv", "tsv", "ipynb",
];

/// Returns whether files with this extension are guides.
pub(super) fn is_known(extension: &str) -> bool {
    let mut extensions = MARKDOWN
        .iter()
        .chain(&PAGES)
        .chain(&TEXTS)
        .chain(&DATA)
        .chain(&office::EXTENSIONS);
    extensions.any(|known| extension.eq_ignore_ascii_case(known))
}

/// Returns whether a file's name says little of what is in it: many such files are no guides.
pub(crate) fn is_doubtful(path: &str) -> bool {
    let extension = extension(path);
    extension.is_empty() || DATA.contains(&&*extension)
}

/// Returns whether a file is an archive, by its name.
pub(super) fn is_archive(path: &str) -> bool {
    office::EXTENSIONS.contains(&&*extension(path))
}

/// Returns the bytes of text that a file of `size` bytes takes as much memory as, while it is read: an
/// archive of some kilobytes may have as much text as any guide, and the values of data may be shorter
/// than any line.
pub(super) fn weight(path: &str, size: u64) -> u64 {
    let extension = extension(path);
    if office::EXTENSIONS.contains(&&*extension) {
        Guide::MAX_FILE
    } else if DATA.contains(&&*extension) {
        size.saturating_mul(DATA_WEIGHT)
    } else {
        size
    }
}

/// The bytes of text that a byte of data takes as much memory as.
const DATA_WEIGHT: u64 = 8;

/// Returns whether a file may start with front matter, by its name.
pub(super) fn has_front_matter(path: &str) -> bool {
    let extension = extension(path);
    !extension.is_empty()
        && !DATA.contains(&&*extension)
        && !office::EXTENSIONS.contains(&&*extension)
}

/// Returns the extension of a file's name in lower case, without its dot; empty if it has none.
pub(crate) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.to_ascii_lowercase()
}

/// Reads a file that is no text: one of a word processor, or one that is no guide whatever its name.
pub(super) fn read_bytes(path: &str, bytes: &[u8]) -> Option<Guide> {
    let extension = extension(path);
    if office::EXTENSIONS.contains(&&*extension) {
        return Some(office::read(path, &extension, bytes));
    }
    // Many files without an extension are no guides; one that is named as a text is a mistake.
    let is_named = !extension.is_empty();
    let warning = || Warning::new(path, None, "is not read: it is not text");
    (!is_text(bytes, is_named)).then(|| Guide {
        path: path.to_owned(),
        is_none: true,
        warnings: Vec::from_iter(is_named.then(warning)),
        ..Guide::default()
    })
}

/// Returns whether bytes are text. UTF-8 that is named as a text may have a NUL by accident.
fn is_text(bytes: &[u8], is_named: bool) -> bool {
    if bytes.starts_with(b"%PDF-") {
        return false;
    }
    let start = &bytes[..bytes.len().min(MAX_START)];
    !start.contains(&0)
        || encoding_rs::Encoding::for_bom(bytes).is_some()
        || super::utf_16(bytes).is_some()
        || is_named && str::from_utf8(bytes).is_ok()
}

/// The length of the part of a file that tells whether it is text, in bytes.
const MAX_START: usize = 8 << 10;

/// Returns whether a text is most likely JSON, whatever it is named: it starts and ends as that does. A list
/// of Markdown's links starts so as well, and is found to be none at its first word.
fn is_json(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_enclosed = text.starts_with(['[', '{']) && text.ends_with([']', '}']);
    is_enclosed && text.len() <= MAX_JSON_TEXT
}

/// The longest text that is looked at for JSON though it is not named so, in bytes: its values take more
/// memory than a text of its size is given ([`weight`]), and no list of questions was longer.
const MAX_JSON_TEXT: usize = 1 << 20;

/// Reads a text whose format is neither Markdown nor plain text, from the byte `body` on, and what it
/// says of itself.
pub(super) fn convert(path: &str, text: &str, body: usize) -> Option<(Converted, FrontMatter)> {
    match &*extension(path) {
        "rst" => Some((rst::convert(text, body), FrontMatter::default())),
        "adoc" | "asciidoc" => Some((asciidoc::convert(text, body), FrontMatter::default())),
        "org" => Some(org::convert(text, body)),
        _ => None,
    }
}

/// Reads a file of data, if that is what `path` names: a list of questions or a notebook. One that holds
/// neither is no guide.
pub(super) fn read_data(path: &str, text: &str) -> Option<Guide> {
    let extension = extension(path);
    let read = match &*extension {
        "json" | "jsonl" | "ndjson" => list::json::parse(text).map(|root| list::convert(&root)),
        "yaml" | "yml" => list::yaml::parse(text, 1).map(|root| list::convert(&root)),
        "ipynb" => list::json::parse(text).map(|root| list::notebook::convert(&root)),
        "csv" | "tsv" => list::table::convert(text),
        "txt" if list::table::is_anki(text) => list::table::anki(text),
        // One that is named as a text is read as that if it is no list of questions.
        _ if is_json(text) => {
            let root = list::json::parse(text).ok()?;
            let converted = list::convert(&root)?;
            return Some(converted.into_guide(path, FrontMatter::default(), None));
        }
        _ => return None,
    };
    // Data that cannot be read is most likely no list of questions: settings with comments, or a
    // template. Only what speaks of questions is worth a warning.
    let is_none = match read {
        Ok(Some(converted)) => {
            return Some(converted.into_guide(path, FrontMatter::default(), None));
        }
        Ok(None) => Guide {
            is_none: true,
            ..Guide::default()
        },
        Err(fault) => {
            let is_list =
                extension == "ipynb" || text.contains("question") || text.contains("\"answer");
            let warning = Warning::new(
                path,
                Some(fault.line),
                format!("is not read: it {}", fault.message),
            );
            Guide {
                is_none: !is_list,
                warnings: Vec::from_iter(is_list.then_some(warning)),
                ..Guide::default()
            }
        }
    };
    Some(Guide {
        path: path.to_owned(),
        ..is_none
    })
}
