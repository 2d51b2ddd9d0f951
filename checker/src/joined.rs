//! **The finest partition that is coarser than each of several: classes that share a state become one.**
//!
//! Something is common knowledge in a state if it is true in all of the class that the classes of all members make
//! together: whoever takes one state for another, who takes it for a third, and so on, stays within it.

/// Joins partitions of so many states, each given by the class of every state.
pub(crate) fn joined(partitions: &[Vec<u32>], states: usize) -> Vec<u32> {
    let mut leaders: Vec<u32> = (0..states as u32).collect();
    for classes in partitions {
        let count = classes.iter().max().map_or(0, |most| *most as usize + 1);
        let mut first = vec![None; count];
        for (state, class) in classes.iter().enumerate() {
            match first.get(*class as usize) {
                Some(Some(other)) => unite(&mut leaders, state as u32, *other),
                _ => first[*class as usize] = Some(state as u32),
            }
        }
    }
    (0..states as u32).map(|state| leader(&mut leaders, state)).collect()
}

/// The smallest state of a class, as far as is known.
fn leader(leaders: &mut [u32], mut state: u32) -> u32 {
    while leaders[state as usize] != state {
        let next = leaders[leaders[state as usize] as usize];
        leaders[state as usize] = next;
        state = next;
    }
    state
}

fn unite(leaders: &mut [u32], left: u32, right: u32) {
    let (left, right) = (leader(leaders, left), leader(leaders, right));
    leaders[left.max(right) as usize] = left.min(right);
}
