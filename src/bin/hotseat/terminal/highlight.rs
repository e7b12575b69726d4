//! Lines of code -> pieces in the colors of comments, strings, numbers and keywords.
//!
//! The table in `languages.rs` has the marks of each language, which is all that the sixteen colors of
//! a terminal can distinguish. Grammars such as syntect's see more, but would add a quarter to the size
//! of the program and 30 ms to the first line, and lack half of the languages in guides.

use anstyle::{AnsiColor, Style};

use super::{
    FAINT, PLAIN,
    languages::{LANGUAGES, LONG_QUOTES, Language, VALUES},
};

/// The sorts of pieces that code is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Plain,
    Keyword,
    String,
    Value,
    Comment,
    /// A line that a diff adds, or removes.
    Added,
    Removed,
}

impl Token {
    /// Returns the style of a piece. No color is close to black or white, so all can be read on both.
    pub(super) fn style(self) -> Style {
        match self {
            Token::Plain => PLAIN,
            Token::Keyword => AnsiColor::Magenta.on_default(),
            Token::String | Token::Added => AnsiColor::Green.on_default(),
            Token::Value => AnsiColor::Cyan.on_default(),
            Token::Comment => FAINT,
            Token::Removed => AnsiColor::Red.on_default(),
        }
    }
}

/// Tells the pieces of code line by line. Comments and strings may span several lines.
#[derive(Debug)]
pub(crate) struct SyntaxHighlighter {
    language: &'static Language,
    /// The end mark and the sort of the comment or string in which the next line starts.
    inside: Option<(&'static str, Token)>,
}

impl SyntaxHighlighter {
    /// Returns a highlighter for the language `name` of a fence, if it is known.
    pub(crate) fn new(name: &str) -> Option<SyntaxHighlighter> {
        let name = name.to_ascii_lowercase();
        let mut languages = LANGUAGES.iter();
        let language = languages.find(|language| language.names.contains(&name.as_str()))?;
        Some(SyntaxHighlighter {
            language,
            inside: None,
        })
    }

    /// Returns the pieces of the next line, each with its sort.
    pub(crate) fn line<'t>(&mut self, line: &'t str) -> Vec<(Token, &'t str)> {
        if self.language.names.contains(&"diff") {
            return vec![(diff_token(line), line)];
        }
        let mut pieces = Vec::new();
        let mut rest = line;
        let mut before = ' ';
        let mut unclosed: Vec<&str> = Vec::new();
        while let Some(first) = rest.chars().next() {
            let (token, length) = if let Some((end, token)) = self.inside {
                (token, self.rest_of_long(rest, end))
            } else if let Some(length) = self.comment(rest, before) {
                (Token::Comment, length)
            } else if let Some(quote) = self.quote(rest, &unclosed) {
                match string_length(rest, quote) {
                    Some(length) => (Token::String, length),
                    None if LONG_QUOTES.contains(&quote) => {
                        self.inside = Some((quote, Token::String));
                        (Token::String, quote.len())
                    }
                    None => {
                        // The rest of the line has no such quote either: do not search it again.
                        unclosed.push(quote);
                        (Token::Plain, quote.len())
                    }
                }
            } else if is_word(first) {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                self.word(rest, length)
            } else {
                (Token::Plain, first.len_utf8())
            };
            let (piece, after) = rest.split_at(length);
            before = piece.chars().next_back().unwrap_or(before);
            pieces.push((token, piece));
            rest = after;
        }
        pieces
    }

    /// Returns the length of the part of `rest` that is still in a comment or string with this `end`.
    fn rest_of_long(&mut self, rest: &str, end: &str) -> usize {
        match rest.find(end) {
            Some(at) => {
                self.inside = None;
                at + end.len()
            }
            None => rest.len(),
        }
    }

    /// Returns the length of the comment that starts here, after the character `before`.
    fn comment(&mut self, rest: &str, before: char) -> Option<usize> {
        let language = self.language;
        if let Some((start, end)) = language.block_comment
            && let Some(text) = rest.strip_prefix(start)
        {
            self.inside = Some((end, Token::Comment));
            return Some(start.len() + self.rest_of_long(text, end));
        }
        // In shells, `$#` and `a#b` are no comments.
        let starts =
            |mark: &&&str| rest.starts_with(**mark) && (**mark != "#" || before.is_whitespace());
        language.comments.iter().find(starts).map(|_| rest.len())
    }

