//! Full-text search over interview guides.

mod document;
mod error;
mod facet;
mod guide;
mod split;
mod walk;

pub use document::{DocId, Kind, ParseDocIdError, QaDocument};
pub use error::{Error, Result};
pub use facet::{Facet, FacetName, ParseFacetNameError};
pub use guide::{Block, BlockKind, FrontMatter, Guide, Warning};
pub use split::{
    Explanation, FurnitureExplanation, RegionExplanation, ShapeExplanation, explain, split,
};
