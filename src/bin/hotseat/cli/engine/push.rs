//! `hotseat push`: the files of an export -> an engine.
//!
//! A file beside the documents notes how far it came, so that sending goes on after an interruption.
//! OpenSearch knows documents by their keys, and may be told of one any number of times. Quickwit adds
//! whatever it is sent; so before a batch is sent, that is noted as well, and if nobody knows what became of
//! it, the engine is asked which of its documents it has.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use hotseat::{ExportFormat, ExportInfo};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    client::{Answer, Client, Request, Sending, start},
    files::{self, DELETES, MAPPING, PROGRESS},
};
use crate::{
    cli::{HELP, Outcome, output},
    terminal,
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat export --to opensearch -o all
  hotseat push --to opensearch https://search.example:9200 all
  hotseat export --to opensearch --since all/state.json -o changes
  hotseat push --to opensearch https://search.example:9200 changes",
    after_help = "\
All documents become a new index, which is searched once it is whole. Changes are added to the index that \
they are of. After an interruption, the same command goes on where it was. Hosts other than this one are \
reached by TLS. Credentials are taken from HOTSEAT_ENGINE_USER and HOTSEAT_ENGINE_PASSWORD, or from \
HOTSEAT_ENGINE_TOKEN."
)]
pub(in crate::cli) struct Args {
    /// The engine: quickwit or opensearch
    #[arg(long, value_name = "ENGINE", hide_possible_values = true)]
    to: Target,
    /// The URL of the engine
    #[arg(value_name = "URL")]
    url: String,
    /// The folder that `hotseat export` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Delete the index that was searched before, once this one is
    #[arg(long)]
    drop_before: bool,
    /// Send at most so much at a time
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BATCH, hide = true)]
    batch: usize,
    /// Wait this long for an engine to show what it was sent when a connection was cut
    #[arg(long, value_name = "SECONDS", default_value_t = 45, hide = true)]
    settle: u64,
    #[command(flatten)]
    sending: Sending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    Quickwit,
    Opensearch,
}

/// The most bytes of a request. The limit of Quickwit is 10 MiB; that of OpenSearch, 100.
const MAX_BATCH: usize = 8 << 20;

/// The keys in one task of Quickwit that deletes documents.
const MAX_KEYS: usize = 1000;

/// The progress of sending an export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    url: String,
    stage: Stage,
    /// The file that is sent, and how many bytes of it the engine has.
    file: usize,
    offset: usize,
    /// The end of the batch that was being sent.
    #[serde(default)]
    sending: Option<usize>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Stage {
    #[default]
    New,
    Creating,
    Documents,
    Deletes,
    Switching,
    Done,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome> {
    let folder = &args.folder;
    let info = ExportInfo::read(folder)?;
    ensure!(
        info.complete,
        "the export in {} was not finished; export again",
        folder.display()
    );
    let is_for = match args.to {
        Target::Quickwit => ExportFormat::Quickwit,
        Target::Opensearch => ExportFormat::OpenSearch,
    };
    ensure!(
        info.to == is_for,
        "the export in {} is for another engine",
        folder.display()
    );
    let client = Client::new(&args.url, &args.sending)?;
    let mut push = Push {
        progress: progress(folder, client.url())?,
        index: info.index(),
        folder,
        client,
        info,
        batch: args.batch,
        most: args.batch,
        settle: Duration::from_secs(args.settle),
    };
    if push.progress.stage == Stage::Done {
        terminal::eprint_note(&format!("{} was sent before", folder.display()));
        return Ok(Outcome::Found);
    }
    push.run(args.drop_before)?;
    let documents = output::counted(push.info.written as usize, "document");
    let index = &push.index;
    terminal::eprint_note(&format!("{documents} sent to {index}"));
    Ok(Outcome::Found)
}

/// Reads how far an export was sent to the engine at `url`.
fn progress(folder: &Path, url: &str) -> Result<Progress> {
    let path = folder.join(PROGRESS);
    let new = Progress {
        url: url.to_owned(),
        ..Progress::default()
    };
    if !path.exists() {
        return Ok(new);
    }
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let progress: Progress = serde_json::from_slice(&text)
        .with_context(|| format!("{} is no progress of a push", path.display()))?;
    ensure!(
        progress.url == url,
        "{} was being sent to {}; remove {} to send it elsewhere",
        folder.display(),
        progress.url,
        path.display()
    );
    Ok(progress)
}

struct Push<'a> {
    folder: &'a Path,
    client: Client,
    info: ExportInfo,
    /// The name of the index.
    index: String,
    progress: Progress,
    /// The bytes of a batch: fewer, while the engine has too much to do.
    batch: usize,
    most: usize,
    settle: Duration,
}

