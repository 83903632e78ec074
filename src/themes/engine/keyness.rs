//! Which words one group uses more than the other groups: how large each difference is, and how certain.

use std::collections::BTreeMap;

use serde::Serialize;

use super::keywords::{Keyword, KeywordTable};
use crate::statistics::interval::{Part, newcombe};
use crate::statistics::keyness::{log_ratio, probability, signed_log_likelihood};
use crate::statistics::multiple::benjamini_hochberg;
use crate::themes::text::Language;

/// A key in fewer comments than this says nothing about groups.
pub const LEAST_COMMENTS: u64 = 5;

/// A key in one group compared with all other groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keyness {
    /// The group.
    pub group: String,
    /// The stem.
    pub key: String,
    /// The word to show for it.
    pub word: String,
    /// Its language, if the table has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The group's comments that mention it.
    pub comments: u64,
    /// All of the group's comments.
    pub of: u64,
    /// Other groups' comments that mention it.
    pub other_comments: u64,
    /// All comments of other groups.
    pub of_others: u64,
    /// The log-likelihood ratio; negative if the group mentions it less.
    pub log_likelihood: f64,
    /// How many times more often the group mentions it, as a power of two (log2 of the ratio).
    pub log_ratio: f64,
    /// The group's share minus the other groups' share.
    pub difference: f64,
    /// The lower end of the difference's 95% confidence interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
    /// The p-value: the probability of a ratio at least this large if there is no difference.
    pub p: f64,
    /// The false discovery rate among all findings with at most this p-value (Benjamini and Hochberg).
    pub q: f64,
}

/// The keyness of every key in every group, sorted by group, then most distinctive first. `sizes` holds the number of
/// comments per group.
pub fn keyness(table: &KeywordTable, sizes: &BTreeMap<String, u64>) -> Vec<Keyness> {
    let all: u64 = sizes.values().sum();
    let keys = table
        .keys
        .iter()
        .filter(|key| key.comments >= LEAST_COMMENTS);
    let mut found: Vec<Keyness> = keys
        .flat_map(|key| {
            sizes
                .iter()
                .filter_map(move |group| compared(key, group, all))
        })
        .collect();
    let probabilities: Vec<f64> = found.iter().map(|it| it.p).collect();
    for (it, q) in found.iter_mut().zip(benjamini_hochberg(&probabilities)) {
        it.q = q;
    }
    found.sort_by(|one, other| {
        let size = |it: &Keyness| it.log_likelihood.abs();
        one.group
            .cmp(&other.group)
            .then_with(|| size(other).total_cmp(&size(one)))
            .then_with(|| (&one.key, one.language).cmp(&(&other.key, other.language)))
    });
    found
}

fn compared(key: &Keyword, (group, of): (&String, &u64), all: u64) -> Option<Keyness> {
    let comments = key.by.get(group).map_or(0, |count| count.comments);
    let one = Part {
        part: comments,
        whole: *of,
    };
    let others = Part {
        part: key.comments.checked_sub(comments)?,
        whole: all.checked_sub(*of)?,
    };
    let interval = newcombe(one, others)?;
    let log_likelihood = signed_log_likelihood(one, others);
    let p = probability(log_likelihood);
    Some(Keyness {
        group: group.clone(),
        key: key.key.clone(),
        word: key.shown().to_owned(),
        language: key.language,
        comments,
        of: *of,
        other_comments: others.part,
        of_others: others.whole,
        log_likelihood,
        log_ratio: log_ratio(one, others)?,
        difference: one.share()? - others.share()?,
        low: interval.low,
        high: interval.high,
        p,
        q: p,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::engine::keywords::{KeywordCounter, SpokenComment};

    fn told() -> Vec<Keyness> {
        let mut counter = KeywordCounter::default();
        let rows = [
            ("the bus", 0, 30),
            ("the school", 0, 10),
            ("the bus", 1, 5),
            ("the school", 1, 55),
            ("lunch", 1, 4),
        ];
        let mut person = 0;
        for (text, group, times) in rows {
            for _ in 0..times {
                person += 1;
                counter.count(&SpokenComment {
                    text,
                    language: Language::ENGLISH,
                    person,
                    group,
                });
            }
        }
        let groups = ["families", "staff"].map(str::to_owned);
        let sizes = BTreeMap::from([("families".to_owned(), 40), ("staff".to_owned(), 64)]);
        keyness(&counter.table(&groups), &sizes)
    }

    /// scipy 1.17, `chi2_contingency([[30, 10], [5, 59]], correction=False, lambda_="log-likelihood")`, and
    /// statsmodels 0.14, `confint_proportions_2indep(30, 40, 5, 64, method="newcomb")`.
    #[test]
    fn a_word_that_one_group_uses_more_comes_first_with_its_interval() {
        let told = told();
        let bus = &told[0];
        assert_eq!(
            (bus.group.as_str(), bus.key.as_str(), bus.comments, bus.of),
            ("families", "bus", 30, 40)
        );
        assert_eq!((bus.other_comments, bus.of_others), (5, 64));
        assert!((bus.difference - (0.75 - 5.0 / 64.0)).abs() < 1e-12);
        assert!((bus.log_likelihood - 52.772_196_348_398).abs() < 1e-9);
        assert!((bus.low - 0.494_216_338_377_005).abs() < 1e-9);
        assert!((bus.high - 0.788_724_403_492_506).abs() < 1e-9);
        assert!(bus.q < 1e-9 && bus.q >= bus.p);
        let school = told
            .iter()
            .find(|it| it.key == "school" && it.group == "families")
            .unwrap();
        assert!(school.log_likelihood < 0.0 && school.high < 0.0);
    }

    #[test]
    fn rare_words_are_not_compared() {
        assert!(told().iter().all(|it| it.key != "lunch"));
    }
}
