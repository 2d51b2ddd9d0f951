//! **What one run took: time, processor time and memory.**

use std::fmt;
use std::time::Instant;

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) states: usize,
    /// How many layers it counted; 0 for an engine that does not.
    pub(crate) layers: usize,
    /// Seconds by the clock.
    pub(crate) seconds: f64,
    /// Seconds of processor time, of all threads together; 0 where the system does not say.
    pub(crate) busy: f64,
    /// The most bytes of memory that the process held; 0 where the system does not say.
    pub(crate) bytes: usize,
}

/// Measures from its start on.
pub(crate) struct Clock {
    began: Instant,
    busy: f64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Clock { began: Instant::now(), busy: busy(Whose::Own) }
    }

    pub(crate) fn stop(&self, states: usize) -> Run {
        Run {
            states,
            layers: 0,
            seconds: self.began.elapsed().as_secs_f64(),
            busy: busy(Whose::Own) - self.busy,
            bytes: most_held(),
        }
    }
}

/// Whose processor time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    Own,
    /// Of those children that ended.
    Children,
}

/// Seconds of processor time so far; 0 where the system does not say.
pub(crate) fn busy(whose: Whose) -> f64 {
    /// Linux counts in hundredths of a second.
    const TICKS: f64 = 100.0;
    let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // What follows the name, which is in brackets, begins with the third field.
    let fields = line.rsplit(')').next().unwrap_or_default().split_whitespace();
    let first = match whose {
        Whose::Own => 14 - 3,
        Whose::Children => 16 - 3,
    };
    fields.skip(first).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// The most bytes of memory that this process has held; 0 where the system does not say.
fn most_held() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) << 10
}

impl fmt::Display for Run {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { states, layers, seconds, busy, bytes } = self;
        write!(out, "{states} {layers} {seconds} {busy} {bytes}")
    }
}

impl Run {
    /// Reads what another process printed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        Some(Run {
            states: words.next()?.parse().ok()?,
            layers: words.next()?.parse().ok()?,
            seconds: words.next()?.parse().ok()?,
            busy: words.next()?.parse().ok()?,
            bytes: words.next()?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_as_it_was_printed() {
        let run = Run { states: 7, layers: 3, seconds: 0.25, busy: 0.5, bytes: 4096 };
        let again = Run::parse(&run.to_string()).expect("it was printed");
        assert_eq!(format!("{again:?}"), format!("{run:?}"));
        assert!(Run::parse("7 3 0.25").is_none());
    }
}
