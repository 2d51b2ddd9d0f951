//! What follows from what: the classical cases by hand, against the compiled clauses and their slow twin.

use std::thread;

use mailcover_model::deduction::{
    ClosureMemo, Deduction, Derivation, ReplayError, Rule, Side, Step, TermSet, naive,
};
use mailcover_model::term::{Constructor, MAX_TERMS, Term, TermError, TermId, Universe};

fn set(terms: &[TermId]) -> TermSet {
    terms.iter().copied().collect()
}

/// Asserts whether the target follows, by closure, by derivation with replay, and by the twin.
fn check(deduction: &Deduction, known: &[TermId], target: TermId, follows: bool) {
    let universe = deduction.universe();
    let question = format!("{} from {known:?}", universe.describe(target));
    let closed = deduction.close(set(known));
    assert_eq!(closed.contains(target), follows, "closure: {question}");
    let derivation = deduction.derive(set(known), target);
    assert_eq!(derivation.is_some(), follows, "derivation: {question}");
    if let Some(derivation) = derivation {
        assert_eq!(derivation.term, target);
        assert_eq!(deduction.replay(&set(known), &derivation), Ok(()));
    }
    let twin = naive::close(universe, &known.iter().copied().collect());
    assert_eq!(twin.contains(&target), follows, "twin: {question}");
}

// The classical cases.

#[test]
fn a_body_follows_from_its_ciphertext_only_with_the_private_key() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let private = universe.fresh_name("ek_b")?;
    let other = universe.fresh_name("ek_c")?;
    let body = universe.meaningful_name("m0")?;
    let nonce = universe.fresh_name("r")?;
    let public = universe.public_key(private)?;
    let cipher = universe.aenc(public, body, nonce)?;
    let deduction = universe.seal();
    check(&deduction, &[cipher, public, nonce, other], body, false);
    check(&deduction, &[cipher, private], body, true);
    check(&deduction, &[cipher, private], nonce, false);
    check(&deduction, &[public], private, false);
    Ok(())
}

#[test]
fn hybrid_encryption_opens_from_the_outside_in() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let private = universe.fresh_name("ek_b")?;
    let session = universe.fresh_name("k")?;
    let body = universe.meaningful_name("m0")?;
    let [outer, inner] = [universe.fresh_name("r0")?, universe.fresh_name("r1")?];
    let public = universe.public_key(private)?;
    let wrapped = universe.aenc(public, session, outer)?;
    let sealed = universe.senc(session, body, inner)?;
    let message = universe.pair(wrapped, sealed)?;
    let deduction = universe.seal();
    check(&deduction, &[message, public], body, false);
    check(&deduction, &[sealed, private], body, false);
    check(&deduction, &[message, private], body, true);
    check(&deduction, &[sealed, session], body, true);

    let derivation = deduction.derive(set(&[message, private]), body);
    let lines = derivation.map(|derivation| derivation.explain(deduction.universe()));
    let expected = [
        "(aenc(pk(ek_b), k; r0), senc(k, m0; r1)): seen",
        "senc(k, m0; r1): taken from the right of the pair, from (aenc(pk(ek_b), k; r0), senc(k, m0; r1))",
        "aenc(pk(ek_b), k; r0): taken from the left of the pair, from (aenc(pk(ek_b), k; r0), senc(k, m0; r1))",
        "ek_b: seen",
        "k: decrypted, from aenc(pk(ek_b), k; r0), ek_b",
        "m0: decrypted with the shared key, from senc(k, m0; r1), k",
    ];
    assert_eq!(lines.as_deref(), Some(&expected.map(str::to_owned)[..]));
    Ok(())
}

#[test]
fn a_signature_gives_away_neither_message_nor_key_and_needs_both() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let private = universe.fresh_name("sk_a")?;
    let body = universe.meaningful_name("m0")?;
    let signature = universe.sign(private, body)?;
    let public = universe.find(Term::PublicKey(private));
    let deduction = universe.seal();
    let public = public.expect("a signature brings the key that checks it");
    check(&deduction, &[signature, public], body, false);
    check(&deduction, &[signature, body], private, false);
    check(&deduction, &[public, body], signature, false);
    check(&deduction, &[private, body], signature, true);
    Ok(())
}

