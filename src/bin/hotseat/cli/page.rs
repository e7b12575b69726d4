//! Pages of HTML to read in a browser and to print.

use std::{
    borrow::Cow,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use hotseat::{Html, QaDocument, escape_html, steers};

use crate::{
    content_path::ContentPath,
    terminal::{
        self,
        highlight::{SyntaxHighlighter, Token},
    },
};

/// Returns the format that the name of a file ends in.
pub(super) fn format<F: ValueEnum>(file: Option<&Path>) -> Option<F> {
    let extension = file?.extension()?.to_str()?;
    F::from_str(extension, true).ok()
}

/// Writes `text`, which guides are part of, to a file, or else to `out`, without anything in it that steers
/// whatever shows it. A file among the guides of `content` is not replaced: it may be one of them.
pub(super) fn write(
    file: Option<&PathBuf>,
    text: &str,
    content: &ContentPath,
    out: &mut impl Write,
) -> Result<()> {
    let text = harmless(text);
    let Some(file) = file else {
        return Ok(out.write_all(text.as_bytes())?);
    };
    if content.inside(file).is_some() {
        let shown = file.display();
        if file.exists() {
            bail!("{shown} is among the guides, and stays as it is; give a file elsewhere");
        }
        terminal::eprint_note(&format!(
            "note: {shown} is among the guides, so it may be read as one of them"
        ));
    }
    fs::write(file, &*text).with_context(|| format!("cannot write {}", file.display()))
}

/// Returns `text` with U+FFFD for each character that steers, except line ends of two characters.
fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_line_end = c == '\r' && rest.peek() == Some(&'\n');
        out.push(match steers(c) && !is_line_end {
            true => char::REPLACEMENT_CHARACTER,
            false => c,
        });
    }
    Cow::Owned(out)
}

/// Returns the page with a title and a body. It needs no other file, and fetches none.
pub(super) fn page(title: &str, body: &str) -> String {
    let title = escape_html(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n<main>\n{body}</main>\n</html>\n"
    )
}

/// The style of a page, on a screen and on paper.
const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; margin: 1.6em 0 .5em; }
pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid #8886; border-radius: 4px; }
code { font: .9em ui-monospace, monospace; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8886; padding: .2rem .5rem; text-align: start; }
blockquote { border-inline-start: 3px solid #8886; margin-inline: 0; padding-inline-start: 1rem; }
.about { font-size: .85em; opacity: .75; margin: 0; }
.grade { letter-spacing: .02em; }
.notes { border: 1px solid #8886; border-radius: 4px; height: 5.5em; }
@media print {
  body { font-size: 11pt; margin: 0; max-width: none; }
  h2, h3 { break-after: avoid; }
  section { break-inside: avoid; }
  .answers { break-before: page; }
  pre { white-space: pre-wrap; }
}
";

/// Returns the HTML of an answer, its headings at `level` and below.
pub(super) fn answer(document: &QaDocument, level: u8) -> String {
    let html = Html::new().headings(level).code(&code);
    html.render(document.format, &document.answer)
}

/// Returns a question as HTML, the text between backticks as code.
pub(super) fn question(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape_html(text).into_owned();
    }
    let part = |(place, part): (usize, &&str)| match place % 2 {
        0 => escape_html(part).into_owned(),
        _ => format!("<code>{}</code>", escape_html(part)),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Returns code with its comments, strings and keywords in colors that need no style sheet.
fn code(language: &str, text: &str) -> Option<String> {
    let mut highlighter = SyntaxHighlighter::new(language)?;
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        for (token, piece) in highlighter.line(line) {
            let piece = escape_html(piece);
            match color(token) {
                Some(color) => out += &format!("<span style=\"color:{color}\">{piece}</span>"),
                None => out += &piece,
            }
        }
        out.push('\n');
    }
    Some(out)
}

/// Returns a color that can be read on white and on black.
fn color(token: Token) -> Option<&'static str> {
    Some(match token {
        Token::Keyword => "#a45ad1",
        Token::String | Token::Added => "#2f8f46",
        Token::Value => "#1f8a9c",
        Token::Comment => "#808080",
        Token::Removed => "#d0504c",
        Token::Plain => return None,
    })
}