impl Push<'_> {
    fn run(&mut self, drop_before: bool) -> Result<()> {
        if self.progress.stage <= Stage::Creating {
            self.open()?;
            self.reach(Stage::Documents)?;
        }
        if self.progress.stage == Stage::Documents {
            self.documents()?;
            self.reach(Stage::Deletes)?;
        }
        if self.progress.stage == Stage::Deletes {
            self.deletes()?;
            self.reach(Stage::Switching)?;
        }
        self.verify()?;
        self.switch(drop_before)?;
        self.reach(Stage::Done)
    }

    fn reach(&mut self, stage: Stage) -> Result<()> {
        self.progress.stage = stage;
        self.note()
    }

    fn note(&self) -> Result<()> {
        let progress = serde_json::to_vec(&self.progress)?;
        files::write_whole(&self.folder.join(PROGRESS), &progress)
    }

    fn is_quickwit(&self) -> bool {
        self.info.to == ExportFormat::Quickwit
    }

    /// Creates the index, or makes sure that the one that is there can take the changes.
    fn open(&mut self) -> Result<()> {
        if !self.info.whole {
            return self.check_commit();
        }
        // Whether an index that is there is this one, is known only if creating it was noted before.
        let is_begun = self.progress.stage == Stage::Creating;
        if self.exists()? {
            ensure!(
                is_begun,
                "there is an index {} already; export with --generation {}",
                self.index,
                self.info.generation + 1
            );
            return Ok(());
        }
        self.reach(Stage::Creating)?;
        let path = self.folder.join(MAPPING);
        let mapping =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (method, path) = match self.is_quickwit() {
            true => ("POST", "api/v1/indexes".to_owned()),
            false => ("PUT", self.index.clone()),
        };
        let answer = self.client.ask(Request::json(method, &path, &mapping))?;
        // Of two tries, the first may have been heard.
        if !answer.status.is_success() && self.exists()? {
            return Ok(());
        }
        answer.accepted().map(drop)
    }

    fn exists(&self) -> Result<bool> {
        let path = match self.is_quickwit() {
            true => format!("api/v1/indexes/{}", self.index),
            false => format!("{}/_mapping", self.index),
        };
        let answer = self.client.ask(Request::json("GET", &path, ""))?;
        if answer.status == 404 {
            return Ok(false);
        }
        answer.accepted().map(|_| true)
    }

    /// Makes sure that the export before this one was sent.
    fn check_commit(&self) -> Result<()> {
        ensure!(
            self.exists()?,
            "there is no index {}; send the export of all documents first",
            self.index
        );
        if self.is_quickwit() {
            return Ok(());
        }
        let has = self.commit()?;
        let wanted = self.info.commit;
        ensure!(
            has == Some(wanted) || has == Some(wanted - 1),
            "the index {} has the documents of export {}, and these are the changes of export {wanted}; \
             send those between first, or all documents",
            self.index,
            has.map_or_else(|| "unfinished".to_owned(), |commit| commit.to_string())
        );
        Ok(())
    }

    /// Returns the number of the last export that an index of OpenSearch has as a whole.
    fn commit(&self) -> Result<Option<u64>> {
        let path = format!("{}/_mapping", self.index);
        let body = self
            .client
            .ask(Request::json("GET", &path, ""))?
            .accepted()?;
        let mapping: Value = serde_json::from_str(&body)?;
        Ok(mapping[&self.index]["mappings"]["_meta"]["commit"].as_u64())
    }

    fn documents(&mut self) -> Result<()> {
        let parts = files::parts(self.folder)?;
        let sent: u64 = parts
            .iter()
            .take(self.progress.file)
            .map(|part| size(part))
            .sum();
        let all: u64 = parts.iter().map(|part| size(part)).sum();
        let mut sent = sent + self.progress.offset as u64;
        while let Some(part) = parts.get(self.progress.file) {
            let text = fs::read_to_string(part)
                .with_context(|| format!("cannot read {}", part.display()))?;
            while self.progress.offset < text.len() {
                let before = self.progress.offset;
                self.next_batch(&text)
                    .with_context(|| format!("cannot send {}", part.display()))?;
                sent += (self.progress.offset - before) as u64;
                log::debug!("sent {sent} of {all} bytes");
            }
            self.progress.file += 1;
            self.progress.offset = 0;
            self.note()?;
        }
        Ok(())
    }

    /// Sends the next lines of a file.
    fn next_batch(&mut self, text: &str) -> Result<()> {
        let begun = self.progress.sending.take();
        let start = self.progress.offset;
        let end = match begun {
            // It must be the same batch, so that the engine can be asked for it.
            Some(end) => end.min(text.len()),
            None => start + batch(&text[start..], self.batch, self.lines_a_document()),
        };
        let sent = match self.is_quickwit() {
            true => self.append(text, start..end, begun.is_some())?,
            false => self.bulk(&text[start..end])?,
        };
        match sent {
            Sent::All => {
                self.progress.offset = end;
                self.progress.sending = None;
                self.batch = (self.batch * 2).min(self.most);
                self.note()
            }
            Sent::TooMuch => {
                self.progress.sending = None;
                let lines = text[start..end].lines().count();
                ensure!(
                    lines > self.lines_a_document(),
                    "the engine takes no document as large as {}",
                    terminal::sanitize(text[start..end].get(..80).unwrap_or_default())
                );
                self.batch = (self.batch / 2).max(1);
                Ok(())
            }
        }
    }

    fn lines_a_document(&self) -> usize {
        if self.is_quickwit() { 1 } else { 2 }
    }

    /// Has OpenSearch index and delete what `lines` say. That may be done more than once.
    fn bulk(&mut self, lines: &str) -> Result<Sent> {
        let path = format!("{}/_bulk", self.index);
        let request = ndjson(&path, lines);
        let mut patience = self.client.patience();
        loop {
            let answer = self.client.send(request);
            match &answer {
                Ok(answer) if answer.status == 413 => return Ok(Sent::TooMuch),
                Ok(answer) if answer.status.is_success() => match refused(&answer.body)? {
                    None => return Ok(Sent::All),
                    Some(Refusal::Busy) => self.batch = (self.batch / 2).max(1),
                    Some(Refusal::Never(reason)) => {
                        bail!("the engine refuses a document: {reason}")
                    }
                },
                Ok(answer) if !answer.is_busy() => {}
                _ => self.batch = (self.batch / 2).max(1),
            }
            let is_over = answer
                .as_ref()
                .is_ok_and(|answer| !answer.is_busy() && !answer.status.is_success());
            if is_over || !patience.wait(&answer) {
                return match answer?.accepted() {
                    Ok(_) => bail!("the engine has too much to do; try again later"),
                    Err(error) => Err(error),
                };
            }
        }
    }

    /// Adds the lines of `batch` to an index of Quickwit, each once.
    fn append(&mut self, text: &str, batch: Range<usize>, is_begun: bool) -> Result<Sent> {
        let path = format!("api/v1/{}/ingest?commit=force", self.index);
        let mut lines = text[batch.clone()].to_owned();
        let mut is_unsure = is_begun;
        let mut patience = self.client.patience();
        loop {
            if is_unsure {
                lines = self.missing(&lines)?;
            }
            if lines.is_empty() {
                return Ok(Sent::All);
            }
            self.progress.sending = Some(batch.end);
            self.note()?;
            let answer = self.client.send(ndjson(&path, &lines));
            match &answer {
                Ok(answer) if answer.status == 413 => return Ok(Sent::TooMuch),
                Ok(answer) if answer.status.is_success() => {
                    rejected(&answer.body)?;
                    return Ok(Sent::All);
                }
                Ok(answer) if answer.status == 429 => {
                    is_unsure = false;
                }
                Ok(answer) if !answer.is_busy() => {
                    // What is refused was not added.
                    self.progress.sending = None;
                    self.note()?;
                    return answer_error(answer);
                }
                _ => is_unsure = true,
            }
            if !patience.wait(&answer) {
                return match answer?.accepted() {
                    Ok(_) => Ok(Sent::All),
                    Err(error) => Err(error),
                };
            }
        }
    }

    /// Returns those of `lines` whose documents Quickwit does not have. What it was sent may take a while to
    /// be found.
    fn missing(&self, lines: &str) -> Result<String> {
        let began = Instant::now();
        loop {
            let mut missing = String::new();
            let mut count = 0;
            let mut all = 0;
            let lines: Vec<(&str, String)> = lines
                .lines()
                .map(|line| Ok((line, key(line)?)))
                .collect::<Result<_>>()?;
            for lines in lines.chunks(MAX_KEYS) {
                let has = self.found(lines.iter().map(|(_, key)| &**key))?;
                for (line, key) in lines {
                    all += 1;
                    if !has.contains(key) {
                        missing.push_str(line);
                        missing.push('\n');
                        count += 1;
                    }
                }
            }
            if count == 0 || count < all && began.elapsed() * 4 > self.settle {
                return Ok(missing);
            }
            if began.elapsed() >= self.settle {
                return Ok(missing);
            }
            thread::sleep(Duration::from_millis(500).min(self.settle));
        }
    }

    /// Returns those of `keys` whose documents of this export Quickwit has.
    fn found<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Result<Vec<String>> {
        let keys: Vec<&str> = keys.collect();
        let query = format!(
            "key:IN [{}] AND commit:{}",
            keys.join(" "),
            self.info.commit
        );
        let body = json!({"query": query, "max_hits": keys.len()}).to_string();
        let path = format!("api/v1/{}/search", self.index);
        let answer = self
            .client
            .ask(Request::json("POST", &path, &body))?
            .accepted()?;
        let answer: Value = serde_json::from_str(&answer)?;
        let hits = answer["hits"]
            .as_array()
            .context("the engine does not answer with hits")?;
        let keys = hits.iter().filter_map(|hit| hit["key"].as_str());
        Ok(keys.map(str::to_owned).collect())
    }

    fn deletes(&mut self) -> Result<()> {
        let path = self.folder.join(DELETES);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if text.is_empty() {
            return Ok(());
        }
        if self.is_quickwit() {
            return self.delete_tasks(&text);
        }
        let mut start = 0;
        while start < text.len() {
            let end = start + batch(&text[start..], self.most, 1);
            if self.bulk(&text[start..end])? == Sent::TooMuch {
                bail!(
                    "the engine takes no request as large as {} bytes",
                    self.most
                );
            }
            start = end;
        }
        Ok(())
    }

    /// Has Quickwit delete what has keys that went or were replaced, and is older. To be told so more than
    /// once changes nothing.
    fn delete_tasks(&self, text: &str) -> Result<()> {
        let lines: Vec<&str> = text.lines().collect();
        let path = format!("api/v1/{}/delete-tasks", self.index);
        for lines in lines.chunks(MAX_KEYS) {
            let keys: Vec<String> = lines.iter().map(|line| key(line)).collect::<Result<_>>()?;
            let query = format!(
                "key:IN [{}] AND commit:<{}",
                keys.join(" "),
                self.info.commit
            );
            let body = json!({"query": query}).to_string();
            self.client
                .ask(Request::json("POST", &path, &body))?
                .accepted()?;
        }
        Ok(())
    }

    /// Makes sure that the index has as many documents as were exported.
    fn verify(&self) -> Result<()> {
        if !self.is_quickwit() {
            let path = format!("{}/_refresh", self.index);
            self.client
                .ask(Request::json("POST", &path, ""))?
                .accepted()?;
        }
        let count = match self.is_quickwit() {
            true => {
                let body = json!({
                    "query": format!("commit:{}", self.info.commit),
                    "max_hits": 0,
                });
                let path = format!("api/v1/{}/search", self.index);
                let request = body.to_string();
                let body = self
                    .client
                    .ask(Request::json("POST", &path, &request))?
                    .accepted()?;
                serde_json::from_str::<Value>(&body)?["num_hits"].as_u64()
            }
            false => {
                let path = format!("{}/_count", self.index);
                let body = self
                    .client
                    .ask(Request::json("GET", &path, ""))?
                    .accepted()?;
                serde_json::from_str::<Value>(&body)?["count"].as_u64()
            }
        };
        // Quickwit deletes some time later, so that only those of this export can be counted.
        let expected = match self.is_quickwit() {
            true => self.info.written,
            false => self.info.documents,
        };
        ensure!(
            count == Some(expected),
            "the index {} has {} documents in place of {expected}; send all documents again, as a new \
             generation",
            self.index,
            count.unwrap_or(0)
        );
        Ok(())
    }

    /// Has the index searched, in place of the one before.
    fn switch(&self, drop_before: bool) -> Result<()> {
        if self.is_quickwit() {
            // Its name is in the files of the export.
            return self.drop_generation(drop_before);
        }
        let commit = json!({"_meta": {"commit": self.info.commit}}).to_string();
        let path = format!("{}/_mapping", self.index);
        self.client
            .ask(Request::json("PUT", &path, &commit))?
            .accepted()?;
        if !self.info.whole {
            return Ok(());
        }
        let name = &self.info.name;
        let path = format!("_alias/{name}");
        let answer = self.client.ask(Request::json("GET", &path, ""))?;
        let before: Vec<String> = match answer.status.as_u16() {
            404 => Vec::new(),
            _ => {
                let indexes: serde_json::Map<String, Value> =
                    serde_json::from_str(&answer.accepted()?)?;
                indexes
                    .keys()
                    .filter(|index| **index != self.index)
                    .cloned()
                    .collect()
            }
        };
        let mut actions = vec![json!({"add": {"index": self.index, "alias": name}})];
        for index in before {
            actions.push(match drop_before {
                true => json!({"remove_index": {"index": index}}),
                false => json!({"remove": {"index": index, "alias": name}}),
            });
        }
        let actions = json!({"actions": actions}).to_string();
        let answer = self
            .client
            .ask(Request::json("POST", "_aliases", &actions))?;
        answer.accepted().map(drop)
    }

    /// Deletes the generation before this one of Quickwit.
    fn drop_generation(&self, drop_before: bool) -> Result<()> {
        if !drop_before || !self.info.whole || self.info.generation < 2 {
            return Ok(());
        }
        let generation = self.info.generation - 1;
        let before = ExportInfo::new(self.info.to, &*self.info.name, generation);
        let path = format!("api/v1/indexes/{}", before.index());
        let answer = self.client.ask(Request::json("DELETE", &path, ""))?;
        match answer.status.as_u16() {
            404 => Ok(()),
            _ => answer.accepted().map(drop),
        }
    }
}

