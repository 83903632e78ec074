//! The translation of a survey into one language: what is missing or stale, and the download and upload of the sheet.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{DeskSurvey, SurveyHeader, find};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::sheet::Sheet;
use crate::surveys::document::{Document, source_mark};
use crate::surveys::given::DistrictText;
use crate::surveys::model::State;
use crate::surveys::translation::{
    LineFault, Refused, Returned, Row, columns, is_target, rows, take_sheet, write_sheet,
};
use crate::surveys::{life, store};
use crate::web::form::{Fields, FormState};
use crate::web::languages::own_name;
use crate::web::{CSV, Page, attachment, flash};

/// The longest reviewer name, in characters.
const LONGEST_NAME: usize = 200;

/// A survey in one language, text by text.
#[derive(Debug, Serialize)]
pub(crate) struct TranslationPage {
    survey: SurveyHeader,
    tag: String,
    name: String,
    /// The source language.
    source: String,
    source_tag: String,
    rows: Vec<TranslationLine>,
    missing: usize,
    stale: usize,
    /// For a machine translation, who reviewed it. Empty if nobody has.
    read_by: Option<String>,
    form: FormState,
    faults: Vec<LineFault>,
}

#[derive(Clone, Debug, Serialize)]
struct TranslationLine {
    key: String,
    source: String,
    translation: String,
    stale: bool,
}

impl From<Row> for TranslationLine {
    fn from(row: Row) -> Self {
        Self {
            key: row.key,
            source: row.source,
            translation: row.translation,
            stale: row.stale,
        }
    }
}

impl Page for TranslationPage {
    const TEMPLATE: &'static str = "surveys/translation.html";

    fn samples() -> Vec<Self> {
        let line = |translation: &str, stale| TranslationLine {
            key: "best: question".to_owned(),
            source: "What goes <well>?".to_owned(),
            translation: translation.to_owned(),
            stale,
        };
        let page = |state, rows: Vec<TranslationLine>, read_by: Option<&str>| Self {
            survey: SurveyHeader::sample(state),
            tag: "ar".to_owned(),
            name: "العربية".to_owned(),
            source: "English".to_owned(),
            source_tag: "en".to_owned(),
            missing: rows.iter().filter(|row| row.translation.is_empty()).count(),
            stale: rows.iter().filter(|row| row.stale).count(),
            rows,
            read_by: read_by.map(str::to_owned),
            form: FormState::default().with("sheet", "key,en,ar\n</textarea>"),
            faults: Vec::new(),
        };
        let fault = LineFault {
            line: 3,
            reason: "the survey has no wording “<heading>”".to_owned(),
        };
        vec![
            page(State::Draft, vec![line("", false)], None),
            page(State::Open, vec![line("ماذا؟", true)], Some("")),
            Self {
                faults: vec![fault],
                ..page(State::Draft, vec![line("ماذا؟", false)], Some("Samira"))
            },
            page(State::Closed, vec![line("ماذا؟", false)], None),
        ]
    }
}

/// The survey and language that a request is about.
#[derive(Deserialize)]
pub(super) struct TranslationAddress {
    survey: String,
    language: String,
}

/// `GET /desk/surveys/{survey}/languages/{language}`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::SeeSurveys>,
    place: web::Path<TranslationAddress>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &place.survey).await?;
    let page = TranslationPage::new(found.head(&viewer), &found, &place.language)?;
    viewer.visit.page(&app, &page)
}

/// `GET /desk/surveys/{survey}/languages/{language}/sheet.csv`: the sheet for translators
pub(super) async fn sheet(
    app: web::Data<App>,
    viewer: Viewer<permission::SeeSurveys>,
    place: web::Path<TranslationAddress>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &place.survey).await?;
    let language = known(&found, &place.language)?;
    let text =
        write_sheet(&found.survey.document, &found.given(), language).map_err(Error::internal)?;
    let name = format!("{}-{language}.csv", found.survey.slug);
    // The byte-order mark tells spreadsheets that the file is UTF-8.
    Ok(attachment(name, CSV, format!("\u{feff}{text}")))
}

/// `POST /desk/surveys/{survey}/languages/{language}`: uploads a translated sheet
pub(super) async fn take(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    place: web::Path<TranslationAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &place.survey).await?;
    let language = known(&found, &place.language)?.to_owned();
    let text = fields.raw("sheet").unwrap_or_default().to_owned();
    let by_machine = !fields.get("by_machine").is_empty();
    let (actor, id) = (viewer.actor(), found.survey.id.clone());
    let verdict = app
        .write(move |db| {
            // Read and change under one lock, so that changes by another planner aren't lost.
            let survey = store::locked(db, &id)?;
            let given = DistrictText::of(&survey.document, &store::places(db)?);
            match taken(&survey.document, &given, &language, &text, by_machine) {
                Ok(returned) => {
                    life::take_translation(db, &actor, &id, &language, &returned)?;
                    Ok(Ok(returned.district.is_empty()))
                }
                Err(faults) => Ok(Err(faults)),
            }
        })
        .await?;
    let faults = match verdict {
        Ok(true) => return Ok(flash(&address(&place), "translation-applied")),
        Ok(false) => return Ok(flash(&address(&place), "translation-applied-district")),
        Err(faults) => faults,
    };
    let mut page = TranslationPage::new(found.head(&viewer), &found, &place.language)?;
    page.faults = faults;
    page.form = FormState::typed(&fields);
    viewer.visit.again(&app, &page)
}

