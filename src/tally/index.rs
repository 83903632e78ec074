//! The index: bitmaps of voices and comments, updated change by change.

use std::collections::{BTreeSet, HashMap, HashSet};

use roaring::RoaringBitmap;

use super::facet::{CommentFacet, Facet, Part};
use super::sets::Sets;
use crate::comments::CommentId;
use crate::district::{Level, RoundId};
use crate::forums::TableId;
use crate::responses::{BatchId, ResponseId};
use crate::surveys::{Document, SurveyId};

/// Every voice, comment, and table that counts, as sets. Ordinals are local to this index and differ between nodes.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) seen: i64,
    /// School levels, by key.
    pub(super) levels: HashMap<String, Level>,
    /// The round and the revisions of each survey.
    pub(super) surveys: HashMap<SurveyId, RoundId>,
    pub(super) documents: HashMap<(SurveyId, i32), Document>,
    /// Imports whose rows don't count: still loading, or undone.
    pub(super) silent: HashSet<BatchId>,
    pub(super) voices: Sets<Facet>,
    pub(super) counted: RoaringBitmap,
    pub(super) people: HashMap<(SurveyId, String), u32>,
    pub(super) rows_of_voice: Vec<Vec<u32>>,
    pub(super) rows: Vec<ResponseRow>,
    pub(super) row_of_response: HashMap<ResponseId, u32>,
    pub(super) comments: Vec<CommentRow>,
    pub(super) comment_sets: Sets<CommentFacet>,
    pub(super) comments_of_voice: HashMap<u32, RoaringBitmap>,
    pub(super) ordinal_of_comment: HashMap<CommentId, u32>,
    pub(super) tables: Vec<TableRow>,
    pub(super) ordinal_of_table: HashMap<TableId, u32>,
}

#[derive(Debug)]
pub(super) struct ResponseRow {
    pub(super) voice: u32,
    /// The numbers of its facets; empty if the response doesn't count.
    pub(super) facets: Box<[u32]>,
}

/// A comment in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentRow {
    /// The comment's id.
    pub id: CommentId,
    /// Who said it; `None` for a table's note.
    pub voice: Option<u32>,
    /// For a note, the table that wrote it.
    pub table: Option<u32>,
    /// How many people at the table it speaks for.
    pub speaks_for: u32,
    /// The numbers of its facets; empty if it doesn't count.
    pub(super) facets: Box<[u32]>,
}

/// A table of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The table's id.
    pub id: TableId,
    /// How many people were present.
    pub present: u32,
}

impl CommentRow {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        !self.facets.is_empty()
    }
}

impl Index {
    /// The number of the last change that's included.
    pub fn seen(&self) -> i64 {
        self.seen
    }

    /// The voices that a facet is true of.
    pub fn voices(&self, facet: &Facet) -> &RoaringBitmap {
        self.voices.get(facet)
    }

    /// All answers given in a field, each with its voices, in no particular order.
    pub fn chosen<'a>(
        &'a self,
        field: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a RoaringBitmap)> {
        self.voices
            .iter()
            .filter_map(move |(facet, set)| match facet {
                Facet::Chose(item, choice) if item == field => Some((choice.as_str(), set)),
                _ => None,
            })
    }

    /// Every voice that counts.
    pub fn everyone(&self) -> &RoaringBitmap {
        &self.counted
    }

    /// The comments that a facet is true of.
    pub fn comments(&self, facet: &CommentFacet) -> &RoaringBitmap {
        self.comment_sets.get(facet)
    }

    /// A comment by its ordinal.
    pub fn comment(&self, ordinal: u32) -> Option<&CommentRow> {
        self.comments.get(ordinal as usize)
    }

    /// A comment's ordinal, if the index knows it.
    pub fn ordinal(&self, comment: &CommentId) -> Option<u32> {
        self.ordinal_of_comment.get(comment).copied()
    }

    /// A table by its ordinal.
    pub fn table(&self, ordinal: u32) -> Option<&TableRow> {
        self.tables.get(ordinal as usize)
    }

    /// The comments that a set of voices said.
    pub fn said_by(&self, voices: &RoaringBitmap) -> RoaringBitmap {
        let mut said = RoaringBitmap::new();
        for voice in voices {
            if let Some(comments) = self.comments_of_voice.get(&voice) {
                said |= comments;
            }
        }
        said
    }

    /// The keys of one kind of facet, such as every group that somebody belongs to.
    pub fn keys<'a>(&'a self, pick: impl Fn(&'a Facet) -> Option<&'a str>) -> BTreeSet<&'a str> {
        self.voices
            .iter()
            .filter_map(|(facet, _)| pick(facet))
            .collect()
    }

    /// The voices split by one part, in key order.
    pub fn split_by(&self, part: Part) -> Vec<(String, &RoaringBitmap)> {
        let sets = self.voices.iter();
        let mut apart: Vec<(String, &RoaringBitmap)> = sets
            .filter_map(|(facet, set)| Some((part.key(facet)?, set)))
            .collect();
        apart.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        apart
    }

    /// Like [`Index::keys`], for comment facets.
    pub fn comment_keys<'a>(
        &'a self,
        pick: impl Fn(&'a CommentFacet) -> Option<&'a str>,
    ) -> BTreeSet<&'a str> {
        self.comment_sets
            .iter()
            .filter_map(|(facet, _)| pick(facet))
            .collect()
    }

    /// The index in a form that doesn't depend on the order of changes, for tests to compare.
    pub fn canonical(&self) -> Vec<String> {
        let mut names: HashMap<u32, String> = HashMap::new();
        for ((survey, person), voice) in &self.people {
            names.insert(*voice, format!("{survey}/{person}"));
        }
        let name = |voice: &u32| names.get(voice).cloned().unwrap_or_default();
        let mut lines: Vec<String> = Vec::new();
        for (facet, set) in self.voices.iter() {
            let mut members: Vec<String> = set.iter().map(|voice| name(&voice)).collect();
            members.sort_unstable();
            lines.push(format!("{facet:?}: {members:?}"));
        }
        for (facet, set) in self.comment_sets.iter() {
            let mut members: Vec<String> = set
                .iter()
                .filter_map(|ordinal| self.comment(ordinal))
                .map(|row| {
                    let table = row
                        .table
                        .and_then(|table| self.table(table))
                        .map(|table| (table.id.to_string(), table.present));
                    format!(
                        "{} by {:?} at {table:?} for {}",
                        row.id,
                        row.voice.as_ref().map(name),
                        row.speaks_for
                    )
                })
                .collect();
            members.sort_unstable();
            lines.push(format!("{facet:?}: {members:?}"));
        }
        for (voice, comments) in &self.comments_of_voice {
            let ids = comments.iter().filter_map(|ordinal| self.comment(ordinal));
            let mut ids: Vec<&str> = ids.map(|row| row.id.as_str()).collect();
            ids.sort_unstable();
            lines.extend((!ids.is_empty()).then(|| format!("{} said {ids:?}", name(voice))));
        }
        let mut counted: Vec<String> = self.counted.iter().map(|voice| name(&voice)).collect();
        counted.sort_unstable();
        lines.push(format!("counted: {counted:?}"));
        lines.sort_unstable();
        lines
    }
}