fn ndjson<'a>(path: &'a str, lines: &'a str) -> Request<'a> {
    Request {
        method: "POST",
        path,
        content_type: "application/x-ndjson",
        body: lines.as_bytes(),
    }
}

fn answer_error(answer: &Answer) -> Result<Sent> {
    bail!(
        "the engine answers {}: {}",
        answer.status,
        start(&answer.body)
    )
}

/// The outcome of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    All,
    /// Nothing, as it is too large.
    TooMuch,
}

/// Why documents of a batch were not taken.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    /// The engine has too much to do.
    Busy,
    Never(String),
}

/// Returns why OpenSearch did not take a part of what it was sent, if it did not.
fn refused(body: &str) -> Result<Option<Refusal>> {
    let answer: Value = serde_json::from_str(body)
        .with_context(|| format!("the engine does not answer in JSON: {}", start(body)))?;
    if answer["errors"] == Value::Bool(false) {
        return Ok(None);
    }
    let mut refusal = None;
    for item in answer["items"].as_array().into_iter().flatten() {
        for (action, done) in item.as_object().into_iter().flatten() {
            match done["status"].as_u64() {
                Some(200..=299) => {}
                // It is gone, as it was to be.
                Some(404) if action == "delete" => {}
                Some(429 | 503) => refusal = refusal.or(Some(Refusal::Busy)),
                _ => return Ok(Some(Refusal::Never(start(&done["error"].to_string())))),
            }
        }
    }
    Ok(refusal)
}

