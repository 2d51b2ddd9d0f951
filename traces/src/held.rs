//! **What somebody holds after a step, as a table; or only what the step changed of it.**

use crate::account::{Account, Logged, RunAccount};
use crate::error::{TraceError, no_run, no_step};
use crate::tell::words::{harmless, joined};

/// How much to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What the step changed.
    Diff,
    /// All that is held after it.
    Full,
}

/// What somebody holds after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The name of who holds it, for prose.
    pub name: String,
    /// The headings of the table.
    pub columns: Vec<String>,
    /// The rows that are held, oldest first, each with whether this step brought it.
    pub rows: Vec<(bool, Vec<String>)>,
    /// The rows that this step took away.
    pub gone: Vec<Vec<String>>,
}

/// What the observer of this name holds after the step of this number, 0 for the beginning, in a run of the account.
///
/// # Errors
/// [`TraceError::Absent`] when the account has no such run, step or observer.
pub fn held(account: &Account, run: usize, step: usize, observer: &str) -> Result<Held, TraceError> {
    let run = account.runs.get(run).ok_or_else(|| no_run(run, account.runs.len()))?;
    if step > run.steps.len() {
        return Err(no_step(step, run.steps.len()));
    }
    let holder = account.holders.iter().position(|holder| holder.id == observer).ok_or_else(|| {
        let known: Vec<&str> = account.holders.iter().map(|holder| holder.id.as_str()).collect();
        TraceError::Absent {
            asked: format!("observer called {:?}", harmless(observer)),
            remedy: format!("the observers are {}", known.join(", ")),
        }
    })?;
    let (name, set) = (&account.holders[holder].name, account.holders[holder].set.as_str());
    let after = rows(account, run, step, holder, set);
    let before = step.checked_sub(1).map_or_else(Vec::new, |step| rows(account, run, step, holder, set));
    let gone = before.iter().filter(|row| !after.contains(row)).map(|(_, row)| row.clone()).collect();
    let rows = after.into_iter().map(|row| (step > 0 && !before.contains(&row), row.1)).collect();
    Ok(Held { name: name.clone(), columns: account.holders[holder].columns.clone(), rows, gone })
}

/// A row with a number that tells it from others that read the same.
type Numbered = (usize, Vec<String>);

fn rows(account: &Account, run: &RunAccount, step: usize, holder: usize, set: &str) -> Vec<Numbered> {
    let kept = |row: &Logged| row.step <= step && row.deleted.is_none_or(|gone| gone > step);
    let logged = || run.logged.iter().enumerate().filter(|(_, row)| kept(row));
    match set {
        "logged" => {
            let own = logged().filter(|(_, row)| row.holder == holder);
            own.map(|(at, row)| (at, row.cells.clone())).collect()
        }
        "stored" => {
            let named =
                |row: &Logged| format!("{}: {}", account.holders[row.holder].name, joined(&row.cells));
            let providers = |row: &Logged| account.holders[row.holder].kept_by.as_deref() == Some("provider");
            let rows = logged().filter(|(_, row)| providers(row)).map(|(at, row)| (at, vec![named(row)]));
            let lines = run.stored.iter().rev().find(|stored| stored.step <= step);
            let lines = lines.into_iter().flat_map(|stored| &stored.lines);
            rows.chain(lines.map(|line| (usize::MAX, vec![line.clone()]))).collect()
        }
        _ => {
            let seen = run.seen.iter().enumerate();
            let own = seen.filter(|(_, seen)| seen.holder == holder && seen.step <= step);
            own.map(|(at, seen)| (at, vec![seen.when.clone(), seen.what.clone()])).collect()
        }
    }
}

impl Held {
    /// The table as text, its columns aligned; of a diff, only what the step brought (`+`) or took away (`-`).
    #[must_use]
    pub fn text(&self, view: View) -> String {
        let shown: Vec<(&str, &[String])> = match view {
            View::Full => self.rows.iter().map(|(_, row)| (" ", row.as_slice())).collect(),
            View::Diff => {
                let new = self.rows.iter().filter(|(new, _)| *new).map(|(_, row)| ("+", row.as_slice()));
                self.gone.iter().map(|row| ("-", row.as_slice())).chain(new).collect()
            }
        };
        if shown.is_empty() {
            let what = match view {
                View::Full => "nothing",
                View::Diff => "nothing that this step changed",
            };
            return format!("{}: {what}.\n", self.name);
        }
        let used: Vec<usize> = (0..self.columns.len())
            .filter(|&at| shown.iter().any(|(_, row)| row.get(at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let length = |text: &str| text.chars().count();
        let width = |at: usize| {
            let cells = shown.iter().filter_map(|(_, row)| row.get(at)).map(|cell| length(cell));
            cells.chain([length(&self.columns[at])]).max().unwrap_or(0)
        };
        let line = |mark: &str, cell: &dyn Fn(usize) -> String| {
            let cells = used.iter().map(|&at| {
                let text = cell(at);
                let room = " ".repeat(width(at).saturating_sub(length(&text)));
                format!("{text}{room}")
            });
            format!("  {mark} {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned() + "\n"
        };
        let mut text = format!("{}:\n", self.name);
        text.push_str(&line(" ", &|at| self.columns[at].clone()));
        for (mark, row) in &shown {
            text.push_str(&line(mark, &|at| row.get(at).cloned().unwrap_or_default()));
        }
        text
    }
}
