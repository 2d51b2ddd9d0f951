//! **What a claim is: a sentence, its formula, whom it speaks of, and all that keeps it honest.**

use crate::fact::Fact;
use crate::smallest::Shortfall;
use enumset::{EnumSet, EnumSetType};
use mailcover_model::design::{Adversary, Capability, Design, ExpectedVerdict};
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::view::Observer;
use std::fmt;
use std::sync::Arc;

/// A claim.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its stable name.
    pub id: String,
    /// What is claimed, in one sentence.
    pub sentence: String,
    /// What somebody could take it to claim, and what it does not.
    pub not_claimed: String,
    /// Where the claim or its material comes from: publisher, title, date.
    pub sources: Vec<String>,
    /// What kind of privacy threat it speaks of.
    pub linddun: Linddun,
    /// The claim, put to each adversary.
    pub questions: Vec<Question>,
    /// The mistakes that break it.
    pub flaws: Vec<Flaw>,
    /// The design on which its flaws are shown.
    pub design: String,
    /// What its scopes lack of the smallest that counts, each with the reason why that does not matter.
    pub less: Vec<(Shortfall, String)>,
}

/// The threat types of LINDDUN.
#[derive(Debug, EnumSetType)]
pub enum Linddun {
    /// Items of interest can be linked.
    Linking,
    /// A person can be identified.
    Identifying,
    /// Something can be attributed to a person who cannot deny it.
    NonRepudiation,
    /// That something happened or exists can be detected.
    Detecting,
    /// Data is disclosed, or collected beyond need.
    DataDisclosure,
    /// A person does not know what happens to the data.
    Unawareness,
    /// Practice does not comply with law or promise.
    NonCompliance,
}

impl fmt::Display for Linddun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Linking => "Linking",
            Self::Identifying => "Identifying",
            Self::NonRepudiation => "Non-repudiation",
            Self::Detecting => "Detecting",
            Self::DataDisclosure => "Data disclosure",
            Self::Unawareness => "Unawareness",
            Self::NonCompliance => "Non-compliance",
        })
    }
}

/// A claim put to one adversary.
#[derive(Clone)]
pub struct Question {
    /// The adversary's name.
    pub adversary: String,
    /// The verdict to expect, where a design does not expect another.
    pub expected: ExpectedVerdict,
    /// Why that verdict, in one sentence.
    pub because: String,
    /// What exactly is asked, within which scope.
    pub pose: Arc<dyn Fn(&Context) -> Posed + Send + Sync>,
}

impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Question({}, {:?})", self.adversary, self.expected)
    }
}

/// What a question depends on: the design, and the adversary in it.
#[derive(Debug, Clone)]
pub struct Context {
    /// The design.
    pub design: Arc<Design>,
    /// The adversary.
    pub adversary: Adversary,
    /// The adversary's observers in the design.
    pub observers: Vec<Observer>,
}

impl Context {
    /// The adversary of this name in the design; `None` when the design lacks something that the adversary observes.
    #[must_use]
    pub fn of(design: &Arc<Design>, adversary: &str) -> Option<Self> {
        let adversary = design.adversary(adversary)?;
        let named = adversary.observers.iter().map(|name| Observer::named(name, design));
        let observers = named.collect::<Option<Vec<_>>>()?;
        Some(Self { design: Arc::clone(design), adversary, observers })
    }

    /// What may be done at all: by the adversary and by the environment.
    #[must_use]
    pub fn powers(&self) -> EnumSet<Capability> {
        self.adversary.capabilities | self.design.environment
    }
}

/// A question, its witness and its scope.
#[derive(Debug, Clone)]
pub struct Posed {
    /// What is asked.
    pub ask: Ask,
    /// What must be reached for the answer to mean anything.
    pub exercised: Fact,
    /// Within which bounds.
    pub scope: Scope,
}

impl Posed {
    /// All facts that the question and its witness speak of.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.ask.facts().into_iter().chain([&self.exercised])
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// The fact is true in every reachable state.
    Always(Fact),
    /// The fact is true in some reachable state.
    Reachable(Fact),
    /// Some reachable state has the first fact, and a way on from it on which the second is always true.
    ReachableAndThenAlways(Fact, Fact),
    /// Whenever the first fact is true, the second becomes true, if machinery does its part.
    Inevitable(Fact, Fact),
    /// None of the facts is ever known to the adversary.
    NeverKnown(Vec<Fact>),
    /// It is never known whether any of the facts is true.
    NeverKnownWhether(Vec<Fact>),
    /// Each of the facts, wherever it is true, is known.
    Known(Vec<Fact>),
}

impl Ask {
    /// The facts that it speaks of.
    #[must_use]
    pub fn facts(&self) -> Vec<&Fact> {
        match self {
            Self::Always(fact) | Self::Reachable(fact) => vec![fact],
            Self::ReachableAndThenAlways(first, second) | Self::Inevitable(first, second) => {
                vec![first, second]
            }
            Self::NeverKnown(facts) | Self::NeverKnownWhether(facts) | Self::Known(facts) => {
                facts.iter().collect()
            }
        }
    }

    /// What a verdict can be said to be about, as clauses: of several facts, the one that decided.
    #[must_use]
    pub fn decisions(&self) -> Vec<String> {
        match self {
            Self::ReachableAndThenAlways(first, then) => {
                vec![format!("{}, and from then on {}", first.clause(), then.clause())]
            }
            Self::Inevitable(_, then) => vec![then.clause().to_owned()],
            _ => self.facts().into_iter().map(|fact| fact.clause().to_owned()).collect(),
        }
    }

    /// Whether it asks about knowledge, so that views matter.
    #[must_use]
    pub const fn of_knowledge(&self) -> bool {
        matches!(self, Self::NeverKnown(_) | Self::NeverKnownWhether(_) | Self::Known(_))
    }

    /// The kind's name.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Always(_) => "always",
            Self::Reachable(_) | Self::ReachableAndThenAlways(..) => "reachable",
            Self::Inevitable(..) => "inevitable",
            Self::NeverKnown(_) => "never-known",
            Self::NeverKnownWhether(_) => "never-known-whether",
            Self::Known(_) => "known",
        }
    }

    /// The formula, with the adversary's name where it speaks of knowledge.
    #[must_use]
    pub fn formula(&self, adversary: &str) -> String {
        let each = |facts: &[Fact], shape: &dyn Fn(&Fact) -> String| {
            facts.iter().map(shape).collect::<Vec<_>>().join(" ∧ ")
        };
        match self {
            Self::Always(fact) => format!("AG {fact}"),
            Self::Reachable(fact) => format!("EF {fact}"),
            Self::ReachableAndThenAlways(first, second) => format!("EF ({first} ∧ EG {second})"),
            Self::Inevitable(when, then) => format!("AG ({when} → AF {then})"),
            Self::NeverKnown(facts) => each(facts, &|fact| format!("AG ¬K[{adversary}] {fact}")),
            Self::NeverKnownWhether(facts) => {
                each(facts, &|fact| format!("AG ¬(K[{adversary}] {fact} ∨ K[{adversary}] ¬{fact})"))
            }
            Self::Known(facts) => each(facts, &|fact| format!("AG ({fact} → K[{adversary}] {fact})")),
        }
    }
}
