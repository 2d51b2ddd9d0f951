//! **Does the model give the same answer when it is asked twice?**
//!
//! Everything in this crate rests on that. A model that reads a clock, a random number or the order
//! of a hash map breaks it, and the verdicts with it.
//!
//! Left out: proof. States are sampled, and each is asked twice, not for ever.

use crate::epistemic::Epistemic;
use crate::error::Nondeterminism;
use crate::exploration::Exploration;

/// Asks the model twice for its initial states, and for the actions, the next states, the bounds and the views
/// of up to so many states, evenly spread.
///
/// # Errors
///
/// The first difference is returned.
pub fn determinism<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    observers: &[M::Observer],
    samples: usize,
) -> Result<(), Nondeterminism> {
    same_start(model)?;
    let stride = exploration.unique_states().div_ceil(samples.max(1)).max(1);
    for state in exploration.states().step_by(stride).take(samples) {
        same_answers(model, state, observers.iter().copied())?;
    }
    Ok(())
}

/// Asks the model twice for its initial states.
pub(crate) fn same_start<M: Epistemic>(model: &M) -> Result<(), Nondeterminism> {
    if model.init_states() == model.init_states() {
        return Ok(());
    }
    Err(Nondeterminism { what: "the initial states differ", state: None, action: None })
}

/// Asks the model twice for all that it says of one state and of the steps from it.
pub(crate) fn same_answers<M: Epistemic>(
    model: &M,
    state: &M::State,
    observers: impl Iterator<Item = M::Observer>,
) -> Result<(), Nondeterminism> {
    same_steps(model, state)?;
    for observer in observers {
        if model.view(observer, state) != model.view(observer, state) {
            let state = Some(format!("{state:?}"));
            return Err(Nondeterminism { what: "a view differs", state, action: None });
        }
    }
    Ok(())
}

fn same_steps<M: Epistemic>(model: &M, state: &M::State) -> Result<(), Nondeterminism> {
    let differs = |what, action: Option<&M::Action>| Nondeterminism {
        what,
        state: Some(format!("{state:?}")),
        action: action.map(|action| format!("{action:?}")),
    };
    let (mut once, mut again) = (Vec::new(), Vec::new());
    model.actions(state, &mut once);
    model.actions(state, &mut again);
    if once != again {
        return Err(differs("the actions differ", None));
    }
    for action in once {
        if model.next_state(state, action.clone()) != model.next_state(state, action.clone()) {
            return Err(differs("the next state differs", Some(&action)));
        }
        if model.fair(&action) != model.fair(&action) {
            return Err(differs("the fairness differs", Some(&action)));
        }
        let next = model.next_state(state, action.clone());
        if next.is_some_and(|next| model.within_boundary(&next) != model.within_boundary(&next)) {
            return Err(differs("the boundary differs", Some(&action)));
        }
    }
    if model.cut(state) != model.cut(state) {
        return Err(differs("the cut differs", None));
    }
    if model.packing().is_some() && model.packed(state) != model.packed(state) {
        return Err(differs("the number differs", None));
    }
    Ok(())
}
