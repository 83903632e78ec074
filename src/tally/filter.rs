//! Filters: chips kept in the address, so that you can send a view to a colleague.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::facet::{Facet, Part};
use crate::comments::Source;
use crate::district::Level;
use crate::responses::Channel;
use crate::surveys::SurveyId;

/// A narrowed view of one round. A voice matches a part if it matches any of its values, and must match all parts. Each
/// item with chosen answers is a part of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Keys of groups.
    pub groups: BTreeSet<String>,
    /// Keys of schools.
    pub schools: BTreeSet<String>,
    /// Levels of schools.
    pub levels: BTreeSet<Level>,
    /// Tags of languages.
    pub languages: BTreeSet<String>,
    /// Keys of grade bands.
    pub grades: BTreeSet<String>,
    /// Tags of the languages that people speak at home.
    pub speaks: BTreeSet<String>,
    /// Channels.
    pub channels: BTreeSet<Channel>,
    /// Days in the district's time zone.
    pub days: BTreeSet<NaiveDate>,
    /// Ids of surveys.
    pub surveys: BTreeSet<SurveyId>,
    /// Kinds of source. Narrows comments, and narrows people to those who said such a comment.
    pub sources: BTreeSet<Source>,
    /// Answers given: the item's key, then the choice's key, the number, the date, or a class of these.
    pub chose: BTreeSet<(String, String)>,
    /// Keys of closed items that were answered, with any answer; all must match.
    pub answered: BTreeSet<String>,
    /// Keys of closed items, or fields of their rows, that were asked but not answered; all must match.
    pub empty: BTreeSet<String>,
}

/// One value of a filter, with the address of the same view without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chip {
    /// The part's name in the address.
    pub part: &'static str,
    /// The value's key.
    pub value: String,
    /// The query of the view without it, starting with `?`.
    pub without: String,
}

