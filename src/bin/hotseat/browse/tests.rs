//! Screens for events, without a terminal.

use std::path::PathBuf;

use hotseat::{Index, QaDocument, Query};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{
        Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
    },
};

use super::{App, Effect, Settings, app::Mode, view};

fn index() -> Index {
    let long: String = (1..=40)
        .map(|n| format!("Step {n} of the ceremony.\n\n"))
        .collect();
    Index::in_memory([
        QaDocument::new(
            "tea/green.md",
            "What is matcha?",
            "**Matcha** is green tea, ground to powder:\n\n- shade\n- steam\n- grind\n\n```rust\nlet tea = grind(leaves);\n```",
        )
        .with_tags(["Tea", "Japan"])
        .with_sections(["Kinds"])
        .with_level("junior"),
        QaDocument::new(
            "tea/green.md",
            "How is the ceremony held?",
            format!("{long}The whisk is called chasen.\n"),
        )
        .with_tags(["Tea"])
        .with_level("senior"),
        QaDocument::new("coffee.md", "What is 濃縮咖啡 (espresso)?", "Coffee, under pressure.")
            .with_tags(["Coffee"]),
        QaDocument::new("coffee.md", "Who roasts it?", ""),
    ])
    .unwrap()
}

fn path(guide: &str) -> PathBuf {
    PathBuf::from(format!("content/{guide}"))
}

pub(super) fn app<'i>(index: &'i Index, text: &str) -> App<'i> {
    let settings = Settings {
        color: true,
        ..Settings::default()
    };
    App::new(index, Query::new(text), &path, settings).unwrap()
}

fn press(app: &mut App<'_>, code: KeyCode) -> Option<Effect> {
    let effect = app.on(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    app.settle().unwrap();
    effect
}

fn control(app: &mut App<'_>, c: char) -> Option<Effect> {
    let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
    let effect = app.on(&Event::Key(key));
    app.settle().unwrap();
    effect
}

pub(super) fn type_in(app: &mut App<'_>, text: &str) {
    for c in text.chars() {
        press(app, KeyCode::Char(c));
    }
}

fn mouse(app: &mut App<'_>, kind: MouseEventKind, row: u16, column: u16) {
    let modifiers = KeyModifiers::NONE;
    app.on(&Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    }));
    app.settle().unwrap();
}

