//! **A slice leaves out nothing that its reader could see, or that the event asked about could turn on.**
//!
//! For each observer and event, the whole model and its slice must show the same views beside the same events: one
//! pair too few would be a lost twin, and one too many a run that cannot be.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Rule;
use mailcover_model::design::library::load;
use mailcover_model::design::{AttachmentKey, Capability, Holder, Media, Publishes};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::{Logs, Part, Reading, Slice};
use mailcover_model::state::State;
use mailcover_model::view::{Observer, View, Watcher};
use mailcover_model::world::User;
use std::collections::BTreeSet;
use support::families::{
    answering, forging, log_losses, ordering, pen_register, texting, travelling, writing,
};
use support::{World, explore_all, pairs_of};

/// The parts of the state that an observer's view shows.
fn parts_of(observer: Observer) -> EnumSet<Part> {
    match observer {
        Observer::Log(_) => EnumSet::only(Part::Logs),
        Observer::ProviderStore => Part::Logs | Part::Marks | Part::Devices | Part::Messages | Part::Backups,
        _ => Part::Memory | Part::Messages,
    }
}

/// The part that an event is read off, and what it needs tracked.
fn parts_and_marks(event: Event) -> (Part, EnumSet<Tracked>) {
    match event {
        Event::Typed => (Part::Typed, EnumSet::only(Tracked::Typed)),
        Event::LookedUp => (Part::LookedUp, EnumSet::only(Tracked::LookedUp)),
        _ => (Part::Messages, EnumSet::empty()),
    }
}

/// The world as somebody sets it up who asks what the observer knows of the event: whole, and sliced.
fn whole_and_sliced(world: &World, observer: Observer, event: Event) -> [World; 2] {
    let (part, track) = parts_and_marks(event);
    let remember: EnumSet<_> = observer.watcher().into_iter().collect();
    let whole = world.clone().remembering(remember).tracking(track);
    let sliced = whole.clone().sliced(parts_of(observer) | part);
    [whole, sliced]
}

fn views_with(world: &World, fact: impl Fn(&Service, &State) -> (View, u8)) -> BTreeSet<(View, u8)> {
    let service = world.service();
    let states = explore_all(world, &service);
    assert!(states.iter().all(|state| state.outgrown.is_empty()), "{}: a state outgrew its room", world.name);
    states.iter().map(|state| fact(&service, state)).collect()
}

fn assert_same(world: &World, observer: Observer) {
    for event in Event::ALL {
        let [whole, sliced] = whole_and_sliced(world, observer, event);
        let [all, seen] = [whole, sliced].map(|world| {
            views_with(&world, |service, state| (service.view_of(observer, state), pairs_of(event, state)))
        });
        let (lost, made) = (all.difference(&seen).next(), seen.difference(&all).next());
        assert_eq!((lost, made), (None, None), "{}: {observer:?} and {event:?}", world.name);
    }
}

/// An investigator's scope in which somebody also writes.
fn ordering_what_is_written() -> Scope {
    let mut scope = ordering();
    scope.bounds.sends.set(User::Alice.index(), User::Bob.index(), 1);
    scope.bounds.disclosures = 1;
    scope.horizon = Horizon::Retentions(1, 1);
    scope
}

#[test]
fn the_query_logs_reader_sees_the_same_in_the_slice() {
    assert_same(&World::of("writing", "imessage-2016", writing()), Observer::Log(0));
    assert_same(&World::of("answering", "short-cache", answering()), Observer::Log(0));
    assert_same(&World::of("travelling", "imessage-2016", travelling()), Observer::Log(0));
    assert_same(&World::of("writing", "typed-only", writing()), Observer::Log(0));
    let keeping = World::of("keeping", "imessage-2016", answering()).with(Capability::KeepBeyondWindow);
    assert_same(&keeping, Observer::Log(0));
    assert_same(&keeping.flawed(Flaw::LogRecordsDelivery), Observer::Log(0));
}

#[test]
fn the_readers_of_other_logs_see_the_same_in_the_slice() {
    assert_same(&World::of("texting", "imessage-2013", texting()), Observer::Log(1));
    assert_same(&World::of("answering", "delivery-log", answering()), Observer::Log(2));
    let losing = World::of("losing", "imessage-2013", texting()).designed(log_losses);
    assert_same(&losing, Observer::Log(0));
}

#[test]
fn the_stores_reader_sees_the_same_in_the_slice() {
    assert_same(&World::of("answering", "imessage-2016", answering()), Observer::ProviderStore);
    assert_same(&World::of("texting", "imessage-2016", texting()), Observer::ProviderStore);
    let handing_over = World::of("handing over", "bulk-access", ordering_what_is_written())
        .with(Capability::DiscloseWithoutOrder | Capability::RequestPreservation);
    assert_same(&handing_over, Observer::ProviderStore);
}

#[test]
fn the_carrier_sees_the_same_in_the_slice() {
    assert_same(&World::of("texting", "imessage-2013", texting()), Observer::Carrier);
    assert_same(&World::of("texting", "imessage-2016", texting()), Observer::Carrier);
}

