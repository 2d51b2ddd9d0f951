//! **What claims about calls say of a state, and that their slices leave out nothing that matters.**

use User::{Alice, Bob};
use enumset::EnumSet;
use mailcover_checker::Limits;
use mailcover_model::action::Action;
use mailcover_model::design::{Holder, OrderKind, library};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::Slice;
use mailcover_model::state::Length;
use mailcover_model::widening::{Respect, Widening};
use mailcover_model::world::{Address, Device, Pair, User};
use mailcover_properties::atoms::{
    call_in_vain, call_lasted, call_took_place, call_took_place_at_all, invitation_disclosed,
};
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::Verdict;
use mailcover_tests::cells;

const PHONE: Device = Device::AlicePhone;
const BOBS: Device = Device::BobPhone;
const CALLS: Action = Action::Invite { device: PHONE, address: Address::Bob };
const RINGS: Action = Action::Ring { call: 0, device: BOBS };
const ANSWERS: Action = Action::Answer { call: 0, device: BOBS };
const SERVES: Action = Action::Disclose { by: Holder::Provider, order: 0 };

/// The claims about calls.
const CLAIMS: [&str; 4] = [
    "invitation-proves-no-call",
    "invitation-proves-no-failure",
    "length-of-calls-hidden",
    "servers-see-calls",
];

/// Two people who may call each other, and an investigator with an order for records about Alice.
fn service() -> Service {
    let mut scope = Scope::of(PHONE | BOBS);
    for (from, to) in [(Alice, Bob), (Bob, Alice)] {
        scope.bounds.lookups.set(from.index(), to.address().index(), 1);
        scope.bounds.calls.set(from, 1);
    }
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    let (kind, at) = (OrderKind::RecordsOrder, Holder::Provider);
    scope.menu = vec![Plea { kind, at, target: Some(Alice), since: Span::Retention, runs: Span::Nothing }];
    scope.horizon = Horizon::Days(1);
    let design = library::load("facetime-2015").unwrap_or_else(|error| panic!("{error}"));
    let all = EnumSet::all();
    let setup = Setup {
        powers: EnumSet::all(),
        remember: all,
        track: EnumSet::all(),
        slice: Slice::whole(),
        flaw: None,
    };
    Service::new(design.into(), scope, setup).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_atoms_say_what_became_of_a_call() {
    let service = service();
    let there = Pair { from: Alice, to: Bob };
    let back = Pair { from: Bob, to: Alice };
    let atoms = [
        call_took_place(there),
        call_took_place_at_all(),
        call_lasted(Length::Short, there),
        call_lasted(Length::Long, there),
        call_in_vain(there),
        call_took_place(back),
        call_in_vain(back),
    ];
    let said = |actions: &[Action]| {
        let states =
            service.replay(&[], actions).unwrap_or_else(|at| panic!("{:?} is disabled", actions[at]));
        atoms.clone().map(|atom| atom.holds(&service, &states[actions.len()]))
    };
    let hangs_up = |length| Action::HangUp { device: PHONE, length };
    assert_eq!(said(&[CALLS, RINGS]), [false; 7], "nothing has come of it yet");
    assert_eq!(said(&[CALLS, RINGS, ANSWERS]), [true, true, false, false, false, false, false]);
    let short = said(&[CALLS, RINGS, ANSWERS, hangs_up(Length::Short)]);
    assert_eq!(short, [true, true, true, false, false, false, false]);
    let long = said(&[CALLS, RINGS, ANSWERS, hangs_up(Length::Long)]);
    assert_eq!(long, [true, true, false, true, false, false, false]);
    let declines = Action::Decline { call: 0, device: BOBS };
    let in_vain = [
        vec![CALLS, RINGS, declines],
        vec![CALLS, hangs_up(Length::Short)],
        vec![CALLS, Action::TimeOut { call: 0 }],
    ];
    for actions in in_vain {
        assert_eq!(said(&actions), [false, false, false, false, true, false, false], "{actions:?}");
    }
}

#[test]
fn an_invitation_is_disclosed_when_an_order_has_yielded_its_row() {
    let service = service();
    let apply = |action: &&Action| matches!(action, Action::Apply { .. });
    let apply = *service.all_actions().iter().find(apply).unwrap_or_else(|| panic!("there is a plea"));
    let disclosed = |actions: &[Action]| {
        let states =
            service.replay(&[], actions).unwrap_or_else(|at| panic!("{:?} is disabled", actions[at]));
        invitation_disclosed().holds(&service, &states[actions.len()])
    };
    let missed = [CALLS, Action::TimeOut { call: 0 }];
    assert!(!disclosed(&[missed.as_slice(), &[apply]].concat()));
    assert!(disclosed(&[missed.as_slice(), &[apply, SERVES]].concat()));
    assert!(!disclosed(&[apply, SERVES]), "an empty disclosure has no row of an invitation");
}

/// The most states of a model that is explored. A cell whose model is larger is not compared.
const MOST: usize = 600_000;

/// The cells of both designs with calls that speak of calls.
fn cells_about_calls() -> Vec<Cell> {
    let all = ["facetime-2015", "facetime-relayed"].map(|design| Cell::all(&cells::design(design))).concat();
    all.into_iter().filter(|cell| CLAIMS.contains(&cell.claim.id.as_str())).collect()
}

/// Checks the cells, requires the expected verdict wherever there is one, and says how many were decided.
fn decided_as_expected(options: &Options) -> usize {
    let cells = cells_about_calls();
    let findings = check(&cells, options, &|_| {});
    let mut decided = 0;
    for (cell, finding) in cells.iter().zip(findings) {
        if matches!(finding.verdict, Verdict::Inconclusive | Verdict::NotApplicable) {
            continue;
        }
        decided += 1;
        let name = cells::name(cell);
        assert!(
            cells::as_expected(cell, finding.verdict),
            "{name}: {} ({})",
            finding.verdict,
            finding.reason
        );
    }
    decided
}

fn limits() -> Limits {
    Limits { max_states: Some(MOST), ..Limits::default() }
}

#[test]
fn the_whole_model_gives_the_verdicts_of_its_slices() {
    let decided =
        decided_as_expected(&Options { whole: true, limits: limits(), threads: 1, ..Options::default() });
    assert!(decided >= 10, "only {decided} whole models were small enough");
}

#[test]
fn who_else_might_call_makes_no_difference_to_the_log_of_invitations() {
    let cells: Vec<Cell> =
        CLAIMS.iter().take(3).map(|claim| cells::cell("facetime-2015", claim, "invitation-log")).collect();
    let widening = Widening { by: 1, respects: Respect::Who.into() };
    for (cell, finding) in
        cells.iter().zip(check(&cells, &Options { widening, threads: 1, ..Options::default() }, &|_| {}))
    {
        assert_eq!(finding.verdict, Verdict::Holds, "{}: {}", cells::name(cell), finding.reason);
    }
}
