//! Segments -> fewer of them, where searches would otherwise be slow, or rank differently.

use log::debug;
use tantivy::{
    IndexWriter,
    index::{SegmentId, SegmentMeta},
    schema::document::Document,
};

use crate::{Result, store::Store};

/// The most segments that an update leaves, as each costs every search; of large ones, there may be
/// more.
const MAX_SEGMENTS: usize = 4;

/// The most documents of an index of one segment without deleted ones. Deleted documents still count
/// in document frequencies, which in a small index changes the order of hits.
const ONE_SEGMENT: u32 = 5_000;

/// The most documents, deleted ones among them, that are merged into one segment: more would take
/// seconds, and map more memory than the build needs otherwise.
const MAX_MERGED: u32 = 100_000;

/// Makes one segment of the small ones, if they are due.
pub(super) fn merge<D: Document>(store: &Store, writer: &mut IndexWriter<D>) -> Result<()> {
    let mut segments = store.segments()?;
    segments.sort_unstable_by_key(|segment| (segment.max_doc(), segment.id()));
    let sizes: Vec<u32> = segments.iter().map(SegmentMeta::max_doc).collect();
    let is_small = sizes.iter().sum::<u32>() <= ONE_SEGMENT;
    let is_one = segments.len() <= 1 && segments.iter().all(|segment| !segment.has_deletes());
    let count = match (is_small, is_one) {
        (true, true) => 0,
        (true, false) => segments.len(),
        (false, _) => due(&sizes),
    };
    let due = segments[..count].iter();
    let due: Vec<SegmentId> = due.map(SegmentMeta::id).collect();
    if due.is_empty() {
        return Ok(());
    }
    store.check_segments(&due)?;
    store.reading(|| writer.merge(&due).wait())?;
    debug!("merged segments: {}", due.len());
    Ok(())
}

/// Returns how many of the segments of these `sizes`, smallest first, are to be merged.
///
/// Enough of the smallest to leave [`MAX_SEGMENTS`], then each next one no larger than the sum so far:
/// so a document is merged again only when the segment that it is in has doubled. Large ones, of which
/// no two would become one, are not counted: each update would copy the smallest.
fn due(sizes: &[u32]) -> usize {
    let sizes = &sizes[..sizes.partition_point(|size| *size <= MAX_MERGED / 2)];
    let fewest = (sizes.len() + 1).saturating_sub(MAX_SEGMENTS);
    if fewest < 2 {
        return 0;
    }
    let mut sum = 0;
    let mut count = 0;
    for size in sizes {
        let is_due = count < fewest || *size <= sum;
        if !is_due || sum + size > MAX_MERGED {
            break;
        }
        sum += size;
        count += 1;
    }
    if count < 2 { 0 } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_segments_are_merged_and_large_ones_left() {
        let cases = [
            (&[][..], 0),
            (&[1, 1, 1, 900], 0),
            (&[1, 1, 1, 1, 900], 4),
            (&[1, 1, 2, 5, 900], 3),
            (&[1, 1, 100, 500, 900], 2),
            (&[60_000, 60_000, 60_000, 60_000, 60_000], 0),
            (&[1, 60_000, 60_000, 60_000, 60_000, 60_000], 0),
            (&[1, 1, 1, 1, 1, 60_000, 60_000, 60_000], 5),
        ];
        for (sizes, expected) in cases {
            assert_eq!(due(sizes), expected, "{sizes:?}");
        }
    }
}
