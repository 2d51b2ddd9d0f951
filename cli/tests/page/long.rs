//! **A long run, as a book: telephones that are switched off and on, and days that pass.**

use mailcover_browser::Book;
use mailcover_model::design::library::load;
use mailcover_properties::check::{Cell, Options, prepare};
use mailcover_properties::claims;
use mailcover_properties::finding::{Evidence, Recipe, Verdict};
use mailcover_traces::{Replayed, ReplayedRun, Trace, account};
use std::sync::Arc;

/// A book of a random run of so many steps, the same every time.
pub(crate) fn book(steps: usize) -> Book {
    let design = Arc::new(load("imessage-2016").expect("it ships"));
    let known =
        claims::of(&design).into_iter().find(|claim| claim.id == "delivered-or-told").expect("it is there");
    let cell = Cell { design: Arc::clone(&design), claim: known, question: 0 };
    let options = Options::default();
    let (service, posed, context) = prepare(&cell, &options).expect("it can be put");
    let past = service.pasts().first().cloned().unwrap_or_default();
    let mut states = service.replay(&past, &[]).expect("the past replays");
    let (mut actions, mut chance) = (Vec::new(), 1_u64);
    while actions.len() < steps {
        let state = *states.last().expect("there is a state");
        let all = service.all_actions().iter();
        let possible: Vec<_> =
            all.filter_map(|&action| Some((action, service.step(&state, action)?))).collect();
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (action, next) = possible[(chance >> 33) as usize % possible.len()];
        actions.push(action);
        states.push(next);
    }
    let trace = Trace {
        format: mailcover_traces::FORMAT,
        claim: cell.claim.id.clone(),
        sentence: cell.claim.sentence.clone(),
        adversary: cell.question().adversary.clone(),
        kind: posed.ask.kind().to_owned(),
        verdict: Verdict::Violated,
        fact: posed.ask.facts()[0].clause().to_owned(),
        formula: posed.ask.formula(&context.adversary.name),
        scope: service.scope().summary(),
        flaw: None,
        widen: 0,
        widen_in: enumset::EnumSet::all(),
        whole: false,
        design: (*design).clone(),
        design_sha256: String::new(),
        evidence: Evidence::Run(Recipe { past: past.clone(), actions: actions.clone() }),
        id: String::new(),
    };
    let runs = vec![ReplayedRun { service: Arc::new(service), past, actions, states }];
    let replayed =
        Replayed { trace, runs, observers: context.observers, facts: Vec::new(), done: String::new() };
    Book::of_trace(&design, account(&replayed))
}
