//! The [`Language`]s whose words are stemmed by rules of their own, and what tells them apart.
//!
//! Languages that are written without spaces need no rules: their text is found by pairs of
//! characters. Korean needs none of the guide either, as its script is its own.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use foldhash::fast::RandomState;
use frostem::Algorithm;

use crate::text::{fold_into, stop_words};

/// The most words of a text that are looked at to tell its language, and the small words of English
/// that are enough to tell it, where it has more of them than of any other language.
const MOST_WORDS: usize = 400;
const ENOUGH: usize = 16;

/// The fewest different small words of a language that tell it, and the words of which one is a small
/// one: a third of most prose is.
const FEWEST: usize = 2;
const ONE_IN: usize = 7;

/// A language. What is in none of the others is treated as English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    Danish,
    Dutch,
    English,
    French,
    German,
    Italian,
    Norwegian,
    Portuguese,
    Russian,
    Spanish,
    Swedish,
}

impl Language {
    const ALL: &[Language] = &[
        Language::Danish,
        Language::Dutch,
        Language::English,
        Language::French,
        Language::German,
        Language::Italian,
        Language::Norwegian,
        Language::Portuguese,
        Language::Russian,
        Language::Spanish,
        Language::Swedish,
    ];

    /// Returns the language with this code, which may name a country as well, as `de-AT` does; or
    /// with this name in English.
    pub(crate) fn named(name: &str) -> Option<Language> {
        let name = name.trim().to_lowercase();
        let code = name.split(['-', '_', '.']).next().unwrap_or_default();
        // Of the two forms of Norwegian, one is meant by most.
        let code = if matches!(code, "nb" | "nn") {
            "no"
        } else {
            code
        };
        let is_named = |language: &&Language| {
            language.code() == code || format!("{language:?}").to_lowercase() == name
        };
        Language::ALL.iter().find(is_named).copied()
    }

