//! The state -> a frame. The hits are on the left and the selected answer is on the right; on a narrow
//! screen the answer is below.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::{Modifier, Style},
    text::{Line, Span},
    widgets::{Block, Borders, Clear, Paragraph},
};
use textwrap::core::display_width;

use super::{
    app::{App, Listed, Mode, Picker},
    keys::Action,
    preview::{self, Preview},
};
use crate::terminal::{sanitize, wrap};

/// The columns from which hits and answer stand side by side.
const WIDE: u16 = 100;

/// The rows of a hit in the list.
pub(super) const HIT_ROWS: usize = 2;

/// The columns around the text of an answer beside the hits: the border and a blank.
const BORDER: u16 = 2;

pub(crate) fn draw(app: &mut App<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let has_filters = !app.filters.is_empty() || app.similar.is_some();
    let note = note(app);
    let [query, filters, body, note_row, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(has_filters.into()),
        Constraint::Min(1),
        Constraint::Length(note.is_some().into()),
        Constraint::Length(u16::from(area.height > 3)),
    ])
    .areas(area);
    self::query(app, query, frame);
    frame.render_widget(Paragraph::new(chips(app)), filters);
    if let Some(note) = note {
        frame.render_widget(Paragraph::new(Span::styled(note, FAINT)), note_row);
    }
    frame.render_widget(Paragraph::new(hints(app, keys.width)), keys);
    if matches!(app.mode, Mode::Answer) {
        answer(app, body, frame);
        return;
    }
    let (list, beside) = split(body);
    if matches!(app.mode, Mode::Facets(_)) {
        picker(app, list, frame);
    } else {
        hits(app, list, frame);
    }
    if let Some(area) = beside {
        let borders = if area.x > list.x {
            Borders::LEFT
        } else {
            Borders::TOP
        };
        let block = Block::new().borders(borders).border_style(FAINT);
        let mut inner = block.inner(area);
        frame.render_widget(block, area);
        if borders == Borders::LEFT {
            inner = Rect {
                x: inner.x + 1,
                width: inner.width.saturating_sub(1),
                ..inner
            };
        }
        answer(app, inner, frame);
    }
    if matches!(app.mode, Mode::Help { .. }) {
        help(app, body, frame);
    }
}

/// The hints of an empty line: for the query, and for the text that narrows the values.
const SEARCH: &str = "type to search";
const NARROW: &str = "type to narrow";

const FAINT: Style = Style::new().add_modifier(Modifier::DIM);
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);

/// Returns the areas of the hits, and of the answer if there is room for it.
fn split(body: Rect) -> (Rect, Option<Rect>) {
    if body.width >= WIDE {
        let parts = [Constraint::Percentage(42), Constraint::Min(1)];
        let [list, beside] = Layout::horizontal(parts).areas(body);
        (list, Some(beside))
    } else if body.height >= 9 {
        let parts = [Constraint::Percentage(42), Constraint::Min(1)];
        let [list, below] = Layout::vertical(parts).areas(body);
        (list, Some(below))
    } else {
        (body, None)
    }
}

/// Draws the line of the query, or of the text that narrows the values, with the number of hits.
fn query(app: &App<'_>, area: Rect, frame: &mut Frame<'_>) {
    let (prompt, line, purpose, selected, total) = match &app.mode {
        Mode::Facets(picker) => {
            let total = picker.matching().len();
            ("filter: ", &picker.line, NARROW, picker.selected, total)
        }
        _ => ("> ", &app.line, SEARCH, app.selected, app.results.total),
    };
    let count = format!(" {} of {total}", (selected + 1).min(total));
    let room = usize::from(area.width).saturating_sub(prompt.len() + count.len() + 1);
    // A long line is scrolled so that its cursor is seen.
    let hidden = line.column().saturating_sub(room);
    let shown = match line.text() {
        "" => Span::styled(purpose, FAINT),
        text => Span::raw(text.to_owned()),
    };
    let shown = Paragraph::new(shown).scroll((0, hidden as u16));
    let parts = [
        Constraint::Length(prompt.len() as u16),
        Constraint::Min(1),
        Constraint::Length(count.len() as u16),
    ];
    let [before, text, after] = Layout::horizontal(parts).areas(area);
    frame.render_widget(Span::styled(prompt, BOLD), before);
    frame.render_widget(shown, text);
    frame.render_widget(Span::styled(count, FAINT), after);
    frame.set_cursor_position((text.x + (line.column() - hidden) as u16, text.y));
}

