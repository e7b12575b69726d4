//! The page of results: hits with their snippets, and the facets to narrow them by.

use std::collections::BTreeMap;

use hotseat::{FacetCount, FacetName, Hit, Query, Result, Results, Suggestion};

use super::{Page, level, place, whole};
use crate::serve::{
    Site,
    asked::Asked,
    html::{Html, counted, grouped},
};

/// The facets beside the hits, and the values of each that are shown.
const FACETS: [FacetName; 6] = [
    FacetName::Level,
    FacetName::Tag,
    FacetName::Category,
    FacetName::Section,
    FacetName::Guide,
    FacetName::Kind,
];
const VALUES: usize = 6;
/// The tags of a hit that are shown.
const TAGS: usize = 3;

pub(in crate::serve) fn results(site: &Site, asked: &Asked) -> Result<String> {
    let limit = asked.limit.unwrap_or(site.limit).max(1);
    let query = asked
        .query()
        .limit(limit)
        .facets(&FACETS)
        .snippet_length(SNIPPET);
    let mut results = site.index.search(&query)?;
    if asked.typing && results.total == 0 {
        // The last word may be finished, and misspelt.
        let finished = Asked {
            typing: false,
            ..asked.clone()
        };
        return self::results(site, &finished);
    }
    let facets = facets_with_alternatives(site, asked, &mut results)?;
    let title = match asked.text.trim() {
        "" => "All questions",
        text => text,
    };
    let mut main = Html::new();
    main.tags("<div class=\"columns\">\n<section class=\"results\" aria-labelledby=\"found\">\n");
    summary(&mut main, asked, &results);
    chips(&mut main, asked);
    notes(&mut main, asked, &results);
    if results.hits.is_empty() {
        nothing(site, asked, &results, &mut main)?;
    } else {
        main.tags("<ol class=\"hits\">\n");
        for found in &results.hits {
            hit(&mut main, asked, found);
        }
        main.tags("</ol>\n");
    }
    turn(&mut main, asked, limit, &results);
    main.tags("</section>\n");
    aside(&mut main, asked, &facets);
    main.tags("</div>\n");
    let page = Page {
        title,
        class: "search",
        asked,
        main,
    };
    Ok(whole(site, page))
}

/// The length of a snippet: a line more than on a terminal.
const SNIPPET: usize = 300;

/// Returns the facets to show. Values of one facet are alternatives, so those of a facet that is filtered
/// by are counted without its own filter.
fn facets_with_alternatives(
    site: &Site,
    asked: &Asked,
    results: &mut Results,
) -> Result<BTreeMap<FacetName, Vec<FacetCount>>> {
    let mut facets = std::mem::take(&mut results.facets);
    for name in FACETS {
        if asked.filters.iter().any(|(filtered, _)| *filtered == name) {
            let counted = site
                .index
                .facets(name, &asked.without(name).query().offset(0))?;
            facets.insert(name, counted);
        }
    }
    Ok(facets)
}

fn summary(main: &mut Html, asked: &Asked, results: &Results) {
    main.open(
        "h1",
        &[("id", "found"), ("data-total", &results.total.to_string())],
    );
    match (results.total, asked.text.trim()) {
        (0, "") => main.text("Nothing found"),
        (0, text) => main.text("Nothing found for ").element("q", &[], text),
        (total, "") => main.text(&counted(total, "result")),
        (total, text) => {
            let total = counted(total, "result");
            main.text(&total).text(" for ").element("q", &[], text)
        }
    };
    main.tags("</h1>\n");
}

/// Writes the filters that are set, each with the link that removes it.
fn chips(main: &mut Html, asked: &Asked) {
    if asked.filters.is_empty() {
        return;
    }
    main.tags("<ul class=\"chips\" aria-label=\"Filters\">");
    for (name, value) in &asked.filters {
        let without = asked.toggled(*name, value).url("/search");
        main.tags("<li>").open("a", &[("href", &without)]);
        main.tags("<span class=\"hidden\">Remove the filter </span>");
        main.text(&format!("{name}: {value}"));
        main.tags("<span aria-hidden=\"true\"> ×</span></a></li>");
    }
    main.tags("</ul>\n");
}

