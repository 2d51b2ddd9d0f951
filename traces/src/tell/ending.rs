//! **The ending: what the adversary holds, what follows, and what all of it rests on.**

use super::calendar::Now;
use super::layout::Text;
use super::terms::Learnt;
use super::words::{capital, count, harmless, list, observer, sentence};
use super::{holdings, rows, terms};
use crate::account::{Caused, account};
use crate::choices::{Choice, choices};
use crate::replay::{Replayed, ReplayedRun};
use enumset::EnumSet;
use mailcover_model::event::Event;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::{Observer, Watcher};
use mailcover_properties::fact::Fact;
use mailcover_properties::finding::{Evidence, Verdict};

/// What follows from the story.
pub(super) fn ending(replayed: &Replayed) -> Text {
    let mut text = Text::default();
    let Some(run) = replayed.runs.first() else { return text };
    let Some(now) = Now::last(run) else { return text };
    match &replayed.trace.evidence {
        Evidence::Twin { .. } | Evidence::Class { .. } => text.append(holds(replayed, run, now)),
        Evidence::Run(_) => {
            text.append(derived(replayed, run, now.state));
            text.append(kept(replayed, run, now));
        }
        Evidence::Lasso { .. } | Evidence::Closure => {}
    }
    text.gap();
    text.append(came_about(replayed));
    text.heading("What follows");
    text.say(2, harmless(&conclusion(replayed)));
    text
}

/// What the adversary holds at the end, which is the same in two runs that look alike.
fn holds(replayed: &Replayed, run: &ReplayedRun, now: Now<'_>) -> Text {
    let mut text = Text::default();
    let either = if replayed.runs.len() > 1 { "either run" } else { "the run" };
    text.heading(format!("What the adversary holds at the end of {either}"));
    let service = run.service.as_ref();
    if service.last_day().is_some() {
        text.say(2, format!("The day: {}.", now.day));
    }
    for &eye in &replayed.observers {
        let lines = holdings::held(service, now, eye);
        listed(&mut text, service, eye, &lines);
        if matches!(eye, Observer::ProviderLive | Observer::Network) && !lines.is_empty() {
            text.say(4, "Ciphertexts that cannot be opened look alike, and tell nothing but whether two are the same.");
        }
    }
    text
}

/// What one holder has, a numbered line each.
fn listed(text: &mut Text, service: &Service, eye: Observer, lines: &[String]) {
    let verb = if super::words::plural(eye) { "have" } else { "has" };
    let name = capital(&observer(service, eye));
    text.say(
        2,
        if lines.is_empty() { format!("{name} {verb} nothing.") } else { format!("{name} {verb} this:") },
    );
    for (at, line) in lines.iter().enumerate() {
        text.item(4, format!("{:>2}  ", at + 1), harmless(line));
    }
}

/// What the investigator and the logs hold at the end of a run whose claim reads the logs.
fn kept(replayed: &Replayed, run: &ReplayedRun, now: Now<'_>) -> Text {
    let mut text = Text::default();
    let service = run.service.as_ref();
    if !super::scene::keeps_logs(service) {
        return text;
    }
    text.heading("What is held at the end");
    let remembers = service.setup().remember.contains(Watcher::Investigator);
    if remembers && replayed.observers.contains(&Observer::Investigator) {
        listed(
            &mut text,
            service,
            Observer::Investigator,
            &holdings::held(service, now, Observer::Investigator),
        );
    }
    for log in (0..service.design().logs.len()).filter(|&log| service.setup().slice.logs.contains(log)) {
        let own = now.state.rows.as_slice().iter().filter(|row| row.index() == log);
        let lines: Vec<String> = own.map(|&row| rows::with_standing(service, now.day, row)).collect();
        listed(&mut text, service, Observer::Log(log as u8), &lines);
    }
    text
}

/// What caused each of the things that the adversary holds, in either of two runs that look alike.
fn came_about(replayed: &Replayed) -> Text {
    let mut text = Text::default();
    let account = account(replayed);
    if account.causes.is_empty() {
        return text;
    }
    text.heading("How each of these came about");
    for (at, cause) in account.causes.iter().enumerate() {
        text.item(4, format!("{:>2}  ", at + 1), &cause.entry);
        let mut told = Vec::new();
        if let ([only], [_]) = (cause.by.as_slice(), replayed.runs.as_slice()) {
            text.say(8, only.said());
            continue;
        }
        for (by, name) in cause.by.iter().zip(["In the one run", "In the other"]) {
            let cause = (&by.act, &by.recorded);
            let said = if told.first() == Some(&cause) {
                Caused { act: "the same".to_owned(), recorded: None, step: by.step }.said()
            } else {
                by.said()
            };
            text.say(8, format!("{name}: {said}"));
            told.push(cause);
        }
    }
    text
}

