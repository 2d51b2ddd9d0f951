//! cluster
use crate::error::Error;
use crate::dataflow::shared::Shared;
use std::sync::Arc;
use timely::communication::AllocatorBuilder;
pub struct Cluster;
pub struct Hosts;
pub(crate) struct Connected { pub builders: Vec<AllocatorBuilder>, pub guard: Guard }
pub(crate) struct Guard;
impl Guard { pub(crate) fn close(self) {} pub(crate) fn abandon(self) {} }
pub(crate) fn connect(_: &Cluster, _: usize, _: &Arc<Shared>) -> Result<Connected, Error> { Err(Error::Peer("x".into())) }
