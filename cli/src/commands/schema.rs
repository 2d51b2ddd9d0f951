//! **`schema`: the JSON Schema of a format.**

use super::diff::Comparison;
use crate::args::Schema;
use crate::baseline::Stored;
use crate::exit::Failure;
use crate::frontier::Report;
use crate::matrix::Matrix;
use crate::page::Page;
use crate::report::result::Results;
use mailcover_model::design::schema::design_schema;
use mailcover_traces::{account_schema, trace_schema};
use schemars::generate::SchemaSettings;

/// Prints a schema.
pub(crate) fn run(of: Schema) -> Result<Page, Failure> {
    match of {
        Schema::Design => Page::json(&design_schema()),
        Schema::Result => {
            let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
            Page::json(&generator.into_root_schema_for::<Results>())
        }
        Schema::Matrix => {
            let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
            Page::json(&generator.into_root_schema_for::<Matrix>())
        }
        Schema::Frontier => {
            let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
            Page::json(&generator.into_root_schema_for::<Report>())
        }
        Schema::Diff => {
            let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
            Page::json(&generator.into_root_schema_for::<Comparison<'static>>())
        }
        Schema::Baseline => {
            Page::json(&SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Stored>())
        }
        Schema::Trace => Page::json(&trace_schema()),
        Schema::Account => Page::json(&account_schema()),
    }
}
