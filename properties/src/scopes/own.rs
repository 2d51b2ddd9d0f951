//! **The scope of a claim that a design's own file states: built from the design, the event, the kind and the adversary.**
//!
//! What must be within it follows from what is asked. Whom the adversary watches as it happens, a bystander must be able
//! to stand in for, where the claim is that it always knows. What it is not to know to be absent must have been possible
//! so long ago that every row of it is gone. What it may be given under orders, some application on its list must reach.
//! And every row has its innocent cause, as in the scopes of the built-in claims.

use super::attachments::doubled;
use super::causes::{asks_again, begun};
use super::content::live;
use super::delivery::texted;
use super::events::{pairs, typing, warm_caches};
use super::orders::{carried, ordered, ordered_with_warm_caches};
use super::{pen_register, towards};
use crate::claim::Context;
use User::{Alice, Bob, Carol};
use enumset::EnumSet;
use mailcover_model::design::{
    Capability, ClaimKind, ClaimText, Covers, Design, Holder, Log, OrderKind, Trigger,
};
use mailcover_model::event::Event;
use mailcover_model::row::{Field, Kind};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::state::Budget;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, Pair, User};

/// How an adversary comes by what it sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Some of it is disclosed to an investigator.
    Disclosed,
    /// Some of it passes, and is remembered for good.
    Passing,
    /// All of it stands in stores or with the carrier.
    Stored,
}

impl Sight {
    /// The adversary's.
    pub(crate) fn of(context: &Context) -> Self {
        let passing = |observer: &Observer| {
            matches!(observer, Observer::ProviderLive | Observer::Network | Observer::Owner(_))
        };
        if context.observers.contains(&Observer::Investigator) {
            Self::Disclosed
        } else if context.observers.iter().any(passing) {
            Self::Passing
        } else {
            Self::Stored
        }
    }
}

/// What a claim of a file's own asks, of whom.
struct Asked<'a> {
    context: &'a Context,
    event: Event,
    /// Whether it must not become known that the event did *not* happen.
    absence: bool,
    /// Whether it must always be known.
    always: bool,
}

/// The scope of the claim, put to this adversary.
#[must_use]
pub fn own(context: &Context, text: &ClaimText) -> Scope {
    let absence = match text.kind {
        ClaimKind::NeverKnownWhether => true,
        ClaimKind::NeverKnown => text.absent,
        ClaimKind::Known | ClaimKind::Never | ClaimKind::Reachable => false,
    };
    let asked = Asked { context, event: text.event, absence, always: text.kind == ClaimKind::Known };
    let mut scope = match Sight::of(context) {
        Sight::Disclosed => disclosed(&asked),
        Sight::Passing => passing(&asked),
        Sight::Stored => stored(&asked),
    };
    if seen_logs(context).any(|log| log.fields.contains(Field::Trigger)) && scope.bounds.picks.total() == 0 {
        scope.bounds.picks = [1, 0, 0].into();
    }
    let tells = |log: &Log| log.fields.contains(Field::Trigger) || log.on.iter().any(tells_of_registrations);
    if seen_logs(context).any(tells) {
        scope.bounds.registrations = 1;
        scope.registering |= Device::AlicePhone | Device::BobPhone;
    }
    if seen_logs(context).any(|log| log.on.iter().any(is_of_calls)) {
        scope.bounds.calls = [1, 1, 0].into();
    }
    if seen_logs(context).any(|log| log.on.iter().any(is_of_attachments)) {
        scope = attaching(&context.design, scope);
    }
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    scope
}

/// Whether a row of this kind is there because a registration changed, or says something that a change of one would explain.
/// Every kind is named, so that a new one is thought of here.
const fn tells_of_registrations(kind: Kind) -> bool {
    match kind {
        Kind::Registered | Kind::Deregistered | Kind::Unacknowledged => true,
        Kind::Typed
        | Kind::Picked
        | Kind::Abandoned
        | Kind::Lookup
        | Kind::Submitted
        | Kind::Delivered
        | Kind::Expired
        | Kind::Told
        | Kind::SmsSent
        | Kind::SmsDelivered
        | Kind::BackedUp
        | Kind::Uploaded
        | Kind::Fetched
        | Kind::Invited
        | Kind::Signalled
        | Kind::Media
        | Kind::SignedIn
        | Kind::Purchased
        | Kind::Left
        | Kind::GivenUp
        | Kind::SwitchedOff
        | Kind::SwitchedOn
        | Kind::Travelled
        | Kind::KeyAdded
        | Kind::KeySwapped
        | Kind::Alerted
        | Kind::Recalled
        | Kind::Compared
        | Kind::Injected
        | Kind::KeyStolen
        | Kind::Altered
        | Kind::Granted
        | Kind::Refused
        | Kind::Extended
        | Kind::Preserved
        | Kind::Disclosed
        | Kind::Reported
        | Kind::Exchange => false,
    }
}

/// Whether a row of this kind is there because somebody called.
const fn is_of_calls(kind: Kind) -> bool {
    matches!(kind, Kind::Invited | Kind::Signalled | Kind::Media)
}

