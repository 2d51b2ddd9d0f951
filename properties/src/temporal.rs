//! **A way on along which something stays true: EF (first ∧ EG second), with a run that shows it.**

use mailcover_checker::{
    Answer, Doubt, Evaluator, Evidence, Exploration, Formula, Graph, Outcome, and, atom, eg,
};
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use std::collections::VecDeque;

/// Whether some reachable state has `first`, and a maximal run from it has `second` throughout.
///
/// # Errors
/// When the model is not deterministic.
pub(crate) fn reachable_and_then_always(
    service: &Service,
    exploration: &Exploration<State>,
    first: impl Fn(&State) -> bool + Send + Sync + 'static,
    second: impl Fn(&State) -> bool + Send + Sync + 'static,
) -> Result<Answer<State, Action>, mailcover_checker::Error> {
    if let Some(limit) = exploration.limit() {
        let outcome = Outcome::Inconclusive(Doubt::Limit(limit));
        return Ok(Answer { outcome, classes: None, evidence: Evidence::Nothing });
    }
    let graph = Graph::build(service, exploration)?;
    let mut evaluator = Evaluator::new(service, exploration, &graph)?;
    let stays: Formula<Service> = eg(atom("second", second));
    let on: Vec<bool> = evaluator.states(&stays);
    let begins = evaluator.truth(&and(atom("first", first), stays));
    let Some(start) = begins.certain.iter().position(|&holds| holds) else {
        let open = begins.possible.contains(&true);
        let outcome = if open { Outcome::Inconclusive(Doubt::CutByBound) } else { Outcome::Violated };
        return Ok(Answer { outcome, classes: None, evidence: Evidence::Closure });
    };
    let mut path = exploration.path_to(service, start)?;
    for (label, at) in way_to_rest(&graph, &on, start) {
        let (Some(&action), Some(&state)) = (graph.action(label), exploration.state(at)) else { break };
        path.actions.push(action);
        path.states.push(state);
    }
    Ok(Answer { outcome: Outcome::Holds, classes: None, evidence: Evidence::Run(path) })
}

/// A shortest way through states that are `on` to one in which the run may rest for ever, since whatever machinery does there
/// changes nothing, be it that a day goes by, and people need do nothing; where there is none, a way that goes round. Each
/// step is its label, and the state after it.
fn way_to_rest<A>(graph: &Graph<A>, on: &[bool], start: usize) -> Vec<(u32, usize)> {
    let machinery = |label| graph.fair().contains(&label);
    let moves = |at: usize| graph.edges(at).any(|(label, to)| machinery(label) && to as usize != at);
    let rests = |at: usize| !graph.cut(at) && !moves(at);
    let mut from: Vec<Option<(u32, usize)>> = vec![None; on.len()];
    let mut seen = vec![false; on.len()];
    seen[start] = true;
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        if rests(at) {
            let back =
                std::iter::successors(from[at].map(|(label, before)| (label, at, before)), |&(_, _, at)| {
                    from[at].map(|(label, before)| (label, at, before))
                });
            let mut way: Vec<(u32, usize)> = back.map(|(label, at, _)| (label, at)).collect();
            way.reverse();
            return way;
        }
        for (label, to) in graph.edges(at).map(|(label, to)| (label, to as usize)) {
            if on[to] && !std::mem::replace(&mut seen[to], true) {
                from[to] = Some((label, at));
                queue.push_back(to);
            }
        }
    }
    way_round(graph, on, start)
}

/// A way through states that are `on`, until each next one was passed before: by machinery alone where that leads on, since
/// what people do besides shows nothing.
fn way_round<A>(graph: &Graph<A>, on: &[bool], start: usize) -> Vec<(u32, usize)> {
    let machinery = |label| graph.fair().contains(&label);
    let (mut at, mut seen, mut way) = (start, vec![false; on.len()], Vec::new());
    while !std::mem::replace(&mut seen[at], true) {
        let fresh =
            graph.edges(at).map(|(label, to)| (label, to as usize)).filter(|&(_, to)| on[to] && !seen[to]);
        let Some((label, to)) = fresh.min_by_key(|&(label, _)| !machinery(label)) else { break };
        way.push((label, to));
        at = to;
    }
    way
}

