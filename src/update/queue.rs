//! Documents on their way to the thread that writes the index, so many at a time.
//!
//! tantivy would take 10,000 of them, 25 MB, before it lets the reading of guides wait.

use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tantivy::{TantivyDocument, schema::document::Document};

/// How many may be on their way, and how few are left when more are sent. In between nobody is
/// woken, which takes longer than a document.
const MOST: usize = 2000;
const FEW: usize = 1000;

/// How long is waited for. If the writing thread has ended, that shows when the next is sent.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts the documents that are on their way.
#[derive(Default)]
pub(crate) struct Queue {
    count: AtomicUsize,
    is_short: Mutex<()>,
    became_short: Condvar,
}

impl Queue {
    /// Waits until more may be sent.
    pub(crate) fn wait(&self) {
        if self.count.load(Ordering::Acquire) < MOST {
            return;
        }
        let is_long = |(): &mut ()| self.count.load(Ordering::Acquire) > FEW;
        // Nothing can be poisoned.
        let waiting = self.is_short.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = self
            .became_short
            .wait_timeout_while(waiting, PATIENCE, is_long);
    }

    /// Returns `document`, counted until it is written.
    pub(crate) fn count(self: &Arc<Queue>, document: TantivyDocument) -> Queued {
        self.count.fetch_add(1, Ordering::AcqRel);
        Queued {
            document,
            _place: Place(Arc::clone(self)),
        }
    }
}

/// A document on its way.
pub(crate) struct Queued {
    document: TantivyDocument,
    _place: Place,
}

/// A place in the queue, left when it is dropped.
struct Place(Arc<Queue>);

impl Drop for Place {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, Ordering::AcqRel) == FEW + 1 {
            let _waiting = self.0.is_short.lock();
            self.0.became_short.notify_all();
        }
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_waits_until_it_is_short() {
        let queue = Arc::new(Queue::default());
        let sent: Vec<Queued> = (0..MOST)
            .map(|_| queue.count(TantivyDocument::default()))
            .collect();
        let writer = std::thread::spawn(move || drop(sent));
        queue.wait();
        assert!(queue.count.load(Ordering::Acquire) <= FEW);
        writer.join().unwrap();
        assert_eq!(queue.count.load(Ordering::Acquire), 0);
    }
}
