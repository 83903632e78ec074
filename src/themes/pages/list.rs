//! A round's themes with their counts.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use roaring::RoaringBitmap;
use serde::Serialize;

use super::coded_round::{CodedRound, look_at};
use super::coverage::{Coverage, coverage};
use super::ledger::readable;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Db;
use crate::error::Result;
use crate::surveys::Intent;
use crate::tally::{Chips, CommentFacet, Gauge, Tables, percent};
use crate::themes::coding::selection::Selection;
use crate::themes::engine::codebook::Theme;
use crate::themes::{Index, Live};
use crate::web::Page;

/// The page of all themes.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ThemesPage {
    base: String,
    version: Option<i32>,
    chips: Chips,
    /// Whether the address had filters on the speaker, which this viewer may not use.
    left_out: bool,
    /// Comments in the selection with content.
    comments: u64,
    /// Comments in no theme.
    uncovered: u64,
    covered_share: u64,
    non_answers: u64,
    coverage: Vec<Coverage>,
    voices: u64,
    intents: Vec<IntentHead>,
    themes: Vec<ThemeLine>,
}

/// An intent, as a column.
#[derive(Debug, Serialize)]
struct IntentHead {
    key: &'static str,
    heading: &'static str,
}

impl IntentHead {
    fn of(intent: Intent) -> Self {
        Self {
            key: intent.as_str(),
            heading: intent.heading(),
        }
    }
}

#[derive(Debug, Serialize)]
struct ThemeLine {
    key: String,
    name: String,
    part: bool,
    voices: Gauge,
    comments: u64,
    by_asked: Vec<u64>,
    tables: Option<Tables>,
}

impl Page for ThemesPage {
    const TEMPLATE: &'static str = "themes/list.html";

    fn samples() -> Vec<Self> {
        let line = ThemeLine {
            key: "getting-around".to_owned(),
            name: "Getting around".to_owned(),
            part: false,
            voices: Gauge::exact(84, 379),
            comments: 97,
            by_asked: vec![3, 90],
            tables: Some(Tables {
                tables: 3,
                at_least: 14,
            }),
        };
        let full = Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            version: Some(3),
            chips: Chips::sample(),
            left_out: true,
            comments: 700,
            uncovered: 70,
            covered_share: 90,
            non_answers: 40,
            coverage: Coverage::samples(),
            voices: 379,
            intents: [Intent::Strength, Intent::Need].map(IntentHead::of).into(),
            themes: vec![line],
        };
        vec![
            Self {
                base: "/desk/rounds/vision-2031".to_owned(),
                ..Self::default()
            },
            full,
        ]
    }
}

/// `GET /desk/rounds/{round}/themes`
pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Code>,
    round: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let asked = Selection::from_query(request.query_string());
    let page = look_at(
        &live,
        &viewer,
        round.into_inner(),
        move |round, index, db| build(&round, index, db, &asked),
    )
    .await?;
    viewer.visit.page(&app, &page)
}

fn build(
    round: &CodedRound,
    index: &Index,
    db: &mut Db,
    asked_for: &Selection,
) -> Result<ThemesPage> {
    let selection = &readable(round.access, asked_for);
    let (base, coded) = (round.desk.base.clone(), &round.coded);
    let all = round.comments(index, db, selection)?;
    let Some(coding) = &round.coding else {
        return Ok(ThemesPage {
            base,
            comments: all.len(),
            ..ThemesPage::default()
        });
    };
    let chips = round.chips(index, db, selection, None, &BTreeMap::new())?;
    let said = &all & &coded.comments;
    let covered = &said & &coded.covered;
    let voices = index.tally.voices_of(&all).len();
    let asked: Vec<Intent> = Intent::ALL
        .iter()
        .copied()
        .filter(|intent| !all.is_disjoint(index.tally.comments(&CommentFacet::Intent(*intent))))
        .collect();
    let themes = coding.codebook.themes.iter();
    let mut themes: Vec<ThemeLine> = themes
        .map(|theme| {
            let set = coded.theme(&theme.key) & &all;
            let gauge = Gauge {
                href: Some(format!("{base}/themes/{}{}", theme.key, chips.query)),
                ..Gauge::exact(index.tally.voices_of(&set).len(), voices)
            };
            ThemeLine::new(index, theme, gauge, &set, &asked)
        })
        .collect();
    themes.sort_by(|a, b| {
        b.voices
            .count
            .cmp(&a.voices.count)
            .then_with(|| a.key.cmp(&b.key))
    });
    Ok(ThemesPage {
        version: Some(coding.version),
        left_out: selection != asked_for,
        chips,
        comments: said.len(),
        uncovered: said.len() - covered.len(),
        covered_share: percent(covered.len(), said.len()),
        non_answers: all.len() - said.len(),
        coverage: coverage(index, &said, &covered),
        voices,
        intents: asked.iter().copied().map(IntentHead::of).collect(),
        themes,
        base,
    })
}

impl ThemeLine {
    fn new(
        index: &Index,
        theme: &Theme,
        voices: Gauge,
        comments: &RoaringBitmap,
        asked: &[Intent],
    ) -> Self {
        let tables = index.tally.tables_of(comments);
        let by_asked = asked.iter().map(|intent| {
            let said = comments & index.tally.comments(&CommentFacet::Intent(*intent));
            index.tally.voices_of(&said).len()
        });
        Self {
            key: theme.key.clone(),
            name: theme.name.get("en").0.to_owned(),
            part: theme.parent.is_some(),
            voices,
            comments: comments.len(),
            by_asked: by_asked.collect(),
            tables: (tables.tables > 0).then_some(tables),
        }
    }
}
