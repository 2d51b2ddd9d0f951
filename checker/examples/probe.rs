#[path = "common/two_phase.rs"]
mod two_phase;
use mailcover_checker::dataflow::{answer, Options};
use std::sync::Arc;
use stateright::{Model, Checker, Property};
use two_phase::*;
struct W(TwoPhase);
impl Model for W { type State = Moment; type Action = Act;
 fn init_states(&self) -> Vec<Moment> { self.0.init_states() }
 fn actions(&self, s: &Moment, a: &mut Vec<Act>) { self.0.actions(s, a) }
 fn next_state(&self, s: &Moment, a: Act) -> Option<Moment> { self.0.next_state(s, a) }
 fn properties(&self) -> Vec<Property<Self>> { vec![Property::always("n", |_, _| true)] }
}
fn main() {
    let n: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let kinds = std::env::args().nth(2).unwrap();
    for _ in 0..std::env::args().nth(3).map_or(1, |k| k.parse().unwrap()) {
    for k in kinds.split(',') {
    let began = std::time::Instant::now();
    let (u, what) = match k {
      "s1" | "s2" => { let c = W(TwoPhase { managers: n }).checker().threads(if k == "s1" {1} else {2}).spawn_bfs().join(); (c.unique_state_count(), String::new()) }
      t => {
    let threads: usize = t.parse().unwrap();
    let r = answer(Arc::new(two_phase::TwoPhase { managers: n }), &two_phase::questions(n), &Options { threads, pinned: std::env::var("PIN").is_ok(), ..Options::default() }, &mut |_| {}).unwrap();
    (r.unique_states(), format!("{} layers, {} B/state", r.layers.len(), r.bytes / r.unique_states())) } };
    let s = began.elapsed().as_secs_f64();
    println!("{k}: {u} states {:.3}s {:.2} M/s {what}", s, u as f64 / s / 1e6);
    }}
}
