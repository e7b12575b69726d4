//! Chance, from a seed: the same for the same seed and document, on every machine.

use crate::DocId;

/// A source of numbers without pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Random(u64);

impl Random {
    /// Returns the number of a document. It does not depend on the other documents, so that an order
    /// by it stays when some are added.
    pub(crate) fn of(seed: u64, id: DocId) -> Random {
        Random(mix(mix(seed) ^ id.bits()))
    }
}

/// Returns a number all of whose bits depend on all of `n`: a step of splitmix64.
fn mix(n: u64) -> u64 {
    let mut n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
