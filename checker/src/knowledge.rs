//! **Who knows what: a fact is known in a state if it is true in every state that looks the same.**
//!
//! The states in which a coalition holds the same view form a class. A coalition pools what its
//! members hold, so its view is the tuple of theirs (distributed knowledge). Classes are formed by
//! comparing whole views.
//!
//! The table keeps for each state its class and the truth of each fact, and for each class its
//! size, and which facts are somewhere true and somewhere false in it. Everything else is found by
//! going through the states in order, so that every witness is the shallowest.
//!
//! Left out: the views. Any member of a class has the same one, and the model can be asked again.

use crate::answer::{Answer, AnswerOf, Doubt, Evidence};
use crate::classes::class_per_state;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;

/// A fact about a state.
pub type Fact<'a, S> = &'a dyn Fn(&S) -> bool;

/// The classes of a coalition, and what is true in them.
pub struct ClassTable<'a, M: Epistemic> {
    model: &'a M,
    exploration: &'a Exploration<M::State>,
    facts: usize,
    class_of: Vec<u32>,
    /// For each state, a bit for each fact that is true in it.
    truths: Vec<u64>,
    /// For each state, whether it matters; empty if all do.
    matters: Vec<bool>,
    classes: Vec<Class>,
    /// The bit of what samples show besides; 0 if nothing.
    shown: u64,
}

/// What is known of a class: the bits are those of the facts.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    size: u32,
    somewhere_true: u64,
    somewhere_false: u64,
}

/// How a fact stands in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// In how many states of the class it is true.
    pub satisfied: usize,
    /// The shallowest state that matters and in which it is true.
    pub first_true: Option<usize>,
    /// The shallowest state, whether it matters or not, in which it is false.
    pub first_false: Option<usize>,
}

