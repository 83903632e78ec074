//! Finds words that may be alternate spellings of other words: missing accents and typos. These are only proposals: a
//! person accepts them into a codebook version, and no text changes.

use hashbrown::{HashMap, HashSet};
use serde::Serialize;

use super::Language;

/// How many times more common a word must be than its suspected typo.
const COMMONER: u64 = 20;

/// A word that this many people use is known, whatever it is.
const KNOWN_BY: u64 = 5;

/// The minimum length in letters. Shorter words have too many neighbors.
const LEAST_LETTERS: usize = 5;

/// A word, with how many people use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The word, folded.
    pub word: String,
    /// Distinct people who wrote it.
    pub people: u64,
    /// Comments that contain it.
    pub comments: u64,
}

/// Why one word may mean another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It's the same word without accents, and most people write it with them.
    Accent,
    /// A typo: one letter is different, extra, missing, or swapped with its neighbor.
    Slip,
}

/// A word that may mean another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The language of both.
    pub language: Language,
    /// The word as typed.
    pub written: String,
    /// The word that it may mean.
    pub meant: String,
    /// The reason for the proposal.
    pub reason: Reason,
    /// Comments that contain the word as typed.
    pub comments: u64,
    /// Comments that contain the word that it may mean.
    pub meant_comments: u64,
}

/// Proposes corrections for the words of a language, sorted by word. `is_listed` returns whether a word is in the
/// language's own list, such as the Snowball vocabulary.
///
/// - Accents, in Spanish: a word without accents maps to the accented form in the most comments, if that form is in
///   more comments than the bare one. ñ is kept.
/// - Typos: a word that isn't listed and that fewer than five people use maps to a known one at distance 1 (Damerau
///   1964, Levenshtein 1966: one letter changed, added, or dropped, or two neighbors swapped). Both have at least five
///   letters and the same first letter, and the known word is in at least 20 times as many comments. It must be the
///   only such word.
pub fn proposals(
    language: Language,
    uses: &[Use],
    is_listed: impl Fn(&str) -> bool,
) -> Vec<Proposal> {
    let mut found = if language == Language::SPANISH {
        accents(language, uses)
    } else {
        Vec::new()
    };
    let mapped: HashSet<String> = found.iter().map(|it| it.written.clone()).collect();
    let is_known = |it: &Use| it.people >= KNOWN_BY || is_listed(&it.word);
    found.extend(slips(language, uses, is_known, &mapped));
    found.sort_by(|a, b| a.written.cmp(&b.written));
    found
}

fn accents(language: Language, uses: &[Use]) -> Vec<Proposal> {
    let mut forms: HashMap<String, Vec<&Use>> = HashMap::new();
    for it in uses {
        forms.entry(bare(&it.word)).or_default().push(it);
    }
    let proposal = |(bare, forms): (String, Vec<&Use>)| {
        let written = forms.iter().find(|form| form.word == bare)?;
        let accented = forms.iter().filter(|form| form.word != bare);
        let most = accented.max_by(|a, b| {
            a.comments
                .cmp(&b.comments)
                .then_with(|| b.word.cmp(&a.word))
        })?;
        (most.comments > written.comments).then(|| Proposal {
            language,
            written: bare.clone(),
            meant: most.word.clone(),
            reason: Reason::Accent,
            comments: written.comments,
            meant_comments: most.comments,
        })
    };
    forms.into_iter().filter_map(proposal).collect()
}

/// A Spanish word without the accents on its vowels. ñ is a letter of its own.
fn bare(word: &str) -> String {
    let plain = |letter| match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    };
    word.chars().map(plain).collect()
}

fn slips(
    language: Language,
    uses: &[Use],
    is_known: impl Fn(&Use) -> bool,
    mapped: &HashSet<String>,
) -> Vec<Proposal> {
    let is_long = |it: &&Use| it.word.chars().count() >= LEAST_LETTERS;
    // Two words at distance 1 are equal after dropping at most one letter from each.
    let mut near: HashMap<String, Vec<&Use>> = HashMap::new();
    for known in uses.iter().filter(is_long).filter(|it| is_known(it)) {
        for key in without_a_letter(&known.word) {
            near.entry(key).or_default().push(known);
        }
    }
    let mut found = Vec::new();
    let unknown = uses.iter().filter(is_long);
    for slip in unknown.filter(|it| !is_known(it) && !mapped.contains(&it.word)) {
        let mut meant: Vec<&Use> = without_a_letter(&slip.word)
            .into_iter()
            .filter_map(|key| near.get(&key))
            .flatten()
            .copied()
            .filter(|known| {
                known.comments >= slip.comments.saturating_mul(COMMONER)
                    && known.word.chars().next() == slip.word.chars().next()
                    && is_one_apart(&known.word, &slip.word)
            })
            .collect();
        meant.sort_by(|a, b| a.word.cmp(&b.word));
        meant.dedup_by(|a, b| a.word == b.word);
        if let [meant] = meant.as_slice() {
            found.push(Proposal {
                language,
                written: slip.word.clone(),
                meant: meant.word.clone(),
                reason: Reason::Slip,
                comments: slip.comments,
                meant_comments: meant.comments,
            });
        }
    }
    found
}

