//! A parsed query -> a [`Plan`]: the clauses that find, the terms that score, the words to mark.
//!
//! Each word of the query becomes a [`QueryTerm`], which may be met in several ways: by the word
//! itself, by its long form, by the word it is a misspelling of. Here are the decisions that need
//! the words of the index; [`score`](super::score) applies them to one document after the other.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query,
        RangeQuery, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use crate::{
    Facet, Note, NoteCode,
    search::lexicon::{Lexicon, prefix_range},
    search::meaning::meaning,
    search::min_should_match::{AnyOf, MinShouldMatch},
    search::position_filter::{Part, PositionFilter},
    search::query::{Atom, AtomForm, Clause, Parsed, Scope},
    search::snippet::Highlights,
    search::weights::*,
    store::snapshot::Snapshot,
    text::abbreviation::{MAX_WORDS, Table},
    text::meaning::{self, Vector},
    text::{Form, Terms, fold, language::Language, stem, stem_in},
};

/// A query ready to be run.
pub(crate) struct Plan {
    /// Find the documents that have all of what is asked for, then those with half of it, then
    /// those with any; fewer where these are the same.
    pub(crate) tiers: Vec<Tier>,
    /// Finds the documents that have any word at all, stop words too, where the query has both.
    pub(crate) filler: Option<Tier>,
    /// Whether a document may have what is asked for: not, if no word of it is in any.
    pub(crate) is_possible: bool,
    /// The vector of its words; `None` to rank by words alone.
    pub(crate) meaning: Option<Vector>,
    /// The numbers of its words.
    pub(crate) words: WordCounts,
    /// The work that finding leaves for the hits.
    pub(crate) work: u64,
    /// Finds those that have all that is required besides words, if a word is in no document or nothing is
    /// required.
    pub(crate) without_words: Option<Box<dyn Query>>,
    /// The language of its small words, unless that is English.
    pub(crate) asked_in: Option<Language>,
    /// The terms that score it, in the order of the query.
    pub(crate) terms: Vec<QueryTerm>,
    /// The conditions on a document's stems, for an engine that has no use for the clauses.
    pub(crate) demands: Vec<Demand>,
    /// The words to mark in hits.
    pub(crate) marks: Highlights,
    /// Notes about words that were not searched for as typed.
    pub(crate) notes: Vec<Note>,
    /// The text with its spelling repaired.
    pub(crate) did_you_mean: Option<String>,
}

/// The number of words of a query besides stop words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordCounts {
    pub(crate) all: usize,
    /// The number that some document has.
    pub(crate) found: usize,
    /// The number that the table of meaning has.
    pub(crate) meant: usize,
}

/// A clause that finds documents.
pub(crate) struct Tier {
    pub(crate) query: Box<dyn Query>,
    /// The words that find the same documents, if that is all, and scoring them takes no longer than with `query`.
    pub(crate) words: Option<MinShouldMatch>,
    /// Whether it finds what is in any of a few lists. Of that the best can be found without looking at
    /// all the others.
    pub(crate) is_pruned: bool,
}

impl Tier {
    /// Returns the clause that finds what meets at least `count` of `terms`, and what is `required`.
    fn new(count: usize, terms: &[AnyOf], required: &[(Occur, Box<dyn Query>)]) -> Tier {
        let lists: usize = terms.iter().map(AnyOf::lists).sum();
        let is_few = count > 1 || lists <= MAX_PRUNED;
        Tier {
            query: narrowed(Some(at_least(count, terms)), required),
            words: (required.is_empty() && is_few)
                .then(|| MinShouldMatch::new(count, terms.to_vec())),
            is_pruned: count == 1 && required.is_empty() && lists <= MAX_PRUNED,
        }
    }
}

/// A condition: a document must have one of these, or must not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Demand {
    pub(crate) ways: Vec<Expansion>,
    /// The part that it stands in; anywhere, if that differs between the ways.
    pub(crate) scope: Scope,
    pub(crate) is_excluded: bool,
}

/// A word or phrase of the query, which a document may meet in several ways.
#[derive(Debug, Clone)]
pub(crate) struct QueryTerm {
    /// The text as typed.
    pub(crate) written: String,
    /// Its role in the query.
    pub(crate) role: Role,
    /// Whether every document that is found meets it exactly.
    pub(crate) exact: bool,
    /// Counts the words of the query before it, for what should stand side by side.
    pub(crate) position: usize,
    /// The ways to meet it, the typed one first.
    pub(crate) expansions: Vec<Expansion>,
}

/// The role of a term in the query.
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
    /// Returns the weight of a term.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Role::Word => 1.0,
            Role::Stop => STOP_WEIGHT,
            Role::Code | Role::Joined => JOINED_WEIGHT,
            Role::Base => BASE_WEIGHT,
        }
    }
}

/// One way to meet a term: these stems, side by side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expansion {
    pub(crate) stems: Vec<String>,
    pub(crate) weight: f32,
}

impl Expansion {
    fn of_stem(stem: String) -> Expansion {
        Expansion {
            stems: vec![stem],
            weight: 1.0,
        }
    }

    fn of(text: &str, weight: f32) -> Expansion {
        Expansion::in_language(text, weight, Language::English)
    }

    fn in_language(text: &str, weight: f32, language: Language) -> Expansion {
        let terms = Terms::of(text);
        let words = terms
            .iter()
            .filter(|term| matches!(term.form, Form::Word | Form::Part));
        Expansion {
            stems: words
                .map(|term| stem_in(term.text, language).into_owned())
                .collect(),
            weight,
        }
    }
}

