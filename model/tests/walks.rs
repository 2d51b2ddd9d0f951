//! **What runs drawn by chance can do and what is seen of them, counted: a change of a rule is noticed where it changes.**
//!
//! Each line of `walks.txt` is a family of worlds, or one with a flaw in it: how many states the same runs pass through, how
//! often each rule could act there, what had happened, and how many different things each observer can have seen, with a digest
//! of what it sees there and in states that no rule makes. None of these numbers is right for a reason of its own. They are
//! there so that no rule changes what it does, and no view what it shows, without a line of the file changing, which whoever
//! changes it explains.
//!
//! ```sh
//! MAILCOVER_PIN=1 cargo test --workspace --test walks
//! ```

#[expect(unreachable_pub, reason = "it is the library's of another package, too")]
#[path = "../../tests/src/chance.rs"]
mod chance;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chance::Chance;
use enumset::EnumSet;
use mailcover_model::action::Rule;
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::service::Service;
use mailcover_model::view::{Observer, View};
use sha2::{Digest, Sha256};
use stateright::Model;
use support::families::{families, guarded, powered};
use support::{ALL_OBSERVERS, World, pairs_of, successors};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/walks.txt");
const PINNED: &str = include_str!("walks.txt");

/// Runs per world, and the most steps of a run.
const RUNS: u64 = 60;
const STEPS: usize = 30;

/// What was counted along the runs.
#[derive(Default)]
struct Counts {
    states: usize,
    possible: BTreeMap<Rule, usize>,
    /// Of how many pairs each event had happened, summed up over the states.
    happened: BTreeMap<Event, u32>,
    seen: BTreeMap<Observer, BTreeSet<View>>,
    /// All that each observer sees in the states, and where one thing in them is otherwise, in their order.
    shown: BTreeMap<Observer, Sha256>,
}

impl Counts {
    fn of(service: &Service) -> Self {
        let mut counts = Counts::default();
        let initial = service.init_states();
        for run in 0..RUNS {
            let (mut chance, mut tampering) = (Chance::of(run), Chance::of(!run));
            let mut state = initial[chance.below(initial.len())];
            for _ in 0..STEPS {
                counts.states += 1;
                for event in Event::ALL {
                    *counts.happened.entry(event).or_default() += pairs_of(event, &state).count_ones();
                }
                let tampered = tampering.tampered(&state);
                for observer in ALL_OBSERVERS {
                    let view = service.view_of(observer, &state);
                    let shown = counts.shown.entry(observer).or_default();
                    for number in view.iter().chain(&service.view_of(observer, &tampered)) {
                        shown.update(number.to_le_bytes());
                    }
                    counts.seen.entry(observer).or_default().insert(view);
                }
                let next: Vec<_> = successors(service, &state).collect();
                for (action, _) in &next {
                    *counts.possible.entry(action.rule()).or_default() += 1;
                }
                let Some((_, chosen)) = next.get(chance.below(next.len().max(1))) else { break };
                state = *chosen;
            }
        }
        counts
    }

    fn line(&self, name: &str) -> String {
        let mut line = format!("{name}: {} states;", self.states);
        for (rule, times) in &self.possible {
            write!(line, " {rule:?} {times}").expect("a line takes words");
        }
        line.push_str("; happened:");
        for (event, times) in self.happened.iter().filter(|(_, times)| **times > 0) {
            write!(line, " {event:?} {times}").expect("a line takes words");
        }
        line.push_str("; seen:");
        for (observer, views) in self.seen.iter().filter(|(_, views)| views.len() > 1) {
            let digest = hex::encode(&self.shown[observer].clone().finalize()[..3]);
            write!(line, " {observer:?} {}:{digest}", views.len()).expect("a line takes words");
        }
        line
    }
}

/// The families, and worlds in which everything may be done.
fn worlds() -> Vec<World> {
    let open =
        ["imessage-2016", "imessage-2013", "icloud-backup-2015", "attachments-open", "recalled-answers"];
    let open = open.into_iter().flat_map(|design| [guarded(design), powered(design)]);
    let open = open.map(|world| {
        let power = if world.scope.power { "powered" } else { "guarded" };
        let name = format!("{power} {}", world.design.name);
        World { name: name.leak(), ..world }
    });
    families().into_iter().chain(open).collect()
}

fn line(world: &World) -> String {
    Counts::of(&world.service()).line(world.name)
}

/// The line of the first world in which the runs notice the flaw.
fn with_flaw(flaw: Flaw, plain: &[(World, String)]) -> String {
    let told = plain.iter().filter(|(world, _)| world.setup.flaw.is_none()).find_map(|(world, without)| {
        let with = line(&world.clone().flawed(flaw));
        (with != *without).then_some(with)
    });
    told.map_or_else(|| format!("{flaw:?}: noticed in no world"), |told| format!("{flaw:?}, {told}"))
}

#[test]
fn what_runs_can_do_and_what_is_seen_of_them_changes_with_the_file_alone() {
    let plain: Vec<(World, String)> = worlds()
        .into_iter()
        .map(|world| {
            let line = line(&world);
            (world, line)
        })
        .collect();
    let mut lines: Vec<String> = plain.iter().map(|(_, line)| line.clone()).collect();
    if std::env::var_os("MAILCOVER_PIN").is_some_and(|value| value == "1") {
        lines.extend(EnumSet::<Flaw>::all().iter().map(|flaw| with_flaw(flaw, &plain)));
        std::fs::write(FILE, lines.join("\n") + "\n").expect("the file can be written");
        return;
    }
    let (worlds, flaws): (Vec<&str>, Vec<&str>) = PINNED.lines().partition(|line| !names_a_flaw(line));
    for (found, pinned) in lines.iter().zip(&worlds) {
        assert_eq!(found, pinned, "the file was right before, or is to be written anew: MAILCOVER_PIN=1");
    }
    assert_eq!(lines.len(), worlds.len());
    for (flaw, pinned) in EnumSet::<Flaw>::all().iter().zip(&flaws) {
        let rest = pinned.strip_prefix(&format!("{flaw:?}")).expect("a line for each flaw, in their order");
        let Some(rest) = rest.strip_prefix(", ") else { continue };
        let (world, _) = plain
            .iter()
            .find(|(world, _)| rest.starts_with(&format!("{}: ", world.name)))
            .unwrap_or_else(|| panic!("{flaw:?} is noticed in a world that is gone"));
        assert_eq!(line(&world.clone().flawed(flaw)), rest, "{flaw:?}");
    }
    assert_eq!(flaws.len(), EnumSet::<Flaw>::all().len());
}

fn names_a_flaw(line: &str) -> bool {
    EnumSet::<Flaw>::all()
        .iter()
        .any(|flaw| line.strip_prefix(&format!("{flaw:?}")).is_some_and(|rest| rest.starts_with([',', ':'])))
}
