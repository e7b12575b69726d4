//! A line of text that is edited.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use textwrap::core::display_width;

/// The most bytes of a line: more is not typed, and a paste should not fill the memory.
const MAX_BYTES: usize = 4096;

/// A line of text and the place of its cursor.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    text: String,
    /// The byte before which the cursor stands.
    cursor: usize,
}

impl Line {
    pub(crate) fn new(text: &str) -> Line {
        let mut line = Line::default();
        line.insert(text);
        line
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the column of the cursor.
    pub(crate) fn column(&self) -> usize {
        display_width(&self.text[..self.cursor])
    }

    /// Inserts text before the cursor; control characters become blanks.
    pub(crate) fn insert(&mut self, text: &str) {
        for c in text.chars() {
            let c = if crate::terminal::steers(c) || c == '\n' || c == '\t' {
                ' '
            } else {
                c
            };
            if self.text.len() + c.len_utf8() > MAX_BYTES {
                break;
            }
            self.text.insert(self.cursor, c);
            self.cursor += c.len_utf8();
        }
    }

    /// Edits the line as shells do; returns whether its text changed.
    pub(crate) fn on(&mut self, key: KeyEvent) -> bool {
        let before = self.text.len();
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('a') if is_control => self.cursor = 0,
            KeyCode::Char('e') if is_control => self.cursor = self.text.len(),
            KeyCode::Char('k') if is_control => self.text.truncate(self.cursor),
            KeyCode::Char('w') if is_control => self.remove_to(self.word_start()),
            KeyCode::Char(c) if !is_control => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.remove_to(self.left()),
            KeyCode::Delete => {
                let start = self.cursor;
                self.cursor = self.right();
                self.remove_to(start);
            }
            KeyCode::Left => self.cursor = self.left(),
            KeyCode::Right => self.cursor = self.right(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => {}
        }
        self.text.len() != before
    }

    /// Removes the text between `start` and the cursor.
    fn remove_to(&mut self, start: usize) {
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
    }

    fn left(&self) -> usize {
        let before = self.text[..self.cursor].chars().next_back();
        self.cursor - before.map_or(0, char::len_utf8)
    }

    fn right(&self) -> usize {
        let after = self.text[self.cursor..].chars().next();
        self.cursor + after.map_or(0, char::len_utf8)
    }

    fn word_start(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.rfind(' ').map_or(0, |blank| blank + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(line: &mut Line, code: KeyCode, modifiers: KeyModifiers) -> bool {
        line.on(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_line_is_edited_by_characters_not_bytes() {
        let mut line = Line::new("größe x");
        assert!(press(&mut line, KeyCode::Backspace, KeyModifiers::NONE));
        for _ in 0..3 {
            assert!(!press(&mut line, KeyCode::Left, KeyModifiers::NONE));
        }
        assert!(press(&mut line, KeyCode::Backspace, KeyModifiers::NONE));
        assert_eq!((line.text(), line.column()), ("grße ", 2));
        assert!(press(&mut line, KeyCode::Delete, KeyModifiers::NONE));
        press(&mut line, KeyCode::Char('e'), KeyModifiers::CONTROL);
        assert!(press(&mut line, KeyCode::Char('w'), KeyModifiers::CONTROL));
        assert_eq!(line.text(), "");
        assert!(!press(&mut line, KeyCode::Backspace, KeyModifiers::NONE));
    }

    #[test]
    fn a_paste_is_one_line_and_bounded() {
        let mut line = Line::new("a\r\nb\u{1b}[2J");
        assert_eq!(line.text(), "a  b [2J");
        line.insert(&"é".repeat(MAX_BYTES));
        assert!(line.text().len() <= MAX_BYTES);
    }
}
