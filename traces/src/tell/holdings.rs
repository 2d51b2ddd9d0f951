//! **What somebody holds in a state, in words: the rows of a log, what it remembers, what the provider stores.**

use super::calendar::{Day, Now};
use super::content;
use super::rows::{recorded, remembered};
use super::words::{capital, devices, harmless, list, log_name};
use mailcover_model::design::Holder;
use mailcover_model::row::Row;
use mailcover_model::service::Service;
use mailcover_model::state::{MessageKind, Tampering};
use mailcover_model::view::Observer;
use mailcover_model::world::Address;

/// All that an observer holds in a state, a line each.
pub(crate) fn held(service: &Service, now: Now<'_>, observer: Observer) -> Vec<String> {
    match observer {
        Observer::Log(log) => {
            let own = now.state.rows.as_slice().iter().filter(|row| row.index() == usize::from(log));
            own.map(|&row| recorded(service, now.day, row)).collect()
        }
        Observer::ProviderStore => stored(service, now),
        _ => service
            .remembered(observer, now.state)
            .map(|row| {
                let what = capital(&remembered(service, now, observer, row));
                if row.disclosed() { what } else { format!("{}: {what}", now.day.earlier(row.age())) }
            })
            .collect(),
    }
}

fn stored(service: &Service, now: Now<'_>) -> Vec<String> {
    let logs = now.state.rows.as_slice().iter();
    let kept = logs.filter(|row| service.held_by(**row) == Some(Holder::Provider));
    let kept = kept.map(|&row| {
        harmless(&format!("{}: {}", log_name(service, row.index()), recorded(service, now.day, row)))
    });
    kept.chain(besides_logs(service, now)).collect()
}

/// What the provider's stores hold besides the rows of logs: the marks on these, the directory, the push queue, in which
/// messages have no numbers, backups, and what is attached to messages.
pub(crate) fn besides_logs(service: &Service, now: Now<'_>) -> Vec<String> {
    let state = now.state;
    let registered = service.scope().devices.iter().filter(|&device| state.device(device).registered());
    let names: Vec<String> = registered.map(|device| device.name().to_owned()).collect();
    let mut lines = vec![format!("registered: {}", list(&names))];
    for address in Address::ALL {
        let listed = match state.directory.of(address) {
            Tampering::None => continue,
            Tampering::Added => "lists a key of the operator's beside the owner's",
            Tampering::Swapped => "lists a key of the operator's in place of the owner's",
        };
        lines.push(format!("the directory's entry for {} {listed}", address.name()));
    }
    let waiting =
        state.messages().filter(|message| message.kind() == MessageKind::Platform && message.waiting() != 0);
    for message in waiting {
        lines.push(format!(
            "a message of {}, from {} to {}, encrypted for {}, waits for {}",
            now.day.earlier(u16::from(message.age)),
            message.device().name(),
            message.to().name(),
            list(&devices(message.named())),
            list(&devices(message.waiting()))
        ));
    }
    lines.extend(state.rows.as_slice().iter().filter_map(|&row| marked(service, now.day, row)));
    let kept = service.copies(state).chain(service.blobs(state));
    lines.extend(kept.map(|row| content::held(service, row)));
    lines
}

/// The marks that the provider keeps beside a row of its logs.
fn marked(service: &Service, today: Day, row: Row) -> Option<String> {
    let marks = match (row.frozen(), row.disclosed()) {
        (false, false) => return None,
        (true, false) => "preserved",
        (false, true) => "disclosed",
        (true, true) => "preserved and as disclosed",
    };
    let own = service.held_by(row) == Some(Holder::Provider);
    let log = log_name(service, row.index());
    own.then(|| harmless(&format!("marked in {log} as {marks}: {}", recorded(service, today, row))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tell::calendar::Day;
    use enumset::EnumSet;
    use mailcover_model::action::Action;
    use mailcover_model::design::library::load;
    use mailcover_model::scope::Scope;
    use mailcover_model::service::Setup;
    use mailcover_model::slice::Slice;
    use mailcover_model::world::{Address, Device};
    use std::sync::Arc;

    #[test]
    fn the_providers_stores_show_the_providers_logs_and_none_of_the_carriers() {
        let phone = Device::AlicePhone;
        let mut scope = Scope::of(phone | Device::BobPhone);
        scope.bounds.types = [1, 0, 0].into();
        scope.bounds.registrations = 1;
        scope.bounds.lookups.set(0, Address::Bob.index(), 1);
        scope.bounds.sends.set(0, 1, 1);
        let (powers, remember, track) = (EnumSet::empty(), EnumSet::empty(), EnumSet::empty());
        let setup = Setup { powers, remember, track, slice: Slice::whole(), flaw: None };
        let design = load("imessage-2016").unwrap_or_else(|error| panic!("{error}"));
        let service = Service::new(Arc::new(design), scope, setup).unwrap_or_else(|error| panic!("{error}"));
        let actions = [
            Action::Deregister { device: Device::BobPhone },
            Action::Type { device: phone, address: Address::Bob },
            Action::Send { device: phone, address: Address::Bob },
        ];
        let states = service.replay(&[], &actions).unwrap_or_else(|at| panic!("{:?}", actions[at]));
        let last = Now { state: &states[actions.len()], day: Day::FIRST };
        assert_eq!(held(&service, last, Observer::Log(1)).len(), 1, "the carrier has a record of the SMS");
        let lines = held(&service, last, Observer::ProviderStore);
        assert_eq!(lines.iter().filter(|line| line.starts_with("the query log: ")).count(), 1, "{lines:?}");
        assert_eq!(lines.iter().filter(|line| line.starts_with("the SMS log: ")).count(), 0, "{lines:?}");
    }
}
