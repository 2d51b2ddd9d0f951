//! **The calendar of a story: day 0 is the day on which the run begins, and those before it are below 0.**
//!
//! The model counts the days of the prologue and those of the run apart, and in a run without a last day none at all, so
//! that such a run can return to a state. A story counts all of them from one origin.

use crate::replay::ReplayedRun;
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use std::fmt;

/// A day of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32);

impl Day {
    /// The day on which a run begins.
    pub(crate) const FIRST: Self = Self(0);

    /// So many days earlier.
    pub(crate) fn earlier(self, days: u16) -> Self {
        Self(self.0 - i32::from(days))
    }

    /// So many days later.
    pub(crate) fn later(self, days: u16) -> Self {
        Self(self.0 + i32::from(days))
    }

    /// The day's number.
    pub(crate) fn number(self) -> String {
        let sign = if self.0 < 0 { "−" } else { "" };
        format!("{sign}{}", self.0.unsigned_abs())
    }

    /// The day as a heading.
    pub(crate) fn heading(self) -> String {
        super::words::capital(&self.to_string())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "day {}", self.number())
    }
}

/// A state, and the day of the story to which it belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now<'a> {
    pub(crate) state: &'a State,
    pub(crate) day: Day,
}

impl<'a> Now<'a> {
    /// The state in which a run ends.
    pub(crate) fn last(run: &'a ReplayedRun) -> Option<Self> {
        let day = days(&run.service, &run.states, &run.actions).pop()?;
        Some(Self { state: run.states.last()?, day })
    }
}

/// The day of each state of a prologue or of a run, given with the actions between them.
pub(crate) fn days(service: &Service, states: &[State], actions: &[Action]) -> Vec<Day> {
    let turns =
        |at: usize| actions.iter().take(at).filter(|action| matches!(action, Action::Turn { .. })).count();
    let day = |(at, state): (usize, &State)| {
        let counted = i32::from(state.day);
        match (state.prologue, service.last_day()) {
            (true, _) => Day(counted - i32::from(service.past_days())),
            (false, Some(_)) => Day(counted),
            (false, None) => Day(turns(at) as i32),
        }
    };
    states.iter().enumerate().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_before_the_run_are_below_zero() {
        let said = |day: Day| day.to_string();
        assert_eq!(said(Day::FIRST), "day 0");
        assert_eq!(said(Day(3)), "day 3");
        assert_eq!(said(Day(3).earlier(5)), "day −2");
        assert_eq!(Day(-1).heading(), "Day −1");
    }
}
