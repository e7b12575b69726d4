//! Text painted for a terminal, as the renderer of answers writes it -> lines of styled spans; and the
//! sequence that sets a style.

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

/// The colors that a terminal has names for.
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

/// Returns the SGR sequence (ECMA-48, 8.3.117) that sets this style, whatever was set before.
pub(crate) fn codes(style: Style) -> String {
    let mut codes = String::new();
    // The parameters of the modifiers are in the order of their bits, from bold = 1 to crossed out = 9.
    for (place, modifier) in Modifier::all().iter().enumerate() {
        if style.add_modifier.contains(modifier) {
            codes += &format!(";{}", place + 1);
        }
    }
    for (color, base) in [(style.fg, 30), (style.bg, 40)] {
        match color.unwrap_or(Color::Reset) {
            Color::Reset => {}
            Color::Indexed(number) => codes += &format!(";{};5;{number}", base + 8),
            Color::Rgb(r, g, b) => codes += &format!(";{};2;{r};{g};{b}", base + 8),
            color => {
                let named = COLORS.iter().position(|named| *named == color);
                let place = named.unwrap_or_default();
                // The bright ones are from 90 and 100 on.
                codes += &format!(";{}", base + place + if place < 8 { 0 } else { 52 });
            }
        }
    }
    format!("\u{1b}[0{codes}m")
}

/// Applies one parameter of an SGR sequence.
fn apply(code: u8, style: &mut Style) {
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
    fn codes_set_the_style_that_they_are_of() {
        let plain = Style::default();
        let bold_red = plain.fg(Color::Red).add_modifier(Modifier::BOLD);
        let styles = [
            plain,
            bold_red,
            plain.fg(Color::LightCyan).bg(Color::Blue),
            plain.add_modifier(Modifier::DIM | Modifier::REVERSED | Modifier::CROSSED_OUT),
        ];
        for style in styles {
            let painted = lines(&format!("\u{1b}[1;4;7;35mx{}y", codes(style)));
            assert_eq!(painted[0].spans[1].style, style);
        }
        assert_eq!(codes(bold_red), "\u{1b}[0;1;31m");
        assert_eq!(codes(plain.bg(Color::White)), "\u{1b}[0;107m");
        let theme = plain.fg(Color::Indexed(208)).bg(Color::Rgb(1, 2, 3));
        assert_eq!(codes(theme), "\u{1b}[0;38;5;208;48;2;1;2;3m");
    }

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
