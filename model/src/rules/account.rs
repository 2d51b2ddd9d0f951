//! **A device signs in to its owner's account, or its owner buys something on it.**
//!
//! From row Y10: network addresses are logged at sign-in and purchase too, and a subpoena is enough for these logs. What is
//! bought, and whether a sign-in succeeds, is left out: the row bears the person, the device's address and the day.
//!
//! A device signs in by itself, wherever its owner is, as it refreshes what it knows of the directory. To buy something,
//! its owner has to be beside it.

use crate::design::AccountAct;
use crate::flaw::Flaw;
use crate::row::Row;
use crate::service::Service;
use crate::state::{State, spend};
use crate::world::Device;

impl Service {
    /// **Use account.** A device signs in, or a person buys something on it.
    pub(crate) fn use_account(&self, state: &State, device: Device, act: AccountAct) -> Option<State> {
        let here = state.device(device);
        if !self.design.account.acts.contains(act) || !here.reachable() {
            return None;
        }
        let by_hand = match act {
            AccountAct::SignIn => self.has(Flaw::SignInOnlyWhenAttended),
            AccountAct::Purchase => true,
        };
        if by_hand && !self.attended(state, device) {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.accounts)?;
        self.observe(&mut next, Row::of(act.kind()).from(device.owner()).by(device).at(here.place()));
        Some(next)
    }
}
