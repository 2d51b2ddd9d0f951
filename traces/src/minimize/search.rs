//! **The best run to a state: shortest, then fewest actors, fewest kinds of action, earliest.**
//!
//! Layer by layer, all states are found that runs of this length reach first, until a layer has a goal. Then the states
//! from which no shortest way leads to a goal are dropped, from the last layer back, and along what is left every way that
//! could still turn out best is carried forward. A way is dropped when another to the same state has no actor and no kind
//! that it has not, and comes earlier.

use enumset::{EnumSet, EnumSetType};
use mailcover_model::action::{Action, Rule};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::world::User;
use mailcover_properties::finding::Recipe;
use stateright::Model;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What is searched for, and how far.
pub(super) struct Search<'a> {
    pub(super) service: &'a Service,
    /// Whether a state is one to end in.
    pub(super) goal: &'a dyn Fn(&State) -> bool,
    /// The length of the run that is known.
    pub(super) longest: usize,
    /// The most states that are held.
    pub(super) most: usize,
}

/// A way to a state: from which initial state, by which actions, with which actors and kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way {
    initial: usize,
    actions: Vec<usize>,
    actors: EnumSet<Actor>,
    kinds: EnumSet<Rule>,
}

impl Way {
    /// Whether the other can never end better than this.
    fn dominates(&self, other: &Self) -> bool {
        self.actors.is_subset(other.actors)
            && self.kinds.is_subset(other.kinds)
            && (self.initial, &self.actions) <= (other.initial, &other.actions)
    }

    fn rank(&self) -> (usize, usize, usize, &[usize]) {
        (self.actors.len(), self.kinds.len(), self.initial, &self.actions)
    }
}

impl Search<'_> {
    /// The best run; `None` when there is none of that length, or the search would outgrow its limit.
    pub(super) fn best(&self) -> Option<Recipe> {
        let mut layers = self.layers()?;
        self.keep_what_leads_on(&mut layers);
        let ways = self.ways(&layers);
        let best = ways.into_iter().min_by(|left, right| left.rank().cmp(&right.rank()))?;
        let actions = best.actions.iter().map(|&at| self.service.all_actions()[at]).collect();
        Some(Recipe { past: self.service.pasts().get(best.initial).cloned().unwrap_or_default(), actions })
    }

    fn after(&self, state: &State) -> impl Iterator<Item = (usize, State)> {
        let all = self.service.all_actions().iter().enumerate();
        all.filter_map(|(at, &action)| Some((at, self.service.step(state, action)?)))
    }

    /// The states that are first reached after so many actions; the last layer is the goals in it.
    fn layers(&self) -> Option<Vec<Vec<State>>> {
        let mut known: HashSet<State> = HashSet::new();
        let mut layer: Vec<State> =
            self.service.init_states().into_iter().filter(|state| known.insert(*state)).collect();
        let mut layers = Vec::new();
        loop {
            let goals: Vec<State> = layer.iter().copied().filter(|state| (self.goal)(state)).collect();
            if !goals.is_empty() {
                layers.push(goals);
                return Some(layers);
            }
            if layers.len() >= self.longest {
                return None;
            }
            let mut next = Vec::new();
            for state in &layer {
                for (_, after) in self.after(state) {
                    if known.insert(after) {
                        next.push(after);
                    }
                }
                if known.len() > self.most {
                    return None;
                }
            }
            layers.push(std::mem::replace(&mut layer, next));
        }
    }

    fn keep_what_leads_on(&self, layers: &mut [Vec<State>]) {
        for at in (0..layers.len().saturating_sub(1)).rev() {
            let (before, after) = layers.split_at_mut(at + 1);
            let leads: HashSet<&State> = after[0].iter().collect();
            before[at].retain(|state| self.after(state).any(|(_, next)| leads.contains(&next)));
        }
    }

    /// The ways to the goals that could be best.
    fn ways(&self, layers: &[Vec<State>]) -> Vec<Way> {
        let initial = self.service.init_states();
        let begins = layers.first().into_iter().flatten().filter_map(|state| {
            let initial = initial.iter().position(|known| known == state)?;
            Some((
                *state,
                vec![Way { initial, actions: Vec::new(), actors: EnumSet::empty(), kinds: EnumSet::empty() }],
            ))
        });
        let mut ways: BTreeMap<State, Vec<Way>> = begins.collect();
        for layer in layers.iter().skip(1) {
            let wanted: BTreeSet<&State> = layer.iter().collect();
            let mut next: BTreeMap<State, Vec<Way>> = BTreeMap::new();
            for (state, ways) in &ways {
                for (at, after) in self.after(state).filter(|(_, after)| wanted.contains(after)) {
                    let known = next.entry(after).or_default();
                    for way in ways {
                        add(known, self.longer(way, at));
                    }
                }
            }
            ways = next;
        }
        ways.into_values().flatten().collect()
    }

    fn longer(&self, way: &Way, at: usize) -> Way {
        let action = &self.service.all_actions()[at];
        let mut longer = way.clone();
        longer.actions.push(at);
        longer.actors |= actor(action);
        longer.kinds |= action.rule();
        longer
    }
}

