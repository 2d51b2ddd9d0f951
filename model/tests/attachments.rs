//! **What is attached to a message, who may fetch it, and who can open it where.**
//!
//! Each case fails if the one guard, or the one choice, that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::{AttachmentKey, Holder, KeyLife, Log, Sizes};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::{MessageKind, State};
use mailcover_model::view::{Observer, Shape};
use mailcover_model::wire::Wire;
use mailcover_model::world::{Address, Device, User};
use support::acts::{BOBS, PHONE, TABLET, delivers, forbidden, kinds, last_step, news, run, types, writes};
use support::families::{guarded, powered, warrant};
use support::{Alice, Bob, World};

const CLOSED: &str = "attachments";
const OPEN: &str = "attachments-open";
const PADDED: &str = "attachments-traced";

fn attaches(device: Device, address: Address) -> Action {
    Action::Attach { device, address }
}

fn fetches(message: u8, device: Device) -> Action {
    Action::Fetch { message, device }
}

/// Alice attaches something to what she writes to Bob.
fn sent() -> Vec<Action> {
    vec![types(PHONE, Address::Bob), attaches(PHONE, Address::Bob)]
}

/// His phone gets the message; and then these.
fn received(then: &[Action]) -> Vec<Action> {
    [sent().as_slice(), &[delivers(0, BOBS)], then].concat()
}

fn world(design: &'static str) -> World {
    let mut world = guarded(design);
    world.scope.menu = [Alice, Bob].map(warrant).to_vec();
    world
}

fn service(design: &'static str) -> Service {
    world(design).service()
}

/// An order about this person, as the scope's menu has it, and its disclosure.
fn searched(service: &Service, about: User) -> [Action; 2] {
    let names = |action: &&Action| {
        matches!(action, Action::Apply { application } if application.target == Some(about)
            && application.at == Holder::Provider)
    };
    let applies = *service.all_actions().iter().find(names).expect("the menu has a warrant about each");
    [applies, Action::Disclose { by: Holder::Provider, order: 0 }]
}

/// The blobs that the investigator was given out of the store.
fn given(service: &Service, state: &State) -> Vec<Option<u8>> {
    let rows = service.remembered(Observer::Investigator, state).filter(|row| row.disclosed());
    rows.map(Row::stored_blob).filter(Option::is_some).collect()
}

fn knows(service: &Service, observer: Observer, state: &State) -> bool {
    service.knows_attachment(&[observer], state, 0)
}

#[test]
fn nothing_is_attached_where_nobody_attaches_anything() {
    let service = service("imessage-2016");
    let state = run(&service, &sent()[..1]);
    assert_eq!(service.step(&state, attaches(PHONE, Address::Bob)), None);
    assert!(!service.all_actions().contains(&attaches(PHONE, Address::Bob)));
}

#[test]
fn what_is_attached_goes_with_a_message_where_one_could_be_sent() {
    let service = service(CLOSED);
    forbidden(&service, &[attaches(PHONE, Address::Bob)]);
    let state = run(&service, &sent());
    assert_eq!((state.message(0).kind(), state.message(0).attached()), (MessageKind::Platform, true));
    let plain = run(&service, &writes(PHONE, Address::Bob));
    assert!(!plain.message(0).attached());
}

#[test]
fn an_attachment_is_bounded_by_itself_and_counts_as_two_messages_where_the_scope_says_so() {
    let mut bounded = world(CLOSED);
    bounded.scope.bounds.attachments = [0, 1, 0].into();
    let unlisted = bounded.service();
    assert!(!unlisted.all_actions().contains(&attaches(PHONE, Address::Bob)));
    let drafted = run(&unlisted, &sent()[..1]);
    assert_eq!(unlisted.step(&drafted, attaches(PHONE, Address::Bob)), None);
    let sends = Action::Send { device: PHONE, address: Address::Bob };
    for (doubling, more) in [(false, 1), (true, 0)] {
        let mut world = world(CLOSED);
        world.scope.doubling = doubling;
        let service = world.service();
        let again = [sent(), vec![sends; more]].concat();
        run(&service, &again);
        forbidden(&service, &[again, vec![sends]].concat());
    }
}

