//! **A person types an address or picks a name, and then writes, or thinks better of it.**
//!
//! From row Y1: it is the typing, not the sending, that makes the client ask the directory; and picking a name looks
//! up every address of that contact. An abandoned draft is the plainest innocent explanation of a row in the query
//! log.
//!
//! Left out: half-typed addresses (a client asks only about whole ones).

use crate::design::Trigger;
use crate::row::{Kind, Row};
use crate::service::{Service, Tracked};
use crate::state::State;
use crate::world::{Address, Device, Pair, User};

impl Service {
    /// Whether a person can take the device up to write to somebody, or to talk.
    pub(crate) fn can_write(&self, state: &State, device: Device) -> bool {
        state.device(device).on() && self.attended(state, device)
    }

    /// Whether the person has a draft open on any device; nobody writes on two at once.
    fn is_writing(&self, state: &State, user: User) -> bool {
        self.scope
            .devices
            .iter()
            .any(|device| device.owner() == user && state.device(device).draft().is_some())
    }

    /// **Type.** A person enters an address into a new draft.
    pub(crate) fn type_address(&self, state: &State, device: Device, address: Address) -> Option<State> {
        let user = device.owner();
        if address.owner() == user || self.is_writing(state, user) || !self.can_write(state, device) {
            return None;
        }
        let mut next = *state;
        next.budget.types.spend(user)?;
        next.device_mut(device).set_draft(Some(address));
        if self.tracks(Tracked::Typed) {
            next.typed |= Pair { from: user, to: address.owner() }.bit();
        }
        self.observe(&mut next, Row::of(Kind::Typed).from(user).to(address).by(device));
        self.consult(&mut next, device, address, Trigger::Type)?;
        Some(next)
    }

    /// **Pick.** A person picks a contact's name, and one of its addresses for a new draft; all of the contact's
    /// addresses are looked up.
    pub(crate) fn pick(&self, state: &State, device: Device, address: Address) -> Option<State> {
        let (user, contact) = (device.owner(), address.owner());
        if contact == user || self.is_writing(state, user) || !self.can_write(state, device) {
            return None;
        }
        let mut next = *state;
        next.budget.picks.spend(user)?;
        next.device_mut(device).set_draft(Some(address));
        self.observe(&mut next, Row::of(Kind::Picked).from(user).to(address).by(device));
        for known in self.scope.addresses.iter().filter(|known| known.owner() == contact) {
            self.consult(&mut next, device, known, Trigger::Contact)?;
        }
        Some(next)
    }

    /// **Abandon.** A person gives the draft up.
    pub(crate) fn abandon(&self, state: &State, device: Device) -> Option<State> {
        state.device(device).draft()?;
        let mut next = *state;
        next.device_mut(device).set_draft(None);
        self.observe(&mut next, Row::of(Kind::Abandoned).from(device.owner()).by(device));
        Some(next)
    }

    /// **Send.** A person presses send: in the open draft, or in a conversation that the device already has.
    ///
    /// The device looks the address up first if the design says so and its answer is stale. It then encrypts for
    /// each device that the answer names and submits to push; if the answer names none, it falls back.
    pub(crate) fn send(&self, state: &State, device: Device, address: Address) -> Option<State> {
        self.post(state, device, address, false)
    }

    /// The same, with something attached or not.
    pub(crate) fn post(
        &self,
        state: &State,
        device: Device,
        address: Address,
        attached: bool,
    ) -> Option<State> {
        let user = device.owner();
        let drafted = state.device(device).draft() == Some(address);
        let conversation = state.cached(device, address).known();
        if address.owner() == user || !(drafted || conversation) || !self.can_write(state, device) {
            return None;
        }
        let mut next = *state;
        next.budget.sends.spend(user.index(), address.owner().index())?;
        if drafted {
            next.device_mut(device).set_draft(None);
        }
        self.consult(&mut next, device, address, Trigger::Send)?;
        let answer = next.cached(device, address);
        let here = next.device(device);
        let on_platform = answer.known() && answer.named() != 0 && here.registered() && !here.gone();
        if on_platform {
            self.submit(&mut next, device, address, answer.named(), attached);
        } else {
            self.fall_back(&mut next, device, address, attached);
        }
        Some(next)
    }
}
