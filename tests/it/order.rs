//! The order of the modules. ARCHITECTURE.md lists them, and each one uses only modules listed above it.
//!
//! The test reads the list from ARCHITECTURE.md itself. There are no exceptions, and unit tests follow the order too:
//! if a test needs a later module, the split is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::files_below;

/// The modules in the order of ARCHITECTURE.md, such as `db` for `src/db/` and `audit` for `src/audit.rs`.
fn places(text: &str) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with("| place |"))
        .take_while(|line| line.starts_with('|'));
    for row in rows {
        let first = row.split('|').nth(1).unwrap_or_default();
        for path in first
            .split('`')
            .filter_map(|part| part.strip_prefix("src/"))
        {
            let place = place_of(path);
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// The module that a path below `src/` belongs to: its first folder or its file name.
fn place_of(path: &str) -> String {
    let first = path.split('/').next().unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first).to_owned()
}

/// A source file without full-line comments.
fn code(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The module names that follow `root` (`crate::` or `chorus::`), in `use` lines and in paths.
fn used(code: &str, root: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices(root) {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let rest = code.get(at + root.len()..).unwrap_or_default();
        match rest.strip_prefix('{') {
            Some(group) => used.extend(names_of(group)),
            None => used.extend(name(rest)),
        }
    }
    used
}

/// The top-level names of a `use` group whose brace is already open: `accounts` and `db` in `accounts, db::{Db,
/// Json}};`.
fn names_of(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(group.get(start..at).unwrap_or_default());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(group.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.into_iter().filter_map(name).collect()
}

/// The name at the start of the code. `*` counts as a name, so that nothing is imported without being named.
fn name(code: &str) -> Option<String> {
    let code = code.trim_start();
    if code.starts_with('*') {
        return Some("*".to_owned());
    }
    let end = code.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let name = code.get(..end.unwrap_or(code.len())).unwrap_or_default();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Every source file below `src/`, by its path there.
fn sources() -> BTreeMap<String, String> {
    let files = files_below("src", "rs").into_iter();
    let named = files.map(|(path, text)| {
        let path = path.strip_prefix("src").unwrap().to_str().unwrap();
        (path.replace('\\', "/"), text)
    });
    named.collect()
}

fn listed() -> Vec<String> {
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    places(&std::fs::read_to_string(map).unwrap())
}

#[test]
fn a_place_only_uses_places_that_are_listed_before_it() {
    let listed = listed();
    let position = |place: &str| listed.iter().position(|known| known == place);
    let mut back = Vec::new();
    let mut arrows = BTreeSet::new();
    for (path, text) in sources() {
        if path == "lib.rs" {
            continue;
        }
        let place = place_of(&path);
        let root = if path == "main.rs" {
            "chorus::"
        } else {
            "crate::"
        };
        for other in used(&code(&text), root) {
            if other != place {
                if position(&other).is_none() || position(&other) > position(&place) {
                    back.push(format!("src/{path} uses {other}"));
                }
                arrows.insert((place.clone(), other));
            }
        }
    }
    assert!(
        arrows.len() > 100 && arrows.contains(&("main".to_owned(), "cli".to_owned())),
        "too few uses were found, so the files are read wrong: {arrows:?}"
    );
    assert!(
        back.is_empty(),
        "ARCHITECTURE.md lists these later, or not at all. Move what both need up, or the one that calls down:\n{}",
        back.join("\n")
    );
}

#[test]
fn the_list_names_every_place_once() {
    let listed = listed();
    let there: BTreeSet<String> = sources()
        .keys()
        .map(|path| place_of(path))
        .filter(|place| place != "lib")
        .collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), there);
    assert_eq!(listed.len(), there.len(), "a place is listed twice");
}

/// `super` may only reach a neighboring file. Two of them, or one in a module's top file, could get around the order.
#[test]
fn no_file_reaches_out_of_its_place_through_super() {
    let mut climbs = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        let is_module_root =
            !path.contains('/') || path.ends_with("/mod.rs") && path.matches('/').count() == 1;
        let outside = code.split("mod tests {").next().unwrap_or_default();
        if code.contains("super::super::") || is_module_root && outside.contains("super::") {
            climbs.push(path);
        }
    }
    assert!(climbs.is_empty(), "write `crate::` in {climbs:?}");
}

#[test]
fn use_lines_are_read_in_every_form() {
    let code = code(
        "use crate::db::{Db, Json};\n    pub use crate::{accounts, error::{Error, Result}, web as site};\n\
         // use crate::voices::Shelf;\nlet at = crate::clock::now(crate::keys::RoundId::new());\nother_crate::plan();\nuse crate::*;",
    );
    let expected = ["*", "accounts", "clock", "db", "error", "keys", "web"];
    assert_eq!(used(&code, "crate::"), expected.map(str::to_owned).into());
    let table = "| place | what |\n|---|---|\n| **the story** | |\n| `src/sheet.rs`, `src/sheet/` | files |\n| `src/db/` | rows |\n\n| `src/not/` |";
    assert_eq!(places(table), ["sheet", "db"]);
}
