//! **The slow twin of patterns: static equivalence by its definition.**
//!
//! A recipe is something that an observer can compute from its constants and from positions of
//! its frame. Two frames are equivalent if the same recipes work in both, and any two recipes
//! give equal results in the one exactly if they do in the other. Here all recipes are tried on
//! both frames side by side, and the pairs of their results must form a bijection.
//!
//! Recipes are infinitely many, so one that puts terms together is tried only if its result in
//! one of the frames is a term of the universe. Any other result is equal to nothing but a result
//! put together alike from equal parts, and fits no ciphertext as its key.
//!
//! Nothing is shared with the rendering of patterns or with deduction: knowledge is not even
//! asked for. The cost is cubic and worse; it is meant for tests.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::deduction::TermSet;
use crate::term::{Constructor, Term, TermId, Universe};

/// A term in full, which need not belong to the universe.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Tree {
    Name { label: u16, meaningful: bool },
    Node(Constructor, Rc<[Tree]>),
}

/// Says whether an observer with these constants cannot tell the two frames apart.
///
/// Ids that are out of range in the universe make frames differ.
pub fn equivalent(universe: &Universe, constants: &TermSet, left: &[TermId], right: &[TermId]) -> bool {
    let seen = constants.iter().map(|id| (id, id));
    let seen = seen.chain(left.iter().copied().zip(right.iter().copied()));
    let mut results = Results::default();
    let all_added = seen
        .map(|(left, right)| Some((tree(universe, left)?, tree(universe, right)?)))
        .all(|pair| pair.is_some_and(|(left, right)| results.add(left, right)));
    let terms: Vec<_> = universe.ids().filter_map(|id| tree(universe, id)).collect();
    left.len() == right.len() && all_added && results.saturate(&terms)
}

fn tree(universe: &Universe, id: TermId) -> Option<Tree> {
    let term = universe.term(id)?;
    match (term, term.constructor()) {
        (Term::Name { label, meaningful }, _) => Some(Tree::Name { label, meaningful }),
        (_, Some(constructor)) => {
            let parts: Option<_> = term.parts().iter().map(|part| tree(universe, *part)).collect();
            Some(Tree::Node(constructor, parts?))
        }
        _ => None,
    }
}

/// What the recipes that were tried gave on the left and on the right.
#[derive(Default)]
struct Results {
    rightward: BTreeMap<Tree, Tree>,
    leftward: BTreeMap<Tree, Tree>,
}

impl Results {
    /// Notes a recipe's two results; `false` if they tell the frames apart.
    fn add(&mut self, left: Tree, right: Tree) -> bool {
        let speaks = |tree: &Tree| matches!(tree, Tree::Name { meaningful, .. } if *meaningful);
        if (speaks(&left) || speaks(&right)) && left != right {
            return false;
        }
        let fits_rightward = self.rightward.get(&left).is_none_or(|old| *old == right);
        let fits_leftward = self.leftward.get(&right).is_none_or(|old| *old == left);
        if fits_rightward && fits_leftward {
            self.rightward.insert(left.clone(), right.clone());
            self.leftward.insert(right, left);
        }
        fits_rightward && fits_leftward
    }

    /// Tries recipes until nothing new comes; `false` if one tells the frames apart.
    fn saturate(&mut self, terms: &[Tree]) -> bool {
        loop {
            let before = self.rightward.len();
            if !(self.take_apart() && self.check_signatures() && self.put_together(terms)) {
                return false;
            }
            if self.rightward.len() == before {
                return true;
            }
        }
    }

    fn take_apart(&mut self) -> bool {
        let known: Vec<_> = self.rightward.clone().into_iter().collect();
        known.iter().all(|(whole_left, whole_right)| {
            known.iter().all(|(key_left, key_right)| {
                DESTRUCTORS.iter().all(|destructor| {
                    let left = destructor(whole_left, key_left);
                    let right = destructor(whole_right, key_right);
                    match (left, right) {
                        (Some(left), Some(right)) => self.add(left, right),
                        (None, None) => true,
                        _ => false,
                    }
                })
            })
        })
    }

    fn check_signatures(&self) -> bool {
        self.rightward.iter().all(|(signature_left, signature_right)| {
            self.rightward.iter().all(|(public_left, public_right)| {
                self.rightward.iter().all(|(message_left, message_right)| {
                    verifies(signature_left, public_left, message_left)
                        == verifies(signature_right, public_right, message_right)
                })
            })
        })
    }

    fn put_together(&mut self, terms: &[Tree]) -> bool {
        terms.iter().all(|term| {
            let rightward = image(term, &self.rightward);
            let leftward = image(term, &self.leftward);
            rightward.is_none_or(|right| self.add(term.clone(), right))
                && leftward.is_none_or(|left| self.add(left, term.clone()))
        })
    }
}

/// Applies a term's constructor to the images of its parts, if all of them have one.
fn image(term: &Tree, images: &BTreeMap<Tree, Tree>) -> Option<Tree> {
    let Tree::Node(constructor, parts) = term else {
        return None;
    };
    let parts: Option<_> = parts.iter().map(|part| images.get(part).cloned()).collect();
    Some(Tree::Node(*constructor, parts?))
}

/// A function of two terms, of which it may ignore the second.
type Destructor = fn(&Tree, &Tree) -> Option<Tree>;

const DESTRUCTORS: [Destructor; 5] = [first_of_pair, second_of_pair, decrypt, open_symmetric, decapsulate];

// first((x, y)) = x
fn first_of_pair(whole: &Tree, _: &Tree) -> Option<Tree> {
    parts_of(whole, Constructor::Pair)?.first().cloned()
}

// second((x, y)) = y
fn second_of_pair(whole: &Tree, _: &Tree) -> Option<Tree> {
    parts_of(whole, Constructor::Pair)?.get(1).cloned()
}

// decrypt(aenc(pk(k), m; r), k) = m
fn decrypt(whole: &Tree, key: &Tree) -> Option<Tree> {
    match parts_of(whole, Constructor::Aenc)? {
        [public, plaintext, _] if is_public_key_of(public, key) => Some(plaintext.clone()),
        _ => None,
    }
}

// open(senc(k, m; r), k) = m
fn open_symmetric(whole: &Tree, key: &Tree) -> Option<Tree> {
    match parts_of(whole, Constructor::Senc)? {
        [used, plaintext, _] if used == key => Some(plaintext.clone()),
        _ => None,
    }
}

// decapsulate(kem_cipher(pk(k), s), k) = kem_secret(pk(k), s)
fn decapsulate(whole: &Tree, key: &Tree) -> Option<Tree> {
    match parts_of(whole, Constructor::KemCipher)? {
        parts @ [public, _] if is_public_key_of(public, key) => {
            Some(Tree::Node(Constructor::KemSecret, parts.into()))
        }
        _ => None,
    }
}

// verifies(sign(k, m), pk(k), m) = true
fn verifies(signature: &Tree, public: &Tree, message: &Tree) -> bool {
    match parts_of(signature, Constructor::Sign) {
        Some([private, signed]) => is_public_key_of(public, private) && signed == message,
        _ => false,
    }
}

fn parts_of(tree: &Tree, constructor: Constructor) -> Option<&[Tree]> {
    match tree {
        Tree::Node(used, parts) if *used == constructor => Some(parts),
        _ => None,
    }
}

fn is_public_key_of(public: &Tree, private: &Tree) -> bool {
    parts_of(public, Constructor::PublicKey).is_some_and(|parts| parts == [private.clone()])
}
