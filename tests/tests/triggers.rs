//! **Whatever makes a design's clients ask, every row has its innocent cause within the scope of a claim.**
//!
//! `imessage-2016` with each set of lookup triggers from which anybody could learn a first key. What each claim's verdict
//! must be follows from the triggers alone, and is stated here without any search; the scope has to give just that. Where
//! a scope with every bound raised is small enough, it has to give the same. By default a sample of the sets is checked,
//! in a thorough run (`MAILCOVER_THOROUGH=1`) all of them.

use Trigger::{Contact, Receive, Refresh, Send, Type};
use enumset::EnumSet;
use mailcover_checker::Limits;
use mailcover_model::design::{Design, Trigger};
use mailcover_model::widening::{Respect, Widening};
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::Verdict;
use mailcover_tests::{cells, thorough};
use std::sync::Arc;

/// A claim, to whom it is put, and the verdict that follows from the triggers.
type Follows = (&'static str, &'static str, fn(EnumSet<Trigger>) -> Verdict);

/// The claims about what the query log shows.
const CLAIMS: [Follows; 7] = [
    ("query-proves-no-communication", "query-log", |_| Verdict::Holds),
    ("logs-together", "logs-together", |_| Verdict::Holds),
    ("silence-proves-nothing", "query-log", |_| Verdict::Holds),
    ("query-proves-no-attempt", "query-log", |asks| holds_if(!asks.is_disjoint(Type | Contact))),
    ("query-proves-no-typing", "query-log", |asks| holds_if(!rows_come_of_typing(asks))),
    ("device-place-unknown", "query-log", |_| Verdict::Violated),
    ("person-place-unknown", "query-log", |asks| holds_if(!asks.is_disjoint(Refresh | Receive))),
];

const fn holds_if(condition: bool) -> Verdict {
    if condition { Verdict::Holds } else { Verdict::Violated }
}

/// Whether some row can come of typing alone, or of what somebody's typing made possible.
///
/// Where only typing begins, the first row ever is somebody's typing, and each other comes of that. Where picking a name
/// begins as well, it has both of Bob's addresses looked up at once; a row about one of them alone is somebody's typing,
/// unless the answer about one can be renewed without the other's, by refreshing, sending or receiving.
fn rows_come_of_typing(asks: EnumSet<Trigger>) -> bool {
    let only_typing_begins = asks.contains(Type) && asks.is_disjoint(Contact | Send);
    only_typing_begins || asks == (Type | Contact)
}

/// A sample, or all sets of triggers that a design may have.
fn sets() -> Vec<EnumSet<Trigger>> {
    if !thorough() {
        return vec![
            Type | Receive,
            Type | Contact,
            Send | Receive,
            Contact | Send | Receive,
            Type | Send | Refresh,
        ];
    }
    let all = (0..32).map(EnumSet::<Trigger>::from_u32_truncated);
    all.filter(|set| !set.is_disjoint(Type | Contact | Send)).collect()
}

fn cells_with(asks: EnumSet<Trigger>) -> Vec<Cell> {
    let mut design = Design::clone(&cells::design("imessage-2016"));
    design.directory.lookup_on = asks;
    let all = Cell::all(&Arc::new(design));
    let one = |(claim, adversary, _): &(&str, &str, _)| {
        let wanted = |cell: &&Cell| cell.claim.id == *claim && cell.question().adversary == *adversary;
        all.iter().find(wanted).cloned().unwrap_or_else(|| panic!("there is no {claim} put to {adversary}"))
    };
    CLAIMS.iter().map(one).collect()
}

/// What is not as it follows from the triggers, and how many cells were decided.
fn disagreements(options: &Options) -> (Vec<String>, usize) {
    let (mut wrong, mut decided) = (Vec::new(), 0);
    for asks in sets() {
        let cells = cells_with(asks);
        for ((cell, finding), (.., follows)) in cells.iter().zip(check(&cells, options, &|_| {})).zip(CLAIMS)
        {
            if finding.verdict == Verdict::Inconclusive && options.limits.max_states.is_some() {
                continue;
            }
            decided += 1;
            if finding.verdict != follows(asks) {
                wrong.push(format!("{asks:?}: {}: {} ({})", cell.claim.id, finding.verdict, finding.reason));
            }
        }
    }
    (wrong, decided)
}

#[test]
fn every_set_of_triggers_gives_the_verdict_that_follows_from_it() {
    let (wrong, decided) = disagreements(&Options { threads: 2, ..Options::default() });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(decided, sets().len() * CLAIMS.len());
}

/// The most states of a wider scope that is explored. A cell that is not decided within them is not compared.
const MOST: usize = 1_250_000;

/// How many cells are small enough for that at the least.
const TESTED: usize = 3;

#[test]
fn a_wider_scope_gives_no_other_verdict() {
    let limits = Limits { max_states: Some(MOST), ..Limits::default() };
    let widening = Widening { by: 1, respects: Respect::Run.into() };
    let (wrong, decided) = disagreements(&Options { threads: 2, widening, limits, ..Options::default() });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(decided >= TESTED, "only {decided} wider scopes were small enough");
}