/// Returns the screen as text, without blanks at the ends of lines.
pub(super) fn screen(app: &mut App<'_>, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view::draw(app, frame)).unwrap();
    let shown = terminal.backend().to_string();
    // The backend quotes each row, and adds a remark on wide characters.
    let lines = shown.lines().map(|line| {
        let row = line.split_once("\" Hidden").map_or(line, |(row, _)| row);
        let row = row.strip_prefix('"').unwrap_or(row);
        row.strip_suffix('"').unwrap_or(row).trim_end()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_key_searches() {
    let index = index();
    let mut app = app(&index, "");
    assert_eq!(app.results.total, 4);
    type_in(&mut app, "mat");
    assert_eq!(app.hit().unwrap().question, "What is matcha?");
    for _ in 0.."mat".len() {
        press(&mut app, KeyCode::Backspace);
    }
    assert_eq!(app.results.total, 4);
    app.on(&Event::Paste("espresso\n".to_owned()));
    app.settle().unwrap();
    assert_eq!(app.results.total, 1);
}

#[test]
fn hits_and_the_answer_stand_side_by_side_on_a_wide_screen() {
    let index = index();
    let mut app = app(&index, "matcha");
    insta::assert_snapshot!(screen(&mut app, 110, 14));
}

#[test]
fn the_answer_is_below_on_a_narrow_screen_and_left_out_on_a_low_one() {
    let index = index();
    let mut app = app(&index, "");
    insta::assert_snapshot!(screen(&mut app, 60, 20));
    let low = screen(&mut app, 40, 7);
    assert!(!low.contains("green tea"), "{low}");
    screen(&mut app, 1, 1);
}

#[test]
fn the_answer_is_scrolled_to_the_passage_that_matches() {
    let index = index();
    let mut app = app(&index, "chasen");
    let shown = screen(&mut app, 80, 24);
    assert!(shown.contains("The whisk is called chasen."), "{shown}");
    assert!(!shown.contains("Step 1 of"), "{shown}");
    for _ in 0..20 {
        press(&mut app, KeyCode::PageUp);
        screen(&mut app, 80, 24);
    }
    assert!(screen(&mut app, 80, 24).contains("Step 1 of"));
    for _ in 0..20 {
        press(&mut app, KeyCode::PageDown);
        screen(&mut app, 80, 24);
    }
    assert!(
        screen(&mut app, 80, 24).contains("chasen"),
        "the end stays in sight"
    );
}

#[test]
fn a_value_is_picked_by_typing_and_dropped_by_erasing() {
    let index = index();
    let mut app = app(&index, "");
    press(&mut app, KeyCode::Tab);
    type_in(&mut app, "coff");
    insta::assert_snapshot!(screen(&mut app, 60, 12));
    press(&mut app, KeyCode::Enter);
    assert_eq!(app.results.total, 1);
    assert!(screen(&mut app, 60, 12).contains("[tag: Coffee]"));
    press(&mut app, KeyCode::Backspace);
    assert_eq!(app.results.total, 4);
}

#[test]
fn the_selection_stays_within_the_hits() {
    let index = index();
    let mut app = app(&index, "");
    for _ in 0..9 {
        press(&mut app, KeyCode::Down);
        screen(&mut app, 80, 9);
    }
    assert_eq!(app.selected, 3);
    for _ in 0..9 {
        press(&mut app, KeyCode::Up);
    }
    assert_eq!(app.selected, 0);
    type_in(&mut app, "zqxjk");
    assert_eq!(press(&mut app, KeyCode::Down), None);
    assert_eq!(press(&mut app, KeyCode::Enter), None);
    assert!(screen(&mut app, 80, 9).contains("nothing found"));
}

#[test]
fn a_screen_is_full_of_hits_however_high_it_is() {
    let question = |n| QaDocument::new("tea.md", format!("What is tea {n}?"), "Tea.");
    let index = Index::in_memory((0..100).map(question)).unwrap();
    let mut app = app(&index, "tea");
    for (rows, hits) in [(24, 20), (80, 40), (10, 40)] {
        app.on(&Event::Resize(80, rows));
        app.settle().unwrap();
        assert_eq!(app.results.hits.len(), hits, "{rows} rows");
    }
    for _ in 0..99 {
        press(&mut app, KeyCode::Down);
    }
    assert_eq!(app.selected, 99);
    assert!(screen(&mut app, 80, 10).contains("100 of 100"));
}

#[test]
fn similar_questions_replace_the_hits_until_one_goes_back() {
    let index = index();
    let mut app = app(&index, "matcha");
    control(&mut app, 't');
    assert!(screen(&mut app, 80, 12).contains("similar to: What is matcha?"));
    assert_eq!(press(&mut app, KeyCode::Esc), None);
    assert_eq!(app.hit().unwrap().question, "What is matcha?");
    assert_eq!(press(&mut app, KeyCode::Esc), Some(Effect::Leave));
}

#[test]
fn keys_ask_for_what_is_done_outside() {
    let index = index();
    let mut app = app(&index, "matcha");
    let (guide, line) = ("tea/green.md".to_owned(), 1);
    let edit = Effect::Edit {
        guide: guide.clone(),
        line,
    };
    assert_eq!(control(&mut app, 'o'), Some(edit));
    assert_eq!(control(&mut app, 'y'), Some(Effect::Copy { guide, line }));
    assert_eq!(control(&mut app, 'z'), Some(Effect::Suspend));
    assert_eq!(control(&mut app, 'c'), Some(Effect::Interrupt));
    assert_eq!(press(&mut app, KeyCode::Enter), None);
    assert!(screen(&mut app, 80, 20).contains("let tea = grind(leaves);"));
    app.settings.chooses = true;
    press(&mut app, KeyCode::Esc);
    let id = app.hit().unwrap().id;
    assert_eq!(press(&mut app, KeyCode::Enter), Some(Effect::Choose(id)));
}

#[test]
fn text_of_a_guide_cannot_steer_the_terminal() {
    let steering = "x\u{1b}]0;owned\u{7} \u{202e}y";
    let document = QaDocument::new(steering, steering, steering).with_sections([steering]);
    let index = Index::in_memory([document]).unwrap();
    let mut app = app(&index, "");
    for (width, height) in [(120, 20), (60, 20)] {
        let shown = screen(&mut app, width, height);
        assert!(
            !shown.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{shown:?}"
        );
    }
}

#[test]
fn all_keys_are_listed() {
    let index = index();
    let mut app = app(&index, "");
    press(&mut app, KeyCode::F(1));
    let shown = screen(&mut app, 80, 24);
    for (keys, text) in app.settings.keys.described() {
        assert!(
            shown.contains(&keys) && shown.contains(text),
            "{keys} {text}\n{shown}"
        );
    }
}

#[test]
fn a_click_selects_and_then_opens() {
    const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
    let index = index();
    let mut app = app(&index, "");
    screen(&mut app, 110, 14);
    // The second hit has the rows 3 and 4; the answer beside it is not a hit.
    mouse(&mut app, CLICK, 4, 2);
    assert!(app.selected == 1 && matches!(app.mode, Mode::Hits));
    mouse(&mut app, CLICK, 1, 100);
    mouse(&mut app, CLICK, 12, 2);
    assert!(app.selected == 1 && matches!(app.mode, Mode::Hits));
    mouse(&mut app, CLICK, 3, 2);
    assert!(matches!(app.mode, Mode::Answer));
    mouse(&mut app, CLICK, 1, 2);
    assert!(app.selected == 1 && matches!(app.mode, Mode::Answer));
}

#[test]
fn a_click_picks_a_value() {
    const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
    let index = index();
    let mut app = app(&index, "");
    press(&mut app, KeyCode::Tab);
    screen(&mut app, 110, 14);
    mouse(&mut app, CLICK, 2, 2);
    mouse(&mut app, CLICK, 2, 2);
    assert_eq!(app.filters.len(), 1);
    assert!(matches!(app.mode, Mode::Hits));
}

#[test]
fn the_wheel_turns_what_is_below_it() {
    let index = index();
    let mut app = app(&index, "ceremony");
    screen(&mut app, 110, 14);
    mouse(&mut app, MouseEventKind::ScrollDown, 2, 100);
    screen(&mut app, 110, 14);
    assert_eq!((app.selected, app.scroll), (0, 3));
    mouse(&mut app, MouseEventKind::ScrollUp, 2, 100);
    assert_eq!(app.scroll, 0);
    let mut app = self::app(&index, "");
    screen(&mut app, 110, 14);
    mouse(&mut app, MouseEventKind::ScrollDown, 2, 2);
    assert_eq!((app.selected, app.scroll), (1, 0));
}
