//! A query that finds nothing -> [`Suggestion`]s of queries that find something.

use std::time::Instant;

use crate::{
    Facet, FacetName, Query,
    search::{query::Parsed, search},
    store::snapshot::Snapshot,
    text::{abbreviation::Table, spelling::Close},
};

/// A reason why a query finds nothing, with a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suggestion {
    /// No document has the value of a filter.
    UnknownValue {
        /// The facet.
        name: FacetName,
        /// The value as the filter compares it: in lower case, words joined by `-`.
        value: String,
        /// The value of the facet that is spelled most like it, if any is.
        closest: Option<String>,
        /// All values of the facet, most frequent first.
        known: Vec<String>,
    },
    /// Without filters, the words find documents.
    WithoutFilters {
        /// The number of documents.
        total: usize,
    },
    /// Without quotes, words match wherever they are.
    WithoutQuotes,
}

/// Returns suggestions for `query`, which is read as `parsed`.
pub(crate) fn suggest(
    snapshot: &Snapshot<'_>,
    own: &Table,
    query: &Query,
    parsed: &Parsed,
) -> tantivy::Result<Vec<Suggestion>> {
    let mut suggestions = Vec::new();
    for facet in &parsed.wanted {
        let known = values(snapshot, own, facet.name())?;
        if !is_known(facet, &known) {
            suggestions.push(Suggestion::UnknownValue {
                name: facet.name(),
                value: facet.key().to_owned(),
                closest: closest(facet, &known).map(str::to_owned),
                known,
            });
        }
    }
    if !suggestions.is_empty() {
        return Ok(suggestions);
    }
    if !parsed.wanted.is_empty() && !parsed.is_open() {
        let unfiltered = Parsed {
            wanted: Vec::new(),
            unwanted: Vec::new(),
            ..parsed.clone()
        };
        let query = query.clone().limit(0).facets(&[]);
        let total = search(snapshot, own, &query, unfiltered, Instant::now())?.total;
        if total > 0 {
            suggestions.push(Suggestion::WithoutFilters { total });
            return Ok(suggestions);
        }
    }
    if query.text.contains('"') {
        suggestions.push(Suggestion::WithoutQuotes);
    }
    Ok(suggestions)
}

/// Returns the value of `facet`'s name that is spelled most like its own.
pub(crate) fn closest_value(
    snapshot: &Snapshot<'_>,
    own: &Table,
    facet: &Facet,
) -> tantivy::Result<Option<String>> {
    let known = values(snapshot, own, facet.name())?;
    Ok(closest(facet, &known).map(str::to_owned))
}

/// Returns the values of a facet, most frequent first.
fn values(snapshot: &Snapshot<'_>, own: &Table, name: FacetName) -> tantivy::Result<Vec<String>> {
    let query = Query::new("").facets(&[name]).limit(0);
    let mut results = search(snapshot, own, &query, Parsed::default(), Instant::now())?;
    let counted = results.facets.remove(&name).unwrap_or_default();
    Ok(counted.into_iter().map(|counted| counted.value).collect())
}

/// Returns whether documents have the facet, or, for a folder of guides, one below it.
fn is_known(facet: &Facet, known: &[String]) -> bool {
    let folder = format!("{}/", facet.key());
    known.iter().any(|value| {
        let known = Facet::new(facet.name(), value);
        known == *facet || known.key().starts_with(&folder)
    })
}

/// The share of letters that may differ in a value that was meant.
const MOST_EDITS: f64 = 0.4;

/// The longest value that is compared, in bytes: more are not typed from memory.
const LONGEST: usize = 40;

/// Returns the value that is spelled most like that of `facet`, the first of several, or else the
/// first that begins with it.
fn closest<'k>(facet: &Facet, known: &'k [String]) -> Option<&'k str> {
    let typed = facet.key();
    if facet.name() == FacetName::Guide
        && let Some(guide) = known.iter().find(|guide| is_file_name(typed, guide))
    {
        return Some(guide);
    }
    let mut best = None;
    let mut fewest = MOST_EDITS;
    let mut longer = None;
    for value in known {
        let key = Facet::new(facet.name(), value).key().to_owned();
        let length = key.len().max(typed.len());
        if length <= LONGEST {
            let edits = f64::from(Close::new(typed, u8::MAX).distance(&key)) / length.max(1) as f64;
            if edits < fewest {
                (best, fewest) = (Some(value), edits);
            }
        }
        if longer.is_none() && !typed.is_empty() && key.starts_with(typed) {
            longer = Some(value);
        }
    }
    best.or(longer).map(String::as_str)
}

/// Returns whether `typed` is the end of the path `guide`, from a name of it on, with or without its
/// ending.
fn is_file_name(typed: &str, guide: &str) -> bool {
    let stem = guide.rsplit_once('.').map_or(guide, |(stem, _)| stem);
    [guide, stem].into_iter().any(|path| {
        let folders = path.strip_suffix(typed);
        !typed.is_empty() && folders.is_some_and(|folders| folders.ends_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Index, QaDocument};

    #[test]
    fn the_closest_value_is_the_one_that_is_meant() {
        let known = ["Python", "Data Structures", "JavaScript", "Java", "Go"].map(str::to_owned);
        let cases = [
            ("pyton", Some("Python")),
            ("Data-Structure", Some("Data Structures")),
            ("data", Some("Data Structures")),
            ("jvaa", Some("Java")),
            ("javascrpit", Some("JavaScript")),
            ("haskell", None),
            ("", None),
        ];
        for (typed, meant) in cases {
            let facet = Facet::new(FacetName::Tag, typed);
            assert_eq!(closest(&facet, &known), meant, "{typed}");
        }
        let known = ["r.md", "python/x.md"].map(str::to_owned);
        for typed in ["x.md", "x"] {
            let facet = Facet::new(FacetName::Guide, typed);
            assert_eq!(closest(&facet, &known), Some("python/x.md"), "{typed}");
        }
    }

    #[test]
    fn a_suggestion_names_what_keeps_the_query_from_finding() {
        let tea = QaDocument::new("tea/a.md", "What is matcha?", "Japanese tea, ground.");
        let index = Index::in_memory([tea.with_tags(["Tea"])]).unwrap();
        let suggest = |query: Query| index.suggest(&query).unwrap();
        let unknown =
            |name, value: &str, closest: Option<&str>, known: &str| Suggestion::UnknownValue {
                name,
                value: value.to_owned(),
                closest: closest.map(str::to_owned),
                known: vec![known.to_owned()],
            };
        assert_eq!(
            suggest(Query::new("matcha tag:tee guide:tea").guide("coffee")),
            [
                unknown(FacetName::Tag, "tee", Some("Tea"), "Tea"),
                unknown(FacetName::Guide, "coffee", None, "tea/a.md")
            ]
        );
        assert_eq!(
            suggest(Query::new("matcha kind:passage question")),
            [unknown(FacetName::Kind, "passage", None, "question")]
        );
        assert_eq!(
            suggest(Query::new("\"ground tea\"")),
            [Suggestion::WithoutQuotes]
        );
        assert_eq!(suggest(Query::new("coffee")), []);
    }
}
