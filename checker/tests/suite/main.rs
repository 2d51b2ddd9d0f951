//! The checker against models checked by eye, against definitions spelled out, and against stateright.

mod by_eye;
mod cryptographers;
mod engines;
mod formulas;
mod knowledge;
mod limits;
mod liveness;
mod nondeterminism;
mod search;
mod web;