#[test]
fn a_device_fetches_once_what_is_attached_to_a_message_that_it_accepted() {
    let service = service(CLOSED);
    forbidden(&service, &[sent().as_slice(), &[fetches(0, BOBS)]].concat());
    forbidden(&service, &received(&[fetches(0, PHONE)]));
    forbidden(&service, &received(&[fetches(0, TABLET)]));
    forbidden(&service, &received(&[fetches(0, BOBS), fetches(0, BOBS)]));
    let plain = [writes(PHONE, Address::Bob).as_slice(), &[delivers(0, BOBS), fetches(0, BOBS)]].concat();
    forbidden(&service, &plain);
    assert_eq!(run(&service, &received(&[fetches(0, BOBS)])).message(0).fetched(), BOBS.bit());
}

#[test]
fn a_device_that_is_off_or_gone_or_no_longer_registered_fetches_nothing() {
    let off = Action::SwitchOff { device: BOBS };
    forbidden(&powered(CLOSED).service(), &received(&[off, fetches(0, BOBS)]));
    for parted in [Action::Leave { user: Bob }, Action::Deregister { device: BOBS }] {
        forbidden(&service(CLOSED), &received(&[parted, fetches(0, BOBS)]));
    }
}

#[test]
fn nobody_fetches_more_often_than_the_scope_allows() {
    let mut world = world(CLOSED);
    world.scope.bounds.attachments = [2, 0, 0].into();
    let service = world.service();
    assert_eq!(service.step(&run(&service, &received(&[])), fetches(0, BOBS)), None);
}

#[test]
fn what_falls_back_goes_by_sms_with_what_is_attached_and_nothing_comes_to_the_store() {
    let service = service(CLOSED);
    let gone = [Action::Deregister { device: BOBS }];
    let [before, after] = last_step(&service, &[gone.as_slice(), &sent()].concat());
    assert_eq!((after.message(0).kind(), after.message(0).attached()), (MessageKind::Sms, true));
    assert_eq!(news(&service, Observer::ProviderLive, [&before, &after]), []);
    assert_eq!((service.blobs(&after).count(), after.message(0).stored()), (0, false));
    assert!(news(&service, Observer::Carrier, [&before, &after]).iter().all(|row| row.has_attachment()));
    let [before, bare] = last_step(&service, &[gone.as_slice(), &writes(PHONE, Address::Bob)].concat());
    let texts = news(&service, Observer::Carrier, [&before, &bare]);
    assert!(!texts.is_empty() && !texts.iter().any(|row| row.has_attachment()));
    assert!(!Row::of(Kind::Lookup).finding(1).has_attachment(), "a lookup found something");
    for eye in [Observer::Carrier, Observer::Radio, Observer::Owner(Alice)] {
        assert!(knows(&service, eye, &after), "{eye:?}");
    }
    assert!(
        !knows(&service, Observer::Owner(Bob), &after) && !knows(&service, Observer::ProviderLive, &after)
    );
    let texted = run(&service, &[gone.as_slice(), &sent(), &[Action::DeliverSms { message: 0 }]].concat());
    assert!(knows(&service, Observer::Owner(Bob), &texted) && texted.message(0).has_file(BOBS));
    let back = [Action::DeliverSms { message: 0 }, Action::Register { device: BOBS }, fetches(0, BOBS)];
    forbidden(&service, &[gone.as_slice(), &sent(), &back].concat());
}

#[test]
fn what_could_not_be_sent_is_not_uploaded() {
    let unsent = world(CLOSED).designed(|design| design.fallback.sms = false).service();
    let state = run(&unsent, &[&[Action::Deregister { device: BOBS }], sent().as_slice()].concat());
    assert_eq!((state.message(0).kind(), unsent.blobs(&state).count()), (MessageKind::Failed, 0));
    assert!(
        knows(&unsent, Observer::Owner(Alice), &state) && !knows(&unsent, Observer::ProviderLive, &state)
    );
}

