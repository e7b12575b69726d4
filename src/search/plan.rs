//! A parsed query -> a [`Plan`]: what finds documents, what they are scored by, what is marked.
//!
//! Each word of the query becomes a [`Unit`], which may be met in several ways: by the word itself,
//! by what it is short for, by what it is a misspelling of. Here are the decisions that need the
//! words of the index; [`score`](crate::score) applies them to one document after the other.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use tantivy::{
    DocSet, TERMINATED, TantivyError, Term,
    query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use crate::{
    Abbreviation, Facet, QaDocument,
    search::min_should_match::{AnyOf, AtLeast},
    search::position_filter::{Part, Within, advance},
    search::query::{Atom, AtomForm, Clause, Parsed, Scope},
    search::score::QUESTION_WEIGHT,
    search::snippet::Marks,
    store::snapshot::Snapshot,
    text::abbreviation::{MAX_WORDS, Table},
    text::spelling::{Close, tolerance},
    text::{Form, Terms, fold, is_stop_word, stem},
};

/// The question's own field, beside the text that holds it as well.
pub(crate) const QUESTION_BOOST: f32 = 0.35;

/// The same while documents are looked for: there the question stands in the text only once.
const FOUND_BY_QUESTION: f32 = QUESTION_BOOST + (QUESTION_WEIGHT - 1) as f32;

/// Sections, tags and titles say what a document is about, though not what it says.
pub(crate) const CONTEXT_BOOST: f32 = 0.1;

/// What a short form counts that stands for words of the query, and the reverse.
const ABBREVIATION_WEIGHT: f32 = 0.9;

/// The fewest letters of a word that is written together with another.
const SHORTEST_PART: usize = 3;

/// The most words that a prefix stands for.
const MAX_EXPANSIONS: usize = 64;

/// The most long forms of one word that the content is asked for.
const MAX_LONG_FORMS: usize = 2;

/// By how many terms of a document its relatives are found.
const SIMILAR_TERMS: usize = 16;

/// What a term of the question counts beside one of the answer, in finding relatives.
const QUESTION_SHARE: f32 = 4.0;

/// A query ready to be run.
pub(crate) struct Plan {
    /// Find the documents that have all of what is asked for, then those with half of it, then
    /// those with any; fewer where these are the same.
    pub(crate) tiers: Vec<Tier>,
    /// What scores it, in the order of the query.
    pub(crate) units: Vec<Unit>,
    /// What to mark in what is found.
    pub(crate) marks: Marks,
    /// What was understood in another way than it was typed.
    pub(crate) notes: Vec<String>,
    /// The text with its spelling repaired.
    pub(crate) did_you_mean: Option<String>,
}

/// What finds documents.
pub(crate) struct Tier {
    pub(crate) query: Box<dyn Query>,
    /// Whether it finds what has any of several words. Of that the best can be found without looking
    /// at all the others.
    pub(crate) is_union: bool,
}

/// A word or phrase of the query, which a document may meet in several ways.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// What was typed.
    pub(crate) written: String,
    /// What part it has in the query.
    pub(crate) role: Role,
    /// Whether every document that is found meets it exactly.
    exact: bool,
    /// Counts the words of the query before it, for what should stand side by side.
    pub(crate) position: usize,
    /// The ways to meet it, the typed one first.
    pub(crate) alternatives: Vec<Alternative>,
}

/// What part a unit has in the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is asked for.
    Word,
    /// It says nothing of what is asked.
    Stop,
    /// A stop word as the content has it in code, such as `this`.
    Code,
    /// `nodejs`, in a query for `node.js`.
    Joined,
    /// `c`, in a query for `C++`.
    Base,
}

impl Role {
    /// Returns what a unit counts. Without stop words natural questions lose; at full weight they
    /// decide too much.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Role::Word => 1.0,
            Role::Stop => 0.4,
            Role::Code | Role::Joined => 0.5,
            Role::Base => 0.2,
        }
    }
}

/// One way to meet a unit: these stems, side by side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    pub(crate) stems: Vec<String>,
    pub(crate) weight: f32,
}

impl Alternative {
    fn of_stem(stem: String) -> Alternative {
        Alternative {
            stems: vec![stem],
            weight: 1.0,
        }
    }

    fn of(text: &str, weight: f32) -> Alternative {
        let terms = Terms::of(text);
        let words = terms
            .iter()
            .filter(|term| matches!(term.form, Form::Word | Form::Part));
        Alternative {
            stems: words.map(|term| stem(term.text).into_owned()).collect(),
            weight,
        }
    }
}

