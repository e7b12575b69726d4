//! An engine on plain tantivy that speaks as much of OpenSearch and Quickwit as hotseat says, with the
//! mapping that it is given: documents are found by the words that an export has, and nothing else is known.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use tantivy::{
    Index, TantivyDocument, Term,
    collector::{Count, DocSetCollector, TopDocs},
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query,
        QueryParser, TermQuery,
    },
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
        Value as _,
    },
    tokenizer::{TextAnalyzer, WhitespaceTokenizer},
};

/// The indexes of an engine.
#[derive(Default)]
pub(crate) struct Engine {
    pub(crate) indexes: BTreeMap<String, Documents>,
    pub(crate) aliases: BTreeMap<String, String>,
}

/// The documents of an index.
#[derive(Default)]
pub(crate) struct Documents {
    mapping: Value,
    meta: Value,
    pub(crate) documents: Vec<Value>,
    /// The places of documents of OpenSearch, by id.
    places: HashMap<String, usize>,
    /// The documents that are searched, until something changes.
    searched: Option<Searched>,
}

struct Searched {
    index: Index,
    number: Field,
}

type Answer = (u16, Value);

impl Engine {
    /// Answers a request, whose path begins with `/`.
    pub(crate) fn answer(&mut self, method: &str, url: &str, body: &str) -> Answer {
        let path = url.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (method, parts.as_slice()) {
            ("POST", ["api", "v1", "indexes"]) => {
                let mapping = parse(body);
                let name = mapping["index_id"].as_str().unwrap_or_default().to_owned();
                self.create(&name, mapping)
            }
            ("GET", ["api", "v1", "indexes", name]) => self.of(name, |_| (200, json!({}))),
            ("DELETE", ["api", "v1", "indexes", name]) => self.delete(name),
            ("POST", ["api", "v1", name, "ingest"]) => self.of(name, |index| index.ingest(body)),
            ("POST", ["api", "v1", name, "search"]) => {
                self.of(name, |index| index.search_quickwit(&parse(body)))
            }
            ("POST", ["api", "v1", name, "delete-tasks"]) => {
                self.of(name, |index| index.delete_task(&parse(body)))
            }
            ("GET", ["_alias", name]) => match self.aliases.get(*name) {
                Some(index) => (200, json!({(index.as_str()): {"aliases": {(*name): {}}}})),
                None => (404, json!({})),
            },
            ("POST", ["_aliases"]) => self.switch(&parse(body)),
            ("PUT", [name]) => self.create(name, parse(body)),
            ("GET", [name, "_mapping"]) => {
                let name = (*name).to_owned();
                self.of(&name.clone(), |index| {
                    (200, json!({(name): {"mappings": {"_meta": index.meta}}}))
                })
            }
            ("PUT", [name, "_mapping"]) => self.of(name, |index| {
                index.meta = parse(body)["_meta"].clone();
                (200, json!({"acknowledged": true}))
            }),
            ("POST", [name, "_bulk"]) => self.of(name, |index| index.bulk(body)),
            ("POST", [name, "_refresh"]) => self.of(name, |_| (200, json!({}))),
            ("GET", [name, "_count"]) => {
                self.of(name, |index| (200, json!({"count": index.documents.len()})))
            }
            ("POST", [name, "_search"]) => {
                self.of(name, |index| index.search_opensearch(&parse(body)))
            }
            _ => (404, json!({"error": format!("no route {method} {url}")})),
        }
    }

    fn of(&mut self, name: &str, answer: impl FnOnce(&mut Documents) -> Answer) -> Answer {
        let name = self.aliases.get(name).map_or(name, String::as_str);
        match self.indexes.get_mut(name) {
            Some(index) => answer(index),
            None => (404, json!({"error": {"type": "index_not_found_exception"}})),
        }
    }

    fn create(&mut self, name: &str, mapping: Value) -> Answer {
        if self.indexes.contains_key(name) {
            return (
                400,
                json!({"error": {"type": "resource_already_exists_exception"}}),
            );
        }
        let index = Documents {
            mapping,
            ..Documents::default()
        };
        self.indexes.insert(name.to_owned(), index);
        (200, json!({"acknowledged": true}))
    }

    fn delete(&mut self, name: &str) -> Answer {
        match self.indexes.remove(name) {
            Some(_) => (200, json!({})),
            None => (404, json!({})),
        }
    }

