//! The leading metadata of a guide -> [`FrontMatter`], and where the rest of the text begins.
//!
//! YAML between lines of `---`, TOML between lines of `+++`. Keys are taken without regard to
//! case, `-` and `_`. What does not parse is read line by line, with a warning.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use super::MAX_TITLE;

/// The front matter of a guide; unknown keys are ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrontMatter {
    /// The title: `title`, `term` or `name`.
    pub title: Option<String>,
    /// The question, where the guide is a single one: `question`.
    pub question: Option<String>,
    /// The section above all questions: `section`.
    pub section: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `author`.
    pub author: Option<String>,
    /// `date`, `pubDate` or `published`, as written.
    pub published: Option<String>,
    /// `modDate`, `updated` or `lastmod`, as written.
    pub updated: Option<String>,
    /// `tags`, `keywords` and `topics`, also under `taxonomies`, `params` and `extra`, as written.
    pub tags: Vec<String>,
    /// The category: `category`, `categories` or `vertical`.
    pub category: Option<String>,
    /// The level: `level`, `difficulty` or `seniority`.
    pub level: Option<String>,
    /// The language, as written: `lang`, `language` or `locale`.
    pub language: Option<String>,
    /// Whether the guide is to be left out: `draft: true`.
    pub draft: bool,
}

/// The front matter of a text, and what was wrong with it.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) front_matter: FrontMatter,
    /// The bytes of the text that are the metadata, and the byte at which the body begins.
    pub(super) metadata: Range<usize>,
    pub(super) body: usize,
    /// The 1-based line and what is wrong there.
    pub(super) warning: Option<(usize, String)>,
}

/// The most that is given to the YAML parser, in bytes: its time is quadratic in some inputs.
pub(super) const MAX_LENGTH: usize = 64 * 1024;

/// The most `[` and `{` that are given to the YAML parser, which nests as deep as they do.
const MAX_BRACKETS: usize = 1_000;

/// The most tags that a guide has, and the most bytes of all of them, since each of its documents has
/// a copy, and 1 MB of a guide may be 50,000 questions.
const MAX_TAGS: usize = 100;
const MAX_TAG_BYTES: usize = 2_000;

/// Keys that hold further keys of the same meanings (Zola's and Hugo's ways).
const NESTING_KEYS: &[&str] = &["taxonomies", "params", "extra"];

/// Reads the front matter at the start of `text`, whose lines end with `\n`.
pub(super) fn parse(text: &str) -> Parsed {
    let Some(found) = find(text) else {
        return Parsed::default();
    };
    let start = found.metadata.as_ptr().addr() - text.as_ptr().addr();
    let mut parsed = Parsed {
        metadata: start..start + found.metadata.len(),
        body: found.body,
        ..Parsed::default()
    };
    let mapping = match found.read() {
        Ok(mapping) => mapping,
        Err((line, message)) => {
            parsed.warning = Some((line, message));
            line_by_line(found.metadata)
        }
    };
    let is_all = parsed.front_matter.take(&mapping, found.metadata);
    let first = found.metadata.lines().find(|line| !line.trim().is_empty());
    let is_letterhead = first.is_some_and(|line| key_and_value(line).is_none());
    if is_letterhead && parsed.warning.is_some() && parsed.front_matter == FrontMatter::default() {
        // Text between rules: it says nothing that metadata would.
        return Parsed::default();
    }
    if !is_all && parsed.warning.is_none() {
        let message = format!(
            "front matter has more than {MAX_TAGS} tags, or {MAX_TAG_BYTES} bytes of them, or names \
             longer than {MAX_TITLE} bytes, which were left out"
        );
        parsed.warning = Some((found.first_line, message));
    }
    parsed
}

/// Returns whether `text` starts with metadata that do not end in it.
pub(super) fn is_unfinished(text: &str) -> bool {
    let start = text.trim_start_matches(['\n', ' ', '\t']);
    FENCES.iter().any(|fence| start.starts_with(fence)) && find(text).is_none()
}

/// The delimiters on the lines before and after metadata.
const FENCES: [&str; 2] = ["---", "+++"];

