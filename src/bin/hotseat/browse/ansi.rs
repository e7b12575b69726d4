//! Text painted for a terminal, as the renderer of answers writes it -> lines of styled spans.

use ratatui::{
    style::{Color, Modifier, Style},
    text::{Line, Span},
};

/// Returns the lines of `text`, in which styles are set by SGR sequences and nothing else is escaped.
pub(crate) fn lines(text: &str) -> Vec<Line<'static>> {
    let mut style = Style::default();
    text.lines().map(|text| line(text, &mut style)).collect()
}

fn line(text: &str, style: &mut Style) -> Line<'static> {
    let mut spans = Vec::new();
    let mut parts = text.split('\u{1b}');
    let mut push = |text: &str, style: Style| {
        if !text.is_empty() {
            spans.push(Span::styled(text.to_owned(), style));
        }
    };
    push(parts.next().unwrap_or(""), *style);
    for part in parts {
        let (codes, text) = part
            .strip_prefix('[')
            .and_then(|part| part.split_once('m'))
            .unwrap_or(("", part));
        for code in codes.split(';') {
            apply(code.parse().unwrap_or(0), style);
        }
        push(text, *style);
    }
    Line::from(spans)
}

/// Applies one parameter of an SGR sequence (ECMA-48, 8.3.117).
fn apply(code: u8, style: &mut Style) {
    const COLORS: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    *style = match code {
        0 => Style::default(),
        1 => style.add_modifier(Modifier::BOLD),
        2 => style.add_modifier(Modifier::DIM),
        3 => style.add_modifier(Modifier::ITALIC),
        4 => style.add_modifier(Modifier::UNDERLINED),
        7 => style.add_modifier(Modifier::REVERSED),
        9 => style.add_modifier(Modifier::CROSSED_OUT),
        30..=37 => style.fg(COLORS[usize::from(code - 30)]),
        40..=47 => style.bg(COLORS[usize::from(code - 40)]),
        90..=97 => style.fg(COLORS[usize::from(code - 82)]),
        _ => *style,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_last_until_they_are_reset_across_lines() {
        let text = "a \u{1b}[1m\u{1b}[31mb\nc\u{1b}[0m d";
        let bold_red = Style::default().fg(Color::Red).add_modifier(Modifier::BOLD);
        let expected = vec![
            Line::from(vec![Span::raw("a "), Span::styled("b", bold_red)]),
            Line::from(vec![Span::styled("c", bold_red), Span::raw(" d")]),
        ];
        assert_eq!(lines(text), expected);
    }
}
