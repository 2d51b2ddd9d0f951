//! What an observer can tell apart: the classical cases by hand, and patterns against static
//! equivalence by its definition on random frames.

mod terms;

use mailcover_model::deduction::{Deduction, TermSet};
use mailcover_model::pattern::{Pattern, naive};
use mailcover_model::term::{Term, TermError, TermId, Universe};
use proptest::prelude::*;
use terms::{Choice, apply, choice};

fn set(terms: &[TermId]) -> TermSet {
    terms.iter().copied().collect()
}

/// Renders a frame with the knowledge that follows from it and the constants.
fn render(deduction: &Deduction, constants: &TermSet, frame: &[TermId]) -> Pattern {
    let knowledge = deduction.close(constants.union(set(frame)));
    deduction.pattern(constants, &knowledge, frame)
}

/// Asserts whether two frames can be told apart, by pattern and by definition.
fn check(deduction: &Deduction, constants: &[TermId], left: &[TermId], right: &[TermId], same: bool) {
    let constants = set(constants);
    let universe = deduction.universe();
    let frames = [left, right].map(|frame| {
        let terms = frame.iter().map(|term| universe.describe(*term));
        terms.collect::<Vec<_>>()
    });
    let patterns = [left, right].map(|frame| render(deduction, &constants, frame));
    assert_eq!(patterns[0] == patterns[1], same, "{frames:?}: {patterns:?}");
    let equivalent = naive::equivalent(universe, &constants, left, right);
    assert_eq!(equivalent, same, "by definition: {frames:?}");
}

// The classical cases.

#[test]
fn ciphertexts_differ_only_for_whoever_opens_them() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [key_b, key_c] = [universe.fresh_name("ek_b")?, universe.fresh_name("ek_c")?];
    let [yes, no] = [universe.meaningful_name("yes")?, universe.meaningful_name("no")?];
    let [r0, r1] = [universe.fresh_name("r0")?, universe.fresh_name("r1")?];
    let [for_b, for_c] = [universe.public_key(key_b)?, universe.public_key(key_c)?];
    let yes_b = universe.aenc(for_b, yes, r0)?;
    let no_b = universe.aenc(for_b, no, r1)?;
    let yes_c = universe.aenc(for_c, yes, r1)?;
    let yes_b_again = universe.aenc(for_b, yes, r1)?;
    let deduction = universe.seal();
    let everybody = [for_b, for_c, yes, no];
    let owner = [key_b, for_b, for_c, yes, no];
    check(&deduction, &everybody, &[yes_b], &[no_b], true);
    check(&deduction, &everybody, &[yes_b], &[yes_c], true);
    check(&deduction, &owner, &[yes_b], &[no_b], false);
    check(&deduction, &owner, &[yes_b], &[yes_c], false);
    check(&deduction, &owner, &[yes_b], &[yes_b_again], true);
    // A repeated ciphertext is noticed without opening it; a repeated plaintext is not.
    check(&deduction, &everybody, &[yes_b, yes_b], &[yes_b, yes_b_again], false);
    check(&deduction, &owner, &[yes_b, yes_b], &[yes_b, yes_b_again], false);
    check(&deduction, &everybody, &[yes_b, yes_b_again], &[yes_b, no_b], true);
    // Whoever made the ciphertext, or saw its randomness, recognises it.
    check(&deduction, &everybody, &[r0, yes_b], &[r0, no_b], false);
    check(&deduction, &everybody, &[r0, no_b], &[r0, yes_c], true);
    Ok(())
}

#[test]
fn bodies_speak_for_themselves_and_random_names_do_not() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [yes, no] = [universe.meaningful_name("yes")?, universe.meaningful_name("no")?];
    let [n0, n1] = [universe.fresh_name("n0")?, universe.fresh_name("n1")?];
    let deduction = universe.seal();
    check(&deduction, &[], &[yes], &[no], false);
    check(&deduction, &[], &[n0], &[n1], true);
    check(&deduction, &[n0], &[n0], &[n1], false);
    check(&deduction, &[], &[n0, n1], &[n1, n0], true);
    check(&deduction, &[], &[n0, n1, n0], &[n0, n1, n1], false);
    check(&deduction, &[], &[n0], &[n0, n1], false);
    Ok(())
}

