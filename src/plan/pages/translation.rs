//! The plan's texts in one language: what is missing, and the download and upload of the sheet for translators.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::page_of;
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district;
use crate::error::{Error, Result};
use crate::plan::store;
use crate::plan::translation::PlanTexts;
use crate::sheet::Sheet;
use crate::sheet::translation::{self, LineFault, Refused, Row};
use crate::web::form::{Fields, FormState};
use crate::web::languages::own_name;
use crate::web::{CSV, Page, attachment, flash};

/// A plan in one language, text by text.
#[derive(Debug, Serialize)]
pub(crate) struct PlanTranslationPage {
    /// The address of the plan.
    plan: String,
    tag: String,
    name: String,
    /// The district's main language.
    source: String,
    source_tag: String,
    rows: Vec<PlanLine>,
    missing: usize,
    form: FormState,
    faults: Vec<LineFault>,
}

/// One text and its translation.
#[derive(Clone, Debug, Serialize)]
struct PlanLine {
    key: String,
    source: String,
    translation: String,
}

impl Page for PlanTranslationPage {
    const TEMPLATE: &'static str = "plan/translation.html";

    fn samples() -> Vec<Self> {
        let row = |key: &str, translation: &str| Row {
            key: key.to_owned(),
            source: "Where we <are>".to_owned(),
            translation: translation.to_owned(),
            stale: false,
            remembers: false,
        };
        let page = |rows| {
            let languages = SheetLanguages {
                source: "en".to_owned(),
                target: "es".to_owned(),
            };
            Self::new("vision-2031", &languages, rows)
        };
        let fault = LineFault {
            line: 3,
            reason: "the plan has no text with the key “<stage>”".to_owned(),
        };
        vec![
            page(Vec::new()),
            page(vec![row("stage 1", "Dónde estamos"), row("stage 2", "")]),
            page(vec![row("stage 1", "Dónde estamos")]),
            Self {
                form: FormState::default().with("sheet", "key,en,es\n</textarea>"),
                faults: vec![fault],
                ..page(vec![row("stage 1", ""), row("stage 2", "")])
            },
        ]
    }
}

/// The round and language that a request is about.
#[derive(Deserialize)]
pub(super) struct PlanLanguage {
    round: String,
    language: String,
}

/// The district's main language and one of its other languages.
struct SheetLanguages {
    source: String,
    target: String,
}

impl SheetLanguages {
    /// The language in the address, if people read the plan in it.
    fn of(viewer: &Viewer<permission::Plan>, place: &PlanLanguage) -> Result<Self> {
        let mut offered = viewer.visit.asked_languages().into_iter();
        let source = offered.next().ok_or(Error::NotFound)?;
        let target = offered.find(|tag| *tag == place.language);
        let target = target.ok_or(Error::NotFound)?;
        Ok(Self { source, target })
    }

    fn columns(&self) -> [&str; 3] {
        translation::columns(&self.source, &self.target)
    }
}

impl PlanTranslationPage {
    fn new(round: &str, languages: &SheetLanguages, rows: Vec<Row>) -> Self {
        let line = |row: Row| PlanLine {
            key: row.key,
            source: row.source,
            translation: row.translation,
        };
        let rows: Vec<PlanLine> = rows.into_iter().map(line).collect();
        let missing = rows.iter().filter(|row| row.translation.trim().is_empty());
        Self {
            plan: page_of(round),
            tag: languages.target.clone(),
            name: own_name(&languages.target).to_owned(),
            source: own_name(&languages.source).to_owned(),
            source_tag: languages.source.clone(),
            missing: missing.count(),
            rows,
            form: FormState::default(),
            faults: Vec::new(),
        }
    }
}

async fn rows(app: &App, round: &str, languages: &SheetLanguages) -> Result<Vec<Row>> {
    let slug = round.to_owned();
    let texts = app.read(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        Ok(store::texts(db, &round.id)?)
    });
    Ok(texts.await?.rows(&languages.source, &languages.target))
}

/// `GET /desk/rounds/{round}/plan/languages/{language}`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PlanLanguage>,
) -> Result<HttpResponse> {
    let languages = SheetLanguages::of(&viewer, &place)?;
    let rows = rows(&app, &place.round, &languages).await?;
    let page = PlanTranslationPage::new(&place.round, &languages, rows);
    viewer.visit.page(&app, &page)
}

/// `GET /desk/rounds/{round}/plan/languages/{language}/sheet.csv`: the sheet for translators
pub(super) async fn sheet(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PlanLanguage>,
) -> Result<HttpResponse> {
    let languages = SheetLanguages::of(&viewer, &place)?;
    let rows = rows(&app, &place.round, &languages).await?;
    let text =
        translation::write(&rows, &languages.source, &languages.target).map_err(Error::internal)?;
    let name = format!("{}-plan-{}.csv", place.round, languages.target);
    // The byte-order mark tells spreadsheets that the file is UTF-8.
    Ok(attachment(name, CSV, format!("\u{feff}{text}")))
}

/// `POST /desk/rounds/{round}/plan/languages/{language}`: uploads a translated sheet
pub(super) async fn take(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PlanLanguage>,
    fields: Fields,
) -> Result<HttpResponse> {
    let languages = SheetLanguages::of(&viewer, &place)?;
    let text = fields.raw("sheet").unwrap_or_default().to_owned();
    let (actor, slug) = (viewer.actor(), place.round.clone());
    let written = app
        .write(move |db| {
            let round = district::round_by_slug(db, &slug)?;
            // Nobody else changes the plan between reading it and saving it.
            district::lock_round(db, &round.id)?;
            let before = store::texts(db, &round.id)?;
            let verdict = match translated(&before, &languages, &text) {
                Ok(after) => {
                    store::save_texts(db, &actor, &before, &after)?;
                    None
                }
                Err(refused) => {
                    let rows = before.rows(&languages.source, &languages.target);
                    Some((refused.into_lines(), languages, rows))
                }
            };
            Ok(verdict)
        })
        .await?;
    let Some((faults, languages, rows)) = written else {
        let to = format!("{}/languages/{}", page_of(&place.round), place.language);
        return Ok(flash(&to, "plan-translated"));
    };
    let page = PlanTranslationPage {
        faults,
        form: FormState::typed(&fields),
        ..PlanTranslationPage::new(&place.round, &languages, rows)
    };
    viewer.visit.again(&app, &page)
}

/// The plan's texts with the translations of a pasted sheet.
fn translated(
    before: &PlanTexts,
    languages: &SheetLanguages,
    text: &str,
) -> Result<PlanTexts, Refused> {
    let wanted = languages.columns();
    let known = before.rows(&languages.source, &languages.target);
    let mut sheet = Sheet::pasted(text, &wanted).map_err(Refused::Sheet)?;
    let read = translation::read(&mut sheet, wanted, "the plan", &known)?;
    let mut after = before.clone();
    after.translate(&languages.target, read);
    Ok(after)
}