/// Returns how `parsed` is run; `text` is what it was read from, `own` are abbreviations besides
/// those that everybody knows.
pub(crate) fn plan(
    parsed: &Parsed,
    text: &str,
    snapshot: &Snapshot<'_>,
    own: &Table,
) -> tantivy::Result<Plan> {
    let mut planner = Planner::new(snapshot);
    let mut required = planner.clauses(parsed)?;
    let excluded = planner.excluded(parsed)?;
    planner.weigh_stop_words();
    planner.abbreviations([Table::known(), own])?;
    if planner.drop_unknown()? {
        required.push((Occur::Must, Box::new(EmptyQuery)));
    }
    required.extend(excluded);
    required.extend(planner.filters(parsed));
    let units: Vec<AnyOf> = planner.soft().map(|unit| planner.met(unit)).collect();
    let mut counts = vec![units.len(), units.len().div_ceil(2), 1];
    counts.dedup();
    counts.retain(|count| *count <= units.len());
    let tier = |count| Tier {
        query: narrowed(Some(at_least(count, &units)), &required),
        is_union: count == 1 && required.is_empty(),
    };
    let mut tiers: Vec<Tier> = counts.into_iter().map(tier).collect();
    if units.is_empty() {
        tiers = vec![Tier {
            query: narrowed(None, &required),
            is_union: false,
        }];
    }
    Ok(Plan {
        tiers,
        marks: planner.marks()?,
        notes: planner.notes(),
        did_you_mean: planner.did_you_mean(text),
        units: planner.units,
    })
}

/// Returns what finds documents that meet at least `count` of `units`.
fn at_least(count: usize, units: &[AnyOf]) -> Box<dyn Query> {
    match count {
        // One flat union is searched with pruning.
        1 => any_of(units.iter().flat_map(AnyOf::queries).collect()),
        _ => Box::new(AtLeast::new(count, units.to_vec())),
    }
}

/// Returns what finds as `query` does, within what is `required` besides.
fn narrowed(query: Option<Box<dyn Query>>, required: &[(Occur, Box<dyn Query>)]) -> Box<dyn Query> {
    let required = required
        .iter()
        .map(|(occur, query)| (*occur, query.box_clone()));
    match query {
        Some(query) if required.len() == 0 => query,
        query => {
            let query = query.map(|query| (Occur::Must, query));
            Box::new(BooleanQuery::new(
                query.into_iter().chain(required).collect(),
            ))
        }
    }
}