#[test]
fn the_investigator_sees_the_same_in_the_slice() {
    let ordering = World::of("ordering", "imessage-2016", ordering_what_is_written());
    let powers = Capability::ProviderOrders | Capability::RequestPreservation;
    assert_same(&ordering.with(powers), Observer::Investigator);
    let emergency = World::of("in an emergency", "emergency", ordering_what_is_written());
    assert_same(&emergency.with(Capability::RequestEmergency), Observer::Investigator);
}

#[test]
fn the_provider_sees_the_same_in_the_slice() {
    assert_same(&World::of("writing", "imessage-2016", writing()), Observer::ProviderLive);
    assert_same(&World::of("answering", "imessage-2016", answering()), Observer::ProviderLive);
    assert_same(&World::of("texting", "delivery-notice", texting()), Observer::ProviderLive);
    let powers = Capability::AddKey | Capability::SwapKey | Capability::Inject;
    assert_same(&World::of("forging", "imessage-2016", forging()).with(powers), Observer::ProviderLive);
}

#[test]
fn the_network_and_the_owners_see_the_same_in_the_slice() {
    for observer in [Observer::Network, Observer::Owner(User::Alice), Observer::Owner(User::Bob)] {
        assert_same(&World::of("answering", "imessage-2016", answering()), observer);
        assert_same(&World::of("travelling", "imessage-2016", travelling()), observer);
    }
}

#[test]
fn a_slice_is_smaller_where_something_cannot_matter() {
    let world = World::of("ordering", "imessage-2016", ordering_what_is_written())
        .with(Capability::ProviderOrders | Capability::RequestPreservation);
    let [whole, sliced] = whole_and_sliced(&world, Observer::Log(0), Event::Attempted);
    let [all, few] = [whole, sliced].map(|world| explore_all(&world, &world.service()).len());
    assert!(few * 4 < all, "{few} states of {all}");
}

#[test]
fn a_reader_of_everything_gets_everything_that_can_be_written() {
    let world = World::of("ordering", "icloud-backup-2015", ordering()).designed(|design| {
        design.attachments.key = AttachmentKey::InMessage;
        design.calls.media = Media::Relayed;
        design.report.publishes = Publishes::Lumped;
        design.directory.comparison = true;
        design.account.acts = EnumSet::all();
    });
    let slice = Slice::for_reading(
        &world.design,
        Reading {
            parts: EnumSet::all(),
            logs: Logs::ALL,
            remember: EnumSet::all(),
            powers: EnumSet::all(),
            flaw: None,
            power: true,
            content: true,
            attachments: true,
            calls: true,
            demands: true,
            comparing: true,
            giving_up: true,
            account: true,
            rows: true,
        },
    );
    assert_eq!(slice, Slice::whole());
}

#[test]
fn a_rule_that_stands_still_is_not_listed() {
    let world = World::of("ordering", "imessage-2016", ordering()).with(Capability::ProviderOrders);
    let service = world.remembering(EnumSet::empty()).sliced(EnumSet::only(Part::Logs)).service();
    assert!(!service.runs(Rule::Apply) && service.runs(Rule::Turn) && service.runs(Rule::Type));
    assert!(service.all_actions().iter().all(|action| service.runs(action.rule())));
}

/// The logs that are kept for an investigator who has these powers.
fn kept_for(powers: EnumSet<Capability>) -> Logs {
    let reading = Reading {
        parts: EnumSet::only(Part::Memory),
        logs: Logs::NONE,
        remember: EnumSet::only(Watcher::Investigator),
        powers,
        flaw: None,
        power: false,
        content: false,
        attachments: false,
        calls: false,
        demands: false,
        comparing: false,
        giving_up: false,
        account: false,
        rows: true,
    };
    let design = load("imessage-2016").unwrap_or_else(|error| panic!("{error}"));
    Slice::for_reading(&design, reading).logs
}

/// The first log is the provider's, of queries; the second the carrier's, of SMS.
#[test]
fn an_investigator_has_those_logs_kept_that_the_law_can_reach() {
    use Capability::{CarrierOrders, DiscloseWithoutOrder, ProviderOrders, RequestEmergency};
    let [none, provider, carrier] = [Logs::NONE, Logs::only(0), Logs::only(1)];
    assert_eq!(kept_for(EnumSet::empty()), none);
    for powers in [EnumSet::only(ProviderOrders), DiscloseWithoutOrder.into(), RequestEmergency.into()] {
        assert_eq!(kept_for(powers), provider, "{powers:?}");
    }
    assert_eq!(kept_for(CarrierOrders.into()), carrier);
    for others in [ProviderOrders, DiscloseWithoutOrder, RequestEmergency] {
        assert_eq!(kept_for(CarrierOrders | others), provider.and(carrier), "{others:?}");
    }
}

#[test]
fn who_has_orders_at_the_carrier_sees_the_same_in_the_slice() {
    let mut scope = texting();
    scope.bounds.registrations = 1;
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.menu = vec![pen_register(Holder::Carrier)];
    scope.horizon = Horizon::Days(1);
    let world = World::of("texting under an order", "imessage-2016", scope).with(Capability::CarrierOrders);
    assert_same(&world, Observer::Investigator);
}
