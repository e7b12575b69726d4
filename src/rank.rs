//! A parsed query -> tantivy's queries, with every weight that decides the order of hits.

use std::collections::HashMap;

use tantivy::{
    Searcher, Term,
    query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use crate::{
    Facet, QaDocument,
    analyzer::{Form, Terms, fold, stem},
    query::{Atom, AtomForm, Clause, Parsed, Scope},
    schema::Fields,
};

/// The question's own field, beside the text that holds it as well.
const QUESTION_BOOST: f32 = 0.5;

/// Sections, tags and titles say what a document is about, but not what it says.
const CONTEXT_BOOST: f32 = 0.3;

/// The most words that a prefix stands for.
const MAX_EXPANSIONS: usize = 64;

/// By how many terms of a document its relatives are found.
const SIMILAR_TERMS: usize = 16;

/// What a term of the question counts beside one of the answer, in finding relatives.
const QUESTION_SHARE: f32 = 4.0;

/// A query ready to be run.
pub(crate) struct Plan {
    /// Finds and scores.
    pub(crate) query: Box<dyn Query>,
    /// What to mark in what is found.
    pub(crate) marks: Marks,
}

/// The terms to mark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    stems: Vec<String>,
    prefixes: Vec<String>,
}

impl Marks {
    /// Returns which of the query's terms `term` matches.
    pub(crate) fn find(&self, term: &str) -> Option<usize> {
        let stem = stem(term);
        let by_stem = self.stems.iter().position(|marked| *marked == *stem);
        by_stem.or_else(|| {
            let by_prefix = |prefix: &String| term.starts_with(prefix.as_str());
            self.prefixes
                .iter()
                .position(by_prefix)
                .map(|i| self.stems.len() + i)
        })
    }
}

/// Returns how `parsed` is run.
pub(crate) fn plan(parsed: &Parsed, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Plan> {
    let mut planner = Planner {
        searcher,
        fields,
        marks: Marks::default(),
    };
    let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for clause in &parsed.clauses {
        parts.push((Occur::Must, planner.clause(clause)?));
    }
    if parsed.is_open() {
        let any = TermQuery::new(fields.any_document_term(), IndexRecordOption::Basic);
        parts.push((
            Occur::Must,
            Box::new(ConstScoreQuery::new(Box::new(any), 0.0)),
        ));
    }
    let marks = std::mem::take(&mut planner.marks);
    for atom in &parsed.excluded {
        parts.push((Occur::MustNot, planner.atom(atom)?));
    }
    for alternatives in by_name(&parsed.wanted) {
        let query = planner.facets(alternatives);
        parts.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
    }
    if !parsed.unwanted.is_empty() {
        parts.push((
            Occur::MustNot,
            planner.facets(parsed.unwanted.iter().collect()),
        ));
    }
    Ok(Plan {
        query: Box::new(BooleanQuery::new(parts)),
        marks,
    })
}

/// Returns how documents related to `document` are found: by the rarest terms that it has.
pub(crate) fn similar(
    document: &QaDocument,
    searcher: &Searcher,
    fields: &Fields,
) -> tantivy::Result<Plan> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    for (text, weight) in [
        (&document.question, QUESTION_SHARE),
        (&document.answer, 1.0),
    ] {
        let terms = Terms::of(text);
        for term in terms.iter().filter(|term| !is_stop_word(term.text)) {
            *counts.entry(stem(term.text).into_owned()).or_default() += weight;
        }
    }
    let all = searcher.num_docs() as f32;
    let mut weighted: Vec<(f32, String)> = Vec::new();
    for (stem, count) in counts {
        let found = searcher.doc_freq(&Term::from_field_text(fields.text, &stem))?;
        // A term of this document alone finds nothing else.
        if found > 1 {
            weighted.push((count.ln_1p() * (all / found as f32).ln_1p(), stem));
        }
    }
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    weighted.truncate(SIMILAR_TERMS);
    let mut marks = Marks::default();
    let mut queries: Vec<Box<dyn Query>> = Vec::new();
    for (weight, stem) in weighted {
        let query = term_query(fields.text, &stem);
        queries.push(Box::new(BoostQuery::new(query, weight)));
        marks.stems.push(stem);
    }
    let itself = TermQuery::new(fields.id_term(&document.id), IndexRecordOption::Basic);
    let parts: Vec<(Occur, Box<dyn Query>)> = vec![
        (Occur::Must, any_of(queries)),
        (Occur::MustNot, Box::new(itself)),
    ];
    Ok(Plan {
        query: Box::new(BooleanQuery::new(parts)),
        marks,
    })
}

/// Groups facets by name: the values of one are alternatives.
fn by_name(facets: &[Facet]) -> Vec<Vec<&Facet>> {
    let mut groups: Vec<Vec<&Facet>> = Vec::new();
    for facet in facets {
        match groups
            .iter_mut()
            .find(|group| group[0].name() == facet.name())
        {
            Some(group) => group.push(facet),
            None => groups.push(vec![facet]),
        }
    }
    groups
}

