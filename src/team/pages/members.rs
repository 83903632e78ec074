//! The people who run this installation, and the form to add one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::password::{PasswordPage, new_password};
use super::person::{Choices, Person};
use crate::accounts::{self, Role, Viewer, permission};
use crate::app::App;
use crate::db::Paging;
use crate::error::Result;
use crate::team::form::{NewMember, parse_member};
use crate::team::scopes::Scopes;
use crate::web::Page;
use crate::web::form::{Fields, FormState};

/// The people who can sign in, and the form to add one.
#[derive(Debug, Serialize)]
pub(crate) struct TeamPage {
    people: Vec<Person>,
    paging: Paging,
    choices: Choices,
    form: FormState,
}

impl Page for TeamPage {
    const TEMPLATE: &'static str = "team/team.html";

    fn samples() -> Vec<Self> {
        let page = |people: Vec<Person>, form| Self {
            paging: Paging::new(None, 2),
            people,
            choices: Choices::of(&Scopes::default()),
            form,
        };
        let mut wrong = FormState::default().with("email", "ana");
        for field in ["email", "name", "role", "scope"] {
            wrong.fault(field, "Please check this.");
        }
        vec![
            page(vec![Person::sample(false)], FormState::default()),
            page(vec![Person::sample(false), Person::sample(true)], wrong),
        ]
    }
}

/// The team page with its form in the given state.
async fn page(
    app: &App,
    viewer: &Viewer<permission::Team>,
    status: StatusCode,
    asked: Option<i64>,
    form: FormState,
) -> Result<HttpResponse> {
    let (accounts, scopes) = app
        .read(|db| Ok((accounts::list(db)?, Scopes::read(db)?)))
        .await?;
    let people = accounts
        .iter()
        .map(|account| Person::of(account, &scopes))
        .collect();
    let (paging, people) = Paging::slice(asked, people);
    let page = TeamPage {
        people,
        paging,
        choices: Choices::of(&scopes),
        form,
    };
    viewer.visit.page_as(app, status, &page)
}

#[derive(serde::Deserialize)]
pub(super) struct Query {
    page: Option<i64>,
}

pub(super) async fn show(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let form = FormState::default().with("role", Role::Planner.as_str());
    page(&app, &viewer, StatusCode::OK, query.page, form).await
}

pub(super) async fn add(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    fields: Fields,
) -> Result<HttpResponse> {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let known = app.read(|db| Ok(Scopes::read(db)?)).await?;
    let NewMember {
        email,
        name,
        role,
        scope,
    } = match parse_member(&fields, |text| known.parse(text)) {
        Ok(member) => member,
        Err(form) => return page(&app, &viewer, unprocessable, None, form).await,
    };
    let (password, hash) = new_password().await?;
    let (actor, address, called) = (viewer.actor(), email.clone(), name.clone());
    let added = app
        .write(move |db| {
            if accounts::by_email(db, &address)?.is_some() {
                return Ok(None);
            }
            let id = accounts::add(db, &actor, &address, &called, &hash)?;
            accounts::grant(db, &actor, &id, role, &scope)?;
            Ok(Some(id))
        })
        .await?;
    let Some(id) = added else {
        let mut form = FormState::typed(&fields);
        form.fault(
            "email",
            "Someone with this email address is already on the team.",
        );
        return page(&app, &viewer, unprocessable, None, form).await;
    };
    let page = PasswordPage {
        id: id.to_string(),
        name,
        email,
        password,
        is_new: true,
    };
    viewer.visit.page(&app, &page)
}
