//! The arguments as typed: options, their values, and words.
//!
//! clap reads `-redux` as the options `-r -e -d -u -x` wherever it stands, so that a query could
//! not leave out a word without `--`. Here such an argument is a word of the query, unless an option
//! is spelled exactly so. The same reading repeats a command with other options, for the hints that
//! say what to type next.

use std::{
    env,
    ffi::{OsStr, OsString},
    mem,
};

use clap::{Arg, ArgAction, Command, CommandFactory};
use hotseat::FacetName;

/// The arguments of one command line, without the program.
#[derive(Debug, Clone, Default)]
pub(super) struct Arguments(Vec<Argument>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Argument {
    /// An option with its value, by its id; the id is empty if there is no such option.
    Option { id: String, parts: Vec<OsString> },
    /// A subcommand or a word, which may begin with a dash.
    Word(OsString),
    /// The `--` before which options end.
    Separator,
}

impl Arguments {
    /// Returns `typed`, the arguments after the program, as clap shall read them: a word with a dash
    /// in a query comes after `--`. The hints tell about words that could have been options.
    pub(super) fn for_clap(typed: Vec<OsString>) -> (Vec<OsString>, Vec<String>) {
        let may_be_word = |arg: &OsString| {
            let text = arg.as_encoded_bytes();
            text.len() > 1 && text[0] == b'-' && text[1] != b'-'
        };
        // Knowing the options costs time that most command lines need not spend.
        if !typed.iter().any(may_be_word) {
            return (typed, Vec::new());
        }
        let (arguments, command) = Arguments::read(&typed);
        let words = arguments
            .0
            .iter()
            .take_while(|a| **a != Argument::Separator);
        let dashed: Vec<&str> = words
            .filter_map(|argument| match argument {
                Argument::Word(word) => word.to_str().filter(|word| word.starts_with('-')),
                _ => None,
            })
            .collect();
        if dashed.is_empty() {
            return (typed, Vec::new());
        }
        let options: Vec<Arg> = command.get_arguments().cloned().collect();
        let hint = |word: &&str| as_options(word, &options).map(|options| hint(word, &options));
        let hints = dashed.iter().filter_map(hint).collect();
        // The subcommand is the first word.
        let (mut options, mut words) = (Vec::new(), Vec::new());
        let mut command = None;
        for argument in arguments.0 {
            match argument {
                Argument::Option { parts, .. } => options.extend(parts),
                Argument::Word(word) if command.is_none() => command = Some(word),
                Argument::Word(word) => words.push(word),
                Argument::Separator => {}
            }
        }
        let mut for_clap: Vec<OsString> = command.into_iter().collect();
        for_clap.extend(options);
        for_clap.push("--".into());
        for_clap.extend(words);
        (for_clap, hints)
    }

    /// Reads the arguments after the program. Also returns the subcommand that they name.
    pub(super) fn read(typed: &[OsString]) -> (Arguments, Command) {
        let mut command = super::Args::command();
        let globals: Vec<Arg> = command.get_arguments().cloned().collect();
        let mut reader = Reader {
            options: globals,
            query_from: usize::MAX,
            words: 0,
            read: Vec::new(),
        };
        let mut rest = typed.iter();
        while let Some(arg) = rest.next() {
            let is_command = reader.words == 0;
            reader.argument(arg, &mut rest);
            if is_command && reader.words == 1 {
                let Some(subcommand) = arg
                    .to_str()
                    .and_then(|name| command.find_subcommand_mut(name))
                else {
                    continue;
                };
                subcommand.build();
                reader.options.extend(subcommand.get_arguments().cloned());
                reader.query_from = match subcommand.get_name() {
                    "search" => 2,
                    // The name of the facet comes before the query.
                    "facets" => 3,
                    _ => usize::MAX,
                };
                command = mem::take(subcommand);
            }
        }
        for option in reader.options {
            if command
                .get_arguments()
                .all(|arg| arg.get_id() != option.get_id())
            {
                command = command.arg(option);
            }
        }
        (Arguments(reader.read), command)
    }

    /// Returns the command as typed, with some options left out and others added.
    pub(super) fn again(without: &[&str], with: &str) -> String {
        let typed: Vec<OsString> = env::args_os().skip(1).collect();
        Arguments::read(&typed).0.with_options(without, with)
    }

    /// Returns the command that counts all values of the facet `name` over the query as typed.
    pub(super) fn facets(name: FacetName) -> String {
        let typed: Vec<OsString> = env::args_os().skip(1).collect();
        Arguments::read(&typed).0.as_facets(name)
    }

    /// Returns whether the command typed has the option `id`.
    pub(super) fn takes(id: &str) -> bool {
        let typed: Vec<OsString> = env::args_os().skip(1).collect();
        let command = Arguments::read(&typed).1;
        command.get_arguments().any(|option| option.get_id() == id)
    }

    /// Returns hints on options with an attached value, such as `-sql`, that may be meant as words to
    /// leave out.
    pub(super) fn hints_on_options() -> Vec<String> {
        let typed: Vec<OsString> = env::args_os().skip(1).collect();
        Arguments::read(&typed).0.attached()
    }

    fn attached(&self) -> Vec<String> {
        let hint = |argument: &Argument| {
            let Argument::Option { parts, .. } = argument else {
                return None;
            };
            let word = parts.first()?.to_str()?.strip_prefix('-')?;
            let (option, value) = word.split_at_checked(1)?;
            let is_word = value.starts_with(char::is_alphabetic) && option != "-";
            is_word.then(|| {
                format!(
                    "-{word} was read as -{option} {value}; to leave out \"{word}\", put -{word} \
                     after a word of the query"
                )
            })
        };
        self.0.iter().filter_map(hint).collect()
    }

    fn with_options(&self, without: &[&str], with: &str) -> String {
        let mut parts: Vec<String> = vec!["hotseat".to_owned()];
        let mut added = (!with.is_empty()).then(|| with.to_owned());
        for argument in &self.0 {
            match argument {
                Argument::Option { id, .. } if without.contains(&id.as_str()) => {}
                Argument::Option { parts: option, .. } => parts.extend(option.iter().map(quoted)),
                Argument::Word(word) => parts.push(quoted(word)),
                Argument::Separator => {
                    parts.extend(added.take());
                    parts.push("--".to_owned());
                }
            }
        }
        parts.extend(added);
        parts.join(" ")
    }

    fn as_facets(&self, name: FacetName) -> String {
        let mut parts = vec!["hotseat facets".to_owned(), name.to_string()];
        let mut words = self.0.iter().filter_map(|argument| match argument {
            Argument::Word(word) => Some(word),
            _ => None,
        });
        // The subcommand, and the facet that it names.
        let has_name = words.next().is_some_and(|command| command == "facets");
        let mut skipped = if has_name {
            words.by_ref().take(1).count()
        } else {
            0
        } + 1;
        for argument in &self.0 {
            match argument {
                Argument::Option { id, parts: option } if NARROWING.contains(&id.as_str()) => {
                    parts.extend(option.iter().map(quoted));
                }
                Argument::Option { .. } => {}
                Argument::Word(_) if skipped > 0 => skipped -= 1,
                Argument::Word(word) => parts.push(quoted(word)),
                Argument::Separator => parts.push("--".to_owned()),
            }
        }
        parts.join(" ")
    }
}

/// The options that decide which documents a query finds.
const NARROWING: [&str; 8] = [
    "tag", "category", "level", "section", "guide", "kind", "content", "index",
];

fn quoted(arg: &OsString) -> String {
    shell_words::quote(&arg.to_string_lossy()).into_owned()
}

/// Reads arguments one by one.
struct Reader {
    options: Vec<Arg>,
    /// The number of words, the subcommand among them, from which on words with a dash are words.
    query_from: usize,
    words: usize,
    read: Vec<Argument>,
}

impl Reader {
    /// Reads `arg`, and its value from `rest`.
    fn argument<'a>(&mut self, arg: &OsStr, rest: &mut impl Iterator<Item = &'a OsString>) {
        if matches!(self.read.last(), Some(Argument::Separator)) || self.has_separator() {
            self.word(arg);
            return;
        }
        let Some(text) = arg.to_str() else {
            self.word(arg);
            return;
        };
        if text == "--" {
            self.read.push(Argument::Separator);
        } else if let Some(long) = text.strip_prefix("--") {
            let name = long.split('=').next().unwrap_or(long);
            let option = self.options.iter().find(|o| o.get_long() == Some(name));
            let takes_next = option.is_some_and(takes_value) && !long.contains('=');
            self.option(option.cloned(), arg, takes_next, rest);
        } else if text.len() > 1 && text.starts_with('-') {
            self.dashed(text, arg, rest);
        } else {
            self.word(arg);
        }
    }

    /// Reads an argument with one dash: a word of the query, or short options.
    fn dashed<'a>(
        &mut self,
        text: &str,
        arg: &OsStr,
        rest: &mut impl Iterator<Item = &'a OsString>,
    ) {
        let is_query = self.query_from != usize::MAX;
        let mut shorts = text[1..].chars();
        let first = shorts
            .next()
            .and_then(|short| short_option(&self.options, short));
        let value = shorts.as_str();
        let is_first = self.words + 1 == self.query_from;
        if is_query
            && (is_exclusion(text)
                || (self.words >= self.query_from && !is_exact(first, value))
                || (is_first && self.is_no_option(text)))
        {
            self.word(arg);
            return;
        }
        // The value of the last of several flags is the next argument.
        let mut option = first;
        let mut value = value;
        while let Some(flag) = option
            && !takes_value(flag)
            && let Some(short) = value.chars().next()
        {
            value = &value[short.len_utf8()..];
            option = short_option(&self.options, short);
        }
        let takes_next = option.is_some_and(takes_value) && value.is_empty();
        self.option(option.cloned(), arg, takes_next, rest);
    }

    /// Returns whether an argument with one dash can only be a word, such as `-hooks`: `-h -o` it is
    /// not, as there is no `-o`. What is shorter is rather an option with a slip.
    fn is_no_option(&self, text: &str) -> bool {
        text.len() > 3 && as_options(text, &self.options).is_none()
    }

    fn option<'a>(
        &mut self,
        option: Option<Arg>,
        arg: &OsStr,
        takes_next: bool,
        rest: &mut impl Iterator<Item = &'a OsString>,
    ) {
        let mut parts = vec![arg.to_owned()];
        if takes_next {
            parts.extend(rest.next().cloned());
        }
        let id = option.map_or_else(String::new, |option| option.get_id().to_string());
        self.read.push(Argument::Option { id, parts });
    }

    fn word(&mut self, arg: &OsStr) {
        self.words += 1;
        self.read.push(Argument::Word(arg.to_owned()));
    }

    fn has_separator(&self) -> bool {
        self.read.contains(&Argument::Separator)
    }
}

