//! The states of the screen that a user can be in: a query, keys, and the screen after them.

use hotseat::{Index, QaDocument, TextFormat};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{Event, KeyEvent},
};

use super::{
    App, Theme, ansi, keys,
    tests::{app, screen, type_in},
    view,
};

/// A name, a query, keys by their names in the settings or else text that is typed, and the columns and rows.
type State = (
    &'static str,
    &'static str,
    &'static [&'static str],
    (u16, u16),
);

const STATES: &[State] = &[
    ("start", "", &[], (80, 24)),
    ("start_wide", "", &[], (120, 40)),
    ("start_narrow", "", &[], (60, 20)),
    ("start_small", "", &[], (20, 8)),
    ("start_of_ten_rows", "", &[], (80, 10)),
    ("start_of_five_rows", "", &[], (80, 5)),
    ("start_very_wide", "", &[], (200, 12)),
    ("one_hit", "", &["sencha"], (80, 24)),
    ("nothing_found", "", &["zqxjk"], (80, 24)),
    ("nothing_found_small", "", &["zqxjk"], (20, 8)),
    ("a_word_is_corrected", "ceremoy", &[], (80, 12)),
    (
        "a_phrase_is_read_as_words",
        "\"whisk ceremony\"",
        &[],
        (80, 12),
    ),
    (
        "a_query_longer_than_the_line",
        "",
        &["what do you do when the water is far too hot for it"],
        (40, 8),
    ),
    (
        "a_later_hit",
        "tea",
        &["down", "down", "down", "down", "down", "down"],
        (80, 14),
    ),
    ("the_last_hit", "tea", &["down"; 40], (80, 14)),
    ("no_answer_yet", "who roasts", &[], (80, 14)),
    ("scrolled_to_the_match", "chasen", &[], (80, 24)),
    ("scrolled_to_the_match_wide", "chasen", &[], (120, 20)),
    ("the_answer_scrolled_back", "chasen", &["pageup"], (80, 24)),
    ("the_answer_alone", "ceremony", &["enter"], (80, 24)),
    (
        "the_end_of_the_answer_alone",
        "ceremony",
        &["enter", "pagedown", "pagedown", "pagedown"],
        (80, 24),
    ),
    ("the_answer_alone_small", "matcha", &["enter"], (20, 8)),
    ("code_and_a_table", "grades", &["enter"], (60, 20)),
    ("plain_text", "kettle", &[], (80, 20)),
    ("values", "", &["tab"], (80, 24)),
    ("values_of_a_query", "matcha", &["tab"], (120, 20)),
    ("values_narrowed", "", &["tab", "jap"], (60, 20)),
    ("no_such_value", "", &["tab", "zqxjk"], (60, 20)),
    (
        "values_scrolled",
        "",
        &["tab", "down", "down", "down", "down", "down", "down"],
        (40, 7),
    ),
    ("a_filter", "", &["tab", "japan", "enter"], (80, 24)),
    (
        "two_filters",
        "",
        &["tab", "japan", "enter", "tab", "junior", "enter"],
        (80, 12),
    ),
    (
        "a_filter_among_the_values",
        "",
        &["tab", "japan", "enter", "tab"],
        (60, 12),
    ),
    ("similar", "matcha", &["ctrl-t"], (80, 24)),
    ("keys", "", &["f1"], (80, 24)),
    ("keys_wide", "", &["f1"], (120, 40)),
    ("keys_small", "", &["f1"], (20, 8)),
    ("keys_scrolled", "", &["f1", "down", "down"], (80, 10)),
    (
        "the_last_keys",
        "",
        &[
            "f1", "down", "down", "down", "down", "down", "down", "down", "down", "down", "down",
            "up",
        ],
        (80, 10),
    ),
    ("long_words", "", &["streckenbuch"], (60, 20)),
    ("long_words_small", "", &["streckenbuch"], (20, 8)),
    ("wide_characters", "濃茶", &[], (60, 20)),
    ("wide_characters_cut", "濃茶", &[], (29, 12)),
    ("right_to_left", "שלום", &[], (80, 12)),
];

#[test]
fn each_state_is_as_it_was_seen() {
    let index = guides();
    for (name, query, pressed, size) in STATES {
        let mut app = app(&index, query);
        let shown = after(&mut app, pressed, *size);
        see(name, &format!("{query:?} {pressed:?} {size:?}"), &shown);
    }
}

#[test]
fn an_empty_index_is_as_it_was_seen() {
    let index = Index::in_memory([]).unwrap();
    for (name, size) in [("no_guides", (80, 24)), ("no_guides_small", (20, 8))] {
        let mut app = app(&index, "");
        let shown = after(&mut app, &[], size);
        see(name, &format!("{size:?}"), &shown);
    }
}

#[test]
fn enter_chooses_for_a_script() {
    let index = guides();
    let mut app = app(&index, "matcha");
    app.settings.chooses = true;
    see(
        "chooses",
        "--print place matcha",
        &after(&mut app, &[], (80, 12)),
    );
}

