//! `/desk/surveys/{survey}/paper/{batch}`: entry of one sheet after another, and the list of sheets so far.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::counts::{MarkRow, mark_rows, sample_rows};
use super::survey::{BatchHeader, OpenedBatch, PaperSurvey, tongues};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::comments::Status;
use crate::db::Paging;
use crate::error::{Error, Result};
use crate::responses::intake::WHOLE_FORM;
use crate::responses::pages::asked;
use crate::responses::paper::entry::{new_sheet, typed_again};
use crate::responses::paper::faults::SheetFault;
use crate::responses::paper::marks::Mark;
use crate::responses::paper::reading::{SheetFaults, read};
use crate::responses::paper::store::{self, SheetLine, Typed};
use crate::responses::questions::{Coded, Entered, coded};
use crate::secret::random_token;
use crate::web::form::Fields;
use crate::web::{Page, flash, see_other, unkept};

/// One batch.
#[derive(Debug, Serialize)]
pub(crate) struct BatchPage {
    batch: BatchHeader,
    /// The form for the next sheet. `None` while the batch is closed.
    entry: Option<EntryForm>,
    /// The number of the sheet that was just stored.
    stored: Option<i32>,
    /// The number of the sheet that this form already stored with different answers.
    differs: Option<i32>,
    /// Whether the viewer can reopen the batch.
    may_open: bool,
    sheets: Vec<PaperSheetRow>,
    paging: Paging,
    marks: Vec<MarkRow>,
    /// How many of its sheets count.
    counted: usize,
}

/// The entry form of a sheet.
#[derive(Debug, Serialize)]
pub(super) struct EntryForm {
    /// The number it has or will get.
    pub(super) sheet: i32,
    pub(super) questions: Vec<Coded>,
    /// The languages that a text can be in: tag and name.
    pub(super) tongues: Vec<(String, String)>,
    /// Identifies repeated submissions of this form.
    pub(super) submission: String,
    /// What is wrong with the sheet as a whole.
    pub(super) whole: Option<String>,
    /// Whether it was checked without being stored, and nothing is wrong.
    pub(super) looks_right: bool,
    pub(super) wrong: usize,
}

/// A sheet in the list.
#[derive(Debug, Serialize)]
pub(super) struct PaperSheetRow {
    sheet: i32,
    answers: usize,
    blank: usize,
    two_marks: usize,
    unclear: usize,
    not_asked: usize,
    removed: bool,
}

impl PaperSheetRow {
    fn new(line: &SheetLine) -> Self {
        let count = |mark| line.marks.values().filter(|one| one.mark == mark).count();
        Self {
            sheet: line.sheet,
            answers: line.answers,
            blank: count(Mark::Blank),
            two_marks: count(Mark::TwoMarks),
            unclear: count(Mark::Unclear),
            not_asked: count(Mark::NotAsked),
            removed: line.status == Status::Withdrawn,
        }
    }
}

impl EntryForm {
    pub(super) fn new(
        opened: &OpenedBatch,
        spoken: &[String],
        sheet: i32,
        submission: String,
        entered: &Entered,
    ) -> Self {
        let OpenedBatch {
            batch,
            document,
            places,
        } = opened;
        Self {
            sheet,
            questions: coded(document, places, &batch.language, entered),
            tongues: tongues(document, spoken),
            submission,
            whole: None,
            looks_right: false,
            wrong: entered.faults.len(),
        }
    }

    /// What was typed, with what is wrong with it.
    pub(super) fn again(
        opened: &OpenedBatch,
        spoken: &[String],
        sheet: i32,
        (fields, faults): (&Fields, &SheetFaults),
    ) -> Self {
        let submission = fields.get("_submission").to_owned();
        let entered = typed_again(fields, faults);
        Self {
            whole: faults.get(WHOLE_FORM).map(SheetFault::in_words),
            looks_right: faults.is_empty(),
            ..Self::new(opened, spoken, sheet, submission, &entered)
        }
    }

    pub(super) fn sample(entered: &Entered) -> Self {
        let (document, places) = crate::responses::samples::kinds();
        Self {
            sheet: 13,
            questions: coded(&document, &places, "es", entered),
            tongues: tongues(&document, &[]),
            submission: "9f2c".to_owned(),
            whole: None,
            looks_right: false,
            wrong: entered.faults.len(),
        }
    }
}

impl Page for BatchPage {
    const TEMPLATE: &'static str = "responses/paper/batch.html";

    fn samples() -> Vec<Self> {
        let page = |closed| Self {
            batch: BatchHeader::sample(closed),
            entry: (!closed).then(|| EntryForm::sample(&Entered::default())),
            stored: None,
            differs: None,
            may_open: true,
            sheets: Vec::new(),
            paging: Paging::new(None, 0),
            marks: Vec::new(),
            counted: 0,
        };
        let row = |sheet, removed| PaperSheetRow {
            sheet,
            answers: 14,
            blank: 2,
            two_marks: 1,
            unclear: 0,
            not_asked: 1,
            removed,
        };
        let entered = Entered {
            typed: [("rides".to_owned(), vec!["7 <b>".to_owned()])].into(),
            unclear: vec!["one-word".to_owned()],
            languages: [("one-word".to_owned(), "en".to_owned())].into(),
            faults: [("rides".to_owned(), "No answer <here>.".to_owned())].into(),
        };
        let wrong = Self {
            entry: Some(EntryForm {
                whole: Some("You haven’t entered anything yet.".to_owned()),
                ..EntryForm::sample(&entered)
            }),
            differs: Some(12),
            ..page(false)
        };
        let right = Self {
            entry: Some(EntryForm {
                looks_right: true,
                ..EntryForm::sample(&Entered::default())
            }),
            ..page(false)
        };
        let full = Self {
            stored: Some(12),
            sheets: vec![row(12, false), row(11, true)],
            paging: Paging::new(None, 120),
            marks: sample_rows(),
            counted: 11,
            ..page(false)
        };
        vec![page(false), wrong, right, full, page(true)]
    }
}

