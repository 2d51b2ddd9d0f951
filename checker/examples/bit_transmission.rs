//! **Bit transmission: over a channel that loses, the sender comes to know that the receiver knows, and no more.**
//!
//! R. Fagin, J. Y. Halpern, Y. Moses, M. Y. Vardi, *Reasoning about Knowledge*, 1995, chapter 4. The sender repeats a bit
//! until it is acknowledged, and goes on to the next. That both know this is never common knowledge: the last message
//! may always have been lost.
//!
//! `cargo run --release -p mailcover-checker --example bit_transmission -- 3`

mod support;

use std::process::ExitCode;

use mailcover_checker::{Epistemic, Question, ag, and, atom, common, ef, implies, knows, not, or};
use serde::{Deserialize, Serialize};
use stateright::Model;
use support::Asked;

/// So many bits.
#[derive(Clone, Copy)]
pub(crate) struct Transmission(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Line {
    bits: u32,
    /// How many bits the receiver has, and of how many the sender knows that.
    received: u32,
    acknowledged: u32,
    /// The number of the bit on the way, and of bits acknowledged by what is on the way back.
    forth: Option<u32>,
    back: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    Send,
    Deliver,
    LoseBit,
    Acknowledge,
    Hear,
    LoseAcknowledgement,
}

impl Model for Transmission {
    type State = Line;
    type Action = Act;

    fn init_states(&self) -> Vec<Line> {
        let line = |bits| Line { bits, received: 0, acknowledged: 0, forth: None, back: None };
        (0..1 << self.0).map(line).collect()
    }

    fn actions(&self, _: &Line, acts: &mut Vec<Act>) {
        acts.extend([
            Act::Send,
            Act::Deliver,
            Act::LoseBit,
            Act::Acknowledge,
            Act::Hear,
            Act::LoseAcknowledgement,
        ]);
    }

    fn next_state(&self, line: &Line, act: Act) -> Option<Line> {
        let mut next = *line;
        match act {
            Act::Send if line.acknowledged < self.0 && line.forth.is_none() => {
                next.forth = Some(line.acknowledged)
            }
            Act::Deliver => next.received = next.received.max(next.forth.take()? + 1),
            Act::LoseBit => drop(next.forth.take()?),
            Act::Acknowledge if line.received > 0 && line.back.is_none() => next.back = Some(line.received),
            Act::Hear => next.acknowledged = next.acknowledged.max(next.back.take()?),
            Act::LoseAcknowledgement => drop(next.back.take()?),
            _ => return None,
        }
        Some(next)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Sender,
    Receiver,
}

/// The sender sees its bits and what was acknowledged; the receiver sees the bits that it has.
impl Epistemic for Transmission {
    type Observer = Side;
    type View = (u32, u32);

    fn view(&self, side: Side, line: &Line) -> (u32, u32) {
        match side {
            Side::Sender => (line.bits, line.acknowledged),
            Side::Receiver => (line.bits & ((1 << line.received) - 1), line.received),
        }
    }
}

pub(crate) fn questions(line: Transmission) -> Vec<Asked<Transmission>> {
    use Side::{Receiver, Sender};
    let one = || atom("the last bit is 1", move |now: &Line| now.bits >> (line.0 - 1) & 1 == 1);
    let receiver_knows = || or(knows(Receiver, one()), knows(Receiver, not(one())));
    let heard = || atom("the last bit was acknowledged", move |now: &Line| now.acknowledged == line.0);
    let sender_knows = || knows(Sender, receiver_knows());
    vec![
        ("the receiver comes to know the bit", Question::formula(ef(receiver_knows()))),
        ("the sender comes to know that", Question::formula(ef(sender_knows()))),
        ("it knows once it has heard", Question::formula(ag(implies(heard(), sender_knows())))),
        (
            "the receiver never knows that the sender knows",
            Question::formula(ag(not(knows(Receiver, sender_knows())))),
        ),
        (
            "it is never common knowledge",
            Question::formula(ag(not(common(&[Sender, Receiver], receiver_knows())))),
        ),
        ("the receiver always knows the bit", Question::formula(ag(and(receiver_knows(), receiver_knows())))),
    ]
}

fn main() -> ExitCode {
    support::run("bits", 2, 1..=16, |size| (Transmission(size), questions(Transmission(size))))
}
