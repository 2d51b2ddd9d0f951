//! **The frontier found in one search is the one found by searching every party.**

use enumset::{EnumSet, enum_set};
use mailcover_model::design::{Capability, ObserverName};
use mailcover_properties::check::{Cell, Options};
use mailcover_properties::finding::Verdict;
use mailcover_properties::frontier::{Because, Frontier, Party, Way, by_brute_force, frontier};
use mailcover_tests::cells;

/// The claim's first question, in the design.
fn cell(design: &str, claim: &str) -> Cell {
    let design = cells::design(design);
    let all = Cell::all(&design);
    let found = all.into_iter().find(|cell| cell.claim.id == claim);
    found.unwrap_or_else(|| panic!("{} has no claim {claim}", design.name))
}

fn options() -> Options {
    Options { threads: 2, ..Options::default() }
}

fn found(cell: &Cell, ground: &Party) -> Frontier {
    frontier(cell, ground, &options(), &|_| {}).unwrap_or_else(|error| panic!("{}: {error}", cell.claim.id))
}

/// Parties by their powers, in an order of their own.
fn sorted<'a>(parties: impl Iterator<Item = &'a Party>) -> Vec<String> {
    let mut all: Vec<String> = parties
        .map(|party| {
            let eyes: Vec<String> = party.observers.iter().map(ObserverName::name).collect();
            format!("{:?} {eyes:?}", party.capabilities)
        })
        .collect();
    all.sort();
    all
}

fn breaking(frontier: &Frontier) -> Vec<String> {
    sorted(frontier.breaking.iter().map(|one| &one.party))
}

/// The largest parties that do not break the claim, each with its states.
fn sparing(frontier: &Frontier) -> Vec<(String, Option<usize>)> {
    let mut all: Vec<(String, Option<usize>)> = frontier
        .sparing
        .iter()
        .map(|one| (sorted(std::iter::once(&one.party)).remove(0), one.states))
        .collect();
    all.sort();
    all
}

/// One search and every search agree, on parties and on the states of each.
fn agree(
    design: &str,
    claim: &str,
    capabilities: EnumSet<Capability>,
    observers: &[ObserverName],
) -> Frontier {
    let cell = cell(design, claim);
    let ground = Party { capabilities, observers: observers.to_vec() };
    let once = found(&cell, &ground);
    assert_eq!(once.way, Way::Once, "{claim}");
    let brute = by_brute_force(&cell, &ground, &options()).unwrap_or_else(|error| panic!("{claim}: {error}"));
    assert_eq!(breaking(&once), breaking(&brute), "{claim}");
    for ((party, states), (same, all)) in sparing(&once).into_iter().zip(sparing(&brute)) {
        assert_eq!(
            (&party, states.or(all)),
            (&same, all),
            "{claim}: where it was searched, the states are those of a search"
        );
    }
    assert_eq!(once.sparing.len(), brute.sparing.len(), "{claim}");
    assert!(brute.searches > 1, "{claim}: {} and {}", once.states, brute.states);
    once
}

#[test]
fn one_search_finds_what_a_search_for_each_party_finds() {
    use Capability::{AddKey, Inject, InjectOnWire, SwapKey};
    use ObserverName::{Carrier, Network, ProviderLive};
    let texted = agree("imessage-2016", "sms-content-secret", EnumSet::empty(), &[Carrier, Network]);
    assert_eq!(texted.breaking.len(), 1, "the carrier alone");
    let twice = agree("imessage-2016", "sender-authentic-once", enum_set!(Inject | InjectOnWire), &[Network]);
    assert_eq!(twice.breaking.len(), 1, "handing it over again");
    if mailcover_tests::thorough() {
        let forged = agree("imessage-2016", "sender-authentic", enum_set!(AddKey | SwapKey | Inject), &[]);
        assert_eq!(forged.breaking.len(), 2, "a key of one's own, by either way, and handing messages over");
        let keys = enum_set!(AddKey | SwapKey);
        let secret = agree("imessage-2016", "content-secret", keys, &[ProviderLive, Network]);
        assert_eq!(secret.breaking.len(), 2, "whoever runs the servers reads what is encrypted for its key");
    }
}