/// Whether a row of this kind is there because somebody attached something.
const fn is_of_attachments(kind: Kind) -> bool {
    matches!(kind, Kind::Uploaded | Kind::Fetched)
}

/// The scope, in which each of the two may attach something, or fetch it. Where an attachment counts as two messages, they have
/// them.
fn attaching(design: &Design, scope: Scope) -> Scope {
    let mut scope = doubled(design, scope);
    scope.bounds.attachments = [1, 1, 0].into();
    for pair in Pair::ALL.into_iter().filter(|_| scope.doubling) {
        let (from, to) = (pair.from.index(), pair.to.index());
        let sends = scope.bounds.sends.get(from, to);
        scope.bounds.sends.set(from, to, if sends == 1 { 2 } else { sends });
    }
    scope
}

/// What the applications of an investigator with these powers may ask for: at each holder whom it may ask, each kind of
/// order that some log there yields to. Of two kinds that reach the same logs, or the one more than the other, the
/// stronger is enough: what the weaker yields, it yields too, and on the same days.
fn applications_for(design: &Design, powers: EnumSet<Capability>) -> Vec<Plea> {
    let power = |at: Holder| match at {
        Holder::Provider => Capability::ProviderOrders,
        Holder::Carrier => Capability::CarrierOrders,
    };
    let holders = Holder::ALL.into_iter().filter(|&at| powers.contains(power(at)));
    holders.flat_map(|at| kinds_needed(design, at).into_iter().map(move |kind| plea(at, kind))).collect()
}

/// A well-formed application for such an order on Alice, as far back as there can be rows.
fn plea(at: Holder, kind: OrderKind) -> Plea {
    let runs = if kind.looks_ahead() { Span::Order } else { Span::Nothing };
    Plea { kind, runs, ..pen_register(at) }
}

fn kinds_needed(design: &Design, at: Holder) -> Vec<OrderKind> {
    // Besides the logs, by their names, what is held of content.
    let reach = |kind: OrderKind| -> Vec<Option<&str>> {
        let logs = design.logs.iter().filter(|log| log.held_by == at && log.yields_to.contains(kind));
        let held = design.backup.made() || design.attachments.made();
        let content = held && at == Holder::Provider && kind.reaches_content();
        logs.map(|log| Some(log.name.as_str())).chain(content.then_some(None)).collect()
    };
    let mut needed: Vec<OrderKind> = Vec::new();
    // Those that look ahead come first, since they also look back.
    let (ahead, back): (Vec<OrderKind>, Vec<OrderKind>) =
        EnumSet::<OrderKind>::all().into_iter().partition(|kind| kind.looks_ahead());
    for kind in ahead.into_iter().chain(back) {
        let logs = reach(kind);
        let covered = |by: &OrderKind| logs.iter().all(|log| reach(*by).contains(log));
        if !logs.is_empty() && !needed.iter().any(covered) {
            needed.retain(|weaker| {
                weaker.looks_ahead() || !reach(*weaker).iter().all(|log| logs.contains(log))
            });
            needed.push(kind);
        }
    }
    needed
}

/// For an investigator: the orders that it can have, at the holders who may be asked.
fn disclosed(asked: &Asked<'_>) -> Scope {
    let design = &asked.context.design;
    let menu = applications_for(design, asked.context.powers());
    let asks = |holder: Holder| menu.iter().any(|plea| plea.at == holder);
    let mut scope = match (asks(Holder::Provider), asks(Holder::Carrier)) {
        (false, true) => texted(design),
        (true, _) if asked.absence => ordered_with_warm_caches(design),
        (true, true) => carried(design),
        _ if asked.event == Event::Typed && !asks_again(design) => {
            Scope { bounds: Budget { disclosures: 2, ..typing(design).bounds }, ..typing(design) }
        }
        _ => ordered(design),
    };
    if asks(Holder::Carrier) {
        two_holders(asked, &mut scope);
    }
    match asked.event {
        Event::Typed => pick_or_type(asked, &mut scope, !asks(Holder::Carrier)),
        Event::CommunicatedBySms if asked.absence => texts_before_registering(&mut scope),
        Event::CommunicatedBySms => {
            scope.past_days = scope.past_days.max(1);
            scope.past.registrations = 1;
            scope.registering = Device::BobPhone.into();
        }
        _ => {}
    }
    scope.bounds.applications = if asks(Holder::Provider) && asks(Holder::Carrier) { 2 } else { 1 };
    scope.menu = menu;
    scope
}

/// Who types an address could pick a name as well, then or before. Where many rows are disclosed of it, Alice alone types,
/// and a message of Bob's may come of it.
fn pick_or_type(asked: &Asked<'_>, scope: &mut Scope, by_rows: bool) {
    scope.bounds.picks = [scope.bounds.picks.get(Alice).max(1), 1, 0].into();
    if asked.absence {
        scope.past.picks = [1, 1, 0].into();
        towards(&mut scope.past, &[], &[(Alice, Bob, 0), (Bob, Alice, 0)]);
    } else if by_rows {
        scope.bounds.types = [1, 0, 0].into();
        if asks_again(&asked.context.design) {
            towards(&mut scope.bounds, &[], &[(Alice, Bob, 0)]);
        }
    } else {
        scope.horizon = Horizon::Days(0);
    }
}

