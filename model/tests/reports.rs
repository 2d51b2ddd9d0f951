//! **When demands are served and reported, and what a report says.**
//!
//! Each case fails if the one guard, or the one choice, that it is about is taken away.

mod support;

use Purpose::{Criminal, NationalSecurity};
use mailcover_model::action::Action;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::rules::report::Said;
use mailcover_model::service::Service;
use mailcover_model::state::{Purpose, State};
use mailcover_model::view::Observer;
use support::World;
use support::acts::{forbidden, run};
use support::families::reporting;

const LUMPED: &str = "report-bands-lumped";
const SEPARATE: &str = "report-bands-separate";

fn world(design: &'static str) -> World {
    World::of("reporting", design, reporting())
}

fn demanded(demands: &[Purpose]) -> Vec<Action> {
    demands.iter().map(|&purpose| Action::Demand { purpose }).collect()
}

/// A report about these demands.
fn published(demands: &[Purpose]) -> Vec<Action> {
    [demanded(demands), vec![Action::Publish]].concat()
}

/// What the public has read.
fn read(service: &Service, state: &State) -> Vec<Row> {
    service.remembered(Observer::Public, state).collect()
}

/// What the report about these demands says.
fn said(world: &World, demands: &[Purpose]) -> Said {
    let service = world.service();
    match read(&service, &run(&service, &published(demands))).as_slice() {
        [row] => service.said(*row).expect("it says something"),
        other => panic!("{} rows were read", other.len()),
    }
}

#[test]
fn a_report_comes_out_once_and_is_about_what_was_before_it() {
    for design in [LUMPED, SEPARATE] {
        let service = world(design).service();
        assert!(read(&service, &run(&service, &demanded(&[Criminal]))).is_empty(), "nothing is out yet");
        forbidden(&service, &[published(&[Criminal]), vec![Action::Publish]].concat());
        for purpose in Purpose::ALL {
            forbidden(&service, &[published(&[]), demanded(&[purpose])].concat());
        }
    }
}

#[test]
fn demands_fill_two_bands_of_what_is_published() {
    let mixed = [Criminal, NationalSecurity, Criminal, NationalSecurity];
    let lumped = world(LUMPED).service();
    assert_eq!(run(&lumped, &demanded(&mixed[..3])).tally.total(), 3);
    forbidden(&lumped, &demanded(&mixed));
    let separate = world(SEPARATE).service();
    let six = [mixed.as_slice(), &mixed[..2]].concat();
    let after = run(&separate, &demanded(&six));
    assert_eq!(Purpose::ALL.map(|purpose| after.tally.of(purpose)), [3, 3]);
    for purpose in Purpose::ALL {
        forbidden(&separate, &[demanded(&six), demanded(&[purpose])].concat());
    }
    let exact = world(LUMPED).designed(|design| design.report.band = 1).service();
    run(&exact, &demanded(&[NationalSecurity]));
    forbidden(&exact, &demanded(&[NationalSecurity, Criminal]));
}

#[test]
fn where_nothing_is_published_nothing_is_counted() {
    let mut unasked = world(LUMPED);
    unasked.scope.demands = false;
    for world in [world("imessage-2016"), unasked] {
        let service = world.service();
        let begun = run(&service, &[]);
        for action in published(&[Criminal]) {
            assert!(!service.all_actions().contains(&action), "{action:?}");
            assert_eq!(service.step(&begun, action), None, "{action:?}");
        }
    }
}

#[test]
fn a_report_says_what_the_design_has_it_say() {
    let (one, two) = ([NationalSecurity], [NationalSecurity, NationalSecurity]);
    let both = [Criminal, NationalSecurity];
    assert_eq!(said(&world(LUMPED), &one), Said::Lumped(0, 1));
    assert_eq!(said(&world(LUMPED), &both), Said::Lumped(2, 3));
    assert_eq!(said(&world(SEPARATE), &one), Said::Separate(0, (0, 1)));
    assert_eq!(said(&world(SEPARATE), &two), Said::Separate(0, (2, 3)));
    assert_eq!(said(&world(SEPARATE), &both), Said::Separate(1, (0, 1)));
    assert_eq!(said(&world(SEPARATE).flawed(Flaw::ReportLumps), &both), Said::Lumped(2, 3));
    assert_eq!(said(&world(LUMPED).flawed(Flaw::ReportSeparates), &both), Said::Separate(1, (0, 1)));
    assert_eq!(said(&world(LUMPED).flawed(Flaw::ReportGivesNumbers), &both), Said::Lumped(2, 2));
    assert_eq!(said(&world(SEPARATE).flawed(Flaw::ReportGivesNumbers), &two), Said::Separate(0, (2, 2)));
}

#[test]
fn a_row_about_something_else_says_nothing_of_demands() {
    for design in [LUMPED, SEPARATE] {
        let service = world(design).service();
        assert_eq!(service.said(Row::of(Kind::Lookup).because(1)), None);
    }
}