/// What was disclosed to the investigator is so or not whoever is asked about: nobody has to look for the claim to be broken.
#[test]
fn what_was_disclosed_was_disclosed_whoever_looks() {
    use Capability::{DiscloseWithoutOrder, ProviderOrders};
    for (claim, power) in [
        ("order-keeps-to-its-target", ProviderOrders),
        ("no-order-no-disclosure", DiscloseWithoutOrder),
        ("disclosure-within-order", DiscloseWithoutOrder),
    ] {
        let (cell, observers) =
            (cell("imessage-2016", claim), vec![ObserverName::Investigator, ObserverName::ProviderStore]);
        let ground = Party { capabilities: power.into(), observers };
        let frontier = found(&cell, &ground);
        let brute =
            by_brute_force(&cell, &ground, &options()).unwrap_or_else(|error| panic!("{claim}: {error}"));
        assert_eq!(breaking(&frontier), breaking(&brute), "{claim}");
        let alone = Party { capabilities: power.into(), observers: Vec::new() };
        assert_eq!(breaking(&frontier), sorted(std::iter::once(&alone)), "{claim}");
    }
}

/// With every power of the design: those who could read nothing, whatever passed them, need no search.
#[test]
fn secrecy_is_asked_of_all_powers_at_once() {
    let cell = cell("imessage-2016", "content-secret");
    let ground = Party::ground(&cell.design);
    assert!(ground.capabilities.len() >= 13 && ground.observers.len() >= 8, "{ground:?}");
    let found = found(&cell, &ground);
    assert_eq!(
        breaking(&found),
        [
            "EnumSet(AddKey) [\"provider-live\"]",
            "EnumSet(StealDecryptionKey) [\"provider-live\", \"thief\"]",
            "EnumSet(StealDecryptionKey) [\"provider-store\", \"thief\"]",
            "EnumSet(SwapKey) [\"provider-live\"]",
        ]
    );
    assert!(found.sparing.iter().all(|party| party.states.is_none()), "{found:?}");
    assert!(found.states < 10_000, "{} states, where the violations are three steps away", found.states);
}

#[test]
fn each_smallest_party_has_a_run_that_needs_all_of_its_powers() {
    let cell = cell("imessage-2016", "sender-authentic-once");
    let ground = Party { observers: Vec::new(), ..Party::ground(&cell.design) };
    for breaking in found(&cell, &ground).breaking {
        assert_eq!(breaking.finding.verdict, Verdict::Violated);
        let run = breaking.finding.evidence.recipes()[0];
        let used: EnumSet<Capability> = run.actions.iter().filter_map(|action| action.capability()).collect();
        assert_eq!(used, breaking.party.capabilities);
        let trace = mailcover_traces::Trace::of(&breaking.cell, &breaking.finding, &Options::default());
        let trace = trace.unwrap_or_else(|| panic!("it has a run"));
        mailcover_traces::replay(&trace, false).unwrap_or_else(|error| panic!("{error}"));
    }
}

/// A claim may be put to its adversaries in different ways: the name of a party's says in which.
#[test]
fn a_stored_run_is_asked_as_its_frontier_was() {
    let design = cells::design("delivery-log");
    let all = Cell::all(&design);
    let of_claim: Vec<Cell> =
        all.into_iter().filter(|cell| cell.claim.id == "query-proves-no-communication").collect();
    let at = of_claim.iter().position(|cell| cell.question().adversary == "investigator");
    let cell = of_claim[at.unwrap_or_else(|| panic!("it is put to investigators"))].clone();
    assert!(cell.question > 0, "another than the first");
    let orders = EnumSet::only(Capability::ProviderOrders);
    let ground = Party { capabilities: orders, observers: vec![ObserverName::Investigator] };
    let found = found(&cell, &ground);
    assert_eq!(found.breaking.len(), 1, "{found:?}");
    let breaking = &found.breaking[0];
    assert_eq!(breaking.party.capabilities, orders);
    let trace = mailcover_traces::Trace::of(&breaking.cell, &breaking.finding, &Options::default());
    let trace = trace.unwrap_or_else(|| panic!("it has a run"));
    mailcover_traces::replay(&trace, false).unwrap_or_else(|error| panic!("{error}"));
}

