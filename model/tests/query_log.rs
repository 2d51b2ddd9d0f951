//! **The query log is the log of that name, wherever a design lists it.**
//!
//! What "recently" means, how far back an order reaches, and which log a deliberate mistake is made in, must not depend
//! on the order in which a file lists its logs.

mod support;

use mailcover_model::action::{Action, Application};
use mailcover_model::design::library::load;
use mailcover_model::design::{Capability, Design, Holder, Log};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, Row};
use mailcover_model::rules::legal::Ground;
use mailcover_model::service::Service;
use mailcover_model::slice::{Logs, QUERY_LOG};
use stateright::Model;
use support::World;
use support::families::{answering, ordering};

/// Puts a provider's log of deliveries, kept for so many days, before all others.
fn deliveries_first(days: u16) -> impl Fn(&mut Design) {
    move |design| {
        let query = design.logs[0].clone();
        let deliveries = Log {
            name: "delivery".to_owned(),
            on: mailcover_model::row::Kind::Delivered.into(),
            fields: Field::Day | Field::Source | Field::Target,
            keep_days: Some(days),
            while_ordered: false,
            ..query
        };
        design.logs.insert(0, deliveries);
    }
}

fn world(days: u16) -> World {
    World::of("deliveries first", "imessage-2016", ordering())
        .with(Capability::ProviderOrders)
        .designed(deliveries_first(days))
}

/// The pen registers and other orders that the investigator may ask the provider for.
fn applications(service: &Service) -> impl Iterator<Item = Application> {
    service.all_actions().iter().filter_map(|action| match action {
        Action::Apply { application } if application.at == Holder::Provider => Some(*application),
        _ => None,
    })
}

#[test]
fn recently_means_the_query_logs_retention() {
    for days in [10, 60] {
        let service = world(days).service();
        let [deliveries, query] = [0, 1].map(|log| service.keep_days(log));
        assert_eq!(deliveries < query, days < 30);
        assert_eq!(service.design().query_log(), Some(1));
        assert_eq!(service.recent_days(), Some(query));
    }
}

#[test]
fn an_application_reaches_back_as_far_as_the_logs_that_it_can_reach() {
    for days in [10, 60] {
        let service = world(days).service();
        let longest = service.keep_days(0).max(service.keep_days(1));
        let farthest = applications(&service).map(|application| application.since).max();
        assert_eq!(farthest, Some(longest + 1));
        let too_far = |application: &Application| service.defect(application) == Some(Ground::TooFarBack);
        assert!(applications(&service).filter(too_far).all(|application| application.since > longest));
        assert_eq!(applications(&service).filter(too_far).count(), 1);
    }
}

#[test]
fn a_mistake_in_the_query_log_is_made_in_the_log_of_that_name() {
    let fields = |service: &Service, log| service.log_mask(log, Row::of(Kind::Lookup));
    let plain = world(10).service();
    let flawed = world(10).flawed(Flaw::PlaceNotLogged).service();
    assert_eq!(fields(&plain, 0), fields(&flawed, 0));
    assert_ne!(fields(&plain, 1), fields(&flawed, 1));
}

#[test]
fn a_design_without_a_query_log_has_no_recent_past_and_still_runs() {
    let without = |design: &mut Design| design.logs.retain(|log| log.name != Log::QUERY);
    let service = World::of("no query log", "imessage-2016", answering()).designed(without).service();
    assert_eq!(service.recent_days(), None);
    for state in service.init_states() {
        assert!(service.step(&state, Action::Turn { keep: false }).is_some());
    }
}

#[test]
fn a_set_of_logs_takes_the_query_logs_number_from_the_design() {
    let mut design = load("imessage-2016").unwrap_or_else(|error| panic!("{error}"));
    deliveries_first(10)(&mut design);
    let named = Logs::only(QUERY_LOG);
    assert!(named.name_the_query_log() && !Logs::ALL.name_the_query_log());
    assert_eq!(named.of_design(&design), Logs::only(1));
    assert_eq!(named.and(Logs::only(0)).of_design(&design), Logs::only(0).and(Logs::only(1)));
    design.logs.retain(|log| log.name != Log::QUERY);
    assert_eq!(named.of_design(&design), Logs::NONE);
}
