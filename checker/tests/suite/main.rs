//! The checker against models checked by eye, against definitions spelled out, and against stateright.

mod alike;
mod by_eye;
mod cryptographers;
mod engines;
mod formulas;
mod grid;
mod knowledge;
mod large_formulas;
mod limits;
mod liveness;
mod nondeterminism;
mod search;
mod shown;
mod web;
mod workers;

#[expect(dead_code, reason = "only the model and its argument are used")]
#[path = "../../examples/throughput.rs"]
mod throughput;
#[expect(dead_code, reason = "only the model is used")]
#[path = "../../examples/two_phase_commit.rs"]
mod two_phase_commit;
