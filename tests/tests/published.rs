//! **What others have published about the encryption of those years comes out of the model, and for their reasons.**
//!
//! `docs/published-results.md` is the table of these. Each result is put as the smallest parties among those of whom it
//! speaks: who breaks the claim, and that nobody with less does. A run shows it, and its acts are those of the publication.

use enumset::{EnumSet, enum_set};
use mailcover_model::action::{Action, Rule};
use mailcover_model::design::{Capability, ObserverName};
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::finding::{Evidence, Recipe, Verdict};
use mailcover_properties::frontier::{Frontier, Party, Way, frontier};
use mailcover_tests::cells;

use Capability::{AddKey, AlterInTransit, Inject, StealDecryptionKey, StealSigningKey, SwapKey};
use ObserverName::{Carrier, Network, ProviderLive, ProviderStore, Thief};

fn cells_of(design: &str, claim: &str) -> Vec<Cell> {
    let mut all = Cell::all(&cells::design(design));
    all.retain(|cell| cell.claim.id == claim);
    assert!(!all.is_empty(), "{design} has no claim {claim}");
    all
}

/// The claim, as it is put to this adversary in 2016.
fn put_to(claim: &str, adversary: &str) -> Cell {
    let all = cells_of("imessage-2016", claim);
    let found = all.into_iter().find(|cell| cell.question().adversary == adversary);
    found.unwrap_or_else(|| panic!("{claim} is put to no {adversary}"))
}

/// The frontier of a claim among those of whom a publication speaks.
fn among(
    design: &str,
    claim: &str,
    capabilities: EnumSet<Capability>,
    observers: &[ObserverName],
) -> Frontier {
    frontier_of(&cells_of(design, claim)[0], capabilities, observers)
}

/// The same, of the claim as it is put to an adversary.
fn frontier_of(cell: &Cell, capabilities: EnumSet<Capability>, observers: &[ObserverName]) -> Frontier {
    let ground = Party { capabilities, observers: observers.to_vec() };
    let options = Options { threads: 2, ..Options::default() };
    let found = frontier(cell, &ground, &options, &|_| {});
    let found = found.unwrap_or_else(|error| panic!("{}: {error}", cells::name(cell)));
    assert_eq!((found.way, found.undecided.len()), (Way::Once, 0));
    found
}

/// The smallest parties that break the claim, each with the acts of the run that shows it.
fn smallest(frontier: &Frontier) -> Vec<(EnumSet<Capability>, Vec<ObserverName>, EnumSet<Rule>)> {
    let mut all: Vec<_> = frontier
        .breaking
        .iter()
        .map(|one| (one.party.capabilities, one.party.observers.clone(), acts(&one.finding.evidence)))
        .collect();
    all.sort_by_key(|(capabilities, observers, _)| (capabilities.as_u64(), observers.clone()));
    all
}

fn acts(evidence: &Evidence) -> EnumSet<Rule> {
    run(evidence).actions.iter().map(Action::rule).collect()
}

fn run(evidence: &Evidence) -> &Recipe {
    evidence.recipes().into_iter().next().unwrap_or_else(|| panic!("it has a run"))
}

/// To write a message over the platform, no more.
const WRITING: EnumSet<Rule> = enum_set!(Rule::Type | Rule::Send);

/// Quarkslab, 2013: whoever only listens reads nothing; whoever answers lookups reads by a key of its own.
#[test]
fn content_is_lost_to_the_directory_and_to_nobody_who_only_listens() {
    let listeners = [ProviderLive, ProviderStore, Carrier, Network];
    let keys = AddKey | SwapKey | Inject;
    for design in ["imessage-2013", "imessage-2016"] {
        let found = among(design, "content-secret", keys, &listeners);
        let expected = [
            (AddKey.into(), vec![ProviderLive], WRITING | Rule::AddKey),
            (SwapKey.into(), vec![ProviderLive], WRITING | Rule::SwapKey),
        ];
        assert_eq!(smallest(&found), expected, "{design}");
        let listening = |party: &Party| party.capabilities.is_disjoint(AddKey | SwapKey);
        assert!(found.sparing.iter().any(|one| listening(&one.party) && one.party.observers == listeners));
    }
}

