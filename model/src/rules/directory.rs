//! **Devices register; clients ask the directory which devices an address has, and remember the answer.**
//!
//! From rows Y1, Y2 and Y12: a lookup returns the keys and push addresses of every device of the addressee, whether
//! its owner or the directory's operator put it there; the client caches the answer. Typing, picking a contact,
//! sending, refreshing and receiving may each cause a lookup, as the design chooses. An answer that is remembered names the
//! devices of its day, unless the design has the directory recall it when they change.
//!
//! Left out: the network between client and directory (a lookup that is never answered changes nothing that any
//! claim reads), and the Contacts application's own lookups, which nobody has shown to happen.

use crate::action::Rule;
use crate::design::{Deregistration, Trigger};
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::{Service, Tracked};
use crate::state::{Cached, OPERATOR_KEY, State, Tampering, spend};
use crate::world::{Address, Device, Pair, User};
use enumset::EnumSet;

impl Service {
    /// Looks the address up if the trigger is one of the design's and no fresh answer is cached.
    ///
    /// `None` only when the scope allows no further lookup: a bound, not the protocol.
    pub(crate) fn consult(
        &self,
        next: &mut State,
        device: Device,
        address: Address,
        why: Trigger,
    ) -> Option<()> {
        let here = next.device(device);
        let applies = self.looks_up_on(why) && here.registered() && !here.gone();
        if !applies || self.fresh(next.cached(device, address)) {
            return Some(());
        }
        self.look_up(next, device, address, why)
    }

    /// Asks the directory, caches the answer, and lets the logs record it.
    pub(crate) fn look_up(
        &self,
        next: &mut State,
        device: Device,
        address: Address,
        why: Trigger,
    ) -> Option<()> {
        let pair = Pair { from: device.owner(), to: address.owner() };
        if pair.from == pair.to {
            return Some(());
        }
        next.budget.lookups.spend(pair.from.index(), address.index())?;
        let named = self.answer(next, address);
        next.cache[device.index()][address.index()] = Cached::today(named);
        if self.tracks(Tracked::LookedUp) {
            next.looked_up |= pair.bit();
        }
        let row =
            Row::of(Kind::Lookup).from(pair.from).to(address).by(device).at(next.device(device).place());
        self.observe(next, row.finding(named.count_ones()).because(why as u8 + 1));
        Some(())
    }

    /// The devices that the directory names for an address: its owner's registered ones, unless the operator
    /// swapped them for its own key, and the operator's key if it added one.
    pub(crate) fn answer(&self, state: &State, address: Address) -> u8 {
        let entry = state.directory.of(address);
        if entry == Tampering::Swapped {
            return OPERATOR_KEY;
        }
        let registered = self
            .scope
            .devices
            .iter()
            .filter(|&device| device.owner() == address.owner() && state.device(device).registered());
        let named = registered.fold(0, |mask, device| mask | device.bit());
        named | if entry == Tampering::Added { OPERATOR_KEY } else { 0 }
    }

    /// Whether a cached answer still serves.
    pub(crate) fn fresh(&self, cached: Cached) -> bool {
        cached.known() && cached.age <= self.periods.cache && !self.has(Flaw::CacheIgnored)
    }

    /// Whether the device's owner is beside it.
    pub(crate) fn attended(&self, state: &State, device: Device) -> bool {
        !self.scope.places || state.device(device).place() == state.person(device.owner()).place()
    }

    /// **Refresh.** A device that already knows an address asks again, unasked and perhaps unattended.
    pub(crate) fn refresh(&self, state: &State, device: Device, address: Address) -> Option<State> {
        let here = state.device(device);
        if !self.looks_up_on(Trigger::Refresh) || !here.reachable() || !here.registered() {
            return None;
        }
        if !state.cached(device, address).known() {
            return None;
        }
        if self.has(Flaw::RefreshOnlyWhenAttended) && !self.attended(state, device) {
            return None;
        }
        let mut next = *state;
        self.look_up(&mut next, device, address, Trigger::Refresh)?;
        Some(next)
    }