    fn switch(&mut self, body: &Value) -> Answer {
        for action in body["actions"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            if let Some(add) = action.get("add") {
                self.aliases
                    .insert(text(&add["alias"]), text(&add["index"]));
            } else if let Some(removed) = action.get("remove_index") {
                self.indexes.remove(&text(&removed["index"]));
            }
        }
        (200, json!({"acknowledged": true}))
    }
}

impl Documents {
    fn bulk(&mut self, body: &str) -> Answer {
        let mut items = Vec::new();
        let mut lines = body.lines();
        while let Some(line) = lines.next() {
            let action = parse(line);
            if let Some(id) = action["index"]["_id"].as_str() {
                let document = parse(lines.next().unwrap_or_default());
                match self.places.get(id) {
                    Some(place) => self.documents[*place] = document,
                    None => {
                        self.places.insert(id.to_owned(), self.documents.len());
                        self.documents.push(document);
                    }
                }
                items.push(json!({"index": {"status": 201}}));
            } else if let Some(id) = action["delete"]["_id"].as_str() {
                let place = self.places.remove(id);
                if let Some(place) = place {
                    self.documents.remove(place);
                    self.places.values_mut().for_each(|other| {
                        *other -= usize::from(*other > place);
                    });
                }
                items.push(json!({"delete": {"status": if place.is_some() { 200 } else { 404 }}}));
            }
        }
        self.searched = None;
        (200, json!({"errors": false, "items": items}))
    }

    fn ingest(&mut self, body: &str) -> Answer {
        self.documents.extend(body.lines().map(parse));
        self.searched = None;
        (
            200,
            json!({"num_docs_for_processing": body.lines().count(), "num_rejected_docs": 0}),
        )
    }

    fn delete_task(&mut self, body: &Value) -> Answer {
        let query = match self.quickwit_query(body["query"].as_str().unwrap_or_default()) {
            Ok(query) => query,
            Err(error) => return (400, json!({"message": error})),
        };
        let (searcher, number) = self.searcher();
        let mut found: Vec<usize> = searcher
            .search(&*query, &DocSetCollector)
            .expect("the index is in memory")
            .into_iter()
            .map(|address| self::number(&searcher, number, address))
            .collect();
        found.sort_unstable();
        for place in found.into_iter().rev() {
            self.documents.remove(place);
        }
        self.searched = None;
        (200, json!({"opstamp": 1}))
    }

    fn quickwit_query(&mut self, text: &str) -> Result<Box<dyn Query>, String> {
        self.searcher();
        let searched = self.searched.as_ref().expect("it was just made");
        let stems = searched
            .index
            .schema()
            .get_field("stems")
            .expect("the mapping has it");
        let mut parser = QueryParser::for_index(&searched.index, vec![stems]);
        parser.set_conjunction_by_default();
        parser
            .parse_query(text)
            .map_err(|error| format!("{error}: {text}"))
    }

    fn search_quickwit(&mut self, body: &Value) -> Answer {
        let query = match self.quickwit_query(body["query"].as_str().unwrap_or_default()) {
            Ok(query) => query,
            Err(error) => return (400, json!({"message": error})),
        };
        let (total, best, all) = self.found(&*query, body["max_hits"].as_u64().unwrap_or(20));
        let hits: Vec<&Value> = best.iter().map(|place| &self.documents[*place]).collect();
        let counts = self.counts(&body["aggs"], &all);
        (
            200,
            json!({
                "num_hits": total, "hits": hits, "elapsed_time_micros": 1, "errors": [],
                "aggregations": counts,
            }),
        )
    }

