//! **The suites that take no time, in one program.**
//!
//! A mutation run builds the tests anew for each mutant, and links one program in the time that dozens take together. What
//! this one misses, `slow.rs` has a try at.

#![expect(clippy::duplicate_mod, reason = "each suite brings the helpers that it uses")]

#[path = "../accounts.rs"]
mod accounts;
#[path = "../ages.rs"]
mod ages;
#[path = "../attachments.rs"]
mod attachments;
#[path = "../backups.rs"]
mod backups;
#[path = "../bounds.rs"]
mod bounds;
#[path = "../calls.rs"]
mod calls;
#[path = "../capabilities.rs"]
mod capabilities;
#[path = "../deduction.rs"]
mod deduction;
#[path = "../designs.rs"]
mod designs;
#[path = "../events.rs"]
mod events;
#[path = "../guards.rs"]
mod guards;
#[path = "../guards_of_push.rs"]
mod guards_of_push;
#[path = "../guards_of_the_law.rs"]
mod guards_of_the_law;
#[path = "../hashes.rs"]
mod hashes;
#[path = "../keys.rs"]
mod keys;
#[path = "../logs_under_orders.rs"]
mod logs_under_orders;
#[path = "../numbers.rs"]
mod numbers;
#[path = "../opened_devices.rs"]
mod opened_devices;
#[path = "../pasts.rs"]
mod pasts;
#[path = "../periods.rs"]
mod periods;
#[path = "../query_log.rs"]
mod query_log;
#[path = "../radio.rs"]
mod radio;
#[path = "../recalled_answers.rs"]
mod recalled_answers;
#[path = "../recording.rs"]
mod recording;
#[path = "../reports.rs"]
mod reports;
#[path = "../room.rs"]
mod room;
#[path = "../rows.rs"]
mod rows;
#[path = "../set_up.rs"]
mod set_up;
#[path = "../taps.rs"]
mod taps;
#[path = "../views.rs"]
mod views;
#[path = "../walks.rs"]
mod walks;
#[path = "../watching_keys.rs"]
mod watching_keys;
#[path = "../widening.rs"]
mod widening;
