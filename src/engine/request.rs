//! A [`Plan`] -> requests in the language of an engine.
//!
//! A [`Condition`] on fields of stems is the same for each engine; its spelling differs. A request finds what a tier of the plan finds, scored by the engine, so that the best of it are
//! worth being scored once more here.

use serde_json::{Value, json};

use crate::{
    DocId, FacetName,
    engine::{ExportFormat, facet, field},
    search::{
        plan::{Demand, Expansion, Plan, QueryTerm, Role},
        query::{Parsed, Scope},
        weights::{CONTEXT_BOOST, FOUND_BY_QUESTION},
    },
    store::schema::facet_terms,
};

/// The most values of a facet that are counted.
const MOST_VALUES: usize = 1000;

/// A condition on a document, which scores those that meet it.
#[derive(Debug, Clone, PartialEq)]
enum Condition {
    /// A field has these stems, side by side.
    Stems {
        field: &'static str,
        stems: Vec<String>,
        boost: f32,
    },
    AllOf(Vec<Condition>),
    /// So many of these are met.
    AtLeast(usize, Vec<Condition>),
}

/// The conditions of a plan.
#[derive(Debug)]
pub(crate) struct Conditions {
    /// The words, of which the tiers demand all or fewer.
    words: Vec<Condition>,
    /// The same with stop words, if there are any.
    fill: Vec<Condition>,
    required: Vec<Condition>,
    excluded: Vec<Condition>,
    /// Of each group a document has a facet, and none of the unwanted ones.
    wanted: Vec<Vec<String>>,
    unwanted: Vec<String>,
}

/// The rest of a request, beside its condition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The most documents to return.
    pub(crate) most: usize,
    /// The facets to count.
    pub(crate) facets: &'a [FacetName],
}

/// Returns the fields that the values of a facet are in.
pub(crate) fn facet_fields(name: FacetName) -> &'static [&'static str] {
    match name {
        FacetName::Tag => &["tags", "inferred_tags"],
        FacetName::Category => &["category"],
        FacetName::Level => &["level"],
        FacetName::Section => &["sections"],
        FacetName::Guide => &["guide"],
        FacetName::Kind => &["kind"],
    }
}

impl Conditions {
    pub(crate) fn of(plan: &Plan, parsed: &Parsed) -> Conditions {
        let decides = |term: &&QueryTerm| term.role == Role::Word && !term.exact;
        let words: Vec<Condition> = plan.terms.iter().filter(decides).map(word).collect();
        let loose = plan.terms.iter().filter(|term| !term.exact);
        let fill = loose.map(word).collect();
        let demands = plan.demands.iter().filter(|demand| !demand.ways.is_empty());
        let (mut required, mut excluded) = (Vec::new(), Vec::new());
        for demand in demands {
            match (demand.is_excluded, demand.scope) {
                (false, _) => required.push(side_by_side(demand)),
                // What stands in the question, too, is not excluded, and is told from the answer here.
                (true, Scope::Answer) => {}
                (true, _) => excluded.push(side_by_side(demand)),
            }
        }
        let mut wanted: Vec<(FacetName, Vec<String>)> = Vec::new();
        for value in &parsed.wanted {
            let Some(term) = facet_terms(value).pop() else {
                continue;
            };
            match wanted.iter_mut().find(|(name, _)| *name == value.name()) {
                Some((_, terms)) => terms.push(facet(&term)),
                None => wanted.push((value.name(), vec![facet(&term)])),
            }
        }
        let unwanted = parsed
            .unwanted
            .iter()
            .filter_map(|value| facet_terms(value).pop());
        Conditions {
            fill: if plan.filler.is_some() {
                fill
            } else {
                Vec::new()
            },
            words,
            required,
            excluded,
            wanted: wanted.into_iter().map(|(_, terms)| terms).collect(),
            unwanted: unwanted.map(|term| facet(&term)).collect(),
        }
    }

