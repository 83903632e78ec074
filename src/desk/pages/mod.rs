//! The desk's first page and its languages page.

mod home;
mod home_samples;
mod languages;

use actix_web::web;

use crate::web::Samples;

/// `/desk`, `/desk/languages`, and the actions there.
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/desk").get(home::home))
        .service(web::resource("/desk/languages").get(languages::show))
        .service(web::resource("/desk/languages/{language}/words.txt").get(languages::words))
        .service(web::resource("/desk/languages/{language}/on").post(languages::turn_on))
        .service(web::resource("/desk/languages/{language}/off").post(languages::turn_off));
}

/// The pages of this module with their samples.
pub(super) fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<home::HomePage>(),
        Samples::of::<languages::LanguagesPage>(),
    ]
}
