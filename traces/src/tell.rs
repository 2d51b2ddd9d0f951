//! **A replayed trace, explained.**

use crate::replay::Replayed;

/// How to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TellOptions {
    /// How many columns there are.
    pub width: usize,
    /// The only step to tell, from 1; `None` tells all.
    pub step: Option<usize>,
    /// Whether headings are coloured for a terminal.
    pub color: bool,
}

impl Default for TellOptions {
    fn default() -> Self {
        Self { width: 100, step: None, color: false }
    }
}

/// Explains a replayed trace to a reader who never saw the model.
#[must_use]
pub fn tell(replayed: &Replayed, options: &TellOptions) -> String {
    let _ = options;
    replayed.done.clone()
}
