//! A list of questions in a data file -> Markdown, in which the questions are headings that the format
//! says are questions.
//!
//! The readers of JSON and YAML make a tree of [`Node`]s with their lines, that of tables rows; here
//! the fields that hold a question and its answer are found, by their names or by what they hold. A
//! file in which there are none is no guide.

pub(super) mod json;
pub(super) mod notebook;
pub(super) mod script;
pub(super) mod table;
pub(super) mod yaml;

use super::{
    Place, asks,
    converted::{Converted, Fence},
    html,
};

/// The deepest nesting of values, and the most values of a file: each takes 60 bytes.
const MAX_DEPTH: usize = 64;
const MAX_NODES: usize = 400_000;

/// A value of a data file.
#[derive(Debug, PartialEq)]
pub(super) struct Node {
    /// The 1-based line on which it starts.
    line: u32,
    value: Value,
}

#[derive(Debug, PartialEq)]
enum Value {
    Text(String),
    /// A number, a truth value, or nothing.
    Other(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Why a data file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) message: String,
}

impl Fault {
    fn new(line: u32, message: impl Into<String>) -> Fault {
        Fault {
            line: line as usize,
            message: message.into(),
        }
    }
}

/// Names of fields, in lower case without `_` and `-`; the first that is there counts.
const QUESTION: &[&str] = &[
    "question",
    "questiontext",
    "q",
    "frage",
    "pregunta",
    "pergunta",
    "domanda",
    "vraag",
    "pytanie",
    "вопрос",
    "问题",
    "問題",
    "質問",
    "질문",
    "सवाल",
    "soru",
];
/// Names that are those of questions only beside an answer.
const WEAK_QUESTION: &[&str] = &[
    "front", "prompt", "title", "name", "term", "query", "problem", "titre",
];
const ANSWER: &[&str] = &[
    "answer",
    "answertext",
    "a",
    "back",
    "response",
    "reply",
    "acceptedanswer",
    "suggestedanswer",
    "solution",
    "definition",
    "correctanswer",
    "sampleanswer",
    "modelanswer",
    "reponse",
    "réponse",
    "antwort",
    "respuesta",
    "resposta",
    "risposta",
    "antwoord",
    "odpowiedź",
    "ответ",
    "答案",
    "回答",
    "答え",
    "답변",
    "उत्तर",
    "cevap",
    "answers",
];
/// Names that are those of a question and its answer only where what holds them is named for questions.
const TITLE: &[&str] = &["title", "header", "heading", "summary", "label", "name"];
const BODY: &[&str] = &[
    "content",
    "body",
    "text",
    "description",
    "children",
    "value",
    "details",
];
const OPTIONS: &[&str] = &["options", "choices", "alternatives", "variants"];
const TAGS: &[&str] = &["tags", "tag", "keywords", "labels"];
const LEVEL: &[&str] = &["level", "difficulty", "seniority", "complexity"];
/// Names of fields that say where a question belongs.
const GROUP: &[&str] = &[
    "category", "section", "topic", "subject", "theme", "chapter", "deck", "group",
];
/// Names that are no title of what is listed below them.
const HOLDERS: &[&str] = &[
    "questions",
    "items",
    "data",
    "faq",
    "faqs",
    "list",
    "entries",
    "content",
    "children",
    "results",
    "qa",
    "qas",
    "mainentity",
    "@graph",
    "cards",
    "notes",
    "records",
    "rows",
    "pairs",
];

/// A question with the fields beside it.
#[derive(Debug, Default, PartialEq)]
struct Record<'t> {
    line: u32,
    question: String,
    answer: String,
    tags: Vec<&'t str>,
    level: Option<&'t str>,
    group: Option<&'t str>,
}

/// The names of the fields of a question and of its answer.
#[derive(Debug, Clone, PartialEq)]
struct Keys {
    question: String,
    answer: Option<String>,
}

