//! What changed between two codebook versions: the comments that moved.

use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::codebook::somebody;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Db;
use crate::district::LocalTime;
use crate::error::{Error, Result};
use crate::themes::Live;
use crate::themes::codebook_version;
use crate::themes::coding::moves::ThemeMoves;
use crate::themes::coding::selection::{ANY_THEME, Moved, Selection, moves_between};
use crate::themes::pages::desk_round::DeskRound;
use crate::themes::store::author;
use crate::web::Page;

/// The page of changes between two versions.
#[derive(Debug, Serialize)]
pub(crate) struct ChangesPage {
    base: String,
    before: VersionPart,
    after: VersionPart,
    /// Comments that moved into or out of any theme.
    moved: u64,
    /// The themes with comments that moved.
    themes: Vec<MovesLine>,
    /// The same for being in any theme at all.
    covered: MovesLine,
}

#[derive(Debug, Serialize)]
struct VersionPart {
    version: i32,
    note: String,
    saved_by: String,
    /// In the district's time zone.
    saved_at: NaiveDateTime,
}

#[derive(Debug, Serialize)]
struct MovesLine {
    name: String,
    /// `None` if the theme isn't in that version.
    before: Option<u64>,
    after: Option<u64>,
    entered: u64,
    left: u64,
    /// The queries for the comments that entered and left, starting with `?`.
    to_entered: String,
    to_left: String,
}

impl MovesLine {
    fn of(moves: &ThemeMoves, key: &str, before: i32, after: i32) -> Self {
        let query = |entered| {
            let moved = Moved {
                before,
                after,
                entered,
                theme: key.to_owned(),
            };
            Selection {
                moved: Some(moved),
                ..Selection::default()
            }
            .to_query()
        };
        Self {
            name: moves.name.clone(),
            before: moves.before,
            after: moves.after,
            entered: moves.entered.len(),
            left: moves.left.len(),
            to_entered: query(true),
            to_left: query(false),
        }
    }
}

impl Page for ChangesPage {
    const TEMPLATE: &'static str = "themes/changes.html";

    fn samples() -> Vec<Self> {
        let version = |version| VersionPart {
            version,
            note: "after <the> forum".to_owned(),
            saved_by: "Ana Ruiz".to_owned(),
            saved_at: NaiveDateTime::default(),
        };
        let line = |before, after| MovesLine {
            name: "Buses & <roads>".to_owned(),
            before,
            after,
            entered: 12,
            left: 1,
            to_entered: "?moved=1.2.entered.buses".to_owned(),
            to_left: "?moved=1.2.left.buses".to_owned(),
        };
        let page = |moved, themes| Self {
            base: "/desk/rounds/vision-2031".to_owned(),
            before: version(1),
            after: version(2),
            moved,
            themes,
            covered: line(Some(700), Some(711)),
        };
        vec![
            page(0, Vec::new()),
            page(
                13,
                vec![
                    line(Some(84), Some(95)),
                    line(None, Some(12)),
                    line(Some(1), None),
                ],
            ),
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct ChangesAddress {
    round: String,
    before: String,
    after: String,
}

/// `GET /desk/rounds/{round}/codebook/changes/{before}/{after}`
pub(super) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Code>,
    place: web::Path<ChangesAddress>,
) -> Result<HttpResponse> {
    let local_time = viewer.visit.local_time();
    let page = live
        .view_later(move |index, db| {
            let version = |text: &str| text.parse::<i32>().map_err(|_| Error::NotFound);
            let (before, after) = (version(&place.before)?, version(&place.after)?);
            let desk = DeskRound::of(db, &place.round)?;
            let found = moves_between(index, db, &desk.round.id, before, after)?;
            let still = |theme: &&ThemeMoves| !theme.is_still();
            let line = |theme: &ThemeMoves| MovesLine::of(theme, &theme.key, before, after);
            Ok(ChangesPage {
                before: part(db, &desk, before, local_time)?,
                after: part(db, &desk, after, local_time)?,
                moved: found.moved().len(),
                themes: found.themes.iter().filter(still).map(line).collect(),
                covered: MovesLine::of(&found.covered, ANY_THEME, before, after),
                base: desk.base,
            })
        })
        .await?;
    viewer.visit.page(&app, &page)
}

/// Who saved a version, and when.
fn part(db: &mut Db, desk: &DeskRound, version: i32, local_time: LocalTime) -> Result<VersionPart> {
    let saved = codebook_version(db, &desk.round.id, version)?;
    Ok(VersionPart {
        version,
        saved_by: author(db, &saved)?.unwrap_or_else(somebody),
        saved_at: local_time.at(saved.saved_at),
        note: saved.document.0.note,
    })
}