#[test]
fn the_receiver_opens_it_once_it_is_fetched_and_the_sender_has_it_at_once() {
    let service = service(CLOSED);
    let [accepted, fetched] = last_step(&service, &received(&[fetches(0, BOBS)]));
    assert!(knows(&service, Observer::Owner(Alice), &run(&service, &sent())));
    assert!(service.knows_body(&[Observer::Owner(Bob)], &accepted, 0));
    assert_eq!(
        [&accepted, &fetched].map(|state| knows(&service, Observer::Owner(Bob), state)),
        [false, true]
    );
    assert_eq!(
        [&accepted, &fetched].map(|state| knows(&service, Observer::Opened(Bob), state)),
        [false, true]
    );
    assert!(knows(&service, Observer::Opened(Alice), &accepted), "her phone still has what she attached");
}

#[test]
fn whoever_holds_the_key_opens_the_blob() {
    let cases = [(CLOSED, None, false), (OPEN, None, true), (CLOSED, Some(Flaw::KeyBesideBlob), true)];
    for (design, flaw, opens) in cases {
        let mut world = world(design);
        world.setup.flaw = flaw;
        let service = world.service();
        let state = run(&service, &sent());
        for eye in [Observer::ProviderLive, Observer::ProviderStore] {
            assert_eq!(knows(&service, eye, &state), opens, "{design}, {flaw:?}: {eye:?}");
            assert!(!service.knows_body(&[eye], &state, 0), "the key of a blob does not lead to the text");
        }
        for eye in [Observer::Network, Observer::Carrier, Observer::Investigator, Observer::Owner(Bob)] {
            assert!(!knows(&service, eye, &state), "{design}: {eye:?}");
        }
        let served = run(&service, &[sent().as_slice(), &searched(&service, Alice)].concat());
        assert_eq!(given(&service, &served), [Some(0)]);
        assert_eq!(knows(&service, Observer::Investigator, &served), opens, "{design}, {flaw:?}");
    }
}

#[test]
fn whoever_reads_the_message_and_has_the_blob_has_what_is_attached() {
    let service = service(CLOSED);
    let added = [Action::AddKey { address: Address::Bob }];
    let state = run(&service, &[added.as_slice(), &sent()].concat());
    assert!(knows(&service, Observer::ProviderLive, &state));
    let read_alone = world(CLOSED).flawed(Flaw::LogRecordsBody).service();
    let state = run(&read_alone, &sent());
    assert!(read_alone.knows_body(&[Observer::Log(0)], &state, 0));
    assert!(!knows(&read_alone, Observer::Log(0), &state), "the text alone is the key, and no blob");
    assert!(knows(&read_alone, Observer::ProviderStore, &state));
}

#[test]
fn a_warrant_yields_what_its_target_attached_and_nothing_that_the_target_fetched() {
    let service = service(OPEN);
    let served = |about| {
        let state = run(&service, &received(&[&[fetches(0, BOBS)][..], &searched(&service, about)].concat()));
        given(&service, &state)
    };
    assert_eq!((served(Alice), served(Bob)), (vec![Some(0)], vec![]));
    let handed = |user| run(&service, &received(&[Action::DiscloseWithoutOrder { user }]));
    assert_eq!(given(&service, &handed(Alice)), [Some(0)]);
    assert_eq!(given(&service, &handed(Bob)), []);
}

#[test]
fn a_blob_is_the_providers_whoever_keeps_the_first_log() {
    let service = world(CLOSED).designed(|design| design.logs.swap(0, 1)).service();
    assert_eq!(service.held_by(Row::of(Kind::SmsSent)), Some(Holder::Carrier));
    assert_eq!(service.held_by(Row::stored(Alice, 0)), Some(Holder::Provider));
}