    /// Returns the condition that a document has an id.
    pub(crate) fn with_id(id: DocId) -> Conditions {
        let is_its_own = Condition::Stems {
            field: field::ID,
            stems: vec![id.to_string()],
            boost: 1.0,
        };
        Conditions {
            words: Vec::new(),
            fill: Vec::new(),
            required: vec![is_its_own],
            excluded: Vec::new(),
            wanted: Vec::new(),
            unwanted: Vec::new(),
        }
    }

    /// Returns the numbers of words to demand, one request after the other, as long as too little is found.
    pub(crate) fn tiers(&self, format: ExportFormat) -> Vec<usize> {
        let all = self.words.len();
        let mut tiers = vec![all];
        // Quickwit has no condition that some of several are met.
        if format == ExportFormat::OpenSearch {
            tiers.push(all.div_ceil(2));
        }
        tiers.push(1.min(all));
        tiers.dedup();
        tiers
    }

    /// Returns the body of a request for documents with at least `least` of the words.
    pub(crate) fn body(&self, format: ExportFormat, least: usize, wanted: Wanted<'_>) -> Value {
        let words = match least {
            0 => None,
            _ if least == self.words.len() => Some(Condition::AllOf(self.words.clone())),
            _ => Some(Condition::AtLeast(least, self.words.clone())),
        };
        self.request(format, words, wanted)
    }

    /// Returns the body of a request for documents that have any word at all, stop words too; `None`, if
    /// the query has no stop words beside others.
    pub(crate) fn fill_body(&self, format: ExportFormat, most: usize) -> Option<Value> {
        let wanted = Wanted { most, facets: &[] };
        let any = Condition::AtLeast(1, self.fill.clone());
        (!self.fill.is_empty()).then(|| self.request(format, Some(any), wanted))
    }

    fn request(&self, format: ExportFormat, words: Option<Condition>, wanted: Wanted<'_>) -> Value {
        let required: Vec<Condition> = words.into_iter().chain(self.required.clone()).collect();
        let mut counts = serde_json::Map::new();
        for field in wanted.facets.iter().flat_map(|name| facet_fields(*name)) {
            let terms = json!({"terms": {"field": field, "size": MOST_VALUES}});
            counts.insert((*field).to_owned(), terms);
        }
        let mut body = match format {
            ExportFormat::Quickwit => json!({
                "query": self.in_quickwit(&required),
                "max_hits": wanted.most,
                "sort_by": "_score",
            }),
            _ => json!({
                "query": self.in_opensearch(&required),
                "size": wanted.most,
                "track_total_hits": true,
                "_source": {"excludes": [field::FACETS, field::STEMS, field::QUESTION_STEMS, field::CONTEXT_STEMS]},
            }),
        };
        if !counts.is_empty() {
            body["aggs"] = Value::Object(counts);
        }
        body
    }

    fn in_opensearch(&self, required: &[Condition]) -> Value {
        let conditions =
            |all: &[Condition]| -> Vec<Value> { all.iter().map(in_opensearch).collect() };
        let facets = |keys: &[String]| json!({"terms": {(field::FACETS): keys}});
        let mut parts = serde_json::Map::new();
        let mut add = |name: &str, part: Vec<Value>| {
            if !part.is_empty() {
                parts.insert(name.to_owned(), Value::Array(part));
            }
        };
        add("must", conditions(required));
        add(
            "filter",
            self.wanted.iter().map(|keys| facets(keys)).collect(),
        );
        let mut excluded = conditions(&self.excluded);
        if !self.unwanted.is_empty() {
            excluded.push(facets(&self.unwanted));
        }
        add("must_not", excluded);
        match parts.is_empty() {
            true => json!({"match_all": {}}),
            false => json!({"bool": parts}),
        }
    }

