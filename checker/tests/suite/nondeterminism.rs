//! A model that does not repeat itself is found out, and named.

use std::sync::atomic::{AtomicU32, Ordering};

use mailcover_checker::{Epistemic, Error, Graph, Limits, determinism, explore};
use stateright::Model;

use crate::web::Web;

/// Which of its answers the model changes from one call to the next.
#[derive(Clone, Copy, PartialEq)]
enum Fickle {
    Start,
    Actions,
    Step,
    View,
    Nothing,
}

/// A model that counts how often it was asked.
struct Moody {
    about: Fickle,
    asked: AtomicU32,
}

impl Moody {
    fn mood(&self, about: Fickle) -> u32 {
        if self.about == about { self.asked.fetch_add(1, Ordering::Relaxed) } else { 0 }
    }
}

impl Model for Moody {
    type State = u32;
    type Action = &'static str;

    fn init_states(&self) -> Vec<u32> {
        vec![self.mood(Fickle::Start)]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<&'static str>) {
        if *state < 50 {
            actions.extend(vec!["add"; 1 + self.mood(Fickle::Actions) as usize]);
        }
    }

    fn next_state(&self, state: &u32, _: &'static str) -> Option<u32> {
        Some(state + 1 + self.mood(Fickle::Step))
    }
}

impl Epistemic for Moody {
    type Observer = ();
    type View = u32;

    fn view(&self, (): (), _: &u32) -> u32 {
        self.mood(Fickle::View)
    }
}

fn complaint(about: Fickle) -> Option<String> {
    let model = Moody { about, asked: AtomicU32::new(0) };
    let exploration = explore(&model, &Limits::default(), &mut |_| {});
    determinism(&model, &exploration, &[()], 10).err().map(|difference| difference.to_string())
}

#[test]
fn each_difference_is_named() {
    let found = |about| complaint(about).expect("it differs");
    assert_eq!(found(Fickle::Start), "The model is not deterministic: the initial states differ.");
    assert_eq!(found(Fickle::Actions), "The model is not deterministic: the actions differ in the state 0.");
    assert_eq!(
        found(Fickle::Step),
        "The model is not deterministic: the next state differs after the action \"add\" in the \
         state 0."
    );
    assert_eq!(found(Fickle::View), "The model is not deterministic: a view differs in the state 0.");
    assert_eq!(complaint(Fickle::Nothing), None);
}

#[test]
fn a_run_that_cannot_be_repeated_is_an_error_and_no_panic() {
    for about in [Fickle::Start, Fickle::Step] {
        let model = Moody { about, asked: AtomicU32::new(0) };
        let exploration = explore(&model, &Limits::default(), &mut |_| {});
        let last = exploration.unique_states() - 1;
        let error = exploration.path_to(&model, last).unwrap_err();
        assert!(matches!(error, Error::Nondeterminism(_)), "{error}");
    }
    let model = Moody { about: Fickle::Step, asked: AtomicU32::new(0) };
    let exploration = explore(&model, &Limits::default(), &mut |_| {});
    let error = Graph::build(&model, &exploration).unwrap_err();
    assert_eq!(error.what, "a state appeared that the exploration did not find");
    assert_eq!(error.action.as_deref(), Some("\"add\""));
}

#[test]
fn a_table_is_deterministic() {
    let web = Web::with(&[[Some(1), Some(0), None, None], [None; 4]]);
    let (exploration, _) = web.search();
    assert_eq!(determinism(&web, &exploration, &[0, 1], usize::MAX), Ok(()));
    assert_eq!(determinism(&web, &exploration, &[0, 1], 0), Ok(()));
}