#[test]
fn the_stores_show_how_many_blobs_there_are_and_whose() {
    let service = service(CLOSED);
    let view = |actions: &[Action]| service.view_of(Observer::ProviderStore, &run(&service, actions));
    let plain = writes(PHONE, Address::Bob);
    assert_ne!(view(&sent()), view(&plain));
    let state = run(&service, &sent());
    let [blob] = service.blobs(&state).collect::<Vec<_>>()[..] else { panic!("there is one blob") };
    assert_eq!((blob.source(), blob.target(), blob.stored_blob()), (Some(Alice), None, Some(0)));
    // Without logs, and with nothing in the queue, nothing but the blob says whose it is.
    let unlogged = world(CLOSED).designed(|design| design.logs.clear()).service();
    let from_bob = [types(BOBS, Address::Alice), attaches(BOBS, Address::Alice)];
    let from_bob = [from_bob.as_slice(), &[delivers(0, PHONE), delivers(0, TABLET)]].concat();
    let view = |actions: &[Action]| unlogged.view_of(Observer::ProviderStore, &run(&unlogged, actions));
    assert_ne!(view(&received(&[])), view(&from_bob));
}

fn transfers(fields: EnumSet<Field>) -> Log {
    Log {
        name: "transfer".to_owned(),
        held_by: Holder::Provider,
        on: Kind::Uploaded | Kind::Fetched | Kind::Lookup,
        fields,
        keep_days: None,
        while_ordered: false,
        yields_to: EnumSet::empty(),
    }
}

/// The rows about blobs in a log with these fields, after something was uploaded and fetched.
fn logged(fields: EnumSet<Field>, flaw: Option<Flaw>) -> (Vec<Row>, usize) {
    let mut world = world(CLOSED).designed(|design| design.logs = vec![transfers(fields)]);
    world.setup.flaw = flaw;
    let service = world.service();
    let state = run(&service, &received(&[fetches(0, BOBS)]));
    let rows = state.rows.as_slice().iter().copied();
    let lookups = state.rows.as_slice().iter().filter(|row| row.kind() == Kind::Lookup && row.detail() != 0);
    let told = lookups.count();
    assert_eq!(
        service.frame(Observer::Log(0), &state).len(),
        state.rows.as_slice().iter().filter(|row| row.blob().is_some()).count()
    );
    (rows.filter(|row| row.is_of_a_blob()).collect(), told)
}

#[test]
fn a_log_names_the_blob_where_it_records_that_and_nowhere_else() {
    let who = Field::Day | Field::Source;
    let (rows, _) = logged(who, None);
    assert_eq!(rows, [Row::of(Kind::Uploaded).from(Alice), Row::of(Kind::Fetched).from(Bob)]);
    for (fields, flaw) in [(who | Field::Blob, None), (who, Some(Flaw::LogRecordsBlob))] {
        let (rows, causes) = logged(fields, flaw);
        assert!(rows.iter().all(|row| row.blob() == Some(0)), "{rows:?}");
        assert_eq!(causes, 0, "a lookup has no blob, and its cause is another field");
    }
    let (rows, causes) = logged(who | Field::Trigger, None);
    assert!(rows.iter().all(|row| row.blob().is_none()) && causes > 0, "a blob is no cause of a lookup");
}

