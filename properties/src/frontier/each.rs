//! **Parties searched one by one, each as a check would search it.**
//!
//! Parties are taken by how many pool their views, the fewest first. With the same capabilities, whoever pools more views
//! knows no less and derives no less, so that a party which breaks the claim is not enlarged by further observers where these
//! are asked within the same scope; nothing else is left out. Parties whose searches would be the same, since a capability of
//! theirs is of no use within the scope, are searched once.

use super::{Because, Breaking, Frontier, FrontierError, MOST_SEARCHES, Party, Seat, Sparing, Way};
use crate::check::{Cell, Options, Stage, check, search_of};
use crate::finding::{Finding, Verdict};
use enumset::EnumSet;
use mailcover_model::design::Capability;
use mailcover_model::scope::Scope;
use mailcover_model::service::Service;
use std::sync::Arc;

type Set = EnumSet<Capability>;

/// What was found of a party.
struct Searched {
    capabilities: Set,
    eyes: u32,
    outcome: Outcome,
}

enum Outcome {
    /// As this finding says.
    Found(Box<(Cell, Finding)>),
    /// It has the powers of a party that breaks the claim, and more eyes.
    Breaks,
}

pub(super) fn frontier(
    seat: &Seat<'_>,
    because: Because,
    options: &Options,
    tell: &(dyn Fn(&Stage) + Sync),
) -> Result<Frontier, FrontierError> {
    searched(seat, because, options, tell)
}

/// Every party, with nothing left out.
pub(super) fn every(seat: &Seat<'_>, options: &Options) -> Result<Frontier, FrontierError> {
    searched(seat, Because::Wanted, options, &|_| {})
}

fn searched(
    seat: &Seat<'_>,
    because: Because,
    options: &Options,
    tell: &(dyn Fn(&Stage) + Sync),
) -> Result<Frontier, FrontierError> {
    let leave_out = because != Because::Wanted;
    let idle = if leave_out { idle(seat, options)? } else { Set::empty() };
    let sets = subsets(seat.ground.capabilities - idle);
    let mut masks: Vec<u32> = seat.masks().collect();
    masks.sort_by_key(|mask| mask.count_ones());
    few_enough(sets.len() * masks.len())?;
    let mut all: Vec<Searched> = Vec::new();
    let (mut searches, mut states) = (0, 0);
    let largest = masks.last().map_or(0, |mask| mask.count_ones());
    for eyes in 0..=largest {
        let mut cells: Vec<(Set, u32, Cell)> = Vec::new();
        for &mask in masks.iter().filter(|mask| mask.count_ones() == eyes) {
            for &capabilities in &sets {
                let party = seat.party(capabilities, mask);
                if leave_out && all.iter().any(|one| one.sees_enough(seat, &party, mask)) {
                    all.push(Searched { capabilities, eyes: mask, outcome: Outcome::Breaks });
                } else {
                    cells.push((capabilities, mask, seat.cell(&party)));
                }
            }
        }
        let key = |(set, _, cell): &(Set, u32, Cell)| leave_out.then(|| useful(seat, *set, cell, options))?;
        let keys: Vec<Useful> = cells.iter().map(key).collect();
        let firsts: Vec<usize> =
            (0..cells.len()).filter(|&at| !(0..at).any(|before| alike(&cells, &keys, before, at))).collect();
        let asked: Vec<Cell> = firsts.iter().map(|&at| cells[at].2.clone()).collect();
        let found = check(&asked, options, tell);
        let mut explored = Vec::new();
        for finding in &found {
            if !explored.contains(&finding.exploration) {
                explored.push(finding.exploration);
                searches += 1;
                states += finding.states;
            }
        }
        for at in 0..cells.len() {
            let first = firsts.iter().position(|&first| first == at || alike(&cells, &keys, first, at));
            let Some(finding) = first.and_then(|first| found.get(first)) else { continue };
            let (capabilities, eyes, cell) = cells[at].clone();
            let outcome = Outcome::Found(Box::new((cell, finding.clone())));
            all.push(Searched { capabilities, eyes, outcome });
        }
    }
    let unexercised = |one: &Searched| matches!(one.verdict(), Verdict::Vacuous | Verdict::NotApplicable);
    if all.iter().all(unexercised)
        && let Some(Searched { outcome: Outcome::Found(found), .. }) = all.last()
    {
        return Err(FrontierError::Vacuous(found.1.reason.clone()));
    }
    let mut found = said(seat, because, &all, searches, states);
    // Whoever does not break the claim does not with what is of no use to anybody.
    found.sparing.iter_mut().for_each(|one| one.party.capabilities |= idle);
    Ok(found)
}

