//! The page with all values of a facet.

use hotseat::{FacetName, Result};

use super::{
    Page,
    results::{facet_value, heading},
    whole,
};
use crate::serve::{
    Site,
    asked::Asked,
    html::{Html, grouped},
};

/// The most values on the page.
const VALUES: usize = 2000;

pub(in crate::serve) fn facet(site: &Site, name: FacetName, asked: &Asked) -> Result<String> {
    let values = site.index.facets(name, &asked.without(name).query())?;
    let mut main = Html::new();
    main.element("h1", &[], heading(name));
    if !asked.is_empty() {
        main.tags("<p class=\"about\">Counted over ");
        main.link(&asked.url("/search"), "what the search finds")
            .tags("</p>\n");
    }
    main.tags("<ul class=\"values\">");
    for value in values.iter().take(VALUES) {
        facet_value(&mut main, asked, name, value);
    }
    main.tags("</ul>\n");
    if values.len() > VALUES {
        let text = format!("{} of {} are shown", grouped(VALUES), grouped(values.len()));
        main.element("p", &[("class", "more")], &text);
    }
    let page = Page {
        title: heading(name),
        class: "facet",
        asked,
        main,
    };
    Ok(whole(site, page))
}
