//! **Scopes in which rows come and go while people type, write and receive: what a log shows of it.**

use super::causes::{asks_again, begun, explained, rows_cost_messages};
use super::towards;
use User::{Alice, Bob, Carol};
use mailcover_model::design::{Access, Design, Trigger};
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Address, Device, User};

/// Two users and a bystander, who type, write and receive while rows come and go. Where every row costs a message, Alice
/// has one device: a second would only write on its own.
#[must_use]
pub fn pairs(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    if asks_again(design) || !rows_cost_messages(design) {
        scope.devices |= Device::AliceTablet;
    }
    scope.bounds.types = [2, 1, 0].into();
    towards(
        &mut scope.bounds,
        &[(Alice, Bob, 2), (Bob, Alice, 2), (Alice, Carol, 1)],
        &[(Alice, Bob, 1), (Bob, Alice, 1)],
    );
    scope.horizon = Horizon::Retentions(2, 1);
    explained(design, scope)
}

/// As [`pairs`], with a past in which Bob's registration may have gone, so that SMS take part.
#[must_use]
pub fn pairs_with_sms(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [2, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Retentions(2, 1);
    explained(design, scope)
}

/// As [`pairs_with_sms`], for whoever pools what the carrier sees with a log. Where all traffic passes the carrier, a message
/// that reaches somebody shows at once, and bounds are narrower: what they show, they show with less.
#[must_use]
pub fn pairs_with_carrier(design: &Design) -> Scope {
    let mut scope = pairs_with_sms(design);
    if design.network.access == Access::Mobile {
        scope.devices = Device::AlicePhone | Device::BobPhone;
        scope.bounds.types = [1, 1, 0].into();
        towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Bob, Alice, 0)]);
        scope.horizon = Horizon::Days(1);
    }
    scope
}

/// Alice and Bob, whose devices may remember each other longer than any log does, and who may have written before the run.
#[must_use]
pub fn warm_caches(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.types = [1, 1, 0].into();
    towards(&mut scope.past, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.horizon = Horizon::Retentions(2, 1);
    explained(design, scope)
}

/// As [`pairs`], with names to pick: picking Bob's name looks up an address of his that nobody typed.
///
/// A row's innocent cause is here whatever lets a client ask that is not typing. Where picking a name asks and known
/// addresses are refreshed, names that were picked in the past are enough; elsewhere see `causes_in_the_run`.
#[must_use]
pub fn typing(design: &Design) -> Scope {
    let asks = design.directory.lookup_on;
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.addresses |= Address::BobMail;
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.picks = [1, 1, 0].into();
    towards(&mut scope.past, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    scope.past.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    scope.horizon = Horizon::Retentions(2, 1);
    if asks.contains(Trigger::Contact) && asks_again(design) {
        scope
    } else {
        causes_in_the_run(design, scope)
    }
}

/// As [`typing`], where what was picked in the past does not explain each row: a name to pick in the run for each of
/// fewer rows, and, where picking does not ask but sending does, a message to it.
///
/// Where nothing is refreshed, Bob's one address may be asked about without the other since a message went to it when the
/// answer about it had gone stale: the past is longer than an answer serves, and the run shorter. Where nothing is sent
/// for that, the same takes what was received, and a past that is too long to search; Bob has one address there.
fn causes_in_the_run(design: &Design, mut scope: Scope) -> Scope {
    let asks = design.directory.lookup_on;
    let (picking, again) = (asks.contains(Trigger::Contact), asks_again(design));
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.picks = [2, 1, 0].into();
    if asks.contains(Trigger::Send) {
        towards(&mut scope.bounds, &[], &[(Alice, Bob, 2)]);
    } else if picking && asks.contains(Trigger::Receive) {
        scope.addresses -= Address::BobMail;
    }
    if !again {
        scope.past_retentions = retentions_beyond_a_cache(design);
        scope.horizon = Horizon::Retentions(1, 0);
    }
    scope
}

/// Two devices, and what is enough for a row that nothing comes of, for ever: a run that ended on some day would say
/// nothing about the days after.
#[must_use]
pub fn entries(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1)]);
    scope.horizon = Horizon::Endless;
    begun(design, scope)
}

/// In how many retention periods, and a day, every answer of their first day has gone stale. More than three are not
/// compared by scaled days, so they count as three.
fn retentions_beyond_a_cache(design: &Design) -> u8 {
    let longest = design.logs.iter().filter_map(|log| log.keep_days).max().unwrap_or(1).max(1);
    design.directory.cache_days.div_ceil(longest).clamp(1, 3) as u8
}
