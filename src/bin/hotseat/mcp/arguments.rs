//! Arguments of a tool, as models send them: read as they are meant, or refused with a remedy.

use serde_json::{Map, Value};

/// The arguments of one call.
pub(super) struct Arguments<'a> {
    values: &'a Map<String, Value>,
    /// The names asked for, each with the other one that is taken for it.
    known: Vec<[&'static str; 2]>,
    /// Arguments that cannot be read, and how they are given.
    wrong: Vec<String>,
    /// Remarks on what was read in another way than sent.
    pub(super) notes: Vec<String>,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(values: &'a Map<String, Value>) -> Arguments<'a> {
        Arguments {
            values,
            known: Vec::new(),
            wrong: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Returns the argument that has one of two names, the second in case a model takes another.
    fn get(&mut self, name: &'static str, other: &'static str) -> Option<&'a Value> {
        self.known.push([name, other]);
        let value = self.values.get(name).or_else(|| self.values.get(other));
        value.filter(|value| !value.is_null())
    }

    /// Returns texts, of one or of a list.
    pub(super) fn texts(&mut self, name: &'static str, other: &'static str) -> Vec<String> {
        let Some(value) = self.get(name, other) else {
            return Vec::new();
        };
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let texts: Option<Vec<String>> = values.iter().map(text).collect();
        let Some(mut texts) = texts else {
            self.wrong
                .push(format!("{name} must be a string or a list of strings"));
            return Vec::new();
        };
        texts.retain(|text| !text.is_empty());
        texts
    }

    pub(super) fn text(&mut self, name: &'static str, other: &'static str) -> Option<String> {
        let texts = self.texts(name, other);
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// Returns a number, moved into `least` to `most`: a model that asks for too many hits wants many,
    /// not an error.
    pub(super) fn number(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let value = self.get(name, name)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|number: &f64| !number.is_nan()) else {
            self.wrong
                .push(format!("{name} must be a whole number, {least} to {most}"));
            return None;
        };
        // Casts of numbers without end are those at the end of the range.
        let clamped = (number as u64).clamp(least, most);
        if clamped as f64 != number {
            self.notes.push(format!(
                "{name} was taken as {clamped}: it is a whole number, {least} to {most}"
            ));
        }
        Some(clamped)
    }

    /// Fails for arguments that cannot be read, and for those that nobody asked for: a filter that is
    /// passed over would give an answer to another question.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut wrong = self.wrong.clone();
        let is_known = |name: &str| self.known.iter().flatten().any(|known| *known == name);
        let unknown = self.values.keys().filter(|name| !is_known(name));
        for name in unknown.take(5) {
            let name: String = name.chars().take(30).collect();
            wrong.push(format!("there is no argument {name:?}"));
        }
        if wrong.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.known.iter().map(|[name, _]| *name).collect();
        Err(format!(
            "{}; the arguments are {}",
            wrong.join("; "),
            names.join(", ")
        ))
    }
}