/// The parts read of a file, in order.
#[derive(Debug, PartialEq)]
enum Entry<'t> {
    /// The title of a section, and how deep it is.
    Section(usize, &'t str, u32),
    Question(Record<'t>),
}

/// Returns the questions of a tree as Markdown; `None` if there are none.
pub(super) fn convert(root: &Node) -> Option<Converted> {
    let mut entries = Vec::new();
    collect(root, 0, None, &mut entries);
    written(entries, &[])
}

/// Writes the questions of a tree below a heading of this level.
pub(super) fn write_below(root: &Node, level: usize, out: &mut Converted) {
    let mut entries = Vec::new();
    collect(root, 0, None, &mut entries);
    let is_section = |entry: &Entry<'_>| match entry {
        Entry::Section(..) => true,
        Entry::Question(record) => record.group.is_some(),
    };
    let level = level + usize::from(entries.iter().any(is_section));
    let mut group = None;
    for entry in entries {
        match entry {
            Entry::Section(_, title, line) => out.heading(level, &one_line(title), line as usize),
            Entry::Question(record) => {
                let line = record.line as usize;
                if let Some(title) = record.group.filter(|_| record.group != group) {
                    out.heading(level, &one_line(title), line);
                }
                group = record.group;
                write(&record, out, |out, title| {
                    out.heading(level + 1, &format!("Q: {title}"), line);
                });
            }
        }
    }
}

/// Names the fields of a list's objects that are a title and its text for a question and its answer, if what
/// holds the list is named for questions; returns the number of questions with an answer.
pub(super) fn name_fields(root: &mut Node, is_named: bool) -> usize {
    let mut open = vec![&mut *root];
    while let Some(node) = open.pop().filter(|_| is_named) {
        match &mut node.value {
            Value::List(items) => open.extend(items),
            Value::Map(fields) => {
                let find = |fields: &[(String, Node)], known: &[&str]| {
                    let is_text = |field: &Node| !matches!(field.value, Value::Other(_));
                    known.iter().find_map(|known| {
                        let is_named =
                            |(name, field): &(String, Node)| key(name) == *known && is_text(field);
                        fields.iter().position(is_named)
                    })
                };
                let title = find(fields, TITLE).filter(|_| find(fields, QUESTION).is_none());
                let body = find(fields, BODY).filter(|_| find(fields, ANSWER).is_none());
                if let (Some(title), Some(body)) = (title, body) {
                    QUESTION[0].clone_into(&mut fields[title].0);
                    ANSWER[0].clone_into(&mut fields[body].0);
                }
                open.extend(fields.iter_mut().map(|(_, field)| field));
            }
            _ => {}
        }
    }
    let mut entries = Vec::new();
    collect(root, 0, None, &mut entries);
    let is_answered =
        |entry: &&Entry<'_>| matches!(entry, Entry::Question(record) if !record.answer.is_empty());
    entries.iter().filter(is_answered).count()
}

/// The most questions that are read of what a page says for search engines.
const MAX_LISTED: usize = 1_000;

/// Returns the questions that a page lists for search engines, in JSON-LD that starts on the line
/// `first`: each with its answer in HTML and its line.
pub(super) fn for_search_engines(json: &str, first: usize) -> Vec<(String, String, usize)> {
    let Ok(root) = json::parse(json) else {
        return Vec::new();
    };
    let mut questions = Vec::new();
    let mut open = vec![&root];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::List(items) => open.extend(items.iter().rev()),
            Value::Map(_) => {
                let answer = node.field("acceptedAnswer");
                let answer = answer.or_else(|| node.field("suggestedAnswer"));
                let answer = answer.and_then(|answer| match &answer.value {
                    Value::List(answers) => answers.first(),
                    _ => Some(answer),
                });
                let text = answer.and_then(|answer| answer.field("text")?.text());
                let question = node.field("name").and_then(Node::text);
                if let (Some(question), Some(text)) = (question, text) {
                    let line = first + (node.line as usize).saturating_sub(1);
                    questions.push((question, text, line));
                }
                let inner = ["@graph", "mainEntity"];
                open.extend(inner.iter().filter_map(|name| node.field(name)));
            }
            _ => {}
        }
        if questions.len() == MAX_LISTED {
            break;
        }
    }
    questions
}

