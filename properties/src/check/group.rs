//! **Which cells share an exploration, and of what: scope, slice, who remembers, what is tracked.**

use super::{Cell, Options};
use crate::claim::{Context, Posed};
use crate::finding::Finding;
use enumset::EnumSet;
use mailcover_model::design::Design;
use mailcover_model::scope::Scope;
use mailcover_model::service::Setup;
use mailcover_model::slice::{Logs, Part, Reading, Slice};
use mailcover_model::view::Observer;
use std::sync::Arc;

/// An exploration that answers several cells.
pub(super) struct Group {
    pub(super) scope: Scope,
    pub(super) setup: Setup,
    pub(super) design: Arc<Design>,
    pub(super) inner: Scope,
    pub(super) cells: Vec<(usize, Posed, Context)>,
}

pub(super) fn lacking(cell: &Cell) -> String {
    format!("the design has nothing that the adversary {} observes", cell.question().adversary)
}

pub(super) fn scope_of(posed: &Posed, options: &Options) -> Scope {
    let mut scope = posed.scope.widened(options.widening);
    if let Some(calendar) = options.calendar {
        scope.calendar = calendar;
    }
    scope
}

pub(super) fn setup_of(posed: &Posed, context: &Context, options: &Options) -> Setup {
    let facts = || posed.ask.facts().into_iter().chain([&posed.exercised]);
    let mut needed = facts().fold(EnumSet::empty(), |parts, fact| parts | fact.reads());
    let track = facts().fold(EnumSet::empty(), |tracked, fact| tracked | fact.tracks());
    let mut remember = EnumSet::empty();
    if posed.ask.of_knowledge() || needed.contains(Part::Memory) {
        remember = context.observers.iter().filter_map(|observer| observer.watcher()).collect();
    }
    let mut logs = facts().fold(Logs::NONE, |logs, fact| logs.and(fact.logs()));
    if posed.ask.of_knowledge() {
        logs = context.observers.iter().fold(logs, |logs, observer| logs.and(logs_of(*observer)));
        needed |=
            context.observers.iter().fold(EnumSet::empty(), |parts, observer| parts | parts_of(*observer));
    }
    let powers = context.powers();
    let slice = if options.whole {
        Slice::whole()
    } else {
        let reading =
            Reading { parts: needed, logs, remember, powers, flaw: options.flaw, power: posed.scope.power };
        Slice::for_reading(&context.design, reading)
    };
    Setup { powers, remember, track, slice, flaw: options.flaw }
}

/// The parts of the state that an observer's view shows.
fn parts_of(observer: Observer) -> EnumSet<Part> {
    match observer {
        Observer::Log(_) => EnumSet::only(Part::Logs),
        Observer::ProviderStore => {
            Part::Logs | Part::Marks | Part::Devices | Part::Directory | Part::Messages
        }
        _ => Part::Memory | Part::Messages,
    }
}

/// The logs that an observer's view shows.
const fn logs_of(observer: Observer) -> Logs {
    match observer {
        Observer::Log(log) => Logs::only(log as usize),
        Observer::ProviderStore => Logs::ALL,
        _ => Logs::NONE,
    }
}

pub(super) fn group(cells: &[Cell], options: &Options, findings: &mut [Option<Finding>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let Some(context) = cell.context() else {
            findings[at] = Some(Finding::not_applicable(lacking(cell)));
            continue;
        };
        let posed = (cell.question().pose)(&context);
        if speaks_of_the_query_log(&posed) && cell.design.query_log().is_none() {
            let reason = "the design has no log called query, and the claim speaks of it";
            findings[at] = Some(Finding::not_applicable(reason.to_owned()));
            continue;
        }
        let (scope, setup) = (scope_of(&posed, options), setup_of(&posed, &context, options));
        let same = |group: &&mut Group| {
            group.scope == scope
                && group.setup == setup
                && run_alike(&group.design, &cell.design, &scope)
                && group.inner == posed.scope
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.cells.push((at, posed, context)),
            None => groups.push(Group {
                scope,
                setup,
                design: Arc::clone(&cell.design),
                inner: posed.scope.clone(),
                cells: vec![(at, posed, context)],
            }),
        }
    }
    groups
}

/// Whether the two designs do the same within the scope, whatever they are called, claim and expect. What their
/// environments may do is in the setup.
///
/// A tool to deregister from elsewhere is of use only for a device that its owner cannot take up: one that is gone, off
/// or left behind. Where no device ever is, it does not matter whether there is one.
fn run_alike(one: &Design, other: &Design, scope: &Scope) -> bool {
    let at_hand = !scope.power && !scope.places && scope.bounds.leaves == 0 && scope.past.leaves == 0;
    let of = |design: &Design| {
        let deregistration = (!at_hand).then_some(design.directory.deregistration);
        (design.directory.lookup_on, design.directory.cache_days, deregistration)
    };
    of(one) == of(other)
        && one.messaging == other.messaging
        && one.fallback == other.fallback
        && one.legal == other.legal
        && one.logs == other.logs
}

fn speaks_of_the_query_log(posed: &Posed) -> bool {
    posed.ask.facts().into_iter().chain([&posed.exercised]).any(|fact| fact.logs().name_the_query_log())
}
