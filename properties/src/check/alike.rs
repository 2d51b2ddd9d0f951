//! **Which designs do the same, as far as a search looks: those whose cells can share it.**
//!
//! A knob matters to a search only where something consults it that takes part: a rule of the slice, a log that is kept, a view
//! that is asked for. Designs are taken apart in full here, so that whoever adds a knob has to say where it matters; one that
//! always does is compared always. That designs which share a search take the same steps in it is tested by walks through both
//! (`tests/tests/sharing.rs`), and where everything is tested, their pins are compared by searches of their own.

use enumset::EnumSet;
use mailcover_model::action::{Action, Rule};
use mailcover_model::design::{
    Account, Attachments, Backup, Calls, Capability, Design, Devices, Directory, Encryption, Fallback,
    Holder, Legal, Log, Messaging, Network, OrderKind, Report,
};
use mailcover_model::row::Kind;
use mailcover_model::scope::{Scope, Span};
use mailcover_model::service::{Service, Setup, Tracked};
use mailcover_model::slice::{Logs, Part, Slice, can_fire, kinds};
use mailcover_model::view::{Observer, Watcher};
use std::sync::Arc;

/// Whether two setups are the same but for powers that nobody can use in them, and for logs that stay empty.
pub(super) fn same_setup(one: &Setup, other: &Setup, empty: Logs) -> bool {
    let plain = |setup: &Setup| {
        let slice = Slice { logs: setup.slice.logs.and(empty), ..setup.slice };
        Setup { powers: useful(setup), slice, ..setup.clone() }
    };
    plain(one) == plain(other)
}

/// The powers without which some rule of the slice could not fire, or would fire otherwise.
fn useful(setup: &Setup) -> EnumSet<Capability> {
    let used = |power: Capability| {
        // The turn of the day needs no power, but purges as this one says.
        power == Capability::KeepBeyondWindow
            || setup
                .slice
                .rules
                .iter()
                .any(|rule| can_fire(rule, power.into()) && !can_fire(rule, EnumSet::empty()))
    };
    setup.powers.iter().filter(|&power| used(power)).collect()
}

/// Whether the two designs do the same within the scope, whatever they are called, claim and expect. What their environments
/// may do is in the setup.
pub(super) fn run_alike(one: &Design, other: &Design, scope: &Scope, setup: &Setup, empty: Logs) -> bool {
    let Design {
        name: _,
        says: _,
        main: _,
        extends: _,
        directory,
        messaging,
        encryption,
        fallback,
        attachments,
        backup,
        calls,
        report,
        account,
        network,
        devices,
        legal,
        logs: _,
        environment: _,
        adversaries: _,
        claims: _,
        expects: _,
    } = one;
    directories_alike(directory, &other.directory, scope, setup)
        && messages_alike(messaging, &other.messaging, scope, setup)
        && encrypted_alike(encryption, &other.encryption, setup)
        && fallbacks_alike(fallback, &other.fallback)
        && (attachments_alike(attachments, &other.attachments) || !holds_attachments(scope))
        && (backups_alike(backup, &other.backup) || !holds_backups(scope, setup))
        && (calls_alike(calls, &other.calls) || scope.calls() == 0)
        && (reports_alike(report, &other.report) || !scope.demands)
        && (accounts_alike(account, &other.account) || scope.accounts() == 0)
        && networks_alike(network, &other.network, scope, setup)
        && (devices_alike(devices, &other.devices) || !setup.track.contains(Tracked::Kept))
        && law_alike(legal, &other.legal, scope, setup)
        && logs_alike(one, other, setup, empty)
}

/// Whether the observers see the same in both designs, in states that both can reach: some have keys of backups in any case, and
/// some those of messages. What nobody of them can open of a message is one more thing that it shows, and nothing by which two
/// messages could be told apart.
pub(super) fn seen_alike(one: &Design, other: &Design, observers: &[Observer]) -> bool {
    let keyless = |observer: &Observer| {
        matches!(
            observer,
            Observer::Log(_)
                | Observer::Investigator
                | Observer::Carrier
                | Observer::Network
                | Observer::Radio
        )
    };
    let reads = |observer: &Observer| matches!(observer, Observer::Owner(_) | Observer::Thief);
    let carries = |observer: &Observer| matches!(observer, Observer::Carrier | Observer::Radio);
    let taps = |observer: &Observer| *observer == Observer::Network || carries(observer);
    (one.network.access == other.network.access || !observers.iter().any(carries))
        && (one.network.sizes == other.network.sizes || !observers.iter().any(taps))
        && (backups_alike(&one.backup, &other.backup) || observers.iter().all(keyless))
        && (one.encryption.keys == other.encryption.keys || !observers.iter().any(reads))
        && (one.encryption.escrow == other.encryption.escrow || !observers.contains(&Observer::Authority))
}

