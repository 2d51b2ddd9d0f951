//! **The model: a design, within a scope, seen by some, with some powers, perhaps with a flaw.**
//!
//! [`Service`] implements `stateright::Model`, so that any tool for such models runs on it, and
//! [`mailcover_checker::Epistemic`], which says what each observer sees. The rules themselves are in
//! [`crate::rules`], one function each.

use crate::action::{Action, Rule};
use crate::design::{Capability, Design, MAX_LOGS, Trigger};
use crate::flaw::Flaw;
use crate::past::Ends;
use crate::row::{MAX_AGE, Mask, Row};
use crate::rules::logging::Masks;
use crate::scope::Scope;
use crate::slice::{Part, Slice};
use crate::state::{Means, Room, State};
use crate::time::{Periods, length};
use crate::view::{Observer, View, Watcher};
use crate::wire::Wire;
use enumset::{EnumSet, EnumSetType};
use std::sync::Arc;

/// What a claim asks the model to remember, besides what the slice keeps.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType)]
pub enum Tracked {
    /// Who typed whose address.
    Typed,
    /// Whose devices looked whom up.
    LookedUp,
    /// How long ago each message was first received.
    Recency,
    /// Who has been away.
    Whereabouts,
    /// How long ago each message was first received, for those who open devices.
    Kept,
    /// Which of the receiver's devices the directory does not list when a message is sent.
    Listed,
}

/// Everything that one exploration depends on, besides the design and the scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// What the adversary and the environment may do, together.
    pub powers: EnumSet<Capability>,
    /// Whose observations are remembered for good.
    pub remember: EnumSet<Watcher>,
    /// What else is remembered.
    pub track: EnumSet<Tracked>,
    /// Which rules and parts take part.
    pub slice: Slice,
    /// The mistake, if any.
    pub flaw: Option<Flaw>,
}

/// The executable model.
#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) design: Arc<Design>,
    pub(crate) scope: Scope,
    pub(crate) setup: Setup,
    pub(crate) periods: Periods,
    pub(crate) last_day: Option<u8>,
    pub(crate) past_days: u8,
    /// The ends of the pasts that a narrower scope has, where this one was widened.
    pub(crate) narrower: Option<Ends>,
    pub(crate) wire: Arc<Wire>,
    log_masks: [Masks; MAX_LOGS],
    actions: Vec<Action>,
    /// What each of the actions needs.
    needs: Vec<Means>,
    initial: Vec<State>,
    pasts: Vec<Vec<Action>>,
}

/// Why a model could not be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The design's periods cannot be scaled down faithfully.
    #[error(
        "the periods of this design that the claim reads ({0}) cannot be scaled down to at most 40 days so that the order of \
         their sums stays; choose periods that are equal, or multiples of each other"
    )]
    Unscalable(String),
    /// Run and past together are longer than ages can count.
    #[error(
        "past and run would need {needed} days at this calendar, and ages count at most {MAX_AGE}; \
         shorten the longest retention, which is {keep} days, or the orders"
    )]
    TooManyDays {
        /// How many days the shortest run that counts would need, its past included.
        needed: u16,
        /// The longest retention of a log that the search reads, as the calendar counts it.
        keep: u16,
    },
    /// The universe of terms could not be built.
    #[error("the terms of the scope could not be listed: {0}")]
    Terms(#[from] crate::term::TermError),
    /// The past needs more room than a state has.
    #[error("in the past already, {why}", why = Room::why(*.0))]
    Outgrown(EnumSet<Room>),
    /// The past has more states than the limit.
    #[error("the past of this scope has more than {0} states; bound it more tightly")]
    PastTooLarge(usize),
}

/// The most states that a past may have.
const PAST_LIMIT: usize = 2_000_000;

impl Service {
    /// Sets a model up, running its prologue to find the initial states.
    ///
    /// # Errors
    /// When the periods cannot be scaled, the days are more than ages can count, or the past is too large.
    pub fn new(design: Arc<Design>, scope: Scope, setup: Setup) -> Result<Self, SetupError> {
        let mut service = Self::without_pasts(design, scope, setup)?;
        crate::past::begin(&mut service, PAST_LIMIT)?;
        Ok(service)
    }

