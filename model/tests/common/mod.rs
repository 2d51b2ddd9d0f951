//! **Small worlds of every family of rules, and a plain breadth-first search over them.**
//!
//! The search takes the actions in their listed order and nothing else into account, so that the suites rest on
//! [`Service::step`] alone, and not on the checker.

#![expect(dead_code, reason = "each suite uses some of these helpers")]

use enumset::EnumSet;
use indexmap::IndexSet;
use mailcover_model::action::Action;
use mailcover_model::design::library::load;
use mailcover_model::design::{Capability, Design, ExtensionOf, Holder, Log, OrderKind};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, Row};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::service::{Service, Setup, Tracked};
use mailcover_model::slice::{Part, Reading, Slice};
use mailcover_model::state::{Budget, State};
use mailcover_model::view::{Observer, Watcher};
use mailcover_model::world::{Address, Device, Pair, User};
use stateright::Model;
use std::sync::Arc;

pub(crate) use User::{Alice, Bob, Carol};

/// A design in a scope, with all that a model needs.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) design: Design,
    pub(crate) scope: Scope,
    pub(crate) setup: Setup,
}

/// What a setup reads, with all of its logs.
pub(crate) fn reading(setup: &Setup, power: bool) -> Reading {
    let Setup { remember, powers, flaw, slice, .. } = *setup;
    Reading { parts: slice.parts, logs: slice.logs, remember, powers, flaw, power }
}

impl World {
    /// A world in which everybody remembers, everything is tracked and nothing is left out.
    pub(crate) fn of(name: &'static str, design: &'static str, scope: Scope) -> Self {
        let setup = Setup {
            powers: EnumSet::empty(),
            remember: EnumSet::all(),
            track: EnumSet::all(),
            slice: Slice::whole(),
            flaw: None,
        };
        let design = load(design).unwrap_or_else(|error| panic!("{error}"));
        Self { name, design, scope, setup }
    }

    pub(crate) fn designed(mut self, change: impl FnOnce(&mut Design)) -> Self {
        change(&mut self.design);
        self
    }

    pub(crate) fn with(mut self, powers: impl Into<EnumSet<Capability>>) -> Self {
        self.setup.powers = powers.into();
        self
    }

    pub(crate) fn remembering(mut self, remember: impl Into<EnumSet<Watcher>>) -> Self {
        self.setup.remember = remember.into();
        self
    }

    pub(crate) fn tracking(mut self, track: impl Into<EnumSet<Tracked>>) -> Self {
        self.setup.track = track.into();
        self
    }

    pub(crate) fn flawed(mut self, flaw: Flaw) -> Self {
        self.setup.flaw = Some(flaw);
        self
    }

    /// The world, sliced for somebody who reads these parts.
    pub(crate) fn sliced(mut self, needed: EnumSet<Part>) -> Self {
        let reading = Reading { parts: needed, ..reading(&self.setup, self.scope.power) };
        self.setup.slice = Slice::for_reading(&self.design, reading);
        self
    }

    pub(crate) fn service(&self) -> Service {
        Service::new(Arc::new(self.design.clone()), self.scope.clone(), self.setup.clone())
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// Distinct states in the order of their discovery.
pub(crate) type States = IndexSet<State, foldhash::fast::FixedState>;

/// The reachable states, breadth first, at most `cap` of them.
pub(crate) fn explore(service: &Service, cap: usize) -> States {
    explore_from(service, service.init_states(), cap)
}

/// The states reachable from these, breadth first, at most `cap` of them.
pub(crate) fn explore_from(service: &Service, initial: Vec<State>, cap: usize) -> States {
    let mut found: States = initial.into_iter().collect();
    let mut at = 0;
    while at < found.len() && found.len() < cap {
        let state = found[at];
        found.extend(successors(service, &state).map(|(_, next)| next));
        at += 1;
    }
    found
}

/// All the reachable states; a scope that turns out larger than a suite can bear is a mistake of the suite's.
pub(crate) fn explore_all(world: &World, service: &Service) -> States {
    const ROOM: usize = 400_000;
    let states = explore(service, ROOM);
    assert!(states.len() < ROOM, "{}: the scope is too large for this suite", world.name);
    states
}

/// The enabled actions, each with the state after it.
pub(crate) fn successors<'a>(
    service: &'a Service,
    state: &'a State,
) -> impl Iterator<Item = (Action, State)> + 'a {
    let step = |&action: &Action| service.step(state, action).map(|next| (action, next));
    service.all_actions().iter().filter_map(step)
}

/// Every `n`-th of the states, chosen so that about `wanted` remain.
pub(crate) fn sample(states: &States, wanted: usize) -> impl Iterator<Item = &State> {
    states.iter().step_by((states.len() / wanted).max(1))
}

/// The rows that the step appended to the memory, for a step that is not the turn of the day.
pub(crate) fn newly_remembered<'a>(before: &State, after: &'a State) -> &'a [Row] {
    &after.memory.as_slice()[before.memory.as_slice().len()..]
}

pub(crate) fn towards(budget: &mut Budget, lookups: &[(User, User, u8)], sends: &[(User, User, u8)]) {
    for &(from, to, count) in lookups {
        budget.lookups.set(from.index(), to.address().index(), count);
    }
    for &(from, to, count) in sends {
        budget.sends.set(from.index(), to.index(), count);
    }
}

/// The event of each pair, as a mask in the order of [`Pair::ALL`].
pub(crate) fn pairs_of(event: Event, state: &State) -> u8 {
    let bits = Pair::ALL.into_iter().enumerate();
    bits.fold(0, |mask, (at, pair)| mask | u8::from(event.happened(state, pair)) << at)
}

