//! `hotseat practice`: asks questions, and keeps the grades in a log.

use std::{
    env, fs,
    io::{self, BufRead, StdinLock, Write},
    panic::resume_unwind,
    path::PathBuf,
    process::Command,
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use hotseat::{
    DocId, Index, QaDocument, Query,
    practice::{
        Action, Card, Clock, Entry, Grade, History, Log, LogFile, Queue, Session, Share, Stats,
        TextSeen, Timestamp, month_and_day, moved,
    },
};
use time::UtcOffset;

use super::{
    Config, HELP, Outcome,
    config::user_folder,
    count,
    output::{self, NO_ANSWER},
    questions::Questions,
};
use crate::{
    content_path::ContentPath,
    json,
    terminal::{self, BAR, FAINT, PLAIN, TITLE, Terminal, markdown},
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
    #[arg(short, long, value_name = "N")]
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

/// The days that `--stats` looks ahead.
const DAYS: usize = 14;

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
    let documents = match args.questions.are_all() {
        true => {
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

    fn orphans(&self, documents: &[QaDocument], out: &mut impl Write) -> Result<Outcome> {
        let known: Vec<DocId> = documents.iter().map(|document| document.id).collect();
        let mut orphans: Vec<(DocId, &Card)> = self.history.cards().collect();
        orphans.retain(|(id, card)| card.reviews > 0 && !known.contains(id));
        orphans.sort_by_key(|(id, _)| *id);
        let terminal = Terminal::stdout();
        for (id, card) in &orphans {
            let text = card.text.as_ref();
            let wording = text.and_then(|text| text.wording.as_deref()).unwrap_or("?");
            let guide = text.map_or("", |text| &*text.guide);
            let reviews = output::counted(card.reviews as usize, "review");
            terminal.write(out, "", &terminal.paint(TITLE, &one_line(wording)))?;
            let about = format!("{id} · {guide} · {reviews}");
            terminal.write(out, "   ", &terminal.paint(FAINT, &about))?;
        }
        if orphans.is_empty() {
            terminal::eprint_note("note: the guides have every question of the log");
        }
        Ok(Outcome::found(!orphans.is_empty()))
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

    fn list(
        &self,
        documents: &[QaDocument],
        queue: Queue,
        content: &ContentPath,
        out: &mut impl Write,
    ) -> Result<Outcome> {
        let due = queue.due();
        let mut listed = Vec::new();
        for id in queue {
            if let Some(document) = documents.iter().find(|document| document.id == id) {
                let card = self.history.card(id);
                listed.push(json::practice_question(document, card, content));
            }
        }
        let is_empty = listed.is_empty();
        json::write(
            &json::JsonPractice {
                due,
                questions: listed,
            },
            out,
        )?;
        Ok(Outcome::found(!is_empty))
    }

    fn nothing_due(&self, documents: &[QaDocument], out: &mut impl Write) -> Result<()> {
        let days = documents
            .iter()
            .filter_map(|document| self.history.card(document.id)?.due(self.retention));
        let today = self.clock().today();
        let next = days.filter(|day| *day > today).min();
        match next {
            Some(day) => writeln!(
                out,
                "Nothing is due; the next question is {}.",
                when(day - today)
            )?,
            None => writeln!(out, "Nothing is due.")?,
        }
        let new = documents.iter().filter(|document| {
            let card = self.history.card(document.id);
            card.is_none_or(|card| card.memory.is_none())
        });
        let new = new.count();
        if new > 0 {
            let new = output::counted(new, "question");
            terminal::eprint_hint(&format!("{new} not asked yet; --new N asks N of them"));
        }
        Ok(())
    }

    fn stats(&self, documents: &[QaDocument], out: &mut impl Write) -> Result<()> {
        let clock = self.clock();
        let stats = Stats::of(documents, &self.history, &clock, self.retention, DAYS);
        let terminal = Terminal::stdout();
        let count = output::counted(stats.questions, "question");
        writeln!(
            out,
            "{count}, {} learned, {} new",
            stats.learned,
            stats.questions - stats.learned
        )?;
        if stats.tests > 0 {
            writeln!(
                out,
                "{} of {} reviews recalled",
                percent(stats.recalled, stats.tests),
                stats.tests
            )?;
        }
        writeln!(out, "\n{}", terminal.paint(TITLE, "due"))?;
        let most = stats.due.iter().copied().max().unwrap_or(0);
        let width = most.to_string().len();
        for (ahead, due) in stats.due.iter().enumerate() {
            let (month, day) = month_and_day(clock.today() + ahead as i64);
            let name = match ahead {
                0 => "today".to_owned(),
                _ => format!("{month:02}-{day:02}"),
            };
            write!(out, "  {name}  {due:>width$}")?;
            if terminal.interactive && *due > 0 {
                let bar = output::bar(*due, most, terminal.width / 4);
                write!(out, "  {}", terminal.paint(BAR, bar.trim_end()))?;
            }
            writeln!(out)?;
        }
        self.shares("weakest tags", &stats.tags, terminal, out)?;
        self.shares("weakest sections", &stats.sections, terminal, out)?;
        if !stats.flagged.is_empty() {
            writeln!(out, "\n{}", terminal.paint(TITLE, "flagged"))?;
            for id in &stats.flagged {
                if let Some(document) = documents.iter().find(|document| document.id == *id) {
                    let start = format!("  {id}  ");
                    terminal.write(
                        out,
                        &start,
                        &terminal.paint(PLAIN, &one_line(&document.question)),
                    )?;
                }
            }
        }
        Ok(())
    }

    fn shares(
        &self,
        title: &str,
        shares: &[Share],
        terminal: Terminal,
        out: &mut impl Write,
    ) -> io::Result<()> {
        if shares.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", terminal.paint(TITLE, title))?;
        for share in shares.iter().take(5) {
            let recalled = percent(share.recalled, share.tests);
            let start = format!("  {recalled:>5} of {:<4} ", share.tests);
            terminal.write(out, &start, &terminal.paint(PLAIN, &one_line(&share.name)))?;
        }
        Ok(())
    }
}

fn percent(part: u32, whole: u32) -> String {
    format!("{:.0} %", 100.0 * f64::from(part) / f64::from(whole.max(1)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

fn when(days: i64) -> String {
    match days {
        1 => "tomorrow".to_owned(),
        _ => format!("in {}", interval(u32::try_from(days).unwrap_or(0))),
    }
}

/// A session at the terminal.
struct Asking<'a> {
    practice: Practice,
    session: Session,
    queue: Queue,
    documents: &'a [QaDocument],
    content: &'a ContentPath,
    terminal: Terminal,
    input: StdinLock<'static>,
    ends: Option<Instant>,
    /// The grades of this session.
    done: Vec<Done>,
}

/// Something done to a question, which can be undone.
struct Done {
    id: DocId,
    at: Timestamp,
    /// The grade, if it was graded, rather than buried or reset.
    grade: Option<Grade>,
}

/// The step after a question.
enum Next {
    Question,
    Leave,
}

impl Asking<'_> {
    fn run(mut self, out: &mut impl Write) -> Result<Outcome> {
        let (due, all) = (self.queue.due(), self.queue.len());
        let count = output::counted(all, "question");
        writeln!(
            out,
            "{count}, {} of them due. ? shows the keys.",
            due.min(all)
        )?;
        let mut left = "";
        while let Some(id) = self.queue.next() {
            let Some(document) = self.documents.iter().find(|document| document.id == id) else {
                continue;
            };
            if let Next::Leave = self.ask(document, out)? {
                break;
            }
            if self.ends.is_some_and(|ends| Instant::now() >= ends) {
                left = "The time is over. ";
                break;
            }
        }
        writeln!(out, "\n{left}{}", self.summary())?;
        Ok(Outcome::Found)
    }

    fn summary(&self) -> String {
        let counts = Grade::ALL.map(|grade| {
            let count = self
                .done
                .iter()
                .filter(|done| done.grade == Some(grade))
                .count();
            (count > 0).then(|| format!("{count} {}", grade.as_str()))
        });
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        match counts.is_empty() {
            true => "Nothing was graded.".to_owned(),
            false => format!("Graded: {}. All is saved.", counts.join(", ")),
        }
    }

    /// Asks one question, until it is graded, put off, or the session ends.
    fn ask(&mut self, document: &QaDocument, out: &mut impl Write) -> Result<Next> {
        let began = Instant::now();
        self.show_question(document, out)?;
        let mut is_shown = false;
        loop {
            let prompt = match is_shown {
                false => "Enter: answer > ".to_owned(),
                true => self.grades(document.id),
            };
            write!(out, "{}", self.terminal.paint(FAINT, &prompt))?;
            out.flush()?;
            let Some(key) = self.key()? else {
                return Ok(Next::Leave);
            };
            match key.as_str() {
                "" if !is_shown => {
                    is_shown = true;
                    self.show_answer(document, out)?;
                }
                "q" => return Ok(Next::Leave),
                "u" => match self.undo(document.id)? {
                    true => {
                        writeln!(out, "Undone.")?;
                        return Ok(Next::Question);
                    }
                    false => writeln!(out, "There is nothing to undo.")?,
                },
                "f" => {
                    let card = self.practice.history.card(document.id);
                    let flagged = !card.is_some_and(|card| card.flagged);
                    let text = Some(TextSeen::of(document, true));
                    self.practice
                        .write(document.id, Action::Flagged(flagged), text)?;
                    writeln!(
                        out,
                        "{}",
                        if flagged {
                            "Flagged."
                        } else {
                            "No longer flagged."
                        }
                    )?;
                }
                "b" => {
                    self.put(document.id, Action::Buried)?;
                    writeln!(out, "Not asked again today.")?;
                    return Ok(Next::Question);
                }
                "r" => {
                    self.put(document.id, Action::Reset)?;
                    writeln!(out, "New again, as if never asked.")?;
                }
                "e" => self.edit(document, out)?,
                "?" => writeln!(out, "{KEYS}")?,
                _ => {
                    let grade = match key.as_str() {
                        "" => Some(Grade::Good),
                        key => key.parse().ok(),
                    };
                    match grade {
                        Some(grade) if is_shown => {
                            self.grade(document, grade, began.elapsed(), out)?;
                            return Ok(Next::Question);
                        }
                        Some(_) => writeln!(out, "See the answer first: Enter.")?,
                        None => writeln!(out, "{KEYS}")?,
                    }
                }
            }
        }
    }

    fn grade(
        &mut self,
        document: &QaDocument,
        grade: Grade,
        took: Duration,
        out: &mut impl Write,
    ) -> Result<()> {
        let at = self.practice.write_grade(document, grade, took)?;
        let id = document.id;
        self.done.push(Done {
            id,
            at,
            grade: Some(grade),
        });
        if grade == Grade::Again {
            self.queue.again(id);
        }
        let left = match self.queue.len() {
            0 => String::new(),
            left => format!(" {left} left."),
        };
        writeln!(out, "Saved: {}.{left}", grade.as_str())?;
        Ok(())
    }

    /// Writes an action other than a grade, so that it can be undone.
    fn put(&mut self, id: DocId, action: Action) -> Result<()> {
        let at = self.practice.write(id, action, None)?;
        self.done.push(Done {
            id,
            at,
            grade: None,
        });
        Ok(())
    }

    /// Takes the last thing done back, and asks its question again before this one.
    fn undo(&mut self, current: DocId) -> Result<bool> {
        let Some(Done { id, at, .. }) = self.done.pop() else {
            return Ok(false);
        };
        self.practice.write(id, Action::Undone { of: at }, None)?;
        self.practice.replay();
        self.queue.back(current);
        self.queue.back(id);
        Ok(true)
    }

    fn show_question(&self, document: &QaDocument, out: &mut impl Write) -> io::Result<()> {
        writeln!(out)?;
        output::question(document, self.content, self.terminal, out)?;
        let card = self.practice.history.card(document.id);
        let seen = card.filter(|card| card.reviews > 0);
        let seen = seen.and_then(|card| card.text.as_ref());
        if seen.is_some_and(|seen| seen.answer != TextSeen::of(document, false).answer) {
            let note = "The answer changed since you last saw it.";
            self.terminal
                .write(out, "", &self.terminal.paint(FAINT, note))?;
        }
        Ok(())
    }

    fn show_answer(&self, document: &QaDocument, out: &mut impl Write) -> io::Result<()> {
        writeln!(out)?;
        if document.has_answer() {
            markdown::answer(document.format, &document.answer, "", self.terminal, out)?;
        } else {
            writeln!(out, "{}", self.terminal.paint(FAINT, NO_ANSWER))?;
        }
        writeln!(out)
    }

    /// Returns the prompt for a grade, with the next interval beside each.
    fn grades(&self, id: DocId) -> String {
        let card = self.practice.history.card(id);
        let intervals = self.session.intervals(card, &self.practice.clock());
        let grades = Grade::ALL.iter().zip(intervals).map(|(grade, days)| {
            format!("{} {} ({})", *grade as u8, grade.as_str(), interval(days))
        });
        format!("{} > ", grades.collect::<Vec<_>>().join("  "))
    }

    /// Reads a line; none at the end of the input.
    fn key(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let length = self.input.read_line(&mut line)?;
        Ok((length > 0).then(|| line.trim().to_lowercase()))
    }

    fn edit(&self, document: &QaDocument, out: &mut impl Write) -> Result<()> {
        let editor = env::var("VISUAL").or_else(|_| env::var("EDITOR"));
        let editor = editor.unwrap_or_else(|_| "vi".to_owned());
        let mut words = shell_words::split(&editor).unwrap_or_default().into_iter();
        let Some(program) = words.next() else {
            writeln!(out, "VISUAL and EDITOR name no editor.")?;
            return Ok(());
        };
        // From the root, no name of a file looks like an option.
        let file = std::path::absolute(self.content.file(&document.guide))?;
        let mut command = Command::new(&program);
        command
            .args(words)
            .arg(format!("+{}", document.line))
            .arg(file);
        match command.status() {
            Ok(_) => writeln!(out, "`hotseat index` takes in what you changed.")?,
            Err(error) => terminal::eprint_note(&format!("error: cannot start {program}: {error}")),
        }
        Ok(())
    }
}

/// The keys, each with Enter.
const KEYS: &str = "\
Enter   show the answer; then the grade good
1 to 4  grade: again, hard, good, easy
u       undo the last grade, or what b or r did
f       flag the question, or take the flag away
b       bury it until tomorrow
r       reset it: as if it was never asked
e       edit the guide
q       leave; all is saved";
