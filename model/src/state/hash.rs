//! **A state is hashed by words, not by fields.**
//!
//! A search hashes each state that it reaches, most of them several times, and a hasher that is handed a hundred small fields
//! spends its time on packing them. Equal states have equal words, and different states different ones: every field is named
//! below, so that a new one has to be thought of here, and how many rows and messages there are is among the words.

use super::State;
use std::hash::{Hash, Hasher};

impl Hash for State {
    #[inline]
    fn hash<H: Hasher>(&self, out: &mut H) {
        let Self {
            rows,
            memory,
            typed,
            looked_up,
            day,
            prologue,
            widened_past,
            outgrown,
            devices: [d0, d1, d2, d3],
            persons: [p0, p1, p2],
            handed,
            directory,
            withheld,
            compared,
            cache,
            messages,
            calls: [k0, k1, k2, k3],
            orders: [o0, o1, o2, o3],
            requests: [r0, r1, r2],
            tally,
            budget,
        } = self;
        rows.hash(out);
        memory.hash(out);
        let [made, foreign] = compared.bytes();
        let flags = u8::from(*prologue) | u8::from(*widened_past) << 1 | outgrown.as_u8() << 2;
        let sent = self.messages().count() as u8;
        out.write_u64(u64::from_le_bytes([
            *typed,
            *looked_up,
            made,
            foreign,
            *day,
            flags,
            directory.byte(),
            sent | *withheld << 4,
        ]));
        let [ra, rb, rc] = r0.bytes();
        let [sa, sb, sc] = r1.bytes();
        let [ua, ub, uc] = r2.bytes();
        out.write_u64(u64::from_le_bytes([
            d0.byte(),
            d1.byte(),
            d2.byte(),
            d3.byte(),
            p0.byte(),
            p1.byte(),
            p2.byte(),
            uc,
        ]));
        out.write_u64(u64::from_le_bytes([ra, rb, rc, sa, sb, sc, ua, ub]));
        for [c0, c1, c2, c3] in cache {
            let ([aa, ab], [ba, bb]) = (c0.bytes(), c1.bytes());
            let ([ca, cb], [da, db]) = (c2.bytes(), c3.bytes());
            out.write_u64(u64::from_le_bytes([aa, ab, ba, bb, ca, cb, da, db]));
        }
        let mut rests = 0_u64;
        for message in messages.iter().take(usize::from(sent)) {
            let (word, rest) = message.words();
            out.write_u64(word);
            rests = rests << u8::BITS | u64::from(rest);
        }
        let ([budget, others], [travels, calls, accounts]) = budget.words();
        let counts = u32::from_le_bytes([travels, calls, accounts, tally.byte()]);
        out.write_u64(rests | u64::from(counts) << 32);
        let ([ka, kb], [la, lb]) = (k0.bytes(), k1.bytes());
        let ([ma, mb], [na, nb]) = (k2.bytes(), k3.bytes());
        out.write_u64(u64::from_le_bytes([ka, kb, la, lb, ma, mb, na, nb]));
        for (one, other) in [(o0, o1), (o2, o3)] {
            let ([aa, ab, ac, ad], [ba, bb, bc, bd]) = (one.bytes(), other.bytes());
            out.write_u64(u64::from_le_bytes([aa, ab, ac, ad, ba, bb, bc, bd]));
        }
        [budget, others].into_iter().for_each(|word| out.write_u64(word));
        // One word more, so that it is no other state's.
        if *handed != 0 {
            out.write_u64(u64::from(*handed));
        }
    }
}
