//! **A capability adds choices and takes none away.**
//!
//! Whatever can happen without it can happen with it. So an adversary who may do more never finds a service safer, and
//! a claim that holds against the stronger one holds against the weaker.

mod support;

use enumset::EnumSet;
use mailcover_model::design::Capability;
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::state::State;
use mailcover_model::view::{Observer, Watcher};
use support::families::{forging, ordering};
use support::{Alice, Bob, World, explore_all, towards};

/// Worlds in which every capability can be used, and the capabilities that matter there.
fn worlds() -> Vec<(World, EnumSet<Capability>)> {
    let forgery = Capability::AddKey | Capability::SwapKey | Capability::Inject;
    let law = Capability::ProviderOrders | Capability::RequestPreservation | Capability::KeepBeyondWindow;
    let theft = Capability::StealDecryptionKey | Capability::StealSigningKey | Capability::AlterInTransit;
    let asking = Capability::DiscloseWithoutOrder | Capability::RequestEmergency | Capability::CarrierOrders;
    vec![
        (
            World::of("forging", "imessage-2016", with_a_past(forging())).remembering(EnumSet::empty()),
            forgery,
        ),
        (
            World::of("forging on the wire", "imessage-2016", forging()).flawed(Flaw::DeviceTrustsTheWire),
            Capability::InjectOnWire | Capability::AddKey,
        ),
        (World::of("stealing", "imessage-2013", forging()).remembering(EnumSet::empty()), theft),
        (World::of("law", "imessage-2016", ordering()).remembering(Watcher::Investigator), law),
        (World::of("asking", "emergency", ordering()).remembering(Watcher::Investigator), asking),
    ]
}

/// The scope, after a day on which the adversary may have acted already.
fn with_a_past(mut scope: Scope) -> Scope {
    scope.past_days = 1;
    scope.past.types = [1, 0, 0].into();
    scope.past.keys = 1;
    towards(&mut scope.past, &[(Alice, Bob, 1)], &[]);
    scope
}

fn subsets(all: EnumSet<Capability>) -> Vec<EnumSet<Capability>> {
    let mut sets = vec![EnumSet::empty()];
    for capability in all {
        sets.extend(sets.clone().into_iter().map(|set| set | capability));
    }
    sets
}

#[test]
fn whatever_can_happen_without_a_capability_can_happen_with_it() {
    for (world, capabilities) in worlds() {
        let reach = |powers: EnumSet<Capability>| {
            let world = world.clone().with(powers);
            explore_all(&world, &world.service())
        };
        let sets = subsets(capabilities);
        let reached: Vec<_> = sets.iter().map(|&powers| reach(powers)).collect();
        for (few, without) in sets.iter().zip(&reached) {
            let one_more = |many: &EnumSet<Capability>| many.is_superset(*few) && many.len() == few.len() + 1;
            for (many, with) in sets.iter().zip(&reached).filter(|(many, _)| one_more(many)) {
                let lost = without.iter().find(|state| !with.contains(*state));
                assert!(lost.is_none(), "{}: {many:?} lost, of {few:?}, {lost:?}", world.name);
                assert!(with.len() > without.len(), "{}: {:?} adds nothing", world.name, *many - *few);
            }
        }
    }
}

#[test]
fn a_capability_never_mends_a_broken_secret() {
    let forgery = Capability::AddKey | Capability::SwapKey | Capability::Inject;
    let mut broken = 0;
    for flaw in [None, Some(Flaw::BodyInClear), Some(Flaw::FallbackByServer)] {
        for few in subsets(forgery) {
            for capability in forgery - few {
                let known = body_is_known(few, flaw);
                broken += usize::from(known);
                assert!(!known || body_is_known(few | capability, flaw), "{capability:?} mends {few:?}");
            }
        }
    }
    assert!(broken > 0, "no secret was ever broken, so none could be mended");
}

/// Whether the provider comes to know what an honest person wrote.
fn body_is_known(powers: EnumSet<Capability>, flaw: Option<Flaw>) -> bool {
    let mut world = World::of("secrets", "imessage-2016", forging()).with(powers);
    world.setup.remember = EnumSet::empty();
    world.setup.flaw = flaw;
    let service = world.service();
    let known = |state: &State| {
        let mut honest = state.messages().filter(|message| message.honest());
        honest.any(|message| service.knows_body(&[Observer::ProviderLive], state, message.body()))
    };
    explore_all(&world, &service).iter().any(known)
}

#[test]
fn the_provider_learns_what_was_written_only_with_a_key_of_its_own() {
    assert!(!body_is_known(EnumSet::empty(), None));
    assert!(!body_is_known(EnumSet::only(Capability::Inject), None));
    assert!(body_is_known(EnumSet::only(Capability::AddKey), None));
    assert!(body_is_known(EnumSet::only(Capability::SwapKey), None));
}

#[test]
fn every_row_that_one_who_keeps_could_have_purged_may_still_be_purged() {
    let world = World::of("keeping", "imessage-2016", ordering()).remembering(EnumSet::empty());
    let tidy = explore_all(&world, &world.service());
    let kept = world.with(Capability::KeepBeyondWindow);
    let untidy = explore_all(&kept, &kept.service());
    assert!(tidy.iter().all(|state| untidy.contains(state)));
    let keep = |state: &State| state.rows.as_slice().iter().any(|row| row.age() > 1);
    assert!(!tidy.iter().any(keep) && untidy.iter().any(keep));
}