type Value = (&'static str, String);

impl Filter {
    /// Reads our parts of a query string; ignores unknown names and values.
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            filter.insert(&name, &value);
        }
        filter
    }

    fn insert(&mut self, part: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        match part {
            "group" => drop(self.groups.insert(value.to_owned())),
            "school" => drop(self.schools.insert(value.to_owned())),
            "level" => self.levels.extend(Level::parse(value)),
            "language" => drop(self.languages.insert(value.to_owned())),
            "grade" => drop(self.grades.insert(value.to_owned())),
            "speaks" => drop(self.speaks.insert(value.to_owned())),
            "channel" => self.channels.extend(Channel::parse(value)),
            "day" => self.days.extend(value.parse::<NaiveDate>()),
            "survey" => drop(self.surveys.insert(SurveyId::from(value.to_owned()))),
            "source" => self.sources.extend(Source::parse(value)),
            "chose" => self.chose.extend(
                value
                    .split_once(':')
                    .map(|(item, choice)| (item.to_owned(), choice.to_owned())),
            ),
            "answered" => drop(self.answered.insert(value.to_owned())),
            "empty" => drop(self.empty.insert(value.to_owned())),
            _ => {}
        }
    }

    /// All values with their parts, in a fixed order.
    fn values(&self) -> Vec<Value> {
        fn of<'a>(
            part: &'static str,
            values: impl IntoIterator<Item = &'a (impl ToString + 'a)>,
        ) -> Vec<Value> {
            values
                .into_iter()
                .map(|value| (part, value.to_string()))
                .collect()
        }
        let chose = self.chose.iter();
        let chose = chose.map(|(item, choice)| format!("{item}:{choice}"));
        [
            of("group", &self.groups),
            of("school", &self.schools),
            of("level", &self.levels),
            of("language", &self.languages),
            of("grade", &self.grades),
            of("speaks", &self.speaks),
            of("channel", &self.channels),
            of("day", &self.days),
            of("survey", &self.surveys),
            of("source", &self.sources),
            of("chose", &chose.collect::<Vec<_>>()),
            of("answered", &self.answered),
            of("empty", &self.empty),
        ]
        .concat()
    }

    fn from_values<'a>(values: impl Iterator<Item = &'a Value>) -> Self {
        let mut filter = Self::default();
        for (part, value) in values {
            filter.insert(part, value);
        }
        filter
    }

    /// The query string of this filter, starting with `?`; just `?` if the filter is empty.
    pub fn to_query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.values());
        format!("?{}", query.finish())
    }

    /// Whether this filter narrows nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// This filter with one more value; unchanged if the part is unknown or the value is invalid.
    #[must_use]
    pub fn with(&self, part: &str, value: &str) -> Self {
        let mut filter = self.clone();
        filter.insert(part, value);
        filter
    }

    /// This filter with one value replacing all others of its part; for an answer, all others of its item.
    #[must_use]
    pub fn with_only(&self, part: &str, value: &str) -> Self {
        let item = |value: &str| value.split(':').next().map(str::to_owned);
        let values = self.values();
        let others = values.iter().filter(|(name, other)| match part {
            "chose" => *name != "chose" || item(other) != item(value),
            _ => *name != part,
        });
        Self::from_values(others).with(part, value)
    }

    /// This filter narrowed to voices with a value; `None` if it already has other values of that part, since any of a
    /// part's values match.
    pub fn narrowed_to(&self, part: &str, value: &str) -> Option<Self> {
        let mut named = self.values().into_iter().filter(|(name, _)| *name == part);
        let free = named.clone().next().is_none();
        (free || named.any(|(_, other)| other == value)).then(|| self.with_only(part, value))
    }

    /// The filter's value and its part, if it has exactly one value and the part can split voices.
    pub fn only(&self) -> Option<(Part, String)> {
        match &self.values()[..] {
            [(part, value)] => Some((Part::parse(part)?, value.clone())),
            _ => None,
        }
    }

    /// This filter without anything about the speakers; what's left comes from the comments themselves.
    #[must_use]
    pub fn of_comments(&self) -> Self {
        Self {
            languages: self.languages.clone(),
            surveys: self.surveys.clone(),
            sources: self.sources.clone(),
            ..Self::default()
        }
    }

    /// The chips, each with the address without it.
    pub fn chips(&self) -> Vec<Chip> {
        let values = self.values();
        let parents = self.parents();
        values
            .into_iter()
            .zip(parents)
            .map(|((part, value), parent)| Chip {
                part,
                value,
                without: parent.to_query(),
            })
            .collect()
    }

    /// The filters with one value less, which a reader could compare this one with.
    pub fn parents(&self) -> Vec<Self> {
        let values = self.values();
        let without = |left_out: usize| {
            let rest = (0..).zip(&values);
            Self::from_values(
                rest.filter(|(place, _)| *place != left_out)
                    .map(|(_, value)| value),
            )
        };
        (0..values.len()).map(without).collect()
    }

    /// What must be true of a voice: at least one facet of each list.
    pub(super) fn facets(&self) -> Vec<Vec<Facet>> {
        fn any<T: Clone>(values: &BTreeSet<T>, facet: fn(T) -> Facet) -> Vec<Facet> {
            values.iter().cloned().map(facet).collect()
        }
        let mut parts = vec![
            any(&self.groups, Facet::Group),
            any(&self.schools, Facet::School),
            any(&self.levels, Facet::Level),
            any(&self.languages, Facet::Language),
            any(&self.grades, Facet::Grade),
            any(&self.speaks, Facet::Speaks),
            any(&self.channels, Facet::Channel),
            any(&self.days, Facet::Day),
            any(&self.surveys, Facet::Survey),
        ];
        let mut chose: BTreeMap<&str, Vec<Facet>> = BTreeMap::new();
        for (item, choice) in &self.chose {
            let facet = Facet::Chose(item.clone(), choice.clone());
            chose.entry(item).or_default().push(facet);
        }
        parts.extend(chose.into_values());
        let answered = self.answered.iter().cloned().map(Facet::Answered);
        parts.extend(answered.map(|facet| vec![facet]));
        parts.retain(|part| !part.is_empty());
        parts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_filter_reads_back_from_its_own_query() {
        let filter = Filter::from_query(
            "group=families&group=staff&school=oak&language=es&channel=web&page=3&channel=pigeon\
             &chose=first:buses&chose=news&day=2026-09-14&day=today&level=high&answered=minutes\
             &empty=feel.office&grade=k-2&speaks=es",
        );
        assert_eq!(
            (filter.chose.len(), filter.days.len(), filter.levels.len()),
            (1, 1, 1)
        );
        assert_eq!(filter.groups.len(), 2);
        assert_eq!(filter.channels.len(), 1);
        assert_eq!(
            Filter::from_query(filter.to_query().trim_start_matches('?')),
            filter
        );
    }

    #[test]
    fn a_new_value_replaces_the_old_one_for_the_same_part_and_question() {
        let filter = Filter::from_query("group=families&chose=first:buses&chose=news:paper");
        assert_eq!(
            filter.with_only("group", "staff").to_query(),
            "?group=staff&chose=first%3Abuses&chose=news%3Apaper"
        );
        assert_eq!(
            filter.with_only("chose", "news:app").to_query(),
            "?group=families&chose=first%3Abuses&chose=news%3Aapp"
        );
    }

    #[test]
    fn a_filter_is_narrowed_to_a_value_only_if_it_allows_that_value() {
        let narrowed = |query: &str| {
            let narrowed = Filter::from_query(query).narrowed_to("level", "high");
            narrowed.map(|filter| filter.to_query())
        };
        assert_eq!(
            narrowed("school=oak"),
            Some("?school=oak&level=high".to_owned())
        );
        assert_eq!(
            narrowed("level=high&level=middle"),
            Some("?level=high".to_owned())
        );
        assert_eq!(narrowed("level=middle"), None);
    }

    #[test]
    fn only_a_filter_with_a_single_value_is_a_column() {
        let only = |query: &str| Filter::from_query(query).only();
        assert_eq!(only("school=oak"), Some((Part::School, "oak".to_owned())));
        assert_eq!(only("school=oak&school=elm"), None);
        assert_eq!(only("chose=first:buses"), None);
    }

    #[test]
    fn each_chip_links_to_the_view_without_it() {
        let filter = Filter::from_query("group=families&school=oak");
        let ways: Vec<String> = filter
            .chips()
            .into_iter()
            .map(|chip| chip.without)
            .collect();
        assert_eq!(ways, ["?school=oak", "?group=families"]);
    }

    /// Queries as people and programs write them, with our names more often than by chance.
    fn queries() -> impl Strategy<Value = String> {
        let name = prop_oneof![
            prop::sample::select(vec![
                "group", "school", "level", "language", "grade", "speaks", "channel", "day",
                "survey", "source", "chose", "answered", "empty"
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ];
        let value = prop_oneof![
            any::<String>(),
            "[a-z:&=%+;-]{0,12}",
            prop::sample::select(vec![
                "high",
                "web",
                "response",
                "2026-09-14",
                "first:buses",
                ":",
                "a:"
            ])
            .prop_map(str::to_owned),
        ];
        prop_oneof![
            any::<String>(),
            prop::collection::vec((name, value), 0..8).prop_map(|pairs| {
                url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(pairs)
                    .finish()
            }),
        ]
    }

    proptest! {
        #[test]
        fn any_query_gives_a_filter_that_reads_back_and_chips_that_each_remove_a_value(query in queries()) {
            let filter = Filter::from_query(&query);
            let named = filter.to_query();
            let again = Filter::from_query(named.trim_start_matches('?'));
            prop_assert_eq!(&again, &filter);
            prop_assert_eq!(again.to_query(), named);
            let (values, chips) = (filter.values(), filter.chips());
            prop_assert_eq!(chips.len(), values.len());
            prop_assert_eq!(filter.is_empty(), chips.is_empty());
            for chip in chips {
                let without = Filter::from_query(chip.without.trim_start_matches('?'));
                prop_assert_eq!(without.values().len() + 1, values.len());
                prop_assert_eq!(without.with(chip.part, &chip.value), filter.clone());
            }
        }
    }
}
