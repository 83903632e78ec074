//! The index of one node: the tally's sets, and which comments hold which words.

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

/// Sets of voices, sets of comments, and the words of every comment that counts.
#[derive(Debug, Default)]
pub struct Index {
    /// Voices, comments and tables.
    pub tally: tally::Index,
    postings: Postings,
    /// The languages among which words vote for a comment's own.
    languages: Vec<Language>,
    /// The language in which each comment is counted, by ordinal.
    language_of: Vec<Language>,
    /// Comments that say nothing: "n/a", "none".
    non_answers: RoaringBitmap,
    watch: Watch,
}

impl Index {
    /// Takes in every change up to the last committed one. On an empty index this is a rebuild; `progress` is told how
    /// many rows were read.
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
            // Another language may claim any comment, so all are read again.
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

    /// The comments that a rule matches, in every round.
    pub fn evaluate(&self, rule: &Rule) -> RoaringBitmap {
        self.postings.evaluate(rule)
    }

    /// The language in which a comment is counted: the one that its words vote for, else the form's.
    pub fn language(&self, ordinal: u32) -> Language {
        self.language_of
            .get(ordinal as usize)
            .copied()
            .unwrap_or(Language::UNDETERMINED)
    }

    /// The comments that say nothing, in every round: neither a theme's nor uncovered.
    pub fn non_answers(&self) -> &RoaringBitmap {
        &self.non_answers
    }

    /// The comments that may speak of somebody's safety, in every round.
    pub fn may_need_help(&self) -> RoaringBitmap {
        self.watch.found()
    }

    /// The languages among which words vote.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }
}
