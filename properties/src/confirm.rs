//! **What a verdict's runs show, looked at again in their replayed states.**
//!
//! The search found the runs by hashing and walking back. Here they are executed from the empty world, and the fact is
//! computed anew from the states in which they end. A stored trace is put to a stricter test when it is replayed: there
//! nothing of the search is believed, the fairness of a circle neither.

use crate::check::same_view;
use crate::claim::{Ask, Context, Posed};
use crate::fact::Fact;
use crate::finding::{Evidence, Finding, Recipe, Verdict};
use crate::stability;
use mailcover_checker::Epistemic;
use mailcover_model::service::Service;
use mailcover_model::state::State;

/// Whether the finding's runs show what it says.
///
/// # Errors
/// What is wrong, in a sentence: a step that is not possible, or a state in which the fact is otherwise.
pub(crate) fn confirm(
    service: &Service,
    posed: &Posed,
    context: &Context,
    finding: &Finding,
) -> Result<(), String> {
    let shown = Shown { service, posed, context, finding };
    if let Some(recipe) = &finding.exercised
        && !posed.exercised.holds(service, &shown.last(recipe)?)
    {
        return Err("the witness does not exercise the claim".to_owned());
    }
    if finding.verdict == Verdict::Holds && finding.exercised.is_none() {
        return Err("it is said to hold, and no witness exercises the claim".to_owned());
    }
    let refused = || {
        let (shows, kind) = (finding.evidence.kind(), posed.ask.kind());
        Err(format!("a {shows} decides no claim of the kind {kind} as {}", finding.verdict))
    };
    let exists = matches!(posed.ask, Ask::Reachable(_) | Ask::ReachableAndThenAlways(..));
    let (violated, holds) = (finding.verdict == Verdict::Violated, finding.verdict == Verdict::Holds);
    match (&posed.ask, &finding.evidence) {
        // Only that something is nowhere to be found is shown by the exhausted search alone.
        (_, Evidence::Closure) if (violated && !exists) || (holds && exists) => refused(),
        (_, Evidence::Closure) => Ok(()),
        (Ask::Always(fact), Evidence::Run(run)) if violated => shown.ends(run, fact, false),
        // What was reached stays reached where the claim was not exercised.
        (Ask::Reachable(fact), Evidence::Run(run)) if !violated => shown.ends(run, fact, true),
        (Ask::ReachableAndThenAlways(first, then), Evidence::Run(run)) if !violated => {
            shown.stays(run, first, |state| then.holds(service, state))
        }
        (Ask::Inevitable(when, then), Evidence::Run(run)) if violated => {
            shown.stays(run, when, |state| !then.holds(service, state))?;
            shown.stops(run)
        }
        (Ask::Inevitable(when, then), Evidence::Lasso { stem, cycle }) if violated => {
            let whole = Recipe {
                past: stem.past.clone(),
                actions: stem.actions.iter().chain(cycle).copied().collect(),
            };
            shown.closes(stem, &whole)?;
            shown.stays(&whole, when, |state| !then.holds(service, state))
        }
        (Ask::NeverKnown(_) | Ask::NeverKnownWhether(_), Evidence::Twin { run, twin }) if !violated => {
            shown.twins(run, twin)
        }
        (Ask::Known(_), Evidence::Twin { run, twin }) if !holds => shown.twins(run, twin),
        (Ask::NeverKnown(_) | Ask::NeverKnownWhether(_), Evidence::Class { run, .. }) if violated => {
            shown.class(run)
        }
        _ => refused(),
    }
}

/// Whether a finding that somebody kept is about this question: the same formula within the same scope, and a fact that can
/// decide it.
pub(crate) fn is_about(
    service: &Service,
    posed: &Posed,
    context: &Context,
    finding: &Finding,
) -> Result<(), String> {
    let (formula, scope) = (posed.ask.formula(&context.adversary.name), service.scope().summary());
    let decides = posed.ask.decisions().contains(&finding.fact);
    if finding.formula == formula && finding.scope == scope && decides {
        return Ok(());
    }
    Err("the finding is about another formula, another scope or another fact".to_owned())
}

struct Shown<'a> {
    service: &'a Service,
    posed: &'a Posed,
    context: &'a Context,
    finding: &'a Finding,
}