/// Garman and others, 2016: to alter ciphertexts and to see how their receiver reacts, both and no more, is to read them.
#[test]
fn malleable_ciphertexts_are_lost_to_whoever_alters_them_and_sees_the_reaction() {
    let eyes = [ProviderLive, ProviderStore, Carrier, Network];
    let claim = "alterations-tell-nothing";
    let found = among("imessage-2013", claim, AlterInTransit | Inject, &eyes);
    let shown = WRITING | Rule::Alter;
    let expected = [ProviderLive, Network].map(|eye| (AlterInTransit.into(), vec![eye], shown));
    assert_eq!(smallest(&found), expected);
    let party = |capabilities: EnumSet<Capability>, observers: &[ObserverName]| Party {
        capabilities,
        observers: observers.to_vec(),
    };
    let spared: Vec<&Party> = found.sparing.iter().map(|one| &one.party).collect();
    assert_eq!(spared.len(), 2);
    assert!(spared.contains(&&party(AlterInTransit | Inject, &[ProviderStore, Carrier])), "altering alone");
    assert!(spared.contains(&&party(Inject.into(), &eyes)), "watching alone");
    let mended = among("imessage-2016", claim, AlterInTransit | Inject, &eyes);
    assert_eq!(smallest(&mended), [], "once alterations are noticed");
}

/// Garman and others, 2016: keys are not replaced, so a stolen one opens what was recorded before.
#[test]
fn a_stolen_key_opens_the_recorded_past_where_keys_are_not_replaced() {
    let eyes = [ProviderLive, ProviderStore, Network, Thief];
    let thefts = StealDecryptionKey | StealSigningKey;
    let found = among("imessage-2016", "forward-secret", thefts, &eyes);
    let shown = WRITING | Rule::Deliver | Rule::StealKey;
    assert_eq!(smallest(&found), [(StealDecryptionKey.into(), vec![ProviderLive, Thief], shown)]);
    let actions = &run(&found.breaking[0].finding.evidence).actions;
    let at = |rule: Rule| actions.iter().position(|action| action.rule() == rule);
    assert!(at(Rule::Deliver) < at(Rule::StealKey), "the message had been read: {actions:?}");
    let replaced = among("one-time-keys", "forward-secret", thefts, &eyes);
    assert_eq!(smallest(&replaced), [], "what was erased cannot be stolen");
}

/// The signing key is another: whoever steals the decryption key reads, and cannot speak as its owner.
#[test]
fn only_a_stolen_signing_key_impersonates_its_owner() {
    let thefts = StealDecryptionKey | StealSigningKey;
    let found = frontier_of(&put_to("sender-authentic", "signing-impostor"), Inject | thefts, &[]);
    let forged = Rule::StealKey | Rule::Inject;
    assert_eq!(smallest(&found), [(Inject | StealSigningKey, vec![], forged)]);
}

/// Sherr and others, 2005, of dialled numbers: a row can be there because somebody wanted it there.
#[test]
fn a_row_of_the_query_log_can_be_planted() {
    let cell = put_to("query-proves-no-communication", "query-log");
    let finding = check_one(&cell, &Options { threads: 2, ..Options::default() });
    assert_eq!(finding.verdict, Verdict::Holds);
    let Evidence::Twin { twin, .. } = &finding.evidence else {
        panic!("it has a twin: {:?}", finding.verdict)
    };
    let acts: EnumSet<Rule> = twin.actions.iter().map(Action::rule).collect();
    assert!(acts.contains(Rule::Type) && !acts.contains(Rule::Send), "{acts:?}");
}