#[cfg(test)]
mod tests {
    use super::way_to_rest;
    use mailcover_checker::{Epistemic, Graph, Limits, explore};
    use stateright::Model;

    /// A step, and whether machinery takes it.
    type Step = (u8, u8, bool);

    /// A graph as it is drawn: its steps, from state 0 on, and the states that a bound cuts short.
    struct Drawing {
        steps: &'static [Step],
        cut: &'static [u8],
    }

    impl Model for Drawing {
        type State = u8;
        type Action = Step;

        fn init_states(&self) -> Vec<u8> {
            vec![0]
        }

        fn actions(&self, state: &u8, actions: &mut Vec<Step>) {
            actions.extend(self.steps.iter().filter(|(from, ..)| from == state));
        }

        fn next_state(&self, _: &u8, (_, to, _): Step) -> Option<u8> {
            Some(to)
        }
    }

    impl Epistemic for Drawing {
        type Observer = ();
        type View = ();

        fn view(&self, (): (), _: &u8) {}

        fn fair(&self, (_, _, machinery): &Step) -> bool {
            *machinery
        }

        fn cut(&self, state: &u8) -> bool {
            self.cut.contains(state)
        }
    }

    /// The states of the way from state 0, through all but those that are off.
    fn way(steps: &'static [Step], cut: &'static [u8], off: &[u8]) -> Vec<u8> {
        let drawing = Drawing { steps, cut };
        let exploration = explore(&drawing, &Limits::default(), &mut |_| {});
        let graph = Graph::build(&drawing, &exploration).unwrap();
        let on: Vec<bool> = exploration.states().map(|state| !off.contains(state)).collect();
        let found = way_to_rest(&graph, &on, 0);
        let mut before = 0;
        let step = |(label, at): (u32, usize)| {
            let (&(from, to, _), &state) = (graph.action(label).unwrap(), exploration.state(at).unwrap());
            assert_eq!((from, to), (before, state), "each step goes on from the one before");
            before = state;
            state
        };
        found.into_iter().map(step).collect()
    }

    const MACHINERY: bool = true;
    const PEOPLE: bool = false;

    #[test]
    fn it_rests_where_machinery_changes_nothing_and_people_may_do_nothing() {
        const LINE: &[Step] =
            &[(0, 1, MACHINERY), (1, 2, MACHINERY), (2, 2, MACHINERY), (2, 3, PEOPLE), (3, 3, MACHINERY)];
        assert_eq!(
            way(LINE, &[], &[]),
            [1, 2],
            "a day that goes by changes nothing, and nobody has to go on"
        );
        assert_eq!(way(&[(0, 1, PEOPLE)], &[], &[]), [0; 0], "it may stay where it is");
        assert_eq!(
            way(LINE, &[2], &[]),
            [1, 2, 3],
            "where a bound cut something short, nothing is known to rest"
        );
    }

    #[test]
    fn it_goes_the_shortest_way_and_through_nothing_that_is_off() {
        const FORK: &[Step] =
            &[(0, 1, PEOPLE), (0, 2, MACHINERY), (1, 4, MACHINERY), (2, 3, MACHINERY), (3, 4, MACHINERY)];
        assert_eq!(way(FORK, &[], &[]), [1, 4]);
        assert_eq!(way(FORK, &[], &[1]), [2, 3, 4]);
    }

    #[test]
    fn where_it_never_rests_it_goes_round_by_machinery_alone_if_that_leads_on() {
        const RING: &[Step] = &[
            (0, 3, PEOPLE),
            (0, 1, MACHINERY),
            (1, 0, PEOPLE),
            (1, 2, MACHINERY),
            (2, 0, MACHINERY),
            (3, 0, MACHINERY),
        ];
        assert_eq!(way(RING, &[], &[]), [1, 2], "and stops before what was passed");
        assert_eq!(way(RING, &[], &[1]), [3], "people's steps where machinery's are off");
    }
}
