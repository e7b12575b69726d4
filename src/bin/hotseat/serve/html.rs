//! A writer of pages: text is escaped, and only what this program names is a tag.

use std::borrow::Cow;

use hotseat::{Snippet, escape_html};

/// A page, or a part of one.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn new() -> Html {
        Html::default()
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Writes tags.
    pub(super) fn tags(&mut self, tags: &'static str) -> &mut Html {
        self.0.push_str(tags);
        self
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) -> &mut Html {
        self.0.push_str(&escape_html(text));
        self
    }

    /// Writes HTML that was made of escaped text.
    pub(super) fn html(&mut self, html: &str) -> &mut Html {
        self.0.push_str(html);
        self
    }

    /// Writes the start of an element.
    pub(super) fn open(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
    ) -> &mut Html {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.0.push_str(&escape_html(value));
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Writes an element with text in it.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut Html {
        self.open(name, attributes).text(text);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    pub(super) fn link(&mut self, url: &str, text: &str) -> &mut Html {
        self.element("a", &[("href", url)], text)
    }

    /// Writes the text of a snippet with its matches marked.
    pub(super) fn snippet(&mut self, snippet: &Snippet) -> &mut Html {
        for piece in &snippet.pieces {
            match piece.matches {
                true => self.tags("<mark>").text(&piece.text).tags("</mark>"),
                false => self.text(&piece.text),
            };
        }
        self
    }

    /// Writes a title, with code for what stands between backticks.
    pub(super) fn title(&mut self, title: &str) -> &mut Html {
        self.pieces([(title, false)].into_iter())
    }

    /// Writes a title with its matches marked.
    pub(super) fn marked_title(&mut self, title: &Snippet) -> &mut Html {
        let pieces = title.pieces.iter();
        self.pieces(pieces.map(|piece| (piece.text.as_str(), piece.matches)))
    }

    fn pieces<'t>(&mut self, pieces: impl Iterator<Item = (&'t str, bool)> + Clone) -> &mut Html {
        let backticks = pieces.clone().map(|(text, _)| text.matches('`').count());
        let has_code = backticks.sum::<usize>() % 2 == 0;
        let mut is_code = false;
        for (text, matches) in pieces {
            for (place, part) in text.split('`').enumerate() {
                if place > 0 && has_code {
                    is_code = !is_code;
                    self.code(is_code);
                } else if place > 0 {
                    self.text("`");
                }
                if matches && !part.is_empty() {
                    self.tags("<mark>").text(part).tags("</mark>");
                } else {
                    self.text(part);
                }
            }
        }
        self
    }

    /// Starts or ends code. Between two backticks in a row there is none.
    fn code(&mut self, starts: bool) {
        const START: &str = "<code>";
        if starts {
            self.0.push_str(START);
        } else if self.0.ends_with(START) {
            self.0.truncate(self.0.len() - START.len());
        } else {
            self.0.push_str("</code>");
        }
    }
}

/// Returns a count with its noun, digits in groups of three.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

pub(super) fn grouped(count: usize) -> Cow<'static, str> {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut html = Html::new();
        html.element("a", &[("href", "/\"><script>")], "<b>&'");
        assert_eq!(
            html.into_string(),
            "<a href=\"/&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;</a>"
        );
    }

    #[test]
    fn code_in_a_title_stands_between_backticks() {
        let title = |title| {
            let mut html = Html::new();
            html.title(title);
            html.into_string()
        };
        assert_eq!(
            title("`<a>` or `b`?"),
            "<code>&lt;a&gt;</code> or <code>b</code>?"
        );
        assert_eq!(title("a ` b"), "a ` b");
        assert_eq!(title("``a`` b"), "a b");
        let mut html = Html::new();
        let pieces = [("`git ", false), ("rebase", true), (" --onto`", false)];
        html.pieces(pieces.into_iter());
        let expected = "<code>git <mark>rebase</mark> --onto</code>";
        assert_eq!(html.into_string(), expected);
    }

    #[test]
    fn long_numbers_are_in_groups() {
        assert_eq!(counted(1, "question"), "1 question");
        assert_eq!(counted(1_234_567, "question"), "1,234,567 questions");
    }
}
