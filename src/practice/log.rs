//! The log of reviews: one line of JSON for each thing that was done.
//!
//! ```text
//! {"v":1,"at":"2026-11-29T06:12:03.250Z","id":"k3v9q2xyz","g":3,"ms":41200,"q":"…","a":"…",…}
//! ```
//!
//! Lines are only ever added, so that a log is merged with that of another machine by keeping every
//! line of both, in any order; equal lines are one. A line that cannot be read stays in the file.

use std::{
    borrow::Cow,
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{Grade, Timestamp};
use crate::{
    DocId, QaDocument,
    files::{make_folder, open_named},
};

/// One line of a log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Entry {
    /// The time.
    pub at: Timestamp,
    /// A name for the machine, such as a few letters; it tells apart what two machines did at the
    /// same time. The entries of a log share one copy of it.
    pub machine: Arc<str>,
    /// The question that it is about.
    pub id: DocId,
    /// The action.
    pub action: Action,
    /// The question and answer as they were; none if nothing was shown.
    pub text: Option<TextSeen>,
}

/// An action that a log records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Action {
    /// The question was answered and graded.
    Graded {
        /// The learner's grade.
        grade: Grade,
        /// The time that it took, in milliseconds.
        ms: u64,
    },
    /// The entry of this time, machine and question does not count.
    Undone {
        /// The time of that entry.
        of: Timestamp,
    },
    /// The question was marked, to be looked at again, or the mark was taken away.
    Flagged(bool),
    /// The question is not asked until the next day.
    Buried,
    /// The question is new again, without what was learned of it.
    Reset,
    /// The question had another id, because it was in another guide or worded differently.
    Moved {
        /// The id that it had.
        from: DocId,
    },
}

/// A question and its answer as they were at a review, by which they are recognized after a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct TextSeen {
    /// A hash of the question's text.
    pub question: u64,
    /// A hash of the answer's text.
    pub answer: u64,
    /// The guide's path.
    pub guide: Arc<str>,
    /// The question itself, where the log did not have it yet.
    pub wording: Option<String>,
}

impl TextSeen {
    /// Returns the question and answer of `document`, with the question's text if it is `new` to the
    /// log.
    pub fn of(document: &QaDocument, new: bool) -> TextSeen {
        TextSeen {
            question: xxh3_64(document.question.as_bytes()),
            answer: xxh3_64(document.answer.as_bytes()),
            guide: document.guide.as_str().into(),
            wording: new.then(|| document.question.clone()),
        }
    }
}

impl TextSeen {
    /// Takes in a later state of the text; of a wording that it does not repeat, the one before stays.
    pub(super) fn update(&mut self, later: &TextSeen) {
        (self.question, self.answer) = (later.question, later.answer);
        if self.guide != later.guide {
            self.guide = Arc::clone(&later.guide);
        }
        if later.wording.is_some() {
            self.wording.clone_from(&later.wording);
        }
    }
}

impl Entry {
    /// Returns an entry that says nothing about the text of the question.
    pub fn new(at: Timestamp, machine: impl Into<Arc<str>>, id: DocId, action: Action) -> Entry {
        Entry {
            at,
            machine: machine.into(),
            id,
            action,
            text: None,
        }
    }

    /// Sets the question and answer that were shown.
    #[must_use]
    pub fn with_text(mut self, text: TextSeen) -> Entry {
        self.text = Some(text);
        self
    }