impl<'a, M: Epistemic> ClassTable<'a, M> {
    /// Sorts all states into classes.
    ///
    /// Questions are asked of the states that matter, which are all if `matters` is `None`. Twins
    /// are sought everywhere.
    ///
    /// # Errors
    ///
    /// There may be more than 64 facts.
    pub fn build(
        model: &'a M,
        exploration: &'a Exploration<M::State>,
        coalition: &[M::Observer],
        facts: &[Fact<'_, M::State>],
        matters: Option<Fact<'_, M::State>>,
    ) -> Result<Self, Error> {
        if facts.len() > u64::BITS as usize {
            return Err(Error::TooManyFacts(facts.len()));
        }
        let class_of = class_per_state(model, exploration, coalition);
        let truths: Vec<u64> = exploration.states().map(|state| truths_in(facts, state)).collect();
        let matters = matters.map_or_else(Vec::new, |matters| exploration.states().map(matters).collect());
        let mut classes = Vec::new();
        for (class, truths) in class_of.iter().zip(&truths) {
            let class = *class as usize;
            if class == classes.len() {
                classes.push(Class::default());
            }
            if let Some(class) = classes.get_mut(class) {
                class.size += 1;
                class.somewhere_true |= truths;
                class.somewhere_false |= !truths;
            }
        }
        Ok(ClassTable {
            model,
            exploration,
            facts: facts.len(),
            class_of,
            truths,
            matters,
            classes,
            shown: 0,
        })
    }

    /// The table, with samples that show this fact as well wherever there are any.
    #[must_use]
    pub fn showing(mut self, fact: usize) -> Self {
        self.shown = self.bit(fact).unwrap_or(0);
        self
    }

    /// How many classes there are.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// The class of this state. Classes are numbered in the order of their first states.
    #[must_use]
    pub fn class_of(&self, id: usize) -> Option<usize> {
        self.class_of.get(id).map(|class| *class as usize)
    }

    /// How many states look the same as this one, itself included.
    #[must_use]
    pub fn class_size_of(&self, id: usize) -> Option<usize> {
        self.size(self.class_of(id)?)
    }

    /// How many states this class has.
    #[must_use]
    pub fn size(&self, class: usize) -> Option<usize> {
        self.classes.get(class).map(|class| class.size as usize)
    }

    /// The states of this class, the shallowest first.
    pub fn members(&self, class: usize) -> impl Iterator<Item = usize> {
        let states = self.class_of.iter().enumerate();
        states.filter_map(move |(id, of)| (*of as usize == class).then_some(id))
    }

    /// How a fact stands in a class.
    ///
    /// # Errors
    ///
    /// There may be no such fact.
    pub fn tally(&self, fact: usize, class: usize) -> Result<Tally, Error> {
        let bit = self.bit(fact)?;
        let is_true = |id: &usize| self.truths(*id) & bit != 0;
        Ok(Tally {
            satisfied: self.members(class).filter(is_true).count(),
            first_true: self.members(class).find(|id| is_true(id) && self.matters(*id)),
            first_false: self.members(class).find(|id| !is_true(id)),
        })
    }

    /// Whether the coalition knows in this state that the fact is true.
    ///
    /// That it does not is final. That it does needs an exhausted search, and without one the
    /// result is `None`, as it is if there is no such fact or state.
    #[must_use]
    pub fn knows(&self, fact: usize, id: usize) -> Option<bool> {
        let class = self.classes.get(self.class_of(id)?)?;
        let known = class.somewhere_false & self.bit(fact).ok()? == 0;
        (!known || self.exploration.limit().is_none()).then_some(known)
    }

    /// Whether the coalition never knows that the fact is true.
    ///
    /// Both outcomes need an exhausted search: a twin may be found late. The evidence that it
    /// holds is a sample, the shallowest run on which the fact is true and its twin; see [`ClassTable::showing`].
    ///
    /// # Errors
    ///
    /// There may be no such fact, or the model may not repeat what it did.
    pub fn never_known(&self, fact: usize) -> Result<AnswerOf<M>, Error> {
        let bit = self.bit(fact)?;
        self.never(fact, |class| class.somewhere_false & bit == 0)
    }

    /// Whether the coalition never knows whether the fact is true.
    ///
    /// # Errors
    ///
    /// There may be no such fact, or the model may not repeat what it did.
    pub fn never_known_whether(&self, fact: usize) -> Result<AnswerOf<M>, Error> {
        let bit = self.bit(fact)?;
        self.never(fact, |class| class.somewhere_false & class.somewhere_true & bit == 0)
    }

    /// Whether the coalition knows the fact wherever it is true.
    ///
    /// A run and its twin are final. That it holds needs an exhausted search.
    ///
    /// # Errors
    ///
    /// There may be no such fact, or the model may not repeat what it did.
    pub fn known(&self, fact: usize) -> Result<AnswerOf<M>, Error> {
        let bit = self.bit(fact)?;
        let unknown = |class: &Class| class.somewhere_false & bit != 0;
        let run = self.mattering().find(|(id, class)| self.truths(*id) & bit != 0 && unknown(class));
        let answer = match (run, self.exploration.limit()) {
            (Some((id, _)), _) => Answer::violated(self.twins(bit, id)?),
            (None, None) => Answer::holds(Evidence::Closure),
            (None, Some(limit)) => Answer::doubtful(Doubt::Limit(limit)),
        };
        Ok(answer.among(self.classes()))
    }

    /// Whether no class with a state that matters is given away.
    fn never(&self, fact: usize, given_away: impl Fn(&Class) -> bool) -> Result<AnswerOf<M>, Error> {
        let bit = self.bit(fact)?;
        if let Some(limit) = self.exploration.limit() {
            return Ok(Answer::doubtful(Doubt::Limit(limit)).among(self.classes()));
        }
        let answer = if let Some((id, class)) = self.mattering().find(|(_, it)| given_away(it)) {
            let run = self.exploration.path_to(self.model, id)?;
            Answer::violated(Evidence::Class { run, size: class.size as usize })
        } else if let Some(id) = self.sample(bit | self.shown).or_else(|| self.sample(bit)) {
            Answer::holds(self.twins(bit, id)?)
        } else {
            Answer::holds(Evidence::Closure)
        };
        Ok(answer.among(self.classes()))
    }

    /// The shallowest state that matters and has all of these bits.
    fn sample(&self, bits: u64) -> Option<usize> {
        self.mattering().map(|(id, _)| id).find(|id| self.truths(*id) & bits == bits)
    }

    /// The run to a state where the fact is true, and its shallowest twin.
    fn twins(&self, bit: u64, id: usize) -> Result<Evidence<M::State, M::Action>, Error> {
        let run = self.exploration.path_to(self.model, id)?;
        let class = self.class_of(id).unwrap_or(usize::MAX);
        match self.members(class).find(|twin| self.truths(*twin) & bit == 0) {
            Some(twin) => Ok(Evidence::Twins { run, twin: self.exploration.path_to(self.model, twin)? }),
            None => Ok(Evidence::Run(run)),
        }
    }

    /// The states that matter, the shallowest first, each with its class.
    fn mattering(&self) -> impl Iterator<Item = (usize, &Class)> {
        let states = self.class_of.iter().enumerate().filter(|(id, _)| self.matters(*id));
        states.filter_map(|(id, class)| Some((id, self.classes.get(*class as usize)?)))
    }

    fn matters(&self, id: usize) -> bool {
        self.matters.get(id).copied().unwrap_or(true)
    }

    fn truths(&self, id: usize) -> u64 {
        self.truths.get(id).copied().unwrap_or(0)
    }

    fn bit(&self, fact: usize) -> Result<u64, Error> {
        if fact < self.facts { Ok(1 << fact) } else { Err(Error::NoSuchFact { fact, facts: self.facts }) }
    }
}

fn truths_in<S>(facts: &[Fact<'_, S>], state: &S) -> u64 {
    let numbered = facts.iter().enumerate();
    numbered.fold(0, |bits, (number, fact)| bits | u64::from(fact(state)) << number)
}
