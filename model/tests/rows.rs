//! **A row gives back what was put into it, and a mask takes away what it says and no more.**

mod support;

use enumset::EnumSet;
use mailcover_model::row::{Field, Kind, MAX_AGE, Mask, Party, Row, Rows};
use mailcover_model::scope::Span;
use mailcover_model::view::Shape;
use mailcover_model::world::{Address, Device, Place, User};
use proptest::prelude::*;
use proptest::sample::select;
use support::families::families;

/// All that a row holds, unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unpacked {
    kind: Kind,
    age: u16,
    source: Option<User>,
    target: Option<Address>,
    device: Device,
    place: Place,
    found: u32,
    detail: u8,
    index: usize,
    terms: Option<(Span, Span)>,
    shape: Option<Shape>,
    frozen: EnumSet<Party>,
    disclosed: bool,
}

impl Unpacked {
    fn of(row: Row) -> Self {
        Self {
            kind: row.kind(),
            age: row.age(),
            source: row.source(),
            target: row.target(),
            device: row.device(),
            place: row.place(),
            found: row.found(),
            detail: row.detail(),
            index: row.index(),
            terms: row.terms(),
            shape: row.shape(),
            frozen: EnumSet::all().iter().filter(|&party| row.frozen_for(party)).collect(),
            disclosed: row.disclosed(),
        }
    }

    fn pack(self) -> Row {
        let row = Row::of(self.kind).aged(self.age);
        let row = match self.terms {
            Some((since, runs)) => row.on_terms(since, runs),
            None => self.source.map_or(row, |source| row.from(source)).by(self.device).at(self.place),
        };
        let row = self.target.map_or(row, |target| row.to(target));
        let row = self.shape.map_or(row, |shape| row.shaped(shape));
        let row = row.finding(self.found).because(self.detail).indexed(self.index);
        freeze(row, self.frozen).disclose(self.disclosed)
    }
}

fn unpacked() -> impl Strategy<Value = Unpacked> {
    let kinds: Vec<Kind> = EnumSet::<Kind>::all().into_iter().collect();
    let target = prop_oneof![Just(None), select(Address::ALL.to_vec()).prop_map(Some)];
    let source = prop_oneof![Just(None), select(User::ALL.to_vec()).prop_map(Some)];
    let who = (source, target, select(Device::ALL.to_vec()), select(Place::ALL.to_vec()));
    let what = (select(kinds), 0..=MAX_AGE, 0_u32..=3, 0_u8..8, 0_usize..4);
    let terms = (select(Span::ALL.to_vec()), select(Span::ALL.to_vec()));
    let shared = (terms, select(Shape::ALL.to_vec()));
    (who, what, shared, parties(), any::<bool>()).prop_map(|(who, what, shared, frozen, disclosed)| {
        let (terms, shape) = shared;
        let ((source, target, device, place), (kind, age, found, detail, index)) = (who, what);
        let terms = [Kind::Granted, Kind::Refused].contains(&kind).then_some(terms);
        let shape = (kind == Kind::Exchange).then_some(shape);
        let (source, target) = if shape.is_some() { (None, None) } else { (source, target) };
        let (source, device, place) = match terms {
            Some(_) => (None, Device::ALL[0], Place::Home),
            None => (source, device, place),
        };
        Unpacked {
            kind,
            age,
            source,
            target,
            device,
            place,
            found,
            detail,
            index,
            terms,
            shape,
            frozen,
            disclosed,
        }
    })
}

/// A row such as a log can hold: no holder's log is of applications, nor of what a tap sees.
fn recorded() -> impl Strategy<Value = Unpacked> {
    unpacked().prop_filter("these stand in no log", |fields| fields.terms.is_none() && fields.shape.is_none())
}

fn parties() -> impl Strategy<Value = EnumSet<Party>> {
    let both = Party::Source | Party::Target;
    let sets = [EnumSet::empty(), Party::Source.into(), Party::Target.into(), both];
    select(sets.to_vec())
}

