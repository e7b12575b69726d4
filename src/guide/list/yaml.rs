//! YAML -> [`Node`]s with their lines. References are not followed.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Fault, MAX_DEPTH, MAX_NODES, Node, Value};

/// The largest text that is parsed, in bytes: a parser takes long for some.
const MAX_TEXT: usize = 1 << 20;

/// A list or a map that is open; of a map the name whose value comes next.
struct Open {
    node: Node,
    name: Option<String>,
}

/// Parses `text`, whose first line is the line `first` of the file; several documents are a list.
pub(in crate::guide) fn parse(text: &str, first: usize) -> Result<Node, Fault> {
    let first = u32::try_from(first).unwrap_or(u32::MAX);
    if text.len() > MAX_TEXT {
        return Err(Fault::new(first, "is YAML of more than 1 MiB"));
    }
    let node = |value| Node { line: first, value };
    let mut open = vec![Open {
        node: node(Value::List(Vec::new())),
        name: None,
    }];
    let mut nodes = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let line = first
                .saturating_add(error.marker().line() as u32)
                .saturating_sub(1);
            Fault::new(line, format!("is no YAML: {}", error.info()))
        })?;
        let line = first
            .saturating_add(span.start.line() as u32)
            .saturating_sub(1);
        nodes += 1;
        if nodes > MAX_NODES || open.len() > MAX_DEPTH {
            let message = format!(
                "has more than {MAX_NODES} values, or nests deeper than {MAX_DEPTH} levels"
            );
            return Err(Fault::new(line, message));
        }
        let value = match event {
            Event::SequenceStart(..) => Some(Value::List(Vec::new())),
            Event::MappingStart(..) => Some(Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd if open.len() > 1 => {
                if let Some(closed) = open.pop() {
                    add(&mut open, closed.node);
                }
                continue;
            }
            Event::Scalar(text, style, ..) => {
                let is_text = style != ScalarStyle::Plain || !is_other(&text);
                let text = text.into_owned();
                let value = if is_text {
                    Value::Text(text)
                } else {
                    Value::Other(text)
                };
                add(&mut open, Node { line, value });
                continue;
            }
            Event::Alias(_) => Some(Value::Other(String::new())),
            _ => None,
        };
        match value {
            Some(value @ Value::Other(_)) => add(&mut open, Node { line, value }),
            Some(value) => open.push(Open {
                node: Node { line, value },
                name: None,
            }),
            None => {}
        }
    }
    let root = open.swap_remove(0).node;
    match root.value {
        Value::List(mut documents) if documents.len() == 1 => Ok(documents.remove(0)),
        _ => Ok(root),
    }
}

/// Adds a node to what is open.
fn add(open: &mut [Open], node: Node) {
    let Some(Open { node: last, name }) = open.last_mut() else {
        return;
    };
    match &mut last.value {
        Value::List(items) => items.push(node),
        Value::Map(fields) => match name.take() {
            Some(name) => fields.push((name, node)),
            None => {
                let written = match node.value {
                    Value::Text(text) | Value::Other(text) => text,
                    _ => String::new(),
                };
                *name = Some(written);
            }
        },
        _ => {}
    }
}

/// Returns whether a plain word is no text: a number, a truth value, or nothing.
fn is_other(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "true" | "false") || text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::list::convert;

    #[test]
    fn questions_of_yaml_have_their_lines() {
        let yaml = "themes:\n- titre: A\n  questions:\n  - question: Why?\n    answer: |\n      So.\n\n      - x\n- titre: B\n  questions:\n  - question: \"When?\"\n    answer: Now.\n";
        let converted = convert(&parse(yaml, 1).unwrap()).unwrap();
        let expected = "## A\n\n#### Why?\n\nSo.\n\n- x\n\n## B\n\n#### When?\n\nNow.\n\n";
        assert_eq!(converted.text, expected);
        let guide = converted.into_guide("a.yaml", Default::default(), None);
        let lines = guide.blocks.iter().filter(|block| block.is_question);
        assert_eq!(lines.map(|block| block.line).collect::<Vec<_>>(), [4, 11]);
    }

    #[test]
    fn bombs_and_mistakes_are_faults() {
        assert_eq!(parse("a: [b\n", 3).unwrap_err().line, 4);
        assert!(parse(&"[".repeat(50_000), 1).is_err());
        let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n";
        assert!(parse(bomb, 1).is_ok());
    }
}
