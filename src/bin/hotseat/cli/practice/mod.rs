//! `hotseat practice`: asks questions, and keeps the grades in a log.

mod asking;
mod reports;

use std::{
    env, fs,
    io::{self, Write},
    panic::resume_unwind,
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use hotseat::{
    DocId, Index, QaDocument, Query,
    practice::{
        Action, Clock, Entry, Grade, History, Log, LogFile, Session, TextSeen, Timestamp, moved,
    },
};
use time::UtcOffset;

use self::asking::Asking;
use super::{
    Config, HELP, Outcome, config::user_folder, count, output, questions::Questions, suggest,
};
use crate::{
    content_path::ContentPath,
    terminal::{self, Terminal},
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat practice --level senior --tag sql --minutes 15
  hotseat practice                      what is due, and ten new questions
  hotseat practice --new 0 deadlock     only what is due, of what a search finds
  hotseat practice --stats              what is due, and what is remembered
  hotseat practice --json               what is due, for editors and scripts
  hotseat practice --grade k3v9q2xyz=good",
    after_help = "\
Answer a question in your head, press Enter to see the answer, and grade yourself: 1 again, 2 hard, \
3 good (or Enter), 4 easy. Each question comes back just before it would be forgotten, by the model \
FSRS-6. Every grade is on the disk before the next question, so a session may end at any time.

Grades are lines of a log, by default $XDG_STATE_HOME/hotseat/COLLECTION/reviews.jsonl, or the file \
that `practice = \"FILE\"` in your own settings names. Lines are only ever added, so logs of two \
machines are merged by keeping the lines of both. Editing an answer, rewording a question or moving \
it to another guide keeps what you learned of it."
)]
pub(super) struct Args {
    /// Ask at most this many new questions
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = count)]
    new: usize,
    /// Ask at most this many questions
    #[arg(short = 'n', long, value_name = "N", default_value_t = 30, value_parser = count)]
    limit: usize,
    /// End after this many minutes
    #[arg(short, long, value_name = "N", value_parser = minutes)]
    minutes: Option<u32>,
    /// Share of questions to remember, 0.7 to 0.99; more means more reviews
    #[arg(long, value_name = "R", default_value_t = 0.9, value_parser = retention)]
    retention: f64,
    /// Shuffle the new questions, the same way for the same seed
    #[arg(long, value_name = "SEED", num_args = 0..=1, require_equals = true)]
    shuffle: Option<Option<u64>>,
    /// Show what is due in the next days, and what is remembered
    #[arg(long)]
    stats: bool,
    /// List questions of the log that no guide has any more
    #[arg(long)]
    orphans: bool,
    /// Grade a question, as 1 to 4 or again, hard, good, easy
    #[arg(long, value_name = "ID=GRADE", value_parser = graded)]
    grade: Option<(String, Grade)>,
    /// Print what would be asked as JSON
    #[arg(long)]
    json: bool,
    /// File of the log
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    #[command(flatten)]
    questions: Questions,
}

/// Reads a length of time.
fn minutes(text: &str) -> Result<u32, &'static str> {
    text.parse()
        .map_err(|_| "give a number of minutes, 0 or more")
}

/// Reads a share.
fn retention(text: &str) -> Result<f64, &'static str> {
    let share = text
        .parse()
        .ok()
        .filter(|share| (0.7..=0.99).contains(share));
    share.ok_or("give a number from 0.7 to 0.99")
}

/// Reads a document and its grade.
fn graded(text: &str) -> Result<(String, Grade), String> {
    let (document, grade) = text.rsplit_once('=').ok_or("give ID=GRADE")?;
    let grade: Grade = grade.parse().map_err(|error| format!("{error}"))?;
    Ok((document.to_owned(), grade))
}

