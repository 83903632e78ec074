//! The numbers of choices: printed in front of each choice on a paper form, and typed by staff.

use crate::district::Level;
use crate::surveys::{Item, ItemKind, Places};

/// The keys that a field of an item accepts, each with its number. The points of a scale use their own numbers, and
/// "doesn't apply" gets the next number after the highest. Everything else is numbered from 1 in the order it's shown.
pub(in crate::responses) fn codes(item: &Item, places: &Places) -> Vec<(i64, String)> {
    let mut next = if item.is_scale() {
        item.ends().end() + 1
    } else {
        1
    };
    let mut code = |key: String| {
        let point = item.is_scale().then(|| key.parse::<i64>().ok()).flatten();
        let code = point.unwrap_or(next);
        next += i64::from(point.is_none());
        (code, key)
    };
    if item.kind != ItemKind::School {
        let keys = item.offered(places).into_iter();
        return keys.map(|key| code(key.into_owned())).collect();
    }
    let by_level = Level::ALL.iter().flat_map(|level| {
        let of_level = places.schools.iter();
        of_level.filter(move |school| school.level == *level)
    });
    by_level.map(|school| code(school.key.clone())).collect()
}
