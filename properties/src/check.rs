//! **From a cell (a claim, an adversary, a design) to a verdict.**
//!
//! Cells that need the same exploration share it. Every run that a verdict rests on is replayed from the empty world
//! before the verdict is given; an exhausted class cannot be replayed, only explored again.

use crate::claim::{Ask, Claim, Context, Posed, Question};
use crate::confirm::confirm;
use crate::fact::{Fact, not};
use crate::finding::{Evidence, Finding, Recipe, Verdict};
use crate::temporal::reachable_and_then_always;
use enumset::EnumSet;
use mailcover_checker::{
    Answer, ClassTable, Epistemic, Exploration, Graph, Limits, Outcome, Progress, always, explore_until,
    inevitable, inevitable_by_fixpoint, reachable,
};
use mailcover_model::action::Action;
use mailcover_model::design::{Design, ExpectedVerdict};
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::{Calendar, Scope};
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::{Logs, Part, Reading, Slice};
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A claim put to an adversary in a design.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The design.
    pub design: Arc<Design>,
    /// The claim.
    pub claim: Arc<Claim>,
    /// Which of the claim's questions.
    pub question: usize,
}

impl Cell {
    /// The question.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.claim.questions[self.question]
    }

    /// The design, and the adversary in it; `None` when the design lacks something that the adversary observes.
    #[must_use]
    pub fn context(&self) -> Option<Context> {
        let adversary = self.design.adversary(&self.question().adversary)?;
        let named = adversary.observers.iter().map(|name| Observer::named(name, &self.design));
        let observers = named.collect::<Option<Vec<_>>>()?;
        Some(Context { design: Arc::clone(&self.design), adversary, observers })
    }

    /// The verdict to expect: the design's own expectation where it has one, else the claim's.
    #[must_use]
    pub fn expected(&self) -> ExpectedVerdict {
        let own =
            self.design.expects.iter().find(|expect| {
                expect.claim == self.claim.id && expect.adversary == self.question().adversary
            });
        own.map_or(self.question().expected, |expect| expect.verdict)
    }
}

/// How to check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Limits of each exploration.
    pub limits: Limits,
    /// How many explorations run at once; 0 counts as 1.
    pub threads: usize,
    /// The mistake to plant, if any.
    pub flaw: Option<Flaw>,
    /// By how much every bound is raised. States that matter stay within the claim's own scope.
    pub widen: u8,
    /// Whether nothing is sliced away.
    pub whole: bool,
    /// Another calendar than the scopes', where a test compares them.
    pub calendar: Option<Calendar>,
}

/// An exploration that answers several cells.
struct Group {
    scope: Scope,
    setup: Setup,
    design: Arc<Design>,
    inner: Scope,
    cells: Vec<(usize, Posed, Context)>,
}

/// What is told while a check runs.
#[derive(Debug, Clone)]
pub struct Stage {
    /// How many explorations there are in all.
    pub explorations: usize,
    /// How many are done.
    pub done: usize,
    /// What the one that reports has reached.
    pub states: usize,
    /// The claim that it was begun for.
    pub claim: String,
}

/// Checks the cells, and returns a finding for each, in their order.
pub fn check(cells: &[Cell], options: &Options, tell: &(dyn Fn(&Stage) + Sync)) -> Vec<Finding> {
    let mut findings: Vec<Option<Finding>> = vec![None; cells.len()];
    let groups = group(cells, options, &mut findings);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = Mutex::new(Vec::new());
    std::thread::scope(|threads| {
        for _ in 0..options.threads.clamp(1, groups.len().max(1)) {
            threads.spawn(|| {
                while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let claim = group.cells.first().map_or("", |(at, ..)| cells[*at].claim.id.as_str());
                    let report = |progress: &Progress| {
                        tell(&Stage {
                            explorations: groups.len(),
                            done: done.load(Ordering::Relaxed),
                            states: progress.states,
                            claim: claim.to_owned(),
                        });
                    };
                    let answered = answer(group, options, report);
                    done.fetch_add(1, Ordering::Relaxed);
                    if let Ok(mut all) = results.lock() {
                        all.extend(answered);
                    }
                }
            });
        }
    });
    for (at, finding) in results.into_inner().unwrap_or_default() {
        findings[at] = Some(finding);
    }
    findings.into_iter().map(|finding| finding.unwrap_or_else(Finding::lost)).collect()
}

