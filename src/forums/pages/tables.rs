//! Chooses or adds a table.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::head::ForumHead;
use crate::accounts::Viewer;
use crate::app::App;
use crate::error::{Error, Result};
use crate::forums::permission::Facilitate;
use crate::forums::store::{self, TableFault};
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// The highest table number, and the most people at a table.
const MOST: i32 = 500;

/// The tables of a forum, and the form to add one.
#[derive(Debug, Serialize)]
pub(crate) struct TablesPage {
    forum: ForumHead,
    tables: Vec<TableRow>,
    form: FormState,
}

#[derive(Clone, Debug, Serialize)]
struct TableRow {
    number: i32,
    present: i32,
    notes: i64,
}

impl Page for TablesPage {
    const TEMPLATE: &'static str = "forums/tables.html";

    fn samples() -> Vec<Self> {
        let page = |tables, form| Self {
            forum: ForumHead::sample(),
            tables,
            form,
        };
        let mut wrong = FormState::default().with("number", "4");
        wrong.fault("number", "Table 4 already exists.");
        wrong.fault("present", "Enter how many people are at the table.");
        let row = TableRow {
            number: 4,
            present: 7,
            notes: 2,
        };
        vec![page(vec![], FormState::default()), page(vec![row], wrong)]
    }
}

/// The page to choose or add a table, with its form in some state.
pub(super) async fn choose(
    app: &App,
    viewer: &Viewer<Facilitate>,
    slug: &str,
    status: StatusCode,
    form: FormState,
) -> Result<HttpResponse> {
    let slug = slug.to_owned();
    let (forum, tables, counts) = app
        .read(move |db| {
            let forum = store::by_slug(db, &slug)?;
            let tables = store::tables(db, &forum.id)?;
            let counts = store::note_counts(db, &forum.id)?;
            Ok((forum, tables, counts))
        })
        .await?;
    let rows = tables.iter().map(|table| TableRow {
        number: table.table_number,
        present: table.present,
        notes: counts.get(&table.id).copied().unwrap_or(0),
    });
    let page = TablesPage {
        forum: ForumHead::of(&forum),
        tables: rows.collect(),
        form,
    };
    viewer.visit.page_as(app, status, &page)
}

/// A whole number from 1 to `MOST`. Otherwise adds an error to its field.
pub(super) fn count(fields: &Fields, name: &str, reason: &str, form: &mut FormState) -> i32 {
    let number = fields.get(name).parse().unwrap_or(0);
    if !(1..=MOST).contains(&number) {
        form.fault(name, reason);
    }
    number
}

pub(super) async fn add(
    app: web::Data<App>,
    viewer: Viewer<Facilitate>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut form = FormState::typed(&fields);
    let number = count(&fields, "number", "Enter the table number.", &mut form);
    let present = count(
        &fields,
        "present",
        "Enter how many people are at the table.",
        &mut form,
    );
    if form.is_right() {
        let (actor, wanted) = (viewer.actor(), slug.clone());
        let added = app
            .write(move |db| {
                let (forum, _) = store::place_of(db, &wanted)?;
                Ok(store::add_table(db, &actor, &forum, number, present)?)
            })
            .await?;
        match added {
            Ok(()) => {
                let table = format!("/desk/forums/{slug}/notes?table={number}");
                return Ok(flash(&table, "table-added"));
            }
            Err(TableFault::Taken(1)) => form.fault(
                "number",
                format!("Table {number} already exists, with 1 person. Open it to change that."),
            ),
            Err(TableFault::Taken(present)) => form.fault(
                "number",
                format!(
                    "Table {number} already exists, with {present} people. Open it to change that."
                ),
            ),
            Err(TableFault::SpokenFor(_)) => {
                return Err(Error::bug("a table without notes is spoken for"));
            }
        }
    }
    choose(&app, &viewer, &slug, StatusCode::UNPROCESSABLE_ENTITY, form).await
}
