//! **Who watches over keys: alerts about those that are added to an address, and people who compare them.**
//!
//! From row Y12: all of an owner's devices are told of one that is added, and the provider tells them, who also lists it. From
//! 2023 on two people can compare keys: the one shows what a device has for the other, and the other holds it to the keys of
//! devices of hers. They do so past the provider, when they meet or by voice.
//!
//! An alert follows whatever the directory lists that the owner did not put there, in the same step: whoever runs the
//! directory sends it or has decided before not to. Alerts about the owner's own registrations tell an owner nothing new, and
//! are left out, as is what people do once they know.
//!
//! A comparison is made once in each direction, and of what the device has then. The one who reads her keys out reads them
//! rightly.

use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{OPERATOR_KEY, State, Tampering};
use crate::world::{Address, Device, Pair};

/// In a row about a comparison, that the keys differed.
pub const DIFFERENT: u8 = 1;

impl Service {
    /// Tells each of the owner's devices that a key was added to the address, unless that is kept back.
    pub(crate) fn alert(&self, next: &mut State, address: Address) {
        if !self.design.directory.alerts || self.has(Flaw::AlertGoesAstray) || withheld(next, address) {
            return;
        }
        for device in self.scope.devices.iter().filter(|device| device.owner() == address.owner()) {
            let here = next.device(device);
            if here.reachable() && here.registered() {
                self.witness(next, Row::of(Kind::Alerted).to(address).by(device).at(here.place()));
            }
        }
    }

    /// **Withhold alerts.** The directory's operator decides to send none about the address. It leaves no row: that none follows
    /// is all that there is to see.
    pub(crate) fn withhold_alerts(&self, state: &State, address: Address) -> Option<State> {
        let may = self.may(crate::design::Capability::WithholdAlerts) && self.design.directory.alerts;
        if !may || withheld(state, address) || state.directory.of(address) != Tampering::None {
            return None;
        }
        let mut next = *state;
        next.withheld |= mask(address);
        Some(next)
    }

    /// **Compare.** Two people hold what a device of the one has for the other to the other's keys, past the provider.
    pub(crate) fn compare(&self, state: &State, device: Device, address: Address) -> Option<State> {
        let pair = Pair { from: device.owner(), to: address.owner() };
        let allowed = self.design.directory.comparison && self.scope.comparing && pair.from != pair.to;
        let here = state.device(device);
        let cached = state.cached(device, address);
        if !allowed || !here.reachable() || !self.attended(state, device) || !cached.known() {
            return None;
        }
        if state.compared.made(pair) {
            return None;
        }
        let mut next = *state;
        let foreign = cached.named() & OPERATOR_KEY != 0;
        next.compared.make(pair, foreign);
        let shown = foreign && !self.has(Flaw::ComparisonOfNames);
        let row = Row::of(Kind::Compared).from(pair.from).to(address).by(device);
        self.witness(&mut next, row.because(if shown { DIFFERENT } else { 0 }));
        Some(next)
    }
}

/// The address's bit in a mask of addresses.
const fn mask(address: Address) -> u8 {
    1 << address as u8
}

/// Whether alerts about the address are kept back.
#[must_use]
pub const fn withheld(state: &State, address: Address) -> bool {
    state.withheld & mask(address) != 0
}
