//! Back-pressure: bounds the bytes of guides that are read and not yet indexed.
//!
//! Guides are read ahead of the one thread that indexes them, and a document waits for it in 3 to 12
//! times the bytes that it has in its guide. So it is bytes that are bounded, from the moment that a
//! guide is about to be read until its last document is indexed.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tantivy::{TantivyDocument, schema::document::Document};

/// The most bytes of guides that may be in flight; a larger guide is so alone. Four times as many made a build of a
/// million questions take 9 MB more.
const MOST: u64 = 1 << 20;

/// Counts for a guide beside its bytes, however short it is.
const EACH: u64 = 4 << 10;

/// The bytes that are in flight.
#[derive(Debug, Default)]
pub(crate) struct InFlight {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    bytes: u64,
    is_over: bool,
}

impl InFlight {
    /// Waits until `bytes` more may be in flight; `None` once it [is over](InFlight::end).
    pub(crate) fn admit(self: &Arc<InFlight>, bytes: u64) -> Option<Permit> {
        let bytes = bytes + EACH;
        let mut state = self.state();
        while !state.is_over && state.bytes > 0 && state.bytes + bytes > MOST {
            let waited = self.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        if state.is_over {
            return None;
        }
        state.bytes += bytes;
        Some(Permit {
            in_flight: Arc::clone(self),
            bytes,
        })
    }

    /// Ends all waiting: nothing is admitted any more.
    pub(crate) fn end(&self) {
        self.state().is_over = true;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // It holds whole values at any moment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the bytes of one guide or document be in flight, until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    in_flight: Arc<InFlight>,
    bytes: u64,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.in_flight.state().bytes -= self.bytes;
        self.in_flight.changed.notify_all();
    }
}

/// An entry on its way to the thread that indexes it.
pub(crate) struct Pending {
    pub(crate) entry: TantivyDocument,
    /// The permit of its guide, shared by the other entries of the guide.
    pub(crate) _permit: Arc<Permit>,
}

impl Document for Pending {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.entry.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.entry
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc::channel, thread};

    use super::*;

    #[test]
    fn what_exceeds_the_bound_waits_until_there_is_room() {
        let in_flight = Arc::new(InFlight::default());
        let first = in_flight.admit(MOST).expect("a large one is alone");
        let (admitted, is_admitted) = channel();
        thread::scope(|scope| {
            let in_flight = &in_flight;
            scope.spawn(move || admitted.send(in_flight.admit(1).is_some()));
            assert!(is_admitted.try_recv().is_err());
            drop(first);
            assert_eq!(is_admitted.recv(), Ok(true));
        });
        let _second = in_flight.admit(MOST - 2 * EACH);
        thread::scope(|scope| {
            let waits = scope.spawn(|| in_flight.admit(MOST).is_some());
            in_flight.end();
            assert!(!waits.join().unwrap());
        });
    }
}
