//! DOCX, as Word writes it -> HTML.

use std::collections::HashMap;

use super::{Page, Place, Set, Writer, Xml, address, escape, xml, zip::Archive};

/// The meaning of a document's styles for its paragraphs.
#[derive(Debug, Default)]
struct Styles {
    by_id: HashMap<String, Set>,
    /// The ids of bold styles.
    bold: Vec<String>,
}

/// Returns a document as HTML.
pub(super) fn page(archive: &mut Archive<'_>) -> Result<Page, String> {
    let text = archive.text("word/document.xml")?;
    let mut optional = |name: &str| match archive.has(name) {
        true => archive.text(name).unwrap_or_default(),
        false => String::new(),
    };
    let styles = styles(&optional("word/styles.xml"));
    let links = links(&optional("word/_rels/document.xml.rels"));
    let ordered = ordered(&optional("word/numbering.xml"));
    let mut reader = Reader {
        out: Writer::default(),
        styles,
        links,
        ordered,
        numbers: HashMap::new(),
        paragraph: Paragraph::default(),
        page: 1,
    };
    // Of a text box there is another form, for older programs.
    let mut in_fallback = 0;
    let mut in_text = false;
    for token in xml(&text) {
        match token {
            Xml::Open("Fallback", _, false) => in_fallback += 1,
            Xml::Close("Fallback") => in_fallback -= 1,
            _ if in_fallback > 0 => {}
            Xml::Open("t", _, is_empty) => in_text = !is_empty,
            Xml::Close("t") => in_text = false,
            Xml::Text(text) if in_text => reader.text(&text),
            Xml::Text(_) => {}
            Xml::Open(name, tag, is_empty) => {
                let value = tag
                    .attributes()
                    .find(|(name, _)| *name == "w:val")
                    .map(|(_, value)| value);
                reader.open(name, value, &tag);
                if is_empty {
                    reader.close(name);
                }
            }
            Xml::Close(name) => reader.close(name),
        }
    }
    reader.end_paragraph();
    Ok(reader.out.finish())
}

struct Reader {
    out: Writer,
    styles: Styles,
    links: HashMap<String, String>,
    /// Whether the lists of a number are ordered at a depth.
    ordered: HashMap<(String, usize), bool>,
    /// The last number of each list and depth.
    numbers: HashMap<(String, usize), usize>,
    paragraph: Paragraph,
    page: u32,
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Paragraph {
    html: String,
    is_open: bool,
    style: String,
    list: Option<String>,
    depth: usize,
    outline: Option<usize>,
    /// Whether the text is bold from here on, and whether what is written is.
    bold: bool,
    is_bold: bool,
    is_link: bool,
    in_run: bool,
}

impl Reader {
    fn open(
        &mut self,
        name: &str,
        value: Option<&str>,
        tag: &crate::text::html_tokens::HtmlTag<'_>,
    ) {
        let is_on = !matches!(value, Some("0" | "false" | "none" | "off"));
        let paragraph = &mut self.paragraph;
        match name {
            "p" => {
                self.end_paragraph();
                self.paragraph.is_open = true;
            }
            "pStyle" => paragraph.style = value.unwrap_or_default().to_owned(),
            "ilvl" => paragraph.depth = value.and_then(|value| value.parse().ok()).unwrap_or(0),
            "numId" => paragraph.list = value.filter(|value| *value != "0").map(str::to_owned),
            "outlineLvl" => paragraph.outline = value.and_then(|value| value.parse().ok()),
            "r" => {
                paragraph.in_run = true;
                paragraph.bold = false;
            }
            "b" if paragraph.in_run => paragraph.bold = is_on,
            "rStyle" if value == Some("Strong") => paragraph.bold = true,
            "tab" if paragraph.in_run => self.text(" "),
            "br" | "cr" if paragraph.in_run => {
                self.set_bold(false);
                let is_page = tag.attributes.contains("\"page\"");
                self.page += u32::from(is_page);
                self.paragraph.html.push_str("<br>");
            }
            "lastRenderedPageBreak" => {
                self.page += 1;
            }
            "hyperlink" => {
                let id = tag.attributes().find(|(name, _)| *name == "r:id");
                let target = id.and_then(|(_, id)| self.links.get(id)).cloned();
                if let Some(target) = target.as_deref().and_then(address) {
                    self.set_bold(false);
                    let html = &mut self.paragraph.html;
                    html.push_str("<a href=\"");
                    escape(target, html);
                    html.push_str("\">");
                    self.paragraph.is_link = true;
                }
            }
            "tbl" => self.out.table("table", true),
            "tr" => self.out.table("tr", true),
            "tc" => self.out.table("td", true),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" => self.paragraph.in_run = false,
            "hyperlink" if self.paragraph.is_link => {
                self.set_bold(false);
                self.paragraph.html.push_str("</a>");
                self.paragraph.is_link = false;
            }
            "tbl" => self.out.table("table", false),
            "tr" => self.out.table("tr", false),
            "tc" => self.out.table("td", false),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let bold = self.paragraph.bold || self.styles.bold.contains(&self.paragraph.style);
        self.set_bold(bold);
        escape(text, &mut self.paragraph.html);
    }

    fn set_bold(&mut self, bold: bool) {
        let paragraph = &mut self.paragraph;
        if paragraph.is_bold != bold {
            paragraph.html.push_str(if bold { "<b>" } else { "</b>" });
            paragraph.is_bold = bold;
        }
    }

    fn end_paragraph(&mut self) {
        self.set_bold(false);
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.is_open {
            return;
        }
        let style = self.styles.by_id.get(&paragraph.style).cloned();
        let set = match (style, paragraph.outline, &paragraph.list) {
            (Some(style @ (Set::Heading(_) | Set::Code)), ..) => style,
            (_, Some(outline), _) if outline < 9 => Set::Heading(outline + 2),
            (style, _, list) => match (list, style) {
                (Some(list), _) => {
                    let depth = paragraph.depth.min(super::MAX_LISTS - 1);
                    let key = (list.clone(), depth);
                    let is_ordered = self.ordered.get(&key).copied().unwrap_or(false);
                    let number = self.numbers.entry(key).or_default();
                    *number += 1;
                    let number = *number;
                    // Deeper lists start again.
                    self.numbers
                        .retain(|(other, at), _| other != list || *at <= depth);
                    Set::Item(depth, is_ordered.then_some(number))
                }
                (None, Some(style)) => style,
                (None, None) => Set::Text,
            },
        };
        self.out.paragraph(&set, &paragraph.html);
        if self
            .out
            .page
            .places
            .last()
            .is_none_or(|(_, place, _)| *place != Place::Page(self.page))
            && self.page > 1
        {
            if self.out.page.places.is_empty() {
                self.out.page.places.push((1, Place::Page(1), 1));
            }
            let next = self.out.line + 1;
            self.out
                .page
                .places
                .push((next, Place::Page(self.page), next));
        }
    }
}

/// Reads how the paragraphs of each style are set.
fn styles(text: &str) -> Styles {
    let mut styles = Styles::default();
    let mut id = String::new();
    for token in xml(text) {
        let Xml::Open(name, tag, _) = token else {
            continue;
        };
        let attribute = |wanted: &str| {
            tag.attributes()
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| value)
        };
        match name {
            "style" => id = attribute("w:styleId").unwrap_or_default().to_owned(),
            "name" => {
                let name = attribute("w:val").unwrap_or_default().to_lowercase();
                let level = name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse::<usize>().ok());
                let is_code = ["code", "preformatted", "source"]
                    .iter()
                    .any(|word| name.contains(word));
                let set = match level {
                    Some(level) => Some(Set::Heading(level + 1)),
                    None if name == "title" => Some(Set::Heading(1)),
                    None if is_code => Some(Set::Code),
                    None if name.starts_with("list bullet") => Some(Set::Item(0, None)),
                    None => None,
                };
                if let Some(set) = set {
                    styles.by_id.insert(id.clone(), set);
                }
            }
            "b" if !matches!(attribute("w:val"), Some("0" | "false"))
                && !styles.by_id.contains_key(&id) =>
            {
                styles.bold.push(id.clone());
            }
            _ => {}
        }
    }
    styles
}

