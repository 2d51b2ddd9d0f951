//! **What a chart shows of each step: messages with what they carry, and what somebody does alone.**

use crate::tell::calendar::Day;
use crate::tell::scene::{Scene, Scenes, keeps_logs};
use crate::tell::words::{capital, count, devices, harmless, list, log_name, own};
use crate::tell::{acts, rows};
use mailcover_model::action::Action;
use mailcover_model::design::Holder;
use mailcover_model::row::{Kind, Row, TOLD_BY_THE_DEVICE};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::service::Service;
use mailcover_model::world::{Address, Device};

/// A principal of the chart. The order is that of the lifelines, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Lane {
    /// A device of Alice's, with its person.
    Left(Device),
    /// Whoever uses a capability.
    Adversary,
    /// The key directory.
    Directory,
    /// A log, by its number.
    Log(u8),
    /// The push service.
    Push,
    /// The carrier.
    Carrier,
    /// Another device, with its person.
    Right(Device),
    /// Who answers orders at the provider.
    Desk,
    /// The investigator.
    Investigator,
    /// The court.
    Court,
}

/// How a mark is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// As any other.
    Plain,
    /// An answer, or something written down.
    Answer,
    /// A capability at work.
    Power,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Something goes from one to the other.
    Arrow { from: Lane, to: Lane, says: String, sort: Sort },
    /// Somebody does something alone.
    Alone { at: Lane, says: String, sort: Sort },
    /// A day begins.
    Day(String),
}

/// A chart before it is laid out.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    /// The lifelines that are used, in order, each with its name.
    pub(crate) lanes: Vec<(Lane, String)>,
    /// The marks of each step, beginning with what stands before the first.
    pub(crate) steps: Vec<Vec<Mark>>,
}

/// What a chart of these scenes shows.
pub(crate) fn sequence(service: &Service, scenes: &Scenes) -> Sequence {
    let mut steps: Vec<Vec<Mark>> = vec![vec![Mark::Day(Day::FIRST.heading())]];
    for scene in &scenes.run {
        steps.push(Drawn { service, scene }.marks());
    }
    let mut used: Vec<Lane> = steps.iter().flatten().flat_map(lanes_of).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        used.extend(service.scope().devices.iter().map(lane));
    }
    let lanes = used.into_iter().map(|lane| (lane, name(service, lane))).collect();
    Sequence { lanes, steps }
}

fn lanes_of(mark: &Mark) -> Vec<Lane> {
    match mark {
        Mark::Arrow { from, to, .. } => vec![*from, *to],
        Mark::Alone { at, .. } => vec![*at],
        Mark::Day(_) => Vec::new(),
    }
}

const fn lane(device: Device) -> Lane {
    match device {
        Device::AlicePhone | Device::AliceTablet => Lane::Left(device),
        _ => Lane::Right(device),
    }
}

fn name(service: &Service, lane: Lane) -> String {
    match lane {
        Lane::Left(device) | Lane::Right(device) => device.name().to_owned(),
        Lane::Adversary => "Adversary".to_owned(),
        Lane::Directory => "Directory".to_owned(),
        Lane::Log(log) => {
            let name = log_name(service, usize::from(log));
            capital(name.strip_prefix("the ").unwrap_or(&name))
        }
        Lane::Push => "Push".to_owned(),
        Lane::Carrier => "Carrier".to_owned(),
        Lane::Desk => "Provider, for orders".to_owned(),
        Lane::Investigator => "Investigator".to_owned(),
        Lane::Court => "Court".to_owned(),
    }
}

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
struct Drawn<'a> {
    service: &'a Service,
    scene: &'a Scene,
}