fn short_option(options: &[Arg], short: char) -> Option<&Arg> {
    options
        .iter()
        .find(|option| option.get_short() == Some(short))
}

fn takes_value(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::Set | ArgAction::Append)
}

/// Returns whether `option` is spelled exactly so with the text behind its letter: alone, with a
/// number, or with `=`.
fn is_exact(option: Option<&Arg>, value: &str) -> bool {
    option.is_some_and(|option| {
        let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
        value.is_empty() || (takes_value(option) && (is_number || value.starts_with('=')))
    })
}

/// Returns whether an argument with a dash can only be meant for the query: a phrase, or a field.
fn is_exclusion(text: &str) -> bool {
    let word = &text[1..];
    let field = word.split_once(':').map(|(field, _)| field);
    word.starts_with('"')
        || field.is_some_and(|name| {
            name.parse::<FacetName>().is_ok() || matches!(name, "question" | "answer")
        })
}

/// Returns the options that a word with a dash could have been meant for.
fn as_options(word: &str, options: &[Arg]) -> Option<String> {
    let name = &word[1..];
    if options.iter().any(|o| o.get_long() == Some(name)) {
        return Some(format!("--{name}"));
    }
    let mut read = Vec::new();
    let mut shorts = name.chars();
    while let Some(short) = shorts.next() {
        let option = short_option(options, short)?;
        if !takes_value(option) {
            read.push(format!("-{short}"));
            continue;
        }
        let value = shorts.as_str();
        let is_count = matches!(option.get_id().as_str(), "limit" | "offset");
        let takes = !value.is_empty() && !is_count && !is_exclusion(word);
        return takes.then(|| {
            read.push(format!("-{short} {}", shell_words::quote(value)));
            read.join(" ")
        });
    }
    Some(read.join(" "))
}

