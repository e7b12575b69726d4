//! `hotseat draw`: a set of questions for an interviewer.

use std::{
    collections::HashSet,
    fmt::Write as _,
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use hotseat::{
    DocId, Facet, FacetName, Index, Query, TextFormat,
    draw::{Draw, Sheet, SheetQuestion},
    escape_html,
};

use super::{
    Config, HELP, Outcome, count,
    export::{about, answer_in_markdown, one_line},
    output, page,
    questions::Questions,
};
use crate::{
    content_path::ContentPath,
    json,
    terminal::{self, Terminal, markdown},
};

#[derive(Debug, clap::Args)]
#[command(
    help_template = HELP,
    before_help = "\
Examples:
  hotseat draw --minutes 45 --level mid --tag python --tag sql
  hotseat facets tag                    the tags to draw from
  hotseat draw --mix junior:1,mid:3,senior:1 --answers -o interview.html
  hotseat draw --count 10 --level senior caching
  hotseat draw --seed 7 --exclude last-time.md",
    after_help = "\
A tenth of the time is kept in reserve; a question takes 4 minutes if it is junior, 9 if it is senior \
and 6 otherwise. Sections take turns, and so do the tags given; guides are balanced, and questions much like one in \
the set are left out. The sheet names the seed: the same seed, options and index give the same set. \
HTML prints as a sheet with room for notes, with the answers on pages of their own."
)]
pub(super) struct Args {
    /// Length of the interview in minutes
    #[arg(short, long, value_name = "N", default_value_t = 45, value_parser = minutes)]
    minutes: u32,
    /// Number of questions, whatever time they take
    #[arg(short = 'n', long, value_name = "N", value_parser = count, conflicts_with = "minutes")]
    count: Option<usize>,
    /// Shares of levels, such as junior:2,mid:3
    #[arg(long, value_name = "LEVEL:SHARE,…", value_delimiter = ',', value_parser = pair)]
    mix: Vec<(String, u32)>,
    /// Minutes for a question of a level, such as mid:5
    #[arg(long, value_name = "LEVEL:N,…", value_delimiter = ',', value_parser = pair)]
    level_minutes: Vec<(String, u32)>,
    /// Seed of the choice: the same seed draws the same set [default: a new one each time]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Leave out the questions of an earlier sheet; may be repeated
    #[arg(long, value_name = "FILE")]
    exclude: Vec<PathBuf>,
    /// Add the answers, after the questions
    #[arg(short, long)]
    answers: bool,
    /// Format: md, html or json [default: that of the file's name, else md]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    to: Option<Format>,
    /// Print the set as JSON, as --to json does
    #[arg(long, conflicts_with = "to")]
    json: bool,
    /// Write to this file rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    questions: Questions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    #[value(alias = "markdown")]
    Md,
    #[value(alias = "htm")]
    Html,
    Json,
}

impl Args {
    fn format(&self) -> Format {
        if self.json {
            return Format::Json;
        }
        let named = || page::format(self.output.as_deref());
        self.to.or_else(named).unwrap_or(Format::Md)
    }

    pub(super) fn is_paged(&self) -> bool {
        self.format() == Format::Md
    }
}

/// Reads the length of an interview.
fn minutes(text: &str) -> Result<u32, &'static str> {
    let minutes = text.parse().ok();
    let minutes = minutes.filter(|minutes| (1..=1440).contains(minutes));
    minutes.ok_or("give a number of minutes, 1 to 1440")
}

/// Reads a level with a number.
fn pair(text: &str) -> Result<(String, u32), String> {
    let pair = text.rsplit_once(':');
    let pair = pair.and_then(|(level, number)| Some((level, number.parse().ok()?)));
    let pair = pair.filter(|(level, _)| !level.is_empty());
    let (level, number) = pair.ok_or("give a level and a number, such as mid:3")?;
    Ok((level.to_owned(), number))
}

pub(super) fn run(args: &Args, config: &Config, out: &mut impl Write) -> Result<Outcome> {
    let (index, content) = args.questions.open(config)?;
    let questions = args.questions.list(&index, &content)?;
    if questions.is_empty() {
        return Ok(Outcome::Nothing);
    }
    check_levels(args, &index)?;
    let sheet = draw(args)?.from(&questions);
    let found = output::counted(sheet.questions.len(), "question");
    let (missing, unit) = match args.count {
        Some(count) => (count.saturating_sub(sheet.questions.len()), "question"),
        None => (sheet.missing as usize, "minute"),
    };
    if missing > 0 {
        let missing = output::counted(missing, unit);
        let wider = match args.questions.are_all(&content) {
            true => "",
            false => "; wider filters find more",
        };
        terminal::eprint_note(&format!(
            "note: only {} of these questions differ, {missing} short{wider}",
            sheet.questions.len()
        ));
    }
    match args.format() {
        Format::Md if args.output.is_none() => {
            let text = sheet_in_markdown(&sheet, args.answers, &content);
            markdown::answer(TextFormat::Markdown, &text, "", Terminal::stdout(), out)?;
        }
        Format::Md => {
            let text = sheet_in_markdown(&sheet, args.answers, &content);
            page::write(args.output.as_ref(), &text, &content, out)?;
        }
        Format::Html => {
            let text = sheet_in_html(&sheet, args.answers, &content);
            page::write(args.output.as_ref(), &text, &content, out)?;
        }
        Format::Json => {
            let mut text = Vec::new();
            json::write(&json::sheet(&sheet, args.answers, &content), &mut text)?;
            page::write(
                args.output.as_ref(),
                &String::from_utf8(text)?,
                &content,
                out,
            )?;
        }
    }
    if let Some(file) = &args.output {
        terminal::eprint_note(&format!("{found} in {}", file.display()));
    }
    Ok(Outcome::found(!sheet.questions.is_empty()))
}

