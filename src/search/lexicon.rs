//! The [`Lexicon`]: the words of the index, how frequent they are, and which are close to another.

use std::{
    cell::RefCell,
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use tantivy::{
    DocSet, TERMINATED, TantivyError, Term,
    collector::Count,
    query::PhraseQuery,
    schema::{Field, IndexRecordOption},
};
use tantivy_fst::automaton::AlwaysMatch;

use crate::{
    Abbreviation,
    search::position_filter::advance,
    search::weights::*,
    store::schema::{pair_prefix, reversed, split_pair},
    store::snapshot::{Lookup, Snapshot},
    text::spelling::{Close, Edit, tolerance},
    text::{is_stop_word, language::Language, meaning, stem, stem_in},
};

/// Beginnings that words are built with: where *multithreading* is in no document, threading is
/// what it is about.
const COMBINING: &[&str] = &[
    "anti", "auto", "hyper", "inter", "macro", "micro", "multi", "non", "post", "pre", "pseudo",
    "semi", "sub", "super", "ultra",
];

/// The words of the index.
pub(crate) struct Lexicon<'a> {
    pub(crate) snapshot: &'a Snapshot<'a>,
    /// The languages of documents, besides English.
    pub(crate) languages: Vec<Language>,
    /// The one of them that the query is in, if it is in one of them.
    pub(crate) asked_in: Option<Language>,
    /// The stems that were counted, and in how many documents each is.
    counts: RefCell<HashMap<String, u64>>,
}

