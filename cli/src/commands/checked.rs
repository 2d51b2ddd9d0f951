//! **Cells that were selected and checked, for commands that make something of the results.**

use super::check::gathered;
use crate::args::{DesignArgs, Engine, LimitArgs, WhatArgs};
use crate::date;
use crate::engine::{self, Found};
use crate::exit::Failure;
use crate::expectation::{expected, none_is_stale};
use crate::report::result::{CellResult, Results};
use crate::select::{self, Chosen};
use mailcover_properties::check::{Cell, Options};

/// What was checked, and what was found.
pub(super) struct Checked {
    pub(super) designs: Vec<Chosen>,
    pub(super) cells: Vec<Cell>,
    pub(super) options: Options,
    pub(super) found: Found,
    pub(super) results: Results,
}

/// Checks the selected cells. Whatever is wrong with the command line or a file is found before the search begins.
pub(super) fn checked(of: &DesignArgs, what: &WhatArgs, limits: &LimitArgs) -> Result<Checked, Failure> {
    let designs = select::designs(&of.named(), &what.settings)?;
    let cells = select::cells(&designs, what)?;
    let today = date::today(of.today)?;
    none_is_stale(&designs, &what.settings)?;
    let expectations = cells.iter().map(|cell| expected(cell, today)).collect::<Result<Vec<_>, _>>()?;
    let mut options = engine::options(what, limits);
    let found = engine::run(&cells, &mut options, Engine::Own)?;
    let outcomes = cells.iter().zip(&found.findings).zip(expectations);
    let rows =
        outcomes.map(|((cell, finding), expected)| CellResult::of(cell, finding, expected, Engine::Own));
    let results = gathered(rows.collect(), what, None, found.interrupted);
    Ok(Checked { designs, cells, options, found, results })
}
