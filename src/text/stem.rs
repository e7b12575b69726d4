//! A word -> its stem, which its other forms have as well.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use foldhash::fast::RandomState;
use frostem::{Algorithm, Stemmer};

use crate::text::{Form, Term, fold, korean, language::Language};

/// Returns the stem of a folded word in `language`; terms that are no plain word are their own stems.
/// Korean is told by its script, whatever the language.
pub(crate) fn stem_in(word: &str, language: Language) -> Cow<'_, str> {
    if language == Language::English {
        return stem(word);
    }
    if !is_stemmed(word, language) {
        return Cow::Borrowed(word);
    }
    if korean::is_korean(word) {
        return Cow::Borrowed(korean::stem(word));
    }
    let accented = accented(word, language);
    let stem = Stemmer::new(language.algorithm())
        .stem(&accented)
        .into_owned();
    match stem.is_ascii() {
        true => Cow::Owned(stem),
        false => Cow::Owned(fold(&stem)),
    }
}

/// Returns a folded word with the ending by which the rules of `language` know it: with its accent, or
/// as its other forms have it.
fn accented(word: &str, language: Language) -> Cow<'_, str> {
    const FRENCH: &[(&str, &str)] = &[("ee", "er"), ("ees", "er")];
    const PORTUGUESE: &[(&str, &str)] = &[
        ("cao", "ção"),
        ("coes", "ções"),
        ("sao", "são"),
        ("soes", "sões"),
    ];
    // The plural of *interfaz* is *interfaces*.
    const SPANISH: &[(&str, &str)] = &[
        ("cion", "ción"),
        ("sion", "sión"),
        ("az", "ac"),
        ("ez", "ec"),
        ("iz", "ic"),
        ("oz", "oc"),
        ("uz", "uc"),
    ];
    let endings = match language {
        Language::French => FRENCH,
        Language::Portuguese => PORTUGUESE,
        Language::Spanish => SPANISH,
        _ => &[],
    };
    let accented = endings.iter().find_map(|(folded, accented)| {
        let start = word.strip_suffix(folded)?;
        (start.len() > 2).then(|| format!("{start}{accented}"))
    });
    accented.map_or(Cow::Borrowed(word), Cow::Owned)
}

/// Returns the stem of a folded word in English, and so of all words whose language is not known.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    if !is_stemmed(word, Language::English) {
        return Cow::Borrowed(word);
    }
    if !word.is_ascii() {
        return Cow::Borrowed(korean::stem(word));
    }
    match regular(word) {
        Some(word) => Cow::Owned(Stemmer::new(Algorithm::English).stem(&word).into_owned()),
        None => Stemmer::new(Algorithm::English).stem(word),
    }
}

/// Returns the word that stands for the stem of `word`, where its ending does not lead to it.
fn regular(word: &str) -> Option<Cow<'static, str>> {
    if let Ok(place) = IRREGULAR.binary_search_by(|(form, _)| (*form).cmp(word)) {
        return Some(Cow::Borrowed(IRREGULAR[place].1));
    }
    // *diversification* is of *diversify*.
    let start = word
        .strip_suffix("ification")
        .or_else(|| word.strip_suffix("ifications"));
    match start {
        Some(start) if start.len() > 1 => Some(Cow::Owned(format!("{start}ify"))),
        _ => american(word).map(Cow::Owned),
    }
}

/// Returns the forms that have the stem `of`, though they may start in another way: *held* of *hold*.
pub(crate) fn irregular_forms(of: &str) -> impl Iterator<Item = &'static str> {
    let start = of.get(..2).unwrap_or(of);
    let forms = IRREGULAR
        .iter()
        .filter(move |(_, word)| word.starts_with(start) && stem(word) == of);
    forms.map(|(form, _)| *form)
}