pub(crate) const ALL_OBSERVERS: [Observer; 10] = [
    Observer::ProviderLive,
    Observer::ProviderStore,
    Observer::Log(0),
    Observer::Log(1),
    Observer::Investigator,
    Observer::Carrier,
    Observer::Network,
    Observer::Owner(Alice),
    Observer::Owner(Bob),
    Observer::Owner(Carol),
];

// The scopes.

/// A person types, picks a name with two addresses, writes, and thinks better of it; days pass.
pub(crate) fn writing() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.addresses |= Address::BobMail;
    scope.bounds.types = [1, 0, 0];
    scope.bounds.picks = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    scope.horizon = Horizon::Retentions(1, 1);
    scope
}

/// Both write to each other, one of them from two devices, until the rows of it are gone.
pub(crate) fn answering() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.horizon = Horizon::Retentions(1, 1);
    scope
}

/// Bob comes and goes, so that texts and lost messages take part.
pub(crate) fn texting() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.bounds.registrations = 2;
    scope.bounds.leaves = 1;
    scope.horizon = Horizon::Days(2);
    scope
}

/// Devices are switched off and on while a message waits.
pub(crate) fn switching() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.power = true;
    scope.horizon = Horizon::Endless;
    scope
}

/// Alice and her devices travel together or apart.
pub(crate) fn travelling() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.places = true;
    scope.bounds.types = [1, 0, 0];
    scope.bounds.travels = [2, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[(Alice, Bob, 1)]);
    scope.horizon = Horizon::Days(1);
    scope
}

/// Keys are added and swapped, and messages put before devices.
pub(crate) fn forging() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    scope.horizon = Horizon::Days(1);
    scope
}

/// An investigator applies for all sorts of orders, has them served and extended, and has rows preserved.
pub(crate) fn ordering() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 2;
    scope.bounds.requests = 1;
    scope.menu = menu();
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// One application that is in order, and one for each ground of refusal.
pub(crate) fn menu() -> Vec<Plea> {
    let sound = pen_register(Holder::Provider);
    vec![
        sound,
        pen_register(Holder::Carrier),
        Plea { target: None, ..sound },
        Plea { runs: Span::BeyondOrder, ..sound },
        Plea { since: Span::BeyondRetention, ..sound },
        Plea { kind: OrderKind::RecordsOrder, ..sound },
        Plea { kind: OrderKind::Subpoena, runs: Span::Nothing, ..sound },
    ]
}

/// A pen register on Alice, back to the beginning of the retention and for as long as one may run.
pub(crate) fn pen_register(at: Holder) -> Plea {
    Plea { kind: OrderKind::PenRegister, at, target: Some(Alice), since: Span::Retention, runs: Span::Order }
}

/// Caches that were warmed on earlier days, and registrations that changed.
pub(crate) fn warmed() -> Scope {
    let mut scope = answering();
    scope.past_days = 2;
    scope.past.types = [1, 0, 0];
    scope.past.registrations = 1;
    towards(&mut scope.past, &[(Alice, Bob, 2)], &[]);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 0)]);
    scope
}

/// Makes a log of what push gave up the design's only one.
pub(crate) fn log_losses(design: &mut Design) {
    let losses = Log {
        name: "loss".to_owned(),
        held_by: Holder::Provider,
        on: EnumSet::only(Kind::Expired),
        fields: Field::Day | Field::Source | Field::Target,
        keep_days: Some(60),
        yields_to: EnumSet::empty(),
    };
    design.logs = vec![losses];
}

/// Worlds in which, together, every rule has its part.
pub(crate) fn families() -> Vec<World> {
    let orders = Capability::ProviderOrders | Capability::CarrierOrders;
    let forgery = Capability::AddKey | Capability::SwapKey | Capability::Inject | Capability::InjectOnWire;
    let mut plain = ordering();
    plain.bounds.applications = 0;
    vec![
        World::of("writing", "imessage-2016", writing()),
        World::of("writing, unasked", "lookup-on-send", writing()),
        World::of("answering", "delivery-log", answering()).remembering(Watcher::Alice | Watcher::Bob),
        World::of("texting in 2013", "imessage-2013", texting()),
        World::of("texting, told", "delivery-notice", texting()),
        World::of("switching", "imessage-2016", switching()).remembering(EnumSet::empty()),
        World::of("switching, watched", "delivery-notice", {
            let mut scope = switching();
            scope.horizon = Horizon::Days(1);
            scope
        }),
        World::of("travelling", "imessage-2016", travelling()).remembering(Watcher::Alice | Watcher::Network),
        World::of("forging", "imessage-2016", forging()).with(forgery),
        World::of("forging on the wire", "imessage-2016", forging())
            .with(Capability::InjectOnWire)
            .flawed(Flaw::WireReplayAccepted),
        World::of("ordering", "imessage-2016", ordering()).with(orders | Capability::RequestPreservation),
        World::of("ordering what is preserved", "preserved", ordering())
            .with(Capability::ProviderOrders | Capability::RequestPreservation),
        World::of("ordering longer retention", "imessage-2016", ordering())
            .with(Capability::ProviderOrders)
            .remembering(Watcher::Investigator)
            .designed(|design| design.legal.extension_of = ExtensionOf::Retention),
        World::of("losing", "imessage-2013", texting()).remembering(EnumSet::empty()).designed(log_losses),
        World::of("keeping", "bulk-access", plain.clone())
            .with(Capability::DiscloseWithoutOrder | Capability::KeepBeyondWindow),
        World::of("in an emergency", "emergency", plain).with(Capability::RequestEmergency),
        World::of("warmed", "short-cache", warmed()).remembering(EnumSet::empty()),
    ]
}
