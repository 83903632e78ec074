//! One theme: its rule next to the comments that it matches.

use actix_web::{HttpRequest, HttpResponse, web};

use super::ThemeAddress;
use super::page::build;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::themes::pages::coded_round::look_at;
use crate::themes::pages::desk_round::DeskRound;
use crate::themes::pages::rows::record_rows_opened;
use crate::themes::{Coding, Index, Live, codebook_version};

pub(in crate::themes::pages) async fn show(
    app: web::Data<App>,
    live: web::Data<Live>,
    viewer: Viewer<permission::Code>,
    place: web::Path<ThemeAddress>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let query = request.query_string().to_owned();
    let speakers = viewer.may_here::<permission::Rows>();
    let ThemeAddress { round: slug, theme } = place.into_inner();
    let page = look_at(&live, &viewer, slug.clone(), move |round, index, db| {
        let coding = round.coding.as_ref().ok_or(Error::NotFound)?;
        let before = if saved_version(&query) == Some(coding.version) {
            caught_before(index, db, &round.desk, coding, &theme)?
        } else {
            None
        };
        let mut page = build(&round, index, db, &theme, &query)?.ok_or(Error::NotFound)?;
        page.before = before;
        Ok(page)
    })
    .await?;
    record_rows_opened(&app, &viewer, &slug, speakers, page.lines.len()).await?;
    viewer.visit.page(&app, &page)
}

/// The version that the previous page's form saved.
fn saved_version(query: &str) -> Option<i32> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, version) = pairs.find(|(name, _)| name == "saved")?;
    version.parse().ok()
}

/// How many comments a theme had in the previous version.
fn caught_before(
    index: &Index,
    db: &mut Db,
    desk: &DeskRound,
    coding: &Coding,
    theme: &str,
) -> Result<Option<u64>> {
    if coding.version < 2 {
        return Ok(None);
    }
    let before = Coding::of(codebook_version(db, &desk.round.id, coding.version - 1)?)?;
    Ok(Some(before.apply(index, &desk.round.id).theme(theme).len()))
}
