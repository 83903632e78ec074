//! What a sheet shows where it has no answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::db::text_enum;
use crate::responses::Answers;
use crate::responses::model::said;
use crate::responses::questions::Typed;
use crate::surveys::{Document, Item, ItemKind, Walk};

text_enum! {
    /// Why a question on a sheet has no answer.
    Mark {
        /// It's blank.
        Blank = "blank",
        /// More is marked than the question accepts.
        TwoMarks = "two-marks",
        /// Nobody can read it.
        Unclear = "unclear",
        /// Something is written, but according to earlier answers the question doesn't apply.
        NotAsked = "not-asked",
    }
}

/// A mark, with what is on the sheet if that's known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Why there's no answer.
    pub mark: Mark,
    /// What is on the sheet, as a form would submit it: fields and values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub said: BTreeMap<String, Vec<String>>,
}

impl Marked {
    /// A mark without further details.
    pub(super) fn bare(mark: Mark) -> Self {
        Self {
            mark,
            said: BTreeMap::new(),
        }
    }
}

/// The marks of a sheet: under the key of an item, or under `item.row` for the rows of a matrix, which are answered
/// separately.
pub type Marks = BTreeMap<String, Marked>;

/// The parts of an item that are answered separately.
pub(super) fn parts(item: &Item) -> Vec<String> {
    match item.kind {
        ItemKind::Section => Vec::new(),
        ItemKind::Matrix => item.fields(),
        _ => vec![item.key.clone()],
    }
}

/// The marks of a whole sheet. `seen` has the marks that were typed, and `typed` everything else on the sheet. A
/// question that applies but has neither an answer nor a mark is blank. A question that doesn't apply has no answer,
/// whatever is written there.
pub(super) fn complete(
    document: &Document,
    answers: &Answers,
    seen: &Marks,
    typed: &Typed,
) -> Marks {
    let mut marks = Marks::new();
    let mut walk = Walk::start();
    for item in &document.items {
        let is_met = walk.meets(item, &|field| said(answers, field));
        for part in parts(item) {
            let mark = match seen.get(&part) {
                _ if !is_met => not_asked(item, &part, seen, typed),
                Some(marked) => Some(marked.clone()),
                None if said(answers, &part).is_empty() && !answers.contains_key(&part) => {
                    Some(Marked::bare(Mark::Blank))
                }
                None => None,
            };
            marks.extend(mark.map(|mark| (part, mark)));
        }
    }
    marks
}

/// What is written at a question that doesn't apply, if anything.
fn not_asked(item: &Item, part: &str, seen: &Marks, typed: &Typed) -> Option<Marked> {
    let marked = seen.get(part);
    let fields = if item.kind == ItemKind::Matrix {
        vec![part.to_owned()]
    } else {
        item.fields()
    };
    let stood = fields
        .into_iter()
        .filter_map(|field| Some((field.clone(), typed.get(&field)?.clone())));
    let said: BTreeMap<_, _> = match marked {
        Some(marked) if !marked.said.is_empty() => marked.said.clone(),
        _ => stood.collect(),
    };
    (marked.is_some() || !said.is_empty()).then_some(Marked {
        mark: Mark::NotAsked,
        said,
    })
}
