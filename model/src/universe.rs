//! **All the actions of a scope, listed once.**
//!
//! A state's actions are those of this list whose rule is enabled in it. An action that no state of the scope could
//! enable (a bound is zero, a capability is missing, the slice leaves the rule out) is not listed. With each goes what it
//! needs of a state, so that of a state only those are listed that are worth trying.

use crate::action::{Action, Application, Point, PrivateKey, Signer};
use crate::design::{Capability, Holder};
use crate::scope::{Plea, Scope};
use crate::service::Service;
use crate::state::Purpose;
use crate::state::{Budget, CALL_CAPACITY, FORGED_BODY, Length, MESSAGE_CAPACITY, Means, ORDER_CAPACITY};
use crate::world::{Address, Device, User};
use enumset::EnumSet;

/// The actions of the service's scope, powers and slice, in a fixed order.
pub(crate) fn actions(service: &Service) -> Vec<Action> {
    let mut all = Vec::new();
    of_people(service, &mut all);
    of_machines(service, &mut all);
    of_the_law(service, &mut all);
    of_adversaries(service, &mut all);
    all.retain(|action| service.runs(action.rule()));
    all
}

/// Whether something may be done in the run or in its past, as often as the count says: otherwise it is no action of the scope.
fn ever(scope: &Scope, count: impl Fn(&Budget) -> u8) -> bool {
    count(&scope.bounds) > 0 || count(&scope.past) > 0
}

/// What the action cannot do without, of what a state is quickly asked for. In a state that lacks it, its rule is
/// disabled.
pub(crate) fn needed(action: &Action) -> Means {
    let some = |spend: &dyn Fn(&mut Budget)| {
        let mut budget = Budget::default();
        spend(&mut budget);
        Means::some_of(budget)
    };
    match *action {
        Action::Type { device, .. } => some(&|budget| budget.types.set(device.owner(), 1)),
        Action::Pick { device, .. } => some(&|budget| budget.picks.set(device.owner(), 1)),
        Action::Send { device, address } => {
            some(&|budget| budget.sends.set(device.owner().index(), address.owner().index(), 1))
        }
        Action::Attach { device, address } => some(&|budget| {
            budget.sends.set(device.owner().index(), address.owner().index(), 1);
            budget.attachments.set(device.owner(), 1);
        }),
        Action::Fetch { device, .. } => some(&|budget| budget.attachments.set(device.owner(), 1)),
        Action::Refresh { device, address } => {
            some(&|budget| budget.lookups.set(device.owner().index(), address.index(), 1))
        }
        Action::Invite { device, .. } => some(&|budget| budget.calls.set(device.owner(), 1)),
        Action::Travel { user, .. } => some(&|budget| budget.travels.set(user, 1)),
        Action::BackUp { .. } => some(&|budget| budget.backups = 1),
        Action::UseAccount { .. } => some(&|budget| budget.accounts = 1),
        Action::Register { .. } | Action::Deregister { .. } => some(&|budget| budget.registrations = 1),
        Action::Leave { .. } => some(&|budget| budget.leaves = 1),
        Action::Apply { .. } => some(&|budget| budget.applications = 1),
        Action::Disclose { order, .. } => some(&|budget| budget.disclosures = 1).and_order(order),
        Action::DiscloseInEmergency { .. } | Action::DiscloseWithoutOrder { .. } => {
            some(&|budget| budget.disclosures = 1)
        }
        Action::Extend { order, .. } => some(&|budget| budget.requests = 1).and_order(order),
        Action::Preserve { .. } => some(&|budget| budget.requests = 1),
        Action::AddKey { .. } | Action::SwapKey { .. } | Action::StealKey { .. } => {
            some(&|budget| budget.keys = 1)
        }
        Action::Inject { .. } | Action::Alter { .. } => some(&|budget| budget.injections = 1),
        Action::Deliver { message, device } => Means::default().and_copy(message, device),
        Action::DeliverSms { message } => Means::default().and_sms(message),
        Action::Ring { call, .. }
        | Action::Answer { call, .. }
        | Action::Decline { call, .. }
        | Action::TimeOut { call } => Means::default().and_call(call),
        Action::HangUp { .. } => Means::default().and_call(0),
        Action::Abandon { device } => Means::default().and_draft(device),
        Action::SwitchOff { .. }
        | Action::SwitchOn { .. }
        | Action::Turn { .. }
        | Action::WithholdAlerts { .. }
        | Action::Compare { .. }
        | Action::GiveUp { .. }
        | Action::Demand { .. }
        | Action::Publish => Means::default(),
    }
}

