//! The evidence behind a priority: counts, rules, and comments, as of the day of a decision.

use std::collections::BTreeMap;

use diesel::QueryResult;
use roaring::RoaringBitmap;

use super::model::{Evidence, SourceCount, ThemeEvidence};
use super::score::score;
use super::store::votes_on;
use crate::comments::{self, CommentId};
use crate::db::Db;
use crate::district::{self, RoundId};
use crate::secret::digest;
use crate::surveys::{self, Document, Intent};
use crate::tally::{CommentFacet, Facet};
use crate::themes::{Coded, Coding, Index};

/// Gathers the evidence for a union of themes.
pub fn weigh(
    index: &Index,
    db: &mut Db,
    round: &RoundId,
    coding: &Coding,
    coded: &Coded,
    themes: &[String],
) -> QueryResult<Evidence> {
    let union = coded.union(themes.iter().map(String::as_str));
    let voices = index.tally.voices_of(&union);
    let mut asked = RoaringBitmap::new();
    let mut sources = Vec::new();
    for (document, here) in asked_by_survey(index, db, round)? {
        sources.push(SourceCount {
            survey: document.slug,
            title: document.title,
            unit: document.unit,
            named: here.intersection_len(&voices),
            asked: here.len(),
        });
        asked |= here;
    }
    let ids: Vec<CommentId> = {
        let mut ids: Vec<CommentId> = union
            .iter()
            .filter_map(|ordinal| index.tally.comment(ordinal))
            .map(|row| row.id.clone())
            .collect();
        ids.sort_unstable();
        ids
    };
    Ok(Evidence {
        change: index.tally.seen(),
        codebook: coding.version,
        themes: themes
            .iter()
            .map(|key| theme_evidence(index, coding, coded, key))
            .collect(),
        score: score(&by_group(index, db, &voices, &asked)?),
        sources,
        tables: index.tally.tables_of(&union),
        votes: votes_on(db, &ids)?,
        comments_digest: comments_digest(db, &ids)?,
        comments: ids,
    })
}

/// A round's voices that were asked an open question, by survey.
pub(super) fn asked_by_survey(
    index: &Index,
    db: &mut Db,
    round: &RoundId,
) -> QueryResult<Vec<(Document, RoaringBitmap)>> {
    let mut asked = Vec::new();
    for survey in surveys::in_round(db, round)? {
        let Some(revision) = surveys::latest_revision(db, &survey.id)? else {
            continue;
        };
        let document = revision.document.0;
        let open = document
            .open_items()
            .fold(RoaringBitmap::new(), |set, item| {
                set | index.tally.voices(&Facet::Asked(item.key.clone()))
            });
        let here = open & index.tally.voices(&Facet::Survey(survey.id));
        asked.push((document, here));
    }
    Ok(asked)
}

fn theme_evidence(index: &Index, coding: &Coding, coded: &Coded, key: &str) -> ThemeEvidence {
    let comments = coded.theme(key);
    let name = coding
        .codebook
        .themes
        .iter()
        .find(|theme| theme.key == key)
        .map(|theme| theme.name.clone());
    let by_asked = Intent::ALL.iter().map(|intent| {
        let asked = comments & index.tally.comments(&CommentFacet::Intent(*intent));
        (*intent, index.tally.voices_of(&asked).len())
    });
    ThemeEvidence {
        key: key.to_owned(),
        name: name.unwrap_or_default(),
        voices: index.tally.voices_of(comments).len(),
        comments: comments.len(),
        by_asked: by_asked.filter(|(_, voices)| *voices > 0).collect(),
    }
}

/// For each group: how many named the priority, and how many were asked. The empty key is for people without a group. A
/// person in several groups counts once, in the first of them.
fn by_group(
    index: &Index,
    db: &mut Db,
    voices: &RoaringBitmap,
    asked: &RoaringBitmap,
) -> QueryResult<BTreeMap<String, (u64, u64)>> {
    let mut counts = BTreeMap::new();
    let mut rest = asked.clone();
    for group in district::groups(db)? {
        let members = index.tally.voices(&Facet::Group(group.key.clone()));
        let here = &rest & members;
        rest -= members;
        counts.insert(group.key, (here.intersection_len(voices), here.len()));
    }
    counts.insert(String::new(), (rest.intersection_len(voices), rest.len()));
    counts.retain(|_, (_, asked)| *asked > 0);
    Ok(counts)
}

/// A digest of ids and texts. If a comment behind a decision changes, the digest no longer matches.
fn comments_digest(db: &mut Db, ids: &[CommentId]) -> QueryResult<String> {
    let mut lines = String::new();
    for (id, text) in comments::texts(db, ids)? {
        lines.push_str(id.as_str());
        lines.push(' ');
        lines.push_str(&digest(text));
        lines.push('\n');
    }
    Ok(digest(lines))
}
