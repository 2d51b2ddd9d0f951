//! **Which cells share an exploration, and of what: scope, slice, who remembers, what is tracked.**

use super::{Cell, Options, alike};
use crate::claim::{Context, Posed};
use crate::fact::Fact;
use crate::finding::Finding;
use enumset::EnumSet;
use mailcover_model::action::Rule;
use mailcover_model::design::Design;
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::service::{Setup, Tracked};
use mailcover_model::slice::{Logs, Part, Reading, Slice};
use mailcover_model::view::{Observer, Watcher};
use std::sync::Arc;

/// An exploration that answers several cells.
pub(super) struct Group {
    pub(super) scope: Scope,
    pub(super) setup: Setup,
    pub(super) design: Arc<Design>,
    pub(super) inner: Scope,
    pub(super) cells: Vec<(usize, Posed, Context)>,
}

/// What is asked of the cell's design; where the claim does not apply to it, why.
pub(super) fn posed(cell: &Cell) -> Result<(Posed, Context), String> {
    let adversary = &cell.question().adversary;
    let nobody = || format!("the design has nothing that the adversary {adversary} observes");
    let context = cell.context().ok_or_else(nobody)?;
    let posed = (cell.question().pose)(&context);
    let lacking = posed.facts().find_map(|fact| fact.lacking(&context.design));
    match lacking {
        Some(reason) => Err(reason.to_owned()),
        None => Ok((posed, context)),
    }
}

/// What is searched for a cell, and what of it is in the search.
pub(crate) fn search_of(posed: &Posed, context: &Context, options: &Options) -> (Scope, Setup) {
    let mut scope = posed.scope.widened(options.widening);
    if let Some(calendar) = options.calendar {
        scope.calendar = calendar;
    }
    let setup = setup_of(posed, context, options);
    (reached(scope, &setup), setup)
}

/// The scope without bounds for backups where none takes part: most scopes have one in every design that makes any.
fn reached(mut scope: Scope, setup: &Setup) -> Scope {
    if !setup.slice.rules.contains(Rule::BackUp) {
        scope.past.backups = 0;
        scope.bounds.backups = 0;
    }
    scope
}

fn setup_of(posed: &Posed, context: &Context, options: &Options) -> Setup {
    let mut needed = posed.facts().fold(EnumSet::empty(), |parts, fact| parts | fact.reads());
    let mut track = posed.facts().fold(EnumSet::empty(), |tracked, fact| tracked | fact.tracks());
    if context.observers.iter().any(|observer| matches!(observer, Observer::Opened(_))) {
        track |= Tracked::Kept;
    }
    let mut remember = EnumSet::empty();
    if posed.ask.of_knowledge() || needed.contains(Part::Memory) {
        remember = context.observers.iter().filter_map(|observer| observer.watcher()).collect();
    }
    // What a fact says of somebody's memory is true or not whoever is asked about it.
    remember = posed.facts().fold(remember, |watchers, fact| watchers | fact.memories());
    // What of content passed somebody is rebuilt from the messages. What was disclosed is not.
    let secrecy = posed.ask.facts().into_iter().all(Fact::about_secrecy);
    if secrecy {
        remember &= Watcher::Investigator;
    }
    let mut logs = posed.facts().fold(Logs::NONE, |logs, fact| logs.and(fact.logs()));
    // Rows hold texts by this mistake alone: who reads them then reads texts.
    if secrecy && options.flaw == Some(Flaw::LogRecordsBody) {
        for observer in &context.observers {
            needed |= parts_of(*observer) & Part::Logs;
            logs = logs.and(logs_of(*observer));
        }
    }
    if posed.ask.of_knowledge() {
        logs = context.observers.iter().fold(logs, |logs, observer| logs.and(logs_of(*observer)));
        needed |=
            context.observers.iter().fold(EnumSet::empty(), |parts, observer| parts | parts_of(*observer));
    }
    let powers = context.powers();
    let slice = if options.whole {
        Slice::whole()
    } else {
        let reading = Reading {
            parts: needed,
            logs,
            remember,
            powers,
            flaw: options.flaw,
            power: posed.scope.power,
            content: posed.scope.reaches_content(),
            attachments: posed.scope.attachments() > 0,
            calls: posed.scope.calls() > 0,
            demands: posed.scope.demands,
            comparing: posed.scope.comparing,
            giving_up: posed.scope.giving_up.is_some(),
            account: posed.scope.accounts() > 0,
            rows: !secrecy || options.flaw == Some(Flaw::LogRecordsBody),
        };
        Slice::for_reading(&context.design, reading)
    };
    Setup { powers, remember, track, slice, flaw: options.flaw }
}