    /// Sets a model up that takes steps from states that are given to it. It knows no initial state of its own, so that its
    /// prologue, which may be large, is not run.
    ///
    /// # Errors
    /// When the periods cannot be scaled, or the days are more than ages can count.
    pub fn without_pasts(design: Arc<Design>, mut scope: Scope, setup: Setup) -> Result<Self, SetupError> {
        let periods = Periods::counted(&design, &scope, &setup)?;
        let length = length(&scope, &periods)?;
        if let Some(shorter) = length.cut_short {
            scope.horizon = shorter;
        }
        let mut log_masks = [Masks::default(); MAX_LOGS];
        for (index, log) in design.logs.iter().enumerate().take(MAX_LOGS) {
            log_masks[index] = Masks::of(log, setup.flaw);
        }
        let mut service = Self {
            wire: Arc::new(Wire::new(&design)?),
            actions: Vec::new(),
            needs: Vec::new(),
            initial: Vec::new(),
            pasts: Vec::new(),
            design,
            scope,
            setup,
            periods,
            last_day: length.last_day,
            past_days: length.past_days,
            narrower: None,
            log_masks,
        };
        service.actions = crate::universe::actions(&service);
        service.needs = service.actions.iter().map(crate::universe::needed).collect();
        Ok(service)
    }

    /// The same model with everybody remembering what they see, for steps from states that are given to it.
    #[must_use]
    pub fn with_all_watching(&self) -> Self {
        let mut watching = self.clone();
        watching.setup.remember = EnumSet::all();
        // Of how runs begin nothing is known: whoever gives states gives those too.
        watching.set_pasts(Vec::new(), Vec::new());
        watching.narrower = None;
        watching
    }

    pub(crate) fn set_pasts(&mut self, initial: Vec<State>, pasts: Vec<Vec<Action>>) {
        (self.initial, self.pasts) = (initial, pasts);
    }

    /// The design.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The scope.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What the exploration depends on besides.
    #[must_use]
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The periods, as the calendar counts them.
    #[must_use]
    pub const fn periods(&self) -> &Periods {
        &self.periods
    }

    /// The last day of a run; `None` when runs are endless.
    #[must_use]
    pub const fn last_day(&self) -> Option<u8> {
        self.last_day
    }

    /// How many days the prologue lasts.
    #[must_use]
    pub const fn past_days(&self) -> u8 {
        self.past_days
    }

    /// All the actions of the scope, whether enabled or not.
    #[must_use]
    pub fn all_actions(&self) -> &[Action] {
        &self.actions
    }

    /// The actions of the prologue that led to each initial state.
    #[must_use]
    pub fn pasts(&self) -> &[Vec<Action>] {
        &self.pasts
    }

    /// The terms that travel, and what follows from them.
    #[must_use]
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// What the log of this number records of a row, and what its holder sees of it.
    #[must_use]
    pub fn log_mask(&self, log: usize, row: Row) -> Mask {
        self.log_masks[log % MAX_LOGS].for_row(row)
    }

    /// The state after the action; `None` when the action is disabled. A state that outgrew one of its lists has none
    /// after it: it is not what the rules would have made of it.
    #[must_use]
    pub fn step(&self, state: &State, action: Action) -> Option<State> {
        if !state.outgrown.is_empty() {
            return None;
        }
        match action {
            Action::Type { device, address } => self.type_address(state, device, address),
            Action::Pick { device, address } => self.pick(state, device, address),
            Action::Abandon { device } => self.abandon(state, device),
            Action::Send { device, address } => self.send(state, device, address),
            Action::Attach { device, address } => self.attach(state, device, address),
            Action::Fetch { message, device } => self.fetch(state, message, device),
            Action::Refresh { device, address } => self.refresh(state, device, address),
            Action::Deliver { message, device } => self.deliver(state, message, device),
            Action::DeliverSms { message } => self.deliver_sms(state, message),
            Action::BackUp { device } => self.back_up(state, device),
            Action::Invite { device, address } => self.invite(state, device, address),
            Action::Ring { call, device } => self.ring(state, call, device),
            Action::Answer { call, device } => self.answer_call(state, call, device),
            Action::Decline { call, device } => self.decline(state, call, device),
            Action::TimeOut { call } => self.time_out(state, call),
            Action::HangUp { device, length } => self.hang_up(state, device, length),
            Action::UseAccount { device, act } => self.use_account(state, device, act),
            Action::Register { device } => self.register(state, device),
            Action::Deregister { device } => self.deregister(state, device),
            Action::Leave { user } => self.leave(state, user),
            Action::GiveUp { user } => self.give_up(state, user),
            Action::SwitchOff { device } => self.switch(state, device, false),
            Action::SwitchOn { device } => self.switch(state, device, true),
            Action::Travel { user, with } => self.travel(state, user, with),
            Action::Turn { keep } => self.turn(state, keep),
            Action::Apply { application } => self.apply(state, application),
            Action::Disclose { by, order } => self.disclose(state, by, order),
            Action::Extend { at, order } => self.extend(state, at, order),
            Action::Preserve { user } => self.preserve(state, user),
            Action::DiscloseInEmergency { user } => self.disclose_in_emergency(state, user),
            Action::DiscloseWithoutOrder { user } => self.disclose_without_order(state, user),
            Action::AddKey { address } => self.add_key(state, address),
            Action::SwapKey { address } => self.swap_key(state, address),
            Action::WithholdAlerts { address } => self.withhold_alerts(state, address),
            Action::Compare { device, address } => self.compare(state, device, address),
            Action::Inject { device, claimed, body, signer, through } => {
                self.inject(state, device, claimed, body, signer, through)
            }
            Action::StealKey { device, key } => self.steal_key(state, device, key),
            Action::Alter { message, device } => self.alter(state, message, device),
            Action::Demand { purpose } => self.demand(state, purpose),
            Action::Publish => self.publish(state),
        }
    }

