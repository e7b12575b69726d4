//! The answer of an engine -> what it found.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::{
    Facet, FacetCount, FacetName,
    engine::{document::Returned, request::facet_fields},
    search::{facets::count_written, weights::ENOUGH},
    store::schema::FacetValue,
};

/// The documents that an engine found.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The number of documents that match.
    pub(crate) total: usize,
    /// The best of them.
    pub(crate) documents: Vec<Returned>,
    /// The values that were counted, by field.
    counts: HashMap<String, Vec<(String, usize)>>,
    /// Whether a part of the index could not be searched.
    pub(crate) is_partial: bool,
}

/// An answer as engines write it, each some of the keys.
#[derive(Deserialize)]
struct Written {
    num_hits: Option<usize>,
    hits: Hits,
    #[serde(default)]
    errors: Vec<serde_json::Value>,
    #[serde(default)]
    timed_out: bool,
    #[serde(rename = "_shards")]
    shards: Option<Shards>,
    #[serde(default)]
    aggregations: HashMap<String, Counted>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Hits {
    Quickwit(Vec<Returned>),
    OpenSearch { total: Total, hits: Vec<Source> },
}

#[derive(Deserialize)]
struct Total {
    value: usize,
}

#[derive(Deserialize)]
struct Source {
    #[serde(rename = "_source")]
    source: Returned,
}

#[derive(Deserialize)]
struct Shards {
    #[serde(default)]
    failed: usize,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    buckets: Vec<Bucket>,
}

#[derive(Deserialize)]
struct Bucket {
    key: String,
    doc_count: usize,
}

impl Answer {
    /// Reads an answer.
    pub(crate) fn read(json: &str) -> serde_json::Result<Answer> {
        let written: Written = serde_json::from_str(json)?;
        let (total, documents) = match written.hits {
            Hits::Quickwit(documents) => (written.num_hits.unwrap_or(documents.len()), documents),
            Hits::OpenSearch { total, hits } => {
                let documents = hits.into_iter().map(|hit| hit.source);
                (total.value, documents.collect())
            }
        };
        let counts = written.aggregations.into_iter().map(|(field, counted)| {
            let buckets = counted.buckets.into_iter();
            let values = buckets.map(|bucket| (bucket.key, bucket.doc_count));
            (field, values.collect())
        });
        Ok(Answer {
            total,
            documents,
            counts: counts.collect(),
            is_partial: written.timed_out
                || !written.errors.is_empty()
                || written.shards.is_some_and(|shards| shards.failed > 0),
        })
    }

    /// Adds documents of `others` that are not here, up to `most`.
    pub(crate) fn fill(&mut self, others: Answer, most: usize) {
        let known: HashSet<String> = self
            .documents
            .iter()
            .map(|found| found.key.clone())
            .collect();
        let room = most.saturating_sub(self.documents.len());
        let others_found = others.documents.into_iter();
        let new = others_found.filter(|found| !known.contains(&found.key));
        self.documents.extend(new.take(room));
        self.total = self.total.max(others.total.min(ENOUGH));
        self.is_partial |= others.is_partial;
    }

    /// Returns the values of facets as they are counted here: those that differ in spelling are one.
    pub(crate) fn facets(&self, names: &[FacetName]) -> BTreeMap<FacetName, Vec<FacetCount>> {
        let mut counts = BTreeMap::new();
        for name in names {
            let fields = facet_fields(*name).iter();
            for (written, count) in fields.filter_map(|field| self.counts.get(*field)).flatten() {
                let facet = Facet::new(*name, written);
                let key = FacetValue::key(&facet);
                let value = FacetValue {
                    name: *name,
                    key,
                    written,
                };
                *counts.entry(value.encode()).or_default() += count;
            }
        }
        count_written(counts, names)
    }
}