impl Drawn<'_> {
    fn marks(&self) -> Vec<Mark> {
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
        if acts::capability(&self.scene.action).is_some() { Sort::Power } else { Sort::Plain }
    }

    /// What the action itself is, where nothing that happens says it better.
    fn beginning(&self) -> Vec<Mark> {
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
            Action::Deliver { message, device } => vec![self.arrow(
                Lane::Push,
                lane(device),
                format!("{}{}", acts::numbered(message), self.sealed(usize::from(message))),
            )],
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
            _ => Vec::new(),
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

    /// What one thing that happened draws.
    fn happened(&self, row: Row) -> Vec<Mark> {
        let device = lane(row.device());
        let number = format!("message {}", row.index() + 1);
        match row.kind() {
            Kind::Lookup => self.lookup(row),
            Kind::Submitted => {
                vec![self.plain(device, Lane::Push, format!("{number}{}", self.sealed(row.index())))]
            }
            Kind::Delivered => vec![self.plain(device, Lane::Push, format!("acknowledges {number}"))],
            Kind::Expired => {
                vec![Mark::Alone { at: Lane::Push, says: format!("gives {number} up"), sort: Sort::Plain }]
            }
            Kind::Told if row.detail() == TOLD_BY_THE_DEVICE => {
                vec![Mark::Alone {
                    at: device,
                    says: format!("{number} could not be sent"),
                    sort: Sort::Plain,
                }]
            }
            Kind::Told => vec![self.plain(Lane::Push, device, format!("{number} did not arrive"))],
            Kind::SmsSent => {
                vec![self.plain(device, Lane::Carrier, format!("{number} as SMS, with its text"))]
            }
            Kind::SmsDelivered => {
                vec![self.plain(Lane::Carrier, device, format!("{number} as SMS, with its text"))]
            }
            Kind::Registered => vec![self.plain(device, Lane::Directory, "registers".to_owned())],
            Kind::Deregistered => vec![self.plain(device, Lane::Directory, "has itself removed".to_owned())],
            Kind::Left => {
                vec![self.plain(device, Lane::Carrier, "the number moves to another make".to_owned())]
            }
            _ => self.legal(row),
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

    fn legal(&self, row: Row) -> Vec<Mark> {
        let at = if row.index() == Holder::Carrier.index() { Lane::Carrier } else { Lane::Desk };
        let about = row.target().map_or("everybody", |target| target.owner().name());
        match row.kind() {
            Kind::Granted | Kind::Refused => {
                let asks = acts::plain(&self.scene.action);
                let asks = asks.strip_prefix("The investigator ").unwrap_or(&asks).to_owned();
                let answer = match row.kind() {
                    Kind::Granted => "granted".to_owned(),
                    _ => format!("refused: {}", rows::ground(row)),
                };
                vec![
                    self.arrow(Lane::Investigator, Lane::Court, asks),
                    self.answer(Lane::Court, Lane::Investigator, answer),
                ]
            }
            Kind::Extended => vec![self.arrow(Lane::Court, at, "the order runs longer".to_owned())],
            Kind::Preserved => {
                vec![self.arrow(
                    Lane::Investigator,
                    Lane::Desk,
                    format!("preserve what there is about {about}"),
                )]
            }
            Kind::Disclosed => {
                let basis = match Basis::of(row) {
                    Basis::Order => "under the order",
                    Basis::Emergency => "in an emergency",
                    Basis::None => "without an order",
                };
                let rows = match self.scene.disclosed.len() {
                    0 if !keeps_logs(self.service) => String::new(),
                    0 => ": nothing".to_owned(),
                    rows => format!(": {}", count(rows as u32, "row")),
                };
                vec![self.arrow(at, Lane::Investigator, format!("discloses about {about}, {basis}{rows}"))]
            }
            _ => Vec::new(),
        }
    }

    fn recorded(&self, row: Row) -> Mark {
        let log = Lane::Log(row.index() as u8);
        let says = rows::recorded(self.service, self.scene.next_day, row);
        let carrier =
            self.service.design().logs.get(row.index()).is_some_and(|log| log.held_by == Holder::Carrier);
        let from = match row.kind() {
            _ if carrier => Lane::Carrier,
            Kind::Lookup | Kind::Registered | Kind::Deregistered | Kind::KeyAdded | Kind::KeySwapped => {
                Lane::Directory
            }
            _ => Lane::Push,
        };
        self.answer(from, log, format!("row: {says}"))
    }

    fn disclosed(&self) -> Vec<Mark> {
        let row = |&row: &Row| {
            let says = rows::recorded(self.service, self.scene.next_day, row);
            self.answer(Lane::Log(row.index() as u8), Lane::Investigator, format!("row: {says}"))
        };
        self.scene.disclosed.iter().map(row).collect()
    }

    /// What ends the step: a message that is refused, rows that are deleted, a day that begins.
    fn ending(&self) -> Vec<Mark> {
        let Action::Turn { keep } = self.scene.action else {
            return self.refused().into_iter().collect();
        };
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
        marks.push(Mark::Day(format!("{}{order}", self.scene.next_day.heading())));
        marks
    }

    /// A message that its device does not accept.
    fn refused(&self) -> Option<Mark> {
        let Action::Deliver { message, device } = self.scene.action else { return None };
        let accepted = self.scene.after.messages().nth(usize::from(message))?.received() & device.bit() != 0;
        let says = "does not accept it: the signature does not fit the keys".to_owned();
        (!accepted).then(|| Mark::Alone { at: lane(device), says, sort: Sort::Plain })
    }
}