/// The longest time that a question is taken to have been thought about: who is away does not think.
const MAX_THOUGHT: Duration = Duration::from_secs(600);

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    // The offset can be read safely only while there is one thread.
    let offset = UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC);
    let (index, content) = args.questions.open(config)?;
    // A log of years takes longer to read than all questions do, which are read meanwhile.
    let (all, opened) = thread::scope(|scope| {
        let all = scope.spawn(|| index.list(&Query::new("")));
        let opened = Practice::open(args, config, &index, &content, offset.whole_seconds());
        (all.join(), opened)
    });
    let all = all.unwrap_or_else(|panic| resume_unwind(panic))?;
    let mut practice = opened?;
    practice.follow(&all)?;
    if args.orphans {
        return practice.orphans(&all, out);
    }
    if let Some((name, grade)) = &args.grade {
        return practice.grade(name, *grade, &index, &content, out);
    }
    let documents = match args.questions.are_all(&content) {
        true => {
            if all.is_empty() {
                suggest::no_documents(&index)?;
            }
            let mut documents = all;
            args.questions.keep(&mut documents);
            documents
        }
        false => args.questions.list(&index, &content)?,
    };
    if documents.is_empty() {
        return Ok(Outcome::Nothing);
    }
    if args.stats {
        practice.stats(&documents, out)?;
        return Ok(Outcome::Found);
    }
    let seed = args
        .shuffle
        .map(|seed| seed.unwrap_or(now().unix_ms() as u64));
    let mut session = Session::new()
        .new_questions(args.new)
        .limit(args.limit)
        .retention(args.retention);
    if let Some(seed) = seed {
        session = session.shuffle(seed);
    }
    let queue = session.queue(&documents, &practice.history, &practice.clock());
    if args.json {
        return practice.list(&documents, queue, &content, out);
    }
    if queue.is_empty() {
        practice.nothing_due(&documents, out)?;
        return Ok(Outcome::Nothing);
    }
    let asking = Asking {
        practice,
        session,
        queue,
        documents: &documents,
        content: &content,
        terminal: Terminal::stdout(),
        input: io::stdin().lock(),
        ends: args
            .minutes
            .map(|minutes| Instant::now() + Duration::from_secs(60 * u64::from(minutes))),
        done: Vec::new(),
    };
    asking.run(out)
}

fn now() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp::from_unix_ms(now.map_or(0, |now| now.as_millis() as i64))
}

/// The log, and what it says.
struct Practice {
    file: LogFile,
    log: Log,
    history: History,
    machine: Arc<str>,
    offset: i32,
    retention: f64,
}

impl Practice {
    fn open(
        args: &Args,
        config: &Config,
        index: &Index,
        content: &ContentPath,
        offset: i32,
    ) -> Result<Practice> {
        let path = match &args.log {
            Some(path) => path.clone(),
            None => match &config.practice {
                Some(path) => path.clone(),
                None => default_log(index, content)?,
            },
        };
        let (file, log) = LogFile::open(&path)
            .with_context(|| format!("cannot read the log {}", path.display()))?;
        for (line, why) in log.unread.iter().take(3) {
            let place = format!("{}:{line}", path.display());
            terminal::eprint_note(&format!(
                "warning: {place}: this line cannot be read, so it is skipped: {why}"
            ));
        }
        let mut practice = Practice {
            file,
            log,
            history: History::default(),
            machine: machine().into(),
            offset,
            retention: args.retention,
        };
        practice.replay();
        Ok(practice)
    }

    fn clock(&self) -> Clock {
        Clock {
            now: now(),
            offset: self.offset,
        }
    }

    fn replay(&mut self) {
        self.history = History::replay(&self.log.entries, &self.clock());
    }