/// Writes entries as Markdown, unless there is no question among them. `rows` has the lines on which
/// the rows of a table start.
fn written(entries: Vec<Entry<'_>>, rows: &[u32]) -> Option<Converted> {
    entries
        .iter()
        .find(|entry| matches!(entry, Entry::Question(_)))?;
    let mut out = Converted::default();
    let mut group = None;
    // A title without a question below it is none.
    let mut sections: Vec<(usize, &str, u32)> = Vec::new();
    for entry in entries {
        let record = match entry {
            Entry::Section(depth, title, line) => {
                sections.retain(|(above, ..)| *above < depth);
                sections.push((depth, title, line));
                continue;
            }
            Entry::Question(record) => record,
        };
        for (depth, title, line) in sections.drain(..) {
            out.heading(
                (depth + 2).min(MAX_SECTION),
                &one_line(title),
                line as usize,
            );
            group = None;
        }
        if record.group != group && record.group.is_some() {
            group = record.group;
            out.heading(
                MAX_SECTION,
                &one_line(group.unwrap_or_default()),
                record.line as usize,
            );
        }
        if let Ok(row) = rows.binary_search(&record.line) {
            out.place(Place::Row(row as u32 + 1));
        }
        let line = record.line as usize;
        write(&record, &mut out, |out, title| {
            out.question(LEVEL_OF_QUESTION, title, line);
        });
    }
    Some(out)
}

/// The level of the deepest section, and of a question.
const MAX_SECTION: usize = 3;
const LEVEL_OF_QUESTION: usize = 4;

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Writes a question, its title with `heading`.
fn write(record: &Record<'_>, out: &mut Converted, heading: impl Fn(&mut Converted, &str)) {
    let line = record.line as usize;
    // Code below the first paragraph of a question stands before its answer.
    let question = markdown(record.question.trim());
    let question = question.trim();
    let end = question
        .find("\n\n")
        .into_iter()
        .chain(question.find("\n```"))
        .min();
    let (title, rest) = question.split_at(end.unwrap_or(question.len()));
    let title = one_line(title);
    heading(out, title.trim_start_matches(['#', ' ']));
    if let Some(level) = record.level {
        out.line(0, &format!("Level: {}", one_line(level)), line);
        out.blank();
    }
    write_text(rest, line, out);
    write_text(&markdown(record.answer.trim()), line, out);
    let tags = record
        .tags
        .iter()
        .map(|tag| one_line(tag).replace([',', ';'], " "));
    let tags: Vec<String> = tags
        .filter(|tag| !tag.is_empty() && tag.len() <= MAX_TAG)
        .take(MAX_TAGS)
        .collect();
    if !tags.is_empty() {
        out.blank();
        out.line(0, &format!("Tags: {}", tags.join(", ")), line);
    }
    out.blank();
}

/// The most tags of a question, and the longest.
const MAX_TAGS: usize = 12;
const MAX_TAG: usize = 30;

/// Writes Markdown of others, whose headings stay below that of the question, and whose code ends.
fn write_text(text: &str, line: usize, out: &mut Converted) {
    let mut fence = Fence::default();
    for written in text.trim_matches('\n').lines() {
        let words = written.trim();
        if fence.passes(words) {
            out.line(0, written, line);
            continue;
        }
        let hashes = words.bytes().take_while(|b| *b == b'#').count();
        let is_heading = (1..=6).contains(&hashes) && words[hashes..].starts_with(' ');
        // Below a paragraph it would make that a heading.
        let is_rule = words.len() > 1 && words.bytes().all(|b| matches!(b, b'=' | b'-'));
        if is_heading {
            out.line(0, &format!("###### {}", words[hashes..].trim_start()), line);
        } else if is_rule || words.is_empty() {
            out.blank();
        } else {
            out.line(0, written, line);
        }
    }
    if let Some(fence) = fence.close() {
        out.line(0, &fence, line);
    }
    out.blank();
}

/// Returns a field's text in Markdown, which it is unless it looks like HTML.
fn markdown(text: &str) -> String {
    const TAGS: [&str; 14] = [
        "<br",
        "<img",
        "</a>",
        "</b>",
        "</code>",
        "</div>",
        "</em>",
        "</i>",
        "</li>",
        "</p>",
        "</pre>",
        "</span>",
        "</strong>",
        "</u>",
    ];
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_html =
        !text.contains('`') && TAGS.iter().any(|tag| text.contains(tag)) || text.contains("&nbsp;");
    match is_html {
        true => html::read(&text.replace("\n\n", "<p>")).text,
        false => text,
    }
}

