//! The page of a survey's results, and the same results as a sheet.

mod answers;
mod build;
mod columns;
mod csv;
mod frozen;
mod show;

use actix_web::web;

pub use frozen::FrozenAnswers;

use crate::accounts::{Viewer, permission};
use crate::error::{Error, Result};
use crate::tally::AccessLevel;
use crate::themes::Live;
use crate::web::Samples;

/// `/desk/surveys/{survey}/results`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/desk/surveys/{survey}/results", web::get().to(show::show))
        .route(
            "/desk/surveys/{survey}/results.csv",
            web::get().to(csv::download),
        );
}

/// A survey's results for what the address asks. Returns "not found" to people who don't plan its round.
async fn results(
    live: &web::Data<Live>,
    viewer: &Viewer<permission::Counts>,
    slug: String,
    query: &str,
) -> Result<build::Results> {
    let account = viewer.account.clone();
    let asked = build::PageQuery::from_query(query);
    live.view_later(move |index, db| {
        let found = super::store::find(db, &slug)?;
        match AccessLevel::of(&account, &found.round.id) {
            Some(AccessLevel::Rows) => Ok(build::results(&index.tally, found, asked)),
            Some(AccessLevel::Comments) | None => Err(Error::NotFound),
        }
    })
    .await
}

/// All pages of this module with their samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<show::ResultsPage>()]
}
