//! **How processes find each other: each calls those with smaller numbers and waits for those with greater ones.**
//!
//! Each side of a call says who it is, what the call is for, and what it is about to search, and both check that.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::dataflow::cluster::Cluster;
use crate::error::Error;

/// What every greeting starts with: this protocol, its first version.
const PROTOCOL: u64 = 0x6d61_696c_636f_7601;
/// How long between two attempts.
const RETRY: Duration = Duration::from_millis(20);

/// What a call is for.
const DATA: u64 = 0;
const PULSE: u64 = 1;

/// The connections to one other process.
pub(crate) struct Lines {
    pub(crate) data: TcpStream,
    pub(crate) pulse: TcpStream,
}

/// What each side says first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Greeting {
    process: u64,
    purpose: u64,
    subject: u64,
}

/// Connects to every other process; there is nothing at this one's own place.
pub(crate) fn meet(cluster: &Cluster, subject: u64) -> Result<Vec<Option<Lines>>, Error> {
    let Cluster { process, hosts, patience, .. } = cluster;
    let deadline = Instant::now() + *patience;
    let here = hosts.address(*process);
    let listener = TcpListener::bind(here).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok(listener)
    });
    let listener = listener
        .map_err(|error| Error::Cluster(format!("Process {process} cannot listen at {here}: {error}")))?;
    let mut lines: Vec<[Option<TcpStream>; 2]> = (0..hosts.len()).map(|_| [None, None]).collect();
    for (peer, lines) in lines.iter_mut().enumerate().take(*process) {
        for (purpose, line) in [DATA, PULSE].into_iter().zip(lines) {
            let mine = Greeting { process: *process as u64, purpose, subject };
            *line = Some(call(cluster, peer, mine, deadline)?);
        }
    }
    while let Some(missing) = (process + 1..hosts.len()).find(|peer| lines[*peer].iter().any(Option::is_none))
    {
        if Instant::now() >= deadline {
            return Err(late(cluster, missing));
        }
        let Ok((stream, _)) = listener.accept() else {
            sleep(RETRY);
            continue;
        };
        // Whoever does not greet properly is no process of this cluster.
        let Ok((stream, theirs)) = answer(stream, *process as u64, subject, deadline) else {
            continue;
        };
        if theirs.subject != subject {
            return Err(unlike(cluster, theirs.process as usize));
        }
        let place = lines.get_mut(theirs.process as usize).filter(|_| theirs.process as usize > *process);
        if let Some(place) = place.and_then(|lines| lines.get_mut(theirs.purpose as usize)) {
            *place = Some(stream);
        }
    }
    Ok(lines.into_iter().map(|[data, pulse]| Some(Lines { data: data?, pulse: pulse? })).collect())
}

/// Calls a process until it answers.
fn call(cluster: &Cluster, peer: usize, mine: Greeting, deadline: Instant) -> Result<TcpStream, Error> {
    loop {
        if let Ok(theirs) = attempt(cluster.hosts.address(peer), mine, deadline) {
            let (stream, theirs) = theirs;
            if theirs.subject != mine.subject || theirs.process != peer as u64 {
                return Err(unlike(cluster, peer));
            }
            return Ok(stream);
        }
        if Instant::now() >= deadline {
            return Err(late(cluster, peer));
        }
        sleep(RETRY);
    }
}

fn attempt(address: &str, mine: Greeting, deadline: Instant) -> std::io::Result<(TcpStream, Greeting)> {
    let mut stream = TcpStream::connect(address)?;
    prepare(&stream, deadline)?;
    mine.write(&mut stream)?;
    let theirs = Greeting::read(&mut stream)?;
    stream.set_read_timeout(None)?;
    Ok((stream, theirs))
}

fn answer(
    mut stream: TcpStream,
    process: u64,
    subject: u64,
    deadline: Instant,
) -> std::io::Result<(TcpStream, Greeting)> {
    stream.set_nonblocking(false)?;
    prepare(&stream, deadline)?;
    let theirs = Greeting::read(&mut stream)?;
    Greeting { process, subject, ..theirs }.write(&mut stream)?;
    stream.set_read_timeout(None)?;
    Ok((stream, theirs))
}

fn prepare(stream: &TcpStream, deadline: Instant) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    // A stranger that says nothing must not use up all of the time.
    stream.set_read_timeout(Some(left.min(Duration::from_secs(2))))
}

impl Greeting {
    fn write(self, stream: &mut TcpStream) -> std::io::Result<()> {
        let words = [PROTOCOL, self.process, self.purpose, self.subject];
        stream.write_all(words.map(u64::to_be_bytes).as_flattened())
    }

    fn read(stream: &mut TcpStream) -> std::io::Result<Self> {
        let mut words = [[0; 8]; 4];
        stream.read_exact(words.as_flattened_mut())?;
        let [protocol, process, purpose, subject] = words.map(u64::from_be_bytes);
        if protocol != PROTOCOL {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        Ok(Greeting { process, purpose, subject })
    }
}

fn late(cluster: &Cluster, peer: usize) -> Error {
    Error::Peer(format!(
        "The {} did not come within {} s",
        cluster.hosts.name(peer),
        cluster.patience.as_secs()
    ))
}

fn unlike(cluster: &Cluster, peer: usize) -> Error {
    Error::Peer(format!(
        "The {} is about to search something else, or with another number of threads",
        cluster.hosts.name(peer)
    ))
}
