//! **How many states a second the explorer finds**, on a model with cheap rules and wide states.
//!
//! `cargo run --release -p mailcover-checker --example throughput [SIDE]` walks a grid of four
//! dimensions, each `SIDE` long, whose states are 200 bytes each.

use mailcover_checker::{ClassTable, Epistemic, Graph, Limits, explore, inevitable};
use stateright::Model;
use std::process::ExitCode;
use std::time::Instant;

/// A grid of four dimensions, on which one walks towards the far corner.
pub(crate) struct Grid {
    pub(crate) side: u8,
}

/// Where the walker is, and what makes the state as wide as those of real models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    at: [u8; 4],
    ballast: [u64; 24],
    rest: [u8; 4],
}

impl Model for Grid {
    type State = Place;
    type Action = u8;

    fn init_states(&self) -> Vec<Place> {
        vec![Place { at: [0; 4], ballast: [7; 24], rest: [0; 4] }]
    }

    fn actions(&self, _: &Place, actions: &mut Vec<u8>) {
        actions.extend(0..4);
    }

    fn next_state(&self, place: &Place, axis: u8) -> Option<Place> {
        let axis = usize::from(axis);
        let further = place.at[axis] + 1;
        (further < self.side).then(|| {
            let mut next = *place;
            next.at[axis] = further;
            next.ballast[axis * 5] = u64::from(further);
            next
        })
    }
}

impl Epistemic for Grid {
    type Observer = usize;
    type View = u8;

    fn view(&self, axis: usize, place: &Place) -> u8 {
        place.at[axis]
    }
}

/// How long each dimension is, as the argument says; `None` where it does not say that of any grid.
pub(crate) fn side(argument: Option<&str>) -> Option<u8> {
    argument.map_or(Some(40), |side| side.parse().ok().filter(|side| *side > 0))
}

fn main() -> ExitCode {
    let Some(side) = side(std::env::args().nth(1).as_deref()) else {
        eprintln!("error: a side is a number from 1 to 255");
        return ExitCode::from(2);
    };
    let grid = Grid { side };
    let corner = |place: &Place| place.at == [grid.side - 1; 4];

    let began = Instant::now();
    let found = explore(&grid, &Limits::default(), &mut |_| {});
    let seconds = began.elapsed().as_secs_f64();
    let states = found.unique_states();
    println!("{states} states of {} bytes, {} transitions", size_of::<Place>(), found.generated());
    println!("explore     {seconds:6.2} s, {:.2} M states/s", states as f64 / seconds / 1e6);
    println!("memory      {:6} MiB", found.memory() >> 20);

    let began = Instant::now();
    let table = ClassTable::build(&grid, &found, &[0, 1], &[&corner], None).expect("one fact");
    let verdict = table.never_known(0).expect("the grid is deterministic").outcome;
    println!("knowledge   {:6.2} s, {verdict}", began.elapsed().as_secs_f64());

    let began = Instant::now();
    let graph = Graph::build(&grid, &found).expect("the grid is deterministic");
    println!("graph       {:6.2} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let answer = inevitable(&grid, &found, &graph, |_| true, corner);
    let verdict = answer.expect("the grid is deterministic").outcome;
    println!("inevitable  {:6.2} s, {verdict}", began.elapsed().as_secs_f64());
    ExitCode::SUCCESS
}
