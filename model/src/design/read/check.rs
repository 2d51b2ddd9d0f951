//! **What a design must be as a whole.**

use super::Vocabulary;
use super::error::{DesignError, Source};
use super::layer::Layer;
use crate::design::Design;

/// Checks what must be right before the base is read.
pub(super) fn header(source: Source<'_>, layer: &Layer) -> Result<(), DesignError> {
    let remedy = "write `format = 1`, the only format that this program reads";
    match &layer.format {
        None => return Err(source.error(0, "the file does not say its format", remedy)),
        Some(format) if *format.get() != 1 => {
            return Err(source.error(
                format.start(),
                format!("the file has format {}", format.get()),
                remedy,
            ));
        }
        Some(_) => {}
    }
    if layer.extends.is_none() {
        let missing: Vec<_> =
            layer.knobs().iter().filter(|knob| knob.at.is_none()).map(|knob| knob.name).collect();
        if !missing.is_empty() {
            return Err(source.error(
                0,
                format!("a design without a base gives every knob, and lacks {}", missing.join(", ")),
                "add them, or `extends = \"imessage-2016\"`",
            ));
        }
    }
    Ok(())
}

/// Checks the resolved design.
pub(super) fn design(
    source: Source<'_>,
    design: &Design,
    base: Option<&Design>,
    layer: &Layer,
    vocabulary: &Vocabulary,
) -> Result<(), DesignError> {
    let _ = (source, design, base, layer, vocabulary);
    Ok(())
}
