//! The words of an index and their frequencies, as one file: a [`Vocabulary`].
//!
//! Whoever searches documents that are elsewhere needs them: to repair and expand a query, and to know
//! how rare a word is among all documents. They are an FST, which is read where it is mapped. Each
//! term stands after a byte for its field; a few numbers stand there by their names.

use std::{
    fmt,
    io::{self, Write},
    ops::Range,
    path::Path,
};

use tantivy::{
    DocId as EntryId, DocSet, SegmentReader, TERMINATED,
    directory::{Directory, MmapDirectory, OwnedBytes},
    schema::{Field, IndexRecordOption},
    termdict::TermMerger,
};
use tantivy_fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer, raw::Fst};

use crate::{
    store::{
        schema::{FORMAT, Fields},
        snapshot::Snapshot,
    },
    text::language::Language,
};

/// The name of the file.
pub(crate) const FILE: &str = "vocabulary.fst";

/// The byte before the names of numbers, which is before those of all fields.
const NUMBER: u8 = b'#';

const FORMAT_NUMBER: &str = "format";
const DOCUMENTS: &str = "documents";
const MEAN_QUESTION: &str = "mean_question";
const MEAN_TEXT: &str = "mean_text";
const LANGUAGE: &str = "language/";

/// The words of a collection of documents.
pub(crate) struct Vocabulary {
    counts: Map<OwnedBytes>,
    /// The number of documents.
    pub(crate) documents: u64,
    /// The mean number of terms of a question, and of a question with its answer.
    mean_question: f32,
    mean_text: f32,
    /// The languages of documents, besides English.
    pub(crate) languages: Vec<Language>,
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary")
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}

/// Returns the fields whose terms a vocabulary has, each with its byte, in the order of the bytes.
fn fields_of(fields: &Fields) -> [(u8, Field); 6] {
    [
        (b'a', fields.abbreviations),
        (b'c', fields.compounds),
        (b'h', fields.headings_and_tags),
        (b'q', fields.question),
        (b's', fields.surface_forms),
        (b't', fields.text),
    ]
}

/// Writes the vocabulary of `snapshot`.
pub(crate) fn write(snapshot: &Snapshot<'_>, out: impl Write) -> tantivy::Result<()> {
    let fields = snapshot.fields;
    let mut map = MapBuilder::new(out).map_err(io::Error::other)?;
    let mut numbers = vec![
        (DOCUMENTS.to_owned(), snapshot.documents()?),
        (FORMAT_NUMBER.to_owned(), u64::from(FORMAT)),
        (
            MEAN_QUESTION.to_owned(),
            u64::from(snapshot.mean_length(fields.question)?.to_bits()),
        ),
        (
            MEAN_TEXT.to_owned(),
            u64::from(snapshot.mean_length(fields.text)?.to_bits()),
        ),
    ];
    for language in snapshot.languages()? {
        let name = format!("{LANGUAGE}{}", language.code());
        numbers.push((name, snapshot.documents_in(language)?));
    }
    numbers.sort_unstable();
    for (name, number) in numbers {
        let key = [&[NUMBER], name.as_bytes()].concat();
        map.insert(key, number).map_err(io::Error::other)?;
    }
    for (byte, field) in fields_of(fields) {
        write_field(snapshot, byte, field, &mut map)?;
    }
    Ok(map.finish().map_err(io::Error::other)?)
}

fn write_field(
    snapshot: &Snapshot<'_>,
    byte: u8,
    field: Field,
    map: &mut MapBuilder<impl Write>,
) -> tantivy::Result<()> {
    let mut indexes = Vec::new();
    for segment in snapshot.segments() {
        indexes.push(segment.inverted_index(field)?);
    }
    let deleted: Vec<Vec<Range<EntryId>>> = snapshot.segments().iter().map(deleted).collect();
    let streams = indexes.iter().map(|index| index.terms().stream());
    let mut terms = TermMerger::new(streams.collect::<io::Result<_>>()?);
    let mut key = Vec::new();
    while terms.advance() {
        let mut count = 0;
        for (segment, term) in terms.current_segment_ords_and_term_infos() {
            count += u64::from(term.doc_freq);
            if !deleted[segment].is_empty() {
                let option = IndexRecordOption::Basic;
                let postings = indexes[segment].read_postings_from_terminfo(&term, option)?;
                count -= count_in(&deleted[segment], postings);
            }
        }
        if count > 0 && !terms.key().is_empty() {
            key.clear();
            key.push(byte);
            key.extend_from_slice(terms.key());
            map.insert(&key, count).map_err(io::Error::other)?;
        }
    }
    Ok(())
}

