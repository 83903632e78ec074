//! The pages of forums: the public page with its sign-up form, a person's own seat, and the desk.

mod edit;
mod head;
mod list;
mod note;
mod notes;
mod people_present;
mod seat;
mod show;
mod sign_up;
mod tables;

use actix_web::web;
use serde::Serialize;

use crate::web::Samples;
use crate::web::languages::{direction, own_name};

/// `/f/{forum}`, `/seat`, `/desk/forums`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/f/{forum}")
            .get(sign_up::show)
            .post(sign_up::submit),
    )
    .route("/seat", web::get().to(seat::show))
    .route("/seat/cancel", web::post().to(seat::cancel))
    .route("/seat/{token}", web::get().to(seat::open));
    cfg.service(
        web::resource("/desk/forums")
            .get(list::show)
            .post(edit::add),
    )
    .route("/desk/forums/new", web::get().to(edit::blank))
    .route("/desk/forums/{forum}", web::get().to(show::show))
    .service(
        web::resource("/desk/forums/{forum}/edit")
            .get(edit::show)
            .post(edit::change),
    )
    .service(
        web::resource("/desk/forums/{forum}/notes")
            .get(notes::show)
            .post(notes::add),
    )
    .service(
        web::resource("/desk/forums/{forum}/notes/{note}")
            .get(note::show)
            .post(note::correct),
    )
    .route(
        "/desk/forums/{forum}/notes/{note}/withdraw",
        web::post().to(note::withdraw),
    )
    .route(
        "/desk/forums/{forum}/notes/{note}/restore",
        web::post().to(note::restore),
    )
    .route("/desk/forums/{forum}/tables", web::post().to(tables::add))
    .route(
        "/desk/forums/{forum}/tables/{table}",
        web::post().to(people_present::change),
    );
}

/// A language by its own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct LanguageName {
    tag: String,
    name: String,
    dir: &'static str,
}

impl LanguageName {
    fn of(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            name: own_name(tag).to_owned(),
            dir: direction(tag),
        }
    }

    fn all(tags: &[String]) -> Vec<Self> {
        tags.iter().map(|tag| Self::of(tag)).collect()
    }
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<sign_up::ForumPage>(),
        Samples::of::<seat::SeatPage>(),
        Samples::of::<list::ForumsPage>(),
        Samples::of::<show::ForumDeskPage>(),
        Samples::of::<edit::ForumFormPage>(),
        Samples::of::<tables::TablesPage>(),
        Samples::of::<notes::NotesPage>(),
        Samples::of::<note::NotePage>(),
    ]
}
