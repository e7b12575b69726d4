//! Markup in a text: which format it is written in.

use serde::{Deserialize, Serialize};

/// The format of a text: whether its signs mean something or are just signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TextFormat {
    /// Markdown: `**kwargs**` is a bold word.
    #[default]
    Markdown,
    /// Plain text: `**kwargs**` has four stars.
    Plain,
}
