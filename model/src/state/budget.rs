//! **What people may still do within the scope.**

use crate::world::User;

/// What people may still do within the scope. Each count is at most 3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Budget {
    /// Addresses that each user may type.
    pub types: Each,
    /// Contacts' names that each user may pick.
    pub picks: Each,
    /// Messages that each user may send to each other user: two bits a pair.
    pub sends: Counts<3>,
    /// Lookups that each user's devices may make of each address: two bits an address.
    pub lookups: Counts<3>,
    /// Registrations and deregistrations by the owner.
    pub registrations: u8,
    /// Users who may leave the platform.
    pub leaves: u8,
    /// Journeys, per user.
    pub travels: Each,
    /// Times that a key may be added, swapped or stolen.
    pub keys: u8,
    /// Messages that may be injected, or altered on their way to a device.
    pub injections: u8,
    /// Times that each user may attach something to a message, or have a device fetch what is attached to one.
    pub attachments: Each,
    /// Times that a device may back up.
    pub backups: u8,
    /// Times that a device may sign in, or somebody buy something on it.
    pub accounts: u8,
    /// Calls that each user may begin.
    pub calls: Each,
    /// Applications to a court.
    pub applications: u8,
    /// Disclosures.
    pub disclosures: u8,
    /// Extensions of orders, preservation requests and their renewals.
    pub requests: u8,
}

impl Budget {
    /// All of it.
    pub(super) const fn words(&self) -> ([u64; 2], [u8; 3]) {
        let Self {
            types: Each(types),
            picks: Each(picks),
            attachments: Each(attachments),
            sends: Counts([sa, sb, sc]),
            lookups: Counts([la, lb, lc]),
            registrations,
            leaves,
            travels: Each(travels),
            keys,
            injections,
            backups,
            accounts,
            calls: Each(calls),
            applications,
            disclosures,
            requests,
        } = *self;
        // Three counts of two bits leave the two highest bits of a byte free: those of the attachments go there.
        let types = types | attachments << 6;
        let picks = picks | attachments >> 2 << 6;
        let travels = travels | attachments >> 4 << 6;
        let sent_and_asked = u64::from_le_bytes([sa, sb, sc, la, lb, lc, types, picks]);
        let others = [registrations, leaves, keys, injections, backups, applications, disclosures, requests];
        ([sent_and_asked, u64::from_le_bytes(others)], [travels, calls, accounts])
    }
}

impl Budget {
    /// A bit for each count of which something is left.
    pub(super) fn left(&self) -> u64 {
        let ([pairs, others], [travels, calls, accounts]) = self.words();
        let one = |count: u8| u64::from(count > 0);
        // The pairs leave every upper bit free: of each byte one for another count, and of some bytes three for users.
        let others = u64::from_le_bytes(others.to_le_bytes().map(|count| u8::from(count > 0)));
        let users = |each: u8| any_of(u64::from(each)) & 0b1_0101;
        // Above the travels of three users stand the attachments of the third.
        let last = one(travels >> 6) << 21;
        any_of(pairs) | others << 1 | users(travels) << 3 | users(calls) << 11 | one(accounts) << 19 | last
    }
}

/// The lower bit of each pair of bits that are not both 0.
const fn any_of(pairs: u64) -> u64 {
    (pairs | pairs >> 1) & (u64::MAX / 3)
}

/// Small counts, two bits each, one for each user.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Each(u8);

impl Each {
    /// The count of this user, at most 3.
    #[must_use]
    pub const fn get(self, user: User) -> u8 {
        self.0 >> (2 * user as u32) & 3
    }

    /// Sets the count of this user; more than 3 counts as 3.
    pub fn set(&mut self, user: User, count: u8) {
        let at = 2 * user as u32;
        self.0 = self.0 & !(3 << at) | count.min(3) << at;
    }

    /// Spends one of this user's; `None` when none is left.
    #[must_use]
    pub fn spend(&mut self, user: User) -> Option<()> {
        self.set(user, self.get(user).checked_sub(1)?);
        Some(())
    }

    /// The counts of all users, in their order.
    #[must_use]
    pub fn counts(self) -> [u8; 3] {
        User::ALL.map(|user| self.get(user))
    }

    /// The sum of all counts.
    #[must_use]
    pub fn total(self) -> u32 {
        self.counts().into_iter().map(u32::from).sum()
    }
}

impl From<[u8; 3]> for Each {
    /// The counts of all users, in their order; more than 3 counts as 3.
    fn from(counts: [u8; 3]) -> Self {
        let mut each = Self::default();
        User::ALL.into_iter().zip(counts).for_each(|(user, count)| each.set(user, count));
        each
    }
}

/// Small counts, two bits each, for each of `N` users towards four others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Counts<const N: usize>([u8; N]);

