//! The pages of results for schools: what school staff read, and where a planner releases it.

mod release;
mod show;
mod survey;

use std::collections::BTreeSet;

use actix_web::web;

use crate::accounts::{Scope, Viewer, permission::SchoolResults};
use crate::district::Round;
use crate::error::{Error, Result};
use crate::results::FrozenClass;
use crate::web::Samples;

/// `/desk/rounds/{round}/schools/…`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/desk/rounds/{round}/schools", web::get().to(show::show))
        .service(
            web::resource("/desk/rounds/{round}/schools/release")
                .get(release::show)
                .post(release::submit),
        )
        .route(
            "/desk/rounds/{round}/schools/release/{survey}",
            web::get().to(release::preview),
        )
        .route(
            "/desk/rounds/{round}/schools/release/{edition}/take-back",
            web::post().to(release::take_back),
        )
        .route(
            "/desk/rounds/{round}/schools/{survey}",
            web::get().to(survey::show),
        )
        .route(
            "/desk/rounds/{round}/schools/{survey}/results.csv",
            web::get().to(survey::download),
        );
}

/// Which schools a viewer reads about; `None` for all.
type Own = Option<BTreeSet<String>>;

/// The schools that a viewer's grants cover in a round. Returns "forbidden" if they cover nothing of it.
fn own_schools(viewer: &Viewer<SchoolResults>, round: &Round) -> Result<Own> {
    let reach = viewer.reach();
    if reach.covers(&Scope::Round(round.id.clone())) {
        return Ok(None);
    }
    let own = reach.only_schools().unwrap_or_default();
    if own.is_empty() {
        return Err(Error::Forbidden);
    }
    Ok(Some(own.into_iter().map(str::to_owned).collect()))
}

/// Whether a viewer reads about a class of schools.
fn shows(own: &Own, class: &FrozenClass) -> bool {
    own.as_ref()
        .is_none_or(|own| class.keys.iter().any(|key| own.contains(key)))
}

/// All pages of this module with their samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<show::SchoolResultsPage>(),
        Samples::of::<survey::SchoolSurveyPage>(),
        Samples::of::<release::ReleasePage>(),
    ]
}
