//! **Who does what: each action as a sentence without its end.**

use super::words::{own, possessive};
use enumset::EnumSet;
use mailcover_model::action::{Action, Application, Point, Signer};
use mailcover_model::design::AccountAct;
use mailcover_model::state::{FORGED_BODY, Length, ORDER_CAPACITY};
use mailcover_model::world::{Device, User};

/// The action, whatever comes of it.
pub(crate) fn plain(action: &Action) -> String {
    match *action {
        Action::Type { device, address } => {
            format!("{} types {} on {}", device.owner().name(), address.name(), own(device))
        }
        Action::Pick { device, address } => {
            let (who, contact) = (device.owner().name(), address.owner().name());
            format!("{who} picks {contact}'s name on {} to write to {}", own(device), address.name())
        }
        Action::Abandon { device } => {
            format!("{} thinks better of it and abandons the draft", device.owner().name())
        }
        Action::Send { device, address } => {
            let (who, to) = (device.owner().name(), address.name());
            format!("{who} writes a message to {to} on {} and presses send", own(device))
        }
        Action::Attach { device, address } => {
            let (who, to) = (device.owner().name(), address.name());
            format!(
                "{who} writes a message to {to} on {}, attaches something to it and presses send",
                own(device)
            )
        }
        Action::Refresh { device, address } => {
            format!("{} asks the directory about {}, of its own accord", device.name(), address.name())
        }
        Action::Deliver { message, device } => {
            format!("Push delivers {} to {}", numbered(message), device.name())
        }
        Action::DeliverSms { message } => format!("The carrier delivers {}, an SMS", numbered(message)),
        Action::BackUp { device } => {
            format!("{} backs up, with the provider, the messages that it holds", device.name())
        }
        Action::Fetch { message, device } => {
            format!("{} fetches what is attached to {}", device.name(), numbered(message))
        }
        Action::Invite { device, address } => {
            format!("{} calls {} on {}", device.owner().name(), address.name(), own(device))
        }
        Action::Ring { call, device } => {
            format!("Push hands the invitation of {} to {}, which rings", called(call), device.name())
        }
        Action::Answer { call, device } => {
            format!("{} answers {} on {}", device.owner().name(), called(call), own(device))
        }
        Action::Decline { call, device } => {
            format!("{} declines {} on {}", device.owner().name(), called(call), own(device))
        }
        Action::TimeOut { call } => format!("Nobody has answered {} in time", called(call)),
        Action::HangUp { device, length } => {
            let after = match length {
                Length::Short => "soon",
                Length::Long => "after a long talk",
            };
            format!("{} hangs up on {}, {after}", device.owner().name(), own(device))
        }
        Action::UseAccount { device, act: AccountAct::SignIn } => {
            format!("{} signs in to {}'s account", device.name(), device.owner().name())
        }
        Action::UseAccount { device, act: AccountAct::Purchase } => {
            format!("{} buys something on {}", device.owner().name(), own(device))
        }
        Action::Register { device } => {
            format!("{} registers {} at the directory", device.owner().name(), own(device))
        }
        Action::Deregister { device } => {
            format!("{} turns the service off for {}", device.owner().name(), own(device))
        }
        Action::Leave { user } => {
            format!("{} takes {} number to a telephone of another make", user.name(), possessive(user))
        }
        Action::GiveUp { user } => {
            format!("{} gives {} number up", user.name(), possessive(user))
        }
        Action::SwitchOff { device } => format!("{} is switched off", device.name()),
        Action::SwitchOn { device } => format!("{} is switched on", device.name()),
        Action::Travel { user, with } => journey(user, "travels", with),
        Action::Turn { keep: false } => "The day ends".to_owned(),
        Action::Turn { keep: true } => {
            "The day ends, and whoever keeps the logs keeps the rows that are due for deletion".to_owned()
        }
        Action::Demand { purpose } => {
            format!("Somebody serves the provider with a demand {}", purpose.name())
        }
        Action::Publish => "The provider publishes its report about the demands so far".to_owned(),
        Action::Apply { application } => format!("The investigator {}", applies(&application)),
        Action::Disclose { by, order } => {
            format!("{} serves its order{}", super::words::capital(by.name()), which(order))
        }
        Action::Extend { at, order } => format!("A court extends the order at {}{}", at.name(), which(order)),
        Action::Preserve { user } => {
            format!("The investigator asks the provider to preserve what it holds about {}", user.name())
        }
        Action::DiscloseInEmergency { user } => {
            format!("The provider discloses what it holds about {}, in an emergency", user.name())
        }
        Action::DiscloseWithoutOrder { user } => {
            format!("The provider hands over what it holds about {}, without an order", user.name())
        }
        Action::AddKey { address } => {
            format!("As the directory's operator, the adversary adds a key of its own to {}", address.name())
        }
        Action::SwapKey { address } => format!(
            "As the directory's operator, the adversary replaces the keys of {} by its own",
            address.name()
        ),
        Action::WithholdAlerts { address } => format!(
            "As the directory's operator, the adversary decides to send no alert about keys that are added to {}",
            address.name()
        ),
        Action::Compare { device, address } => {
            let (who, whose) = (device.owner().name(), address.owner().name());
            format!(
                "{who} and {whose} compare what {} has for {} with {whose}'s keys",
                own(device),
                address.name()
            )
        }
        Action::Inject { device, claimed, body, signer, through } => {
            injected(device, claimed, body, signer, through)
        }
        Action::StealKey { device, key } => {
            format!("A thief copies the {} of {}, unnoticed", key.name(), device.name())
        }
        Action::Alter { message, device } => format!(
            "At the push service, the adversary alters the ciphertext of {} in many ways, and puts the copies before {}",
            numbered(message),
            device.name()
        ),
    }
}

