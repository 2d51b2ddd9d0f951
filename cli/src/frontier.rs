//! **A frontier as data, as `frontier --format json` prints it, and in words.**

mod human;
mod picture;

pub(crate) use human::human;

use crate::document::{Block, Document, html};
use crate::page::count;
use enumset::EnumSet;
use mailcover_model::design::{Capability, Design, ObserverName};
use mailcover_model::word::word;
use mailcover_properties::claim::Claim;
use mailcover_properties::frontier::{Because, Frontier, Party, Way};
use mailcover_traces::{design_hash, harmless};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the format.
const VERSION: u32 = 1;

/// A frontier, and what it is of.
pub(crate) struct Bounds<'a> {
    pub(crate) claim: &'a Claim,
    pub(crate) design: &'a Design,
    /// To whom the claim is put as it is put to the parties.
    pub(crate) adversary: &'a str,
    pub(crate) frontier: &'a Frontier,
}

/// One frontier, or two beside each other.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Frontier of mailcover frontier")]
pub(crate) struct Report {
    /// The version of this format.
    #[schemars(range(min = 1, max = 1))]
    version: u32,
    /// The claim's name.
    claim: String,
    /// The claim, as a sentence.
    sentence: String,
    /// The frontier in the design, and in the one that it is compared with.
    sides: Vec<Side>,
    /// What the second design changes; null where there is one design.
    change: Option<Change>,
    /// The knobs that were set on the command line, in each design.
    settings: Vec<String>,
}

/// The frontier in one design.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Side {
    /// The design's name.
    design: String,
    /// The SHA-256 of the resolved design, in hex.
    design_sha256: String,
    /// The powers among which the frontier lies.
    ground: Powers,
    /// The smallest parties that break the claim.
    breaking: Vec<Breaks>,
    /// The largest parties that do not.
    sparing: Vec<Spares>,
    /// Parties of which nothing is known.
    undecided: Vec<Undecided>,
    /// What the design's environment may do: nobody's power, and possible in every search.
    environment: Vec<String>,
    /// The adversary to whom the claim itself is put as it was put to every party here.
    put_as_to: String,
    /// The other adversaries to whom it is put, perhaps otherwise.
    also_put_to: Vec<String>,
    /// Whether one search answered for all parties; if not, they were searched one by one.
    once: bool,
    /// Why they were searched one by one: the claim is about `knowledge`, it is asked within different `scopes`, or a past of
    /// the scope uses a power (`pasts`); null where one search answered for all.
    one_by_one: Option<OneByOne>,
    /// How many searches there were.
    searches: usize,
    /// How many states they explored together.
    states: usize,
    /// The bounds of the searches, in a few words.
    scope: String,
}

/// A set of powers, by the names that files use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct Powers {
    /// What its members may do.
    capabilities: Vec<String>,
    /// Whose views they pool.
    observers: Vec<String>,
    /// The same in words.
    says: String,
}

/// A smallest party that breaks the claim.
#[derive(Debug, Serialize, JsonSchema)]
struct Breaks {
    /// Its powers.
    powers: Powers,
    /// How many steps the run has that shows it.
    steps: usize,
    /// Where that run was written; null where it was not.
    trace: Option<String>,
    /// The smallest larger parties that do not break the claim.
    undone_by: Vec<Powers>,
    /// Whether some party within it was not decided, so that it may not be a smallest one.
    perhaps_smaller: bool,
    #[serde(skip)]
    party: Party,
}

/// A largest party that does not break the claim.
#[derive(Debug, Serialize, JsonSchema)]
struct Spares {
    /// Its powers.
    powers: Powers,
    /// The powers of the ground that it lacks.
    lacks: Powers,
    /// How many states were exhausted for it; null where it takes no search, since all that could ever pass its observers,
    /// taken together, does not suffice.
    states: Option<usize>,
    /// Whether the claim's interesting case was reached for it; of all parties together where one search answered for all.
    exercised: bool,
}

/// A party of which nothing is known.
#[derive(Debug, Serialize, JsonSchema)]
struct Undecided {
    /// Its powers.
    powers: Powers,
    /// Why.
    reason: String,
    #[serde(skip)]
    party: Party,
}

/// Why parties were searched one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum OneByOne {
    /// Whoever may do more may know less.
    Knowledge,
    /// What must always be so is asked of the parties within different scopes.
    Scopes,
    /// A past of the scope uses a power.
    Pasts,
}

