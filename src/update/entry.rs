//! A [`QaDocument`] -> its entry in the index.
//!
//! A document's terms are found here, before it is indexed, so that many threads can do so, each
//! text is analyzed once for all its fields, and stems are remembered from one to the next.

use tantivy::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    DocumentKind, Facet, FacetName, QaDocument,
    store::{
        dictionary::Dictionary,
        packed::{self, Packer},
        schema::{
            ANY_DOCUMENT, AnswerClass, FacetValue, Fields, facet_terms, language_term, pair_terms,
            reversed,
        },
        term_list::TermList,
    },
    text::{
        Form, StemCache, Term, Terms,
        abbreviation::mine,
        language::Language,
        meaning::{Stems, Vector},
        parts,
    },
};

/// The longest value in bytes that can be filtered by; what is longer is no name.
const MAX_FACET: usize = 1000;

/// The fewest letters of a stem that two words may have been written together in.
const SHORTEST_COMPOUND: usize = 8;

/// The most different words that a document is found by. The index takes a hundred bytes for each while it is
/// written, and the words of a document at once: of sixteen megabytes of signs of which no two pairs are the
/// same, 640 MB.
pub(crate) const MAX_WORDS: usize = 1 << 20;

/// The shortest answer in bytes that may have as many: two signs, or a letter and a space, are a word.
const MIN_BYTES_OF_MANY: usize = 2 * MAX_WORDS;

/// Builds the entries of documents, each as it is indexed.
pub(crate) struct EntryBuilder {
    fields: Fields,
    terms: Terms,
    stems: StemCache,
    meaning: Meaning,
    packer: Packer,
    origin: Origin,
    /// Of the last document; most often they are the next one's as well.
    shared: Option<Shared>,
    lists: Lists,
    /// Whether the last document has more different words than it is found by.
    lacks_words: bool,
}

/// The different words of a long document, up to some number.
struct Different {
    /// A bit for each word, by its hash.
    known: Vec<u64>,
    left: usize,
}

impl Different {
    /// Returns the bound of an answer that may have more words than `most`.
    fn of_long(answer: &str, most: usize) -> Option<Different> {
        (answer.len() >= MIN_BYTES_OF_MANY).then(|| Different::up_to(most))
    }

    fn up_to(most: usize) -> Different {
        // A sixteenth of the bits, so that few words pass for others.
        let known = vec![0; most.div_ceil(4)];
        Different { known, left: most }
    }

    /// Returns whether `word` is one of those that are counted.
    fn admits(&mut self, word: &str) -> bool {
        let bit = xxh3_64(word.as_bytes()) as usize % (64 * self.known.len());
        let (place, mask) = (bit / 64, 1 << (bit % 64));
        if self.known[place] & mask == 0 && self.left > 0 {
            self.known[place] |= mask;
            self.left -= 1;
        }
        self.known[place] & mask != 0
    }
}

/// The source of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// They were split from guides, so those of one path say the same of their guide.
    Guides,
    /// They are a program's own.
    Program,
}

/// The terms of a document. The memory is used again for the next one.
#[derive(Default)]
struct Lists {
    text: TermList,
    question: TermList,
    words: TermList,
    context: TermList,
    compounds: TermList,
    facets: TermList,
}

/// The weight of the text beside the question in what a document means, in tenths.
const EVEN: i64 = 10;

/// The weight of the sections and tags beside both: on five collections, .3 to .5 are worth .004 of nDCG@10.
/// With the guide's title and path they are worth less, and 1 nothing.
const SUBJECT: i64 = 4;

/// The stems that say what a document is about: those of its question, of its whole text, and of the
/// sections and tags above it.
#[derive(Default)]
struct Meaning {
    question: Stems,
    text: Stems,
    subject: Stems,
}

impl Meaning {
    fn clear(&mut self) {
        self.question.clear();
        self.text.clear();
    }

    fn push(&mut self, stem: &str) {
        self.text.push(stem);
    }

    fn push_question(&mut self, stem: &str) {
        self.question.push(stem);
        self.text.push(stem);
    }

    /// Returns the vector half-way between the question's and the text's: the question says in a few
    /// words what the answer is about. What is above it says of what it is a part, which an answer may
    /// leave out.
    fn vector(&mut self) -> Option<Vector> {
        let text = self.text.vector()?;
        let text = match self.question.vector() {
            Some(question) => question.and(&text, EVEN)?,
            None => text,
        };
        match self.subject.vector() {
            Some(subject) => text.and(&subject, SUBJECT),
            None => Some(text),
        }
    }
}

/// The part of an entry that the documents of a guide have in common.
struct Shared {
    guide: packed::Guide,
    facets: Facets,
    /// Stems of the tags and the guide's title.
    context: TermList,
    /// Stems of the tags alone.
    subject: Stems,
}

/// The facets of a document, each value once, as they are indexed.
#[derive(Default)]
struct Facets {
    terms: Vec<String>,
    values: Vec<String>,
    known: Vec<Facet>,
}

