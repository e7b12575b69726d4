//! The tools: search, get, facets and draw. Their answers are text alone, and short.

use std::fmt::Write as _;

use hotseat::{DocumentKind, Facet, FacetName, QaDocument, Query, draw::Draw};
use serde_json::{Map, Value, json};

use super::{Answer, Failure, Library, arguments::Arguments, cut};
use crate::backend::Backend;

/// The longest answers, in characters.
const MAX_SEARCH: usize = 6_000;
pub(super) const MAX_GET: usize = 20_000;

/// The most values of one facet, and of each if all are asked for.
const MOST_VALUES: usize = 100;
const FEW_VALUES: usize = 10;

pub(super) fn list() -> Value {
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    let text = || json!({"type": "string"});
    let tool = |name: &str, description: &str, properties: Value, required: Value| {
        json!({
            "name": name,
            "description": description,
            "inputSchema": {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            },
            "annotations": {"readOnlyHint": true, "openWorldHint": false},
        })
    };
    json!([
        tool(
            "search",
            "Search interview questions and their answers. Returns ids, places and snippets, best \
             first; read whole answers with `get`. Words, \"phrases\", -word to exclude, OR.",
            json!({
                "query": {"type": "string", "description": "Words; empty lists all that the filters keep"},
                "tag": texts(), "level": text(), "category": text(), "section": text(),
                "guide": {"type": "string", "description": "Path of a guide or folder"},
                "limit": {"type": "integer", "minimum": 1, "maximum": 20, "description": "Default 8"},
                "offset": {"type": "integer", "minimum": 0},
            }),
            json!(["query"]),
        ),
        tool(
            "get",
            "Read whole answers, as written in the guides.",
            json!({
                "ids": {"type": "array", "items": {"type": "string"},
                        "description": "1-10 ids or GUIDE:LINE from search or draw"},
                "offset": {"type": "integer", "minimum": 0,
                           "description": "Characters to skip of a long answer"},
            }),
            json!(["ids"]),
        ),
        tool(
            "facets",
            "Count the values to filter by: tags, levels, categories, sections, guides.",
            json!({
                "name": {"type": "string", "enum": FacetName::ALL.map(FacetName::as_str)},
                "query": {"type": "string", "description": "Count only what this finds"},
            }),
            json!([]),
        ),
        tool(
            "draw",
            "Draw a balanced random set of questions for an interview or a quiz, without answers: \
             ask them one by one, and `get` the answer of each to judge a reply.",
            json!({
                "minutes": {"type": "integer", "minimum": 1, "maximum": 1440,
                            "description": "Length, default 45"},
                "count": {"type": "integer", "minimum": 1, "maximum": 50,
                          "description": "Number of questions instead"},
                "level": text(), "tags": texts(), "query": text(),
                "seed": {"type": "integer", "minimum": 0, "description": "The same seed draws the same set"},
            }),
            json!([]),
        ),
    ])
}

/// A result of a tool, or what is wrong with its arguments and how to mend it.
type Called = Result<String, Wrong>;

enum Wrong {
    Input(String),
    Index(hotseat::Error),
}

impl From<hotseat::Error> for Wrong {
    fn from(error: hotseat::Error) -> Wrong {
        Wrong::Index(error)
    }
}

pub(super) fn call(library: &mut impl Library, params: &Map<String, Value>) -> Answer {
    let name = params.get("name").and_then(Value::as_str).unwrap_or("");
    let none = Map::new();
    let values = match params.get("arguments") {
        None | Some(Value::Null) => &none,
        Some(Value::Object(values)) => values,
        Some(_) => return Ok(text("arguments must be an object", true)),
    };
    let mut arguments = Arguments::new(values);
    let called = match name {
        "search" => search(library, &mut arguments),
        "get" => get(library, &mut arguments),
        "facets" => facets(library, &mut arguments),
        "draw" => draw(library, &mut arguments),
        _ => {
            let message = format!("there is no tool {name:?}, only search, get, facets and draw");
            return Err(Failure::params(message));
        }
    };
    let notes: String = arguments
        .notes
        .iter()
        .map(|note| format!("\nnote: {note}"))
        .collect();
    Ok(match called {
        Ok(answer) => text(&(answer.trim_end().to_owned() + &notes), false),
        Err(Wrong::Input(message)) => text(&(message + &notes), true),
        Err(Wrong::Index(error)) => text(&format!("the index cannot be read: {error}"), true),
    })
}

