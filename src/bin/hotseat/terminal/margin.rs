//! The margin before the lines of nested quotes and lists.

use textwrap::core::display_width;

/// The margin of each line: the indentation, and a part for each quote and list item.
pub(super) struct Margin {
    parts: Vec<Part>,
    /// The number of parts that there was no room for.
    beyond: usize,
}

struct Part {
    /// The text before its first line, until that line is written.
    first: Option<String>,
    rest: String,
    width: usize,
}

impl Margin {
    pub(super) fn new(indent: &str) -> Margin {
        let base = Part {
            first: None,
            rest: indent.to_owned(),
            width: display_width(indent),
        };
        Margin {
            parts: vec![base],
            beyond: 0,
        }
    }

    /// Adds `first`, and `rest` below it, if at least half of a line of `line_width` is left for
    /// text; returns whether it is.
    pub(super) fn push(&mut self, line_width: usize, first: &str, rest: &str) -> bool {
        let width = display_width(rest);
        let has_room = self.beyond == 0 && 2 * (self.width() + width) <= line_width;
        if has_room {
            self.parts.push(Part {
                first: Some(first.to_owned()),
                rest: rest.to_owned(),
                width,
            });
        } else {
            self.beyond += 1;
        }
        has_room
    }

    pub(super) fn pop(&mut self) {
        match self.beyond.checked_sub(1) {
            Some(beyond) => self.beyond = beyond,
            None => drop(self.parts.pop()),
        }
    }

    fn width(&self) -> usize {
        self.parts.iter().map(|part| part.width).sum()
    }

    /// Returns how much of a line of `width` it leaves.
    pub(super) fn left(&self, width: usize) -> usize {
        width.saturating_sub(self.width())
    }

    /// Returns what stands before the next line.
    pub(super) fn next(&mut self) -> String {
        let parts = self.parts.iter_mut();
        parts
            .map(|part| part.first.take().unwrap_or_else(|| part.rest.clone()))
            .collect()
    }

    /// Returns what stands before a line that starts nothing.
    pub(super) fn rest(&self) -> String {
        self.parts.iter().map(|part| part.rest.as_str()).collect()
    }
}
