//! **Days, and how a scope scales them down.**
//!
//! The designs give periods in real days: 30, 60, 90. A search over 150 real days with people free to act on each
//! is out of reach, so most claims run at scaled counts. A scaling is faithful when it preserves the order,
//! equality included, of every sum of up to three periods, since what can outlive what is all that the rules
//! compare. [`scaled`] finds the smallest faithful scaling; a test sweeps to larger ones and compares verdicts.

use crate::action::Rule;
use crate::design::{Design, MAX_LOGS};
use crate::row::MAX_AGE;
use crate::scope::{Calendar, Horizon, Scope, days as in_words};
use crate::service::{Setup, SetupError, Tracked};
use crate::slice::Part;

/// The periods of a design, each in days: as a calendar counts them, or real ones where `Days` has room for those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Periods<Days = u8> {
    /// How long a cached answer stays fresh.
    pub cache: Days,
    /// How long push stores a message.
    pub expiry: Days,
    /// How long an order runs, at most.
    pub order: Days,
    /// By how much an extension prolongs it.
    pub extension: Days,
    /// How long a preservation request freezes.
    pub preservation: Days,
    /// How long a device keeps a message that was received; as a calendar counts, 255 means for good.
    pub device: Days,
    /// How long each log keeps a row; as a calendar counts, 255 means for good.
    pub keep: [Days; MAX_LOGS],
}

/// How many periods there are.
const PERIODS: usize = 6 + MAX_LOGS;

impl<Days: Copy> Periods<Days> {
    /// All periods, in the order in which [`Periods::of_list`] takes them.
    fn list(&self) -> [Days; PERIODS] {
        let Self { cache, expiry, order, extension, preservation, device, keep: [a, b, c, d] } = *self;
        [cache, expiry, order, extension, preservation, device, a, b, c, d]
    }

    /// The periods of which [`Periods::list`] is this.
    fn of_list([cache, expiry, order, extension, preservation, device, keep @ ..]: [Days; PERIODS]) -> Self {
        Self { cache, expiry, order, extension, preservation, device, keep }
    }
}

impl Periods<u16> {
    /// The periods that the slice reads, in the design's real days, and 0 for all others.
    fn real(design: &Design, scope: &Scope, setup: &Setup) -> Self {
        let slice = &setup.slice;
        let opened = setup.track.contains(Tracked::Kept);
        let law = Rule::Apply | Rule::Preserve | Rule::Extend;
        let legal = !(slice.rules & law).is_empty() || design.legal.preservation_in_force;
        let messages = scope.bounds.sends.total() + scope.past.sends.total() > 0;
        let only = |relevant: bool, days: u16| if relevant { days } else { 0 };
        let kept = |at: usize| design.logs.get(at).and_then(|log| log.keep_days).unwrap_or(0);
        Self {
            cache: only(slice.parts.contains(Part::Cache), design.directory.cache_days),
            expiry: only(messages, design.messaging.expiry_days),
            order: only(legal, design.legal.order_days),
            extension: only(legal && design.legal.extensions > 0, design.legal.extension_days),
            preservation: only(legal, design.legal.preservation_days),
            device: only(opened, design.devices.keep_days.unwrap_or(0)),
            keep: std::array::from_fn(|at| only(slice.logs.contains(at), kept(at))),
        }
    }

    /// These periods, scaled together; see [`scaled`].
    fn scaled(&self, smallest: u8) -> Option<Periods> {
        Some(Periods::of_list(scaled(&self.list(), smallest)?.try_into().ok()?))
    }
}

impl Periods {
    /// The design's periods as the scope's calendar counts them. Only those that the slice reads are scaled together.
    pub(crate) fn counted(design: &Design, scope: &Scope, setup: &Setup) -> Result<Self, SetupError> {
        let real = Periods::<u16>::real(design, scope, setup);
        let mut counted = match scope.calendar {
            Calendar::Real | Calendar::RealByDeadlines => {
                Self::of_list(real.list().map(|days| days.min(u16::from(FOR_GOOD) - 1) as u8))
            }
            Calendar::Scaled(smallest) | Calendar::ScaledByDeadlines(smallest) => {
                real.scaled(smallest).ok_or_else(|| SetupError::Unscalable(listed(&real.list())))?
            }
        };
        if design.devices.keep_days.is_none() || !setup.track.contains(Tracked::Kept) {
            counted.device = FOR_GOOD;
        }
        for (at, keep) in counted.keep.iter_mut().enumerate() {
            let purged = design.logs.get(at).is_some_and(|log| log.keep_days.is_some());
            if !purged || !setup.slice.logs.contains(at) {
                *keep = FOR_GOOD;
            }
        }
        Ok(counted)
    }
}

/// Different periods that are not 0, in words.
fn listed(days: &[u16]) -> String {
    let mut days: Vec<u16> = days.iter().copied().filter(|&days| days > 0).collect();
    days.sort_unstable();
    days.dedup();
    let days: Vec<String> = days.into_iter().map(in_words).collect();
    days.join(", ")
}

/// The keep of a log that is never purged.
pub const FOR_GOOD: u8 = 255;

/// How long the past and the run of a scope are, in the calendar's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    /// How many days the prologue lasts.
    pub(crate) past_days: u8,
    /// The last day of a run; `None` when runs are endless.
    pub(crate) last_day: Option<u8>,
    /// The horizon that is kept to, where ages do not reach as far as the scope would have runs go.
    pub(crate) cut_short: Option<Horizon>,
}

