//! Lines of code -> pieces in the colors of comments, strings, numbers and keywords.
//!
//! A table says of each language how these begin and end, which is all that the sixteen colors of
//! a terminal can tell apart. Grammars such as syntect's see more, but would add a quarter to the
//! size of the program and 30 ms to the first line, and miss half of the languages in guides.

use anstyle::{AnsiColor, Style};

use super::{FAINT, PLAIN};

// None of these is close to black or white, so they can be read on both.
const KEYWORD: Style = AnsiColor::Magenta.on_default();
const STRING: Style = AnsiColor::Green.on_default();
const VALUE: Style = AnsiColor::Cyan.on_default();
const COMMENT: Style = FAINT;
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// What a language looks like.
#[derive(Debug)]
struct Language {
    /// What it is called behind a fence.
    names: &'static [&'static str],
    /// What begins a comment that ends with the line.
    comments: &'static [&'static str],
    /// What begins and ends a longer comment.
    block_comment: Option<(&'static str, &'static str)>,
    /// What begins and ends a string, longer marks first.
    quotes: &'static [&'static str],
    keywords: &'static str,
    /// Whether keywords may be in capitals.
    ignores_case: bool,
}

/// Most languages, and what the rest of the table is told apart from.
const C_LIKE: Language = Language {
    names: &[],
    comments: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &["\"", "'"],
    keywords: "",
    ignores_case: false,
};

const SHELL_LIKE: Language = Language {
    comments: &["#"],
    block_comment: None,
    ..C_LIKE
};

/// The quotes that go over several lines.
const LONG_QUOTES: [&str; 3] = ["\"\"\"", "'''", "`"];

/// Values that most languages have words for.
const VALUES: &str = "true false null nil None True False undefined NULL TRUE FALSE NaN";