/// Whether so many parties can be searched one by one.
pub(super) fn few_enough(parties: usize) -> Result<(), FrontierError> {
    if parties <= MOST_SEARCHES {
        return Ok(());
    }
    Err(FrontierError::Refused(format!(
        "there are {parties} parties among these powers, and at most {MOST_SEARCHES} are searched one by one; choose fewer with \
         `--capability` and `--observer`"
    )))
}

/// The capabilities of the ground that no action within the scope takes, whoever has them. Whoever may do and sees most has the
/// most actions, where all are asked within the same scope.
fn idle(seat: &Seat<'_>, options: &Options) -> Result<Set, FrontierError> {
    for party in seat.borders() {
        if !seat.is_asked_alike(&party)? {
            return Ok(Set::empty());
        }
    }
    let all = seat.ground.capabilities;
    let used = useful(seat, all, &seat.cell(seat.ground), options);
    Ok(used.map_or(Set::empty(), |(used, _)| all - used))
}

/// What a search depends on besides the observers: those capabilities that some action within the scope takes.
type Useful = Option<(Set, Scope)>;

fn useful(seat: &Seat<'_>, capabilities: Set, cell: &Cell, options: &Options) -> Useful {
    let context = cell.context()?;
    let posed = (cell.question().pose)(&context);
    let (scope, setup) = search_of(&posed, &context, options);
    let service = Service::without_pasts(Arc::clone(&seat.cell.design), scope.clone(), setup).ok()?;
    let taken: Set = service.all_actions().iter().filter_map(|action| action.capability()).collect();
    Some((capabilities & taken, scope))
}

/// Whether two parties see the same and differ only in what is of no use to either.
fn alike(cells: &[(Set, u32, Cell)], keys: &[Useful], one: usize, other: usize) -> bool {
    cells[one].1 == cells[other].1 && keys[one].is_some() && keys[one] == keys[other]
}

impl Searched {
    fn verdict(&self) -> Verdict {
        match &self.outcome {
            Outcome::Found(found) => found.1.verdict,
            Outcome::Breaks => Verdict::Violated,
        }
    }

    /// Whether the party, which has this mask of observers, breaks the claim because this one does: it may do the same, sees
    /// all that this one sees, and is asked within the same scope.
    fn sees_enough(&self, seat: &Seat<'_>, party: &Party, mask: u32) -> bool {
        let within = self.capabilities == party.capabilities && self.eyes & !mask == 0;
        let scope = |party: &Party| seat.posed(party).ok().map(|(posed, _)| posed.scope);
        within && self.breaks() && scope(&seat.party(self.capabilities, self.eyes)) == scope(party)
    }

    fn breaks(&self) -> bool {
        self.verdict() == Verdict::Violated
    }

    /// Whether nothing is known of it. What does not apply, or is never exercised, is not broken.
    fn open(&self) -> bool {
        self.verdict() == Verdict::Inconclusive
    }

    fn is_within(&self, other: &Self) -> bool {
        self.capabilities.is_subset(other.capabilities) && self.eyes & !other.eyes == 0
    }
}

fn subsets(of: Set) -> Vec<Set> {
    let members: Vec<Capability> = of.iter().collect();
    let mut all: Vec<Set> =
        (0_u32..1 << members.len()).map(|mask| super::chosen(&members, mask).into_iter().collect()).collect();
    all.sort_by_key(|set| set.len());
    all
}

