//! **Two-phase commit as one writes it first: lists for the managers, a set for the network.**
//!
//! It is the same system as that of one word, in the kind of state that stateright's own example has.

use stateright::Model;
use std::collections::BTreeSet;

/// So many resource managers.
pub(crate) struct Wide(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Manager {
    Working,
    Prepared,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Message {
    Prepared(usize),
    Commit,
    Abort,
}

/// The network tells what the transaction manager has decided.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct System {
    managers: Vec<Manager>,
    heard: Vec<bool>,
    decided: bool,
    network: BTreeSet<Message>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Decide(Message),
    Hear(usize),
    Become(usize, Manager),
}

impl Model for Wide {
    type State = System;
    type Action = Step;

    fn init_states(&self) -> Vec<System> {
        let managers = vec![Manager::Working; self.0 as usize];
        let heard = vec![false; managers.len()];
        vec![System { managers, heard, decided: false, network: BTreeSet::new() }]
    }

    fn actions(&self, system: &System, steps: &mut Vec<Step>) {
        if !system.decided {
            if system.heard.iter().all(|heard| *heard) {
                steps.push(Step::Decide(Message::Commit));
            }
            steps.push(Step::Decide(Message::Abort));
        }
        for (at, manager) in system.managers.iter().enumerate() {
            if !system.decided && system.network.contains(&Message::Prepared(at)) {
                steps.push(Step::Hear(at));
            }
            if *manager == Manager::Working {
                steps.extend([Step::Become(at, Manager::Prepared), Step::Become(at, Manager::Aborted)]);
            }
            if system.network.contains(&Message::Commit) {
                steps.push(Step::Become(at, Manager::Committed));
            }
            if system.network.contains(&Message::Abort) {
                steps.push(Step::Become(at, Manager::Aborted));
            }
        }
    }

    fn next_state(&self, system: &System, step: Step) -> Option<System> {
        let mut next = system.clone();
        match step {
            Step::Decide(message) => {
                next.decided = true;
                next.network.insert(message);
            }
            Step::Hear(at) => *next.heard.get_mut(at)? = true,
            Step::Become(at, manager) => {
                *next.managers.get_mut(at)? = manager;
                if manager == Manager::Prepared {
                    next.network.insert(Message::Prepared(at));
                }
            }
        }
        Some(next)
    }
}
