//! **The program as CI and reviewers use it: reports, exit codes, what changed, the matrix, and jobs that run it.**

mod cache;
mod changes;
mod exit_codes;
mod frontier;
mod jobs;
mod matrix;
mod reports;
mod review;
mod support;
