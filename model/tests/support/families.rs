//! **Scopes and worlds in which, together, every rule has its part.**

use super::{Alice, Bob, World, towards};
use enumset::EnumSet;
use mailcover_model::design::{Capability, Design, ExtensionOf, Holder, Log, OrderKind};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::view::Watcher;
use mailcover_model::world::{Address, Device, User};

/// A person types, picks a name with two addresses, writes, and thinks better of it; days pass.
pub(crate) fn writing() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.addresses |= Address::BobMail;
    scope.bounds.types = [1, 0, 0].into();
    scope.bounds.picks = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    scope.horizon = Horizon::Retentions(1, 1);
    scope
}

/// Both write to each other, one of them from two devices, until the rows of it are gone.
pub(crate) fn answering() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.horizon = Horizon::Retentions(1, 1);
    scope
}

/// Bob comes and goes, so that texts and lost messages take part.
pub(crate) fn texting() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.bounds.registrations = 2;
    scope.bounds.leaves = 1;
    scope.horizon = Horizon::Days(2);
    scope
}

/// Devices are switched off and on while a message waits.
pub(crate) fn switching() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.power = true;
    scope.horizon = Horizon::Endless;
    scope
}

/// Alice and her devices travel together or apart.
pub(crate) fn travelling() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.places = true;
    scope.bounds.types = [1, 0, 0].into();
    scope.bounds.travels = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[(Alice, Bob, 1)]);
    scope.horizon = Horizon::Days(1);
    scope
}

/// Alice's devices travel, sign in, and are bought on.
pub(crate) fn signing_in() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet);
    scope.places = true;
    scope.bounds.travels = [2, 0, 0].into();
    scope.bounds.accounts = 2;
    scope.horizon = Horizon::Days(1);
    scope
}

/// Keys are added and swapped, and messages put before devices.
pub(crate) fn forging() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    scope.horizon = Horizon::Days(1);
    scope
}

/// Alice writes twice to Bob; a key is stolen, and altered copies of a message are put before a device, or one is injected.
pub(crate) fn robbing() -> Scope {
    let mut scope = forging();
    scope.bounds.types = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 2)]);
    scope
}

/// An investigator applies for all sorts of orders, has them served and extended, and has rows preserved.
pub(crate) fn ordering() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 2;
    scope.bounds.requests = 1;
    scope.menu = menu();
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// One application that is in order, and one for each ground of refusal.
pub(crate) fn menu() -> Vec<Plea> {
    let sound = pen_register(Holder::Provider);
    vec![
        sound,
        pen_register(Holder::Carrier),
        Plea { target: None, ..sound },
        Plea { runs: Span::BeyondOrder, ..sound },
        Plea { since: Span::BeyondRetention, ..sound },
        Plea { kind: OrderKind::RecordsOrder, ..sound },
        Plea { kind: OrderKind::Subpoena, runs: Span::Nothing, ..sound },
    ]
}

/// A pen register on Alice, back to the beginning of the retention and for as long as one may run.
pub(crate) fn pen_register(at: Holder) -> Plea {
    Plea { kind: OrderKind::PenRegister, at, target: Some(Alice), since: Span::Retention, runs: Span::Order }
}

/// Both write, over the platform and by SMS, and back up what they hold; an investigator has warrants for it.
pub(crate) fn backing_up() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.bounds.backups = 2;
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.menu = [Alice, Bob].map(warrant).to_vec();
    scope.horizon = Horizon::Days(1);
    scope
}

/// Alice calls Bob, and he calls her, who has two devices, until the rows of it are gone; an order yields them.
pub(crate) fn calling() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    scope.bounds.calls = [1, 1, 0].into();
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.menu =
        vec![Plea { kind: OrderKind::RecordsOrder, runs: Span::Nothing, ..pen_register(Holder::Provider) }];
    scope.horizon = Horizon::Retentions(1, 1);
    scope
}

/// Alice attaches something, to her first message or to another, which goes by SMS if Bob is not there; he fetches it, or not.
pub(crate) fn attaching() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 3)]);
    scope.bounds.attachments = [1, 1, 0].into();
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Days(0);
    scope
}

/// The same, with a warrant about her or him.
pub(crate) fn attaching_searched() -> Scope {
    let mut scope = attaching();
    scope.bounds.registrations = 0;
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.menu = vec![warrant(Alice), warrant(Bob)];
    scope
}

