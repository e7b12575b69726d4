//! The languages that code is painted in: their names, comments, strings and keywords.

/// The marks of a language.
#[derive(Debug)]
pub(super) struct Language {
    /// Its names behind a fence.
    pub(super) names: &'static [&'static str],
    /// The starts of comments that end with the line.
    pub(super) comments: &'static [&'static str],
    /// The start and the end of longer comments.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// The quotes of strings, longer ones first.
    pub(super) quotes: &'static [&'static str],
    pub(super) keywords: &'static str,
    /// Whether keywords may be in capitals.
    pub(super) ignores_case: bool,
}

/// The marks that most languages share, from which the rest of the table differs.
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

/// The quotes of strings that may span lines.
pub(super) const LONG_QUOTES: [&str; 3] = ["\"\"\"", "'''", "`"];

/// The words for values in most languages.
pub(super) const VALUES: &str = "true false null nil None True False undefined NULL TRUE FALSE NaN";

pub(super) const LANGUAGES: &[Language] = &[
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
        // A single quote often begins a lifetime instead.
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