const LANGUAGES: &[Language] = &[
    Language {
        names: &["python", "py", "python3", "py3", "pycon", "ipython"],
        quotes: &["\"\"\"", "'''", "\"", "'"],
        keywords: "and as assert async await break case class continue def del elif else except \
                   finally for from global if import in is lambda match nonlocal not or pass raise \
                   return try while with yield",
        ..SHELL_LIKE
    },
    Language {
        names: &[
            "javascript",
            "js",
            "jsx",
            "mjs",
            "node",
            "typescript",
            "ts",
            "tsx",
            "vue",
        ],
        quotes: &["`", "\"", "'"],
        keywords: "abstract as async await break case catch class const continue debugger declare \
                   default delete do else enum export extends finally for from function get if \
                   implements import in infer instanceof interface is keyof let namespace new of \
                   private protected public readonly return satisfies set static super switch this \
                   throw try type typeof var void while with yield",
        ..C_LIKE
    },
    Language {
        names: &[
            "java", "kotlin", "kt", "kts", "scala", "groovy", "gradle", "dart",
        ],
        quotes: &["\"\"\"", "\"", "'"],
        keywords: "abstract as assert boolean break byte case catch char class companion const \
                   continue data def default do double else enum extends final finally float for \
                   fun given if implements import in instanceof int interface internal is lateinit \
                   lazy long match native new object open override package private protected public \
                   record required return sealed short static super suspend switch synchronized \
                   this throw throws trait transient try type val var void volatile when while with \
                   yield",
        ..C_LIKE
    },
    Language {
        names: &[
            "c",
            "h",
            "cpp",
            "c++",
            "cc",
            "cxx",
            "hpp",
            "arduino",
            "objc",
            "objective-c",
        ],
        keywords: "alignas alignof auto bool break case catch char class concept const constexpr \
                   continue decltype default define delete do double else endif enum explicit export \
                   extern final float for friend goto if ifdef ifndef include inline int long mutable \
                   namespace new noexcept nullptr operator override private protected public requires \
                   return short signed sizeof static struct switch template this throw try typedef \
                   typename union unsigned using virtual void volatile while",
        ..C_LIKE
    },
    Language {
        names: &["csharp", "c#", "cs", "fsharp", "f#"],
        keywords: "abstract as async await base bool break byte case catch char class const continue \
                   decimal default delegate do double else enum event explicit extern finally fixed \
                   float for foreach get goto if implicit in init int interface internal is let lock \
                   long namespace new object operator out override params private protected public \
                   readonly record ref return sealed set short sizeof static string struct switch \
                   this throw try typeof uint ulong using value var virtual void when where while \
                   with yield",
        ..C_LIKE
    },
    Language {
        names: &["go", "golang"],
        quotes: &["`", "\"", "'"],
        keywords: "any bool break byte case chan const continue default defer else error fallthrough \
                   float32 float64 for func go goto if import int int32 int64 interface map package \
                   range return rune select string struct switch type uint var",
        ..C_LIKE
    },
    Language {
        names: &["rust", "rs"],
        // What a single quote begins is as often a lifetime.
        quotes: &["\""],
        keywords: "Self as async await bool break char const continue crate dyn else enum extern f32 \
                   f64 fn for i16 i32 i64 i8 if impl in isize let loop match mod move mut pub ref \
                   return self static str struct super trait type u16 u32 u64 u8 unsafe use usize \
                   where while",
        ..C_LIKE
    },
    Language {
        names: &["swift"],
        quotes: &["\"\"\"", "\""],
        keywords: "actor any as associatedtype async await break case catch class continue default \
                   defer deinit do else enum extension fallthrough fileprivate final for func guard \
                   if import in init inout internal is lazy let mutating open operator override \
                   private protocol public repeat rethrows return self some static struct subscript \
                   super switch throw throws try typealias var weak where while",
        ..C_LIKE
    },
    Language {
        names: &["php"],
        comments: &["//", "#"],
        keywords: "abstract and array as break case catch class clone const continue declare default \
                   do echo else elseif enum extends final finally fn for foreach function global if \
                   implements include instanceof interface match namespace new or print private \
                   protected public readonly require return static switch throw trait try use var \
                   while yield",
        ..C_LIKE
    },
    Language {
        names: &["ruby", "rb", "crystal", "elixir", "ex", "exs"],
        keywords: "alias and begin break case class cond def defimpl defmodule defp defprotocol do \
                   else elsif end ensure fn for if import in module next not or private raise receive \
                   redo require rescue retry return self super then undef unless until use when while \
                   with yield",
        ..SHELL_LIKE
    },
    Language {
        names: &[
            "bash",
            "sh",
            "shell",
            "zsh",
            "fish",
            "console",
            "shell-session",
            "ksh",
        ],
        keywords: "alias break case cd continue do done echo elif else end esac eval exec exit export \
                   fi for function if in local printf read readonly return set shift source sudo test \
                   then trap unset until while",
        ..SHELL_LIKE
    },
    Language {
        names: &["powershell", "ps1", "pwsh"],
        block_comment: Some(("<#", "#>")),
        keywords: "begin break catch class continue do else elseif end exit filter finally for \
                   foreach function if in param process return switch throw trap try until while",
        ignores_case: true,
        ..SHELL_LIKE
    },
    Language {
        names: &[
            "sql",
            "mysql",
            "postgresql",
            "postgres",
            "pgsql",
            "plsql",
            "tsql",
            "sqlite",
        ],
        comments: &["--"],
        quotes: &["'", "\""],
        keywords: "add all alter analyze and any as asc begin between by cascade case cast check \
                   column commit constraint create cross database declare default delete desc \
                   distinct drop else end except exists explain fetch first for foreign from full \
                   function grant group having if in index inner insert intersect into is join key \
                   lateral left like limit materialized natural not null nulls of offset on or order \
                   outer over partition primary procedure range recursive references returning \
                   returns revoke right rollback row rows schema select set table temporary then to \
                   transaction trigger truncate union unique update using values view when where \
                   window with",
        ignores_case: true,
        ..C_LIKE
    },
    Language {
        names: &["r"],
        keywords: "break else for function if in library next repeat return while",
        ..SHELL_LIKE
    },
    Language {
        names: &["perl", "pl"],
        keywords: "else elsif for foreach if last local my next our package print return sub unless \
                   until use while",
        ..SHELL_LIKE
    },
    Language {
        names: &["lua"],
        comments: &["--"],
        block_comment: Some(("--[[", "]]")),
        keywords: "and break do else elseif end for function goto if in local not or repeat return \
                   then until while",
        ..C_LIKE
    },
    Language {
        names: &["haskell", "hs", "elm"],
        comments: &["--"],
        block_comment: Some(("{-", "-}")),
        quotes: &["\""],
        keywords: "case class data deriving do else if import in infix instance let module newtype \
                   of then type where",
        ..C_LIKE
    },
    Language {
        names: &["clojure", "clj", "lisp", "scheme", "elisp"],
        comments: &[";"],
        quotes: &["\""],
        keywords: "cond def define defmacro defn defun do fn if lambda let loop ns recur when",
        ..SHELL_LIKE
    },
    Language {
        names: &["dockerfile", "docker", "containerfile"],
        keywords: "add arg as cmd copy entrypoint env expose from healthcheck label onbuild run shell \
                   stopsignal user volume workdir",
        ignores_case: true,
        ..SHELL_LIKE
    },
    Language {
        names: &[
            "hcl",
            "terraform",
            "tf",
            "nginx",
            "graphql",
            "gql",
            "makefile",
            "make",
            "cmake",
        ],
        keywords: "data define else endif enum extend fragment if ifdef ifeq include input interface \
                   locals location module mutation output provider query resource scalar schema \
                   server subscription type union upstream variable",
        ..SHELL_LIKE
    },
    Language {
        names: &["protobuf", "proto", "thrift", "solidity", "sol", "zig"],
        keywords: "address bool bytes const contract else enum event fn for function if import int32 \
                   int64 mapping message modifier oneof optional option package pub public repeated \
                   require required return returns rpc service string struct syntax uint256 var view \
                   while",
        ..C_LIKE
    },
    Language {
        names: &["css", "scss", "sass", "less"],
        keywords: "",
        ..C_LIKE
    },
    Language {
        names: &["html", "xml", "svg", "xhtml", "handlebars"],
        comments: &[],
        block_comment: Some(("<!--", "-->")),
        quotes: &["\""],
        ..C_LIKE
    },
    Language {
        names: &["json", "jsonc", "json5", "jsonl"],
        quotes: &["\""],
        ..C_LIKE
    },
    Language {
        names: &[
            "yaml",
            "yml",
            "toml",
            "ini",
            "properties",
            "conf",
            "env",
            "dotenv",
            "gitignore",
        ],
        ..SHELL_LIKE
    },
    Language {
        names: &["diff", "patch"],
        comments: &[],
        quotes: &[],
        ..SHELL_LIKE
    },
];