    /// Writes an entry, and only then takes it in.
    fn write(&mut self, id: DocId, action: Action, text: Option<TextSeen>) -> Result<Timestamp> {
        // Entries have times of their own, by which one is undone.
        let last = self
            .log
            .entries
            .last()
            .map_or(0, |entry| entry.at.unix_ms());
        let is_back = |now: i64| now <= last && last - now < 60_000;
        let now = now().unix_ms();
        let at = Timestamp::from_unix_ms(if is_back(now) { last + 1 } else { now });
        let mut entry = Entry::new(at, Arc::clone(&self.machine), id, action);
        if let Some(text) = text {
            entry = entry.with_text(text);
        }
        self.file
            .append(&entry)
            .with_context(|| format!("cannot write to the log {}", self.file.path().display()))?;
        self.history.add(&entry, &self.clock());
        self.log.entries.push(entry);
        Ok(at)
    }

    fn write_grade(
        &mut self,
        document: &QaDocument,
        grade: Grade,
        took: Duration,
    ) -> Result<Timestamp> {
        let seen = self
            .history
            .card(document.id)
            .and_then(|card| card.text.as_ref());
        let text = TextSeen::of(document, true);
        let is_known =
            seen.is_some_and(|seen| seen.question == text.question && seen.wording.is_some());
        let ms = took.min(MAX_THOUGHT).as_millis() as u64;
        let text = TextSeen::of(document, !is_known);
        self.write(document.id, Action::Graded { grade, ms }, Some(text))
    }

    /// Finds questions again that were moved or reworded.
    fn follow(&mut self, documents: &[QaDocument]) -> Result<()> {
        let moved = moved(&self.history, documents);
        for (from, document) in &moved {
            let text = TextSeen::of(document, true);
            self.write(document.id, Action::Moved { from: *from }, Some(text))?;
        }
        if !moved.is_empty() {
            self.replay();
            let count = output::counted(moved.len(), "question");
            terminal::eprint_note(&format!(
                "note: {count} were moved or reworded; what you learned of them stays"
            ));
        }
        Ok(())
    }

    fn grade(
        &mut self,
        name: &str,
        grade: Grade,
        index: &Index,
        content: &ContentPath,
        out: &mut impl Write,
    ) -> Result<Outcome> {
        let in_index = match name.rsplit_once(':') {
            Some((guide, line)) => format!("{}:{line}", content.guide(guide)),
            None => name.to_owned(),
        };
        let Some(document) = index.find(&in_index)? else {
            bail!("no document is called {name:?}; `hotseat practice --json` lists ids");
        };
        self.write_grade(&document, grade, Duration::ZERO)?;
        let due = self
            .history
            .card(document.id)
            .and_then(|card| card.due(self.retention));
        let days = due.map_or(0, |due| due - self.clock().today());
        let when = interval(u32::try_from(days).unwrap_or(0));
        writeln!(out, "{} {}: {when}", document.id, grade.as_str())?;
        Ok(Outcome::Found)
    }
}

/// Returns the file in which the grades of a collection are kept.
fn default_log(index: &Index, content: &ContentPath) -> Result<PathBuf> {
    let folder = user_folder("XDG_STATE_HOME", ".local/state");
    let folder = folder.context("there is no home folder for the log; name a file with --log")?;
    let place = index.content()?.unwrap_or_default();
    // Collections of the same name are told apart by their places.
    let place = DocId::of_key(&place.to_string_lossy());
    Ok(folder.join(format!("hotseat/{}-{place}/reviews.jsonl", content.name())))
}

/// Returns a few letters that tell this machine from others.
fn machine() -> String {
    let files = ["/etc/machine-id", "/etc/hostname"];
    let name = files.iter().find_map(|file| fs::read_to_string(file).ok());
    let name = name
        .or_else(|| env::var("COMPUTERNAME").ok())
        .unwrap_or_default();
    DocId::of_key(name.trim())
        .to_string()
        .chars()
        .take(4)
        .collect()
}

/// Returns the time until the next review.
fn interval(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1..60 => output::counted(days as usize, "day"),
        60..730 => format!("{:.0} months", f64::from(days) / 30.4),
        _ => format!("{:.1} years", f64::from(days) / 365.0),
    }
}
