//! The example that measures: which grids it takes, and that they are as large as they should be.

use mailcover_checker::{Limits, explore};

use crate::throughput::{Grid, side};

#[test]
fn a_side_is_a_number_from_1_to_255() {
    assert_eq!(side(None), Some(40));
    for (argument, expected) in
        [("1", Some(1)), ("255", Some(255)), ("0", None), ("256", None), ("-1", None), ("x", None)]
    {
        assert_eq!(side(Some(argument)), expected, "{argument}");
    }
}

#[test]
fn a_grid_has_the_fourth_power_of_its_side() {
    for side in [1, 3] {
        let found = explore(&Grid { side }, &Limits::default(), &mut |_| {});
        assert_eq!(found.unique_states(), usize::from(side).pow(4));
    }
}
