//! **The fast engine: the search as a dataflow on `timely`, on one thread, many threads or many processes.**
//!
//! ```text
//!           +-------------------- feedback: the next layer <-----------------+
//!           v                                                                |
//!   exchange by key -> visited? -> note facts and classes -> expand layer ---+
//! ```
//!
//! States are kept as keys of 128 bits, or as the numbers that the model's author packs them into, with a link to a
//! predecessor; see `name.rs` and `visited.rs`. Each question is put to each state
//! once, when it is found. Runs are found again by walking back along the links, and by re-execution.
//!
//! What is asked of single states and of classes stays spread over the workers. Inevitability, formulas, and whoever wants the
//! states themselves need all of them in one place: when the search is over, the first worker of each process gathers them,
//! and one thread answers. Memory then grows with full states, as in the plain engine.
//!
//! Verdicts, counts and runs do not depend on the number of workers, as long as no limit ends the search within a layer.

mod cluster;
mod filter;
mod fingerprint;
mod gather;
mod layer;
mod name;
mod parcel;
mod plan;
mod report;
mod run;
mod samples;
mod search;
mod shared;
mod sightings;
mod subject;
mod visited;
mod walk;
mod watcher;

use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use timely::WorkerConfig;
use timely::communication::allocator::ProcessBuilder;
use timely::communication::{AllocatorBuilder, initialize_from};
use timely::worker::Worker;

use crate::dataflow::name::Naming;
use crate::dataflow::parcel::{Across, Wire, Within};
use crate::dataflow::plan::Plan;
use crate::dataflow::run::{Found, Task, work};
use crate::dataflow::shared::Shared;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::explore::Progress;
use crate::limits::Limits;
use crate::question::{Inquiry, Report};

pub use cluster::{Cluster, Hosts};

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// More threads than this in one process are taken for this many.
pub const MOST_THREADS: usize = 256;

/// How a search is run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How far it may go. In a cluster, numbers of states and bytes are those of one process.
    pub limits: Limits,
    /// How many threads work in this process; 0 counts as 1, and more than [`MOST_THREADS`] as that.
    pub threads: usize,
    /// Whether each thread is bound to a processor of its own, which makes two threads run on two.
    pub pinned: bool,
}

/// Answers all questions by one search on the threads of this process.
///
/// # Errors
///
/// The model may not answer alike when asked twice, or may panic; or its `Hash`, the one of its views or its numbers may take
/// for one what is not equal.
pub fn answer<M>(
    model: Arc<M>,
    inquiry: &Inquiry<M>,
    options: &Options,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Report<M>, Error>
where
    M: Epistemic<State: Send, Observer: Send + Sync> + Send + Sync + 'static,
{
    let task = Task::new(model, inquiry, options)?;
    let hooks = timely::communication::Hooks::default();
    let builders = ProcessBuilder::new_typed_vector(task.threads, hooks.refill, hooks.spill);
    let builders = builders.into_iter().map(AllocatorBuilder::Process).collect();
    let found = on_threads::<M, Within>(&task, builders, options, progress)?;
    report::of(&task, inquiry, found)
}

/// Answers all questions together with the other processes of a cluster, which are asked the same of the same model.
///
/// Every process returns the same report, but for the bytes that it holds.
///
/// # Errors
///
/// As [`answer`]; and another process may be late, lost, or unlike this one.
pub fn answer_in_cluster<M>(
    model: Arc<M>,
    inquiry: &Inquiry<M>,
    options: &Options,
    cluster: &Cluster,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Report<M>, Error>
where
    M: Epistemic<State: Send + Serialize + DeserializeOwned, Observer: Send + Sync> + Send + Sync + 'static,
{
    let task = Task::new(model, inquiry, options)?;
    let subject = subject::of(&task, cluster.subject())?;
    let connected = cluster::connect(cluster, task.threads, subject, &task.shared)?;
    match on_threads::<M, Across>(&task, connected.builders, options, progress) {
        Ok(found) => {
            connected.guard.close();
            report::of(&task, inquiry, found)
        }
        Err(error) => {
            connected.guard.abandon();
            Err(task.shared.lost_peer(FAREWELL).unwrap_or(error))
        }
    }
}

/// A worker may notice a broken connection before it is known whose it is; so long is waited for that.
const FAREWELL: Duration = Duration::from_secs(1);

impl<M: Epistemic> Task<M> {
    fn new(model: Arc<M>, inquiry: &Inquiry<M>, options: &Options) -> Result<Arc<Self>, Error> {
        Ok(Arc::new(Task {
            naming: Naming::of(&*model)?,
            model,
            plan: Arc::new(Plan::new(inquiry)),
            shared: Arc::new(Shared::new(&options.limits)),
            threads: options.threads.clamp(1, MOST_THREADS),
        }))
    }
}

/// Runs the workers of this process, each on its thread, and tells of their progress from this one.
fn on_threads<M, W>(
    task: &Arc<Task<M>>,
    builders: Vec<AllocatorBuilder>,
    options: &Options,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Found<M::State>, Error>
where
    M: Epistemic<State: Send, Observer: Send + Sync> + Send + Sync + 'static,
    W: Wire<M::State>,
{
    let processors =
        if options.pinned { core_affinity::get_core_ids().unwrap_or_default() } else { Vec::new() };
    let (done, wait) = mpsc::channel();
    let theirs = Arc::clone(task);
    let workers = initialize_from(builders, Box::new(()), move |allocator| {
        // Without a clock, a worker that waits would never sleep.
        let mut worker = Worker::new(WorkerConfig::default(), allocator, Some(Instant::now()));
        if let Some(processor) = processors.get(worker.index() % theirs.threads % processors.len().max(1)) {
            core_affinity::set_for_current(*processor);
        }
        let found = work::<M, W>(&theirs, &mut worker);
        // Whoever waits has gone only if all workers have ended.
        let _ = done.send(());
        found
    });
    let workers = workers.map_err(Error::Worker)?;
    let mut running = task.threads;
    while running > 0 && !workers.guards().iter().all(JoinHandle::is_finished) {
        match wait.recv_timeout(TELL_EVERY) {
            Ok(()) => running -= 1,
            Err(_) => progress(&task.shared.progress()),
        }
    }
    let found: Result<Vec<_>, String> = workers.join().into_iter().collect();
    if let Some(error) = task.shared.failure() {
        return Err(error);
    }
    let found = found.map_err(Error::Worker)?;
    let bytes = found.iter().flatten().map(|found| found.bytes).sum();
    let first = found.into_iter().flatten().next();
    let first = first.ok_or_else(|| Error::Worker("it did not say what it found".to_owned()))?;
    Ok(Found { bytes, ..first })
}
