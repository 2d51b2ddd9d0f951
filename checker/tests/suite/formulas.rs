//! Formulas mean what their definitions say, and print as they are written.

use std::collections::BTreeSet;

use mailcover_checker::{
    Evaluator, Formula, af, ag, and, atom, au, ax, common, distributed, ef, eg, eu, everyone, ex, implies,
    knows, not, or,
};
use proptest::prelude::*;

use crate::web::{Web, webs};

/// A formula as plain data.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Fact(usize),
    Not(Box<Shape>),
    And(Box<Shape>, Box<Shape>),
    Or(Box<Shape>, Box<Shape>),
    Implies(Box<Shape>, Box<Shape>),
    Knows(usize, Box<Shape>),
    Distributed(Vec<usize>, Box<Shape>),
    Everyone(Vec<usize>, Box<Shape>),
    Common(Vec<usize>, Box<Shape>),
    Path(&'static str, Box<Shape>),
    Until(bool, Box<Shape>, Box<Shape>),
}

impl Shape {
    /// Whether EX or AX is somewhere in it.
    fn speaks_of_the_next(&self) -> bool {
        match self {
            Shape::Fact(_) => false,
            Shape::Path("EX" | "AX", _) => true,
            Shape::Not(inner)
            | Shape::Knows(_, inner)
            | Shape::Distributed(_, inner)
            | Shape::Everyone(_, inner)
            | Shape::Common(_, inner)
            | Shape::Path(_, inner) => inner.speaks_of_the_next(),
            Shape::And(left, right)
            | Shape::Or(left, right)
            | Shape::Implies(left, right)
            | Shape::Until(_, left, right) => left.speaks_of_the_next() || right.speaks_of_the_next(),
        }
    }
}

pub(crate) fn shapes() -> impl Strategy<Value = Shape> {
    let group = || prop::sample::subsequence(vec![0_usize, 1], 0..=2);
    (0..2_usize).prop_map(Shape::Fact).prop_recursive(3, 12, 2, move |inner| {
        let inner = inner.prop_map(Box::new).boxed();
        let pair = (inner.clone(), inner.clone());
        let operator = prop::sample::select(vec!["EX", "EF", "EG", "AX", "AF", "AG"]);
        prop_oneof![
            1 => inner.clone().prop_map(Shape::Not),
            1 => pair.clone().prop_map(|(left, right)| Shape::And(left, right)),
            1 => pair.clone().prop_map(|(left, right)| Shape::Or(left, right)),
            1 => pair.clone().prop_map(|(left, right)| Shape::Implies(left, right)),
            1 => (0..2_usize, inner.clone()).prop_map(|(who, inner)| Shape::Knows(who, inner)),
            1 => (group(), inner.clone()).prop_map(|(who, inner)| Shape::Distributed(who, inner)),
            1 => (group(), inner.clone()).prop_map(|(who, inner)| Shape::Everyone(who, inner)),
            1 => (group(), inner.clone()).prop_map(|(who, inner)| Shape::Common(who, inner)),
            3 => (operator, inner).prop_map(|(operator, inner)| Shape::Path(operator, inner)),
            2 => (any::<bool>(), pair).prop_map(|(all, (left, right))| Shape::Until(all, left, right)),
        ]
    })
}

pub(crate) fn formula(web: &Web, shape: &Shape) -> Formula<Web> {
    let of = |shape: &Shape| formula(web, shape);
    match shape {
        Shape::Fact(fact) => atom(format!("fact {fact}"), web.fact(*fact)),
        Shape::Not(inner) => not(of(inner)),
        Shape::And(left, right) => and(of(left), of(right)),
        Shape::Or(left, right) => or(of(left), of(right)),
        Shape::Implies(left, right) => implies(of(left), of(right)),
        Shape::Knows(who, inner) => knows(*who, of(inner)),
        Shape::Distributed(who, inner) => distributed(who, of(inner)),
        Shape::Everyone(who, inner) => everyone(who, of(inner)),
        Shape::Common(who, inner) => common(who, of(inner)),
        Shape::Path("EX", inner) => ex(of(inner)),
        Shape::Path("EF", inner) => ef(of(inner)),
        Shape::Path("EG", inner) => eg(of(inner)),
        Shape::Path("AX", inner) => ax(of(inner)),
        Shape::Path("AF", inner) => af(of(inner)),
        Shape::Path(_, inner) => ag(of(inner)),
        Shape::Until(false, left, right) => eu(of(left), of(right)),
        Shape::Until(true, left, right) => au(of(left), of(right)),
    }
}

/// A set of states.
type Set = BTreeSet<u8>;

