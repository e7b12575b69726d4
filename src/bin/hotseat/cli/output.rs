//! Results as text for people, and as JSON for programs.

use std::{
    cmp::Reverse,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anstyle::Style;
use hotseat::{
    CheckReport, FacetCount, FacetName, Hit, Place, QaDocument, Results, Snippet, UpdateSummary,
    Warning,
};
use textwrap::core::display_width;

use super::Arguments;
use crate::{
    content_path::ContentPath,
    terminal::{
        self, BAR, CODE, FAINT, MATCH, PLACE, PLAIN, TITLE, Terminal, leading_blanks, markdown,
    },
};

/// Between the parts of a line about a document.
const DOT: &str = " · ";

/// Stands in place of an answer.
pub(super) const NO_ANSWER: &str = "(no answer yet)";

/// Writes hits, and the facets that were counted; notes and hints go to standard error.
pub(super) fn results(
    results: &Results,
    content: &ContentPath,
    out: &mut impl Write,
) -> io::Result<()> {
    let terminal = Terminal::stdout();
    notes(results);
    if let Some(parsed) = &results.parsed {
        terminal.write(out, "query: ", &terminal.paint(PLAIN, parsed))?;
        for request in &results.requests {
            terminal.write(out, "request: ", &terminal.paint(PLAIN, request))?;
        }
        writeln!(out)?;
    }
    let last = results.hits.last().map_or(0, |hit| hit.rank);
    let number_width = last.to_string().len();
    for (i, found) in results.hits.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        hit(found, number_width, content, terminal, out)?;
    }
    if !results.facets.is_empty() && last > 0 {
        writeln!(out)?;
    }
    facets(results, OVERVIEW, content, out)?;
    // The hint is read after the hits.
    out.flush()?;
    more_hits(results, last);
    Ok(())
}

/// Prints the command that shows the hits after the `last`, or all of them if none are shown.
fn more_hits(results: &Results, last: usize) {
    let (shown, total) = (results.hits.len(), results.total);
    let twins: usize = results.hits.iter().map(|hit| hit.also_in.len()).sum();
    let more = if shown > 0 && total > last + twins {
        Arguments::again(&["offset"], &format!("--offset {last}"))
    } else if shown == 0 && total > 0 {
        Arguments::again(&["limit", "offset"], "")
    } else {
        return;
    };
    terminal::eprint_hint(&format!("{shown} of {total} shown; more: {more}"));
}

/// Prints the remarks on how the query was read.
pub(super) fn notes(results: &Results) {
    for note in &results.notes {
        terminal::eprint_note(&format!("note: {note}"));
    }
}

/// The number of values of a facet in an overview.
pub(super) const OVERVIEW: usize = 10;

/// The number of other places of a hit that are named.
const TWINS: usize = 3;

fn hit(
    hit: &Hit,
    number_width: usize,
    content: &ContentPath,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let number = format!("{:>number_width$}. ", hit.rank);
    let indent = " ".repeat(number.len());
    let question = hit.marked_question.pieces.iter();
    let question = title(
        question.map(|piece| (piece.text.as_str(), piece.matches)),
        terminal,
    );
    terminal.write(out, &number, &question)?;

    let about = About {
        guide: &hit.guide,
        line: hit.line,
        place: hit.place,
        question: &hit.question,
        sections: &hit.sections,
        tags: &hit.tags,
        level: hit.level.as_deref(),
    };
    about.write(&indent, content, terminal, out)?;
    if !hit.also_in.is_empty() {
        let places = hit.also_in.iter().take(TWINS);
        let places = places.map(|twin| format!("{}:{}", content.shown(&twin.guide), twin.line));
        let mut also = format!("also in {}", places.collect::<Vec<_>>().join(", "));
        let more = hit.also_in.len().saturating_sub(TWINS);
        if more > 0 {
            also += &format!(" and {more} more");
        }
        terminal.write(out, &indent, &terminal.paint(FAINT, &also))?;
    }

    for part in hit.explanation.iter().flatten() {
        let part = format!("{:8.3}  {}", part.score, part.what);
        terminal.write(out, &indent, &terminal.paint(FAINT, &part))?;
    }
    match &hit.answer {
        _ if !hit.answered => terminal.write(out, &indent, &terminal.paint(FAINT, NO_ANSWER)),
        Some(answer) => markdown::answer(hit.format, answer, &indent, terminal, out),
        None => snippet(&hit.snippet, &indent, terminal, out),
    }
}

