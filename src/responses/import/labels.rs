//! Finds the keys for cells: through the map, as keys, or as labels in the survey.

use std::collections::{BTreeMap, HashMap};

use super::ground::Ground;
use super::map_file::MapFile;
use crate::error::{Error, Result};
use crate::files::shown;
use crate::surveys::{Document, Item, ItemKind, NOT_APPLICABLE, OTHER, Places};
use crate::web::languages::own_name;

/// The map's name for the district's groups if the survey has no item for them.
pub(super) const GROUP: &str = "group";
pub(super) const SCHOOL: &str = "school";
pub(super) const LANGUAGE: &str = "language";

/// The labels of every list, in lower case.
#[derive(Debug)]
pub(super) struct Labels<'a> {
    map: &'a MapFile,
    lists: BTreeMap<String, HashMap<String, String>>,
}

impl<'a> Labels<'a> {
    /// Collects the labels of a survey and its district.
    pub(super) fn new(map: &'a MapFile, ground: &Ground) -> Self {
        let mut lists = BTreeMap::new();
        for item in &ground.document.items {
            lists.insert(item.key.clone(), labels_of(item, &ground.places));
        }
        for (name, kind) in [(GROUP, ItemKind::Group), (SCHOOL, ItemKind::School)] {
            let list = item_of(&ground.document, kind).map_or_else(
                || names_of(kind, &ground.places),
                |item| labels_of(item, &ground.places),
            );
            lists.entry(name.to_owned()).or_insert(list);
        }
        Self { map, lists }
    }

    /// The key of a label in a list, or why there is none.
    pub(super) fn key(&self, list: &str, label: &str) -> std::result::Result<String, String> {
        if let Some(key) = self.map.key_of(list, label) {
            return Ok(key.to_owned());
        }
        self.lists
            .get(list)
            .and_then(|labels| labels.get(&label.to_lowercase()))
            .cloned()
            .ok_or_else(|| format!("“{}” is not a choice of “{list}”", shown(label)))
    }

    /// The keys in a cell: the whole cell as one label, or its parts between separators.
    pub(super) fn keys(&self, list: &str, cell: &str) -> std::result::Result<Vec<String>, String> {
        if let Ok(key) = self.key(list, cell) {
            return Ok(vec![key]);
        }
        let parts = cell.split(self.map.separator.as_str()).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(|part| self.key(list, part))
            .collect()
    }

    /// The map's replacement for a label of a scale or a language. Without one, the label itself.
    pub(super) fn word<'b>(&'b self, list: &str, label: &'b str) -> &'b str {
        self.map.key_of(list, label).unwrap_or(label)
    }
}

/// Checks that the map refers to items of the survey, and to keys that they offer.
pub(super) fn check(map: &MapFile, ground: &Ground) -> Result<()> {
    answers(map, &ground.document)
        .and_then(|()| choices(map, ground))
        .map_err(|reason| Error::Invalid(format!("the map does not match the survey: {reason}")))
}

fn answers(map: &MapFile, document: &Document) -> std::result::Result<(), String> {
    // A whole ranking can be in one cell.
    let ranking = |key: &str| {
        document
            .item(key)
            .is_some_and(|item| item.kind == ItemKind::Ranking)
    };
    let fits = |key: &str| document.item_of_field(key).is_some() || ranking(key);
    if let Some(key) = map.answers.keys().find(|key| !fits(key)) {
        let fields = document.item(key).map(Item::fields);
        let reason = match fields.filter(|fields| !fields.is_empty()) {
            Some(fields) => {
                let fields = fields.join(", ");
                format!("which needs several columns: use {fields}")
            }
            None => format!(
                "which the survey does not have; it has: {}",
                asked(document)
            ),
        };
        return Err(format!("[answers] has “{key}”, {reason}"));
    }
    for (column, kind, name) in [
        (&map.group, ItemKind::Group, GROUP),
        (&map.school, ItemKind::School, SCHOOL),
    ] {
        let item = item_of(document, kind).map(|item| item.key.as_str());
        if let (Some(_), Some(key)) = (column, item)
            && map.answers.contains_key(key)
        {
            return Err(format!(
                "{name} and [answers] {key} both answer “{key}”: keep one of them"
            ));
        }
    }
    Ok(())
}

