//! **The frontier of a claim: the smallest parties that break it, and the largest that do not.**
//!
//! A [`Party`] is a set of powers: what its members may do, and whose views they pool. A claim that must always be true is
//! monotone in both: whoever may do more has all the runs of those who may do less, and whoever sees more can derive all
//! that those who see less can. One search then answers for all parties at once (in `once`). Knowledge is not monotone in
//! what may be done, since each act that is possible is also one more innocent explanation: there each party is searched by
//! itself, and only whose views are pooled is used to leave some out (in `each`).
//!
//! What the design's environment may do is nobody's power: it is possible in every search.

mod each;
mod once;

use crate::check::{Cell, Options, Stage};
use crate::claim::{Ask, Claim, Context, Posed};
use crate::fact::Fact;
use crate::finding::Finding;
use enumset::EnumSet;
use mailcover_model::design::{Adversary, Capability, Design, Escrow, ObserverName};
use mailcover_model::flaw::Flaw;
use std::sync::Arc;

/// Why there is no frontier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// The question cannot be put: the claim does not apply, the model cannot be set up, there are too many parties.
    #[error("{0}")]
    Refused(String),
    /// A limit was reached before the one search was done, and a part of it says nothing of any party.
    #[error("{0}")]
    Limit(String),
    /// The claim's interesting case was reached for no party.
    #[error("{0}")]
    Vacuous(String),
    /// Somebody ended the search.
    #[error("the search was interrupted, and a part of it says nothing of any party")]
    Interrupted,
    /// This program made a mistake.
    #[error("{0}")]
    Wrong(String),
}

impl From<String> for FrontierError {
    fn from(reason: String) -> Self {
        Self::Refused(reason)
    }
}

/// The most parties that are searched one by one.
pub const MOST_SEARCHES: usize = 4096;

/// A set of powers: members who pool their views, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// What they may do.
    pub capabilities: EnumSet<Capability>,
    /// Whose views they pool, in the order of the ground.
    pub observers: Vec<ObserverName>,
}

impl Party {
    /// All that an adversary could be in a design: each capability, and each observer but people with devices of their own,
    /// who may read what they write and receive.
    #[must_use]
    pub fn ground(design: &Design) -> Self {
        use ObserverName::{Carrier, Investigator, Network, ProviderLive, ProviderStore, Radio, Thief};
        let logs = design.logs.iter().map(|log| ObserverName::Log(log.name.clone()));
        let others = [ProviderLive, ProviderStore, Investigator, Carrier, Network, Radio, Thief];
        let authority = (design.encryption.escrow != Escrow::None).then_some(ObserverName::Authority);
        let public = design.report.made().then_some(ObserverName::Public);
        Self {
            capabilities: EnumSet::<Capability>::all() - design.environment,
            observers: others.into_iter().chain(authority).chain(public).chain(logs).collect(),
        }
    }

    /// Whether the other has all the powers of this one.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.capabilities.is_subset(other.capabilities)
            && self.observers.iter().all(|observer| other.observers.contains(observer))
    }

    /// How many powers it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.capabilities.len() + self.observers.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A smallest party that breaks the claim: without any one of its powers it does not.
#[derive(Debug, Clone)]
pub struct Breaking {
    /// The party.
    pub party: Party,
    /// The claim put to it, for whoever wants to store or tell the run.
    pub cell: Cell,
    /// What shows that it breaks it.
    pub finding: Finding,
    /// The smallest larger parties that do not, since what else they may do is one more innocent explanation. A claim that
    /// is monotone has none.
    pub undone_by: Vec<Party>,
}

/// A largest party that does not break the claim: with any other power of the ground it does.
#[derive(Debug, Clone)]
pub struct Sparing {
    /// The party.
    pub party: Party,
    /// How many states were exhausted for it. `None` where it takes no search: all that could ever pass its observers,
    /// together, does not suffice ([`crate::fact::Fact::is_certain`]).
    pub states: Option<usize>,
    /// Whether the claim's interesting case was reached for this party. If not, nothing follows from its not breaking the claim
    /// but that it is without means. Where one search answers for all it is said of all parties together.
    pub exercised: bool,
}

/// How a frontier was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In one search for all parties.
    Once,
    /// By searching parties one by one.
    Each(Because),
}

/// Why parties were searched one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The claim is about knowledge, so that whoever may do more may break less.
    Knowledge,
    /// What must always be so is asked of the parties within different scopes.
    Scopes,
    /// A past of the scope uses a power, and of a past only the shortest is known.
    Pasts,
    /// Every search was asked for.
    Wanted,
}

