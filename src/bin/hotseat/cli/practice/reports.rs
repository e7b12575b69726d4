//! The state of a log: the questions that are due, and the share of them that is remembered.

use std::io::{self, Write};

use anyhow::Result;
use hotseat::{
    DocId, QaDocument,
    practice::{Card, Queue, Share, Stats, month_and_day},
};

use super::{Practice, interval};
use crate::{
    cli::{Outcome, output},
    content_path::ContentPath,
    json,
    terminal::{self, BAR, FAINT, PLAIN, TITLE, Terminal},
};

/// The days that `--stats` looks ahead.
const DAYS: usize = 14;

impl Practice {
    pub(super) fn orphans(
        &self,
        documents: &[QaDocument],
        out: &mut impl Write,
    ) -> Result<Outcome> {
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

    pub(super) fn list(
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

    pub(super) fn nothing_due(&self, documents: &[QaDocument], out: &mut impl Write) -> Result<()> {
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

    pub(super) fn stats(&self, documents: &[QaDocument], out: &mut impl Write) -> Result<()> {
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

fn when(days: i64) -> String {
    match days {
        1 => "tomorrow".to_owned(),
        _ => format!("in {}", interval(u32::try_from(days).unwrap_or(0))),
    }
}