fn text(text: &str, is_error: bool) -> Value {
    let mut result = json!({"content": [{"type": "text", "text": text}]});
    if is_error {
        result["isError"] = json!(true);
    }
    result
}

fn search(library: &mut impl Library, arguments: &mut Arguments<'_>) -> Called {
    let words = arguments.text("query", "q").unwrap_or_default();
    let mut filters = Vec::new();
    for tag in arguments.texts("tag", "tags") {
        filters.push((FacetName::Tag, tag));
    }
    for (name, values) in [
        (FacetName::Level, arguments.texts("level", "levels")),
        (
            FacetName::Category,
            arguments.texts("category", "categories"),
        ),
        (FacetName::Section, arguments.texts("section", "sections")),
    ] {
        filters.extend(values.into_iter().map(|value| (name, value)));
    }
    for guide in arguments.texts("guide", "guides") {
        filters.push((FacetName::Guide, library.guide(&guide)));
    }
    let limit = arguments.number("limit", 1, 20).unwrap_or(8) as usize;
    let offset = arguments.number("offset", 0, 100_000).unwrap_or(0) as usize;
    arguments.check().map_err(Wrong::Input)?;
    if words.is_empty() && filters.is_empty() {
        let message =
            "there is nothing to search for: give words in query, or a filter such as tag";
        return Err(Wrong::Input(message.to_owned()));
    }
    let index = library.index(true);
    known(index, &filters)?;
    let query = Query::new(&words).limit(limit).offset(offset);
    let results = index.search(&filtered(query, &filters))?;
    for note in &results.notes {
        arguments.notes.push(note.to_string());
    }
    if results.total == 0 {
        return Ok(format!(
            "nothing found for {words:?}; fewer or other words, or fewer filters, may"
        ));
    }
    let mut answer = format!("{} found\n", results.total);
    let mut shown = 0;
    for hit in &results.hits {
        let place = Place {
            id: hit.id.to_string(),
            guide: &hit.guide,
            line: hit.line,
            level: hit.level.as_deref(),
            tags: &hit.tags,
        };
        let snippet = if hit.answered {
            one_line(&hit.snippet.text())
        } else {
            "(no answer yet)".to_owned()
        };
        let question = shortened(&one_line(&hit.question), 300);
        let line = format!("{}. {question}\n   {place}\n   {snippet}\n", hit.rank);
        // Room for the line that says how to go on.
        if shown > 0 && answer.chars().count() + line.chars().count() + 100 > MAX_SEARCH {
            break;
        }
        answer += &line;
        shown += 1;
    }
    let left = results.total.saturating_sub(offset + shown);
    if shown == 0 {
        let _ = writeln!(answer, "none at this offset");
    } else if left > 0 {
        let _ = writeln!(answer, "{left} more: offset={}", offset + shown);
    }
    Ok(cut(answer, MAX_SEARCH, |left| {
        format!("{left} characters more: a lower limit")
    }))
}

type Filter = (FacetName, String);

fn filtered(query: Query, filters: &[Filter]) -> Query {
    let facets = filters.iter().map(|(name, value)| Facet::new(*name, value));
    facets.fold(query, Query::filter)
}