/// Where knowledge is asked about, what else may be done can be an innocent explanation.
#[test]
fn what_may_be_done_can_undo_what_is_known() {
    let cell = cell("lookup-on-send", "query-proves-no-attempt");
    let ground = Party {
        capabilities: enum_set!(Capability::AddKey | Capability::Inject),
        observers: vec![ObserverName::Log("query".to_owned())],
    };
    let found = found(&cell, &ground);
    assert_eq!(found.way, Way::Each(Because::Knowledge));
    assert_eq!(breaking(&found), ["EnumSet() [\"query-log\"]"]);
}

/// The key of a backup is no capability: whoever sees a store, or what a warrant yields, has it with the backup.
#[test]
fn a_backups_key_is_among_the_smallest_ways_to_a_text() {
    let secret = cell("icloud-backup-2015", "content-secret");
    let with_the_key = found(&secret, &Party::ground(&secret.design));
    assert_eq!(
        breaking(&with_the_key),
        [
            "EnumSet() [\"provider-live\"]",
            "EnumSet() [\"provider-store\"]",
            "EnumSet(DiscloseWithoutOrder) [\"investigator\"]",
            "EnumSet(ProviderOrders) [\"investigator\"]",
        ]
    );
    assert!(with_the_key.sparing.iter().all(|party| party.states.is_none()), "{with_the_key:?}");
    let secret = cell("icloud-backup-end-to-end", "content-secret");
    let without = found(&secret, &Party::ground(&secret.design));
    let by_keys = [
        "EnumSet(AddKey) [\"provider-live\"]",
        "EnumSet(StealDecryptionKey) [\"provider-live\", \"thief\"]",
        "EnumSet(StealDecryptionKey) [\"provider-store\", \"thief\"]",
        "EnumSet(SwapKey) [\"provider-live\"]",
    ];
    assert_eq!(breaking(&without), by_keys, "no other than where nothing is backed up");
}

#[test]
fn what_backups_yield_is_found_by_one_search_and_by_every_search() {
    use ObserverName::{Investigator, ProviderStore};
    let orders = EnumSet::only(Capability::ProviderOrders);
    let observers = [ProviderStore, Investigator];
    let peers = agree("icloud-backup-2015", "own-backup-decides", orders, &observers);
    assert_eq!(
        breaking(&peers),
        ["EnumSet() [\"provider-store\"]", "EnumSet(ProviderOrders) [\"investigator\"]"]
    );
}

/// Parties that are left out, because somebody with the same powers and fewer eyes breaks the claim, would break it too; and
/// those that share a search would find the same.
#[test]
fn what_is_left_out_among_those_who_know_changes_nothing() {
    let cell = cell("lookup-on-send", "query-proves-no-attempt");
    let ground = Party {
        capabilities: EnumSet::only(Capability::Inject),
        observers: vec![ObserverName::Log("query".to_owned()), ObserverName::Carrier],
    };
    let each = found(&cell, &ground);
    assert_eq!(each.way, Way::Each(Because::Knowledge));
    let brute = by_brute_force(&cell, &ground, &options()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(breaking(&each), breaking(&brute));
    assert_eq!(sparing(&each), sparing(&brute));
    assert!(each.searches < brute.searches, "{} and {}", each.searches, brute.searches);
    assert!(!each.breaking.is_empty() && !each.sparing.is_empty(), "{each:?}");
}
