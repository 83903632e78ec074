//! A new survey: from the example, or a copy of an existing one.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::edit::{EditPage, refuse};
use super::find;
use super::ready::{self, ReadyPage};
use super::start::{current, free_slug, new_faults, round_of};
use crate::accounts::{Viewer, Visit, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::localized::LocalizedText;
use crate::surveys::document::{Document, Unit};
use crate::surveys::faults::Fault;
use crate::surveys::file::{parse_document, write_document};
use crate::surveys::item::Item;
use crate::surveys::kind::{Intent, ItemKind};
use crate::surveys::store;
use crate::web::flash;
use crate::web::form::{Fields, FormState};
use crate::web::languages::FALLBACK;

#[derive(Deserialize)]
pub(super) struct Query {
    from: Option<String>,
    round: Option<String>,
    write: Option<String>,
}

/// `GET /desk/surveys/new`: shows the ready-made surveys. `?from=` copies a survey, `?write` edits the document itself,
/// and `?round=` selects the round.
pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    if query.from.is_none() && query.write.is_none() {
        let page = ReadyPage::new(&viewer, query.round.as_deref())?;
        return viewer.visit.page(&app, &page);
    }
    let (document, round) = match &query.from {
        Some(slug) => {
            let found = find(&app, &viewer, slug).await?;
            let mut document = found.survey.document.0;
            document.slug = app.read(move |db| free_slug(db, &document.slug)).await?;
            (document, Some(found.round.slug))
        }
        None => (starter(&viewer.visit), None),
    };
    let round = query.round.clone().or(round).or_else(|| current(&viewer));
    let text = write_document(&document).map_err(Error::bug)?;
    let form = FormState::default()
        .with("document", &text)
        .with("round", &round.unwrap_or_default());
    let page = EditPage::new(&viewer, None, form);
    viewer.visit.page(&app, &page)
}

/// `POST /desk/surveys/new`: a document, or the name of a ready-made survey to copy
pub(super) async fn add(
    app: web::Data<App>,
    viewer: Viewer<permission::Surveys>,
    fields: Fields,
) -> Result<HttpResponse> {
    if !fields.get("ready").is_empty() {
        return ready::copy(&app, &viewer, &fields).await;
    }
    let again = |faults| {
        let form = FormState::typed(&fields);
        refuse(&app, &viewer, EditPage::new(&viewer, None, form), faults)
    };
    let document = match parse_document(fields.raw("document").unwrap_or_default()) {
        Ok(document) => document,
        Err(reason) => return again(vec![Fault::of_survey(&reason)]),
    };
    let round = match round_of(&viewer, &fields) {
        Ok(round) => round,
        Err(fault) => return again(vec![fault]),
    };
    let (checked, actor) = (document.clone(), viewer.actor());
    let address = format!("/desk/surveys/{}", document.slug);
    let verdict = app
        .write(move |db| {
            let faults = new_faults(db, &checked)?;
            if faults.is_empty() {
                store::insert_draft(db, &actor, &round, &checked)?;
            }
            Ok(faults)
        })
        .await?;
    if !verdict.is_empty() {
        return again(verdict);
    }
    Ok(flash(&address, "survey-drafted"))
}

/// A small survey to start from.
fn starter(visit: &Visit) -> Document {
    let spoken = visit.district.as_ref();
    let languages = spoken.map(|district| district.languages.0.clone());
    let languages = languages.unwrap_or_else(|| vec![FALLBACK.to_owned()]);
    let words = |text: &str| {
        let tag = languages.first().map_or(FALLBACK, String::as_str);
        LocalizedText::one(tag, text)
    };
    let question = |key: &str, intent, label: &str| Item {
        intent: Some(intent),
        ..Item::new(key, ItemKind::Text, words(label))
    };
    Document {
        slug: "survey".to_owned(),
        unit: Unit::Person,
        group: None,
        title: words("What matters for our schools?"),
        intro: words("Who is asking, why, how long it takes, and how responses are kept."),
        thanks: words("What happens next and when."),
        about: crate::surveys::About::default(),
        items: vec![
            question("going-well", Intent::Strength, "What is going well?"),
            question("be-better", Intent::Need, "What should be better?"),
        ],
        machine_drafts: BTreeMap::new(),
        translated_from: BTreeMap::new(),
        languages,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starting_survey_is_valid() {
        assert_eq!(starter(&Visit::plain("en", "/desk", None)).faults(), []);
    }
}