/// Fails if a value is of no document, with the values that may be meant.
fn known(index: &dyn Backend, filters: &[Filter]) -> Result<(), Wrong> {
    for (name, value) in filters {
        let facet = Facet::new(*name, value);
        let query = Query::new("").limit(0).filter(facet.clone());
        if index.search(&query)?.total > 0 {
            continue;
        }
        let values = index.facets(*name, &Query::new(""))?;
        let mut offered: Vec<String> = index.closest_value(*name, value)?.into_iter().collect();
        let start: String = facet.key().chars().take(3).collect();
        let is_alike = |value: &str| Facet::new(*name, value).key().contains(&start);
        let (alike, others): (Vec<_>, Vec<_>) =
            values.into_iter().partition(|value| is_alike(&value.value));
        for value in alike.into_iter().chain(others) {
            if offered.len() < 3 && !offered.contains(&value.value) {
                offered.push(value.value);
            }
        }
        return Err(Wrong::Input(format!(
            "no {name} is called {:?}; the closest are {}; `facets` lists all",
            shortened(value, 60),
            offered.join(", ")
        )));
    }
    Ok(())
}

fn get(library: &mut impl Library, arguments: &mut Arguments<'_>) -> Called {
    let ids = arguments.texts("ids", "id");
    let offset = arguments.number("offset", 0, 100_000_000).unwrap_or(0) as usize;
    arguments.check().map_err(Wrong::Input)?;
    if ids.is_empty() {
        let message = "give ids, 1 to 10 of those that search or draw show";
        return Err(Wrong::Input(message.to_owned()));
    }
    if ids.len() > 10 {
        arguments.notes.push(format!(
            "the first 10 of {} ids; get the others next",
            ids.len()
        ));
    }
    let mut answer = String::new();
    let mut left_out: Vec<&str> = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    for id in ids.iter().take(10) {
        let Some(document) = find(library, id)? else {
            missing.push(id);
            continue;
        };
        let written = whole(&document, offset);
        let room = MAX_GET.saturating_sub(answer.chars().count() + 200);
        if answer.is_empty() {
            answer = cut(written, MAX_GET - 200, |left| {
                let next = offset + room.saturating_sub(head(&document).chars().count());
                format!(
                    "{left} characters more: ids=[\"{}\"], offset={next}",
                    document.id
                )
            });
            answer += "\n\n";
        } else if written.chars().count() <= room {
            answer += &written;
            answer += "\n\n";
        } else {
            left_out.push(id);
        }
    }
    if !left_out.is_empty() {
        let _ = writeln!(
            answer,
            "left out, too long together; get them next: {}",
            left_out.join(", ")
        );
    }
    for id in &missing {
        let note = format!(
            "no document is called {:?}; search shows ids",
            shortened(id, 60)
        );
        arguments.notes.push(note);
    }
    match answer.is_empty() {
        true => Err(Wrong::Input("nothing to show".to_owned())),
        false => Ok(answer),
    }
}

/// Finds a document by its id, or by a guide, in any form, and a line.
pub(super) fn find(library: &mut impl Library, name: &str) -> hotseat::Result<Option<QaDocument>> {
    let name = match name.rsplit_once(':') {
        Some((guide, line)) => format!("{}:{line}", library.guide(guide)),
        None => name.to_owned(),
    };
    library.index(true).find(&name)
}

fn head(document: &QaDocument) -> String {
    let place = Place {
        id: document.id.to_string(),
        guide: &document.guide,
        line: document.line,
        level: document.level.as_deref(),
        tags: &document.tags,
    };
    format!("# {}\n{place}\n\n", one_line(&document.question))
}

/// Returns a document whole, its answer from a character on.
pub(super) fn whole(document: &QaDocument, offset: usize) -> String {
    let answer: String = match document.has_answer() {
        true => document.answer.chars().skip(offset).collect(),
        false => "(no answer yet)".to_owned(),
    };
    head(document) + answer.trim_end()
}

