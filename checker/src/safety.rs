//! **What is so everywhere, and what is so somewhere.**
//!
//! Both are answered by the first state, in the order of discovery, that settles the matter. Since
//! that order is breadth first, the run shown is a shortest one.

use crate::answer::{Answer, AnswerOf, Evidence, Outcome};
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;

/// Whether `fact` is true in every reachable state.
///
/// A run to a state where it is false is final. That it holds needs an exhausted search.
///
/// # Errors
///
/// The model may not repeat what it did.
pub fn always<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    fact: impl Fn(&M::State) -> bool,
) -> Result<AnswerOf<M>, Error> {
    match exploration.states().position(|state| !fact(state)) {
        Some(id) => Ok(Answer::violated(Evidence::Run(exploration.path_to(model, id)?))),
        None => Ok(Answer::by_closure(exploration, Outcome::Holds)),
    }
}

/// Whether `fact` is true in some reachable state.
///
/// A run to such a state is final. That there is none needs an exhausted search.
///
/// # Errors
///
/// The model may not repeat what it did.
pub fn reachable<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    fact: impl Fn(&M::State) -> bool,
) -> Result<AnswerOf<M>, Error> {
    match exploration.states().position(fact) {
        Some(id) => Ok(Answer::holds(Evidence::Run(exploration.path_to(model, id)?))),
        None => Ok(Answer::by_closure(exploration, Outcome::Violated)),
    }
}
