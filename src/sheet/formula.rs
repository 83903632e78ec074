//! Cells that no spreadsheet takes for formulas, and the way back.

use std::borrow::Cow;

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it. So does what
/// begins like one that has got its apostrophe already, so that [`as_written`] always finds the way back.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if begins_like_a_formula(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The text that a cell held before [`harmless`], or another tool in the same way, made it so.
pub fn as_written(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// The signs that OWASP lists under CSV injection, with the wide forms that East Asian spreadsheets take for the same.
fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
