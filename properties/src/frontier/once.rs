//! **All parties in one search: each state with the smallest sets of capabilities that lead to it.**
//!
//! A run carries the capabilities used in it so far. A state that is reached with some set need not be looked at again with a
//! larger one: whatever goes on from there does so with fewer powers. In each state it is then asked which observers would
//! have to pool what they saw for the claim to fail there. A state is dropped as soon as nothing is left to ask of those who
//! could have reached it so: they break the claim already, or what could ever pass them shows that they never do
//! ([`Fact::is_certain`]). States are taken as they are found, so that what breaks the claim soon is found soon, and most of
//! what would follow is never looked at.
//!
//! The run by which a party is shown is then searched for by itself, as a check would, for the shortest one.
//!
//! The states of a largest party that does not break the claim, and of which only a search tells, are those with a set that is
//! within its own: just the states that a search of its own would visit, which the tests compare. The one search
//! keeps whatever any party's question reads; where that is more than a party's own question does, as what an investigator was
//! given is to whoever is with none, it tells more states apart, and then counts more of them for that party.

use super::{Because, Breaking, Frontier, FrontierError, Seat, Sparing, Way, largest_without};
use crate::check::{Options, Stage, check_one, search_of};
use crate::claim::Ask;
use crate::fact::Fact;
use crate::finding::Verdict;
use enumset::EnumSet;
use indexmap::IndexSet;
use mailcover_checker::Limit;
use mailcover_model::action::Action;
use mailcover_model::design::Capability;
use mailcover_model::service::Service;
use mailcover_model::state::{Room, State};
use smallvec::SmallVec;
use stateright::Model;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Instant;

type Set = EnumSet<Capability>;

/// Why one search does not serve; `None` where it does: what is asked is monotone, all parties are asked within one scope, as
/// far as is seen before, and no past uses a power, since of a past only the shortest is known.
pub(super) fn serves_not(seat: &Seat<'_>, options: &Options) -> Result<Option<Because>, FrontierError> {
    if !seat.is_monotone()? {
        return Ok(Some(Because::Knowledge));
    }
    for party in seat.borders() {
        if !seat.is_asked_alike(&party)? {
            return Ok(Some(Because::Scopes));
        }
    }
    let service = service(seat, options)?;
    let used = |past: &Vec<Action>| past.iter().any(|action| power(&service, action).is_some());
    Ok(service.pasts().iter().any(used).then_some(Because::Pasts))
}

/// The model in which everything of the ground may be done.
fn service(seat: &Seat<'_>, options: &Options) -> Result<Service, FrontierError> {
    let eyes = seat.seeing(seat.masks().end - 1, options)?;
    let (posed, context) = seat.posed(&seat.party(seat.ground.capabilities, eyes))?;
    let (scope, setup) = search_of(&posed, &context, options);
    Service::new(Arc::clone(&seat.cell.design), scope, setup)
        .map_err(|error| FrontierError::Refused(error.to_string()))
}

/// The capability that an action uses up of the party's: what the environment may do is nobody's.
fn power(service: &Service, action: &Action) -> Option<Capability> {
    action.capability().filter(|power| !service.design().environment.contains(*power))
}

/// A state, by its number, reached with a set of capabilities.
type Node = (usize, Set);

struct Search<'a> {
    seat: &'a Seat<'a>,
    service: Service,
    /// Those observers whose views make a difference.
    seeing: u32,
    /// What is asked of each set of observers, by its mask.
    facts: BTreeMap<u32, Fact>,
    states: IndexSet<State, foldhash::fast::FixedState>,
    /// The smallest sets with which each state was reached.
    least: Vec<SmallVec<[Set; 2]>>,
    /// What waits to be expanded.
    waiting: VecDeque<Node>,
    /// The smallest breaking parties so far: capabilities, and observers as a mask.
    found: Vec<(Set, u32)>,
    /// The largest parties that contain none of these, and of which only a search tells that they do not break the claim.
    left: Vec<(Set, u32)>,
    /// The case that has to be reached for the answer to mean anything, and whether it was.
    exercised: (Fact, bool),
}

/// The frontier; `None` where some party that it would name is asked within another scope.
pub(super) fn frontier(
    seat: &Seat<'_>,
    options: &Options,
    tell: &(dyn Fn(&Stage) + Sync),
) -> Result<Option<Frontier>, FrontierError> {
    let mut search = Search::new(seat, options)?;
    search.run(options, tell)?;
    // What was broken was reached, and a run of it shows that the claim means something.
    if !search.exercised.1 && search.found.is_empty() {
        return Err(FrontierError::Vacuous(format!(
            "the claim was never exercised: no reachable state of the scope is one in which {}",
            search.exercised.0.clause()
        )));
    }
    if search.asks_all_alike()? { search.said(options).map(Some) } else { Ok(None) }
}

