//! **The story of one run: what happened before it, then its steps, day by day.**

use super::calendar::{Day, Now};
use super::layout::Text;
use super::scene::{Scene, Scenes};
use super::words::{capital, count, harmless, list, log_name, observer, plural};
use super::{content, holdings, outcome, rows};
use crate::replay::ReplayedRun;
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::Capability;
use mailcover_model::row::Row;
use mailcover_model::service::Service;
use mailcover_model::view::Observer;
use mailcover_model::world::{Device, User};

/// What the telling of a run depends on.
pub(super) struct Story<'a> {
    /// The model that the scenes are of.
    pub(super) service: &'a Service,
    pub(super) run: &'a ReplayedRun,
    pub(super) scenes: &'a Scenes,
    /// Whose sight is told.
    pub(super) eyes: &'a [Observer],
    /// What the adversary may do.
    pub(super) powers: EnumSet<Capability>,
    /// After how many steps the run goes round; `None` when it does not.
    pub(super) round: Option<usize>,
}

impl Story<'_> {
    /// The whole story.
    pub(super) fn whole(&self) -> Text {
        let mut text = Text::default();
        self.before(&mut text);
        let mut day = Day::FIRST;
        text.say(0, format!("{}:", day.heading()));
        for (at, scene) in self.scenes.run.iter().enumerate() {
            let round = self.round == Some(at);
            if scene.day != day || round {
                text.gap();
                let round = if round { ", and from here on the run goes round" } else { "" };
                text.say(0, format!("{}{round}:", scene.day.heading()));
                day = scene.day;
            }
            text.append(self.step(at, scene));
        }
        if self.scenes.run.is_empty() {
            let earlier = self.scenes.past.iter().any(|scene| !quiet(scene));
            text.say(2, if earlier { "Nothing else happens." } else { "Nothing happens at all." });
        }
        if self.round.is_some() {
            text.say(2, "... and so on, round and round, for ever.");
        }
        text
    }

    /// What happened before the run.
    fn before(&self, text: &mut Text) {
        let told = before(self.service, self.run, self.scenes);
        if told.is_empty() {
            return;
        }
        text.say(0, "Before the story begins:");
        for paragraph in told {
            text.item(2, "- ", paragraph);
        }
        text.gap();
    }

    /// A step, with what the adversary and the logs see of it.
    fn step(&self, at: usize, scene: &Scene) -> Text {
        let service = self.service;
        let mut text = Text::default();
        let mark = format!("{}. ", at + 1);
        text.item(2, mark, format!("{}{}", outcome::told(service, scene), self.whose(&scene.action)));
        for &eye in self.eyes {
            sight(&mut text, service, scene, eye);
        }
        records(&mut text, service, scene);
        text
    }

    /// Who acts, when a power is used.
    fn whose(&self, action: &Action) -> &'static str {
        match action.capability() {
            Some(power) if self.powers.contains(power) => " (This is an act of the adversary.)",
            Some(_) => " (This is not the adversary's act: the design lets others do it.)",
            None => "",
        }
    }

    /// One step, with what everybody sees of it and what the logs then hold.
    pub(super) fn only(&self, number: usize) -> Text {
        let service = self.service;
        let mut text = Text::default();
        let scene = number.checked_sub(1).and_then(|at| Some((at, self.scenes.run.get(at)?)));
        let Some((at, scene)) = scene else {
            let steps = count(self.scenes.run.len() as u32, "step");
            text.say(2, format!("There is no step {number}: the run has {steps}."));
            return text;
        };
        text.say(0, format!("{}:", scene.day.heading()));
        text.item(
            2,
            format!("{}. ", at + 1),
            format!("{}{}", outcome::told(service, scene), self.whose(&scene.action)),
        );
        let users: EnumSet<User> = service.scope().devices.iter().map(Device::owner).collect();
        let everybody =
            [Observer::ProviderLive, Observer::Network, Observer::Carrier, Observer::Investigator];
        let thief = service.keys_can_be_stolen().then_some(Observer::Thief);
        let others = thief.into_iter().chain(users.iter().map(Observer::Owner));
        let all: Vec<Observer> = everybody.into_iter().chain(others).collect();
        let blind: Vec<Observer> =
            all.into_iter().filter(|&eye| !sight(&mut text, service, scene, eye)).collect();
        // Who stands apart is not missed where there is nothing to hear.
        _ = sight(&mut text, service, scene, Observer::Radio);
        records(&mut text, service, scene);
        text.append(holdings(service, scene.now()));
        let names: Vec<String> = blind.iter().map(|&eye| observer(service, eye)).collect();
        let verb = if matches!(blind.as_slice(), [only] if !plural(*only)) { "sees" } else { "see" };
        if !names.is_empty() {
            text.say(6, format!("{} {verb} nothing of it.", capital(&list(&names))));
        }
        text
    }
}

