//! **A replayed trace, explained to a reader who never saw the model.**
//!
//! The claim, the verdict, the adversary; what happened before the run and in it, step by step, with what the adversary
//! sees and the logs record; then what follows. Everything is computed from replay; of the file, only the words of the
//! claim, which replay has compared with its own, and those of the design and its adversaries are printed, with whatever could
//! disturb a terminal made harmless, and the size of a class, as what a search found.

pub(crate) mod acts;
pub(crate) mod calendar;
pub(crate) mod content;
pub(crate) mod ending;
pub(crate) mod holdings;
mod layout;
pub(crate) mod opening;
pub(crate) mod outcome;
pub(crate) mod rows;
pub(crate) mod scene;
pub(crate) mod story;
pub(crate) mod terms;
pub(crate) mod words;

use crate::replay::Replayed;
use enumset::EnumSet;
use layout::{Text, beside};
use std::sync::Arc;
use story::Story;

/// The least width at which two runs stand beside each other.
const BESIDE_FROM: usize = 90;
/// The least width that is kept to.
const NARROWEST: usize = 40;

/// How to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TellOptions {
    /// How many columns there are.
    pub width: usize,
    /// The only step to tell, from 1; `None` tells all.
    pub step: Option<usize>,
    /// Whether headings are set off for a terminal.
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
    let width = options.width.max(NARROWEST);
    let mut lines = Vec::new();
    if options.step.is_none() {
        lines.extend(opening::opening(replayed).lines(width, options.color));
    }
    lines.extend(runs(replayed, options, width));
    if options.step.is_none() {
        let mut end = ending::ending(replayed);
        end.gap();
        end.append(ending::grounds(replayed));
        lines.push(String::new());
        lines.extend(end.lines(width, options.color));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// The runs, beside each other where there is room.
fn runs(replayed: &Replayed, options: &TellOptions, width: usize) -> Vec<String> {
    let told: Vec<Text> = (0..replayed.runs.len()).map(|at| story(replayed, at, options.step)).collect();
    let heading = |name: &str| {
        let mut text = Text::default();
        text.heading(name);
        text.lines(width, options.color)
    };
    match told.as_slice() {
        [left, right] if width >= BESIDE_FROM => {
            let mut lines = vec![String::new()];
            lines.extend(heading("Two runs, beside each other"));
            lines.extend(beside(left, right, width));
            lines
        }
        [left, right] => {
            let mut lines = vec![String::new()];
            lines.extend(heading("The one run"));
            lines.extend(left.lines(width, options.color));
            lines.push(String::new());
            lines.extend(heading("The other run"));
            lines.extend(right.lines(width, options.color));
            lines
        }
        _ => {
            let mut lines = vec![String::new()];
            lines.extend(heading("What happens"));
            lines.extend(told.iter().flat_map(|text| text.lines(width, options.color)));
            lines
        }
    }
}

fn story(replayed: &Replayed, at: usize, step: Option<usize>) -> Text {
    let Some(run) = replayed.runs.get(at) else { return Text::default() };
    let adversary = replayed.trace.design.adversary(&replayed.trace.adversary);
    // All of a single step is shown; a whole story is of what its claim reads.
    let (service, scenes) = match step {
        Some(_) => {
            let shown = scene::shown(run);
            (shown.service, shown.scenes)
        }
        None => (Arc::clone(&run.service), scene::scenes(run)),
    };
    let story = Story {
        service: &service,
        run,
        scenes: &scenes,
        eyes: &replayed.observers,
        powers: adversary.map_or(EnumSet::empty(), |adversary| adversary.capabilities),
        round: replayed.round(),
    };
    match step {
        Some(number) => story.only(number),
        None => story.whole(),
    }
}