fn facets(library: &mut impl Library, arguments: &mut Arguments<'_>) -> Called {
    let name = arguments.text("name", "facet");
    let query = arguments.text("query", "q").unwrap_or_default();
    arguments.check().map_err(Wrong::Input)?;
    let named = name.as_deref().map(str::parse::<FacetName>).transpose();
    let named = named.map_err(|error| Wrong::Input(error.to_string()))?;
    let names = match &named {
        Some(name) => std::slice::from_ref(name),
        None => &FacetName::ALL,
    };
    let results = library
        .index(true)
        .search(&Query::new(&query).facets(names).limit(0))?;
    let most = if named.is_some() {
        MOST_VALUES
    } else {
        FEW_VALUES
    };
    let mut answer = format!("{} documents\n", results.total);
    for (name, values) in &results.facets {
        let counted: Vec<String> = values
            .iter()
            .take(most)
            .map(|value| format!("{} {}", one_line(&value.value), value.count))
            .collect();
        let more = match values.len().saturating_sub(most) {
            0 => String::new(),
            more => format!(", … {more} more"),
        };
        let _ = writeln!(answer, "{name}: {}{more}", counted.join(", "));
    }
    Ok(cut(answer, MAX_SEARCH, |left| {
        format!("{left} characters more: narrow by query")
    }))
}

fn draw(library: &mut impl Library, arguments: &mut Arguments<'_>) -> Called {
    let mut draw = Draw::new();
    if let Some(minutes) = arguments.number("minutes", 1, 1440) {
        draw = draw.minutes(minutes as u32);
    }
    if let Some(count) = arguments.number("count", 1, 50) {
        draw = draw.count(count as usize);
    }
    let seed = arguments
        .number("seed", 0, 1 << 53)
        .unwrap_or_else(|| library.chance());
    let mut filters = Vec::new();
    for (name, values) in [
        (FacetName::Level, arguments.texts("level", "levels")),
        (FacetName::Tag, arguments.texts("tags", "tag")),
    ] {
        filters.extend(values.into_iter().map(|value| (name, value)));
    }
    for (name, value) in &filters {
        if *name == FacetName::Tag {
            draw = draw.tag(value);
        }
    }
    let words = arguments.text("query", "topic").unwrap_or_default();
    arguments.check().map_err(Wrong::Input)?;
    let index = library.index(true);
    known(index, &filters)?;
    let query = Query::new(&words).kind(DocumentKind::Question);
    let documents = index.list(&filtered(query, &filters))?;
    let sheet = draw.seed(seed).from(&documents);
    if sheet.questions.is_empty() {
        return Err(Wrong::Input(
            "no question matches; wider filters find more".to_owned(),
        ));
    }
    let mut answer = format!(
        "{} questions for {} minutes, {} in reserve; seed={}\n",
        sheet.questions.len(),
        sheet.minutes,
        sheet.reserve,
        sheet.seed
    );
    if sheet.missing > 0 {
        let _ = writeln!(
            answer,
            "too few questions differ: {} minutes are left",
            sheet.missing
        );
    }
    for (place, question) in sheet.questions.iter().enumerate() {
        let document = &question.document;
        let _ = writeln!(
            answer,
            "{}. {} ({} min)\n   {} · {}:{}{}",
            place + 1,
            shortened(&one_line(&document.question), 300),
            question.minutes,
            document.id,
            document.guide,
            document.line,
            document
                .level
                .iter()
                .map(|level| format!(" · {level}"))
                .collect::<String>(),
        );
    }
    Ok(cut(answer, MAX_GET, |left| {
        format!("{left} characters more: a lower count")
    }))
}

/// The line below a question.
struct Place<'a> {
    id: String,
    guide: &'a str,
    line: usize,
    level: Option<&'a str>,
    tags: &'a [String],
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} · {}:{}", self.id, self.guide, self.line)?;
        if let Some(level) = self.level {
            write!(f, " · {}", one_line(level))?;
        }
        if !self.tags.is_empty() {
            let tags: Vec<String> = self.tags.iter().take(4).map(|tag| one_line(tag)).collect();
            write!(f, " · {}", shortened(&tags.join(", "), 100))?;
        }
        Ok(())
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
