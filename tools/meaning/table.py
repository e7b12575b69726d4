"""The table as src/text/meaning.rs reads it."""

import numpy as np
import xxhash

# The factors of the rows are whole numbers up to this.
LARGEST_FACTOR = 4095


def write(path, stems, vectors):
    """Writes a row of 4-bit numbers for each stem, under the upper half of its hash."""
    rows = {}
    for stem, vector in zip(stems, vectors):
        # Of two stems with one hash the more frequent comes first, and stays.
        rows.setdefault(xxhash.xxh3_64_intdigest(stem.encode()) >> 32, vector)
    hashes = sorted(rows)
    vectors = np.array([rows[value] for value in hashes])
    steps = np.abs(vectors).max(1) / 7
    factors = np.maximum(1, np.round(steps * LARGEST_FACTOR / steps.max()))
    numbers = np.clip(np.round(vectors * (LARGEST_FACTOR / steps.max() / factors)[:, None]), -7, 7).astype(np.int8) + 8
    halves = (numbers[:, 0::2] | numbers[:, 1::2] << 4).astype(np.uint8)
    table = np.uint32(len(hashes)).tobytes() + np.array(hashes, "<u4").tobytes() + factors.astype("<u2").tobytes() + halves.tobytes()
    with open(path, "wb") as file:
        file.write(table)
    return table