/// The states in which the formula is true, by looking at runs and pairs of states.
fn meaning(web: &Web, shape: &Shape) -> Set {
    let of = |shape: &Shape| meaning(web, shape);
    let all = web.reachable();
    let those = |wanted: &dyn Fn(u8) -> bool| all.iter().copied().filter(|it| wanted(*it)).collect();
    match shape {
        Shape::Fact(fact) => those(&|state| web.facts[state as usize][*fact]),
        Shape::Not(inner) => &all - &of(inner),
        Shape::And(left, right) => &of(left) & &of(right),
        Shape::Or(left, right) => &of(left) | &of(right),
        Shape::Implies(left, right) => &(&all - &of(left)) | &of(right),
        Shape::Knows(who, inner) => {
            let inner = of(inner);
            those(&|state| alike(web, &[*who], state).is_subset(&inner))
        }
        Shape::Distributed(who, inner) => {
            let inner = of(inner);
            those(&|state| alike(web, who, state).is_subset(&inner))
        }
        Shape::Everyone(who, inner) => {
            let inner = of(inner);
            those(&|state| who.iter().all(|one| alike(web, &[*one], state).is_subset(&inner)))
        }
        Shape::Common(who, inner) => {
            let inner = of(inner);
            those(&|state| who.is_empty() || linked(web, who, state).is_subset(&inner))
        }
        Shape::Path(operator, inner) => {
            let inner = of(inner);
            let enough = all.len();
            those(&|state| match *operator {
                "EX" => next(web, state).iter().any(|it| inner.contains(it)),
                "AX" => next(web, state).iter().all(|it| inner.contains(it)),
                "EF" => some_run(web, state, enough, &all, &inner),
                "AF" => every_run(web, state, enough, &all, &inner),
                "EG" => some_run_stays(web, state, enough, &inner),
                _ => !some_run(web, state, enough, &all, &(&all - &inner)),
            })
        }
        Shape::Until(every, left, right) => {
            let (left, right) = (of(left), of(right));
            let runs = if *every { every_run } else { some_run };
            those(&|state| runs(web, state, all.len(), &left, &right))
        }
    }
}

/// The next states; a state that has none stays as it is.
fn next(web: &Web, state: u8) -> Set {
    let next: Set = web.steps(state).into_iter().map(|(_, to)| to).collect();
    if next.is_empty() { Set::from([state]) } else { next }
}

/// Whether some run of up to so many steps passes `left` until it is in `right`.
fn some_run(web: &Web, state: u8, steps: usize, left: &Set, right: &Set) -> bool {
    let goes_on = |to: &u8| some_run(web, *to, steps - 1, left, right);
    right.contains(&state) || steps > 0 && left.contains(&state) && next(web, state).iter().any(goes_on)
}

/// Whether every run passes `left` until it is in `right` after up to so many steps.
fn every_run(web: &Web, state: u8, steps: usize, left: &Set, right: &Set) -> bool {
    let goes_on = |to: &u8| every_run(web, *to, steps - 1, left, right);
    right.contains(&state) || steps > 0 && left.contains(&state) && next(web, state).iter().all(goes_on)
}

/// Whether some run of so many steps, which repeats a state, stays inside.
fn some_run_stays(web: &Web, state: u8, steps: usize, inside: &Set) -> bool {
    let goes_on = |to: &u8| some_run_stays(web, *to, steps - 1, inside);
    inside.contains(&state) && (steps == 0 || next(web, state).iter().any(goes_on))
}

fn alike(web: &Web, group: &[usize], state: u8) -> Set {
    let view = |state: u8, who: usize| web.views[state as usize][who];
    let same = |other: &u8| group.iter().all(|who| view(state, *who) == view(*other, *who));
    web.reachable().into_iter().filter(same).collect()
}

/// The states that a chain of lookalikes, each to some member of the group, leads to.
fn linked(web: &Web, group: &[usize], state: u8) -> Set {
    let mut seen = Set::new();
    let mut todo = vec![state];
    while let Some(state) = todo.pop() {
        if seen.insert(state) {
            todo.extend(group.iter().flat_map(|who| alike(web, &[*who], state)));
        }
    }
    seen
}