/// Writes the question of a document, and the line about it.
pub(super) fn question(
    document: &QaDocument,
    content: &ContentPath,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let question = title([(document.question.as_str(), false)].into_iter(), terminal);
    terminal.write(out, "", &question)?;
    let about = About {
        guide: &document.guide,
        line: document.line,
        place: document.place,
        question: &document.question,
        sections: &document.sections,
        tags: &document.tags,
        level: document.level.as_deref(),
    };
    about.write("", content, terminal, out)
}

/// The line below a question: the place and the facets of its document.
struct About<'a> {
    guide: &'a str,
    line: usize,
    place: Option<Place>,
    question: &'a str,
    sections: &'a [String],
    tags: &'a [String],
    level: Option<&'a str>,
}

/// The most tags shown with a document. Those of a guide belong to all its documents.
const MOST_TAGS: usize = 3;

impl About<'_> {
    /// Writes the line. The place is a link to the guide.
    fn write(
        &self,
        indent: &str,
        content: &ContentPath,
        terminal: Terminal,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let mut place = format!("{}:{}", content.shown(self.guide), self.line);
        if let Some(inner) = self.place {
            place += &format!(" ({inner})");
        }
        let left = terminal.width - indent.len().min(terminal.width);
        let rest = self.after_place(left.saturating_sub(display_width(&place)));
        let place = terminal.paint(PLACE, &place);
        let place = terminal.link_to_file(&content.file(self.guide), self.line, self.place, place);
        terminal.write(out, indent, &(place + &terminal.paint(FAINT, &rest)))
    }

    /// Returns the text after the place, with as many tags and sections as there is room for.
    fn after_place(&self, width: usize) -> String {
        // A passage has the title of its section, which is not repeated.
        let sections: Vec<&str> = self.sections.iter().map(String::as_str).collect();
        let sections = match sections.split_last() {
            Some((last, above)) if *last == self.question => above,
            _ => &sections[..],
        };
        let mut sections = sections.join(" › ");
        let mut most_tags = self.tags.len().min(MOST_TAGS);
        loop {
            let mut tags = self.tags[..most_tags].join(", ");
            if most_tags > 0 && self.tags.len() > most_tags {
                tags += &format!(" +{}", self.tags.len() - most_tags);
            }
            let parts = [sections.as_str(), &tags, self.level.unwrap_or("")];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            let line: String = parts.flat_map(|part| [DOT, part]).collect();
            if display_width(&line) <= width {
                return line;
            } else if most_tags > 0 {
                most_tags -= 1;
            } else if let Some((_, inner)) = sections.split_once(" › ") {
                sections = inner.to_owned();
            } else {
                return line;
            }
        }
    }
}

/// Returns the name of a file as a link to it.
pub(super) fn file(name: &str, terminal: Terminal) -> String {
    terminal.link_to_file(Path::new(name), 1, None, terminal.paint(PLACE, name))
}

fn snippet(
    snippet: &Snippet,
    indent: &str,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let text = pieces(snippet, PLAIN, terminal);
    // Blanks and list markers are no matches, so they stand unpainted at the start of a line.
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let margin = lines().map(leading_blanks).min().unwrap_or(0);
    for line in lines() {
        terminal.prose(out, indent, &line[margin..])?;
    }
    Ok(())
}

