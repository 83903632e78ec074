//! Keeps spreadsheets from running cells as formulas, and undoes it again.

use std::borrow::Cow;

/// A cell that no spreadsheet runs as a formula: text that starts like one gets an apostrophe in front. So does text that
/// starts with an apostrophe and then like a formula, so that [`as_written`] can always undo it.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if begins_like_a_formula(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell's text before [`harmless`], or another tool that does the same, changed it.
pub fn as_written(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// The characters that OWASP lists for CSV injection, and the full-width forms that East Asian spreadsheets treat the same.
fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
