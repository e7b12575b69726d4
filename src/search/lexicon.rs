//! The [`Lexicon`]: the words of the index, how frequent they are, and which are close to another.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use tantivy::{
    DocSet, TERMINATED, TantivyError, Term,
    schema::{Field, IndexRecordOption},
};

use crate::{
    Abbreviation,
    search::position_filter::advance,
    search::weights::*,
    store::schema::{pair_prefix, split_pair},
    store::snapshot::Snapshot,
    text::spelling::{Close, tolerance},
    text::stem,
};

/// The words of the index.
pub(crate) struct Lexicon<'a> {
    pub(crate) snapshot: &'a Snapshot<'a>,
    /// The stems that were counted, and in how many documents each is.
    counts: RefCell<HashMap<String, u64>>,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot<'a>) -> Lexicon<'a> {
        Lexicon {
            snapshot,
            counts: RefCell::default(),
        }
    }

    /// Returns in how many documents a stem is.
    pub(crate) fn count(&self, stem: &str) -> tantivy::Result<u64> {
        if let Some(count) = self.counts.borrow().get(stem) {
            return Ok(*count);
        }
        let count = self.snapshot.doc_freq(self.snapshot.fields.text, stem)?;
        self.counts.borrow_mut().insert(stem.to_owned(), count);
        Ok(count)
    }

    /// Returns what the content has of a word: its stem, and the word itself as a name in code,
    /// which has no stem.
    pub(crate) fn stems(&self, word: &str) -> tantivy::Result<Vec<String>> {
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
    pub(crate) fn rarity(&self, count: u64) -> f32 {
        (self.snapshot.searcher.num_docs() as f32 / count.max(1) as f32).ln_1p()
    }

    /// Returns what the content pairs with `key`, the most frequent first.
    pub(crate) fn paired(&self, key: &str) -> tantivy::Result<Vec<String>> {
        let start = pair_prefix(key);
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
    pub(crate) fn repair(&self, word: &str) -> tantivy::Result<Option<String>> {
        match self.closest(word)? {
            Some(close) => Ok(Some(close)),
            None => self.split(word),
        }
    }

    /// Returns the two words of the content that `word` is written together of, such as `eventloop`.
    pub(crate) fn split(&self, word: &str) -> tantivy::Result<Option<String>> {
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
    pub(crate) fn closest(&self, word: &str) -> tantivy::Result<Option<String>> {
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
    pub(crate) fn complete(&self, prefix: &str, limit: usize) -> tantivy::Result<Vec<String>> {
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
    pub(crate) fn with_prefix(
        &self,
        prefix: &str,
        limit: usize,
    ) -> tantivy::Result<Vec<(String, u32)>> {
        let fields = [
            self.snapshot.fields.surface_forms,
            self.snapshot.fields.text,
        ];
        terms_with_prefix(self.snapshot, &fields, prefix, limit)
    }

    /// Returns whether `term`, a word or a stem of the content, is a word: not only the stem that
    /// others have, as *comput* of *computer*.
    pub(crate) fn is_word(&self, term: &str) -> tantivy::Result<bool> {
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

/// Returns the abbreviations that the content spells out, by their short forms.
pub(crate) fn mined(snapshot: &Snapshot<'_>) -> tantivy::Result<Vec<Abbreviation>> {
    let terms = terms_with_prefix(snapshot, &[snapshot.fields.abbreviations], "", usize::MAX)?;
    let mut mined = Vec::new();
    for (key, count) in terms {
        // Each pair is there from both sides; the short form has no space in it.
        if let Some((short, long)) = split_pair(&key)
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
pub(crate) fn terms_with_prefix(
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