fn of_people(service: &Service, all: &mut Vec<Action>) {
    let scope = service.scope();
    let ever = |count: &dyn Fn(&Budget) -> u8| ever(scope, count);
    let owners: EnumSet<User> = scope.devices.iter().map(Device::owner).collect();
    for device in scope.devices {
        let user = device.owner();
        for address in scope.addresses.iter().filter(|address| address.owner() != device.owner()) {
            if ever(&|budget| budget.types.get(user)) {
                all.push(Action::Type { device, address });
            }
            if ever(&|budget| budget.picks.get(user)) {
                all.push(Action::Pick { device, address });
            }
            let to = address.owner().index();
            if ever(&|budget| budget.sends.get(user.index(), to)) {
                all.push(Action::Send { device, address });
                if attaches(service) && ever(&|budget| budget.attachments.get(user)) {
                    all.push(Action::Attach { device, address });
                }
            }
            if ever(&|budget| budget.lookups.get(user.index(), address.index())) {
                all.push(Action::Refresh { device, address });
            }
        }
        if ever(&|budget| budget.types.get(user).max(budget.picks.get(user))) {
            all.push(Action::Abandon { device });
        }
        if service.design().backup.made() && ever(&|budget| budget.backups) {
            all.push(Action::BackUp { device });
        }
        if ever(&|budget| budget.accounts) {
            let acts = service.design().account.acts.into_iter();
            all.extend(acts.map(|act| Action::UseAccount { device, act }));
        }
        if service.design().calls.made() && calls(scope) > 0 {
            of_a_caller(scope, device, all);
        }
        if ever(&|budget| budget.registrations) && scope.registering.contains(device) {
            all.extend([Action::Register { device }, Action::Deregister { device }]);
        }
        if scope.comparing && service.design().directory.comparison {
            let others = scope.addresses.iter().filter(|address| address.owner() != user);
            all.extend(others.map(|address| Action::Compare { device, address }));
        }
        if scope.power {
            all.extend([Action::SwitchOff { device }, Action::SwitchOn { device }]);
        }
    }
    for user in owners {
        if ever(&|budget| budget.leaves) {
            all.push(Action::Leave { user });
        }
        if scope.giving_up == Some(user) {
            all.push(Action::GiveUp { user });
        }
        if scope.places && ever(&|budget| budget.travels.get(user)) {
            all.extend(journeys(scope.devices, user));
        }
    }
}

/// How many calls a run of the scope can have.
fn calls(scope: &Scope) -> u8 {
    scope.calls().min(CALL_CAPACITY as u8)
}

/// What a person may do on a device to begin a call, and in one.
fn of_a_caller(scope: &Scope, device: Device, all: &mut Vec<Action>) {
    let user = device.owner();
    if scope.bounds.calls.get(user) + scope.past.calls.get(user) > 0 {
        let others = scope.addresses.iter().filter(|address| address.owner() != device.owner());
        all.extend(others.map(|address| Action::Invite { device, address }));
    }
    for call in 0..calls(scope) {
        all.extend([Action::Answer { call, device }, Action::Decline { call, device }]);
    }
    all.extend(Length::ALL.map(|length| Action::HangUp { device, length }));
}

/// A journey with each subset of the user's devices.
fn journeys(devices: EnumSet<Device>, user: User) -> impl Iterator<Item = Action> {
    let own: EnumSet<Device> = devices.iter().filter(|device| device.owner() == user).collect();
    let mut subsets = vec![EnumSet::empty()];
    for device in own {
        subsets.extend(subsets.clone().into_iter().map(|set| set | device));
    }
    subsets.into_iter().map(move |with| Action::Travel { user, with })
}

/// How many messages a run can have, injected ones included.
fn messages(service: &Service) -> u8 {
    let most = |budget: &Budget| budget.sends.total() + u32::from(budget.injections);
    let messages = most(&service.scope().bounds) + most(&service.scope().past);
    messages.min(MESSAGE_CAPACITY as u32) as u8
}

/// Whether anybody attaches anything in the scope.
fn attaches(service: &Service) -> bool {
    service.design().attachments.made() && service.scope().attachments() > 0
}

