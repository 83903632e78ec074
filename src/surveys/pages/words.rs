//! Edits the wording of a survey with its languages side by side, without showing its document.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::edit::{Verdict, moved_on, put};
use super::{DeskSurvey, SurveyHeader, find, fingerprint};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::Result;
use crate::localized::{LocalizedText, Wording};
use crate::surveys::document::Document;
use crate::surveys::faults::Fault;
use crate::surveys::model::State;
use crate::web::form::Fields;
use crate::web::languages::{FALLBACK, direction, own_name};
use crate::web::{Page, flash};

/// The wording of a survey.
#[derive(Debug, Serialize)]
pub(crate) struct WordsPage {
    survey: SurveyHeader,
    parts: Vec<Part>,
    /// For each language with missing texts: its own name and the fields to fill in.
    missing: Vec<(String, Vec<Gap>)>,
    seen: String,
    faults: Vec<Fault>,
}

/// A group of texts: the survey itself, or one question.
#[derive(Clone, Debug, Serialize)]
struct Part {
    heading: Wording,
    lines: Vec<TextLine>,
}

/// One text.
#[derive(Clone, Debug, Serialize)]
struct TextLine {
    /// What it is, such as `question` or `choice buses`.
    what: String,
    /// Whether it's likely more than a few words.
    is_long: bool,
    fields: Vec<Field>,
}

/// One text in one language.
#[derive(Clone, Debug, Serialize)]
struct Field {
    id: String,
    name: String,
    tag: String,
    language: String,
    dir: &'static str,
    text: String,
    missing: bool,
    stale: bool,
}

/// A field that is still empty.
#[derive(Clone, Debug, Serialize)]
struct Gap {
    id: String,
    what: String,
}

impl Page for WordsPage {
    const TEMPLATE: &'static str = "surveys/words.html";

    fn samples() -> Vec<Self> {
        let field = |tag: &str, text: &str| Field {
            id: format!("w1-{tag}"),
            name: format!("best: question.{tag}"),
            tag: tag.to_owned(),
            language: own_name(tag).to_owned(),
            dir: direction(tag),
            text: text.to_owned(),
            missing: text.is_empty(),
            stale: tag == "es",
        };
        let part = |is_long| Part {
            heading: Wording {
                text: "What goes <well>?".to_owned(),
                lang: None,
            },
            lines: vec![TextLine {
                what: "question".to_owned(),
                is_long,
                fields: vec![
                    field("en", "What goes <well>?"),
                    field("es", "¿Qué \"va\" bien?"),
                    field("ar", ""),
                ],
            }],
        };
        let page = |state, faults| Self {
            survey: SurveyHeader::sample(state),
            parts: vec![part(true)],
            missing: vec![(
                "العربية".to_owned(),
                vec![Gap {
                    id: "w1-ar".to_owned(),
                    what: "best: question".to_owned(),
                }],
            )],
            seen: "9f2c".to_owned(),
            faults,
        };
        let fault = Fault {
            item: Some("best".to_owned()),
            reason: "the question has no words".to_owned(),
        };
        let complete = Self {
            parts: vec![part(false)],
            missing: Vec::new(),
            ..page(State::Draft, Vec::new())
        };
        vec![
            complete,
            page(State::Open, Vec::new()),
            page(State::Draft, vec![fault]),
        ]
    }
}

