//! **Small worlds of every family of rules, and a plain breadth-first search over them.**
//!
//! The search takes the actions in their listed order and nothing else into account, so that the suites rest on
//! [`Service::step`] alone, and not on the checker.

#![expect(dead_code, reason = "each suite uses some of these helpers")]

pub(crate) mod acts;
pub(crate) mod families;

use enumset::EnumSet;
use indexmap::IndexSet;
use mailcover_model::action::Action;
use mailcover_model::design::library::load;
use mailcover_model::design::{Capability, Design};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Row;
use mailcover_model::scope::Scope;
use mailcover_model::service::{Service, Setup, Tracked};
use mailcover_model::slice::{Part, Reading, Slice};
use mailcover_model::state::{Budget, State};
use mailcover_model::view::{Observer, Watcher};
use mailcover_model::world::{Pair, User};
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
pub(crate) fn reading(setup: &Setup, scope: &Scope) -> Reading {
    let Setup { remember, powers, flaw, slice, .. } = *setup;
    let (power, content, calls) = (scope.power, scope.reaches_content(), scope.calls() > 0);
    let account = scope.accounts() > 0;
    Reading {
        parts: slice.parts,
        logs: slice.logs,
        remember,
        powers,
        flaw,
        power,
        content,
        attachments: scope.attachments() > 0,
        calls,
        demands: scope.demands,
        comparing: scope.comparing,
        giving_up: scope.giving_up.is_some(),
        account,
        rows: true,
    }
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
        let reading = Reading { parts: needed, ..reading(&self.setup, &self.scope) };
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

pub(crate) const ALL_OBSERVERS: [Observer; 15] = [
    Observer::ProviderLive,
    Observer::ProviderStore,
    Observer::Log(0),
    Observer::Log(1),
    Observer::Investigator,
    Observer::Carrier,
    Observer::Network,
    Observer::Radio,
    Observer::Thief,
    Observer::Authority,
    Observer::Public,
    Observer::Opened(Alice),
    Observer::Owner(Alice),
    Observer::Owner(Bob),
    Observer::Owner(Carol),
];
