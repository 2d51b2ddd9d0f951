//! The laws of deduction on random universes: closure against its slow twin, and derivations that replay.

mod terms;

use std::collections::{BTreeMap, BTreeSet};

use mailcover_model::deduction::{Derivation, Step, TermSet, naive};
use mailcover_model::term::{MAX_TERMS, Term, TermId, Universe};
use proptest::prelude::*;
use terms::{Choice, apply, choice};

fn choices(most: usize) -> impl Strategy<Value = Vec<Choice>> {
    proptest::collection::vec(choice(0..64), 0..most)
}

/// Builds a universe in which every choice is well formed, parts being drawn from all terms.
fn build(choices: &[Choice]) -> Universe {
    let mut universe = Universe::new();
    let mut terms = Vec::new();
    let mut publics = Vec::new();
    for label in ["k0", "k1", "k2", "r0", "r1"] {
        terms.extend(universe.fresh_name(label));
    }
    for label in ["m0", "m1"] {
        terms.extend(universe.meaningful_name(label));
    }
    publics.extend(universe.public_key(terms[0]));
    publics.extend(universe.public_key(terms[1]));
    terms.extend(&publics);
    for &(constructor, first, second, third) in choices {
        let [a, b, c] = [first, second, third].map(|choice| terms[choice % terms.len()]);
        let public = publics[first % publics.len()];
        let built = apply(&mut universe, constructor, [a, b, c], public);
        publics.extend(built.iter().filter(|_| constructor == 0));
        terms.extend(built);
    }
    universe
}

fn pick(universe: &Universe, chosen: &[usize]) -> TermSet {
    let ids: Vec<_> = universe.ids().collect();
    chosen.iter().map(|index| ids[index % ids.len()]).collect()
}

/// Counts the steps of a derivation as a tree.
fn size(derivation: &Derivation) -> u64 {
    let mut sizes: BTreeMap<TermId, u64> = BTreeMap::new();
    for step in derivation.steps() {
        let premises = match &step.by {
            Step::Seen => 0,
            Step::Rule { from, .. } => {
                from.iter().fold(0_u64, |sum, premise| sum.saturating_add(sizes[&premise.term]))
            }
        };
        sizes.insert(step.term, premises.saturating_add(1));
    }
    sizes[&derivation.term]
}

/// Lists premises and conclusion of every rule instance, read off the terms.
fn instances(universe: &Universe) -> Vec<(Vec<TermId>, TermId)> {
    let mut instances = Vec::new();
    let terms = universe.ids().filter_map(|id| Some((id, universe.term(id)?)));
    for (id, term) in terms {
        let private_of = |public| match universe.term(public) {
            Some(Term::PublicKey(private)) => private,
            other => unreachable!("{other:?} is no public key"),
        };
        match term {
            Term::Name { .. } => continue,
            Term::Pair(left, right) => {
                instances.extend([(vec![id], left), (vec![id], right)]);
            }
            Term::Aenc { public, plaintext, .. } => instances.push((vec![id, private_of(public)], plaintext)),
            Term::Senc { key, plaintext, .. } => instances.push((vec![id, key], plaintext)),
            Term::KemCipher { public, seed } => {
                let secret = universe.find(Term::KemSecret { public, seed });
                instances.extend(secret.map(|secret| (vec![id, private_of(public)], secret)));
            }
            _ => {}
        }
        instances.push((term.parts().to_vec(), id));
    }
    instances
}

fn chosen() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0..1_000_usize, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn closure_is_extensive_idempotent_monotone_and_starts_from_nothing(
        choices in choices(40), less in chosen(), more in chosen(),
    ) {
        let deduction = build(&choices).seal();
        let less = pick(deduction.universe(), &less);
        let more = less.union(pick(deduction.universe(), &more));
        let closed = deduction.close(less);
        prop_assert!(less.is_subset(&closed));
        prop_assert_eq!(deduction.close(closed), closed);
        prop_assert!(closed.is_subset(&deduction.close(more)));
        prop_assert!(deduction.close(TermSet::EMPTY).is_empty());
    }

    #[test]
    fn closure_equals_its_slow_twin(choices in choices(40), known in chosen()) {
        let deduction = build(&choices).seal();
        let known = pick(deduction.universe(), &known);
        let closed: BTreeSet<_> = deduction.close(known).iter().collect();
        let twin = naive::close(deduction.universe(), &known.iter().collect());
        prop_assert_eq!(closed, twin);
    }

    #[test]
    fn exactly_the_closure_has_derivations_that_replay(
        choices in choices(40), known in chosen(),
    ) {
        let deduction = build(&choices).seal();
        let known = pick(deduction.universe(), &known);
        let closed = deduction.close(known);
        for term in deduction.universe().ids() {
            let derivation = deduction.derive(known, term);
            prop_assert_eq!(derivation.is_some(), closed.contains(term));
            if let Some(derivation) = derivation {
                prop_assert_eq!(derivation.term, term);
                prop_assert_eq!(deduction.replay(&known, &derivation), Ok(()));
                let steps = derivation.steps();
                prop_assert!(steps.iter().all(|step| closed.contains(step.term)));
                prop_assert_eq!(steps.last().map(|step| step.term), Some(term));
            }
        }
    }

    // A proof of every size that is listed exists, and no rule gives a smaller one.
    #[test]
    fn derivations_are_as_small_as_can_be(choices in choices(25), known in chosen()) {
        let deduction = build(&choices).seal();
        let universe = deduction.universe();
        let known = pick(universe, &known);
        let sizes: BTreeMap<TermId, u64> = universe
            .ids()
            .filter_map(|term| Some((term, size(&deduction.derive(known, term)?))))
            .collect();
        prop_assert!(known.iter().all(|term| sizes[&term] == 1));
        for (premises, conclusion) in instances(universe) {
            let premises: Option<Vec<_>> = premises.iter().map(|term| sizes.get(term)).collect();
            if let Some(premises) = premises {
                let through_rule = premises.into_iter().fold(1, |sum, size| size.saturating_add(sum));
                prop_assert!(sizes[&conclusion] <= through_rule);
            }
        }
    }

    #[test]
    fn a_replay_from_less_knowledge_fails(choices in choices(40), known in chosen()) {
        let deduction = build(&choices).seal();
        let known = pick(deduction.universe(), &known);
        for term in deduction.close(known).iter() {
            if let Some(derivation) = deduction.derive(known, term) {
                let refused = deduction.replay(&TermSet::EMPTY, &derivation);
                prop_assert!(refused.is_err());
            }
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in(chosen in proptest::collection::btree_set(0..512_usize, 0..60)) {
        let mut universe = Universe::new();
        for label in 0..MAX_TERMS {
            prop_assert!(universe.fresh_name(&label.to_string()).is_ok());
        }
        let ids: Vec<_> = universe.ids().collect();
        let set: TermSet = chosen.iter().map(|index| ids[*index]).collect();
        let listed: Vec<_> = set.iter().map(TermId::index).collect();
        prop_assert_eq!(&listed, &chosen.iter().copied().collect::<Vec<_>>());
        prop_assert_eq!(set.len(), chosen.len());
        prop_assert!(ids.iter().all(|id| set.contains(*id) == chosen.contains(&id.index())));
    }
}
