//! Filters as a page shows them: chips to remove, and lists of values to add.

use serde::Serialize;

use super::facet::Part;
use super::filter::Filter;
use super::names::Names;
use super::view::View;

/// An active filter, with the address of the page without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct On {
    label: String,
    without: String,
}

/// A filter that can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Pick {
    label: &'static str,
    values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Value {
    label: String,
    with: String,
    /// How many are left with it; `None` if that isn't counted.
    count: Option<u64>,
}

/// Everything that a page shows about filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chips {
    on: Vec<On>,
    picks: Vec<Pick>,
    /// The query string, starting with `?`, to which a page number is added.
    pub query: String,
}

impl Default for Chips {
    fn default() -> Self {
        Self {
            on: Vec::new(),
            picks: Vec::new(),
            query: "?".to_owned(),
        }
    }
}

impl Chips {
    /// Builds the chips of a filter. `address` gives the query of the same page with another filter.
    pub fn on(filter: &Filter, names: &Names, address: impl Fn(&Filter) -> String) -> Self {
        let on = filter.chips().into_iter().map(|chip| On {
            label: names.of(chip.part, &chip.value),
            without: address(&Filter::from_query(chip.without.trim_start_matches('?'))),
        });
        Self {
            on: on.collect(),
            picks: Vec::new(),
            query: address(filter),
        }
    }

    /// Adds lists of the values that can narrow a view.
    pub fn offer_parts(
        &mut self,
        view: &View<'_>,
        filter: &Filter,
        parts: &[Part],
        names: &Names,
        address: impl Fn(&Filter) -> String,
    ) {
        for part in parts {
            let mut offers = view.offers(*part);
            offers.sort_by_key(|(value, _)| names.rank(*part, value));
            let values = offers.into_iter().map(|(value, size)| {
                let filter = filter.with(part.as_str(), &value);
                Value {
                    label: names.of(part.as_str(), &value),
                    with: address(&filter),
                    count: Some(size),
                }
            });
            self.add(Self::label(*part), values.collect());
        }
    }

    /// Adds an active filter that's specific to the page.
    pub fn add_on(&mut self, label: String, without: String) {
        self.on.push(On { label, without });
    }

    /// Adds a list that's specific to the page: labels, addresses, and counts where known.
    pub fn offer(&mut self, label: &'static str, values: Vec<(String, String, Option<u64>)>) {
        let values = values
            .into_iter()
            .map(|(label, with, count)| Value { label, with, count });
        self.add(label, values.collect());
    }

    /// Skips a list with a single value: it would keep everything or nothing.
    fn add(&mut self, label: &'static str, values: Vec<Value>) {
        if values.len() > 1 {
            self.picks.push(Pick { label, values });
        }
    }

    /// The heading of the list of a part's values.
    pub fn label(part: Part) -> &'static str {
        match part {
            Part::Group => "Group",
            Part::School => "School",
            Part::Level => "Level",
            Part::Language => "Survey language",
            Part::Grade => "Grade",
            Part::Speaks => "Language at home",
            Part::Channel => "Channel",
            Part::Day => "Day",
            Part::Survey => "Survey",
        }
    }

    /// The label for people who have no value of a part.
    pub fn without(part: Part) -> &'static str {
        match part {
            Part::Group => "No group given",
            Part::School | Part::Level => "No school given",
            Part::Grade => "No grade given",
            Part::Speaks => "No language given",
            Part::Language | Part::Channel | Part::Day | Part::Survey => "Unknown",
        }
    }

    /// The labels of the active filters.
    pub fn in_words(&self) -> Vec<&str> {
        self.on.iter().map(|on| on.label.as_str()).collect()
    }

    /// Sample chips for page tests.
    pub fn sample() -> Self {
        let value = |label: &str, count| Value {
            label: label.to_owned(),
            with: "?group=families".to_owned(),
            count,
        };
        Self {
            on: vec![On {
                label: "Oak <Elementary>".to_owned(),
                without: "?".to_owned(),
            }],
            picks: vec![Pick {
                label: "Group",
                values: vec![value("Families", Some(252)), value("Staff", None)],
            }],
            query: "?school=oak".to_owned(),
        }
    }
}