/// Returns how documents related to `document` are found: by the rarest terms that it has.
pub(crate) fn similar(document: &QaDocument, snapshot: &Snapshot<'_>) -> tantivy::Result<Plan> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    for (text, weight) in [
        (&document.question, QUESTION_SHARE),
        (&document.answer, 1.0),
    ] {
        let terms = Terms::of(text);
        for term in terms.iter().filter(|term| !is_stop_word(term.text)) {
            *counts.entry(term.stem().into_owned()).or_default() += weight;
        }
    }
    let all = snapshot.searcher.num_docs() as f32;
    let mut weighted: Vec<(f32, String)> = Vec::new();
    for (stem, count) in counts {
        let found = snapshot.doc_freq(snapshot.fields.text, &stem)?;
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
        let query = term_query(snapshot.fields.text, &stem);
        queries.push(Box::new(BoostQuery::new(query, weight)));
        let unit = marks.add_unit(weight);
        marks.add(unit, &[stem]);
    }
    Ok(Plan {
        tiers: vec![Tier {
            query: any_of(queries),
            is_union: true,
        }],
        units: Vec::new(),
        marks,
        notes: Vec::new(),
        did_you_mean: None,
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

/// The words of the index.
struct Lexicon<'a> {
    snapshot: &'a Snapshot<'a>,
    /// The stems that were counted, and in how many documents each is.
    counts: RefCell<HashMap<String, u64>>,
}

impl<'a> Lexicon<'a> {
    fn new(snapshot: &'a Snapshot<'a>) -> Lexicon<'a> {
        Lexicon {
            snapshot,
            counts: RefCell::default(),
        }
    }

    /// Returns in how many documents a stem is.
    fn count(&self, stem: &str) -> tantivy::Result<u64> {
        if let Some(count) = self.counts.borrow().get(stem) {
            return Ok(*count);
        }
        let count = self.snapshot.doc_freq(self.snapshot.fields.text, stem)?;
        self.counts.borrow_mut().insert(stem.to_owned(), count);
        Ok(count)
    }

    /// Returns what the content has of a word: its stem, and the word itself as a name in code,
    /// which has no stem.
    fn stems(&self, word: &str) -> tantivy::Result<Vec<String>> {
        let stem = stem(word);
        let name = (*stem != *word).then_some(word);
        let mut stems = Vec::with_capacity(2);
        for stem in [&*stem].into_iter().chain(name) {
            if self.count(stem)? > 0 {
                stems.push(stem.to_owned());
            }
        }
        Ok(stems)
    }

    /// Returns how much it says of a document to have what `count` documents have.
    fn rarity(&self, count: u64) -> f32 {
        (self.snapshot.searcher.num_docs() as f32 / count.max(1) as f32).ln_1p()
    }

    /// Returns what the content pairs with `key`, the most frequent first.
    fn paired(&self, key: &str) -> tantivy::Result<Vec<String>> {
        let start = format!("{key}\t");
        let found = terms_with_prefix(
            self.snapshot,
            &[self.snapshot.fields.abbreviations],
            &start,
            MAX_LONG_FORMS,
        )?;
        Ok(found
            .into_iter()
            .map(|(key, _)| key[start.len()..].to_owned())
            .collect())
    }

    /// Returns what `word`, which is in no document, is likely to mean: a word or two.
    fn repair(&self, word: &str) -> tantivy::Result<Option<String>> {
        match self.closest(word)? {
            Some(close) => Ok(Some(close)),
            None => self.split(word),
        }
    }

    /// Returns the two words of the content that `word` is written together of, such as `eventloop`.
    fn split(&self, word: &str) -> tantivy::Result<Option<String>> {
        let mut best = None;
        let cuts = SHORTEST_PART..=word.len().saturating_sub(SHORTEST_PART);
        for cut in cuts.filter(|cut| word.is_ascii() && *cut < word.len()) {
            let (left, right) = word.split_at(cut);
            let count = self.count(&stem(left))?.min(self.count(&stem(right))?);
            if count > 0 && best.is_none_or(|(most, _)| count > most) {
                best = Some((count, cut));
            }
        }
        Ok(best.map(|(_, cut)| format!("{} {}", &word[..cut], &word[cut..])))
    }

    /// Returns the word of the content that `word` is most likely a misspelling of.
    fn closest(&self, word: &str) -> tantivy::Result<Option<String>> {
        let limit = tolerance(word.len());
        if limit == 0 {
            return Ok(None);
        }
        let mut found = BTreeMap::<String, u32>::new();
        for segment in self.snapshot.segments() {
            for field in [
                self.snapshot.fields.surface_forms,
                self.snapshot.fields.text,
            ] {
                let index = segment.inverted_index(field)?;
                let mut stream = index
                    .terms()
                    .search(Close::new(word, limit))
                    .into_stream()?;
                while stream.advance() {
                    if let Ok(close) = std::str::from_utf8(stream.key()) {
                        *found.entry(close.to_owned()).or_default() += stream.value().doc_freq;
                    }
                }
            }
        }
        let close = Close::new(word, limit);
        let mut found: Vec<(String, u32)> = found.into_iter().collect();
        found.sort_by_cached_key(|(other, count)| {
            let other_start = other.as_bytes().first() != word.as_bytes().first();
            (
                close.distance(other) + u8::from(other_start),
                std::cmp::Reverse(*count),
            )
        });
        for (word, _) in found {
            if self.is_word(&word)? {
                return Ok(Some(word));
            }
        }
        Ok(None)
    }

    /// Returns the words of the content that start with `prefix`, the most frequent first.
    fn complete(&self, prefix: &str, limit: usize) -> tantivy::Result<Vec<String>> {
        let mut words = Vec::new();
        for (word, _) in self.with_prefix(prefix, usize::MAX)? {
            if words.len() == limit {
                break;
            }
            if self.is_word(&word)? {
                words.push(word);
            }
        }
        Ok(words)
    }

    /// Returns words and stems that start with `prefix`, and in how many documents each is, the
    /// most frequent first.
    fn with_prefix(&self, prefix: &str, limit: usize) -> tantivy::Result<Vec<(String, u32)>> {
        let fields = [
            self.snapshot.fields.surface_forms,
            self.snapshot.fields.text,
        ];
        terms_with_prefix(self.snapshot, &fields, prefix, limit)
    }

    /// Returns whether `term`, a word or a stem of the content, is a word: not only the stem that
    /// others have, as *comput* of *computer*.
    fn is_word(&self, term: &str) -> tantivy::Result<bool> {
        // The last letter of a stem may be another than that of its words: *carri*, *carry*.
        let start = term.char_indices().next_back().map_or(0, |(i, _)| i);
        let similar = terms_with_prefix(
            self.snapshot,
            &[self.snapshot.fields.surface_forms],
            &term[..start],
            usize::MAX,
        )?;
        if similar.iter().any(|(word, _)| word == term) {
            return Ok(true);
        }
        let derived = similar.iter().map(|(word, _)| word);
        let derived: Vec<&String> = derived.filter(|word| stem(word) == term).collect();
        for segment in self.snapshot.segments() {
            let postings = |field, text: &str| {
                let term = Term::from_field_text(field, text);
                let index = segment.inverted_index(field)?;
                let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
                Ok::<_, TantivyError>(postings.into_iter())
            };
            let mut others = Vec::new();
            for word in &derived {
                others.extend(postings(self.snapshot.fields.surface_forms, word)?);
            }
            for mut documents in postings(self.snapshot.fields.text, term)? {
                while documents.doc() != TERMINATED {
                    let document = documents.doc();
                    if !others.iter_mut().any(|other| advance(other, document)) {
                        return Ok(true);
                    }
                    documents.advance();
                }
            }
        }
        Ok(false)
    }
}

