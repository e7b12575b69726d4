//! The XML that `pdftohtml -xml` prints of a PDF -> Markdown.
//!
//! It says where each piece of text stands on its page, and in which font. Lines in a larger font than
//! most are headings, those in bold are bold, and those in a font of typewriters are code; what stands
//! close below each other is a paragraph. What recurs at the edges of pages is left out.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{
    Place,
    converted::{Converted, Inline},
};
use crate::text::{
    html_tokens::{HtmlTag, HtmlToken, HtmlTokens, decode_entities},
    punctuation::ends_sentence,
};

/// Words in the names of fonts whose letters are equally wide.
const CODE_FONTS: [&str; 6] = ["mono", "courier", "consol", "typewriter", "cmtt", "menlo"];

/// The longest heading, in bytes, and the most levels of them.
const MAX_HEADING: usize = 300;
const MAX_LEVELS: usize = 5;

/// The share of a page's height at its upper and lower edge in which recurring lines are no text.
const EDGE: f64 = 0.09;

/// The fewest pages with the same line at their edges for it to be left out, unless they are all.
const MIN_RECURRING: usize = 3;

/// A line of a page: the pieces of text that stand beside each other.
#[derive(Debug, Default, Clone)]
struct Line {
    page: u32,
    number: usize,
    text: String,
    top: f64,
    left: f64,
    right: f64,
    height: f64,
    size: u32,
    is_bold: bool,
    is_code: bool,
    is_at_edge: bool,
}

/// Returns whether a text is such XML.
pub(super) fn is_printed(text: &str) -> bool {
    text.starts_with("<?xml") && text.get(..500).unwrap_or(text).contains("<pdf2xml")
}

/// Returns the text of a PDF as Markdown.
pub(super) fn convert(xml: &str) -> Converted {
    let mut lines = lines(xml);
    let recurring = recurring(&lines);
    lines.retain(|line| !line.is_at_edge || !recurring.contains(&without_digits(&line.text)));
    let body = body_size(&lines);
    let headings: BTreeSet<u32> = lines
        .iter()
        .filter(|line| is_heading(line, body))
        .map(|line| line.size)
        .collect();
    let level = |size: u32| 1 + headings.range(size + 1..).count().min(MAX_LEVELS);
    let margins = margins(&lines);
    let mut out = Converted::default();
    let mut page = 0;
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        if first.page != page {
            page = first.page;
            out.place(Place::Page(page));
        }
        if first.is_code {
            let mut code = vec![first.clone()];
            let mut last = first.clone();
            while let Some(next) = lines.next_if(|next| next.is_code && !is_apart(&last, next, 3.0))
            {
                last = next.clone();
                code.push(next);
            }
            let left = code.iter().map(|line| line.left).fold(f64::MAX, f64::min);
            let shown: Vec<(usize, String)> = code
                .iter()
                .map(|line| {
                    // A letter is about half as wide as it is high.
                    let indent = (line.left - left) / (line.height * 0.5).max(1.0);
                    let indent = " ".repeat((indent.round() as usize).min(40));
                    (line.number, indent + &line.text)
                })
                .collect();
            let shown = shown.iter().map(|(number, line)| (*number, line.as_str()));
            out.code(0, "", shown, first.number);
            continue;
        }
        let mut text = first.text.clone();
        let mut last = first.clone();
        let goes_on = |last: &Line, next: &Line| {
            let is_same = (next.size, next.is_bold, next.is_code)
                == (first.size, first.is_bold, first.is_code);
            let is_marked = next.text.starts_with(['•', '▪', '◦', '●', '–']);
            let is_short = margins
                .get(&column(last))
                .is_some_and(|margin| last.right + next.first_word() < *margin);
            is_same && !is_marked && !is_short && !is_apart(last, next, 1.5)
        };
        while let Some(next) = lines.next_if(|next| goes_on(&last, next)) {
            match text.strip_suffix('\u{ad}') {
                Some(start) => text.truncate(start.len()),
                None => text.push(' '),
            }
            text.push_str(&next.text);
            last = next;
        }
        let mut inline = Inline::default();
        let item = text.strip_prefix(['•', '▪', '◦', '●', '–']);
        inline.text(item.unwrap_or(&text).trim());
        let markdown = inline.finish();
        if is_heading(&first, body) && text.len() <= MAX_HEADING {
            out.heading(level(first.size), &markdown, first.number);
        } else if item.is_some() {
            out.line(0, &format!("- {markdown}"), first.number);
        } else {
            out.blank();
            let marks = if first.is_bold { "**" } else { "" };
            out.line(0, &format!("{marks}{markdown}{marks}"), first.number);
            out.blank();
        }
    }
    out
}

