//! How a priority is scored: by size, and with groups weighing equally. Votes are shown separately.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::statistics::interval::{Part, wilson};
use crate::statistics::number;

/// Groups with fewer people asked than this are folded into *others*: a share of so few means little.
pub const LEAST_ASKED: u64 = 10;

/// How many people in a group named a priority, out of those who were asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCount {
    /// The group's key; `None` for *others*: groups with few people asked, and people without a group.
    pub group: Option<String>,
    /// For *others*, the keys of the groups folded into it; the empty key is for people without a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<String>,
    /// How many named it.
    pub named: u64,
    /// How many were asked.
    pub asked: u64,
}

/// Both scores of a priority, from 0 to 1. They never include votes or tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Every group with at least [`LEAST_ASKED`] people asked, in key order, then *others* if there are any.
    pub groups: Vec<GroupCount>,
    /// How many named it, in all groups.
    pub named: u64,
    /// How many were asked, in all groups.
    pub asked: u64,
    /// Σx/Σn: each person has the same weight.
    pub by_size: f64,
    /// The mean of x/n over groups: each group has the same weight. *Others* is included if it reaches [`LEAST_ASKED`]
    /// too.
    pub equally: f64,
}

/// Scores a priority. `counts` holds, per group key, how many named it and how many were asked. The empty key is for
/// people without a group.
pub fn score(counts: &BTreeMap<String, (u64, u64)>) -> Score {
    let mut groups = Vec::new();
    let mut others = GroupCount {
        group: None,
        together: Vec::new(),
        named: 0,
        asked: 0,
    };
    for (key, (named, asked)) in counts {
        if key.is_empty() || *asked < LEAST_ASKED {
            others.together.push(key.clone());
            others.named += named;
            others.asked += asked;
        } else {
            groups.push(GroupCount {
                group: Some(key.clone()),
                together: Vec::new(),
                named: *named,
                asked: *asked,
            });
        }
    }
    if others.asked > 0 {
        groups.push(others);
    }
    let named = groups.iter().map(|group| group.named).sum();
    let asked = groups.iter().map(|group| group.asked).sum();
    let weighing: Vec<f64> = groups
        .iter()
        .filter(|group| group.asked >= LEAST_ASKED)
        .map(|group| share(group.named, group.asked))
        .collect();
    let equally = if weighing.is_empty() {
        0.0
    } else {
        weighing.iter().sum::<f64>() / number(weighing.len() as u64)
    };
    Score {
        groups,
        named,
        asked,
        by_size: share(named, asked),
        equally,
    }
}

/// Votes on a priority's statements. Shown next to people, but never added to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// Agree votes.
    pub agree: u64,
    /// Disagree votes.
    pub disagree: u64,
    /// Seen and passed.
    pub pass: u64,
}

impl Votes {
    /// agree/(agree + disagree), from 0 to 1; `None` without votes.
    pub fn share(&self) -> Option<f64> {
        let decided = self.agree + self.disagree;
        (decided > 0).then(|| share(self.agree, decided))
    }

    /// The lower end of the 95% Wilson interval of [`Votes::share`]; `None` without votes.
    pub fn wilson_lower(&self) -> Option<f64> {
        let of = Part {
            part: self.agree,
            whole: self.agree + self.disagree,
        };
        wilson(of).map(|interval| interval.low)
    }
}

/// A part of a whole, from 0 to 1; 0 of 0 is 0.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        number(part) / number(whole)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(rows: &[(&str, u64, u64)]) -> BTreeMap<String, (u64, u64)> {
        rows.iter()
            .map(|(key, named, asked)| ((*key).to_owned(), (*named, *asked)))
            .collect()
    }

    #[test]
    fn a_large_group_dominates_only_the_score_by_size() {
        let score = score(&counts(&[("families", 100, 1000), ("staff", 30, 50)]));
        assert!((score.by_size - 130.0 / 1050.0).abs() < 1e-12);
        assert!((score.equally - 0.35).abs() < 1e-12);
    }

    #[test]
    fn small_groups_and_people_without_a_group_are_combined() {
        let score = score(&counts(&[
            ("", 1, 4),
            ("community", 3, 9),
            ("families", 10, 20),
        ]));
        assert_eq!(
            score.groups.last(),
            Some(&GroupCount {
                group: None,
                together: vec![String::new(), "community".to_owned()],
                named: 4,
                asked: 13
            })
        );
        assert!((score.equally - 21.0 / 52.0).abs() < 1e-12);
    }

    #[test]
    fn a_combined_group_that_is_still_small_has_no_weight_in_the_equal_score() {
        let score = score(&counts(&[("community", 1, 1), ("families", 10, 20)]));
        assert!((score.equally - 0.5).abs() < 1e-12);
        assert_eq!((score.named, score.asked), (11, 21));
    }

    /// statsmodels 0.14, `proportion_confint(81, 263, method="wilson")`: 0.25528851987827; for 1 of 10,
    /// 0.01787621309507.
    #[test]
    fn the_wilson_lower_bound_agrees_with_statsmodels() {
        let lower = |agree, disagree| {
            Votes {
                agree,
                disagree,
                pass: 7,
            }
            .wilson_lower()
            .unwrap()
        };
        assert!(
            (lower(81, 182) - 0.255_288_519_878_27).abs() < 1e-12,
            "{}",
            lower(81, 182)
        );
        assert!(
            (lower(1, 9) - 0.017_876_213_095_07).abs() < 1e-12,
            "{}",
            lower(1, 9)
        );
        assert_eq!(Votes::default().wilson_lower(), None);
    }

    proptest! {
        #[test]
        fn the_wilson_lower_bound_is_between_zero_and_the_share(agree in 0_u64..5000, disagree in 0_u64..5000) {
            let votes = Votes { agree, disagree, pass: 0 };
            if let (Some(share), Some(lower)) = (votes.share(), votes.wilson_lower()) {
                prop_assert!(0.0 <= lower && lower <= share + 1e-12);
            }
        }

        #[test]
        fn combining_groups_loses_nobody(people in prop::collection::btree_map("[a-d]{0,2}", (0_u64..50, 0_u64..50), 0..8)) {
            let asked = people.into_iter().map(|(group, (named, silent))| (group, (named, named + silent)));
            let rows: BTreeMap<String, (u64, u64)> = asked.collect();
            let score = score(&rows);
            prop_assert_eq!(score.named, rows.values().map(|(named, _)| named).sum::<u64>());
            prop_assert_eq!(score.asked, rows.values().map(|(_, asked)| asked).sum::<u64>());
        }
    }
}
