//! **The states of one depth that a worker owns and has not expanded, in blocks.**
//!
//! A block is given back as soon as it was expanded, so that a layer shrinks while the next one grows, and into the same
//! blocks: memory that the system has to hand out anew costs as much as what is written into it. Where the numbers of
//! states say which of them are neighbours, each block is put in order first: successors that several of its states have in
//! common are then found soon after each other, and the filter notices; and of several predecessors the one to keep
//! comes first.

use std::collections::VecDeque;

use timely::dataflow::operators::Capability;

use crate::dataflow::name::{Address, Name};

/// About so many bytes make a block of small states: the more of them are put in order, the more successors they share.
const BLOCK_BYTES: usize = 4 << 20;
/// And so many a block of large ones, which as a rule are in no order: the smaller, the sooner the next layer has their memory.
const LARGE_BLOCK_BYTES: usize = 1 << 20;
/// Bytes up to which a state is small.
pub(crate) const SMALL: usize = 64;

/// A state that waits to be expanded, and what its successors remember of it.
pub(crate) struct Waiting<S> {
    pub(crate) address: Address,
    pub(crate) state: S,
}

/// Blocks that are empty and wait to be filled again.
pub(crate) struct Spare<S>(Vec<Vec<Waiting<S>>>);

impl<S> Spare<S> {
    /// Blocks that are kept at most.
    const MOST: usize = 4;

    pub(crate) fn new() -> Self {
        Spare(Vec::new())
    }

    fn take(&mut self) -> Vec<Waiting<S>> {
        self.0.pop().unwrap_or_else(|| Vec::with_capacity(Layer::<S>::BLOCK))
    }

    fn give(&mut self, mut block: Vec<Waiting<S>>) {
        if block.capacity() >= Layer::<S>::BLOCK && self.0.len() < Self::MOST {
            block.clear();
            self.0.push(block);
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len() * Layer::<S>::BLOCK * size_of::<Waiting<S>>()
    }
}

/// The states of one depth.
pub(crate) struct Layer<S> {
    pub(crate) capability: Capability<u64>,
    /// Whether expanding it has begun.
    pub(crate) begun: bool,
    blocks: VecDeque<Vec<Waiting<S>>>,
    /// How many states of the first block were expanded; 0 as long as the block is not in order.
    expanded: usize,
}

impl<S> Layer<S> {
    const BLOCK: usize = {
        let bytes = if size_of::<S>() <= SMALL { BLOCK_BYTES } else { LARGE_BLOCK_BYTES };
        let fitting = bytes / size_of::<Waiting<S>>();
        if fitting < 16 { 16 } else { fitting }
    };

    pub(crate) fn new(capability: &Capability<u64>) -> Self {
        Layer { capability: capability.clone(), begun: false, blocks: VecDeque::new(), expanded: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum::<usize>() - self.expanded
    }

    #[inline]
    pub(crate) fn push(&mut self, waiting: Waiting<S>, spare: &mut Spare<S>) {
        match self.blocks.back_mut() {
            Some(block) if block.len() < Self::BLOCK => block.push(waiting),
            // The first block grows as it must: most layers of most searches are small.
            None if spare.0.is_empty() => self.blocks.push_back(vec![waiting]),
            _ => {
                let mut block = spare.take();
                block.push(waiting);
                self.blocks.push_back(block);
            }
        }
    }

    /// Up to so many states that were not expanded. They count as expanded from now on.
    pub(crate) fn piece<N: Name>(&mut self, most: usize, spare: &mut Spare<S>) -> Piece<'_, S> {
        if self.blocks.front().is_some_and(|block| self.expanded == block.len()) {
            self.expanded = 0;
            self.blocks.pop_front().into_iter().for_each(|block| spare.give(block));
        }
        let Some(block) = self.blocks.front_mut() else {
            return &[];
        };
        if N::EXACT_ADDRESS && self.expanded == 0 {
            block.sort_unstable_by_key(|waiting| waiting.address);
        }
        let from = self.expanded;
        self.expanded = block.len().min(from + most);
        &block[from..self.expanded]
    }

    /// Gives up all states, expanded or not.
    pub(crate) fn end(self, spare: &mut Spare<S>) {
        self.blocks.into_iter().for_each(|block| spare.give(block));
    }

    pub(crate) fn bytes(&self) -> usize {
        let states: usize = self.blocks.iter().map(Vec::capacity).sum();
        states * size_of::<Waiting<S>>()
    }
}

/// States that are expanded together.
pub(crate) type Piece<'a, S> = &'a [Waiting<S>];