/// The frontier of a claim in a design.
#[derive(Debug, Clone)]
pub struct Frontier {
    /// The powers among which it lies.
    pub ground: Party,
    /// The smallest parties that break the claim.
    pub breaking: Vec<Breaking>,
    /// The largest parties that do not.
    pub sparing: Vec<Sparing>,
    /// Parties of which nothing is known, each with the reason. Of those that contain one, nothing is said either.
    pub undecided: Vec<(Party, String)>,
    /// How it was found.
    pub way: Way,
    /// How many searches that took.
    pub searches: usize,
    /// How many states were explored, in all of them.
    pub states: usize,
    /// The bounds of the searches, in a few words.
    pub scope: String,
}

/// The frontier of the cell's claim, whose question says how the claim is posed, among the powers of the ground.
///
/// # Errors
/// A sentence: the claim does not apply to the design, the model cannot be set up, a limit was reached before the one search
/// was done, or there are too many parties to search.
pub fn frontier(
    cell: &Cell,
    ground: &Party,
    options: &Options,
    tell: &(dyn Fn(&Stage) + Sync),
) -> Result<Frontier, FrontierError> {
    let seat = Seat::new(cell, ground);
    seat.has_a_frontier()?;
    let because = match once::serves_not(&seat, options)? {
        Some(because) => because,
        None => match once::frontier(&seat, options, tell)? {
            Some(found) => return Ok(found),
            None => Because::Scopes,
        },
    };
    each::frontier(&seat, because, options, tell)
}

/// The same by searching every party by itself and leaving none out: slow, and as plain as can be.
///
/// # Errors
/// As [`frontier`].
pub fn by_brute_force(cell: &Cell, ground: &Party, options: &Options) -> Result<Frontier, FrontierError> {
    each::every(&Seat::new(cell, ground), options)
}

/// A claim in a design, ready to be put to any party.
struct Seat<'a> {
    cell: &'a Cell,
    ground: &'a Party,
}

/// The name of the adversary that stands for a party.
const PARTY: &str = "party";

/// The name of the adversary that stands for a party to whom the claim is put as this one of its questions puts it.
fn name_of_party(question: usize) -> String {
    if question == 0 { PARTY.to_owned() } else { format!("{PARTY}-{}", question + 1) }
}

/// Which of a claim's questions says how it is put to the party of this name; `None` where that is no party's.
#[must_use]
pub fn question_of_party(name: &str) -> Option<usize> {
    let rest = name.strip_prefix(PARTY)?;
    let number = if rest.is_empty() { 1 } else { rest.strip_prefix('-')?.parse::<usize>().ok()? };
    number.checked_sub(1).filter(|&question| name_of_party(question) == name)
}

impl<'a> Seat<'a> {
    const fn new(cell: &'a Cell, ground: &'a Party) -> Self {
        Self { cell, ground }
    }

    /// The party with these capabilities and the observers of this mask.
    fn party(&self, capabilities: EnumSet<Capability>, eyes: u32) -> Party {
        Party { capabilities, observers: chosen(&self.ground.observers, eyes) }
    }

    /// The claim, put to the party: the design has it as an adversary.
    fn cell(&self, party: &Party) -> Cell {
        let name = name_of_party(self.cell.question);
        let mut design = Design::clone(&self.cell.design);
        design.adversaries.retain(|known| known.name != name);
        let (claim, question) = also_put_to(&self.cell.claim, self.cell.question, &name);
        design.adversaries.push(Adversary {
            name,
            says: "Whoever has just these powers.".to_owned(),
            observers: party.observers.clone(),
            capabilities: party.capabilities,
        });
        Cell { design: Arc::new(design), claim: Arc::new(claim), question }
    }

    /// What is asked of the claim when it is put to the party.
    fn posed(&self, party: &Party) -> Result<(Posed, Context), FrontierError> {
        let cell = self.cell(party);
        let context = cell.context().ok_or_else(|| "the design lacks one of the observers".to_owned())?;
        let posed = (cell.question().pose)(&context);
        let lacking = posed.facts().find_map(|fact| fact.lacking(&context.design));
        lacking.map_or(Ok((posed, context)), |reason| Err(FrontierError::Refused(reason.to_owned())))
    }

    /// Nobody, everybody, each power alone, and all powers but each.
    fn borders(&self) -> Vec<Party> {
        let (capabilities, eyes) = (self.ground.capabilities, self.masks().end - 1);
        let mut borders = vec![(EnumSet::empty(), 0), (capabilities, eyes)];
        borders.extend(capabilities.iter().flat_map(|one| [(one.into(), 0), (capabilities - one, eyes)]));
        let each_eye = (0..self.ground.observers.len()).map(|bit| 1 << bit);
        borders.extend(each_eye.flat_map(|one: u32| [(EnumSet::empty(), one), (capabilities, eyes & !one)]));
        borders.into_iter().map(|(capabilities, eyes)| self.party(capabilities, eyes)).collect()
    }

