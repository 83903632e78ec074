//! A new password for somebody on the team.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::accounts::{
    self, AccountId, Viewer, generate_password, hash_password, in_turn, permission,
};
use crate::app::App;
use crate::error::{Error, Result};
use crate::web::Page;

/// A new password, shown only this once.
#[derive(Debug, Serialize)]
pub(crate) struct PasswordPage {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password: String,
    /// Whether the person was just added.
    pub(super) is_new: bool,
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

/// A new password and its hash.
pub(super) async fn new_password() -> Result<(String, String)> {
    let made = in_turn(|| {
        let password = generate_password()?;
        let hash = hash_password(&password)?;
        Ok::<_, Error>((password, hash))
    });
    made.await?
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