/// `GET /desk/surveys/{survey}/words`
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let seen = fingerprint(&found.survey.document)?;
    let page = WordsPage::new(found.head(&viewer), &found.survey.document, seen);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/{survey}/words`: saves the wording, complete or not
pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    slug: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let found = find(&app, &viewer, &slug).await?;
    let document = reworded(&found, &fields);
    let seen = fields.get("seen");
    let again = |faults: Vec<Fault>, seen: &str| {
        let head = found.head(&viewer);
        let mut page = WordsPage::new(head, &document, seen.to_owned());
        page.faults = faults;
        viewer.visit.again(&app, &page)
    };
    let verdict = put(&app, &viewer, &found.survey.id, document.clone(), seen).await?;
    match verdict {
        Verdict::MovedOn(there) => again(vec![moved_on()], &there),
        Verdict::Judged(faults) if faults.is_empty() => {
            let missing = !document.missing_words().is_empty();
            let here = format!("/desk/surveys/{}", found.survey.slug);
            Ok(if missing {
                flash(&format!("{here}/words"), "survey-saved")
            } else {
                flash(&here, "survey-saved")
            })
        }
        Verdict::Judged(faults) => again(faults, seen),
    }
}

/// The survey's document with the submitted text. What the form didn't contain stays.
fn reworded(found: &DeskSurvey, fields: &Fields) -> Document {
    let mut document = found.survey.document.0.clone();
    let before: Vec<(String, LocalizedText)> = document
        .wordings()
        .map(|(name, text)| (name, text.clone()))
        .collect();
    for (name, mut text) in before {
        for tag in &document.languages {
            let Some(typed) = fields.raw(&field_name(&name, tag)) else {
                continue;
            };
            match typed.trim() {
                "" => drop(text.0.remove(tag)),
                typed => drop(text.0.insert(tag.clone(), typed.to_owned())),
            }
        }
        document.reword(&name, &text);
    }
    document
}

fn field_name(name: &str, tag: &str) -> String {
    format!("{name}.{tag}")
}

/// Splits the name of a text: the key of its item, if it has one, and what it is.
fn parts_of(name: &str) -> (Option<&str>, &str) {
    match name.split_once(": ") {
        Some((item, what)) => (Some(item), what),
        None => (None, name),
    }
}

impl WordsPage {
    fn new(survey: SurveyHeader, document: &Document, seen: String) -> Self {
        let mut page = Self {
            survey,
            parts: Vec::new(),
            missing: document
                .languages
                .iter()
                .map(|tag| (own_name(tag).to_owned(), Vec::new()))
                .collect(),
            seen,
            faults: Vec::new(),
        };
        let stale: Vec<Vec<String>> = document
            .languages
            .iter()
            .map(|tag| document.stale_words(tag))
            .collect();
        let mut part_of = None;
        for (place, (name, text)) in document.wordings().enumerate() {
            let (item, what) = parts_of(&name);
            if text.is_empty() && !is_expected(what) {
                continue;
            }
            if page.parts.is_empty() || part_of.as_deref() != item {
                let item = item.and_then(|key| document.item(key));
                page.parts.push(Part {
                    heading: item
                        .map_or_else(Wording::default, |item| item.label.wording(FALLBACK)),
                    lines: Vec::new(),
                });
            }
            part_of = item.map(str::to_owned);
            let fields = document.languages.iter().zip(&stale);
            let fields = fields
                .map(|(tag, stale)| Field::new(place, &name, text, tag, stale.contains(&name)));
            page.add(&name, TextLine::new(what, fields.collect()));
        }
        page.missing.retain(|(_, gaps)| !gaps.is_empty());
        page
    }

    /// Adds a text to the last part, and its empty fields to the gaps of their languages.
    fn add(&mut self, name: &str, line: TextLine) {
        for (field, (_, gaps)) in line.fields.iter().zip(&mut self.missing) {
            if field.missing {
                gaps.push(Gap {
                    id: field.id.clone(),
                    what: name.to_owned(),
                });
            }
        }
        if let Some(part) = self.parts.last_mut() {
            part.lines.push(line);
        }
    }
}

/// Whether people expect a field for a text that is still empty. The rest can be added in the document.
fn is_expected(what: &str) -> bool {
    [
        "title", "intro", "thanks", "question", "heading", "help", "text",
    ]
    .contains(&what)
}

impl TextLine {
    fn new(what: &str, fields: Vec<Field>) -> Self {
        Self {
            what: what.to_owned(),
            is_long: !what.starts_with("choice ") && !what.starts_with("row "),
            fields,
        }
    }
}

impl Field {
    fn new(place: usize, name: &str, text: &LocalizedText, tag: &str, stale: bool) -> Self {
        let said = text.0.get(tag).cloned().unwrap_or_default();
        Self {
            id: format!("w{place}-{tag}"),
            name: field_name(name, tag),
            tag: tag.to_owned(),
            language: own_name(tag).to_owned(),
            dir: direction(tag),
            missing: !text.is_empty() && said.trim().is_empty(),
            stale,
            text: said,
        }
    }
}
