//! **What comes of an action: the sentences that follow it.**

use super::acts;
use super::content::attachment;
use super::rows;
use super::scene::Scene;
use super::words::{count, devices, harmless, holder, list, log_name, own, possessive, sentence, sort};
use crate::minimize::search::person;
use mailcover_model::action::{Action, PrivateKey};
use mailcover_model::design::{KeyLife, Media};
use mailcover_model::row::{Kind, NOT_ACCEPTED, Row};
use mailcover_model::rules::calls::{Signal, went_directly};
use mailcover_model::rules::keys::DIFFERENT;
use mailcover_model::service::Service;
use mailcover_model::state::{Message, OPERATOR_KEY, State};
use mailcover_model::world::{Address, Place, User};

/// The action and what comes of it, as sentences.
pub(crate) fn told(service: &Service, scene: &Scene) -> String {
    let mut parts = vec![beginning(scene)];
    parts.extend(unasked(service, scene));
    parts.extend(scene.happened.iter().filter_map(|&row| after(service, scene, row)));
    parts.extend(same_again(scene));
    parts.extend(silence(service, scene));
    parts.extend(by_another(scene));
    parts.retain(|part| !part.is_empty());
    harmless(&parts.join(" "))
}

/// The action as a short clause, where the state after it is known, and how many days it takes.
pub(crate) fn act(action: &Action, after: &State, days: i32) -> String {
    match *action {
        Action::Travel { user, with } => {
            let verb = match after.person(user).place() {
                Place::Home => "comes home",
                Place::Away => "goes away",
            };
            acts::journey(user, verb, with)
        }
        Action::Turn { keep } if days > 1 => {
            let kept =
                if keep { ", and the rows that are due for deletion are kept all the same" } else { "" };
            format!("{days} days pass{kept}")
        }
        _ => acts::plain(action),
    }
}

/// The same of a scene.
pub(crate) fn act_of(scene: &Scene) -> String {
    act(&scene.action, &scene.after, scene.next_day.0 - scene.day.0)
}

fn beginning(scene: &Scene) -> String {
    match scene.action {
        Action::Deregister { device } => {
            let (who, phone) = (device.owner().name(), own(device));
            if scene.before.device(device).gone() {
                format!("{who} has the registration that was left behind removed from the directory.")
            } else {
                format!("{who} turns the service off for {phone}, and the directory lists it no more.")
            }
        }
        Action::Turn { .. } => format!("{}. It is now {}.", act_of(scene), scene.next_day),
        Action::Extend { order, .. } => {
            format!("{}{}.", act_of(scene), until(scene, usize::from(order), "It now runs"))
        }
        _ => sentence(&act_of(scene)),
    }
}

/// Until when an order runs, as a sentence that follows another; nothing of one that only looks back.
fn until(scene: &Scene, order: usize, verb: &str) -> String {
    let order = scene.after.orders().get(order).filter(|order| order.runs > 0);
    order.map_or_else(String::new, |order| {
        let last = scene.next_day.later(u16::from(order.runs.saturating_sub(order.age)));
        format!(". {verb} until {last}")
    })
}