/// Forms that no ending leads to their word, sorted. Where a form is another word as well (*left*,
/// *met*, *bound*), it is not here.
const IRREGULAR: &[(&str, &str)] = &[
    ("analyse", "analyze"),
    ("analysed", "analyze"),
    ("analyser", "analyze"),
    ("analyses", "analyze"),
    ("analysing", "analyze"),
    ("analysis", "analyze"),
    ("analyzer", "analyze"),
    ("appendices", "appendix"),
    ("artefact", "artifact"),
    ("artefacts", "artifact"),
    ("axes", "axis"),
    ("axis", "axis"),
    ("bases", "base"),
    ("began", "begin"),
    ("begun", "begin"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("catalogue", "catalog"),
    ("catalogues", "catalog"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("criteria", "criterion"),
    ("dealt", "deal"),
    ("defence", "defense"),
    ("defences", "defense"),
    ("dialogue", "dialog"),
    ("dialogues", "dialog"),
    ("drawn", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("fought", "fight"),
    ("froze", "freeze"),
    ("frozen", "freeze"),
    ("gave", "give"),
    ("given", "give"),
    ("grew", "grow"),
    ("grey", "gray"),
    ("grown", "grow"),
    ("held", "hold"),
    ("hypotheses", "hypothesis"),
    ("hypothesis", "hypothesis"),
    ("indices", "index"),
    ("judgement", "judgment"),
    ("judgements", "judgment"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("licence", "license"),
    ("licences", "license"),
    ("lost", "lose"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("mice", "mouse"),
    ("paid", "pay"),
    ("parentheses", "parenthesis"),
    ("parenthesis", "parenthesis"),
    ("phenomena", "phenomenon"),
    ("programme", "program"),
    ("programmes", "program"),
    ("queued", "queue"),
    ("queueing", "queue"),
    ("queuing", "queue"),
    ("ran", "run"),
    ("schemata", "schema"),
    ("sent", "send"),
    ("sold", "sell"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stolen", "steal"),
    ("taken", "take"),
    ("taught", "teach"),
    ("theses", "thesis"),
    ("thesis", "thesis"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("understood", "understand"),
    ("vertices", "vertex"),
    ("women", "woman"),
    ("written", "write"),
    ("wrote", "write"),
];

/// Returns how `word`, if it may be spelt as in Britain, would be spelt in America: *optimise*,
/// *behaviour*, *centre*, *labelled*. Where it is no such word, all its forms change alike, so that it
/// is found as before.
fn american(word: &str) -> Option<String> {
    const IZE: &[&str] = &[
        "ise", "ises", "ised", "ising", "iser", "isers", "isation", "isations", "isable", "yse",
        "yses", "ysed", "ysing",
    ];
    const ER: &[(&str, &str)] = &[
        ("tre", "ter"),
        ("tres", "ters"),
        ("bre", "ber"),
        ("bres", "bers"),
    ];
    const DOUBLED: &[&str] = &["elling", "elled", "eller", "ellers"];
    // Words that are spelt so everywhere, and have other forms as well: *precisely*, *supervision*,
    // *surprisingly*, *appraisal*, *misspell*, *resell*.
    const ALIKE: &[&str] = &[
        "prec", "conc", "superv", "surpr", "telev", "appra", "missp", "res", "ups",
    ];
    // What is before the ending is more than a few letters: not *raising*, *spelled* or *hour*.
    let before = |ending: &&str, least| {
        let start = word.strip_suffix(*ending)?;
        (start.len() >= least && !ALIKE.contains(&start)).then_some(start)
    };
    if let Some(ending) = IZE.iter().find(|ending| before(ending, 4).is_some()) {
        let start = before(ending, 4)?;
        return Some(format!("{start}{}z{}", &ending[..1], &ending[2..]));
    }
    if let Some((ending, other)) = ER.iter().find(|(ending, _)| before(ending, 2).is_some()) {
        return Some(format!("{}{other}", before(ending, 2)?));
    }
    if let Some(ending) = DOUBLED.iter().find(|ending| before(ending, 3).is_some()) {
        return Some(format!("{}el{}", before(ending, 3)?, &ending[3..]));
    }
    let at = word.find("our").filter(|at| *at >= 3)?;
    let after = &word[at + 3..];
    let is_ending = matches!(after, "" | "s") || after.starts_with(['a', 'e', 'f', 'h', 'i', 'l']);
    is_ending.then(|| format!("{}or{after}", &word[..at]))
}

/// Returns whether `word` is a plain word, which may have a stem that is another.
fn is_stemmed(word: &str, language: Language) -> bool {
    if word.len() <= 2 {
        return false;
    }
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return true;
    }
    let is_plain = |word: &str| word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    let has_rules = !word.is_ascii() && language != Language::English;
    korean::is_korean(word) || (has_rules && is_plain(word))
}

/// A word of the cache in place, filled up with NUL, which no word has: comparing two looks at no other
/// memory. Of English words, one in a thousand is longer.
type Word = [u8; 24];

/// Remembers stems: the words of a text are few, and come again.
pub(crate) struct StemCache {
    language: Language,
    /// By word; none, if it is its own stem.
    stems: HashMap<Word, Option<Range<u32>>, RandomState>,
    /// The text of the stems.
    text: String,
    /// The stem of the last word that was too long for the cache.
    long: String,
}

impl StemCache {
    /// The number of words in the cache; when it is full, it is emptied.
    const MOST: usize = 1 << 14;

    /// Returns a cache of stems in `language`.
    pub(crate) fn of(language: Language) -> StemCache {
        StemCache {
            language,
            stems: HashMap::default(),
            text: String::new(),
            long: String::new(),
        }
    }

    /// Returns the language of the stems.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Returns the stem of `term`; `None`, if it is its own.
    pub(crate) fn stem(&mut self, term: &Term<'_>) -> Option<&str> {
        let word = term.text;
        if term.form == Form::Name || !is_stemmed(word, self.language) {
            return None;
        }
        let mut key = Word::default();
        let Some(place) = key.get_mut(..word.len()) else {
            self.long = stem_in(word, self.language).into_owned();
            return (self.long != word).then_some(&*self.long);
        };
        place.copy_from_slice(word.as_bytes());
        let known = self.stems.get(&key).cloned();
        let stem = known.unwrap_or_else(|| self.remember(key, word));
        stem.map(|stem| &self.text[stem.start as usize..stem.end as usize])
    }

    fn remember(&mut self, key: Word, word: &str) -> Option<Range<u32>> {
        if self.stems.len() == Self::MOST {
            *self = StemCache::of(self.language);
        }
        let stem = stem_in(word, self.language);
        let start = self.text.len() as u32;
        let place = (stem != word).then(|| {
            self.text.push_str(&stem);
            start..self.text.len() as u32
        });
        self.stems.insert(key, place.clone());
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_are_stemmed() {
        let stems = ["hooks", "rendering", "c++", "k8s", "is", "useeffect"].map(stem);
        assert_eq!(stems, ["hook", "render", "c++", "k8s", "is", "useeffect"]);
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        assert!(IRREGULAR.is_sorted());
        let groups: [&[&str]; 14] = [
            &["diversify", "diversified", "diversification"],
            &["verify", "verifies", "verification"],
            &["simplify", "simplifying", "simplification"],
            &["classify", "classifier", "classifications"],
            &["matrix", "matrices"],
            &["child", "children"],
            &[
                "analysis",
                "analyses",
                "analyze",
                "analyzed",
                "analysing",
                "analyzer",
            ],
            &["vertex", "vertices"],
            &["index", "indexes", "indices", "indexing"],
            &["queue", "queues", "queued", "queueing"],
            &["hypothesis", "hypotheses"],
            &["break", "broke", "broken", "breaking"],
            &["write", "wrote", "written", "writing"],
            &["license", "licence", "licensed"],
        ];
        for group in groups {
            for word in group {
                assert_eq!(stem(word), stem(group[0]), "{word}");
            }
        }
        assert_ne!(stem("classify"), stem("class"));
        assert_ne!(stem("notification"), stem("note"));
    }

    #[test]
    fn remembered_stems_are_those_of_the_words() {
        let mut cache = StemCache::of(Language::German);
        let long = "donaudampfschifffahrtsgesellschaften";
        for word in ["hauser", "haus", long, "hauser", "haus", long] {
            let term = Term {
                text: word,
                span: 0..word.len(),
                position: 0,
                form: Form::Word,
            };
            let stem = cache.stem(&term).unwrap_or(word);
            assert_eq!(stem, stem_in(word, Language::German));
        }
    }

    #[test]
    fn words_are_stemmed_by_the_rules_of_their_language() {
        let groups: [(Language, &[&str]); 10] = [
            (Language::German, &["haus", "hauser", "hausern"]),
            (Language::German, &["strasse", "strassen"]),
            (
                Language::French,
                &["declarer", "declare", "declares", "declaree", "declarees"],
            ),
            (Language::French, &["fonction", "fonctions"]),
            (Language::Spanish, &["implementacion", "implementaciones"]),
            (Language::Spanish, &["funcion", "funciones"]),
            (Language::Spanish, &["interfaz", "interfaces"]),
            (Language::Portuguese, &["implementacao", "implementacoes"]),
            (Language::Russian, &["новый", "новая", "новые", "нового"]),
            (Language::English, &["메모리", "메모리를"]),
        ];
        for (language, group) in groups {
            for word in group {
                assert_eq!(
                    stem_in(word, language),
                    stem_in(group[0], language),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn words_are_found_however_they_are_spelt() {
        let pairs = [
            ("optimise", "optimize"),
            ("normalisation", "normalization"),
            ("analysing", "analyzing"),
            ("behaviour", "behavior"),
            ("colourful", "colorful"),
            ("neighbours", "neighbors"),
            ("centre", "center"),
            ("fibres", "fibers"),
            ("labelled", "labeled"),
            ("modelling", "modeling"),
        ];
        for (british, american) in pairs {
            assert_eq!(stem(british), stem(american));
        }
        for word in [
            "four", "hour", "resource", "raising", "tree", "spelling", "journal",
        ] {
            assert_eq!(american(word), None, "{word}");
        }
        assert_eq!(stem("promise"), stem("promised"));
        for (one, other) in [
            ("precise", "precisely"),
            ("concise", "concisely"),
            ("supervised", "supervision"),
            ("surprising", "surprisingly"),
            ("appraised", "appraisal"),
            ("misspelled", "misspell"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }
}
