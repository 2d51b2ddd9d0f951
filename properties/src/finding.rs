//! **What a check found of a cell: the verdict, and what it rests on.**

use mailcover_checker::Limit;
use mailcover_model::action::Action;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The search was exhausted within its scope, and the claim is true there.
    Holds,
    /// The claim is false, and a run or an exhausted class shows it.
    Violated,
    /// The claim's interesting case was never reached.
    Vacuous,
    /// A limit was reached before the claim was decided.
    Inconclusive,
    /// The claim does not speak of this design.
    NotApplicable,
}

impl Verdict {
    /// The verdict's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Violated => "violated",
            Self::Vacuous => "vacuous",
            Self::Inconclusive => "inconclusive",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A run as a recipe: the prologue's actions, then the run's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// What happened before the run.
    pub past: Vec<Action>,
    /// What happens in it.
    pub actions: Vec<Action>,
}

impl Recipe {
    /// The names of its actions, those of its past first, in parentheses.
    fn shape(&self) -> String {
        let past = if self.past.is_empty() { String::new() } else { format!("({}) ", names(&self.past)) };
        past + &names(&self.actions)
    }
}

/// The names of the actions, in their order.
fn names(actions: &[Action]) -> String {
    actions.iter().map(Action::name).collect::<Vec<_>>().join(", ")
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "shows", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Evidence {
    /// The exhausted search alone.
    Closure,
    /// A run to a state that shows it.
    Run(Recipe),
    /// A run into a cycle that can be repeated for ever.
    Lasso {
        /// The way into the cycle.
        stem: Recipe,
        /// The cycle's actions.
        cycle: Vec<Action>,
    },
    /// Two runs that look the same to the adversary, and differ in the fact.
    Twin {
        /// The run in which the fact is true.
        run: Recipe,
        /// The run in which it is not.
        twin: Recipe,
    },
    /// A run into a class in all of whose states the fact is true.
    Class {
        /// A shortest such run.
        run: Recipe,
        /// How many states look the same as its last.
        size: usize,
    },
}

impl Evidence {
    /// The runs.
    #[must_use]
    pub fn recipes(&self) -> Vec<&Recipe> {
        match self {
            Self::Closure => Vec::new(),
            Self::Run(run) | Self::Class { run, .. } => vec![run],
            Self::Lasso { stem, .. } => vec![stem],
            Self::Twin { run, twin } => vec![run, twin],
        }
    }

    /// The kind of evidence.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Closure => "closure",
            Self::Run(_) => "run",
            Self::Lasso { .. } => "lasso",
            Self::Twin { .. } => "twin",
            Self::Class { .. } => "class",
        }
    }

    /// The shape of what it shows: the names of the actions of its runs, without their parameters. Two runs of one shape do
    /// the same with other people, devices or messages. `None` where there is no run.
    #[must_use]
    pub fn shape(&self) -> Option<String> {
        let runs: Vec<String> = self.recipes().into_iter().map(Recipe::shape).collect();
        let cycle = match self {
            Self::Lasso { cycle, .. } => format!(" round {}", names(cycle)),
            _ => String::new(),
        };
        (!runs.is_empty()).then(|| runs.join(" beside ") + &cycle)
    }

    pub(crate) fn into_run(self) -> Option<Recipe> {
        match self {
            Self::Run(run) => Some(run),
            _ => None,
        }
    }

    /// One sentence on what the verdict rests on.
    pub(crate) fn reason(&self, verdict: Verdict, clause: &str) -> String {
        match (self, verdict) {
            (Self::Class { size: 1, .. }, _) => {
                format!("no other state looks the same to the adversary, and in this one {clause}")
            }
            (Self::Class { size, .. }, _) => {
                format!("in all {size} states that look the same to the adversary, {clause}")
            }
            (Self::Twin { .. }, Verdict::Violated) => {
                format!("{clause}, but a run in which that is not so looks the same to the adversary")
            }
            (Self::Twin { .. }, _) => {
                format!("whenever {clause}, a run in which that is not so looks the same to the adversary")
            }
            (Self::Lasso { .. }, _) => "a fair run goes on for ever without it".to_owned(),
            (Self::Run(_), Verdict::Violated) => {
                format!("a run reaches a state in which {}", crate::fact::denied(clause))
            }
            (Self::Run(_), _) => format!("a run reaches a state in which {clause}"),
            (Self::Closure, Verdict::Violated) => {
                format!("no reachable state of the scope is one in which {clause}")
            }
            (Self::Closure, _) => format!("in every reachable state of the scope: {clause}"),
        }
    }
}

/// What a check found of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in one clause.
    pub reason: String,
    /// Whether the program itself went wrong, so that the finding says nothing of the claim.
    pub bug: bool,
    /// The fact that the evidence is about, as a clause; of several, the one that decided.
    pub fact: String,
    /// The formula that was checked.
    pub formula: String,
    /// The scope, in a few words.
    pub scope: String,
    /// How many states were explored.
    pub states: usize,
    /// Which exploration that was, of those of one check: cells that shared it have the same number, and the same states.
    pub exploration: Option<usize>,
    /// The distance of the farthest state from an initial one, in actions.
    pub depth: usize,
    /// How many classes of states look the same; `None` for claims that are not about knowledge.
    pub classes: Option<usize>,
    /// What the verdict rests on.
    pub evidence: Evidence,
    /// A shortest run that reaches the claim's interesting case.
    pub exercised: Option<Recipe>,
    /// What ended the search before the claim was decided, where a limit did.
    pub limit: Option<Limit>,
    /// At most this is the probability that the search took two states, or two views, for one. It is zero where they were
    /// compared in full.
    pub collision: f64,
}

impl Finding {
    /// A finding that rests on no search.
    #[must_use]
    pub fn unanswered(verdict: Verdict, reason: String) -> Self {
        Self {
            verdict,
            reason,
            bug: false,
            fact: String::new(),
            formula: String::new(),
            scope: String::new(),
            states: 0,
            exploration: None,
            depth: 0,
            classes: None,
            evidence: Evidence::Closure,
            exercised: None,
            limit: None,
            collision: 0.0,
        }
    }

    /// Of a search that ended without deciding anything.
    pub(crate) fn inconclusive(reason: String) -> Self {
        Self::unanswered(Verdict::Inconclusive, reason)
    }

    /// Of a claim that does not speak of the design.
    pub(crate) fn not_applicable(reason: String) -> Self {
        Self::unanswered(Verdict::NotApplicable, reason)
    }

    /// Of a mistake of this program, which says nothing about the claim.
    pub(crate) fn wrong(reason: &str) -> Self {
        Self { bug: true, ..Self::inconclusive(format!("internal: {reason}")) }
    }

    /// Where no search was even made.
    pub(crate) fn lost() -> Self {
        Self::wrong("nothing was found out")
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;

    /// What decided nothing for want of room or time is no mistake, and a mistake of the program decides nothing.
    #[test]
    fn a_mistake_of_the_program_is_no_want_of_room() {
        let (lost, short) = (Finding::lost(), Finding::inconclusive("It took too long.".to_owned()));
        assert_eq!(lost.verdict, short.verdict);
        assert!(lost.bug && !short.bug);
        assert_eq!(lost.reason, "internal: nothing was found out");
    }
}
