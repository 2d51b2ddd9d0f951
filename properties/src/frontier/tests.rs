use super::each::{every, few_enough};
use super::{
    FrontierError, MOST_SEARCHES, PARTY, Party, Seat, largest_avoiding, name_of_party, question_of_party,
};
use crate::check::{Cell, Options};
use crate::claims;
use enumset::EnumSet;
use mailcover_checker::Limits;
use mailcover_model::design::{Adversary, Capability, ObserverName, library};
use mailcover_model::flaw::Flaw;
use std::sync::Arc;

/// The cell with the claim's first question in a shipped design.
fn cell(design: &str, claim: &str) -> Cell {
    let design = Arc::new(library::load(design).unwrap());
    let claim = claims::of(&design).into_iter().find(|known| known.id == claim).unwrap();
    Cell { design, claim, question: 0 }
}

fn query_log() -> ObserverName {
    ObserverName::Log("query".into())
}

#[test]
fn the_name_of_a_party_says_how_it_is_asked() {
    for question in [0, 1, 2, 11] {
        assert_eq!(question_of_party(&name_of_party(question)), Some(question));
    }
    for name in ["party-1", "party-0", "party-02", "party-", "parties", "provider"] {
        assert_eq!(question_of_party(name), None, "{name}");
    }
}

/// Every set within the whole is within one of the largest, or contains one of those avoided; and not both.
#[test]
fn the_largest_are_on_the_one_side_of_the_border_and_those_avoided_on_the_other() {
    let cases: [&[u64]; 6] = [&[], &[0], &[0b1], &[0b11, 0b110], &[0b101, 0b11, 0b1000], &[0b1111]];
    for avoided in cases {
        let largest = largest_avoiding(0b1111, avoided.iter().copied());
        for set in 0..16_u64 {
            let breaks = avoided.iter().any(|one| one & !set == 0);
            let spares = largest.iter().any(|one| set & !one == 0);
            assert!(breaks != spares, "{set:b} beside {avoided:?}: {largest:?}");
        }
    }
}

#[test]
fn borders_are_nobody_everybody_each_power_alone_and_all_but_each() {
    use Capability::{AddKey, Inject};
    use ObserverName::{Carrier, Network};
    let cell = cell("imessage-2016", "content-secret");
    let ground = Party { capabilities: AddKey | Inject, observers: vec![Carrier, Network, query_log()] };
    let party = |capabilities: EnumSet<Capability>, observers: &[ObserverName]| Party {
        capabilities,
        observers: observers.to_vec(),
    };
    let (none, both, eyes) = (EnumSet::empty(), AddKey | Inject, [Carrier, Network, query_log()]);
    let mut wanted = vec![
        party(none, &[]),
        party(both, &eyes),
        party(AddKey.into(), &[]),
        party(Inject.into(), &eyes),
        party(Inject.into(), &[]),
        party(AddKey.into(), &eyes),
        party(none, &[Carrier]),
        party(both, &[Network, query_log()]),
        party(none, &[Network]),
        party(both, &[Carrier, query_log()]),
        party(none, &[query_log()]),
        party(both, &[Carrier, Network]),
    ];
    let found = Seat::new(&cell, &ground).borders();
    assert_eq!(found.len(), wanted.len());
    wanted.retain(|party| !found.contains(party));
    assert!(wanted.is_empty(), "{wanted:?} are not among {found:?}");
}

#[test]
fn parties_that_are_too_many_to_be_searched_one_by_one_are_refused() {
    assert!(few_enough(MOST_SEARCHES).is_ok() && few_enough(MOST_SEARCHES + 1).is_err());
    let cell = cell("imessage-2016", "content-secret");
    let ground = Party::ground(&cell.design);
    let limits = Limits { max_states: Some(1), ..Limits::default() };
    let refused = every(&Seat::new(&cell, &ground), &Options { limits, ..Options::default() });
    let parties = 1_u64 << (ground.capabilities.len() + ground.observers.len());
    let said = format!("there are {parties} parties among these powers");
    assert!(matches!(refused, Err(FrontierError::Refused(reason)) if reason.starts_with(&said)));
}

#[test]
fn rows_show_no_text_unless_a_mistake_puts_it_there_or_content_is_disclosed() {
    let observers = vec![query_log(), ObserverName::Investigator, ObserverName::Network];
    let ground = Party { capabilities: EnumSet::empty(), observers };
    let seeing = |design: &str, claim: &str, mask: u32, flaw: Option<Flaw>| {
        let (cell, options) = (cell(design, claim), Options { flaw, ..Options::default() });
        Seat::new(&cell, &ground).seeing(mask, &options).unwrap()
    };
    assert_eq!(seeing("imessage-2016", "content-secret", 0b111, None), 0b100);
    assert_eq!(seeing("imessage-2016", "content-secret", 0b011, None), 0);
    assert_eq!(seeing("imessage-2016", "content-secret", 0b111, Some(Flaw::LogRecordsBody)), 0b111);
    assert_eq!(seeing("imessage-2016", "content-secret", 0b111, Some(Flaw::ExpiryUntold)), 0b100);
    assert_eq!(seeing("icloud-backup-2015", "content-secret", 0b111, None), 0b110);
    assert_eq!(seeing("attachments", "content-secret", 0b111, None), 0b110);
    assert_eq!(seeing("imessage-2016", "retention-bounded", 0b111, None), 0b111, "it is about rows");
}

#[test]
fn a_party_is_put_in_the_place_of_whoever_bears_its_name() {
    let mut cell = cell("imessage-2016", "content-secret");
    let (name, says) = (PARTY.to_owned(), "Somebody else.".to_owned());
    let stranger =
        Adversary { name, says, observers: vec![ObserverName::Network], capabilities: EnumSet::all() };
    Arc::make_mut(&mut cell.design).adversaries.push(stranger);
    let ground = Party { capabilities: EnumSet::empty(), observers: vec![query_log()] };
    let seat = Seat::new(&cell, &ground);
    let put = seat.cell(&ground);
    let named: Vec<_> = put.design.adversaries.iter().filter(|one| one.name == PARTY).collect();
    assert_eq!(named.len(), 1);
    assert_eq!((&named[0].observers, named[0].capabilities), (&ground.observers, EnumSet::empty()));
    assert_eq!(put.question().adversary, PARTY);
    assert_eq!(put.design.adversaries.len(), cell.design.adversaries.len());
}
