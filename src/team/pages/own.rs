//! The signed-in person's own account: change the password.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::person::Person;
use crate::accounts::{
    self, PASSWORD_MINIMUM, Viewer, hash_password, in_turn, is_password, permission, sessions,
};
use crate::app::App;
use crate::error::{Error, Result};
use crate::team::scopes::Scopes;
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;
use crate::web::{Page, flash};

/// The person's grants and the form for a new password.
#[derive(Debug, Serialize)]
pub(crate) struct OwnPage {
    person: Person,
    minimum: usize,
    form: FormState,
}

impl Page for OwnPage {
    const TEMPLATE: &'static str = "team/own.html";

    fn samples() -> Vec<Self> {
        let page = |form| Self {
            person: Person::sample(false),
            minimum: PASSWORD_MINIMUM,
            form,
        };
        let mut wrong = FormState::default();
        for field in ["current", "password", "again"] {
            wrong.fault(field, "Please check this.");
        }
        vec![page(FormState::default()), page(wrong)]
    }
}

async fn page(
    app: &App,
    viewer: &Viewer<permission::Desk>,
    status: StatusCode,
    form: FormState,
) -> Result<HttpResponse> {
    let scopes = app.read(|db| Ok(Scopes::read(db)?)).await?;
    let page = OwnPage {
        person: Person::of(&viewer.account, &scopes),
        minimum: PASSWORD_MINIMUM,
        form,
    };
    viewer.visit.page_as(app, status, &page)
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Desk>,
) -> Result<HttpResponse> {
    page(&app, &viewer, StatusCode::OK, FormState::default()).await
}

pub(super) async fn change_password(
    app: web::Data<App>,
    viewer: Viewer<permission::Desk>,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let address = client_address(&request, &app.config);
    app.limits.own_password(&viewer.account.email, address)?;
    // The input is a password, so the form never shows it again.
    let mut form = FormState::default();
    let typed = |name| fields.raw(name).unwrap_or_default().to_owned();
    let (current, password, again) = (typed("current"), typed("password"), typed("again"));
    if password.chars().count() < PASSWORD_MINIMUM {
        form.fault(
            "password",
            format!("Use at least {PASSWORD_MINIMUM} characters, such as four words."),
        );
    } else if password != again {
        form.fault("again", "The new passwords don’t match. Type both again.");
    }
    let email = viewer.account.email.clone();
    let found = app
        .read(move |db| Ok(accounts::by_email(db, &email)?))
        .await?;
    let hashed = in_turn(move || {
        let stored = found.as_ref().map(|(_, hash, _)| hash.as_str());
        is_password(&current, stored).then(|| hash_password(&password))
    });
    let hash = match hashed.await? {
        None => {
            form.fault("current", "That isn’t your current password. Try again.");
            None
        }
        Some(hash) => hash.ok(),
    };
    let Some(hash) = hash.filter(|_| form.is_right()) else {
        return page(&app, &viewer, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    let (actor, account) = (viewer.actor(), viewer.account.id.clone());
    let token = app
        .write(move |db| {
            accounts::set_password(db, &actor, &account, &hash)?;
            sessions::start(db, &account, actor.at)
        })
        .await?;
    let mut response = flash("/desk/account", "password-changed");
    response
        .add_cookie(&sessions::cookie(&app.config, Some(&token)))
        .map_err(Error::internal)?;
    Ok(response)
}
