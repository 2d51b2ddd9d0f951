//! **Wider scopes, in which twins are sought that a scope's own bounds rule out.**
//!
//! Whatever a scope does not allow, its observers know not to have happened. A verdict that a wider scope changes is an
//! artefact of its bounds. They can be widened in three respects, all at once or one at a time: a wider scope may be far
//! larger, and a twin in any of them is a twin.
//!
//! What a scope leaves out altogether stays out: a kind of event that is allowed to nobody, a past where there is none. The
//! devices, the addresses, those whose registration may change and the list of what may be applied for are the question
//! and no bounds of it. Counts go up to 3.

use crate::scope::{Calendar, Horizon, Scope};
use crate::state::{Budget, Each};
use crate::world::{Address, Pair, User};
use enumset::{EnumSet, EnumSetType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A respect in which a scope can be wider.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Respect {
    /// How often the people of the run do what they may do, and for how many days.
    Run,
    /// The same of the past, where there is one. In a calendar that goes by deadlines the past stays as long as it is: on a
    /// day more nothing falls due, so the prologue would not stop there to let anybody act, and would lose pasts.
    Past,
    /// Who does it, in run and past: a bound of zero is raised where what it forbids is allowed to somebody else. That is
    /// another user, if this one owns one of the devices; of messages and lookups between two, the other direction.
    Who,
}

/// By how much a scope is to be wider, and in which respects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Widening {
    /// By how much bounds are raised; 0 leaves the scope as it is.
    pub by: u8,
    /// Which bounds.
    pub respects: EnumSet<Respect>,
}

/// The past of a scope that was widened, as it had been: see [`Scope::past_days`] and [`Scope::past`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NarrowerPast {
    /// How many days the prologue lasted, besides the retentions.
    pub days: u8,
    /// What people might do during it.
    pub bounds: Budget,
}

impl Widening {
    /// By so much in every respect.
    #[must_use]
    pub fn everywhere(by: u8) -> Self {
        Self { by, respects: EnumSet::all() }
    }

    /// By how much bounds are raised in this respect.
    fn raises(self, respect: Respect) -> u8 {
        if self.respects.contains(respect) { self.by } else { 0 }
    }
}

impl Scope {
    /// The scope with its bounds raised.
    #[must_use]
    pub fn widened(&self, widening: Widening) -> Self {
        let [run, past, who] =
            [Respect::Run, Respect::Past, Respect::Who].map(|respect| widening.raises(respect));
        let horizon = match self.horizon {
            Horizon::Days(days) => Horizon::Days(days.saturating_add(run)),
            Horizon::Retentions(n, days) => Horizon::Retentions(n, days.saturating_add(run)),
            Horizon::UnderOrder(days) => Horizon::UnderOrder(days.saturating_add(run)),
            Horizon::Endless => Horizon::Endless,
        };
        let wider = Self { bounds: self.raised(&self.bounds, run, who), horizon, ..self.clone() };
        if (self.past_days == 0 && self.past_retentions == 0) || past + who == 0 {
            return wider;
        }
        let daily = matches!(self.calendar, Calendar::Scaled(_) | Calendar::Real);
        Self {
            past_days: self.past_days.saturating_add(if daily { past } else { 0 }),
            past: self.raised(&self.past, past, who),
            narrower: Some(NarrowerPast { days: self.past_days, bounds: self.past }),
            ..wider
        }
    }

    /// The bounds with every count raised by `often`, and counts of zero by `who` where another may.
    fn raised(&self, bounds: &Budget, often: u8, who: u8) -> Budget {
        let raise = |count: u8, another: bool| match count {
            0 if another => who.min(3),
            0 => 0,
            _ => count.saturating_add(often).min(3),
        };
        let acts = |user: User| self.devices.iter().any(|device| device.owner() == user);
        let by_user = |counts: Each| {
            let any = counts.total() > 0;
            Each::from(User::ALL.map(|user| raise(counts.get(user), any && acts(user))))
        };
        let alone = |count: u8| raise(count, false);
        let mut wide = Budget {
            types: by_user(bounds.types),
            picks: by_user(bounds.picks),
            travels: by_user(bounds.travels),
            registrations: alone(bounds.registrations),
            leaves: alone(bounds.leaves),
            keys: alone(bounds.keys),
            injections: alone(bounds.injections),
            attachments: by_user(bounds.attachments),
            backups: alone(bounds.backups),
            accounts: alone(bounds.accounts),
            calls: by_user(bounds.calls),
            applications: alone(bounds.applications),
            disclosures: alone(bounds.disclosures),
            requests: alone(bounds.requests),
            ..*bounds
        };
        for pair in Pair::ALL {
            let (from, to) = (pair.from.index(), pair.to.index());
            let answers = acts(pair.from) && bounds.sends.get(to, from) > 0;
            wide.sends.set(from, to, raise(bounds.sends.get(from, to), answers));
            for address in self.addresses.iter().filter(|address| address.owner() == pair.to) {
                let asked =
                    |own: &Address| own.owner() == pair.from && bounds.lookups.get(to, own.index()) > 0;
                let answers = acts(pair.from) && Address::ALL.iter().any(asked);
                let count = bounds.lookups.get(from, address.index());
                wide.lookups.set(from, address.index(), raise(count, answers));
            }
        }
        wide
    }
}
