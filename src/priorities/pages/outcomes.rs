//! The outcome of every theme, with the reason.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::district;
use crate::error::{Error, Result};
use crate::localized::LocalizedText;
use crate::priorities::model::Outcome;
use crate::priorities::store;
use crate::themes::{Theme, latest_codebook};
use crate::web::form::{Fields, LanguageField};
use crate::web::{Page, flash};

/// The outcomes page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct OutcomesPage {
    base: String,
    themes: Vec<ThemeForm>,
    /// How many themes have no outcome yet.
    missing: usize,
    outcomes: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct ThemeForm {
    key: String,
    name: String,
    outcome: Option<&'static str>,
    reason: Vec<LanguageField>,
    fault: Option<&'static str>,
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
            fault: Some("Enter the reason."),
        };
        let base = "/desk/rounds/vision-2031".to_owned();
        let full = Self {
            base: base.clone(),
            themes: vec![theme("arena", Some("not-ours")), theme("buses", None)],
            missing: 1,
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

async fn page(app: &App, round: String, languages: Vec<String>) -> Result<OutcomesPage> {
    app.read(move |db| {
        let round = district::round_by_slug(db, &round)?;
        let said = store::outcomes(db, &round.id)?;
        let themes = latest_codebook(db, &round.id)?
            .map(|saved| saved.document.0.themes)
            .unwrap_or_default();
        let form = |theme: Theme| {
            let outcome = said.iter().find(|outcome| outcome.theme == theme.key);
            let none = LocalizedText::default();
            let reason = outcome.map_or(&none, |outcome| &outcome.reason.0);
            ThemeForm {
                name: theme.name.get("en").0.to_owned(),
                outcome: outcome.map(|outcome| outcome.outcome.as_str()),
                reason: LanguageField::all(reason, &languages),
                fault: None,
                key: theme.key,
            }
        };
        let themes: Vec<ThemeForm> = themes.into_iter().map(form).collect();
        Ok(OutcomesPage {
            base: format!("/desk/rounds/{}", round.slug),
            missing: themes
                .iter()
                .filter(|theme| theme.outcome.is_none())
                .count(),
            themes,
            outcomes: Outcome::ALL
                .iter()
                .map(|outcome| outcome.as_str())
                .collect(),
        })
    })
    .await
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
) -> Result<HttpResponse> {
    let languages = viewer.visit.asked_languages();
    let page = page(&app, round.into_inner(), languages).await?;
    viewer.visit.page(&app, &page)
}

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let theme = fields.get("theme").to_owned();
    let (outcome, reason) = (
        Outcome::parse(fields.get("outcome")),
        fields.localized("reason"),
    );
    let (Some(outcome), false) = (outcome, reason.is_empty()) else {
        let languages = viewer.visit.asked_languages();
        let mut page = page(&app, round.into_inner(), languages.clone()).await?;
        for form in page.themes.iter_mut().filter(|form| form.key == theme) {
            form.outcome = outcome.map(Outcome::as_str);
            form.reason = LanguageField::all(&reason, &languages);
            form.fault = Some(match outcome {
                Some(_) => "Enter the reason. Everyone who mentioned this theme can read it.",
                None => "Choose an outcome.",
            });
        }
        return viewer.visit.again(&app, &page);
    };
    let (actor, slug, key) = (viewer.actor(), round.clone(), theme.clone());
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        let latest = latest_codebook(db, &round.id)?;
        if latest.is_none_or(|latest| latest.document.theme(&key).is_none()) {
            return Err(Error::Conflict(
                "The codebook no longer has this theme, so it can’t have an outcome.".to_owned(),
            ));
        }
        Ok(store::save_outcome(
            db, &actor, &round.id, &key, outcome, &reason,
        )?)
    })
    .await?;
    Ok(flash(
        &format!("/desk/rounds/{round}/priorities/outcomes#{theme}"),
        "outcome-saved",
    ))
}