    /// Returns the code of ISO 639-1.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Language::Danish => "da",
            Language::Dutch => "nl",
            Language::English => "en",
            Language::French => "fr",
            Language::German => "de",
            Language::Italian => "it",
            Language::Norwegian => "no",
            Language::Portuguese => "pt",
            Language::Russian => "ru",
            Language::Spanish => "es",
            Language::Swedish => "sv",
        }
    }

    /// Returns the code of a language other than English.
    pub(crate) fn code_unless_english(self) -> Option<&'static str> {
        (self != Language::English).then(|| self.code())
    }

    /// Returns how its words are stemmed.
    pub(super) fn algorithm(self) -> Algorithm {
        match self {
            Language::Danish => Algorithm::Danish,
            Language::Dutch => Algorithm::DutchPorter,
            Language::English => Algorithm::English,
            Language::French => Algorithm::French,
            Language::German => Algorithm::German,
            Language::Italian => Algorithm::Italian,
            Language::Norwegian => Algorithm::Norwegian,
            Language::Portuguese => Algorithm::Portuguese,
            Language::Russian => Algorithm::Russian,
            Language::Spanish => Algorithm::Spanish,
            Language::Swedish => Algorithm::Swedish,
        }
    }

    /// Returns whether it writes nouns together that belong together.
    pub(crate) fn has_compounds(self) -> bool {
        use Language::{Danish, Dutch, German, Norwegian, Swedish};
        matches!(self, Danish | Dutch | German | Norwegian | Swedish)
    }

    /// Returns whether `word` says nothing of what is asked.
    pub(crate) fn is_stop_word(self, word: &str) -> bool {
        match self {
            Language::English => stop_words::is_stop_word(word),
            _ => self.stop_words().binary_search(&word).is_ok(),
        }
    }

    /// Returns the language of `texts`, as far as they tell: English, if they do not.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Language {
        let mut hits = [0_usize; Language::ALL.len()];
        let mut different = [0_usize; Language::ALL.len()];
        let mut seen = HashSet::new();
        let mut count = 0;
        let mut folded = String::new();
        let words = texts.into_iter().flat_map(|text| {
            let words = text.split(|c: char| !c.is_alphabetic());
            words.filter(|word| !word.is_empty())
        });
        for word in words.take(MOST_WORDS) {
            count += 1;
            folded.clear();
            fold_into(word, &mut folded);
            // A letter may be an initial, or stand in a formula.
            let small = OF_WORD.get_key_value(folded.as_str());
            let Some((small, languages)) = small.filter(|(small, _)| small.len() > 1) else {
                continue;
            };
            let is_new = seen.insert(*small);
            for language in languages {
                hits[*language as usize] += 1;
                different[*language as usize] += usize::from(is_new);
            }
            let english = hits[Language::English as usize];
            if english >= ENOUGH && hits.iter().max() == Some(&english) {
                break;
            }
        }
        let english = hits[Language::English as usize];
        // Of equals the first.
        let others = Language::ALL.iter().rev().copied();
        let best = others.max_by_key(|language| hits[*language as usize]);
        let is_told = |language: &Language| {
            let at = *language as usize;
            hits[at] > 2 * english && different[at] >= FEWEST && hits[at] * ONE_IN >= count
        };
        best.filter(is_told).unwrap_or(Language::English)
    }

    /// Returns the language whose small words `text` has more of than English ones, of `languages`.
    pub(crate) fn asked_in(text: &str, languages: &[Language]) -> Option<Language> {
        let mut folded = String::new();
        let mut hits = |language: Language| {
            let words = text.split(|c: char| !c.is_alphabetic());
            let stops = words.filter(|word| {
                folded.clear();
                fold_into(word, &mut folded);
                language.is_stop_word(&folded)
            });
            stops.count()
        };
        let english = hits(Language::English);
        let counted = languages
            .iter()
            .map(|language| (hits(*language), *language));
        let best = counted.max_by_key(|(hits, _)| *hits)?;
        (best.0 >= FEWEST && best.0 > english).then_some(best.1)
    }

    /// Returns the words that say nothing of what is asked, folded and sorted.
    fn stop_words(self) -> &'static [&'static str] {
        match self {
            Language::English => stop_words::STOP_WORDS,
            Language::Danish => &[
                "af", "alle", "at", "da", "de", "den", "der", "det", "dig", "du", "efter", "ej",
                "eller", "en", "er", "et", "for", "fra", "ham", "han", "hans", "har", "hun",
                "hvad", "hvem", "hver", "hvilke", "hvilken", "hvis", "hvor", "hvordan", "hvorfor",
                "i", "ikke", "jeg", "kan", "man", "med", "meget", "mellem", "men", "mig", "min",
                "og", "om", "op", "pa", "sig", "skal", "som", "til", "ud", "under", "var", "ved",
                "vi", "vil",
            ],
            Language::Dutch => &[
                "aan", "al", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "een",
                "en", "er", "geen", "haar", "het", "hij", "hoe", "hun", "ik", "in", "is", "je",
                "kan", "maar", "meer", "met", "mijn", "na", "naar", "niet", "nog", "of", "om",
                "onder", "ons", "ook", "op", "over", "te", "tot", "tussen", "uit", "van", "veel",
                "voor", "waar", "waarom", "wanneer", "was", "wat", "we", "welke", "wie", "wij",
                "worden", "wordt", "ze", "zich", "zij", "zijn", "zo",
            ],
            Language::French => &[
                "a", "au", "aux", "avec", "ce", "ces", "cette", "comme", "comment", "dans", "de",
                "des", "donc", "du", "elle", "elles", "en", "entre", "est", "et", "ete", "etre",
                "faire", "fait", "il", "ils", "je", "la", "le", "les", "leur", "leurs", "lors",
                "lorsque", "mais", "ne", "nous", "on", "ont", "ou", "par", "pas", "peut", "plus",
                "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "quelles", "quels",
                "qui", "quoi", "sa", "sans", "se", "ses", "si", "son", "sont", "sur", "un", "une",
                "vous", "y",
            ],
            Language::German => &[
                "aber", "alle", "als", "am", "an", "auch", "auf", "aus", "bei", "bin", "bis", "da",
                "das", "dass", "dem", "den", "der", "des", "die", "dies", "diese", "dieser",
                "dieses", "doch", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines",
                "er", "es", "fur", "haben", "hat", "ich", "ihr", "im", "in", "ist", "ja", "kann",
                "kein", "keine", "man", "mehr", "mit", "nach", "nicht", "noch", "nur", "ob",
                "oder", "ohne", "sein", "sich", "sie", "sind", "so", "uber", "um", "und", "uns",
                "unter", "vom", "von", "vor", "wann", "war", "warum", "was", "welche", "welcher",
                "welches", "wenn", "wer", "werden", "wie", "wir", "wird", "wo", "wozu", "zu",
                "zum", "zur", "zwischen",
            ],
            Language::Italian => &[
                "a", "ai", "al", "alla", "alle", "anche", "che", "chi", "ci", "come", "con",
                "cosa", "cui", "da", "dal", "dalla", "dei", "del", "della", "delle", "di", "dove",
                "e", "ed", "fra", "gli", "ha", "i", "il", "in", "io", "la", "le", "lo", "ma", "mi",
                "ne", "nei", "nel", "nella", "non", "o", "per", "perche", "piu", "quale", "quali",
                "quando", "quello", "questa", "questo", "se", "si", "sia", "sono", "su", "sul",
                "sulla", "tra", "un", "una", "uno",
            ],
            Language::Norwegian => &[
                "alle", "at", "av", "da", "de", "den", "der", "det", "du", "eller", "en", "er",
                "et", "etter", "for", "fra", "ha", "han", "har", "hun", "hva", "hvem", "hvilke",
                "hvilken", "hvis", "hvor", "hvordan", "hvorfor", "i", "ikke", "jeg", "kan", "man",
                "med", "mellom", "men", "og", "om", "opp", "pa", "seg", "skal", "som", "til",
                "under", "ut", "var", "ved", "vi", "vil",
            ],
            Language::Portuguese => &[
                "a", "ao", "aos", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "ela",
                "ele", "em", "entre", "essa", "esse", "esta", "este", "eu", "foi", "ha", "isso",
                "isto", "ja", "mais", "mas", "na", "nao", "nas", "no", "nos", "o", "os", "ou",
                "para", "pela", "pelo", "por", "porque", "quais", "qual", "quando", "que", "quem",
                "sao", "se", "sem", "ser", "seu", "sobre", "sua", "tambem", "tem", "um", "uma",
                "umas", "uns", "voce",
            ],
            Language::Russian => &[
                "а",
                "без",
                "более",
                "бы",
                "был",
                "была",
                "были",
                "было",
                "быть",
                "в",
                "вам",
                "вас",
                "весь",
                "во",
                "вот",
                "все",
                "всех",
                "вы",
                "где",
                "да",
                "для",
                "до",
                "его",
                "ее",
                "если",
                "есть",
                "еще",
                "же",
                "за",
                "и",
                "из",
                "или",
                "им",
                "их",
                "к",
                "как",
                "какая",
                "какие",
                "какой",
                "какую",
                "когда",
                "кто",
                "ли",
                "между",
                "мне",
                "может",
                "мы",
                "на",
                "над",
                "не",
                "него",
                "нет",
                "но",
                "о",
                "об",
                "он",
                "она",
                "они",
                "от",
                "по",
                "под",
                "при",
                "с",
                "со",
                "так",
                "также",
                "такое",
                "такой",
                "то",
                "только",
                "тот",
                "у",
                "чем",
                "что",
                "чтобы",
                "эта",
                "эти",
                "это",
                "этот",
                "я",
            ],
            Language::Spanish => &[
                "a", "al", "como", "con", "cual", "cuales", "cuando", "de", "del", "desde",
                "donde", "e", "el", "ella", "ellos", "en", "entre", "es", "esta", "este", "esto",
                "estos", "fue", "ha", "hay", "la", "las", "le", "lo", "los", "mas", "me", "mi",
                "muy", "ni", "no", "nos", "o", "para", "pero", "por", "porque", "que", "quien",
                "se", "sea", "ser", "si", "sin", "sobre", "son", "su", "sus", "tambien", "te",
                "tiene", "un", "una", "unas", "uno", "unos", "y", "ya",
            ],
            Language::Swedish => &[
                "alla", "ar", "att", "av", "de", "den", "denna", "det", "dig", "du", "efter",
                "eller", "en", "ett", "for", "fran", "ha", "han", "har", "hur", "i", "in", "inte",
                "ja", "jag", "kan", "man", "med", "mellan", "mig", "min", "mot", "nagon", "nar",
                "och", "om", "over", "pa", "sa", "se", "ska", "som", "till", "under", "upp", "ut",
                "vad", "var", "varfor", "vem", "vi", "vid", "vilka", "vilken", "vilket",
            ],
        }
    }
}

