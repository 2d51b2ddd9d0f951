//! **What bands tell: the claims about reports, counted at the widths that reports have, beside what the model says.**
//!
//! The model counts demands up to the end of the second band, with bands of two numbers. Here the same is counted without a
//! search, for any width: all numbers of demands of either sort for which the published bands are full, put together by what
//! is published of them.

use mailcover_model::design::{Design, Publishes, Report, library};
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::claims;
use mailcover_properties::finding::Verdict;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The claims, in the order of [`Held`].
const CLAIMS: [&str; 4] = [
    "report-proves-no-security-demand",
    "report-hides-security-count",
    "report-hides-criminal-count",
    "report-shows-few-security-demands",
];

/// Whether each of the claims holds.
type Held = [bool; 4];

/// The smallest and the largest number of demands of each sort for which a report says the same.
#[derive(Clone, Copy)]
struct Possible {
    criminal: (u16, u16),
    security: (u16, u16),
}

/// Puts together all numbers of demands by what is published of them.
fn classes(report: &Report, numbers: impl Iterator<Item = (u16, u16)>) -> BTreeMap<[u16; 2], Possible> {
    let mut classes = BTreeMap::new();
    for (criminal, security) in numbers {
        let published = report.of(criminal, security).expect("there is a report");
        let alone = Possible { criminal: (criminal, criminal), security: (security, security) };
        let known = classes.entry(published).or_insert(alone);
        let wider = |(least, most): (u16, u16), number: u16| (least.min(number), most.max(number));
        *known =
            Possible { criminal: wider(known.criminal, criminal), security: wider(known.security, security) };
    }
    classes
}

/// All numbers for which the published ones end within their second band.
fn two_full_bands(report: &Report) -> impl Iterator<Item = (u16, u16)> + use<> {
    let Report { publishes, band } = *report;
    let all = (0..2 * band).flat_map(move |criminal| (0..2 * band).map(move |security| (criminal, security)));
    all.filter(move |(criminal, security)| publishes == Publishes::Separate || criminal + security < 2 * band)
}

fn counted(publishes: Publishes, band: u16) -> Held {
    let report = Report { publishes, band };
    let classes = classes(&report, two_full_bands(&report));
    let none = |shown: fn(&Possible) -> bool| !classes.values().any(shown);
    let mixed = |class: &Possible| class.security.0 < band && class.security.1 >= band;
    [
        none(|class| class.security.0 > 0),
        none(|class| class.security.0 == class.security.1),
        none(|class| class.criminal.0 == class.criminal.1),
        !classes.values().any(mixed),
    ]
}

fn searched(design: Design) -> Held {
    let design = Arc::new(design);
    CLAIMS.map(|id| {
        let claim = claims::of(&design).into_iter().find(|claim| claim.id == id).expect("the claim is there");
        let cell = Cell { design: Arc::clone(&design), claim, question: 0 };
        match check_one(&cell, &Options::default()).verdict {
            Verdict::Holds => true,
            Verdict::Violated => false,
            other => panic!("{id} is {other:?}"),
        }
    })
}

fn design(name: &str, band: Option<u16>) -> Design {
    let mut design = library::load(name).expect("it ships");
    design.report.band = band.unwrap_or(design.report.band);
    design
}

#[test]
fn a_band_of_two_stands_for_every_wider_one() {
    for (name, publishes) in
        [("report-bands-lumped", Publishes::Lumped), ("report-bands-separate", Publishes::Separate)]
    {
        let model = searched(design(name, None));
        for band in [2, 3, 7, 100, 250, 500, 1000] {
            assert_eq!(counted(publishes, band), model, "{name}, in bands of {band}");
        }
    }
}

#[test]
fn a_lump_shows_neither_number_and_two_numbers_show_that_there_are_few() {
    assert_eq!(counted(Publishes::Lumped, 1000), [true, true, true, false]);
    assert_eq!(counted(Publishes::Separate, 250), [false, true, false, true]);
}

/// In a band of one number there is that number alone; of a lump of none, both sorts are none.
#[test]
fn a_number_that_is_given_as_it_is_is_shown() {
    for (name, publishes) in
        [("report-bands-lumped", Publishes::Lumped), ("report-bands-separate", Publishes::Separate)]
    {
        let exact = counted(publishes, 1);
        assert!(!exact[1], "{name}");
        assert_eq!(searched(design(name, Some(1))), exact, "{name}");
    }
}

/// How many numbers of demands for national security are possible, for what was and could be published.
#[test]
fn exactly_so_many_numbers_are_possible() {
    // 4,000 to 5,000 demands of both sorts, as of half a year to May 2013.
    let lump = Report { publishes: Publishes::Lumped, band: 1000 };
    let all = (0..5000).flat_map(|criminal| (0..5000 - criminal).map(move |security| (criminal, security)));
    let possible = classes(&lump, all)[&[4, 0]];
    assert_eq!(possible.security, (0, 4999));
    assert_eq!(possible.criminal, (0, 4999));
    // The same number of criminal matters, and a band for the rest.
    for (band, first, second) in
        [(1000, (0, 999), (1000, 1999)), (500, (0, 499), (500, 999)), (250, (0, 249), (250, 499))]
    {
        let report = Report { publishes: Publishes::Separate, band };
        let classes = classes(&report, (0..2 * band).map(|security| (4000, security)));
        assert_eq!([classes[&[4000, 0]].security, classes[&[4000, 1]].security], [first, second]);
        assert!(classes.values().all(|class| class.criminal == (4000, 4000)));
    }
}
