//! **`review`: what to bring to a design review, as one page and as Markdown.**
//!
//! Both hold the same and depend on nothing but the design and the program, so that they can be committed and compared.

use super::check::code;
use super::checked::{Checked, checked};
use super::matrix::columns;
use crate::args::{DesignArgs, FailArgs, ReviewArgs, WhatArgs};
use crate::document::{Block, Document, html, markdown};
use crate::engine;
use crate::exit::Failure;
use crate::frontier::{Bounds, Report as Drawing};
use crate::matrix::{Axis, Matrix};
use crate::page::{FAINT, Page, count, paint};
use crate::report::human::outcome;
use crate::report::shown::{Report, Shown, steps};
use crate::report::word::Word;
use mailcover_checker::Limits;
use mailcover_model::design::ObserverName;
use mailcover_model::word::word;
use mailcover_properties::check::{Cell, Options};
use mailcover_properties::claim::{Ask, Claim};
use mailcover_properties::frontier::{FrontierError, Party, frontier};
use mailcover_traces::{can_be_written, harmless, picture, write_atomically};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// The folder of the charts that the Markdown shows.
const CHARTS: &str = "charts";

/// Checks the design, draws what can be drawn, and writes the files.
pub(crate) fn run(args: &ReviewArgs) -> Result<Page, Failure> {
    can_be_written(&args.out.join("review.html"))?;
    let of = DesignArgs { designs: vec![args.design.clone()], all: false, today: args.today };
    let what = WhatArgs {
        claims: args.claims.clone(),
        adversaries: Vec::new(),
        settings: args.settings.clone(),
        flaw: None,
        widen: 0,
        widen_in: Vec::new(),
    };
    let checked = checked(&of, &what, &args.limits)?;
    let document = document(&checked, args)?;
    let files = document.pictures().map(|(name, svg)| (format!("{CHARTS}/{name}"), svg.to_owned()));
    let texts =
        [("review.html".to_owned(), html(&document)), ("review.md".to_owned(), markdown(&document, CHARTS))];
    let mut failures = Vec::new();
    let texts: Vec<(String, String)> = texts.into_iter().chain(files).collect();
    for (name, text) in &texts {
        failures.extend(write_atomically(&args.out.join(name), text).err().map(Failure::from));
    }
    let cells = count(checked.results.results.len(), "cell", "cells");
    let mut text = format!("{cells} reviewed: {}.\n", outcome(&checked.results.results));
    if failures.is_empty() {
        without_older_charts(&args.out, &texts);
        let shown = harmless(&args.out.join("review.html").display().to_string());
        let _ = writeln!(text, "{} open {shown}", paint(FAINT, "Next:"));
    }
    Ok(Page { text, failures, code: code(&checked.results, &FailArgs::default(), false) })
}

/// Removes the charts that an earlier review left in the folder, so that the same review leaves the same files.
fn without_older_charts(out: &Path, written: &[(String, String)]) {
    let folder = out.join(CHARTS);
    let Ok(charts) = std::fs::read_dir(&folder) else { return };
    for chart in charts.flatten() {
        let name = chart.file_name().to_string_lossy().into_owned();
        let is_new = written.iter().any(|(new, _)| *new == format!("{CHARTS}/{name}"));
        if !is_new && name.contains("--") && name.ends_with(".svg") {
            let _ = std::fs::remove_file(chart.path());
        }
    }
}

fn document(checked: &Checked, args: &ReviewArgs) -> Result<Document, Failure> {
    let Checked { designs, cells, options, found, results } = checked;
    let [chosen] = designs.as_slice() else {
        return Err(Failure::internal("a review is of one design"));
    };
    let report = Report::of(results, designs, cells, found, options, true)?;
    let (of, names) = columns(Axis::Adversaries, designs, cells);
    let matrix = Matrix::of(Axis::Adversaries, of, names, cells, results, designs)?;
    let mut document = Document { title: format!("Review of {}", chosen.design.name), ..Document::default() };
    document.say(chosen.design.says.clone());
    document.say(
        "Every verdict is of a model of this design and was found by a search of everything that can happen within the \
         bounds given below. What holds was exhausted within them; what is violated comes with a run that was executed again, or rests on an \
         exhausted search where no run can show it.",
    );
    verdicts(&mut document, &matrix);
    frontiers(&mut document, checked, args)?;
    runs(&mut document, &report);
    for (heading, lines) in matrix.rests_on() {
        document.part(&heading);
        document.list(lines);
    }
    not_claimed(&mut document, cells);
    open(&mut document, checked, &matrix);
    Ok(document)
}

fn verdicts(document: &mut Document, matrix: &Matrix) {
    document.part("Who can come to know what");
    let (columns, rows) = matrix.table();
    document.blocks.push(Block::Table { columns, rows });
    if !matrix.notes().is_empty() {
        document.blocks.push(Block::List { numbered: true, items: matrix.notes().to_vec() });
    }
}

