//! **Two engines that share no code agree: on how many states there are, and on what is true in them.**
//!
//! The second is stateright's, with its early stop off. It is asked about every cell that is about single states, where
//! the whole search is below the limit; the own engine explores the same model to its end, early stop off as well.

use mailcover_checker::{Limits, Outcome, always, explore, reachable, second_engine};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_properties::check::{Cell, Options, prepare};
use mailcover_properties::claim::Ask;
use mailcover_tests::cells;
use std::sync::Arc;

/// The most states that both engines are asked to explore.
const MOST: usize = 300_000;
/// How many cells of the design are at least small enough.
const LEAST_COMPARED: usize = 10;

/// Whether the cell was small enough to compare; panics where the engines disagree.
fn compared(cell: &Cell) -> bool {
    let Ok((service, posed, _)) = prepare(cell, &Options::default()) else { return false };
    let (fact, everywhere) = match posed.ask {
        Ask::Always(fact) => (fact, true),
        Ask::Reachable(fact) => (fact, false),
        _ => return false,
    };
    let exploration = explore(&service, &Limits { max_states: Some(MOST), ..Limits::default() }, &mut |_| {});
    if exploration.unique_states() >= MOST {
        return false;
    }
    let holds = |state: &State| fact.holds(&service, state);
    let answer = if everywhere {
        always(&service, &exploration, holds)
    } else {
        reachable(&service, &exploration, holds)
    };
    let outcome = answer.unwrap_or_else(|error| panic!("{}: {error}", cells::name(cell))).outcome;
    let shared: Arc<Service> = Arc::new(service.clone());
    let test = {
        let (service, fact) = (Arc::clone(&shared), fact.clone());
        move |state: &State| fact.holds(&service, state)
    };
    let opinion = if everywhere {
        second_engine::always(shared, test, 2)
    } else {
        second_engine::reachable(shared, test, 2)
    };
    let name = cells::name(cell);
    assert_eq!(opinion.unique_states, exploration.unique_states(), "unique states of {name}");
    assert_eq!(opinion.discovered, (outcome == Outcome::Violated) == everywhere, "the verdict of {name}");
    true
}

#[test]
fn stateright_counts_the_same_states_and_gives_the_same_verdicts() {
    let cells = Cell::all(&cells::design("imessage-2016"));
    let number = cells.iter().filter(|cell| compared(cell)).count();
    assert!(number >= LEAST_COMPARED, "only {number} cells were compared");
}