/// Returns the words of the content that start with `prefix`, the most frequent first.
pub(crate) fn complete(
    snapshot: &Snapshot<'_>,
    prefix: &str,
    limit: usize,
) -> tantivy::Result<Vec<String>> {
    Lexicon::new(snapshot).complete(prefix, limit)
}

struct Planner<'a> {
    lexicon: Lexicon<'a>,
    units: Vec<Unit>,
    /// What was typed, and the word or words that it was repaired to.
    repairs: Vec<(String, String)>,
    /// What was typed where nothing is repaired, and what it is likely to mean.
    suggestions: Vec<(String, String)>,
    notes: Vec<String>,
    prefixes: Vec<String>,
    position: usize,
}

impl<'a> Planner<'a> {
    fn new(snapshot: &'a Snapshot<'a>) -> Planner<'a> {
        Planner {
            lexicon: Lexicon::new(snapshot),
            units: Vec::new(),
            repairs: Vec::new(),
            suggestions: Vec::new(),
            notes: Vec::new(),
            prefixes: Vec::new(),
            position: 0,
        }
    }

    /// Adds the units of what is asked for; returns what a document must have of it.
    fn clauses(&mut self, parsed: &Parsed) -> tantivy::Result<Vec<(Occur, Box<dyn Query>)>> {
        let mut required = Vec::new();
        for clause in &parsed.clauses {
            if let Some(exact) = self.clause(clause)? {
                required.push((Occur::Must, exact));
            }
        }
        if parsed.is_open() {
            let any = self.lexicon.snapshot.fields.any_document_term();
            let any = TermQuery::new(any, IndexRecordOption::Basic);
            required.push((Occur::Must, unscored(Box::new(any))));
        }
        Ok(required)
    }

    /// Returns what a document must not have.
    fn excluded(&mut self, parsed: &Parsed) -> tantivy::Result<Vec<(Occur, Box<dyn Query>)>> {
        let mut excluded = Vec::new();
        for atom in &parsed.excluded {
            if !self.flag(atom)? {
                // Excluding a phrase by itself, tantivy moves its scorer after the end, which it
                // must not; a union, which needs two members, is moved correctly.
                let query = self.exactly(atom)?;
                let union = any_of(vec![query.box_clone(), query]);
                excluded.push((Occur::MustNot, union));
            }
        }
        Ok(excluded)
    }

    /// Returns the facets that a document must have, and must not have.
    fn filters(&self, parsed: &Parsed) -> Vec<(Occur, Box<dyn Query>)> {
        let mut filters = Vec::new();
        for alternatives in by_name(&parsed.wanted) {
            filters.push((Occur::Must, unscored(self.facets(alternatives))));
        }
        if !parsed.unwanted.is_empty() {
            let unwanted = self.facets(parsed.unwanted.iter().collect());
            filters.push((Occur::MustNot, unwanted));
        }
        filters
    }

    /// Adds the units of `clause`; returns what a document must have of it.
    fn clause(&mut self, clause: &Clause) -> tantivy::Result<Option<Box<dyn Query>>> {
        if let [atom] = clause.alternatives.as_slice()
            && (atom.form, atom.scope) == (AtomForm::Words, Scope::Anywhere)
        {
            self.words(&atom.text)?;
            return Ok(None);
        }
        let mut exact = Vec::new();
        let mut alternatives = Vec::new();
        for atom in &clause.alternatives {
            exact.push(self.exactly(atom)?);
            match atom.form {
                AtomForm::Words | AtomForm::Phrase => {
                    self.suggest(&atom.text)?;
                    alternatives.push(Alternative::of(&atom.text, 1.0));
                    alternatives.extend(self.name(&atom.text)?.map(Alternative::of_stem));
                }
                AtomForm::Prefix => {
                    let prefix = fold(&atom.text);
                    if prefix.is_empty() {
                        continue;
                    }
                    for stem in self.stems_with_prefix(&prefix)? {
                        alternatives.push(Alternative {
                            stems: vec![stem],
                            weight: 1.0,
                        });
                    }
                    self.prefixes.push(prefix);
                }
            }
        }
        alternatives.retain(|alternative| !alternative.stems.is_empty());
        if !alternatives.is_empty() {
            let written: Vec<String> = clause.alternatives.iter().map(Atom::to_string).collect();
            self.add(written.join(" OR "), alternatives);
        }
        Ok(Some(any_of(exact)))
    }

    /// Looks for what the unknown words of `text` mean, which must be there exactly.
    fn suggest(&mut self, text: &str) -> tantivy::Result<()> {
        let terms = Terms::of(text);
        let words = terms
            .iter()
            .filter(|term| matches!(term.form, Form::Word | Form::Part));
        for term in words {
            if self.lexicon.stems(term.text)?.is_empty() {
                let written = &text[term.span.clone()];
                self.notes.push(format!("\"{written}\" is in no document"));
                if let Some(close) = self.lexicon.repair(term.text)? {
                    self.suggestions.push((written.to_owned(), close));
                }
            }
        }
        Ok(())
    }

    /// Adds the unit of a flag such as `-rf`, which is typed like something to exclude, if the
    /// content knows it; returns whether it does.
    fn flag(&mut self, atom: &Atom) -> tantivy::Result<bool> {
        let flag = format!("-{}", atom.text);
        let is_flag = (atom.form, atom.scope) == (AtomForm::Words, Scope::Anywhere)
            && !self.units.is_empty()
            && self.lexicon.count(&fold(&flag))? > 0;
        if is_flag {
            self.words(&flag)?;
            self.notes.push(format!(
                "{flag} is a word of the content, so it was searched for"
            ));
        }
        Ok(is_flag)
    }

    /// Adds a unit that every document that is found meets.
    fn add(&mut self, written: String, alternatives: Vec<Alternative>) {
        self.units.push(Unit {
            written,
            role: Role::Word,
            exact: true,
            position: self.position,
            alternatives,
        });
        self.position += 1;
    }

    /// Adds the units of plain words.
    fn words(&mut self, text: &str) -> tantivy::Result<()> {
        let terms = Terms::of(text);
        let start = self.position;
        let mut before = None;
        for term in terms.iter() {
            self.position = start + term.position;
            let written = &text[term.span.clone()];
            match term.form {
                Form::Word | Form::Part => {
                    self.word(term.text, written)?;
                    if let Some(before) = before.filter(|_| !is_stop_word(term.text)) {
                        self.joined(&format!("{before}{}", term.text), written)?;
                    }
                    let alone = term.form == Form::Word && !is_stop_word(term.text);
                    before = alone.then_some(term.text);
                }
                Form::Joined | Form::Name => self.joined(term.text, written)?,
                Form::Sign => self.sign(term.text, written)?,
            }
        }
        self.position = start + terms.iter().last().map_or(0, |term| term.position + 1);
        Ok(())
    }

    /// Adds the unit of a word, repaired if it is in no document.
    fn word(&mut self, word: &str, written: &str) -> tantivy::Result<()> {
        let mut ways = self.ways(word)?;
        if ways.is_empty()
            && !is_acronym(written)
            && let Some(repaired) = self.lexicon.repair(word)?
        {
            ways = match repaired.contains(' ') {
                true => vec![Alternative::of(&repaired, 1.0)],
                false => self.ways(&repaired)?,
            };
            self.repairs.push((written.to_owned(), repaired));
        }
        if ways.is_empty() {
            ways.push(Alternative::of_stem(stem(word).into_owned()));
        }
        if is_stop_word(word) {
            // Of the content's own code, `this` and `for` are words like others.
            let code = format!("`{word}");
            if self.lexicon.count(&code)? > 0 {
                let code = vec![Alternative::of_stem(code)];
                self.push(&format!("`{written}`"), Role::Code, code);
            }
        }
        self.push(written, Role::Word, ways);
        Ok(())
    }

    /// Adds the unit of words written together, if the content has them so.
    fn joined(&mut self, joined: &str, written: &str) -> tantivy::Result<()> {
        let ways = self.ways(joined)?;
        if !ways.is_empty() {
            self.push(written, Role::Joined, ways);
        }
        Ok(())
    }

    /// Returns the ways to meet a word that the content has: by its stem, and as a name in code,
    /// which has none.
    fn ways(&self, word: &str) -> tantivy::Result<Vec<Alternative>> {
        let stems = self.lexicon.stems(word)?.into_iter();
        Ok(stems.map(Alternative::of_stem).collect())
    }

    /// Adds the unit of a word with its signs, if the content has it so; the word alone is looked
    /// for otherwise.
    fn sign(&mut self, sign: &str, written: &str) -> tantivy::Result<()> {
        if self.lexicon.count(sign)? > 0 {
            let position = self.position;
            let base = self.units.last_mut();
            if let Some(base) = base.filter(|unit| unit.position == position) {
                base.role = Role::Base;
            }
            let sign = vec![Alternative::of_stem(sign.to_owned())];
            self.push(written, Role::Word, sign);
        }
        Ok(())
    }

    fn push(&mut self, written: &str, role: Role, alternatives: Vec<Alternative>) {
        self.units.push(Unit {
            written: written.to_owned(),
            role,
            exact: false,
            position: self.position,
            alternatives,
        });
    }

    /// Lets stop words count less, where there is anything else.
    fn weigh_stop_words(&mut self) {
        let stop = |unit: &Unit| is_stop_word(&fold(&unit.written));
        let asked = |unit: &Unit| unit.role == Role::Word && !stop(unit);
        if self.units.iter().any(asked) {
            for unit in self.units.iter_mut().filter(|unit| unit.role == Role::Word) {
                if stop(unit) {
                    unit.role = Role::Stop;
                }
            }
        }
    }

    /// Adds to each unit what it is short for, and to words what they are shortened to.
    fn abbreviations(&mut self, tables: [&Table; 2]) -> tantivy::Result<()> {
        for i in 0..self.units.len() {
            let unit = &self.units[i];
            if unit.role != Role::Word
                || (unit.exact && unit.alternatives.len() > 1)
                || unit.alternatives[0].stems.len() > 1
            {
                continue;
            }
            let short = fold(&unit.written);
            let known = tables.iter().flat_map(|table| table.long_forms(&short));
            let mut long: Vec<String> = known.map(str::to_owned).collect();
            long.extend(self.lexicon.paired(&short)?);
            for long in long {
                self.meet(i, Alternative::of(&long, ABBREVIATION_WEIGHT));
            }
        }
        let words: Vec<usize> = (0..self.units.len())
            .filter(|i| matches!(self.units[*i].role, Role::Word | Role::Stop))
            .collect();
        for length in 1..=MAX_WORDS {
            for window in words.windows(length) {
                let stems: Vec<&str> = window
                    .iter()
                    .flat_map(|i| &self.units[*i].alternatives[0].stems)
                    .map(String::as_str)
                    .collect();
                let key = stems.join(" ");
                let known = tables.iter().flat_map(|table| table.short_forms(&key));
                let mut short: Vec<String> = known.map(str::to_owned).collect();
                if length > 1 {
                    short.extend(self.lexicon.paired(&key)?);
                }
                for short in short {
                    for i in window {
                        self.meet(*i, Alternative::of(&short, ABBREVIATION_WEIGHT));
                    }
                }
            }
        }
        Ok(())
    }

    /// Leaves out words that no document can meet, and says so; returns whether nothing is left of
    /// what was asked for.
    fn drop_unknown(&mut self) -> tantivy::Result<bool> {
        let asked = self.units.len();
        for unit in std::mem::take(&mut self.units) {
            let mut met = unit.exact || unit.role != Role::Word;
            for alternative in &unit.alternatives {
                let mut known = true;
                for stem in &alternative.stems {
                    known &= self.lexicon.count(stem)? > 0;
                }
                met |= known;
            }
            if met {
                self.units.push(unit);
            } else {
                self.notes
                    .push(format!("\"{}\" is in no document", unit.written));
            }
        }
        if !self.units.iter().any(|unit| unit.role == Role::Word) {
            // Then what stop words are left is all that was asked for.
            for unit in &mut self.units {
                if matches!(unit.role, Role::Stop | Role::Code) {
                    unit.role = Role::Word;
                }
            }
        }
        let left = self.units.iter().any(|unit| unit.role == Role::Word);
        Ok(asked > 0 && !left)
    }

    /// Lets unit `i` be met by `alternative` as well.
    fn meet(&mut self, i: usize, alternative: Alternative) {
        let alternatives = &mut self.units[i].alternatives;
        let new = !alternatives
            .iter()
            .any(|other| other.stems == alternative.stems);
        if new && !alternative.stems.is_empty() {
            alternatives.push(alternative);
        }
    }

    /// Returns the units that decide what is found, besides what must be there anyway.
    fn soft(&self) -> impl Iterator<Item = &Unit> {
        let decides = |unit: &&Unit| unit.role == Role::Word && !unit.exact;
        self.units.iter().filter(decides)
    }

    /// Returns what finds documents that meet `unit`.
    fn met(&self, unit: &Unit) -> AnyOf {
        let fields = self.lexicon.snapshot.fields;
        let mut ways = AnyOf::default();
        for alternative in &unit.alternatives {
            if let [stem] = alternative.stems.as_slice() {
                let term = |field| Term::from_field_text(field, stem);
                let weight = alternative.weight;
                ways.add_term(term(fields.text), weight);
                ways.add_term(term(fields.headings_and_tags), CONTEXT_BOOST * weight);
                // The text holds the question as well.
                ways.add_scoring_term(term(fields.question), FOUND_BY_QUESTION * weight);
            } else {
                // What has the words of a sequence; whether side by side, is scored later.
                let share = alternative.weight / alternative.stems.len() as f32;
                let words = alternative.stems.iter().map(|stem| {
                    let query = term_query(fields.text, stem);
                    let query: Box<dyn Query> = Box::new(BoostQuery::new(query, share));
                    (Occur::Must, query)
                });
                ways.add_query(Box::new(BooleanQuery::new(words.collect())));
            }
        }
        ways
    }

    /// Returns `text` as a name in code, if it is a word that the content has so.
    fn name(&self, text: &str) -> tantivy::Result<Option<String>> {
        let name = fold(text);
        Ok(match phrase_stems(text).as_slice() {
            [(_, stem)] if *stem != name && self.lexicon.count(&name)? > 0 => Some(name),
            _ => None,
        })
    }

    /// Returns what has `atom`, exactly.
    fn exactly(&self, atom: &Atom) -> tantivy::Result<Box<dyn Query>> {
        if atom.form == AtomForm::Prefix {
            let stems = self.stems_with_prefix(&fold(&atom.text))?;
            let word = |stem| self.phrase(&[(0, stem)], atom.scope);
            return Ok(any_of(stems.into_iter().map(word).collect()));
        }
        let stems = phrase_stems(&atom.text);
        let mut ways = Vec::new();
        if let Some(name) = self.name(&atom.text)? {
            ways.push(self.phrase(&[(0, name)], atom.scope));
        }
        if !stems.is_empty() {
            ways.push(self.phrase(&stems, atom.scope));
        }
        Ok(match ways.len() {
            0 => Box::new(EmptyQuery),
            1 => ways.remove(0),
            _ => any_of(ways),
        })
    }

    /// Returns what has `stems`, each so many words after the first, where `scope` says.
    fn phrase(&self, stems: &[(usize, String)], scope: Scope) -> Box<dyn Query> {
        let fields = self.lexicon.snapshot.fields;
        let term = |(position, stem): &(usize, String)| {
            (*position, Term::from_field_text(fields.text, stem))
        };
        let terms: Vec<(usize, Term)> = stems.iter().map(term).collect();
        let anywhere = match stems {
            [(_, stem)] => term_query(fields.text, stem),
            _ => Box::new(PhraseQuery::new_with_offset(terms.clone())),
        };
        let within = |part| {
            let within = Box::new(Within::new(part, terms));
            let parts: [(Occur, Box<dyn Query>); 2] = [
                (Occur::Must, anywhere.box_clone()),
                (Occur::Must, unscored(within)),
            ];
            Box::new(BooleanQuery::new(parts.into()))
        };
        match scope {
            Scope::Anywhere => anywhere,
            Scope::Question => within(Part::Question),
            Scope::Answer => within(Part::Answer),
        }
    }

    /// Returns the stems of the words that start with `prefix`, those of the most frequent.
    fn stems_with_prefix(&self, prefix: &str) -> tantivy::Result<Vec<String>> {
        let words = self.lexicon.with_prefix(prefix, MAX_EXPANSIONS)?;
        let mut stems: Vec<String> = Vec::with_capacity(words.len());
        for (word, _) in words {
            for stem in self.lexicon.stems(&word)? {
                if !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
        }
        Ok(stems)
    }

    fn facets(&self, facets: Vec<&Facet>) -> Box<dyn Query> {
        let query = |facet| -> Box<dyn Query> {
            let term = self.lexicon.snapshot.fields.facet_term(facet);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        any_of(facets.into_iter().map(query).collect())
    }

    fn marks(&self) -> tantivy::Result<Marks> {
        let mut marks = Marks::default();
        let asked = |unit: &&Unit| matches!(unit.role, Role::Word | Role::Joined);
        for unit in self.units.iter().filter(asked) {
            let mut count = u64::MAX;
            for stem in &unit.alternatives[0].stems {
                count = count.min(self.lexicon.count(stem)?);
            }
            let rarity = self.lexicon.rarity(count);
            // The parts of `node.js` are what it counts to show it.
            let joined = unit.role == Role::Joined;
            let number = marks.add_unit(if joined { 0.0 } else { rarity });
            for alternative in &unit.alternatives {
                marks.add(number, &alternative.stems);
            }
        }
        for prefix in &self.prefixes {
            let unit = marks.add_unit(1.0);
            marks.add_prefix(unit, prefix);
        }
        Ok(marks)
    }

    fn notes(&self) -> Vec<String> {
        let note = |(typed, word): &(String, String)| {
            format!("\"{typed}\" is in no document; searched for \"{word}\"")
        };
        self.notes
            .iter()
            .cloned()
            .chain(self.repairs.iter().map(note))
            .collect()
    }

    fn did_you_mean(&self, text: &str) -> Option<String> {
        let likely = || self.repairs.iter().chain(&self.suggestions);
        likely().next()?;
        let mut repaired = text.to_owned();
        for (typed, word) in likely() {
            if let Some(start) = place(typed, &repaired) {
                repaired.replace_range(start..start + typed.len(), word);
            }
        }
        Some(repaired)
    }
}

/// Returns whether `written` is an acronym: no misspelling of a word that is another.
fn is_acronym(written: &str) -> bool {
    (2..=6).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_uppercase())
}

