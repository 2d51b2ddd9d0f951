//! **What is brought to a review: one page and one Markdown file that say the same, today and tomorrow.**

use crate::support::{Checked, directory, mailcover, text, write};
use std::path::Path;

/// Cells with small searches, one of them violated.
const CLAIMS: [&str; 2] = ["--claim=retention-bounded", "--claim=sender-authentic-once"];

fn reviewed(here: &Path, out: &str, args: &[&str]) -> Checked {
    let to = format!("--out={out}");
    mailcover(here, &[&["review"], args, &[&to]].concat())
}

#[test]
fn it_holds_verdicts_frontiers_runs_and_what_is_left_open() {
    let here = directory();
    let done = reviewed(here.path(), "pack", &[&["imessage-2016"], CLAIMS.as_slice()].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let (page, report) =
        (text(&here.path().join("pack/review.html")), text(&here.path().join("pack/review.md")));
    for words in [
        "Review of imessage-2016",
        "Who can come to know what",
        "What would have to go wrong",
        "Broken by somebody who may put messages before devices, as the push service, in 4 steps.",
        "How claims are broken",
        "Scopes",
        "What is not claimed",
        "What is left open",
        "It was chosen, not reported.",
    ] {
        assert!(page.contains(words), "{words} is not in the page");
        assert!(report.contains(words), "{words} is not in the report");
    }
    assert!(page.contains("default-src 'none'") && !page.contains("<script"), "{page}");
    let charts: Vec<&str> =
        report.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link).collect();
    assert!(!charts.is_empty(), "{report}");
    for chart in charts {
        assert!(text(&here.path().join("pack").join(chart)).starts_with("<svg "), "{chart}");
    }
}

#[test]
fn it_is_the_same_every_time() {
    let here = directory();
    for out in ["one", "two"] {
        let done = reviewed(here.path(), out, &["imessage-2016", CLAIMS[0]]);
        assert_eq!(done.code, Some(0), "{done:?}");
    }
    for file in ["review.html", "review.md"] {
        assert_eq!(text(&here.path().join("one").join(file)), text(&here.path().join("two").join(file)));
    }
}

#[test]
fn a_second_review_into_the_same_folder_leaves_nothing_of_the_first() {
    let here = directory();
    for claim in [CLAIMS[0], "--claim=device-place-unknown"] {
        assert_eq!(reviewed(here.path(), "pack", &["imessage-2016", claim]).code, Some(0));
    }
    let report = text(&here.path().join("pack/review.md"));
    let charts = std::fs::read_dir(here.path().join("pack/charts")).unwrap_or_else(|error| panic!("{error}"));
    for chart in charts.flatten() {
        let name = chart.file_name().to_string_lossy().into_owned();
        assert!(report.contains(&name), "{name} is of the first");
    }
    assert!(report.contains("Left out are claims about knowledge"), "{report}");
}

#[test]
fn where_nothing_was_decided_nothing_is_concluded() {
    let here = directory();
    let done = reviewed(here.path(), "pack", &["imessage-2016", CLAIMS[0], "--max-states=3"]);
    assert_eq!(done.code, Some(5), "{done:?}");
    assert!(done.stdout.contains("inconclusive"), "{done:?}");
    let report = text(&here.path().join("pack/review.md"));
    assert!(report.contains("not decided") && report.contains("None is known to be."), "{report}");
    assert!(!report.contains("None is.") && report.contains("Not drawn:"), "{report}");
}

#[test]
fn what_is_not_drawn_is_said_and_a_limit_counts() {
    let here = directory();
    let done = reviewed(
        here.path(),
        "pack",
        &["imessage-2016", CLAIMS[1], "--frontier-states=1000", "--max-states=1000"],
    );
    assert_eq!(done.code, Some(5), "{done:?}");
    let report = text(&here.path().join("pack/review.md"));
    assert!(report.contains("Not drawn: the search stopped at"), "{report}");
    assert!(report.contains("was not decided"), "{report}");
    let without = reviewed(here.path(), "none", &["imessage-2016", CLAIMS[0], "--frontier-states=0"]);
    assert_eq!(without.code, Some(0), "{without:?}");
    assert!(!text(&here.path().join("none/review.md")).contains("go wrong"));
}

#[test]
fn what_a_design_says_is_markup_nowhere() {
    let here = directory();
    let design = "format = 1\nname = \"strange\"\nextends = \"imessage-2016\"\nsays = \"<script>alert(1)</script> ![x](http://y)\"\n";
    write(&here.path().join("strange.toml"), design);
    let done = reviewed(here.path(), "pack", &["strange.toml", CLAIMS[0], "--frontier-states=0"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(!text(&here.path().join("pack/review.html")).contains("<script"));
    let report = text(&here.path().join("pack/review.md"));
    assert!(!report.contains("<script") && !report.contains("![x]("), "{report}");
}

#[test]
fn where_nothing_can_be_written_nothing_is_searched() {
    let here = directory();
    write(&here.path().join("file"), "in the way");
    let done = reviewed(here.path(), "file/pack", &["imessage-2016", CLAIMS[0]]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stdout.is_empty(), "{done:?}");
}
