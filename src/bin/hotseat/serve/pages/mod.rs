//! The content of the index -> pages: start, results, an answer, a guide, the values of a facet.
//!
//! Every page works without its script, and its whole state is in its URL.

mod answer;
mod facets;
mod guide;
mod results;
mod start;

pub(super) use self::{
    answer::answer, facets::facet, guide::guide, results::results, start::start,
};

use hotseat::FacetName;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    Site,
    asked::Asked,
    assets::{ICON, SCRIPT, STYLE},
    html::Html,
};

/// Characters that are escaped in the path of a URL.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The parts of a page that differ.
pub(super) struct Page<'p> {
    /// The title, and a class for the style sheet.
    pub(super) title: &'p str,
    pub(super) class: &'static str,
    /// The search that the form goes on with.
    pub(super) asked: &'p Asked,
    pub(super) main: Html,
}

/// Returns the whole of a page.
pub(super) fn whole(site: &Site, page: Page<'_>) -> String {
    let Page {
        title,
        class,
        asked,
        main,
    } = page;
    let mut html = Html::new();
    html.tags("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .tags("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .tags("<meta name=\"color-scheme\" content=\"light dark\">\n");
    let title = match title {
        "" => "hotseat".to_owned(),
        title => format!("{title} · hotseat"),
    };
    html.element("title", &[], &title).tags("\n");
    html.open("link", &[("rel", "stylesheet"), ("href", &STYLE.path)])
        .open("link", &[("rel", "icon"), ("href", &ICON.path)])
        .open("script", &[("src", &SCRIPT.path), ("defer", "")])
        .tags("</script>\n</head>\n");
    let state = format!("{:016x}", site.index.state());
    html.open("body", &[("class", class), ("data-state", &state)])
        .tags("\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header class=\"top\">");
    html.tags("<a class=\"brand\" href=\"/\">hot<span>seat</span></a>");
    form(&mut html, asked);
    html.tags("</header>\n<p id=\"status\" class=\"hidden\" role=\"status\"></p>\n");
    html.tags("<p id=\"news\" class=\"news\" role=\"status\"></p>\n");
    if site.is_stale() {
        html.tags(
            "<p class=\"news\">The index cannot be read any more. This is its last state.</p>\n",
        );
    }
    html.tags("<main id=\"main\" tabindex=\"-1\">\n")
        .html(&main.into_string());
    html.tags("</main>\n<footer><p><span id=\"keys\"></span><a href=\"/openapi.json\">API</a></p></footer>\n</body>\n</html>\n");
    html.into_string()
}

/// Writes the form, which keeps the filters.
fn form(html: &mut Html, asked: &Asked) {
    html.tags("<form role=\"search\" action=\"/search\"><label class=\"hidden\" for=\"q\">Search questions and answers</label>");
    html.open(
        "input",
        &[
            ("id", "q"),
            ("name", "q"),
            ("type", "search"),
            ("value", &asked.text),
            ("placeholder", "Search questions and answers"),
            ("autocomplete", "off"),
            ("autocapitalize", "none"),
            ("spellcheck", "false"),
            ("maxlength", "1000"),
        ],
    );
    html.tags("<span id=\"kept\">");
    for (name, value) in &asked.filters {
        let attributes = [
            ("type", "hidden"),
            ("name", name.as_str()),
            ("value", value.as_str()),
        ];
        html.open("input", &attributes);
    }
    html.tags("</span><button>Search</button></form>");
}

/// Returns the URL of a guide's page.
fn guide_url(guide: &str) -> String {
    format!("/g/{}", utf8_percent_encode(guide, PATH))
}

/// Returns the link that filters by one value.
fn filter_url(name: FacetName, value: &str) -> String {
    Asked::default().toggled(name, value).url("/search")
}

/// Writes the level of a document.
fn level(html: &mut Html, level: Option<&str>) {
    if let Some(level) = level {
        html.element("span", &[("class", "level")], level);
    }
}

/// Writes the place of a document: its guide and the sections that it stands in.
fn place(html: &mut Html, guide: &str, title: &str, sections: &[String], question: &str) {
    html.tags("<span class=\"place\">");
    html.link(&guide_url(guide), title);
    // A passage has the title of its section, which is not repeated.
    let sections = sections.iter().filter(|section| *section != question);
    for section in sections {
        html.tags(" › ").text(section);
    }
    html.tags("</span>");
}

/// Writes tags, each with the link that filters by it.
fn tags<'t>(html: &mut Html, tags: impl Iterator<Item = &'t str>) {
    let mut tags = tags.peekable();
    if tags.peek().is_none() {
        return;
    }
    html.tags("<ul class=\"tags\" aria-label=\"Tags\">");
    for tag in tags {
        html.tags("<li>");
        html.link(&filter_url(FacetName::Tag, tag), tag)
            .tags("</li>");
    }
    html.tags("</ul>");
}

/// Writes a bar for `count` of `most`, which says nothing that the number beside it does not. The policy
/// of the pages allows no style of its own, so the style sheet has twenty widths.
fn bar(html: &mut Html, count: usize, most: usize) {
    let width = format!("w{}", (count * 20).div_ceil(most.max(1)));
    html.element("i", &[("class", &width)], "");
}

/// Returns a page that says what is wrong.
pub(super) fn error(site: &Site, title: &str, text: &str) -> String {
    let mut main = Html::new();
    main.element("h1", &[], title).element("p", &[], text);
    let page = Page {
        title,
        class: "error",
        asked: &Asked::default(),
        main,
    };
    whole(site, page)
}