/// The parts of the state that an observer's view shows.
fn parts_of(observer: Observer) -> EnumSet<Part> {
    match observer {
        Observer::Log(_) => EnumSet::only(Part::Logs),
        Observer::ProviderStore => {
            Part::Logs | Part::Marks | Part::Devices | Part::Directory | Part::Messages | Part::Backups
        }
        Observer::Thief => Part::Memory | Part::Messages | Part::Stolen,
        Observer::Authority => EnumSet::empty(),
        Observer::Public => EnumSet::only(Part::Memory),
        Observer::Opened(_) => Part::Messages | Part::Fetches,
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

/// The logs that a fact or an observer asks for by their numbers, or, of the query log, by what it is.
fn asked_by_number(posed: &Posed, context: &Context) -> Logs {
    let of_facts = posed.facts().map(Fact::logs);
    let of_observers = context.observers.iter().map(|&observer| logs_of(observer));
    let named = of_facts.chain(of_observers).filter(|&logs| logs != Logs::ALL);
    named.fold(Logs::NONE, |logs, more| logs.and(more.of_design(&context.design)))
}

pub(super) fn group(cells: &[Cell], options: &Options, findings: &mut [Option<Finding>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let (posed, context) = match posed(cell) {
            Ok(posed) => posed,
            Err(reason) => {
                findings[at] = Some(Finding::not_applicable(reason));
                continue;
            }
        };
        let (scope, setup) = search_of(&posed, &context, options);
        let inner = reached(posed.scope.clone(), &setup);
        let asked = asked_by_number(&posed, &context);
        let same = |group: &&mut Group| {
            if group.scope != scope || group.inner != inner {
                return false;
            }
            let (first, this) = ((&group.design, &group.setup), (&cell.design, &setup));
            let empty = alike::empty_logs(first, this, &scope, asked);
            alike::same_setup(&group.setup, &setup, empty)
                && alike::run_alike(&group.design, &cell.design, &scope, &setup, empty)
                && alike::seen_alike(&group.design, &cell.design, &context.observers)
                && (empty == Logs::NONE || alike::courts_alike(first, this, &scope, empty))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.cells.push((at, posed, context)),
            None => groups.push(Group {
                scope,
                setup,
                design: Arc::clone(&cell.design),
                inner,
                cells: vec![(at, posed, context)],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check_one;
    use crate::claim::Question;
    use crate::claims;
    use crate::finding::Verdict;
    use crate::need::Need;
    use mailcover_model::design::library;
    use mailcover_model::world::User;

    /// What a claim about notices of expiry would need.
    const NOTICES: Need = Need {
        lacking: "the design tells no sender of a message that expired",
        met: |design| design.messaging.expiry_notice,
    };

    /// A built-in claim in a design, made to speak of notices.
    fn about_notices(design: &str) -> Cell {
        let design = Arc::new(library::load(design).unwrap_or_else(|error| panic!("{error}")));
        let mut claim = claims::all().into_iter().find(|claim| claim.id == "content-secret").unwrap();
        let question = &mut Arc::make_mut(&mut claim).questions[0];
        let pose = Arc::clone(&question.pose);
        let pose = move |context: &Context| {
            let posed = pose(context);
            Posed { exercised: posed.exercised.clone().needing(NOTICES), ..posed }
        };
        *question = Question { pose: Arc::new(pose), ..question.clone() };
        Cell { design, claim, question: 0 }
    }

    #[test]
    fn a_claim_about_a_knob_does_not_apply_where_the_design_lacks_it() {
        let without = about_notices("imessage-2016");
        assert_eq!(without.inapplicable().as_deref(), Some(NOTICES.lacking));
        let finding = check_one(&without, &Options::default());
        assert_eq!((finding.verdict, finding.reason.as_str()), (Verdict::NotApplicable, NOTICES.lacking));
        assert_eq!(about_notices("delivery-notice").inapplicable(), None);
    }

    /// Facts name the query log by what it is; designs are compared by the numbers of their logs.
    #[test]
    fn a_fact_about_the_query_log_asks_for_it_by_its_number() {
        let design = Arc::new(library::load("imessage-2016").unwrap());
        let claim = claims::all().into_iter().find(|claim| claim.id == "departed-or-told").unwrap();
        let cell = Cell { design, claim, question: 0 };
        let (mut posed, context) = super::posed(&cell).unwrap();
        let query = cell.design.query_log().unwrap();
        assert!(!asked_by_number(&posed, &context).contains(query));
        posed.exercised = crate::atoms::communicated_recently();
        assert!(asked_by_number(&posed, &context).contains(query));
    }

    /// Rows hold no texts but by this mistake, so that a slice has to know of it.
    #[test]
    fn whoever_reads_stores_reads_the_texts_that_a_mistake_writes_into_their_logs() {
        let design = Arc::new(library::load("imessage-2016").unwrap());
        let claim =
            claims::all().into_iter().find(|claim| claim.id == "content-secret").map(Arc::new).unwrap();
        let mut cells = Cell::of(&design, &claim).into_iter();
        let cell = cells.find(|cell| cell.question().adversary == "provider-store").unwrap();
        let options = Options { flaw: Some(Flaw::LogRecordsBody), ..Options::default() };
        assert_eq!(check_one(&cell, &options).verdict, Verdict::Violated);
    }

    #[test]
    fn what_each_of_several_observers_sees_is_searched_for_them_together() {
        let design = Arc::new(library::load("attachments").unwrap());
        let claim =
            claims::all().into_iter().find(|claim| claim.id == "traffic-shows-no-attachment").unwrap();
        let (posed, mut context) = super::posed(&Cell { design, claim, question: 0 }).unwrap();
        assert!(posed.ask.of_knowledge());
        let mut parts = |observers: &[Observer]| {
            context.observers = observers.into();
            setup_of(&posed, &context, &Options::default()).slice.parts
        };
        let [alice, bob] = [User::Alice, User::Bob].map(Observer::Opened);
        let logs = Observer::Log(0);
        assert!(parts(&[alice]).contains(Part::Fetches) && !parts(&[logs]).contains(Part::Fetches));
        for pair in [[alice, bob], [alice, logs], [logs, bob]] {
            let members = parts(&pair[..1]) | parts(&pair[1..]);
            assert!(parts(&pair).is_superset(members), "{pair:?}");
        }
    }

    #[test]
    fn what_views_show() {
        let content = Part::Memory | Part::Messages;
        let kept = Part::Logs | Part::Marks | Part::Devices | Part::Directory;
        assert_eq!(parts_of(Observer::Network), content);
        assert_eq!(parts_of(Observer::ProviderLive), content);
        assert_eq!(parts_of(Observer::Investigator), content);
        assert_eq!(parts_of(Observer::ProviderStore), kept | Part::Messages | Part::Backups);
        assert_eq!(parts_of(Observer::Thief), content | Part::Stolen);
        assert_eq!(parts_of(Observer::Opened(User::Alice)), Part::Messages | Part::Fetches);
        assert_eq!(parts_of(Observer::Log(1)), Part::Logs);
        assert_eq!(parts_of(Observer::Public), Part::Memory);
        assert_eq!(parts_of(Observer::Authority), EnumSet::empty());
    }
}