/// Returns where `word` stands in `text`: alone, rather than in another word.
fn place(word: &str, text: &str) -> Option<usize> {
    let alone = |(start, _): &(usize, &str)| {
        let before = text[..*start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !joins(before) && !joins(after)
    };
    let found = text.match_indices(word).find(alone);
    found.map(|(start, _)| start).or_else(|| text.find(word))
}

fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Returns the stems of `text`, one at each position: the one with signs, where there is one.
fn phrase_stems(text: &str) -> Vec<(usize, String)> {
    let terms = Terms::of(text);
    let mut stems: Vec<(usize, String)> = Vec::new();
    for term in terms.iter() {
        let first = stems
            .last()
            .is_none_or(|(position, _)| *position != term.position);
        if !first && term.form == Form::Sign {
            stems.pop();
        }
        if first || term.form == Form::Sign {
            stems.push((term.position, stem(term.text).into_owned()));
        }
    }
    stems
}

/// Returns what finds as `query`, and scores nothing.
fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn any_of(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    let parts = queries.into_iter().map(|query| (Occur::Should, query));
    Box::new(BooleanQuery::new(parts.collect()))
}

/// Returns the abbreviations that the content spells out, by their short forms.
pub(crate) fn mined(snapshot: &Snapshot<'_>) -> tantivy::Result<Vec<Abbreviation>> {
    let terms = terms_with_prefix(snapshot, &[snapshot.fields.abbreviations], "", usize::MAX)?;
    let mut mined = Vec::new();
    for (key, count) in terms {
        // Each pair is there from both sides; the short form has no space in it.
        if let Some((short, long)) = key.split_once('\t')
            && !short.contains(' ')
        {
            mined.push(Abbreviation {
                short: short.to_owned(),
                long: long.to_owned(),
                count: count as usize,
            });
        }
    }
    mined.sort_by(|a, b| (&a.short, &a.long).cmp(&(&b.short, &b.long)));
    Ok(mined)
}

/// Returns the terms of `fields` that start with `prefix` and in how many documents each is, the
/// most frequent first.
fn terms_with_prefix(
    snapshot: &Snapshot<'_>,
    fields: &[Field],
    prefix: &str,
    limit: usize,
) -> tantivy::Result<Vec<(String, u32)>> {
    let mut words = BTreeMap::<String, u32>::new();
    for segment in snapshot.segments() {
        for field in fields {
            let index = segment.inverted_index(*field)?;
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
    }
    let mut words: Vec<(String, u32)> = words.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(limit);
    Ok(words)
}
