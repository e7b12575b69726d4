//! The description of the fields that an engine is given before it is given documents.

use serde_json::{Value, json};

use crate::engine::{ExportFormat, field};

/// The use of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Stems, which are found and scored.
    Stems,
    /// A name, which is found whole, and counted.
    Name,
    /// Several of them.
    Names,
    Number,
    Flag,
    /// Only returned.
    Shown,
}

const FIELDS: [(&str, Use); 23] = [
    (field::KEY, Use::Name),
    (field::ID, Use::Name),
    ("guide", Use::Name),
    ("line", Use::Number),
    ("kind", Use::Name),
    ("question", Use::Shown),
    ("answer", Use::Shown),
    ("format", Use::Shown),
    ("sections", Use::Names),
    ("tags", Use::Names),
    ("inferred_tags", Use::Names),
    ("category", Use::Name),
    ("level", Use::Name),
    ("answered", Use::Flag),
    ("guide_title", Use::Name),
    ("language", Use::Name),
    ("place", Use::Shown),
    ("payload", Use::Shown),
    (field::FACETS, Use::Names),
    (field::STEMS, Use::Stems),
    (field::QUESTION_STEMS, Use::Stems),
    (field::CONTEXT_STEMS, Use::Stems),
    (field::COMMIT, Use::Number),
];

/// Returns the description of an index called `name`; `None` of documents for any program.
pub(crate) fn mapping(format: ExportFormat, name: &str) -> Option<Value> {
    match format {
        ExportFormat::Ndjson => None,
        ExportFormat::OpenSearch => Some(opensearch()),
        ExportFormat::Quickwit => Some(quickwit(name)),
    }
}

fn opensearch() -> Value {
    let mut properties = serde_json::Map::new();
    for (name, used) in FIELDS {
        let field = match used {
            Use::Stems => json!({"type": "text", "analyzer": "whitespace"}),
            // Longer ones are no names, and an engine would refuse the document.
            Use::Name | Use::Names => json!({"type": "keyword", "ignore_above": 1000}),
            Use::Number => json!({"type": "long"}),
            Use::Flag => json!({"type": "boolean"}),
            Use::Shown => json!({"type": "keyword", "index": false, "doc_values": false}),
        };
        properties.insert(name.to_owned(), field);
    }
    json!({
        "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 1}},
        "mappings": {"dynamic": false, "properties": properties},
    })
}

fn quickwit(name: &str) -> Value {
    let mut mappings = Vec::new();
    for (name, used) in FIELDS {
        mappings.push(match used {
            // Without the lengths of fields there are no scores, and they are off by default.
            Use::Stems => json!({
                "name": name, "type": "text", "tokenizer": "whitespace", "record": "position",
                "fieldnorms": true, "stored": false,
            }),
            Use::Name => json!({"name": name, "type": "text", "tokenizer": "raw", "fast": true}),
            Use::Names => {
                json!({"name": name, "type": "array<text>", "tokenizer": "raw", "fast": true})
            }
            Use::Number => json!({"name": name, "type": "u64", "fast": true}),
            Use::Flag => json!({"name": name, "type": "bool", "fast": true}),
            Use::Shown => json!({"name": name, "type": "text", "indexed": false}),
        });
    }
    json!({
        "version": "0.8",
        "index_id": name,
        "doc_mapping": {"mode": "lenient", "field_mappings": mappings},
        "search_settings": {"default_search_fields": [field::STEMS]},
        "indexing_settings": {"commit_timeout_secs": 30},
    })
}
