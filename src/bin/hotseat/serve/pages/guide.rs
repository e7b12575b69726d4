//! The page of a guide: its questions as an outline. The page of a folder: its guides.

use hotseat::{DocumentKind, FacetCount, FacetName, Hit, Query, Result};

use super::{Page, filter_url, guide_url, level, tags, whole};
use crate::serve::{
    Site,
    asked::Asked,
    html::{Html, counted, grouped},
};

/// The most documents in an outline, and those that one search returns.
const DOCUMENTS: usize = 5000;
const AT_A_TIME: usize = 1000;

/// Returns the page of the guide or folder `path`, which is looked up in the index and nowhere else.
pub(in crate::serve) fn guide(site: &Site, path: &str) -> Result<Option<String>> {
    let query = Query::new("").guide(path);
    let guides = site.index.facets(FacetName::Guide, &query)?;
    let mut main = Html::new();
    let title = if guides.iter().any(|guide| guide.value == path) {
        let documents = documents(site, path, &query)?;
        let Some(first) = documents.first() else {
            return Ok(None);
        };
        outline(&mut main, path, first, &documents);
        first.guide_title.clone()
    } else if folder(&mut main, path, &guides) {
        path.to_owned()
    } else {
        return Ok(None);
    };
    let page = Page {
        title: &title,
        class: "guide",
        asked: &Asked::default(),
        main,
    };
    Ok(Some(whole(site, page)))
}

/// Returns the documents of a guide, in the order of its lines.
fn documents(site: &Site, path: &str, of_guide: &Query) -> Result<Vec<Hit>> {
    let mut documents = Vec::new();
    for offset in (0..DOCUMENTS).step_by(AT_A_TIME) {
        let query = of_guide.clone().limit(AT_A_TIME).offset(offset);
        let hits = site.index.search(&query.snippet_length(1))?.hits;
        let is_last = hits.len() < AT_A_TIME;
        documents.extend(hits.into_iter().filter(|hit| hit.guide == path));
        if is_last {
            break;
        }
    }
    documents.sort_by_key(|hit| hit.line);
    Ok(documents)
}

fn outline(main: &mut Html, path: &str, first: &Hit, hits: &[Hit]) {
    main.element("h1", &[("dir", "auto")], &first.guide_title);
    let is_question = |hit: &&Hit| hit.kind == DocumentKind::Question;
    let questions = hits.iter().filter(is_question).count();
    main.tags("<p class=\"about\">")
        .text(&counted(questions, "question"));
    main.tags(" · <code>").text(path).tags("</code> · ");
    main.link(&filter_url(FacetName::Guide, path), "Search in this guide")
        .tags("</p>\n");
    tags(main, first.tags.iter().map(String::as_str));
    main.tags("<div class=\"outline\">\n");
    let mut sections: &[String] = &[];
    let mut is_open = false;
    for hit in hits {
        let own = &hit.sections[..];
        if own != sections {
            if is_open {
                main.tags("</ul>\n");
            }
            let same = own.iter().zip(sections).take_while(|(a, b)| a == b).count();
            sections = own;
            is_open = false;
            // The text of a section has its title, which leads to it.
            let is_text = hit.kind == DocumentKind::Passage && own.last() == Some(&hit.question);
            let url = format!("/q/{}", hit.id);
            for (depth, title) in own.iter().enumerate().skip(same) {
                let url = (is_text && depth + 1 == own.len()).then_some(url.as_str());
                heading(main, depth, title, url);
            }
            if is_text && same < own.len() {
                continue;
            }
        }
        if !is_open {
            main.tags("<ul>\n");
            is_open = true;
        }
        let class = match hit.kind {
            DocumentKind::Question => "question",
            DocumentKind::Passage => "passage",
        };
        main.open("li", &[("class", class)]);
        main.open("a", &[("href", &format!("/q/{}", hit.id)), ("dir", "auto")]);
        main.title(&hit.question).tags("</a>");
        if !hit.answered {
            main.tags("<span class=\"none\">No answer yet</span>");
        }
        level(main, hit.level.as_deref());
        main.tags("</li>\n");
    }
    if is_open {
        main.tags("</ul>\n");
    }
    main.tags("</div>\n");
}

fn heading(main: &mut Html, depth: usize, title: &str, url: Option<&str>) {
    let name = ["h2", "h3", "h4", "h5", "h6"][depth.min(4)];
    main.open(name, &[("dir", "auto")]);
    match url {
        Some(url) => main.open("a", &[("href", url)]).title(title).tags("</a>"),
        None => main.title(title),
    };
    main.tags(match depth {
        0 => "</h2>\n",
        1 => "</h3>\n",
        2 => "</h4>\n",
        3 => "</h5>\n",
        _ => "</h6>\n",
    });
}

/// Writes the guides of a folder; returns whether there are any.
fn folder(main: &mut Html, path: &str, guides: &[FacetCount]) -> bool {
    let below = |guide: &str| {
        let rest = guide.strip_prefix(path);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let mut guides: Vec<_> = guides.iter().filter(|guide| below(&guide.value)).collect();
    if guides.is_empty() {
        return false;
    }
    guides.sort_unstable_by(|a, b| a.value.cmp(&b.value));
    main.element("h1", &[], path).tags("<p class=\"about\">");
    main.text(&counted(guides.len(), "guide")).tags(" · ");
    main.link(&filter_url(FacetName::Guide, path), "Search in this folder")
        .tags("</p>\n<ul class=\"values\">");
    for guide in guides {
        main.tags("<li>")
            .open("a", &[("href", &guide_url(&guide.value))]);
        main.text(&guide.value[path.len() + 1..]).tags(" <span>");
        main.text(&grouped(guide.count)).tags("</span></a></li>");
    }
    main.tags("</ul>\n");
    true
}