impl OneByOne {
    const fn of(way: Way) -> Option<Self> {
        match way {
            Way::Once => None,
            Way::Each(Because::Knowledge | Because::Wanted) => Some(Self::Knowledge),
            Way::Each(Because::Scopes) => Some(Self::Scopes),
            Way::Each(Because::Pasts) => Some(Self::Pasts),
        }
    }
}

/// What a second design changes.
#[derive(Debug, Serialize, JsonSchema)]
struct Change {
    /// Smallest parties that break the claim in the first design and do not, with just these powers, in the second.
    bought: Vec<Powers>,
    /// Smallest parties that break it in the second and do not in the first.
    cost: Vec<Powers>,
}

impl Report {
    pub(crate) fn of(bounds: Bounds<'_>, settings: &[String]) -> Self {
        Self {
            version: VERSION,
            claim: bounds.claim.id.clone(),
            sentence: harmless(&bounds.claim.sentence),
            sides: vec![side(&bounds)],
            change: None,
            settings: settings.to_vec(),
        }
    }

    /// What was changed on the command line; nothing where nothing was.
    fn set(&self) -> Option<String> {
        let settings = self.settings.iter().map(|setting| harmless(setting)).collect::<Vec<_>>().join(", ");
        (!settings.is_empty()).then(|| format!("With knobs set on the command line: {settings}."))
    }

    /// Puts another design's beside it.
    pub(crate) fn compare(&mut self, bounds: Bounds<'_>) {
        let second = side(&bounds);
        self.change = self
            .sides
            .first()
            .map(|first| Change { bought: only_in(first, &second), cost: only_in(&second, first) });
        self.sides.push(second);
    }

    /// All that the report says of each side: its sentences and its picture, under the name of its design where there are two.
    pub(crate) fn put_into(&self, document: &mut Document) {
        if let Some(set) = self.set() {
            document.say(set);
        }
        for (side, picture) in self.sides.iter().zip(self.pictures()) {
            if self.sides.len() > 1 {
                document.part(&format!("In {}", side.design));
            }
            document.blocks.push(picture);
            document.list(side.sentences());
        }
        if let (Some(change), [first, second]) = (&self.change, self.sides.as_slice()) {
            document.part(&format!("What {} buys over {}", second.design, first.design));
            document.list(changed("No longer broken by somebody who", &change.bought));
            document.part("What it costs");
            document.list(changed("Now broken by somebody who", &change.cost));
        }
    }

    /// Each side as a picture, under the name of its design.
    fn pictures(&self) -> impl Iterator<Item = Block> {
        self.sides.iter().map(|side| Block::Picture {
            name: format!("{}--frontier--{}", self.claim, side.design),
            svg: picture::picture(side),
            describes: picture::describes(side),
        })
    }

    /// The whole of it as a page.
    pub(crate) fn page(&self) -> String {
        let mut document = Document { title: format!("What breaks {}", self.claim), ..Document::default() };
        document.say(self.sentence.clone());
        self.put_into(&mut document);
        for side in &self.sides {
            document.part(&format!("What this rests on in {}", side.design));
            document.list(human::grounds(side));
        }
        html(&document)
    }

    pub(crate) fn sides_mut(&mut self) -> impl Iterator<Item = &mut Side> {
        self.sides.iter_mut()
    }
}

/// The parties that a change is about, a sentence each.
fn changed(lead: &str, all: &[Powers]) -> Vec<String> {
    let said = all.iter().map(|powers| format!("{lead} {}.", powers.says));
    if all.is_empty() { vec!["Nothing.".to_owned()] } else { said.collect() }
}

impl Side {
    /// The frontier, a sentence for each party.
    fn sentences(&self) -> Vec<String> {
        let breaks = |breaks: &Breaks| {
            let perhaps = if breaks.perhaps_smaller { ", and perhaps by less" } else { "" };
            let steps = count(breaks.steps, "step", "steps");
            format!("Broken by somebody who {}, in {steps}{perhaps}.", breaks.powers.says)
        };
        let spares = |spares: &Spares| {
            let lacks = [spares.lacks.observers.as_slice(), &spares.lacks.capabilities].concat().join(", ");
            let who = match (lacks.as_str(), self.once) {
                ("", _) => "anybody, not with all of these powers together".to_owned(),
                (lacks, true) => format!("whoever lacks {lacks}"),
                (lacks, false) => format!("somebody with all of these powers but {lacks}"),
            };
            format!("Not broken by {who}: {}.", spares.because())
        };
        let open = |open: &Undecided| {
            let reason = open.reason.trim_end_matches('.');
            format!(
                "Not decided of somebody who {}, nor of whoever has more powers: {reason}.",
                open.powers.says
            )
        };
        let all = self.breaking.iter().map(breaks).chain(self.sparing.iter().map(spares));
        all.chain(self.undecided.iter().map(open)).collect()
    }
}

