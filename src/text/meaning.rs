//! The stems of a text -> its [`Vector`]. Texts about the same thing have vectors of nearly the
//! same direction, whatever their words.
//!
//! Each stem that the table knows has a vector, and that of a text is their sum. How much a stem counts
//! is the length of its vector; what occurs more often counts more, though less each time. The table is
//! part of the program and is read in place; `tools/meaning` makes it.
//!
//! Vectors are made of integers, so that a text has the same one on every machine.

use xxhash_rust::xxh3::xxh3_64;

/// The numbers of a vector.
const DIMENSIONS: usize = 128;

/// The number of 64-bit words of a stored vector: two bits a number. Four bits rank no better.
pub(crate) const WORDS: usize = DIMENSIONS / 32;

/// The values of two bits. A number is a large one if it is larger than the root mean square, so that
/// three times the small ones is nearly the best that two bits can do for what is distributed
/// normally.
const LEVELS: [i32; 4] = [1, 3, -1, -3];

/// The most stems of a text that count: an answer's beginning says what it is about.
const MOST_STEMS: usize = 128;

/// The numbers of a unit vector are multiples of one by this.
const ONE: i64 = 1 << 14;

/// The table: the number of rows, the hash of each row's stem in ascending order, the factor of each
/// row, and then the rows, whose numbers have four bits: the first of two in the lower half of a byte,
/// each with [`ZERO`] added. All is little-endian.
#[cfg(feature = "meaning")]
static TABLE: &[u8] = include_bytes!("meaning.bin");
/// Without the feature no row at all, so that nothing has a vector.
#[cfg(not(feature = "meaning"))]
static TABLE: &[u8] = &[0; COUNT];
const ZERO: u32 = 8;

/// The bytes of the number of rows, of a hash, of a factor and of a row.
const COUNT: usize = 4;
const HASH: usize = 4;
const FACTOR: usize = 2;
const ROW: usize = DIMENSIONS / 2;

/// The stems of a text, as far as the table has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stems {
    /// The stems that were added.
    count: usize,
    rows: Vec<u16>,
}

impl Stems {
    /// Forgets all stems.
    pub(crate) fn clear(&mut self) {
        self.count = 0;
        self.rows.clear();
    }

    /// Adds the next stem of the text.
    pub(crate) fn push(&mut self, stem: &str) {
        if self.count < MOST_STEMS {
            self.count += 1;
            self.rows.extend(find(stem));
        }
    }

    /// Returns the vector of the text: `None` if the table has none of its stems.
    pub(crate) fn vector(&mut self) -> Option<Vector> {
        self.rows.sort_unstable();
        let mut sum = Sum::default();
        for same in self.rows.chunk_by(|a, b| a == b) {
            let (factor, numbers) = row(same[0]);
            sum.add(factor * weight(same.len()) / weight(1), numbers);
        }
        Vector::unit(sum.numbers())
    }
}

/// The direction of a text's meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vector([i64; DIMENSIONS]);

impl Vector {
    /// Returns the vector of length one, which is [`ONE`], in the direction of `numbers`.
    fn unit(numbers: [i64; DIMENSIONS]) -> Option<Vector> {
        let squares: i64 = numbers.iter().map(|number| number * number).sum();
        let length = squares.isqrt();
        // One division and many products: no number is longer than the vector.
        let scale = (ONE << 32).checked_div(length)?;
        Some(Vector(numbers.map(|number| (number * scale) >> 32)))
    }

    /// Returns the direction of this vector and so many tenths of the other.
    pub(crate) fn and(&self, other: &Vector, tenths: i64) -> Option<Vector> {
        Vector::unit(std::array::from_fn(|i| {
            10 * self.0[i] + tenths * other.0[i]
        }))
    }

    /// Returns the vector as it is stored: the signs of the numbers, and which ones are large.
    pub(crate) fn pack(&self) -> [u64; WORDS] {
        let squares: i64 = self.0.iter().map(|number| number * number).sum();
        let mut words = [0; WORDS];
        for (i, number) in self.0.iter().enumerate() {
            let is_large = number * number * DIMENSIONS as i64 > squares;
            let code = u64::from(*number < 0) << 1 | u64::from(is_large);
            words[i / 32] |= code << (i % 32 * 2);
        }
        words
    }

    /// Returns what is left of a vector in its stored form.
    pub(crate) fn unpack(stored: &[u64; WORDS]) -> Vector {
        let level = |i: usize| LEVELS[(stored[i / 32] >> (i % 32 * 2) & 3) as usize];
        let numbers: [i64; DIMENSIONS] = std::array::from_fn(|i| ONE * i64::from(level(i)));
        // No level is zero, so that the vector has a length.
        Vector::unit(numbers).unwrap_or(Vector(numbers))
    }