/// `POST /desk/surveys/{survey}/languages/{language}/still-right`: confirms that a stale translation also fits the new
/// sentence
pub(super) async fn still_right(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    place: web::Path<TranslationAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let key = fields.get("key").to_owned();
    change(&app, &viewer, &place, move |document, language| {
        let source = document.languages.first().cloned().unwrap_or_default();
        let sentence = document
            .wordings()
            .find(|(name, _)| *name == key)
            .and_then(|(_, text)| text.0.get(&source).cloned());
        let marks = document.translated_from.get_mut(language);
        if let (Some(sentence), Some(marks)) = (sentence, marks) {
            marks.insert(key, source_mark(&sentence));
        }
    })
    .await?;
    Ok(flash(&address(&place), "translation-applied"))
}

/// `POST /desk/surveys/{survey}/languages/{language}/read`: records who reviewed a machine translation
pub(super) async fn read(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    place: web::Path<TranslationAddress>,
    fields: Fields,
) -> Result<HttpResponse> {
    let reader = fields.get("reader").to_owned();
    let length = reader.chars().count();
    if length == 0 || length > LONGEST_NAME {
        let found = find(&app, &viewer, &place.survey).await?;
        let mut page = TranslationPage::new(found.head(&viewer), &found, &place.language)?;
        page.form.fault(
            "reader",
            format!("Enter who reviewed it, in at most {LONGEST_NAME} characters."),
        );
        return viewer.visit.again(&app, &page);
    }
    change(&app, &viewer, &place, move |document, language| {
        if let Some(read_by) = document.machine_drafts.get_mut(language) {
            *read_by = reader;
        }
    })
    .await?;
    Ok(flash(&address(&place), "translation-reviewed"))
}

async fn change(
    app: &web::Data<App>,
    viewer: &Viewer<permission::Surveys>,
    place: &TranslationAddress,
    change: impl FnOnce(&mut Document, &str) + Send + 'static,
) -> Result<()> {
    let found = find(app, viewer, &place.survey).await?;
    let language = known(&found, &place.language)?.to_owned();
    let (actor, id) = (viewer.actor(), found.survey.id);
    app.write(move |db| {
        let mut document = store::locked(db, &id)?.document.0;
        change(&mut document, &language);
        life::change(db, &actor, &id, &document)
    })
    .await
}

fn taken(
    document: &Document,
    given: &DistrictText,
    language: &str,
    text: &str,
    by_machine: bool,
) -> std::result::Result<Returned, Vec<LineFault>> {
    Sheet::pasted(text, &columns(document, language))
        .map_err(Refused::Sheet)
        .and_then(|mut sheet| take_sheet(document, given, language, &mut sheet, by_machine))
        .map_err(Refused::into_lines)
}

/// The language in the URL, if the survey can be translated into it.
fn known<'a>(found: &DeskSurvey, language: &'a str) -> Result<&'a str> {
    if is_target(&found.survey.document, language) {
        Ok(language)
    } else {
        Err(Error::NotFound)
    }
}

fn address(place: &TranslationAddress) -> String {
    format!(
        "/desk/surveys/{}/languages/{}",
        place.survey, place.language
    )
}

impl TranslationPage {
    fn new(survey: SurveyHeader, found: &DeskSurvey, language: &str) -> Result<Self> {
        let language = known(found, language)?;
        let document = &found.survey.document;
        let source = document.languages.first().map_or("en", String::as_str);
        let rows: Vec<TranslationLine> = rows(document, &found.given(), language)
            .into_iter()
            .map(TranslationLine::from)
            .collect();
        Ok(Self {
            survey: SurveyHeader {
                manage: survey.manage && survey.state != State::Closed,
                ..survey
            },
            tag: language.to_owned(),
            name: own_name(language).to_owned(),
            source: own_name(source).to_owned(),
            source_tag: source.to_owned(),
            missing: rows
                .iter()
                .filter(|row| row.translation.trim().is_empty())
                .count(),
            stale: rows.iter().filter(|row| row.stale).count(),
            rows,
            read_by: document.machine_drafts.get(language).cloned(),
            form: FormState::default(),
            faults: Vec::new(),
        })
    }
}
