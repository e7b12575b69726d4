//! Cells that changed -> bytes for a terminal.
//!
//! ratatui's own backend sets each attribute by a sequence of its own, both colors where one changes, and moves
//! the cursor by row and column. The largest frames take a fifth fewer bytes here, which a slow connection
//! shows.

use std::io::{self, Write};

use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
};

use super::ansi;

/// A terminal that cells are painted on.
#[derive(Debug)]
pub(super) struct Painter<W: Write>(CrosstermBackend<W>);

impl<W: Write> Painter<W> {
    pub(super) fn new(out: W) -> Painter<W> {
        Painter(CrosstermBackend::new(out))
    }
}

impl<W: Write> Write for Painter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

/// Writes cells with their columns and rows. The style is that of the terminal before and after.
fn paint<'a>(
    out: &mut impl Write,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let plain = Cell::EMPTY.style();
    let mut style = plain;
    let mut next = None;
    for (x, y, cell) in cells {
        if next != Some((x, y)) {
            match next {
                // From its column on, the row is as it was.
                Some((_, row)) if row == y => write!(out, "\x1b[{}G", x + 1)?,
                _ => write!(out, "\x1b[{};{}H", y + 1, x + 1)?,
            }
        }
        if cell.style() != style {
            style = cell.style();
            out.write_all(ansi::codes(style).as_bytes())?;
        }
        out.write_all(cell.symbol().as_bytes())?;
        next = Some((x + 1, y));
    }
    if style != plain {
        out.write_all(ansi::codes(plain).as_bytes())?;
    }
    Ok(())
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, cells: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        paint(&mut self.0, cells)
    }

    fn append_lines(&mut self, count: u16) -> io::Result<()> {
        self.0.append_lines(count)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::num::NonZero;

    use ratatui::{
        buffer::Buffer,
        layout::Rect,
        style::{Color, Modifier, Style},
    };

    use super::*;

    #[test]
    fn what_changed_is_painted_and_nothing_else() {
        let mut before = Buffer::empty(Rect::new(0, 0, 20, 3));
        before.set_string(0, 0, "How do you index?", Style::new());
        before.set_string(0, 2, "tea", Style::new());
        let mut after = before.clone();
        let matched = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
        after.set_string(4, 0, "to", Style::new());
        after.set_string(11, 0, "ndex", matched);
        after.set_string(0, 2, "濃茶", Style::new());
        let mut bytes = Vec::new();
        paint(&mut bytes, before.diff_iter(&after)).unwrap();
        let expected = "\u{1b}[1;5Ht\u{1b}[12G\u{1b}[0;1;31mndex\u{1b}[3;1H\u{1b}[0m濃\u{1b}[3G茶";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[cfg(unix)]
    proptest::proptest! {
        #[test]
        fn a_terminal_shows_the_last_frame(frames in proptest::collection::vec(frame(), 1..4)) {
            let size = |cells| NonZero::new(cells).unwrap();
            let mut terminal = vt100::Parser::new(size(AREA.height), size(AREA.width), 0);
            let mut before = Buffer::empty(AREA);
            for texts in frames {
                let mut after = Buffer::empty(AREA);
                for (row, (column, text, style)) in (0..).zip(texts) {
                    after.set_string(column, row, text, style);
                }
                let mut bytes = Vec::new();
                paint(&mut bytes, before.diff_iter(&after)).unwrap();
                terminal.process(&bytes);
                before = after;
            }
            let is_dim = |cell: &Cell| cell.modifier.contains(Modifier::DIM);
            let is_red = |cell: &Cell| cell.fg == Color::Red;
            for position in AREA.positions() {
                let shown = terminal.screen().cell(position.y, position.x).unwrap();
                let cell = &before[position];
                if shown.is_wide_continuation() {
                    continue;
                }
                proptest::prop_assert_eq!(shown.contents().trim(), cell.symbol().trim());
                // A blank is the same dim or red.
                if shown.contents().trim().is_empty() {
                    continue;
                }
                proptest::prop_assert_eq!(shown.dim(), is_dim(cell));
                proptest::prop_assert_eq!(shown.fgcolor() == vt100::Color::Idx(1), is_red(cell));
            }
        }
    }

    #[cfg(unix)]
    const AREA: Rect = Rect::new(0, 0, 20, 4);

    /// A text for each row, and its column.
    #[cfg(unix)]
    fn frame() -> impl proptest::strategy::Strategy<Value = Vec<(u16, String, Style)>> {
        let styles = vec![
            Style::new(),
            Style::new().add_modifier(Modifier::DIM),
            Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        ];
        let style = proptest::sample::select(styles);
        proptest::collection::vec(
            (0..20_u16, "[a-c 茶é]{0,20}", style),
            usize::from(AREA.height),
        )
    }
}