/// Returns the part of a guide's path that is words: all but the extension of its name.
fn path_words(guide: &str) -> &str {
    let name = guide.rfind('/').map_or(0, |slash| slash + 1);
    match guide[name..].rfind('.') {
        Some(dot) if dot > 0 => &guide[..name + dot],
        _ => guide,
    }
}

/// Returns the texts that say what `document` is about: its words are found in them, too.
pub(crate) fn context_texts(document: &QaDocument) -> impl Iterator<Item = &str> {
    let of_guide = [&*document.guide_title, path_words(&document.guide)];
    let sections = document.sections.iter().map(String::as_str);
    of_guide
        .into_iter()
        .chain(document.all_tags())
        .chain(sections)
}

/// Returns the terms of the facets of `document`.
pub(crate) fn facet_terms_of(document: &QaDocument) -> Vec<String> {
    let mut facets = Facets::default();
    facets.add_of_guide(document);
    facets.add_of_document(document, &[]);
    facets.terms
}

impl Facets {
    /// Adds what the documents of a guide have in common.
    fn add_of_guide(&mut self, document: &QaDocument) {
        for tag in &document.tags {
            self.add(FacetName::Tag, tag, &[]);
        }
        if let Some(category) = &document.category {
            self.add(FacetName::Category, category, &[]);
        }
        self.add(FacetName::Guide, &document.guide, &[]);
    }

    /// Adds what is not among `others`, those of the guide.
    fn add_of_document(&mut self, document: &QaDocument, others: &[Facet]) {
        for section in &document.sections {
            self.add(FacetName::Section, section, others);
        }
        for tag in &document.inferred_tags {
            self.add(FacetName::Tag, tag, others);
        }
        if let Some(level) = &document.level {
            self.add(FacetName::Level, level, others);
        }
        self.add(FacetName::Kind, document.kind.as_str(), others);
    }

    /// Adds a value, unless it is there or among `others`.
    fn add(&mut self, name: FacetName, value: &str, others: &[Facet]) {
        let facet = Facet::new(name, value);
        let is_known = self.known.contains(&facet) || others.contains(&facet);
        if facet.key().is_empty() || value.len() > MAX_FACET || is_known {
            return;
        }
        self.terms.extend(facet_terms(&facet));
        let (key, written) = (FacetValue::key(&facet), value);
        self.values.push(FacetValue { name, key, written }.encode());
        self.known.push(facet);
    }
}

impl EntryBuilder {
    /// Returns a builder of entries that are packed with `dictionary`.
    pub(crate) fn new(fields: Fields, dictionary: &Dictionary, origin: Origin) -> EntryBuilder {
        EntryBuilder {
            fields,
            terms: Terms::default(),
            stems: StemCache::of(Language::English),
            meaning: Meaning::default(),
            packer: Packer::new(dictionary),
            origin,
            shared: None,
            lists: Lists::default(),
            lacks_words: false,
        }
    }

    /// Returns whether the last document has more than [`MAX_WORDS`], and is not found by all of them.
    pub(crate) fn lacks_words(&self) -> bool {
        self.lacks_words
    }

    /// Returns `document` as it is indexed.
    pub(crate) fn entry(&mut self, document: &QaDocument) -> TantivyDocument {
        self.build(document, true)
    }

    /// Returns `document`, of a guide that asks questions, as it is indexed: the introduction has the
    /// guide's title, which is that of all its documents, and not asked as a question.
    pub(crate) fn entry_of_questions(&mut self, document: &QaDocument) -> TantivyDocument {
        let is_introduction = document.kind == DocumentKind::Passage
            && document.sections.is_empty()
            && document.question == document.guide_title;
        self.build(document, !is_introduction)
    }

    /// Returns `document` as it is indexed; `asks`, if its title is one of its own.
    fn build(&mut self, document: &QaDocument, asks: bool) -> TantivyDocument {
        let fields = self.fields;
        let mut entry = TantivyDocument::default();
        let language = document.rules();
        if language != self.stems.language() {
            self.stems = StemCache::of(language);
        }
        let shared = match self.shared.take() {
            Some(shared) if shared.guide.is_of(document) => shared,
            _ => self.share(document),
        };
        let packed = self.packer.pack(document, &shared.guide);
        entry.add_bytes(fields.document, packed);
        entry.add_text(fields.guide, shared.guide.column());
        entry.add_u64(fields.id, document.id.bits());
        entry.add_text(fields.path, &document.guide);
        entry.add_u64(fields.line, document.line as u64);
        let mut lists = std::mem::take(&mut self.lists);
        self.add_text(document, asks, &mut entry, &mut lists);
        lists.context.copy(&shared.context);
        self.meaning.subject.clone_from(&shared.subject);
        let mut facets = Facets::default();
        facets.add_of_document(document, &shared.facets.known);
        for text in document.sections.iter().chain(&document.inferred_tags) {
            self.add_subject(text, &mut lists.context);
        }
        lists.facets.clear();
        lists.facets.push(ANY_DOCUMENT, 0);
        if let Some(code) = language.code_unless_english() {
            lists.facets.push(&language_term(code), 0);
        }
        for facets in [&shared.facets, &facets] {
            for term in &facets.terms {
                lists.facets.push(term, 0);
            }
            for value in &facets.values {
                entry.add_text(fields.facet_values, value);
            }
        }
        entry.add_text(fields.facet, lists.facets.as_str());
        if language.has_compounds() {
            entry.add_text(fields.compounds, lists.compounds.as_str());
        }
        entry.add_text(fields.headings_and_tags, lists.context.as_str());
        self.lists = lists;
        // The table has English stems: of other languages they would be those of other words.
        let meaning = match language {
            Language::English => self.meaning.vector(),
            _ => None,
        };
        for word in meaning.iter().flat_map(Vector::pack) {
            entry.add_u64(fields.meaning, word);
        }
        for pair in mine(&document.question)
            .iter()
            .chain(&mine(&document.answer))
        {
            for term in pair_terms(pair) {
                entry.add_text(fields.abbreviations, term);
            }
        }
        entry.add_u64(fields.answer_class, AnswerClass::of(document) as u64);
        self.shared = Some(shared);
        // Thousands may wait for the thread that writes the index.
        entry.shrink_to_fit();
        entry
    }