/// A tool to deregister from elsewhere is of use only for a device that its owner cannot take up: one that is gone, off or left
/// behind. Where no device ever is, it does not matter whether there is one.
fn directories_alike(one: &Directory, other: &Directory, scope: &Scope, setup: &Setup) -> bool {
    let Directory { lookup_on, cache_days, deregistration, alerts, comparison, recalls } = one;
    let rules = setup.slice.rules;
    let tampered = rules.contains(Rule::AddKey) || rules.contains(Rule::SwapKey);
    let at_hand = !scope.power && !scope.places && scope.bounds.leaves == 0 && scope.past.leaves == 0;
    let unchanged = scope.bounds.registrations == 0 && scope.past.registrations == 0;
    let lists = rules.contains(Rule::Register) || rules.contains(Rule::Deregister);
    *lookup_on == other.lookup_on
        && *cache_days == other.cache_days
        && (at_hand || !rules.contains(Rule::Deregister) || *deregistration == other.deregistration)
        && (!tampered || *alerts == other.alerts)
        && (!rules.contains(Rule::Compare) || *comparison == other.comparison)
        && (unchanged || !lists || *recalls == other.recalls)
}

/// What is given up is told only where there are messages.
fn messages_alike(one: &Messaging, other: &Messaging, scope: &Scope, setup: &Setup) -> bool {
    let Messaging { expiry_days, expiry_notice } = one;
    let none = !setup.slice.parts.contains(Part::Messages) || scope.messages() == 0;
    *expiry_days == other.expiry_days && (none || *expiry_notice == other.expiry_notice)
}

/// What a device makes of an altered ciphertext matters where somebody can alter one, and what its key opens where that can be
/// stolen.
fn encrypted_alike(one: &Encryption, other: &Encryption, setup: &Setup) -> bool {
    // What is there for an authority makes a difference to who has its key alone: see `seen_alike`.
    let Encryption { cipher, keys, escrow: _ } = one;
    let rules = setup.slice.rules;
    (!rules.contains(Rule::Alter) || *cipher == other.cipher)
        && (!rules.contains(Rule::StealKey) || *keys == other.keys)
}

fn fallbacks_alike(one: &Fallback, other: &Fallback) -> bool {
    let Fallback { sms } = one;
    *sms == other.sms
}

fn attachments_alike(one: &Attachments, other: &Attachments) -> bool {
    let Attachments { key } = one;
    *key == other.key
}

fn backups_alike(one: &Backup, other: &Backup) -> bool {
    let Backup { key } = one;
    *key == other.key
}

fn calls_alike(one: &Calls, other: &Calls) -> bool {
    let Calls { media } = one;
    *media == other.media
}

fn reports_alike(one: &Report, other: &Report) -> bool {
    let Report { publishes, band } = one;
    (*publishes, *band) == (other.publishes, other.band)
}

fn accounts_alike(one: &Account, other: &Account) -> bool {
    let Account { acts } = one;
    *acts == other.acts
}

/// An address shows a place only where there are several, and whose network it is matters to those who carry packets. What sizes
/// give away makes a difference to what taps see, and to no step: see `seen_alike`.
fn networks_alike(one: &Network, other: &Network, scope: &Scope, setup: &Setup) -> bool {
    let Network { addresses, access, sizes: _ } = one;
    let carried = !setup.remember.is_disjoint(Watcher::Carrier | Watcher::Radio);
    (!scope.places || *addresses == other.addresses) && (!carried || *access == other.access)
}

fn devices_alike(one: &Devices, other: &Devices) -> bool {
    let Devices { keep_days, keepers } = one;
    *keep_days == other.keep_days && *keepers == other.keepers
}

/// Whether anything is ever attached, or asked for in the store: a court grants a warrant for content only where there is some.
fn holds_attachments(scope: &Scope) -> bool {
    scope.attachments() > 0 || scope.reaches_content()
}

/// Whether anything is ever put into a backup, or asked for there.
fn holds_backups(scope: &Scope, setup: &Setup) -> bool {
    setup.slice.parts.contains(Part::Backups)
        || setup.slice.rules.contains(Rule::BackUp)
        || scope.reaches_content()
}

/// The rules by which something is asked for, or handed over.
const OF_THE_LAW: EnumSet<Rule> = enumset::enum_set!(
    Rule::Apply
        | Rule::Disclose
        | Rule::Extend
        | Rule::Preserve
        | Rule::DiscloseInEmergency
        | Rule::DiscloseWithoutOrder
);