type Path = web::Path<(String, String)>;

/// `GET /desk/surveys/{survey}/paper/{batch}`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let found = PaperSurvey::survey(&app, &viewer, &path.0).await?;
    let opened = found.batch(&app, &path.1).await?;
    let number = |name| asked(&request, name).and_then(|text| text.parse::<i64>().ok());
    let stored = number("stored").and_then(|number| i32::try_from(number).ok());
    let spoken = viewer.visit.asked_languages();
    let entry = opened
        .batch
        .closed_at
        .is_none()
        .then(random_token)
        .transpose()?;
    let entry = entry.map(|token| {
        let next = opened.batch.last_sheet + 1;
        EntryForm::new(&opened, &spoken, next, token, &Entered::default())
    });
    let stored = stored.filter(|sheet| (1..=opened.batch.last_sheet).contains(sheet));
    let mut page = page(&app, &found, &opened, entry, number("page")).await?;
    page.stored = stored;
    viewer.visit.page(&app, &page).map(unkept)
}

/// `POST /desk/surveys/{survey}/paper/{batch}`: stores a sheet; with `look` only checks it
pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = PaperSurvey::survey(&app, &viewer, &path.0).await?;
    let opened = found.batch(&app, &path.1).await?;
    let spoken = viewer.visit.asked_languages();
    let next = opened.batch.last_sheet + 1;
    let again = |faults: &SheetFaults| EntryForm::again(&opened, &spoken, next, (&fields, faults));
    let sheet = match read(&opened.document, &opened.places, &fields) {
        Ok(sheet) => sheet,
        Err(faults) => {
            let page = page(&app, &found, &opened, Some(again(&faults)), None).await?;
            return viewer.visit.again(&app, &page).map(unkept);
        }
    };
    let none = SheetFaults::new();
    if !fields.get("_look").is_empty() {
        let page = page(&app, &found, &opened, Some(again(&none)), None).await?;
        return viewer.visit.page(&app, &page).map(unkept);
    }
    if fields.get("_submission").is_empty() {
        return Err(Error::Invalid(
            "The form doesn’t say which sheet it is for. Open the batch again.".to_owned(),
        ));
    }
    let of_form = (&fields, app.clock.now());
    let round = &found.survey.round_id;
    let new = new_sheet(&opened.batch, round, &opened.document, sheet, of_form);
    let actor = viewer.actor();
    let outcome = app
        .write(move |db| Ok(store::store_sheet(db, &actor, &new)?))
        .await?;
    let address = address(&found, &opened);
    match outcome {
        Typed::Stored(sheet) => Ok(see_other(&format!("{address}?stored={sheet}"))),
        Typed::Closed => Ok(flash(&address, "paper-batch-closed")),
        Typed::Differs(sheet) => {
            let mut page = page(&app, &found, &opened, Some(again(&none)), None).await?;
            page.differs = Some(sheet);
            // Turn what was typed into the next sheet.
            if let Some(entry) = &mut page.entry {
                entry.looks_right = false;
                entry.submission = random_token()?;
            }
            let status = StatusCode::CONFLICT;
            viewer.visit.page_as(&app, status, &page).map(unkept)
        }
    }
}

/// `POST /desk/surveys/{survey}/paper/{batch}/close`
pub(super) async fn close(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
) -> Result<HttpResponse> {
    let found = PaperSurvey::survey(&app, &viewer, &path.0).await?;
    let opened = found.batch(&app, &path.1).await?;
    let (actor, id) = (viewer.actor(), opened.batch.id.clone());
    app.write(move |db| Ok(store::set_closed(db, &actor, &id, Some(actor.at))?))
        .await?;
    Ok(flash(&address(&found, &opened), "paper-closed"))
}

/// `POST /desk/surveys/{survey}/paper/{batch}/open`: reopens the batch
pub(super) async fn open(
    app: web::Data<App>,
    viewer: Viewer<permission::Paper>,
    path: Path,
) -> Result<HttpResponse> {
    let found = PaperSurvey::survey(&app, &viewer, &path.0).await?;
    let opened = found.batch(&app, &path.1).await?;
    if !found.asking.may_begin(found.plans) {
        return Err(Error::Forbidden);
    }
    let (actor, id) = (viewer.actor(), opened.batch.id.clone());
    app.write(move |db| Ok(store::set_closed(db, &actor, &id, None)?))
        .await?;
    Ok(flash(&address(&found, &opened), "paper-opened"))
}

/// The URL of a batch.
pub(super) fn address(found: &PaperSurvey, opened: &OpenedBatch) -> String {
    format!(
        "/desk/surveys/{}/paper/{}",
        found.survey.slug, opened.batch.id
    )
}

async fn page(
    app: &App,
    found: &PaperSurvey,
    opened: &OpenedBatch,
    entry: Option<EntryForm>,
    page: Option<i64>,
) -> Result<BatchPage> {
    let id = opened.batch.id.clone();
    let ((paging, lines), marks) = app
        .read(move |db| Ok((store::lines(db, &id, page)?, store::marks_in(db, &id)?)))
        .await?;
    Ok(BatchPage {
        batch: BatchHeader::of(&found.survey, &opened.batch),
        entry,
        stored: None,
        differs: None,
        may_open: found.asking.may_begin(found.plans),
        sheets: lines.iter().map(PaperSheetRow::new).collect(),
        paging,
        counted: marks.len(),
        marks: if marks.is_empty() {
            Vec::new()
        } else {
            mark_rows(&opened.document, &store::tallied(&marks))
        },
    })
}
