//! **`matrix`: claims against designs for an adversary, or against adversaries for a design.**

use super::check::code;
use super::checked::{Checked, checked};
use crate::args::{FailArgs, MatrixArgs, MatrixFormat};
use crate::exit::Failure;
use crate::matrix::{self, Axis, Matrix};
use crate::page::{self, Page};
use crate::report::human::outcome;
use crate::select::Chosen;
use mailcover_properties::check::Cell;

/// Checks, and prints the matrix. It ends as a check does.
pub(crate) fn run(args: &MatrixArgs) -> Result<Page, Failure> {
    let axis = axis(args)?;
    let Checked { designs, cells, results, .. } = checked(&args.of, &args.what, &args.limits)?;
    let (of, columns) = columns(axis, &designs, &cells);
    let matrix = Matrix::of(axis, of, columns, &cells, &results, &designs)?;
    let text = match args.format {
        MatrixFormat::Human => format!("{}\n{}.\n", matrix::human(&matrix), outcome(&results.results)),
        MatrixFormat::Md => matrix::markdown(&matrix),
        MatrixFormat::Html => matrix::html(&matrix),
        MatrixFormat::Csv => matrix::csv(&matrix)?,
        MatrixFormat::Json => page::json(&matrix)?,
    };
    let code = code(&results, &FailArgs::default(), false);
    Ok(Page { text, failures: Vec::new(), code })
}

/// What the columns are: it takes one adversary, or one design.
fn axis(args: &MatrixArgs) -> Result<Axis, Failure> {
    match (args.what.adversaries.as_slice(), args.of.designs.as_slice()) {
        ([_], _) => Ok(Axis::Designs),
        (_, [_]) => Ok(Axis::Adversaries),
        _ => Err(Failure::input(
            "a matrix is of one adversary in several designs, or of one design; name one `--adversary`, or one design",
        )),
    }
}

/// What the matrix is of, and its columns, each in the order in which designs and claims name them.
pub(super) fn columns(axis: Axis, designs: &[Chosen], cells: &[Cell]) -> (String, Vec<String>) {
    let first = cells.first().map(|cell| (cell.question().adversary.clone(), cell.design.name.clone()));
    let (adversary, design) = first.unwrap_or_default();
    match axis {
        Axis::Designs => (adversary, designs.iter().map(|chosen| chosen.design.name.clone()).collect()),
        Axis::Adversaries => {
            let mut names: Vec<String> = Vec::new();
            for cell in cells {
                let name = &cell.question().adversary;
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            (design, names)
        }
    }
}