#[test]
fn an_encapsulated_secret_follows_for_both_ends_and_nobody_else() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let private = universe.fresh_name("kem_b")?;
    let seed = universe.fresh_name("s")?;
    let public = universe.public_key(private)?;
    let cipher = universe.kem_cipher(public, seed)?;
    let secret = universe.kem_secret(public, seed)?;
    let deduction = universe.seal();
    check(&deduction, &[cipher, public], secret, false);
    check(&deduction, &[cipher, private], secret, true);
    check(&deduction, &[cipher, private], seed, false);
    check(&deduction, &[seed, public], secret, true);
    check(&deduction, &[seed, public], cipher, true);
    check(&deduction, &[secret, public], cipher, false);
    Ok(())
}

#[test]
fn a_chain_of_derived_keys_only_goes_forward() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let context = universe.meaningful_name("next")?;
    let mut chain = vec![universe.fresh_name("k0")?];
    for step in 0..20 {
        chain.push(universe.kdf(chain[step], context)?);
    }
    let deduction = universe.seal();
    for held in 0..chain.len() {
        for wanted in 0..chain.len() {
            let known = [context, chain[held]];
            let closed = deduction.close(set(&known));
            assert_eq!(closed.contains(chain[wanted]), held <= wanted);
        }
    }
    check(&deduction, &[chain[0]], chain[1], false);
    Ok(())
}

#[test]
fn hashes_and_codes_are_recomputed_but_not_undone() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let key = universe.fresh_name("k")?;
    let body = universe.meaningful_name("m0")?;
    let hash = universe.hash(body)?;
    let code = universe.mac(key, body)?;
    let deduction = universe.seal();
    check(&deduction, &[hash], body, false);
    check(&deduction, &[body], hash, true);
    check(&deduction, &[code, key], body, false);
    check(&deduction, &[code, body], key, false);
    check(&deduction, &[key, body], code, true);
    Ok(())
}

#[test]
fn keys_may_be_composed_before_they_open() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [root, nonce] = [universe.fresh_name("root")?, universe.fresh_name("r")?];
    let body = universe.meaningful_name("m0")?;
    let message_key = universe.kdf(root, body)?;
    let twin_half = universe.pair(root, root)?;
    let key = universe.mac(message_key, twin_half)?;
    let secret = universe.fresh_name("secret")?;
    let cipher = universe.senc(key, secret, nonce)?;
    let deduction = universe.seal();
    check(&deduction, &[cipher, root], secret, false);
    check(&deduction, &[cipher, root, body], secret, true);
    Ok(())
}

// The universe.

#[test]
fn a_term_is_held_once_and_described_in_functional_notation() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let private = universe.fresh_name("ek_b")?;
    let body = universe.meaningful_name("m0")?;
    let nonce = universe.fresh_name("r")?;
    let public = universe.public_key(private)?;
    let cipher = universe.aenc(public, body, nonce)?;
    let size = universe.len();
    assert_eq!(universe.fresh_name("ek_b")?, private);
    assert_eq!(universe.aenc(public, body, nonce)?, cipher);
    assert_eq!(universe.len(), size);
    let signature = universe.sign(private, cipher)?;
    let code = universe.mac(nonce, signature)?;
    let described = universe.describe(code);
    assert_eq!(described, "mac(r, sign(ek_b, aenc(pk(ek_b), m0; r)))");
    Ok(())
}

#[test]
fn a_universe_refuses_what_it_cannot_hold() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let name = universe.fresh_name("k")?;
    let given = "k".to_owned();
    let not_a_key = Err(TermError::NotAPublicKey { given });
    assert_eq!(universe.aenc(name, name, name), not_a_key);
    assert_eq!(universe.kem_secret(name, name), not_a_key);
    assert_eq!(universe.kem_cipher(name, name), not_a_key);
    let taken = universe.meaningful_name("k").map_err(|error| error.to_string());
    let advice = "the name `k` already exists and is fresh; choose another label";
    assert_eq!(taken, Err(advice.to_owned()));

    let mut last = name;
    for _ in 1..MAX_TERMS {
        last = universe.hash(last)?;
    }
    assert_eq!(universe.hash(last), Err(TermError::Full));
    assert_eq!(universe.fresh_name("late"), Err(TermError::Full));
    assert_eq!(universe.fresh_name("k"), Ok(name));
    let mut small = Universe::new();
    let foreign = TermError::Foreign { index: MAX_TERMS - 1, size: 0 };
    assert_eq!(small.hash(last), Err(foreign));
    assert_eq!(small.describe(last), format!("?{}", MAX_TERMS - 1));

    let deduction = universe.seal();
    assert_eq!(deduction.close(set(&[name])).len(), MAX_TERMS);
    let derivation = deduction.derive(set(&[name]), last);
    assert_eq!(derivation.map(|it| it.steps().len()), Some(MAX_TERMS));
    let nothing = small.seal();
    assert_eq!(nothing.close(set(&[last])), set(&[last]));
    Ok(())
}

