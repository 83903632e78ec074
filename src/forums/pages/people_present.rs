//! Sets how many people sit at a table.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::notes;
use super::tables::count;
use crate::accounts::Viewer;
use crate::app::App;
use crate::error::{Error, Result};
use crate::forums::permission::Facilitate;
use crate::forums::store::{self, TableFault};
use crate::secret::random_token;
use crate::web::flash;
use crate::web::form::{Fields, FormState};

pub(super) async fn change(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    path: web::Path<(String, i32)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (slug, number) = path.into_inner();
    let mut form = FormState::typed(&fields);
    let present = count(
        &fields,
        "present",
        "Enter how many people are at the table.",
        &mut form,
    );
    if form.is_right() {
        let (actor, wanted) = (viewer.actor(), slug.clone());
        let changed = app
            .write(move |db| {
                let (forum, _) = store::place_of(db, &wanted)?;
                let table = store::table(db, &forum, number)?.ok_or(Error::NotFound)?;
                Ok(store::set_present(db, &actor, &table, present)?)
            })
            .await?;
        match changed {
            Ok(()) => {
                let table = format!("/desk/forums/{slug}/notes?table={number}");
                return Ok(flash(&table, "table-changed"));
            }
            Err(TableFault::SpokenFor(most)) => form.fault(
                "present",
                format!("A note from this table speaks for {most} people. Change that note first."),
            ),
            Err(TableFault::Taken(_)) => return Err(Error::bug("a table took its own number")),
        }
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    notes::page(&app, &viewer, &slug, number, status, form, random_token()?).await
}
