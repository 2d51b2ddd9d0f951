//! **What the adversary knows in one state: by the class of all states that look the same.**
//!
//! A verdict speaks of all states of a scope. Whoever follows a run of their own asks about one, and the same search
//! answers it: it is kept here, with the class of each state.

use crate::check::{Cell, Options, prepare};
use crate::claim::{Ask, Context, Posed};
use crate::fact::Fact;
use crate::finding::Recipe;
use crate::stability;
use enumset::EnumSet;
use mailcover_checker::{ClassTable, Exploration, Limits, Progress, explore_until};
use mailcover_model::service::Service;
use mailcover_model::state::{Room, State};

/// A searched scope, in which it can be asked of any state what is known there.
#[derive(Debug)]
pub struct Insight {
    service: Service,
    posed: Posed,
    exploration: Exploration<State>,
    /// The class of each state, by its number.
    class_of: Vec<u32>,
}

/// How a fact stands with the adversary in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether it is true in this state.
    pub here: bool,
    /// The way to the shallowest state that looks the same and in which it is otherwise; none where the adversary knows
    /// how it is.
    pub otherwise: Option<Recipe>,
    /// Whether this is a state that breaks the claim.
    pub breaks: bool,
}

/// What is known in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// How many states of the scope look the same, this one included.
    pub alike: usize,
    /// Of each fact of the claim, in its order, how it stands.
    pub standings: Vec<Standing>,
}

impl Insight {
    /// Searches the scope of a claim about knowledge.
    ///
    /// # Errors
    /// A sentence: the claim is not about knowledge, the model cannot be set up, or the search did not end.
    pub fn search(cell: &Cell, options: &Options, tell: &mut dyn FnMut(&Progress)) -> Result<Self, String> {
        let (service, posed, context) = prepare(cell, options)?;
        if !posed.ask.of_knowledge() {
            return Err(format!("the claim {} is not about what somebody knows", cell.claim.id));
        }
        let exploration = complete(&service, &options.limits, tell)?;
        let class_of = classes(&service, &exploration, &context)?;
        Ok(Self { service, posed, exploration, class_of })
    }

    /// The facts that the claim asks about.
    #[must_use]
    pub fn facts(&self) -> Vec<&Fact> {
        self.posed.ask.facts()
    }

    /// How many states were searched.
    #[must_use]
    pub fn states(&self) -> usize {
        self.exploration.unique_states()
    }

    /// What is known in this state.
    ///
    /// # Errors
    /// A sentence: the state is none of the scope, or the model did not repeat what it did.
    pub fn known(&self, state: &State) -> Result<Known, String> {
        let at = self.exploration.id_of(state).ok_or("the state is none of the claim's scope")?;
        let class = self.class_of[at];
        let members: Vec<usize> =
            self.class_of.iter().enumerate().filter(|(_, of)| **of == class).map(|(id, _)| id).collect();
        let standing = |fact: &Fact| self.standing(fact, state, &members);
        let standings = self.facts().into_iter().map(standing).collect::<Result<_, _>>()?;
        Ok(Known { alike: members.len(), standings })
    }

    fn standing(&self, fact: &Fact, state: &State, members: &[usize]) -> Result<Standing, String> {
        let here = fact.holds(&self.service, state);
        let differs = |id: &&usize| {
            self.exploration.state(**id).is_some_and(|it| fact.holds(&self.service, it) != here)
        };
        let otherwise = members.iter().find(differs).map(|&other| self.recipe(other)).transpose()?;
        let breaks = match &self.posed.ask {
            Ask::NeverKnown(_) => here && otherwise.is_none(),
            Ask::NeverKnownWhether(_) => otherwise.is_none(),
            Ask::Known(_) => here && otherwise.is_some(),
            _ => false,
        };
        let breaks = breaks && stability::within_bounds(&self.service, &self.posed.scope, state);
        Ok(Standing { here, otherwise, breaks })
    }

    fn recipe(&self, id: usize) -> Result<Recipe, String> {
        let path = self.exploration.path_to(&self.service, id).map_err(|error| error.to_string())?;
        let past = self.service.pasts().get(path.initial).cloned().unwrap_or_default();
        Ok(Recipe { past, actions: path.actions })
    }
}

