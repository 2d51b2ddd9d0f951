//! **Somebody calls somebody: an invitation, devices that ring, an answer or none, and media.**
//!
//! From row Y8: an invitation goes through push and is logged, and the log says neither whether the call was answered nor how
//! long it took; what is said is encrypted between the two devices, and goes from one to the other, or through a relay.
//!
//! As for a message, the caller's device has to know devices of the addressee's from the directory, and asks where it asks
//! before sending. Push hands the invitation to each of them, and it rings. What a device makes of it, ringing, an answer, a
//! refusal, the caller's withdrawal, goes back through push, which handles it and does not keep it. From the answer on media
//! flows; that nobody answered each side finds out by its own clock.
//!
//! Nobody begins or answers a call while taking part in another, and days turn between calls.
//!
//! Left out: a call that cannot be placed, since the directory names no device; devices that go off or away during a call;
//! a directory's operator who answers on a device of its own, which is what it does with messages; what is said, of which no
//! log, store or order holds anything.

use crate::design::{Media, Trigger};
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{Call, Length, Stage, State};
use crate::world::{Address, Device, User};

/// What became of an invitation, as its row says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// A device rings.
    Rang,
    /// It was answered.
    Answered,
    /// It was declined.
    Declined,
    /// The caller hung up before anybody answered.
    Withdrawn,
    /// Nobody answered in time, which no device says to any other.
    Missed,
}

impl Signal {
    /// All of them, in the order of their details.
    pub const ALL: [Self; 5] = [Self::Rang, Self::Answered, Self::Declined, Self::Withdrawn, Self::Missed];

    /// What the row names; `None` where it is not said.
    #[must_use]
    pub fn of(row: Row) -> Option<Self> {
        let said = Self::ALL.get(usize::from(row.detail()).wrapping_sub(1)).copied();
        said.filter(|_| row.kind() == Kind::Signalled)
    }

    const fn detail(self) -> u8 {
        self as u8 + 1
    }
}

/// In a row about media, the detail of what went from device to device, past the provider.
const DIRECT: u8 = 4;

/// Whether the row is about media that went from device to device.
#[must_use]
pub fn went_directly(row: Row) -> bool {
    row.kind() == Kind::Media && row.detail() & DIRECT != 0
}

/// How long people talked, where a row about media says so.
#[must_use]
pub fn length(row: Row) -> Option<Length> {
    let at = usize::from(row.detail() & !DIRECT).wrapping_sub(1);
    Length::ALL.get(at).copied().filter(|_| row.kind() == Kind::Media)
}

impl Service {
    /// **Invite.** A person calls somebody: the device hands an invitation to push, for each device of the addressee's.
    pub(crate) fn invite(&self, state: &State, device: Device, address: Address) -> Option<State> {
        let user = device.owner();
        let able = self.design.calls.made() && self.can_write(state, device);
        if !able || address.owner() == user || is_calling(state, user) {
            return None;
        }
        let mut next = *state;
        next.budget.calls.spend(user)?;
        self.consult(&mut next, device, address, Trigger::Send)?;
        let (answer, here) = (next.cached(device, address), next.device(device));
        if !answer.known() || answer.named() == 0 || !here.registered() || here.gone() {
            return None;
        }
        next.add_call(Call::inviting(device, address, answer.named()));
        let row = Row::of(Kind::Invited).from(user).to(address).by(device).at(here.place());
        self.observe(&mut next, row);
        Some(next)
    }

    /// **Ring.** Push hands a waiting invitation to a device, which rings.
    pub(crate) fn ring(&self, state: &State, number: u8, device: Device) -> Option<State> {
        let call = *state.calls().nth(usize::from(number))?;
        let here = state.device(device);
        if call.waiting() & device.bit() == 0 || !here.reachable() || !here.registered() {
            return None;
        }
        let mut next = *state;
        next.call_mut(number.into()).ring(device);
        self.signal(&mut next, Signal::Rang, &call, device);
        Some(next)
    }

