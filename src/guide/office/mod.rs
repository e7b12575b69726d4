//! Files of word processors and books, which are archives of XML -> the page that they would be in HTML.
//!
//! Unpacked text is bounded by the size of a guide, and is never written to a disk. XML is read by
//! the reader of HTML's tags, which expands no entities of its own and builds no tree.

mod docx;
mod epub;
mod odt;
mod zip;

use std::borrow::Cow;

use super::{FrontMatter, Guide, Place, Warning, gathered_from, html, lower_long_headings};
use crate::text::html_tokens::{HtmlTag, HtmlToken, HtmlTokens, decode_entities};

/// The extensions of these files.
pub(super) const EXTENSIONS: [&str; 3] = ["docx", "odt", "epub"];

/// A document as HTML: each of its paragraphs is a line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    html: String,
    title: Option<String>,
    /// The lines of the HTML from which on it stands in another place of the file, and the line that
    /// the first of them has there.
    places: Vec<(usize, Place, usize)>,
}

/// Reads a file whose name has one of the [`EXTENSIONS`]. One that is damaged or encrypted is a guide
/// without text, and a warning.
pub(super) fn read(path: &str, extension: &str, bytes: &[u8]) -> Guide {
    let page = zip::Archive::open(bytes).and_then(|mut archive| match extension {
        "docx" => docx::page(&mut archive),
        "odt" => odt::page(&mut archive),
        _ => epub::page(&mut archive),
    });
    let page = match page {
        Ok(page) => page,
        Err(message) => {
            let message = format!("is not read: it {message}");
            return Guide {
                path: path.to_owned(),
                warnings: vec![Warning::new(path, None, message)],
                is_none: true,
                ..Guide::default()
            };
        }
    };
    let (text, mut blocks, gathered) = html::read(&page.html).into_parts();
    lower_long_headings(&mut blocks);
    let mut places = Vec::new();
    for block in &mut blocks {
        let before = page
            .places
            .partition_point(|(line, ..)| *line <= block.line);
        if let Some((line, place, first)) = before.checked_sub(1).map(|at| page.places[at]) {
            if places.last().is_none_or(|(_, last)| *last != place) {
                places.push((block.span.start, place));
            }
            block.line = first + (block.line - line);
        }
    }
    let warning = gathered.map(gathered_from);
    Guide {
        path: path.to_owned(),
        front_matter: FrontMatter {
            title: page
                .title
                .filter(|title| (1..=super::MAX_TITLE).contains(&title.len())),
            ..FrontMatter::default()
        },
        text,
        blocks,
        places,
        warnings: warning
            .into_iter()
            .map(|(line, what)| Warning::new(path, Some(line), what))
            .collect(),
        ..Guide::default()
    }
}

/// The tags of XML, and the text between them.
enum Xml<'t> {
    /// A tag by its name without its prefix, and whether it closes at once.
    Open(&'t str, HtmlTag<'t>, bool),
    Close(&'t str),
    Text(Cow<'t, str>),
}

/// Returns the tags and the text of XML.
fn xml(text: &str) -> impl Iterator<Item = Xml<'_>> {
    let local = |name: &'_ str| -> usize { name.rfind(':').map_or(0, |at| at + 1) };
    HtmlTokens::new(text, false).filter_map(move |(token, _)| match token {
        HtmlToken::Comment => None,
        HtmlToken::Text(text) => Some(Xml::Text(decode_entities(Cow::Borrowed(text)))),
        HtmlToken::Tag(tag) => {
            let name = &tag.name[local(tag.name)..];
            let is_empty = tag.attributes.trim_end().ends_with('/');
            Some(match tag.is_closing {
                true => Xml::Close(name),
                false => Xml::Open(name, tag, is_empty),
            })
        }
    })
}

/// HTML that is written paragraph by paragraph.
#[derive(Debug, Default)]
struct Writer {
    page: Page,
    /// The lists that are open: whether each is ordered.
    lists: Vec<bool>,
    /// The number of open tables; inner ones are part of the outer.
    tables: usize,
    /// The number of lines.
    line: usize,
}

/// The setting of a paragraph.
#[derive(Debug, Clone, PartialEq)]
enum Set {
    Text,
    Heading(usize),
    Code,
    /// An item of a list of this depth, from 0, with its number if it has one.
    Item(usize, Option<usize>),
}

/// The deepest list.
const MAX_LISTS: usize = 8;

impl Writer {
    /// Writes a paragraph, whose text is HTML.
    fn paragraph(&mut self, set: &Set, html: &str) {
        self.line += 1;
        let out = &mut self.page.html;
        if self.tables > 0 {
            out.push_str(html);
            out.push_str(" \n");
            return;
        }
        let wanted = match set {
            Set::Item(depth, _) => (depth + 1).min(MAX_LISTS),
            // What is not set as an item ends the list.
            _ => 0,
        };
        let is_ordered = matches!(set, Set::Item(_, Some(_)));
        while self.lists.len() > wanted
            || self.lists.len() == wanted
                && self.lists.last().is_some_and(|list| *list != is_ordered)
        {
            let close = if self.lists.pop() == Some(true) {
                "</ol>"
            } else {
                "</ul>"
            };
            out.push_str(close);
        }
        while self.lists.len() < wanted {
            self.lists.push(is_ordered);
            match set {
                Set::Item(_, Some(number)) => out.push_str(&format!("<ol start=\"{number}\">")),
                _ => out.push_str("<ul>"),
            }
        }
        match set {
            Set::Heading(level) => {
                let level = level.clamp(&1, &6);
                out.push_str(&format!("<h{level}>{html}</h{level}>\n"));
            }
            Set::Code if out.ends_with("</pre>\n") => {
                out.truncate(out.len() - "</pre>\n".len());
                out.push_str(&format!("\n{html}</pre>\n"));
            }
            Set::Code if !html.is_empty() => out.push_str(&format!("<pre>{html}</pre>\n")),
            Set::Item(..) => out.push_str(&format!("<li>{html}</li>\n")),
            Set::Text | Set::Code => out.push_str(&format!("<p>{html}</p>\n")),
        }
    }

    /// Opens or closes a table, or a row or a cell of one.
    fn table(&mut self, name: &str, opens: bool) {
        if name == "table" && !opens {
            self.tables = self.tables.saturating_sub(1);
        }
        if self.tables == 0 && name == "table" || self.tables == 1 && name != "table" {
            if opens && name == "table" {
                self.close_lists();
            }
            let slash = if opens { "" } else { "/" };
            self.page.html.push_str(&format!("<{slash}{name}>"));
        }
        if name == "table" && opens {
            self.tables += 1;
        }
    }

    fn close_lists(&mut self) {
        while let Some(is_ordered) = self.lists.pop() {
            self.page
                .html
                .push_str(if is_ordered { "</ol>" } else { "</ul>" });
        }
    }

    fn finish(mut self) -> Page {
        self.close_lists();
        self.page
    }
}

/// Adds text to HTML.
fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push(' '),
            c => html.push(c),
        }
    }
}

/// Returns the address of a link, if a page may have it.
fn address(target: &str) -> Option<&str> {
    let schemes = ["http://", "https://", "mailto:"];
    schemes
        .iter()
        .any(|scheme| target.starts_with(scheme))
        .then_some(target)
}
