//! Filters: chips that stay in the address, so that a view can be sent to a colleague and opened again.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;
use serde::Serialize;

use super::facet::{Facet, RemarkFacet};
use super::index::Index;
use crate::district::RoundId;
use crate::remarks::Source;
use crate::responses::Channel;
use crate::surveys::SurveyId;

/// A narrowed view of one round. Within a part any of the values fits; all parts must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Keys of groups.
    pub groups: BTreeSet<String>,
    /// Keys of schools.
    pub schools: BTreeSet<String>,
    /// Tags of languages.
    pub languages: BTreeSet<String>,
    /// Ways in which answers reached us.
    pub channels: BTreeSet<Channel>,
    /// Ids of surveys.
    pub surveys: BTreeSet<SurveyId>,
    /// Kinds of source; narrows remarks, and people to those who said such a remark.
    pub sources: BTreeSet<Source>,
}

/// One value of a filter, with the address of the same view without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chip {
    /// Which part, as its name in the address.
    pub part: &'static str,
    /// The value's key.
    pub value: String,
    /// The query of the view without it, starting with `?`.
    pub without: String,
}

const PARTS: [&str; 6] = ["group", "school", "language", "channel", "survey", "source"];

impl Filter {
    /// Reads the parts of a query that are ours; unknown names and values are left alone.
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
            "language" => drop(self.languages.insert(value.to_owned())),
            "channel" => self.channels.extend(Channel::parse(value)),
            "survey" => drop(self.surveys.insert(SurveyId::from(value.to_owned()))),
            "source" => self.sources.extend(Source::parse(value)),
            _ => {}
        }
    }

    /// Every value with its part, in a fixed order.
    fn values(&self) -> Vec<(&'static str, String)> {
        let [group, school, language, channel, survey, source] = PARTS;
        let mut values = Vec::new();
        values.extend(self.groups.iter().map(|value| (group, value.clone())));
        values.extend(self.schools.iter().map(|value| (school, value.clone())));
        values.extend(self.languages.iter().map(|value| (language, value.clone())));
        values.extend(
            self.channels
                .iter()
                .map(|value| (channel, value.to_string())),
        );
        values.extend(self.surveys.iter().map(|value| (survey, value.to_string())));
        values.extend(self.sources.iter().map(|value| (source, value.to_string())));
        values
    }

    fn from_values(values: &[(&'static str, String)]) -> Self {
        let mut filter = Self::default();
        for (part, value) in values {
            filter.insert(part, value);
        }
        filter
    }

    /// The query that names this filter, starting with `?`; just `?` for no filter.
    pub fn to_query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.values());
        format!("?{}", query.finish())
    }

    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        self.values().is_empty()
    }

    /// The chips, each with the way back without it.
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

    /// The filters with one value less: what somebody could compare this one with.
    pub fn parents(&self) -> Vec<Self> {
        let values = self.values();
        (0..values.len())
            .map(|left_out| {
                let rest: Vec<_> = values
                    .iter()
                    .enumerate()
                    .filter(|(position, _)| *position != left_out)
                    .map(|(_, value)| value.clone())
                    .collect();
                Self::from_values(&rest)
            })
            .collect()
    }
}

impl Index {
    /// The voices of a round that a filter leaves.
    pub fn filtered(&self, round: &RoundId, filter: &Filter) -> RoaringBitmap {
        let mut set = self.voices(&Facet::Round(round.clone())).clone();
        let mut narrow = |any: Vec<Facet>| {
            if !any.is_empty() {
                set &= any.iter().fold(RoaringBitmap::new(), |union, facet| {
                    union | self.voices(facet)
                });
            }
        };
        narrow(filter.groups.iter().cloned().map(Facet::Group).collect());
        narrow(filter.schools.iter().cloned().map(Facet::School).collect());
        narrow(
            filter
                .languages
                .iter()
                .cloned()
                .map(Facet::Language)
                .collect(),
        );
        narrow(
            filter
                .channels
                .iter()
                .copied()
                .map(Facet::Channel)
                .collect(),
        );
        narrow(filter.surveys.iter().cloned().map(Facet::Survey).collect());
        if !filter.sources.is_empty() {
            set &= self.voices_of(&self.of_sources(filter));
        }
        set
    }

    /// The remarks of a round that a filter leaves: those of the voices it leaves and, where it does not narrow by what
    /// only voices have, the notes of tables too.
    pub fn filtered_remarks(&self, round: &RoundId, filter: &Filter) -> RoaringBitmap {
        let mut set = self.remarks(&RemarkFacet::Round(round.clone())).clone();
        let of_voices = Filter {
            sources: BTreeSet::new(),
            ..filter.clone()
        };
        if !of_voices.is_empty() {
            set &= self.said_by(&self.filtered(round, &of_voices));
        }
        if !filter.sources.is_empty() {
            set &= self.of_sources(filter);
        }
        set
    }

    fn of_sources(&self, filter: &Filter) -> RoaringBitmap {
        filter
            .sources
            .iter()
            .fold(RoaringBitmap::new(), |union, source| {
                union | self.remarks(&RemarkFacet::Source(*source))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_comes_back_from_its_own_address() {
        let filter = Filter::from_query(
            "group=families&group=staff&school=oak&language=es&channel=web&page=3&channel=pigeon",
        );
        assert_eq!(filter.groups.len(), 2);
        assert_eq!(filter.channels.len(), 1);
        assert_eq!(
            Filter::from_query(filter.to_query().trim_start_matches('?')),
            filter
        );
    }

    #[test]
    fn each_chip_leads_to_the_view_without_it() {
        let filter = Filter::from_query("group=families&school=oak");
        let ways: Vec<String> = filter
            .chips()
            .into_iter()
            .map(|chip| chip.without)
            .collect();
        assert_eq!(ways, ["?school=oak", "?group=families"]);
    }
}
