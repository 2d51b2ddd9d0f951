//! **An order, and a request to preserve, in force or not.**

use crate::design::OrderKind;
use crate::world::User;

/// Whether an order exists and what became of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum OrderStatus {
    /// There is none.
    #[default]
    None,
    /// It runs.
    Running,
    /// Its validity has ended.
    Ended,
}

/// A granted order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Order {
    /// Whether it runs.
    pub status: OrderStatus,
    /// Its place among the kinds of order; see [`Order::kind`].
    kind: u8,
    /// The user it names, or 3 for everyone.
    target: u8,
    /// Days since it was granted, saturating.
    pub age: u8,
    /// For how many days after the grant it runs, the last inclusive, extensions included.
    pub runs: u8,
    /// How many days before the grant the period asked about begins.
    pub since: u8,
    /// How often it was extended.
    pub extended: u8,
}

impl Order {
    const KINDS: [OrderKind; 4] =
        [OrderKind::Subpoena, OrderKind::RecordsOrder, OrderKind::PenRegister, OrderKind::Warrant];

    /// An order granted today.
    #[must_use]
    pub fn granted(kind: OrderKind, target: Option<User>, since: u8, runs: u8) -> Self {
        Self {
            status: OrderStatus::Running,
            kind: kind as u8,
            target: target.map_or(3, |user| user as u8),
            age: 0,
            runs,
            since,
            extended: 0,
        }
    }

    /// What kind of order it is.
    #[must_use]
    pub fn kind(&self) -> OrderKind {
        Self::KINDS[self.kind as usize % 4]
    }

    /// The user it names; `None` means everyone.
    #[must_use]
    pub fn target(&self) -> Option<User> {
        User::ALL.get(self.target as usize).copied()
    }

    /// Whether it is in force.
    #[must_use]
    pub fn running(&self) -> bool {
        self.status == OrderStatus::Running
    }
}

/// The preservation request: whose rows are frozen, and since when.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Preservation {
    /// Whether it is in force.
    pub in_force: bool,
    /// Days since it was made or renewed.
    pub age: u8,
    /// How often it was renewed.
    pub renewed: u8,
    target: u8,
}

impl Preservation {
    /// A request made today for the rows of this user.
    #[must_use]
    pub fn of(user: User) -> Self {
        Self { in_force: true, age: 0, renewed: 0, target: user as u8 }
    }

    /// Whose rows it freezes.
    #[must_use]
    pub const fn target(&self) -> User {
        User::ALL[(self.target % 3) as usize]
    }
}
