//! **Of two designs that differ in a knob, some search tells.**

use super::*;
use enumset::EnumSet;
use mailcover_model::design::library;
use mailcover_model::design::read::apply_setting;
use mailcover_model::world::{Device, User};
use std::collections::BTreeSet;

/// Every knob of `imessage-2013`, otherwise.
const OTHERWISE: [&str; 37] = [
    "directory.lookup_on=[type]",
    "directory.cache_days=1",
    "directory.deregistration=tool",
    "directory.alerts=false",
    "directory.comparison=true",
    "directory.recalls=true",
    "messaging.expiry_days=1",
    "messaging.expiry_notice=true",
    "encryption.cipher=derived-key",
    "encryption.keys=one-time",
    "encryption.escrow=authority",
    "fallback.sms=false",
    "attachments.key=in-message",
    "backup.key=provider",
    "calls.media=relayed",
    "report.publishes=lumped",
    "report.band=500",
    "account.acts=[sign-in]",
    "network.addresses=shared",
    "network.access=mobile",
    "network.sizes=one",
    "devices.keep_days=1",
    "devices.keepers=[alice]",
    "legal.order_days=30",
    "legal.extension_days=30",
    "legal.extensions=2",
    "legal.extension_of=retention",
    "legal.covers=both",
    "legal.preservation_days=30",
    "legal.preservation_renewals=2",
    "legal.preservation_in_force=true",
    "legal.emergency=true",
    "legal.order_names=person",
    "log.query.fields=[day]",
    "log.query.keep_days=25",
    "log.query.yields_to=[warrant]",
    "log.sms.keep_days=60",
];

/// A search in which everything may happen, and everybody looks on.
fn everything() -> (Scope, Setup, Vec<Observer>) {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    (scope.places, scope.power, scope.demands, scope.comparing) = (true, true, true, true);
    scope.giving_up = Some(User::Alice);
    let bounds = &mut scope.bounds;
    bounds.sends.set(0, 1, 1);
    bounds.attachments = [1, 0, 0].into();
    bounds.calls = [1, 0, 0].into();
    (bounds.registrations, bounds.leaves, bounds.backups, bounds.accounts) = (1, 1, 1, 1);
    let all = EnumSet::all();
    let setup = Setup {
        powers: EnumSet::all(),
        remember: all,
        track: EnumSet::all(),
        slice: Slice::whole(),
        flaw: None,
    };
    let observers = vec![
        Observer::Carrier,
        Observer::Network,
        Observer::Thief,
        Observer::Authority,
        Observer::ProviderStore,
    ];
    (scope, setup, observers)
}

/// Whether the two designs share a search in which everything may happen.
fn share(one: &Design, other: &Design) -> bool {
    let (scope, setup, observers) = everything();
    let empty =
        empty_logs((&Arc::new(one.clone()), &setup), (&Arc::new(other.clone()), &setup), &scope, Logs::NONE);
    run_alike(one, other, &scope, &setup, empty) && seen_alike(one, other, &observers)
}

#[test]
fn whichever_knob_is_turned_some_search_is_not_shared() {
    let base = library::load("imessage-2013").unwrap_or_else(|error| panic!("{error}"));
    assert!(share(&base, &base));
    for setting in OTHERWISE {
        let mut base = base.clone();
        // A knob without effect cannot be turned.
        for (knob, first) in
            [("report.band=", "report.publishes=separate"), ("devices.keepers=", "devices.keep_days=2")]
        {
            if setting.starts_with(knob) {
                apply_setting(&mut base, first).unwrap_or_else(|error| panic!("{first}: {error}"));
            }
        }
        let mut other = base.clone();
        apply_setting(&mut other, setting).unwrap_or_else(|error| panic!("{setting}: {error}"));
        assert_ne!(base, other, "{setting}");
        assert!(!share(&base, &other), "{setting}");
    }
}

/// What environments may do is in the setup, and is compared there. Of the logs it is enough that each part is turned once.
#[test]
fn no_knob_is_forgotten() {
    let base = library::load("imessage-2013").unwrap_or_else(|error| panic!("{error}"));
    let knobs = library::describe(&base).unwrap_or_else(|error| panic!("{error}"));
    let knobs: BTreeSet<String> = knobs.into_iter().map(|knob| knob.name).collect();
    let plain = |name: &&str| !name.starts_with("log.") && *name != "environment.capabilities";
    let knobs: BTreeSet<&str> = knobs.iter().map(String::as_str).filter(plain).collect();
    let turned: BTreeSet<&str> =
        OTHERWISE.iter().filter_map(|setting| setting.split_once('=')).map(|(name, _)| name).collect();
    let turned: BTreeSet<&str> = turned.into_iter().filter(plain).collect();
    assert_eq!(turned, knobs);
}