/// Notes a party that breaks the claim, in the place of those that contain it.
fn note(found: &mut Vec<(Set, u32)>, used: Set, eyes: u32) {
    found.retain(|(with, more)| !(used.is_subset(*with) && eyes & !more == 0));
    found.push((used, eyes));
}

/// The bytes that are taken by states and their sets, of which there are so many in so much room, and by room for so many nodes.
fn bytes_of(room: [(usize, usize); 2], waiting: usize) -> usize {
    // A list that is nearly full is about to be copied to twice the room.
    let [states, least] =
        room.map(|(length, capacity)| if length * 10 >= capacity * 9 { capacity * 3 } else { capacity });
    states * (size_of::<State>() + 16) + least * size_of::<SmallVec<[Set; 2]>>() + waiting * size_of::<Node>()
}

impl<'a> Search<'a> {
    fn new(seat: &'a Seat<'a>, options: &Options) -> Result<Self, FrontierError> {
        Ok(Search {
            seat,
            service: service(seat, options)?,
            seeing: seat.seeing(seat.masks().end - 1, options)?,
            facts: BTreeMap::new(),
            states: IndexSet::default(),
            least: Vec::new(),
            waiting: VecDeque::new(),
            found: Vec::new(),
            left: Vec::new(),
            exercised: (seat.posed(seat.ground)?.0.exercised, false),
        })
    }

    fn run(&mut self, options: &Options, tell: &(dyn Fn(&Stage) + Sync)) -> Result<(), FrontierError> {
        let began = Instant::now();
        self.look_at_what_is_left()?;
        for state in self.service.init_states() {
            self.reach(state, Set::empty())?;
        }
        let actions = self.service.all_actions().to_vec();
        let mut expanded = 0_usize;
        while let Some((at, used)) = self.waiting.pop_front() {
            if !self.least[at].contains(&used) {
                continue;
            }
            let state = self.states[at];
            for action in &actions {
                if let Some(next) = self.service.step(&state, *action) {
                    let with = power(&self.service, action).map_or(used, |power| used | power);
                    self.reach(next, with)?;
                }
            }
            if options.limits.max_states.is_some_and(|most| self.states.len() > most) {
                return Err(FrontierError::Limit(format!(
                    "the search stopped at {} states",
                    self.states.len()
                )));
            }
            expanded += 1;
            if expanded.is_multiple_of(4096) {
                self.check_limits(options, began)?;
                let claim = self.seat.cell.claim.id.clone();
                tell(&Stage { explorations: 1, done: 0, states: self.states.len(), claim });
            }
        }
        Ok(())
    }

    /// Notes that a state is reached with a set, unless a smaller one leads there too, or nothing is left to ask after it.
    fn reach(&mut self, state: State, used: Set) -> Result<(), FrontierError> {
        let known = self.states.get_index_of(&state);
        if known.is_some_and(|at| self.least[at].iter().any(|less| less.is_subset(used))) {
            return Ok(());
        }
        if !state.outgrown.is_empty() {
            return Err(FrontierError::Limit(Room::why(state.outgrown)));
        }
        let (exercised, reached) = &mut self.exercised;
        *reached |= exercised.holds(&self.service, &state);
        if !self.ask(used, &state)? {
            return Ok(());
        }
        let at = self.states.insert_full(state).0;
        if at == self.least.len() {
            self.least.push(SmallVec::new());
        }
        self.least[at].retain(|more| !used.is_subset(*more));
        self.least[at].push(used);
        self.waiting.push_back((at, used));
        Ok(())
    }

    /// Whether the search may go on.
    fn check_limits(&self, options: &Options, began: Instant) -> Result<(), FrontierError> {
        let limits = &options.limits;
        let (states, least) = (&self.states, &self.least);
        let room = [(states.len(), states.capacity()), (least.len(), least.capacity())];
        let bytes = bytes_of(room, self.waiting.capacity());
        let stopped =
            limits.stop.as_ref().is_some_and(|stop| stop.load(std::sync::atomic::Ordering::Relaxed));
        if stopped {
            return Err(FrontierError::Interrupted);
        }
        if limits.max_memory.is_some_and(|most| bytes > most) {
            return Err(FrontierError::Limit(format!("the search stopped at {bytes} bytes of memory")));
        }
        if limits.max_time.is_some_and(|most| began.elapsed() > most) {
            return Err(FrontierError::Limit(format!("the search stopped after {:?}", began.elapsed())));
        }
        Ok(())
    }