/// What the law allows matters where somebody can apply, ask or hand over; a request that is in force from the beginning, always.
fn law_alike(one: &Legal, other: &Legal, scope: &Scope, setup: &Setup) -> bool {
    let Legal {
        order_days,
        extension_days,
        extensions,
        extension_of,
        covers,
        preservation_days,
        preservation_renewals,
        preservation_in_force,
        emergency,
        order_names,
    } = one;
    let idle = (setup.slice.rules & OF_THE_LAW).is_empty() && !preservation_in_force;
    let no_emergency = !setup.slice.rules.contains(Rule::DiscloseInEmergency);
    let same = *order_days == other.order_days
        && *extension_days == other.extension_days
        && *extensions == other.extensions
        && *extension_of == other.extension_of
        && *covers == other.covers
        && *preservation_days == other.preservation_days
        && *preservation_renewals == other.preservation_renewals;
    *preservation_in_force == other.preservation_in_force
        && (idle || same)
        && (idle || scope.giving_up.is_none() || *order_names == other.order_names)
        && (no_emergency || *emergency == other.emergency)
}

/// A design, and what a search in it depends on besides the scope.
pub(super) type Sought<'a> = (&'a Arc<Design>, &'a Setup);

/// The logs in which the designs differ, or which one of them lacks, while nothing is ever written into either in the search.
/// One that an observer or a fact asks for by its number is not among them; and none is where a mistake may write into it.
pub(super) fn empty_logs(one: Sought<'_>, other: Sought<'_>, scope: &Scope, asked: Logs) -> Logs {
    let log = |(design, _): Sought<'_>, at: usize| design.logs.get(at).cloned();
    let differ = |at: &usize| log(one, *at) != log(other, *at) && !asked.contains(*at);
    let differing: Vec<usize> = (0..one.0.logs.len().max(other.0.logs.len())).filter(differ).collect();
    if differing.is_empty() || one.1.flaw.is_some() {
        return Logs::NONE;
    }
    let happens = left(one, scope) | left(other, scope);
    let empty = |log: Option<Log>| log.is_none_or(|log| log.on.is_disjoint(happens));
    let differing = differing.into_iter().filter(|&at| empty(log(one, at)) && empty(log(other, at)));
    differing.fold(Logs::NONE, |logs, at| logs.and(Logs::only(at)))
}

/// The kinds of row that some action of the search leaves; all of them where there is no such search.
fn left((design, setup): Sought<'_>, scope: &Scope) -> EnumSet<Kind> {
    let service = Service::without_pasts(Arc::clone(design), scope.clone(), setup.clone());
    service.map_or(EnumSet::all(), |service| {
        service.all_actions().iter().flat_map(|action| kinds(action.rule())).copied().collect()
    })
}

/// Whether courts decide alike in both, and days are counted alike, although one keeps an empty log that the other keeps otherwise
/// or not at all. An empty log matters to nothing else: no row of it is ever handed over, preserved or purged.
pub(super) fn courts_alike(one: Sought<'_>, other: Sought<'_>, scope: &Scope, empty: Logs) -> bool {
    let of = |(design, setup): Sought<'_>| {
        Service::without_pasts(Arc::clone(design), scope.clone(), setup.clone())
    };
    let (Ok(one), Ok(other)) = (of(one), of(other)) else { return false };
    let periods = |service: &Service| {
        let mut periods = *service.periods();
        let of_logs = periods.keep.iter_mut().enumerate();
        of_logs.filter(|(at, _)| empty.contains(*at)).for_each(|(_, keep)| *keep = 0);
        periods
    };
    let decided = |service: &Service| -> Vec<_> {
        let applications = service.all_actions().iter().filter_map(|action| match action {
            Action::Apply { application } => Some(service.defect(application)),
            _ => None,
        });
        applications.collect()
    };
    let terms = |service: &Service| -> Vec<_> {
        let asked = OrderKind::ALL.into_iter().flat_map(|kind| Holder::ALL.map(|at| (kind, at)));
        asked.flat_map(|(kind, at)| Span::ALL.map(|span| service.days_of(kind, at, span))).collect()
    };
    one.all_actions() == other.all_actions()
        && (one.last_day(), one.past_days()) == (other.last_day(), other.past_days())
        && periods(&one) == periods(&other)
        && decided(&one) == decided(&other)
        && terms(&one) == terms(&other)
}

/// The logs that are kept, by their numbers, which rows bear; and which of them is the query log.
fn logs_alike(one: &Design, other: &Design, setup: &Setup, empty: Logs) -> bool {
    let most = one.logs.len().max(other.logs.len());
    let both = |at: usize| one.logs.get(at).zip(other.logs.get(at));
    let same = |at: usize| both(at).is_some_and(|(one, other)| log_alike(one, other));
    let kept = |at: &usize| setup.slice.logs.contains(*at) && !empty.contains(*at);
    one.query_log() == other.query_log() && (0..most).filter(kept).all(same)
}

fn log_alike(one: &Log, other: &Log) -> bool {
    let Log { name, held_by, on, fields, keep_days, yields_to, while_ordered } = one;
    *name == other.name
        && *held_by == other.held_by
        && *on == other.on
        && *fields == other.fields
        && *keep_days == other.keep_days
        && *yields_to == other.yields_to
        && *while_ordered == other.while_ordered
}

#[cfg(test)]
mod tests;
