//! Three cryptographers dine, and one of them, or their employer, has paid.
//!
//! D. Chaum, *The dining cryptographers problem*, 1988. Each tosses a coin that the neighbour to the
//! right sees too, and announces whether the two coins in view differ; who has paid announces the
//! opposite. The number of announcements "they differ" is odd exactly if one of the three has paid.
//!
//! Left out: more than three, so that every pair are neighbours.

use mailcover_checker::{
    ClassTable, Epistemic, Evaluator, Evidence, Exploration, Formula, Graph, Limits, Outcome, ag, and, atom,
    common, explore, implies, knows, not, or,
};
use stateright::Model;

struct Dinner;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Table {
    payer: Option<usize>,
    coins: [Option<bool>; 3],
    said: [Option<bool>; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Turn {
    Toss(usize, bool),
    Say(usize),
}

impl Model for Dinner {
    type State = Table;
    type Action = Turn;

    fn init_states(&self) -> Vec<Table> {
        let payers = [None, Some(0), Some(1), Some(2)];
        payers.map(|payer| Table { payer, coins: [None; 3], said: [None; 3] }).to_vec()
    }

    fn actions(&self, _: &Table, turns: &mut Vec<Turn>) {
        for who in 0..3 {
            turns.extend([Turn::Toss(who, false), Turn::Toss(who, true), Turn::Say(who)]);
        }
    }

    fn next_state(&self, table: &Table, turn: Turn) -> Option<Table> {
        let mut next = *table;
        match turn {
            Turn::Toss(who, side) if table.coins[who].is_none() => next.coins[who] = Some(side),
            Turn::Say(who) if table.said[who].is_none() && tossed(table) => {
                let differ = table.coins[who] != table.coins[(who + 2) % 3];
                next.said[who] = Some(differ != (table.payer == Some(who)));
            }
            _ => return None,
        }
        Some(next)
    }
}

impl Epistemic for Dinner {
    type Observer = usize;
    /// The two coins in view, all announcements, and whether one has paid oneself.
    type View = ([Option<bool>; 2], [Option<bool>; 3], bool);

    fn view(&self, who: usize, table: &Table) -> Self::View {
        let coins = [table.coins[who], table.coins[(who + 2) % 3]];
        (coins, table.said, table.payer == Some(who))
    }
}

fn tossed(table: &Table) -> bool {
    table.coins.iter().all(Option::is_some)
}

fn over(table: &Table) -> bool {
    table.said.iter().all(Option::is_some)
}

fn one_of_us(table: &Table) -> bool {
    table.payer.is_some()
}

fn paid(who: usize) -> impl Fn(&Table) -> bool {
    move |table| table.payer == Some(who)
}

fn dine() -> Exploration<Table> {
    explore(&Dinner, &Limits::default(), &mut |_| {})
}

#[test]
fn a_dinner_has_332_states() {
    // Up to three tosses in any order, then up to three announcements in any order.
    let layers = [4, 4 * 3 * 2, 4 * 3 * 4, 4 * 8, 32 * 3, 32 * 3, 32];
    assert_eq!(dine().layers(), layers);
    assert_eq!(dine().unique_states(), 332);
}

#[test]
fn nobody_else_ever_knows_who_paid() {
    let found = dine();
    for payer in 0..3 {
        let fact = paid(payer);
        for other in (0..3).filter(|other| *other != payer) {
            let table = ClassTable::build(&Dinner, &found, &[other], &[&fact], None).unwrap();
            assert_eq!(table.never_known(0).unwrap().outcome, Outcome::Holds);
        }
        let table = ClassTable::build(&Dinner, &found, &[payer], &[&fact], None).unwrap();
        assert_eq!(table.known(0).unwrap().outcome, Outcome::Holds);
    }
}

#[test]
fn everybody_knows_in_the_end_whether_one_of_them_paid() {
    let found = dine();
    let (yes, no) = (one_of_us, |table: &Table| !one_of_us(table));
    for who in 0..3 {
        let table = |matters| ClassTable::build(&Dinner, &found, &[who], &[&yes, &no], matters);
        let in_the_end = table(Some(&over)).unwrap();
        assert_eq!(in_the_end.known(0).unwrap().outcome, Outcome::Holds);
        assert_eq!(in_the_end.known(1).unwrap().outcome, Outcome::Holds);
        // Before that the two who have not paid cannot tell.
        assert_eq!(table(None).unwrap().known(0).unwrap().outcome, Outcome::Violated);
    }
}

#[test]
fn two_who_pool_their_views_find_out_the_third() {
    let found = dine();
    for third in 0..3 {
        let fact = paid(third);
        let pair = [(third + 1) % 3, (third + 2) % 3];
        let table = ClassTable::build(&Dinner, &found, &pair, &[&fact], None).unwrap();
        let answer = table.never_known(0).unwrap();
        let Evidence::Class { run, size } = answer.evidence else { panic!("no class") };
        // The pair see all three coins, so the announcement of the third one gives it away.
        assert_eq!((answer.outcome, size), (Outcome::Violated, 1));
        assert_eq!(run.len(), 4);
        let in_the_end = ClassTable::build(&Dinner, &found, &pair, &[&fact], Some(&over)).unwrap();
        assert_eq!(in_the_end.known(0).unwrap().outcome, Outcome::Holds);
    }
}

#[test]
fn the_parity_is_common_knowledge() {
    let found = dine();
    let graph = Graph::build(&Dinner, &found).unwrap();
    let mut evaluator = Evaluator::new(&Dinner, &found, &graph).unwrap();
    let all = [0, 1, 2];
    let mut everywhere = |formula: Formula<Dinner>| evaluator.holds_initially(&formula);
    let over = || atom("over", over);
    let one = || atom("one of us paid", one_of_us);
    let told = or(common(&all, one()), common(&all, not(one())));
    assert!(everywhere(ag(implies(over(), told.clone()))));
    assert!(!everywhere(ag(told)));
    let payer_is_known = common(&all, or(atom("0 paid", paid(0)), atom("1 paid", paid(1))));
    assert!(everywhere(ag(not(payer_is_known))));
    // That a payer knows of the payment is itself known, though not whose knowledge it is.
    let knows_of_self = |who| knows(who, atom(format!("{who} paid"), paid(who)));
    let some_payer_knows = or(knows_of_self(0), or(knows_of_self(1), knows_of_self(2)));
    assert!(everywhere(ag(implies(one(), some_payer_knows.clone()))));
    assert!(everywhere(ag(implies(and(over(), one()), common(&all, some_payer_knows)))));
    assert!(everywhere(ag(not(knows(1, knows_of_self(0))))));
}
