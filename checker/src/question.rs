//! **What is asked of a model, all at once, so that one search answers it.**
//!
//! Both engines take an [`Inquiry`] and return a [`Report`]: see [`crate::dataflow::answer`] and [`crate::plain::answer`].
//!
//! Left out: names and sentences. Answers stand in the order of the questions.

use std::sync::Arc;

use crate::answer::AnswerOf;
use crate::epistemic::Epistemic;
use crate::exploration::Exploration;
use crate::formula::{Formula, Test};
use crate::limits::Completion;

/// What is asked of all that a coalition holds, one view for each member.
pub(crate) type ViewTest<V> = Arc<dyn Fn(&[V]) -> bool + Send + Sync>;

/// A question about a model. It is made by the functions of this type.
pub struct Question<M: Epistemic>(pub(crate) Kind<M>);

impl<M: Epistemic> Clone for Question<M> {
    fn clone(&self) -> Self {
        Question(match &self.0 {
            Kind::Always(fact) => Kind::Always(Arc::clone(fact)),
            Kind::Reachable(fact) => Kind::Reachable(Arc::clone(fact)),
            Kind::Secret(from, derives) => Kind::Secret(from.clone(), Arc::clone(derives)),
            Kind::Knowledge(asked) => Kind::Knowledge(asked.clone()),
            Kind::Inevitable(trigger, goal) => Kind::Inevitable(Arc::clone(trigger), Arc::clone(goal)),
            Kind::Formula(formula) => Kind::Formula(formula.clone()),
        })
    }
}

/// The kinds of questions.
pub(crate) enum Kind<M: Epistemic> {
    Always(Test<M::State>),
    Reachable(Test<M::State>),
    Secret(Vec<M::Observer>, ViewTest<M::View>),
    Knowledge(Knowledge<M>),
    Inevitable(Test<M::State>, Test<M::State>),
    Formula(Formula<M>),
}

/// A question about somebody's knowledge of a fact.
pub(crate) struct Knowledge<M: Epistemic> {
    pub(crate) by: By,
    pub(crate) fact: Test<M::State>,
    pub(crate) to: Vec<M::Observer>,
    /// What a sample shows besides, where there is a sample that does.
    pub(crate) showing: Option<Test<M::State>>,
}

impl<M: Epistemic> Clone for Knowledge<M> {
    fn clone(&self) -> Self {
        Knowledge {
            by: self.by,
            fact: Arc::clone(&self.fact),
            to: self.to.clone(),
            showing: self.showing.clone(),
        }
    }
}

/// What is asked of somebody's knowledge of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    NeverKnown,
    NeverKnownWhether,
    Known,
}

impl<M: Epistemic> Question<M> {
    /// Is it so in every reachable state?
    pub fn always(fact: impl Fn(&M::State) -> bool + Send + Sync + 'static) -> Self {
        Question(Kind::Always(Arc::new(fact)))
    }

    /// Is it so in some reachable state?
    pub fn reachable(fact: impl Fn(&M::State) -> bool + Send + Sync + 'static) -> Self {
        Question(Kind::Reachable(Arc::new(fact)))
    }

    /// Is there nothing in what these observers hold together, one view each, from which the secret follows?
    pub fn secret(
        from: &[M::Observer],
        derives: impl Fn(&[M::View]) -> bool + Send + Sync + 'static,
    ) -> Self {
        Question(Kind::Secret(from.to_vec(), Arc::new(derives)))
    }

    /// Do these observers, who pool their views, never know that it is so?
    pub fn never_known(fact: impl Fn(&M::State) -> bool + Send + Sync + 'static, to: &[M::Observer]) -> Self {
        Self::of_knowledge(By::NeverKnown, Arc::new(fact), to)
    }

    /// Do these observers, who pool their views, never know whether it is so?
    pub fn never_known_whether(
        fact: impl Fn(&M::State) -> bool + Send + Sync + 'static,
        to: &[M::Observer],
    ) -> Self {
        Self::of_knowledge(By::NeverKnownWhether, Arc::new(fact), to)
    }

    /// Do these observers, who pool their views, know it wherever it is so?
    pub fn known(fact: impl Fn(&M::State) -> bool + Send + Sync + 'static, to: &[M::Observer]) -> Self {
        Self::of_knowledge(By::Known, Arc::new(fact), to)
    }

    fn of_knowledge(by: By, fact: Test<M::State>, to: &[M::Observer]) -> Self {
        Question(Kind::Knowledge(Knowledge { by, fact, to: to.to_vec(), showing: None }))
    }

    /// Where something is never known, the sample that is returned is the shallowest in which this is so as well, if
    /// there is any; else the shallowest. Questions that return no sample ignore it.
    #[must_use]
    pub fn showing(mut self, this: &Test<M::State>) -> Self {
        if let Kind::Knowledge(asked) = &mut self.0 {
            asked.showing = Some(Arc::clone(this));
        }
        self
    }

    /// Does every fair maximal run from a state with the trigger reach the goal?
    pub fn inevitable(
        trigger: impl Fn(&M::State) -> bool + Send + Sync + 'static,
        goal: impl Fn(&M::State) -> bool + Send + Sync + 'static,
    ) -> Self {
        Question(Kind::Inevitable(Arc::new(trigger), Arc::new(goal)))
    }