/// The whole scope: of a part of it nothing can be said to be known.
fn complete(
    service: &Service,
    limits: &Limits,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Exploration<State>, String> {
    let mut outgrown = EnumSet::empty();
    let exploration = explore_until(service, limits, tell, &mut |state| {
        outgrown |= state.outgrown;
        !outgrown.is_empty()
    });
    match exploration.limit() {
        _ if !outgrown.is_empty() => Err(Room::why(outgrown)),
        Some(limit) => Err(format!("{limit} What is known takes all of them.")),
        None => Ok(exploration),
    }
}

fn classes(
    service: &Service,
    exploration: &Exploration<State>,
    context: &Context,
) -> Result<Vec<u32>, String> {
    let table = ClassTable::build(service, exploration, &context.observers, &[], None);
    let table = table.map_err(|error| error.to_string())?;
    let class = |id| table.class_of(id).and_then(|class| u32::try_from(class).ok());
    let all = (0..exploration.unique_states()).map(|id| class(id).ok_or("a state has no class"));
    Ok(all.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check_one;
    use crate::fact::not;
    use crate::finding::{Evidence, Verdict};
    use mailcover_model::design::library;
    use mailcover_model::widening::Widening;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn cell(design: &str, claim: &str, adversary: &str) -> Cell {
        let design = Arc::new(library::load(design).unwrap());
        let claim = crate::claims::of(&design).into_iter().find(|known| known.id == claim).unwrap();
        let question = claim.questions.iter().position(|question| question.adversary == adversary).unwrap();
        Cell { design, claim, question }
    }

    fn end(insight: &Insight, recipe: &Recipe) -> State {
        insight.service.replay(&recipe.past, &recipe.actions).unwrap().pop().unwrap()
    }

    #[test]
    fn where_a_place_is_given_away_every_state_that_looks_the_same_agrees() {
        let cell = cell("imessage-2016", "device-place-unknown", "query-log");
        let finding = check_one(&cell, &Options::default());
        assert_eq!(finding.verdict, Verdict::Violated);
        let Evidence::Class { run, size } = &finding.evidence else { panic!("a class was found") };
        let insight = Insight::search(&cell, &Options::default(), &mut |_| {}).unwrap();
        let known = insight.known(&end(&insight, run)).unwrap();
        assert_eq!(known.alike, *size);
        let broken = |standing: &Standing| standing.breaks && standing.here && standing.otherwise.is_none();
        assert!(known.standings.iter().any(broken), "{:?}", known.standings);
    }

    #[test]
    fn where_it_is_open_the_other_run_looks_the_same_and_differs_in_the_fact() {
        let cell = cell("imessage-2016", "person-place-unknown", "query-log");
        let finding = check_one(&cell, &Options::default());
        let Evidence::Twin { run, .. } = &finding.evidence else { panic!("twins were found") };
        let insight = Insight::search(&cell, &Options::default(), &mut |_| {}).unwrap();
        let here = end(&insight, run);
        let known = insight.known(&here).unwrap();
        let context = cell.context().unwrap();
        let mut open = 0;
        for (fact, standing) in insight.facts().into_iter().zip(&known.standings) {
            assert!(!standing.breaks, "the claim holds");
            if let Some(recipe) = &standing.otherwise {
                let there = end(&insight, recipe);
                assert_ne!(fact.holds(&insight.service, &here), fact.holds(&insight.service, &there));
                assert!(crate::check::same_view(&insight.service, &context.observers, &here, &there));
                open += 1;
            }
        }
        assert!(open > 0 && known.alike > 1, "{known:?}");
        let before = end(&insight, &Recipe { past: run.past.clone(), actions: Vec::new() });
        assert!(!crate::check::same_view(&insight.service, &context.observers, &here, &before), "a row");
    }

    /// What of a state breaks a claim of each kind: whether the fact is true there, and whether another state that looks the
    /// same has it otherwise.
    #[test]
    fn what_breaks_a_claim_is_what_its_kind_says() {
        let cell = cell("imessage-2016", "device-place-unknown", "query-log");
        let finding = check_one(&cell, &Options::default());
        let mut insight = Insight::search(&cell, &Options::default(), &mut |_| {}).unwrap();
        assert_eq!(insight.states(), finding.states);
        let states: Vec<State> = insight.exploration.states().copied().collect();
        let fact = insight.facts()[0].clone();
        let facts = vec![fact.clone(), not(fact)];
        let kinds: [(Ask, &[(bool, bool)]); 4] = [
            (Ask::NeverKnown(facts.clone()), &[(true, false)]),
            (Ask::NeverKnownWhether(facts.clone()), &[(true, false), (false, false)]),
            (Ask::Known(facts.clone()), &[(true, true)]),
            (Ask::Always(facts[0].clone()), &[]),
        ];
        for (ask, breaking) in kinds {
            insight.posed.ask = ask;
            let mut met = BTreeSet::new();
            for state in states.iter().step_by(states.len() / 200) {
                for standing in insight.known(state).unwrap().standings {
                    let stands = (standing.here, standing.otherwise.is_some());
                    assert_eq!(standing.breaks, breaking.contains(&stands), "{stands:?}");
                    met.insert(stands);
                }
            }
            assert!(met.len() == 4 || breaking.is_empty(), "each way to stand is met: {met:?}");
        }
    }

    #[test]
    fn a_scope_that_a_state_has_no_room_for_is_refused() {
        let cell = cell("lookup-on-send", "use-proves-no-pair", "provider");
        let wide = Options { widening: Widening::everywhere(1), ..Options::default() };
        let refused = Insight::search(&cell, &wide, &mut |_| {});
        assert!(refused.is_err_and(|said| said.contains("outgrew")));
    }

    #[test]
    fn a_search_that_was_cut_short_says_nothing() {
        let cell = cell("imessage-2016", "person-place-unknown", "query-log");
        let limits = Limits { max_states: Some(10), ..Limits::default() };
        let cut = Insight::search(&cell, &Options { limits, ..Options::default() }, &mut |_| {});
        assert!(cut.unwrap_err().starts_with("The search stopped at 10 states."));
    }

    #[test]
    fn a_claim_that_is_about_no_knowledge_is_refused() {
        let cell = cell("imessage-2016", "retention-bounded", "query-log");
        assert!(Insight::search(&cell, &Options::default(), &mut |_| {}).is_err());
    }
}