#[test]
fn a_hash_is_recognised_by_whoever_knows_what_was_hashed() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [yes, no] = [universe.meaningful_name("yes")?, universe.meaningful_name("no")?];
    let [k0, k1] = [universe.fresh_name("k0")?, universe.fresh_name("k1")?];
    let [hash_yes, hash_no] = [universe.hash(yes)?, universe.hash(no)?];
    let [mac_yes, mac_no] = [universe.mac(k0, yes)?, universe.mac(k0, no)?];
    let other_mac = universe.mac(k1, yes)?;
    let deduction = universe.seal();
    check(&deduction, &[], &[hash_yes], &[hash_no], true);
    check(&deduction, &[yes], &[hash_yes], &[hash_no], false);
    check(&deduction, &[], &[hash_yes, yes], &[hash_no, yes], false);
    check(&deduction, &[yes, no], &[mac_yes], &[mac_no], true);
    check(&deduction, &[yes, no], &[k0, mac_yes], &[k0, mac_no], false);
    check(&deduction, &[yes, no], &[k0, mac_yes], &[k1, other_mac], true);
    check(&deduction, &[yes, no], &[k0, mac_yes], &[k0, other_mac], false);
    Ok(())
}

#[test]
fn a_signature_tells_its_signer_to_whoever_holds_message_and_public_key() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [sk_a, sk_b] = [universe.fresh_name("sk_a")?, universe.fresh_name("sk_b")?];
    let body = universe.meaningful_name("m0")?;
    let [by_a, by_b] = [universe.sign(sk_a, body)?, universe.sign(sk_b, body)?];
    let [pk_a, pk_b] = [universe.public_key(sk_a)?, universe.public_key(sk_b)?];
    let deduction = universe.seal();
    check(&deduction, &[pk_a, pk_b], &[by_a], &[by_b], true);
    check(&deduction, &[pk_a, pk_b], &[by_a, body], &[by_b, body], false);
    check(&deduction, &[], &[by_a, body], &[by_b, body], true);
    check(&deduction, &[], &[pk_a, by_a, body], &[pk_b, by_b, body], true);
    check(&deduction, &[], &[pk_a, by_a, body], &[pk_a, by_b, body], false);
    Ok(())
}

#[test]
fn an_encapsulation_is_linked_to_its_secret_by_the_holder_of_the_key() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let private = universe.fresh_name("kem_b")?;
    let public = universe.public_key(private)?;
    let [s0, s1] = [universe.fresh_name("s0")?, universe.fresh_name("s1")?];
    let ciphers = [universe.kem_cipher(public, s0)?, universe.kem_cipher(public, s1)?];
    let secrets = [universe.kem_secret(public, s0)?, universe.kem_secret(public, s1)?];
    let deduction = universe.seal();
    let matching = [ciphers[0], secrets[0]];
    let crossed = [ciphers[0], secrets[1]];
    check(&deduction, &[public], &matching, &crossed, true);
    check(&deduction, &[public, private], &matching, &crossed, false);
    check(&deduction, &[public, private], &matching, &[ciphers[1], secrets[1]], true);
    let late = |pair: [TermId; 2]| [pair[1], pair[0], private];
    check(&deduction, &[public], &late(matching), &late(crossed), false);
    let with_seed = |pair: [TermId; 2]| [pair[0], pair[1], s0];
    check(&deduction, &[public], &with_seed(matching), &with_seed(crossed), false);
    Ok(())
}

#[test]
fn a_key_that_comes_out_later_tells_whose_it_is_and_opens_what_was_seen() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [key_b, key_c] = [universe.fresh_name("ek_b")?, universe.fresh_name("ek_c")?];
    let [for_b, for_c] = [universe.public_key(key_b)?, universe.public_key(key_c)?];
    let body = universe.meaningful_name("m0")?;
    let nonce = universe.fresh_name("r")?;
    let [to_b, to_c] = [universe.aenc(for_b, body, nonce)?, universe.aenc(for_c, body, nonce)?];
    let deduction = universe.seal();
    let directory = [for_b, for_c];
    check(&deduction, &directory, &[key_b], &[key_c], false);
    check(&deduction, &[], &[key_b], &[key_c], true);
    check(&deduction, &directory, &[to_b], &[to_c], true);
    check(&deduction, &directory, &[to_b, key_b], &[to_c, key_b], false);
    check(&deduction, &[], &[to_b, key_b], &[to_c, key_c], true);
    Ok(())
}

