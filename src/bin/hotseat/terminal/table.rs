//! Tables in the width of a terminal.

use hotseat::Alignment;
use textwrap::core::display_width;

use super::{FAINT, LEAST_RULE, Terminal, wrap};

/// A table, its rows gathered before it can be drawn; the first is its head.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Between two columns, and where a rule crosses that.
const COLUMN_END: &str = " │ ";
const CROSSING: &str = "─┼─";

/// A column that has to be wrapped breaks too many words if it is narrower.
const LEAST_COLUMN: usize = 12;

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Table {
        Table {
            alignments,
            rows: Vec::new(),
        }
    }

    pub(super) fn start_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Returns the table drawn in at most `width` columns of the terminal.
    pub(super) fn lines(&self, width: usize, terminal: Terminal) -> Vec<String> {
        let between = display_width(COLUMN_END) * self.alignments.len().saturating_sub(1);
        let natural = self.natural_widths();
        let widths = fitted(&natural, width.saturating_sub(between));
        let mut columns = widths.iter().zip(&natural);
        if columns.any(|(width, natural)| width < natural && *width < LEAST_COLUMN) {
            return self.records(width, terminal);
        }
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| self.row(row, &widths, terminal))
            .collect();
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        let rule = terminal.paint(FAINT, &rule.join(CROSSING));
        // Rows of several lines need more to be told apart.
        let is_ruled = rows.iter().skip(1).any(|lines| lines.len() > 1);
        let mut drawn = Vec::new();
        for (i, lines) in rows.into_iter().enumerate() {
            if i == 1 || (i > 1 && is_ruled) {
                drawn.push(rule.clone());
            }
            drawn.extend(lines);
        }
        drawn
    }

    /// Returns how wide each column is if nothing in it is wrapped.
    fn natural_widths(&self) -> Vec<usize> {
        let width = |cell: &String| cell.split('\n').map(display_width).max().unwrap_or(0);
        let of_column = |i| {
            self.rows
                .iter()
                .filter_map(move |row| row.get(i))
                .map(width)
                .max()
        };
        (0..self.alignments.len())
            .map(|i| of_column(i).unwrap_or(0))
            .collect()
    }

    /// Returns the lines of a row.
    fn row(&self, cells: &[String], widths: &[usize], terminal: Terminal) -> Vec<String> {
        let cells: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| wrap(cell, *width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let end = terminal.paint(FAINT, COLUMN_END);
        let line = |n: usize| {
            let parts = cells.iter().zip(widths).zip(&self.alignments);
            let parts = parts.map(|((lines, width), alignment)| {
                aligned(lines.get(n).map_or("", String::as_str), *width, *alignment)
            });
            parts.collect::<Vec<_>>().join(&end)
        };
        (0..height).map(line).collect()
    }

    /// Returns each row as a list of its columns, for which there is no room beside each other.
    fn records(&self, width: usize, terminal: Terminal) -> Vec<String> {
        let Some((head, rows)) = self.rows.split_first() else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            if i > 0 {
                lines.push(terminal.paint(FAINT, &"─".repeat(LEAST_RULE)));
            }
            for (title, cell) in head.iter().zip(row) {
                lines.extend(wrap(&format!("{title}: {cell}"), width));
            }
        }
        lines
    }
}

/// Returns the widths of columns that would be `natural` wide, in no more than `left` together:
/// the narrow ones as they are, and the wide ones sharing the rest.
fn fitted(natural: &[usize], mut left: usize) -> Vec<usize> {
    let mut by_width: Vec<usize> = (0..natural.len()).collect();
    by_width.sort_by_key(|i| natural[*i]);
    let mut widths = vec![0; natural.len()];
    for (done, i) in by_width.into_iter().enumerate() {
        widths[i] = natural[i].min(left / (natural.len() - done));
        left -= widths[i];
    }
    widths
}

/// Returns `text` in a column of `width`.
fn aligned(text: &str, width: usize, alignment: Alignment) -> String {
    let blanks = width.saturating_sub(display_width(text));
    let before = match alignment {
        Alignment::Right => blanks,
        Alignment::Center => blanks / 2,
        _ => 0,
    };
    let after = blanks - before;
    format!("{:before$}{text}{:after$}", "", "")
}