    fn in_quickwit(&self, required: &[Condition]) -> String {
        let facets = |keys: &[String]| -> String {
            let keys = keys
                .iter()
                .map(|key| format!("{}:{}", field::FACETS, quoted(key)));
            format!("({})", keys.collect::<Vec<_>>().join(" OR "))
        };
        let mut parts: Vec<String> = required.iter().map(in_quickwit).collect();
        // A facet must not count: it is as rare as it is.
        parts.extend(self.wanted.iter().map(|keys| format!("{}^0", facets(keys))));
        if parts.is_empty() {
            parts.push("*".to_owned());
        }
        let mut query: Vec<String> = parts.iter().map(|part| format!("+{part}")).collect();
        // `AND NOT` would be a condition of its own, which alone finds nothing.
        query.extend(
            self.excluded
                .iter()
                .map(|part| format!("-{}", in_quickwit(part))),
        );
        if !self.unwanted.is_empty() {
            query.push(format!("-{}", facets(&self.unwanted)));
        }
        query.join(" ")
    }
}

/// Returns the condition that a word is met: in the text, and more if in the question; a word above the
/// text counts, too.
fn word(term: &QueryTerm) -> Condition {
    let mut ways = Vec::new();
    for Expansion { stems, weight } in &term.expansions {
        let stem = |field, stem: &String, boost| Condition::Stems {
            field,
            stems: vec![stem.clone()],
            boost,
        };
        match stems.as_slice() {
            [one] => {
                ways.push(stem(field::STEMS, one, *weight));
                ways.push(stem(field::CONTEXT_STEMS, one, CONTEXT_BOOST * weight));
                ways.push(stem(field::QUESTION_STEMS, one, FOUND_BY_QUESTION * weight));
            }
            // Whether they are side by side is scored later.
            several => {
                let share = weight / several.len() as f32;
                let words = several.iter().map(|one| stem(field::STEMS, one, share));
                ways.push(Condition::AllOf(words.collect()));
            }
        }
    }
    Condition::AtLeast(1, ways)
}

/// Returns the condition that a demand is met.
fn side_by_side(demand: &Demand) -> Condition {
    let mut ways = Vec::new();
    for Expansion { stems, weight } in &demand.ways {
        let stems = |field| Condition::Stems {
            field,
            stems: stems.clone(),
            boost: *weight,
        };
        if demand.scope != Scope::Question {
            ways.push(stems(field::STEMS));
        }
        if demand.scope != Scope::Answer {
            ways.push(stems(field::QUESTION_STEMS));
        }
        if demand.scope == Scope::Anywhere {
            ways.push(stems(field::CONTEXT_STEMS));
        }
    }
    Condition::AtLeast(1, ways)
}

fn in_opensearch(condition: &Condition) -> Value {
    let all = |all: &[Condition]| -> Vec<Value> { all.iter().map(in_opensearch).collect() };
    match condition {
        Condition::Stems {
            field,
            stems,
            boost,
        } => match stems.as_slice() {
            [stem] => json!({"term": {*field: {"value": stem, "boost": boost}}}),
            stems => json!({"match_phrase": {*field: {"query": stems.join(" "), "boost": boost}}}),
        },
        Condition::AllOf(conditions) => json!({"bool": {"must": all(conditions)}}),
        Condition::AtLeast(least, conditions) => {
            json!({"bool": {"should": all(conditions), "minimum_should_match": least}})
        }
    }
}

fn in_quickwit(condition: &Condition) -> String {
    let all = |all: &[Condition], between: &str| {
        let all: Vec<String> = all.iter().map(in_quickwit).collect();
        format!("({})", all.join(between))
    };
    match condition {
        Condition::Stems {
            field,
            stems,
            boost,
        } => format!("{field}:{}^{boost}", quoted(&stems.join(" "))),
        Condition::AllOf(conditions) => all(conditions, " AND "),
        Condition::AtLeast(_, conditions) => all(conditions, " OR "),
    }
}

/// Returns text that stands for itself in a query of Quickwit.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
