//! Lists and objects of JavaScript, as pages hold them for their components -> [`Node`]s with their lines.
//!
//! Values that are no strings, lists, objects or markup are passed over; only their brackets have to match.

use super::{MAX_DEPTH, MAX_NODES, Node, Value};

/// Reads the list or object that starts at the byte `start` of `text`, on the line `line`; returns it and
/// the byte behind it. Where there is none, returns the byte up to which it was looked for.
pub(in crate::guide) fn parse(text: &str, start: usize, line: u32) -> Result<(Node, usize), usize> {
    let mut parser = Parser {
        text,
        at: start,
        counted: start,
        line,
        nodes: 0,
    };
    match parser.value(0) {
        Some(node) => Ok((node, parser.at)),
        None => Err(parser.at),
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

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Passes over white space and comments; returns the byte behind them.
    fn peek(&mut self) -> Option<u8> {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            let rest = self.rest();
            let comment = match rest.get(..2) {
                Some("//") => rest.find('\n'),
                Some("/*") => rest.find("*/").map(|end| end + 2),
                _ => return rest.bytes().next(),
            };
            self.at += comment.unwrap_or(rest.len());
        }
    }

    /// Passes over a byte if it comes next.
    fn passes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn line(&mut self) -> u32 {
        let passed = self.text.as_bytes()[self.counted..self.at].iter();
        self.line += passed.filter(|b| **b == b'\n').count() as u32;
        self.counted = self.at;
        self.line
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let next = self.peek()?;
        let line = self.line();
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            return None;
        }
        let value = match next {
            b'[' => Value::List(self.list(depth)?),
            b'{' => Value::Map(self.map(depth)?),
            b'"' | b'\'' | b'`' => Value::Text(self.strings()?),
            b'<' => Value::Text(self.markup()?),
            b'(' => {
                let start = self.at;
                self.at += 1;
                match self.peek() {
                    Some(b'<') => Value::Text(self.markup()?),
                    _ => {
                        self.at = start;
                        Value::Other(String::new())
                    }
                }
            }
            _ => Value::Other(self.word().to_owned()),
        };
        if depth > 0 {
            // ".trim()", "as const", ")".
            self.pass_expression()?;
        }
        Some(Node { line, value })
    }

    /// Returns the word that comes next: a number, a name.
    fn word(&self) -> &str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-')));
        &rest[..end.unwrap_or(rest.len())]
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Node>> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match self.peek()? {
                b']' => break,
                b',' => self.at += 1,
                b'}' => return None,
                _ => items.push(self.value(depth + 1)?),
            }
        }
        self.at += 1;
        Some(items)
    }

    fn map(&mut self, depth: usize) -> Option<Vec<(String, Node)>> {
        self.at += 1;
        let mut fields = Vec::new();
        loop {
            let name = match self.peek()? {
                b'}' => break,
                b']' => return None,
                b',' => {
                    self.at += 1;
                    continue;
                }
                b'"' | b'\'' => self.string()?,
                _ => {
                    let name = self.word().to_owned();
                    self.at += name.len();
                    name
                }
            };
            // "...others" and "name" alone say nothing of a question.
            if self.passes(b':') {
                fields.push((name, self.value(depth + 1)?));
            } else {
                self.pass_expression()?;
            }
        }
        self.at += 1;
        Some(fields)
    }

    /// Passes over what is left of an expression: up to the comma or the bracket behind it.
    fn pass_expression(&mut self) -> Option<()> {
        let mut open = 0_usize;
        // A bracket that closes more than was opened here closes what stands around, but for the one around
        // markup.
        loop {
            match self.peek()? {
                b',' if open == 0 => return Some(()),
                b']' | b'}' if open == 0 => return Some(()),
                b'(' | b'[' | b'{' => open += 1,
                b')' | b']' | b'}' => open = open.saturating_sub(1),
                b'"' | b'\'' | b'`' => {
                    self.string()?;
                    continue;
                }
                _ => {}
            }
            self.at += self.rest().chars().next()?.len_utf8();
        }
    }

    /// Reads a string, and those that are added to it.
    fn strings(&mut self) -> Option<String> {
        let mut text = self.string()?;
        while self.peek() == Some(b'+') {
            self.at += 1;
            match self.peek()? {
                b'"' | b'\'' | b'`' => text.push_str(&self.string()?),
                _ => break,
            }
        }
        Some(text)
    }

    fn string(&mut self) -> Option<String> {
        let mark = self.rest().chars().next()?;
        let start = self.at + 1;
        let mut text = String::new();
        let mut chars = self.text[start..].char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => text.extend(escaped(&mut chars)),
                // Another string may stand in an expression; few do, and none of these in a question.
                '\n' if mark != '`' => break,
                _ if c == mark => {
                    self.at = start + at + 1;
                    return Some(match mark {
                        '`' => dedented(&text),
                        _ => text,
                    });
                }
                _ => text.push(c),
            }
        }
        self.at = self.text.len() - chars.as_str().len();
        None
    }

    /// Reads markup up to the end of its first element, as HTML.
    fn markup(&mut self) -> Option<String> {
        let mut html = String::from("<div>");
        let mut open = 0_usize;
        loop {
            let rest = self.rest();
            let next = rest.find(['<', '{'])?;
            html.push_str(&rest[..next]);
            self.at += next;
            let rest = self.rest();
            if rest.starts_with('{') {
                // "{' '}" is what it says; other expressions are not.
                self.at += 1;
                if matches!(self.peek()?, b'"' | b'\'' | b'`') {
                    html.push_str(&self.strings()?);
                }
                while self.peek()? != b'}' {
                    self.pass_expression()?;
                    self.passes(b',');
                    if self.peek()? == b']' {
                        return None;
                    }
                }
                self.at += 1;
                continue;
            }
            let tag = self.tag()?;
            let name = tag.trim_matches(['<', '>', '/', ' ']);
            let is_void = tag.ends_with("/>") || VOID.contains(&name);
            if tag.starts_with("</") {
                open = open.saturating_sub(1);
            } else if !is_void {
                open += 1;
            }
            if !name.is_empty() {
                html.push_str(tag);
            }
            if open == 0 {
                html.push_str("</div>");
                return Some(html);
            }
        }
    }

    /// Passes over a tag, and returns it. Its attributes may hold strings and expressions.
    fn tag(&mut self) -> Option<&str> {
        let start = self.at;
        let mut open = 0_usize;
        let mut quote = None;
        let end = self.rest().bytes().position(|b| {
            match (b, quote) {
                (_, Some(mark)) if b == mark => quote = None,
                (_, Some(_)) => {}
                (b'"' | b'\'' | b'`', None) => quote = Some(b),
                (b'{', None) => open += 1,
                (b'}', None) => open = open.saturating_sub(1),
                (b'>', None) => return open == 0,
                _ => {}
            }
            false
        });
        self.at = end.map_or(self.text.len(), |end| start + end + 1);
        end.map(|_| &self.text[start..self.at])
    }
}