    /// **Answer.** Somebody answers on a device that rings, and media flows.
    pub(crate) fn answer_call(&self, state: &State, number: u8, device: Device) -> Option<State> {
        let call = self.rings(state, number, device)?;
        if is_calling(state, device.owner()) {
            return None;
        }
        let mut next = *state;
        next.call_mut(number.into()).answer(device);
        self.signal(&mut next, Signal::Answered, &call, device);
        Some(next)
    }

    /// **Decline.** Somebody declines on a device that rings, and no device rings any more.
    pub(crate) fn decline(&self, state: &State, number: u8, device: Device) -> Option<State> {
        let call = self.rings(state, number, device)?;
        let mut next = *state;
        next.call_mut(number.into()).end(Stage::Declined);
        self.signal(&mut next, Signal::Declined, &call, device);
        Some(next)
    }

    /// **Time out.** Nobody has answered in time. Both sides find that out by their own clocks.
    pub(crate) fn time_out(&self, state: &State, number: u8) -> Option<State> {
        let call = state.calls().nth(usize::from(number))?;
        if call.stage() != Stage::Inviting {
            return None;
        }
        let mut next = *state;
        next.call_mut(number.into()).end(Stage::Missed);
        let row = Row::of(Kind::Signalled).from(call.caller()).to(call.to()).by(call.device());
        self.observe(&mut next, row.because(Signal::Missed.detail()));
        Some(next)
    }

    /// **Hang up.** The caller gives up before anybody has answered, or either of the two ends the call, after so long.
    pub(crate) fn hang_up(&self, state: &State, device: Device, length: Length) -> Option<State> {
        let own =
            |call: &Call| call.goes_on() && (call.device() == device || call.answered_on() == Some(device));
        let number = state.calls().position(own)?;
        let call = *state.calls().nth(number)?;
        let mut next = *state;
        match call.answered_on() {
            Some(other) => {
                next.call_mut(number).end(Stage::Over(length));
                let row = Row::of(Kind::Media).from(call.caller()).to(call.to()).by(call.device());
                let row = row.at(state.device(call.device()).place()).towards(other);
                let direct = if self.goes_directly() { DIRECT } else { 0 };
                self.observe(&mut next, row.because((length as u8 + 1) | direct));
            }
            // Nobody has talked for long yet.
            None if length == Length::Long => return None,
            None => {
                next.call_mut(number).end(Stage::Withdrawn);
                self.signal(&mut next, Signal::Withdrawn, &call, device);
            }
        }
        Some(next)
    }

    /// Whether media goes from device to device.
    fn goes_directly(&self) -> bool {
        self.design.calls.media == Media::PeerToPeer && !self.has(Flaw::RelayAlwaysUsed)
    }

    /// The call of this number, if it rings on the device, whose owner can take it up.
    fn rings(&self, state: &State, number: u8, device: Device) -> Option<Call> {
        let call = *state.calls().nth(usize::from(number))?;
        let rings = call.stage() == Stage::Inviting && call.ringing() & device.bit() != 0;
        (rings && self.can_write(state, device)).then_some(call)
    }

    /// A device tells the other side of a call, through push, what became of the invitation.
    fn signal(&self, next: &mut State, signal: Signal, call: &Call, device: Device) {
        let to = if device == call.device() { call.to() } else { call.caller().address() };
        let row = Row::of(Kind::Signalled).from(device.owner()).to(to).by(device);
        let row = row.at(next.device(device).place()).because(signal.detail());
        // From the answer on media flows, between two devices.
        self.observe(next, if signal == Signal::Answered { row.towards(call.device()) } else { row });
    }
}

/// Whether the person is calling somebody, or talking.
fn is_calling(state: &State, user: User) -> bool {
    let takes_part = |call: &Call| {
        call.goes_on() && call.caller() == user
            || call.answered_on().is_some_and(|device| device.owner() == user)
    };
    state.calls().any(takes_part)
}