/// How long the past and the run of a scope are.
///
/// A run that ends is never so long, its past included, that an age would have to saturate: two things of different age
/// are of different age in the state. Where the scope asks for so many retentions that this is exceeded, the run ends as
/// soon as it must, provided that it still outlasts what its scope is about: twice the longest retention, and that
/// retention with an order and its extension. A run that outlasts a retention also outlasts the time for which push stores
/// a message. A run that is endless has no such end; there ages saturate past every period.
pub(crate) fn length(scope: &Scope, periods: &Periods) -> Result<Length, SetupError> {
    let keeps = periods.keep.iter().copied().filter(|&keep| keep != FOR_GOOD);
    let keep = u16::from(keeps.max().unwrap_or(1));
    let past_days = u16::from(scope.past_retentions) * keep + u16::from(scope.past_days);
    let twice = 2 * keep + 1;
    let under_order = keep + u16::from(periods.order) + u16::from(periods.extension);
    let (wanted, least) = match scope.horizon {
        Horizon::Days(days) => (Some(u16::from(days)), u16::from(days)),
        Horizon::Retentions(times, days) => {
            let mut wanted = u16::from(times) * keep + u16::from(days);
            if wanted > keep {
                wanted = wanted.max(u16::from(periods.expiry) + 1);
            }
            (Some(wanted), wanted.min(twice.max(under_order + 1)))
        }
        Horizon::UnderOrder(days) => {
            (Some(twice.max(under_order + u16::from(days))), twice.max(under_order + 1))
        }
        Horizon::Endless => (None, 0),
    };
    let room = MAX_AGE.checked_sub(past_days).filter(|&room| least <= room);
    let room = room.ok_or(SetupError::TooManyDays { needed: past_days + least, keep })?;
    let last_day = wanted.map(|wanted| wanted.min(room) as u8);
    let cut_short = last_day.filter(|&last| wanted != Some(u16::from(last))).map(Horizon::Days);
    Ok(Length { past_days: past_days as u8, last_day, cut_short })
}

/// The longest scaled period that [`scaled`] tries.
const LONGEST: u8 = 40;

/// The smallest faithful scaling of `periods`, with no non-zero period below `smallest`: the scaled count of each,
/// in their order. `None` when there is none of at most 40 days. A period of 0 days stays 0, and equal periods stay
/// equal.
#[must_use]
pub fn scaled(periods: &[u16], smallest: u8) -> Option<Vec<u8>> {
    let mut distinct: Vec<u16> = periods.iter().copied().filter(|&days| days > 0).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let chosen = (smallest.max(1)..=LONGEST).find_map(|longest| {
        let mut chosen = Vec::new();
        choose(&distinct, smallest.max(1), longest, &mut chosen).then_some(chosen)
    });
    let chosen = if distinct.is_empty() { Vec::new() } else { chosen? };
    let scale = |days: &u16| distinct.binary_search(days).map_or(0, |at| chosen[at]);
    Some(periods.iter().map(scale).collect())
}

/// Extends `chosen` to a faithful scaling of `distinct` that ends in at most `longest`, trying small counts first.
fn choose(distinct: &[u16], smallest: u8, longest: u8, chosen: &mut Vec<u8>) -> bool {
    if chosen.len() == distinct.len() {
        return true;
    }
    let from = chosen.last().map_or(smallest, |last| last + 1);
    for next in from..=longest {
        chosen.push(next);
        if faithful(&distinct[..chosen.len()], chosen) && choose(distinct, smallest, longest, chosen) {
            return true;
        }
        chosen.pop();
    }
    false
}

/// Whether every two sums of up to three periods compare alike before and after.
#[must_use]
pub fn faithful(periods: &[u16], scaled: &[u8]) -> bool {
    let sums = sums_of_up_to_three(periods, scaled);
    sums.iter().all(|(real, small)| {
        sums.iter().all(|(other, other_small)| real.cmp(other) == small.cmp(other_small))
    })
}

fn sums_of_up_to_three(periods: &[u16], scaled: &[u8]) -> Vec<(u32, u32)> {
    let single = || {
        std::iter::once((0, 0)).chain(periods.iter().zip(scaled).map(|(&p, &s)| (u32::from(p), u32::from(s))))
    };
    let mut sums = Vec::new();
    for (a, x) in single() {
        for (b, y) in single() {
            for (c, z) in single() {
                sums.push((a + b + c, x + y + z));
            }
        }
    }
    sums.sort_unstable();
    sums.dedup();
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proportional_periods_shrink_to_their_ratio() {
        assert_eq!(scaled(&[30, 60, 30], 1), Some(vec![1, 2, 1]));
        assert_eq!(scaled(&[30, 60, 90], 2), Some(vec![2, 4, 6]));
        assert_eq!(scaled(&[0, 30], 1), Some(vec![0, 1]));
        assert_eq!(scaled(&[], 1), Some(vec![]));
    }

    #[test]
    fn awkward_periods_keep_the_order_of_their_sums() {
        let counts = scaled(&[7, 30, 60], 1).expect("three periods have a small scaling");
        assert!(faithful(&[7, 30, 60], &counts));
        assert!(counts[1] > 3 * counts[0], "three weeks are shorter than thirty days");
    }

    #[test]
    fn an_unfaithful_scaling_is_recognised() {
        assert!(!faithful(&[7, 30], &[1, 2]));
        assert!(faithful(&[30, 60], &[1, 2]));
    }
}
