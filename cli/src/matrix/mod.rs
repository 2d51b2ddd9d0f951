//! **The matrix: claims against designs for one adversary, or against adversaries for one design.**
//!
//! A cell is a word with its sign, never a number that could be added up: a claim that does not hold is not made good by
//! others that do. Below the table stands what it rests on: scopes, assumptions, and which model it was.

mod csv;
mod html;
mod human;
mod markdown;

pub(crate) use csv::csv;
pub(crate) use html::html;
pub(crate) use human::human;
pub(crate) use markdown::markdown;

use crate::exit::Failure;
use crate::page::{count, sentence, thousands};
use crate::report::result::{CellResult, MODEL, Results};
use crate::report::word::Word;
use crate::select::Chosen;
use mailcover_model::design::library::{Given, Mark, describe_text};
use mailcover_properties::check::Cell;
use mailcover_properties::claim::Claim;
use mailcover_traces::{design_hash, harmless};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the matrix as JSON.
const VERSION: u32 = 1;
/// What it is a hash of.
pub(crate) const HASHED: &str =
    "the sources of model, claims and checker that this program was built from, and of its shipped designs";

/// What the columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Axis {
    /// Each is a design; the claims are put to one adversary.
    Designs,
    /// Each is an adversary, in one design.
    Adversaries,
}

/// The matrix.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Matrix of mailcover matrix")]
pub(crate) struct Matrix {
    /// The version of this format.
    #[schemars(range(min = 1, max = 1))]
    version: u32,
    /// What the columns are.
    axis: Axis,
    /// The adversary that claims are put to, or the design that all cells are of.
    of: String,
    /// The columns' names.
    columns: Vec<String>,
    /// A row for each claim.
    rows: Vec<Row>,
    /// Why cells do not apply or were not decided; cells refer to them by number, from 1.
    notes: Vec<String>,
    /// The bounds of the searches, each with the claims that were checked within.
    scopes: Vec<Scope>,
    /// What the designs rest on.
    designs: Vec<DesignNote>,
    /// The SHA-256 of the sources that decide a verdict, in hex.
    model_sha256: &'static str,
    /// Whether somebody interrupted the check.
    partial: bool,
    /// The deliberate mistake that was planted.
    flaw: Option<String>,
    /// The knobs that were set on the command line.
    settings: Vec<String>,
}

/// A claim.
#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// The claim's name.
    claim: String,
    /// The claim, as a sentence.
    sentence: String,
    /// What kind of privacy threat it speaks of.
    linddun: String,
    /// In the order of the columns; null where the claim is not put to that adversary.
    cells: Vec<Option<Square>>,
}

/// What was found of a cell.
#[derive(Debug, Serialize, JsonSchema)]
struct Square {
    /// The verdict.
    verdict: Word,
    /// Whether it is as expected.
    as_expected: bool,
    /// The verdict with its sign, and whether it is as it should be.
    said: String,
    /// How many states were explored.
    states: usize,
    /// Which of the notes says why; null where there is none.
    note: Option<usize>,
}

/// The bounds of some searches.
#[derive(Debug, Serialize, JsonSchema)]
struct Scope {
    /// The bounds, in a few words.
    bounds: String,
    /// The claims that were checked within them.
    claims: Vec<String>,
    /// In which designs.
    designs: Vec<String>,
}

/// What a design rests on.
#[derive(Debug, Serialize, JsonSchema)]
struct DesignNote {
    /// The design's name.
    name: String,
    /// What it says of itself.
    says: String,
    /// The SHA-256 of the resolved design, in hex, as in its traces.
    sha256: String,
    /// What of it was chosen rather than reported.
    assumptions: Vec<Assumption>,
}

/// A value that was chosen rather than reported.
#[derive(Debug, Serialize, JsonSchema)]
struct Assumption {
    /// The knob, as `--set` takes it.
    knob: String,
    /// Its value.
    value: String,
    /// Why it was chosen.
    because: String,
}

impl Square {
    /// What stands in the table.
    fn text(&self) -> String {
        let states = match self.verdict {
            Word::Holds => format!(", {} states", thousands(self.states)),
            _ => String::new(),
        };
        let note = self.note.map(|number| format!(" [{number}]")).unwrap_or_default();
        format!("{}{states}{note}", self.said)
    }
}

