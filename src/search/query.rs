//! A [`Query`]: what is asked, and how much of the answer is wanted.
//!
//! [`parse`] reads its text as [`Parsed`]. It never fails but on size: what is no operator is text.

use std::fmt;

use crate::{DocumentKind, Error, Facet, FacetName, Note, NoteCode, Result, text::Terms};

/// The longest text, in bytes.
const MAX_BYTES: usize = 4096;

/// The most words and signs in a text.
const MAX_TERMS: usize = 64;

/// The most words in a phrase.
const MAX_PHRASE: usize = 32;

/// What is asked: a text in the query language, facets to filter by, and how much to return.
///
/// The text is words; `"an exact phrase"`; `-word` and `-"phrase"` to exclude; `OR`; `prefix*`;
/// `question:word` and `answer:word`; and a facet's name with a value, `tag:python`,
/// `section:"technical questions"`, `-tag:flask`. Everything else is text. Several values of one
/// facet are alternatives; different facets narrow.
///
/// Every value is a valid query; what it configures, it configures by value:
///
/// ```
/// use hotseat::Query;
///
/// let query = Query::new("borrow checker").tag("rust").level("senior").limit(5);
/// # let _ = query;
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use = "a query does nothing until an index searches it"]
pub struct Query {
    pub(crate) text: String,
    pub(crate) wanted: Vec<Facet>,
    pub(crate) unwanted: Vec<Facet>,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) facets: Vec<FacetName>,
    pub(crate) full: bool,
    pub(crate) explain: bool,
    pub(crate) snippet_length: usize,
    pub(crate) fragments: usize,
}

impl Query {
    /// Returns a query for `text`: the first ten hits, each with a snippet of one fragment.
    ///
    /// An empty text asks for every document, by guide and line.
    pub fn new(text: impl Into<String>) -> Query {
        Query {
            text: text.into(),
            wanted: Vec::new(),
            unwanted: Vec::new(),
            limit: 10,
            offset: 0,
            facets: Vec::new(),
            full: false,
            explain: false,
            snippet_length: 240,
            fragments: 1,
        }
    }

    /// Returns whether nothing is asked for: no word, phrase, exclusion or facet.
    ///
    /// Such a query finds every document.
    ///
    /// ```
    /// use hotseat::Query;
    ///
    /// assert!(Query::new("\"\" OR ?").is_empty());
    /// assert!(!Query::new("").tag("rust").is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        parse(self).is_ok_and(|parsed| {
            let atoms = parsed
                .clauses
                .iter()
                .flat_map(|clause| &clause.alternatives);
            let mut atoms = atoms.chain(&parsed.excluded);
            atoms.all(|atom| Terms::of(&atom.text).len() == 0)
                && parsed.wanted.is_empty()
                && parsed.unwanted.is_empty()
        })
    }

    /// Narrows to documents with `facet`, or with another value of the same facet that was asked for.
    pub fn filter(mut self, facet: Facet) -> Query {
        self.wanted.push(facet);
        self
    }

    /// Leaves out documents with `facet`.
    pub fn exclude(mut self, facet: Facet) -> Query {
        self.unwanted.push(facet);
        self
    }

    /// Narrows to documents with the tag, in any spelling.
    pub fn tag(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Tag, value))
    }

    /// Narrows to guides of the category.
    pub fn category(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Category, value))
    }

    /// Narrows to questions of the level.
    pub fn level(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Level, value))
    }

    /// Narrows to documents below a heading with this title.
    pub fn section(self, value: &str) -> Query {
        self.filter(Facet::new(FacetName::Section, value))
    }

    /// Narrows to one guide, or to the guides of a folder.
    pub fn guide(self, path: &str) -> Query {
        self.filter(Facet::new(FacetName::Guide, path))
    }

    /// Narrows to questions or to passages.
    pub fn kind(self, kind: DocumentKind) -> Query {
        self.filter(Facet::new(FacetName::Kind, kind.as_str()))
    }

    /// Returns at most `hits` hits, ten unless told otherwise. With 0, [`total`](crate::Results::total)
    /// and facets are counted and nothing else is read.
    pub fn limit(mut self, hits: usize) -> Query {
        self.limit = hits;
        self
    }

    /// Leaves out the first `hits` hits.
    pub fn offset(mut self, hits: usize) -> Query {
        self.offset = hits;
        self
    }

    /// Counts the values of these facets over all that is found.
    pub fn facets(mut self, names: &[FacetName]) -> Query {
        self.facets = names.to_vec();
        self
    }

    /// Sets whether hits come with their whole answer.
    pub fn full(mut self, full: bool) -> Query {
        self.full = full;
        self
    }

    /// Sets whether the results say how the text was understood and what each score is made of.
    pub fn explain(mut self, explain: bool) -> Query {
        self.explain = explain;
        self
    }

    /// Sets the greatest length of a snippet, in characters.
    pub fn snippet_length(mut self, characters: usize) -> Query {
        self.snippet_length = characters;
        self
    }

    /// Lets a snippet have up to `fragments` parts of its answer, where one can't show every word.
    pub fn fragments(mut self, fragments: usize) -> Query {
        self.fragments = fragments;
        self
    }
}

