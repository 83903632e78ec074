//! The index: bitmaps of voices and of remarks, followed change by change.

use std::collections::{BTreeSet, HashMap};

use roaring::RoaringBitmap;

use super::facet::{Facet, RemarkFacet};
use crate::district::{Level, RoundId};
use crate::forums::TableId;
use crate::remarks::{Remark, RemarkId, Standing};
use crate::responses::{Answer, Response, ResponseId};
use crate::surveys::{Document, ItemKind, SurveyId};

/// Sets by what they gather.
type Sets<F> = HashMap<F, RoaringBitmap>;

static EMPTY: std::sync::LazyLock<RoaringBitmap> = std::sync::LazyLock::new(RoaringBitmap::new);

/// Every voice, remark and table that counts, as sets. Ordinals are the index's own; they differ between nodes.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) seen: i64,
    /// The levels of schools, by key.
    pub(super) levels: HashMap<String, Level>,
    /// The round and the revisions of each survey.
    pub(super) surveys: HashMap<SurveyId, RoundId>,
    pub(super) documents: HashMap<(SurveyId, i32), Document>,
    voices: Sets<Facet>,
    counted: RoaringBitmap,
    people: HashMap<(SurveyId, String), u32>,
    rows_of_voice: Vec<Vec<u32>>,
    rows: Vec<ResponseRow>,
    row_of_response: HashMap<ResponseId, u32>,
    remarks: Vec<RemarkRow>,
    remark_sets: Sets<RemarkFacet>,
    remarks_of_voice: HashMap<u32, RoaringBitmap>,
    ordinal_of_remark: HashMap<RemarkId, u32>,
    tables: Vec<TableRow>,
    ordinal_of_table: HashMap<TableId, u32>,
}

#[derive(Debug)]
struct ResponseRow {
    voice: u32,
    /// Empty where the response does not count.
    facets: Vec<Facet>,
}

/// A remark as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkRow {
    /// Which remark.
    pub id: RemarkId,
    /// Who said it; none for a table's note.
    pub voice: Option<u32>,
    /// The table whose note it is.
    pub table: Option<u32>,
    /// How many at the table it speaks for.
    pub speaks_for: u32,
    /// What is true of it; empty where it does not count.
    pub facets: Vec<RemarkFacet>,
}

/// A table of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Which table.
    pub id: TableId,
    /// How many people sat at it.
    pub present: u32,
}

impl Index {
    /// The number of the last change that is counted.
    pub fn seen(&self) -> i64 {
        self.seen
    }

    /// The voices of which something is true.
    pub fn voices(&self, facet: &Facet) -> &RoaringBitmap {
        self.voices.get(facet).unwrap_or(&EMPTY)
    }

    /// Every voice that counts.
    pub fn everyone(&self) -> &RoaringBitmap {
        &self.counted
    }

    /// The remarks of which something is true.
    pub fn remarks(&self, facet: &RemarkFacet) -> &RoaringBitmap {
        self.remark_sets.get(facet).unwrap_or(&EMPTY)
    }

    /// A remark by its ordinal.
    pub fn remark(&self, ordinal: u32) -> Option<&RemarkRow> {
        self.remarks.get(ordinal as usize)
    }

    /// A remark's ordinal, if the index knows it.
    pub fn ordinal(&self, remark: &RemarkId) -> Option<u32> {
        self.ordinal_of_remark.get(remark).copied()
    }

    /// A table by its ordinal.
    pub fn table(&self, ordinal: u32) -> Option<&TableRow> {
        self.tables.get(ordinal as usize)
    }

    /// The remarks that a set of voices said.
    pub fn said_by(&self, voices: &RoaringBitmap) -> RoaringBitmap {
        let mut said = RoaringBitmap::new();
        for voice in voices {
            if let Some(remarks) = self.remarks_of_voice.get(&voice) {
                said |= remarks;
            }
        }
        said
    }