impl Row {
    /// Whether the row is the claim's: two designs may use one name for sentences of their own.
    fn is_of(&self, claim: &Claim) -> bool {
        self.claim == claim.id && self.sentence == harmless(&claim.sentence)
    }
}

impl Matrix {
    /// The matrix of these results.
    pub(crate) fn of(
        axis: Axis,
        of: String,
        columns: Vec<String>,
        cells: &[Cell],
        results: &Results,
        designs: &[Chosen],
    ) -> Result<Self, Failure> {
        let mut notes = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for (cell, result) in cells.iter().zip(&results.results) {
            let column = match axis {
                Axis::Designs => &result.design,
                Axis::Adversaries => &result.adversary,
            };
            let Some(column) = columns.iter().position(|name| name == column) else { continue };
            let known = rows.iter().position(|row| row.is_of(&cell.claim));
            let at = known.unwrap_or_else(|| {
                rows.push(row(&cell.claim, columns.len()));
                rows.len() - 1
            });
            rows[at].cells[column] = Some(square(result, &mut notes));
        }
        let designs = designs.iter().map(design_note).collect::<Result<_, Failure>>()?;
        Ok(Self {
            version: VERSION,
            axis,
            of,
            columns,
            rows,
            notes,
            scopes: scopes(&results.results),
            designs,
            model_sha256: MODEL,
            partial: results.partial,
            flaw: results.flaw.clone(),
            settings: results.settings.iter().map(|setting| harmless(setting)).collect(),
        })
    }

    /// The table: the columns' names, and each row with its claim first.
    pub(crate) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let head = ["claim".to_owned(), "LINDDUN".to_owned()];
        let cell = |cell: &Option<Square>| cell.as_ref().map(Square::text).unwrap_or_default();
        let row = |row: &Row| {
            let first = [format!("{}: {}", row.claim, row.sentence), row.linddun.clone()];
            first.into_iter().chain(row.cells.iter().map(cell)).collect()
        };
        let columns = head.into_iter().chain(self.columns.iter().cloned()).collect();
        (columns, self.rows.iter().map(row).collect())
    }

    /// What the designs chose without a source: knob, value and reason.
    pub(crate) fn assumptions(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let all = self.designs.iter().flat_map(|design| &design.assumptions);
        all.map(|one| (one.knob.as_str(), one.value.as_str(), one.because.as_str()))
    }

    /// Why cells do not apply or were not decided, in the order of their numbers.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What the matrix is of, as a heading.
    fn title(&self) -> String {
        match self.axis {
            Axis::Designs => format!("Claims, put to {}, in each design", self.of),
            Axis::Adversaries => format!("Claims in {}, put to each adversary", self.of),
        }
    }

    /// What is unusual about the check, a sentence each.
    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.partial {
            remarks.push("Partial: the check was interrupted.".to_owned());
        }
        remarks.extend(self.flaw.as_ref().map(|flaw| format!("With the flaw {flaw} planted.")));
        if !self.settings.is_empty() {
            remarks.push(format!("With {}.", self.settings.join(", ")));
        }
        remarks
    }

    /// What the verdicts rest on: headings, each with its sentences.
    pub(crate) fn rests_on(&self) -> Vec<(String, Vec<String>)> {
        let assumptions = self.designs.iter().enumerate().map(|(at, design)| {
            (format!("Assumptions of {}", design.name), self.assumption_lines(&self.designs[..at], design))
        });
        let scopes = ("Scopes".to_owned(), self.scope_lines());
        let model = ("Which model".to_owned(), self.hash_lines());
        [scopes].into_iter().chain(assumptions).chain([model]).collect()
    }

    /// The scopes, a sentence each; of several designs with the designs' names.
    fn scope_lines(&self) -> Vec<String> {
        let line = |scope: &Scope| {
            let of = match self.axis {
                Axis::Designs if self.columns.len() > 1 => format!(" (in {})", scope.designs.join(", ")),
                _ => String::new(),
            };
            format!("{}{of}: {}.", scope.claims.join(", "), scope.bounds)
        };
        self.scopes.iter().map(line).collect()
    }

    /// What the design assumes, a sentence each; what an earlier one assumes as well is not said again.
    fn assumption_lines(&self, earlier: &[DesignNote], design: &DesignNote) -> Vec<String> {
        let lines = |note: &DesignNote| note.assumptions.iter().map(Assumption::line).collect::<Vec<_>>();
        let mut own = lines(design);
        let all = own.len();
        let Some(like) = earlier.first() else { return own };
        let known = lines(like);
        own.retain(|line| !known.contains(line));
        if own.len() < all {
            own.push(format!(
                "Besides, {} that {} makes as well.",
                count(all - own.len(), "assumption", "assumptions"),
                like.name
            ));
        }
        own
    }

    /// Which model, and which designs, the verdicts are of.
    fn hash_lines(&self) -> Vec<String> {
        let model = format!("Model {}: the SHA-256 of {HASHED}.", self.model_sha256);
        let design = |note: &DesignNote| {
            format!(
                "Design {} {}: the SHA-256 of the design with every knob resolved.",
                note.name, note.sha256
            )
        };
        [model].into_iter().chain(self.designs.iter().map(design)).collect()
    }
}