    /// Asks which parties with these capabilities break the claim in the state. Says whether it is worth going on from here:
    /// whether something is left to ask of somebody with these capabilities, or it is not yet known that the claim means
    /// anything.
    fn ask(&mut self, used: Set, state: &State) -> Result<bool, FrontierError> {
        loop {
            let concerned = self.left.iter().filter(|(with, _)| used.is_subset(*with));
            let masks: BTreeSet<u32> = concerned.map(|(_, eyes)| *eyes).collect();
            if masks.is_empty() {
                return Ok(!self.exercised.1 && self.found.is_empty());
            }
            let Some(broken) = self.first_broken(masks, state)? else { return Ok(true) };
            let least = self.shrunk(broken, state)?;
            note(&mut self.found, used, least);
            self.look_at_what_is_left()?;
        }
    }

    /// Finds out anew of which parties only a search tells whether they break the claim.
    fn look_at_what_is_left(&mut self) -> Result<(), FrontierError> {
        self.left.clear();
        for (capabilities, eyes) in largest_without(self.seat, &self.found) {
            if !self.is_certain(capabilities, eyes)? {
                self.left.push((capabilities, eyes));
            }
        }
        Ok(())
    }

    /// Whether it is known without a search that this party does not break the claim.
    fn is_certain(&mut self, capabilities: Set, eyes: u32) -> Result<bool, FrontierError> {
        let fact = self.fact(eyes)?.clone();
        Ok(fact.is_certain(&self.service, capabilities))
    }

    fn first_broken(&mut self, masks: BTreeSet<u32>, state: &State) -> Result<Option<u32>, FrontierError> {
        for mask in masks {
            if !self.holds(mask, state)? {
                return Ok(Some(mask));
            }
        }
        Ok(None)
    }

    /// The set without each observer who is not needed.
    fn shrunk(&mut self, mut mask: u32, state: &State) -> Result<u32, FrontierError> {
        for bit in (0..u32::BITS).rev() {
            let without = mask & !(1 << bit);
            if without != mask && !self.holds(without, state)? {
                mask = without;
            }
        }
        Ok(mask)
    }

    /// Whether the claim holds in the state for those observers.
    fn holds(&mut self, mask: u32, state: &State) -> Result<bool, FrontierError> {
        self.fact(mask)?;
        Ok(self.facts[&(mask & self.seeing)].holds(&self.service, state))
    }

    /// What is asked of those observers.
    fn fact(&mut self, mask: u32) -> Result<&Fact, FrontierError> {
        let mask = mask & self.seeing;
        match self.facts.entry(mask) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let party = self.seat.party(self.seat.ground.capabilities, mask);
                let Ask::Always(fact) = self.seat.posed(&party)?.0.ask else {
                    return Err(FrontierError::Wrong(
                        "the claim is not of one kind for all parties".to_owned(),
                    ));
                };
                Ok(place.insert(fact))
            }
        }
    }

    /// Whether all parties that are about to be named are asked within the scope that was searched.
    fn asks_all_alike(&self) -> Result<bool, FrontierError> {
        for (capabilities, eyes) in self.found.iter().copied().chain(largest_without(self.seat, &self.found))
        {
            if !self.seat.is_asked_alike(&self.seat.party(capabilities, eyes))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn said(&mut self, options: &Options) -> Result<Frontier, FrontierError> {
        let found = self.found.clone();
        let breaking = found.iter().map(|&(used, eyes)| self.breaking(used, eyes, options));
        let breaking = breaking.collect::<Result<_, _>>()?;
        let mut sparing = Vec::new();
        for (capabilities, eyes) in largest_without(self.seat, &found) {
            let within = |sets: &&SmallVec<[Set; 2]>| sets.iter().any(|set| set.is_subset(capabilities));
            let states = if self.is_certain(capabilities, eyes)? {
                None
            } else {
                Some(self.least.iter().filter(within).count())
            };
            sparing.push(Sparing { party: self.seat.party(capabilities, eyes), states, exercised: true });
        }
        Ok(Frontier {
            ground: self.seat.ground.clone(),
            breaking,
            sparing,
            undecided: Vec::new(),
            way: Way::Once,
            searches: 1,
            states: self.states.len(),
            scope: self.service.scope().summary(),
        })
    }

    /// The party, with the shortest run that shows that it breaks the claim: as a check of it finds, which has to agree.
    fn breaking(&self, used: Set, eyes: u32, options: &Options) -> Result<Breaking, FrontierError> {
        let party = self.seat.party(used, eyes);
        let cell = self.seat.cell(&party);
        let finding = check_one(&cell, options);
        match (finding.verdict, finding.limit) {
            (Verdict::Violated, _) => Ok(Breaking { party, cell, finding, undone_by: Vec::new() }),
            (_, Some(Limit::Interrupted)) => Err(FrontierError::Interrupted),
            (_, Some(limit)) => {
                Err(FrontierError::Limit(format!("of a smallest party that was found: {limit}")))
            }
            _ => Err(FrontierError::Wrong(format!(
                "a search of a party by itself does not agree: {}",
                finding.reason
            ))),
        }
    }
}

#[cfg(test)]
mod tests;