/// The metadata of a text, before it is parsed.
struct Found<'t> {
    is_toml: bool,
    /// The line on which the metadata starts.
    first_line: usize,
    metadata: &'t str,
    body: usize,
}

/// Finds the metadata between the first line and the next line of the same fence.
fn find(text: &str) -> Option<Found<'_>> {
    let blank = |text: &str| text.len() - text.trim_start_matches(['\n', ' ', '\t']).len();
    let mut start = blank(text);
    // A comment on the license may come first.
    if text[start..].starts_with("<!--") {
        let end = text[start..].find("-->")? + "-->".len();
        start += end + blank(&text[start + end..]);
    }
    let fence = FENCES
        .into_iter()
        .find(|fence| text[start..].starts_with(fence))?;
    let opening = text[start..].lines().next()?;
    let is_toml = match opening[fence.len()..].trim() {
        "" => fence == "+++",
        "yaml" | "yml" => false,
        "toml" => true,
        _ => return None,
    };
    let metadata_start = start + opening.len() + 1;
    let mut at = metadata_start;
    for line in text.get(metadata_start..)?.split_inclusive('\n') {
        let closes = line.trim_end() == fence || fence == "---" && line.trim_end() == "...";
        if closes {
            let metadata = &text[metadata_start..at];
            // A rule, prose and another rule are no front matter.
            let has_key = metadata.lines().any(|line| key_and_value(line).is_some());
            let is_metadata = has_key || metadata.trim().is_empty();
            return is_metadata.then(|| Found {
                is_toml,
                first_line: 1 + text[..metadata_start].matches('\n').count(),
                metadata,
                body: at + line.len(),
            });
        }
        at += line.len();
    }
    None
}

impl Found<'_> {
    /// Parses the metadata, or says on which line of the text it went wrong, and how.
    fn read(&self) -> Result<Mapping, (usize, String)> {
        let brackets = self
            .metadata
            .bytes()
            .filter(|b| matches!(b, b'[' | b'{'))
            .count();
        if self.metadata.len() > MAX_LENGTH || brackets > MAX_BRACKETS {
            let message = "front matter is too large to parse; it was read line by line";
            return Err((self.first_line, message.to_owned()));
        }
        let value = if self.is_toml {
            toml::from_str::<Value>(self.metadata).map_err(|error| {
                let before = &self.metadata[..error.span().map_or(0, |span| span.start)];
                (
                    self.first_line + before.matches('\n').count(),
                    error.message().to_owned(),
                )
            })
        } else {
            serde_yaml::from_str::<Value>(self.metadata).map_err(|error| {
                let line = error.location().map_or(1, |location| location.line());
                // The parser counts the lines of the metadata alone.
                let message = error.to_string();
                let what = message.split(" at line ").next().unwrap_or_default();
                (self.first_line - 1 + line, what.to_owned())
            })
        };
        match value {
            Ok(Value::Mapping(mapping)) => Ok(mapping),
            Ok(Value::Null) => Ok(Mapping::new()),
            Ok(_) => Err((self.first_line, "front matter holds no keys".to_owned())),
            Err((line, message)) => Err((
                line,
                format!("front matter does not parse, so it was read line by line: {message}"),
            )),
        }
    }
}

/// Reads `key: value` (or `key = value`) lines and the `- item` lines below a key.
fn line_by_line(metadata: &str) -> Mapping {
    let mut mapping = Mapping::new();
    let mut last_key: Option<String> = None;
    for line in metadata.lines().take(10_000) {
        if let (Some(item), Some(key)) = (line.trim_start().strip_prefix("- "), &last_key) {
            if let Some(Value::Sequence(items)) = mapping.get_mut(key.as_str()) {
                items.push(Value::String(unquote(item).to_owned()));
            }
        } else if let Some((key, value)) = key_and_value(line) {
            let list = value
                .strip_prefix('[')
                .map(|rest| rest.trim_end_matches(']'));
            let value = match list {
                Some(items) => Value::Sequence(
                    items
                        .split(',')
                        .map(|item| Value::String(unquote(item).to_owned()))
                        .collect(),
                ),
                None if value.is_empty() => Value::Sequence(Vec::new()),
                None => Value::String(unquote(value).to_owned()),
            };
            last_key = Some(key.to_owned());
            mapping
                .entry(Value::String(key.to_owned()))
                .or_insert(value);
        }
    }
    mapping
}

