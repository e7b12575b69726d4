//! JSON, or one value after the other, as in JSON Lines -> [`Node`]s with their lines.

use super::{Fault, MAX_DEPTH, MAX_NODES, Node, Value};

/// Parses `text`; several values are a list.
pub(in crate::guide) fn parse(text: &str) -> Result<Node, Fault> {
    let mut parser = Parser {
        text,
        at: 0,
        counted: 0,
        line: 1,
        nodes: 0,
    };
    let mut values = Vec::new();
    while parser.peek().is_some() {
        values.push(parser.value(0)?);
    }
    match values.len() {
        1 => Ok(values.remove(0)),
        _ => Ok(Node {
            line: 1,
            value: Value::List(values),
        }),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// The byte up to which lines are counted, and the line there.
    counted: usize,
    line: u32,
    nodes: usize,
}

impl<'t> Parser<'t> {
    /// Passes over white space; returns the byte behind it.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at = self.text.len()
            - rest
                .trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}'])
                .len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn line(&mut self) -> u32 {
        let passed = self.text.as_bytes()[self.counted..self.at].iter();
        self.line += passed.filter(|b| **b == b'\n').count() as u32;
        self.counted = self.at;
        self.line
    }

    fn fail<T>(&mut self, what: &str) -> Result<T, Fault> {
        Err(Fault::new(self.line(), format!("is no JSON: {what}")))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        let next = self.peek();
        let line = self.line();
        self.nodes += 1;
        if depth > MAX_DEPTH {
            return Err(Fault::new(
                line,
                format!("nests deeper than {MAX_DEPTH} levels"),
            ));
        }
        if self.nodes > MAX_NODES {
            return Err(Fault::new(
                line,
                format!("has more than {MAX_NODES} values"),
            ));
        }
        let value = match next {
            Some(b'"') => Value::Text(self.string()?),
            Some(b'[') => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.closes(b']', items.is_empty())? {
                    items.push(self.value(depth + 1)?);
                }
                Value::List(items)
            }
            Some(b'{') => {
                self.at += 1;
                let mut fields = Vec::new();
                while !self.closes(b'}', fields.is_empty())? {
                    if self.peek() != Some(b'"') {
                        return self.fail("a name is expected");
                    }
                    let name = self.string()?;
                    if self.peek() != Some(b':') {
                        return self.fail("a colon is expected");
                    }
                    self.at += 1;
                    fields.push((name, self.value(depth + 1)?));
                }
                Value::Map(fields)
            }
            Some(b) if b.is_ascii_alphanumeric() || b == b'-' => {
                let rest = &self.text[self.at..];
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
                let word = &rest[..end.unwrap_or(rest.len())];
                self.at += word.len();
                Value::Other(word.to_owned())
            }
            Some(_) => return self.fail("a value is expected"),
            None => return self.fail("it ends in the middle"),
        };
        Ok(Node { line, value })
    }

    /// Passes over the comma before a value, or over the end of what is listed; returns whether that
    /// was it.
    fn closes(&mut self, end: u8, is_first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(b',') if !is_first => {
                self.at += 1;
                // A comma too many does no harm.
                let closes = self.peek() == Some(end);
                self.at += usize::from(closes);
                Ok(closes)
            }
            Some(b) if b == end => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(false),
            Some(_) => self.fail("a comma is expected"),
            None => self.fail("it ends in the middle"),
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        let mut is_plain = true;
        loop {
            match bytes.get(end) {
                None => return self.fail("a string does not end"),
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    end += 2;
                }
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        let written = &self.text[start + 1..end];
        if is_plain {
            return Ok(written.to_owned());
        }
        match serde_json::from_str(&self.text[start..=end]) {
            Ok(text) => Ok(text),
            // A line feed inside of a string is a mistake that means itself.
            Err(_) => match serde_json::from_str(&format!(
                "\"{}\"",
                written.replace('\n', "\\n").replace('\t', "\\t")
            )) {
                Ok(text) => Ok(text),
                Err(_) => self.fail("a string has a wrong escape"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_lines_and_mistakes_are_named() {
        let root = parse("[\n{\"a\": 1,\n\"b\": [\"x\\u00e9\", ],},\n]\n").unwrap();
        let Value::List(items) = &root.value else {
            panic!()
        };
        let Value::Map(fields) = &items[0].value else {
            panic!()
        };
        let lines: Vec<_> = fields
            .iter()
            .map(|(name, node)| (name.as_str(), node.line))
            .collect();
        assert_eq!(lines, [("a", 2), ("b", 3)]);
        assert_eq!(fields[1].1.text().as_deref(), Some("xé"));
        for (json, line, message) in [
            ("{\"a\":\n1", 2, "is no JSON: it ends in the middle"),
            ("[\"a", 1, "is no JSON: a string does not end"),
            ("[1 2]", 1, "is no JSON: a comma is expected"),
            ("{a: 1}", 1, "is no JSON: a name is expected"),
            ("[\"\\q\"]", 1, "is no JSON: a string has a wrong escape"),
        ] {
            assert_eq!(parse(json), Err(Fault::new(line, message)), "{json}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(
            parse(&deep).unwrap_err().message,
            "nests deeper than 64 levels"
        );
        assert!(parse(&format!("[{}1]", "1,".repeat(MAX_NODES))).is_err());
    }
}
