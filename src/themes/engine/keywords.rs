//! Keywords: how many comments and people mention which words, by group.
//!
//! A key is a stem in one language. We count comments and people that mention it, not occurrences. The table doesn't
//! depend on the number of threads or the order of comments.

mod counts;

pub(crate) use counts::Author;

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use serde::Serialize;

use self::counts::LanguageCounts;
use super::postings::Postings;
use crate::themes::text::{Language, non_answers::is_non_answer, tokens::Tokenizer};

/// A comment to count. The caller assigns numbers to people and groups.
#[derive(Clone, Copy, Debug)]
pub struct SpokenComment<'a> {
    /// The comment's text.
    pub text: &'a str,
    /// The language of the text.
    pub language: Language,
    /// Who wrote it; one person may write several comments.
    pub person: u32,
    /// The group that the comment counts for: an index into the names passed to [`KeywordCounter::table`].
    pub group: u32,
}

/// A number of comments and people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Comments that mention the key.
    pub comments: u64,
    /// Distinct people who wrote them.
    pub people: u64,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keyword {
    /// The stem.
    pub key: String,
    /// Its language, if the table has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Comments that mention it.
    pub comments: u64,
    /// Distinct people who mention it.
    pub people: u64,
    /// Total mentions.
    pub mentions: u64,
    /// The words behind it with the number of mentions, most frequent first.
    pub forms: Vec<(String, u64)>,
    /// The same for each group that mentions it; empty if the table has no groups.
    pub by: BTreeMap<String, Count>,
}

impl Keyword {
    /// The word to show for the key: its most frequent form.
    pub fn shown(&self) -> &str {
        self.forms.first().map_or(&self.key, |(form, _)| form)
    }
}

/// All keywords in a set of comments, by number of comments (descending), then by key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeywordTable {
    /// Comments read, with or without keywords.
    pub rows: u64,
    /// Distinct people who wrote them.
    pub people: u64,
    /// How many of them have no content ("n/a"). Their words are in the table like any others.
    #[serde(skip)]
    pub non_answers: u64,
    /// The keywords.
    pub keys: Vec<Keyword>,
}

/// Counts comments one at a time. Counters of different comments can be merged in any order.
#[derive(Debug, Default)]
pub struct KeywordCounter {
    tokenizer: Tokenizer,
    rows: u64,
    non_answers: u64,
    people: RoaringBitmap,
    languages: Vec<LanguageCounts>,
}

impl KeywordCounter {
    /// Counts a comment.
    pub fn count(&mut self, comment: &SpokenComment<'_>) {
        self.rows += 1;
        self.people.insert(comment.person);
        let at = self.place(comment.language);
        let Some(counts) = self.languages.get_mut(at) else {
            return;
        };
        let author = Author {
            group: comment.group,
            person: comment.person,
        };
        let comment_number = self.rows;
        let mut empty = true;
        self.tokenizer
            .each(comment.text, comment.language, |surface| {
                empty &= counts.mention(surface.word, comment_number, author);
            });
        self.non_answers += u64::from(empty && is_non_answer(comment.text));
    }

    /// Counts a comment by its words in the postings; does nothing if they don't contain it. Doesn't check whether it's
    /// a non-answer, because an index already knows.
    pub(crate) fn count_posted(&mut self, postings: &Postings, ordinal: u32, author: Author) {
        let Some((language, words)) = postings.words(ordinal) else {
            return;
        };
        let Some(vocabulary) = postings.vocabulary(language) else {
            return;
        };
        self.rows += 1;
        self.people.insert(author.person);
        let (at, comment_number) = (self.place(language), self.rows);
        let Some(counts) = self.languages.get_mut(at) else {
            return;
        };
        for word in words.filter_map(|id| vocabulary.word(id)) {
            counts.mention(&word.folded, comment_number, author);
        }
    }

