//! **What each worker does from beginning to end: search, compare notes, walk back.**

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use timely::dataflow::channels::pact::Exchange;
use timely::dataflow::operators::generic::operator::Operator;
use timely::dataflow::operators::{ConnectLoop, Feedback};
use timely::worker::Worker;

use crate::dataflow::fingerprint::Key;
use crate::dataflow::gather::{Failed, drive, gather};
use crate::dataflow::name::{Address, Name, Naming, Number};
use crate::dataflow::parcel::{Carried, Parcel, Spot, Wire};
use crate::dataflow::plan::{Plan, Role};
use crate::dataflow::search::Searcher;
use crate::dataflow::shared::Shared;
use crate::dataflow::sightings::Verdicts;
use crate::dataflow::visited::Origin;
use crate::dataflow::walk::{Way, walk};
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::limits::Limit;

/// What one worker found, in a form that travels.
#[derive(Clone, Serialize, Deserialize)]
struct Note {
    sizes: Vec<usize>,
    generated: usize,
    firsts: Vec<Option<Spot>>,
    limit: Option<Limit>,
    verdicts: Verdicts,
}

/// What all workers found together, known to the first worker of each process.
pub(crate) struct Found<S> {
    pub(crate) layers: Vec<usize>,
    pub(crate) generated: usize,
    pub(crate) limit: Option<Limit>,
    /// The first state that each watch saw.
    pub(crate) firsts: Vec<Option<Spot>>,
    pub(crate) verdicts: Verdicts,
    /// The states to which ways were found, and the ways.
    pub(crate) ways: Vec<(Spot, Way)>,
    pub(crate) kept: Vec<Kept<S>>,
    /// The bytes of this worker's table.
    pub(crate) bytes: usize,
}

/// A state that was kept.
pub(crate) struct Kept<S> {
    pub(crate) spot: Spot,
    pub(crate) address: Address,
    pub(crate) origin: Origin,
    pub(crate) state: S,
}

/// What every worker is given.
pub(crate) struct Task<M: Epistemic> {
    pub(crate) model: Arc<M>,
    pub(crate) naming: Naming,
    pub(crate) plan: Arc<Plan<M>>,
    pub(crate) shared: Arc<Shared>,
    /// Workers per process.
    pub(crate) threads: usize,
}

/// Does the work of one worker. What goes wrong is told to [`Shared`].
pub(crate) fn work<M, W>(task: &Task<M>, worker: &mut Worker) -> Option<Found<M::State>>
where
    M: Epistemic + 'static,
    M::State: Send,
    W: Wire<M::State>,
{
    let phases = if task.naming.is_short() { all_phases::<M, W, Number> } else { all_phases::<M, W, Key> };
    let done = catch_unwind(AssertUnwindSafe(|| phases(task, worker)));
    let found = match done {
        Ok(found) => found.ok(),
        Err(panic) => {
            task.shared.fail(Error::Worker(words_of(&*panic)));
            None
        }
    };
    for dataflow in worker.installed_dataflows() {
        worker.drop_dataflow(dataflow);
    }
    found
}

fn all_phases<M, W, N>(task: &Task<M>, worker: &mut Worker) -> Result<Found<M::State>, Failed>
where
    M: Epistemic + 'static,
    M::State: Send,
    W: Wire<M::State>,
    N: Name,
{
    let (plan, shared) = (&task.plan, &*task.shared);
    let leads: Vec<usize> = (0..worker.peers()).step_by(task.threads).collect();
    let searcher = search::<M, W, N>(task, worker)?;
    let Searcher { visited, watcher, sizes, generated, .. } = searcher;
    let bytes = visited.bytes();
    let note = Note {
        sizes,
        generated,
        firsts: watcher.firsts,
        limit: shared.limit(),
        verdicts: watcher.classes.judge(&plan.roles, plan.coalitions.len()),
    };
    let mut found = Found::all(plan, &gather(worker, shared, &leads, vec![note])?);
    let visited = Rc::new(visited);
    let targets =
        if worker.index().is_multiple_of(task.threads) { found.targets(&plan.roles) } else { Vec::new() };
    let mine: &[Spot] = if worker.index() == 0 { &targets } else { &[] };
    let ways = walk(worker, shared, &leads, (Rc::clone(&visited), task.naming), mine)?;
    found.ways = targets.into_iter().zip(ways).collect();
    if plan.keeps_states {
        let carried = watcher.kept.into_iter().filter_map(|(spot, state)| {
            let name = N::of_key(spot.key);
            Some((spot, name.address(), visited.origin(name)?, Carried::<M::State, W>::new(state)))
        });
        let all = gather(worker, shared, &leads, carried.collect())?;
        let kept = |(spot, address, origin, Carried(state, _))| Kept { spot, address, origin, state };
        found.kept = all.into_iter().map(kept).collect();
    }
    found.bytes = bytes;
    Ok(found)
}

