//! Knowledge by classes is knowledge by comparing every pair of states.

use mailcover_checker::{ClassTable, Error, Evidence, Outcome};
use proptest::prelude::*;

use crate::web::{Web, webs};

/// The states that look the same to all of the coalition, by comparing every pair.
fn alike(web: &Web, coalition: &[usize], state: u8) -> Vec<u8> {
    let same = |other: &u8| {
        let views = |of: u8| web.views[of as usize];
        coalition.iter().all(|member| views(state)[*member] == views(*other)[*member])
    };
    web.reachable().into_iter().filter(same).collect()
}

fn coalitions() -> impl Strategy<Value = Vec<usize>> {
    prop::sample::subsequence(vec![0, 1], 0..=2)
}

proptest! {
    #[test]
    fn verdicts_are_those_of_all_pairs(
        web in webs(10),
        coalition in coalitions(),
        all_matter in any::<bool>(),
    ) {
        let (exploration, _) = web.search();
        let (fact, matters) = (web.fact(0), web.fact(1));
        let given: &dyn Fn(&u8) -> bool = &matters;
        let given = (!all_matter).then_some(given);
        let table = ClassTable::build(&web, &exploration, &coalition, &[&fact], given).unwrap();
        let mattering: Vec<u8> = exploration
            .states()
            .copied()
            .filter(|state| all_matter || matters(state))
            .collect();
        let knows = |state: &u8| alike(&web, &coalition, *state).iter().all(&fact);
        let knows_not = |state: &u8| !alike(&web, &coalition, *state).iter().any(&fact);

        let answer = table.never_known(0).unwrap();
        prop_assert_eq!(answer.classes, Some(table.classes()));
        match mattering.iter().find(|state| knows(state)) {
            Some(first) => {
                prop_assert_eq!(answer.outcome, Outcome::Violated);
                let Evidence::Class { run, size } = answer.evidence else { panic!("no class") };
                web.assert_run(&run);
                prop_assert_eq!(run.last(), Some(first));
                prop_assert_eq!(size, alike(&web, &coalition, *first).len());
            }
            None => {
                prop_assert_eq!(answer.outcome, Outcome::Holds);
                match answer.evidence {
                    Evidence::Closure => prop_assert!(!mattering.iter().any(&fact)),
                    Evidence::Twins { run, twin } => {
                        assert_twins(&web, &coalition, &fact, &run, &twin);
                    }
                    other => panic!("{other:?} shows nothing"),
                }
            }
        }

        let answer = table.never_known_whether(0).unwrap();
        let given_away = mattering.iter().find(|state| knows(state) || knows_not(state));
        prop_assert_eq!(answer.outcome == Outcome::Violated, given_away.is_some());
        if let Evidence::Class { run, .. } = answer.evidence {
            prop_assert_eq!(run.last(), given_away);
        }

        let answer = table.known(0).unwrap();
        match mattering.iter().find(|state| fact(state) && !knows(state)) {
            Some(first) => {
                prop_assert_eq!(answer.outcome, Outcome::Violated);
                let Evidence::Twins { run, twin } = answer.evidence else { panic!("no twins") };
                prop_assert_eq!(run.last(), Some(first));
                assert_twins(&web, &coalition, &fact, &run, &twin);
            }
            None => prop_assert_eq!(answer.outcome, Outcome::Holds),
        }
    }

    #[test]
    fn a_class_is_those_who_look_alike(web in webs(10), coalition in coalitions()) {
        let (exploration, _) = web.search();
        let (fact, matters) = (web.fact(0), web.fact(1));
        let table =
            ClassTable::build(&web, &exploration, &coalition, &[&matters, &fact], Some(&matters))
                .unwrap();
        let mut states = 0;
        for (id, state) in exploration.states().enumerate() {
            let class = table.class_of(id).unwrap();
            let mut members: Vec<u8> =
                table.members(class).map(|id| *exploration.state(id).unwrap()).collect();
            let shallowest = |wanted: &dyn Fn(&u8) -> bool| {
                members.iter().find(|state| wanted(state)).and_then(|it| exploration.id_of(it))
            };
            let tally = table.tally(1, class).unwrap();
            prop_assert_eq!(tally.satisfied, members.iter().filter(|state| fact(state)).count());
            prop_assert_eq!(tally.first_true, shallowest(&|it| fact(it) && matters(it)));
            prop_assert_eq!(tally.first_false, shallowest(&|it| !fact(it)));
            members.sort_unstable();
            prop_assert_eq!(&members, &alike(&web, &coalition, *state));
            prop_assert_eq!(table.class_size_of(id), Some(members.len()));
            prop_assert_eq!(table.knows(1, id), Some(members.iter().all(&fact)));
            states += 1;
        }
        let sizes: usize = (0..table.classes()).filter_map(|class| table.size(class)).sum();
        prop_assert_eq!(sizes, states);
    }
}

/// Panics unless these are the shallowest pair that looks alike and differs in the fact.
fn assert_twins(
    web: &Web,
    coalition: &[usize],
    fact: &dyn Fn(&u8) -> bool,
    run: &mailcover_checker::PathOf<Web>,
    twin: &mailcover_checker::PathOf<Web>,
) {
    web.assert_run(run);
    web.assert_run(twin);
    let (state, other) = (*run.last().unwrap(), *twin.last().unwrap());
    assert!(fact(&state) && !fact(&other));
    let alike = alike(web, coalition, state);
    assert!(alike.contains(&other));
    let depths = alike.iter().filter(|state| !fact(state)).map(|state| web.depth(*state));
    assert_eq!(Some(twin.len()), depths.min());
}

#[test]
fn what_was_not_asked_cannot_be_answered() {
    let web = Web::with(&[[None; 4]]);
    let (exploration, _) = web.search();
    let fact = web.fact(0);
    let table = ClassTable::build(&web, &exploration, &[0], &[&fact], None).unwrap();
    let missing = Error::NoSuchFact { fact: 1, facts: 1 };
    assert_eq!(table.known(1).unwrap_err(), missing);
    assert_eq!(table.never_known(1).unwrap_err(), missing);
    assert_eq!(table.knows(1, 0), None);
    assert_eq!(table.knows(0, 1), None);
    assert_eq!(table.members(7).count(), 0);
    let facts: Vec<mailcover_checker::Fact<'_, u8>> = vec![&fact; 65];
    let refused = ClassTable::build(&web, &exploration, &[0], &facts, None);
    assert_eq!(refused.err(), Some(Error::TooManyFacts(65)));
    let table = ClassTable::build(&web, &exploration, &[0], &facts[..64], None).unwrap();
    assert_eq!(table.known(63).unwrap().outcome, Outcome::Holds);
    let missing = Error::NoSuchState { id: 1, states: 1 };
    assert_eq!(exploration.path_to(&web, 1).unwrap_err(), missing);
}