/// Returns the key and the value of a line that starts with a key.
pub(super) fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let end = line.find([':', '='])?;
    let (key, value) = (line[..end].trim_end(), line[end + 1..].trim());
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!key.is_empty() && key.chars().all(is_word)).then_some((key, value))
}

fn unquote(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'']).trim()
}

impl FrontMatter {
    /// Takes what is known from `mapping`, whose text was `written`. Returns whether that is all:
    /// there is a bound to the number of tags, and to the length of names.
    fn take(&mut self, mapping: &Mapping, written: &str) -> bool {
        let mut is_all = true;
        let named = mapping
            .iter()
            .map(|(name, value)| (normalized(name), value));
        let named: Vec<(String, &Value)> = named.collect();
        // Of several keys with one meaning the first listed wins, wherever it stands.
        let first = |keys: &[&str]| {
            keys.iter().find_map(|key| {
                let value = named.iter().find(|(name, _)| name == key)?.1;
                texts(value, written).into_iter().next()
            })
        };
        let mut set = |slot: &mut Option<String>, keys: &[&str]| {
            if slot.is_none() {
                *slot = first(keys);
            }
            if slot.as_ref().is_some_and(|text| text.len() > MAX_TITLE) {
                *slot = None;
                is_all = false;
            }
        };
        set(&mut self.title, &["title", "term", "name"]);
        set(&mut self.question, &["question"]);
        set(&mut self.section, &["section"]);
        set(&mut self.description, &["description"]);
        set(&mut self.author, &["author", "authors"]);
        set(&mut self.published, &["date", "pubdate", "published"]);
        set(&mut self.updated, &["moddate", "updated", "lastmod"]);
        set(&mut self.category, &["category", "categories", "vertical"]);
        set(&mut self.level, &["level", "difficulty", "seniority"]);
        set(&mut self.language, &["lang", "language", "locale"]);
        self.draft |= first(&["draft"]).is_some_and(|text| text.eq_ignore_ascii_case("true"));
        for (name, value) in &named {
            if let "tags" | "tag" | "keywords" | "topics" = name.as_str() {
                is_all &= self.take_tags(value, written);
            } else if let (true, Value::Mapping(inner)) =
                (NESTING_KEYS.contains(&name.as_str()), value)
            {
                is_all &= self.take(inner, written);
            }
        }
        is_all
    }

    fn take_tags(&mut self, value: &Value, written: &str) -> bool {
        let tags = match value {
            Value::String(text) => text
                .split(',')
                .map(|tag| tag.trim().to_owned())
                .filter(|tag| !tag.is_empty())
                .collect(),
            value => texts(value, written),
        };
        let mut bytes: usize = self.tags.iter().map(String::len).sum();
        let mut is_all = true;
        for tag in tags {
            if self.tags.contains(&tag) {
                continue;
            }
            if self.tags.len() == MAX_TAGS || bytes + tag.len() > MAX_TAG_BYTES {
                is_all = false;
            } else {
                bytes += tag.len();
                self.tags.push(tag);
            }
        }
        is_all
    }
}

/// Returns a key in lower case without `-` and `_`: `pubDate`, `pub_date` and `Pub-Date` are one.
fn normalized(key: &Value) -> String {
    let key = key.as_str().unwrap_or_default();
    key.chars()
        .filter(|c| !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the texts of a value: its own, or those of its items.
fn texts(value: &Value, written: &str) -> Vec<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Number(number) => vec![as_written(number, written)],
        Value::Sequence(items) => items.iter().flat_map(|item| texts(item, written)).collect(),
        Value::Tagged(tagged) => texts(&tagged.value, written),
        // A date of TOML, an author with a `name` and a tag with a `name` are maps of texts.
        Value::Mapping(map) => map
            .values()
            .take(1)
            .flat_map(|item| texts(item, written))
            .collect(),
        Value::Null => Vec::new(),
    }
}

