//! **Back from a state to an initial one, from owner to owner.**
//!
//! A worker knows of a predecessor only its address and its depth. Should two states share these, both are
//! noted; re-execution then finds out which of them leads on.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use timely::dataflow::channels::pact::Exchange;
use timely::dataflow::operators::generic::operator::Operator;
use timely::dataflow::operators::{Concat, ConnectLoop, Feedback, ToStream};
use timely::worker::Worker;

use crate::dataflow::fingerprint::Key;
use crate::dataflow::gather::{Failed, drive, gather};
use crate::dataflow::name::{Address, Name, Naming};
use crate::dataflow::parcel::Spot;
use crate::dataflow::shared::Shared;
use crate::dataflow::visited::{DEEPEST, Visited};

/// A state to be found, and the way to which it belongs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Errand {
    way: u32,
    depth: u64,
    address: Address,
    /// The whole key, known of the last state of the way only.
    key: Option<Key>,
}

/// A state that may lie on a way.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Footprint {
    way: u32,
    depth: u64,
    key: Key,
}

/// The keys of the states on a way, one depth after the other: nearly always one each.
pub(crate) type Way = Vec<Vec<Key>>;

/// Finds the ways to these states. Only one worker needs to name any; the leads are told.
pub(crate) fn walk<N: Name>(
    worker: &mut Worker,
    shared: &Shared,
    leads: &[usize],
    (visited, naming): (Rc<Visited<N>>, Naming),
    targets: &[Spot],
) -> Result<Vec<Way>, Failed> {
    let errand = |(way, target): (usize, &Spot)| Errand {
        way: way as u32,
        depth: target.depth,
        address: N::of_key(target.key).address(),
        key: Some(target.key),
    };
    let errands: Vec<Errand> = targets.iter().enumerate().map(errand).collect();
    let footprints = Rc::new(RefCell::new(Vec::new()));
    let basket = Rc::clone(&footprints);
    let (index, peers) = (worker.index(), worker.peers());
    worker.dataflow::<u64, _, _>(|scope| {
        let (handle, cycle) = scope.feedback::<Vec<Errand>>(1);
        let begun = errands.to_stream(scope).container::<Vec<_>>();
        let route = move |errand: &Errand| naming.owner::<N>(errand.address, peers) as u64;
        let onward = begun.concat(cycle).unary(Exchange::new(route), "Walk", move |_, _| {
            move |input, output| {
                input.for_each(|capability, data: &mut Vec<Errand>| {
                    let mut session = output.session(&capability);
                    for errand in data.drain(..) {
                        let mut found = basket.borrow_mut();
                        follow((&visited, naming), errand, (index, peers), &mut found, |errand| {
                            session.give(errand)
                        });
                    }
                });
            }
        });
        onward.connect_loop(handle);
    });
    drive(worker, shared)?;
    let mut ways = Vec::new();
    for Footprint { way, depth, key } in gather(worker, shared, leads, footprints.take())? {
        let (way, depth) = (way as usize, depth as usize);
        if ways.len() <= way {
            ways.resize_with(way + 1, Way::new);
        }
        if ways[way].len() <= depth {
            ways[way].resize(depth + 1, Vec::new());
        }
        if !ways[way][depth].contains(&key) {
            ways[way][depth].push(key);
        }
    }
    ways.iter_mut().flatten().for_each(|keys| keys.sort_unstable());
    Ok(ways)
}

/// Goes back as long as the states are this worker's own.
fn follow<N: Name>(
    (visited, naming): (&Visited<N>, Naming),
    errand: Errand,
    (index, peers): (usize, usize),
    footprints: &mut Vec<Footprint>,
    mut pass_on: impl FnMut(Errand),
) {
    let mut errands = vec![errand];
    while let Some(Errand { way, depth, address, key: wanted }) = errands.pop() {
        for (name, origin) in visited.at(address) {
            let key = name.key();
            if wanted.is_some_and(|wanted| wanted != key) || origin.depth() != depth.min(DEEPEST) {
                continue;
            }
            footprints.push(Footprint { way, depth, key });
            if depth == 0 {
                continue;
            }
            let next = Errand { way, depth: depth - 1, address: origin.predecessor(), key: None };
            if naming.owner::<N>(next.address, peers) == index {
                errands.push(next);
            } else {
                pass_on(next);
            }
        }
    }
}