    /// Prepares the comparison with stored vectors.
    pub(crate) fn compare(&self) -> Comparison {
        let mut products = [[0; 16]; DIMENSIONS / 2];
        for (pair, products) in self.0.chunks_exact(2).zip(&mut products) {
            for (code, product) in products.iter_mut().enumerate() {
                let [first, second] = [pair[0], pair[1]].map(|number| number as i32);
                *product = first * LEVELS[code & 3] + second * LEVELS[code >> 2];
            }
        }
        Comparison { products }
    }
}

/// A vector to be compared with many stored ones.
#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    /// The share of two neighbouring numbers in the product, by their four bits.
    products: [[i32; 16]; DIMENSIONS / 2],
}

impl Comparison {
    /// Returns how near the stored vector is: 1 in the same direction, 0 if the texts have nothing to
    /// do with each other.
    pub(crate) fn with(&self, stored: &[u64; WORDS]) -> f32 {
        let mut product = 0;
        let mut large = 0;
        for (word, products) in stored.iter().zip(self.products.chunks_exact(16)) {
            for (i, products) in products.iter().enumerate() {
                product += products[(word >> (4 * i) & 15) as usize];
            }
            large += (word & 0x5555_5555_5555_5555).count_ones();
        }
        let small = DIMENSIONS as u32 - large;
        let squares = (small * (LEVELS[0] * LEVELS[0]) as u32
            + large * (LEVELS[1] * LEVELS[1]) as u32) as f32;
        product as f32 / (ONE as f32 * squares.sqrt())
    }
}

/// The most that the factors of rows may be, together, for their sums to fit 16 bits.
const BATCH: u32 = u16::MAX as u32 / 15;

/// A weighted sum of rows. Rows are summed up in 16 bits as long as that is safe, which processors do for
/// eight numbers at once, and then in 32. The first of the two numbers of a byte are apart from the second
/// ones, and all of them have [`ZERO`] added, as in the table.
struct Sum {
    batch: [[u16; ROW]; 2],
    /// The sum of the factors of the rows in the batch.
    in_batch: u32,
    sums: [[i32; ROW]; 2],
    /// The sum of all factors.
    factors: u32,
}

impl Default for Sum {
    fn default() -> Sum {
        Sum {
            batch: [[0; ROW]; 2],
            in_batch: 0,
            sums: [[0; ROW]; 2],
            factors: 0,
        }
    }
}

impl Sum {
    /// Adds `factor` times a row of the table.
    fn add(&mut self, factor: u32, row: &[u8; ROW]) {
        let mut rest = factor;
        while rest > 0 {
            let part = rest.min(BATCH - self.in_batch);
            let [first, second] = &mut self.batch;
            for ((first, second), two) in first.iter_mut().zip(second).zip(row) {
                *first += part as u16 * u16::from(two & 15);
                *second += part as u16 * u16::from(two >> 4);
            }
            self.in_batch += part;
            rest -= part;
            if self.in_batch == BATCH {
                self.flush();
            }
        }
        self.factors += factor;
    }

    /// Moves the batch to the sums.
    fn flush(&mut self) {
        for (sums, batch) in self.sums.iter_mut().zip(&mut self.batch) {
            for (sum, number) in sums.iter_mut().zip(std::mem::replace(batch, [0; ROW])) {
                *sum += i32::from(number);
            }
        }
        self.in_batch = 0;
    }

    fn numbers(mut self) -> [i64; DIMENSIONS] {
        self.flush();
        let zero = i64::from(ZERO * self.factors);
        std::array::from_fn(|i| i64::from(self.sums[i % 2][i / 2]) - zero)
    }
}

/// Returns 16 times 1 + ln `count`.
fn weight(count: usize) -> u32 {
    const WEIGHTS: [u32; 16] = [
        16, 27, 34, 38, 42, 45, 47, 49, 51, 53, 54, 56, 57, 58, 59, 60,
    ];
    WEIGHTS[count.clamp(1, WEIGHTS.len()) - 1]
}

/// The number of rows.
const ROWS: usize = u32::from_le_bytes([TABLE[0], TABLE[1], TABLE[2], TABLE[3]]) as usize;

const fn hash_of(row: usize) -> u32 {
    let start = COUNT + row * HASH;
    u32::from_le_bytes([
        TABLE[start],
        TABLE[start + 1],
        TABLE[start + 2],
        TABLE[start + 3],
    ])
}

/// The rows are found by the first bits of their hashes: with 4,096 beginnings, four rows have each.
const BEGINNING: usize = 12;
const BEGINNINGS: usize = 1 << BEGINNING;

/// The first row of each beginning, and after the last.
static STARTS: [u16; BEGINNINGS + 1] = starts();