/// Reads the addresses of the links, by their ids.
fn links(text: &str) -> HashMap<String, String> {
    let link = |token| match token {
        Xml::Open("Relationship", tag, _) => {
            let attribute = |wanted: &str| {
                tag.attributes()
                    .find(|(name, _)| *name == wanted)
                    .map(|(_, value)| value)
            };
            let target = crate::text::html_tokens::decode_entities(attribute("Target")?.into());
            Some((attribute("Id")?.to_owned(), target.into_owned()))
        }
        _ => None,
    };
    xml(text).filter_map(link).collect()
}

/// Reads whether the lists of each number are ordered, by depth.
fn ordered(text: &str) -> HashMap<(String, usize), bool> {
    let mut kinds: HashMap<(String, usize), bool> = HashMap::new();
    let mut lists: Vec<(String, String)> = Vec::new();
    let (mut kind, mut depth, mut list) = (String::new(), 0, String::new());
    for token in xml(text) {
        let Xml::Open(name, tag, _) = token else {
            continue;
        };
        let attribute = |wanted: &str| {
            let found = tag.attributes().find(|(name, _)| *name == wanted);
            found.map_or_else(String::new, |(_, value)| value.to_owned())
        };
        match name {
            "abstractNum" => kind = attribute("w:abstractNumId"),
            "lvl" => depth = attribute("w:ilvl").parse().unwrap_or(0),
            "numFmt" => {
                let format = attribute("w:val");
                kinds.insert(
                    (kind.clone(), depth),
                    format != "bullet" && format != "none",
                );
            }
            "num" => list = attribute("w:numId"),
            "abstractNumId" => lists.push((list.clone(), attribute("w:val"))),
            _ => {}
        }
    }
    let depths = |(list, kind): (String, String)| {
        let kinds = &kinds;
        let depths = (0..super::MAX_LISTS).filter_map(move |depth| {
            let is_ordered = *kinds.get(&(kind.clone(), depth))?;
            Some(((list.clone(), depth), is_ordered))
        });
        depths.collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(depths).collect()
}
