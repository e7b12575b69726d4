//! EPUB -> the HTML of its chapters, one below the other.

use std::collections::{HashMap, HashSet};

use super::{Page, Place, Xml, xml, zip::Archive};
use crate::text::html_tokens::decode_entities;

/// The most chapters that are read.
const MAX_CHAPTERS: usize = 2_000;

/// Returns a book as HTML.
pub(super) fn page(archive: &mut Archive<'_>) -> Result<Page, String> {
    let container = archive.text("META-INF/container.xml")?;
    let root = xml(&container).find_map(|token| match token {
        Xml::Open("rootfile", tag, _) => tag.attribute("full-path").map(str::to_owned),
        _ => None,
    });
    let root = root.ok_or("is damaged: it does not say what it contains")?;
    let package = archive.text(&root)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Book { title, chapters } = book(&package);
    let encrypted = match archive.has("META-INF/encryption.xml") {
        true => archive.text("META-INF/encryption.xml")?,
        false => String::new(),
    };
    let encrypted: HashSet<String> = xml(&encrypted)
        .filter_map(|token| match token {
            Xml::Open("CipherReference", tag, _) => {
                Some(joined("", &decode_entities(tag.attribute("URI")?.into())))
            }
            _ => None,
        })
        .collect();
    let mut page = Page {
        title,
        ..Page::default()
    };
    let mut line = 1;
    for (number, chapter) in (1..).zip(chapters.iter().take(MAX_CHAPTERS)) {
        let name = joined(folder, chapter);
        if encrypted.contains(&name) {
            return Err("is encrypted; save it without protection".to_owned());
        }
        // A chapter that is missing is none of the others' fault.
        if !archive.has(&name) {
            continue;
        }
        let text = archive.text(&name)?;
        page.places.push((line, Place::Chapter(number), 1));
        let body = body_of(&text);
        // Its lines are counted from the start of the file.
        let before = text[..body.as_ptr().addr() - text.as_ptr().addr()]
            .matches('\n')
            .count();
        page.html.extend(std::iter::repeat_n('\n', before));
        page.html.push_str(body);
        page.html.push('\n');
        line += before + body.matches('\n').count() + 1;
    }
    Ok(page)
}

/// Returns what stands in the body of a chapter.
fn body_of(text: &str) -> &str {
    let start = text
        .find("<body")
        .and_then(|at| Some(at + text[at..].find('>')? + 1))
        .unwrap_or(0);
    let end = text
        .rfind("</body")
        .filter(|end| *end >= start)
        .unwrap_or(text.len());
    &text[start..end]
}

struct Book {
    title: Option<String>,
    /// The paths of the chapters, in reading order, each once.
    chapters: Vec<String>,
}

/// Reads what a book says of itself.
fn book(package: &str) -> Book {
    let mut title: Option<String> = None;
    let mut in_title = false;
    let mut items = HashMap::new();
    let mut chapters: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for token in xml(package) {
        match token {
            Xml::Open("title", ..) => in_title = true,
            Xml::Close("title") => in_title = false,
            Xml::Text(text) if in_title && title.is_none() => {
                title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Xml::Open("item", tag, _) => {
                let is_text = tag
                    .attribute("media-type")
                    .is_some_and(|kind| kind.contains("html"));
                let is_contents = tag
                    .attribute("properties")
                    .is_some_and(|kind| kind.contains("nav"));
                if let (Some(id), Some(target)) = (tag.attribute("id"), tag.attribute("href"))
                    && is_text
                    && !is_contents
                {
                    items.insert(id, decode_entities(target.into()).into_owned());
                }
            }
            Xml::Open("itemref", tag, _) => {
                let target = tag.attribute("idref").and_then(|id| items.get(id));
                chapters.extend(
                    target
                        .filter(|target| seen.insert((*target).clone()))
                        .cloned(),
                );
            }
            _ => {}
        }
    }
    Book { title, chapters }
}

/// Returns the name of the part that `target` names from a folder.
fn joined(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let decoded = percent_decoded(target);
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(code) => {
                bytes.push(code);
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
