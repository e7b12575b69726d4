//! Links from `guide:line` to the guide in an editor, as `rg --hyperlink-format` writes them.

use std::{env, fmt::Write, path::Path, str::FromStr, sync::OnceLock};

use anstyle_hyperlink::hostname;
use hotseat::Place;

/// The form of a link: a URL with variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HyperlinkFormat(String);

/// The named forms, those of ripgrep and of the editors that came after it. A file URL carries its
/// line as a fragment, as kitty reads it; other programs leave the fragment out.
const NAMED: [(&str, &str); 14] = [
    ("default", "file://{host}{path}#{line}"),
    ("none", ""),
    ("file", "file://{host}{path}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("grep+", "grep+://{path}:{line}"),
    ("idea", "idea://open?file={path}&line={line}"),
    ("kitty", "file://{host}{path}#{line}"),
    (
        "macvim",
        "mvim://open?url=file://{path}&line={line}&column={column}",
    ),
    (
        "textmate",
        "txmt://open?url=file://{path}&line={line}&column={column}",
    ),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    (
        "vscode-insiders",
        "vscode-insiders://file{path}:{line}:{column}",
    ),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("windsurf", "windsurf://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
];

/// The variables of a format.
const VARIABLES: [&str; 5] = ["path", "line", "column", "host", "wslprefix"];

impl Default for HyperlinkFormat {
    fn default() -> HyperlinkFormat {
        HyperlinkFormat(NAMED[0].1.to_owned())
    }
}

impl FromStr for HyperlinkFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<HyperlinkFormat, String> {
        if let Some((_, format)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(HyperlinkFormat((*format).to_owned()));
        }
        let mut rest = text;
        while let Some((_, variable)) = rest.split_once('{') {
            let (name, after) = variable.split_once('}').ok_or("a { lacks its }")?;
            if !VARIABLES.contains(&name) {
                let known = VARIABLES.join("}, {");
                return Err(format!("there is no variable {{{name}}}, only {{{known}}}"));
            }
            rest = after;
        }
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !is_scheme {
            let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "give a URL such as editor://{{path}}:{{line}}, or one of {}",
                names.join(", ")
            ));
        }
        if !text.contains("{path}") {
            return Err("the URL lacks the variable {path}".to_owned());
        }
        Ok(HyperlinkFormat(text.to_owned()))
    }
}

impl HyperlinkFormat {
    /// Returns the URL of a line of the file at the absolute path `file`, or of its page, where a URL may
    /// name one; none for the format `none`.
    pub(crate) fn url(&self, file: &Path, line: usize, place: Option<Place>) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let page = match place {
            Some(Place::Page(page)) => Some(page),
            _ => None,
        };
        let mut url = String::new();
        let mut rest = self.0.as_str();
        while let Some((text, variable)) = rest.split_once('{') {
            let (name, after) = variable.split_once('}')?;
            url += text;
            match name {
                "path" => url += &encoded(file)?,
                // As viewers of PDF read it.
                "line" if url.ends_with('#') && page.is_some() => {
                    url += &format!("page={}", page.unwrap_or_default());
                }
                "line" => url += &line.to_string(),
                "column" => url += "1",
                "host" => url += host(),
                "wslprefix" => url += &wsl_prefix(),
                _ => return None,
            }
            rest = after;
        }
        Some(url + rest)
    }
}

/// Returns the path as the path of a URL, which begins with a slash.
fn encoded(file: &Path) -> Option<String> {
    let path = file.to_str()?;
    let mut encoded = String::with_capacity(path.len() + 8);
    if !path.starts_with('/') {
        encoded.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' => {
                encoded.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => encoded.push('/'),
            // Writing to a string does not fail.
            _ => _ = write!(encoded, "%{byte:02X}"),
        }
    }
    Some(encoded)
}

/// Returns the name of this machine: a terminal does not open files of another one.
fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| {
        let name = hostname().ok().and_then(|name| name.into_string().ok());
        name.unwrap_or_default()
    })
}

/// Returns the prefix by which Windows reaches the files of a Linux subsystem.
fn wsl_prefix() -> String {
    let distribution = env::var("WSL_DISTRO_NAME");
    distribution.map_or_else(|_| String::new(), |name| format!("wsl$/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(format: &str, file: &str) -> Option<String> {
        let format: HyperlinkFormat = format.parse().unwrap();
        format.url(Path::new(file), 7, None)
    }

    #[cfg(unix)]
    #[test]
    fn a_link_opens_the_line() {
        let cases = [
            ("vscode", "vscode://file/a/b.md:7:1"),
            ("grep+", "grep+:///a/b.md:7"),
            ("textmate", "txmt://open?url=file:///a/b.md&line=7&column=1"),
            ("my-editor://{path}?{line}", "my-editor:///a/b.md?7"),
        ];
        for (format, expected) in cases {
            assert_eq!(
                url(format, "/a/b.md").as_deref(),
                Some(expected),
                "{format}"
            );
        }
        assert_eq!(url("none", "/a/b.md"), None);
        let default = url("default", "/a/b.md").unwrap();
        assert!(default.starts_with("file://") && default.ends_with("/a/b.md#7"));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_cannot_end_its_link() {
        let link = url("vscode", "/é a/\u{1b}\\?#.md").unwrap();
        assert_eq!(link, "vscode://file/%C3%A9%20a/%1B%5C%3F%23.md:7:1");
    }

    #[test]
    fn a_format_that_opens_nothing_is_refused() {
        let cases = [
            ("vscod", "give a URL such as"),
            ("x://{path", "a { lacks its }"),
            ("x://{file}", "there is no variable {file}"),
            ("x://open", "the URL lacks the variable {path}"),
            ("://{path}", "give a URL such as"),
        ];
        for (format, expected) in cases {
            let error = format.parse::<HyperlinkFormat>().unwrap_err();
            assert!(error.starts_with(expected), "{format}: {error}");
        }
    }

    #[test]
    fn a_page_stands_in_place_of_a_line_where_a_fragment_names_it() {
        let url = |format: &str| {
            let format: HyperlinkFormat = format.parse().unwrap();
            format
                .url(Path::new("/a.pdf"), 7, Some(Place::Page(3)))
                .unwrap()
        };
        assert!(url("kitty").ends_with("/a.pdf#page=3"));
        assert_eq!(url("vscode"), "vscode://file/a.pdf:7:1");
    }
}
