//! The explorer finds what repeated union finds, and what stateright finds.

use std::sync::Arc;

use mailcover_checker::{Evidence, Outcome, always, reachable, second_engine};
use proptest::prelude::*;
use stateright::Model;

use crate::web::{Web, webs};

/// Where these actions lead, from the one initial state that allows them all.
fn ends_of(web: &Web, actions: &[u8]) -> Vec<u8> {
    let step = |state: u8, action: &u8| web.next_state(&state, *action);
    let starts = web.initial.iter().copied();
    starts.filter_map(|start| actions.iter().try_fold(start, step)).collect()
}

proptest! {
    #[test]
    fn layers_are_those_of_repeated_union(web in webs(12)) {
        let (exploration, graph) = web.search();
        let layers: Vec<usize> = web.layers().iter().map(|layer| layer.len()).collect();
        prop_assert_eq!(exploration.layers(), layers);
        prop_assert_eq!(exploration.limit(), None);
        let steps: usize = web.reachable().iter().map(|state| web.steps(*state).len()).sum();
        prop_assert_eq!(exploration.generated(), steps);
        prop_assert_eq!(graph.transitions(), steps);
        for (id, state) in exploration.states().enumerate() {
            let path = exploration.path_to(&web, id).unwrap();
            web.assert_run(&path);
            prop_assert_eq!(path.last(), Some(state));
            prop_assert_eq!(path.len(), web.depth(*state));
            prop_assert_eq!(exploration.depth_of(id), Some(web.depth(*state)));
            let steps: Vec<(u8, u8)> = graph
                .edges(id)
                .map(|(label, to)| {
                    let to = *exploration.state(to as usize).unwrap();
                    (*graph.action(label).unwrap(), to)
                })
                .collect();
            prop_assert_eq!(steps, web.steps(*state));
            prop_assert_eq!(graph.cut(id), web.is_cut(*state));
        }
        prop_assert_eq!(exploration.depth_of(exploration.unique_states()), None);
    }

    #[test]
    fn always_and_reachable_are_dual_and_show_a_shortest_run(web in webs(12)) {
        let (exploration, _) = web.search();
        let fact = web.fact(0);
        let everywhere = always(&web, &exploration, &fact).unwrap();
        let somewhere = reachable(&web, &exploration, |state| !fact(state)).unwrap();
        let culprits = web.reachable().into_iter().filter(|state| !fact(state));
        match culprits.map(|state| web.depth(state)).min() {
            None => {
                prop_assert_eq!(everywhere.outcome, Outcome::Holds);
                prop_assert_eq!(everywhere.evidence, Evidence::Closure);
                prop_assert_eq!(somewhere.outcome, Outcome::Violated);
                prop_assert_eq!(somewhere.evidence, Evidence::Closure);
            }
            Some(depth) => {
                prop_assert_eq!(everywhere.outcome, Outcome::Violated);
                prop_assert_eq!(somewhere.outcome, Outcome::Holds);
                prop_assert_eq!(&everywhere.evidence, &somewhere.evidence);
                let Evidence::Run(run) = everywhere.evidence else { panic!("no run is shown") };
                web.assert_run(&run);
                prop_assert_eq!(run.len(), depth);
                prop_assert!(!fact(run.last().unwrap()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn stateright_is_of_the_same_opinion(web in webs(12), threads in 1..=2_usize) {
        let (exploration, _) = web.search();
        let shared = Arc::new(web.clone());
        let fact = web.fact(0);

        let opinion = second_engine::always(Arc::clone(&shared), web.fact(0), threads);
        let answer = always(&web, &exploration, &fact).unwrap();
        prop_assert_eq!(opinion.unique_states, exploration.unique_states());
        prop_assert_eq!(opinion.discovered, answer.outcome == Outcome::Violated);
        if let Some(actions) = opinion.actions {
            prop_assert!(ends_of(&web, &actions).iter().any(|state| !fact(state)));
        }

        let opinion = second_engine::reachable(shared, web.fact(0), threads);
        let answer = reachable(&web, &exploration, &fact).unwrap();
        prop_assert_eq!(opinion.unique_states, exploration.unique_states());
        prop_assert_eq!(opinion.discovered, answer.outcome == Outcome::Holds);
        if let Some(actions) = opinion.actions {
            prop_assert!(ends_of(&web, &actions).iter().any(&fact));
        }
    }
}
