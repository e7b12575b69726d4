//! A traditional Chinese character -> the simplified one that is written in its place.

use std::{collections::HashMap, sync::LazyLock};

use foldhash::fast::RandomState;
use hanconv::RawDictionary;

/// The pairs of OpenCC, as text: read where the program is compiled, so that the other tables of the
/// crate stay out of it.
const PAIRS: &str = RawDictionary::TSCharacters.text();

static SIMPLIFIED: LazyLock<HashMap<char, char, RandomState>> = LazyLock::new(|| {
    let pairs = PAIRS.lines().filter_map(|line| {
        let mut forms = line.split_whitespace();
        let mut one = || forms.next()?.chars().next();
        Some((one()?, one()?))
    });
    pairs.collect()
});

/// Returns the simplified form of `c`; of all else `c` itself.
pub(super) fn simplified(c: char) -> char {
    match c {
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' => {
            SIMPLIFIED.get(&c).copied().unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_have_simplified_ones() {
        let simple: String = "記憶體管理與線程同步a".chars().map(simplified).collect();
        assert_eq!(simple, "记忆体管理与线程同步a");
    }
}
