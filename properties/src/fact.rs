//! **What can be true of a state, as claims say it.**
//!
//! A fact carries its text with its test, so that the formula that is printed is the formula that is checked. It also
//! carries which parts of the state it reads, from which the slice is computed, and what the model must track for it.
//! Atoms speak of events, rows and disclosures; nothing else of the model may be looked at.

use crate::atoms;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::design::{Capability, Design};
use mailcover_model::event::Event;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::{Logs, Part};
use mailcover_model::state::State;
use mailcover_model::view::Watcher;
use mailcover_model::world::Pair;
use std::fmt;
use std::sync::Arc;

/// The test of a fact.
type Test = Arc<dyn Fn(&Service, &State) -> bool + Send + Sync>;
/// Whether a fact is true of every state of the model in which this may be done, found without looking at any.
type Certain = Arc<dyn Fn(&Service, EnumSet<Capability>) -> bool + Send + Sync>;

/// Something that is true of a state or not.
#[derive(Clone)]
pub struct Fact {
    text: String,
    clause: String,
    reads: EnumSet<Part>,
    logs: Logs,
    tracks: EnumSet<Tracked>,
    remembered_by: EnumSet<Watcher>,
    needs: Vec<Need>,
    asserts: EnumSet<Event>,
    about_secrecy: bool,
    test: Test,
    certain: Option<Certain>,
}

impl Fact {
    /// An atom: its symbol in formulas, the clause that says it in English, what it reads and tracks, and its test.
    pub fn atom(
        text: impl Into<String>,
        clause: impl Into<String>,
        reads: impl Into<EnumSet<Part>>,
        tracks: impl Into<EnumSet<Tracked>>,
        test: impl Fn(&Service, &State) -> bool + Send + Sync + 'static,
    ) -> Self {
        let reads = reads.into();
        Self {
            text: text.into(),
            clause: clause.into(),
            logs: if reads.contains(Part::Logs) { Logs::ALL } else { Logs::NONE },
            reads,
            tracks: tracks.into(),
            remembered_by: EnumSet::empty(),
            needs: Vec::new(),
            asserts: EnumSet::empty(),
            about_secrecy: false,
            test: Arc::new(test),
            certain: None,
        }
    }

    /// The fact, which is true of every state where this says so of the model and of what may be done in it.
    #[must_use]
    pub fn certain_where(
        self,
        certain: impl Fn(&Service, EnumSet<Capability>) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { certain: Some(Arc::new(certain)), ..self }
    }

    /// Whether the fact is known to be true of every state of the model, where this may be done besides what the environment
    /// does. Where that is not known, it may still be so: a search tells.
    #[must_use]
    pub fn is_certain(&self, service: &Service, capabilities: EnumSet<Capability>) -> bool {
        self.certain.as_ref().is_some_and(|certain| certain(service, capabilities))
    }

    /// Whether the fact is true of the state.
    #[must_use]
    pub fn holds(&self, service: &Service, state: &State) -> bool {
        (self.test)(service, state)
    }

    /// The parts of the state that it reads.
    #[must_use]
    pub const fn reads(&self) -> EnumSet<Part> {
        self.reads
    }

    /// The fact, which of all logs reads this one alone.
    #[must_use]
    pub fn of_log(self, log: usize) -> Self {
        Self { logs: Logs::only(log), ..self }
    }

    /// The fact, which of all logs reads these alone.
    #[must_use]
    pub fn of_logs(self, logs: Logs) -> Self {
        Self { logs, ..self }
    }

    /// The fact, whose test looks into what somebody remembers, whoever is asked about.
    #[must_use]
    pub fn remembered_by(mut self, watcher: Watcher) -> Self {
        self.remembered_by |= watcher;
        self
    }

    /// Whose memories the test looks into.
    #[must_use]
    pub fn memories(&self) -> EnumSet<Watcher> {
        self.remembered_by
    }

    /// The fact, which speaks of nothing in a design without this. Claims that speak of it do not apply there.
    #[must_use]
    pub fn needing(mut self, need: Need) -> Self {
        self.needs.push(need);
        self
    }

