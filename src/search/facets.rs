//! Counts the values of facets over all that a query finds.

use std::collections::BTreeMap;

use tantivy::{
    DocId as EntryId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::StrColumn,
};

use crate::{
    FacetCount, FacetName,
    store::schema::{FacetValue, column},
    store::snapshot::Snapshot,
};

/// Counts the values of the facets `names` over all that `query` finds.
pub(crate) fn count_facets(
    snapshot: &Snapshot<'_>,
    query: &dyn tantivy::query::Query,
    names: &[FacetName],
) -> tantivy::Result<BTreeMap<FacetName, Vec<FacetCount>>> {
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(count_written(
        snapshot.searcher.search(query, &Spellings)?,
        names,
    ))
}

/// Returns the counts of the facets `names`, of values as the index has them: of those that differ in
/// spelling as one value.
pub(crate) fn count_written(
    spellings: BTreeMap<String, usize>,
    names: &[FacetName],
) -> BTreeMap<FacetName, Vec<FacetCount>> {
    let mut counts: BTreeMap<FacetName, Vec<FacetCount>> =
        names.iter().map(|name| (*name, Vec::new())).collect();
    for ((name, _), spellings) in merge_spellings(spellings) {
        if let Some(values) = counts.get_mut(&name) {
            values.push(facet_count(spellings));
        }
    }
    for values in counts.values_mut() {
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    counts
}

/// The ways in which a value is written, and how often each.
type Written = Vec<(String, usize)>;

/// Groups what is written in several ways: `Data Structures` and `data-structures`.
fn merge_spellings(spellings: BTreeMap<String, usize>) -> BTreeMap<(FacetName, String), Written> {
    let mut merged: BTreeMap<(FacetName, String), Written> = BTreeMap::new();
    for (path, count) in spellings {
        if let Some(value) = FacetValue::decode(&path) {
            let key = (value.name, value.key.to_owned());
            let written = merged.entry(key).or_default();
            written.push((value.written.to_owned(), count));
        }
    }
    merged
}

/// Returns the count of a value, under the spelling that is most frequent.
fn facet_count(written: Written) -> FacetCount {
    let count = written.iter().map(|(_, count)| count).sum();
    let most = written
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    FacetCount {
        value: most.map(|(value, _)| value).unwrap_or_default(),
        count,
    }
}

/// Counts the facets of the entries that are found, each by its path.
struct Spellings;

struct SegmentSpellings {
    facets: Option<StrColumn>,
    /// The number of entries with each of the segment's facets.
    counts: Vec<usize>,
}

impl Collector for Spellings {
    type Fruit = BTreeMap<String, usize>;
    type Child = SegmentSpellings;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentSpellings> {
        let facets = reader.fast_fields().str(column::FACET_VALUES)?;
        let counts = vec![0; facets.as_ref().map_or(0, |facets| facets.num_terms())];
        Ok(SegmentSpellings { facets, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<Vec<(String, usize)>>>,
    ) -> tantivy::Result<BTreeMap<String, usize>> {
        let mut counts = BTreeMap::new();
        for segment in segments {
            for (path, count) in segment? {
                *counts.entry(path).or_default() += count;
            }
        }
        Ok(counts)
    }
}

impl SegmentCollector for SegmentSpellings {
    type Fruit = tantivy::Result<Vec<(String, usize)>>;

    fn collect(&mut self, entry: EntryId, _: Score) {
        if let Some(facets) = &self.facets {
            for ord in facets.ords().values_for_doc(entry) {
                self.counts[ord as usize] += 1;
            }
        }
    }

    fn harvest(self) -> tantivy::Result<Vec<(String, usize)>> {
        let Some(facets) = &self.facets else {
            return Ok(Vec::new());
        };
        let counted: Vec<u64> = (0..)
            .zip(&self.counts)
            .filter(|(_, count)| **count > 0)
            .map(|(ord, _)| ord)
            .collect();
        let mut counts = counted.iter().map(|ord| self.counts[*ord as usize]);
        let mut paths = Vec::with_capacity(counted.len());
        facets
            .dictionary()
            .sorted_ords_to_term_cb(&counted, |path| {
                let count = counts.next().unwrap_or_default();
                paths.push((String::from_utf8_lossy(path).into_owned(), count));
            })?;
        Ok(paths)
    }
}
