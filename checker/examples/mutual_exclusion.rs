//! **Mutual exclusion: who wants to enter does so in the end, because the turn goes round and nobody holds it for ever.**
//!
//! A turn passes from one to the next. Whoever has it and is waiting enters; whoever has it and does not want it passes it
//! on. To want is a choice that need never be made; to enter, to leave and to pass are machinery, and fair.
//!
//! `cargo run --release -p mailcover-checker --example mutual_exclusion -- 4`

mod support;

use std::process::ExitCode;

use mailcover_checker::{Epistemic, Question};
use serde::{Deserialize, Serialize};
use stateright::Model;
use support::Asked;

/// So many processes.
#[derive(Clone, Copy)]
pub(crate) struct Ring(pub(crate) u32);

/// A bit for each process that waits, and for each that is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Turn {
    waiting: u32,
    inside: u32,
    turn: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    Want(u32),
    Enter(u32),
    Leave(u32),
    Pass(u32),
}

impl Turn {
    fn waits(&self, process: u32) -> bool {
        self.waiting >> process & 1 == 1
    }

    fn is_inside(&self, process: u32) -> bool {
        self.inside >> process & 1 == 1
    }
}

impl Model for Ring {
    type State = Turn;
    type Action = Act;

    fn init_states(&self) -> Vec<Turn> {
        vec![Turn { waiting: 0, inside: 0, turn: 0 }]
    }

    fn actions(&self, _: &Turn, acts: &mut Vec<Act>) {
        acts.extend(
            (0..self.0).flat_map(|it| [Act::Want(it), Act::Enter(it), Act::Leave(it), Act::Pass(it)]),
        );
    }

    fn next_state(&self, now: &Turn, act: Act) -> Option<Turn> {
        let idle = |process| !now.waits(process) && !now.is_inside(process);
        Some(match act {
            Act::Want(it) if idle(it) => Turn { waiting: now.waiting | 1 << it, ..*now },
            Act::Enter(it) if now.turn == it && now.waits(it) => {
                Turn { waiting: now.waiting & !(1 << it), inside: now.inside | 1 << it, ..*now }
            }
            Act::Leave(it) if now.is_inside(it) => {
                Turn { inside: now.inside & !(1 << it), turn: (it + 1) % self.0, ..*now }
            }
            Act::Pass(it) if now.turn == it && idle(it) => Turn { turn: (it + 1) % self.0, ..*now },
            _ => return None,
        })
    }
}

/// A process sees whether it has the turn, and what it does itself.
impl Epistemic for Ring {
    type Observer = u32;
    type View = (bool, bool, bool);

    fn view(&self, process: u32, now: &Turn) -> Self::View {
        (now.turn == process, now.waits(process), now.is_inside(process))
    }

    fn fair(&self, act: &Act) -> bool {
        !matches!(act, Act::Want(_))
    }
}

pub(crate) fn questions() -> Vec<Asked<Ring>> {
    let first_inside = |now: &Turn| now.is_inside(0);
    vec![
        ("never two inside", Question::always(|now: &Turn| now.inside.count_ones() <= 1)),
        ("who waits enters", Question::inevitable(|now: &Turn| now.waits(0), first_inside)),
        ("the first enters", Question::inevitable(|_| true, first_inside)),
        ("who is inside knows that it is alone", Question::known(|now: &Turn| now.inside == 1, &[0])),
    ]
}

fn main() -> ExitCode {
    support::run("processes", 3, 2..=12, |size| (Ring(size), questions()))
}