fn states(web: &Web, formula: &Formula<Web>) -> Set {
    let (exploration, graph) = web.search();
    let mut evaluator = Evaluator::new(web, &exploration, &graph).expect("it is complete");
    let truths = evaluator.states(formula);
    let initial = exploration.layers()[..1].iter().sum();
    let holds = truths.iter().take(initial).all(|holds| *holds);
    assert_eq!(evaluator.holds_initially(formula), holds);
    exploration.states().zip(truths).filter(|(_, holds)| *holds).map(|(state, _)| *state).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn evaluation_is_by_definition(web in webs(6), shape in shapes()) {
        let web = web.unbounded();
        prop_assert_eq!(states(&web, &formula(&web, &shape)), meaning(&web, &shape));
    }

    /// However the runs go on that a bound cuts off, if only to states that were seen: what is certain is so, and what is
    /// so was possible. But for the next moment, which is that within the bounds.
    #[test]
    fn a_bound_decides_nothing_about_what_lasts(mut web in webs(6), shape in shapes()) {
        prop_assume!(!shape.speaks_of_the_next());
        web.outside[web.initial[0] as usize] = false;
        let (exploration, graph) = web.search();
        let mut evaluator = Evaluator::new(&web, &exploration, &graph).expect("it is complete");
        let truth = evaluator.truth(&formula(&web, &shape));
        let mut resting = web.clone();
        for state in web.reachable().into_iter().filter(|state| web.is_cut(*state)) {
            let unseen = |next: &&mut Option<u8>| next.is_none_or(|to| web.outside[to as usize]);
            let free = resting.next[state as usize].iter_mut().find(unseen);
            prop_assume!(free.is_some());
            free.into_iter().for_each(|next| *next = Some(state));
        }
        for completed in [web.clone(), resting] {
            let meant = meaning(&completed, &shape);
            for (id, state) in exploration.states().enumerate() {
                let formula = || formula(&web, &shape);
                prop_assert!(!truth.certain[id] || meant.contains(state), "{} is not certain in {state}", formula());
                prop_assert!(truth.possible[id] || !meant.contains(state), "{} is possible in {state}", formula());
            }
        }
    }

    #[test]
    fn operators_are_dual_and_expand(web in webs(10)) {
        let web = web.unbounded();
        let (p, q) = (|| atom("p", web.fact(0)), || atom("q", web.fact(1)));
        let everywhere = || or(p(), not(p()));
        let same = |left, right| assert_eq!(states(&web, &left), states(&web, &right));
        same(ax(p()), not(ex(not(p()))));
        same(af(p()), not(eg(not(p()))));
        same(ag(p()), not(ef(not(p()))));
        same(ef(p()), eu(everywhere(), p()));
        same(af(p()), au(everywhere(), p()));
        same(ef(p()), or(p(), ex(ef(p()))));
        same(af(p()), or(p(), ax(af(p()))));
        same(eg(p()), and(p(), ex(eg(p()))));
        same(ag(p()), and(p(), ax(ag(p()))));
        same(eu(p(), q()), or(q(), and(p(), ex(eu(p(), q())))));
        same(au(p(), q()), or(q(), and(p(), ax(au(p(), q())))));
    }

    #[test]
    fn knowledge_is_true_and_introspective(web in webs(10)) {
        let web = web.unbounded();
        let p = || atom("p", web.fact(0));
        let everywhere = |formula: Formula<Web>| {
            assert_eq!(states(&web, &formula), web.reachable(), "{formula}");
        };
        let same = |left, right| assert_eq!(states(&web, &left), states(&web, &right));
        everywhere(implies(knows(0, p()), p()));
        everywhere(implies(knows(0, p()), knows(0, knows(0, p()))));
        everywhere(implies(not(knows(0, p())), knows(0, not(knows(0, p())))));
        everywhere(implies(knows(1, p()), distributed(&[0, 1], p())));
        everywhere(implies(common(&[0, 1], p()), everyone(&[0, 1], common(&[0, 1], p()))));
        same(everyone(&[0, 1], p()), and(knows(0, p()), knows(1, p())));
        same(common(&[0], p()), knows(0, p()));
        same(distributed(&[0], p()), knows(0, p()));
    }
}

#[test]
fn formulas_print_as_they_are_written() {
    let named = |name: &str| atom::<Web>(name, |_| true);
    let (row, communicated) = (named("row"), named("communicated"));
    let print = |formula: Formula<Web>| formula.to_string();
    assert_eq!(print(ef(and(row.clone(), eg(not(communicated.clone()))))), "EF (row ∧ EG ¬communicated)");
    assert_eq!(
        print(ag(implies(knows(1, row.clone()), or(row.clone(), communicated.clone())))),
        "AG (K[1] row → (row ∨ communicated))"
    );
    assert_eq!(
        print(not(au(row.clone(), distributed(&[0, 1], communicated.clone())))),
        "¬A[row U D[0, 1] communicated]"
    );
    assert_eq!(print(everyone(&[0], common(&[0, 1], ax(af(ex(row.clone())))))), "E[0] C[0, 1] AX AF EX row");
    assert_eq!(format!("{:?}", eu(row, communicated)), "E[row U communicated]");
}
