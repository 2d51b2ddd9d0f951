//! **Designs that do the same within a scope share its exploration, and a bare check stays small.**

use mailcover_checker::{Epistemic, Limits};
use mailcover_model::design::{AttachmentKey, Design, OrderKind, library};
use mailcover_model::service::Service;
use mailcover_model::view::{Observer, View};
use mailcover_properties::check::{Cell, Options, check, check_one, prepare};
use mailcover_properties::finding::Finding;
use mailcover_tests::{cells, pins};
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use stateright::Model;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most states that a bare check explores.
const MOST: usize = 20_000_000;

fn main_designs() -> Vec<&'static str> {
    library::names().into_iter().filter(|name| cells::design(name).main).collect()
}

fn main_cells() -> Vec<Cell> {
    main_designs().into_iter().flat_map(|name| Cell::all(&cells::design(name))).collect()
}

/// Which exploration each cell belongs to, each explored no further than a few states.
fn explorations(cells: &[Cell]) -> Vec<Option<usize>> {
    let limits = Limits { max_states: Some(20), ..Limits::default() };
    let findings = check(cells, &Options { limits, ..Options::default() }, &|_| {});
    findings.into_iter().map(|finding| finding.exploration).collect()
}

#[test]
fn a_bare_check_explores_no_more_than_it_may() {
    let cells = main_cells();
    let pinned: Vec<pins::Pin> = main_designs().into_iter().flat_map(pins::of).collect();
    assert_eq!(cells.len(), pinned.len());
    let mut states: BTreeMap<usize, usize> = BTreeMap::new();
    for ((cell, exploration), pin) in cells.iter().zip(explorations(&cells)).zip(&pinned) {
        assert_eq!(
            (cell.claim.id.as_str(), cell.question().adversary.as_str()),
            (pin.claim.as_str(), pin.adversary.as_str())
        );
        let Some(exploration) = exploration else { continue };
        let known = states.entry(exploration).or_insert(pin.states);
        assert_eq!(
            *known,
            pin.states,
            "{}: a shared exploration has one number of states",
            cells::name(cell)
        );
    }
    let total: usize = states.values().sum();
    assert!(total <= MOST, "a bare check explores {total} states");
}

#[test]
fn a_shared_exploration_gives_the_findings_of_two() {
    let of = |design: &str| cells::cell(design, "silence-proves-nothing", "query-log");
    let both = [of("imessage-2013"), of("imessage-2016")];
    let told = |finding: &Finding| {
        let counts = (finding.states, finding.depth, finding.classes);
        (finding.verdict, counts, finding.evidence.clone(), finding.reason.clone())
    };
    let together = check(&both, &Options::default(), &|_| {});
    assert_eq!(together[0].exploration, together[1].exploration);
    for (cell, shared) in both.iter().zip(&together) {
        let alone = check(std::slice::from_ref(cell), &Options::default(), &|_| {});
        assert_eq!(told(&alone[0]), told(shared), "{}", cells::name(cell));
    }
}

/// Whatever two designs do in a search that they share, they do alike: along random ways every action is possible in both or
/// in neither, with the same outcome, the same is true, and the same looks alike.
#[test]
fn designs_that_share_a_search_take_the_same_steps_in_it() {
    let cells: Vec<Cell> =
        library::names().into_iter().flat_map(|name| Cell::all(&cells::design(name))).collect();
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut compared = 0;
    for (at, exploration) in explorations(&cells).into_iter().enumerate() {
        let Some(exploration) = exploration else { continue };
        let first = *firsts.entry(exploration).or_insert(at);
        if cells[first].design.name != cells[at].design.name {
            alike(&cells[first], &cells[at]);
            compared += 1;
        }
    }
    assert!(compared > 0, "no two designs share a search");
}

