//! Messages about a search that found nothing: what would find something.

use anyhow::Result;
use hotseat::{FacetName, Index, Query, Suggestion};

use super::{Arguments, Filters};
use crate::{content_path::ContentPath, terminal::eprint_note};

/// Values up to this number are listed; for more, a command is named.
const FEW: usize = 6;

/// Prints that `query`, with the text `text`, found nothing, and suggestions.
pub(super) fn nothing_found(
    index: &Index,
    query: &Query,
    text: &str,
    filters: &Filters,
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
    let suggestions = index.suggest(query)?;
    for suggestion in &suggestions {
        eprint_note(&format!("help: {}", advice(suggestion)));
    }
    for hint in Arguments::hints_on_options() {
        eprint_note(&format!("help: {hint}"));
    }
    if suggestions.is_empty() {
        eprint_note("help: `hotseat facets` shows what the guides are about");
    }
    Ok(())
}

fn advice(suggestion: &Suggestion) -> String {
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
        Suggestion::WithoutFilters { total } => {
            format!("without the filters there would be {total}")
        }
        Suggestion::WithoutQuotes => {
            "without quotes, words are found wherever they stand".to_owned()
        }
        _ => "`hotseat facets` shows what the guides are about".to_owned(),
    }
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
