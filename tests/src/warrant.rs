//! **Two people, one message from Alice to Bob, and an investigator who may have a warrant.**

use User::{Alice, Bob};
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::{Design, Holder, OrderKind, library};
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::Slice;
use mailcover_model::state::State;
use mailcover_model::world::{Device, User};

/// The shipped design of this name, changed so, within a scope that has what `bounds` adds; the investigator may apply for a warrant
/// about this person. Nothing is sliced away, and everybody remembers.
///
/// # Panics
/// When there is no such design, or the scope cannot be set up.
#[must_use]
pub fn service(
    design: &str,
    about: User,
    bounds: impl FnOnce(&mut Scope),
    change: impl FnOnce(&mut Design),
    flaw: Option<Flaw>,
) -> Service {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    scope.bounds.sends.set(Alice.index(), Bob.index(), 1);
    for (from, to) in [(Alice, Bob), (Bob, Alice)] {
        scope.bounds.lookups.set(from.index(), to.address().index(), 2);
    }
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    let (kind, at) = (OrderKind::Warrant, Holder::Provider);
    scope.menu = vec![Plea { kind, at, target: Some(about), since: Span::Retention, runs: Span::Nothing }];
    scope.horizon = Horizon::Days(1);
    bounds(&mut scope);
    let mut design = library::load(design).unwrap_or_else(|error| panic!("{error}"));
    change(&mut design);
    let all = EnumSet::all();
    let setup =
        Setup { powers: EnumSet::all(), remember: all, track: EnumSet::all(), slice: Slice::whole(), flaw };
    Service::new(design.into(), scope, setup).unwrap_or_else(|error| panic!("{error}"))
}

/// The application for the warrant.
///
/// # Panics
/// When the scope has none.
#[must_use]
pub fn apply(service: &Service) -> Action {
    let apply = |action: &&Action| matches!(action, Action::Apply { .. });
    *service.all_actions().iter().find(apply).unwrap_or_else(|| panic!("there is a plea"))
}

/// Where the run ends.
///
/// # Panics
/// When an action is disabled where it stands.
#[must_use]
pub fn after(service: &Service, actions: &[Action]) -> State {
    let states = service.replay(&[], actions).unwrap_or_else(|at| panic!("{:?} is disabled", actions[at]));
    states[states.len() - 1]
}
