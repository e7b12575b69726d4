//! A Korean word -> the word without the particles and verb endings at its end.

/// Particles, and endings of the verbs that nouns become (*to do*, *to be done*, *to be*), longest
/// first.
const ENDINGS: &[&str] = &[
    "되었습니다",
    "해주세요",
    "했습니다",
    "에서부터",
    "으로부터",
    "하십시오",
    "됩니다",
    "합니다",
    "입니다",
    "인가요",
    "하세요",
    "하시오",
    "이라는",
    "이라도",
    "으로서",
    "으로써",
    "으로",
    "에서",
    "에게",
    "한테",
    "부터",
    "까지",
    "처럼",
    "보다",
    "마다",
    "조차",
    "밖에",
    "이란",
    "이나",
    "라는",
    "라도",
    "로서",
    "로써",
    "하다",
    "한다",
    "하는",
    "하면",
    "하고",
    "하여",
    "해서",
    "했다",
    "하기",
    "하지",
    "된다",
    "되는",
    "되다",
    "되고",
    "되어",
    "되면",
    "인가",
    "인지",
    "이다",
    "이며",
    "이고",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "만",
    "로",
    "란",
    "들",
    "할",
    "한",
    "해",
    "함",
    "된",
    "될",
    "됨",
];

/// The fewest syllables that are a word: fewer are a word that ends like a particle.
const SHORTEST: usize = 2;

/// Returns whether `word` ends in a Korean syllable.
pub(super) fn is_korean(word: &str) -> bool {
    word.chars().next_back().is_some_and(is_syllable)
}

/// Words that say nothing of what is asked, without what is at their ends.
const STOP_WORDS: &[&str] = &[
    "그리고",
    "대하여",
    "대한",
    "대해",
    "또는",
    "무엇",
    "및",
    "설명",
    "어떤",
    "어떻게",
    "언제",
    "왜",
    "있나요",
];

/// Returns whether the Korean `word` says nothing of what is asked.
pub(super) fn is_stop_word(word: &str) -> bool {
    is_korean(word) && STOP_WORDS.contains(&stem(word))
}

/// Returns `word` without what is at its end. Words that merely look so lose it as well, always, so
/// that all forms of a word stay one. A word of another script may be of any length: `GIL은`.
pub(super) fn stem(word: &str) -> &str {
    let shortened = ENDINGS.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        let last = rest.chars().next_back()?;
        let syllables = rest.chars().rev().take_while(|c| is_syllable(*c)).count();
        (!is_syllable(last) || syllables >= SHORTEST).then_some(rest)
    });
    shortened.map_or(word, stem)
}

fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let groups: [&[&str]; 6] = [
            &[
                "메모리",
                "메모리를",
                "메모리에서",
                "메모리에서는",
                "메모리의",
            ],
            &[
                "정규화",
                "정규화란",
                "정규화하는",
                "정규화를",
                "정규화합니다",
            ],
            &["난이도", "난이도를"],
            &["gil", "gil은", "gil이"],
            &["프로세스", "프로세스들이", "프로세스와"],
            &["효과", "효과를"],
        ];
        for group in groups {
            for word in group {
                assert_eq!(stem(word), stem(group[0]), "{word}");
            }
        }
        assert_eq!(stem("결과"), "결과");
        assert!(
            is_stop_word("설명하세요") && is_stop_word("무엇인가요") && !is_stop_word("메모리")
        );
    }
}
