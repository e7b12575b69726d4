//! Paths of guides: below the content folder in the index, and as seen from the working folder
//! everywhere else.

use std::{
    env, fs,
    path::{self, Path, PathBuf},
};

use hotseat::Index;

/// The content folder.
#[derive(Debug)]
pub(crate) struct ContentPath {
    folder: PathBuf,
    /// The folder from the root, and the working folder.
    absolute: PathBuf,
    here: PathBuf,
    /// The guides and folders in it that are asked for, if that is not all of them.
    pub(crate) parts: Vec<String>,
}

impl ContentPath {
    pub(crate) fn new(folder: &Path) -> ContentPath {
        // The folder above several relative paths may be the working folder itself.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let here = env::current_dir().unwrap_or_default();
        ContentPath {
            absolute: absolute(folder, &here),
            folder: folder.to_owned(),
            here,
            parts: Vec::new(),
        }
    }

    /// Returns the content folder of `index`: the one that is `set`, if it is the same, since that is
    /// how the user knows it.
    pub(crate) fn of_index(index: &Index, set: &Path) -> hotseat::Result<ContentPath> {
        let content = index.content()?;
        let is_set = |content: &PathBuf| fs::canonicalize(set).is_ok_and(|set| set == *content);
        let other = content.filter(|content| !is_set(content));
        Ok(ContentPath::new(other.as_deref().unwrap_or(set)))
    }

    /// Returns the name of the folder.
    pub(crate) fn name(&self) -> String {
        let name = self.absolute.file_name();
        name.map_or_else(
            || "guides".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Returns the file of a guide, relative to the working folder if it is below that.
    pub(crate) fn file(&self, guide: &str) -> PathBuf {
        relative(&self.absolute.join(guide), &self.here)
    }

    /// Returns [`file`](ContentPath::file) as text.
    pub(crate) fn shown(&self, guide: &str) -> String {
        self.file(guide).to_string_lossy().into_owned()
    }

    /// Returns the path of a guide, or of a folder of guides, below the content folder. It may be
    /// given as it is there, or as a path from the working folder or from the root.
    pub(crate) fn guide(&self, typed: &str) -> String {
        let inside = self.inside(Path::new(typed));
        match inside {
            Some(inside) if self.exists(&inside) || !self.exists(typed) => inside,
            _ => typed.to_owned(),
        }
    }

    /// Returns the text of a query with the guides that it names as they are in the index.
    pub(crate) fn in_query(&self, text: &str) -> String {
        const FIELD: &str = "guide:";
        let mut query = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(FIELD) {
            query = query + before + FIELD;
            rest = after;
            if !before.is_empty() && !before.ends_with(|c: char| c.is_whitespace() || c == '-') {
                continue;
            }
            let (quote, end) = match after.strip_prefix('"') {
                Some(quoted) => ("\"", quoted.find('"')),
                None => ("", after.find(char::is_whitespace)),
            };
            let start = quote.len();
            let end = end.map_or(after.len(), |end| start + end);
            query = query + quote + &self.guide(&after[start..end]);
            rest = &after[end..];
        }
        query + rest
    }

    fn exists(&self, guide: &str) -> bool {
        self.folder.join(guide).exists()
    }

    /// Returns the path below the content folder of a file or folder that may not exist.
    pub(crate) fn inside(&self, file: &Path) -> Option<String> {
        let below = |file: &Path, folder: &Path| {
            let inside = file.strip_prefix(folder).ok()?;
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            Some(parts.join("/"))
        };
        let (file, folder) = (normal(file)?, normal(&self.folder)?);
        below(&file, &folder).or_else(|| {
            let folder = fs::canonicalize(&folder).ok()?;
            below(&fs::canonicalize(&file).ok()?, &folder)
        })
    }
}

/// Returns a path relative to the working folder if it is below that, otherwise from the root.
pub(crate) fn shown_path(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    relative(&absolute(path, &here), &here)
}

fn relative(path: &Path, here: &Path) -> PathBuf {
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// Returns a path from the root: as it is written if that is on the way to the working folder or below
/// it, otherwise without links if that is.
fn absolute(path: &Path, here: &Path) -> PathBuf {
    let is_related = |path: &PathBuf| path.starts_with(here) || here.starts_with(path);
    let written = normal(path).unwrap_or_else(|| path.to_owned());
    if is_related(&written) {
        return written;
    }
    let real = fs::canonicalize(path).ok().filter(is_related);
    real.unwrap_or(written)
}

/// Returns the path from the root, without `.` and `..`.
fn normal(path: &Path) -> Option<PathBuf> {
    let absolute = path::absolute(path).ok()?;
    let mut normal = PathBuf::new();
    for part in absolute.components() {
        match part {
            path::Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_below_the_working_folder_is_shown_relative_to_it() {
        let here = env::current_dir().unwrap();
        for folder in ["a/content", "./a/content", "x/../a/content"] {
            let content = ContentPath::new(Path::new(folder));
            assert_eq!(content.shown("b/c.md"), "a/content/b/c.md", "{folder}");
        }
        let content = ContentPath::new(&here.join("a"));
        assert_eq!(content.shown("c.md"), "a/c.md");
        let content = ContentPath::new(&here);
        assert_eq!(content.shown("c.md"), "c.md");
        let content = ContentPath::new(Path::new("/somewhere/else"));
        assert_eq!(content.shown("c.md"), "/somewhere/else/c.md");
    }

    #[test]
    fn a_guide_may_be_named_in_each_form() {
        let here = env::current_dir().unwrap();
        let content = ContentPath::new(Path::new("a/content"));
        let whole = here.join("a/content/b/c.md");
        for typed in [
            "b/c.md",
            "a/content/b/c.md",
            "./a/content/b/c.md",
            whole.to_str().unwrap(),
        ] {
            assert_eq!(content.guide(typed), "b/c.md", "{typed}");
        }
        assert_eq!(content.guide("a/content"), "");
        let query = "a -guide:a/content/c.md b guide:\"a/content/d e.md\" x:guide:a";
        let expected = "a -guide:c.md b guide:\"d e.md\" x:guide:a";
        assert_eq!(content.in_query(query), expected);
    }
}