    /// Why the fact speaks of nothing in the design; `None` where it does.
    #[must_use]
    pub fn lacking(&self, design: &Design) -> Option<&'static str> {
        let of_the_query_log = self.logs.name_the_query_log().then_some(Need::QUERY_LOG);
        let over_platform = self.asserts.contains(Event::CommunicatedOverPlatform).then_some(Need::PLATFORM);
        let mut needs = self.needs.iter().copied().chain(of_the_query_log).chain(over_platform);
        needs.find(|need| !(need.met)(design)).map(|need| need.lacking)
    }

    /// The fact, for which the model tracks this as well.
    #[must_use]
    pub fn tracking(self, tracked: Tracked) -> Self {
        Self { tracks: self.tracks | tracked, ..self }
    }

    /// The logs whose rows or periods it reads.
    #[must_use]
    pub const fn logs(&self) -> Logs {
        self.logs
    }

    /// What the model must track for it.
    #[must_use]
    pub const fn tracks(&self) -> EnumSet<Tracked> {
        self.tracks
    }

    /// The fact, which says that this event has happened, perhaps besides other things.
    #[must_use]
    pub fn asserting(self, event: Event) -> Self {
        Self { asserts: self.asserts | event, ..self }
    }

    /// The events of which it says that they have happened. A fact that denies one asserts none.
    #[must_use]
    pub const fn asserts(&self) -> EnumSet<Event> {
        self.asserts
    }

    /// The fact, which says of a text whether it is secret.
    #[must_use]
    pub fn of_secrecy(self) -> Self {
        Self { about_secrecy: true, ..self }
    }

    /// Whether it says of a text that it is secret, or that it is not.
    #[must_use]
    pub const fn about_secrecy(&self) -> bool {
        self.about_secrecy
    }

    /// The fact as a clause of English prose.
    #[must_use]
    pub fn clause(&self) -> &str {
        &self.clause
    }

    fn joined(self, other: Self, sign: &str, word: &str, test: fn(bool, bool) -> bool) -> Self {
        let (left, right) = (Arc::clone(&self.test), Arc::clone(&other.test));
        Self {
            text: format!("({} {sign} {})", self.text, other.text),
            clause: format!("{} {word} {}", self.clause, other.clause),
            reads: self.reads | other.reads,
            logs: self.logs.and(other.logs),
            tracks: self.tracks | other.tracks,
            remembered_by: self.remembered_by | other.remembered_by,
            needs: [self.needs, other.needs].concat(),
            asserts: self.asserts | other.asserts,
            about_secrecy: self.about_secrecy || other.about_secrecy,
            test: Arc::new(move |service, state| test(left(service, state), right(service, state))),
            certain: None,
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Both.
#[must_use]
pub fn and(left: Fact, right: Fact) -> Fact {
    let (one, other) = (left.clone(), right.clone());
    left.joined(right, "∧", "and", |left, right| left && right).certain_where(move |service, capabilities| {
        one.is_certain(service, capabilities) && other.is_certain(service, capabilities)
    })
}

/// Either, or both.
#[must_use]
pub fn or(left: Fact, right: Fact) -> Fact {
    left.joined(right, "∨", "or", |left, right| left || right)
}

/// The second, whenever the first.
#[must_use]
pub fn implies(left: Fact, right: Fact) -> Fact {
    let left = Fact { asserts: EnumSet::empty(), ..left };
    left.joined(right, "→", "only if", |left, right| !left || right)
}

/// How a clause begins that denies another.
const DENIAL: &str = "it is not so that ";

/// The clause that denies this one: of a denial, what it denies.
pub(crate) fn denied(clause: &str) -> String {
    clause.strip_prefix(DENIAL).map_or_else(|| format!("{DENIAL}{clause}"), str::to_owned)
}

impl Fact {
    /// The clause that denies it; of a denial, what that denies.
    #[must_use]
    pub fn opposite(&self) -> String {
        denied(&self.clause)
    }

    /// What it denies, as a clause, where it is said as a denial.
    #[must_use]
    pub fn denies(&self) -> Option<&str> {
        self.clause.strip_prefix(DENIAL)
    }
}

/// Not so.
#[must_use]
pub fn not(fact: Fact) -> Fact {
    let test = Arc::clone(&fact.test);
    Fact {
        text: format!("¬{}", fact.text),
        clause: denied(&fact.clause),
        asserts: EnumSet::empty(),
        certain: None,
        test: Arc::new(move |service, state| !test(service, state)),
        ..fact
    }
}

/// The same fact, with a clause of its own for prose.
#[must_use]
pub fn said(fact: Fact, clause: &str) -> Fact {
    Fact { clause: clause.to_owned(), ..fact }
}

/// The event has happened, from the one to the other.
#[must_use]
pub fn happened(event: Event, pair: Pair) -> Fact {
    let text = format!("{}({},{})", atoms::symbol(event), atoms::letter(pair.from), atoms::letter(pair.to));
    Fact::atom(
        text,
        event.clause(pair.from, pair.to),
        atoms::reads(event),
        atoms::tracks(event),
        move |_, state| event.happened(state, pair),
    )
    .asserting(event)
}

/// The event has happened between any two users.
#[must_use]
pub fn happened_at_all(event: Event) -> Fact {
    let text = format!("{}(anybody)", atoms::symbol(event));
    Fact::atom(text, atoms::anybody(event), atoms::reads(event), atoms::tracks(event), move |_, state| {
        event.happened_at_all(state)
    })
    .asserting(event)
}

/// The event for each ordered pair of users who may act in the scope, and for anybody: "who, whom, and at all".
#[must_use]
pub fn per_pair_and_at_all(event: Event, pairs: &[Pair]) -> Vec<Fact> {
    pairs.iter().map(|&pair| happened(event, pair)).chain([happened_at_all(event)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Cell, Options, prepare};
    use mailcover_model::design::library;
    use stateright::Model;

    /// A service, and its first state.
    fn world() -> (Service, State) {
        let design = Arc::new(library::load("sms").unwrap());
        let service =
            Cell::all(&design).iter().find_map(|cell| prepare(cell, &Options::default()).ok()).unwrap().0;
        let first = service.init_states()[0];
        (service, first)
    }

    /// A fact that is so or not, whatever the state, and of which that is certain.
    fn always(so: bool) -> Fact {
        let none = EnumSet::<Part>::empty();
        Fact::atom("p", "it is so", none, EnumSet::empty(), move |_, _| so).certain_where(move |_, _| so)
    }

    #[test]
    fn facts_are_joined_as_the_words_say() {
        let (service, state) = world();
        let table = |join: fn(Fact, Fact) -> Fact| {
            let holds = |left, right| join(always(left), always(right)).holds(&service, &state);
            [holds(false, false), holds(false, true), holds(true, false), holds(true, true)]
        };
        assert_eq!(table(and), [false, false, false, true]);
        assert_eq!(table(or), [false, true, true, true]);
        assert_eq!(table(implies), [true, true, false, true]);
        assert!(not(always(false)).holds(&service, &state) && !not(always(true)).holds(&service, &state));
    }

    /// Of what is certain the opposite is not, and of two facts both have to be.
    #[test]
    fn only_what_is_certain_whatever_happens_needs_no_search() {
        let (service, _) = world();
        let certain = |fact: Fact| fact.is_certain(&service, EnumSet::empty());
        assert!(certain(always(true)) && !certain(not(always(true))));
        assert!(certain(and(always(true), always(true))));
        assert!(!certain(and(always(true), always(false))) && !certain(and(always(false), always(true))));
        assert!(!certain(or(always(true), always(true))) && !certain(implies(always(true), always(true))));
    }

    #[test]
    fn what_is_joined_is_about_all_that_either_is_about_and_asserts_what_would_have_happened() {
        let typed = || always(true).asserting(Event::Typed);
        let sent = || always(true).asserting(Event::Attempted);
        assert_eq!(and(typed(), sent()).asserts(), Event::Typed | Event::Attempted);
        assert_eq!(implies(typed(), sent()).asserts(), Event::Attempted, "nothing says that it was typed");
        assert_eq!(not(typed()).asserts(), EnumSet::empty());
        for (left, right) in [(typed().of_secrecy(), sent()), (sent(), typed().of_secrecy())] {
            assert!(and(left, right).about_secrecy());
        }
        assert!(!and(typed(), sent()).about_secrecy());
    }
}
