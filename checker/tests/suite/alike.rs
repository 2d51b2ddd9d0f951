//! A model that does not repeat itself, or whose hashes and numbers do not tell its states and views apart, gets no answer,
//! however small it is, from whichever engine, and on however many workers.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use mailcover_checker::dataflow::{self, Options};
use mailcover_checker::{
    Epistemic, Error, Inquiry, Limits, Outcome, Packing, Question, Report, ag, atom, knows, plain,
};
use stateright::Model;

/// A number and a mark, of which the hash may leave out the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    number: u32,
    mark: bool,
    hashes_all: bool,
}

impl Hash for Marked {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.number.hash(hasher);
        if self.hashes_all {
            self.mark.hash(hasher);
        }
    }
}

/// Equal to every other one that has the same number, and hashed with its salt.
#[derive(Clone, Copy, Debug)]
struct Salted {
    number: u32,
    salt: u32,
}

impl PartialEq for Salted {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Salted {}

impl PartialOrd for Salted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Salted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}

impl Hash for Salted {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.number, self.salt).hash(hasher);
    }
}

/// What is wrong with the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Nothing,
    HashOfStates,
    HashOfViews,
    OrderOfViews,
    Start,
    Actions,
    Step,
    Boundary,
    Cut,
    View,
    Number,
}

/// Counts to 20, and may set its mark at 7.
struct Counter {
    wrong: Wrong,
    asked: AtomicU32,
}

/// The state in which the model is wrong.
const HERE: u32 = 7;

impl Counter {
    /// 0 unless this is what is wrong; then another number each time.
    fn mood(&self, wrong: Wrong, number: u32) -> u32 {
        if self.wrong == wrong && number == HERE { self.asked.fetch_add(1, Ordering::Relaxed) } else { 0 }
    }
}

impl Model for Counter {
    type State = Marked;
    type Action = u32;

    fn init_states(&self) -> Vec<Marked> {
        let number = self.mood(Wrong::Start, HERE);
        vec![Marked { number, mark: false, hashes_all: self.wrong != Wrong::HashOfStates }]
    }

    fn actions(&self, now: &Marked, actions: &mut Vec<u32>) {
        actions.push(self.mood(Wrong::Actions, now.number) % 2);
        actions.push(2);
    }

    fn next_state(&self, now: &Marked, action: u32) -> Option<Marked> {
        if action == 2 {
            return (now.number == HERE && !now.mark).then_some(Marked { mark: true, ..*now });
        }
        let number = now.number + 1 + self.mood(Wrong::Step, now.number) % 2;
        (number <= 20).then_some(Marked { number, ..*now })
    }

    fn within_boundary(&self, now: &Marked) -> bool {
        self.mood(Wrong::Boundary, now.number).is_multiple_of(2)
    }
}

impl Epistemic for Counter {
    type Observer = ();
    type View = (Salted, Marked);

    fn view(&self, (): (), now: &Marked) -> Self::View {
        let salt = if self.wrong == Wrong::OrderOfViews { now.number } else { 0 };
        let number = self.mood(Wrong::View, now.number);
        let seen = Marked { hashes_all: self.wrong != Wrong::HashOfViews, number: now.number / 10, ..*now };
        (Salted { number, salt }, seen)
    }

    fn cut(&self, now: &Marked) -> bool {
        self.mood(Wrong::Cut, now.number) % 2 == 1
    }

    fn packing(&self) -> Option<Packing> {
        (self.wrong == Wrong::Number).then(|| Packing::of_bits(40))
    }

    fn packed(&self, now: &Marked) -> u128 {
        u128::from(now.number) << 1
            | u128::from(now.mark)
            | u128::from(self.mood(Wrong::Number, now.number)) << 20
    }
}

fn model(wrong: Wrong) -> Counter {
    Counter { wrong, asked: AtomicU32::new(0) }
}

