//! **Deriving again, from the states alone, what a trace says that its runs show.**
//!
//! A run shows that something is reached. Two runs show that something is not known. That a whole class agrees no run
//! can show: it takes a search, and the sentence that is returned says whether there was one.

use super::{ReplayedRun, liveness};
use crate::error::TraceError;
use crate::tell::words::count;
use crate::trace::Trace;
use mailcover_checker::{ClassTable, Limits, explore};
use mailcover_model::state::State;
use mailcover_properties::check::{Cell, check_one, same_view};
use mailcover_properties::claim::{Ask, Context, Posed};
use mailcover_properties::fact::Fact;
use mailcover_properties::finding::{Evidence, Verdict};
use mailcover_properties::stability;

pub(super) struct Rederivation<'a> {
    pub(super) trace: &'a Trace,
    pub(super) cell: &'a Cell,
    pub(super) posed: &'a Posed,
    pub(super) context: &'a Context,
    pub(super) runs: &'a [ReplayedRun],
}

impl Rederivation<'_> {
    /// Derives the verdict again, and says in one sentence how.
    pub(super) fn check(&self, exhaust: bool) -> Result<String, TraceError> {
        let trace = self.trace;
        let run = self.runs.first().ok_or_else(|| TraceError::Internal("a trace has no run".to_owned()))?;
        match (&self.posed.ask, trace.verdict, &trace.evidence) {
            (Ask::Always(fact), Verdict::Violated, Evidence::Run(_)) => self.ends(run, fact, false),
            (Ask::Reachable(fact), Verdict::Holds, Evidence::Run(_)) => self.ends(run, fact, true),
            (Ask::ReachableAndThenAlways(first, then), Verdict::Holds, Evidence::Run(_)) => {
                liveness::stays(run, first, then)
            }
            (Ask::Inevitable(when, then), Verdict::Violated, Evidence::Run(_)) => {
                liveness::ends_without(run, when, then)
            }
            (Ask::Inevitable(when, then), Verdict::Violated, Evidence::Lasso { stem, .. }) => {
                liveness::goes_round(run, stem.actions.len(), when, then)
            }
            (Ask::NeverKnown(_) | Ask::NeverKnownWhether(_), Verdict::Holds, Evidence::Twin { .. })
            | (Ask::Known(_), Verdict::Violated, Evidence::Twin { .. }) => self.twins(exhaust),
            (Ask::NeverKnown(_), Verdict::Violated, Evidence::Class { size, .. }) => {
                self.class(run, *size, Some(true), exhaust)
            }
            (Ask::NeverKnownWhether(_), Verdict::Violated, Evidence::Class { size, .. }) => {
                self.class(run, *size, None, exhaust)
            }
            (ask, verdict, evidence) => Err(TraceError::DoesNotShow {
                says: format!("a claim of the kind {} {verdict}, on a {}", ask.kind(), evidence.kind()),
                shows: "such evidence decides no such claim that way".to_owned(),
            }),
        }
    }

    /// The fact of the question that the trace names.
    fn fact(&self) -> Result<&Fact, TraceError> {
        let named = self.posed.ask.facts().into_iter().find(|fact| fact.clause() == self.trace.fact);
        named.ok_or_else(|| TraceError::DoesNotShow {
            says: format!("the claim is about the fact {:?}", self.trace.fact),
            shows: "the claim is not about that".to_owned(),
        })
    }

    fn ends(&self, run: &ReplayedRun, fact: &Fact, wanted: bool) -> Result<String, TraceError> {
        self.fact()?;
        require(run, run.last()?, fact, wanted, "at the end of the run")?;
        Ok(format!("the run was executed again, and at its end {}", stands(fact, wanted)))
    }

    fn twins(&self, exhaust: bool) -> Result<String, TraceError> {
        let [run, twin] = self.runs else {
            return Err(TraceError::Internal("a pair of twins has not two runs".to_owned()));
        };
        let fact = self.fact()?;
        let (left, right) = (run.last()?, twin.last()?);
        require(run, left, fact, true, "at the end of the run")?;
        require(twin, right, fact, false, "at the end of its twin")?;
        self.matters(run, left)?;
        if !same_view(&run.service, &self.context.observers, left, right) {
            return Err(TraceError::DoesNotShow {
                says: "the run and its twin look the same to the adversary".to_owned(),
                shows: "they look different to it".to_owned(),
            });
        }
        let done = format!(
            "both runs were executed again; at the end of either the adversary holds exactly the same, and only in \
             the one it is so that {}",
            fact.clause()
        );
        if self.trace.verdict == Verdict::Violated {
            return Ok(done);
        }
        if !exhaust {
            return Ok(format!("{done}; that every other run has such a twin was not searched again"));
        }
        let again = check_one(self.cell, &self.trace.options());
        if again.verdict != self.trace.verdict {
            return Err(TraceError::DoesNotShow {
                says: format!("the claim {}", self.trace.verdict),
                shows: format!("searched again, it is {}: {}", again.verdict, again.reason),
            });
        }
        Ok(format!(
            "{done}; the scope was searched again, {}, with the same verdict",
            count(u32::try_from(again.states).unwrap_or(u32::MAX), "state")
        ))
    }

    fn class(
        &self,
        run: &ReplayedRun,
        size: usize,
        wanted: Option<bool>,
        exhaust: bool,
    ) -> Result<String, TraceError> {
        let fact = self.fact()?;
        let last = run.last()?;
        let value = wanted.unwrap_or_else(|| fact.holds(&run.service, last));
        require(run, last, fact, value, "at the end of the run")?;
        self.matters(run, last)?;
        let done = format!("the run was executed again, and at its end {}", stands(fact, value));
        if !exhaust {
            let rest = match size {
                1 => "no other state looks the same".to_owned(),
                _ => format!("the same goes for all {size} states that look alike"),
            };
            return Ok(format!("{done}; that {rest} was not searched again"));
        }
        let found = self.class_again(run, last, fact, value)?;
        if found == (size, size) {
            return Ok(match size {
                1 => format!("{done}; no other state looks the same, for which all were searched again"),
                _ => format!("{done}; all {size} states that look alike were searched out again, and agree"),
            });
        }
        Err(TraceError::DoesNotShow {
            says: format!("of {} that look alike, all agree", count(size as u32, "state")),
            shows: format!("of {} that look alike, {} agree", count(found.0 as u32, "state"), found.1),
        })
    }

    /// How many states look the same as the last, and in how many of them the fact has this value.
    fn class_again(
        &self,
        run: &ReplayedRun,
        last: &State,
        fact: &Fact,
        value: bool,
    ) -> Result<(usize, usize), TraceError> {
        let internal = |error: mailcover_checker::Error| TraceError::Internal(error.to_string());
        let service = run.service.as_ref();
        let exploration = explore(service, &Limits::default(), &mut |_| {});
        let agrees = |state: &State| fact.holds(service, state) == value;
        let observers = &self.context.observers;
        let table =
            ClassTable::build(service, &exploration, observers, &[&agrees], None).map_err(internal)?;
        let class = exploration.id_of(last).and_then(|id| table.class_of(id));
        let class = class.ok_or_else(|| TraceError::DoesNotShow {
            says: "its run ends in a state of the scope".to_owned(),
            shows: "the search does not reach that state".to_owned(),
        })?;
        let tally = table.tally(0, class).map_err(internal)?;
        Ok((table.size(class).unwrap_or(0), tally.satisfied))
    }

    /// In a wider scope only the states of the claim's own scope matter.
    fn matters(&self, run: &ReplayedRun, state: &State) -> Result<(), TraceError> {
        if stability::within_bounds(&run.service, &self.posed.scope, state) {
            return Ok(());
        }
        Err(TraceError::DoesNotShow {
            says: "the run stays within the claim's own scope".to_owned(),
            shows: "it does more than that scope allows".to_owned(),
        })
    }
}

/// That the fact is so, or that it is not; of a denial, by what it denies.
fn stands(fact: &Fact, value: bool) -> String {
    let (clause, value) = fact.denies().map_or((fact.clause(), value), |denied| (denied, !value));
    let so = if value { "it is so" } else { "it is not so" };
    format!("{so} that {clause}")
}

fn require(
    run: &ReplayedRun,
    state: &State,
    fact: &Fact,
    wanted: bool,
    place: &str,
) -> Result<(), TraceError> {
    if fact.holds(&run.service, state) == wanted {
        return Ok(());
    }
    let said = |value: bool| format!("{place} {}", stands(fact, value));
    Err(TraceError::DoesNotShow { says: said(wanted), shows: said(!wanted) })
}
