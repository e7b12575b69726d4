//! HTML -> its tokens: text with its entities, tags with their attributes, and comments.
//!
//! Saved pages, documents of word processors, and the HTML in Markdown are read by these. [`TagKind`]
//! is the effect of a tag on the text that it holds.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{Event, Parser};

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HtmlToken<'t> {
    Text(&'t str),
    Tag(HtmlTag<'t>),
    /// A comment, or a part of one.
    Comment,
}

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HtmlTag<'t> {
    /// The name as written.
    pub(crate) name: &'t str,
    pub(crate) is_closing: bool,
    /// The source between the name and the closing bracket.
    pub(crate) attributes: &'t str,
}

/// The tokens of a piece of HTML, with their bytes.
#[derive(Debug)]
pub(crate) struct HtmlTokens<'t> {
    html: &'t str,
    at: usize,
    /// Behind the last bracket that closes; from there on no tag ends.
    tags_end: usize,
    in_comment: bool,
    /// The names of tags that nothing closes any more, so that none of them is looked for again.
    unclosed: Vec<String>,
}

impl<'t> HtmlTokens<'t> {
    /// Cuts `html` into its tokens; `in_comment` says whether it starts in a comment.
    pub(crate) fn new(html: &'t str, in_comment: bool) -> HtmlTokens<'t> {
        HtmlTokens {
            html,
            at: 0,
            tags_end: html.rfind('>').map_or(0, |at| at + 1),
            in_comment,
            unclosed: Vec::new(),
        }
    }

    /// Returns whether what was read ends in a comment.
    pub(crate) fn is_in_comment(&self) -> bool {
        self.in_comment
    }

    /// Returns the text up to the closing tag of `name`, in which no tags are read; up to the next tag
    /// if it is never closed.
    pub(crate) fn raw_text(&mut self, name: &str) -> &'t str {
        let rest = &self.html[self.at..];
        let closes = |at: &usize| {
            let inner = rest[*at..].strip_prefix("</");
            let written = inner.and_then(|inner| inner.get(..name.len()));
            written.is_some_and(|written| written.eq_ignore_ascii_case(name))
        };
        let mut end = None;
        if !self.unclosed.iter().any(|unclosed| unclosed == name) {
            let mut tags = rest.match_indices('<').map(|(at, _)| at);
            end = tags.find(closes);
            if end.is_none() {
                self.unclosed.push(name.to_owned());
            }
        }
        let end = end.or_else(|| rest.find('<'));
        let text = &rest[..end.unwrap_or(rest.len())];
        self.at += text.len();
        text
    }
}

impl<'t> Iterator for HtmlTokens<'t> {
    type Item = (HtmlToken<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.html.get(start..).filter(|rest| !rest.is_empty())?;
        let opens_comment = rest.starts_with("<!--");
        if self.in_comment || opens_comment {
            let inside = if self.in_comment { 0 } else { "<!--".len() };
            let end = rest[inside..].find("-->");
            self.in_comment = end.is_none();
            self.at = end.map_or(self.html.len(), |end| start + inside + end + "-->".len());
            return Some((HtmlToken::Comment, start..self.at));
        }
        let may_end = start < self.tags_end;
        let declares = may_end && (rest.starts_with("<!") || rest.starts_with("<?"));
        if let Some(end) = declares.then(|| rest.find('>')).flatten() {
            self.at = start + end + 1;
            return Some((HtmlToken::Comment, start..self.at));
        }
        if let Some((tag, length)) = may_end.then(|| html_tag(rest)).flatten() {
            self.at = start + length;
            return Some((HtmlToken::Tag(tag), start..self.at));
        }
        // A bracket that opens no tag is text.
        let opens = |at: &usize| {
            let next = rest.as_bytes().get(at + 1);
            next.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
        };
        let mut brackets = rest.match_indices('<').map(|(at, _)| at);
        let next = brackets.find(|at| *at > 0 && opens(at));
        self.at = next.map_or(self.html.len(), |next| start + next);
        Some((HtmlToken::Text(&self.html[start..self.at]), start..self.at))
    }
}

/// Returns the tag at the start of `text`, and its length.
pub(crate) fn html_tag(text: &str) -> Option<(HtmlTag<'_>, usize)> {
    let inner = text.strip_prefix('<')?;
    let named = inner.strip_prefix('/').unwrap_or(inner);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.');
    let name = &named[..named.find(|c| !is_name(c)).unwrap_or(named.len())];
    let attributes = &named[name.len()..];
    let end = attributes_end(attributes)?;
    let length = text.len() - attributes.len() + end + 1;
    let tag = HtmlTag {
        name,
        is_closing: named.len() < inner.len(),
        attributes: &attributes[..end],
    };
    Some((tag, length))
}