/// Returns a question, its pieces that match marked. Where there is color, it stands for the backticks
/// around code.
pub(super) fn title<'t>(
    pieces: impl Iterator<Item = (&'t str, bool)> + Clone,
    terminal: Terminal,
) -> String {
    let backticks = pieces.clone().map(|(text, _)| text.matches('`').count());
    let draws_code = terminal.color && backticks.sum::<usize>() % 2 == 0;
    let mut painted = String::new();
    let mut is_code = false;
    for (text, matches) in pieces {
        for (place, part) in text.split('`').enumerate() {
            if place > 0 {
                is_code = draws_code && !is_code;
                if !draws_code {
                    painted.push('`');
                }
            }
            let style = match (matches, is_code) {
                (true, _) => MATCH,
                (false, true) => TITLE.fg_color(CODE.get_fg_color()),
                (false, false) => TITLE,
            };
            if !part.is_empty() {
                painted += &terminal.paint(style, part);
            }
        }
    }
    painted
}

/// Returns the text of `snippet`, its lines in `style` and its matches marked.
fn pieces(snippet: &Snippet, style: Style, terminal: Terminal) -> String {
    let mut text = String::new();
    for piece in &snippet.pieces {
        let style = if piece.matches { MATCH } else { style };
        let lines: Vec<String> = piece
            .text
            .split('\n')
            .map(|line| match line {
                "" => String::new(),
                line => terminal.paint(style, line),
            })
            .collect();
        text.push_str(&lines.join("\n"));
    }
    text
}

/// Writes the facets that were counted, at most `limit` values of each.
pub(super) fn facets(
    results: &Results,
    limit: usize,
    content: &ContentPath,
    out: &mut impl Write,
) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let counted = results.facets.iter();
    let with_values = counted.filter(|(_, values)| !values.is_empty());
    for (i, (name, values)) in with_values.enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        facet(*name, values, limit, content, terminal, out)?;
    }
    Ok(())
}

/// Writes the values of a facet in a column, beside their counts, and on a terminal beside bars.
fn facet(
    name: FacetName,
    values: &[FacetCount],
    limit: usize,
    content: &ContentPath,
    terminal: Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{}", terminal.paint(TITLE, name.as_str()))?;
    let most = values.iter().map(|value| value.count).max().unwrap_or(0);
    let width = most.to_string().len();
    for counted in values.iter().take(limit) {
        let mut start = format!("  {:>width$}  ", counted.count);
        if terminal.interactive {
            let bar = bar(counted.count, most, terminal.width / 4);
            start += &format!("{}  ", terminal.paint(BAR, &bar));
        }
        let value = match name {
            FacetName::Guide => content.shown(&counted.value),
            _ => counted.value.clone(),
        };
        terminal.write(out, &start, &terminal.paint(PLAIN, &value))?;
    }
    if values.len() > limit {
        let all = Arguments::facets(name);
        let more = format!("  … {limit} of {} shown; more: {all}", values.len());
        writeln!(out, "{}", terminal.paint(FAINT, &more))?;
    }
    Ok(())
}

/// Returns a bar of `width` columns, filled up to `count` of `most`, by eighths of a column.
pub(super) fn bar(count: usize, most: usize, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    // Even the smallest count is visible.
    let eighths = (count * width * 8 / most.max(1)).max(1);
    let filled = "█".repeat(eighths / 8) + PARTS[eighths % 8];
    format!("{filled:width$}")
}

/// Writes the warnings about guides to standard error.
pub(super) fn warnings(warnings: &[Warning], content: &ContentPath) {
    for warning in warnings {
        let file = content.shown(&warning.guide);
        let warning = Warning::new(&file, warning.line, warning.message.as_str());
        terminal::eprint_note(&format!("warning: {warning}"));
    }
}

/// Returns paths as a message names them.
pub(super) fn paths(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    names.join(", ")
}

