//! The parameters of a URL -> [`Asked`], and back: each state of a page is a link.

use std::{ops::RangeInclusive, str::FromStr};

use form_urlencoded::Serializer;
use hotseat::{Facet, FacetName, Query};

/// The most hits on a page, and the last one that can be reached.
const MAX_HITS: usize = 100;
const MAX_OFFSET: usize = 10_000;

/// The parameters of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) filters: Vec<(FacetName, String)>,
    /// The number of hits, if it is given.
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    /// Whether the text is still being typed.
    pub(super) typing: bool,
    pub(super) facets: bool,
    pub(super) full: bool,
    pub(super) explain: bool,
    /// The first parameter whose value is none of those it takes, and what those are.
    pub(super) wrong: Option<String>,
}

impl Asked {
    /// Reads the query of a URL. Names that are not known are passed over, numbers brought within their
    /// bounds: a link that somebody shortened or an old one still leads somewhere. Programs are told by
    /// `wrong`.
    pub(super) fn read(parameters: &str) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in form_urlencoded::parse(parameters.as_bytes()) {
            let mut number = |range: RangeInclusive<usize>| {
                let number = value.parse().ok();
                if !number.is_some_and(|number| range.contains(&number)) {
                    let (least, most) = range.clone().into_inner();
                    asked
                        .wrong
                        .get_or_insert(format!("{name} must be a whole number, {least} to {most}"));
                }
                number.map(|number| number.min(*range.end()))
            };
            match &*name {
                "q" => asked.text = value.into_owned(),
                "n" => asked.limit = number(0..=MAX_HITS),
                "offset" => asked.offset = number(0..=MAX_OFFSET).unwrap_or(0),
                "typing" => asked.typing = number(0..=1) == Some(1),
                "facets" => asked.facets = number(0..=1) == Some(1),
                "full" => asked.full = number(0..=1) == Some(1),
                "explain" => asked.explain = number(0..=1) == Some(1),
                name => {
                    if let Ok(name) = FacetName::from_str(name)
                        && !value.is_empty()
                    {
                        asked.filters.push((name, value.into_owned()));
                    }
                }
            }
        }
        asked
    }

    /// Returns the query of the library.
    pub(super) fn query(&self) -> Query {
        let query = Query::new(self.text.as_str())
            .typing(self.typing)
            .offset(self.offset);
        let facets = self.filters.iter();
        let facets = facets.map(|(name, value)| Facet::new(*name, value));
        facets.fold(query, Query::filter)
    }

    /// Returns whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.filters.is_empty()
    }

    pub(super) fn has(&self, name: FacetName, value: &str) -> bool {
        let wanted = Facet::new(name, value);
        let mut filters = self.filters.iter();
        filters.any(|(name, value)| Facet::new(*name, value) == wanted)
    }

    /// Returns the same without the values of a facet.
    pub(super) fn without(&self, name: FacetName) -> Asked {
        let mut other = self.clone();
        other.filters.retain(|(known, _)| *known != name);
        other
    }

    /// Returns the same with a value to filter by, or without it if it is there; from the first hit on.
    pub(super) fn toggled(&self, name: FacetName, value: &str) -> Asked {
        let mut other = self.clone();
        other.offset = 0;
        if self.has(name, value) {
            let unwanted = Facet::new(name, value);
            other
                .filters
                .retain(|(name, value)| Facet::new(*name, value) != unwanted);
        } else {
            other.filters.push((name, value.to_owned()));
        }
        other
    }

    pub(super) fn at(&self, offset: usize) -> Asked {
        Asked {
            offset,
            ..self.clone()
        }
    }

    /// Returns whether hits can be shown from `offset` on.
    pub(super) fn reaches(offset: usize) -> bool {
        offset <= MAX_OFFSET
    }

    /// Returns the URL of a page with these parameters.
    pub(super) fn url(&self, path: &str) -> String {
        let mut parameters = Serializer::new(String::new());
        if !self.text.is_empty() {
            parameters.append_pair("q", &self.text);
        }
        for (name, value) in &self.filters {
            parameters.append_pair(name.as_str(), value);
        }
        if let Some(limit) = self.limit {
            parameters.append_pair("n", &limit.to_string());
        }
        if self.offset > 0 {
            parameters.append_pair("offset", &self.offset.to_string());
        }
        match parameters.finish() {
            none if none.is_empty() => path.to_owned(),
            parameters => format!("{path}?{parameters}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_a_link_and_back() {
        let asked = Asked {
            text: "a & \"b\" + ü".to_owned(),
            filters: vec![
                (FacetName::Tag, "C++".to_owned()),
                (FacetName::Guide, "a b/c.md".to_owned()),
            ],
            limit: Some(5),
            offset: 20,
            ..Asked::default()
        };
        let url = asked.url("/search");
        assert_eq!(
            url,
            "/search?q=a+%26+%22b%22+%2B+%C3%BC&tag=C%2B%2B&guide=a+b%2Fc.md&n=5&offset=20"
        );
        assert_eq!(Asked::read(url.split_once('?').unwrap().1), asked);
        assert_eq!(Asked::default().url("/search"), "/search");
    }

    #[test]
    fn what_is_no_parameter_is_passed_over() {
        let asked = Asked::read("n=1000000&offset=99999999&x=y&tag=&q=a&q=b&&=&%ff=%ff&typing=1");
        assert_eq!((asked.limit, asked.offset), (Some(100), 10_000));
        assert_eq!((asked.text.as_str(), asked.typing), ("b", true));
        assert!(asked.filters.is_empty() && Asked::read("n=-1&offset=x").limit.is_none());
        let wrong = |parameters| Asked::read(parameters).wrong.unwrap_or_default();
        assert_eq!(wrong("n=-1&full=2"), "n must be a whole number, 0 to 100");
        assert_eq!(wrong("full=yes"), "full must be a whole number, 0 to 1");
        assert_eq!(wrong("n=100&offset=10000&full=0&x=y&tag="), "");
    }

    #[test]
    fn a_filter_is_set_and_taken_back_in_any_spelling() {
        let asked = Asked::read("q=a&tag=Data+Structures&offset=10");
        assert!(asked.has(FacetName::Tag, "data-structures"));
        let without = asked.toggled(FacetName::Tag, "data-structures");
        assert_eq!(without, Asked::read("q=a"));
        assert_eq!(
            without.toggled(FacetName::Level, "mid").url("/"),
            "/?q=a&level=mid"
        );
    }
}
