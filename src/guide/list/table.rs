//! A table of questions, as spreadsheets (CSV, TSV) and Anki export them -> Markdown.

use super::{
    ANSWER, Converted, Entry, Fault, MAX_NODES, Node, QUESTION, Value, WEAK_QUESTION, asks,
    collect, key, written,
};

/// A row: the line on which it starts, and its cells.
type Row = (u32, Vec<String>);

/// Returns the questions of a table whose cells are apart by commas, semicolons or tabs, whichever its
/// first line has most of; `None` if there are none.
pub(in crate::guide) fn convert(text: &str) -> Result<Option<Converted>, Fault> {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |mark: &char| first.matches(*mark).count();
    let separator = ['\t', ';', ',']
        .into_iter()
        .rev()
        .max_by_key(count)
        .unwrap_or(',');
    if !first.contains(separator) {
        return Ok(None);
    }
    let mut rows = rows(text, 1, separator)?;
    let lines: Vec<u32> = rows.iter().map(|(line, _)| *line).collect();
    let mut header: Vec<String> = Vec::new();
    if let Some((_, names)) = rows.first() {
        let names: Vec<&str> = names.iter().map(|name| without_limit(name)).collect();
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let has = |known: &[&str]| keys.iter().any(|key| known.contains(&&**key));
        if has(QUESTION) || has(WEAK_QUESTION) && has(ANSWER) {
            header = names.into_iter().map(str::to_owned).collect();
            rows.remove(0);
        }
    }
    if header.is_empty() {
        // Without names of columns, a column must ask.
        let asking = rows
            .iter()
            .filter(|(_, row)| row.iter().any(|cell| asks(cell)))
            .count();
        if asking < 2 || asking * 5 < rows.len() * 3 {
            return Ok(None);
        }
    }
    Ok(questions(rows, &header, &lines))
}

/// Returns the name of a column without the limit that the forms of quizzes set: "Question - max 120
/// characters", "Correct answer(s)".
fn without_limit(name: &str) -> &str {
    let name = name.trim();
    let end = name.find(" - max").unwrap_or(name.len());
    name[..end].trim_end_matches("(s)").trim()
}

/// Returns the questions of rows, whose columns have the names of `header`, if it has any; `lines` has the
/// lines of all rows of the file.
fn questions(rows: Vec<Row>, header: &[String], lines: &[u32]) -> Option<Converted> {
    let records = rows
        .into_iter()
        .filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    let node = |(line, row): Row| {
        let cells = row
            .into_iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty());
        let fields = cells.map(|(at, cell)| {
            let name = header.get(at).map_or_else(
                || format!("column {}", at + 1),
                |name| name.trim().to_owned(),
            );
            let value = Value::Text(cell);
            (name, Node { line, value })
        });
        Node {
            line,
            value: Value::Map(fields.collect()),
        }
    };
    let root = Node {
        line: 1,
        value: Value::List(records.map(node).collect()),
    };
    let mut entries: Vec<Entry<'_>> = Vec::new();
    collect(&root, 0, None, &mut entries);
    written(entries, lines)
}

/// Cuts `text`, which starts on the line `line`, into rows: cells may be in quotes, and then hold line
/// feeds, and two quotes for one.
fn rows(text: &str, mut line: u32, separator: char) -> Result<Vec<Row>, Fault> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row: Row = (line, Vec::new());
    let mut cells = 0;
    let mut rest = text.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        let (cell, length) = match rest.strip_prefix('"') {
            Some(inner) => {
                let (cell, length) = quoted(inner);
                // What stands behind the quotes belongs to the cell, too.
                let after = &inner[length..];
                let end = after.find([separator, '\n']).unwrap_or(after.len());
                (cell + after[..end].trim_end(), 1 + length + end)
            }
            None => {
                let end = rest.find([separator, '\n']).unwrap_or(rest.len());
                (rest[..end].to_owned(), end)
            }
        };
        cells += 1;
        if cells > MAX_NODES {
            return Err(Fault::new(line, format!("has more than {MAX_NODES} cells")));
        }
        line += rest[..length].matches('\n').count() as u32;
        row.1.push(cell);
        rest = &rest[length..];
        if rest.starts_with('\n') || rest.is_empty() {
            line += 1;
            rows.push(std::mem::replace(&mut row, (line, Vec::new())));
        }
        let is_last = rest.len() == separator.len_utf8() && rest.starts_with(separator);
        rest = rest.get(1..).unwrap_or_default();
        if is_last {
            row.1.push(String::new());
            rows.push(std::mem::take(&mut row));
        }
    }
    Ok(rows)
}

/// Returns the text up to the quote that closes it, and how long it is with that.
fn quoted(text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut at = 0;
    while let Some(end) = text[at..].find('"') {
        out.push_str(&text[at..at + end]);
        at += end + 1;
        if !text[at..].starts_with('"') {
            return (out, at);
        }
        out.push('"');
        at += 1;
    }
    out.push_str(&text[at..]);
    (out, text.len())
}

