//! **The largest slice of the design `imessage-2016`, as a model for every engine.**

use crate::run::{Clock, Run};
use mailcover_checker::{Limits, explore};
use mailcover_model::action::Action;
use mailcover_model::design::library;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_properties::check::{Cell, Options, prepare};
use mailcover_properties::claims;
use stateright::Model;
use std::hint::black_box;
use std::sync::Arc;

pub(crate) const DESIGN: &str = "imessage-2016";
/// The claim and the adversary whose question needs the most states of the design; `mailcover check imessage-2016 --format
/// json` says how many each one needs.
pub(crate) const CELL: (&str, &str) = ("logs-together", "both-orders");

/// The model that the question is put to.
pub(crate) fn service() -> Result<Arc<Service>, String> {
    let design = Arc::new(library::load(DESIGN).map_err(|error| error.to_string())?);
    let (claim, adversary) = CELL;
    for claim in claims::of(&design).into_iter().filter(|known| known.id == claim) {
        if let Some(question) = claim.questions.iter().position(|question| question.adversary == adversary) {
            let cell = Cell { design, claim, question };
            return Ok(Arc::new(prepare(&cell, &Options::default())?.0));
        }
    }
    Err(format!("the design {DESIGN} has no claim {claim} for the adversary {adversary}"))
}

/// The model without what only this checker asks of it.
pub(crate) struct Bare(pub(crate) Arc<Service>);

impl Model for Bare {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        self.0.init_states()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        self.0.next_state(state, action)
    }
}

/// Searches without measuring, then measures how long the model takes over all steps from all states, and keeps none.
pub(crate) fn model_alone() -> Result<Run, String> {
    let service = service()?;
    let found = explore(&*service, &Limits::default(), &mut |_| {});
    let mut actions = Vec::new();
    let mut steps = 0;
    let clock = Clock::start();
    for state in found.states() {
        service.actions(state, &mut actions);
        for action in actions.drain(..) {
            steps += usize::from(black_box(service.next_state(state, action)).is_some());
        }
    }
    let run = clock.stop(found.unique_states());
    if steps == found.generated() {
        return Ok(run);
    }
    Err(format!("the model took {steps} steps where the search took {}", found.generated()))
}