const fn starts() -> [u16; BEGINNINGS + 1] {
    let mut starts = [0; BEGINNINGS + 1];
    let mut row = 0;
    let mut beginning = 0;
    while beginning < BEGINNINGS {
        starts[beginning] = row as u16;
        while row < ROWS && (hash_of(row) >> (32 - BEGINNING)) as usize == beginning {
            row += 1;
        }
        beginning += 1;
    }
    starts[BEGINNINGS] = row as u16;
    starts
}

/// Returns the number of the row of `stem`.
fn find(stem: &str) -> Option<u16> {
    let hash = (xxh3_64(stem.as_bytes()) >> 32) as u32;
    let beginning = (hash >> (32 - BEGINNING)) as usize;
    let mut rows = STARTS[beginning]..STARTS[beginning + 1];
    rows.find(|row| hash_of(usize::from(*row)) == hash)
}

/// Returns whether the table has `stem`: it is a word of the language or of the field, then, and not a
/// misspelling of another one.
pub(crate) fn has(stem: &str) -> bool {
    find(stem).is_some()
}

/// Returns the factor and the numbers of a row.
fn row(row: u16) -> (u32, &'static [u8; ROW]) {
    let row = usize::from(row);
    let (factors, numbers) = TABLE[COUNT + ROWS * HASH..].split_at(ROWS * FACTOR);
    let (factors, _) = factors.as_chunks::<FACTOR>();
    let (numbers, _) = numbers.as_chunks::<ROW>();
    (u32::from(u16::from_le_bytes(factors[row])), &numbers[row])
}

#[cfg(all(test, feature = "meaning"))]
#[expect(clippy::unwrap_used, reason = "a test may fail where it stands")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Terms;

    fn vector(text: &str) -> Option<Vector> {
        let mut stems = Stems::default();
        for term in Terms::of(text).iter() {
            stems.push(&term.stem());
        }
        stems.vector()
    }

    /// Returns how near `other` is to `text`, as documents are compared with queries.
    fn near(text: &str, other: &str) -> f32 {
        let stored = vector(other).unwrap().pack();
        vector(text).unwrap().compare().with(&stored)
    }

    fn signs(word: u64) -> u64 {
        word & 0xaaaa_aaaa_aaaa_aaaa
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(TABLE.len(), COUNT + ROWS * (HASH + FACTOR + ROW));
        assert!(ROWS > 0 && ROWS <= usize::from(u16::MAX));
        let (hashes, _) = TABLE[COUNT..][..ROWS * HASH].as_chunks::<HASH>();
        assert!(hashes.is_sorted_by_key(|hash| u32::from_le_bytes(*hash)));
    }

    #[test]
    fn other_words_for_the_same_are_near() {
        for (text, same, other) in [
            (
                "my query is slow",
                "improve database performance",
                "define a CSS grid",
            ),
            (
                "save data in the browser",
                "localStorage",
                "garbage collection",
            ),
            ("the program uses too much RAM", "memory leak", "unit tests"),
            (
                "quarrel with a colleague",
                "conflict between coworkers",
                "binary tree",
            ),
            (
                "== vs ===",
                "strict and loose equality",
                "connect to a server",
            ),
        ] {
            let (same, other) = (near(text, same), near(text, other));
            assert!(same > 0.2 && same > other + 0.1, "{text}: {same} {other}");
        }
    }

    #[test]
    fn the_words_themselves_are_nearest() {
        let text = "how does the garbage collector free memory";
        // Two bits a number leave about this much.
        assert!(near(text, text) > 0.85);
        assert!(near(text, text) > near(text, "memory that is not used any more"));
    }

    #[test]
    fn unknown_words_add_nothing() {
        assert_eq!(vector("zqxjk asdfqwer"), None);
        assert_eq!(vector("zqxjk memory"), vector("memory"));
        assert_eq!(vector("内存 泄漏"), None);
        assert_eq!(vector(""), None);
    }

    #[test]
    fn a_text_has_the_same_vector_on_every_machine() {
        let stored = vector("a text has the same vector on every machine").unwrap();
        insta::assert_snapshot!(format!("{:x?}", stored.pack()), @"[67b229c62d90d013, c462aadb402833c9, aa7ae982ac9878a7, 12a0808e1829880c]");
    }

    proptest! {
        #[test]
        fn any_text_can_be_compared(text in "(?s).{0,400}", other in "[a-z ]{0,400}") {
            let (Some(text), Some(other)) = (vector(&text), vector(&other)) else {
                return Ok(());
            };
            let near = text.compare().with(&other.pack());
            prop_assert!((-1.01..=1.01).contains(&near));
            prop_assert!(text.and(&text, 4).is_some());
            let unpacked = Vector::unpack(&text.pack());
            prop_assert_eq!(unpacked.pack().map(signs), text.pack().map(signs));
            prop_assert!(unpacked.compare().with(&text.pack()) > 0.99);
        }
    }
}