    /// Whether the party is asked within the same scope as the one with all powers of the ground.
    fn is_asked_alike(&self, party: &Party) -> Result<bool, FrontierError> {
        Ok(self.posed(party)?.0.scope == self.posed(self.ground)?.0.scope)
    }

    /// The masks of observers, from none to all.
    fn masks(&self) -> std::ops::Range<u32> {
        0..1 << self.ground.observers.len()
    }

    /// The mask without those whose views make no difference to what is asked: whether a text follows is not shown by a row of
    /// a log, since rows hold no terms, unless it is just that mistake which is planted; nor by a disclosure, where there are
    /// neither backups nor attachments to disclose.
    fn seeing(&self, mask: u32, options: &Options) -> Result<u32, FrontierError> {
        let posed = self.posed(self.ground)?.0;
        if options.flaw == Some(Flaw::LogRecordsBody)
            || !posed.ask.facts().into_iter().all(Fact::about_secrecy)
        {
            return Ok(mask);
        }
        let content = self.cell.design.backup.made() || self.cell.design.attachments.made();
        let reads_rows = |name: &ObserverName| match name {
            ObserverName::Log(_) => true,
            ObserverName::Investigator => !content,
            _ => false,
        };
        let blind = self.ground.observers.iter().enumerate().filter(|(_, name)| reads_rows(name));
        Ok(blind.fold(mask, |mask, (bit, _)| mask & !(1 << bit)))
    }

    /// Refuses a claim that powers do not break: what is to be known is known the better by whoever sees more, and what is to
    /// happen does so whoever looks.
    fn has_a_frontier(&self) -> Result<(), FrontierError> {
        match self.posed(self.ground)?.0.ask {
            Ask::Always(_) | Ask::NeverKnown(_) | Ask::NeverKnownWhether(_) => Ok(()),
            Ask::Known(_) | Ask::Reachable(_) | Ask::ReachableAndThenAlways(..) | Ask::Inevitable(..) => {
                Err(FrontierError::Refused(format!(
                    "{} has no frontier: only what must always be so, or never be known, is broken by powers; `mailcover \
                     matrix` shows it for each adversary",
                    self.cell.claim.id
                )))
            }
        }
    }

    /// Whether what is asked is monotone in what a party may do and see.
    fn is_monotone(&self) -> Result<bool, FrontierError> {
        Ok(matches!(self.posed(self.ground)?.0.ask, Ask::Always(_)))
    }
}

/// The claim with one question more, posed as this one is, and that question's number.
#[must_use]
pub fn also_put_to(claim: &Claim, question: usize, adversary: &str) -> (Claim, usize) {
    let mut more = claim.clone();
    let mut asked = claim.questions[question].clone();
    adversary.clone_into(&mut asked.adversary);
    "nothing is expected of it".clone_into(&mut asked.because);
    more.questions.push(asked);
    (more, claim.questions.len())
}

/// Those of the list that a mask has.
fn chosen<T: Clone>(all: &[T], mask: u32) -> Vec<T> {
    all.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, one)| one.clone()).collect()
}

/// The largest parties that contain none of these: every one of the ground is within one of them, or contains one of these.
fn largest_without(
    seat: &Seat<'_>,
    breaking: &[(EnumSet<Capability>, u32)],
) -> Vec<(EnumSet<Capability>, u32)> {
    /// Where the observers' bits begin.
    const EYES: u32 = 32;
    let bits =
        |(capabilities, eyes): (EnumSet<Capability>, u32)| capabilities.as_u64() | u64::from(eyes) << EYES;
    let all = bits((seat.ground.capabilities, seat.masks().end - 1));
    let largest = largest_avoiding(all, breaking.iter().map(|&party| bits(party)));
    let party = |set: u64| (EnumSet::from_u64_truncated(set & u64::from(u32::MAX)), (set >> EYES) as u32);
    largest.into_iter().map(party).collect()
}

/// The largest sets within this one that contain none of those.
fn largest_avoiding(all: u64, those: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut largest = vec![all];
    for one in those {
        let mut next: Vec<u64> = Vec::new();
        for set in largest {
            if one & !set != 0 {
                next.push(set);
            } else {
                let members = (0..u64::BITS).map(|bit| 1 << bit).filter(|member| one & member != 0);
                next.extend(members.map(|member: u64| set & !member));
            }
        }
        next.sort_unstable();
        next.dedup();
        let is_largest = |set: &u64| !next.iter().any(|other| other != set && set & !other == 0);
        largest = next.iter().filter(|set| is_largest(set)).copied().collect();
    }
    largest
}

#[cfg(test)]
mod tests;
