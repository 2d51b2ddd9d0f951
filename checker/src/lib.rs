//! **A temporal-epistemic model checker for any stateright model whose author says what observers see.**
//!
//! It explores a finite [`stateright::Model`] once, one layer after the other, and answers any
//! number of questions from what it found: what is always so, what can be reached, what cannot be
//! avoided, and who can come to know what.
//!
//! There are two engines for the same questions, see [`Inquiry`]. [`plain`] is sequential and exact:
//! states and views are compared in full. [`dataflow`] keeps keys of 128 bits, and runs on many
//! threads or processes. What is shown below are the parts of the plain one.
//!
//! Every answer has one of three outcomes and comes with its evidence; see [`Answer`].
//!
//! ```
//! use mailcover_checker::{ClassTable, Epistemic, Limits, Outcome, always, explore};
//! use stateright::Model;
//!
//! /// A coin is tossed under a cup, and may then be shown.
//! struct Toss;
//!
//! #[derive(Clone, Debug, PartialEq, Eq, Hash)]
//! struct Coin { heads: Option<bool>, shown: bool }
//!
//! #[derive(Clone, Debug, PartialEq, Eq, Hash)]
//! enum Act { Land(bool), Show }
//!
//! impl Model for Toss {
//!     type State = Coin;
//!     type Action = Act;
//!     fn init_states(&self) -> Vec<Coin> {
//!         vec![Coin { heads: None, shown: false }]
//!     }
//!     fn actions(&self, coin: &Coin, actions: &mut Vec<Act>) {
//!         match coin.heads {
//!             None => actions.extend([Act::Land(true), Act::Land(false)]),
//!             Some(heads) if heads && !coin.shown => actions.push(Act::Show),
//!             Some(_) => {}
//!         }
//!     }
//!     fn next_state(&self, coin: &Coin, act: Act) -> Option<Coin> {
//!         Some(match act {
//!             Act::Land(heads) => Coin { heads: Some(heads), ..*coin },
//!             Act::Show => Coin { shown: true, ..*coin },
//!         })
//!     }
//! }
//!
//! impl Epistemic for Toss {
//!     type Observer = ();
//!     type View = (bool, Option<bool>);
//!     fn view(&self, (): (), coin: &Coin) -> Self::View {
//!         (coin.heads.is_some(), coin.heads.filter(|_| coin.shown))
//!     }
//! }
//!
//! let found = explore(&Toss, &Limits::default(), &mut |_| {});
//! assert_eq!(found.layers(), [1, 2, 1]);
//!
//! let heads = |coin: &Coin| coin.heads == Some(true);
//! let tails = |coin: &Coin| coin.heads == Some(false);
//! let table = ClassTable::build(&Toss, &found, &[()], &[&heads, &tails], None)?;
//! assert_eq!(table.never_known(0)?.outcome, Outcome::Violated, "heads may be shown");
//! assert_eq!(table.never_known(1)?.outcome, Outcome::Holds, "tails never are");
//! assert_eq!(always(&Toss, &found, |coin| !coin.shown || heads(coin))?.outcome, Outcome::Holds);
//! # Ok::<(), mailcover_checker::Error>(())
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

mod answer;
mod classes;
mod components;
pub mod dataflow;
mod demonstration;
mod epistemic;
mod error;
mod evaluation;
mod exploration;
mod explore;
mod fixpoint;
mod formula;
mod graph;
mod graph_answers;
mod joined;
mod knowledge;
mod limits;
mod liveness;
mod path;
pub mod plain;
mod question;
mod region;
mod safety;
mod sanity;
pub mod second_engine;

pub use answer::{Answer, AnswerOf, Doubt, Evidence, Outcome};
pub use epistemic::{Epistemic, Packing};
pub use error::{Error, Nondeterminism};
pub use evaluation::{Evaluator, Truth};
pub use exploration::Exploration;
pub use explore::{Progress, explore, explore_until};
pub use fixpoint::inevitable_by_fixpoint;
pub use formula::{
    Formula, af, ag, and, atom, au, ax, common, distributed, ef, eg, eu, everyone, ex, implies, knows, not,
    or,
};
pub use graph::{Graph, GraphOf};
pub use graph_answers::holds;
pub use knowledge::{ClassTable, Fact, Tally};
pub use limits::{Completion, Limit, Limits};
pub use liveness::inevitable;
pub use path::{Path, PathOf};
pub use question::{Inquiry, Question, Report};
pub use safety::{always, reachable};
pub use sanity::determinism;
pub use second_engine::SecondOpinion;
