//! A session at the terminal: a question, its answer, a grade, and the next question.

use std::{
    io::{self, BufRead, StdinLock, Write},
    time::{Duration, Instant},
};

use anyhow::Result;
use hotseat::{
    DocId, QaDocument,
    practice::{Action, Grade, Queue, Session, TextSeen, Timestamp},
};

use super::{Practice, interval};
use crate::{
    cli::{
        Outcome, editor,
        output::{self, NO_ANSWER},
    },
    content_path::ContentPath,
    terminal::{self, FAINT, Terminal, markdown},
};

/// A session at the terminal.
pub(super) struct Asking<'a> {
    pub(super) practice: Practice,
    pub(super) session: Session,
    pub(super) queue: Queue,
    pub(super) documents: &'a [QaDocument],
    pub(super) content: &'a ContentPath,
    pub(super) terminal: Terminal,
    pub(super) input: StdinLock<'static>,
    pub(super) ends: Option<Instant>,
    /// The grades of this session.
    pub(super) done: Vec<Done>,
}

/// Something done to a question, which can be undone.
pub(super) struct Done {
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
    pub(super) fn run(mut self, out: &mut impl Write) -> Result<Outcome> {
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
                left = "Time is up. ";
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
            false => format!("Graded: {}. Everything is saved.", counts.join(", ")),
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
        // From the root, no name of a file looks like an option.
        let file = std::path::absolute(self.content.file(&document.guide))?;
        match editor::open(&file, document.line) {
            Ok(()) => writeln!(out, "`hotseat index` takes in what you changed.")?,
            Err(error) => terminal::eprint_message(&format!("error: {error:#}")),
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
q       leave; everything is saved";
