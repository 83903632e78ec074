//! The page of a survey's results, and the same results as a sheet.

mod answers;
mod build;
mod columns;
mod csv;
mod show;

use actix_web::web;

use crate::accounts::{Permission, Scope, Viewer, permission};
use crate::error::{Error, Result};
use crate::tally::Access;
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

/// A survey's results as a viewer may see them, for what the address asks.
async fn results(
    live: &web::Data<Live>,
    viewer: &Viewer<permission::Counts>,
    slug: String,
    query: &str,
) -> Result<build::Results> {
    let (account, reach) = (viewer.account.clone(), viewer.reach());
    let asked = build::PageQuery::from_query(query);
    live.view_later(move |index, db| {
        let mut found = super::store::find(db, &slug)?;
        let here = Scope::Round(found.round.id.clone());
        let reads = account.reach(permission::Code::ROLES).covers(&here);
        let access = Access::by_people(&account, &reach, &found.round.id).ok_or(Error::NotFound)?;
        // Someone with a grant for one school doesn't see the names of other schools.
        found
            .places
            .schools
            .retain(|school| access.sees_school(&school.key));
        Ok(build::results(&index.tally, found, &access, asked, reads))
    })
    .await
}

/// All pages of this module with their samples.
pub fn samples() -> Vec<Samples> {
    vec![Samples::of::<show::ResultsPage>()]
}
