//! **One exploration, and what it answers of each of its cells.**

use super::group::Group;
use super::{Engine, Options, fast};
use crate::claim::{Ask, Context, Posed};
use crate::confirm::confirm;
use crate::fact::{Fact, denied, not};
use crate::finding::{Evidence, Finding, Recipe, Verdict};
use crate::temporal::reachable_and_then_always;
use enumset::EnumSet;
use mailcover_checker::{
    Answer, ClassTable, Doubt, Exploration, Graph, Limit, Outcome, Progress, always, explore_until,
    inevitable, inevitable_by_fixpoint, reachable,
};
use mailcover_model::action::Action;
use mailcover_model::scope::Scope;
use mailcover_model::service::Service;
use mailcover_model::state::{Room, State};
use std::cmp::Reverse;
use std::sync::Arc;

pub(super) fn answer(
    group: &Group,
    options: &Options,
    mut tell: impl FnMut(&Progress),
) -> Vec<(usize, Finding)> {
    let all = |finding: Finding| group.cells.iter().map(|(at, ..)| (*at, finding.clone())).collect();
    let service = match Service::new(Arc::clone(&group.design), group.scope.clone(), group.setup.clone()) {
        Ok(service) => Arc::new(service),
        Err(error) => return all(Finding::inconclusive(error.to_string())),
    };
    if options.engine == Engine::Timely {
        return fast::answer(group, &service, options, &mut tell)
            .unwrap_or_else(|error| all(Finding::inconclusive(error)));
    }
    let mut open = Open::of(group);
    let mut outgrown = EnumSet::empty();
    let exploration = explore_until(service.as_ref(), &options.limits, &mut tell, &mut |state| {
        outgrown |= state.outgrown;
        !outgrown.is_empty() || open.decided_by(&service, state)
    });
    if !outgrown.is_empty() {
        return all(Finding::inconclusive(Room::why(outgrown)));
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

/// An answer, and the fact that it is about.
pub(super) type Worst = Result<(Answer<State, Action>, String), Unanswered>;

/// Why a question has no answer.
#[derive(Debug, Clone)]
pub(super) enum Unanswered {
    /// It cannot be put, or what was found cannot be relied on.
    Refused(String),
    /// This program made a mistake.
    Bug(&'static str),
}

impl From<String> for Unanswered {
    fn from(reason: String) -> Self {
        Self::Refused(reason)
    }
}

impl From<Unanswered> for Finding {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Refused(reason) => Self::inconclusive(reason),
            Unanswered::Bug(reason) => Self::wrong(reason),
        }
    }
}

/// What a search says of a cell.
pub(super) struct Told {
    pub(super) worst: Worst,
    pub(super) exercised: Raw,
    pub(super) states: usize,
    pub(super) depth: usize,
    pub(super) collision: f64,
}

/// What follows for the cell.
pub(super) fn finding(service: &Service, posed: &Posed, context: &Context, told: Told) -> Finding {
    let mut finding = match told.worst {
        Ok((answer, clause)) => conclude(service, &posed.ask, &answer, clause),
        Err(unanswered) => Finding::from(unanswered),
    };
    finding.scope = service.scope().summary();
    finding.formula = posed.ask.formula(&context.adversary.name);
    finding.states = told.states;
    finding.depth = told.depth;
    finding.collision = told.collision;
    match told.exercised {
        Ok(witness) => {
            let reached = witness.outcome == Outcome::Holds;
            if finding.verdict == Verdict::Holds && witness.outcome == Outcome::Violated {
                finding.verdict = Verdict::Vacuous;
                finding.reason = format!(
                    "it was never exercised: no reachable state of the scope is one in which {}",
                    posed.exercised.clause()
                );
            }
            if finding.verdict == Verdict::Holds && matches!(witness.outcome, Outcome::Inconclusive(_)) {
                finding.verdict = Verdict::Inconclusive;
                finding.reason = "the search stopped before the claim was exercised".to_owned();
                finding.limit = limit_of(witness.outcome);
            }
            finding.exercised =
                reached.then(|| evidence(service, &witness.evidence)).and_then(Evidence::into_run);
        }
        Err(unanswered) => finding = Finding::from(unanswered),
    }
    confirmed(service, posed, context, finding)
}

/// An exploration, ready for questions.
pub(super) struct Asker<'a> {
    pub(super) service: &'a Arc<Service>,
    pub(super) exploration: &'a Exploration<State>,
    pub(super) inner: &'a Scope,
}

pub(super) type Raw = Result<Answer<State, Action>, Unanswered>;