/// What one thing that happened adds to the story.
fn after(service: &Service, scene: &Scene, row: Row) -> Option<String> {
    let number = row.index() + 1;
    let device = row.device();
    Some(match row.kind() {
        Kind::Lookup => lookup(scene, row),
        Kind::Submitted => {
            let keys = scene.after.messages().nth(row.index()).map_or(0, |message| message.named());
            let mut copies = devices(keys);
            if service.has_an_authority() {
                copies.push("the authority".to_owned());
            }
            let thinks = if keys & OPERATOR_KEY != 0 {
                " It cannot tell that one of these keys is not the addressee's."
            } else {
                ""
            };
            let phone = sort(device);
            format!(
                "The {phone} encrypts message {number} for {}, signs it and hands it to push.{thinks}",
                list(&copies)
            )
        }
        Kind::Delivered => {
            let phone = sort(device);
            format!("The {phone} checks the signature, decrypts the message and acknowledges it.")
        }
        Kind::SmsSent => format!(
            "{}, so {} sends it as message {number} by SMS{}, which the carrier can read.",
            if scene.before.device(device).registered() {
                "The directory names no device for this number"
            } else {
                "The phone is no longer registered with the service"
            },
            own(device),
            attachment(row.has_attachment())
        ),
        Kind::SmsDelivered => {
            format!("{} now has it.", row.target().map_or("The receiver", |target| target.owner().name()))
        }
        Kind::BackedUp => copied(service, row)?,
        Kind::Uploaded => uploaded(service, row),
        Kind::Fetched => format!("The {} opens it with the key in the message.", sort(device)),
        Kind::Invited => {
            let invited = scene.after.calls().last().map_or(0, |call| call.waiting());
            match devices(invited).as_slice() {
                [] => "Push has no device to hand the invitation to.".to_owned(),
                some => format!("Push is to hand the invitation to {}.", list(some)),
            }
        }
        Kind::Signalled => match Signal::of(row)? {
            Signal::Answered => format!("From now on the two talk, and media goes {}.", media_way(service)),
            Signal::Withdrawn => "Nobody had answered.".to_owned(),
            Signal::Rang | Signal::Declined | Signal::Missed => return None,
        },
        Kind::Media => {
            let way = if went_directly(row) { "from device to device" } else { "through the provider's relay" };
            format!("The media went {way}, encrypted between the two devices.")
        }
        Kind::Expired => format!("Push gives message {number} up, since nobody fetched it in time."),
        Kind::Told => rows::told(row),
        Kind::Granted => {
            let newest = scene.after.orders().len().saturating_sub(1);
            format!("The court grants it{}.", until(scene, newest, "It runs"))
        }
        Kind::Refused => format!("The court refuses: {}.", rows::ground(row)),
        Kind::Unacknowledged => format!(
            "The {} does not accept it, for the signature does not fit the keys that it was given, and leaves it \
             unacknowledged.",
            sort(device)
        ),
        Kind::Injected if row.detail() == NOT_ACCEPTED => {
            format!("The {} does not accept it, and shows nothing of it.", sort(device))
        }
        Kind::Injected => {
            let claimed = row.source().map_or("nobody", User::name);
            format!("The {} accepts it as {claimed}'s message {number}.", sort(device))
        }
        Kind::Alerted => format!("{} is alerted to it.", super::words::capital(device.name())),
        Kind::Recalled => format!(
            "{} is told that what it remembers of {} no longer serves.",
            super::words::capital(device.name()),
            row.target().map_or("nobody", |target| target.name())
        ),
        Kind::Compared if row.detail() == DIFFERENT => "One of the keys is not among them.".to_owned(),
        Kind::Compared => "They find no difference.".to_owned(),
        Kind::KeyStolen => stolen(service, row)?,
        Kind::Altered if row.detail() == NOT_ACCEPTED => {
            format!("The {} notices each alteration, and reacts to none of the copies.", sort(device))
        }
        Kind::Altered => format!(
            "How the {} reacts depends on what each alteration makes of the text, so that the text follows from the \
             reactions and the alterations together.",
            sort(device)
        ),
        Kind::Reported => {
            let (band, width) = (service.band(), service.design().report.band);
            let stands = if band == width {
                String::new()
            } else {
                format!(" A band of {band} numbers stands here for one of {width}.")
            };
            format!("It says that there were {}.{stands}", rows::reported(service, row))
        }
        Kind::Disclosed => disclosed(service, scene, row),
        // The action says all that there is to say.
        Kind::Typed
        | Kind::Picked
        | Kind::Abandoned
        | Kind::SignedIn
        | Kind::Purchased
        | Kind::Registered
        | Kind::Deregistered
        | Kind::Left
        | Kind::GivenUp
        | Kind::SwitchedOff
        | Kind::SwitchedOn
        | Kind::Travelled
        | Kind::KeyAdded
        | Kind::KeySwapped
        | Kind::Preserved
        | Kind::Extended
        // And this is a tap's word for something else that happens.
        | Kind::Exchange => return None,
    })
}

