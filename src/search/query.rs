//! A [`Query`]: what is asked, and how much of the answer is wanted.
//!
//! [`parse`] reads its text as [`Parsed`]. It never fails: what is no operator is text, and what is
//! over a bound is left out with a note.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::{DocumentKind, Facet, FacetName, Note, NoteCode, search::weights::*, text::Terms};

/// A query: a text in the query language, facets to filter by, and the number of hits to return.
///
/// The text may contain words; `"an exact phrase"`; `-word` and `-"phrase"` to exclude; `OR`;
/// `prefix*`; `question:word` and `answer:word`; and a facet's name with a value, `tag:python`,
/// `section:"technical questions"`, `-tag:flask`. Everything else is text. Several values of one
/// facet are alternatives; different facets narrow.
///
/// Every value is a valid query. Methods configure it by value, and fields show the configuration:
///
/// ```
/// use hotseat::Query;
///
/// let query = Query::new("borrow checker").tag("rust").level("senior").limit(5);
/// assert_eq!((query.text.as_str(), query.limit), ("borrow checker", 5));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[must_use = "a query does nothing until an index searches it"]
#[non_exhaustive]
pub struct Query {
    /// The text, in the query language unless `plain`.
    pub text: String,
    /// Whether the text is only words, so that quotes and operators in it mean nothing.
    pub plain: bool,
    /// Whether the last word may be unfinished.
    pub typing: bool,
    /// Whether a question that several guides ask is a single hit.
    pub once: bool,
    /// The facets to narrow to.
    pub wanted: Vec<Facet>,
    /// The facets to leave out.
    pub unwanted: Vec<Facet>,
    /// The greatest number of hits to return.
    pub limit: usize,
    /// The number of hits to skip.
    pub offset: usize,
    /// The facets to count.
    pub facets: Vec<FacetName>,
    /// Whether only words count, and not what they mean.
    pub lexical: bool,
    /// Whether hits come with their whole answer.
    pub full: bool,
    /// Whether the results say how the text was understood and what each score is made of.
    pub explain: bool,
    /// The greatest length of a snippet, in characters, but for a tenth more to end with its sentence.
    pub snippet_length: usize,
    /// The greatest number of parts of an answer in a snippet.
    pub fragments: usize,
}

impl Query {
    /// Returns a query for `text`: the first ten hits, each with a snippet of one fragment.
    ///
    /// An empty text asks for every document, by guide and line.
    pub fn new(text: impl Into<String>) -> Query {
        Query {
            text: text.into(),
            plain: false,
            typing: false,
            wanted: Vec::new(),
            unwanted: Vec::new(),
            limit: 10,
            offset: 0,
            facets: Vec::new(),
            lexical: false,
            once: false,
            full: false,
            explain: false,
            snippet_length: 240,
            fragments: 1,
        }
    }