/// Fails if Quickwit rejected documents.
fn rejected(body: &str) -> Result<()> {
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    let rejected = answer["num_rejected_docs"].as_u64().unwrap_or(0);
    ensure!(
        rejected == 0,
        "the engine rejects {rejected} documents: {}",
        start(&answer["parse_failures"].to_string())
    );
    Ok(())
}

/// Returns the key in a line of a document, or of one to delete.
fn key(line: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Keyed {
        key: String,
    }
    let keyed: Keyed = serde_json::from_str(line).context("a line of the export has no key")?;
    Ok(keyed.key)
}

/// Returns the length of the lines at the start of `text` that are together no longer than `most`, in
/// groups of so many; one group, if it is longer.
fn batch(text: &str, most: usize, lines: usize) -> usize {
    let mut end = 0;
    let mut ends = text.match_indices('\n').map(|(at, _)| at + 1);
    while let Some(next) = ends.nth(lines - 1) {
        if end > 0 && next > most {
            return end;
        }
        end = next;
    }
    match end {
        // A last line without an end.
        0 => text.len(),
        end => end,
    }
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_of_whole_documents() {
        let text = "a\nb\ncc\nd\n";
        assert_eq!(batch(text, 4, 2), 4);
        assert_eq!(batch(text, 8, 2), 4);
        assert_eq!(batch(text, 9, 2), 9);
        assert_eq!(batch(text, 1, 2), 4);
        assert_eq!(batch(text, 5, 1), 4);
        assert_eq!(batch("a", 5, 1), 1);
    }

    #[test]
    fn a_part_of_a_batch_may_be_refused() {
        let refused = |body: &str| refused(body).unwrap();
        assert_eq!(refused(r#"{"errors":false,"items":[]}"#), None);
        let busy = r#"{"errors":true,"items":[{"index":{"status":201}},{"index":{"status":429}}]}"#;
        assert_eq!(refused(busy), Some(Refusal::Busy));
        let gone = r#"{"errors":true,"items":[{"delete":{"status":404}}]}"#;
        assert_eq!(refused(gone), None);
        let never = r#"{"errors":true,"items":[{"index":{"status":429}},{"index":{"status":400,"error":{"type":"x"}}}]}"#;
        assert_eq!(
            refused(never),
            Some(Refusal::Never(r#"{"type":"x"}"#.to_owned()))
        );
    }
}
