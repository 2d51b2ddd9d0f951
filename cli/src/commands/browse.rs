//! **`browse`: results or a trace as a page, served to this machine alone.**
//!
//! Everything that the page can show is read before the server begins; afterwards it reads no file.

use crate::args::BrowseArgs;
use crate::exit::Failure;
use crate::input;
use crate::page::{BOLD, FAINT, Page, paint};
use crate::select;
use mailcover_browser::{Book, Limits, MAX_RESULTS, Results, Server, ServerError, explorer, serve};
use mailcover_model::design::{Design, library};
use mailcover_properties::check::prepare;
use mailcover_traces::{MAX_BYTES, Replayed, Trace, account, replay};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Serves until Ctrl-C.
pub(crate) fn run(args: &BrowseArgs) -> Result<Page, Failure> {
    if args.stateright {
        return second(args);
    }
    let (mut book, traces) = book(args.file.as_deref())?;
    if let Some(file) = &args.against {
        book = book.against(&results(file)?);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::io(format!("no threads can be started: {error}")))?;
    runtime.block_on(async {
        let server = serve(&book, traces, args.port, Limits::default()).await.map_err(failed)?;
        announce(&server, args.open)?;
        server.run(stop()).await;
        Ok(Page::of(String::new()))
    })
}

async fn stop() {
    // Without a signal handler Ctrl-C ends the program all the same.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn announce(server: &Server, open: bool) -> Result<(), Failure> {
    said(server.address())?;
    if open {
        open::that_detached(server.address()).map_err(|error| {
            Failure::io(format!("no browser can be opened: {error}; open the address yourself"))
        })?;
    }
    Ok(())
}

/// Prints the address. Who has read enough of it and closes the pipe has it, so that is no error.
fn said(address: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let line = format!("{}\n{}\n", paint(BOLD, address), paint(FAINT, "Ctrl-C ends it."));
    match stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(format!("stdout cannot be written to: {error}")))
        }
        _ => Ok(()),
    }
}

fn failed(error: ServerError) -> Failure {
    match error {
        ServerError::Page(_) => Failure::internal(error.to_string()),
        _ => Failure::io(error.to_string()),
    }
}

/// The book of what the command line names, with the traces in it.
fn book(file: Option<&Path>) -> Result<(Book, Vec<Replayed>), Failure> {
    let Some(file) = file else {
        let designs = select::designs(&select::shipped(false), &[])?;
        let designs: Vec<Arc<Design>> = designs.into_iter().map(|chosen| chosen.design).collect();
        return Ok((Book::of_expectations(&designs), Vec::new()));
    };
    let bytes = input::bytes_of(file, MAX_RESULTS, "results or a trace")?;
    if Results::looks_like(&bytes) {
        let results = Results::read(&bytes, &file.display().to_string()).map_err(input_failure)?;
        return of_results(&results, file);
    }
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(Failure::input(format!(
            "{}: this is not JSON; name results, which `mailcover check --json` writes, or a trace, which \
             `mailcover check --traces` writes",
            file.display()
        )));
    }
    let bytes = input::bytes_of(file, MAX_BYTES, "results or a trace")?;
    let trace = Trace::read(&bytes, &file.display().to_string())?;
    let replayed = replay(&trace, false)?;
    let book = Book::of_trace(&Arc::new(trace.design), account(&replayed));
    Ok((book, vec![replayed]))
}

fn input_failure(error: mailcover_browser::ResultsError) -> Failure {
    Failure::input(error.to_string())
}

/// Earlier results.
pub(super) fn results(file: &Path) -> Result<Results, Failure> {
    let bytes = input::bytes_of(file, MAX_RESULTS, "a file of results")?;
    Results::read(&bytes, &file.display().to_string()).map_err(input_failure)
}

fn of_results(results: &Results, file: &Path) -> Result<(Book, Vec<Replayed>), Failure> {
    let (mut traces, mut runs) = (Vec::new(), Vec::new());
    for row in &results.results {
        let Some(named) = row.trace.as_deref() else {
            runs.push(None);
            continue;
        };
        let replayed = super::trace::replayed(&beside(named, file)?)?;
        let run = account(&replayed);
        row.is_shown_by(&run, &file.display().to_string()).map_err(input_failure)?;
        traces.push(replayed);
        runs.push(Some(run));
    }
    let mut designs: Vec<Arc<Design>> = Vec::new();
    let of_traces = traces.iter().map(|replayed| Arc::new(replayed.trace.design.clone()));
    let shipped = results.results.iter().filter_map(|row| library::load(&row.design).ok().map(Arc::new));
    for design in of_traces.chain(shipped) {
        if designs.iter().all(|known| known.name != design.name) {
            designs.push(design);
        }
    }
    Ok((Book::of_results(results, &designs, runs), traces))
}

/// The file of a trace that results name: below the directory in which the program runs, or below that of the results.
fn beside(named: &str, results: &Path) -> Result<PathBuf, Failure> {
    let home = results.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let places = [Path::new(".").join(named), home.join(named), PathBuf::from(named)];
    let roots: Vec<PathBuf> =
        [Path::new("."), home].iter().filter_map(|root| root.canonicalize().ok()).collect();
    let found = places.iter().filter_map(|place| place.canonicalize().ok());
    let mut within = found.filter(|place| roots.iter().any(|root| place.starts_with(root)));
    within.next().ok_or_else(|| {
        Failure::input(format!(
            "{}: it names the trace {:?}, and there is no such file beside it or in this directory; move it there",
            results.display(),
            mailcover_traces::harmless(named)
        ))
    })
}

/// stateright's Explorer, on the model of a trace.
fn second(args: &BrowseArgs) -> Result<Page, Failure> {
    let Some(file) = &args.file else {
        return Err(Failure::input("--stateright explores the model of a trace; name one"));
    };
    let replayed = super::trace::replayed(file)?;
    let trace = &replayed.trace;
    let cell = trace.cell()?;
    let (service, ..) = prepare(&cell, &trace.options()).map_err(Failure::input)?;
    explorer(service, args.port, |address| _ = said(address)).map_err(failed)?;
    Ok(Page::of(String::new()))
}
