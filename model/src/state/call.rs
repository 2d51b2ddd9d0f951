//! **A call, from its invitation on: whose devices it rings on, and what became of it.**

use crate::world::{Address, Device, User};
use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long people talked, as far as it is told apart.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// A few words.
    Short,
    /// A conversation.
    Long,
}

impl Length {
    /// Both lengths.
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];

    /// The length's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
        }
    }
}

/// What has become of a call so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// There is no call.
    None,
    /// Somebody is invited, and nobody has answered.
    Inviting,
    /// Somebody answered, and the two are talking.
    Talking,
    /// The two talked, for so long.
    Over(Length),
    /// Somebody declined.
    Declined,
    /// The caller hung up before anybody answered.
    Withdrawn,
    /// Nobody answered in time.
    Missed,
}

impl Stage {
    const ALL: [Self; 8] = [
        Self::None,
        Self::Inviting,
        Self::Talking,
        Self::Over(Length::Short),
        Self::Over(Length::Long),
        Self::Declined,
        Self::Withdrawn,
        Self::Missed,
    ];

    fn code(self) -> u8 {
        Self::ALL.iter().position(|&stage| stage == self).unwrap_or(0) as u8
    }
}

/// A call. It is never forgotten; which devices it rang on is, once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Call {
    /// Two bits each: from which device, to which address; and in three the stage.
    envelope: u8,
    /// In the lower half the devices whose copy of the invitation still waits at push, in the upper half those that ring;
    /// of a call that was answered, the one that answered.
    devices: u8,
}

/// How far up the devices that ring stand.
const UPPER: u32 = Device::ALL.len() as u32;
const LOWER: u8 = (1 << UPPER) - 1;
/// How far up the stage stands.
const STAGE: u32 = 4;

impl Call {
    /// An invitation from the device to those that the directory named: a mask, in which a key of the operator's is no device.
    #[must_use]
    pub fn inviting(device: Device, to: Address, named: u8) -> Self {
        let call = Self { envelope: device as u8 | (to as u8) << 2, devices: named & LOWER };
        call.at(Stage::Inviting)
    }

    fn at(self, stage: Stage) -> Self {
        let parties = self.envelope & ((1 << STAGE) - 1);
        Self { envelope: parties | stage.code() << STAGE, ..self }
    }

    /// All of it.
    pub(super) const fn bytes(self) -> [u8; 2] {
        [self.envelope, self.devices]
    }

    /// What has become of it so far.
    #[must_use]
    pub fn stage(self) -> Stage {
        Stage::ALL[usize::from(self.envelope >> STAGE) % Stage::ALL.len()]
    }

    /// The device that it is from.
    #[must_use]
    pub const fn device(self) -> Device {
        Device::ALL[(self.envelope & 3) as usize]
    }

    /// Who calls.
    #[must_use]
    pub const fn caller(self) -> User {
        self.device().owner()
    }

    /// The address that is called.
    #[must_use]
    pub const fn to(self) -> Address {
        Address::ALL[(self.envelope >> 2 & 3) as usize]
    }

    /// The devices whose copy of the invitation still waits.
    #[must_use]
    pub const fn waiting(self) -> u8 {
        self.devices & LOWER
    }

    /// The devices that ring; of a call in which two are talking, the one that answered.
    #[must_use]
    pub const fn ringing(self) -> u8 {
        self.devices >> UPPER
    }

    /// Whether people are being rung, or are talking.
    #[must_use]
    pub fn goes_on(self) -> bool {
        matches!(self.stage(), Stage::Inviting | Stage::Talking)
    }

    /// Whether it took place: somebody answered.
    #[must_use]
    pub fn took_place(self) -> bool {
        matches!(self.stage(), Stage::Talking | Stage::Over(_))
    }

    /// Whether the invitation came to nothing.
    #[must_use]
    pub fn in_vain(self) -> bool {
        matches!(self.stage(), Stage::Declined | Stage::Withdrawn | Stage::Missed)
    }

    /// The device that answered, while the two are talking.
    #[must_use]
    pub fn answered_on(self) -> Option<Device> {
        let answered = |device: &Device| self.ringing() & device.bit() != 0;
        Device::ALL.into_iter().find(answered).filter(|_| self.stage() == Stage::Talking)
    }

    /// The device takes its copy of the invitation, and rings.
    pub fn ring(&mut self, device: Device) {
        self.devices = self.devices & !device.bit() | device.bit() << UPPER;
    }

    /// It is answered on the device, and all others stop ringing.
    pub fn answer(&mut self, device: Device) {
        *self = Self { devices: device.bit() << UPPER, ..self.at(Stage::Talking) };
    }

    /// It is over, and nothing rings.
    pub fn end(&mut self, stage: Stage) {
        *self = Self { devices: 0, ..self.at(stage) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goes on, took place, came to nothing.
    fn said(stage: Stage) -> [bool; 3] {
        let call = Call::inviting(Device::AlicePhone, Address::Bob, 0b100).at(stage);
        assert_eq!(call.stage(), stage);
        [call.goes_on(), call.took_place(), call.in_vain()]
    }

    #[test]
    fn a_call_goes_on_took_place_or_came_to_nothing() {
        assert_eq!(said(Stage::Inviting), [true, false, false]);
        assert_eq!(said(Stage::Talking), [true, true, false]);
        for length in [Length::Short, Length::Long] {
            assert_eq!(said(Stage::Over(length)), [false, true, false]);
        }
        for stage in [Stage::Declined, Stage::Withdrawn, Stage::Missed] {
            assert_eq!(said(stage), [false, false, true]);
        }
        assert_eq!(said(Stage::None), [false; 3]);
        let [short, long] = [Length::Short, Length::Long].map(Length::name);
        assert!(short.contains("short") && long.contains("long"), "{short}, {long}");
    }
}