/// Demands are served, and a report about them comes out. Alice may ask about Bob, and what is logged of it may be handed over.
pub(crate) fn reporting() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.disclosures = 1;
    scope.horizon = Horizon::Days(0);
    scope.demands = true;
    scope
}

/// Alice and Bob write to each other, and an order names one of them.
pub(crate) fn delivering_under_order() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.applications = 1;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.horizon = Horizon::Days(1);
    scope
}

/// Keys are added and swapped, which is told or not, and compared.
pub(crate) fn watching_keys() -> Scope {
    let mut scope = forging();
    scope.devices |= Device::AliceTablet;
    scope.bounds.injections = 0;
    scope.bounds.registrations = 1;
    scope.comparing = true;
    scope
}

/// A warrant for what is held about somebody.
pub(crate) fn warrant(about: User) -> Plea {
    let (kind, at) = (OrderKind::Warrant, Holder::Provider);
    Plea { kind, at, target: Some(about), since: Span::Retention, runs: Span::Nothing }
}

/// Caches that were warmed on earlier days, and registrations that changed.
pub(crate) fn warmed() -> Scope {
    let mut scope = answering();
    scope.past_days = 2;
    scope.past.types = [1, 0, 0].into();
    scope.past.registrations = 1;
    towards(&mut scope.past, &[(Alice, Bob, 2)], &[]);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 0)]);
    scope
}

/// Makes a log of what push gave up the design's only one.
pub(crate) fn log_losses(design: &mut Design) {
    let losses = Log {
        name: "loss".to_owned(),
        held_by: Holder::Provider,
        on: EnumSet::only(Kind::Expired),
        fields: Field::Day | Field::Source | Field::Target,
        keep_days: Some(60),
        while_ordered: false,
        yields_to: EnumSet::empty(),
    };
    design.logs = vec![losses];
}