fn freeze(row: Row, parties: EnumSet<Party>) -> Row {
    EnumSet::all().iter().fold(row, |row, party| row.freeze_for(party, parties.contains(party)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn packing_loses_nothing(fields in unpacked()) {
        prop_assert_eq!(Unpacked::of(fields.pack()), fields);
    }

    #[test]
    fn different_rows_have_different_bits(left in unpacked(), right in unpacked()) {
        prop_assert_eq!(left.pack().bits() == right.pack().bits(), left == right);
    }

    #[test]
    fn setting_one_field_leaves_the_others(fields in unpacked(), other in unpacked()) {
        let row = fields.pack();
        let changed = |change: &dyn Fn(&mut Unpacked)| {
            let mut wanted = fields;
            change(&mut wanted);
            wanted
        };
        prop_assert_eq!(Unpacked::of(row.aged(other.age)), changed(&|row| row.age = other.age));
        if fields.terms.is_none() {
            if let Some(source) = other.source.filter(|_| fields.shape.is_none()) {
                prop_assert_eq!(Unpacked::of(row.from(source)), changed(&|row| row.source = Some(source)));
            }
            prop_assert_eq!(Unpacked::of(row.by(other.device)), changed(&|row| row.device = other.device));
            prop_assert_eq!(Unpacked::of(row.at(other.place)), changed(&|row| row.place = other.place));
        } else if let Some((since, runs)) = other.terms {
            prop_assert_eq!(Unpacked::of(row.on_terms(since, runs)), changed(&|row| row.terms = other.terms));
        }
        prop_assert_eq!(Unpacked::of(row.finding(other.found)), changed(&|row| row.found = other.found));
        prop_assert_eq!(Unpacked::of(row.because(other.detail)), changed(&|row| row.detail = other.detail));
        prop_assert_eq!(Unpacked::of(row.indexed(other.index)), changed(&|row| row.index = other.index));
        prop_assert_eq!(Unpacked::of(freeze(row, other.frozen)), changed(&|row| row.frozen = other.frozen));
        prop_assert_eq!(row.frozen(), !fields.frozen.is_empty());
        prop_assert_eq!(Unpacked::of(row.thawed()), changed(&|row| row.frozen = EnumSet::empty()));
        let disclosed = changed(&|row| row.disclosed = other.disclosed);
        prop_assert_eq!(Unpacked::of(row.disclose(other.disclosed)), disclosed);
        if let Some(shape) = other.shape.filter(|_| fields.shape.is_some()) {
            prop_assert_eq!(Unpacked::of(row.shaped(shape)), changed(&|row| row.shape = Some(shape)));
        }
        if let Some(target) = other.target.filter(|_| fields.shape.is_none()) {
            prop_assert_eq!(Unpacked::of(row.to(target)), changed(&|row| row.target = Some(target)));
        }
    }

    #[test]
    fn days_and_devices_saturate_and_never_wrap(fields in unpacked(), days in any::<u16>(), found in any::<u32>()) {
        let row = fields.pack();
        prop_assert_eq!(row.aged(days).age(), days.min(MAX_AGE));
        prop_assert_eq!(row.finding(found).found(), found.min(3));
    }

    #[test]
    fn a_mask_keeps_its_fields_and_empties_the_rest(fields in recorded(), chosen in any::<u16>()) {
        let all: EnumSet<Field> = EnumSet::all();
        let chosen: EnumSet<Field> =
            all.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, field)| field).collect();
        let mask = chosen.iter().fold(Mask::KIND, Mask::with);
        let mut wanted = Row::of(fields.kind).indexed(fields.index);
        for field in chosen {
            wanted = match field {
                Field::Day => wanted.aged(fields.age),
                Field::Source => fields.source.map_or(wanted, |source| wanted.from(source)),
                Field::Target => fields.target.map_or(wanted, |target| wanted.to(target)),
                Field::Address => wanted.at(fields.place),
                Field::Devices => wanted.finding(fields.found),
                Field::Device => wanted.by(fields.device),
                Field::Trigger | Field::Outcome | Field::Blob => wanted.because(fields.detail),
            };
        }
        prop_assert_eq!(fields.pack().masked(mask), wanted);
        prop_assert_eq!(fields.pack().masked(mask.without_age()), wanted.aged(0));
        let marked = freeze(wanted, fields.frozen).disclose(fields.disclosed);
        prop_assert_eq!(fields.pack().masked(mask.and_marks()), marked);
        prop_assert_eq!(fields.pack().masked(Mask::ALL), fields.pack());
    }

    #[test]
    fn a_list_of_rows_is_a_list_with_an_end(
        rows in proptest::collection::vec(unpacked(), 0..8),
        keep_older_than in 0..=MAX_AGE,
    ) {
        let mut list = Rows::<5>::default();
        let mut oracle: Vec<Row> = Vec::new();
        for row in rows.into_iter().map(Unpacked::pack) {
            prop_assert_eq!(list.push(row), oracle.len() < 5);
            if oracle.len() < 5 {
                oracle.push(row);
            }
        }
        prop_assert_eq!(list.as_slice(), &oracle[..]);
        list.retain(|row| row.age() > keep_older_than);
        oracle.retain(|row| row.age() > keep_older_than);
        prop_assert_eq!(list.as_slice(), &oracle[..]);
        let mut fresh = Rows::<5>::default();
        prop_assert!(oracle.iter().all(|&row| fresh.push(row)));
        prop_assert_eq!(list, fresh, "what was removed must leave no trace");
    }
}

#[test]
fn every_row_that_the_model_writes_survives_unpacking() {
    for world in families() {
        let service = world.service();
        for state in &support::explore(&service, 5_000) {
            for row in state.memory.as_slice().iter().chain(state.rows.as_slice()) {
                assert_eq!(Unpacked::of(*row).pack(), *row, "{}", world.name);
            }
        }
    }
}
