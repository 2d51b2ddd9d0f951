use super::*;
use crate::check::Cell;
use crate::claims;
use crate::frontier::Party;
use mailcover_model::design::{ObserverName, library};

#[test]
fn a_list_that_is_nearly_full_counts_as_copied() {
    let (state, sets, node) = (size_of::<State>() + 16, size_of::<SmallVec<[Set; 2]>>(), size_of::<Node>());
    assert_eq!(bytes_of([(0, 10), (0, 20)], 30), 10 * state + 20 * sets + 30 * node);
    assert_eq!(bytes_of([(89, 100), (179, 200)], 0), 100 * state + 200 * sets);
    assert_eq!(bytes_of([(90, 100), (0, 1)], 0), 300 * state + sets);
    assert_eq!(bytes_of([(0, 1), (180, 200)], 1), state + 600 * sets + node);
}

#[test]
fn of_parties_that_break_the_claim_the_smallest_are_kept() {
    let (a, b) = (Set::from(Capability::AddKey), Set::from(Capability::Inject));
    let mut found = Vec::new();
    let mut noted = |used, eyes| {
        note(&mut found, used, eyes);
        found.clone()
    };
    assert_eq!(noted(a, 0b11), [(a, 0b11)]);
    assert_eq!(noted(b, 0b01), [(a, 0b11), (b, 0b01)], "neither contains the other");
    assert_eq!(noted(a, 0b10), [(b, 0b01), (a, 0b10)], "fewer eyes");
    assert_eq!(noted(a, 0b01), [(b, 0b01), (a, 0b10), (a, 0b01)], "other eyes");
    assert_eq!(noted(Set::empty(), 0b01), [(a, 0b10), (Set::empty(), 0b01)], "fewer powers");
}

/// A state is kept with each smallest set, since more may follow from either.
#[test]
fn a_state_is_reached_with_its_smallest_sets() {
    let design = Arc::new(library::load("imessage-2016").unwrap());
    let claim = claims::of(&design).into_iter().find(|known| known.id == "content-secret").unwrap();
    let cell = Cell { design, claim, question: 0 };
    let (a, b) = (Set::from(Capability::AddKey), Set::from(Capability::Inject));
    let ground = Party { capabilities: a | b, observers: vec![ObserverName::ProviderLive] };
    let (seat, options) = (Seat::new(&cell, &ground), Options::default());
    let mut search = Search::new(&seat, &options).unwrap();
    search.look_at_what_is_left().unwrap();
    let state = search.service.init_states()[0];
    let mut reached = |used| {
        search.reach(state, used).unwrap();
        (search.least[0].to_vec(), search.waiting.len())
    };
    assert_eq!(reached(a | b), (vec![a | b], 1));
    assert_eq!(reached(a), (vec![a], 2), "a smaller set takes the place of a larger one");
    assert_eq!(reached(b), (vec![a, b], 3), "two of which neither contains the other");
    assert_eq!(reached(a | b), (vec![a, b], 3), "nothing new");
    assert_eq!(reached(Set::empty()), (vec![Set::empty()], 4));
}
