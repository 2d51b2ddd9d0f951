//! **Nothing of the model is dead: every rule fires, every kind of row is seen, every ground of refusal occurs.**
//!
//! A rule that never fires in any small scope proves nothing by its silence. The worlds are those that the other
//! suites rest on, so this also says that those suites meet every rule.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Rule};
use mailcover_model::row::Kind;
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::rules::legal::Ground;
use mailcover_model::state::OrderStatus;
use stateright::Model;
use std::collections::BTreeSet;
use support::families::families;
use support::{World, explore, successors};

/// The most states of a world that are looked at; the rest would show nothing new.
const MOST: usize = 60_000;

/// What was met in all the worlds together.
#[derive(Default)]
struct Met {
    rules: EnumSet<Rule>,
    kinds: EnumSet<Kind>,
    grounds: BTreeSet<u8>,
    bases: BTreeSet<Basis>,
    statuses: BTreeSet<OrderStatus>,
}

fn met() -> Met {
    let mut met = Met::default();
    for world in families() {
        meet(&world, &mut met);
    }
    met
}

fn meet(world: &World, met: &mut Met) {
    let service = world.service();
    let states = explore(&service, MOST);
    for state in &states {
        met.rules.extend(successors(&service, state).map(|(action, _)| action.rule()));
        met.statuses.extend(state.orders().iter().map(|order| order.status()));
        for row in state.memory.as_slice().iter().filter(|row| !row.disclosed()) {
            met.kinds |= row.kind();
            match row.kind() {
                Kind::Refused => drop(met.grounds.insert(row.detail())),
                Kind::Disclosed => drop(met.bases.insert(Basis::of(*row))),
                Kind::Exchange => {
                    panic!("{}: an exchange is what a tap makes of a row, not a row", world.name)
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_rule_fires_every_row_is_seen_and_every_refusal_and_disclosure_has_its_case() {
    let met = met();
    assert!(
        met.rules == EnumSet::all(),
        "rules that never fired: {:?}; list their actions in model/src/universe.rs, and give them a world in \
         model/tests/support/families.rs",
        !met.rules
    );
    let observable = EnumSet::<Kind>::all() - Kind::Exchange;
    assert!(
        met.kinds == observable,
        "kinds of row that nobody ever saw: {:?}; let a rule observe them, say who does in `watchers` of \
         model/src/view/shown.rs, and give them a world in model/tests/support/families.rs",
        observable - met.kinds
    );
    let grounds: BTreeSet<u8> = Ground::ALL.into_iter().map(|ground| ground as u8 + 1).collect();
    assert_eq!(met.grounds, grounds);
    assert_eq!(met.bases, BTreeSet::from([Basis::Order, Basis::Emergency, Basis::None]));
    let statuses = [OrderStatus::Running, OrderStatus::Ended];
    assert_eq!(met.statuses, BTreeSet::from(statuses));
}

#[test]
fn only_listed_actions_are_ever_enabled_by_rules_that_take_part() {
    for world in families() {
        let service = world.service();
        for action in service.all_actions() {
            assert!(service.runs(action.rule()), "{}: {action:?}", world.name);
        }
    }
}

/// What a state lacks is asked for once for all actions. Nothing that a rule would do may be passed over for it, and where
/// the rules decide by it, something must be.
#[test]
fn whatever_is_possible_is_tried_and_much_of_what_is_impossible_is_not() {
    let (mut listed, mut passed_over) = (Vec::new(), EnumSet::empty());
    for world in families() {
        let service = world.service();
        for state in &explore(&service, MOST) {
            listed.clear();
            service.actions(state, &mut listed);
            let possible = successors(&service, state).map(|(action, _)| action);
            assert!(is_part_of(possible, &listed), "{}: {listed:?} in {state:?}", world.name);
            assert!(is_part_of(listed.iter().copied(), service.all_actions()), "{}: {listed:?}", world.name);
            let absent = service.all_actions().iter().filter(|action| !listed.contains(action));
            passed_over.extend(absent.map(Action::rule));
        }
    }
    let always_tried = Rule::Switch
        | Rule::Turn
        | Rule::GiveUp
        | Rule::WithholdAlerts
        | Rule::Compare
        | Rule::Demand
        | Rule::Publish;
    assert_eq!(!passed_over, always_tried);
}

/// Whether all of these are in the whole, in its order.
fn is_part_of(part: impl Iterator<Item = Action>, whole: &[Action]) -> bool {
    let mut whole = whole.iter();
    let mut part = part;
    part.all(|action| whole.any(|&other| other == action))
}
