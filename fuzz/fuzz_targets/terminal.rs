#![no_main]
#![allow(dead_code, reason = "the command does more with it")]

//! Draws answers on a terminal, which nothing in them may steer.

use hotseat::TextFormat;
use libfuzzer_sys::fuzz_target;

#[path = "../../src/bin/hotseat/terminal/mod.rs"]
mod terminal;

use terminal::{Terminal, markdown, steers};

fuzz_target!(|data: &[u8]| {
    let Some((options, data)) = data.split_first() else {
        return;
    };
    let text = hotseat_fuzz::markdown_text(data);
    let terminal = Terminal {
        interactive: options & 1 == 0,
        width: 1 + usize::from(options >> 3),
        color: options & 2 == 0,
        links: options & 4 == 0,
    };
    for format in [TextFormat::Markdown, TextFormat::Plain] {
        let mut drawn = Vec::new();
        markdown::answer(format, &text, "  ", terminal, &mut drawn).expect("memory takes it");
        let drawn = String::from_utf8(drawn).expect("text");
        for line in drawn.lines() {
            let shown = unpainted(line);
            assert!(!shown.contains(steers), "{shown:?}");
        }
    }
});

/// Returns `line` without its styles and links, which are all that is let through.
fn unpainted(line: &str) -> String {
    let mut shown = String::new();
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        shown.push_str(before);
        let style = escape.strip_prefix('[');
        let style = style.and_then(|style| style.split_once('m'));
        let style = style.filter(|(codes, _)| codes.bytes().all(|b| b.is_ascii_digit() || b == b';'));
        let link = escape.strip_prefix("]8;;");
        let link = link.and_then(|link| link.split_once("\u{1b}\\"));
        let link = link.filter(|(url, _)| url.bytes().all(|b| b.is_ascii_graphic()));
        let Some((_, after)) = style.or(link) else {
            return "\u{1b}".to_owned();
        };
        rest = after;
    }
    shown + rest
}