fn hint(word: &str, options: &str) -> String {
    format!(
        "{word} leaves out \"{}\"; the option is {options}",
        &word[1..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<OsString> {
        let words = shell_words::split(line).unwrap();
        words.into_iter().map(OsString::from).collect()
    }

    fn for_clap(line: &str) -> (String, Vec<String>) {
        let (for_clap, hints) = Arguments::for_clap(args(line));
        let for_clap: Vec<&str> = for_clap.iter().map(|arg| arg.to_str().unwrap()).collect();
        (for_clap.join(" "), hints)
    }

    #[test]
    fn a_word_with_a_dash_is_a_word_of_the_query_unless_an_option_is_spelled_so() {
        let cases = [
            ("search react -hooks", "search -- react -hooks"),
            ("search react -redux -n 3", "search -n 3 -- react -redux"),
            ("search -tag:python web", "search -- -tag:python web"),
            (
                "search '-\"dead lock\"' web",
                "search -- -\"dead lock\" web",
            ),
            ("search a -nullable -t x", "search -t x -- a -nullable"),
            ("-q search a -3 b", "search -q -- a -3 b"),
            ("search a -q -n3 -t=x", "search a -q -n3 -t=x"),
            ("search -sql join", "search -sql join"),
            ("search -hooks react", "search -- -hooks react"),
            ("search -xo react", "search -xo react"),
            ("search a -t -b", "search a -t -b"),
            ("search a --tag -b", "search a --tag -b"),
            ("search -- a -b", "search -- a -b"),
            ("search a --unknown", "search a --unknown"),
            ("facets tag a -sql", "facets -- tag a -sql"),
            ("facets -sql tag", "facets -sql tag"),
            ("show -x", "show -x"),
            ("react -hooks", "react -hooks"),
        ];
        for (line, expected) in cases {
            assert_eq!(for_clap(line).0, expected, "{line}");
        }
    }

    #[test]
    fn a_word_that_could_be_an_option_has_a_hint() {
        let cases = [
            (
                "search a -sql",
                "-sql leaves out \"sql\"; the option is -s ql",
            ),
            (
                "search a -tag",
                "-tag leaves out \"tag\"; the option is --tag",
            ),
            ("search a -up", "-up leaves out \"up\"; the option is -u -p"),
        ];
        for (line, expected) in cases {
            assert_eq!(for_clap(line).1, [expected], "{line}");
        }
        for line in ["search a -hooks", "search a -nullable", "search a -tag:x"] {
            assert_eq!(for_clap(line).1, [""; 0], "{line}");
        }
    }

    #[test]
    fn an_option_that_could_be_a_word_has_a_hint_when_nothing_is_found() {
        let attached = |line: &str| Arguments::read(&args(line)).0.attached();
        let expected = "-sql was read as -s ql; to leave out \"sql\", put -sql after a word of the \
                        query";
        assert_eq!(attached("search -sql join -n3 --tag x -t y"), [expected]);
    }

    #[test]
    fn a_command_is_repeated_with_other_options() {
        let cases = [
            ("search a -n 2", "hotseat search a -n 2 --offset 2"),
            (
                "search a --offset=2 'b c'",
                "hotseat search a 'b c' --offset 2",
            ),
            ("search --offset 1 -- -a", "hotseat search --offset 2 -- -a"),
            ("search a -b", "hotseat search a -b --offset 2"),
        ];
        for (line, expected) in cases {
            let (arguments, _) = Arguments::read(&args(line));
            assert_eq!(arguments.with_options(&["offset"], "--offset 2"), expected);
        }
    }

    #[test]
    fn the_values_of_a_facet_are_counted_over_the_same_query() {
        let cases = [
            ("facets tag lock -n2", "hotseat facets tag lock"),
            ("facets -n 2", "hotseat facets tag"),
            (
                "search --facets lock -x --full -t 'a b'",
                "hotseat facets tag lock -x -t 'a b'",
            ),
        ];
        for (line, expected) in cases {
            let (arguments, _) = Arguments::read(&args(line));
            assert_eq!(arguments.as_facets(FacetName::Tag), expected);
        }
    }
}