/// Writes the remarks on how the query was read.
fn notes(main: &mut Html, asked: &Asked, results: &Results) {
    if results.notes.is_empty() && results.did_you_mean.is_none() {
        return;
    }
    main.tags("<div class=\"notes\">");
    if let Some(meant) = &results.did_you_mean {
        let other = Asked {
            text: meant.clone(),
            offset: 0,
            ..asked.clone()
        };
        main.tags("<p>Searched for ")
            .link(&other.url("/search"), meant)
            .tags(".</p>");
    }
    for note in &results.notes {
        main.element("p", &[], &sentence(&note.text));
    }
    main.tags("</div>\n");
}

/// Returns a note with a capital and a full stop.
fn sentence(note: &str) -> String {
    let mut letters = note.chars();
    let first = letters.next().map(char::to_uppercase);
    format!(
        "{}{}.",
        first.into_iter().flatten().collect::<String>(),
        letters.as_str()
    )
}

fn hit(main: &mut Html, asked: &Asked, hit: &Hit) {
    let of_text = Asked {
        text: asked.text.clone(),
        ..Asked::default()
    };
    let passage = if hit.snippet.pieces.iter().any(|piece| piece.matches) {
        "#passage"
    } else {
        ""
    };
    let url = of_text.url(&format!("/q/{}", hit.id)) + passage;
    main.tags("<li class=\"hit\"><h2 dir=\"auto\">")
        .open("a", &[("href", &url)]);
    main.marked_title(&hit.marked_question)
        .tags("</a></h2>\n<p class=\"about\">");
    level(main, hit.level.as_deref());
    place(
        main,
        &hit.guide,
        &hit.guide_title,
        &hit.sections,
        &hit.question,
    );
    main.tags("</p>\n");
    if hit.answered {
        main.tags("<p class=\"snippet\" dir=\"auto\">")
            .snippet(&hit.snippet);
        main.tags("</p>\n");
    } else {
        main.tags("<p class=\"snippet none\">No answer yet</p>\n");
    }
    // No links, of which there are enough beside the hits: fewer stops on the way through these.
    let mut all = hit
        .tags
        .iter()
        .chain(&hit.inferred_tags)
        .take(TAGS)
        .peekable();
    if all.peek().is_some() {
        main.tags("<p class=\"tags\">");
        for tag in all {
            main.tags("<span>").text(tag).tags("</span> ");
        }
        main.tags("</p>\n");
    }
    main.tags("</li>\n");
}

/// Writes the links to the hits before and after.
fn turn(main: &mut Html, asked: &Asked, limit: usize, results: &Results) {
    let shown = results.hits.len();
    let end = asked.offset + shown;
    let has_next = shown > 0 && end < results.total && Asked::reaches(end);
    if asked.offset == 0 && !has_next {
        return;
    }
    main.tags("<nav class=\"turn\" aria-label=\"Pages\">");
    if asked.offset > 0 {
        let url = asked.at(asked.offset.saturating_sub(limit)).url("/search");
        main.element("a", &[("href", &url), ("rel", "prev")], "← Previous");
    }
    if shown > 0 {
        let range = format!("{}–{} of {}", asked.offset + 1, end, grouped(results.total));
        main.element("span", &[], &range);
    }
    if has_next {
        let url = asked.at(end).url("/search");
        main.element("a", &[("href", &url), ("rel", "next")], "Next →");
    }
    main.tags("</nav>\n");
}

