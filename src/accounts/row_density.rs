//! The row density of the desk's tables, stored in a browser cookie. Tables that staff read all day can be denser than
//! tables they read once.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::app::App;
use crate::error::{Error, Result};
use crate::web::form::Fields;
use crate::web::see_other;

/// The cookie that stores the row density.
const ROWS_COOKIE: &str = "chorus_rows";

/// How long the choice is kept.
const KEPT: Duration = Duration::days(365);

/// The row density.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RowDensity {
    /// 36 pixels, or 44 on touch screens.
    #[default]
    Compact,
    /// 44 pixels everywhere.
    Comfortable,
}

impl RowDensity {
    /// The row density stored in the request's cookie.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let kept = request.cookie(ROWS_COOKIE);
        let kept = kept.as_ref().and_then(|cookie| Self::named(cookie.value()));
        kept.unwrap_or_default()
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Compact, Self::Comfortable]
            .into_iter()
            .find(|density| density.as_str() == name)
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Comfortable => "comfortable",
        }
    }
}

/// `/preferences`
pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/preferences", web::post().to(keep));
}

async fn keep(app: web::Data<App>, fields: Fields) -> Result<HttpResponse> {
    let rows = RowDensity::named(fields.get("rows"))
        .ok_or_else(|| Error::BadRequest("Rows are either compact or comfortable.".to_owned()))?;
    let cookie = Cookie::build(ROWS_COOKIE, rows.as_str())
        .path("/desk")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.is_https())
        .max_age(KEPT)
        .finish();
    // The form has the desk page to return to.
    let mut response = see_other(page_of_desk(fields.get("back")));
    // A cookie made from our own values is always valid. If adding it failed, the rows would only stay as they are.
    let _ = response.add_cookie(&cookie);
    Ok(response)
}

/// The page to return to: a desk page, never another site.
fn page_of_desk(back: &str) -> &str {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.?=&%+".contains(letter);
    let path = back.split('?').next().unwrap_or_default();
    let ours = path == "/desk" || path.starts_with("/desk/");
    if ours
        && !path.contains("//")
        && !path.contains('%')
        && !path.contains("/.")
        && back.chars().all(plain)
    {
        back
    } else {
        "/desk"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changing_the_row_height_only_redirects_to_the_desk() {
        for page in [
            "/desk/team",
            "/desk/rounds/2031/comments?theme=buses&page=2",
        ] {
            assert_eq!(page_of_desk(page), page);
        }
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/deskevil",
            "/desk/\r\nx: y",
            "/sign-out",
            "/desk/../sign-out",
            "/desk/..//evil.example",
            "/desk/%2e%2e/sign-out",
        ] {
            assert_eq!(page_of_desk(elsewhere), "/desk", "{elsewhere}");
        }
    }
}
