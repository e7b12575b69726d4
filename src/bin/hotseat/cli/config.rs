//! Settings: `hotseat.toml` of a collection of guides, and the user's own `config.toml`.
//!
//! `hotseat.toml` is looked for in the working folder and then in those above it; the first is read.
//! If it leaves out the folders of guides and index, they are beside it, so that commands work below
//! its folder as they do in it. The user's own settings count where it is silent, and their index is
//! in the cache folder. Variables of the environment override both files, and flags override
//! everything.

use std::{
    borrow::Cow,
    env,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use hotseat::{Index, Source};
use log::debug;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

#[cfg(feature = "tui")]
use crate::browse;
use crate::terminal::{self, hyperlink::HyperlinkFormat};

/// The name of a collection's file.
const NAME: &str = "hotseat.toml";

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 64 << 10;

/// The hits shown where nothing else is set.
const LIMIT: usize = 10;

/// The settings that flags and variables do not override.
#[derive(Debug)]
pub(super) struct Config {
    /// Folders and files of the guides.
    content: Vec<PathBuf>,
    /// Whether settings name them.
    pub(super) names_content: bool,
    /// Patterns of files that are no guides.
    exclude: Vec<String>,
    /// Folder of the index.
    pub(super) index: PathBuf,
    /// The number of hits shown.
    pub(super) limit: usize,
    /// The form of links.
    pub(super) hyperlink_format: Option<HyperlinkFormat>,
    /// The file of the log of reviews.
    pub(super) practice: Option<PathBuf>,
    /// Keys, styles and the mouse of `hotseat browse`.
    #[cfg(feature = "tui")]
    pub(super) browse: browse::Settings,
    /// Further abbreviations, one a line, as [`Index::with_abbreviations`] takes them.
    synonyms: String,
    /// The extensions that programs read, and their commands.
    convert: Vec<Conversion>,
}

/// An extension, and the words of the command that reads such files.
pub(super) type Conversion = (String, Vec<String>);

/// A mistake in a file, and its line.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {message}", .file.display())]
pub(super) struct Mistake {
    file: PathBuf,
    line: usize,
    message: String,
}

impl Mistake {
    /// The remedy for any of them.
    pub(super) const NEXT_STEP: &str = "`hotseat --help` shows the settings";
}

impl Config {
    /// Reads the nearest `hotseat.toml` above the working folder, and the user's own settings.
    pub(super) fn find() -> Result<Config> {
        let own = match own_file() {
            Some(file) => read(&file)?.map(|text| parse(&text, &file)).transpose()?,
            None => None,
        };
        let mut own = own.unwrap_or_default();
        if own.content.is_some() && own.index.is_none() {
            let cache = user_folder("XDG_CACHE_HOME", ".cache");
            own.index = cache.map(|folder| folder.join("hotseat/index"));
        }
        // Without a working folder there is nothing above it.
        let here = env::current_dir().unwrap_or_default();
        for folder in here.ancestors() {
            let file = folder.join(NAME);
            if folder != here && is_foreign(&file) {
                let file = file.display();
                terminal::eprint_note(&format!(
                    "warning: {file} belongs to another user; not read"
                ));
                continue;
            }
            let Some(text) = read(&file)? else {
                continue;
            };
            debug!("settings are those of {}", file.display());
            // Messages show folders below the working folder as they are typed there.
            let folder = if folder == here {
                Path::new("")
            } else {
                folder
            };
            let mut settings = parse(&text, &folder.join(NAME))?;
            // The file may have come with somebody else's guides. It must not name a file to write, nor
            // programs, which would run at the first search.
            let own_only = [
                (
                    settings.practice.as_ref().map(|(_, line)| *line),
                    "practice counts only in your own settings",
                ),
                (
                    settings.convert_line.take(),
                    "[convert] names programs, so that it counts only in your own settings, or by \
                     --convert",
                ),
            ];
            for (line, message) in own_only {
                let Some(line) = line else { continue };
                return Err(Mistake {
                    file: folder.join(NAME),
                    line,
                    message: message.to_owned(),
                }
                .into());
            }
            (own.content, own.index) = (None, None);
            return Ok(Config::new(folder, settings, own));
        }
        Ok(Config::new(Path::new(""), Settings::default(), own))
    }

    /// Returns the source of the guides in `paths`, or else in those that are set.
    pub(super) fn source(&self, paths: &[PathBuf]) -> Source {
        let paths = if paths.is_empty() {
            &self.content
        } else {
            paths
        };
        let (first, more) = paths.split_first().expect("content is never empty");
        let source = more.iter().fold(Source::new(first), Source::and);
        let source = source.exclude(&self.exclude);
        let convert = self.convert.iter();
        convert.fold(source, |source, (extension, command)| {
            source.convert(extension, command)
        })
    }

    /// Returns the index with the synonyms.
    pub(super) fn prepare(&self, index: Index) -> Index {
        if self.synonyms.is_empty() {
            return index;
        }
        index.with_abbreviations(&self.synonyms)
    }

    /// Returns the synonyms, as a table of abbreviations.
    #[cfg(feature = "engine")]
    pub(super) fn synonyms(&self) -> &str {
        &self.synonyms
    }

    /// Combines the settings of a collection in `folder` with the user's own.
    fn new(folder: &Path, settings: Settings, own: Settings) -> Config {
        let content = settings.content.or(own.content);
        Config {
            names_content: content.is_some(),
            content: content.unwrap_or_else(|| vec![folder.join("content")]),
            exclude: settings.exclude.or(own.exclude).unwrap_or_default(),
            index: settings
                .index
                .or(own.index)
                .unwrap_or_else(|| folder.join("index")),
            limit: settings.limit.or(own.limit).unwrap_or(LIMIT),
            hyperlink_format: settings.hyperlink_format.or(own.hyperlink_format),
            practice: own.practice.map(|(file, _)| file),
            #[cfg(feature = "tui")]
            browse: settings.browse.or(own.browse).unwrap_or_default(),
            synonyms: own.synonyms + &settings.synonyms,
            convert: own.convert,
        }
    }
}

/// Returns the path of the user's own file.
pub(super) fn own_file() -> Option<PathBuf> {
    Some(user_folder("XDG_CONFIG_HOME", ".config")?.join("hotseat/config.toml"))
}

/// Returns the folder that a variable names, or else the one in the home folder.
pub(super) fn user_folder(variable: &str, in_home: &str) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    let named = named.filter(|folder| folder.is_absolute());
    named.or_else(|| Some(env::home_dir()?.join(in_home)))
}

