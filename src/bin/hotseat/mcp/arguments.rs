//! Arguments of a tool, as models send them: read as they are meant, or refused with a remedy.

use serde_json::{Map, Value};

/// The arguments of one call.
pub(super) struct Arguments<'a> {
    values: &'a Map<String, Value>,
    known: Vec<&'static str>,
    /// Remarks on what was read in another way than sent.
    pub(super) notes: Vec<String>,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(values: &'a Map<String, Value>) -> Arguments<'a> {
        Arguments {
            values,
            known: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Returns the argument that has one of two names, the second in case a model takes another.
    fn get(&mut self, name: &'static str, other: &'static str) -> Option<&'a Value> {
        self.known.extend([name, other]);
        let value = self.values.get(name).or_else(|| self.values.get(other));
        value.filter(|value| !value.is_null())
    }

    /// Returns texts, of one or of a list.
    pub(super) fn texts(&mut self, name: &'static str, other: &'static str) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let texts: Vec<String> = match self.get(name, other) {
            Some(Value::Array(values)) => values.iter().filter_map(text).collect(),
            Some(value) => text(value).into_iter().collect(),
            None => Vec::new(),
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    pub(super) fn text(&mut self, name: &'static str, other: &'static str) -> Option<String> {
        let texts = self.texts(name, other);
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// Returns a number, moved into `least` to `most`.
    pub(super) fn number(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let value = self.get(name, name)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|number: &f64| !number.is_nan()) else {
            self.notes
                .push(format!("{name} is not a number and was ignored"));
            return None;
        };
        // Casts of numbers without end are those at the end of the range.
        let whole = number as u64;
        let clamped = whole.clamp(least, most);
        if clamped != whole || number < 0.0 {
            self.notes.push(format!("{name} was taken as {clamped}"));
        }
        Some(clamped)
    }

    /// Returns the remarks, among them one on arguments that nobody asked for.
    pub(super) fn notes(mut self) -> Vec<String> {
        let unknown: Vec<&str> = self
            .values
            .keys()
            .map(String::as_str)
            .filter(|name| !self.known.contains(name))
            .take(5)
            .collect();
        if !unknown.is_empty() {
            let names: Vec<String> = unknown
                .iter()
                .map(|name| name.chars().take(30).collect())
                .collect();
            self.notes.push(format!("ignored: {}", names.join(", ")));
        }
        self.notes
    }
}
