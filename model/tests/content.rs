//! **What a view shows of content is what its holder holds, and no row's number tells of messages that it never saw.**
//!
//! A claim that a text is secret asks what can be derived, a claim of knowledge what looks alike. The one rebuilds what
//! passed somebody from the messages, the other takes the rows; were they to differ, two states could look alike in
//! which different things are known.

mod support;

use enumset::EnumSet;
use mailcover_model::deduction::TermSet;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Numbered};
use mailcover_model::service::Service;
use mailcover_model::state::{Budget, State};
use mailcover_model::view::Observer;
use support::families::{families, texting};
use support::{ALL_OBSERVERS, Alice, Bob, World, explore, sample};

/// The most states of a world that are drawn from, and how many are drawn.
const MOST: usize = 20_000;
const DRAWN: usize = 600;

/// Whether the world's states hold all the rows that the observer's view shows.
fn has_its_rows(world: &World, observer: Observer) -> bool {
    observer.watcher().is_none_or(|watcher| world.setup.remember.contains(watcher))
}

/// Requires that the observer holds what its view shows, and nothing else but what it holds in every run; and that all of it
/// lies on the heap of what could ever pass it.
fn holds_what_is_shown(
    world: &World,
    service: &Service,
    (observer, heap): (Observer, TermSet),
    state: &State,
) {
    let always = service.held(&[observer], &State::empty(Budget::default()));
    let shown: TermSet = service.frame(observer, state).into_iter().collect();
    let (flaw, held) = (world.setup.flaw, service.held(&[observer], state));
    assert_eq!(held, always.union(shown), "{}, {flaw:?}: {observer:?} in {state:?}", world.name);
    assert_eq!(
        heap.union(held),
        heap,
        "{}, {flaw:?}: not on the heap of {observer:?}: {state:?}",
        world.name
    );
}

#[test]
fn what_is_held_is_what_is_shown_under_every_flaw() {
    let mut shown = 0;
    for mut world in families() {
        for flaw in [world.setup.flaw].into_iter().chain(Flaw::all().into_iter().map(Some)) {
            world.setup.flaw = flaw;
            let service = world.service();
            let states = explore(&service, MOST);
            let whole = |state: &&State| state.outgrown.is_empty();
            let seeing = ALL_OBSERVERS.into_iter().filter(|&one| has_its_rows(&world, one));
            let heaps: Vec<(Observer, TermSet)> =
                seeing.map(|one| (one, service.heap(&[one], world.setup.powers, |_, _| true))).collect();
            for state in sample(&states, DRAWN).filter(whole) {
                for &(observer, heap) in &heaps {
                    holds_what_is_shown(&world, &service, (observer, heap), state);
                    shown += service.frame(observer, state).len();
                }
            }
        }
    }
    assert!(shown > 0, "nobody ever saw any content");
}

/// Bob comes and goes while Alice writes to him twice, so that a second text is sent and a second message lost.
fn texting_twice() -> World {
    let mut scope = texting();
    scope.bounds.types = [2, 0, 0].into();
    scope.bounds.sends.set(Alice.index(), Bob.index(), 2);
    scope.bounds.lookups.set(Alice.index(), Bob.address().index(), 2);
    World::of("texting twice", "delivery-notice", scope)
}

/// Two who pool what they hold: it is what each holds, together, and whenever they know a text, they could
/// ([`Service::could_know`], of which a frontier concludes that others never do).
#[test]
fn whatever_two_know_they_could_know() {
    let mut known = 0;
    for world in families() {
        let service = world.service();
        let states = explore(&service, MOST);
        let pairs = ALL_OBSERVERS.iter().enumerate();
        let pairs = pairs.flat_map(|(at, &one)| ALL_OBSERVERS[at..].iter().map(move |&other| [one, other]));
        let pairs: Vec<[Observer; 2]> =
            pairs.filter(|pair| pair.iter().all(|&one| has_its_rows(&world, one))).collect();
        let whole = |state: &&State| state.outgrown.is_empty();
        for state in sample(&states, DRAWN / 10).filter(whole) {
            for pair in &pairs {
                let each = pair.map(|one| service.held(&[one], state));
                assert_eq!(service.held(pair, state), each[0].union(each[1]), "{}: {pair:?}", world.name);
                for (place, message) in (0..).zip(state.messages()) {
                    if message.honest() {
                        assert_eq!(
                            message.body(),
                            place,
                            "a text is sent once, and bears its message's number"
                        );
                        if service.knows_body(pair, state, place) {
                            let could = service.could_know(pair, message.kind(), world.setup.powers);
                            assert!(could, "{}: {pair:?} know the text of {message:?}", world.name);
                            known += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(known > 0, "nobody ever knew a text");
}

#[test]
fn a_row_with_a_number_says_what_it_numbers() {
    let mut of_a_second = EnumSet::empty();
    for world in families().into_iter().chain([texting_twice()]) {
        for state in &explore(&world.service(), MOST) {
            for row in state.memory.as_slice().iter().filter(|row| !row.disclosed() && row.index() > 0) {
                let (kind, name) = (row.kind(), world.name);
                assert_ne!(
                    kind.numbered(),
                    Numbered::Nothing,
                    "{name}: the rows of kind {kind:?} bear numbers, which views would show; say in Kind::numbered of \
                     model/src/row/kind.rs what they count"
                );
                if row.message().is_some() {
                    of_a_second |= kind;
                }
            }
        }
    }
    let about_messages = EnumSet::<Kind>::all().iter().filter(|kind| kind.numbered() == Numbered::Message);
    let unmet = about_messages.collect::<EnumSet<_>>() - of_a_second;
    assert!(unmet.is_empty(), "no world has a row about a second message of these kinds: {unmet:?}");
}