/// Adds the questions of `node`, which stands in sections up to `depth`; `keys` are those that the
/// questions of the list around have.
fn collect<'t>(node: &'t Node, depth: usize, keys: Option<&Keys>, entries: &mut Vec<Entry<'t>>) {
    match &node.value {
        Value::Text(_) | Value::Other(_) => {}
        Value::List(items) => {
            if let Some(questions) = asked(items, node) {
                entries.extend(questions.into_iter().map(Entry::Question));
                return;
            }
            let keys = keys_of(items);
            // What is listed at the top has titles of sections, unlike the whole file.
            let depth = depth.max(1);
            for item in items {
                collect(item, depth, keys.as_ref(), entries);
            }
        }
        Value::Map(fields) => {
            if let Some(record) = record(node.line, fields, keys) {
                entries.push(Entry::Question(record));
                // What follows it up may be questions, too.
                for (_, inner) in fields
                    .iter()
                    .filter(|(_, field)| matches!(field.value, Value::List(_)))
                {
                    collect(inner, depth + 1, None, entries);
                }
                return;
            }
            let asks = |(name, field): &&(String, Node)| asks(name) && field.text().is_some();
            let questions = fields.iter().filter(asks).count();
            if questions >= 2 && questions * 2 > fields.len() {
                for (name, field) in fields {
                    entries.push(Entry::Question(Record {
                        line: field.line,
                        question: name.clone(),
                        answer: field.text().unwrap_or_default(),
                        ..Record::default()
                    }));
                }
                return;
            }
            let title = fields.iter().find_map(|(_, field)| match &field.value {
                Value::Text(text) if text.len() <= MAX_SECTION_TITLE && !text.contains("://") => {
                    Some((text, field.line))
                }
                _ => None,
            });
            let inner = fields
                .iter()
                .filter(|(_, field)| matches!(field.value, Value::List(_) | Value::Map(_)));
            let is_one = inner.clone().count() < 2;
            // The title of the whole file is none of a section.
            if let Some((title, line)) = title.filter(|_| depth > 0) {
                entries.push(Entry::Section(depth - 1, title, line));
            }
            for (name, field) in inner {
                let has_title = depth > 0 && title.is_some();
                let is_title = !is_one && !has_title && !HOLDERS.contains(&&*key(name));
                if is_title {
                    entries.push(Entry::Section(depth, name, field.line));
                }
                collect(field, depth + 1, keys, entries);
            }
        }
    }
}

/// The longest title of a section, in bytes.
const MAX_SECTION_TITLE: usize = 120;

/// Returns a field's name as names are compared.
fn key(name: &str) -> String {
    name.to_lowercase().replace(['_', '-', ' '], "")
}

/// Returns the questions of a list of strings that ask, or of pairs of strings.
fn asked<'t>(items: &'t [Node], list: &Node) -> Option<Vec<Record<'t>>> {
    let pair = |item: &'t Node| -> Option<(String, String)> {
        match &item.value {
            Value::Text(text) => Some((text.clone(), String::new())),
            Value::List(pair) => match &pair[..] {
                [question, answer] => Some((question.text()?, answer.text()?)),
                _ => None,
            },
            _ => None,
        }
    };
    let pairs: Option<Vec<_>> = items.iter().map(pair).collect();
    let pairs = pairs?;
    let asking = pairs.iter().filter(|(question, _)| asks(question)).count();
    if pairs.len() < 2 || asking * 5 < pairs.len() * 4 {
        return None;
    }
    let records = items
        .iter()
        .zip(pairs)
        .map(|(item, (question, answer))| Record {
            line: item.line.max(list.line),
            question,
            answer,
            ..Record::default()
        });
    Some(records.collect())
}

