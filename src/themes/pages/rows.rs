//! A comment as a page shows it: its text with highlighted matches, and what we know about it.

use std::collections::BTreeMap;

use diesel::QueryResult;
use serde::Serialize;

use super::chips::source_name;
use crate::accounts::{Permission, Viewer};
use crate::app::App;
use crate::audit;
use crate::comments::{CommentId, LedgerRow, Source, Status, ledger};
use crate::db::Db;
use crate::district::{self, RoundId};
use crate::error::Result;
use crate::tally;
use crate::themes::protection::identity::{self, Known};
use crate::themes::protection::safety;
use crate::themes::text::marks::segments;
use crate::themes::{Coded, Coding, Index, Language};
use crate::web::languages::direction;

/// A comment on a staff page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CommentLine {
    pub(super) id: String,
    /// The text, split into highlighted and other pieces.
    pub(super) words: Vec<MarkedPiece>,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) intent: &'static str,
    /// Where it was said: a survey's title or a forum's table.
    pub(super) place: String,
    /// For a table's note, how many people it speaks for.
    pub(super) speaks_for: Option<i32>,
    /// Group and schools, for viewers with row access.
    pub(super) speaker: Vec<String>,
    pub(super) themes: Vec<ThemeLink>,
    pub(super) released: bool,
    pub(super) released_by: Option<String>,
    pub(super) set_aside: Option<String>,
    /// Possible safety concerns, with the matching words.
    pub(super) help: Vec<Hint>,
    /// What may identify somebody.
    pub(super) telling: Vec<Hint>,
}

/// Why staff should look at a comment, with the matching words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Hint {
    pub(super) what: &'static str,
    pub(super) words: String,
}

/// A piece of a comment's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct MarkedPiece {
    pub(super) text: String,
    pub(super) marked: bool,
}

/// A theme that a comment is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ThemeLink {
    pub(super) key: String,
    pub(super) name: String,
}

/// Data that's read once for a page of comments.
pub(super) struct LineLookup {
    said: tally::Names,
    accounts: BTreeMap<String, String>,
    /// Known names and places to look for in comments.
    known: Known,
    speakers: bool,
}

impl LineLookup {
    /// Reads the names that a round's comments need. `speakers` says whether the viewer has row access.
    pub(super) fn read(db: &mut Db, round: &RoundId, speakers: bool) -> QueryResult<Self> {
        let accounts = crate::accounts::list(db)?
            .into_iter()
            .map(|account| (account.id.to_string(), account.name));
        let accounts: BTreeMap<String, String> = accounts.collect();
        let mut places: Vec<String> = Vec::new();
        for school in district::schools(db)? {
            places.extend(school.name.0.0.into_values());
        }
        if let Some(district) = district::current(db)? {
            places.extend(district.name.0.0.into_values());
        }
        places.extend(district::round_by_id(db, round)?.place.0.0.into_values());
        let known = Known::new(
            accounts.values().map(String::as_str),
            places.iter().map(String::as_str),
        );
        Ok(Self {
            said: tally::Names::read(db, round)?,
            accounts,
            known,
            speakers,
        })
    }
}

/// The comments with these ids, in id order. Highlights the words that `marking` matches: one theme, or any of them.
pub(super) fn lines(
    index: &Index,
    db: &mut Db,
    lookup: &LineLookup,
    ids: &[CommentId],
    coding: Option<(&Coding, &Coded)>,
    marking: Option<&str>,
) -> QueryResult<Vec<CommentLine>> {
    let rows = ledger(db, ids)?;
    Ok(rows
        .into_iter()
        .map(|row| line(index, lookup, row, coding, marking))
        .collect())
}

fn line(
    index: &Index,
    lookup: &LineLookup,
    row: LedgerRow,
    coding: Option<(&Coding, &Coded)>,
    marking: Option<&str>,
) -> CommentLine {
    let LedgerRow {
        comment,
        group,
        schools,
    } = row;
    let ordinal = index.tally.ordinal(&comment.id);
    let language = ordinal.map(|ordinal| index.language(ordinal));
    let themes = theme_links(ordinal, coding);
    let marked: Vec<&str> = match marking {
        Some(key) => vec![key],
        None => themes.iter().map(|theme| theme.key.as_str()).collect(),
    };
    let words = marked_words(&comment.text, language, coding.map(|it| it.0), &marked);
    let place = match (&comment.survey_id, comment.source) {
        (Some(survey), _) => lookup.said.of("survey", survey.as_str()),
        (None, source) => source_name(source).to_owned(),
    };
    let mut speaker = Vec::new();
    if lookup.speakers {
        speaker.extend(group.map(|key| lookup.said.of("group", &key)));
        speaker.extend(schools.iter().map(|key| lookup.said.of("school", key)));
    }
    let written =
        |span: std::ops::Range<usize>| comment.text.get(span).unwrap_or_default().to_owned();
    let hint = |what, span| Hint {
        what,
        words: written(span),
    };
    let signs = safety::signs(&comment.text).into_iter();
    let help = signs.map(|sign| hint(sign.concern.name(), sign.span));
    let flags = identity::flags(&comment.text, &lookup.known).into_iter();
    let telling = flags.map(|flag| hint(flag.kind.name(), flag.span));
    let (help, telling) = (help.collect(), telling.collect());
    let lang = language.map_or_else(|| comment.language.clone(), |language| language.to_string());
    CommentLine {
        id: comment.id.to_string(),
        words,
        dir: direction(&lang),
        lang,
        intent: comment.intent.heading(),
        place,
        speaks_for: (comment.source == Source::Note).then_some(comment.speaks_for),
        speaker,
        themes,
        released: comment.released_at.is_some(),
        released_by: comment
            .released_by
            .and_then(|id| lookup.accounts.get(id.as_str()).cloned()),
        set_aside: (comment.status == Status::SetAside).then_some(comment.status_reason),
        help,
        telling,
    }
}

