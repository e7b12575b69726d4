//! The documents that pages and tools are made of: those of an index, or of an engine.

use hotseat::{
    DocId, FacetCount, FacetName, Highlight, Index, QaDocument, Query, Result, Results, Suggestion,
};

/// An index, or an engine that holds the documents. The methods are those of [`Index`].
#[cfg_attr(
    not(feature = "serve"),
    expect(dead_code, reason = "pages ask for more than tools")
)]
pub(crate) trait Backend: Send + Sync {
    fn search(&self, query: &Query) -> Result<Results>;
    fn highlight(&self, query: &Query, id: DocId) -> Result<Option<Highlight>>;
    fn find(&self, name: &str) -> Result<Option<QaDocument>>;
    fn list(&self, query: &Query) -> Result<Vec<QaDocument>>;
    fn similar(&self, id: DocId, limit: usize) -> Result<Results>;
    fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>>;
    fn complete(&self, text: &str, limit: usize) -> Result<Vec<String>>;
    fn closest_value(&self, name: FacetName, value: &str) -> Result<Option<String>>;
    fn state(&self) -> u64;
    fn reload(&self) -> Result<()>;

    /// Returns whether the same state gives the same answers.
    fn is_known_by_state(&self) -> bool;

    /// Returns the title of a guide, if it takes little to know.
    fn guide_title(&self, guide: &str) -> Result<Option<String>>;

    /// Returns the documents before and after `document` in its guide.
    fn neighbors(&self, document: &QaDocument) -> Result<[Option<QaDocument>; 2]>;

    fn facets(&self, name: FacetName, query: &Query) -> Result<Vec<FacetCount>> {
        let query = query.clone().facets(&[name]).limit(0);
        let mut results = self.search(&query)?;
        Ok(results.facets.remove(&name).unwrap_or_default())
    }
}

impl Backend for Index {
    fn search(&self, query: &Query) -> Result<Results> {
        self.search(query)
    }

    fn highlight(&self, query: &Query, id: DocId) -> Result<Option<Highlight>> {
        self.highlight(query, id)
    }

    fn find(&self, name: &str) -> Result<Option<QaDocument>> {
        self.find(name)
    }

    fn list(&self, query: &Query) -> Result<Vec<QaDocument>> {
        self.list(query)
    }

    fn similar(&self, id: DocId, limit: usize) -> Result<Results> {
        self.similar(id, limit)
    }

    fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>> {
        self.suggest(query)
    }

    fn complete(&self, text: &str, limit: usize) -> Result<Vec<String>> {
        self.complete(text, limit)
    }

    fn closest_value(&self, name: FacetName, value: &str) -> Result<Option<String>> {
        self.closest_value(name, value)
    }

    fn state(&self) -> u64 {
        self.state()
    }

    fn reload(&self) -> Result<()> {
        self.reload()
    }

    fn is_known_by_state(&self) -> bool {
        true
    }

    fn guide_title(&self, guide: &str) -> Result<Option<String>> {
        let first = self.search(&Query::new("").guide(guide).limit(1))?.hits;
        Ok(first.into_iter().next().map(|hit| hit.guide_title))
    }

    fn neighbors(&self, document: &QaDocument) -> Result<[Option<QaDocument>; 2]> {
        let before = match document.line {
            0 | 1 => None,
            line => self.at(&document.guide, line - 1)?,
        };
        Ok([before, next(self, document)?])
    }
}

/// Returns the document after `document` in its guide. The index knows which one a line is of, so the
/// first line of another is looked for in steps that double, and then between the last two.
fn next(index: &Index, document: &QaDocument) -> Result<Option<QaDocument>> {
    let at = |line| {
        let found = index.at(&document.guide, line);
        found.map(|found| found.filter(|found| found.id != document.id))
    };
    let mut own = document.line;
    let mut step = document.answer.lines().count().max(1);
    let mut other = loop {
        match at(own + step)? {
            Some(found) => break found,
            // No guide is so long.
            None if step > MOST_LINES => return Ok(None),
            None => own += step,
        }
        step *= 2;
    };
    while other.line > own + 1 {
        let middle = own + (other.line - own) / 2;
        match at(middle)? {
            Some(found) => other = found,
            None => own = middle,
        }
    }
    Ok(Some(other))
}

/// A guide is at most 16 MiB, so it has no more lines.
const MOST_LINES: usize = 1 << 24;
