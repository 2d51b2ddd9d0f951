//! **What people may still do within the scope.**
/// What people may still do within the scope. Each count is at most 3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Budget {
    /// Addresses that each user may type.
    pub types: [u8; 3],
    /// Contacts' names that each user may pick.
    pub picks: [u8; 3],
    /// Messages that each user may send to each other user: two bits a pair.
    pub sends: Counts<3>,
    /// Lookups that each user's devices may make of each address: two bits an address.
    pub lookups: Counts<3>,
    /// Registrations and deregistrations by the owner.
    pub registrations: u8,
    /// Users who may leave the platform.
    pub leaves: u8,
    /// Journeys, per user.
    pub travels: [u8; 3],
    /// Times that a key may be added, swapped or stolen.
    pub keys: u8,
    /// Messages that may be injected, or altered on their way to a device.
    pub injections: u8,
    /// Times that a device may back up.
    pub backups: u8,
    /// Calls that each user may begin: two bits a user.
    pub calls: Counts<1>,
    /// Applications to a court.
    pub applications: u8,
    /// Disclosures.
    pub disclosures: u8,
    /// Extensions of orders, preservation requests and their renewals.
    pub requests: u8,
}

impl Budget {
    /// All of it.
    pub(super) const fn words(&self) -> [u64; 3] {
        let Self {
            types: [ta, tb, tc],
            picks: [pa, pb, pc],
            sends: Counts([sa, sb, sc]),
            lookups: Counts([la, lb, lc]),
            registrations,
            leaves,
            travels: [va, vb, vc],
            keys,
            injections,
            backups,
            calls: Counts([calls]),
            applications,
            disclosures,
            requests,
        } = *self;
        [
            u64::from_le_bytes([ta, tb, tc, pa, pb, pc, registrations, leaves]),
            u64::from_le_bytes([sa, sb, sc, la, lb, lc, keys, injections]),
            u64::from_le_bytes([va, vb, vc, applications, disclosures, requests, backups, calls]),
        ]
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
