//! **What one step draws: the action, what happens, what is written down, disclosed and deleted.**

use super::recorder::recorder;
use super::{Lane, Mark, Sort, lane};
use crate::tell::scene::{Scene, keeps_logs};
use crate::tell::words::{count, devices, harmless, list, own};
use crate::tell::{acts, content, outcome, rows};
use mailcover_model::action::Action;
use mailcover_model::design::Holder;
use mailcover_model::row::{Kind, NOT_ACCEPTED, Row, TOLD_BY_THE_DEVICE};
use mailcover_model::rules::calls::{Signal, length, went_directly};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::rules::keys::DIFFERENT;
use mailcover_model::service::Service;
use mailcover_model::world::{Address, User};

/// Takes out the first row of this kind that each log recorded.
fn written(unwritten: &mut Vec<Row>, kind: Kind) -> Vec<Row> {
    let mut taken: Vec<Row> = Vec::new();
    unwritten.retain(|row| {
        let first = row.kind() == kind && taken.iter().all(|other| other.index() != row.index());
        if first {
            taken.push(*row);
        }
        !first
    });
    taken
}

/// One step, to be drawn.
pub(crate) struct Drawn<'a> {
    pub(crate) service: &'a Service,
    pub(crate) scene: &'a Scene,
}

impl Drawn<'_> {
    /// All that the step draws, from above.
    pub(crate) fn marks(&self) -> Vec<Mark> {
        let mut marks = self.beginning();
        let mut unwritten = self.scene.recorded.clone();
        for &row in &self.scene.happened {
            marks.extend(self.happened(row));
            marks.extend(written(&mut unwritten, row.kind()).into_iter().map(|row| self.recorded(row)));
        }
        marks.extend(unwritten.into_iter().map(|row| self.recorded(row)));
        marks.extend(self.disclosed());
        marks.extend(self.ending());
        marks
    }

    fn sort(&self) -> Sort {
        if self.scene.action.capability().is_some() { Sort::Power } else { Sort::Plain }
    }

    /// What the action itself is, where nothing that happens says it better.
    pub(crate) fn beginning(&self) -> Vec<Mark> {
        let alone = |at: Lane, says: String| vec![Mark::Alone { at, says, sort: self.sort() }];
        match self.scene.action {
            Action::Type { device, address } => alone(lane(device), format!("types {}", address.name())),
            Action::Pick { device, address } => alone(
                lane(device),
                format!("picks {}'s name, for {}", address.owner().name(), address.name()),
            ),
            Action::Abandon { device } => alone(lane(device), "abandons the draft".to_owned()),
            Action::Send { device, address } => {
                alone(lane(device), format!("writes to {} and presses send", address.name()))
            }
            Action::Attach { device, address } => {
                alone(lane(device), format!("writes to {}, with an attachment", address.name()))
            }
            Action::Deliver { message, device } => vec![self.arrow(
                Lane::Push,
                lane(device),
                format!("{}{}", acts::numbered(message), self.sealed(usize::from(message))),
            )],
            Action::Invite { device, address } => alone(lane(device), format!("calls {}", address.name())),
            Action::Ring { call, device } => vec![self.arrow(
                Lane::Push,
                lane(device),
                format!("the invitation of {}", acts::called(call)),
            )],
            Action::TimeOut { call } => {
                let caller = self.scene.before.calls().nth(usize::from(call)).map(|call| lane(call.device()));
                alone(caller.unwrap_or(Lane::Push), "nobody has answered in time".to_owned())
            }
            Action::SwitchOff { device } => alone(lane(device), "is switched off".to_owned()),
            Action::SwitchOn { device } => alone(lane(device), "is switched on".to_owned()),
            Action::Travel { user, with } => {
                let taken: Vec<String> = with.iter().map(own).collect();
                let with = if taken.is_empty() {
                    "without a device".to_owned()
                } else {
                    format!("with {}", list(&taken))
                };
                let place = self.scene.after.person(user).place().name();
                alone(lane(user.phone()), format!("{} is now {place}, {with}", user.name()))
            }
            Action::AddKey { address } => vec![self.arrow(
                Lane::Adversary,
                Lane::Directory,
                format!("adds a key of its own to {}", address.name()),
            )],
            Action::SwapKey { address } => vec![self.arrow(
                Lane::Adversary,
                Lane::Directory,
                format!("replaces the keys of {}", address.name()),
            )],
            Action::Inject { device, claimed, .. } => vec![self.arrow(
                Lane::Adversary,
                lane(device),
                format!("a message, as if from {}", claimed.name()),
            )],
            Action::WithholdAlerts { address } => {
                let says = format!("keeps back alerts about {}", address.name());
                vec![self.arrow(Lane::Adversary, Lane::Directory, says)]
            }
            Action::Compare { device, address } => {
                let other = lane(address.owner().phone());
                vec![self.arrow(lane(device), other, format!("compares what it has for {}", address.name()))]
            }
            Action::StealKey { device, key } => {
                vec![self.arrow(lane(device), Lane::Adversary, format!("its {}, stolen", key.name()))]
            }
            Action::Alter { message, device } => vec![self.arrow(
                Lane::Adversary,
                lane(device),
                format!("altered copies of {}", acts::numbered(message)),
            )],
            Action::Apply { application } => {
                vec![self.arrow(Lane::Investigator, Lane::Court, acts::applies(&application))]
            }
            Action::Demand { purpose } => {
                vec![self.plain(Lane::Investigator, Lane::Desk, format!("a demand {}", purpose.name()))]
            }
            Action::Refresh { .. }
            | Action::BackUp { .. }
            | Action::Fetch { .. }
            | Action::Answer { .. }
            | Action::Decline { .. }
            | Action::HangUp { .. }
            | Action::UseAccount { .. }
            | Action::DeliverSms { .. }
            | Action::Register { .. }
            | Action::Deregister { .. }
            | Action::Leave { .. }
            | Action::GiveUp { .. }
            | Action::Turn { .. }
            | Action::Disclose { .. }
            | Action::Extend { .. }
            | Action::Preserve { .. }
            | Action::DiscloseInEmergency { .. }
            | Action::DiscloseWithoutOrder { .. }
            | Action::Publish => Vec::new(),
        }
    }

    fn arrow(&self, from: Lane, to: Lane, says: String) -> Mark {
        Mark::Arrow { from, to, says: harmless(&says), sort: self.sort() }
    }

    fn plain(&self, from: Lane, to: Lane, says: String) -> Mark {
        Mark::Arrow { from, to, says: harmless(&says), sort: Sort::Plain }
    }

    fn answer(&self, from: Lane, to: Lane, says: String) -> Mark {
        Mark::Arrow { from, to, says: harmless(&says), sort: Sort::Answer }
    }

    /// For whom a message is encrypted.
    fn sealed(&self, index: usize) -> String {
        let message = self.scene.after.messages().nth(index);
        message.map_or_else(String::new, |message| {
            format!(", encrypted for {}", list(&devices(message.named())))
        })
    }

    /// What one thing that happened draws, where the action does not say it.
    pub(crate) fn happened(&self, row: Row) -> Vec<Mark> {
        let device = lane(row.device());
        let number = format!("message {}", row.index() + 1);
        let with = content::attachment(row.has_attachment());
        let at = if row.index() == Holder::Carrier.index() { Lane::Carrier } else { Lane::Desk };
        let alone = |at: Lane, says: String| vec![Mark::Alone { at, says, sort: Sort::Plain }];
        match row.kind() {
            Kind::Lookup => self.lookup(row),
            Kind::Submitted => {
                vec![self.plain(device, Lane::Push, format!("{number}{}", self.sealed(row.index())))]
            }
            Kind::Delivered => vec![self.plain(device, Lane::Push, format!("acknowledges {number}"))],
            Kind::Unacknowledged => {
                alone(device, "does not accept it: the signature does not fit the keys".to_owned())
            }
            Kind::Expired => alone(Lane::Push, format!("gives {number} up")),
            Kind::Told if row.detail() == TOLD_BY_THE_DEVICE => {
                alone(device, format!("{number} could not be sent"))
            }
            Kind::Told => vec![self.plain(Lane::Push, device, format!("{number} did not arrive"))],
            Kind::SmsSent => {
                vec![self.plain(device, Lane::Carrier, format!("{number} as SMS, with its text{with}"))]
            }
            Kind::SmsDelivered => {
                vec![self.plain(Lane::Carrier, device, format!("{number} as SMS, with its text{with}"))]
            }
            Kind::Registered => vec![self.plain(device, Lane::Directory, "registers".to_owned())],
            Kind::Deregistered => vec![self.plain(device, Lane::Directory, "has itself removed".to_owned())],
            Kind::BackedUp => {
                let number = row.copy().map_or_else(|| "a message".to_owned(), acts::numbered);
                vec![self.plain(device, Lane::Backups, format!("backs {number} up"))]
            }
            Kind::Uploaded => {
                vec![self.plain(device, Lane::Store, format!("the attachment of {number}, encrypted"))]
            }
            Kind::Fetched => vec![self.plain(Lane::Store, device, format!("the attachment of {number}"))],
            Kind::Invited => {
                let to = row.target().unwrap_or(Address::Alice).name();
                vec![self.plain(device, Lane::Push, format!("invites {to} to a call"))]
            }
            Kind::Signalled => signalled(row).map_or_else(Vec::new, |says| {
                vec![self.plain(device, Lane::Push, says.to_owned())]
            }),
            Kind::Media => {
                let way = if went_directly(row) { "" } else { ", through the relay" };
                let call = length(row).map_or("", |length| length.name());
                let says = format!("ends a {call} call{way}, encrypted between the two");
                vec![self.plain(device, lane(row.other_end()), says)]
            }
            Kind::SignedIn => vec![self.plain(device, Lane::Accounts, "signs in".to_owned())],
            Kind::Purchased => vec![self.plain(device, Lane::Accounts, "buys something".to_owned())],
            Kind::Left => {
                vec![self.plain(device, Lane::Carrier, "the number moves to another make".to_owned())]
            }
            Kind::GivenUp => vec![self.plain(device, Lane::Carrier, "the number is given up".to_owned())],
            Kind::Alerted => vec![self.plain(Lane::Directory, device, "alert: a key was added".to_owned())],
            Kind::Recalled => {
                vec![self.plain(Lane::Directory, device, "the answer no longer serves".to_owned())]
            }
            Kind::Compared => {
                let found = if row.detail() == DIFFERENT { "one is not hers or his" } else { "no difference" };
                let other = row.target().map_or(device, |target| lane(target.owner().phone()));
                vec![self.answer(other, device, found.to_owned())]
            }
            Kind::Injected if row.detail() == NOT_ACCEPTED => {
                alone(device, "does not accept it, and shows nothing of it".to_owned())
            }
            Kind::Injected => {
                let claimed = row.source().map_or("nobody", User::name);
                let again = if outcome::same_again(self.scene).is_some() { ", and shows it again" } else { "" };
                alone(device, format!("takes it for a message of {claimed}'s{again}"))
            }
            Kind::Altered if row.detail() == NOT_ACCEPTED => {
                alone(device, "notices the alterations, and does not react".to_owned())
            }
            Kind::Altered => {
                vec![self.plain(device, Lane::Push, "reacts, by what the alterations make of the text".to_owned())]
            }
            Kind::Granted => {
                vec![self.answer(Lane::Court, Lane::Investigator, "granted".to_owned())]
            }
            Kind::Refused => {
                let says = format!("refused: {}", rows::ground(row));
                vec![self.answer(Lane::Court, Lane::Investigator, says)]
            }
            Kind::Extended => vec![self.arrow(Lane::Court, at, "the order runs longer".to_owned())],
            Kind::Preserved => {
                let says = format!("preserve what there is about {}", about(row));
                vec![self.arrow(Lane::Investigator, Lane::Desk, says)]
            }
            Kind::Disclosed => vec![self.arrow(at, Lane::Investigator, self.disclosure(row))],
            Kind::Reported => {
                alone(Lane::Desk, format!("publishes: {}", rows::reported(self.service, row)))
            }
            // The mark of the action says it.
            Kind::Typed
            | Kind::Picked
            | Kind::Abandoned
            | Kind::SwitchedOff
            | Kind::SwitchedOn
            | Kind::Travelled
            | Kind::KeyAdded
            | Kind::KeySwapped
            | Kind::KeyStolen
            // And this is a tap's word for something else that happens.
            | Kind::Exchange => Vec::new(),
        }
    }

    fn lookup(&self, row: Row) -> Vec<Mark> {
        let (device, target) = (row.device(), row.target().unwrap_or(Address::Alice));
        let named = devices(self.scene.after.cached(device, target).named());
        let answer = match named.as_slice() {
            [] if row.found() > 0 => format!("names {}", count(row.found(), "key")),
            [] => "names no device".to_owned(),
            some => format!("names {}", list(some)),
        };
        vec![
            self.plain(lane(device), Lane::Directory, format!("asks about {}", target.name())),
            self.answer(Lane::Directory, lane(device), answer),
        ]
    }

    /// What a disclosure is about, what it rests on, and how much it hands over.
    fn disclosure(&self, row: Row) -> String {
        let basis = match Basis::of(row) {
            Basis::Order => "under the order",
            Basis::Emergency => "in an emergency",
            Basis::None => "without an order",
        };
        let copies = self.scene.disclosed.iter().filter(|row| row.copy().is_some()).count();
        let blobs = self.scene.disclosed.iter().filter(|row| row.stored_blob().is_some()).count();
        let rows = self.scene.disclosed.len() - copies - blobs;
        let counts = [(rows, "row"), (copies, "message"), (blobs, "attachment")]
            .into_iter()
            .filter(|(number, _)| *number > 0);
        let counts: Vec<String> = counts.map(|(number, one)| count(number as u32, one)).collect();
        let what = match counts.as_slice() {
            [] if !keeps_logs(self.service) => String::new(),
            [] => ": nothing".to_owned(),
            some => format!(": {}", list(some)),
        };
        format!("discloses about {}, {basis}{what}", about(row))
    }

    fn recorded(&self, row: Row) -> Mark {
        let log = Lane::Log(row.index() as u8);
        let says = rows::recorded(self.service, self.scene.next_day, row);
        self.answer(recorder(self.service, row), log, format!("row: {says}"))
    }

    fn disclosed(&self) -> Vec<Mark> {
        let row = |&row: &Row| {
            if row.is_content() {
                let from = if row.copy().is_some() { Lane::Backups } else { Lane::Store };
                return self.answer(from, Lane::Investigator, content::held(self.service, row));
            }
            let says = rows::recorded(self.service, self.scene.next_day, row);
            self.answer(Lane::Log(row.index() as u8), Lane::Investigator, format!("row: {says}"))
        };
        self.scene.disclosed.iter().map(row).collect()
    }

    /// What ends a day: rows that are deleted, and the day that begins.
    fn ending(&self) -> Vec<Mark> {
        let Action::Turn { keep } = self.scene.action else { return Vec::new() };
        let mut marks = Vec::new();
        for &row in &self.scene.purged {
            let says = rows::recorded(self.service, self.scene.day, row);
            let at = Lane::Log(row.index() as u8);
            marks.push(Mark::Alone { at, says: harmless(&format!("deletes: {says}")), sort: Sort::Plain });
        }
        if keep && keeps_logs(self.service) {
            let says = "keeps the rows that are due".to_owned();
            marks.push(Mark::Alone { at: Lane::Log(0), says, sort: Sort::Power });
        }
        let (before, after) = (&self.scene.before, &self.scene.after);
        let mut orders = before.orders().iter().zip(after.orders());
        let ended = orders.any(|(before, after)| before.running() && !after.running());
        let order = if ended { "; an order has ended" } else { "" };
        marks.push(Mark::Rule(format!("{}{order}", self.scene.next_day.heading())));
        marks
    }
}

/// What a device says of an invitation; nothing where no device says it.
fn signalled(row: Row) -> Option<&'static str> {
    match Signal::of(row)? {
        Signal::Rang => Some("rings"),
        Signal::Answered => Some("answers"),
        Signal::Declined => Some("declines"),
        Signal::Withdrawn => Some("withdraws the invitation"),
        Signal::Missed => None,
    }
}

/// Whom a row of the law is about.
fn about(row: Row) -> &'static str {
    row.target().map_or("everybody", |target| target.owner().name())
}