    /// Is the formula true in every initial state?
    pub fn formula(formula: Formula<M>) -> Self {
        Question(Kind::Formula(formula))
    }

    /// Those of whose views something is asked.
    fn observers(&self) -> Vec<M::Observer> {
        match &self.0 {
            Kind::Secret(from, _) => from.clone(),
            Kind::Knowledge(asked) => asked.to.clone(),
            Kind::Formula(formula) => formula.observers(),
            Kind::Always(_) | Kind::Reachable(_) | Kind::Inevitable(..) => Vec::new(),
        }
    }

    /// Whether a run alone can settle it.
    fn is_settled_by_a_run(&self) -> bool {
        matches!(self.0, Kind::Always(_) | Kind::Reachable(_) | Kind::Secret(..))
    }

    /// Whether the answer needs the transitions between all states, and so the states themselves.
    pub(crate) fn needs_states(&self) -> bool {
        matches!(self.0, Kind::Inevitable(..) | Kind::Formula(_))
    }
}

/// Questions that are put to a model together.
pub struct Inquiry<M: Epistemic> {
    pub(crate) questions: Vec<Question<M>>,
    pub(crate) matters: Option<Test<M::State>>,
    pub(crate) stops_early: bool,
    pub(crate) keeps_states: bool,
    /// How many of the questions, from the first on, a search waits for that may stop early.
    pub(crate) awaited: usize,
    /// Whether the last question ends the search when a run settles it.
    pub(crate) gives_up: bool,
}

impl<M: Epistemic> Clone for Inquiry<M> {
    fn clone(&self) -> Self {
        Inquiry { questions: self.questions.clone(), matters: self.matters.clone(), ..*self }
    }
}

impl<M: Epistemic> Inquiry<M> {
    /// These questions.
    #[must_use]
    pub fn new(questions: Vec<Question<M>>) -> Self {
        let keeps_states = questions.iter().any(Question::needs_states);
        let awaited = questions.len();
        Inquiry { questions, matters: None, stops_early: false, keeps_states, awaited, gives_up: false }
    }

    /// Questions of knowledge are asked only of states in which this is so. Twins are sought everywhere.
    #[must_use]
    pub fn of_states(mut self, matters: impl Fn(&M::State) -> bool + Send + Sync + 'static) -> Self {
        self.matters = Some(Arc::new(matters));
        self
    }

    /// The search stops when every question has been settled by a run. Only questions of [`Question::always`],
    /// [`Question::reachable`] and [`Question::secret`] can be; with any other, all states are searched.
    #[must_use]
    pub fn stopping_early(mut self) -> Self {
        self.stops_early = true;
        self
    }

    /// The search ends when a run settles this question, since nothing else is worth asking then. Its answer comes after
    /// those to all others; where it is settled, theirs may be inconclusive. Only what a run alone settles can be asked
    /// here, as of [`Self::stopping_early`]; a search that may stop early does not wait for it. The last call counts.
    #[must_use]
    pub fn giving_up_at(mut self, question: Question<M>) -> Self {
        self.questions.truncate(self.awaited);
        self.questions.push(question);
        self.keeps_states = self.keeps_states || self.questions.iter().any(Question::needs_states);
        self.gives_up = true;
        self
    }

    /// Every state is kept and becomes part of the report.
    #[must_use]
    pub fn keeping_states(mut self) -> Self {
        self.keeps_states = true;
        self
    }

    /// Those of whose views something is asked, each once.
    pub(crate) fn observers(&self) -> Vec<M::Observer> {
        let mut all: Vec<M::Observer> = Vec::new();
        for observer in self.questions.iter().flat_map(Question::observers) {
            if !all.contains(&observer) {
                all.push(observer);
            }
        }
        all
    }

    /// Whether a run alone settles every question, and the search is to end when it has.
    pub(crate) fn ends_when_settled(&self) -> bool {
        let mut awaited = self.questions.iter().take(self.awaited);
        self.stops_early && self.awaited > 0 && awaited.all(Question::is_settled_by_a_run)
    }

    /// The question that ends the search when a run settles it.
    pub(crate) fn gives_up_at(&self) -> Option<&Question<M>> {
        self.questions.last().filter(|_| self.gives_up)
    }
}

/// What a search answered, and how far it went.
pub struct Report<M: Epistemic> {
    /// The answers, in the order of the questions.
    pub answers: Vec<AnswerOf<M>>,
    /// How many states were found at each depth.
    pub layers: Vec<usize>,
    /// How many transitions were taken, those into known states included.
    pub generated: usize,
    /// Whether every reachable state was seen.
    pub completion: Completion,
    /// The bytes that the visited states took in this process when the search ended.
    pub bytes: usize,
    /// At most this is the probability that two states, or two classes, were taken for one. It is zero when they were
    /// compared in full.
    pub collision: f64,
    /// The states, if they were kept.
    pub exploration: Option<Exploration<M::State>>,
}

impl<M: Epistemic> Report<M> {
    /// How many different states were found.
    #[must_use]
    pub fn unique_states(&self) -> usize {
        self.layers.iter().sum()
    }

    /// The depth of the deepest state.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.layers.len().saturating_sub(1)
    }
}
