//! The files of an export: all documents of an index for a distributed engine, or those that changed.
//!
//! A folder has one export. Its description is written first, as unfinished, and last, as complete.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, bail, ensure};
use hotseat::{EngineKey, ExportFormat, ExportInfo, Exporter, Index};

use super::state::{Change, Known, State, StateWriter};
use crate::content_path::ContentPath;

/// The most bytes of a file of documents: Quickwit takes 10 MiB in one request.
const MAX_FILE: usize = 8 << 20;

pub(in crate::cli) const STATE: &str = "state.json";
pub(super) const MAPPING: &str = "index.json";
pub(super) const DELETES: &str = "deletes.ndjson";
/// The progress of sending the files.
pub(super) const PROGRESS: &str = "push.json";

/// The documents to export, and their place.
#[derive(Debug)]
pub(in crate::cli) struct Order<'a> {
    pub(in crate::cli) to: ExportFormat,
    pub(in crate::cli) folder: &'a Path,
    /// The state of the export before, if only changes are wanted.
    pub(in crate::cli) since: Option<&'a Path>,
    pub(in crate::cli) name: Option<&'a str>,
    pub(in crate::cli) generation: Option<u32>,
}

/// Writes the files of an export.
pub(in crate::cli) fn export(
    index: &Index,
    order: &Order<'_>,
    content: &ContentPath,
) -> Result<ExportInfo> {
    let folder = order.folder;
    let before = own(folder, content)?;
    let (state, mut info) = begin(order, before.as_ref())?;
    fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
    describe(folder, &info)?;
    clear(folder)?;
    let writer = Writer {
        parts: Parts::new(folder),
        deletes: BufWriter::new(create(&folder.join(DELETES))?),
        state: StateWriter::create(&folder.join(STATE), &info)
            .with_context(|| cannot_write(&folder.join(STATE)))?,
        exporter: Exporter::new(info.commit),
    };
    // Of a few changes, the words take longer than the documents.
    thread::scope(|scope| {
        let has_words = info.to != ExportFormat::Ndjson;
        let words = has_words.then(|| scope.spawn(|| index.write_vocabulary(folder)));
        write_documents(index, state, writer, &mut info)?;
        let words = words.map(|words| words.join().unwrap_or_else(|panic| resume_unwind(panic)));
        anyhow::Ok(words.transpose()?)
    })?;
    if let Some(mapping) = info.mapping() {
        fs::write(folder.join(MAPPING), mapping)?;
    }
    info.complete = true;
    describe(folder, &info)?;
    Ok(info)
}

/// Writes the documents that changed since `state`, or all, and the keys of those that are gone.
fn write_documents(
    index: &Index,
    mut state: Option<State>,
    mut writer: Writer,
    info: &mut ExportInfo,
) -> Result<()> {
    index.each_stored(&mut |document| {
        info.documents += 1;
        let stored = document.hash();
        let known = state.as_mut().and_then(|state| state.meet_stored(stored));
        if let Some(known) = known {
            return Ok(writer.state.add(known)?);
        }
        let document = document.read()?;
        let (key, hash) = writer.exporter.describe(&document);
        let change = state
            .as_mut()
            .map_or(Change::New, |state| state.meet(key, hash));
        if change != Change::None {
            let json = writer.exporter.json(&document);
            writer.parts.add(info.to, key, json)?;
            info.written += 1;
        }
        // Quickwit keeps what is replaced beside what replaces it.
        if change == Change::Changed && info.to == ExportFormat::Quickwit {
            writer.delete(info, key)?;
        }
        Ok::<(), anyhow::Error>(writer.state.add(Known { key, hash, stored })?)
    })?;
    for key in state.iter().flat_map(State::gone) {
        writer.delete(info, key)?;
        info.deleted += 1;
    }
    writer.parts.finish()?;
    writer.deletes.flush()?;
    Ok(writer.state.finish()?)
}

/// Returns the description of the export that is in `folder`, if there is one.
///
/// # Errors
///
/// If there is anything else.
fn own(folder: &Path, content: &ContentPath) -> Result<Option<ExportInfo>> {
    let shown = folder.display();
    if content.inside(folder).is_some() {
        bail!(
            "{shown} is among the guides, and its files would be read as guides; give a folder elsewhere"
        );
    }
    let is_empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(error).with_context(|| format!("cannot list {shown}")),
    };
    if is_empty {
        return Ok(None);
    }
    match ExportInfo::read(folder) {
        Ok(info) => Ok(Some(info)),
        Err(_) => bail!(
            "{shown} holds something else than an export, and stays as it is; give another folder"
        ),
    }
}