    /// Returns whether nothing is asked for: no word, sign, phrase, exclusion or facet.
    ///
    /// Such a query finds every document.
    ///
    /// ```
    /// use hotseat::Query;
    ///
    /// assert!(Query::new("\"\" OR ;").is_empty());
    /// assert!(!Query::new("").tag("rust").is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        let parsed = parse(self);
        parsed.is_open()
            && parsed.excluded.is_empty()
            && parsed.wanted.is_empty()
            && parsed.unwanted.is_empty()
    }

    /// Sets whether the text is only words, as from a search box whose users know no operators:
    /// quotes, a minus and `tag:` are then text like any other.
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let tea = QaDocument::new("tea", "What is matcha?", "Green tea, ground.");
    /// let index = Index::in_memory([tea])?;
    /// let query = Query::new("matcha -green").plain(true);
    /// assert_eq!(index.search(&query)?.total, 1);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn plain(mut self, plain: bool) -> Query {
        self.plain = plain;
        self
    }

    /// Sets whether the text is still being typed: its last word, unless a space or a quote ends
    /// it, also stands for the words that begin with it, and is not taken for a misspelling.
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let tea = QaDocument::new("tea", "What is matcha?", "Green tea, ground.");
    /// let index = Index::in_memory([tea])?;
    /// assert_eq!(index.search(&Query::new("green mat").typing(true))?.total, 1);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn typing(mut self, typing: bool) -> Query {
        self.typing = typing;
        self
    }

    /// Sets whether each question is shown once, however many guides ask it: the best one is a hit, and
    /// names the others in [`also_in`](crate::Hit::also_in). Passages are never left out.
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let short = QaDocument::new("short", "What is matcha?", "Tea.");
    /// let long = QaDocument::new("long", "What is Matcha?", "Green tea, ground.");
    /// let index = Index::in_memory([short, long])?;
    /// let hits = index.search(&Query::new("matcha").once(true))?.hits;
    /// assert_eq!((hits.len(), hits[0].also_in.len()), (1, 1));
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn once(mut self, once: bool) -> Query {
        self.once = once;
        self
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

    /// Returns at most `hits` hits, ten unless told otherwise, and a thousand at a time. With 0, [`total`](crate::Results::total)
    /// and facets are counted and nothing else is read.
    pub fn limit(mut self, hits: usize) -> Query {
        self.limit = hits;
        self
    }

    /// Skips the first `hits` hits.
    pub fn offset(mut self, hits: usize) -> Query {
        self.offset = hits;
        self
    }

    /// Counts the values of these facets over all that is found.
    pub fn facets(mut self, names: &[FacetName]) -> Query {
        self.facets = names.to_vec();
        self
    }

    /// Sets whether documents are ranked by the words of the query alone, and not by what they mean.
    /// Then a query whose words are in no document finds nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use hotseat::{Index, QaDocument, Query};
    ///
    /// let answer = "An index lets the database find rows without reading the whole table.";
    /// let slow = QaDocument::new("sql", "How do you speed up a query?", answer);
    /// let index = Index::in_memory([slow])?;
    /// assert_eq!(index.search(&Query::new("improving performance").lexical(true))?.total, 0);
    /// # hotseat::Result::Ok(())
    /// ```
    pub fn lexical(mut self, lexical: bool) -> Query {
        self.lexical = lexical;
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

    /// Sets the greatest length of a snippet, in characters; one may be a tenth longer, to end with its sentence.
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
    /// The atoms to find, in the order of the text.
    pub(crate) clauses: Vec<Clause>,
    /// The atoms that no hit may contain.
    pub(crate) excluded: Vec<Atom>,
    /// Facets to narrow to, and to leave out.
    pub(crate) wanted: Vec<Facet>,
    pub(crate) unwanted: Vec<Facet>,
    /// Notes about ignored parts, with the reasons.
    pub(crate) notes: Vec<Note>,
    /// Whether the last word may be unfinished.
    pub(crate) unfinished: bool,
}

/// One thing to look for, or several of which one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) alternatives: Vec<Atom>,
}

/// The smallest thing that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Atom {
    /// The part of a document that must have it.
    pub(crate) scope: Scope,
    /// The way to read it.
    pub(crate) form: AtomForm,
    /// The text as typed, without operators.
    pub(crate) text: String,
}

/// The way to read an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomForm {
    /// Words, each for itself.
    Words,
    /// Words in this order, side by side.
    Phrase,
    /// The beginning of a word.
    Prefix,
}

/// The part of a document that must have something.
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

    /// Returns the same as words alone, or `None` if nothing but words is looked for. What is
    /// excluded stays so.
    pub(crate) fn as_words(&self) -> Option<Parsed> {
        if self.clauses.iter().all(Clause::is_words) {
            return None;
        }
        let mut words = Parsed {
            clauses: Vec::new(),
            ..self.clone()
        };
        let atoms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        for atom in atoms {
            words.add_words(&atom.text);
        }
        let typed: Vec<String> = self
            .clauses
            .iter()
            .filter(|clause| !clause.is_words())
            .map(Clause::to_string)
            .collect();
        words.notes.push(Note::new(
            NoteCode::ReadAsWords,
            format!(
                "no document has {} as typed; searched for the words",
                typed.join(" and ")
            ),
        ));
        Some(words)
    }

    /// Adds `text` to what is looked for, as more of the words before it where there are any.
    pub(crate) fn add_words(&mut self, text: &str) {
        let atom = Atom {
            scope: Scope::Anywhere,
            form: AtomForm::Words,
            text: text.to_owned(),
        };
        match self.clauses.last_mut() {
            Some(clause) if clause.is_words() => {
                // Words stay together: "O(n log n)" and "inline block" are read as a whole.
                let before = &mut clause.alternatives[0].text;
                before.push(' ');
                before.push_str(text);
            }
            _ => self.clauses.push(Clause {
                alternatives: vec![atom],
            }),
        }
    }
}

