//! **`explain`: a claim or a design, in full.**
//!
//! A claim is explained as it is put in one design, since its formula speaks of that design's logs and adversaries.

mod claim;
mod design;

use crate::args::ExplainArgs;
use crate::exit::Failure;
use crate::input::{self, Named};
use crate::page::Page;
use crate::select;
use mailcover_model::design::Design;
use mailcover_model::design::library::{self, describe};
use mailcover_model::flaw::Flaw;
use mailcover_properties::claim::Claim;
use mailcover_properties::claims;
use std::sync::Arc;

/// Explains what was named.
pub(crate) fn run(args: &ExplainArgs) -> Result<Page, Failure> {
    let what = &args.what;
    if let Some(named) = &args.design {
        let design = as_set(input::design(named)?, &args.settings)?;
        let claims = claims::of(&design.design);
        let Some(claim) = claims.iter().find(|claim| claim.id == *what) else {
            if let Some(other) = other_word(what, &design.design) {
                return Err(other);
            }
            let suggestion = input::suggestion(what, claims.iter().map(|claim| claim.id.as_str()));
            let sentence = format!("no claim of the design {named} is called {what:?};{suggestion}");
            return Err(Failure::input(format!("{sentence} see `mailcover claims`")));
        };
        return Ok(Page::of(claim::told(claim, &design)));
    }
    if let Some((claim, design)) = shipped_claim(what)? {
        return Ok(Page::of(claim::told(&claim, &as_set(design, &args.settings)?)));
    }
    if library::text(what).is_some() || input::is_path(what) {
        return Ok(Page::of(design::told(&as_set(input::design(what)?, &args.settings)?, &args.settings)?));
    }
    let usual = input::design(input::USUAL)?;
    Err(other_word(what, &usual.design).unwrap_or_else(|| unknown(what)))
}

/// What a name is that is neither a claim's nor a design's, and what explains it; `None` where nothing is called so.
fn other_word(what: &str, design: &Design) -> Option<Failure> {
    let name = &design.name;
    let knobs = describe(design).unwrap_or_default();
    let knob = knobs.iter().find(|knob| knob.name == what || knob.name.ends_with(&format!(".{what}")));
    let (is, see) = if design.adversary(what).is_some() {
        ("an adversary".to_owned(), format!("`mailcover adversaries {name}` says what it sees"))
    } else if let Some(log) = design.logs.iter().find(|log| log.name == what) {
        (
            format!("a log, whose reader is {}", log.observer_name()),
            format!("`mailcover explain {name}` shows it"),
        )
    } else if let Some(knob) = knob {
        (format!("the knob {}", knob.name), format!("`mailcover explain {name}` shows it"))
    } else if Flaw::all().into_iter().any(|flaw| flaw.name() == what) {
        ("a deliberate mistake of the model".to_owned(), format!("`mailcover check --flaw {what}` plants it"))
    } else {
        return None;
    };
    Some(Failure::input(format!("`explain` takes a claim or a design, and {what} is {is}; {see}")))
}

/// The design with the settings applied.
fn as_set(named: Named, settings: &[String]) -> Result<Named, Failure> {
    let design = select::set(Arc::unwrap_or_clone(named.design), settings)?;
    Ok(Named { design: Arc::new(design), ..named })
}

/// The claim of this name, built in or of a shipped design's own, with its design.
fn shipped_claim(id: &str) -> Result<Option<(Arc<Claim>, Named)>, Failure> {
    if let Some(claim) = claims::all().into_iter().find(|claim| claim.id == id) {
        let design = input::design(&claim.design)?;
        return Ok(Some((claim, design)));
    }
    for name in library::names() {
        let design = input::design(name)?;
        let found = claims::of(&design.design).into_iter().find(|claim| claim.id == id);
        if let Some(claim) = found {
            return Ok(Some((claim, design)));
        }
    }
    Ok(None)
}

fn unknown(what: &str) -> Failure {
    let claims = claims::all();
    let ids = claims.iter().map(|claim| claim.id.as_str());
    let suggestion = input::suggestion(what, ids.chain(library::names()));
    let remedy = "see `mailcover claims` and `mailcover designs`, name a path to a design file, or, for a claim of a file \
                  of yours, add `--design FILE`";
    Failure::input(format!("no claim and no design is called {what:?};{suggestion} {remedy}"))
}