/// Reads a file of settings, if there is one.
fn read(file: &Path) -> Result<Option<String>> {
    read_small(file).with_context(|| format!("cannot read the settings in {}", file.display()))
}

/// Reads a regular file of at most [`MAX_FILE`] bytes, if there is one. Opening anything else, such
/// as a pipe, could wait for ever.
fn read_small(file: &Path) -> io::Result<Option<String>> {
    let metadata = match fs::metadata(file) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        metadata => metadata?,
    };
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut text = Vec::new();
    File::open(file)?
        .take(MAX_FILE + 1)
        .read_to_end(&mut text)?;
    if text.len() as u64 > MAX_FILE {
        return Err(io::Error::other("it is larger than 64 KiB"));
    }
    let text = String::from_utf8(text).map_err(|error| {
        let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        io::Error::other(format!("line {line} is not UTF-8; save the file as UTF-8"))
    })?;
    Ok(Some(text))
}

/// Returns whether a file belongs neither to this user nor to root. In a folder above, such as
/// `/tmp`, another user's file could redirect every command.
#[cfg(unix)]
fn is_foreign(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let owner = fs::metadata(file).map(|metadata| metadata.uid());
    owner.is_ok_and(|owner| owner != 0 && owner != rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn is_foreign(_: &Path) -> bool {
    false
}

/// The settings in one file.
#[derive(Debug, Default)]
struct Settings {
    content: Option<Vec<PathBuf>>,
    exclude: Option<Vec<String>>,
    index: Option<PathBuf>,
    limit: Option<usize>,
    hyperlink_format: Option<HyperlinkFormat>,
    /// The file of the log of reviews, and the line that names it.
    practice: Option<(PathBuf, usize)>,
    #[cfg(feature = "tui")]
    browse: Option<browse::Settings>,
    synonyms: String,
    convert: Vec<Conversion>,
    /// The line of `[convert]`.
    convert_line: Option<usize>,
}

/// The names of the settings.
const NAMES: [&str; 9] = [
    "content",
    "exclude",
    "index",
    "limit",
    "hyperlink-format",
    "practice",
    "browse",
    "synonyms",
    "convert",
];

/// Reads the text of `file`. Its paths are relative to its folder.
fn parse(text: &str, file: &Path) -> Result<Settings, Mistake> {
    let mistake = |span: Range<usize>, message: String| Mistake {
        file: file.to_owned(),
        line: 1 + text[..span.start].matches('\n').count(),
        message,
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    let table = DeTable::parse(text).map_err(|error| {
        let message = error.message().replace('`', "\"");
        mistake(error.span().unwrap_or(0..0), message)
    })?;
    let mut settings = Settings::default();
    for (name, value) in table.get_ref() {
        let wrong = |needed: &str| {
            let message = format!("{} = {}: {needed}", name.get_ref(), shown(value.get_ref()));
            mistake(value.span(), message)
        };
        match name.get_ref().as_ref() {
            "content" => {
                let paths = texts(value.get_ref());
                let paths = paths.filter(|paths| !paths.is_empty() && !paths.contains(&""));
                let paths = paths.ok_or_else(|| {
                    wrong("give a folder, a guide, or a list of them, such as [\"a\", \"b/c.md\"]")
                })?;
                settings.content = Some(paths.iter().map(|path| below(folder, path)).collect());
            }
            "exclude" => {
                let patterns = texts(value.get_ref());
                let patterns = patterns
                    .ok_or_else(|| wrong("give a list of patterns, such as [\"drafts/\"]"))?;
                let spans = match value.get_ref() {
                    DeValue::Array(values) => values.iter().map(Spanned::span).collect(),
                    _ => vec![value.span()],
                };
                for (pattern, span) in patterns.iter().zip(spans) {
                    fast_glob::validate(pattern.as_bytes()).map_err(|error| {
                        mistake(span, format!("exclude = {pattern:?}: {error}"))
                    })?;
                }
                settings.exclude = Some(patterns.iter().map(ToString::to_string).collect());
            }
            "index" => {
                let path = value
                    .get_ref()
                    .as_str()
                    .filter(|path| !path.is_empty())
                    .ok_or_else(|| wrong("give a folder"))?;
                settings.index = Some(below(folder, path));
            }
            "limit" => {
                let number = value.get_ref().as_integer();
                let number = number.and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
                settings.limit = Some(number.ok_or_else(|| wrong("give a number, 0 or more"))?);
            }
            "hyperlink-format" => {
                let format = value
                    .get_ref()
                    .as_str()
                    .ok_or_else(|| wrong("give a text"))?;
                let format = format.parse().map_err(|error: String| wrong(&error))?;
                settings.hyperlink_format = Some(format);
            }
            "practice" => {
                let path = value
                    .get_ref()
                    .as_str()
                    .ok_or_else(|| wrong("give a file"))?;
                let line = 1 + text[..name.span().start].matches('\n').count();
                settings.practice = Some((below(folder, path), line));
            }
            "browse" => {
                let table = value.get_ref().as_table();
                let table = table.ok_or_else(|| wrong("give a table, below [browse]"))?;
                #[cfg(feature = "tui")]
                {
                    settings.browse = Some(browse(table, &mistake)?);
                }
                #[cfg(not(feature = "tui"))]
                let _ = table;
            }
            "synonyms" => {
                let pairs = value.get_ref().as_table();
                let pairs = pairs
                    .ok_or_else(|| wrong("give a table of abbreviations, below [synonyms]"))?;
                settings.synonyms = synonyms(pairs, &mistake)?;
            }
            "convert" => {
                let commands = value.get_ref().as_table();
                let commands = commands.ok_or_else(|| {
                    wrong("give a table of extensions and commands, below [convert]")
                })?;
                settings.convert_line = Some(1 + text[..name.span().start].matches('\n').count());
                for (extension, command) in commands {
                    let written = command.get_ref().as_str().unwrap_or_default();
                    let conversion =
                        conversion(extension.get_ref(), written).map_err(|message| {
                            let pair =
                                format!("{} = {}", extension.get_ref(), shown(command.get_ref()));
                            mistake(extension.span(), format!("{pair}: {message}"))
                        })?;
                    settings.convert.push(conversion);
                }
            }
            unknown => {
                let names = NAMES.join(", ");
                let message = format!("there is no setting {unknown:?}, only {names}");
                return Err(mistake(name.span(), message));
            }
        }
    }
    Ok(settings)
}

/// Reads the command by which files with an extension are read.
pub(super) fn conversion(extension: &str, command: &str) -> Result<Conversion, String> {
    let extension = extension.trim_start_matches('.');
    let is_extension = !extension.is_empty() && extension.chars().all(char::is_alphanumeric);
    if !is_extension {
        return Err(format!(
            "{extension:?} is not the extension of a file name; give one such as \"pdf\""
        ));
    }
    let words = shell_words::split(command).map_err(|error| error.to_string())?;
    if words.len() < 2 || !words[1..].iter().any(|word| word == "{}") {
        return Err(
            "give a command, with {} as a word of its own for the path of the file".to_owned(),
        );
    }
    Ok((extension.to_owned(), words))
}

/// Returns the pairs of `[synonyms]` as [`Index::with_abbreviations`] takes them.
fn synonyms(
    pairs: &DeTable<'_>,
    mistake: &impl Fn(Range<usize>, String) -> Mistake,
) -> Result<String, Mistake> {
    let mut lines = String::new();
    for (short, long) in pairs {
        let wrong = |message: &str| {
            let pair = format!("{} = {}", short.get_ref(), shown(long.get_ref()));
            mistake(short.span(), format!("{pair}: {message}"))
        };
        let texts = texts(long.get_ref());
        let texts = texts.ok_or_else(|| wrong("give the long form, or a list of long forms"))?;
        for long in texts {
            let line = format!("{}={long}", short.get_ref());
            if !is_pair(&line) {
                return Err(wrong("both forms must be one line of text without \"=\""));
            }
            lines += &line;
            lines.push('\n');
        }
    }
    Ok(lines)
}

/// Returns the settings in `[browse]`.
#[cfg(feature = "tui")]
fn browse(
    table: &DeTable<'_>,
    mistake: &impl Fn(Range<usize>, String) -> Mistake,
) -> Result<browse::Settings, Mistake> {
    let mut settings = browse::Settings::default();
    for (name, value) in table {
        let wrong = |needed: &str| {
            let message = format!("{} = {}: {needed}", name.get_ref(), shown(value.get_ref()));
            mistake(value.span(), message)
        };
        let table = || {
            let table = value.get_ref().as_table();
            table.ok_or_else(|| wrong("give a table"))
        };
        let name_and_error = |name: &Spanned<Cow<'_, str>>, error: &str| {
            mistake(name.span(), format!("{}: {error}", name.get_ref()))
        };
        match name.get_ref().as_ref() {
            "mouse" => {
                let mouse = value.get_ref().as_bool();
                settings.mouse = mouse.ok_or_else(|| wrong("give true or false"))?;
            }
            "keys" => {
                for (action, keys) in table()? {
                    let keys = texts(keys.get_ref()).ok_or_else(|| wrong("give keys"))?;
                    let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
                    let set = settings.keys.set(action.get_ref(), &keys);
                    set.map_err(|error| name_and_error(action, &error))?;
                }
            }
            "theme" => {
                for (part, style) in table()? {
                    let style = style.get_ref().as_str().unwrap_or("?");
                    let set = settings.theme.set(part.get_ref(), style);
                    set.map_err(|error| name_and_error(part, &error))?;
                }
            }
            _ => {
                return Err(wrong(
                    "there are only mouse, [browse.keys] and [browse.theme]",
                ));
            }
        }
    }
    Ok(settings)
}

/// Returns the text, or the list of texts, that a value is.
fn texts<'v>(value: &'v DeValue<'_>) -> Option<Vec<&'v str>> {
    match value {
        DeValue::String(text) => Some(vec![text]),
        DeValue::Array(values) => values
            .iter()
            .map(|value| value.get_ref().as_str())
            .collect(),
        _ => None,
    }
}

/// Returns a value as messages show it.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(values) => {
            let values: Vec<String> = values.iter().map(|value| shown(value.get_ref())).collect();
            format!("[{}]", values.join(", "))
        }
        DeValue::Table(_) => "{ … }".to_owned(),
    }
}

