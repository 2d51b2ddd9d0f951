//! **What a chart shows of each step: messages with what they carry, and what somebody does alone.**

mod recorder;
mod step;

use crate::tell::calendar::Day;
use crate::tell::scene::Scenes;
use crate::tell::words::{capital, harmless, log_name};
use crate::tell::{rows, story};
use mailcover_model::row::Row;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::world::Device;

pub(crate) use step::Drawn;

/// A principal of the chart. The order is that of the lifelines, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Lane {
    /// A device of Alice's, with its person.
    Left(Device),
    /// Whoever uses a capability.
    Adversary,
    /// The key directory.
    Directory,
    /// A log, by its number.
    Log(u8),
    /// The push service.
    Push,
    /// Where the provider keeps backups.
    Backups,
    /// Where the provider keeps what is attached to messages.
    Store,
    /// Where the provider keeps accounts.
    Accounts,
    /// The carrier.
    Carrier,
    /// Another device, with its person.
    Right(Device),
    /// Who answers orders at the provider.
    Desk,
    /// The investigator.
    Investigator,
    /// The court.
    Court,
}

/// How a mark is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// As any other.
    Plain,
    /// An answer, or something written down.
    Answer,
    /// A capability at work.
    Power,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Something goes from one to the other.
    Arrow { from: Lane, to: Lane, says: String, sort: Sort },
    /// Somebody does something alone.
    Alone { at: Lane, says: String, sort: Sort },
    /// A line across all lifelines: a day begins, or the run goes round from here on.
    Rule(String),
}

/// A chart before it is laid out.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    /// The lifelines that are used, in order, each with its name.
    pub(crate) lanes: Vec<(Lane, String)>,
    /// The marks of each step with its number, which is 0 for what happened before the first.
    pub(crate) steps: Vec<(usize, Vec<Mark>)>,
}

/// What a chart of these scenes shows, which begin in this state and go round after the step of this number, if any.
pub(crate) fn sequence(
    service: &Service,
    begins: Option<&State>,
    scenes: &Scenes,
    round: Option<usize>,
) -> Sequence {
    let draw = |scene| Drawn { service, scene }.marks();
    let mut steps: Vec<(usize, Vec<Mark>)> = Vec::new();
    let mut day = None;
    for scene in scenes.past.iter().filter(|scene| !story::quiet(scene)) {
        if day.replace(scene.day) != Some(scene.day) {
            steps.push((0, vec![Mark::Rule(scene.day.heading())]));
        }
        steps.push((0, draw(scene)));
    }
    if steps.is_empty() {
        steps.push((0, begins.map_or_else(Vec::new, |state| inherited(service, state))));
    }
    if let Some((_, last)) = steps.last_mut() {
        // The turn of the last day before the run has said it already.
        last.retain(|mark| *mark != Mark::Rule(Day::FIRST.heading()));
        last.push(Mark::Rule(Day::FIRST.heading()));
    }
    let before = steps.len();
    steps.extend(scenes.run.iter().enumerate().map(|(at, scene)| (at + 1, draw(scene))));
    if let Some((_, marks)) = round.and_then(|step| steps.get_mut(before + step - 1)) {
        marks.push(Mark::Rule("From here on it goes round".to_owned()));
    }
    let mut used: Vec<Lane> = steps.iter().flat_map(|(_, marks)| marks).flat_map(lanes_of).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        used.extend(service.scope().devices.iter().map(lane));
    }
    let lanes = used.into_iter().map(|lane| (lane, name(service, lane))).collect();
    Sequence { lanes, steps }
}

/// The rows that stand in the logs before the run begins, each in a box of its own.
fn inherited(service: &Service, begins: &State) -> Vec<Mark> {
    let mark = |&row: &Row| {
        let says = format!("from before: {}", rows::recorded(service, Day::FIRST, row));
        Mark::Alone { at: Lane::Log(row.index() as u8), says: harmless(&says), sort: Sort::Answer }
    };
    begins.rows.as_slice().iter().map(mark).collect()
}

fn lanes_of(mark: &Mark) -> Vec<Lane> {
    match mark {
        Mark::Arrow { from, to, .. } => vec![*from, *to],
        Mark::Alone { at, .. } => vec![*at],
        Mark::Rule(_) => Vec::new(),
    }
}

const fn lane(device: Device) -> Lane {
    match device {
        Device::AlicePhone | Device::AliceTablet => Lane::Left(device),
        _ => Lane::Right(device),
    }
}

fn name(service: &Service, lane: Lane) -> String {
    match lane {
        Lane::Left(device) | Lane::Right(device) => device.name().to_owned(),
        Lane::Adversary => "Adversary".to_owned(),
        Lane::Directory => "Directory".to_owned(),
        Lane::Log(log) => {
            let name = log_name(service, usize::from(log));
            capital(name.strip_prefix("the ").unwrap_or(&name))
        }
        Lane::Push => "Push".to_owned(),
        Lane::Backups => "Backups".to_owned(),
        Lane::Store => "Store".to_owned(),
        Lane::Accounts => "Accounts".to_owned(),
        Lane::Carrier => "Carrier".to_owned(),
        Lane::Desk => "Provider, for orders".to_owned(),
        Lane::Investigator => "Investigator".to_owned(),
        Lane::Court => "Court".to_owned(),
    }
}