/// Fails for a level of `--mix` that no question has.
fn check_levels(args: &Args, index: &Index) -> Result<()> {
    if args.mix.is_empty() {
        return Ok(());
    }
    let known = index.facets(FacetName::Level, &Query::new(""))?;
    let is_known = |level: &str| {
        let level = Facet::new(FacetName::Level, level);
        let mut known = known.iter();
        known.any(|counted| Facet::new(FacetName::Level, &counted.value) == level)
    };
    let Some((unknown, _)) = args.mix.iter().find(|(level, _)| !is_known(level)) else {
        return Ok(());
    };
    let names: Vec<&str> = known.iter().map(|counted| counted.value.as_str()).collect();
    bail!(
        "no level is called {unknown:?}; there are {}",
        names.join(", ")
    )
}

fn draw(args: &Args) -> Result<Draw> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // Few digits, since they are typed again.
    let by_time = || now.map_or(0, |now| now.as_micros() as u64 % 1_000_000);
    let mut draw = Draw::new()
        .minutes(args.minutes)
        .seed(args.seed.unwrap_or_else(by_time))
        .unanswered(args.questions.unanswered);
    if let Some(count) = args.count {
        draw = draw.count(count);
    }
    for (level, share) in &args.mix {
        draw = draw.mix(level, *share);
    }
    for (level, minutes) in &args.level_minutes {
        draw = draw.level_minutes(level, *minutes);
    }
    for tag in args.questions.tags() {
        draw = draw.tag(tag);
    }
    for file in &args.exclude {
        draw = draw.exclude(ids(file)?);
    }
    Ok(draw)
}

/// Returns the ids in a file, which may be a sheet in any format.
fn ids(file: &Path) -> Result<HashSet<DocId>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8_lossy(&text);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    Ok(words.filter_map(|word| word.parse().ok()).collect())
}

/// The grades of an answer on a sheet.
const SCALE: [&str; 4] = ["nothing", "with help", "well", "beyond"];

fn summary(sheet: &Sheet) -> String {
    let taken: u32 = sheet
        .questions
        .iter()
        .map(|question| question.minutes)
        .sum();
    let count = output::counted(sheet.questions.len(), "question");
    format!(
        "{count} in {taken} minutes, {} in reserve. Seed {}.",
        sheet.reserve, sheet.seed
    )
}

fn place(question: &SheetQuestion, content: &ContentPath) -> String {
    let document = &question.document;
    format!("{}:{}", content.shown(&document.guide), document.line)
}

fn sheet_in_markdown(sheet: &Sheet, answers: bool, content: &ContentPath) -> String {
    let mut text = format!(
        "# Interview: {} minutes\n\n{}\n",
        sheet.minutes,
        summary(sheet)
    );
    let scale: Vec<String> = SCALE.iter().map(|grade| format!("☐ {grade}")).collect();
    for (place_in, question) in sheet.questions.iter().enumerate() {
        let document = &question.document;
        let mut about: Vec<String> = vec![format!("{} min", question.minutes)];
        about.extend(document.level.clone());
        about.extend(document.sections.first().map(|section| one_line(section)));
        about.push(format!("`{}`", place(question, content).replace('`', "'")));
        about.push(document.id.to_string());
        let _ = write!(
            text,
            "\n## {}. {}\n\n{}\n\n{}\n\nNotes:\n",
            place_in + 1,
            one_line(&document.question),
            about.join(" · "),
            scale.join(" "),
        );
    }
    if answers {
        text += "\n# Answers\n";
        for (place_in, question) in sheet.questions.iter().enumerate() {
            let title = one_line(&question.document.question);
            let answer = answer_in_markdown(&question.document);
            let _ = write!(text, "\n## {}. {title}\n\n{answer}\n", place_in + 1);
        }
    }
    text
}

fn sheet_in_html(sheet: &Sheet, answers: bool, content: &ContentPath) -> String {
    let title = format!("Interview: {} minutes", sheet.minutes);
    let mut body = format!("<h1>{title}</h1>\n<p>{}</p>\n", summary(sheet));
    let scale: Vec<String> = SCALE.iter().map(|grade| format!("☐ {grade}")).collect();
    for (place_in, question) in sheet.questions.iter().enumerate() {
        let document = &question.document;
        let _ = write!(
            body,
            "<section>\n<h2>{}. {}</h2>\n<p class=\"about\">{} min · {} · {} · {}</p>\n\
             <p class=\"grade\">{}</p>\n<div class=\"notes\"></div>\n</section>\n",
            place_in + 1,
            page::question(&document.question),
            question.minutes,
            about(document),
            escape_html(&place(question, content)),
            document.id,
            scale.join(" &nbsp; "),
        );
    }
    if answers {
        body += "<h1 class=\"answers\">Answers</h1>\n";
        for (place_in, question) in sheet.questions.iter().enumerate() {
            let title = page::question(&question.document.question);
            let answer = page::answer(&question.document, 3);
            let _ = write!(body, "<h2>{}. {title}</h2>\n{answer}", place_in + 1);
        }
    }
    page::page(&title, &body)
}
