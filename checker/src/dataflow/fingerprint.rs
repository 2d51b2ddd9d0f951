//! **A key of 128 bits for each state and each class, the same in every run, thread and process.**
//!
//! The hasher has two lanes of two words each, `a` and `b`, and words of input go to them by turns, so that the processor
//! mixes one while it waits for the other. Each word is mixed in by one step that can be undone, given the word: `a` takes
//! up the word and is multiplied by an odd constant; the low half of the product becomes `b`, turned, and the high half is
//! added to the old `b` to become `a`. Since no step loses anything, two inputs of one word never collide, and longer ones
//! only if what differs early is cancelled exactly by what differs later. At the end one lane takes up the other, and two
//! more steps spread each bit over both words.
//!
//! Short values are packed before they are mixed in, so that a state of many small fields costs few steps.
//!
//! Left out: resistance to somebody who chooses states in order to make them collide. Models are written by those who
//! want to know the answer.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// An odd constant with no pattern: the digits of the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
/// Where the two words start, and what the last steps take up: the digits of pi after the point.
const PI: [u64; 6] = [
    0x243f_6a88_85a3_08d3,
    0x1319_8a2e_0370_7344,
    0xa409_3822_299f_31d0,
    0x082e_fa98_ec4e_6c89,
    0x4528_21e6_38d0_1377,
    0xbe54_66cf_34e9_0c6c,
];
/// Where the words of the second lane start: more of these digits.
const MORE_PI: [u64; 2] = [0xc0ac_29b7_c97c_50dd, 0x3f84_d5b5_b547_0917];

/// The byte that says that a number of a whole word follows.
const LONG: usize = 0xff;

/// What stands for a state, or for a class of states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Key {
    high: u64,
    low: u64,
}

impl Key {
    /// The key of a value.
    #[inline]
    pub(crate) fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut hasher = Fingerprint::new();
        value.hash(&mut hasher);
        hasher.key()
    }

    /// The key of a number. No two numbers have the same, since each step can be undone.
    #[inline]
    pub(crate) fn of_number(number: u128) -> Self {
        let lane = Lane { a: PI[0] ^ number as u64, b: PI[1] ^ (number >> 64) as u64 };
        lane.with(PI[2]).with(PI[3]).with(PI[4]).with(PI[5]).key()
    }

    /// The two words.
    #[inline]
    pub(crate) fn words(self) -> [u64; 2] {
        [self.high, self.low]
    }

    /// The key with these words.
    #[inline]
    pub(crate) fn from_words([high, low]: [u64; 2]) -> Self {
        Key { high, low }
    }
}

/// Two words that take up others.
#[derive(Clone, Copy)]
struct Lane {
    a: u64,
    b: u64,
}

impl Lane {
    /// The lane after it has taken up a word.
    #[inline]
    fn with(self, word: u64) -> Self {
        let product = u128::from(self.a ^ word) * u128::from(MULTIPLIER);
        Lane { a: self.b ^ (product >> 64) as u64, b: (product as u64).rotate_left(32) }
    }

    #[inline]
    fn key(self) -> Key {
        Key { high: self.a, low: self.b }
    }
}

/// The hasher behind [`Key::of`].
#[derive(Clone, Copy)]
struct Fingerprint {
    /// The lane that takes up the next word, and the one after it.
    lanes: [Lane; 2],
    packed: u64,
    packed_bits: u32,
}

impl Fingerprint {
    #[inline]
    fn new() -> Self {
        let lanes = [Lane { a: PI[0], b: PI[1] }, Lane { a: MORE_PI[0], b: MORE_PI[1] }];
        Fingerprint { lanes, packed: 0, packed_bits: 0 }
    }

    #[inline]
    fn mix(&mut self, word: u64) {
        let [now, then] = self.lanes;
        self.lanes = [then, now.with(word)];
    }

    #[inline]
    fn pack(&mut self, value: u64, bits: u32) {
        self.packed |= value << self.packed_bits;
        let filled = self.packed_bits + bits;
        if filled < u64::BITS {
            self.packed_bits = filled;
            return;
        }
        self.mix(self.packed);
        self.packed = if self.packed_bits == 0 { 0 } else { value >> (u64::BITS - self.packed_bits) };
        self.packed_bits = filled - u64::BITS;
    }

    /// Which lane was to be next is told by how many words there were, which differs only where the words do.
    #[inline]
    fn key(self) -> Key {
        let [one, other] = self.lanes;
        let one = one.with(self.packed ^ PI[2]).with(u64::from(self.packed_bits) ^ PI[3]);
        one.with(other.a).with(other.b).with(PI[4]).with(PI[5]).key()
    }
}