struct Planner<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    marks: Marks,
}

impl Planner<'_> {
    fn clause(&mut self, clause: &Clause) -> tantivy::Result<Box<dyn Query>> {
        let mut queries = Vec::new();
        for atom in &clause.alternatives {
            queries.push(self.atom(atom)?);
        }
        Ok(any_of(queries))
    }

    fn atom(&mut self, atom: &Atom) -> tantivy::Result<Box<dyn Query>> {
        Ok(match atom.form {
            AtomForm::Words => self.words(atom),
            AtomForm::Phrase => self.phrase(atom),
            AtomForm::Prefix => self.prefix(atom)?,
        })
    }

    fn words(&mut self, atom: &Atom) -> Box<dyn Query> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        for term in Terms::of(&atom.text).iter() {
            let stem = stem(term.text).into_owned();
            for (field, boost) in self.weights(atom.scope) {
                let query = term_query(field, &stem);
                queries.push(Box::new(BoostQuery::new(query, boost)));
            }
            self.marks.stems.push(stem);
        }
        any_of(queries)
    }

    fn phrase(&mut self, atom: &Atom) -> Box<dyn Query> {
        let terms = Terms::of(&atom.text);
        let mut stems: Vec<(usize, String)> = Vec::new();
        for term in terms.iter() {
            let stem = stem(term.text).into_owned();
            self.marks.stems.push(stem.clone());
            let whole = matches!(term.form, Form::Word | Form::Part);
            if whole
                || stems
                    .last()
                    .is_none_or(|(position, _)| *position != term.position)
            {
                stems.push((term.position, stem));
            }
        }
        let field = self.weights(atom.scope)[0].0;
        match stems.as_slice() {
            [] => Box::new(EmptyQuery),
            [(_, stem)] => term_query(field, stem),
            _ => {
                let terms = stems
                    .iter()
                    .map(|(position, stem)| (*position, Term::from_field_text(field, stem)));
                Box::new(PhraseQuery::new_with_offset(terms.collect()))
            }
        }
    }

    fn prefix(&mut self, atom: &Atom) -> tantivy::Result<Box<dyn Query>> {
        let prefix = fold(&atom.text);
        let words = words_with_prefix(self.searcher, self.fields, &prefix, MAX_EXPANSIONS)?;
        self.marks.prefixes.push(prefix);
        let queries = words
            .iter()
            .map(|(word, _)| term_query(self.fields.words, word));
        Ok(any_of(queries.collect()))
    }

    fn weights(&self, scope: Scope) -> Vec<(Field, f32)> {
        match scope {
            Scope::Question => vec![(self.fields.question, 1.0)],
            Scope::Anywhere | Scope::Answer => vec![
                (self.fields.text, 1.0),
                (self.fields.question, QUESTION_BOOST),
                (self.fields.context, CONTEXT_BOOST),
            ],
        }
    }

    fn facets(&self, facets: Vec<&Facet>) -> Box<dyn Query> {
        let query = |facet| -> Box<dyn Query> {
            let term = self.fields.facet_term(facet);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        any_of(facets.into_iter().map(query).collect())
    }
}

fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn any_of(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    let parts = queries.into_iter().map(|query| (Occur::Should, query));
    Box::new(BooleanQuery::new(parts.collect()))
}

/// The words that say nothing of what is asked, folded.
const STOP_WORDS: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but",
    "by", "can", "could", "did", "do", "does", "each", "explain", "for", "from", "get", "give",
    "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "made", "make", "me", "mean", "means", "might", "more", "most", "must", "my", "no", "not",
    "of", "on", "one", "or", "other", "our", "she", "should", "so", "some", "such", "tell", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us",
    "use", "used", "was", "we", "were", "what", "whats", "when", "where", "which", "while", "who",
    "whom", "why", "will", "with", "would", "you", "your",
];

/// Returns whether `word` says nothing of what is asked.
fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// Returns the words that start with `prefix` and in how many documents each is, most frequent
/// first.
pub(crate) fn words_with_prefix(
    searcher: &Searcher,
    fields: &Fields,
    prefix: &str,
    limit: usize,
) -> tantivy::Result<Vec<(String, u32)>> {
    let mut words = std::collections::BTreeMap::<String, u32>::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.words)?;
        let mut stream = index.terms().range().ge(prefix).into_stream()?;
        while stream.advance() {
            let Ok(word) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            if !word.starts_with(prefix) {
                break;
            }
            *words.entry(word.to_owned()).or_default() += stream.value().doc_freq;
        }
    }
    let mut words: Vec<(String, u32)> = words.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(limit);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(is_stop_word("the") && !is_stop_word("lock"));
    }
}
