//! **Innocent causes: a scope suited to whatever makes a design's clients ask.**
//!
//! Scopes are written down as if typing an address asked the directory and a known address were refreshed: then a typed
//! address explains the first row about it, and a refresh each later one. Where a design leaves either out, what takes
//! its place has to be within the bounds instead, or the scope would teach the log's reader what nobody in the world
//! could know: that the row was a message's, since this person had no other cause left.

use enumset::EnumSet;
use mailcover_model::design::{Design, Trigger};
use mailcover_model::row::Field;
use mailcover_model::scope::Scope;
use mailcover_model::state::{Budget, Each, MESSAGE_CAPACITY};
use mailcover_model::world::{Address, Device, Pair, User};

/// What makes a client ask about an address that it does not know. Without one of the three no key is ever learnt: then nothing
/// but SMS is sent, whose sender types the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// Typing the address.
    Typing,
    /// Picking its owner's name, in a design in which typing does not ask.
    Picking,
    /// Sending, in a design in which neither of the two asks.
    Sending,
}

impl Opening {
    fn of(design: &Design) -> Self {
        let asks = design.directory.lookup_on;
        match (asks.contains(Trigger::Type), asks.contains(Trigger::Contact)) {
            (true, _) => Self::Typing,
            (false, true) => Self::Picking,
            (false, false) if design.directory.asked() => Self::Sending,
            (false, false) => Self::Typing,
        }
    }
}

/// Whether a device asks again, unasked, about an address that it knows: then one cause explains any number of rows.
pub(super) fn asks_again(design: &Design) -> bool {
    design.directory.lookup_on.contains(Trigger::Refresh)
}

/// Whether nothing but sending asks about an address that is not known, so that a row costs a message.
pub(super) fn rows_cost_messages(design: &Design) -> bool {
    Opening::of(design) == Opening::Sending
}

/// The scope, with conversations that can begin in the design. Where it is picking a name that asks, people pick names
/// instead of typing addresses; where it is sending, the past sends for each lookup that it makes. Where devices
/// back up what they hold, some device may do so at least once.
pub(super) fn begun(design: &Design, mut scope: Scope) -> Scope {
    if design.backup.made() {
        scope.bounds.backups = scope.bounds.backups.max(1);
    }
    match Opening::of(design) {
        Opening::Typing => {}
        Opening::Picking => {
            pick_instead(&mut scope.past);
            pick_instead(&mut scope.bounds);
        }
        Opening::Sending => {
            for pair in Pair::ALL {
                let asked = scope.past.lookups.get(pair.from.index(), pair.to.address().index());
                let room = room(&scope);
                send_up_to(&mut scope.past, pair, asked.min(1), room);
            }
        }
    }
    scope
}

/// The scope, with an innocent cause for each row that somebody's devices may leave. Where nothing is refreshed, that is
/// one address to type, or name to pick, for each lookup; where it is sending that asks, a message that may never arrive.
pub(super) fn explained(design: &Design, mut scope: Scope) -> Scope {
    let again = asks_again(design);
    if logs_name(design, Field::Trigger) {
        received_in_vain(&mut scope);
    }
    if logs_name(design, Field::Device) {
        each_device_has_its_cause(&mut scope);
    }
    let typed = scope.bounds.types;
    if !again {
        for user in User::ALL {
            let rows = lookups_by(&scope.bounds, user);
            scope.bounds.types.set(user, rows.max(typed.get(user)));
        }
    }
    scope = begun(design, scope);
    if rows_cost_messages(design) {
        for pair in Pair::ALL.into_iter().filter(|pair| !again || typed.get(pair.from) > 0) {
            let asked = scope.bounds.lookups.get(pair.from.index(), pair.to.address().index());
            let room = room(&scope);
            send_up_to(&mut scope.bounds, pair, if again { asked.min(1) } else { asked }, room);
        }
    }
    scope
}

/// Whether a log that the design keeps records this field.
fn logs_name(design: &Design, field: Field) -> bool {
    design.logs.iter().any(|log| log.fields.contains(field))
}