/// Returns where attributes end: at the first bracket that is not in quotes, or the first of all if
/// a quote is never closed.
fn attributes_end(attributes: &str) -> Option<usize> {
    let first = attributes.find('>')?;
    let mut quote = None;
    let mut before = b' ';
    for (at, b) in attributes.bytes().enumerate().take(MAX_ATTRIBUTES) {
        match b {
            b'>' if quote.is_none() => return Some(at),
            b'"' | b'\'' if quote.is_none() && before == b'=' => quote = Some(b),
            b if quote == Some(b) => quote = None,
            _ => {}
        }
        before = b;
    }
    Some(first)
}

/// The longest attributes of a tag, in bytes, in which quotes are heeded.
const MAX_ATTRIBUTES: usize = 64 << 10;

impl<'t> HtmlTag<'t> {
    /// Returns the tag's name in lower case and what it does, if it is one that sets text. In Markdown
    /// `<T>` and `<fieldset>` are words.
    pub(crate) fn kind(&self) -> Option<(&'static str, TagKind)> {
        let known = TAGS.binary_search_by(|(name, _)| {
            let written = self.name.bytes().map(|b| b.to_ascii_lowercase());
            name.bytes().cmp(written)
        });
        known.ok().map(|at| TAGS[at])
    }

    /// Returns whether the tag begins and ends lines in a page.
    pub(crate) fn is_line(&self) -> bool {
        let kind = self.kind().map(|(_, kind)| kind);
        let is_page_tag = || {
            PAGE_TAGS
                .iter()
                .any(|name| self.name.eq_ignore_ascii_case(name))
        };
        match kind {
            Some(kind) => matches!(
                kind,
                TagKind::Group | TagKind::Section | TagKind::Line | TagKind::Break | TagKind::Rule
            ),
            None => is_page_tag(),
        }
    }

    /// Returns whether the tag is a word where it stands in a line of Markdown: "the `<fieldset>`
    /// element".
    pub(crate) fn is_word(&self) -> bool {
        let is_bare = self.attributes.trim_matches(['/', ' ']).is_empty();
        let kind = self.kind().map(|(_, kind)| kind);
        kind.is_none() || is_bare && kind == Some(TagKind::Section)
    }

    /// Returns whether the tag only groups or sets what it holds, and means nothing by itself.
    pub(crate) fn groups(&self) -> bool {
        let kind = self.kind().map(|(_, kind)| kind);
        matches!(
            kind,
            Some(
                TagKind::Group
                    | TagKind::Section
                    | TagKind::Break
                    | TagKind::Rule
                    | TagKind::Bold
                    | TagKind::Anchor
            )
        )
    }

    /// Returns the value of an attribute, `name` in lower case, as it is written.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'t str> {
        self.attributes()
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }

    /// Returns the attributes, each with its value as it is written.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
            let length = rest.find(ends).unwrap_or(rest.len()).max(1);
            let length = (length..=rest.len()).find(|at| rest.is_char_boundary(*at))?;
            let (name, after) = rest.split_at(length);
            rest = after;
            let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
                return Some((name, ""));
            };
            let value = value.trim_ascii_start();
            let quoted = value.strip_prefix('"').map(|inner| (inner, '"'));
            let quoted = quoted.or_else(|| value.strip_prefix('\'').map(|inner| (inner, '\'')));
            let value = match quoted {
                Some((inner, quote)) => {
                    let end = inner.find(quote).unwrap_or(inner.len());
                    rest = inner.get(end + 1..).unwrap_or("");
                    &inner[..end]
                }
                None => {
                    let end = value.find(|c: char| c.is_ascii_whitespace());
                    let (value, after) = value.split_at(end.unwrap_or(value.len()));
                    rest = after;
                    value
                }
            };
            Some((name, value))
        })
    }
}

/// The effect of a tag of HTML on text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagKind {
    Heading(u8),
    Bold,
    Italic,
    Struck,
    Code,
    /// Text as it is written.
    Pre,
    Quote,
    List,
    Item,
    /// A cell of a table.
    Cell,
    /// Ends a line.
    Break,
    Rule,
    /// Begins and ends lines.
    Line,
    /// Begins and ends lines, and may hold all kinds of them.
    Group,
    /// Begins and ends lines, but in a line of Markdown is a word, which guides on HTML talk about.
    Section,
    /// Gives text a place or a style by name.
    Anchor,
    /// Sets text in a way that does not count here.
    Unset,
}