/// `imessage-2013`, and the same with a knob turned.
fn turned(setting: &str) -> (Arc<Design>, Arc<Design>) {
    let base = library::load("imessage-2013").unwrap_or_else(|error| panic!("{error}"));
    let mut other = base.clone();
    apply_setting(&mut other, setting).unwrap_or_else(|error| panic!("{setting}: {error}"));
    (Arc::new(base), Arc::new(other))
}

/// Whether a search in which everything may happen, but for this change, is the same in both designs.
fn matters(setting: &str, change: impl FnOnce(&mut Scope, &mut Setup)) -> bool {
    let ((one, other), (mut scope, mut setup, _)) = (turned(setting), everything());
    change(&mut scope, &mut setup);
    !run_alike(&one, &other, &scope, &setup, Logs::NONE)
}

#[test]
fn whose_network_it_is_matters_where_somebody_remembers_what_it_carried() {
    let access = |watchers: EnumSet<Watcher>| {
        matters("network.access=mobile", |_, setup| {
            setup.remember = watchers;
        })
    };
    assert!(access(Watcher::Carrier.into()) && access(Watcher::Radio.into()));
    assert!(!access(!(Watcher::Carrier | Watcher::Radio)));
}

#[test]
fn backups_matter_where_they_are_kept_or_made() {
    let backups = |kept: bool, made: bool| {
        matters("backup.key=provider", |_, setup| {
            if !kept {
                setup.slice.parts -= Part::Backups;
            }
            if !made {
                setup.slice.rules -= Rule::BackUp;
            }
        })
    };
    assert!(backups(true, false) && backups(false, true) && !backups(false, false));
}

#[test]
fn the_law_matters_where_something_is_asked_for() {
    let law = |rules: EnumSet<Rule>| {
        matters("legal.order_days=30", |_, setup| {
            setup.slice.rules = rules;
        })
    };
    assert!(OF_THE_LAW.iter().all(|rule| law(rule.into())));
    assert!(!law(!OF_THE_LAW));
}

#[test]
fn a_tool_to_deregister_matters_where_a_device_is_out_of_its_owners_hands() {
    let no_leaving = |scope: &mut Scope, setup: &mut Setup| {
        (scope.power, scope.places, scope.bounds.leaves) = (false, false, 0);
        setup.slice.rules = Rule::Deregister.into();
    };
    let tool = "directory.deregistration=tool";
    assert!(!matters(tool, no_leaving));
    let leaves: [fn(&mut Scope); 4] = [
        |scope| scope.power = true,
        |scope| scope.places = true,
        |scope| scope.bounds.leaves = 1,
        |scope| scope.past.leaves = 1,
    ];
    for leave in leaves {
        let change = |scope: &mut Scope, setup: &mut Setup| {
            no_leaving(scope, setup);
            leave(scope);
        };
        assert!(matters(tool, change));
    }
}

#[test]
fn a_log_is_empty_where_nothing_is_written_into_it_in_either_search() {
    let (one, other) = turned("log.query.keep_days=25");
    let (mut scope, lively, _) = everything();
    scope.bounds.types = [1; 3].into();
    scope.bounds.lookups.set(0, 1, 1);
    let mut idle = lively.clone();
    idle.slice.rules = Rule::Turn.into();
    let empty = |one_setup: &Setup, other_setup: &Setup, asked: Logs| {
        empty_logs((&one, one_setup), (&other, other_setup), &scope, asked)
    };
    let query = Logs::only(0);
    assert_eq!(empty(&idle, &idle, Logs::NONE), query);
    assert_eq!(empty(&lively, &idle, Logs::NONE), Logs::NONE, "it is written into in the one");
    assert_eq!(empty(&idle, &lively, Logs::NONE), Logs::NONE, "it is written into in the other");
    assert_eq!(empty(&idle, &idle, query), Logs::NONE, "somebody asks for it");
    let flawed = Setup { flaw: Some(mailcover_model::flaw::Flaw::LogRecordsBody), ..idle.clone() };
    assert_eq!(empty(&flawed, &idle, Logs::NONE), Logs::NONE, "a mistake may write into it");
    assert_eq!(empty_logs((&one, &idle), (&one, &idle), &scope, Logs::NONE), Logs::NONE, "nothing differs");
}

#[test]
fn whether_answers_are_recalled_matters_where_the_directory_is_changed_by_registering() {
    let recalls = |rules: EnumSet<Rule>, change: fn(&mut Scope)| {
        matters("directory.recalls=true", |scope, setup| {
            setup.slice.rules = rules;
            (scope.bounds.registrations, scope.past.registrations) = (0, 0);
            change(scope);
        })
    };
    let changes: [fn(&mut Scope); 2] =
        [|scope| scope.bounds.registrations = 1, |scope| scope.past.registrations = 1];
    for change in changes {
        assert!(recalls(Rule::Register.into(), change) && recalls(Rule::Deregister.into(), change));
        assert!(!recalls(!(Rule::Register | Rule::Deregister), change));
    }
    assert!(!recalls(EnumSet::all(), |_| {}));
}
