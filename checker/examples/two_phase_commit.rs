//! **Two-phase commit: a transaction manager asks resource managers to commit, and any of them may refuse.**
//!
//! J. Gray and L. Lamport, *Consensus on Transaction Commit*, 2006, section 2; the transition system is that of the
//! example of the same name that comes with stateright. A message that was sent stays in the network.
//!
//! `cargo run --release -p mailcover-checker --example two_phase_commit -- 9 --threads 2`

mod support;

use std::process::ExitCode;

use mailcover_checker::{Epistemic, Packing, Question};
use serde::{Deserialize, Serialize};
use stateright::Model;
use support::Asked;

/// A transaction with so many resource managers, at most [`MOST`].
#[derive(Clone, Copy)]
pub(crate) struct TwoPhase(pub(crate) u32);

/// How many fit into 48 bits.
const MOST: u32 = 11;

/// What may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    Commit,
    Abort,
    HearPrepared(u32),
    Prepare(u32),
    Refuse(u32),
    HearCommit(u32),
    HearAbort(u32),
}

/// All in one word: two bits for what each manager does, one for each that said "prepared", one for each that was
/// heard, and two for what the transaction manager decided, which is also what it sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Moment(u64);

/// What a manager does; working is 0.
const PREPARED: u64 = 1;
const COMMITTED: u64 = 2;
const ABORTED: u64 = 3;

/// Where the bits of a word start.
const SAID: u32 = 2 * MOST;
const HEARD: u32 = SAID + MOST;
const SENT_COMMIT: u32 = HEARD + MOST;
const SENT_ABORT: u32 = SENT_COMMIT + 1;

impl Moment {
    fn does(self, manager: u32) -> u64 {
        self.0 >> (2 * manager) & 3
    }

    fn now_does(self, manager: u32, what: u64) -> Self {
        Moment(self.0 & !(3 << (2 * manager)) | what << (2 * manager))
    }

    fn has(self, bit: u32) -> bool {
        self.0 >> bit & 1 == 1
    }

    fn with(self, bit: u32) -> Self {
        Moment(self.0 | 1 << bit)
    }

    fn decided(self) -> bool {
        self.has(SENT_COMMIT) || self.has(SENT_ABORT)
    }
}

impl Model for TwoPhase {
    type State = Moment;
    type Action = Act;

    fn init_states(&self) -> Vec<Moment> {
        vec![Moment(0)]
    }

    #[inline]
    fn actions(&self, now: &Moment, acts: &mut Vec<Act>) {
        if !now.decided() {
            if (0..self.0).all(|manager| now.has(HEARD + manager)) {
                acts.push(Act::Commit);
            }
            acts.push(Act::Abort);
        }
        for manager in 0..self.0 {
            if !now.decided() && now.has(SAID + manager) {
                acts.push(Act::HearPrepared(manager));
            }
            if now.does(manager) == 0 {
                acts.extend([Act::Prepare(manager), Act::Refuse(manager)]);
            }
            if now.has(SENT_COMMIT) {
                acts.push(Act::HearCommit(manager));
            }
            if now.has(SENT_ABORT) {
                acts.push(Act::HearAbort(manager));
            }
        }
    }

    #[inline]
    fn next_state(&self, now: &Moment, act: Act) -> Option<Moment> {
        Some(match act {
            Act::Commit => now.with(SENT_COMMIT),
            Act::Abort => now.with(SENT_ABORT),
            Act::HearPrepared(manager) => now.with(HEARD + manager),
            Act::Prepare(manager) => now.now_does(manager, PREPARED).with(SAID + manager),
            Act::Refuse(manager) | Act::HearAbort(manager) => now.now_does(manager, ABORTED),
            Act::HearCommit(manager) => now.now_does(manager, COMMITTED),
        })
    }
}

/// A manager sees what it does itself.
impl Epistemic for TwoPhase {
    type Observer = u32;
    type View = u64;

    fn view(&self, manager: u32, now: &Moment) -> u64 {
        now.does(manager)
    }

    fn packing(&self) -> Option<Packing> {
        Some(Packing::of_bits(SENT_ABORT + 1).keeping_together(SAID))
    }

    #[inline]
    fn packed(&self, now: &Moment) -> u128 {
        now.0.into()
    }
}

/// What is asked of it.
pub(crate) fn questions(system: TwoPhase) -> Vec<Asked<TwoPhase>> {
    let all = move |now: &Moment, what| (0..system.0).all(|manager| now.does(manager) == what);
    let some = move |now: &Moment, what| (0..system.0).any(|manager| now.does(manager) == what);
    vec![
        ("consistent", Question::always(move |now| !(some(now, COMMITTED) && some(now, ABORTED)))),
        ("all may abort", Question::reachable(move |now| all(now, ABORTED))),
        ("all may commit", Question::reachable(move |now| all(now, COMMITTED))),
    ]
}

pub(crate) fn main() -> ExitCode {
    support::run("resource managers", 7, 1..=MOST, |size| {
        let system = TwoPhase(size);
        (system, questions(system))
    })
}