/// Returns the result of an update, in one line.
pub(super) fn summary(update: &UpdateSummary) -> String {
    let guides = update.added + update.changed + update.unchanged;
    let counts = [
        (update.added, "added"),
        (update.changed, "changed"),
        (update.removed, "removed"),
        (update.skipped, "skipped"),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !update.changed_anything() {
        parts.insert(0, "nothing changed".to_owned());
    }
    if update.drafts > 0 {
        parts.push(format!("{} left out", counted(update.drafts, "draft")));
    }
    if !update.warnings.is_empty() {
        parts.push(counted(update.warnings.len(), "warning"));
    }
    parts.extend(unread(update));
    format!(
        "{} from {} ({}) in {}",
        counted(update.documents, "document"),
        counted(guides, "guide"),
        parts.join(", "),
        duration(update.took_ms),
    )
}

/// The most extensions of files that are not read in one line.
const MOST_EXTENSIONS: usize = 5;

/// Returns the numbers of files that are no guides, by their extensions, the most first.
fn unread(update: &UpdateSummary) -> Option<String> {
    let mut unread: Vec<(&str, usize)> = Vec::new();
    for (extension, count) in &update.unread {
        unread.push((extension, *count));
    }
    unread.sort_by_key(|(_, count)| Reverse(*count));
    let of_others = unread.iter().skip(MOST_EXTENSIONS).map(|(_, count)| count);
    let of_others: usize = of_others.sum();
    let mut counts: Vec<String> = unread
        .iter()
        .take(MOST_EXTENSIONS)
        .map(|(extension, count)| match *extension {
            "" => format!("{count} without extension"),
            extension => format!("{count} .{extension}"),
        })
        .collect();
    if of_others > 0 {
        counts.push(counted(of_others, "other"));
    }
    (!counts.is_empty()).then(|| format!("not read: {}", counts.join(", ")))
}

/// Returns the result of checking an index without damage, in one line.
pub(super) fn checked(index: &str, check: &CheckReport) -> String {
    format!(
        "{index} is whole: {} in {}, {} KiB",
        counted(check.documents, "document"),
        counted(check.files, "file"),
        check.bytes.div_ceil(1024),
    )
}

/// Returns `count` with the noun that it counts.
pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn duration(ms: u64) -> String {
    if ms < 1000 {
        format!("{ms} ms")
    } else {
        format!("{:.1} s", ms as f64 / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn color_takes_the_place_of_backticks_in_titles() {
        let mut terminal = Terminal {
            interactive: true,
            width: 80,
            color: true,
            links: false,
        };
        let pieces = [("What is `th", false), ("is", true), ("`?", false)];
        let colored = title(pieces.into_iter(), terminal);
        assert_eq!(
            colored,
            "\u{1b}[1mWhat is \u{1b}[0m\u{1b}[1m\u{1b}[36mth\u{1b}[0m\
             \u{1b}[1m\u{1b}[31mis\u{1b}[0m\u{1b}[1m?\u{1b}[0m"
        );
        let odd = title([("A ` b", false)].into_iter(), terminal);
        assert_eq!(odd, "\u{1b}[1mA \u{1b}[0m`\u{1b}[1m b\u{1b}[0m");
        terminal.color = false;
        assert_eq!(title(pieces.into_iter(), terminal), "What is `this`?");
    }

    #[test]
    fn a_line_about_a_document_says_nothing_twice_and_not_too_much() {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let sections = texts(&["Part", "Lists"]);
        let tags = texts(&["a", "b", "c", "d", "e"]);
        let about = |question, sections, tags, level, width| {
            let about = About {
                guide: "a.md",
                line: 1,
                place: None,
                question,
                sections,
                tags,
                level,
            };
            about.after_place(width)
        };
        let whole = " · Part › Lists · a, b, c +2 · mid";
        assert_eq!(about("What?", &sections, &tags, Some("mid"), 34), whole);
        let narrower = " · Part › Lists · a, b +3 · mid";
        assert_eq!(about("What?", &sections, &tags, Some("mid"), 33), narrower);
        let narrowest = " · Lists · mid";
        assert_eq!(about("What?", &sections, &tags, Some("mid"), 9), narrowest);
        assert_eq!(
            about("Lists", &sections, &tags[..1], None, 80),
            " · Part · a"
        );
        assert_eq!(about("What?", &[], &[], None, 80), "");
    }

    #[test]
    fn a_bar_is_as_long_as_its_count() {
        let bars = [0, 1, 4, 5, 8].map(|count| bar(count, 8, 4));
        assert_eq!(bars, ["▏   ", "▌   ", "██  ", "██▌ ", "████"]);
        assert_eq!(bar(1, 1_000, 3), "▏  ");
    }
}
