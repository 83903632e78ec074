//! The five stages with their dates.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;

use super::page_of;
use super::show::{PlanPage, STAGES, again};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Json;
use crate::district;
use crate::error::Result;
use crate::localized::LocalizedText;
use crate::plan::model::{Stage, StageId};
use crate::plan::store;
use crate::web::flash;
use crate::web::form::{Fields, LanguageField};

/// A stage as typed: title and dates, or `None` if both dates are empty.
type Typed = (i32, Option<(LocalizedText, NaiveDate, NaiveDate)>);

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let stages = (1..)
        .zip(STAGES)
        .map(|(number, name)| read(&fields, number, name));
    let (read, faults): (Vec<_>, Vec<_>) = stages.partition(Result::is_ok);
    if !faults.is_empty() {
        let faults = faults.into_iter().filter_map(Result::err).collect();
        let languages = viewer.visit.asked_languages();
        let typed = |page: &mut PlanPage| show_typed(page, &fields, &languages);
        return again(&app, &viewer, round.into_inner(), faults, typed).await;
    }
    let (actor, slug) = (viewer.actor(), round.clone());
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        // A translation sheet that is saved at the same time waits, so neither overwrites the other.
        district::lock_round(db, &round.id)?;
        for (stage, typed) in read.into_iter().filter_map(Result::ok) {
            let Some((title, starts_on, ends_on)) = typed else {
                store::delete_stage(db, &actor, &round.id, stage)?;
                continue;
            };
            let stage = Stage {
                id: StageId::new(),
                round_id: round.id.clone(),
                stage,
                title: Json(title),
                starts_on,
                ends_on,
            };
            store::save_stage(db, &actor, &stage)?;
        }
        Ok(())
    })
    .await?;
    let to = format!("{}#stages", page_of(&round));
    Ok(flash(&to, "plan-saved"))
}

fn read(fields: &Fields, number: i32, name: &str) -> Result<Typed, String> {
    let typed = |field: &str| fields.get(&format!("{field}.{number}"));
    let day = |field: &str| typed(field).parse::<NaiveDate>();
    if typed("starts_on").is_empty() && typed("ends_on").is_empty() {
        return Ok((number, None));
    }
    let (Ok(starts_on), Ok(ends_on)) = (day("starts_on"), day("ends_on")) else {
        return Err(format!(
            "Stage {number} needs a start date and an end date, such as 2026-09-01."
        ));
    };
    if ends_on < starts_on {
        return Err(format!("Stage {number} ends before it starts."));
    }
    let mut title = fields.localized(&format!("title.{number}"));
    if title.is_empty() {
        title = LocalizedText::one("en", name);
    }
    Ok((number, Some((title, starts_on, ends_on))))
}

fn show_typed(page: &mut PlanPage, fields: &Fields, languages: &[String]) {
    page.wrong = Some("stages".to_owned());
    for stage in &mut page.stages {
        let typed = |field: &str| fields.get(&format!("{field}.{}", stage.number));
        let title = fields.localized(&format!("title.{}", stage.number));
        (stage.starts_on, stage.ends_on) =
            (typed("starts_on").to_owned(), typed("ends_on").to_owned());
        stage.title = LanguageField::all(&title, languages);
    }
}