/// Returns the fields that hold the questions of a list and their answers, where names do not tell: the
/// field that mostly asks, and the longest other one.
fn keys_of(items: &[Node]) -> Option<Keys> {
    let maps = items.iter().filter_map(|item| match &item.value {
        Value::Map(fields) => Some(fields),
        _ => None,
    });
    let maps: Vec<_> = maps.take(MAX_SAMPLE).collect();
    let first = maps.first().filter(|_| maps.len() >= 2)?;
    let texts = |name: &str| {
        let name = name.to_owned();
        maps.iter()
            .filter_map(move |fields| fields.iter().find(|(other, _)| *other == name)?.1.text())
    };
    let names = || first.iter().map(|(name, _)| name.as_str()).take(MAX_FIELDS);
    let question =
        names().find(|name| texts(name).filter(|text| asks(text)).count() * 5 >= maps.len() * 3)?;
    let length = |name: &&str| texts(name).map(|text| text.len()).sum::<usize>();
    let others = names().filter(|name| *name != question && length(name) > 0);
    Some(Keys {
        question: question.to_owned(),
        answer: others.max_by_key(length).map(str::to_owned),
    })
}

/// The most items of a list that are examined for its keys, and the most fields of one.
const MAX_SAMPLE: usize = 100;
const MAX_FIELDS: usize = 40;

impl Node {
    /// Returns the field of this name.
    fn field(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(fields) => Some(&fields.iter().find(|(other, _)| other == name)?.1),
            _ => None,
        }
    }

    /// Returns the text of a string, of a list of them as items, or of what a field `text` holds.
    fn text(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) => Some(text.clone()),
            Value::Other(_) => None,
            Value::List(items) => {
                let texts: Option<Vec<String>> = items.iter().map(Node::item).collect();
                let texts = texts?;
                match &texts[..] {
                    [] => None,
                    [one] => Some(one.clone()),
                    texts => Some(
                        texts
                            .iter()
                            .map(|text| format!("- {}", text.replace('\n', "\n  ")))
                            .collect::<Vec<_>>()
                            .join("\n"),
                    ),
                }
            }
            Value::Map(fields) => {
                let inner = fields.iter().find(|(name, _)| {
                    matches!(
                        &*key(name),
                        "text" | "value" | "content" | "en" | "markdown" | "html" | "body"
                    )
                });
                match &inner?.1.value {
                    Value::Text(text) => Some(text.clone()),
                    _ => None,
                }
            }
        }
    }

    /// Returns an item of a list as text.
    fn item(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Other(text) => Some(text.clone()),
            Value::Map(_) => self.text(),
            Value::List(_) => None,
        }
    }
}

/// Reads a question from the fields of a map.
fn record<'t>(line: u32, fields: &'t [(String, Node)], keys: Option<&Keys>) -> Option<Record<'t>> {
    let fields = &fields[..fields.len().min(MAX_FIELDS)];
    let names: Vec<String> = fields.iter().map(|(name, _)| key(name)).collect();
    let find = |known: &[&str]| {
        let at = known
            .iter()
            .find_map(|known| names.iter().position(|name| name == known));
        at.filter(|at| {
            fields[*at].1.text().is_some() || matches!(fields[*at].1.value, Value::Other(_))
        })
    };
    let named = |name: &String| fields.iter().position(|(other, _)| other == name);
    let by_content =
        keys.and_then(|keys| Some((named(&keys.question)?, keys.answer.as_ref().and_then(named))));
    let mut answer = find(ANSWER);
    let question = find(QUESTION).or_else(|| find(WEAK_QUESTION).filter(|_| answer.is_some()));
    let question = match (question, by_content) {
        (Some(question), _) => question,
        (None, Some((question, other))) => {
            answer = answer.or(other);
            question
        }
        (None, None) => return None,
    };
    let text = fields[question]
        .1
        .text()
        .filter(|text| !text.trim().is_empty())?;
    let mut used = vec![question];
    let mut texts = Vec::new();
    let options = find(OPTIONS);
    for at in options
        .into_iter()
        .chain(answer.filter(|at| *at != question))
    {
        used.push(at);
        let chosen = |number: &str| -> Option<String> {
            let Value::List(options) = &fields[options?].1.value else {
                return None;
            };
            options.get(number.parse::<usize>().ok()?)?.item()
        };
        let field = &fields[at].1;
        texts.extend(field.text().or_else(|| match &field.value {
            Value::Other(text) => Some(chosen(text).unwrap_or_else(|| text.clone())),
            _ => None,
        }));
    }
    let strings = |known: &[&str]| -> Vec<&'t str> {
        let Some(at) = find(known) else {
            return Vec::new();
        };
        match &fields[at].1.value {
            Value::Text(text) => text.split([',', ';']).map(str::trim).collect(),
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(text) => Some(text.trim()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    };
    let one = |known: &[&str]| match &fields[find(known)?].1.value {
        Value::Text(text) => Some(text.as_str())
            .filter(|text| !text.trim().is_empty() && text.len() <= MAX_SECTION_TITLE),
        _ => None,
    };
    let (tags, level, group) = (strings(TAGS), one(LEVEL), one(GROUP));
    let known = [TAGS, LEVEL, GROUP].concat();
    // The other fields, if they say something: an explanation, examples, links.
    for (at, (name, field)) in fields.iter().enumerate() {
        let is_known = used.contains(&at) || known.contains(&&*names[at]);
        let other = field
            .text()
            .filter(|text| !is_known && text.trim().contains(char::is_whitespace));
        // Lists of maps are looked through for questions of their own.
        if let Some(other) = other.filter(|_| !is_list_of_maps(field)) {
            let name = one_line(&name.replace(['_', '-'], " "));
            texts.push(match other.starts_with("- ") || other.contains('\n') {
                true => format!("**{name}:**\n\n{other}"),
                false => format!("**{name}:** {other}"),
            });
        }
    }
    Some(Record {
        line: fields[question].1.line.max(line),
        question: text,
        answer: texts.join("\n\n"),
        tags,
        level: level.filter(|level| is_word(level)),
        group,
    })
}

