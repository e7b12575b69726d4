//! Keys and the actions that they stand for, as set in `[browse.keys]`.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Something that a key does, besides editing the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Up,
    Down,
    PageUp,
    PageDown,
    Accept,
    Facets,
    Edit,
    Copy,
    Similar,
    Help,
    Back,
    Quit,
    Suspend,
}

/// Each action with its name in the settings, its keys, and its description.
const ACTIONS: [(Action, &str, &[&str], &str); 13] = [
    (Action::Up, "up", &["up", "ctrl-p"], "previous hit"),
    (Action::Down, "down", &["down", "ctrl-n"], "next hit"),
    (
        Action::PageUp,
        "page-up",
        &["pageup", "ctrl-u"],
        "scroll the answer up",
    ),
    (
        Action::PageDown,
        "page-down",
        &["pagedown", "ctrl-d"],
        "scroll the answer down",
    ),
    (Action::Accept, "accept", &["enter"], "the whole answer"),
    (Action::Facets, "facets", &["tab"], "filter by tag, level …"),
    (Action::Edit, "edit", &["ctrl-o"], "open in the editor"),
    (Action::Copy, "copy", &["ctrl-y"], "copy FILE:LINE"),
    (Action::Similar, "similar", &["ctrl-t"], "similar questions"),
    (Action::Help, "help", &["f1"], "all keys"),
    (Action::Back, "back", &["esc"], "back, then leave"),
    (Action::Quit, "quit", &["ctrl-c"], "leave"),
    (Action::Suspend, "suspend", &["ctrl-z"], "suspend"),
];

/// The keys of each action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys(Vec<(Key, Action)>);

type Key = (KeyCode, KeyModifiers);

impl Default for Keys {
    fn default() -> Keys {
        let mut keys = Keys(Vec::new());
        for (action, _, defaults, _) in ACTIONS {
            for key in defaults {
                keys.0.push((parse(key).expect("a known key"), action));
            }
        }
        keys
    }
}

impl Keys {
    /// Sets the keys of the action called `name`, in place of its own and of other actions'.
    ///
    /// # Errors
    ///
    /// A message that lists the actions, or shows how keys are written.
    pub(crate) fn set(&mut self, name: &str, keys: &[String]) -> Result<(), String> {
        let named = ACTIONS.iter().find(|(_, known, ..)| *known == name);
        let Some((action, ..)) = named else {
            let names = ACTIONS.map(|(_, name, ..)| name);
            return Err(format!("the actions are {}", names.join(", ")));
        };
        let mut parsed = Vec::new();
        for key in keys {
            let key = parse(key);
            parsed
                .push(key.ok_or("give keys such as \"ctrl-x\", \"alt-enter\", \"f2\" or \"up\"")?);
        }
        self.0
            .retain(|(key, of)| of != action && !parsed.contains(key));
        self.0.extend(parsed.into_iter().map(|key| (key, *action)));
        Ok(())
    }

    /// Returns the action of a key.
    pub(crate) fn action(&self, key: KeyEvent) -> Option<Action> {
        let pressed = (key.code, key.modifiers - KeyModifiers::SHIFT);
        let of = self.0.iter().find(|(key, _)| *key == pressed);
        of.map(|(_, action)| *action)
    }

    /// Returns each action's keys, as they are written, and its description.
    pub(crate) fn described(&self) -> Vec<(String, &'static str)> {
        let mut described = Vec::new();
        for (action, _, _, description) in ACTIONS {
            let keys = self.0.iter().filter(|(_, of)| *of == action);
            let keys: Vec<String> = keys.map(|(key, _)| written(*key)).collect();
            if !keys.is_empty() {
                described.push((keys.join(", "), description));
            }
        }
        described
    }

    /// Returns the first key of `action`, as it is written.
    pub(crate) fn first(&self, action: Action) -> Option<String> {
        let (key, _) = self.0.iter().find(|(_, of)| *of == action)?;
        Some(written(*key))
    }
}

/// Names of keys that type nothing.
const NAMES: [(&str, KeyCode); 14] = [
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
];

/// Reads a key such as `ctrl-x`, `f1` or `enter`. A character needs `ctrl-` or `alt-`: by itself it is
/// part of the query.
pub(super) fn parse(text: &str) -> Option<Key> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = text;
    for (prefix, modifier) in [
        ("ctrl-", KeyModifiers::CONTROL),
        ("alt-", KeyModifiers::ALT),
    ] {
        if let Some(after) = rest.strip_prefix(prefix) {
            modifiers |= modifier;
            rest = after;
        }
    }
    let named = NAMES.iter().find(|(name, _)| *name == rest);
    if let Some((_, code)) = named {
        return Some((*code, modifiers));
    }
    let function = rest.strip_prefix('f').and_then(|n| n.parse::<u8>().ok());
    if let Some(n @ 1..=12) = function {
        return Some((KeyCode::F(n), modifiers));
    }
    let mut chars = rest.chars();
    let c = chars.next()?.to_ascii_lowercase();
    (chars.next().is_none() && !modifiers.is_empty()).then_some((KeyCode::Char(c), modifiers))
}

fn written((code, modifiers): Key) -> String {
    let mut text = String::new();
    for (modifier, prefix) in [
        (KeyModifiers::CONTROL, "Ctrl-"),
        (KeyModifiers::ALT, "Alt-"),
    ] {
        if modifiers.contains(modifier) {
            text += prefix;
        }
    }
    text + &match code {
        KeyCode::Up => "↑".to_owned(),
        KeyCode::Down => "↓".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::Char(c) => c.to_uppercase().collect(),
        code => code.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written_in_settings() {
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(parse("ctrl-x"), Some((KeyCode::Char('x'), ctrl)));
        assert_eq!(parse("f12"), Some((KeyCode::F(12), KeyModifiers::NONE)));
        let both = ctrl | KeyModifiers::ALT;
        assert_eq!(parse("ctrl-alt-up"), Some((KeyCode::Up, both)));
        for wrong in ["x", "", "ctrl-", "f13", "hyper-x", "upp"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_key_that_is_set_no_longer_does_anything_else() {
        let mut keys = Keys::default();
        keys.set("similar", &["ctrl-o".to_owned()]).unwrap();
        let ctrl = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
        assert_eq!(keys.action(ctrl('o')), Some(Action::Similar));
        assert_eq!(keys.action(ctrl('t')), None);
        assert!(
            keys.described()
                .iter()
                .all(|(_, text)| !text.contains("editor"))
        );
        let error = keys.set("fly", &[]).unwrap_err();
        assert!(error.starts_with("the actions are up, down, "), "{error}");
        assert!(keys.set("up", &["x".to_owned()]).is_err());
    }
}