/// Returns the plan for `parsed`, which was read from `query`; `own` are abbreviations besides those
/// of the field. Its words find documents as far as there is `work` left for their lists.
pub(crate) fn plan(
    parsed: &Parsed,
    query: &crate::Query,
    snapshot: &Snapshot<'_>,
    own: &Table,
    work: u64,
) -> tantivy::Result<Plan> {
    let mut planner = Planner::new(snapshot, [Table::known(), own], &query.text)?;
    // What is repaired is found as if it were typed right.
    let parsed = &planner.repaired(parsed)?;
    let mut required = planner.clauses(parsed)?;
    let excluded = planner.excluded(parsed)?;
    planner.weigh_stop_words();
    planner.abbreviations()?;
    planner.neighbours()?;
    planner.compounds()?;
    let nothing_left = planner.drop_unknown()?;
    planner.drop_surplus()?;
    required.extend(excluded);
    required.extend(planner.filters(parsed)?);
    let lacks_words = !planner.missing.is_empty();
    let may_fill = lacks_words || required.is_empty();
    let without_words = may_fill.then(|| narrowed(Some(planner.any_document()), &required));
    if nothing_left {
        required.push((Occur::Must, Box::new(EmptyQuery)));
    }
    let (finding, work) = planner.finding(work)?;
    let finding = finding.iter().map(|number| &planner.terms[*number]);
    let words = finding.clone().filter(|term| term.role == Role::Word);
    let terms = words.map(|term| planner.met(term));
    let terms = terms.collect::<tantivy::Result<Vec<AnyOf>>>()?;
    let mut counts = vec![terms.len(), terms.len().div_ceil(2), 1];
    counts.dedup();
    counts.retain(|count| *count <= terms.len());
    let tiers = counts.into_iter();
    let mut tiers: Vec<Tier> = tiers
        .map(|count| Tier::new(count, &terms, &required))
        .collect();
    if terms.is_empty() {
        tiers = vec![Tier {
            query: narrowed(None, &required),
            words: None,
            is_pruned: false,
        }];
    }
    let all = finding.map(|term| planner.met(term));
    let all = all.collect::<tantivy::Result<Vec<AnyOf>>>()?;
    let has_more = !terms.is_empty() && all.len() > terms.len();
    let filler = has_more.then(|| Tier::new(1, &all, &required));
    Ok(Plan {
        tiers,
        filler,
        is_possible: !nothing_left,
        meaning: match query.lexical {
            true => None,
            false => meaning(parsed, |word| planner.spelled_out(word))?,
        },
        words: planner.word_counts()?,
        work,
        without_words,
        marks: planner.marks()?,
        notes: planner.notes()?,
        did_you_mean: planner.did_you_mean(&query.text),
        asked_in: planner.lexicon.asked_in,
        demands: planner.demands,
        terms: planner.terms,
    })
}