/// How the adversary works out what it should not have, where the claim is about texts, or what is attached to them.
fn derived(replayed: &Replayed, run: &ReplayedRun, last: &State) -> Text {
    let mut text = Text::default();
    for learnt in learnt(replayed, &run.service, last) {
        let Some(steps) = terms::derivation(run, &replayed.observers, learnt) else { continue };
        text.heading(format!("How the adversary comes by {}", learnt.said()));
        text.append(terms::listed(&steps));
        if steps.iter().all(|known| known.fingerprint.is_none()) {
            continue;
        }
        text.say(
            2,
            "Fingerprints are symbolic: equal ones stand for equal keys or ciphertexts of the model, and no real key \
             has them.",
        );
    }
    text
}

/// What the adversary should not have and has: texts of messages, and what is attached to them.
pub(crate) fn learnt(replayed: &Replayed, service: &Service, last: &State) -> Vec<Learnt> {
    if replayed.trace.kind != "always" || !replayed.asked().iter().any(Fact::about_secrecy) {
        return Vec::new();
    }
    let eyes = &replayed.observers;
    let honest = || last.messages().enumerate().filter(|(_, message)| message.honest());
    let of = |attached| {
        honest().map(move |(at, message)| Learnt { message: at + 1, body: message.body(), attached })
    };
    let texts = of(false).filter(|learnt| service.knows_body(eyes, last, learnt.body));
    let attached = |learnt: &Learnt| last.message(learnt.message - 1).attached();
    let files = of(true).filter(attached);
    let files = files.filter(|learnt| service.knows_attachment(eyes, last, learnt.body));
    texts.chain(files).collect()
}

pub(crate) fn conclusion(replayed: &Replayed) -> String {
    let trace = &replayed.trace;
    let fact = capital(&trace.fact);
    let last = |run: &ReplayedRun| run.states.last().copied();
    match (&trace.evidence, trace.verdict) {
        (Evidence::Twin { .. }, verdict) => {
            let twin = replayed.runs.get(1).and_then(last);
            let other = twin.and_then(|state| otherwise(replayed, &state));
            let denied = replayed.decided().and_then(Fact::denies);
            let other = other.or(denied).unwrap_or("that is not so");
            let so = if verdict == Verdict::Holds {
                format!(
                    "Whoever holds only this cannot tell which of the two it was, so it does not show that {}. How likely \
                     either is, is another question, and nothing is said of it",
                    trace.fact
                )
            } else {
                "So it happened, and the adversary cannot tell that it did".to_owned()
            };
            format!("In the one run, {}; in the other, {other}. {so}.", trace.fact)
        }
        (Evidence::Class { size, .. }, _) => {
            let run = replayed.runs.first();
            let value =
                trace.kind != "never-known-whether" || run.is_some_and(|run| holds_at_end(replayed, run));
            let so = if value { trace.fact.clone() } else { denial(replayed) };
            let alike = match size {
                1 => "No other state was found that looks the same to the adversary, and in this one"
                    .to_owned(),
                _ => format!("In all {size} states that were found to look the same to the adversary,"),
            };
            format!("{alike} {so}. Whoever holds this therefore knows it.")
        }
        (Evidence::Lasso { .. }, _) => format!(
            "The run can go round like this for ever: whatever machinery could act on the way does act. Yet it never \
             comes to be that {}.",
            trace.fact
        ),
        (_, Verdict::Holds) => sentence(&format!("so this can happen: {}", trace.fact)),
        _ => {
            let run = replayed.runs.first();
            let texts = run.and_then(|run| Some((run, last(run)?)));
            let known = texts.map_or_else(Vec::new, |(run, state)| learnt(replayed, &run.service, &state));
            match known.iter().find(|learnt| learnt.attached).or(known.first()) {
                Some(Learnt { message, attached: true, .. }) => format!(
                    "The adversary opens what is attached to message {message}, though nobody but its sender and its receiver \
                     was to see it."
                ),
                Some(Learnt { message, .. }) => format!(
                    "The adversary reads message {message}, though nobody but its sender and its receiver was to learn \
                     what it says."
                ),
                None => match replayed.decided().and_then(Fact::denies) {
                    Some(denied) => format!("Yet this can happen: {denied}."),
                    None => format!("After this it is no longer so that {}.", lower(&fact)),
                },
            }
        }
    }
}

/// Whether the fact of a trace is true at the end.
fn holds_at_end(replayed: &Replayed, run: &ReplayedRun) -> bool {
    replayed.decided().zip(run.states.last()).is_none_or(|(fact, state)| fact.holds(&run.service, state))
}

/// What is so where the fact of the trace is not.
pub(crate) fn denial(replayed: &Replayed) -> String {
    replayed.decided().map_or_else(|| format!("it is not so that {}", replayed.trace.fact), Fact::opposite)
}