impl<const N: usize> Default for Counts<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Counts<N> {
    /// Three of each, the most there can be.
    pub const MOST: Self = Self([u8::MAX; N]);

    /// The count of `from` towards `to`, at most 3.
    #[must_use]
    pub const fn get(&self, from: usize, to: usize) -> u8 {
        (self.0[from] >> (2 * to)) & 3
    }

    /// Sets the count of `from` towards `to`; more than 3 counts as 3.
    pub fn set(&mut self, from: usize, to: usize, count: u8) {
        let cleared = self.0[from] & !(3 << (2 * to));
        self.0[from] = cleared | (count.min(3) << (2 * to));
    }

    /// Spends one; `None` when none is left.
    #[must_use]
    pub fn spend(&mut self, from: usize, to: usize) -> Option<()> {
        let left = self.get(from, to).checked_sub(1)?;
        self.set(from, to, left);
        Some(())
    }
}

impl Counts<3> {
    /// The sum of all counts.
    #[must_use]
    pub fn total(&self) -> u32 {
        (0..3)
            .flat_map(|from| (0..4).map(move |to| (from, to)))
            .map(|(from, to)| u32::from(self.get(from, to)))
            .sum()
    }
}

/// Spends one of a count; `None` when none is left.
#[must_use]
pub fn spend(count: &mut u8) -> Option<()> {
    *count = count.checked_sub(1)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    type Set = Box<dyn Fn(&mut Budget, u8)>;

    /// What sets each count, one at a time.
    fn all() -> Vec<Set> {
        let each: [fn(&mut Budget) -> &mut Each; 5] = [
            |budget| &mut budget.types,
            |budget| &mut budget.picks,
            |budget| &mut budget.travels,
            |budget| &mut budget.attachments,
            |budget| &mut budget.calls,
        ];
        let single: [fn(&mut Budget) -> &mut u8; 9] = [
            |budget| &mut budget.registrations,
            |budget| &mut budget.leaves,
            |budget| &mut budget.keys,
            |budget| &mut budget.injections,
            |budget| &mut budget.backups,
            |budget| &mut budget.accounts,
            |budget| &mut budget.applications,
            |budget| &mut budget.disclosures,
            |budget| &mut budget.requests,
        ];
        let mut all: Vec<Set> = Vec::new();
        for user in User::ALL {
            for count in each {
                all.push(Box::new(move |budget, to| count(budget).set(user, to)));
            }
            for other in 0..4 {
                all.push(Box::new(move |budget, to| budget.sends.set(user.index(), other, to)));
                all.push(Box::new(move |budget, to| budget.lookups.set(user.index(), other, to)));
            }
        }
        for count in single {
            all.push(Box::new(move |budget, to| *count(budget) = to));
        }
        all
    }

    fn with(counts: &[(&Set, u8)]) -> Budget {
        let mut budget = Budget::default();
        counts.iter().for_each(|(set, to)| set(&mut budget, *to));
        budget
    }

    #[test]
    fn no_two_budgets_have_the_same_words() {
        let all = all();
        let mut met = BTreeSet::new();
        let mut many = 0;
        for (at, one) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                for (count, also) in (0..9).map(|both| (1 + both / 3, 1 + both % 3)) {
                    met.insert(with(&[(one, count), (other, also)]).words());
                    many += 1;
                }
            }
            (1..4).for_each(|count| {
                met.insert(with(&[(one, count)]).words());
                many += 1;
            });
        }
        met.insert(Budget::default().words());
        assert_eq!(met.len(), many + 1);
    }

    /// What is left is a set: which counts there are, and not how large they are.
    #[test]
    fn each_count_of_which_something_is_left_has_a_bit() {
        let all = all();
        assert_eq!(Budget::default().left(), 0);
        let mut bits = 0_u64;
        let mut shared = 0;
        for one in &all {
            let left = with(&[(one, 1)]).left();
            assert!(left.is_power_of_two() && (2..4).all(|count| with(&[(one, count)]).left() == left));
            shared += u32::from(bits & left != 0);
            bits |= left;
            for other in &all {
                assert_eq!(with(&[(one, 2), (other, 3)]).left(), left | with(&[(other, 3)]).left());
            }
        }
        assert_eq!(shared, 0, "no two counts have the same bit");
    }

    #[test]
    fn a_count_is_set_and_spent_without_touching_its_neighbours() {
        for user in User::ALL {
            let mut each = Each::from([2, 2, 2]);
            each.set(user, 3);
            each.set(user, 1);
            assert_eq!((each.get(user), each.total()), (1, 5));
            assert_eq!((each.spend(user), each.spend(user), each.get(user)), (Some(()), None, 0));
            each.set(user, 200);
            assert_eq!((each.get(user), each.total()), (3, 7));
        }
    }
}
