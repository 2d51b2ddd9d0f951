use super::*;
use crate::check::Cell;
use crate::claim::Context;
use crate::claims;
use crate::frontier::Party;
use enumset::EnumSet;
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

fn cell() -> Cell {
    let design = Arc::new(library::load("imessage-2016").unwrap());
    let claim = claims::of(&design).into_iter().find(|known| known.id == "content-secret").unwrap();
    Cell { design, claim, question: 0 }
}

/// A state is kept with each smallest set, since more may follow from either.
#[test]
fn a_state_is_reached_with_its_smallest_sets() {
    let cell = cell();
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

#[test]
fn who_is_not_needed_is_left_out_of_a_party_and_who_is_needed_is_not() {
    let cell = cell();
    let observers = vec![ObserverName::ProviderLive, ObserverName::Network, ObserverName::Carrier];
    let ground = Party { capabilities: Set::empty(), observers };
    let (seat, options) = (Seat::new(&cell, &ground), Options::default());
    for needed in [0b001, 0b010, 0b101, 0b110, 0b111] {
        let mut search = Search::new(&seat, &options).unwrap();
        search.seeing = 0b111;
        search.facts = (0..=0b111_u32)
            .map(|eyes| {
                let spared = move |_: &Service, _: &State| eyes & needed != needed;
                (eyes, Fact::atom("spared", "it is spared", EnumSet::empty(), EnumSet::empty(), spared))
            })
            .collect();
        let state = search.service.init_states()[0];
        assert_eq!(search.shrunk(0b111, &state).unwrap(), needed);
    }
}

/// What the search says of a party, a check of that party by itself is to confirm. Where it cannot, nothing is said.
#[test]
fn a_party_whose_check_ends_early_or_does_not_agree_is_not_named() {
    let cell = cell();
    let ground = Party { capabilities: Set::empty(), observers: vec![ObserverName::ProviderStore] };
    let (seat, mut options) = (Seat::new(&cell, &ground), Options::default());
    let search = Search::new(&seat, &options).unwrap();
    let found = search.breaking(Set::empty(), 1, &options);
    assert!(matches!(found, Err(FrontierError::Wrong(_))), "the claim holds for this party: {found:?}");
    options.limits.max_states = Some(1);
    assert!(matches!(search.breaking(Set::empty(), 1, &options), Err(FrontierError::Limit(_))));
    options.limits.max_states = None;
    options.limits.stop = Some(Arc::new(std::sync::atomic::AtomicBool::new(true)));
    assert!(matches!(search.breaking(Set::empty(), 1, &options), Err(FrontierError::Interrupted)));
}

/// Who may do both is asked within another scope than who may do one of them: no one search is theirs together.
#[test]
fn parties_of_different_scopes_are_not_asked_alike() {
    let alike = cell();
    let mut apart = alike.clone();
    let (a, b) = (Set::from(Capability::AddKey), Set::from(Capability::Inject));
    let question = &mut Arc::make_mut(&mut apart.claim).questions[0];
    let pose = Arc::clone(&question.pose);
    question.pose = Arc::new(move |context: &Context| {
        let mut posed = pose(context);
        posed.scope.past_days += u8::from(context.powers().is_superset(a | b));
        posed
    });
    let ground = Party { capabilities: a | b, observers: vec![ObserverName::ProviderLive] };
    for (cell, expected) in [(alike, true), (apart, false)] {
        let seat = Seat::new(&cell, &ground);
        let mut search = Search::new(&seat, &Options::default()).unwrap();
        search.found = vec![(a, 1), (b, 1)];
        assert_eq!(search.asks_all_alike().unwrap(), expected);
    }
}