    /// The keys under which voices are gathered for one kind of facet, such as every group that somebody belongs to.
    pub fn keys<'a>(&'a self, pick: impl Fn(&'a Facet) -> Option<&'a str>) -> BTreeSet<&'a str> {
        self.voices
            .iter()
            .filter(|(_, set)| !set.is_empty())
            .filter_map(|(facet, _)| pick(facet))
            .collect()
    }

    /// As [`Index::keys`], for what is true of remarks.
    pub fn remark_keys<'a>(
        &'a self,
        pick: impl Fn(&'a RemarkFacet) -> Option<&'a str>,
    ) -> BTreeSet<&'a str> {
        self.remark_sets
            .iter()
            .filter(|(_, set)| !set.is_empty())
            .filter_map(|(facet, _)| pick(facet))
            .collect()
    }

    /// Takes in a response as it now is.
    pub(super) fn follow_response(&mut self, response: &Response) {
        let facets = if response.standing == Standing::Counted {
            self.facets_of(response)
        } else {
            Vec::new()
        };
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
            facets: Vec::new(),
        });
        self.row_of_response.insert(response.id.clone(), row);
        if let Some(rows) = self.rows_of_voice.get_mut(voice as usize) {
            rows.push(row);
        }
        row
    }

    /// Puts a voice into, or takes it out of, the sets of everything that its rows say.
    fn each_facet(&mut self, voice: u32, change: fn(&mut RoaringBitmap, u32) -> bool) {
        let Some(rows) = self.rows_of_voice.get(voice as usize) else {
            return;
        };
        for row in rows.iter().filter_map(|row| self.rows.get(*row as usize)) {
            if !row.facets.is_empty() {
                change(&mut self.counted, voice);
            }
            for facet in &row.facets {
                match self.voices.get_mut(facet) {
                    Some(set) => {
                        change(set, voice);
                    }
                    None => {
                        change(self.voices.entry(facet.clone()).or_default(), voice);
                    }
                }
            }
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
            facets.extend(
                document
                    .items
                    .iter()
                    .map(|item| Facet::Asked(item.key.clone())),
            );
            for item in document
                .items
                .iter()
                .filter(|item| item.kind != ItemKind::Text)
            {
                let Some(answer) = response.answers.get(&item.key) else {
                    continue;
                };
                facets.push(Facet::Answered(item.key.clone()));
                let chose = |key: &str| Facet::Chose(item.key.clone(), key.to_owned());
                match answer {
                    Answer::Number(number) => facets.push(chose(&number.to_string())),
                    Answer::One(key) => facets.push(chose(key)),
                    Answer::Several(keys) => facets.extend(keys.iter().map(|key| chose(key))),
                }
            }
        }
        facets.sort_unstable();
        facets.dedup();
        facets
    }

    /// Takes in a remark as it now is, and returns its ordinal and whether it counts.
    pub(super) fn follow_remark(&mut self, remark: &Remark) -> (u32, bool) {
        let counts = remark.standing == Standing::Counted;
        let voice = remark
            .response_id
            .as_ref()
            .and_then(|id| self.row_of_response.get(id));
        let voice = voice
            .and_then(|row| self.rows.get(*row as usize))
            .map(|row| row.voice);
        let row = RemarkRow {
            id: remark.id.clone(),
            voice,
            table: remark
                .table_id
                .as_ref()
                .and_then(|id| self.ordinal_of_table.get(id))
                .copied(),
            speaks_for: u32::try_from(remark.speaks_for).unwrap_or(1),
            facets: if counts {
                remark_facets(remark)
            } else {
                Vec::new()
            },
        };
        let next = ordinal(self.remarks.len());
        let ordinal = *self
            .ordinal_of_remark
            .entry(remark.id.clone())
            .or_insert(next);
        if ordinal == next {
            self.remarks.push(row.clone());
        } else if let Some(old) = self.remarks.get_mut(ordinal as usize) {
            let old = std::mem::replace(old, row.clone());
            for facet in &old.facets {
                if let Some(set) = self.remark_sets.get_mut(facet) {
                    set.remove(ordinal);
                }
            }
            if let Some(set) = old
                .voice
                .and_then(|voice| self.remarks_of_voice.get_mut(&voice))
            {
                set.remove(ordinal);
            }
        }
        if counts {
            for facet in row.facets {
                self.remark_sets.entry(facet).or_default().insert(ordinal);
            }
            if let Some(voice) = voice {
                self.remarks_of_voice
                    .entry(voice)
                    .or_default()
                    .insert(ordinal);
            }
        }
        (ordinal, counts)
    }

    /// Takes in a table as it now is.
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

    /// The index in a form that does not depend on the order in which changes came: what a test compares.
    pub fn canonical(&self) -> Vec<String> {
        let mut names: HashMap<u32, String> = HashMap::new();
        for ((survey, person), voice) in &self.people {
            names.insert(*voice, format!("{survey}/{person}"));
        }
        let name = |voice: &u32| names.get(voice).cloned().unwrap_or_default();
        let mut lines: Vec<String> = Vec::new();
        for (facet, set) in self.voices.iter().filter(|(_, set)| !set.is_empty()) {
            let mut members: Vec<String> = set.iter().map(|voice| name(&voice)).collect();
            members.sort_unstable();
            lines.push(format!("{facet:?}: {members:?}"));
        }
        for (facet, set) in self.remark_sets.iter().filter(|(_, set)| !set.is_empty()) {
            let mut members: Vec<String> = set
                .iter()
                .filter_map(|ordinal| self.remark(ordinal))
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
        let mut counted: Vec<String> = self.counted.iter().map(|voice| name(&voice)).collect();
        counted.sort_unstable();
        lines.push(format!("counted: {counted:?}"));
        lines.sort_unstable();
        lines
    }
}

fn remark_facets(remark: &Remark) -> Vec<RemarkFacet> {
    let mut facets = vec![
        RemarkFacet::Round(remark.round_id.clone()),
        RemarkFacet::Item(remark.item_key.clone()),
        RemarkFacet::Asks(remark.asks),
        RemarkFacet::Language(remark.language.clone()),
        RemarkFacet::Source(remark.source),
    ];
    facets.extend(remark.survey_id.clone().map(RemarkFacet::Survey));
    facets
}

/// Positions are 32 bits wide, as the sets' elements are; four billion voices are more than there are people to ask.
fn ordinal(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
