//! **What an event is called, about two people.**

mod support;

use mailcover_model::event::Event;
use std::collections::BTreeSet;
use support::{Alice, Bob};

#[test]
fn each_event_has_a_clause_of_its_own_that_names_both_in_their_order() {
    let clauses: BTreeSet<String> = Event::ALL.map(|event| event.clause(Alice, Bob)).into();
    assert_eq!(clauses.len(), Event::ALL.len());
    for event in Event::ALL {
        let [there, back] = [event.clause(Alice, Bob), event.clause(Bob, Alice)];
        assert!(there.contains("Alice") && there.contains("Bob"), "{there}");
        assert_ne!(there, back, "who wrote to whom");
    }
}
