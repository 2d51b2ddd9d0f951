//! **What the benches share: how they end.**

use std::fmt::Display;
use std::process::ExitCode;

/// Prints what was measured; or, on stderr, why nothing was.
pub fn ended(measured: Result<impl Display, impl Display>) -> ExitCode {
    match measured {
        Ok(page) => {
            print!("{page}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
