//! **The condition of a device, the whereabouts of its owner, and which of the owner's keys were stolen, in bits.**

use crate::action::PrivateKey;
use crate::world::{Address, Device, Place};
use enumset::EnumSet;

/// A device's condition, in bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeviceState(u8);

impl DeviceState {
    /// All of it.
    pub(super) const fn byte(self) -> u8 {
        self.0
    }

    pub(super) const FRESH: Self = Self(0b011);

    const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    fn set(&mut self, bit: u8, value: bool) {
        self.0 = if value { self.0 | bit } else { self.0 & !bit };
    }

    /// Whether the directory lists it.
    #[must_use]
    pub const fn registered(self) -> bool {
        self.has(1)
    }

    /// Whether it is switched on and connected.
    #[must_use]
    pub const fn on(self) -> bool {
        self.has(2)
    }

    /// Whether its owner took the number elsewhere, so that push never reaches it again.
    #[must_use]
    pub const fn gone(self) -> bool {
        self.has(4)
    }

    /// Where it is.
    #[must_use]
    pub const fn place(self) -> Place {
        if self.has(8) { Place::Away } else { Place::Home }
    }

    /// Whether push can reach it now.
    #[must_use]
    pub const fn reachable(self) -> bool {
        self.on() && !self.gone()
    }

    /// Lists it in the directory, or no longer.
    pub fn register(&mut self, registered: bool) {
        self.set(1, registered);
    }

    /// Switches it on or off.
    pub fn switch(&mut self, on: bool) {
        self.set(2, on);
    }

    /// Marks it as abandoned for a telephone of another make.
    pub fn leave(&mut self) {
        self.set(4, true);
    }

    /// Moves it.
    pub fn move_to(&mut self, place: Place) {
        self.set(8, place == Place::Away);
        self.0 |= if place == Place::Away { 16 } else { 0 };
    }

    /// A new day begins: where the device is now is all that counts of it so far.
    pub fn begin_day(&mut self) {
        let away = self.has(8);
        self.set(16, away);
    }

    /// To which address a draft is open on it.
    #[must_use]
    pub fn draft(self) -> Option<Address> {
        Address::ALL.get((self.0 >> 5).wrapping_sub(1) as usize).copied()
    }

    /// Opens a draft, or closes it.
    pub fn set_draft(&mut self, draft: Option<Address>) {
        let code = draft.map_or(0, |address| address as u8 + 1);
        self.0 = (self.0 & 0b1_1111) | (code << 5);
    }

    /// Whether it has been away today.
    #[must_use]
    pub const fn has_been_away(self) -> bool {
        self.has(16)
    }
}

/// A person's whereabouts, and which keys were stolen from the person's devices, in bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Person(u8);

impl Person {
    /// All of it.
    pub(super) const fn byte(self) -> u8 {
        self.0
    }

    /// Where the person is.
    #[must_use]
    pub const fn place(self) -> Place {
        if self.0 & 1 == 0 { Place::Home } else { Place::Away }
    }

    /// Whether the person has been away today.
    #[must_use]
    pub const fn has_been_away(self) -> bool {
        self.0 & 2 != 0
    }

    /// Moves the person.
    pub fn move_to(&mut self, place: Place) {
        self.0 = match place {
            Place::Home => self.0 & !1,
            Place::Away => self.0 | 3,
        };
    }

    /// A new day begins: where the person is now is all that counts of it so far.
    pub fn begin_day(&mut self) {
        self.0 = (self.0 & !2) | ((self.0 & 1) << 1);
    }

    /// Above all else, whether the person gave the number up.
    const GAVE_UP: u8 = 1 << 7;

    /// Whether the person gave the number up.
    #[must_use]
    pub const fn gave_up(self) -> bool {
        self.0 & Self::GAVE_UP != 0
    }

    /// The person gives the number up.
    pub fn give_up(&mut self) {
        self.0 |= Self::GAVE_UP;
    }

    /// Where the marks of stolen keys begin: a bit for each key of each of the person's devices.
    const STOLEN: usize = 2;

    /// The mark of a key of a device, which is the person's.
    fn theft(device: Device, key: PrivateKey) -> u8 {
        1 << (Self::STOLEN + device.among_own() * PrivateKey::ALL.len() + key as usize)
    }

    /// The keys that were stolen from a device of the person's.
    #[must_use]
    pub fn stolen(self, device: Device) -> EnumSet<PrivateKey> {
        PrivateKey::ALL.into_iter().filter(|&key| self.0 & Self::theft(device, key) != 0).collect()
    }

    /// Marks a key of a device of the person's as stolen.
    pub fn rob(&mut self, device: Device, key: PrivateKey) {
        self.0 |= Self::theft(device, key);
    }
}

/// No person has more devices than there are bits for their keys, below the uppermost.
const _: () = assert!(Person::STOLEN + 2 * PrivateKey::ALL.len() < u8::BITS as usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_device_was_today_is_remembered_until_the_day_ends() {
        let mut device = DeviceState::FRESH;
        let said = |device: DeviceState| (device.place(), device.has_been_away());
        assert_eq!(said(device), (Place::Home, false));
        device.move_to(Place::Away);
        assert_eq!(said(device), (Place::Away, true));
        assert!(device.registered() && device.on(), "nothing else changes");
        device.register(true);
        assert!(device.registered(), "it is listed once");
        device.begin_day();
        assert_eq!(said(device), (Place::Away, true), "it begins the day away");
        device.move_to(Place::Home);
        assert_eq!(said(device), (Place::Home, true));
        device.begin_day();
        assert_eq!(said(device), (Place::Home, false));
    }
}
