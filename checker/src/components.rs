//! **Tarjan's strongly connected components, without recursion.**
//!
//! R. Tarjan, *Depth-first search and linear graph algorithms*, 1972. A depth-first search numbers
//! the states; a state from which nothing older can be reached closes a component, which then
//! lies on top of the stack.
//!
//! Only components that contain a cycle are returned: those with several states, and single states
//! with a transition to themselves.

use crate::graph::Graph;
use crate::region::Region;

/// The number of a state that was not visited.
const NEW: u32 = u32::MAX;

/// The components of the region that contain a cycle, each sorted.
pub(crate) fn components<A>(graph: &Graph<A>, region: &Region) -> Vec<Vec<usize>> {
    let mut search = Search {
        graph,
        region,
        numbers: vec![NEW; graph.len()],
        oldest: vec![NEW; graph.len()],
        open: vec![false; graph.len()],
        stack: Vec::new(),
        count: 0,
        found: Vec::new(),
    };
    for root in region.order() {
        if search.numbers[root] == NEW {
            search.visit(root);
        }
    }
    search.found
}

struct Search<'a, A> {
    graph: &'a Graph<A>,
    region: &'a Region,
    /// The order of the first visit.
    numbers: Vec<u32>,
    /// The smallest number of an open state that is known to be reachable.
    oldest: Vec<u32>,
    /// Whether a state is on the stack.
    open: Vec<bool>,
    stack: Vec<usize>,
    count: u32,
    found: Vec<Vec<usize>>,
}

impl<A> Search<'_, A> {
    fn visit(&mut self, root: usize) {
        // The states between the root and here, each with the number of successors dealt with.
        let mut way = vec![(root, 0)];
        self.enter(root);
        while let Some((id, dealt_with)) = way.last_mut() {
            let id = *id;
            if let Some(next) = self.graph.successors(id).get(*dealt_with) {
                let next = *next as usize;
                *dealt_with += 1;
                if !self.region.contains(next) {
                    continue;
                }
                if self.numbers[next] == NEW {
                    self.enter(next);
                    way.push((next, 0));
                } else if self.open[next] {
                    self.oldest[id] = self.oldest[id].min(self.numbers[next]);
                }
            } else {
                way.pop();
                if let Some((parent, _)) = way.last() {
                    self.oldest[*parent] = self.oldest[*parent].min(self.oldest[id]);
                }
                if self.oldest[id] == self.numbers[id] {
                    self.close(id);
                }
            }
        }
    }

    fn enter(&mut self, id: usize) {
        self.numbers[id] = self.count;
        self.oldest[id] = self.count;
        self.count += 1;
        self.open[id] = true;
        self.stack.push(id);
    }

    /// Takes from the stack the component that starts with this state.
    fn close(&mut self, id: usize) {
        let start = self.stack.iter().rposition(|on_stack| *on_stack == id).unwrap_or(0);
        let mut component = self.stack.split_off(start);
        for member in &component {
            self.open[*member] = false;
        }
        let loops = |id: &usize| self.graph.successors(*id).contains(&(*id as u32));
        if component.len() > 1 || component.iter().any(loops) {
            component.sort_unstable();
            self.found.push(component);
        }
    }
}