/// Elements that need no end.
const VOID: [&str; 3] = ["br", "hr", "img"];

/// Reads what stands behind a backslash.
fn escaped(chars: &mut std::str::CharIndices<'_>) -> Option<char> {
    let (_, c) = chars.next()?;
    let digits = match c {
        'n' => return Some('\n'),
        't' => return Some('\t'),
        'r' | '\n' => return None,
        'x' => chars.as_str().get(..2)?,
        'u' => match chars.as_str().strip_prefix('{') {
            Some(inner) => inner.split_once('}')?.0,
            None => chars.as_str().get(..4)?,
        },
        _ => return Some(c),
    };
    let code = u32::from_str_radix(digits, 16).ok()?;
    let length = digits.len() + 2 * usize::from(chars.as_str().starts_with('{'));
    chars.nth(length.checked_sub(1)?)?;
    char::from_u32(code)
}

/// Takes the indent that all lines but the first share off them: they stand where the page's code does.
fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let written = |line: &&str| !line.trim().is_empty();
    let shared = text.lines().skip(1).filter(written).map(indent).min();
    let shared = shared.unwrap_or(0);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| {
        text + "\n" + &line[shared.min(indent(line))..]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the texts of the fields of a list's objects.
    fn fields(text: &str) -> Vec<(String, u32, String)> {
        let (root, _) = parse(text, 0, 1).unwrap();
        let Value::List(items) = root.value else {
            panic!()
        };
        let maps = items.into_iter().filter_map(|item| match item.value {
            Value::Map(fields) => Some(fields),
            _ => None,
        });
        maps.flatten()
            .map(|(name, node)| match node.value {
                Value::Text(text) | Value::Other(text) => (name, node.line, text),
                _ => (name, node.line, String::new()),
            })
            .collect()
    }

    #[test]
    fn strings_and_markup_are_read_and_all_else_is_passed_over() {
        for (text, expected) in [
            (
                "[{a: 'it\\'s', \"b\": \"x\" }]",
                vec![("a", 1, "it's"), ("b", 1, "x")],
            ),
            (
                "[\n// c, ]\n{ a: `x\n    y\n      z`, /* } */ },]",
                vec![("a", 3, "x\ny\n  z")],
            ),
            (
                "[{a: 'x' +\n 'y', b: t('k', { n: [1] }), c: 3}]",
                vec![("a", 1, "xy"), ("b", 2, "t"), ("c", 2, "3")],
            ),
            (
                "[{a: (<><p className={c('}')}>don't{' '}<br/>x</p> {/* ' */}</>), b: <b>y</b>}]",
                vec![
                    ("a", 1, "<div><p className={c('}')}>don't <br/>x</p> </div>"),
                    ("b", 1, "<div><b>y</b></div>"),
                ],
            ),
            (
                "[{a: '\\u00e9\\x41\\u{1F600}', ...b, c, d() { return [1, '}'] }}]",
                vec![("a", 1, "éA😀")],
            ),
            (
                "[{a: 'x'.trim(), b: () => { f(',') }}] // c",
                vec![("a", 1, "x"), ("b", 1, "")],
            ),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(name, line, text)| (name.to_owned(), line, text.to_owned()))
                .collect();
            assert_eq!(fields(text), expected, "{text}");
        }
    }

    #[test]
    fn what_does_not_end_is_none() {
        for text in [
            "[",
            "[{",
            "[{a",
            "[{a:",
            "[{a: '",
            "[{a: 'x",
            "[{a: 'x\n'}]",
            "[{a: <p>x}]",
            "[{a: <p b={>}]",
            "[{a: (}]",
            "[{a: '\\",
            "[{a: '\\u12'}",
            "[{a: <p>{[}]</p>",
            "[{a: <",
            "{...",
            "[{'a'",
        ] {
            assert!(parse(text, 0, 1).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000), 0, 1).is_err());
        assert!(parse(&"[{a:<p>".repeat(10_000), 0, 1).is_err());
    }
}
