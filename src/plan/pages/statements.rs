//! Vision, mission, guiding principles, and theory of action: text with the priorities that support it.

use actix_web::{HttpResponse, web};

use super::show::{PlanPage, again};
use super::{PartAddress, page_of};
use crate::accounts::{Viewer, permission};
use crate::app::App;
use crate::db::Json;
use crate::district;
use crate::error::Result;
use crate::plan::model::{Statement, StatementId, StatementKind};
use crate::plan::store;
use crate::priorities;
use crate::web::flash;
use crate::web::form::Fields;

pub(super) async fn save(
    app: web::Data<App>,
    viewer: Viewer<permission::Plan>,
    round: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let text = fields.localized("text");
    let kind = StatementKind::parse(fields.get("kind"));
    let (Some(kind), false) = (kind, text.is_empty()) else {
        let faults = vec!["Write the statement in at least one language.".to_owned()];
        let typed = |page: &mut PlanPage| show_typed(page, &fields);
        return again(&app, &viewer, round.into_inner(), faults, typed).await;
    };
    let (actor, slug) = (viewer.actor(), round.clone());
    let added = StatementId::from(fields.row_id(&app.secret, "statement")?);
    app.write(move |db| {
        let round = district::round_by_slug(db, &slug)?;
        // A translation sheet that is saved at the same time waits, so neither overwrites the other.
        district::lock_round(db, &round.id)?;
        let there = store::statements(db, &round.id)?;
        let same = there
            .iter()
            .find(|statement| statement.id.as_str() == fields.get("id") || statement.id == added);
        let behind = there
            .iter()
            .filter(|statement| statement.kind == kind)
            .map(|statement| statement.position + 1)
            .max();
        let known = priorities::in_round(db, &round.id)?;
        let evidence = fields
            .all("evidence")
            .filter(|key| known.iter().any(|priority| priority.key == **key));
        let statement = Statement {
            id: same.map_or(added, |statement| statement.id.clone()),
            round_id: round.id,
            kind,
            position: same.map_or_else(|| behind.unwrap_or(0), |statement| statement.position),
            text: Json(text),
            evidence: Json(evidence.map(str::to_owned).collect()),
        };
        Ok(store::save_statement(db, &actor, &statement)?)
    })
    .await?;
    let to = format!("{}#{}", page_of(&round), kind.as_str());
    Ok(flash(&to, "plan-saved"))
}

/// No text was typed. Keeps the boxes that were checked.
fn show_typed(page: &mut PlanPage, fields: &Fields) {
    let kind = page
        .kinds
        .iter_mut()
        .find(|form| form.kind == fields.get("kind"));
    let Some(kind) = kind else { return };
    page.wrong = Some(kind.kind.to_owned());
    let forms = kind.statements.iter_mut().chain(kind.new.as_mut());
    for form in forms.filter(|form| form.id == fields.get("id")) {
        for choice in &mut form.evidence {
            choice.chosen = fields.all("evidence").any(|key| key == choice.key);
        }
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
        let id = StatementId::from(place.id.clone());
        Ok(store::delete_statement(db, &actor, &round.id, &id)?)
    })
    .await?;
    Ok(flash(&to, "plan-deleted"))
}
