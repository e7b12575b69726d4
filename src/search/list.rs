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
    let plan = plan::plan(parsed, query, snapshot, own, u64::MAX)?;
    let Some(tier) = find(snapshot, &plan, 0)?.tier else {
        return Ok(Vec::new());
    };
    let found = snapshot
        .searcher
        .search(&*plan.tiers[tier].query, &DocSetCollector)?;
    let mut addresses: Vec<DocAddress> = found.into_iter().collect();
    addresses.sort_unstable();
    let documents = addresses.iter().map(|address| snapshot.document(*address));
    let mut documents = documents.collect::<tantivy::Result<Vec<QaDocument>>>()?;
    // By the documents themselves, for a look at the column of their guides costs as much as reading them.
    documents.sort_by(|a, b| (&a.guide, a.line).cmp(&(&b.guide, b.line)));
    Ok(documents)
}