/// Returns what finds documents that meet at least `count` of `terms`.
fn at_least(count: usize, terms: &[AnyOf]) -> Box<dyn Query> {
    match count {
        // One flat union is searched with pruning.
        1 => any_of(terms.iter().flat_map(AnyOf::queries).collect()),
        _ => Box::new(MinShouldMatch::new(count, terms.to_vec())),
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

/// The most words in no document that a note names one by one.
const MOST_MISSING: usize = 8;

/// Groups facets by name: the values of one are expansions.
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
    lexicon: Lexicon<'a>,
    /// The abbreviations of the field, and those of the program.
    tables: [&'a Table; 2],
    terms: Vec<QueryTerm>,
    /// The text as typed, and the word or words that it was repaired to.
    repairs: Vec<(String, String)>,
    /// The number of words for which a repair was looked for.
    unknown: usize,
    /// The words that are in no document.
    missing: Vec<String>,
    notes: Vec<Note>,
    prefixes: Vec<String>,
    demands: Vec<Demand>,
    position: usize,
}

impl<'a> Planner<'a> {
    fn new(
        snapshot: &'a Snapshot<'a>,
        tables: [&'a Table; 2],
        text: &str,
    ) -> tantivy::Result<Planner<'a>> {
        Ok(Planner {
            lexicon: Lexicon::new(snapshot, text)?,
            tables,
            terms: Vec::new(),
            repairs: Vec::new(),
            unknown: 0,
            missing: Vec::new(),
            notes: Vec::new(),
            prefixes: Vec::new(),
            demands: Vec::new(),
            position: 0,
        })
    }

    /// Returns `parsed` with the misspelt ones of its plain words repaired.
    fn repaired(&mut self, parsed: &Parsed) -> tantivy::Result<Parsed> {
        let mut repaired = parsed.clone();
        let texts = parsed.clauses.iter().filter(|clause| clause.is_words());
        let mut others = Vec::new();
        for clause in texts {
            let terms = Terms::of(&clause.alternatives[0].text);
            for term in terms
                .iter()
                .filter(|term| !self.lexicon.is_stop_word(term.text))
            {
                others.extend(self.lexicon.stems(term.text)?);
            }
        }
        let last = parsed.clauses.len().saturating_sub(1);
        for (i, clause) in repaired.clauses.iter_mut().enumerate() {
            if clause.is_words() {
                let text = &mut clause.alternatives[0].text;
                self.repair(text, &others, parsed.unfinished && i == last)?;
            }
        }
        Ok(repaired)
    }

    /// Repairs the misspelt words of `text`, but for the last if it is `unfinished` and begins others.
    fn repair(
        &mut self,
        text: &mut String,
        others: &[String],
        unfinished: bool,
    ) -> tantivy::Result<()> {
        let terms = Terms::of(text);
        let mut repairs = Vec::new();
        for (i, term) in terms.iter().enumerate() {
            let written = &text[term.span.clone()];
            if !matches!(term.form, Form::Word | Form::Part)
                || (unfinished && i + 1 == terms.len() && self.lexicon.has_prefix(term.text)?)
                || self.repairs.len() + repairs.len() == MAX_REPAIRS
                || self.unknown == MAX_UNKNOWN
                || is_acronym(written)
                || self.is_known(term.text)?
                // Of a name in code that is known as a whole, the parts need not be.
                || self.whole(&terms, i)?.is_some()
            {
                continue;
            }
            self.unknown += 1;
            if let Some(word) = self.lexicon.repair(term.text, others)? {
                repairs.push((term.span.clone(), written.to_owned(), word));
            }
        }
        for (span, written, word) in repairs.into_iter().rev() {
            text.replace_range(span, &word);
            self.repairs.push((written, word));
        }
        Ok(())
    }

    /// Returns whether `word` is in a document, or short or long for something.
    fn is_known(&self, word: &str) -> tantivy::Result<bool> {
        let is_short = |table: &&Table| table.long_forms(word).next().is_some();
        Ok(self.lexicon.is_stop_word(word)
            || self.tables.iter().any(is_short)
            || !self.lexicon.stems(word)?.is_empty()
            || !self.lexicon.compounds(word)?.is_empty()
            || self.lexicon.last_part(word)?.is_some())
    }

    /// Returns the form of what word `i` is written together in, if the content has that.
    fn whole(&self, terms: &Terms, i: usize) -> tantivy::Result<Option<Form>> {
        let Some(part) = terms.get(i).filter(|part| part.form == Form::Part) else {
            return Ok(None);
        };
        for term in terms.iter() {
            let covers = term.span.start <= part.span.start && term.span.end >= part.span.end;
            if covers
                && matches!(term.form, Form::Joined | Form::Name | Form::Sign)
                && self.lexicon.count(&term.stem())? > 0
            {
                return Ok(Some(term.form));
            }
        }
        Ok(None)
    }

    /// Adds the terms of what is asked for; returns what a document must have of it.
    fn clauses(&mut self, parsed: &Parsed) -> tantivy::Result<Vec<(Occur, Box<dyn Query>)>> {
        let mut required = Vec::new();
        let last = parsed.clauses.len().saturating_sub(1);
        for (i, clause) in parsed.clauses.iter().enumerate() {
            let unfinished = parsed.unfinished && i == last;
            if let Some(exact) = self.clause(clause, unfinished)? {
                required.push((Occur::Must, exact));
            }
        }
        if parsed.is_open() {
            required.push((Occur::Must, self.any_document()));
        }
        Ok(required)
    }

    /// Returns what a document must not have.
    fn excluded(&mut self, parsed: &Parsed) -> tantivy::Result<Vec<(Occur, Box<dyn Query>)>> {
        let mut excluded = Vec::new();
        for atom in &parsed.excluded {
            if self.flag(atom)? {
                continue;
            }
            let mut query = self.exactly(atom)?;
            // Excluding a phrase by itself, tantivy moves its scorer after the end, which it must not; a union,
            // which needs two members, is moved correctly. Other phrases may have no scorer in a segment.
            if !atom.is_one_word() {
                query = any_of(vec![query.box_clone(), query]);
            }
            excluded.push((Occur::MustNot, query));
            self.demand(std::slice::from_ref(atom), true)?;
        }
        Ok(excluded)
    }

    /// Returns the facets that a document must have, and must not have.
    fn filters(&self, parsed: &Parsed) -> tantivy::Result<Vec<(Occur, Box<dyn Query>)>> {
        let mut filters = Vec::new();
        for expansions in by_name(&parsed.wanted) {
            filters.push((Occur::Must, unscored(self.facets(expansions)?)));
        }
        if !parsed.unwanted.is_empty() {
            let unwanted = self.facets(parsed.unwanted.iter().collect())?;
            filters.push((Occur::MustNot, unwanted));
        }
        Ok(filters)
    }

    /// Returns what finds every document.
    fn any_document(&self) -> Box<dyn Query> {
        let term = self.lexicon.snapshot.fields.any_document_term();
        unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }

    /// Adds the terms of `clause`; returns what a document must have of it.
    fn clause(
        &mut self,
        clause: &Clause,
        unfinished: bool,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        if clause.is_words() {
            self.words(&clause.alternatives[0].text, unfinished)?;
            return Ok(None);
        }
        let mut exact = Vec::new();
        let mut expansions = Vec::new();
        for atom in &clause.alternatives {
            exact.push(self.exactly(atom)?);
            match atom.form {
                AtomForm::Words | AtomForm::Phrase => self.note_missing(&atom.text)?,
                AtomForm::Prefix => {
                    let prefix = fold(&atom.text);
                    if prefix.is_empty() {
                        continue;
                    }
                    self.prefixes.push(prefix);
                }
            }
            expansions.extend(self.ways_of(atom)?);
        }
        self.demand(&clause.alternatives, false)?;
        if !expansions.is_empty() {
            self.add(clause.to_string(), expansions);
        }
        Ok(Some(any_of(exact)))
    }

    /// Remembers that one of `atoms` must be there, or must not. By stems alone, what must be there is
    /// never more than a document has that meets it exactly, and what must not never less.
    fn demand(&mut self, atoms: &[Atom], is_excluded: bool) -> tantivy::Result<()> {
        let scope = atoms[0].scope;
        let is_one = atoms.iter().all(|atom| atom.scope == scope);
        let mut ways = Vec::new();
        for atom in atoms {
            let mut of_atom = self.ways_of(atom)?;
            let stems = phrase_stems(&atom.text, Language::English);
            let stems: Vec<String> = stems.into_iter().map(|(_, stem)| stem).collect();
            // The stem of `C++` is that of a word, and the term is not.
            let has_sign = of_atom.first().is_none_or(|word| word.stems != stems);
            if has_sign && atom.form != AtomForm::Prefix {
                if is_excluded {
                    of_atom.clear();
                }
                if let [stem] = &*stems {
                    of_atom = vec![Expansion::of_stem(stem.clone())];
                }
            }
            ways.extend(of_atom);
        }
        self.demands.push(Demand {
            ways,
            scope: if is_one { scope } else { Scope::Anywhere },
            is_excluded,
        });
        Ok(())
    }

    /// Returns the ways to meet `atom` by the stems that the content has.
    fn ways_of(&self, atom: &Atom) -> tantivy::Result<Vec<Expansion>> {
        let mut ways = match atom.form {
            AtomForm::Words | AtomForm::Phrase => self.same(atom)?,
            AtomForm::Prefix => {
                let prefix = fold(&atom.text);
                let stems = match prefix.is_empty() {
                    true => Vec::new(),
                    false => self.stems_with_prefix(&prefix)?,
                };
                stems.into_iter().map(Expansion::of_stem).collect()
            }
        };
        ways.retain(|expansion| !expansion.stems.is_empty());
        Ok(ways)
    }

    /// Returns the ways to meet `atom`: as it is written, as a name in code, and by what it is
    /// short or long for.
    fn same(&self, atom: &Atom) -> tantivy::Result<Vec<Expansion>> {
        let mut ways = vec![Expansion::of(&atom.text, 1.0)];
        for language in &self.lexicon.languages {
            ways.push(Expansion::in_language(&atom.text, 1.0, *language));
        }
        ways.extend(self.name(&atom.text)?.map(Expansion::of_stem));
        if atom.form == AtomForm::Words {
            let others = self.long_forms(&fold(&atom.text))?.into_iter();
            let others = others.chain(self.short_forms(&ways[0].stems.join(" "))?);
            ways.extend(others.map(|other| Expansion::of(&other, ABBREVIATION_WEIGHT)));
        }
        Ok(ways)
    }

    /// Remembers the words of `text` that are in no document.
    fn note_missing(&mut self, text: &str) -> tantivy::Result<()> {
        let terms = Terms::of(text);
        let words = terms.iter();
        for term in words.filter(|term| matches!(term.form, Form::Word | Form::Part)) {
            if !self.is_known(term.text)? {
                self.missing.push(text[term.span.clone()].to_owned());
            }
        }
        Ok(())
    }

    /// Adds the term of a flag such as `-rf`, which is typed like something to exclude, if the
    /// content knows it; returns whether it does.
    fn flag(&mut self, atom: &Atom) -> tantivy::Result<bool> {
        let flag = format!("-{}", atom.text);
        let is_flag = (atom.form, atom.scope) == (AtomForm::Words, Scope::Anywhere)
            && !self.terms.is_empty()
            && self.lexicon.count(&fold(&flag))? > 0;
        if is_flag {
            self.words(&flag, false)?;
            self.notes.push(Note::new(
                NoteCode::DashWord,
                format!("searched for \"{flag}\", which occurs in the guides"),
            ));
        }
        Ok(is_flag)
    }

    /// Adds a term that every document that is found meets.
    fn add(&mut self, written: String, expansions: Vec<Expansion>) {
        self.terms.push(QueryTerm {
            written,
            role: Role::Word,
            exact: true,
            position: self.position,
            expansions,
        });
        self.position += 1;
    }

    /// Adds the terms of plain words.
    fn words(&mut self, text: &str, unfinished: bool) -> tantivy::Result<()> {
        let terms = Terms::of(text);
        let start = self.position;
        let mut before = None;
        // In a text of capitals they say nothing.
        let is_loud = !text.contains(char::is_lowercase) && terms.len() > 2;
        let is_grammar = terms.iter().all(|term| match term.form {
            Form::Word | Form::Part => self.lexicon.is_stop_word(term.text),
            _ => matches!(term.text, "?" | "!"),
        });
        for (i, term) in terms.iter().enumerate() {
            self.position = start + term.position;
            let written = &text[term.span.clone()];
            match term.form {
                Form::Word | Form::Part => {
                    let whole = self.whole(&terms, i)?;
                    if is_grammar || self.is_name(&terms, i)? {
                        self.code(term.text, written)?;
                    }
                    self.word(term.text, written, whole)?;
                    if let Some(before) = before.filter(|_| !self.lexicon.is_stop_word(term.text)) {
                        self.joined(&format!("{before}{}", term.text), written)?;
                    }
                    let alone = term.form == Form::Word && !self.lexicon.is_stop_word(term.text);
                    before = alone.then_some(term.text);
                }
                Form::Joined => self.joined(term.text, written)?,
                Form::Name => self.name_term(term.text, written)?,
                // "what is this ?"
                Form::Sign if terms.len() > 1 && is_end(written, text) => {}
                Form::Sign if is_loud && term.text.starts_with(char::is_uppercase) => {}
                Form::Sign => self.sign(term.text, written)?,
            }
        }
        if unfinished && let Some(term) = terms.iter().last() {
            self.unfinished(term.text)?;
        }
        self.position = start + terms.iter().last().map_or(0, |term| term.position + 1);
        Ok(())
    }

    /// Lets the last term be met by words that begin with `start`, too.
    fn unfinished(&mut self, start: &str) -> tantivy::Result<()> {
        let stems = self.stems_with_prefix(start)?;
        let Some(last) = self.terms.len().checked_sub(1) else {
            return Ok(());
        };
        for stem in stems {
            let begun = Expansion {
                stems: vec![stem],
                weight: UNFINISHED,
            };
            self.meet(last, begun);
        }
        self.terms[last].role = Role::Word;
        self.prefixes.push(start.to_owned());
        Ok(())
    }

    /// Adds the term of a word; `whole` is the form of what it is a part of that the content has.
    fn word(&mut self, word: &str, written: &str, whole: Option<Form>) -> tantivy::Result<()> {
        let mut ways = self.ways(word)?;
        if ways.is_empty() {
            if whole.is_some() {
                return Ok(());
            }
            ways.push(Expansion::of_stem(stem(word).into_owned()));
        }
        if matches!(word, "vs" | "versus") {
            // Whoever compares says so in one of these ways.
            ways.extend(COMPARING.map(|stem| Expansion::of(stem, COMPARED)));
        }
        let role = match whole {
            // The whole name counts.
            Some(Form::Name) => Role::Base,
            _ => Role::Word,
        };
        self.push(written, role, ways);
        Ok(())
    }

    /// Returns whether word `i` is a stop word that may be meant as the name that code has: what stands beside it
    /// says so, or questions with the word often mean the name.
    fn is_name(&self, terms: &Terms, i: usize) -> tantivy::Result<bool> {
        let Some(term) = terms
            .get(i)
            .filter(|term| self.lexicon.is_stop_word(term.text))
        else {
            return Ok(false);
        };
        let beside = |distance: isize| {
            let position = term.position.checked_add_signed(distance)?;
            let near = i.saturating_sub(MOST_FORMS)..=i + MOST_FORMS;
            let mut words = near.filter_map(|near| terms.get(near));
            let is_beside = |word: &crate::text::Term<'_>| {
                word.position == position && matches!(word.form, Form::Word | Form::Part)
            };
            words.find(is_beside).map(|word| word.text)
        };
        let is_joint = |other: Option<&str>| other.is_none_or(|other| JOINTS.contains(&other));
        let (before, after) = (beside(-1), beside(1));
        let is_verb = before.is_some_and(|before| OPENING.contains(&before));
        let is_kind =
            |other: Option<&str>| other.is_some_and(|other| KINDS.contains(&&*stem(other)));
        if is_kind(after) && !is_verb || (after.is_none() && is_kind(before)) {
            return Ok(true);
        }
        let is_preposition = |word: &str| PREPOSITIONS.contains(&word);
        if is_preposition(term.text) && after.is_some_and(is_preposition) {
            return Ok(true);
        }
        let is_compared =
            is_joint(before) && is_joint(after) && (before.is_some() || after.is_some());
        if is_compared && !JOINTS.contains(&term.text) {
            return Ok(true);
        }
        let questions = self.lexicon.snapshot.fields.question;
        let count = |term: &str| self.lexicon.snapshot.doc_freq(questions, term);
        let named = count(&format!("`{}", term.text))?;
        Ok(named * OFTEN_NAMED >= count(&stem(term.text))?.max(1))
    }

    /// Adds the term of a stop word as the content has it in code, if it does.
    fn code(&mut self, word: &str, written: &str) -> tantivy::Result<()> {
        let code = format!("`{word}");
        if self.lexicon.count(&code)? > 0 {
            let code = vec![Expansion::of_stem(code)];
            self.push(&format!("`{written}`"), Role::Code, code);
        }
        Ok(())
    }

    /// Adds the term of a name in code, if the content has it, be it in small letters.
    fn name_term(&mut self, name: &str, written: &str) -> tantivy::Result<()> {
        let mut ways = self.ways(name)?;
        if !ways.is_empty() {
            // As it is typed, first.
            ways.sort_by_key(|way| way.stems[0] != name);
            self.push(written, Role::Word, ways);
        }
        Ok(())
    }

    /// Adds the term of words written together, if the content has them so.
    fn joined(&mut self, joined: &str, written: &str) -> tantivy::Result<()> {
        let ways = self.ways(joined)?;
        if !ways.is_empty() {
            self.push(written, Role::Joined, ways);
        }
        Ok(())
    }

    /// Returns the ways to meet a word that the content has: by its stem, and as a name in code,
    /// which has none.
    fn ways(&self, word: &str) -> tantivy::Result<Vec<Expansion>> {
        let stems = self.lexicon.stems(word)?.into_iter();
        Ok(stems.map(Expansion::of_stem).collect())
    }

    /// Adds the term of a word with its signs, if the content has it so; the word alone is looked
    /// for otherwise.
    fn sign(&mut self, sign: &str, written: &str) -> tantivy::Result<()> {
        if self.lexicon.count(sign)? > 0 {
            let position = self.position;
            let base = self.terms.last_mut();
            if let Some(base) = base.filter(|term| term.position == position) {
                base.role = Role::Base;
            }
            let sign = vec![Expansion::of_stem(sign.to_owned())];
            self.push(written, Role::Word, sign);
        } else if self.terms.is_empty() && !sign.contains(char::is_alphanumeric) {
            self.missing.push(written.to_owned());
        }
        Ok(())
    }

    fn push(&mut self, written: &str, role: Role, expansions: Vec<Expansion>) {
        // What is said again and again is not asked for more each time.
        let is_same = |term: &&QueryTerm| term.role == role && term.written == written;
        if self.terms.iter().filter(is_same).count() == MAX_REPEATS {
            return;
        }
        self.terms.push(QueryTerm {
            written: written.to_owned(),
            role,
            exact: false,
            position: self.position,
            expansions,
        });
    }

    /// Lets stop words count less, where there is anything else.
    fn weigh_stop_words(&mut self) {
        let lexicon = &self.lexicon;
        let stop = |term: &QueryTerm| lexicon.is_stop_word(&fold(&term.written));
        let asked = |term: &QueryTerm| term.role == Role::Word && !stop(term);
        if self.terms.iter().any(asked) {
            for term in self.terms.iter_mut().filter(|term| term.role == Role::Word) {
                if stop(term) {
                    term.role = Role::Stop;
                }
            }
        }
    }

    /// Returns what the folded word `short` stands for.
    fn long_forms(&self, short: &str) -> tantivy::Result<Vec<String>> {
        let known = self.tables.iter().flat_map(|table| table.long_forms(short));
        let mut long: Vec<String> = known.map(str::to_owned).collect();
        long.extend(self.lexicon.paired(short)?.iter().cloned());
        Ok(long)
    }

    /// Returns what `word` is short for, if the table of meaning lacks the word.
    fn spelled_out(&self, word: &str) -> tantivy::Result<Option<String>> {
        if meaning::has(&stem(word)) {
            return Ok(None);
        }
        Ok(self.long_forms(word)?.into_iter().next())
    }

    /// Returns the short forms of what has these stems, joined by spaces.
    fn short_forms(&self, stems: &str) -> tantivy::Result<Vec<String>> {
        let known = self
            .tables
            .iter()
            .flat_map(|table| table.short_forms(stems));
        let mut short: Vec<String> = known.map(str::to_owned).collect();
        if stems.contains(' ') {
            short.extend(self.lexicon.paired(stems)?.iter().cloned());
        }
        Ok(short)
    }

    /// Adds to each term what it is short for, and to words what they are shortened to.
    fn abbreviations(&mut self) -> tantivy::Result<()> {
        for i in 0..self.terms.len() {
            let term = &self.terms[i];
            if term.role == Role::Word && !term.exact && term.expansions[0].stems.len() == 1 {
                for long in self.long_forms(&fold(&term.written))? {
                    self.meet(i, Expansion::of(&long, ABBREVIATION_WEIGHT));
                }
            }
        }
        let words: Vec<usize> = (0..self.terms.len())
            .filter(|i| matches!(self.terms[*i].role, Role::Word | Role::Stop))
            .collect();
        for length in 1..=MAX_WORDS {
            for window in words.windows(length) {
                let stems: Vec<&str> = window
                    .iter()
                    .flat_map(|i| &self.terms[*i].expansions[0].stems)
                    .map(String::as_str)
                    .collect();
                for short in self.short_forms(&stems.join(" "))? {
                    for i in window {
                        self.meet(*i, Expansion::of(&short, ABBREVIATION_WEIGHT));
                    }
                }
            }
        }
        Ok(())
    }

    /// Lets rare words be met by what they are misspellings or compounds of, as well.
    fn neighbours(&mut self) -> tantivy::Result<()> {
        for i in 0..self.terms.len() {
            let term = &self.terms[i];
            let [stem] = term.expansions[0].stems.as_slice() else {
                continue;
            };
            let count = self.lexicon.count(stem)?;
            let word = fold(&term.written);
            if term.role != Role::Word || term.exact || count == 0 || word.len() < LONG_WORD {
                continue;
            }
            if count <= MISSPELT {
                let least = count as u32 * MUCH_MORE;
                let frequent = self.lexicon.frequent(&word, least)?;
                // Of another form of the same word, the stem would be the same.
                if let Some(frequent) = frequent {
                    self.meet(i, Expansion::of(&frequent, MEANT));
                }
            }
            if count <= RARE_COMPOUND
                && let Some(parts) = self.lexicon.parts(&word)?
            {
                self.meet(i, Expansion::of(&parts, ABBREVIATION_WEIGHT));
            }
        }
        Ok(())
    }

    /// Lets words be met by the compounds that they are a part of, and rare compounds by what they end
    /// in.
    fn compounds(&mut self) -> tantivy::Result<()> {
        if !self.lexicon.has_compounds() {
            return Ok(());
        }
        for i in 0..self.terms.len() {
            let term = &self.terms[i];
            let [stem] = term.expansions[0].stems.as_slice() else {
                continue;
            };
            if term.role != Role::Word || term.exact {
                continue;
            }
            let count = self.lexicon.count(stem)?;
            let word = fold(&term.written);
            let mut others = self.lexicon.compounds(&word)?;
            if count <= RARE_COMPOUND {
                others.extend(self.lexicon.last_part(&word)?);
            }
            for stem in others {
                let stems = vec![stem];
                let weight = COMPOUND;
                self.meet(i, Expansion { stems, weight });
            }
        }
        Ok(())
    }

    /// Leaves out the most frequent terms where there are too many.
    fn drop_surplus(&mut self) -> tantivy::Result<()> {
        if self.terms.len() <= MAX_TERMS {
            return Ok(());
        }
        let mut counts = Vec::with_capacity(self.terms.len());
        for (i, term) in self.terms.iter().enumerate() {
            let mut count = u64::MAX;
            for stem in &term.expansions[0].stems {
                count = count.min(self.lexicon.count(stem)?);
            }
            counts.push((!term.exact, term.role != Role::Word, count, i));
        }
        counts.sort_unstable();
        let mut kept: Vec<usize> = counts[..MAX_TERMS].iter().map(|(.., i)| *i).collect();
        kept.sort_unstable();
        self.terms = kept.into_iter().map(|i| self.terms[i].clone()).collect();
        let note = format!("searched for the {MAX_TERMS} rarest words of so long a text");
        self.notes.push(Note::new(NoteCode::Shortened, note));
        Ok(())
    }

    /// Leaves out words that no document can meet, and says so; returns whether nothing is left of
    /// what was asked for.
    fn drop_unknown(&mut self) -> tantivy::Result<bool> {
        let asked = self.terms.len();
        for term in std::mem::take(&mut self.terms) {
            let mut met = term.exact || term.role != Role::Word;
            for expansion in &term.expansions {
                let mut known = true;
                for stem in &expansion.stems {
                    known &= self.lexicon.count(stem)? > 0;
                }
                met |= known;
            }
            if met {
                self.terms.push(term);
            } else if !self.lexicon.is_stop_word(&fold(&term.written)) {
                self.missing.push(term.written);
            }
        }
        if !self.terms.iter().any(|term| term.role == Role::Word) {
            // Then what stop words are left is all that was asked for. Beside a word that is in no
            // document, only a single one that is code, and those that ask for something in particular say
            // what is wanted.
            let count = |role| self.terms.iter().filter(|term| term.role == role).count();
            let is_code = count(Role::Code) == 1 && count(Role::Stop) == 1;
            let all = self.missing.is_empty() || is_code;
            for term in &mut self.terms {
                let is_stop_word = matches!(term.role, Role::Stop | Role::Code);
                if is_stop_word && (all || ASKING.contains(&&*fold(&term.written))) {
                    term.role = Role::Word;
                }
            }
        }
        let left = self.terms.iter().any(|term| term.role == Role::Word);
        Ok(asked > 0 && !left)
    }

    /// Counts the words that are asked for.
    fn word_counts(&self) -> tantivy::Result<WordCounts> {
        let mut counts = WordCounts::default();
        for term in self.terms.iter().filter(|term| term.role == Role::Word) {
            let mut stems = term.expansions[0].stems.iter();
            let is_meant = stems.all(|stem| meaning::has(stem))
                || self.spelled_out(&fold(&term.written))?.is_some();
            counts.found += 1;
            counts.meant += usize::from(is_meant);
        }
        for word in self.missing.iter().map(|word| fold(word)) {
            let is_meant = meaning::has(&stem(&word)) || self.spelled_out(&word)?.is_some();
            counts.meant += usize::from(is_meant);
        }
        counts.all = counts.found + self.missing.len();
        Ok(counts)
    }

    /// Lets term `i` be met by `expansion` as well.
    fn meet(&mut self, i: usize, expansion: Expansion) {
        let expansions = &mut self.terms[i].expansions;
        let new = !expansions
            .iter()
            .any(|other| other.stems == expansion.stems);
        if new && !expansion.stems.is_empty() {
            expansions.push(expansion);
        }
    }

    /// Returns the numbers of the terms that decide what is found, besides what must be there anyway: of
    /// all, or of the rarest, if the lists of all take more than `work`; and the work that is left. Words come
    /// before stop words.
    fn finding(&mut self, work: u64) -> tantivy::Result<(Vec<usize>, u64)> {
        let mut terms = Vec::with_capacity(self.terms.len());
        for (number, term) in self.terms.iter().enumerate() {
            if !term.exact {
                terms.push((term.role != Role::Word, self.entries(term)?, number));
            }
        }
        terms.sort_unstable();
        let words = terms.iter().filter(|(is_other, ..)| !is_other).count();
        let mut left = work / WORD_WORK;
        let mut kept = 0;
        for (_, entries, _) in &terms {
            if kept >= LEAST_FINDING && *entries > left {
                break;
            }
            left = left.saturating_sub(*entries);
            kept += 1;
        }
        if kept < words {
            let note = format!("found by the {kept} rarest words of so long a text, ranked by all");
            self.notes.push(Note::new(NoteCode::Shortened, note));
        }
        let mut finding: Vec<usize> = terms[..kept].iter().map(|(.., number)| *number).collect();
        finding.sort_unstable();
        Ok((finding, left.saturating_mul(WORD_WORK)))
    }

    /// Returns the length of the lists of a term, together.
    fn entries(&self, term: &QueryTerm) -> tantivy::Result<u64> {
        let mut entries = 0;
        for expansion in &term.expansions {
            let mut fewest = u64::MAX;
            for stem in &expansion.stems {
                fewest = fewest.min(self.lexicon.count(stem)?);
            }
            entries += expansion.stems.len() as u64 * fewest;
        }
        Ok(entries)
    }

    /// Returns what finds documents that meet `term`.
    fn met(&self, term: &QueryTerm) -> tantivy::Result<AnyOf> {
        let snapshot = self.lexicon.snapshot;
        let fields = snapshot.fields;
        let mut ways = AnyOf::default();
        for expansion in &term.expansions {
            if let [stem] = expansion.stems.as_slice() {
                let lists = |field| snapshot.lists(field, stem);
                let weight = expansion.weight;
                ways.add_term(lists(fields.text)?, weight);
                ways.add_term(lists(fields.headings_and_tags)?, FOUND_BY_CONTEXT * weight);
                // The text holds the question as well.
                ways.add_scoring_term(lists(fields.question)?, FOUND_BY_QUESTION * weight);
            } else {
                // What has the words of a sequence; whether side by side, is scored later.
                let share = expansion.weight / expansion.stems.len() as f32;
                let words = expansion.stems.iter().map(|stem| {
                    let query = term_query(fields.text, stem);
                    let query: Box<dyn Query> = Box::new(BoostQuery::new(query, share));
                    (Occur::Must, query)
                });
                ways.add_query(Box::new(BooleanQuery::new(words.collect())));
            }
        }
        Ok(ways)
    }

    /// Returns `text` as a name in code, if it is a word that the content has so.
    fn name(&self, text: &str) -> tantivy::Result<Option<String>> {
        let name = fold(text);
        Ok(match phrase_stems(text, Language::English).as_slice() {
            [(_, stem)] if *stem != name && self.lexicon.count(&name)? > 0 => Some(name),
            _ => None,
        })
    }

    /// Returns what has `atom`, exactly.
    fn exactly(&self, atom: &Atom) -> tantivy::Result<Box<dyn Query>> {
        let fields = self.lexicon.snapshot.fields;
        if atom.form == AtomForm::Prefix {
            let prefix = fold(&atom.text);
            if atom.scope == Scope::Anywhere {
                let fields = [fields.text, fields.surface_forms, fields.headings_and_tags];
                let fields = fields.into_iter();
                return Ok(any_of(
                    fields.map(|field| starts_with(field, &prefix)).collect(),
                ));
            }
            let stems = self.stems_with_prefix(&prefix)?;
            let word = |stem| self.phrase(&[(0, stem)], atom.scope);
            return Ok(any_of(stems.into_iter().map(word).collect()));
        }
        let stems = phrase_stems(&atom.text, Language::English);
        let mut ways = Vec::new();
        for language in &self.lexicon.languages {
            let stems = phrase_stems(&atom.text, *language);
            if !stems.is_empty() {
                ways.push(self.phrase(&stems, atom.scope));
            }
        }
        if let Some(name) = self.name(&atom.text)? {
            ways.push(self.phrase(&[(0, name)], atom.scope));
        }
        if !stems.is_empty() {
            ways.push(self.phrase(&stems, atom.scope));
        }
        if atom.form == AtomForm::Words {
            for same in self.same(atom)?.into_iter().skip(1) {
                let stems: Vec<(usize, String)> = same.stems.into_iter().enumerate().collect();
                ways.push(self.phrase(&stems, atom.scope));
            }
            if let ([(_, stem)], Scope::Anywhere) = (stems.as_slice(), atom.scope) {
                ways.push(term_query(fields.headings_and_tags, stem));
            }
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
            let within = Box::new(PositionFilter::new(part, terms));
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

    fn facets(&self, facets: Vec<&Facet>) -> tantivy::Result<Box<dyn Query>> {
        let mut queries = Vec::new();
        for facet in facets {
            queries.push(self.lexicon.snapshot.with_facet(facet)?);
        }
        Ok(any_of(queries))
    }

    fn marks(&self) -> tantivy::Result<Highlights> {
        let mut marks = Highlights::in_languages(&self.lexicon.languages);
        let asked = |term: &&QueryTerm| matches!(term.role, Role::Word | Role::Joined);
        for term in self.terms.iter().filter(asked) {
            let mut count = u64::MAX;
            for stem in &term.expansions[0].stems {
                count = count.min(self.lexicon.count(stem)?);
            }
            let rarity = self.lexicon.rarity(count)?;
            // The parts of `node.js` are what it counts to show it.
            let joined = term.role == Role::Joined;
            let number = marks.add_unit(if joined { 0.0 } else { rarity });
            for expansion in &term.expansions {
                marks.add(number, &expansion.stems);
            }
            if let [stem] = term.expansions[0].stems.as_slice() {
                marks.add_remedies(number, stem);
            }
        }
        for prefix in &self.prefixes {
            let term = marks.add_unit(1.0);
            marks.add_prefix(term, prefix);
        }
        Ok(marks)
    }

    fn notes(&self) -> tantivy::Result<Vec<Note>> {
        // Where there is no document at all, that one lacks a word is no news.
        let is_empty = self.lexicon.snapshot.documents()? == 0;
        let repair = |(typed, word): &(String, String)| {
            let text = format!("\"{typed}\" is in no document; searched for \"{word}\"");
            Note::new(NoteCode::Corrected, text)
        };
        let missing: Vec<String> = self
            .missing
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect();
        let missing = match missing.as_slice() {
            _ if is_empty => None,
            [] => None,
            [word] => Some(format!("{word} is in no document")),
            [first, second, .., last] if missing.len() > MOST_MISSING => {
                let others = missing.len() - 3;
                Some(format!(
                    "{first}, {second}, {last} and {others} others are in no document"
                ))
            }
            [words @ .., last] => Some(format!(
                "{} and {last} are in no document",
                words.join(", ")
            )),
        };
        let missing = missing.map(|text| Note::new(NoteCode::UnknownWord, text));
        let notes = self.notes.iter().cloned().chain(missing);
        Ok(notes.chain(self.repairs.iter().map(repair)).collect())
    }

    fn did_you_mean(&self, text: &str) -> Option<String> {
        self.repairs.first()?;
        let mut repaired = text.to_owned();
        for (typed, word) in &self.repairs {
            if let Some(start) = place(typed, &repaired) {
                repaired.replace_range(start..start + typed.len(), word);
            }
        }
        Some(repaired)
    }
}

/// The stems of words that compare.
const COMPARING: [&str; 3] = ["vs", "versus", "differ"];

/// The stems of words that say what sort of name stands beside them.
const KINDS: [&str; 6] = ["keyword", "oper", "statement", "loop", "claus", "express"];

/// The words between which a compared name stands.
const JOINTS: [&str; 5] = ["and", "between", "or", "versus", "vs"];

/// The words of which the first is a name where two follow each other: *how to use with in Python*.
const PREPOSITIONS: [&str; 10] = [
    "as", "at", "by", "for", "from", "in", "into", "of", "on", "with",
];

/// The words after which *is* and *do* are verbs.
const OPENING: [&str; 10] = [
    "how", "it", "that", "there", "what", "when", "where", "which", "who", "why",
];

/// The most terms that a word and its signs are, and so the distance of the words beside it.
const MOST_FORMS: usize = 6;

/// A word of which at least one in so many of the questions with it has it as a name, as *this* and *any*, may
/// be one in any sentence.
const OFTEN_NAMED: u64 = 16;

/// The stop words that ask for a place, a time or a person.
const ASKING: [&str; 4] = ["when", "where", "who", "whom"];

/// Returns whether `sign` does no more than end the sentence `text`.
fn is_end(sign: &str, text: &str) -> bool {
    matches!(sign, "?" | "!") && text.trim_end().ends_with(sign)
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

/// Returns what has a term of `field` that starts with `prefix`.
fn starts_with(field: Field, prefix: &str) -> Box<dyn Query> {
    let (from, to) = prefix_range(prefix);
    let term = |bytes: &[u8]| Term::from_field_bytes(field, bytes);
    let to = to.map_or(Bound::Unbounded, |to| Bound::Excluded(term(&to)));
    Box::new(RangeQuery::new(Bound::Included(term(&from)), to))
}

pub(crate) fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Returns the stems of `text`, one at each position: the one with signs, where there is one.
pub(crate) fn phrase_stems(text: &str, language: Language) -> Vec<(usize, String)> {
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
            stems.push((term.position, stem_in(term.text, language).into_owned()));
        }
    }
    stems
}

/// Returns what finds as `query`, and scores nothing.
fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub(crate) fn any_of(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    let parts = queries.into_iter().map(|query| (Occur::Should, query));
    Box::new(BooleanQuery::new(parts.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Index, QaDocument, search::query::parse};

    #[test]
    fn of_words_whose_lists_are_too_long_the_rarest_find_and_all_rank() {
        let names = ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8", "i9", "k10"];
        let document = |number: usize| {
            // Of ten documents, the last name is in all, and the first in one.
            let text = names[9 - number..].join(" ");
            QaDocument::new("tea", format!("What is kind{number}?"), text)
        };
        let index = Index::in_memory((0..10).map(document)).unwrap();
        let snapshot = index.snapshot();
        let query = crate::Query::new(names.join(" "));
        let planned = |work| {
            let own = Table::default();
            let plan = plan(&parse(&query), &query, &snapshot, &own, work).unwrap();
            let notes = plan.notes.into_iter().map(|note| note.text);
            (plan.terms.len(), plan.work, notes.collect::<Vec<_>>())
        };
        let all = (1..=10).sum::<u64>() * WORD_WORK;
        assert_eq!(planned(all + 1).0, 10);
        assert_eq!(planned(all), (10, 0, Vec::new()));
        let note = "found by the 9 rarest words of so long a text, ranked by all";
        assert_eq!(planned(all - 1), (10, 9 * WORD_WORK, vec![note.to_owned()]));
        let note = "found by the 8 rarest words of so long a text, ranked by all";
        assert_eq!(planned(0), (10, 0, vec![note.to_owned()]));
    }

    #[test]
    fn of_many_lists_none_is_passed_over() {
        let document = |number: usize| {
            QaDocument::new(
                "tea",
                format!("What is tea{number}?"),
                "Leaves of a b c d e f g h.",
            )
        };
        let index = Index::in_memory((0..MAX_PRUNED).map(document)).unwrap();
        let snapshot = index.snapshot();
        let is_pruned = |text, typing| {
            let query = crate::Query::new(text).typing(typing);
            let own = Table::default();
            let plan = plan(&parse(&query), &query, &snapshot, &own, MAX_WORK).unwrap();
            plan.tiers.last().unwrap().is_pruned
        };
        assert!(is_pruned("tea1 tea2 tea3 tea4 tea5 tea6 tea7 tea8", false));
        assert!(!is_pruned(
            "tea1 tea2 tea3 tea4 tea5 tea6 tea7 tea8 tea9",
            false
        ));
        assert!(is_pruned("tea1", false));
        // Words that begin so are lists like others.
        assert!(!is_pruned("te", true));
    }
}
