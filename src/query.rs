//! A [`Query`]: what is asked, and how much of the answer is wanted.

use crate::{Facet, FacetName, Kind};

/// What is asked: a text in the query language, facets to filter by, and how much to return.
///
/// The text is words; `"an exact phrase"`; `-word` and `-"phrase"` to exclude; `OR`; `prefix*`;
/// `question:word` and `answer:word`; and a facet's name with a value, `tag:python`,
/// `section:"technical questions"`, `-tag:flask`. Everything else is text. Several values of one
/// facet are alternatives; different facets narrow.
///
/// Every value is a valid query; what it configures, it configures by value:
///
/// ```
/// use hotseat::Query;
///
/// let query = Query::new("borrow checker").tag("rust").level("senior").limit(5);
/// # let _ = query;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub(crate) text: String,
    pub(crate) wanted: Vec<Facet>,
    pub(crate) unwanted: Vec<Facet>,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) facets: Vec<FacetName>,
    pub(crate) full: bool,
    pub(crate) explain: bool,
    pub(crate) snippet_length: usize,
    pub(crate) fragments: usize,
}

impl Query {
    /// Returns a query for `text`: the first ten hits, each with a snippet of one fragment.
    ///
    /// An empty text asks for every document, by guide and line.
    pub fn new(text: impl Into<String>) -> Query {
        Query {
            text: text.into(),
            wanted: Vec::new(),
            unwanted: Vec::new(),
            limit: 10,
            offset: 0,
            facets: Vec::new(),
            full: false,
            explain: false,
            snippet_length: 240,
            fragments: 1,
        }
    }

    /// Narrows to documents with `facet`, or with another value of the same facet that was asked for.
    pub fn filter(mut self, facet: Facet) -> Query {
        self.wanted.push(facet);
        self
    }

    /// Leaves out documents with `facet`.
    pub fn exclude(mut self, facet: Facet) -> Query {
        self.unwanted.push(facet);
        self
    }

    /// Narrows to documents with the tag, in any spelling.
    pub fn tag(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Tag, value))
    }

    /// Narrows to guides of the category.
    pub fn category(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Category, value))
    }

    /// Narrows to questions of the level.
    pub fn level(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Level, value))
    }

    /// Narrows to documents below a heading with this title.
    pub fn section(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Section, value))
    }

    /// Narrows to one guide, or to the guides of a folder.
    pub fn guide(self, path: &str) -> Query {
        self.filter(Facet::new(FacetName::Guide, path))
    }

    /// Narrows to questions or to passages.
    pub fn kind(self, kind: Kind) -> Query {
        self.filter(Facet::new(FacetName::Kind, kind.as_str()))
    }

    /// Returns at most `hits` hits.
    pub fn limit(mut self, hits: usize) -> Query {
        self.limit = hits;
        self
    }

    /// Leaves out the first `hits` hits.
    pub fn offset(mut self, hits: usize) -> Query {
        self.offset = hits;
        self
    }

    /// Counts the values of these facets over all that is found.
    pub fn facets(mut self, names: &[FacetName]) -> Query {
        self.facets = names.to_vec();
        self
    }

    /// Sets whether hits come with their whole answer.
    pub fn full(mut self, full: bool) -> Query {
        self.full = full;
        self
    }

    /// Sets whether the results say how the text was understood and what each score is made of.
    pub fn explain(mut self, explain: bool) -> Query {
        self.explain = explain;
        self
    }

    /// Sets the greatest length of a snippet, in characters.
    pub fn snippet_length(mut self, characters: usize) -> Query {
        self.snippet_length = characters;
        self
    }

    /// Lets a snippet have up to `fragments` parts of its answer, where one can't show every word.
    pub fn fragments(mut self, fragments: usize) -> Query {
        self.fragments = fragments;
        self
    }
}
