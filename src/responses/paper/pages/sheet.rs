//! `/desk/surveys/{survey}/paper/{batch}/sheets/{sheet}`: a sheet that was entered, to correct it or take it out.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::batch::{EntryForm, address};
use super::survey::{BatchHeader, OpenedBatch, PaperSurvey};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::comments::Status;
use crate::error::{Error, Result};
use crate::responses::paper::entry::{new_sheet, stored_again};
use crate::responses::paper::reading::{SheetFaults, read};
use crate::responses::paper::store::{self, Typed};
use crate::responses::questions::Entered;
use crate::web::form::Fields;
use crate::web::{Page, flash, see_other, unkept};

/// One sheet.
#[derive(Debug, Serialize)]
pub(crate) struct SheetPage {
    batch: BatchHeader,
    entry: EntryForm,
    removed: bool,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "responses/paper/sheet.html";

    fn samples() -> Vec<Self> {
        let page = |closed, removed| Self {
            batch: BatchHeader::sample(closed),
            entry: EntryForm::sample(&Entered::default()),
            removed,
        };
        vec![page(false, false), page(false, true), page(true, false)]
    }
}

type Path = web::Path<(String, String, String)>;

/// `GET …/sheets/{sheet}`; the audit log records readers who did not start the batch
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
) -> Result<HttpResponse> {
    let (found, opened) = find(&app, &viewer, &path).await?;
    let (id, number) = (opened.batch.id.clone(), number_of(&path)?);
    let stored = app
        .read(move |db| Ok(store::sheet(db, &id, number)?))
        .await?;
    let stored = stored.ok_or(Error::NotFound)?;
    let actor = viewer.actor();
    if opened.batch.started_by != actor.account {
        let id = opened.batch.id.clone();
        app.write(move |db| Ok(store::opened(db, &actor, &id, number)?))
            .await?;
    }
    let entered = stored_again(&opened.document, &opened.places, &stored);
    let spoken = viewer.visit.asked_languages();
    let page = SheetPage {
        batch: BatchHeader::of(&found.survey, &opened.batch),
        entry: EntryForm::new(&opened, &spoken, number, String::new(), &entered),
        removed: stored.response.status == Status::Withdrawn,
    };
    viewer.visit.page(&app, &page).map(unkept)
}

/// `POST …/sheets/{sheet}`: replaces what was entered before
pub(super) async fn correct(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
    fields: Fields,
) -> Result<HttpResponse> {
    let (found, opened) = find(&app, &viewer, &path).await?;
    let number = number_of(&path)?;
    let sheet = read(&opened.document, &opened.places, &fields);
    let (sheet, faults) = match sheet {
        Ok(sheet) if fields.get("_look").is_empty() => (Some(sheet), SheetFaults::new()),
        Ok(_) => (None, SheetFaults::new()),
        Err(faults) => (None, faults),
    };
    let Some(sheet) = sheet else {
        let spoken = viewer.visit.asked_languages();
        let page = SheetPage {
            batch: BatchHeader::of(&found.survey, &opened.batch),
            entry: EntryForm::again(&opened, &spoken, number, (&fields, &faults)),
            removed: false,
        };
        let status = if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        return viewer.visit.page_as(&app, status, &page).map(unkept);
    };
    let of_form = (&fields, app.clock.now());
    let round = &found.survey.round_id;
    let new = new_sheet(&opened.batch, round, &opened.document, sheet, of_form);
    let actor = viewer.actor();
    let outcome = app
        .write(move |db| Ok(store::correct_sheet(db, &actor, number, &new)?))
        .await?;
    let address = address(&found, &opened);
    match outcome {
        Typed::Closed => Ok(flash(&address, "paper-batch-closed")),
        Typed::Stored(sheet) | Typed::Differs(sheet) => {
            Ok(see_other(&format!("{address}?stored={sheet}")))
        }
    }
}

/// `POST …/sheets/{sheet}/take-out`: takes the sheet out of every count until it's put back
pub(super) async fn take_out(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
) -> Result<HttpResponse> {
    set_counted(&app, &viewer, &path, false).await
}

/// `POST …/sheets/{sheet}/put-back`: counts the sheet again
pub(super) async fn put_back(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
) -> Result<HttpResponse> {
    set_counted(&app, &viewer, &path, true).await
}

async fn set_counted(
    app: &App,
    viewer: &Viewer<permission::Paper>,
    path: &Path,
    counted: bool,
) -> Result<HttpResponse> {
    let (found, opened) = find(app, viewer, path).await?;
    let (actor, id, number) = (viewer.actor(), opened.batch.id.clone(), number_of(path)?);
    let done = app
        .write(move |db| Ok(store::set_counted(db, &actor, &id, number, counted)?))
        .await?;
    let news = match (done, counted) {
        (false, _) => "paper-batch-closed",
        (true, true) => "paper-restored",
        (true, false) => "paper-removed",
    };
    Ok(flash(&address(&found, &opened), news))
}

/// The sheet number in the URL. Returns "not found" if it isn't a number.
fn number_of(path: &Path) -> Result<i32> {
    path.2.parse().map_err(|_| Error::NotFound)
}

async fn find(
    app: &App,
    viewer: &Viewer<permission::Paper>,
    path: &Path,
) -> Result<(PaperSurvey, OpenedBatch)> {
    let found = PaperSurvey::survey(app, viewer, &path.0).await?;
    let opened = found.batch(app, &path.1).await?;
    Ok((found, opened))
}