fn of_machines(service: &Service, all: &mut Vec<Action>) {
    for message in 0..messages(service) {
        all.extend(service.scope().devices.iter().map(|device| Action::Deliver { message, device }));
        all.push(Action::DeliverSms { message });
    }
    if attaches(service) {
        for message in 0..messages(service) {
            let devices = service.scope().devices.iter();
            let may =
                |device: &Device| ever(service.scope(), |budget| budget.attachments.get(device.owner()));
            all.extend(devices.filter(may).map(|device| Action::Fetch { message, device }));
        }
    }
    if service.design().calls.made() {
        for call in 0..calls(service.scope()) {
            all.extend(service.scope().devices.iter().map(|device| Action::Ring { call, device }));
            all.push(Action::TimeOut { call });
        }
    }
    if service.scope().demands && service.design().report.made() {
        all.extend(Purpose::ALL.map(|purpose| Action::Demand { purpose }));
        all.push(Action::Publish);
    }
    all.push(Action::Turn { keep: false });
    if service.may(Capability::KeepBeyondWindow) {
        all.push(Action::Turn { keep: true });
    }
}

fn of_the_law(service: &Service, all: &mut Vec<Action>) {
    let scope = service.scope();
    for plea in &scope.menu {
        all.push(Action::Apply { application: resolve(service, plea) });
    }
    let holders: EnumSet<Holder> = scope.menu.iter().map(|plea| plea.at).collect();
    let orders = usize::from(scope.bounds.applications) + usize::from(scope.past.applications);
    for at in holders {
        for order in 0..orders.min(ORDER_CAPACITY) as u8 {
            all.extend([Action::Disclose { by: at, order }, Action::Extend { at, order }]);
        }
    }
    let owners: EnumSet<User> = scope.devices.iter().map(Device::owner).collect();
    let requests = ever(scope, |budget| budget.requests);
    let disclosures = ever(scope, |budget| budget.disclosures);
    for user in owners {
        if requests && service.may(Capability::RequestPreservation) {
            all.push(Action::Preserve { user });
        }
        if disclosures && service.may(Capability::RequestEmergency) && service.design().legal.emergency {
            all.push(Action::DiscloseInEmergency { user });
        }
        if disclosures && service.may(Capability::DiscloseWithoutOrder) {
            all.push(Action::DiscloseWithoutOrder { user });
        }
    }
}

/// A plea in the calendar's days.
fn resolve(service: &Service, plea: &Plea) -> Application {
    let Plea { kind, at, target, since, runs } = *plea;
    let days = |span| service.days_of(kind, at, span);
    Application { kind, at, target, since: days(since), runs: days(runs) }
}

fn of_adversaries(service: &Service, all: &mut Vec<Action>) {
    let scope = service.scope();
    if ever(scope, |budget| budget.keys) {
        for address in scope.addresses {
            if service.may(Capability::AddKey) {
                all.push(Action::AddKey { address });
            }
            if service.may(Capability::SwapKey) {
                all.push(Action::SwapKey { address });
            }
            if service.may(Capability::WithholdAlerts) && service.design().directory.alerts {
                all.push(Action::WithholdAlerts { address });
            }
        }
        let keys = PrivateKey::ALL.into_iter().filter(|key| service.may(key.theft()));
        let theft = |key| scope.devices.iter().map(move |device| Action::StealKey { device, key });
        all.extend(keys.flat_map(theft));
    }
    if !ever(scope, |budget| budget.injections) {
        return;
    }
    if service.may(Capability::AlterInTransit) {
        for message in 0..messages(service) {
            all.extend(scope.devices.iter().map(|device| Action::Alter { message, device }));
        }
    }
    let points = [(Capability::Inject, Point::Push), (Capability::InjectOnWire, Point::Wire)];
    for (_, through) in points.into_iter().filter(|(capability, _)| service.may(*capability)) {
        for device in scope.devices {
            all.extend(injections(service, device, through));
        }
    }
}

/// What could be put before a device: any honest ciphertext under a device's signature, any body under the adversary's own,
/// and, where signing keys can be stolen, the adversary's body under a device's.
fn injections(service: &Service, device: Device, through: Point) -> Vec<Action> {
    let (devices, forged) = (service.scope().devices, service.may(Capability::StealSigningKey));
    let authors: EnumSet<User> =
        service.scope().addresses.iter().map(Address::owner).filter(|&user| user != device.owner()).collect();
    let mut all = Vec::new();
    for claimed in authors {
        for body in 0..=FORGED_BODY {
            let signs = |by: &Device| *by != device && (body != FORGED_BODY || forged);
            let honest = devices.iter().filter(signs).map(Signer::Device);
            for signer in honest.chain([Signer::Adversary]) {
                all.push(Action::Inject { device, claimed, body, signer, through });
            }
        }
    }
    all
}