impl Default for Query {
    /// Returns the query that asks for every document.
    fn default() -> Query {
        Query::new("")
    }
}

/// A text as it is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// What is looked for, in the order in which it is written.
    pub(crate) clauses: Vec<Clause>,
    /// What must not be there.
    pub(crate) excluded: Vec<Atom>,
    /// Facets to narrow to, and to leave out.
    pub(crate) wanted: Vec<Facet>,
    pub(crate) unwanted: Vec<Facet>,
    /// What was ignored, and why.
    pub(crate) notes: Vec<Note>,
}

/// One thing to look for, or several of which one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) alternatives: Vec<Atom>,
}

/// The smallest thing that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Atom {
    /// Where it must stand.
    pub(crate) scope: Scope,
    /// How it is to be read.
    pub(crate) form: AtomForm,
    /// What was typed, without operators.
    pub(crate) text: String,
}

/// How an atom is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomForm {
    /// Words, each for itself.
    Words,
    /// Words in this order, side by side.
    Phrase,
    /// The beginning of a word.
    Prefix,
}

/// Where in a document something must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    Anywhere,
    Question,
    Answer,
}

impl Parsed {
    /// Returns whether nothing is looked for: every document that the facets leave is an answer.
    pub(crate) fn is_open(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// Reads the text of `query`, and adds its other facets.
pub(crate) fn parse(query: &Query) -> Result<Parsed> {
    limit("bytes", query.text.len(), MAX_BYTES)?;
    let mut parser = Parser {
        rest: &query.text,
        parsed: Parsed::default(),
        either: false,
    };
    while parser.clause() {}
    let Parser {
        mut parsed, either, ..
    } = parser;
    if either {
        parsed
            .notes
            .push(Note::new(NoteCode::Ignored, "OR at the end was ignored"));
    }
    check_terms(&parsed)?;
    parsed.wanted.extend(query.wanted.iter().cloned());
    parsed.unwanted.extend(query.unwanted.iter().cloned());
    Ok(parsed)
}

/// Refuses what would take long to look for.
fn check_terms(parsed: &Parsed) -> Result<()> {
    let alternatives = parsed
        .clauses
        .iter()
        .flat_map(|clause| &clause.alternatives);
    let mut total = parsed.wanted.len() + parsed.unwanted.len();
    for atom in alternatives.chain(&parsed.excluded) {
        let terms = Terms::of(&atom.text).len();
        if atom.form == AtomForm::Phrase {
            limit("words in a phrase", terms, MAX_PHRASE)?;
        }
        total += terms.max(1);
    }
    limit("terms", total, MAX_TERMS)
}

fn limit(what: &'static str, found: usize, limit: usize) -> Result<()> {
    if found > limit {
        return Err(Error::QueryTooLarge { what, found, limit });
    }
    Ok(())
}

/// Where the reading of a text has got to.
struct Parser<'a> {
    rest: &'a str,
    parsed: Parsed,
    /// Whether an `OR` waits for its right side.
    either: bool,
}

impl<'a> Parser<'a> {
    /// Reads one clause; returns whether there was one.
    fn clause(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return false;
        }
        if self.operator_or() {
            return true;
        }
        let excluded = self.minus();
        let prefixed = self.prefix_name();
        let (text, form) = match self.quoted() {
            Some(phrase) => (phrase, AtomForm::Phrase),
            None => self.chunk(),
        };
        let scope = match prefixed {
            Some(Prefixed::Facet(name)) => {
                self.facet(name, text, excluded);
                return true;
            }
            Some(Prefixed::Scope(scope)) => scope,
            None => Scope::Anywhere,
        };
        let text = text.to_owned();
        self.atom(Atom { scope, form, text }, excluded);
        true
    }

