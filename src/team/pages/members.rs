//! The team pages: who runs this installation, and their permissions.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::accounts::{
    self, Account, AccountId, Grant, GrantId, Role, Viewer, generate_password, hash_password,
    permission,
};
use crate::app::App;
use crate::db::Paging;
use crate::error::{Error, Result};
use crate::team::form::{NewMember, grant_of, parse_member};
use crate::team::scopes::{ScopeChoice, Scopes};
use crate::web::form::{Fields, FormState};
use crate::web::{Page, flash};

/// The people who can sign in, and the form to add one.
#[derive(Debug, Serialize)]
pub(crate) struct TeamPage {
    people: Vec<Person>,
    paging: Paging,
    choices: Choices,
    form: FormState,
}

/// A person with their grants.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Person {
    id: String,
    name: String,
    email: String,
    disabled: bool,
    grants: Vec<GrantLine>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GrantLine {
    id: String,
    role: Role,
    scope: String,
}

/// The roles and scopes to choose from.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choices {
    roles: Vec<RoleChoice>,
    scopes: Vec<ScopeChoice>,
}

#[derive(Clone, Debug, Serialize)]
struct RoleChoice {
    role: Role,
    does: &'static str,
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

impl Person {
    pub(super) fn of(account: &Account, scopes: &Scopes) -> Self {
        let line = |grant: &Grant| GrantLine {
            id: grant.id.to_string(),
            role: grant.role,
            scope: scopes.name(&grant.scope),
        };
        Self {
            id: account.id.to_string(),
            name: account.name.clone(),
            email: account.email.clone(),
            disabled: account.disabled,
            grants: account.grants.iter().map(line).collect(),
        }
    }

    pub(super) fn sample(disabled: bool) -> Self {
        Self {
            id: "a".to_owned(),
            name: "Ana Reyes".to_owned(),
            email: "ana@riverside.example".to_owned(),
            disabled,
            grants: if disabled {
                vec![]
            } else {
                vec![GrantLine {
                    id: "g".to_owned(),
                    role: Role::Admin,
                    scope: "Whole district".to_owned(),
                }]
            },
        }
    }
}

impl Choices {
    pub(super) fn of(scopes: &Scopes) -> Self {
        let roles = Role::ALL.iter().map(|role| RoleChoice {
            role: *role,
            does: does(*role),
        });
        Self {
            roles: roles.collect(),
            scopes: scopes.choices(),
        }
    }
}

/// A role's purpose, in a few words.
fn does(role: Role) -> &'static str {
    match role {
        Role::Admin => "everything, including the team",
        Role::Planner => "surveys, themes, priorities, plan",
        Role::Facilitator => "forum tables and notes",
        Role::Clerk => "paper responses and walk-ins",
        Role::Coder => "themes in comments",
        Role::Viewer => "counts only",
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

/// A new password, shown only this once.
#[derive(Debug, Serialize)]
pub(crate) struct PasswordPage {
    id: String,
    name: String,
    email: String,
    password: String,
    is_new: bool,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "team/password.html";

    fn samples() -> Vec<Self> {
        let page = |is_new| Self {
            id: "a".to_owned(),
            name: "Ana Reyes".to_owned(),
            email: "ana@riverside.example".to_owned(),
            password: "abcd-efgh-ijkl-mnop".to_owned(),
            is_new,
        };
        vec![page(true), page(false)]
    }
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

/// A new password and its hash. Hashing is slow, so it runs on the blocking thread pool.
async fn new_password() -> Result<(String, String)> {
    let made = web::block(|| {
        let password = generate_password()?;
        let hash = hash_password(&password)?;
        Ok::<_, Error>((password, hash))
    });
    made.await.map_err(|_| Error::Busy)?
}

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

async fn member(
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

pub(super) async fn show_member(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
) -> Result<HttpResponse> {
    member(&app, &viewer, &id, StatusCode::OK, FormState::default()).await
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
            member(app, viewer, id, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn give(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let known = app.read(|db| Ok(Scopes::read(db)?)).await?;
    let mut form = FormState::typed(&fields);
    let Some((role, scope)) = grant_of(&fields, |text| known.parse(text), &mut form) else {
        return member(&app, &viewer, &id, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    let (actor, account) = (viewer.actor(), id.clone());
    app.write(move |db| {
        accounts::by_id(db, &account)?;
        Ok(accounts::grant(db, &actor, &account, role, &scope)?)
    })
    .await?;
    done(&app, &viewer, &id, Ok(()), "access-added").await
}

pub(super) async fn take(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    path: web::Path<(AccountId, GrantId)>,
) -> Result<HttpResponse> {
    let (id, grant) = path.into_inner();
    let actor = viewer.actor();
    let taken = app
        .write(move |db| accounts::keeping_an_admin(db, |db| accounts::revoke(db, &actor, &grant)))
        .await;
    done(&app, &viewer, &id, taken, "access-removed").await
}

pub(super) async fn disable(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
) -> Result<HttpResponse> {
    let (actor, account) = (viewer.actor(), id.clone());
    let outcome = if account == viewer.account.id {
        Err(Error::Conflict(
            "You cannot turn off your own sign-in. Ask another admin.".to_owned(),
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

pub(super) async fn set_password(
    app: web::Data<App>,
    viewer: Viewer<permission::Team>,
    id: web::Path<AccountId>,
) -> Result<HttpResponse> {
    let (password, hash) = new_password().await?;
    let (actor, account) = (viewer.actor(), id.into_inner());
    let account = app
        .write(move |db| {
            let found = accounts::by_id(db, &account)?;
            accounts::set_password(db, &actor, &account, &hash)?;
            Ok(found)
        })
        .await?;
    let page = PasswordPage {
        id: account.id.to_string(),
        name: account.name,
        email: account.email,
        password,
        is_new: false,
    };
    viewer.visit.page(&app, &page)
}