impl Assumption {
    fn line(&self) -> String {
        format!("{} = {}: {}", self.knob, self.value, self.because)
    }
}

fn row(claim: &Claim, columns: usize) -> Row {
    Row {
        claim: claim.id.clone(),
        sentence: harmless(&claim.sentence),
        linddun: claim.linddun.to_string(),
        cells: (0..columns).map(|_| None).collect(),
    }
}

fn square(result: &CellResult, notes: &mut Vec<String>) -> Square {
    let noted = matches!(result.verdict, Word::NotApplicable | Word::Inconclusive | Word::Vacuous);
    let note = noted.then(|| {
        let reason = harmless(&result.reason);
        let known = notes.iter().position(|note| *note == reason);
        1 + known.unwrap_or_else(|| {
            notes.push(reason);
            notes.len() - 1
        })
    });
    Square {
        verdict: result.verdict,
        as_expected: result.as_expected,
        said: result.said(),
        states: result.states,
        note,
    }
}

/// The bounds of the searches, in the order in which claims were checked within them: first what the claims of each design
/// share, then what the designs do.
fn scopes(rows: &[CellResult]) -> Vec<Scope> {
    let mut of_each: Vec<Scope> = Vec::new();
    for row in rows.iter().filter(|row| !row.scope.is_empty()) {
        let bounds = harmless(&row.scope);
        let known = |scope: &Scope| scope.bounds == bounds && scope.designs == [row.design.as_str()];
        let at = of_each.iter().position(known).unwrap_or_else(|| {
            of_each.push(Scope {
                bounds: bounds.clone(),
                claims: Vec::new(),
                designs: vec![row.design.clone()],
            });
            of_each.len() - 1
        });
        if !of_each[at].claims.contains(&row.claim) {
            of_each[at].claims.push(row.claim.clone());
        }
    }
    let mut scopes: Vec<Scope> = Vec::new();
    for scope in of_each {
        let alike = |known: &&mut Scope| known.bounds == scope.bounds && known.claims == scope.claims;
        match scopes.iter_mut().find(alike) {
            Some(known) => known.designs.extend(scope.designs),
            None => scopes.push(scope),
        }
    }
    scopes
}

fn design_note(chosen: &Chosen) -> Result<DesignNote, Failure> {
    let design = &chosen.design;
    let knobs = describe_text(design, &chosen.source.text, &chosen.source.file)
        .map_err(|error| Failure::input(error.to_string()))?;
    let because = |note: &str, given| match given {
        Given::Set => "Set on the command line.".to_owned(),
        Given::Here | Given::Inherited => sentence(&harmless(note)),
    };
    let assumed = knobs.into_iter().filter(|knob| knob.mark == Mark::Assumption || knob.given == Given::Set);
    Ok(DesignNote {
        name: design.name.clone(),
        says: harmless(&design.says),
        sha256: design_hash(design),
        assumptions: assumed
            .map(|knob| Assumption {
                because: because(&knob.note, knob.given),
                knob: knob.name,
                value: harmless(&knob.value),
            })
            .collect(),
    })
}