fn aside(main: &mut Html, asked: &Asked, facets: &BTreeMap<FacetName, Vec<FacetCount>>) {
    main.tags("<nav class=\"facets\" aria-label=\"Narrow by\">\n");
    for name in FACETS {
        let values = facets.get(&name).map_or(&[][..], Vec::as_slice);
        let is_set = |value: &FacetCount| asked.has(name, &value.value);
        // One value for all that was found narrows nothing.
        if values.is_empty() || (values.len() == 1 && !is_set(&values[0])) {
            continue;
        }
        main.tags("<section>")
            .element("h2", &[], heading(name))
            .tags("<ul>");
        let hidden = values.iter().skip(VALUES).filter(|value| is_set(value));
        for value in values.iter().take(VALUES).chain(hidden) {
            facet_value(main, asked, name, value);
        }
        main.tags("</ul>");
        if values.len() > VALUES {
            let url = asked.at(0).url(&format!("/facets/{name}"));
            let all = format!("All {}", grouped(values.len()));
            let label = format!("{all}: {}", heading(name));
            main.tags("<p class=\"more\">");
            main.element("a", &[("href", &url), ("aria-label", &label)], &all)
                .tags("</p>");
        }
        main.tags("</section>\n");
    }
    main.tags("</nav>\n");
}

/// Writes a value of a facet as the link that sets it, or takes it back.
pub(super) fn facet_value(main: &mut Html, asked: &Asked, name: FacetName, value: &FacetCount) {
    let url = asked.toggled(name, &value.value).url("/search");
    let mut attributes = vec![("href", url.as_str())];
    if asked.has(name, &value.value) {
        attributes.push(("aria-current", "true"));
    }
    main.tags("<li>").open("a", &attributes);
    main.text(&value.value).tags(" <span>");
    main.text(&grouped(value.count)).tags("</span></a></li>");
}

pub(super) fn heading(name: FacetName) -> &'static str {
    match name {
        FacetName::Tag => "Tags",
        FacetName::Category => "Categories",
        FacetName::Level => "Levels",
        FacetName::Section => "Sections",
        FacetName::Guide => "Guides",
        FacetName::Kind => "Kinds",
        _ => "Others",
    }
}

/// Writes what would find something.
fn nothing(site: &Site, asked: &Asked, results: &Results, main: &mut Html) -> Result<()> {
    if results.total > 0 {
        main.tags("<p class=\"nothing\">There is nothing on this page. ");
        main.link(&asked.at(0).url("/search"), "Show the first results")
            .tags("</p>\n");
        return Ok(());
    }
    let query: Query = asked.query();
    main.tags("<ul class=\"nothing\">");
    for suggestion in site.index.suggest(&query)? {
        suggest(main, asked, &suggestion);
    }
    main.tags("<li>")
        .link("/", "See what the guides are about")
        .tags("</li></ul>\n");
    Ok(())
}

fn suggest(main: &mut Html, asked: &Asked, suggestion: &Suggestion) {
    match suggestion {
        Suggestion::UnknownValue {
            name,
            value,
            closest,
            ..
        } => {
            main.tags("<li>")
                .text(&format!("No {name} is called “{value}”. "));
            if let Some(closest) = closest {
                let mut other = asked.without(*name);
                other.filters.push((*name, closest.clone()));
                main.tags("Did you mean ")
                    .link(&other.url("/search"), closest)
                    .tags("?");
            }
            main.tags("</li>");
        }
        Suggestion::WithoutFilters { total } => {
            let other = Asked {
                filters: Vec::new(),
                ..asked.clone()
            };
            let text = format!(
                "Without the filters there are {}",
                counted(*total, "result")
            );
            main.tags("<li>")
                .link(&other.url("/search"), &text)
                .tags("</li>");
        }
        Suggestion::WithoutQuotes => {
            let other = Asked {
                text: asked.text.replace('"', " "),
                ..asked.clone()
            };
            main.tags("<li>")
                .link(&other.url("/search"), "Search without quotes")
                .tags("</li>");
        }
        _ => {}
    }
}