impl Powers {
    /// Whether there are none.
    const fn is_none(&self) -> bool {
        self.capabilities.is_empty() && self.observers.is_empty()
    }
}

impl Spares {
    /// Why the party does not break the claim.
    fn because(&self) -> String {
        if !self.exercised {
            let states = count(self.states.unwrap_or_default(), "state", "states");
            return format!("never exercised, {states} exhausted");
        }
        self.states.map_or_else(
            || "all that could ever pass them, together, does not suffice".to_owned(),
            |states| format!("{} exhausted", count(states, "state", "states")),
        )
    }
}

impl Side {
    /// Where the traces lie, one place for each party that breaks the claim.
    pub(crate) fn traces_mut(&mut self) -> impl Iterator<Item = &mut Option<String>> {
        self.breaking.iter_mut().map(|breaks| &mut breaks.trace)
    }
}

/// Parties that break the claim on the one side while it is known that no party within them does on the other.
fn only_in(one: &Side, other: &Side) -> Vec<Powers> {
    // Of whoever contains a party that was not decided on the other side, nothing is known there.
    let still = |breaks: &&Breaks| {
        let breaking = other.breaking.iter().map(|known| &known.party);
        let mut known = breaking.chain(other.undecided.iter().map(|open| &open.party));
        !known.any(|party| party.is_within(&breaks.party))
    };
    one.breaking.iter().filter(still).map(|breaks| breaks.powers.clone()).collect()
}

/// To whom else the claim is put.
fn also_put_to(bounds: &Bounds<'_>) -> Vec<String> {
    let all = bounds.claim.questions.iter().map(|question| question.adversary.clone());
    all.filter(|adversary| adversary != bounds.adversary).collect()
}

fn side(bounds: &Bounds<'_>) -> Side {
    let Bounds { design, frontier, .. } = bounds;
    let breaking = frontier.breaking.iter().map(|breaking| Breaks {
        powers: powers(&breaking.party),
        steps: breaking.finding.evidence.recipes().first().map_or(0, |run| run.actions.len()),
        trace: None,
        undone_by: breaking.undone_by.iter().map(powers).collect(),
        perhaps_smaller: frontier.undecided.iter().any(|(open, _)| open.is_within(&breaking.party)),
        party: breaking.party.clone(),
    });
    let sparing = frontier.sparing.iter().map(|sparing| Spares {
        powers: powers(&sparing.party),
        lacks: powers(&lacking(&frontier.ground, &sparing.party)),
        states: sparing.states,
        exercised: sparing.exercised,
    });
    let undecided = frontier.undecided.iter().map(|(party, reason)| Undecided {
        powers: powers(party),
        reason: reason.clone(),
        party: party.clone(),
    });
    Side {
        design: design.name.clone(),
        design_sha256: design_hash(design),
        ground: powers(&frontier.ground),
        breaking: breaking.collect(),
        sparing: sparing.collect(),
        undecided: undecided.collect(),
        environment: design.environment.iter().map(word).collect(),
        put_as_to: bounds.adversary.to_owned(),
        also_put_to: also_put_to(bounds),
        once: frontier.way == Way::Once,
        one_by_one: OneByOne::of(frontier.way),
        searches: frontier.searches,
        states: frontier.states,
        scope: frontier.scope.clone(),
    }
}

/// What the party lacks of the ground.
fn lacking(ground: &Party, party: &Party) -> Party {
    let observers = ground.observers.iter().filter(|observer| !party.observers.contains(observer));
    Party { capabilities: ground.capabilities - party.capabilities, observers: observers.cloned().collect() }
}

fn powers(party: &Party) -> Powers {
    Powers {
        capabilities: party.capabilities.iter().map(word).collect(),
        observers: party.observers.iter().map(ObserverName::name).collect(),
        says: says(&party.observers, party.capabilities),
    }
}

/// The powers in words, after "somebody who".
fn says(observers: &[ObserverName], capabilities: EnumSet<Capability>) -> String {
    let sees = observers.iter().map(|observer| {
        let says = observer.says();
        let says = says.trim_end_matches('.');
        let mut letters = says.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    });
    let may = capabilities.iter().map(|power| format!("may {}", mailcover_traces::may(power)));
    match sees.chain(may).collect::<Vec<_>>().as_slice() {
        [] => "sees nothing and may do nothing".to_owned(),
        [only] => only.clone(),
        [all @ .., last] => format!("{}, and {last}", all.join(", ")),
    }
}