/// What happened before the run, a paragraph for each day on which something did. A run from the empty world has
/// nothing before it.
pub(crate) fn before(service: &Service, run: &ReplayedRun, scenes: &Scenes) -> Vec<String> {
    let mut told: Vec<(Day, String)> = Vec::new();
    for scene in scenes.past.iter().filter(|scene| !quiet(scene)) {
        let said = std::iter::once(outcome::told(service, scene)).chain(recorded(service, scene));
        let said = said.collect::<Vec<_>>().join(" ");
        match told.last_mut().filter(|(day, _)| *day == scene.day) {
            Some((_, paragraph)) => *paragraph = format!("{paragraph} {said}"),
            None => told.push((scene.day, said)),
        }
    }
    let mut told: Vec<String> =
        told.into_iter().map(|(day, said)| format!("{}: {said}", day.heading())).collect();
    let days = run.service.past_days();
    if told.is_empty() && days > 0 {
        let (first, last) = (Day::FIRST.earlier(u16::from(days)), Day::FIRST.earlier(1));
        let when = match days {
            1 => last.heading(),
            2 => format!("Days {} and {}", first.number(), last.number()),
            _ => format!("Days {} to {}", first.number(), last.number()),
        };
        told.push(format!("{when}: nothing happens that matters here."));
    }
    if asked_on_the_eve(service) {
        let first = Day::FIRST.heading();
        told.push(format!(
            "{first}, before all else: the provider is asked to preserve what it holds about Alice."
        ));
    }
    told
}

/// Whether the design's runs begin with a request to preserve, which no step makes.
pub(crate) fn asked_on_the_eve(service: &Service) -> bool {
    let legal = &service.design().legal;
    legal.preservation_in_force && legal.preservation_days > 0
}

/// Whether a scene of the past is nothing but the turn of a day.
pub(crate) fn quiet(scene: &Scene) -> bool {
    matches!(scene.action, Action::Turn { keep: false })
        && scene.happened.is_empty()
        && scene.purged.is_empty()
}

/// What the observer sees of the scene; false when that is nothing.
fn sight(text: &mut Text, service: &Service, scene: &Scene, eye: Observer) -> bool {
    let seen = scene.happened.iter().filter_map(|&row| rows::as_seen(service, scene.now(), eye, row));
    let mut seen: Vec<String> = seen.collect();
    if eye == Observer::Investigator && super::scene::keeps_logs(service) {
        let newly = scene.before.rows.as_slice().iter().zip(scene.after.rows.as_slice());
        let disclosed = newly.filter(|(before, after)| !before.disclosed() && after.disclosed());
        seen.extend(disclosed.map(|(_, &row)| {
            format!(
                "a row of {}: {}",
                log_name(service, row.index()),
                rows::recorded(service, scene.next_day, row)
            )
        }));
    }
    if eye == Observer::Investigator {
        let given = scene.disclosed.iter().filter(|row| row.is_content());
        seen.extend(given.map(|&row| content::held(service, row)));
    }
    if seen.is_empty() {
        return false;
    }
    let verb = if plural(eye) { "see" } else { "sees" };
    text.say(6, harmless(&format!("{} {verb}: {}.", capital(&observer(service, eye)), seen.join("; "))));
    true
}

/// What the logs record of the scene.
fn records(text: &mut Text, service: &Service, scene: &Scene) {
    for said in recorded(service, scene) {
        text.say(6, said);
    }
}

/// What the logs record of the scene, a sentence for each row.
fn recorded(service: &Service, scene: &Scene) -> Vec<String> {
    let sentence = |&row: &Row| {
        let log = capital(&log_name(service, row.index()));
        harmless(&format!("{log} records: {}.", rows::recorded(service, scene.next_day, row)))
    };
    scene.recorded.iter().map(sentence).collect()
}

/// What the logs hold in a state.
fn holdings(service: &Service, now: Now<'_>) -> Text {
    let mut text = Text::default();
    if !super::scene::keeps_logs(service) {
        return text;
    }
    for log in 0..service.design().logs.len() {
        let rows = holdings::held(service, now, Observer::Log(log as u8));
        let name = capital(&log_name(service, log));
        let held = if rows.is_empty() { "nothing".to_owned() } else { rows.join("; ") };
        text.say(6, harmless(&format!("{name} now holds: {held}.")));
    }
    text
}
