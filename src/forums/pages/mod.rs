//! The pages of forums: the public page with its sign-up form, somebody's own seat, and what the desk sees.

mod edit;
mod list;
mod note;
mod notes;
mod public;
mod seat;
mod show;
mod tables;

use actix_web::web;
use chrono::NaiveDateTime;
use serde::Serialize;

use super::model::Forum;
use crate::app::App;
use crate::district::District;
use crate::web::languages::{direction, own_name};
use crate::web::{Samples, Visit};

/// `/f/{forum}`, `/seat`, `/desk/forums`
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/f/{forum}")
            .get(public::show)
            .post(public::submit),
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
        web::post().to(tables::change),
    );
}

/// When a forum takes place, in the district's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct When {
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    same_day: bool,
}

impl When {
    pub(super) fn of(forum: &Forum) -> Self {
        Self {
            starts_at: forum.starts_at,
            ends_at: forum.ends_at,
            same_day: forum.starts_at.date() == forum.ends_at.date(),
        }
    }

    /// A Tuesday evening, for samples.
    pub(super) fn sample() -> Self {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 8).unwrap_or_default();
        Self {
            starts_at: day.and_hms_opt(18, 0, 0).unwrap_or_default(),
            ends_at: day.and_hms_opt(19, 30, 0).unwrap_or_default(),
            same_day: true,
        }
    }
}

/// A language as it is named in itself.
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

/// What the clocks on the district's walls say.
fn local_now(app: &App, visit: &Visit) -> NaiveDateTime {
    let zone = visit.district.as_ref().map(District::zone);
    app.clock.local(zone.unwrap_or(chrono_tz::UTC))
}

/// Every page here with its samples.
pub fn samples() -> Vec<Samples> {
    vec![
        Samples::of::<public::ForumPage>(),
        Samples::of::<seat::SeatPage>(),
        Samples::of::<list::ForumsPage>(),
        Samples::of::<show::ForumDeskPage>(),
        Samples::of::<edit::ForumFormPage>(),
        Samples::of::<tables::TablesPage>(),
        Samples::of::<notes::NotesPage>(),
        Samples::of::<note::NotePage>(),
    ]
}