/// The word itself, and with each of its letters dropped.
fn without_a_letter(word: &str) -> HashSet<String> {
    let mut words: HashSet<String> = word
        .char_indices()
        .filter_map(|(at, letter)| {
            Some([word.get(..at)?, word.get(at + letter.len_utf8()..)?].concat())
        })
        .collect();
    words.insert(word.to_owned());
    words
}

/// Whether one edit turns one word into the other: a letter changed, added, or dropped, or two neighbors swapped.
fn is_one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (
        one.get(same..).unwrap_or_default(),
        other.get(same..).unwrap_or_default(),
    );
    match (one, other) {
        ([a, b, rest @ ..], [c, d, more @ ..]) if a == d && b == c && rest == more => true,
        ([_, rest @ ..], more) if rest == more => true,
        (rest, [_, more @ ..]) if rest == more => true,
        ([_, rest @ ..], [_, more @ ..]) => rest == more,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn uses(words: &[(&str, u64)]) -> Vec<Use> {
        let one = |(word, people): &(&str, u64)| Use {
            word: (*word).to_owned(),
            people: *people,
            comments: *people,
        };
        words.iter().map(one).collect()
    }

    fn proposed(
        language: Language,
        words: &[(&str, u64)],
        listed: &[&str],
    ) -> Vec<(String, String, Reason)> {
        proposals(language, &uses(words), |word| listed.contains(&word))
            .into_iter()
            .map(|it| (it.written, it.meant, it.reason))
            .collect()
    }

    fn expect(found: &[(String, String, Reason)], expected: &[(&str, &str, Reason)]) {
        let found: Vec<_> = found
            .iter()
            .map(|(a, b, c)| (a.as_str(), b.as_str(), *c))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_word_without_accents_is_proposed_as_its_common_accented_form() {
        let words = [
            ("autobus", 4),
            ("autobús", 9),
            ("años", 30),
            ("anos", 2),
            ("esta", 9),
            ("está", 3),
            ("secundária", 1),
            ("secundaria", 8),
        ];
        expect(
            &proposed(Language::SPANISH, &words, &[]),
            &[("autobus", "autobús", Reason::Accent)],
        );
        expect(&proposed(Language::ENGLISH, &words, &["anos"]), &[]);
    }

    #[test]
    fn a_rare_word_is_proposed_as_a_typo_of_a_common_one() {
        let words = [
            ("teacher", 100),
            ("teachr", 2),
            ("taecher", 1),
            ("teacherr", 1),
            ("teachen", 5),
            ("reacher", 1),
            ("bus", 90),
            ("bys", 1),
            ("lunch", 19),
            ("lunsh", 1),
        ];
        expect(
            &proposed(Language::ENGLISH, &words, &[]),
            &[
                ("taecher", "teacher", Reason::Slip),
                ("teacherr", "teacher", Reason::Slip),
                ("teachr", "teacher", Reason::Slip),
            ],
        );
    }

    #[test]
    fn a_listed_word_or_one_with_two_neighbors_is_not_a_typo() {
        expect(
            &proposed(
                Language::ENGLISH,
                &[("areas", 60), ("arenas", 1)],
                &["arenas"],
            ),
            &[],
        );
        expect(
            &proposed(
                Language::ENGLISH,
                &[("boards", 60), ("boats", 60), ("boads", 1), ("boaqs", 1)],
                &[],
            ),
            &[("boaqs", "boats", Reason::Slip)],
        );
        expect(
            &proposed(
                Language::ENGLISH,
                &[("boards", 60), ("roads", 60), ("beads", 60), ("boads", 1)],
                &[],
            ),
            &[],
        );
    }

    /// The full table for Damerau's distance with swapped neighbors, computed the simple way.
    fn distance(one: &str, other: &str) -> usize {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = table[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                    let mut least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[one.len()][other.len()]
    }

    proptest! {
        #[test]
        fn words_one_edit_apart_have_a_distance_of_one(one in "[abñ]{0,6}", other in "[abñ]{0,6}") {
            prop_assert_eq!(is_one_apart(&one, &other), distance(&one, &other) == 1);
            if distance(&one, &other) == 1 {
                prop_assert!(!without_a_letter(&one).is_disjoint(&without_a_letter(&other)));
            }
        }

        #[test]
        fn the_order_of_words_does_not_change_proposals(
            words in prop::collection::btree_map("[abáñ]{1,7}", 1_u64..200, 0..20),
            seed in any::<prop::sample::Index>(),
        ) {
            let uses: Vec<Use> = words.iter().map(|(word, people)| Use { word: word.clone(), people: *people, comments: *people }).collect();
            let mut turned = uses.clone();
            if !turned.is_empty() {
                let by = seed.index(turned.len());
                turned.rotate_left(by);
            }
            let found = proposals(Language::SPANISH, &uses, |_| false);
            prop_assert_eq!(&proposals(Language::SPANISH, &turned, |_| false), &found);
            for it in found {
                prop_assert!(it.meant_comments > it.comments && it.written != it.meant);
            }
        }
    }
}