/// What is so in the twin, where more can be said than that the fact is not.
pub(crate) fn otherwise(replayed: &Replayed, twin: &State) -> Option<&'static str> {
    let reached = Event::Communicated | Event::CommunicatedOverPlatform | Event::CommunicatedBySms;
    let communicated = replayed.decided().is_some_and(|fact| !fact.asserts().is_disjoint(reached));
    let silent = twin.messages().all(|message| !message.honest() || message.received() == 0);
    (communicated && silent).then_some("nobody communicated with anybody")
}

/// Facts begin with a small letter, unless with a name.
fn lower(fact: &str) -> String {
    let name = ["Alice", "Bob", "Carol"].iter().any(|name| fact.starts_with(name));
    let mut letters = fact.chars();
    match letters.next() {
        Some(first) if !name => first.to_lowercase().chain(letters).collect(),
        _ => fact.to_owned(),
    }
}

/// What all of it rests on.
pub(super) fn grounds(replayed: &Replayed) -> Text {
    let mut text = Text::default();
    text.heading("What this rests on");
    if let Some(run) = replayed.runs.first() {
        for ground in grounds_said(replayed, &run.service, &choices(replayed)) {
            text.item(2, "- ", ground);
        }
    }
    text
}

/// What all of it rests on, a sentence each, where the runs are shown as those of this model.
pub(crate) fn grounds_said(replayed: &Replayed, service: &Service, choices: &[Choice]) -> Vec<String> {
    let trace = &replayed.trace;
    let mut said = vec![format!("The scope: {}.", harmless(&trace.scope))];
    said.extend(scaled(service).map(|scaled| harmless(&scaled)));
    if trace.widen > 0 {
        let respects = super::words::respects(trace.widen_in);
        said.push(format!("Bounds were raised by {} to look for twins: {respects}.", trace.widen));
    }
    if !service.setup().slice.parts.is_superset(EnumSet::all()) {
        said.push("Left out: whatever can change neither the claim nor what the adversary sees.".to_owned());
    }
    said.extend(rests_on(choices));
    said.push(harmless(&format!("Derived again: {}.", replayed.done)));
    said.push(format!(
        "This is trace {}, in a design with the hash {}.",
        short(&trace.id),
        short(&trace.design_sha256)
    ));
    said
}

/// The choices of the design without which the runs would not show what they show: what is reported, and what is assumed.
fn rests_on(choices: &[Choice]) -> Option<String> {
    let (facts, assumed): (Vec<&Choice>, Vec<&Choice>) =
        choices.iter().partition(|choice| choice.fact.is_some());
    let named = |lead: &str, all: &[&Choice]| {
        let value = |choice: &Choice| match choice.value.as_str() {
            "true" => "yes".to_owned(),
            "false" => "no".to_owned(),
            other => other.replace('-', " "),
        };
        let said = |choice: &Choice| format!("{} ({})", choice.says, value(choice));
        let all: Vec<String> = all.iter().copied().map(said).collect();
        if all.is_empty() { String::new() } else { format!(" {lead}: {}.", list(&all)) }
    };
    let said = named("Reported", &facts) + &named("Assumed", &assumed);
    let lead =
        "Choices of the design without which what happens here would not be possible, or not show this.";
    (!said.is_empty()).then(|| format!("{lead}{said}"))
}

/// Which periods are other numbers of days here than in the design; `None` where all are the same.
fn scaled(service: &Service) -> Option<String> {
    let (design, here) = (service.design(), service.periods());
    let laws = [
        ("an answer of the directory stays fresh for".to_owned(), here.cache, design.directory.cache_days),
        ("push stores a message for".to_owned(), here.expiry, design.messaging.expiry_days),
        ("an order runs for".to_owned(), here.order, design.legal.order_days),
        ("an extension lasts".to_owned(), here.extension, design.legal.extension_days),
        ("a request to preserve lasts".to_owned(), here.preservation, design.legal.preservation_days),
    ];
    let kept =
        (0..design.logs.len()).filter(|&log| service.setup().slice.logs.contains(log)).filter_map(|log| {
            let keep = design.logs[log].keep_days?;
            Some((
                format!("{} keeps rows for", super::words::log_name(service, log)),
                service.keep_days(log),
                keep,
            ))
        });
    let differing =
        laws.into_iter().chain(kept).filter(|(_, here, real)| *here > 0 && u16::from(*here) != *real);
    let said: Vec<String> = differing
        .map(|(what, here, real)| format!("{what} {} instead of {real}", count(u32::from(here), "day")))
        .collect();
    let order = "Whichever of two of them is the longer in the design is the longer here, and so with sums of up to three";
    (!said.is_empty()).then(|| format!("Periods are scaled down: {}. {order}.", said.join(", ")))
}

fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
