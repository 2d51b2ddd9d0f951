//! **One cell, measured: both engines in turn, run after run, and what else the time goes into.**

use crate::engines::{Counts, plain, stateright};
use mailcover_checker::{ClassTable, Exploration};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_properties::check::{Cell, Options, prepare};
use mailcover_properties::claim::{Context, Posed};
use stateright::Model;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What was measured of a cell.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// The claim and the adversary.
    pub(crate) cell: String,
    /// What both engines counted.
    pub(crate) counts: Counts,
    /// How many actions the model was asked for, in all states together.
    pub(crate) attempts: usize,
    /// The bytes that the plain explorer's states take.
    pub(crate) memory: usize,
    /// How long the plain explorer took, run by run.
    pub(crate) plain: Vec<Duration>,
    /// How long stateright took, run by run.
    pub(crate) stateright: Vec<Duration>,
    /// How long the model alone took over the states of each run.
    pub(crate) model: Vec<Duration>,
    /// How long the class table took to build over the states of each run.
    pub(crate) table: Vec<Duration>,
}

/// Measures a cell, after one run of each engine that does not count.
pub(crate) fn measure(cell: &Cell, runs: usize, tell: &dyn Fn(&str)) -> Result<Measured, String> {
    let name = format!("{}/{}", cell.claim.id, cell.question().adversary);
    let (service, posed, context) = prepare(cell, &Options::default())?;
    let service = Arc::new(service);
    tell(&format!("{name}: warming up"));
    let (_, counts, found) = plain(&service);
    let mut measured = Measured {
        cell: name,
        counts,
        attempts: found.states().map(|state| attempts(&service, state)).sum(),
        memory: found.memory(),
        plain: Vec::new(),
        stateright: Vec::new(),
        model: Vec::new(),
        table: Vec::new(),
    };
    drop(found);
    agree(&measured, stateright(&service).1)?;
    for run in 1..=runs {
        tell(&format!("{}: run {run} of {runs}", measured.cell));
        let (took, again, found) = plain(&service);
        agree(&measured, again)?;
        measured.plain.push(took);
        measured.model.push(model_alone(&service, &found, counts)?);
        measured.table.push(class_table(&service, &found, &posed, &context)?);
        drop(found);
        let (took, again) = stateright(&service);
        agree(&measured, again)?;
        measured.stateright.push(took);
    }
    Ok(measured)
}

fn agree(measured: &Measured, other: Counts) -> Result<(), String> {
    if measured.counts == other {
        return Ok(());
    }
    Err(format!("{}: two searches disagree: {:?} and {other:?}", measured.cell, measured.counts))
}

/// How many actions the model lists of a state.
fn attempts(service: &Service, state: &State) -> usize {
    let mut actions = Vec::new();
    service.actions(state, &mut actions);
    actions.len()
}

/// Asks the model for every action of every state again, and keeps nothing.
fn model_alone(service: &Service, found: &Exploration<State>, counts: Counts) -> Result<Duration, String> {
    let mut actions = Vec::new();
    let mut transitions = 0;
    let began = Instant::now();
    for state in found.states() {
        service.actions(state, &mut actions);
        for action in actions.drain(..) {
            transitions += usize::from(black_box(service.next_state(state, action)).is_some());
        }
    }
    let took = began.elapsed();
    if transitions == counts.transitions {
        return Ok(took);
    }
    Err(format!("the model took {transitions} transitions where a search took {}", counts.transitions))
}

/// Builds the class table of the question's own adversary and facts.
fn class_table(
    service: &Service,
    found: &Exploration<State>,
    posed: &Posed,
    context: &Context,
) -> Result<Duration, String> {
    let facts = posed.ask.facts();
    let tests: Vec<_> = facts.iter().map(|fact| |state: &State| fact.holds(service, state)).collect();
    let views: Vec<&dyn Fn(&State) -> bool> = tests.iter().map(|test| test as _).collect();
    let began = Instant::now();
    let table = ClassTable::build(service, found, &context.observers, &views, None);
    let took = began.elapsed();
    table.map(|_| took).map_err(|error| error.to_string())
}