/// Checks one cell.
#[must_use]
pub fn check_one(cell: &Cell, options: &Options) -> Finding {
    check(std::slice::from_ref(cell), options, &|_| {}).pop().unwrap_or_else(Finding::lost)
}

/// The model that a cell is checked on, and what is asked of it.
///
/// # Errors
/// A sentence: the design lacks what the adversary observes, or the model cannot be set up.
pub fn prepare(cell: &Cell, options: &Options) -> Result<(Service, Posed, Context), String> {
    let context = cell.context().ok_or_else(|| lacking(cell))?;
    let posed = (cell.question().pose)(&context);
    let scope = scope_of(&posed, options);
    let setup = setup_of(&posed, &context, options);
    let service = Service::new(Arc::clone(&cell.design), scope, setup).map_err(|error| error.to_string())?;
    Ok((service, posed, context))
}

fn lacking(cell: &Cell) -> String {
    format!("the design has nothing that the adversary {} observes", cell.question().adversary)
}

fn scope_of(posed: &Posed, options: &Options) -> Scope {
    let mut scope = posed.scope.widened(options.widen);
    if let Some(calendar) = options.calendar {
        scope.calendar = calendar;
    }
    scope
}

fn setup_of(posed: &Posed, context: &Context, options: &Options) -> Setup {
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

fn group(cells: &[Cell], options: &Options, findings: &mut [Option<Finding>]) -> Vec<Group> {
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
                && *group.design == *cell.design
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

fn speaks_of_the_query_log(posed: &Posed) -> bool {
    posed.ask.facts().into_iter().chain([&posed.exercised]).any(|fact| fact.logs().name_the_query_log())
}

fn answer(group: &Group, options: &Options, mut tell: impl FnMut(&Progress)) -> Vec<(usize, Finding)> {
    let all = |finding: Finding| group.cells.iter().map(|(at, ..)| (*at, finding.clone())).collect();
    let service = match Service::new(Arc::clone(&group.design), group.scope.clone(), group.setup.clone()) {
        Ok(service) => Arc::new(service),
        Err(error) => return all(Finding::inconclusive(error.to_string())),
    };
    let mut open = Open::of(group);
    let exploration = explore_until(service.as_ref(), &options.limits, &mut tell, &mut |state| {
        open.decided_by(&service, state)
    });
    if exploration.states().any(|state| state.overflow) {
        let room = "the scope outgrew the room that a state has for rows; narrow it";
        return all(Finding::inconclusive(room.to_owned()));
    }
    let asker = Asker { service: &service, exploration: &exploration, inner: &group.inner };
    group.cells.iter().map(|(at, posed, context)| (*at, asker.finding(posed, context))).collect()
}

/// What a search still has to find before all of its cells are decided. A run decides `always` against a claim and
/// `reachable` for it; nothing less than the whole search decides anything else.
struct Open {
    to_find: Vec<Fact>,
    exhaustive: bool,
}

impl Open {
    fn of(group: &Group) -> Self {
        let mut open = Self { to_find: Vec::new(), exhaustive: false };
        for (_, posed, _) in &group.cells {
            match &posed.ask {
                Ask::Always(fact) => open.to_find.push(not(fact.clone())),
                Ask::Reachable(fact) => open.to_find.push(fact.clone()),
                _ => open.exhaustive = true,
            }
            open.to_find.push(posed.exercised.clone());
        }
        open
    }

    /// Whether this state was the last one needed.
    fn decided_by(&mut self, service: &Service, state: &State) -> bool {
        if self.exhaustive {
            return false;
        }
        self.to_find.retain(|fact| !fact.holds(service, state));
        self.to_find.is_empty()
    }
}

/// An exploration, ready for questions.
struct Asker<'a> {
    service: &'a Arc<Service>,
    exploration: &'a Exploration<State>,
    inner: &'a Scope,
}

type Raw = Result<Answer<State, Action>, String>;

impl Asker<'_> {
    fn finding(&self, posed: &Posed, context: &Context) -> Finding {
        let mut finding = match self.worst(posed, context) {
            Ok((answer, clause)) => self.conclude(&answer, clause),
            Err(error) => Finding::inconclusive(error),
        };
        finding.scope = self.service.scope().summary();
        finding.formula = posed.ask.formula(&context.adversary.name);
        finding.states = self.exploration.unique_states();
        finding.depth = self.exploration.depth();
        let exercised = reachable(self.service.as_ref(), self.exploration, |state| {
            posed.exercised.holds(self.service, state)
        });
        match exercised {
            Ok(witness) => {
                let reached = witness.outcome == Outcome::Holds;
                if finding.verdict == Verdict::Holds && witness.outcome == Outcome::Violated {
                    finding.verdict = Verdict::Vacuous;
                    finding.reason = format!(
                        "it was never exercised: in no state of the scope {}",
                        posed.exercised.clause()
                    );
                }
                if finding.verdict == Verdict::Holds && matches!(witness.outcome, Outcome::Inconclusive(_)) {
                    finding.verdict = Verdict::Inconclusive;
                    finding.reason = "the search stopped before the claim was exercised".to_owned();
                }
                finding.exercised =
                    reached.then(|| self.evidence(&witness.evidence)).and_then(Evidence::into_run);
            }
            Err(error) => finding = Finding::inconclusive(error.to_string()),
        }
        self.confirmed(posed, context, finding)
    }

    /// The worst answer among the facts of a question, with the fact that it is about.
    fn worst(&self, posed: &Posed, context: &Context) -> Result<(Answer<State, Action>, String), String> {
        let holds = |fact: &Fact| {
            let fact = fact.clone();
            move |state: &State| fact.holds(self.service, state)
        };
        let service = self.service.as_ref();
        match &posed.ask {
            Ask::Always(fact) => {
                Ok((said(always(service, self.exploration, holds(fact)))?, fact.clause().to_owned()))
            }
            Ask::Reachable(fact) => {
                Ok((said(reachable(service, self.exploration, holds(fact)))?, fact.clause().to_owned()))
            }
            Ask::ReachableAndThenAlways(first, second) => {
                let clause = format!("{}, and from then on {}", first.clause(), second.clause());
                Ok((self.reachable_and_then_always(first, second)?, clause))
            }
            Ask::Inevitable(when, then) => Ok((self.inevitable(when, then)?, then.clause().to_owned())),
            Ask::NeverKnown(facts) => {
                self.by_classes(facts, context, |table, at| said(table.never_known(at)))
            }
            Ask::NeverKnownWhether(facts) => {
                self.by_classes(facts, context, |table, at| said(table.never_known_whether(at)))
            }
            Ask::Known(facts) => self.by_classes(facts, context, |table, at| said(table.known(at))),
        }
    }

    fn by_classes(
        &self,
        facts: &[Fact],
        context: &Context,
        ask: impl Fn(&ClassTable<'_, Service>, usize) -> Raw,
    ) -> Result<(Answer<State, Action>, String), String> {
        type Test<'t> = Box<dyn Fn(&State) -> bool + 't>;
        let tests: Vec<Test<'_>> = facts
            .iter()
            .map(|fact| {
                Box::new(|state: &State| fact.holds(self.service, state)) as Box<dyn Fn(&State) -> bool>
            })
            .collect();
        let views: Vec<&dyn Fn(&State) -> bool> = tests.iter().map(AsRef::as_ref).collect();
        let matters = |state: &State| crate::stability::within(self.service, self.inner, state);
        let service = self.service.as_ref();
        let table =
            said(ClassTable::build(service, self.exploration, &context.observers, &views, Some(&matters)))?;
        let mut worst: Option<(Answer<State, Action>, &Fact)> = None;
        for (at, fact) in facts.iter().enumerate() {
            let answer = ask(&table, at)?;
            if worst.as_ref().is_none_or(|(before, _)| rank(answer.outcome) > rank(before.outcome)) {
                worst = Some((answer, fact));
            }
        }
        worst
            .map(|(answer, fact)| (answer, fact.clause().to_owned()))
            .ok_or_else(|| "internal: no fact was asked about".to_owned())
    }

    fn reachable_and_then_always(&self, first: &Fact, second: &Fact) -> Raw {
        let test = |fact: &Fact| {
            let (service, fact) = (Arc::clone(self.service), fact.clone());
            move |state: &State| fact.holds(&service, state)
        };
        said(reachable_and_then_always(self.service, self.exploration, test(first), test(second)))
    }

    fn inevitable(&self, when: &Fact, then: &Fact) -> Raw {
        let service = self.service.as_ref();
        let graph = Graph::build(service, self.exploration).map_err(|error| error.to_string())?;
        let trigger = |state: &State| when.holds(self.service, state);
        let goal = |state: &State| then.holds(self.service, state);
        let answer = said(inevitable(service, self.exploration, &graph, trigger, goal))?;
        let second = said(inevitable_by_fixpoint(self.exploration, &graph, trigger, goal))?;
        if rank(answer.outcome) == rank(second) {
            return Ok(answer);
        }
        Err("internal: the two algorithms for inevitability disagree".to_owned())
    }

    fn conclude(&self, answer: &Answer<State, Action>, clause: String) -> Finding {
        let (verdict, reason) = match answer.outcome {
            Outcome::Holds => (Verdict::Holds, String::new()),
            Outcome::Violated => (Verdict::Violated, String::new()),
            Outcome::Inconclusive(doubt) => (Verdict::Inconclusive, doubt.to_string()),
        };
        let evidence = self.evidence(&answer.evidence);
        let reason = if reason.is_empty() { evidence.reason(verdict, &clause) } else { reason };
        Finding { verdict, reason, fact: clause, classes: answer.classes, evidence, ..Finding::lost() }
    }

    fn evidence(&self, evidence: &mailcover_checker::Evidence<State, Action>) -> Evidence {
        use mailcover_checker::Evidence as Found;
        let recipe = |path: &mailcover_checker::Path<State, Action>| Recipe {
            past: self.service.pasts().get(path.initial).cloned().unwrap_or_default(),
            actions: path.actions.clone(),
        };
        match evidence {
            Found::Closure | Found::Nothing => Evidence::Closure,
            Found::Run(run) => Evidence::Run(recipe(run)),
            Found::Lasso { stem, cycle } => {
                Evidence::Lasso { stem: recipe(stem), cycle: cycle.actions.clone() }
            }
            Found::Twins { run, twin } => Evidence::Twin { run: recipe(run), twin: recipe(twin) },
            Found::Class { run, size } => Evidence::Class { run: recipe(run), size: *size },
        }
    }

    /// The finding, once its runs have been executed again from the empty world and show what it says.
    fn confirmed(&self, posed: &Posed, context: &Context, finding: Finding) -> Finding {
        match confirm(self.service, posed, context, &finding) {
            Ok(()) => finding,
            Err(wrong) => Finding::inconclusive(format!("internal: {wrong}")),
        }
    }
}

fn said<T>(result: Result<T, mailcover_checker::Error>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Violated => 2,
        Outcome::Inconclusive(_) => 1,
        Outcome::Holds => 0,
    }
}

/// The view of an observer, for callers that compare two runs.
#[must_use]
pub fn same_view(service: &Service, observers: &[Observer], left: &State, right: &State) -> bool {
    observers.iter().all(|&observer| service.view(observer, left) == service.view(observer, right))
}
