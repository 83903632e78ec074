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
use crate::web::Visit;
use crate::web::languages::{direction, own_name};

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

#[cfg(test)]
mod tests {
    use crate::web::samples::{render, render_at_desk};

    #[test]
    fn every_sample_of_every_page_renders() {
        for pages in [
            render::<super::public::ForumPage>(),
            render::<super::seat::SeatPage>(),
            render_at_desk::<super::list::ForumsPage>(),
            render_at_desk::<super::show::ForumDeskPage>(),
            render_at_desk::<super::edit::ForumFormPage>(),
            render_at_desk::<super::tables::TablesPage>(),
            render_at_desk::<super::notes::NotesPage>(),
            render_at_desk::<super::note::NotePage>(),
        ] {
            assert!(!pages.is_empty());
        }
    }
}
