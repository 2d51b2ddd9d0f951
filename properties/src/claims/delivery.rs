//! **Delivery: what becomes of a message, and who could say so.**

use super::{holds, less, violated};
use crate::atoms::{outstanding, outstanding_to_the_departed};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{not, per_pair_and_at_all, said};
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Horizon, SecondDevice};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![sms_is_recorded(), delivered_or_told(), departed_or_told()]
}

fn sms_is_recorded() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Known(per_pair_and_at_all(Event::CommunicatedBySms, &super::events::THE_TWO)),
        exercised: crate::fact::happened_at_all(Event::CommunicatedBySms),
        scope: scopes::texted(&context.design),
    };
    Claim {
        id: "sms-is-recorded".into(),
        sentence: "Whoever communicates by SMS, the carrier knows.".into(),
        not_claimed: "That the record is truthful about who held the telephone.".into(),
        sources: vec!["\"No; iMessage isn't intercept-proof.\", Apr 2013 (Y4, Y5)".into()],
        linddun: Linddun::Detecting,
        questions: vec![holds("carrier", "it takes every SMS and delivers it", pose)],
        flaws: vec![Flaw::SmsDeliveryUnrecorded],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "Each SMS is recorded by itself."),
            (SecondDevice, "The carrier serves telephones."),
            (Horizon, "A carrier keeps its records for longer than any run lasts."),
        ]),
    }
}

fn delivered_or_told() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Inevitable(
            outstanding(),
            said(not(outstanding()), "every message over the platform is received or its sender told"),
        ),
        exercised: outstanding(),
        scope: scopes::endless(&context.design),
    };
    Claim {
        id: "delivered-or-told".into(),
        sentence: "Every message over the platform is received in the end, or its sender is told that it was not.".into(),
        not_claimed:
            "When. And nobody is bound to switch a device on, or to remove a registration left behind. Of a text that went \
             as an SMS nothing is said: it waits with the carrier for a telephone that is on."
                .into(),
        sources: vec![
            "Reports of messages lost to numbers that had left the platform, until Nov 2014 (Y4)".into(),
        ],
        linddun: Linddun::Unawareness,
        questions: vec![violated("nobody", "push gives a message up without a word", pose)],
        flaws: vec![Flaw::ExpiryUntold],
        design: "delivery-notice".into(),
        less: less(&[
            (Bystander, "Messages to others are delivered by themselves."),
            (SecondDevice, "A copy that a second device takes ends the wait."),
        ]),
    }
}

fn departed_or_told() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Inevitable(
            outstanding_to_the_departed(),
            said(
                not(outstanding_to_the_departed()),
                "every message over the platform to somebody who has left it is received or its sender told",
            ),
        ),
        exercised: outstanding_to_the_departed(),
        scope: scopes::departed(&context.design),
    };
    Claim {
        id: "departed-or-told".into(),
        sentence: "What is sent over the platform to somebody who has left it is not lost in silence: the sender is told in \
                   the end that it did not arrive."
            .into(),
        not_claimed: "That they remove the registration they left behind: nobody is bound to, and before November 2014 \
                      nobody could from elsewhere."
            .into(),
        sources: vec!["Reports of messages lost to numbers that had left the platform, until Nov 2014 (Y4)".into()],
        linddun: Linddun::Unawareness,
        questions: vec![violated(
            "nobody",
            "the directory still names the keys of a device that is gone, and push gives up without a word",
            pose,
        )],
        flaws: vec![Flaw::ExpiryUntold],
        design: "delivery-notice".into(),
        less: less(&[(Bystander, "Messages to others are delivered by themselves."), (SecondDevice, "A copy that a second device takes ends the wait.")]),
    }
}