/// Returns whether a text is Anki's export of notes as plain text.
pub(in crate::guide) fn is_anki(text: &str) -> bool {
    ["#separator:", "#html:", "#notetype"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Returns the notes of Anki's export: the first field is the question, the others its answer.
pub(in crate::guide) fn anki(text: &str) -> Result<Option<Converted>, Fault> {
    let mut separator = '\t';
    // The columns that hold no field: tags and deck are read, others are not.
    let (mut tags, mut deck, mut unread) = (None, None, Vec::new());
    let mut names: Vec<&str> = Vec::new();
    let (mut at, mut line) = (0, 1);
    for header in text
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('#'))
    {
        let Some((name, value)) = header[1..].trim_end().split_once(':') else {
            break;
        };
        let column = value
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|column| column.checked_sub(1));
        match name.trim() {
            "separator" => {
                separator = match value.trim().to_ascii_lowercase().as_str() {
                    "comma" | "," => ',',
                    "semicolon" | ";" => ';',
                    "pipe" | "|" => '|',
                    "colon" | ":" => ':',
                    "space" | " " => ' ',
                    _ => '\t',
                }
            }
            "tags column" => tags = column,
            "deck column" => deck = column,
            "notetype column" | "guid column" => unread.extend(column),
            "columns" => names = value.split(separator).collect(),
            _ => {}
        }
        at += header.len();
        line += 1;
    }
    let rows = rows(&text[at..], line, separator)?;
    let notes = rows.into_iter().map(|(line, cells)| {
        let (mut question, mut answer, mut meta) = (None, String::new(), Vec::new());
        for (at, cell) in cells.into_iter().enumerate() {
            let cell = without_clozes(&cell);
            if tags == Some(at) {
                meta.push((
                    "tags",
                    cell.split_whitespace().collect::<Vec<_>>().join(", "),
                ));
            } else if deck == Some(at) {
                meta.push(("deck", cell.replace("::", " / ")));
            } else if unread.contains(&at) || cell.trim().is_empty() {
            } else if question.is_none() {
                question = Some(cell);
            } else {
                if !answer.is_empty() {
                    answer.push_str("\n\n");
                    if let Some(name) = names.get(at).filter(|name| !name.is_empty()) {
                        answer.push_str(&format!("{name}: "));
                    }
                }
                answer.push_str(&cell);
            }
        }
        meta.insert(0, ("question", question.unwrap_or_default()));
        meta.insert(1, ("answer", answer));
        (line, meta)
    });
    let (header, rows): (Vec<_>, Vec<Row>) = {
        const COLUMNS: [&str; 4] = ["question", "answer", "tags", "deck"];
        let cells = |meta: Vec<(&str, String)>| {
            let cell = |name: &&str| {
                meta.iter()
                    .find(|(other, _)| other == name)
                    .map_or_else(String::new, |(_, cell)| cell.clone())
            };
            COLUMNS.iter().map(cell).collect()
        };
        let rows = notes.map(|(line, meta)| (line, cells(meta))).collect();
        (COLUMNS.map(str::to_owned).to_vec(), rows)
    };
    Ok(questions(rows, &header, &[]))
}

/// Returns the text of a note with what its gaps hide, as in `{{c1::text::hint}}`.
fn without_clozes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{c") {
        let inner = &rest[start..];
        let gap = inner
            .find("}}")
            .and_then(|end| Some((inner[..end].split_once("::")?.1, end + 2)));
        let Some((hidden, length)) = gap else { break };
        out.push_str(&rest[..start]);
        out.push_str(hidden.split("::").next().unwrap_or_default());
        rest = &inner[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        convert(text)
            .unwrap()
            .map_or_else(String::new, |converted| converted.text)
    }

    #[test]
    fn tables_of_questions_are_read_by_their_names_or_by_a_column_that_asks() {
        for (csv, markdown) in [
            (
                "Question,Answer,Tags\n\"What, \"\"x\"\"?\",\"a\nb\",\"c, d\"\nTopic,e,\n",
                "#### What, \"x\"?\n\na\nb\n\nTags: c, d\n\n#### Topic\n\ne\n\n",
            ),
            ("front\tback\nA\tb\n", "#### A\n\nb\n\n"),
            (
                "Why?;So.\nWhen?;Now.\n",
                "#### Why?\n\nSo.\n\n#### When?\n\nNow.\n\n",
            ),
            (
                "category;question;answer\nMaps;A;b\nMaps;C;d\n",
                "### Maps\n\n#### A\n\nb\n\n#### C\n\nd\n\n",
            ),
            ("id,price\n1,2\n3,4\n", ""),
            ("name,city\nA,B\n", ""),
        ] {
            assert_eq!(read(csv), markdown, "{csv}");
        }
    }

    #[test]
    fn rows_know_their_lines() {
        let rows = rows("a,\"b\nc\"\nd,\n\"e", 1, ',').unwrap();
        let lines: Vec<_> = rows
            .iter()
            .map(|(line, cells)| (*line, cells.len()))
            .collect();
        assert_eq!(lines, [(1, 2), (3, 2), (4, 1)]);
    }

    #[test]
    fn notes_of_anki_are_questions() {
        let notes = "#separator:tab\n#html:true\n#deck column:1\n#tags column:4\nA::B\tWhat is<br>{{c1::it}}?\t<b>That</b>\tx y\n";
        let text = anki(notes).unwrap().unwrap().text;
        assert_eq!(
            text,
            "### A / B\n\n#### What is\n\nit?\n\n**That**\n\nTags: x, y\n\n"
        );
    }
}