/// The question to the directory that comes of the action, as a clause. `None` where none does, or where asking is the
/// action itself.
pub(crate) fn asks(scene: &Scene) -> Option<String> {
    let asking = matches!(scene.action, Action::Refresh { .. });
    let row = scene.happened.iter().find(|row| row.kind() == Kind::Lookup && !asking)?;
    Some(harmless(&question(scene, *row)))
}

/// The question that the row of a lookup is about, as a clause.
fn question(scene: &Scene, row: Row) -> String {
    let (device, address) = (row.device(), row.target().unwrap_or(Address::Alice).name());
    if matches!(scene.action, Action::Deliver { .. } | Action::Inject { .. }) {
        format!("to check the signature, the {} asks the directory about {address}", sort(device))
    } else {
        format!("{} asks the directory about {address}", own(device))
    }
}

fn lookup(scene: &Scene, row: Row) -> String {
    let address = row.target().unwrap_or(Address::Alice);
    let named = devices(scene.after.cached(row.device(), address).named());
    let answer = match named.as_slice() {
        [] => "the directory names no device".to_owned(),
        names => format!("the directory names {}: {}", count(names.len() as u32, "key"), list(names)),
    };
    if matches!(scene.action, Action::Refresh { .. }) {
        return format!("In answer, {answer}.");
    }
    format!("{}; {answer}.", super::words::capital(&question(scene, row)))
}

/// Which way media goes in the design.
fn media_way(service: &Service) -> &'static str {
    match service.design().calls.media {
        Media::Relayed => "through the provider's relay",
        Media::PeerToPeer | Media::None => "from device to device",
    }
}

fn disclosed(service: &Service, scene: &Scene, row: Row) -> String {
    let marked = |state: &State| state.rows.as_slice().iter().filter(|row| row.disclosed()).count();
    let handed = marked(&scene.after).saturating_sub(marked(&scene.before));
    let at = holder(row.index());
    let copies = scene.disclosed.iter().filter(|row| row.copy().is_some()).count();
    let blobs = scene.disclosed.iter().filter(|row| row.stored_blob().is_some()).count();
    let mut parts = Vec::new();
    if handed > 0 {
        parts.push(count(handed as u32, "row"));
    }
    if copies > 0 {
        let key = if service.provider_opens_backups() { "with the key" } else { "without the key" };
        parts.push(format!("{} in backups, {key}", count(copies as u32, "message")));
    }
    if blobs > 0 {
        let key = if service.store_opens_blobs() { "with the key" } else { "without the key" };
        parts.push(format!("{}, {key}", count(blobs as u32, "attachment")));
    }
    match parts.as_slice() {
        [] if !super::scene::keeps_logs(service) => String::new(),
        [] => format!("There is nothing that {at} could hand over."),
        _ => format!("It hands over {}.", list(&parts)),
    }
}

/// What can be done with a key that was stolen.
fn stolen(service: &Service, row: Row) -> Option<String> {
    let (device, owner) = (sort(row.device()), row.device().owner().name());
    Some(match (row.stolen_key()?, service.design().encryption.keys) {
        (PrivateKey::Signing, _) => format!("Whatever is signed with it passes as {owner}'s."),
        (PrivateKey::Decryption, KeyLife::Static) => {
            format!("It opens whatever is or was encrypted for the {device}.")
        }
        (PrivateKey::Decryption, KeyLife::OneTime) => {
            format!("It opens what the {device} has not read yet; the keys to what it has read are erased.")
        }
    })
}

/// Where a blob is now, and who can open it there.
fn uploaded(service: &Service, row: Row) -> String {
    let besides = if service.store_opens_blobs() { ", beside which the key is kept as well" } else { "" };
    format!(
        "The {} encrypts the attachment with a key of its own, writes that key into the message, and puts the blob into the \
         provider's store{besides}.",
        sort(row.device())
    )
}

/// Where a message that is backed up is now, and who can open it there.
fn copied(service: &Service, row: Row) -> Option<String> {
    let number = acts::numbered(row.copy()?);
    let owner = row.device().owner().name();
    let reader = if service.provider_opens_backups() {
        format!("with a key that {owner} and the provider hold")
    } else {
        format!("with a key that {owner} alone holds")
    };
    Some(format!("{} is now in the backup, encrypted {reader}.", super::words::capital(&number)))
}