    fn search_opensearch(&mut self, body: &Value) -> Answer {
        self.searcher();
        let searched = self.searched.as_ref().expect("it was just made");
        let query = match opensearch_query(&searched.index.schema(), &body["query"]) {
            Some(query) => query,
            None => return (400, json!({"error": {"type": "parsing_exception"}})),
        };
        let (total, best, all) = self.found(&*query, body["size"].as_u64().unwrap_or(10));
        let excluded = body["_source"]["excludes"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let hits = best.iter().map(|place| {
            let mut source = self.documents[*place].clone();
            for field in excluded.iter().filter_map(Value::as_str) {
                source
                    .as_object_mut()
                    .expect("documents are objects")
                    .remove(field);
            }
            json!({"_id": source["key"], "_source": source})
        });
        let hits: Vec<Value> = hits.collect();
        let counts = self.counts(&body["aggs"], &all);
        (
            200,
            json!({
                "took": 1, "timed_out": false, "_shards": {"total": 1, "failed": 0},
                "hits": {"total": {"value": total, "relation": "eq"}, "hits": hits},
                "aggregations": counts,
            }),
        )
    }

    /// Returns how many documents a query finds, the places of the best, and those of all.
    fn found(&mut self, query: &dyn Query, most: u64) -> (usize, Vec<usize>, Vec<usize>) {
        let (searcher, field) = self.searcher();
        let total = searcher
            .search(query, &Count)
            .expect("the index is in memory");
        let all = searcher
            .search(query, &DocSetCollector)
            .expect("the index is in memory");
        let all = all
            .into_iter()
            .map(|address| number(&searcher, field, address));
        let mut best = Vec::new();
        if most > 0 {
            let top = TopDocs::with_limit(most as usize).order_by_score();
            for (_, address) in searcher
                .search(query, &top)
                .expect("the index is in memory")
            {
                best.push(number(&searcher, field, address));
            }
        }
        (total, best, all.collect())
    }

    fn counts(&self, asked: &Value, found: &[usize]) -> Value {
        let mut counts = serde_json::Map::new();
        for (name, asked) in asked.as_object().into_iter().flatten() {
            let field = asked["terms"]["field"].as_str().unwrap_or_default();
            let mut values: BTreeMap<&str, usize> = BTreeMap::new();
            for place in found {
                let value = &self.documents[*place][field];
                let all = value
                    .as_array()
                    .map_or(std::slice::from_ref(value), Vec::as_slice);
                for value in all.iter().filter_map(Value::as_str) {
                    *values.entry(value).or_default() += 1;
                }
            }
            let buckets = values
                .iter()
                .map(|(key, count)| json!({"key": key, "doc_count": count}));
            let buckets: Vec<Value> = buckets.collect();
            counts.insert(name.clone(), json!({"buckets": buckets}));
        }
        Value::Object(counts)
    }

    fn searcher(&mut self) -> (tantivy::Searcher, Field) {
        let searched = match self.searched.take() {
            Some(searched) => searched,
            None => self.build().expect("the index is in memory"),
        };
        let reader = searched.index.reader().expect("the index is in memory");
        let number = searched.number;
        self.searched = Some(searched);
        (reader.searcher(), number)
    }

    /// Indexes the documents as the mapping says.
    fn build(&self) -> tantivy::Result<Searched> {
        let mut schema = Schema::builder();
        let number = schema.add_u64_field("_number", STORED);
        let mut texts = Vec::new();
        let mut numbers = Vec::new();
        for (name, field) in self.fields() {
            match field {
                FieldKind::Text {
                    tokenizer,
                    option,
                    fieldnorms,
                } => {
                    let indexing = TextFieldIndexing::default()
                        .set_tokenizer(&tokenizer)
                        .set_index_option(option)
                        .set_fieldnorms(fieldnorms);
                    let options = TextOptions::default().set_indexing_options(indexing);
                    texts.push((name.clone(), schema.add_text_field(&name, options)));
                }
                FieldKind::Number => {
                    numbers.push((name.clone(), schema.add_u64_field(&name, INDEXED | FAST)));
                }
                FieldKind::Other => {}
            }
        }
        let index = Index::create_in_ram(schema.build());
        let whitespace = TextAnalyzer::builder(WhitespaceTokenizer::default()).build();
        index.tokenizers().register("whitespace", whitespace);
        let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
        for (place, document) in self.documents.iter().enumerate() {
            let mut entry = TantivyDocument::default();
            entry.add_u64(number, place as u64);
            for (name, field) in &texts {
                let value = &document[name];
                let all = value
                    .as_array()
                    .map_or(std::slice::from_ref(value), Vec::as_slice);
                for text in all.iter().filter_map(Value::as_str) {
                    entry.add_text(*field, text);
                }
            }
            for (name, field) in &numbers {
                entry.add_u64(*field, document[name].as_u64().unwrap_or(0));
            }
            writer.add_document(entry)?;
        }
        writer.commit()?;
        Ok(Searched { index, number })
    }

    fn fields(&self) -> Vec<(String, FieldKind)> {
        let mut fields = Vec::new();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for (name, field) in self.mapping["mappings"]["properties"]
            .as_object()
            .into_iter()
            .flatten()
        {
            let is_text = field["type"] == "text";
            fields.push((
                name.clone(),
                match field["type"].as_str() {
                    Some("text" | "keyword") if field["index"] != false => FieldKind::Text {
                        tokenizer: if is_text {
                            text(&field["analyzer"])
                        } else {
                            "raw".to_owned()
                        },
                        option: match is_text {
                            true => IndexRecordOption::WithFreqsAndPositions,
                            false => IndexRecordOption::Basic,
                        },
                        fieldnorms: is_text,
                    },
                    Some("long") => FieldKind::Number,
                    _ => FieldKind::Other,
                },
            ));
        }
        for field in self.mapping["doc_mapping"]["field_mappings"]
            .as_array()
            .into_iter()
            .flatten()
        {
            fields.push((
                text(&field["name"]),
                match field["type"].as_str() {
                    Some("text" | "array<text>") if field["indexed"] != false => FieldKind::Text {
                        tokenizer: text(&field["tokenizer"]),
                        option: match field["record"].as_str() {
                            Some("position") => IndexRecordOption::WithFreqsAndPositions,
                            Some("freq") => IndexRecordOption::WithFreqs,
                            _ => IndexRecordOption::Basic,
                        },
                        fieldnorms: field["fieldnorms"] == true,
                    },
                    Some("u64") => FieldKind::Number,
                    _ => FieldKind::Other,
                },
            ));
        }
        fields
    }
}

enum FieldKind {
    Text {
        tokenizer: String,
        option: IndexRecordOption,
        fieldnorms: bool,
    },
    Number,
    Other,
}

fn number(searcher: &tantivy::Searcher, field: Field, address: tantivy::DocAddress) -> usize {
    let document: TantivyDocument = searcher.doc(address).expect("the index is in memory");
    let number = document.get_first(field).and_then(|number| number.as_u64());
    number.expect("each document has a number") as usize
}

/// Returns the query that OpenSearch is asked for in JSON.
fn opensearch_query(schema: &Schema, query: &Value) -> Option<Box<dyn Query>> {
    let (name, asked) = query.as_object()?.iter().next()?;
    let term = |field: &str, text: &str| -> Option<Box<dyn Query>> {
        let term = Term::from_field_text(schema.get_field(field).ok()?, text);
        Some(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
    };
    let boosted = |query: Box<dyn Query>, boost: &Value| -> Box<dyn Query> {
        Box::new(BoostQuery::new(query, boost.as_f64().unwrap_or(1.0) as f32))
    };
    Some(match name.as_str() {
        "match_all" => Box::new(AllQuery),
        "term" => {
            let (field, asked) = asked.as_object()?.iter().next()?;
            boosted(term(field, asked["value"].as_str()?)?, &asked["boost"])
        }
        "terms" => {
            let (field, keys) = asked.as_object()?.iter().next()?;
            let keys = keys.as_array()?.iter();
            let terms = keys.map(|key| Some((Occur::Should, term(field, key.as_str()?)?)));
            Box::new(BooleanQuery::new(terms.collect::<Option<_>>()?))
        }
        "match_phrase" => {
            let (name, asked) = asked.as_object()?.iter().next()?;
            let field = schema.get_field(name).ok()?;
            let words = asked["query"].as_str()?.split(' ');
            let terms = words.map(|word| Term::from_field_text(field, word));
            boosted(Box::new(PhraseQuery::new(terms.collect())), &asked["boost"])
        }
        "bool" => {
            let all = |part: &str| -> Option<Vec<Box<dyn Query>>> {
                let part = asked[part].as_array().into_iter().flatten();
                part.map(|query| opensearch_query(schema, query)).collect()
            };
            let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for must in all("must")? {
                clauses.push((Occur::Must, must));
            }
            for filter in all("filter")? {
                clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(filter, 0.0))));
            }
            let should = all("should")?;
            if !should.is_empty() {
                let should = should
                    .into_iter()
                    .map(|query| (Occur::Should, query))
                    .collect();
                let least = asked["minimum_should_match"].as_u64().unwrap_or(1) as usize;
                let should = BooleanQuery::with_minimum_required_clauses(should, least);
                clauses.push((Occur::Must, Box::new(should)));
            }
            if clauses.is_empty() {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
            for not in all("must_not")? {
                clauses.push((Occur::MustNot, not));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        _ => return None,
    })
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Reads a request of `tiny_http`.
pub(crate) fn body(request: &mut tiny_http::Request) -> String {
    let mut body = String::new();
    // What is cut short is no request, and is answered to nobody.
    let _ = request.as_reader().read_to_string(&mut body);
    body
}

/// Sends an answer.
pub(crate) fn respond(request: tiny_http::Request, (status, body): (u16, Value)) {
    let response = tiny_http::Response::from_string(body.to_string()).with_status_code(status);
    // The client may be gone.
    let _ = request.respond(response);
}
