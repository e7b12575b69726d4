//! Every document that a query finds, in the order of the guides.

use tantivy::{DocAddress, collector::DocSetCollector};

use crate::{
    QaDocument, Query,
    search::{find, plan, query::Parsed},
    store::snapshot::Snapshot,
    text::abbreviation::Table,
};

/// Returns the documents that `parsed`, the text of `query`, finds, by guide and line.
pub(crate) fn list(
    snapshot: &Snapshot<'_>,
    own: &Table,
    query: &Query,
    parsed: &Parsed,
) -> tantivy::Result<Vec<QaDocument>> {
    let plan = plan::plan(parsed, query, snapshot, own)?;
    let Some(tier) = find(snapshot, &plan, 0)?.tier else {
        return Ok(Vec::new());
    };
    let found = snapshot
        .searcher
        .search(&*plan.tiers[tier].query, &DocSetCollector)?;
    let mut placed: Vec<(_, DocAddress)> = found
        .into_iter()
        .map(|address| (snapshot.place(address), address))
        .collect();
    placed.sort();
    let documents = placed
        .iter()
        .map(|(_, address)| snapshot.document(*address));
    documents.collect()
}