fn add(known: &mut Vec<Way>, new: Way) {
    if known.iter().any(|way| way.dominates(&new)) {
        return;
    }
    known.retain(|way| !new.dominates(way));
    known.push(new);
}

/// Who acts.
#[derive(Debug, EnumSetType)]
enum Actor {
    Alice,
    Bob,
    Carol,
    Push,
    CarriersPush,
    Clock,
    Investigator,
    Court,
    Discloser,
    Adversary,
}

impl From<User> for Actor {
    fn from(user: User) -> Self {
        match user {
            User::Alice => Self::Alice,
            User::Bob => Self::Bob,
            User::Carol => Self::Carol,
        }
    }
}

/// Whose step it is, where a person takes it.
pub(crate) fn person(action: &Action) -> Option<User> {
    User::ALL.into_iter().find(|&user| actor(action) == Actor::from(user))
}

fn actor(action: &Action) -> Actor {
    match *action {
        Action::Type { device, .. }
        | Action::Pick { device, .. }
        | Action::Abandon { device }
        | Action::Send { device, .. }
        | Action::Attach { device, .. }
        | Action::Fetch { device, .. }
        | Action::Refresh { device, .. }
        | Action::BackUp { device }
        | Action::UseAccount { device, .. }
        | Action::Invite { device, .. }
        | Action::Answer { device, .. }
        | Action::Decline { device, .. }
        | Action::HangUp { device, .. }
        | Action::Register { device }
        | Action::Deregister { device }
        | Action::SwitchOff { device }
        | Action::SwitchOn { device }
        | Action::Compare { device, .. } => device.owner().into(),
        Action::Leave { user } | Action::GiveUp { user } | Action::Travel { user, .. } => user.into(),
        Action::Deliver { .. } | Action::Ring { .. } => Actor::Push,
        Action::DeliverSms { .. } => Actor::CarriersPush,
        Action::Turn { .. } | Action::TimeOut { .. } => Actor::Clock,
        Action::Demand { .. } => Actor::Investigator,
        Action::Publish => Actor::Discloser,
        Action::Apply { .. } | Action::Preserve { .. } => Actor::Investigator,
        Action::Extend { .. } => Actor::Court,
        Action::Disclose { .. }
        | Action::DiscloseInEmergency { .. }
        | Action::DiscloseWithoutOrder { .. } => Actor::Discloser,
        Action::AddKey { .. }
        | Action::SwapKey { .. }
        | Action::WithholdAlerts { .. }
        | Action::Inject { .. }
        | Action::StealKey { .. }
        | Action::Alter { .. } => Actor::Adversary,
    }
}
