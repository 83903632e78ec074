//! A node's index: the tally's sets, and which comments contain which words.

use roaring::RoaringBitmap;

use crate::db::Db;
use crate::district;
use crate::tally;
use crate::themes::engine::matcher::Rule;
use crate::themes::engine::postings::Postings;
use crate::themes::protection::watch::Watch;
use crate::themes::text::Language;
use crate::themes::text::non_answers::is_non_answer;
use crate::themes::text::vote::Candidates;

/// Sets of voices and comments, and the words of every comment that counts.
#[derive(Debug, Default)]
pub struct Index {
    /// Voices, comments, and tables.
    pub tally: tally::Index,
    postings: Postings,
    /// The languages that a comment's words can vote for.
    languages: Vec<Language>,
    /// The language that each comment is counted in, by ordinal.
    language_of: Vec<Language>,
    /// Comments without content: "n/a", "none".
    non_answers: RoaringBitmap,
    watch: Watch,
}

impl Index {
    /// Applies every change up to the last committed one. On an empty index this is a rebuild. Calls `progress` with
    /// the number of rows read.
    pub fn catch_up(&mut self, db: &mut Db, progress: impl FnMut(u64)) -> diesel::QueryResult<()> {
        let asked: Vec<Language> = district::current(db)?
            .map(|district| {
                district
                    .languages
                    .iter()
                    .filter_map(|tag| tag.parse().ok())
                    .collect()
            })
            .unwrap_or_default();
        if asked != self.languages {
            // A new language may win any comment, so read all of them again.
            *self = Self {
                languages: asked,
                ..Self::default()
            };
        }
        let Self {
            tally,
            postings,
            languages,
            language_of,
            non_answers,
            watch,
        } = self;
        let candidates = Candidates::new(languages);
        tally::catch_up(tally, db, progress, |change| {
            let place = change.ordinal as usize;
            if language_of.len() <= place {
                language_of.resize(place + 1, Language::UNDETERMINED);
            }
            non_answers.remove(change.ordinal);
            if let Some((form, text)) = change.words {
                let language =
                    candidates.language(text, form.parse().unwrap_or(Language::UNDETERMINED));
                if let Some(slot) = language_of.get_mut(place) {
                    *slot = language;
                }
                postings.insert(change.ordinal, language, text);
                watch.insert(change.ordinal, text, postings);
                if is_non_answer(text) {
                    non_answers.insert(change.ordinal);
                }
            } else {
                postings.remove(change.ordinal);
                watch.remove(change.ordinal);
            }
        })
    }

    /// The words of every comment that counts.
    pub(crate) fn postings(&self) -> &Postings {
        &self.postings
    }

    /// The comments that match a rule, in all rounds.
    pub fn evaluate(&self, rule: &Rule) -> RoaringBitmap {
        self.postings.evaluate(rule)
    }

    /// The language that a comment is counted in: the winner of its words' vote, or else the form's language.
    pub fn language(&self, ordinal: u32) -> Language {
        self.language_of
            .get(ordinal as usize)
            .copied()
            .unwrap_or(Language::UNDETERMINED)
    }

    /// Comments without content, in all rounds. They belong to no theme and don't count as uncovered.
    pub fn non_answers(&self) -> &RoaringBitmap {
        &self.non_answers
    }

    /// Comments that may be about somebody's safety, in all rounds.
    pub fn may_need_help(&self) -> RoaringBitmap {
        self.watch.found()
    }

    /// The languages that words can vote for.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }
}