#[test]
fn shared_parts_cost_no_more_than_once() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let seed = universe.fresh_name("k")?;
    let mut last = seed;
    for _ in 0..200 {
        last = universe.pair(last, last)?;
    }
    assert!(universe.describe(last).len() < 5_000);
    let deduction = universe.seal();
    let derivation = deduction.derive(set(&[seed]), last);
    let derivation = derivation.expect("a pair follows from its halves");
    assert_eq!(derivation.steps().len(), 201);
    assert_eq!(deduction.replay(&set(&[seed]), &derivation), Ok(()));
    Ok(())
}

// Replay refuses what is no proof.

#[test]
fn replay_refuses_forged_steps() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let [key, other] = [universe.fresh_name("k")?, universe.fresh_name("k2")?];
    let body = universe.meaningful_name("m0")?;
    let nonce = universe.fresh_name("r")?;
    let cipher = universe.senc(key, body, nonce)?;
    let pair = universe.pair(cipher, other)?;
    let public = universe.public_key(key)?;
    let letter = universe.aenc(public, body, nonce)?;
    let parcel = universe.kem_cipher(public, nonce)?;
    let secret = universe.kem_secret(public, nonce)?;
    let deduction = universe.seal();
    let known = set(&[pair, cipher, other, letter, parcel]);
    let seen = |term| Derivation { term, by: Step::Seen };
    let step = |term, rule, from: &[TermId]| Derivation {
        term,
        by: Step::Rule { rule, from: from.iter().map(|term| seen(*term).into()).collect() },
    };
    let unseen = deduction.replay(&known, &seen(body));
    assert!(matches!(unseen, Err(ReplayError::NotSeen { .. })));
    let compose = |constructor| Rule::Compose(constructor);
    let forgeries = [
        step(body, Rule::OpenSymmetric, &[cipher, other]),
        step(body, Rule::OpenSymmetric, &[cipher]),
        step(body, Rule::OpenSymmetric, &[]),
        step(body, Rule::Decrypt, &[cipher, other]),
        step(body, Rule::Decapsulate, &[cipher, other]),
        step(nonce, Rule::OpenSymmetric, &[cipher, key]),
        step(body, Rule::Decrypt, &[letter, other]),
        step(body, Rule::Decrypt, &[letter, public]),
        step(nonce, Rule::Decrypt, &[letter, key]),
        step(secret, Rule::Decapsulate, &[parcel, other]),
        step(secret, Rule::Decapsulate, &[parcel, public]),
        step(nonce, Rule::Decapsulate, &[parcel, key]),
        step(other, Rule::Unpair(Side::Left), &[pair]),
        step(cipher, Rule::Unpair(Side::Right), &[pair]),
        step(pair, compose(Constructor::Pair), &[other, cipher]),
        step(pair, compose(Constructor::Kdf), &[cipher, other]),
        step(body, compose(Constructor::Pair), &[cipher, other]),
    ];
    for forgery in forgeries {
        let refusal = deduction.replay(&known, &forgery);
        assert!(matches!(refusal, Err(ReplayError::DoesNotFollow { .. })), "{forgery:?}");
    }
    let genuine = step(cipher, Rule::Unpair(Side::Left), &[pair]);
    assert_eq!(deduction.replay(&known, &genuine), Ok(()));
    Ok(())
}

#[test]
fn the_memo_is_shared_between_threads_and_changes_nothing() -> Result<(), TermError> {
    let mut universe = Universe::new();
    let names: Result<Vec<_>, _> = (0..6).map(|n| universe.fresh_name(&n.to_string())).collect();
    let names = names?;
    for left in &names {
        for right in &names {
            universe.pair(*left, *right)?;
        }
    }
    let memo = ClosureMemo::new(universe.seal());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for name in &names {
                    let known = set(&[*name, names[0]]);
                    assert_eq!(memo.close(known), memo.deduction().close(known));
                }
            });
        }
    });
    Ok(())
}