/// Which smallest parties break the claims that must always hold.
fn frontiers(document: &mut Document, checked: &Checked, args: &ReviewArgs) -> Result<(), Failure> {
    if args.frontier_states == 0 {
        return Ok(());
    }
    document.part("What would have to go wrong");
    document.say(
        "For each claim that must always hold: the smallest sets of powers that break it, and the largest that do not.",
    );
    let claims = always(&checked.cells);
    if let Some(first) = claims.first() {
        let ground = Party::ground(&first.design);
        let observers = ground.observers.iter().map(ObserverName::name);
        let powers: Vec<String> = observers.chain(ground.capabilities.iter().map(word)).collect();
        document.say(format!("The powers that are considered: {}.", powers.join(", ")));
    }
    let known: Vec<&str> = of_knowledge(&checked.cells);
    if !known.is_empty() {
        document.say(format!(
            "Left out are claims about knowledge, since parties are searched one by one there: {}. `mailcover frontier CLAIM` \
             asks about one, best with a few powers named.",
            known.join(", ")
        ));
    }
    let most = args.limits.max_states.map_or(args.frontier_states, |most| most.min(args.frontier_states));
    let limits = Limits { max_states: Some(most), ..checked.options.limits.clone() };
    let mut options = Options { limits, ..checked.options.clone() };
    for cell in claims {
        document.within(&cell.claim.id);
        document.say(cell.claim.sentence.clone());
        let ground = Party::ground(&cell.design);
        let found = engine::searched(&mut options, |options, tell| frontier(&cell, &ground, options, tell))?;
        match found {
            Ok(found) => {
                let adversary = &cell.question().adversary;
                let bounds = Bounds { claim: &cell.claim, design: &cell.design, adversary, frontier: &found };
                Drawing::of(bounds, &[]).put_into(document);
            }
            Err(FrontierError::Limit(reason)) => {
                document.say(format!("Not drawn: {reason}. With a larger --frontier-states it may be."));
            }
            Err(FrontierError::Refused(reason) | FrontierError::Vacuous(reason)) => {
                document.say(format!("Not drawn: {reason}."))
            }
            Err(FrontierError::Interrupted) => document.say("Not drawn: the search was interrupted."),
            Err(error) => return Err(Failure::internal(error.to_string())),
        }
    }
    Ok(())
}

/// The claims about knowledge that apply, each once.
fn of_knowledge(cells: &[Cell]) -> Vec<&str> {
    let mut claims = Vec::new();
    for cell in cells.iter().filter(|cell| cell.inapplicable().is_none()) {
        let known = cell.context().is_some_and(|context| (cell.question().pose)(&context).ask.of_knowledge());
        if known && !claims.contains(&cell.claim.id.as_str()) {
            claims.push(cell.claim.id.as_str());
        }
    }
    claims
}

/// The first cell of each claim that must always hold.
fn always(cells: &[Cell]) -> Vec<Cell> {
    let mut firsts: Vec<Cell> = Vec::new();
    for cell in cells.iter().filter(|cell| cell.inapplicable().is_none()) {
        let is_always = cell
            .context()
            .is_some_and(|context| matches!((cell.question().pose)(&context).ask, Ask::Always(_)));
        if is_always && firsts.iter().all(|known| known.claim.id != cell.claim.id) {
            firsts.push(cell.clone());
        }
    }
    firsts
}

/// The runs that break claims, each with its chart.
fn runs(document: &mut Document, report: &Report<'_>) {
    document.part("How claims are broken");
    let broken: Vec<&Shown<'_>> =
        report.cells.iter().filter(|shown| shown.result.verdict == Word::Violated).collect();
    let open = report.cells.iter().filter(|shown| shown.result.verdict == Word::Inconclusive).count();
    if open > 0 {
        document.say(format!("{} not decided.", count(open, "cell was", "cells were")));
    }
    if broken.is_empty() {
        document.say(if open > 0 { "None is known to be." } else { "None is." });
    }
    for shown in broken {
        document.within(&format!("{}, put to {}", shown.result.claim, shown.result.adversary));
        document.say(shown.claim.sentence.clone());
        let Some(told) = &shown.told else {
            document.say(shown.result.reason.clone());
            continue;
        };
        for run in &told.account.runs {
            if told.account.runs.len() > 1 {
                document.say(format!("{}:", run.title));
            }
            document.list(run.before.clone());
            document.blocks.push(Block::List { numbered: true, items: steps(run) });
        }
        document.blocks.push(Block::Picture {
            name: format!("{}--{}", shown.result.claim, shown.result.adversary),
            svg: picture(&told.account),
            describes: format!("The run as a sequence chart: {}", told.account.conclusion),
        });
        document.say(told.account.conclusion.clone());
    }
}

fn not_claimed(document: &mut Document, cells: &[Cell]) {
    document.part("What is not claimed");
    let mut claims: Vec<&Arc<Claim>> = Vec::new();
    for cell in cells {
        if claims.iter().all(|known| known.id != cell.claim.id) {
            claims.push(&cell.claim);
        }
    }
    document.list(claims.iter().map(|claim| format!("{}: {}", claim.id, claim.not_claimed)).collect());
}

/// The questions that the design leaves open: what was chosen without a source, and what was not decided.
fn open(document: &mut Document, checked: &Checked, matrix: &Matrix) {
    document.part("What is left open");
    let chosen = matrix
        .assumptions()
        .map(|(knob, value, because)| format!("Is {knob} = {value}? It was chosen, not reported. {because}"));
    let undecided = checked.results.results.iter().filter(|row| row.verdict == Word::Inconclusive);
    let undecided = undecided.map(|row| {
        format!(
            "{}, put to {}, was not decided: {}.",
            row.claim,
            row.adversary,
            row.reason.trim_end_matches('.')
        )
    });
    let expired = checked.results.results.iter().filter_map(|row| {
        let day = row.expired.as_ref()?;
        Some(format!(
            "What the design expects of {}, put to {}, was to be looked at again after {day}.",
            row.claim, row.adversary
        ))
    });
    let all: Vec<String> = chosen.chain(undecided).chain(expired).collect();
    if all.is_empty() {
        document.say("Nothing that this program knows of.");
    }
    document.list(all);
}
