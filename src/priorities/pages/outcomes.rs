//! What came of every theme, with the reason.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::app::App;
use crate::district;
use crate::error::{Error, Result};
use crate::localised::LocalisedText;
use crate::priorities::model::Outcome;
use crate::priorities::store;
use crate::themes::latest_codebook;
use crate::web::form::{Fields, LanguageField};
use crate::web::{Page, Viewer, flash, permission};

/// The page of outcomes.
#[derive(Debug, Default, Serialize)]
pub(crate) struct OutcomesPage {
    base: String,
    themes: Vec<ThemeForm>,
    outcomes: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct ThemeForm {
    key: String,
    name: String,
    outcome: Option<&'static str>,
    reason: Vec<LanguageField>,
}

impl Page for OutcomesPage {
    const TEMPLATE: &'static str = "priorities/outcomes.html";

    fn samples() -> Vec<Self> {
        let reason = || {
            vec![LanguageField {
                tag: "es".to_owned(),
                language: "Español".to_owned(),
                text: "Lo decide la ciudad.".to_owned(),
            }]
        };
        let theme = |key: &str, outcome| ThemeForm {
            key: key.to_owned(),
            name: key.to_owned(),
            outcome,
            reason: reason(),
        };
        let base = "/desk/rounds/vision-2031".to_owned();
        let full = Self {
            base: base.clone(),
            themes: vec![theme("arena", Some("not-ours")), theme("buses", None)],
            outcomes: vec!["priority", "not-ours"],
        };
        vec![
            Self {
                base,
                ..Self::default()
            },
            full,
        ]
    }
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
) -> Result<HttpResponse> {
    let languages = viewer.visit.asked_languages();
    let page = app
        .read(move |db| {
            let round = district::round_by_slug(db, &round)?;
            let said = store::outcomes(db, &round.id)?;
            let themes = latest_codebook(db, &round.id)?
                .map(|saved| saved.document.0.themes)
                .unwrap_or_default();
            let form = |theme: crate::themes::codebook::Theme| {
                let outcome = said.iter().find(|outcome| outcome.theme == theme.key);
                let none = LocalisedText::default();
                let reason = outcome.map_or(&none, |outcome| &outcome.reason.0);
                ThemeForm {
                    name: theme.name.get("en").0.to_owned(),
                    outcome: outcome.map(|outcome| outcome.outcome.as_str()),
                    reason: LanguageField::all(reason, &languages),
                    key: theme.key,
                }
            };
            Ok(OutcomesPage {
                base: format!("/desk/rounds/{}", round.slug),
                themes: themes.into_iter().map(form).collect(),
                outcomes: Outcome::ALL
                    .iter()
                    .map(|outcome| outcome.as_str())
                    .collect(),
            })
        })
        .await?;
    viewer.visit.page(&app, &page)
}

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, slug) = (viewer.actor(), round.clone());
    let theme = fields.get("theme").to_owned();
    let anchor = theme.clone();
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let known = latest_codebook(db, &round.id)?.is_some_and(|saved| saved.document.themes.iter().any(|known| known.key == theme));
        let outcome = Outcome::parse(fields.get("outcome"));
        let reason = fields.localised("reason");
        match outcome {
            Some(outcome) if known && !reason.is_empty() => Ok(store::save_outcome(db, &actor, &round.id, &theme, outcome, &reason)?),
            _ => Err(Error::Invalid("An outcome needs its theme, one of the four outcomes, and the reason in words: people who named it will read it.".to_owned())),
        }
    })
    .await?;
    Ok(flash(
        &format!("/desk/rounds/{round}/priorities/outcomes#{anchor}"),
        "outcome-saved",
    ))
}
