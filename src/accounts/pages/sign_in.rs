//! Sign-in and sign-out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};

use crate::accounts::{Visit, in_turn, is_password, known_browser, sessions, store};
use crate::app::App;
use crate::error::{Error, Result};
use crate::web::form::{Fields, FormState};
use crate::web::limits::client_address;
use crate::web::{Page, see_other};

/// The sign-in page.
#[derive(Debug, Serialize)]
pub(crate) struct SignInPage {
    form: FormState,
    next: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "accounts/sign_in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = FormState::default().with("email", "ana@riverside.example");
        wrong.fault("password", "wrong-password");
        vec![
            Self {
                form: FormState::default(),
                next: "/desk".to_owned(),
            },
            Self {
                form: wrong,
                next: "/desk/surveys".to_owned(),
            },
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    next: Option<String>,
}

/// A local path to continue to. Anything else would be an open redirect.
fn own_path(next: Option<&str>) -> String {
    let path = next.filter(|path| {
        path.starts_with("/desk")
            && !path.contains("//")
            && !path.contains('\\')
            && !path.contains(char::is_control)
    });
    path.unwrap_or("/desk").to_owned()
}

pub(super) async fn show(
    app: web::Data<App>,
    visit: Visit,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    visit.page(
        &app,
        &SignInPage {
            form: FormState::default(),
            next: own_path(query.next.as_deref()),
        },
    )
}

pub(super) async fn submit(
    app: web::Data<App>,
    visit: Visit,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let next = own_path(fields.raw("next"));
    let email = fields.get("email").to_lowercase();
    let again = |key: &str, status| {
        let mut form = FormState::default().with("email", &email);
        form.fault("password", key);
        visit.page_as(
            &app,
            status,
            &SignInPage {
                form,
                next: next.clone(),
            },
        )
    };
    let known = known_browser::is_known(&request, &app.secret, &email);
    if let Err(Error::Slow { retry_after }) =
        app.limits
            .sign_in(&email, client_address(&request, &app.config), known)
    {
        let mut response = again("too-many-tries", StatusCode::TOO_MANY_REQUESTS)?;
        let seconds = retry_after.as_secs().max(1);
        response
            .headers_mut()
            .insert(actix_web::http::header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    let (address, password) = (
        email.clone(),
        fields.raw("password").unwrap_or_default().to_owned(),
    );
    let found = app
        .read(move |db| Ok(store::by_email(db, &address)?))
        .await?;
    let account = in_turn(move || {
        let fits = is_password(&password, found.as_ref().map(|(_, hash, _)| hash.as_str()));
        found
            .filter(|(_, _, disabled)| fits && !disabled)
            .map(|(id, ..)| id)
    });
    let Some(account) = account.await? else {
        tracing::info!("a sign-in failed");
        return again("wrong-password", StatusCode::UNPROCESSABLE_ENTITY);
    };
    let now = app.clock.now();
    let token = app
        .write(move |db| sessions::start(db, &account, now))
        .await?;
    let mut response = see_other(&next);
    response
        .add_cookie(&sessions::cookie(&app.config, Some(&token)))
        .map_err(Error::internal)?;
    response
        .add_cookie(&known_browser::cookie(&app.config, &app.secret, &email)?)
        .map_err(Error::internal)?;
    Ok(response)
}

pub(super) async fn sign_out(app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    if let Some(token) = sessions::token(&request, &app.config) {
        app.write(move |db| Ok(sessions::end(db, &token)?)).await?;
    }
    let mut response = see_other("/");
    response
        .add_cookie(&sessions::cookie(&app.config, None))
        .map_err(Error::internal)?;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn signing_in_only_redirects_to_the_desk() {
        assert_eq!(
            own_path(Some("/desk/surveys?page=2")),
            "/desk/surveys?page=2"
        );
        for elsewhere in [
            "https://evil.example/desk",
            "//evil.example",
            "/desk//evil.example",
            "/desk\\evil",
            "/desk\n",
            "/s/x",
        ] {
            assert_eq!(own_path(Some(elsewhere)), "/desk");
        }
    }
}
