//! **When the search is over, the first worker of each process is told what all workers found.**

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use timely::dataflow::channels::pact::Exchange;
use timely::dataflow::operators::ToStream;
use timely::dataflow::operators::generic::operator::Operator;
use timely::worker::Worker;

use crate::dataflow::shared::Shared;

/// How long a worker sleeps at most before it looks whether the others have failed.
const NAP: Duration = Duration::from_millis(20);

/// The search failed, and [`Shared`] knows why.
pub(crate) struct Failed;

/// Something for the worker of this number.
#[derive(Clone, Serialize, Deserialize)]
struct Post<T> {
    to: u64,
    item: T,
}

/// Sends these items to each of the leads, and returns what arrived here.
pub(crate) fn gather<T>(
    worker: &mut Worker,
    shared: &Shared,
    leads: &[usize],
    items: Vec<T>,
) -> Result<Vec<T>, Failed>
where
    T: Clone + Serialize + DeserializeOwned + Send + 'static,
{
    let mut posts = Vec::with_capacity(items.len() * leads.len());
    for item in items {
        let (last, others) = match leads.split_last() {
            Some((last, others)) => (*last as u64, others),
            None => break,
        };
        posts.extend(others.iter().map(|to| Post { to: *to as u64, item: item.clone() }));
        posts.push(Post { to: last, item });
    }
    let arrived = Rc::new(RefCell::new(Vec::new()));
    let basket = Rc::clone(&arrived);
    worker.dataflow::<u64, _, _>(|scope| {
        let stream = posts.to_stream(scope).container::<Vec<_>>();
        stream.sink(Exchange::new(|post: &Post<T>| post.to), "Gather", move |(input, _)| {
            input.for_each(|_, data: &mut Vec<Post<T>>| {
                basket.borrow_mut().extend(data.drain(..).map(|post| post.item));
            });
        });
    });
    drive(worker, shared)?;
    Ok(arrived.take())
}

/// Works until every dataflow of this worker is done, or the search has failed.
pub(crate) fn drive(worker: &mut Worker, shared: &Shared) -> Result<(), Failed> {
    while worker.has_dataflows() {
        if shared.failed() {
            for dataflow in worker.installed_dataflows() {
                worker.drop_dataflow(dataflow);
            }
            return Err(Failed);
        }
        worker.step_or_park(Some(NAP));
    }
    if shared.failed() { Err(Failed) } else { Ok(()) }
}