/// Two messages with attachments that differ in nothing but which of them is fetched.
#[test]
fn no_view_tells_which_message_a_blob_is_of_unless_it_saw_the_upload() {
    let service = service(CLOSED);
    let mut wide = world(PADDED);
    wide.scope.bounds.sends.set(Alice.index(), Bob.index(), 3);
    let traced = wide.service();
    let with = |service: &Service, first: [Action; 2]| {
        let got = [types(PHONE, Address::Bob), first[0], first[1], delivers(0, BOBS), delivers(1, BOBS)];
        let attached = if first[0] == attaches(PHONE, Address::Bob) { 0 } else { 1 };
        run(service, &[&got[..], &[fetches(attached, BOBS)]].concat())
    };
    let (plain, attached) =
        (Action::Send { device: PHONE, address: Address::Bob }, attaches(PHONE, Address::Bob));
    let [first, second] = [[attached, plain], [plain, attached]].map(|order| with(&traced, order));
    assert_ne!(first, second);
    let log =
        traced.design().logs.iter().position(|log| log.name == "attachment").expect("there is such a log");
    let view = |state| traced.view_of(Observer::Log(log as u8), state);
    assert_eq!(view(&first), view(&second), "an address bears no number");
    assert_eq!(service.design().logs[log].name, "attachment");
}

#[test]
fn a_tap_tells_an_attachment_from_a_message_unless_both_have_one_size() {
    let shapes = |design, flaw| {
        let mut world = world(design);
        world.setup.flaw = flaw;
        let service = world.service();
        let state = run(&service, &received(&[fetches(0, BOBS)]));
        let seen = service.remembered(Observer::Network, &state).filter_map(Row::shape);
        seen.filter(|shape| *shape != Shape::Request).collect::<Vec<_>>()
    };
    let apart = [Shape::BlobUpload, Shape::Upload, Shape::Download, Shape::BlobDownload];
    let alike = [Shape::Upload, Shape::Upload, Shape::Download, Shape::Download];
    assert_eq!(shapes(CLOSED, None), apart);
    assert_eq!(shapes(PADDED, None), alike);
    assert_eq!(shapes(PADDED, Some(Flaw::AttachmentUnpadded)), apart);
}

#[test]
fn an_upload_of_one_size_does_not_show_of_how_many_copies_it_is_made() {
    let tokens = |sizes| {
        let service = world(CLOSED).designed(|design| design.network.sizes = sizes).service();
        let state = run(&service, &writes(BOBS, Address::Alice));
        assert_eq!(state.message(0).named(), PHONE.bit() | TABLET.bit());
        service.frame(Observer::Network, &state).len()
    };
    assert_eq!((tokens(Sizes::ByKind), tokens(Sizes::One)), (2, 1));
}

#[test]
fn a_tap_holds_each_blob_on_its_channel_and_opens_none() {
    let service = service(OPEN);
    let state = run(&service, &received(&[fetches(0, BOBS)]));
    let attachment = service.wire().attachment(0).expect("something can be attached");
    let held = service.held(&[Observer::Network], &state);
    for device in [PHONE, BOBS] {
        assert!(held.contains(attachment.record(device)), "{device:?}");
    }
    assert!(!held.contains(attachment.record(TABLET)));
    let known = service.known(&[Observer::Network], &state);
    assert!(!known.contains(attachment.blob) && !known.contains(attachment.file));
}

#[test]
fn only_whose_device_fetched_is_shown_it() {
    let service = service(CLOSED);
    let [before, after] = last_step(&service, &received(&[fetches(0, BOBS)]));
    let seen = |eye| news(&service, eye, [&before, &after]);
    assert_eq!(kinds(&seen(Observer::Owner(Bob))), [Kind::Fetched]);
    assert_eq!(seen(Observer::Owner(Alice)), [], "she is not told");
    assert_eq!(kinds(&seen(Observer::ProviderLive)), [Kind::Fetched]);
    assert_eq!(seen(Observer::Carrier), []);
}

#[test]
fn the_terms_of_every_design_fit() {
    let mut design = world(CLOSED).design;
    for key in [AttachmentKey::None, AttachmentKey::InMessage, AttachmentKey::Provider] {
        for life in [KeyLife::Static, KeyLife::OneTime] {
            (design.attachments.key, design.encryption.keys) = (key, life);
            let wire = Wire::new(&design).unwrap_or_else(|error| panic!("{key:?}, {life:?}: {error}"));
            assert_eq!(wire.attachment(0).is_some(), key != AttachmentKey::None);
        }
    }
}