impl Line {
    /// Returns the width of its first word with the space before it, and of a letter more: letters differ.
    fn first_word(&self) -> f64 {
        let letters = self.text.chars().count().max(1) as f64;
        let word = self.text.split(' ').next().unwrap_or_default();
        let word = word.chars().count() as f64 + 2.0;
        (self.right - self.left) / letters * word
    }
}

/// Returns the column of a line: its size, and where it begins.
fn column(line: &Line) -> (u32, u32) {
    (line.size, line.left.max(0.0) as u32)
}

/// Returns how far the full lines of each column reach to the right: a line in which the next word would
/// have had its place is the last of its paragraph.
fn margins(lines: &[Line]) -> HashMap<(u32, u32), f64> {
    let mut ends: HashMap<(u32, u32), Vec<f64>> = HashMap::new();
    for line in lines.iter().filter(|line| !line.is_code) {
        ends.entry(column(line)).or_default().push(line.right);
    }
    let mut margins = HashMap::new();
    for (column, mut ends) in ends {
        ends.sort_unstable_by(f64::total_cmp);
        if ends.len() >= MIN_COLUMN {
            // One that sticks out does not make the others short.
            margins.insert(column, ends[ends.len() - 1 - ends.len() / 10]);
        }
    }
    margins
}

/// The fewest lines that show how wide a column is.
const MIN_COLUMN: usize = 5;

/// Returns whether `next` is no line of the paragraph of `last`: it stands more than so many heights of
/// it below, or above in another column or on another page where a sentence begins.
fn is_apart(last: &Line, next: &Line, heights: f64) -> bool {
    let is_below = next.page == last.page && next.top > last.top;
    match is_below {
        true => next.top - last.top > heights * last.height.max(1.0),
        false => last.is_code || ends_sentence(&last.text) || last.text.ends_with(':'),
    }
}

fn is_heading(line: &Line, body: u32) -> bool {
    !line.is_code && f64::from(line.size) > f64::from(body) * 1.08
}

/// Returns the size in which most letters are set.
fn body_size(lines: &[Line]) -> u32 {
    let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.is_code) {
        *letters.entry(line.size).or_default() += line.text.len();
    }
    let most = letters.into_iter().max_by_key(|(_, letters)| *letters);
    most.map_or(0, |(size, _)| size)
}