    /// Returns the part that `document` has in common with others of its guide.
    fn share(&mut self, document: &QaDocument) -> Shared {
        let mut facets = Facets::default();
        facets.add_of_guide(document);
        let mut context = TermList::default();
        self.add_stems(&document.guide_title, &mut context);
        self.add_stems(path_words(&document.guide), &mut context);
        self.meaning.subject.clear();
        for tag in &document.tags {
            self.add_subject(tag, &mut context);
        }
        Shared {
            guide: packed::Guide::of(document, self.origin == Origin::Guides),
            facets,
            context,
            subject: self.meaning.subject.clone(),
        }
    }

    /// Adds the stems of a section or a tag, which say what a document is about.
    fn add_subject(&mut self, text: &str, stems: &mut TermList) {
        self.add_stems(text, stems);
        for term in self.terms.iter() {
            let stem = self.stems.stem(&term);
            self.meaning.subject.push(stem.unwrap_or(term.text));
        }
    }

    fn add_stems(&mut self, text: &str, stems: &mut TermList) {
        self.terms.analyze(text);
        for term in self.terms.iter() {
            stems.push(self.stems.stem(&term).unwrap_or(term.text), 0);
        }
    }

    /// Adds the terms of question and answer; a title that does not ask is text like any
    /// other.
    fn add_text(
        &mut self,
        document: &QaDocument,
        asks: bool,
        entry: &mut TantivyDocument,
        lists: &mut Lists,
    ) {
        let Lists {
            text,
            question,
            words,
            compounds,
            ..
        } = lists;
        text.clear();
        question.clear();
        words.clear();
        compounds.clear();
        let has_compounds = self.stems.language().has_compounds();
        let mut compound = |term: &Term<'_>, stem: &str| {
            if has_compounds && term.form == Form::Word && stem.len() >= SHORTEST_COMPOUND {
                compounds.push(&reversed(stem), 0);
            }
        };
        self.meaning.clear();
        let mut end = 0;
        self.terms.analyze(&document.question);
        for term in self.terms.iter() {
            let stem = self.stems.stem(&term);
            text.push(stem.unwrap_or(term.text), term.position);
            compound(&term, stem.unwrap_or(term.text));
            if asks {
                question.push(stem.unwrap_or(term.text), term.position);
                self.meaning.push_question(stem.unwrap_or(term.text));
            } else {
                self.meaning.push(stem.unwrap_or(term.text));
            }
            if stem.is_some() {
                words.push(term.text, 0);
            }
            end = term.position + 1;
        }
        let question_words = if asks { end } else { 0 };
        entry.add_u64(self.fields.question_words, question_words as u64);
        // One position stays free, so that no phrase goes from the question into the answer.
        let mut start = end + 1;
        let mut different = Different::of_long(&document.answer, MAX_WORDS);
        self.lacks_words = false;
        for part in parts(&document.answer) {
            self.terms.analyze(part);
            for term in self.terms.iter() {
                if let Some(different) = &mut different
                    && !different.admits(term.text)
                {
                    self.lacks_words = true;
                    continue;
                }
                let stem = self.stems.stem(&term);
                text.push(stem.unwrap_or(term.text), start + term.position);
                compound(&term, stem.unwrap_or(term.text));
                self.meaning.push(stem.unwrap_or(term.text));
                if stem.is_some() {
                    words.push(term.text, 0);
                }
            }
            start += self.terms.positions();
        }
        entry.add_text(self.fields.text, text.as_str());
        entry.add_text(self.fields.question, question.as_str());
        entry.add_text(self.fields.surface_forms, words.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_document_is_found_by_so_many_different_words_however_often_they_come() {
        let mut different = Different::up_to(3);
        let admitted = ["a", "b", "a", "c", "d", "b", "e"].map(|word| different.admits(word));
        assert_eq!(admitted, [true, true, true, true, false, true, false]);
        assert!(Different::of_long("a b", 1).is_none());
    }
}
