//! A small survey for page samples.

use super::questions::Typed;
use crate::db::Json;
use crate::district::{Group, GroupId, Level, School, SchoolId};
use crate::localized::LocalizedText;
use crate::surveys::{Document, Places, parse_document};

const SURVEY: &str = r#"
slug = "family"
languages = ["en", "es"]
unit = "person"
title = { en = "What should our schools become?", es = "¿Cómo deben ser nuestras escuelas?" }
intro = { en = "The district asks every family; it takes 3 minutes.", es = "El distrito pregunta a cada familia; toma 3 minutos." }
thanks = { en = "The board decides in December." }
[[items]]
key = "welcome"
kind = "scale"
label = { en = "How welcome do you feel?", es = "¿Qué tan bien recibido se siente?" }
low = { en = "Not at all", es = "Nada" }
high = { en = "Very", es = "Mucho" }
[[items]]
key = "change"
kind = "single"
required = true
label = { en = "Which change would help most?", es = "¿Qué cambio ayudaría más?" }
[[items.choices]]
key = "buses"
label = { en = "Buses that come on time" }
[[items.choices]]
key = "food"
label = { en = "School meals", es = "Comidas" }
[[items]]
key = "news"
kind = "multiple"
at_most = 2
label = { en = "What do you use?" }
[[items.choices]]
key = "text"
label = { en = "Text messages" }
[[items.choices]]
key = "email"
label = { en = "Email" }
[[items.choices]]
key = "app"
label = { en = "The app" }
[[items]]
key = "best"
kind = "text"
intent = "strength"
label = { en = "What is good?", es = "¿Qué está bien?" }
help = { en = "Please leave out names." }
[[items]]
key = "school"
kind = "school"
several = true
label = { en = "Which schools?" }
[[items]]
key = "who"
kind = "group"
label = { en = "You answer as" }
"#;

/// The documented example of every kind of question.
const KINDS: &str = include_str!("../../fixtures/kinds/survey.toml");

/// The small survey, and a district with two groups and three schools.
pub(super) fn asked() -> (Document, Places) {
    (survey(SURVEY), places())
}

/// The survey with every other kind, and the same district.
pub(super) fn kinds() -> (Document, Places) {
    (survey(KINDS), places())
}

#[expect(
    clippy::expect_used,
    reason = "constants of this file, read by every test of pages"
)]
fn survey(text: &str) -> Document {
    parse_document(text).expect("a sample survey")
}

fn places() -> Places {
    let group = |key: &str, name: &str| Group {
        id: GroupId::new(),
        key: key.to_owned(),
        name: Json(LocalizedText::one("en", name)),
        position: 0,
    };
    let school = |key: &str, name: &str, level| School {
        id: SchoolId::new(),
        key: key.to_owned(),
        name: Json(LocalizedText::shared("en", name)),
        level,
        position: 0,
    };
    Places {
        district: None,
        groups: vec![group("families", "Families"), group("staff", "Staff")],
        schools: vec![
            school("oak", "Oak Elementary", Level::Elementary),
            school("elm", "Elm Elementary", Level::Elementary),
            school("north", "North High", Level::High),
        ],
    }
}

/// An answer to every question of the small survey.
pub(super) fn typed() -> Typed {
    of_fields(&[
        ("welcome", &["4"]),
        ("change", &["buses"]),
        ("news", &["text", "app"]),
        ("best", &["Mrs. Lee reads <with> my son & \"us\"."]),
        ("school", &["oak", "north"]),
        ("who", &["families"]),
    ])
}

/// An answer to every question of the survey with every other kind.
pub(super) fn typed_kinds() -> Typed {
    of_fields(&[
        ("agree", &["yes"]),
        ("rides", &["yes"]),
        ("minutes", &["45"]),
        ("since", &["2026-09-01"]),
        ("grades", &["k-2", "3-5"]),
        ("home", &["other"]),
        ("home.other", &["Tagalog"]),
        ("one-word", &["Warm & <kind>"]),
        ("why", &["other"]),
        ("why.other", &["No child care"]),
        ("use", &["text", "other"]),
        ("use.other", &["Neighbors"]),
        ("sure", &["not-applicable"]),
        ("feel.teachers", &["5"]),
        ("feel.office", &["4"]),
        ("agreed.safe", &["no"]),
        ("agreed.clean", &["yes"]),
        ("order.arts", &["1"]),
        ("order.food", &["2"]),
        ("share.arts", &["7"]),
        ("share.sports", &["3"]),
    ])
}

fn of_fields(fields: &[(&str, &[&str])]) -> Typed {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let fields = fields.iter();
    fields
        .map(|(field, values)| ((*field).to_owned(), owned(values)))
        .collect()
}
