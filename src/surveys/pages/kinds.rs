//! Labels for the kinds of question at the desk.

use crate::surveys::item::Item;
use crate::surveys::kind::ItemKind;

/// A short description of a question's kind and limits.
pub(super) fn in_words(item: &Item) -> String {
    let choices = item.choices.len();
    let (from, to) = item.ends().into_inner();
    let kind = match item.kind {
        ItemKind::Single => format!("choose one of {choices}"),
        ItemKind::Multiple => match item.at_most {
            Some(most) => format!("choose up to {most} of {choices}"),
            None => format!("choose any of {choices}"),
        },
        ItemKind::Scale => format!("scale from {from} to {to}"),
        ItemKind::Matrix if item.is_scale() => format!(
            "table with {} rows, each a scale from {from} to {to}",
            item.rows.len()
        ),
        ItemKind::Matrix => format!(
            "table with {} rows, each with {choices} choices",
            item.rows.len()
        ),
        ItemKind::Ranking => format!("rank the first {} of {choices}", item.places()),
        ItemKind::ConstantSum => {
            format!("{} points to divide among {choices} choices", item.points())
        }
        ItemKind::YesNo => "yes or no".to_owned(),
        ItemKind::Number => {
            let (from, to) = item.bounds().into_inner();
            format!("number from {from} to {to}")
        }
        ItemKind::Date => "date".to_owned(),
        ItemKind::ShortText => format!("short text, up to {} characters", item.length()),
        ItemKind::Text => format!("text, up to {} characters", item.length()),
        ItemKind::Consent => "consent with a checkbox".to_owned(),
        ItemKind::Section => "section".to_owned(),
        ItemKind::Group if item.only.is_empty() => "group, all of them".to_owned(),
        ItemKind::Group => format!("group: {}", item.only.join(", ")),
        ItemKind::School => one_or_several(item, "school"),
        ItemKind::Grade => one_or_several(item, "grade band"),
        ItemKind::Language => one_or_several(item, "language at home"),
    };
    let also = [
        (item.has_other(), "with a text field for other"),
        (!item.not_applicable.is_empty(), "with not applicable"),
    ];
    let also = also
        .into_iter()
        .filter(|(set, _)| *set)
        .map(|(_, words)| words);
    std::iter::once(kind.as_str())
        .chain(also)
        .collect::<Vec<_>>()
        .join(", ")
}

fn one_or_several(item: &Item, what: &str) -> String {
    if item.several {
        format!("{what}, one or more")
    } else {
        what.to_owned()
    }
}