    /// Whether machinery would act in the state, were it not for a budget of the scope that is spent.
    ///
    /// Only what machinery cannot put off for ever counts. A refresh can be put off, so a run in which none is made is a
    /// fair run whether or not the scope still allows one; and the day can turn wherever the scope's last is not
    /// reached, so no state ends a run for want of a refresh. What people may still do is bounded without being cut:
    /// nobody has to do it.
    fn starved(&self, state: &State) -> bool {
        let unbounded = state.with_lookups_to_spare();
        let mut fair = self.actions.iter().filter(|action| action.fair());
        fair.any(|&action| self.step(state, action).is_none() && self.step(&unbounded, action).is_some())
    }

    pub(crate) fn has(&self, flaw: Flaw) -> bool {
        self.setup.flaw == Some(flaw)
    }

    pub(crate) fn may(&self, capability: Capability) -> bool {
        self.setup.powers.contains(capability)
    }

    pub(crate) fn tracks(&self, tracked: Tracked) -> bool {
        self.setup.track.contains(tracked)
    }

    pub(crate) fn keeps(&self, part: Part) -> bool {
        self.setup.slice.parts.contains(part)
    }

    pub(crate) fn looks_up_on(&self, trigger: Trigger) -> bool {
        self.design.directory.lookup_on.contains(trigger)
    }

    /// Whether the rule takes part in this slice.
    #[must_use]
    pub fn runs(&self, rule: Rule) -> bool {
        self.setup.slice.rules.contains(rule)
    }

    /// Lets the logs record, and the remembering observers see, what has just happened.
    pub(crate) fn observe(&self, next: &mut State, row: Row) {
        self.record(next, row);
        self.witness(next, row);
    }

    /// Lets the remembering observers see what has just happened.
    pub(crate) fn witness(&self, next: &mut State, row: Row) {
        if !(self.setup.remember & self.watchers(row)).is_empty() {
            self.remember(next, self.addressed(row));
        }
    }

    /// Adds to what the remembering observers saw.
    pub(crate) fn remember(&self, next: &mut State, row: Row) {
        if !next.memory.push(row) {
            next.outgrown |= Room::Memory;
        }
    }

    /// Lets the logs record what has just happened.
    pub(crate) fn record(&self, next: &mut State, row: Row) {
        if !self.keeps(Part::Logs) {
            return;
        }
        let row = self.addressed(row);
        for (index, log) in self.design.logs.iter().enumerate() {
            let kept = self.setup.slice.logs.contains(index);
            let recorded = kept
                && crate::rules::logging::records(self.setup.flaw, log, row)
                && self.has_begun(log, next, row);
            if recorded && !next.rows.push(row.masked(self.log_masks[index].for_row(row)).indexed(index)) {
                next.outgrown |= Room::Logs;
            }
        }
    }
}

impl stateright::Model for Service {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        self.initial.clone()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let means = state.means();
        let worth_trying = self.actions.iter().zip(&self.needs).filter(|(_, needed)| means.suffice(**needed));
        actions.extend(worth_trying.map(|(action, _)| *action));
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        self.step(state, action)
    }
}

impl mailcover_checker::Epistemic for Service {
    type Observer = Observer;
    type View = View;

    fn view(&self, observer: Observer, state: &State) -> View {
        self.view_of(observer, state)
    }

    fn fair(&self, action: &Action) -> bool {
        action.fair()
    }

    fn cut(&self, state: &State) -> bool {
        !state.outgrown.is_empty() || self.last_day == Some(state.day) || self.starved(state)
    }
}
