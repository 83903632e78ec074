//! Applies a changed row to the sets. We remove what the row said before, then add what it says now, so the order of
//! changes doesn't matter.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::answered;
use super::facet::{CommentFacet, Facet};
use super::index::{CommentRow, Index, ResponseRow, TableRow};
use super::sets::ordinal;
use crate::comments::{Comment, Status};
use crate::district::Level;
use crate::forums::TableId;
use crate::responses::{BatchId, Response, ResponseId};

impl Index {
    /// Applies the current state of a response.
    pub(super) fn follow_response(&mut self, response: &Response) {
        let facets = if self.counts(response.status, response.batch_id.as_ref()) {
            self.facets_of(response)
        } else {
            Vec::new()
        };
        let facets = facets
            .into_iter()
            .map(|facet| self.voices.number(facet))
            .collect();
        let row = match self.row_of_response.get(&response.id) {
            Some(row) => *row,
            None => self.add_row(response),
        };
        let Some(voice) = self.rows.get(row as usize).map(|row| row.voice) else {
            return;
        };
        self.each_facet(voice, RoaringBitmap::remove);
        if let Some(row) = self.rows.get_mut(row as usize) {
            row.facets = facets;
        }
        self.each_facet(voice, RoaringBitmap::insert);
    }

    fn counts(&self, status: Status, batch: Option<&BatchId>) -> bool {
        status == Status::Counted && !batch.is_some_and(|batch| self.silent.contains(batch))
    }

    fn add_row(&mut self, response: &Response) -> u32 {
        let next = ordinal(self.rows_of_voice.len());
        let voice = *self
            .people
            .entry((response.survey_id.clone(), response.person.clone()))
            .or_insert(next);
        if voice == next {
            self.rows_of_voice.push(Vec::new());
        }
        let row = ordinal(self.rows.len());
        self.rows.push(ResponseRow {
            voice,
            facets: Box::default(),
        });
        self.row_of_response.insert(response.id.clone(), row);
        if let Some(rows) = self.rows_of_voice.get_mut(voice as usize) {
            rows.push(row);
        }
        row
    }

    /// Adds a voice to, or removes it from, the sets of all its rows' facets.
    fn each_facet(&mut self, voice: u32, change: fn(&mut RoaringBitmap, u32) -> bool) {
        let Some(rows) = self.rows_of_voice.get(voice as usize) else {
            return;
        };
        for row in rows.iter().filter_map(|row| self.rows.get(*row as usize)) {
            if !row.facets.is_empty() {
                change(&mut self.counted, voice);
            }
            for facet in &row.facets {
                if let Some(set) = self.voices.set_mut(*facet) {
                    change(set, voice);
                }
            }
        }
    }

    /// Applies the current levels of the schools; a school's level may have changed.
    pub(super) fn follow_levels(&mut self, levels: HashMap<String, Level>) {
        if levels == self.levels {
            return;
        }
        self.levels = levels;
        for level in Level::ALL {
            let number = self.voices.number(Facet::Level(*level));
            if let Some(set) = self.voices.set_mut(number) {
                set.clear();
            }
        }
        for row in &mut self.rows {
            let mut facets: Vec<u32> = Vec::with_capacity(row.facets.len());
            let mut of_schools: Vec<Level> = Vec::new();
            for number in &row.facets {
                match self.voices.facet(*number) {
                    Some(Facet::Level(_)) => continue,
                    Some(Facet::School(school)) => {
                        of_schools.extend(self.levels.get(school).copied());
                    }
                    _ => {}
                }
                facets.push(*number);
            }
            of_schools.sort_unstable();
            of_schools.dedup();
            for level in of_schools {
                let number = self.voices.number(Facet::Level(level));
                facets.push(number);
                if let Some(set) = self.voices.set_mut(number) {
                    set.insert(row.voice);
                }
            }
            row.facets = facets.into();
        }
    }

