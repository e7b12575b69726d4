//! A query and one document -> [`Highlight`]: the matches in the whole document.

use std::ops::Range;

use crate::{
    DocId, QaDocument, Query, Snippet,
    search::{
        bounds, find, plan,
        query::Parsed,
        snippet::{Highlighter, marked, spans},
    },
    store::snapshot::Snapshot,
    text::abbreviation::Table,
};

/// A document with the places that match a query, whether the query finds it or not.
///
/// A [`Hit`](crate::Hit) has the part of an answer that matches best; this is for showing all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Highlight {
    /// The document.
    pub document: QaDocument,
    /// Its question with the matches marked.
    pub marked_question: Snippet,
    /// The bytes of its answer that match, in order; no two touch.
    pub matches: Vec<Range<usize>>,
    /// The bytes of its answer that a hit shows as its snippet; none if nothing in it matches.
    pub passage: Option<Range<usize>>,
}

/// Returns the document that `id` names with what `query`, which is read as `parsed`, matches in it.
pub(crate) fn highlight(
    snapshot: &Snapshot<'_>,
    own: &Table,
    query: &Query,
    parsed: &Parsed,
    id: DocId,
) -> tantivy::Result<Option<Highlight>> {
    let Some(address) = snapshot.find(id)? else {
        return Ok(None);
    };
    let document = snapshot.document(address)?;
    let (parsed, work) = bounds::bounded(parsed.clone(), snapshot)?;
    let mut plan = plan::plan(&parsed, query, snapshot, own, work)?;
    if let Some(words) = parsed.as_words()
        && find(snapshot, &plan, 0)?.total == 0
    {
        plan = plan::plan(&words, query, snapshot, own, work)?;
    }
    let mut highlighter = Highlighter::new(&plan.marks);
    let length = query.snippet_length;
    let (matches, passage) = spans(&document, &mut highlighter, length);
    Ok(Some(Highlight {
        marked_question: marked(&document.question, &mut highlighter),
        matches,
        passage,
        document,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Index;

    #[test]
    fn all_matches_of_an_answer_are_told_with_the_part_of_the_snippet() {
        let answer = "Nothing here.\n\nA **lock** is held.\nLocks `lock()` others out.\n";
        let question = QaDocument::new("a.md", "What is a lock?", answer);
        let id = question.id;
        let index = Index::in_memory([question]).unwrap();
        let highlight = |text: &str| {
            let query = Query::new(text).snippet_length(30);
            index.highlight(&query, id).unwrap().unwrap()
        };
        let of_locks = highlight("lock");
        let texts: Vec<&str> = of_locks
            .matches
            .iter()
            .map(|m| &answer[m.clone()])
            .collect();
        assert_eq!(texts, ["lock", "Locks", "lock"]);
        let passage = &answer[highlight("others").passage.unwrap()];
        assert_eq!(passage, "Locks `lock()` others out.");
        assert_eq!(
            of_locks.marked_question.to_html(),
            "What is a <mark>lock</mark>?"
        );
        // A phrase that no document has is searched as words.
        assert_eq!(highlight("\"others held\"").matches.len(), 2);
        // What the query does not find is shown without marks.
        assert_eq!(highlight("cat").passage, None);
        assert_eq!(
            index
                .highlight(&Query::new("lock"), DocId::of_key(""))
                .unwrap(),
            None
        );
    }
}