#[test]
fn constants_stay_apart_even_when_they_are_opaque() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [k0, k1] = [universe.fresh_name("k0")?, universe.fresh_name("k1")?];
    let [nonce, context] = [universe.fresh_name("r")?, universe.meaningful_name("c")?];
    let sealed = universe.senc(k0, k1, nonce)?;
    let derived = universe.kdf(k1, context)?;
    let both = universe.pair(k0, k1)?;
    let deduction = universe.seal();
    check(&deduction, &[sealed, derived], &[sealed], &[derived], false);
    check(&deduction, &[sealed], &[k0], &[k1], false);
    check(&deduction, &[both], &[k0], &[k1], false);
    check(&deduction, &[derived, context], &[k0], &[k1], false);
    check(&deduction, &[derived], &[k0], &[k1], true);
    Ok(())
}

// Random frames.

/// A universe whose terms come in twos: each with the same term after a renaming of fresh names.
struct Mirrored {
    deduction: Deduction,
    terms: Vec<TermId>,
    renamed: Vec<TermId>,
}

impl Mirrored {
    /// Gives the terms at these positions, taken modulo the number of terms.
    fn frame(&self, positions: &[usize]) -> Vec<TermId> {
        at(&self.terms, positions)
    }

    /// Gives the renamed terms at these positions.
    fn renamed_frame(&self, positions: &[usize]) -> Vec<TermId> {
        at(&self.renamed, positions)
    }

    /// Gives those of the terms at these positions that the renaming leaves alone.
    fn constants(&self, positions: &[usize]) -> TermSet {
        let terms = self.frame(positions).into_iter();
        let same = terms.zip(self.renamed_frame(positions));
        same.filter(|(term, renamed)| term == renamed).map(|(term, _)| term).collect()
    }
}

fn at(terms: &[TermId], positions: &[usize]) -> Vec<TermId> {
    let term = |position: &usize| terms[position % terms.len()];
    positions.iter().map(term).collect()
}

const FRESH: [&str; 6] = ["k0", "k1", "k2", "k3", "r0", "r1"];

fn mirrored(renaming: &[usize], choices: &[Choice]) -> Mirrored {
    let mut universe = Universe::new();
    let mut both = Vec::new();
    for (position, label) in FRESH.iter().enumerate() {
        let name = universe.fresh_name(label);
        let renamed = universe.fresh_name(FRESH[renaming[position]]);
        both.extend(name.ok().zip(renamed.ok()));
    }
    for label in ["m0", "m1"] {
        let name = universe.meaningful_name(label);
        both.extend(name.ok().map(|name| (name, name)));
    }
    let mut publics = Vec::new();
    for (private, renamed) in both.clone() {
        let public = universe.public_key(private).ok();
        publics.extend(public.zip(universe.public_key(renamed).ok()));
    }
    both.extend(&publics);
    for choice in choices {
        let (constructor, first, second, third) = *choice;
        let parts = [first, second, third].map(|part| both[part % both.len()]);
        let public = publics[first % publics.len()];
        let built = apply(&mut universe, constructor, parts.map(|pair| pair.0), public.0);
        let renamed = apply(&mut universe, constructor, parts.map(|pair| pair.1), public.1);
        let pair = built.ok().zip(renamed.ok());
        publics.extend(pair.filter(|_| constructor == 0));
        both.extend(pair);
    }
    let (terms, renamed) = both.into_iter().unzip();
    Mirrored { deduction: universe.seal(), terms, renamed }
}

fn universes() -> impl Strategy<Value = Mirrored> {
    let renaming = Just((0..FRESH.len()).collect::<Vec<_>>()).prop_shuffle();
    let choices = proptest::collection::vec(choice(0..840), 1..12);
    (renaming, choices).prop_map(|(renaming, choices)| mirrored(&renaming, &choices))
}

