//! Results and traces as a page: one self-contained file, or served to one's own machine.
//!
//! The same renderer, plain JavaScript in `assets/`, draws both. It is given a [`Book`], which is data and nothing else;
//! the live page can in addition ask what else could happen after a step. [`html`] puts the file together, [`serve`] is
//! the server, and [`explorer`] is stateright's own, for those who like it.

mod book;
mod explorer;
mod page;
mod results;
mod server;

pub use book::{Book, Claimed, Designed, Row};
pub use explorer::explorer;
pub use page::{escaped, html, policy};
pub use results::{MAX_RESULTS, Results, ResultsError, StoredRow};
pub use server::{Limits, Server, ServerError, serve};
