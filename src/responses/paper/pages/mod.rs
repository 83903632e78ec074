//! The public print page, and the desk pages for staff who enter sheets.

mod batch;
mod batches;
mod counts;
mod print;
mod sheet;
mod survey;

use actix_web::web;

use crate::web::Samples;

/// `/s/{slug}/paper`, `/desk/surveys/{survey}/paper` and below
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/s/{slug}/paper", web::get().to(print::show))
        .service(
            web::resource("/desk/surveys/{survey}/paper")
                .get(batches::show)
                .post(batches::begin),
        )
        .service(
            web::resource("/desk/surveys/{survey}/paper/{batch}")
                .get(batch::show)
                .post(batch::save),
        )
        .service(web::resource("/desk/surveys/{survey}/paper/{batch}/close").post(batch::close))
        .service(web::resource("/desk/surveys/{survey}/paper/{batch}/open").post(batch::open))
        .service(
            web::resource("/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}")
                .get(sheet::show)
                .post(sheet::correct),
        )
        .service(
            web::resource("/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}/take-out")
                .post(sheet::take_out),
        )
        .service(
            web::resource("/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}/put-back")
                .post(sheet::put_back),
        );
}

/// Every page here with its samples.
pub(super) fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<print::PrintPage>(),
        Samples::of::<batches::BatchesPage>(),
        Samples::of::<batch::BatchPage>(),
        Samples::of::<sheet::SheetPage>(),
    ]
}
