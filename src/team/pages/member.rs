//! The page of one person: what they may do, and whether they can sign in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::person::{Choices, Person};
use crate::accounts::{self, AccountId, GrantId, Viewer, permission};
use crate::app::App;
use crate::error::{Error, Result};
use crate::team::form::grant_of;
use crate::team::scopes::Scopes;
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// A team member's page.
#[derive(Debug, Serialize)]
pub(crate) struct MemberPage {
    person: Person,
    is_self: bool,
    choices: Choices,
    form: FormState,
}

impl Page for MemberPage {
    const TEMPLATE: &'static str = "team/member.html";

    fn samples() -> Vec<Self> {
        let page = |disabled, is_self, form| Self {
            person: Person::sample(disabled),
            is_self,
            choices: Choices::of(&Scopes::default()),
            form,
        };
        let mut wrong = FormState::default();
        wrong.fault("form", "Nobody else could manage the team.");
        wrong.fault(
            "scope",
            "A coder’s role covers the whole district or a round.",
        );
        vec![
            page(false, true, FormState::default()),
            page(false, false, wrong),
            page(true, false, FormState::default()),
        ]
    }
}

async fn page(
    app: &App,
    viewer: &Viewer<permission::Team>,
    id: &AccountId,
    status: StatusCode,
    form: FormState,
) -> Result<HttpResponse> {
    let wanted = id.clone();
    let (account, scopes) = app
        .read(move |db| Ok((accounts::by_id(db, &wanted)?, Scopes::read(db)?)))
        .await?;
    let page = MemberPage {
        person: Person::of(&account, &scopes),
        is_self: account.id == viewer.account.id,
        choices: Choices::of(&scopes),
        form,
    };
    viewer.visit.page_as(app, status, &page)
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
) -> Result<HttpResponse> {
    page(&app, &viewer, &id, StatusCode::OK, FormState::default()).await
}

/// Returns to the person's page with a success message or the reason for a refusal.
async fn done(
    app: &App,
    viewer: &Viewer<permission::Team>,
    id: &AccountId,
    outcome: Result<()>,
    sentence: &str,
) -> Result<HttpResponse> {
    match outcome {
        Ok(()) => Ok(flash(&format!("/desk/team/{id}"), sentence)),
        Err(Error::Conflict(reason)) => {
            let mut form = FormState::default();
            form.fault("form", reason);
            page(app, viewer, id, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn grant(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let known = app.read(|db| Ok(Scopes::read(db)?)).await?;
    let mut form = FormState::typed(&fields);
    let Some((role, scope)) = grant_of(&fields, |text| known.parse(text), &mut form) else {
        return page(&app, &viewer, &id, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    let (actor, account) = (viewer.actor(), id.clone());
    app.write(move |db| {
        accounts::by_id(db, &account)?;
        Ok(accounts::grant(db, &actor, &account, role, &scope)?)
    })
    .await?;
    done(&app, &viewer, &id, Ok(()), "access-added").await
}

pub(super) async fn revoke(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    path: web::Path<(AccountId, GrantId)>,
) -> Result<HttpResponse> {
    let (id, grant) = path.into_inner();
    let actor = viewer.actor();
    let revoked = app
        .write(move |db| accounts::keeping_an_admin(db, |db| accounts::revoke(db, &actor, &grant)))
        .await;
    done(&app, &viewer, &id, revoked, "access-removed").await
}

pub(super) async fn disable(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
) -> Result<HttpResponse> {
    let (actor, account) = (viewer.actor(), id.clone());
    let outcome = if account == viewer.account.id {
        Err(Error::Conflict(
            "You can’t turn off your own sign-in. Ask another admin.".to_owned(),
        ))
    } else {
        app.write(move |db| {
            accounts::keeping_an_admin(db, |db| accounts::set_disabled(db, &actor, &account, true))
        })
        .await
    };
    done(&app, &viewer, &id, outcome, "account-disabled").await
}

pub(super) async fn enable(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
) -> Result<HttpResponse> {
    let (actor, account) = (viewer.actor(), id.clone());
    let outcome = app
        .write(move |db| Ok(accounts::set_disabled(db, &actor, &account, false)?))
        .await;
    done(&app, &viewer, &id, outcome, "account-enabled").await
}
