//! **The people, devices and addresses of every scope.**
//!
//! Three users are enough for claims about pairs: two who may communicate, and a bystander. Alice owns two
//! devices, so that some claims can tell a person from one of her devices; Bob answers to two addresses, a
//! number and an e-mail address, so that picking his *name* can look up an address that nobody typed.
//! A scope may leave Carol, Alice's tablet or Bob's second address unused; nothing here can be added to by a
//! scope.

use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person who uses the service.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum User {
    /// One of the two whom claims speak of; she owns two devices.
    Alice,
    /// The other of the two; he answers to two addresses.
    Bob,
    /// The bystander, through whom rows and messages can have innocent causes.
    Carol,
}

/// A device, which belongs to one user for good.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Device {
    /// Alice's telephone, which can also send and receive SMS.
    AlicePhone,
    /// Alice's tablet, which she can leave behind.
    AliceTablet,
    /// Bob's telephone.
    BobPhone,
    /// Carol's telephone.
    CarolPhone,
}

/// What the directory can be asked about: a telephone number or an e-mail address.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Address {
    /// Alice's number.
    Alice,
    /// Bob's number.
    Bob,
    /// Carol's number.
    Carol,
    /// Bob's e-mail address.
    BobMail,
}

/// Where a person or a device is, as its network address gives it away.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The one place.
    Home,
    /// The other place.
    Away,
}

impl User {
    /// All users, in order.
    pub const ALL: [Self; 3] = [Self::Alice, Self::Bob, Self::Carol];

    /// The user's position in [`User::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The telephone that the user sends and receives SMS with.
    #[must_use]
    pub const fn phone(self) -> Device {
        match self {
            Self::Alice => Device::AlicePhone,
            Self::Bob => Device::BobPhone,
            Self::Carol => Device::CarolPhone,
        }
    }

    /// The address that messages from this user carry as their source.
    #[must_use]
    pub const fn address(self) -> Address {
        match self {
            Self::Alice => Address::Alice,
            Self::Bob => Address::Bob,
            Self::Carol => Address::Carol,
        }
    }

    /// The user's name, capitalised for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alice => "Alice",
            Self::Bob => "Bob",
            Self::Carol => "Carol",
        }
    }
}

impl Device {
    /// All devices, in order.
    pub const ALL: [Self; 4] = [Self::AlicePhone, Self::AliceTablet, Self::BobPhone, Self::CarolPhone];

    /// The device's position in [`Device::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// This device's bit in a mask of devices.
    #[must_use]
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Whose device it is.
    #[must_use]
    pub const fn owner(self) -> User {
        match self {
            Self::AlicePhone | Self::AliceTablet => User::Alice,
            Self::BobPhone => User::Bob,
            Self::CarolPhone => User::Carol,
        }
    }

    /// Its place among the devices of its owner.
    #[must_use]
    pub fn among_own(self) -> usize {
        let own = Self::ALL.into_iter().filter(|other| other.owner() == self.owner());
        own.take_while(|&other| other != self).count()
    }

    /// The device's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AlicePhone => "Alice's phone",
            Self::AliceTablet => "Alice's tablet",
            Self::BobPhone => "Bob's phone",
            Self::CarolPhone => "Carol's phone",
        }
    }
}

impl Address {
    /// All addresses, in order.
    pub const ALL: [Self; 4] = [Self::Alice, Self::Bob, Self::Carol, Self::BobMail];

    /// The address's position in [`Address::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Whose address it is.
    #[must_use]
    pub const fn owner(self) -> User {
        match self {
            Self::Alice => User::Alice,
            Self::Bob | Self::BobMail => User::Bob,
            Self::Carol => User::Carol,
        }
    }

    /// The address's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alice => "Alice's number",
            Self::Bob => "Bob's number",
            Self::Carol => "Carol's number",
            Self::BobMail => "Bob's e-mail address",
        }
    }
}

impl Place {
    /// Both places.
    pub const ALL: [Self; 2] = [Self::Home, Self::Away];

    /// The place's position in [`Place::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The place's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "at home",
            Self::Away => "away",
        }
    }
}

/// An ordered pair of users: who, to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// Who acts.
    pub from: User,
    /// Towards whom.
    pub to: User,
}

impl Pair {
    /// All ordered pairs of two different users.
    pub const ALL: [Self; 6] = [
        Self { from: User::Alice, to: User::Bob },
        Self { from: User::Bob, to: User::Alice },
        Self { from: User::Alice, to: User::Carol },
        Self { from: User::Carol, to: User::Alice },
        Self { from: User::Bob, to: User::Carol },
        Self { from: User::Carol, to: User::Bob },
    ];

    /// The pair's bit in a mask of ordered pairs.
    #[must_use]
    pub const fn bit(self) -> u8 {
        1 << (self.from as u8 * 3 + self.to as u8)
    }
}
