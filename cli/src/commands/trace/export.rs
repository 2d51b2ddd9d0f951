//! **`trace export`: a replayed trace in another format.**

use crate::args::Target;
use crate::exit::Failure;
use crate::page;
use mailcover_browser::{Book, html};
use mailcover_traces::{Replayed, account, itf, markdown, mermaid, picture};
use std::sync::Arc;

pub(super) fn text(replayed: &Replayed, to: Target, run: usize) -> Result<String, Failure> {
    let account = account(replayed);
    let number = run.saturating_sub(1);
    match to {
        Target::Itf => itf(replayed, number).map_err(Failure::from),
        Target::Mermaid => mermaid(replayed, number).map_err(Failure::from),
        Target::Svg => Ok(picture(&account)),
        Target::Markdown => markdown(replayed, &account).map_err(Failure::from),
        Target::Json => page::json(&account),
        Target::Html => {
            let book = Book::of_trace(&Arc::new(replayed.trace.design.clone()), account);
            html(&book)
                .map_err(|error| Failure::internal(format!("the page cannot be written as JSON: {error}")))
        }
    }
}
