//! Real text at any size: the comments of Bowling Green, drawn repeatedly from a fixed seed.

use std::error::Error;
use std::path::Path;

use chorus::sheet::Sheet;

/// The texts to draw from: the column of the file in the arguments, else the statements of Bowling Green.
pub(crate) fn asked_for() -> Result<Vec<String>, Box<dyn Error>> {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let Some(file) = arguments.next() else {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bowling-green/comments.csv");
        return column(&file, "comment-body");
    };
    let name = arguments.next().ok_or("which column holds the words?")?;
    column(Path::new(&file), &name)
}

/// Every cell of a column of a file.
fn column(file: &Path, name: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut sheet = Sheet::open(file, &[name])?;
    let place = sheet.column(name)?;
    let mut texts = Vec::new();
    while let Some(row) = sheet.next_row()? {
        texts.push(sheet.cell(&row, place)?.to_owned());
    }
    Ok(texts)
}

/// Endless indexes into that many texts, drawn with replacement. Knuth's multiplier gives the same draw on every
/// machine.
pub(crate) fn places(many: usize) -> impl Iterator<Item = u32> {
    let mut state = 2018_u64;
    std::iter::repeat_with(move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let drawn = usize::try_from(state >> 33).unwrap_or_default() % many.max(1);
        u32::try_from(drawn).unwrap_or_default()
    })
}
