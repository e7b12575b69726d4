//! Messages about a search that found nothing: what would find something.

use anyhow::Result;
use hotseat::{Facet, FacetName, Index, Query, Suggestion};

use super::{Arguments, Filters};
use crate::{
    content_path::{ContentPath, shown_path},
    terminal::eprint_note,
};

/// Values up to this number are listed; for more, a command is named.
const FEW: usize = 6;

/// Prints that `query`, with the text `text`, found nothing, and suggestions.
pub(super) fn nothing_found(
    index: &Index,
    query: &Query,
    text: &str,
    filters: &Filters,
) -> Result<()> {
    if index.documents()? == 0 {
        return no_documents(index);
    }
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
    let suggestions = index.suggest(query)?;
    for suggestion in &suggestions {
        eprint_note(&format!("help: {}", advice(suggestion, filters)));
    }
    for hint in Arguments::hints_on_options() {
        eprint_note(&format!("help: {hint}"));
    }
    if suggestions.is_empty() {
        eprint_note("help: `hotseat facets` shows what the guides are about");
    }
    Ok(())
}

/// Prints that the index is empty, and how it is filled.
pub(super) fn no_documents(index: &Index) -> Result<()> {
    let folder = index.content()?;
    let folder = folder.map_or_else(
        || "the content folder".to_owned(),
        |folder| format!("the folder {}", shown_path(&folder).display()),
    );
    eprint_note("the index holds no questions yet");
    eprint_note(&format!(
        "help: put guides into {folder}, then run `hotseat index`"
    ));
    Ok(())
}

fn advice(suggestion: &Suggestion, filters: &Filters) -> String {
    match suggestion {
        Suggestion::UnknownValue {
            name,
            value,
            closest,
            known,
        } => {
            let instead = match (closest, &known[..]) {
                (Some(closest), _) => format!("did you mean {closest}?"),
                (None, []) => format!("no guide names a {name}"),
                (None, [only]) => format!("there is only {only}"),
                (None, few) if few.len() <= FEW => format!("there are {}", few.join(", ")),
                _ => format!("`hotseat facets {name}` lists all"),
            };
            format!("no {name} is called {value:?}; {instead}")
        }
        // Then a part of the content was given, and the index holds all of it.
        Suggestion::WithoutFilters { total } if filters.is_empty() => {
            format!("in all guides of the index there would be {total}")
        }
        Suggestion::WithoutFilters { total } => {
            format!("without the filters there would be {total}")
        }
        Suggestion::WithoutQuotes => {
            "without quotes, words are found wherever they stand".to_owned()
        }
        _ => "`hotseat facets` shows what the guides are about".to_owned(),
    }
}

/// The words that count something, each with the option for it and what one of it is there.
const UNITS: &[(&[&str], &str, usize)] = &[
    (&["m", "min", "mins", "minute", "minutes"], "minutes", 1),
    (&["h", "hour", "hours"], "minutes", 60),
    (&["questions"], "limit", 1),
];

/// Returns the options that words such as "senior sql 45 minutes" may be meant for. Tags alone are
/// words as well as any; they are named beside a level or a number, or if `tags`.
pub(super) fn options(index: &Index, words: &[String], tags: bool) -> Result<Option<String>> {
    let words: Vec<&str> = words
        .iter()
        .flat_map(|word| word.split_whitespace())
        .collect();
    let mut options: Vec<String> = Vec::new();
    let mut is_told = false;
    for (at, word) in words.iter().enumerate() {
        if let Some(option) = amount(word, words.get(at + 1)) {
            is_told = true;
            options.push(option);
        }
    }
    for name in [FacetName::Level, FacetName::Tag] {
        // Without words there is nothing to look up.
        let known = match words.is_empty() {
            true => Vec::new(),
            false => index.facets(name, &Query::new(""))?,
        };
        for known in known {
            let facet = Facet::new(name, &known.value);
            let is_named = |length: usize| {
                let mut runs = words.windows(length);
                runs.any(|run| Facet::new(name, &run.join(" ")) == facet)
            };
            if (1..=MAX_VALUE).any(is_named) {
                is_told |= tags || name == FacetName::Level;
                options.push(format!("--{name} {}", shell_words::quote(&known.value)));
            }
        }
    }
    Ok(is_told.then(|| options.join(" ")))
}

/// The most words of a value that is looked for among others.
const MAX_VALUE: usize = 3;

/// Returns the option for a number with its unit: `45m`, `45-minute` or `45 minutes`.
fn amount(word: &str, next: Option<&&str>) -> Option<String> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let number: usize = word[..digits].parse().ok()?;
    let unit = match word[digits..].trim_start_matches('-') {
        "" => next?,
        unit => unit,
    };
    let unit = unit.to_lowercase();
    let unit = UNITS
        .iter()
        .find(|(names, ..)| names.contains(&unit.as_str()));
    let (_, option, of_one) = unit?;
    let takes = |option: &str| Arguments::takes(option);
    let option = match *option {
        "limit" if takes("count") => "count",
        option => option,
    };
    takes(option).then(|| format!("--{option} {}", number.saturating_mul(*of_one)))
}

/// Returns the document that may be meant by a name that no document has.
pub(super) fn document(index: &Index, name: &str, content: &ContentPath) -> Result<String> {
    let guide = content.guide(name.rsplit_once(':').map_or(name, |(guide, _)| guide));
    let has_documents = index.search(&Query::new("").guide(&guide).limit(0))?.total > 0;
    Ok(if has_documents {
        let guide = content.shown(&guide);
        let guide = shell_words::quote(&guide);
        format!("`hotseat search --guide {guide}` lists its documents")
    } else if let Some(closest) = index.closest_value(FacetName::Guide, &guide)? {
        format!("the closest guide is {}", content.shown(&closest))
    } else {
        "`hotseat search` shows the GUIDE:LINE of each hit, and `--json` its id".to_owned()
    })
}