/// Paints code line after line, as comments and strings may go over several.
#[derive(Debug)]
pub(super) struct Highlighter {
    language: &'static Language,
    /// The comment or string in which the next line starts: what ends it, and its style.
    inside: Option<(&'static str, Style)>,
}

impl Highlighter {
    /// Returns one for the language that a fence calls `name`, if it is known.
    pub(super) fn new(name: &str) -> Option<Highlighter> {
        let name = name.to_ascii_lowercase();
        let mut languages = LANGUAGES.iter();
        let language = languages.find(|language| language.names.contains(&name.as_str()))?;
        Some(Highlighter {
            language,
            inside: None,
        })
    }

    /// Returns the pieces of the next line, each with its style.
    pub(super) fn line<'t>(&mut self, line: &'t str) -> Vec<(Style, &'t str)> {
        if self.language.names.contains(&"diff") {
            return vec![(diff_style(line), line)];
        }
        let mut pieces = Vec::new();
        let mut rest = line;
        let mut before = ' ';
        let mut unclosed: Vec<&str> = Vec::new();
        while let Some(first) = rest.chars().next() {
            let (style, length) = if let Some((end, style)) = self.inside {
                (style, self.rest_of_long(rest, end))
            } else if let Some(length) = self.comment(rest, before) {
                (COMMENT, length)
            } else if let Some(quote) = self.quote(rest, &unclosed) {
                match string_length(rest, quote) {
                    Some(length) => (STRING, length),
                    None if LONG_QUOTES.contains(&quote) => {
                        self.inside = Some((quote, STRING));
                        (STRING, quote.len())
                    }
                    None => {
                        // Nor is there an end for the next one: looked for but once in a line.
                        unclosed.push(quote);
                        (PLAIN, quote.len())
                    }
                }
            } else if is_word(first) {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                self.word(rest, length)
            } else {
                (PLAIN, first.len_utf8())
            };
            let (piece, after) = rest.split_at(length);
            before = piece.chars().next_back().unwrap_or(before);
            pieces.push((style, piece));
            rest = after;
        }
        pieces
    }

    /// Returns how much of `rest` is still in the comment or string that `end` ends.
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
            self.inside = Some((end, COMMENT));
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

    /// Returns the style and the length of the word or number of `length` bytes that starts here.
    fn word(&self, rest: &str, length: usize) -> (Style, usize) {
        let word = &rest[..length];
        let is_in = |words: &str, word: &str| words.split_ascii_whitespace().any(|w| w == word);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            // The decimals of a number, where it is one, and not the range `1..9`.
            let decimals = rest[length..].strip_prefix('.').unwrap_or("");
            let digits = decimals.bytes().take_while(u8::is_ascii_digit).count();
            return (VALUE, length + if digits > 0 { 1 + digits } else { 0 });
        }
        let is_keyword = match self.language.ignores_case {
            true => is_in(self.language.keywords, &word.to_ascii_lowercase()),
            false => is_in(self.language.keywords, word),
        };
        let style = if is_keyword {
            KEYWORD
        } else if is_in(VALUES, word) {
            VALUE
        } else {
            PLAIN
        };
        (style, length)
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

fn diff_style(line: &str) -> Style {
    match line.chars().next() {
        Some('+') => ADDED,
        Some('-') => REMOVED,
        Some('@') => VALUE,
        _ => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `code` with the letter of each piece's style before it.
    fn painted(language: &str, code: &str) -> String {
        let mut highlighter = Highlighter::new(language).unwrap();
        let mut painted = String::new();
        for line in code.lines() {
            for (style, piece) in highlighter.line(line) {
                let styles = [KEYWORD, STRING, VALUE, COMMENT];
                match styles.iter().position(|known| *known == style) {
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
        assert!(Highlighter::new("klingon").is_none());
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
            let mut highlighter = Highlighter::new(LANGUAGES[at].names[0]).unwrap();
            for _ in 0..2 {
                let pieces = highlighter.line(&line);
                let text: String = pieces.iter().map(|(_, piece)| *piece).collect();
                proptest::prop_assert_eq!(text, line.as_str());
            }
        }
    }
}