/// Reads the text of `query`, and adds its other facets.
pub(crate) fn parse(query: &Query) -> Parsed {
    let mut notes = Vec::new();
    let mut end = query.text.len();
    if end > MAX_BYTES {
        end = MAX_BYTES;
        while !query.text.is_char_boundary(end) {
            end -= 1;
        }
        notes.push(shortened(format!(
            "only the first {MAX_BYTES} bytes were read"
        )));
    }
    let text = &query.text[..end];
    let mut parsed = read(
        text,
        if query.plain {
            Syntax::None
        } else {
            Syntax::All
        },
    );
    let words = parsed.clauses.iter().filter(|clause| clause.is_words());
    let words = words.map(|clause| clause.alternatives[0].text.split_whitespace().count());
    let has_syntax = !parsed.clauses.iter().all(Clause::is_words) || !parsed.excluded.is_empty();
    if has_syntax && words.sum::<usize>() >= PROSE {
        parsed = read(text, Syntax::Facets);
        notes.push(Note::new(
            NoteCode::ReadAsWords,
            "quotes and operators in so long a text were read as words",
        ));
    }
    parsed.notes.extend(notes);
    let atoms = parsed
        .clauses
        .iter()
        .flat_map(|clause| &clause.alternatives);
    if atoms.map(|atom| Terms::of(&atom.text).len()).sum::<usize>() == 0 {
        parsed.clauses.clear();
    }
    parsed.unfinished = query.typing
        && text.ends_with(|c: char| !c.is_whitespace() && c != '"')
        && parsed.clauses.last().is_some_and(Clause::is_words);
    parsed.wanted.extend(query.wanted.iter().cloned());
    parsed.unwanted.extend(query.unwanted.iter().cloned());
    let facets = parsed.wanted.len() + parsed.unwanted.len();
    if facets > MAX_TERMS {
        parsed.wanted.truncate(MAX_TERMS);
        parsed.unwanted.truncate(MAX_TERMS - parsed.wanted.len());
        let note = shortened(format!("only the first {MAX_TERMS} filters were read"));
        parsed.notes.push(note);
    }
    parsed
}

fn shortened(text: String) -> Note {
    Note::new(NoteCode::Shortened, text)
}

/// The part of the query language that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    All,
    Facets,
    None,
}

/// Reads `text`.
fn read(text: &str, syntax: Syntax) -> Parsed {
    let text = straight_quotes(text);
    let mut parser = Parser {
        rest: &text,
        syntax,
        parsed: Parsed::default(),
        either: false,
        operators: 0,
        prefixes: 0,
    };
    while parser.clause() {}
    let Parser {
        mut parsed,
        either,
        operators,
        prefixes,
        ..
    } = parser;
    if either {
        parsed
            .notes
            .push(Note::new(NoteCode::Ignored, "OR at the end was ignored"));
    }
    if operators > MAX_OPERATORS {
        let note =
            format!("only the first {MAX_OPERATORS} phrases and operators were read as such");
        let note = shortened(note);
        parsed.notes.push(note);
    }
    if prefixes > MAX_PREFIXES {
        let note = shortened(format!(
            "only the first {MAX_PREFIXES} words with * stand for others"
        ));
        parsed.notes.push(note);
    }
    parsed
}

/// Returns `text` with `"` in place of the quotes that word processors make of it.
fn straight_quotes(text: &str) -> Cow<'_, str> {
    let is_curly = |c| matches!(c, '“' | '”' | '„' | '‟' | '«' | '»');
    match text.contains(is_curly) {
        true => Cow::Owned(text.replace(is_curly, "\"")),
        false => Cow::Borrowed(text),
    }
}

/// The progress of reading a text.
struct Parser<'a> {
    rest: &'a str,
    syntax: Syntax,
    parsed: Parsed,
    /// Whether an `OR` waits for its right side.
    either: bool,
    /// Phrases, prefixes, scopes and exclusions so far.
    operators: usize,
    prefixes: usize,
}

