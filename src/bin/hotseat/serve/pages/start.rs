//! The start page: what is here, and ways into it.

use std::collections::BTreeMap;

use hotseat::{DocumentKind, FacetCount, FacetName, Query, Result};

use super::{Page, bar, filter_url, guide_url, level, whole};
use crate::serve::{
    Site,
    asked::Asked,
    html::{Html, counted, grouped},
};

/// The tags, categories and guides shown at most.
const TAGS: usize = 20;
const CATEGORIES: usize = 8;
const GUIDES: usize = 80;
/// The questions to begin with: one of each of the commonest tags.
const QUESTIONS: usize = 6;

pub(in crate::serve) fn start(site: &Site) -> Result<String> {
    let overview = Query::new("").facets(&FacetName::ALL).limit(0);
    let facets = site.index.search(&overview)?.facets;
    let mut main = Html::new();
    let values = |name| facets.get(&name).map_or(&[][..], Vec::as_slice);
    welcome(
        &mut main,
        values(FacetName::Kind),
        values(FacetName::Guide).len(),
    );
    main.tags("<div class=\"overview\">\n");
    questions(site, values(FacetName::Tag), &mut main)?;
    let levels = values(FacetName::Level);
    bars(
        &mut main,
        FacetName::Level,
        "Levels",
        levels,
        levels.len().min(CATEGORIES),
    );
    let categories = values(FacetName::Category);
    if categories.len() > 1 {
        bars(
            &mut main,
            FacetName::Category,
            "Categories",
            categories,
            CATEGORIES,
        );
    }
    bars(
        &mut main,
        FacetName::Tag,
        "Tags",
        values(FacetName::Tag),
        TAGS,
    );
    guides(site, values(FacetName::Guide), &mut main)?;
    main.tags("</div>\n");
    let page = Page {
        title: "",
        class: "start",
        asked: &Asked::default(),
        main,
    };
    Ok(whole(site, page))
}

fn welcome(main: &mut Html, kinds: &[FacetCount], guides: usize) {
    let count = |kind: DocumentKind| {
        let mut kinds = kinds.iter();
        let of_kind = kinds.find(|counted| counted.value == kind.as_str());
        of_kind.map_or(0, |counted| counted.count)
    };
    let questions = count(DocumentKind::Question);
    let title = format!(
        "{} in {}",
        counted(questions, "question"),
        counted(guides, "guide")
    );
    main.tags("<div class=\"welcome\">")
        .element("h1", &[], &title);
    if questions == 0 {
        main.tags(
            "<p>No question was found in the guides. <code>hotseat split FILE</code> says why.</p>",
        );
    } else {
        main.tags("<p>Type a word, a phrase in quotes, or part of a question. <kbd>tag:docker</kbd>, <kbd>level:senior</kbd> and <kbd>-word</kbd> narrow a search.</p>");
    }
    main.tags("</div>\n");
}

/// Writes a question of each of the commonest tags: the one that a search for the tag finds first.
fn questions(site: &Site, tags: &[FacetCount], main: &mut Html) -> Result<()> {
    let mut shown = Vec::new();
    for counted in tags.iter().take(2 * QUESTIONS) {
        let query = Query::new(counted.value.as_str())
            .plain(true)
            .tag(&counted.value);
        let found = site
            .index
            .search(&query.kind(DocumentKind::Question).limit(1))?;
        if let Some(hit) = found.hits.into_iter().find(|hit| hit.answered)
            && shown
                .iter()
                .all(|(_, other): &(&str, hotseat::Hit)| other.id != hit.id)
        {
            shown.push((counted.value.as_str(), hit));
        }
    }
    if shown.is_empty() {
        return Ok(());
    }
    main.tags("<section class=\"begin\"><h2>To begin with</h2><ul>");
    for (tag, hit) in shown.iter().take(QUESTIONS) {
        main.tags("<li>");
        main.open("a", &[("href", &format!("/q/{}", hit.id)), ("dir", "auto")]);
        main.title(&hit.question).tags("</a><span class=\"about\">");
        level(main, hit.level.as_deref());
        main.text(tag).tags("</span></li>");
    }
    main.tags("</ul></section>\n");
    Ok(())
}

/// Writes the commonest values of a facet with bars.
fn bars(main: &mut Html, name: FacetName, title: &str, values: &[FacetCount], shown: usize) {
    if values.is_empty() {
        return;
    }
    let most = values.iter().map(|value| value.count).max().unwrap_or(0);
    main.open("section", &[("class", &format!("by-{name}"))]);
    main.element("h2", &[], title).tags("<ul class=\"bars\">");
    for FacetCount { value, count, .. } in values.iter().take(shown) {
        main.tags("<li>")
            .open("a", &[("href", &filter_url(name, value))]);
        main.text(value).tags(" <span>").text(&grouped(*count));
        main.tags("</span>");
        bar(main, *count, most);
        main.tags("</a></li>");
    }
    main.tags("</ul>");
    if values.len() > shown {
        let all = format!("All {} {}s", grouped(values.len()), name);
        main.tags("<p class=\"more\">")
            .link(&format!("/facets/{name}"), &all)
            .tags("</p>");
    }
    main.tags("</section>\n");
}

/// Writes the guides by their folders.
fn guides(site: &Site, guides: &[FacetCount], main: &mut Html) -> Result<()> {
    if guides.is_empty() {
        return Ok(());
    }
    let mut folders: BTreeMap<&str, Vec<&FacetCount>> = BTreeMap::new();
    for guide in guides {
        let folder = guide
            .value
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(guide);
    }
    main.tags("<section class=\"guides\"><h2>Guides</h2><div class=\"folders\">");
    let mut left = GUIDES;
    for (folder, mut guides) in folders {
        if left == 0 {
            break;
        }
        guides.sort_unstable_by(|a, b| a.value.cmp(&b.value));
        main.tags("<div class=\"folder\">");
        if !folder.is_empty() {
            main.tags("<h3>")
                .link(&guide_url(folder), folder)
                .tags("</h3>");
        }
        main.tags("<ul>");
        for guide in guides.iter().take(left) {
            let title = site.index.guide_title(&guide.value)?;
            let title = title.unwrap_or_else(|| guide.value.clone());
            main.tags("<li>").link(&guide_url(&guide.value), &title);
            main.tags(" <span>").text(&grouped(guide.count));
            main.tags("</span></li>");
        }
        left = left.saturating_sub(guides.len());
        main.tags("</ul></div>");
    }
    main.tags("</div>");
    if guides.len() > GUIDES {
        let all = format!("All {}", counted(guides.len(), "guide"));
        main.tags("<p class=\"more\">")
            .link("/facets/guide", &all)
            .tags("</p>");
    }
    main.tags("</section>\n");
    Ok(())
}
