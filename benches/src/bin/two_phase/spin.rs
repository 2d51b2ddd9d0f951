//! **SPIN, where it is installed, on a Promela model of the same system: `benches/two_phase.pml`.**

use crate::run::{Run, Whose, busy};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A verifier that SPIN made, in a directory that is deleted with it.
pub(crate) struct Spin {
    directory: tempfile::TempDir,
}

impl Spin {
    /// Makes the verifier; `None` where SPIN or a C compiler is missing.
    pub(crate) fn build(managers: u32) -> Result<Option<Self>, String> {
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("two_phase.pml");
        let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
        let within = |program: &str| {
            let mut command = Command::new(program);
            command.current_dir(directory.path());
            command
        };
        let made = within("spin").arg("-a").arg(format!("-DN={managers}")).arg(model).output();
        let compiled =
            within("cc").args(["-O2", "-w", "-DSAFETY", "-DMEMLIM=8000", "-o", "pan", "pan.c"]).output();
        match (made, compiled) {
            (Ok(made), Ok(compiled)) if made.status.success() && compiled.status.success() => {
                Ok(Some(Spin { directory }))
            }
            (Ok(made), Ok(compiled)) => Err(format!(
                "SPIN failed: {}{}",
                String::from_utf8_lossy(&made.stdout),
                String::from_utf8_lossy(&compiled.stderr)
            )),
            _ => Ok(None),
        }
    }

    /// Searches once.
    pub(crate) fn run(&self) -> Result<Run, String> {
        let (began, before) = (Instant::now(), busy(Whose::Children));
        let output = Command::new(self.directory.path().join("pan"))
            .current_dir(self.directory.path())
            .args(["-m100000", "-w24"])
            .output()
            .map_err(|error| error.to_string())?;
        let (seconds, busy) = (began.elapsed().as_secs_f64(), busy(Whose::Children) - before);
        let text = String::from_utf8_lossy(&output.stdout);
        let number = |what: &str| {
            let line = text.lines().find(|line| line.contains(what))?;
            line.split_whitespace().next()?.parse::<f64>().ok()
        };
        match (number("states, stored"), number("total actual memory usage")) {
            (Some(states), Some(megabytes)) => {
                let bytes = (megabytes * 1024.0 * 1024.0) as usize;
                Ok(Run { states: states as usize, layers: 0, seconds, busy, bytes })
            }
            _ => Err(format!("SPIN did not finish: {text}")),
        }
    }
}