    /// Returns the quote that starts a string here, unless it is known to have no end.
    fn quote(&self, rest: &str, unclosed: &[&str]) -> Option<&'static str> {
        let mut quotes = self.language.quotes.iter().copied();
        quotes.find(|quote| rest.starts_with(quote) && !unclosed.contains(quote))
    }

    /// Returns the sort and the length of the word or number of `length` bytes that starts here.
    fn word(&self, rest: &str, length: usize) -> (Token, usize) {
        let word = &rest[..length];
        let is_in = |words: &str, word: &str| words.split_ascii_whitespace().any(|w| w == word);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            // The decimals of a number, where it is one, and not the range `1..9`.
            let decimals = rest[length..].strip_prefix('.').unwrap_or("");
            let digits = decimals.bytes().take_while(u8::is_ascii_digit).count();
            return (
                Token::Value,
                length + if digits > 0 { 1 + digits } else { 0 },
            );
        }
        let is_keyword = if self.language.ignores_case {
            is_in(self.language.keywords, &word.to_ascii_lowercase())
        } else {
            is_in(self.language.keywords, word)
        };
        let token = if is_keyword {
            Token::Keyword
        } else if is_in(VALUES, word) {
            Token::Value
        } else {
            Token::Plain
        };
        (token, length)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the length of the string at the start of `text`, if `quote` ends it on this line.
fn string_length(text: &str, quote: &str) -> Option<usize> {
    let mut rest = &text[quote.len()..];
    loop {
        let at = rest.find([quote.chars().next()?, '\\'])?;
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(quote) {
            return Some(text.len() - after.len());
        }
        let mut chars = rest.chars();
        if chars.next() == Some('\\') {
            chars.next();
        }
        rest = chars.as_str();
    }
}

fn diff_token(line: &str) -> Token {
    match line.chars().next() {
        Some('+') => Token::Added,
        Some('-') => Token::Removed,
        Some('@') => Token::Value,
        _ => Token::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `code` with the letter of each piece's sort before it.
    fn painted(language: &str, code: &str) -> String {
        let mut highlighter = SyntaxHighlighter::new(language).unwrap();
        let mut painted = String::new();
        for line in code.lines() {
            for (token, piece) in highlighter.line(line) {
                let tokens = [Token::Keyword, Token::String, Token::Value, Token::Comment];
                match tokens.iter().position(|known| *known == token) {
                    Some(at) => painted += &format!("{}<{piece}>", ["k", "s", "v", "c"][at]),
                    None => painted += piece,
                }
            }
            painted.push('\n');
        }
        painted
    }

    #[test]
    fn what_is_code_is_told_from_what_is_not() {
        let cases = [
            ("python", "if x: # no", "k<if> x: c<# no>\n"),
            ("py", "a = '#' + \"\\\"\"", "a = s<'#'> + s<\"\\\"\">\n"),
            (
                "ts",
                "let n = 1_000.5 // if",
                "k<let> n = v<1_000.5> c<// if>\n",
            ),
            ("go", "for i := range 10", "k<for> i := k<range> v<10>\n"),
            (
                "rust",
                "fn f<'a>(x: &'a str)",
                "k<fn> f<'a>(x: &'a k<str>)\n",
            ),
            ("rs", "for i in 0..9", "k<for> i k<in> v<0>..v<9>\n"),
            ("SQL", "SELECT a -- 'b'", "k<SELECT> a c<-- 'b'>\n"),
            ("sh", "echo $# it's # so", "k<echo> $# it's c<# so>\n"),
            ("json", "{\"a\": true}", "{s<\"a\">: v<true>}\n"),
            ("c", "a /* b */ c", "a c</* b */> c\n"),
        ];
        for (language, code, expected) in cases {
            assert_eq!(painted(language, code), expected);
        }
        assert!(SyntaxHighlighter::new("klingon").is_none());
    }

    #[test]
    fn comments_and_strings_go_over_lines() {
        assert_eq!(painted("c", "/* a\nb */ if"), "c</* a>\nc<b */> k<if>\n");
        assert_eq!(
            painted("py", "\"\"\"a\nif\n\"\"\" if"),
            "s<\"\"\">s<a>\ns<if>\ns<\"\"\"> k<if>\n"
        );
    }

    proptest::proptest! {
        #[test]
        fn the_pieces_are_the_line(line in r#"[a-z0-9 "'`\\/*#é-]{0,40}"#, at in 0..LANGUAGES.len()) {
            let mut highlighter = SyntaxHighlighter::new(LANGUAGES[at].names[0]).unwrap();
            for _ in 0..2 {
                let pieces = highlighter.line(&line);
                let text: String = pieces.iter().map(|(_, piece)| *piece).collect();
                proptest::prop_assert_eq!(text, line.as_str());
            }
        }
    }
}
