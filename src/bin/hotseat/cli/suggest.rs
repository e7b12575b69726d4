//! Nothing was found -> what would find something.

use anyhow::Result;
use hotseat::{Facet, FacetName, Index, Query};

use super::{ContentPath, Filters};
use crate::terminal::eprint_note;

/// Says that nothing was found for `text` with `filters`, and what to try instead.
pub(super) fn nothing_found(
    index: &Index,
    text: &str,
    filters: &Filters,
    content: &ContentPath,
) -> Result<()> {
    let what = match text {
        "" => String::new(),
        quoted if quoted.contains('"') => format!(" for {quoted}"),
        words => format!(" for \"{words}\""),
    };
    let filtered = if filters.is_empty() {
        ""
    } else {
        " with these filters"
    };
    eprint_note(&format!("nothing found{what}{filtered}"));
    let mut values = filters.values();
    values.extend(typed_filters(text));
    let mut are_known = true;
    for (name, value) in values {
        let guide = content.guide(value);
        let value = match name {
            FacetName::Guide => guide.as_str(),
            _ => value,
        };
        if let Some(advice) = unknown_value(index, name, value)? {
            eprint_note(&format!("help: {advice}"));
            are_known = false;
        }
    }
    if !are_known {
        return Ok(());
    }
    let without = match filters.is_empty() || text.is_empty() {
        true => 0,
        false => index.search(&Query::new(text).limit(0))?.total,
    };
    let advice = if without > 0 {
        format!("without the filters there would be {without}")
    } else if text.contains('"') {
        "without quotes, words are found wherever they stand".to_owned()
    } else {
        "`hotseat facets` shows what the guides are about".to_owned()
    };
    eprint_note(&format!("help: {advice}"));
    Ok(())
}

/// Returns the filters in the text of a query, such as `tag:python`.
fn typed_filters(text: &str) -> Vec<(FacetName, &str)> {
    let filter = |(at, _)| {
        let name: &str = text[..at].rsplit(char::is_whitespace).next()?;
        let value = &text[at + 1..];
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => value.split(char::is_whitespace).next()?,
        };
        Some((name.parse().ok()?, value))
    };
    text.match_indices(':').filter_map(filter).collect()
}

/// Says what there is in place of a value that no document has.
fn unknown_value(index: &Index, name: FacetName, value: &str) -> Result<Option<String>> {
    let there_are = values(index, name)?;
    let wanted = Facet::new(name, value);
    let folder = format!("{}/", wanted.key());
    let keys = || there_are.iter().map(|value| Facet::new(name, value));
    if keys().any(|known| known == wanted || known.key().starts_with(&folder)) {
        return Ok(None);
    }
    let instead = match closest(wanted.key(), keys().map(|facet| facet.key().to_owned())) {
        Some(at) => format!("did you mean {}?", there_are[at]),
        None if there_are.is_empty() => format!("no guide names a {name}"),
        None if there_are.len() == 1 => format!("there is only {}", there_are[0]),
        None if there_are.len() <= FEW => format!("there are {}", there_are.join(", ")),
        None => format!("`hotseat facets {name}` shows those that there are"),
    };
    Ok(Some(format!("no {name} is called {value:?}; {instead}")))
}

/// So many values are named rather than pointed to.
const FEW: usize = 6;

/// Says which document may be meant by a name that none has.
pub(super) fn document(index: &Index, name: &str, content: &ContentPath) -> Result<String> {
    let guides = values(index, FacetName::Guide)?;
    let guide = content.guide(name.rsplit_once(':').map_or(name, |(guide, _)| guide));
    Ok(if guides.contains(&guide) {
        let guide = content.shown(&guide);
        format!(
            "`hotseat search --guide {}` lists its documents",
            shell_words::quote(&guide)
        )
    } else if let Some(closest) = closest(&guide, guides.iter().cloned()) {
        format!("the closest guide is {}", content.shown(&guides[closest]))
    } else {
        "`hotseat search` shows the GUIDE:LINE of each hit, and `--json` its id".to_owned()
    })
}

/// Returns the values of a facet, the commonest first.
fn values(index: &Index, name: FacetName) -> Result<Vec<String>> {
    let mut results = index.search(&Query::new("").facets(&[name]).limit(0))?;
    let counted = results.facets.remove(&name).unwrap_or_default();
    Ok(counted.into_iter().map(|counted| counted.value).collect())
}

/// How alike a word and the one that it was taken for have to be, of 1.
const ALIKE: f64 = 0.6;

/// The longest word that is compared, in bytes.
const LONGEST: usize = 64;

/// Returns which of `words` is spelled most like `word`, the first of them if several are, or else
/// which begins with it.
fn closest(word: &str, words: impl Iterator<Item = String>) -> Option<usize> {
    let mut best = None;
    let mut most_alike = ALIKE;
    let mut longer = None;
    for (at, other) in words.enumerate() {
        // Comparing takes as much time as both are long, and there may be many.
        if other.len().max(word.len()) > LONGEST {
            continue;
        }
        let alike = strsim::normalized_damerau_levenshtein(word, &other);
        if alike > most_alike {
            (best, most_alike) = (Some(at), alike);
        }
        if longer.is_none() && !word.is_empty() && other.starts_with(word) {
            longer = Some(at);
        }
    }
    best.or(longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_value_is_the_one_that_is_meant() {
        let words = ["Python", "data-structures", "javascript", "java", "go"];
        let closest = |word| closest(word, words.iter().map(|word| word.to_lowercase()));
        let cases = [
            ("pyton", Some(0)),
            ("data-structure", Some(1)),
            ("data", Some(1)),
            ("jvaa", Some(3)),
            ("javascrpit", Some(2)),
            ("haskell", None),
            ("", None),
        ];
        for (typed, meant) in cases {
            assert_eq!(closest(typed), meant, "{typed}");
        }
    }

    #[test]
    fn filters_are_found_in_the_text_of_a_query() {
        let text = "a:b tag:x section:\"Two words\" c -level:mid tag: kind:";
        let found = [
            (FacetName::Tag, "x"),
            (FacetName::Section, "Two words"),
            (FacetName::Tag, ""),
            (FacetName::Kind, ""),
        ];
        assert_eq!(typed_filters(text), found);
    }
}