/// Always, and of somebody's knowledge in each of three ways, so that views matter to each question but the first.
fn inquiries() -> [Inquiry<Counter>; 4] {
    let marked = |now: &Marked| now.mark;
    [
        Question::always(move |now: &Marked| !now.mark),
        Question::never_known(marked, &[()]),
        Question::secret(&[()], |views: &[(Salted, Marked)]| views.iter().any(|(_, seen)| seen.mark)),
        Question::formula(ag(knows((), atom("there is a mark", marked)))),
    ]
    .map(|question| Inquiry::new(vec![question]))
}

fn on_threads(wrong: Wrong, inquiry: &Inquiry<Counter>, threads: usize) -> Result<Report<Counter>, Error> {
    let options = Options { threads, ..Options::default() };
    dataflow::answer(Arc::new(model(wrong)), inquiry, &options, &mut |_| {})
}

fn on_plain(wrong: Wrong, inquiry: &Inquiry<Counter>) -> Result<Report<Counter>, Error> {
    plain::answer(&model(wrong), inquiry, &Limits::default(), &mut |_| {})
}

#[test]
fn nothing_is_wrong_with_a_model_that_is_sound() {
    for inquiry in inquiries() {
        let oracle = on_plain(Wrong::Nothing, &inquiry).expect("nothing is wrong");
        assert_eq!((oracle.unique_states(), oracle.answers[0].outcome), (35, Outcome::Violated));
        for threads in [1, 2, 3] {
            let report = on_threads(Wrong::Nothing, &inquiry, threads).expect("nothing is wrong");
            assert_eq!((report.unique_states(), report.answers[0].outcome), (35, Outcome::Violated));
        }
    }
}

#[test]
fn a_model_that_changes_its_mind_in_a_single_state_gets_no_answer() {
    for wrong in [Wrong::Start, Wrong::Actions, Wrong::Step, Wrong::Boundary, Wrong::Cut] {
        for inquiry in inquiries() {
            let answers = [1, 2, 3].map(|threads| on_threads(wrong, &inquiry, threads));
            for answer in answers.into_iter().chain([on_plain(wrong, &inquiry)]) {
                let error = answer.err().unwrap_or_else(|| panic!("{wrong:?} is not noticed"));
                assert!(matches!(error, Error::Nondeterminism(_)), "{wrong:?}: {error}");
            }
        }
    }
    for inquiry in &inquiries()[1..] {
        let answers = [1, 2, 3].map(|threads| on_threads(Wrong::View, inquiry, threads));
        for answer in answers.into_iter().chain([on_plain(Wrong::View, inquiry)]) {
            let error = answer.err().expect("the view differs");
            assert!(error.to_string().contains("a view differs in the state Marked { number: 7,"), "{error}");
        }
    }
    for threads in [1, 2, 3] {
        let error = on_threads(Wrong::Number, &inquiries()[0], threads).err().expect("the number differs");
        assert!(matches!(error, Error::Nondeterminism(_) | Error::SameKey { .. }), "{error}");
    }
}

/// The plain engine compares states and views in full, and so is not misled by a hash that leaves something out.
#[test]
fn a_hash_that_leaves_something_out_gets_no_answer() {
    for threads in [1, 2, 3] {
        for inquiry in inquiries() {
            let error =
                on_threads(Wrong::HashOfStates, &inquiry, threads).err().expect("states are taken for one");
            assert!(matches!(error, Error::SameKey { .. }), "{error}");
        }
        let knowledge = &inquiries()[1];
        for wrong in [Wrong::HashOfViews, Wrong::OrderOfViews] {
            let answer = on_threads(wrong, knowledge, threads);
            // Each worker compares the views of its own states.
            if threads == 1 {
                let error = answer.err().expect("views are taken for one, or for two");
                assert!(matches!(error, Error::UnlikeViews { .. }), "{error}");
            }
        }
    }
    for inquiry in inquiries() {
        let report = on_plain(Wrong::HashOfStates, &inquiry).expect("states are compared in full");
        assert_eq!((report.unique_states(), report.answers[0].outcome), (35, Outcome::Violated));
    }
    let report = on_plain(Wrong::HashOfViews, &inquiries()[1]).expect("views are compared in full");
    assert_eq!(report.answers[0].outcome, Outcome::Violated);
}