    fn facets_of(&self, response: &Response) -> Vec<Facet> {
        let mut facets = vec![
            Facet::Survey(response.survey_id.clone()),
            Facet::Language(response.language.clone()),
            Facet::Channel(response.channel),
            Facet::Day(response.day),
        ];
        facets.extend(
            self.surveys
                .get(&response.survey_id)
                .cloned()
                .map(Facet::Round),
        );
        facets.extend(response.group_key.clone().map(Facet::Group));
        for school in &response.schools.0 {
            facets.push(Facet::School(school.clone()));
            facets.extend(self.levels.get(school).copied().map(Facet::Level));
        }
        if let Some(document) = self
            .documents
            .get(&(response.survey_id.clone(), response.revision))
        {
            facets.extend(answered::facets(document, &response.answers));
        }
        facets.sort_unstable();
        facets.dedup();
        facets
    }

    /// Applies the current state of a comment. Returns its ordinal and whether it counts.
    pub(super) fn follow_comment(&mut self, comment: &Comment) -> (u32, bool) {
        let counts = self.counts(comment.status, comment.batch_id.as_ref());
        let facets = if counts {
            comment_facets(comment)
        } else {
            Vec::new()
        };
        let row = CommentRow {
            id: comment.id.clone(),
            voice: comment.response_id.as_ref().and_then(|id| self.voice(id)),
            table: comment
                .table_id
                .as_ref()
                .and_then(|id| self.ordinal_of_table.get(id))
                .copied(),
            speaks_for: u32::try_from(comment.speaks_for).unwrap_or(1),
            facets: facets
                .into_iter()
                .map(|facet| self.comment_sets.number(facet))
                .collect(),
        };
        let next = ordinal(self.comments.len());
        let ordinal = *self
            .ordinal_of_comment
            .entry(comment.id.clone())
            .or_insert(next);
        if ordinal == next {
            self.comments.push(row);
        } else {
            self.each_comment_facet(ordinal, RoaringBitmap::remove);
            if let Some(old) = self.comments.get_mut(ordinal as usize) {
                *old = row;
            }
        }
        if counts {
            self.each_comment_facet(ordinal, RoaringBitmap::insert);
        }
        (ordinal, counts)
    }

    /// The voice that a response belongs to.
    fn voice(&self, response: &ResponseId) -> Option<u32> {
        let row = self.row_of_response.get(response)?;
        self.rows.get(*row as usize).map(|row| row.voice)
    }

    /// Adds a comment to, or removes it from, the sets of all its facets.
    fn each_comment_facet(&mut self, ordinal: u32, change: fn(&mut RoaringBitmap, u32) -> bool) {
        let Some(row) = self.comments.get(ordinal as usize) else {
            return;
        };
        for facet in &row.facets {
            if let Some(set) = self.comment_sets.set_mut(*facet) {
                change(set, ordinal);
            }
        }
        if let Some(voice) = row.voice {
            change(self.comments_of_voice.entry(voice).or_default(), ordinal);
        }
    }

    /// Applies the current state of a table.
    pub(super) fn follow_table(&mut self, id: &TableId, present: i32) {
        let present = u32::try_from(present).unwrap_or(0);
        let next = ordinal(self.tables.len());
        let ordinal = *self.ordinal_of_table.entry(id.clone()).or_insert(next);
        if ordinal == next {
            self.tables.push(TableRow {
                id: id.clone(),
                present,
            });
        } else if let Some(table) = self.tables.get_mut(ordinal as usize) {
            table.present = present;
        }
    }
}

fn comment_facets(comment: &Comment) -> Vec<CommentFacet> {
    let mut facets = vec![
        CommentFacet::Round(comment.round_id.clone()),
        CommentFacet::Item(comment.item_key.clone()),
        CommentFacet::Intent(comment.intent),
        CommentFacet::Language(comment.language.clone()),
        CommentFacet::Source(comment.source),
    ];
    facets.extend(comment.survey_id.clone().map(CommentFacet::Survey));
    facets
}