    /// Reads `OR` between two clauses.
    fn operator_or(&mut self) -> bool {
        let Some(rest) = self.rest.strip_prefix("OR") else {
            return false;
        };
        if rest.starts_with(|c: char| !c.is_whitespace()) {
            return false;
        }
        if self.parsed.clauses.is_empty() || self.either {
            self.parsed.notes.push(Note::new(
                NoteCode::Ignored,
                "OR without something before it was ignored",
            ));
        } else {
            self.either = true;
        }
        self.rest = rest;
        true
    }

    /// Reads the minus of `-word`; `- word`, `--flag` and `->` are text.
    fn minus(&mut self) -> bool {
        let Some(rest) = self.rest.strip_prefix('-') else {
            return false;
        };
        let excludes = rest.starts_with(|c: char| c == '"' || c.is_alphanumeric());
        if excludes {
            self.rest = rest;
        }
        excludes
    }

    /// Reads `tag:` and the like, if a value follows.
    fn prefix_name(&mut self) -> Option<Prefixed> {
        let (name, rest) = self.rest.split_once(':')?;
        if rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':') {
            return None;
        }
        let prefixed = match name.parse() {
            Ok(name) => Prefixed::Facet(name),
            Err(_) if name.eq_ignore_ascii_case("question") => Prefixed::Scope(Scope::Question),
            Err(_) if name.eq_ignore_ascii_case("answer") => Prefixed::Scope(Scope::Answer),
            Err(_) => return None,
        };
        self.rest = rest;
        Some(prefixed)
    }

    /// Reads a phrase in quotes; without an end it goes to the end of the text.
    fn quoted(&mut self) -> Option<&'a str> {
        let rest = self.rest.strip_prefix('"')?;
        let Some((phrase, rest)) = rest.split_once('"') else {
            self.parsed.notes.push(Note::new(
                NoteCode::UnclosedQuote,
                "a quote without an end was read to the end of the query",
            ));
            self.rest = "";
            return Some(rest);
        };
        self.rest = rest;
        Some(phrase)
    }

    /// Reads up to the next space.
    fn chunk(&mut self) -> (&'a str, AtomForm) {
        let end = self
            .rest
            .find(char::is_whitespace)
            .unwrap_or(self.rest.len());
        let (chunk, rest) = self.rest.split_at(end);
        self.rest = rest;
        match chunk.strip_suffix('*') {
            Some(start) if !start.is_empty() && start.chars().all(char::is_alphanumeric) => {
                (start, AtomForm::Prefix)
            }
            _ => (chunk, AtomForm::Words),
        }
    }

    fn facet(&mut self, name: FacetName, value: &str, excluded: bool) {
        let facet = Facet::new(name, value);
        if facet.key().is_empty() {
            let note = format!("{name}: without a value was ignored");
            self.parsed.notes.push(Note::new(NoteCode::Ignored, note));
        } else if excluded {
            self.parsed.unwanted.push(facet);
        } else {
            self.parsed.wanted.push(facet);
        }
    }

    /// Makes the last word a clause of its own, so that in `a b OR c` only `b` has an alternative.
    fn part_last_word(&mut self) {
        let Some(clause) = self.parsed.clauses.last_mut() else {
            return;
        };
        let [atom] = clause.alternatives.as_mut_slice() else {
            return;
        };
        if atom.form != AtomForm::Words {
            return;
        }
        if let Some((before, last)) = atom.text.rsplit_once(' ') {
            let last = Atom {
                text: last.to_owned(),
                ..atom.clone()
            };
            atom.text = before.to_owned();
            self.parsed.clauses.push(Clause {
                alternatives: vec![last],
            });
        }
    }

    fn atom(&mut self, atom: Atom, excluded: bool) {
        if excluded {
            self.parsed.excluded.push(atom);
            return;
        }
        let either = std::mem::take(&mut self.either);
        if either {
            self.part_last_word();
        }
        match self.parsed.clauses.last_mut() {
            Some(clause) if either => clause.alternatives.push(atom),
            Some(clause) if clause.goes_on_with(&atom) => {
                // Words stay together: "O(n log n)" and "inline block" are read as a whole.
                let before = &mut clause.alternatives[0].text;
                before.push(' ');
                before.push_str(&atom.text);
            }
            _ => self.parsed.clauses.push(Clause {
                alternatives: vec![atom],
            }),
        }
    }
}

