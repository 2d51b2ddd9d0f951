//! **Which cells the command line selects: designs, times claims, times the adversaries they are put to.**

use crate::args::{Shard, WhatArgs};
use crate::exit::Failure;
use crate::input::{self, Source};
use mailcover_model::design::Design;
use mailcover_model::design::library;
use mailcover_model::design::read::{DesignError, apply_settings};
use mailcover_properties::check::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use wildmatch::WildMatch;

/// A design that was chosen.
pub(crate) struct Chosen {
    /// What the command line calls it.
    pub(crate) named: String,
    /// The design, its settings applied.
    pub(crate) design: Arc<Design>,
    /// Its own file.
    pub(crate) source: Source,
}

/// The designs of these names and paths, each once.
pub(crate) fn designs(named: &[String], settings: &[String]) -> Result<Vec<Chosen>, Failure> {
    let mut designs: Vec<Chosen> = Vec::new();
    for name in named {
        let input::Named { design, source } = input::design(name)?;
        let design = set(Arc::unwrap_or_clone(design), settings)?;
        match designs.iter().find(|known| known.design.name == design.name) {
            None => designs.push(Chosen { named: name.clone(), design: Arc::new(design), source }),
            Some(known) if *known.design == design => {}
            Some(_) => {
                let name = &design.name;
                return Err(Failure::input(format!("two designs are called {name:?}; rename one of them")));
            }
        }
    }
    Ok(designs)
}

/// The design with the settings applied.
pub(crate) fn set(mut design: Design, settings: &[String]) -> Result<Design, Failure> {
    apply_settings(&mut design, settings).map_err(|error| refused(&error, &design))?;
    Ok(design)
}

/// The failure of a setting, which is one line and needs no place in it.
fn refused(error: &DesignError, design: &Design) -> Failure {
    let DesignError { file, message, remedy, .. } = error;
    Failure::input(format!("{file}: in the design {}, {message}; {remedy}", design.name))
}

/// The names of the shipped designs that are checked unless others are named, or of all of them.
pub(crate) fn shipped(all: bool) -> Vec<String> {
    let names = if all { library::names() } else { library::mains() };
    names.into_iter().map(str::to_owned).collect()
}

/// The cells that are selected in these designs.
pub(crate) fn cells(designs: &[Chosen], what: &WhatArgs) -> Result<Vec<Cell>, Failure> {
    let all: Vec<Cell> = designs.iter().flat_map(|chosen| Cell::all(&chosen.design)).collect();
    known_claims(&all, &what.claims)?;
    known_adversaries(designs, &all, &what.adversaries)?;
    let globs: Vec<WildMatch> = what.claims.iter().map(|glob| WildMatch::new(glob)).collect();
    let wanted = |cell: &Cell| {
        (globs.is_empty() || globs.iter().any(|glob| glob.matches(&cell.claim.id)))
            && (what.adversaries.is_empty() || what.adversaries.contains(&cell.question().adversary))
    };
    let cells: Vec<Cell> = all.into_iter().filter(wanted).collect();
    if cells.is_empty() {
        let why =
            "nothing was selected: no claim of these designs has such a name and is put to such an adversary";
        return Err(Failure::nothing(format!("{why}; see `mailcover claims`")));
    }
    Ok(cells)
}

/// One of some equal parts of the cells.
pub(crate) fn part(cells: Vec<Cell>, shard: Shard) -> Result<Vec<Cell>, Failure> {
    if shard.of > cells.len() {
        let (of, selected) = (shard.of, cells.len());
        return Err(Failure::input(format!(
            "{selected} selected cells do not fill {of} parts; name at most {selected} after `--shard K/`"
        )));
    }
    let range = shard.range(cells.len());
    Ok(cells.into_iter().skip(range.start).take(range.len()).collect())
}

/// A name without a wildcard must be a claim's.
fn known_claims(cells: &[Cell], globs: &[String]) -> Result<(), Failure> {
    let ids: BTreeSet<&str> = cells.iter().map(|cell| cell.claim.id.as_str()).collect();
    let exact = |glob: &&String| !glob.contains(['*', '?']);
    match globs.iter().filter(exact).find(|glob| !ids.contains(glob.as_str())) {
        None => Ok(()),
        Some(wrong) => Err(Failure::input(format!(
            "no claim of these designs is called {wrong:?};{} see `mailcover claims`",
            input::suggestion(wrong, ids.into_iter())
        ))),
    }
}

fn known_adversaries(designs: &[Chosen], cells: &[Cell], wanted: &[String]) -> Result<(), Failure> {
    let mut known: BTreeSet<String> = library::shared_adversary_names().into_iter().collect();
    known.extend(designs.iter().flat_map(|chosen| chosen.design.adversary_names()));
    known.extend(cells.iter().map(|cell| cell.question().adversary.clone()));
    match wanted.iter().find(|name| !known.contains(*name)) {
        None => Ok(()),
        Some(wrong) => Err(Failure::input(format!(
            "no adversary of these designs is called {wrong:?};{} see `mailcover adversaries`",
            input::suggestion(wrong, known.iter().map(String::as_str))
        ))),
    }
}
