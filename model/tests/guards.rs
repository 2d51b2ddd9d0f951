//! **What a rule forbids is forbidden: a run up to the guard, and the action that it disables there.**
//!
//! Each case fails if the one guard that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Application, Point, Signer};
use mailcover_model::design::{ExtensionOf, Holder, OrderKind};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::service::Service;
use mailcover_model::state::{FORGED_BODY, State};
use mailcover_model::world::Address;
use support::acts::{BOBS, PHONE, TABLET, TURN, run, types, writes};
use support::families::menu;
use support::{Alice, Bob, World, towards};

const EXTEND: Action = Action::Extend { at: Holder::Provider, order: 0 };
const DISCLOSE: Action = Action::Disclose { by: Holder::Provider, order: 0 };

/// Everything may be done twice, by everybody.
fn service() -> Service {
    let mut scope = Scope::of(PHONE | TABLET | BOBS);
    scope.places = true;
    scope.bounds.types = [2, 2, 0];
    scope.bounds.travels = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 3)], &[(Alice, Bob, 2), (Bob, Alice, 2)]);
    scope.bounds.registrations = 3;
    scope.bounds.leaves = 2;
    scope.bounds.keys = 2;
    scope.bounds.injections = 2;
    scope.bounds.applications = 2;
    scope.bounds.disclosures = 2;
    scope.bounds.requests = 3;
    scope.menu = menu();
    scope.horizon = Horizon::Endless;
    World::of("guarded", "imessage-2016", scope).with(EnumSet::all()).service()
}

fn forbidden(actions: &[Action]) {
    support::acts::forbidden(&service(), actions);
}

#[test]
fn nobody_registers_a_device_from_elsewhere() {
    let away = Action::Travel { user: Alice, with: PHONE.into() };
    forbidden(&[Action::Deregister { device: TABLET }, away, Action::Register { device: TABLET }]);
}

#[test]
fn a_device_does_not_refresh_what_it_never_knew() {
    forbidden(&[Action::Refresh { device: PHONE, address: Address::Bob }]);
}

#[test]
fn who_has_left_does_not_leave_again() {
    forbidden(&[Action::Leave { user: Bob }, Action::Leave { user: Bob }]);
}

#[test]
fn nobody_writes_on_two_devices_at_once() {
    forbidden(&[types(PHONE, Address::Bob), types(TABLET, Address::Bob)]);
}

#[test]
fn an_order_that_has_ended_is_neither_extended_nor_served() {
    let service = service();
    let asked = |action: &&Action| match action {
        Action::Apply { application } => {
            application.at == Holder::Provider && service.defect(application).is_none()
        }
        _ => false,
    };
    let apply = *service.all_actions().iter().find(asked).expect("an application is in order");
    let mut state = run(&service, &[apply]);
    assert!(service.step(&state, EXTEND).is_some());
    while state.orders()[0].running() {
        state = service.step(&state, TURN).expect("the day can turn");
    }
    assert_eq!(service.step(&state, EXTEND), None);
    assert_eq!(service.step(&state, DISCLOSE), None);
}

#[test]
fn nothing_is_served_before_an_order() {
    forbidden(&[DISCLOSE]);
}

#[test]
fn a_request_to_preserve_is_renewed_as_often_as_the_law_says() {
    let alice = Action::Preserve { user: Alice };
    forbidden(&[alice, alice, alice]);
}

#[test]
fn an_entry_is_tampered_with_once() {
    let address = Address::Alice;
    forbidden(&[Action::AddKey { address }, Action::SwapKey { address }]);
}

#[test]
fn nobody_is_written_to_in_the_name_of_oneself() {
    let service = service();
    let forged = Action::Inject {
        device: BOBS,
        claimed: Bob,
        body: FORGED_BODY,
        signer: Signer::Adversary,
        through: Point::Push,
    };
    assert_eq!(service.step(&run(&service, &[]), forged), None);
}

#[test]
fn an_sms_is_delivered_once() {
    let sent = writes(PHONE, Address::Bob);
    let delivered = [Action::DeliverSms { message: 0 }; 2];
    forbidden(&[&[Action::Deregister { device: BOBS }], sent.as_slice(), &delivered].concat());
}

/// Alice writes to Bob in a world whose devices are switched off and on; push has a copy for his telephone.
fn copy_in_hand() -> (Service, State) {
    let mut scope = Scope::of(PHONE | BOBS);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1)]);
    scope.power = true;
    scope.horizon = Horizon::Endless;
    let service = World::of("in hand", "imessage-2016", scope).service();
    let state = run(&service, &writes(PHONE, Address::Bob));
    (service, state)
}

#[test]
fn the_day_does_not_end_over_a_copy_in_hand() {
    let (service, state) = copy_in_hand();
    assert_eq!(service.step(&state, TURN), None, "push can still hand the copy over");
    let delivered = service.step(&state, Action::Deliver { message: 0, device: BOBS });
    let delivered = delivered.expect("the telephone is on");
    assert!(service.step(&delivered, TURN).is_some(), "nothing is in hand any more");
}

#[test]
fn a_device_does_not_go_off_over_a_copy_in_hand() {
    let (service, state) = copy_in_hand();
    assert_eq!(service.step(&state, Action::SwitchOff { device: BOBS }), None);
}

/// How many rows of the query log are left when its retention is over, with an extended order at this holder.
fn rows_kept_by_an_extension_at(at: Holder) -> usize {
    let mut scope = Scope::of(PHONE | BOBS);
    scope.bounds.types = [1, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.applications = 1;
    scope.bounds.requests = 1;
    let plea = Plea {
        kind: OrderKind::PenRegister,
        at,
        target: Some(Alice),
        since: Span::Nothing,
        runs: Span::Order,
    };
    scope.menu = vec![plea];
    scope.horizon = Horizon::Retentions(2, 0);
    let world = World::of("extended", "imessage-2016", scope).with(EnumSet::all());
    let service = world.designed(|design| design.legal.extension_of = ExtensionOf::Retention).service();
    let listed = |action: &&Action| matches!(action, Action::Apply { application: Application { .. } });
    let apply = *service.all_actions().iter().find(listed).expect("the plea is an action");
    let days = usize::from(service.keep_days(0)) + 1;
    let begin = [types(PHONE, Address::Bob), apply, Action::Extend { at, order: 0 }];
    let state = run(&service, &[&begin[..], &vec![TURN; days]].concat());
    state.rows.as_slice().iter().filter(|row| row.index() == 0).count()
}

#[test]
fn an_extended_order_keeps_the_rows_of_its_own_holder_alone() {
    assert_eq!(rows_kept_by_an_extension_at(Holder::Provider), 1);
    assert_eq!(rows_kept_by_an_extension_at(Holder::Carrier), 0);
}