/// Returns the filters that were picked.
fn chips(app: &App<'_>) -> Line<'static> {
    let mut spans = Vec::new();
    if let Some(document) = &app.similar {
        let question = format!("similar to: {}", sanitize(&document.question));
        spans.push(Span::styled(question, app.settings.theme.place));
    }
    for (name, value) in &app.filters {
        let chip = format!("[{name}: {}]", sanitize(value));
        spans.extend([Span::styled(chip, app.settings.theme.place), Span::raw(" ")]);
    }
    Line::from(spans)
}

/// Returns what there is to say about the query.
fn note(app: &App<'_>) -> Option<String> {
    if app.results.total == 0 {
        let is_empty = app.index.documents().is_ok_and(|count| count == 0);
        let note = match is_empty {
            true => "the index holds no questions yet",
            false => "nothing found",
        };
        return Some(note.to_owned());
    }
    let note = app.results.notes.first()?;
    Some(sanitize(&note.to_string()).into_owned())
}

/// Returns the keys that do something now, as many as there is room for.
fn hints(app: &App<'_>, width: u16) -> Line<'static> {
    let hints: &[(Action, &str)] = match &app.mode {
        Mode::Facets(_) => &[(Action::Accept, "add or remove"), (Action::Back, "back")],
        Mode::Answer => &[
            (Action::PageDown, "scroll"),
            (Action::Edit, "editor"),
            (Action::Back, "back"),
        ],
        Mode::Help { .. } => &[(Action::Back, "back"), (Action::Down, "scroll")],
        Mode::Hits => &[
            (
                Action::Accept,
                if app.settings.chooses {
                    "choose"
                } else {
                    "answer"
                },
            ),
            (Action::Facets, "filter"),
            (Action::Back, "leave"),
            (Action::Help, "keys"),
            (Action::Similar, "similar"),
            (Action::Edit, "editor"),
        ],
    };
    let mut line = Line::default();
    for (action, text) in hints {
        let Some(key) = app.settings.keys.first(*action) else {
            continue;
        };
        let gap = if line.spans.is_empty() { "" } else { "  " };
        let hint = [
            Span::raw(gap),
            Span::styled(key, BOLD),
            Span::styled(format!(" {text}"), FAINT),
        ];
        let more: usize = hint.iter().map(Span::width).sum();
        if line.width() + more > usize::from(width) {
            break;
        }
        line.spans.extend(hint);
    }
    line
}

/// Draws the hits around the selected one.
fn hits(app: &mut App<'_>, area: Rect, frame: &mut Frame<'_>) {
    let fit = (usize::from(area.height) / HIT_ROWS).max(1);
    let top = first_visible(app.listed.top, app.selected, fit);
    app.listed = Listed {
        area,
        top,
        rows: HIT_ROWS as u16,
    };
    let theme = app.settings.theme;
    let mut lines = Vec::new();
    let visible = app.results.hits.iter().enumerate().skip(top).take(fit);
    for (place, hit) in visible {
        let is_selected = place == app.selected;
        let (bar, title) = if is_selected {
            ("▌", SELECTED)
        } else {
            (" ", BOLD)
        };
        let room = usize::from(area.width).saturating_sub(3);
        let mut questions = preview::question(hit, room, title, theme.matched);
        let is_cut = questions.len() > 1;
        let mut question = questions.swap_remove(0);
        question.spans.insert(0, Span::styled(bar, theme.place));
        if is_cut {
            question.spans.push(Span::styled("…", FAINT));
        }
        lines.push(question);
        let path = (app.path)(&hit.guide);
        let mut about = format!("{}:{}", path.display(), hit.line);
        if let Some(level) = &hit.level {
            about += &format!(" · {level}");
        }
        let about = shortened(&sanitize(&about), room);
        lines.push(Line::from(vec![
            Span::styled(bar, theme.place),
            Span::styled(about, FAINT),
        ]));
    }
    frame.render_widget(Paragraph::new(lines), area);
}

/// Returns the first place of a list that is shown, so that the selected one is among the `fit` shown.
fn first_visible(top: usize, selected: usize, fit: usize) -> usize {
    top.clamp((selected + 1).saturating_sub(fit), selected)
}

/// Returns text without its beginning, if it is too long: the end of a path says more.
fn shortened(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut start = 0;
    while display_width(&text[start..]) + 1 > width {
        let Some(c) = text[start..].chars().next() else {
            break;
        };
        start += c.len_utf8();
    }
    format!("…{}", &text[start..])
}

/// Draws the values to filter by.
fn picker(app: &mut App<'_>, area: Rect, frame: &mut Frame<'_>) {
    let Mode::Facets(picker) = &app.mode else {
        return;
    };
    let Picker { selected, .. } = picker;
    let fit = usize::from(area.height).max(1);
    let values = picker.matching();
    let top = first_visible(0, *selected, fit);
    let mut lines = Vec::new();
    for (place, (name, counted)) in values.iter().enumerate().skip(top).take(fit) {
        let is_set = app
            .filters
            .iter()
            .any(|(n, v)| n == name && *v == counted.value);
        let mark = if is_set { "✓" } else { " " };
        let value = format!("{mark} {name}: {}", sanitize(&counted.value));
        let style = if place == *selected {
            SELECTED
        } else {
            Style::new()
        };
        lines.push(Line::from(vec![
            Span::styled(value, style),
            Span::styled(format!("  {}", counted.count), FAINT),
        ]));
    }
    if lines.is_empty() {
        let none = match picker.line.text() {
            "" => "  nothing to filter by",
            _ => "  no such value",
        };
        lines.push(Line::styled(none, FAINT));
    }
    frame.render_widget(Paragraph::new(lines), area);
    app.listed = Listed { area, top, rows: 1 };
}

/// Draws the selected document, scrolled to its passage that matches.
fn answer(app: &mut App<'_>, area: Rect, frame: &mut Frame<'_>) {
    let width = usize::from(area.width.saturating_sub(BORDER)).max(1);
    let Some(hit) = app.results.hits.get(app.selected) else {
        return;
    };
    let theme = app.settings.theme;
    let mut above = preview::question(hit, width, BOLD, theme.matched);
    let path = (app.path)(&hit.guide);
    let place = format!("{}:{}", path.display(), hit.line);
    let place = shortened(&sanitize(&place), width);
    above.push(Line::styled(place, theme.place));
    let mut facts = hit.sections.clone();
    facts.push(hit.tags.join(", "));
    facts.extend(hit.level.clone());
    facts.retain(|fact| !fact.is_empty());
    let facts = sanitize(&facts.join(" · ")).into_owned();
    if !facts.is_empty() {
        let facts = wrap(&facts, width).into_iter();
        above.extend(facts.map(|line| Line::styled(line, FAINT)));
    }
    above.push(Line::default());
    above.truncate(usize::from(area.height / 2));
    let page = usize::from(area.height).saturating_sub(above.len()).max(1);
    app.page = page;
    if app
        .preview
        .as_ref()
        .is_none_or(|preview| preview.width != width)
    {
        let Ok(Some(document)) = app.index.get(hit.id) else {
            return;
        };
        let drawn = Preview::new(&document, hit, width, app.settings.color, theme.matched);
        // The lines above the match tell what it is about.
        app.scroll = match drawn.focus {
            focus if focus + 1 < page => 0,
            focus => focus - (page / 3).min(focus),
        };
        app.preview = Some(drawn);
    }
    let Some(preview) = &app.preview else { return };
    app.scroll = app.scroll.min(preview.lines.len().saturating_sub(page));
    let lines = preview.lines.iter().skip(app.scroll).take(page);
    above.extend(lines.cloned());
    frame.render_widget(Paragraph::new(above), area);
}

/// Draws the list of keys over the screen.
fn help(app: &mut App<'_>, area: Rect, frame: &mut Frame<'_>) {
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (keys, text) in app.settings.keys.described() {
        lines.push(Line::from(vec![
            Span::styled(format!("{keys:<18}"), BOLD),
            Span::raw(text),
        ]));
    }
    lines.push(Line::default());
    lines.push(Line::styled(
        "Typing searches; Backspace removes the last filter.",
        FAINT,
    ));
    let block = Block::new().borders(Borders::ALL).title(" Keys ");
    let size = Rect {
        width: area.width.min(56),
        height: area.height.min(lines.len() as u16 + 2),
        ..area
    };
    if let Mode::Help { top } = &mut app.mode {
        let fit = usize::from(block.inner(size).height);
        *top = (*top).min(lines.len().saturating_sub(fit));
        lines.drain(..*top);
    }
    frame.render_widget(Clear, size);
    frame.render_widget(Paragraph::new(lines).block(block), size);
}
