//! ODT, as LibreOffice writes it -> HTML.

use std::collections::HashMap;

use super::{Page, Set, Writer, Xml, address, escape, xml, zip::Archive};
use crate::text::html_tokens::{HtmlTag, decode_entities};

/// The styles of a document.
#[derive(Debug, Default)]
struct Styles {
    bold: Vec<String>,
    code: Vec<String>,
    /// The lists that are ordered.
    ordered: Vec<String>,
}

/// Returns a document as HTML.
pub(super) fn page(archive: &mut Archive<'_>) -> Result<Page, String> {
    let manifest = "META-INF/manifest.xml";
    // An encrypted part is not marked in the archive itself.
    if archive.has(manifest) && archive.text(manifest)?.contains("encryption-data") {
        return Err("is encrypted; save it without a password".to_owned());
    }
    let text = archive.text("content.xml")?;
    let mut styles = Styles::default();
    if archive.has("styles.xml") {
        styles.read(&archive.text("styles.xml").unwrap_or_default());
    }
    styles.read(&text);
    let mut reader = Reader {
        out: Writer::default(),
        styles,
        lists: Vec::new(),
        numbers: HashMap::new(),
        open: None,
        is_item: false,
        spans: Vec::new(),
        is_bold: false,
        is_link: false,
    };
    // Notes in the margin, and what was deleted, are no text.
    let mut unseen: Option<(&str, usize)> = None;
    let mut in_body = false;
    for token in xml(&text) {
        match (&mut unseen, &token) {
            (Some((name, depth)), Xml::Open(other, _, false)) if name == other => *depth += 1,
            (Some((name, depth)), Xml::Close(other)) if name == other => {
                *depth -= 1;
                if *depth == 0 {
                    unseen = None;
                }
            }
            (Some(_), _) => {}
            (None, Xml::Open(name @ ("annotation" | "tracked-changes"), _, false)) => {
                unseen = Some((name, 1))
            }
            (None, Xml::Open("body", ..)) => in_body = true,
            (None, _) if !in_body => {}
            (None, Xml::Open(name, tag, is_empty)) => {
                reader.open(name, tag);
                if *is_empty {
                    reader.close(name);
                }
            }
            (None, Xml::Close(name)) => reader.close(name),
            (None, Xml::Text(text)) => reader.text(text),
        }
    }
    Ok(reader.out.finish())
}

struct Reader {
    out: Writer,
    styles: Styles,
    /// The styles of the lists around.
    lists: Vec<String>,
    numbers: HashMap<(String, usize), usize>,
    /// The paragraph that is open: how it is set, its style and its text.
    open: Option<(Set, String, String)>,
    /// Whether the next paragraph is the first of an item.
    is_item: bool,
    spans: Vec<bool>,
    is_bold: bool,
    is_link: bool,
}

/// Returns an attribute of a tag, whatever its prefix.
fn attribute<'t>(tag: &HtmlTag<'t>, wanted: &str) -> Option<&'t str> {
    let is_it = |name: &str| name.rsplit(':').next() == Some(wanted);
    tag.attributes()
        .find(|(name, _)| is_it(name))
        .map(|(_, value)| value)
}