/// Worlds in which, together, every rule has its part.
pub(crate) fn families() -> Vec<World> {
    let orders = Capability::ProviderOrders | Capability::CarrierOrders;
    let forgery = Capability::AddKey | Capability::SwapKey | Capability::Inject | Capability::InjectOnWire;
    let theft = Capability::StealDecryptionKey | Capability::StealSigningKey;
    let mut plain = ordering();
    plain.bounds.applications = 0;
    vec![
        World::of("writing", "imessage-2016", writing()),
        World::of("writing, unasked", "lookup-on-send", writing()),
        World::of("answering", "delivery-log", answering()).remembering(Watcher::Alice | Watcher::Bob),
        World::of("texting in 2013", "imessage-2013", texting()),
        World::of("texting, told", "delivery-notice", texting()),
        World::of("switching", "imessage-2016", switching()).remembering(EnumSet::empty()),
        World::of("switching, watched", "delivery-notice", {
            let mut scope = switching();
            scope.horizon = Horizon::Days(1);
            scope
        }),
        World::of("travelling", "imessage-2016", travelling()).remembering(Watcher::Alice | Watcher::Network),
        World::of("forging", "imessage-2016", forging()).with(forgery),
        World::of("forging on the wire", "imessage-2016", forging())
            .with(Capability::InjectOnWire)
            .flawed(Flaw::WireReplayAccepted),
        World::of("ordering", "imessage-2016", ordering()).with(orders | Capability::RequestPreservation),
        World::of("ordering twice", "imessage-2016", {
            let mut scope = ordering();
            scope.bounds.types = [0, 0, 0].into();
            scope.bounds.applications = 2;
            scope.menu = vec![pen_register(Holder::Provider), pen_register(Holder::Carrier)];
            scope.horizon = Horizon::Days(1);
            scope
        })
        .with(orders),
        World::of("ordering what is preserved", "preserved", ordering())
            .with(Capability::ProviderOrders | Capability::RequestPreservation),
        World::of("ordering longer retention", "imessage-2016", ordering())
            .with(Capability::ProviderOrders)
            .remembering(Watcher::Investigator)
            .designed(|design| design.legal.extension_of = ExtensionOf::Retention),
        World::of("losing", "imessage-2013", texting()).remembering(EnumSet::empty()).designed(log_losses),
        World::of("keeping", "bulk-access", plain.clone())
            .with(Capability::DiscloseWithoutOrder | Capability::KeepBeyondWindow),
        World::of("in an emergency", "emergency", plain).with(Capability::RequestEmergency),
        World::of("backing up", "icloud-backup-2015", backing_up()).with(Capability::ProviderOrders),
        World::of("backing up what only its owner opens", "icloud-backup-end-to-end", backing_up())
            .with(Capability::ProviderOrders)
            .remembering(Watcher::ProviderLive | Watcher::Investigator),
        World::of("backing up and handing over", "icloud-backup-2015", backing_up())
            .with(Capability::DiscloseWithoutOrder)
            .remembering(Watcher::Investigator),
        World::of("calling", "facetime-2015", calling())
            .with(Capability::ProviderOrders)
            .remembering(Watcher::Alice | Watcher::Bob),
        World::of("calling, relayed", "facetime-relayed", {
            let mut scope = calling();
            scope.bounds.applications = 0;
            scope
        }),
        World::of("attaching", "attachments", attaching()),
        World::of("attaching where sizes tell nothing", "attachments-traced", attaching())
            .designed(|design| design.logs.rotate_right(1))
            .remembering(Watcher::Network | Watcher::Bob),
        World::of("attaching, searched", "attachments-open", attaching_searched())
            .with(Capability::ProviderOrders)
            .remembering(Watcher::ProviderLive | Watcher::Investigator),
        World::of("stealing", "imessage-2013", robbing())
            .with(theft | Capability::Inject | Capability::AlterInTransit)
            .remembering(Watcher::ProviderLive | Watcher::Thief),
        World::of("stealing keys that are used once", "one-time-keys", robbing())
            .with(theft | Capability::AlterInTransit)
            .remembering(Watcher::Network | Watcher::Thief),
        World::of("logging what is ordered", "compelled-delivery-log", delivering_under_order())
            .with(Capability::ProviderOrders)
            .remembering(EnumSet::empty()),
        World::of("reporting in a lump", "report-bands-lumped", reporting())
            .designed(|design| design.legal.emergency = true)
            .with(Capability::RequestEmergency)
            .remembering(EnumSet::only(Watcher::Public)),
        World::of("reporting separately", "report-bands-separate", reporting())
            .remembering(EnumSet::only(Watcher::Public)),
        World::of("watching keys", "compared-keys", watching_keys())
            .with(Capability::AddKey | Capability::SwapKey | Capability::WithholdAlerts)
            .remembering(Watcher::Alice | Watcher::Bob),
        World::of("warmed", "short-cache", warmed()).remembering(EnumSet::empty()),
        World::of("registering anew, recalled", "recalled-answers", {
            let mut scope = answering();
            scope.bounds.registrations = 2;
            scope.horizon = Horizon::Days(1);
            scope
        }),
        World::of("giving a number up", "orders-name-people", {
            let mut scope = ordering();
            scope.giving_up = Some(Alice);
            scope.bounds.requests = 0;
            scope.horizon = Horizon::Days(2);
            scope
        })
        .with(Capability::ProviderOrders)
        .remembering(Watcher::Investigator | Watcher::Carrier),
        World::of("signing in", "account-logs", signing_in()),
        World::of("over mobile data", "mobile-data", texting()),
    ]
}

/// Everything may be done twice, by everybody, for as long as one likes; and all of it is remembered.
pub(crate) fn guarded(design: &'static str) -> World {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.addresses |= Address::BobMail;
    scope.places = true;
    scope.bounds.types = [2, 2, 0].into();
    scope.bounds.picks = [1, 0, 0].into();
    scope.bounds.travels = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 3)], &[(Alice, Bob, 2), (Bob, Alice, 2)]);
    scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    scope.bounds.registrations = 3;
    scope.bounds.leaves = 2;
    scope.bounds.keys = 2;
    scope.bounds.injections = 2;
    scope.bounds.attachments = [2, 2, 0].into();
    scope.bounds.backups = 2;
    scope.bounds.accounts = 2;
    scope.bounds.calls = [2, 2, 0].into();
    scope.bounds.applications = 2;
    scope.bounds.disclosures = 2;
    scope.bounds.requests = 3;
    scope.menu = menu();
    scope.giving_up = Some(Alice);
    scope.horizon = Horizon::Endless;
    World::of("guarded", design, scope).with(EnumSet::all())
}

/// The same with devices that are switched off and on.
pub(crate) fn powered(design: &'static str) -> World {
    let mut world = guarded(design);
    world.scope.power = true;
    world
}
