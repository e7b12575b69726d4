//! A [`Facet`]: a name and a value to filter and count by, such as level = senior.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

/// The name of a property that documents are filtered and counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FacetName {
    /// A tag of the guide or of the document.
    Tag,
    /// The guide's category.
    Category,
    /// The seniority that the question is for.
    Level,
    /// The title of a section above the document.
    Section,
    /// The guide's path, or a folder above it.
    Guide,
    /// `question` or `passage`.
    Kind,
}

impl FacetName {
    /// Every facet, in the order in which they are shown.
    pub const ALL: [FacetName; 6] = [
        FacetName::Tag,
        FacetName::Category,
        FacetName::Level,
        FacetName::Section,
        FacetName::Guide,
        FacetName::Kind,
    ];

    /// Returns the name as typed in a query, such as `tag`.
    pub fn as_str(self) -> &'static str {
        match self {
            FacetName::Tag => "tag",
            FacetName::Category => "category",
            FacetName::Level => "level",
            FacetName::Section => "section",
            FacetName::Guide => "guide",
            FacetName::Kind => "kind",
        }
    }
}

impl fmt::Display for FacetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error for a text that is not the name of a facet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no facet is called {0:?}; there are tag, category, level, section, guide and kind")]
pub struct ParseFacetNameError(String);

impl FromStr for FacetName {
    type Err = ParseFacetNameError;

    fn from_str(text: &str) -> Result<FacetName, ParseFacetNameError> {
        FacetName::ALL
            .into_iter()
            .find(|name| text.eq_ignore_ascii_case(name.as_str()))
            .ok_or_else(|| ParseFacetNameError(text.to_owned()))
    }
}

/// A named value, compared without regard to case and to how its words are joined.
///
/// ```
/// use hotseat::{Facet, FacetName};
///
/// let written = Facet::new(FacetName::Tag, "Data Structures");
/// assert_eq!(written, Facet::new(FacetName::Tag, "data-structures"));
/// assert_eq!(written.key(), "data-structures");
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Value", into = "Value")]
pub struct Facet {
    name: FacetName,
    key: String,
    written: String,
}

/// A facet as serde has it: any spelling of the value is read.
#[derive(Serialize, Deserialize)]
struct Value {
    name: FacetName,
    value: String,
}

impl From<Value> for Facet {
    fn from(Value { name, value }: Value) -> Facet {
        Facet::new(name, &value)
    }
}

impl From<Facet> for Value {
    fn from(facet: Facet) -> Value {
        let value = match facet.name {
            FacetName::Guide => facet.written,
            _ => facet.key,
        };
        Value {
            name: facet.name,
            value,
        }
    }
}

impl Facet {
    /// Returns the facet `name` with the value `value`, in any spelling.
    pub fn new(name: FacetName, value: &str) -> Facet {
        // Control characters are in no value that anybody types.
        let separator = |c: char| c.is_whitespace() || c.is_control() || c == '-' || c == '_';
        let mut key = String::with_capacity(value.len());
        for word in value.split(separator).filter(|word| !word.is_empty()) {
            if !key.is_empty() {
                key.push('-');
            }
            key.push_str(word);
        }
        Facet {
            name,
            key: key.to_lowercase(),
            written: value.to_owned(),
        }
    }

    /// Returns the name of the facet that the value belongs to.
    pub fn name(&self) -> FacetName {
        self.name
    }

    /// Returns the value in lower case, its words joined by `-`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the value as it was given: two guides may differ in the case of their names alone.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    fn identity(&self) -> (FacetName, &str) {
        (self.name, &self.key)
    }
}

impl PartialEq for Facet {
    fn eq(&self, other: &Facet) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Facet {}

impl PartialOrd for Facet {
    fn partial_cmp(&self, other: &Facet) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Facet {
    fn cmp(&self, other: &Facet) -> Ordering {
        self.identity().cmp(&other.identity())
    }
}

impl Hash for Facet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_what_tells_programming_words_apart() {
        let keys = ["C++", "C#", ".NET", "3.10", " CI/CD ", "node_js"]
            .map(|value| Facet::new(FacetName::Tag, value).key);
        assert_eq!(keys, ["c++", "c#", ".net", "3.10", "ci/cd", "node-js"]);
    }
}
