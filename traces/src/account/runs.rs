//! **A run as data: step by step, what happened, who saw it, what was written down and what of that was kept.**

use super::{Happened, Logged, RunAccount, Seen, Step, Stored, events};
use crate::chart;
use crate::portrait::{Value, changes, portrait};
use crate::replay::{Replayed, ReplayedRun};
use crate::tell::calendar::{Day, Now, days};
use crate::tell::scene::{self, Scene, Scenes};
use crate::tell::words::{capital, harmless};
use crate::tell::{ending, holdings, outcome, rows, story};
use enumset::EnumSet;
use mailcover_model::design::ObserverName;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::word::word;
use mailcover_model::world::User;
use mailcover_properties::fact::Fact;

/// What a run is told with: the same for all runs of a trace.
pub(crate) struct Telling<'a> {
    pub(crate) replayed: &'a Replayed,
}

pub(super) fn runs(replayed: &Replayed) -> Vec<RunAccount> {
    let telling = Telling { replayed };
    let all = replayed.runs.iter().zip(titles(replayed));
    all.map(|(run, title)| told(&telling, run, title, replayed.round())).collect()
}

/// What to call each run: of twins, by what tells them apart.
fn titles(replayed: &Replayed) -> Vec<String> {
    let [_, twin] = replayed.runs.as_slice() else { return vec!["The run".to_owned()] };
    let fact = &replayed.trace.fact;
    let other = twin.states.last().and_then(|state| ending::otherwise(replayed, state));
    let other = other.map_or_else(|| ending::denial(replayed), str::to_owned);
    vec![harmless(&format!("The run in which {fact}")), harmless(&format!("The run in which {other}"))]
}

/// A run as data, which goes round after the step of this number, if any.
pub(crate) fn told(
    telling: &Telling<'_>,
    run: &ReplayedRun,
    title: String,
    round: Option<usize>,
) -> RunAccount {
    let shown = scene::shown(run);
    let (service, states, scenes) = (shown.service.as_ref(), shown.states.as_slice(), &shown.scenes);
    let teller = Teller { telling, run, service, scenes };
    let (logged, handed) = teller.logged(states);
    let begins: Vec<(String, Value)> = states.first().map_or_else(Vec::new, |state| portrait(service, state));
    RunAccount {
        title,
        before: story::before(service, run, scenes),
        facts: run.states.first().map_or_else(Vec::new, |state| holding(telling, run, state)),
        steps: teller.steps(states, &begins),
        begins: Value::Record(begins),
        round,
        seen: teller.seen(&handed),
        logged,
        stored: teller.stored(states),
        events: teller.events(),
        left_out: shown.lacks_something().then(|| scene::LEFT_OUT.to_owned()),
        chart: chart::chart(service, states.first(), scenes, round),
    }
}

/// The facts that hold in a state of the run, by number.
fn holding(telling: &Telling<'_>, run: &ReplayedRun, state: &State) -> Vec<usize> {
    let holds = |fact: &Fact| fact.holds(&run.service, state);
    let numbered = telling.replayed.facts.iter().enumerate();
    numbered.filter(|(_, fact)| holds(fact)).map(|(at, _)| at).collect()
}

/// A run with whatever of it is shown: its scenes, from the model with nothing left out where there is one.
struct Teller<'a> {
    telling: &'a Telling<'a>,
    run: &'a ReplayedRun,
    service: &'a Service,
    scenes: &'a Scenes,
}