/// Where rows say that something was received, whoever sent it must have been able to leave before the receiver asked, so
/// that nothing came of it. Somebody who is gone asks nothing more: so nobody asks twice, which would show who stayed, and
/// leaving is all that happens to a registration, since an answer asked for on sending would show who came back.
fn received_in_vain(scope: &mut Scope) {
    let phones: EnumSet<Device> =
        scope.devices.iter().filter(|device| *device == device.owner().phone()).collect();
    scope.registering |= phones;
    scope.bounds.registrations = 1;
    for user in User::ALL {
        for address in Address::ALL {
            let asked = scope.bounds.lookups.get(user.index(), address.index());
            scope.bounds.lookups.set(user.index(), address.index(), asked.min(1));
        }
    }
}

/// Where rows say which device asked, what one device asked explains nothing that another did: whoever has two may type on
/// each of them, in the past as in the run. About a second address each of them may ask only as far as there is a typed
/// address for every row, since a row too many would give away that the others were typed.
fn each_device_has_its_cause(scope: &mut Scope) {
    for user in User::ALL {
        let owned = scope.devices.iter().filter(|device| device.owner() == user).count();
        if owned < 2 {
            continue;
        }
        for budget in [&mut scope.bounds, &mut scope.past] {
            if budget.types.get(user) == 0 {
                continue;
            }
            for address in Address::ALL {
                let (from, to) = (user.index(), address.index());
                let asked = budget.lookups.get(from, to);
                let spare = MOST.saturating_sub(lookups_by(budget, user));
                budget.lookups.set(from, to, if asked == 1 { 1 + spare.min(1) } else { asked });
            }
            budget.types.set(user, lookups_by(budget, user));
        }
    }
}

/// As many of one thing as can be counted.
const MOST: u8 = 3;

/// All lookups that a user's devices may make, as many as can be counted.
fn lookups_by(budget: &Budget, user: User) -> u8 {
    let counts = Address::ALL.into_iter().map(|address| budget.lookups.get(user.index(), address.index()));
    counts.sum::<u8>().min(MOST)
}

fn pick_instead(budget: &mut Budget) {
    for user in User::ALL {
        budget.picks.set(user, budget.picks.get(user).max(budget.types.get(user)));
    }
    budget.types = Each::default();
}

/// For how many messages more a state has room, the past's included.
fn room(scope: &Scope) -> u8 {
    let sent = scope.past.sends.total() + scope.bounds.sends.total();
    (MESSAGE_CAPACITY as u32).saturating_sub(sent) as u8
}

/// Raises the messages from the one to the other to a count, as far as there is room.
fn send_up_to(budget: &mut Budget, pair: Pair, count: u8, room: u8) {
    let (from, to) = (pair.from.index(), pair.to.index());
    let now = budget.sends.get(from, to);
    budget.sends.set(from, to, now + count.saturating_sub(now).min(room));
}

#[cfg(test)]
mod tests {
    use mailcover_model::design::library;
    use mailcover_model::world::User::{Alice, Bob};

    use super::*;

    /// Alice may type an address and Bob none; each of them may ask twice about the other.
    fn messages(lookup_on: EnumSet<Trigger>) -> [u8; 2] {
        let mut design = library::load("imessage-2016").expect("the design is the library's own");
        design.directory.lookup_on = lookup_on;
        let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
        scope.bounds.types = [1, 0, 0].into();
        let pairs = [(Alice, Bob), (Bob, Alice)];
        for (from, to) in pairs {
            scope.bounds.lookups.set(from.index(), to.address().index(), 2);
        }
        let scope = explained(&design, scope);
        pairs.map(|(from, to)| scope.bounds.sends.get(from.index(), to.index()))
    }

    #[test]
    fn a_message_explains_each_row_or_where_a_device_asks_again_the_first_of_whoever_writes() {
        assert_eq!(messages(Trigger::Send.into()), [2, 2], "each row is a message's");
        assert_eq!(messages(Trigger::Send | Trigger::Refresh), [1, 0], "the second row is a refresh");
        assert_eq!(messages(Trigger::Type | Trigger::Send), [0, 0], "typing is cause enough");
    }
}