/// Returns the entries of `segment` that are deleted. Those of a guide follow each other.
pub(super) fn deleted(segment: &SegmentReader) -> Vec<Range<EntryId>> {
    let all = match segment.has_deletes() {
        true => 0..segment.max_doc(),
        false => 0..0,
    };
    ranges(all.filter(|entry| segment.is_deleted(*entry)))
}

/// Returns the ranges of `entries`, which are in order.
fn ranges(entries: impl Iterator<Item = EntryId>) -> Vec<Range<EntryId>> {
    let mut ranges: Vec<Range<EntryId>> = Vec::new();
    for entry in entries {
        match ranges.last_mut() {
            Some(last) if last.end == entry => last.end += 1,
            _ => ranges.push(entry..entry + 1),
        }
    }
    ranges
}

/// Returns the number of `postings` in `ranges`. What is between those is passed over unread where it is
/// long; few entries of a large index are deleted.
pub(super) fn count_in(ranges: &[Range<EntryId>], mut postings: impl DocSet) -> u64 {
    let mut count = 0;
    let mut rest = ranges;
    while let Some(range) = rest.first() {
        let entry = match postings.doc() {
            entry if entry < range.start => postings.seek(range.start),
            entry => entry,
        };
        if entry == TERMINATED {
            break;
        }
        if entry < range.end {
            count += 1;
            postings.advance();
        } else {
            rest = &rest[rest.partition_point(|range| range.end <= entry)..];
        }
    }
    count
}

impl Vocabulary {
    /// Opens the vocabulary in `folder`.
    pub(crate) fn open(folder: &Path) -> io::Result<Vocabulary> {
        // Its error for a missing folder says less than that of the file system.
        std::fs::metadata(folder.join(FILE))?;
        let directory = MmapDirectory::open(folder).map_err(io::Error::other)?;
        let file = directory.open_read(Path::new(FILE));
        Vocabulary::read(file.map_err(io::Error::other)?.read_bytes()?)
    }

    /// Reads the vocabulary that `bytes` are.
    pub(crate) fn read(bytes: OwnedBytes) -> io::Result<Vocabulary> {
        let counts = Map::from(Fst::new(bytes).map_err(io::Error::other)?);
        let number = |name: &str| counts.get([&[NUMBER], name.as_bytes()].concat());
        if number(FORMAT_NUMBER) != Some(u64::from(FORMAT)) {
            let text = "the vocabulary is of another version; export all documents again";
            return Err(io::Error::new(io::ErrorKind::InvalidData, text));
        }
        let mean = |name| number(name).map_or(1.0, |bits| f32::from_bits(bits as u32));
        let mut languages = Vec::new();
        let prefix = [&[NUMBER], LANGUAGE.as_bytes()].concat();
        let mut names = counts.range().ge(&prefix).into_stream();
        while let Some((key, _)) = names.next() {
            let Some(code) = key.strip_prefix(&*prefix) else {
                break;
            };
            languages.extend(std::str::from_utf8(code).ok().and_then(Language::named));
        }
        Ok(Vocabulary {
            documents: number(DOCUMENTS).unwrap_or(0),
            mean_question: mean(MEAN_QUESTION),
            mean_text: mean(MEAN_TEXT),
            languages,
            counts,
        })
    }

    /// Returns the number of documents in `language`, which is not English.
    pub(crate) fn documents_in(&self, language: Language) -> u64 {
        let name = format!("{LANGUAGE}{}", language.code());
        let count = self.counts.get([&[NUMBER], name.as_bytes()].concat());
        count.unwrap_or(0)
    }

