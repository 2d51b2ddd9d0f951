//! **The matrix as CSV, for spreadsheets: a line for each claim.**
//!
//! What a spreadsheet would take for a formula is preceded by an apostrophe, so that it is text.

use super::Matrix;
use crate::exit::Failure;

/// The matrix as CSV.
pub(crate) fn csv(matrix: &Matrix) -> Result<String, Failure> {
    let failed = |error: String| Failure::internal(format!("the matrix cannot be written as CSV: {error}"));
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let fixed = ["claim", "sentence", "linddun"].map(str::to_owned);
    let heading = fixed.into_iter().chain(matrix.columns.iter().map(|column| inert(column)));
    writer.write_record(heading).map_err(|error| failed(error.to_string()))?;
    for row in &matrix.rows {
        let fixed = [&row.claim, &row.sentence, &row.linddun].map(|text| inert(text));
        let cells = row.cells.iter().map(|cell| {
            let Some(cell) = cell else { return String::new() };
            let note = cell.note.and_then(|number| matrix.notes.get(number - 1));
            let note = note.map(|note| format!(": {note}")).unwrap_or_default();
            inert(&format!("{}{note}", cell.said))
        });
        writer.write_record(fixed.into_iter().chain(cells)).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// The text as no formula. What was made harmless holds no tab and no line end.
fn inert(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn a_formula_is_text() {
        let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "– not applicable", "a=b", ""];
        assert_eq!(
            texts.map(inert),
            ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "– not applicable", "a=b", ""].map(str::to_owned)
        );
    }
}