/// The styles of cells, which the other screens leave out: `{codes}` of SGR before each that differs.
#[test]
fn styles_are_as_they_were_seen() {
    let index = guides();
    for (name, color) in [("styles", true), ("styles_without_color", false)] {
        let mut app = app(&index, "matcha grades");
        app.settings.color = color;
        if !color {
            app.settings.theme = Theme::plain();
        }
        let mut terminal = Terminal::new(TestBackend::new(64, 22)).unwrap();
        terminal.draw(|frame| view::draw(&mut app, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut shown = String::new();
        let mut style = String::new();
        for (place, cell) in buffer.content().iter().enumerate() {
            let codes = ansi::codes(cell.style());
            if codes != style {
                let parameters = codes.trim_start_matches("\u{1b}[").trim_end_matches('m');
                shown += &format!("{{{parameters}}}");
                style = codes;
            }
            shown += cell.symbol();
            if (place + 1) % usize::from(buffer.area.width) == 0 {
                shown.push('\n');
            }
        }
        see(name, "matcha grades", &shown);
    }
}

/// Returns the screen after some keys, each of which is drawn.
fn after(app: &mut App<'_>, pressed: &[&str], (columns, rows): (u16, u16)) -> String {
    app.on(&Event::Resize(columns, rows));
    app.settle().unwrap();
    let mut shown = screen(app, columns, rows);
    for key in pressed {
        match keys::parse(key) {
            Some((code, modifiers)) => {
                app.on(&Event::Key(KeyEvent::new(code, modifiers)));
                app.settle().unwrap();
            }
            None => type_in(app, key),
        }
        shown = screen(app, columns, rows);
    }
    shown
}

/// Compares a screen with the one that was looked at.
fn see(name: &str, description: &str, shown: &str) {
    insta::with_settings!({ description => description, omit_expression => true }, {
        insta::assert_snapshot!(name, shown);
    });
}

/// Guides with what screens are made hard by.
fn guides() -> Index {
    let steps: String = (1..=30)
        .map(|n| format!("Step {n} of the ceremony.\n\n"))
        .collect();
    let grades = "Matcha has three grades:\n\n| grade | use | price |\n|---|---|--:|\n| ceremonial | thick tea | 40 |\n\
                  | premium | thin tea | 20 |\n| culinary | *cakes* | 8 |\n\n```rust\nlet tea = grind(leaves); // slowly\n```\n\n\
                  > Shade before harvest counts most.";
    let kettle = "A kettle with a thin spout.\n\n  1. fill it\n  2. wait for *small* bubbles\n\nNever boil it twice.";
    let mut documents = vec![
        QaDocument::new(
            "tea/green.md",
            "What is matcha?",
            "**Matcha** is green tea, ground to powder:\n\n- shade\n- steam\n- grind",
        )
        .with_tags(["Tea", "Japan"])
        .with_sections(["Kinds"])
        .with_level("junior"),
        QaDocument::new("tea/green.md", "Which grades of matcha are there?", grades)
            .with_tags(["Tea", "Japan", "Trade"])
            .with_sections(["Kinds", "Buying"])
            .with_level("mid"),
        QaDocument::new("tea/green.md", "What is sencha?", "Steamed green tea.")
            .with_tags(["Tea", "Japan"])
            .with_level("junior"),
        QaDocument::new(
            "tea/ceremony/how-the-ceremony-is-held-and-by-whom/first-part.md",
            "How is the ceremony held?",
            format!("{steps}The whisk is called chasen.\n"),
        )
        .with_tags(["Tea", "Ceremony"])
        .with_level("senior"),
        QaDocument::new("coffee.md", "Who roasts it?", ""),
        QaDocument::new("kettles.txt", "Which kettle is best?", kettle).with_format(TextFormat::Plain),
        QaDocument::new(
            "wörter.md",
            "Was ist ein Teezeremonienhandbuchstreckenbuchverzeichnisführer, und wozu dient er?",
            "Ein Streckenbuch. Er heißt auch https://example.org/teezeremonien/handbuch/streckenbuch/verzeichnis/führer.",
        )
        .with_language("de"),
        QaDocument::new(
            "茶道.md",
            "濃茶と薄茶の違いは何ですか。それぞれの点て方を説明してください。",
            "濃茶は抹茶を多く使い、練るように点てます。薄茶は抹茶を少なく使い、泡立てて点てます。",
        )
        .with_tags(["茶道"]),
        QaDocument::new("שלום.md", "מה זה שלום (shalom)?", "שלום is peace, and a greeting."),
    ];
    documents.extend((1..=20).map(|n| {
        QaDocument::new(
            "tea/black.md",
            format!("What is tea number {n}?"),
            "Black tea.",
        )
    }));
    Index::in_memory(documents).unwrap()
}