    /// Returns the number of documents that have `term` in `field`; `None` of a field that it lacks.
    pub(crate) fn count(&self, fields: &Fields, field: Field, term: &[u8]) -> Option<u64> {
        let byte = byte_of(fields, field)?;
        Some(self.counts.get([&[byte], term].concat()).unwrap_or(0))
    }

    /// Returns the mean number of terms of a document in `field`; `None` of a field that it lacks.
    pub(crate) fn mean_length(&self, fields: &Fields, field: Field) -> Option<f32> {
        match field {
            _ if field == fields.question => Some(self.mean_question),
            _ if field == fields.text => Some(self.mean_text),
            _ => None,
        }
    }

    /// Calls `visit` as [`Snapshot::visit_terms`] does, for a single segment.
    pub(crate) fn visit(
        &self,
        fields: &Fields,
        field: Field,
        automaton: impl Automaton,
        (from, to): (&[u8], Option<&[u8]>),
        visit: &mut dyn FnMut(usize, &[u8], u32) -> bool,
    ) {
        let Some(byte) = byte_of(fields, field) else {
            return;
        };
        let automaton = InField { byte, automaton };
        let terms = self.counts.search(automaton).ge([&[byte], from].concat());
        let mut terms = match to {
            Some(to) => terms.lt([&[byte], to].concat()).into_stream(),
            None => terms.lt([byte + 1]).into_stream(),
        };
        let mut read = 0;
        while let Some((key, count)) = terms.next() {
            if !visit(read, &key[1..], u32::try_from(count).unwrap_or(u32::MAX)) {
                break;
            }
            read += 1;
        }
    }
}

fn byte_of(fields: &Fields, field: Field) -> Option<u8> {
    let mut all = fields_of(fields).into_iter();
    all.find(|(_, other)| *other == field).map(|(byte, _)| byte)
}

/// An automaton that reads terms after the byte of their field.
struct InField<A> {
    byte: u8,
    automaton: A,
}

impl<A: Automaton> Automaton for InField<A> {
    /// `None` before the first byte, and after one of another field.
    type State = (bool, Option<A::State>);

    fn start(&self) -> Self::State {
        (true, None)
    }

    fn is_match(&self, (_, state): &Self::State) -> bool {
        state
            .as_ref()
            .is_some_and(|state| self.automaton.is_match(state))
    }

    fn can_match(&self, (is_start, state): &Self::State) -> bool {
        let can_match = |state| self.automaton.can_match(state);
        *is_start || state.as_ref().is_some_and(can_match)
    }

    fn accept(&self, (is_start, state): &Self::State, byte: u8) -> Self::State {
        let next = match (is_start, state) {
            (true, _) => (byte == self.byte).then(|| self.automaton.start()),
            (false, Some(state)) => Some(self.automaton.accept(state, byte)),
            (false, None) => None,
        };
        (false, next)
    }
}

#[cfg(test)]
mod tests {
    use tantivy_fst::automaton::AlwaysMatch;

    use super::*;
    use crate::{DocId, Index, QaDocument, text::spelling::Close};

    #[test]
    fn a_vocabulary_has_the_words_of_its_index_without_what_was_deleted() {
        let index = Index::in_memory([
            QaDocument::new("tea", "What is matcha?", "Tea, ground.").with_key("matcha"),
            QaDocument::new("tee", "Was ist Sencha?", "Gedämpfter Tee.").with_language("de"),
        ])
        .unwrap();
        let mut writer = index.writer().unwrap();
        writer.delete(DocId::of_key("matcha"));
        let sencha = QaDocument::new("tea", "What is sencha?", "Tea, steamed. It is green tea.");
        writer.add(sencha).unwrap();
        writer.commit().unwrap();
        let snapshot = index.snapshot();
        let fields = snapshot.fields;
        let mut bytes = Vec::new();
        write(&snapshot, &mut bytes).unwrap();
        let words = Vocabulary::read(OwnedBytes::new(bytes)).unwrap();
        for stem in ["tea", "sencha", "matcha", "tee"] {
            let count = words.count(fields, fields.text, stem.as_bytes()).unwrap();
            let expected = snapshot.doc_freq(fields.text, stem).unwrap();
            assert_eq!(count, expected, "{stem}");
        }
        assert_eq!(words.count(fields, fields.path, b"tea"), None);
        assert_eq!(words.documents, 2);
        assert_eq!(words.languages, snapshot.languages().unwrap());
        assert_eq!(words.documents_in(Language::German), 1);
        let mean = snapshot.mean_length(fields.text).unwrap();
        assert_eq!(words.mean_length(fields, fields.text), Some(mean));

        let mut visited = Vec::new();
        let mut visit = |_, word: &[u8], count| {
            visited.push((String::from_utf8_lossy(word).into_owned(), count));
            true
        };
        words.visit(
            fields,
            fields.text,
            AlwaysMatch,
            (b"s", Some(b"t")),
            &mut visit,
        );
        let close = Close::new("sencja", 1);
        words.visit(fields, fields.text, close, (b"s", None), &mut visit);
        let found: Vec<(&str, u32)> = visited
            .iter()
            .map(|(word, count)| (&**word, *count))
            .collect();
        assert_eq!(found, [("sencha", 2), ("steam", 1), ("sencha", 2)]);
    }