/// A message, by its number.
pub(crate) fn numbered(message: u8) -> String {
    format!("message {}", u32::from(message) + 1)
}

/// A call, by its number.
pub(crate) fn called(call: u8) -> String {
    format!("call {}", u32::from(call) + 1)
}

/// Which of the orders it is, where it is not the first.
pub(crate) fn which(order: u8) -> String {
    if order == 0 {
        String::new()
    } else {
        format!(", the {}", ORDINALS[usize::from(order) % ORDINALS.len()])
    }
}

/// The orders' numbers in words.
const ORDINALS: [&str; ORDER_CAPACITY] = [
    "first that was granted",
    "second that was granted",
    "third that was granted",
    "fourth that was granted",
];

/// A journey, in which the person does what the verb says: "Alice goes away, taking her phone along".
pub(crate) fn journey(user: User, verb: &str, with: EnumSet<Device>) -> String {
    let taken: Vec<String> = with.iter().map(own).collect();
    let with = if taken.is_empty() {
        "leaving every device behind".to_owned()
    } else {
        format!("taking {} along", super::words::list(&taken))
    };
    format!("{} {verb}, {with}", user.name())
}

/// What the investigator does who makes this application, as the end of a sentence.
pub(crate) fn applies(application: &Application) -> String {
    let Application { kind, at, target, since, runs } = *application;
    let about = target.map_or("everybody", User::name);
    format!("applies for a {} at {}, about {about}{}", kind.name(), at.name(), terms(since, runs))
}

/// How far an order reaches back, and for how long it is to run.
pub(crate) fn terms(since: u8, runs: u8) -> String {
    let back = match since {
        0 => String::new(),
        days => format!(", reaching back {}", super::words::count(u32::from(days), "day")),
    };
    let ahead = match runs {
        0 => String::new(),
        days => format!(", to run for {}", super::words::count(u32::from(days), "day")),
    };
    format!("{back}{ahead}")
}

fn injected(device: Device, claimed: User, body: u8, signer: Signer, through: Point) -> String {
    let place = match through {
        Point::Push => "At the push service",
        Point::Wire => "On the line",
    };
    let what = if body < FORGED_BODY {
        format!("the text of {}", numbered(body))
    } else {
        "a text of its own".to_owned()
    };
    let signed = match signer {
        Signer::Device(by) if body < FORGED_BODY => {
            format!("under the signature that {} made", by.name())
        }
        Signer::Device(by) => format!("under a signature with the signing key of {}", by.name()),
        Signer::Adversary => "under a signature of its own".to_owned(),
    };
    format!(
        "{place}, the adversary puts before {}, as a message of {}'s, {what}, {signed}",
        device.name(),
        claimed.name()
    )
}