/// Whoever is not registered asks nobody: the two text, and then register.
fn texts_before_registering(scope: &mut Scope) {
    scope.past.types = [2, 2, 0].into();
    scope.past.registrations = 2;
    scope.registering = Device::AlicePhone | Device::BobPhone;
    towards(&mut scope.past, &[], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
}

/// One application at each holder, within the run: an order that reaches only its own day is of no use to it before.
fn two_holders(asked: &Asked<'_>, scope: &mut Scope) {
    scope.past.applications = 0;
    scope.bounds.disclosures = 2;
    // Only where an order on Alice also reaches rows about her does Bob's typing before he is registered, of which no row
    // comes, need a second beside it.
    let about_her = asked.context.design.legal.covers == Covers::Both;
    scope.bounds.types.set(Bob, scope.bounds.types.get(Bob).min(if about_her { 2 } else { 1 }));
    if asked.absence {
        towards(&mut scope.bounds, &[(Bob, Alice, 0)], &[(Bob, Alice, 0)]);
    }
}

/// For those who remember what passes them.
fn passing(asked: &Asked<'_>) -> Scope {
    let design = &asked.context.design;
    if asked.event == Event::Typed {
        return names_beside_addresses(design);
    }
    if asked.always {
        let mut scope = three_writers(design);
        if asked.context.observers.contains(&Observer::Network) {
            // To a tap registering and asking look the same, so Bob's device may have done either before the run.
            scope.past.types = [0, 1, 0].into();
            towards(&mut scope.past, &[(Bob, Alice, 1)], &[]);
        }
        return scope;
    }
    live(design)
}

/// For readers of stores, and carriers.
fn stored(asked: &Asked<'_>) -> Scope {
    let design = &asked.context.design;
    let reads_rows = asked.context.observers.iter().any(|observer| *observer != Observer::Carrier);
    match asked.event {
        Event::Typed if reads_rows => typing(design),
        Event::Typed => {
            let mut scope = texted(design);
            pick_or_type(asked, &mut scope, false);
            scope
        }
        _ if asked.always => Scope { horizon: Horizon::Retentions(1, 1), ..three_writers(design) },
        _ if asked.absence && reads_rows => emptied(design, asked.event),
        _ => pairs_with_a_bystander_and_sms(design),
    }
}

/// Three people, of whom Alice writes to both others, and two to Bob: whom else could it have been?
///
/// Each may ask about whoever writes; Bob, who is asked about most, writes to nobody, so that all that passes is remembered.
fn three_writers(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [1, 1, 1].into();
    towards(
        &mut scope.bounds,
        &[
            (Alice, Bob, 1),
            (Bob, Alice, 1),
            (Alice, Carol, 1),
            (Carol, Alice, 1),
            (Carol, Bob, 1),
            (Bob, Carol, 1),
        ],
        &[(Alice, Bob, 1), (Alice, Carol, 1), (Carol, Bob, 1)],
    );
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    begun(design, scope)
}

/// Whoever types an address could as well pick a name. Bob has two addresses, which picking his name looks up together;
/// Carol has one.
fn names_beside_addresses(design: &Design) -> Scope {
    let mut scope = live(design);
    scope.devices = Device::AlicePhone | Device::BobPhone | Device::CarolPhone;
    scope.registering &= scope.devices;
    scope.addresses |= Address::Carol;
    if design.directory.lookup_on.contains(Trigger::Contact) {
        scope.addresses |= Address::BobMail;
        scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    }
    scope.bounds.picks = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Carol, 1)], &[(Alice, Carol, 1)]);
    scope.bounds.registrations = 0;
    scope.horizon = Horizon::Days(0);
    scope
}

/// As `pairs_with_sms`, with a bystander about whom Alice may ask.
fn pairs_with_a_bystander_and_sms(design: &Design) -> Scope {
    let mut scope = pairs(design);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope
}

/// Two users who may have written to each other so long ago that no row of it is retained.
fn emptied(design: &Design, event: Event) -> Scope {
    let mut scope = warm_caches(design);
    towards(&mut scope.bounds, &[], &[(Bob, Alice, 0)]);
    if event == Event::CommunicatedBySms {
        texts_before_registering(&mut scope);
    } else {
        towards(&mut scope.past, &[], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    }
    scope
}

/// The logs whose rows the adversary sees: those that it reads, and those that may be disclosed to it.
fn seen_logs(context: &Context) -> impl Iterator<Item = &Log> {
    let sees = |at: usize, log: &Log| {
        context.observers.iter().any(|observer| match observer {
            Observer::Log(read) => usize::from(*read) == at,
            Observer::ProviderStore => log.held_by == Holder::Provider,
            Observer::Investigator => true,
            _ => false,
        })
    };
    context.design.logs.iter().enumerate().filter(move |(at, log)| sees(*at, log)).map(|(_, log)| log)
}
