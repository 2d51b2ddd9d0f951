//! **Several processes that search together: who they are, how they meet, and how one notices that another is gone.**
//!
//! Each pair of processes has two connections: one for the dataflow, and one on which each says twice a second that it is
//! still there. A process that is not there in time, falls silent, or ends early ends the search of all, with an error
//! that names it. So no process waits for ever, and none gives a verdict from a part of the states.

mod hosts;
mod meet;
mod pulse;

use std::net::{Shutdown, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use timely::communication::allocator::ProcessBuilder;
use timely::communication::allocator::zero_copy::initialize::{
    CommsGuard, initialize_networking_from_sockets,
};
use timely::communication::{AllocatorBuilder, Hooks};

use crate::dataflow::shared::Shared;
use crate::error::Error;

pub use hosts::Hosts;
use pulse::Pulse;

/// This process among those that search together.
#[derive(Clone, Debug)]
pub struct Cluster {
    process: usize,
    hosts: Hosts,
    patience: Duration,
    about: String,
}

/// The longest that a process waits: what is longer is taken for this.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

impl Cluster {
    /// The process with this number, which listens at the host with this number.
    ///
    /// # Errors
    ///
    /// There may be no such host.
    pub fn new(process: usize, hosts: Hosts) -> Result<Self, Error> {
        if process < hosts.len() {
            let patience = Duration::from_secs(30);
            return Ok(Cluster { process, hosts, patience, about: String::new() });
        }
        Err(Error::Cluster(format!(
            "There is no process {process}: the hosts are numbered from 0 to {}",
            hosts.len() - 1
        )))
    }

    /// Waits so long for the others to come, and so long for a sign of one that has fallen silent. It is 30 seconds
    /// unless said otherwise, at least 2, and at most a year.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience.clamp(Duration::from_secs(2), LONGEST);
        self
    }

    /// Says what is searched, such as the size of the model: processes that say different things do not search together.
    ///
    /// That their models differ is noticed without it if they do so in their first few hundred states.
    #[must_use]
    pub fn about(mut self, what: impl Into<String>) -> Self {
        self.about = what.into();
        self
    }

    pub(crate) fn subject(&self) -> &str {
        &self.about
    }
}

/// The workers of this process, connected, and what holds the connections.
pub(crate) struct Connected {
    pub(crate) builders: Vec<AllocatorBuilder>,
    pub(crate) guard: Guard,
}

/// Holds the connections until the search is over.
pub(crate) struct Guard {
    pulses: Vec<Pulse>,
    sockets: Vec<TcpStream>,
    threads: Option<CommsGuard>,
    patience: Duration,
}

/// Meets the other processes. They must agree on `subject`, which stands for the model, the questions and the threads.
pub(crate) fn connect(
    cluster: &Cluster,
    threads: usize,
    subject: u64,
    shared: &Arc<Shared>,
) -> Result<Connected, Error> {
    let lines = meet::meet(cluster, subject)?;
    let broken =
        |error: std::io::Error| Error::Peer(format!("A connection to another process broke: {error}"));
    let (mut data, mut sockets, mut pulses) = (Vec::new(), Vec::new(), Vec::new());
    for (peer, lines) in lines.into_iter().enumerate() {
        let Some(lines) = lines else {
            data.push(None);
            continue;
        };
        sockets.push(lines.data.try_clone().map_err(broken)?);
        data.push(Some(lines.data));
        let name = cluster.hosts.name(peer);
        pulses.push(Pulse::watch(lines.pulse, name, cluster.patience, Arc::clone(shared)).map_err(broken)?);
    }
    let hooks = Hooks::default();
    let local = ProcessBuilder::new_typed_vector(threads, hooks.refill.clone(), hooks.spill.clone());
    let (builders, comms) =
        initialize_networking_from_sockets(local, data, cluster.process, threads, hooks).map_err(broken)?;
    let guard = Guard { pulses, sockets, threads: Some(comms), patience: cluster.patience };
    Ok(Connected { builders: builders.into_iter().map(AllocatorBuilder::Tcp).collect(), guard })
}

impl Guard {
    /// Says good-bye, and waits for a while until everything is delivered.
    pub(crate) fn close(mut self) {
        for pulse in self.pulses.drain(..) {
            pulse.farewell();
        }
        let comms = self.threads.take();
        let (done, wait) = mpsc::channel();
        std::thread::spawn(move || {
            // The guard panics when a network thread has; what was to be said has been said by then.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(comms)));
            let _ = done.send(());
        });
        let _ = wait.recv_timeout(self.patience);
    }

    /// Leaves without good-bye, so that the others notice. The network threads end by themselves.
    pub(crate) fn abandon(mut self) {
        drop(self.pulses);
        for socket in &self.sockets {
            let _ = socket.shutdown(Shutdown::Both);
        }
        std::mem::forget(self.threads.take());
    }
}