    /// Adds another counter's counts.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.rows += other.rows;
        self.non_answers += other.non_answers;
        self.people |= other.people;
        for counts in other.languages {
            let at = self.place(counts.vocabulary.language());
            if let Some(own) = self.languages.get_mut(at) {
                own.merge(&counts);
            }
        }
        self
    }

    /// The table of counts. `groups` holds the group names by number; a group without a name is left out.
    pub fn table(self, groups: &[String]) -> KeywordTable {
        let mut keys: Vec<Keyword> = self
            .languages
            .into_iter()
            .flat_map(|counts| counts.keywords(groups))
            .collect();
        if keys
            .iter()
            .all(|keyword| keyword.language == keys.first().and_then(|first| first.language))
        {
            for keyword in &mut keys {
                keyword.language = None;
            }
        }
        keys.sort_by(|a, b| {
            b.comments
                .cmp(&a.comments)
                .then_with(|| a.key.cmp(&b.key))
                .then_with(|| a.language.cmp(&b.language))
        });
        KeywordTable {
            rows: self.rows,
            people: self.people.len(),
            non_answers: self.non_answers,
            keys,
        }
    }

    fn place(&mut self, language: Language) -> usize {
        self.languages
            .iter()
            .position(|counts| counts.vocabulary.language() == language)
            .unwrap_or_else(|| {
                self.languages.push(LanguageCounts::new(language));
                self.languages.len() - 1
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rayon::prelude::*;

    use super::*;

    fn comment(text: &str, person: u32, group: u32) -> SpokenComment<'_> {
        SpokenComment {
            text,
            language: Language::ENGLISH,
            person,
            group,
        }
    }

    fn table(comments: &[SpokenComment<'_>], groups: &[&str]) -> KeywordTable {
        let mut counter = KeywordCounter::default();
        for comment in comments {
            counter.count(comment);
        }
        counter.table(&groups.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn a_key_counts_comments_people_and_mentions() {
        let comments = [
            comment("Schools need roads. More schools!", 1, 0),
            comment("The school’s road", 1, 1),
            comment("my SCHOOL", 2, 1),
            comment("n/a", 3, 1),
        ];
        let table = table(&comments, &["families", "staff"]);
        assert_eq!((table.rows, table.people, table.non_answers), (4, 3, 1));
        let school = &table.keys[0];
        assert_eq!((school.key.as_str(), school.shown()), ("school", "school"));
        assert_eq!((school.comments, school.people, school.mentions), (3, 2, 4));
        assert_eq!(
            school.forms,
            [("school".to_owned(), 2), ("schools".to_owned(), 2)]
        );
        assert_eq!(
            school.by["families"],
            Count {
                comments: 1,
                people: 1
            }
        );
        assert_eq!(
            school.by["staff"],
            Count {
                comments: 2,
                people: 2
            }
        );
        let keys: Vec<_> = table
            .keys
            .iter()
            .map(|keyword| (keyword.key.as_str(), keyword.comments))
            .collect();
        assert_eq!(keys, [("school", 3), ("road", 2), ("more", 1), ("need", 1)]);
    }

    #[test]
    fn languages_do_not_share_a_key() {
        let mut counter = KeywordCounter::default();
        counter.count(&SpokenComment {
            text: "plan",
            language: Language::SPANISH,
            person: 1,
            group: 0,
        });
        counter.count(&SpokenComment {
            text: "plans",
            language: Language::ENGLISH,
            person: 2,
            group: 0,
        });
        let languages: Vec<_> = counter
            .table(&[])
            .keys
            .into_iter()
            .map(|keyword| (keyword.key, keyword.language))
            .collect();
        assert_eq!(
            languages,
            [
                ("plan".to_owned(), Some(Language::ENGLISH)),
                ("plan".to_owned(), Some(Language::SPANISH))
            ]
        );
    }

    #[test]
    fn the_json_has_the_documented_shape() {
        let table = table(&[comment("schools", 7, 0)], &["group"]);
        let expected = r#"{"rows":1,"people":1,"keys":[{"key":"school","comments":1,"people":1,"mentions":1,"forms":[["schools",1]],"by":{"group":{"comments":1,"people":1}}}]}"#;
        assert_eq!(serde_json::to_string(&table).unwrap(), expected);
    }

    #[test]
    fn counting_from_the_index_agrees_with_counting_the_texts() {
        let texts = [
            ("Drop-off is slow. The drop-off line!", Language::ENGLISH),
            ("Más autobuses, más maestros", Language::SPANISH),
            ("n/a", Language::ENGLISH),
            ("5", Language::ENGLISH),
            ("The school’s BUSES and a bus", Language::ENGLISH),
        ];
        let mut postings = Postings::default();
        let (mut read, mut posted) = (KeywordCounter::default(), KeywordCounter::default());
        for (ordinal, (text, language)) in (0..).zip(texts) {
            let (person, group) = (ordinal / 2, ordinal % 2);
            read.count(&SpokenComment {
                text,
                language,
                person,
                group,
            });
            postings.insert(ordinal, language, text);
            posted.count_posted(&postings, ordinal, Author { group, person });
        }
        let groups = ["a", "b"].map(str::to_owned);
        let expected = KeywordTable {
            non_answers: 0,
            ..read.table(&groups)
        };
        assert_eq!(posted.table(&groups), expected);
        let bus = expected.keys.iter().find(|it| it.key == "bus").unwrap();
        // "buses" has its own stem.
        assert_eq!((bus.comments, bus.mentions), (1, 1));
    }

    proptest! {
        #[test]
        fn order_and_threads_do_not_change_the_table(
            drawn in prop::collection::vec((
                prop::collection::vec(prop::sample::select(vec!["school", "Schools", "bus", "buses", "drop-off", "the", "niños"]), 0..6),
                0_u32..5, 0_u32..3, prop::bool::ANY,
            ), 0..40),
            parts in 1_usize..9,
        ) {
            let texts: Vec<String> = drawn.iter().map(|(words, ..)| words.join(" ")).collect();
            let comments: Vec<SpokenComment<'_>> = texts.iter().zip(&drawn).map(|(text, (_, person, group, english))| {
                let language = if *english { Language::ENGLISH } else { Language::SPANISH };
                SpokenComment { text, language, person: *person, group: *group }
            }).collect();
            let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
            let mut one = KeywordCounter::default();
            for comment in &comments {
                one.count(comment);
            }
            let shuffled: Vec<_> = comments.iter().rev().copied().collect();
            let many = shuffled.par_chunks(parts).map(|chunk| {
                let mut counter = KeywordCounter::default();
                for comment in chunk {
                    counter.count(comment);
                }
                counter
            }).reduce(KeywordCounter::default, KeywordCounter::merge);
            prop_assert_eq!(one.table(&names), many.table(&names));
        }
    }
}