impl Asker<'_> {
    fn finding(&self, posed: &Posed, context: &Context) -> Finding {
        let exercised = reachable(self.service.as_ref(), self.exploration, |state| {
            posed.exercised.holds(self.service, state)
        });
        let told = Told {
            worst: self.worst(posed, context),
            exercised: said(exercised),
            states: self.exploration.unique_states(),
            depth: self.exploration.depth(),
            collision: 0.0,
        };
        finding(self.service, posed, context, told)
    }

    /// The worst answer among the facts of a question, with the fact that it is about.
    pub(super) fn worst(&self, posed: &Posed, context: &Context) -> Worst {
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
                Ok((self.reachable_and_then_always(first, second)?, posed.ask.decisions().concat()))
            }
            Ask::Inevitable(when, then) => Ok((self.inevitable(when, then)?, posed.ask.decisions().concat())),
            Ask::NeverKnown(facts) => {
                self.by_classes(facts, posed, context, |table, at| said(table.never_known(at)))
            }
            Ask::NeverKnownWhether(facts) => {
                self.by_classes(facts, posed, context, |table, at| said(table.never_known_whether(at)))
            }
            Ask::Known(facts) => self.by_classes(facts, posed, context, |table, at| said(table.known(at))),
        }
    }

    fn by_classes(
        &self,
        facts: &[Fact],
        posed: &Posed,
        context: &Context,
        ask: impl Fn(&ClassTable<'_, Service>, usize) -> Raw,
    ) -> Worst {
        type Test<'t> = Box<dyn Fn(&State) -> bool + 't>;
        let tests: Vec<Test<'_>> = facts
            .iter()
            .chain([&posed.exercised])
            .map(|fact| {
                Box::new(|state: &State| fact.holds(self.service, state)) as Box<dyn Fn(&State) -> bool>
            })
            .collect();
        let asked: Vec<&dyn Fn(&State) -> bool> = tests.iter().map(AsRef::as_ref).collect();
        let matters = |state: &State| crate::stability::within_bounds(self.service, self.inner, state);
        let service = self.service.as_ref();
        let table =
            said(ClassTable::build(service, self.exploration, &context.observers, &asked, Some(&matters)))?;
        // A twin explains most where the claim's interesting case is reached.
        let table = table.showing(facts.len());
        let exercised = |state: &State| posed.exercised.holds(self.service, state);
        worst_of(facts, (0..facts.len()).map(|at| ask(&table, at)), exercised)
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
        Err(Unanswered::Bug("the two algorithms for inevitability disagree"))
    }
}

/// Of the answers for these facts, the worst; of several such one with twins that exercise the claim, then one with a shorter
/// run, since of two things that are known the plainer is told, and otherwise the first.
pub(super) fn worst_of(
    facts: &[Fact],
    answers: impl Iterator<Item = Raw>,
    exercised: impl Fn(&State) -> bool,
) -> Worst {
    use mailcover_checker::Evidence::{Class, Twins};
    let telling = |answer: &Answer<State, Action>| matches!(&answer.evidence, Twins { run, .. } if run.last().is_some_and(&exercised));
    let steps = |answer: &Answer<State, Action>| match &answer.evidence {
        Class { run, .. } | Twins { run, .. } => run.actions.len(),
        _ => 0,
    };
    let mut ranked = Vec::new();
    for (answer, fact) in answers.zip(facts) {
        let answer = answer?;
        ranked.push(((rank(answer.outcome), telling(&answer), Reverse(steps(&answer))), answer, fact));
    }
    let worst = ranked.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best });
    worst
        .map(|(_, answer, fact)| (answer, fact.clause().to_owned()))
        .ok_or(Unanswered::Bug("no fact was asked about"))
}

fn conclude(service: &Service, ask: &Ask, answer: &Answer<State, Action>, clause: String) -> Finding {
    let (verdict, reason) = match answer.outcome {
        Outcome::Holds => (Verdict::Holds, String::new()),
        Outcome::Violated => (Verdict::Violated, String::new()),
        Outcome::Inconclusive(doubt) => (Verdict::Inconclusive, doubt.to_string()),
    };
    let evidence = evidence(service, &answer.evidence);
    let reason = match (ask, verdict, &evidence) {
        _ if !reason.is_empty() => reason,
        (Ask::Known(_), Verdict::Holds, Evidence::Closure) => {
            format!("whenever {clause}, the adversary knows it")
        }
        (Ask::Inevitable(when, _), Verdict::Holds, _) => {
            format!("whenever {}, it comes to be that {clause}", when.clause())
        }
        (Ask::NeverKnownWhether(facts), ..) => {
            let named = facts.iter().find(|fact| fact.clause() == clause);
            let last = match &answer.evidence {
                mailcover_checker::Evidence::Class { run, .. } => run.last(),
                _ => None,
            };
            let otherwise = named.zip(last).is_some_and(|(fact, last)| !fact.holds(service, last));
            evidence.reason(verdict, &if otherwise { denied(&clause) } else { clause.clone() })
        }
        _ => evidence.reason(verdict, &clause),
    };
    let limit = limit_of(answer.outcome);
    let found = Finding::unanswered(verdict, reason);
    Finding { fact: clause, classes: answer.classes, evidence, limit, ..found }
}

/// The limit that an answer met.
const fn limit_of(outcome: Outcome) -> Option<Limit> {
    match outcome {
        Outcome::Inconclusive(Doubt::Limit(limit)) => Some(limit),
        _ => None,
    }
}

fn evidence(service: &Service, evidence: &mailcover_checker::Evidence<State, Action>) -> Evidence {
    use mailcover_checker::Evidence as Found;
    let recipe = |path: &mailcover_checker::Path<State, Action>| Recipe {
        past: service.pasts().get(path.initial).cloned().unwrap_or_default(),
        actions: path.actions.clone(),
    };
    match evidence {
        Found::Closure | Found::Nothing => Evidence::Closure,
        Found::Run(run) => Evidence::Run(recipe(run)),
        Found::Lasso { stem, cycle } => Evidence::Lasso { stem: recipe(stem), cycle: cycle.actions.clone() },
        Found::Twins { run, twin } => Evidence::Twin { run: recipe(run), twin: recipe(twin) },
        Found::Class { run, size } => Evidence::Class { run: recipe(run), size: *size },
    }
}

/// The finding, once its runs have been executed again from the empty world and show what it says.
fn confirmed(service: &Service, posed: &Posed, context: &Context, finding: Finding) -> Finding {
    match confirm(service, posed, context, &finding) {
        Ok(()) => finding,
        Err(wrong) => Finding { states: finding.states, ..Finding::wrong(&wrong) },
    }
}

fn said<T>(result: Result<T, mailcover_checker::Error>) -> Result<T, Unanswered> {
    result.map_err(|error| Unanswered::Refused(error.to_string()))
}

const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Violated => 2,
        Outcome::Inconclusive(_) => 1,
        Outcome::Holds => 0,
    }
}

#[cfg(test)]
mod tests;