/// The themes that a comment is in.
fn theme_links(ordinal: Option<u32>, coding: Option<(&Coding, &Coded)>) -> Vec<ThemeLink> {
    let (Some(ordinal), Some((coding, coded))) = (ordinal, coding) else {
        return Vec::new();
    };
    let themes = coding.codebook.themes.iter();
    themes
        .filter(|theme| coded.theme(&theme.key).contains(ordinal))
        .map(|theme| ThemeLink {
            key: theme.key.clone(),
            name: theme.name.get("en").0.to_owned(),
        })
        .collect()
}

/// A comment's text, highlighting what these themes' rules match.
fn marked_words(
    text: &str,
    language: Option<Language>,
    coding: Option<&Coding>,
    themes: &[&str],
) -> Vec<MarkedPiece> {
    let mut spans = Vec::new();
    if let (Some(coding), Some(language)) = (coding, language) {
        for theme in themes.iter().filter_map(|key| coding.theme(key)) {
            spans.extend(theme.rule.spans(text, language));
        }
    }
    let pieces = segments(text, &merged(spans)).into_iter();
    pieces
        .map(|piece| MarkedPiece {
            text: piece.text.to_owned(),
            marked: piece.marked,
        })
        .collect()
}

/// Records in the audit log that somebody saw who said what: the round, and how many rows.
pub(super) async fn record_rows_opened<P: Permission>(
    app: &App,
    viewer: &Viewer<P>,
    round: &str,
    speakers: bool,
    rows: usize,
) -> Result<()> {
    if !speakers || rows == 0 {
        return Ok(());
    }
    let (actor, round) = (viewer.actor(), round.to_owned());
    app.write(move |db| {
        Ok(audit::record(
            db,
            &actor,
            "rows.opened",
            "round",
            &round,
            &rows,
        )?)
    })
    .await
}

/// Merges the spans of several themes into one sorted list without overlaps.
fn merged(mut spans: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<std::ops::Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The ids of one page of a set, in id order, which is the same on every node.
pub(super) fn page_of(index: &Index, set: &roaring::RoaringBitmap, offset: i64) -> Vec<CommentId> {
    let mut ids: Vec<&CommentId> = set
        .iter()
        .filter_map(|ordinal| index.tally.comment(ordinal))
        .map(|row| &row.id)
        .collect();
    ids.sort_unstable();
    let offset = usize::try_from(offset).unwrap_or(0);
    let size = usize::try_from(crate::db::PAGE_SIZE).unwrap_or(50);
    ids.into_iter().skip(offset).take(size).cloned().collect()
}

/// A comment for page samples.
pub(super) fn sample() -> CommentLine {
    CommentLine {
        id: "0f8a".to_owned(),
        words: vec![
            MarkedPiece {
                text: "The ".to_owned(),
                marked: false,
            },
            MarkedPiece {
                text: "bus".to_owned(),
                marked: true,
            },
            MarkedPiece {
                text: " is late <again>.".to_owned(),
                marked: false,
            },
        ],
        lang: "es".to_owned(),
        dir: "ltr",
        intent: "Needs",
        place: "Family survey".to_owned(),
        speaks_for: None,
        speaker: vec!["Families".to_owned(), "Oak Elementary".to_owned()],
        themes: vec![ThemeLink {
            key: "getting-around".to_owned(),
            name: "Getting around".to_owned(),
        }],
        released: true,
        released_by: Some("Ana Ruiz".to_owned()),
        set_aside: None,
        help: vec![Hint {
            what: "violence",
            words: "<kill> them".to_owned(),
        }],
        telling: vec![Hint {
            what: "a name",
            words: "Ana & Bo".to_owned(),
        }],
    }
}