/// The languages of which a word is a stop word.
static OF_WORD: LazyLock<HashMap<&str, Vec<Language>, RandomState>> = LazyLock::new(|| {
    let mut languages: HashMap<&str, Vec<Language>, RandomState> = HashMap::default();
    for language in Language::ALL {
        for word in language.stop_words() {
            languages.entry(word).or_default().push(*language);
        }
    }
    languages
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_folded_and_sorted() {
        for language in Language::ALL {
            let words = language.stop_words();
            assert!(words.is_sorted(), "{language:?}");
            let is_folded = |word: &&str| crate::text::fold(word) == **word;
            assert!(words.iter().all(is_folded), "{language:?}");
            assert_eq!(Language::named(language.code()), Some(*language));
        }
        assert_eq!(Language::named("de-AT"), Some(Language::German));
        assert_eq!(Language::named("Deutsch?"), None);
    }

    #[test]
    fn small_words_tell_the_language_of_a_text() {
        let cases = [
            (
                "What is a lock? It is held by one thread.",
                Language::English,
            ),
            (
                "Was ist eine Sperre? Sie gehört einem Thread.",
                Language::German,
            ),
            (
                "Qu'est-ce que l'héritage ? Une classe reprend une autre.",
                Language::French,
            ),
            (
                "¿Qué es la herencia? Una clase toma de otra.",
                Language::Spanish,
            ),
            (
                "O que é herança? Uma classe recebe de outra.",
                Language::Portuguese,
            ),
            (
                "Che cos'è il polimorfismo? È la forma di un oggetto.",
                Language::Italian,
            ),
            (
                "Что такое наследование? Это связь классов.",
                Language::Russian,
            ),
            (
                "Wat is overerving? Een klasse van een andere.",
                Language::Dutch,
            ),
            (
                "Vad är arv? Att en klass får allt från en annan.",
                Language::Swedish,
            ),
            (
                "Hvad er arv? At en klasse får alt af en anden.",
                Language::Danish,
            ),
            (
                "Hva er arv? At en klasse får alt fra en annen, og ikke mer av det.",
                Language::Norwegian,
            ),
            (
                "The die was cast in the war: a man in a den.",
                Language::English,
            ),
            ("GIL multiprocessing", Language::English),
            ("A Comment on a Paging Anomaly", Language::English),
            ("Create alle: `k create ns alle`.", Language::English),
            (
                "van de Berg: Incomplete Elliptic Integrals, in a journal, March, with proofs",
                Language::English,
            ),
            ("f(x) = a + e i o, il = u", Language::English),
            ("什么是锁？", Language::English),
        ];
        for (text, language) in cases {
            assert_eq!(Language::of([text]), language, "{text}");
        }
    }

    #[test]
    fn a_query_is_in_the_language_of_its_small_words() {
        let languages = [Language::German, Language::French];
        let asked = |text| Language::asked_in(text, &languages);
        assert_eq!(asked("wie funktioniert die Sperre"), Some(Language::German));
        assert_eq!(asked("die of starvation"), None);
        assert_eq!(asked("quelle est la différence"), Some(Language::French));
    }
}
