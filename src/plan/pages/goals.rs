//! Goals, each drafted from a priority: measure, baseline, target, and target year.

use actix_web::{HttpResponse, web};

use super::show::{PlanPage, again};
use super::{PartAddress, page_of};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Json;
use crate::district;
use crate::error::Result;
use crate::plan::model::{Goal, GoalId};
use crate::plan::store;
use crate::priorities::{self, Priority};
use crate::web::flash;
use crate::web::form::{Fields, LanguageField};

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, slug, typed) = (viewer.actor(), round.clone(), fields.clone());
    let added = GoalId::from(fields.row_id(&app.secret, "goal")?);
    let faults = app
        .write(move |db| {
            let round = district::round_by_slug(db, &slug)?;
            // Two people who add a goal at the same time must get different keys.
            district::lock_round(db, &round.id)?;
            let priorities = priorities::in_round(db, &round.id)?;
            let there = store::goals(db, &round.id)?;
            match read(&typed, added, &priorities, &there) {
                Ok(goal) => store::save_goal(db, &actor, &goal)?,
                Err(faults) => return Ok(faults),
            }
            Ok(Vec::new())
        })
        .await?;
    if faults.is_empty() {
        let to = format!("{}#goals", page_of(&round));
        return Ok(flash(&to, "plan-saved"));
    }
    let languages = viewer.visit.asked_languages();
    let typed = |page: &mut PlanPage| show_typed(page, &fields, &languages);
    again(&app, &viewer, round.into_inner(), faults, typed).await
}

/// Reads a goal from its form, or lists everything that's missing. `added` is the goal's id if the form adds it.
fn read(
    fields: &Fields,
    added: GoalId,
    priorities: &[Priority],
    there: &[Goal],
) -> Result<Goal, Vec<String>> {
    let (title, measure) = (fields.localized("title"), fields.localized("measure"));
    let (baseline, target) = (fields.get("baseline"), fields.get("target"));
    let priority = priorities
        .iter()
        .find(|priority| priority.key == fields.get("priority"));
    let year = fields.get("year").parse().ok();
    let year = year.filter(|year| (2000..=2100).contains(year));
    let needs = [
        (priority.is_none(), "Choose a priority for the goal."),
        (title.is_empty(), "Enter a title for the goal."),
        (measure.is_empty(), "Enter how the goal is measured."),
        (
            baseline.is_empty(),
            "Enter the baseline with its unit, or “not measured yet.”",
        ),
        (target.is_empty(), "Enter the target with its unit."),
        (year.is_none(), "Enter the target year, such as 2029."),
    ];
    let faults = needs.iter().filter(|(missing, _)| *missing);
    let faults: Vec<String> = faults.map(|(_, need)| (*need).to_owned()).collect();
    let (Some(priority), Some(year), true) = (priority, year, faults.is_empty()) else {
        return Err(faults);
    };
    let same = there
        .iter()
        .find(|goal| goal.id.as_str() == fields.get("id") || goal.id == added);
    Ok(Goal {
        id: same.map_or(added, |goal| goal.id.clone()),
        round_id: priority.round_id.clone(),
        priority_id: priority.id.clone(),
        key: same.map_or_else(|| free_key(there), |goal| goal.key.clone()),
        position: same.map_or_else(
            || i32::try_from(there.len()).unwrap_or(i32::MAX),
            |goal| goal.position,
        ),
        title: Json(title),
        measure: Json(measure),
        baseline: baseline.to_owned(),
        target: target.to_owned(),
        target_year: year,
    })
}

/// The first unused key of the form `goal-3`.
fn free_key(goals: &[Goal]) -> String {
    let mut keys = (1..=goals.len() + 1).map(|number| format!("goal-{number}"));
    let taken = |key: &String| goals.iter().any(|goal| goal.key == *key);
    keys.find(|key| !taken(key)).unwrap_or_default()
}

fn show_typed(page: &mut PlanPage, fields: &Fields, languages: &[String]) {
    let edited = page
        .goals
        .iter_mut()
        .find(|goal| goal.id == fields.get("id"));
    let form = edited.unwrap_or(&mut page.new_goal);
    page.wrong = Some(if form.id.is_empty() {
        "new-goal".to_owned()
    } else {
        format!("goal-{}", form.id)
    });
    form.title = LanguageField::all(&fields.localized("title"), languages);
    form.measure = LanguageField::all(&fields.localized("measure"), languages);
    for (field, shown) in [
        ("baseline", &mut form.baseline),
        ("target", &mut form.target),
        ("year", &mut form.year),
    ] {
        fields.get(field).clone_into(shown);
    }
    for choice in &mut form.priorities {
        choice.chosen = choice.key == fields.get("priority");
    }
}

pub(super) async fn delete(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    place: web::Path<PartAddress>,
) -> Result<HttpResponse> {
    let (actor, to) = (viewer.actor(), page_of(&place.round));
    app.write(move |db| {
        let round = district::round_by_slug(db, &place.round)?;
        let id = GoalId::from(place.id.clone());
        Ok(store::delete_goal(db, &actor, &round.id, &id)?)
    })
    .await?;
    Ok(flash(&to, "plan-deleted"))
}
