//! The filters of the pages for words, as chips and as lists to add from.

use std::collections::BTreeMap;

use diesel::QueryResult;
use serde::Serialize;

use crate::db::Db;
use crate::district::{self, RoundId};
use crate::remarks::Source;
use crate::surveys::{self, Asks};
use crate::tally::{Facet, Filter, RemarkFacet};
use crate::themes::Index;
use crate::themes::selection::Selection;
use crate::web::languages::own_name;

/// A filter that is on, with the address without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct On {
    label: String,
    without: String,
}

/// A filter that can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Pick {
    label: &'static str,
    values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Value {
    label: String,
    with: String,
    count: Option<u64>,
}

/// Everything about filters that a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Chips {
    on: Vec<On>,
    picks: Vec<Pick>,
    /// The address's query, starting with `?`, to which a page number is added.
    pub(super) query: String,
}

impl Chips {
    /// The chips of a selection. `themes` are the themes that can be picked, by key.
    pub(super) fn of(
        index: &Index,
        db: &mut Db,
        round: &RoundId,
        selection: &Selection,
        themes: &BTreeMap<String, String>,
    ) -> QueryResult<Self> {
        let names = Names::read(db, round)?;
        Ok(Self {
            on: on(selection, &names, themes),
            picks: picks(index, round, selection, &names),
            query: selection.to_query(),
        })
    }

    /// Adds a list to add from, without counts.
    pub(super) fn offer(&mut self, label: &'static str, values: Vec<(String, Selection)>) {
        let values = values.into_iter().map(|(label, selection)| Value {
            label,
            with: selection.to_query(),
            count: None,
        });
        self.picks.push(Pick {
            label,
            values: values.collect(),
        });
    }

    /// Chips for the samples of pages.
    pub(super) fn sample() -> Self {
        let value = Value {
            label: "Families".to_owned(),
            with: "?group=families".to_owned(),
            count: Some(252),
        };
        Self {
            on: vec![On {
                label: "Oak Elementary".to_owned(),
                without: "?".to_owned(),
            }],
            picks: vec![Pick {
                label: "Group",
                values: vec![value],
            }],
            query: "?school=oak".to_owned(),
        }
    }
}

/// The names that chips show.
struct Names {
    groups: BTreeMap<String, String>,
    schools: BTreeMap<String, String>,
    surveys: BTreeMap<String, String>,
}

impl Names {
    fn read(db: &mut Db, round: &RoundId) -> QueryResult<Self> {
        let groups = district::groups(db)?
            .into_iter()
            .map(|group| (group.key, group.name.get("en").0.to_owned()));
        let groups = groups.collect();
        let schools = district::schools(db)?
            .into_iter()
            .map(|school| (school.key, school.name))
            .collect();
        let surveys = surveys::in_round(db, round)?.into_iter();
        let surveys = surveys
            .map(|survey| {
                (
                    survey.id.to_string(),
                    survey.document.title.get("en").0.to_owned(),
                )
            })
            .collect();
        Ok(Self {
            groups,
            schools,
            surveys,
        })
    }

    fn of(&self, part: &str, value: &str) -> String {
        let known = match part {
            "group" => self.groups.get(value).cloned(),
            "school" => self.schools.get(value).cloned(),
            "survey" => self.surveys.get(value).cloned(),
            "language" => Some(own_name(value).to_owned()),
            _ => None,
        };
        known.unwrap_or_else(|| value.to_owned())
    }
}

fn on(selection: &Selection, names: &Names, themes: &BTreeMap<String, String>) -> Vec<On> {
    let filters = selection.filter.chips().into_iter().map(|chip| {
        let filter = Filter::from_query(chip.without.trim_start_matches('?'));
        let rest = Selection {
            filter,
            ..selection.clone()
        };
        On {
            label: names.of(chip.part, &chip.value),
            without: rest.to_query(),
        }
    });
    let mut on: Vec<On> = filters.collect();
    let mut add = |label: Option<String>, rest: Selection| {
        on.extend(label.map(|label| On {
            label,
            without: rest.to_query(),
        }));
    };
    let theme = selection.theme.as_ref().map(|keys| {
        let named: Vec<&str> = keys
            .split(',')
            .map(|key| themes.get(key).map_or("In no theme", String::as_str))
            .collect();
        named.join(" or ")
    });
    add(
        theme,
        Selection {
            theme: None,
            ..selection.clone()
        },
    );
    add(
        selection.asks.map(|asks| format!("Asked for: {asks}")),
        Selection {
            asks: None,
            ..selection.clone()
        },
    );
    add(
        selection
            .state
            .as_ref()
            .map(|state| state.replace('-', " ")),
        Selection {
            state: None,
            ..selection.clone()
        },
    );
    let said = selection.said.as_ref();
    add(
        said.map(|tag| format!("In {}", own_name(tag))),
        Selection {
            said: None,
            ..selection.clone()
        },
    );
    let words = Some(&selection.words)
        .filter(|words| !words.is_empty())
        .map(|words| format!("“{words}”"));
    add(
        words,
        Selection {
            words: String::new(),
            ..selection.clone()
        },
    );
    on
}

fn picks(index: &Index, round: &RoundId, selection: &Selection, names: &Names) -> Vec<Pick> {
    let everyone = index.tally.voices(&Facet::Round(round.clone()));
    let voices = |facet: Facet| Some(everyone.intersection_len(index.tally.voices(&facet)));
    let said = index.tally.remarks(&RemarkFacet::Round(round.clone()));
    let remarks = |facet: RemarkFacet| Some(said.intersection_len(index.tally.remarks(&facet)));
    let value = |label: &str, count: Option<u64>, change: &dyn Fn(&mut Selection)| {
        let mut selection = selection.clone();
        change(&mut selection);
        Value {
            label: label.to_owned(),
            with: selection.to_query(),
            count,
        }
    };
    let asks = Asks::ALL.iter().map(|asks| {
        value(asks.as_str(), remarks(RemarkFacet::Asks(*asks)), &|s| {
            s.asks = Some(*asks);
        })
    });
    let groups = names.groups.iter().map(|(key, name)| {
        value(name, voices(Facet::Group(key.clone())), &|s| {
            s.filter.groups.extend([key.clone()]);
        })
    });
    let schools = names.schools.iter().map(|(key, name)| {
        value(name, voices(Facet::School(key.clone())), &|s| {
            s.filter.schools.extend([key.clone()]);
        })
    });
    let languages = index.languages().iter().map(|language| {
        let tag = language.to_string();
        value(own_name(&tag), voices(Facet::Language(tag.clone())), &|s| {
            s.filter.languages.extend([tag.clone()]);
        })
    });
    let sources = Source::ALL.iter().map(|source| {
        value(
            source.as_str(),
            remarks(RemarkFacet::Source(*source)),
            &|s| s.filter.sources.extend([*source]),
        )
    });
    let picks = [
        ("Asked for", asks.collect::<Vec<_>>()),
        ("Group", groups.collect()),
        ("School", schools.collect()),
        ("Form’s language", languages.collect()),
        ("Source", sources.collect()),
    ];
    // A filter that would leave nothing, or everything, is not offered.
    let offered = picks.into_iter().map(|(label, values)| {
        let values: Vec<Value> = values
            .into_iter()
            .filter(|value| value.count != Some(0))
            .collect();
        Pick { label, values }
    });
    offered.filter(|pick| pick.values.len() > 1).collect()
}