    /// Returns the line of JSON, without its end.
    pub fn to_line(&self) -> String {
        let mut line = Line {
            v: VERSION,
            at: self.at.to_string().into(),
            id: self.id.to_string().into(),
            grade: None,
            deed: None,
            ms: None,
            of: None,
            from: None,
            question: None,
            answer: None,
            guide: None,
            wording: None,
            machine: Cow::Borrowed(&self.machine),
        };
        match &self.action {
            Action::Graded { grade, ms } => {
                (line.grade, line.ms) = (Some(*grade), Some(*ms));
            }
            Action::Undone { of } => {
                (line.deed, line.of) = (Some("undo".into()), Some(*of));
            }
            Action::Flagged(true) => line.deed = Some("flag".into()),
            Action::Flagged(false) => line.deed = Some("unflag".into()),
            Action::Buried => line.deed = Some("bury".into()),
            Action::Reset => line.deed = Some("reset".into()),
            Action::Moved { from } => {
                (line.deed, line.from) = (Some("moved".into()), Some(*from));
            }
        }
        if let Some(text) = &self.text {
            line.question = Some(format!("{:016x}", text.question).into());
            line.answer = Some(format!("{:016x}", text.answer).into());
            line.guide = Some(Text::from(&*text.guide));
            line.wording = text.wording.as_deref().map(Text::from);
        }
        // Strings and numbers are always JSON.
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// Reads a line; none if it is of a kind that only a newer version knows.
    fn read(line: &[u8], names: &mut Names) -> Result<Option<Entry>, serde_json::Error> {
        let line = match Line::of_grade(line) {
            Some(line) => line,
            None => serde_json::from_slice(line)?,
        };
        if line.v != VERSION {
            return Ok(None);
        }
        let action = match (line.grade, line.deed.as_ref().map(|deed| &*deed.0)) {
            (Some(grade), None) => Action::Graded {
                grade,
                ms: line.ms.unwrap_or(0),
            },
            (None, Some("undo")) => match line.of {
                Some(of) => Action::Undone { of },
                None => return Ok(None),
            },
            (None, Some("flag")) => Action::Flagged(true),
            (None, Some("unflag")) => Action::Flagged(false),
            (None, Some("bury")) => Action::Buried,
            (None, Some("reset")) => Action::Reset,
            (None, Some("moved")) => match line.from {
                Some(from) => Action::Moved { from },
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        let text = match (hash(line.question), hash(line.answer), line.guide) {
            (Some(question), Some(answer), Some(guide)) => Some(TextSeen {
                question,
                answer,
                guide: names.share(&guide.0),
                wording: line.wording.map(|wording| wording.0.into_owned()),
            }),
            _ => None,
        };
        Ok(Some(Entry {
            at: line.at.parse().map_err(custom)?,
            machine: names.share(&line.machine),
            id: line.id.parse().map_err(custom)?,
            action,
            text,
        }))
    }
}

fn custom(error: impl std::fmt::Display) -> serde_json::Error {
    serde::de::Error::custom(error)
}

/// The version of the lines.
const VERSION: u32 = 1;

/// A text of a line, which is part of it unless something in it is escaped. Of an optional `Cow` alone,
/// serde would always make a copy.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

impl<'l> From<&'l str> for Text<'l> {
    fn from(text: &'l str) -> Text<'l> {
        Text(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text(Cow::Owned(text))
    }
}

/// A line as JSON has it.
#[derive(Serialize, Deserialize)]
struct Line<'l> {
    v: u32,
    // Texts that are read below: their types would copy them first.
    #[serde(borrow)]
    at: Cow<'l, str>,
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(rename = "g", skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    #[serde(rename = "do", borrow, skip_serializing_if = "Option::is_none")]
    deed: Option<Text<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<DocId>,
    #[serde(rename = "q", borrow, skip_serializing_if = "Option::is_none")]
    question: Option<Text<'l>>,
    #[serde(rename = "a", borrow, skip_serializing_if = "Option::is_none")]
    answer: Option<Text<'l>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    guide: Option<Text<'l>>,
    #[serde(rename = "text", borrow, skip_serializing_if = "Option::is_none")]
    wording: Option<Text<'l>>,
    #[serde(rename = "dev", borrow, default)]
    machine: Cow<'l, str>,
}

impl<'l> Line<'l> {
    /// Reads the line of a grade as [`Entry::to_line`] writes it, in a fifth of the time that JSON takes
    /// in which anything may stand anywhere. Nearly all lines of a log are such; any other is none.
    fn of_grade(line: &'l [u8]) -> Option<Line<'l>> {
        let line = str::from_utf8(line.strip_suffix(b"\n").unwrap_or(line)).ok()?;
        // Without escapes, a text ends at the next quote. All bytes are looked at, which takes less time
        // than to stop at the first.
        let is_odd = |byte: u8| byte < b' ' || byte == b'\\';
        if line.bytes().fold(false, |odd, byte| odd | is_odd(byte)) {
            return None;
        }
        let (at, rest) = text(line.strip_prefix("{\"v\":1,\"at\":")?)?;
        let (id, rest) = text(rest.strip_prefix(",\"id\":")?)?;
        let (grade, rest) = number(rest.strip_prefix(",\"g\":")?)?;
        let (ms, rest) = number(rest.strip_prefix(",\"ms\":")?)?;
        let (question, rest) = text(rest.strip_prefix(",\"q\":")?)?;
        let (answer, rest) = text(rest.strip_prefix(",\"a\":")?)?;
        let (guide, rest) = text(rest.strip_prefix(",\"guide\":")?)?;
        let (wording, rest) = match rest.strip_prefix(",\"text\":") {
            Some(rest) => text(rest).map(|(wording, rest)| (Some(wording), rest))?,
            None => (None, rest),
        };
        let (machine, rest) = text(rest.strip_prefix(",\"dev\":")?)?;
        (rest == "}").then_some(Line {
            v: VERSION,
            at: at.into(),
            id: id.into(),
            grade: Some(u8::try_from(grade).ok()?.try_into().ok()?),
            deed: None,
            ms: Some(ms),
            of: None,
            from: None,
            question: Some(question.into()),
            answer: Some(answer.into()),
            guide: Some(guide.into()),
            wording: wording.map(Text::from),
            machine: machine.into(),
        })
    }
}

/// Takes a quoted text without escapes off the start of `rest`.
fn text(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.strip_prefix('"')?;
    // Texts are too short for a search in strides.
    let end = rest.bytes().position(|byte| byte == b'"')?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Takes a whole number off the start of `rest`.
fn number(rest: &str) -> Option<(u64, &str)> {
    let end = rest.bytes().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = rest.split_at(end);
    // JSON has no zeros in front.
    let is_json = digits.len() == 1 || !digits.starts_with('0');
    let number = digits.parse().ok().filter(|_| is_json)?;
    Some((number, rest))
}

/// Reads a hash, of at most sixteen hexadecimal digits.
fn hash(text: Option<Text<'_>>) -> Option<u64> {
    let digits = text?.0;
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    digits.bytes().try_fold(0, |hash, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            b'A'..=b'F' => digit - b'A' + 10,
            _ => return None,
        };
        Some(hash << 4 | u64::from(value))
    })
}

/// The machines and guides of a log, of which there are few, each once.
#[derive(Default)]
struct Names(HashSet<Arc<str>, RandomState>);

impl Names {
    fn share(&mut self, name: &str) -> Arc<str> {
        if let Some(name) = self.0.get(name) {
            return Arc::clone(name);
        }
        let name: Arc<str> = name.into();
        self.0.insert(Arc::clone(&name));
        name
    }
}

/// The entries of a log, and the lines that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Log {
    /// The entries, by time and machine; equal ones once.
    pub entries: Vec<Entry>,
    /// The 1-based number of each line that could not be read, and why.
    pub unread: Vec<(usize, String)>,
}

impl Log {
    /// Reads the text of a log. Lines may be in any order, and those that cannot be read are passed
    /// over.
    ///
    /// ```
    /// use hotseat::practice::Log;
    ///
    /// let line = r#"{"v":1,"at":"2026-11-29T06:12:03Z","id":"fy10dth2y","g":3,"dev":"a1"}"#;
    /// let log = Log::read(&format!("{line}\n{line}\n{{\"v\":1,\"at\":"));
    /// assert_eq!((log.entries.len(), log.unread.len()), (1, 1));
    /// ```
    pub fn read(text: &str) -> Log {
        let mut reader = Reader::default();
        for line in text.lines() {
            reader.line(line.as_bytes());
        }
        reader.end()
    }
}

/// Reads a log line by line.
#[derive(Default)]
struct Reader {
    log: Log,
    names: Names,
    lines: usize,
}

impl Reader {
    fn line(&mut self, line: &[u8]) {
        self.lines += 1;
        if line.trim_ascii().is_empty() {
            return;
        }
        let why = match Entry::read(line, &mut self.names) {
            Ok(Some(entry)) => return self.log.entries.push(entry),
            Ok(None) => "written by a newer version".to_owned(),
            Err(error) => error.to_string(),
        };
        self.log.unread.push((self.lines, why));
    }

    fn end(mut self) -> Log {
        if !self.log.entries.is_sorted() {
            self.log.entries.sort();
        }
        self.log.entries.dedup();
        self.log
    }
}

/// The file of a log. When [`append`](LogFile::append) returns, its line is on the disk.
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    file: Option<File>,
}

impl LogFile {
    /// Reads the log in the file at `path`; a missing one is empty, and is made by the first
    /// [`append`](LogFile::append). Lines that are not UTF-8 cannot be read.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<(LogFile, Log)> {
        let path = path.into();
        let mut reader = Reader::default();
        match open_named(&path) {
            Ok(file) => {
                let mut file = BufReader::with_capacity(1 << 16, file);
                // The log of years is read in less time than memory for it would take.
                let mut line = Vec::new();
                while file.read_until(b'\n', &mut line)? > 0 {
                    reader.line(&line);
                    line.clear();
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let log = reader.end();
        Ok((LogFile { path, file: None }, log))
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds the line of `entry`, and returns once it is on the disk.
    ///
    /// # Errors
    ///
    /// Errors of the file system. A part of a line may have been written then; it is passed over by
    /// readers, and the next line starts behind it.
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(open_to_append(&self.path)?),
        };
        let mut line = entry.to_line();
        line.push('\n');
        // A line of another program that was killed, or a write that failed, has no end.
        if !ends_with_line_end(file)? {
            line.insert(0, '\n');
        }
        file.write_all(line.as_bytes())?;
        file.sync_data()
    }
}

fn open_to_append(path: &Path) -> io::Result<File> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_folder(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn ends_with_line_end(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::Start(length - 1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn graded(at: i64, grade: Grade) -> Entry {
        let action = Action::Graded { grade, ms: 1500 };
        let id = DocId::new("a.md", "What is \"a\"?", 0);
        let document = QaDocument::new("a.md", "What is \"a\"?", "A letter.");
        Entry::new(Timestamp::from_unix_ms(at), "a1b2", id, action)
            .with_text(TextSeen::of(&document, true))
    }

    #[test]
    fn an_entry_is_read_as_it_is_written() {
        let graded = graded(1_000, Grade::Good);
        let of = graded.at;
        for action in [
            graded.action.clone(),
            Action::Undone { of },
            Action::Flagged(true),
            Action::Flagged(false),
            Action::Buried,
            Action::Reset,
            Action::Moved { from: graded.id },
        ] {
            let entry = Entry {
                action,
                ..graded.clone()
            };
            let log = Log::read(&entry.to_line());
            assert_eq!((log.entries, log.unread), (vec![entry], vec![]));
        }
        insta::assert_snapshot!(graded.to_line(), @r#"{"v":1,"at":"1970-01-01T00:00:01.000Z","id":"tk6xgcxfz","g":3,"ms":1500,"q":"8c4f7e9ce2dec28d","a":"3fd9abdb866bbd3b","guide":"a.md","text":"What is \"a\"?","dev":"a1b2"}"#);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("reviews.jsonl");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let error = LogFile::open(&pipe).unwrap_err();
        assert_eq!(error.to_string(), "not a regular file");
    }

    #[test]
    fn lines_that_cannot_be_read_are_named_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/reviews.jsonl");
        let (mut file, log) = LogFile::open(&path).unwrap();
        assert_eq!(log, Log::default());
        file.append(&graded(1, Grade::Good)).unwrap();
        let torn = "{\"v\":1,\"at\":\"2026";
        fs::write(
            &path,
            fs::read_to_string(&path).unwrap() + "{\"v\":9}\n\n" + torn,
        )
        .unwrap();
        let (mut file, log) = LogFile::open(&path).unwrap();
        let lines: Vec<usize> = log.unread.iter().map(|(line, _)| *line).collect();
        assert_eq!((log.entries.len(), lines), (1, vec![2, 4]));
        file.append(&graded(2, Grade::Easy)).unwrap();
        let (_, log) = LogFile::open(&path).unwrap();
        assert_eq!((log.entries.len(), log.unread.len()), (2, 2));
        assert!(fs::read_to_string(&path).unwrap().contains(torn));
    }

    #[test]
    fn lines_that_differ_from_written_ones_are_read_as_json() {
        let line = graded(1, Grade::Good).to_line().replace("\\\"", "'");
        assert!(Line::of_grade(line.as_bytes()).is_some(), "{line}");
        let entry = Log::read(&line).entries.remove(0);
        for (from, to) in [
            (",", ", "),
            ("\"v\":1,", ""),
            ("\"v\":1", "\"v\":2"),
            ("1500", "01500"),
            ("1500", "1500.5"),
            ("1500", "99999999999999999999"),
            ("\"g\":3", "\"g\":7"),
            ("\"g\":3", "\"g\":259"),
            ("a.md", "\\u0061.md"),
            ("a.md", "a\t.md"),
            ("}", "}}"),
            ("}", ",\"x\":1}"),
            ("}", ""),
        ] {
            let other = line.replace(from, to);
            assert_ne!(other, line);
            assert!(Line::of_grade(other.as_bytes()).is_none(), "{other}");
            let is_same =
                serde_json::from_str::<Line<'_>>(&other).is_ok_and(|line| line.v == VERSION);
            let log = Log::read(&other);
            let expected = if is_same { vec![entry.clone()] } else { vec![] };
            assert_eq!(log.entries, expected, "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_line_is_the_same_by_either_way(
            at in 0i64..253_402_300_799_999, grade in 1u8..=4, ms in proptest::num::u64::ANY,
            guide in "\\PC{0,9}", wording in proptest::option::of("\\PC{0,9}"),
        ) {
            let action = Action::Graded { grade: grade.try_into().unwrap(), ms };
            let text = TextSeen { question: ms, answer: !ms, guide: guide.as_str().into(), wording };
            let id = DocId::of_key(&guide);
            let entry = Entry::new(Timestamp::from_unix_ms(at), "a1", id, action).with_text(text);
            let line = entry.to_line();
            proptest::prop_assert_eq!(Line::of_grade(line.as_bytes()).is_some(), !line.contains('\\'));
            let log = Log::read(&line);
            proptest::prop_assert_eq!((log.entries, log.unread), (vec![entry], vec![]));
        }

        #[test]
        fn any_text_is_a_log(text in "(\\PC|[\n{}\":,]){0,80}") {
            Log::read(&text);
        }
    }
}
