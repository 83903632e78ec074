//! One theme: its rule beside the comments that it catches.

use actix_web::{HttpRequest, HttpResponse, web};

use super::ThemeAddress;
use super::page::build;
use crate::app::App;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::tally::Access;
use crate::themes::coding::selection::Room;
use crate::themes::pages::rows::opened;
use crate::themes::{Coding, Index, codebook_version, latest_codebook};
use crate::web::{Viewer, permission};

pub(in crate::themes::pages) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Code>,
    place: web::Path<ThemeAddress>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let speakers = viewer.may_here::<permission::Rows>();
    let slug = place.round.clone();
    let (account, reach) = (viewer.account.clone(), viewer.reach());
    let page = app
        .view(move |index, db| {
            let room = Room::of(db, &place.round)?;
            let access = Access::of(&account, &reach, &room.round.id).ok_or(Error::Forbidden)?;
            let coding = Coding::of(latest_codebook(db, &room.round.id)?.ok_or(Error::NotFound)?)?;
            let before = if saved_version(&query) == Some(coding.version) {
                caught_before(index, db, &room, &coding, &place.theme)?
            } else {
                None
            };
            let mut page = build(index, db, &room, &coding, &place.theme, &query, &access)?
                .ok_or(Error::NotFound)?;
            page.before = before;
            Ok(page)
        })
        .await?;
    opened(&app, &viewer, &slug, speakers, page.lines.len()).await?;
    viewer.visit.page(&app, &page)
}

/// The version that the form before this page saved.
fn saved_version(query: &str) -> Option<i32> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, version) = pairs.find(|(name, _)| name == "saved")?;
    version.parse().ok()
}

/// What a theme caught under the version before.
fn caught_before(
    index: &Index,
    db: &mut Db,
    room: &Room,
    coding: &Coding,
    theme: &str,
) -> Result<Option<u64>> {
    if coding.version < 2 {
        return Ok(None);
    }
    let before = Coding::of(codebook_version(db, &room.round.id, coding.version - 1)?)?;
    Ok(Some(before.apply(index, &room.round.id).theme(theme).len()))
}
