//! **The states of one depth that a worker owns and has not expanded, in blocks.**
//!
//! A block is given back as soon as it was expanded, so that a layer shrinks while the next one grows. Where the numbers of
//! states say which of them are neighbours, each block is put in order first: successors that several of its states have in
//! common are then found soon after each other, and the filter notices; and of several predecessors the one to keep
//! comes first.

use std::collections::VecDeque;

use timely::dataflow::operators::Capability;

use crate::dataflow::name::{Address, Name};

/// About so many bytes make a block.
const BLOCK_BYTES: usize = 4 << 20;

/// A state that waits to be expanded, and what its successors remember of it.
pub(crate) struct Waiting<S> {
    pub(crate) address: Address,
    pub(crate) state: S,
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
        let fitting = BLOCK_BYTES / size_of::<Waiting<S>>();
        if fitting < 16 { 16 } else { fitting }
    };

    pub(crate) fn new(capability: &Capability<u64>) -> Self {
        Layer { capability: capability.clone(), begun: false, blocks: VecDeque::new(), expanded: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum::<usize>() - self.expanded
    }

    #[inline]
    pub(crate) fn push(&mut self, waiting: Waiting<S>) {
        match self.blocks.back_mut() {
            Some(block) if block.len() < Self::BLOCK => block.push(waiting),
            // The first block grows as it must: most layers of most searches are small.
            Some(_) => {
                let mut block = Vec::with_capacity(Self::BLOCK);
                block.push(waiting);
                self.blocks.push_back(block);
            }
            None => self.blocks.push_back(vec![waiting]),
        }
    }

    /// Up to so many states that were not expanded. They count as expanded from now on.
    pub(crate) fn piece<N: Name>(&mut self, most: usize) -> Piece<'_, S> {
        if self.blocks.front().is_some_and(|block| self.expanded == block.len()) {
            self.blocks.pop_front();
            self.expanded = 0;
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

    pub(crate) fn bytes(&self) -> usize {
        let states: usize = self.blocks.iter().map(Vec::capacity).sum();
        states * size_of::<Waiting<S>>()
    }
}

/// States that are expanded together.
pub(crate) type Piece<'a, S> = &'a [Waiting<S>];