/// Returns the lines at the edges of pages that recur, without their numbers.
fn recurring(lines: &[Line]) -> BTreeSet<String> {
    let mut pages: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_at_edge) {
        let text = without_digits(&line.text);
        pages.entry(text).or_default().insert(line.page);
    }
    let all: BTreeSet<u32> = lines.iter().map(|line| line.page).collect();
    let least = all.len().clamp(2, MIN_RECURRING);
    let is_recurring = |(_, pages): &(String, BTreeSet<u32>)| pages.len() >= least;
    let recurring = pages.into_iter().filter(is_recurring);
    recurring.map(|(text, _)| text).collect()
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Reads the lines of all pages, in the order in which they are printed.
fn lines(xml: &str) -> Vec<Line> {
    let mut fonts: HashMap<&str, (u32, bool, bool)> = HashMap::new();
    let (mut page, mut page_height) = (0, 0.0);
    let mut lines: Vec<Line> = Vec::new();
    // The piece that is open, and how much of it is bold.
    let mut open: Option<Line> = None;
    let (mut bold, mut bold_letters) = (0_usize, 0);
    let (mut line, mut counted) = (1, 0);
    let mut tokens = HtmlTokens::new(xml, false);
    for (token, range) in tokens.by_ref() {
        line += xml[counted..range.start].matches('\n').count();
        counted = range.start;
        match token {
            HtmlToken::Comment => {}
            HtmlToken::Text(text) => {
                if let Some(piece) = &mut open {
                    let text = decode_entities(Cow::Borrowed(text));
                    bold_letters += if bold > 0 { text.len() } else { 0 };
                    piece.text.push_str(&text);
                }
            }
            HtmlToken::Tag(tag) => match (tag.name, tag.is_closing) {
                ("page", false) => {
                    page = number(&tag, "number") as u32;
                    page_height = number(&tag, "height");
                }
                ("fontspec", false) => {
                    let family = tag.attribute("family").unwrap_or_default().to_lowercase();
                    let is_code = CODE_FONTS.iter().any(|word| family.contains(word));
                    let is_bold = family.contains("bold") || family.contains("cmbx");
                    let size = number(&tag, "size") as u32;
                    let id = tag.attribute("id").unwrap_or_default();
                    fonts.insert(id, (size, is_code, is_bold));
                }
                ("text", false) => {
                    let font = tag.attribute("font").and_then(|font| fonts.get(font));
                    let (size, is_code, is_bold) = font.copied().unwrap_or_default();
                    let (top, left, height) = (
                        number(&tag, "top"),
                        number(&tag, "left"),
                        number(&tag, "height"),
                    );
                    let edge = page_height * EDGE;
                    let piece = Line {
                        page,
                        number: line,
                        text: String::new(),
                        top,
                        left,
                        right: left + number(&tag, "width"),
                        height,
                        size,
                        is_bold,
                        is_code,
                        is_at_edge: top < edge || top + height > page_height - edge,
                    };
                    open = Some(piece);
                    bold_letters = 0;
                }
                ("text", true) => {
                    let Some(mut piece) = open.take() else {
                        continue;
                    };
                    bold = 0;
                    if piece.text.trim().is_empty() {
                        continue;
                    }
                    piece.is_bold |= bold_letters >= piece.text.trim().len();
                    match lines.last_mut() {
                        Some(last) if is_beside(last, &piece) => {
                            let gap = piece.left - last.right;
                            // Numbers of sections stand apart from their titles.
                            if gap > piece.height && is_number(&last.text) {
                                last.text.push('.');
                            }
                            if gap > piece.height * 0.15 && !last.text.ends_with(' ') {
                                last.text.push(' ');
                            }
                            last.right = piece.right;
                            last.text.push_str(piece.text.trim_end());
                            last.is_bold &= piece.is_bold;
                            last.is_code &= piece.is_code;
                            last.size = last.size.min(piece.size);
                        }
                        _ => {
                            let written = piece.text.trim();
                            piece.text = written.to_owned();
                            lines.push(piece);
                        }
                    }
                }
                ("b", closes) => {
                    bold = if closes {
                        bold.saturating_sub(1)
                    } else {
                        bold + 1
                    };
                }
                _ => {}
            },
        }
    }
    lines
}

/// Returns whether a text is a number such as 2 or 2.1.
fn is_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Returns whether a piece stands right of a line, and on it.
fn is_beside(line: &Line, piece: &Line) -> bool {
    let is_level = (line.top - piece.top).abs() < line.height.max(piece.height) * 0.5;
    let gap = piece.left - line.right;
    line.page == piece.page && is_level && gap > -piece.height && gap < piece.height * 3.0
}