/// Returns the state to compare with, and the description of the export to be made.
fn begin(order: &Order<'_>, before: Option<&ExportInfo>) -> Result<(Option<State>, ExportInfo)> {
    let Some(path) = order.since else {
        let generation = before.map_or(1, |info| info.generation.saturating_add(1));
        let generation = order.generation.unwrap_or(generation);
        let name = order.name.or(before.map(|info| &*info.name));
        let name = name.unwrap_or("hotseat");
        return Ok((None, ExportInfo::new(order.to, name, generation)));
    };
    let state = State::read(path)?;
    let shown = path.display();
    let of_state = path.parent().and_then(|folder| folder.canonicalize().ok());
    if of_state.is_some() && of_state == order.folder.canonicalize().ok() {
        bail!("the files beside {shown} may not have been sent yet; give another folder");
    }
    ensure!(
        state.export.to == order.to,
        "{shown} is the state of an export for another engine"
    );
    ensure!(
        state.export.is_current(),
        "{shown} is of another version of hotseat, which found other words; export all documents again"
    );
    let info = state.export.clone().next();
    Ok((Some(state), info))
}

/// Removes the files of the export before.
fn clear(folder: &Path) -> Result<()> {
    for part in parts(folder)? {
        fs::remove_file(&part).with_context(|| cannot_write(&part))?;
    }
    for name in [MAPPING, DELETES, PROGRESS, STATE] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| cannot_write(&folder.join(name)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the files of documents in `folder`, in order.
pub(super) fn parts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut parts = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let number = name.and_then(|name| name.strip_prefix("docs-")?.strip_suffix(".ndjson"));
        let is_part = number.is_some_and(|number| {
            number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        if is_part {
            parts.push(path);
        }
    }
    // Longer numbers are higher.
    parts.sort_by(|a, b| (a.as_os_str().len(), a).cmp(&(b.as_os_str().len(), b)));
    Ok(parts)
}

/// Writes the description of an export, at once or not at all.
fn describe(folder: &Path, info: &ExportInfo) -> Result<()> {
    write_whole(
        &folder.join(ExportInfo::FILE),
        &serde_json::to_vec_pretty(info)?,
    )
}

/// Writes a file that is there as before, or as a whole.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = path.with_extension("new");
    let write = || {
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Through no link.
        let mut file = File::create_new(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    write().with_context(|| cannot_write(path))
}

fn create(path: &Path) -> Result<File> {
    File::create(path).with_context(|| cannot_write(path))
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

struct Writer {
    parts: Parts,
    deletes: BufWriter<File>,
    state: StateWriter,
    exporter: Exporter,
}

impl Writer {
    fn delete(&mut self, info: &ExportInfo, key: EngineKey) -> io::Result<()> {
        match info.to {
            ExportFormat::OpenSearch => {
                writeln!(self.deletes, "{{\"delete\":{{\"_id\":\"{key}\"}}}}")
            }
            // Of Quickwit, whatever has the key and is older.
            _ => writeln!(
                self.deletes,
                "{{\"key\":\"{key}\",\"before\":{}}}",
                info.commit
            ),
        }
    }
}

/// Files of lines, none of which is larger than need be.
struct Parts {
    folder: PathBuf,
    number: usize,
    size: usize,
    file: Option<BufWriter<File>>,
}

impl Parts {
    fn new(folder: &Path) -> Parts {
        Parts {
            folder: folder.to_owned(),
            number: 0,
            size: 0,
            file: None,
        }
    }

    fn add(&mut self, to: ExportFormat, key: EngineKey, json: &str) -> Result<()> {
        let action = match to {
            ExportFormat::OpenSearch => format!("{{\"index\":{{\"_id\":\"{key}\"}}}}\n"),
            _ => String::new(),
        };
        let size = action.len() + json.len() + 1;
        if self.file.is_some() && self.size + size > MAX_FILE {
            self.finish()?;
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                self.number += 1;
                self.size = 0;
                let path = format!("docs-{:05}.ndjson", self.number);
                self.file.insert(BufWriter::with_capacity(
                    1 << 16,
                    create(&self.folder.join(path))?,
                ))
            }
        };
        self.size += size;
        file.write_all(action.as_bytes())?;
        file.write_all(json.as_bytes())?;
        Ok(file.write_all(b"\n")?)
    }

    fn finish(&mut self) -> Result<()> {
        match self.file.take() {
            Some(mut file) => Ok(file.flush()?),
            None => Ok(()),
        }
    }
}