fn said(seat: &Seat<'_>, because: Because, all: &[Searched], searches: usize, states: usize) -> Frontier {
    let party = |one: &Searched| -> Party { seat.party(one.capabilities, one.eyes) };
    let spares = |one: &Searched| !one.breaks() && !one.open();
    let is_least = |one: &&Searched| {
        !all.iter().any(|other| other.breaks() && other.is_within(one) && !one.is_within(other))
    };
    let breaking =
        all.iter().filter(|one| one.breaks()).filter(is_least).filter_map(|one| match &one.outcome {
            Outcome::Found(found) => {
                let larger = |other: &&Searched| spares(other) && one.is_within(other);
                let least = |other: &&Searched| {
                    !all.iter().any(|less| larger(&less) && less.is_within(other) && !other.is_within(less))
                };
                let undone_by = all.iter().filter(larger).filter(least).map(party).collect();
                Some(Breaking {
                    party: party(one),
                    cell: found.0.clone(),
                    finding: found.1.clone(),
                    undone_by,
                })
            }
            Outcome::Breaks => None,
        });
    let is_largest = |one: &&Searched| {
        !all.iter().any(|other| spares(other) && one.is_within(other) && !other.is_within(one))
    };
    let sparing = all.iter().filter(|one| spares(one)).filter(is_largest).map(|one| Sparing {
        party: party(one),
        states: match &one.outcome {
            Outcome::Found(found) => Some(found.1.states),
            Outcome::Breaks => None,
        },
        exercised: one.verdict() == Verdict::Holds,
    });
    let undecided = all.iter().filter(|one| one.open()).map(|one| match &one.outcome {
        Outcome::Found(found) => (party(one), found.1.reason.clone()),
        Outcome::Breaks => (party(one), String::new()),
    });
    let scope = all.iter().find_map(|one| match &one.outcome {
        Outcome::Found(found) if !found.1.scope.is_empty() => Some(found.1.scope.clone()),
        _ => None,
    });
    Frontier {
        ground: seat.ground.clone(),
        breaking: breaking.collect(),
        sparing: sparing.collect(),
        undecided: undecided.collect(),
        way: Way::Each(because),
        searches,
        states,
        scope: scope.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims;
    use mailcover_model::design::{ObserverName, library};

    /// What nobody would undo by having more is not told, nor what follows from what is told.
    #[test]
    fn the_smallest_that_break_it_are_told_with_the_least_that_undoes_it_and_the_largest_that_do_not() {
        let design = Arc::new(library::load("imessage-2016").unwrap());
        let claim = claims::of(&design).into_iter().find(|known| known.id == "content-secret").unwrap();
        let cell = Cell { design, claim, question: 0 };
        let (a, both) = (Set::from(Capability::AddKey), Capability::AddKey | Capability::Inject);
        let inject = Set::from(Capability::Inject);
        let observers = vec![ObserverName::Carrier, ObserverName::Network];
        let ground = Party { capabilities: both, observers };
        let seat = Seat::new(&cell, &ground);
        let found = |capabilities, eyes, verdict, states, scope: &str| {
            let scope = scope.to_owned();
            let finding =
                Finding { verdict, states, scope, ..Finding::inconclusive("It took too long.".to_owned()) };
            Searched { capabilities, eyes, outcome: Outcome::Found(Box::new((cell.clone(), finding))) }
        };
        let all = [
            found(Set::empty(), 0, Verdict::Holds, 5, ""),
            found(a, 0, Verdict::Violated, 6, "three people"),
            found(inject, 0, Verdict::Vacuous, 6, "four people"),
            found(both, 0, Verdict::Holds, 7, "three people"),
            found(a, 0b01, Verdict::Violated, 8, "three people"),
            found(both, 0b01, Verdict::Holds, 9, "three people"),
            found(Set::empty(), 0b10, Verdict::Inconclusive, 1, ""),
            Searched { capabilities: a, eyes: 0b11, outcome: Outcome::Breaks },
            found(inject, 0b10, Verdict::Vacuous, 2, ""),
        ];
        let told = said(&seat, Because::Wanted, &all, 3, 44);
        let breaking: Vec<_> = told.breaking.iter().map(|one| (&one.party, one.finding.states)).collect();
        assert_eq!(breaking, [(&seat.party(a, 0), 6)]);
        assert_eq!(
            told.breaking[0].undone_by,
            [seat.party(both, 0)],
            "the one with eyes is no less than that"
        );
        let sparing: Vec<_> =
            told.sparing.iter().map(|one| (one.party.clone(), one.states, one.exercised)).collect();
        let vacuous = (seat.party(inject, 0b10), Some(2), false);
        assert_eq!(sparing, [(seat.party(both, 0b01), Some(9), true), vacuous]);
        assert_eq!(told.undecided, [(seat.party(Set::empty(), 0b10), "It took too long.".to_owned())]);
        assert_eq!((told.searches, told.states, told.scope.as_str()), (3, 44, "three people"));
    }
}
