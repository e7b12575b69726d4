//! The changes that `hotseat index --watch` waits for.
//!
//! An event of the file system starts an update, which finds out itself what changed. So events may
//! come late, twice or in part, as from editors that replace a file, or from a checkout of many.

use std::{
    ffi::OsStr,
    fs,
    path::{self, Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use log::debug;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::ModifyKind};

use crate::terminal;

/// A change is over when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(100);

/// A change that goes on for this long is read as it is.
const LONGEST: Duration = Duration::from_secs(2);

/// The interval at which a removed folder is looked for.
const WAIT: Duration = Duration::from_millis(500);

/// A watched content folder.
pub(super) struct Watch {
    /// The folders and files of the guides.
    content: Vec<PathBuf>,
    /// The index, whose changes are ignored; it may be inside the content folder.
    index: PathBuf,
    events: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches existing folders and files.
    pub(super) fn new(content: &[PathBuf], index: &Path) -> Result<Watch> {
        let cannot = |path: &PathBuf| format!("cannot watch {}", path.display());
        let real = |path| fs::canonicalize(path).with_context(|| cannot(path));
        let content: Vec<PathBuf> = content.iter().map(real).collect::<Result<_>>()?;
        // An index in a removed content folder does not exist until it is rebuilt.
        let index = fs::canonicalize(index).or_else(|_| path::absolute(index))?;
        let (sender, events) = mpsc::channel();
        // An update follows no links either.
        let config = notify::Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(sender, config)?;
        for path in &content {
            // Editors replace a file, which ends a watch on the file itself.
            let watched = match path.parent() {
                Some(parent) if path.is_file() => (parent, RecursiveMode::NonRecursive),
                _ => (path.as_path(), RecursiveMode::Recursive),
            };
            let watching = watcher.watch(watched.0, watched.1);
            watching.with_context(|| cannot(path))?;
        }
        Ok(Watch {
            content,
            index,
            events,
            _watcher: watcher,
        })
    }

    /// Waits until guides may have changed, and then until nothing more changes.
    pub(super) fn wait(&mut self) -> Result<()> {
        let mut is_lost = false;
        let mut deadline: Option<Instant> = None;
        loop {
            let event = match deadline {
                None => self
                    .events
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    self.events.recv_timeout(left.min(QUIET))
                }
            };
            match event {
                Ok(event) if self.may_change_guides(&event) => {
                    is_lost |= self.loses_the_folder(&event);
                    deadline.get_or_insert_with(|| Instant::now() + LONGEST);
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    is_lost = true;
                    break;
                }
            }
        }
        if is_lost || self.missing().is_some() {
            self.wait_for_content()?;
        }
        Ok(())
    }

    fn missing(&self) -> Option<&PathBuf> {
        self.content.iter().find(|path| !path.exists())
    }

    /// Waits until all content exists again, and watches that.
    fn wait_for_content(&mut self) -> Result<()> {
        if let Some(missing) = self.missing() {
            let missing = missing.display();
            terminal::eprint_note(&format!(
                "{missing} was removed; keeping the index until it is back"
            ));
        }
        while self.missing().is_some() {
            thread::sleep(WAIT);
        }
        *self = Watch::new(&self.content, &self.index)?;
        Ok(())
    }

    fn may_change_guides(&self, event: &notify::Result<Event>) -> bool {
        let event = match event {
            Ok(event) => event,
            // Events were lost, so anything may have changed.
            Err(error) => {
                debug!("watching: {error}");
                return true;
            }
        };
        let is_visible = |path: &PathBuf| {
            let mut inside = self
                .content
                .iter()
                .filter_map(|content| path.strip_prefix(content).ok());
            !path.starts_with(&self.index) && !inside.any(has_hidden_part)
        };
        // Ignore reads: our own update causes them.
        !matches!(event.kind, EventKind::Access(_))
            && (event.paths.is_empty() || event.paths.iter().any(is_visible))
    }

    /// Returns whether the watched folder was moved or removed.
    fn loses_the_folder(&self, event: &notify::Result<Event>) -> bool {
        event.as_ref().is_ok_and(|event| {
            let moves = matches!(
                event.kind,
                EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
            );
            moves && event.paths.iter().any(|path| self.content.contains(path))
        })
    }
}

/// Returns whether a path leads through a hidden file or folder, which holds no guides.
fn has_hidden_part(path: &Path) -> bool {
    let is_hidden = |part: &OsStr| part.as_encoded_bytes().starts_with(b".");
    path.iter().any(is_hidden)
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, RemoveKind};

    use super::*;

    #[test]
    fn changes_by_hotseat_itself_are_ignored() {
        let dir = tempfile::tempdir().unwrap();
        let (content, index) = (dir.path().join("content"), dir.path().join("content/index"));
        fs::create_dir_all(&index).unwrap();
        let watch = Watch::new(std::slice::from_ref(&content), &index).unwrap();
        let tells = |kind, path: &str| {
            let event = Event::new(kind).add_path(watch.content[0].join(path));
            watch.may_change_guides(&Ok(event))
        };
        let made = EventKind::Create(CreateKind::Any);
        assert!(tells(made, "a.md") && tells(made, "folder/indexes"));
        assert!(!tells(made, "index/v1/meta.json") && !tells(made, ".git/index"));
        assert!(!tells(EventKind::Access(AccessKind::Any), "a.md"));
        assert!(watch.may_change_guides(&Err(notify::Error::generic("too many"))));
        let gone = |path: &Path| {
            let event = Event::new(EventKind::Remove(RemoveKind::Any)).add_path(path.to_owned());
            watch.loses_the_folder(&Ok(event))
        };
        assert!(gone(&watch.content[0]) && !gone(&watch.index));
    }

    #[test]
    fn a_content_folder_with_the_index_inside_is_watched_again() {
        let dir = tempfile::tempdir().unwrap();
        let content = dir.path().join("content");
        fs::create_dir_all(content.join("index")).unwrap();
        let mut watch = Watch::new(std::slice::from_ref(&content), &content.join("index")).unwrap();
        fs::remove_dir_all(&content).unwrap();
        fs::create_dir(&content).unwrap();
        watch.wait().unwrap();
        fs::write(content.join("a.md"), "").unwrap();
        watch.wait().unwrap();
    }
}