    /// **Register.** A device's owner puts it into the directory.
    pub(crate) fn register(&self, state: &State, device: Device) -> Option<State> {
        let here = state.device(device);
        if here.registered() || !here.reachable() || !self.attended(state, device) {
            return None;
        }
        self.list(state, device, true)
    }

    /// **Deregister.** An owner takes a device out of the directory: on the device itself, or by a tool.
    pub(crate) fn deregister(&self, state: &State, device: Device) -> Option<State> {
        let here = state.device(device);
        let on_the_device = here.reachable() && self.attended(state, device);
        let by_tool = self.design.directory.deregistration == Deregistration::Tool;
        if !here.registered() || !(on_the_device || by_tool) {
            return None;
        }
        self.list(state, device, false)
    }

    /// Spends a change of registration: the directory lists the device from now on, or no longer does.
    fn list(&self, state: &State, device: Device, listed: bool) -> Option<State> {
        let mut next = *state;
        spend(&mut next.budget.registrations)?;
        next.device_mut(device).register(listed);
        let kind = if listed { Kind::Registered } else { Kind::Deregistered };
        self.observe(&mut next, Row::of(kind).from(device.owner()).by(device));
        if self.design.directory.recalls && (listed || !self.has(Flaw::RemovalNotRecalled)) {
            self.recall(&mut next, device.owner());
        }
        Some(next)
    }

    /// Tells each client that remembers an answer about one of the person's addresses that it no longer serves. One that push
    /// cannot reach now learns it before it sends anything, so its answer serves no longer either.
    fn recall(&self, next: &mut State, user: User) {
        let stale = self.periods.cache.saturating_add(1);
        for device in self.scope.devices {
            for address in self.scope.addresses.iter().filter(|address| address.owner() == user) {
                if !self.fresh(next.cached(device, address)) {
                    continue;
                }
                next.cache[device.index()][address.index()].age = stale;
                let here = next.device(device);
                if here.reachable() && here.registered() {
                    let told = Row::of(Kind::Recalled).from(device.owner()).to(address).by(device);
                    self.witness(next, told.at(here.place()));
                }
            }
        }
    }

    /// **Leave.** A person takes the number to a telephone of another make. The registration stays behind.
    pub(crate) fn leave(&self, state: &State, user: User) -> Option<State> {
        let phone = user.phone();
        if state.device(phone).gone() {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.leaves)?;
        next.device_mut(phone).leave();
        self.observe(&mut next, Row::of(Kind::Left).from(user).by(phone));
        Some(next)
    }

    /// **Switch.** A device is switched off, or on again. While it is on it takes what push has for it, so it goes off
    /// with nothing in hand.
    pub(crate) fn switch(&self, state: &State, device: Device, on: bool) -> Option<State> {
        let here = state.device(device);
        if !self.scope.power || here.on() == on || here.gone() || !self.attended(state, device) {
            return None;
        }
        if !on && self.copy_in_hand(state) {
            return None;
        }
        let mut next = *state;
        next.device_mut(device).switch(on);
        let kind = if on { Kind::SwitchedOn } else { Kind::SwitchedOff };
        self.observe(&mut next, Row::of(kind).from(device.owner()).by(device));
        Some(next)
    }

    /// **Travel.** A person goes to the other place, with some of the devices at hand.
    pub(crate) fn travel(&self, state: &State, user: User, with: EnumSet<Device>) -> Option<State> {
        let from = state.person(user).place();
        let at_hand = |device: Device| device.owner() == user && state.device(device).place() == from;
        if !self.scope.places || !self.runs(Rule::Travel) || !with.iter().all(at_hand) {
            return None;
        }
        let mut next = *state;
        next.budget.travels.spend(user)?;
        let to = if from == crate::world::Place::Home {
            crate::world::Place::Away
        } else {
            crate::world::Place::Home
        };
        next.person_mut(user).move_to(to);
        for device in with {
            next.device_mut(device).move_to(to);
        }
        self.observe(&mut next, Row::of(Kind::Travelled).from(user).at(to));
        Some(next)
    }
}