/// That a device has now accepted a text which it accepted before.
pub(crate) fn same_again(scene: &Scene) -> Option<String> {
    let Action::Inject { device, .. } = scene.action else { return None };
    let new = scene.after.messages().last()?;
    let accepted = |message: &Message| message.received() & device.bit() != 0;
    let same = |earlier: &Message| earlier.body() == new.body() && accepted(earlier) && accepted(new);
    let number = scene.before.messages().position(same)? + 1;
    Some(format!("It is the same text as that of message {number}, accepted a second time."))
}

/// That somebody's number is another's by now, who does what is told of the one who gave it up.
fn by_another(scene: &Scene) -> Option<String> {
    let name = person(&scene.action).filter(|user| scene.before.person(*user).gave_up())?.name();
    (scene.before.handed > 0)
        .then(|| format!("(This is whoever has {name}'s number by now, and not {name}.)"))
}

/// What is worth saying although nothing is seen of it.
fn silence(service: &Service, scene: &Scene) -> Option<String> {
    match scene.action {
        Action::Turn { .. } => ended(service, scene),
        Action::Leave { user } => {
            Some(format!("The registration of {} old telephone stays behind.", possessive(user)))
        }
        Action::GiveUp { .. } => {
            Some("From the next day on it is somebody else's, and so is what is done with it.".to_owned())
        }
        _ => None,
    }
}

/// That a device asks nobody, where it remembers the answer to what it would ask: about the address that is written to, or
/// about that of whoever wrote.
fn unasked(service: &Service, scene: &Scene) -> Option<String> {
    if scene.happened.iter().any(|row| row.kind() == Kind::Lookup) {
        return None;
    }
    let (device, address, about) = match scene.action {
        Action::Type { device, address }
        | Action::Send { device, address }
        | Action::Attach { device, address } => (device, address, String::new()),
        Action::Deliver { device, message } => {
            let author = scene.before.messages().nth(usize::from(message))?.author();
            (device, author.address(), about(author))
        }
        Action::Inject { device, claimed, .. } => (device, claimed.address(), about(claimed)),
        _ => return None,
    };
    let answer = scene.before.cached(device, address);
    let fresh = answer.known() && answer.age <= service.periods().cache;
    fresh.then(|| {
        let named = devices(answer.named());
        format!(
            "{} still remembers the directory's answer{about} ({}) and asks nobody.",
            super::words::capital(&own(device)),
            if named.is_empty() { "no device".to_owned() } else { list(&named) }
        )
    })
}

/// Whom an answer is about, after "the answer".
fn about(author: User) -> String {
    format!(" about {}", author.address().name())
}

fn ended(service: &Service, scene: &Scene) -> Option<String> {
    let mut said = Vec::new();
    for (number, (before, after)) in scene.before.orders().iter().zip(scene.after.orders()).enumerate() {
        if before.running() && !after.running() {
            let which = super::acts::which(number as u8);
            said.push(format!("The order at {}{which} ends.", before.at().name()));
        }
    }
    for user in User::ALL {
        if scene.before.request(user).in_force() && !scene.after.request(user).in_force() {
            said.push(format!("The request to preserve what there is about {} ends.", user.name()));
        }
    }
    let mut purged: Vec<(usize, Vec<String>)> = Vec::new();
    for &row in &scene.purged {
        let words = format!("({})", rows::recorded(service, scene.day, row));
        match purged.iter_mut().find(|(log, _)| *log == row.index()) {
            Some((_, words_so_far)) => words_so_far.push(words),
            None => purged.push((row.index(), vec![words])),
        }
    }
    for (log, words) in purged {
        let rows = if words.len() == 1 { "a row" } else { "rows" };
        let name = super::words::capital(&log_name(service, log));
        said.push(format!("{name} deletes {rows} whose time is over: {}.", list(&words)));
    }
    (!said.is_empty()).then(|| said.join(" "))
}
