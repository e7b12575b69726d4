//! A [`Cache`]: values that were read once, kept for all searches of one state of an index.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{PoisonError, RwLock},
};

use foldhash::fast::RandomState;

/// A bounded number of values by their keys. Once it is full, it begins anew.
pub(super) struct Cache<K, V> {
    most: usize,
    values: RwLock<HashMap<K, V, RandomState>>,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    /// Returns an empty cache for up to `most` values.
    pub(super) fn new(most: usize) -> Cache<K, V> {
        Cache {
            most,
            values: RwLock::default(),
        }
    }

    /// Returns the value of `key`, if it is kept.
    pub(super) fn get(&self, key: &K) -> Option<V> {
        // It holds whole values at any moment.
        let values = self.values.read().unwrap_or_else(PoisonError::into_inner);
        values.get(key).cloned()
    }

    /// Keeps the value of `key`.
    pub(super) fn insert(&self, key: K, value: V) {
        let mut values = self.values.write().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= self.most {
            values.clear();
        }
        values.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_cache_begins_anew() {
        let cache = Cache::new(2);
        for key in 0..3 {
            cache.insert(key, key);
        }
        assert_eq!([0, 1, 2].map(|key| cache.get(&key)), [None, None, Some(2)]);
    }
}