/// Returns a path of a file in `folder`. `~/` is the home folder, as in a shell.
fn below(folder: &Path, path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), env::home_dir()) {
        (Some(inside), Some(home)) => home.join(inside),
        _ => folder.join(path),
    }
}

/// Returns whether `line` is one line that [`Index::with_abbreviations`] reads as one pair.
fn is_pair(line: &str) -> bool {
    let mut sides = line.split('=').map(str::trim);
    let is_text = |side: Option<&str>| side.is_some_and(|side| !side.is_empty());
    is_text(sides.next())
        && is_text(sides.next())
        && sides.next().is_none()
        && !line.starts_with('#')
        && !line.contains(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        let settings = parse(text, Path::new("/guides/hotseat.toml")).unwrap();
        Config::new(Path::new("/guides"), settings, Settings::default())
    }

    #[test]
    fn paths_are_relative_to_the_file_and_defaults_beside_it() {
        let text = "content = 'texts'\nlimit = 3\n[synonyms]\nk8s = 'kubernetes'\n";
        let found = config(text);
        assert_eq!(found.content, [Path::new("/guides/texts")]);
        assert_eq!(found.index, Path::new("/guides/index"));
        assert_eq!(
            (found.limit, found.synonyms.as_str()),
            (3, "k8s=kubernetes\n")
        );
        let found = config("index = '/var/index'\nsynonyms = { cd = ['deploy', 'disc'] }\n");
        assert_eq!(found.content, [Path::new("/guides/content")]);
        assert_eq!(found.index, Path::new("/var/index"));
        assert_eq!(
            (found.limit, found.synonyms.as_str()),
            (10, "cd=deploy\ncd=disc\n")
        );
        let found = config("content = ['a', '/b/c.md']\nexclude = 'x'\nlimit = 0x10\n");
        assert_eq!(
            found.content,
            [Path::new("/guides/a"), Path::new("/b/c.md")]
        );
        assert_eq!((found.exclude, found.limit), (vec!["x".to_owned()], 16));
    }

    #[test]
    fn a_mistake_has_its_line_and_what_is_allowed() {
        let cases = [
            (
                "\nlimits = 3\n",
                "2: there is no setting \"limits\", only content, ",
            ),
            (
                "limit = 3\n\ncontent =\n",
                "3: string values must be quoted",
            ),
            ("limit = -1", "1: limit = -1: give a number, 0 or more"),
            (
                "\nlimit = \"x\"",
                "2: limit = \"x\": give a number, 0 or more",
            ),
            (
                "content = 3",
                "1: content = 3: give a folder, a guide, or a list",
            ),
            (
                "content = []",
                "1: content = []: give a folder, a guide, or a list",
            ),
            (
                "content = [1]",
                "1: content = [1]: give a folder, a guide, or a list",
            ),
            (
                "exclude = true",
                "1: exclude = true: give a list of patterns",
            ),
            (
                "exclude = [\n  'drafts/',\n  'notes[[',\n]",
                "3: exclude = \"notes[[\": unclosed character class at byte 5; missing ']'",
            ),
            (
                "exclude = '!{a'",
                "1: exclude = \"!{a\": unclosed brace expansion at byte 1; missing '}'",
            ),
            ("index = { }", "1: index = { … }: give a folder"),
            ("practice = 3", "1: practice = 3: give a file"),
            (
                "hyperlink-format = 'vi'",
                "1: hyperlink-format = \"vi\": give a URL such as",
            ),
            ("browse = 1", "1: browse = 1: give a table, below [browse]"),
            #[cfg(feature = "tui")]
            ("[browse]\nmouse = 1", "2: mouse = 1: give true or false"),
            #[cfg(feature = "tui")]
            (
                "[browse]\n[browse.keys]\nfly = 'f2'",
                "3: fly: the actions are up, ",
            ),
            #[cfg(feature = "tui")]
            (
                "[browse.theme]\nplace = 'mauvish'",
                "2: place: give a style such as ",
            ),
            ("synonyms = 'a=b'", "1: synonyms = \"a=b\": give a table"),
            ("[synonyms]\n\nx = 3", "3: x = 3: give the long form"),
            (
                "[synonyms]\nx = 'y'\n\"a=b\" = 'y'",
                "3: a=b = \"y\": both forms must be one line",
            ),
            (
                "[synonyms]\n'#x' = 'y'",
                "2: #x = \"y\": both forms must be one line",
            ),
            (
                "[synonyms]\nx = ''",
                "2: x = \"\": both forms must be one line",
            ),
            (
                "[synonyms]\nx = \"a\\nb\"",
                "2: x = \"a\\nb\": both forms must be one line",
            ),
        ];
        for (text, expected) in cases {
            let mistake = parse(text, Path::new(NAME)).unwrap_err().to_string();
            let message = mistake.strip_prefix("hotseat.toml:").unwrap();
            assert!(message.starts_with(expected), "{text}: {message}");
        }
    }
}