fn positions(most: usize) -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0..840_usize, 0..=most)
}

impl std::fmt::Debug for Mirrored {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let universe = self.deduction.universe();
        let describe = |term: &TermId| universe.describe(*term);
        let both = self.terms.iter().zip(&self.renamed);
        let both = both.map(|(term, renamed)| (describe(term), describe(renamed)));
        formatter.debug_list().entries(both).finish()
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn equal_patterns_are_static_equivalence(
        universe in universes(),
        constants in positions(4),
        all_positions in positions(5),
        changed in (0..5_usize, 0..840_usize),
        rename in any::<bool>(),
    ) {
        let constants = set(&universe.frame(&constants));
        let left = universe.frame(&all_positions);
        let mut right = if rename { universe.renamed_frame(&all_positions) } else { left.clone() };
        if let Some(position) = right.get_mut(changed.0) {
            *position = universe.frame(&[changed.1])[0];
        }
        let deduction = &universe.deduction;
        let patterns = [&left, &right].map(|frame| render(deduction, &constants, frame));
        let equivalent = naive::equivalent(deduction.universe(), &constants, &left, &right);
        prop_assert_eq!(patterns[0] == patterns[1], equivalent, "{:?}", patterns);
    }

    #[test]
    fn short_frames_without_relation_agree_with_static_equivalence(
        universe in universes(),
        constants in positions(2),
        left in positions(2),
        right in positions(2),
    ) {
        let constants = set(&universe.frame(&constants));
        let [left, right] = [left, right].map(|positions| universe.frame(&positions));
        let deduction = &universe.deduction;
        let patterns = [&left, &right].map(|frame| render(deduction, &constants, frame));
        let equivalent = naive::equivalent(deduction.universe(), &constants, &left, &right);
        prop_assert_eq!(patterns[0] == patterns[1], equivalent, "{:?}", patterns);
    }

    #[test]
    fn renaming_fresh_names_keeps_the_pattern(
        universe in universes(), constants in positions(6), frame in positions(8),
    ) {
        let constants = universe.constants(&constants);
        let [left, right] = [universe.frame(&frame), universe.renamed_frame(&frame)];
        let deduction = &universe.deduction;
        let pattern = render(deduction, &constants, &left);
        prop_assert_eq!(pattern, render(deduction, &constants, &right));
        prop_assert!(naive::equivalent(deduction.universe(), &constants, &left, &right));
    }

    #[test]
    fn the_pattern_of_a_beginning_is_the_beginning_of_the_pattern(
        universe in universes(), constants in positions(4), frame in positions(8),
    ) {
        let constants = set(&universe.frame(&constants));
        let frame = universe.frame(&frame);
        let deduction = &universe.deduction;
        let knowledge = deduction.close(constants.union(set(&frame)));
        let whole = deduction.pattern(&constants, &knowledge, &frame);
        for length in 0..=frame.len() {
            let beginning = deduction.pattern(&constants, &knowledge, &frame[..length]);
            prop_assert!(beginning.is_prefix_of(&whole));
        }
    }

    #[test]
    fn more_constants_never_hide_a_difference(
        universe in universes(),
        fewer in positions(2),
        more in positions(3),
        frames in (positions(3), positions(3)),
    ) {
        let fewer = set(&universe.frame(&fewer));
        let more = fewer.union(set(&universe.frame(&more)));
        let [left, right] = [frames.0, frames.1].map(|positions| universe.frame(&positions));
        let same = |constants| {
            let deduction = &universe.deduction;
            render(deduction, constants, &left) == render(deduction, constants, &right)
        };
        prop_assert!(same(&fewer) || !same(&more));
    }
}

#[test]
fn a_signature_brings_its_public_key_and_an_encapsulation_its_secret() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [private, seed] = [universe.fresh_name("k")?, universe.fresh_name("s")?];
    universe.sign(private, seed)?;
    let public = universe.public_key(private)?;
    assert_eq!(universe.len(), 4);
    universe.kem_cipher(public, seed)?;
    assert!(universe.find(Term::KemSecret { public, seed }).is_some());
    Ok(())
}
