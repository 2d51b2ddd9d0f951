//! **The finite bounds within which a claim is checked.**
//!
//! Bounds are per kind of event and per person, so that whatever a row could mean, its innocent cause is within the
//! same person's budget. A scope also says how days are counted and how long the past was: the initial states are
//! exactly what the design's own rules can leave behind after a prologue under bounds of its own.

use crate::design::{Holder, OrderKind};
use crate::state::Budget;
use crate::widening::NarrowerPast;
use crate::world::{Address, Device, User};
use enumset::EnumSet;

/// Finite bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The devices in use. A user without a device takes no part.
    pub devices: EnumSet<Device>,
    /// The addresses in use.
    pub addresses: EnumSet<Address>,
    /// What people may do during the run.
    pub bounds: Budget,
    /// How many days the prologue lasts, besides [`Scope::past_retentions`]; none at all starts from the empty world.
    pub past_days: u8,
    /// How many times the longest finite retention the prologue lasts besides, so that it outlasts rows at every scale.
    pub past_retentions: u8,
    /// What people may do during the prologue.
    pub past: Budget,
    /// When the run ends.
    pub horizon: Horizon,
    /// How days are counted.
    pub calendar: Calendar,
    /// The devices whose registration may change.
    pub registering: EnumSet<Device>,
    /// Whether people and devices move between two places.
    pub places: bool,
    /// Whether devices are switched off and on, and push hands over on the same day what a device that is on can take.
    pub power: bool,
    /// Whether the provider is served with demands that a report is about, as many as fill its bands.
    pub demands: bool,
    /// Whether two people may compare keys, once in each direction.
    pub comparing: bool,
    /// Who may give their number up.
    pub giving_up: Option<User>,
    /// Whether an attachment counts as two messages, for where a tap could take it for two: then whatever passes has its innocent
    /// cause within the bounds.
    pub doubling: bool,
    /// What the investigator may apply for.
    pub menu: Vec<Plea>,
    /// The past of the scope that this one was widened from, if it was.
    pub narrower: Option<NarrowerPast>,
}

/// When a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Horizon {
    /// After this many days.
    Days(u8),
    /// So many times the longest finite retention, and so many days more.
    Retentions(u8, u8),
    /// After the longest finite retention, an order and its extension, and so many days more; never before twice that
    /// retention has passed.
    UnderOrder(u8),
    /// Never: the clock stands still and only ages count, so that runs can go on for ever in finitely many states.
    Endless,
}

/// An application that the investigator may file, its days given by the design's periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plea {
    /// What kind of order.
    pub kind: OrderKind,
    /// Who is to disclose.
    pub at: Holder,
    /// About whom; `None` asks about everyone.
    pub target: Option<User>,
    /// How far back the period asked about begins.
    pub since: Span,
    /// For how long after the grant the order is to run.
    pub runs: Span,
}

/// A number of days, by what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// No day but today.
    Nothing,
    /// The longest retention of the logs that the plea can reach, those kept for good apart; where it reaches none such,
    /// the longest of all the design's.
    Retention,
    /// A day more than that.
    BeyondRetention,
    /// The longest that an order may run.
    Order,
    /// A day more than that.
    BeyondOrder,
}

impl Span {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Nothing, Self::Retention, Self::BeyondRetention, Self::Order, Self::BeyondOrder];
}

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// The smallest faithful scaling with no period below this many days.
    Scaled(u8),
    /// The design's own day counts, each day a step.
    Real,
    /// The design's own day counts, each step going to the next day on which something falls due.
    RealByDeadlines,
    /// As scaled, each step going to the next day on which something falls due.
    ScaledByDeadlines(u8),
}

impl Scope {
    /// A scope with these devices, in which nobody may do anything yet.
    #[must_use]
    pub fn of(devices: EnumSet<Device>) -> Self {
        let owners: EnumSet<User> = devices.iter().map(Device::owner).collect();
        Self {
            devices,
            addresses: owners.iter().map(User::address).collect(),
            bounds: Budget::default(),
            past_days: 0,
            past_retentions: 0,
            past: Budget::default(),
            horizon: Horizon::Days(0),
            calendar: Calendar::Scaled(1),
            registering: devices,
            places: false,
            power: false,
            demands: false,
            comparing: false,
            giving_up: None,
            doubling: false,
            menu: Vec::new(),
            narrower: None,
        }
    }

    /// Whether an order may be applied for that reaches content.
    #[must_use]
    pub fn reaches_content(&self) -> bool {
        self.menu.iter().any(|plea| plea.kind.reaches_content())
    }

    /// How often devices may sign in, or people buy something, in the past and in the run.
    #[must_use]
    pub const fn accounts(&self) -> u8 {
        self.past.accounts + self.bounds.accounts
    }

    /// How often people may attach something to messages, or fetch it, in the past and in the run.
    #[must_use]
    pub fn attachments(&self) -> u8 {
        [&self.past, &self.bounds].map(|budget| budget.attachments.total() as u8).iter().sum()
    }

