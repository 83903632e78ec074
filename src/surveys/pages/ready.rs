//! Where a new survey starts: copy a ready-made survey or write a document.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::edit::{RoundChoice, taken};
use super::start::{current, free_slug, new_faults, round_of};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::error::Result;
use crate::localized::Wording;
use crate::surveys::document::Document;
use crate::surveys::faults::Fault;
use crate::surveys::{ready, store};
use crate::web::form::Fields;
use crate::web::languages::{FALLBACK, own_name};
use crate::web::{Page, flash};

/// The ready-made surveys.
#[derive(Debug, Serialize)]
pub(crate) struct ReadyPage {
    ready: Vec<Card>,
    belongs_to: Vec<RoundChoice>,
    /// The slug of the selected round.
    chosen: String,
    faults: Vec<Fault>,
}

/// A ready-made survey.
#[derive(Clone, Debug, Serialize)]
struct Card {
    name: String,
    whom: &'static str,
    title: Wording,
    questions: usize,
    /// The headings of its sections.
    sections: Vec<Wording>,
    /// Its languages, each by its own name.
    languages: Vec<(String, String)>,
}

impl Card {
    fn of((whom, survey): (&'static str, Document)) -> Self {
        let sections = survey.items.iter().filter(|item| !item.is_question());
        let tags = survey.languages.iter();
        Self {
            whom,
            title: survey.title.wording(FALLBACK),
            questions: survey.questions().count(),
            sections: sections.map(|item| item.label.wording(FALLBACK)).collect(),
            languages: tags
                .map(|tag| (tag.clone(), own_name(tag).to_owned()))
                .collect(),
            name: survey.slug,
        }
    }
}

impl Page for ReadyPage {
    const TEMPLATE: &'static str = "surveys/ready.html";

    fn samples() -> Vec<Self> {
        let cards = ready::all().unwrap_or_default().into_iter().map(Card::of);
        let page = |faults| Self {
            ready: cards.clone().collect(),
            belongs_to: vec![RoundChoice::sample(), RoundChoice::sample()],
            chosen: "vision-2031".to_owned(),
            faults,
        };
        vec![
            page(Vec::new()),
            page(vec![Fault::of_survey("please choose the <round>")]),
        ]
    }
}

impl ReadyPage {
    pub(super) fn new(viewer: &Viewer<permission::Surveys>, round: Option<&str>) -> Result<Self> {
        let round = round.map(str::to_owned).or_else(|| current(viewer));
        Ok(Self {
            ready: ready::all()?.into_iter().map(Card::of).collect(),
            belongs_to: RoundChoice::all(viewer),
            chosen: round.unwrap_or_default(),
            faults: Vec::new(),
        })
    }
}

/// Copies a ready-made survey as a draft adapted to the district, then redirects to its wording.
pub(super) async fn copy(
    app: &web::Data<App>,
    viewer: &Viewer<permission::Surveys>,
    fields: &Fields,
) -> Result<HttpResponse> {
    let document = ready::of_name(fields.get("ready"))?;
    let again = |faults| {
        let mut page = ReadyPage::new(viewer, Some(fields.get("round")))?;
        page.faults = faults;
        viewer.visit.again(app, &page)
    };
    let round = match round_of(viewer, fields) {
        Ok(round) => round,
        Err(fault) => return again(vec![fault]),
    };
    let spoken = viewer.visit.district.as_ref();
    let spoken = spoken.map(|district| district.languages.0.clone());
    let actor = viewer.actor();
    let verdict = app
        .write(move |db| {
            let places = store::places(db)?;
            let mut document = ready::fitted(document, &places, &spoken.unwrap_or_default());
            if taken(db, &document.slug)?.is_some() {
                document.slug = free_slug(db, &document.slug)?;
            }
            let faults = new_faults(db, &document)?;
            if faults.is_empty() {
                store::insert_draft(db, &actor, &round, &document)?;
            }
            Ok((document.slug, faults))
        })
        .await?;
    match verdict {
        (slug, faults) if faults.is_empty() => Ok(flash(
            &format!("/desk/surveys/{slug}/words"),
            "survey-drafted",
        )),
        (_, faults) => again(faults),
    }
}