impl Hasher for Fingerprint {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.pack(u64::from_le_bytes(*word), 64);
        }
        for byte in rest {
            self.pack(u64::from(*byte), 8);
        }
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.pack(u64::from(value), 8);
    }

    #[inline]
    fn write_u16(&mut self, value: u16) {
        self.pack(u64::from(value), 16);
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.pack(u64::from(value), 32);
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.pack(value, 64);
    }

    #[inline]
    fn write_u128(&mut self, value: u128) {
        self.pack(value as u64, 64);
        self.pack((value >> 64) as u64, 64);
    }

    /// Lengths and variants, which are small nearly always, cost a byte then: one that no other number begins with.
    #[inline]
    fn write_usize(&mut self, value: usize) {
        if value < LONG {
            self.pack(value as u64, 8);
        } else {
            self.pack(LONG as u64, 8);
            self.pack(value as u64, 64);
        }
    }

    #[inline]
    fn write_isize(&mut self, value: isize) {
        self.write_usize(value as usize);
    }

    fn finish(&self) -> u64 {
        self.key().high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn keys_do_not_change() {
        assert_eq!(Key::of(&0u64).words(), Key::of(&0u64).words());
        assert_ne!(Key::of(&0u64), Key::of(&0u32));
        assert_ne!(Key::of(&[1u8, 2]), Key::of(&[2u8, 1]));
        assert_ne!(Key::of(&vec![0u8; 3]), Key::of(&vec![0u8; 4]));
    }

    /// Values are packed side by side, over the end of a word as well.
    #[test]
    fn a_byte_anywhere_makes_another_key() {
        for length in (0..200).chain(250..260) {
            let bytes = vec![7_u8; length];
            let mut keys: HashSet<Key> =
                [Key::of(bytes.as_slice()), Key::of(&(1_u8, bytes.as_slice()))].into();
            for at in 0..length {
                for value in [0, 255] {
                    let mut other = bytes.clone();
                    other[at] = value;
                    keys.insert(Key::of(other.as_slice()));
                    keys.insert(Key::of(&(1_u8, other.as_slice())));
                }
            }
            assert_eq!(keys.len(), 2 + 4 * length);
        }
    }

    /// Each bit of input turns each bit of the key in about half of all cases.
    #[test]
    fn every_bit_spreads() {
        const TRIALS: u64 = 2_000;
        for bit in 0..64 {
            let mut turned = [0u32; 128];
            for trial in 0..TRIALS {
                let before = Key::of(&(trial * 3)).words();
                let after = Key::of(&((trial * 3) ^ (1 << bit))).words();
                for (at, turned) in turned.iter_mut().enumerate() {
                    *turned += u32::from((before[at / 64] ^ after[at / 64]) >> (at % 64) & 1 == 1);
                }
            }
            for (at, turned) in turned.into_iter().enumerate() {
                let share = f64::from(turned) / TRIALS as f64;
                assert!((0.4..0.6).contains(&share), "bit {bit} turns bit {at} in {share} of all cases");
            }
        }
    }

    /// Parts of the keys of inputs that differ little collide as often as random numbers would.
    #[test]
    fn parts_of_keys_collide_as_chance_would() {
        let inputs =
            (0..128u64).flat_map(|a| (0..128u64).flat_map(move |b| (0..64u64).map(move |c| [a, b, c])));
        let keys: Vec<_> = inputs.map(|input| Key::of(&input).words()).collect();
        for shift in [0, 16, 32] {
            for half in 0..2 {
                let part: HashSet<u32> = keys.iter().map(|words| (words[half] >> shift) as u32).collect();
                let lost = keys.len() - part.len();
                let expected = (keys.len() as f64).powi(2) / 2f64.powi(33);
                assert!((lost as f64 - expected).abs() < 6.0 * expected.sqrt(), "{lost}, not {expected}");
            }
        }
    }

    #[test]
    fn numbers_have_keys_of_their_own() {
        let numbers = (0..1000u128).flat_map(|low| (0..100u128).map(move |high| high << 64 | low));
        let keys: HashSet<Key> = numbers.map(Key::of_number).collect();
        assert_eq!(keys.len(), 100_000);
        let homes: HashSet<u64> = keys.iter().map(|key| key.words()[0] >> 32).collect();
        assert!(homes.len() > 99_900, "the first halves of the keys of small numbers are as good as random");
    }
}