impl Reader {
    fn open(&mut self, name: &str, tag: &HtmlTag<'_>) {
        let style = || attribute(tag, "style-name").unwrap_or_default().to_owned();
        match name {
            "h" | "p" => {
                let level =
                    attribute(tag, "outline-level").and_then(|level| level.parse::<usize>().ok());
                let style = style();
                let set = match level.filter(|_| name == "h") {
                    Some(level) => Set::Heading(level.saturating_add(1)),
                    None if style == "Title" => Set::Heading(1),
                    None if self.styles.code.contains(&style) => Set::Code,
                    None if self.is_item => self.item(),
                    None => Set::Text,
                };
                self.is_item = false;
                self.open = Some((set, style, String::new()));
            }
            "list" => {
                let style = style();
                let style = if style.is_empty() {
                    self.lists.last().cloned().unwrap_or_default()
                } else {
                    style
                };
                let depth = self.lists.len();
                if attribute(tag, "continue-numbering") != Some("true") && depth > 0 {
                    self.numbers.remove(&(style.clone(), depth));
                }
                self.lists.push(style);
            }
            "list-item" => self.is_item = true,
            "span" => {
                let bold = self.styles.bold.contains(&style());
                self.spans.push(bold);
            }
            "s" => {
                let count = attribute(tag, "c")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1);
                self.text(&" ".repeat(std::cmp::min(count, 100)));
            }
            "tab" => self.text(" "),
            "line-break" => self.write(|html| html.push_str("<br>")),
            "a" => {
                let target = decode_entities(attribute(tag, "href").unwrap_or_default().into());
                if let Some(target) = address(&target) {
                    self.set_bold(false);
                    self.write(|html| {
                        html.push_str("<a href=\"");
                        escape(target, html);
                        html.push_str("\">");
                    });
                    self.is_link = true;
                }
            }
            "table" => self.out.table("table", true),
            "table-row" => self.out.table("tr", true),
            "table-cell" => self.out.table("td", true),
            _ => {}
        }
    }

    /// Returns how the first paragraph of an item is set.
    fn item(&mut self) -> Set {
        let depth = self.lists.len().saturating_sub(1);
        let style = self.lists.last().cloned().unwrap_or_default();
        if !self.styles.ordered.contains(&style) {
            return Set::Item(depth, None);
        }
        let number = self.numbers.entry((style, depth)).or_default();
        *number += 1;
        Set::Item(depth, Some(*number))
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" | "p" => {
                self.set_bold(false);
                if let Some((set, _, html)) = self.open.take() {
                    self.out.paragraph(&set, &html);
                }
            }
            "list" => {
                self.lists.pop();
                self.is_item = false;
            }
            "list-item" => self.is_item = false,
            "span" => {
                self.spans.pop();
            }
            "a" if self.is_link => {
                self.set_bold(false);
                self.write(|html| html.push_str("</a>"));
                self.is_link = false;
            }
            "table" => self.out.table("table", false),
            "table-row" => self.out.table("tr", false),
            "table-cell" => self.out.table("td", false),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, style, _)) = &self.open else {
            return;
        };
        let bold = self.spans.contains(&true) || self.styles.bold.contains(style);
        self.set_bold(bold);
        self.write(|html| escape(text, html));
    }

    fn set_bold(&mut self, bold: bool) {
        if self.is_bold != bold {
            self.is_bold = bold;
            self.write(|html| html.push_str(if bold { "<b>" } else { "</b>" }));
        }
    }

    fn write(&mut self, write: impl FnOnce(&mut String)) {
        if let Some((_, _, html)) = &mut self.open {
            write(html);
        }
    }
}

impl Styles {
    fn read(&mut self, text: &str) {
        let mut name = String::new();
        let mut list = String::new();
        for token in xml(text) {
            let Xml::Open(tag_name, tag, _) = token else {
                continue;
            };
            match tag_name {
                "style" => {
                    name = attribute(&tag, "name").unwrap_or_default().to_owned();
                    let parent = attribute(&tag, "parent-style-name").unwrap_or_default();
                    if [&name, parent]
                        .iter()
                        .any(|style| style.starts_with("Preformatted") || style.contains("Code"))
                    {
                        self.code.push(name.clone());
                    }
                }
                "text-properties" if attribute(&tag, "font-weight") == Some("bold") => {
                    self.bold.push(name.clone())
                }
                "list-style" => list = attribute(&tag, "name").unwrap_or_default().to_owned(),
                "list-level-style-number" if attribute(&tag, "level") == Some("1") => {
                    self.ordered.push(list.clone())
                }
                // The body holds no styles.
                "body" => break,
                _ => {}
            }
        }
    }
}