impl<'a> Lexicon<'a> {
    /// Returns the words of `snapshot`, for what is asked by `text`.
    pub(crate) fn new(snapshot: &'a Snapshot<'a>, text: &str) -> tantivy::Result<Lexicon<'a>> {
        let languages = snapshot.languages()?;
        Ok(Lexicon {
            snapshot,
            asked_in: Language::asked_in(text, &languages),
            languages,
            counts: RefCell::default(),
        })
    }

    /// Returns whether `word` says nothing of what is asked.
    pub(crate) fn is_stop_word(&self, word: &str) -> bool {
        let asked_in = self.asked_in;
        is_stop_word(word) || asked_in.is_some_and(|language| language.is_stop_word(word))
    }

    /// Returns the number of documents that have a stem, in their text or above it.
    pub(crate) fn count(&self, stem: &str) -> tantivy::Result<u64> {
        if let Some(count) = self.counts.borrow().get(stem) {
            return Ok(*count);
        }
        let fields = self.snapshot.fields;
        let in_text = self.snapshot.doc_freq(fields.text, stem)?;
        let above = self.snapshot.doc_freq(fields.headings_and_tags, stem)?;
        let count = in_text.max(above);
        self.counts.borrow_mut().insert(stem.to_owned(), count);
        Ok(count)
    }

    /// Returns the terms that a word may have in the content: its stem in each language, and the word
    /// itself as a name in code, which has no stem.
    fn forms(&self, word: &str) -> Vec<String> {
        let mut forms = vec![stem(word).into_owned()];
        for language in &self.languages {
            forms.push(stem_in(word, *language).into_owned());
            // As who has no umlauts on the keyboard writes them.
            if *language == Language::German && ["ae", "oe", "ue"].iter().any(|e| word.contains(e))
            {
                let word = word
                    .replace("ae", "a")
                    .replace("oe", "o")
                    .replace("ue", "u");
                forms.push(stem_in(&word, *language).into_owned());
            }
        }
        forms.push(word.to_owned());
        let mut known = HashSet::new();
        forms.retain(|form| known.insert(form.clone()));
        forms
    }

    /// Returns the forms of a word that the content has, the most frequent first.
    fn forms_in_content(&self, word: &str) -> tantivy::Result<Vec<String>> {
        let mut counted = Vec::new();
        for form in self.forms(word) {
            counted.push((self.count(&form)?, form));
        }
        counted.retain(|(count, _)| *count > 0);
        counted.sort_by_key(|(count, _)| Reverse(*count));
        Ok(counted.into_iter().map(|(_, form)| form).collect())
    }

    /// Returns whether words of the content may be written together of others.
    pub(crate) fn has_compounds(&self) -> bool {
        let mut languages = self.languages.iter();
        languages.any(|language| language.has_compounds())
    }

    /// Returns the stems of compounds of the content that end in `word`, or begin with it: a small
    /// decompounder over the words of the index, so that any of them is found that is in it, none is
    /// made up, and the order of updates changes nothing.
    pub(crate) fn compounds(&self, word: &str) -> tantivy::Result<Vec<String>> {
        let mut compounds = Vec::new();
        if !self.has_compounds() || word.chars().count() < SHORTEST_WORD {
            return Ok(compounds);
        }
        let fields = self.snapshot.fields;
        for stem in self.forms(word) {
            let backward = [fields.compounds];
            let with_end =
                terms_with_prefix(self.snapshot, &backward, &reversed(&stem), MAX_COMPOUNDS)?;
            for (backward, _) in with_end {
                let compound = reversed(&backward);
                if self.is_first_part(&compound[..compound.len() - stem.len()])? {
                    compounds.push(compound);
                }
            }
            let with_start =
                terms_with_prefix(self.snapshot, &[fields.text], &stem, MAX_COMPOUNDS)?;
            for (compound, _) in with_start {
                if self.is_last_part(&compound[stem.len()..])?
                    && self
                        .snapshot
                        .doc_freq(fields.compounds, &reversed(&compound))?
                        > 0
                {
                    compounds.push(compound);
                }
            }
        }
        compounds.truncate(MAX_EXPANSIONS);
        Ok(compounds)
    }

    /// Returns the stem of the longest word of the content that the compound `word` ends in.
    pub(crate) fn last_part(&self, word: &str) -> tantivy::Result<Option<String>> {
        if !self.has_compounds() || word.chars().count() < LONG_WORD {
            return Ok(None);
        }
        for (at, _) in word.char_indices().skip(SHORTEST_PART) {
            let (first, last) = word.split_at(at);
            if last.chars().count() < SHORTEST_WORD {
                break;
            }
            if !self.is_stop_word(last)
                && self.is_first_part(first)?
                && let Some(stem) = self.stems(last)?.into_iter().next()
            {
                return Ok(Some(stem));
            }
        }
        Ok(None)
    }

    /// Returns whether a compound may begin with `part`: a word, if it is as short as a prefix of verbs.
    fn is_first_part(&self, part: &str) -> tantivy::Result<bool> {
        Ok(match part.chars().count() {
            SHORTEST_WORD.. => true,
            SHORTEST_PART.. => !self.is_stop_word(part) && !self.stems(part)?.is_empty(),
            _ => false,
        })
    }

    /// Returns whether a compound may end in `stem`, which letters may link to what is before it.
    fn is_last_part(&self, stem: &str) -> tantivy::Result<bool> {
        for link in ["", "s", "es", "n", "en", "er", "e"] {
            let linked = stem.strip_prefix(link);
            if let Some(stem) = linked.filter(|stem| stem.chars().count() >= SHORTEST_WORD)
                && self.count(stem)? > 0
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns what the content has of a word: its stem, and the word itself as a name in code,
    /// which has no stem.
    pub(crate) fn stems(&self, word: &str) -> tantivy::Result<Vec<String>> {
        if !self.languages.is_empty() {
            return self.forms_in_content(word);
        }
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
    pub(crate) fn rarity(&self, count: u64) -> tantivy::Result<f32> {
        let documents = self.snapshot.documents()?;
        Ok((documents as f32 / count.max(1) as f32).ln_1p())
    }

    /// Returns what the content pairs with `key`, the most frequent first.
    pub(crate) fn paired(&self, key: &str) -> tantivy::Result<Arc<[String]>> {
        self.snapshot
            .kept_words(Lookup::Paired(key.to_owned()), || {
                let start = pair_prefix(key);
                let found = terms_with_prefix(
                    self.snapshot,
                    &[self.snapshot.fields.abbreviations],
                    &start,
                    MAX_LONG_FORMS,
                )?;
                let found = found.into_iter();
                Ok(found
                    .map(|(key, _)| key[start.len()..].to_owned())
                    .collect())
            })
    }

    /// Returns the frequent word, in `least` documents or more, that the rare `word` may be a misspelling of.
    pub(crate) fn frequent(&self, word: &str, least: u32) -> tantivy::Result<Option<String>> {
        let lookup = Lookup::Closest(word.to_owned(), least, self.asked_in);
        let find = || Ok(self.closest(word, least, &[])?.into_iter().collect());
        Ok(self.snapshot.kept_words(lookup, find)?.first().cloned())
    }

    /// Returns the two words that a rare `word` is written together of; see [`split`](Lexicon::split).
    pub(crate) fn parts(&self, word: &str) -> tantivy::Result<Option<String>> {
        let lookup = Lookup::Split(word.to_owned(), self.asked_in);
        let find = || Ok(self.split(word)?.into_iter().collect());
        Ok(self.snapshot.kept_words(lookup, find)?.first().cloned())
    }

    /// Returns the likely meaning of `word`, which is in no document: two words that it joins, or a
    /// word that it is a misspelling of. `others` are the stems of the query's other words.
    pub(crate) fn repair(&self, word: &str, others: &[String]) -> tantivy::Result<Option<String>> {
        // Two words that stand side by side are sure, and two that are only known are not.
        let is_sure = self.snapshot.vocabulary.is_none();
        if is_sure && let Some(parts) = self.split(word)? {
            return Ok(Some(parts));
        }
        if let Some(close) = self.closest(word, 1, others)? {
            return Ok(Some(close));
        }
        if !is_sure && let Some(parts) = self.split(word)? {
            return Ok(Some(parts));
        }
        let is_rest = |rest: &&str| rest.len() > SHORTEST_PART && !self.is_stop_word(rest);
        let rest = COMBINING.iter().find_map(|start| word.strip_prefix(start));
        match rest.filter(is_rest) {
            Some(rest) if !self.stems(rest)?.is_empty() => Ok(Some(rest.to_owned())),
            _ => Ok(None),
        }
    }

    /// Returns the two words of the content that `word` is written together of, such as
    /// `eventloop`: they stand side by side somewhere.
    fn split(&self, word: &str) -> tantivy::Result<Option<String>> {
        let mut best = None;
        let cuts = SHORTEST_PART..=word.len().saturating_sub(SHORTEST_PART);
        for cut in cuts.filter(|cut| word.is_ascii() && *cut < word.len()) {
            let (left, right) = word.split_at(cut);
            if self.is_stop_word(left) || self.is_stop_word(right) {
                continue;
            }
            let count = self.count(&stem(left))?.min(self.count(&stem(right))?);
            if count > 0 && best.is_none_or(|(most, _)| count > most) {
                best = Some((count, cut));
            }
        }
        let Some((_, cut)) = best else {
            return Ok(None);
        };
        let (left, right) = word.split_at(cut);
        if self.snapshot.vocabulary.is_some() {
            // Where words stand is not known.
            return Ok(Some(format!("{left} {right}")));
        }
        let term = |word| Term::from_field_text(self.snapshot.fields.text, &stem(word));
        let side_by_side = PhraseQuery::new(vec![term(left), term(right)]);
        let is_there = self.snapshot.searcher.search(&side_by_side, &Count)? > 0;
        Ok(is_there.then(|| format!("{left} {right}")))
    }

    /// Returns the word of the content that `word` is most likely a misspelling of, in `least`
    /// documents or more.
    fn closest(
        &self,
        word: &str,
        least: u32,
        others: &[String],
    ) -> tantivy::Result<Option<String>> {
        let limit = tolerance(word);
        if limit == 0 || self.is_stop_word(word) {
            return Ok(None);
        }
        let close = Close::new(word, limit);
        // The first letter is seldom wrong, and a word with another one seldom meant.
        let first = word.chars().next().map_or(0, char::len_utf8);
        let (from, to) = prefix_range(&word[..first]);
        let mut found = BTreeMap::<String, u32>::new();
        for field in [
            self.snapshot.fields.surface_forms,
            self.snapshot.fields.text,
        ] {
            let automaton = || Close::new(word, limit);
            let range = (&*from, to.as_deref());
            self.snapshot
                .visit_terms(field, automaton, range, |_, other, count| {
                    if let Ok(other) = std::str::from_utf8(other) {
                        *found.entry(other.to_owned()).or_default() += count;
                    }
                    true
                })?;
        }
        let mut likely: Vec<(u8, Reverse<u32>, String)> = Vec::new();
        for (other, count) in found {
            let edit = Edit::between(word, &other, close.distance(&other));
            if let Some(cost) = edit.cost(word)
                && count >= least
                && !self.is_stop_word(&other)
            {
                likely.push((cost, Reverse(count), other));
            }
        }
        likely.sort_unstable();
        likely.truncate(MAX_CANDIDATES);
        let is_right = meaning::has(&stem(word));
        let mut best: Option<(f32, String)> = None;
        for (cost, Reverse(count), other) in likely {
            let stem = self.stems(&other)?.into_iter().next().unwrap_or_default();
            let fit = self.fit(&stem, others)?;
            // What seldom is a slip of the fingers must be known, or go with the other words. A word of
            // the language must be a slip that goes with them, or a long word with letters swapped or doubled.
            let is_known = match is_right {
                true if word.len() >= LONG_WORD && cost == 0 => true,
                true => cost < Edit::UNLIKELY && fit > 0.0,
                false => cost < Edit::UNLIKELY || fit > 0.0 || count >= KNOWN_WORD,
            };
            let score = fit + FREQUENT * (count as f32).ln_1p() - UNUSUAL * f32::from(cost);
            if is_known
                && best.as_ref().is_none_or(|(most, _)| score > *most)
                && self.is_word(&other)?
            {
                best = Some((score, other));
            }
        }
        Ok(best.map(|(_, other)| other))
    }

    /// Returns the share of the documents with `stem` that have one of `others` as well.
    fn fit(&self, stem: &str, others: &[String]) -> tantivy::Result<f32> {
        // A vocabulary does not say which words go together.
        if others.is_empty() || self.snapshot.vocabulary.is_some() {
            return Ok(0.0);
        }
        let (mut both, mut all) = (0, 0);
        for segment in self.snapshot.segments() {
            let index = segment.inverted_index(self.snapshot.fields.text)?;
            let postings = |stem: &str| {
                let term = Term::from_field_text(self.snapshot.fields.text, stem);
                index.read_postings(&term, IndexRecordOption::Basic)
            };
            let mut beside = Vec::new();
            for other in others {
                beside.extend(postings(other)?);
            }
            let Some(mut documents) = postings(stem)? else {
                continue;
            };
            while documents.doc() != TERMINATED && all < MAX_COMPARED {
                let document = documents.doc();
                all += 1;
                both += u32::from(beside.iter_mut().any(|other| advance(other, document)));
                documents.advance();
            }
        }
        Ok(both as f32 / all.max(1) as f32)
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
        terms_with_prefix(self.snapshot, &self.fields_of_words(), prefix, limit)
    }

    /// Returns whether a word or a stem starts with `prefix`, by the first one.
    pub(crate) fn has_prefix(&self, prefix: &str) -> tantivy::Result<bool> {
        let (from, to) = prefix_range(prefix);
        let mut is_found = false;
        for field in self.fields_of_words() {
            let range = (&*from, to.as_deref());
            self.snapshot.visit_terms(
                field,
                || AlwaysMatch,
                range,
                |_, _, _| {
                    is_found = true;
                    false
                },
            )?;
        }
        Ok(is_found)
    }

    fn fields_of_words(&self) -> [Field; 2] {
        let fields = self.snapshot.fields;
        [fields.surface_forms, fields.text]
    }

    fn is_stem_of(&self, term: &str, word: &str) -> bool {
        let mut languages = self.languages.iter();
        stem(word) == term || languages.any(|language| stem_in(word, *language) == term)
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
        let derived: Vec<&String> = derived.filter(|word| self.is_stem_of(term, word)).collect();
        if self.snapshot.vocabulary.is_some() {
            let fields = self.snapshot.fields;
            let mut inflected = 0;
            for word in derived {
                inflected += self.snapshot.doc_freq(fields.surface_forms, word)?;
            }
            return Ok(self.snapshot.doc_freq(fields.text, term)? > inflected);
        }
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

/// Returns the range of terms that start with `prefix`; it has no end after the last sign that
/// there is.
pub(crate) fn prefix_range(prefix: &str) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut end = prefix.as_bytes().to_vec();
    while end.last() == Some(&u8::MAX) {
        end.pop();
    }
    let has_end = end.last_mut().map(|last| *last += 1).is_some();
    let to = has_end.then_some(end);
    (prefix.as_bytes().to_vec(), to)
}

/// Returns the terms of `fields` that start with `prefix` and in how many documents each is, the
/// most frequent first.
pub(crate) fn terms_with_prefix(
    snapshot: &Snapshot<'_>,
    fields: &[Field],
    prefix: &str,
    limit: usize,
) -> tantivy::Result<Vec<(String, u32)>> {
    let mut words: Vec<(String, u32)> = Vec::new();
    let (from, to) = prefix_range(prefix);
    for field in fields {
        let range = (&*from, to.as_deref());
        snapshot.visit_terms(
            *field,
            || AlwaysMatch,
            range,
            |read, word, count| {
                if let Ok(word) = std::str::from_utf8(word) {
                    words.push((word.to_owned(), count));
                }
                read < MAX_READ
            },
        )?;
    }
    // Each segment has those of a field in order, so that only a few runs are merged.
    words.sort_by(|a, b| a.0.cmp(&b.0));
    words.dedup_by(|next, first| {
        let is_same = next.0 == first.0;
        first.1 += if is_same { next.1 } else { 0 };
        is_same
    });
    let by_count = |a: &(String, u32), b: &(String, u32)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
    if limit < words.len() {
        words.select_nth_unstable_by(limit, by_count);
        words.truncate(limit);
    }
    words.sort_unstable_by(by_count);
    Ok(words)
}
