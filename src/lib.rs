//! Full-text search over interview guides.

mod abbreviation;
mod analyzer;
mod document;
mod error;
mod facet;
mod guide;
mod index;
mod query;
mod rank;
mod schema;
mod score;
mod search;
mod snippet;
mod spelling;
mod split;
mod walk;

pub use abbreviation::Abbreviation;
pub use document::{DocId, Kind, ParseDocIdError, QaDocument};
pub use error::{Error, Result};
pub use facet::{Facet, FacetName, ParseFacetNameError};
pub use guide::{Block, BlockKind, FrontMatter, Guide, Warning};
pub use index::{Index, Update};
pub use query::Query;
pub use search::{FacetCount, Hit, Results, ScorePart};
pub use snippet::{Piece, Snippet};
pub use split::split;
