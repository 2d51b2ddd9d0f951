//! **Muddy children: that nobody steps forward tells each one something, until those who are muddy know it.**
//!
//! R. Fagin, J. Y. Halpern, Y. Moses, M. Y. Vardi, *Reasoning about Knowledge*, 1995, chapter 1. Their father has said that at
//! least one is muddy. Each sees the others. In each round those who know that they are muddy step forward.
//!
//! The model steps forward by counting: a child that sees no more muddy ones than rounds have passed is muddy. The
//! questions ask whether that is the same as knowing.
//!
//! `cargo run --release -p mailcover-checker --example muddy_children -- 8`

mod support;

use std::process::ExitCode;

use mailcover_checker::{Epistemic, Question, af, ag, atom, everyone, implies, knows};
use serde::{Deserialize, Serialize};
use stateright::Model;
use support::Asked;

/// So many children.
#[derive(Clone, Copy)]
pub(crate) struct Children(pub(crate) u32);

/// A bit for each muddy child, and for each that stepped forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Yard {
    muddy: u32,
    rounds: u32,
    forward: u32,
}

/// Those who know step forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ask;

impl Yard {
    fn is_muddy(&self, child: u32) -> bool {
        self.muddy >> child & 1 == 1
    }

    /// Whether the child is muddy and will step forward when asked now.
    fn is_sure(&self, child: u32) -> bool {
        let seen = (self.muddy & !(1 << child)).count_ones();
        self.is_muddy(child) && seen <= self.rounds
    }
}

impl Model for Children {
    type State = Yard;
    type Action = Ask;

    fn init_states(&self) -> Vec<Yard> {
        (1..1 << self.0).map(|muddy| Yard { muddy, rounds: 0, forward: 0 }).collect()
    }

    fn actions(&self, yard: &Yard, actions: &mut Vec<Ask>) {
        if yard.forward == 0 {
            actions.push(Ask);
        }
    }

    fn next_state(&self, yard: &Yard, _: Ask) -> Option<Yard> {
        let forward = (0..self.0).filter(|child| yard.is_sure(*child)).fold(0, |all, child| all | 1 << child);
        Some(Yard { rounds: yard.rounds + 1, forward, ..*yard })
    }
}

/// Each sees the mud of the others, and who stepped forward when.
impl Epistemic for Children {
    type Observer = u32;
    type View = (u32, u32, u32);

    fn view(&self, child: u32, yard: &Yard) -> (u32, u32, u32) {
        (yard.muddy & !(1 << child), yard.rounds, yard.forward)
    }
}

pub(crate) fn questions(children: Children) -> Vec<Asked<Children>> {
    let muddy = || atom("the first is muddy", |yard: &Yard| yard.is_muddy(0));
    let sure = || atom("the first is sure", |yard: &Yard| yard.is_sure(0));
    let asked = || atom("nobody stepped forward yet", |yard: &Yard| yard.forward == 0);
    let all: Vec<u32> = (0..children.0).collect();
    let all_muddy = || atom("all are muddy", move |yard: &Yard| yard.muddy == (1 << children.0) - 1);
    vec![
        ("who steps forward knows", Question::formula(ag(implies(sure(), knows(0, muddy()))))),
        (
            "who knows steps forward",
            Question::formula(ag(implies(asked(), implies(knows(0, muddy()), sure())))),
        ),
        (
            "if all are muddy then everybody comes to know it",
            Question::formula(implies(all_muddy(), af(everyone(&all, all_muddy())))),
        ),
        (
            "the first always knows whether it is muddy",
            Question::formula(ag(implies(muddy(), knows(0, muddy())))),
        ),
    ]
}

fn main() -> ExitCode {
    support::run("children", 4, 1..=20, |size| (Children(size), questions(Children(size))))
}
