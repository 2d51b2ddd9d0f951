//! **Dining cryptographers: they learn whether one of them paid, and not who.**
//!
//! D. Chaum, *The dining cryptographers problem*, 1988. Each two neighbours toss a coin that only they see. Each says
//! whether the coins on both sides differ; whoever paid says the opposite. An odd number of "they differ" means that one
//! of them paid.
//!
//! Everybody's part is the same, so that what the first one knows, each knows.
//!
//! `cargo run --release -p mailcover-checker --example dining_cryptographers -- 5`

mod support;

use std::process::ExitCode;

use mailcover_checker::{Epistemic, Question, ag, atom, common, implies, or};
use serde::{Deserialize, Serialize};
use stateright::Model;
use support::Asked;

/// So many cryptographers.
#[derive(Clone, Copy)]
pub(crate) struct Table(pub(crate) u32);

/// What is so at the table. Coin `i` lies between `i` and the one after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Dinner {
    payer: Option<u8>,
    coins: u32,
    /// How many have spoken, in their order, and what each said.
    spoken: u32,
    said: u32,
}

/// The next one speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Speak;

impl Dinner {
    fn paid(&self, who: u32) -> bool {
        self.payer.is_some_and(|payer| u32::from(payer) == who)
    }

    fn coin(&self, at: u32) -> bool {
        self.coins >> at & 1 == 1
    }
}

impl Table {
    fn before(self, who: u32) -> u32 {
        (who + self.0 - 1) % self.0
    }
}

impl Model for Table {
    type State = Dinner;
    type Action = Speak;

    fn init_states(&self) -> Vec<Dinner> {
        let payers = (0..self.0 as u8).map(Some).chain([None]);
        let dinner = |payer, coins| Dinner { payer, coins, spoken: 0, said: 0 };
        payers.flat_map(|payer| (0..1 << self.0).map(move |coins| dinner(payer, coins))).collect()
    }

    fn actions(&self, dinner: &Dinner, actions: &mut Vec<Speak>) {
        if dinner.spoken < self.0 {
            actions.push(Speak);
        }
    }

    fn next_state(&self, dinner: &Dinner, _: Speak) -> Option<Dinner> {
        let who = dinner.spoken;
        let differ = dinner.coin(who) != dinner.coin(self.before(who));
        let says = differ != dinner.paid(who);
        Some(Dinner { spoken: who + 1, said: dinner.said | u32::from(says) << who, ..*dinner })
    }
}

/// Each sees the two coins beside it, whether it paid, and what was said.
impl Epistemic for Table {
    type Observer = u32;
    type View = (bool, bool, bool, u32, u32);

    fn view(&self, who: u32, dinner: &Dinner) -> Self::View {
        (dinner.coin(self.before(who)), dinner.coin(who), dinner.paid(who), dinner.spoken, dinner.said)
    }
}

pub(crate) fn questions(table: Table) -> Vec<Asked<Table>> {
    let done = move |dinner: &Dinner| dinner.spoken == table.0;
    let someone = move |dinner: &Dinner| done(dinner) && dinner.payer.is_some();
    let nobody = move |dinner: &Dinner| done(dinner) && dinner.payer.is_none();
    let all: Vec<u32> = (0..table.0).collect();
    let common_knowledge = or(
        common(&all, atom("someone paid", move |dinner: &Dinner| dinner.payer.is_some())),
        common(&all, atom("nobody paid", move |dinner: &Dinner| dinner.payer.is_none())),
    );
    vec![
        (
            "the first never knows that the second paid",
            Question::never_known(|dinner: &Dinner| dinner.paid(1), &[0]),
        ),
        (
            "the first never knows that the last paid",
            Question::never_known(move |dinner: &Dinner| dinner.paid(table.0 - 1), &[0]),
        ),
        ("the first learns that one of them paid", Question::known(someone, &[0])),
        ("the first learns that none of them paid", Question::known(nobody, &[0])),
        (
            "both neighbours of the second learn that it paid",
            Question::known(move |dinner: &Dinner| done(dinner) && dinner.paid(1), &[0, 2]),
        ),
        (
            "in the end it is common knowledge",
            Question::formula(ag(implies(atom("done", done), common_knowledge))),
        ),
    ]
}

pub(crate) fn main() -> ExitCode {
    support::run("cryptographers", 4, 3..=20, |size| (Table(size), questions(Table(size))))
}