/// Returns `number` in the digits of `written`, since the version 3.10 is not 3.1.
fn as_written(number: &serde_yaml::Number, written: &str) -> String {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    written
        .split(|c| !digits(c))
        .find(|word| number.is_f64() && word.parse().ok() == number.as_f64())
        .map_or_else(|| number.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(text: &str) -> FrontMatter {
        let parsed = parse(text);
        assert_eq!(parsed.warning, None);
        parsed.front_matter
    }

    #[test]
    fn keys_have_many_spellings() {
        let yaml = front_matter("---\nTerm: Python\nPub-Date: 2025-01-04\nvertical: IT\n---\n");
        assert_eq!(yaml.title.as_deref(), Some("Python"));
        assert_eq!(yaml.published.as_deref(), Some("2025-01-04"));
        assert_eq!(yaml.category.as_deref(), Some("IT"));
        let toml = front_matter(
            "+++\ntitle = \"Rust\"\ndate = 2025-01-04\n[taxonomies]\ntags = [\"a\"]\n+++\n",
        );
        assert_eq!(toml.published.as_deref(), Some("2025-01-04"));
        assert_eq!(toml.tags, ["a"]);
    }

    #[test]
    fn tags_are_a_list_or_a_text() {
        for text in [
            "[Git, 3.10, C++]",
            "Git, 3.10, C++",
            "\n  - Git\n  - 3.10\n  - C++",
        ] {
            assert_eq!(
                front_matter(&format!("---\ntags: {text}\n---\n")).tags,
                ["Git", "3.10", "C++"]
            );
        }
    }

    #[test]
    fn a_guide_has_no_more_tags_than_its_documents_can_copy() {
        let long = "x".repeat(1_500);
        let parsed = parse(&format!("---\ntags: [{long}, {long}y, Git]\n---\n"));
        assert_eq!(parsed.front_matter.tags, [long, "Git".to_owned()]);
        let (line, message) = parsed.warning.unwrap();
        assert!(line == 2 && message.contains("left out"), "{message}");
    }

    #[test]
    fn what_does_not_parse_is_read_line_by_line() {
        let parsed =
            parse("---\ntitle: Git: the basics\ntags:\n  - git\nlevel: \"mid\n---\nbody\n");
        let (line, message) = parsed.warning.unwrap();
        assert_eq!(line, 2);
        assert!(message.contains("read line by line"), "{message}");
        assert_eq!(
            parsed.front_matter.title.as_deref(),
            Some("Git: the basics")
        );
        assert_eq!(parsed.front_matter.tags, ["git"]);
        assert_eq!(parsed.front_matter.level.as_deref(), Some("mid"));
    }

    #[test]
    fn a_yaml_bomb_is_not_parsed() {
        let parsed = parse(&format!(
            "---\ntitle: a\nx: {}\n---\nbody",
            "[".repeat(100_000)
        ));
        assert!(parsed.warning.is_some());
        assert_eq!(parsed.front_matter.title.as_deref(), Some("a"));
    }

    #[test]
    fn front_matter_may_name_its_language_and_stand_below_a_comment() {
        let toml = front_matter("---toml\ntitle = \"T\"\ntags = [\"a\"]\n---\n");
        assert_eq!(
            (toml.title.as_deref(), &*toml.tags),
            (Some("T"), &["a".to_owned()][..])
        );
        let below = front_matter("<!--\nlicense: X\n-->\n---\ntitle: T\n---\n");
        assert_eq!(below.title.as_deref(), Some("T"));
        let broken = parse("<!-- a -->\n---\ntitle: T\nx: @a\n---\n");
        assert_eq!(broken.warning.map(|(line, _)| line), Some(4));
    }

    #[test]
    fn a_letterhead_between_rules_keeps_its_words() {
        let parsed = parse("---\n**Some Office**\nTel: 555\n---\n\n# Title\n");
        assert_eq!((parsed.body, parsed.warning), (0, None));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(parse("---\n\nProse.\n\n---\n").body, 0);
        assert_eq!(parse("---\nnever: closed\n").body, 0);
        assert_eq!(parse("No front matter.\n---\n").body, 0);
    }
}