/// What stands before a colon.
enum Prefixed {
    Facet(FacetName),
    Scope(Scope),
}

impl Clause {
    /// Returns whether `atom` is more of the same text.
    fn goes_on_with(&self, atom: &Atom) -> bool {
        let plain = |atom: &Atom| atom.form == AtomForm::Words && atom.scope == Scope::Anywhere;
        self.alternatives.len() == 1 && plain(&self.alternatives[0]) && plain(atom)
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scope {
            Scope::Anywhere => {}
            Scope::Question => f.write_str("question:")?,
            Scope::Answer => f.write_str("answer:")?,
        }
        match self.form {
            AtomForm::Words => f.write_str(&self.text),
            AtomForm::Phrase => write!(f, "\"{}\"", self.text),
            AtomForm::Prefix => write!(f, "{}*", self.text),
        }
    }
}

impl fmt::Display for Parsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        for clause in &self.clauses {
            let atoms: Vec<String> = clause.alternatives.iter().map(Atom::to_string).collect();
            parts.push(format!("[{}]", atoms.join(" OR ")));
        }
        parts.extend(self.excluded.iter().map(|atom| format!("-[{atom}]")));
        let facet = |facet: &Facet| format!("{}:\"{}\"", facet.name(), facet.key());
        parts.extend(self.wanted.iter().map(facet));
        parts.extend(
            self.unwanted
                .iter()
                .map(|unwanted| format!("-{}", facet(unwanted))),
        );
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_read_as_clauses_and_facets() {
        let cases = [
            ("", ""),
            ("event loop", "[event loop]"),
            (
                "O(n log n) list[int] x: http://a/b",
                "[O(n log n) list[int] x: http://a/b]",
            ),
            ("a \"b c\" d", "[a] [\"b c\"] [d]"),
            ("a OR b", "[a OR b]"),
            ("x a OR b y", "[x] [a OR b] [y]"),
            (
                "lists OR \"linked list\" OR arr*",
                "[lists OR \"linked list\" OR arr*]",
            ),
            (
                "react -class -\"two words\"",
                "[react] -[class] -[\"two words\"]",
            ),
            ("a - b --force ->", "[a - b --force ->]"),
            ("tag:python x", "[x] tag:\"python\""),
            (
                "Tag:\"data structures\" -tag:flask",
                "tag:\"data-structures\" -tag:\"flask\"",
            ),
            (
                "question:gil answer:\"a b\"",
                "[question:gil] [answer:\"a b\"]",
            ),
            ("std::mem section:: tag:", "[std::mem section:: tag:]"),
            ("select * from t", "[select * from t]"),
            ("**kwargs COUNT(*)", "[**kwargs COUNT(*)]"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parse(&Query::new(text)).unwrap().to_string(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_ignored_is_said() {
        let cases = [
            ("OR a", "OR without something before it was ignored"),
            ("a OR", "OR at the end was ignored"),
            (
                "\"a b",
                "a quote without an end was read to the end of the query",
            ),
            ("tag:\"\" a", "tag: without a value was ignored"),
        ];
        for (text, note) in cases {
            let notes = parse(&Query::new(text)).unwrap().notes;
            assert_eq!(notes[0].text, note, "{text}");
            assert_eq!(notes.len(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let cases = [
            ("x".repeat(5000), "bytes"),
            ("x ".repeat(65), "terms"),
            (format!("\"{}\"", "x ".repeat(33)), "words in a phrase"),
        ];
        for (text, expected) in cases {
            match parse(&Query::new(text)) {
                Err(Error::QueryTooLarge { what, .. }) => assert_eq!(what, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }

    proptest! {
        #[test]
        fn any_short_text_can_be_read(text in "(?s).{0,40}") {
            prop_assert!(parse(&Query::new(text)).is_ok());
        }
    }
}