/// The tags that writers use in Markdown, by name.
const TAGS: &[(&str, TagKind)] = &[
    ("a", TagKind::Anchor),
    ("abbr", TagKind::Unset),
    ("article", TagKind::Section),
    ("b", TagKind::Bold),
    ("big", TagKind::Unset),
    ("blockquote", TagKind::Quote),
    ("br", TagKind::Break),
    ("caption", TagKind::Section),
    ("center", TagKind::Group),
    ("cite", TagKind::Italic),
    ("code", TagKind::Code),
    ("dd", TagKind::Section),
    ("del", TagKind::Struck),
    ("details", TagKind::Group),
    ("dfn", TagKind::Italic),
    ("div", TagKind::Group),
    ("dl", TagKind::Section),
    ("dt", TagKind::Section),
    ("em", TagKind::Italic),
    ("figcaption", TagKind::Section),
    ("figure", TagKind::Section),
    ("font", TagKind::Unset),
    ("h1", TagKind::Heading(1)),
    ("h2", TagKind::Heading(2)),
    ("h3", TagKind::Heading(3)),
    ("h4", TagKind::Heading(4)),
    ("h5", TagKind::Heading(5)),
    ("h6", TagKind::Heading(6)),
    ("hr", TagKind::Rule),
    ("i", TagKind::Italic),
    ("img", TagKind::Unset),
    ("ins", TagKind::Unset),
    ("kbd", TagKind::Code),
    ("li", TagKind::Item),
    ("mark", TagKind::Unset),
    ("ol", TagKind::List),
    ("p", TagKind::Group),
    ("picture", TagKind::Unset),
    (PRE, TagKind::Pre),
    ("q", TagKind::Unset),
    ("s", TagKind::Struck),
    ("samp", TagKind::Code),
    ("section", TagKind::Section),
    ("small", TagKind::Unset),
    ("source", TagKind::Unset),
    ("span", TagKind::Anchor),
    ("strike", TagKind::Struck),
    ("strong", TagKind::Bold),
    ("sub", TagKind::Unset),
    ("summary", TagKind::Group),
    ("sup", TagKind::Unset),
    ("svg", TagKind::Unset),
    ("table", TagKind::Line),
    ("tbody", TagKind::Line),
    ("td", TagKind::Cell),
    ("th", TagKind::Cell),
    ("thead", TagKind::Line),
    ("tr", TagKind::Line),
    ("tt", TagKind::Code),
    ("u", TagKind::Unset),
    ("ul", TagKind::List),
    ("var", TagKind::Italic),
    ("video", TagKind::Unset),
    ("wbr", TagKind::Unset),
];

/// Further tags that begin and end lines in a page; in Markdown all of them are words.
const PAGE_TAGS: &[&str] = &[
    "address", "body", "fieldset", "form", "header", "label", "main", "option",
];

/// The name of the tag of text as it is written.
pub(super) const PRE: &str = "pre";

/// Returns HTML's text with its entities decoded, such as `&` for `&amp;`.
pub(crate) fn decode_entities(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('&') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
        let name = rest
            .bytes()
            .skip(1)
            .take(MAX_ENTITY)
            .take_while(is_name)
            .count();
        let is_ended = rest[1 + name..].starts_with(';');
        let written = &rest[..1 + name + usize::from(is_ended)];
        match decode_entity(written) {
            Some(decoded) => out.push_str(&decoded),
            None => out.push_str(written),
        }
        rest = &rest[written.len()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The longest name of an entity.
const MAX_ENTITY: usize = 32;

/// Entities that pages write without a semicolon, too.
const BARE_ENTITIES: &[&str] = &["&amp", "&lt", "&gt", "&quot", "&nbsp", "&copy", "&reg"];

/// Returns what an entity stands for, by the table that pulldown-cmark has.
fn decode_entity(written: &str) -> Option<String> {
    let ended;
    let written = match written.strip_suffix(';') {
        Some(_) => written,
        None if BARE_ENTITIES.contains(&written) => {
            ended = format!("{written};");
            &ended
        }
        None => return None,
    };
    let decoded = Parser::new(written).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    decoded
        .filter(|decoded| decoded != "&")
        .or_else(|| (written == "&amp;" || written == "&#38;").then(|| "&".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_in_order() {
        assert!(TAGS.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
