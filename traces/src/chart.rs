//! **A sequence chart of a run: who sends what to whom, day by day.**
//!
//! [`marks`] says what is drawn, [`layout`] says where, and [`svg`] writes it down. The layout is data, a band for each
//! step, so that a page can draw just the bands that are in sight with the same hand that draws the file.

mod layout;
mod marks;
mod svg;

use crate::tell::scene::Scenes;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use schemars::JsonSchema;
use serde::Serialize;

#[cfg(test)]
pub(crate) use marks::Drawn;
pub(crate) use marks::{Lane, Mark, Sequence, Sort, sequence};
pub(crate) use svg::svg;

/// A chart, laid out. All lengths are in pixels at its natural size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Chart {
    /// How wide it is.
    pub width: i32,
    /// How high it is, heads included.
    pub height: i32,
    /// How high the row of heads is, which stands above the first band.
    pub head: i32,
    /// The lifelines, from left to right.
    pub lanes: Vec<Lifeline>,
    /// The bands, from above.
    pub bands: Vec<Band>,
}

/// A lifeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lifeline {
    /// Whose it is, in lines.
    pub name: Vec<String>,
    /// Where its middle is.
    pub x: i32,
    /// Whether it is the adversary's.
    pub adversary: bool,
}

/// The part of the chart that belongs to a step, or a line across that says that a day begins or that the run goes round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Band {
    /// The number of the step; 0 for a band between steps.
    pub step: usize,
    /// Where it begins, below the heads.
    pub top: i32,
    /// How high it is.
    pub height: i32,
    /// What is drawn in it; heights count from its top.
    pub shapes: Vec<Shape>,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Shape {
    /// A straight line, at one height.
    Line {
        /// Where it begins.
        x: i32,
        /// Where it ends.
        to: i32,
        /// At which height.
        y: i32,
        /// How it looks.
        look: Look,
    },
    /// The head of an arrow.
    Point {
        /// The place of its tip.
        x: i32,
        /// The height of its tip.
        y: i32,
        /// Whether it points to the right.
        right: bool,
        /// How it looks.
        look: Look,
    },
    /// A box.
    Box {
        /// Its left side.
        x: i32,
        /// Its upper side.
        y: i32,
        /// How wide it is.
        width: i32,
        /// How high it is.
        height: i32,
        /// How it looks.
        look: Look,
    },
    /// A line of text.
    Text {
        /// Where it stands.
        x: i32,
        /// The height of its foot.
        y: i32,
        /// Whether its middle is there, rather than its beginning.
        middle: bool,
        /// How it looks.
        look: Look,
        /// What it says.
        text: String,
    },
}

/// How something drawn looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// As anything.
    Plain,
    /// An answer, or something written down: dashed.
    Answer,
    /// A capability at work: in the warning shade, and with a sign.
    Power,
    /// The number of a step.
    Number,
    /// A line across: a day begins, or the run goes round from here on.
    Day,
}

/// The chart of the scenes of a run, which begins in this state and goes round after the step of this number, if any.
pub(crate) fn chart(
    service: &Service,
    begins: Option<&State>,
    scenes: &Scenes,
    round: Option<usize>,
) -> Chart {
    layout::layout(&sequence(service, begins, scenes, round))
}