fn number(tag: &HtmlTag<'_>, name: &str) -> f64 {
    let value = tag
        .attribute(name)
        .and_then(|value| value.parse::<f64>().ok());
    value.filter(|value| value.is_finite()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_and_places_become_markdown() {
        let mut xml =
            "<?xml version=\"1.0\"?>\n<!DOCTYPE pdf2xml SYSTEM \"pdf2xml.dtd\">\n<pdf2xml>\n"
                .to_owned();
        for page in 1..=3 {
            xml += &format!(
                "<page number=\"{page}\" height=\"1000\">\n<fontspec id=\"0\" size=\"10\" family=\"A\"/>\n\
                 <fontspec id=\"1\" size=\"14\" family=\"A\"/>\n<fontspec id=\"2\" size=\"10\" family=\"X+Mono\"/>\n\
                 <text top=\"20\" left=\"10\" width=\"50\" height=\"10\" font=\"0\">Notes, page {page}</text>\n\
                 <text top=\"100\" left=\"10\" width=\"90\" height=\"14\" font=\"1\"><b>What is a &lt;map&gt;</b></text>\n\
                 <text top=\"116\" left=\"10\" width=\"90\" height=\"14\" font=\"1\"><b>on page {page}?</b></text>\n\
                 <text top=\"150\" left=\"10\" width=\"90\" height=\"10\" font=\"0\">A table whose rows</text>\n\
                 <text top=\"162\" left=\"10\" width=\"20\" height=\"10\" font=\"0\">have</text>\n\
                 <text top=\"162\" left=\"33\" width=\"20\" height=\"10\" font=\"0\"><b>keys.</b></text>\n\
                 <text top=\"200\" left=\"10\" width=\"90\" height=\"10\" font=\"2\">if a:</text>\n\
                 <text top=\"212\" left=\"20\" width=\"90\" height=\"10\" font=\"2\">b</text>\n</page>\n"
            );
        }
        assert!(is_printed(&xml));
        let expected = "# What is a \\<map> on page 1?\n\nA table whose rows have keys.\n\n```\nif a:\n  b\n```\n\n";
        let converted = convert(&xml);
        assert!(converted.text.starts_with(expected), "{}", converted.text);
        let guide = converted.into_guide("a.pdf", Default::default(), None);
        let questions = guide
            .blocks
            .iter()
            .filter(|block| block.text.ends_with('?'));
        let places = questions.map(|block| (block.line, guide.place_of(block.span.start)));
        let expected =
            [(9, 1), (22, 2), (35, 3)].map(|(line, page)| (line, Some(Place::Page(page))));
        assert_eq!(places.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_line_with_room_for_the_next_word_ends_a_paragraph() {
        let mut xml = "<pdf2xml>\n".to_owned();
        for page in 1..=2 {
            xml += &format!(
                "<page number=\"{page}\" height=\"1000\">\n<fontspec id=\"0\" size=\"10\" family=\"A\"/>\n\
                 <fontspec id=\"1\" size=\"14\" family=\"A\"/>\n\
                 <text top=\"980\" left=\"10\" width=\"50\" height=\"10\" font=\"0\">a.html {page}/2</text>\n\
                 <text top=\"100\" left=\"10\" width=\"9\" height=\"14\" font=\"1\">{page}</text>\n\
                 <text top=\"100\" left=\"40\" width=\"90\" height=\"14\" font=\"1\">Maps</text>\n"
            );
            let lines = [
                ("What is a map?", 70),
                ("A table whose rows have keys, by which", 190),
                ("each of them is found, however many of", 190),
                ("them there are.", 75),
            ];
            for (place, (text, width)) in (0..).zip(lines) {
                let top = 150 + 12 * place;
                xml += &format!(
                    "<text top=\"{top}\" left=\"10\" width=\"{width}\" height=\"10\" font=\"0\">{text}</text>\n"
                );
            }
            xml += "</page>\n";
        }
        let page = "# 1. Maps\n\nWhat is a map?\n\n\
                    A table whose rows have keys, by which each of them is found, however many of them there are.\n\n";
        let expected = page.to_owned() + &page.replace("1.", "2.");
        assert_eq!(convert(&xml).text, expected);
    }
}