fn is_list_of_maps(field: &Node) -> bool {
    matches!(&field.value, Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Map(_))))
}

/// Returns whether a level is one that hotseat knows by its name; others are no text.
fn is_word(level: &str) -> bool {
    level.len() < 30
        && level
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> String {
        let node = json::parse(json).unwrap();
        convert(&node).map_or_else(String::new, |converted| converted.text)
    }

    #[test]
    fn questions_are_found_by_names_and_by_what_fields_hold() {
        for (json, markdown) in [
            (
                r#"[{"question":"What?","answer":"That."}]"#,
                "#### What?\n\nThat.\n\n",
            ),
            (
                r#"{"faq":[{"q":"Topic","a":["b","c"],"tags":["x","y z"],"level":"senior"}]}"#,
                "#### Topic\n\nLevel: senior\n\n- b\n- c\n\nTags: x, y z\n\n",
            ),
            (
                r#"{"css":[{"q":"A","a":"b"}],"html":[{"q":"C","a":"d"}]}"#,
                "## css\n\n#### A\n\nb\n\n## html\n\n#### C\n\nd\n\n",
            ),
            (
                r#"[{"title":"Maps","items":[{"front":"A","back":"b"}]}]"#,
                "## Maps\n\n#### A\n\nb\n\n",
            ),
            (
                r#"[{"x":"Why?","y":"So it is."},{"x":"When?","y":"Now."}]"#,
                "#### Why?\n\nSo it is.\n\n#### When?\n\nNow.\n\n",
            ),
            (
                r#"{"Why?":"So.","When?":"Now."}"#,
                "#### Why?\n\nSo.\n\n#### When?\n\nNow.\n\n",
            ),
            (r#"["Why?","When?"]"#, "#### Why?\n\n#### When?\n\n"),
            (
                r#"[{"question":"Which?","options":["a","b"],"answer":1}]"#,
                "#### Which?\n\n- a\n- b\n\nb\n\n",
            ),
            (
                r##"[{"q":"A","a":"# b\n```\nc"},{"q":"D","a":"<p>e<br>f</p>"}]"##,
                "#### A\n\n###### b\n```\nc\n```\n\n#### D\n\ne\n\nf\n\n",
            ),
            (
                r#"{"@type":"FAQPage","mainEntity":[{"name":"A","acceptedAnswer":{"text":"b"}}]}"#,
                "#### A\n\nb\n\n",
            ),
            (
                r#"{"name":"package","version":"1.0","scripts":{"test":"a b"}}"#,
                "",
            ),
        ] {
            assert_eq!(read(json), markdown, "{json}");
        }
    }
}