impl Shown<'_> {
    fn states(&self, recipe: &Recipe) -> Result<Vec<State>, String> {
        let replayed = self.service.replay(&recipe.past, &recipe.actions);
        replayed.map_err(|step| format!("the run does not replay at step {step}"))
    }

    fn last(&self, recipe: &Recipe) -> Result<State, String> {
        self.states(recipe)?.pop().ok_or_else(|| "the run has no state".to_owned())
    }

    fn ends(&self, run: &Recipe, fact: &Fact, wanted: bool) -> Result<(), String> {
        self.require(&self.last(run)?, fact, wanted)
    }

    fn require(&self, state: &State, fact: &Fact, wanted: bool) -> Result<(), String> {
        if fact.holds(self.service, state) == wanted {
            return Ok(());
        }
        Err(format!("at the end of the run it is otherwise that {}", fact.clause()))
    }

    /// From some state of the run in which the fact is true, every state to its end passes.
    fn stays(&self, run: &Recipe, fact: &Fact, passes: impl Fn(&State) -> bool) -> Result<(), String> {
        let states = self.states(run)?;
        let mut tail = states.iter().rev().take_while(|state| passes(state));
        if tail.any(|state| fact.holds(self.service, state)) {
            return Ok(());
        }
        Err(format!("what was to stay so after {} does not", fact.clause()))
    }

    /// Nothing more can happen at the end of the run, and no bound is what removed it.
    fn stops(&self, run: &Recipe) -> Result<(), String> {
        let last = self.last(run)?;
        let mut next =
            self.service.all_actions().iter().filter_map(|&action| self.service.step(&last, action));
        if next.next().is_none() && !self.service.cut(&last) {
            return Ok(());
        }
        Err("the run may go on".to_owned())
    }

    fn closes(&self, stem: &Recipe, whole: &Recipe) -> Result<(), String> {
        if whole.actions.len() > stem.actions.len() && self.last(stem)? == self.last(whole)? {
            return Ok(());
        }
        Err("the circle does not return to where it began".to_owned())
    }

    /// The fact, of those asked about, that the finding names.
    fn fact(&self) -> Result<&Fact, String> {
        let mut facts = self.posed.ask.facts().into_iter();
        let named = facts.find(|fact| fact.clause() == self.finding.fact);
        named.ok_or_else(|| "the finding names no fact of the question".to_owned())
    }

    fn twins(&self, run: &Recipe, twin: &Recipe) -> Result<(), String> {
        let (left, right) = (self.last(run)?, self.last(twin)?);
        self.require(&left, self.fact()?, true)?;
        self.require(&right, self.fact()?, false)?;
        self.within(&left)?;
        if same_view(self.service, &self.context.observers, &left, &right) {
            return Ok(());
        }
        Err("the run and its twin look different to the adversary".to_owned())
    }

    fn class(&self, run: &Recipe) -> Result<(), String> {
        let last = self.last(run)?;
        if matches!(self.posed.ask, Ask::NeverKnown(_)) {
            self.require(&last, self.fact()?, true)?;
        }
        self.within(&last)
    }

    fn within(&self, state: &State) -> Result<(), String> {
        if stability::within_bounds(self.service, &self.posed.scope, state) {
            return Ok(());
        }
        Err("the run does more than the claim's own scope allows".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Cell, Options, check_one, confirmed};
    use mailcover_model::design::library;
    use std::sync::Arc;

    /// What is said of the finding of a cell of `imessage-2016` after a change.
    fn said(claim: &str, adversary: &str, change: fn(&mut Finding)) -> Result<(), String> {
        let (cell, finding) = found(("imessage-2016", claim, adversary));
        changed(&cell, &finding, change)
    }

    #[test]
    fn what_was_found_is_confirmed() {
        let cells = [
            ("content-secret", "key-adder"),
            ("device-place-unknown", "query-log"),
            ("person-place-unknown", "query-log"),
            ("departed-or-told", "nobody"),
        ];
        for (claim, adversary) in cells {
            assert_eq!(said(claim, adversary, |_| {}), Ok(()), "{claim}");
        }
    }

    #[test]
    fn a_run_that_ends_before_what_it_shows_is_refused() {
        let shorter = |finding: &mut Finding| {
            let Evidence::Run(run) = &mut finding.evidence else { panic!("a run was found") };
            run.actions.pop();
        };
        assert!(said("content-secret", "key-adder", shorter).is_err());
    }

    #[test]
    fn a_run_that_shows_another_fact_is_refused() {
        let shorter = |finding: &mut Finding| {
            let Evidence::Class { run, .. } = &mut finding.evidence else { panic!("a class was found") };
            run.actions.clear();
            run.past.retain(|action| matches!(action, mailcover_model::action::Action::Turn { .. }));
        };
        assert!(said("device-place-unknown", "query-log", shorter).is_err());
    }

    #[test]
    fn twins_that_agree_are_refused() {
        let alike = |finding: &mut Finding| {
            let Evidence::Twin { run, twin } = &mut finding.evidence else { panic!("twins were found") };
            *twin = run.clone();
        };
        assert!(said("person-place-unknown", "query-log", alike).is_err());
    }

    #[test]
    fn a_circle_that_does_not_close_is_refused() {
        let open = |finding: &mut Finding| {
            let Evidence::Lasso { stem, .. } = &mut finding.evidence else { panic!("a lasso was found") };
            stem.actions.pop();
        };
        assert!(said("departed-or-told", "nobody", open).is_err());
    }

    #[test]
    fn a_witness_that_does_not_exercise_is_refused() {
        let idle = |finding: &mut Finding| {
            finding.exercised.as_mut().expect("it was exercised").actions.clear();
        };
        assert!(said("content-secret", "key-adder", idle).is_err());
    }

    #[test]
    fn what_holds_without_a_witness_is_refused() {
        let unexercised = |finding: &mut Finding| finding.exercised = None;
        assert!(said("person-place-unknown", "query-log", unexercised).is_err());
    }

    #[test]
    fn an_exhausted_search_alone_breaks_no_claim_about_all_states() {
        let empty = |finding: &mut Finding| finding.evidence = Evidence::Closure;
        assert!(said("content-secret", "key-adder", empty).is_err());
        assert!(said("device-place-unknown", "query-log", empty).is_err());
        assert!(said("departed-or-told", "nobody", empty).is_err());
        assert!(
            said("entry-without-communication", "query-log", empty).is_err(),
            "nor shows that something is reached"
        );
    }

    /// Small cells, which rest on each kind of evidence for each kind of claim: design, claim, adversary.
    const CELLS: [(&str, &str, &str); 9] = [
        ("sms", "bad-order-refused", "investigator"),
        ("bulk-access", "no-order-no-disclosure", "emergency-asker"),
        ("lookup-on-send", "departed-or-told", "nobody"),
        ("lookup-on-send", "use-proves-no-pair", "network"),
        ("lookup-on-send", "use-proves-no-pair", "provider"),
        ("report-bands-separate", "report-shows-few-security-demands", "public"),
        ("report-bands-lumped", "report-shows-few-security-demands", "public"),
        ("preserved", "preservation-outlives-retention", "preserver"),
        ("lookup-on-send", "entry-without-communication", "query-log"),
    ];

    /// The cell, and what is found of it.
    fn found((design, claim, adversary): (&str, &str, &str)) -> (Cell, Finding) {
        let cells = Cell::all(&Arc::new(library::load(design).unwrap()));
        let wanted = |cell: &Cell| cell.claim.id == claim && cell.question().adversary == adversary;
        let cell = cells.into_iter().find(wanted).unwrap();
        let finding = check_one(&cell, &Options::default());
        (cell, finding)
    }

    /// What is said of a finding after a change.
    fn changed(cell: &Cell, finding: &Finding, change: impl FnOnce(&mut Finding)) -> Result<(), String> {
        let mut finding = finding.clone();
        change(&mut finding);
        confirmed(cell, &finding, &Options::default())
    }

    #[test]
    fn what_shows_one_verdict_shows_no_other() {
        for names in CELLS {
            let (cell, finding) = found(names);
            assert_eq!(changed(&cell, &finding, |_| {}), Ok(()), "{names:?}");
            let other = if finding.verdict == Verdict::Holds { Verdict::Violated } else { Verdict::Holds };
            let said = changed(&cell, &finding, |finding| finding.verdict = other);
            assert!(said.is_err_and(|said| said.contains("decides no claim")), "{names:?}");
            if finding.evidence != Evidence::Closure {
                let bare = changed(&cell, &finding, |finding| finding.evidence = Evidence::Closure);
                let shows_all = finding.verdict == Verdict::Holds && cell.claim.id == "use-proves-no-pair";
                assert_eq!(
                    bare.is_ok(),
                    shows_all,
                    "{names:?}: only that all states pass is shown by having searched all"
                );
            }
        }
    }

    #[test]
    fn runs_that_show_something_else_are_refused() {
        for names in CELLS {
            let (cell, finding) = found(names);
            let without = |finding: &mut Finding| match &mut finding.evidence {
                Evidence::Closure => finding.exercised = Some(Recipe::default()),
                Evidence::Run(run) | Evidence::Class { run, .. } => *run = Recipe::default(),
                Evidence::Lasso { cycle, .. } => cycle.clear(),
                Evidence::Twin { run, twin } => std::mem::swap(run, twin),
            };
            assert!(changed(&cell, &finding, without).is_err(), "{names:?}");
        }
    }

    /// A part of a run that goes on for ever shows nothing of what comes after it.
    #[test]
    fn a_run_that_may_go_on_shows_nothing_of_its_end() {
        let (cell, finding) = found(CELLS[2]);
        let Evidence::Lasso { stem, .. } = &finding.evidence else { panic!("it goes round") };
        let said = |verdict: Verdict, run: &Recipe| {
            let evidence = Evidence::Run(run.clone());
            changed(&cell, &finding, |finding| (finding.verdict, finding.evidence) = (verdict, evidence))
        };
        assert_eq!(said(Verdict::Violated, stem), Err("the run may go on".to_owned()));
        assert!(said(Verdict::Holds, stem).is_err_and(|said| said.contains("decides no claim")));
        let past = Recipe { past: stem.past.clone(), actions: Vec::new() };
        let nothing = said(Verdict::Violated, &past);
        assert!(nothing.is_err_and(|said| said.starts_with("what was to stay so")), "nothing was sent");
    }

    #[test]
    fn a_finding_of_another_question_is_refused() {
        let (cell, finding) = found(CELLS[0]);
        let changes: [fn(&mut Finding); 3] = [
            |finding| finding.formula.push('?'),
            |finding| finding.scope.push('?'),
            |finding| finding.fact.push('?'),
        ];
        for change in changes {
            assert!(changed(&cell, &finding, change).is_err());
        }
    }
}
