//! Panics that end one piece of work rather than the program, with their message and place.

use std::{
    any::Any,
    cell::RefCell,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
};

/// A panic that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Panic {
    message: String,
    /// The source file, line and column.
    place: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{}, at {place}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

thread_local! {
    /// The place of the last panic, while this thread catches them.
    static PLACE: RefCell<Option<Option<String>>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic in it is returned and not printed.
///
/// `work` must leave nothing half done that is used after a panic.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    keep_places();
    let before = PLACE.replace(Some(None));
    let done = catch_unwind(AssertUnwindSafe(work));
    let place = PLACE.replace(before).flatten();
    done.map_err(|payload| Panic {
        message: message(&*payload).to_owned(),
        place,
    })
}

/// Lets the panic hook keep the places of panics that are caught; all others go to the hook that the
/// program has. Nothing but the hook is told a place.
fn keep_places() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            let is_caught = PLACE.with_borrow_mut(|caught| match caught {
                Some(place) => {
                    *place = panic.location().map(ToString::to_string);
                    true
                }
                None => false,
            });
            if !is_caught {
                others(panic);
            }
        }));
    });
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_with_its_message_and_place() {
        assert_eq!(catch(|| 1), Ok(1));
        let caught = catch(|| panic!("no {}", "tea")).unwrap_err().to_string();
        let place = format!("no tea, at {}:", file!());
        assert!(caught.starts_with(&place), "{caught}");
    }
}