/// Runs the search itself.
fn search<M, W, N>(task: &Task<M>, worker: &mut Worker) -> Result<Searcher<M, W, N>, Failed>
where
    M: Epistemic + 'static,
    M::State: Send,
    W: Wire<M::State>,
    N: Name,
{
    let place = (worker.index(), worker.peers());
    let searcher = Searcher::<M, W, N>::new(
        (Arc::clone(&task.model), task.naming),
        Arc::clone(&task.plan),
        Arc::clone(&task.shared),
        place,
    );
    let searcher = Rc::new(RefCell::new(searcher));
    let (inner, shared) = (Rc::clone(&searcher), Arc::clone(&task.shared));
    worker.dataflow::<u64, _, _>(|scope| {
        let (handle, cycle) = scope.feedback::<Vec<Parcel<M::State, W, N>>>(1);
        let to = Exchange::new(|parcel: &Parcel<M::State, W, N>| parcel.to);
        let sent = cycle.unary_frontier(to, "Search", |capability, info| {
            let activator = scope.activator_for(info.address);
            activator.activate();
            let mut begin = Some(capability);
            move |(input, frontier), output| {
                let mut searcher = inner.borrow_mut();
                if let Some(capability) = begin.take() {
                    searcher.begin(&capability);
                }
                input.for_each(|capability, parcels: &mut Vec<Parcel<M::State, W, N>>| {
                    if let Some(capability) = capability.retain_least(0) {
                        for parcel in parcels.drain(..) {
                            searcher.receive(&capability, parcel.cargo);
                        }
                    }
                });
                let has_arrived = |depth: u64| !frontier.less_equal(&depth);
                let more = searcher.advance(has_arrived, &mut |capability, parcel| {
                    output.session(capability).give(parcel);
                });
                if more {
                    activator.activate();
                }
            }
        });
        sent.connect_loop(handle);
    });
    drive(worker, &shared)?;
    match Rc::try_unwrap(searcher) {
        Ok(searcher) => Ok(searcher.into_inner()),
        Err(_) => {
            shared.fail(Error::Worker("the search did not give back what it found".to_owned()));
            Err(Failed)
        }
    }
}

impl<S> Found<S> {
    /// Adds up what the workers noted.
    fn all<M: Epistemic>(plan: &Plan<M>, notes: &[Note]) -> Self {
        let mut found = Found {
            layers: Vec::new(),
            generated: 0,
            limit: None,
            firsts: vec![None; plan.watches.len()],
            verdicts: Verdicts::default(),
            ways: Vec::new(),
            kept: Vec::new(),
            bytes: 0,
        };
        for note in notes {
            if found.layers.len() < note.sizes.len() {
                found.layers.resize(note.sizes.len(), 0);
            }
            for (layer, size) in found.layers.iter_mut().zip(&note.sizes) {
                *layer += size;
            }
            found.generated += note.generated;
            found.limit = found.limit.or(note.limit);
            for (first, other) in found.firsts.iter_mut().zip(&note.firsts) {
                *first = [*first, *other].into_iter().flatten().min();
            }
            if found.verdicts.questions.is_empty() {
                found.verdicts = note.verdicts.clone();
            } else {
                found.verdicts.take_in(&note.verdicts);
            }
        }
        found
    }

    /// The states to which a run is to be shown.
    fn targets(&self, roles: &[Role]) -> Vec<Spot> {
        let exhibits = self.verdicts.questions.iter().flat_map(|stand| [stand.breach, stand.sample]);
        let shown = exhibits.flatten().flat_map(|exhibit| [Some(exhibit.state), exhibit.twin]);
        let watched = roles.iter().map(|role| match role {
            Role::Watch { at, .. } => self.firsts.get(*at).copied().flatten(),
            _ => None,
        });
        let mut targets: Vec<Spot> = shown.chain(watched).flatten().collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// The way to this state.
    pub(crate) fn way_to(&self, spot: Spot) -> &[Vec<Key>] {
        let at = self.ways.binary_search_by(|(target, _)| target.cmp(&spot));
        at.ok().and_then(|at| self.ways.get(at)).map_or(&[], |(_, way)| way.as_slice())
    }
}

/// What a panic said.
pub(crate) fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    words
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it did not say why".to_owned())
}