impl Teller<'_> {
    /// All scenes, each with the number of its step; 0 for those of the past.
    fn numbered(&self) -> impl Iterator<Item = (usize, &Scene)> {
        let past = self.scenes.past.iter().map(|scene| (0, scene));
        past.chain(self.scenes.run.iter().enumerate().map(|(at, scene)| (at + 1, scene)))
    }

    fn steps(&self, states: &[State], begins: &[(String, Value)]) -> Vec<Step> {
        let trace = &self.telling.replayed.trace;
        let powers =
            trace.design.adversary(&trace.adversary).map_or(EnumSet::empty(), |known| known.capabilities);
        let mut before = begins.to_vec();
        let own = self.run.states.iter().skip(1);
        let all = self.scenes.run.iter().zip(states.iter().skip(1)).zip(own);
        all.map(|((scene, state), own)| {
            let after = portrait(self.service, state);
            let power = scene.action.capability();
            let step = Step {
                act: harmless(&outcome::act_of(scene)),
                says: outcome::told(self.service, scene),
                asks: outcome::asks(scene),
                day: scene.day.0,
                power: power.map(word),
                by_adversary: power.is_some_and(|power| powers.contains(power)),
                facts: holding(self.telling, self.run, own),
                changes: changes(&before, &after),
            };
            before = after;
            step
        })
        .collect()
    }

    /// The number of an observer among the holders.
    fn holder(&self, eye: Observer) -> Option<usize> {
        super::eyes(self.service).into_iter().position(|(_, known)| known == eye)
    }

    /// What was seen, where each scene handed these of the logged rows over.
    fn seen(&self, handed: &[Vec<usize>]) -> Vec<Seen> {
        let eyes = super::eyes(self.service);
        let mut seen = Vec::new();
        let begins = self.scenes.past.len();
        for (at, (step, scene)) in self.numbered().enumerate() {
            if at == begins {
                seen.extend(self.asked_on_the_eve(&eyes));
            }
            let when = scene.next_day.to_string();
            for (holder, &(_, eye)) in eyes.iter().enumerate() {
                let own = scene
                    .happened
                    .iter()
                    .filter_map(|&row| rows::as_seen(self.service, scene.now(), eye, row));
                // What backups and the store yield stands in no log, and comes after what logs yield.
                let of_logs = scene.disclosed.iter().filter(|row| !row.is_content()).count();
                let entries = handed.get(at).filter(|entries| entries.len() == of_logs);
                let given = scene.disclosed.iter().enumerate().filter(|_| eye == Observer::Investigator);
                let given = given.map(|(place, &row)| {
                    let entry = entries.and_then(|entries| entries.get(place));
                    (rows::remembered(self.service, scene.now(), eye, row), entry.copied())
                });
                seen.extend(own.map(|what| (what, None)).chain(given).map(|(what, row)| Seen {
                    step,
                    holder,
                    when: when.clone(),
                    what: harmless(&capital(&what)),
                    row,
                }));
            }
        }
        if self.scenes.run.is_empty() {
            seen.extend(self.asked_on_the_eve(&eyes));
        }
        seen
    }

    /// The request to preserve that some designs begin with, as those see it who see it.
    fn asked_on_the_eve(&self, eyes: &[(ObserverName, Observer)]) -> Vec<Seen> {
        let Some(state) = self.run.states.first().filter(|_| story::asked_on_the_eve(self.service)) else {
            return Vec::new();
        };
        let request = Row::of(Kind::Preserved).to(User::Alice.address());
        let now = Now { state, day: Day::FIRST };
        let sight = |(holder, (_, eye)): (usize, &(ObserverName, Observer))| {
            let what = harmless(&capital(&rows::as_seen(self.service, now, *eye, request)?));
            Some(Seen { step: 0, holder, when: now.day.to_string(), what, row: None })
        };
        eyes.iter().enumerate().filter_map(sight).collect()
    }

    /// What logs recorded, and which of these rows each scene handed over, in the order in which it did.
    fn logged(&self, states: &[State]) -> (Vec<Logged>, Vec<Vec<usize>>) {
        let mut all: Vec<Logged> = Vec::new();
        let mut handed = Vec::new();
        // Which of them stand in the state, in the order of its rows.
        let mut open: Vec<usize> = Vec::new();
        let begins = self.scenes.past.len();
        for (at, (step, scene)) in self.numbered().enumerate() {
            if at == begins {
                self.catch_up(states, &mut all, &mut open);
            }
            for &gone in scene.purged_at.iter().rev() {
                if gone < open.len() {
                    all[open.remove(gone)].deleted = Some(step);
                }
            }
            for &row in &scene.recorded {
                open.push(all.len());
                all.extend(self.row(step, scene.next_day, row));
            }
            let rows = scene.after.rows.as_slice();
            let mut now = Vec::new();
            for (place, _) in rows.iter().enumerate().filter(|(_, row)| row.disclosed()) {
                let Some(&entry) = open.get(place) else { continue };
                if all[entry].disclosed.is_none() {
                    all[entry].disclosed = Some(step);
                    now.push(entry);
                }
            }
            handed.push(now);
        }
        if self.scenes.run.is_empty() {
            self.catch_up(states, &mut all, &mut open);
        }
        (all, handed)
    }

    /// Rows that stand in the first state although no scene recorded them.
    fn catch_up(&self, states: &[State], all: &mut Vec<Logged>, open: &mut Vec<usize>) {
        let Some(first) = states.first() else { return };
        for &row in first.rows.as_slice().iter().skip(open.len()) {
            open.push(all.len());
            all.extend(self.row(0, Day::FIRST, row));
        }
    }

    fn row(&self, step: usize, today: Day, row: Row) -> Option<Logged> {
        let holder = self.holder(Observer::Log(row.index() as u8))?;
        let cells = rows::cells(self.service, today, row).into_iter();
        let cells = cells.map(|cell| harmless(&cell.unwrap_or_default())).collect();
        Some(Logged { step, holder, cells, deleted: None, disclosed: None })
    }

    fn stored(&self, states: &[State]) -> Vec<Stored> {
        let mut all: Vec<Stored> = Vec::new();
        let days = days(self.service, states, &self.run.actions);
        for (step, (state, day)) in states.iter().zip(days).enumerate() {
            let lines = holdings::besides_logs(self.service, Now { state, day });
            if all.last().is_none_or(|last| last.lines != lines) {
                all.push(Stored { step, lines });
            }
        }
        all
    }

    fn events(&self) -> Vec<Happened> {
        let states = &self.run.states;
        let mut happened = Vec::new();
        for (event, (what, pair)) in events().enumerate() {
            if let Some(step) = states.iter().position(|state| what.happened(state, pair)) {
                happened.push(Happened { step, event });
            }
        }
        happened.sort_by_key(|happened| (happened.step, happened.event));
        happened
    }
}