fn choices(map: &MapFile, ground: &Ground) -> std::result::Result<(), String> {
    let document = &ground.document;
    for (list, labels) in map.items_with_choices() {
        let kind = match list {
            GROUP => Some(ItemKind::Group),
            SCHOOL => Some(ItemKind::School),
            _ => None,
        };
        let item = kind.and_then(|kind| item_of(document, kind));
        if let Some(item) = item.filter(|item| item.key != list) {
            return Err(format!(
                "[choices.{list}]: the survey calls it “{0}”: use [choices.{0}]",
                item.key
            ));
        }
        let item = document.item(list);
        if item.is_none() && ![GROUP, SCHOOL, LANGUAGE].contains(&list) {
            return Err(format!(
                "[choices.{list}] is for an item that the survey does not have; it has: {}",
                asked(document)
            ));
        }
        // Scales, text and languages offer no keys to choose from.
        let item = item.filter(|item| !item.is_scale());
        let offered = item.map_or(Vec::new(), |item| keys_of(item, &ground.places));
        let unknown = labels.iter().find(|(_, key)| !offered.contains(key));
        if let Some((label, key)) = unknown.filter(|_| !offered.is_empty()) {
            return Err(format!(
                "[choices.{list}] maps “{label}” to “{key}”, but “{list}” offers: {}",
                offered.join(", ")
            ));
        }
    }
    Ok(())
}

fn asked(document: &Document) -> String {
    let keys: Vec<&str> = document.questions().map(|item| item.key.as_str()).collect();
    keys.join(", ")
}

/// The first item of a kind.
pub(super) fn item_of(document: &Document, kind: ItemKind) -> Option<&Item> {
    document.items.iter().find(|item| item.kind == kind)
}

/// The keys that cells can refer to: those that a form offers, and the choices of a ranking.
fn keys_of(item: &Item, places: &Places) -> Vec<String> {
    let mut keys: Vec<String> = item.offered(places).into_iter().map(Into::into).collect();
    if item.kind == ItemKind::Ranking {
        keys.extend(item.choices.iter().map(|choice| choice.key.clone()));
    }
    keys
}

fn labels_of(item: &Item, places: &Places) -> HashMap<String, String> {
    let mut labels = match item.kind {
        ItemKind::Group | ItemKind::School => names_of(item.kind, places),
        _ => HashMap::new(),
    };
    let tags = item.only.iter().filter(|_| item.kind == ItemKind::Language);
    labels.extend(tags.map(|tag| (own_name(tag).to_lowercase(), tag.clone())));
    let own = item
        .choices
        .iter()
        .map(|choice| (choice.key.as_str(), &choice.label));
    let beside = [(NOT_APPLICABLE, &item.not_applicable), (OTHER, &item.other)];
    for (key, label) in own.chain(beside) {
        let wordings = label.0.values();
        labels.extend(wordings.map(|label| (label.trim().to_lowercase(), key.to_owned())));
    }
    // Keys come last, so that a label that looks like another choice's key doesn't hide that choice.
    let keys = keys_of(item, places).into_iter();
    labels.extend(keys.map(|key| (key.clone(), key)));
    labels
}

fn names_of(kind: ItemKind, places: &Places) -> HashMap<String, String> {
    let mut names = HashMap::new();
    if kind == ItemKind::Group {
        for group in &places.groups {
            let wordings = group.name.0.0.values();
            names.extend(wordings.map(|name| (name.trim().to_lowercase(), group.key.clone())));
        }
        names.extend(
            places
                .groups
                .iter()
                .map(|group| (group.key.clone(), group.key.clone())),
        );
    } else {
        for school in &places.schools {
            let wordings = school.name.0.0.values();
            names.extend(wordings.map(|name| (name.trim().to_lowercase(), school.key.clone())));
        }
        names.extend(
            places
                .schools
                .iter()
                .map(|school| (school.key.clone(), school.key.clone())),
        );
    }
    names
}