    /// How many messages people may send, and adversaries make up, in the past and in the run.
    #[must_use]
    pub fn messages(&self) -> u32 {
        [&self.past, &self.bounds]
            .map(|budget| budget.sends.total() + u32::from(budget.injections))
            .iter()
            .sum()
    }

    /// How many calls people may begin, in the past and in the run.
    #[must_use]
    pub fn calls(&self) -> u8 {
        [&self.past, &self.bounds].map(|budget| budget.calls.total() as u8).iter().sum()
    }

    /// The scope in a few words: who, at most how much of what, how long before and how long in the run, and how days are
    /// counted.
    #[must_use]
    pub fn summary(&self) -> String {
        let owners: EnumSet<User> = self.devices.iter().map(Device::owner).collect();
        let count =
            |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        let mut parts =
            vec![format!("{} with {}", count(owners.len(), "user"), count(self.devices.len(), "device"))];
        let most = self.most();
        if !most.is_empty() {
            parts.push(format!("at most {}", listed(&most)));
        }
        if self.doubling && self.bounds.attachments.total() > 0 {
            parts.push("an attachment counting as two messages".to_owned());
        }
        if self.demands {
            parts.push("demands until two bands of a report are full".to_owned());
        }
        if let Some(past) = period(u32::from(self.past_retentions), self.past_days) {
            parts.push(format!("a past of {past}"));
        }
        parts.push(match self.horizon {
            Horizon::Days(days) => {
                period(0, days).map_or("a run within one day".to_owned(), |run| format!("a run of {run}"))
            }
            Horizon::Retentions(times, more) => period(u32::from(times), more)
                .map_or("a run within one day".to_owned(), |run| format!("a run of {run}")),
            Horizon::UnderOrder(more) => {
                let run = ["a retention period", "an order", "its extension"].map(str::to_owned);
                let run: Vec<String> = run.into_iter().chain((more > 0).then(|| days(more))).collect();
                format!("a run of {}", listed(&run))
            }
            Horizon::Endless => "a run without a last day".to_owned(),
        });
        parts.push(match self.calendar {
            Calendar::Scaled(_) => "periods scaled down".to_owned(),
            Calendar::Real => "periods as they are".to_owned(),
            Calendar::RealByDeadlines => {
                "periods as they are, days passed from deadline to deadline".to_owned()
            }
            Calendar::ScaledByDeadlines(_) => {
                "periods scaled down, days passed from deadline to deadline".to_owned()
            }
        });
        parts.join("; ")
    }

    /// The bounds of what people may do in the run, those that are not 0.
    fn most(&self) -> Vec<String> {
        let b = &self.bounds;
        let bounds = [
            (b.types.total(), "typed address", "typed addresses"),
            (b.picks.total(), "picked name", "picked names"),
            (b.sends.total(), "message", "messages"),
            (b.lookups.total(), "lookup", "lookups"),
            (u32::from(b.registrations), "registration change", "registration changes"),
            (u32::from(b.leaves), "departure", "departures"),
            (b.travels.total(), "journey", "journeys"),
            (u32::from(b.keys), "key change or theft", "key changes or thefts"),
            (u32::from(b.injections), "injection or alteration", "injections or alterations"),
            (b.attachments.total(), "attachment or fetch of one", "attachments or fetches of one"),
            (u32::from(b.backups), "backup", "backups"),
            (u32::from(b.accounts), "sign-in or purchase", "sign-ins or purchases"),
            (b.calls.total(), "call", "calls"),
            (u32::from(b.applications), "application", "applications"),
            (u32::from(b.disclosures), "disclosure", "disclosures"),
            (u32::from(b.requests), "extension or request", "extensions or requests"),
        ];
        let said = |(count, one, many): (u32, &str, &str)| {
            format!("{count} {}", if count == 1 { one } else { many })
        };
        let comparing = self.comparing.then(|| "a comparison of keys in each direction".to_owned());
        let handing = self.giving_up.map(|user| format!("{}'s number given up", user.name()));
        bounds
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(said)
            .chain(comparing)
            .chain(handing)
            .collect()
    }
}

/// A list in words: "a, b and c".
fn listed(items: &[String]) -> String {
    match items {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => items.concat(),
    }
}

/// So many times the longest retention, and so many days; `None` for no time at all.
fn period(retentions: u32, more: u8) -> Option<String> {
    let retentions = match retentions {
        0 => None,
        1 => Some("a retention period".to_owned()),
        times => Some(format!("{times} retention periods")),
    };
    let more = (more > 0).then(|| days(more));
    let parts: Vec<String> = retentions.into_iter().chain(more).collect();
    (!parts.is_empty()).then(|| listed(&parts))
}

/// So many days, in words.
pub(crate) fn days(count: impl Into<u16>) -> String {
    match count.into() {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    }
}