impl<'a> Parser<'a> {
    /// Reads one clause; returns whether there was one.
    fn clause(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return false;
        }
        if self.operator_or() || self.operator_and() {
            return true;
        }
        let excluded = self.minus();
        let prefixed = self.prefix_name();
        let (text, form) = match self.quoted(matches!(prefixed, Some(Prefixed::Facet(_)))) {
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

    /// Reads `OR`, or a `|` that stands alone, between two clauses.
    fn operator_or(&mut self) -> bool {
        let Some(rest) = self.word("OR").or_else(|| self.word("|")) else {
            return false;
        };
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

    /// Skips `AND` between two clauses, which is what no operator means as well.
    fn operator_and(&mut self) -> bool {
        match self.word("AND") {
            Some(rest) if !self.parsed.clauses.is_empty() => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Returns what is after `operator`, if it stands here as a word of its own.
    fn word(&self, operator: &str) -> Option<&'a str> {
        let rest = self.rest.strip_prefix(operator)?;
        let alone = self.syntax == Syntax::All && !rest.starts_with(|c: char| !c.is_whitespace());
        alone.then_some(rest)
    }

    /// Reads the minus of `-word`, or the `NOT` of `x NOT word`; `- word`, `--flag`, `->` and the
    /// `NOT IN` of code are text.
    fn minus(&mut self) -> bool {
        let is_start = |c: char| c == '"' || c.is_alphanumeric();
        let rest = match self.rest.strip_prefix('-') {
            Some(rest) if self.syntax != Syntax::None => rest,
            _ => {
                let Some(rest) = self.word("NOT").filter(|_| !self.parsed.clauses.is_empty())
                else {
                    return false;
                };
                let rest = rest.trim_start();
                let next = rest.split(char::is_whitespace).next().unwrap_or("");
                if !next.contains(char::is_lowercase) {
                    return false;
                }
                rest
            }
        };
        // Of prose, only facets are left out.
        let name = rest.split(':').next().unwrap_or("");
        let is_read = self.syntax == Syntax::All || name.parse::<FacetName>().is_ok();
        let excludes = rest.starts_with(is_start) && is_read;
        if excludes {
            self.rest = rest;
        }
        excludes
    }

    /// Reads `tag:` and the like, if a value follows.
    fn prefix_name(&mut self) -> Option<Prefixed> {
        if self.syntax == Syntax::None {
            return None;
        }
        let (name, rest) = self.rest.split_once(':')?;
        if rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':') {
            return None;
        }
        let lower = name.to_ascii_lowercase();
        let prefixed = match lower.as_str() {
            "question" | "title" if self.syntax == Syntax::All => Prefixed::Scope(Scope::Question),
            "answer" if self.syntax == Syntax::All => Prefixed::Scope(Scope::Answer),
            "tags" => Prefixed::Facet(FacetName::Tag),
            "sections" => Prefixed::Facet(FacetName::Section),
            "categories" => Prefixed::Facet(FacetName::Category),
            "levels" => Prefixed::Facet(FacetName::Level),
            "guides" => Prefixed::Facet(FacetName::Guide),
            name => Prefixed::Facet(name.parse().ok()?),
        };
        self.rest = rest;
        Some(prefixed)
    }

    /// Reads a phrase in quotes, or the value `of_facet`. A quote without an end is ignored.
    fn quoted(&mut self, of_facet: bool) -> Option<&'a str> {
        if self.syntax != Syntax::All && !of_facet {
            return None;
        }
        let rest = self.rest.strip_prefix('"')?;
        let Some((phrase, after)) = rest.split_once('"') else {
            let note = Note::new(
                NoteCode::UnclosedQuote,
                "a quote without an end was ignored",
            );
            self.parsed.notes.push(note);
            self.rest = rest;
            return None;
        };
        self.rest = after;
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
        match chunk
            .strip_suffix('*')
            .filter(|_| self.syntax == Syntax::All)
        {
            Some(start) if !start.is_empty() && start.chars().all(char::is_alphanumeric) => {
                self.prefixes += 1;
                match self.prefixes > MAX_PREFIXES {
                    true => (start, AtomForm::Words),
                    false => (start, AtomForm::Prefix),
                }
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

    fn atom(&mut self, mut atom: Atom, excluded: bool) {
        if atom.text.trim().is_empty() {
            return;
        }
        let is_long = || {
            Terms::of(&atom.text)
                .iter()
                .last()
                .is_some_and(|term| term.position >= MAX_PHRASE)
        };
        if atom.form == AtomForm::Phrase && is_long() {
            atom.form = AtomForm::Words;
            let note = format!("a phrase of more than {MAX_PHRASE} words was read as words");
            let note = Note::new(NoteCode::ReadAsWords, note);
            self.parsed.notes.push(note);
        }
        if excluded || self.either || !atom.is_words() {
            self.operators += 1;
        }
        if self.operators > MAX_OPERATORS {
            if !excluded {
                self.parsed.add_words(&atom.text);
            }
            return;
        }
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
            _ if atom.is_words() => self.parsed.add_words(&atom.text),
            _ => self.parsed.clauses.push(Clause {
                alternatives: vec![atom],
            }),
        }
    }
}

/// The name before a colon.
enum Prefixed {
    Facet(FacetName),
    Scope(Scope),
}

impl Clause {
    /// Returns whether it is words, each for itself.
    pub(crate) fn is_words(&self) -> bool {
        matches!(self.alternatives.as_slice(), [atom] if atom.is_words())
    }
}

impl Atom {
    fn is_words(&self) -> bool {
        (self.form, self.scope) == (AtomForm::Words, Scope::Anywhere)
    }

    /// Returns whether it is a single word or beginning of words that may stand anywhere, so that no positions
    /// are read.
    pub(crate) fn is_one_word(&self) -> bool {
        let is_one = || Terms::of(&self.text).iter().all(|term| term.position == 0);
        self.scope == Scope::Anywhere && self.form != AtomForm::Phrase && is_one()
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let atoms: Vec<String> = self.alternatives.iter().map(Atom::to_string).collect();
        f.write_str(&atoms.join(" OR "))
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
            parts.push(format!("[{clause}]"));
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
            ("\u{201c}a b\u{201d} c", "[\"a b\"] [c]"),
            ("it's \"open", "[it's open]"),
            ("x NOT y", "[x] -[y]"),
            ("NOT IN or NOT EXISTS", "[NOT IN or NOT EXISTS]"),
            ("a AND b", "[a b]"),
            ("a | b", "[a OR b]"),
            ("tags:x title:y", "[question:y] tag:\"x\""),
            ("a \"\" b", "[a b]"),
            (
                "which of the \"two\" ways is the better one for a beginner -x",
                "[which of the \"two\" ways is the better one for a beginner -x]",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(&Query::new(text)).to_string(), expected, "{text}");
        }
    }

    fn notes(text: &str) -> Vec<String> {
        let notes = parse(&Query::new(text)).notes.into_iter();
        notes.map(|note| note.text).collect()
    }

    #[test]
    fn what_is_ignored_is_said() {
        let cases = [
            ("OR a", "OR without something before it was ignored"),
            ("a OR", "OR at the end was ignored"),
            ("\"a b", "a quote without an end was ignored"),
            ("tag:\"\" a", "tag: without a value was ignored"),
        ];
        for (text, note) in cases {
            assert_eq!(notes(text), [note], "{text}");
        }
    }

    #[test]
    fn what_is_over_a_bound_is_read_as_words_and_said() {
        let cases = [
            ("x".repeat(5000), "only the first 4096 bytes were read"),
            (
                format!("\"{}\"", "x ".repeat(33)),
                "a phrase of more than 32 words was read as words",
            ),
            (
                "a* ".repeat(9),
                "only the first 8 words with * stand for others",
            ),
            (
                "-a ".repeat(33),
                "only the first 32 phrases and operators were read as such",
            ),
        ];
        for (text, note) in cases {
            assert_eq!(notes(&text), [note]);
        }
    }

    #[test]
    fn plain_text_has_no_syntax() {
        let text = "\"a b\" -c OR tag:d e* question:f";
        let parsed = parse(&Query::new(text).plain(true));
        assert_eq!(parsed.to_string(), format!("[{text}]"));
    }

    #[test]
    fn a_query_in_json_is_read_as_it_was_written() {
        let query = Query::new("x").tag("Data Structures").limit(3);
        let json = serde_json::to_string(&query).unwrap();
        assert_eq!(serde_json::from_str::<Query>(&json).unwrap(), query);
        let short: Query = serde_json::from_str(r#"{"text":"x"}"#).unwrap();
        assert_eq!(short, Query::new("x"));
    }

    proptest! {
        #[test]
        fn all_text_that_is_read_as_words_stays(text in "[a-z][a-z\"* ]{0,60}") {
            let parsed = parse(&Query::new(text.clone()).plain(true));
            let read = parsed.clauses.first().map_or("", |clause| &clause.alternatives[0].text);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(read), words(&text));
        }

        #[test]
        fn any_text_can_be_read(text in "(?s).{0,40}") {
            let _ = parse(&Query::new(text));
        }
    }
}