/// Walks through the search of the one cell, and requires of each state what is asked of the other.
fn alike(one: &Cell, other: &Cell) {
    let names = || format!("{} shares its search with {}", cells::name(other), cells::name(one));
    let of = |cell| prepare(cell, &Options::default()).unwrap_or_else(|error| panic!("{}: {error}", names()));
    let ((one, ..), (other, posed, context)) = (of(one), of(other));
    assert_eq!(one.all_actions(), other.all_actions(), "{}", names());
    // A log in which they differ, or that only one of them lists, is empty in a search that they share.
    let logs = |service: &Service, at: usize| service.design().logs.get(at).cloned();
    let differ = |at: &usize| logs(&one, *at) != logs(&other, *at);
    let periods = |service: &Service| {
        let mut periods = *service.periods();
        (0..periods.keep.len()).filter(differ).for_each(|at| periods.keep[at] = 0);
        periods
    };
    assert_eq!(periods(&one), periods(&other), "{}", names());
    assert_eq!(one.last_day(), other.last_day(), "{}", names());
    assert_eq!(one.init_states(), other.init_states(), "{}", names());
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 4, failure_persistence: None, ..Config::default() },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let ways = proptest::collection::vec(any::<Index>(), 40);
    // Of views nothing counts but which are equal, so each view in the one has to be one view in the other.
    let seen: RefCell<[BTreeMap<(Observer, View), View>; 2]> = RefCell::default();
    let walked = runner.run(&ways, |way| {
        let (start, way) = way.split_first().unwrap_or_else(|| panic!("a way has steps"));
        let mut state = *start.get(&one.init_states());
        for step in way {
            let mut next = Vec::new();
            for &action in one.all_actions() {
                let taken = one.step(&state, action);
                prop_assert_eq!(taken, other.step(&state, action), "{:?} in {:?}", action, state);
                next.extend(taken);
            }
            for fact in posed.facts() {
                prop_assert_eq!(
                    fact.holds(&one, &state),
                    fact.holds(&other, &state),
                    "{} in {:?}",
                    fact,
                    state
                );
            }
            for &observer in &context.observers {
                let pair = (one.view(observer, &state), other.view(observer, &state));
                let [there, back] = &mut *seen.borrow_mut();
                let view = there.entry((observer, pair.0.clone())).or_insert_with(|| pair.1.clone());
                prop_assert_eq!(&*view, &pair.1, "{:?}", state);
                let view = back.entry((observer, pair.1)).or_insert_with(|| pair.0.clone());
                prop_assert_eq!(&*view, &pair.0, "{:?}", state);
            }
            if next.is_empty() {
                break;
            }
            state = *step.get(&next);
            prop_assert!(!state.rows.as_slice().iter().any(|row| differ(&row.index())), "{:?}", state);
        }
        Ok(())
    });
    walked.unwrap_or_else(|error| panic!("{}: {error}", names()));
}

/// A tool to deregister from elsewhere is of use where a device is gone.
#[test]
fn what_a_design_differs_in_is_explored_apart() {
    let of = |design: &str| cells::cell(design, "departed-or-told", "nobody");
    let [older, newer] = explorations(&[of("imessage-2013"), of("imessage-2016")])[..] else {
        panic!("two cells")
    };
    assert_ne!(older, newer);
}

/// Nobody signs in within either scope. To a subpoena the provider can yield nothing but a log of that, so that whether it lists one
/// decides what a court makes of the application, though nothing is ever written into it.
#[test]
fn a_log_that_stays_empty_matters_where_a_court_considers_it() {
    let of = |claim: &str, adversary: &str| {
        let cells = ["imessage-2016", "account-logs"].map(|design| cells::cell(design, claim, adversary));
        let [without, with] = explorations(&cells)[..] else { panic!("two cells") };
        without == with
    };
    assert!(of("logs-together", "both-orders"));
    assert!(!of("bad-order-refused", "investigator"));
}

/// Nobody attaches anything within the scope. Whether anybody could decides whether a court grants a warrant where no log yields to
/// one, and so whether one is ever served.
#[test]
fn attachments_matter_where_a_court_considers_a_warrant() {
    let unyielding = |change: fn(&mut Design)| {
        let mut design = (*cells::design("imessage-2016")).clone();
        design.logs.iter_mut().for_each(|log| log.yields_to -= OrderKind::Warrant);
        change(&mut design);
        let design = Arc::new(design);
        let asked =
            |cell: &Cell| cell.claim.id == "content-secret" && cell.question().adversary == "investigator";
        Cell::all(&design).into_iter().find(asked).expect("it is asked of every design")
    };
    let without = unyielding(|_| {});
    let with = unyielding(|design| design.attachments.key = AttachmentKey::InMessage);
    for pair in [[&without, &with], [&with, &without]] {
        let found = check(&pair.map(Clone::clone), &Options::default(), &|_| {});
        for (cell, together) in pair.into_iter().zip(found) {
            let alone = check_one(cell, &Options::default());
            assert_eq!((alone.verdict, alone.states), (together.verdict, together.states));
        }
    }
}