    /// Returns the terms of all fields of a vocabulary, with their counts.
    fn all_terms(snapshot: &Snapshot<'_>) -> Vec<(u8, Vec<u8>, u32)> {
        let mut bytes = Vec::new();
        write(snapshot, &mut bytes).unwrap();
        let words = Vocabulary::read(OwnedBytes::new(bytes)).unwrap();
        let mut terms = Vec::new();
        for (byte, field) in fields_of(snapshot.fields) {
            let mut visit = |_, term: &[u8], count| {
                terms.push((byte, term.to_owned(), count));
                true
            };
            words.visit(snapshot.fields, field, AlwaysMatch, (b"", None), &mut visit);
        }
        terms
    }

    #[test]
    fn a_vocabulary_is_that_of_an_index_that_never_had_what_was_deleted() {
        // A smaller index is merged, and then has nothing deleted.
        const ALL: usize = 5_200;
        let question = |n: usize| {
            let text = format!("Kind {}, garden {}.", n % 7, n % 400);
            QaDocument::new("tea", format!("Tea {n}?"), text).with_key(&format!("{n}"))
        };
        let is_deleted = |n: usize| n < 3 || (300..520).contains(&n) || n.is_multiple_of(500);
        let index = Index::in_memory((0..ALL).map(question)).unwrap();
        let mut writer = index.writer().unwrap();
        for n in (0..ALL).filter(|n| is_deleted(*n)) {
            writer.delete(DocId::of_key(&format!("{n}")));
        }
        writer.commit().unwrap();
        let left = (0..ALL).filter(|n| !is_deleted(*n)).map(question);
        let fresh = Index::in_memory(left).unwrap();
        let deleted = index.snapshot();
        assert!(deleted.segments().iter().any(SegmentReader::has_deletes));
        assert_eq!(all_terms(&deleted), all_terms(&fresh.snapshot()));
    }

    /// The entries of a list.
    struct Listed(Vec<EntryId>);

    impl DocSet for Listed {
        fn advance(&mut self) -> EntryId {
            self.0.pop();
            self.doc()
        }

        fn doc(&self) -> EntryId {
            *self.0.last().unwrap_or(&TERMINATED)
        }

        fn size_hint(&self) -> u32 {
            self.0.len() as u32
        }
    }

    proptest::proptest! {
        #[test]
        fn entries_in_ranges_are_counted(
            entries in proptest::collection::btree_set(0..60_u32, 0..40),
            deleted in proptest::collection::btree_set(0..60_u32, 0..40),
        ) {
            let expected = entries.intersection(&deleted).count() as u64;
            let postings = Listed(entries.iter().rev().copied().collect());
            let ranges = ranges(deleted.iter().copied());
            proptest::prop_assert_eq!(count_in(&ranges, postings), expected);
        }
    }

    #[test]
    fn what_is_no_vocabulary_is_an_error() {
        for bytes in [Vec::new(), b"none".to_vec(), vec![0; 100]] {
            assert!(Vocabulary::read(OwnedBytes::new(bytes)).is_err());
        }
    }
}
