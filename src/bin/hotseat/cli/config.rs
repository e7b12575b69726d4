//! `hotseat.toml`: where a collection of guides and its index are, and what is its own.
//!
//! The file is looked for in the working folder and then in those above it; the first is the only
//! one that is read. What it leaves out is beside it, too, so that commands work below its folder as
//! they do in it. Variables of the environment come before the file, and flags before both.

use std::{
    collections::BTreeMap,
    env, fs,
    io::ErrorKind,
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use hotseat::Index;
use log::debug;
use serde::Deserialize;
use toml::Spanned;

/// The name of the file.
const NAME: &str = "hotseat.toml";

/// What is not said on the command line or in the environment.
#[derive(Debug)]
pub(super) struct Config {
    /// Folder of the guides.
    pub(super) content: PathBuf,
    /// Folder of the index.
    pub(super) index: PathBuf,
    /// How many hits are shown.
    pub(super) limit: usize,
    /// Further abbreviations, a line each, as [`Index::with_abbreviations`] takes them.
    synonyms: String,
}

/// What is wrong in the file, and where.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {message}", .file.display())]
pub(super) struct Mistake {
    file: PathBuf,
    line: usize,
    message: String,
}

impl Mistake {
    /// What to do about any of them.
    pub(super) const NEXT_STEP: &str = "hotseat.toml may have content = \"DIR\", index = \"DIR\", \
        limit = N, and below [synonyms] lines such as k8s = \"kubernetes\"";
}

impl Config {
    /// Reads the file that is nearest above the working folder, if there is any.
    pub(super) fn find() -> Result<Config> {
        // Without a working folder there is nothing above it.
        let here = env::current_dir().unwrap_or_default();
        for folder in here.ancestors() {
            let file = folder.join(NAME);
            match fs::read_to_string(&file) {
                Ok(text) => {
                    debug!("settings are those of {}", file.display());
                    // Messages name folders below the working folder as they are typed there.
                    let folder = if folder == here {
                        Path::new("")
                    } else {
                        folder
                    };
                    return Ok(Config::parse(&text, folder)?);
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(error).with_context(|| {
                        format!("cannot read the settings in {}", file.display())
                    });
                }
            }
        }
        Ok(Config::beside(Path::new("")))
    }

    /// Lets searches of `index` know the synonyms.
    pub(super) fn prepare(&self, index: Index) -> Index {
        if self.synonyms.is_empty() {
            return index;
        }
        index.with_abbreviations(&self.synonyms)
    }

    /// Returns what holds where nothing is said.
    fn beside(folder: &Path) -> Config {
        Config {
            content: folder.join("content"),
            index: folder.join("index"),
            limit: 10,
            synonyms: String::new(),
        }
    }

    fn parse(text: &str, folder: &Path) -> Result<Config, Mistake> {
        let mistake = |span: Option<Range<usize>>, message: &str| Mistake {
            file: folder.join(NAME),
            line: 1 + text[..span.map_or(0, |span| span.start)]
                .matches('\n')
                .count(),
            message: message.replace('`', "\""),
        };
        let file: File =
            toml::from_str(text).map_err(|error| mistake(error.span(), error.message()))?;
        let mut config = Config::beside(folder);
        config.content = file
            .content
            .map_or(config.content, |path| folder.join(path));
        config.index = file.index.map_or(config.index, |path| folder.join(path));
        config.limit = file.limit.unwrap_or(config.limit);
        for (short, long) in file.synonyms {
            for long in long.texts() {
                let line = format!("{}={long}", short.get_ref());
                if !is_pair(&line) {
                    let message = "a synonym is two texts of one line without \"=\"";
                    return Err(mistake(Some(short.span()), message));
                }
                config.synonyms += &line;
                config.synonyms.push('\n');
            }
        }
        Ok(config)
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    content: Option<PathBuf>,
    index: Option<PathBuf>,
    limit: Option<usize>,
    #[serde(default)]
    synonyms: BTreeMap<Spanned<String>, Long>,
}

/// What a short form stands for.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected what it stands for, a text or a list of texts"
)]
enum Long {
    One(String),
    Several(Vec<String>),
}

impl Long {
    fn texts(&self) -> &[String] {
        match self {
            Long::One(text) => std::slice::from_ref(text),
            Long::Several(texts) => texts,
        }
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

    #[test]
    fn paths_are_those_of_the_folder_of_the_file_and_so_is_what_is_left_out() {
        let parse = |text| Config::parse(text, Path::new("/guides")).unwrap();
        let config = parse("content = 'texts'\nlimit = 3\n[synonyms]\nk8s = 'kubernetes'\n");
        assert_eq!(config.content, Path::new("/guides/texts"));
        assert_eq!(config.index, Path::new("/guides/index"));
        assert_eq!(
            (config.limit, config.synonyms.as_str()),
            (3, "k8s=kubernetes\n")
        );
        let config = parse("index = '/var/index'\nsynonyms = { cd = ['deploy', 'disc'] }\n");
        assert_eq!(config.content, Path::new("/guides/content"));
        assert_eq!(config.index, Path::new("/var/index"));
        assert_eq!(
            (config.limit, config.synonyms.as_str()),
            (10, "cd=deploy\ncd=disc\n")
        );
    }

    #[test]
    fn a_mistake_has_its_line() {
        let cases = [
            (
                "\nlimits = 3\n",
                "2: unknown field \"limits\", expected one of",
            ),
            (
                "limit = 3\n\ncontent =\n",
                "3: string values must be quoted",
            ),
            (
                "limit = -1",
                "1: invalid value: integer \"-1\", expected usize",
            ),
            (
                "content = 3",
                "1: invalid type: integer \"3\", expected path string",
            ),
            (
                "[synonyms]\n\nx = 3",
                "3: expected what it stands for, a text or a list of texts",
            ),
            (
                "[synonyms]\nx = 'y'\n\"a=b\" = 'y'",
                "3: a synonym is two texts of one line",
            ),
            (
                "[synonyms]\n'#x' = 'y'",
                "2: a synonym is two texts of one line",
            ),
            (
                "[synonyms]\nx = ''",
                "2: a synonym is two texts of one line",
            ),
            (
                "[synonyms]\nx = \"a\\nb\"",
                "2: a synonym is two texts of one line",
            ),
        ];
        for (text, expected) in cases {
            let mistake = Config::parse(text, Path::new("")).unwrap_err().to_string();
            let message = mistake.strip_prefix("hotseat.toml:").unwrap();
            assert!(message.starts_with(expected), "{text}: {message}");
        }
    }
}
